//! Saved marks and notes, and the records that they belong to.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::files;
use crate::query::{RecordHandle, UserMarks};
use crate::record::fingerprint::is_distinct_title;
use crate::record::{
    Field, Fingerprint, Problem, RecordId, RecordKey, bare_file_name, split_package,
};
use crate::store::{Lookalikes, Store};
use crate::userdata::claim::{
    ClaimFinder, Claimant, FileState, OpenRecord, Proof, SameSource, Source,
};
use crate::userdata::mark_entry::{MarkEntry, MarkOperation};
use crate::userdata::marks_file::{self, MarksError, MarksLocation, MarksVersion, SavedVersions};

/// Which records a store has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those that were read so far.
    SoFar,
    /// Those of all files.
    All,
}

/// An entry, and the marks file that it is in.
#[derive(Clone, Debug)]
pub struct SavedEntry {
    /// The marks file.
    pub path: PathBuf,
    /// The entry.
    pub entry: MarkEntry,
}

/// All entries of the marks files.
#[derive(Clone, Debug, Default)]
pub struct SavedMarks {
    /// The entries, in the order of their files.
    pub entries: Vec<SavedEntry>,
    /// What is wrong with the files.
    pub problems: Vec<Problem>,
    /// The versions of the files that were read.
    versions: Vec<(PathBuf, MarksVersion)>,
}

/// Which records the entries belong to.
#[derive(Clone, Debug, Default)]
pub struct FoundMarks {
    /// Marks and notes by record.
    pub user_marks: UserMarks,
    /// The indexes of the entries that each record has, in the order of the entries.
    pub entries_of: BTreeMap<RecordHandle, Vec<usize>>,
    /// The record of each entry that has one.
    pub records: Vec<(usize, RecordHandle)>,
    /// The entries about what is open that no record is proven to be the one of.
    pub unclaimed: Vec<usize>,
    /// The numbers of marks and notes whose file is gone, or has another archive, and whose record is
    /// here.
    pub taken_along: MarkCounts,
    /// The entries to rewrite, with their records: those that are taken along, and those of the first
    /// version of marks files.
    pub to_rewrite: Vec<(usize, RecordHandle)>,
}

/// Numbers of marks and notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkCounts {
    /// The number of marks.
    pub marks: usize,
    /// The number of notes.
    pub notes: usize,
}

impl MarkCounts {
    /// Counts the mark and the note of an entry.
    fn add(&mut self, entry: &MarkEntry) {
        self.marks += usize::from(entry.marked);
        self.notes += usize::from(entry.note.is_some());
    }

    /// The number of marks and notes together.
    pub fn total(self) -> usize {
        self.marks + self.notes
    }
}

impl std::fmt::Display for MarkCounts {
    /// Writes `10 marks and 1 note`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counted = |count: usize, word: &str| match count {
            1 => format!("1 {word}"),
            _ => format!("{count} {word}s"),
        };
        match (self.marks, self.notes) {
            (marks, 0) => f.write_str(&counted(marks, "mark")),
            (0, notes) => f.write_str(&counted(notes, "note")),
            (marks, notes) => {
                write!(f, "{} and {}", counted(marks, "mark"), counted(notes, "note"))
            }
        }
    }
}

impl SavedMarks {
    /// Reads all marks files of a location.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn load(location: &MarksLocation) -> Result<SavedMarks, MarksError> {
        let mut saved = SavedMarks::default();
        for path in location.paths()? {
            // If the file changes while it is read, this is not the version that it has then.
            let version = marks_file::version(&path)?;
            let loaded = marks_file::load(&path)?;
            saved.versions.push((path.clone(), version));
            let entries = loaded.entries.into_iter();
            saved.entries.extend(entries.map(|entry| SavedEntry { path: path.clone(), entry }));
            saved.problems.extend(loaded.problems);
        }
        Ok(saved)
    }

    /// Whether the marks files of the location are still those that were read. Changes of this program
    /// count as well, until [`SavedMarks::update_versions`].
    pub fn is_current(&self, location: &MarksLocation) -> bool {
        let paths = location.paths().unwrap_or_default();
        let is_same = |(path, (known, version)): (&PathBuf, &(PathBuf, MarksVersion))| {
            path == known && marks_file::version(path).is_ok_and(|found| found == *version)
        };
        paths.len() == self.versions.len() && paths.iter().zip(&self.versions).all(is_same)
    }

    /// Takes over the versions of the files that this program has changed, unless another program had changed
    /// them before: then they stay other files than those that were read.
    pub fn update_versions(
        &mut self,
        location: &MarksLocation,
        saved: Vec<(PathBuf, SavedVersions)>,
    ) {
        let mut known: BTreeMap<PathBuf, MarksVersion> =
            std::mem::take(&mut self.versions).into_iter().collect();
        for (path, SavedVersions { before, after }) in saved {
            if known.get(&path).copied().unwrap_or(MarksVersion::ABSENT) == before {
                known.insert(path, after);
            }
        }
        for path in location.paths().unwrap_or_default() {
            self.versions.extend(known.remove_entry(&path));
        }
        // A file that is gone was changed by another program, too.
        self.versions.extend(known);
    }

    /// Applies changes to a marks file that are not saved yet.
    pub fn apply(&mut self, path: &Path, operations: &[MarkOperation]) {
        let in_file = self.entries.iter().enumerate().filter(|(_, saved)| saved.path == path);
        let mut indexes: HashMap<MarkEntry, usize> =
            in_file.map(|(index, saved)| (saved.entry.evidence(), index)).collect();
        for operation in operations {
            let evidence = operation.entry.evidence();
            let index = *indexes.entry(evidence).or_insert_with_key(|evidence| {
                let entry = evidence.clone();
                self.entries.push(SavedEntry { path: path.to_owned(), entry });
                self.entries.len() - 1
            });
            if let Some(saved) = self.entries.get_mut(index) {
                operation.change.apply_to(&mut saved.entry);
            }
        }
    }

    /// The files of the entries that no longer exist. Each file is looked at once.
    pub fn gone_files(&self) -> HashSet<&str> {
        let names: HashSet<&str> = self.entries.iter().map(|it| it.entry.file.as_str()).collect();
        let is_gone = |name: &&str| {
            let file = split_package(name).map_or(*name, |(package, _)| package);
            Path::new(file).is_absolute() && !files::path_of_name(file).exists()
        };
        names.into_iter().filter(is_gone).collect()
    }

    /// The files of the entries that are open.
    fn open_files(&self, store: &Store) -> HashSet<String> {
        let names: HashSet<&str> =
            self.entries.iter().map(|it| bare_file_name(&it.entry.file)).collect();
        let files = store.file_sets().iter().flat_map(|it| &it.files);
        let is_named_so = |file: &&String| names.contains(bare_file_name(file));
        files.filter(is_named_so).map(|file| absolute(file)).collect()
    }

    /// Counts the marks and notes of entries.
    pub fn counts(&self, indexes: &[usize]) -> MarkCounts {
        let mut counts = MarkCounts::default();
        let entries = indexes.iter().filter_map(|index| self.entries.get(*index));
        entries.for_each(|saved| counts.add(&saved.entry));
        counts
    }

    /// Finds the records of the entries. Computes the fingerprint of every record, unless there is
    /// no entry.
    pub fn find_records(&self, store: &Store, extent: Extent) -> FoundMarks {
        let mut found = FoundMarks::default();
        if self.entries.is_empty() {
            return found;
        }
        let paths = OpenPaths::default();
        let gone = self.gone_files();
        let open = if extent == Extent::All { self.open_files(store) } else { HashSet::new() };
        let state = |file: &str| match file {
            _ if gone.contains(file) => FileState::Gone,
            _ if open.contains(file) => FileState::Open,
            _ => FileState::Elsewhere,
        };
        let entries = self.entries.par_iter();
        let claimants: Vec<Claimant> =
            entries.map(|it| claimant(&it.entry, state(&it.entry.file))).collect();
        let mut finder = ClaimFinder::new(&claimants);
        for (number, fingerprint) in
            store.records_with_fingerprint(|fingerprint| finder.may_claim(fingerprint))
        {
            let (position, file) = (store.position_of(number), store.file_set_of(number).index());
            finder.offer(OpenRecord { number: number.0, fingerprint, position, file });
        }
        let claims = finder.finish(|number, source| {
            let number = RecordHandle(number);
            if !source.file.is_empty() && paths.contain(store, number, &source.file) {
                SameSource::File
            } else if !source.archive.is_empty() && source.archive == store.archive_of(number) {
                SameSource::Archive
            } else {
                SameSource::No
            }
        });
        let mut claimed = HashSet::new();
        for claim in claims {
            let number = RecordHandle(claim.record);
            if let Some(saved) =
                self.entries.get(claim.entry).filter(|it| it.entry.legacy.is_none())
            {
                claimed.insert(claim.entry);
                found.add(claim.entry, &saved.entry, number, claim.proof);
                let is_moved = claim.proof == Proof::Moved;
                if is_moved || is_taken_along(&saved.entry, store, number, &paths, &gone) {
                    found.taken_along.add(&saved.entry);
                    found.to_rewrite.push((claim.entry, number));
                }
            }
        }
        for (index, number, proof) in self.find_old_version(store) {
            if let Some(saved) = self.entries.get(index) {
                claimed.insert(index);
                found.add(index, &saved.entry, number, proof);
                found.to_rewrite.push((index, number));
            }
        }
        found.unclaimed = self.unclaimed(store, &claimed);
        found
    }

    /// Finds the records of entries of the first version, by the identity that it used; where a record is
    /// read differently now, by a title that no other record of its archive has.
    fn find_old_version(&self, store: &Store) -> Vec<(usize, RecordHandle, Proof)> {
        let old = self.entries.iter().enumerate().filter_map(|(index, saved)| {
            let MarkEntry { archive, repetition, legacy, .. } = &saved.entry;
            let (archive, repetition) = (archive.clone(), *repetition);
            Some((index, RecordId { archive, key: legacy.clone()?, repetition }))
        });
        let (indexes, ids): (Vec<usize>, Vec<RecordId>) = old.unzip();
        let numbers = store.find_by_ids(&ids);
        let pairs =
            indexes.into_iter().zip(&numbers).filter_map(|(i, number)| Some((i, (*number)?)));
        let pairs = pairs.filter(|(index, number)| self.has_old_title(*index, store, *number));
        let mut found: Vec<_> = pairs.map(|(index, number)| (index, number, Proof::Same)).collect();
        let is_found: HashSet<usize> = found.iter().map(|(index, ..)| *index).collect();
        let titled = self.old_entries_by_title(&is_found);
        let keys: Vec<(&str, &str)> = titled.iter().map(|(_, key)| *key).collect();
        let by_title = titled.iter().zip(store.find_by_titles(&keys));
        found.extend(by_title.filter_map(|((index, _), it)| Some((*index, it?, Proof::Changed))));
        found
    }

    /// The entries of the first version without an id that are not found, with the archive and the title
    /// that tells them apart: a long one that no other entry has.
    fn old_entries_by_title(&self, found: &HashSet<usize>) -> Vec<(usize, (&str, &str))> {
        let mut by_title: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (index, SavedEntry { entry, .. }) in self.entries.iter().enumerate() {
            let has_hash = matches!(entry.legacy, Some(RecordKey::Content(_)));
            if has_hash && !entry.archive.is_empty() && is_distinct_title(&entry.title) {
                by_title.entry((&entry.archive, &entry.title)).or_default().push(index);
            }
        }
        let only = by_title.into_iter().filter_map(|(key, indexes)| match indexes.as_slice() {
            [index] if !found.contains(index) => Some((*index, key)),
            _ => None,
        });
        only.collect()
    }

    /// Whether a record has the title that an entry of the first version keeps, where that is needed
    /// for proof: an id may be another record's by now.
    fn has_old_title(&self, index: usize, store: &Store, number: RecordHandle) -> bool {
        let Some(SavedEntry { entry, .. }) = self.entries.get(index) else { return false };
        let is_proven =
            matches!(entry.legacy, Some(RecordKey::Content(_))) || entry.title.is_empty();
        // What stands for a missing title was made of other fields, which may be read differently now.
        let is_substitute = entry.title.starts_with(['‹', '[']);
        is_proven
            || store.record(number).is_some_and(|record| {
                record.list_heading() == entry.title || (is_substitute && record.title().is_none())
            })
    }

    /// The entries about an archive or a file name that is open, which no record claimed.
    fn unclaimed(&self, store: &Store, claimed: &HashSet<usize>) -> Vec<usize> {
        let archives: HashSet<&str> =
            store.archives().iter().map(crate::record::Archive::identity).collect();
        let files = store.file_sets().iter().flat_map(|it| &it.files);
        let names: HashSet<&str> = files.map(|it| bare_file_name(it)).collect();
        let is_about_open = |entry: &MarkEntry| {
            let is_named_so = names.contains(bare_file_name(&entry.file));
            if entry.archive.is_empty() {
                is_named_so
            } else {
                archives.contains(entry.archive.as_str())
            }
        };
        let entries = self.entries.iter().enumerate();
        let unclaimed = entries
            .filter(|(index, saved)| !claimed.contains(index) && is_about_open(&saved.entry));
        unclaimed.map(|(index, _)| index).collect()
    }
}

impl FoundMarks {
    /// Adds the mark and the note of an entry to a record. The notes of several entries are joined.
    pub(super) fn add(
        &mut self,
        index: usize,
        entry: &MarkEntry,
        number: RecordHandle,
        proof: Proof,
    ) {
        self.entries_of.entry(number).or_default().push(index);
        self.records.push((index, number));
        if entry.marked {
            self.user_marks.marked.insert(number);
        }
        if let Some(note) = &entry.note {
            let before = self
                .user_marks
                .notes
                .get(&number)
                .filter(|before| before.as_ref() != note.as_str());
            let all = before.map_or_else(|| note.clone(), |before| format!("{before}\n\n{note}"));
            self.user_marks.notes.insert(number, all.into());
        }
        if proof == Proof::Changed {
            self.user_marks.changed.insert(number);
        }
    }
}

/// The absolute paths of opened files, each resolved once.
#[derive(Debug, Default)]
struct OpenPaths(std::cell::RefCell<HashMap<String, String>>);

impl OpenPaths {
    /// Whether one of the files that a record is in has this path.
    fn contain(&self, store: &Store, number: RecordHandle, path: &str) -> bool {
        let mut known = self.0.borrow_mut();
        store
            .files_of(number)
            .iter()
            .any(|file| known.entry(file.clone()).or_insert_with(|| absolute(file)) == path)
    }
}

/// The absolute path of an opened file, or its name if it is not a file on disk.
fn absolute(file: &str) -> String {
    if let Some((package, inner)) =
        split_package(file).filter(|_| !files::path_of_name(file).exists())
    {
        return format!("{}: {inner}", absolute(package));
    }
    let path = files::canonical(&files::path_of_name(file));
    path.map_or_else(|| file.to_owned(), |path| files::name_of_path(&path))
}

/// Whether an entry is to be rewritten, since its file is gone or has another archive now.
fn is_taken_along(
    entry: &MarkEntry,
    store: &Store,
    number: RecordHandle,
    paths: &OpenPaths,
    gone: &HashSet<&str>,
) -> bool {
    let is_same_file = paths.contain(store, number, &entry.file);
    let is_same_archive = entry.archive == store.archive_of(number);
    if is_same_file { !is_same_archive } else { gone.contains(entry.file.as_str()) }
}

/// What identifies the record of an entry.
fn claimant(entry: &MarkEntry, state: FileState) -> Claimant {
    let MarkEntry { archive, file, id, title, date, position, repetition, .. } = entry;
    let fingerprint = Fingerprint::new(id.as_deref(), title, date, entry.content);
    Claimant {
        file: state,
        fingerprint: Fingerprint { source: entry.source, ..fingerprint },
        source: Source { archive: archive.clone(), file: file.clone() },
        had_lookalike: entry.lookalike,
        position: *position,
        repetition: *repetition as usize,
    }
}

/// Returns new entries for records, without mark and note, in the same order. Computes the fingerprint of
/// every record.
pub fn new_entries(store: &Store, numbers: &[RecordHandle]) -> Vec<MarkEntry> {
    let lookalikes = store.lookalikes();
    new_entries_with(store, numbers, Some(&lookalikes))
}

/// Returns new entries for records like [`new_entries`]. Without `lookalikes` any record may look much like
/// another one.
pub(super) fn new_entries_with(
    store: &Store,
    numbers: &[RecordHandle],
    lookalikes: Option<&Lookalikes>,
) -> Vec<MarkEntry> {
    let twins = store.count_earlier_twins(numbers);
    let has_own_source =
        |number| lookalikes.is_some_and(|lookalikes| !lookalikes.share_source(store, number));
    let entry = |(number, repetition): (&RecordHandle, u32)| {
        let record = store.record(*number).unwrap_or_default();
        MarkEntry {
            archive: store.archive_of(*number).to_owned(),
            file: store.files_of(*number).first().map(|file| absolute(file)).unwrap_or_default(),
            id: record.first(Field::Id).map(str::to_owned),
            title: record.title().unwrap_or_default().to_owned(),
            position: record.position,
            repetition,
            lookalike: lookalikes.is_none_or(|it| it.contain(store, *number)),
            source: record.source_hash.get().filter(|_| has_own_source(*number)),
            content: Fingerprint::from_record(&record).content,
            date: record.date.text,
            ..MarkEntry::default()
        }
    };
    numbers.iter().zip(twins).map(entry).collect()
}
