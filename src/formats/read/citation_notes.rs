//! Fields that stand in a note under their names, `collection: Letters`: where a format has no place
//! for a field, or one that holds less than all of it, a note says it.

use crate::record::{Date, Field, Reading, Record};

/// What stands between two lines of a note that has to be one line itself. A bar in a line is doubled.
pub(super) const BAR: &str = " | ";

/// Takes out of the notes of a record, which are its own fields of this name, the lines that say a
/// field. What a note says of a field stands in place of what was said elsewhere. `between` stands
/// between two lines.
pub(super) fn take(record: &mut Record, name: &str, between: &str) {
    let mut said: Vec<(Field, String)> = Vec::new();
    for (of, text) in std::mem::take(&mut record.own) {
        if of != name {
            record.own.push((of, text));
            continue;
        }
        let others = text.split(between).filter(|line| !is_taken(record, &mut said, line));
        let others = others.collect::<Vec<_>>().join(between);
        if !others.trim().is_empty() {
            record.own.push((of, others));
        }
    }
    record.values.retain(|(of, _)| !said.iter().any(|(field, _)| field == of));
    for (field, value) in said {
        let value = if between == BAR { value.replace(" ||", " |") } else { value };
        record.push(field, &value);
    }
}

/// Whether a line of a note says a field.
fn is_taken(record: &mut Record, said: &mut Vec<(Field, String)>, line: &str) -> bool {
    let Some((name, value)) = line.trim().split_once(": ") else { return false };
    match name {
        "date" | "Date" => is_date(record, value),
        "position" => value.parse().is_ok_and(|position| {
            record.position = Some(position);
            position > 0
        }),
        _ => Field::from_key(name).is_some_and(|field| {
            said.push((field, value.to_owned()));
            true
        }),
    }
}

/// Takes a date in words, unless it is another one than what the format's own date says.
fn is_date(record: &mut Record, text: &str) -> bool {
    let date = Date::read(text);
    let fits = match (record.date.reading, date.reading) {
        (Reading::Span(days), Reading::Span(said)) => days.overlaps(&said),
        (Reading::Span(_), _) => false,
        _ => true,
    };
    if fits && text != "undated" {
        record.date = date;
    }
    fits
}
