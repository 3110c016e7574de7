//! Why a file as a whole could not be read.

use thiserror::Error;

/// Why a file as a whole could not be read. Each message names the file, the
/// place in it where there is one, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file has no bytes, or only white space.
    #[error("{path}: the file is empty; save the article again")]
    Empty {
        /// The file.
        path: String,
    },
    /// The file is larger than any capture can be.
    #[error(
        "{path}: {bytes} bytes is more than a capture can have (limit {limit}); is this the article?"
    )]
    TooLarge {
        /// The file.
        path: String,
        /// Its length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The file holds bytes that no text has.
    #[error(
        "{path}:{line}: this is binary data, not text; save the article as Markdown, text or HTML"
    )]
    Binary {
        /// The file.
        path: String,
        /// The line of the first such byte.
        line: u32,
    },
    /// The text is in another encoding than UTF-8.
    #[error(
        "{path}:{line}: the text is not UTF-8 (byte {offset}, 0x{byte:02x}); convert it, for example with iconv -t UTF-8"
    )]
    NotUtf8 {
        /// The file.
        path: String,
        /// The line of the first bad byte.
        line: u32,
        /// Its offset in the file.
        offset: usize,
        /// Its value.
        byte: u8,
    },
    /// The lines end as they did on old Macs.
    #[error(
        "{path}: the lines end in CR alone, so the whole text is one line; convert it, for example with tr '\\r' '\\n'"
    )]
    OldLineEnds {
        /// The file.
        path: String,
    },
    /// The page is nested deeper, or has longer tags, than any page.
    #[error(
        "{path}:{line}: elements are nested deeper, or a tag is longer, than on any page; is this the article?"
    )]
    Hostile {
        /// The file.
        path: String,
        /// The line up to which it was read.
        line: u32,
    },
    /// The table has more rows than there are ports.
    #[error("{path}: {rows} rows are more than there are ports; is this the article?")]
    TooManyRows {
        /// The file.
        path: String,
        /// How many rows it has.
        rows: usize,
    },
    /// The page is another article.
    #[error(
        "{path}:{line}: this is another article, `{title}`{what}; save the article on the TCP and UDP ports"
    )]
    AnotherArticle {
        /// The file.
        path: String,
        /// The line of the title.
        line: u32,
        /// The page's title.
        title: String,
        /// Its address where the page gives one, in brackets; or empty.
        what: String,
    },
    /// No known layout has been recognised.
    #[error(
        "{path}: no ports table in a known layout; the rows are missing, or what stands in their cells is not that of the columns (port, TCP or UDP, service, RFC, name, used by)"
    )]
    NoTable {
        /// The file.
        path: String,
    },
    /// The file is not a services(5) file.
    #[error("{path}:{line}: this is no services(5) file (name port/protocol aliases # comment)")]
    NotServices {
        /// The file.
        path: String,
        /// The first line that is no entry.
        line: u32,
    },
    /// The file is not an RFC index, nor facts taken from one.
    #[error("{path}:{line}: {reason}; download rfc-index.txt or rfc-index.xml again")]
    NotAnRfcIndex {
        /// The file.
        path: String,
        /// The line.
        line: u64,
        /// What is wrong there.
        reason: String,
    },
    /// The file has no facts of Apple's other articles, or contradictory ones.
    #[error("{path}:{line}: {reason}; correct the file of facts from Apple's other articles")]
    NotSiblings {
        /// The file.
        path: String,
        /// The line.
        line: u64,
        /// What is wrong there.
        reason: String,
    },
    /// The file is not an edition of the registry.
    #[error("{path}:{line}: {reason}; download the registry again")]
    NotARegistry {
        /// The file.
        path: String,
        /// The line.
        line: u64,
        /// What is wrong there.
        reason: String,
    },
}

impl ReadError {
    /// Whether the file is a page that has lost its table: a case for the guards.
    pub const fn is_missing_table(&self) -> bool {
        matches!(self, Self::NoTable { .. } | Self::AnotherArticle { .. })
    }
}
