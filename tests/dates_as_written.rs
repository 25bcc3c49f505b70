//! A date as it is written beside one for machines: both make one date, and neither hides the other.

use serde_json::json;

use crate::field_meanings::{check, foreign, read_text};

#[test]
fn date_for_machines_does_not_hide_the_date_as_written() {
    for (code, written) in [
        ("createdDate", "verbatimCreatedDate"),
        ("dateCreated", "displayDate"),
        ("creation_date", "creation_date_text"),
        ("date", "dateAsWritten"),
        ("Datum", "Datum (Text)"),
        ("date_iso", "date_expression"),
        ("date", "date_literal"),
        ("date", "texte de la date"),
    ] {
        let list = json!([
            {"title": "A", code: "1902-01-01", written: "ca. 1902"},
            {"title": "B", code: "1903-05-02", written: "2 May 1903"},
            {"title": "C", code: "1904-02-03", written: null},
            {"title": "D", code: "1905-01-06", written: "Twelfth Night 1905"},
        ]);
        let expected = [
            json!({"date": "ca. 1902", "date_edtf": null}),
            json!({"date": "2 May 1903"}),
            json!({"date": "1904-02-03"}),
            json!({"date": "Twelfth Night 1905"}),
        ];
        check("a.json", &foreign(&list), &expected);
        let table = format!(
            "Title,{code},{written}\nA,1902-01-01,ca. 1902\nB,1903-05-02,2 May 1903\nC,1904-02-03,\nD,1905-01-06,Twelfth Night 1905\n"
        );
        check("a.csv", &table, &expected);
    }
}

#[test]
fn dates_of_other_things_are_no_codes_of_a_written_date() {
    // Those of another year, of publication, of a system.
    for (code, days) in [
        ("date", ["2020-01-02", "2020-01-03"]),
        ("publishDate", ["1902-01-02", "1903-01-03"]),
        ("dateModified", ["1902-01-02", "1903-01-03"]),
    ] {
        let list = json!([
            {"title": "A", code: days[0], "date_text": "ca. 1902"},
            {"title": "B", code: days[1], "date_text": "about 1903"},
        ]);
        let merged = foreign(&list);
        check("a.json", &merged, &[json!({"date_text.normal": null}), json!({"date_edtf": null})]);
    }
    // A begin and an end say the code of a text themselves.
    let list = json!([
        {"title": "A", "date_begin": "1902-01-01", "date_end": "1902-12-31", "date_display": "ca. 1902"},
        {"title": "B", "date_begin": "1903-01-01", "date_end": "1903-12-31", "date_display": "1903?"},
    ]);
    check("a.json", &foreign(&list), &[json!({"date": "ca. 1902"}), json!({"date": "1903?"})]);
}

#[test]
fn name_of_a_timespan_is_its_date() {
    let item = |title: &str, year: u32, written: &str| {
        json!({"type": "HumanMadeObject", "_label": title, "produced_by": {"type": "Production", "timespan": {
            "type": "TimeSpan", "identified_by": [{"type": "Name", "content": written}],
            "begin_of_the_begin": format!("{year}-01-01T00:00:00Z"), "end_of_the_end": format!("{year}-12-31T23:59:59Z")}}})
    };
    let list = json!([item("A", 1902, "ca. 1902"), item("B", 1903, "spring 1903")]);
    check(
        "a.json",
        &list.to_string(),
        &[json!({"date": "ca. 1902"}), json!({"date": "spring 1903"})],
    );
}

#[test]
fn label_of_a_date_is_a_date_where_it_is_written_as_one() {
    let list =
        json!([{"title": "A", "date_label": "ca. 1902"}, {"title": "B", "date_label": "um 1903"}]);
    check("a.json", &foreign(&list), &[json!({"date": "ca. 1902"}), json!({"date": "um 1903"})]);
    let list = json!([{"title": "A", "date_label": "creation", "date_expression": "ca. 1902"}]);
    check("a.json", &foreign(&list), &[json!({"date": "ca. 1902"})]);
}

#[test]
fn normalized_date_beside_a_date_is_its_code() {
    for (written, code) in [
        ("Date", "Date (normalized)"),
        ("Date", "Normalised date"),
        ("Datum", "Datum normiert"),
        ("date", "date_iso"),
        ("Date", "Date normalisée"),
        ("Fecha", "Fecha normalizada"),
        ("Datum", "Datum genormaliseerd"),
    ] {
        let table = format!(
            "Title,{written},{code}\nA,13 July 1945,1945-07-13\nB,14 July 1945,1954-07-14\nC,,1902\nD,1903,1903-01-01\n"
        );
        let read = read_text("a.csv", &table);
        let dates =
            ["13 July 1945", "14 July 1945", "1902", "1903"].map(|date| json!({"date": date}));
        check("a.csv", &table, &dates);
        let differs = |it: &fonds::record::Problem| it.message.contains("1954-07-14");
        assert!(read.problems.iter().any(differs), "{table}{:?}", read.problems);
    }
    // A year as it is written is no code of a day that a program made of it.
    let list = json!([{"title": "A", "date_text": "1902", "date": "1902-01-01"}, {"title": "B", "date_text": "1903", "date": "1903-01-01"}]);
    check("a.json", &foreign(&list), &[json!({"date": "1902"}), json!({"date": "1903"})]);
}

#[test]
fn object_of_a_date_has_both_forms() {
    for (written, code) in [
        ("written", "normalized"),
        ("display", "iso"),
        ("text", "iso"),
        ("verbatim", "standardized"),
        ("expression", "iso"),
    ] {
        let list = json!([
            {"title": "A", "date": {code: "1945-07-12", written: "12. VII. 45"}},
            {"title": "B", "date": {code: "1932-03-01", written: "Spring 1932"}},
            {"title": "C", "date": {code: "1940-01-01", written: "c. 1940"}},
            {"title": "D", "date": {code: "1946-06/1946-09", written: "Sommer 1946"}},
        ]);
        let expected = [
            json!({"date": "12. VII. 45", "date_edtf": "1945-07-12"}),
            // The first day stands for all days.
            json!({"date": "Spring 1932", "date_edtf": null, "date.normal": "1932-03-01"}),
            json!({"date": "c. 1940", "date_edtf": null, "date.normal": "1940-01-01"}),
            json!({"date": "Sommer 1946", "date_edtf": "1946-06/1946-09"}),
        ];
        check("a.json", &foreign(&list), &expected);
    }
}
