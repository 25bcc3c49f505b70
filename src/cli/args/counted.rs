//! The arguments of the commands that count records: `fonds facets` and `fonds timeline`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::values::parse_count;
use super::{MarksArgs, QueryArgs, ReadArgs};
use crate::query::DateUnit;

/// Which records are counted.
#[derive(Debug, Args)]
pub struct CountedRecordsArgs {
    /// Files and folders to open, - for standard input, or the address of a search engine; without any, what is piped in,
    /// else archive.toml in this folder, else the built-in example
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only records that match this filter: words, 'soong 1945-07', name:stalin, -undated
    #[arg(
        short,
        long,
        value_name = "FILTER",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub filter: String,
    /// Count every copy of a record that is in several files, instead of one
    #[arg(long)]
    pub keep_duplicates: bool,
    /// Whether only marked or noted records are wanted.
    #[command(flatten)]
    pub marks_args: MarksArgs,
    /// How the files are read.
    #[command(flatten)]
    pub read_args: ReadArgs,
}

impl CountedRecordsArgs {
    /// Returns the files and the filter.
    pub(crate) fn query(&self) -> QueryArgs {
        QueryArgs {
            files: self.files.clone(),
            filter: self.filter.clone(),
            keep_duplicates: self.keep_duplicates,
            read_args: self.read_args.clone(),
            ..QueryArgs::default()
        }
    }
}

/// The arguments of `fonds facets`.
#[derive(Debug, Args)]
pub struct FacetsArgs {
    /// Which records.
    #[command(flatten)]
    pub records: CountedRecordsArgs,
    /// The field whose values are counted, as in the filter: name, recipient, box, a field of the
    /// files; may be repeated
    #[arg(long = "field", value_name = "NAME")]
    pub fields: Vec<String>,
    /// Print at most this many values of a field
    #[arg(short = 'n', long, value_name = "COUNT", default_value_t = 10, allow_negative_numbers = true, value_parser = parse_count::<usize>)]
    pub limit: usize,
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `fonds timeline`.
#[derive(Debug, Args)]
pub struct TimelineArgs {
    /// Which records.
    #[command(flatten)]
    pub records: CountedRecordsArgs,
    /// The time that a line stands for
    #[arg(long, value_enum, value_name = "UNIT", default_value = "year")]
    pub by: UnitArg,
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}

/// The time that a line of a timeline stands for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum UnitArg {
    /// A year.
    Year,
    /// A month.
    Month,
    /// Ten years.
    Decade,
}

impl From<UnitArg> for DateUnit {
    fn from(unit: UnitArg) -> DateUnit {
        match unit {
            UnitArg::Year => DateUnit::Year,
            UnitArg::Month => DateUnit::Month,
            UnitArg::Decade => DateUnit::Decade,
        }
    }
}
