//! The texts of the title line, the message line, the status line and an empty list.

use crate::query::{Order, OrderBy};
use crate::tui::app::App;
use crate::tui::app::commands::ProblemCounts;
use crate::tui::command::Command;
use crate::tui::key_map::KeyHelp;
use crate::tui::modes::{Mode, Overlay};

/// The largest number of keys that may follow and are only named in the message line.
const MAX_KEYS_IN_LINE: usize = 3;

impl App {
    /// Returns the name of the archive for the title line.
    ///
    /// It is the title of the only archive, else the one that the user gave it, else what was opened, else the number of files.
    pub fn archive_name(&self) -> String {
        let mut titles =
            self.summary.archives.iter().filter_map(|archive| archive.title.as_deref());
        match (titles.next(), self.summary.archives.len(), self.summary.file_count) {
            (Some(title), 1, _) => title.to_owned(),
            (.., 0 | 1) => {
                let given = self.given_titles.only(self.summary.file_sets.len());
                given.unwrap_or(&self.name).to_owned()
            }
            (.., files) => format!("{files} files"),
        }
    }

    /// Returns which records the page shows: `201–210 of 552`.
    pub fn page_range(&self) -> String {
        self.list.page_range(self.archive_total())
    }

    /// Returns how many records the archive states that it has, if only one archive is open.
    pub fn archive_total(&self) -> Option<u64> {
        match &*self.summary.archives {
            [only] => only.total,
            _ => None,
        }
    }

    /// Returns the text of the message line: the last message, messages about the filter, or the
    /// most useful keys of the focus.
    pub fn message_line(&self) -> String {
        if let Some(notice) = &self.notice {
            return notice.to_string();
        }
        if let Some(why) = &self.no_answer {
            let key = self.key_map.key_for(Mode::List, Command::TryAgain);
            return format!("no answer: {why} ({key} tries again)");
        }
        if let Some(incomplete) = self.coverage.message() {
            return incomplete;
        }
        if self.shows_filter_messages() {
            return self.filter_bar.messages.join(" · ");
        }
        if let Some(Overlay::ConfirmReplace(export)) = self.modes.overlay() {
            let file = &export.file;
            return format!("{file} exists already: y replaces it   any other key leaves it");
        }
        if !self.pending_keys.is_empty() {
            return self.next_keys();
        }
        let help = match self.mode() {
            Mode::List if self.summary.is_empty() => "? keys   q quit",
            Mode::List if self.picking => return self.picking_hint(),
            Mode::List if self.marks.range_start.is_some() => {
                "Space mark the range   ↑↓ to its end   Esc leave it"
            }
            Mode::List if self.filter_bar.is_empty() => {
                "/ filter   ? keys   q quit   ←→ pages   Enter read   s order   Tab detail"
            }
            Mode::List => "Esc clear the filter   ? keys   / change it   Enter read   s order",
            Mode::Detail if self.filter_bar.is_empty() => {
                "↑↓ scroll   ? keys   ←→ records   Tab list"
            }
            Mode::Detail => "↑↓ scroll   ? keys   n next hit   ←→ records   Tab list",
            Mode::FullWidth if self.filter_bar.is_empty() => {
                "↑↓ scroll   Esc back   ? keys   ←→ records"
            }
            Mode::FullWidth => "↑↓ scroll   Esc back   ? keys   n next hit   ←→ records",
            Mode::FilterBar => {
                "Enter keep   Esc back   words “a phrase” -without title:word 1945 date:194"
            }
            Mode::NotePrompt => "a note on this record   Enter keep   Alt-e your editor   Esc back",
            Mode::Picker => "↑↓ choose   Enter accept   Esc back",
            Mode::FileNamePrompt => {
                "the file to write   Enter write it   ~ is your home   Esc back"
            }
            Mode::ArchiveNamePrompt => {
                "the archive, then its https:// address   Enter keep, empty: remove   Esc back"
            }
            Mode::CommandPrompt => ":210 a position   :p3 a page   Esc back",
            Mode::Popup | Mode::ConfirmReplace => "type to filter   ↑↓ scroll   Esc back",
        };
        help.to_owned()
    }

    /// Returns the commands of the keys that may follow those that were pressed.
    fn next_key_help(&self) -> Vec<KeyHelp> {
        self.key_map.help_after(self.mode(), &self.pending_keys)
    }

    /// Returns the keys that may follow if they are too many for the message line.
    pub(crate) fn next_keys_in_box(&self) -> Option<Vec<KeyHelp>> {
        Some(self.next_key_help()).filter(|help| help.len() > MAX_KEYS_IN_LINE)
    }

    /// Returns the keys that may follow, with what each of them does, as far as no box shows them.
    fn next_keys(&self) -> String {
        let help = match self.next_keys_in_box() {
            Some(_) => Vec::new(),
            None => self.next_key_help(),
        };
        let entries =
            help.iter().map(|row| format!("{} {}", row.keys, row.command.short_description()));
        entries.chain(["Esc back".to_owned()]).collect::<Vec<_>>().join("   ")
    }

    /// Whether the message line shows messages about the filter, such as guesses.
    pub fn shows_filter_messages(&self) -> bool {
        !self.filter_bar.messages.is_empty() && matches!(self.mode(), Mode::List | Mode::FilterBar)
    }

    /// Returns the parts of the status line, the most important first.
    pub fn status_parts(&self) -> Vec<String> {
        let list = &self.list;
        let not_saved = self.marks.not_saved.iter().map(|why| format!("not kept yet: {why}"));
        let mut parts: Vec<String> = not_saved.collect();
        parts.extend(list.typed_count.iter().map(usize::to_string));
        if self.is_full_width() && list.match_count.count() > 0 {
            parts.push(format!("record {} of {}", list.cursor + 1, list.match_count));
            parts.extend(self.detail.percent_seen().map(|percent| format!("{percent} %")));
        }
        parts.push(format!("page {} of {}", list.page_index() + 1, list.page_count()));
        parts.push(format!("{} of {} shown", list.match_count, list.total));
        parts.extend(self.marked_text());
        let unclaimed = self.marks.unclaimed.len();
        parts.extend((unclaimed > 0).then(|| format!("{unclaimed} unclaimed (M)")));
        if list.excluded_undated > 0 {
            parts.push(format!("+{} undated", list.excluded_undated));
        }
        parts.extend(self.export_progress_text());
        parts.extend(self.loading_text());
        parts.extend(self.problem_counts_text());
        parts.extend(self.duplicates_text());
        parts.push(order_name(list.order));
        if !self.filter_bar.is_empty() {
            parts.push("filtered".to_owned());
        }
        if !self.is_full_width() && self.layout.rule.height != 1 && !self.layout.detail.is_empty() {
            parts.extend(self.detail.percent_seen().map(|percent| format!("detail {percent} %")));
        }
        parts
    }

    /// Returns how much of the files is loaded, while they are loading.
    ///
    /// It is a progress bar if the total size is known, else the number of records so far.
    fn loading_text(&self) -> Option<String> {
        let progress = self.summary.progress?;
        Some(match progress.per_mille() {
            Some(per_mille) => format!("loading {} {} %", progress_bar(per_mille), per_mille / 10),
            None => format!("loading: {} records", self.summary.record_count),
        })
    }

    /// Returns how many records of an export are written, while it is running.
    fn export_progress_text(&self) -> Option<String> {
        let progress = self.export.progress.as_ref()?;
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
        let ProblemCounts { errors, warnings } = self.problem_counts();
        let texts: Vec<String> = [count_text(errors, "error"), count_text(warnings, "warning")]
            .into_iter()
            .flatten()
            .collect();
        (!texts.is_empty()).then(|| format!("{} (!)", texts.join(", ")))
    }

    /// Returns the lines of an empty list: how to open an archive, or which term found nothing.
    pub fn empty_list_lines(&self) -> Vec<String> {
        if !self.summary.is_empty() && self.filter_bar.is_empty() {
            // Without a filter all records match: the response has not arrived yet.
            return Vec::new();
        }
        if !self.summary.is_empty() {
            let mut lines = vec![format!("No record matches “{}”.", self.filter_bar.text())];
            lines.extend(self.filter_bar.messages.iter().cloned());
            lines.push("Esc goes back to all records.".to_owned());
            return lines;
        }
        if !self.is_loaded() {
            return vec!["Reading ...".to_owned()];
        }
        vec![
            "There are no records here.".to_owned(),
            "fonds FILE... opens files from archives: fonds formats lists the formats;".to_owned(),
            "to open a page copied in the browser: pbpaste | fonds -".to_owned(),
        ]
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

/// Returns the name of an order for the status line.
pub fn order_name(order: Order) -> String {
    let name = match order.by {
        OrderBy::Relevance => "by relevance",
        OrderBy::Date => "by date",
        OrderBy::Title => "by title",
        OrderBy::Archive => "archive order",
    };
    format!("{name}{}", if order.reversed { ", reversed" } else { "" })
}
