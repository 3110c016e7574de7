//! `cargo bench -p appleports`: one lookup, over all ports in turn.

use std::hint::black_box;

use appleports::{Transport, lookup, named};

fn main() {
    divan::main();
}

/// The mean of 65,536 lookups: divide by that.
#[divan::bench(args = [Transport::Tcp, Transport::Udp])]
fn lookup_all_ports(transport: Transport) -> usize {
    let found = |port| lookup(black_box(port), transport).len();
    (0..=u16::MAX).map(found).sum()
}

#[divan::bench]
fn find_by_name() -> usize {
    named(black_box("imaps")).count()
}
