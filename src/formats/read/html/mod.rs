//! A results page as a browser saves it (HTML): its lines as text, and the links of its titles.
//!
//! Content is what a reader would copy from the page: its headings and paragraphs, the count of its
//! results, and the addresses that its titles lead to. What leads round the site is none: navigation and
//! footers with the links to other pages of results, forms, scripts, pictures without words, and the
//! addresses of all other links. It is not kept.

mod tokens;

use std::io::{self, Cursor};

use super::{Accession, Memory, Page, Part, Sink, encoding, results_page};
use crate::record::{Field, Problem, Record};

use tokens::{Tag, Token, Tokens};

/// Whether a text is surely a page of the web.
pub(super) fn looks_like(beginning: &str) -> bool {
    let start = beginning.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let first = start.get(..start.len().min(4096)).unwrap_or(start).to_ascii_lowercase();
    let marked = first.starts_with("<!doctype html") || first.starts_with("<html");
    marked || (first.starts_with("<!--") || first.starts_with("<?xml")) && first.contains("<html")
}

/// Reads the page as the text that a reader would copy from it.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let text = encoding::read(file.name, file.bytes, sink)?;
    let page = Lines::of(&text);
    let mut sink = Linked { sink, links: page.links, next: 0, lines: page.places };
    let bytes = &mut Cursor::new(page.text);
    results_page::read(&mut Accession { bytes, ..*file }, &mut sink)
}

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 26] = [
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

/// Elements that are no part of what a page says.
const SILENT: [&str; 11] = [
    "script", "style", "template", "title", "noscript", "svg", "select", "button", "textarea",
    "nav", "footer",
];

/// The longest address of a page that its links are completed by, in bytes. No browser takes one that
/// is much longer.
const LONGEST_BASE: usize = 2_000;

/// A page as lines of text.
#[derive(Default)]
struct Lines {
    text: String,
    /// The line of the page that each line of the text comes from.
    places: Vec<usize>,
    /// The words of each link and its address, in the order of the page.
    links: Vec<(String, String)>,
    /// The address of the page, where it says it.
    base: Option<String>,
    /// The line of the page that is being read.
    line: usize,
    /// Whether a heading stands in the item that is being read.
    headed: bool,
    /// The address of the link that is open, and where its words begin.
    open: Option<(String, usize)>,
}

impl Lines {
    /// Reads a whole page.
    fn of(page: &str) -> Lines {
        let mut lines = Lines { line: 1, places: vec![1], ..Lines::default() };
        let mut tokens = Tokens::of(page);
        let mut above = page;
        while let Some(token) = tokens.next() {
            if let Token::Open(tag) = &token
                && SILENT.contains(&tag.name.as_str())
            {
                tokens.skip(&tag.name);
            }
            lines.take(token);
            let read = above.get(..above.len() - tokens.rest.len()).unwrap_or("");
            lines.line += read.matches('\n').count();
            above = tokens.rest;
        }
        let base = lines.base.take().filter(|base| base.len() <= LONGEST_BASE);
        for (_, address) in &mut lines.links {
            *address = resolved(base.as_deref(), address);
        }
        lines
    }

    /// Takes in one token.
    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self.words(&text),
            Token::Comment(text) => {
                // Browsers note where they saved a page from.
                let address = text.split_once("saved from url=").map(|(_, rest)| rest);
                let address = address.and_then(|rest| rest.split_once(')')).map(|(_, url)| url);
                self.found_base(address.map(str::trim));
            }
            Token::Open(tag) => self.open(&tag),
            Token::Close(name) => {
                if name == "a" {
                    self.end_link();
                }
                self.end(&name);
            }
        }
    }

    /// An element ends. An item with a heading was a record, and stands apart from all below it.
    fn end(&mut self, name: &str) {
        if matches!(name, "li" | "article") && self.headed {
            self.end_line(3);
            self.headed = false;
        } else if is_heading(name) || BLOCKS.contains(&name) {
            self.end_line(2);
        }
    }

    /// An element begins.
    fn open(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "a" => {
                self.end_link();
                let address = tag.attribute("href").filter(|href| !href.starts_with('#'));
                self.open = address.map(|href| (href.to_owned(), self.text.len()));
            }
            "base" => self.base = tag.attribute("href").map(str::to_owned).or(self.base.take()),
            "link" if tag.attribute("rel") == Some("canonical") => {
                self.found_base(tag.attribute("href"));
            }
            "meta" if tag.attribute("property") == Some("og:url") => {
                self.found_base(tag.attribute("content"));
            }
            "br" => self.end_line(1),
            name if is_heading(name) => {
                self.end_line(2);
                self.headed = true;
            }
            name if BLOCKS.contains(&name) => self.end_line(2),
            _ => {}
        }
    }

    /// Sees to it that the text ends in this many line breaks.
    fn end_line(&mut self, breaks: usize) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        if kept == 0 {
            return;
        }
        let there = self.text.len() - self.text.trim_end_matches('\n').len();
        for _ in there..breaks {
            self.text.push('\n');
            self.places.push(self.line);
        }
    }

    /// Adds words. White space between them is one space.
    fn words(&mut self, text: &str) {
        let mut line = self.line;
        for part in text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end();
            if !word.is_empty() {
                if self.text.is_empty() || self.text.ends_with('\n') {
                    self.places.pop();
                    self.places.push(line);
                }
                self.text.push_str(word);
            }
            let parted = part.len() > word.len();
            if parted && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
            line += part.matches('\n').count();
        }
    }

    /// Keeps the link that ends here.
    fn end_link(&mut self) {
        if let Some((address, start)) = self.open.take() {
            let words = on_one_line(self.text.get(start..).unwrap_or(""));
            if !words.is_empty() {
                self.links.push((words, address));
            }
        }
    }

    /// Keeps the address of the page; the first that is found counts.
    fn found_base(&mut self, address: Option<&str>) {
        let address = address.filter(|address| address.contains("://"));
        self.base = self.base.take().or(address.map(str::to_owned));
    }
}

/// Whether an element is a heading.
fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Words without the breaks between them.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The whole address of a link on the page with this address.
fn resolved(base: Option<&str>, address: &str) -> String {
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

/// Hands on what the text of a page says, with the address of each title's link, and with the
/// lines of the page instead of those of its text.
struct Linked<'s> {
    sink: &'s mut dyn Sink,
    links: Vec<(String, String)>,
    /// The first link that no record has taken.
    next: usize,
    lines: Vec<usize>,
}

impl Linked<'_> {
    /// The line of the page that a line of its text comes from.
    fn place(&self, line: Option<usize>) -> Option<usize> {
        line.map(|line| self.lines.get(line.saturating_sub(1)).copied().unwrap_or(line))
    }
}

impl Sink for Linked<'_> {
    fn part(&mut self, part: Part) {
        part.read(&mut Memory::default(), self);
    }

    fn page(&mut self, page: Page) {
        let line = self.place(page.line);
        self.sink.page(Page { line, ..page });
    }

    fn record(&mut self, mut record: Record) {
        let title = record.title().map(on_one_line).unwrap_or_default();
        let later = self.links.iter().enumerate().skip(self.next);
        let found = later.filter(|(_, (words, _))| *words == title).map(|(at, _)| at).next();
        if let Some((at, (_, address))) = found.and_then(|at| Some((at, self.links.get(at)?))) {
            record.push(Field::Url, address);
            self.next = at + 1;
        }
        self.sink.record(record);
    }

    fn problem(&mut self, problem: Problem) {
        let line = self.place(problem.line);
        self.sink.problem(Problem { line, ..problem });
    }
}
