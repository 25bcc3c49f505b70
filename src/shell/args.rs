//! The command line: what can be said to the program, and its help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

/// A reading room for archives in the terminal: page through records, filter them by name or date
/// while typing.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_precedence_over_arg = true,
    after_help = "\
Examples:
  fonds                             open archive.toml here, or the ten records that are built in
  fonds page-1.txt page-2.txt       open results pages that were saved as text
  pbpaste | fonds                   open what was copied in the browser
  fonds --filter 'soong 1945-07'    begin with a filter
  fonds | head                      without a terminal the list is printed
  fonds ./list                      a file that is called like a command

In the program, ? shows all keys."
)]
pub struct Arguments {
    /// What to do instead of opening the screen.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to open, and how to ask it.
    #[command(flatten)]
    pub selection: Selection,
    /// How the screen is.
    #[command(flatten)]
    pub screen: ScreenOptions,
}

/// What to open, and what to ask of it.
#[derive(Debug, Args)]
pub struct Selection {
    /// Files to open, - for standard input; without any, what is piped in, else archive.toml here,
    /// else the archive that is built in
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only records that fit this filter: words, 'soong 1945-07', name:stalin, -undated
    #[arg(
        short,
        long,
        value_name = "FILTER",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub filter: String,
    /// The order of the records
    #[arg(short, long, value_enum, value_name = "ORDER")]
    pub order: Option<OrderName>,
    /// Turn the order round
    #[arg(short, long)]
    pub reverse: bool,
    /// Read the files as this format instead of finding it out: results-page, toml
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
}

/// How the screen is.
#[derive(Debug, Args)]
pub struct ScreenOptions {
    /// Colours for a dark or a light terminal, or none; else none where `NO_COLOR` is set
    #[arg(long, value_enum, value_name = "THEME")]
    pub theme: Option<ThemeChoice>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// The most records on a page
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u16).range(1..))]
    pub page_size: Option<u16>,
    /// Keep marks and notes in this file instead of one for each archive in the data folder
    #[arg(long, value_name = "FILE")]
    pub marks: Option<PathBuf>,
    /// Begin anew: without the filter, order and place of the last time
    #[arg(long)]
    pub fresh: bool,
    /// Begin at the record with this id
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub select: Option<String>,
    /// Break down once the screen is open, to see that the terminal survives it
    #[arg(long, hide = true)]
    pub force_panic: bool,
}

/// What to do instead of opening the screen.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the records that fit a filter, one a line: position, date, title
    #[command(after_help = "\
Examples:
  fonds list --filter 'soong 1945-07' --order date
  fonds list page-*.txt --filter '-undated' | cut -f 3

Exit code: 0 where records were found, 1 where none fits, 2 where a file could not be read.")]
    List(Selection),
    /// Choose records on the screen and print them, for other programs
    #[command(after_help = "\
Enter takes the marked records, or the selected one; q takes none.

Examples:
  fonds pick archive.toml | cut -f 3
  title=$(fonds pick --filter soong | cut -f 3)

Exit code: 0 where records were taken, 130 where none was.")]
    Pick {
        /// What to open, and how to ask it
        #[command(flatten)]
        selection: Selection,
        /// How the screen is
        #[command(flatten)]
        screen: ScreenOptions,
    },
    /// Write what was read as an archive.toml
    #[command(after_help = "\
Examples:
  fonds convert page.txt -o archive.toml
  fonds convert archive.toml page-2.txt -o archive.toml     a collection grows page by page
  pbpaste | fonds convert - > archive.toml")]
    Convert(Conversion),
    /// Show how dates are understood: one date a line in, tab-separated columns out
    #[command(after_help = "\
Columns: the text, its earliest and its latest day (empty where open or unknown), EDTF, the short form.

Examples:
  echo 'circa 1970s' | fonds dates
  cut -f 2 dates.tsv | fonds dates | awk -F '\\t' '$4 == \"\"'     undated, or not understood")]
    Dates {
        /// Read strict EDTF only (Library of Congress, levels 0 to 2)
        #[arg(long)]
        edtf: bool,
    },
}

/// What to convert.
#[derive(Debug, Args)]
pub struct Conversion {
    /// Files to read, - for standard input; without any, standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where to write; without it, or with -, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the output where it exists
    #[arg(long)]
    pub force: bool,
    /// Read the files as this format instead of finding it out: results-page, toml
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
}

/// The order of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderName {
    /// The best first
    Relevance,
    /// The earliest first, undated last
    Date,
    /// By title
    Title,
    /// As the archive lists them
    Archive,
}

/// The colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ThemeChoice {
    /// For a dark terminal
    Dark,
    /// For a light terminal
    Light,
    /// Without colours
    Mono,
}

/// Reads the arguments of the process; help, version and mistakes end it as clap does: exit code 0
/// or 2.
pub fn parse() -> Arguments {
    Arguments::parse()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }
}
