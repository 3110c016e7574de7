//! What is wrong with a TOML file, in a line: the file may be large and made to be printed.

use appleports_model::{cut, one_line};

/// How much of a message or a value is shown.
pub(crate) const MAX_MESSAGE: usize = 200;

/// Line and column, and what is wrong there, without the text of the line.
pub(crate) fn reason(text: &str, error: &toml::de::Error) -> String {
    let message = one_line(error.message());
    let message = cut(&message, MAX_MESSAGE);
    let start = error.span().map(|span| span.start);
    let Some(before) = start.and_then(|start| text.get(..start)) else {
        return message.into_owned();
    };
    let line = before.matches('\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    format!(
        "line {line}, column {}: {message}",
        last.chars().count() + 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_short_line() {
        let long = "x".repeat(1_000_000);
        for text in [
            format!("a = 1\nb = {long}\n"),
            format!("a = 1\n\"{long}\" = 1\n"),
            format!("a = 1\n  [{long}\n"),
            "a = 1\n\"\n::error::\" = 2".to_owned(),
        ] {
            #[derive(Debug, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            struct Own {
                #[expect(dead_code, reason = "only read")]
                a: u8,
            }
            let error = toml::from_str::<Own>(&text).unwrap_err();
            let reason = reason(&text, &error);
            assert!(reason.starts_with("line 2, column "), "{reason}");
            assert!(reason.len() < 300 && !reason.contains('\n'), "{reason}");
        }
    }
}
