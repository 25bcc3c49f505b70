//! Pages of archives, saved from the browser or copied as text: which records are found, and where their
//! titles, dates and other fields go. The structures are those of real catalogues, the contents are
//! invented.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use fonds::formats::read::{self, ReadOptions};
use fonds::formats::write;
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::load::{Input, read_all};

/// Parses bytes as a file of this name.
fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read_with(name, options, &mut &bytes[..], &mut merger).unwrap();
    merger.finish()
}

/// The archives, the records as JSON Lines, then the problems.
fn render(merged: &MergedPages) -> String {
    let mut text = Vec::new();
    for sourced in &merged.records {
        write::write_object(&mut text, &sourced.record).unwrap();
        text.push(b'\n');
    }
    let mut text = String::from_utf8(text).unwrap();
    for problem in &merged.problems {
        writeln!(text, "! {problem}").unwrap();
    }
    text
}

#[test]
fn pages_give_their_records() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import_pages");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = String::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&file).unwrap();
        let merged = read_bytes(&name, &bytes, &ReadOptions::default());
        let archives = merged.archives.iter().filter_map(|archive| archive.title.as_deref());
        let archives = archives.collect::<Vec<_>>().join(", ");
        writeln!(all, "== {name} {archives}").unwrap();
        all.push_str(&render(&merged));
    }
    insta::assert_snapshot!(all);
}

/// A page with a line above a list of records, each with a link and a date.
fn list_page(line: &str, records: usize) -> String {
    let mut page = format!("<!DOCTYPE html><p>{line}</p><ul class=hits>");
    for number in 1..=records {
        write!(
            page,
            "<li><a href=\"/r/{number}\">Letter {number}</a><p>{}</p></li>",
            1900 + number
        )
        .unwrap();
    }
    page + "</ul>"
}

#[test]
fn counts_of_any_wording_are_compared_with_what_was_read() {
    for (line, position, is_told) in [
        ("1 - 3 of 552", Some(1), false),
        ("1–3 of 552 results", Some(1), false),
        ("Showing 21 to 23 of 1,552 entries", Some(21), false),
        ("Treffer 1 bis 10 von 552", Some(1), true),
        ("Résultats 1 à 3 sur 16 081", Some(1), false),
        ("Wyniki 11-20 z 552", Some(11), true),
        ("Risultati 1 - 3 di 552", Some(1), false),
        ("552 results (1 - 3)", Some(1), false),
        ("11–13 / 552", Some(11), false),
        ("共 552 条 第 11-13 条", Some(11), false),
        ("第 1-4 条，共 552 条", Some(1), true),
        ("552件中 1～3件を表示", Some(1), false),
        ("총 552건 중 4-6", Some(4), false),
        ("１－３ / ５５２", Some(1), false),
        ("عرض 1 - 3 من 552", Some(1), false),
        ("Αποτελέσματα 1 έως 4 από 552", Some(1), true),
        ("552 sonuçtan 1-3 arası", Some(1), false),
        ("1–3 of about 552 results (0.03 seconds)", Some(1), false),
        ("Page 3 of 184 (552 items)", Some(7), false),
        ("552 documents, page 184 of 184", Some(550), false),
        ("552 documents, page 3 of 184", Some(7), false),
        ("552 documents, page 3 of 56", Some(7), true),
        ("Box 1-2, 1945", None, false),
        ("Kästen 1-3, 1945", None, false),
        ("12 - 14 July 1945", None, false),
        ("552 results", None, false),
    ] {
        let merged = read_bytes("a.html", list_page(line, 3).as_bytes(), &ReadOptions::default());
        assert_eq!(merged.records.len(), 3, "{line}");
        assert_eq!(merged.records[0].record.position, position, "{line}");
        let tells = merged.problems.iter().any(|problem| problem.message.contains("the page says"));
        assert_eq!(tells, is_told, "{line}: {:?}", merged.problems);
    }
}

/// Records of a page as text, in one of the orders that pages have.
fn copied_page(order: &str, first: usize, line: &str) -> String {
    const MONTHS: [&str; 3] = ["March", "July", "October"];
    let mut page = format!("Orla Archive Search\n\n{line}\n\n");
    for number in first..first + 3 {
        let (title, text) = (format!("Letter about boat {number}"), "It is late, as all say.");
        let date = format!("{} {} 19{}", 10 + number, MONTHS[number % 3], 30 + number);
        let record = match order {
            "date above" => format!("{date}\n\n{title}\n\n{text}"),
            "date below" => format!("{title}\n{date}\n{text}"),
            "parts" => format!("{title}\nMS 41-{number} · Item · {date}\n{text}"),
            "labels" => format!("{title}\nDate: {date}\nReference: MS 41/{number}\n{text}"),
            "labels below text" => format!("{title}\n{text}\nDatum: {date}\nSignatur: {number}"),
            "dashes" => {
                format!("{title}\nI Brandt - Journal, 19{} - a.example\n{text}", 30 + number)
            }
            _ => format!("{title}, {date}\n{text}"),
        };
        page.push_str(&record);
        page.push_str("\n\n");
    }
    page
}

#[test]
fn pages_of_one_search_are_put_together_by_position_in_every_order() {
    let counts = [
        ("1 - 3 of 552", "4 - 6 of 552"),
        ("Treffer 1 bis 3 von 552", "Treffer 4 bis 6 von 552"),
        ("共 552 条 第 1-3 条", "共 552 条 第 4-6 条"),
        ("552 results, page 1 of 184", "552 results, page 2 of 184"),
    ];
    let orders = [
        "date above",
        "date below",
        "parts",
        "labels",
        "labels below text",
        "dashes",
        "at the end",
    ];
    let known = |merged: &MergedPages| -> Vec<(Option<u64>, String, bool)> {
        let of = |it: &fonds::record::SourcedRecord| {
            let title = it.record.title().unwrap_or_default().to_owned();
            (it.record.position, title, it.record.date.span().is_some())
        };
        merged.records.iter().map(of).collect()
    };
    for order in orders {
        for (first, second) in counts {
            let pages = [copied_page(order, 1, first), copied_page(order, 4, second)];
            let expected: Vec<_> = (1..7)
                .map(|number| (Some(number), format!("Letter about boat {number}"), true))
                .collect();
            let mut merger = PageMerger::new();
            for (name, page) in [("b.txt", &pages[1]), ("a.txt", &pages[0])] {
                read::read(name, None, &mut page.as_bytes(), &mut merger).unwrap();
            }
            assert_eq!(known(&merger.finish()), expected, "{order}, {first}: two files");
            let both = format!("{}\n{}", pages[1], pages[0]);
            let joined = read_bytes("a.txt", both.as_bytes(), &ReadOptions::default());
            assert_eq!(known(&joined), expected, "{order}, {first}: one text");
        }
    }
}

#[test]
fn links_that_all_records_have_are_named_and_others_are_kept() {
    let item = |number: u32, other: &str| {
        format!(
            "<li><a href=/r/{number}>Letter {number}</a> <i>19{number}</i> <a href=/cite/{number}>Cite</a>{other}</li>"
        )
    };
    let author = " <a href=/p/k>Anna Keller</a>";
    let page = format!(
        "<!DOCTYPE html><ul>{}{}{}</ul>",
        item(31, author),
        item(32, author),
        item(33, " <a href=/p/b>Ilse Brandt</a>")
    );
    let merged = read_bytes("a.html", page.as_bytes(), &ReadOptions::default());
    let text = render(&merged);
    assert_eq!(text.matches("Anna Keller").count(), 2, "{text}");
    assert!(text.contains("every record has such a link or button: “Cite”"), "{text}");
}

#[test]
fn user_names_the_list_and_the_fields_of_a_page() {
    let page = "<!DOCTYPE html><ul class=a><li><a href=/1>Letter</a> 1945</li><li><a href=/2>Harbour</a> 1902</li></ul>\
                <div class=b><p><b>Mill in winter</b> <i class=when>1931</i></p><p><b>Quay</b> <i class=when>1935</i></p></div>";
    let titles = |options: &ReadOptions| {
        let merged = read_bytes("a.html", page.as_bytes(), options);
        let titles = merged.records.iter().filter_map(|it| it.record.title().map(str::to_owned));
        titles.collect::<Vec<_>>()
    };
    assert_eq!(titles(&ReadOptions::default()), ["Letter", "Harbour"]);
    let mut options = ReadOptions { records: Some("div.b p".to_owned()), ..ReadOptions::default() };
    assert_eq!(titles(&options), ["Mill in winter", "Quay"]);
    options.add_columns("title=date").unwrap();
    assert_eq!(titles(&options), ["1931", "1935"]);

    options.records = Some("div.c p".to_owned());
    let merged = read_bytes("a.html", page.as_bytes(), &options);
    assert!(merged.records.is_empty());
    assert!(merged.problems[0].message.contains("“ul.a li” (2)"), "{}", merged.problems[0]);
}

#[test]
fn pieces_of_pages_are_detected_and_xml_is_not() {
    for (start, is_page) in [
        ("<meta charset='utf-8'><ol><li>A</li></ol>", true),
        ("<table class=\"x\"><tr><td>A</td></tr></table>", true),
        ("<article class=\"hit\"><h3>A</h3></article>", true),
        ("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>", true),
        ("<article><front><title>A</title></front></article>", false),
        ("<letters><letter/></letters>", false),
        ("<div xmlns=\"http://www.tei-c.org/ns/1.0\"><p>A</p></div>", false),
    ] {
        let format = read::Format::detect(start.as_bytes());
        assert_eq!(format == Some(read::Format::Html), is_page, "{start}: {format:?}");
    }
}

#[test]
fn links_are_whole_by_the_address_of_the_page() {
    let list = "<ul><li><a href=\"LINK\">Letter</a> 1945</li><li><a href=\"/2\">Harbour</a> 1902</li></ul>";
    for (head, link, address) in [
        ("<base href=\"https://a.example/x/\">", "../d/7?a=1#b", "https://a.example/d/7?a=1#b"),
        ("<!-- saved from url=(0024)https://a.example/x/list -->", "7", "https://a.example/x/7"),
        (
            "<link rel=canonical href=\"https://a.example/s?q=1\">",
            "?q=2",
            "https://a.example/s?q=2",
        ),
        (
            "<!--\n Page saved with SingleFile \n url: https://a.example/s \n-->",
            "//b.example/7",
            "https://b.example/7",
        ),
        (
            "<base href=\"/y/\"><meta property=\"og:url\" content=\"https://a.example/s\">",
            "./7",
            "https://a.example/y/7",
        ),
        ("", "/7", "/7"),
    ] {
        let page = format!("<!DOCTYPE html>{head}{}", list.replace("LINK", link));
        let merged = read_bytes("a.html", page.as_bytes(), &ReadOptions::default());
        let url = merged.records[0].record.first(fonds::record::Field::Url);
        assert_eq!(url, Some(address), "{head} {link}");
    }
}

#[test]
fn single_files_are_unpacked_in_their_encoding() {
    let page = "<p>1 - 2 of 2</p><ul><li><a href=/7>Brief an M\u{fc}ller</a> 1945</li><li><a href=/8>Hafen</a> 1902</li></ul>";
    let latin: Vec<u8> =
        page.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let body = base64::engine::general_purpose::STANDARD.encode(latin);
    let file = format!(
        "From: <Saved by Blink>\r\nSubject: A\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/css\r\nContent-Location: https://a.example/x.css\r\n\r\np {{}}\r\n\
         --b\r\nContent-Type: text/html; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Location: https://a.example/s\r\n\r\n{body}\r\n--b--\r\n"
    );
    let merged = read_bytes("a.mht", file.as_bytes(), &ReadOptions::default());
    let record = &merged.records[0].record;
    assert_eq!(record.title(), Some("Brief an M\u{fc}ller"), "{:?}", merged.problems);
    assert_eq!(record.first(fonds::record::Field::Url), Some("https://a.example/7"));

    for (name, bytes) in [("a.mht", &b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\nContent-Location: x\n\n--b--\n"[..]), ("a.webarchive", b"bplist00abc")] {
        let merged = read_bytes(name, bytes, &ReadOptions::default());
        assert!(merged.records.is_empty());
        assert!(merged.problems[0].message.contains("save"), "{}", merged.problems[0]);
    }
}

#[test]
fn folder_beside_a_saved_page_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("Search.html", &list_page("1 - 2 of 2", 2));
    write("Search_files/saved_resource.html", &list_page("Cookies", 5));
    write("Other_files/page.html", &list_page("1 - 1 of 1", 1));
    let inputs = [Input::Path(folder.path().to_owned())];
    let (store, problems) = read_all(&inputs, &ReadOptions::default());
    assert_eq!(store.len(), 3, "{problems:?}");
}

/// Runs `fonds paste` where there is no clipboard. Returns the exit code and the messages.
fn paste(arguments: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fonds"))
        .arg("paste")
        .args(arguments)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("SSH_TTY", "/dev/pts/9")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn paste_adds_to_archive_files_only_and_needs_a_clipboard() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.toml"), "a = 1\n").unwrap();
    fs::write(folder.path().join("letters.toml"), "[archive]\n\n[[record]]\ntitle = \"A\"\n")
        .unwrap();
    for (arguments, part) in [
        (&["--add", "notes.toml"][..], "notes.toml is not an archive file of fonds"),
        (&["--add", "letters.csv"], "ends in .toml"),
        (&["--add", "."], "not an archive file"),
        (&["--add", "letters.toml"], "there is no clipboard here"),
        (&["--add", "new.toml"], "there is no clipboard here"),
        (&[], "save the page in the browser"),
    ] {
        let (code, message) = paste(arguments, folder.path());
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(message.contains(part), "{arguments:?}: {message}");
    }
    assert!(!folder.path().join("new.toml").exists());
}

#[test]
fn columns_that_blanks_part_are_refused_with_the_reason() {
    let text = "1945-07-12   Keller, Anna   Letter to Weidl   3 leaves\n1902-03-07   Weidl, Jonas   Harbour dues   1 leaf\n\
                1911-08-01   Roth, Ida   Recipes for bread   2 leaves\n";
    let merged = read_bytes("list.txt", text.as_bytes(), &ReadOptions::default());
    assert_eq!(merged.records.len(), 0);
    let message = &merged.problems[0].message;
    assert!(message.contains("nothing tells which of them is the title"), "{message}");
}

#[test]
fn large_tables_with_headings_are_read_as_streams() {
    let mut table = "Ref\tDate\tTitle\nLetters\n".to_owned();
    let title = "Letter ".repeat(64);
    for number in 0..12_000 {
        writeln!(table, "A {number}\t1945\t{title}").unwrap();
    }
    assert!(table.len() > 5 << 20);
    let merged = read_bytes("letters.tsv", table.as_bytes(), &ReadOptions::default());
    assert_eq!(merged.records.len(), 12_000);
    let series = |it: &fonds::record::SourcedRecord| {
        it.record.first(fonds::record::Field::Series).map(str::to_owned)
    };
    assert_eq!(series(&merged.records[0]).as_deref(), Some("Letters"));
}
