//! The arguments of `fonds mapping`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What `fonds mapping` does.
#[derive(Debug, Subcommand)]
pub enum MappingCommand {
    /// Save which list holds the records and which names hold which fields
    #[command(after_help = "\
The mapping is written beside the file, as FILE without its ending and with .mapping.toml, or with
--user for files in any folder. Files whose records have the same names then open with it. `fonds
check --mapping FILE` shows the names in a file and what they were taken for.

Examples:
  fonds mapping save letters.json --records brieven --input-columns title=kop,date=wanneer
  fonds mapping save table.csv --input-columns title=Onderwerp --user
  fonds letters.json

Exit code: 0 if the mapping was saved, 2 if not.")]
    Save(MappingSaveArgs),
}

/// The arguments of `fonds mapping save`.
#[derive(Debug, Args)]
pub struct MappingSaveArgs {
    /// A file with the names, - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which columns of a table, or which names in JSON or XML, hold which fields: title=Titel,date=Datum
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub input_columns: Vec<String>,
    /// Which list in JSON or XML holds the records: response.docs
    #[arg(long, value_name = "PATH")]
    pub records: Option<String>,
    /// Save it with the settings, for files in any folder, instead of beside the file
    #[arg(long)]
    pub user: bool,
    /// Replace a mapping of the same name
    #[arg(long)]
    pub force: bool,
}
