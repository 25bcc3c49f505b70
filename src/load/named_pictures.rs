//! Finds which pictures of a folder the data in it names: a table of letters with a column of files.

use std::collections::HashSet;
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
    /// The names without folders and endings, in lower case.
    stems: HashSet<Vec<u8>>,
    /// Those that were found.
    found: HashSet<Vec<u8>>,
}

impl NamedPictures {
    /// Looks for pictures, given by their paths.
    pub(super) fn new<'p>(paths: impl Iterator<Item = &'p str>) -> NamedPictures {
        let stems = paths.map(stem).collect();
        NamedPictures { stems, found: HashSet::new() }
    }

    /// Whether a picture was named.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.found.contains(&stem(path))
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
            if is_end || self.found.len() == self.stems.len() {
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
            if is_start && self.stems.contains(name) {
                self.found.insert(name.to_vec());
            }
        }
    }
}

/// Returns the name of a picture without folders and ending, in lower case.
fn stem(path: &str) -> Vec<u8> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.to_lowercase().into_bytes()
}
