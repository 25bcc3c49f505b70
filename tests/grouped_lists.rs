//! Lists in lists: what an object says of the records in it comes to each of them, and names no archive.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::field_meanings::{check, objects, read_text};

/// Letters and photographs, which have no series of their own.
fn lists() -> (Value, Value) {
    (
        json!([{"title": "Rye", "date": "1945"}, {"title": "Mill", "date": "1946"}]),
        json!([{"title": "Quay", "date": "1903"}]),
    )
}

/// The titles of the archives that a file names.
fn titles_of_archives(name: &str, text: &str) -> Vec<String> {
    read_text(name, text).archives.into_iter().filter_map(|archive| archive.title).collect()
}

#[test]
fn title_of_a_list_is_a_field_of_its_records() {
    let (letters, photos) = lists();
    for (groups, title, list, field) in [
        ("series", "title", "items", "series"),
        ("series", "name", "letters", "series"),
        ("Serien", "Titel", "Dokumente", "series"),
        ("collections", "label", "documents", "collection"),
        ("repositories", "name", "documents", "repository"),
        ("boxes", "number", "items", "box"),
        ("folders", "heading", "documents", "folder"),
        ("authors", "name", "works", "creator"),
        ("subjects", "name", "items", "subjects"),
        // What says nothing of a field stays under its own name.
        ("sections", "title", "items", "sections.title"),
        ("groups", "groupValue", "docs", "groups.groupValue"),
    ] {
        let expected = |title: &str, of_list: &str| json!({"title": title, field: of_list});
        let expected = [expected("Rye", "L"), expected("Mill", "L"), expected("Quay", "P")];
        // The title stands before or behind its list.
        let before = format!(
            r#"{{"{groups}":[{{"{title}":"L","{list}":{letters}}},{{"{title}":"P","{list}":{photos}}}]}}"#
        );
        let behind = format!(
            r#"{{"{groups}":[{{"{list}":{letters},"{title}":"L"}},{{"{list}":{photos},"{title}":"P"}}]}}"#
        );
        for text in [before, behind] {
            check("a.json", &text, &expected);
            assert_eq!(titles_of_archives("a.json", &text), [""; 0], "{text}");
        }
    }
}

#[test]
fn title_round_all_lists_is_that_of_the_archive() {
    let (letters, photos) = lists();
    let list = json!({"title": "Weidl papers", "series": [{"title": "L", "items": letters}, {"title": "P", "items": photos}]});
    assert_eq!(titles_of_archives("a.json", &list.to_string()), ["Weidl papers"]);
    check(
        "a.json",
        &list.to_string(),
        &[json!({"series": "L"}), json!({"series": "L"}), json!({"series": "P"})],
    );
    // What is said of the answers to a search is not said of records.
    let pages = json!([{"page": 1, "total": 3, "items": letters}, {"page": 2, "total": 3, "items": photos}]);
    let none = json!({"page": null, "group.page": null, "group.total": null});
    check("a.json", &pages.to_string(), &[none.clone(), none.clone(), none]);
}

#[test]
fn records_get_what_all_objects_round_them_say() {
    let (letters, photos) = lists();
    let folders = json!([{"title": "A", "papers": letters}, {"title": "B", "papers": photos}]);
    let list = json!({"boxes": [{"no": 12, "note": "damp", "folders": folders}, {"no": 13, "folders": folders}]});
    let of = |number: &str, folder: &str, note: Value| json!({"box": number, "folder": folder, "boxes.note": note});
    check(
        "a.json",
        &list.to_string(),
        &[
            of("12", "A", json!("damp")),
            of("12", "A", json!("damp")),
            of("12", "B", json!("damp")),
            of("13", "A", json!(null)),
            of("13", "A", json!(null)),
            of("13", "B", json!(null)),
        ],
    );
    // A record's own series is surer.
    let own = json!({"series": [{"title": "L", "items": [{"title": "Rye", "date": "1945", "series": "Own"}]},
                                {"title": "P", "items": photos}]});
    check(
        "a.json",
        &own.to_string(),
        &[json!({"series": "Own", "series.title": "L"}), json!({"series": "P"})],
    );
    // Keys that the writer chose, and several values at the top.
    let keyed =
        json!({"Letters": {"note": "damp", "items": letters}, "Photographs": {"items": photos}});
    let of = |group: &str| json!({"group": group});
    check("a.json", &keyed.to_string(), &[of("Letters"), of("Letters"), of("Photographs")]);
    let lines = format!(
        "{}\n{}\n",
        json!({"series": "L", "items": letters}),
        json!({"series": "P", "items": photos})
    );
    check(
        "a.jsonl",
        &lines,
        &[json!({"series": "L"}), json!({"series": "L"}), json!({"series": "P"})],
    );
}

#[test]
fn elements_round_records_say_what_these_have_in_common() {
    let item =
        |title: &str, day: &str| format!("<item><title>{title}</title><date>{day}</date></item>");
    let (rye, mill, quay) = (item("Rye", "1945"), item("Mill", "1946"), item("Quay", "1903"));
    let expected = |field: &str| [json!({field: "L"}), json!({field: "L"}), json!({field: "P"})];
    for (open_l, open_p, close, field) in [
        ("<series name=\"L\">", "<series name=\"P\">", "</series>", "series"),
        ("<series><title>L</title>", "<series><title>P</title>", "</series>", "series"),
        ("<section label=\"L\">", "<section label=\"P\">", "</section>", "section.label"),
        ("<box number=\"L\"><items>", "<box number=\"P\"><items>", "</items></box>", "box"),
        ("<folder><head>L</head>", "<folder><head>P</head>", "</folder>", "folder"),
    ] {
        let text = format!(
            "<inventory title=\"Weidl papers\">{open_l}{rye}{mill}{close}{open_p}{quay}{close}</inventory>"
        );
        check("a.xml", &text, &expected(field));
        assert_eq!(titles_of_archives("a.xml", &text), ["Weidl papers"], "{text}");
    }
}

#[test]
fn records_before_a_break_know_their_list() {
    let text = r#"{"series":[{"title":"L","items":[{"title":"Rye","date":"1945"}]},{"title":"P","items":[{"title":"Quay","date":"1903"},{"tit"#;
    check("a.json", text, &[json!({"series": "L"}), json!({"series": "P"})]);
}

#[test]
fn long_lists_are_sent_in_parts_and_all_know_their_list() {
    let mut text = "{\"series\":[".to_owned();
    for series in 0..3 {
        let comma = if series == 0 { "" } else { "," };
        write!(text, "{comma}{{\"title\":\"Series {series}\",\"items\":[").unwrap();
        for letter in 0..3_000 {
            let comma = if letter == 0 { "" } else { "," };
            write!(
                text,
                "{comma}{{\"title\":\"Letter {letter} of the mill by the quay\",\"date\":\"1945\"}}"
            )
            .unwrap();
        }
        text += "]}";
    }
    text += "]}";
    let found = objects(&read_text("a.json", &text));
    assert_eq!(found.len(), 9_000);
    for (at, record) in found.iter().enumerate() {
        assert_eq!(record["series"], json!(format!("Series {}", at / 3_000)), "{at}");
    }
}

#[test]
fn elements_of_several_names_are_lists_of_their_own() {
    let item = |name: &str, title: &str, day: &str| {
        format!("<{name}><Title>{title}</Title><Date>{day}</Date></{name}>")
    };
    let text = format!(
        "<Export>{}{}{}<Attachment><Title>Full text</Title></Attachment></Export>",
        item("Letter", "Rye", "1945"),
        item("Letter", "Mill", "1946"),
        item("Photo", "Quay", "1903")
    );
    let of = |title: &str, day: &str| json!({"title": title, "date": day});
    check("a.xml", &text, &[of("Rye", "1945"), of("Mill", "1946"), of("Quay", "1903")]);
    assert_eq!(titles_of_archives("a.xml", &text), [""; 0]);
}

#[test]
fn names_of_elements_are_read_without_their_codes() {
    let text = "<dataroot><Briefe><Empf_x00E4_nger>Roth, Emil</Empf_x00E4_nger><Titel_x0020_des_x0020_Briefs>Roggen</Titel_x0020_des_x0020_Briefs>\
                <Datum>1945</Datum><Mass_x00zz_e>4</Mass_x00zz_e></Briefe><Briefe><Titel_x0020_des_x0020_Briefs>Kai</Titel_x0020_des_x0020_Briefs><Datum>1946</Datum></Briefe></dataroot>";
    let first = json!({"title": "Roggen", "recipient": "Roth, Emil", "Mass_x00zz_e": "4"});
    check("a.xml", text, &[first, json!({"title": "Kai"})]);
}

#[test]
fn document_may_list_its_pages() {
    let text = json!({"title": "Rye", "date": "1945", "pages": [{"page": 1, "text": "Dear"}, {"page": 2, "text": "Yours"}]});
    check("a.json", &text.to_string(), &[json!({"title": "Rye", "date": "1945"})]);
}

#[test]
fn days_of_lists_are_those_of_their_records() {
    let titled = |title: &str| json!({"title": title, "id": title.to_lowercase()});
    let (first, second) = (json!([titled("Rye"), titled("Mill")]), json!([titled("Quay")]));
    let expected = [json!({"date": "1945"}), json!({"date": "1945"}), json!({"date": "1946"})];
    for text in [
        json!({"years": [{"year": 1945, "items": first}, {"year": 1946, "items": second}]}),
        json!([{"date": "1945", "count": 2, "letters": first}, {"date": "1946", "count": 1, "letters": second}]),
        json!({"1945": first, "1946": second}),
    ] {
        check("a.json", &text.to_string(), &expected);
    }
}

#[test]
fn record_beside_lists_of_records_is_one() {
    let (letters, _) = lists();
    let plan = json!({"title": "Plan", "date": "1902", "note": "torn"});
    let (in_list, alone) =
        (json!({"series": "L"}), json!({"title": "Plan", "series": null, "note": "torn"}));
    let expected = [in_list.clone(), in_list, alone];
    let list = json!([{"series": "L", "items": letters}, plan]);
    check("a.json", &list.to_string(), &expected);
    let lines = format!("{}\n{plan}\n", json!({"series": "L", "items": letters}));
    check("a.jsonl", &lines, &expected);
    assert_eq!(titles_of_archives("a.jsonl", &lines), [""; 0]);
    // What describes no document is none.
    let list = json!([{"series": "L", "items": letters}, {"series": "M", "note": "lost"}]);
    check("a.json", &list.to_string(), &expected[..2]);
}

#[test]
fn list_of_one_may_be_written_as_the_object_alone() {
    let (letters, _) = lists();
    let plan = json!({"title": "Plan", "date": "1902"});
    for list in ["items", "letters", "item"] {
        let series = json!({"series": [{"title": "L", list: letters}, {"title": "M", list: plan}]});
        let of = |title: &str, series: &str| json!({"title": title, "series": series});
        check("a.json", &series.to_string(), &[of("Rye", "L"), of("Mill", "L"), of("Plan", "M")]);
    }
    let message =
        read_text("a.json", &json!({"letters": letters, "map": plan}).to_string()).problems;
    assert!(message.iter().any(|it| it.message.contains("in no record: “map”")), "{message:?}");
}

#[test]
fn wrapped_lists_say_what_their_records_have_in_common() {
    let (letters, photos) = lists();
    let nodes = |list: &Value| {
        let nodes: Vec<Value> =
            list.as_array().unwrap().iter().map(|it| json!({"node": it})).collect();
        json!({"edges": nodes})
    };
    let series =
        |title: &str, list: &Value| json!({"node": {"title": title, "items": nodes(list)}});
    let answer =
        json!({"data": {"series": {"edges": [series("L", &letters), series("P", &photos)]}}});
    check(
        "a.json",
        &answer.to_string(),
        &[json!({"series": "L"}), json!({"series": "L"}), json!({"series": "P"})],
    );
    assert_eq!(titles_of_archives("a.json", &answer.to_string()), [""; 0]);
}

#[test]
fn list_named_by_a_person_alone_is_of_that_person() {
    let letter = |day: &str, to: &str| json!({"date": day, "to": to});
    let list = json!([{"author": "Keller, Anna", "letters": [letter("1945", "Weidl, Jonas"), letter("1946", "Roth, Emil")]},
                      {"author": "Weidl, Jonas", "letters": [letter("1947", "Keller, Anna")]}]);
    let of = |from: &str, to: &str| json!({"creator": from, "recipient": to});
    let expected = [
        of("Keller, Anna", "Weidl, Jonas"),
        of("Keller, Anna", "Roth, Emil"),
        of("Weidl, Jonas", "Keller, Anna"),
    ];
    check("a.json", &list.to_string(), &expected);
    let (letters, photos) = lists();
    let list = json!([{"id": "N 12", "items": letters}, {"id": "N 13", "items": photos}]);
    let of = |id: &str| json!({"group.id": id});
    check("a.json", &list.to_string(), &[of("N 12"), of("N 12"), of("N 13")]);
}

#[test]
fn archive_is_named_by_the_repository_round_the_records() {
    let (letters, _) = lists();
    let list = json!({"repository": "Town Archive", "collection": "Keller papers", "records": letters, "took": 3});
    assert_eq!(titles_of_archives("a.json", &list.to_string()), ["Town Archive"]);
}

#[test]
fn feeds_and_answers_without_entries_have_no_record() {
    let rss = "<rss version=\"2.0\"><channel><title>Search: keller</title><link>https://a.example/</link><description>No results</description>               <pubDate>Mon, 01 Jan 2024 10:00:00 GMT</pubDate></channel></rss>";
    check("a.xml", rss, &[]);
    let answer = json!({"title": "Results", "link": "https://a.example", "items": []});
    check("a.json", &answer.to_string(), &[]);
}

#[test]
fn documents_below_documents_are_records() {
    let (letters, photos) = lists();
    for key in ["letters", "items", "documents"] {
        let list = json!([{"title": "L", "creator": "Keller, Anna", key: letters}, {"title": "P", "creator": "Roth, Emil", key: photos}]);
        let of = |collection: &str| json!({"collection": collection});
        let none = json!({"collection": null});
        check("a.json", &list.to_string(), &[none.clone(), of("L"), of("L"), none, of("P")]);
    }
}

#[test]
fn lists_of_different_depths_are_read_from_the_outermost() {
    let (letters, photos) = lists();
    for key in ["children", "items", "sections", "kinder"] {
        let inner = json!({"title": "Albums", key: photos});
        let list = json!({key: [{"title": "L", key: letters}, {"title": "Map", "date": "1899"}, {"title": "P", key: [inner]}]});
        let expected = [
            json!({"title": "Rye", "series": "L"}),
            json!({"title": "Mill", "series": "L"}),
            json!({"title": "Map", "series": null, "date": "1899"}),
            json!({"title": "Quay", "series": "P / Albums", "date": "1903"}),
        ];
        check("a.json", &list.to_string(), &expected);
    }
    // A group that says more than its title is a record too.
    let list = json!({"children": [{"title": "L", "note": "damp", "children": letters}, {"title": "Map", "date": "1899"}]});
    let titles = ["L", "Rye", "Mill", "Map"].map(|title| json!({"title": title}));
    check("a.json", &list.to_string(), &titles);
}

#[test]
fn level_of_a_group_says_what_its_title_is() {
    let (letters, photos) = lists();
    for (level, field) in [("series", "series"), ("Collection", "collection"), ("box", "box")] {
        let list = json!({"children": [{"level": level, "title": "L", "children": letters}, {"level": level, "title": "P", "children": photos}]});
        let of = |title: &str, group: &str| json!({"title": title, field: group});
        check("a.json", &list.to_string(), &[of("Rye", "L"), of("Mill", "L"), of("Quay", "P")]);
    }
}

#[test]
fn record_with_an_empty_list_beside_groups_is_one() {
    let (letters, photos) = lists();
    for nothing in ["[]", "[ ]", "{}", "null"] {
        let text = format!(
            r#"[{{"series": "L", "items": {letters}}}, {{"title": "Album", "date": "1940", "items": {nothing}}}, {{"series": "P", "items": {photos}}}]"#
        );
        let expected = ["Rye", "Mill", "Album", "Quay"].map(|title| json!({"title": title}));
        check("a.json", &text, &expected);
    }
}

#[test]
fn files_and_items_of_an_archive_are_records() {
    for item in ["file", "item", "record", "letter"] {
        let of = |title: &str, date: &str| {
            format!("<{item}><title>{title}</title><date>{date}</date></{item}>")
        };
        let (rye, mill, quay) = (of("Rye", "1945"), of("Mill", "1946"), of("Quay", "1903"));
        let text = format!(
            "<fonds><title>Weidl papers</title><series><title>L</title>{rye}{mill}</series><series><title>P</title>{quay}</series></fonds>"
        );
        let expected = |field: &str| {
            let of = |title: &str, group: &str| json!({"title": title, field: group});
            [of("Rye", "L"), of("Mill", "L"), of("Quay", "P")]
        };
        check("a.xml", &text, &expected("series"));
        let text = format!(
            "<inventory><folder number=\"L\">{rye}{mill}</folder><folder number=\"P\">{quay}</folder></inventory>"
        );
        check("a.xml", &text, &expected("folder"));
    }
    // The files of a set of data are its parts.
    let data = r#"{"title": "Rain", "date": "2020", "files": [{"title": "a", "date": "2020", "size": 5, "format": "csv"}, {"title": "b", "date": "2021", "size": 6, "format": "csv"}]}"#;
    check("a.json", data, &[json!({"title": "Rain"})]);
}

#[test]
fn total_round_groups_is_that_of_their_records() {
    let (letters, photos) = lists();
    for (total, is_stated) in [(40, true), (2, false), (3, false)] {
        let list = json!({"matches": total, "groups": [{"groupValue": "L", "docs": letters}, {"groupValue": "P", "docs": photos}]});
        let problems = read_text("a.json", &list.to_string()).problems;
        let says = problems.iter().any(|it| it.message.contains("the file says that there are 40"));
        assert_eq!(says, is_stated, "{total}: {problems:?}");
    }
}
