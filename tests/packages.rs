//! ZIP and tar files are folders of files: the same records, within bounds, and each file for itself.

use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::Path;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::program::TestFolder;

const CSV: &str = "id,title,date\n1,Letter from Orla,1951-03-02\n2,Reply,9 March 1951\n";
const RIS: &str = "TY  - LETTER\nTI  - Letter to the Harbour Office\nDA  - 1949/05/20\nER  - \n";
const NOTE: &str = "---\ntitle: Visit to the mill\ndate: 1950-01-07\n---\nOn the wheel.\n";

/// A ZIP archive of files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A tar file of files.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Writes files into a folder, with the folders that they are in.
fn write_files(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// What `fonds list` prints.
fn list(folder: &TestFolder, file: &str) -> (Vec<String>, String) {
    let result = folder.run(&["list", file]);
    (result.stdout.lines().map(str::to_owned).collect(), result.stderr)
}

const FILES: &[(&str, &[u8])] = &[
    ("letters/a.csv", CSV.as_bytes()),
    ("letters/b.ris", RIS.as_bytes()),
    ("visit.md", NOTE.as_bytes()),
];

#[test]
fn a_package_gives_the_records_of_its_folder() {
    let folder = TestFolder::new();
    write_files(&folder.path().join("plain"), FILES);
    let (mut expected, warnings) = list(&folder, "plain");
    assert_eq!((expected.len(), warnings.as_str()), (4, ""));
    let nested = zip(&[("inner/all.tar.gz", &gzip(&tar(FILES)))]);
    let packages: [(&str, Vec<u8>); 6] = [
        ("a.zip", zip(FILES)),
        ("a.tar", tar(FILES)),
        ("a.tgz", gzip(&tar(FILES))),
        ("a.tar.bz2", bzip2(&tar(FILES))),
        ("nested.zip", nested),
        ("without-ending", zip(FILES)),
    ];
    for (name, bytes) in packages {
        fs::write(folder.path().join(name), &bytes).unwrap();
        let (mut found, warnings) = list(&folder, name);
        assert_eq!(warnings, "", "{name}");
        if name == "a.zip" {
            assert_eq!(found, expected, "a ZIP file is read in the order of its folder");
        }
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{name}");
        let piped = folder.run_with_input(&["list", "-"], &bytes);
        assert_eq!(piped.stdout.lines().count(), expected.len(), "{name} through a pipe");
    }
}

/// ZIP archives inside of one another.
fn deep_zip() -> Vec<u8> {
    let mut deep = zip(&[("a.csv", CSV.as_bytes())]);
    for _ in 0..5 {
        deep = zip(&[("in.zip", &deep)]);
    }
    deep
}

/// A tar file with a link.
fn tar_with_link() -> Vec<u8> {
    let mut links = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    links.append_link(&mut header, "passwords.csv", "/etc/passwd").unwrap();
    links.into_inner().unwrap()
}

/// A table that is compressed to a thousandth.
fn bomb() -> Vec<u8> {
    let mut bomb = b"title,date\n".to_vec();
    bomb.resize((16 << 20) + 1, b'a');
    bomb
}

/// The name of a package, its bytes, the titles that are read, and parts of what is said.
type Case = (&'static str, Vec<u8>, &'static [&'static str], &'static [&'static str]);

#[test]
fn what_is_wrong_with_a_file_keeps_no_other_from_being_read() {
    let both = &["Letter from Orla", "Reply"];
    let bomb = zip(&[("bomb.csv", &bomb()), ("a.csv", CSV.as_bytes())]);
    let mut flipped = zip(&[("a.csv", CSV.as_bytes()), ("b.ris", RIS.as_bytes())]);
    let at = flipped.windows(6).position(|it| it == b"Letter").unwrap_or(60);
    flipped[at] ^= 0x20;
    let mut cut = zip(FILES);
    cut.truncate(cut.len() - 30);
    let mut cut_tar = gzip(&tar(FILES));
    cut_tar.truncate(cut_tar.len() / 2);
    let cases: Vec<Case> = vec![
        ("bomb.zip", bomb, both, &["bomb.zip: bomb.csv: ", "250 times", "--max-unpacked"]),
        (
            "flipped.zip",
            flipped,
            &["Letter to the Harbour Office"],
            &["a.csv: this file is damaged"],
        ),
        ("cut.zip", cut, &[], &["cut.zip: this ZIP file cannot be read", "get the file again"]),
        ("cut.tgz", cut_tar, &[], &["cut.tgz: its gzip data ends too early"]),
        ("deep.zip", deep_zip(), &[], &["inside of 4 others", "unpack it"]),
        (
            "links.tar",
            tar_with_link(),
            &[],
            &["1 link in this tar file was not followed: passwords.csv"],
        ),
        (
            "system.zip",
            zip(&[
                ("a.csv", CSV.as_bytes()),
                ("__MACOSX/._a.csv", b"\0\x05\x16\x07"),
                (".DS_Store", b"\0\0\0\x01Bud1"),
                ("b/Thumbs.db", b"\xd0\xcf\x11\xe0"),
            ]),
            both,
            &[],
        ),
        ("names.zip", zip(&[("../../up.csv", CSV.as_bytes())]), both, &[]),
        (
            "unknown.zip",
            zip(&[("a.bin", b"\0\x01\x02")]),
            &[],
            &["1 file in this ZIP file is not read: a.bin"],
        ),
        ("empty.zip", zip(&[]), &[], &["there is no file in this ZIP file"]),
    ];
    let folder = TestFolder::new();
    for (name, bytes, titles, parts) in cases {
        fs::write(folder.path().join(name), bytes).unwrap();
        let (found, said) = list(&folder, name);
        let found: Vec<&str> = found.iter().filter_map(|line| line.rsplit('\t').next()).collect();
        assert_eq!(found, titles, "{name}");
        assert_eq!(said.lines().count(), usize::from(!parts.is_empty()), "{name}: {said}");
        assert!(parts.iter().all(|part| said.contains(part)), "{name}: {said}");
    }
    assert!(!folder.path().join("../up.csv").exists(), "nothing is written");
}

#[test]
fn what_a_browser_saved_beside_a_page_is_passed_over_in_packages_too() {
    let page = b"<!DOCTYPE html><ul><li><a href=/1>Letter</a> <i>1945</i></li><li><a href=/2>Quay</a> <i>1951</i></li></ul>";
    let frame = b"<!DOCTYPE html><ul><li><a href=/3>Advert</a> <i>2020</i></li><li><a href=/4>Banner</a> <i>2021</i></li></ul>";
    let files: &[(&str, &[u8])] = &[
        ("s/Search_files/frame.html", frame),
        ("s/Search_files/table.csv", CSV.as_bytes()),
        ("s/Search.html", page),
        ("s/Other_files/list.html", page),
    ];
    let folder = TestFolder::new();
    write_files(&folder.path().join("pages"), files);
    fs::write(folder.path().join("pages.zip"), zip(files)).unwrap();
    fs::write(folder.path().join("pages.tgz"), gzip(&tar(files))).unwrap();
    for name in ["pages", "pages.zip", "pages.tgz"] {
        let (found, _) = list(&folder, name);
        let titles: Vec<&str> = found.iter().filter_map(|it| it.rsplit('\t').next()).collect();
        // `Other_files` has no page beside it.
        assert_eq!(titles, ["Letter", "Quay", "Letter", "Quay"], "{name}");
    }
}

#[test]
fn the_size_that_the_user_allows_counts() {
    let folder =
        TestFolder::with_files(&[("a.csv.gz", &gzip(CSV.as_bytes())), ("a.zip", &zip(FILES))]);
    for file in ["a.csv.gz", "a.zip"] {
        let result = folder.run(&["list", file, "--max-unpacked", "20"]);
        assert!(result.stderr.contains("unpacks to more than 20 bytes"), "{}", result.stderr);
        assert_eq!(folder.run(&["list", file, "--max-unpacked", "1M"]).exit_code, Some(0));
    }
    let refused = folder.run(&["list", "a.zip", "--max-unpacked", "much"]).stderr;
    assert!(refused.contains("500M, 20G"), "{refused}");
}

#[test]
fn the_path_in_a_package_is_where_a_record_comes_from() {
    let bad = "title,date\nMap of the mill,soon perhaps\n";
    let bytes = zip(&[("a.csv", CSV.as_bytes()), ("x/bad.csv", bad.as_bytes())]);
    let folder = TestFolder::with_files(&[("export.zip", &bytes)]);
    let (_, said) = list(&folder, "export.zip");
    assert!(said.starts_with("export.zip: x/bad.csv:2: "), "{said}");
    let found = folder.run(&["list", "export.zip", "--filter", "from:bad"]);
    assert_eq!(found.stdout.lines().count(), 1, "{}", found.stderr);
}

#[test]
fn documents_in_zip_archives_are_no_folders() {
    let epub = zip(&[("mimetype", b"application/epub+zip"), ("OEBPS/a.xhtml", b"<html/>")]);
    let workbook =
        zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    let folder = TestFolder::with_files(&[("book.epub", &epub), ("broken.xlsx", &workbook)]);
    folder.run(&["list", "book.epub"]).assert_refused(&["EPUB"]);
    folder.run(&["list", "broken.xlsx"]).assert_refused(&["this workbook cannot be read"]);
}

#[test]
fn a_bag_is_compared_with_its_lists_and_names_its_archive() {
    // sha256sum of CSV with a wrong last digit is a changed file.
    let manifest = format!("{}  data/a.csv\n{}  data/gone.xml\n", "0".repeat(64), "1".repeat(64));
    let files: &[(&str, &[u8])] = &[
        ("bag/bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        ("bag/bag-info.txt", b"Source-Organization: Orla Museum\nBagging-Date: 2020-01-02\n"),
        ("bag/data/a.csv", CSV.as_bytes()),
        ("bag/data/b.ris", RIS.as_bytes()),
        ("bag/manifest-sha256.txt", manifest.as_bytes()),
    ];
    let folder = TestFolder::with_files(&[("bag.zip", &zip(files))]);
    write_files(folder.path(), files);
    for file in ["bag", "bag.zip"] {
        let (found, said) = list(&folder, file);
        assert_eq!(found.len(), 3, "{said}");
        let parts = ["not in this bag: data/gone.xml", "not in manifest-sha256.txt: data/b.ris"];
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        assert!(
            said.contains("another checksum than in manifest-sha256.txt")
                && said.contains("data/a.csv"),
            "{said}"
        );
        assert!(folder.run(&["cite", file]).stdout.contains("Orla Museum"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A package never ends the program otherwise than with records or a sentence, whatever is wrong with it.
    #[test]
    fn damage_is_never_silent(at in 0_usize..900, bit in 0_u8..8, is_tar in any::<bool>()) {
        let mut bytes = if is_tar { gzip(&tar(FILES)) } else { zip(FILES) };
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let folder = TestFolder::new();
        let name = "package";
        File::create(folder.path().join(name)).unwrap().write_all(&bytes).unwrap();
        let (found, said) = list(&folder, name);
        let sound = ["Letter from Orla", "Reply", "Letter to the Harbour Office", "Visit to the mill"];
        for line in &found {
            prop_assert!(sound.contains(&line.rsplit('\t').next().unwrap()), "{line}");
        }
        prop_assert!(found.len() == sound.len() || !said.is_empty(), "silently lost at byte {at}");
    }
}

#[test]
fn headers_of_a_tar_file_are_bounded() {
    use tar::EntryType;
    // A header for the next file: its name, its link or its other properties.
    let tar_with = |kind: EntryType, content: &[u8]| {
        let mut archive = tar::Builder::new(Vec::new());
        let mut add = |kind: EntryType, name: &str, bytes: &[u8]| {
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(kind);
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_path(name).unwrap();
            header.set_cksum();
            archive.append(&header, bytes).unwrap();
        };
        add(EntryType::Regular, "a.csv", CSV.as_bytes());
        add(kind, "long", content);
        add(EntryType::Regular, "b.ris", RIS.as_bytes());
        archive.into_inner().unwrap()
    };
    let kinds = [EntryType::GNULongName, EntryType::GNULongLink, EntryType::XHeader];
    for kind in kinds {
        let content = |length: usize| match kind {
            EntryType::XHeader => {
                let comment = "c".repeat(length);
                let digits = (comment.len() + 17).to_string().len();
                format!("{} comment={comment}\n", comment.len() + 10 + digits).into_bytes()
            }
            _ => format!("{}.ris\0", "n".repeat(length)).into_bytes(),
        };
        let folder = TestFolder::with_files(&[("a.tar", &tar_with(kind, &content(200)))]);
        let result = folder.run(&["list", "a.tar"]);
        assert_eq!(result.stdout.lines().count(), 3, "{kind:?}: {}", result.stderr);
        // A file of a few kilobytes.
        let packed = gzip(&tar_with(kind, &content(3 << 20)));
        let folder = TestFolder::with_files(&[("a.tar.gz", &packed)]);
        let result = folder.run(&["list", "a.tar.gz"]);
        assert_eq!(result.stdout.lines().count(), 2, "{kind:?}: {}", result.stderr);
        assert!(result.stderr.contains("longer than 1 MB"), "{kind:?}: {}", result.stderr);
        assert_eq!(result.exit_code, Some(2), "{kind:?}");
    }
}
