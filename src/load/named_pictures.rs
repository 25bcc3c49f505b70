//! Finds which pictures of a folder the data in it names: a table of letters with a column of files, a note that embeds
//! its scan.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufReader, Read};

use super::note_links::{field_lines, linked_files};
use crate::formats::read::pictures;

/// The longest name of a picture, in bytes.
const MAX_NAME_BYTES: usize = 255;

/// The number of bytes that are looked at together.
const CHUNK_BYTES: usize = 1 << 16;

/// The most bytes of a note that are looked at.
const MAX_NOTE_BYTES: u64 = 1 << 24;

/// The length of the id of an attachment of Joplin.
const ID_CHARS: usize = 32;

/// Characters that stand before a name in data.
const DELIMITERS: &[u8] = b"/\\\"'>,;\t\r\n |=(:[";

/// The pictures of a folder, and those that were found in data.
#[derive(Debug)]
pub(super) struct NamedPictures {
    /// The folders of the pictures of each name, which is without folders and ending, and in lower case.
    folders: HashMap<Vec<u8>, Vec<String>>,
    /// The folder of the file that is looked through.
    folder: String,
    /// Whether that file is a note.
    is_note: bool,
    /// The names that were found, with the folder of the picture; without one if it may be any.
    found: HashSet<(Vec<u8>, Option<String>)>,
}

impl NamedPictures {
    /// Looks for pictures, given by their paths.
    pub(super) fn new<'p>(paths: impl Iterator<Item = &'p str>) -> NamedPictures {
        let mut folders: HashMap<Vec<u8>, Vec<String>> = HashMap::new();
        for path in paths {
            folders.entry(stem(path)).or_default().push(folder_of(path).to_owned());
        }
        NamedPictures { folders, folder: String::new(), is_note: false, found: HashSet::new() }
    }

    /// Whether a picture was named: by a file of its own folder, or by any if that file's folder has none of this name.
    pub(super) fn contains(&self, path: &str) -> bool {
        let stem = stem(path);
        self.found.contains(&(stem.clone(), None))
            || self.found.contains(&(stem, Some(folder_of(path).to_owned())))
    }

    /// Sets the path of the file that is looked through next.
    pub(super) fn begin_file(&mut self, path: &str) {
        folder_of(path).clone_into(&mut self.folder);
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        self.is_note = ["md", "markdown"].contains(&ending.as_str());
    }

    /// Looks through the bytes of a data file, which are not compressed.
    ///
    /// # Errors
    /// Reading the bytes failed.
    pub(super) fn scan(&mut self, bytes: &mut dyn Read) -> io::Result<()> {
        if self.is_note {
            let mut text = Vec::new();
            bytes.take(MAX_NOTE_BYTES).read_to_end(&mut text)?;
            self.scan_note(&String::from_utf8_lossy(&text));
            return Ok(());
        }
        self.scan_data(bytes)
    }

    /// Looks through a note. What its text only mentions is not its own.
    fn scan_note(&mut self, text: &str) {
        for line in field_lines(text) {
            for dot in memchr::memchr_iter(b'.', line.as_bytes()) {
                self.look_before(line.as_bytes(), dot);
            }
        }
        for path in linked_files(text) {
            self.add_linked(&path);
        }
    }

    /// Adds the picture that a note links to: that of the path, seen from the note's folder or from any above it; by its
    /// name alone that in the folder of the note, or the one with the shortest path.
    fn add_linked(&mut self, path: &str) {
        let id = path
            .strip_prefix(":/")
            .filter(|id| id.len() == ID_CHARS && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if id.is_none() && !pictures::is_picture(path) {
            return;
        }
        let name = id.map_or_else(|| stem(path), |id| id.to_lowercase().into_bytes());
        let Some(folders) = self.folders.get(&name) else { return };
        let named = if id.is_some() { "" } else { folder_of(path) };
        let parts: Vec<&str> =
            named.split('/').filter(|part| !["", ".", ".."].contains(part)).collect();
        let named = parts.join("/");
        let is_named = |folder: &&String| {
            let before = folder.strip_suffix(named.as_str());
            before.is_some_and(|it| named.is_empty() || it.is_empty() || it.ends_with('/'))
        };
        let here = [self.folder.as_str(), named.as_str()];
        let here = here.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("/");
        let depth = |folder: &&String| (folder.matches('/').count(), folder.len());
        let fitting = folders.iter().filter(is_named);
        let found = folders.iter().find(|folder| **folder == here);
        if let Some(folder) = found.or_else(|| fitting.min_by_key(depth)) {
            self.found.insert((name, Some(folder.clone())));
        }
    }

    /// Looks through data.
    fn scan_data(&mut self, bytes: &mut dyn Read) -> io::Result<()> {
        let mut bytes = BufReader::with_capacity(CHUNK_BYTES, bytes);
        let mut window: Vec<u8> = Vec::new();
        loop {
            let before = window.len();
            bytes.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut window)?;
            let is_end = window.len() == before;
            // A name that ends in the last bytes is found with the next ones.
            let end =
                if is_end { window.len() } else { window.len().saturating_sub(MAX_NAME_BYTES) };
            for dot in memchr::memchr_iter(b'.', window.get(..end).unwrap_or_default()) {
                self.look_before(&window, dot);
            }
            if is_end {
                return Ok(());
            }
            let kept = window.len().saturating_sub(2 * MAX_NAME_BYTES);
            window.drain(..kept);
        }
    }

    /// Looks for a name before the dot of an ending.
    fn look_before(&mut self, window: &[u8], dot: usize) {
        let ending: Vec<u8> = window
            .get(dot + 1..)
            .unwrap_or_default()
            .iter()
            .take(5)
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .copied()
            .collect();
        let Ok(ending) = String::from_utf8(ending) else { return };
        if !pictures::is_picture(&format!("x.{ending}")) {
            return;
        }
        let start = dot.saturating_sub(MAX_NAME_BYTES);
        let before = String::from_utf8_lossy(window.get(start..dot).unwrap_or_default());
        let before = before.replace("%20", " ").to_lowercase().into_bytes();
        for at in 0..before.len() {
            let is_start = at == 0 || before.get(at - 1).is_some_and(|it| DELIMITERS.contains(it));
            let name = before.get(at..).unwrap_or_default();
            if is_start && let Some(folders) = self.folders.get(name) {
                let is_here = folders.contains(&self.folder);
                self.found.insert((name.to_vec(), is_here.then(|| self.folder.clone())));
            }
        }
    }
}

/// Returns the folder of a path; empty at the top.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns the name of a picture without folders and ending, in lower case.
fn stem(path: &str) -> Vec<u8> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.to_lowercase().into_bytes()
}
