//! The state of the detail: the selected record as wrapped lines with highlights and links.

use std::ops::Range;

use super::provenance::provenance_lines;
use crate::query::{Highlighter, RecordHandle, UserMarks};
use crate::record::shown::{ShownField, ShownPart};
use crate::record::{Field, FieldRef, Record};
use crate::text::urls;
use crate::text::urls::Link;
use crate::text::wrap::wrap;
use crate::text::{clean, width};
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request, ViewRequest};
use crate::tui::hint::Hint;
use crate::tui::modes::Pane;
use crate::tui::notice::Notice;
use crate::tui::panes::list::state::ListRow;
use crate::tui::records::OpenRecords;

/// The width of the column of field names.
const LABEL_WIDTH: usize = 12;
/// The minimum width of a text with field names to the left of the values.
const MIN_TWO_COLUMN_WIDTH: usize = 40;

/// The kind of a line, which decides its style.
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
    /// The kind of the line.
    pub kind: LineKind,
    /// The name of the field; empty after the first line of its values.
    pub label: String,
    /// The number of columns before the text.
    pub indent: usize,
    /// The text.
    pub text: String,
    /// The letters that matched, as byte ranges of the text.
    pub highlights: Vec<Range<usize>>,
    /// The web addresses in the text.
    pub links: Vec<Link>,
}

/// A line about where a record comes from: a file it is in, or a possible duplicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenanceLine {
    /// What the value is: "File" or "Perhaps the same as".
    pub label: &'static str,
    /// The file, or the position and files of the possible duplicate.
    pub value: String,
}

/// Whether the fields for machines are shown: see [`is_technical`](crate::record::shown::is_technical).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TechnicalFields {
    /// They are only counted.
    #[default]
    Folded,
    /// They are shown after the others.
    Shown,
}

/// The number of a hit among all hits, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitNumber {
    /// The number of the hit.
    pub number: usize,
    /// How many hits there are.
    pub total: usize,
}

/// What is shown of a record beside its fields, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordContext<'a> {
    /// What is known of all records.
    pub(crate) records: &'a OpenRecords,
    /// The marks and notes.
    pub(crate) user_marks: &'a UserMarks,
    /// The note on the record that was begun and is not saved.
    pub(crate) draft: Option<&'a str>,
    /// Finds the letters to highlight.
    pub(crate) highlighter: &'a Highlighter,
    /// The number of columns of a line.
    pub(crate) width: usize,
    /// How many lines are visible at once.
    pub(crate) rows: usize,
}

/// The state of the detail.
#[derive(Clone, Debug, Default)]
pub struct DetailState {
    /// The lines of the selected record; empty if no record is selected.
    pub lines: Vec<DetailLine>,
    /// The index of the first visible line.
    pub scroll: usize,
    /// How many lines are visible at once.
    pub visible_rows: usize,
    /// Whether the fields for machines are shown.
    pub technical: TechnicalFields,
    /// The index of the line with the current hit, after the user went to one.
    pub hit: Option<usize>,
    /// The record that `lines` show.
    record_handle: Option<RecordHandle>,
}

impl DetailState {
    /// Shows a record.
    ///
    /// The scroll position is kept if the record is the one shown before.
    pub(crate) fn show_record(&mut self, row: Option<&ListRow>, shown: &RecordContext<'_>) {
        let record_handle = row.map(|row| row.handle);
        self.lines = row.map_or_else(Vec::new, |row| record_lines(row, self.technical, shown));
        self.visible_rows = shown.rows;
        if record_handle != self.record_handle {
            self.scroll = 0;
        }
        // The lines are new, so the index of the hit is no longer valid.
        self.hit = None;
        self.record_handle = record_handle;
        self.scroll_to(self.scroll);
    }

    /// Shows the fields for machines, or folds them. Takes effect when a record is shown next.
    pub fn toggle_technical(&mut self) {
        self.technical = match self.technical {
            TechnicalFields::Folded => TechnicalFields::Shown,
            TechnicalFields::Shown => TechnicalFields::Folded,
        };
    }

    /// Returns the largest scroll position.
    fn max_scroll(&self) -> usize {
        self.lines.len().saturating_sub(self.visible_rows)
    }

    fn scroll_to(&mut self, line: usize) {
        self.scroll = line.min(self.max_scroll());
    }

    /// Runs a scroll command `times` times. Returns whether it is one.
    pub fn scroll_by(&mut self, command: Command, times: usize) -> bool {
        let page = self.visible_rows.saturating_sub(1).max(1);
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
            Command::ScrollBottom => self.max_scroll(),
            _ => return false,
        };
        self.scroll_to(target);
        true
    }

    /// Goes to the next line with a hit, or after the last one to the first.
    ///
    /// Returns `None` if no line has a hit.
    pub fn go_to_next_hit(&mut self) -> Option<HitNumber> {
        let hits = self.hit_lines();
        let current = self.hit;
        let next = hits.iter().find(|line| current.is_none_or(|current| **line > current));
        self.go_to_hit_line(*next.or(hits.first())?, &hits)
    }

    /// Goes to the previous line with a hit, or before the first one to the last.
    ///
    /// Returns `None` if no line has a hit.
    pub fn go_to_previous_hit(&mut self) -> Option<HitNumber> {
        let hits = self.hit_lines();
        let current = self.hit;
        let previous =
            hits.iter().rev().find(|line| current.is_none_or(|current| **line < current));
        self.go_to_hit_line(*previous.or(hits.last())?, &hits)
    }

    /// Returns the indices of the lines with a hit.
    fn hit_lines(&self) -> Vec<usize> {
        let lines = self.lines.iter().enumerate();
        lines.filter(|(_, line)| !line.highlights.is_empty()).map(|(index, _)| index).collect()
    }

    /// Makes a line the current hit, and scrolls to it if it is not visible.
    fn go_to_hit_line(&mut self, line: usize, hits: &[usize]) -> Option<HitNumber> {
        self.hit = Some(line);
        if line < self.scroll || line >= self.scroll + self.visible_rows {
            self.scroll_to(line.saturating_sub(self.visible_rows / 3));
        }
        let number = hits.iter().position(|hit| *hit == line)? + 1;
        Some(HitNumber { number, total: hits.len() })
    }

    /// Goes to the next or previous line with a hit, and tells its number.
    fn go_to_hit(&mut self, command: Command, has_filter: bool) -> Notice {
        let hit = match command {
            Command::NextHit => self.go_to_next_hit(),
            _ => self.go_to_previous_hit(),
        };
        match hit {
            Some(hit) => Notice::Hit(hit),
            None if has_filter => Notice::NoHit,
            None => Notice::NoFilter,
        }
    }

    /// Returns how much of the text has been seen, in percent; `None` if all of it is visible at
    /// once.
    pub fn percent_seen(&self) -> Option<usize> {
        let seen = (self.scroll + self.visible_rows).min(self.lines.len());
        (self.max_scroll() > 0).then(|| seen * 100 / self.lines.len().max(1))
    }
}

impl Component for DetailState {
    fn run_own(
        &mut self,
        command: Command,
        count: Option<usize>,
        context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        let has_keyboard = matches!(context.pane, Pane::Detail | Pane::FullWidth);
        Some(match command {
            Command::NextHit | Command::PreviousHit => {
                vec![self.go_to_hit(command, context.has_filter).into()]
            }
            Command::ToggleTechnical => {
                self.toggle_technical();
                vec![Request::View(ViewRequest::RefreshDetail)]
            }
            Command::StepBack | Command::ChangePane if has_keyboard => {
                vec![Request::Enter(Pane::List)]
            }
            command if self.scroll_by(command, count.unwrap_or(1)) => Vec::new(),
            _ => return None,
        })
    }

    fn wheel(&mut self, down: bool, rows: usize, _context: &Context<'_>) -> Vec<Request> {
        self.scroll_by(if down { Command::ScrollDown } else { Command::ScrollUp }, rows);
        Vec::new()
    }

    fn hints(&self, context: &Context<'_>) -> Vec<Hint> {
        let is_full_width = context.pane == Pane::FullWidth;
        let back = is_full_width.then(|| Hint::keys(&[Command::StepBack], "back"));
        let hit = context.has_filter.then(|| Hint::keys(&[Command::NextHit], "next hit"));
        let list = (!is_full_width).then(|| Hint::keys(&[Command::ChangePane], "list"));
        [Hint::keys(&[Command::ScrollUp, Command::ScrollDown], "scroll")]
            .into_iter()
            .chain(back)
            .chain([Hint::keys(&[Command::Help], "keys")])
            .chain(hit)
            .chain([Hint::keys(&[Command::PreviousRow, Command::NextRow], "records")])
            .chain(list)
            .collect()
    }
}

/// Returns the lines of a record: long date, what is doubtful about it, title, the user's note, who wrote it and where
/// it lies, summary, all other fields with their names, and the provenance.
fn record_lines(
    row: &ListRow,
    technical: TechnicalFields,
    shown: &RecordContext<'_>,
) -> Vec<DetailLine> {
    let (record, highlighter) = (&*row.record, shown.highlighter);
    let mut builder = LineBuilder { lines: Vec::new(), width: shown.width };
    let date = clean::clean(&record.date.long()).into_owned();
    let date_matches = highlighter.matches_date(record.date.parsed);
    builder.add_text(
        LineKind::Date,
        &date,
        &if date_matches { full_range(&date) } else { Vec::new() },
    );
    if let Some(sentence) = record.date.doubt_sentence() {
        builder.add_field("Doubtful", &clean::clean(&sentence), &[]);
    }
    for title in record.all(Field::Title) {
        let title = clean::clean(title);
        builder.add_text(LineKind::Title, &title, &highlighter.field_ranges(Field::Title, &title));
    }
    // The user's note comes before the archive's text, where it is visible at once.
    let note = shown.user_marks.note(row.handle).map(|note| ("My note", note));
    for (label, text) in note.into_iter().chain(shown.draft.map(|draft| ("Not saved", draft))) {
        builder.add_gap();
        builder.add_field(label, &clean::clean_lines(text), &[]);
    }
    // These are visible at once, also where the pane is low.
    let leading = record.shown_leading_fields();
    if !leading.is_empty() {
        builder.add_gap();
        builder.add_shown(&leading, highlighter);
    }
    for summary in record.all(Field::Summary) {
        let summary = clean::clean_lines(summary);
        builder.add_gap();
        builder.add_text(
            LineKind::Summary,
            &summary,
            &highlighter.field_ranges(Field::Summary, &summary),
        );
    }
    if leading.is_empty() || record.first(Field::Summary).is_some() {
        builder.add_gap();
    }
    builder.add_following_fields(record, technical, highlighter);
    for ProvenanceLine { label, value } in provenance_lines(row, shown.records, shown.user_marks) {
        builder.add_field(label, &clean::clean_lines(&value), &[]);
    }
    while builder.lines.last().is_some_and(|line| line.text.is_empty()) {
        builder.lines.pop();
    }
    builder.lines
}

/// Returns the text of a value and its letters that matched.
fn join_parts(parts: &[ShownPart<'_>], highlighter: &Highlighter) -> (String, Vec<Range<usize>>) {
    let (mut text, mut highlights) = (String::new(), Vec::new());
    for part in parts {
        let value = clean::clean_lines(&part.text);
        let ranges = match part.field {
            Some(FieldRef::Known(field)) => highlighter.field_ranges(field, &value),
            Some(FieldRef::Own(name)) => highlighter.own_field_ranges(name, &value),
            Some(FieldRef::Date) | None => Vec::new(),
        };
        let start = text.len();
        highlights.extend(ranges.into_iter().map(|it| start + it.start..start + it.end));
        text.push_str(&value);
    }
    (text, highlights)
}

/// Returns one range that covers the whole text.
fn full_range(text: &str) -> Vec<Range<usize>> {
    std::iter::once(0..text.len()).collect()
}

/// Wraps the fields of a record into lines of `width` columns.
struct LineBuilder {
    lines: Vec<DetailLine>,
    width: usize,
}

impl LineBuilder {
    /// Adds an empty line.
    fn add_gap(&mut self) {
        self.add_text(LineKind::Summary, "", &[]);
    }

    /// Adds a text over the whole width.
    fn add_text(&mut self, kind: LineKind, text: &str, highlights: &[Range<usize>]) {
        self.add_wrapped(kind, "", 0, text, highlights);
    }

    /// Adds every field behind the summary.
    fn add_following_fields(
        &mut self,
        record: &Record,
        technical: TechnicalFields,
        highlighter: &Highlighter,
    ) {
        self.add_shown(&record.shown_following_fields(), highlighter);
        if let Some(position) = record.position {
            self.add_field("Position", &position.to_string(), &[]);
        }
        if let Some(text) = record.date.text_if_more() {
            self.add_field("As written", &clean::clean(text), &[]);
        }
        let own = record.shown_own_fields();
        self.add_shown(&own.plain, highlighter);
        match technical {
            TechnicalFields::Shown => self.add_shown(&own.technical, highlighter),
            TechnicalFields::Folded => {
                if let Some(count) = own.technical_count() {
                    self.add_field("", &format!("{count}: a shows them"), &[]);
                }
            }
        }
    }

    /// Adds values with their labels. A label is shown once.
    fn add_shown(&mut self, fields: &[ShownField<'_>], highlighter: &Highlighter) {
        for field in fields {
            for (index, parts) in field.values.iter().enumerate() {
                let label = if index == 0 { clean::clean(&field.label) } else { "".into() };
                let (text, highlights) = join_parts(parts, highlighter);
                self.add_field(&label, &text, &highlights);
            }
        }
    }

    /// Adds a value next to the name of its field, or below it if the width or the name needs that.
    fn add_field(&mut self, label: &str, value: &str, highlights: &[Range<usize>]) {
        let indent = if self.width < MIN_TWO_COLUMN_WIDTH { 2 } else { LABEL_WIDTH };
        let fits_next_to_label = width::display_width(label) < indent;
        if !fits_next_to_label {
            for range in wrap(label, self.width) {
                let label = label.get(range).unwrap_or("").to_owned();
                let (text, highlights, links) = Default::default();
                let (kind, indent) = (LineKind::Value, 0);
                self.lines.push(DetailLine { kind, label, indent, text, highlights, links });
            }
        }
        self.add_wrapped(
            LineKind::Value,
            if fits_next_to_label { label } else { "" },
            indent,
            value,
            highlights,
        );
    }

    /// Adds a text that is wrapped from column `indent` on, with a label before its first line.
    fn add_wrapped(
        &mut self,
        kind: LineKind,
        label: &str,
        indent: usize,
        text: &str,
        highlights: &[Range<usize>],
    ) {
        let links = urls::find_links(text);
        for (index, line) in wrap(text, self.width.saturating_sub(indent)).into_iter().enumerate() {
            self.lines.push(DetailLine {
                kind,
                label: if index == 0 { label.to_owned() } else { String::new() },
                indent,
                highlights: ranges_in_line(highlights, &line),
                links: urls::links_in_line(&links, &line),
                text: text.get(line).unwrap_or("").to_owned(),
            });
        }
    }
}

/// Returns the parts of `highlights` that are in a line, relative to its start.
///
/// The highlights are sorted and do not overlap, so those of the line are found by binary search.
fn ranges_in_line(highlights: &[Range<usize>], line: &Range<usize>) -> Vec<Range<usize>> {
    let first = highlights.partition_point(|range| range.end <= line.start);
    let end = highlights.partition_point(|range| range.start < line.end);
    let highlights = highlights.get(first..end.max(first)).unwrap_or_default();
    let clip = |range: &Range<usize>| {
        let (start, end) = (range.start.max(line.start), range.end.min(line.end));
        (start < end).then(|| start - line.start..end - line.start)
    };
    highlights.iter().filter_map(clip).collect()
}
