//! The arguments of `fonds marks`.

use std::path::PathBuf;

use clap::Args;

use super::ReadArgs;
use super::values::marks_file_parser;

/// The arguments of `fonds marks`.
#[derive(Debug, Args)]
pub struct MarksCommandArgs {
    /// Files and folders whose records the entries may belong to; without any, what fonds opens
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only entries that belong to no record
    #[arg(long)]
    pub unclaimed: bool,
    /// Print a JSON list
    #[arg(long)]
    pub json: bool,
    /// The marks file, if it is not in the data folder
    #[arg(long, value_name = "FILE", value_parser = marks_file_parser())]
    pub marks: Option<PathBuf>,
    /// Attach the entry with this number to the record with this id, or with a position after a colon
    #[arg(long, value_name = "NUMBER=RECORD")]
    pub attach: Option<String>,
    /// How the files are read.
    #[command(flatten)]
    pub read_args: ReadArgs,
}
