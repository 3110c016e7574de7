//! The findings of this stage: normalisation (N), and the capture as a whole (A001).

use appleports_model::{Level, Rule};

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal $level:ident $title:literal, $why:literal, $example:literal, $help:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: Rule = Rule {
            code: $code, level: Level::$level, title: $title, why: $why, example: $example, help: $help,
        };)*
        /// Every finding of this stage, in the order of their codes.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    /// Letters that the language needs do not occur.
    LOST_LETTERS = "A001" Warning
        "the capture has lost letters of its language",
        "Texts of the capture are not as published; a comparison with another capture would show changes that are none.",
        "A German capture with `fur` and `uber`, and no `ä`, `ö` or `ü` anywhere.",
        "capture the page again if it still exists; the cells stay as captured, and names are compared without accents";
    /// The port cell is no port.
    PORT_UNREADABLE = "N001" Error
        "the port cell is not a port, a range or a list of them",
        "A row without a port says nothing about ports.",
        "`8O80` with a letter O.",
        "compare the row with the article; the row was rejected";
    /// A number above 65535.
    PORT_TOO_HIGH = "N002" Error
        "a port number is out of range",
        "Ports have 16 bits: 65535 is the highest (RFC 6335, section 6).",
        "`70000`.",
        "compare the row with the article; a footnote mark may have been glued to the number; the row was rejected";
    /// `90-80`.
    RANGE_BACKWARDS = "N003" Error
        "a range of ports runs backwards",
        "It may be a typing error in either number.",
        "`90-80`.",
        "compare the row with the article; the row was rejected";
    /// Port 0.
    PORT_ZERO = "N004" Error
        "port 0 is reserved",
        "No service can be reached on port 0 (RFC 6335, section 6).",
        "`0`.",
        "compare the row with the article; the row was rejected";
    /// Too many ports in one cell.
    MANY_PORTS = "N005" Error
        "a cell lists far too many ports",
        "Each range is a row of its own, with all that the row says; a cell like this is not the article's.",
        "A cell of thousands of ports, or one with more than 16 ranges.",
        "compare the row with the article; the row was rejected";
    /// No transport in the article.
    NO_TRANSPORT = "N010" Warning
        "the article gives no transport",
        "Without TCP or UDP the port can be neither opened nor compared with the registry.",
        "50003 / - / FileMaker - Server-Dienst.",
        "ask the product's documentation; the transport is left empty, never guessed";
    /// A transport nobody knows.
    TRANSPORT_UNREADABLE = "N011" Warning
        "the transport cell is not TCP, UDP or both",
        "A transport that is not understood must not be guessed.",
        "`TPC`.",
        "compare the row with the article; the transport is left empty and the cell is kept in the provenance";
    /// Two rows say the same.
    DUPLICATE = "N020" Note
        "two rows say exactly the same",
        "One of them adds nothing.",
        "The same port, transport, names, RFC and products twice.",
        "nothing; the rows were merged into the first";
    /// Two services on one port.
    SAME_PORT = "N021" Note
        "two rows give the same port and transport to different services",
        "Whoever filters by port finds both; a services file can give the port only one name, the other becomes its alias.",
        "500/udp as `isakmp` and as `IKEv2`.",
        "nothing; both are kept and linked";
    /// A range covers ports of other rows.
    RANGE_OVERLAP = "N022" Note
        "a range covers ports that other rows name as well",
        "Opening the range opens the other services' ports, too.",
        "8000-8999/tcp over 8080/tcp.",
        "open single ports instead of the range where the product allows it";
    /// Far too many overlaps.
    MANY_OVERLAPS = "N023" Warning
        "too many rows share ports to list them all",
        "The list of overlaps grows with the square of the rows; a table like this is not the article.",
        "Thousands of rows that all cover the same range.",
        "compare the capture with the article";
    /// Not a name by RFC 6335.
    NAME_INVALID = "N030" Warning
        "the service name is not valid by RFC 6335",
        "Names have up to 15 letters, digits and hyphens (RFC 6335, section 5.1); other names cannot be registered.",
        "`dec_dlm`, with an underscore.",
        "look for the registered spelling; the name is kept as published";
    /// One cell, several names.
    SEVERAL_NAMES = "N031" Note
        "one cell has several service names",
        "Each name belongs to one port of the row; further names of the same port are its aliases.",
        "`nat-stun-port - ipether232port` for 3478-3497, or `net-assistant, classroom` for 3283.",
        "nothing; each name goes to its port, see port_names in ports.json";
    /// More names than ports.
    NAMES_UNPLACED = "N032" Warning
        "a cell has more names than its ports can take",
        "A name that belongs to no port is lost for every look-up by port.",
        "`a, b, c` for 10-11, or more than 16 names for one port.",
        "compare the row with the article; the cell is kept in the provenance";
    /// The name may have slipped.
    NAME_IN_USED_BY = "N034" Warning
        "the used-by cell holds what looks like a service name",
        "The name may have slipped one column to the right.",
        "5897-5898 / UDP / - / - / - / xrdiags.",
        "compare the row with the article and the registry; the cells are kept as captured";
    /// `text.** Note:**`
    BROKEN_EMPHASIS = "N035" Note
        "an emphasis marker inside a cell is misplaced",
        "The bold `Note:` is what separates a note from the products.",
        "`Versionen.** Hinweis:** Dieser Port ...`.",
        "nothing; the note was recognised by its word";
    /// Unknown words.
    WORDS_UNKNOWN = "N040" Note
        "the product vocabulary has no entry for a text",
        "A product that is not recognised is not found by its name.",
        "`Zeitreise-Dienst`.",
        "add the text to sources/vocabulary/products.toml, as a product or as a phrase";
    /// Not an RFC number.
    RFC_UNREADABLE = "N041" Warning
        "the RFC cell holds something that is no RFC number",
        "A citation that is not understood is lost for the cross-check.",
        "`see RFC-Editor`, or a cell with more than 16 numbers.",
        "compare the row with the article; the readable numbers are kept";
    /// Two marks in one title.
    MIXED_MARKS = "N050" Note
        "one title carries both registration marks",
        "Only one of the two services may use the registered name.",
        "`RTSP (unregistered use) Automatic Router Configuration Protocol (ARCP - registered use)`.",
        "read the title: the registration is given as `mixed`";
    /// Full-width forms, other digits, invisible characters.
    OTHER_CHARACTERS = "N060" Note "a cell was not in plain characters",
        "Ports, transports, RFC numbers and service names are ASCII; full-width digits or hidden direction marks make them unequal to what they look like.",
        "`５２２３` for 5223, or a zero-width space inside `ssh`.",
        "nothing; the cell was read as plain characters and is kept as captured in the provenance";
    /// A word between transports that no language of the vocabulary has.
    JOINER_UNKNOWN = "N061" Note "an unknown word stands between the transports",
        "It may be `and`, `or`, or `not`: the transports would be guessed.",
        "`TCP vagy UDP` without a Hungarian vocabulary; `TCP, not UDP`.",
        "add the word to the language's file in sources/vocabulary/phrases/ if it means \"and\" or \"or\"; until then the transport is left empty";
    /// A language without a vocabulary.
    LANGUAGE_UNKNOWN = "N062" Note "there is no vocabulary for the capture's language",
        "Ports, transports, RFC numbers and service names are read all the same; marks such as `unregistered use` stay in the text.",
        "A capture of hu-hu.",
        "add a file to sources/vocabulary/phrases/";
    /// `2026-13`
    CONFIRMED_UNREADABLE = "N070" Warning "the confirmation of a row is no day up to the capture's",
        "`confirmed` tells how far a row can be trusted; a day that is none, or is yet to come, tells nothing.",
        "`2026-13`, or `2027` in a table of 2026-10-11.",
        "correct the cell of the column Confirmed; the row is kept, without a day of confirmation";
    /// Nobody has said for long that the row is there.
    LONG_UNCONFIRMED = "N071" Note "a row was last confirmed more than a year before its capture",
        "A compiled table takes over rows for which no newer statement was found; the article may have dropped them since.",
        "`2022-12-06` in a table of 2026-10-11.",
        "look at the article before you rely on the row";
}
