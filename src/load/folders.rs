//! Replaces folders among the inputs with the files in them, in a stable order.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use super::Input;
use super::mappings::{self, Mappings};
use super::read_file::{self, ReadMonitor};
use crate::files;
use crate::formats::read;
use crate::formats::read::ReadOptions;
use crate::record::Problem;

/// The number of skipped files that a message names.
const MAX_NAMED_FILES: usize = 5;

/// The inputs after folders are replaced, and the problems found in folders.
#[derive(Debug, Default)]
pub(crate) struct ExpandedInputs {
    /// The inputs in reading order, without folders.
    pub(crate) inputs: Vec<Input>,
    /// Unreadable or empty folders, skipped files, and mappings that cannot be used.
    pub(crate) problems: Vec<Problem>,
    /// The options, with the mappings in the folders of the inputs.
    pub(crate) options: ReadOptions,
}

/// Replaces each folder among the inputs with the files in it, sorted by name. Files in folders are
/// kept only if their format is known; inputs that are files are always kept.
pub(crate) fn expand_folders(inputs: &[Input], options: &ReadOptions) -> ExpandedInputs {
    let mut mappings = Mappings::default();
    options.mapping_folders.iter().for_each(|folder| mappings.add_folder(folder));
    for input in inputs {
        match input {
            Input::Path(path) if path.is_dir() => mappings.add_folder(path),
            input => add_mappings_beside(input, &mut mappings),
        }
    }
    let options = &ReadOptions { mappings: mappings.found.clone(), ..options.clone() };
    let mut expanded = ExpandedInputs::default();
    for input in inputs {
        match input {
            Input::Path(path) if path.is_dir() => {
                let visited = HashSet::new();
                let mut walk = FolderWalk { options, expanded: &mut expanded, visited };
                walk.walk_named_folder(path);
            }
            other => expanded.inputs.push(other.clone()),
        }
    }
    expanded.inputs.iter().for_each(|input| add_mappings_beside(input, &mut mappings));
    expanded.problems.append(&mut mappings.problems);
    expanded.options = ReadOptions { mappings: mappings.found, ..options.clone() };
    expanded
}

/// Adds the mappings in the folder of a file.
fn add_mappings_beside(input: &Input, mappings: &mut Mappings) {
    if let Input::Path(path) = input
        && !files::is_standard(path)
        && let Some(folder) = path.parent()
    {
        mappings.add_folder(folder);
    }
}

/// Walks a folder and its subfolders.
struct FolderWalk<'w> {
    options: &'w ReadOptions,
    expanded: &'w mut ExpandedInputs,
    /// The canonical paths of visited folders. A link may lead back to one.
    visited: HashSet<PathBuf>,
}

impl FolderWalk<'_> {
    /// Walks a folder that the user named, and reports which files were skipped.
    fn walk_named_folder(&mut self, folder: &Path) {
        let (inputs, problems) = (self.expanded.inputs.len(), self.expanded.problems.len());
        let mut skipped = Vec::new();
        self.walk_folder(folder, &mut skipped);
        let is_empty = self.expanded.inputs.len() == inputs;
        let name = files::display_name(folder);
        if !skipped.is_empty() {
            let message = skipped_message(folder, &skipped);
            let problem = if is_empty { Problem::error } else { Problem::warning };
            self.expanded.problems.push(problem(&name, None, message));
        } else if is_empty && self.expanded.problems.len() == problems {
            let message = "there is no file in this folder";
            self.expanded.problems.push(Problem::error(&name, None, message));
        }
    }

    /// Walks a folder in the order of names. Hidden entries are ignored.
    fn walk_folder(&mut self, folder: &Path, skipped: &mut Vec<PathBuf>) {
        if !fs::canonicalize(folder).is_ok_and(|real| self.visited.insert(real)) {
            return;
        }
        match entries(folder) {
            Ok(entries) => entries.into_iter().for_each(|entry| self.visit_entry(entry, skipped)),
            Err(error) => {
                let name = files::display_name(folder);
                let message = format!("this folder cannot be read: {error}");
                self.expanded.problems.push(Problem::error(&name, None, message));
            }
        }
    }

    /// Handles one entry of a folder.
    fn visit_entry(&mut self, path: PathBuf, skipped: &mut Vec<PathBuf>) {
        if path.is_dir() && is_part_of_page(&path) {
            // The page beside it is read.
        } else if path.is_dir() {
            self.walk_folder(&path, skipped);
        } else if mappings::is_mapping(&path) {
            // It says how the others are read.
        } else if is_special(&path) || !is_known(&path, self.options) {
            skipped.push(path);
        } else {
            self.expanded.inputs.push(Input::Path(path));
        }
    }
}

/// Returns the entries of a folder that are not hidden, sorted by name.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_hidden = |path: &Path| {
        path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
    };
    let all: io::Result<Vec<PathBuf>> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
    let mut visible: Vec<PathBuf> = all?.into_iter().filter(|path| !is_hidden(path)).collect();
    visible.sort();
    Ok(visible)
}

/// The ends of the names of folders that browsers save beside a page.
const PAGE_FOLDER_ENDS: [&str; 9] = [
    "_files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_file",
    "_bestanden",
    "_pliki",
    "-filer",
    ".files",
];

/// Whether a folder has the pictures and scripts of a saved page beside it: `Search_files` of `Search.html`.
fn is_part_of_page(folder: &Path) -> bool {
    let name = folder.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    PAGE_FOLDER_ENDS.iter().filter_map(|end| name.strip_suffix(end)).any(|stem| {
        let endings = ["html", "htm", "xhtml", "HTML", "HTM"].iter();
        endings
            .into_iter()
            .any(|ending| folder.with_file_name(format!("{stem}.{ending}")).is_file())
    })
}

/// Whether the path exists and is no regular file. Opening a named pipe could block forever.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file())
}

/// Whether the file's format can be read. True also for a file that cannot be opened or is damaged,
/// so that the error is reported later.
fn is_known(path: &Path, options: &ReadOptions) -> bool {
    let known =
        |file| read::is_recognized(&files::display_name(path), options, &mut BufReader::new(file));
    File::open(path).and_then(known).unwrap_or(true)
        || read_file::find_damage(path, &ReadMonitor::default())
            .is_ok_and(|damage| damage.is_some())
}

/// Returns the message that names the skipped files.
fn skipped_message(folder: &Path, skipped: &[PathBuf]) -> String {
    let name = |path: &PathBuf| path.strip_prefix(folder).unwrap_or(path).display().to_string();
    let mut named = skipped.iter().take(MAX_NAMED_FILES).map(name).collect::<Vec<_>>().join(", ");
    if let Some(more @ 1..) = skipped.len().checked_sub(MAX_NAMED_FILES) {
        named = format!("{named} and {more} more");
    }
    match skipped.len() {
        1 => format!("1 file in this folder has no known format: {named}"),
        many => format!("{many} files in this folder have no known format: {named}"),
    }
}
