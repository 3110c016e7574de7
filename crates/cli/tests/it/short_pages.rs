//! A page that a guard finds too short is used by no command, and whole ones are asked for again.

use std::fs;

use assert_cmd::assert::Assert;
use tempfile::TempDir;

use crate::run::{on, stderr, stdout};
use crate::server::{Answer, Server, response};
use crate::whole::{article, scratch, with_length};

/// Fetches the page of the server on a day.
fn fetch(day: &str, folder: &TempDir, server: &Server) -> Assert {
    let url = format!("{}/page", server.address);
    let arguments = ["fetch", "--locale", "en-us", "--url", &url];
    on(day, folder.path(), &arguments)
}

#[test]
fn a_page_that_a_guard_refuses_is_asked_for_without_a_condition() {
    let server = Server::start(|path, before| match (path, before) {
        ("/page", 0) => with_length(&article(40)),
        ("/page", 1) => with_length(&article(20)),
        ("/page", _) => with_length(&article(41)),
        _ => response("404 Not Found", "", b""),
    });
    let folder = scratch();
    for day in ["2026-01-01", "2026-01-02", "2026-01-03"] {
        fetch(day, &folder, &server).success();
    }
    let asked: Vec<bool> = server
        .requests()
        .iter()
        .map(|request| request.to_lowercase().contains("if-none-match"))
        .collect();
    assert_eq!(asked, [false, true, false]);
    on("2026-01-03", folder.path(), &["build"]).success();
}

#[test]
fn a_page_that_a_guard_finds_too_short_does_not_block_its_day() {
    let whole = article(40);
    let start = whole.match_indices("<tr>").nth(30).unwrap().0;
    let ends = |open: &str| format!("{}{open}</table></html>", &whole[..start]);
    // An end within something that is open is none: no source.
    for open in ["<!--", "<textarea>", "<a title=\""] {
        let (page, cut) = (whole.clone(), ends(open));
        let server = Server::start(move |path, before| match (path, before) {
            ("/page", 0) => with_length(&cut),
            ("/page", _) => with_length(&page),
            _ => response("404 Not Found", "", b""),
        });
        let folder = scratch();
        let said = stderr(&fetch("2026-01-01", &folder, &server).code(2));
        assert!(said.contains("the page is cut off"), "{open}: {said}");
        fetch("2026-01-01", &folder, &server).success();
    }
    // One that ends as a page does is measured against the captures that are there.
    let short = ends("");
    let page = whole.clone();
    let server = Server::start(move |path, before| match (path, before) {
        ("/page", 0 | 2) => with_length(&page),
        ("/page", 1) => with_length(&short),
        ("/page", _) => with_length(&article(41)),
        _ => response("404 Not Found", "", b""),
    });
    let folder = scratch();
    let fetch = |day: &str| fetch(day, &folder, &server);
    fetch("2026-01-01").success();
    let refused = fetch("2026-01-02").success();
    let said = stderr(&refused);
    assert!(
        said.contains("no command uses it") && said.contains("G002"),
        "{said}"
    );
    let stored = folder.path().join("sources/apple/en-us/2026-01-02");
    let short = fs::read(stored.join("capture.html")).unwrap();
    let again = fetch("2026-01-02").success();
    assert_eq!(stdout(&again), "stored     apple/en-us/2026-01-02\n");
    assert!(!stderr(&again).contains("refused"), "{}", stderr(&again));
    let manifest = fs::read_to_string(stored.join("capture.toml")).unwrap();
    assert!(!manifest.contains("\"capture.html\""), "{manifest}");
    assert_eq!(fs::read(stored.join("capture.html")).unwrap(), short);
    let note = fs::read_to_string(stored.join("capture.html.refused.txt")).unwrap();
    assert!(note.contains("G002"), "{note}");
    on("2026-01-02", folder.path(), &["build"]).success();
    // What a guard has nothing against is never replaced.
    let said = stderr(&fetch("2026-01-02").code(2));
    assert!(said.contains("stored captures are never changed"), "{said}");
}

#[test]
fn what_a_guard_refused_is_not_confirmed_by_an_answer_without_a_question() {
    let server = Server::start(|path, before| match (path, before) {
        ("/page", 0) => with_length(&article(40)),
        ("/page", 1) => with_length(&article(20)),
        ("/page", _) => Answer::Raw(b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()),
        _ => response("404 Not Found", "", b""),
    });
    let folder = scratch();
    let fetch = |day: &str| fetch(day, &folder, &server);
    fetch("2026-01-01").success();
    fetch("2026-01-02").success();
    let said = stderr(&fetch("2026-01-03").code(2));
    assert!(said.contains("304 to an unconditional request"), "{said}");
    let checked = fs::read_to_string(folder.path().join("sources/.checked.toml")).unwrap();
    assert!(checked.contains("2026-01-01"), "{checked}");
}

#[test]
fn the_same_page_again_is_refused_again() {
    let server = Server::start(|path, before| match (path, before) {
        ("/page", 0) => with_length(&article(40)),
        ("/page", _) => with_length(&article(20)),
        _ => response("404 Not Found", "", b""),
    });
    let folder = scratch();
    let fetch = |day: &str| fetch(day, &folder, &server);
    fetch("2026-01-01").success();
    for _ in 0..2 {
        let said = stderr(&fetch("2026-01-02").success());
        assert!(said.contains("no command uses it"), "{said}");
    }
    // The capture that is used is not fresher for it.
    let checked = fs::read_to_string(folder.path().join("sources/.checked.toml")).unwrap();
    assert!(checked.contains("2026-01-01"), "{checked}");
}

#[test]
fn a_date_that_is_still_to_come_is_no_condition() {
    let server = Server::start(|path, before| {
        let page = article(if before == 0 { 40 } else { 41 });
        let day = [
            "Fri, 01 Jan 2100 00:00:00 GMT",
            "Thu, 01 Jan 2026 10:00:00 GMT",
        ][before.min(1)];
        let headers = format!("Content-Type: text/html\r\nLast-Modified: {day}\r\n");
        match path {
            "/page" => response("200 OK", &headers, page.as_bytes()),
            _ => response("404 Not Found", "", b""),
        }
    });
    let folder = scratch();
    for day in ["2026-01-01", "2026-01-02", "2026-01-03"] {
        fetch(day, &folder, &server).success();
    }
    let requests = server.requests();
    let asked = requests.iter().map(|request| request.to_lowercase());
    let asked: Vec<bool> = asked
        .map(|request| request.contains("if-modified-since"))
        .collect();
    assert_eq!(asked, [false, false, true]);
}
