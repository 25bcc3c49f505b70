//! What a page says about the number of its records: `201 - 210 of 552`, `Treffer 1 bis 10 von 552`,
//! `552 documents, page 3 of 56`. The words are in `assets/pages.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// Longer lines are no counts, in bytes.
const MAX_LINE_BYTES: usize = 100;

/// The most words of a line with a count.
const MAX_WORDS: usize = 12;

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
}

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
    if line.len() > MAX_LINE_BYTES || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(line);
    if tokens.len() > MAX_WORDS {
        return None;
    }
    range(&tokens).or_else(|| page_of_pages(&tokens)).or_else(|| total(&tokens))
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
    let line = line.to_lowercase();
    let mut tokens = Vec::new();
    let mut rest = line.trim();
    while let Some(first) = rest.chars().next() {
        let is_dash = |c: char| "-\u{2010}\u{2011}–—−".contains(c);
        let (token, length) = if first.is_ascii_digit() {
            let (number, length) = number_at(rest);
            (number.map_or(Token::Other, Token::Number), length)
        } else if is_dash(first) {
            (Token::Range, first.len_utf8())
        } else if first == '/' {
            (Token::Of, 1)
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '/').unwrap_or(rest.len());
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

/// Reads `1 - 10 of 552`, and `552 results, 1 - 10`.
fn range(tokens: &[Token]) -> Option<CountLine> {
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
    let has_number_before = before.iter().any(|token| matches!(token, Token::Number(_)));
    let total = total_behind()
        .filter(|_| !has_number_before)
        .or_else(|| total_before().filter(|_| after.is_empty()))?;
    // `expected` must not overflow.
    last.checked_sub(first)?.checked_add(1)?;
    Some(CountLine::Range(ResultCount { first, last, total }))
}

/// Reads `552 documents, page 3 of 56`.
fn page_of_pages(tokens: &[Token]) -> Option<CountLine> {
    let at = tokens.iter().position(|token| *token == Token::Page)?;
    let total = tokens.get(..at)?.windows(2).find_map(|pair| match pair {
        [Token::Number(total), Token::Counted] => Some(*total),
        _ => None,
    })?;
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
