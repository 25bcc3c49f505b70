//! Values that are no person, no day and no address of the record, and keys and lines that are: signs for nothing in lists,
//! numbers of days, links of other cells, pictures, tables in notes, keys of lists, those who signed.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use serde_json::{Map, Value, json};

use crate::field_meanings::{check, foreign, objects, read_bytes, read_text};

#[test]
fn sign_for_nothing_in_a_list_is_no_value() {
    for (author, place, creator, places) in [
        ("Keller, Anna; nan", "Orla; nan", json!("Keller, Anna"), json!("Orla")),
        ("nan; Keller, Anna", "nan; Orla", json!("Keller, Anna"), json!("Orla")),
        (
            "Keller, Anna; <NA>; Roth, Emil",
            "NaN",
            json!(["Keller, Anna", "Roth, Emil"]),
            json!(null),
        ),
        ("None;Keller, Anna", "<NA>; Orla", json!("Keller, Anna"), json!("Orla")),
        ("Keller, Anna|NaN", "Orla|None", json!("Keller, Anna"), json!("Orla")),
        ("nan; nan", "nan; nan", json!(null), json!(null)),
        ("nan, nan", "nan, nan", json!(null), json!(null)),
        ("Keller, Anna; nan, nan", "Orla, nan", json!("Keller, Anna"), json!("Orla")),
        ("Keller, nan", "null", json!("Keller"), json!(null)),
        ("Keller, Anna; -", "Orla; \u{2013}", json!("Keller, Anna"), json!("Orla")),
        // Names and places that look alike.
        ("Keller, NA", "Windhoek, NA", json!("Keller, NA"), json!("Windhoek, NA")),
        ("Nan Keller", "Nantes", json!("Nan Keller"), json!("Nantes")),
    ] {
        let expected = json!({"creator": creator, "places": places});
        let table = format!(
            "Title,Author,Place,Date\nA,\"{author}\",\"{place}\",1902\nB,\"Brandt, Karl\",Wien,1903\n"
        );
        let other = json!({"creator": "Brandt, Karl", "places": "Wien"});
        check("a.csv", &table, &[expected.clone(), other.clone()]);
        let list = json!([{"title": "A", "author": author, "place": place, "date": "1902"},
                          {"title": "B", "author": "Brandt, Karl", "place": "Wien", "date": "1903"}]);
        check("a.json", &foreign(&list), &[expected, other]);
    }
}

#[test]
fn sign_for_nothing_among_subjects_editors_and_linked_names_is_no_value() {
    check(
        "a.csv",
        "Title,Editor,Recipient,Subjects,Date\nA,\"Roth, Emil|nan\",\"None; Lenz, Otto\",\"nan; Ships\",1902\nB,nan,nan,nan,1903\n",
        &[
            json!({"contributor": "Roth, Emil", "recipient": "Lenz, Otto", "subjects": "Ships"}),
            json!({"recipient": null, "subjects": null}),
        ],
    );
    check(
        "a.csv",
        "Title,Tags,person_1,person_1_role,Date\nA,\"ships, nan\",\"nan|Keller, Anna\",editor|author,1902\nB,x,nan,author,1903\n",
        &[json!({"subjects": "ships", "creator": "Keller, Anna"}), json!({"creator": null})],
    );
    let list = json!([{"title": "A", "author": ["Keller, Anna", "nan"], "subject": ["NaN", "Ships"], "date": "1902"}]);
    check("a.json", &foreign(&list), &[json!({"creator": "Keller, Anna", "subjects": "Ships"})]);
}

#[test]
fn number_of_days_is_no_day() {
    let names = [
        "Days",
        "No. of days",
        "Number of days",
        "Tage",
        "Jours",
        "Días",
        "Dias",
        "Day(s)",
        "Travel days",
        "Days away",
        "Feiertage",
        "Dagen",
    ];
    for name in names {
        let table = format!("Title,Year,Month,{name}\nA,1902,7,12\nB,1903,8,27\n");
        let expected = |date: &str, count: &str| json!({"date": date, name: count});
        check("a.csv", &table, &[expected("1902-07", "12"), expected("1903-08", "27")]);
        let list = json!([{"title": "A", "year": 1902, "month": 7, name: 12}, {"title": "B", "year": 1903, "month": 8, name: 27}]);
        check("a.json", &foreign(&list), &[expected("1902-07", "12"), expected("1903-08", "27")]);
    }
    for name in ["Day", "Tag", "Jour", "Día", "day", "DD"] {
        let table = format!("Title,Year,Month,{name}\nA,1902,7,12\nB,1903,8,27\n");
        if name != "DD" {
            check("a.csv", &table, &[json!({"date": "1902-07-12"}), json!({"date": "1903-08-27"})]);
        }
    }
    // Months in the plural are numbers of them too.
    check(
        "a.csv",
        "Title,Year,Months\nA,1902,7\nB,1903,8\n",
        &[json!({"date": "1902"}), json!({"date": "1903"})],
    );
}

#[test]
fn who_signed_is_a_contributor_beside_the_author() {
    for role in [
        "Signatory",
        "Unterzeichner",
        "Signataire",
        "Firmatario",
        "Firmante",
        "Ondertekenaar",
        "Signatário",
    ] {
        let authors = ["Keller, Anna", "Keller, Berta"];
        let expected = |at: usize, signer: &str| json!({"creator": authors[at], "contributor": signer, "contributor_role": role});
        let table = format!(
            "Title,Author,{role}\nDeed,\"Keller, Anna\",\"Brandt, Karl\"\nWill,\"Keller, Berta\",\"Lenz, Otto\"\n"
        );
        check("a.csv", &table, &[expected(0, "Brandt, Karl"), expected(1, "Lenz, Otto")]);
        let list = json!([{"title": "Deed", "author": authors[0], role: "Brandt, Karl"},
                          {"title": "Will", "author": authors[1], role: "Lenz, Otto"}]);
        check("a.json", &foreign(&list), &[expected(0, "Brandt, Karl"), expected(1, "Lenz, Otto")]);
        // Where no other is named, who signed is the author.
        let alone = format!("Title,{role}\nDeed,\"Brandt, Karl\"\nWill,\"Lenz, Otto\"\n");
        check(
            "a.csv",
            &alone,
            &[json!({"creator": "Brandt, Karl"}), json!({"creator": "Lenz, Otto"})],
        );
    }
    let parts = "Title,Author,Signatory first name,Signatory last name\nDeed,\"Keller, Anna\",Karl,Brandt\n";
    let expected = json!({"creator": "Keller, Anna", "contributor": "Brandt, Karl", "contributor_role": "signatory"});
    check("a.csv", parts, std::slice::from_ref(&expected));
    let list = json!([{"title": "Deed", "author": "Keller, Anna", "signatory_first_name": "Karl", "signatory_last_name": "Brandt"}]);
    check("a.json", &foreign(&list), &[expected]);
    let alone = "Title,Signatory first name,Signatory last name\nDeed,Karl,Brandt\n";
    check("a.csv", alone, &[json!({"creator": "Brandt, Karl"})]);
}

/// Packs a workbook with one sheet of these rows, whose cells stand between bars, and with links: the cells and addresses.
fn linked_workbook(rows: &[&str], links: &[(&str, &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006";
    let relations = |list: &str| {
        format!("<Relationships xmlns='{packages}/relationships'>{list}</Relationships>")
    };
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{documents}/{kind}' Target='{target}'/>")
    };
    let mut sheet = format!("<worksheet xmlns='{main}' xmlns:r='{documents}'><sheetData>");
    for (row, cells) in rows.iter().enumerate() {
        write!(sheet, "<row r='{}'>", row + 1).unwrap();
        for (cell, column) in cells.split('|').zip('A'..).filter(|(cell, _)| !cell.is_empty()) {
            let at = row + 1;
            write!(sheet, "<c r='{column}{at}' t='inlineStr'><is><t>{cell}</t></is></c>").unwrap();
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData><hyperlinks>");
    let mut addresses = String::new();
    for (at, (cell, address)) in links.iter().enumerate() {
        write!(sheet, "<hyperlink ref='{cell}' r:id='h{at}'/>").unwrap();
        addresses += &relation(&format!("h{at}"), "hyperlink", address);
    }
    sheet.push_str("</hyperlinks></worksheet>");
    let book = format!(
        "<workbook xmlns='{main}' xmlns:r='{documents}'><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>"
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", format!("<Types xmlns='{packages}/content-types'/>")),
        ("_rels/.rels", relations(&relation("r1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", book),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&relation("r1", "worksheet", "worksheets/sheet1.xml")),
        ),
        ("xl/worksheets/_rels/sheet1.xml.rels", relations(&addresses)),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const VIAF: &str = "https://viaf.example/7";
const PAGE: &str = "https://a.example/7";
const SCAN: &str = "https://b.example/scan/7";

/// The names of five columns.
const COLUMNS: &str = "Title|Author|Place|Call no|Seller";

/// The names of columns, the cells with links, and what the first record has; `None` for nothing.
type LinkedCase = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, Option<&'static str>)],
);

const LINKED_CELLS: &[LinkedCase] = &[
    (COLUMNS, &[("A2", PAGE)], &[("url", Some(PAGE))]),
    (COLUMNS, &[("B2", VIAF)], &[("url", None), ("Author link", Some(VIAF))]),
    (COLUMNS, &[("B2", VIAF), ("A2", PAGE)], &[("url", Some(PAGE)), ("Author link", Some(VIAF))]),
    (
        COLUMNS,
        &[("A2", PAGE), ("B2", VIAF), ("E2", SCAN)],
        &[("url", Some(PAGE)), ("Author link", Some(VIAF)), ("Seller link", Some(SCAN))],
    ),
    (COLUMNS, &[("C2", SCAN)], &[("url", None), ("Place link", Some(SCAN))]),
    (COLUMNS, &[("D2", PAGE)], &[("url", Some(PAGE))]),
    (COLUMNS, &[("D2", SCAN), ("A2", PAGE)], &[("url", Some(PAGE)), ("Call no link", Some(SCAN))]),
    (COLUMNS, &[("E2", VIAF)], &[("url", None), ("Seller link", Some(VIAF))]),
    (
        "Titel|Verfasser|Ort|Signatur|Foto",
        &[("B2", VIAF), ("E2", SCAN)],
        &[("url", None), ("Verfasser link", Some(VIAF)), ("Foto link", Some(SCAN))],
    ),
    (
        "Title|Author|Place|Call no|URL",
        &[("E2", PAGE), ("B2", VIAF)],
        &[("url", Some(PAGE)), ("Author link", Some(VIAF))],
    ),
    (
        "Title|Author|Place|Call no|",
        &[("E2", SCAN), ("A2", PAGE)],
        &[("url", Some(PAGE)), ("column 5 link", Some(SCAN))],
    ),
];

#[test]
fn link_of_another_cell_of_a_workbook_is_no_address_of_the_record() {
    for (names, links, expected) in LINKED_CELLS {
        let rows = [names, "Mill|Keller, Anna|Orla|MS 7|x", "Quay|Roth, Emil|Orla|MS 8|y"];
        let found = objects(&read_bytes("a.xlsx", &linked_workbook(&rows, links)));
        assert_eq!(found.len(), 2, "{found:?}");
        for (key, address) in *expected {
            let own = || found[0].get("own").and_then(|own| own.get(*key)).cloned();
            let value = found[0].get(*key).cloned().or_else(own).unwrap_or(Value::Null);
            // An address that is also written in the cell stands beside it.
            let last = value.as_array().and_then(|all| all.last()).unwrap_or(&value);
            assert_eq!(last.as_str(), *address, "{key} of {names} {links:?}\n{found:?}");
        }
    }
    for name in
        ["Author link", "author_url", "Creator URL", "Place link", "Subject URL", "Recipient link"]
    {
        let table = format!("Title,Date,{name}\nMill,1902,{VIAF}\nQuay,1903,{VIAF}\n");
        let expected = json!({"url": null, name: VIAF});
        check("a.csv", &table, &[expected.clone(), expected]);
    }
}

/// A field of a record under the name of its column.
fn own_field(record: &Map<String, Value>, name: &str) -> Value {
    let own = record.get("own").and_then(|own| own.get(name));
    own.or(record.get(name)).cloned().unwrap_or(Value::Null)
}

#[test]
fn link_of_a_range_of_cells_is_that_of_each_cell() {
    for (range, expected) in [
        ("A2:A5", [true, true, true, true]),
        ("A2:A3", [true, true, false, false]),
        ("A5:A4", [false, false, true, true]),
        ("$A$3:$A$4", [false, true, true, false]),
        ("A3", [false, true, false, false]),
        ("A1:A4", [true, true, true, false]),
        ("A4:A1048576", [false, false, true, true]),
        ("A2:A9999999999", [true, true, true, true]),
        ("A:A", [false, false, false, false]),
    ] {
        let rows = [
            COLUMNS,
            "Mill|Keller, Anna|Orla|MS 7|x",
            "Quay|Roth, Emil|Orla|MS 8|y",
            "Harbour|Roth, Emil|Orla|MS 9|z",
            "Tower|Roth, Emil|Orla|MS 10|z",
        ];
        let found = objects(&read_bytes("a.xlsx", &linked_workbook(&rows, &[(range, PAGE)])));
        let linked: Vec<bool> =
            found.iter().map(|it| it.get("url") == Some(&json!(PAGE))).collect();
        assert_eq!(linked, expected, "{range}: {found:?}");
    }
    // Over several columns each cell with a text has the link, and over several rows too.
    let rows = [COLUMNS, "Mill|Keller, Anna|||x", "Quay|||MS 8|y"];
    let found = objects(&read_bytes("a.xlsx", &linked_workbook(&rows, &[("A2:C3", PAGE)])));
    for (record, author) in found.iter().zip([json!(PAGE), json!(null)]) {
        assert_eq!(record["url"], PAGE, "{record:?}");
        assert_eq!(own_field(record, "Author link"), author, "{record:?}");
        assert_eq!(own_field(record, "Place link"), Value::Null, "{record:?}");
    }
    // If each link of a row were compared with the others, this would take minutes.
    let letters: Vec<String> =
        (1..=50).map(|number| format!("Letter {number}|||MS {number}|x")).collect();
    let letters: Vec<&str> =
        std::iter::once(COLUMNS).chain(letters.iter().map(String::as_str)).collect();
    let workbook = linked_workbook(&letters, &[("A1:XFD51", PAGE)]);
    let found = objects(&read_bytes("a.xlsx", &workbook));
    assert_eq!(found.iter().filter(|it| it.get("url") == Some(&json!(PAGE))).count(), 50);
    // The last of two links of a cell and a range with other addresses.
    let links = [("A2:A3", PAGE), ("B3:B2", VIAF)];
    let found = objects(&read_bytes("a.xlsx", &linked_workbook(&rows, &links)));
    assert_eq!(found[1]["url"], PAGE, "{found:?}");
    assert_eq!(own_field(&found[0], "Author link"), VIAF, "{found:?}");
}

#[test]
fn address_of_a_picture_gives_way_to_that_of_a_page() {
    for picture in [
        "https://b.example/7.jpg",
        "https://b.example/7.JPEG",
        "https://b.example/7.png",
        "https://b.example/7.tif",
        "https://b.example/7.webp?w=300",
        "https://b.example/iiif/2/7/full/843,/0/default.jpg",
        "https://b.example/iiif/3/7/full/max/0/default.png",
        "https://b.example/7_thumb.gif",
    ] {
        let page = "https://a.example/7";
        // The other one stays under its own name.
        for (of_picture, of_page) in
            [("link", "url"), ("link", "permalink"), ("uri", "page_url"), ("href", "web page")]
        {
            let list =
                json!([{"title": "Mill", "date": "1902", of_picture: picture, of_page: page}]);
            check("a.json", &foreign(&list), &[json!({"url": page, of_picture: picture})]);
            let table =
                format!("Title,Date,{of_picture},{of_page}\nMill,1902,\"{picture}\",{page}\n");
            check("a.csv", &table, &[json!({"url": page, of_picture: picture})]);
        }
        for name in ["image_url", "visuel", "thumbnail", "picture", "preview_url"] {
            let list = json!([{"title": "Mill", "date": "1902", name: picture}]);
            check("a.json", &foreign(&list), &[json!({"url": null, name: picture})]);
        }
        let list = json!([{"title": "Mill", "date": "1902", "url": picture}]);
        check("a.json", &foreign(&list), &[json!({"url": picture})]);
    }
}

#[test]
fn table_in_a_note_stays_in_its_text() {
    for table in [
        "| Notes |\n|---|\n| Keller wrote to Brandt in 1902 |\n| Letter of 3 May 1903 |",
        "| Letters |\n|:---|\n| A letter to Brandt, 1902 |\n| A note to Keller, 1903 |",
        "| No. | Entry |\n|---|---|\n| 1 | Keller to Brandt, 3 May 1902 |\n|   | continued on the back |\n| 2 | Brandt to Keller |",
        "| Entry | Where |\n| --- | --- |\n| A letter to | Box 1 |\n| Brandt | |\n| A note | Box 2 |",
        "Entry | Where\n--- | ---\nKeller to Brandt, 3 May 1902 | Box 1\nA note of 1903 | Box 2",
        "| A | B | C |\n|:-:|--:|:--|\n| Mill, 3 May 1902 | | |\n| | Quay | |\n| | | Harbour, 4 May 1903 |",
    ] {
        for (name, above) in [
            ("a.md", "# List\n\nWords above.\n\n"),
            ("a.txt", "# List\n\nWords above.\n\n"),
            ("a.txt", ""),
        ] {
            let text = format!("{above}{table}\n\nWords below.\n");
            let merged = read_text(name, &text);
            let found = serde_json::to_string(&objects(&merged)).unwrap();
            for line in table.lines() {
                let line = serde_json::to_string(line).unwrap();
                assert!(
                    found.contains(line.trim_matches('"')),
                    "{name} {line} of {text}\n{found}\n{:?}",
                    merged.problems
                );
            }
        }
    }
    // A table in the summary of a record changes nothing of the others.
    let record = |day: u32, table: &str| {
        format!("July {day}, 1945\nCable {day}\nIt tells of the talks in the harbour.\n{table}\n")
    };
    let table = "Entry | Where\n--- | ---\nMill | Box 1\n";
    let page = format!("1 - 4 of 4\n{}{}", record(1, ""), record(2, table));
    let page = page + &record(3, "") + &record(4, "");
    let merged = read_text("a.txt", &page);
    assert_eq!(objects(&merged).len(), 4, "{:?}", merged.problems);
    // With names of fields its rows are records.
    let table = "| Title | Date |\n|---|---|\n| Mill | 1902 |\n| Quay | 1903 |\n";
    check(
        "a.txt",
        table,
        &[json!({"title": "Mill", "date": "1902"}), json!({"title": "Quay", "date": "1903"})],
    );
}

#[test]
fn key_of_a_list_is_kept_with_its_records() {
    let list = |first: &str, second: &str| {
        json!({first: [{"title": "Letter", "date": "1902"}, {"title": "Note", "date": "1903"}],
               second: [{"title": "Will", "date": "1904"}]})
    };
    for (first, second) in [
        ("Keller, Anna", "Brandt, Karl"),
        ("Keller, A.", "Brandt, K. L."),
        ("A. Keller", "K. L. Brandt"),
        ("von Keller, Anna", "Brandt, Karl"),
        ("Keller-Roth, Anna Maria", "Brandt, Karl"),
    ] {
        let expected =
            [json!({"creator": first}), json!({"creator": first}), json!({"creator": second})];
        check("a.json", &list(first, second).to_string(), &expected);
        check("a.json", &json!({"letters": list(first, second)}).to_string(), &expected);
    }
    for (first, second) in [
        // Without a comma these may be names of anything.
        ("Anna Keller", "Karl Brandt"),
        ("Early Letters", "Late Letters"),
        ("Box 1", "Box 2"),
        ("1902", "1904"),
        ("Weimar, Germany", "Lyon, France"),
        ("Town Archive, Orla", "Harbour Office, Lyon"),
        ("Ministry of Works", "Harbour Office"),
    ] {
        let expected = [
            json!({"creator": null, "group": first}),
            json!({"creator": null, "group": first}),
            json!({"creator": null, "group": second}),
        ];
        check("a.json", &list(first, second).to_string(), &expected);
    }
    let named = json!({"Keller, Anna": [{"title": "Letter", "date": "1902", "author": "Roth, Emil"}],
                       "Brandt, Karl": [{"title": "Note", "date": "1903", "author": "Roth, Emil"}]});
    let expected = |key: &str| json!({"creator": "Roth, Emil", "group": key});
    check("a.json", &named.to_string(), &[expected("Keller, Anna"), expected("Brandt, Karl")]);
    let unknown = json!({"Keller, Anna": [{"title": "Letter", "date": "1902"}], "unknown": [{"title": "Note", "date": "1903"}]});
    let expected =
        [json!({"creator": "Keller, Anna"}), json!({"creator": null, "group": "unknown"})];
    check("a.json", &unknown.to_string(), &expected);
    let one = json!({"Keller, Anna": [{"title": "Letter", "date": "1902"}]});
    check("a.json", &one.to_string(), &[json!({"creator": "Keller, Anna"})]);
}

#[test]
fn body_that_is_the_same_in_all_records_is_no_creator_beside_the_photographer() {
    for (name, body) in [
        ("Agency", "NASA"),
        ("Agency", "Harbour Agency"),
        ("Creator", "NASA"),
        ("Creator", "Orla Picture Agency"),
        ("Author", "Ministry of Works"),
        ("Maker", "Harbour Office"),
        ("Artist", "Orla Press Service"),
        ("Created by", "Town Museum"),
    ] {
        let table = format!(
            "Title,{name},Photographer\nMoon,{body},\"Keller, Anna\"\nSea,{body},\"Brandt, Karl\"\nSun,{body},\"Lenz, Otto\"\n"
        );
        let expected = ["Keller, Anna", "Brandt, Karl", "Lenz, Otto"]
            .map(|it| json!({"creator": it, name: body}));
        check("a.csv", &table, &expected);
        let list = json!([{"title": "Moon", name: body, "photographer": "Keller, Anna"},
                          {"title": "Sea", name: body, "photographer": "Brandt, Karl"},
                          {"title": "Sun", name: body, "photographer": "Lenz, Otto"}]);
        check("a.json", &foreign(&list), &expected);
    }
    // A person who wrote all texts stays.
    let table = "Title,Author,Photographer\nMoon,\"Roth, Emil\",\"Keller, Anna\"\nSea,\"Roth, Emil\",\"Brandt, Karl\"\n";
    check(
        "a.csv",
        table,
        &[
            json!({"creator": ["Roth, Emil", "Keller, Anna"]}),
            json!({"creator": ["Roth, Emil", "Brandt, Karl"]}),
        ],
    );
}
