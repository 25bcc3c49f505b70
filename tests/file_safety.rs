//! Who may read, replace and remove the files that the program writes: modes, owners, and
//! what a killed program leaves behind.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use fonds::files::{self, IfExists, Privacy};

use crate::program::{EXAMPLE_MESSAGE, RunResult, TestFolder};
use crate::pty::{Setup, TestTerminal};

/// The permission bits of a file; a link is not followed.
pub(crate) fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("a file").mode() & 0o7777
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Writes a file with this mode.
pub(crate) fn write_with_mode(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    set_mode(path, mode);
}

/// Lets a file look as if it was written so long ago.
fn set_age(path: &Path, hours: u64) {
    let time = SystemTime::now() - Duration::from_secs(hours * 3600);
    File::open(path).unwrap().set_modified(time).unwrap();
}

/// Whether the tests run as the administrator, who can give files to other users.
pub(crate) fn is_administrator() -> bool {
    rustix::process::geteuid().is_root()
}

/// Everything below a folder, the folders first.
pub(crate) fn all_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        if fs::symlink_metadata(&path).unwrap().is_dir() {
            found.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        next += 1;
    }
    found
}

/// The names of the temporary files in a folder.
fn temporary_files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(".fonds-")).collect();
    names.sort();
    names
}

/// Runs a command with its data and state in the test folder.
pub(crate) fn run(folder: &TestFolder, arguments: &[&str]) -> RunResult {
    let mut command = folder.command(arguments);
    command.env("XDG_DATA_HOME", folder.path().join("data"));
    command.env("XDG_STATE_HOME", folder.path().join("state"));
    let output = command.output().unwrap();
    RunResult {
        exit_code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Opens the screen with these options, marks a record and quits. Before the program starts, `prepare`
/// gets the folder.
pub(crate) fn mark_one(setup: Setup, prepare: impl FnOnce(&Path), message: &str) -> TestTerminal {
    prepare(setup.path());
    let mut pty = setup.size(250, 24).start();
    pty.wait_for_ten_records();
    pty.send(" ");
    pty.wait_for_text(message);
    pty.send("q");
    pty.wait_for_exit();
    pty
}

#[test]
fn new_files_of_the_user_are_private() {
    for umask in ["000", "022", "077", "002"] {
        for option in ["", "--marks deep/er/mine.toml", "--marks mine.toml"] {
            let script = format!("umask {umask}; exec \"$FONDS\" {option}");
            let pty = mark_one(Setup::script(&script), |_| (), "1 marked");
            let mut files = Vec::new();
            for path in all_below(pty.folder.path()).iter().skip(1) {
                let is_folder = path.is_dir();
                if !is_folder {
                    files.push(path.file_name().unwrap().to_string_lossy().into_owned());
                }
                let expected = if is_folder { 0o700 } else { 0o600 };
                assert_eq!(mode(path), expected, "{path:?} with umask {umask} and {option:?}");
            }
            // Marks, two locks and the session.
            let ending = |ending: &str| files.iter().filter(|name| name.ends_with(ending)).count();
            assert_eq!((files.len(), ending(".toml"), ending(".lock")), (4, 2, 2), "{files:?}");
        }
    }
}

#[test]
fn exports_have_the_permissions_of_the_umask() {
    for (umask, expected) in [("022", 0o644), ("002", 0o664), ("077", 0o600), ("000", 0o666)] {
        let folder = TestFolder::new();
        for arguments in ["export -o a.ris", "convert archive.toml -o b.jsonl"] {
            fs::write(folder.path().join("archive.toml"), "[[record]]\ntitle = \"A\"\n").unwrap();
            let script = format!("umask {umask}; exec \"$FONDS\" {arguments}");
            let mut command = std::process::Command::new("sh");
            command.args(["-c", &script]).env("FONDS", crate::pty::FONDS_PROGRAM);
            assert!(command.current_dir(folder.path()).status().unwrap().success());
        }
        for name in ["a.ris", "b.jsonl"] {
            assert_eq!(mode(&folder.path().join(name)), expected, "{name} with umask {umask}");
        }
    }
}

#[test]
fn replaced_file_keeps_its_mode_and_owner_from_the_first_byte() {
    let owners: &[(u32, u32)] = if is_administrator() { &[(0, 0), (1234, 5678)] } else { &[] };
    for existing in [0o600, 0o640, 0o644, 0o666, 0o620, 0o604] {
        for privacy in [Privacy::Private, Privacy::Shared] {
            let folder = TestFolder::new();
            let file = folder.path().join("file");
            let write = || {
                files::write_atomically(&file, IfExists::Replace, privacy, |out| {
                    let temporary = temporary_files(folder.path());
                    let temporary = folder.path().join(&temporary[0]);
                    let (before, after) = (fs::metadata(&file)?, fs::metadata(&temporary)?);
                    assert_eq!(after.mode(), before.mode(), "{existing:o} {privacy:?}");
                    assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
                    out.write_all(b"new")
                })
            };
            write_with_mode(&file, "old", existing);
            write().unwrap();
            assert_eq!((mode(&file), fs::read_to_string(&file).unwrap()), (existing, "new".into()));
            for &(user, group) in owners {
                chown(&file, Some(user), Some(group)).unwrap();
                write().unwrap();
                let found = fs::metadata(&file).unwrap();
                assert_eq!((found.uid(), found.gid(), mode(&file)), (user, group, existing));
            }
        }
    }
}

#[test]
fn new_private_file_is_private_from_the_first_byte() {
    let folder = TestFolder::new();
    let write = |name: &str, privacy| {
        files::write_atomically(&folder.path().join(name), IfExists::Refuse, privacy, |out| {
            let [temporary] = &temporary_files(folder.path())[..] else { panic!("one file") };
            let is_private = mode(&folder.path().join(temporary)) == 0o600;
            assert!(is_private || privacy == Privacy::Shared);
            out.write_all(b"new")
        })
    };
    write("private", Privacy::Private).unwrap();
    write("shared", Privacy::Shared).unwrap();
    assert_eq!(mode(&folder.path().join("private")), 0o600);
    for (name, privacy) in [("private", Privacy::Private), ("shared", Privacy::Shared)] {
        let message = write(name, privacy).unwrap_err().to_string();
        assert!(message.contains("exists already"), "{message}");
    }
    symlink("private", folder.path().join("link")).unwrap();
    let message = write("link", Privacy::Private).unwrap_err().to_string();
    assert!(message.contains("this is a link"), "{message}");
}

#[test]
fn marks_file_keeps_its_mode_and_owner() {
    for existing in [0o600, 0o640, 0o644] {
        let prepare = |folder: &Path| {
            write_with_mode(&folder.join("mine.toml"), "", existing);
            if is_administrator() {
                chown(folder.join("mine.toml"), Some(1234), Some(5678)).unwrap();
            }
        };
        let pty = mark_one(Setup::program(&["--marks", "mine.toml"]), prepare, "1 marked");
        for (name, expected) in
            [("mine.toml", existing), ("mine.toml.lock", 0o600), ("mine.toml.merge.lock", 0o600)]
        {
            let path = pty.folder.path().join(name);
            let owner = fs::metadata(&path).unwrap().uid();
            assert_eq!(mode(&path), expected, "{name}");
            assert!(!is_administrator() || owner == 1234, "{name} belongs to {owner}");
        }
    }
}

#[test]
fn administrator_gives_new_files_to_the_user_of_the_folder() {
    if !is_administrator() {
        println!("skipped: only the administrator can give files away");
        return;
    }
    let prepare = |folder: &Path| chown(folder, Some(1234), Some(5678)).unwrap();
    let pty = mark_one(Setup::program(&[]), prepare, "1 marked");
    for path in all_below(pty.folder.path()) {
        let found = fs::metadata(&path).unwrap();
        assert_eq!((found.uid(), found.gid()), (1234, 5678), "{path:?}");
    }
}

#[test]
fn read_only_files_stay_as_they_are() {
    let text = "[[record]]\ntitle = \"A\"\n";
    for read_only in [0o444, 0o400, 0o440, 0o555] {
        for arguments in [
            "export archive.toml -o archive.toml",
            "export archive.toml -o archive.toml --force",
            "export archive.toml -o link.toml --force",
            "convert archive.toml -o archive.toml",
            "convert archive.toml -o archive.toml --force",
            "convert archive.toml -o link.toml --force",
        ] {
            let folder = TestFolder::new();
            let file = folder.path().join("archive.toml");
            write_with_mode(&file, text, read_only);
            symlink("archive.toml", folder.path().join("link.toml")).unwrap();
            let arguments: Vec<&str> = arguments.split(' ').collect();
            run(&folder, &arguments).assert_refused(&[".toml", "read-only", "name another file"]);
            assert_eq!(fs::read_to_string(&file).unwrap(), text, "{arguments:?}");
            assert_eq!(mode(&file), read_only);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "{arguments:?}");
        }
    }
}

#[test]
fn files_of_another_user_stay_as_they_are() {
    // The owner and the mode of the file, the mode of the folder, and what the user is told.
    let cases = [
        (0, 0o644, 0o755, "this file is read-only"),
        (0, 0o666, 0o755, "another owner"),
        (1234, 0o644, 0o755, ""),
        (1234, 0o444, 0o755, "this file is read-only"),
        (1234, 0o644, 0o555, "may not be written to: name a file in another one"),
    ];
    for (owner, existing, folder_mode, sentence) in cases.into_iter().filter(|_| is_administrator())
    {
        let folder = TestFolder::with_files(&[("out.ris", b"old")]);
        let file = folder.path().join("out.ris");
        set_mode(&file, existing);
        chown(&file, Some(owner), Some(owner)).unwrap();
        chown(folder.path(), Some(1234), Some(1234)).unwrap();
        set_mode(folder.path(), folder_mode);
        let mut command = folder.command(&["export", "--force", "-o", "out.ris"]);
        let Ok(output) = command.uid(1234).gid(1234).output() else {
            println!("skipped: another user may not run the program here");
            return;
        };
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains(sentence), "{owner} {existing:o}: {message}");
        let found = fs::metadata(&file).unwrap();
        assert_eq!((found.uid(), mode(&file)), (owner, existing));
        assert_eq!(fs::read(&file).unwrap() == b"old", !sentence.is_empty(), "{message}");
    }
}

#[test]
fn read_only_files_are_refused_on_the_screen() {
    let prepare = |folder: &Path| write_with_mode(&folder.join("mine.toml"), "# mine\n", 0o444);
    let setup = Setup::program(&["--marks", "mine.toml"]);
    let pty = mark_one(setup, prepare, "this file is read-only");
    assert_eq!(fs::read_to_string(pty.folder.path().join("mine.toml")).unwrap(), "# mine\n");

    let setup = Setup::program(&[]).file("kept.ris", "kept");
    set_mode(&setup.path().join("kept.ris"), 0o444);
    let mut pty = setup.start();
    pty.wait_for_ten_records();
    pty.send("e\r\x15kept.ris\r");
    pty.wait_for_text("nothing is exported: this file is read-only");
    assert_eq!(fs::read_to_string(pty.folder.path().join("kept.ris")).unwrap(), "kept");
}

/// Adds files to a folder that look like temporary ones; `.fonds-old123` and `.fonds-older1` are abandoned.
fn add_temporary_files(folder: &Path) {
    let at = |file: &str| folder.join(file);
    fs::create_dir(at(".fonds-folder")).unwrap();
    for (file, hours) in [
        (".fonds-old123", 25),
        (".fonds-older1", 24 * 365),
        (".fonds-young1", 23),
        (".fonds-fresh", 0),
        (".fonds-", 100),
        (".fonds-notes.md", 100),
        (".fondsABCDEF", 100),
        ("a.fonds-ABCDEF", 100),
        (".fonds-others", 100),
        (".fonds-locked", 100),
    ] {
        fs::write(at(file), "half").unwrap();
        set_age(&at(file), hours);
    }
    symlink("mine.toml", at(".fonds-linked")).unwrap();
    set_age(&at(".fonds-folder"), 100);
    if is_administrator() {
        chown(at(".fonds-others"), Some(1234), None).unwrap();
    } else {
        set_age(&at(".fonds-others"), 0);
    }
}

#[test]
fn old_temporary_files_are_removed_at_the_start() {
    let marks = "[[record]]\nid = \"1\"\nmarked = true\n";
    for (arguments, folders) in [
        (&["list"][..], &["data/fonds/marks", "state/fonds/sessions"][..]),
        (&["formats"], &["data/fonds/marks", "state/fonds/sessions"]),
        (&["list", "--marks", "own/mine.toml"], &["own", "data/fonds/marks"]),
        (&["list", "--marks", "link.toml"], &["own"]),
        (&["export", "--force", "-o", "own/a.ris"], &["own"]),
        (&["convert", "archive.toml", "--force", "-o", "link.toml"], &["own"]),
    ] {
        let folder = TestFolder::with_files(&[("archive.toml", b"[[record]]\ntitle = \"A\"\n")]);
        symlink("own/mine.toml", folder.path().join("link.toml")).unwrap();
        for name in ["own", "data/fonds/marks", "state/fonds/sessions"] {
            let at = |file: &str| folder.path().join(name).join(file);
            fs::create_dir_all(folder.path().join(name)).unwrap();
            fs::write(at("mine.toml"), marks).unwrap();
            add_temporary_files(&folder.path().join(name));
        }
        // An export that has been waiting for more than a day holds its temporary file.
        let in_use = folders.iter().map(|name| {
            let file = File::open(folder.path().join(name).join(".fonds-locked")).unwrap();
            file.lock().unwrap();
            file
        });
        let in_use: Vec<File> = in_use.collect();
        let result = run(&folder, arguments);
        assert!(
            ["", EXAMPLE_MESSAGE].contains(&&*result.stderr),
            "{arguments:?}: {}",
            result.stderr
        );
        drop(in_use);
        for name in folders {
            let left = temporary_files(&folder.path().join(name));
            let expected = [
                ".fonds-",
                ".fonds-folder",
                ".fonds-fresh",
                ".fonds-linked",
                ".fonds-locked",
                ".fonds-notes.md",
                ".fonds-others",
                ".fonds-young1",
            ];
            assert_eq!(left, expected, "{arguments:?} in {name}");
        }
    }
}

/// Tells the helper process in which folder to write.
const HELPER_FOLDER_VARIABLE: &str = "FONDS_TEST_SLOW_WRITER_FOLDER";

#[test]
fn helper_process_writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(HELPER_FOLDER_VARIABLE) else { return };
    let file = Path::new(&folder).join("out.ris");
    let _ = files::write_atomically(&file, IfExists::Replace, Privacy::Shared, |out| {
        loop {
            out.write_all(b"half ")?;
            std::thread::sleep(Duration::from_millis(1));
        }
    });
}

#[test]
fn killed_export_leaves_a_private_file_that_is_removed_later() {
    let folder = TestFolder::new();
    let target = folder.path().join("out.ris");
    write_with_mode(&target, "old", 0o600);
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["file_safety::helper_process_writes_until_it_is_killed", "--exact"])
        .env(HELPER_FOLDER_VARIABLE, folder.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let has_written = |name: &String| fs::metadata(folder.path().join(name)).unwrap().len() > 0;
    while !temporary_files(folder.path()).first().is_some_and(has_written) {
        std::thread::sleep(Duration::from_millis(1));
    }
    let [temporary] = &temporary_files(folder.path())[..] else { panic!("one temporary file") };
    let temporary = folder.path().join(temporary);
    assert_eq!(mode(&temporary), 0o600);
    set_age(&temporary, 25);
    let arguments = ["export", "--force", "-o", "other.ris"];
    let export = || assert_eq!(run(&folder, &arguments).stderr, EXAMPLE_MESSAGE);
    export();
    assert!(temporary.exists(), "it is being written");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(&target).unwrap(), "old");
    set_age(&temporary, 23);
    export();
    assert!(temporary.exists(), "it is not a day old");
    set_age(&temporary, 25);
    export();
    assert!(!temporary.exists());
}
