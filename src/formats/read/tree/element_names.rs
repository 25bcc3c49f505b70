//! The keys that elements of XML get in a tree.

use std::borrow::Cow;

use crate::formats::read::xml::Element;

/// Elements of the table of a database, or of a row of it: mysqldump, phpMyAdmin.
const TABLE_ELEMENTS: [&str; 2] = ["table", "table_data"];

/// The key for the name of a table in its rows.
pub(super) const TABLE_KEY: &str = "table";

/// Whether an element is a table of a database, whose name is an attribute.
pub(super) fn is_table(element: Element<'_>) -> bool {
    TABLE_ELEMENTS.contains(&element.name()) && element.attribute("name").is_some()
}

/// Returns the key of an element: its name, or that of the table that it is. Each table is a list of its own.
pub(super) fn key_of(element: Element<'_>) -> Cow<'_, str> {
    let table = || if is_table(element) { element.attribute("name") } else { None };
    decode_name(table().unwrap_or(element.name()))
}

/// Returns a name with the letters that programs of Microsoft write as numbers, because a name in XML cannot have them:
/// `Titel_x0020_der_x0020_Akte`.
fn decode_name(name: &str) -> Cow<'_, str> {
    let mut decoded = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once("_x") {
        let code =
            after.get(..CODE_DIGITS).filter(|_| after.as_bytes().get(CODE_DIGITS) == Some(&b'_'));
        let letter = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        decoded.push_str(before);
        if let Some(letter) = letter.filter(|letter| !letter.is_control()) {
            decoded.push(letter);
            rest = after.get(CODE_DIGITS + 1..).unwrap_or_default();
        } else {
            decoded.push_str("_x");
            rest = after;
        }
    }
    if decoded.is_empty() {
        return Cow::Borrowed(name);
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The number of digits in the code of a letter in a name.
const CODE_DIGITS: usize = 4;
