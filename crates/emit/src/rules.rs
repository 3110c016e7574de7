//! The findings of the services emitter (S).

use appleports_model::{Level, Rule};

/// A name that services(5) cannot carry.
pub(crate) const NAME_LEFT_OUT: Rule = Rule {
    code: "S001",
    level: Level::Warning,
    title: "a name was left out of the services file",
    why: "A name that is not valid by RFC 6335, section 5.1, may not be found, or may break a parser.",
    example: "`domän`, or a name of sixteen characters.",
    help: "look up the registered name; the row is a comment in the services file",
};

/// A published name that is written as the alias of the registered one.
pub(crate) const NAME_AS_ALIAS: Rule = Rule {
    code: "S002",
    level: Level::Note,
    title: "an irregular name is written as an alias of the registered name",
    why: "The registry itself lists the irregular spelling beside the regular one.",
    example: "`dec_dlm` becomes an alias of `dec-dlm` on 625/tcp.",
    help: "nothing; both spellings resolve",
};

/// The same name for one transport on several ports.
pub(crate) const NAME_ON_SEVERAL_PORTS: Rule = Rule {
    code: "S003",
    level: Level::Note,
    title: "a name stands on several ports of one transport",
    why: "getservbyname() returns only the first of them, the lowest port.",
    example: "`http-alt` on 8008/tcp and 8080/tcp.",
    help: "look up by port, or use the number",
};

/// Every finding of this stage, in the order of their codes.
pub static RULES: &[&Rule] = &[&NAME_LEFT_OUT, &NAME_AS_ALIAS, &NAME_ON_SEVERAL_PORTS];
