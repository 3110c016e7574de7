//! Comparisons as texts: one file a format, one line in [`RENDERINGS`].
//!
//! Everything that comes from a source is escaped: no cell can steer a terminal,
//! mention a person, or become markup.

mod changes_html;
mod changes_json;
mod changes_markdown;
mod feed;
mod html;
mod json;
mod markdown;
mod terminal;

pub use changes_json::{CHANGES_SCHEMA, changes_json};
pub use changes_markdown::changes_markdown;
pub(crate) use feed::headline;
pub use feed::{feed, feed_of_site};
pub use markdown::{MAX_COMMENT, Markdown, markdown, markdown_within};

use appleports_model::Shown;

use crate::report::Report;

/// The JSON Schema of the `json` rendering.
pub const SCHEMA: &str = include_str!("diff.schema.json");

/// A format for comparisons.
#[derive(Debug)]
pub struct Rendering {
    /// The name for `diff --format`.
    pub name: &'static str,
    /// How it is shown.
    pub shown: Shown,
    /// Writes the whole comparison. `terminal` has ANSI colours, for the caller to
    /// strip; `markdown` has no limit here, see [`markdown()`](fn@markdown).
    pub write: fn(&Report) -> String,
}

/// All formats.
pub static RENDERINGS: &[Rendering] = &[
    Rendering {
        name: "terminal",
        shown: Shown::Coloured,
        write: terminal::write,
    },
    Rendering {
        name: "markdown",
        shown: Shown::Data,
        write: markdown::write,
    },
    Rendering {
        name: "json",
        shown: Shown::Data,
        write: json::write,
    },
    Rendering {
        name: "html",
        shown: Shown::Data,
        write: html::write,
    },
];
