//! What the heading of a column says, in whole words.

use crate::transports::Transports;

const SOURCE: [&str; 5] = ["source", "src", "quelle", "origen", "origine"];
const DESTINATION: [&str; 5] = ["destination", "dest", "dst", "ziel", "destino"];
const FIRST: [&str; 13] = [
    "first", "start", "from", "low", "lower", "min", "begin", "von", "erster", "desde", "inicial",
    "début", "debut",
];
const LAST: [&str; 14] = [
    "last", "end", "to", "through", "high", "upper", "max", "until", "thru", "bis", "letzter",
    "hasta", "final", "fin",
];
/// How a word for ports begins.
const PORTS: [&str; 8] = [
    "port",
    "puerto",
    "poort",
    "порт",
    "ポート",
    "端口",
    "포트",
    "連接埠",
];
/// Numbers that are no ports, also beside the word: `port count`.
const OTHERS: [&str; 18] = [
    "count", "counts", "counter", "counters", "total", "id", "rfc", "rfcs", "line", "index",
    "year", "hits", "hit", "bytes", "packets", "treffer", "anzahl", "pakete",
];
/// Numbers that are no ports where the word is not beside them.
const WITHOUT_PORT: [&str; 22] = [
    "byte",
    "pkts",
    "kb",
    "mb",
    "gb",
    "octets",
    "traffic",
    "sessions",
    "connections",
    "flows",
    "users",
    "hosts",
    "clients",
    "devices",
    "priority",
    "vlan",
    "ticket",
    "size",
    "age",
    "days",
    "ttl",
    "sum",
];

/// What may precede `port` without a space.
const PREFIXES: [(&str, &str); 13] = [
    ("ziel", "dst"),
    ("quell", "src"),
    ("dst", "dst"),
    ("dest", "dest"),
    ("d", "dst"),
    ("src", "src"),
    ("s", "src"),
    ("from", "from"),
    ("to", "to"),
    ("start", "start"),
    ("end", "end"),
    ("tcp", "tcp"),
    ("udp", "udp"),
];

/// A heading as its words.
pub(super) struct Heading(Vec<String>);

impl Heading {
    pub(super) fn new(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut is_open = false;
        let mut before = ' ';
        for c in text.chars() {
            // `dstPort`.
            let is_hump = before.is_lowercase() && c.is_uppercase();
            if c.is_alphanumeric() {
                if !is_open || is_hump {
                    words.push(String::new());
                }
                if let Some(word) = words.last_mut() {
                    word.extend(c.to_lowercase());
                }
            }
            is_open = c.is_alphanumeric();
            before = c;
        }
        Self(words.into_iter().flat_map(parted).collect())
    }

    fn has(&self, known: &[&str]) -> bool {
        self.0.iter().any(|word| known.contains(&word.as_str()))
    }

    /// Whether it says that the column has ports.
    pub(super) fn is_port(&self) -> bool {
        self.0
            .iter()
            .any(|word| PORTS.iter().any(|known| word.starts_with(known)))
    }

    /// Whether it says that the column has transports.
    pub(super) fn is_protocol(&self) -> bool {
        self.has(&[
            "protocol",
            "proto",
            "transport",
            "protokoll",
            "protocole",
            "protocolo",
        ])
    }

    /// Whether it shows that its table is one of ports.
    pub(super) fn is_about_ports(&self) -> bool {
        let is_transport = self.is_protocol() || !self.transports().is_empty();
        is_transport || self.is_port() && !self.is_other()
    }

    /// Whether it says that the column has ports that packets go to.
    pub(super) fn has_destinations(&self) -> bool {
        let is_said = self.is_port() || !self.transports().is_empty();
        is_said && !self.is_other() && !self.is_source()
    }

    /// Whether it says that a row is used, or that it is not.
    pub(super) fn switch(&self) -> Option<bool> {
        if self.has(&["enabled", "enable", "active", "aktiv", "actif"]) {
            Some(true)
        } else {
            self.has(&["disabled", "disable", "inactive"])
                .then_some(false)
        }
    }

    pub(super) fn is_source(&self) -> bool {
        self.has(&SOURCE)
    }

    pub(super) fn is_destination(&self) -> bool {
        self.has(&DESTINATION)
    }

    pub(super) fn is_first(&self) -> bool {
        self.has(&FIRST)
    }

    pub(super) fn is_last(&self) -> bool {
        self.has(&LAST)
    }

    /// Whether it says that the column has services.
    pub(super) fn is_service(&self) -> bool {
        self.has(&[
            "service", "services", "svc", "dienst", "dienste", "servicio",
        ])
    }

    /// Whether it says that the column has numbers of some kind.
    pub(super) fn is_number(&self) -> bool {
        self.has(&[
            "number", "numbers", "nummer", "no", "nr", "num", "value", "range",
        ])
    }

    /// Whether it says that the column has other numbers.
    pub(super) fn is_other(&self) -> bool {
        self.has(&OTHERS) || self.has(&WITHOUT_PORT) && !self.is_port()
    }

    /// The transports of a column such as `TCP ports`.
    pub(super) fn transports(&self) -> Transports {
        let words = self.0.iter().filter_map(|word| Transports::of_word(word));
        words.fold(Transports::NONE, Transports::and)
    }
}

/// `dstport` as two words.
fn parted(word: String) -> Vec<String> {
    let known = PREFIXES.iter().find(|(prefix, _)| {
        let rest = word.strip_prefix(prefix);
        rest.is_some_and(|rest| matches!(rest, "port" | "ports"))
    });
    match known {
        Some((_, meant)) => vec![(*meant).to_owned(), "port".to_owned()],
        None => vec![word],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        for (text, expected) in [
            ("Destination port", "destination port"),
            ("dstPort", "dst port"),
            ("DPort", "dst port"),
            ("Total", "total"),
            ("protocol", "protocol"),
            ("TO_PORT", "to port"),
            ("Support", "support"),
        ] {
            assert_eq!(Heading::new(text).0.join(" "), expected);
        }
        assert!(!Heading::new("protocol").is_last());
        assert!(!Heading::new("support").is_port());
    }

    #[test]
    fn headings_of_other_languages_are_known() {
        use crate::notations::testing::ports;
        for heading in [
            "Nr.;Quellport;Zielport;Protokoll;VLAN",
            "N;Port source;Port de destination;Protocole;VLAN",
            "N;Puerto de origen;Puerto de destino;Protocolo;VLAN",
        ] {
            let text = format!(
                "{heading}\n7;1024-65535;80;TCP;100\n9;1024-65535;443;TCP;100\n12;1024-65535;53;UDP;100\n"
            );
            assert_eq!(ports(&text), "80/tcp 443/tcp 53/udp", "{heading}");
        }
        for heading in ["Port von;Port bis", "Puerto inicial;Puerto final"] {
            let text = format!("{heading};P\n80;80;TCP\n443;443;TCP\n3478;3497;UDP\n");
            assert_eq!(ports(&text), "80/tcp 443/tcp 3478-3497/udp", "{heading}");
        }
        let text = "名前;ポート番号;数;P\nWeb;80;44321;TCP\nTLS;443;44322;TCP\n";
        assert_eq!(ports(text), "80/tcp 443/tcp");
        let text = "Dienst;Puerto;Ticket;P\nWeb;80;44321;TCP\nTLS;443;44322;TCP\n";
        assert_eq!(ports(text), "80/tcp 443/tcp");
    }
}
