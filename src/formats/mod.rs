//! The formats that records are read from and written in. Nothing here opens a file.
//!
//! - `read/` has the parsers: bytes to records.
//! - `write/` has the writers: records to an export format.
//! - `cite/` has the citation styles. They use `write/`; no other folder uses them.
//! - `document/` knows what documents are by their titles: letters, minutes, photographs.
//!
//! This folder uses `text` and `record`, and nothing else of the program.
//!
//! # Adding a format
//!
//! To read a format, add a file to `read/` with two functions: `looks_like`, which recognises the
//! start of such a file, and `read`, which sends records and problems to a [`Sink`](read::Sink).
//! Then add a variant to [`read::Format`] and a row to the table in `read/table.rs`. The row has
//! the name, the description and the usual endings of file names. Detection and the command line
//! use nothing else.
//!
//! To write a format, add a file to `write/`, a variant to [`write::Format`] and a row to its
//! table.
//!
//! Start with `read/mod.rs` and a short parser such as `read/dublin_core.rs`.

mod cell_values;
pub mod cite;
mod document;
mod entities;
pub(crate) mod field_names;
mod html_records;
mod marked_notes;
pub mod read;
mod rich_text;
mod roles;
mod shelf_location;
pub mod write;
