//! Names of archives that the user gives: with an option, on the screen, or as an answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::args::ArchiveArgs;
use super::output::eprint_line;
use crate::query::{Backend, Row};
use crate::record::{Archive, ArchiveId, ArchiveName, Field, FileSetId, Provenance, SourcedRecord};
use crate::text::clean::clean;
use crate::userdata::saved_archive_names;
use crate::userdata::saved_archive_names::{FoundName, SavedNames};

/// The ending of archive files, which name their archive themselves.
const ARCHIVE_FILE_ENDING: &str = ".toml";

/// The endings of compressed files.
const COMPRESSED_ENDINGS: [&str; 2] = [".gz", ".zst"];

/// The names that the user gives to archives, the strongest first.
#[derive(Clone, Debug, Default)]
pub struct ArchiveNames {
    /// The name of the options, for all files.
    pub requested: ArchiveName,
    /// The names given on the screen, by file. An empty one was removed.
    pub given: BTreeMap<String, ArchiveName>,
    /// The names that are saved.
    pub saved: Arc<SavedNames>,
}

/// The archives of a store with the names that the user gives them.
#[derive(Clone, Debug, Default)]
pub struct NamedArchives {
    /// The archives as their files describe them.
    pub of_files: Arc<[Archive]>,
    /// The same with the names of the user.
    pub archives: Arc<[Archive]>,
    /// The archives of files that have another name than their archive.
    of_file_sets: HashMap<Provenance, ArchiveId>,
    /// What the user should know about the names.
    pub messages: Vec<String>,
}

/// A file set of an archive.
#[derive(Clone, Debug)]
struct NamedFileSet {
    id: FileSetId,
    /// The name of the first of its files that has one.
    name: Option<ArchiveName>,
    /// Whether one of its files is an archive file.
    is_archive_file: bool,
}

impl NamedArchives {
    /// Returns the record of a row with its archive.
    pub fn with_archive(&self, row: Row) -> SourcedRecord {
        let archive = self.archive_of(row.provenance);
        SourcedRecord { archive, record: Arc::unwrap_or_clone(row.record) }
    }

    /// Returns the archive of the records from there, as the user names it.
    pub(crate) fn archive_of(&self, provenance: Provenance) -> ArchiveId {
        self.of_file_sets.get(&provenance).copied().unwrap_or(provenance.archive)
    }

    /// Returns the name that the user gave to the archive of a record, and the files of that archive.
    pub(crate) fn name_and_files(
        &self,
        backend: &dyn Backend,
        provenance: Provenance,
    ) -> (ArchiveName, Vec<String>) {
        let id = self.archive_of(provenance);
        let summary = backend.summary();
        let given = self.archives.get(id.index()).map(|archive| archive.given_name.clone());
        let mut files = BTreeSet::new();
        let of_archive = backend.provenances().into_iter().filter(|it| self.archive_of(*it) == id);
        for Provenance { file_set, .. } in of_archive {
            files.extend(summary.files_of(file_set).iter().cloned());
        }
        (given.unwrap_or_default(), files.into_iter().collect())
    }

    /// Returns the title that the user gave to the archive of each file set, with its files.
    pub(crate) fn given_titles(
        &self,
        backend: &dyn Backend,
    ) -> impl Iterator<Item = (Vec<String>, String)> {
        let summary = backend.summary();
        backend.provenances().into_iter().filter_map(move |provenance| {
            let archive = self.archives.get(self.archive_of(provenance).index())?;
            let title = archive.given_name.title.clone()?;
            let files = summary.files_of(provenance.file_set);
            (!files.is_empty()).then(|| (files.to_vec(), title))
        })
    }

    /// Adds to a record what a format without archives needs of its archive: the form of its title, and as
    /// its repository the name that the user gave, unless the record names one.
    pub(crate) fn with_archive_data(&self, mut sourced: SourcedRecord) -> SourcedRecord {
        let index = sourced.archive.index();
        let record = &mut sourced.record;
        if let Some(form) = self.of_files.get(index).and_then(Archive::title_form) {
            record.set_title_form(form);
        }
        let given =
            self.archives.get(index).and_then(|archive| archive.given_name.title.as_deref());
        if let Some(given) = given.filter(|_| record.first(Field::Repository).is_none()) {
            record.push(Field::Repository, given);
        }
        sourced
    }

    /// Returns a message if the user gave an address that a format has no place for.
    pub(crate) fn lost_address_message(&self, format: &str) -> Option<String> {
        let has_address = self.archives.iter().any(|archive| archive.given_name.url.is_some());
        has_address.then(|| {
            format!("the address of the archive is left out: {format} has no place for it; citations and toml keep it")
        })
    }
}

impl ArchiveNames {
    /// Takes the names of the arguments and the saved ones. Saved names that cannot be read are reported.
    pub(crate) fn load(arguments: &ArchiveArgs) -> ArchiveNames {
        let ArchiveArgs { archive_title: title, archive_url: url } = arguments.clone();
        let saved = SavedNames::load().unwrap_or_else(|error| {
            eprint_line(&format!("fonds: {error:#}"));
            SavedNames::default()
        });
        let title = title.map(|title| clean(&title).trim().to_owned());
        let title = title.filter(|title| !title.is_empty());
        let requested = ArchiveName { title, url };
        ArchiveNames { requested, given: BTreeMap::new(), saved: Arc::new(saved) }
    }

    /// Returns the archives of a backend with the names that the user gives them.
    ///
    /// A name belongs to a file. Pages of one archive share it, unless they have different ones.
    pub fn name_archives(&self, backend: &dyn Backend) -> NamedArchives {
        let of_files = backend.summary().archives;
        let mut archives = of_files.to_vec();
        let mut named = NamedArchives { of_files, ..NamedArchives::default() };
        if !self.given.is_empty() || !self.saved.is_empty() {
            self.give_names_of_files(backend, &mut archives, &mut named);
        }
        for archive in &mut archives {
            give_name(archive, &self.requested);
        }
        named.archives = archives.into();
        named
    }

    /// Gives archives the names of their files. An archive whose files have different names becomes one
    /// archive for each name.
    fn give_names_of_files(
        &self,
        backend: &dyn Backend,
        archives: &mut Vec<Archive>,
        named: &mut NamedArchives,
    ) {
        let mut of_files = archives.clone();
        for (id, mut file_sets) in self.names_by_archive(backend, &mut named.messages) {
            let Some(of_file) = of_files.get(id.index()).cloned() else { continue };
            let names_itself =
                !of_file.identity().is_empty() && file_sets.iter().any(|it| it.is_archive_file);
            if names_itself {
                for file_set in &mut file_sets {
                    let same = file_set.name.take_if(|name| is_name_of(name, &of_file));
                    if let (Some(name), Some(archive)) = (same, archives.get_mut(id.index())) {
                        complete_name(archive, &name);
                    }
                    // A record of an archive file is from its archive, also if a page repeats it.
                    file_set.name.take_if(|_| file_set.is_archive_file);
                }
            }
            let mut distinct: Vec<&ArchiveName> = Vec::new();
            for name in file_sets.iter().filter_map(|file_set| file_set.name.as_ref()) {
                if !distinct.contains(&name) {
                    distinct.push(name);
                }
            }
            // Pages without a name share the only one, but an archive file names its archive itself.
            let is_shared = distinct.len() == 1 || file_sets.iter().all(|it| it.name.is_some());
            let mut in_order = distinct.into_iter();
            let mut split = of_file;
            if names_itself {
                (split.title, split.url) = (None, None);
            } else if is_shared
                && let (Some(archive), Some(name)) = (archives.get_mut(id.index()), in_order.next())
            {
                give_name(archive, name);
            }
            for name in in_order {
                let new_id = ArchiveId::from_index(archives.len());
                let mut archive = split.clone();
                give_name(&mut archive, name);
                archives.push(archive);
                of_files.push(split.clone());
                let same = file_sets.iter().filter(|it| it.name.as_ref() == Some(name));
                named
                    .of_file_sets
                    .extend(same.map(|it| (Provenance { archive: id, file_set: it.id }, new_id)));
            }
        }
        named.of_files = of_files.into();
    }

    /// Returns the file sets of each archive with their names. Adds messages about files that have changed.
    fn names_by_archive(
        &self,
        backend: &dyn Backend,
        messages: &mut Vec<String>,
    ) -> BTreeMap<ArchiveId, Vec<NamedFileSet>> {
        let mut file_names: HashMap<&str, Option<ArchiveName>> = HashMap::new();
        let mut by_archive: BTreeMap<ArchiveId, Vec<NamedFileSet>> = BTreeMap::new();
        let summary = backend.summary();
        for Provenance { archive, file_set: id } in backend.provenances() {
            let files = summary.files_of(id);
            let mut name = None;
            for file in files {
                let of_file = file_names.entry(file).or_insert_with(|| {
                    let FoundName { name, is_changed } = self.of_file(file)?;
                    messages.extend(is_changed.then(|| changed_message(file, &name)));
                    Some(name)
                });
                name = name.or_else(|| of_file.clone());
            }
            let is_archive_file = files.iter().any(|file| is_archive_file(file));
            by_archive.entry(archive).or_default().push(NamedFileSet { id, name, is_archive_file });
        }
        by_archive
    }

    /// Returns the name given to the archive of a file on the screen, otherwise the one that is kept.
    fn of_file(&self, file: &str) -> Option<FoundName> {
        if is_archive_file(file) {
            return None;
        }
        match self.given.get(file) {
            Some(name) if name.is_empty() => None,
            Some(name) => Some(FoundName { name: name.clone(), is_changed: false }),
            None => self.saved.of_file(file),
        }
    }

    /// Gives the archive of these files a name in this run. An empty one removes it.
    pub(crate) fn give(&mut self, files: &[String], name: &ArchiveName) {
        for file in files {
            self.given.insert(file.clone(), name.clone());
        }
    }
}

/// Keeps the name of the archive of these files for later runs. An empty name removes it. Returns a message
/// for the user.
pub(crate) fn save_name_of_files(files: &[String], name: &ArchiveName) -> String {
    let of_files = match files.len() {
        0 | 1 => String::new(),
        count => format!(" ({count} files)"),
    };
    let what = match (&name.title, &name.url) {
        (Some(title), _) => format!("citations name the archive {title}{of_files}"),
        (None, Some(url)) => {
            format!("citations have the address {url}{of_files}, but no name of the archive")
        }
        (None, None) => format!("the name is removed: citations name no archive{of_files}"),
    };
    let is_piped = |file: &String| file == PIPED_NAME;
    match saved_archive_names::save(files, name) {
        Ok(()) if files.iter().any(is_piped) => {
            format!("{what} until you quit: what is piped in is no file to keep it for")
        }
        Ok(()) => what,
        Err(error) => format!("{what} until you quit: it is not kept: {error:#}"),
    }
}

/// The name of standard input in messages.
const PIPED_NAME: &str = "standard input";

/// Returns the message about a file that is another one than when its archive got the name.
fn changed_message(file: &str, name: &ArchiveName) -> String {
    format!(
        "{file} has changed since you named its archive “{name}”: check that it is still from there"
    )
}

/// Returns the message if files name their archive themselves, so that no name can be kept for them.
pub(crate) fn archive_file_message(files: &[String]) -> Option<String> {
    let file = files.iter().find(|file| is_archive_file(file))?;
    Some(format!("{file} names its archive itself: change its title in [archive]"))
}

/// Whether a file names its archive itself, in `[archive]`.
pub(crate) fn is_archive_file(file: &str) -> bool {
    let name = file.trim_end_matches(" (built in)").to_lowercase();
    let name =
        COMPRESSED_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    name.ends_with(ARCHIVE_FILE_ENDING)
}

/// Whether a name is the one that an archive has from its file: the same title, otherwise the same address.
fn is_name_of(name: &ArchiveName, archive: &Archive) -> bool {
    match (&name.title, &archive.title) {
        (Some(given), Some(title)) => is_same_title(given, title),
        _ => name.url.is_some() && name.url == archive.url,
    }
}

/// Whether two titles differ at most in case and white space.
pub(crate) fn is_same_title(one: &str, other: &str) -> bool {
    let letters =
        |title: &str| title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    letters(one) == letters(other)
}

/// Gives an archive the parts of its name that its file does not have.
fn complete_name(archive: &mut Archive, name: &ArchiveName) {
    archive.title = archive.title.take().or_else(|| name.title.clone());
    archive.url = archive.url.take().or_else(|| name.url.clone());
}

/// Gives an archive a name; an address of another name goes. The title of a finding aid is that of the
/// collection, so the name is the one of the institution that keeps it.
fn give_name(archive: &mut Archive, name: &ArchiveName) {
    if name.is_empty() {
        return;
    }
    let ArchiveName { title, url } = name.clone();
    let earlier = archive.given_name.url.take().filter(|_| title.is_some());
    if earlier.is_some() && archive.url == earlier {
        archive.url = None;
    }
    archive.given_name = match &title {
        Some(_) => name.clone(),
        None => ArchiveName { title: archive.given_name.title.take(), url: url.clone() },
    };
    if archive.ead_id().is_some() {
        archive.source = title.or(archive.source.take());
    } else {
        archive.title = title.or(archive.title.take());
    }
    archive.url = url.or(archive.url.take());
}
