//! Builds the programs: that of the working tree, and that of another revision.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context, ensure};

use crate::archives::REPOSITORY;

/// The folder in the repository that keeps the programs of revisions, so that each is built once.
const KEPT_FOLDER: &str = "target/against";

/// A built program.
pub struct Program {
    /// What the report calls it.
    pub name: String,
    /// The executable.
    pub path: PathBuf,
}

/// Builds the program of the working tree, including uncommitted changes.
///
/// # Errors
/// The build fails.
pub fn working_tree() -> anyhow::Result<Program> {
    let root = Path::new(REPOSITORY).canonicalize()?;
    let target = root.join("target");
    build(&root, &target)?;
    Ok(Program { name: "working tree".to_owned(), path: executable(&target) })
}

/// Builds the program of a revision, such as a branch, a tag or a commit. A revision that was built before
/// is not built again.
///
/// # Errors
/// There is no such revision, or the build fails.
pub fn revision(revision: &str) -> anyhow::Result<Program> {
    let commit = commit_of(revision)?;
    let short: String = commit.chars().take(8).collect();
    let name = if commit.starts_with(revision) { short } else { format!("{revision} ({short})") };
    let path = kept_folder()?.join(format!("{commit}{}", env::consts::EXE_SUFFIX));
    if !path.exists() {
        build_commit(&commit, &path)?;
    }
    Ok(Program { name, path })
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

/// Builds a commit in a temporary clone, and copies the program to `path`.
fn build_commit(commit: &str, path: &Path) -> anyhow::Result<()> {
    let clone = env::temp_dir().join(format!("fonds-{commit}-{}", process::id()));
    let result = clone_and_build(commit, &clone, path);
    if clone.exists() {
        fs::remove_dir_all(&clone)?;
    }
    result
}

/// Clones the repository at a commit, builds it, and copies the program to `path`. All revisions share a
/// target folder, so that dependencies are compiled once.
fn clone_and_build(commit: &str, clone: &Path, path: &Path) -> anyhow::Result<()> {
    let mut command = Command::new("git");
    command.args(["clone", "--quiet", "--shared", "--no-checkout", REPOSITORY]).arg(clone);
    check(&mut command)?;
    let mut command = Command::new("git");
    check(command.arg("-C").arg(clone).args(["checkout", "--quiet", "--detach", commit]))?;
    let target = kept_folder()?.join("build");
    build(clone, &target)?;
    // An interrupted copy must not be taken for the program.
    let unfinished = path.with_extension("unfinished");
    fs::copy(executable(&target), &unfinished)?;
    fs::rename(&unfinished, path)?;
    Ok(())
}

/// Builds the program of a source folder in release mode.
fn build(source: &Path, target: &Path) -> anyhow::Result<()> {
    eprintln!("building {} ...", source.display());
    let mut command = Command::new("cargo");
    command.args(["build", "--release", "--locked", "--bin", "fonds", "--target-dir"]).arg(target);
    // The toolchain of the revision, not the one that runs this program.
    command.env_remove("RUSTUP_TOOLCHAIN").current_dir(source);
    check(&mut command)
}

/// The program in a target folder.
fn executable(target: &Path) -> PathBuf {
    target.join("release").join(format!("fonds{}", env::consts::EXE_SUFFIX))
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
