//! The part of a source that a finding is about.

/// No more characters of a source are shown.
const WIDTH: usize = 100;

/// The tags that end a cell.
const ENDS: [&str; 7] = ["</td", "</th", "</tr", "</table", "<td", "<th", "<tr"];

/// What stands at a place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The text in at most [`WIDTH`] characters.
    pub(super) text: String,
    /// The column behind the cell.
    pub(super) end: Option<u32>,
}

impl Excerpt {
    /// A line.
    pub(super) fn of_line(line: &str) -> Self {
        Self {
            text: cut(line).trim_end().to_owned(),
            end: None,
        }
    }

    /// The cell with which the rest of a line begins, without the tags in it.
    pub(super) fn of_cell(rest: &str, column: u32) -> Self {
        let ends_cell = |at: &usize| {
            let begins = |tag: &str| {
                let own = rest.as_bytes().get(*at..*at + tag.len());
                own.is_some_and(|own| own.eq_ignore_ascii_case(tag.as_bytes()))
            };
            ENDS.iter().any(|tag| begins(tag))
        };
        let mut tags = rest.match_indices('<').map(|(at, _)| at);
        let cell = &rest[..tags.find(ends_cell).unwrap_or(rest.len())];
        let text = without_tags(cell);
        let length = u32::try_from(cell.chars().count()).unwrap_or(u32::MAX);
        Self {
            text: cut(&text),
            end: (length > 0).then(|| column.saturating_add(length)),
        }
    }

    /// How many blanks stand before the text.
    pub(super) fn indent(&self) -> usize {
        self.text.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// How many characters the text has behind them; at least one.
    pub(super) fn width(&self) -> usize {
        (self.text.chars().count() - self.indent()).max(1)
    }
}

/// The start of a text, which is not read to its end: a thousand findings may show one line.
fn cut(text: &str) -> String {
    if text.chars().nth(WIDTH).is_none() {
        return text.to_owned();
    }
    text.chars().take(WIDTH - 3).chain("...".chars()).collect()
}

/// The words of a cell, whatever tags stand between them.
fn without_tags(cell: &str) -> String {
    let mut parts = cell.split('<');
    let first = parts.next().unwrap_or_default();
    let behind = parts.map(|part| part.split_once('>').map_or("", |(_, text)| text));
    let texts = std::iter::once(first).chain(behind);
    let words: Vec<&str> = texts.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use appleports_model::Columns;

    use super::*;

    #[test]
    fn a_cell_is_shown_without_its_tags() {
        let line = "<tr><td>ä</td><TD><p>Wi-Fi <b>Calls</b></p>\u{a0}<p>Mail &amp; x</p></TD></tr>";
        let of_cell = |column| Excerpt::of_cell(Columns::new(line).from(line, column), column);
        let excerpt = of_cell(19);
        assert_eq!(excerpt.text, "Wi-Fi Calls Mail &amp; x");
        assert_eq!((excerpt.indent(), excerpt.width()), (0, 24));
        assert_eq!(excerpt.end, Some(64));
        assert_eq!(of_cell(9).text, "ä");
        assert_eq!(of_cell(10).end, None, "an empty cell");
        assert_eq!(of_cell(900).text, "");
    }

    #[test]
    fn nothing_is_shown_at_any_length() {
        let line = "x".repeat(200_000);
        for excerpt in [Excerpt::of_line(&line), Excerpt::of_cell(&line, 3)] {
            assert_eq!(excerpt.text.len(), WIDTH);
            assert!(excerpt.text.ends_with("x..."));
        }
    }
}
