//! Which findings are the same one: in two editions, of two runs, on other lines.

use crate::digest::sha256_hex;
use crate::finding::Finding;
use crate::port::PortRange;
use crate::transport::Transport;

/// How much of a digest tells findings of one record and rule apart.
const DIGITS: usize = 12;

impl Finding {
    /// The identity of the finding: its rule, its record, its rows and its values, such as
    /// `I002/465-tcp-smtp/465-tcp/8d5a8f2b6c01`. Lines, editions and the wording of messages
    /// have no part in it.
    pub fn key(&self) -> String {
        let mut rows: Vec<String> = self.rows.iter().copied().map(row_name).collect();
        rows.sort_unstable();
        // No value holds this character.
        let values = sha256_hex(self.values.join("\0").as_bytes());
        let (code, record) = (&self.code, self.record.as_deref().unwrap_or_default());
        format!("{code}/{record}/{}/{}", rows.join("+"), &values[..DIGITS])
    }
}

fn row_name((ports, transport): (PortRange, Option<Transport>)) -> String {
    transport.map_or_else(
        || ports.to_string(),
        |transport| format!("{ports}-{transport}"),
    )
}

/// Rows in JSON: `["465/tcp", "11211"]`.
pub(crate) mod rows {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{PortRange, Transport};

    type Row = (PortRange, Option<Transport>);

    pub(crate) fn serialize<S: Serializer>(rows: &[Row], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(rows.iter().map(|(ports, transport)| match transport {
            Some(transport) => format!("{ports}/{transport}"),
            None => ports.to_string(),
        }))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Row>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let row = |text: &String| -> Result<Row, D::Error> {
            let (ports, transport) = match text.split_once('/') {
                Some((ports, transport)) => (ports, Some(transport)),
                None => (text.as_str(), None),
            };
            let transport = transport.map(str::parse).transpose();
            Ok((
                ports.parse().map_err(D::Error::custom)?,
                transport.map_err(D::Error::custom)?,
            ))
        };
        texts.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Level, Rule};

    const RULE: Rule = Rule {
        code: "I002",
        level: Level::Note,
        short: "name of another port",
        title: "",
        why: "",
        example: "",
        help: "",
    };

    fn finding(line: u32, message: &str) -> Finding {
        Finding::new(&RULE, "apple/de-de/2015-10-23", line, message).about("465-tcp-smtp")
    }

    #[test]
    fn lines_editions_and_words_are_no_part_of_a_key() {
        let udp = (PortRange::single(465), Some(Transport::Udp));
        let one = finding(1, "`smtp` (iana/2015-07-30 line 12)").with(["smtp", "urd"]);
        let mut other = finding(9, "another wording").with(["smtp", "urd"]);
        other.source = "apple/en-us/2022-08-25".to_owned();
        assert_eq!(one.key(), other.key());
        assert_eq!(one.key(), "I002/465-tcp-smtp//2188f5e9b751");
        assert_ne!(
            one.key(),
            finding(1, "").with(["smtp", "submissions"]).key()
        );
        assert_ne!(one.key(), finding(1, "").with(["smtpurd"]).key());
        assert_ne!(one.key(), other.clone().on([udp]).key());
        assert_ne!(one.key(), other.about("25-tcp-smtp").key());
        assert_eq!(finding(1, "a").key(), finding(1, "b").key());
        assert_ne!(
            finding(1, "").with(["a\0b"]).key(),
            finding(1, "").with(["a", "b"]).key()
        );
    }

    #[test]
    fn rows_and_values_come_back_from_json() {
        let rows = [
            (PortRange::single(11211), None),
            ("8000-8999".parse().unwrap(), Some(Transport::Tcp)),
        ];
        let finding = finding(1, "same").with(["a", "b"]).on(rows);
        let text = serde_json::to_string(&finding).unwrap();
        assert!(
            text.contains(r#""rows":["11211","8000-8999/tcp"],"values":["a","b"]"#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Finding>(&text).unwrap(), finding);
    }
}
