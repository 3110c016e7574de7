//! Rows of the article that could not be read, and what they say nevertheless.

use serde::{Deserialize, Serialize};

use crate::port::PortRange;
use crate::record::Record;
use crate::transport::{Transport, each_once};

/// A row that was rejected. It is no record; it is kept so that a comparison can tell a row
/// that was not read from one that is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnreadRow {
    /// The id of the capture.
    pub source: String,
    /// The 1-based line of the row.
    pub line: u32,
    /// The 1-based column in characters, where the line is a long one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Why it was rejected; a finding has the same text.
    pub reason: String,
    /// The row as captured; empty where its text cannot be told from that of other rows.
    pub cells: Vec<String>,
    /// The ports that the row probably has: `1640` for `164O`, all that it can be for `16?0`;
    /// empty where nobody can tell.
    pub ports: Vec<PortRange>,
    /// The transports, each once, where they could be read.
    #[serde(deserialize_with = "each_once")]
    pub transports: Vec<Transport>,
    /// The service name, where its cell is known.
    pub service_name: String,
    /// The title, where its cell is known.
    pub title: String,
    /// The "used by" text, where its cell is known.
    pub used_by: String,
    /// The canonical products, where the "used by" cell is known.
    pub products: Vec<String>,
}

/// How many ports and ranges rows give to their products, each of them to each, and for each of their
/// transports; once where there is no product or transport. What is told of a row grows with them. Rows
/// that could not be read count as well.
pub fn claims(records: &[Record], unread: &[UnreadRow]) -> usize {
    let read = records
        .iter()
        .map(|row| (&row.ports, &row.products, &row.transports));
    let unread = unread
        .iter()
        .map(|row| (&row.ports, &row.products, &row.transports));
    read.chain(unread)
        .map(|(ports, products, transports)| {
            ports.len() * products.len().max(1) * transports.len().max(1)
        })
        .sum()
}
