//! Comments as spaces: what reads over several lines sees none, and every place stays what it was.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use memchr::{memchr, memmem};

/// Which comments of a notation are read as spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comments {
    /// None: each line is read by itself, or what is in comments is reported.
    Kept,
    /// Those of a shell: behind a `#` that begins a word.
    Shell,
    /// Those of YAML: behind a `#` at the start of a line, or behind white space.
    Yaml,
    /// Those of nftables and pf: behind any `#`.
    Hash,
    /// Those of HCL: `#`, `//` and `/* ... */`. Texts behind `<<` have no blocks either.
    Hcl,
}

/// A text in which comments are spaces, as each notation knows them: made when one asks.
pub(crate) struct Codes<'t> {
    text: &'t str,
    made: [OnceCell<Cow<'t, str>>; Comments::Hcl as usize + 1],
}

impl<'t> Codes<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let made = std::array::from_fn(|_| OnceCell::new());
        Self { text, made }
    }

    pub(crate) fn of(&self, comments: Comments) -> &str {
        self.made[comments as usize].get_or_init(|| without(self.text, comments))
    }
}

/// The text in which comments are spaces.
fn without(text: &str, comments: Comments) -> Cow<'_, str> {
    let places = match comments {
        Comments::Kept => Vec::new(),
        _ => Places::new(text, comments).collect(),
    };
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for byte in places.into_iter().flatten() {
        if !matches!(bytes[byte], b'\n' | b'\r') {
            bytes[byte] = b' ';
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The comments of a text, while they are found.
struct Places<'t> {
    text: &'t str,
    comments: Comments,
    at: usize,
    line_end: usize,
    /// Whether a `$` is in the word so far: `${#ports[@]}` has no comment.
    is_variable: bool,
    /// Signs that nothing closes from here on, up to a place.
    unclosed: [(u8, usize); 4],
}

impl<'t> Places<'t> {
    fn new(text: &'t str, comments: Comments) -> Self {
        Self {
            text,
            comments,
            at: 0,
            line_end: 0,
            is_variable: false,
            unclosed: [b'"', b'\'', b'*', b'<'].map(|sign| (sign, 0)),
        }
    }

    /// Where what a sign opens here ends; it is not sought again where there is no end.
    fn end_of(&mut self, sign: u8, until: usize) -> Option<usize> {
        let known = self.unclosed.iter().find(|(known, _)| *known == sign);
        if known.is_some_and(|(_, until)| self.at < *until) {
            return None;
        }
        let bytes = &self.text.as_bytes()[..until];
        let from = self.at + 1;
        let end = match sign {
            b'"' => quote_end(bytes, from),
            b'\'' => memchr(b'\'', &bytes[from..]).map(|length| from + length + 1),
            b'*' => memmem::find(bytes.get(from + 1..)?, b"*/").map(|length| from + length + 3),
            _ => heredoc_end(self.text, self.at, self.line_end),
        };
        if end.is_none()
            && let Some((_, place)) = self.unclosed.iter_mut().find(|(known, _)| *known == sign)
        {
            *place = until;
        }
        end
    }

    /// The comment that begins here.
    fn comment(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let before = self.at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let line = self.at..self.line_end;
        let is_hcl = self.comments == Comments::Hcl;
        let next = bytes.get(self.at + 1).copied().unwrap_or_default();
        match (bytes[self.at], next) {
            (b'#', _) => {
                let begins = match self.comments {
                    Comments::Shell => before.is_ascii_whitespace() || b";&|()".contains(&before),
                    Comments::Yaml => before.is_ascii_whitespace(),
                    _ => !self.is_variable,
                };
                begins.then_some(line)
            }
            (b'/', b'/') if is_hcl && before != b':' => Some(line),
            (b'/', b'*') if is_hcl => Some(self.at..self.end_of(b'*', bytes.len())?),
            // What is in the line of its sign stays.
            (b'<', b'<') if is_hcl => Some(self.line_end..self.end_of(b'<', bytes.len())?),
            _ => None,
        }
    }
}

impl Iterator for Places<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if self.at >= self.line_end {
                let line = memchr(b'\n', &bytes[self.at..]);
                self.line_end = line.map_or(bytes.len(), |length| self.at + length + 1);
                self.is_variable = false;
            }
            if let Some(comment) = self.comment() {
                self.at = comment.end;
                return Some(comment);
            }
            let is_quote = *byte == b'"' || *byte == b'\'' && self.comments != Comments::Hcl;
            let quoted = is_quote.then(|| self.end_of(*byte, self.line_end));
            self.is_variable |= *byte == b'$';
            self.is_variable &= !byte.is_ascii_whitespace() && !b",;".contains(byte);
            self.at = quoted.flatten().unwrap_or(self.at + 1);
        }
        None
    }
}

/// The place behind the quote that ends a text; one behind a backslash is in it.
fn quote_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Where the text ends that `<<EOT` begins at a place, in a line that ends at another one.
fn heredoc_end(text: &str, at: usize, line_end: usize) -> Option<usize> {
    let word = text.get(at..line_end)?.trim_start_matches('<');
    let word = word.strip_prefix('-').unwrap_or(word).trim();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if word.is_empty() || !word.chars().all(is_part) {
        return None;
    }
    let mut end = line_end;
    for line in text[line_end..].split_inclusive('\n') {
        end += line.len();
        if line.trim() == word {
            return Some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Comments, without};
    use crate::notations::testing::{ports, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_comment_is_spaces_and_a_text_is_none() {
        for (comments, text, expected) in [
            (Comments::Shell, "80 # é\n#x\n", "80 ....\n..\n"),
            (Comments::Shell, "a#b ${#c} \"# d\" '# e' $#", ""),
            (
                Comments::Shell,
                "a \"b\\\" # c\"; #d",
                "a \"b\\\" # c\"; ..",
            ),
            (Comments::Shell, "it's # 'a", ""),
            (Comments::Yaml, "a (#b) c;#d # e", "a (#b) c;#d ..."),
            (
                Comments::Hash,
                "80#a\n{80,# b\n ${#c} }",
                "80..\n{80,...\n ${#c} }",
            ),
            (
                Comments::Hcl,
                "a = \"https://b # c\" // d",
                "a = \"https://b # c\" ....",
            ),
            (
                Comments::Hcl,
                "a /* b\nc */ d # e\n/* f",
                "a ....\n.... d ...\n/* f",
            ),
            (
                Comments::Hcl,
                "a = <<-EOT\n # b\n EOT\nc # d",
                "a = <<-EOT\n....\n....\nc ...",
            ),
            (Comments::Hcl, "a = <<EOT\nb # c", "a = <<EOT\nb ..."),
            (Comments::Kept, "80 # a", ""),
        ] {
            let expected = if expected.is_empty() { text } else { expected };
            assert_eq!(
                without(text, comments).replace(' ', "."),
                expected.replace(' ', ".")
            );
        }
    }

    #[test]
    fn a_text_of_yaml_may_have_the_sign_of_a_comment() {
        for text in [
            "- {name: TLS (#123), proto: tcp, port: 80}\n- {proto: tcp, port: 443, note: see;#12}\n",
            "- {name: \"web # 1\", proto: tcp, port: 80}\n- {proto: tcp, port: 443, note: '#'} # 25\n",
            "- name: 'web # 1'\n  proto: tcp\n  port: 80\n- name: b#2\n  proto: tcp\n  port: 443 # 25\n",
        ] {
            assert_eq!(ports(text), "80/tcp 443/tcp", "{text}");
            assert_eq!(unread(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn no_comment_among_ports_is_read_or_changed() {
        let rows = ["80/tcp", "443/tcp", "7000/tcp"];
        for text in [
            "define web = {\n 80, # http, 8080\n # 8O80 was 8000-9000\n 443# 5223\n}\ntcp dport $web accept\ntcp dport { # 25\n 7000 } accept\n",
            "set web { type inet_service\n elements = {\n 80, # 7000\n 443, # 7000\n 7000 comment \"a # b\", } }\ntcp dport @web accept\n",
            "iptables -A O -p tcp --dport 80 -j ACCEPT # was --dport 8080\niptables -A O -p tcp -m multiport --dports 443,7000 -j ACCEPT # then -j DROP, --dports 25,26\n",
            "resource \"a\" \"b\" {\n  allow {\n    protocol = \"tcp\"\n    ports = [\"80\", /* 25 */ \"443\", # 26\n      \"7000\"] // 27\n  }\n  /* allow {\n    protocol = \"tcp\"\n    ports = [\"28\"]\n  } */\n  script = <<-EOT\n    x { port = 29\n    protocol = \"tcp\" }\n  EOT\n}\n",
            "- {proto: tcp, # proto: udp, port: 25\n   ports: [80, # 443, 26\n   443, 7000]}\n",
            "- proto: tcp\n  ports: [80, # 25\n    443, # 26, 27\n    7000]\n",
            "ufw allow 80,443/tcp # was 25/tcp\nufw allow 7000/tcp # ufw allow 26/tcp\n",
            "config rule\n option proto tcp\n option dest_port '80 443 7000' # 25\n option target ACCEPT # DROP\n",
            "tcp: [80, # 25\n 443, # 26\n 7000]\n",
        ] {
            assert_eq!(ports(text), "80/tcp 443/tcp 7000/tcp", "{text}");
            assert_eq!(unread(text), [""; 0], "{text}");
            assert_eq!(audit(&rows, text), [""; 0], "{text}");
            assert_eq!(fixed(&rows, text), text);
        }
    }
}
