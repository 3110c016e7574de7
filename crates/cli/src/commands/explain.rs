//! `explain`: what a finding's code means.

use std::collections::BTreeSet;

use anyhow::anyhow;
use appleports_pipeline::{Failure, rule, rules};

use crate::args::Explain;
use crate::print;

/// How many codes are offered for one that is not known.
const OFFERED: usize = 5;

pub(super) fn run(options: &Explain) -> Result<bool, Failure> {
    let Some(code) = &options.code else {
        return list();
    };
    let rule = rule(code).ok_or_else(|| {
        anyhow!(
            "`{code}` is not a finding's code; {}; `appleports explain` lists all",
            near(code)
        )
    })?;
    let text = format!(
        "{} ({}): {}\n\nWhy it matters: {}\nExample: {}\nWhat to do: {}\n",
        rule.code, rule.level, rule.title, rule.why, rule.example, rule.help
    );
    print::result(text.as_bytes())?;
    Ok(true)
}

/// All codes, each with its level and title.
fn list() -> Result<bool, Failure> {
    let rows: Vec<Vec<String>> = rules()
        .iter()
        .map(|rule| {
            vec![
                rule.code.to_owned(),
                rule.level.to_string(),
                rule.title.to_owned(),
            ]
        })
        .collect();
    print::result(print::table(&rows).as_bytes())?;
    Ok(true)
}

/// The codes of the same letter with the nearest numbers, or else the letters there are.
fn near(code: &str) -> String {
    let parts = |code: &str| {
        let mut characters = code.trim().chars();
        let letter = characters.next().map(|c| c.to_ascii_uppercase());
        let number = characters.as_str().parse::<u32>().unwrap_or(1);
        (letter, number)
    };
    let (letter, number) = parts(code);
    let mut alike: Vec<(u32, &str)> = rules()
        .iter()
        .map(|rule| (parts(rule.code), rule.code))
        .filter(|((own, _), _)| *own == letter)
        .map(|((_, own), code)| (own.abs_diff(number), code))
        .collect();
    if alike.is_empty() {
        let letters: BTreeSet<&str> = rules().iter().map(|rule| &rule.code[..1]).collect();
        let letters: Vec<&str> = letters.into_iter().collect();
        return format!("codes are like A002 and begin with {}", letters.join(", "));
    }
    alike.sort_unstable();
    alike.truncate(OFFERED);
    let mut codes: Vec<&str> = alike.into_iter().map(|(_, code)| code).collect();
    codes.sort_unstable();
    format!("near it are {}", codes.join(", "))
}
