//! Finds which pictures of a folder the data in it names: a table of letters with a column of files.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufReader, Read};

use crate::formats::read::pictures;

/// The longest name of a picture, in bytes.
const MAX_NAME_BYTES: usize = 255;

/// The number of bytes that are looked at together.
const CHUNK_BYTES: usize = 1 << 16;

/// Characters that stand before a name in data.
const DELIMITERS: &[u8] = b"/\\\"'>,;\t\r\n |=(:[";

/// The pictures of a folder, and those that were found in data.
#[derive(Debug)]
pub(super) struct NamedPictures {
    /// The folders of the pictures of each name, which is without folders and ending, and in lower case.
    folders: HashMap<Vec<u8>, Vec<String>>,
    /// The folder of the file that is looked through.
    folder: String,
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
        NamedPictures { folders, folder: String::new(), found: HashSet::new() }
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
    }

    /// Looks through the bytes of a data file, which are not compressed.
    ///
    /// # Errors
    /// Reading the bytes failed.
    pub(super) fn scan(&mut self, bytes: &mut dyn Read) -> io::Result<()> {
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
