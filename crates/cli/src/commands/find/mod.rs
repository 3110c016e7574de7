//! `find`: look up ports, products or services.

mod table;

use std::borrow::Cow;

use anyhow::bail;
use appleports_emit::FORMATS;
use appleports_model::{Dataset, Record, counted, joined};
use appleports_pipeline::Filter;

use crate::args::{Find, FindFormat};
use crate::article::without_rows;
use crate::asked::{Asked, understand};
use crate::print::{Mark, Text};
use crate::sources::Sources;
use crate::{article, print};

pub(super) fn run(sources: Sources, options: &Find) -> anyhow::Result<bool> {
    let whole = &article::load(sources, &options.choice, &[])?.dataset;
    let what = options.what.join(" ");
    let (filter, dataset) = look_up(whole, options, &what)?;
    let format = match options.format {
        FindFormat::Table => None,
        FindFormat::Json => Some("json"),
        FindFormat::Csv => Some("csv"),
    };
    if let Some(known) = FORMATS.iter().find(|known| Some(known.name) == format) {
        print::result(&(known.write)(&dataset).0)?;
    } else if is_empty(&dataset)
        && filter.formerly(whole).is_empty()
        && filter.named(whole).is_empty()
    {
        report_nothing(whole, &filter, &what);
    } else {
        print::show(&answer(whole, &dataset, &filter))?;
    }
    Ok(!dataset.records.is_empty())
}

/// The filter that the arguments are, and what it leaves of the dataset.
pub(super) fn look_up<'d>(
    whole: &'d Dataset,
    options: &Find,
    what: &str,
) -> anyhow::Result<(Filter, Cow<'d, Dataset>)> {
    let mut filter = options.filters.filter(&whole.products)?;
    if !what.is_empty() {
        match understand(what)? {
            Asked::Ports(ports, transport) => {
                once(&mut filter.ports, ports, "--port")?;
                if let Some(transport) = transport {
                    once(&mut filter.transport, transport, "--transport")?;
                }
            }
            Asked::Words(words) => match several(whole, &words) {
                Some(_) if !filter.products.is_empty() => {
                    bail!(
                        "several products and --product are given; name the products in one of the two ways"
                    )
                }
                Some(products) => filter.products = products,
                None => filter.words = Some(words),
            },
        }
    }
    let dataset = filter.apply(whole);
    let is_nothing = is_empty(&dataset) && filter.formerly(whole).is_empty();
    if let Some(words) = filter.words.as_ref().filter(|_| is_nothing) {
        // `net bios` for NetBIOS.
        let joined = Filter {
            words: Some(words.split_whitespace().collect()),
            ..filter.clone()
        };
        let found = joined.apply(whole);
        if !is_empty(&found) || !joined.formerly(whole).is_empty() {
            return Ok((joined, found));
        }
    }
    Ok((filter, dataset))
}

/// The products where the words are several of them: `FaceTime, iMessage`, `siri imessage`. One
/// product, or a word that is none, is not several.
fn several(whole: &Dataset, words: &str) -> Option<Vec<String>> {
    if whole.product(words).is_some() {
        return None;
    }
    let resolve = |part: &str| Some(whole.product(part)?.name.clone());
    let by_comma: Vec<&str> = words.split([',', ';']).collect();
    if by_comma.len() > 1 {
        let parts = by_comma.into_iter().filter(|part| !part.trim().is_empty());
        return parts.map(resolve).collect();
    }
    // The longest name first: `Apple Remote Desktop` before a product `Apple`.
    let words: Vec<&str> = words.split_whitespace().collect();
    let (mut at, mut found) = (0, Vec::new());
    while at < words.len() {
        let (end, name) = (at + 1..=words.len())
            .rev()
            .find_map(|end| Some((end, resolve(&words[at..end].join(" "))?)))?;
        found.push(name);
        at = end;
    }
    Some(found)
}

fn is_empty(dataset: &Dataset) -> bool {
    dataset.records.is_empty() && dataset.former.is_empty()
}

/// Takes what was typed for the filter of an option, which may not say something else.
fn once<T: PartialEq>(filter: &mut Option<T>, typed: T, name: &str) -> anyhow::Result<()> {
    if filter.as_ref().is_some_and(|option| *option != typed) {
        bail!("what to look for and {name} contradict each other; give one of them");
    }
    *filter = Some(typed);
    Ok(())
}

/// What to make stand out: the words, and the names of the products.
fn marks(whole: &Dataset, filter: &Filter) -> Vec<Mark> {
    let words = filter.words.as_deref().unwrap_or_default();
    let named = whole.product(words).map(|product| &product.name);
    let words = match named {
        Some(_) => Mark::whole(words),
        None => Mark::anywhere(words),
    };
    let service = filter.service.iter().map(|name| Mark::whole(name));
    let products = filter.products.iter().chain(named);
    products
        .map(|name| Mark::whole(name))
        .chain([words])
        .chain(service)
        .collect()
}

fn report_nothing(whole: &Dataset, filter: &Filter, what: &str) {
    let sought = article::sought(whole, filter);
    print::diagnostic("nothing found", &article::not_found(whole, false, &sought));
    let word = Some(what).filter(|what| !what.is_empty() && whole.product(what).is_none());
    print::suggestions(whole, word.or(filter.service.as_deref()));
}

/// The rows, those that left the article, and which article it is.
fn answer(whole: &Dataset, dataset: &Dataset, filter: &Filter) -> Text {
    let mut text = Text::default();
    if !dataset.records.is_empty() {
        text = table::table(whole, dataset, &marks(whole, filter)).render(print::width());
        text.end_line();
    }
    for line in article::no_longer(whole, dataset, filter) {
        text.line(format_args!("{line}"));
    }
    let named = filter.named(whole);
    if !named.is_empty() {
        let places = joined(named.iter().map(Record::place), ", ");
        let words = filter.words.as_deref().unwrap_or_default();
        text.line(format_args!(
            "`{words}` is also in the name or title of: {places}"
        ));
    }
    for product in without_rows(dataset, filter) {
        text.line(format_args!("no row left is used by {product}"));
    }
    let lines: usize = dataset
        .records
        .iter()
        .map(|record| record.cross_check.len())
        .sum();
    let rows = match dataset.records.len() {
        0 => "no row".to_owned(),
        count => counted(count, "row"),
    };
    let shown = if lines == dataset.records.len() {
        String::new()
    } else {
        format!(", in {lines} lines")
    };
    text.line(format_args!("{rows} of {}{shown}", article::named(whole)));
    text
}
