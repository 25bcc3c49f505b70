//! The lines of a copied page below its count, and what they look like: badges, names of people.

use std::collections::HashSet;
use std::ops::Range;

use super::ends_sentence;
use super::facets::end_of_facets;
use super::labels::{is_name_of_date, is_publishing_alone, label_of};
use super::lines::{Line, LineKind, strip_bullet};
use super::page_foot::end_of_records;
use super::pages::{count_of, first_count, is_site_text};
use crate::formats::field_names::is_known;
use crate::formats::read::html::{is_furniture_heading, names_kind};
use crate::formats::read::result_count::{self, CountLine, ResultCount};
use crate::formats::read::whole_dates::{is_undated, is_whole_date};

/// A line with text, and the number of blank lines above it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextLine<'t> {
    pub(super) number: usize,
    pub(super) text: &'t str,
    pub(super) blank_above: usize,
    pub(super) is_date: bool,
    /// Whether a bullet stands before the text.
    pub(super) has_bullet: bool,
    is_indented: bool,
}

impl<'t> TextLine<'t> {
    /// Makes a line without its bullet. `blank_above` is the number of blank lines above it.
    fn new(line: &Line<'t>, blank_above: usize) -> TextLine<'t> {
        let text = strip_bullet(line.text);
        TextLine {
            number: line.number,
            text,
            blank_above,
            is_date: matches!(line.kind, LineKind::Date(_)),
            has_bullet: text.len() < line.text.len(),
            is_indented: line.is_indented,
        }
    }
}

/// The most words of the heading of related things.
const MAX_HEADING_WORDS: usize = 4;

/// The text of a page behind its count.
pub(super) struct PageBody<'t> {
    pub(super) lines: Vec<TextLine<'t>>,
    pub(super) count: Option<ResultCount>,
    /// The number of all records, where the page says nothing else.
    pub(super) total: Option<u64>,
    /// Whether the records begin right at the start: below a count, or with the text.
    pub(super) starts_sharply: bool,
    /// Whether the page says which one of many it is.
    pub(super) has_page_number: bool,
    /// Whether the page may have fewer records than it says.
    pub(super) may_lack: bool,
}

impl<'t> PageBody<'t> {
    /// Takes the lines with text, behind the count. `None` if the text is several pages.
    pub(super) fn new(lines: &[Line<'t>]) -> Option<PageBody<'t>> {
        let (start, count) = count_line(lines);
        let (above, body) = lines.split_at_checked(start)?;
        let is_record_text = |line: &Line<'_>| matches!(line.kind, LineKind::Date(_));
        let is_start = |line: &&Line<'_>| {
            line.kind == LineKind::SkipLink || count_of(line).is_some_and(|it| Some(it) != count)
        };
        let text_end = body.iter().rposition(|line| !is_site_text(line)).map_or(0, |last| last + 1);
        let (body, foot) = body.split_at_checked(text_end)?;
        if above.iter().any(is_record_text) || body.iter().chain(foot).any(|line| is_start(&line)) {
            return None;
        }
        let mut texts = text_lines(body);
        texts.truncate(end_of_records(&texts));
        if count.is_some() {
            texts.drain(..end_of_facets(&texts));
        }
        let has_pager = foot.iter().any(|line| line.kind == LineKind::Pager);
        let is_page_number =
            |line: &TextLine<'_>| line.text.len() <= 3 && line.text.parse::<u16>().is_ok();
        while has_pager && texts.last().is_some_and(is_page_number) {
            texts.pop();
        }
        let total = match count {
            Some(CountLine::Total(total) | CountLine::Page { total, .. }) => Some(total),
            _ => None,
        };
        let range = match count {
            Some(CountLine::Range(count)) => Some(count),
            _ => None,
        };
        let starts_sharply = count.is_some();
        let has_page_number = matches!(count, Some(CountLine::Page { .. }));
        let lines = texts;
        let count = range;
        Some(PageBody { lines, count, total, starts_sharply, has_page_number, may_lack: false })
    }

    pub(super) fn text(&self, at: usize) -> &'t str {
        self.lines.get(at).map_or("", |line| line.text)
    }

    pub(super) fn is_date(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| line.is_date)
    }

    /// Returns how many lines at the beginning of all records are badges above the titles: the same in all, such as
    /// `JOURNAL ARTICLE`, with the number of the record, or with its kind. There are at most `most`.
    pub(super) fn badges(&self, starts: &[usize], most: usize) -> usize {
        let Some((first, others)) = starts.split_first().filter(|(_, others)| !others.is_empty())
        else {
            return 0;
        };
        let is_equal =
            |at: usize| others.iter().all(|it| self.text(it + at) == self.text(first + at));
        let has_kinds = |at: usize| {
            let mut kinds: Vec<&str> = starts.iter().map(|start| self.text(start + at)).collect();
            let is_title = |text: &&str| text.contains(char::is_uppercase) && !names_kind(text);
            let may_be_titles = kinds.iter().any(is_title);
            let are_kinds = kinds.iter().all(|text| is_kind(text));
            kinds.sort_unstable();
            kinds.dedup();
            // Titles in capitals differ from each other.
            let differ = may_be_titles && kinds.len() == starts.len();
            // Above sentences, words that differ are titles: `Letter`, `Map`.
            let sentences =
                starts.iter().filter(|start| ends_sentence(self.text(**start + at + 1))).count();
            let are_above_prose = 2 * sentences > starts.len() && kinds.len() == starts.len();
            (are_kinds && !differ || self.are_mostly_kinds(starts, at))
                && !are_above_prose
                && !starts.iter().all(|start| is_kind(self.text(start + at + 1)))
        };
        let are_numbers = |at: usize| {
            starts.iter().all(|start| !self.text(start + at).contains(char::is_alphabetic))
        };
        let is_badge = |at: usize| {
            is_equal(at)
                || are_numbers(at)
                || self.differ_by_number(starts, at)
                || self.are_shelfmarks(starts, at)
                || has_kinds(at)
        };
        (0..most).take_while(|at| is_badge(*at)).count()
    }

    /// Returns the lines between the labels or dates of the records (`anchors`, from their first line to the one behind
    /// them) that stand in each record, the last one too, and not above the first: buttons such as `Add to cart`. A
    /// number in them may differ. The last may have been copied without it, if there are many or it stands behind texts.
    pub(super) fn repeated_below(&self, anchors: &[(usize, usize)]) -> Vec<usize> {
        let gaps: Vec<(usize, usize)> = anchors
            .windows(2)
            .filter_map(|pair| match pair {
                // The last line of a gap is a title.
                [above, below] => Some((above.1, below.0.saturating_sub(1))),
                _ => None,
            })
            .collect();
        let (Some(first), Some(last)) = (anchors.first(), anchors.last()) else {
            return Vec::new();
        };
        let key = |at: usize| self.text(at).replace(|letter: char| letter.is_ascii_digit(), "");
        let keys = |(from, to): (usize, usize)| (from..to).map(key).collect::<HashSet<String>>();
        let mut found = gaps.first().copied().map(keys).unwrap_or_default();
        found.retain(|text| text.chars().any(char::is_alphabetic));
        for gap in gaps.iter().skip(1).copied() {
            if found.is_empty() {
                return Vec::new();
            }
            let others = keys(gap);
            found.retain(|text| others.contains(text));
        }
        let above = keys((0, first.0));
        found.retain(|text| !above.contains(text));
        let starts: HashSet<String> = gaps.iter().map(|(from, _)| key(*from)).collect();
        let below = keys((last.1, self.lines.len()));
        found.retain(|text| {
            let is_behind_text = gaps.len() > 1 && !starts.contains(text);
            below.contains(text) || gaps.len() >= MIN_GAPS_WITH_BUTTON || is_behind_text
        });
        let in_gaps = gaps.iter().flat_map(|(from, to)| *from..*to);
        let lines = in_gaps.chain(last.1..self.lines.len());
        lines.filter(|at| found.contains(&key(*at))).collect()
    }

    /// Whether each record has a line of one word above a line of several, and most of these words name kinds of
    /// documents.
    fn are_mostly_kinds(&self, starts: &[usize], at: usize) -> bool {
        let words = |text: &str| text.split_whitespace().count();
        let known = starts.iter().filter(|start| names_kind(self.text(**start + at))).count();
        2 * known > starts.len()
            && starts.iter().all(|start| {
                words(self.text(start + at)) == 1 && words(self.text(start + at + 1)) > 1
            })
    }

    /// Whether lines are shelfmarks above titles: `Ms 41 (7)`, `NL Keller 41`. `Map 41` is a title.
    fn are_shelfmarks(&self, starts: &[usize], at: usize) -> bool {
        let first_word = |start: &usize| self.text(start + at).split(' ').next().unwrap_or("");
        let is_title = |line: usize| {
            let text = self.text(line);
            text.contains(char::is_alphabetic)
                && !is_shelfmark(text)
                && !self.is_date(line)
                && !is_whole_date(text)
                && label_of(text).is_none()
        };
        let is_long = |line: usize| {
            let words = self.text(line).split(|letter: char| !letter.is_alphabetic());
            words.into_iter().any(|word| word.chars().count() > MAX_SHELFMARK_LETTERS)
        };
        let long = starts.iter().filter(|start| is_long(**start + at + 1)).count();
        // Shelfmarks of several collections begin with codes.
        let is_code = |start: &usize| {
            first_word(start).chars().filter(|letter| letter.is_uppercase()).count() > 1
        };
        let first = starts.first().map(first_word);
        let is_same = |start: &usize| Some(first_word(start)) == first;
        2 * long > starts.len()
            && (starts.iter().all(is_same) || starts.iter().all(is_code))
            && starts
                .iter()
                .all(|start| is_shelfmark(self.text(start + at)) && is_title(start + at + 1))
    }

    /// Whether lines say that they are results, and differ only in a number, which rises by one: `Select result number 1`.
    /// Documents may be called `Letter 1`.
    fn differ_by_number(&self, starts: &[usize], at: usize) -> bool {
        let says_result = |text: &str| {
            let text = text.to_lowercase();
            RESULT_WORDS.iter().any(|word| text.contains(word))
        };
        if !starts.iter().all(|start| says_result(self.text(start + at))) {
            return false;
        }
        let parts = |start: &usize| -> Option<(&str, u64, &str)> {
            let text = self.text(start + at);
            let from = text.find(|letter: char| letter.is_ascii_digit())?;
            let (before, rest) = text.split_at_checked(from)?;
            let to = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
            let (number, behind) = rest.split_at_checked(to)?;
            Some((before, number.parse().ok()?, behind))
        };
        let lines: Option<Vec<(&str, u64, &str)>> = starts.iter().map(parts).collect();
        lines.is_some_and(|lines| {
            lines.windows(2).all(|pair| match pair {
                [(before, number, behind), (other, next, rest)] => {
                    before == other && behind == rest && *next == number + 1
                }
                _ => false,
            })
        })
    }

    /// Whether the records that begin at these lines have the names of people above their titles, `at` lines
    /// below their beginning: all these lines look like names, and most below them do not.
    pub(super) fn has_names_above_titles(&self, starts: &[usize], at: usize) -> bool {
        let named = starts.iter().filter(|start| looks_like_names(self.text(*start + at))).count();
        let below =
            starts.iter().filter(|start| looks_like_names(self.text(*start + at + 1))).count();
        // What a page quotes from a document stands below the title: `… the mill was closed …`.
        let is_quoted =
            |text: &str| text.starts_with(['…', '.']) || text.starts_with(char::is_lowercase);
        let quoted = starts.iter().filter(|start| is_quoted(self.text(*start + at + 1))).count();
        starts.len() > 1
            && named == starts.len()
            && below * 2 < starts.len()
            && quoted * 2 < starts.len()
    }

    /// Whether the page is about one document: it has no count, each of its labels occurs once, and the label of the
    /// date comes before all other dates. In a list of results each label occurs several times. What stands below a
    /// heading such as “Similar items” has labels of its own.
    pub(super) fn is_about_one_document(&self) -> bool {
        let label = |at: usize| {
            let name = label_of(self.text(at)).map(|(name, _)| name);
            name.or_else(|| self.has_bare_label(at).then(|| self.text(at)))
        };
        let mut labels: Vec<(&str, usize)> =
            (0..self.lines.len()).filter_map(|at| Some((label(at)?, at))).collect();
        let labels_above = |end: usize| labels.partition_point(|(_, at)| *at < end);
        let is_heading = |text: &str| {
            text.split_whitespace().count() <= MAX_HEADING_WORDS && is_furniture_heading(text)
        };
        let headings = (0..self.lines.len()).filter(|at| is_heading(self.text(*at)));
        let related = headings.map(labels_above).find(|count| *count >= MIN_LABELS);
        labels.truncate(related.unwrap_or(labels.len()));
        let last = labels.last().map_or(0, |(_, at)| *at);
        let is_other_date =
            |at: usize| self.is_date(at) && !labels.iter().any(|(_, label)| label + 1 == at);
        let has_date_above = (0..last).any(is_other_date);
        let has_date = labels.iter().any(|(label, _)| is_name_of_date(label));
        if self.starts_sharply || labels.len() < MIN_LABELS || !has_date || has_date_above {
            return false;
        }
        labels.sort_unstable();
        labels.windows(2).all(|pair| matches!(pair, [(one, _), (other, _)] if one != other))
    }

    /// Whether a line is only the name of a known field, with a value below it.
    pub(super) fn has_bare_label(&self, at: usize) -> bool {
        let (label, value) = (self.text(at), self.text(at + 1));
        let is_label = |text: &str| {
            text.split_whitespace().count() <= MAX_LABEL_WORDS
                && text.starts_with(char::is_uppercase)
                && !text.contains(|letter: char| letter.is_ascii_digit())
                && (is_known(text) || is_publishing_alone(text))
        };
        let has_blank = self.blank_above(at + 1) > self.blank_above(at);
        let has_date = || self.is_date(at + 1) || is_whole_date(value) || is_undated(value);
        is_label(label)
            && !value.is_empty()
            && !is_label(value)
            && !has_blank
            && label_of(value).is_none()
            && (!is_name_of_date(label) || has_date())
    }

    /// Returns the lines that begin with the numbers of the records, as many as the page may have: `1. Letter`.
    pub(super) fn numbered_lines(&self) -> Vec<usize> {
        let mut next = self.count.map_or(1, |count| count.first);
        let mut found = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let number = line.text.split_once(". ").map(|(number, _)| number.parse());
            if number == Some(Ok(next)) {
                found.push(at);
                next += 1;
            }
        }
        if found.len() > 1 && self.allows(found.len()) { found } else { Vec::new() }
    }

    /// Whether a line may go on with the one above it, which is not indented.
    pub(super) fn continues(&self, at: usize) -> bool {
        self.is_indented(at) && self.blank_above(at) == 0 && !self.is_date(at)
    }

    /// Whether a line is indented.
    pub(super) fn is_indented(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| line.is_indented)
    }

    /// The number of blank lines above a line.
    pub(super) fn blank_above(&self, at: usize) -> usize {
        self.lines.get(at).map_or(0, |line| line.blank_above)
    }

    /// Whether the page may have this number of records.
    pub(super) fn allows(&self, records: usize) -> bool {
        let records = records as u64;
        match (self.count, self.total) {
            (Some(count), _) if self.may_lack => records > 1 && count.expected() > records,
            (Some(count), _) => count.expected() == records,
            (None, Some(total)) => records == total || (records > 1 && total > records),
            (None, None) => records > 1,
        }
    }
}

/// The most letters of the word before the numbers of a shelfmark.
const MAX_SHELFMARK_LETTERS: usize = 4;

/// The most words of a shelfmark.
const MAX_SHELFMARK_WORDS: usize = 5;

/// Whether a text is a shelfmark: a short word, or one with several capital letters, and a number at its end. Words between
/// them begin with capital letters. A year is no such number.
fn is_shelfmark(text: &str) -> bool {
    let mut words: Vec<&str> = text.split(' ').collect();
    let has_digit = |word: &str| word.contains(|letter: char| letter.is_ascii_digit());
    let first = words.remove(0);
    let capitals = first.chars().filter(|letter| letter.is_uppercase()).count();
    let is_word = first.starts_with(char::is_uppercase)
        && first.chars().all(|letter| letter.is_alphabetic() || letter == '.')
        && first.chars().count() > 1
        && (first.chars().count() <= MAX_SHELFMARK_LETTERS || capitals > 1);
    let are_numbers = words.iter().all(|word| has_digit(word));
    let is_coded = capitals > 1
        && words.iter().all(|word| has_digit(word) || word.starts_with(char::is_uppercase));
    is_word
        && !names_kind(first)
        && words.len() < MAX_SHELFMARK_WORDS
        && words.last().is_some_and(|last| has_digit(last) && !is_year(last))
        && words.first().is_some_and(|number| !is_year(number))
        && (are_numbers || is_coded)
}

/// The fewest gaps between records in which a line is a button that is not below the last record.
const MIN_GAPS_WITH_BUTTON: usize = 3;

/// Parts of words for results, in lower case.
const RESULT_WORDS: [&str; 9] =
    ["result", "select", "hit ", "treffer", "ergebnis", "résultat", "risultat", "zaznacz", "rank"];

/// The longest initial of a name, with its full stop.
const MAX_INITIAL_CHARS: usize = 3;

/// The fewest labels of a page about one document.
const MIN_LABELS: usize = 2;

/// The most words of a label without a colon.
const MAX_LABEL_WORDS: usize = 4;

/// The most words of a line for the kind of a document above its title: `photo, print, drawing`.
const MAX_KIND_WORDS: usize = 4;

/// Whether a line may be the kind of a document: a few words without a capital letter, all in capitals, or the name
/// of a kind.
pub(super) fn is_kind(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let has = |is: fn(char) -> bool| text.chars().any(is);
    let has_one_case = !has(char::is_uppercase) || !has(char::is_lowercase);
    words <= MAX_KIND_WORDS
        && has(char::is_alphabetic)
        && !has(|letter| letter.is_ascii_digit())
        && !ends_sentence(text)
        && (has_one_case || names_kind(text))
}

/// The most words of one name.
const MAX_NAME_WORDS: usize = 4;

/// Whether a line may be the names of people and nothing else: `Anna Keller, Jonas Weidl`.
pub(super) fn looks_like_names(line: &str) -> bool {
    let is_word = |word: &str| {
        let particle = ["de", "von", "van", "der", "da", "di", "le", "la", "zu", "al", "bin"];
        word.starts_with(char::is_uppercase) || particle.contains(&word)
    };
    let is_name = |name: &str| {
        let words = name.split_whitespace().count();
        (1..=MAX_NAME_WORDS).contains(&words) && name.split_whitespace().all(is_word)
    };
    // `MILL CLOSED.` is a heading.
    let last = line.split_whitespace().next_back().unwrap_or("");
    if last.ends_with('.') && last.chars().count() > MAX_INITIAL_CHARS {
        return false;
    }
    let names = line.split([',', ';', '&']).flat_map(|part| part.split(" and ")).map(str::trim);
    line.split_whitespace().count() > 1
        && !line.contains(|letter: char| letter.is_ascii_digit() || ":!?“”\"".contains(letter))
        && names.filter(|name| !name.is_empty()).all(is_name)
}

/// Takes the lines with text of a page behind its count.
pub(super) fn text_lines<'t>(body: &[Line<'t>]) -> Vec<TextLine<'t>> {
    let mut texts: Vec<TextLine<'t>> = Vec::new();
    let mut blank_above = 0;
    for line in body {
        match line.kind {
            LineKind::Blank | LineKind::Bullet => blank_above += 1,
            // The page may repeat its count.
            LineKind::Count(_) | LineKind::PageNumber(_) => {}
            LineKind::Pager if result_count::parse(line.text).is_some() => {}
            LineKind::SiteLabel | LineKind::Pager if texts.is_empty() => {}
            _ => {
                texts.push(TextLine::new(line, blank_above));
                blank_above = 0;
            }
        }
    }
    texts
}

/// Returns the count of a page and the index of the next line. Without a count the index is 0.
pub(super) fn count_line(lines: &[Line<'_>]) -> (usize, Option<CountLine>) {
    match first_count(lines) {
        Some((at, count)) => (at + 1, Some(count)),
        None => (0, None),
    }
}

/// Returns the numbers of the lines between the count of a page and its first record, which are those of facets.
pub(super) fn facet_lines(lines: &[Line<'_>]) -> Range<usize> {
    let count = first_count(lines).and_then(|(at, _)| lines.get(at)).map(|line| line.number);
    let first = PageBody::new(lines).and_then(|body| Some(body.lines.first()?.number));
    count.zip(first).map_or(0..0, |(count, first)| count + 1..first)
}

/// Whether a text is a year since the invention of printing.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u16| (1450..=2100).contains(&year))
}
