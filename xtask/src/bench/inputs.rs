//! The files that the programs read, made from the committed sources.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use appleports_emit::Document;
use tempfile::TempDir;

/// A folder with the files.
pub(super) struct Inputs {
    folder: TempDir,
    /// The name of the registry's file.
    pub(super) edition: String,
    /// How many records the registry has.
    pub(super) records: usize,
}

impl Inputs {
    pub(super) fn new(root: &Path) -> anyhow::Result<Self> {
        let file = fs::read_dir(root.join("sources/iana"))?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|kind| kind == "csv"))
            .min()
            .context("no registry as CSV")?;
        let old = fs::read_to_string(&file)?;
        let new = other_edition(&old);
        let rows = Rows::of(&old)?;
        let inputs = Self {
            folder: tempfile::tempdir()?,
            edition: file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            records: rows.records.len(),
        };
        inputs.write("keyed-old.csv", &rows.keyed()?)?;
        inputs.write("keyed-new.csv", &Rows::of(&new)?.keyed()?)?;
        inputs.write("registry.xml", &rows.xml())?;
        inputs.write("old.csv", &old)?;
        inputs.write("new.csv", &new)?;
        let ports = fs::read(root.join("output/ports.json"))?;
        inputs.write("page.html", &page(&Document::parse(&ports)?))?;
        Ok(inputs)
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The path of a file in the folder.
    pub(super) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub(super) fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        Ok(fs::write(self.folder.path().join(name), text)?)
    }
}

/// A registry with every seventh row changed.
fn other_edition(registry: &str) -> String {
    let changed = |(at, line): (usize, &str)| match at % 7 {
        3 if !line.contains('"') => line.replacen(",tcp,", ",sctp,", 1),
        5 if !line.contains('"') => line.replacen("Protocol", "Procedure", 1),
        _ => line.to_owned(),
    };
    registry
        .split_inclusive('\n')
        .enumerate()
        .map(changed)
        .collect()
}

/// The records of a registry.
struct Rows {
    heading: csv::StringRecord,
    records: Vec<csv::StringRecord>,
}

impl Rows {
    fn of(text: &str) -> anyhow::Result<Self> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        Ok(Self {
            heading: reader.headers()?.clone(),
            records: reader.records().collect::<Result<_, _>>()?,
        })
    }

    /// With a column in front that makes each row unique, which some peers need: name,
    /// port and transport, and a number where they repeat.
    fn keyed(&self) -> anyhow::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let with = |key: &str, row: &csv::StringRecord| {
            std::iter::once(key.to_owned())
                .chain(row.iter().map(str::to_owned))
                .collect::<Vec<_>>()
        };
        writer.write_record(with("Key", &self.heading))?;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for row in &self.records {
            let key = row.iter().take(3).collect::<Vec<_>>().join("|");
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            writer.write_record(with(&format!("{key}|{count}"), row))?;
        }
        Ok(String::from_utf8(writer.into_inner()?)?)
    }

    /// In the shape of the registry's XML.
    fn xml(&self) -> String {
        let at = |name: &str| self.heading.iter().position(|column| column == name);
        let columns = [
            ("name", at("Service Name")),
            ("protocol", at("Transport Protocol")),
            ("number", at("Port Number")),
            ("description", at("Description")),
            ("note", at("Assignment Notes")),
        ];
        let mut text = String::from(
            "<?xml version='1.0' encoding='UTF-8'?>\n<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\n<title>Service Name and Transport Protocol Port Number Registry</title>\n<updated>2015-07-30</updated>\n",
        );
        for row in &self.records {
            text.push_str("<record>\n");
            for (tag, column) in columns {
                let cell = column.and_then(|at| row.get(at)).unwrap_or_default();
                if !cell.is_empty() {
                    // Writing to a String cannot fail.
                    let _ = writeln!(text, "<{tag}>{}</{tag}>", escape(cell));
                }
            }
            text.push_str("</record>\n");
        }
        text + "</registry>\n"
    }
}

/// The article as an HTML page of our own.
fn page(document: &Document<'_>) -> String {
    let row = |tag: &str, cells: &[&str]| {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| format!("<{tag}><p>{}</p></{tag}>", escape(cell)))
            .collect();
        format!("<tr>\n{}\n</tr>\n", cells.join("\n"))
    };
    let heads = [
        "Port",
        "TCP or UDP",
        "Service or Protocol Name",
        "RFC",
        "Service Name",
        "Used by",
    ];
    let title = "TCP and UDP ports used by Apple software products";
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\"><head><title>{title}</title></head><body>\n<h1>{title}</h1>\n<table>\n{}",
        row("th", &heads)
    );
    for record in document.records.iter() {
        let ports: Vec<String> = record.ports.iter().map(ToString::to_string).collect();
        let transports: Vec<&str> = record.transports.iter().map(|one| one.as_str()).collect();
        let rfcs: Vec<String> = record.rfcs.iter().map(ToString::to_string).collect();
        let cells = [
            ports.join(", "),
            transports.join("/").to_uppercase(),
            record.title.clone(),
            rfcs.join(", "),
            record.service_name.clone(),
            record.used_by.clone(),
        ];
        let cells = cells
            .each_ref()
            .map(|cell| if cell.is_empty() { "-" } else { cell.as_str() });
        text.push_str(&row("td", &cells));
    }
    text + "</table></body></html>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
