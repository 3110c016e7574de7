//! Text of others, made harmless: one module for each language of an output.
//!
//! Whatever prints a text that is not ours takes it from here, so that each language has
//! one place to judge and to repair.

pub mod html;
pub mod markdown;
pub mod sarif;
pub mod terminal;
