//! `fetch` and `status` against a server on loopback.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::pages::{Era, html_today};
use crate::run::{on, stderr, stdout};
use crate::server::{self, Server, response};

/// A sources folder with the vocabulary alone.
fn scratch() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources/vocabulary");
    let to = folder.path().join("sources/vocabulary");
    fs::create_dir_all(to.join("phrases")).unwrap();
    fs::copy(from.join("products.toml"), to.join("products.toml")).unwrap();
    for entry in fs::read_dir(from.join("phrases")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join("phrases").join(entry.file_name())).unwrap();
    }
    folder
}

/// A page whose table has `rows` rows.
fn article(rows: u16) -> String {
    let rows = (1..=rows).map(|port| {
        [
            port.to_string(),
            "TCP".to_owned(),
            format!("Service {port}"),
            "-".to_owned(),
            format!("name-{port}"),
            "Mail".to_owned(),
        ]
    });
    html_today(&rows.collect::<Vec<_>>(), Era::Y2024)
}

fn html(body: &str) -> server::Answer {
    let headers = "Content-Type: text/html\r\nETag: \"e1\"\r\n";
    response("200 OK", headers, body.as_bytes())
}

#[test]
fn a_page_is_stored_once_and_asked_for_again_with_a_condition() {
    let server = Server::start(|path, before| match (path, before) {
        ("/en-us/103229", 1) => server::Answer::Raw(b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()),
        ("/en-us/103229", 0 | 2) => html(&article(3)),
        ("/en-us/103229", _) => html(&article(4)),
        _ => response("404 Not Found", "", b""),
    });
    let folder = scratch();
    let url = format!("{}/{{locale}}/103229", server.address);
    let fetch = |day: &str| {
        on(
            day,
            folder.path(),
            &["fetch", "--locale", "en-us", "--url", &url],
        )
    };
    assert_eq!(
        stdout(&fetch("2026-01-01").success()),
        "stored     apple/en-us/2026-01-01\n"
    );
    let stored = folder.path().join("sources/apple/en-us/2026-01-01");
    assert_eq!(
        fs::read_to_string(stored.join("capture.html")).unwrap(),
        article(3)
    );
    let manifest = fs::read_to_string(stored.join("capture.toml")).unwrap();
    assert!(manifest.contains("etag = '\"e1\"'"), "{manifest}");
    assert_eq!(
        stdout(&fetch("2026-01-02").success()),
        "unchanged  apple/en-us/2026-01-01\n"
    );
    assert!(
        server.requests()[1]
            .to_lowercase()
            .contains("if-none-match: \"e1\"")
    );
    assert_eq!(
        stdout(&fetch("2026-01-03").success()),
        "unchanged  apple/en-us/2026-01-01\n"
    );
    // Nothing that is stored is ever changed, so other bytes on the same day have no place.
    let refused = fetch("2026-01-01").code(2);
    assert!(
        stderr(&refused).contains("another capture is stored here"),
        "{}",
        stderr(&refused)
    );
    assert_eq!(
        stdout(&fetch("2026-01-04").success()),
        "stored     apple/en-us/2026-01-04\n"
    );
    assert_eq!(
        fs::read_to_string(stored.join("capture.html")).unwrap(),
        article(3)
    );

    let words = ["status", "--max-age", "10"];
    let shown = on("2026-01-14", folder.path(), &words).success();
    let expected = "SOURCE                  CAPTURED    CHECKED     DAYS\n\
                    apple/en-us/2026-01-04  2026-01-04  2026-01-04  10\n";
    assert_eq!(stdout(&shown), expected);
    let stale = on("2026-01-15", folder.path(), &words).code(1);
    assert!(
        stderr(&stale).contains("apple/en-us/2026-01-04 was last seen 11 days before 2026-01-15")
    );
}

/// A manifest may come from somebody else, with conditions that every server agrees to.
#[test]
fn only_what_can_be_a_validator_is_sent() {
    let server = Server::start(|path, _| match path {
        "/page" => html(&article(3)),
        _ => response("404 Not Found", "", b""),
    });
    let folder = scratch();
    let url = format!("{}/page", server.address);
    let arguments = ["fetch", "--locale", "en-us", "--url", &url];
    on("2026-01-01", folder.path(), &arguments).success();
    let manifest = folder
        .path()
        .join("sources/apple/en-us/2026-01-01/capture.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let forged = text.replace(
        "etag = '\"e1\"'",
        "etag = '*'\nlast_modified = 'Fri, 31 Dec 9999 23:59:59 GMT'",
    );
    assert_ne!(text, forged);
    fs::write(&manifest, forged).unwrap();
    on("2026-01-02", folder.path(), &arguments).success();
    let last = server.requests().pop().unwrap().to_lowercase();
    assert!(!last.contains("\nif-"), "{last}");
}

#[test]
fn a_page_in_another_character_set_is_kept_as_evidence_and_is_no_source() {
    let server = Server::start(|path, before| match (path, before) {
        ("/robots.txt", _) => response("404 Not Found", "", b""),
        (_, 0) => {
            let headers = "Content-Type: text/html; Charset=\"ISO-2022-JP\"\r\n";
            response("200 OK", headers, article(3).as_bytes())
        }
        (_, 1) => {
            let headers = "Content-Type: text/html; charset=utf-8; Charset = utf-16\r\n";
            response("200 OK", headers, article(3).as_bytes())
        }
        (_, 2) => html(&article(3).replace("<table", "\u{1b}$BF|K\\\u{1b}(B<table")),
        _ => {
            let headers = "Content-Type: text/html;charset=UTF-8\r\n";
            response("200 OK", headers, article(3).as_bytes())
        }
    });
    let folder = scratch();
    let url = format!("{}/page", server.address);
    let arguments = ["fetch", "--locale", "en-us", "--url", &url];
    let fetch = || on("2026-01-01", folder.path(), &arguments);
    let said = stderr(&fetch().code(2));
    assert!(said.contains("the page is in iso-2022-jp"), "{said}");
    let said = stderr(&fetch().code(2));
    assert!(said.contains("the page is in utf-16, utf-8"), "{said}");
    let said = stderr(&fetch().code(2));
    assert!(said.contains("ISO 2022"), "{said}");
    fetch().success();
}

#[test]
fn a_page_without_its_table_is_kept_as_evidence_and_is_no_source() {
    let server = Server::start(|path, before| match (path, before) {
        ("/robots.txt", _) => response("404 Not Found", "", b""),
        (_, 0) => html("<html><h1>We will be back soon</h1></html>"),
        _ => html(&article(3)),
    });
    let folder = scratch();
    let url = format!("{}/page", server.address);
    let fetch = || {
        on(
            "2026-01-01",
            folder.path(),
            &["fetch", "--locale", "en-us", "--url", &url],
        )
    };
    let refused = fetch().code(3);
    assert!(stderr(&refused).contains("G001"), "{}", stderr(&refused));
    let stored = folder.path().join("sources/apple/en-us/2026-01-01");
    assert!(
        fs::read_to_string(stored.join("capture.html"))
            .unwrap()
            .contains("back soon")
    );
    let note = fs::read_to_string(stored.join("capture.html.refused.txt")).unwrap();
    assert!(note.contains("G001"), "{note}");
    let nothing = on("2026-01-01", folder.path(), &["status"]).code(2);
    assert!(
        stderr(&nothing).contains("no capture in this sources folder"),
        "{}",
        stderr(&nothing)
    );
    // The page comes back on the same day: both are kept, one is a source.
    fetch().success();
    assert_eq!(fs::read_dir(&stored).unwrap().count(), 4);
    let status = stdout(&on("2026-01-01", folder.path(), &["status"]).success());
    assert!(status.contains("apple/en-us/2026-01-01"), "{status}");
}

/// The end of a registry says nothing of rows that were lost before it, so a whole one of the same
/// day has a place of its own.
#[test]
fn another_edition_of_a_day_is_stored_under_the_day_of_the_fetch() {
    const HEAD: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\r\n";
    let server = Server::start(|path, before| {
        let rows = if before == 0 || before > 2 { 9 } else { 10 };
        let rows = (0..rows).map(|row| format!("nfs{row},{},tcp,,,,,,,,,\r\n", 2000 + row));
        let body = HEAD.to_owned() + &rows.collect::<String>();
        match path {
            "/robots.txt" => response("404 Not Found", "", b""),
            _ if before > 2 => response(
                "200 OK",
                "Content-Type: text/csv\r\nLast-Modified: Thursday, 30-Jul-15 11:00:00 GMT\r\n",
                body.as_bytes(),
            ),
            _ => response(
                "200 OK",
                "Content-Type: text/csv\r\nLast-Modified: Thu, 30 Jul 2015 10:00:00 GMT\r\n",
                body.as_bytes(),
            ),
        }
    });
    let folder = scratch();
    let url = format!("{}/registry.csv", server.address);
    let fetch = |day: &str| on(day, folder.path(), &["fetch", "--iana", "--url", &url]);
    for (day, said) in [
        ("2026-01-01", "stored     iana/2015-07-30\n"),
        ("2026-01-02", "stored     iana/2026-01-02\n"),
        ("2026-01-03", "unchanged  iana/2026-01-02\n"),
    ] {
        assert_eq!(stdout(&fetch(day).success()), said);
    }
    // Modified on the same day, with fewer rows: one of the two may have been cut off.
    let cut = stderr(&fetch("2026-01-04").code(3));
    assert!(cut.contains("9 rows, 10 in iana/2026-01-02"), "{cut}");
}

/// An older edition, of a mirror for one, says nothing of the newest that is stored.
#[test]
fn an_older_edition_checks_no_newer_one() {
    const ROW: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\r\nnfs,2049,tcp,,,,,,,,,\r\n";
    let server = Server::start(|path, before| {
        let day = if before == 0 {
            "30 Jul 2015"
        } else {
            "30 Jul 2014"
        };
        let headers = format!("Content-Type: text/csv\r\nLast-Modified: {day} 10:00:00 GMT\r\n");
        let headers = headers.replace(
            "Modified: ",
            if before == 0 {
                "Modified: Thu, "
            } else {
                "Modified: Wed, "
            },
        );
        let body = format!(
            "{ROW}{}",
            if before == 0 {
                ""
            } else {
                "x,2050,tcp,,,,,,,,,\r\n"
            }
        );
        match path {
            "/robots.txt" => response("404 Not Found", "", b""),
            _ => response("200 OK", &headers, body.as_bytes()),
        }
    });
    let folder = scratch();
    let url = format!("{}/registry.csv", server.address);
    for (day, stored) in [("2026-01-01", "2015-07-30"), ("2026-01-05", "2014-07-30")] {
        let fetched = on(day, folder.path(), &["fetch", "--iana", "--url", &url]).success();
        assert_eq!(stdout(&fetched), format!("stored     iana/{stored}\n"));
    }
    let shown = stdout(&on("2026-01-05", folder.path(), &["status"]).success());
    let expected = "iana/2015-07-30  2015-07-30  2026-01-01  4";
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn registry_and_rfc_index_are_stored_under_their_own_dates() {
    const REGISTRY: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\r\nnfs,2049,tcp,,,,,,,,,\r\n";
    let index = |rfcs: u32| {
        let entries = (1..=rfcs).map(|number| {
            format!("{number:04} Title. A. Author. May 2024. (Format: TXT) (Status: UNKNOWN)\n\n")
        });
        let entries: String = entries.collect();
        format!("(CREATED ON: 08/26/2024.)\n\n{entries}")
    };
    let server = Server::start(move |path, _| match path {
        "/registry.csv" => response(
            "200 OK",
            "Content-Type: text/csv\r\nLast-Modified: Thu, 30 Jul 2015 10:00:00 GMT\r\n",
            REGISTRY.as_bytes(),
        ),
        "/undated.csv" => response(
            "200 OK",
            "Content-Type: text/csv\r\nLast-Modified: Mon, 30 Feb 2015 10:00:00 GMT\r\n",
            REGISTRY.as_bytes(),
        ),
        "/index.txt" => response(
            "200 OK",
            "Content-Type: text/plain\r\n",
            index(9_000).as_bytes(),
        ),
        "/part.txt" => response(
            "200 OK",
            "Content-Type: text/plain\r\n",
            index(45).as_bytes(),
        ),
        "/broken.csv" => response("200 OK", "Content-Type: text/csv\r\n", b"a,b\n1,2\n"),
        _ => response("404 Not Found", "", b""),
    });
    let folder = scratch();
    let fetch = |what: &str, path: &str| {
        let url = format!("{}{path}", server.address);
        on("2026-01-01", folder.path(), &["fetch", what, "--url", &url])
    };
    // A date that is none is refused, not replaced by that of the day.
    let said = stderr(&fetch("--iana", "/undated.csv").code(2));
    assert!(
        said.contains("`Mon, 30 Feb 2015 10:00:00 GMT`, which is no date"),
        "{said}"
    );
    assert_eq!(
        stdout(&fetch("--iana", "/registry.csv").success()),
        "stored     iana/2015-07-30\n"
    );
    // A part of an index is none, and does not block its day.
    let said = stderr(&fetch("--rfc-index", "/part.txt").code(2));
    assert!(said.contains("this index lists 45 RFCs"), "{said}");
    assert_eq!(
        stdout(&fetch("--rfc-index", "/index.txt").success()),
        "stored     rfc/2024-08-26\n"
    );
    let refused = fetch("--iana", "/broken.csv").code(2);
    assert!(
        stderr(&refused).contains("2026-01-01.csv:1: the first line has no column"),
        "{}",
        stderr(&refused)
    );
    let both = on(
        "2026-01-01",
        folder.path(),
        &[
            "fetch",
            "--iana",
            "--rfc-index",
            "--url",
            "https://x.example/",
        ],
    )
    .code(2);
    assert!(stderr(&both).contains("--url names one address, but 2 sources are asked for"));
    let elsewhere = on(
        "2026-01-01",
        folder.path(),
        &["fetch", "--iana", "--url", "https://x.example/"],
    )
    .code(2);
    assert!(stderr(&elsewhere).contains("`x.example` is not among the allowed hosts"));
}
