//! How things look: a style for each kind of thing, read from TOML.

use ratatui::style::{Color, Modifier, Style};
use serde::{Deserialize, Deserializer, de::Error};

pub use crate::userdata::settings::ThemeName;

/// A style for each kind of thing on the screen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Theme {
    /// The name of the archive.
    #[serde(deserialize_with = "style")]
    pub title: Style,
    /// What part of it the page shows.
    #[serde(deserialize_with = "style")]
    pub extent: Style,
    /// The position of a record.
    #[serde(deserialize_with = "style")]
    pub position: Style,
    /// A date.
    #[serde(deserialize_with = "style")]
    pub date: Style,
    /// What stands in for a missing title.
    #[serde(deserialize_with = "style")]
    pub untitled: Style,
    /// The selected row while the reader is in the list.
    #[serde(deserialize_with = "style")]
    pub selected: Style,
    /// The selected row while the reader is elsewhere.
    #[serde(deserialize_with = "style")]
    pub selected_aside: Style,
    /// Matched letters.
    #[serde(deserialize_with = "style")]
    pub r#match: Style,
    /// The line between list and detail.
    #[serde(deserialize_with = "style")]
    pub rule: Style,
    /// The same while the reader is in the detail, and the border of a popup.
    #[serde(deserialize_with = "style")]
    pub rule_active: Style,
    /// The title in the detail, a heading in a popup.
    #[serde(deserialize_with = "style")]
    pub heading: Style,
    /// The name of a field, a key in the help.
    #[serde(deserialize_with = "style")]
    pub label: Style,
    /// The sign before the filter.
    #[serde(deserialize_with = "style")]
    pub bar: Style,
    /// The line under the bar.
    #[serde(deserialize_with = "style")]
    pub hint: Style,
    /// The same when something was just said.
    #[serde(deserialize_with = "style")]
    pub message: Style,
    /// The status line.
    #[serde(deserialize_with = "style")]
    pub status: Style,
    /// What could not be read.
    #[serde(deserialize_with = "style")]
    pub fault: Style,
}

impl Theme {
    /// A built-in theme.
    ///
    /// # Errors
    /// Never for a released program: a test reads each theme.
    pub fn built_in(name: ThemeName) -> Result<Theme, toml::de::Error> {
        toml::from_str(match name {
            ThemeName::Dark => include_str!("../../assets/themes/dark.toml"),
            ThemeName::Light => include_str!("../../assets/themes/light.toml"),
            ThemeName::Mono => include_str!("../../assets/themes/mono.toml"),
        })
    }
}

/// A style as a theme writes it: colours by name, `#rrggbb` or number, and modifiers by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    fg: Option<String>,
    bg: Option<String>,
    #[serde(default)]
    add: Vec<String>,
}

fn style<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Style, D::Error> {
    let written = Written::deserialize(deserializer)?;
    let color = |name: Option<String>| -> Result<Option<Color>, D::Error> {
        let parse = |name: String| {
            name.parse().map_err(|_| D::Error::custom(format!("{name:?} is no colour")))
        };
        name.map(parse).transpose()
    };
    let mut style = Style { fg: color(written.fg)?, bg: color(written.bg)?, ..Style::default() };
    for name in written.add {
        let modifier = Modifier::from_name(&name.to_uppercase()).ok_or_else(|| {
            D::Error::custom(format!("{name:?} is no modifier: expected bold, dim ..."))
        })?;
        style = style.add_modifier(modifier);
    }
    Ok(style)
}
