//! Copied articles, whose byline and related news look like records.

use super::ends_sentence;
use super::page_body::PageBody;
use crate::formats::read::html::{is_furniture_heading, is_news_heading, names_and_date_behind_by};
use crate::formats::read::whole_dates::{day_in_line, is_whole_date};

/// The last line that may be the byline of an article.
const MAX_BYLINE_INDEX: usize = 4;

/// The most words of the heading of related news.
const MAX_HEADING_WORDS: usize = 4;

/// The fewest words of a paragraph.
const MIN_PARAGRAPH_WORDS: usize = 8;

/// The fewest paragraphs of an article.
const MIN_PARAGRAPHS: usize = 2;

/// Whether a page is an article: with its byline, or with a heading of related news.
pub(super) fn is_article(body: &PageBody<'_>) -> bool {
    !body.starts_sharply && (has_byline(body) || has_related_news(body))
}

/// Whether one of the lines of a page is the heading of related news, with one date and a paragraph above it, and dates
/// but no paragraph below it. Above news the date may be missing.
fn has_related_news(body: &PageBody<'_>) -> bool {
    let is_short = |text: &str| text.split_whitespace().count() <= MAX_HEADING_WORDS;
    let is_heading = |text: &str| is_furniture_heading(text) || is_news_heading(text);
    let of_lines = || (0..body.lines.len()).map(|at| (at, body.text(at)));
    let mut headings = of_lines().filter(|(_, text)| is_short(text) && is_heading(text)).peekable();
    if headings.peek().is_none() {
        return false;
    }
    let dates = LineCounts::new(body, |at| has_date(body, at));
    let paragraphs = LineCounts::new(body, |at| is_paragraph(body, at));
    headings.any(|(heading, text)| {
        let above = dates.above(heading);
        let fits =
            (above == 1 && is_furniture_heading(text)) || (above < 2 && is_news_heading(text));
        fits && paragraphs.above(heading) > 0
            && dates.below(heading) > 0
            && paragraphs.below(heading) == 0
    })
}

/// How many lines of some kind stand above each line of a page, and above its end.
struct LineCounts(Vec<usize>);

impl LineCounts {
    fn new(body: &PageBody<'_>, is_counted: impl Fn(usize) -> bool) -> LineCounts {
        let mut count = 0;
        let mut counts = vec![0];
        counts.extend((0..body.lines.len()).map(|at| {
            count += usize::from(is_counted(at));
            count
        }));
        LineCounts(counts)
    }

    fn above(&self, line: usize) -> usize {
        self.0.get(line).copied().unwrap_or(0)
    }

    fn below(&self, line: usize) -> usize {
        self.0.last().map_or(0, |all| all - self.above(line + 1))
    }
}

/// Whether a line has a date.
fn has_date(body: &PageBody<'_>, at: usize) -> bool {
    let text = body.text(at);
    is_date(body, at)
        || names_and_date_behind_by(text).is_some_and(|(_, date)| date.is_some())
        || (!ends_sentence(text) && day_in_line(text).is_some())
}

fn is_date(body: &PageBody<'_>, at: usize) -> bool {
    body.is_date(at) || is_whole_date(body.text(at))
}

fn is_paragraph(body: &PageBody<'_>, at: usize) -> bool {
    let text = body.text(at);
    ends_sentence(text) && text.split_whitespace().count() >= MIN_PARAGRAPH_WORDS
}

/// Whether a page has the form of an article with its byline: that is one of its first lines and the only one, the day is
/// in it or beside it, and paragraphs follow. Nothing else on the page has a paragraph.
fn has_byline(body: &PageBody<'_>) -> bool {
    let lines = || 0..body.lines.len();
    let byline = |at: &usize| names_and_date_behind_by(body.text(*at));
    let is_date = |at: usize| is_date(body, at);
    let is_paragraph = |at: &usize| is_paragraph(body, *at);
    let Some(first) = lines().find(|at| byline(at).is_some()) else { return false };
    let has_date = byline(&first).is_some_and(|(_, date)| date.is_some());
    let is_dated = has_date || is_date(first + 1) || (first > 0 && is_date(first - 1));
    let start = first + 1 + usize::from(is_date(first + 1));
    let is_only = !lines().skip(first + 1).any(|at| byline(&at).is_some());
    let next = (start..body.lines.len()).find(|at| is_date(*at)).unwrap_or(body.lines.len());
    let paragraphs = (start..next).filter(is_paragraph).count();
    let others = (next..body.lines.len()).filter(is_paragraph).count();
    (1..=MAX_BYLINE_INDEX).contains(&first)
        && is_dated
        && is_only
        && paragraphs >= MIN_PARAGRAPHS
        && others == 0
        && is_paragraph(&start)
}
