//! Dates that a file gives as they are written and in a form for machines, under two names.

use crate::formats::field_names::{DateKind, date_kind};
use crate::record::Date;
use crate::record::date::machine;

/// Whether a text is a date in a form for machines, such as ISO 8601.
pub(super) fn is_date_code(text: &str) -> bool {
    machine::parse(text).is_some()
}

/// Whether a text is understood as a date.
pub(super) fn is_date_text(text: &str) -> bool {
    Date::parse(text).span().is_some()
}

/// Whether a date under a name may be the one that another name has as it is written.
pub(super) fn is_code_beside_text(name: &str) -> bool {
    [DateKind::Plain, DateKind::Made].contains(&date_kind(name))
}

/// Whether most texts of dates and the codes beside them are of the same years.
pub(super) fn are_same_dates(pairs: impl Iterator<Item = (String, String)>) -> bool {
    let (mut same, mut all) = (0_usize, 0_usize);
    for (text, code) in pairs {
        let (text, code) = (Date::parse(&text), Date::parse(&code));
        if let (Some(text), Some(code)) = (text.span(), code.span()) {
            all += 1;
            let is_near = text.earliest.0 <= code.latest.0 + MAX_DAYS_APART
                && code.earliest.0 <= text.latest.0 + MAX_DAYS_APART;
            same += usize::from(is_near);
        }
    }
    all > 0 && 2 * same > all
}

/// How many days a text and its code may differ: programs write the first day of the year for `spring`.
const MAX_DAYS_APART: i64 = 366;
