//! Merging into a services file: nothing of it is lost, and nothing of ours.

use std::path::Path;
use std::sync::LazyLock;

use appleports_emit::output_set;
use appleports_ingest::read_services;
use appleports_model::Dataset;
use appleports_pipeline::{assemble, merge_into_services};
use appleports_store::SourceFolder;
use proptest::prelude::*;

fn dataset() -> &'static Dataset {
    static DATASET: LazyLock<Dataset> = LazyLock::new(|| {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
        assemble(&SourceFolder::new(sources), Some("apple/de-de/2015-10-23")).unwrap()
    });
    &DATASET
}

fn try_merge(dataset: &Dataset, base: &[u8]) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("services");
    std::fs::write(&path, base).unwrap();
    merge_into_services(dataset, &path).map_err(|failure| failure.to_string())
}

fn merge(dataset: &Dataset, base: &[u8]) -> Vec<u8> {
    try_merge(dataset, base).unwrap()
}

const BASE: &str = "# My services\r\nhttp\t\t80/tcp\t\twww\n\n  smtp 25/tcp mail # f\u{fc}r\nnfs 2049/tcp\nrtmp 1/ddp\nlast 9/tcp";

#[test]
fn a_merged_file_reads_as_a_person_would_write_it() {
    let merged = String::from_utf8(merge(dataset(), BASE.as_bytes())).unwrap();
    let start: Vec<&str> = merged.lines().take(18).collect();
    insta::assert_snapshot!("merged_services", start.join("\n"));
    assert!(
        merged.contains("\nnfsd\t2049/tcp\t# above: nfs; "),
        "{merged}"
    );
    assert!(!merged.contains("\nhttp\t80/tcp"), "the base has it");
    assert!(merged.ends_with("# END appleports\n"));
    assert!(merged.lines().all(|line| line.len() <= 127));
}

#[test]
fn a_name_of_the_base_is_quoted_so_that_all_of_it_is_seen() {
    let base = "ht\u{202e}tp 80/tcp\n\u{1b}[2Jz 22/tcp\n";
    let merged = String::from_utf8(merge(dataset(), base.as_bytes())).unwrap();
    let added = merged.strip_prefix(base).unwrap();
    for quoted in ["# above: ht\\u{202e}tp; ", "# above: \\u{1b}[2Jz; "] {
        assert!(added.contains(quoted), "{quoted}: {added}");
    }
    assert!(!added.contains(['\u{202e}', '\u{1b}']), "{added}");
}

const BEGIN: &str = "# BEGIN appleports: ports that Apple products use; generated, do not edit\n";

#[test]
fn a_block_with_lines_behind_it_moves_to_the_end_and_comes_once() {
    let dataset = dataset();
    let mut file = merge(dataset, b"before 1/tcp\n");
    file.extend_from_slice(b"mine 12345/tcp\n");
    let again = merge(dataset, &file);
    let text = String::from_utf8(again.clone()).unwrap();
    assert!(
        text.starts_with("before 1/tcp\nmine 12345/tcp\n# BEGIN"),
        "{text}"
    );
    assert_eq!(text.matches("# BEGIN appleports").count(), 1);
    assert_eq!(merge(dataset, &again), again);
}

#[test]
fn a_block_that_was_cut_off_loses_no_line() {
    let dataset = dataset();
    let base = format!("before 1/tcp\n{BEGIN}nfsd 2049/tcp\nmine 12345/tcp\n");
    let once = merge(dataset, base.as_bytes());
    assert!(once.starts_with(base.as_bytes()));
    assert_eq!(merge(dataset, &once), once);
    let end = b"# END appleports\nmine 1/tcp\n";
    assert!(merge(dataset, end).starts_with(end));
}

#[test]
fn what_is_no_services_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page");
    std::fs::write(&path, "<html>\n<body>\n").unwrap();
    let error = merge_into_services(dataset(), &path)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("page:1: this is not a services(5) file"),
        "{error}"
    );
}

fn base() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        "[a-z]{1,8}",
        Just("http".to_owned()),
        Just("nfsd".to_owned())
    ];
    let port = prop_oneof![1u16.., Just(80), Just(2049), Just(443)];
    let entry =
        (name, port, any::<bool>(), "( [a-z]{1,5}){0,2}").prop_map(|(name, port, udp, aliases)| {
            format!("{name} {port}/{}{aliases}", if udp { "udp" } else { "tcp" })
        });
    let mark = prop_oneof![Just(BEGIN.trim_end()), Just("# END appleports")];
    let line = prop_oneof![
        8 => entry,
        2 => Just(String::new()),
        2 => "# [ -~]{0,20}",
        1 => mark.prop_map(str::to_owned),
    ];
    (prop::collection::vec(line, 0..30), any::<bool>())
        .prop_map(|(lines, ends)| lines.join("\n") + if ends { "\n" } else { "" })
}

/// What stands for a block that was taken out.
const HELD: &str = "HELD";

/// The lines of a file that no block holds, found without the code under test; none where a block is
/// in another.
fn outside_blocks(text: &str) -> Option<Vec<&str>> {
    let mut lines: Vec<&str> = text.lines().collect();
    while let Some(end) = lines.iter().enumerate().position(|(at, line)| {
        *line == "# END appleports" && lines[..at].contains(&BEGIN.trim_end())
    }) {
        let begin = lines[..end]
            .iter()
            .rposition(|line| *line == BEGIN.trim_end())
            .unwrap();
        if lines[begin..end].contains(&HELD) {
            return None;
        }
        // What held a block may not be closed itself.
        lines.splice(begin..=end, [HELD]);
    }
    lines.retain(|line| *line != HELD);
    Some(lines)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_line_is_lost_and_every_entry_is_there(base in base()) {
        let dataset = dataset();
        let merged = try_merge(dataset, base.as_bytes());
        // Lines are only ever taken away between a first and a last line of a block.
        let Some(kept) = outside_blocks(&base) else {
            prop_assert!(merged.unwrap_err().contains("another one is within it"));
            return Ok(());
        };
        let merged = merged.unwrap();
        prop_assert_eq!(&merge(dataset, &merged), &merged, "merging twice changes nothing");
        let text = String::from_utf8(merged.clone()).unwrap();
        prop_assert_eq!(text.lines().take(kept.len()).collect::<Vec<_>>(), kept.clone());
        let mut more = merged.clone();
        more.extend_from_slice(b"mine 12345/tcp\n");
        let more = merge(dataset, &more);
        prop_assert_eq!(&merge(dataset, &more), &more, "nor with a line behind the block");
        let base = kept.join("\n");
        let base = read_services("base", base.as_bytes()).unwrap();
        let file = read_services("merged", &merged).unwrap();
        let plain = output_set(dataset, Vec::new()).into_iter().find(|output| output.name == "services").unwrap();
        for entry in read_services("plain", &plain.bytes).unwrap().entries() {
            let transport = entry.transport.unwrap();
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                let mut there = file.at(entry.port, transport);
                prop_assert!(there.any(|other| other.name == *name || other.aliases.contains(name)), "{} {}", name, entry.port);
            }
            // The base's own answers by port stay what they were.
            if let Some(first) = base.at(entry.port, transport).next() {
                prop_assert_eq!(file.at(entry.port, transport).next().map(|other| &other.name), Some(&first.name));
            }
        }
    }
}
