//! Who may read, replace and remove the files that the program writes: modes, owners, links, locks, and
//! what a killed program leaves behind.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use fonds::files::{self, IfExists, LockError, Privacy};

use crate::program::{RunResult, TestFolder};
use crate::pty::{Setup, TestTerminal};

const NO_WAIT: Duration = Duration::ZERO;

/// The permission bits of a file; a link is not followed.
fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("a file").mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Writes a file with this mode.
fn write_with_mode(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    set_mode(path, mode);
}

/// Lets a file look as if it was written so long ago.
fn set_age(path: &Path, hours: u64) {
    let time = SystemTime::now() - Duration::from_secs(hours * 3600);
    File::open(path).unwrap().set_modified(time).unwrap();
}

/// Whether the tests run as the administrator, who can give files to other users.
fn is_administrator() -> bool {
    rustix::process::geteuid().is_root()
}

/// Everything below a folder, the folders first.
fn all_below(folder: &Path) -> Vec<PathBuf> {
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
fn run(folder: &TestFolder, arguments: &[&str]) -> RunResult {
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
fn mark_one(setup: Setup, prepare: impl FnOnce(&Path), message: &str) -> TestTerminal {
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
            let mut files = 0;
            for path in all_below(pty.folder.path()).iter().skip(1) {
                let is_folder = path.is_dir();
                files += usize::from(!is_folder);
                let expected = if is_folder { 0o700 } else { 0o600 };
                assert_eq!(mode(path), expected, "{path:?} with umask {umask} and {option:?}");
            }
            assert_eq!(files, 3, "marks, lock and session: {:?}", all_below(pty.folder.path()));
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
            command.args(["-c", &script]).env("FONDS", crate::pty::FONDS);
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
fn marks_file_keeps_its_mode_and_owner() {
    for existing in [0o600, 0o640, 0o644] {
        let prepare = |folder: &Path| {
            write_with_mode(&folder.join("mine.toml"), "", existing);
            if is_administrator() {
                chown(folder.join("mine.toml"), Some(1234), Some(5678)).unwrap();
            }
        };
        let pty = mark_one(Setup::program(&["--marks", "mine.toml"]), prepare, "1 marked");
        for (name, expected) in [("mine.toml", existing), ("mine.toml.lock", 0o600)] {
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
    // The owner, the mode, and what the user is told.
    let cases = [
        (0, 0o644, "this file is read-only"),
        (0, 0o666, "another owner"),
        (1234, 0o644, ""),
        (1234, 0o444, "this file is read-only"),
    ];
    for (owner, existing, sentence) in cases.into_iter().filter(|_| is_administrator()) {
        let folder = TestFolder::with_files(&[("out.ris", b"old")]);
        let file = folder.path().join("out.ris");
        set_mode(&file, existing);
        chown(&file, Some(owner), Some(owner)).unwrap();
        chown(folder.path(), Some(1234), Some(1234)).unwrap();
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
    pty.wait_for_text("nothing is exported: kept.ris: this file is read-only");
    assert_eq!(fs::read_to_string(pty.folder.path().join("kept.ris")).unwrap(), "kept");
}

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
        assert_eq!(locks.filter(is_lock).count(), 1, "{name}");
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
    let script = "$FONDS; read -r _; $FONDS; read -r _";
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
    pty.wait_for_main_screen();
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
        assert!(result.stderr.is_empty(), "{arguments:?}: {}", result.stderr);
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
    let export = || assert_eq!(run(&folder, &["export", "--force", "-o", "other.ris"]).stderr, "");
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
        let held = files::lock(&at(one), NO_WAIT).unwrap();
        let refused = files::lock(&at(other), NO_WAIT);
        assert!(matches!(refused, Err(LockError::HeldByAnother(_))), "{one} and {other}");
        drop(held);
        files::lock(&at(other), NO_WAIT).unwrap();
    }
    assert_eq!(mode(&at("unknown/deep")), 0o700);
    let blocked = files::lock(&at("real.toml/file.toml"), NO_WAIT);
    assert!(matches!(blocked, Err(LockError::Unavailable(_))), "{blocked:?}");
}
