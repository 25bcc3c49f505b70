//! Merges results pages that repeat records, from one file or several.
//!
//! A page that was saved twice contains its records twice. So do an archive file and a page that
//! the file already includes. Two such records become one record with the values of both. No record
//! is final before the last file is read, so [`PageMerger::finish`] returns everything at once.

use std::collections::{HashMap, VecDeque};

use crate::formats::read::{PageStart, ParserCache, RecordPart, Sink};
use crate::record::{
    Archive, ArchiveId, FileSet, FileSetId, KeptProblems, Problem, Record, SourcedRecord,
};

use super::listings::{DedupHash, Listings, dedup_hash};
use super::same_texts::are_different;

/// The merged content of several files.
#[derive(Debug, Default)]
pub struct MergedPages {
    /// The archives, in the order in which they first appeared. Indexed by [`ArchiveId`].
    pub archives: Vec<Archive>,
    /// The records by archive, then by position. Records without a position come last, in the order
    /// of their files.
    pub records: Vec<SourcedRecord>,
    /// The file set of each record, in the same order.
    pub record_file_sets: Vec<FileSetId>,
    /// The file sets, indexed by [`FileSetId`].
    pub file_sets: Vec<FileSet>,
    /// The problems, in the order of the files.
    pub problems: Vec<Problem>,
}

/// A sink that merges the pages of all files.
#[derive(Debug)]
pub struct PageMerger {
    /// The result so far, without its problems.
    merged: MergedPages,
    /// The problems so far.
    problems: KeptProblems,
    /// The records by duplicate key, in the order in which they were last seen.
    seen: HashMap<DedupKey, VecDeque<SeenRecord>>,
    /// The number of pages started so far.
    pages: usize,
    /// The archive of the current page.
    archive: ArchiveId,
    /// The file set that contains only the file of the current page.
    file_set: FileSetId,
    /// The id of each known file set.
    file_set_ids: HashMap<FileSet, FileSetId>,
    /// The archives by identity.
    by_identity: ArchivesByIdentity,
    /// What is known of the pages of each archive.
    listings: Listings,
    /// The archives of files that are one archive together, by their folder.
    shared_archives: HashMap<String, usize>,
    /// The last of these archives of a folder that is in this folder.
    archives_below: HashMap<String, usize>,
    /// The current page, while it is not known which archive it is from.
    pending: Option<PendingPage>,
    /// The largest number of archives, and of file sets.
    max_archives: usize,
    /// Whether there were more archives or file sets. Their records are left out.
    is_full: bool,
    /// The name of the current page's file.
    file: String,
    /// The number of records of this file that repeat records of other pages.
    repeated_records: usize,
}

/// Finds archives by their identity and, if they are finding aids, by their identifier.
#[derive(Debug, Default)]
struct ArchivesByIdentity {
    /// The first archive with each identity.
    first: HashMap<String, usize>,
    /// The first archive with each identity and identifier. The identifier is empty for archives
    /// that have none.
    exact: HashMap<(String, String), usize>,
}

impl ArchivesByIdentity {
    /// Returns the index of the archive that an archive of a page is, if it is known. Finding aids
    /// with different identifiers are different archives.
    fn find(&self, archive: &Archive) -> Option<usize> {
        let identity = archive.identity();
        let exact = |id: &str| self.exact.get(&(identity.to_owned(), id.to_owned())).copied();
        match archive.ead_id() {
            None => self.first.get(identity).copied(),
            Some(id) => exact(id).or_else(|| exact("")),
        }
    }

    /// Adds an archive with its index, unless one is known already. An archive is added again when
    /// it got an identity or an identifier.
    fn insert(&mut self, archive: &Archive, index: usize) {
        let identity = archive.identity();
        if identity.is_empty() {
            return;
        }
        if let Some(id) = archive.ead_id().filter(|id| !id.is_empty()) {
            let unnumbered = (identity.to_owned(), String::new());
            if self.exact.get(&unnumbered) == Some(&index) {
                self.exact.remove(&unnumbered);
            }
            self.exact.entry((identity.to_owned(), id.to_owned())).or_insert(index);
        } else {
            self.exact.entry((identity.to_owned(), String::new())).or_insert(index);
        }
        self.first.entry(identity.to_owned()).or_insert(index);
    }
}

/// A page whose archive its records decide.
#[derive(Debug)]
struct PendingPage {
    page: PageStart,
    records: Vec<Record>,
    /// The number of problems before the page.
    problems_before: usize,
}

/// A record and the page on which it was last seen.
#[derive(Clone, Copy, Debug)]
struct SeenRecord {
    /// The index of the record in [`MergedPages::records`].
    record: usize,
    /// The number of the page, from 1.
    page: usize,
}

/// The key that duplicates share: the archive and a hash.
type DedupKey = (ArchiveId, DedupHash);

impl Default for PageMerger {
    fn default() -> PageMerger {
        PageMerger::new()
    }
}

impl PageMerger {
    /// Creates an empty merger.
    pub fn new() -> PageMerger {
        PageMerger::with_max_archives(ArchiveId::MAX.index().min(FileSetId::MAX.index()))
    }

    /// Creates an empty merger for at most this many archives and file sets. Pages beyond are
    /// reported and left out.
    pub fn with_max_archives(max_archives: usize) -> PageMerger {
        PageMerger {
            merged: MergedPages::default(),
            problems: KeptProblems::default(),
            seen: HashMap::new(),
            pages: 0,
            archive: ArchiveId::default(),
            file_set: FileSetId::default(),
            file_set_ids: HashMap::new(),
            by_identity: ArchivesByIdentity::default(),
            listings: Listings::default(),
            shared_archives: HashMap::new(),
            archives_below: HashMap::new(),
            pending: None,
            max_archives,
            is_full: false,
            file: String::new(),
            repeated_records: 0,
        }
    }

    /// Whether the records of the current page are left out, because there are too many archives.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Returns everything that was merged, sorted.
    pub fn finish(mut self) -> MergedPages {
        self.end_page();
        self.end_file();
        let sort_key = |sourced: &SourcedRecord| {
            (sourced.archive, sourced.record.position.unwrap_or(u64::MAX))
        };
        let MergedPages { records, record_file_sets, .. } = &mut self.merged;
        let mut both: Vec<_> =
            std::mem::take(records).into_iter().zip(record_file_sets.drain(..)).collect();
        both.sort_by_key(|(sourced, _)| sort_key(sourced));
        (*records, *record_file_sets) = both.into_iter().unzip();
        if let Some(message) = shared_positions_message(&self.merged.records) {
            self.problems.keep(Problem::warning(&self.file, None, message));
        }
        self.merged.problems = self.problems.take();
        self.merged
    }

    /// The archive of the current page.
    pub fn archive(&self) -> ArchiveId {
        self.archive
    }

    /// The archives so far, indexed by [`ArchiveId`].
    pub fn archives(&self) -> &[Archive] {
        &self.merged.archives
    }

    /// The file set that contains only the file of the current page.
    pub fn file_set(&self) -> FileSetId {
        self.file_set
    }

    /// The file sets so far, indexed by [`FileSetId`].
    pub fn file_sets(&self) -> &[FileSet] {
        &self.merged.file_sets
    }

    /// Returns the id of a file set, which is added if it is new. `None` if there is no room.
    fn file_set_id(&mut self, file_set: FileSet) -> Option<FileSetId> {
        if let Some(known) = self.file_set_ids.get(&file_set) {
            return Some(*known);
        }
        let file_sets = &mut self.merged.file_sets;
        if file_sets.len() >= self.max_archives {
            return None;
        }
        let id = FileSetId::from_index(file_sets.len());
        file_sets.push(file_set.clone());
        self.file_set_ids.insert(file_set, id);
        Some(id)
    }

    /// Reports that there is no room for the file of a page or its archive.
    fn report_full(&mut self, page: &PageStart) {
        if !std::mem::replace(&mut self.is_full, true) {
            let message = format!(
                "the records of this file and of those after it were left out: more than {} files or archives are open; open fewer together",
                self.max_archives
            );
            self.problems.keep(Problem::error(&page.file, None, message));
        }
    }

    /// Adds the current file to the file set of a record, given by its index.
    fn add_current_file(&mut self, record: usize) {
        let Some(id) = self.merged.record_file_sets.get(record).copied() else { return };
        let mut file_set = self.merged.file_sets.get(id.index()).cloned().unwrap_or_default();
        if !file_set.files.contains(&self.file) {
            file_set.files.push(self.file.clone());
            let extended = self.file_set_id(file_set);
            let of_record = self.merged.record_file_sets.get_mut(record);
            if let (Some(extended), Some(of_record)) = (extended, of_record) {
                *of_record = extended;
            }
        }
    }

    /// Takes the problems found so far.
    pub fn take_problems(&mut self) -> Vec<Problem> {
        self.problems.take()
    }

    /// Reports how many records of the current file repeat records of other pages.
    fn end_file(&mut self) {
        let message = match std::mem::take(&mut self.repeated_records) {
            0 => return,
            1 => "1 record is also on another page and is shown once".to_owned(),
            many => format!("{many} records are also on other pages and are shown once"),
        };
        self.problems.keep(Problem::warning(&self.file, None, message));
    }

    /// Returns the index of the archive that a page belongs to, or `None` if it starts a new one.
    ///
    /// A page with an identity belongs to the archive with that identity. Without such an archive, it
    /// belongs to the previous one, if that has no identity and the same total or file.
    /// A page without an identity belongs to the archive of the page before it in the same file.
    fn archive_of_page(&self, page: &PageStart, is_same_file: bool) -> Option<usize> {
        if page.archive.identity().is_empty() {
            return is_same_file.then(|| self.archive.index());
        }
        let is_unnamed_part = |archive: &Archive| {
            let same_total = archive.total.is_some() && archive.total == page.archive.total;
            archive.identity().is_empty() && (same_total || is_same_file)
        };
        let archives = &self.merged.archives;
        let last = archives.len().checked_sub(1);
        let same = self.by_identity.find(&page.archive);
        same.or_else(|| last.filter(|_| archives.last().is_some_and(is_unnamed_part)))
    }

    /// Returns the index of the archive of the other notes or messages in a folder, in one above it or beside it.
    fn shared_archive(&self, folder: &str) -> Option<usize> {
        let mut above = std::iter::successors(Some(folder), |it| {
            Some(folder_of(it)).filter(|above| !above.is_empty())
        });
        let of_folder = |folder: &str| self.shared_archives.get(folder).copied();
        above.find_map(of_folder).or_else(|| self.archives_below.get(folder_of(folder)).copied())
    }

    /// Remembers the archive of the notes or messages in a folder.
    fn share_archive(&mut self, folder: &str, archive: usize) {
        let parent = folder_of(folder);
        if !parent.is_empty() {
            self.archives_below.insert(parent.to_owned(), archive);
        }
        self.shared_archives.insert(folder.to_owned(), archive);
    }

    /// Returns the index of the archive that a page with these records belongs to, or `None` if it starts
    /// a new one. A page without an identity never belongs to a finding aid or a reference list.
    fn archive_of_listing(&self, page: &PageStart, records: &[Record]) -> Option<usize> {
        let is_unnamed = |index: &usize| {
            let archive = self.merged.archives.get(*index);
            archive.is_some_and(|archive| archive.identity().is_empty())
        };
        let is_named = !page.archive.identity().is_empty();
        let same = self.by_identity.find(&page.archive).filter(|_| is_named);
        let may_be_joined = |index: &usize| !is_named || is_unnamed(index);
        same.or_else(|| self.listings.find(page.archive.total, records, may_be_joined))
    }

    /// Starts a page of an archive, given by its index. Does nothing if there is no room for it.
    fn begin_page(&mut self, page: PageStart, archive: usize) {
        if self.is_full || archive >= self.max_archives {
            return self.report_full(&page);
        }
        self.pages += 1;
        self.compare_totals(&page, archive);
        if page.may_repeat_records {
            self.listings.add_page(archive, page.archive.total);
        }
        match self.merged.archives.get_mut(archive) {
            Some(known) => known.merge(page.archive),
            None => self.merged.archives.push(page.archive),
        }
        if let Some(known) = self.merged.archives.get(archive) {
            self.by_identity.insert(known, archive);
        }
        self.archive = ArchiveId::from_index(archive);
    }

    /// Adds the current page, if its archive is not known yet, and its records.
    fn end_page(&mut self) {
        let Some(PendingPage { page, records, problems_before }) = self.pending.take() else {
            return;
        };
        let archive = self.archive_of_listing(&page, &records);
        // Problems of the whole page are listed before those of its records.
        let later = self.problems.take_after(problems_before);
        self.begin_page(page, archive.unwrap_or(self.merged.archives.len()));
        self.problems.put_back(later);
        for record in records {
            self.add_to_page(record);
        }
    }

    /// Adds a record to the current page, whose archive is known.
    fn add_to_page(&mut self, record: Record) {
        if self.is_full {
            return;
        }
        let hash = dedup_hash(&record);
        self.listings.add_record(self.archive.index(), &record, hash);
        let key = hash.map(|hash| (self.archive, hash));
        let duplicate_of = key.and_then(|key| self.take_duplicate(&record, key));
        let index = self.insert_or_merge(record, duplicate_of);
        if let Some(key) = key {
            let seen = SeenRecord { record: index, page: self.pages };
            self.seen.entry(key).or_default().push_back(seen);
        }
    }

    /// Reports a page whose total differs from the total of its archive, given by its index.
    fn compare_totals(&mut self, page: &PageStart, archive: usize) {
        let known = self.merged.archives.get(archive).and_then(|archive| archive.total);
        if let (Some(known), Some(total)) = (known, page.archive.total)
            && known != total
        {
            let message = format!("this page counts {total} records, an earlier page {known}");
            self.problems.keep(Problem::warning(&page.file, page.line, message));
        }
    }

    /// Removes from `seen` a record that this one duplicates, and returns its index. Records on the
    /// same page or with different ids or reference codes are never duplicates.
    fn take_duplicate(&mut self, record: &Record, key: DedupKey) -> Option<usize> {
        let records = &self.merged.records;
        let may_be_same = |seen: &SeenRecord| {
            records.get(seen.record).is_none_or(|kept| !are_different(&kept.record, record))
        };
        let same_key = self.seen.get_mut(&key)?;
        let mut on_other_pages = same_key.iter().take_while(|seen| seen.page != self.pages);
        let index = on_other_pages.position(may_be_same)?;
        same_key.remove(index).map(|seen| seen.record)
    }

    /// Merges a record into the one that it duplicates, or adds it as a new one. Returns its index.
    fn insert_or_merge(&mut self, record: Record, duplicate_of: Option<usize>) -> usize {
        let records = &mut self.merged.records;
        if let Some((index, kept)) =
            duplicate_of.and_then(|index| records.get_mut(index).map(|kept| (index, kept)))
        {
            kept.record.merge(record);
            self.repeated_records += 1;
            self.add_current_file(index);
            index
        } else {
            records.push(SourcedRecord { archive: self.archive, record });
            self.merged.record_file_sets.push(self.file_set);
            self.merged.record_file_sets.len() - 1
        }
    }
}

impl Sink for PageMerger {
    fn start_page(&mut self, page: PageStart) {
        self.end_page();
        let is_same_file = self.pages > 0 && page.file == self.file;
        if page.file != self.file {
            self.end_file();
            self.file.clone_from(&page.file);
            match self.file_set_id(FileSet { files: vec![page.file.clone()] }) {
                Some(file_set) => self.file_set = file_set,
                None => return self.report_full(&page),
            }
        }
        let is_named = !page.archive.identity().is_empty();
        if page.may_repeat_records && (is_named || !is_same_file) {
            let problems_before = self.problems.len();
            self.pending = Some(PendingPage { page, records: Vec::new(), problems_before });
        } else {
            let folder = page.is_one_of_many.then(|| folder_of(&page.file).to_owned());
            let shared = folder.as_deref().and_then(|folder| self.shared_archive(folder));
            let archive = shared.or_else(|| self.archive_of_page(&page, is_same_file));
            let archive = archive.unwrap_or(self.merged.archives.len());
            if let Some(folder) = folder {
                self.share_archive(&folder, archive);
            }
            self.begin_page(page, archive);
        }
    }

    fn add_record(&mut self, record: Record) {
        match &mut self.pending {
            Some(pending) => pending.records.push(record),
            None => self.add_to_page(record),
        }
    }

    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Returns the path of the folder that a file or folder is in; empty if there is none.
fn folder_of(path: &str) -> &str {
    let end = path.rfind('/').or_else(|| path.rfind(": ").map(|at| at + 1));
    end.and_then(|end| path.get(..end)).unwrap_or("")
}

/// The number of positions that the message about shared positions names.
const MAX_NAMED_POSITIONS: usize = 5;

/// Returns a message that names the positions that several records of one archive share, if any.
/// `records` must be sorted by archive and position.
fn shared_positions_message(records: &[SourcedRecord]) -> Option<String> {
    let shared = records.chunk_by(|one, next| {
        one.record.position.is_some()
            && (one.archive, one.record.position) == (next.archive, next.record.position)
    });
    let shared: Vec<_> = shared.filter(|records| records.len() > 1).collect();
    let positions = shared.iter().filter_map(|records| records.first()?.record.position);
    let named = positions.take(MAX_NAMED_POSITIONS).map(|position| position.to_string());
    let named: Vec<String> = named.collect();
    let named = named.join(", ");
    match (shared.as_slice(), shared.len().saturating_sub(MAX_NAMED_POSITIONS)) {
        ([], _) => None,
        ([[_, _]], _) => Some(format!("two records have position {named}")),
        ([records], _) => Some(format!("{} records have position {named}", records.len())),
        (_, 0) => Some(format!("more than one record has each of the positions {named}")),
        (_, more) => {
            Some(format!("more than one record has each of the positions {named} and {more} more"))
        }
    }
}
