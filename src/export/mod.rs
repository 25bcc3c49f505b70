//! Records out to any writer, one file a format. Nothing here opens a file.

pub mod toml;
