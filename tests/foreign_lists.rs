//! Lists whose records stand beside other things or behind fields that other programs name: statements of RDF, persons and
//! places in a graph, parts of an answer of a search, fields of MARC; and files that list no documents.

use serde_json::{Value, json};

use crate::field_meanings::{check, foreign, read_text};

/// The only message about a file.
fn message(name: &str, text: &str) -> String {
    let problems = read_text(name, text).problems;
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn statements_with_the_address_of_their_property_are_fields() {
    for (name, value) in [
        ("propertyUri", "value"),
        ("property_uri", "value"),
        ("predicate", "object"),
        ("predicate", "value"),
        ("property", "value"),
        ("attr", "val"),
    ] {
        for vocabulary in ["http://purl.org/dc/terms/", "http://terms.example/terms#", "dcterms:"] {
            let field = |property: &str, text: &str| json!({name: format!("{vocabulary}{property}"), value: text, "lang": null});
            let item = |id: u32, title: &str, day: &str| json!({"id": id, "metas": [field("title", title), field("created", day), field("creator", "Keller, Anna")]});
            let list = json!({"datas": [item(1, "Mill", "1902-07-12"), item(2, "Quay", "1903")]});
            let expected = |title: &str, day: &str| json!({"title": title, "date": day, "creator": "Keller, Anna"});
            check(
                "a.json",
                &list.to_string(),
                &[expected("Mill", "1902-07-12"), expected("Quay", "1903")],
            );
        }
    }
}

#[test]
fn persons_and_places_beside_records_are_left_out_and_counted() {
    for kind in ["rico:Person", "schema:Place", "Organization", "skos:Concept", "crm:E21_Person"] {
        let record = |id: u32, title: &str| json!({"@id": format!("https://r.example/{id}"), "@type": "rico:Record", "title": title, "date": "1902"});
        let entity =
            json!({"@id": "https://r.example/agent/1", "@type": kind, "name": "Keller, Anna"});
        let graph = json!({"@graph": [record(1, "Mill"), record(2, "Quay"), entity]});
        check("a.json", &graph.to_string(), &[json!({"title": "Mill"}), json!({"title": "Quay"})]);
        let message = message("a.json", &graph.to_string());
        assert!(message.contains("1 item that is no record was left out"), "{message}");
    }
    // What is described as a document is one.
    let list = json!([{"type": "Place", "title": "Mill", "date": "1902"}, {"type": "Photo", "title": "Quay", "date": "1903"}]);
    check("a.json", &foreign(&list), &[json!({"title": "Mill"}), json!({"title": "Quay"})]);
}

#[test]
fn what_a_search_found_inside_of_a_record_is_not_its_own() {
    let hit = |id: &str, title: &str| {
        json!({"_id": id, "_source": {"titel": title, "datum": "1902"}, "highlight": {"titel": [title]},
               "inner_hits": {"pages": {"hits": {"total": {"value": 1}, "hits": [{"_id": "p1", "_source": {"title": "Page 1", "text": "Love"}}]}}}})
    };
    let answer =
        json!({"hits": {"total": {"value": 2}, "hits": [hit("41", "Mill"), hit("42", "Quay")]}});
    let expected = |title: &str| json!({"title": title, "source": null});
    check("a.json", &answer.to_string(), &[expected("Mill"), expected("Quay")]);
    let answer = json!({"Result": [
        {"FoundIn": "Metadata", "Title": "Mill", "Date": "1902"}, {"FoundIn": "Metadata", "Title": "Quay", "Date": "1903"}]});
    check(
        "a.json",
        &answer.to_string(),
        &[json!({"collection": null}), json!({"collection": null})],
    );
}

#[test]
fn year_of_a_begin_is_not_that_of_the_record() {
    let doc = |title: &str, min: &str, max: &str, year: u32| json!({"title": title, "date.min": min, "date.max": max, "date_range_start.year": year});
    let list = json!([
        doc("Mill", "1903-01-01", "1905-12-31", 1903),
        doc("Quay", "1902-01-01", "1902-12-31", 1902)
    ]);
    check(
        "a.json",
        &foreign(&list),
        &[json!({"date": "1903-01-01/1905-12-31"}), json!({"date": "1902"})],
    );
    assert!(!message("a.json", &foreign(&list)).contains("differs"));
}

#[test]
fn objects_of_a_module_with_a_name_are_records() {
    let item = |id: u32, title: &str| {
        format!(
            "<moduleItem id='{id}'><dataField name='ObjTitleTxt'><value>{title}</value></dataField>\
             <dataField name='ObjObjectNumberTxt'><value>HM {id}</value></dataField></moduleItem>"
        )
    };
    let module = |total: u32| {
        let items = item(41, "Mill") + &item(42, "Quay");
        format!(
            "<application><modules><module name='Object' totalSize='{total}'>{items}</module></modules></application>"
        )
    };
    check("a.xml", &module(2), &[json!({"title": "Mill"}), json!({"title": "Quay"})]);
    assert!(!message("a.xml", &module(2)).contains("the file says"));
    let said = message("a.xml", &module(7));
    assert!(said.contains("the file says that there are 7"), "{said}");
}

/// A record of MARC in JSON.
fn marc(id: &str, title: &str) -> Value {
    json!({"leader": "00212cam a2200097 a 4500", "fields": [
        {"001": id}, {"008": "020712s1902    xx            000 0 eng d"},
        {"100": {"ind1": "1", "ind2": " ", "subfields": [{"a": "Keller, Anna,"}, {"d": "1860-1940."}]}},
        {"245": {"ind1": "1", "ind2": "4", "subfields": [{"a": format!("{title} /")}, {"c": "by Anna Keller."}]}},
    ]})
}

#[test]
fn marc_in_json_is_read_as_marc() {
    let expected = |id: &str, title: &str| json!({"id": id, "title": title, "date": "1902", "creator": "Keller, Anna, 1860-1940", "language": "eng"});
    let both = [expected("7", "Mills"), expected("8", "Quays")];
    let [first, second] = [marc("7", "Mills"), marc("8", "Quays")];
    for text in [
        json!([first, second]).to_string(),
        json!({"records": [first, second]}).to_string(),
        json!({"total": 2, "docs": [{"record": first}, {"record": second}]}).to_string(),
        format!("{first}\n{second}\n"),
    ] {
        check("m.json", &text, &both);
    }
    check("m.jsonl", &format!("{first}\n{second}\n"), &both);
    check("m.json", &first.to_string(), &both[..1]);
    let of_xml = json!({"leader": "x", "controlfield": [{"tag": "001", "data": "7"}], "datafield": [
        {"tag": "245", "ind1": "1", "ind2": "0", "subfield": [{"code": "a", "data": "Mills"}]}]});
    let one = json!({"id": "7", "title": "Mills"});
    check("m.json", &json!({"collection": [of_xml, of_xml]}).to_string(), &[one.clone(), one]);
}

#[test]
fn making_of_a_thing_with_a_label_is_no_record() {
    let photo = |title: &str, year: &str| {
        format!(
            "<foto><titel>{title}</titel><herstellung><bezeichnung>Aufnahme</bezeichnung><datum>{year}</datum></herstellung></foto>"
        )
    };
    let list = format!("<fotos>{}{}</fotos>", photo("Mill", "1902"), photo("Quay", "1903"));
    let expected = |title: &str, year: &str| json!({"title": title, "date": year});
    check("a.xml", &list, &[expected("Mill", "1902"), expected("Quay", "1903")]);
}

#[test]
fn field_with_its_own_name_as_a_label_is_no_other_thing() {
    let item = |id: u32, title: &str, date: &str| {
        json!({"id": id, "title": title, "creation_date": "3 de mar\u{e7}o de 2021", "metadata": {
            "data-do-documento": {"id": 2, "name": "Data do documento", "value": date, "value_as_string": date}}})
    };
    let list = json!([item(1, "Mill", "1902"), item(2, "Quay", "1903")]);
    check("a.json", &list.to_string(), &[json!({"date": "1902"}), json!({"date": "1903"})]);
}

#[test]
fn lists_of_subjects_loads_and_subtitles_are_refused_by_their_kind() {
    let concept = |id: u32, label: &str| {
        format!(
            "<skos:Concept rdf:about='http://t.example/{id}'><skos:prefLabel xml:lang='en'>{label}</skos:prefLabel></skos:Concept>"
        )
    };
    let rdf = format!(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:skos='http://www.w3.org/2004/02/skos/core#'>{}{}</rdf:RDF>",
        concept(1, "mills"),
        concept(2, "quays")
    );
    let graph = json!({"@context": {}, "@graph": [
        {"@id": "t:1", "@type": "skos:Concept", "skos:prefLabel": "mills"}, {"@id": "t:2", "@type": "skos:Concept", "skos:prefLabel": "quays"}]});
    let har = json!({"log": {"version": "1.2", "creator": {"name": "Firefox"}, "pages": [{"id": "p1", "title": "Search"}],
                     "entries": [{"time": 41, "request": {"method": "GET", "url": "https://x.example/"}}]}});
    for (name, text, kind) in [
        ("a.rdf", rdf, "a thesaurus (SKOS)"),
        ("a.jsonld", graph.to_string(), "a thesaurus (SKOS)"),
        ("a.har", har.to_string(), "a log of what a browser loaded (HAR)"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:04,000\nThe mill.\n\n2\n00:00:05,000 --> 00:00:07,000\nThe quay.\n".to_owned(), "subtitles"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nThe mill stands.\n".to_owned(), "subtitles"),
    ] {
        let merged = read_text(name, &text);
        let problems: Vec<String> = merged.problems.iter().map(ToString::to_string).collect();
        assert!(merged.records.is_empty() && problems.join("\n").contains(kind), "{name}: {problems:?}");
    }
}

#[test]
fn lists_of_the_same_name_in_other_elements_are_all_read() {
    for element in ["item", "record", "entry", "letter", "x"] {
        let list = |name: &str, titles: &[&str]| {
            let records = titles.iter().map(|title| {
                format!("<{element}><title>{title}</title><date>1902</date></{element}>")
            });
            format!("<{name}>{}</{name}>", records.collect::<String>())
        };
        let letters = list("letters", &["Mill", "Quay"]);
        for (photos, title) in [
            (list("photos", &["Weir", "Road"]), vec!["Weir", "Road"]),
            (list("photos", &["Weir"]), vec!["Weir"]),
        ] {
            let expected: Vec<Value> = ["Mill", "Quay"]
                .iter()
                .chain(&title)
                .map(|title| json!({"title": title, "date": "1902"}))
                .collect();
            check("a.xml", &format!("<export>{letters}{photos}</export>"), &expected);
        }
    }
}
