//! index.

mod bigrams;
pub mod date_column;
pub(crate) mod index_builder;
pub mod postings;
mod prefix_table;
pub(crate) mod snapshot_dictionary;
pub mod sort_column;
pub mod term_dictionary;
pub(crate) mod varint;
