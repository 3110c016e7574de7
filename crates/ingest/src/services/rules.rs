//! The findings about a services(5) file itself (S).

use appleports_model::{Level, Rule, rules};

rules! {
    pub(crate) const NAMELESS: Rule = Rule {
        code: "S010",
        level: Level::Note,
        short: "no name",
        title: "a line of a services file has no name",
        why: "Some readers take the port for a name, others skip the line.",
        example: "`    24/tcp   # any private mail system`.",
        help: "nothing for appleports; give the line a name, or make it a comment",
    };

    pub(crate) const UNKNOWN_PROTOCOL: Rule = Rule {
        code: "S011",
        level: Level::Warning,
        short: "unknown protocol",
        title: "a services file names an unknown protocol",
        why: "No program asks for a protocol of this name, so the entry is never found. Case matters: `TCP` is not `tcp`.",
        example: "`unknown 269/ucp`, a typing error for udp.",
        help: "correct the line",
    };

    pub(crate) const NO_PORT: Rule = Rule {
        code: "S012",
        level: Level::Warning,
        short: "no port and protocol",
        title: "a line of a services file has no port and protocol",
        why: "Readers skip the line, or stop there.",
        example: "`http 80` without `/tcp`.",
        help: "correct the line: name, port/protocol, aliases",
    };

    pub(crate) const BAD_PORT: Rule = Rule {
        code: "S013",
        level: Level::Warning,
        short: "invalid port",
        title: "the port of a services entry is not valid",
        why: "A port is a number from 1 to 65535. The C library reads one with a leading zero as octal, and wraps one that is too high.",
        example: "`high 70000/tcp`, `octal 080/tcp`.",
        help: "correct the line",
    };

    pub(crate) const INDENTED: Rule = Rule {
        code: "S014",
        level: Level::Note,
        short: "indented entry",
        title: "an entry of a services file is indented",
        why: "services(5) begins an entry with its name; old readers take an indented line for a continuation.",
        example: "`   http 80/tcp`.",
        help: "nothing; the entry was read",
    };

    pub(crate) const REPEATED: Rule = Rule {
        code: "S015",
        level: Level::Note,
        short: "repeated entry",
        title: "an entry is in a services file twice",
        why: "Only the first is ever found; if the aliases differ, those of the second are lost.",
        example: "`http 80/tcp` on two lines.",
        help: "merge the lines",
    };

    pub(crate) const NOT_TEXT: Rule = Rule {
        code: "S016",
        level: Level::Note,
        short: "bytes that are not text",
        title: "a line of a services file has bytes that are not text",
        why: "Names are ASCII; a comment in another encoding than UTF-8 does no harm, but shows as rubbish.",
        example: "A NUL byte, or an umlaut in Latin-1.",
        help: "convert the file to UTF-8",
    };

    pub(crate) const REPEATED_ALIAS: Rule = Rule {
        code: "S017",
        level: Level::Note,
        short: "repeated alias",
        title: "a services entry has an alias twice",
        why: "It does no harm, but often another name was meant.",
        example: "`http 80/tcp www www`, or `http 80/tcp http`.",
        help: "remove the alias, or write the one that was meant",
    };
}
