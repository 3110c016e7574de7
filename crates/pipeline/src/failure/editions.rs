//! What is wrong with the editions that the article is checked against.

use appleports_model::{SourceId, joined};
use thiserror::Error;

/// What is wrong with an edition of the registry, of the RFC index or of Apple's other articles, or
/// with the choice of one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EditionError {
    /// There is no registry to check against.
    #[error("no registry edition in the sources folder (iana/YYYY-MM-DD.csv)")]
    NoRegistry,
    /// What was asked for is neither stored nor a file.
    #[error(
        "`{name}`: no such file or registry edition; stored are: {}",
        listed(stored)
    )]
    UnknownRegistry {
        /// What was asked for.
        name: String,
        /// The stored editions.
        stored: Vec<SourceId>,
    },
    /// Far more rows of a registry have one name than of any of IANA's.
    #[error("{path}: more than {limit} rows have one name, so this is not the registry")]
    OneName {
        /// The file.
        path: String,
        /// The limit.
        limit: usize,
    },
    /// An index that stands for the whole is a part of it.
    #[error(
        "{path}: this index lists {count} RFCs, and the whole one over {whole}; fetch it again"
    )]
    PartOfRfcIndex {
        /// The file.
        path: String,
        /// How many RFCs it lists.
        count: u64,
        /// How many the whole one lists at least.
        whole: u64,
    },
    /// The day of an RFC index is not known.
    #[error("{path}: neither the file nor its name has the date of the index")]
    UndatedRfcIndex {
        /// The file.
        path: String,
    },
    /// A fact of another article is about a product that the vocabulary does not have.
    #[error(
        "{path}:{line}: `{name}` is not a product of the vocabulary; write its name as in sources/vocabulary/products.toml"
    )]
    UnknownProduct {
        /// The file of the facts.
        path: String,
        /// The line of the fact.
        line: u32,
        /// The product.
        name: String,
    },
}

fn listed(ids: &[SourceId]) -> String {
    joined(ids, ", ")
}
