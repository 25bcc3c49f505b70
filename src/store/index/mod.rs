//! The index of a segment: finds records by word, and sorts them, without reading their texts.
//!
//! Start reading in `term_dictionary`, the sorted words of a segment with their [`postings`].
//! `index_builder` builds it. `prefix_table` and `bigrams` are parts of it. [`date_column`] and
//! [`sort_column`] have one entry per record. `snapshot_dictionary` has the words of all segments,
//! for searches that must look at every word. `varint` encodes numbers.

mod bigrams;
pub mod date_column;
pub(crate) mod index_builder;
pub mod postings;
mod prefix_table;
pub(crate) mod snapshot_dictionary;
pub mod sort_column;
pub mod term_dictionary;
pub(crate) mod varint;
