//! fonds, a reading room for archives in the terminal.
//!
//! The program reads files that describe archives, keeps their records in memory with an index, and
//! shows them as a list with a detail pane and a filter bar.
//!
//! # The folders
//!
//! | folder | what is in it | may use |
//! |---|---|---|
//! | [`text`] | letters and words: cleaning, widths, folding, word boundaries | |
//! | [`files`] | reading and writing files, cancelling | `text` |
//! | [`record`] | the domain: records, fields, dates, identities, problems | `text` |
//! | [`query`] | the filter language, and the contract with whoever has the records | `text`, `record` |
//! | [`formats`] | file formats: bytes to records, records to bytes, citations | `text`, `record` |
//! | [`store`] | the records in memory, their index, and the search | `text`, `record`, `query` |
//! | [`load`] | files, folders and pipes into a store | `text`, `record`, `files`, `query`, `formats`, `store` |
//! | [`userdata`] | marks, notes, sessions and settings on disk | `text`, `record`, `files`, `query` |
//! | [`tui`] | the screen; `tui/runtime` connects it to the world | `text`, `record`, `query`, `userdata` |
//! | [`cli`] | arguments and one file per subcommand | all |
//!
//! `cli` and `tui/runtime` put the program together and may use all folders. A test checks these rules
//! (`tests/layers.rs`).
//!
//! # Where to read on
//!
//! - `docs/architecture.md` explains the design, with the path of a key press and of a record.
//! - `docs/glossary.md` gives the meaning of every word that the code uses.
//! - [`record`] is the best folder to start with, then [`store`].

pub mod cli;
pub mod files;
pub mod formats;
pub mod load;
pub mod query;
pub mod record;
pub mod store;
pub mod text;
pub mod tui;
pub mod userdata;
