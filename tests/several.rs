//! Several files and folders in one reading room.

use std::fs;

use crate::program::Folder;

const ONE: &str = "[archive]\ntitle = 'One'\n[[record]]\ntitle = 'A'\n[[record]]\ntitle = 'B'\n";
const LINES: &str = "{\"title\": \"C\"}\n{\"title\": \"D\"}\n";

/// A folder with a folder in it, and things that are no archives.
fn shelf() -> Folder {
    let folder = Folder::new();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("shelf/m/deep")).unwrap();
    fs::create_dir_all(at("shelf/.hidden")).unwrap();
    for (name, text) in [
        ("shelf/b.toml", ONE),
        ("shelf/m/deep/c.jsonl", LINES),
        ("shelf/z.csv", "title,date\nE,1945\n"),
        ("shelf/a.md", "# Notes"),
        ("shelf/m/counts.tsv", "5068\t1990\n4347\t1974\n"),
        ("shelf/picture.png", "\u{1}PNG"),
        ("shelf/.hidden/x.toml", ONE),
        ("shelf/.y.toml", ONE),
    ] {
        fs::write(at(name), text).unwrap();
    }
    folder
}

/// The titles that were listed.
fn titles(out: &str) -> Vec<&str> {
    out.lines().filter_map(|line| line.split('\t').nth(2)).collect()
}

#[test]
fn a_folder_is_read_by_name_with_those_in_it() {
    let folder = shelf();
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", folder.path().join("shelf/m/up")).unwrap();
    let ran = folder.run(&["list", "shelf"]);
    assert_eq!(titles(&ran.out), ["A", "B", "C", "D", "E"], "{}", ran.err);
    assert_eq!(
        ran.err,
        "shelf: 3 files in this folder are of no format that is read: \
         a.md, m/counts.tsv, picture.png\n"
    );
    assert_eq!(ran.code, Some(0));
}

#[test]
fn what_is_named_outright_is_always_tried() {
    let folder = shelf();
    let ran = folder.run(&["list", "shelf/m/counts.tsv"]);
    assert!(ran.err.contains("no column of titles"), "{}", ran.err);
    let ran = folder.run(&["list", "--from", "jsonl", "shelf/m"]);
    assert_eq!(ran.code, Some(2), "with a format named all are read: {}", ran.err);
}

#[test]
fn a_folder_without_archives_says_so() {
    let folder = shelf();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::create_dir(folder.path().join("other")).unwrap();
    fs::write(folder.path().join("other/a.md"), "# Notes").unwrap();
    folder.run(&["list", "empty"]).is_refused(&["empty: there is no file in this folder"]);
    folder.run(&["list", "other"]).is_refused(&["1 file in this folder", "a.md"]);
}

#[test]
fn files_are_read_as_the_command_line_says() {
    let folder = Folder::with(&[
        ("cyrillic.csv", b"title,date\n\xcc\xe8\xf0,1945\n"),
        ("german.csv", b"Kopfzeile;Wann\nBrief;1945\n"),
    ]);
    let ran = folder.run(&["list", "--encoding", "windows-1251", "cyrillic.csv"]);
    assert_eq!(ran.out, "\t1945\tМир\n", "{}", ran.err);
    let ran = folder.run(&["list", "--map", "title=Kopfzeile,date=Wann", "german.csv"]);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("\t1945\tBrief\n", ""));
    let check = ["check", "--map", "title=Kopfzeile", "--map", "date=Wann", "german.csv"];
    assert_eq!(folder.run(&check).code, Some(0));
    let refused = folder.run(&["list", "--encoding", "klingon", "german.csv"]);
    refused.is_refused(&["there is no encoding \"klingon\"", "windows-1252"]);
    folder.run(&["list", "--map", "title", "german.csv"]).is_refused(&["--map", "title=Titel"]);
}
