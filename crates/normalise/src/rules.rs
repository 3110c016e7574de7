//! The findings of this stage: normalisation (N), and the capture as a whole (A001, A029).

use appleports_model::{Level, Rule, rules};

rules! {
    /// Letters that the language needs do not occur.
    pub(crate) const LOST_LETTERS: Rule = Rule {
        code: "A001",
        level: Level::Warning,
        short: "lost letters",
        title: "the capture has lost letters of its language",
        why: "The texts differ from what was published, so a comparison with another capture would show changes that never happened.",
        example: "A German capture with `fur` and `uber`, and no `ä`, `ö` or `ü` anywhere.",
        help: "capture the page again if it still exists; the cells stay as captured, and names are compared without accents",
    };

    /// Products in the title column.
    pub(crate) const COLUMNS_SWAPPED: Rule = Rule {
        code: "A029",
        level: Level::Warning,
        short: "swapped columns?",
        title: "titles and products may be in each other's column",
        why: "Both are words, so only their order distinguishes the columns; in another order, every row would become another record.",
        example: "`Mail` under \"Service\" and `Simple Mail Transfer Protocol` under \"Used by\", in most rows.",
        help: "compare the order of the columns with the article; the cells are read in the article's order",
    };

    /// The port cell is no port.
    pub(crate) const PORT_UNREADABLE: Rule = Rule {
        code: "N001",
        level: Level::Error,
        short: "unreadable port",
        title: "the port cell is not a port, a range or a list of them",
        why: "A row without a port says nothing about ports.",
        example: "`8O80` with a letter O.",
        help: "compare the row with the article; the row was rejected",
    };

    /// A number above 65535.
    pub(crate) const PORT_TOO_HIGH: Rule = Rule {
        code: "N002",
        level: Level::Error,
        short: "port too high",
        title: "a port number is out of range",
        why: "Ports have 16 bits: 65535 is the highest (RFC 6335, section 6).",
        example: "`70000`.",
        help: "compare the row with the article; a footnote mark may have been glued to the number; the row was rejected",
    };

    /// `90-80`.
    pub(crate) const RANGE_BACKWARDS: Rule = Rule {
        code: "N003",
        level: Level::Error,
        short: "backward range",
        title: "a range of ports runs backwards",
        why: "It may be a typing error in either number.",
        example: "`90-80`.",
        help: "compare the row with the article; the row was rejected",
    };

    /// Port 0.
    pub(crate) const PORT_ZERO: Rule = Rule {
        code: "N004",
        level: Level::Error,
        short: "port 0",
        title: "port 0 is reserved",
        why: "No service can be reached on port 0 (RFC 6335, section 6).",
        example: "`0`.",
        help: "compare the row with the article; the row was rejected",
    };

    /// Too many ports in one cell.
    pub(crate) const MANY_PORTS: Rule = Rule {
        code: "N005",
        level: Level::Error,
        short: "too many ports",
        title: "a cell lists far too many ports",
        why: "Each range becomes a row of its own with all values of the row; a cell like this is not Apple's.",
        example: "A cell of thousands of ports, or one with more than 16 ranges.",
        help: "compare the row with the article; the row was rejected",
    };

    /// A number whose digits are shown as others.
    pub(crate) const HIDDEN_IN_NUMBER: Rule = Rule {
        code: "N006",
        level: Level::Error,
        short: "hidden character",
        title: "a hidden character is between the digits of a number",
        why: "A browser may show the digits in another order, or as two numbers, so the row would open another port than the one people see.",
        example: "`70<U+202E>09`, which a browser shows as 7090, or a soft hyphen inside `8090`.",
        help: "compare the row with the article; the row was rejected",
    };

    /// No transport in the article.
    pub(crate) const NO_TRANSPORT: Rule = Rule {
        code: "N010",
        level: Level::Warning,
        short: "no transport",
        title: "the article gives no transport",
        why: "Without TCP or UDP the port can be neither opened nor compared with the registry.",
        example: "50003 / - / FileMaker - Server-Dienst.",
        help: "consult the product's documentation; the transport is left empty, never guessed",
    };

    /// A transport nobody knows.
    pub(crate) const TRANSPORT_UNREADABLE: Rule = Rule {
        code: "N011",
        level: Level::Warning,
        short: "unclear transport",
        title: "the transport cell is not TCP, UDP or both",
        why: "A transport that is not understood must not be guessed.",
        example: "`TPC`.",
        help: "compare the row with the article; the transport is left empty and the cell is kept in the provenance",
    };

    /// Two rows say the same.
    pub(crate) const DUPLICATE: Rule = Rule {
        code: "N020",
        level: Level::Note,
        short: "repeated row",
        title: "two rows are identical",
        why: "One of them adds nothing.",
        example: "The same port, transport, names, RFC and products twice.",
        help: "nothing; the rows were merged into the first",
    };

    /// Two services on one port.
    pub(crate) const SAME_PORT: Rule = Rule {
        code: "N021",
        level: Level::Note,
        short: "two services on a port",
        title: "two rows give the same port and transport to different services",
        why: "Whoever filters by port finds both; a services file can give the port only one name, the other becomes its alias.",
        example: "500/udp as `isakmp` and as `IKEv2`.",
        help: "nothing; both are kept and linked",
    };

    /// A range covers ports of other rows.
    pub(crate) const RANGE_OVERLAP: Rule = Rule {
        code: "N022",
        level: Level::Note,
        short: "overlaps other rows",
        title: "a range covers ports that other rows list as well",
        why: "Opening the range opens the other services' ports, too.",
        example: "8000-8999/tcp over 8080/tcp.",
        help: "open single ports instead of the range where the product allows it",
    };

    /// Far too many overlaps.
    pub(crate) const MANY_OVERLAPS: Rule = Rule {
        code: "N023",
        level: Level::Warning,
        short: "many overlaps",
        title: "too many rows share ports to list them all",
        why: "The list of overlaps grows with the square of the rows; a table like this is not the article.",
        example: "Thousands of rows that all cover the same range.",
        help: "compare the capture with the article",
    };

    /// Not a name by RFC 6335.
    pub(crate) const NAME_INVALID: Rule = Rule {
        code: "N030",
        level: Level::Warning,
        short: "invalid name",
        title: "the service name is not valid by RFC 6335",
        why: "Names have up to 15 letters, digits and hyphens (RFC 6335, section 5.1); other names cannot be registered.",
        example: "`dec_dlm`, with an underscore.",
        help: "look for the registered spelling; the name is kept as published",
    };

    /// One cell, several names.
    pub(crate) const SEVERAL_NAMES: Rule = Rule {
        code: "N031",
        level: Level::Note,
        short: "several names",
        title: "one cell has several service names",
        why: "Each name belongs to one port of the row; further names of the same port are its aliases.",
        example: "`nat-stun-port - ipether232port` for 3478-3497, or `net-assistant, classroom` for 3283.",
        help: "nothing; each name goes to its port, see port_names in ports.json",
    };

    /// More names than ports.
    pub(crate) const NAMES_UNPLACED: Rule = Rule {
        code: "N032",
        level: Level::Warning,
        short: "more names than ports",
        title: "a cell has more names than its ports can take",
        why: "A name that belongs to no port is lost for every look-up by port.",
        example: "`a, b, c` for 10-11, or more than 16 names for one port.",
        help: "compare the row with the article; the cell is kept in the provenance",
    };

    /// The name may have slipped.
    pub(crate) const NAME_IN_USED_BY: Rule = Rule {
        code: "N034",
        level: Level::Warning,
        short: "name in the wrong cell?",
        title: "the used-by cell holds what looks like a service name",
        why: "The name may have slipped one column to the right.",
        example: "5897-5898 / UDP / - / - / - / xrdiags.",
        help: "compare the row with the article and the registry; the cells are kept as captured",
    };

    /// `text.** Note:**`
    pub(crate) const BROKEN_EMPHASIS: Rule = Rule {
        code: "N035",
        level: Level::Note,
        short: "misplaced emphasis",
        title: "an emphasis marker inside a cell is misplaced",
        why: "The bold `Note:` is what separates a note from the products.",
        example: "`Versionen.** Hinweis:** Dieser Port ...`.",
        help: "nothing; the note was recognised by its word",
    };

    /// Unknown words.
    pub(crate) const WORDS_UNKNOWN: Rule = Rule {
        code: "N040",
        level: Level::Note,
        short: "unknown product",
        title: "a text is not in the product vocabulary",
        why: "A product that is not recognised is not found by its name.",
        example: "`Zeitreise-Dienst`.",
        help: "add the text to sources/vocabulary/products.toml, as a product or as a phrase",
    };

    /// Not an RFC number.
    pub(crate) const RFC_UNREADABLE: Rule = Rule {
        code: "N041",
        level: Level::Warning,
        short: "not an RFC number",
        title: "the RFC cell holds something other than RFC numbers",
        why: "A citation that is not understood is missing from the cross-check.",
        example: "`see RFC-Editor`, `1O57` with a letter O, or a cell with more than 16 numbers.",
        help: "compare the row with the article; the readable numbers are kept, unless one in the cell is damaged or too low for an RFC",
    };

    /// Two marks in one title.
    pub(crate) const MIXED_MARKS: Rule = Rule {
        code: "N050",
        level: Level::Note,
        short: "contradicting marks",
        title: "one title carries both registration marks",
        why: "Only one of the two services may use the registered name.",
        example: "`RTSP (unregistered use) Automatic Router Configuration Protocol (ARCP - registered use)`.",
        help: "read the title: the registration is given as `mixed`",
    };

    /// Full-width forms, other digits, invisible characters.
    pub(crate) const OTHER_CHARACTERS: Rule = Rule {
        code: "N060",
        level: Level::Note,
        short: "unusual characters",
        title: "a cell was not written in plain characters",
        why: "Ports, transports, RFC numbers and service names are ASCII; full-width digits or hidden direction marks make them unequal to what they look like.",
        example: "`５２２３` for 5223, or a zero-width space inside `ssh`.",
        help: "nothing; the cell was read as plain characters and is kept as captured in the provenance",
    };

    /// A word between transports that no language of the vocabulary has.
    pub(crate) const JOINER_UNKNOWN: Rule = Rule {
        code: "N061",
        level: Level::Note,
        short: "unknown transport word",
        title: "an unknown word is between the transports",
        why: "It may mean `and`, `or` or `not`, so the transports would be a guess.",
        example: "`TCP vagy UDP` without a Hungarian vocabulary; `TCP, not UDP`.",
        help: "add the word to the language's file in sources/vocabulary/phrases/ if it means \"and\" or \"or\"; until then the transport is left empty",
    };

    /// A language without a vocabulary.
    pub(crate) const LANGUAGE_UNKNOWN: Rule = Rule {
        code: "N062",
        level: Level::Note,
        short: "no vocabulary",
        title: "there is no vocabulary for the capture's language",
        why: "Ports, transports, RFC numbers and service names are read all the same; marks such as `unregistered use` stay in the text.",
        example: "A capture of hu-hu.",
        help: "add a file to sources/vocabulary/phrases/",
    };

    /// `2026-13`
    pub(crate) const CONFIRMED_UNREADABLE: Rule = Rule {
        code: "N070",
        level: Level::Warning,
        short: "impossible date",
        title: "the confirmation of a row is not a date, or is after the capture",
        why: "`confirmed` shows how far a row can be trusted; an invalid or future date shows nothing.",
        example: "`2026-13`, or `2027` in a table of 2026-10-11.",
        help: "correct the cell in the column Confirmed; the row is kept without a confirmation",
    };

    /// Nobody has said for long that the row is there.
    pub(crate) const LONG_UNCONFIRMED: Rule = Rule {
        code: "N071",
        level: Level::Note,
        short: "not confirmed lately",
        title: "a row was last confirmed more than a year before its capture",
        why: "A compiled table takes over rows for which no newer statement was found; the article may have dropped them since.",
        example: "`2022-12-06` in a table of 2026-10-11.",
        help: "look at the article before you rely on the row",
    };
}
