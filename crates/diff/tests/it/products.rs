//! The products that gain or lose ports, on top of each rendering.

use appleports_diff::{Body, MAX_COMMENT, RENDERINGS, Report, markdown, markdown_within};

use crate::common::{finished, record, report, unknown_word};

/// Thirty products with two ports each, all of which leave.
fn many() -> Report {
    let ports = (0..30).flat_map(|at| [(at, 1000 + at), (at, 2000 + at)]);
    let rows = ports.map(|(at, port)| {
        let (port, product) = (port.to_string(), format!("Product {at:02}"));
        record([&port, "tcp", "Service", "", "", &product])
    });
    report(&finished(rows.collect()), &[])
}

fn rendered(name: &str) -> String {
    let format = RENDERINGS.iter().find(|format| format.name == name);
    (format.unwrap().write)(&many())
}

#[test]
fn a_terminal_shows_some_products_and_counts_the_rest() {
    let text = rendered("terminal");
    assert!(
        text.contains("\n  Product 00 −1000/tcp −2000/tcp\n"),
        "{text}"
    );
    assert!(text.contains("\n  and 18 more (shown by"), "{text}");
}

#[test]
fn markdown_and_html_have_all_products() {
    let text = rendered("markdown");
    assert!(
        text.contains("  - `Product 11` `−1011/tcp −2011/tcp`\n"),
        "{text}"
    );
    assert!(
        text.contains("  - and 18 more: `Product 12 −1012/tcp −2012/tcp; Product 13"),
        "{text}"
    );
    assert!(text.contains("Product 29 −1029/tcp −2029/tcp`\n"), "{text}");
    let page = rendered("html");
    assert!(
        page.contains("<details><summary>30 products</summary><ul>"),
        "{page}"
    );
    assert!(
        page.contains("<li>Product 29 <b>−1029/tcp −2029/tcp</b></li>"),
        "{page}"
    );
}

#[test]
fn a_body_that_is_full_counts_the_products_that_it_leaves_out() {
    let wide: Vec<_> = (0..400_u32)
        .map(|at| {
            let (port, product) = ((at * 100 + 1).to_string(), format!("Product {at:03}"));
            record([&port, "tcp", "Service", "", "", &product])
        })
        .collect();
    let parts = markdown_within(&report(&finished(wide), &[]), "rest.md", 12_000);
    assert!(parts.body.len() < 12_000);
    assert!(
        parts.body.contains("  - and 388 more: `Product 012 "),
        "{}",
        parts.body
    );
    assert!(parts.body.contains(" more`\n"), "{}", parts.body);
    assert!(
        parts
            .overflow
            .unwrap()
            .contains("Product 399 −39901/tcp`\n")
    );
}

/// A word that nobody knows may be any product, so that the ports of its row are in doubt for each. The
/// products of a wide row, each with all of these ports, would take their product.
#[test]
fn so_many_products_and_ports_in_doubt_are_all_in_doubt() {
    let with_word = |ports: u16| {
        let odd: Vec<String> = (0..ports).map(|at| (2 * at + 1).to_string()).collect();
        let mut row = record([&odd.join(", "), "tcp", "Other", "", "strange", ""]);
        row.used_by_parts = vec![unknown_word("strange")];
        row
    };
    let doubted = |ports: u16, products: usize| {
        let mut wide = record(["1-65535", "tcp", "Service", "", "", ""]);
        wide.products = (0..products).map(|at| format!("Product {at:04}")).collect();
        let old = finished(vec![with_word(ports)]);
        let new = finished(vec![with_word(ports), wide]);
        let report = report(&old, &new);
        let Body::Records(changes) = report.body else {
            panic!("records");
        };
        let products = changes.exposure.by_product.into_iter();
        let ranges = products.map(|product| {
            let ports = &product.transports[0];
            [&ports.gained, &ports.perhaps_gained].map(|set| set.ranges().len())
        });
        ranges.collect::<Vec<_>>()
    };
    assert_eq!(doubted(100, 50), vec![[100, 100]; 50]);
    let many = doubted(1_000, 1_000);
    assert_eq!(many[..250], vec![[1_000, 1_000]; 250]);
    assert_eq!(many[250..], vec![[0, 1]; 750]);
}

#[test]
fn a_body_is_short_enough_where_products_are_hidden_characters() {
    let hidden = |at: u32| format!("{at}{}", "\u{e0041}".repeat(300));
    let rows = (0..100).map(|at| {
        let (port, product) = ((at * 100 + 1).to_string(), hidden(at));
        record([&port, "tcp", "Service", "", "", &product])
    });
    let mut report = report(&finished(rows.collect()), &[]);
    for side in [&mut report.old, &mut report.new] {
        side.sources = vec![hidden(0).repeat(10)];
    }
    let parts = markdown(&report, "rest.md");
    assert!(parts.body.len() < MAX_COMMENT, "{}", parts.body.len());
    assert!(parts.overflow.unwrap().contains(r"99\u{e0041}"));
}
