//! Themes: a style for each part of the screen, parsed from TOML.

use ratatui::style::{Color, Modifier, Style};
use serde::{Deserialize, Deserializer, de::Error};

pub use crate::userdata::theme_name::ThemeName;

/// A style for each part of the screen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Theme {
    /// The name of the archive.
    #[serde(deserialize_with = "deserialize_style")]
    pub title: Style,
    /// Which records the page shows.
    #[serde(deserialize_with = "deserialize_style")]
    pub page_range: Style,
    /// The position of a record in its archive.
    #[serde(deserialize_with = "deserialize_style")]
    pub position: Style,
    /// A date.
    #[serde(deserialize_with = "deserialize_style")]
    pub date: Style,
    /// A heading that replaces a missing title.
    #[serde(deserialize_with = "deserialize_style")]
    pub untitled: Style,
    /// The selected row while the list has the focus.
    #[serde(deserialize_with = "deserialize_style")]
    pub selected: Style,
    /// The selected row while the detail has the focus.
    #[serde(deserialize_with = "deserialize_style")]
    pub selected_inactive: Style,
    /// Letters that matched.
    #[serde(deserialize_with = "deserialize_style")]
    pub highlight: Style,
    /// The rule between list and detail.
    #[serde(deserialize_with = "deserialize_style")]
    pub rule: Style,
    /// The rule while the detail has the focus, and the border of an overlay.
    #[serde(deserialize_with = "deserialize_style")]
    pub rule_active: Style,
    /// The title in the detail, and a heading in a popup.
    #[serde(deserialize_with = "deserialize_style")]
    pub heading: Style,
    /// The name of a field, and a key in the help.
    #[serde(deserialize_with = "deserialize_style")]
    pub label: Style,
    /// The sign before the filter or a prompt, and before the current hit.
    #[serde(deserialize_with = "deserialize_style")]
    pub prompt: Style,
    /// Key help in the message line, and the text of an empty list.
    #[serde(deserialize_with = "deserialize_style")]
    pub help: Style,
    /// A message in the message line.
    #[serde(deserialize_with = "deserialize_style")]
    pub message: Style,
    /// The status line.
    #[serde(deserialize_with = "deserialize_style")]
    pub status: Style,
    /// The status line while there are errors.
    #[serde(deserialize_with = "deserialize_style")]
    pub error: Style,
}

impl Theme {
    /// Returns a built-in theme.
    ///
    /// # Errors
    /// Never in a released program: a test parses each theme.
    pub fn built_in(name: ThemeName) -> Result<Theme, toml::de::Error> {
        toml::from_str(name.toml())
    }
}

/// A style in a theme file: colours by name, `#rrggbb` or number, and modifiers by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StyleToml {
    fg: Option<String>,
    bg: Option<String>,
    #[serde(default)]
    add: Vec<String>,
}

/// Deserializes a style.
fn deserialize_style<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Style, D::Error> {
    let parsed = StyleToml::deserialize(deserializer)?;
    let color = |name: Option<String>| -> Result<Option<Color>, D::Error> {
        let parse = |name: String| {
            name.parse().map_err(|_| D::Error::custom(format!("{name:?} is not a colour")))
        };
        name.map(parse).transpose()
    };
    let mut style = Style { fg: color(parsed.fg)?, bg: color(parsed.bg)?, ..Style::default() };
    for name in parsed.add {
        let modifier = Modifier::from_name(&name.to_uppercase()).ok_or_else(|| {
            D::Error::custom(format!("{name:?} is not a modifier: expected bold, dim ..."))
        })?;
        style = style.add_modifier(modifier);
    }
    Ok(style)
}
