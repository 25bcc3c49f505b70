//! fonds, a reading room for archives in the terminal.
//!
//! An in-memory record store feeds a paginated list, a detail pane and a filter bar. The code is
//! cut into rooms, and what flows between them flows one way:
//!
//! ```text
//! record <- store <- query <- app <- ui <- shell <- main
//! import -> record        export -> record        shell -> import, export
//! ```
//!
//! - [`record`] is the domain: what a record is and what its date means.
//! - [`store`] keeps records in memory, in append-only segments with a word index.
//! - [`query`] is what the reader asks: the filter language, the search, the highlights.
//! - [`import`] turns bytes into records and problems; [`export`] turns records into bytes.
//! - [`app`] is state and update, without a terminal; [`ui`] draws it; [`shell`] is the outside.
//!
//! `tests/layers.rs` holds the rooms to this. `docs/design.md` says why.

pub mod app;
pub mod export;
pub mod import;
pub mod query;
pub mod record;
pub mod shell;
pub mod store;
pub mod ui;
