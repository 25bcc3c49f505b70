//! Builds the programs: those of the working tree, and those of another revision.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context, ensure};

use crate::archives::REPOSITORY;

/// The folder in the repository that keeps the programs of revisions, so that each is built once.
const KEPT_FOLDER: &str = "target/against";

/// The programs of a revision.
pub struct Program {
    /// What the report calls it.
    pub name: String,
    /// The executable of fonds.
    pub path: PathBuf,
    /// The executable of this package in that revision, which measures queries apart from loading. `None` beside a
    /// program that was built elsewhere without it.
    pub measurer: Option<PathBuf>,
}

/// Builds the program of the working tree, including uncommitted changes.
///
/// # Errors
/// The build fails.
pub fn working_tree() -> anyhow::Result<Program> {
    let root = Path::new(REPOSITORY).canonicalize()?;
    let target = root.join("target");
    build(&root, &target)?;
    let (path, measurer) = (executable(&target, "fonds"), Some(env::current_exe()?));
    Ok(Program { name: "working tree".to_owned(), path, measurer })
}

/// Returns the programs of a revision or of a file.
///
/// A revision, such as a branch, a tag or a commit, is built, unless it was built before. A file is an executable of
/// fonds; the one of this package may be beside it.
///
/// # Errors
/// There is no such revision, or the build fails.
pub fn revision(revision: &str) -> anyhow::Result<Program> {
    if Path::new(revision).is_file() {
        let path = Path::new(revision).canonicalize()?;
        let beside = path.with_file_name(format!("compare{}", env::consts::EXE_SUFFIX));
        let measurer = beside.exists().then_some(beside);
        return Ok(Program { name: revision.to_owned(), path, measurer });
    }
    let commit = commit_of(revision)?;
    let short: String = commit.chars().take(8).collect();
    let name = if commit.starts_with(revision) { short } else { format!("{revision} ({short})") };
    let kept = |ending: &str| -> anyhow::Result<PathBuf> {
        Ok(kept_folder()?.join(format!("{commit}{ending}{}", env::consts::EXE_SUFFIX)))
    };
    let (path, measurer) = (kept("")?, kept("-compare")?);
    if !path.exists() || !measurer.exists() {
        build_commit(&commit, &path, &measurer)?;
    }
    Ok(Program { name, path, measurer: Some(measurer) })
}

/// An empty folder, in which the programs find no settings, marks or sessions of the user.
///
/// # Errors
/// The folder cannot be created.
pub fn empty_home() -> anyhow::Result<PathBuf> {
    let home = kept_folder()?.join("home");
    if home.exists() {
        fs::remove_dir_all(&home)?;
    }
    fs::create_dir_all(&home)?;
    Ok(home)
}

/// Builds a commit in a temporary clone, and copies its programs to `path` and `measurer`.
fn build_commit(commit: &str, path: &Path, measurer: &Path) -> anyhow::Result<()> {
    let clone = env::temp_dir().join(format!("fonds-{commit}-{}", process::id()));
    let result = clone_and_build(commit, &clone, path, measurer);
    if clone.exists() {
        fs::remove_dir_all(&clone)?;
    }
    result
}

/// Clones the repository at a commit, builds it, and copies its programs. All revisions share a target folder, so that
/// dependencies are compiled once.
fn clone_and_build(commit: &str, clone: &Path, path: &Path, measurer: &Path) -> anyhow::Result<()> {
    let mut command = Command::new("git");
    command.args(["clone", "--quiet", "--shared", "--no-checkout", REPOSITORY]).arg(clone);
    check(&mut command)?;
    let mut command = Command::new("git");
    check(command.arg("-C").arg(clone).args(["checkout", "--quiet", "--detach", commit]))?;
    let target = kept_folder()?.join("build");
    build(clone, &target)?;
    build(&clone.join("compare"), &target)?;
    for (name, kept) in [("fonds", path), ("compare", measurer)] {
        // An interrupted copy must not be taken for the program.
        let unfinished = kept.with_extension("unfinished");
        fs::copy(executable(&target, name), &unfinished)?;
        fs::rename(&unfinished, kept)?;
    }
    Ok(())
}

/// Builds the programs of a source folder in release mode.
fn build(source: &Path, target: &Path) -> anyhow::Result<()> {
    eprintln!("building {} ...", source.display());
    let mut command = Command::new("cargo");
    command.args(["build", "--release", "--locked", "--bins", "--target-dir"]).arg(target);
    // The toolchain of the revision, not the one that runs this program.
    command.env_remove("RUSTUP_TOOLCHAIN").current_dir(source);
    check(&mut command)
}

/// A program in a target folder.
fn executable(target: &Path, name: &str) -> PathBuf {
    target.join("release").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The folder that keeps the programs of revisions.
fn kept_folder() -> anyhow::Result<PathBuf> {
    let folder = Path::new(REPOSITORY).join(KEPT_FOLDER);
    fs::create_dir_all(&folder)?;
    Ok(folder.canonicalize()?)
}

/// The full hash of the commit that a revision names.
fn commit_of(revision: &str) -> anyhow::Result<String> {
    let mut command = Command::new("git");
    command.args(["-C", REPOSITORY, "rev-parse", "--verify", "--quiet", "--end-of-options"]);
    let output = command.arg(format!("{revision}^{{commit}}")).output();
    let output = output.context("git cannot be called")?;
    ensure!(output.status.success(), "there is no revision {revision:?} in this repository");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Runs a command, and fails if it does.
fn check(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("{command:?} cannot be called"))?;
    ensure!(status.success(), "{command:?} failed: {status}");
    Ok(())
}
