//! A law of all commands: every spelling of a product gives the product's rows.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use appleports_emit::FORMATS;
use appleports_model::Dataset;
use appleports_pipeline::assemble;
use appleports_store::SourceFolder;
use clap::Parser;

use super::find;
use crate::args::{Arguments, Command};

type Ids = BTreeSet<String>;

/// The records that the arguments of a command leave of the dataset.
fn left<'d>(whole: &'d Dataset, arguments: &[&str]) -> Cow<'d, Dataset> {
    let arguments = [&["appleports"], arguments].concat();
    let arguments = Arguments::try_parse_from(arguments).unwrap();
    match arguments.command {
        Command::Find(options) => {
            let what = options.what.join(" ");
            find::look_up(whole, &options, &what).unwrap().1
        }
        Command::Export(options) => {
            let filter = options.filters.filter(&whole.products).unwrap();
            filter.apply(whole)
        }
        Command::History(options) => {
            let filter = options.filters.filter(&whole.products).unwrap();
            filter.apply(whole)
        }
        _ => panic!("no command with filters"),
    }
}

fn ids(dataset: &Dataset) -> Ids {
    let former = dataset.former.iter().map(|former| &former.record);
    let records = dataset.records.iter().chain(former);
    records.map(|record| record.id.clone()).collect()
}

/// The ids in a `ports.csv`.
fn ids_of_csv(dataset: &Dataset) -> Ids {
    let format = FORMATS.iter().find(|format| format.name == "csv").unwrap();
    let text = (format.write)(dataset).0;
    let mut reader = csv::Reader::from_reader(text.as_slice());
    reader
        .records()
        .map(|row| row.unwrap()[0].to_owned())
        .collect()
}

#[test]
fn every_spelling_gives_the_rows_of_the_product_in_every_command() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    let whole = assemble(&SourceFolder::new(sources), None).unwrap();
    let mut spellings = 0;
    for product in &whole.products {
        let uses = |products: &[String]| products.contains(&product.name);
        let current = whole.records.iter().filter(|record| uses(&record.products));
        let current: Ids = current.map(|record| record.id.clone()).collect();
        let former = whole.former.iter().map(|former| &former.record);
        let former = former
            .filter(|record| uses(&record.products))
            .map(|record| record.id.clone());
        let all: Ids = former.chain(current.clone()).collect();
        for spelling in &product.spellings {
            let exact = |arguments: &[&str]| {
                assert_eq!(ids(&left(&whole, arguments)), all, "{arguments:?}");
            };
            exact(&["find", "--product", spelling]);
            exact(&["history", "--product", spelling]);
            let export = ["export", "--format", "csv", "--product", spelling];
            exact(&export);
            assert_eq!(ids_of_csv(&left(&whole, &export)), current, "{spelling}");
            exact(&["find", spelling]);
            check_is_about(&whole, spelling, &all);
            spellings += 1;
        }
    }
    assert!(spellings > 150, "{spellings}");
}

/// `check --product` shows the findings about these records and no others.
fn check_is_about(whole: &Dataset, spelling: &str, ids: &Ids) {
    let arguments = ["appleports", "check", "--product", spelling];
    let Command::Check(options) = Arguments::try_parse_from(arguments).unwrap().command else {
        panic!("no check");
    };
    let filter = options.filter(&whole.products).unwrap();
    let shown = filter.apply(whole, whole.findings.clone());
    let expected = whole
        .findings
        .iter()
        .filter(|finding| finding.record.as_ref().is_some_and(|id| ids.contains(id)));
    assert!(shown.iter().eq(expected), "check --product {spelling}");
}
