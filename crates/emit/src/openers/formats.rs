//! The formats: one entry each, with its template.

use super::direction::Direction;
use super::{Opener, Traits};

/// A firewall's rules, with ranges as `a:b` in groups.
const RULES: Opener = Opener {
    name: "",
    file: "",
    template: "",
    between: ':',
    separator: ",",
    slots: MAX_MULTIPORT,
    directions: &Direction::ALL,
    advice: "",
    traits: Traits {
        is_xml: false,
        is_list: false,
        has_one_transport: false,
    },
};

/// A list of ports, which says nothing of a direction.
const LIST: Opener = Opener {
    between: '-',
    directions: &[],
    traits: Traits {
        is_list: true,
        ..RULES.traits
    },
    ..RULES
};

/// What one multiport match of iptables takes.
const MAX_MULTIPORT: usize = 15;

/// The formats that open ports, or have them scanned.
pub static OPENERS: &[Opener] = &[
    Opener {
        name: "nftables",
        file: "appleports.nft",
        template: include_str!("templates/nftables.nft"),
        between: '-',
        separator: ", ",
        ..RULES
    },
    Opener {
        name: "iptables",
        file: "appleports.sh",
        template: include_str!("templates/iptables.sh"),
        ..RULES
    },
    Opener {
        name: "pf",
        file: "appleports.conf",
        template: include_str!("templates/pf.conf"),
        separator: ", ",
        ..RULES
    },
    Opener {
        name: "firewalld",
        file: "appleports.xml",
        template: include_str!("templates/firewalld.xml"),
        between: '-',
        directions: &[Direction::Out, Direction::In],
        advice: "firewalld keeps what goes out in a policy and what comes in in a service: export each direction to a file of its own",
        traits: Traits {
            is_xml: true,
            ..RULES.traits
        },
        ..RULES
    },
    Opener {
        name: "ufw",
        file: "appleports",
        template: include_str!("templates/ufw"),
        ..RULES
    },
    Opener {
        name: "nmap",
        file: "appleports.nmap",
        template: include_str!("templates/nmap.txt"),
        traits: RULES.traits,
        ..LIST
    },
    Opener {
        name: "list",
        file: "appleports.txt",
        template: include_str!("templates/list.txt"),
        ..LIST
    },
    Opener {
        name: "lines",
        file: "appleports.txt",
        template: include_str!("templates/lines.txt"),
        traits: Traits {
            has_one_transport: true,
            ..LIST.traits
        },
        ..LIST
    },
    Opener {
        name: "comma",
        file: "appleports.txt",
        template: include_str!("templates/comma.txt"),
        traits: Traits {
            has_one_transport: true,
            ..LIST.traits
        },
        ..LIST
    },
];
