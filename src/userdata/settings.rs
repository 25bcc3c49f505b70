//! The settings: a small TOML file in the user's configuration folder.

use std::fs;
use std::io;
use std::path::PathBuf;

use etcetera::BaseStrategy;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::theme_name::ThemeName;
use crate::files;
use crate::record::Problem;

/// The known keys, as messages list them.
const KNOWN_KEYS: &str = "style, theme, mouse, links, page_size, columns";

/// When web addresses on the screen are hyperlinks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HyperlinkMode {
    /// In terminals that are known to support hyperlinks.
    #[default]
    Auto,
    /// In any terminal.
    Always,
    /// Never.
    Never,
}

/// The user's settings. `None` means that the file does not set it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The name of the citation style.
    pub style: Option<String>,
    /// The theme.
    pub theme: Option<ThemeName>,
    /// Whether the program responds to the mouse.
    pub mouse: Option<bool>,
    /// When web addresses are hyperlinks.
    pub links: Option<HyperlinkMode>,
    /// The maximum number of records on a page.
    pub page_size: Option<u16>,
    /// The names of the columns of the list.
    pub columns: Option<Vec<String>>,
}

impl Settings {
    /// Loads the settings from `fonds/config.toml` in the configuration folder (XDG, also on
    /// macOS).
    ///
    /// Without a file, nothing is set. Unknown keys and bad values are ignored with a warning. `styles` are the names
    /// of the citation styles.
    pub fn load(styles: &[&str]) -> (Settings, Vec<Problem>) {
        let Some(path) = settings_path() else { return Default::default() };
        let name = files::display_name(&path);
        match fs::read_to_string(&path) {
            Ok(text) => Settings::parse(&name, &text, styles),
            Err(error) if is_missing(&error) => Default::default(),
            Err(error) => {
                let message = format!("the settings cannot be read and are ignored: {error}");
                (Settings::default(), vec![Problem::warning(&name, None, message)])
            }
        }
    }

    /// Parses the text of a settings file. A bad key gives a warning and does not affect the
    /// others. `styles` are the names of the citation styles.
    pub fn parse(name: &str, text: &str, styles: &[&str]) -> (Settings, Vec<Problem>) {
        let mut settings = Settings::default();
        let mut problems = Vec::new();
        match DeTable::parse(text) {
            Ok(table) => {
                for (key, value) in table.get_ref() {
                    if let Err(message) = settings.set_key(key.get_ref(), value, styles) {
                        let line = line_number_at(text, key.span().start);
                        problems.push(Problem::warning(name, Some(line), message));
                    }
                }
            }
            Err(error) => {
                let line = error.span().map(|span| line_number_at(text, span.start));
                let message = format!("the settings are ignored: {}", error.message());
                problems.push(Problem::warning(name, line, message));
            }
        }
        (settings, problems)
    }

    /// Sets one key.
    ///
    /// # Errors
    /// The key is unknown or its value does not fit; the message says what is expected.
    fn set_key(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        styles: &[&str],
    ) -> Result<(), String> {
        let value = value.get_ref();
        match key {
            "style" => {
                let style = value.as_str().filter(|style| styles.contains(style));
                let message =
                    || format!("style is ignored: it must be one of {}", styles.join(", "));
                self.style = Some(style.ok_or_else(message)?.to_owned());
            }
            "theme" => {
                let names = || ThemeName::all().map(ThemeName::name).collect::<Vec<_>>().join(", ");
                let message = || format!("theme is ignored: it must be one of {}", names());
                let theme = value.as_str().and_then(ThemeName::from_name);
                self.theme = Some(theme.ok_or_else(message)?);
            }
            "mouse" => {
                let message = || "mouse is ignored: it must be true or false".to_owned();
                self.mouse = Some(value.as_bool().ok_or_else(message)?);
            }
            "links" => {
                self.links = Some(match value.as_str() {
                    Some("auto") => HyperlinkMode::Auto,
                    Some("always") => HyperlinkMode::Always,
                    Some("never") => HyperlinkMode::Never,
                    _ => {
                        return Err("links is ignored: it must be auto, always or never".to_owned());
                    }
                });
            }
            "page_size" => {
                let size = value.as_integer().and_then(|number| number.as_str().parse().ok());
                let message = || "page_size is ignored: it must be a number from 1 on".to_owned();
                self.page_size = Some(size.filter(|size| *size > 0).ok_or_else(message)?);
            }
            "columns" => {
                let names = value.as_array().map(|names| {
                    names.iter().map(|name| name.get_ref().as_str().map(str::to_owned)).collect()
                });
                let message = || "columns is ignored: it must be a list of names".to_owned();
                self.columns = Some(names.flatten().ok_or_else(message)?);
            }
            _ => return Err(format!("there is no setting {key:?}: the settings are {KNOWN_KEYS}")),
        }
        Ok(())
    }
}

/// Returns the path of the settings file, or `None` without a home folder.
fn settings_path() -> Option<PathBuf> {
    let home = etcetera::choose_base_strategy().ok()?;
    Some(home.config_dir().join("fonds").join("config.toml"))
}

/// Whether the error means that the file does not exist.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Returns the number of the line that contains the byte at `offset`, counted from 1.
fn line_number_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}
