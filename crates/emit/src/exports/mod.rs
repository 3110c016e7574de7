//! Formats for `export` alone that open nothing: one file each, one line in [`EXPORTS`].

mod iana_csv;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
mod wireshark;

use crate::formats::Format;

/// Further formats that `export` knows besides those of the output folder.
pub static EXPORTS: &[Format] = &[
    Format {
        name: "wireshark",
        file: "appleports.services",
        write: |dataset| text(wireshark::write(dataset)),
    },
    #[cfg(feature = "parquet")]
    Format {
        name: "parquet",
        file: "ports.parquet",
        write: parquet::write,
    },
    Format {
        name: "iana-csv",
        file: "service-names-port-numbers.csv",
        write: iana_csv::write,
    },
    Format {
        name: "markdown",
        file: "appleports.md",
        write: |dataset| text(markdown::write(dataset)),
    },
];

fn text(text: String) -> (Vec<u8>, Option<u64>) {
    (text.into_bytes(), None)
}
