//! Parses reference lists in RIS: each line has a tag of two characters, a dash and a value.

use std::collections::HashMap;
use std::io;

use super::{InputFile, PageStart, Sink, citation_notes, doubtful_dates, encoding};
use crate::formats::marked_notes::to_one_line;
use crate::formats::{cell_values, shelf_location};
use crate::record::date::machine;
use crate::record::{
    Archive, Date, DateSpan, Field, ParsedDate, Precision, Problem, Record, SourceHash,
};

/// Whether a text is certainly RIS: its first line is a `TY` tag with a value.
pub(super) fn looks_like(beginning: &str) -> bool {
    let first = beginning.lines().find(|line| !line.trim().is_empty());
    first.and_then(split_tag).is_some_and(|(tag, value)| tag == "TY" && !value.is_empty())
}

/// Parses a list, one reference at a time. A line without a tag continues the value above it.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut lines = encoding::Lines::new(file.name, file.bytes);
    sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
    let mut list = ListParser { name: file.name, sink, reference: None, stray_lines: None };
    while let Some((number, line)) = lines.next(list.sink)? {
        list.parse_line(number, &line);
    }
    list.finish_unterminated();
    list.flush_stray_lines();
    Ok(())
}

/// Splits a line into tag and value: `TY  - JOUR`, with any number of spaces before the dash.
fn split_tag(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let (tag, rest) = line.split_at_checked(2)?;
    let mut letters = tag.chars();
    let starts_upper = letters.next().is_some_and(|letter| letter.is_ascii_uppercase());
    let is_tag_letter = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    let value = rest.trim_start_matches(' ').strip_prefix('-')?;
    let is_separated = rest.starts_with(' ') && (value.is_empty() || value.starts_with(' '));
    (starts_upper && letters.all(is_tag_letter) && is_separated).then_some((tag, value.trim()))
}

/// The tags and values of one reference, in file order.
struct Reference {
    /// The line where it begins, counted from 1.
    line: usize,
    values: Vec<(String, String)>,
}

/// Parses the lines of a list and sends the records to a sink.
struct ListParser<'f, 's> {
    /// The name of the file as the user gave it.
    name: &'f str,
    sink: &'s mut dyn Sink,
    /// The current reference; `None` between two references.
    reference: Option<Reference>,
    /// The number of the first of consecutive lines outside of references, and their text.
    stray_lines: Option<(usize, String)>,
}

impl ListParser<'_, '_> {
    /// Parses one line.
    fn parse_line(&mut self, number: usize, line: &str) {
        match split_tag(line) {
            Some(("ER", rest)) => {
                self.finish_reference();
                if !rest.is_empty() {
                    self.append_line(number, rest);
                }
            }
            Some((tag, value)) => {
                self.flush_stray_lines();
                if tag == "TY" {
                    self.finish_unterminated();
                }
                let new_reference = || Reference { line: number, values: Vec::new() };
                let reference = self.reference.get_or_insert_with(new_reference);
                reference.values.push((tag.to_owned(), value.to_owned()));
            }
            None if line.trim().is_empty() => {}
            None => self.append_line(number, line.trim()),
        }
    }

    /// Appends a line without a tag to the value above, or to the stray lines.
    fn append_line(&mut self, number: usize, line: &str) {
        let last = self.reference.as_mut().and_then(|reference| reference.values.last_mut());
        if let Some((_, value)) = last {
            value.push('\n');
            value.push_str(line);
        } else if let Some((_, text)) = &mut self.stray_lines {
            text.push('\n');
            text.push_str(line);
        } else {
            self.stray_lines = Some((number, line.to_owned()));
        }
    }

    /// Keeps stray lines as an own field of the archive, with a warning.
    fn flush_stray_lines(&mut self) {
        let Some((line, text)) = self.stray_lines.take() else { return };
        let first = text.lines().next().unwrap_or("");
        let lines = match text.lines().count() {
            1 => format!("“{first}” is"),
            2 => format!("“{first}” and 1 more line are"),
            count => format!("“{first}” and {} more lines are", count - 1),
        };
        let message = format!(
            "{lines} outside of a reference, which begins with `TY  - `: kept as a field of the list"
        );
        self.sink.report(Problem::warning(self.name, Some(line), message));
        let archive = Archive { own: vec![("text".into(), text)], ..Archive::default() };
        self.sink.start_page(PageStart {
            file: self.name.to_owned(),
            archive,
            ..PageStart::default()
        });
    }

    /// Sends the current reference, if any, with a warning that its `ER` tag is missing.
    fn finish_unterminated(&mut self) {
        if let Some(reference) = &self.reference {
            let message =
                "this reference has no `ER  - ` at its end: it was read up to its last line";
            self.sink.report(Problem::warning(self.name, Some(reference.line), message));
        }
        self.finish_reference();
    }

    /// Sends the current reference, if any, after its warnings.
    fn finish_reference(&mut self) {
        let Some(reference) = self.reference.take() else { return };
        let line = Some(reference.line);
        if reference.values.first().is_none_or(|(tag, _)| tag != "TY") {
            let message =
                "this reference does not begin with its type, `TY  - `: it was read nevertheless";
            self.sink.report(Problem::warning(self.name, line, message));
        }
        let mut source_hash = SourceHash::default();
        reference.values.iter().for_each(|(_, value)| source_hash.add_text(value));
        let mut record = record_from_tags(reference.values);
        record.source_hash = source_hash;
        doubtful_dates::report_other_dates(
            self.sink, self.name, line, &record, &DATE_TAGS, parse_date,
        );
        doubtful_dates::send_record(self.sink, self.name, line, record);
    }
}

/// The tags of dates, the most complete first. Unused ones become own fields.
const DATE_TAGS: [&str; 4] = ["DA", "PY", "Y1", "YR"];

/// The tags of titles, the most reliable first.
const TITLE_TAGS: [&str; 5] = ["TI", "T1", "CT", "BT", "T2"];

/// Pairs of a reference type and a tag that holds no person in it, although it does in most types.
///
/// The source is Zotero's table of fields by type. In cases and rules the tag holds the reporter,
/// in patents the issuing authority.
const NON_PERSON_TAGS: [(&str, &str); 8] = [
    ("CASE", "A2"),
    ("CASE", "A3"),
    ("CHART", "A2"),
    ("CTLG", "A2"),
    ("FIGURE", "A2"),
    ("LEGAL", "A2"),
    ("PAMP", "A2"),
    ("PAT", "A2"),
];

/// The beginning of a note in which Reference Manager writes an author for whom RIS has no tag.
const SUBSIDIARY_AUTHOR_PREFIX: &str = "Author, Subsidiary:";

/// Converts a reference to a record. An unknown tag becomes an own field.
fn record_from_tags(mut values: Vec<(String, String)>) -> Record {
    let reference_type = values.iter().find(|(tag, _)| tag == "TY").map(|(_, value)| value.clone());
    let reference_type = reference_type.unwrap_or_default();
    values.retain(|(tag, value)| !is_missing(tag, &reference_type, value));
    let first_with_value = |tags: &[&'static str]| {
        let has_value =
            |tag: &&&str| values.iter().any(|(name, value)| name == **tag && !value.is_empty());
        tags.iter().find(has_value).copied()
    };
    let date = preferred_date(&values);
    let date_index = date.as_ref().map(|(index, _)| *index);
    let title_tag = first_with_value(&TITLE_TAGS);
    let mut record =
        Record { date: date.map(|(_, date)| date).unwrap_or_default(), ..Record::default() };
    let mut shelf_locations = Vec::new();
    for (index, (tag, value)) in values.into_iter().enumerate() {
        if Some(index) == date_index {
            if let Some(words) = unread_words(&value, &record.date) {
                record.own.push((tag.into(), words.to_owned()));
            }
        } else if Some(tag.as_str()) == title_tag {
            record.push(Field::Title, &to_one_line(&value));
        } else if NON_PERSON_TAGS.contains(&(reference_type.as_str(), tag.as_str())) {
            record.own.push((tag.into(), value));
        } else if let Some(name) =
            value.strip_prefix(SUBSIDIARY_AUTHOR_PREFIX).filter(|_| tag == "N1")
        {
            record.push_contributor(name, "");
        } else if let Some(role) = role_of_tag(&tag, &reference_type) {
            record
                .push_contributor(&cell_values::without_missing_parts(&to_one_line(&value)), role);
        } else if let Some(field) = field_for_tag(&tag, &reference_type) {
            push_value(&mut record, field, &value);
        } else if is_shelf_location_tag(&tag, &reference_type) {
            shelf_locations.push(to_one_line(&value));
        } else if !value.is_empty() {
            record.own.push((tag.into(), value));
        }
    }
    // Each note holds one field, so its text is not split.
    let noted = citation_notes::extract_fields(&mut record, "N1", "\u{0}");
    if !noted.contains(&Field::Subjects) {
        remove_place_keywords(&mut record);
    }
    if !noted.iter().any(|field| shelf_location::FIELDS.contains(field)) {
        let collection = shelf_location::joined_collections(&record);
        for text in &shelf_locations {
            let text = shelf_location::without_collection(text, &collection);
            for (field, value) in shelf_location::parse(text, Field::ReferenceCode) {
                record.push(field, &value);
            }
        }
    }
    record
}

/// Whether the value of a person, date, title or subject stands for a missing one: `nan`.
fn is_missing(tag: &str, reference_type: &str, value: &str) -> bool {
    let value = value.trim();
    let is_person = || {
        role_of_tag(tag, reference_type).is_some()
            || matches!(
                field_for_tag(tag, reference_type),
                Some(Field::Creator | Field::Recipient | Field::Subjects)
            )
    };
    cell_values::is_missing(value)
        && (is_person()
            || DATE_TAGS.contains(&tag)
            || (TITLE_TAGS.contains(&tag) && !cell_values::may_be_title(value)))
}

/// Removes the keywords that are places. RIS has no tag for places, so that fonds writes them as
/// keywords and as notes.
fn remove_place_keywords(record: &mut Record) {
    let mut places: HashMap<String, usize> = HashMap::new();
    for place in record.all(Field::Places) {
        *places.entry(to_one_line(&place.replace(';', ","))).or_default() += 1;
    }
    // Places are behind the subjects.
    let mut rest: Vec<(Field, String)> = std::mem::take(&mut record.values);
    rest.reverse();
    rest.retain(|(field, value)| match places.get_mut(value) {
        Some(count) if *field == Field::Subjects && *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    rest.reverse();
    record.values = rest;
}

/// The types of messages from one person to another. Only in these `A2` is the recipient.
const LETTER_TYPE: &str = "PCOMM";

/// The types of published works. In these `DB` and `AN` are a database and a number in it.
const PUBLISHED_TYPES: [&str; 26] = [
    "ABST", "BILL", "BLOG", "BOOK", "CASE", "CHAP", "CONF", "CPAPER", "DATA", "DBASE", "EBOOK",
    "ECHAP", "EDBOOK", "EJOUR", "ELEC", "ENCYC", "INPR", "JFULL", "JOUR", "MGZN", "NEWS", "PAT",
    "RPRT", "SER", "STAND", "THES",
];

/// Returns the role of the people in a tag, if they are contributors. It is empty for a tag whose
/// meaning depends on the type.
fn role_of_tag(tag: &str, reference_type: &str) -> Option<&'static str> {
    Some(match tag {
        "A2" if reference_type != LETTER_TYPE => "",
        "A3" => "",
        "A4" => "translator",
        "ED" => "editor",
        _ => return None,
    })
}

/// Whether a tag says where a document is kept. In published works `AN` is the number in a database.
fn is_shelf_location_tag(tag: &str, reference_type: &str) -> bool {
    tag == "AV" || (tag == "AN" && !PUBLISHED_TYPES.contains(&reference_type))
}

/// Returns the record field for a tag. The catalogue or database that told of the document (`DP`, and `DB`
/// of published works) is an own field: it is not where the document is.
fn field_for_tag(tag: &str, reference_type: &str) -> Option<Field> {
    let is_published = PUBLISHED_TYPES.contains(&reference_type);
    Some(match tag {
        "AB" | "N2" => Field::Summary,
        "AU" | "A1" => Field::Creator,
        "A2" => Field::Recipient,
        "KW" => Field::Subjects,
        "LA" => Field::Language,
        "DB" if !is_published => Field::Repository,
        "CN" => Field::ReferenceCode,
        "ID" => Field::Id,
        "UR" | "L1" | "L2" | "L3" | "L4" => Field::Url,
        _ => return None,
    })
}

/// Adds the value of a tag. URLs and keywords are split into several values.
fn push_value(record: &mut Record, field: Field, value: &str) {
    match field {
        Field::Subjects => {
            let keywords = value.split(['\n', ';']).map(str::trim);
            keywords
                .filter(|keyword| !cell_values::is_missing(keyword))
                .for_each(|keyword| record.push(field, keyword));
        }
        Field::Url => value.split('\n').for_each(|url| record.push(field, url)),
        Field::Summary => record.push(field, value),
        Field::Creator | Field::Recipient => {
            record.push(field, &cell_values::without_missing_parts(&to_one_line(value)));
        }
        _ => record.push(field, &to_one_line(value)),
    }
}

/// Returns the date of a reference, with the index of its value: the first one that was understood,
/// or a later one that says the same more precisely.
fn preferred_date(values: &[(String, String)]) -> Option<(usize, Date)> {
    let mut best: Option<(usize, Date)> = None;
    for tag in DATE_TAGS {
        let of_tag = values.iter().enumerate().filter(|(_, (name, _))| name == tag);
        for (index, (_, value)) in of_tag {
            let Some(date) = parse_date(value) else { continue };
            let is_better = match best.as_ref().map(|(_, best)| best.span()) {
                None => true,
                Some(None) => date.span().is_some(),
                Some(Some(best)) => date.span().is_some_and(|span| is_refined(&best, &span)),
            };
            if is_better {
                best = Some((index, date));
            }
        }
    }
    let (index, date) = best?;
    Some(with_year_elsewhere(values, &date).unwrap_or((index, date)))
}

/// Whether a day, month or year is told more precisely by another date. A year beside a range of years
/// is only a part of it.
fn is_refined(span: &DateSpan, by: &DateSpan) -> bool {
    let days = |span: &DateSpan| (span.earliest, span.latest);
    let (first, last) = span.first_and_last_unit();
    first == last && by.is_within(span) && days(by) != days(span)
}

/// Adds a year to a date that lacks it: `DA  - July 12` and `PY  - 1945`.
fn with_year_elsewhere(values: &[(String, String)], year: &Date) -> Option<(usize, Date)> {
    let span = year.span().filter(|span| span.start_precision == Precision::Year)?;
    let dates = values.iter().enumerate().filter(|(_, (tag, _))| tag == "DA");
    let mut dates = dates.map(|(index, (_, value))| (index, to_one_line(value)));
    dates.find_map(|(index, value)| {
        let has_year = parse_date(&value).is_none_or(|date| date.span().is_some());
        let date = Date::parse(&format!("{value} {}", year.text));
        let is_more_precise = date.span().is_some_and(|it| {
            it.is_within(&span) && it.start_precision < Precision::Year && !it.doubtful
        });
        let has_letters = value.chars().any(char::is_alphabetic);
        (!has_year && has_letters && is_more_precise).then_some((index, date))
    })
}

/// Parses a date as RIS writes it: `1945/07/12/`, with empty parts for what is not known, words
/// behind it, and in many files the name of the month. `None` if it says that there is no date.
fn parse_date(value: &str) -> Option<Date> {
    let value = to_one_line(value);
    let parts: Vec<&str> = value.split('/').map(str::trim).collect();
    let is_year = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.first().is_some_and(is_year) || parts.len() < 2 {
        return without_place_holder(value.trim_end_matches('/'));
    }
    let part = |index: usize| parts.get(index).copied().unwrap_or("");
    let (year, month, day) = (part(0), part(1), part(2));
    let words = parts.get(3..).unwrap_or_default().join("/");
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(month) || !is_number(day) {
        let known = [day, month, year, &words].into_iter().filter(|part| !part.is_empty());
        return Some(Date::parse(&known.collect::<Vec<_>>().join(" ")));
    }
    let known = [year, month, day].into_iter().filter(|part| !part.is_empty());
    let two_digits =
        |part: &str| if part.len() == 1 { format!("0{part}") } else { part.to_owned() };
    let code = known.map(two_digits).collect::<Vec<_>>().join("-");
    let date = without_place_holder(&code)?;
    let with_words = Date::parse(&format!("{words} {}", date.text));
    let is_understood = !words.is_empty() && !with_words.parsed.is_doubtful();
    Some(if is_understood { with_words } else { date })
}

/// Parses a date, or returns `None` for a text that stands for no date: `0000`, `9999`.
fn without_place_holder(text: &str) -> Option<Date> {
    match machine::parse(text) {
        _ if text.is_empty() => None,
        Some((ParsedDate::Undated, _)) => None,
        // Texts such as `1945-46` are more often years than codes.
        Some((parsed, _)) if text.len() != 7 => Some(Date { text: text.to_owned(), parsed }),
        _ => Some(Date::parse(text)),
    }
}

/// Returns the words of a date that its text does not have.
fn unread_words<'v>(value: &'v str, date: &Date) -> Option<&'v str> {
    let words = value.splitn(4, '/').nth(3)?.trim();
    Some(words).filter(|words| !words.is_empty() && !date.text.contains(*words))
}
