//! Splits the body of a page into drafts of records, including undated ones.

use super::lines::{Line, LineKind};
use super::pages::{PageText, is_site_text};
use super::{MAX_KNOWN_TITLE_CHARS, ends_sentence, fits_title};

/// The lines of one record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft<'l> {
    /// The number of the line where it begins, counted from 1.
    pub(super) line: usize,
    /// The date, if there is one.
    pub(super) date: Option<&'l str>,
    /// Title and summary, without blank lines at either end.
    pub(super) lines: &'l [Line<'l>],
}

/// All records of a page.
#[derive(Debug)]
pub(super) struct PageDrafts<'l> {
    /// The drafts of the records, in page order.
    pub(super) records: Vec<Draft<'l>>,
    /// Whether the page has no titles, so that summaries follow the dates.
    pub(super) untitled: bool,
    /// The lines between the count and the first record.
    pub(super) intro: &'l [Line<'l>],
}

impl<'l> PageDrafts<'l> {
    /// Finds the records of a page.
    ///
    /// Undated records are searched only if the page has fewer dates than its count, or no count.
    /// So a complete page is never split wrongly.
    pub(super) fn from_page(page: &PageText<'l, 'l>) -> PageDrafts<'l> {
        let body = page.body;
        let date_count = body.iter().filter(|line| line.is_date()).count() as u64;
        let lacks_records = page.count.is_none_or(|(_, count)| date_count < count.expected());
        let separator = lacks_records.then(|| UndatedRecordSeparator::from_page(page));
        let first = body.iter().position(Line::is_date).unwrap_or(body.len());
        let above = body.get(..first).unwrap_or_default();
        let above = trim_lines(above, |line| {
            !is_site_text(line) && !matches!(line.kind, LineKind::Count(_))
        });
        // On a complete page the text above the first date is no record.
        let (intro, undated): (&[Line<'_>], _) =
            if lacks_records { (&[], above) } else { (above, &[][..]) };

        let mut records = Vec::new();
        push_records(None, undated, separator.as_ref(), &mut records);
        let mut rest = body.get(first..).unwrap_or_default();
        while let Some((date, below)) = rest.split_first() {
            let end = below.iter().position(Line::is_date).unwrap_or(below.len());
            let (lines, next) = below.split_at_checked(end).unwrap_or((below, &[]));
            push_records(Some(date), lines, separator.as_ref(), &mut records);
            rest = next;
        }
        let untitled = lacks_titles(&records);
        PageDrafts { records, untitled, intro }
    }
}

/// How a page separates an undated record from the text above it.
#[derive(Clone, Copy, Debug)]
struct UndatedRecordSeparator {
    /// The minimum number of blank lines above the title. It is greater than the number between a
    /// date and its title.
    blank_lines: usize,
    /// Whether a line with only a bullet precedes each record.
    bullets: bool,
}

impl UndatedRecordSeparator {
    /// Infers the separator from the dated records of a page.
    fn from_page(page: &PageText<'_, '_>) -> UndatedRecordSeparator {
        let precedes_date = |lines: &[Line<'_>], kind: LineKind<'_>| {
            lines.windows(2).any(|pair| match pair {
                [above, below] => above.kind == kind && below.is_date(),
                _ => false,
            })
        };
        let bullet_above_body = page.head.last().is_some_and(|line| line.kind == LineKind::Bullet);
        let blank_lines_below = |at: usize| {
            let below = page.body.get(at + 1..)?;
            let blank_lines = below.iter().position(|line| !line.is_blank())?;
            below.get(blank_lines).is_some_and(|line| !line.is_date()).then_some(blank_lines)
        };
        let dates = page.body.iter().enumerate().filter(|(_, line)| line.is_date());
        let below_date = dates.filter_map(|(at, _)| blank_lines_below(at)).min().unwrap_or(1);
        let bullets = bullet_above_body || precedes_date(page.body, LineKind::Bullet);
        UndatedRecordSeparator { blank_lines: (below_date + 1).max(2), bullets }
    }

    /// Returns the index of the first line (or bullet) of the next undated record.
    fn find_next(self, lines: &[Line<'_>]) -> Option<usize> {
        let mut blank_lines = 0;
        let mut has_text_above = false;
        for (at, line) in lines.iter().enumerate() {
            let below = lines.get(at + 1..).unwrap_or_default();
            match line.kind {
                LineKind::Blank => blank_lines += 1,
                LineKind::Bullet if self.bullets && has_text_above => return Some(at),
                _ if has_text_above
                    && blank_lines >= self.blank_lines
                    && is_title(line, blank_lines, below) =>
                {
                    return Some(at);
                }
                _ => (blank_lines, has_text_above) = (0, true),
            }
        }
        None
    }
}

/// Whether a line is a title: it is short, and fewer blank lines are below it than above it, at
/// least one.
fn is_title(line: &Line<'_>, blank_lines_above: usize, below: &[Line<'_>]) -> bool {
    let blank_lines = below.iter().take_while(|line| line.is_blank()).count();
    let is_last = blank_lines == below.len();
    fits_title(line.text) && (is_last || (blank_lines > 0 && blank_lines < blank_lines_above))
}

/// Adds the draft of a dated record, and those of undated records that follow in its lines.
///
/// Without `date` all are undated; without `separator` no undated record is searched.
fn push_records<'l>(
    date: Option<&'l Line<'l>>,
    lines: &'l [Line<'l>],
    separator: Option<&UndatedRecordSeparator>,
    drafts: &mut Vec<Draft<'l>>,
) {
    let mut date = date;
    let mut rest = trim_blank_lines(lines);
    while date.is_some() || !rest.is_empty() {
        let end = separator.and_then(|separator| separator.find_next(rest)).unwrap_or(rest.len());
        let (lines, next) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let lines = trim_blank_lines(lines);
        let line = date.or(lines.first()).map_or(0, |line| line.number);
        let date_text = date.take().and_then(|line| match line.kind {
            LineKind::Date(text) => Some(text),
            _ => None,
        });
        drafts.push(Draft { line, date: date_text, lines });
        rest = trim_blank_lines(next);
    }
}

/// Removes blank lines, bullets and skip links at both ends.
fn trim_blank_lines<'l>(lines: &'l [Line<'l>]) -> &'l [Line<'l>] {
    trim_lines(lines, |line| {
        !matches!(line.kind, LineKind::Blank | LineKind::Bullet | LineKind::SkipLink)
    })
}

/// Returns the lines from the first to the last that satisfies the predicate.
fn trim_lines<'l>(lines: &'l [Line<'l>], is_content: impl Fn(&Line<'l>) -> bool) -> &'l [Line<'l>] {
    let start = lines.iter().position(&is_content).unwrap_or(lines.len());
    let end = lines.iter().rposition(&is_content).map_or(start, |last| last + 1);
    lines.get(start..end).unwrap_or_default()
}

/// Whether a page has no titles: most dates have one line below them, and most first lines are
/// sentences. One record is not enough to decide.
fn lacks_titles(records: &[Draft<'_>]) -> bool {
    let dated = records.iter().filter(|draft| draft.date.is_some() && !draft.lines.is_empty());
    let is_sentence = |line: &Line<'_>| {
        ends_sentence(line.text) || line.text.chars().count() > MAX_KNOWN_TITLE_CHARS
    };
    let (mut count, mut single_lines, mut sentences) = (0, 0, 0);
    for draft in dated {
        count += 1;
        single_lines += usize::from(draft.lines.len() == 1);
        sentences += usize::from(draft.lines.first().is_some_and(is_sentence));
    }
    count > 1 && single_lines * 2 > count && sentences * 2 > count
}
