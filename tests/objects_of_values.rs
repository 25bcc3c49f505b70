//! Values that programs wrap in objects: titles of many forms, days as attributes and keys, lists under keys for pictures. The
//! contents are invented.

use serde_json::{Value, json};

use crate::field_meanings::{check, foreign, read_text};

#[test]
fn title_is_taken_out_of_objects() {
    for title in [
        json!({"$": "Mill", "@lang": "fr"}),
        json!({"_": "Mill", "$": {"lang": "fr"}}),
        json!({"$t": "Mill"}),
        json!({"und": [{"value": "Mill", "format": null}]}),
        json!({"title": {"value": "Mill"}}),
        json!({"content": {"value": "Mill"}}),
        json!({"preferred": "Mill", "other": ["x"]}),
        json!({"primary": "Mill"}),
        json!({"default": "Mill"}),
        json!({"original": "Mill", "translated": "Mühle"}),
        json!({"mainTitle": "Mill"}),
        json!([{"title": "Mühle", "type": "alternative"}, {"title": "Mill", "type": "main"}]),
        json!(["Mill", {"lang": "de", "text": "Mühle"}]),
        json!([{"value": "Mill"}, {"value": "Mühle", "type": "translated"}]),
    ] {
        let list = json!([
            {"id": "1", "date": "1902", "author": "Keller, Anna", "title": title},
            {"id": "2", "date": "1903", "author": "Roth, Ida", "title": title},
        ]);
        check("a.json", &foreign(&list), &[json!({"title": "Mill"}), json!({"title": "Mill"})]);
    }
    let list = json!({"items": {"mods": [
        {"titleInfo": [{"title": "Mill"}, {"@type": "alternative", "title": "Mühle"}], "originInfo": {"dateIssued": "1978"}},
        {"titleInfo": {"title": "Quay"}, "originInfo": {"dateIssued": "1979"}},
    ]}});
    let expected =
        [json!({"title": "Mill", "date": "1978"}), json!({"title": "Quay", "date": "1979"})];
    check("a.json", &list.to_string(), &expected);
}

#[test]
fn labelled_values_in_a_list_for_pictures_are_those_of_its_records() {
    for key in ["media", "images", "files", "attachments"] {
        let list = json!({key: [
            {"title": "Mill", "metadata": [{"label": "Date", "value": "1902"}, {"label": "Author", "value": "Keller, Anna"}]},
            {"title": "Quay", "metadata": [{"label": "Date", "value": "1903"}]},
        ]});
        let expected = [
            json!({"title": "Mill", "date": "1902", "creator": "Keller, Anna"}),
            json!({"title": "Quay", "date": "1903"}),
        ];
        check("a.json", &list.to_string(), &expected);
    }
}

#[test]
fn day_in_an_attribute_or_a_key_is_the_date() {
    for date in [
        "<date when='1902-07-12'>Sunday</date>",
        "<date iso='1902-07-12'>12. Juli</date>",
        "<date normal='1902-07-12'>a day in July</date>",
    ] {
        let xml = format!(
            "<l><letter><title>Mill</title>{date}</letter><letter><title>Quay</title><date>1903</date></letter></l>"
        );
        check("a.xml", &xml, &[json!({"date": "1902-07-12"}), json!({"date": "1903"})]);
    }
    let xml = "<l><letter><title>Mill</title><date when='1902-07-12'>12 July 1902</date></letter><letter><title>Quay</title></letter></l>";
    check("a.xml", xml, &[json!({"date": "12 July 1902"}), json!({"date": null})]);
    let days = json!({"1902-07-12": {"title": "Mill", "x": {"y": 1}}, "1903-08-14": {"title": "Quay", "x": {"y": 1}}});
    check(
        "a.json",
        &days.to_string(),
        &[json!({"date": "1902-07-12"}), json!({"date": "1903-08-14"})],
    );
    let years =
        json!({"1902": {"title": "Mill", "x": {"y": 1}}, "1903": {"title": "Quay", "x": {"y": 1}}});
    check(
        "a.json",
        &years.to_string(),
        &[json!({"id": "1902", "date": null}), json!({"id": "1903"})],
    );
}

/// Returns what is said of a file without records.
fn refusal(name: &str, text: &str) -> String {
    let merged = read_text(name, text);
    assert!(merged.records.is_empty(), "{text}");
    merged.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn files_that_describe_no_documents_are_named() {
    for (file, said) in [
        (
            json!({"apiVersion": "v1", "kind": "List", "items": [{"metadata": {"name": "web-1"}}]}),
            "a file of a program",
        ),
        (
            json!({"bomFormat": "CycloneDX", "components": [{"name": "serde", "author": "Keller"}]}),
            "a file of a program",
        ),
        (
            json!({"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": [{"id": 1, "image_id": 1, "category_id": 1}], "categories": [{"name": "cat"}]}),
            "labels of pictures",
        ),
        (
            json!({"resourceType": "Bundle", "entry": [{"resource": {"name": "Keller"}}]}),
            "health service",
        ),
        (json!({"kind": "calendar#events", "items": [{"summary": "Dentist"}]}), "a calendar"),
        (
            json!({"value": [{"subject": "Lunch", "start": {"dateTime": "2021-02-04"}, "end": {"dateTime": "2021-02-04"}}]}),
            "a calendar",
        ),
    ] {
        let found = refusal("a.json", &file.to_string());
        assert!(found.contains(said), "{file}: {found}");
    }
}

#[test]
fn documents_with_the_keys_of_other_kinds_are_records() {
    for record in [
        json!({"title": "Mill", "date": "1902", "resourceType": "Text"}),
        json!({"title": "Mill", "date": "1902", "images": [], "annotations": [{"text": "torn"}], "categories": ["rye"]}),
    ] {
        check("a.json", &record.to_string(), &[json!({"title": "Mill"})]);
    }
}

#[test]
fn lines_about_a_file_and_notes_below_a_table_are_no_records() {
    let line = |title: &str| json!({"title": title, "issued": "1902", "x": {"y": 1}}).to_string();
    for (first, last) in
        [(r#"{"type": "header", "version": "1.0"}"#, ""), ("", r#"{"count": 2, "status": "done"}"#)]
    {
        let text = [first, &line("Mill"), &line("Quay"), last].join("\n");
        check("a.jsonl", text.trim(), &[json!({"title": "Mill"}), json!({"title": "Quay"})]);
    }
    let table = "Ref,Title,Date\n1,Mill,1902\n2,Quay,1903\n\nSource: inventory of 1911\n";
    check("a.csv", table, &[json!({"title": "Mill"}), json!({"title": "Quay"})]);
    let said: Vec<Value> =
        read_text("a.csv", table).problems.iter().map(|it| json!(it.to_string())).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    check(
        "a.csv",
        "| Ref | Title | Date |\n|---|---|---|\n| 1 | Mill | 1902 |\n",
        &[json!({"title": "Mill"})],
    );
}

#[test]
fn picture_is_of_the_day_of_a_newspaper_and_not_of_the_year_of_a_book() {
    for (key, host, date) in [
        ("newspaper", json!({"title": "Courier", "date": "1902-07-12"}), json!("1902-07-12")),
        ("newspaper", json!({"title": "Courier", "date": "12 July 1902"}), json!("12 July 1902")),
        ("book", json!({"title": "Mills", "date": "2015"}), json!(null)),
        ("book", json!({"title": "Mills", "date": "1967"}), json!(null)),
        ("journal", json!({"title": "Mills today", "date": "2015-03-04"}), json!(null)),
    ] {
        let list = json!([
            {"title": "Mill", "photographer": "Keller, Anna", key: host},
            {"title": "Quay", "photographer": "Roth, Ida", key: host},
        ]);
        check("a.json", &foreign(&list), &[json!({"date": date}), json!({"date": date})]);
    }
}
