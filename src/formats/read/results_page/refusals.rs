//! The sentences about copied text that is refused, or read although it may mean something else.

use super::ends_sentence;
use super::lines::{Line, LineKind};
use super::orders::{self, Entry};
use super::page_foot::Foot;
use super::pages::{self, PageText};
use super::year_lines::{month_and_year_of, year_of};
use crate::formats::read::html::{message_about_text, names_kind};
use crate::formats::read::{Sink, typed_list};
use crate::record::{Date, Problem};
use crate::text::counts::count_of;

/// Reports a page about one document, which is no list.
pub(super) fn report_document(name: &str, page: &PageText<'_, '_>, sink: &mut dyn Sink) {
    let first = page.lines.iter().find(|line| !pages::is_site_text(line));
    let message = "this is the text of a page about one document, in which its fields cannot be told from what else is on \
                   the page: save the page in the browser and open that";
    sink.report(Problem::error(name, first.map(|line| line.number), message));
}

/// Returns the message about a line above the first title, which may be none of its record.
pub(super) fn head_message(above: &str, below: &str) -> String {
    format!(
        "“{above}” is read as the title of the first record, but may stand above all records, and “{below}” be the title: compare \
         a record with the page"
    )
}

/// Returns the message about a line that may be the title of a record without a date.
pub(super) fn undated_message(text: &str) -> String {
    format!(
        "“{text}” may be the title of a record without a date: it is read as text of the record above; write “undated” below \
         it if it is one"
    )
}

/// Reports the dates below the records that are read as lines of the foot of a page.
pub(super) fn report_feet(name: &str, feet: &[Foot<'_>], sink: &mut dyn Sink) {
    for foot in feet {
        let Some(text) = foot.doubtful else { continue };
        let message = format!(
            "“{text}” stands alone below the records, whose dates stand elsewhere: it is read as the foot of the page and \
             not as the date of a record"
        );
        sink.report(Problem::warning(name, Some(foot.line), message));
    }
}

/// Returns the message about a line below a year that may be a record without a day.
pub(super) fn unclear_message(text: &str) -> String {
    format!(
        "the years of this page are headings of the days below them, and “{text}” has no day: write “undated: ” before it \
         if it is a record, or blanks if it belongs to the line above; no record was read"
    )
}

/// The message about a page whose days are those of a chronicle.
pub(super) const CHRONICLE_MESSAGE: &str = "the days of this page tell what happened and are no titles of documents: \
     write a line such as `12 July 1945: Letter` for each document and open that; no record was read";

/// The message about a page with lists below years.
pub(super) const LISTS_MESSAGE: &str = "the years of this page are headings of lists, and no day was found in the lines of these: \
     write the year before each line that is a record (`1945: Letter`) and open that; no record was read";

/// The message about a page that two orders fit.
pub(super) const TWO_ORDERS_MESSAGE: &str = "two orders fit this page: the date above its title, which was used, and the \
     title above its date; compare a record with the page";

/// Reports the lines with these numbers, which make it unclear what the records are.
pub(super) fn report_refused(name: &str, lines: Vec<(usize, String)>, sink: &mut dyn Sink) {
    for (line, message) in lines {
        sink.report(Problem::error(name, Some(line), message));
    }
}

/// The fewest words of a sentence.
const MIN_SENTENCE_WORDS: usize = 4;

/// Reports years with sentences below them, and years that may be headings of several records each: no line below them has a day, and some have more lines than
/// others. A sentence is a summary.
pub(super) fn report_years(name: &str, page: &PageText<'_, '_>, sink: &mut dyn Sink) {
    let lines: Vec<&Line<'_>> =
        page.lines.iter().filter(|line| !pages::is_site_text(line)).collect();
    let years: Vec<usize> =
        (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| line.is_date())).collect();
    let is_year = |text: &str| year_of(text).is_some();
    let first_day = |at: &usize| {
        let text = lines.get(*at)?.text;
        let is_heading = is_year(text) || month_and_year_of(text).is_some();
        Some(Date::parse(text).span().filter(|_| is_heading)?.earliest)
    };
    let days: Option<Vec<_>> = years.iter().map(first_day).collect();
    let are_in_order = days.is_some_and(|days| {
        days.len() > 1
            && (days.is_sorted_by(|one, other| one < other)
                || days.is_sorted_by(|one, other| one > other))
    });
    let are_years = years.iter().all(|at| lines.get(*at).is_some_and(|line| is_year(line.text)));
    let ends = years.iter().skip(1).copied().chain([lines.len()]);
    let below: Vec<&[&Line<'_>]> =
        years.iter().zip(ends).filter_map(|(year, end)| lines.get(year + 1..end)).collect();
    let differ =
        are_years && below.iter().any(|it| it.len() > 1) && below.iter().any(|it| it.len() == 1);
    let has_prose = below.iter().any(|it| it.iter().skip(1).any(|line| ends_sentence(line.text)));
    let starts_with_day = |line: &&&Line<'_>| {
        line.kind == LineKind::Text && line.text.starts_with(|it: char| it.is_ascii_digit())
    };
    let numbered = below.iter().flat_map(|it| it.iter()).filter(starts_with_day).count();
    let have_days = numbered > below.len() && below.iter().any(|it| it.len() > 1);
    let is_sentence = |line: &&&Line<'_>| {
        ends_sentence(line.text) && line.text.split_whitespace().count() >= MIN_SENTENCE_WORDS
    };
    let sentences = below.iter().filter_map(|it| it.first()).filter(is_sentence).count();
    let tells = years.len() > 1 && are_years && 2 * sentences > years.len();
    if page.count.is_some() || !are_in_order {
        return;
    }
    let message = if tells {
        "the lines below the years of this page are sentences: they may tell what happened, and be no titles of documents"
    } else if !has_prose && (differ || have_days) {
        "the dates of this page may be headings of several records each: the line below each was read as the title, and \
         the others as its summary; compare a record with the page"
    } else {
        return;
    };
    let line = years.first().and_then(|at| lines.get(*at)).map(|line| line.number);
    sink.report(Problem::warning(name, line, message));
}

/// Reports the lines with these numbers, which are only a date and were read as text.
pub(super) fn report_dates_in_texts(
    name: &str,
    lines: &[Line<'_>],
    numbers: &[usize],
    sink: &mut dyn Sink,
) {
    let Some(first) = numbers.first() else { return };
    let text = first.checked_sub(1).and_then(|at| lines.get(at)).map_or("", |line| line.text);
    let count = count_of(numbers.len(), "line");
    let message = format!(
        "read as text: {count} with only a date, such as “{text}”, because the other dates of this page stand \
         differently; a record may be missing"
    );
    sink.report(Problem::warning(name, Some(*first), message));
}

/// Reports the text of a page in which no record was found, beside pages with records.
pub(super) fn report_unread(name: &str, page: &PageText<'_, '_>, sink: &mut dyn Sink) {
    if let Some(line) = page.lines.iter().find(|line| !pages::is_site_text(line)) {
        let message = "no record was found from here on, up to the next page: copy that page again, or save it";
        sink.report(Problem::error(name, Some(line.number), message));
    }
}

/// Returns the warning that the titles may be kinds of documents: each is one word, one of them is a kind, and each
/// record has another line that may be its title.
pub(super) fn kinds_warning(entries: &[Entry]) -> Option<String> {
    let title_of = |entry: &Entry| {
        let title = entry.fields.iter().find(|(name, _)| name == orders::TITLE_NAME);
        title.map(|(_, text)| text.clone())
    };
    let titles: Vec<String> = entries.iter().map(title_of).collect::<Option<_>>()?;
    let has_details =
        |entry: &Entry| entry.fields.iter().any(|(name, _)| name == orders::DETAILS_NAME);
    let are_words = titles.len() > 1 && titles.iter().all(|title| !title.contains(' '));
    let kind = titles.iter().find(|title| names_kind(title))?;
    (are_words && entries.iter().all(has_details)).then(|| {
        format!(
            "titles such as “{kind}” may be kinds of documents, with the titles below them: compare a record with the \
             page"
        )
    })
}

/// Returns the message for a text without records.
pub(super) fn no_records_message(text: &str) -> &'static str {
    if text.trim_start().starts_with('<') {
        "no record was found, since this is HTML or XML: open it in a browser, select all, copy, \
         and save that as plain text"
    } else if let Some(message) = message_about_text(text) {
        message
    } else if typed_list::has_unclear_columns(text) {
        "no record was found: blanks part the columns of this text, and nothing tells which of them is the title; put tabs \
         between them, and above them a line with their names, such as `Date`, `Title` and `Author`"
    } else {
        "no record was found: in a copied page each has a line that is only a date, such as `July 12, 1945`, or \
         labels such as `Date: 1945`; if this is from a web page, save the page in the browser and open that, or copy it \
         and run `fonds paste`; --input-format names another format, fonds formats lists them"
    }
}
