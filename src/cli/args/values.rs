//! The values that arguments can have.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use clap::builder::{
    PathBufValueParser, PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser,
};

use crate::files;
use crate::query::OrderBy;
use crate::record::ArchiveName;
use crate::userdata::settings::HyperlinkMode;
use crate::userdata::theme_name::ThemeName;

/// Whether addresses are links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HyperlinksArg {
    /// If the terminal is known to support links
    Auto,
    /// In every terminal
    Always,
    /// Never
    Never,
}

/// Parses the name of an order.
pub(super) fn order_parser() -> impl TypedValueParser<Value = OrderBy> {
    let values = OrderBy::ALL.iter();
    let values = values.map(|order| PossibleValue::new(order.name()).help(order.description()));
    PossibleValuesParser::new(values).map(|name| OrderBy::from_name(&name).unwrap_or_default())
}

/// Parses the name of a theme.
pub(super) fn theme_parser() -> impl TypedValueParser<Value = ThemeName> {
    let values =
        ThemeName::all().map(|theme| PossibleValue::new(theme.name()).help(theme.description()));
    PossibleValuesParser::new(values).map(|name| ThemeName::from_name(&name).unwrap_or_default())
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

/// Parses the name of a marks file. Marks cannot be kept in standard input.
pub(super) fn marks_file_parser() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|file| match file {
        _ if files::is_standard(&file) => Err("marks are kept in a file: name one, such as ./-"),
        _ => Ok(file),
    })
}

/// Parses the web address of an archive.
pub(super) fn archive_address_parser() -> impl TypedValueParser<Value = String> {
    StringValueParser::new().try_map(|address| ArchiveName::parse_address(&address))
}

/// Refuses a format where none is written.
///
/// # Errors
/// Always: the command that writes formats.
pub(super) fn refuse_format(format: &str) -> Result<String, String> {
    Err(format!("fonds export writes files in other formats: fonds export FILE --format {format}"))
}

/// Parses a number of things: `20`.
///
/// # Errors
/// The text is no whole number, or a larger one than `N` holds; a sentence for the user.
pub(super) fn parse_count<N: FromStr>(text: &str) -> Result<N, String> {
    text.trim().parse().map_err(|_| "give a whole number such as 20".to_owned())
}

/// Parses a number of rows.
///
/// # Errors
/// The text is no whole number above 0; a sentence for the user.
pub(super) fn parse_rows(text: &str) -> Result<u16, String> {
    let rows = parse_count(text).ok().filter(|rows| *rows > 0);
    rows.ok_or_else(|| format!("give a whole number from 1 to {}", u16::MAX))
}

/// Parses a size: `20G`, `500 MB`, `1000000`.
///
/// # Errors
/// The text is no size; a sentence for the user.
pub(super) fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let factor: u64 = match unit.trim().to_uppercase().trim_end_matches("IB").trim_end_matches('B')
    {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        "T" => 1 << 40,
        _ => 0,
    };
    let size = number.parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    size.filter(|size| *size > 0)
        .ok_or_else(|| "give a size such as 500M, 20G or 1000000".to_owned())
}
