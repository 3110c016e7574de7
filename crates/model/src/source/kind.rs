//! The kinds of sources.

use serde::{Deserialize, Serialize};

/// What kind of source an entry describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A capture of the article.
    Article,
    /// An edition of the IANA registry.
    Iana,
    /// Facts from the RFC index.
    Rfc,
    /// What Apple's other articles give as ports of single products.
    Siblings,
}

impl SourceKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Article, Self::Iana, Self::Rfc, Self::Siblings];

    /// The folder below the sources folder, which is also what the ids begin with.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Article => "apple",
            Self::Iana => "iana",
            Self::Rfc => "rfc",
            Self::Siblings => "siblings",
        }
    }

    /// What a source of this kind is called where its date stands beside it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "Article",
            Self::Iana => "IANA registry",
            Self::Rfc => "RFC index",
            Self::Siblings => "Apple’s other articles",
        }
    }

    /// What a source of this kind is, before its date in a list for people; `{article_id}` and
    /// `{locale}` are those of the source.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Article => "Article {article_id} in {locale}, captured",
            Self::Iana => "IANA service-name registry, edition of",
            Self::Rfc => "Facts from the RFC index of",
            Self::Siblings => "Ports in Apple's other articles, as of",
        }
    }

    /// Whether there is one in each language: its ids then have a locale, and each source has a
    /// folder of its own.
    pub const fn has_locales(self) -> bool {
        match self {
            Self::Article => true,
            Self::Iana | Self::Rfc | Self::Siblings => false,
        }
    }

    /// The kind of the sources in this folder.
    pub(super) fn in_folder(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.folder() == folder)
    }
}
