//! The dates of a component, in EAD 2002 and EAD3.

use crate::formats::read::date_events;
use crate::formats::read::date_sources::{Coverage, DateSources};
use crate::formats::read::given_dates::{CodeKind, Point};
use crate::formats::read::xml::Element;

/// Adds a date: its text, and its normalized form.
pub(super) fn add_date(element: Element<'_>, dates: &mut DateSources) {
    let coverage = coverage(element);
    dates.add_text_of(coverage, &element.text());
    for name in ["normal", "standarddate"] {
        dates.add_code(coverage, CodeKind::default(), element.attribute(name).unwrap_or(""));
    }
    add_qualifiers(element, dates);
}

/// Adds a structured date of EAD3: single dates and ranges, or a set of them.
pub(super) fn add_structured_date(element: Element<'_>, dates: &mut DateSources) {
    let coverage = coverage(element);
    let mut parts: Vec<_> = element.children().collect();
    let mut texts = Vec::new();
    parts.reverse();
    while let Some(part) = parts.pop() {
        match part.name() {
            "daterange" => texts.push(add_range(part, coverage, dates)),
            "dateset" => {
                let first = parts.len();
                parts.extend(part.children());
                parts.get_mut(first..).unwrap_or_default().reverse();
            }
            _ => {
                add_single_date(part, coverage, dates);
                texts.push(part.text());
            }
        }
        add_qualifiers(part, dates);
    }
    texts.retain(|text| !text.is_empty());
    dates.add_structured_text(coverage, &texts.join(", "));
    add_qualifiers(element, dates);
}

/// Adds one date, or the days before and after which it cannot be.
fn add_single_date(date: Element<'_>, coverage: Coverage, dates: &mut DateSources) {
    if let Some(day) = date.attribute("standarddate") {
        return dates.add_code(coverage, CodeKind::default(), day);
    }
    let limits = [(Point::Start, "notbefore"), (Point::End, "notafter")];
    for (point, name) in limits {
        let limit = date.attribute(name).unwrap_or("");
        dates.add_code(coverage, CodeKind { point, is_edtf: false }, limit);
        if !limit.is_empty() {
            dates.add_qualifier("uncertain");
        }
    }
}

/// Adds a range. Returns its text.
fn add_range(range: Element<'_>, coverage: Coverage, dates: &mut DateSources) -> String {
    let end = |name, limit, other_limit| {
        let Some(date) = range.first_child(name) else { return (String::new(), "", false) };
        let day = date.attribute("standarddate");
        let limits = date.attribute(limit).or(date.attribute(other_limit));
        (date.text(), day.or(limits).unwrap_or(""), day.is_none() && limits.is_some())
    };
    let (first_text, first, is_first_limit) = end("fromdate", "notbefore", "notafter");
    let (last_text, last, is_last_limit) = end("todate", "notafter", "notbefore");
    dates.add_code(coverage, CodeKind { point: Point::Start, is_edtf: false }, first);
    // Where one end has no normalized form, its text says whether it is open.
    let is_last_open = !first.is_empty() && last.is_empty() && last_text.is_empty();
    let last = if is_last_open { ".." } else { last };
    dates.add_code(coverage, CodeKind { point: Point::End, is_edtf: false }, last);
    if is_first_limit || is_last_limit {
        dates.add_qualifier("uncertain");
    }
    match (first_text.is_empty(), last_text.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("{first_text}–"),
        (true, false) => format!("–{last_text}"),
        (false, false) => format!("{first_text}–{last_text}"),
    }
}

/// What a date is the date of.
fn coverage(date: Element<'_>) -> Coverage {
    let kind = ["unitdatetype", "type"].into_iter().find_map(|name| date.attribute(name));
    let character = date.attribute("datechar").unwrap_or("");
    // A label is free text: “Descriptive date”, “Captured” may be the only date.
    let label = date.attribute("label").unwrap_or("");
    let events = [character, kind.unwrap_or("")];
    match kind {
        _ if events.into_iter().any(date_events::is_unrelated) => Coverage::Unrelated,
        _ if date_events::is_of_copy(label) => Coverage::Unrelated,
        Some(kind) if kind.eq_ignore_ascii_case("bulk") => Coverage::Bulk,
        _ if date_events::is_secondary(character) || date_events::is_unrelated(label) => {
            Coverage::Other
        }
        _ => Coverage::Inclusive,
    }
}

/// Adds the certainty, the calendar and the era of a date.
fn add_qualifiers(date: Element<'_>, dates: &mut DateSources) {
    dates.add_qualifier(date.attribute("certainty").unwrap_or(""));
    let attribute = |name| date.attribute(name).unwrap_or("");
    dates.set_calendar_and_era(attribute("calendar"), attribute("era"));
}
