//! Converts a BibLaTeX entry to a record.

use biblatex::{ChunksRef, Entry};

use super::names::{add_names, is_role_field};
use super::plain_text::{date_text, plain_text, unmark_tildes};
use super::repair::{KEY_SPACE, NO_KEY};
use crate::formats::{cell_values, shelf_location};
use crate::record::date::{edtf, machine};
use crate::record::{Date, Field, MONTH_NAMES, ParsedDate, Record};

/// Fills a record with the key, type, date and fields of an entry.
pub(super) fn fill_record(entry: &Entry, record: &mut Record) {
    if entry.key != NO_KEY {
        record.push(Field::Id, &entry.key.replace(KEY_SPACE, " "));
    }
    record.own.push(("type".into(), entry.entry_type.to_string()));
    let date =
        entry.fields.get("date").filter(|date| !cell_values::is_missing(plain_text(date).trim()));
    record.date = match date {
        Some(date) => date_from_field(&with_masked_digits(&date_text(date))),
        None => date_from_parts(entry),
    };
    let date_fields: &[&str] = if date.is_some() { &["date"] } else { &["year", "month", "day"] };
    add_fields(entry, date_fields, record);
}

/// Adds the fields of an entry to a record, except those in `without`. An unknown field becomes an
/// own field.
pub(super) fn add_fields(entry: &Entry, without: &[&str], record: &mut Record) {
    for (key, chunks) in &entry.fields {
        match key.as_str() {
            key if without.contains(&key) || is_role_field(entry, key) => {}
            "title" | "location" if is_missing(key, &plain_text(chunks)) => {}
            key if add_names(entry, key, chunks, record) => {}
            "keywords" | "keyword" => {
                let words = plain_text(chunks);
                let words = words.split([',', ';']).map(str::trim);
                words
                    .filter(|word| !cell_values::is_missing(word))
                    .for_each(|word| record.push(Field::Subjects, word));
            }
            // The archive of preprints that an electronic number is in.
            "archive" if entry.fields.contains_key("eprint") => {
                record.own.push((key.into(), plain_text(chunks)));
            }
            "howpublished" => {
                for (field, value) in shelf_location::parse(&plain_text(chunks), Field::Source) {
                    record.push(field, &value);
                }
            }
            "url" => record.push(Field::Url, &address(chunks)),
            "doi" | "eprint" | "file" => record.own.push((key.into(), address(chunks))),
            _ => match field_for_key(key) {
                Some(field) => record.push(field, &plain_text(chunks)),
                None if key.ends_with("date") => record.own.push((key.into(), date_text(chunks))),
                None => record.own.push((key.into(), plain_text(chunks))),
            },
        }
    }
}

/// Whether the text of a field stands for a missing value: `nan`.
fn is_missing(key: &str, text: &str) -> bool {
    let text = text.trim();
    cell_values::is_missing(text) && !(key == "title" && cell_values::may_be_title(text))
}

/// Returns an address as it is written. The library makes dashes of the hyphens in it.
fn address(chunks: ChunksRef<'_>) -> String {
    let text: String = chunks.iter().map(|chunk| chunk.v.get()).collect();
    let text = text.trim().trim_start_matches("\\url").trim();
    let text = unmark_tildes(text).replace('–', "--").replace('—', "---");
    ["_", "&", "%", "#", "~"]
        .iter()
        .fold(text, |text, sign| text.replace(&format!("\\{sign}"), sign))
}

/// Returns the record field for a BibLaTeX field.
fn field_for_key(key: &str) -> Option<Field> {
    Some(match key {
        "title" => Field::Title,
        "abstract" => Field::Summary,
        "location" => Field::Places,
        "library" | "archive" => Field::Repository,
        "langid" | "language" => Field::Language,
        "rights" => Field::Rights,
        _ => return None,
    })
}

/// Returns a date with the two hyphens that stand for unknown digits: `[19--?]`. The BibLaTeX parser has made a dash
/// of them.
fn with_masked_digits(text: &str) -> String {
    let Some(at) = text.find('–') else { return text.to_owned() };
    let (before, after) =
        (text.get(..at).unwrap_or(""), text.get(at + '–'.len_utf8()..).unwrap_or(""));
    let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
    if digits == 2 && !after.starts_with(|letter: char| letter.is_alphanumeric()) {
        format!("{before}--{after}")
    } else {
        text.to_owned()
    }
}

/// Returns the date of the field `date`, which BibLaTeX defines to be EDTF, and in which many files
/// have a text.
fn date_from_field(text: &str) -> Date {
    let text = text.trim();
    let has_place_holder = text.contains("9999") || text.starts_with("0000");
    let is_edtf = !has_place_holder && (!text.starts_with('[') || edtf::is_set(text));
    let edtf = edtf::parse_field(text).filter(|_| is_edtf);
    let parsed = edtf.or_else(|| machine::parse(text)).map(|(parsed, _)| parsed);
    match parsed {
        Some(parsed) => Date { text: text.to_owned(), parsed },
        None => Date::parse(text),
    }
}

/// Returns the date from the fields `year`, `month` and `day`.
///
/// The day may be in the field of the month: `month = may # "~3"`. There `~` is a space.
fn date_from_parts(entry: &Entry) -> Date {
    let part = |key: &str| {
        let text = entry.fields.get(key).map(|chunks| plain_text(chunks)).unwrap_or_default();
        let text = if cell_values::is_missing(text.trim()) { String::new() } else { text };
        let text = with_masked_digits(&text.replace(['~', '\u{a0}'], " "));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (mut day, mut month, year) = (part("day"), part("month"), part("year"));
    let number = |text: &str| text.parse::<u8>().ok();
    let is_month = |text: &str| number(text).is_none_or(|number| (1..=12).contains(&number));
    if let Some((first, second)) = split_day(&month).filter(|_| day.is_empty()) {
        let is_day_first =
            number(first).is_some() && number(second).is_none_or(|_| !is_month(first));
        let (month_part, day_part) = if is_day_first { (second, first) } else { (first, second) };
        (month, day) = (month_part.to_owned(), day_part.to_owned());
    }
    let is_whole_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain_day = day.is_empty() || number(&day).is_some();
    let is_plain = is_whole_year && is_plain_day;
    if let Some(number) = number(&month).filter(|number| is_plain && *number > 0) {
        let day = day.parse::<u8>().map(|day| format!("-{day:02}")).unwrap_or_default();
        return date_from_field(&format!("{year}-{number:02}{day}"));
    }
    let name =
        number(&month).and_then(|number| MONTH_NAMES.get(usize::from(number).checked_sub(1)?));
    let month = name.map_or(month.as_str(), |name| name);
    let present = [day.as_str(), month, year.as_str()].into_iter().filter(|part| !part.is_empty());
    let text = present.collect::<Vec<_>>().join(" ");
    match machine::parse(&text) {
        // A year such as `0000` or `9999` stands for none.
        Some((ParsedDate::Undated, _)) => Date { text, parsed: ParsedDate::Undated },
        _ => Date::parse(&text),
    }
}

/// Splits a text into a month and a day. At least one of them is a number: `May 3`, `3 5`, `10. May`.
fn split_day(text: &str) -> Option<(&str, &str)> {
    let (first, second) = text.split_once(' ')?;
    let (first, second) = (first.trim_end_matches([',', '.']), second.trim_end_matches([',', '.']));
    let is_day = |part: &str| part.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    let is_word = |part: &str| !part.is_empty() && part.chars().all(char::is_alphabetic);
    let is_pair = (is_day(first) && (is_word(second) || is_day(second)))
        || (is_word(first) && is_day(second));
    is_pair.then_some((first, second))
}
