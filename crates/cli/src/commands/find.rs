//! `find`: look up ports, products or services.

use std::fmt::Write;

use anyhow::bail;
use appleports_emit::FORMATS;
use appleports_model::{Dataset, Record, Transport, cut, fold};
use appleports_pipeline::Failure;
use appleports_store::SourceFolder;

use crate::args::{Find, FindFormat};
use crate::asked::{Asked, understand};
use crate::{article, print};

pub(super) fn run(sources: &SourceFolder, options: &Find) -> Result<bool, Failure> {
    let whole = article::load(sources, &options.choice)?.dataset;
    let mut filter = options.filters.filter();
    let what = options.what.join(" ");
    if !what.is_empty() {
        match understand(&what)? {
            Asked::Ports(ports, transport) => {
                once(&mut filter.ports, ports, "--port")?;
                if let Some(transport) = transport {
                    once(&mut filter.transport, transport, "--transport")?;
                }
            }
            Asked::Words(words) => filter.words = Some(words),
        }
    }
    let mut dataset = filter.apply(&whole);
    let is_empty = |own: &Dataset| own.records.is_empty() && own.former.is_empty();
    if let Some(words) = filter.words.as_ref().filter(|_| is_empty(&dataset)) {
        // `face time` for FaceTime.
        filter.words = Some(words.split_whitespace().collect());
        dataset = filter.apply(&whole);
    }
    let format = match options.format {
        FindFormat::Table => None,
        FindFormat::Json => Some("json"),
        FindFormat::Csv => Some("csv"),
    };
    if let Some(known) = FORMATS.iter().find(|known| Some(known.name) == format) {
        print::result(&(known.write)(&dataset).0)?;
    } else if is_empty(&dataset) {
        let sought = if what.is_empty() {
            "the filters".to_owned()
        } else {
            format!("`{what}`")
        };
        print::diagnostic("nothing found", &article::not_found(&whole, &sought));
        let word = Some(&what)
            .filter(|what| !what.is_empty())
            .or(filter.product.as_ref())
            .or(filter.service.as_ref());
        print::suggestions(&whole, word);
    } else {
        let wanted = filter.words.as_ref().or(filter.product.as_ref());
        print::result(answer(&whole, &dataset, wanted).as_bytes())?;
    }
    Ok(!dataset.records.is_empty())
}

/// Takes what was typed for the filter of an option, which may not say something else.
fn once<T: PartialEq>(filter: &mut Option<T>, typed: T, name: &str) -> anyhow::Result<()> {
    if filter.as_ref().is_some_and(|option| *option != typed) {
        bail!("what to look for and {name} contradict each other; give one of them");
    }
    *filter = Some(typed);
    Ok(())
}

/// The rows, those that left the article, and which article it is.
fn answer(whole: &Dataset, dataset: &Dataset, wanted: Option<&String>) -> String {
    let mut text = String::new();
    if !dataset.records.is_empty() {
        text = table(dataset, wanted);
        text.push('\n');
    }
    for former in &dataset.former {
        let record = &former.record;
        let name = [&record.service_name, &record.title];
        let name = name.into_iter().find(|name| !name.is_empty());
        let name = name.map_or_else(String::new, |name| format!(" ({name})"));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}{name}", article::left(whole, former));
    }
    let ports: usize = dataset
        .records
        .iter()
        .map(|own| own.cross_check.len())
        .sum();
    let rows = match ports {
        0 => "no row".to_owned(),
        1 => "1 row".to_owned(),
        count => format!("{count} rows"),
    };
    let _ = writeln!(text, "{rows} of {}", article::named(whole));
    print::visible(&text)
}

/// One line per row of `ports.csv`, with the place in the capture. A cell that is cut
/// shows the part with the `wanted` name.
fn table(dataset: &Dataset, wanted: Option<&String>) -> String {
    let wanted = wanted.map(|wanted| fold(wanted)).unwrap_or_default();
    let mut rows = vec![
        ["PORT", "NAME", "IANA", "TITLE", "USED BY", "LINE"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for record in &dataset.records {
        for check in &record.cross_check {
            let products = if record.products.is_empty() {
                &record.used_by
            } else {
                &record.products.join(", ")
            };
            let used_by = name_in_products(record, &wanted);
            rows.push(vec![
                format!(
                    "{}/{}",
                    check.ports,
                    check.transport.map_or("?", Transport::as_str)
                ),
                or_dash(record.name_at(check.ports.first())),
                check.iana_status.to_string(),
                or_dash(&shorten(&record.title, &wanted)),
                or_dash(&shorten(products, &used_by)),
                record.provenance.line_first.to_string(),
            ]);
        }
    }
    print::table(&rows)
}

fn or_dash(text: &str) -> String {
    if text.is_empty() {
        "-".to_owned()
    } else {
        text.to_owned()
    }
}

/// The name under which `products` has what was looked for: for a name as published, the
/// first product that it stands for.
fn name_in_products(record: &Record, wanted: &str) -> String {
    let has = |text: &String| fold(text).contains(wanted);
    if record.products.iter().any(has) {
        return wanted.to_owned();
    }
    let mut parts = record.used_by_parts.iter().filter(|part| has(&part.text));
    let product = parts.find_map(|part| part.products.first());
    product.map_or_else(|| wanted.to_owned(), |product| fold(product))
}

/// The most characters of a title and of the products.
const WIDEST: usize = 48;

/// A list cut to [`WIDEST`] characters: from its beginning, or from the first item with
/// the `wanted` name where that would be cut off.
fn shorten(text: &str, wanted: &str) -> String {
    if text.chars().count() <= WIDEST {
        return text.to_owned();
    }
    let cut = |text: &str| cut(text, WIDEST - 3).into_owned();
    let head = cut(text);
    if fold(head.trim_end_matches("...")).contains(wanted) {
        return head;
    }
    let items: Vec<&str> = text.split(", ").collect();
    match items.iter().position(|item| fold(item).contains(wanted)) {
        Some(at) if at > 0 => cut(&format!("..., {}", items[at..].join(", "))),
        _ => head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_list_shows_the_name_that_was_looked_for() {
        let list = "iTunes Store, Software Update, Mac App Store, iCloud, FaceTime, Xcode";
        for (wanted, shown) in [
            ("", "iTunes Store, Software Update, Mac App Store,..."),
            (
                "software",
                "iTunes Store, Software Update, Mac App Store,...",
            ),
            ("facetime", "..., FaceTime, Xcode"),
            (
                "itunes store",
                "iTunes Store, Software Update, Mac App Store,...",
            ),
            (
                "elsewhere",
                "iTunes Store, Software Update, Mac App Store,...",
            ),
        ] {
            assert_eq!(shorten(list, wanted), shown, "{wanted}");
        }
        let long = "Simple Mail Transfer Protocol for the submission of mail (SMTP)";
        let shown = "Simple Mail Transfer Protocol for the submiss...";
        assert_eq!(shorten(long, "smtp"), shown, "nothing stands before it");
        assert_eq!(shorten("MacDNS, FaceTime", "facetime"), "MacDNS, FaceTime");
    }
}
