//! The names of the built-in themes: those of the files in `assets/themes/`.

/// Each theme: the name of its file, what it is for, and its text.
const THEMES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/themes.rs"));

/// The name of a built-in theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThemeName(&'static str);

impl ThemeName {
    /// For dark terminals.
    pub const DARK: ThemeName = ThemeName("dark");
    /// Without colours.
    pub const MONO: ThemeName = ThemeName("mono");

    /// Returns the names of all themes.
    pub fn all() -> impl Iterator<Item = ThemeName> {
        THEMES.iter().map(|(name, ..)| ThemeName(name))
    }

    /// Returns the theme that is called so.
    pub fn from_name(name: &str) -> Option<ThemeName> {
        ThemeName::all().find(|theme| theme.0 == name)
    }

    /// Returns the name.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// Returns what the theme is for.
    pub fn description(self) -> &'static str {
        self.row().map_or("", |(_, description, _)| description)
    }

    /// Returns the text of its file.
    pub fn toml(self) -> &'static str {
        self.row().map_or("", |(.., text)| text)
    }

    fn row(self) -> Option<&'static (&'static str, &'static str, &'static str)> {
        THEMES.iter().find(|(name, ..)| *name == self.0)
    }
}

impl Default for ThemeName {
    fn default() -> ThemeName {
        ThemeName::DARK
    }
}
