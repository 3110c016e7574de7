//! What people see on a terminal, and what stays the same in a pipe.

use crate::run::{appleports, program, scratch, stdout};
use crate::seed;

/// The answer with colours forced, and with what else the environment says.
fn coloured(arguments: &str, variables: &[(&str, &str)]) -> String {
    let folder = scratch();
    let mut command = program();
    command
        .current_dir(folder.path())
        .arg("--sources")
        .arg(seed::sources())
        .args(arguments.split(' '))
        .envs(variables.iter().copied())
        .env("APPLEPORTS_TODAY", "2015-10-24");
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn plain(arguments: &str) -> String {
    let words: Vec<&str> = arguments.split(' ').collect();
    let shown = appleports(scratch().path(), &words);
    stdout(&shown)
}

/// Every command that has styles.
const STYLED: [&str; 7] = [
    "find facetime",
    "why 5900",
    "products push",
    "history --port 5223",
    "status --on 2026-10-12",
    "check --code I011",
    "explain",
];

#[test]
fn a_pipe_gets_no_colour_and_a_terminal_the_same_text() {
    for arguments in STYLED {
        let shown = plain(arguments);
        assert!(!shown.contains('\u{1b}'), "{arguments}");
        let forced = coloured(arguments, &[("CLICOLOR_FORCE", "1")]);
        let has_style = forced.contains('\u{1b}');
        assert_eq!(has_style, arguments != "explain", "{arguments}");
        assert_eq!(
            anstream::adapter::strip_str(&forced).to_string(),
            shown,
            "{arguments}"
        );
        let never = coloured(arguments, &[("NO_COLOR", "1")]);
        assert_eq!(never, shown, "{arguments}");
    }
}

#[test]
fn heads_marks_and_verdicts_have_their_styles() {
    let shown = coloured("find facetime", &[("CLICOLOR_FORCE", "1")]);
    assert!(shown.starts_with("\u{1b}[1mPORT\u{1b}[0m"), "{shown:?}");
    assert!(
        shown.contains("\u{1b}[1m\u{1b}[31mFaceTime\u{1b}[0m"),
        "{shown:?}"
    );
    assert!(shown.contains("\u{1b}[32mmatch\u{1b}[0m"), "{shown:?}");
    assert!(shown.contains("\u{1b}[33mother-name\u{1b}[0m"), "{shown:?}");
}

#[test]
fn a_match_that_a_finding_doubts_is_not_green() {
    // Kermit is a file transfer protocol, and IP failover runs there.
    let shown = coloured("find kermit", &[("CLICOLOR_FORCE", "1")]);
    assert!(
        shown.contains("\u{1b}[33mmatch (I011)\u{1b}[0m"),
        "{shown:?}"
    );
    assert!(!shown.contains("\u{1b}[32m"), "{shown:?}");
}

#[test]
fn a_table_in_a_pipe_is_a_hundred_columns_wide() {
    for arguments in ["find facetime", "find 443", "products"] {
        let shown = plain(arguments);
        let widest = shown.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{arguments}: {widest:?}");
        assert!(widest > Some(90), "{arguments}: {widest:?}");
    }
}

#[test]
fn the_word_is_visible_in_whichever_column_it_matched() {
    for (what, row, shown) in [
        ("find facetime", "443/tcp", "..., FaceTime"),
        ("find submission", "587/tcp", "Submission"),
        // The registry's name, which has no column.
        ("find rfb", "5900/tcp", "other-name: rfb"),
        // The name of another port of the range.
        (
            "find ipether232port",
            "3478-3497/udp",
            "ipether232port (3497)",
        ),
        // A text of the article that stands for no product.
        ("find gangigen", "631/tcp", "gangigen"),
    ] {
        let table = plain(what);
        let line = table.lines().find(|line| line.starts_with(row));
        assert!(
            line.is_some_and(|line| line.contains(shown)),
            "{what}:\n{table}"
        );
    }
}

#[test]
fn numbers_agree_with_their_nouns() {
    assert!(plain("find 5223").contains("\n1 row of the article"));
    let two = plain("find 53");
    assert!(
        two.contains("\n1 row of the article") && two.ends_with(", in 2 lines\n"),
        "{two}"
    );
    assert!(plain("why 5900").contains(": 1 row covers 5900\n"));
    assert!(plain("why 53").contains(": 1 row covers 53\n"));
    assert!(plain("why 5900-5988").contains(" rows overlap 5900-5988\n"));
    let one = plain("check --code I008");
    assert!(
        one.ends_with("0 errors, 0 warnings, 1 note; run `appleports explain CODE` for details\n"),
        "{one}"
    );
}
