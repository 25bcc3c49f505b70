//! Folders: the files in them that are read, in a stable order.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use super::Input;
use crate::files;
use crate::formats::read;
use crate::formats::read::Options;
use crate::record::Problem;

/// How many of the files that are passed over are named.
const NAMED: usize = 5;

/// What is read, file by file, and what is to be said of the folders.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    /// What is read, in order: no folder is among it.
    pub(crate) inputs: Vec<Input>,
    /// What went wrong, and what was passed over.
    pub(crate) problems: Vec<Problem>,
}

/// Opens the folders among the inputs: what is known in them takes their place, by name. A file that
/// was named outright stands, whatever it is.
pub(crate) fn opened(inputs: &[Input], options: &Options) -> Opened {
    let mut opened = Opened::default();
    for input in inputs {
        match input {
            Input::File(path) if path.is_dir() => {
                let mut walk = Walk { options, opened: &mut opened, met: HashSet::new() };
                walk.whole(path);
            }
            other => opened.inputs.push(other.clone()),
        }
    }
    opened
}

/// A walk through a folder and those in it.
struct Walk<'w> {
    options: &'w Options,
    opened: &'w mut Opened,
    /// The folders that were met, by their real names: a link may lead back to one.
    met: HashSet<PathBuf>,
}

impl Walk<'_> {
    /// Walks through the folder that was named, and says what was passed over.
    fn whole(&mut self, folder: &Path) {
        let (inputs, problems) = (self.opened.inputs.len(), self.opened.problems.len());
        let mut passed = Vec::new();
        self.folder(folder, &mut passed);
        let nothing = self.opened.inputs.len() == inputs;
        let name = files::name(folder);
        if !passed.is_empty() {
            let message = passed_over(folder, &passed);
            let problem = if nothing { Problem::fault } else { Problem::note };
            self.opened.problems.push(problem(&name, None, message));
        } else if nothing && self.opened.problems.len() == problems {
            let message = "there is no file in this folder";
            self.opened.problems.push(Problem::fault(&name, None, message));
        }
    }

    /// Walks through a folder by name. What is hidden is not looked at.
    fn folder(&mut self, folder: &Path, passed: &mut Vec<PathBuf>) {
        if !fs::canonicalize(folder).is_ok_and(|real| self.met.insert(real)) {
            return;
        }
        match entries(folder) {
            Ok(entries) => entries.into_iter().for_each(|entry| self.entry(entry, passed)),
            Err(why) => {
                let message = format!("this folder cannot be read: {why}");
                self.opened.problems.push(Problem::fault(&files::name(folder), None, message));
            }
        }
    }

    /// Takes what stands in a folder.
    fn entry(&mut self, path: PathBuf, passed: &mut Vec<PathBuf>) {
        if path.is_dir() {
            self.folder(&path, passed);
        } else if is_special(&path) || !is_known(&path, self.options) {
            passed.push(path);
        } else {
            self.opened.inputs.push(Input::File(path));
        }
    }
}

/// What stands in a folder, by name, but for what is hidden.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let hidden = |path: &Path| {
        path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
    };
    let all: io::Result<Vec<PathBuf>> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
    let mut seen: Vec<PathBuf> = all?.into_iter().filter(|path| !hidden(path)).collect();
    seen.sort();
    Ok(seen)
}

/// Whether it is there and neither a file nor a folder: a pipe in a folder is not waited for.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|there| !there.is_file())
}

/// Whether a file is of a format that is read. One that cannot be opened is, so that this is said.
fn is_known(path: &Path, options: &Options) -> bool {
    let known = |file| read::knows(&files::name(path), options, &mut BufReader::new(file));
    File::open(path).and_then(known).unwrap_or(true)
}

/// Says which files were passed over.
fn passed_over(folder: &Path, passed: &[PathBuf]) -> String {
    let name = |path: &PathBuf| path.strip_prefix(folder).unwrap_or(path).display().to_string();
    let mut named = passed.iter().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
    if let Some(more @ 1..) = passed.len().checked_sub(NAMED) {
        named = format!("{named} and {more} more");
    }
    match passed.len() {
        1 => format!("1 file in this folder is of no format that is read: {named}"),
        many => format!("{many} files in this folder are of no format that is read: {named}"),
    }
}
