//! The addresses in a text that is shown: which letters lead where.

use std::fmt::Write as _;
use std::ops::Range;

/// The longest address that a link is made of: terminals pass over longer ones.
const LONGEST: usize = 2083;
/// How an address of the web begins.
const BEGINNINGS: [&str; 2] = ["http://", "https://"];
/// What is no part of an address, though it may stand right behind one.
const OUTSIDE: &str = "<>\"`|{}\\^“”„«»‹›";
/// What ends a sentence and not an address.
const ENDING: &str = ".,;:!?'’…";

/// Letters of a text that lead to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The letters, as a byte range in the text.
    pub part: Range<usize>,
    /// Where they lead, in visible ASCII letters.
    pub address: String,
}

/// The addresses of the web in a text, in its order. A text that is one word is an address as a whole.
pub fn find(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(start) = next(text, from) {
        let rest = text.get(start..).unwrap_or("");
        let outside = |c: char| c.is_whitespace() || c.is_control() || OUTSIDE.contains(c);
        let word = rest.get(..rest.find(outside).unwrap_or(rest.len())).unwrap_or("");
        let part = if word.len() == text.len() { word } else { without_ending(word) };
        from = start + word.len();
        let address = written(part);
        if leads_somewhere(part) && address.len() <= LONGEST {
            links.push(Link { part: start..start + part.len(), address });
        }
    }
    links
}

/// Where the next address begins, which is never within a word.
fn next(text: &str, from: usize) -> Option<usize> {
    let begins = |at: usize| {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        BEGINNINGS.iter().any(|beginning| {
            rest.get(..beginning.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(beginning.as_bytes()))
        })
    };
    let mut before = text.get(..from)?.chars().next_back();
    for (at, letter) in text.get(from..)?.char_indices() {
        let in_word = before.is_some_and(char::is_alphanumeric);
        if letter.eq_ignore_ascii_case(&'h') && !in_word && begins(from + at) {
            return Some(from + at);
        }
        before = Some(letter);
    }
    None
}

/// A word without what ends its sentence, and without a bracket that was opened before it.
fn without_ending(mut word: &str) -> &str {
    while let Some(last) = word.chars().next_back() {
        let unopened = |open: char| word.matches(open).count() < word.matches(last).count();
        let goes = match last {
            ')' => unopened('('),
            ']' => unopened('['),
            _ => ENDING.contains(last),
        };
        if !goes {
            break;
        }
        word = word.strip_suffix(last).unwrap_or("");
    }
    word
}

/// Whether anything is named after the two slashes.
fn leads_somewhere(address: &str) -> bool {
    let host = address.split_once("://").map_or("", |(_, host)| host);
    host.starts_with(|c: char| c.is_alphanumeric() || c == '[')
}

/// An address as a terminal takes it: what is not visible ASCII is percent-encoded (RFC 3987, 3.1).
fn written(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            written.push(char::from(byte));
        } else {
            // A text takes all that is written to it.
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
}

/// The parts of the links that lie in a line of the text, counted from its beginning.
pub fn within(links: &[Link], line: &Range<usize>) -> Vec<Link> {
    let part = |link: &Link| {
        let (start, end) = (link.part.start.max(line.start), link.part.end.min(line.end));
        (start < end).then(|| Link {
            part: start - line.start..end - line.start,
            address: link.address.clone(),
        })
    };
    links.iter().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_a_text() {
        for (text, found) in [
            ("", &[] as &[(&str, &str)]),
            ("no address: ftp://a.b, mailto:a@b, http:/a, http://, https://.", &[]),
            ("https://a.org/b", &[("https://a.org/b", "https://a.org/b")]),
            ("https://a.org/b.", &[("https://a.org/b.", "https://a.org/b.")]),
            ("see https://a.org/b.", &[("https://a.org/b", "https://a.org/b")]),
            (
                "(http://a.org/b_(c)), [HTTP://d]",
                &[("http://a.org/b_(c)", "http://a.org/b_(c)"), ("HTTP://d", "HTTP://d")],
            ),
            ("xhttp://a.org and <http://b.org>", &[("http://b.org", "http://b.org")]),
            ("http://a/é“x”", &[("http://a/é", "http://a/%C3%A9")]),
            (
                "http://a\u{1b}]8;;http://b\u{7} c",
                &[("http://a", "http://a"), ("http://b", "http://b")],
            ),
            (
                "http://[::1]/x?a=1;b=2#c http://a\nhttp://b",
                &[
                    ("http://[::1]/x?a=1;b=2#c", "http://[::1]/x?a=1;b=2#c"),
                    ("http://a", "http://a"),
                    ("http://b", "http://b"),
                ],
            ),
        ] {
            let links = find(text);
            let parts: Vec<_> =
                links.iter().map(|it| (&text[it.part.clone()], it.address.as_str())).collect();
            assert_eq!(parts, found, "{text:?}");
        }
        assert_eq!(find(&format!("http://a/{}", "x".repeat(3000))), []);
    }

    #[test]
    fn a_link_goes_on_in_the_next_line() {
        let links = find("at http://a.org/b or");
        let parts = |line: Range<usize>| -> Vec<(usize, usize)> {
            let links = within(&links, &line);
            links.into_iter().map(|link| (link.part.start, link.part.end)).collect()
        };
        assert_eq!(parts(0..20), [(3, 17)]);
        assert_eq!(parts(0..10), [(3, 10)]);
        assert_eq!(parts(10..20), [(0, 7)]);
        assert_eq!(parts(17..20), []);
    }
}
