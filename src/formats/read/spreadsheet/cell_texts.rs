//! Copied tables in which a cell had two texts: the second one, such as the summary below a title, stands on a line of its
//! own between the rows.

use crate::formats::field_names::{FieldTarget, known_names};
use crate::record::Field;

/// The fewest rows of such a table.
const MIN_ROWS: usize = 2;

/// The fewest words of a text that is certainly no heading.
const MIN_TEXT_WORDS: usize = 3;

/// The name of the column that the texts get.
const TEXT_COLUMN: &str = "Summary";

/// What the lines between the rows of a table are.
pub(super) enum LooseLines {
    /// There are none, or they are headings or rows.
    None,
    /// They are summaries of the rows above them: the table with a column for them, its lines at their numbers.
    Summaries(String),
    /// The line with this number belongs to a row, but nothing tells to which.
    Unclear(usize),
    /// Rows are broken over several lines, the first of them at this one.
    Broken(usize),
}

/// The lines of a copied table.
struct CopiedTable<'t> {
    /// The index of the header.
    header: usize,
    lines: Vec<&'t str>,
    /// The indices of the rows.
    rows: Vec<usize>,
    /// The indices of the lines with only one cell, from the first row on.
    loose: Vec<usize>,
    /// Whether such a line stands above the first row and none below the last one: these are headings.
    is_headed: bool,
}

impl<'t> CopiedTable<'t> {
    fn new(text: &'t str) -> Option<CopiedTable<'t>> {
        let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
        let header = lines.iter().position(|line| line.contains('\t'))?;
        let has_cells = |at: &usize| lines.get(*at).is_some_and(|line| line.contains('\t'));
        let (rows, others): (Vec<usize>, Vec<usize>) =
            (header + 1..lines.len()).partition(has_cells);
        let first = *rows.first()?;
        let is_text = |at: &usize| lines.get(*at).is_some_and(|line| !line.trim().is_empty());
        let last = *rows.last()?;
        let texts: Vec<usize> = others.into_iter().filter(is_text).collect();
        let is_headed = texts.first().is_some_and(|at| *at < first)
            && texts.last().is_some_and(|at| *at < last);
        let loose: Vec<usize> = texts.into_iter().filter(|at| *at > first).collect();
        // A cell in quotation marks has lines of its own.
        let is_closed =
            |at: &usize| lines.get(*at).is_some_and(|line| line.matches('"').count() % 2 == 0);
        let are_closed = rows.iter().chain(&loose).all(is_closed);
        are_closed.then_some(CopiedTable { header, lines, rows, loose, is_headed })
    }

    fn line(&self, at: usize) -> &'t str {
        self.lines.get(at).copied().unwrap_or("")
    }

    /// Whether a line of one cell stands between rows, in every gap between them if `in_all`.
    fn has_lines_between(&self, in_all: bool) -> bool {
        let has_line = |pair: &[usize]| match pair {
            [above, below] => self.loose.iter().any(|at| (*above..*below).contains(at)),
            _ => false,
        };
        let mut gaps = self.rows.windows(2);
        if in_all { gaps.all(has_line) } else { gaps.any(has_line) }
    }

    /// Whether the texts can only belong to the rows above them: no row lacks a cell or begins with a text, and no column
    /// has summaries.
    fn has_whole_rows(&self) -> bool {
        let header: Vec<&str> = self.line(self.header).split('\t').collect();
        let is_whole = |at: &usize| {
            let cells: Vec<&str> = self.line(*at).split('\t').collect();
            cells.len() == header.len() && cells.first().is_some_and(|cell| !is_sentence(cell))
        };
        let is_summary = |name: &str| {
            let known = known_names(name.trim());
            known.first().is_some_and(|known| known.target == FieldTarget::Field(Field::Summary))
        };
        self.rows.iter().all(is_whole) && !header.iter().any(|name| is_summary(name))
    }

    /// Whether each row lacks cells, because the texts of a cell and those behind it stand on lines of their own.
    fn has_broken_rows(&self) -> bool {
        let cells = |at: usize| self.line(at).split('\t').count();
        let has_text = || self.loose.iter().any(|at| is_sentence(self.line(*at)));
        let begins_empty = |row: &usize| self.line(*row).starts_with('\t');
        let is_broken = || {
            self.has_lines_between(true)
                || (self.has_lines_between(false) && self.rows.iter().any(begins_empty))
        };
        self.rows.len() >= MIN_ROWS
            && self.rows.iter().all(|row| cells(*row) < cells(self.header))
            && (self.begins_with_texts() || (is_broken() && has_text()))
    }

    /// Whether a line of one cell is below the last row, where no heading is.
    fn ends_with_text(&self) -> bool {
        self.rows.last().is_some_and(|row| self.loose.last().is_some_and(|at| at > row))
    }

    /// Whether a row begins with a text, so that its title stands on the line above it.
    fn begins_with_texts(&self) -> bool {
        let first_cell = |at: &usize| self.line(*at).split('\t').next().unwrap_or("");
        self.rows.iter().any(|at| is_sentence(first_cell(at)))
    }

    /// Returns the table with a column for the texts.
    fn with_summaries(&self) -> String {
        let mut lines: Vec<String> = self.lines.iter().map(|line| (*line).to_owned()).collect();
        if let Some(header) = lines.get_mut(self.header) {
            *header = format!("{header}\t{TEXT_COLUMN}");
        }
        let ends = self.rows.iter().skip(1).copied().chain([self.lines.len()]);
        for (row, end) in self.rows.iter().zip(ends) {
            let own = self.loose.iter().filter(|at| (*row..end).contains(at));
            let text = own.map(|at| self.line(*at).trim()).collect::<Vec<_>>().join(" ");
            if let Some(line) = lines.get_mut(*row) {
                *line = format!("{line}\t\"{}\"", text.replace('"', "\"\""));
            }
        }
        for at in &self.loose {
            if let Some(line) = lines.get_mut(*at) {
                line.clear();
            }
        }
        lines.join("\n")
    }
}

/// Finds out what the lines between the rows of a copied table are. `expected` is the number of records that the page says:
/// if there are as many rows, the other lines are none.
pub(super) fn find(text: &str, expected: Option<u64>) -> LooseLines {
    let Some(table) = CopiedTable::new(text) else { return LooseLines::None };
    let is_counted = expected == Some(table.rows.len() as u64) && table.has_lines_between(false);
    let are_texts = table.loose.iter().all(|at| is_sentence(table.line(*at)));
    if table.has_broken_rows() {
        return table.rows.first().map_or(LooseLines::None, |row| LooseLines::Broken(row + 1));
    }
    let ends_with_text = are_texts && table.ends_with_text() && table.has_lines_between(false);
    let is_regular = table.has_lines_between(true) || ends_with_text;
    if table.rows.len() < MIN_ROWS || !(is_counted || is_regular) {
        return LooseLines::None;
    }
    if (table.is_headed || !are_texts) && !table.begins_with_texts() {
        return LooseLines::None;
    }
    if are_texts && !table.is_headed && table.has_whole_rows() {
        return LooseLines::Summaries(table.with_summaries());
    }
    match table.loose.first() {
        Some(at) if is_counted => LooseLines::Unclear(at + 1),
        _ => LooseLines::None,
    }
}

/// Whether the beginning of a table has such lines: then it is read whole.
pub(super) fn may_have(beginning: &str) -> bool {
    CopiedTable::new(beginning)
        .is_some_and(|table| table.has_lines_between(false) || table.has_broken_rows())
}

/// Whether a text is a sentence.
fn is_sentence(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['"', '”', '»', ')']);
    text.ends_with(['.', '!', '?', '…']) && text.split_whitespace().count() >= MIN_TEXT_WORDS
}
