//! One damaged row is not blamed on its neighbours.

use appleports_pipeline::{Article, Entry, judge, read_list};

use super::{list, of, whole};

/// Every number that one lost, doubled or swapped digit makes of a number.
fn slips(number: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for at in 0..number.len() {
        let (head, tail) = number.split_at(at);
        let (digit, rest) = tail.split_at(1);
        all.push(format!("{head}{rest}"));
        all.push(format!("{head}{digit}{tail}"));
        if let Some(next) = rest.get(..1) {
            all.push(format!("{head}{next}{digit}{}", &rest[1..]));
        }
    }
    // JSON has no numbers that begin with a zero.
    all.retain(|other| other != number && !other.is_empty() && !other.starts_with('0'));
    all
}

/// Every list that has one of these slips in an entry.
fn damaged(text: &str, entry: &Entry) -> Vec<String> {
    let (first, last) = &entry.numbers;
    let start = entry.span.start;
    let first_span = start..start + first.len();
    let last_span = entry.last_span.clone();
    let last_span = last_span.unwrap_or(entry.span.end - last.len()..entry.span.end);
    let at_both = [(first, first_span), (last, last_span)].into_iter();
    let lists = at_both.flat_map(|(number, span)| {
        slips(number).into_iter().map(move |slip| {
            let mut broken = text.to_owned();
            broken.replace_range(span.clone(), &slip);
            broken
        })
    });
    lists.collect()
}

#[test]
fn a_damaged_row_is_not_blamed_on_its_neighbours() {
    for product in ["FaceTime", "Messages", "Mail", "iTunes Radio"] {
        let chosen = of(product).apply(whole());
        let article = Article::new(whole(), &chosen, None);
        for format in ["list", "nftables", "nmap", "commas", "csv", "objects"] {
            let text = list(product, format);
            let right = read_list(text.as_bytes(), None).unwrap();
            for entry in &right.entries {
                for broken in damaged(&text, entry) {
                    let list = read_list(broken.as_bytes(), None).unwrap();
                    for found in judge("list", &broken, &list, &article).findings {
                        let (line, column) = (found.finding.line, found.finding.column);
                        // Either end may be the one that is shown.
                        let end = entry.last_span.as_ref().map_or(0, |last| last.end);
                        let width = u32::try_from(end.saturating_sub(entry.span.start)).unwrap();
                        let own_columns = entry.column..=entry.column + width;
                        let is_there = line == entry.line
                            && column.is_some_and(|column| own_columns.contains(&column));
                        let is_missing = found.finding.code == "L001" && column.is_none();
                        assert!(is_there || is_missing, "{}\n{broken}", found.finding);
                    }
                }
            }
        }
    }
}
