//! Filters for the records that are like one.

use crate::record::{Field, Record};

/// Returns the filter that finds the records that are like this one: by its most special id, else its number in its archive,
/// else its title. `None` if it has none of them.
///
/// ```
/// use fonds::query::like_filter;
/// use fonds::record::{Field, Record};
///
/// let mut record = Record { position: Some(210), ..Record::default() };
/// assert_eq!(like_filter(&record).as_deref(), Some("like:210"));
/// record.push(Field::Id, "box 3/12");
/// assert_eq!(like_filter(&record).as_deref(), Some("like:\"box 3/12\""));
/// ```
pub fn like_filter(record: &Record) -> Option<String> {
    // An element's own id comes behind a reference code that several may have.
    let id = record.all(Field::Id).filter(|id| is_quotable(id)).last();
    let quoted = |name: &str| format!("like:\"{name}\"");
    let by_position = || Some(format!("like:{}", record.position?));
    let by_title = || record.title().filter(|title| is_quotable(title)).map(quoted);
    id.map(quoted).or_else(by_position).or_else(by_title)
}

/// Whether a name can stand in quotes.
fn is_quotable(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric)
        && !name.contains(['"', '“', '”', '„', '«', '»', '\n', '\r'])
}
