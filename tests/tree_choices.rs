//! Which list of a tree is the records, what is no record at all, and what is said about either. The structures
//! are those of real services and programs, the contents are invented.

use fonds::formats::read::{self, ReadOptions};
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::Field;

use crate::program::TestFolder;

/// Parses a text as a file of this name.
fn read_text(name: &str, text: &str) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read_with(name, &ReadOptions::default(), &mut text.as_bytes(), &mut merger).unwrap();
    merger.finish()
}

/// The titles of the records of a file.
fn titles(name: &str, text: &str) -> Vec<String> {
    let records = read_text(name, text).records;
    records.iter().map(|it| it.record.title().unwrap_or("").to_owned()).collect()
}

/// Files with lists inside of lists, and the titles of their records.
const NESTED: &[(&str, &str, &[&str])] = &[
    (
        "files-of-data.json",
        r#"{"results": [{"id": "a1", "title": "Mill", "notes": "Scans.", "resources": [{"id": "r1", "name": "mill.csv",
            "description": "CSV", "url": "https://c.example/m.csv", "created": "2021-02-03"}]},
            {"id": "a2", "title": "Quay", "notes": "Accounts.", "resources": []}]}"#,
        &["Mill", "Quay"],
    ),
    (
        "files-of-private-data.json",
        r#"{"results": [{"id": "a1", "title": "Mill", "notes": "Scans.", "private": false, "resources": [{"id": "r1", "name": "mill.csv",
            "description": "CSV", "url": "https://c.example/m.csv", "created": "2021-02-03"}]},
            {"id": "a2", "title": "Quay", "notes": "Accounts.", "private": false, "resources": []}]}"#,
        &["Mill", "Quay"],
    ),
    (
        "numbered-boxes.xml",
        "<boxes><box nr='1'><letter><title>Mill</title><date>1945</date></letter></box><box nr='2'><letter><title>Quay</title>\
         <date>1902</date></letter><letter><title>Map</title></letter></box></boxes>",
        &["Mill", "Quay", "Map"],
    ),
    (
        "distributions.json",
        r#"{"dataset": [{"identifier": "k1", "title": "Mill", "distribution": [{"title": "Table", "issued": "2020-01-02",
            "downloadURL": "https://x.example/m", "mediaType": "text/csv"}]},
            {"identifier": "k2", "title": "Quay", "distribution": []}]}"#,
        &["Mill", "Quay"],
    ),
    (
        "one-with-files.json",
        r#"{"success": true, "result": {"id": "a1", "title": "Mill", "notes": "Scans.", "resources": [
            {"name": "m.csv", "url": "https://c.example/m.csv", "created": "2021-02-03", "format": "CSV"},
            {"name": "m.pdf", "url": "https://c.example/m.pdf", "created": "2021-02-03", "format": "PDF"}]}}"#,
        &["Mill"],
    ),
    (
        "productions.jsonl",
        "{\"id\": \"w1\", \"title\": \"Mill\", \"production\": [{\"label\": \"1945\", \"dates\": [{\"label\": \"1945\"}]}]}\n\
         {\"id\": \"w2\", \"title\": \"Quay\", \"production\": [{\"label\": \"1902\", \"dates\": [{\"label\": \"1902\"}]}]}\n",
        &["Mill", "Quay"],
    ),
    (
        "exhibitions.jsonl",
        "{\"id\": \"o1\", \"title\": \"Mill\", \"exhibitions\": [{\"id\": 5, \"title\": \"Mills of Orla\", \"date\": \"1978\"}]}\n\
         {\"id\": \"o2\", \"title\": \"Quay\", \"exhibitions\": []}\n",
        &["Mill", "Quay"],
    ),
    (
        "revisions.json",
        r#"[{"id": 1, "title": "Mill", "revisions": [{"id": "v1", "title": "Mill, new", "author": "ida", "date": "2020-02-03"}]},
            {"id": 2, "title": "Quay", "revisions": [{"id": "v2", "title": "Quay, new", "author": "ida", "date": "2020-02-04"}]}]"#,
        &["Mill", "Quay"],
    ),
    (
        "boxes-with-descriptions.json",
        r#"[{"id": 1, "name": "Kasten 1", "description": "Briefe", "stuecke": [{"titel": "Mühle", "datum": "1945"}, {"titel": "Karte",
            "datum": "1946"}]}, {"id": 2, "name": "Kasten 2", "description": "Hafen", "stuecke": [{"titel": "Rechnung", "datum": "1902"}]}]"#,
        &["Mühle", "Karte", "Rechnung"],
    ),
    (
        "mentions.json",
        r#"[{"id": 1, "title": "Mill", "reference": "MS 1", "level": "item", "extent": "2", "rights": "open",
             "mentions": [{"title": "Treaty", "date": "1921"}]},
            {"id": 2, "title": "Quay", "reference": "MS 2", "level": "item", "extent": "1", "rights": "open",
             "mentions": [{"title": "Review", "date": "1931"}]}]"#,
        &["Mill", "Quay"],
    ),
    (
        "boxes.json",
        r#"{"boxes": [{"id": "b1", "name": "Box 1", "letters": [{"title": "Mill", "date": "1945"}, {"title": "Quay", "date": "1946"}]},
            {"id": "b2", "name": "Box 2", "letters": [{"title": "Map", "date": "1902"}]}]}"#,
        &["Mill", "Quay", "Map"],
    ),
    (
        "boxes.jsonl",
        "{\"id\": \"b1\", \"name\": \"Box 1\", \"items\": [{\"title\": \"Mill\", \"date\": \"1945\"}, {\"title\": \"Quay\", \"date\": \"1946\"}]}\n\
         {\"id\": \"b2\", \"name\": \"Box 2\", \"items\": [{\"title\": \"Map\", \"date\": \"1902\"}]}\n",
        &["Mill", "Quay", "Map"],
    ),
    (
        "unlike-objects.json",
        r#"{"ms41-7": {"title": "Mill", "date": "1945", "author": "Roth, Ida"}, "ms41-9": {"title": "Map"}}"#,
        &["Mill", "Map"],
    ),
    (
        "unlike-objects-below.json",
        r#"{"briefe": {"k1": {"titel": "Mühle", "datum": "1945", "verfasser": "Roth, Ida", "umfang": "2"}, "k2": {"titel": "Karte"},
            "k3": {"titel": "Hafen", "datum": "1902"}}}"#,
        &["Mühle", "Karte", "Hafen"],
    ),
    (
        "unlike-objects-with-names.json",
        r#"{"101": {"name": "Mill", "date": "1945", "writer": "Roth, Ida"}, "102": {"name": "Quay"}}"#,
        &["Mill", "Quay"],
    ),
    (
        "references.rdf",
        r##"<rdf:RDF xmlns:rdf="r" xmlns:dc="d" xmlns:z="z" xmlns:bib="b"><bib:Book rdf:about="urn:isbn:1"><z:itemType>book</z:itemType>
            <dc:title>Quay</dc:title><dc:date>1902</dc:date><dc:isPartOf rdf:resource="urn:issn:2"/><link rdf:resource="#item_2"/></bib:Book>
            <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>scan.pdf</dc:title><dc:date>2020</dc:date></z:Attachment>
            <bib:Journal rdf:about="urn:issn:2"><dc:title>Orla Review</dc:title></bib:Journal>
            <bib:Memo rdf:about="#item_3"><rdf:value>Read it again.</rdf:value></bib:Memo>
            <z:Collection rdf:about="#c1"><dc:title>Mills</dc:title><dc:hasPart rdf:resource="urn:isbn:1"/></z:Collection></rdf:RDF>"##,
        &["Quay"],
    ),
    (
        "items.json",
        r#"[{"key": "A", "data": {"itemType": "letter", "title": "Mill", "date": "1945"}},
            {"key": "B", "data": {"itemType": "attachment", "title": "scan.pdf", "date": "2020"}},
            {"key": "C", "data": {"itemType": "note", "note": "Read it again."}}]"#,
        &["Mill"],
    ),
    (
        "coordinates.json",
        r#"[{"title": "Mill", "lat": 52.5, "lon": 13.4, "url": "https://a.example/7"},
            {"title": "Quay", "lat": 52.6, "lon": 13.5, "url": "https://a.example/8"}]"#,
        &["Mill", "Quay"],
    ),
    (
        "described-places.json",
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.5, 2]},
            "properties": {"name": "Mill", "date": "1902"}}, {"type": "Feature", "geometry": null,
            "properties": {"name": "Quay", "description": "Photographed from the north."}}]}"#,
        &["Mill", "Quay"],
    ),
    (
        "references-and-days.json",
        r#"[{"signatur": "MS 41/7", "datum": "1945", "seiten": 12}, {"signatur": "MS 41/8", "datum": "1902", "seiten": 3}]"#,
        &["", ""],
    ),
    (
        "log-of-a-ship.json",
        r#"[{"title": "Log of the Orla", "date": "1845-07-12", "wind": "NW", "pressure": "30.1"},
            {"title": "Log of the Mill", "date": "1845-07-13", "wind": "N", "pressure": "30.2"}]"#,
        &["Log of the Orla", "Log of the Mill"],
    ),
    (
        "status-of-a-document.json",
        r#"{"title": "Mill", "date": "1945", "author": "Roth, Ida", "status": 450, "detail": "torn"}"#,
        &["Mill"],
    ),
    (
        "one-letter.xml",
        "<letters><letter><title>Mill</title><date>1945</date></letter></letters>",
        &["Mill"],
    ),
];

#[test]
fn records_are_the_documents_and_neither_their_parts_nor_their_groups() {
    for (name, text, expected) in NESTED {
        assert_eq!(titles(name, text), *expected, "{name}");
    }
}

#[test]
fn description_in_an_entry_is_that_of_the_whole_entry() {
    let entry = |id: &str, title: &str| {
        format!(
            "<entry><status>a</status><citation><id>{id}</id><article><title>{title}</title><year>1902</year></article></citation>\
             <terms><term>Mills</term></terms></entry>"
        )
    };
    let xml = format!("<set>{}{}</set>", entry("41", "Mill"), entry("42", "Quay"));
    let merged = read_text("a.xml", &xml);
    let record = &merged.records[0].record;
    assert_eq!(record.title(), Some("Mill"), "{:?}", merged.problems);
    assert_eq!(record.date.text, "1902");
    assert_eq!(record.first(Field::Id), Some("41"));
    assert!(record.own.contains(&("status".into(), "a".to_owned())), "{:?}", record.own);
    // A group that has one document has its own title.
    let boxes = "<boxes><box><name>Box 1</name><letter><title>Mill</title><date>1945</date></letter></box><box><name>Box 2</name>\
                 <letter><title>Quay</title><date>1902</date></letter></box></boxes>";
    assert_eq!(titles("a.xml", boxes), ["Mill", "Quay"]);
}

#[test]
fn days_and_persons_of_parts_are_not_those_of_the_record() {
    for part in ["resources", "distribution", "exhibitions", "revisions"] {
        let json = format!(
            r#"[{{"id": 1, "title": "Mill", "{part}": [{{"id": "p1", "title": "A", "author": "Ida Roth", "date": "2020-02-03"}}]}},
                {{"id": 2, "title": "Quay", "{part}": []}}]"#
        );
        let record = &read_text("a.json", &json).records[0].record;
        assert_eq!(record.date.text, "", "{part}");
        assert_eq!(record.first(Field::Creator), None, "{part}");
        let is_kept = |text: &str| record.own.iter().any(|(_, value)| value == text);
        assert!(is_kept("2020-02-03") && is_kept("Ida Roth"), "{part}: {:?}", record.own);
    }
}

#[test]
fn title_of_another_thing_is_not_that_of_a_letter() {
    for thing in ["exhibition", "edition", "book", "award", "archive", "box"] {
        let json = format!(
            r#"[{{"id": "a", "sender": "Roth, Ida", "{thing}": {{"title": "Mills today", "date": "2019"}}}},
                {{"id": "b", "sender": "Tarn, Emil", "{thing}": {{"title": "Mills today", "date": "2019"}}}}]"#
        );
        for record in read_text("a.json", &json).records {
            assert_ne!(record.record.title(), Some("Mills today"), "{thing}");
        }
    }
}

#[test]
fn other_documents_that_a_record_mentions_are_not_its_own() {
    for part in ["mentions", "responses", "seeFurther", "antworten", "linkedWorks"] {
        let json = format!(
            r#"[{{"title": "Mill", "id": 1, "reference": "MS 1", "level": "item", "extent": "2", "rights": "open", "{part}": [{{"title": "Treaty", "author": "Emil Tarn", "date": "1815-06-09"}}]}},
                {{"title": "Quay", "id": 2, "reference": "MS 2", "level": "item", "extent": "1", "rights": "open", "{part}": [{{"title": "Peace", "author": "Emil Tarn", "date": "1814-12-24"}},
                 {{"title": "War", "author": "Emil Tarn", "date": "1814-12-25"}}]}}]"#
        );
        for record in read_text("a.json", &json).records {
            assert_eq!(record.record.date.text, "", "{part}");
            assert_eq!(record.record.first(Field::Creator), None, "{part}");
        }
    }
    // What it was published in or as has its day.
    for part in ["editions", "instances", "issue", "host"] {
        let json = format!(
            r#"[{{"title": "Mill", "id": 1, "summary": "Rye.", "{part}": [{{"title": "The Brackwell Post", "date": "1815-06-09"}}]}},
                {{"title": "Quay", "id": 2, "summary": "Oats.", "{part}": [{{"title": "The Brackwell Post", "date": "1814-12-24"}}]}}]"#
        );
        let record = &read_text("a.json", &json).records[0].record;
        assert_eq!(record.date.text, "1815-06-09", "{part}");
    }
}

/// Files with one description and lists of what belongs to it, and files with a header and a list of records.
const LONE_DESCRIPTIONS: &[(&str, &str, &[&str])] = &[
    (
        "entry.xml",
        "<entry><citation><title>Mill</title><date>1945</date><author>Roth, Ida</author></citation>\
         <terms><term><name>Rye</name><id>1</id></term><term><name>Flour</name><id>2</id></term></terms></entry>",
        &["Mill"],
    ),
    (
        "entry.json",
        r#"{"citation": {"title": "Mill", "date": "1945", "author": "Roth, Ida"}, "terms": [{"name": "Rye", "id": "h1"},
            {"name": "Flour", "id": "h2"}]}"#,
        &["Mill"],
    ),
    (
        "letter.json",
        r#"{"letter": {"title": "Mill", "date": "1945"}, "pages": [{"label": "Page 1", "id": "p1"}, {"label": "Page 2", "id": "p2"}]}"#,
        &["Mill"],
    ),
    (
        "piece.yaml",
        "piece:\n  title: Mill\n  date: 1945\nstages:\n  - name: Draft\n    id: s1\n  - name: Fair copy\n    id: s2\n",
        &["Mill"],
    ),
    (
        "collection.json",
        r#"{"collection": {"title": "Papers of Ida Roth", "creator": "Roth, Ida", "date": "1880-1920"},
            "items": [{"title": "Mill", "id": "1"}, {"title": "Quay", "id": "2"}]}"#,
        &["Mill", "Quay"],
    ),
    (
        "export.json",
        r#"{"info": {"title": "Export", "creator": "me", "date": "2020"}, "rows": [{"name": "Mill", "id": "1"}, {"name": "Quay", "id": "2"}]}"#,
        &["Mill", "Quay"],
    ),
    (
        "letters.toml",
        "[[letters]]\ntitle = 'Mill'\ndate = 1945-07-12\n[[letters]]\ntitle = 'Quay'\ndate = 1902-01-02\n",
        &["Mill", "Quay"],
    ),
    (
        "tables.toml",
        "owner = 'Ida Roth'\n[box.1]\nname = 'a'\n[[box.letter]]\ntitle = 'Mill'\nfrom = 'Roth, Ida'\n",
        &["Mill"],
    ),
];

#[test]
fn documents_on_a_map_or_with_measurements_are_read() {
    for (name, text, expected) in [
        (
            "letters.geojson",
            r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"title": "Mill", "date": "1902", "description": "Rye."},
                "geometry": {"type": "Point", "coordinates": [9.1, 48.1]}}, {"type": "Feature", "properties": {"title": "Quay", "description": "Oats."},
                "geometry": null}]}"#,
            &["Mill", "Quay"][..],
        ),
        (
            "photos.geojson",
            r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Mill", "photographer": "Roth, Ida"},
                "geometry": {"type": "Point", "coordinates": [9.1, 48.1]}}]}"#,
            &["Mill"],
        ),
        (
            "log.json",
            r#"[{"title": "Log of the Orla", "date": "1902-07-12", "description": "clear sky", "temperature": 17.1},
                {"title": "Log of the Orla", "date": "1902-07-13", "description": "rain", "temperature": 16.0}]"#,
            &["Log of the Orla", "Log of the Orla"],
        ),
        (
            "diary.json",
            r#"[{"date": "1902-07-12", "description": "Went to the mill with Ida", "temp": 17.1, "page": 4}, {"date": "1902-07-13", "description":
                "Rain; wrote to the bank about the quay", "temp": 16.2, "page": 5}]"#,
            &["", ""],
        ),
        (
            "columns.json",
            r#"{"columns": {"title": "Title", "date": "Date", "author": "Author"}, "letters": [{"title": "Mill", "date": "1902", "author": "Roth, Ida"},
                {"title": "Quay", "date": "1903", "author": "Roth, Ida"}]}"#,
            &["Mill", "Quay"],
        ),
        (
            "accounts.json",
            r#"[{"title": "Accounts", "creator": "Mill", "entries": [{"date": "1902-07-12", "amount": 4}, {"date": "1902-07-13", "amount": 7}]},
                {"title": "Rents", "creator": "Mill", "entries": [{"date": "1903-07-12", "amount": 4}, {"date": "1903-07-13", "amount": 7}]}]"#,
            &["Accounts", "Rents"],
        ),
    ] {
        assert_eq!(titles(name, text), expected, "{name}");
    }
}

#[test]
fn lone_description_is_the_record_and_a_header_is_none() {
    for (name, text, expected) in LONE_DESCRIPTIONS {
        assert_eq!(titles(name, text), *expected, "{name}");
    }
}

/// Files without a record, and words of the sentence about each.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "weather.json",
        r#"[{"date": "2022-07-01", "tmin": 13.7}, {"date": "2022-07-02", "tmin": 12.7}]"#,
        "no list of records",
    ),
    (
        "stations.json",
        r#"[{"id": 1, "date": "2022-07-01", "station": "ST41", "level": 13.7, "flow": 2.5}, {"id": 2, "date": "2022-07-02",
            "station": "ST41", "level": 12.7, "flow": 0.5}]"#,
        "no list of records",
    ),
    (
        "forecast.json",
        r#"[{"number": 1, "name": "Tonight", "temperature": 54, "windSpeed": "5 mph", "shortForecast": "Clear"},
            {"number": 2, "name": "Monday", "temperature": 64, "windSpeed": "5 mph", "shortForecast": "Rain"}]"#,
        "no list of records",
    ),
    (
        "days.json",
        r#"{"city": {"name": "Brackwell"}, "list": [{"date": "2021-07-12", "description": "light rain", "temp": 17.1},
            {"date": "2021-07-13", "description": "clear sky", "temp": 21.3}]}"#,
        "no list of records",
    ),
    (
        "tage.json",
        r#"[{"datum": "2021-07-12", "beschreibung": "leichter Regen", "temperature": "17"}, {"datum": "2021-07-13", "beschreibung": "heiter",
            "temperature": "21"}]"#,
        "no list of records",
    ),
    (
        "series.json",
        r#"{"series": [{"name": "temperature", "unit": "C", "points": [{"date": "2021-07-12", "value": 17.1}, {"date": "2021-07-13",
            "value": 18.2}]}, {"name": "rain", "unit": "mm", "points": [{"date": "2021-07-12", "value": 0}, {"date": "2021-07-13", "value": 4}]}]}"#,
        "no list of records",
    ),
    (
        "levels.json",
        r#"[{"label": "Mill pond", "id": "p1", "values": [["2021-07-12", 4.1], ["2021-07-13", 4.0]]}, {"label": "Quay", "id": "p2",
            "values": [["2021-07-12", 7], ["2021-07-13", 8]]}]"#,
        "no list of records",
    ),
    (
        "levels.xml",
        "<gauges><gauge name='Mill pond' id='1'><reading time='2021-07-12' level='4.1'/><reading time='2021-07-13' level='4.0'/></gauge>\
         <gauge name='Quay' id='2'><reading time='2021-07-12' level='7'/><reading time='2021-07-13' level='8'/></gauge></gauges>",
        "no list of records",
    ),
    (
        "places.geojson",
        r#"{"type": "FeatureCollection", "name": "places", "features": [{"type": "Feature", "properties": {"name": "Brackwell",
            "description": "A village", "founded": "1412"}, "geometry": {"type": "Point", "coordinates": [9.1, 48.1]}}, {"type": "Feature",
            "properties": {"name": "Orla", "description": "A lake"}, "geometry": {"type": "Point", "coordinates": [9.2, 48.2]}}]}"#,
        "this is GeoJSON, and its features are places and no documents",
    ),
    (
        "stops.geojson",
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"title": "Mill", "description": "Turn left", "id": 4},
            "geometry": {"type": "Point", "coordinates": [9.1, 48.1]}}, {"type": "Feature", "properties": {"title": "Quay", "description": "Turn right",
            "id": 5}, "geometry": null}]}"#,
        "with --records features --input-columns title=NAME",
    ),
    (
        "en.json",
        r#"{"title": "Letters", "description": "The reading room", "author": "Author", "date": "Date", "search": {"title": "Search",
            "placeholder": "Find a letter"}, "menu": [{"label": "Home"}, {"label": "About"}]}"#,
        "the words of a program",
    ),
    (
        "de.json",
        r#"{"app": {"title": "Briefe"}, "fields": {"title": "Titel", "author": "Verfasser", "date": "Datum", "place": "Ort"}}"#,
        "the words of a program",
    ),
    (
        "fr.yaml",
        "fr:\n  letters:\n    title: Titre\n    author: Auteur\n    date: Date\n  menu:\n    home: Accueil\n",
        "the words of a program",
    ),
    (
        "config.toml",
        "title = 'Site'\nbaseURL = 'https://e.example'\n[params]\nauthor = 'Ida'\n",
        "this is a file of a program",
    ),
    (
        "towns.geojson",
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]},
            "properties": {"name": "Brackwell", "population": 1000}}, {"type": "Feature", "geometry": {"type": "Point",
            "coordinates": [1, 3]}, "properties": {"name": "Orla", "population": 400}}]}"#,
        "its features are places",
    ),
    (
        "towns.json",
        r#"[{"place_id": 41, "lat": "52.5", "lon": "13.4", "display_name": "Brackwell"},
            {"place_id": 42, "lat": "52.6", "lon": "13.5", "display_name": "Orla"}]"#,
        "no list of records",
    ),
    (
        "error-1.json",
        r#"{"type": "https://e.example/400", "title": "Some parameters are wrong.", "status": 400, "detail": "q is missing"}"#,
        "answered with an error (“q is missing”)",
    ),
    (
        "error-2.json",
        r#"{"status": 404, "title": "Not Found"}"#,
        "answered with an error (“Not Found”)",
    ),
    (
        "error-3.json",
        r#"{"message": "Bad key", "documentation_url": "https://a.example", "status": "401"}"#,
        "(“Bad key”)",
    ),
    (
        "error-4.json",
        r#"{"success": false, "error": {"__type": "x", "message": "No such set"}}"#,
        "(“No such set”)",
    ),
    (
        "error-5.json",
        r#"{"errors": [{"status": "422", "title": "Wrong", "detail": "page is missing"}]}"#,
        "(“page is missing”)",
    ),
    (
        "application.json",
        r#"{"name": "Letters", "short_name": "L", "description": "App", "start_url": "/", "icons": [{"src": "a.png"}, {"src": "b.png"}]}"#,
        "a file of a program",
    ),
    (
        "api.yaml",
        "openapi: 3.0.0\ninfo:\n  title: Letters\n  description: All of them\npaths:\n  /a:\n    get:\n      parameters:\n        \
         - name: q\n          description: Words\n        - name: day\n          description: Day\n",
        "describes an API",
    ),
    (
        "schema.json",
        r#"{"$schema": "s", "title": "Letter", "description": "x", "properties": {"title": {"type": "string"}}}"#,
        "JSON Schema",
    ),
    (
        "steps.yaml",
        "name: CI\non: [push]\njobs:\n  build:\n    steps:\n      - name: Checkout\n        uses: a\n      - name: Test\n        run: b\n",
        "a file of a program",
    ),
    (
        "build-1.xml",
        "<project><modelVersion>4</modelVersion><artifactId>a</artifactId><name>Letters</name><developers><developer><name>Ida</name>\
         <id>i</id></developer></developers></project>",
        "a file of a program",
    ),
    (
        "build-2.xml",
        "<project name='letters' default='all'><target name='all' description='All'/><target name='clean' description='Cleans'>\
         <delete dir='a'/></target></project>",
        "a file of a program",
    ),
    (
        "build-3.xml",
        "<Project><PropertyGroup><Title>Letters</Title><Authors>Ida</Authors><Description>x</Description></PropertyGroup></Project>",
        "a file of a program",
    ),
    (
        "unknown-names.xml",
        "<catalogue><info><name>My letters</name></info><pieces><piece nr='7'><was>Brief</was><zeit>1945</zeit></piece>\
         <piece nr='8'><was>Hafen</was><zeit>1902</zeit></piece></pieces></catalogue>",
        "--records pieces[].piece",
    ),
    (
        "unknown-names-below-a-title.xml",
        "<katalog><kopf><titel>Meine Briefe</titel><stand>2020</stand></kopf><stuecke><stueck nr='7'><was>Brief</was></stueck>\
         <stueck nr='8'><was>Hafen</was></stueck></stuecke></katalog>",
        "--records stuecke[].stueck",
    ),
    (
        "unknown-names-below-a-header.xml",
        "<data><header><title>List</title><date>2020</date></header><rows><row><a>Brief</a><b>1945</b></row><row><a>Hafen</a>\
         <b>1902</b></row></rows></data>",
        "--records rows[].row",
    ),
    ("Cargo.toml", "[package]\nname = 'mill'\n[dependencies]\nrye = '1'\n", "a file of a program"),
    ("typos.toml", "spelling = true\n[words]\nmill = 'mill'\n", "no list of objects in this file"),
    (
        "strings.xml",
        "<resources><string name='title'>Letters</string><string name='date'>Day</string></resources>",
        "the words of a program",
    ),
    ("calendar.ics", "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "a calendar"),
    ("people.vcf", "BEGIN:VCARD\nFN:Ida Roth\nEND:VCARD\n", "an address book"),
    (
        "access.log",
        "10.0.0.1 - - [12/Jul/2021:10:11:12 +0000] \"GET / HTTP/1.1\" 200 41\n10.0.0.2 - - [12/Jul/2021:10:11:13 +0000] \"GET /a HTTP/1.1\" \
         200 41\n10.0.0.2 - - [12/Jul/2021:10:12:13 +0000] \"GET /b HTTP/1.1\" 200 41\n",
        "a log",
    ),
    (
        "app.log",
        "2021-07-12T10:11:12Z INFO a\n2021-07-12T10:11:13Z INFO b\n2021-07-12T10:11:14Z WARN c\n",
        "a log",
    ),
    (".env", "DATABASE=a\nPORT=41\n# key\nAPI_KEY=b\n", "a file of settings"),
    (
        "de.po",
        "msgid \"\"\nmsgstr \"\"\n\nmsgid \"Letter\"\nmsgstr \"Brief\"\n",
        "the words of a program",
    ),
    (
        "en.json",
        r#"{"title": "Title", "author": "Author", "date": "Date", "search": "Find a letter"}"#,
        "the words of a program",
    ),
    (
        "play.yaml",
        "- name: Letters\n  hosts: all\n  tasks:\n    - name: Copy\n      copy: a\n",
        "a file of a program",
    ),
    (
        "launch.json",
        r#"{"version": "0.2.0", "configurations": [{"name": "Run", "type": "x"}]}"#,
        "a file of a program",
    ),
    (
        "places.kml",
        "<kml xmlns='http://www.opengis.net/kml/2.2'><Placemark><name>Mill</name><description>A mill.</description></Placemark></kml>",
        "a map",
    ),
    (
        "letters.xsd",
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a'/></xs:schema>",
        "a file of a program",
    ),
    (
        "workbook.xml",
        "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='A'/></Workbook>",
        "Excel 2003",
    ),
    (
        "editor.ini",
        "; settings\n[core]\neditor=vi\n[user]\nname = Ida\n",
        "a file of settings (INI)",
    ),
    ("desktop", "[Desktop Entry]\nName=Letters\nExec=letters\n", "a file of settings (INI)"),
    (
        "icon.svg",
        "<svg xmlns='http://www.w3.org/2000/svg'><title>Icon</title></svg>",
        "a drawing (SVG)",
    ),
    (
        "list.xsl",
        "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:template match='/'/></xsl:stylesheet>",
        "a style sheet (XSLT)",
    ),
    (
        "services.json",
        r#"{"web": {"name": "letters", "image": "a", "ports": ["80"]}, "db": {"name": "store", "volumes": ["b"]}}"#,
        "no list of records",
    ),
];

#[test]
fn files_without_documents_are_refused_with_one_sentence() {
    for (name, text, words) in REFUSED {
        let folder = TestFolder::with_files(&[(name, text.as_bytes())]);
        let result = folder.run(&["list", name]);
        assert!(result.stderr.contains(words), "{name}: {}{}", result.stdout, result.stderr);
        result.assert_refused(&[]);
    }
}

#[test]
fn what_stands_beside_the_records_is_named() {
    let xml = "<export><letters><letter><title>Mill</title><date>1945</date></letter><letter><title>Quay</title><date>1902</date>\
               </letter></letters><persons><person id='1'><first>Ida</first></person><person id='2'><first>Emil</first></person>\
               </persons></export>";
    let problems = read_text("a.xml", xml).problems;
    let line = problems.last().map(|it| it.message.clone()).unwrap_or_default();
    assert!(line.ends_with("; in no record: “persons”"), "{line}");
}

#[test]
fn totals_of_several_lists_are_no_counts_of_pages() {
    let json = r#"{"category": [{"name": "A", "records": {"total": 2, "article": [{"id": "1", "heading": "A", "date": "1902"},
        {"id": "2", "heading": "B", "date": "1903"}]}}, {"name": "B", "records": {"total": 1, "work": [{"id": "7",
        "title": "C", "date": "1945"}]}}]}"#;
    let merged = read_text("a.json", json);
    assert_eq!(merged.records.len(), 3);
    assert!(
        !merged.problems.iter().any(|it| it.message.contains("counts")),
        "{:?}",
        merged.problems
    );
}

#[test]
fn libraries_and_collections_of_a_program_are_no_archives() {
    let json = r#"[{"key": "A", "library": {"type": "group", "id": 7, "name": "Mills"}, "data": {"title": "Quay", "date": "1902",
        "collections": ["X1ABCD23"]}}, {"key": "B", "library": {"type": "group", "id": 7, "name": "Mills"}, "data": {"title": "Map",
        "date": "1903", "collections": ["QWER2345"]}}]"#;
    let record = &read_text("a.json", json).records[0].record;
    assert_eq!(record.first(Field::Repository), None);
    assert_eq!(record.first(Field::Collection), None);
    assert!(record.own.contains(&("library.name".into(), "Mills".to_owned())), "{:?}", record.own);
    for (json, collection) in [
        (
            r#"[{"title": "A", "date": "1945", "collections": ["Roth papers"]}]"#,
            Some("Roth papers"),
        ),
        (r#"[{"title": "A", "date": "1945", "collection": "MSS 41"}]"#, Some("MSS 41")),
        (
            r#"[{"title": "A", "date": "1945", "collection": {"type": "group", "name": "Ida"}}]"#,
            None,
        ),
        (
            r#"[{"title": "A", "date": "1945", "fonds": "5f0c1e2a-41aa-4bcd-8e00-0123456789ab"}]"#,
            None,
        ),
    ] {
        let merged = read_text("b.json", json);
        let found = merged.records[0].record.first(Field::Collection);
        assert_eq!(found, collection, "{json}");
    }
}

#[test]
fn lists_of_names_and_values_are_fields() {
    for (label, value) in [
        ("fieldName", "value"),
        ("field_name", "field_value"),
        ("attribute", "value"),
        ("propertyName", "displayValue"),
    ] {
        let json = format!(
            r#"[{{"title": "Mill", "details": [{{"{label}": "Date", "{value}": "1902"}}, {{"{label}": "Author", "{value}": "Roth, Ida"}}]}},
                {{"title": "Quay", "details": [{{"{label}": "Date", "{value}": "1903"}}]}}]"#
        );
        let record = &read_text("a.json", &json).records[0].record;
        assert_eq!(record.date.text, "1902", "{label}");
        assert_eq!(record.first(Field::Creator), Some("Roth, Ida"), "{label}");
    }
}

#[test]
fn mapping_says_which_names_fill_a_field() {
    let json = r#"[{"id": "7", "objectid": 41, "title": "Mill", "date": "1945", "agents": [{"name": "Roth, Ida", "role": "creator"}]},
        {"id": "8", "objectid": 42, "title": "Quay", "date": "1902", "agents": []}]"#;
    let folder = TestFolder::with_files(&[("a.json", json.as_bytes())]);
    let shown = folder.run(&["check", "--mapping", "a.json"]).stdout;
    let line = |name: &str| {
        let mut lines = shown.lines().map(str::trim_start);
        lines.find(|line| line.starts_with(name)).unwrap_or_default().to_owned()
    };
    assert!(line("objectid").contains("its own name (id is taken)"), "{shown}");
    assert!(line("agents ").contains("creator"), "{shown}");
    let listed = folder.run(&["list", "a.json"]).stderr;
    assert!(listed.contains("creator from agents") && !listed.contains("people from"), "{listed}");
}

#[test]
fn choice_of_a_list_is_heeded_or_said_to_be_none() {
    let page = "<!DOCTYPE html><nav><ul class='menu'><li>Home</li></ul></nav><div class='liste'><div class='zeile'>\
                <a href='/7'>Mill</a> 1945</div><div class='zeile'><a href='/8'>Quay</a> 1902</div></div>";
    let table = "title,date\nMill,1945\n";
    let folder =
        TestFolder::with_files(&[("a.html", page.as_bytes()), ("a.csv", table.as_bytes())]);
    for selector in ["div.zeile", ".liste > .zeile", "div.liste div"] {
        let result = folder.run(&["list", "a.html", "--records", selector]);
        assert_eq!(result.stdout.lines().count(), 2, "{selector}: {}", result.stderr);
    }
    let result = folder.run(&["list", "a.html", "--records", "div.nothing"]);
    assert!(result.stderr.contains("there is nothing at “div.nothing”"), "{}", result.stderr);
    let result = folder.run(&["list", "a.csv", "--records", "x"]);
    assert!(result.stderr.contains("`--records x` was not used"), "{}", result.stderr);
}

#[test]
fn divided_words_of_alto_are_whole() {
    let xml = "<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Description><sourceImageInformation><fileName>orla_7.jpg\
               </fileName></sourceImageInformation></Description><Layout><Page ID='p7'><PrintSpace><TextBlock>\
               <TextLine><String CONTENT='the'/><String CONTENT='har-' SUBS_TYPE='HypPart1' SUBS_CONTENT='harvest'/></TextLine>\
               <TextLine><String CONTENT='vest' SUBS_TYPE='HypPart2' SUBS_CONTENT='harvest'/><String CONTENT='was'/></TextLine>\
               <TextLine><String CONTENT='St.' SUBS_TYPE='Abbreviation' SUBS_CONTENT='Saint'/></TextLine>\
               </TextBlock></PrintSpace></Page></Layout></alto>";
    let record = &read_text("a.xml", xml).records[0].record;
    assert_eq!(record.first(Field::Summary), Some("the harvest\nwas\nSt. [Saint]"));
    assert!(record.own.contains(&("image".into(), "orla_7.jpg".to_owned())), "{:?}", record.own);
    // The first part of a word may be on the page before.
    let second = "<alto><Layout><Page ID='p8'><TextLine><String CONTENT='vest' SUBS_TYPE='HypPart2' SUBS_CONTENT='harvest'/>\
                  </TextLine></Page></Layout></alto>";
    assert_eq!(read_text("b.xml", second).records[0].record.first(Field::Summary), Some("vest"));
}

#[test]
fn headings_and_sources_are_in_the_records() {
    let ead = |head: &str| {
        let text = format!(
            "<ead><eadheader><eadid>K</eadid></eadheader><archdesc level='collection'><did><unittitle>Roth papers</unittitle></did>\
             <scopecontent><head>{head}</head><p>Letters.</p></scopecontent></archdesc></ead>"
        );
        let own = read_text("a.xml", &text).records[0].record.own.clone();
        own.into_iter().find(|(name, _)| name == "scopecontent.head").map(|(_, head)| head)
    };
    assert_eq!(ead("Letters on the mill strike").as_deref(), Some("Letters on the mill strike"));
    for head in ["Scope and Contents of the Collection", "Scope and Content Note", "Enthält"] {
        assert_eq!(ead(head), None, "{head}");
    }
    let volume = "<TEI><teiHeader><fileDesc><titleStmt><title>Volume XLI</title></titleStmt></fileDesc></teiHeader><text><body>\
                  <div type='compilation'><head>The mills<note>n</note></head><div type='chapter'><head>Strikes</head>\
                  <div type='document'><head>1. Letter</head><p>x</p></div></div>\
                  <div type='document'><head>2. Telegram</head><p>y</p></div></div></body></text></TEI>";
    let records = read_text("a.xml", volume).records;
    let series = |at: usize| records[at].record.all(Field::Series).collect::<Vec<_>>();
    assert_eq!([series(0), series(1)], [vec!["The mills", "Strikes"], vec!["The mills"]]);
    let index = "<TEI><teiHeader><fileDesc><titleStmt><title>Letters</title></titleStmt><sourceDesc><listBibl><bibl xml:id='s1'>Roth, \
                 Letters, 1978.</bibl></listBibl></sourceDesc></fileDesc><profileDesc><correspDesc key='1' source='#s1'><correspAction \
                 type='sent'><persName>Roth, Ida</persName></correspAction></correspDesc><correspDesc key='2' source='#s1 #s9'>\
                 <correspAction type='sent'><persName>Ley, Emil</persName></correspAction></correspDesc></profileDesc></teiHeader></TEI>";
    let records = read_text("a.xml", index).records;
    let source = |at: usize| {
        let own = records[at].record.own.iter();
        own.filter(|(name, _)| name == "source").map(|(_, text)| text.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(source(0), ["Roth, Letters, 1978."]);
    assert_eq!(source(1), ["#s1 #s9"]);
}
