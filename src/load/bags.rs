//! Bags (`BagIt`, RFC 8493): a folder with files in `data/`, a list of their checksums, and a description.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::{self, Read};

use md5::Md5;
use sha1::Sha1;
use sha2::digest::DynDigest;
use sha2::{Sha256, Sha512};

use crate::record::Archive;
use crate::text::counts::count_of;

/// The largest list or description that is read, in bytes.
const MAX_TAG_BYTES: u64 = 64 << 20;

/// The number of files that a message names.
const MAX_NAMED_FILES: usize = 3;

/// A bag in a folder or package. `T` is how its files are found again.
#[derive(Debug)]
pub(super) struct Bag<T> {
    /// The path of its folder, with `/` at the end; empty if it is the folder or package itself.
    pub(super) root: String,
    /// The files beside `data/`, by their names.
    pub(super) tags: Vec<(String, T)>,
    /// The files in `data/`, by their paths in the bag.
    pub(super) payload: BTreeMap<String, T>,
}

/// Calls a function for each of some files, with its number among them and its bytes.
pub(super) type ReadFiles<'r, T> = dyn FnMut(&[&T], &mut dyn FnMut(usize, &mut dyn Read)) + 'r;

/// What a bag says of itself.
#[derive(Debug, Default)]
pub(super) struct BagReport {
    /// The archive that its description names.
    pub(super) archive: Archive,
    /// Where its files do not fit its lists.
    pub(super) warnings: Vec<String>,
}

impl<T> Bag<T> {
    /// Compares the files with the lists. Checksums are compared of the files that are read, given by their paths in
    /// the bag.
    pub(super) fn check(&self, read: &[String], files: &mut ReadFiles<'_, T>) -> BagReport {
        let mut report = BagReport::default();
        let tags: Vec<&T> = self.tags.iter().map(|(_, file)| file).collect();
        let mut texts: Vec<String> = vec![String::new(); tags.len()];
        files(&tags, &mut |number, bytes| {
            let mut text = Vec::new();
            let _ = bytes.take(MAX_TAG_BYTES).read_to_end(&mut text);
            if let Some(slot) = texts.get_mut(number) {
                *slot = String::from_utf8_lossy(&text).into_owned();
            }
        });
        for ((name, _), text) in self.tags.iter().zip(&texts) {
            if name == "bag-info.txt" {
                report.archive = describe(text);
            }
            let algorithm = name.strip_prefix("manifest-").and_then(|it| it.strip_suffix(".txt"));
            if let Some(algorithm) = algorithm {
                self.compare(name, algorithm, text, read, files, &mut report.warnings);
            }
        }
        report
    }

    /// Compares the files with one list.
    fn compare(
        &self,
        list: &str,
        algorithm: &str,
        text: &str,
        read: &[String],
        files: &mut ReadFiles<'_, T>,
        warnings: &mut Vec<String>,
    ) {
        let lines = text.lines().filter_map(|line| line.trim().split_once([' ', '\t']));
        let stated: HashMap<String, String> = lines
            .map(|(sum, path)| {
                let path = path.trim_start().trim_start_matches('*').trim_start_matches("./");
                (decode_path(path), sum.to_lowercase())
            })
            .collect();
        let mut missing: Vec<&str> = stated.keys().map(String::as_str).collect();
        missing.retain(|path| !self.payload.contains_key(*path));
        missing.sort_unstable();
        let extra: Vec<&str> = self.payload.keys().map(String::as_str).collect();
        let extra: Vec<&str> =
            extra.into_iter().filter(|path| !stated.contains_key(*path)).collect();
        let compared: Vec<&String> =
            read.iter().filter(|path| stated.contains_key(*path)).collect();
        let found: Vec<&T> = compared.iter().filter_map(|path| self.payload.get(*path)).collect();
        let mut changed: Vec<&str> = Vec::new();
        let mut is_known = true;
        files(&found, &mut |number, bytes| {
            let Some(path) = compared.get(number) else { return };
            match checksum(algorithm, bytes) {
                Some(sum) if stated.get(*path) != Some(&sum) => changed.push(path),
                Some(_) => {}
                None => is_known = false,
            }
        });
        if !missing.is_empty() {
            warnings.push(format!(
                "{} that {list} lists {} not in this bag: {}",
                count_of(missing.len(), "file"),
                is_or_are(missing.len()),
                named(&missing)
            ));
        }
        if !extra.is_empty() {
            warnings.push(format!(
                "{} in this bag {} not in {list}: {}",
                count_of(extra.len(), "file"),
                is_or_are(extra.len()),
                named(&extra)
            ));
        }
        if !changed.is_empty() {
            warnings.push(format!(
                "{} {} another checksum than in {list}, so records may be wrong: {}; get the bag again",
                count_of(changed.len(), "file"),
                if changed.len() == 1 { "has" } else { "have" },
                named(&changed)
            ));
        }
        if !is_known {
            warnings.push(format!(
                "the checksums in {list} were not compared: fonds does not know `{algorithm}`"
            ));
        }
    }
}

/// The verb for a number of things.
const fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// Returns the first names of a list.
fn named(paths: &[&str]) -> String {
    let first = paths.get(..MAX_NAMED_FILES.min(paths.len())).unwrap_or_default().join(", ");
    match paths.len().saturating_sub(MAX_NAMED_FILES) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// Returns a path without the escapes of line ends and percent signs.
fn decode_path(path: &str) -> String {
    path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
}

/// Returns the checksum of bytes in hexadecimal; `None` if the algorithm is not known or the bytes cannot be read.
fn checksum(algorithm: &str, bytes: &mut dyn Read) -> Option<String> {
    let mut digest: Box<dyn DynDigest> = match algorithm.to_lowercase().as_str() {
        "md5" => Box::new(Md5::default()),
        "sha1" => Box::new(Sha1::default()),
        "sha256" => Box::new(Sha256::default()),
        "sha512" => Box::new(Sha512::default()),
        _ => return None,
    };
    let mut chunk = vec![0; 1 << 16];
    loop {
        match bytes.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => digest.update(chunk.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    let mut sum = String::new();
    for byte in digest.finalize() {
        // Writing into a string cannot fail.
        let _ = write!(sum, "{byte:02x}");
    }
    Some(sum)
}

/// Returns the archive that a description of a bag names.
fn describe(text: &str) -> Archive {
    let mut archive = Archive::default();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.split_once(':'), fields.last_mut()) {
            _ if line.trim().is_empty() => {}
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (Some((name, value)), _) => {
                fields.push((name.trim().to_lowercase(), value.trim().to_owned()));
            }
            (None, _) => {}
        }
    }
    for (name, value) in fields {
        match name.as_str() {
            "source-organization" if archive.source.is_none() => archive.source = Some(value),
            "external-description" if archive.description.is_none() => {
                archive.description = Some(value);
            }
            _ => {}
        }
    }
    archive
}
