//! `cargo run --example whatport -p appleports -- 5223`: who uses a port.
#![allow(clippy::print_stdout, reason = "an example")]

use appleports::{Transport, lookup};

fn main() {
    let ports = std::env::args()
        .skip(1)
        .filter_map(|text| text.parse().ok());
    for port in ports {
        for transport in [Transport::Tcp, Transport::Udp] {
            for row in lookup(port, transport) {
                let name = row.name.unwrap_or("-");
                println!(
                    "{port}/{transport} {name}: {} ({})",
                    row.title,
                    row.products.join(", ")
                );
            }
        }
    }
}
