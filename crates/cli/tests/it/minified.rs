//! The page of the seed in one line: each place has a column, and nothing else differs.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{alone as appleports, stdout};
use crate::{seed, tree};

const TITLE: &str = "TCP- und UDP-Ports, die von Apple-Softwareprodukten verwendet werden";
const CAPTURE: &str = "apple/de-de/2026-10-12";

/// The rows of the seed, a cell for each column; of two, the port and the transport cannot
/// be read.
fn rows() -> Vec<[String; 6]> {
    let document = json(&seed::output().join("ports.json"));
    let rows = document["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| {
            let place = &record["provenance"];
            let mut given = place["cells"].as_array().unwrap().iter();
            std::array::from_fn(|at| {
                let is_lost = place["cell_lines"][at] == 0;
                let cell = given.next_if(!is_lost).unwrap_or("-");
                match (at, cell) {
                    (0, "1640") => "164O".to_owned(),
                    (1, _) if record["ports"][0]["first"] == 2336 => "Mac".to_owned(),
                    _ => cell.to_owned(),
                }
            })
        });
    rows.collect()
}

trait NextIf<'a> {
    fn next_if(&mut self, wanted: bool) -> Option<&'a str>;
}

impl<'a, I: Iterator<Item = &'a Value>> NextIf<'a> for I {
    fn next_if(&mut self, wanted: bool) -> Option<&'a str> {
        wanted.then(|| self.next().and_then(Value::as_str))?
    }
}

/// The page with this text between its tags.
fn page(rows: &[[String; 6]], between: &str) -> String {
    let row = |tag: &str, cells: &[String; 6]| {
        let cells = cells.iter().map(|cell| {
            let text = cell.replace('&', "&amp;").replace('<', "&lt;");
            let text = text.replace('\n', "<br>");
            format!("<{tag} class=\"cell\"><p class=\"gb-paragraph\">{text}</p></{tag}>{between}")
        });
        format!("<tr>{between}{}</tr>{between}", cells.collect::<String>())
    };
    let heading = [
        "Port",
        "TCP oder UDP",
        "Dienst",
        "RFC",
        "Name",
        "Verwendet von",
    ];
    let body: String = rows.iter().map(|cells| row("td", cells)).collect();
    [
        "<!doctype html><html lang=\"de-de\"><head>",
        &format!("<title>{TITLE}</title></head><body>"),
        &format!(
            "<h1>{TITLE}</h1><p>Für Netzwerkverwalter: dies ist keine vollständige Liste.</p>"
        ),
        "<table><tbody>",
        &format!("{}{body}", row("th", &heading.map(str::to_owned))),
        "</tbody></table></body></html>",
    ]
    .join(between)
        + "\n"
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// A folder in which the page is the capture that is built from.
fn built(page: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    fs::write(folder.path().join("page.html"), page).unwrap();
    let ingest = ["ingest", "page.html", "--captured", "2026-10-12"];
    appleports(
        folder.path(),
        &[&ingest[..], &["--locale", "de-de"]].concat(),
    )
    .success();
    appleports(folder.path(), &["build", "--capture", CAPTURE]).success();
    folder
}

/// What a text has at a 1-based column, up to the next tag.
fn at_column(line: &str, column: &Value) -> String {
    let before = usize::try_from(column.as_u64().unwrap()).unwrap() - 1;
    let rest = line.chars().skip(before);
    rest.take_while(|c| *c != '<').collect()
}

/// The findings, without their places: rule, record, rows and values, or else the message.
fn keys(folder: &Path) -> Vec<String> {
    let findings = fs::read(folder.join("output/findings.json")).unwrap();
    let findings: Vec<appleports_model::Finding> = serde_json::from_slice(&findings).unwrap();
    let mut keys: Vec<String> = findings
        .iter()
        .map(appleports_model::Finding::key)
        .collect();
    keys.sort();
    keys
}

#[test]
fn a_page_in_one_line_reads_as_one_with_lines() {
    let rows = rows();
    let (minified, lines) = (built(&page(&rows, "")), built(&page(&rows, "\n")));
    assert_eq!(keys(minified.path()), keys(lines.path()));
    let [one, other] = [&minified, &lines].map(|folder| {
        let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
        let is_long = |line: &Value| {
            let at = usize::try_from(line.as_u64().unwrap()).unwrap() - 1;
            page.lines().nth(at).unwrap().len() > appleports_model::MAX_PLAIN_LINE
        };
        let mut document = json(&folder.path().join("output/ports.json"));
        for record in document["records"].as_array_mut().unwrap() {
            let place = &record["provenance"];
            let mut lines = place["cell_lines"].as_array().unwrap().iter();
            assert_eq!(place.get("cell_columns").is_some(), lines.any(is_long));
            for key in ["line_first", "line_last", "cell_lines", "cell_columns"] {
                record["provenance"].as_object_mut().unwrap().remove(key);
            }
        }
        document
    });
    assert_eq!(one["records"], other["records"]);
}

#[test]
fn each_cell_and_finding_has_its_column() {
    let rows = rows();
    let page = page(&rows, "");
    let folder = built(&page);
    let document = json(&folder.path().join("output/ports.json"));
    let schema = json(&folder.path().join("output/ports.schema.json"));
    assert!(jsonschema::is_valid(&schema, &document));
    let records = document["records"].as_array().unwrap();
    let is_unread = |row: &&[String; 6]| row[0] == "164O" || row[1] == "Mac";
    assert_eq!(records.len(), rows.len() - 2);
    for (record, row) in records
        .iter()
        .zip(rows.iter().filter(|row| !is_unread(row)))
    {
        let columns = record["provenance"]["cell_columns"].as_array().unwrap();
        for (column, cell) in columns.iter().zip(row) {
            let first = cell.lines().next().unwrap().replace('&', "&amp;");
            assert_eq!(at_column(&page, column), first.replace('<', "&lt;"));
        }
    }
    for (rejected, row) in (0..2).zip(rows.iter().filter(is_unread)) {
        let rejected = &document["rejected"][rejected];
        assert_eq!(at_column(&page, &rejected["column"]), row[0]);
        assert_eq!(rejected["cells"], serde_json::json!(row));
    }
}

#[test]
fn findings_show_the_cell_and_not_the_tag() {
    let page = page(&rows(), "");
    let folder = built(&page);
    let check = |format: &str| {
        let check = ["check", "--capture", CAPTURE, "--deny", "error", "--format"];
        stdout(&appleports(folder.path(), &[&check[..], &[format]].concat()).code(1))
    };
    let findings = json(&folder.path().join("output/findings.json"));
    let findings = findings.as_array().unwrap();
    let of_port = findings
        .iter()
        .find(|finding| finding["code"] == "N001")
        .unwrap();
    let column = &of_port["column"];
    let human = check("human");
    let shown = format!("-> sources/{CAPTURE}/capture.html:1:{column}\n  |\n1 | 164O\n  | ^^^^\n");
    assert!(human.contains(&shown), "{human}");
    let excerpts = human.lines().filter(|line| line.starts_with("1 | "));
    let in_tags = excerpts.filter(|line| line.contains("</") || line.contains("<td"));
    assert_eq!(in_tags.collect::<Vec<_>>(), Vec::<&str>::new());

    let github = check("github");
    let place = format!("capture.html,line=1,col={column},title=N001::");
    assert!(github.contains(&place), "{github}");
    let sarif: Value = serde_json::from_str(&check("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let of_port = results
        .iter()
        .find(|result| result["ruleId"] == "N001")
        .unwrap();
    let region = &of_port["locations"][0]["physicalLocation"]["region"];
    let end = column.as_u64().unwrap() + "164O</p>".len() as u64;
    assert_eq!(
        *region,
        serde_json::json!({"startLine": 1, "startColumn": column, "endColumn": end})
    );
    let why = ["why", "443", "--capture", CAPTURE];
    let why = stdout(&appleports(folder.path(), &why).success());
    let place = json(&folder.path().join("output/ports.json"));
    let records = place["records"].as_array().unwrap();
    let record = records
        .iter()
        .find(|record| record["ports"][0]["first"] == 443);
    let column = &record.unwrap()["provenance"]["cell_columns"][0];
    assert!(why.contains(&format!("({CAPTURE}:1:{column})")), "{why}");
}
