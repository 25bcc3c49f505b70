//! Finding web addresses in a text, so that they can be shown as links.

use std::fmt::Write as _;
use std::ops::Range;

/// The longest URL that becomes a link, in bytes; terminals ignore longer ones.
const MAX_URL_BYTES: usize = 2083;
/// The schemes that a web address begins with.
const URL_SCHEMES: [&str; 2] = ["http://", "https://"];
/// Characters that end a URL and are not part of it.
const URL_DELIMITERS: &str = "<>\"`|{}\\^“”„«»‹›";
/// Punctuation that ends a sentence, not a URL.
const TRAILING_PUNCTUATION: &str = ".,;:!?'’…";

/// A web address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where the address is in the text, in bytes.
    pub range: Range<usize>,
    /// The URL, percent-encoded to visible ASCII.
    pub url: String,
}

/// Finds the web addresses in a text, in order.
///
/// If the whole text is one URL, its trailing punctuation belongs to it.
pub fn find_links(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut position = 0;
    while let Some(start) = next_url_start(text, position) {
        let rest = text.get(start..).unwrap_or("");
        let is_delimiter =
            |c: char| c.is_whitespace() || c.is_control() || URL_DELIMITERS.contains(c);
        let word = rest.get(..rest.find(is_delimiter).unwrap_or(rest.len())).unwrap_or("");
        let found = if word.len() == text.len() { word } else { trim_trailing_punctuation(word) };
        position = start + word.len();
        let url = percent_encode(found);
        if has_host(found) && url.len() <= MAX_URL_BYTES {
            links.push(Link { range: start..start + found.len(), url });
        }
    }
    links
}

/// Returns where the next URL begins, at or after `from`. A URL never begins within a word.
fn next_url_start(text: &str, from: usize) -> Option<usize> {
    let begins = |at: usize| {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        URL_SCHEMES.iter().any(|scheme| {
            rest.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
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

/// Removes the punctuation of the sentence from the end of a URL, and brackets opened before the
/// URL.
fn trim_trailing_punctuation(mut word: &str) -> &str {
    while let Some(last) = word.chars().next_back() {
        let unopened = |open: char| word.matches(open).count() < word.matches(last).count();
        let is_outside = match last {
            ')' => unopened('('),
            ']' => unopened('['),
            _ => TRAILING_PUNCTUATION.contains(last),
        };
        if !is_outside {
            break;
        }
        word = word.strip_suffix(last).unwrap_or("");
    }
    word
}

/// Whether a host follows the two slashes.
fn has_host(address: &str) -> bool {
    let host = address.split_once("://").map_or("", |(_, host)| host);
    host.starts_with(|c: char| c.is_alphanumeric() || c == '[')
}

/// Percent-encodes every character except visible ASCII (RFC 3987, section 3.1).
fn percent_encode(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Whether a text is an http or https address with a host, without spaces and control characters.
pub fn is_web_address(address: &str) -> bool {
    let behind = |prefix: &str| {
        let (start, rest) = address.split_at_checked(prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then_some(rest)
    };
    let rest = behind("https://").or_else(|| behind("http://"));
    rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_alphanumeric() || first == '['))
        && !address.contains(|letter: char| letter.is_whitespace() || letter.is_control())
}

/// Returns the parts of the links that are in `line`, with ranges relative to its start.
pub fn links_in_line(links: &[Link], line: &Range<usize>) -> Vec<Link> {
    let part_in_line = |link: &Link| {
        let (start, end) = (link.range.start.max(line.start), link.range.end.min(line.end));
        (start < end)
            .then(|| Link { range: start - line.start..end - line.start, url: link.url.clone() })
    };
    links.iter().filter_map(part_in_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_a_text() {
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
            let links = find_links(text);
            let parts: Vec<_> =
                links.iter().map(|it| (&text[it.range.clone()], it.url.as_str())).collect();
            assert_eq!(parts, found, "{text:?}");
        }
        assert_eq!(find_links(&format!("http://a/{}", "x".repeat(3000))), []);
    }

    #[test]
    fn a_link_can_continue_in_the_next_line() {
        let links = find_links("at http://a.org/b or");
        let parts = |line: Range<usize>| -> Vec<(usize, usize)> {
            let links = links_in_line(&links, &line);
            links.into_iter().map(|link| (link.range.start, link.range.end)).collect()
        };
        assert_eq!(parts(0..20), [(3, 17)]);
        assert_eq!(parts(0..10), [(3, 10)]);
        assert_eq!(parts(10..20), [(0, 7)]);
        assert_eq!(parts(17..20), []);
    }
}
