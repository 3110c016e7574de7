//! `export`: every format, for its reader.

use std::fs;

use crate::run::{appleports, scratch, stderr, stdout};
use crate::seed;

#[test]
fn exports_are_the_files_of_a_build() {
    let folder = scratch();
    for (format, file) in [
        ("csv", "ports.csv"),
        ("json", "ports.json"),
        ("services", "services"),
    ] {
        let exported = appleports(folder.path(), &["export", "--format", format]).success();
        let built = fs::read(seed::output().join(file)).unwrap();
        assert!(
            exported.get_output().stdout == built,
            "{format} differs from output/{file}"
        );
        appleports(folder.path(), &["export", "--format", format, "-o", "out"]).success();
        let written = fs::read(folder.path().join("out")).unwrap();
        assert!(
            written == exported.get_output().stdout,
            "{format} differs from its file"
        );
    }
    let filtered = appleports(
        folder.path(),
        &["export", "--format", "csv", "--service", "ipp"],
    )
    .success();
    let text = stdout(&filtered);
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect();
    assert_eq!((rows.len(), &rows[0][0]), (1, "631-tcp-ipp"));
}

#[test]
fn registered_leaves_exactly_the_rows_that_match() {
    let folder = scratch();
    let arguments = ["export", "--format", "csv", "--registered"];
    let shown = stdout(&appleports(folder.path(), &arguments).success());
    let rows = |text: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader.records().map(Result::unwrap).collect()
    };
    let all = fs::read_to_string(seed::output().join("ports.csv")).unwrap();
    let mut matching = rows(&all);
    matching.retain(|row| &row[12] == "match");
    assert!(matching.len() > 50);
    assert_eq!(rows(&shown), matching);
}

#[test]
fn other_views_of_the_rows() {
    let folder = scratch();
    for format in ["wireshark", "markdown"] {
        let arguments = ["export", "--format", format, "--product", "facetime"];
        let shown = stdout(&appleports(folder.path(), &arguments).success());
        insta::assert_snapshot!(format!("export_{format}"), shown);
    }
}

#[test]
fn check_compares_with_services_files_and_export_merges_into_them() {
    let folder = scratch();
    fs::write(
        folder.path().join("base"),
        "http 80/tcp www\nnfs 2049/tcp\nodd 269/ucp\nsmtp 25/tcp\n",
    )
    .unwrap();
    let shown = appleports(folder.path(), &["check", "--services", "base"]).code(0);
    let expected = "compared: base: 2 same, 1 other name, 0 alias, 118 missing, 1 conflicting";
    assert!(stderr(&shown).contains(expected), "{}", stderr(&shown));
    let shown = stdout(&shown);
    for expected in [
        "warning[S011]: `ucp` of `odd` is not a protocol\n --> base:3\n  |\n3 | odd 269/ucp\n  | ^^^^^^^^^^^",
        "warning[S020]: `nfsd` on 2049/tcp: base has `nfs` (line 2, as the registry has it) and not this name",
        "warning[S023]: `smtp` on 465/tcp: base has the name on 25 (line 4)",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
    let merged = appleports(
        folder.path(),
        &["export", "--format", "services", "--base", "base"],
    );
    assert!(stdout(&merged.success()).starts_with(
        "http 80/tcp www\nnfs 2049/tcp\nodd 269/ucp\nsmtp 25/tcp\n# BEGIN appleports"
    ));
    let other = appleports(
        folder.path(),
        &["export", "--format", "csv", "--base", "base"],
    )
    .code(2);
    assert!(stderr(&other).contains("--base goes with --format services alone"));
    let missing = appleports(folder.path(), &["check", "--services", "none"]).code(2);
    assert!(stderr(&missing).contains("none: cannot open the file"));
}

#[test]
fn a_product_is_its_whole_name() {
    let folder = scratch();
    let export = |product: &str| {
        let arguments = ["export", "--format", "list", "--product", product];
        appleports(folder.path(), &arguments)
    };
    export("facetime").success();
    export("Zugang zu meinem Mac").success();
    let part = export("Facetim").code(2);
    assert!(
        stderr(&part).contains("did you mean `FaceTime`?"),
        "{}",
        stderr(&part)
    );
    export("a").code(2);
    for nothing in ["", "  "] {
        let empty = export(nothing).code(2);
        assert!(
            stderr(&empty).contains("the name is empty"),
            "{}",
            stderr(&empty)
        );
    }
}

#[test]
fn writes_the_registry_itself_as_services() {
    let folder = scratch();
    let export = |arguments: &[&str]| {
        let all = [&["export", "--registry", "iana/2015-07-30"], arguments].concat();
        appleports(folder.path(), &all)
    };
    let whole = export(&["--format", "services"]).success();
    // Counted in the registry with another CSV reader: 11,220 pairs of a port and a transport have a name,
    // four of them no regular one; 16 more names with a port have no transport.
    let entries = stdout(&whole)
        .lines()
        .filter(|line| !line.starts_with('#'))
        .count();
    assert_eq!(entries, 11_216);
    assert!(stderr(&whole).contains("left out: 20 names, such as `Apple Remote Desktop"));
    let some = export(&["--format", "services", "--port", "80", "--transport", "tcp"]).success();
    assert!(
        stdout(&some).ends_with("http\t80/tcp\twww\twww-http\t# World Wide Web HTTP\n"),
        "{}",
        stdout(&some)
    );
    export(&["--format", "services", "--service", "nobody"]).code(1);
    let other = export(&["--format", "csv"]).code(2);
    assert!(stderr(&other).contains("--registry goes with --format services alone"));
    let product = export(&["--format", "services", "--product", "Mail"]).code(2);
    assert!(
        stderr(&product).contains("'--registry <FILE>' cannot be used with '--product <NAME>'")
    );
}
