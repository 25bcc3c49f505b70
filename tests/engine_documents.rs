//! Documents of the systems of archives as records: which system an index belongs to, and what its fields mean.

use fonds::engine::{EngineMapping, Schema};
use fonds::record::{Field, Record};
use serde_json::{Value, json};

/// A mapping of OpenSearch with these fields and their types.
fn opensearch(properties: &Value) -> Schema {
    Schema::from_opensearch(&json!({"an_index": {"mappings": {"properties": properties}}}))
}

/// The fields of a Solr collection, with the letters that say how they are kept.
fn solr(fields: &[(&str, &str, &str)]) -> Schema {
    let field = |(name, kind, flags): &(&str, &str, &str)| {
        ((*name).to_owned(), json!({"type": kind, "schema": flags}))
    };
    let fields: serde_json::Map<String, Value> = fields.iter().map(field).collect();
    Schema::from_luke(&json!({"fields": fields}))
}

fn atom() -> EngineMapping {
    let text = json!({"type": "text"});
    EngineMapping::recognise(&opensearch(&json!({
        "levelOfDescriptionId": {"type": "integer"}, "publicationStatusId": {"type": "integer"},
        "lft": {"type": "integer"}, "i18n": {"properties": {"en": {"properties": {"title": text}}}},
    })))
    .unwrap()
}

fn arclight() -> EngineMapping {
    let fields = [
        ("id", "string", "I-SD"),
        ("normalized_title_ssm", "string", "--SDM"),
        ("component_level_isim", "pint", "I-SDM"),
    ];
    EngineMapping::recognise(&solr(&fields)).unwrap()
}

/// The values of an own field.
fn own<'r>(record: &'r Record, name: &str) -> Vec<&'r str> {
    record.own.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect()
}

fn all(record: &Record, field: Field) -> Vec<&str> {
    record.all(field).collect()
}

#[test]
fn all_built_in_mappings_are_read() {
    let names: Vec<String> =
        EngineMapping::built_in().unwrap().into_iter().map(|mapping| mapping.name).collect();
    assert_eq!(
        names,
        ["fonds", "AtoM", "ArcLight", "ArchivesSpace", "VuFind", "DPLA", "Blacklight"]
    );
    let wrong = EngineMapping::parse("name = 'x'\n[[fields]]\nfield = 'titel'\nread = ['a']");
    assert!(wrong.unwrap_err().contains("titel"));
    assert!(EngineMapping::parse("nam = 'x'").is_err());
}

#[test]
fn systems_are_recognised_by_their_fields() {
    assert_eq!(atom().name, "AtoM");
    assert_eq!(arclight().name, "ArcLight");
    let keyword = json!({"type": "keyword"});
    let dpla = opensearch(&json!({
        "isShownAt": keyword, "dataProvider": {"properties": {"name": keyword}},
        "sourceResource": {"properties": {"title": {"type": "text"}}},
    }));
    assert_eq!(EngineMapping::recognise(&dpla).unwrap().name, "DPLA");
    let unknown = opensearch(&json!({"title": {"type": "text"}, "colour": keyword}));
    let unknown = EngineMapping::recognise(&unknown).unwrap();
    let record = unknown.record("7", &json!({"title": "Map", "colour": "red", "size": 3}));
    assert_eq!(record.title(), Some("Map"));
    assert_eq!(own(&record, "colour"), ["red"]);
    assert_eq!(own(&record, "size"), ["3"]);
}

#[test]
fn fields_of_solr_are_sorted_and_counted_as_their_flags_say() {
    for (kind, flags, is_sorted, is_counted) in [
        ("string", "I-SD------OF-----l", true, true),
        ("string", "I-S-------OF-----l", false, false),
        ("string", "I-S-U-----OF-----l", true, true),
        ("string", "I-S-UM----OF-----l", false, true),
        ("pint", "I-SD-M----OF------", true, true),
        ("string", "--S--M-----------l", false, false),
        ("text_general", "ITS--M------------", false, false),
    ] {
        let fields = json!({"a": {"type": kind, "schema": flags}});
        let keys = json!({"key": {"U": "UnInvertible"}});
        let schema = Schema::from_luke(&json!({"fields": fields, "info": keys}));
        let field = schema.get("a").unwrap();
        assert_eq!((field.is_sorted, field.is_counted), (is_sorted, is_counted), "{flags}");
    }
    // Solr before 7.6 has no such flag.
    let old = solr(&[("a", "string", "I-S-------OF-----l")]).get("a").unwrap();
    assert!(old.is_sorted && old.is_counted);
}

#[test]
fn documents_of_atom_are_shown_in_the_culture_of_their_original() {
    let record = atom().record(
        "501",
        &json!({
            "sourceCulture": "fr", "slug": "fonds-orla", "lft": 2, "publicationStatusId": 159,
            "i18n": {"languages": ["en", "fr"], "en": {"title": "Orla fonds"},
                     "fr": {"title": "Fonds Orla", "scopeAndContent": "<p>Lettres.</p>"}},
            "creators": [{"id": 4, "i18n": {"en": {"authorizedFormOfName": "Tarn, Hilde"}}},
                         {"id": 5, "i18n": {"en": {"authorizedFormOfName": "X"},
                                            "fr": {"authorizedFormOfName": "Vey, Luc"}}}],
            "dates": [{"startDateString": "1938", "startDate": "1938-01-01", "endDateString": "1951-07",
                       "endDate": "1951-07-31", "i18n": {"fr": {"date": "vers 1938-1951"}}}],
            "colour": "red",
        }),
    );
    assert_eq!(record.title(), Some("Fonds Orla"));
    assert_eq!(all(&record, Field::Id), ["501"]);
    assert_eq!(all(&record, Field::Summary), ["Lettres."]);
    assert_eq!(all(&record, Field::Creator), ["Tarn, Hilde", "Vey, Luc"]);
    assert_eq!(record.date.text, "vers 1938-1951");
    let span = record.date.span().unwrap();
    assert_eq!(span.earliest.to_string(), "1938-01-01");
    assert_eq!(span.latest.to_string(), "1951-07-31");
    assert_eq!(own(&record, "unpublished"), ["yes"]);
    assert_eq!(own(&record, "colour"), ["red"]);
    assert_eq!(own(&record, "slug"), ["fonds-orla"]);
    assert!(own(&record, "lft").is_empty());
}

#[test]
fn documents_of_arclight_have_years_and_markup() {
    let document = |date: Option<&str>, years: &[i32]| {
        let mut document = json!({
            "id": "c1_ref02", "title_ssm": ["Charts &amp; <emph render=\"bold\">logs</emph>, "],
            "normalized_title_ssm": ["Charts"], "date_range_isim": years,
            "scopecontent_html_tesm": ["<p>One &lt; two.</p><list><item>Three</item><item>4 < 5</item></list>"],
            "containers_ssim": ["box 3", "folder 7", "Mappe A"], "creator_ssim": ["Tarn, Hilde"],
            "level_ssm": ["File"], "names_ssim": ["Vey, Luc", "Vey, Luc"],
        });
        if let Some(date) = date {
            document["normalized_date_ssm"] = json!([date]);
        }
        arclight().record("c1_ref02", &document)
    };
    let record = document(Some("1945 July 11"), &[1945]);
    assert_eq!(record.title(), Some("Charts & logs"));
    assert_eq!(all(&record, Field::Summary), ["One < two.\nThree\n4 < 5"]);
    assert_eq!(all(&record, Field::Box), ["3"]);
    assert_eq!(all(&record, Field::People), ["Vey, Luc"]);
    assert_eq!(own(&record, "level"), ["File"]);
    assert_eq!(record.date.span().unwrap().to_edtf(), "1945-07-11");
    let by_years = document(Some("war years"), &[1939, 1940, 1945]);
    assert_eq!(by_years.date.text, "war years");
    assert_eq!(by_years.date.span().unwrap().to_edtf(), "1939/1945");
    assert_eq!(document(None, &[]).date.span(), None);
}
