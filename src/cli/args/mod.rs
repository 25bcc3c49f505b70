//! The command line: its commands and options, their help, and the completions and manual pages.
//!
//! Options that were renamed keep their old names as aliases, which help, completions and manual
//! pages do not show.

mod convert;
mod counted;
mod generated;
mod mapping;
mod marks;
mod parse;
mod paste;
mod read;
mod values;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::load::Input;
use crate::query::OrderBy;
use crate::userdata::theme_name::ThemeName;

pub use convert::ConvertArgs;
pub use counted::{FacetsArgs, TimelineArgs, UnitArg};
pub use generated::{manual_pages, write_completions};
pub use mapping::{MappingCommand, MappingSaveArgs};
pub use marks::MarksCommandArgs;
pub use parse::parse;
pub use paste::PasteArgs;
pub use read::ReadArgs;
pub use values::HyperlinksArg;
use values::{archive_address_parser, marks_file_parser, refuse_format};

/// A reading room for archives in the terminal: page through records, filter them by name or date
/// while typing.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_precedence_over_arg = true,
    after_help = "\
Examples:
  fonds                             open archive.toml in this folder, or the built-in example
  fonds page-1.txt page-2.txt       open results pages that were saved as text
  fonds finding-aids/               open every file in a folder whose format is known
  pbpaste | fonds                   open what was copied in the browser
  fonds --filter 'soong 1945-07'    start with a filter
  fonds | head                      print the list, because the output is not a terminal
  fonds ./list                      open a file that has the name of a command

The screen shows its keys in the last line."
)]
pub struct Arguments {
    /// The subcommand; without one, the screen opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The files to open, and the filter and order to start with.
    #[command(flatten)]
    pub query: QueryArgs,
    /// The options of the screen.
    #[command(flatten)]
    pub screen: ScreenArgs,
}

/// Which files are opened, and which of their records are wanted in which order.
#[derive(Debug, Default, Args)]
pub struct QueryArgs {
    /// Files and folders to open, - for standard input, or the address of a search engine; without any, what is piped in,
    /// else archive.toml in this folder, else the built-in example
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The copied text. It is opened instead of files.
    #[arg(skip)]
    pub pasted: Option<Input>,
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
    /// Sort the records by this
    #[arg(long, value_name = "ORDER", value_parser = values::order_parser())]
    pub order: Option<OrderBy>,
    /// Reverse the order
    #[arg(short, long)]
    pub reverse: bool,
    /// Keep every copy of a record that is in several files, instead of one
    #[arg(long, alias = "apart")]
    pub keep_duplicates: bool,
    /// Which archive the records are from.
    #[command(flatten)]
    pub archive_args: ArchiveArgs,
    /// How the files are read.
    #[command(flatten)]
    pub read_args: ReadArgs,
}

/// A format, where none is written: it is refused with the command that writes formats.
#[derive(Debug, Args)]
pub struct RefusedFormat {
    /// The format that was named.
    #[arg(long, hide = true, value_name = "FORMAT", value_parser = refuse_format)]
    format: Option<String>,
}

/// Which archive the records are from, where the files do not say it.
#[derive(Clone, Debug, Default, Args)]
pub struct ArchiveArgs {
    /// The name of the archive that all these files are from, for citations and exports; a record keeps
    /// the repository that it names itself
    #[arg(long, value_name = "TITLE")]
    pub archive_title: Option<String>,
    /// The web address of that archive, for citations and toml
    #[arg(long, value_name = "ADDRESS", value_parser = archive_address_parser())]
    pub archive_url: Option<String>,
}

/// Which records a command works on.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// The files, and the filter and order of their records.
    #[command(flatten)]
    pub query: QueryArgs,
    /// Start with the record that has this position in its archive
    #[arg(long, alias = "from-position", value_name = "POSITION", allow_negative_numbers = true, value_parser = values::parse_count::<u64>)]
    pub start_at: Option<u64>,
    /// Take at most this many records
    #[arg(short = 'n', long, value_name = "COUNT", allow_negative_numbers = true, value_parser = values::parse_count::<usize>)]
    pub limit: Option<usize>,
    /// Whether only marked or noted records are wanted.
    #[command(flatten)]
    pub marks_args: MarksArgs,
}

/// Whether only records with the user's marks or notes are wanted.
#[derive(Debug, Default, Args)]
pub struct MarksArgs {
    /// Only records that you marked on the screen, like is:marked in the filter
    #[arg(long)]
    pub marked: bool,
    /// Only records that you wrote a note on, like is:noted in the filter
    #[arg(long)]
    pub noted: bool,
    /// Read marks and notes from this file instead of the data folder
    #[arg(long, value_name = "FILE", value_parser = marks_file_parser())]
    pub marks: Option<PathBuf>,
}

/// Where a command writes.
#[derive(Debug, Args)]
pub struct OutputArgs {
    /// The file to write; without it, or with -, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long)]
    pub force: bool,
}

/// The options of the screen.
#[allow(clippy::struct_excessive_bools, reason = "each is an independent switch")]
#[derive(Clone, Debug, Args)]
pub struct ScreenArgs {
    /// Colours for a dark or a light terminal, or none; without it, none if `NO_COLOR` is set
    #[arg(long, value_name = "THEME", value_parser = values::theme_parser())]
    pub theme: Option<ThemeName>,
    /// Leave the mouse to the terminal, to select text with it
    #[arg(long)]
    pub no_mouse: bool,
    /// Make addresses links that the terminal can open
    #[arg(long, value_enum, value_name = "WHEN")]
    pub links: Option<HyperlinksArg>,
    /// Show at most this many records on a page
    #[arg(long, value_name = "ROWS", allow_negative_numbers = true, value_parser = values::parse_rows)]
    pub page_size: Option<u16>,
    /// The columns of the list: position, date, title, or the names of fields
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Keep marks and notes in this file instead of one for each archive in the data folder
    #[arg(long, value_name = "FILE", value_parser = marks_file_parser())]
    pub marks: Option<PathBuf>,
    /// Copy citations in this style: chicago-note, mla, apa ...; `fonds cite --help` lists them
    #[arg(long, value_name = "STYLE")]
    pub style: Option<String>,
    /// Start without the filter, order and selected record of the last session
    #[arg(long, alias = "fresh")]
    pub no_restore: bool,
    /// Reload a file when it changes on disk (R on the screen reloads at once)
    #[arg(long)]
    pub watch: bool,
    /// Select the record with this id
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub select: Option<String>,
    /// Panic once the screen is open, on the main thread or on another one (`worker`), for tests
    #[arg(long, hide = true, num_args = 0..=1, require_equals = true, default_missing_value = "main")]
    pub force_panic: Option<String>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the records that match a filter, one per line: position, date, title, or other columns
    #[command(after_help = "\
Examples:
  fonds list --filter 'soong 1945-07' --order date
  fonds list page-*.txt --filter '-undated' | cut -f 3
  fonds list --columns date,people,title letters.csv
  fonds list --filter soong --json | jq length

Exit code: 0 if records were found, 1 if none matches, 2 if a file could not be read.")]
    List {
        /// Which records.
        #[command(flatten)]
        records: RecordArgs,
        /// An option of `fonds export` alone.
        #[command(flatten)]
        refused: RefusedFormat,
        /// Print these columns: position, date, title, or the names of fields
        #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with = "json")]
        columns: Vec<String>,
        /// Print a JSON list of records with all their fields
        #[arg(long)]
        json: bool,
    },
    /// Print all fields of the records that match a filter
    #[command(after_help = "\
Examples:
  fonds show --filter 'harriman soong' | less
  fonds show --start-at 208 --limit 1
  fonds show --filter soong --json | jq '.[].summary'

Exit code: 0 if records were found, 1 if none matches, 2 if a file could not be read.")]
    Show {
        /// Which records.
        #[command(flatten)]
        records: RecordArgs,
        /// An option of `fonds export` alone.
        #[command(flatten)]
        refused: RefusedFormat,
        /// Print a JSON list of records with all their fields
        #[arg(long)]
        json: bool,
        /// Print technical fields too, such as numbers in authority files
        #[arg(long)]
        all_fields: bool,
    },
    /// Write the records that match a filter in another format: RIS for Zotero, BibLaTeX, CSV ...
    #[command(after_help = "\
Examples:
  fonds export --format ris --filter 'soong 1945-07' -o soong.ris
  fonds export --filter 1949 -o 1949.csv          the format follows from the file name
  fonds export --marked --format ris              the records that you marked on the screen
  fonds export --format biblatex | bibtool -s

Your notes are written too, as the field \"my note\", if you ask for marks or notes: with --marked,
--noted, or is: and note: in the filter.

To list the formats: fonds formats
Exit code: 0 if records were found, 1 if none matches (no file is written then), 2 if something
could not be read or written.")]
    Export {
        /// Which records.
        #[command(flatten)]
        records: RecordArgs,
        /// The format to write; without it, the one that the name of the output file implies
        #[arg(long, value_name = "FORMAT")]
        format: Option<String>,
        /// Where to write.
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Print citations of the records that match a filter
    #[command(after_help = "\
Examples:
  fonds cite --filter 'harriman soong'
  fonds cite --start-at 208 --limit 1 --style mla
  fonds cite --filter 1949 --style chicago-bibliography --order title

Styles: archive, chicago-note, chicago-bibliography, mla, apa, ris, biblatex, csl-json.
Exit code: 0 if records were found, 1 if none matches, 2 if a file could not be read.")]
    Cite {
        /// Which records.
        #[command(flatten)]
        records: RecordArgs,
        /// The citation style; without it, the one in the settings, else chicago-note
        #[arg(long, value_name = "STYLE")]
        style: Option<String>,
    },
    /// Count the records that match a filter
    #[command(after_help = "\
Examples:
  fonds count page-*.txt
  fonds count --filter 'soong 1945' --json

Exit code: 0 if records were found, 1 if none matches, 2 if a file could not be read.")]
    Count {
        /// Which records.
        #[command(flatten)]
        records: RecordArgs,
        /// An option of `fonds export` alone.
        #[command(flatten)]
        refused: RefusedFormat,
        /// Print a JSON object: the records that match, all records, and undated records left out
        #[arg(long)]
        json: bool,
    },
    /// Count the records of each person, place, subject or any other field, with the years they span
    #[command(after_help = "\
Without --field: people, places, subjects, collections, series, repositories and languages, where
there are any. Columns, where the output is not a terminal: field, value, records, first year, last
year.

Examples:
  fonds facets letters.csv
  fonds facets letters.csv --field recipient --filter 1945 --limit 20
  fonds facets harvest.xml --field from               the files
  fonds facets letters.csv --field name --json | jq '.facets[0].values[0]'

Exit code: 0 if records were found, 1 if none matches, 2 if a file could not be read.")]
    Facets(FacetsArgs),
    /// Count the records of each year, month or decade
    #[command(after_help = "\
A record whose date may be in several years counts in equal parts in each. Records without a date,
and those whose date has no beginning or no end, are counted apart, at the end.

Examples:
  fonds timeline letters.csv
  fonds timeline letters.csv --by month --filter 'date:1945'
  fonds timeline letters.csv | sort -t \"$(printf '\\t')\" -k 2 -n | tail -3

Exit code: 0 if records were found, 1 if none matches, 2 if a file could not be read.")]
    Timeline(TimelineArgs),
    /// Print the errors and warnings about files by kind, the dates to look at, and a summary
    #[command(after_help = "\
Examples:
  fonds check page-*.txt
  fonds check archive.toml && echo 'no problems'
  fonds check --all harvest.xml | grep 'is not understood'

Exit code: 0 if there are no problems, 1 if there are some, 2 if a file is missing.")]
    Check {
        /// Files and folders to read, - for standard input; without any, standard input
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Print every problem on a line of its own, with its file and line
        #[arg(long)]
        all: bool,
        /// Print what the columns of tables, and the names in JSON and XML, were taken for
        #[arg(long)]
        mapping: bool,
        /// How the files are read.
        #[command(flatten)]
        read_args: ReadArgs,
    },
    /// Choose records on the screen and print them, for other programs
    #[command(after_help = "\
The last line of the screen shows the keys: they select records, for this pick only, take the selected
ones, or else the one under the cursor, or take none. A pick begins without a filter of an earlier
session and with nothing selected, and keeps neither marks nor session; is:marked finds what is marked
on the screen of fonds.
--format names the format to write, --input-format the format of the files.

Examples:
  fonds pick archive.toml | cut -f 3
  fonds pick --format ris > set.ris
  title=$(fonds pick --filter soong | cut -f 3)

Exit code: 0 if records were taken, 1 if there were none to take, 130 if the user quit.")]
    Pick {
        /// The files to open, and the filter and order to start with
        #[command(flatten)]
        query: QueryArgs,
        /// The format to write: ris, biblatex, csv ...; without it, position, date and title
        #[arg(long, value_name = "FORMAT")]
        format: Option<String>,
        /// The options of the screen
        #[command(flatten)]
        screen: ScreenArgs,
    },
    /// Convert files into one archive file: TOML, JSON Lines or CSV
    #[command(after_help = "\
Examples:
  fonds convert page.txt -o archive.toml
  fonds convert archive.toml page-2.txt -o archive.toml     add a page to a collection
  fonds convert archive.toml --format jsonl | jq .title
  fonds convert --input-columns title=Titel,date=Datum table.csv -o archive.toml
  fonds convert finding-aids/ -o all.jsonl
  pbpaste | fonds convert - > archive.toml

Exit code: 0 if all files were read, 2 if a file has errors or the output could not be written.")]
    Convert(ConvertArgs),
    /// Open what was copied in the browser, or add it to an archive file
    #[command(after_help = "\
Copy the list in the browser (select all, copy), then run this. The clipboard's HTML is read before its
text, so links and tables stay. Over SSH there is no clipboard: save the page and open that.

Examples:
  fonds paste                              open the page that was copied
  fonds paste --add archive.toml           add it to an archive file, page after page
  fonds paste | cut -f 3

Exit code: 0 if records were found, 1 if there are none, 2 if the clipboard could not be read.")]
    Paste(PasteArgs),
    /// Save which names of a file hold which fields, for files with the same names
    Mapping {
        /// What to do.
        #[command(subcommand)]
        command: MappingCommand,
    },
    /// List the saved marks and notes, and find those that belong to no record
    #[command(after_help = "\
Columns: number, state, mark, date, title, note, archive or file. The state is \"here\" for a record of
the files, \"unclaimed\" if no record is proven to be the one that was marked, \"elsewhere\" if its file
is not open.

Examples:
  fonds marks                                  all marks and notes
  fonds marks page-1.txt --unclaimed           those about page-1.txt that belong to no record of it
  fonds marks page-1.txt --attach 3=:210       move entry 3 to the record with position 210

Exit code: 0 if there are any, 1 if there are none, 2 if a file could not be read.")]
    Marks(MarksCommandArgs),
    /// List the formats that can be read and written
    #[command(after_help = "\
Examples:
  fonds formats
  fonds formats --json | jq -r '.[] | select(.writes) | .name'")]
    Formats {
        /// Print a JSON list
        #[arg(long)]
        json: bool,
    },
    /// Show how dates are understood: reads one date per line, prints tab-separated columns
    #[command(after_help = "\
Columns: the text, its earliest and its latest day (empty if open or unknown), EDTF, the short form,
and for a doubtful date what is doubtful.

Examples:
  echo 'circa 1970s' | fonds dates
  cut -f 2 dates.tsv | fonds dates | awk -F '\\t' '$4 == \"\"'     undated, or not understood")]
    Dates {
        /// Read strict EDTF only (Library of Congress, levels 0 to 2)
        #[arg(long)]
        edtf: bool,
    },
    /// Print the completion script for a shell
    #[command(after_help = "\
Examples:
  fonds completions bash > ~/.local/share/bash-completion/completions/fonds
  fonds completions zsh > ~/.zfunc/_fonds
  fonds completions fish > ~/.config/fish/completions/fonds.fish")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write a page for each command
    #[command(after_help = "\
Examples:
  fonds man | man -l -
  fonds man -o ~/.local/share/man/man1")]
    Man {
        /// The folder to write into: fonds.1, fonds-list.1 ...
        #[arg(short, long, value_name = "FOLDER")]
        output: Option<PathBuf>,
    },
}

/// Returns the definition of the command line, from which help, completions and manual pages are
/// generated.
pub fn definition() -> clap::Command {
    Arguments::command()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definition_is_valid() {
        definition().debug_assert();
    }
}
