//! Options that were renamed: the old name does the same as the new one, but help, completions and
//! manual pages show only the new one.

use clap::FromArgMatches as _;
use clap_complete::Shell;
use fonds::cli::args::{Arguments, definition, manual_pages, write_completions};

/// A renamed option of a subcommand; the subcommand is empty for the program itself.
struct Renamed {
    subcommand: &'static str,
    old: &'static str,
    new: &'static str,
    /// The value of the option; empty if it has none.
    value: &'static str,
}

const fn renamed(
    subcommand: &'static str,
    old: &'static str,
    new: &'static str,
    value: &'static str,
) -> Renamed {
    Renamed { subcommand, old, new, value }
}

const RENAMED: &[Renamed] = &[
    renamed("", "--apart", "--keep-duplicates", ""),
    renamed("", "--fresh", "--no-restore", ""),
    renamed("", "--from", "--input-format", "csv"),
    renamed("", "--map", "--input-columns", "title=Titel"),
    renamed("list", "--apart", "--keep-duplicates", ""),
    renamed("list", "--from", "--input-format", "csv"),
    renamed("list", "--map", "--input-columns", "title=Titel"),
    renamed("list", "--from-position", "--start-at", "208"),
    renamed("show", "--from-position", "--start-at", "208"),
    renamed("export", "--apart", "--keep-duplicates", ""),
    renamed("export", "--from", "--input-format", "csv"),
    renamed("cite", "--from-position", "--start-at", "208"),
    renamed("count", "--map", "--input-columns", "title=Titel"),
    renamed("check", "--from", "--input-format", "csv"),
    renamed("check", "--map", "--input-columns", "title=Titel"),
    renamed("pick", "--fresh", "--no-restore", ""),
    renamed("pick", "--from", "--input-format", "csv"),
    renamed("convert", "--to", "--format", "jsonl"),
    renamed("convert", "--apart", "--keep-duplicates", ""),
    renamed("convert", "--from", "--input-format", "csv"),
    renamed("convert", "--map", "--input-columns", "title=Titel"),
];

/// Returns the parsed arguments of a command line as text.
fn parse(words: &[&str]) -> String {
    let words = words.iter().filter(|word| !word.is_empty());
    let matches = definition().try_get_matches_from(words).expect("valid arguments");
    format!("{:?}", Arguments::from_arg_matches(&matches).expect("valid arguments"))
}

/// Whether an option is in a text, not only as a part of another word.
fn shows(text: &str, option: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-';
    text.split(|letter| !is_part(letter)).any(|word| word == option)
}

#[test]
fn old_names_do_the_same_as_new_names() {
    for Renamed { subcommand, old, new, value } in RENAMED {
        let with = |option: &str| parse(&["fonds", subcommand, option, value, "page.txt"]);
        assert_eq!(with(old), with(new), "fonds {subcommand} {old}");
        assert_ne!(with(new), parse(&["fonds", subcommand, "page.txt"]), "{subcommand} {new}");
    }
}

#[test]
fn help_shows_only_the_new_names() {
    let mut program = definition();
    program.build();
    for Renamed { subcommand, old, new, .. } in RENAMED {
        let command = match *subcommand {
            "" => &mut program,
            name => program.find_subcommand_mut(name).expect("a subcommand"),
        };
        for help in [command.render_help().to_string(), command.render_long_help().to_string()] {
            assert!(shows(&help, new), "{subcommand} {new}: {help}");
            assert!(!shows(&help, old), "{subcommand} {old}: {help}");
        }
    }
}

#[test]
fn completions_show_only_the_new_names() {
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        let mut script = Vec::new();
        write_completions(shell, &mut script);
        let script = String::from_utf8(script).expect("UTF-8");
        // Fish scripts name the long option `--limit` as `-l limit`.
        let script = script.replace(" -l ", " --");
        for Renamed { old, new, .. } in RENAMED {
            assert!(shows(&script, new), "{shell}: {new}");
            assert!(!shows(&script, old), "{shell}: {old}");
        }
    }
}

#[test]
fn manual_pages_show_only_the_new_names() {
    let pages = manual_pages().expect("pages");
    for Renamed { subcommand, old, new, .. } in RENAMED {
        let file_name = match *subcommand {
            "" => "fonds.1".to_owned(),
            subcommand => format!("fonds-{subcommand}.1"),
        };
        let (_, page) = pages.iter().find(|(name, _)| *name == file_name).expect("a page");
        let page = String::from_utf8_lossy(page).replace("\\-", "-");
        // The roff macros for bold type end in a letter, which the option follows at once.
        let page = page.replace("\\fB", " ").replace("\\fR", " ").replace("\\fI", " ");
        assert!(shows(&page, new), "{file_name}: {new}");
        assert!(!shows(&page, old), "{file_name}: {old}");
    }
}

#[test]
fn format_names_what_is_written_and_never_what_is_read() {
    for command in [&["fonds"][..], &["fonds", "list"]] {
        let arguments = [command, &["--format", "csv", "table.txt"]].concat();
        assert!(fonds::cli::args::definition().try_get_matches_from(arguments).is_err());
    }
    let convert = |option| parse(&["fonds", "convert", option, "csv", "table.txt"]);
    assert_ne!(convert("--format"), convert("--input-format"));
    assert_eq!(convert("--format"), convert("--to"));
}
