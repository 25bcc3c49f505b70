//! What the title line, the hint line and the status line say.

use crate::query::{Order, OrderBy};
use crate::tui::app::App;
use crate::tui::key_map::Focus;

impl App {
    /// Which archive this is.
    pub fn archive_name(&self) -> String {
        let mut titles = self.store.sources().iter().filter_map(|archive| archive.title.as_deref());
        match (titles.next(), self.store.sources().len(), self.store.files()) {
            (Some(title), 1, _) => title.to_owned(),
            (.., 0 | 1) => self.name.clone(),
            (.., files) => format!("{files} files"),
        }
    }

    /// What part of the archive the page shows.
    pub fn extent(&self) -> String {
        self.list.extent(self.archive_total())
    }

    /// How many records the archive says it has, where one is open.
    pub fn archive_total(&self) -> Option<u64> {
        match self.store.sources() {
            [only] => only.total,
            _ => None,
        }
    }

    /// The line under the bar: what was just said, what the filter needs to say, or the keys that
    /// are most useful where the reader is.
    pub fn hint(&self) -> String {
        if let Some(message) = &self.message {
            return message.clone();
        }
        if self.has_word_of_filter() {
            return self.bar.hints.join(" · ");
        }
        if let (Focus::Replace, Some(file)) = (self.focus, self.export.refused()) {
            return format!("{file} exists already: y replaces it   any other key leaves it");
        }
        let hint = match self.focus {
            Focus::List if self.store.is_empty() => "? keys   q quit",
            Focus::List if self.picking && self.bar.is_empty() => {
                "Enter take it   Space mark several   / filter   ? keys   q take none"
            }
            Focus::List if self.marks.range.is_some() => {
                "Space mark the range   ↑↓ to its end   Esc leave it"
            }
            Focus::List if self.bar.is_empty() => {
                "/ filter   ? keys   q quit   ←→ pages   Enter read   s order   Tab detail"
            }
            Focus::List => "Esc clear the filter   ? keys   / change it   Enter read   s order",
            Focus::Detail if self.bar.is_empty() => "↑↓ scroll   ? keys   ←→ records   Tab list",
            Focus::Detail => "↑↓ scroll   ? keys   n next hit   ←→ records   Tab list",
            Focus::Reading if self.bar.is_empty() => "↑↓ scroll   Esc back   ? keys   ←→ records",
            Focus::Reading => "↑↓ scroll   Esc back   ? keys   n next hit   ←→ records",
            Focus::Bar => {
                "Enter keep   Esc back   words “a phrase” -without title:word 1945 date:194"
            }
            Focus::Note => "a note on this record   Enter keep   Alt-e your editor   Esc back",
            Focus::Copy => {
                "c citation   C style   y title   u address   i id   s summary   a all   Esc back"
            }
            Focus::Choice => "↑↓ choose   Enter take it   Esc back",
            Focus::FileName => "the file to write   Enter write it   ~ is your home   Esc back",
            Focus::CommandLine => ":210 a position   :p3 a page   Esc back",
            Focus::GoTo => "g first record   e last record   p position or page   Esc back",
            Focus::Popup | Focus::Everywhere | Focus::Replace => {
                "type to filter   ↑↓ scroll   Esc back"
            }
        };
        hint.to_owned()
    }

    /// Whether the filter has something to say that the reader should not miss.
    pub fn has_word_of_filter(&self) -> bool {
        !self.bar.hints.is_empty() && matches!(self.focus, Focus::List | Focus::Bar)
    }

    /// The parts of the status line, the most needed one first.
    pub fn status(&self) -> Vec<String> {
        let list = &self.list;
        let mut parts: Vec<String> = list.count.iter().map(usize::to_string).collect();
        if self.is_reading() && list.shown > 0 {
            parts.push(format!("record {} of {}", list.cursor + 1, list.shown));
            parts.extend(self.detail.per_cent().map(|per_cent| format!("{per_cent} %")));
        }
        parts.push(format!("page {} of {}", list.page() + 1, list.pages()));
        parts.push(format!("{} of {} shown", list.shown, list.total));
        let marked = self.marks.marked.records.len();
        parts.extend((marked > 0).then(|| format!("{marked} marked")));
        if list.undated_left_out > 0 {
            parts.push(format!("+{} undated", list.undated_left_out));
        }
        parts.extend(self.writing_words());
        parts.extend(self.loading());
        parts.extend(self.problem_words());
        parts.extend(self.copies_words());
        parts.push(order_name(list.order));
        if !self.bar.is_empty() {
            parts.push("filtered".to_owned());
        }
        if !self.is_reading() && self.layout.rule.height != 1 && !self.layout.detail.is_empty() {
            parts.extend(self.detail.per_cent().map(|per_cent| format!("detail {per_cent} %")));
        }
        parts
    }

    /// How far the reading of the files is: a bar where the end is known, else the records so far.
    fn loading(&self) -> Option<String> {
        let progress = self.progress?;
        Some(match progress.per_mille() {
            Some(per_mille) => format!("loading {} {} %", bar(per_mille), per_mille / 10),
            None => format!("loading: {} records", self.store.len()),
        })
    }

    /// How far the file is that is being written.
    fn writing_words(&self) -> Option<String> {
        let writing = self.export.writing.as_ref()?;
        Some(match writing.total {
            0 => format!("writing {}", writing.file),
            total => format!("writing {} of {total} records", writing.written),
        })
    }

    fn problem_words(&self) -> Option<String> {
        let words = |count: usize, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {one}s")),
        };
        let (faults, notes) = self.problem_counts();
        let said: Vec<String> =
            [words(faults, "fault"), words(notes, "note")].into_iter().flatten().collect();
        (!said.is_empty()).then(|| format!("{} (!)", said.join(", ")))
    }

    /// What an empty list says: how to open an archive, or which term found nothing.
    pub fn empty_list(&self) -> Vec<String> {
        if !self.store.is_empty() && self.bar.is_empty() {
            // Without a filter all records fit: they are only not asked for yet.
            return Vec::new();
        }
        if !self.store.is_empty() {
            let mut lines = vec![format!("No record fits “{}”.", self.bar.text())];
            lines.extend(self.bar.hints.iter().cloned());
            lines.push("Esc steps back to the whole list.".to_owned());
            return lines;
        }
        if !self.is_loaded() {
            return vec!["Reading ...".to_owned()];
        }
        vec![
            "There is no record here.".to_owned(),
            "fonds FILE... opens what an archive hands out: fonds formats lists what is read;"
                .to_owned(),
            "a page copied in the browser comes in with: pbpaste | fonds -".to_owned(),
        ]
    }
}

/// How many columns a bar of progress has.
const BAR: u64 = 10;

/// A bar of progress, in eighths of a column.
fn bar(per_mille: u64) -> String {
    const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let filled = per_mille.min(1000) * BAR * 8 / 1000;
    let column = |at: u64| match filled.saturating_sub(at * 8) {
        8.. => '█',
        part => EIGHTHS.get(usize::try_from(part).unwrap_or(0)).copied().unwrap_or(' '),
    };
    (0..BAR).map(column).collect()
}

/// An order, as the status line names it.
pub fn order_name(order: Order) -> String {
    let name = match order.by {
        OrderBy::Relevance => "by relevance",
        OrderBy::Date => "by date",
        OrderBy::Title => "by title",
        OrderBy::Archive => "archive order",
    };
    format!("{name}{}", if order.reversed { ", reversed" } else { "" })
}
