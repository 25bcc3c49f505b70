//! Classifies the lines of a results page, each without its context.

use super::labels::label_of;
use crate::formats::read::html::{date_behind_word, is_publishing};
use crate::formats::read::inline_labels;
use crate::formats::read::result_count::{self, CountLine, ResultCount};
use crate::formats::read::whole_dates::{is_undated, is_whole_date, says_undated};
use crate::record::MONTH_NAMES;

/// A line without surrounding white space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// The line number, counted from 1.
    pub(super) number: usize,
    pub(super) text: &'t str,
    pub(super) kind: LineKind<'t>,
    /// Whether white space stands before the text.
    pub(super) is_indented: bool,
}

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind<'t> {
    Blank,
    /// Only a bullet.
    Bullet,
    /// Only a date, here without its bullet.
    Date(&'t str),
    /// `201 - 210 of 552`
    Count(ResultCount),
    /// `552 documents, page 3 of 56`
    PageNumber(CountLine),
    /// A link such as `Skip to content`, with which a saved page begins.
    SkipLink,
    /// A label of the site, such as `Search results`. Between records it counts as text.
    SiteLabel,
    /// Links to other pages. Between records they count as text.
    Pager,
    /// A line of the foot of a page: who owns the site, and what stands below.
    Foot,
    /// An entry of a menu: `(372) documents`.
    MenuEntry,
    Text,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.kind == LineKind::Blank
    }

    pub(super) fn is_date(&self) -> bool {
        matches!(self.kind, LineKind::Date(_))
    }
}

/// Splits a text into lines. All common line ends are accepted.
pub(super) fn split_lines(text: &str) -> Vec<Line<'_>> {
    let has_old_mac_ends = !text.contains('\n');
    let lines = text.split(if has_old_mac_ends { '\r' } else { '\n' });
    let lines = lines.enumerate().flat_map(|(index, line)| {
        let is_indented = line.starts_with([' ', '\t']);
        let parts = parts_with_labels(line.trim()).into_iter();
        parts.map(move |text| Line { number: index + 1, text, kind: classify(text), is_indented })
    });
    lines.collect()
}

/// Returns the parts of a line in which several labels stand beside their values, with signs or blanks between them:
/// `Author: Keller, Anna | Date: 1945`.
fn parts_with_labels(text: &str) -> Vec<&str> {
    const SIGNS: [&str; 4] = [" | ", " · ", " • ", "; "];
    let text = without_row_number(text);
    let has_label = |part: &&str| label_of(part).is_some_and(|(_, value)| !value.is_empty());
    let parts = SIGNS.iter().map(|sign| text.split(sign).map(str::trim).collect::<Vec<&str>>());
    let mut labelled = parts.filter(|parts| parts.len() > 1 && parts.iter().all(has_label));
    labelled.next().unwrap_or_else(|| inline_labels::parts(text))
}

/// Returns a line without the number of its row before a label, as a browser copies a table: `1`, a tab and `Title:`.
fn without_row_number(text: &str) -> &str {
    let split = text.split_once('\t').filter(|(number, rest)| {
        let is_number = number.len() < MAX_ROW_DIGITS
            && number.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit());
        is_number && !number.is_empty() && label_of(rest).is_some()
    });
    split.map_or(text, |(_, rest)| rest.trim())
}

/// The most digits of the number of a row.
const MAX_ROW_DIGITS: usize = 6;

/// Whether the whole line is a date in any language, or a word such as `undated`.
pub(super) fn is_any_date(line: &Line<'_>) -> bool {
    let text = strip_bullet(line.text);
    line.is_date()
        || (line.kind == LineKind::Text
            && (is_whole_date(text) || (is_undated(text) && says_undated(text)))
            && !says_of_what(text)
            && !is_facet(text))
}

/// Whether a line is an entry of a facet: a value and the number of records that have it, as in `1900-1909 (12)`. A
/// year in the brackets is no such number.
pub(super) fn is_facet(text: &str) -> bool {
    let split = text.strip_suffix([')', ']']).and_then(|text| text.rsplit_once(['(', '[']));
    split.is_some_and(|(value, number)| {
        !value.trim().is_empty() && parse_number(number).is_some() && !is_year(number.trim())
    })
}

/// Whether a line says of what its date is, so that it stands below a title: `Dates: 1951`, `Published 1951`.
pub(super) fn says_of_what(text: &str) -> bool {
    label_of(text).is_some() || date_behind_word(text).is_some_and(|(word, _)| is_publishing(word))
}

/// Changes the kind of the line with this number to a date.
pub(super) fn reclassify_as_date(lines: &mut [Line<'_>], number: usize) {
    if let Some(line) = number.checked_sub(1).and_then(|index| lines.get_mut(index)) {
        let text = line.text;
        line.kind = LineKind::Date(strip_bullet(text));
    }
}

/// Changes the kind of the line with this number to that of a text of the site.
pub(super) fn reclassify_as_label(lines: &mut [Line<'_>], number: usize) {
    if let Some(line) = number.checked_sub(1).and_then(|index| lines.get_mut(index)) {
        line.kind = LineKind::SiteLabel;
    }
}

/// Changes the kinds of the lines from one number to before another to that of the foot of a page. Its links and counts stay.
pub(super) fn reclassify_as_foot(lines: &mut [Line<'_>], from: usize, to: usize) {
    let first = lines.partition_point(|line| line.number < from);
    let end = lines.partition_point(|line| line.number < to);
    for line in lines.get_mut(first..end).unwrap_or_default() {
        if matches!(line.kind, LineKind::Text | LineKind::Date(_) | LineKind::MenuEntry) {
            line.kind = LineKind::Foot;
        }
    }
}

/// Changes the kind of the line with this number to that of the links of a page.
pub(super) fn reclassify_as_pager(lines: &mut [Line<'_>], number: usize) {
    if let Some(line) = number.checked_sub(1).and_then(|index| lines.get_mut(index)) {
        line.kind = LineKind::Pager;
    }
}

/// Returns a line without its bullet.
pub(super) fn strip_bullet(line: &str) -> &str {
    line.strip_prefix(BULLETS).map_or(line, str::trim_start)
}

/// Characters without width, which copied text may contain.
const INVISIBLE_CHARS: [char; 5] = ['\u{200b}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'];
/// The characters that count as bullets.
const BULLETS: [char; 12] = ['•', '‣', '◦', '▪', '■', '●', '○', '·', '*', '-', '–', '—'];
/// The maximum length of a line that is not text, in bytes.
const MAX_NON_TEXT_LINE_BYTES: usize = 80;

/// Returns the kind of a line.
fn classify(line: &str) -> LineKind<'_> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || INVISIBLE_CHARS.contains(&c));
    if line.is_empty() {
        return LineKind::Blank;
    }
    if line.len() > MAX_NON_TEXT_LINE_BYTES {
        return LineKind::Text;
    }
    let content = if is_rule(line) { "" } else { strip_bullet(line) };
    let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(line));
    if content.is_empty() {
        LineKind::Bullet
    } else if is_date(content) {
        LineKind::Date(content)
    } else if let Some(count) = result_count::parse_range(line) {
        LineKind::Count(count)
    } else if let Some(count @ CountLine::Page { .. }) = result_count::parse(line) {
        LineKind::PageNumber(count)
    } else if is_one_of(SKIP_LINKS) {
        LineKind::SkipLink
    } else if is_one_of(SITE_LABELS) {
        LineKind::SiteLabel
    } else if is_pager(line) {
        LineKind::Pager
    } else if is_menu_entry(line) {
        LineKind::MenuEntry
    } else {
        LineKind::Text
    }
}

/// The fewest signs of a line that parts records.
const MIN_RULE_CHARS: usize = 3;

/// Whether a line is nothing but signs that part records: `---`, `* * *`.
fn is_rule(line: &str) -> bool {
    let mut signs = 0;
    let are_signs = line.chars().all(|letter| {
        signs += usize::from(!letter.is_whitespace());
        letter.is_whitespace() || BULLETS.contains(&letter) || "_=~#".contains(letter)
    });
    are_signs && signs >= MIN_RULE_CHARS
}

/// The texts of links that skip to the content.
const SKIP_LINKS: &[&str] = &["Skip to content", "Skip to main content"];

/// The labels of sites around the records.
const SITE_LABELS: &[&str] = &[
    "Results",
    "Results:",
    "Search results",
    "Documents",
    "Documents:",
    "Popular Documents",
    "Search in",
    "Add search filter",
    "Cancel search filter",
    "Add search filter cancel search filter",
    "Digital Archive",
    "International History Declassified",
    "Digital Archive International History Declassified",
    "No image found.",
];

/// Whether a text is only a date in one of the usual forms of results pages: `July 12, 1945`,
/// `July 07, 1945`, `October 1976`, `July, 1945`, `1956`, `Date unknown`.
pub(super) fn is_date(text: &str) -> bool {
    let without_comma = |word: &str| word.strip_suffix(',').unwrap_or(word).to_owned();
    let mut words = text.split_whitespace();
    match [words.next(), words.next(), words.next(), words.next()] {
        [Some(year), None, ..] => is_year(year),
        [Some(date), Some(unknown), None, _] if date.eq_ignore_ascii_case("date") => {
            unknown.eq_ignore_ascii_case("unknown")
        }
        [Some(month), Some(year), None, _] => is_month(&without_comma(month)) && is_year(year),
        [Some(month), Some(day), Some(year), None] => {
            is_month(month) && is_day(&without_comma(day)) && is_year(year)
        }
        _ => false,
    }
}

fn is_month(word: &str) -> bool {
    MONTH_NAMES.iter().any(|month| month.eq_ignore_ascii_case(word))
}

fn is_day(word: &str) -> bool {
    word.len() <= 2 && parse_digits(word).is_some_and(|day| (1..=31).contains(&day))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && parse_digits(word).is_some_and(|year| (1000..2100).contains(&year))
}

/// Parses a number that has only digits.
fn parse_digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Parses a number that may have thousands separators: `16,081`.
fn parse_number(text: &str) -> Option<u64> {
    let is_separator = |c: char| c.is_whitespace() || [',', '.', '\'', '’'].contains(&c);
    let text = text.trim();
    let mut groups = text.split(is_separator);
    let first = groups.next()?;
    let is_malformed = text.contains(is_separator) && first.len() > 3;
    if first.is_empty() || is_malformed || !groups.all(|group| group.len() == 3) {
        return None;
    }
    parse_digits(&text.replace(is_separator, ""))
}

/// Whether a line has links to other pages: `Next`, `Last »`, `Page 3`, `Load more`, or several.
pub(super) fn is_pager(line: &str) -> bool {
    const PAGER_WORDS: [&str; 9] =
        ["next", "previous", "prev", "first", "last", "page", "load", "more", "current"];
    let is_arrow = |c: char| "«»‹›<>←→…".contains(c);
    let mut words = line.split_whitespace().map(|word| word.trim_matches(is_arrow)).peekable();
    let mut has_pager_word = false;
    words.all(|word| {
        let is_pager_word =
            PAGER_WORDS.iter().any(|pager_word| pager_word.eq_ignore_ascii_case(word));
        has_pager_word |= is_pager_word;
        is_pager_word || parse_digits(word).is_some() || word.is_empty()
    }) && has_pager_word
}

/// Whether a line is an entry of a menu: `(372) documents`.
fn is_menu_entry(line: &str) -> bool {
    let inner = line.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    inner.is_some_and(|(count, noun)| {
        parse_number(count).is_some() && noun.trim().to_ascii_lowercase().starts_with("document")
    })
}
