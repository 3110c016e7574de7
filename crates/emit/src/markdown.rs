//! Texts of others in Markdown.

pub(crate) use appleports_model::markdown_cell as cell;
