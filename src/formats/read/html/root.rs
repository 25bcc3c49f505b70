//! Tells pages from XML and other texts, by their first element.

use super::bookmarks;

/// How much of a text behind its prolog is looked at, in bytes.
const MAX_START_BYTES: usize = 4096;

/// How a document type begins.
const DOCTYPE: &str = "<!doctype";

/// Whether a text certainly starts like HTML.
pub(in crate::formats::read) fn looks_like(beginning: &str) -> bool {
    let text = beginning.trim_start_matches('\u{feff}').trim_ascii_start();
    let Prolog { is_empty, is_xml, has_html_doctype, rest } = Prolog::read(text);
    let start = rest.get(..rest.len().min(MAX_START_BYTES)).unwrap_or(rest).to_ascii_lowercase();
    let has_html_behind = || !is_empty && start.contains("<html");
    let is_html = match element_name(&start) {
        Some("html") => true,
        Some(_) if is_empty => starts_with_element(&start),
        // Pages may have elements before the one that holds all others; XML has one root.
        Some(name) => {
            let is_known = EARLY_ELEMENTS.contains(&name) || starts_with_element(&start);
            !is_xml && is_known && has_html_behind()
        }
        // XML does not begin with text.
        None => has_html_behind(),
    };
    has_html_doctype || is_html || bookmarks::looks_like(beginning)
}

/// What stands before the first element or text of a file.
struct Prolog<'a> {
    is_empty: bool,
    /// Whether it begins with the declaration of XML.
    is_xml: bool,
    /// Whether the document type is that of HTML.
    has_html_doctype: bool,
    /// What stands behind it.
    rest: &'a str,
}

impl<'a> Prolog<'a> {
    /// Reads declarations, document types, comments and processing instructions. One that does not end takes all.
    fn read(text: &'a str) -> Prolog<'a> {
        let is_xml = starts_with(text, "<?xml");
        let (mut rest, mut has_html_doctype) = (text, false);
        loop {
            rest = rest.trim_start();
            let end = if rest.starts_with("<!--") {
                end_of(rest, "-->")
            } else if starts_with(rest, "<?xml ") {
                end_of(rest, ">")
            } else if rest.starts_with("<?") {
                end_of(rest, "?>").or_else(|| end_of(rest, ">"))
            } else if starts_with(rest, DOCTYPE) {
                has_html_doctype |= is_html_doctype(rest);
                end_of_doctype(rest)
            } else {
                break;
            };
            rest = end.unwrap_or("");
        }
        Prolog { is_empty: rest.len() == text.len(), is_xml, has_html_doctype, rest }
    }
}

/// Whether a text starts with another one, in letters of either case.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start))
}

/// Returns what is behind the first `end` of a text.
fn end_of<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    Some(text.split_once(end)?.1)
}

/// Returns what is behind a document type and what it declares in brackets.
fn end_of_doctype(doctype: &str) -> Option<&str> {
    let at = doctype.find(['[', '>'])?;
    let rest = doctype.get(at..)?;
    if rest.starts_with('[') { end_of(end_of(rest, "]")?, ">") } else { end_of(rest, ">") }
}

/// Whether a document type is that of HTML.
fn is_html_doctype(doctype: &str) -> bool {
    let behind = doctype.get(DOCTYPE.len()..).unwrap_or("").trim_start();
    let name = behind.split(|c: char| c.is_whitespace() || ['>', '['].contains(&c)).next();
    name.is_some_and(|name| name.eq_ignore_ascii_case("html"))
}

/// Returns the name of the element that a text starts with.
fn element_name(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('<')?;
    let name = inside.split(|c: char| c.is_whitespace() || ['>', '/', ':'].contains(&c)).next()?;
    name.starts_with(char::is_alphabetic).then_some(name)
}

/// More elements that browsers and their extensions write before `html`.
const EARLY_ELEMENTS: [&str; 5] = ["base", "link", "noscript", "script", "title"];

/// Elements with which a piece of a page begins, as clipboards hold it.
const FIRST_ELEMENTS: [&str; 38] = [
    "meta",
    "head",
    "body",
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "span",
    "section",
    "main",
    "dl",
    "dt",
    "br",
    "b",
    "strong",
    "em",
    "i",
    "font",
    "center",
    "form",
    "style",
    "img",
    "small",
    "blockquote",
    "figure",
];

/// Whether a text starts with an element of HTML, and is no XML.
fn starts_with_element(start: &str) -> bool {
    let Some(inside) = start.strip_prefix('<') else { return false };
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let (name, rest) = inside.split_at(end);
    let tag = rest.split('>').next().unwrap_or(rest);
    let has_class = tag.contains("class=") || tag.contains("id=");
    let is_known = FIRST_ELEMENTS.contains(&name) || (name == "article" && has_class);
    is_known
        && rest.starts_with([' ', '>', '/', '\n', '\r', '\t'])
        && !tag.contains("xmlns")
        && !tag.contains("xml:")
}
