//! Exporting from the screen: which records, in which format, into which file.

use std::sync::Arc;

use tui_input::Input;

use super::App;
use crate::query::Order;
use crate::store::{Marked, Store};
use crate::tui::action::{Command, Effect};
use crate::tui::key_map::Focus;
use crate::tui::line_edit;
use crate::tui::overlays::picker::state::{About, Offer};

/// How many letters of an archive's title a file is called by.
const NAME: usize = 48;
/// What finds the marked records.
const MARKED: &str = "is:marked";

/// What is said to who would begin something else.
pub(super) const STILL_WRITING: &str = "a file is being written still   Esc stops it";

/// Records on their way into a file.
#[derive(Clone, Debug)]
pub struct Export {
    /// The filter that finds them.
    pub filter: String,
    /// The order they are written in, where one was chosen.
    pub order: Option<Order>,
    /// Whether a record that stands in several files is written as often.
    pub apart: bool,
    /// What the reader marked and noted.
    pub marked: Arc<Marked>,
    /// The snapshot they stand in.
    pub store: Store,
    /// The name of the format.
    pub format: String,
    /// The file, as the reader named it.
    pub file: String,
    /// Whether a file may be replaced.
    pub replace: bool,
}

/// How far a file is that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// The file, as the reader named it.
    pub file: String,
    /// How many records are written.
    pub written: usize,
    /// How many there will be; 0 while that is not known yet.
    pub total: usize,
}

/// The state of exporting.
#[derive(Clone, Debug, Default)]
pub struct ExportState {
    /// The line in which the file is named.
    pub line: Input,
    /// The formats there are.
    pub formats: Vec<Offer>,
    /// The filter that finds what is exported.
    filter: String,
    /// The format that was chosen, also the last time.
    format: Offer,
    /// The file that is being written.
    pub writing: Option<Writing>,
    /// Whether the reader quits once it is written.
    leaving: bool,
    /// What would replace a file.
    refused: Option<Export>,
}

impl ExportState {
    /// With these formats to choose from.
    pub(super) fn with(formats: Vec<Offer>) -> ExportState {
        ExportState { formats, ..ExportState::default() }
    }

    /// The file that would be replaced.
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_ref().map(|export| export.file.as_str())
    }
}

impl App {
    /// Asks which records are exported, where that is a question.
    pub(super) fn export(&mut self) -> Vec<Effect> {
        if self.export.writing.is_some() {
            return self.say(STILL_WRITING);
        }
        if self.store.is_empty() {
            return self.say("there is no record to export");
        }
        let filter = self.bar.text().trim();
        let (marked, shown) = (self.marks.marked.records.len(), self.list.shown);
        let sets = [
            ("marked", "is marked", marked),
            ("filtered", "fits the filter", if filter.is_empty() { 0 } else { shown }),
            ("all", "there is", self.store.len()),
        ];
        let offers: Vec<Offer> = sets
            .into_iter()
            .filter(|(_, _, count)| *count > 0)
            .map(|(name, one, count)| Offer {
                name: name.to_owned(),
                says: if count == 1 {
                    format!("the one record that {one}")
                } else {
                    format!("{count} records")
                },
                ending: String::new(),
            })
            .collect();
        if let [only] = offers.as_slice() {
            return self.export_records(only);
        }
        self.choose_from(About::Records, offers, "");
        Vec::new()
    }

    /// Takes the records that were chosen, and asks for the format.
    pub(crate) fn export_records(&mut self, offer: &Offer) -> Vec<Effect> {
        self.export.filter = match offer.name.as_str() {
            "marked" => MARKED.to_owned(),
            "filtered" => self.bar.text().trim().to_owned(),
            _ => String::new(),
        };
        let last = self.export.format.name.clone();
        self.choose_from(About::Format, self.export.formats.clone(), &last);
        Vec::new()
    }

    /// Takes the format that was chosen, and asks for the file.
    pub(crate) fn export_format(&mut self, offer: Offer) -> Vec<Effect> {
        let name = format!("{}.{}", file_name(&self.archive_name()), offer.ending);
        self.export.line = Input::new(name);
        self.export.format = offer;
        self.step_aside(Focus::FileName);
        Vec::new()
    }

    /// Edits the line of the file's name.
    pub(super) fn edit_file_name(&mut self, command: Command) -> Vec<Effect> {
        line_edit::edit(&mut self.export.line, command);
        Vec::new()
    }

    /// Exports into the file that was named.
    pub(super) fn end_file_name(&mut self) -> Vec<Effect> {
        let mut effects = self.focus_on(self.before);
        let file = self.export.line.value().trim().to_owned();
        if file.is_empty() {
            effects.extend(self.say("no file is named, nothing is exported"));
            return effects;
        }
        let ExportState { filter, format, .. } = &self.export;
        let export = Export {
            filter: filter.clone(),
            order: self.list.chosen,
            apart: self.list.apart,
            marked: Arc::clone(&self.marks.marked),
            store: self.store.clone(),
            format: format.name.clone(),
            file,
            replace: false,
        };
        effects.push(Effect::Export(Box::new(export)));
        effects
    }

    /// Takes note of how far the file is.
    pub(super) fn writing(&mut self, writing: Writing) -> Vec<Effect> {
        let begun = self
            .export
            .writing
            .is_none()
            .then(|| format!("writing {} ...   Esc stops it", writing.file));
        self.export.writing = Some(writing);
        begun.map_or_else(Vec::new, |said| self.say(&said))
    }

    /// Says what came of the file. Who waits for it with leaving leaves now, unless it is not there.
    pub(super) fn exported(&mut self, said: &str, written: bool) -> Vec<Effect> {
        self.export.writing = None;
        let mut effects = self.say(said);
        if std::mem::take(&mut self.export.leaving) && written {
            effects.push(Effect::Quit);
        }
        effects
    }

    /// Quits, once the file is written that is being written; asked again, at once.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        if self.export.writing.is_none() || self.export.leaving {
            return vec![Effect::Quit];
        }
        self.export.leaving = true;
        self.say(
            "fonds quits when the file is written   q again leaves it unwritten   Esc stops it",
        )
    }

    /// Asks whether a file may be replaced.
    pub(super) fn exists(&mut self, export: Export) -> Vec<Effect> {
        self.export.refused = Some(export);
        self.step_aside(Focus::Replace);
        Vec::new()
    }

    /// Exports what was refused, into the file that it replaces.
    pub(super) fn replace(&mut self) -> Vec<Effect> {
        let mut effects = self.focus_on(self.before);
        if let Some(export) = self.export.refused.take() {
            effects.push(Effect::Export(Box::new(Export { replace: true, ..export })));
        }
        effects
    }
}

/// What a file of an archive is called: the letters of its title.
fn file_name(archive: &str) -> String {
    let bare = archive.split(".toml").next().unwrap_or(archive).to_lowercase();
    let words = bare.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(NAME).collect();
    if name.is_empty() { "records".to_owned() } else { name.trim_end_matches('-').to_owned() }
}
