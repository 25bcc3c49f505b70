//! The user's marks and notes: a TOML file that a person can edit, and a journal of changes beside it.
//!
//! A change is appended to the journal, which costs the same however large the file is. Later the journal
//! is merged into the file. [`load`] reads both. Each step leaves the files such that the next program
//! reads all changes, wherever it is killed:
//!
//! 1. Changes are appended to `FILE.journal` under a lock, and synced.
//! 2. Under the same lock, `FILE.journal` is renamed to `FILE.journal.merging`.
//! 3. The file is replaced by one that has these changes. Applying them once more changes nothing.
//! 4. `FILE.journal.merging` is removed.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::journal;
use super::mark_entry::{MarkEntry, MarkOperation};
use super::marks_paths::MarksPaths;
use super::marks_text::MarksText;
use super::opened_file::{FileVersion, OpenedFile};
use crate::files::{self, FileErrorKind, FileLock, IfExists, Privacy, Sharing};
use crate::record::Problem;

pub use super::marks_error::MarksError;
pub use super::marks_location::MarksLocation;
pub use super::rescue::write_rescue;

/// The ending of the lock for the journal.
const LOCK: &str = ".lock";
/// The ending of the lock for merging the journal.
const MERGE_LOCK: &str = ".merge.lock";
/// The ending of the file with lines of the journal that could not be read.
const DAMAGED: &str = ".journal.damaged";
/// The ending of the copy of a file of the first version.
const FIRST_VERSION: &str = ".v1";

/// How long [`append`] waits for another program that holds the lock: shorter than the user should wait
/// until the screen says that a change is not saved yet.
const APPEND_TIMEOUT: Duration = Duration::from_millis(200);
/// How long merging waits for another program.
const MERGE_TIMEOUT: Duration = Duration::from_secs(5);
/// The journal of a file of this size or less is always merged by [`merge_if_large`], which takes milliseconds.
const SMALL_FILE_BYTES: u64 = 1 << 20;
/// The journal of a larger file is merged once it has this part of the size of the file, since all of the
/// file must be written.
const MIN_JOURNAL_PART: u64 = 16;
/// The journal is merged while it is being used once it has this size and is larger than the file. Reading both takes
/// several times their memory.
const MAX_JOURNAL_BYTES: u64 = 16 << 20;
/// How often the files are read again because another program changed them meanwhile.
const MAX_READS: usize = 100;

/// What was read of a marks file and its journal.
#[derive(Clone, Debug, Default)]
pub struct LoadedMarks {
    /// The entries, in the order of the file. Those of the same record are merged.
    pub entries: Vec<MarkEntry>,
    /// Parts of the files that could not be read, with their lines.
    pub problems: Vec<Problem>,
}

/// Reads a marks file and its journal. A file that does not exist has no entries. Nothing is written.
///
/// # Errors
/// A file exists and cannot be read.
pub fn load(path: &Path) -> Result<LoadedMarks, MarksError> {
    let Some(paths) = MarksPaths::find(path)? else { return Ok(LoadedMarks::default()) };
    let Snapshot { file, journals } = Snapshot::read(&paths)?;
    let bytes = file.map(|file| file.bytes).unwrap_or_default();
    let (mut text, mut problems) = MarksText::parse(&paths.name, bytes);
    for (path, opened) in [&paths.merging, &paths.journal].into_iter().zip(journals) {
        let bytes = opened.map(|file| file.bytes).unwrap_or_default();
        let journal = journal::parse(&path.display().to_string(), &bytes);
        journal.operations.iter().for_each(|operation| text.apply(operation));
        problems.extend(journal.damaged.into_iter().map(|(_, problem)| problem));
    }
    let damaged = paths.beside(DAMAGED);
    if let Some(opened) = OpenedFile::read(&damaged)? {
        let found = journal::parse(&damaged.display().to_string(), &opened.bytes).damaged;
        problems.extend(found.into_iter().map(|(_, problem)| problem));
    }
    Ok(LoadedMarks { entries: text.into_entries(), problems })
}

/// What differs once a marks file or its journal has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarksVersion([Option<FileVersion>; 4]);

impl MarksVersion {
    /// The version of a marks file that does not exist.
    pub const ABSENT: MarksVersion = MarksVersion([None; 4]);
}

/// The versions of a marks file when changes were saved. No other program has changed it between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SavedVersions {
    /// The version just before.
    pub before: MarksVersion,
    /// The version with the changes.
    pub after: MarksVersion,
}

/// Returns the version of a marks file, which need not exist. It is found without reading any file.
///
/// # Errors
/// A link may not be followed.
pub fn version(path: &Path) -> Result<MarksVersion, MarksError> {
    let Some(paths) = MarksPaths::find(path)? else { return Ok(MarksVersion::ABSENT) };
    let damaged = paths.beside(DAMAGED);
    let files = [&paths.file, &paths.merging, &paths.journal, &damaged];
    Ok(MarksVersion(files.map(|path| FileVersion::find(path))))
}

/// The files of a marks file, at one moment.
struct Snapshot {
    file: Option<OpenedFile>,
    /// The journal that is being merged, and the journal.
    journals: [Option<OpenedFile>; 2],
}

impl Snapshot {
    /// Reads the files, and again if another program merged its journal meanwhile.
    fn read(paths: &MarksPaths) -> Result<Snapshot, MarksError> {
        let mut reads = 0;
        loop {
            let file = OpenedFile::read(&paths.file)?;
            let merging = OpenedFile::read(&paths.merging)?;
            let journal = OpenedFile::read(&paths.journal)?;
            reads += 1;
            let is_current = OpenedFile::is_current(file.as_ref(), &paths.file)
                && OpenedFile::is_current(merging.as_ref(), &paths.merging);
            if is_current || reads == MAX_READS {
                return Ok(Snapshot { file, journals: [merging, journal] });
            }
        }
    }
}

/// Saves changes: they are on disk when this returns. All are saved or none. Waits 200 ms at most for
/// another program that holds the lock.
///
/// # Errors
/// The changes cannot be saved.
pub fn append(path: &Path, operations: &[MarkOperation]) -> Result<SavedVersions, MarksError> {
    append_within(path, operations, APPEND_TIMEOUT)
}

/// Saves changes like [`append`], but waits as long as given for another program that holds the lock.
///
/// # Errors
/// The changes cannot be saved.
pub fn append_within(
    path: &Path,
    operations: &[MarkOperation],
    wait: Duration,
) -> Result<SavedVersions, MarksError> {
    if operations.is_empty() {
        let version = version(path)?;
        return Ok(SavedVersions { before: version, after: version });
    }
    if let Some(folder) = path.parent() {
        files::create_private_folder(folder)?;
    }
    let paths = MarksPaths::new(path)?;
    files::check_editable(&paths.file)?;
    let failed = write_error(&paths.journal);
    let lines = journal::to_lines(operations).map_err(&failed)?;
    let lock = lock(&paths, LOCK, wait)?;
    let before = version(path)?;
    let mut journal = open_journal(&paths)?;
    let was_empty = journal::append(&mut journal, &lines).map_err(&failed)?;
    let after = version(path)?;
    // Others append while this is synced. If the journal is renamed, it is still the same file.
    drop(lock);
    journal.sync_data().map_err(&failed)?;
    if was_empty {
        files::sync_folder(&paths.journal);
    }
    Ok(SavedVersions { before, after })
}

/// Locks a marks file with the lock that ends in `suffix`, also if it has several names.
fn lock(paths: &MarksPaths, suffix: &str, timeout: Duration) -> Result<FileLock, MarksError> {
    Ok(files::lock(&paths.file, suffix, timeout)?)
}

/// Opens the journal, or creates it for all who may read or write the marks file.
fn open_journal(paths: &MarksPaths) -> Result<File, MarksError> {
    Ok(files::open_private(&paths.journal, &paths.file, Sharing::SameAccess)?)
}

/// Makes the error for a file from an error of the system while it was written.
fn write_error(path: &Path) -> impl Fn(io::Error) -> MarksError {
    |error| MarksError::File(FileErrorKind::from_write_error(error).for_path(path))
}

/// Merges the journal into the file. Does nothing while another program does it.
///
/// # Errors
/// The file cannot be read or written. The journal keeps the changes.
pub fn merge(path: &Path) -> Result<(), MarksError> {
    let Some(paths) = MarksPaths::find(path)? else { return Ok(()) };
    if !paths.journal.exists() && !paths.merging.exists() {
        return Ok(());
    }
    match lock(&paths, MERGE_LOCK, Duration::ZERO) {
        Ok(_lock) => merge_journals(&paths),
        Err(MarksError::Locked(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Merges the journal into the file like [`merge`], if it is large compared to the file. Also removes
/// temporary files that killed programs left in the folder.
///
/// # Errors
/// The file cannot be read or written. The journal keeps the changes.
pub fn merge_if_large(path: &Path) -> Result<(), MarksError> {
    let Some(paths) = MarksPaths::find(path)? else { return Ok(()) };
    if let Some(folder) = paths.file.parent() {
        files::remove_abandoned_temporary_files(folder);
    }
    let size = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
    let (file, journal) = (size(&paths.file), size(&paths.journal));
    let is_large = file <= SMALL_FILE_BYTES || journal >= file / MIN_JOURNAL_PART;
    if is_large || paths.merging.exists() { merge(path) } else { Ok(()) }
}

/// Merges the journal into the file like [`merge`], if it has 16 MB and is larger than the file: marks of many records
/// were changed again and again.
///
/// # Errors
/// The file cannot be read or written. The journal keeps the changes.
pub fn merge_if_oversized(path: &Path) -> Result<(), MarksError> {
    let Some(paths) = MarksPaths::find(path)? else { return Ok(()) };
    let size = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
    let journal = size(&paths.journal);
    let is_oversized = journal >= MAX_JOURNAL_BYTES && journal > size(&paths.file);
    if is_oversized { merge(path) } else { Ok(()) }
}

/// Rewrites entries: each pair is an entry and the one that replaces it. Their marks and notes stay. If
/// entries of the first version of marks files are among them, the file is copied to `FILE.v1` before,
/// unless there is such a copy.
///
/// # Errors
/// The file cannot be read or written. It is unchanged.
pub fn carry_over(path: &Path, pairs: &[(MarkEntry, MarkEntry)]) -> Result<(), MarksError> {
    if pairs.is_empty() {
        return Ok(());
    }
    let paths = MarksPaths::new(path)?;
    files::check_editable(&paths.file)?;
    let _lock = lock(&paths, MERGE_LOCK, MERGE_TIMEOUT)?;
    merge_journals(&paths)?;
    let has_first_version = pairs.iter().any(|(old, _)| old.legacy.is_some());
    if let Some(file) = OpenedFile::read(&paths.file)?.filter(|_| has_first_version) {
        files::copy_once(&paths.file, &paths.beside(FIRST_VERSION), &file.bytes)?;
    }
    update(&paths, |text| pairs.iter().for_each(|(old, new)| text.rewrite(old, new)))
}

/// Merges the journal that an earlier program did not complete, then the journal of now. The caller holds
/// the merge lock.
fn merge_journals(paths: &MarksPaths) -> Result<(), MarksError> {
    files::check_editable(&paths.file)?;
    if paths.merging.exists() {
        merge_renamed_journal(paths)?;
    }
    let lock = lock(paths, LOCK, MERGE_TIMEOUT)?;
    if !paths.journal.exists() {
        return Ok(());
    }
    let failed = write_error(&paths.journal);
    journal::cut_torn_line(&mut open_journal(paths)?).map_err(&failed)?;
    fs::rename(&paths.journal, &paths.merging).map_err(&failed)?;
    drop(lock);
    merge_renamed_journal(paths)
}

/// Takes the changes of the renamed journal into the file.
fn merge_renamed_journal(paths: &MarksPaths) -> Result<(), MarksError> {
    let Some(opened) = OpenedFile::read(&paths.merging)? else { return Ok(()) };
    let journal = journal::parse(&paths.name, &opened.bytes);
    update(paths, |text| journal.operations.iter().for_each(|it| text.apply(it)))?;
    let damaged: Vec<&[u8]> = journal.damaged.iter().map(|(line, _)| line.as_slice()).collect();
    keep_damaged_lines(paths, &damaged)?;
    fs::remove_file(&paths.merging).map_err(write_error(&paths.merging))
}

/// Adds lines that cannot be read to the file for them, unless it has them.
fn keep_damaged_lines(paths: &MarksPaths, lines: &[&[u8]]) -> Result<(), MarksError> {
    if lines.is_empty() {
        return Ok(());
    }
    let path = paths.beside(DAMAGED);
    let mut bytes = OpenedFile::read(&path)?.map(|file| file.bytes).unwrap_or_default();
    if bytes.last().is_some_and(|last| *last != b'\n') {
        bytes.push(b'\n');
    }
    for line in lines {
        if !bytes.split(|byte| *byte == b'\n').any(|found| found == *line) {
            bytes.extend([line, &b"\n"[..]].concat());
        }
    }
    let (if_exists, privacy) = (IfExists::Replace, Privacy::Private);
    Ok(files::write_atomically(&path, if_exists, privacy, |out| out.write_all(&bytes))?)
}

/// Changes the file. The caller holds the merge lock. If a person saves the file meanwhile, the changes are
/// made to what that person saved.
fn update(paths: &MarksPaths, change: impl Fn(&mut MarksText)) -> Result<(), MarksError> {
    loop {
        let opened = OpenedFile::read(&paths.file)?;
        let bytes = opened.as_ref().map(|file| file.bytes.clone()).unwrap_or_default();
        let (mut text, _) = MarksText::parse(&paths.name, bytes);
        change(&mut text);
        if !text.is_changed() {
            return Ok(());
        }
        let is_current = || OpenedFile::is_current(opened.as_ref(), &paths.file);
        if files::write_atomically_if(&paths.file, is_current, |out| text.write(out))? {
            return Ok(());
        }
    }
}
