//! The arguments of `fonds convert`.

use std::path::PathBuf;

use clap::Args;

use super::{ArchiveArgs, OutputArgs, ReadArgs};

/// The arguments of `fonds convert`.
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// Files and folders to read, - for standard input; without any, standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where to write.
    #[command(flatten)]
    pub output: OutputArgs,
    /// The format to write: toml, jsonl or csv; without it, the one that the name of the output
    /// file implies, else toml
    #[arg(long, alias = "to", value_name = "FORMAT")]
    pub format: Option<String>,
    /// Keep every copy of a record that is in several files, instead of one
    #[arg(long, alias = "apart")]
    pub keep_duplicates: bool,
    /// The archive.
    #[command(flatten)]
    pub archive_args: ArchiveArgs,
    /// How the files are read.
    #[command(flatten)]
    pub read_args: ReadArgs,
}
