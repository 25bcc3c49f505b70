//! The arguments of `fonds paste`, and the inputs of a command.

use std::path::PathBuf;

use clap::Args;

use super::{ArchiveArgs, QueryArgs, ReadArgs, ScreenArgs};
use crate::load::{self, Input};

/// The arguments of `fonds paste`.
#[derive(Debug, Args)]
pub struct PasteArgs {
    /// Add the records to this archive file (TOML) instead of opening them; it may be new
    #[arg(long, value_name = "FILE")]
    pub add: Option<PathBuf>,
    /// How what was copied is read.
    #[command(flatten)]
    pub read_args: ReadArgs,
    /// Which archive it is from.
    #[command(flatten)]
    pub archive_args: ArchiveArgs,
    /// The options of the screen.
    #[command(flatten)]
    pub screen: ScreenArgs,
}

impl QueryArgs {
    /// Returns the inputs to open.
    pub(crate) fn inputs(&self) -> Vec<Input> {
        self.pasted.clone().map_or_else(|| load::inputs_to_open(&self.files), |pasted| vec![pasted])
    }
}
