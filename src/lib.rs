//! fonds, a reading room for archives in the terminal.
//!
//! The program opens what archives give away: finding aids, catalogues, spreadsheets, reference lists, saved web pages. It
//! keeps their records in memory with an index, and shows them as a list with a detail and a filter. The library is all
//! of the program but its first line; it has the same folders.
//!
//! ```
//! use fonds::formats::read::ReadOptions;
//! use fonds::load::{self, Input};
//! use fonds::query::{Backend, RowStream, SearchRequest, parse};
//! use fonds::store::StoreBackend;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Open a file. Whatever is wrong with it is a problem with its place, and what can be read is read.
//! let inputs = [Input::Path("archive.toml".into())];
//! let (store, problems) = load::read_all(&inputs, &ReadOptions::default());
//! assert!(problems.is_empty());
//!
//! // Ask for the records that match a filter, the best match first.
//! let backend = StoreBackend::new(store);
//! let query = parse("harriman soong 1945", &backend.summary().own_field_names);
//! let rows = RowStream::new(&backend, SearchRequest::for_rows(query))?;
//! let titles: Vec<String> = rows.map(|row| row.record.list_heading().into_owned()).collect();
//! for title in &titles {
//!     println!("{title}");
//! }
//! assert_eq!(titles.len(), 2);
//! assert!(titles[0].starts_with("Cable, Summary of Averell Harriman Meeting"));
//! # Ok(())
//! # }
//! ```
//!
//! # Five shapes
//!
//! Nearly everything is one of these.
//!
//! 1. **A backend** has the records and answers: [`query::Backend`]. The screen and the commands send it a
//!    [`SearchRequest`](query::SearchRequest), know it by its [`Summary`](query::Summary), and hold record handles that mean
//!    nothing to them. The records in memory are one backend, [`store::StoreBackend`].
//! 2. **A collector** counts over the records that match, a segment at a time and in parallel: facets and timelines, in
//!    `store/collect`. It is asked by an [`AggregateRequest`](query::AggregateRequest), so that rows never wait for counts.
//! 3. **A component** is a pane or an overlay with a state and a view of its own: [`tui::component::Component`]. It gets a
//!    command and returns [`Request`](tui::component::Request)s; [`App`](tui::app::App) fulfils them.
//! 4. **A registry** is a table with a row for each variant of an enum, which does not compile without it: formats
//!    ([`formats::read::Format`], [`formats::write::Format`]), orders, citation styles, modes, overlays.
//! 5. **The user's data** is apart from loading and from the screen: marks, notes, names, sessions and settings, in
//!    [`userdata`].
//!
//! # The way of a record
//!
//! ```text
//! bytes → format (formats/read) → batches (load) → segments, built in parallel (store) → snapshot → backend → rows
//! ```
//!
//! A format pushes a [`Record`](record::Record) for each item, with its values as they stand in the file and its date as a span of
//! days. What is wrong with it is a [`Problem`](record::Problem) that goes the same way; the record stays.
//!
//! # The way of a key
//!
//! ```text
//! bytes of the terminal → key → command, by mode → component → requests → effect → worker → action → draw
//! ```
//!
//! [`App::update`](tui::app::App::update) is a function of state and action: it opens no file, reads no clock and waits for
//! nothing. What grows with the number of records is an [`Effect`](tui::effect::Effect), which a thread of
//! [`tui::runtime`] executes; its result is an [`Action`](tui::action::Action) again.
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
//! | [`engine`] | the search engine of an archive as a backend | `text`, `record`, `files`, `query` |
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
//! - `docs/architecture.md` explains the design, with the way of a key press and of a record file by file.
//! - `docs/glossary.md` gives the meaning of every word that the code uses.
//! - `CONTRIBUTING.md` says which files a new format, column, pane, key or backend touches.
//! - [`record`] is the best folder to start with, then [`query`] and [`store`].

pub mod cli;
pub mod engine;
pub mod files;
pub mod formats;
pub mod load;
pub mod query;
pub mod record;
pub mod store;
pub mod text;
pub mod tui;
pub mod userdata;
