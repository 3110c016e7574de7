//! The language of the templates, which the explorer's page reads as well.
//!
//! `{{name}}` is a value. A line is written once for each row of values that has all the
//! names in it, and not at all where there is no row. If part of the line is in `[[ ]]`,
//! only that part is repeated, with the character that follows between the copies. A line
//! that begins with `{{out}}` or `{{in}}` belongs to that direction.

use super::direction::Direction;

/// Rows of values for the names of some columns.
pub(super) struct Values {
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Vec<Vec<String>>,
}

/// Fills a template; a name without values leaves its line out.
pub(super) fn fill(template: &str, direction: Option<Direction>, values: &[Values]) -> String {
    let lines = template.lines().filter_map(|line| of(line, direction));
    lines.map(|line| repeat(line, values)).collect()
}

/// The line without the direction that it belongs to; `None` if that is another one.
fn of(line: &str, direction: Option<Direction>) -> Option<&str> {
    for (mark, marked) in [("{{out}}", Direction::Out), ("{{in}}", Direction::In)] {
        if let Some(rest) = line.strip_prefix(mark) {
            return direction
                .is_some_and(|asked| asked.covers(marked))
                .then_some(rest);
        }
    }
    Some(line)
}

fn repeat(line: &str, values: &[Values]) -> String {
    let region = line
        .split_once("[[")
        .and_then(|(before, rest)| Some((before, rest.split_once("]]")?)));
    match region {
        Some((before, (part, between))) => {
            format!("{before}{}\n", copies(part, values).join(between))
        }
        None => copies(&format!("{line}\n"), values).concat(),
    }
}

fn copies(part: &str, values: &[Values]) -> Vec<String> {
    let names: Vec<&str> = part.split("{{").skip(1).map(|rest| name(rest).0).collect();
    if names.is_empty() {
        return vec![part.to_owned()];
    }
    let fitting = |set: &&Values| names.iter().all(|name| set.columns.contains(name));
    let rows = values.iter().find(fitting).into_iter().flat_map(|set| {
        let filled = |row: &Vec<String>| filled(part, set.columns, row);
        set.rows.iter().map(filled)
    });
    rows.collect()
}

/// In one pass: what is filled in is never read as a name.
fn filled(part: &str, columns: &[&str], row: &[String]) -> String {
    let mut pieces = part.split("{{");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = name(piece);
        let value = columns.iter().zip(row).find(|(column, _)| **column == name);
        out.push_str(value.map_or("", |(_, value)| value));
        out.push_str(rest);
    }
    out
}

/// The name before `}}`, and what follows.
fn name(piece: &str) -> (&str, &str) {
    piece.split_once("}}").unwrap_or((piece, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> [Values; 2] {
        let rows = |rows: &[&[&str]]| {
            let row = |row: &&[&str]| row.iter().map(ToString::to_string).collect();
            rows.iter().map(row).collect()
        };
        [
            Values {
                columns: &["a", "b"],
                rows: rows(&[&["1", "{{a}}"], &["2", "x"]]),
            },
            Values {
                columns: &["none"],
                rows: Vec::new(),
            },
        ]
    }

    #[test]
    fn a_line_is_repeated_for_each_row_and_a_region_within_its_line() {
        let fill = |template| fill(template, None, &values());
        assert_eq!(fill("as it is\n"), "as it is\n");
        assert_eq!(fill("{ {{a}} }\n"), "{ 1 }\n{ 2 }\n");
        assert_eq!(fill("p=[[{{a}}/{{b}}]]|\n"), "p=1/{{a}}|2/x\n");
        assert_eq!(fill("{{none}}!\n"), "");
    }

    #[test]
    fn a_line_belongs_to_its_direction() {
        let fill = |direction| fill("{{out}}o\n{{in}}i\n", direction, &[]);
        assert_eq!(fill(Some(Direction::Out)), "o\n");
        assert_eq!(fill(Some(Direction::In)), "i\n");
        assert_eq!(fill(Some(Direction::Both)), "o\ni\n");
        assert_eq!(fill(None), "");
    }
}
