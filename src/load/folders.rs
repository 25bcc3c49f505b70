//! Replaces folders among the inputs with the files in them, in a stable order.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Input;
use super::contents::{self, Contents, FileClass, Place, ReadingPlan};
use super::mappings::Mappings;
use super::named_pictures::NamedPictures;
use super::packages;
use super::read_file::{self, ReadMonitor};
use super::saved_pages;
use crate::files;
use crate::formats::read::ReadOptions;
use crate::record::{Archive, Problem};

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
    expanded.leave_out_repeated_files();
    expanded.inputs.iter().for_each(|input| add_mappings_beside(input, &mut mappings));
    expanded.problems.append(&mut mappings.problems);
    expanded.options = ReadOptions { mappings: mappings.found, ..options.clone() };
    expanded
}

impl ExpandedInputs {
    /// Leaves out files that were named before, under this name or through a link, and says so.
    fn leave_out_repeated_files(&mut self) {
        let (mut seen, mut repeated) = (HashMap::new(), Vec::new());
        self.inputs.retain(|input| {
            let Input::Path(path) = input else { return true };
            let Some(identity) = files::identity(path) else { return true };
            match seen.entry(identity) {
                Entry::Vacant(entry) => {
                    entry.insert(path.clone());
                    true
                }
                Entry::Occupied(first) => {
                    repeated.push((path.clone(), first.get().clone()));
                    false
                }
            }
        });
        for (path, first) in repeated {
            let first = files::display_name(&first);
            let message = format!("this file was opened already, as {first}: it was read once");
            self.problems.push(Problem::warning(&files::display_name(&path), None, message));
        }
    }
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
        let problems = self.expanded.problems.len();
        let mut contents = Contents::default();
        self.walk_folder(folder, folder, &mut contents);
        let name = files::display_name(folder);
        let mut plan = contents.plan();
        if plan.has_pictures_beside_data() {
            let mut named = NamedPictures::new(plan.pictures.iter().map(String::as_str));
            for (relative, path) in &plan.read {
                named.begin_file(relative);
                // A file that cannot be read is reported later.
                let _ = packages::scan_file(path, self.options, &mut named);
            }
            plan.keep_dated_pictures(&named);
        }
        let has_problems = self.expanded.problems.len() > problems;
        self.expanded.problems.extend(plan.problem(&name, Place::Folder, has_problems));
        let bags = self.check_bags(&name, &plan);
        for (relative, path) in &plan.read {
            let bag = plan.bags.iter().position(|bag| relative.starts_with(&bag.root));
            self.expanded.inputs.push(match bag.and_then(|at| bags.get(at)) {
                Some(archive) => Input::InBag { path: path.clone(), archive: Arc::clone(archive) },
                None => Input::Path(path.clone()),
            });
        }
        if !plan.pictures.is_empty() {
            let pictures = plan.pictures.into();
            self.expanded.inputs.push(Input::Pictures { folder: folder.to_owned(), pictures });
        }
    }

    /// Compares the bags in a folder with their lists, and returns the archive that each describes.
    fn check_bags(&mut self, folder: &str, plan: &ReadingPlan<PathBuf>) -> Vec<Arc<Archive>> {
        let mut archives = Vec::new();
        for bag in &plan.bags {
            let in_bag =
                |(path, _): &(String, PathBuf)| path.strip_prefix(&bag.root).map(str::to_owned);
            let read: Vec<String> = plan.read.iter().filter_map(in_bag).collect();
            let report = bag.check(&read, &mut |paths, visit| {
                for (number, path) in paths.iter().enumerate() {
                    if let Ok(mut file) = File::open(path) {
                        visit(number, &mut file);
                    }
                }
            });
            let root = bag.root.trim_end_matches('/');
            let name = if root.is_empty() { folder.to_owned() } else { format!("{folder}/{root}") };
            let warnings = report.warnings.into_iter();
            self.expanded.problems.extend(warnings.map(|it| Problem::warning(&name, None, it)));
            archives.push(Arc::new(report.archive));
        }
        archives
    }

    /// Walks a folder inside of `top` in the order of names. Hidden entries are ignored.
    fn walk_folder(&mut self, top: &Path, folder: &Path, contents: &mut Contents<PathBuf>) {
        if !fs::canonicalize(folder).is_ok_and(|real| self.visited.insert(real)) {
            return;
        }
        match entries(folder) {
            Ok(entries) => {
                for entry in entries {
                    self.visit_entry(top, entry, contents);
                }
            }
            Err(error) => {
                let name = files::display_name(folder);
                let message = format!("this folder cannot be read: {error}");
                self.expanded.problems.push(Problem::error(&name, None, message));
            }
        }
    }

    /// Handles one entry of a folder.
    fn visit_entry(&mut self, top: &Path, path: PathBuf, contents: &mut Contents<PathBuf>) {
        if path.is_dir() && has_page_beside(&path) {
            // The page beside it is read.
            return;
        }
        if path.is_dir() {
            return self.walk_folder(top, &path, contents);
        }
        let relative = files::name_of_path(path.strip_prefix(top).unwrap_or(&path));
        let class = FileClass::from_path(&relative);
        let class = class.unwrap_or_else(|| class_of(&path, self.options));
        contents.add(relative, class, path);
    }
}

/// Returns the entries of a folder that are not hidden, sorted by name.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_hidden = |path: &Path| {
        path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
            && !is_mail_folder(path)
    };
    let all: io::Result<Vec<PathBuf>> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
    let mut visible: Vec<PathBuf> = all?.into_iter().filter(|path| !is_hidden(path)).collect();
    visible.sort();
    Ok(visible)
}

/// Whether a folder has the pictures and scripts of a saved page beside it: `Search_files` of `Search.html`.
fn has_page_beside(folder: &Path) -> bool {
    let name = folder.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    saved_pages::pages_of_folder(&name).any(|page| folder.with_file_name(page).is_file())
}

/// Whether a folder holds messages, one a file (Maildir). Its subfolders have hidden names, and some programs
/// leave out the parts of them that are empty.
fn is_mail_folder(path: &Path) -> bool {
    let has_messages = |folder: &Path| folder.join("cur").is_dir();
    has_messages(path) && (path.join("new").is_dir() || path.parent().is_some_and(has_messages))
}

/// Whether the path exists and is no regular file. Opening a named pipe could block forever.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file())
}

/// What a file is by its content. A file that cannot be opened or is damaged counts as one with a known format,
/// so that the error is reported later.
fn class_of(path: &Path, options: &ReadOptions) -> FileClass {
    if is_special(path) {
        return FileClass::Unknown;
    }
    let name = files::display_name(path);
    let class = |mut file: File| {
        let mut start = Vec::new();
        file.by_ref().take(contents::START_BYTES).read_to_end(&mut start)?;
        io::Result::Ok(FileClass::from_start(&name, &start, options))
    };
    match File::open(path).and_then(class) {
        Ok(FileClass::Unknown) => {
            let damage = read_file::find_damage(path, options, &ReadMonitor::default());
            let is_damaged = damage.is_ok_and(|damage| damage.is_some());
            if is_damaged { FileClass::Data } else { FileClass::Unknown }
        }
        class => class.unwrap_or(FileClass::Data),
    }
}
