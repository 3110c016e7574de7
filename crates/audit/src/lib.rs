//! A person's own list of ports, compared with the article.
//!
//! ```text
//! bytes -> List -> findings with suggestions -> corrected text
//! ```
//!
//! [`read`] knows the notations and nothing of the article; [`judge`] knows the article and
//! nothing of the notations; [`fix`] applies suggestions and knows neither.

mod article;
mod digits;
mod expression;
mod fix;
mod judge;
mod list;
mod notations;
mod read;
mod rules;
mod scan;
mod transports;

pub use article::Article;
pub use fix::{Fixed, fix};
pub use judge::{Edit, Judged, Score, Suggested, judge};
pub use list::{Account, Entry, List, Oddity, Totals, Unread};
pub use notations::{CLOSED, NOTATIONS};
pub use read::{MAX_ENTRIES, MAX_FILE, MAX_LINE, Notation, ReadError, read};
pub use rules::RULES;
pub use transports::Transports;
