//! L017: text that may have ports and was not read.

use appleports_model::{Level, Rule, cut, message};

use crate::judge::{Context, Found};

pub(super) const RULE: Rule = Rule {
    code: "L017",
    level: Level::Warning,
    title: "a part of the list was not read",
    why: "It may have ports, and what it opens cannot be known from this file alone, so the verdict says nothing about it.",
    example: "`tcp dport 5223 jump push`, where the chain `push` is in another file.",
    help: "check these ports yourself, or write them in a form that docs/audit.md lists",
};

/// The most characters of the text that are shown.
const MAX_SHOWN: usize = 60;

pub(super) fn run(context: &Context<'_>, found: &mut Vec<Found>) {
    for own in &context.list.unread {
        let written = context.text[own.span.clone()].split_whitespace();
        let written = written.take(MAX_SHOWN).collect::<Vec<&str>>().join(" ");
        let written = cut(&written, MAX_SHOWN);
        let message = if own.is_read {
            message!("`{}`: {}", written, own.reason)
        } else {
            message!("`{}` was not read: {}", written, own.reason)
        };
        found.push(Found::unread(&RULE, own, message));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::audit;

    #[test]
    fn a_chain_of_another_file_is_reported_and_nothing_is_missing() {
        let rows = ["80/tcp", "5223/tcp"];
        let text = "tcp dport 80 accept\ntcp dport 5223 jump push\n";
        assert_eq!(
            audit(&rows, text),
            ["2:11 L017 `5223` was not read: the chain `push` is not in this file"]
        );
        let own = "chain push {\n accept\n}\n";
        assert_eq!(audit(&rows, &format!("{own}{text}")), [""; 0]);
    }
}
