//! Files that state more than they hold, or repeat a text more often than their size allows: see `docs/limits.md`.

use fonds::load::page_merger::MergedPages;

use crate::limits::{read_bytes, read_with_values, titles};
use crate::packages::zip;

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
    let wide = "<table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/>"
        .to_owned()
        + &cell("A", "")
        + "</table:table-row>";
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
        ("a.ods", open_document(&(row("", "") + &far(5_000_000) + &row("", ""))), "far apart"),
        ("a.ods", open_document(&(row("", "") + &wide.repeat(500))), "far apart"),
        (
            "a.ods",
            open_document(&(row("", "") + &wide.replace("<text:p>A</text:p>", "").repeat(500))),
            "",
        ),
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
fn cells_with_the_same_address_are_read_in_linear_time() {
    // Their number is so large that reading would take minutes if each were compared with all others.
    let cells = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\">".to_owned()
        + &"<c r=\"A2\"><v>1</v></c>".repeat(50_000)
        + "</row>";
    let merged = read_bytes("a.xlsx", &workbook_of("", "A", &cells, ""));
    assert!(merged.records.len() <= 1, "{:?}", merged.problems);
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

#[test]
fn values_that_aliases_of_yaml_repeat_are_bounded_by_the_size_of_the_file() {
    let values = "12.10, ".repeat(98);
    let file = |records: usize| {
        let others = "- title: B\n  x: *list\n".repeat(records);
        format!("- title: A\n  x: &list [{values}]\n{others}")
    };
    let merged = read_bytes("a.yaml", file(900).as_bytes());
    assert_eq!((merged.records.len(), merged.problems.len()), (901, 0), "{:?}", merged.problems);
    let merged = read_bytes("a.yaml", file(1_100).as_bytes());
    let messages: Vec<&str> = merged.problems.iter().map(|it| &*it.message).collect();
    assert!((900..1_100).contains(&merged.records.len()), "{} {messages:?}", merged.records.len());
    let expected = "its aliases expand to too much; what stands before was read";
    assert!(messages.iter().any(|it| it.ends_with(expected)), "{messages:?}");
}

/// An object of a binary property list: its kind in the upper half of a byte, its length, and its bytes.
fn object(kind: u8, length: usize, bytes: &[u8]) -> Vec<u8> {
    let mut object = match u8::try_from(length) {
        Ok(short @ ..=14) => vec![kind | short],
        _ => vec![kind | 15, 0x11],
    };
    if object.len() > 1 {
        object.extend(u16::try_from(length).unwrap().to_be_bytes());
    }
    object.extend(bytes);
    object
}

/// A list that refers to another object this often.
fn references(number: u8, times: usize) -> Vec<u8> {
    object(0xa0, times, &vec![number; times])
}

/// A web archive with a table of one record. Its `WebSubresources` are the first of these objects, whose number is 8.
fn web_archive(subresources: &[Vec<u8>]) -> Vec<u8> {
    let page =
        b"<table><tr><th>Title</th><th>Date</th></tr><tr><td>A</td><td>1945</td></tr></table>";
    let text = |text: &str| object(0x50, text.len(), text.as_bytes());
    let mut objects = vec![
        object(0xd0, 2, &[1, 2, 3, 8]),
        text("WebMainResource"),
        text("WebSubresources"),
        object(0xd0, 2, &[4, 5, 6, 7]),
        text("WebResourceData"),
        text("WebResourceMIMEType"),
        object(0x40, page.len(), page),
        text("text/html"),
    ];
    objects.extend_from_slice(subresources);
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for object in &objects {
        offsets.push(u32::try_from(bytes.len()).unwrap());
        bytes.extend(object);
    }
    let table = bytes.len() as u64;
    bytes.extend(offsets.iter().flat_map(|offset| offset.to_be_bytes()));
    bytes.extend([0, 0, 0, 0, 0, 0, 4, 1]);
    for number in [objects.len() as u64, 0, table] {
        bytes.extend(number.to_be_bytes());
    }
    bytes
}

#[test]
fn shared_values_of_a_property_list_are_read_within_its_size() {
    let text = |length: usize| object(0x50, length, &vec![b'x'; length]);
    // Each list refers twice to the next.
    let mut doubled: Vec<_> = (9..49).map(|next| references(next, 2)).collect();
    doubled.push(text(1));
    let keys = vec![references(9, 2_000), object(0xd0, 1, &[10, 11]), text(30_000), text(1)];
    let wide =
        |last: Vec<u8>| vec![references(9, 300), references(10, 300), references(11, 300), last];
    for (name, subresources) in [
        ("doubled", doubled),
        ("wide", wide(text(1))),
        ("empty", wide(references(0, 0))),
        ("long", vec![references(9, 2_000), object(0x40, 30_000, &[0; 30_000])]),
        ("keys", keys),
    ] {
        let merged = read_bytes("a.webarchive", &web_archive(&subresources));
        assert!(merged.records.is_empty(), "{name}");
        let messages: Vec<_> = merged.problems.iter().map(|it| &it.message).collect();
        assert_eq!(messages.len(), 1, "{name}: {messages:?}");
        assert!(messages[0].contains("refer to the same values too often"), "{name}: {messages:?}");
    }
    // Writers share equal texts.
    for subresources in [vec![references(9, 900), text(40)], vec![references(9, 3), text(20_000)]] {
        let merged = read_bytes("a.webarchive", &web_archive(&subresources));
        assert_eq!(titles(&merged), ["A"], "{:?}", merged.problems);
    }
}
