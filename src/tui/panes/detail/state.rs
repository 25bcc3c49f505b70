//! The detail: the selected record as lines of text, wrapped, with the matched letters in them.

use std::ops::Range;

use crate::query::Highlighter;
use crate::record::{Field, Record};
use crate::store::RecordNumber;
use crate::text::urls;
use crate::text::urls::Link;
use crate::text::wrap::wrap;
use crate::text::{clean, width};
use crate::tui::action::Command;
use crate::tui::panes::list::state::ListRow;

/// How wide the names of fields are, where there is room beside them.
const LABEL_WIDTH: usize = 12;
/// In a narrower text than this the names of fields stand on lines of their own.
const LEAST_BESIDE: usize = 40;

/// What a line of the detail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// The long date.
    Date,
    /// The title.
    Title,
    /// The summary.
    Summary,
    /// A value of another field.
    Value,
}

/// A line of the detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailLine {
    /// What it is.
    pub kind: LineKind,
    /// The name of the field, on the first line of its values.
    pub label: String,
    /// The columns before the text.
    pub indent: usize,
    /// The text.
    pub text: String,
    /// The matched letters, as byte ranges in the text.
    pub marks: Vec<Range<usize>>,
    /// The letters that lead to an address.
    pub links: Vec<Link>,
}

/// The state of the detail.
#[derive(Clone, Debug, Default)]
pub struct DetailState {
    /// The lines of the selected record; none while there is no such record.
    pub lines: Vec<DetailLine>,
    /// The first line that is shown.
    pub scroll: usize,
    /// How many lines there is room for.
    pub rows: usize,
    /// The line of the hit that `n` went to.
    pub hit: Option<usize>,
    of: Option<RecordNumber>,
}

impl DetailState {
    /// Shows a record in lines of `width` columns, of which `rows` are seen at once. The place in
    /// the text stays where the record is the one that was shown.
    pub fn show(
        &mut self,
        row: Option<&ListRow>,
        note: Option<&str>,
        beside: &[(String, String)],
        found: &Highlighter,
        width: usize,
        rows: usize,
    ) {
        let of = row.map(|row| row.number);
        self.lines =
            row.map_or_else(Vec::new, |row| lines(&row.record, note, beside, found, width));
        self.rows = rows;
        if of != self.of {
            self.scroll = 0;
        }
        // Other lines: the hit that was gone to stands elsewhere, if it is one still.
        self.hit = None;
        self.of = of;
        self.scroll_to(self.scroll);
    }

    /// How far one can scroll.
    fn end(&self) -> usize {
        self.lines.len().saturating_sub(self.rows)
    }

    fn scroll_to(&mut self, line: usize) {
        self.scroll = line.min(self.end());
    }

    /// Scrolls as a command says, `times` over.
    pub fn scroll_by(&mut self, command: Command, times: usize) {
        let page = self.rows.saturating_sub(1).max(1);
        let down = |by: usize| self.scroll.saturating_add(by.saturating_mul(times));
        let up = |by: usize| self.scroll.saturating_sub(by.saturating_mul(times));
        let target = match command {
            Command::ScrollDown => down(1),
            Command::ScrollUp => up(1),
            Command::ScrollPageDown => down(page),
            Command::ScrollPageUp => up(page),
            Command::ScrollHalfDown => down(page.div_ceil(2)),
            Command::ScrollHalfUp => up(page.div_ceil(2)),
            Command::ScrollTop => 0,
            Command::ScrollBottom => self.end(),
            _ => return,
        };
        self.scroll_to(target);
    }

    /// Goes to the next or the previous line with a hit, round the end: which of how many it is;
    /// nothing where there is none.
    pub fn go_to_hit(&mut self, forward: bool) -> Option<(usize, usize)> {
        let hits: Vec<usize> = (0..self.lines.len())
            .filter(|at| self.lines.get(*at).is_some_and(|line| !line.marks.is_empty()))
            .collect();
        let from = self.hit;
        let next = if forward {
            hits.iter().find(|at| from.is_none_or(|from| **at > from)).or(hits.first())
        } else {
            hits.iter().rev().find(|at| from.is_none_or(|from| **at < from)).or(hits.last())
        };
        let line = next.copied()?;
        self.hit = Some(line);
        if line < self.scroll || line >= self.scroll + self.rows {
            self.scroll_to(line.saturating_sub(self.rows / 3));
        }
        Some((hits.iter().position(|hit| *hit == line)? + 1, hits.len()))
    }

    /// How much of the text has been seen, in per cent; nothing where all of it is seen at once.
    pub fn per_cent(&self) -> Option<usize> {
        let seen = (self.scroll + self.rows).min(self.lines.len());
        (self.end() > 0).then(|| seen * 100 / self.lines.len().max(1))
    }
}

/// The lines of a record: long date, title, the reader's note, summary, then every other field with its
/// name, and what stands beside the record.
fn lines(
    record: &Record,
    note: Option<&str>,
    beside: &[(String, String)],
    found: &Highlighter,
    width: usize,
) -> Vec<DetailLine> {
    let mut page = Page { lines: Vec::new(), width };
    let date = clean::clean(&record.date.long()).into_owned();
    let dated = found.fits_date(record.date.reading);
    page.text(LineKind::Date, &date, &if dated { whole(&date) } else { Vec::new() });
    for title in record.all(Field::Title) {
        let title = clean::clean(title);
        page.text(LineKind::Title, &title, &found.ranges(Field::Title, &title));
    }
    // Above the text of the archive, where it is seen at once.
    if let Some(note) = note {
        page.gap();
        page.field("my note", &clean::clean_lines(note), &[]);
    }
    for summary in record.all(Field::Summary) {
        let summary = clean::clean_lines(summary);
        page.gap();
        page.text(LineKind::Summary, &summary, &found.ranges(Field::Summary, &summary));
    }
    page.gap();
    page.fields(record, found);
    for (label, value) in beside {
        page.field(label, &clean::clean_lines(value), &[]);
    }
    while page.lines.last().is_some_and(|line| line.text.is_empty()) {
        page.lines.pop();
    }
    page.lines
}

fn whole(text: &str) -> Vec<Range<usize>> {
    std::iter::once(0..text.len()).collect()
}

/// The lines of a record while they are being made.
struct Page {
    lines: Vec<DetailLine>,
    width: usize,
}

impl Page {
    fn gap(&mut self) {
        self.text(LineKind::Summary, "", &[]);
    }

    fn text(&mut self, kind: LineKind, text: &str, marks: &[Range<usize>]) {
        self.wrapped(kind, "", 0, text, marks);
    }

    /// Every field that is neither date, title nor summary.
    fn fields(&mut self, record: &Record, found: &Highlighter) {
        let others = [
            Field::People,
            Field::Places,
            Field::Subjects,
            Field::Source,
            Field::Collection,
            Field::Language,
            Field::Rights,
            Field::Url,
            Field::Id,
        ];
        for field in others {
            for (at, value) in record.all(field).enumerate() {
                let value = clean::clean_lines(value);
                let label = if at == 0 { field.key() } else { "" };
                self.field(label, &value, &found.ranges(field, &value));
            }
        }
        if let Some(position) = record.position {
            self.field("position", &position.to_string(), &[]);
        }
        let written = clean::clean(&record.date.text);
        if !written.is_empty() && *written != record.date.long() {
            self.field("as written", &written, &[]);
        }
        let mut before = "";
        for (name, value) in &record.own {
            let value = clean::clean_lines(value);
            let label = if before == name { "" } else { name };
            self.field(&clean::clean(label), &value, &found.own_ranges(name, &value));
            before = name;
        }
    }

    /// A value beside the name of its field, or below it where the text is narrow or the name long.
    fn field(&mut self, label: &str, value: &str, marks: &[Range<usize>]) {
        let indent = if self.width < LEAST_BESIDE { 2 } else { LABEL_WIDTH };
        let beside = width::columns(label) < indent;
        if !beside {
            for range in wrap(label, self.width) {
                let label = label.get(range).unwrap_or("").to_owned();
                let (text, marks, links) = Default::default();
                let (kind, indent) = (LineKind::Value, 0);
                self.lines.push(DetailLine { kind, label, indent, text, marks, links });
            }
        }
        self.wrapped(LineKind::Value, if beside { label } else { "" }, indent, value, marks);
    }

    fn wrapped(
        &mut self,
        kind: LineKind,
        label: &str,
        indent: usize,
        text: &str,
        marks: &[Range<usize>],
    ) {
        let links = urls::find(text);
        for (at, line) in wrap(text, self.width.saturating_sub(indent)).into_iter().enumerate() {
            self.lines.push(DetailLine {
                kind,
                label: if at == 0 { label.to_owned() } else { String::new() },
                indent,
                marks: within(marks, &line),
                links: urls::within(&links, &line),
                text: text.get(line).unwrap_or("").to_owned(),
            });
        }
    }
}

/// The parts of the marks that lie in a line, counted from its beginning. The marks are in order
/// and apart, so that only those of the line are looked at.
fn within(marks: &[Range<usize>], line: &Range<usize>) -> Vec<Range<usize>> {
    let first = marks.partition_point(|mark| mark.end <= line.start);
    let end = marks.partition_point(|mark| mark.start < line.end);
    let marks = marks.get(first..end.max(first)).unwrap_or_default();
    let part = |mark: &Range<usize>| {
        let (start, end) = (mark.start.max(line.start), mark.end.min(line.end));
        (start < end).then(|| start - line.start..end - line.start)
    };
    marks.iter().filter_map(part).collect()
}
