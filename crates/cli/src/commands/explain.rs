use anyhow::anyhow;
use appleports_pipeline::{Failure, rule, rules};

use crate::args::Explain;
use crate::print;

pub(super) fn run(options: &Explain) -> Result<bool, Failure> {
    let rule = rule(&options.code).ok_or_else(|| {
        let codes: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
        anyhow!(
            "`{}` is not a finding's code; known are {}",
            options.code,
            codes.join(", ")
        )
    })?;
    let text = format!(
        "{} ({}): {}\n\nWhy it matters: {}\nExample: {}\nWhat to do: {}\n",
        rule.code, rule.level, rule.title, rule.why, rule.example, rule.help
    );
    print::result(text.as_bytes())?;
    Ok(true)
}
