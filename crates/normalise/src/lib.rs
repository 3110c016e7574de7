//! Raw table to records.
