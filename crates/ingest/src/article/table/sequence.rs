//! Cuts the texts of a row into cells where the layout does not show which text
//! belongs to which cell.

use appleports_model::{Column, Message, RawCell, has_blank_text, joined, message};

use crate::article::table::shape::{
    is_name_cell, is_port_text, is_rfc_cell, is_transport_cell, may_be_name,
};

/// How the capture treats cells that hold only a dash, and which columns it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    /// Cells with only a dash are there; otherwise they were left out.
    pub(crate) keeps_dashes: bool,
    /// The table has a column of service names.
    pub(crate) has_names: bool,
}

/// No row has more texts in its cells.
const MAX_TEXTS: usize = 40;

/// How the texts are shared out: title, RFC number, name, and the rest is "used by".
#[derive(Clone, Copy)]
struct Cut {
    title: usize,
    rfc: usize,
    name: usize,
}

/// The cells after port and transport: title, RFC, name and used by.
///
/// # Errors
/// Why the row cannot be cut, or can be cut in more than one way.
pub(crate) fn cut(texts: &[RawCell], habits: Habits) -> Result<[Option<RawCell>; 4], Message> {
    match ways(texts, habits).as_slice() {
        [cut] => Ok(share(texts, *cut)),
        [] if texts.len() > MAX_TEXTS => {
            Err(message!("{} texts are more than a row has", texts.len()))
        }
        [] => Err(message!("its texts do not match the columns").known_as("no-way-to-cut")),
        ways => Err(message!(
            "its {} texts match the columns in {} ways",
            texts.len(),
            ways.len()
        )),
    }
}

/// Whether the texts can be cut at all, be it in several ways.
pub(crate) fn can_be_cut(texts: &[RawCell], habits: Habits) -> bool {
    !ways(texts, habits).is_empty()
}

/// What a text can be, found once for all ways to cut.
struct Shape {
    is_blank: bool,
    /// Whether it is a port or transport, which have their own cells.
    is_elsewhere: bool,
    is_rfc: bool,
    name: NameShape,
}

/// How much a text looks like a service name.
#[derive(PartialEq)]
enum NameShape {
    LowerCase,
    AnyCase,
    No,
}

impl Shape {
    fn is_name(&self) -> bool {
        self.name == NameShape::LowerCase
    }

    fn may_be_name(&self) -> bool {
        self.name != NameShape::No
    }

    fn of(cell: &RawCell) -> Self {
        let text = &cell.text;
        Self {
            is_blank: has_blank_text(text),
            is_elsewhere: is_port_text(text) || is_transport_cell(text),
            is_rfc: is_rfc_cell(text),
            name: if is_name_cell(text) {
                NameShape::LowerCase
            } else if may_be_name(text) {
                NameShape::AnyCase
            } else {
                NameShape::No
            },
        }
    }
}

fn ways(texts: &[RawCell], habits: Habits) -> Vec<Cut> {
    let mut ways = Vec::new();
    if texts.len() > MAX_TEXTS {
        return ways;
    }
    let texts: Vec<Shape> = texts.iter().map(Shape::of).collect();
    for title in 0..=texts.len() {
        for rfc in 0..=1 {
            for name in 0..=usize::from(habits.has_names) {
                let cut = Cut { title, rfc, name };
                if title + rfc + name <= texts.len() && fits(&texts, cut, habits) {
                    ways.push(cut);
                }
            }
        }
    }
    ways
}

fn fits(texts: &[Shape], cut: Cut, habits: Habits) -> bool {
    let (title, rest) = texts.split_at(cut.title);
    let (rfc, rest) = rest.split_at(cut.rfc);
    let (name, used) = rest.split_at(cut.name);
    if !habits.keeps_dashes && texts.iter().any(|text| text.is_blank) {
        return false;
    }
    if habits.keeps_dashes {
        let all_there = !title.is_empty()
            && cut.rfc == 1
            && cut.name == usize::from(habits.has_names)
            && !used.is_empty();
        let alone = |part: &[Shape]| part.len() == 1 || !part.iter().any(|text| text.is_blank);
        if !all_there || !alone(title) || !alone(used) {
            return false;
        }
    }
    let blank_fits = |text: &Shape| habits.keeps_dashes && text.is_blank;
    let no_others = |part: &[Shape]| !part.iter().any(|text| text.is_elsewhere);
    let no_names = |part: &[Shape]| !part.iter().any(Shape::is_name);
    let has_rfc = rfc.iter().any(|text| text.is_rfc);
    let is_loose = habits.has_names && !habits.keeps_dashes;
    // A title such as `echo` looks like a name; only what follows tells.
    let title_is_no_name = !is_loose || no_names(title.get(1..).unwrap_or_default());
    // A name is a name, unless it has its place already. Right after an RFC number, even
    // one in capitals may be.
    let may_begin_with_name = has_rfc && used.first().is_some_and(Shape::may_be_name);
    let used_is_no_name = !is_loose || cut.name == 1 || no_names(used) && !may_begin_with_name;
    // Letter case says nothing of a name, but a word in capitals at the end of a row may as
    // well be all that the last cell holds.
    let has_its_place = habits.keeps_dashes || has_rfc && !used.is_empty();
    let is_name = |text: &Shape| text.is_name() || has_its_place && text.may_be_name();
    no_others(title)
        && no_others(used)
        && rfc.iter().all(|text| text.is_rfc || blank_fits(text))
        && name.iter().all(|text| is_name(text) || blank_fits(text))
        && title_is_no_name
        && used_is_no_name
}

fn share(texts: &[RawCell], cut: Cut) -> [Option<RawCell>; 4] {
    let (title, rest) = texts.split_at(cut.title);
    let (rfc, rest) = rest.split_at(cut.rfc);
    let (name, used) = rest.split_at(cut.name);
    [join(title), join(rfc), join(name), join(used)]
}

/// Several texts of one cell, a line each.
fn join(texts: &[RawCell]) -> Option<RawCell> {
    let first = texts.first()?;
    Some(RawCell {
        text: joined(texts.iter().map(|cell| &cell.text), "\n"),
        place: first.place,
    })
}

/// The columns of a capture with these habits.
pub(crate) fn columns(habits: Habits) -> Vec<Column> {
    Column::ALL
        .into_iter()
        .filter(|column| habits.has_names || *column != Column::ServiceName)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(texts: &[&str], keeps_dashes: bool) -> Result<Vec<String>, Message> {
        let cells: Vec<RawCell> = texts
            .iter()
            .map(|text| RawCell {
                text: (*text).to_owned(),
                place: 1.into(),
            })
            .collect();
        let habits = Habits {
            keeps_dashes,
            has_names: true,
        };
        cut(&cells, habits).map(|cells| {
            cells
                .into_iter()
                .map(|cell| cell.map_or(String::new(), |cell| cell.text))
                .collect()
        })
    }

    #[test]
    fn a_row_is_cut_where_there_is_one_way() {
        assert_eq!(
            shared(&["echo", "792", "echo"], false).unwrap(),
            ["echo", "792", "echo", ""]
        );
        assert_eq!(
            shared(&["A,", "B", "1939", "pop3", "Mail", "x y"], false).unwrap(),
            ["A,\nB", "1939", "pop3", "Mail\nx y"]
        );
        assert_eq!(
            shared(&["A b", "netbios-ns"], false).unwrap(),
            ["A b", "", "netbios-ns", ""]
        );
        assert_eq!(
            shared(&["Xsan", "-", "-", "Xsan Files"], true).unwrap(),
            ["Xsan", "-", "-", "Xsan Files"]
        );
        assert_eq!(
            shared(&["A b", "-", "ab", "-"], true).unwrap(),
            ["A b", "-", "ab", "-"]
        );
    }

    #[test]
    fn letter_case_says_nothing_of_a_name_in_its_place() {
        assert_eq!(
            shared(&["Wi-Fi Calling", "5996", "IKEv2", "Wi-Fi Calling"], false).unwrap(),
            ["Wi-Fi Calling", "5996", "IKEv2", "Wi-Fi Calling"]
        );
        assert!(shared(&["Simple Mail", "5321", "Mail"], false).is_err());
    }

    #[test]
    fn a_row_that_could_be_cut_otherwise_is_refused() {
        assert!(shared(&["Xsan", "Xsan Files"], false).is_err());
        assert!(shared(&["shell", "shell"], false).is_err());
        assert!(shared(&["A", "792", "ab", "3000", "B"], false).is_err());
        assert!(shared(&["-", "-", "ab"], true).is_err());
    }
}
