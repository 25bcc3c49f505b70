//! Reads lists that a person typed: a line a document, with its date first or last.
//!
//! `12 July 1945 - Keller to Weidl, letter, on the harvest (MS 41/7)`

mod columns;
mod dates;

use std::borrow::Cow;
use std::io;

use super::html::{is_reference, names_institution};
use super::whole_dates::is_whole_date;
use super::{InputFile, PageStart, Sink, doubtful_dates, encoding, notes, results_page};
use crate::record::{Archive, Date, Field, Problem, Record};
use crate::text::counts::count_of;
use columns::with_tabs;
use dates::{
    COMMA, DatePlace, SEPARATORS, before_comma, before_separator, date_before_comma,
    date_before_words, date_in_end_brackets, day_before_words, has_foreign_part, is_date,
    longest_date, mentions_no_date,
};

/// The fewest lines of a list.
const MIN_LINES: usize = 2;

/// The most lines above a list in which each line has a date.
const MAX_HEADING_LINES: usize = 3;

/// What stands between a title and a date behind it.
const SEPARATORS_BEHIND: [&str; 6] = [" - ", " – ", " — ", " -- ", "\t", ", "];

/// What stands between a reference and a title behind it.
const REFERENCE_ENDS: [&str; 6] = [": ", "\t", " - ", " – ", " — ", "  "];

/// A longer line that ends with a full stop is a sentence, in words.
const MAX_STATEMENT_WORDS: usize = 9;

/// The parts of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ListLine<'t> {
    /// The date as written.
    date: Cow<'t, str>,
    /// The title.
    title: Cow<'t, str>,
    /// What stands in brackets at the end, or where the list has its references.
    reference: Option<&'t str>,
    /// The columns behind the title.
    columns: Vec<&'t str>,
}

/// Whether most lines of a text are those of a list.
pub(super) fn looks_like(beginning: &str) -> bool {
    // The last line may be cut off.
    let whole = beginning.rfind('\n').map_or(beginning, |end| beginning.get(..end).unwrap_or(""));
    let has_dates = |text: Cow<'_, str>| date_place(&text).is_some();
    in_columns(whole).is_some_and(has_dates)
        && !results_page::has_count(whole)
        && !notes::is_mostly_table(whole)
}

/// Whether blanks part the columns of a list, and several of them could be the title.
pub(super) fn has_unclear_columns(text: &str) -> bool {
    in_columns(text).is_none()
}

/// Puts tabs between columns that blanks part. `None` where a title would be one of several columns, because nothing tells
/// which: accounts and registers are such.
fn in_columns(text: &str) -> Option<Cow<'_, str>> {
    let parted = with_tabs(text);
    let Cow::Owned(lines) = &parted else { return Some(parted) };
    let Some(place) = date_place(lines) else { return Some(parted) };
    let lines: Vec<ListLine<'_>> =
        lines.lines().filter_map(|line| ListLine::parse(line, place)).collect();
    let several = lines.iter().filter(|line| !line.columns.is_empty()).count();
    (2 * several < lines.len()).then_some(parted)
}

/// Returns where the dates stand in most lines; `None` if the text is no list.
fn date_place(text: &str) -> Option<DatePlace> {
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim().is_empty() && !is_continuation(line)).collect();
    [DatePlace::First, DatePlace::Last, DatePlace::Among].into_iter().find(|place| {
        let fitting: Vec<ListLine<'_>> =
            lines.iter().filter_map(|line| ListLine::parse(line, *place)).collect();
        // Where dates stand last, sentences may end with one: references show the list, or that no line lacks
        // a date below the heading.
        let first = lines.iter().position(|line| ListLine::parse(line, *place).is_some());
        let is_whole = first.is_some_and(|first| {
            first <= MAX_HEADING_LINES && fitting.len() + first == lines.len()
        });
        let sure = match place {
            DatePlace::Last | DatePlace::Among if !is_whole => {
                fitting.iter().filter(|line| line.reference.is_some()).count() * 2
            }
            _ => fitting.len(),
        };
        let is_most = is_whole || fitting.len() * 3 > lines.len() * 2;
        fitting.len() >= MIN_LINES && is_most && sure >= fitting.len()
    })
}

/// Whether a line belongs to the one above, because it is indented and no item.
fn is_continuation(line: &str) -> bool {
    line.starts_with([' ', '\t']) && strip_bullet(line.trim_start()) == line.trim_start()
}

/// Returns a line without its bullet or number.
fn strip_bullet(line: &str) -> &str {
    for bullet in ["- ", "* ", "• ", "– ", "+ "] {
        if let Some(rest) = line.strip_prefix(bullet) {
            return rest.trim_start();
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    let numbered = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "));
    match numbered.filter(|_| (1..=3).contains(&digits)) {
        // `12. July 1945` is a date in some languages, `1. 2.4.1931` a number and a date.
        Some(rest) if rest.starts_with(|it: char| it.is_ascii_digit()) => rest.trim_start(),
        Some(rest) if !is_date(before_separator(line)) && !is_date(before_comma(line)) => {
            rest.trim_start()
        }
        _ => line,
    }
}

impl<'t> ListLine<'t> {
    fn new(date: &'t str, title: &'t str, reference: Option<&'t str>) -> ListLine<'t> {
        ListLine { date: date.into(), title: title.into(), reference, columns: Vec::new() }
    }

    /// Takes a line apart; `None` if it has no date in its place.
    fn parse(line: &'t str, place: DatePlace) -> Option<ListLine<'t>> {
        let line = strip_bullet(line.trim());
        let (text, reference) =
            split_leading_brackets(line).unwrap_or_else(|| split_reference(line));
        let text = match place {
            DatePlace::First => text,
            // A line that is only a date has no title.
            DatePlace::Last | DatePlace::Among if is_whole_date(text) => return None,
            DatePlace::Last | DatePlace::Among => without_full_stop(text),
        };
        if place == DatePlace::Among {
            return ListLine::parse_among(text, reference);
        }
        if place == DatePlace::Last
            && let Some((title, date)) = date_in_end_brackets(text)
        {
            return Some(ListLine::new(date, title, reference).with_leading_reference());
        }
        let has_separator = SEPARATORS.iter().any(|separator| text.contains(separator));
        let found = match place {
            DatePlace::First if has_separator => {
                longest_date(text, &SEPARATORS, place).or_else(|| date_before_comma(text))
            }
            DatePlace::First => date_before_comma(text),
            _ => longest_date(text, &SEPARATORS_BEHIND, place),
        };
        let before_words = || {
            let may_have = place == DatePlace::First && !ends_like_prose(text);
            may_have.then(|| day_before_words(text)).flatten()
        };
        let found = found.or_else(before_words);
        let Some((date, title)) = found else {
            return ListLine::parse_behind_reference(text, place);
        };
        let line = ListLine::new(date, title, reference).with_columns().with_leading_reference();
        Some(if place == DatePlace::First { line.with_trailing_reference() } else { line })
    }

    /// Takes a line apart that has another form than most of its list: it begins with a date of any precision, or it has
    /// a reference at its end, if the others have one.
    fn parse_other_form(
        line: &'t str,
        place: DatePlace,
        have_references: bool,
    ) -> Option<ListLine<'t>> {
        let (text, reference) = split_reference(strip_bullet(line.trim()));
        let dated = date_before_words(text)
            .filter(|_| place == DatePlace::First && !ends_like_prose(text))
            .map(|(date, title)| ListLine::new(date, title, reference));
        let undated = || {
            let has_reference = have_references && reference.is_some();
            has_reference.then(|| ListLine::new("", text, reference))
        };
        let line = dated.or_else(undated)?.with_leading_reference();
        Some(if place == DatePlace::First { line.with_trailing_reference() } else { line })
    }

    /// Takes a line apart that begins with its reference: `MS 41/7 - 12 July 1945 - Letter`.
    fn parse_behind_reference(text: &'t str, place: DatePlace) -> Option<ListLine<'t>> {
        let reference = before_separator(text);
        let rest = text.get(reference.len()..)?.trim_start();
        let has_digit = reference.bytes().any(|byte| byte.is_ascii_digit());
        let rest =
            SEPARATORS.iter().find_map(|separator| rest.strip_prefix(separator.trim_start()));
        let rest = rest.filter(|_| place == DatePlace::First && has_digit)?;
        let starts_with_date = is_date(before_separator(rest)) || date_before_comma(rest).is_some();
        let line = starts_with_date.then(|| ListLine::parse(rest, place)).flatten()?;
        Some(ListLine { reference: Some(reference), ..line })
    }

    /// Takes a line apart whose date stands between commas. What stands round it is the title.
    fn parse_among(text: &'t str, reference: Option<&'t str>) -> Option<ListLine<'t>> {
        let parts: Vec<&str> = text.split(COMMA).map(str::trim).collect();
        if ends_like_prose(text) {
            return None;
        }
        let of_dates = |from: usize, to: usize| {
            let date = parts.get(from..to)?.join(COMMA);
            (is_whole_date(&date) && !has_foreign_part(&date)).then_some((from, to, date))
        };
        let runs = (0..parts.len())
            .find_map(|from| (from + 1..=parts.len()).rev().find_map(|to| of_dates(from, to)));
        let (from, to, date) = runs?;
        let mut others: Vec<&str> = parts.get(..from)?.to_vec();
        others.extend(parts.get(to..)?);
        let at = others.iter().position(|part| is_reference(part)).filter(|_| reference.is_none());
        let reference = at.map(|at| others.remove(at)).or(reference);
        let title = others.join(COMMA);
        let is_titled = title.chars().any(char::is_alphabetic);
        let line = ListLine::new("", "", reference);
        is_titled.then_some(ListLine { date: date.into(), title: title.into(), ..line })
    }

    /// Parts the columns behind a title from it, and finds the reference in them.
    fn with_columns(mut self) -> ListLine<'t> {
        let Cow::Borrowed(title) = self.title else { return self };
        let mut columns: Vec<&str> =
            title.split('\t').map(str::trim).filter(|column| !column.is_empty()).collect();
        if columns.len() < 2 {
            return self;
        }
        let at = columns.iter().position(|column| is_reference(column));
        if let Some(at) = at.filter(|_| self.reference.is_none()) {
            self.reference = Some(columns.remove(at));
        }
        self.title = columns.remove(0).into();
        self.columns = columns;
        self
    }

    /// Takes the reference from the end of a title.
    fn with_trailing_reference(mut self) -> ListLine<'t> {
        let Cow::Borrowed(title) = self.title else { return self };
        let split = title.rsplit_once(COMMA).filter(|(_, last)| is_reference(last.trim()));
        if let Some((rest, reference)) = split.filter(|_| self.reference.is_none()) {
            self.reference = Some(reference.trim());
            self.title = rest.trim().into();
        }
        self
    }

    /// Takes the reference from the beginning of a title: `MS 41/7: Keller to Weidl`.
    fn with_leading_reference(mut self) -> ListLine<'t> {
        let Cow::Borrowed(title) = self.title else { return self };
        let mut splits = REFERENCE_ENDS.iter().filter_map(|end| title.split_once(end));
        let split = splits.find(|(before, after)| {
            is_reference(before.trim()) && after.chars().any(char::is_alphabetic)
        });
        if let Some((reference, rest)) = split.filter(|_| self.reference.is_none()) {
            self.reference = Some(reference.trim());
            self.title = rest.trim().into();
        }
        self
    }
}

/// Whether a date is only the number of a year.
fn is_bare_year(date: &str) -> bool {
    date.len() == 4 && date.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a date is only the number of a year, or from one year to another: `1902-1907`.
fn is_years(date: &str) -> bool {
    let mut numbers = date.split(['-', '–', '/', ' ']).filter(|number| !number.is_empty());
    !date.is_empty() && numbers.all(is_bare_year)
}

/// Whether a line is a sentence of prose.
fn ends_like_prose(text: &str) -> bool {
    text.ends_with(['.', '!', '?']) && text.split_whitespace().count() > MAX_STATEMENT_WORDS
}

/// Returns a line without its full stop; that of an abbreviation stays.
fn without_full_stop(line: &str) -> &str {
    let last = line.split_whitespace().next_back().unwrap_or("");
    let is_number = last.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit());
    if is_number { line.trim_end_matches('.') } else { line }
}

/// Splits a reference in brackets from the beginning of a line: `[MS 41/7] 12 July 1945 - Letter`.
fn split_leading_brackets(line: &str) -> Option<(&str, Option<&str>)> {
    let (reference, rest) = line.strip_prefix('[')?.split_once(']')?;
    let is_code = is_reference(reference) && rest.starts_with(' ');
    is_code.then(|| (rest.trim(), Some(reference.trim())))
}

/// Splits a reference in brackets from the end of a line: `(MS 41/7)`.
fn split_reference(line: &str) -> (&str, Option<&str>) {
    let bare = line.trim_end_matches(['.', ';', ',']);
    // `Reply, 12 July 1945. MS 41/7`
    let behind_stop = bare.rsplit_once(". ").filter(|(before, end)| {
        is_reference(end.trim()) && before.contains(|letter: char| letter.is_lowercase())
    });
    if let Some((before, reference)) = behind_stop {
        return (before.trim_end(), Some(reference.trim()));
    }
    let closed =
        bare.strip_suffix(')').map(|it| (it, '(')).or_else(|| Some((bare.strip_suffix(']')?, '[')));
    let Some((inner, open)) = closed else { return (line, None) };
    let Some((before, reference)) = inner.rsplit_once(open) else { return (line, None) };
    let has_digit = reference.chars().any(|letter| letter.is_ascii_digit());
    let is_code = has_digit && reference.len() <= 60 && !is_date(reference);
    // `(12 J 4)` is a reference, as its end shows.
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = reference.split_whitespace();
    let is_page = words.next().is_some_and(is_number)
        && words
            .next_back()
            .is_some_and(|last| !last.contains(|letter: char| letter.is_ascii_digit()));
    // `(3 pages)` is a part of the title.
    if is_code && !is_page { (before.trim_end(), Some(reference.trim())) } else { (line, None) }
}

/// Reads a list.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let name = file.name;
    let text = encoding::read_text(name, file.bytes, sink)?;
    let with_columns = in_columns(&text).unwrap_or(Cow::Borrowed(&text));
    let place = date_place(&with_columns).unwrap_or(DatePlace::First);
    let lines: Vec<ReadLine<'_>> = (1..)
        .zip(text.lines().zip(with_columns.lines()))
        .filter(|(_, (_, line))| !line.trim().is_empty())
        .map(|(number, (written, line))| {
            let parsed = ListLine::parse(line, place).filter(|_| !is_continuation(line));
            (number, written, line, parsed)
        })
        .collect();
    let headings = year_headings(&lines);
    let (lines, others) = with_other_forms(lines, place, &headings);
    let mut records: Vec<(usize, Record)> = Vec::new();
    let mut above: Vec<&str> = Vec::new();
    let mut doubtful: Vec<usize> = Vec::new();
    for (number, written, line, parsed) in lines {
        match (parsed, records.last_mut()) {
            _ if headings.contains(&number) => {}
            (Some(parsed), _) => records.push((number, record_of(&parsed, written))),
            (None, None) => above.push(written.trim()),
            (None, Some((_, record))) => {
                record.source_hash.add_text(written);
                append_to_summary(record, written.trim());
                if !is_continuation(line) {
                    doubtful.push(number);
                }
            }
        }
    }
    let title_index = above.iter().position(|line| names_institution(line));
    let title = title_index.map(|at| above.remove(at).to_owned());
    let description = Some(above.join("\n")).filter(|text| !text.is_empty());
    let archive = Archive { title, description, ..Archive::default() };
    sink.start_page(PageStart { file: name.to_owned(), archive, ..PageStart::default() });
    if records.is_empty() {
        let message = "no line of this list has a date, a dash and a title: `12 July 1945 - Letter (MS 41/7)`";
        sink.report(Problem::error(name, None, message));
    }
    if let Some((number, text)) = others.first() {
        let lines = count_of(others.len(), "line");
        let message = format!(
            "{lines} with a year and no day or sign behind it: each is read as a record, such as “{text}”"
        );
        sink.report(Problem::warning(name, Some(*number), message));
    }
    if let Some(first) = doubtful.first() {
        let lines = count_of(doubtful.len(), "line");
        let message = format!("{lines} without a date: each was added to the record above it");
        sink.report(Problem::warning(name, Some(*first), message));
    }
    for (line, record) in records {
        doubtful_dates::send_record(sink, name, Some(line), record);
    }
    Ok(())
}

/// Takes lines apart that are of another form than most: with a date that is no day, or without a date but with a reference
/// as the others have it. Above the first line of the list only those count that have no other line between them and the
/// list, and that have a date that is more than a year or say that they have none: others are its heading. Returns the
/// lines whose date is only a year, too, which may be no date.
fn with_other_forms<'t>(
    mut lines: Vec<ReadLine<'t>>,
    place: DatePlace,
    headings: &[usize],
) -> (Vec<ReadLine<'t>>, Vec<(usize, &'t str)>) {
    let parsed = || lines.iter().filter_map(|(_, _, _, parsed)| parsed.as_ref());
    let with_references = parsed().filter(|parsed| parsed.reference.is_some()).count();
    let have_references = with_references > 0 && 3 * with_references >= 2 * parsed().count();
    let first = lines.iter().position(|(_, _, _, parsed)| parsed.is_some()).unwrap_or(0);
    let other_form = |at: usize| -> Option<ListLine<'t>> {
        let (number, _, line, parsed) = lines.get(at)?;
        if parsed.is_some() || headings.contains(number) || is_continuation(line) {
            return None;
        }
        let found = ListLine::parse_other_form(line, place, have_references)?;
        let is_heading = at < first
            && (is_years(&found.date) || found.date.is_empty() && !mentions_no_date(line));
        (!is_heading).then_some(found)
    };
    let mut found: Vec<Option<ListLine<'t>>> = (0..lines.len()).map(other_form).collect();
    let right_above = found.iter().take(first).rev().take_while(|line| line.is_some()).count();
    let mut others = Vec::new();
    for (at, (number, written, _, slot)) in lines.iter_mut().enumerate().skip(first - right_above) {
        let Some(line) = found.get_mut(at).and_then(Option::take) else { continue };
        if is_bare_year(&line.date) {
            others.push((*number, written.trim()));
        }
        *slot = Some(line);
    }
    (lines, others)
}

/// A line with its number: as written, with tabs between its columns, and taken apart.
type ReadLine<'t> = (usize, &'t str, &'t str, Option<ListLine<'t>>);

/// Returns the numbers of the lines that are only the year of the line below: `1945` above `12 July 1945 - Letter`.
fn year_headings(lines: &[ReadLine<'_>]) -> Vec<usize> {
    let is_heading = |pair: &[ReadLine<'_>]| match pair {
        [(number, written, _, None), (_, _, _, Some(below))] => {
            let year = strip_bullet(written.trim()).trim_end_matches(':');
            let is_of_year = year.len() == 4
                && is_whole_date(year)
                && Date::parse(&below.date)
                    .span()
                    .is_some_and(|span| year.parse() == Ok(span.earliest.to_ymd().0));
            is_of_year.then_some(*number)
        }
        _ => None,
    };
    lines.windows(2).filter_map(is_heading).collect()
}

/// Returns the record of a line.
fn record_of(parsed: &ListLine<'_>, line: &str) -> Record {
    let mut record = Record { date: Date::parse(&parsed.date), ..Record::default() };
    record.source_hash.add_text(line);
    record.push(Field::Title, &parsed.title);
    if let Some(reference) = parsed.reference {
        // A number alone is that of the row.
        let is_number = reference.bytes().all(|byte| byte.is_ascii_digit());
        record.push(if is_number { Field::Id } else { Field::ReferenceCode }, reference);
    }
    if !parsed.columns.is_empty() {
        record.push(Field::Summary, &parsed.columns.join(" · "));
    }
    record
}

/// Adds a line to the summary of a record.
fn append_to_summary(record: &mut Record, line: &str) {
    match record.values.iter_mut().find(|(field, _)| *field == Field::Summary) {
        Some((_, summary)) => {
            summary.push('\n');
            summary.push_str(line);
        }
        None => record.push(Field::Summary, line),
    }
}
