//! The values that arguments can have.

use clap::ValueEnum;

use crate::query::OrderBy;
use crate::userdata::settings::{HyperlinkMode, ThemeName};

/// What records are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OrderArg {
    /// Best matches first
    Relevance,
    /// Earliest date first, undated records last
    Date,
    /// Title, from A to Z
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
    /// If the terminal is known to support links
    Auto,
    /// In every terminal
    Always,
    /// Never
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
