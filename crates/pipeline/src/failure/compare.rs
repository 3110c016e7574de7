//! Why two sides cannot be compared.

use std::io;
use std::num::ParseIntError;

use appleports_emit::SCHEMA_VERSION;
use appleports_model::{PortError, TransportError};
use appleports_store::StoreError;
use thiserror::Error;

/// Why two sides cannot be compared.
#[derive(Debug, Error)]
pub enum CompareError {
    /// Both sides are standard input.
    #[error("only one side can be `-`, standard input")]
    BothStdin,
    /// One has ports and the other has none.
    #[error(
        "`{old}` and `{new}` are not of one kind: compare two datasets, two registry editions or two services files"
    )]
    Kinds {
        /// What the old side is called.
        old: String,
        /// What the new side is called.
        new: String,
    },
    /// Standard input cannot be read.
    #[error("<stdin>: {0}")]
    Stdin(io::Error),
    /// Standard input is longer than any file of this kind.
    #[error("<stdin>: more than {limit} bytes")]
    LongStdin {
        /// The limit in bytes.
        limit: u64,
    },
    /// A side is nothing that there is.
    #[error(
        "`{name}`: no such file, folder, capture or registry edition; a revision is written git:REV"
    )]
    NoSuchSide {
        /// How the side was named.
        name: String,
    },
    /// A folder has no dataset.
    #[error("`{name}` is not an output folder: {error}")]
    NoOutputFolder {
        /// The folder.
        name: String,
        /// Why its dataset cannot be read.
        error: StoreError,
    },
    /// A file that begins like a dataset is none.
    #[error("{path}: not a ports.json that can be read: {error}")]
    NotADataset {
        /// The file.
        path: String,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// A dataset is of a version that this program does not know.
    #[error(
        "{path}: its schema_version is `{version}`, this program reads {SCHEMA_VERSION}; build it again"
    )]
    SchemaVersion {
        /// The file.
        path: String,
        /// Its version.
        version: String,
    },
    /// A side has more rows than any article.
    #[error(
        "{name}: more than {limit} rows, and no article has as many; is this an output of `build`?"
    )]
    TooManyRows {
        /// The file.
        name: String,
        /// The limit.
        limit: usize,
    },
    /// A side has more of something in its rows than any article.
    #[error(
        "{name}: its rows have more than {limit} {what}, and no article has as many; is this an output of `build`?"
    )]
    TooMany {
        /// The file.
        name: String,
        /// Of what.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A row has more text than any of an article.
    #[error(
        "{name}: the row `{id}` has {length} bytes of text (limit {limit}), and no row of an article has as many; is this an output of `build`?"
    )]
    LongText {
        /// The file.
        name: String,
        /// The id of the row, or of the source of one that could not be read.
        id: String,
        /// How much it has, in bytes.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// A file that begins like a `ports.csv` is none.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// What is wrong with a `ports.csv`.
#[derive(Debug, Error)]
pub enum TableError {
    /// Its heading.
    #[error("{path}:1: not a ports.csv: {error}")]
    Heading {
        /// The file.
        path: String,
        /// What is wrong.
        error: csv::Error,
    },
    /// It is no CSV; the message has the line.
    #[error("{path}: not a ports.csv: {error}")]
    NotCsv {
        /// The file.
        path: String,
        /// What is wrong.
        error: csv::Error,
    },
    /// One of its rows.
    #[error("{path}:{line}: not a row of a ports.csv: {error}")]
    Row {
        /// The file.
        path: String,
        /// The line of the row.
        line: u64,
        /// What is wrong.
        error: RowError,
    },
}

/// What is wrong with a row of a `ports.csv`.
#[derive(Debug, Error)]
pub enum RowError {
    /// A cell is not of the type of its column.
    #[error(transparent)]
    Cell(#[from] csv::Error),
    /// The last port comes before the first.
    #[error("{first}-{last} is not a range of ports")]
    Range {
        /// The first port.
        first: u16,
        /// The last port.
        last: u16,
    },
    /// The ports.
    #[error(transparent)]
    Ports(#[from] PortError),
    /// The transport.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The numbers of the RFCs.
    #[error("rfcs: {0}")]
    Rfcs(ParseIntError),
}
