//! The marks between the parts of a citation: no mark is doubled, and none stands alone.

use std::borrow::Cow;

use crate::formats::document::WORDS;
use crate::record::is_abbreviation_in_citation;

/// The quotation marks of a style, with the inner ones for quotations in a title.
pub(super) struct Quotes {
    open: char,
    close: char,
    inner: [char; 2],
}

/// The quotation marks of print.
pub(super) const CURLY: Quotes = Quotes { open: '“', close: '”', inner: ['‘', '’'] };
/// The quotation marks of typewriters.
pub(super) const STRAIGHT: Quotes = Quotes { open: '"', close: '"', inner: ['\'', '\''] };

impl Quotes {
    /// Puts a title in quotation marks. Those inside it become inner ones.
    pub(super) fn quote(&self, title: &str) -> String {
        let [open, close] = self.inner;
        let mut opens = true;
        let inner: String = title
            .chars()
            .map(|letter| match letter {
                '“' => open,
                '”' => close,
                '"' => {
                    opens = !opens;
                    if opens { close } else { open }
                }
                other => other,
            })
            .collect();
        format!("{}{inner}{}", self.open, self.close)
    }
}

impl Quotes {
    /// Puts some parts of a text in quotation marks, with a comma behind them inside: `“The Harbour,” draft`.
    pub(super) fn quote_parts(&self, text: &str, parts: &[String]) -> String {
        let mut quoted = String::new();
        let mut rest = text;
        for part in parts {
            let Some((before, behind)) = rest.split_once(part.as_str()) else { continue };
            let is_quoted = before.ends_with(['“', '"', '‘', '\'']);
            if is_quoted || part.is_empty() {
                continue;
            }
            quoted.push_str(before);
            let (comma, behind) = match behind.strip_prefix(',') {
                Some(behind) => (",", behind),
                None => ("", behind),
            };
            let inner = self.quote(part);
            let inner = inner.strip_suffix(self.close).unwrap_or(&inner);
            quoted.extend([inner, comma]);
            quoted.push(self.close);
            rest = behind;
        }
        quoted + rest
    }
}

/// Marks that catalogues put between the parts of a description (ISBD), and commas and semicolons.
const SEPARATORS: [char; 5] = [',', ';', ':', '/', '='];

/// Returns a value for a citation: without the marks and blanks of catalogues, such as `The harbour : a
/// history /`, and without a full stop that ends it. Empty if it has nothing but marks.
pub(super) fn tidy(text: &str) -> String {
    let text = without_empty_brackets(text);
    let words = text.split(|letter: char| letter.is_whitespace() && letter != '\u{a0}');
    let mut tidy = String::with_capacity(text.len());
    for word in words.filter(|word| !word.is_empty()) {
        let is_joined = [":", ";", ",", "."].contains(&word);
        // A full stop or a separator before everything else ends nothing.
        if tidy.is_empty() && (word == "." || word.chars().all(|it| SEPARATORS.contains(&it))) {
            continue;
        }
        if !tidy.is_empty() && !is_joined {
            tidy.push(' ');
        }
        let word = without_stop_in_brackets(word);
        let is_doubled =
            is_joined && (tidy.ends_with([',', ';', ':']) || (word == "." && tidy.ends_with('.')));
        tidy.push_str(if is_doubled { "" } else { &word });
    }
    let is_separator = |letter: char| SEPARATORS.contains(&letter) || letter == ' ';
    let bare = without_bracketed_end_mark(tidy.trim_start_matches(is_separator));
    let has_content = bare.chars().any(char::is_alphanumeric) || bare.contains(['?', '!', '…']);
    if has_content { bare } else { String::new() }
}

/// Returns a word without a full stop before the brackets at its end: `winter.]`.
fn without_stop_in_brackets(word: &str) -> Cow<'_, str> {
    let inner = word.trim_end_matches([')', ']']);
    let bare = without_full_stop(inner);
    match word.get(inner.len()..) {
        Some(closing) if !closing.is_empty() && !bare.is_empty() && bare.len() < inner.len() => {
            Cow::Owned([bare, closing].concat())
        }
        _ => Cow::Borrowed(word),
    }
}

/// The most brackets round brackets that are looked at.
const MAX_BRACKET_DEPTH: usize = 8;

/// Returns a text without the brackets that have nothing but blanks and marks in them: `Harbour [.]`. The brackets of
/// a word, `f()`, and of an ellipsis stay.
fn without_empty_brackets(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MAX_BRACKET_DEPTH {
        let mut kept = String::new();
        let mut end = 0;
        for (at, _) in text.match_indices(['(', '[']) {
            let rest = text.get(at + 1..).unwrap_or("");
            let is_mark = |letter: char| {
                letter.is_whitespace() || letter == '.' || SEPARATORS.contains(&letter)
            };
            let behind = rest.trim_start_matches(is_mark);
            let marks = rest.get(..rest.len() - behind.len()).unwrap_or("");
            let starts_word = text.get(..at).is_none_or(|it| !it.ends_with(char::is_alphanumeric));
            if at >= end && starts_word && behind.starts_with([')', ']']) && !marks.contains("..") {
                kept.push_str(text.get(end..at).unwrap_or(""));
                end = text.len() - behind.len() + 1;
            }
        }
        if end == 0 {
            break;
        }
        kept.push_str(text.get(end..).unwrap_or(""));
        text = Cow::Owned(kept);
    }
    text
}

/// Returns a text without the separators and the full stop at its end, and before the brackets at its end: `[Harbour
/// in winter.]`
fn without_bracketed_end_mark(text: &str) -> String {
    let mut inner = without_end_mark(text);
    let mut closing = Vec::new();
    while let Some(shorter) = inner.strip_suffix([')', ']']) {
        closing.push(inner.get(shorter.len()..).unwrap_or(""));
        inner = without_end_mark(shorter);
    }
    closing.reverse();
    format!("{inner}{}", closing.concat())
}

/// Returns a text without the separators and the full stop at its end. The full stop of an abbreviation and an
/// ellipsis stay.
fn without_end_mark(text: &str) -> &str {
    let mut rest = text.trim_end();
    loop {
        let shorter = match rest.strip_suffix(SEPARATORS) {
            Some(before) if rest.ends_with([',', ';', ':']) || before.ends_with(' ') => before,
            _ => without_full_stop(rest),
        };
        if shorter == rest {
            return rest;
        }
        rest = shorter.trim_end();
    }
}

/// Returns a text without the full stop at its end, unless it belongs to an abbreviation, an initial or an
/// ellipsis.
fn without_full_stop(text: &str) -> &str {
    let Some(bare) = text.strip_suffix('.') else { return text };
    let last = bare.rsplit([' ', '-', '\u{a0}']).next().unwrap_or("");
    let last = last.trim_start_matches(['(', '[', '"', '“', '‘']);
    let mut letters = last.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let is_dotted = last.contains('.') && last.chars().any(char::is_alphabetic);
    let stays = is_initial
        || is_dotted
        || bare.ends_with('.')
        || is_abbreviation_in_citation(last)
        || follows_abbreviation(bare, last);
    if stays { text } else { bare }
}

/// The most letters of an abbreviation that is not known.
const MAX_ABBREVIATION_LETTERS: usize = 6;

/// Whether the last word of a text is an abbreviation because the word before it is one: `Nat. Arch`. It is no
/// abbreviation behind an honorific such as `Dr.`: `Dr. Roth`.
fn follows_abbreviation(text: &str, last: &str) -> bool {
    let before = text.strip_suffix(last).unwrap_or("").trim_end();
    let word = before.rsplit([' ', '-', '(']).next().unwrap_or("");
    let Some(word) = word.strip_suffix('.') else { return false };
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    let is_short = last.chars().count() <= MAX_ABBREVIATION_LETTERS;
    let begins_big = word.chars().next().is_some_and(char::is_uppercase);
    let is_initial = begins_big && word.chars().count() == 1;
    let is_part_word = !begins_big && word.chars().count() > 1;
    is_short
        && is_word(last)
        && is_word(word)
        && !word.is_empty()
        && !is_initial
        && !is_part_word
        && !WORDS.honorifics.has(word)
        && last.starts_with(char::is_uppercase)
}

/// Joins the parts that are present with commas.
pub(super) fn join_with_commas(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let mut joined = String::new();
    for part in parts.into_iter().flatten() {
        if !joined.is_empty() {
            joined = with_comma(&joined);
            joined.push(' ');
        }
        joined.push_str(&part);
    }
    joined
}

/// Joins the parts that are present as sentences. An address at the end is followed by `address_end` only.
pub(super) fn join_sentences(
    parts: impl IntoIterator<Item = Option<String>>,
    address_end: &str,
) -> String {
    let end = |text: String| match text.rsplit(' ').next() {
        Some(last) if last.contains("://") && text.ends_with(address_end) => text,
        Some(last) if last.contains("://") => text + address_end,
        _ => with_full_stop(&text),
    };
    parts.into_iter().flatten().map(end).collect::<Vec<_>>().join(" ")
}

/// Appends a comma, inside a quotation mark at the end, in place of a full stop that ended a sentence.
fn with_comma(text: &str) -> String {
    let (inner, closing) = split_closing_quotes(text);
    let inner = if closing.is_empty() { inner } else { without_full_stop(inner) };
    let mark = if inner.ends_with(',') { "" } else { "," };
    format!("{inner}{mark}{closing}")
}

/// Appends a full stop, inside a quotation mark at the end, unless the text ends with a sentence mark.
fn with_full_stop(text: &str) -> String {
    let (inner, closing) = split_closing_quotes(text);
    let mark = if inner.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{inner}{mark}{closing}")
}

/// Splits the quotation marks that end a quotation off the end of a text.
fn split_closing_quotes(text: &str) -> (&str, &str) {
    let ends = closing_quotes(text);
    let mut inner = text;
    for (start, end) in ends.into_iter().rev() {
        if end == inner.len() {
            inner = text.get(..start).unwrap_or("");
        }
    }
    let closing = text.get(inner.len()..).unwrap_or("");
    // A separator before the quotation mark ends nothing.
    let bare = inner.trim_end_matches([' ', ',', ';', ':']);
    (if closing.is_empty() { inner } else { bare }, closing)
}

/// The most quotations inside each other that are looked at.
const MAX_OPEN_QUOTES: usize = 8;

/// Returns the byte ranges of the quotation marks that end a quotation which is open before them. An apostrophe,
/// as in `the Kellers' house`, ends none.
fn closing_quotes(text: &str) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut closing = Vec::new();
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let behind = letters.peek().map_or(' ', |(_, letter)| *letter);
        let opening = match letter {
            '”' => Some('“'),
            '’' => Some('‘'),
            '"' | '\'' => Some(letter),
            _ => None,
        };
        let is_apostrophe =
            matches!(letter, '’' | '\'') && before.is_alphanumeric() && behind.is_alphanumeric();
        let opens_word = !before.is_alphanumeric() && behind.is_alphanumeric();
        let start = open.len().saturating_sub(MAX_OPEN_QUOTES);
        let matching = opening.and_then(|mark| {
            let near = open.get(start..)?.iter();
            near.rev().position(|other| *other == mark).map(|back| open.len() - 1 - back)
        });
        before = letter;
        if is_apostrophe {
            continue;
        }
        let opens = match letter {
            '“' | '‘' => true,
            '\'' => opens_word,
            '"' => matching.is_none(),
            _ => false,
        };
        if opens {
            open.push(letter);
        } else if let Some(start) = matching {
            open.truncate(start);
            closing.push((at, at + letter.len_utf8()));
        }
    }
    closing
}
