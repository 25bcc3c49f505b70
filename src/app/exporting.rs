//! Exporting from the screen: which records, in which format, into which file.

use std::sync::Arc;

use tui_input::Input;

use super::App;
use super::action::{Command, Effect};
use super::chooser::{About, Offer};
use super::keymap::Focus;
use super::line;
use crate::query::Order;
use crate::store::{Marked, Store};

/// How many letters of an archive's title a file is called by.
const NAME: usize = 48;
/// What finds the marked records.
const MARKED: &str = "is:marked";

/// Records on their way into a file.
#[derive(Clone, Debug)]
pub struct Export {
    /// The filter that finds them.
    pub filter: String,
    /// The order they are written in, where one was chosen.
    pub order: Option<Order>,
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
    pub(super) fn export_records(&mut self, offer: &Offer) -> Vec<Effect> {
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
    pub(super) fn export_format(&mut self, offer: Offer) -> Vec<Effect> {
        let name = format!("{}.{}", file_name(&self.archive_name()), offer.ending);
        self.export.line = Input::new(name);
        self.export.format = offer;
        self.step_aside(Focus::FileName);
        Vec::new()
    }

    /// Edits the line of the file's name.
    pub(super) fn edit_file_name(&mut self, command: Command) -> Vec<Effect> {
        line::edit(&mut self.export.line, command);
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
            marked: Arc::clone(&self.marks.marked),
            store: self.store.clone(),
            format: format.name.clone(),
            file,
            replace: false,
        };
        effects.push(Effect::Export(Box::new(export)));
        effects
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
