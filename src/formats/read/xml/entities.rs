//! The entities of an XML file: the predefined ones, and plain texts that the file declares.
//!
//! External entities are never opened, and the total size of expanded text is limited.

use std::collections::HashMap;

use quick_xml::escape::{resolve_predefined_entity, unescape};

/// The total number of bytes that a file's own entities may expand to.
const MAX_EXPANDED_BYTES: usize = 1 << 16;

/// The entities of a file by their names.
#[derive(Debug, Default)]
pub(super) struct Entities {
    declared: HashMap<String, String>,
    /// The number of bytes expanded so far.
    expanded_bytes: usize,
}

impl Entities {
    /// Stores the entities that a document type declares. Returns the names of those refused.
    pub(super) fn declare(&mut self, document_type: &str) -> Vec<String> {
        let mut refused = Vec::new();
        for declaration in document_type.split("<!ENTITY").skip(1) {
            let declaration = declaration.trim_start();
            let Some((name, rest)) = declaration.split_once(char::is_whitespace) else { continue };
            match literal_value(rest.trim_start()) {
                Some(value) => {
                    self.declared.entry(name.to_owned()).or_insert(value);
                }
                None => refused.push(name.trim_start_matches('%').to_owned()),
            }
        }
        refused
    }

    /// The text of an entity; `None` where it is unknown or the limit is reached.
    pub(super) fn resolve(&mut self, name: &str) -> Option<&str> {
        if let Some(text) = resolve_predefined_entity(name) {
            return Some(text);
        }
        let text = self.declared.get(name)?;
        self.expanded_bytes += text.len();
        (self.expanded_bytes <= MAX_EXPANDED_BYTES).then_some(text)
    }

    /// Expands all references in a text; `None` where one cannot be expanded.
    pub(super) fn expand(&mut self, text: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            out.push_str(before);
            let (name, after) = after.split_once(';')?;
            if name.starts_with('#') {
                out.push_str(&unescape(&format!("&{name};")).ok()?);
            } else {
                out.push_str(self.resolve(name)?);
            }
            rest = after;
        }
        out.push_str(rest);
        Some(out)
    }
}

/// The value of an entity declaration, if it is a quoted text without other entities in it.
fn literal_value(declaration: &str) -> Option<String> {
    let quote = declaration.chars().next().filter(|letter| "\"'".contains(*letter))?;
    let value = declaration.get(1..)?.split(quote).next()?;
    if value.contains(['<', '%']) || value.len() > MAX_EXPANDED_BYTES {
        return None;
    }
    let is_other_entity = |part: &str| {
        let name = part.split(';').next().unwrap_or("");
        !name.starts_with('#') && !["amp", "lt", "gt", "quot", "apos"].contains(&name)
    };
    if value.split('&').skip(1).any(is_other_entity) {
        return None;
    }
    unescape(value).ok().map(std::borrow::Cow::into_owned)
}
