//! JSON that is safe to look at: what cannot be seen is escaped, the data are the same.

use std::fmt::Write;

use appleports_model::is_hidden;

/// Escapes the characters of a JSON text that control a terminal, hide or turn text
/// round, or end a line for some readers. Outside ASCII they can only stand in strings.
pub(crate) fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        // The line ends between the values of indented JSON are its own.
        if is_hidden(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}
