//! The archives: generated once, the same on every machine, and their titles alone.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, ensure};

use crate::document;

/// The folder of fonds, where the archive is generated.
const FONDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
/// Where the archives are kept, below that folder.
const KEPT: &str = "target/compare";
/// From what the archive is generated: another number, another archive.
const SEED: &str = "1";

/// The generated archive with so many records, made where it is not there.
///
/// # Errors
/// It cannot be made.
pub fn archive(records: usize) -> anyhow::Result<PathBuf> {
    let folder = Path::new(FONDS).join(KEPT);
    fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    made(&folder.join(format!("archive-{records}.jsonl")), |file| {
        eprintln!("generating {records} records ...");
        let status = Command::new("cargo")
            .args(["run", "--quiet", "--release", "--example", "generate", "--"])
            .args([&records.to_string(), "--seed", SEED])
            .current_dir(FONDS)
            .stdout(file)
            .status()
            .context("cargo cannot be called to generate the archive")?;
        ensure!(status.success(), "the archive could not be generated: {status}");
        Ok(())
    })
}

/// The titles of an archive, one a line, in a file beside it, made where it is not there or is older.
///
/// # Errors
/// It cannot be made.
pub fn titles(archive: &Path) -> anyhow::Result<PathBuf> {
    let titles = archive.with_extension("titles");
    if titles.exists() && modified(&titles)? < modified(archive)? {
        fs::remove_file(&titles)?;
    }
    made(&titles, |file| {
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

/// A file that is there once it is whole.
fn made(path: &Path, make: impl FnOnce(File) -> anyhow::Result<()>) -> anyhow::Result<PathBuf> {
    if !path.exists() {
        let part = path.with_extension("part");
        make(File::create(&part)?)?;
        fs::rename(&part, path)?;
    }
    Ok(path.to_owned())
}

/// When a file was changed last.
fn modified(path: &Path) -> anyhow::Result<SystemTime> {
    Ok(path.metadata()?.modified()?)
}

/// The lines of a file.
///
/// # Errors
/// It cannot be read.
pub fn lines(file: &Path) -> anyhow::Result<Vec<String>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(text.lines().map(str::to_owned).collect())
}
