//! What the attributes of an element say: which of them are content, and where it is kept.
//!
//! Content is what tells more of the thing itself: its part in the matter, its number in a list of
//! authorities and which list that is, the language and script it is written in, another form of its
//! name, an address. It is kept behind the text, under the names of element and attribute:
//! `persname.role` is `Soong, T. V.: author`. Markup is what tells how the file is made or shown:
//! identifiers of elements and links between them, the rules and codes by which a text is written,
//! how it is set and who is to see it. It is not kept.

use super::{Element, KINDS, push_own};
use crate::record::Record;

/// The longest text that is repeated before what is said of it; a longer one is known by its place.
const LONGEST: usize = 200;

/// Whether an attribute of this name is content, wherever it stands.
pub(super) fn is_content(name: &str) -> bool {
    matches!(
        name,
        "role"
            | "relator"
            | "authfilenumber"
            | "identifier"
            | "authority"
            | "authorityURI"
            | "valueURI"
            | "source"
            | "normal"
            | "lang"
            | "script"
            | "transliteration"
            | "href"
            | "url"
    )
}

/// Keeps what the attributes of an element say of its text, under this name of the element.
pub(crate) fn say(element: Element<'_>, name: &str, text: &str, record: &mut Record) {
    say_these(element, name, text, record, is_content);
}

/// Keeps that too, and of which kind the element is.
pub(crate) fn say_kind(element: Element<'_>, name: &str, text: &str, record: &mut Record) {
    say_these(element, name, text, record, |key| is_content(key) || KINDS.contains(&key));
}

/// Keeps what these attributes say.
fn say_these(
    element: Element<'_>,
    name: &str,
    text: &str,
    record: &mut Record,
    these: fn(&str) -> bool,
) {
    for (key, value) in element.attributes().filter(|(key, _)| these(key)) {
        let value = value.trim();
        if value.is_empty() || value == text {
            continue;
        }
        let name = format!("{name}.{key}");
        if text.is_empty() || text.len() > LONGEST {
            push_own(record, &name, value);
        } else {
            push_own(record, &name, &format!("{text}: {value}"));
        }
    }
}
