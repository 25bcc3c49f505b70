//! Finds the foot of a copied page: the numbers of its pages, who owns the site, and what stands below.

use std::collections::HashMap;

use super::ends_sentence;
use super::lines::Line;
use super::page_body::{TextLine, count_line, text_lines};
use super::pages::split_pages;
use crate::formats::field_names::is_known;
use crate::formats::read::html::{foot_word, is_news_heading};
use crate::formats::read::result_count::CountLine;
use crate::formats::read::whole_dates::{PART_SEPARATORS, is_whole_date, split_end_date};

/// The most lines of the foot of a page: links to other pages, who owns the site.
const MAX_FOOT_LINES: usize = 24;

/// The foot of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Foot<'t> {
    /// The number of its first line.
    pub(super) line: usize,
    /// The number of the first line behind the page.
    pub(super) end: usize,
    /// The text of the first line, if the line may belong to a record.
    pub(super) doubtful: Option<&'t str>,
}

/// Finds the feet of the pages of a text: what begins with the only line about who owns the site and since when, or with
/// a date that stands alone below records which have their dates elsewhere.
pub(super) fn feet<'t>(lines: &[Line<'t>]) -> Vec<Foot<'t>> {
    let pages = split_pages(lines);
    pages.iter().filter_map(|page| foot_of(page.lines)).collect()
}

fn foot_of<'t>(lines: &[Line<'t>]) -> Option<Foot<'t>> {
    let (start, count) = count_line(lines);
    let texts = text_lines(lines.get(start..)?);
    let expected = count.map(|count| match count {
        CountLine::Range(count) => count.expected(),
        other => other.total(),
    });
    let end = lines.last()?.number + 1;
    let foot =
        |at: usize| Foot { line: texts.get(at).map_or(0, |line| line.number), end, doubtful: None };
    let tail = texts.len().saturating_sub(MAX_FOOT_LINES).max(1)..texts.len();
    if let Some(at) = tail.clone().find(|at| begins_foot(&texts, *at, expected)) {
        return Some(foot(at));
    }
    let at = tail.rev().find(|at| texts.get(*at).is_some_and(is_lone_date))?;
    let is_full = stands_below_records(&texts, at, expected)?;
    let text = texts.get(at).map(|line| line.text).filter(|_| !is_full);
    Some(Foot { doubtful: text, ..foot(at) })
}

/// Whether a line is the only one about the site, stands alone, and has no records below it.
fn begins_foot(texts: &[TextLine<'_>], at: usize, expected: Option<u64>) -> bool {
    let Some((above, [line, below @ ..])) = texts.split_at_checked(at) else { return false };
    let Some(word) = site_word(line.text) else { return false };
    let is_only = texts.iter().filter(|it| site_word(it.text) == Some(word)).count() == 1;
    let has_date_below = below.first().is_some_and(|it| is_lone_date(it));
    let names_owner = word == COPYRIGHT_SIGN || word.to_lowercase().starts_with(COPYRIGHT_WORD);
    let is_alone = names_owner || (stands_alone(texts, at) && !has_date_below);
    is_only && is_alone && !has_records_like(above, below, expected)
}

/// The sign with which a line about the owner of a site begins, whatever follows.
const COPYRIGHT_SIGN: &str = "©";

/// A word that means the same.
const COPYRIGHT_WORD: &str = "copyright";

/// The most words of a line about a site.
const MAX_SITE_WORDS: usize = 8;

/// Returns the word or sign with which a line about a site begins: `© Orla Archive`, `Est. 1902`, `Last updated 3 March 2024`,
/// `Tel. 974 847 240`. Behind other words than the sign stand numbers only, or a date.
pub(super) fn site_word(text: &str) -> Option<&str> {
    if text.starts_with(COPYRIGHT_SIGN) {
        return Some(COPYRIGHT_SIGN);
    }
    if is_phone_number(text) {
        return Some(PHONE);
    }
    let word = foot_word(text)?;
    let rest = text.get(word.len()..)?.trim_matches([' ', ':', '.', '©', '(', ')']);
    let has_number = rest.contains(|letter: char| letter.is_ascii_digit());
    let are_numbers = !rest.contains(char::is_alphabetic);
    let is_short = text.split_whitespace().count() <= MAX_SITE_WORDS;
    let is_date = || is_whole_date(rest) || is_whole_date(rest.trim_end_matches('.'));
    (is_short && has_number && (are_numbers || is_date())).then_some(word)
}

/// What stands for the word of a line that is only a telephone number.
const PHONE: &str = "+";

/// Whether a text is a telephone number: at least three numbers, most of three digits, and no year.
fn is_phone_number(text: &str) -> bool {
    let is_sign = |letter: char| letter.is_ascii_digit() || " +-/()".contains(letter);
    let numbers: Vec<&str> =
        text.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    let long = numbers.iter().filter(|number| number.len() == 3).count();
    text.chars().all(is_sign)
        && numbers.len() > 2
        && 2 * long > numbers.len()
        && numbers.iter().all(|number| number.len() <= 3)
}

fn is_lone_date(line: &TextLine<'_>) -> bool {
    line.is_date || is_whole_date(line.text)
}

/// Whether a line has blank lines above and below it, or the end of the page.
fn stands_alone(texts: &[TextLine<'_>], at: usize) -> bool {
    let has_blank = |at: usize| texts.get(at).is_none_or(|line| line.blank_above > 0);
    has_blank(at) && has_blank(at + 1)
}

/// Whether a line that is only a date belongs to the foot: it stands alone below records whose dates stand beside other
/// text. Returns `None` if it may be the date of a record, otherwise whether the page has as many records above it as it says.
fn stands_below_records(texts: &[TextLine<'_>], at: usize, expected: Option<u64>) -> Option<bool> {
    let (above, below) = (texts.get(..at)?, texts.get(at + 1..)?);
    let marks = Marks::new(above);
    let records = marks.records();
    let is_full = expected == Some(records as u64);
    let has_like = (0..at)
        .any(|other| texts.get(other).is_some_and(is_lone_date) && stands_alone(texts, other));
    // Where dates have lines of their own, one in a usual form is that of a record.
    let is_usual = marks.counts.get(&Mark::Date) == Some(&records)
        && texts.get(at).is_some_and(|line| line.is_date);
    // Dates below related news are theirs, and a label says of what a date is.
    let has_label = texts.get(at).is_some_and(|line| line.text.contains(':'));
    let has_news = above.iter().any(|line| is_news_heading(line.text));
    let has_prose = below.iter().any(|line| ends_sentence(line.text));
    let is_none = stands_alone(texts, at)
        && records > 1
        && !has_like
        && !is_usual
        && !has_label
        && !has_news
        && (is_full || !has_prose);
    is_none.then_some(is_full)
}

/// Returns the index of the line with the numbers of the pages, each on a line.
pub(super) fn end_of_records(lines: &[TextLine<'_>]) -> usize {
    let number = |at: usize| lines.get(at).and_then(|line| line.text.parse::<u16>().ok());
    let is_pager = |at: usize| {
        let arrow = lines.get(at + 2).map_or("", |line| line.text);
        let ends = number(at + 2) == Some(3) || arrow.starts_with(['»', '›', '>', '→', '…']);
        number(at) == Some(1) && number(at + 1) == Some(2) && ends
    };
    let mut tail = lines.len().saturating_sub(MAX_FOOT_LINES).max(1)..lines.len();
    // Another page may be pasted below.
    let has_record = |line: &TextLine<'_>| {
        let is_labelled = || line.text.split_once(':').is_some_and(|(name, _)| is_known(name));
        is_whole_date(line.text) || is_labelled()
    };
    let is_foot = |at: &usize| is_pager(*at) && !lines.iter().skip(*at).any(has_record);
    tail.find(is_foot).unwrap_or(lines.len())
}

/// What shows that a line belongs to a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Mark {
    /// The name of a known field, in lower case.
    Label(String),
    /// The line is only a date.
    Date,
    /// A part of the line is a date.
    DateInside,
}

impl Mark {
    fn of_line(line: &TextLine<'_>) -> Option<Mark> {
        let text = line.text;
        if let Some((name, _)) = text.split_once(':').filter(|(name, _)| is_known(name)) {
            return Some(Mark::Label(name.trim().to_lowercase()));
        }
        if line.is_date || is_whole_date(text) {
            return Some(Mark::Date);
        }
        let has_date =
            || text.split(PART_SEPARATORS).any(is_whole_date) || split_end_date(text).is_some();
        has_date().then_some(Mark::DateInside)
    }
}

/// The lines of records by what they show.
struct Marks {
    counts: HashMap<Mark, usize>,
    /// The lines above the first mark, and those below the last one.
    lead: usize,
    rest: usize,
}

impl Marks {
    fn new(lines: &[TextLine<'_>]) -> Marks {
        let mut counts: HashMap<Mark, usize> = HashMap::new();
        let (mut first, mut end) = (None, 0);
        for (at, line) in lines.iter().enumerate() {
            if let Some(mark) = Mark::of_line(line) {
                *counts.entry(mark).or_default() += 1;
                first = first.or(Some(at));
                end = at + 1;
            }
        }
        Marks { counts, lead: first.unwrap_or(lines.len()), rest: lines.len() - end }
    }

    /// The number of lines with the most frequent mark, which each record has.
    fn records(&self) -> usize {
        self.counts.values().copied().max().unwrap_or(0)
    }

    fn has(&self, mark: &Mark) -> bool {
        self.counts.contains_key(mark)
    }
}

/// Whether the lines below the one about copyright are records in the form of those above it, and no more than the page
/// says: news and opening hours have dates, too.
fn has_records_like(above: &[TextLine<'_>], below: &[TextLine<'_>], expected: Option<u64>) -> bool {
    let (records, others) = (Marks::new(above), Marks::new(below));
    if others.counts.is_empty() {
        return false;
    }
    let most = records.records();
    let form: Vec<&Mark> =
        records.counts.iter().filter(|(_, count)| **count == most).map(|(mark, _)| mark).collect();
    // Of one record it is not known which marks the others have.
    let has_form = if most > 1 {
        form.iter().all(|mark| others.has(mark))
    } else {
        form.iter().any(|mark| others.has(mark))
    };
    let has_title = others.lead <= records.lead && (others.lead > 0 || records.lead == 0);
    let has_text = others.rest > 0 || records.rest == 0;
    let is_parted = above.iter().skip(1).any(|line| line.blank_above > 0);
    let begins = !is_parted || below.first().is_some_and(|line| line.blank_above > 0);
    // Several records may be those of the next page.
    let is_full = expected.is_some_and(|expected| most as u64 >= expected);
    let has_room = !is_full || others.records() > 1;
    has_form && has_title && has_text && begins && has_room
}
