//! Links: which are followed by exports, which not by the user's own data, and the one lock that a file has
//! under all its names.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fonds::files::{self, LockError};

use crate::file_safety::{
    all_below, is_administrator, mark_one, mode, run, set_mode, write_with_mode,
};
use crate::program::TestFolder;
use crate::pty::Setup;

const NO_WAIT: Duration = Duration::ZERO;
/// Longer than anything else in the test takes.
const LONG_WAIT: Duration = Duration::from_secs(60);

/// A folder with links of all kinds, `NAME -> TARGET`.
fn folder_with_links() -> TestFolder {
    let folder = TestFolder::with_files(&[
        ("archive.toml", b"[[record]]\ntitle = \"A\"\n"),
        ("there.ris", b"old"),
    ]);
    fs::create_dir(folder.path().join("folder")).unwrap();
    for (name, target) in [
        ("self.ris", "self.ris"),
        ("one.ris", "two.ris"),
        ("two.ris", "one.ris"),
        ("three.ris", "folder/../one.ris"),
        ("dangling.ris", "new.ris"),
        ("chain.ris", "dangling.ris"),
        ("lost.ris", "nowhere/new.ris"),
        ("link.ris", "there.ris"),
        ("way.ris", "folder/new.ris"),
        ("to-folder.ris", "folder"),
        ("round", "round"),
    ] {
        symlink(target, folder.path().join(name)).unwrap();
    }
    folder
}

#[test]
fn exports_follow_links_but_not_in_circles() {
    // Each output with the file that is written, or the sentence that refuses it.
    for (output, expected) in [
        ("self.ris", Err("leads back to itself")),
        ("one.ris", Err("leads back to itself")),
        ("three.ris", Err("leads back to itself")),
        ("round/new.ris", Err("leads back to itself")),
        ("dangling.ris", Ok("new.ris")),
        ("chain.ris", Ok("new.ris")),
        ("way.ris", Ok("folder/new.ris")),
        ("link.ris", Ok("there.ris")),
        ("lost.ris", Err("does not exist")),
        ("to-folder.ris", Err("this is a folder")),
        ("missing/", Err("does not exist")),
        ("there.ris/", Err("does not exist")),
        ("there.ris/new.ris", Err("does not exist")),
    ] {
        for command in ["export --format ris", "convert --format csv"] {
            let folder = folder_with_links();
            let kinds = |folder: &TestFolder| -> Vec<(PathBuf, bool)> {
                let mut all = all_below(folder.path());
                all.sort();
                let is_link = |path: &Path| fs::symlink_metadata(path).unwrap().is_symlink();
                all.into_iter().map(|path| (path.clone(), is_link(&path))).collect()
            };
            let before = kinds(&folder);
            let arguments = format!("{command} archive.toml --force -o {output}");
            let result = run(&folder, &arguments.split(' ').collect::<Vec<_>>());
            let mut expected_after = before.clone();
            match expected {
                Ok(written) => {
                    assert_eq!(result.exit_code, Some(0), "{arguments}: {}", result.stderr);
                    let written = folder.path().join(written);
                    let text = fs::read_to_string(&written).unwrap();
                    assert!(text.contains('A'), "{arguments}: {text}");
                    expected_after.push((written, false));
                    expected_after.sort();
                    expected_after.dedup();
                }
                Err(sentence) => result.assert_refused(&[output, sentence]),
            }
            assert_eq!(kinds(&folder), expected_after, "{arguments}");
        }
    }
}

#[test]
fn link_of_another_user_in_a_shared_folder_is_not_followed() {
    if !is_administrator() {
        println!("skipped: only the administrator can give files away");
        return;
    }
    let folder = TestFolder::with_files(&[("mine.txt", b"mine")]);
    let shared = folder.path().join("shared");
    fs::create_dir(&shared).unwrap();
    set_mode(&shared, 0o1777);
    for (name, target) in [("a.ris", "../mine.txt"), ("b.ris", "../new.txt")] {
        symlink(target, shared.join(name)).unwrap();
        std::os::unix::fs::lchown(shared.join(name), Some(1234), Some(5678)).unwrap();
        let output = format!("shared/{name}");
        let result = run(&folder, &["export", "--force", "-o", &output]);
        result.assert_refused(&[name, "belongs to another user"]);
    }
    assert_eq!(fs::read_to_string(folder.path().join("mine.txt")).unwrap(), "mine");
    assert!(!folder.path().join("new.txt").exists());
}

#[test]
fn marks_file_named_by_a_link_is_the_real_file() {
    for name in ["link.toml", "dangling.toml", "folder-link/real.toml"] {
        let setup = Setup::program(&["--marks", name]).folder("elsewhere");
        let prepare = |folder: &Path| {
            if !name.starts_with("dangling") {
                write_with_mode(&folder.join("elsewhere/real.toml"), "", 0o600);
            }
            symlink("elsewhere/real.toml", folder.join("link.toml")).unwrap();
            symlink("elsewhere/real.toml", folder.join("dangling.toml")).unwrap();
            symlink("elsewhere", folder.join("folder-link")).unwrap();
        };
        let pty = mark_one(setup, prepare, "1 marked");
        let at = |name: &str| pty.folder.path().join(name);
        let text = fs::read_to_string(at("elsewhere/real.toml")).unwrap();
        assert!(text.contains("marked = true"), "{name}: {text}");
        assert!(at("elsewhere/real.toml.lock").exists(), "{name}");
        assert!(fs::symlink_metadata(at("link.toml")).unwrap().is_symlink());
        let locks = all_below(pty.folder.path()).into_iter();
        let is_lock = |path: &PathBuf| path.to_string_lossy().ends_with(".lock");
        let mut locks: Vec<PathBuf> = locks.filter(is_lock).collect();
        locks.sort();
        let expected = ["elsewhere/real.toml.lock", "elsewhere/real.toml.merge.lock"].map(at);
        assert_eq!(locks, expected, "{name}");
    }
}

#[test]
fn links_in_place_of_the_users_files_are_not_followed() {
    // The name of a link beside a marks file, and the sentence on the screen.
    for (link, target) in [
        ("mine.toml.lock", "victim.txt"),
        ("mine.toml.lock", "missing.txt"),
        ("mine.toml.lock", "mine.toml.lock"),
    ] {
        let prepare = |folder: &Path| {
            write_with_mode(&folder.join("victim.txt"), "precious", 0o644);
            symlink(target, folder.join(link)).unwrap();
        };
        let setup = Setup::program(&["--marks", "mine.toml"]);
        let pty = mark_one(setup, prepare, "this is a link");
        let at = |name: &str| pty.folder.path().join(name);
        assert_eq!(fs::read_to_string(at("victim.txt")).unwrap(), "precious");
        assert_eq!(mode(&at("victim.txt")), 0o644);
        assert!(!at("missing.txt").exists() && !at("mine.toml").exists());
        assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink());
    }
}

/// The only file with this ending below a folder.
fn only_file(folder: &Path, ending: &str) -> PathBuf {
    let all = all_below(folder).into_iter();
    let mut fitting: Vec<PathBuf> =
        all.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    assert_eq!(fitting.len(), 1, "{fitting:?}");
    fitting.remove(0)
}

#[test]
fn links_out_of_the_folders_of_the_users_data_are_not_followed() {
    let script = "$FONDS; echo the-shell; read -r _; $FONDS; read -r _";
    let mut pty = Setup::script(script).file("victim.txt", "precious").size(250, 24).start();
    pty.wait_for_ten_records();
    pty.send(" ");
    pty.wait_for_text("1 marked");
    pty.send("q");
    let session_folder = pty.folder.path().join("state/fonds/sessions");
    pty.wait_until("the session is saved", || {
        fs::read_dir(&session_folder).is_ok_and(|entries| {
            entries.flatten().any(|entry| entry.path().extension().is_some_and(|it| it == "toml"))
        })
    });
    pty.wait_for_text("the-shell");
    let marks = only_file(&pty.folder.path().join("data"), ".toml");
    let session = only_file(&session_folder, ".toml");
    let victim = pty.folder.path().join("victim.txt");
    for file in [&marks, &session] {
        fs::remove_file(file).unwrap();
        symlink(&victim, file).unwrap();
    }
    pty.send("\r");
    pty.wait_for_ten_records();
    pty.send(" ");
    pty.wait_for_text("this link leads out of its folder");
    pty.send("q");
    pty.wait_for_text("the session is not saved");
    pty.wait_for_text("this is a link");
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    assert!(fs::symlink_metadata(&marks).unwrap().is_symlink());
    assert!(fs::symlink_metadata(&session).unwrap().is_symlink());
}

#[test]
fn pipes_in_place_of_the_users_files_do_not_block() {
    let prepare = |folder: &Path| {
        let pipe = folder.join("mine.toml.lock");
        assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    };
    mark_one(Setup::program(&["--marks", "mine.toml"]), prepare, "this is a pipe or a device");
}

#[test]
fn lock_is_one_for_all_names_of_a_file() {
    let folder = TestFolder::with_files(&[("real.toml", b"")]);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("sub")).unwrap();
    symlink("real.toml", at("link.toml")).unwrap();
    symlink(at("link.toml"), at("far.toml")).unwrap();
    symlink("new.toml", at("dangling.toml")).unwrap();
    symlink(".", at("here")).unwrap();
    for (one, other) in [
        ("real.toml", "real.toml"),
        ("real.toml", "link.toml"),
        ("far.toml", "real.toml"),
        ("here/link.toml", "sub/../real.toml"),
        ("dangling.toml", "new.toml"),
        ("unknown/deep/file.toml", "here/unknown/deep/file.toml"),
    ] {
        let held = files::lock(&at(one), ".lock", LONG_WAIT).unwrap();
        let refused = files::lock(&at(other), ".lock", NO_WAIT);
        assert!(matches!(refused, Err(LockError::HeldByAnother(_))), "{one} and {other}");
        drop(held);
        // A program that another test is starting may hold the lock until it runs.
        files::lock(&at(other), ".lock", LONG_WAIT).unwrap();
    }
    assert_eq!(mode(&at("unknown/deep")), 0o700);
    let blocked = files::lock(&at("real.toml/file.toml"), ".lock", NO_WAIT);
    assert!(matches!(blocked, Err(LockError::Unavailable(_))), "{blocked:?}");
}
