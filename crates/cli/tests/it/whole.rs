//! What comes from a server is a source only if it is whole and of a day up to today.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::pages::{Era, html_today};
use crate::run::{on, stderr, stdout};
use crate::server::{Answer, Server, response};
use crate::{seed, tree};

const DAY: &str = "2026-01-01";

/// A sources folder without a capture.
pub(crate) fn scratch() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    fs::remove_dir_all(folder.path().join("sources/apple")).unwrap();
    folder
}

pub(crate) fn article(rows: u16) -> String {
    let rows = (1..=rows).map(|at| {
        let (port, title, name) = (
            1000 + at * 10,
            format!("Service {at}"),
            format!("name-{at}"),
        );
        [
            port.to_string(),
            "TCP".into(),
            title,
            "-".into(),
            name,
            "Mail".into(),
        ]
    });
    html_today(&rows.collect::<Vec<_>>(), Era::Y2024)
}

/// A page with a validator; without a length, as a server that closes the connection sends it.
fn without_length(text: &str) -> Answer {
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"cut\"\r\nConnection: close\r\n\r\n";
    Answer::Raw([head.as_bytes(), text.as_bytes()].concat())
}

pub(crate) fn with_length(text: &str) -> Answer {
    let headers = "Content-Type: text/html\r\nETag: \"e1\"\r\n";
    response("200 OK", headers, text.as_bytes())
}

fn sources(folder: &Path) -> Vec<String> {
    let files = tree::files(&folder.join("sources"));
    let is_new = |name: &String| name.starts_with("apple/") || name.contains("2026-01-01");
    files.into_iter().filter(is_new).collect()
}

type Script = Box<dyn Fn() -> Answer + Send + Sync>;

#[test]
fn a_page_that_is_cut_off_is_evidence_and_is_asked_for_again() {
    let whole = article(40);
    let nine_tenths = whole.len() * 9 / 10;
    let rows: usize = whole.match_indices("<tr>").nth(30).unwrap().0;
    let last = whole.rfind("</html>").unwrap();
    let cuts: [(&str, Script, &str); 5] = [
        (
            "at a row",
            cut(&whole[..rows], without_length),
            "does not mark the end of the file",
        ),
        (
            "in a row",
            cut(&whole[..nine_tenths], without_length),
            "does not mark the end of the file",
        ),
        (
            "whole, but who knows",
            cut(&whole, without_length),
            "does not mark the end of the file",
        ),
        (
            "length too small",
            cut(&whole[..rows], with_length),
            "the page is cut off",
        ),
        (
            "the last tag",
            cut(&whole[..last], with_length),
            "the page is cut off",
        ),
    ];
    for (what, answer, expected) in cuts {
        let page = whole.clone();
        let server = Server::start(move |path, before| match (path, before) {
            ("/page", 0) => answer(),
            ("/page", _) => with_length(&page),
            _ => response("404 Not Found", "", b""),
        });
        let folder = scratch();
        let url = format!("{}/page", server.address);
        let fetch = || {
            on(
                DAY,
                folder.path(),
                &["fetch", "--locale", "en-us", "--url", &url],
            )
        };
        let refused = fetch().code(2);
        assert!(
            stderr(&refused).contains(expected),
            "{what}: {}",
            stderr(&refused)
        );
        let kept = [
            "apple/en-us/2026-01-01/capture.html",
            "apple/en-us/2026-01-01/capture.html.refused.txt",
        ];
        assert_eq!(sources(folder.path()), kept, "{what}");
        on(DAY, folder.path(), &["build"]).code(2);
        // On the same day, and without a condition.
        assert_eq!(
            stdout(&fetch().success()),
            "stored     apple/en-us/2026-01-01\n"
        );
        assert!(
            !server.requests()[1]
                .to_lowercase()
                .contains("if-none-match"),
            "{what}"
        );
        assert_eq!(
            stdout(&fetch().success()),
            "unchanged  apple/en-us/2026-01-01\n"
        );
        on(DAY, folder.path(), &["build"]).success();
    }
}

fn cut(text: &str, answer: fn(&str) -> Answer) -> Script {
    let text = text.to_owned();
    Box::new(move || answer(&text))
}

#[test]
fn an_edition_that_shrank_is_refused_until_a_person_accepts_it() {
    const HEAD: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\r\n";
    let registry = |rows: u16| {
        // A whole one goes up to the last port that is registered.
        let ports = (1..rows).chain([49151]);
        let rows: Vec<String> = ports
            .map(|port| format!("n{port},{port},tcp,D{port},,,,,,,,\r\n"))
            .collect();
        format!("{HEAD}{}", rows.concat())
    };
    // The same rows, but only the last one has its port.
    let lost_ports = move |rows: u16| {
        let lines = registry(rows);
        let lines = lines.lines().enumerate().map(|(at, line)| {
            let cells: Vec<&str> = line.split(',').collect();
            let port = if at == 0 || cells[1] == "49151" {
                cells[1]
            } else {
                ""
            };
            format!("{},{port},{}\r\n", cells[0], cells[2..].join(","))
        });
        lines.collect::<String>()
    };
    let index = "(CREATED ON: 01/01/2026.)\n\n0862 Echo Protocol. J. Postel. May 1983. (Format: TXT) (Status: INTERNET STANDARD)\n";
    let server = Server::start(move |path, _| {
        let text = match path {
            "/100" => registry(100),
            "/80" => registry(80),
            "/79" => registry(79),
            "/no-ports" => lost_ports(80),
            "/one-sign" => (1..100).chain([49151]).fold(registry(100), |text, port| {
                text.replace(&format!(",D{port},"), ",-,")
            }),
            "/other-names" => registry(100).replace("\nn", "\nx"),
            "/other-transports" => registry(100).replace(",tcp,", ",sctp,"),
            "/index" => index.to_owned(),
            _ => return response("404 Not Found", "", b""),
        };
        response("200 OK", "Content-Type: text/csv\r\n", text.as_bytes())
    });
    let folder = scratch();
    fs::remove_dir_all(folder.path().join("sources/iana")).unwrap();
    let fetch = |day: &str, what: &str, path: &str, more: &[&str]| {
        let url = format!("{}{path}", server.address);
        on(
            day,
            folder.path(),
            &[&["fetch", what, "--url", &url], more].concat(),
        )
    };
    fetch("2026-01-01", "--iana", "/100", &[]).success();
    fetch("2026-01-02", "--iana", "/80", &[]).success();
    let refused = fetch("2026-01-03", "--iana", "/no-ports", &[]).code(3);
    assert!(
        stderr(&refused).contains("G004: 1 row has the port number, "),
        "{}",
        stderr(&refused)
    );
    // As many rows, with each cell filled.
    for path in ["/other-names", "/other-transports"] {
        let refused = fetch("2026-01-03", "--iana", path, &[]).code(3);
        let said = stderr(&refused);
        assert!(
            said.contains("G002: 0 of the 80 rows of iana/2026-01-02 are left"),
            "{said}"
        );
    }
    let refused = fetch("2026-01-03", "--iana", "/one-sign", &[]).code(3);
    assert!(stderr(&refused).contains("G004: 1 different description, 80 in iana/2026-01-02"));
    // Small steps are measured against the largest.
    let refused = fetch("2026-01-03", "--iana", "/79", &[]).code(3);
    assert!(
        stderr(&refused).contains("G002: 79 rows, 100 in iana/2026-01-01")
            && stderr(&refused).contains("appleports fetch --iana --accept REASON"),
        "{}",
        stderr(&refused)
    );
    let manifest = folder.path().join("sources/iana/2026-01-03.toml");
    assert!(!manifest.exists());
    assert!(
        folder
            .path()
            .join("sources/iana/2026-01-03.csv.refused.txt")
            .exists()
    );
    let empty = fetch("2026-01-03", "--iana", "/79", &["--accept", " "]).code(2);
    assert!(stderr(&empty).contains("--accept needs a reason"));
    fetch("2026-01-03", "--iana", "/79", &["--accept", "a clean-up"]).success();
    assert!(manifest.exists());
    let accepted = folder.path().join("sources/iana/2026-01-03.accepted.toml");
    let accepted = fs::read_to_string(accepted).unwrap();
    assert!(
        accepted.contains("a clean-up") && accepted.contains("now = 79"),
        "{accepted}"
    );
    // What was accepted is the new measure.
    fetch("2026-01-04", "--iana", "/80", &[]).success();
    // One RFC in the place of those that are cited.
    let refused = fetch("2026-01-03", "--rfc-index", "/index", &[]).code(2);
    let said = stderr(&refused);
    assert!(said.contains("this index lists 1 RFCs"), "{said}");
    let capture = fetch("2026-01-03", "--locale=en-us", "/100", &["--accept", "x"]).code(2);
    assert!(stderr(&capture).contains("build --accept REASON"));
}

#[test]
fn a_day_after_today_is_refused_everywhere() {
    let far = "(CREATED ON: 12/31/9999.)\n\n0862 Echo Protocol. J. Postel. May 1983. (Format: TXT) (Status: INTERNET STANDARD)\n";
    let server = Server::start(move |path, _| match path {
        "/page" => with_length(&article(40)),
        "/registry" => {
            let headers =
                "Content-Type: text/csv\r\nLast-Modified: Fri, 01 Jan 2100 10:00:00 GMT\r\n";
            response(
                "200 OK",
                headers,
                b"Service Name,Port Number,Transport Protocol\r\nx,1,tcp\r\n",
            )
        }
        "/index" => response("200 OK", "Content-Type: text/plain\r\n", far.as_bytes()),
        _ => response("404 Not Found", "", b""),
    });
    let folder = scratch();
    fs::write(folder.path().join("page.html"), article(40)).unwrap();
    let before = tree::files(folder.path());
    let url = |path: &str| format!("{}{path}", server.address);
    let refused = |arguments: &[&str], expected: &str| {
        let said = stderr(&on(DAY, folder.path(), arguments).code(2));
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert_eq!(tree::files(folder.path()), before, "{arguments:?}");
    };
    let is_after = "is after today, which is 2026-01-01 (UTC)";
    let no_day = "is not a day of the calendar";
    for (day, expected) in [
        ("2026-01-02", is_after),
        ("9999-12-31", is_after),
        ("2024-13-99", no_day),
        ("x", no_day),
        ("", no_day),
        ("../../../../aw/pw", no_day),
    ] {
        let page = url("/page");
        refused(
            &[
                "fetch",
                "--locale",
                "en-us",
                "--url",
                &page,
                "--captured",
                day,
            ],
            expected,
        );
        refused(
            &[
                "ingest",
                "page.html",
                "--locale",
                "en-us",
                "--captured",
                day,
            ],
            expected,
        );
    }
    refused(
        &["fetch", "--iana", "--url", &url("/registry")],
        "2100-01-01 is after today",
    );
    refused(
        &["fetch", "--rfc-index", "--url", &url("/index")],
        "9999-12-31 is after today",
    );
    on(
        DAY,
        folder.path(),
        &["fetch", "--locale", "en-us", "--url", &url("/page")],
    )
    .success();
    // A clock that has gone back would store what no later command uses.
    let before = tree::files(folder.path());
    let again = on(
        "1970-01-01",
        folder.path(),
        &["fetch", "--url", &url("/page")],
    )
    .code(2);
    assert!(
        stderr(&again).contains("is after today, which is 1970-01-01"),
        "{}",
        stderr(&again)
    );
    assert_eq!(tree::files(folder.path()), before);
}

#[test]
fn an_age_below_nothing_is_not_fresh() {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    let status = |on_day: &str| on(on_day, folder.path(), &["status", "--max-age", "9999999"]);
    status("2026-01-01").success();
    let said = stderr(&status("2015-10-22").code(2));
    assert!(
        said.contains("is after 2015-10-22, so its age is not known"),
        "{said}"
    );
    let checked = folder.path().join("sources/.checked.toml");
    fs::write(checked, "\"apple/de-de\" = \"9999-01-01\"\n").unwrap();
    let said = stderr(&status("2026-01-01").code(2));
    assert!(
        said.contains("9999-01-01 in .checked.toml is after 2026-01-01"),
        "{said}"
    );
}

#[test]
fn a_source_of_a_day_after_today_is_told_of_by_every_command_that_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let sources = folder.path().join("sources");
    tree::copy(seed::sources(), &sources);
    let on_day = |day: &str, command: &str| {
        let arguments: Vec<&str> = command.split(' ').collect();
        stderr(&on(day, folder.path(), &arguments))
    };
    fs::write(folder.path().join("page.html"), article(40)).unwrap();
    let (before, after) = ("2015-10-22", "2026-01-01");
    let told = format!("later: apple/de-de/2015-10-23 is dated after today ({before} UTC)");
    for command in [
        "build",
        "verify",
        "find 443",
        "why 443",
        "products",
        "history",
        "check",
        "export --format csv",
        "diff output apple/de-de/2015-10-23",
        "ingest page.html --dry-run",
    ] {
        let said = on_day(before, command);
        assert!(said.contains(&told), "{command}: {said}");
        let said = on_day(after, command);
        assert!(!said.contains("later:"), "{command}: {said}");
    }
    // The day makes no other output.
    on_day(after, "build");
    let outputs = || {
        let files = tree::files(&folder.path().join("output"));
        let read = |name: &String| fs::read(folder.path().join("output").join(name)).unwrap();
        files.iter().map(read).collect::<Vec<_>>()
    };
    let late = outputs();
    fs::remove_dir_all(folder.path().join("output")).unwrap();
    on_day(before, "build");
    assert_eq!(outputs(), late);
}
