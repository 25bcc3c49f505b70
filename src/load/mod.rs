//! Loading: reads files, folders and standard input into a store.
//!
//! Uses `formats` to parse files and `store` to index records. Start reading in `pipeline`, which
//! connects the threads: one reads and parses, all cores build segments, one appends them in order.
//!
//! - `input`: what can be loaded, and what opens by default.
//! - `folders`: replaces folders with the files in them.
//! - `contents`: which files of a folder or package are read.
//! - `bags`: bags (`BagIt`). `named_pictures`: pictures that records name, `note_links`: those that notes do.
//! - `packages`: ZIP and tar files, whose files are read like those of a folder.
//! - `read_file`: reads one file, counting bytes.
//! - `batcher`: collects parsed records into batches.
//! - `page_merger`: joins results pages that repeat records.
//! - `pipeline`: the threads from files to the store.
//! - `progress`: what a caller receives while loading goes on.

mod bag_sink;
mod bags;
mod batcher;
mod contents;
pub(crate) mod folders;
mod input;
mod listings;
mod mappings;
mod named_pictures;
mod note_links;
pub(crate) mod packages;
pub mod page_merger;
pub(crate) mod pipeline;
mod progress;
pub(crate) mod read_file;
mod same_texts;
mod saved_pages;

pub use input::{Input, display_name, identity, inputs_to_open};
pub use pipeline::read_all;
pub use progress::LoadUpdate;
