//! Tables as people make them: titles above the header, headers of two rows, headings between the rows,
//! merged cells, notes beside tables, Word documents. The contents are invented.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use fonds::formats::read::{self, ReadOptions};
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::Record;

/// Parses bytes as a file of this name.
fn read_bytes(name: &str, bytes: &[u8]) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read_with(name, &ReadOptions::default(), &mut &bytes[..], &mut merger).unwrap();
    merger.finish()
}

/// A record on one line.
fn line(record: &Record) -> String {
    let date = Some(record.date.text.clone()).filter(|text| !text.is_empty());
    let values = record.values.iter().map(|(field, value)| format!("{}={value}", field.key()));
    let own = record.own.iter().map(|(name, value)| format!("({name})={value}"));
    date.into_iter().chain(values).chain(own).collect::<Vec<_>>().join(" | ").replace('\n', "¶")
}

/// The records of a file, one a line, then the problems.
fn render(name: &str, bytes: &[u8]) -> String {
    let merged = read_bytes(name, bytes);
    let mut text = String::new();
    merged.records.iter().for_each(|it| writeln!(text, "{}", line(&it.record)).unwrap());
    merged.problems.iter().for_each(|it| writeln!(text, "! {it}").unwrap());
    text
}

/// Packs parts into a ZIP archive.
fn zip(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Writes a workbook. A sheet is its name, its rows with cells between bars, and its merged cells.
fn workbook(sheets: &[(&str, &[&str], &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006";
    let (mut list, mut links, mut parts) = (String::new(), String::new(), Vec::new());
    for (at, (name, rows, merged)) in sheets.iter().enumerate() {
        write!(list, "<sheet name='{name}' sheetId='{}' r:id='s{at}'/>", at + 1).unwrap();
        write!(links, "<Relationship Id='s{at}' Type='{documents}/worksheet' Target='worksheets/sheet{at}.xml'/>")
            .unwrap();
        let mut sheet = format!("<worksheet xmlns='{main}'><sheetData>");
        for (row, cells) in rows.iter().enumerate() {
            write!(sheet, "<row r='{}'>", row + 1).unwrap();
            for (cell, column) in cells.split('|').zip('A'..) {
                if !cell.is_empty() {
                    write!(
                        sheet,
                        "<c r='{column}{}' t='inlineStr'><is><t>{cell}</t></is></c>",
                        row + 1
                    )
                    .unwrap();
                }
            }
            sheet.push_str("</row>");
        }
        sheet.push_str("</sheetData>");
        if !merged.is_empty() {
            let areas = merged.split(' ').map(|area| format!("<mergeCell ref='{area}'/>"));
            write!(sheet, "<mergeCells>{}</mergeCells>", areas.collect::<String>()).unwrap();
        }
        sheet.push_str("</worksheet>");
        parts.push((format!("xl/worksheets/sheet{at}.xml"), sheet));
    }
    let types = format!(
        "<Types xmlns='{packages}/content-types'><Default Extension='xml' ContentType='application/xml'/></Types>"
    );
    let root = format!(
        "<Relationships xmlns='{packages}/relationships'><Relationship Id='r' Type='{documents}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns='{main}' xmlns:r='{documents}'><sheets>{list}</sheets></workbook>"
    );
    let links = format!("<Relationships xmlns='{packages}/relationships'>{links}</Relationships>");
    for (name, text) in [
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links),
    ] {
        parts.push((name.to_owned(), text));
    }
    zip(&parts)
}

/// Writes a Word document with this body.
fn word_document(body: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let text = format!("<w:document xmlns:w='{main}'><w:body>{body}</w:body></w:document>");
    zip(&[("word/document.xml".to_owned(), text)])
}

#[test]
fn header_is_the_row_that_explains_the_rows_below() {
    for (table, expected) in [
        // Titles above the header, some with words that are names of fields.
        (
            "Keller papers,,\nListed by Marta,,\nBox,Title,Date\n3,Letter,1945\n4,Will,1902\n",
            "1945 | box=3 | title=Letter\n1902 | box=4 | title=Will\n",
        ),
        (
            "Collection,Keller papers,\nDate,12 March 2019,\nShelf,Object,When\nA 1,Letter,1945\nA 2,Title,1902\n",
            "1945 | container=Shelf A 1 | title=Letter\n1902 | container=Shelf A 2 | title=Title\n",
        ),
        // Cells that happen to be names of fields.
        (
            "Ref,Title,Date\n1,Author,1945\n2,Date,1902\n3,Title,1903\n",
            "1945 | title=Author | reference_code=1\n1902 | title=Date | reference_code=2\n1903 | title=Title | reference_code=3\n",
        ),
        (
            "Nr,Objekt,Titel\n1,Autor,A\n2,Ort,B\n3,Datum,C\n4,Foto,D\n",
            "id=1 | title=A | (Objekt)=Autor\nid=2 | title=B | (Objekt)=Ort\nid=3 | title=C | (Objekt)=Datum\nid=4 | title=D | (Objekt)=Foto\n",
        ),
        // Two rows of names.
        (
            "Ref,Title,Dates,,Creator\n,,From,To,\n1,Letters,1902,1945,\"Keller, Anna\"\n2,Diary,1903,1904,\"Roth, Ida\"\n",
            "1902/1945 | reference_code=1 | title=Letters | creator=Keller, Anna\n1903/1904 | reference_code=2 | title=Diary | creator=Roth, Ida\n",
        ),
        (
            "Description,,Dates,,Location,\nRef,Title,From,To,Box,Folder\n1,Letters,1902,1945,3,4\n2,Diary,1903,1904,3,5\n",
            "1902/1945 | reference_code=1 | title=Letters | box=3 | folder=4\n1903/1904 | reference_code=2 | title=Diary | box=3 | folder=5\n",
        ),
        // The last name stands in the first row only.
        (
            "Location,,Letter,,,Notes\nBox,Folder,Date,From,To\n3,7,1945,\"Keller, Anna\",\"Roth, Ida\",Rye\n3,8,1902,\"Roth, Ida\",\"Keller, Anna\"\n",
            "1945 | box=3 | folder=7 | creator=Keller, Anna | recipient=Roth, Ida | summary=Rye\n1902 | box=3 | folder=8 | creator=Roth, Ida | recipient=Keller, Anna\n",
        ),
    ] {
        let found = render("a.csv", table.as_bytes());
        let mut found: Vec<&str> = found.lines().collect();
        let mut expected: Vec<&str> = expected.lines().collect();
        let sorted = |line: &str| {
            let mut parts: Vec<String> = line.split(" | ").map(str::to_owned).collect();
            parts.sort();
            parts
        };
        let found: Vec<_> = found.drain(..).map(sorted).collect();
        let expected: Vec<_> = expected.drain(..).map(sorted).collect();
        assert_eq!(found, expected, "{table}");
    }
}

#[test]
fn headings_between_the_rows_give_the_series() {
    let mut text = String::new();
    let rows = [
        "Ref|Title|Date|From",
        "Correspondence",
        "7|Letter|1945|Keller, Anna",
        "8|Reply|1946|Roth, Ida",
        "Family papers",
        "Wills",
        "9|Will|1902|Keller, Anna",
        "Ask Marta about the rest",
    ];
    let book = workbook(&[("A", &rows, "A2:D2 A5:D5")]);
    text += &render("a.xlsx", &book);
    let table = "Title,Date,Sender,Box\nSeries I: Letters,,,\nLetter,1945,Keller,1\nUntitled sketch,,,\nReply,1946,Roth,1\n";
    text += &render("a.csv", table.as_bytes());
    insta::assert_snapshot!(text);
}

#[test]
fn merged_cells_repeat_and_notes_are_no_records() {
    let mut text = String::new();
    let rows = ["Keller papers", "Box|Title|Date", "3|Letter|1945", "|Reply|1946", "4|Will|1902"];
    let book = workbook(&[("Inventory", &rows, "A3:A4 A1:C1"), ("Read me", &["Ask Marta."], "")]);
    text += &render("a.xlsx", &book);
    insta::assert_snapshot!(text);
}

#[test]
fn word_documents_give_their_tables_else_their_headings() {
    let mut text = String::new();
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let heading = |level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val='Heading{level}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let row = |cells: &str| {
        let cells = cells.split('|').map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell)));
        format!("<w:tr>{}</w:tr>", cells.collect::<String>())
    };
    let table = [row("Box|Title|Date"), row("3|Letter|12 July 1945"), row("4|Will|1902")].concat();
    let body = [heading(1, "Keller papers"), format!("<w:tbl>{table}</w:tbl>")].concat();
    text += &render("a.docx", &word_document(&body));
    let body = [
        heading(1, "Letters"),
        heading(2, "Letter to Weidl"),
        paragraph("On the harvest."),
        paragraph("One page."),
        heading(2, "Reply"),
        heading(1, "Diaries"),
        heading(2, "Diary"),
        paragraph("Of 1902."),
    ];
    text += &render("a.docx", &word_document(&body.concat()));
    text += &render("a.docx", &word_document(&paragraph("Dear Anna")));
    insta::assert_snapshot!(text);
}

#[test]
fn kinds_that_are_not_read_are_named_with_the_way_out() {
    for (bytes, part) in [
        (&b"SQLite format 3\0\x10\0"[..], "SQLite"),
        (b"PAR1\x15\0\x15", "Parquet"),
        (b"\0\x01\0\0Standard ACE DB\0", "Access"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"-- MySQL dump 10.13\n\nDROP TABLE IF EXISTS `letters`;\n", "SQL"),
        (b"0 HEAD\n1 SOUR X\n", "GEDCOM"),
        (b"=LDR  00000nam\n=001  41\n=245  14$aThe mills\n", "MARC as text"),
        (br#"{"class": "dataset", "label": "Sum", "id": ["a"], "size": [1], "value": [1], "dimension": {"a": {}}}"#, "no list"),
        (b"[InternetShortcut]\nURL=https://a.example/\n", "link"),
        (b"<eac-cpf><control/></eac-cpf>", "EAC-CPF"),
        (b"<premis><object/></premis>", "PREMIS"),
    ] {
        let merged = read_bytes("a", bytes);
        assert!(merged.records.is_empty(), "{part}");
        assert_eq!(merged.problems.len(), 1, "{part}: {:?}", merged.problems);
        assert!(merged.problems[0].message.contains(part), "{}", merged.problems[0]);
    }
}

/// The titles of the records of a file, each behind its series, and the texts of the problems.
fn titles_and_problems(name: &str, bytes: &[u8]) -> (String, String) {
    let merged = read_bytes(name, bytes);
    let title = |record: &Record| {
        let series = record.values.iter().filter(|(field, _)| field.key() == "series");
        let series: String = series.flat_map(|(_, value)| [value.as_str(), "/"]).collect();
        series + record.title().unwrap_or("-")
    };
    let titles: Vec<String> = merged.records.iter().map(|it| title(&it.record)).collect();
    let problems: Vec<String> = merged.problems.iter().map(ToString::to_string).collect();
    (titles.join(", "), problems.join(" "))
}

#[test]
fn headings_in_the_column_of_titles_give_the_series() {
    let rows = ["Letters", "Letter|1945|1", "Harbour|1902|2", "Photographs", "Mill|1903|3"];
    let with_names = [&["Title|Date|Ref"], &rows[..]].concat();
    let expected = "Letters/Letter, Letters/Harbour, Photographs/Mill";
    let csv = |rows: &[&str]| rows.join("\n").replace('|', ",") + "\n";
    for (name, bytes) in [
        ("a.csv", csv(&with_names).into_bytes()),
        ("a.xlsx", workbook(&[("A", &with_names, "")])),
        ("a.xlsx", workbook(&[("A", &with_names, "A2:C2 A5:C5")])),
    ] {
        let (titles, problems) = titles_and_problems(name, &bytes);
        assert_eq!(titles, expected, "{problems}");
        assert!(
            problems.contains("2 rows with one cell are no records but headings"),
            "{problems}"
        );
    }
    for (table, expected) in [
        // The code is in another place, or the titles are in other languages.
        (
            "Ref,Title,Date\n,Family Keller,\n1,Letter,1945\n2,Quay,1902\n,Town council,\n3,Mill,1903\n",
            "Family Keller/Letter, Family Keller/Quay, Town council/Mill",
        ),
        (
            "Signatur;Titel;Datum\n;Briefe;\n1;Brief;1945\n2;Hafen;1902\n;Fotos und Postkarten;\n3;Mühle;1903\n",
            "Briefe/Brief, Briefe/Hafen, Fotos und Postkarten/Mühle",
        ),
        (
            "Title,Ref,Date,Place\nLetters,,,\nLetter,1,1945,Orla\nQuay,2,1902,\nMill,3,1903,Rye\n",
            "Letters/Letter, Letters/Quay, Letters/Mill",
        ),
        (
            "Title,Date,Ref\nLetters,,\n,,\nLetter,1945,1\nQuay,1902,2\nPhotographs,,\nMill,1903,3\n,,\n",
            "Letters/Letter, Letters/Quay, Photographs/Mill",
        ),
    ] {
        let (titles, problems) = titles_and_problems("a.csv", table.as_bytes());
        assert_eq!(titles, expected, "{table}{problems}");
    }
    // Titles alone that may be records stay.
    for (table, expected) in [
        ("A sketch,,\nLetter,1945,1\nQuay,1902,2\nMill,1903,3\n", "A sketch, Letter, Quay, Mill"),
        ("Letter,1945,1\nA sketch,,\nQuay,1902,2\nMill,1903,3\n", "Letter, A sketch, Quay, Mill"),
        ("Letter,1945,1\nQuay,1902,2\nMill,1903,3\nLetters,,\n", "Letter, Quay, Mill, Letters"),
        (
            "Sketch,,\nDrawing,,\nQuay,1902,2\nMill,1903,3\nMap,1904,4\n",
            "Sketch, Drawing, Quay, Mill, Map",
        ),
        ("Sketch,,\nQuay,1902,2\nDrawing,,\nMill,1903,3\n", "Sketch, Quay, Drawing, Mill"),
        (
            "Letter,,\nLetter,1902,2\nMill,1903,3\nLetter,,\nMap,1904,4\n",
            "Letter, Letter, Mill, Letter, Map",
        ),
        (
            "Sketch,,\nQuay,1902,\nMill,,3\nDrawing,,\nMap,1904,4\nPlan,,5\n",
            "Sketch, Quay, Mill, Drawing, Map, Plan",
        ),
    ] {
        let table = format!("Title,Date,Ref\n{table}");
        let (titles, problems) = titles_and_problems("a.csv", table.as_bytes());
        assert_eq!(titles, expected, "{table}{problems}");
    }
}

#[test]
fn totals_at_the_end_of_a_table_are_no_records() {
    for end in [
        ",Total,",
        ",Total: 2,",
        ",Summe: 3,",
        ",Sum,",
        ",Gesamt,",
        ",Totale,",
        ",Insgesamt: 3,",
        "Total,,",
        ",,Total: 2",
        ",TOTAL,",
        ",Total records: 2,",
        ",Total 2,",
        ",Subtotal,\n,Total,",
        ",Total,2",
        "\n,Razem:,\n,,",
    ] {
        let table = format!("Ref,Title,Date\n1,Letter,1945\n2,Harbour,1902\n{end}\n");
        let (titles, problems) = titles_and_problems("a.csv", table.as_bytes());
        assert_eq!(titles, "Letter, Harbour", "{table}");
        assert!(problems.contains("sums up the rows above it"), "{table}{problems}");
    }
    let rows = ["Ref|Title|Date", "1|Letter|1945", "2|Harbour|1902", "|Total: 2|"];
    let (titles, _) = titles_and_problems("a.xlsx", &workbook(&[("A", &rows, "")]));
    assert_eq!(titles, "Letter, Harbour");
    for (end, expected) in [
        (",Total eclipse of 1902,", "Total eclipse of 1902"),
        (",Total 1902,", "Total 1902"),
        ("3,Total,", "Total"),
        (",Total,\n3,Mill,1903", "Total, Mill"),
        (",Summa,", "Summa"),
    ] {
        let table = format!("Ref,Title,Date\n1,Letter,1945\n2,Harbour,1902\n{end}\n");
        let (titles, problems) = titles_and_problems("a.csv", table.as_bytes());
        assert_eq!(titles, format!("Letter, Harbour, {expected}"), "{table}{problems}");
    }
    assert_eq!(titles_and_problems("a.csv", b"Title,Date\nLetter,\nTotal,\n").0, "Letter, Total");
}

#[test]
fn ditto_marks_stand_for_the_person_place_or_date_above() {
    for sign in
        ["\"\"\"\"", "ditto", "Ditto", "do.", "id.", "dto.", "〃", "\"-\"\"-\"", "”", "''", "idem"]
    {
        let table = format!(
            "Ref,Title,Author,Place,Date\n1,Letter,\"Keller, Anna\",Orla,1945\n2,Reply,{sign},{sign},{sign}\n3,Mill,,,\n4,Map,{sign},,1903\n"
        );
        let text = render("a.csv", table.as_bytes());
        let expected = "1945 | reference_code=2 | title=Reply | creator=Keller, Anna | places=Orla";
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("1903 | reference_code=4 | title=Map\n"), "{text}");
        let warning = "3 ditto marks became the value of the cell above, in the order of the rows; 1 ditto mark below";
        assert!(text.contains(warning), "{text}");
    }
    let table = "Ref,Title,Author\n1,Letter,\"Keller, Anna\"\n2,Reply,Do\n3,Ditto,\"Ditto, Ida\"\n";
    let text = render("a.csv", table.as_bytes());
    assert!(text.contains("creator=Do\n") && text.contains("creator=Ditto, Ida"), "{text}");
    assert!(!text.contains('!'), "{text}");
}
