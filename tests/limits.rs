//! The limits of `docs/limits.md`: a file at each limit is read, and one beyond it is named in a sentence.

use fonds::formats::read::{self, ReadOptions};
use fonds::load::page_merger::{MergedPages, PageMerger};

use crate::packages::zip;

/// The limit of a value in these tests, in bytes.
const MAX_VALUE: u64 = 300_000;

/// A value that is beyond the limit by more than a reader looks at together.
const LONG: usize = 800_000;

fn read_bytes(name: &str, bytes: &[u8]) -> MergedPages {
    let options = ReadOptions { max_value: Some(MAX_VALUE), ..ReadOptions::default() };
    let mut merger = PageMerger::new();
    read::read_with(name, &options, &mut &bytes[..], &mut merger).unwrap();
    merger.finish()
}

/// The titles of the records that were read.
fn titles(merged: &MergedPages) -> Vec<&str> {
    merged.records.iter().filter_map(|it| it.record.title()).collect()
}

/// A file with a value of this text in its second record of three.
type FileOf = fn(&str) -> String;

/// The name of a file, and how it holds a value.
const FILES: &[(&str, FileOf)] = &[
    ("plain.csv", |text| format!("title,date,note\nA,1945,x\nB,1946,{text}\nC,1947,y\n")),
    ("quoted.csv", |text| {
        format!("title,note\nA,x\nB,\"{}\"\n\"C\",\"y \"\"z\"\"\"\n", text.replace('"', "\"\""))
    }),
    ("a.jsonl", |text| {
        format!("{{\"title\":\"A\"}}\n{{\"title\":\"B\",\"x\":{text:?}}}\n{{\"title\":\"C\"}}\n")
    }),
    ("a.json", |text| {
        format!(
            "[{{\"title\":\"A\"}},{{\"title\":\"B\",\"x\":{text:?},\"y\":\"1\"}},{{\"title\":\"C\"}}]"
        )
    }),
    ("foreign.json", |text| {
        format!(
            "{{\"docs\":[{{\"heading\":\"A\",\"created\":\"1945\"}},{{\"heading\":\"B\",\"created\":\"1946\",\"x\":{text:?}}},{{\"heading\":\"C\",\"created\":\"1947\"}}]}}"
        )
    }),
    ("a.xml", |text| {
        let text = text.replace('"', "&quot;");
        format!(
            "<letters><letter><title>A</title><date>1945</date></letter><letter><title>B</title><date>1946</date><x>{text}</x></letter><letter><title>C</title><date>1947</date></letter></letters>"
        )
    }),
    ("a.ris", |text| {
        format!(
            "TY  - BOOK\nTI  - A\nER  - \nTY  - BOOK\nTI  - B\nAB  - {text}\nER  - \nTY  - BOOK\nTI  - C\nER  - \n"
        )
    }),
    ("a.bib", |text| {
        let text = text.replace(['"', '\\'], "'");
        format!(
            "@book{{a, title={{A}}}}\n@book{{b, title={{B}}, note={{{text}}}}}\n@book{{c, title={{C}}}}\n"
        )
    }),
    ("a.yaml", |text| format!("- title: A\n- title: B\n  x: {text:?}\n- title: C\n")),
    ("a.toml", |text| {
        format!(
            "[[record]]\ntitle='A'\n[[record]]\ntitle='B'\nsummary={text:?}\n[[record]]\ntitle='C'\n"
        )
    }),
    ("a.txt", |text| {
        format!(
            "1 - 3 of 3\n\nJuly 1, 1945\n\nA\n\nJuly 2, 1945\n\nB\n\n{text}\n\nJuly 3, 1945\n\nC\n"
        )
    }),
];

#[test]
fn a_value_beyond_the_limit_is_cut_and_the_records_behind_it_are_read() {
    // Quotation marks and letters of several bytes stand at every place of the pieces that are looked at.
    let texts = ["x", "wörd \"y\" ", "é\"\"", "a b", "\"", "\\", "a\\\"\"", "ab\"\""];
    for (name, file) in FILES {
        for text in texts {
            let short = text.repeat(1000);
            let merged = read_bytes(name, file(&short).as_bytes());
            assert_eq!(titles(&merged), ["A", "B", "C"], "{name}, {text}");
            let has_errors = merged.problems.iter().any(|it| it.message.contains("--max-value"));
            assert!(!has_errors, "{name}, {text}: {:?}", merged.problems);

            let long = text.repeat(LONG / text.len());
            let merged = read_bytes(name, file(&long).as_bytes());
            assert_eq!(titles(&merged), ["A", "B", "C"], "{name}, {text}: {:?}", merged.problems);
            let said = merged.problems.iter().filter(|it| it.message.contains("--max-value"));
            assert_eq!(said.count(), 1, "{name}, {text}: {:?}", merged.problems);
            let longest = merged.records.iter().flat_map(|it| {
                let own = it.record.own.iter().map(|(_, value)| value.len());
                own.chain(it.record.values.iter().map(|(_, value)| value.len()))
            });
            let bound = usize::try_from(MAX_VALUE).unwrap() + (1 << 19);
            assert!(longest.max().unwrap_or(0) <= bound, "{name}, {text}");
        }
    }
}

#[test]
fn a_value_is_cut_at_the_same_place_however_the_bytes_arrive() {
    let text = "a \"\" b, c;\n".repeat(60_000);
    let file = format!("title,note\nA,x\nB,\"{}\"\nC,y\n", text.replace('"', "\"\""));
    for size in [1, 2, 7, 4096] {
        let options = ReadOptions { max_value: Some(50_000), ..ReadOptions::default() };
        let mut merger = PageMerger::new();
        let mut bytes = std::io::BufReader::with_capacity(size, file.as_bytes());
        read::read_with("a.csv", &options, &mut bytes, &mut merger).unwrap();
        assert_eq!(titles(&merger.finish()), ["A", "B", "C"], "{size}");
    }
}

/// A workbook with a list of texts that states this number of texts.
fn workbook(stated: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let texts = format!(
        "<sst xmlns=\"{MAIN}\" {stated}><si><t>Title</t></si><si><t>Date</t></si><si><t>A</t></si><si><t>1945</t></si></sst>"
    );
    let cells = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
                 <row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" t=\"s\"><v>3</v></c></row>";
    let link = |target: &str, kind: &str, id: u8| {
        format!("<Relationship Id=\"r{id}\" Type=\"{LINKS}/{kind}\" Target=\"{target}\"/>")
    };
    let links = |inside: String| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    zip(&[
        (
            "[Content_Types].xml",
            b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        ("_rels/.rels", links(link("xl/workbook.xml", "officeDocument", 1)).as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            links(
                link("worksheets/sheet1.xml", "worksheet", 1)
                    + &link("sharedStrings.xml", "sharedStrings", 2),
            )
            .as_bytes(),
        ),
        ("xl/sharedStrings.xml", texts.as_bytes()),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{cells}</sheetData></worksheet>")
                .as_bytes(),
        ),
    ])
}

/// A workbook of `OpenDocument` with these rows.
fn open_document(rows: &str) -> Vec<u8> {
    const TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
    const NAMES: &str = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{NAMES}:office:1.0\" xmlns:table=\"{NAMES}:table:1.0\" \
         xmlns:text=\"{NAMES}:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"S\">\
         <table:table-row>{}{}</table:table-row>{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        cell("Title", ""),
        cell("Date", "")
    );
    let manifest = format!(
        "<manifest:manifest xmlns:manifest=\"{NAMES}:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" \
         manifest:media-type=\"{TYPE}\"/></manifest:manifest>"
    );
    zip(&[
        ("mimetype", TYPE.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// A cell of `OpenDocument`.
fn cell(text: &str, attribute: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\" {attribute}><text:p>{text}</text:p></table:table-cell>"
    )
}

/// A row of `OpenDocument` with a title and a date.
fn row(attribute: &str, repeats: &str) -> String {
    format!(
        "<table:table-row {attribute}>{}{}</table:table-row>",
        cell("A", ""),
        cell("1945", repeats)
    )
}

#[test]
fn counts_that_a_workbook_states_are_compared_with_its_size() {
    let columns = |count: u64| row("", &format!("table:number-columns-repeated=\"{count}\""));
    let rows = |count: u64| row(&format!("table:number-rows-repeated=\"{count}\""), "");
    let empty = "<table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell \
                 table:number-columns-repeated=\"16384\"/></table:table-row>";
    for (name, bytes, part) in [
        ("a.xlsx", workbook("count=\"4\" uniqueCount=\"4\""), ""),
        ("a.xlsx", workbook("uniqueCount=\"4294967295\""), "4294967295 texts"),
        ("a.xlsx", workbook("uniqueCount=\"1000000\""), "1000000 texts"),
        ("a.ods", open_document(&row("", "")), ""),
        ("a.ods", open_document(&(row("", "") + empty)), ""),
        ("a.ods", open_document(&columns(1_000_000_000)), "repeated"),
        ("a.ods", open_document(&rows(1_000_000_000)), "repeated"),
        ("a.ods", open_document(&columns(u64::MAX)), "repeated"),
    ] {
        let merged = read_bytes(name, &bytes);
        let messages: Vec<&str> = merged.problems.iter().map(|it| it.message.as_str()).collect();
        if part.is_empty() {
            assert_eq!(titles(&merged), ["A"], "{name}: {messages:?}");
            continue;
        }
        assert!(merged.records.is_empty(), "{name}, {part}");
        assert_eq!(messages.len(), 1, "{name}: {messages:?}");
        assert!(messages[0].contains(part) && messages[0].contains("save"), "{messages:?}");
    }
}

/// A file in which something is nested this deep.
type DeepFile = fn(usize) -> String;

/// A text with something in so many layers round it.
fn around(open: &str, inside: &str, close: &str, depth: usize) -> String {
    open.repeat(depth) + inside + &close.repeat(depth)
}

/// The name of a file, how it is nested, the limit, and a depth far beyond it.
const NESTED_FILES: &[(&str, DeepFile, usize, usize)] = &[
    (
        "braces.bib",
        |depth| {
            format!("@book{{a, title={}}}\n@book{{b, title={{C}}}}\n", around("{", "A", "}", depth))
        },
        99,
        100_000,
    ),
    (
        "commands.bib",
        |depth| {
            format!(
                "@book{{a, title={{{}}}}}\n@book{{b, title={{C}}}}\n",
                around("\\'{", "e", "}", depth)
            )
        },
        98,
        4_000,
    ),
    (
        "a.jsonl",
        |depth| {
            format!(
                "{{\"title\":\"A\",\"x\":{}}}\n{{\"title\":\"C\"}}\n",
                around("[", "1", "]", depth)
            )
        },
        100,
        100_000,
    ),
    (
        "a.xml",
        |depth| {
            let letter = |title: &str, inside: &str| {
                format!("<letter><title>{title}</title><date>1945</date>{inside}</letter>")
            };
            format!(
                "<letters>{}{}</letters>",
                letter("C", ""),
                letter("A", &around("<x>", "y", "</x>", depth))
            )
        },
        300,
        100_000,
    ),
    (
        "a.yaml",
        |depth| format!("- title: C\n- title: A\n  x: {}\n", around("[", "1", "]", depth)),
        30,
        100_000,
    ),
    (
        "a.eml",
        |depth| {
            let mut text =
                "From: a@b.example\nSubject: C\nDate: Fri, 12 Apr 2019 10:00:00 +0200\n".to_owned();
            for _ in 0..depth {
                text.push_str("Content-Type: message/rfc822\n\n");
            }
            text + "\nText\n"
        },
        7,
        20_000,
    ),
];

#[test]
fn nesting_is_read_to_its_limit_and_named_beyond() {
    for (name, file, limit, beyond) in NESTED_FILES {
        let merged = read_bytes(name, file(*limit).as_bytes());
        assert!(
            merged.problems.iter().all(|it| !it.message.contains("deep")),
            "{name}: {:?}",
            merged.problems
        );
        let merged = read_bytes(name, file(*beyond).as_bytes());
        assert!(titles(&merged).contains(&"C"), "{name}: {:?}", merged.problems);
        assert!(!merged.problems.is_empty(), "{name}");
    }
}

#[test]
fn the_page_of_limits_names_the_options() {
    let page = include_str!("../docs/limits.md");
    for option in ["--max-unpacked", "--max-value"] {
        assert!(page.contains(option), "{option}");
    }
}
