//! services(5) files: `name port/protocol aliases # comment`, one entry a line.
//!
//! Read as the C library reads them: fields part at ASCII white space only, a NUL ends
//! the line, and protocols are compared letter by letter.

mod rules;

pub use self::rules::RULES as SERVICES_RULES;

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use appleports_model::{
    Finding, Message, Rule, ServicesEntry, ServicesFile, ServicesUnread, Transport,
    collapse_whitespace, cut, message,
};

use crate::error::{ReadError, ReadErrorKind};

/// Protocols that services files name besides the transports of the registry.
const OTHER_PROTOCOLS: [&str; 3] = ["ddp", "divert", "udplite"];

/// The most bytes that a services file may have: 4 MiB. That of Debian has 13 KB, that of macOS
/// 677 KB.
const MAX_SERVICES: u64 = 4 * 1024 * 1024;

/// The most lines. That of macOS has 14,000, and so has the registry as one; each line can be a
/// finding, which takes some hundred times its bytes.
const MAX_LINES: usize = 30_000;

/// The most names, aliases included. Each is looked up by itself.
const MAX_NAMES: usize = 100_000;

/// The most findings: two for each line, where real files have a few hundred in all. A line of 20
/// bytes can have four, of 400 bytes each.
const MAX_FINDINGS: usize = 2 * MAX_LINES;

/// The most names of one port and transport, and the most bytes of these together; on macOS, four with
/// 28. Each row of an article lists those of its ports.
const MAX_OF_PORT: (usize, usize) = (16, 256);

/// Of a longer line that is no entry only the start is kept.
const MAX_UNREAD: usize = 200;

/// Reads the services file at `path`. Odd lines are findings and never stop it.
///
/// # Errors
/// [`ReadErrorKind::NotServices`] with the line when less than half of the lines that are
/// no comments are entries: an HTML page, a CSV file; [`ReadErrorKind::LargeServices`] and
/// [`ReadErrorKind::LongServices`] for more bytes, lines, names or findings than any such file has.
pub fn read_services(path: &str, bytes: &[u8]) -> Result<ServicesFile, ReadError> {
    read(path, bytes, true)
}

/// Reads the entries of a services file as [`read_services`] does, without its findings: a comparison
/// shows none, and they may take more than all entries.
///
/// # Errors
/// As [`read_services`].
pub fn read_services_entries(path: &str, bytes: &[u8]) -> Result<ServicesFile, ReadError> {
    read(path, bytes, false)
}

fn read(path: &str, bytes: &[u8], keeps_findings: bool) -> Result<ServicesFile, ReadError> {
    if bytes.len() as u64 > MAX_SERVICES {
        let kind = ReadErrorKind::LargeServices {
            bytes: bytes.len() as u64,
            limit: MAX_SERVICES,
        };
        return Err(ReadError::at(path, 1_u32, kind));
    }
    let mut reader = Reader {
        path,
        entries: Vec::new(),
        findings: Vec::new(),
        keeps_findings,
        found: 0,
        unread: Vec::new(),
        seen: BTreeMap::new(),
        first_bad: None,
        bad: 0,
        names: 0,
    };
    let too_many = |line: u32, (limit, of)| {
        let kind = ReadErrorKind::LongServices { limit, of };
        Err(ReadError::at(path, line, kind))
    };
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    let half = lines().count() / 2;
    for (number, line) in (1u32..).zip(lines()) {
        if number as usize > MAX_LINES {
            if reader.bad > reader.entries.len() {
                break;
            }
            return too_many(number, (MAX_LINES, "lines"));
        }
        reader.line(number, line.strip_suffix(b"\n").unwrap_or(line));
        if reader.names > MAX_NAMES {
            return too_many(number, (MAX_NAMES, "names"));
        }
        if reader.found > MAX_FINDINGS {
            return too_many(number, (MAX_FINDINGS, "findings"));
        }
        // The rest cannot make up for it, and is not worth a finding a line.
        if reader.bad > half || reader.bad > MAX_BAD_FIRST && reader.entries.is_empty() {
            break;
        }
    }
    if reader.bad > reader.entries.len() {
        let line = reader.first_bad.unwrap_or(1);
        return Err(ReadError::at(path, line, ReadErrorKind::NotServices));
    }
    let mut file = ServicesFile::new(path, reader.entries, reader.findings);
    file.unread = reader.unread;
    Ok(file)
}

/// Refuses a file to compare an article with that has more names of a port than any.
///
/// # Errors
/// [`ReadErrorKind::LongServices`] with the limit.
pub fn check_names_of_ports(file: &ServicesFile) -> Result<(), ReadError> {
    let (names, bytes) = file.most_of_a_port();
    let (most_names, most_bytes) = MAX_OF_PORT;
    for (count, limit, of) in [
        (names, most_names, "names of one port"),
        (bytes, most_bytes, "bytes of names of one port"),
    ] {
        if count > limit {
            let kind = ReadErrorKind::LongServices { limit, of };
            return Err(ReadError::at(&file.path, 1_u32, kind));
        }
    }
    Ok(())
}

/// A file with more lines than this that are no entries, before the first that is one, is none.
const MAX_BAD_FIRST: usize = 1_000;

struct Reader<'p> {
    path: &'p str,
    entries: Vec<ServicesEntry>,
    findings: Vec<Finding>,
    keeps_findings: bool,
    /// How many findings there are, kept or not.
    found: usize,
    /// The lines that are no entries.
    unread: Vec<ServicesUnread>,
    /// Where an entry with this name, port and protocol stands already.
    seen: BTreeMap<(String, u16, String), u32>,
    /// The first line that is no entry, and how many there are.
    first_bad: Option<u32>,
    bad: usize,
    /// How many names the entries have, aliases included.
    names: usize,
}

impl Reader<'_> {
    fn line(&mut self, number: u32, bytes: &[u8]) {
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes);
        let is_text = |c: char| c != char::REPLACEMENT_CHARACTER && (c == '\t' || !c.is_control());
        if !text.chars().all(is_text) {
            self.find(&rules::NOT_TEXT, number, message!("`{}`", Exact(&text)));
        }
        let content = text.split(['#', '\0']).next().unwrap_or_default();
        let mut words = content.split(is_space).filter(|word| !word.is_empty());
        let Some(first) = words.next() else { return };
        // `914c/g` is a name; `24/tcp` is a port and protocol.
        let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if first.split_once('/').is_some_and(|(port, _)| is_port(port)) {
            self.find(
                &rules::NAMELESS,
                number,
                message!("`{}` has no name", Exact(first)),
            );
            self.unread(number, content);
            return;
        }
        let Some((port, protocol)) = words.next().and_then(|word| word.split_once('/')) else {
            self.bad(
                &rules::NO_PORT,
                (number, content),
                message!("`{}` is not an entry", Exact(content.trim())),
            );
            return;
        };
        match port_number(port) {
            Some(port) => {
                let aliases: Vec<String> = words.take(MAX_NAMES).map(str::to_owned).collect();
                self.names += 1 + aliases.len();
                self.entry(number, (first, port, protocol), aliases);
                if content.starts_with(is_space) {
                    let message = message!("`{}` is indented", Exact(first));
                    self.find(&rules::INDENTED, number, message);
                }
            }
            None => self.bad(
                &rules::BAD_PORT,
                (number, content),
                message!("`{}` of `{}` is not a port", Exact(port), Exact(first)),
            ),
        }
    }

    fn entry(
        &mut self,
        line: u32,
        (name, port, protocol): (&str, u16, &str),
        aliases: Vec<String>,
    ) {
        let transport = Transport::ALL
            .into_iter()
            .find(|transport| transport.as_str() == protocol);
        if transport.is_none() && !OTHER_PROTOCOLS.contains(&protocol) {
            self.find(
                &rules::UNKNOWN_PROTOCOL,
                line,
                message!(
                    "`{}` of `{}` is not a protocol",
                    Exact(protocol),
                    Exact(name)
                ),
            );
        }
        if let Some(message) = repeated(name, &aliases) {
            self.find(&rules::REPEATED_ALIAS, line, message);
        }
        let key = (name.to_owned(), port, protocol.to_owned());
        match self.seen.get(&key).copied() {
            Some(first) => self.find(
                &rules::REPEATED,
                line,
                message!(
                    "`{} {}/{}` is already on line {first}",
                    name,
                    port,
                    protocol
                ),
            ),
            None => {
                self.seen.insert(key, line);
            }
        }
        self.entries.push(ServicesEntry {
            name: name.to_owned(),
            port,
            transport,
            aliases,
            line,
        });
    }

    fn unread(&mut self, line: u32, content: &str) {
        let text = cut(&collapse_whitespace(content), MAX_UNREAD).into_owned();
        self.unread.push(ServicesUnread { line, text });
    }

    fn bad(&mut self, rule: &Rule, (line, content): (u32, &str), message: Message) {
        self.find(rule, line, message);
        self.unread(line, content);
        self.first_bad.get_or_insert(line);
        self.bad += 1;
    }

    fn find(&mut self, rule: &Rule, line: u32, message: Message) {
        self.found += 1;
        if self.keeps_findings {
            let finding = Finding::new(rule, self.path, line, message);
            self.findings.push(finding);
        }
    }
}

/// What is odd about names that an entry has more than once: one message, however many they are.
fn repeated(name: &str, aliases: &[String]) -> Option<Message> {
    let mut known = HashSet::from([name]);
    let mut again = aliases.iter().filter(|alias| !known.insert(alias));
    let first = again.next()?;
    Some(match again.count() {
        0 => message!("`{}` of `{}` is there twice", Exact(first), Exact(name)),
        others => message!(
            "`{}` of `{}` is there twice, and {} more aliases repeat a name",
            Exact(first),
            Exact(name),
            others
        ),
    })
}

/// White space as C's `isspace` has it; a no-break space is part of a word.
fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\x0b'
}

/// A port as everybody reads it. The C library takes `080` for octal and cuts
/// 85546 down to 20010, so neither is a port here.
fn port_number(text: &str) -> Option<u16> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain)
}

/// A text that a message quotes, white space and all: its start; whole as a value.
struct Exact<'t>(&'t str);

impl fmt::Display for Exact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(60) {
            Some(_) if !f.alternate() => f.write_str(&cut(self.0, 57)),
            _ => f.write_str(self.0),
        }
    }
}
