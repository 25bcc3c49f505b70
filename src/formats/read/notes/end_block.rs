//! The block of fields at the end of a note that Joplin exports (RAW): `id:`, `created_time:`, …, `type_: 1`.

use crate::formats::read::json::{Object, Value};
use crate::record::OwnName;

/// The fields that describe the document; the others are about the note.
const DESCRIBING: [&str; 2] = ["author", "source_url"];

/// The number of the kind of a file that is a note; others are notebooks, tags and attachments.
const NOTE_KIND: &str = "1";

/// A note whose fields stand at its end.
pub(super) struct EndBlock<'t> {
    /// The first line.
    title: &'t str,
    /// The text between the title and the fields.
    pub(super) body: &'t str,
    /// Names and values, without those that are empty or zero.
    pairs: Vec<(&'t str, &'t str)>,
}

impl<'t> EndBlock<'t> {
    /// Splits a text; `None` if there is no such block.
    pub(super) fn split(text: &'t str) -> Option<EndBlock<'t>> {
        let text = text.trim_end();
        // A file that ties a tag to a note has neither a title nor a text.
        let start = text.rfind("\n\n").or_else(|| text.rfind("\r\n\r\n")).unwrap_or(0);
        let (above, block) = text.split_at_checked(start)?;
        let pairs: Option<Vec<(&str, &str)>> = block
            .trim()
            .lines()
            .map(|line| {
                let (name, value) = line.split_once(':')?;
                let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
                is_name.then(|| (name, value.trim()))
            })
            .collect();
        let pairs = pairs?;
        let (first, last) = (pairs.first()?, pairs.last()?);
        let is_id = first.0 == "id"
            && first.1.len() == 32
            && first.1.bytes().all(|it| it.is_ascii_hexdigit());
        if !is_id || last.0 != "type_" {
            return None;
        }
        let (title, body) = above.split_once('\n').unwrap_or((above, ""));
        let has_value = |(_, value): &(&str, &str)| !value.trim_matches(['0', '.']).is_empty();
        let pairs = pairs.into_iter().filter(has_value).collect();
        Some(EndBlock { title: title.trim(), body: body.trim(), pairs })
    }

    /// Whether the file is a note.
    pub(super) fn is_note(&self) -> bool {
        self.pairs.last().is_some_and(|(_, kind)| *kind == NOTE_KIND)
    }

    /// Returns the fields that describe the document, and the title.
    pub(super) fn fields(&self) -> Object {
        let mut fields = Object::default();
        fields.insert("title".into(), Value::from(self.title));
        for (name, value) in self.pairs.iter().filter(|(name, _)| DESCRIBING.contains(name)) {
            fields.insert((*name).into(), Value::from(*value));
        }
        fields
    }

    /// Returns what is about the note itself.
    pub(super) fn own(&self) -> Vec<(OwnName, String)> {
        let others = self.pairs.iter().filter(|(name, _)| !DESCRIBING.contains(name));
        others.map(|(name, value)| ((*name).into(), (*value).to_owned())).collect()
    }
}
