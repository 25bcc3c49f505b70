//! The entities of an XML file: those everybody knows, and plain texts that the file itself names.
//! Nothing here opens another file, and nothing expands without bound.

use std::collections::HashMap;

use quick_xml::escape::{resolve_predefined_entity, unescape};

/// How many letters the entities that a file names itself may come to, all in all.
const EXPANSION: usize = 1 << 16;

/// What the names of entities stand for.
#[derive(Debug, Default)]
pub(super) struct Entities {
    own: HashMap<String, String>,
    expanded: usize,
}

impl Entities {
    /// Takes the entities that a document type declares, and names those that are refused.
    pub(super) fn declare(&mut self, document_type: &str) -> Vec<String> {
        let mut refused = Vec::new();
        for declaration in document_type.split("<!ENTITY").skip(1) {
            let declaration = declaration.trim_start();
            let Some((name, rest)) = declaration.split_once(char::is_whitespace) else { continue };
            match plain_value(rest.trim_start()) {
                Some(value) => {
                    self.own.entry(name.to_owned()).or_insert(value);
                }
                None => refused.push(name.trim_start_matches('%').to_owned()),
            }
        }
        refused
    }

    /// The text that a name stands for, where it is known and may still be written out.
    pub(super) fn text(&mut self, name: &str) -> Option<&str> {
        if let Some(text) = resolve_predefined_entity(name) {
            return Some(text);
        }
        let text = self.own.get(name)?;
        self.expanded += text.len();
        (self.expanded <= EXPANSION).then_some(text)
    }

    /// A text with the references in it written out; nothing where one cannot be.
    pub(super) fn written_out(&mut self, text: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            out.push_str(before);
            let (name, behind) = after.split_once(';')?;
            if name.starts_with('#') {
                out.push_str(&unescape(&format!("&{name};")).ok()?);
            } else {
                out.push_str(self.text(name)?);
            }
            rest = behind;
        }
        out.push_str(rest);
        Some(out)
    }
}

/// The value of a declaration that is a text in quotes, without another entity in it.
fn plain_value(declaration: &str) -> Option<String> {
    let quote = declaration.chars().next().filter(|letter| "\"'".contains(*letter))?;
    let value = declaration.get(1..)?.split(quote).next()?;
    if value.contains(['<', '%']) || value.len() > EXPANSION {
        return None;
    }
    let other = |part: &str| {
        let name = part.split(';').next().unwrap_or("");
        !name.starts_with('#') && !["amp", "lt", "gt", "quot", "apos"].contains(&name)
    };
    if value.split('&').skip(1).any(other) {
        return None;
    }
    unescape(value).ok().map(std::borrow::Cow::into_owned)
}
