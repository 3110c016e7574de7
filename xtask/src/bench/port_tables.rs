//! Made tables in the form of `ports.csv`, for [`super::limited`].

use std::fmt::Write;

/// The heading, and nothing else of it.
fn heading() -> String {
    let table = include_str!("../../../output/ports.csv");
    table.split_inclusive('\n').take(1).collect()
}

/// One record with every second port, from the first.
pub(super) fn rows_of_one_record(count: usize, first: usize) -> String {
    let mut out = heading();
    for at in 0..count {
        let port = 2 * at + first;
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "a,{port},{port},tcp,s,t,,,false,,,,match,,apple/en-us/2026-10-11,2,,"
        );
    }
    out
}

/// Records with a port and a product each; those of another side, by its number, have others.
pub(super) fn rows_of_products(count: usize, side: usize) -> String {
    let mut out = heading();
    for at in 0..count {
        let (port, product) = (at + 1, at + side * count);
        let _ = writeln!(
            out,
            "a{at},{port},{port},tcp,,,,,false,{product},{product},,match,,apple/en-us/2026-10-11,2,,"
        );
    }
    out
}

/// A record with every second port, of users that nobody knows; on the second side also one with all
/// ports, and with as many products.
pub(super) fn rows_in_doubt(count: usize, side: usize) -> String {
    let row = |id: &str, ports: &str, users: &str, products: &str| {
        format!(
            "{id},{ports},tcp,s,{id},,,false,{users},{products},,match,,apple/en-us/2026-10-11,2,,\n"
        )
    };
    let mut out = heading();
    for at in 0..count {
        let port = 2 * at + 1;
        out.push_str(&row("a", &format!("{port},{port}"), "strange", ""));
    }
    if side > 0 {
        let products: Vec<String> = (0..count).map(|at| format!("p{at}")).collect();
        out.push_str(&row("b", "1,65535", "", &products.join("; ")));
    }
    out
}
