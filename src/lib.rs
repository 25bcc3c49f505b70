//! fonds, a reading room for archives in the terminal.

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
