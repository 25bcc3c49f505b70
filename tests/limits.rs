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

/// The namespace of workbooks.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook with a list of texts that states this number of texts.
fn workbook(stated: &str) -> Vec<u8> {
    let cells = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
                 <row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" t=\"s\"><v>3</v></c></row>";
    workbook_of(stated, "A", cells, "")
}

/// A workbook whose third text is `text`, with these rows and what stands behind them.
fn workbook_of(stated: &str, text: &str, cells: &str, behind: &str) -> Vec<u8> {
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let texts = format!(
        "<sst xmlns=\"{MAIN}\" {stated}><si><t>Title</t></si><si><t>Date</t></si><si><t>{text}</t></si><si><t>1945</t></si></sst>"
    );
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
            format!(
                "<worksheet xmlns=\"{MAIN}\"><sheetData>{cells}</sheetData>{behind}</worksheet>"
            )
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
    let far = |count: u64| format!("<table:table-row table:number-rows-repeated=\"{count}\"/>");
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
        ("a.ods", open_document(&(row("", "") + &far(1 << 31) + &row("", ""))), "rows stand above"),
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

/// A text of half a megabyte that hardly compresses to less than a hundredth.
fn long_text() -> String {
    let words = (0..75_000_u64).map(|number| (number * 7919 % 99_991 + 100_000).to_string());
    words.collect::<Vec<_>>().join(" ")
}

/// Rows of a workbook with the third text in the first column.
fn rows_of_one_text(count: usize) -> String {
    let head =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";
    let row = |number| {
        format!(
            "<row r=\"{number}\"><c r=\"A{number}\" t=\"s\"><v>2</v></c><c r=\"B{number}\"><v>7</v></c></row>"
        )
    };
    head.to_owned() + &(2..count + 2).map(row).collect::<String>()
}

/// A Word document with a cell over so many rows.
fn word_document(text: &str, rows: usize) -> Vec<u8> {
    let cell = |property: &str, text: &str| {
        format!("<w:tc><w:tcPr>{property}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let row = |cells: String| format!("<w:tr>{cells}</w:tr>");
    let head = row(["Title", "Date", "Notes"].map(|name| cell("", name)).concat());
    let first = [cell("", "A"), cell("", "1945"), cell("<w:vMerge w:val=\"restart\"/>", text)];
    let below = [cell("", "B"), cell("", "1946"), cell("<w:vMerge/>", "")];
    let body = head + &row(first.concat()) + &row(below.concat()).repeat(rows - 1);
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl>{body}\
         </w:tbl></w:body></w:document>"
    );
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// The name of a file, its bytes with few rows and with many, and the number of the few.
type RepeatingFile = (&'static str, [Vec<u8>; 2], usize);

#[test]
fn text_that_a_file_repeats_is_bounded_by_its_size() {
    let text = long_text();
    // A merged cell over rows that have another cell each.
    let merged = |rows: usize| {
        let head = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
                    <row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\"><v>7</v></c></row>";
        let row = |number| format!("<row r=\"{number}\"><c r=\"B{number}\"><v>7</v></c></row>");
        let cells = head.to_owned() + &(3..rows + 2).map(row).collect::<String>();
        let end = format!("<mergeCells><mergeCell ref=\"A2:A{}\"/></mergeCells>", rows + 1);
        workbook_of("", &text, &cells, &end)
    };
    let repeated_row = |rows: usize| {
        let row = cell(&text, "") + &cell("1945", "");
        open_document(&format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\">{row}</table:table-row>"
        ))
    };
    let bookmarks = |links: usize| {
        let link =
            |number| format!("<DT><A HREF=\"https://a.example/{number}\">Letter {number}</A>\n");
        let links: String = (0..links).map(link).collect();
        let folder = format!("<DL><p><DT><H3>{}</H3>", "x".repeat(1_000));
        let (folders, ends) = (folder.repeat(100), "</DL>".repeat(100));
        format!("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n{folders}<DL><p>{links}</DL>{ends}")
            .into_bytes()
    };
    let shared = |rows| workbook_of("", &text, &rows_of_one_text(rows), "");
    // Each with 20 rows, and with far more.
    let files: [RepeatingFile; 5] = [
        ("shared.xlsx", [shared(20), shared(600)], 20),
        ("merged.xlsx", [merged(20), merged(600)], 20),
        ("repeated.ods", [repeated_row(20), repeated_row(600)], 20),
        ("merged.docx", [word_document(&text, 20), word_document(&text, 600)], 20),
        ("bookmarks.html", [bookmarks(20), bookmarks(600)], 20),
    ];
    for (name, [small, large], count) in files {
        let merged = read_with_values(name, &small);
        assert_eq!(merged.records.len(), count, "{name}: {:?}", merged.problems);
        let errors = |merged: &MergedPages| {
            merged.problems.iter().filter(|it| it.message.contains("larger than the file")).count()
        };
        assert_eq!(errors(&merged), 0, "{name}: {:?}", merged.problems);
        let merged = read_with_values(name, &large);
        assert_eq!(errors(&merged), 1, "{name}: {:?}", merged.problems);
        let values = merged.records.iter().flat_map(|it| {
            let own = it.record.own.iter().map(|(_, value)| value.len());
            own.chain(it.record.values.iter().map(|(_, value)| value.len()))
        });
        let bytes: usize = values.sum();
        assert!(bytes < 260 * large.len().max(1 << 16), "{name}: {bytes} of {}", large.len());
    }
}

#[test]
fn long_name_of_a_folder_of_bookmarks_is_cut_and_said() {
    let link = |number| format!("<DT><A HREF=\"https://a.example/{number}\">Letter {number}</A>\n");
    let links: String = (0..300).map(link).collect();
    for (name, is_cut) in
        [("x".repeat(1_000), false), ("x".repeat(1_001), true), ("ü".repeat(500_000), true)]
    {
        let page = format!(
            "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><H3>{name}</H3><DL><p>{links}</DL></DL>"
        );
        let merged = read_with_values("bookmarks.html", page.as_bytes());
        assert_eq!(merged.records.len(), 300);
        let messages: Vec<&str> = merged.problems.iter().map(|it| &*it.message).collect();
        let said = messages
            .iter()
            .any(|it| it.starts_with("the name of 1 folder is longer than 1,000 bytes"));
        assert_eq!(said, is_cut, "{messages:?}");
    }
}

/// Reads a file whose values may be long.
fn read_with_values(name: &str, bytes: &[u8]) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read_with(name, &ReadOptions::default(), &mut &bytes[..], &mut merger).unwrap();
    merger.finish()
}

/// A binary property list of so many lists, each in the one before.
fn binary_list(depth: u16) -> Vec<u8> {
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for number in 0..depth {
        offsets.push(u32::try_from(bytes.len()).unwrap());
        bytes.push(if number + 1 == depth { 0xa0 } else { 0xa1 });
        if number + 1 < depth {
            bytes.extend((number + 1).to_be_bytes());
        }
    }
    let table = bytes.len() as u64;
    bytes.extend(offsets.iter().flat_map(|offset| offset.to_be_bytes()));
    bytes.extend([0, 0, 0, 0, 0, 0, 4, 2]);
    for number in [u64::from(depth), 0, table] {
        bytes.extend(number.to_be_bytes());
    }
    bytes
}

#[test]
fn property_lists_are_read_to_their_depth() {
    let page = "PHRhYmxlPjx0cj48dGg+VGl0bGU8L3RoPjx0aD5EYXRlPC90aD48L3RyPjx0cj48dGQ+QTwvdGQ+PHRkPjE5NDU8L3RkPjwvdHI+PC90YWJsZT4=";
    let archive = |depth: usize| {
        let lists = around("<array>", "", "</array>", depth);
        format!(
            "<plist version=\"1.0\"><dict><key>WebMainResource</key><dict><key>WebResourceData</key><data>{page}</data>\
             <key>WebResourceTextEncodingName</key><string>UTF-8</string></dict><key>WebSubresources</key>{lists}</dict></plist>"
        )
    };
    let merged = read_bytes("a.webarchive", archive(63).as_bytes());
    assert_eq!(titles(&merged), ["A"], "{:?}", merged.problems);
    // In dictionaries, too, and in the two other forms of property lists.
    let pair = "<dict><key>WebMainResource</key>";
    let dictionaries =
        format!("<plist version=\"1.0\">{}</plist>", around(pair, "<dict/>", "</dict>", 50_000));
    let ascii = format!("// <plist WebMainResource\n{}", around("(", "", ")", 50_000));
    for (name, bytes) in [
        ("lists.webarchive", archive(64).into_bytes()),
        ("deep.webarchive", archive(50_000).into_bytes()),
        ("dictionaries.webarchive", dictionaries.into_bytes()),
        ("binary.webarchive", binary_list(60_000)),
        ("ascii.webarchive", ascii.into_bytes()),
    ] {
        let merged = read_bytes(name, &bytes);
        assert!(merged.records.is_empty(), "{name}");
        assert!(!merged.problems.is_empty(), "{name}");
        if name != "ascii.webarchive" {
            let message = &merged.problems[0].message;
            assert!(message.contains("more than 64"), "{name}: {message}");
        }
    }
}

#[test]
fn texts_of_next_to_nothing_but_signs_are_not_read() {
    // The name of a file, its beginning, what is repeated, and its end.
    let files = [
        ("a.txt", "1 - 1 of 1\n\nJuly 1, 1945\n\nA\n", "\n", ""),
        ("a.toml", "[[record]]\ntitle='A'\n", "\n", ""),
        ("a.yaml", "- title: A\n", "\n", ""),
        ("a.bib", "@book{a, title={A}}\n", "@b{x}\n", ""),
        ("a.html", "<table><tr><th>Title<th>Date<tr><td>A<td>1945</table>", "<b>", ""),
    ];
    for (name, start, sign, end) in files {
        let file = |count: usize| format!("{start}{}{end}", sign.repeat(count));
        let read = |text: String| {
            let mut merger = PageMerger::new();
            let result =
                read::read_with(name, &ReadOptions::default(), &mut text.as_bytes(), &mut merger);
            result.map(|()| merger.finish()).map_err(|error| error.to_string())
        };
        let merged = read(file(1_000)).unwrap();
        assert!(titles(&merged).contains(&"A"), "{name}: {:?}", merged.problems);
        let error = read(file(300_000)).unwrap_err();
        assert!(error.contains("as files made to fill"), "{name}: {error}");
    }
}

#[test]
fn attributes_beyond_the_limit_are_left_out() {
    let page = |count: usize| {
        let attributes: Vec<_> = (0..count).map(|number| format!(" a{number}=\"x>y\"")).collect();
        let attributes = attributes.concat();
        format!(
            "<html><body><!-- <p{attributes}> --><div{attributes}>\n<div{attributes} class=late><table><tr><th>Title<th>Date<tr>\
             <td>A<td>1945</table></div></div>"
        )
    };
    let merged = read_bytes("a.html", page(999).as_bytes());
    assert_eq!(titles(&merged), ["A"], "{:?}", merged.problems);
    assert!(merged.problems.is_empty(), "{:?}", merged.problems);
    let merged = read_bytes("a.html", page(30_000).as_bytes());
    assert_eq!(titles(&merged), ["A"], "{:?}", merged.problems);
    let lines: Vec<_> = merged.problems.iter().map(|it| it.line).collect();
    assert_eq!(lines, [Some(1), Some(2)], "{:?}", merged.problems);
}

#[test]
fn the_page_of_limits_names_the_options() {
    let page = include_str!("../docs/limits.md");
    for option in ["--max-unpacked", "--max-value", "--max-memory"] {
        assert!(page.contains(option), "{option}");
    }
}
