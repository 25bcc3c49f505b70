//! Names of archives that the user gives: with an option, on the screen, or as an answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::args::ArchiveArgs;
use super::output::eprint_line;
use crate::record::{Archive, Field, SourcedRecord};
use crate::store::Store;
use crate::userdata::archive_names;
use crate::userdata::archive_names::{ArchiveName, SavedNames};

/// The ending of archive files, which name their archive themselves.
const ARCHIVE_FILE_ENDING: &str = ".toml";

/// The names that the user gives to archives, the strongest first.
#[derive(Clone, Debug, Default)]
pub struct ArchiveNames {
    /// The name of the options, for all files.
    pub requested: ArchiveName,
    /// The names given on the screen, by file.
    pub given: BTreeMap<String, ArchiveName>,
    /// The names that are saved.
    pub saved: SavedNames,
}

impl ArchiveNames {
    /// Takes the names of the arguments and the saved ones. Saved names that cannot be read are reported.
    pub(crate) fn load(arguments: &ArchiveArgs) -> ArchiveNames {
        let ArchiveArgs { archive_title: title, archive_url: url } = arguments.clone();
        let saved = SavedNames::load().unwrap_or_else(|error| {
            eprint_line(&format!("fonds: {error:#}"));
            SavedNames::default()
        });
        let filled = |text: Option<String>| {
            text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let requested = ArchiveName { title: filled(title), url: filled(url) };
        ArchiveNames { requested, given: BTreeMap::new(), saved }
    }

    /// Returns the archives of a store with the names that the user gives them.
    pub fn name_archives(&self, store: &Store) -> Arc<[Archive]> {
        let mut archives = store.archives().to_vec();
        // Later names replace earlier ones: saved names, then the options, then those given on the screen.
        if !self.given.is_empty() || !self.saved.is_empty() {
            for (archive, files) in archives.iter_mut().zip(store.files_of_archives()) {
                let own = files.iter().filter(|file| !is_archive_file(file));
                let given = only(own.clone().filter_map(|file| self.given.get(&**file)));
                let saved = only(own.filter_map(|file| self.saved.of_file(file)));
                for name in [saved, Some(&self.requested), given].into_iter().flatten() {
                    give_name(archive, name);
                }
            }
        } else {
            for archive in &mut archives {
                give_name(archive, &self.requested);
            }
        }
        archives.into()
    }

    /// Keeps the name of the archive of these files, also for later runs. Returns a message for the user.
    pub(crate) fn give(&mut self, files: &[String], name: &ArchiveName) -> String {
        if let Some(file) = files.iter().find(|file| is_archive_file(file)) {
            return format!("{file} names its archive itself: change its title in [archive]");
        }
        for file in files {
            self.given.insert(file.clone(), name.clone());
        }
        let what = match &name.title {
            Some(title) => format!("citations name the archive {title}"),
            None => "citations name no archive".to_owned(),
        };
        match archive_names::save(files, name) {
            Ok(()) => what,
            Err(error) => format!("{what} until you quit: it is not kept: {error:#}"),
        }
    }
}

/// Returns the name if all of them are the same. Results pages that do not say otherwise are one archive: two
/// names for it name none.
fn only<'n>(mut names: impl Iterator<Item = &'n ArchiveName>) -> Option<&'n ArchiveName> {
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

/// Adds to a record what citations need of its archive, for formats that do not describe archives: the form
/// of its title, and as its repository the name that the user gave. `archives` are those of the files,
/// `named` the same with the names of the user.
pub(crate) fn with_archive_data(
    archives: &[Archive],
    named: &[Archive],
    mut sourced: SourcedRecord,
) -> SourcedRecord {
    let index = sourced.archive.index();
    let Some((of_file, named)) = archives.get(index).zip(named.get(index)) else { return sourced };
    let record = &mut sourced.record;
    if let Some(form) = of_file.title_form() {
        record.set_title_form(form);
    }
    let given = [(&of_file.title, &named.title), (&of_file.source, &named.source)];
    let given =
        given.into_iter().find(|(before, now)| before != now).and_then(|(_, now)| now.as_deref());
    if let Some(given) = given.filter(|_| record.first(Field::Repository).is_none()) {
        record.push(Field::Repository, given);
    }
    sourced
}

/// Whether a file names its archive itself, in `[archive]`.
pub(crate) fn is_archive_file(file: &str) -> bool {
    file.trim_end_matches(" (built in)").to_lowercase().ends_with(ARCHIVE_FILE_ENDING)
}

/// Gives an archive a name. The title of a finding aid is that of the collection, so the name is the one of
/// the institution that keeps it.
fn give_name(archive: &mut Archive, name: &ArchiveName) {
    let is_finding_aid = archive.ead_id().is_some();
    let ArchiveName { title, url } = name.clone();
    if is_finding_aid {
        archive.source = title.or(archive.source.take());
    } else {
        archive.title = title.or(archive.title.take());
        archive.url = url.or(archive.url.take());
    }
}
