//! The rows of the registry: their fields interpreted, and whether they are all there.

use std::borrow::Cow;

use appleports_model::{
    Assignment, PortError, PortRange, Registry, RegistryEntry, Transport, collapsed, fnv1a_64,
};

use crate::lines::LineCounter;
use crate::refusal::Refusal;

/// The most rows that a port and transport may have. IANA's registry has at most three;
/// a file with more is something else, and would make everything that rests on it large: each row of
/// an article reads all that the registry has for its ports.
const MAX_ROWS: u8 = 6;

/// The most bytes of the texts of a row; the longest of IANA's has 1,559. And of its name: 36, where
/// RFC 6335, section 5.1, allows 15.
pub(super) const MAX_TEXT: usize = 4_096;
const MAX_NAME: usize = 40;

/// The ports, 0 included.
const PORTS: usize = u16::MAX as usize + 1;

/// The highest port that the registry assigns (RFC 6335, section 6); no edition since 2013
/// ends before it.
const LAST_REGISTERED: usize = 49_151;

/// The most ports below it that no row of such an edition covers.
const MAX_GAPS: usize = 11;

/// The fewest ports of a file that is taken for a part of an edition, not for a choice of
/// its rows; fewer if they are the first ports without a gap.
const MIN_PART: usize = 12;
const MIN_FIRST_PORTS: usize = 3;

/// The fewest rows of an edition of IANA's; one that lists the same ports in fewer rows was made
/// by hand.
const MIN_ROWS: usize = 5_000;

/// The fewest rows without a port of such an edition; they come last in CSV.
const MIN_PORTLESS: usize = 700;

/// The names of these rows go on to this letter at least.
const LAST_LETTER: char = 'x';

/// The most rows in all, four times those of 2026. Each takes more than a kilobyte when two
/// editions are compared.
const MAX_ENTRIES: usize = 60_000;

/// The transports, and none.
const PLACES: usize = Transport::ALL.len() + 1;

/// The fields of a row as the file has them.
#[derive(Default)]
pub(crate) struct Fields<'a> {
    pub(crate) name: &'a str,
    pub(crate) port: &'a str,
    pub(crate) transport: &'a str,
    pub(crate) description: &'a str,
    pub(crate) reference: &'a str,
    pub(crate) unauthorized_use: &'a str,
    pub(crate) notes: &'a str,
    /// Whether white space is the file's own, and no matter of its markup.
    pub(crate) has_spacing: bool,
}

/// The text without white space around it, which most have not.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The rows that have been read.
pub(crate) struct Rows {
    registry: Registry,
    /// How many rows cover each port, first for those without a transport, then for each
    /// transport.
    covering: Vec<u8>,
    /// How many rows there are without a port, and the last letter with which one begins.
    portless: usize,
    last_letter: char,
    /// How many rows there are for each transport.
    of_transport: [usize; Transport::ALL.len()],
}

impl Rows {
    /// None yet, of an edition of so many bytes.
    pub(crate) fn new(edition: &str, bytes: usize) -> Self {
        Self {
            // A row has about fifty bytes; the list need not move while it grows.
            registry: Registry::with_room(edition, bytes, bytes / 50),
            covering: vec![0; PORTS * PLACES],
            portless: 0,
            last_letter: 'a',
            of_transport: [0; Transport::ALL.len()],
        }
    }

    pub(crate) fn into_registry(self) -> Registry {
        self.registry
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.registry.entries().len() == 0
    }

    /// Counts a row for its ports; false where one of them has too many.
    fn count(&mut self, ports: PortRange, transport: Option<Transport>) -> bool {
        let offset = transport.map_or(0, |transport| transport as usize + 1) * PORTS;
        let (first, last) = (usize::from(ports.first()), usize::from(ports.last()));
        let mut most = 0;
        for count in &mut self.covering[offset + first..=offset + last] {
            *count += 1;
            most = most.max(*count);
        }
        most <= MAX_ROWS
    }

    /// Refuses an edition that ends early, or has lost some of its rows. The rows stand in the
    /// order of ports, so one that was cut between two rows has nearly all ports up to its last; a
    /// choice of rows, made by hand, has not.
    pub(crate) fn check_whole(&self, bytes: &[u8]) -> Result<(), Refusal> {
        self.missing().map_or(Ok(()), |missing| {
            Err(Refusal {
                line: LineCounter::new(bytes).at(bytes.len()),
                reason: format!("this edition is not whole: {missing}"),
            })
        })
    }

    /// What an edition lacks that all whole ones have.
    fn missing(&self) -> Option<String> {
        let is_covered =
            |port: usize| (0..PLACES).any(|place| self.covering[place * PORTS + port] > 0);
        let (mut covered, mut gaps, mut gaps_below_last, mut last) = (0, 0, 0, 0);
        let mut first_gap = None;
        for port in 0..=LAST_REGISTERED {
            if is_covered(port) {
                covered += 1;
                (last, gaps_below_last) = (port, gaps);
            } else {
                gaps += 1;
                first_gap.get_or_insert(port);
            }
        }
        if gaps <= MAX_GAPS {
            return self.missing_rows();
        }
        let is_part = covered >= MIN_PART && gaps_below_last * 2 < last;
        let is_start = covered >= MIN_FIRST_PORTS && gaps_below_last == 0;
        match first_gap {
            Some(first) if is_part && gaps_below_last > MAX_GAPS => Some(format!(
                "it has no rows for {gaps} of the ports up to {LAST_REGISTERED}, the first of them {first}"
            )),
            _ if is_part || is_start => Some(format!(
                "it ends at port {last}, and whole ones reach {LAST_REGISTERED}"
            )),
            _ => None,
        }
    }

    /// What an edition with all ports lacks.
    fn missing_rows(&self) -> Option<String> {
        if self.registry.entries().len() < MIN_ROWS {
            return None;
        }
        let rows = |transport: Transport| self.of_transport[transport as usize];
        let (tcp, udp) = (rows(Transport::Tcp), rows(Transport::Udp));
        if tcp * 2 < udp || udp * 2 < tcp {
            return Some(format!("it has {tcp} rows for TCP and {udp} for UDP"));
        }
        let count = self.portless;
        (count < MIN_PORTLESS || self.last_letter < LAST_LETTER).then(|| {
            format!("it has {count} rows without a port, which come last, and whole ones have at least {MIN_PORTLESS}, up to the last letter")
        })
    }

    /// Interprets the fields of the row on `line` and adds it.
    pub(crate) fn add(&mut self, fields: &Fields<'_>, line: u64) -> Result<(), Refusal> {
        if self.registry.entries().len() == MAX_ENTRIES {
            let reason =
                format!("this has more than {MAX_ENTRIES} rows, so it is not the registry");
            return Err(Refusal { line, reason });
        }
        let (ports, transport) = place(fields).map_err(|reason| Refusal { line, reason })?;
        if !ports.is_none_or(|ports| self.count(ports, transport)) {
            let reason = format!(
                "a port of this row has more than {MAX_ROWS} rows, so this is not the registry"
            );
            return Err(Refusal { line, reason });
        }
        let texts = [
            fields.name,
            fields.description,
            fields.reference,
            fields.unauthorized_use,
            fields.notes,
        ];
        let length = texts.into_iter().map(str::len).sum();
        for (what, length, limit) in [
            ("texts of this row have", length, MAX_TEXT),
            ("name of this row has", fields.name.len(), MAX_NAME),
        ] {
            if length > limit {
                let reason =
                    format!("the {what} more than {limit} bytes, so this is not the registry");
                return Err(Refusal { line, reason });
            }
        }
        if let Some(transport) = transport {
            self.of_transport[transport as usize] += 1;
        }
        if ports.is_none() {
            self.portless += 1;
            let first = trim(fields.name).chars().next();
            let letter = first.map_or('a', |first| first.to_ascii_lowercase());
            self.last_letter = self.last_letter.max(letter);
        }
        push(fields, (ports, transport), line, &mut self.registry);
        Ok(())
    }
}

/// The ports and the transport of a row.
fn place(fields: &Fields<'_>) -> Result<(Option<PortRange>, Option<Transport>), String> {
    let ports = match trim(fields.port) {
        "" => None,
        // The registry lists port 0, as reserved; everywhere else 0 is refused.
        "0" => Some(PortRange::single(0)),
        text => Some(text.parse().map_err(|error: PortError| error.to_string())?),
    };
    let transport = match trim(fields.transport) {
        "" => None,
        text => Some(
            text.parse::<Transport>()
                .map_err(|error| error.to_string())?,
        ),
    };
    Ok((ports, transport))
}

/// Adds a row to the registry.
fn push(
    fields: &Fields<'_>,
    (ports, transport): (Option<PortRange>, Option<Transport>),
    line: u64,
    registry: &mut Registry,
) {
    let name = &*collapsed(trim(fields.name));
    let raw = [
        fields.description,
        fields.reference,
        fields.unauthorized_use,
        fields.notes,
    ];
    let texts = raw.map(collapsed);
    let spacing = if fields.has_spacing {
        spacing(&raw, &texts)
    } else {
        0
    };
    let [description, reference, unauthorized_use, notes] = &texts;
    registry.push(&RegistryEntry {
        name,
        ports,
        transport,
        assignment: if !name.is_empty() {
            Assignment::Assigned
        } else if description.eq_ignore_ascii_case("unassigned") {
            Assignment::Unassigned
        } else {
            Assignment::Reserved
        },
        description,
        reference,
        unauthorized_use,
        notes,
        line: u32::try_from(line).unwrap_or(u32::MAX),
        spacing,
    });
}

/// A digest of the white space of texts, each given as it stands and collapsed: 1 where
/// that is the same, else FNV-1a over the texts, with LF for every line break.
fn spacing(raw: &[&str], collapsed: &[Cow<'_, str>]) -> u64 {
    let is_same = |(raw, collapsed): (&&str, &Cow<'_, str>)| match collapsed {
        Cow::Borrowed(_) => true,
        Cow::Owned(collapsed) => raw == collapsed,
    };
    if raw.iter().zip(collapsed).all(is_same) {
        return 1;
    }
    let bytes = raw
        .iter()
        .flat_map(|text| text.bytes().filter(|byte| *byte != b'\r').chain([0]));
    fnv1a_64(bytes)
}
