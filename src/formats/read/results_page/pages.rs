//! A text as pages: where each begins, what stands above its records, and what below.

use super::lines::{Count, Kind, Line, without_bullet};
use crate::record::date::text;

/// One page of results.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet<'l, 't> {
    /// What stands above the records, and says what page this is.
    pub(super) head: &'l [Line<'t>],
    /// The line that counts, and what it says.
    pub(super) count: Option<(usize, Count)>,
    /// The records.
    pub(super) body: &'l [Line<'t>],
}

/// Parts a text into its pages. A page begins with `Skip to content`, or with its own count; what
/// stands above the count belongs to it, unless records stand there.
pub(super) fn sheets<'l, 't>(lines: &'l [Line<'t>]) -> Vec<Sheet<'l, 't>> {
    let starts = starts(lines);
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let ranges = starts.iter().zip(ends).filter_map(|(start, end)| lines.get(*start..end));
    let mut sheets: Vec<Sheet<'_, '_>> = Vec::new();
    for sheet in ranges.map(sheet) {
        // A page may count itself once more at its foot.
        let foot = sheets.last().is_some_and(|above| above.says() == sheet.says());
        if !(foot && sheet.head.iter().chain(sheet.body).all(is_around)) {
            sheets.push(sheet);
        }
    }
    sheets
}

/// The first line of each page.
fn starts(lines: &[Line<'_>]) -> Vec<usize> {
    let mut starts = vec![0];
    let (mut current, mut dated) = (None, false);
    for (at, line) in lines.iter().enumerate() {
        match line.kind {
            Kind::Date(_) => dated = true,
            Kind::Skip if current.is_some() || dated => {
                starts.push(at);
                (current, dated) = (None, false);
            }
            // A page may count itself twice above its records.
            Kind::Count(count) if dated || current.is_some_and(|above| above != count) => {
                let above = lines.get(..at).unwrap_or_default();
                starts.push(at - above.iter().rev().take_while(|line| is_around(line)).count());
                (current, dated) = (Some(count), false);
            }
            Kind::Count(count) => current = Some(count),
            _ => {}
        }
    }
    if starts.len() > 1 && current.is_none() && !dated {
        // What begins as a page and holds nothing of one is text of the page above.
        starts.pop();
    }
    starts
}

impl Sheet<'_, '_> {
    fn says(&self) -> Option<Count> {
        self.count.map(|(_, count)| count)
    }
}

/// The numbers of the lines that are dates in a form that results pages do not write, such as
/// `circa 1970s` or `22 October 1962`: alone between blank lines, on a page that lacks records by its
/// own count, or has none. A paragraph may look so too: rather a record too many, which is noted,
/// than one that nobody finds.
pub(super) fn other_dates(lines: &[Line<'_>]) -> Vec<usize> {
    let mut others = Vec::new();
    for sheet in sheets(lines) {
        let dated = sheet.body.iter().filter(|line| line.is_date()).count() as u64;
        if sheet.count.is_none_or(|(_, count)| dated < count.expected()) {
            others.extend(candidates(&sheet));
        }
    }
    others
}

/// The numbers of the lines of a page that are a date and nothing else, and stand alone.
fn candidates(sheet: &Sheet<'_, '_>) -> impl Iterator<Item = usize> {
    let blank = |line: Option<&Line<'_>>| line.is_none_or(Line::is_blank);
    let body = sheet.body;
    let alone = body.iter().enumerate().filter(move |(at, line)| {
        let above = at.checked_sub(1).and_then(|above| body.get(above));
        line.kind == Kind::Text && blank(above) && at + 1 < body.len() && blank(body.get(at + 1))
    });
    let date = |text: &str| !is_sentence(text) && text::only(without_bullet(text)).is_some();
    alone.filter(move |(_, line)| date(line.text)).map(|(_, line)| line.number)
}

/// Whether a text ends with a full stop that is not of an abbreviation, as `n.d.` is.
fn is_sentence(text: &str) -> bool {
    let last = text.split_whitespace().next_back().and_then(|word| word.strip_suffix('.'));
    last.is_some_and(|word| !word.contains('.'))
}

/// Whether a line is blank or belongs to the site around the records.
pub(super) fn is_around(line: &Line<'_>) -> bool {
    matches!(line.kind, Kind::Blank | Kind::Skip | Kind::Heading | Kind::Pager | Kind::Bullet)
}

/// Parts a page into head and body.
fn sheet<'l, 't>(lines: &'l [Line<'t>]) -> Sheet<'l, 't> {
    let count = lines.iter().enumerate().find_map(|(at, line)| match line.kind {
        Kind::Count(count) => Some((at, line.number, count)),
        _ => None,
    });
    let first_date = lines.iter().position(Line::is_date);
    let (head, body) = match count {
        Some((at, ..)) => (at, at + 1),
        // A bullet above the first date belongs to it.
        None => first_date.map_or((lines.len(), lines.len()), |at| (at, at)),
    };
    Sheet {
        head: lines.get(..head).unwrap_or_default(),
        count: count.map(|(_, number, count)| (number, count)),
        body: without_pager(lines.get(body..).unwrap_or_default()),
    }
}

/// The body without the way to other pages at its end: `Next`, `Last »`, and numbers among them.
fn without_pager<'l, 't>(body: &'l [Line<'t>]) -> &'l [Line<'t>] {
    let number = |line: &Line<'_>| line.text.len() <= 3 && line.text.parse::<u16>().is_ok();
    let mut end = body.len();
    let mut kept = body.len();
    while let Some(line) = end.checked_sub(1).and_then(|at| body.get(at)) {
        match line.kind {
            Kind::Pager => kept = end - 1,
            Kind::Text if number(line) => {}
            Kind::Blank | Kind::Heading | Kind::Bullet => {}
            _ => break,
        }
        end -= 1;
    }
    let cut = if kept < body.len() { body.get(..end).unwrap_or_default() } else { body };
    // A record may be called "Next": below a date stands a title.
    if cut.last().is_some_and(Line::is_date) { body } else { cut }
}
