//! The options that say how files are read.

use clap::Args;

use super::values::parse_size;

/// How files are read, where it is not detected from the files.
#[derive(Clone, Debug, Default, Args)]
pub struct ReadArgs {
    /// Read the files as this format instead of detecting it; `fonds formats` lists the formats
    #[arg(long, alias = "from", value_name = "FORMAT")]
    pub input_format: Option<String>,
    /// Read text in this encoding, whatever the files declare: windows-1251, iso-8859-2, koi8-r
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Which columns of a table, or which names in JSON, XML or a page, hold which fields: title=Titel,date=Datum
    #[arg(long, alias = "map", value_name = "FIELD=COLUMN")]
    pub input_columns: Vec<String>,
    /// Which list in JSON, XML or a page holds the records: response.docs, 'ul.results li'
    #[arg(long, value_name = "PATH")]
    pub records: Option<String>,
    /// Unpack at most this much of a compressed file or a package, instead of 8 GB: 500M, 20G
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, value_parser = parse_size)]
    pub max_unpacked: Option<u64>,
    /// Read at most this much of one value, such as a cell, instead of 64 MB
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, value_parser = parse_size)]
    pub max_value: Option<u64>,
    /// Let the records of one file take at most this much memory, instead of 4 GB, and those of all files twice as much
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, value_parser = parse_size)]
    pub max_memory: Option<u64>,
}
