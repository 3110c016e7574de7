//! Codes of findings, as people type them.

use std::collections::BTreeSet;

use appleports_model::Rule;
use appleports_pipeline::{rule, rules};

/// How many codes are offered for one that is not known.
const MAX_OFFERED: usize = 5;

/// The rule with a code, in either case.
///
/// # Errors
/// A text that is no code, with those near it.
pub(crate) fn known(code: &str) -> Result<&'static Rule, String> {
    rule(code.trim()).ok_or_else(|| {
        format!(
            "`{code}` is not a finding's code; {}; `appleports explain` lists all",
            near(code)
        )
    })
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
        .filter(|((rule_letter, _), _)| *rule_letter == letter)
        .map(|((_, rule_number), code)| (rule_number.abs_diff(number), code))
        .collect();
    if alike.is_empty() {
        let letters: BTreeSet<&str> = rules().iter().map(|rule| &rule.code[..1]).collect();
        let letters: Vec<&str> = letters.into_iter().collect();
        return format!("codes are like A002 and begin with {}", letters.join(", "));
    }
    alike.sort_unstable();
    alike.truncate(MAX_OFFERED);
    let mut codes: Vec<&str> = alike.into_iter().map(|(_, code)| code).collect();
    codes.sort_unstable();
    format!("near it are {}", codes.join(", "))
}
