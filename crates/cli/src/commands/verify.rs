//! `verify`: whether the outputs match their manifest and the sources.

use appleports_pipeline::verify;
use appleports_store::SourceFolder;

use crate::args::Verify;
use crate::print;

pub(super) fn run(sources: &SourceFolder, options: &Verify) -> anyhow::Result<bool> {
    let problems = verify(sources, &options.output, options.iana.as_deref())?;
    for problem in &problems {
        print::diagnostic("mismatch", problem);
    }
    if problems.is_empty() {
        let line = format!(
            "{}: every file matches its manifest and the sources\n",
            options.output.display()
        );
        print::plain(&line)?;
    }
    Ok(problems.is_empty())
}
