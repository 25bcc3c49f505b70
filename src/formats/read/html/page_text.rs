//! A page as the text that a user would copy from it, for the parser of results pages, which adds the link
//! of each title to its record.
//!
//! Content is headings, paragraphs, the count of results, and the addresses of the titles. Everything that
//! is for moving around the site is dropped: navigation, footers, forms, scripts, images without text, and
//! all other links.

use std::collections::{HashMap, HashSet};
use std::io::{self, Cursor};

use super::text::collapse;
use super::tokens::{Tag, Token, Tokenizer};
use crate::formats::read::results_page::{BelowYears, LineRoles};
use crate::formats::read::{
    InputFile, NameMapping, PageStart, ParserCache, RecordPart, Sink, results_page,
};
use crate::record::{Field, Problem, Record};

/// Whether the text of a page has records that begin with their dates: as many as the page says, or at least
/// half with a link. A story has dates too. `lines` are those of the content: what else the page lists is no record.
pub(super) fn has_records(
    file: &InputFile<'_>,
    page: &str,
    lines: &HashSet<String>,
    agrees: &dyn Fn(usize) -> bool,
) -> io::Result<bool> {
    let mut probe = Probe::default();
    let bytes = &mut io::empty();
    read(&mut InputFile { bytes, ..*file }, page, &mut probe)?;
    let is_content = |title: &str| title.is_empty() || lines.contains(title);
    let records = probe.titles.len();
    let found = probe.titles.iter().filter(|(title, _)| is_content(title)).count();
    let linked =
        probe.titles.iter().filter(|(title, has_link)| *has_link && is_content(title)).count();
    Ok(2 * found >= records && records > 0 && (agrees(records) || 2 * linked >= records))
}

/// Tells what a page is that has headings of years, each with the days of that year, or a list, below it.
pub(super) fn below_years(page: &str) -> Option<BelowYears> {
    let page = HtmlText::from_html(page);
    let found = results_page::below_years(&page.text, &page.roles)?;
    Some(match found {
        BelowYears::Refused(line, message) => {
            let line = page.source_lines.get(line.saturating_sub(1)).copied().unwrap_or(line);
            BelowYears::Refused(line, message)
        }
        BelowYears::Records => BelowYears::Records,
    })
}

/// Keeps the titles of records, and whether each has a link.
#[derive(Default)]
struct Probe {
    titles: Vec<(String, bool)>,
}

impl Sink for Probe {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, record: Record) {
        let has_link = record.first(Field::Url).is_some();
        self.titles.push((collapse(record.title().unwrap_or_default()), has_link));
    }

    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn report(&mut self, _: Problem) {}
}

/// Reads a page by its text.
pub(super) fn read(file: &mut InputFile<'_>, page: &str, sink: &mut dyn Sink) -> io::Result<()> {
    let page = HtmlText::from_html(page);
    let mut links_of_texts: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, link) in page.links.iter().enumerate() {
        links_of_texts.entry(link.text.clone()).or_default().push(at);
    }
    let mut sink = LinkingSink {
        sink,
        links: page.links,
        links_of_texts,
        lines: page.text.lines().map(collapse_whitespace).collect(),
        next_link: 0,
        source_lines: page.source_lines,
    };
    let bytes = &mut Cursor::new(page.text);
    results_page::read(&mut InputFile { bytes, ..*file }, &mut sink)
}

/// Elements that start and end on lines of their own.
const BLOCK_ELEMENTS: [&str; 26] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements that are skipped with everything in them.
const SKIPPED_ELEMENTS: [&str; 11] = [
    "script", "style", "template", "title", "noscript", "svg", "select", "button", "textarea",
    "nav", "footer",
];

/// The longest address of a page against which links are resolved, in bytes.
///
/// No browser accepts one that is much longer.
const MAX_BASE_URL_BYTES: usize = 2_000;

/// A link of a page.
struct Link {
    /// The text on one line.
    text: String,
    address: String,
    /// The index of the line of the text on which it ends.
    line: usize,
}

/// A page as lines of text, with its links.
#[derive(Default)]
struct HtmlText {
    text: String,
    /// The line of the HTML for each line of the text.
    source_lines: Vec<usize>,
    /// The links, in the order of the page.
    links: Vec<Link>,
    /// The address of the page, if it names it.
    base_url: Option<String>,
    /// The current line of the HTML.
    line: usize,
    /// The lines of the text at which items of lists and headings begin.
    roles: LineRoles,
    /// Whether the current item of a list has a heading.
    has_heading: bool,
    /// The address of the open link, and the offset in `text` at which it starts.
    open_link: Option<(String, usize)>,
}

impl HtmlText {
    /// Converts a whole page.
    fn from_html(page: &str) -> HtmlText {
        let mut html = HtmlText { line: 1, source_lines: vec![1], ..HtmlText::default() };
        let mut tokenizer = Tokenizer::new(page);
        let mut rest = page;
        while let Some(token) = tokenizer.next() {
            if let Token::StartTag(tag) = &token
                && SKIPPED_ELEMENTS.contains(&tag.name.as_str())
            {
                tokenizer.skip_element(&tag.name);
            }
            html.add_token(token);
            let read = rest.get(..rest.len() - tokenizer.rest.len()).unwrap_or("");
            html.line += read.matches('\n').count();
            rest = tokenizer.rest;
        }
        let base = html.base_url.take().filter(|base| base.len() <= MAX_BASE_URL_BYTES);
        for link in &mut html.links {
            link.address = resolve_url(base.as_deref(), &link.address);
        }
        html
    }

    /// Adds one token.
    fn add_token(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self.add_words(&text),
            Token::Comment(text) => {
                // Browsers write the address of a saved page into a comment.
                let address = text.split_once("saved from url=").map(|(_, rest)| rest);
                let address = address.and_then(|rest| rest.split_once(')')).map(|(_, url)| url);
                self.set_base_url(address.map(str::trim));
            }
            Token::StartTag(tag) => self.start_element(&tag),
            Token::EndTag(name) => {
                if name == "a" {
                    self.end_link();
                }
                self.end_element(&name);
            }
        }
    }

    /// Handles an end tag. An item with a heading is a record, so empty lines follow it.
    fn end_element(&mut self, name: &str) {
        if matches!(name, "li" | "article") && self.has_heading {
            self.ensure_line_breaks(3);
            self.has_heading = false;
        } else if is_heading(name) || BLOCK_ELEMENTS.contains(&name) {
            self.ensure_line_breaks(2);
        }
    }

    /// Handles a start tag.
    fn start_element(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "a" => {
                self.end_link();
                let address = tag.attribute("href").filter(|href| !href.starts_with('#'));
                self.open_link = address.map(|href| (href.to_owned(), self.text.len()));
            }
            "base" => {
                self.base_url = tag.attribute("href").map(str::to_owned).or(self.base_url.take());
            }
            "link" if tag.attribute("rel") == Some("canonical") => {
                self.set_base_url(tag.attribute("href"));
            }
            "meta" if tag.attribute("property") == Some("og:url") => {
                self.set_base_url(tag.attribute("content"));
            }
            "br" => self.ensure_line_breaks(1),
            name if is_heading(name) => {
                self.ensure_line_breaks(2);
                self.roles.headings.push(self.source_lines.len());
                self.has_heading = true;
            }
            name if BLOCK_ELEMENTS.contains(&name) => {
                self.ensure_line_breaks(2);
                if matches!(name, "li" | "dt" | "tr") {
                    self.roles.items.push(self.source_lines.len());
                }
            }
            _ => {}
        }
    }

    /// Makes the text end in at least this many line breaks.
    fn ensure_line_breaks(&mut self, breaks: usize) {
        let length = self.text.trim_end_matches(' ').len();
        self.text.truncate(length);
        if length == 0 {
            return;
        }
        let existing = self.text.len() - self.text.trim_end_matches('\n').len();
        for _ in existing..breaks {
            self.text.push('\n');
            self.source_lines.push(self.line);
        }
    }

    /// Adds text, with white space collapsed to one space.
    fn add_words(&mut self, text: &str) {
        let mut line = self.line;
        for part in text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end();
            if !word.is_empty() {
                if self.text.is_empty() || self.text.ends_with('\n') {
                    self.source_lines.pop();
                    self.source_lines.push(line);
                }
                self.text.push_str(word);
            }
            let has_space = part.len() > word.len();
            if has_space && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
            line += part.matches('\n').count();
        }
    }

    /// Ends the open link and stores it, if it has text.
    fn end_link(&mut self) {
        if let Some((address, start)) = self.open_link.take() {
            let text = collapse_whitespace(self.text.get(start..).unwrap_or(""));
            if !text.is_empty() {
                let line = self.source_lines.len().saturating_sub(1);
                self.links.push(Link { text, address, line });
            }
        }
    }

    /// Stores the address of the page; the first one found counts.
    fn set_base_url(&mut self, address: Option<&str>) {
        let address = address.filter(|address| address.contains("://"));
        self.base_url = self.base_url.take().or(address.map(str::to_owned));
    }
}

/// Whether an element of this name is a heading.
fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// A text on one line, with white space collapsed.
fn collapse_whitespace(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The absolute address of a link on a page with the address `base`.
fn resolve_url(base: Option<&str>, address: &str) -> String {
    let Some((scheme, rest)) = base.and_then(|base| base.split_once("://")) else {
        return address.to_owned();
    };
    let path = rest.split(['?', '#']).next().unwrap_or(rest);
    let host = path.split('/').next().unwrap_or(path);
    if address.contains("://") || address.starts_with("mailto:") {
        address.to_owned()
    } else if address.starts_with("//") {
        format!("{scheme}:{address}")
    } else if address.starts_with('/') {
        format!("{scheme}://{host}{address}")
    } else if address.starts_with('?') {
        format!("{scheme}://{path}{address}")
    } else {
        let folder = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
        format!("{scheme}://{folder}/{address}")
    }
}

/// How many links behind that of the record before may stand in the line of a record.
const MAX_LINKS_AHEAD: usize = 1_000;

/// Passes on what the parser of results pages finds, with links and with line numbers of the HTML.
///
/// Each record gets the address of the next link with the text of its title, or else in the line with its date and title.
struct LinkingSink<'s> {
    sink: &'s mut dyn Sink,
    links: Vec<Link>,
    /// For each text, the indices of the links that have it.
    links_of_texts: HashMap<String, Vec<usize>>,
    /// The lines of the text.
    lines: Vec<String>,
    /// The index of the first link behind the last one used.
    next_link: usize,
    /// The line of the HTML for each line of the text.
    source_lines: Vec<usize>,
}

impl LinkingSink<'_> {
    /// The line of the HTML for a line of the text.
    fn source_line(&self, line: Option<usize>) -> Option<usize> {
        line.map(|line| self.source_lines.get(line.saturating_sub(1)).copied().unwrap_or(line))
    }
}

/// Whether a line is a title and, before or behind it, a date or its beginning: `12 July: Keller to Weidl` below a year.
fn is_line_of(line: &str, title: &str, date: &str) -> bool {
    let rest = line.strip_suffix(title).or_else(|| line.strip_prefix(title));
    let rest =
        rest.map(|rest| rest.trim_matches(|c: char| c.is_whitespace() || ":,|-–—".contains(c)));
    !title.is_empty() && rest.is_some_and(|rest| !rest.is_empty() && date.starts_with(rest))
}

impl Sink for LinkingSink<'_> {
    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn start_page(&mut self, page: PageStart) {
        let line = self.source_line(page.line);
        self.sink.start_page(PageStart { line, ..page });
    }

    fn add_record(&mut self, mut record: Record) {
        let title = record.title().map(collapse_whitespace).unwrap_or_default();
        let unused = || self.links.iter().skip(self.next_link);
        let of_title = || {
            let links = self.links_of_texts.get(&title)?;
            let first = links.partition_point(|at| *at < self.next_link);
            links.get(first).and_then(|at| self.links.get(*at))
        };
        let is_of_line = |link: &&Link| {
            let line = self.lines.get(link.line).map_or("", String::as_str);
            is_line_of(line, &title, &record.date.text)
        };
        if let Some(link) = of_title().or_else(|| unused().take(MAX_LINKS_AHEAD).find(is_of_line)) {
            record.push(Field::Url, &link.address);
            let line = link.line;
            self.next_link += unused().take_while(|link| link.line <= line).count();
        }
        self.sink.add_record(record);
    }

    fn report(&mut self, problem: Problem) {
        let line = self.source_line(problem.line);
        self.sink.report(Problem { line, ..problem });
    }

    fn memory_used(&self) -> u64 {
        self.sink.memory_used()
    }

    fn describe_names(&mut self, names: NameMapping) {
        self.sink.describe_names(names);
    }
}
