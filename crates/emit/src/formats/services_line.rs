//! One line of a services(5) file, no longer than every reader takes.

use std::borrow::Cow;
use std::fmt::Write;

use appleports_model::Transport;

/// No line is longer, so that readers with a 128-byte buffer keep up.
pub(super) const MAX_LINE: usize = 127;

/// One line of the file, its end included; the comment is cut to the room that is left.
pub(super) fn line(
    name: &str,
    port: u16,
    transport: Transport,
    aliases: &[&str],
    comment: &str,
) -> String {
    let mut line = String::with_capacity(MAX_LINE + 1);
    // Writing to a String cannot fail.
    let _ = write!(line, "{name}\t{port}/{transport}");
    for alias in aliases {
        line.push('\t');
        line.push_str(alias);
    }
    let room = MAX_LINE.saturating_sub(line.len() + 3);
    if room > 8 {
        line.push_str("\t# ");
        line.push_str(&shorten(comment, room));
    }
    line.push('\n');
    line
}

/// At most `limit` bytes, cut between characters, with dots where cut.
pub(super) fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    if text.len() <= limit {
        return Cow::Borrowed(text);
    }
    let end = text.floor_char_boundary(limit.saturating_sub(3));
    Cow::Owned(format!("{}...", text[..end].trim_end()))
}
