//! `site`: a static site of the dataset.

use anyhow::Context;
use appleports_model::counted;
use appleports_pipeline::assemble_with;
use appleports_site::{Input, site};
use appleports_store::{SourceFolder, replace_folder};

use crate::args::Site;
use crate::{article, print};

/// By which the command knows a folder again that it wrote.
const WRITER: &str = "`appleports site`";

pub(super) fn run(sources: &SourceFolder, options: &Site) -> anyhow::Result<bool> {
    let assembled = assemble_with(sources, &options.choice.options())?;
    article::warn(&assembled.dataset, &assembled.passed_over);
    let input = Input {
        dataset: &assembled.dataset,
        editions: &assembled.editions,
        registry: &assembled.registry,
    };
    let files = site(&input, &options.url).context("no site was written")?;
    let list: Vec<(&str, &[u8])> = files
        .iter()
        .map(|file| (file.path.as_str(), file.bytes.as_slice()))
        .collect();
    replace_folder(&options.out, &list, WRITER)?;
    let pages = files.iter().filter(|file| file.is_page()).count();
    print::plain(&format!(
        "{}: {} and {}\n",
        options.out.display(),
        counted(pages, "page"),
        counted(files.len() - pages, "other file"),
    ))?;
    Ok(true)
}
