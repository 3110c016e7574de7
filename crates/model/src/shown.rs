//! How a text is shown.

/// How the text of a format reaches whoever asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// To a person, in colour on a terminal; without colour in a file.
    Coloured,
    /// To a program that reads the log of a run, line by line.
    Log,
    /// As it is: to a program, or to be pasted.
    Data,
}
