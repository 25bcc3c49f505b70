//! The body of a page as drafts of records: where each begins, also those without a date.

use super::lines::{Kind, Line};
use super::pages::{Sheet, is_around};
use super::{ends_sentence, is_short};

/// The lines of one record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft<'l> {
    /// Where it begins, counted from 1.
    pub(super) line: usize,
    /// Its date, where it has one.
    pub(super) date: Option<&'l str>,
    /// Title and summary; no blank lines at either end.
    pub(super) lines: &'l [Line<'l>],
}

/// All records of a page.
#[derive(Debug)]
pub(super) struct Drafts<'l> {
    pub(super) records: Vec<Draft<'l>>,
    /// Whether the whole page lacks its titles, so that summaries stand below the dates.
    pub(super) untitled: bool,
    /// What stands between the count and the first record and is none itself.
    pub(super) told: &'l [Line<'l>],
}

impl<'l> Drafts<'l> {
    /// The records of a page. Those without a date are looked for only while its count leaves room
    /// for them, so that a page which is complete is never cut in the wrong place.
    pub(super) fn of(sheet: &Sheet<'l, 'l>) -> Drafts<'l> {
        let body = sheet.body;
        let dated = body.iter().filter(|line| line.is_date()).count() as u64;
        let room = sheet.count.is_none_or(|(_, count)| dated < count.expected());
        let signs = room.then(|| Signs::of(sheet));
        let first = body.iter().position(Line::is_date).unwrap_or(body.len());
        let above = body.get(..first).unwrap_or_default();
        let above = within(above, |line| !is_around(line) && !matches!(line.kind, Kind::Count(_)));
        let (told, undated): (&[Line<'_>], _) = if room { (&[], above) } else { (above, &[][..]) };

        let mut records = Vec::new();
        push(None, undated, signs.as_ref(), &mut records);
        let mut rest = body.get(first..).unwrap_or_default();
        while let Some((date, below)) = rest.split_first() {
            let end = below.iter().position(Line::is_date).unwrap_or(below.len());
            let (own, others) = below.split_at_checked(end).unwrap_or((below, &[]));
            push(Some(date), own, signs.as_ref(), &mut records);
            rest = others;
        }
        let untitled = lacks_titles(&records);
        Drafts { records, untitled, told }
    }
}

/// What tells, on one page, that a record without a date begins.
#[derive(Clone, Copy, Debug)]
struct Signs {
    /// At least so many blank lines stand above its title, more than between a date and its title.
    blank_lines: usize,
    /// A bullet on its own line stands above each record.
    bullets: bool,
}

impl Signs {
    fn of(sheet: &Sheet<'_, '_>) -> Signs {
        let pairs = |lines: &[Line<'_>], kind: Kind<'_>| {
            lines.windows(2).any(|pair| match pair {
                [above, below] => above.kind == kind && below.is_date(),
                _ => false,
            })
        };
        let above_first = sheet.head.last().is_some_and(|line| line.kind == Kind::Bullet);
        let gap = |at: usize| {
            let below = sheet.body.get(at + 1..)?;
            let gap = below.iter().position(|line| !line.is_blank())?;
            below.get(gap).is_some_and(|line| !line.is_date()).then_some(gap)
        };
        let dates = sheet.body.iter().enumerate().filter(|(_, line)| line.is_date());
        let usual = dates.filter_map(|(at, _)| gap(at)).min().unwrap_or(1);
        let bullets = above_first || pairs(sheet.body, Kind::Bullet);
        Signs { blank_lines: (usual + 1).max(2), bullets }
    }

    /// Where the next record without a date begins in the text of one, as the place of its first
    /// line (its bullet, if it has one).
    fn next(self, lines: &[Line<'_>]) -> Option<usize> {
        let mut blank = 0;
        let mut text_above = false;
        for (at, line) in lines.iter().enumerate() {
            let below = lines.get(at + 1..).unwrap_or_default();
            match line.kind {
                Kind::Blank => blank += 1,
                Kind::Bullet if self.bullets && text_above => return Some(at),
                _ if text_above && blank >= self.blank_lines && is_title(line, blank, below) => {
                    return Some(at);
                }
                _ => (blank, text_above) = (0, true),
            }
        }
        None
    }
}

/// Whether a line with so many blank ones above is a title: alone, and its summary nearer to it
/// than what is above.
fn is_title(line: &Line<'_>, above: usize, below: &[Line<'_>]) -> bool {
    let gap = below.iter().take_while(|line| line.is_blank()).count();
    let last = gap == below.len();
    is_short(line.text) && (last || (gap > 0 && gap < above))
}

/// Adds the record of a date, and those without a date that stand in its text.
fn push<'l>(
    date: Option<&'l Line<'l>>,
    lines: &'l [Line<'l>],
    signs: Option<&Signs>,
    into: &mut Vec<Draft<'l>>,
) {
    let mut date = date;
    let mut rest = trimmed(lines);
    while date.is_some() || !rest.is_empty() {
        let end = signs.and_then(|signs| signs.next(rest)).unwrap_or(rest.len());
        let (own, others) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let own = trimmed(own);
        let line = date.or(own.first()).map_or(0, |line| line.number);
        let text = date.take().and_then(|line| match line.kind {
            Kind::Date(text) => Some(text),
            _ => None,
        });
        into.push(Draft { line, date: text, lines: own });
        rest = trimmed(others);
    }
}

/// Lines without blank ones, and without bullets alone, at both ends.
fn trimmed<'l>(lines: &'l [Line<'l>]) -> &'l [Line<'l>] {
    within(lines, |line| !matches!(line.kind, Kind::Blank | Kind::Bullet | Kind::Skip))
}

/// From the first to the last line that says something.
fn within<'l>(lines: &'l [Line<'l>], says: impl Fn(&Line<'l>) -> bool) -> &'l [Line<'l>] {
    let start = lines.iter().position(&says).unwrap_or(lines.len());
    let end = lines.iter().rposition(&says).map_or(start, |last| last + 1);
    lines.get(start..end).unwrap_or_default()
}

/// Whether the titles of a whole page are missing: one line for most dates, and most of these are
/// sentences. A single record cannot tell.
fn lacks_titles(records: &[Draft<'_>]) -> bool {
    let dated = || records.iter().filter(|draft| draft.date.is_some() && !draft.lines.is_empty());
    let sentence = |line: &Line<'_>| ends_sentence(line.text) || line.text.chars().count() > 209;
    let (mut all, mut alone, mut sentences) = (0, 0, 0);
    for draft in dated() {
        all += 1;
        alone += usize::from(draft.lines.len() == 1);
        sentences += usize::from(draft.lines.first().is_some_and(sentence));
    }
    all > 1 && alone * 2 > all && sentences * 2 > all
}
