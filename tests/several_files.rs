//! Several files and folders opened together: order, duplicates, filters by file, conversion.

use std::fs;
use std::path::{Path, PathBuf};

use fonds::formats::read::ReadOptions;
use fonds::load::{Input, read_all};
use fonds::query::RecordHandle;

use crate::harness::Harness;
use crate::program::TestFolder;

const ONE_TOML: &str =
    "[archive]\ntitle = 'One'\n[[record]]\ntitle = 'A'\n[[record]]\ntitle = 'B'\n";
const JSON_LINES: &str = "{\"title\": \"C\"}\n{\"title\": \"D\"}\n";

/// A folder with subfolders, hidden files, and files that are not archives.
fn nested_folder() -> TestFolder {
    let folder = TestFolder::new();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("shelf/m/deep")).unwrap();
    fs::create_dir_all(at("shelf/.hidden")).unwrap();
    for (name, text) in [
        ("shelf/b.toml", ONE_TOML),
        ("shelf/m/deep/c.jsonl", JSON_LINES),
        ("shelf/z.csv", "title,date\nE,1945\n"),
        ("shelf/a.md", "# Notes"),
        ("shelf/m/counts.tsv", "5068\t1990\n4347\t1974\n"),
        ("shelf/picture.png", "\u{1}PNG"),
        ("shelf/.hidden/x.toml", ONE_TOML),
        ("shelf/.y.toml", ONE_TOML),
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
fn folder_is_read_recursively_in_name_order() {
    let folder = nested_folder();
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", folder.path().join("shelf/m/up")).unwrap();
    let result = folder.run(&["list", "shelf"]);
    assert_eq!(titles(&result.stdout), ["A", "B", "C", "D", "E"], "{}", result.stderr);
    assert_eq!(
        result.stderr,
        "shelf: 2 files in this folder are not read: a.md, m/counts.tsv; 1 picture or PDF in this folder \
         without a date in the name, beside b.toml, became no records: open their folder alone to see them\n"
    );
    assert_eq!(result.exit_code, Some(0));
}

#[test]
fn explicitly_named_file_is_always_read() {
    let folder = nested_folder();
    let result = folder.run(&["list", "shelf/m/counts.tsv"]);
    assert!(result.stderr.contains("no column of titles, dates or names"), "{}", result.stderr);
    let result = folder.run(&["list", "--input-format", "jsonl", "shelf/m"]);
    assert_eq!(
        result.exit_code,
        Some(2),
        "with a given format every file is read: {}",
        result.stderr
    );
}

#[test]
fn folder_without_archives_is_an_error() {
    let folder = nested_folder();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::create_dir(folder.path().join("other")).unwrap();
    fs::write(folder.path().join("other/a.bin"), "\u{1}\u{2}").unwrap();
    folder.run(&["list", "empty"]).assert_refused(&["empty: there is no file in this folder"]);
    folder.run(&["list", "other"]).assert_refused(&["1 file in this folder", "a.bin"]);
}

#[test]
fn encoding_and_column_options_apply() {
    let folder = TestFolder::with_files(&[
        ("cyrillic.csv", b"title,date\n\xcc\xe8\xf0,1945\n"),
        ("german.csv", b"Kopfzeile;Wann\nBrief;1945\n"),
    ]);
    let result = folder.run(&["list", "--encoding", "windows-1251", "cyrillic.csv"]);
    assert_eq!(result.stdout, "\t1945\tМир\n", "{}", result.stderr);
    let result =
        folder.run(&["list", "--input-columns", "title=Kopfzeile,date=Wann", "german.csv"]);
    assert_eq!((result.stdout.as_str(), result.stderr.as_str()), ("\t1945\tBrief\n", ""));
    let check = [
        "check",
        "--input-columns",
        "title=Kopfzeile",
        "--input-columns",
        "date=Wann",
        "german.csv",
    ];
    assert_eq!(folder.run(&check).exit_code, Some(0));
    let refused = folder.run(&["list", "--encoding", "klingon", "german.csv"]);
    refused.assert_refused(&["there is no encoding \"klingon\"", "windows-1252"]);
    folder
        .run(&["list", "--input-columns", "title", "german.csv"])
        .assert_refused(&["--input-columns", "title=Titel"]);
}

/// The titles that a filter finds in three files of two archives, and the messages.
fn found_by(filter: &str) -> String {
    let folder = TestFolder::with_files(&[
        ("ledger-1950.toml", b"[archive]\ntitle = 'The Old Ledger'\n[[record]]\ntitle = 'A'\n"),
        ("letters.csv", b"title,folder\nB,12\nC,13\n"),
        ("more_letters.jsonl", JSON_LINES.replace('C', "E").as_bytes()),
    ]);
    let files = ["ledger-1950.toml", "letters.csv", "more_letters.jsonl"];
    let result = folder.run(&[&["list", "--filter", filter], &files[..]].concat());
    titles(&result.stdout).concat() + &result.stderr
}

#[test]
fn records_are_filtered_by_file_or_archive_name() {
    const CASES: &[(&str, &str)] = &[
        ("from:ledger", "A"),
        ("from:LED", "A"),
        ("from:old", "A"),
        ("from:\"old ledger\"", "A"),
        ("from:csv", "BC"),
        ("from:letters", "BCED"),
        ("-from:letters", "A"),
        ("from:more | from:1950", "AED"),
        ("from:ters title:b", "B"),
        ("'from:let", "fonds: “'from:let” is in no file name or archive title\n"),
        ("fr:csv", "BC"),
        ("fo:12", "B"),
        ("f:csv", "BC"),
    ];
    for (filter, expected) in CASES {
        assert_eq!(found_by(filter), *expected, "{filter}");
    }
}

#[test]
fn record_repeated_on_two_pages_belongs_to_both_files() {
    let page = |first: u32, titles: [&str; 2]| {
        let record = |title: &str| format!("May 3, 1954\n\n{title}\n\nA letter on {title}.\n\n\n");
        format!("{first} - {} of 9\n\n{}", first + 1, titles.map(record).concat())
    };
    let (one, two) = (page(1, ["A", "B"]), page(2, ["B", "C"]));
    let folder =
        TestFolder::with_files(&[("one.txt", one.as_bytes()), ("two.txt", two.as_bytes())]);
    for (filter, expected) in [("from:one", "AB"), ("from:two", "BC"), ("from:one from:two", "B")] {
        let result = folder.run(&["list", "one.txt", "two.txt", "--filter", filter]);
        assert_eq!(titles(&result.stdout).concat(), expected, "{filter} {}", result.stderr);
    }
}

#[test]
fn detail_names_the_file_if_several_are_open() {
    let folder = nested_folder();
    let at = |name: &str| Input::Path(folder.path().join(name));
    let one = Harness::open(&[at("shelf/b.toml")], 100, 30);
    assert!(!one.press("").text().contains("File "), "{}", one.press("").text());
    let all = Harness::open(&[at("shelf")], 100, 30);
    let screen = all.press("<80x30>/from:jsonl<enter>").text();
    assert!(screen.contains("3 files") && screen.contains("2 of 5"), "{screen}");
    assert!(screen.contains("File        "), "{screen}");
}

const TOML_WITH_IDS: &str = "[archive]\ntitle = 'One'\n[[record]]\nid = '1'\ntitle = 'A'\n\
                   [[record]]\nid = '2'\ntitle = 'B'\nsummary = 'by hand'\n";

/// Files with duplicates: two finding aids of one archive, and lists that share addresses.
fn folder_with_duplicates() -> TestFolder {
    let lines = "{\"title\": \"C\", \"date\": \"1945\", \"url\": \"http://x.org/c\"}\n\
                 {\"title\": \"D\", \"url\": \"https://x.org/\"}\n";
    let same = "title,date,url,kind\nC again,1945,https://x.org/c/,letter\n\
                E,,https://x.org/,letter\nF,1946,http://x.org/all,letter\n\
                G,,http://x.org/all,letter\n";
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
    TestFolder::with_files(&[
        ("1.toml", TOML_WITH_IDS.as_bytes()),
        ("2.jsonl", lines.as_bytes()),
        ("3.csv", same.as_bytes()),
        ("4.xml", ead(["P", "Q"]).as_bytes()),
        ("5.xml", ead(["Q", "R"]).as_bytes()),
        ("6.jsonl", b"{\"title\": \"H\", \"date\": \"1946\", \"url\": \"http://x.org/all\"}\n"),
    ])
}

#[test]
fn duplicates_are_listed_once_unless_kept() {
    let folder = folder_with_duplicates();
    let list = |arguments: &[&str]| {
        let result = folder.run(&[&["list"], arguments].concat());
        titles(&result.stdout).join(" ")
    };
    // The same address, with `http` or `https`, and the same date. The address of a home page, or one that two records
    // of a file share, identifies no record.
    assert_eq!(list(&["2.jsonl", "3.csv"]), "C D E F G");
    assert_eq!(list(&["2.jsonl", "3.csv", "--keep-duplicates"]), "C D C again E F G");
    assert_eq!(list(&["6.jsonl", "3.csv"]), "H C again E F G", "the shared address is retracted");
    assert_eq!(list(&["3.csv", "6.jsonl"]), "C again E F G H");
    // The same id in the same archive is a duplicate.
    assert_eq!(list(&["4.xml", "5.xml"]).matches('Q').count(), 1);
    assert_eq!(list(&["4.xml", "5.xml", "--keep-duplicates"]).matches('Q').count(), 2);
    // A duplicate is found through each of its files, and through values that only one of them has.
    assert_eq!(list(&["2.jsonl", "3.csv", "--filter", "from:csv"]), "C again E F G");
    assert_eq!(list(&["2.jsonl", "3.csv", "--filter", "kind:letter c"]), "C again");
    let count = folder.run(&["count", "2.jsonl", "3.csv", "--json"]).stdout;
    assert!(count.contains("\"records\":5") && count.contains("\"total\":5"), "{count}");
    let convert = |more: &[&str]| {
        let all = [&["convert", "2.jsonl", "3.csv", "--format", "jsonl"], more].concat();
        folder.run(&all).stdout.lines().count()
    };
    assert_eq!((convert(&[]), convert(&["--keep-duplicates"])), (5, 6));
}

#[test]
fn descriptions_of_one_digital_object_are_all_listed() {
    for (titles, both) in [
        (["Item of Keller papers", "Item of Weidl papers"], true),
        (["Letter", "Letter to Weidl"], true),
        (["Letter", "Letter"], false),
    ] {
        let component = |title: &str| {
            format!(
                "<c01 level='item'><did><unittitle>{title}</unittitle><unitdate>1945</unitdate><dao href='https://a.example/obj/1'/>\
                 </did></c01>"
            )
        };
        let components = titles.map(component);
        let url = "https://a.example/fa";
        let listed = listed_finding_aids(
            ["K1", "W1"],
            [url, url],
            [components[0].as_str(), components[1].as_str()],
        );
        let expected = if both { titles.join(" ") } else { titles[0].to_owned() };
        assert_eq!(listed, expected);
    }
}

/// The titles of what is listed of two finding aids with these eadids, addresses and components.
fn listed_finding_aids(eadids: [&str; 2], urls: [&str; 2], components: [&str; 2]) -> String {
    let file = |index: usize| {
        format!(
            "<ead><eadheader><eadid url=\"{}\">{}</eadid></eadheader><archdesc level=\"collection\"><did>\
             <unittitle>Papers {index}</unittitle></did><dsc>{}</dsc></archdesc></ead>",
            urls[index], eadids[index], components[index]
        )
    };
    let folder =
        TestFolder::with_files(&[("1.xml", file(0).as_bytes()), ("2.xml", file(1).as_bytes())]);
    let result = folder.run(&["list", "1.xml", "2.xml"]);
    titles(&result.stdout)
        .into_iter()
        .filter(|title| !title.starts_with("Papers"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn id_or_address_proves_a_duplicate_only_with_title_or_date() {
    let component = |title: &str, date: &str, href: &str| {
        format!(
            "<c id=\"c1\"><did><unittitle>{title}</unittitle><unitdate>{date}</unitdate>\
             <dao href=\"{href}\"/></did></c>"
        )
    };
    let a = component("Diary", "1951", "http://x.org/object/1");
    let other = component("Map", "1960", "http://x.org/object/1");
    let undated = component("Diary", "", "http://x.org/object/1");
    let retitled = component("Diary of 1951", "1951", "http://x.org/object/2");
    let folded = component("DIARY.", "1960", "http://x.org/object/2");
    let url = "http://x.org/aid";
    for (eadids, urls, second, expected) in [
        // Two finding aids describe one digital object.
        (["one", "two"], ["", ""], &other, "Diary Map"),
        // One carries the address of the other by mistake, so their ids seem to be of one archive.
        (["one", "two"], [url, url], &other, "Diary Map"),
        (["one", "two"], [url, url], &retitled, "Diary Diary of 1951"),
        // Two versions of one finding aid.
        (["one", "one"], [url, url], &other, "Diary Map"),
        (["one", "one"], [url, url], &retitled, "Diary"),
        (["one", "one"], [url, url], &folded, "Diary"),
        // Undated items of two collections, which share a digital object.
        (["one", "two"], ["", ""], &undated, "Diary Diary"),
        (["one", "two"], [url, url], &undated, "Diary Diary"),
        (["one", "one"], [url, url], &undated, "Diary"),
    ] {
        assert_eq!(
            listed_finding_aids(eadids, urls, [&a, second]),
            expected,
            "{eadids:?} {second}"
        );
    }
}

#[test]
fn address_that_collections_share_proves_no_duplicate() {
    let listed = |one: &str, two: &str| {
        let head = "title,date,collection,reference_code,url\n";
        let row = |row: &str| format!("{head}{row},https://a.example/7\n");
        let (one, two) = (row(one), row(two));
        let folder =
            TestFolder::with_files(&[("1.csv", one.as_bytes()), ("2.csv", two.as_bytes())]);
        titles(&folder.run(&["list", "1.csv", "2.csv"]).stdout).len()
    };
    for (one, two, expected) in [
        ("Letter,,Mill papers,", "Letter,,Quay papers,", 2),
        ("Letter,,Mill papers,MS 1", "Letter,,Mill papers,MS 2", 2),
        ("Letter,1945,Mill papers,MS 1", "Letter,1945,Quay papers,MS 2", 2),
        ("Letter,,,MS 1", "Letter,,,MS 2", 2),
        ("Letter,,,7", "Letter,,,MS 1/7", 2),
        // One of them says less, or says it in other words.
        ("Letter,,Mill papers,MS 1", "Letter,,,", 1),
        ("Letter,,Mill papers,MS 41/7", "Letter,,Papers of the mill,41/7", 1),
        ("Letter,,Mill papers,", "Letter,,\"Mill papers, box 7\",", 1),
        ("Letter,1945,Mill papers,", "Letter,1945,Papers of the mill,", 1),
        ("Letter,,,", "Letter,,,", 1),
    ] {
        assert_eq!(listed(one, two), expected, "{one} {two}");
    }
}

#[test]
fn converted_finding_aid_repeats_the_records_of_its_file() {
    let folder = folder_with_duplicates();
    folder.run(&["convert", "4.xml", "-o", "4.toml"]);
    let listed = folder.run(&["list", "4.xml", "4.toml"]).stdout;
    let listed = titles(&listed);
    assert_eq!(listed.iter().filter(|title| ["P", "Q"].contains(title)).count(), 2, "{listed:?}");
}

#[test]
fn screen_hides_or_keeps_duplicates() {
    let folder = folder_with_duplicates();
    let files = ["2.jsonl", "3.csv"].map(|name| Input::Path(folder.path().join(name)));
    let harness = Harness::open(&files, 100, 30);
    let without_duplicates = harness.press("").text();
    assert!(
        without_duplicates.contains("5 of 5 shown")
            && without_duplicates.contains("1 duplicate (=)"),
        "{without_duplicates}"
    );
    assert!(
        without_duplicates.contains("2.jsonl") && without_duplicates.contains("3.csv"),
        "both files are named: {without_duplicates}"
    );
    let all = harness.press("jj=").text();
    assert!(all.contains("6 of 6 shown") && all.contains("duplicates shown (=)"), "{all}");
    assert_eq!(harness.press("==").text(), without_duplicates);
    let none = Harness::with_ten_records(100, 30).press("=").text();
    assert!(none.contains("there are no duplicates"), "{none}");
}

#[test]
fn same_title_and_date_is_only_a_possible_duplicate() {
    let folder = TestFolder::with_files(&[
        ("a.jsonl", b"{\"title\": \"A letter\", \"date\": \"1945\"}\n"),
        ("b.csv", b"title,date\n\"A Letter.\",1945\nA letter,1946\n"),
    ]);
    let files = ["a.jsonl", "b.csv"].map(|name| Input::Path(folder.path().join(name)));
    let harness = Harness::open(&files, 160, 30);
    let first = harness.press("").text();
    assert!(first.contains("3 of 3 shown") && first.contains("Perhaps the same as"), "{first}");
    assert!(!harness.press("jj").text().contains("Perhaps the same as"));
}

#[test]
fn several_archives_convert_to_one_file_and_back() {
    let folder = folder_with_duplicates();
    let run = |arguments: &[&str]| folder.run(arguments);
    let converted = run(&["convert", "1.toml", "4.xml", "3.csv", "-o", "all.jsonl"]);
    assert_eq!(
        (converted.exit_code, converted.stderr.lines().count()),
        (Some(0), 1),
        "{}",
        converted.stderr
    );
    assert!(converted.stderr.contains("the descriptions of 3 archives"), "{}", converted.stderr);
    let expected = run(&["list", "1.toml", "4.xml", "3.csv"]).stdout;
    for (to, second) in [("all.jsonl", "2.jsonl"), ("all.toml", "2.toml"), ("all.csv", "2.csv")] {
        run(&["convert", "1.toml", "4.xml", "3.csv", "-o", to, "--force"]);
        assert_eq!(run(&["list", to]).stdout, expected, "{to}");
        run(&["convert", to, "-o", second, "--force"]);
        let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(text(to), text(second), "{to}");
    }
    assert_eq!(titles(&run(&["list", "all.toml", "-f", "repository:one"]).stdout), ["A", "B"]);
    let folders = run(&["convert", ".", "--format", "csv"]);
    assert!(folders.stdout.contains("by hand"), "{}", folders.stderr);
}

/// Every sample file below a folder.
fn samples(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // These files hold the expected records of a sample.
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
fn converted_samples_list_the_same_records() {
    let Ok(root) = std::env::var("FONDS_SAMPLES") else {
        println!("skipped: FONDS_SAMPLES names no folder of samples");
        return;
    };
    let folder = TestFolder::new();
    let mut changed = Vec::new();
    for path in samples(Path::new(&root)) {
        let name = path.display().to_string();
        let before = folder.run(&["list", &name]).stdout;
        if before.is_empty() {
            continue;
        }
        folder.run(&["convert", &name, "-o", "1.jsonl", "--force"]);
        let after = folder.run(&["list", "1.jsonl"]).stdout;
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
fn all_samples_load_together() {
    let Ok(root) = std::env::var("FONDS_SAMPLES") else {
        println!("skipped: FONDS_SAMPLES names no folder of samples");
        return;
    };
    let read = |path: String| read_all(&[Input::Path(path.into())], &ReadOptions::default()).0;
    assert_eq!(read(format!("{root}/ead")).len(), 3649);
    let store = read(root);
    assert!(!store.duplicates().is_empty(), "some records are in two samples");
    let files: Vec<&String> = (0..u32::try_from(store.len()).unwrap())
        .flat_map(|number| store.files_of(RecordHandle(number)))
        .collect();
    for part in ["ead", "ris", "bibtex", "csv", "marcxml", "mods", "oai-pmh", "csl", "dpla"] {
        let part = format!("/{part}/");
        assert!(files.iter().any(|file| file.contains(&part)), "{part}");
    }
}

#[test]
#[cfg(unix)]
fn file_with_several_names_is_read_once() {
    let folder = nested_folder();
    let at = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink("shelf/b.toml", at("link.toml")).unwrap();
    fs::hard_link(at("shelf/b.toml"), at("hard.toml")).unwrap();
    std::os::unix::fs::symlink("shelf/m", at("deep-link")).unwrap();
    fs::write(at("copy.toml"), ONE_TOML).unwrap();
    let absolute = at("shelf/b.toml");
    let absolute = absolute.to_str().unwrap();
    for (files, expected) in [
        (&["shelf/b.toml", "shelf/b.toml"][..], "A B"),
        (&["shelf/b.toml", "./shelf/../shelf/b.toml"], "A B"),
        (&["shelf/b.toml", absolute], "A B"),
        (&["shelf/b.toml", "link.toml"], "A B"),
        (&["link.toml", "hard.toml"], "A B"),
        (&["shelf/m", "shelf/m/deep/c.jsonl"], "C D"),
        (&["shelf/m/deep/c.jsonl", "shelf/m"], "C D"),
        (&["shelf/m", "deep-link"], "C D"),
        (&["shelf/b.toml", "copy.toml"], "A B A B"),
    ] {
        let arguments: Vec<&str> = ["list"].iter().chain(files).copied().collect();
        let result = folder.run(&arguments);
        assert_eq!(titles(&result.stdout).join(" "), expected, "{files:?}");
        let is_said = result.stderr.contains("it was read once");
        assert_eq!(is_said, expected.len() < 7, "{files:?}: {}", result.stderr);
        let checked = folder.run(&[&["check"], files].concat()).stdout;
        let count = format!("{} records", titles(&result.stdout).len());
        assert!(checked.contains(&count), "{files:?}: {checked}");
    }
}

#[test]
fn name_that_is_a_field_in_one_file_and_an_own_field_in_another_finds_both() {
    for (name, field) in [
        ("Kiste", "box"),
        ("Signatur", "reference_code"),
        ("Cote", "reference_code"),
        ("Shelf", "container"),
        ("Mappe", "folder"),
        ("Carton", "box"),
    ] {
        let table = format!("title,date,{name}\nMill,1912,seven\nQuay,1913,eight\n");
        let own = format!(
            "{{\"title\":\"Tower\",\"date\":\"1914\",\"own\":{{\"{name}\":\"seven\"}}}}\n\
             {{\"title\":\"Wharf\",\"date\":\"1915\",\"own\":{{\"loc.{}\":\"eight\"}}}}\n",
            name.to_lowercase()
        );
        let folder =
            TestFolder::with_files(&[("a.csv", table.as_bytes()), ("b.jsonl", own.as_bytes())]);
        let titles = |filter: &str, files: [&str; 2]| {
            let result = folder.run(&["list", files[0], files[1], "--filter", filter]);
            let lines = result.stdout.lines();
            let mut titles: Vec<String> =
                lines.filter_map(|line| line.rsplit('\t').next()).map(str::to_owned).collect();
            titles.sort_unstable();
            titles
        };
        for files in [["a.csv", "b.jsonl"], ["b.jsonl", "a.csv"]] {
            assert_eq!(titles(&format!("{name}:seven"), files), ["Mill", "Tower"], "{name}");
            assert_eq!(titles(&format!("-{name}:seven"), files), ["Quay", "Wharf"], "{name}");
            assert_eq!(titles(&format!("{name}:(seven | eight)"), files).len(), 4, "{name}");
            assert_eq!(titles(&format!("{field}:seven"), files), ["Mill"], "{name}");
        }
    }
}
