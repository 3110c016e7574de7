//! Captures on their way into the sources and out of them: stored once, guarded.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{alone, appleports, complaint, program, scratch, stderr, stdout};
use crate::seed::repository;
use crate::tree;

const PAGE: &str = "# Ports\n\n_Captured: 2020-02-03 from [x](https://support.apple.com/en-us/HT202944)_\n\n**Port** **TCP or UDP** **Service** **RFC** **Name** **Used by**\n\n";

fn page(rows: usize, port: &str) -> String {
    let row = |port: &str, title: &str, rfc: &str, name: &str| {
        format!("**{port}**\nTCP\n{title}\n{rfc}\n{name}\nMail\n\n")
    };
    let mut rows: Vec<String> = (1..=rows)
        .map(|at| {
            row(
                &at.to_string(),
                &format!("Service {at}"),
                "-",
                &format!("name-{at}"),
            )
        })
        .collect();
    rows.push(row(port, "Last", "791", "last"));
    format!("{PAGE}{}End.\n", rows.concat())
}

/// The committed registry and words, with the page as the only capture.
fn sources_with(folder: &Path, text: &str, date: &str) -> PathBuf {
    let sources = folder.join("sources");
    for file in [
        "iana/2015-07-30.csv",
        "iana/2015-07-30.toml",
        "vocabulary/products.toml",
        "vocabulary/phrases/de.toml",
        "vocabulary/phrases/en.toml",
    ] {
        let target = sources.join(file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(repository().join("sources").join(file), target).unwrap();
    }
    fs::write(folder.join("page.md"), text).unwrap();
    let mut command = program();
    command
        .current_dir(folder)
        .args(["ingest", "page.md", "--captured", date])
        .assert()
        .success();
    sources
}

#[test]
fn a_bad_port_is_a_finding_with_file_line_and_text() {
    let folder = scratch();
    for (port, expected) in [
        (
            "8O80",
            "page.md:14: error N001: row `8O80` rejected: `8O80` is not a port number",
        ),
        (
            "70000",
            "page.md:14: error N002: row `70000` rejected: port 70000 is out of range",
        ),
        (
            "90-80",
            "page.md:14: error N003: row `90-80` rejected: range 90-80 runs backwards",
        ),
        (
            "0",
            "page.md:14: error N004: row `0` rejected: port 0 is reserved",
        ),
    ] {
        fs::write(folder.path().join("page.md"), page(1, port)).unwrap();
        let shown = appleports(folder.path(), &["ingest", "--dry-run", "page.md"]).success();
        assert!(stdout(&shown).contains(expected), "{}", stdout(&shown));
        assert!(stdout(&shown).contains("2 rows read = 1 emitted + 0 merged + 1 rejected"));
    }
}

#[test]
fn ingest_stores_once_and_never_changes_what_is_stored() {
    let folder = scratch();
    let sources = sources_with(folder.path(), &page(3, "4"), "2020-02-03");
    let stored = sources.join("apple/en-us/2020-02-03/capture.md");
    assert_eq!(fs::read_to_string(&stored).unwrap(), page(3, "4"));
    let again = |text: &str| {
        fs::write(folder.path().join("page.md"), text).unwrap();
        program()
            .current_dir(folder.path())
            .args(["ingest", "page.md"])
            .assert()
    };
    again(&page(3, "4")).success();
    let refused = again(&page(3, "5")).code(2);
    assert!(
        stderr(&refused).contains("another capture is stored here"),
        "{}",
        stderr(&refused)
    );
    assert_eq!(fs::read_to_string(&stored).unwrap(), page(3, "4"));
}

#[test]
fn outputs_take_the_place_of_no_capture() {
    let folder = scratch();
    let sources = sources_with(folder.path(), &page(3, "4"), "2020-02-03");
    let place = sources.join("apple/en-us/2020-02-03");
    // The name of a capture is in its manifest, and here it is that of an output.
    fs::rename(place.join("capture.md"), place.join("services")).unwrap();
    let manifest = fs::read_to_string(place.join("capture.toml")).unwrap();
    let manifest = manifest.replace("capture.md", "services");
    fs::write(place.join("capture.toml"), manifest).unwrap();
    let build = |output: &str| alone(folder.path(), &["build", "--output", output]);
    build("output").success();
    let before = tree::files(&sources);
    let among = ["sources", "sources/apple", "./sources/new/folder"];
    for output in [&among[..], &["sources/apple/en-us/2020-02-03"]].concat() {
        let refused = build(output).code(2);
        let expected =
            format!("error: {output}: this folder belongs to the sources, where no outputs go");
        assert!(
            complaint(&refused).starts_with(&expected),
            "{}",
            complaint(&refused)
        );
        assert_eq!(tree::files(&sources), before);
    }
    assert_eq!(
        fs::read_to_string(place.join("services")).unwrap(),
        page(3, "4")
    );
}

#[test]
fn a_capture_is_stored_under_the_name_of_its_kind() {
    let cells = ["7", "TCP", "echo", "792", "echo", "-"];
    let html = format!(
        "<html><table><tr><td>{}</table></html>\n",
        cells.join("<td>")
    );
    let pipes = format!("{}\n\nEnd.\n", cells.join(" | "));
    let csv = format!("{}\n", cells.join(","));
    for (text, file, media_type) in [
        (html, "capture.html", "text/html"),
        (pipes, "capture.md", "text/markdown"),
        (csv, "capture.csv", "text/csv"),
    ] {
        let folder = scratch();
        let sources = sources_with(folder.path(), &page(3, "4"), "2020-02-01");
        fs::write(folder.path().join("page"), &text).unwrap();
        program()
            .current_dir(folder.path())
            .args(["ingest", "page", "--locale", "en-us"])
            .args(["--captured", "2020-02-03"])
            .assert()
            .success();
        let stored = sources.join("apple/en-us/2020-02-03");
        assert_eq!(fs::read_to_string(stored.join(file)).unwrap(), text);
        let manifest = fs::read_to_string(stored.join("capture.toml")).unwrap();
        assert!(
            manifest.contains(&format!("media_type = \"{media_type}\"")),
            "{manifest}"
        );
    }
}

#[test]
fn a_source_that_changed_on_disk_is_refused() {
    let dos = page(3, "4").replace('\n', "\r\n");
    for (text, said) in [
        (
            page(3, "5"),
            "the bytes have changed since they were stored",
        ),
        (
            dos.clone(),
            "the line ends have changed since the file was stored",
        ),
        (
            dos + "\r\n",
            "the bytes have changed since they were stored",
        ),
    ] {
        let folder = scratch();
        let sources = sources_with(folder.path(), &page(3, "4"), "2020-02-03");
        fs::write(sources.join("apple/en-us/2020-02-03/capture.md"), text).unwrap();
        let refused = program()
            .current_dir(folder.path())
            .arg("build")
            .assert()
            .code(2);
        assert!(stderr(&refused).contains(said), "{}", stderr(&refused));
    }
}

#[test]
fn a_source_that_shrank_is_refused_unless_accepted() {
    let folder = scratch();
    sources_with(folder.path(), &page(100, "101"), "2016-02-03");
    let run = |arguments: &[&str]| {
        program()
            .current_dir(folder.path())
            .args(arguments)
            .assert()
    };
    run(&["build"]).success();
    let before = fs::read(folder.path().join("output/ports.json")).unwrap();
    for (rows, last, code) in [
        (60, "61", "G002: 61 rows, 101 in apple/en-us/2016-02-03"),
        (100, "8O80", ""),
    ] {
        fs::write(folder.path().join("page.md"), page(rows, last)).unwrap();
        run(&[
            "ingest",
            "page.md",
            "--captured",
            &format!("2017-02-{:02}", rows.min(28)),
        ])
        .success();
        if code.is_empty() {
            let refused = run(&["build"]).code(3);
            let expected = "G004: no row has the RFC any more, 1 had it in apple/en-us/2016-02-03";
            assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
            continue;
        }
        let refused = run(&["build"]).code(3);
        assert!(stderr(&refused).contains(code), "{}", stderr(&refused));
        assert_eq!(
            fs::read(folder.path().join("output/ports.json")).unwrap(),
            before,
            "nothing was overwritten"
        );
        // Without the previous outputs, the captures still tell.
        fs::rename(folder.path().join("output"), folder.path().join("kept")).unwrap();
        let refused = run(&["build"]).code(3);
        assert!(stderr(&refused).contains(code), "{}", stderr(&refused));
        // No other command uses it, and each says so.
        let found = run(&["find", "61"]).success();
        assert!(stderr(&found).contains("apple/en-us/2016-02-03 is used instead"));
        fs::rename(folder.path().join("kept"), folder.path().join("output")).unwrap();
        fs::remove_dir_all(folder.path().join("sources/apple/en-us/2017-02-28")).unwrap();
    }
    let blank = run(&["build", "--accept", " "]).code(2);
    assert!(stderr(&blank).contains("--accept needs a reason"));
    run(&[
        "build",
        "--accept",
        "Apple moved the macOS Server rows away",
    ])
    .success();
    let manifest = fs::read_to_string(folder.path().join("output/datapackage.json")).unwrap();
    assert!(manifest.contains("Apple moved the macOS Server rows away"));
    run(&["verify"]).code(0);
    // The reason stays for as long as the output is built from this capture.
    let again = stdout(&run(&["build"]).success());
    let accepted = "accepted  Apple moved the macOS Server rows away (G004: no row has the RFC any more, 1 had it in apple/en-us/2016-02-03)\n";
    assert!(again.contains(accepted), "{again}");
    run(&["verify"]).code(0);
    let same = fs::read_to_string(folder.path().join("output/datapackage.json")).unwrap();
    assert_eq!(same, manifest);
    // Also where the manifest is gone: the dataset has it, too.
    fs::remove_file(folder.path().join("output/datapackage.json")).unwrap();
    assert!(stdout(&run(&["build"]).success()).contains(accepted));
    fs::write(folder.path().join("page.md"), page(100, "101")).unwrap();
    run(&["ingest", "page.md", "--captured", "2018-01-01"]).success();
    let next = stdout(&run(&["build"]).success());
    assert!(!next.contains("accepted"), "{next}");
}

#[test]
fn escape_sequences_in_a_capture_do_not_reach_the_terminal() {
    let folder = scratch();
    fs::write(
        folder.path().join("page.md"),
        page(1, "2").replace("Last", "La\u{1b}[31mst\u{202e}"),
    )
    .unwrap();
    let shown = appleports(folder.path(), &["ingest", "--dry-run", "page.md"]).success();
    assert!(
        // Direction marks are gone from the data itself.
        stdout(&shown).contains("La\\u{1b}[31mst  "),
        "{}",
        stdout(&shown)
    );
}

#[test]
fn all_captures_tell_the_history_of_a_record() {
    let folder = scratch();
    let sources = sources_with(folder.path(), &page(3, "4"), "2020-02-03");
    fs::write(folder.path().join("page.md"), page(4, "5")).unwrap();
    let run = |arguments: &[&str]| {
        program()
            .current_dir(folder.path())
            .args(arguments)
            .assert()
    };
    run(&["ingest", "page.md", "--captured", "2021-02-03"]).success();
    let built = stdout(&run(&["build"]).success());
    assert!(
        built.contains("apple/en-us/2021-02-03 and 1 other capture + iana/"),
        "{built}"
    );
    let ports = fs::read(folder.path().join("output/ports.json")).unwrap();
    let ports: serde_json::Value = serde_json::from_slice(&ports).unwrap();
    let history = |id: &str| {
        let all = ports["records"].as_array().unwrap();
        let record = all.iter().find(|record| record["id"] == id).unwrap();
        record["history"].clone()
    };
    let seen = |first: &str| serde_json::json!([{"locale": "en-us", "first": first, "last": "2021-02-03"}]);
    assert_eq!(history("1-tcp-name-1"), seen("2020-02-03"));
    assert_eq!(history("4-tcp-name-4"), seen("2021-02-03"));
    let table = stdout(&run(&["history", "--port", "4"]).success());
    assert!(!table.contains("4-tcp-last"), "gone: {table}");
    assert!(
        table.contains("4-tcp-name-4  en-us   2021-02-03  2021-02-03"),
        "{table}"
    );
    let svg = stdout(&run(&["history", "--format", "svg"]).success());
    assert_eq!(svg.matches("<rect ").count(), 5, "{svg}");
    assert_eq!(svg.matches(">2020-02-03</text>").count(), 1, "{svg}");
    assert_eq!(svg.matches(">2021-02-03</text>").count(), 1, "{svg}");
    let day = stdout(&run(&["history", "--format", "svg", "--port", "5"]).success());
    assert_eq!(day.matches(">2021-02-03</text>").count(), 1, "{day}");
    run(&["verify"]).code(0);
    fs::remove_dir_all(sources.join("apple/en-us/2020-02-03")).unwrap();
    run(&["verify"]).code(1);
}

/// Otherwise the ports of a page that claims to be old would be no news in one of today.
#[test]
fn an_older_capture_makes_no_ports_known() {
    let folder = scratch();
    let first = page(20, "20000-23999");
    let sources = sources_with(folder.path(), &first, "2020-02-03");
    let run = |arguments: &[&str]| alone(folder.path(), arguments);
    let wider = first.replace("End.", "**30000-30899**\nTCP\nNew\n792\nnew\nMail\n\nEnd.");
    fs::write(folder.path().join("old.md"), wider).unwrap();
    let day = ["--captured", "2001-01-01"];
    let refused = run(&["ingest", "old.md", day[0], day[1]]).code(2);
    let expected =
        "is older than all of its locale and opens 900 ports that apple/en-us/2020-02-03 does not";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    assert!(!sources.join("apple/en-us/2001-01-01").exists());
    // An older one that the later fits is added.
    fs::write(folder.path().join("old.md"), page(20, "20000-23998")).unwrap();
    run(&["ingest", "old.md", day[0], day[1]]).success();
}
