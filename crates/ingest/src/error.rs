//! Why a file as a whole could not be read.

use std::fmt;

use thiserror::Error;

use crate::refusal::Refusal;

/// Why a file as a whole could not be read: the file, the place in it where there is
/// one, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file.
    pub path: String,
    /// The 1-based line, where the cause has one.
    pub line: Option<u64>,
    /// What is wrong.
    pub kind: ReadErrorKind,
}

/// What is wrong with a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadErrorKind {
    /// The file has no bytes, or only white space.
    #[error("the file is empty; save the article again")]
    Empty,
    /// The file is larger than any capture can be.
    #[error("{bytes} bytes is more than a capture can have (limit {limit}); is this the article?")]
    TooLarge {
        /// Its length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The file holds bytes that no text has.
    #[error("this is binary data, not text; save the article as Markdown, text or HTML")]
    Binary,
    /// The text is in another encoding than UTF-8.
    #[error(
        "the text is not UTF-8 (byte {offset}, 0x{byte:02x}); convert it, for example with iconv -t UTF-8"
    )]
    NotUtf8 {
        /// The offset of the first bad byte.
        offset: usize,
        /// Its value.
        byte: u8,
    },
    /// The page names a character set for which there is no decoder.
    #[error(
        "the page is in the character set `{label}`, which cannot be read; save it in UTF-8, for example with iconv -t UTF-8"
    )]
    CharacterSet {
        /// Its name.
        label: String,
    },
    /// The lines end as they did on old Macs.
    #[error(
        "the lines end in CR alone, so the whole text is one line; convert it, for example with tr '\\r' '\\n'"
    )]
    OldLineEnds,
    /// There is more of something than any capture of the article has. Reading stops there, so it
    /// is not known how many there are.
    #[error("more than {limit} {of}, and the article has far fewer; save the article alone")]
    TooMany {
        /// The limit.
        limit: usize,
        /// What is counted, in the plural.
        of: &'static str,
    },
    /// The cells list more items than any article.
    #[error(
        "{items} items in the lists of its cells are more than any article has; is this the article?"
    )]
    TooManyItems {
        /// How many items there are, nearly.
        items: usize,
    },
    /// The page is another article.
    #[error("this is another article, `{title}`{what}; save the article on the TCP and UDP ports")]
    AnotherArticle {
        /// The page's title.
        title: String,
        /// Its address where the page gives one, in brackets; or empty.
        what: String,
    },
    /// No known layout has been recognised.
    #[error(
        "no ports table in a known layout; the rows are missing, or their cells do not match the columns (port, TCP or UDP, service, RFC, name, used by)"
    )]
    NoTable,
    /// The file is not a services(5) file.
    #[error("this is not a services(5) file (name port/protocol aliases # comment)")]
    NotServices,
    /// The file is larger than any services file.
    #[error("{bytes} bytes is more than a services file can have (limit {limit})")]
    LargeServices {
        /// Its length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The file has more of something than any services file. Reading stops there.
    #[error("more than {limit} {of}, and no services file has as many; give a part of it")]
    LongServices {
        /// The limit.
        limit: usize,
        /// What is counted, in the plural.
        of: &'static str,
    },
    /// The file is not an RFC index, nor facts taken from one, for this reason.
    #[error("{0}; download rfc-index.txt or rfc-index.xml again")]
    NotAnRfcIndex(String),
    /// The file has no facts of Apple's other articles, or contradictory ones.
    #[error("{0}; correct the file of facts from Apple's other articles")]
    NotSiblings(String),
    /// The file is not an edition of the registry, for this reason.
    #[error("{0}; download the registry again")]
    NotARegistry(String),
}

impl ReadError {
    /// An error of the file as a whole.
    pub(crate) fn new(path: &str, kind: ReadErrorKind) -> Self {
        Self {
            path: path.to_owned(),
            line: None,
            kind,
        }
    }

    /// An error at a line of the file.
    pub(crate) fn at(path: &str, line: impl Into<u64>, kind: ReadErrorKind) -> Self {
        Self {
            line: Some(line.into()),
            ..Self::new(path, kind)
        }
    }

    /// The refusal of a file by the reader of a format.
    pub(crate) fn refused(
        path: &str,
        refusal: Refusal,
        kind: impl FnOnce(String) -> ReadErrorKind,
    ) -> Self {
        Self::at(path, refusal.line, kind(refusal.reason))
    }

    /// Whether the file is a page that has lost its table: a case for the guards.
    pub const fn is_missing_table(&self) -> bool {
        matches!(
            self.kind,
            ReadErrorKind::NoTable | ReadErrorKind::AnotherArticle { .. }
        )
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl std::error::Error for ReadError {}
