//! The texts of the message line and the status line.

use crate::query::Coverage;
use crate::tui::app::export::ExportProgress;
use crate::tui::app::scope::ShownRecords;
use crate::tui::command::Command;
use crate::tui::component::Context;
use crate::tui::hint;
use crate::tui::modes::{Mode, Overlay, Pane};
use crate::tui::notice::Notice;
use crate::tui::overlays::next_keys::state::NextKeys;
use crate::tui::panes::all::Panes;
use crate::tui::records::ProblemCounts;

/// What the lines tell about: all that the screen shows. The pane has no state of its own.
#[derive(Clone, Debug)]
pub(crate) struct StatusContext<'a> {
    /// What every component knows.
    pub(crate) context: Context<'a>,
    /// What has the keyboard.
    pub(crate) mode: Mode,
    /// The panes.
    pub(crate) panes: &'a Panes,
    /// The topmost overlay.
    pub(crate) overlay: Option<&'a Overlay>,
    /// What is shown and marked.
    pub(crate) shown: ShownRecords<'a>,
    /// The keys that may follow those that were pressed.
    pub(crate) next_keys: Option<NextKeys>,
    /// What to tell the user until the next key.
    pub(crate) notice: Option<&'a Notice>,
    /// Why the last search has no answer.
    pub(crate) no_answer: Option<&'a str>,
    /// Which parts of the backend the last response is from.
    pub(crate) coverage: &'a Coverage,
    /// The progress of the running export.
    pub(crate) export: Option<&'a ExportProgress>,
}

impl StatusContext<'_> {
    /// Returns the text of the message line: the last message, messages about the filter, or the
    /// most useful keys of what has the keyboard.
    pub(crate) fn message_line(&self) -> String {
        let key_map = self.context.key_map;
        if let Some(notice) = self.notice {
            return notice.to_string();
        }
        if let Some(why) = self.no_answer {
            let key = key_map.key_for(Mode::List, Command::TryAgain);
            return format!("no answer: {why} ({key} tries again)");
        }
        if let Some(incomplete) = self.coverage.message() {
            return incomplete;
        }
        if self.shows_filter_messages() {
            return self.panes.filter_bar.messages.join(" · ");
        }
        if let Some(next_keys) = &self.next_keys {
            return next_keys.message(&self.panes.layout);
        }
        let hints = match self.overlay {
            Some(overlay) => overlay.component().hints(&self.context),
            None if self.shows_picking_hint() => return self.shown.picking_hint(),
            None => self.panes.hints(&self.context),
        };
        hint::written(&hints, key_map, self.mode, "   ")
    }

    /// Whether the message line names the keys for picking records.
    fn shows_picking_hint(&self) -> bool {
        let has_records = !self.context.records.summary.is_empty();
        self.context.is_picking && self.mode == Mode::List && has_records
    }

    /// Whether the message line shows messages about the filter, such as guesses.
    fn shows_filter_messages(&self) -> bool {
        let in_list = matches!(self.mode, Mode::List | Mode::FilterBar);
        in_list && !self.panes.filter_bar.messages.is_empty()
    }

    /// Whether the message line shows a message, not keys.
    pub(crate) fn has_message(&self) -> bool {
        self.notice.is_some() || self.shows_filter_messages()
    }

    /// Returns the parts of the status line, the most important first.
    pub(crate) fn status_parts(&self) -> Vec<String> {
        let Panes { list, detail, layout, .. } = self.panes;
        let marks = self.shown.marks;
        let is_full_width = self.context.pane == Pane::FullWidth;
        let not_saved = marks.not_saved.iter().map(|why| format!("not kept yet: {why}"));
        let mut parts: Vec<String> = not_saved.collect();
        parts.extend(list.typed_count.iter().map(usize::to_string));
        if is_full_width && list.match_count.count() > 0 {
            parts.push(format!("record {} of {}", list.cursor + 1, list.match_count));
            parts.extend(detail.percent_seen().map(|percent| format!("{percent} %")));
        }
        parts.push(format!("page {} of {}", list.page_index() + 1, list.page_count()));
        parts.push(format!("{} of {} shown", list.match_count, list.total));
        parts.extend(self.shown.marked_text());
        let unclaimed = marks.unclaimed.len();
        parts.extend((unclaimed > 0).then(|| format!("{unclaimed} unclaimed (M)")));
        if list.excluded_undated > 0 {
            parts.push(format!("+{} undated", list.excluded_undated));
        }
        parts.extend(self.export_progress_text());
        parts.extend(self.loading_text());
        parts.extend(self.problem_counts_text());
        parts.extend(self.duplicates_text());
        parts.push(list.order.shown());
        if self.context.has_filter {
            parts.push("filtered".to_owned());
        }
        if !is_full_width && layout.rule.height != 1 && !layout.detail.is_empty() {
            parts.extend(detail.percent_seen().map(|percent| format!("detail {percent} %")));
        }
        parts
    }

    /// Returns how much of the files is loaded, while they are loading.
    ///
    /// It is a progress bar if the total size is known, else the number of records so far.
    fn loading_text(&self) -> Option<String> {
        let summary = &self.context.records.summary;
        let progress = summary.progress?;
        Some(match progress.per_mille() {
            Some(per_mille) => format!("loading {} {} %", progress_bar(per_mille), per_mille / 10),
            None => format!("loading: {} records", summary.record_count),
        })
    }

    /// Returns how many records of an export are written, while it is running.
    fn export_progress_text(&self) -> Option<String> {
        let progress = self.export?;
        Some(match progress.total {
            0 => format!("writing {}", progress.file),
            total => format!("writing {} of {total} records", progress.written),
        })
    }

    /// Returns the number of errors and warnings, if there are any.
    fn problem_counts_text(&self) -> Option<String> {
        let count_text = |count: usize, noun: &str| match count {
            0 => None,
            1 => Some(format!("1 {noun}")),
            _ => Some(format!("{count} {noun}s")),
        };
        let ProblemCounts { errors, warnings } = self.context.records.problem_counts();
        let texts: Vec<String> = [count_text(errors, "error"), count_text(warnings, "warning")]
            .into_iter()
            .flatten()
            .collect();
        (!texts.is_empty()).then(|| format!("{} (!)", texts.join(", ")))
    }

    /// Returns the number of duplicates, or that they are shown.
    fn duplicates_text(&self) -> Option<String> {
        let count = self.context.records.summary.duplicate_count;
        match (count, self.panes.list.keep_duplicates) {
            (0, _) => None,
            (1, false) => Some("1 duplicate (=)".to_owned()),
            (count, false) => Some(format!("{count} duplicates (=)")),
            (_, true) => Some("duplicates shown (=)".to_owned()),
        }
    }
}

/// The width of the progress bar in columns.
const PROGRESS_BAR_COLUMNS: u64 = 10;

/// Returns a progress bar with a resolution of an eighth of a column.
fn progress_bar(per_mille: u64) -> String {
    const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let filled = per_mille.min(1000) * PROGRESS_BAR_COLUMNS * 8 / 1000;
    let column = |index: u64| match filled.saturating_sub(index * 8) {
        8.. => '█',
        eighths => EIGHTHS.get(usize::try_from(eighths).unwrap_or(0)).copied().unwrap_or(' '),
    };
    (0..PROGRESS_BAR_COLUMNS).map(column).collect()
}
