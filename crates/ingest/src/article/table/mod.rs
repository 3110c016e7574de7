//! From cells to the raw table: what cells look like, which column they belong to, and
//! which rows are certain.

pub(crate) mod align;
pub(crate) mod columns;
pub(crate) mod draft;
pub(crate) mod footnote;
pub(crate) mod glued;
pub(crate) mod grid;
pub(crate) mod grid_row;
pub(crate) mod markdown;
pub(crate) mod marks;
pub(crate) mod repair;
pub(crate) mod sequence;
pub(crate) mod several;
pub(crate) mod shape;
pub(crate) mod stacked;
mod unread;
