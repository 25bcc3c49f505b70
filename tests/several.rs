//! Several files and folders in one reading room.

use std::fs;

use fonds::shell::load::Input;

use crate::program::Folder;
use crate::stage::Stage;

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

/// What a command with a filter finds in three files of two archives.
fn found(filter: &str) -> String {
    let folder = Folder::with(&[
        ("ledger-1950.toml", b"[archive]\ntitle = 'The Old Ledger'\n[[record]]\ntitle = 'A'\n"),
        ("letters.csv", b"title,folder\nB,12\nC,13\n"),
        ("more_letters.jsonl", LINES.replace('C', "E").as_bytes()),
    ]);
    let files = ["ledger-1950.toml", "letters.csv", "more_letters.jsonl"];
    let ran = folder.run(&[&["list", "--filter", filter], &files[..]].concat());
    titles(&ran.out).concat() + &ran.err
}

#[test]
fn a_file_is_a_source_that_one_can_filter_by() {
    const TABLE: &[(&str, &str)] = &[
        ("from:ledger", "A"),
        ("from:LED", "A"),
        ("from:old", "A"),
        ("from:\"old ledger\"", "A"),
        ("from:csv", "BC"),
        ("from:letters", "BCED"),
        ("-from:letters", "A"),
        ("from:more | from:1950", "AED"),
        ("from:ters title:b", "B"),
        ("'from:let", "fonds: “'from:let” is in no name of a file that is open\n"),
        ("fr:csv", "BC"),
        // A field of the files that begins so is meant before it.
        ("f:12", "B"),
    ];
    for (filter, expected) in TABLE {
        assert_eq!(found(filter), *expected, "{filter}");
    }
}

#[test]
fn a_record_that_two_pages_repeat_is_from_both() {
    let page = |first: u32, titles: [&str; 2]| {
        let mut text = format!("{first} - {} of 9\n\n", first + 1);
        for title in titles {
            text += &format!("May 3, 1954\n\n{title}\n\nA letter on {title}.\n\n\n");
        }
        text
    };
    let (one, two) = (page(1, ["A", "B"]), page(2, ["B", "C"]));
    let folder = Folder::with(&[("one.txt", one.as_bytes()), ("two.txt", two.as_bytes())]);
    for (filter, expected) in [("from:one", "AB"), ("from:two", "BC"), ("from:one from:two", "B")] {
        let ran = folder.run(&["list", "one.txt", "two.txt", "--filter", filter]);
        assert_eq!(titles(&ran.out).concat(), expected, "{filter} {}", ran.err);
    }
}

#[test]
fn the_detail_names_the_file_where_several_are_open() {
    let folder = shelf();
    let at = |name: &str| Input::File(folder.path().join(name));
    let one = Stage::of(&[at("shelf/b.toml")], 100, 30);
    assert!(!one.play("").text().contains("from "), "{}", one.play("").text());
    let all = Stage::of(&[at("shelf")], 100, 30);
    let screen = all.play("<80x30>/from:jsonl<enter>").text();
    assert!(screen.contains("3 files") && screen.contains("2 of 5"), "{screen}");
    assert!(screen.contains("from        "), "{screen}");
}
