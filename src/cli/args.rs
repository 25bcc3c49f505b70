//! The command line: what can be said to the program, and its help.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::query::OrderBy;
use crate::userdata::settings::{HyperlinkMode, ThemeName};

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
  fonds finding-aids/               open all that is known in a folder
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
    /// Files and folders to open, - for standard input; without any, what is piped in, else archive.toml here,
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
    #[arg(long, value_enum, value_name = "ORDER")]
    pub order: Option<OrderArg>,
    /// Turn the order round
    #[arg(short, long)]
    pub reverse: bool,
    /// Take a record that stands in several files as often as it does, not once
    #[arg(long)]
    pub apart: bool,
    /// How to read them.
    #[command(flatten)]
    pub reading: Reading,
}

/// How files are to be read, where it is not to be found out.
#[derive(Debug, Default, Args)]
pub struct Reading {
    /// Read the files as this format instead of finding it out; `fonds formats` lists them
    #[arg(id = "from", long = "from", value_name = "FORMAT")]
    pub format: Option<String>,
    /// Read text in this encoding whatever the files say: windows-1251, iso-8859-2, koi8-r
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Which columns of a table are which fields: title=Titel,date=Datum
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    pub columns: Vec<String>,
}

/// What to open, what to ask of it, and which part of the answer to take.
#[derive(Debug, Args)]
pub struct Extract {
    /// What to open, and what to ask of it.
    #[command(flatten)]
    pub selection: Selection,
    /// Begin with the record that has this position in its archive
    #[arg(long, value_name = "POSITION")]
    pub from_position: Option<u64>,
    /// Take no more than so many records
    #[arg(short = 'n', long, value_name = "COUNT")]
    pub limit: Option<usize>,
    /// What the reader did with the records.
    #[command(flatten)]
    pub marking: Marking,
}

/// What the reader did with the records, on the screen.
#[derive(Debug, Default, Args)]
pub struct Marking {
    /// Only records that you marked on the screen, like is:marked in the filter
    #[arg(long)]
    pub marked: bool,
    /// Only records that you wrote a note on, like is:noted in the filter
    #[arg(long)]
    pub noted: bool,
    /// Where marks and notes are kept, if not in the data folder
    #[arg(long, value_name = "FILE")]
    pub marks: Option<PathBuf>,
}

/// Where to write.
#[derive(Debug, Args)]
pub struct Target {
    /// Where to write; without it, or with -, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the output where it exists
    #[arg(long)]
    pub force: bool,
}

/// How the screen is.
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Args)]
pub struct ScreenOptions {
    /// Colours for a dark or a light terminal, or none; else none where `NO_COLOR` is set
    #[arg(long, value_enum, value_name = "THEME")]
    pub theme: Option<ThemeArg>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// Make addresses links; else where the terminal is known to know them
    #[arg(long, value_enum, value_name = "WHEN")]
    pub links: Option<HyperlinksArg>,
    /// The most records on a page
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u16).range(1..))]
    pub page_size: Option<u16>,
    /// Keep marks and notes in this file instead of one for each archive in the data folder
    #[arg(long, value_name = "FILE")]
    pub marks: Option<PathBuf>,
    /// Copy citations in this style: chicago-note, mla, apa ...; `fonds cite --help` lists them
    #[arg(long, value_name = "STYLE")]
    pub style: Option<String>,
    /// Begin anew: without the filter, order and place of the last time
    #[arg(long)]
    pub fresh: bool,
    /// Read a file again when it changes on disk (R in the program does so at once)
    #[arg(long)]
    pub watch: bool,
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
  fonds list --filter soong --json | jq length

Exit code: 0 where records were found, 1 where none fits, 2 where a file could not be read.")]
    List {
        /// Which records.
        #[command(flatten)]
        extract: Extract,
        /// Print a JSON list of whole records
        #[arg(long)]
        json: bool,
    },
    /// Print the records that fit a filter in full
    #[command(after_help = "\
Examples:
  fonds show --filter 'harriman soong' | less
  fonds show --from-position 208 --limit 1
  fonds show --filter soong --json | jq '.[].summary'

Exit code: 0 where records were found, 1 where none fits, 2 where a file could not be read.")]
    Show {
        /// Which records.
        #[command(flatten)]
        extract: Extract,
        /// Print a JSON list of whole records
        #[arg(long)]
        json: bool,
    },
    /// Write the records that fit a filter in another format: RIS for Zotero, BibLaTeX, CSV ...
    #[command(after_help = "\
Examples:
  fonds export --format ris --filter 'soong 1945-07' -o soong.ris
  fonds export --filter 1949 -o 1949.csv          the name says the format
  fonds export --marked --format ris              what you marked on the screen
  fonds export --format biblatex | bibtool -s

Your notes go along, as the field \"my note\", where marks or notes are asked for: by --marked, --noted,
or is: and note: in the filter.

The formats are listed by: fonds formats
Exit code: 0 where records were found, 1 where none fits and no file is written, 2 where something
could not be read or written.")]
    Export {
        /// Which records.
        #[command(flatten)]
        extract: Extract,
        /// The format to write; without it, what the name of the output says
        #[arg(long, value_name = "FORMAT")]
        format: Option<String>,
        /// Where to write.
        #[command(flatten)]
        target: Target,
    },
    /// Print citations of the records that fit a filter
    #[command(after_help = "\
Examples:
  fonds cite --filter 'harriman soong'
  fonds cite --from-position 208 --limit 1 --style mla
  fonds cite --filter 1949 --style chicago-bibliography --order title

Styles: archive, chicago-note, chicago-bibliography, mla, apa, ris, biblatex, csl-json.
Exit code: 0 where records were found, 1 where none fits, 2 where a file could not be read.")]
    Cite {
        /// Which records.
        #[command(flatten)]
        extract: Extract,
        /// The style; without it the one in the settings, else chicago-note
        #[arg(long, value_name = "STYLE")]
        style: Option<String>,
    },
    /// Count the records that fit a filter
    #[command(after_help = "\
Examples:
  fonds count page-*.txt
  fonds count --filter 'soong 1945' --json

Exit code: 0 where records were found, 1 where none fits, 2 where a file could not be read.")]
    Count {
        /// Which records.
        #[command(flatten)]
        extract: Extract,
        /// Print an object: how many fit, how many there are, how many undated are left out
        #[arg(long)]
        json: bool,
    },
    /// Say what is wrong with files, and what is doubtful: a line a problem
    #[command(after_help = "\
Examples:
  fonds check page-*.txt
  fonds check archive.toml && echo sound

Exit code: 0 where there is nothing to say, 1 where there is, 2 where the output failed.")]
    Check {
        /// Files and folders to read, - for standard input; without any, standard input
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// How to read them.
        #[command(flatten)]
        reading: Reading,
    },
    /// Choose records on the screen and print them, for other programs
    #[command(after_help = "\
Enter takes the marked records, or the selected one; q takes none. --format names what is written,
--from what is read.

Examples:
  fonds pick archive.toml | cut -f 3
  fonds pick --format ris > set.ris
  title=$(fonds pick --filter soong | cut -f 3)

Exit code: 0 where records were taken, 130 where none was.")]
    Pick {
        /// What to open, and how to ask it
        #[command(flatten)]
        selection: Selection,
        /// The format to print: ris, biblatex, csv ...; without it, position, date and title
        #[arg(long, value_name = "FORMAT")]
        format: Option<String>,
        /// How the screen is
        #[command(flatten)]
        screen: ScreenOptions,
    },
    /// Write what was read as one file: TOML, JSON Lines or CSV
    #[command(after_help = "\
Examples:
  fonds convert page.txt -o archive.toml
  fonds convert archive.toml page-2.txt -o archive.toml     a collection grows page by page
  fonds convert archive.toml --to jsonl | jq .title
  fonds convert finding-aids/ -o all.jsonl
  pbpaste | fonds convert - > archive.toml")]
    Convert(Conversion),
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
    /// Print the completions of a shell
    #[command(after_help = "\
Examples:
  fonds completions bash > ~/.local/share/bash-completion/completions/fonds
  fonds completions zsh > ~/.zfunc/_fonds
  fonds completions fish > ~/.config/fish/completions/fonds.fish")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write one for each command
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

/// What to convert.
#[derive(Debug, Args)]
pub struct Conversion {
    /// Files and folders to read, - for standard input; without any, standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where to write.
    #[command(flatten)]
    pub target: Target,
    /// The format to write: toml, jsonl or csv; without it, what the name of the output says, else toml
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<String>,
    /// Write a record that stands in several files as often as it does, not once
    #[arg(long)]
    pub apart: bool,
    /// How to read them.
    #[command(flatten)]
    pub reading: Reading,
}

/// The order of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OrderArg {
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
pub enum ThemeArg {
    /// For a dark terminal
    Dark,
    /// For a light terminal
    Light,
    /// Without colours
    Mono,
}

/// Whether addresses are links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HyperlinksArg {
    /// Where the terminal is known to know them
    Auto,
    /// Whatever the terminal
    Always,
    /// Not at all
    Never,
}

impl From<OrderArg> for OrderBy {
    fn from(order: OrderArg) -> OrderBy {
        match order {
            OrderArg::Relevance => OrderBy::Relevance,
            OrderArg::Date => OrderBy::Date,
            OrderArg::Title => OrderBy::Title,
            OrderArg::Archive => OrderBy::Archive,
        }
    }
}

impl From<ThemeArg> for ThemeName {
    fn from(theme: ThemeArg) -> ThemeName {
        match theme {
            ThemeArg::Dark => ThemeName::Dark,
            ThemeArg::Light => ThemeName::Light,
            ThemeArg::Mono => ThemeName::Mono,
        }
    }
}

impl From<HyperlinksArg> for HyperlinkMode {
    fn from(links: HyperlinksArg) -> HyperlinkMode {
        match links {
            HyperlinksArg::Auto => HyperlinkMode::Auto,
            HyperlinksArg::Always => HyperlinkMode::Always,
            HyperlinksArg::Never => HyperlinkMode::Never,
        }
    }
}

/// Reads the arguments of the process; help, version and mistakes end it as clap does: exit code 0
/// or 2.
pub fn parse() -> Arguments {
    let matches = definition().get_matches();
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// The command line as a whole, which help, completions and manual pages are made from. Where nothing
/// else is called so, `--from` may be given as `--format`.
pub fn definition() -> clap::Command {
    let also = |command: clap::Command| command.mut_arg("from", |from| from.alias("format"));
    also(Arguments::command()).mut_subcommand("list", also).mut_subcommand("convert", also)
}

/// Writes the completions of a shell.
pub fn write_completions(shell: Shell, out: &mut dyn Write) {
    clap_complete::generate(shell, &mut definition(), "fonds", &mut &mut *out);
}

/// The manual pages, each with the name of its file: the program's first, then one a subcommand.
///
/// # Errors
/// A page could not be made.
pub fn manual() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut whole = definition();
    whole.build();
    let below = whole.get_subcommands().filter(|command| command.get_name() != "help").cloned();
    let below = below.map(|command| {
        let name = format!("fonds-{}", command.get_name());
        (format!("{name}.1"), command.display_name(&name).bin_name(name.replace('-', " ")))
    });
    let pages = std::iter::once(("fonds.1".to_owned(), whole.clone())).chain(below);
    pages
        .map(|(name, command)| {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            Ok((name, page))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        definition().debug_assert();
    }
}
