//! Generated archives, the same on every machine, and files with their titles. They are kept and reused.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, ensure};

use crate::document;

/// The root of the repository.
pub const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
/// The folder of the archives in the repository.
const ARCHIVES_FOLDER: &str = "target/compare";
/// The seed of the generated archive.
const ARCHIVE_SEED: &str = "1";

/// Returns the generated archive with this number of records. Generates it if it does not exist.
///
/// # Errors
/// The file cannot be created.
pub fn archive(records: usize) -> anyhow::Result<PathBuf> {
    let folder = Path::new(REPOSITORY).join(ARCHIVES_FOLDER);
    fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    create_if_missing(&folder.join(format!("archive-{records}.jsonl")), |file| {
        eprintln!("generating {records} records ...");
        let status = Command::new("cargo")
            .args(["run", "--quiet", "--release", "--example", "generate", "--"])
            .args([&records.to_string(), "--seed", ARCHIVE_SEED])
            .current_dir(REPOSITORY)
            .stdout(file)
            .status()
            .context("cargo cannot be called to generate the archive")?;
        ensure!(status.success(), "the archive could not be generated: {status}");
        Ok(())
    })
}

/// Returns a file with the titles of an archive, one on each line. Creates it if it does not exist or is
/// older than the archive.
///
/// # Errors
/// The file cannot be created.
pub fn titles(archive: &Path) -> anyhow::Result<PathBuf> {
    let titles = archive.with_extension("titles");
    if titles.exists() && modified(&titles)? < modified(archive)? {
        fs::remove_file(&titles)?;
    }
    create_if_missing(&titles, |file| {
        let mut lines = BufWriter::new(file);
        let title = document::KEYS.iter().position(|key| *key == "title").unwrap_or_default();
        document::read(archive, |document| {
            let titles = document.0.get(title).map(|titles| titles.join(" ")).unwrap_or_default();
            writeln!(lines, "{}", titles.replace(['\n', '\r'], " "))?;
            Ok(())
        })?;
        lines.flush()?;
        Ok(())
    })
}

/// Creates a file if it does not exist. It is written under a temporary name first.
fn create_if_missing(
    path: &Path,
    write: impl FnOnce(File) -> anyhow::Result<()>,
) -> anyhow::Result<PathBuf> {
    if !path.exists() {
        let unfinished = path.with_extension("part");
        write(File::create(&unfinished)?)?;
        fs::rename(&unfinished, path)?;
    }
    Ok(path.to_owned())
}

/// The time of the last change of a file.
fn modified(path: &Path) -> anyhow::Result<SystemTime> {
    Ok(path.metadata()?.modified()?)
}

/// Reads the lines of a file.
///
/// # Errors
/// The file cannot be read.
pub fn lines(file: &Path) -> anyhow::Result<Vec<String>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(text.lines().map(str::to_owned).collect())
}
