//! Finds out why a page has no records: it asks for a password or for JavaScript, was not found, or has no results.

use super::block::Page;
use super::dom::NodeId;
use super::text::{Line, lines_of};
use super::words::{WORDS, names_page};

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

const IS_SERVER_ERROR: &str = "this page is a message of its server, which could not answer: open the search again in the browser, and save the page \
     with its results";

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
    // The head or the foot of a page may have fields to log in, whatever the page says.
    if is_short(&text) && dom.all().any(is_password) {
        return match message_about_text(&text_outside_forms(page, &body, is_password)) {
            Some(message) if message != IS_CHECK => Some(message),
            _ if says_more(&text_outside_forms(page, &body, is_password)) => None,
            _ => Some(ASKS_PASSWORD),
        };
    }
    message_about_text(&text)
}

/// Returns the text of a page without its forms with a password.
fn text_outside_forms(
    page: &Page,
    body: &[NodeId],
    is_password: impl Fn(NodeId) -> bool,
) -> String {
    let dom = &page.dom;
    let is_login = |id: NodeId| dom.name(id) == "form" && dom.walk(id).any(&is_password);
    lines_of(dom, body, &is_login).iter().map(Line::text).collect::<Vec<_>>().join("\n")
}

/// The fewest sentences of a page that says more than to log in.
const MIN_SENTENCES: usize = 2;

/// Whether a text has several sentences and no sentence asks to log in.
fn says_more(text: &str) -> bool {
    let lower = text.to_lowercase();
    let sentences = text.lines().filter(|line| {
        line.trim_end().ends_with(['.', '!', '?'])
            && line.split_whitespace().count() >= MIN_SENTENCE_WORDS
    });
    let asks = || {
        WORDS.login_lines.iter().chain(&WORDS.password_fields).any(|it| lower.contains(it.as_str()))
    };
    sentences.count() >= MIN_SENTENCES && !asks()
}

/// The fewest words of a sentence.
const MIN_SENTENCE_WORDS: usize = 3;

/// Returns the sentence about the text of a page without contents.
pub(in crate::formats::read) fn message_about_text(text: &str) -> Option<&'static str> {
    if !is_short(text) {
        return None;
    }
    let text = text.to_lowercase().replace('’', "'");
    let lines = || text.lines().filter(|line| line.split_whitespace().count() <= MAX_LINE_WORDS);
    let is_one_of = |line: &str, words: &[String]| {
        words.iter().any(|it| line.trim_matches([' ', ':', '*', '?', '…']) == it)
    };
    let has_line = |words: &[String]| lines().any(|line| is_one_of(line, words));
    let has_message = |phrases: &[String]| lines().any(|line| is_message(line, phrases));
    let is_not_found = || {
        let has_number = text.lines().any(|line| line.trim_matches([' ', '.', '!']) == NOT_FOUND);
        has_message(&WORDS.not_found) || (has_number && text.lines().any(names_page))
    };
    let is_search = |line: &str| WORDS.searches.iter().any(|it| line.trim().starts_with(it));
    let says_nothing_found = |line: &str| WORDS.no_results.iter().any(|it| has_phrase(line, it));
    if has_line(&WORDS.password_fields) && has_line(&WORDS.login_lines) {
        Some(ASKS_PASSWORD)
    } else if lines().any(|line| WORDS.checks.iter().any(|it| has_phrase(line, it))) {
        Some(IS_CHECK)
    } else if is_not_found() {
        Some(IS_NOT_FOUND)
    } else if has_message(&WORDS.server_errors) {
        Some(IS_SERVER_ERROR)
    } else {
        let is_empty = has_message(&WORDS.no_results)
            || lines().any(|line| is_search(line) && says_nothing_found(line));
        is_empty.then_some(HAS_NO_RESULTS)
    }
}

/// The number with which servers answer if there is nothing at an address.
const NOT_FOUND: &str = "404";

fn is_short(text: &str) -> bool {
    text.split_whitespace().count() <= MAX_WORDS
}

/// Whether a line is one of these messages. It begins with the phrase, perhaps behind words such as “sorry”, and ends behind it
/// or has one of the words that go on such messages: `There were no matches in the house` is no message.
fn is_message(line: &str, phrases: &[String]) -> bool {
    let from_word = |text| str::trim_start_matches(text, |it: char| !it.is_alphanumeric());
    let begins = |rest: &str| phrases.iter().any(|it| start_of(rest, it).is_some_and(ends_message));
    let mut rest = from_word(line);
    while !begins(rest) {
        let Some(behind) = WORDS.message_leads.iter().find_map(|it| start_of(rest, it)) else {
            return false;
        };
        rest = from_word(behind);
    }
    true
}

/// Whether what stands behind the phrase of a message ends it, or continues it.
fn ends_message(behind: &str) -> bool {
    let behind = behind.trim_start();
    !behind.starts_with(|letter: char| letter.is_alphanumeric() || ":,;".contains(letter))
        || WORDS.message_ends.iter().any(|it| start_of(behind, it).is_some())
}

/// Returns what stands behind a phrase with which a text begins, and which ends with a word.
fn start_of<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    text.strip_prefix(phrase).filter(|behind| !behind.starts_with(char::is_alphanumeric))
}

/// Whether a line has a phrase that begins and ends with a word.
fn has_phrase(line: &str, phrase: &str) -> bool {
    line.match_indices(phrase).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let text = line.get(at..).unwrap_or("");
        !before.is_some_and(char::is_alphanumeric) && start_of(text, phrase).is_some()
    })
}
