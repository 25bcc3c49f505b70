//! Finds out why a page has no records: it asks for a password or for JavaScript, was not found, or has no results.

use super::block::Page;
use super::text::{Line, lines_of};
use super::words::WORDS;

/// Longer texts are no such pages, in words.
const MAX_WORDS: usize = 150;

/// Longer lines say other things, in words.
const MAX_LINE_WORDS: usize = 14;

const ASKS_PASSWORD: &str = "this page asks for a password: log in in the browser, open the page with the records, and save that";

const HAS_NO_TEXT: &str = "this page has no text, because it was saved before its program showed some: open it in the \
     browser, wait until the records are there, and save it again, or copy them and run `fonds paste`";

const IS_CHECK: &str = "this page was saved before its contents were there, since it asks for JavaScript or whether a person \
     opens it: open it in the browser, wait until the records are there, and save it again, or copy them and run `fonds paste`";

const IS_NOT_FOUND: &str = "this page says that there is nothing at its address: open the search again, and save the page with its results";

const HAS_NO_RESULTS: &str =
    "this page says that nothing was found: change the search, and save the page with its results";

/// Returns the sentence about a page without contents.
pub(super) fn message_about(page: &Page) -> Option<&'static str> {
    let dom = &page.dom;
    let body: Vec<_> = dom.all().filter(|id| dom.name(*id) == "body").take(1).collect();
    let lines = lines_of(dom, &body, &|_| false);
    let text = lines.iter().map(Line::text).collect::<Vec<_>>().join("\n");
    if !text.contains(char::is_alphanumeric) {
        return Some(HAS_NO_TEXT);
    }
    let is_password = |id| {
        let kind = dom.attribute(id, "type");
        dom.name(id) == "input" && kind.is_some_and(|it| it.eq_ignore_ascii_case("password"))
    };
    if is_short(&text) && dom.all().any(is_password) {
        return Some(ASKS_PASSWORD);
    }
    message_about_text(&text)
}

/// Returns the sentence about the text of a page without contents.
pub(in crate::formats::read) fn message_about_text(text: &str) -> Option<&'static str> {
    if !is_short(text) {
        return None;
    }
    let text = text.to_lowercase();
    let lines = || text.lines().filter(|line| line.split_whitespace().count() <= MAX_LINE_WORDS);
    let says =
        |phrases: &[String]| lines().any(|line| phrases.iter().any(|it| has_phrase(line, it)));
    let asks = |words: &[String]| {
        lines().any(|line| words.iter().any(|it| line.trim_matches([' ', ':', '*']) == it))
    };
    if asks(&WORDS.password_fields) {
        Some(ASKS_PASSWORD)
    } else if says(&WORDS.checks) {
        Some(IS_CHECK)
    } else if says(&WORDS.not_found) {
        Some(IS_NOT_FOUND)
    } else {
        says(&WORDS.no_results).then_some(HAS_NO_RESULTS)
    }
}

fn is_short(text: &str) -> bool {
    text.split_whitespace().count() <= MAX_WORDS
}

/// Whether a line has a phrase that begins and ends with a word.
fn has_phrase(line: &str, phrase: &str) -> bool {
    let ends_word = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
    line.match_indices(phrase).any(|(at, found)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let behind = line.get(at + found.len()..).and_then(|text| text.chars().next());
        ends_word(before) && ends_word(behind)
    })
}
