//! Rows that were rewritten are the same rows as long as somebody still uses them there.

use appleports_diff::changes;

use crate::common::{finished, record, unknown_word};

fn compared(old: [&str; 6], new: [&str; 6]) -> Vec<String> {
    changes(&finished(vec![record(old)]), &finished(vec![record(new)])).short()
}

#[test]
fn a_row_with_other_words_for_the_same_product_is_the_same_row() {
    let found = compared(
        [
            "3284",
            "tcp, udp",
            "Net Assistant",
            "",
            "net-assistant",
            "Classroom",
        ],
        ["3284", "tcp", "File transfer", "", "classroom", "Classroom"],
    );
    assert_eq!(
        found[1],
        "~ 3284-tcp-classroom: transport -udp; name net-assistant -> classroom; title"
    );
}

#[test]
fn another_product_or_transport_is_another_row() {
    for (transport, product) in [("udp", "Classroom"), ("tcp", "Xsan")] {
        let found = compared(
            [
                "3284",
                "tcp",
                "Net Assistant",
                "",
                "net-assistant",
                "Classroom",
            ],
            ["3284", transport, "Metadata", "", "xsan", product],
        );
        assert_eq!(found[0], "1 added, 1 removed, 0 changed", "{found:?}");
    }
}

#[test]
fn a_word_that_nobody_knows_links_rows_as_a_product_does() {
    let row = |transports: &str, title: &str| {
        let mut row = record(["5900", transports, title, "", "", ""]);
        row.used_by_parts = vec![unknown_word("Frobnicator")];
        finished(vec![row])
    };
    let found = changes(
        &row("tcp", "Virtual Network"),
        &row("tcp, udp", "Framebuffer"),
    );
    assert_eq!(found.counts.changed, 1, "{:?}", found.short());
}

#[test]
fn only_so_many_pairs_are_weighed_and_the_rest_is_said_to_be_ambiguous() {
    let side = |groups: usize, letter: char| {
        let rows = (0..16 * groups).map(|at| {
            let (port, title) = (
                (1000 + at / 16).to_string(),
                format!("first{at} second{at}"),
            );
            record([&port, "tcp", &title, "", &format!("{letter}{at:03}"), ""])
        });
        finished(rows.collect())
    };
    for (groups, ambiguous) in [(8, 0), (20, 16 * 6)] {
        let found = changes(&side(groups, 'a'), &side(groups, 'b'));
        assert_eq!(found.counts.changed, 16 * groups);
        assert_eq!(found.counts.ambiguous, ambiguous);
    }
}
