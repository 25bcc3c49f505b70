//! What a file says beside its records is compared or kept: the number of records, links behind cells, text beside tables,
//! descriptions of manuscripts. The contents are invented.

use std::io::{Cursor, Write};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use crate::field_meanings::{check, foreign, read_text};

/// Returns what is said of a file.
fn problems(name: &str, text: &str) -> String {
    let merged = read_text(name, text);
    merged.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn number_of_records_is_compared_whatever_its_key_is() {
    let list = r#"[{"title": "Mill", "date": "1902", "x": {"y": 1}}, {"title": "Quay", "date": "1903", "x": {"y": 1}}]"#;
    for stated in [
        r#""total": 41"#,
        r#""hitCount": 41"#,
        r#""opensearch:totalResults": "41""#,
        r#""num_results": 41"#,
        r#""numberOfResults": 41"#,
        r#""itemCount": 41"#,
        r#""found": 41"#,
        r#""matches": 41"#,
        r#""totalResultsCount": 41"#,
        r#""page": {"size": 2, "totalElements": 41, "number": 0}"#,
        r#""meta": {"count": 41}"#,
        r#""meta": {"total-count": 41}"#,
        r#""meta": {"pagination": {"total": 41}}"#,
        r#""count": 2, "total": 41"#,
        r#""Treffer": 41"#,
        r#""nbDocuments": 41"#,
    ] {
        for text in [
            format!(r#"{{{stated}, "results": {list}}}"#),
            format!(r#"{{"results": {list}, {stated}}}"#),
        ] {
            let said = problems("a.json", &text);
            assert!(said.contains("the file says that there are 41"), "{text}: {said}");
        }
    }
    for stated in [
        r#""pagination": {"current": 1, "from": 1, "to": 2, "of": 4000, "total": 160, "perpage": 25}"#,
        r#""pagination": {"of": 2, "total": 1}"#,
        r#""pagination": {"page": 1, "total": 20, "count": 41, "per_page": 2}"#,
        r#""pages": {"current": 1, "total": 20}"#,
        r#""paging": {"current": 1, "total": 20}"#,
        r#""meta": {"pagination": {"currentPage": 1, "total": 20}}"#,
        r#""pagination": {"page": 1, "pages": 20, "total": 20}"#,
        r#""pager": {"total": 20, "totalItems": 2}"#,
    ] {
        let said = problems("a.json", &format!(r#"{{{stated}, "results": {list}}}"#));
        assert!(!said.contains("the file says"), "{stated}: {said}");
    }
    for stated in [
        r#""pagination": {"page": 1, "limit": 2, "total": 41}"#,
        r#""pagination": {"total": 41, "count": 2, "per_page": 2, "current_page": 1, "total_pages": 21}"#,
        r#""paging": {"page": 1, "pages": 21, "total": 41}"#,
        r#""meta": {"current_page": 1, "last_page": 21, "per_page": 2, "total": 41}"#,
    ] {
        let said = problems("a.json", &format!(r#"{{{stated}, "results": {list}}}"#));
        assert!(said.contains("the file says that there are 41"), "{stated}: {said}");
    }
    let same = format!(r#"{{"hitCount": 2, "pageCount": 41, "results": {list}}}"#);
    assert!(!problems("a.json", &same).contains("41"), "{}", problems("a.json", &same));
}

#[test]
fn number_of_records_is_compared_in_xml() {
    let records = "<letter><title>Mill</title><date>1902</date></letter><letter><title>Quay</title><date>1903</date></letter>";
    for root in [r#"<list count="41">"#, "<list><numberOfResults>41</numberOfResults>"] {
        let said = problems("a.xml", &format!("{root}{records}</list>"));
        assert!(said.contains("the file says that there are 41"), "{root}: {said}");
    }
    let record =
        "<record><recordData><dc><title>Mill</title><date>1902</date></dc></recordData></record>";
    let answer = format!(
        "<searchRetrieveResponse><numberOfRecords>41</numberOfRecords><records>{record}</records></searchRetrieveResponse>"
    );
    let said = problems("a.xml", &answer);
    assert!(said.contains("1 record of 41"), "{said}");
}

#[test]
fn description_of_a_manuscript_and_an_abstract_are_kept() {
    let tei = "<TEI><teiHeader><fileDesc><titleStmt><title>MS. 7</title></titleStmt><sourceDesc><msDesc><msIdentifier><idno>MS. 7</idno>\
        </msIdentifier><head>Herbal of the mill</head><msContents><summary>A herbal.</summary><msItem><author>Keller, Anna</author>\
        <title>On rye</title><incipit>In the year</incipit></msItem></msContents><physDesc><p>Torn</p></physDesc><history><origin>\
        <origDate when='1402'>1402</origDate><origPlace>Brackwell</origPlace></origin><provenance>Given in 1951</provenance></history></msDesc>\
        </sourceDesc></fileDesc></teiHeader><text><body><p>In the year</p></body></text></TEI>";
    let expected = json!({
        "title": "MS. 7", "date": "1402", "creator": "Keller, Anna", "places": "Brackwell", "summary": "A herbal.",
        "provenance": "Given in 1951", "incipit": "In the year", "head": "Herbal of the mill", "physDesc.p": "Torn",
    });
    check("a.xml", tei, &[expected]);
    let tei = "<TEI><teiHeader><fileDesc><titleStmt><title>L</title></titleStmt></fileDesc><profileDesc><abstract><p>Of rye.</p></abstract>\
        <correspDesc><correspAction type='sent'><persName>Keller, Anna</persName><date when='1902-07-12'/></correspAction><correspContext>\
        <ref target='https://a.example/40'>Before</ref></correspContext><note>Torn</note></correspDesc></profileDesc></teiHeader></TEI>";
    let expected = json!({"summary": "Of rye.", "note": "Torn", "correspContext.target": "https://a.example/40"});
    check("a.xml", tei, &[expected]);
}

/// Returns a package of parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn headings_above_tables_of_a_document_are_series_and_text_is_named() {
    let paragraph = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let table = |rows: &[&[&str]]| {
        let cell = |text: &&str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let row = |cells: &&[&str]| {
            format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
        };
        format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
    };
    let names: &[&str] = &["Title", "Date"];
    let body = [
        paragraph("Title", "Papers of the mill"),
        paragraph("", "Given in 1951."),
        paragraph("Heading1", "Letters"),
        table(&[names, &["Mill", "1902"]]),
        paragraph("Heading1", "Maps"),
        paragraph("", "Maps of the river."),
        table(&[names, &["Quay", "1903"]]),
    ];
    let text = format!("<w:document xmlns:w='w'><w:body>{}</w:body></w:document>", body.concat());
    let bytes = package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &text)]);
    let merged = crate::field_meanings::read_bytes("a.docx", &bytes);
    let found = crate::field_meanings::objects(&merged);
    let series: Vec<_> = found.iter().map(|record| record.get("series").cloned()).collect();
    assert_eq!(series, [Some(json!("Letters")), Some(json!("Maps"))], "{found:?}");
    let said = merged.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(said.contains("Maps of the river"), "{said}");
}

#[test]
fn links_behind_cells_of_a_workbook_are_addresses() {
    let cell =
        |at: &str, text: &str| format!("<c r='{at}' t='inlineStr'><is><t>{text}</t></is></c>");
    let row = |at: usize, title: &str, date: &str| {
        format!(
            "<row r='{at}'>{}{}</row>",
            cell(&format!("A{at}"), title),
            cell(&format!("B{at}"), date)
        )
    };
    let rows = [row(1, "Title", "Date"), row(2, "Mill", "1902"), row(3, "Quay", "1903")].concat();
    let namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of_relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='{id}' \
             Type='{of_relations}/{kind}' Target='{target}'/></Relationships>"
        )
    };
    let sheet = format!(
        "<worksheet xmlns='{namespace}' xmlns:r='{of_relations}'><sheetData>{rows}</sheetData><hyperlinks><hyperlink ref='A2' r:id='h1'/>\
         </hyperlinks></worksheet>"
    );
    let workbook = format!(
        "<workbook xmlns='{namespace}' xmlns:r='{of_relations}'><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>"
    );
    let bytes = package(&[
        (
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        ),
        ("_rels/.rels", &relations("r1", "officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations("r1", "worksheet", "worksheets/sheet1.xml")),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            &relations("h1", "hyperlink", "https://a.example/7"),
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    let found =
        crate::field_meanings::objects(&crate::field_meanings::read_bytes("a.xlsx", &bytes));
    let addresses: Vec<_> = found.iter().map(|record| record.get("url").cloned()).collect();
    assert_eq!(addresses, [Some(json!("https://a.example/7")), None], "{found:?}");
}

#[test]
fn position_and_other_keys_of_fonds_do_not_hide_the_names_of_another_program() {
    let letter = json!({"title": "Letter", "date": "1945-07-12", "creator": "Keller, Anna"});
    for record in [
        json!({"title": "Letter", "position": 1, "created": "1945-07-12", "author": "Keller, Anna"}),
        json!({"title": "Letter", "position": 7, "letter_date": "1945-07-12", "sender": "Keller, Anna"}),
        json!({"title": "Letter", "date_edtf": "", "created": "1945-07-12", "author": "Keller, Anna"}),
        json!({"title": "Letter", "date": "1945-07-12", "contributor_role": "", "author": "Keller, Anna"}),
        json!({"title": "Letter", "position": 1, "date": "1945-07-12", "Verfasser": "Keller, Anna"}),
        json!({"title": "Letter", "position": 1, "datum": "1945-07-12", "creator": "Keller, Anna"}),
    ] {
        let other = json!({"title": "Harbour", "position": 2});
        let records = json!([record, other]);
        for (name, text) in [
            ("a.json", records.to_string()),
            ("a.json", json!({"records": records}).to_string()),
            ("a.jsonl", format!("{record}\n{other}\n")),
        ] {
            check(name, &text, &[letter.clone(), json!({"title": "Harbour", "creator": null})]);
        }
    }
    // Files of fonds have other names beside its own ones.
    for record in [
        json!({"position": 1, "title": "Letter", "date": "1945-07-12", "creator": "Keller, Anna", "author": "x"}),
        json!({"position": 1, "title": "Letter", "date": "1945-07-12", "creator": "Keller, Anna", "mood": "x"}),
    ] {
        check("a.json", &json!([record]).to_string(), std::slice::from_ref(&letter));
    }
}

#[test]
fn values_of_a_name_stay_in_the_order_of_the_file() {
    let counts = json!([{"year": 2020, "c": 1}, {"year": 2021, "c": 2}, {"year": 2022, "c": 3}]);
    for part in ["year", "month", "day", "date_year"] {
        let text = counts.to_string().replace("year", part).replace("202", "1");
        let list: Value = serde_json::from_str(&text).unwrap();
        let record = json!({"title": "Mill", "date": "1945", "counts": list});
        let expected = json!({"date": "1945", format!("counts.{part}"): ["10", "11", "12"], "counts.c": ["1", "2", "3"]});
        check("a.json", &json!([record, record]).to_string(), &[expected.clone(), expected]);
    }
}

#[test]
fn name_with_a_note_behind_it_is_the_same_name() {
    let whole = "Anna Keller (British, 1880–1950)";
    for (one, other, kept) in [
        (json!(whole), json!("Anna Keller"), whole),
        (json!("Anna Keller"), json!(whole), "Anna Keller"),
        (json!("Keller, Anna"), json!("Keller, Anna (1880-1950)"), "Keller, Anna"),
    ] {
        let record =
            json!({"title": "Mill", "date": "1902", "artist_display": one, "artist_title": other});
        check("a.json", &foreign(&json!([record])), &[json!({"creator": kept})]);
    }
    // Another person.
    let record = json!({"title": "Mill", "date": "1902", "artist_display": "Anna Kellermann", "artist_title": "Anna Keller"});
    check(
        "a.json",
        &foreign(&json!([record])),
        &[json!({"creator": ["Anna Kellermann", "Anna Keller"]})],
    );
}
