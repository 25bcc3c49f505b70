//! Several files and folders in one reading room.

use std::fs;
use std::path::{Path, PathBuf};

use fonds::formats::read::Options;
use fonds::load::{Input, read_all};
use fonds::store::RecordNumber;

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
        let record = |title: &str| format!("May 3, 1954\n\n{title}\n\nA letter on {title}.\n\n\n");
        format!("{first} - {} of 9\n\n{}", first + 1, titles.map(record).concat())
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

const IDS: &str = "[archive]\ntitle = 'One'\n[[record]]\nid = '1'\ntitle = 'A'\n\
                   [[record]]\nid = '2'\ntitle = 'B'\nsummary = 'by hand'\n";

/// Two descriptions of one archive, and a list that shares an address with them.
fn copies() -> Folder {
    let lines = "{\"title\": \"C\", \"url\": \"http://x.org/c\"}\n\
                 {\"title\": \"D\", \"url\": \"https://x.org/\"}\n";
    let same = "title,url,kind\nC again,https://x.org/c/,letter\nE,https://x.org/,letter\n\
                F,http://x.org/all,letter\nG,http://x.org/all,letter\n";
    let ead = |titles: [&str; 2]| {
        let components = titles.map(|title| {
            format!("<c id=\"{title}\"><did><unittitle>{title}</unittitle></did></c>")
        });
        format!(
            "<ead><eadheader><eadid>x</eadid></eadheader><archdesc level=\"collection\"><did>\
             <unittitle>Papers</unittitle></did><dsc>{}</dsc></archdesc></ead>",
            components.concat()
        )
    };
    Folder::with(&[
        ("1.toml", IDS.as_bytes()),
        ("2.jsonl", lines.as_bytes()),
        ("3.csv", same.as_bytes()),
        ("4.xml", ead(["P", "Q"]).as_bytes()),
        ("5.xml", ead(["Q", "R"]).as_bytes()),
        ("6.jsonl", b"{\"title\": \"H\", \"url\": \"http://x.org/all\"}\n"),
    ])
}

#[test]
fn what_stands_in_two_files_is_taken_once_unless_apart() {
    let folder = copies();
    let list = |arguments: &[&str]| {
        let ran = folder.run(&[&["list"], arguments].concat());
        titles(&ran.out).join(" ")
    };
    // The same address, with or without the lock; a front page, and what two records of one file
    // share, are nobody's own.
    assert_eq!(list(&["2.jsonl", "3.csv"]), "C D E F G");
    assert_eq!(list(&["2.jsonl", "3.csv", "--apart"]), "C D C again E F G");
    assert_eq!(list(&["6.jsonl", "3.csv"]), "H C again E F G", "taken back");
    assert_eq!(list(&["3.csv", "6.jsonl"]), "C again E F G H");
    // The same id in the same archive.
    assert_eq!(list(&["4.xml", "5.xml"]).matches('Q').count(), 1);
    assert_eq!(list(&["4.xml", "5.xml", "--apart"]).matches('Q').count(), 2);
    // Each file has it, whichever is asked; what only one says finds it all the same.
    assert_eq!(list(&["2.jsonl", "3.csv", "--filter", "from:csv"]), "C again E F G");
    assert_eq!(list(&["2.jsonl", "3.csv", "--filter", "kind:letter c"]), "C again");
    let count = folder.run(&["count", "2.jsonl", "3.csv", "--json"]).out;
    assert!(count.contains("\"records\":5") && count.contains("\"total\":5"), "{count}");
    let convert = |more: &[&str]| {
        let all = [&["convert", "2.jsonl", "3.csv", "--to", "jsonl"], more].concat();
        folder.run(&all).out.lines().count()
    };
    assert_eq!((convert(&[]), convert(&["--apart"])), (5, 6));
}

#[test]
fn the_screen_shows_copies_once_or_apart() {
    let folder = copies();
    let files = ["2.jsonl", "3.csv"].map(|name| Input::File(folder.path().join(name)));
    let stage = Stage::of(&files, 100, 30);
    let once = stage.play("").text();
    assert!(once.contains("5 of 5 shown") && once.contains("1 copy (=)"), "{once}");
    assert!(once.contains("2.jsonl") && once.contains("3.csv"), "both are named: {once}");
    let apart = stage.play("jj=").text();
    assert!(apart.contains("6 of 6 shown") && apart.contains("copies apart (=)"), "{apart}");
    assert_eq!(stage.play("==").text(), once);
    let none = Stage::of_ten(100, 30).play("=").text();
    assert!(none.contains("no record stands in several files"), "{none}");
}

#[test]
fn a_shared_title_and_date_are_only_said() {
    let folder = Folder::with(&[
        ("a.jsonl", b"{\"title\": \"A letter\", \"date\": \"1945\"}\n"),
        ("b.csv", b"title,date\n\"A Letter.\",1945\nA letter,1946\n"),
    ]);
    let files = ["a.jsonl", "b.csv"].map(|name| Input::File(folder.path().join(name)));
    let stage = Stage::of(&files, 160, 30);
    let first = stage.play("").text();
    assert!(first.contains("3 of 3 shown") && first.contains("perhaps the same as"), "{first}");
    assert!(!stage.play("jj").text().contains("perhaps the same as"));
}

#[test]
fn several_archives_become_one_file_and_stay_so() {
    let folder = copies();
    let run = |arguments: &[&str]| folder.run(arguments);
    let said = run(&["convert", "1.toml", "4.xml", "3.csv", "-o", "all.jsonl"]);
    assert_eq!((said.code, said.err.lines().count()), (Some(0), 1), "{}", said.err);
    assert!(said.err.contains("what is said of 3 archives"), "{}", said.err);
    let apart = run(&["list", "1.toml", "4.xml", "3.csv"]).out;
    for (to, again) in [("all.jsonl", "2.jsonl"), ("all.toml", "2.toml"), ("all.csv", "2.csv")] {
        run(&["convert", "1.toml", "4.xml", "3.csv", "-o", to, "--force"]);
        assert_eq!(run(&["list", to]).out, apart, "{to}");
        run(&["convert", to, "-o", again, "--force"]);
        let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(text(to), text(again), "{to}");
    }
    assert_eq!(titles(&run(&["list", "all.toml", "-f", "collection:one"]).out), ["A", "B"]);
    let folders = run(&["convert", ".", "--to", "csv"]);
    assert!(folders.out.contains("by hand"), "{}", folders.err);
}

/// Every file below a folder of samples.
fn samples(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // What others make of a sample is none.
        let is_sample = !path.to_string_lossy().ends_with(".expected.json");
        if path.is_dir() {
            all.extend(samples(&path));
        } else if is_sample {
            all.push(path);
        }
    }
    all.sort();
    all
}

#[test]
fn samples_are_the_same_list_once_they_were_converted() {
    let Ok(root) = std::env::var("FONDS_SAMPLES") else {
        println!("skipped: FONDS_SAMPLES names no folder of samples");
        return;
    };
    let folder = Folder::new();
    let mut changed = Vec::new();
    for path in samples(Path::new(&root)) {
        let name = path.display().to_string();
        let before = folder.run(&["list", &name]).out;
        if before.is_empty() {
            continue;
        }
        folder.run(&["convert", &name, "-o", "1.jsonl", "--force"]);
        let after = folder.run(&["list", "1.jsonl"]).out;
        folder.run(&["convert", "1.jsonl", "-o", "2.jsonl", "--force"]);
        let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let line = before.lines().zip(after.lines()).find(|(before, after)| before != after);
        if before != after || text("1.jsonl") != text("2.jsonl") {
            changed.push((name, line.map(|(before, after)| format!("{before} -> {after}"))));
        }
    }
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn samples_are_read_together() {
    let Ok(root) = std::env::var("FONDS_SAMPLES") else {
        println!("skipped: FONDS_SAMPLES names no folder of samples");
        return;
    };
    let read = |path: String| read_all(&[Input::File(path.into())], &Options::default()).0;
    assert_eq!(read(format!("{root}/ead")).len(), 3649);
    let store = read(root);
    assert!(!store.copies().is_empty(), "some records stand in two samples");
    let files: Vec<&String> = (0..u32::try_from(store.len()).unwrap())
        .flat_map(|number| store.files_of(RecordNumber(number)))
        .collect();
    for part in ["ead", "ris", "bibtex", "csv", "marcxml", "mods", "oai-pmh", "csl", "dpla"] {
        let part = format!("/{part}/");
        assert!(files.iter().any(|file| file.contains(&part)), "{part}");
    }
}
