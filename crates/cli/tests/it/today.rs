//! What people ask about the table of 2026-10-11, and what they have to know of its age.

use crate::run::{program, scratch, stderr, stdout};
use crate::seed::repository;

const CAPTURE: &str = "apple/en-us/2026-10-11";
const DATED: &str = "2026-10-11 (compiled from dated statements)";

/// The command with the committed sources and the table of 2026-10-11, on a day.
fn ask(day: &str, arguments: &str, code: i32) -> (String, String) {
    let assert = program()
        .current_dir(scratch().path())
        .env("APPLEPORTS_TODAY", day)
        .args(arguments.split(' '))
        .args(["--capture", CAPTURE, "--sources"])
        .arg(repository().join("sources"))
        .assert()
        .code(code);
    (stdout(&assert), stderr(&assert))
}

fn answer(arguments: &str, code: i32) -> (String, String) {
    ask("2026-10-12", arguments, code)
}

/// The ports that `find` lists in its table.
fn ports(arguments: &str) -> Vec<String> {
    let (table, _) = answer(arguments, 0);
    table
        .lines()
        .skip(1)
        .take_while(|line| !line.is_empty())
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect()
}

#[test]
fn ten_questions_have_the_answers_of_today() {
    for (question, expected) in [
        (
            "find facetime",
            "80/tcp 443/tcp 3478-3497/udp 5223/tcp 16384-16387/udp 16393-16402/udp",
        ),
        ("find imessage", "80/tcp 443/tcp 5223/tcp"),
        (
            "find airplay",
            "80/tcp 443/tcp 554/tcp 554/udp 3689/tcp 5000/tcp 5353/udp 6000/tcp 7000/tcp 49152-65535/tcp 49152-65535/udp",
        ),
        (
            "find apple push notification service",
            "443/tcp 2197/tcp 5223/tcp",
        ),
        (
            "find apple remote desktop",
            "3283/tcp 3283/udp 5900/tcp 5900/udp",
        ),
        ("find classroom", "3284/tcp 3285/tcp"),
        ("find siri", "443/tcp 5228/tcp"),
        ("find wi-fi calling", "500/udp 4500/udp"),
        ("find icloud mail", "25/tcp 443/tcp 587/tcp 993/tcp"),
        ("find screen sharing", "88/tcp 5900/tcp 5900/udp"),
    ] {
        let expected: Vec<&str> = expected.split(' ').collect();
        assert_eq!(ports(question), expected, "{question}");
    }
}

#[test]
fn what_left_the_article_is_said_with_its_dates() {
    let (found, _) = answer("find 7777", 1);
    assert!(
        found.contains("7777/tcp: not in the article of 2026-10-11; it was in that of 2015-10-23"),
        "{found}"
    );
    assert!(
        found.ends_with(&format!("no row of the article of {DATED}\n")),
        "{found}"
    );
    let (why, _) = answer("why 2195", 1);
    let line = "  2195/tcp: not in the article of 2026-10-11; it was in those of 2015-10-23 to 2022-08-25 (Apple Push Notification Service (APNS))\n";
    assert!(why.contains(line), "{why}");
}

#[test]
fn nothing_found_names_every_article_that_was_searched() {
    let (nothing, said) = answer("find airdrop", 1);
    assert_eq!(nothing, "");
    let expected = format!(
        "nothing found: no row of the article of {DATED} matches `airdrop`; nor does any row that has been removed (2015-10-23, 2018-02-13, 2022-08-25)\n"
    );
    assert!(said.starts_with(&expected), "{said}");
}

#[test]
fn every_answer_names_the_article_and_what_the_capture_is() {
    for (arguments, expected) in [
        (
            "find airplay",
            format!("9 rows of the article of {DATED}, in 11 lines\n"),
        ),
        (
            "why 7000",
            format!("Apple's article of {DATED}: 1 row covers 7000\n"),
        ),
        (
            "export --format services --port 7000",
            format!("# Source: apple/en-us/{DATED}"),
        ),
        ("export --format list --port 7000", String::new()),
        (
            "export --format nftables --port 7000",
            format!("# Source: apple/en-us/{DATED}"),
        ),
    ] {
        let (shown, said) = answer(arguments, 0);
        assert!(shown.contains(&expected), "{arguments}: {shown}");
        assert!(!said.contains("old:"), "{arguments}: {said}");
    }
    let (why, _) = answer("why 7000", 0);
    assert!(why.contains("    confirmed: 2026-10-11\n"), "{why}");
}

#[test]
fn beyond_half_a_year_the_age_is_said() {
    let (_, quiet) = ask("2027-04-09", "find airplay", 0);
    assert!(!quiet.contains("old"), "{quiet}");
    for arguments in [
        "find airplay",
        "why 7000",
        "export --format list --port 7000",
    ] {
        let (_, said) = ask("2027-04-10", arguments, 0);
        let expected = format!(
            "old: the article is that of {DATED}, 181 days ago; Apple may have changed it since\n"
        );
        assert!(said.contains(&expected), "{arguments}: {said}");
    }
}

#[test]
fn apples_other_articles_are_shown_and_open_nothing() {
    let (why, _) = answer("why 2197", 0);
    assert!(
        why.contains(
            "2197/tcp for Apple Push Notification service, servers that send notifications (102266 "
        ),
        "{why}"
    );
    let (list, _) = answer("export --format list --port 22", 0);
    assert_eq!(list, "22/tcp\n");
}

#[test]
fn what_a_row_that_is_still_there_was_once_is_said_too() {
    let (radio, _) = answer("find Internet Radio", 1);
    let line = "80/tcp: used by Internet Radio in the article of 2018-02-13, no longer in that of 2026-10-11\n";
    assert!(radio.starts_with(line), "{radio}");
    let (name, _) = answer("find vnc-server", 1);
    assert!(name.contains("5900/tcp+udp, today `rfb`: named `vnc-server` in the articles of 2015-10-23 to 2018-02-13, no longer"), "{name}");
    let (_, said) = answer("export --format list --service vnc-server", 1);
    assert!(
        said.contains("no longer: 5900/tcp+udp, today `rfb`: named `vnc-server`"),
        "{said}"
    );
    // The port is there, the row is another one.
    let (why, _) = answer("why 500", 0);
    assert!(!why.contains("500/udp: not in the article"), "{why}");
    assert!(why.contains("500/udp: another row in the article of 2026-10-11, for IKEv2; this one was in those of 2015-10-23 to 2018-02-13 (isakmp)"), "{why}");
}
