//! What a name means is decided by its values and by the names beside it: the code of a language is no sender, the
//! years of a newspaper are no date of a letter. What has no meaning stays under its own name.

use fonds::formats::read::{self, ReadOptions};
use fonds::formats::write;
use fonds::load::page_merger::{MergedPages, PageMerger};
use serde_json::{Map, Value, json};

/// Parses a text as a file of this name.
pub(crate) fn read_text(name: &str, text: &str) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read_with(name, &ReadOptions::default(), &mut text.as_bytes(), &mut merger).unwrap();
    merger.finish()
}

/// Parses bytes as a file of this name.
pub(crate) fn read_bytes(name: &str, mut bytes: &[u8]) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read_with(name, &ReadOptions::default(), &mut bytes, &mut merger).unwrap();
    merger.finish()
}

/// The records of a file as objects.
pub(crate) fn objects(merged: &MergedPages) -> Vec<Map<String, Value>> {
    let object = |record| {
        let mut text = Vec::new();
        write::write_object(&mut text, record).unwrap();
        serde_json::from_slice(&text).unwrap()
    };
    merged.records.iter().map(|sourced| object(&sourced.record)).collect()
}

/// Checks that each record of a file has these values. `null` says that a field is not there.
pub(crate) fn check(name: &str, text: &str, expected: &[Value]) {
    let merged = read_text(name, text);
    let found = objects(&merged);
    let problems: Vec<String> = merged.problems.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), expected.len(), "{text}\n{found:?}\n{problems:?}");
    for (found, expected) in found.iter().zip(expected) {
        for (key, value) in expected.as_object().unwrap() {
            let of_own =
                |object: &Map<String, Value>| object.get("own").and_then(|it| it.get(key)).cloned();
            let is = found.get(key).cloned().or_else(|| of_own(found)).unwrap_or(Value::Null);
            assert_eq!(&is, value, "{key} in {text}\n{found:?}\n{problems:?}");
        }
    }
}

/// Writes values as a list of records in JSON that fonds has not written.
pub(crate) fn foreign(records: &Value) -> String {
    let mut records = records.clone();
    for record in records.as_array_mut().unwrap() {
        record["x"] = json!({"y": 1});
    }
    records.to_string()
}

#[test]
fn code_of_language_is_no_role() {
    for (kinds, key) in [
        (json!([{"en": "Letter", "de": "Brief"}, {"en": "Map", "de": "Karte"}]), "kind.de"),
        (
            json!([{"eng": "Letter", "fra": "Lettre", "ita": "Lettera"}, {"eng": "Map", "fra": "Carte", "ita": "Mappa"}]),
            "kind.fra",
        ),
        (
            json!([{"en": "Letter", "da": "Brev", "pl": "List"}, {"en": "Map", "da": "Kort", "pl": "Mapa"}]),
            "kind.da",
        ),
    ] {
        let list = json!([
            {"title": "Letter", "date": "1945", "kind": kinds[0]},
            {"title": "Map", "date": "1902", "kind": kinds[1]},
        ]);
        let (_, code) = key.split_once('.').unwrap();
        let text = kinds[0][code].clone();
        check(
            "a.json",
            &foreign(&list),
            &[
                json!({"creator": null, "recipient": null, key: text}),
                json!({"creator": null, "recipient": null}),
            ],
        );
    }
    check(
        "a.csv",
        "Title,Date,en,de,fr\nA,1945,Letter,Brief,Lettre\nB,1902,Map,Karte,Carte\n",
        &[json!({"creator": null, "de": "Brief"}), json!({"creator": null, "de": "Karte"})],
    );
    check(
        "a.xml",
        "<l><r><title>A</title><date>1945</date><kind><en>Letter</en><de>Brief</de></kind></r><r><title>B</title><date>1902</date><kind><en>Map</en><de>Karte</de></kind></r></l>",
        &[json!({"creator": null}), json!({"creator": null})],
    );
    // In a letter they are who wrote it, and to whom.
    check(
        "a.csv",
        "de,à,date,objet\nAnne Meunier,Jean Roux,1945,Le moulin\n",
        &[json!({"creator": "Anne Meunier", "recipient": "Jean Roux"})],
    );
    check("a.csv", "De,Date,Objet\nMeunier,1945,Le moulin\n", &[json!({"creator": "Meunier"})]);
    check(
        "a.json",
        &foreign(
            &json!([{"title": "A", "date": "1945", "transfer": {"from": "Weidl estate", "to": "Town archive"}}]),
        ),
        &[json!({"creator": null, "recipient": null, "transfer.from": "Weidl estate"})],
    );
    check(
        "a.json",
        &foreign(
            &json!([{"title": "A", "date": "1945", "message": {"from": "Anna Keller", "to": "Jonas Weidl"}}]),
        ),
        &[json!({"creator": "Anna Keller", "recipient": "Jonas Weidl"})],
    );
}

#[test]
fn person_stands_below_role() {
    for party in ["person_or_org", "person", "agent", "organisation", "party"] {
        let list = json!([
            {"title": "A", "date": "1945", "creators": [{party: {"name": "Keller, Anna"}, "role": "author"}]},
            {"title": "B", "date": "1902", "creators": [{party: {"name": "Harbour Office"}}]},
        ]);
        check(
            "a.json",
            &foreign(&list),
            &[json!({"creator": "Keller, Anna"}), json!({"creator": "Harbour Office"})],
        );
    }
}

#[test]
fn years_of_other_things_are_no_date() {
    for (begin, end) in
        [("start_year", "end_year"), ("begin", "end"), ("first_year", "last_year"), ("from", "to")]
    {
        let list = json!([
            {"title": "The courier", "date": "19020712", begin: 1880, end: 1920},
            {"title": "The courier", "date": "19020719", begin: 1880, end: 1920},
        ]);
        check(
            "a.json",
            &foreign(&list),
            &[json!({"date": "19020712", begin: "1880"}), json!({"date": "19020719", end: "1920"})],
        );
    }
    // A paper that still appears.
    let list = json!([{"title": "The courier", "date": "1902-07-12", "start_year": 1880}]);
    check("a.json", &foreign(&list), &[json!({"date": "1902-07-12", "start_year": "1880"})]);
    let lives = "Title,Artist,BeginDate,EndDate,Date\nMill,Anna Keller,(1880),(1950),1902\nHarbour,Jonas Weidl,(1870),(1930),\n";
    check(
        "a.csv",
        lives,
        &[
            json!({"date": "1902", "BeginDate": "(1880)", "EndDate": "(1950)"}),
            json!({"date": null, "BeginDate": "(1870)", "EndDate": "(1930)"}),
        ],
    );
    check(
        "a.csv",
        "Title,Artist,Artist dates,Artist begin date\nMill,Anna Keller,1880–1950,1880\n",
        &[json!({"date": null, "Artist dates": "1880–1950", "Artist begin date": "1880"})],
    );
    // The date is not in them, and nothing shows whose they are.
    let one = json!([{"title": "Mill", "date": "1945", "begin": "1800", "end": "1900"}]);
    check("a.json", &foreign(&one), &[json!({"begin": null, "end": null})]);
    let few = "Title,Date,Begin,End\nMill,1945,1800,1900\nQuay,1946,,\n";
    for text in [foreign(&one), few.to_owned()] {
        let name = if text.starts_with('T') { "a.csv" } else { "a.json" };
        let merged = read_text(name, &text);
        assert!(merged.records[0].record.date.parsed.is_doubtful(), "{text}");
    }
    // The years of the record itself.
    check(
        "a.csv",
        "Title,Date,Start date,End date\nA,1943-1945,1943,1945\nB,c. 1902,1897,1907\n",
        &[json!({"date": "1943-1945"}), json!({"date": "c. 1902"})],
    );
}

#[test]
fn parts_of_dates_are_read_or_kept() {
    check(
        "a.json",
        &foreign(
            &json!([{"title": "A", "year": "1978", "month": "July", "day": "12"}, {"title": "B", "year": "1902", "month": 3}]),
        ),
        &[json!({"date": "12 July 1978"}), json!({"date": "1902-03"})],
    );
    check(
        "a.json",
        &foreign(
            &json!([{"title": "A", "Jahr": "1978", "Monat": "Juli", "Tag": "0"}, {"title": "B", "Jahr": "1902", "Monat": "3", "Tag": "40"}]),
        ),
        &[json!({"date": "Juli 1978", "Tag": "0"}), json!({"date": "1902-03", "Tag": "40"})],
    );
    check(
        "a.xml",
        "<l><r><title>A</title><year>1978</year><month>Mar</month></r><r><title>B</title><year>1902</year><month>7</month></r></l>",
        &[json!({"date": "Mar 1978"}), json!({"date": "1902-07"})],
    );
    check(
        "a.json",
        &foreign(&json!([{"title": "A", "pubDate": {"Year": 1978, "Month": "Mar", "Day": "07"}}])),
        &[json!({"date": "7 Mar 1978"})],
    );
}

#[test]
fn month_of_columns_is_not_ambiguous() {
    // The columns say that it is a month.
    for (name, text) in [
        ("a.json", foreign(&json!([{"title": "A", "date": {"year": 2005, "month": 11}}]))),
        ("a.json", foreign(&json!([{"title": "A", "issued": {"date-parts": [[2009, 12]]}}]))),
        ("a.json", foreign(&json!([{"title": "A", "sent": {"Year": "1902", "Month": "03"}}]))),
        ("a.xml", "<l><i><title>A</title><date><year>1902</year><month>05</month></date></i><i><title>B</title></i></l>".to_owned()),
        ("a.csv", "Title,Year,Month\nA,1902,3\n".to_owned()),
        ("a.json", foreign(&json!([{"title": "A", "year": 1902, "month": 3}]))),
    ] {
        let merged = read_text(name, &text);
        assert!(!merged.records[0].record.date.parsed.is_doubtful(), "{text}");
        assert!(merged.problems.iter().all(|it| !it.message.contains("ambiguous")), "{text}");
    }
    check(
        "a.csv",
        "Title,dateText,year\nMill,c.1902,1902\nQuay,,1903\n",
        &[json!({"date": "c.1902", "year": "1902"}), json!({"date": "1903", "year": null})],
    );
    for zero in [json!(0), json!("0000"), json!("0000-00-00")] {
        check(
            "a.json",
            &foreign(
                &json!([{"title": "A", "date": "1902"}, {"title": "B", "begin": zero, "end": zero}]),
            ),
            &[json!({"date": "1902"}), json!({"date": null})],
        );
    }
    check(
        "a.csv",
        "Title,Begin,End\nA,1902,1904\nB,0,0\n",
        &[json!({"date": "1902/1904"}), json!({"date": null, "Begin": "0", "End": "0"})],
    );
    for (table, expected) in [
        (
            "Title,Year,Month,Begin,End\nA,1902,July,0,0\n",
            json!({"date": "July 1902", "Begin": "0"}),
        ),
        ("Title,Year,Month,Day\nA,1902,13,5\n", json!({"date": "1902", "Month": "13", "Day": "5"})),
        ("Title,Date\nA,0000-00-00\nB,1902\n", json!({"date": null, "Date": "0000-00-00"})),
    ] {
        let merged = read_text("a.csv", table);
        let first = &objects(&merged)[0];
        for (key, value) in expected.as_object().unwrap() {
            let own = first.get("own").and_then(|own| own.get(key));
            let found = first.get(key).or(own).cloned().unwrap_or(Value::Null);
            assert_eq!(&found, value, "{key} in {table}: {first:?}");
        }
    }
}

#[test]
fn dates_of_events_count_by_their_type() {
    let dates = |list: Value| {
        foreign(&json!([{"title": "A", "dates": list}, {"title": "B", "date": "1902"}]))
    };
    for (list, date) in [
        (
            json!([{"date": "2019-05-02", "dateType": "Issued"}, {"date": "2021", "dateType": "Updated"}]),
            json!("2019-05-02"),
        ),
        (
            json!([{"date": "2021", "dateType": "Available"}, {"date": "1945", "dateType": "Created"}, {"date": "2019", "dateType": "Issued"}]),
            json!("1945"),
        ),
        (json!([{"date": "2021", "dateType": "Updated"}]), Value::Null),
        (
            json!([{"date": "2021", "type": "digitized"}, {"date": "1945", "type": "creation"}]),
            json!("1945"),
        ),
    ] {
        check("a.json", &dates(list), &[json!({"date": date}), json!({"date": "1902"})]);
    }
}

#[test]
fn number_is_no_place_and_no_archive() {
    let list = json!([
        {"title": "A", "date": "1902", "dc.date.accessioned": [{"value": "2021-02-03T10:11:12Z", "place": 0}], "place": 1, "tags": 3},
        {"title": "B", "date": "1903", "dc.date.accessioned": [{"value": "2021-02-03T10:11:12Z", "place": 0}], "place": 0, "tags": 2},
    ]);
    check(
        "a.json",
        &foreign(&list),
        &[
            json!({"places": null, "place": "1", "subjects": null, "tags": "3"}),
            json!({"places": null, "place": "0"}),
        ],
    );
    for source in ["100", "mds", "Crossref", "userupload", "0b1f3c5e-7a2d-4c6b-9e8f-123456789abc"] {
        let list = json!([{"title": "A", "date": "1902", "source": source}, {"title": "B", "date": "1903", "source": source}]);
        check("a.json", &foreign(&list), &[json!({"source": source}), json!({"source": source})]);
        let merged = read_text("a.json", &foreign(&list));
        assert!(merged.records[0].record.first(fonds::record::Field::Source).is_none(), "{source}");
    }
    let kept =
        foreign(&json!([{"title": "A", "date": "1902", "source": "Papers of the mill office"}]));
    let merged = read_text("a.json", &kept);
    assert!(merged.records[0].record.first(fonds::record::Field::Source).is_some());
    for (kind, collections) in [
        ("group", json!(["X1ABCD23"])),
        ("user", json!(["64b0c1d2e3f4a5b6c7d8e9f0"])),
        ("group", json!([12, 13])),
    ] {
        let list = json!([
            {"key": "A", "library": {"type": kind, "name": "Mills"}, "data": {"title": "Harbour", "date": "1902", "collections": collections}},
            {"key": "B", "library": {"type": kind, "name": "Mills"}, "data": {"title": "Map", "date": "1903", "collections": collections}},
        ]);
        check(
            "a.json",
            &foreign(&list),
            &[
                json!({"repository": null, "collection": null}),
                json!({"repository": null, "collection": null}),
            ],
        );
    }
    check(
        "a.csv",
        "Title,Date,Archive,Collection\nA,1902,DE-1958,Mill papers\nB,1903,DE-1958,174\n",
        &[
            json!({"repository": null, "Archive": "DE-1958", "collection": "Mill papers"}),
            json!({"repository": null, "collection": "174"}),
        ],
    );
}

#[test]
fn key_of_system_is_no_reference_code() {
    for (key, other) in [
        ("aspace_7", "unitid_ssm"),
        ("0b1f3c5e-7a2d-4c6b-9e8f-123456789abc", "unitid"),
        ("64b0c1d2e3f4a5b6c7d8e9f0", "unit_id"),
        ("X1ABCD23", "unitid"),
    ] {
        for id in [None, Some("ms41_aspace_7")] {
            let mut record =
                json!({"ref_ssi": key, "title_ssm": ["Letter"], "unitdate_ssm": ["1945"]});
            record[other] = json!(["MS 41/7"]);
            if let Some(id) = id {
                record["id"] = json!(id);
            }
            let text = foreign(&json!([record, record]));
            let expected = json!({"reference_code": "MS 41/7"});
            check("a.json", &text, &[expected.clone(), expected]);
        }
    }
    check(
        "a.csv",
        "Title,Date,Ref,Unit id\nA,1902,aspace_7,MS 41/7\n",
        &[json!({"reference_code": "MS 41/7", "id": "aspace_7"})],
    );
    check("a.csv", "Title,Date,Ref\nA,1902,MS 41/7\n", &[json!({"reference_code": "MS 41/7"})]);
}

#[test]
fn address_for_people_counts() {
    for (one, value, other, address) in [
        ("url", json!("edan:7"), "record_link", json!("https://d.example/7")),
        ("url", json!("urn:x:7"), "permalink", json!("https://d.example/7")),
        ("url", json!("https://api.d.example/7"), "troveUrl", json!("https://d.example/7")),
        ("url", json!("https://d.example/api/records/7"), "html_url", json!("https://d.example/7")),
        (
            "url",
            json!("https://d.example/7/manifest.json"),
            "homepage",
            json!([{"id": "https://d.example/7", "label": "Page"}]),
        ),
        ("doi", json!("10.5281/z.7"), "doi_url", json!("https://d.example/7")),
        (
            "id",
            json!("https://d.example/iiif/7/manifest"),
            "homepage",
            json!({"id": "https://d.example/7"}),
        ),
        (
            "links",
            json!({"self": "https://d.example/api/7", "self_html": "https://d.example/7"}),
            "x7",
            json!(1),
        ),
        ("links", json!({"web": "https://d.example/7"}), "x7", json!(1)),
    ] {
        let mut record = json!({"title": "A", "date": "1902"});
        record[one] = value.clone();
        record[other] = address;
        let text = foreign(&json!([record, record]));
        let expected = json!({"url": "https://d.example/7"});
        check("a.json", &text, &[expected.clone(), expected]);
    }
}

#[test]
fn what_is_no_address_gives_way() {
    // One record alone has no address there.
    let list = json!([
        {"title": "A", "date": "1902", "url": "https://d.example/1", "link": "https://d.example/2"},
        {"title": "B", "date": "1903", "url": "edan:8", "link": "https://d.example/3"},
    ]);
    check(
        "a.json",
        &foreign(&list),
        &[json!({"url": "https://d.example/1"}), json!({"url": "https://d.example/3"})],
    );
    check(
        "a.csv",
        "Title,Date,URL,Permalink\nA,1902,edan:7,https://d.example/7\n",
        &[json!({"url": "https://d.example/7", "URL": "edan:7"})],
    );
    check(
        "a.json",
        &foreign(
            &json!([{"title": "A", "date": "1902", "storageIdentifier": "s3://10.1/x", "global_id": "doi:10.1/x41"}]),
        ),
        &[json!({"storageIdentifier": "s3://10.1/x"})],
    );
    check(
        "a.json",
        &foreign(
            &json!([{"title": "A", "date": "1902", "digitalObjects": [{"objectUrl": "https://d.example/scan.jpg"}]}]),
        ),
        &[json!({"url": null})],
    );
}

#[test]
fn subjects_of_one_text_are_parted() {
    for (header, cell, subjects) in [
        ("tags", "a; b", json!("a|b")),
        ("Subject", "Mills; Harvest", json!("Mills|Harvest")),
        ("Keywords", "harvest, mills", json!("harvest|mills")),
        ("tags", "mill,quay", json!("mill|quay")),
        ("tags", "Keller, Anna", json!("Keller, Anna")),
        ("Subject", "mills, water", json!("mills, water")),
        ("Subject", "Mills &amp; water", json!("Mills &amp; water")),
    ] {
        let merged = read_text("a.csv", &format!("title,date,{header}\nL,1902,\"{cell}\"\n"));
        let found: Vec<&str> =
            merged.records[0].record.all(fonds::record::Field::Subjects).collect();
        assert_eq!(json!(found.join("|")), subjects, "{header}: {cell}");
    }
    let merged = read_text(
        "a.csv",
        "Dublin Core:Title,Dublin Core:Subject,tags,Dublin Core:Coverage,place\nLetter,harvest,\"mill,quay,harvest\",Weidlau,Brackwell\n",
    );
    let record = &merged.records[0].record;
    let subjects: Vec<&str> = record.all(fonds::record::Field::Subjects).collect();
    assert_eq!(subjects, ["harvest", "mill", "quay"]);
    assert_eq!(record.all(fonds::record::Field::Places).count(), 2);
}

#[test]
fn life_below_name_is_no_part_of_it() {
    let display = "Anna Keller\nBritish, 1880–1950";
    for (name, text) in [
        ("a.json", foreign(&json!([{"title": "A", "date": "1902", "artist_display": display}]))),
        (
            "a.json",
            foreign(
                &json!([{"title": "A", "date": "1902", "artist_display": display, "artist_title": "Anna Keller"}]),
            ),
        ),
        ("a.csv", format!("Title,Date,artist_display\nA,1902,\"{display}\"\n")),
    ] {
        check(name, &text, &[json!({"creator": "Anna Keller", "artist_display": display})]);
    }
}

/// Heads of columns for the day of a document, and heads for other days.
const DATE_HEADS: &[&str] = &[
    "Date of publication",
    "Year of publication",
    "Date sent",
    "Date made",
    "Date taken",
    "Poststempel",
    "Date de rédaction",
    "Date d'envoi",
    "Fecha de envío",
    "Data di invio",
    "Datum des Briefes",
    "date_of_composition",
    "Abfassungsdatum",
    "Aufnahmedatum",
    "Year written",
    "Druckjahr",
    "Entstehungsjahr",
    "Aufnahmejahr",
    "Date d'impression",
    "Data della lettera",
    "Anno di pubblicazione",
    "Fecha de emisión",
    "Dagtekening",
    "Jaar van uitgave",
    "Дата отправления",
    "Год издания",
    "Data wydania",
    "Data wysłania",
    "Rok powstania",
];
const OTHER_DATE_HEADS: &[&str] = &[
    "Geburtsdatum",
    "Sterbedatum",
    "Taufdatum",
    "Todesdatum",
    "Erfassungsdatum",
    "Änderungsdatum",
    "Aenderungsdatum",
    "Erwerbsdatum",
    "Eingabedatum",
    "Date of birth",
    "Birth date",
    "Date of death",
    "Date de naissance",
    "Fecha de nacimiento",
    "Data di nascita",
    "Date of acquisition",
    "Acquisition date",
    "Date added",
    "Date transcribed",
    "Date of loan",
    "Dates of painter",
    "Access date",
    "Embargo date",
    "Einlieferungsdatum",
    "Heiratsdatum",
    "Scandatum",
    "Date de numérisation",
    "Дата рождения",
    "Access",
    "Due",
    "Due date",
    "Embargo",
    "Loan",
    "Loan date",
    "Registration",
    "Upload date",
    "Project year",
    "Verzeichnungsdatum",
    "Baptism date",
    "Marriage date",
    "Sale date",
    "Date of gift",
    "Expiry date",
    "Ausleihdatum",
    "Hochzeitsdatum",
    "Verkaufsdatum",
    "Übernahmedatum",
    "Date de prêt",
    "Date d'échéance",
    "Date de mariage",
    "Data di prestito",
    "Data di scadenza",
    "Fecha de préstamo",
    "Fecha de bautismo",
    "Huwelijksdatum",
    "Invoerdatum",
    "Uitleendatum",
    "Дата регистрации",
    "Дата создания записи",
    "Data ślubu",
    "Data wypożyczenia",
];

#[test]
fn days_of_lives_and_of_keeping_are_not_those_of_documents() {
    for head in DATE_HEADS {
        let table = format!("Title,{head}\nMill,12 July 1945\nQuay,14 July 1945\n");
        check("a.csv", &table, &[json!({"date": "12 July 1945"}), json!({"date": "14 July 1945"})]);
        let list = foreign(&json!([{"title": "Mill", *head: "12 July 1945"}]));
        check("a.json", &list, &[json!({"date": "12 July 1945"})]);
    }
    for head in OTHER_DATE_HEADS {
        let table = format!("Title,{head}\nMill,12 July 1945\nQuay,14 July 1945\n");
        check("a.csv", &table, &[json!({"date": null}), json!({"date": null})]);
        let list = foreign(&json!([{"title": "Mill", *head: "1945-07-12"}]));
        check("a.json", &list, &[json!({"date": null})]);
    }
}

#[test]
fn usual_heads_of_columns_are_known() {
    for (heads, cell, field) in [
        (
            "BL shelfmark|Inventory number|Inventarnummer|Aktenzeichen|Sign.|Sygn.|Call #",
            "MS 41/7",
            "reference_code",
        ),
        ("Web|Online|Digitalisat|Hyperlink|Web page", "https://a.example/7", "url"),
        ("Written to|To whom|Sent to", "Roth, Ida", "recipient"),
        (
            "Painter|Letter writer|Verfassende|Nom de l'expéditeur|Nome del mittente|Nombre del remitente|Naam afzender|Имя отправителя|\
             Nazwa nadawcy|Firmatario|Signataire|Auteur de la lettre|Autor listu",
            "Roth, Ida",
            "creator",
        ),
        (
            "Empfangende|Nom du destinataire|Nome del destinatario|Имя получателя|Nazwa odbiorcy",
            "Roth, Ida",
            "recipient",
        ),
        (
            "Bestellnummer|Numéro de cote|Sygnatura archiwalna|Инвентарный номер",
            "MS 41/7",
            "reference_code",
        ),
        ("Akte", "Akte Strikes", "folder"),
        (
            "Kurzbeschreibung|Descrizione del contenuto|Korte omschrijving|Краткое описание",
            "On rye",
            "summary",
        ),
        ("Empfangsort|Lieu d'expédition|Lugar de envío|Miejsce nadania", "Brackwell", "places"),
    ] {
        for head in heads.split('|') {
            let table = format!("Title,{head}\nMill,\"{cell}\"\nQuay,\"{cell}\"\n");
            let expected = json!({field: cell});
            check("a.csv", &table, &[expected.clone(), expected]);
        }
    }
    check(
        "a.csv",
        "Bestellnummer,Signatur,Titel\n41,B 2,Brief\n",
        &[json!({"reference_code": "B 2", "Bestellnummer": "41"})],
    );
    for head in ["Название дела", "Tytuł teczki", "Titolo del documento", "Brieftitel"]
    {
        let table = format!("{head},Date\nMill,1945\n");
        check("a.csv", &table, &[json!({"title": "Mill", "date": "1945"})]);
    }
}

#[test]
fn letters_are_sent_to_persons_and_to_places() {
    check(
        "a.csv",
        "Title,Date,Sender,Sent to\nA,1794,Goethe,Schiller\n",
        &[json!({"recipient": "Schiller"})],
    );
    for (places, persons) in [
        (["New York", "\"Weimar, Germany\""], ["\"Keller, Anna\"", "Weidl"]),
        (["Berlin", "St. Louis"], ["Anna Keller", "Jonas Weidl"]),
        (["\"Orla, USA\"", "Paris"], ["\"Roth, Ida\"", "New Mill Company of Orla"]),
        (["Bad Orla", "Quay City"], ["Roth", "Keller"]),
    ] {
        let rows =
            |[one, two]: [&str; 2]| format!("Title,Author,Sent to\nA,Roth,{one}\nB,Roth,{two}\n");
        let place = places[0].trim_matches('"');
        check("a.csv", &rows(places), &[json!({"recipient": null, "Sent to": place}), json!({})]);
        let person = persons[0].trim_matches('"');
        check("a.csv", &rows(persons), &[json!({"recipient": person}), json!({})]);
        let list = json!([{"title": "A", "sent_to": place}, {"title": "B", "sent_to": places[1].trim_matches('"')}]);
        check(
            "a.json",
            &foreign(&list),
            &[json!({"recipient": null, "sent_to": place}), json!({})],
        );
    }
    let table = "Title,Sender,Sent to,Sent from\nMill,\"Roth, Ida\",Orla,Brackwell\n";
    check(
        "a.csv",
        table,
        &[json!({"recipient": null, "Sent to": "Orla", "Sent from": "Brackwell"})],
    );
}

#[test]
fn moment_of_a_system_gives_way_to_the_date_of_the_document() {
    for moment in ["2021-02-03T10:11:12", "2021-02-03T10:11:12Z", "2021-02-03 10:11:12"] {
        let list = json!([{"title": "Mill", "date": moment, "acf": {"letter_date": "1945-07-12"}},
                          {"title": "Quay", "date": moment, "acf": {"letter_date": "1945-07-20"}}]);
        check(
            "a.json",
            &foreign(&list),
            &[json!({"date": "1945-07-12"}), json!({"date": "1945-07-20"})],
        );
        let table = format!("title,date,letter_date\nMill,{moment},1945-07-12\n");
        check("a.csv", &table, &[json!({"date": "1945-07-12", "own": {"date": moment}})]);
    }
    // A cable has a time of day, and may be published much later.
    let table = "title,date,date_sent\nCable 41,1962-10-22T19:05:00Z,\n";
    check("a.csv", table, &[json!({"date": "1962-10-22T19:05:00Z"})]);
    let table = "title,date,release_date\nCable 41,1962-10-22T19:05:00,1998-05-01\n";
    check("a.csv", table, &[json!({"date": "1962-10-22T19:05:00"})]);
    let table =
        "title,date,letter_date\nPost,2021-02-03T10:11:12,\nMill,2021-02-03T10:11:12,1945\n";
    check("a.csv", table, &[json!({"own": null}), json!({"letter_date": "1945"})]);
    // Alone it is the date.
    let list = foreign(&json!([{"title": "Mill", "date": "1945-07-12T10:11:12"}]));
    check("a.json", &list, &[json!({"date": "1945-07-12T10:11:12"})]);
}

#[test]
fn years_and_addresses_that_are_not_known_take_nothing_along() {
    let years = json!([{"title": "A", "year": 1902}, {"title": "B", "year": 0}, {"title": "C", "year": -1}]);
    check(
        "a.json",
        &foreign(&years),
        &[json!({"date": "1902"}), json!({"date": null}), json!({"date": null})],
    );
    let empty =
        json!([{"title": "A", "date": "0001-01-01T00:00:00"}, {"title": "B", "date": "1902"}]);
    check(
        "a.json",
        &foreign(&empty),
        &[json!({"own": {"date": "0001-01-01T00:00:00"}}), json!({"date": "1902"})],
    );
    check(
        "a.json",
        r#"[{"title": "A", "date": "0001-01-01T00:00:00"}, {"title": "B", "date": "1902"}]"#,
        &[json!({"own": {"date": "0001-01-01T00:00:00"}}), json!({"date": "1902"})],
    );
    check(
        "a.csv",
        "title,url,link\nA,n/a,https://d.example/7\nB,n/a,https://d.example/8\n",
        &[json!({"url": "https://d.example/7"}), json!({"url": "https://d.example/8"})],
    );
    for record in [
        json!({"url": "https://api.x.example/7", "doi": "10.1/a", "url_public_html": "https://x.example/7"}),
        json!({"doi": "10.1/a", "publicUrl": "https://x.example/7"}),
        json!({"doi": "10.1/a", "_links": {"self": {"href": "https://api.x.example/7"}, "html": {"href": "https://x.example/7"}}}),
    ] {
        let mut record = record;
        record["title"] = json!("Mill");
        check("a.json", &foreign(&json!([record])), &[json!({"url": "https://x.example/7"})]);
    }
}

#[test]
fn rows_that_repeat_the_header_or_sum_up_are_no_records() {
    for (table, reason) in [
        (
            "Ref,Title,Date\nA1,Mill,1945\nRef,Title,Date\nA3,Map,1903\n",
            "repeats the names of the columns",
        ),
        (
            "Ref;Titel;Datum\nA1;Mill;1945\nREF;TITEL;DATUM\nA3;Map;1903\n",
            "repeats the names of the columns",
        ),
        ("Title,Date,Pages\nMill,1945,2\nMap,1903,1\nTotal,,3\n", "sums up"),
        ("Title,Date,Pages\nMill,1945,2\nMap,1903,1\nGesamt:,2,3\n", "sums up"),
    ] {
        let merged = read_text("a.csv", table);
        let titles: Vec<_> = merged.records.iter().filter_map(|it| it.record.title()).collect();
        assert_eq!(titles, ["Mill", "Map"], "{table}");
        assert!(
            merged.problems.iter().any(|it| it.message.contains(reason)),
            "{:?}",
            merged.problems
        );
    }
    let kept =
        read_text("a.csv", "Title,Date\nTotal,1945\nTotal eclipse,1903\nSumme der Teile,1911\n");
    assert_eq!(kept.records.len(), 2, "a title that only begins so is one");
}

#[test]
fn tables_of_measurements_have_no_records() {
    for table in [
        "date,temperature,humidity\n2021-07-12,17.1,60\n2021-07-13,18.1,61\n",
        "Date,Open,High,Low,Close\n2021-07-12,17.1,18,16,17\n2021-07-13,17.2,18,16,17\n",
        "Datum;Wasserstand;Abfluss\n12.07.2021;1,71;60\n13.07.2021;1,81;61\n",
        "year,rain,sunshine\n1901,600,1500\n1902,610,1510\n",
    ] {
        let merged = read_text("a.csv", table);
        assert_eq!(merged.records.len(), 0, "{table}");
        assert!(merged.problems.iter().any(|it| it.message.contains("measurements")), "{table}");
    }
    for table in [
        "Date,Pages\n1902,2\n1903,3\n",
        "Date,Note\n1902,Rye\n1903,Oats\n",
        "Date,Box,Folder\n1902,1,2\n1903,1,3\n",
    ] {
        assert_eq!(read_text("a.csv", table).records.len(), 2, "{table}");
    }
}

#[test]
fn tables_of_places_and_addresses_have_no_records() {
    for (table, kind) in [
        ("Name,Latitude,Longitude,Country\nWien,48.2,16.37,AT\nGraz,47.07,15.43,AT\n", "places"),
        ("id;name;lat;lng\n1;Wien;48.2;16.37\n2;Graz;47.07;15.43\n", "places"),
        (
            "Name,Email,Phone\nAnna Keller,anna@k.example,12\nEmil Roth,emil@r.example,13\n",
            "addresses",
        ),
        ("Name;Telefon\nWeidl;12\nRoth;13\n", "addresses"),
    ] {
        let merged = read_text("a.csv", table);
        assert_eq!(merged.records.len(), 0, "{table}");
        assert!(merged.problems.iter().any(|it| it.message.contains(kind)), "{table}");
    }
    // What has a title, a day or a subject describes documents.
    for table in [
        "Title,Latitude,Longitude\nHarbour,48.2,16.37\nMill,47.07,15.43\n",
        "Name,Latitude,Longitude,Date\nHarbour,48.2,16.37,1902\nMill,47.07,15.43,1903\n",
        "Name,Email,Subject\nHarbour,a@k.example,Ships\nMill,b@k.example,Rye\n",
        "Name,Call number,Phone\nHarbour,MS 41,12\nMill,MS 42,13\n",
    ] {
        assert_eq!(read_text("a.csv", table).records.len(), 2, "{table}");
    }
}
