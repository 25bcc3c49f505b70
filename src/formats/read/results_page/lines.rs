//! What a single line of a results page is, told from the line alone.

use crate::record::MONTHS;

/// A line, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Counted from 1.
    pub(super) number: usize,
    pub(super) text: &'t str,
    pub(super) kind: Kind<'t>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    Blank,
    /// A bullet alone.
    Bullet,
    /// Only a date, here without its bullet.
    Date(&'t str),
    /// `201 - 210 of 552`
    Count(Count),
    /// What browsers offer first on a page, so that a saved page begins with it.
    Skip,
    /// Words of the site around a listing; in the midst of records they are text.
    Heading,
    /// The way to other pages; in the midst of records it is text.
    Pager,
    /// One box of a menu: `(372) documents`.
    Card,
    Text,
}

/// Which records of how many a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) total: u64,
}

impl Count {
    /// How many records the page shows, by its own words.
    pub(super) fn expected(self) -> u64 {
        if self.total == 0 { 0 } else { self.last - self.first + 1 }
    }
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.kind == Kind::Blank
    }

    pub(super) fn is_date(&self) -> bool {
        matches!(self.kind, Kind::Date(_))
    }
}

/// The lines of a text. It may end its lines as any system does.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let old_mac = !text.contains('\n');
    let lines = text.split(if old_mac { '\r' } else { '\n' });
    lines
        .enumerate()
        .map(|(at, line)| Line { number: at + 1, text: line.trim(), kind: kind(line.trim()) })
        .collect()
}

/// Takes the line with this number for a date, whatever its form.
pub(super) fn read_as_date(lines: &mut [Line<'_>], number: usize) {
    if let Some(line) = number.checked_sub(1).and_then(|at| lines.get_mut(at)) {
        let text = line.text;
        line.kind = Kind::Date(without_bullet(text));
    }
}

/// A line without the bullet before it.
pub(super) fn without_bullet(line: &str) -> &str {
    line.strip_prefix(BULLETS).map_or(line, str::trim_start)
}

/// Marks that have no width; they come along when text is copied.
const INVISIBLE: [char; 5] = ['\u{200b}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'];
const BULLETS: [char; 12] = ['•', '‣', '◦', '▪', '■', '●', '○', '·', '*', '-', '–', '—'];
/// No line longer than this, in bytes, is anything but text.
const LONGEST: usize = 80;

fn kind(line: &str) -> Kind<'_> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || INVISIBLE.contains(&c));
    if line.is_empty() {
        return Kind::Blank;
    }
    if line.len() > LONGEST {
        return Kind::Text;
    }
    let bare = without_bullet(line);
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(line));
    if bare.is_empty() {
        Kind::Bullet
    } else if is_date(bare) {
        Kind::Date(bare)
    } else if let Some(count) = count(line) {
        Kind::Count(count)
    } else if is(SKIPS) {
        Kind::Skip
    } else if is(HEADINGS) {
        Kind::Heading
    } else if is_pager(line) {
        Kind::Pager
    } else if is_card(line) {
        Kind::Card
    } else {
        Kind::Text
    }
}

const SKIPS: &[&str] = &["Skip to content", "Skip to main content"];

const HEADINGS: &[&str] = &[
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

/// Whether a text is only a date, in one of the forms that results pages write: `July 12, 1945`,
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
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

fn is_day(word: &str) -> bool {
    word.len() <= 2 && digits(word).is_some_and(|day| (1..=31).contains(&day))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && digits(word).is_some_and(|year| (1000..2100).contains(&year))
}

/// A number written with digits only.
fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A number that may have its thousands marked: `16,081`.
fn number(text: &str) -> Option<u64> {
    let mark = |c: char| c.is_whitespace() || [',', '.', '\'', '’'].contains(&c);
    let text = text.trim();
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let grouped = text.contains(mark) && first.len() > 3;
    if first.is_empty() || grouped || !groups.all(|group| group.len() == 3) {
        return None;
    }
    digits(&text.replace(mark, ""))
}

/// `201 - 210 of 552`, perhaps with `Showing` before it and `results` after it.
fn count(line: &str) -> Option<Count> {
    const BEFORE: [&str; 4] = ["showing ", "displaying ", "results ", "results: "];
    const AFTER: [&str; 4] = [" results", " documents", " records", " items"];
    let line = line.to_ascii_lowercase();
    let line = BEFORE.iter().find_map(|word| line.strip_prefix(word)).unwrap_or(&line);
    let line = AFTER.iter().find_map(|word| line.strip_suffix(word)).unwrap_or(line);
    let (range, total) = line.split_once(" of ")?;
    let (first, last) = range.split_once(['-', '\u{2010}', '\u{2011}', '–', '—'])?;
    let count = Count { first: number(first)?, last: number(last)?, total: number(total)? };
    // The records of a page can be counted.
    count.last.checked_sub(count.first)?.checked_add(1)?;
    Some(count)
}

/// `Next`, `Last »`, `Page 3`, `Load more`, or several of these on one line.
fn is_pager(line: &str) -> bool {
    const WORDS: [&str; 9] =
        ["next", "previous", "prev", "first", "last", "page", "load", "more", "current"];
    let arrow = |c: char| "«»‹›<>←→…".contains(c);
    let mut words = line.split_whitespace().map(|word| word.trim_matches(arrow)).peekable();
    let mut named = false;
    words.all(|word| {
        let known = WORDS.iter().any(|pager| pager.eq_ignore_ascii_case(word));
        named |= known;
        known || digits(word).is_some() || word.is_empty()
    }) && named
}

/// `(372) documents`
fn is_card(line: &str) -> bool {
    let inner = line.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    inner.is_some_and(|(count, what)| {
        number(count).is_some() && what.trim().to_ascii_lowercase().starts_with("document")
    })
}
