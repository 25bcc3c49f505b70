//! What the reader set once and for all: a small file in the configuration folder.

use std::fs;
use std::io;
use std::path::PathBuf;

use etcetera::BaseStrategy;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::files;
use crate::formats::cite::Style;
use crate::record::Problem;

/// The keys there are.
const KEYS: &str = "style, theme, mouse, links, page_size";

/// The colours of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// For dark terminals.
    #[default]
    Dark,
    /// For light terminals.
    Light,
    /// Without colours.
    Mono,
}

/// When web addresses on the screen are written as links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HyperlinkMode {
    /// Where the terminal is known to support them.
    #[default]
    Auto,
    /// In any terminal.
    Always,
    /// Never.
    Never,
}

/// What was set; nothing where the program is to decide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The style of citations.
    pub style: Option<Style>,
    /// The colours.
    pub theme: Option<ThemeName>,
    /// Whether the program takes the mouse.
    pub mouse: Option<bool>,
    /// Whether addresses are links.
    pub links: Option<HyperlinkMode>,
    /// The most records on a page.
    pub page_size: Option<u16>,
}

impl Settings {
    /// Reads the file (`fonds/config.toml`, XDG, also on macOS); without one nothing is set. What
    /// cannot be understood is passed over and told.
    pub fn read() -> (Settings, Vec<Problem>) {
        let Some(file) = file() else { return Default::default() };
        let name = files::name(&file);
        match fs::read_to_string(&file) {
            Ok(text) => Settings::parse(&name, &text),
            Err(error) if is_missing(&error) => Default::default(),
            Err(error) => {
                let why = format!("the settings cannot be read, and are passed over: {error}");
                (Settings::default(), vec![Problem::note(&name, None, why)])
            }
        }
    }

    /// Reads the text of a file of this name, key by key: a bad one spoils no other.
    pub fn parse(name: &str, text: &str) -> (Settings, Vec<Problem>) {
        let mut settings = Settings::default();
        let mut problems = Vec::new();
        match DeTable::parse(text) {
            Ok(table) => {
                for (key, value) in table.get_ref() {
                    if let Err(why) = settings.set(key.get_ref(), value) {
                        let line = line_of(text, key.span().start);
                        problems.push(Problem::note(name, Some(line), why));
                    }
                }
            }
            Err(error) => {
                let line = error.span().map(|span| line_of(text, span.start));
                let why = format!("the settings are passed over: {}", error.message());
                problems.push(Problem::note(name, line, why));
            }
        }
        (settings, problems)
    }

    /// Takes a key, or says why it is passed over.
    fn set(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
        let value = value.get_ref();
        match key {
            "style" => {
                let style = value.as_str().and_then(Style::from_name);
                let known = || Style::all().map(Style::name).collect::<Vec<_>>().join(", ");
                let expected = || format!("style is passed over: it is one of {}", known());
                self.style = Some(style.ok_or_else(expected)?);
            }
            "theme" => {
                self.theme = Some(match value.as_str() {
                    Some("dark") => ThemeName::Dark,
                    Some("light") => ThemeName::Light,
                    Some("mono") => ThemeName::Mono,
                    _ => return Err("theme is passed over: it is dark, light or mono".to_owned()),
                });
            }
            "mouse" => {
                let expected = || "mouse is passed over: it is true or false".to_owned();
                self.mouse = Some(value.as_bool().ok_or_else(expected)?);
            }
            "links" => {
                self.links = Some(match value.as_str() {
                    Some("auto") => HyperlinkMode::Auto,
                    Some("always") => HyperlinkMode::Always,
                    Some("never") => HyperlinkMode::Never,
                    _ => {
                        return Err("links is passed over: it is auto, always or never".to_owned());
                    }
                });
            }
            "page_size" => {
                let rows = value.as_integer().and_then(|rows| rows.as_str().parse().ok());
                let expected = || "page_size is passed over: it is a number from 1 on".to_owned();
                self.page_size = Some(rows.filter(|rows| *rows > 0).ok_or_else(expected)?);
            }
            _ => return Err(format!("there is no setting {key:?}: there are {KEYS}")),
        }
        Ok(())
    }
}

/// The file, where there is a home folder.
fn file() -> Option<PathBuf> {
    let home = etcetera::choose_base_strategy().ok()?;
    Some(home.config_dir().join("fonds").join("config.toml"))
}

/// Whether there is no such file.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The line that a byte stands in, counted from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}
