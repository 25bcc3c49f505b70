//! What a page says about the number of its records: `201 - 210 of 552`, `Treffer 1 bis 10 von 552`,
//! `552 documents, page 3 of 56`. The words are in `assets/pages.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::whole_dates::{PART_SEPARATORS, is_whole_date};

/// Longer lines are no counts, in bytes.
const MAX_LINE_BYTES: usize = 100;

/// The most words of a line with a count.
const MAX_WORDS: usize = 12;

/// Numbers that may be years.
const YEARS: std::ops::Range<u64> = 1000..2100;

/// The range of records on a page, and the total: `201 - 210 of 552`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ResultCount {
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) total: u64,
}

impl ResultCount {
    /// Returns the number of records that should be on the page.
    pub(super) fn expected(self) -> u64 {
        if self.total == 0 { 0 } else { self.last - self.first + 1 }
    }

    /// Whether all pages may have this size: the page begins behind whole pages, or it is the last one.
    fn is_aligned(self) -> bool {
        let size = self.last - self.first + 1;
        let follows_pages = self.first > 0 && (self.first - 1).is_multiple_of(size);
        self.last <= self.total
            && size <= MAX_PAGE_RECORDS
            && (follows_pages || self.last == self.total)
    }
}

/// The most records of a page that is known by its numbers alone.
const MAX_PAGE_RECORDS: u64 = 1_000;

/// What a line says about the number of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CountLine {
    /// Which records are on the page.
    Range(ResultCount),
    /// The number of all records, and of the page among pages.
    Page { total: u64, page: u64, pages: u64 },
    /// The number of all records.
    Total(u64),
}

impl CountLine {
    /// Returns the number of all records.
    pub(super) fn total(self) -> u64 {
        match self {
            CountLine::Range(ResultCount { total, .. })
            | CountLine::Page { total, .. }
            | CountLine::Total(total) => total,
        }
    }

    /// Returns the position of the first record of a page on which so many were read.
    pub(super) fn first_position(self, found: usize) -> Option<u64> {
        let found = found as u64;
        match self {
            CountLine::Range(count) => Some(count.first),
            CountLine::Page { page, pages, .. } if page < pages => {
                page.checked_sub(1)?.checked_mul(found)?.checked_add(1)
            }
            CountLine::Page { total, .. } => total.checked_sub(found)?.checked_add(1),
            CountLine::Total(_) => None,
        }
    }

    /// Returns the sentence about a page on which another number of records was read than it says.
    /// `text` is the line with the count.
    pub(super) fn difference(self, found: usize, text: &str) -> Option<String> {
        let read = found as u64;
        match self {
            CountLine::Range(count) if count.expected() != read => Some(format!(
                "{read} of {} records: the page says {} - {} of {}",
                count.expected(),
                count.first,
                count.last,
                count.total
            )),
            CountLine::Page { total, page, pages } => {
                let (full, others) = (read.saturating_mul(pages), read.saturating_mul(pages - 1));
                // The size of a last page is not known, but it is not above that of the others.
                let fits =
                    if page < pages { others < total && total <= full } else { total >= full };
                (!fits).then(|| {
                    format!("{read} records were read, which is not what the page says: “{text}”")
                })
            }
            _ => None,
        }
    }
}

/// The words of counts.
#[derive(Debug, Default, Deserialize)]
struct CountWords {
    range_words: Vec<String>,
    total_words: Vec<String>,
    counted: Vec<String>,
    page_words: Vec<String>,
}

static WORDS: LazyLock<CountWords> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../assets/pages.toml")).unwrap_or_default()
});

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Number(u64),
    /// A dash, or a word such as “to”.
    Range,
    /// A slash, or a word such as “of”.
    Of,
    /// A word for what is counted.
    Counted,
    /// A word for a page.
    Page,
    Other,
}

/// Returns what a line says about the number of records.
pub(super) fn parse(line: &str) -> Option<CountLine> {
    if line.len() > MAX_LINE_BYTES || !line.contains(char::is_numeric) {
        return None;
    }
    let tokens = tokens(line);
    if tokens.len() > MAX_WORDS {
        return None;
    }
    let has_kind = has_kind_as_part(line);
    range(&tokens, has_kind)
        .or_else(|| page_of_pages(&tokens))
        .or_else(|| range_by_numbers(&tokens, line).filter(|_| !is_whole_date(line)))
        .or_else(|| total(&tokens).filter(|_| !has_kind))
}

/// Whether a word for what is counted is a part of its own in a line, and so the kind of a document:
/// `MS 41-8 · Item · 1902-1907`.
fn has_kind_as_part(line: &str) -> bool {
    line.contains(PART_SEPARATORS)
        && line.split(PART_SEPARATORS).skip(1).any(|part| tokens(part) == [Token::Counted])
}

/// Returns the range and the total of a line.
pub(super) fn parse_range(line: &str) -> Option<ResultCount> {
    match parse(line)? {
        CountLine::Range(count) => Some(count),
        CountLine::Page { .. } | CountLine::Total(_) => None,
    }
}

/// Splits a line into numbers and words.
fn tokens(line: &str) -> Vec<Token> {
    let line: String = line.chars().map(plain_letter).collect::<String>().to_lowercase();
    let mut tokens = Vec::new();
    let mut rest = line.trim();
    while let Some(first) = rest.chars().next() {
        let is_dash = |c: char| "-\u{2010}\u{2011}–—−~〜".contains(c);
        let (token, length) = if first.is_ascii_digit() {
            let (number, length) = number_at(rest);
            match decimals_at(rest.get(length..).unwrap_or("")) {
                // `0.03 seconds`
                0 => (number.map_or(Token::Other, Token::Number), length),
                decimals => (Token::Other, length + decimals),
            }
        } else if is_dash(first) {
            (Token::Range, first.len_utf8())
        } else if first == '/' {
            (Token::Of, 1)
        } else if first.is_alphabetic() {
            // Numbers stand beside words without a space in some scripts: `共552条`.
            let is_end = |c: char| !c.is_alphabetic() && c != '/';
            let end = rest.find(is_end).unwrap_or(rest.len());
            (word(rest.get(..end).unwrap_or(rest)), end)
        } else {
            // Signs and spaces say nothing.
            rest = rest.get(first.len_utf8()..).unwrap_or("");
            continue;
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or("");
    }
    tokens
}

/// Returns the usual letter for one of full width, and for a digit of another script.
fn plain_letter(letter: char) -> char {
    const DIGIT_ZEROS: [u32; 5] = [0xff10, 0x0660, 0x06f0, 0x0966, 0x09e6];
    let code = u32::from(letter);
    let digit = DIGIT_ZEROS.iter().find_map(|zero| {
        let value = code.checked_sub(*zero).filter(|value| *value < 10)?;
        char::from_digit(value, 10)
    });
    match letter {
        '～' => '~',
        '－' => '-',
        '／' => '/',
        '，' => ',',
        _ => digit.unwrap_or(letter),
    }
}

/// Returns the length of a decimal fraction at the start of a text: `.03`.
fn decimals_at(text: &str) -> usize {
    let Some(digits) = text.strip_prefix(['.', ',']) else { return 0 };
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&count) { count + 1 } else { 0 }
}

fn word(word: &str) -> Token {
    let is_in = |list: &[String]| list.iter().any(|it| it == word);
    if is_in(&WORDS.page_words) {
        Token::Page
    } else if is_in(&WORDS.counted) {
        Token::Counted
    } else if is_in(&WORDS.range_words) {
        Token::Range
    } else if is_in(&WORDS.total_words) {
        Token::Of
    } else {
        Token::Other
    }
}

/// Returns the number at the start of a text, which may have thousands separators, and its length.
fn number_at(text: &str) -> (Option<u64>, usize) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    if length <= 3 {
        loop {
            let rest = text.get(length..).unwrap_or("");
            let Some(separator) =
                rest.chars().next().filter(|c| ",.'’\u{a0}\u{202f} ".contains(*c))
            else {
                break;
            };
            let group = rest.get(separator.len_utf8()..).unwrap_or("");
            if digits(group) != 3 {
                break;
            }
            length += separator.len_utf8() + 3;
        }
    }
    let number: String =
        text.get(..length).unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    (number.parse().ok(), length)
}

/// Reads `1 - 10 of 552`, and `552 results, 1 - 10`. A total may stand before the range unless its word is the kind of a
/// document (`has_kind`).
fn range(tokens: &[Token], has_kind: bool) -> Option<CountLine> {
    let at = tokens.windows(3).position(|window| {
        matches!(window, [Token::Number(first), Token::Range, Token::Number(last)] if first <= last)
    })?;
    let [Token::Number(first), _, Token::Number(last)] = tokens.get(at..at + 3)? else {
        return None;
    };
    let (before, after) = (tokens.get(..at)?, tokens.get(at + 3..)?);
    let (first, last) = (*first, *last);
    let total_behind = || {
        let number = after.iter().position(|token| matches!(token, Token::Number(_)))?;
        let (between, rest) = after.split_at_checked(number)?;
        let are_known = between.iter().all(|token| matches!(token, Token::Of | Token::Counted));
        let of = between.last() == Some(&Token::Of);
        let Token::Number(total) = rest.first()? else { return None };
        let is_last = !rest.iter().skip(1).any(|token| matches!(token, Token::Number(_)));
        (are_known && of && is_last).then_some(*total)
    };
    let total_before = || match before {
        [.., Token::Number(total), Token::Counted]
        | [.., Token::Number(total), Token::Counted, Token::Other] => Some(*total),
        _ => None,
    };
    let ends = after.len() <= 2 && !after.iter().any(|token| matches!(token, Token::Number(_)));
    let has_number_before = before.iter().any(|token| matches!(token, Token::Number(_)));
    let behind = total_behind().filter(|_| !has_number_before);
    let total = behind.or_else(|| total_before().filter(|_| ends && !has_kind))?;
    // `expected` must not overflow.
    last.checked_sub(first)?.checked_add(1)?;
    let count = ResultCount { first, last, total };
    // `8 items, 1902-1907`
    let is_of_years = YEARS.contains(&first)
        && YEARS.contains(&last)
        && (last > total || (behind.is_none() && !count.is_aligned()));
    (!is_of_years).then_some(CountLine::Range(count))
}

/// Reads a range and a total among words that are not known: `552 sonuçtan 1-20 arası`. The numbers decide,
/// unless the words are those of a title: `Box 1-2, 1945`.
fn range_by_numbers(tokens: &[Token], line: &str) -> Option<CountLine> {
    let is_foreign = line.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    if !is_foreign && !tokens.contains(&Token::Of) {
        return None;
    }
    let numbers: Vec<u64> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    let at = tokens
        .windows(3)
        .position(|window| matches!(window, [Token::Number(_), Token::Range, Token::Number(_)]))?;
    let has_number_before = tokens.get(..at)?.iter().any(|token| matches!(token, Token::Number(_)));
    let [one, two, three] = *numbers.as_slice() else { return None };
    let (first, last, total) =
        if has_number_before { (two, three, one) } else { (one, two, three) };
    let count = ResultCount { first, last, total };
    let is_range = first <= last && last.checked_add(1).is_some();
    (is_range && count.is_aligned()).then_some(CountLine::Range(count))
}

/// Reads `552 documents, page 3 of 56`, and `page 3 of 56 (552 documents)`.
fn page_of_pages(tokens: &[Token]) -> Option<CountLine> {
    let at = tokens.iter().position(|token| *token == Token::Page)?;
    let total_in = |tokens: &[Token]| {
        tokens.windows(2).find_map(|pair| match pair {
            [Token::Number(total), Token::Counted] => Some(*total),
            _ => None,
        })
    };
    let total = total_in(tokens.get(..at)?).or_else(|| total_in(tokens.get(at + 4..)?))?;
    match tokens.get(at + 1..)? {
        [Token::Number(page), Token::Of, Token::Number(pages), ..]
            if page <= pages && *page > 0 =>
        {
            Some(CountLine::Page { total, page: *page, pages: *pages })
        }
        _ => None,
    }
}

/// Reads `552 results`, `Your search returned 552 results`, `Treffer: 552`.
fn total(tokens: &[Token]) -> Option<CountLine> {
    let mut numbers = tokens.iter().filter(|token| matches!(token, Token::Number(_)));
    let (Some(Token::Number(total)), None) = (numbers.next(), numbers.next()) else { return None };
    let is_counted = tokens.windows(2).any(|pair| {
        matches!(pair, [Token::Number(_), Token::Counted] | [Token::Counted, Token::Number(_)])
    });
    let others = tokens.iter().filter(|token| **token == Token::Other).count();
    (is_counted && others <= 3).then_some(CountLine::Total(*total))
}
