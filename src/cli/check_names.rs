//! The table of `fonds check --mapping`: what the names in a file were taken for, with an example each.

use std::borrow::Cow;

use crate::formats::read::{MappedName, NameMapping};
use crate::text::width::{display_width, truncate};

/// The widest name that is shown whole, in columns.
const MAX_NAME_WIDTH: usize = 40;

/// The widest example, in columns.
const MAX_EXAMPLE_WIDTH: usize = 60;

/// The text in place of a field, for a name that no field has.
const OWN_FIELD: &str = "its own name";

/// Returns the lines about a file.
pub(super) fn lines(mapping: &NameMapping) -> Vec<String> {
    let place = match mapping.records.as_str() {
        "" => String::new(),
        path => format!(", records under “{path}”"),
    };
    let mut lines = vec![format!("{}{place}:", mapping.file)];
    let width = |text: &str| display_width(text).min(MAX_NAME_WIDTH);
    let names = mapping.names.iter().map(|name| width(&name.name)).max().unwrap_or(0);
    let fields = mapping.names.iter().map(|name| width(&field(name))).max().unwrap_or(0);
    for name in &mapping.names {
        let example = name.example.replace(['\n', '\t'], " ");
        let line = format!(
            "  {}  {}  {}",
            padded(&name.name, names),
            padded(&field(name), fields),
            truncate(&example, MAX_EXAMPLE_WIDTH)
        );
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Returns what a name was taken for.
fn field(name: &MappedName) -> Cow<'static, str> {
    match (name.field, name.taken) {
        (Some(field), _) => Cow::Borrowed(field),
        (None, Some(taken)) => Cow::Owned(format!("{OWN_FIELD} ({taken} is taken)")),
        (None, None) => Cow::Borrowed(OWN_FIELD),
    }
}

/// Returns a text cut or filled with spaces to a width.
fn padded(text: &str, width: usize) -> String {
    let text = truncate(text, width);
    let spaces = width.saturating_sub(display_width(&text));
    format!("{text}{}", " ".repeat(spaces))
}
