//! Splits a text into results pages, and each page into head and body.

use std::collections::HashSet;

use super::lines::{Line, LineKind, is_any_date, is_facet, says_of_what, strip_bullet};
use super::page_foot::site_word;
use crate::formats::read::result_count::{self, CountLine, ResultCount};
use crate::formats::read::whole_dates::{
    PART_SEPARATORS, is_day_of_keeping, is_whole_date, says_undated,
};
use crate::record::date::text;
use crate::record::{ParsedDate, Precision};

/// One page of results.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageText<'l, 't> {
    /// All its lines.
    pub(super) lines: &'l [Line<'t>],
    /// The lines above the records, which describe the page.
    pub(super) head: &'l [Line<'t>],
    /// The number of the line with the count, and the count.
    pub(super) count: Option<(usize, ResultCount)>,
    /// The lines of the records.
    pub(super) body: &'l [Line<'t>],
}

/// Splits a text into pages. A page begins with `Skip to content` or with its count. Lines above
/// the count belong to the page, unless they are records.
pub(super) fn split_pages<'l, 't>(lines: &'l [Line<'t>]) -> Vec<PageText<'l, 't>> {
    let starts = page_starts(lines);
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let ranges = starts.iter().zip(ends).filter_map(|(start, end)| lines.get(*start..end));
    let mut pages: Vec<PageText<'_, '_>> = Vec::new();
    for page in ranges.map(split_page) {
        // A page may repeat its count at its end.
        let is_foot = pages.last().is_some_and(|above| above.result_count() == page.result_count());
        if !(is_foot && page.head.iter().chain(page.body).all(is_site_text)) {
            pages.push(page);
        }
    }
    pages
}

/// Returns the index of the line that counts the records of the first page, with the count: the first range, or the
/// first number of records that is no entry of a facet.
pub(super) fn first_count(lines: &[Line<'_>]) -> Option<(usize, CountLine)> {
    let counts = || {
        let lines = lines.iter().enumerate().filter(|(_, line)| line.kind != LineKind::Pager);
        lines.filter_map(|(at, line)| result_count::parse(line.text).map(|count| (at, count)))
    };
    let range = counts().find(|(_, count)| matches!(count, CountLine::Range(_)));
    let is_total = |at: usize| lines.get(at).is_some_and(|line| !is_facet(line.text));
    range.or_else(|| counts().find(|(at, _)| is_total(*at))).or_else(|| counts().next())
}

/// Returns the number of the line with the only count of a text, if it stands below the records.
pub(super) fn count_of_foot(lines: &[Line<'_>]) -> Option<usize> {
    let is_count = |line: &Line<'_>| {
        result_count::parse(line.text).is_some() && !is_any_date(line) && !is_facet(line.text)
    };
    let mut counts = lines.iter().enumerate().filter(|(_, line)| is_count(line));
    let (at, line) = counts.next().filter(|_| counts.next().is_none())?;
    let (above, below) = (lines.get(..at)?, lines.get(at + 1..)?);
    let has_date = |text: &str| text.split(PART_SEPARATORS).any(is_whole_date);
    let is_of_record =
        |line: &Line<'_>| is_any_date(line) || says_of_what(line.text) || has_date(line.text);
    let is_foot = |line: &Line<'_>| is_site_text(line) || line.text.parse::<u16>().is_ok();
    let records = above.iter().filter(|line| is_of_record(line)).count();
    (records > 1 && below.iter().all(is_foot)).then_some(line.number)
}

/// Returns the numbers of the lines above the first count that are dates of facets: most have no title below them,
/// but another date or a number.
pub(super) fn dates_of_facets(lines: &[Line<'_>]) -> Vec<usize> {
    let head = first_count(lines).and_then(|(at, _)| lines.get(..at)).unwrap_or_default();
    let has_title = |at: usize| {
        let below = head.iter().skip(at + 1).find(|line| !line.is_blank());
        below.is_none_or(|line| {
            let is_value = is_any_date(line) || is_facet(line.text);
            !is_value && line.text.chars().any(char::is_alphabetic)
        })
    };
    // A facet has no days.
    let is_of_years = |line: &Line<'_>| {
        let span = text::parse(strip_bullet(line.text)).span();
        is_any_date(line) && span.is_some_and(|span| span.start_precision > Precision::Month)
    };
    let dates: Vec<usize> =
        (0..head.len()).filter(|at| head.get(*at).is_some_and(is_of_years)).collect();
    let titled = dates.iter().filter(|at| has_title(**at)).count();
    if 2 * titled > dates.len() {
        return Vec::new();
    }
    dates.into_iter().filter_map(|at| head.get(at)).map(|line| line.number).collect()
}

/// Returns the index of each page's first line.
fn page_starts(lines: &[Line<'_>]) -> Vec<usize> {
    let mut starts = vec![0];
    let (mut current, mut has_dates) = (None, false);
    let head = repeated_head(lines);
    for (at, line) in lines.iter().enumerate() {
        match line.kind {
            LineKind::Date(_) => has_dates = true,
            LineKind::SkipLink if current.is_some() || has_dates => {
                starts.push(at);
                (current, has_dates) = (None, false);
            }
            _ => {
                let Some(count) = count_of(line) else { continue };
                // A page may repeat its count above its records.
                if has_dates || current.is_some_and(|above| above != count) {
                    starts.push(start_above(lines.get(..at).unwrap_or_default(), &head));
                    has_dates = false;
                }
                current = Some(count);
            }
        }
    }
    if starts.len() > 1 && current.is_none() && !has_dates {
        // A page without records and count is text of the page before.
        starts.pop();
    }
    starts
}

/// Returns the texts above the first count, which each page repeats; none if a record is above it.
fn repeated_head<'t>(lines: &[Line<'t>]) -> HashSet<&'t str> {
    let first_count = lines.iter().position(|line| count_of(line).is_some()).unwrap_or(0);
    let head = lines.get(..first_count).unwrap_or_default();
    let has_records = head.iter().any(Line::is_date);
    head.iter().filter(|_| !has_records).map(|line| line.text).collect()
}

/// Returns the index of the first line of a page whose count stands behind these lines.
fn start_above(above: &[Line<'_>], head: &HashSet<&str>) -> usize {
    let without = |is_above: &dyn Fn(&Line<'_>) -> bool| {
        above.len() - above.iter().rev().take_while(|line| is_above(line)).count()
    };
    let start = without(&|line| is_site_text(line) || head.contains(line.text));
    let rest = above.get(..start).unwrap_or_default();
    // The line below a date is a title.
    let is_title = rest.iter().rev().find(|line| !line.is_blank()).is_some_and(Line::is_date);
    if is_title { without(&is_site_text) } else { start }
}

/// Returns what a line says about the page on which it stands.
pub(super) fn count_of(line: &Line<'_>) -> Option<CountLine> {
    match line.kind {
        LineKind::Count(count) => Some(CountLine::Range(count)),
        LineKind::PageNumber(count) => Some(count),
        _ => None,
    }
}

impl PageText<'_, '_> {
    /// Returns the count of the page, if it has one.
    fn result_count(&self) -> Option<ResultCount> {
        self.count.map(|(_, count)| count)
    }
}

/// Lines that are dates in unusual forms, such as `circa 1970s` or `22 October 1962`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct UnusualDates {
    /// The numbers of the lines that are read as dates.
    pub(super) read: Vec<usize>,
    /// The numbers of the lines that are read as text, on pages without a count.
    pub(super) left: Vec<usize>,
}

/// Returns the lines that are dates in unusual forms.
///
/// Such a line is between blank lines, on a page that has fewer dates than its count, or no
/// count. It may be a paragraph. A false record with a warning is better than a missing one. On a page without a
/// count it may stand as the usual dates do, too.
pub(super) fn unusual_dates(lines: &[Line<'_>]) -> UnusualDates {
    let mut found = UnusualDates::default();
    for page in split_pages(lines) {
        let date_count = page.body.iter().filter(|line| line.is_date()).count() as u64;
        let any_dates = page.lines.iter().filter(|line| is_any_date(line)).count() as u64;
        let Some((_, count)) = page.count else {
            add_uncounted_dates(&page, &mut found);
            continue;
        };
        // The forms that fit the page are those of most of its dates, with or without blank lines.
        let is_usual = date_count >= count.expected().min(any_dates);
        if !is_usual && (any_dates..2 * any_dates).contains(&count.expected()) {
            found.read.extend(all_unusual_dates(page.lines).map(|line| line.number));
        } else if date_count < count.expected() {
            found.read.extend(lone_date_lines(page.body));
        }
    }
    found
}

/// Adds the dates in unusual forms of a page without a count: those that stand as a usual date does, all if
/// there is no usual date, and those between blank lines.
fn add_uncounted_dates(page: &PageText<'_, '_>, found: &mut UnusualDates) {
    let is_menu_entry = |line: &Line<'_>| line.kind == LineKind::MenuEntry;
    let menu_end = page.lines.iter().rposition(is_menu_entry).map_or(0, |last| last + 1);
    let lines = page.lines.get(menu_end..).unwrap_or_default();
    let dates = || lines.iter().enumerate().filter(|(_, line)| line.is_date());
    let has_usual = dates().next().is_some();
    let any_dates = lines.iter().filter(|line| is_any_date(line)).count();
    let is_inside = |at: &usize| {
        let is_text = |line: &Line<'_>| !line.is_blank();
        lines.iter().take(*at).any(is_text) && lines.iter().skip(*at).any(is_text)
    };
    let has_blank = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(Line::is_blank))
        .any(|at| is_inside(&at));
    let mut usual: Vec<Surroundings> = dates().map(|(at, _)| surroundings(lines, at)).collect();
    usual.sort_unstable();
    usual.dedup();
    let is_text = |line: &Line<'_>| !matches!(line.kind, LineKind::Blank | LineKind::Bullet);
    let first_text = lines.iter().find(|line| is_text(line));
    let leads = first_text.is_some_and(Line::is_date);
    let last_text = lines.iter().rposition(is_text);
    let first_date = lines.iter().position(is_any_date);
    let stands_alike = |at: usize| {
        // Below a date that stands above its title there is something.
        let is_end = leads && last_text == Some(at);
        // The blank line above the first date may part it from the head of the page.
        let (above, below) = surroundings(lines, at);
        let may_follow_head = first_date == Some(at)
            && !may_be_title(lines, at)
            && usual.iter().any(|other| other.0 == Some(false));
        let here = if may_follow_head { (Some(false), below) } else { (above, below) };
        !is_end && usual.iter().any(|other| are_alike(here, *other, has_blank))
    };
    // Above the first usual date, only what is certainly a date counts.
    let body = lines.get(dates().next().map_or(lines.len(), |(at, _)| at)..).unwrap_or_default();
    let lone: Vec<usize> = lone_date_lines(body).collect();
    for (at, line) in lines.iter().enumerate() {
        let is_lone = lone.binary_search(&line.number).is_ok();
        if line.is_date() || !is_any_date(line) || is_lone {
            continue;
        }
        if (has_usual && stands_alike(at)) || (!has_usual && any_dates > 1) {
            found.read.push(line.number);
        } else if has_usual {
            found.left.push(line.number);
        }
    }
    found.read.extend(lone);
}

/// Whether a date may be the title of a record: another date stands right below it, or it begins with the same word of
/// feet as other lines: `Est. 1902`, `Est. 1911`.
fn may_be_title(lines: &[Line<'_>], at: usize) -> bool {
    let has_date_below = lines.get(at + 1).is_some_and(is_any_date);
    let word = lines.get(at).and_then(|line| site_word(line.text));
    let begins_like = |line: &&Line<'_>| word.is_some() && site_word(line.text) == word;
    has_date_below || lines.iter().filter(begins_like).count() > 1
}

/// Whether blank lines stand above and below a line; `None` at the start and the end of the text.
type Surroundings = (Option<bool>, Option<bool>);

fn surroundings(lines: &[Line<'_>], at: usize) -> Surroundings {
    let is_blank = |at: Option<usize>| {
        let line = at.and_then(|at| lines.get(at))?;
        Some(matches!(line.kind, LineKind::Blank | LineKind::Bullet))
    };
    (is_blank(at.checked_sub(1)), is_blank(Some(at + 1)))
}

/// Whether two lines have blank lines, or none, in the same places. In a text with blank lines its start and its end
/// are like them; without them nothing parts the first line from what is not there.
fn are_alike(one: Surroundings, other: Surroundings, has_blank: bool) -> bool {
    let agree = |one: Option<bool>, other: Option<bool>| {
        let is_edge = one.is_none() || other.is_none();
        if has_blank {
            one.unwrap_or(true) == other.unwrap_or(true)
        } else {
            is_edge || one == other
        }
    };
    agree(one.0, other.0) && agree(one.1, other.1)
}

/// Returns all lines that are dates in unusual forms.
fn all_unusual_dates<'l, 't>(lines: &'l [Line<'t>]) -> impl Iterator<Item = &'l Line<'t>> {
    lines.iter().filter(|line| !line.is_date() && is_any_date(line))
}

/// Returns the numbers of lines between blank lines that contain only a date.
fn lone_date_lines(body: &[Line<'_>]) -> impl Iterator<Item = usize> {
    let is_blank = |line: Option<&Line<'_>>| line.is_none_or(Line::is_blank);
    let lone_lines = body.iter().enumerate().filter(move |(at, line)| {
        let above = at.checked_sub(1).and_then(|above| body.get(above));
        line.kind == LineKind::Text
            && is_blank(above)
            && at + 1 < body.len()
            && is_blank(body.get(at + 1))
    });
    let is_date = |text: &str| {
        !ends_with_full_stop(text)
            && !is_day_of_keeping(strip_bullet(text))
            && !says_of_what(strip_bullet(text))
            && !is_facet(strip_bullet(text))
            && text::parse_whole_line(strip_bullet(text))
                .is_some_and(|parsed| parsed != ParsedDate::Undated || says_undated(text))
    };
    lone_lines.filter(move |(_, line)| is_date(line.text)).map(|(_, line)| line.number)
}

/// Whether a text ends with a full stop that does not end an abbreviation such as `n.d.`
fn ends_with_full_stop(text: &str) -> bool {
    let last = text.split_whitespace().next_back().and_then(|word| word.strip_suffix('.'));
    last.is_some_and(|word| !word.contains('.'))
}

/// Whether a line is blank or belongs to the site, not to a record.
pub(super) fn is_site_text(line: &Line<'_>) -> bool {
    matches!(
        line.kind,
        LineKind::Blank
            | LineKind::SkipLink
            | LineKind::SiteLabel
            | LineKind::Pager
            | LineKind::Bullet
            | LineKind::Foot
    )
}

/// Splits a page into head and body.
fn split_page<'l, 't>(lines: &'l [Line<'t>]) -> PageText<'l, 't> {
    let count = lines.iter().enumerate().find_map(|(at, line)| match line.kind {
        LineKind::Count(count) => Some((at, line.number, count)),
        _ => None,
    });
    let first_date = lines.iter().position(Line::is_date);
    let (head, body) = match count {
        Some((at, ..)) => (at, at + 1),
        // The body begins with the first date; a bullet above it stays in the head.
        None => first_date.map_or((lines.len(), lines.len()), |at| (at, at)),
    };
    PageText {
        lines,
        head: lines.get(..head).unwrap_or_default(),
        count: count.map(|(_, number, count)| (number, count)),
        body: without_pager(lines.get(body..).unwrap_or_default()),
    }
}

/// Returns the body without the links to other pages at its end: `Next`, `Last »` and page numbers.
fn without_pager<'l, 't>(body: &'l [Line<'t>]) -> &'l [Line<'t>] {
    let is_page_number = |line: &Line<'_>| line.text.len() <= 3 && line.text.parse::<u16>().is_ok();
    let foot = body.iter().position(|line| line.kind == LineKind::Foot);
    let body = body.get(..foot.unwrap_or(body.len())).unwrap_or_default();
    let mut end = body.len();
    let mut first_pager = body.len();
    while let Some(line) = end.checked_sub(1).and_then(|at| body.get(at)) {
        match line.kind {
            LineKind::Pager => first_pager = end - 1,
            LineKind::Text if is_page_number(line) => {}
            LineKind::Blank | LineKind::SiteLabel | LineKind::Bullet => {}
            _ => break,
        }
        end -= 1;
    }
    let trimmed = if first_pager < body.len() { body.get(..end).unwrap_or_default() } else { body };
    // A record may be called "Next": the line below a date is a title.
    if trimmed.last().is_some_and(Line::is_date) { body } else { trimmed }
}
