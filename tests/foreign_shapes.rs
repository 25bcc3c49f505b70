//! Shapes of XML and JSON in which services and programs write the same few fields: names in attributes, descriptions
//! in an object of their own, persons and dates further in. The contents are invented.

use fonds::formats::read::{self, ReadOptions};
use fonds::load::page_merger::PageMerger;
use serde_json::{Value, json};

use crate::field_meanings::{self, objects, read_text};

/// Checks that each record of a file has these values. `null` says that a field is not there.
fn check(name: &str, text: &str, expected: &Value) {
    field_meanings::check(name, text, expected.as_array().unwrap());
}

/// What is said about a file without records.
fn refusal(name: &str, text: &str) -> String {
    let merged = read_text(name, text);
    assert!(merged.records.is_empty(), "{text}\n{:?}", objects(&merged));
    merged.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Two records whose title, date and creator are the first two or three of these.
fn two_letters() -> Value {
    json!([{"title": "Letter", "date": "1945", "creator": "Keller, Anna"}, {"title": "Harbour", "date": null}])
}

#[test]
fn names_in_attributes_are_those_of_fields() {
    for xml in [
        // mysqldump
        "<mysqldump><database name='d'><table_structure name='letter'><field Field='id' Type='int(11)' Key='PRI' Extra=''/>\
         <field Field='title' Type='varchar(255)' Key='' Extra=''/></table_structure><table_data name='letter'>\
         <row><field name='title'>Letter</field><field name='date'>1945</field><field name='sender'>Keller, Anna</field></row>\
         <row><field name='title'>Harbour</field><field name='date' xsi:nil='true' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'/>\
         </row></table_data></database></mysqldump>",
        // phpMyAdmin
        "<pma_xml_export version='1.0'><database name='d'><table name='letter'><column name='id'>7</column><column name='title'>Letter\
         </column><column name='date'>1945</column><column name='sender'>Keller, Anna</column></table><table name='letter'>\
         <column name='id'>8</column><column name='title'>Harbour</column></table></database></pma_xml_export>",
        // Solr
        "<response><lst name='responseHeader'><int name='status'>0</int><int name='QTime'>3</int></lst><result name='response' \
         numFound='2' start='0'><doc><str name='id'>k1</str><arr name='title'><str>Letter</str></arr><int name='date'>1945</int>\
         <arr name='creator'><str>Keller, Anna</str></arr></doc><doc><str name='id'>k2</str><arr name='title'><str>Harbour</str></arr>\
         </doc></result><lst name='facet_counts'><lst name='facet_fields'><lst name='creator'><int name='Keller, Anna'>12</int></lst>\
         </lst></lst></response>",
        // SPARQL
        "<sparql xmlns='http://www.w3.org/2005/sparql-results#'><head><variable name='item'/><variable name='title'/><variable name='date'/>\
         <variable name='creator'/></head><results><result><binding name='item'><uri>https://x.example/1</uri></binding>\
         <binding name='title'><literal xml:lang='en'>Letter</literal></binding><binding name='date'><literal>1945</literal></binding>\
         <binding name='creator'><literal>Keller, Anna</literal></binding></result><result><binding name='item'>\
         <uri>https://x.example/2</uri></binding><binding name='title'><literal xml:lang='en'>Harbour</literal></binding></result>\
         </results></sparql>",
        // Omeka
        "<itemContainer><miscellaneousContainer><pagination><pageNumber>1</pageNumber><totalResults>2</totalResults></pagination>\
         </miscellaneousContainer><item itemId='7'><elementSetContainer><elementSet elementSetId='1'><name>Dublin Core</name>\
         <elementContainer><element elementId='50'><name>Title</name><description>A name</description><elementTextContainer>\
         <elementText elementTextId='1'><text>Letter</text></elementText></elementTextContainer></element><element elementId='40'>\
         <name>Date</name><elementTextContainer><elementText elementTextId='2'><text>1945</text></elementText></elementTextContainer>\
         </element><element elementId='39'><name>Creator</name><elementTextContainer><elementText elementTextId='4'>\
         <text>Keller, Anna</text></elementText></elementTextContainer></element></elementContainer></elementSet></elementSetContainer>\
         </item><item itemId='8'><elementSetContainer><elementSet elementSetId='1'><name>Dublin Core</name><elementContainer>\
         <element elementId='50'><name>Title</name><elementTextContainer><elementText elementTextId='3'><text>Harbour</text></elementText>\
         </elementTextContainer></element></elementContainer></elementSet></elementSetContainer></item></itemContainer>",
        "<rows><row><field name='title'>Letter</field><field name='date'>1945</field><field name='author'>Keller, Anna</field></row>\
         <row><field name='title'>Harbour</field></row></rows>",
        "<objects><object><attribute label='Title'>Letter</attribute><attribute label='Date'>1945</attribute><attribute label='Creator'>\
         Keller, Anna</attribute></object><object><attribute label='Title'>Harbour</attribute></object></objects>",
        "<export><entry><data key='title'>Letter</data><data key='date'>1945</data><data key='creator'>Keller, Anna</data></entry>\
         <entry><data key='title'>Harbour</data></entry></export>",
        "<list><letter><info code='title'>Letter</info><info code='date'>1945</info><info code='creator'>Keller, Anna</info>\
         <info code='xy'>4</info></letter><letter><info code='title'>Harbour</info></letter></list>",
        "<list><letter><meta><property name='title' value='Letter'/><property name='date' value='1945'/><property name='creator' \
         value='Keller, Anna'/></meta></letter><letter><meta><property name='title' value='Harbour'/></meta></letter></list>",
        "<list><letter><feld name='Titel'>Letter</feld><feld name='Datum'>1945</feld><feld name='Verfasser'>Keller, Anna</feld></letter>\
         <letter><feld name='Titel'>Harbour</feld></letter></list>",
        "<documents><document><metadata name='title'>Letter</metadata><metadata name='date'>1945</metadata><metadata name='creator'>\
         Keller, Anna</metadata></document><document><metadata name='title'>Harbour</metadata></document></documents>",
    ] {
        check("a.xml", xml, &two_letters());
    }
}

#[test]
fn single_answer_with_names_in_attributes_is_the_record() {
    let one = json!([{"title": "Letter", "date": "1945", "numFound": null, "name": null}]);
    for xml in [
        "<response><result name='response' numFound='1' start='0'><doc><str name='title'>Letter</str><str name='date'>1945</str></doc>\
         </result></response>",
        "<sparql><head><variable name='title'/><variable name='date'/></head><results><result><binding name='title'><literal>Letter\
         </literal></binding><binding name='date'><literal>1945</literal></binding></result></results></sparql>",
        "<rows><row><field name='title'>Letter</field><field name='date'>1945</field></row></rows>",
    ] {
        check("a.xml", xml, &one);
    }
}

#[test]
fn names_of_things_in_attributes_are_no_fields() {
    check(
        "letters.xml",
        "<letters><letter name='Keller to Weidl'>Dear Jonas, the harvest</letter><letter name='Weidl to Keller'>Dear Anna</letter></letters>",
        &json!([{"title": "Keller to Weidl"}, {"title": "Weidl to Keller"}]),
    );
    check(
        "a.xml",
        "<l><i><title>A</title><subject code='title'>Mills</subject><date label='created'>1902</date><language code='de'>German</language>\
         </i><i><title>B</title><subject code='x'>Quays</subject></i></l>",
        &json!([{"title": "A", "date": "1902", "subjects": "Mills", "language": "German"}, {"title": "B"}]),
    );
    check(
        "a.xml",
        "<l><item><collection><field name='title'>Mill papers</field></collection><field name='title'>A</field><field name='date'>1902</field>\
         </item><item><field name='title'>B</field></item></l>",
        &json!([{"title": "A", "date": "1902", "collection.field.title": "Mill papers"}, {"title": "B"}]),
    );
}

#[test]
fn labelled_field_alone_is_a_field() {
    for xml in [
        "<l><item id='7'><property name='title' value='Mill'/><property name='date' value='1902'/></item><item id='8'>\
         <property name='title' value='Harbour'/></item></l>",
        "<l><item id='7'><title>Mill</title><date>1902</date></item><item id='8'><extra label='Title' value='Harbour'/></item></l>",
        "<l><item id='7'><title>Mill</title><date>1902</date></item><item id='8'><extra label='Title'>Harbour</extra></item></l>",
    ] {
        check(
            "a.xml",
            xml,
            &json!([{"title": "Mill", "date": "1902"}, {"title": "Harbour", "id": "8"}]),
        );
    }
    check(
        "a.xml",
        "<l><i><title>A</title><extra label='Shelfmark' value='MS 1'/></i><i><title>B</title><extra label='Shelfmark' value='MS 2'/></i></l>",
        &json!([{"title": "A", "reference_code": "MS 1"}, {"title": "B", "reference_code": "MS 2"}]),
    );
    check(
        "a.json",
        r#"[{"title": "A", "licence": {"label": "CC0", "value": "https://l.example/0"}, "custom": {"label": "Sender", "value": "Keller, Anna"}},
            {"title": "B"}]"#,
        &json!([{"title": "A", "creator": "Keller, Anna", "CC0": null}, {"title": "B"}]),
    );
}

#[test]
fn labels_of_records_are_not_those_of_the_list() {
    for key in ["letters", "data", "briefe", "sheet"] {
        check(
            "a.json",
            &format!(
                r#"{{"{key}": [{{"id": 1, "fields": [{{"label": "Title", "value": "L"}}, {{"label": "Date", "value": "1902"}}]}},
                    {{"id": 2, "fields": [{{"label": "Title", "value": "H"}}]}}]}}"#
            ),
            &json!([{"title": "L", "date": "1902", "id": "1"}, {"title": "H", "date": null, "id": "2"}]),
        );
    }
    check(
        "one.json",
        r#"{"id": 7, "metadata": [{"group": "Core", "fields": [{"label": "Title", "value": "L"}, {"label": "Date", "value": "1902"}]},
            {"group": "Item", "fields": [{"label": "Extent", "value": "2 pages"}]}]}"#,
        &json!([{"title": "L", "date": "1902", "id": "7"}]),
    );
}

#[test]
fn description_in_an_object_is_that_of_the_record() {
    for key in ["citation", "volumeInfo", "article", "work", "bib", "biblio", "bibjson", "werk"] {
        let text = format!(
            r#"{{"total": 2, "entries": [{{"key": "k1", "{key}": {{"title": "Mills", "author": "Keller, Anna", "year": "1978", "month": "3"}}}},
                {{"key": "k2", "{key}": {{"title": "Quay", "year": "1902"}}}}]}}"#
        );
        let expected = json!([{"title": "Mills", "creator": "Keller, Anna", "date": "1978-03"}, {"title": "Quay", "date": "1902"}]);
        check("a.json", &text, &expected);
    }
    check(
        "outer-url.json",
        r#"{"hits": [{"@id": "41", "url": "URL#41", "info": {"title": "Mills", "year": "1978", "url": "https://x.example/41"}},
            {"@id": "42", "url": "URL#42", "info": {"title": "Quay", "year": "1902", "url": "https://x.example/42"}}]}"#,
        &json!([{"title": "Mills", "date": "1978", "id": "41", "url": "https://x.example/41"}, {"title": "Quay", "url": "https://x.example/42"}]),
    );
    check(
        "rest.json",
        r#"{"results": [{"id": "a", "summary": "S", "author": "K", "link": "https://x.example/1", "biblio": {"title": "The mills",
            "year": "2005", "month": "3"}}, {"id": "b", "summary": "S", "author": "W", "link": "https://x.example/2",
            "biblio": {"title": "Harbour", "year": "1998", "month": "4"}}]}"#,
        &json!([{"title": "The mills", "date": "2005-03", "id": "a", "url": "https://x.example/1"}, {"title": "Harbour", "date": "1998-04"}]),
    );
    check(
        "two-levels.json",
        r#"{"docs": [{"context": "L", "pnx": {"display": {"title": ["Letter"], "creator": ["Keller, Anna"], "date": ["1945"]},
            "control": {"recordid": ["a7"]}, "sort": {"title": ["Letter"]}}}, {"context": "L", "pnx": {"display": {"title": ["Harbour"],
            "date": ["1902"]}, "control": {"recordid": ["a8"]}, "sort": {"title": ["Harbour"]}}}]}"#,
        &json!([{"title": "Letter", "date": "1945", "creator": "Keller, Anna"}, {"title": "Harbour", "date": "1902"}]),
    );
    check(
        "values.json",
        r#"{"data": [{"id": "b:7", "type": "Item", "attributes": {"title_tsi": {"id": "x1", "type": "v", "attributes": {"value": "Letter",
            "label": "Title"}}, "creator_ssim": {"id": "x2", "type": "v", "attributes": {"value": "Keller, Anna", "label": "Creator"}}}},
            {"id": "b:8", "type": "Item", "attributes": {"title_tsi": {"id": "x4", "type": "v", "attributes": {"value": "Harbour",
            "label": "Title"}}}}]}"#,
        &json!([{"title": "Letter", "creator": "Keller, Anna", "id": "b:7"}, {"title": "Harbour", "id": "b:8"}]),
    );
    check(
        "lines.jsonl",
        "{\"key\": \"k1\", \"citation\": {\"title\": \"Mills\", \"year\": \"1978\"}}\n{\"key\": \"k2\", \"citation\": {\"title\": \"Quay\", \"year\": \"1902\"}}\n",
        &json!([{"title": "Mills", "date": "1978"}, {"title": "Quay", "date": "1902"}]),
    );
}

#[test]
fn title_of_the_journal_is_not_that_of_the_record() {
    let text = r#"[{"id": 1, "date": "1902", "author": "Keller, Anna", "journal": {"title": "Mill News", "year": 1902}},
        {"id": 2, "date": "1903", "author": "Weidl, Jonas", "journal": {"title": "Mill News", "year": 1903}}]"#;
    check(
        "a.json",
        text,
        &json!([{"title": null, "date": "1902"}, {"title": null, "date": "1903"}]),
    );
}

#[test]
fn elements_named_as_dublin_core_are_records() {
    for xml in [
        "<items xmlns:dc='http://purl.org/dc/elements/1.1/'><item><dc:title>Letter</dc:title><dc:date>1945</dc:date><dc:creator>Keller, Anna\
         </dc:creator></item><item><dc:title>Harbour</dc:title></item></items>",
        "<set xmlns:dcterms='http://purl.org/dc/terms/'><object id='7'><dcterms:title>Letter</dcterms:title><dcterms:created>1945\
         </dcterms:created><dcterms:creator>Keller, Anna</dcterms:creator></object><object id='8'><dcterms:title>Harbour</dcterms:title>\
         </object></set>",
        "<letters xmlns='http://e.example/ns' xmlns:dc='http://purl.org/dc/elements/1.1/'><letter id='7'><dc:title>Letter</dc:title>\
         <date>1945</date><sender>Keller, Anna</sender></letter><letter id='8'><dc:title>Harbour</dc:title></letter></letters>",
        "<x xmlns:dc='http://purl.org/dc/elements/1.1/'><record><dc:title>Letter</dc:title><dc:date>1945</dc:date><dc:creator>Keller, Anna\
         </dc:creator></record><record><dc:title>Harbour</dc:title></record></x>",
    ] {
        check("a.xml", xml, &two_letters());
    }
    let xml = "<x xmlns:dc='http://purl.org/dc/elements/1.1/'><b><i><dc:title>Letter</dc:title></i><i><dc:title>Harbour</dc:title></i></b></x>";
    let options = ReadOptions { records: Some("b[].i".to_owned()), ..ReadOptions::default() };
    let mut merger = PageMerger::new();
    read::read_with("a.xml", &options, &mut xml.as_bytes(), &mut merger).unwrap();
    assert_eq!(merger.finish().records.len(), 2);
}

#[test]
fn things_keep_the_literature_about_them() {
    let expected = json!([{"title": "Mill", "date": "1902"}, {"title": "Harbour"}]);
    for key in ["publications", "editions", "translations", "articles"] {
        let text = format!(
            r#"{{"records": [{{"id": 1, "title": "Mill", "date": "1902", "{key}": [{{"title": "The Mills", "date": "1978", "author": "Orla, Ida"}}]}},
                {{"id": 2, "title": "Harbour", "{key}": [{{"title": "Quays", "date": "1980", "author": "Roth, Emil"}}, {{"title": "Boats",
                "date": "1981", "author": "Roth, Emil"}}]}}]}}"#
        );
        check("a.json", &text, &expected);
    }
    // A press lists what it has published.
    check(
        "presses.json",
        r#"[{"id": 1, "name": "Mill Press", "publications": [{"title": "The Mills", "date": "1978"}, {"title": "Quays", "date": "1980"}]},
            {"id": 2, "name": "Quay Press", "publications": [{"title": "Boats", "date": "1981"}]}]"#,
        &json!([{"title": "The Mills"}, {"title": "Quays"}, {"title": "Boats"}]),
    );
}

#[test]
fn dates_with_types_count_by_their_type() {
    check(
        "a.xml",
        "<l><i><title>A</title><dates><date type='Created'>1902</date><date type='Issued'>2020</date></dates></i><i><title>B</title><dates>\
         <date type='Issued'>1903</date></dates></i><i><title>C</title><dates><date type='Updated'>2021</date></dates></i><i><title>D</title>\
         <dates><date dateType='Issued'>2019-05-02</date><date dateType='Updated'>2021-01-01</date></dates></i></l>",
        &json!([{"title": "A", "date": "1902"}, {"title": "B", "date": "1903"}, {"title": "C", "date": null}, {"title": "D", "date": "2019-05-02"}]),
    );
    check(
        "dc.xml",
        "<resources><resource><titles><title>A</title></titles><publicationYear>2019</publicationYear><dates><date dateType='Issued'>2019-05-02</date>\
         <date dateType='Updated'>2021-01-01</date></dates></resource><resource><titles><title>B</title></titles><publicationYear>2018\
         </publicationYear></resource></resources>",
        &json!([{"title": "A", "date": "2019-05-02"}, {"title": "B", "date": "2018"}]),
    );
}

#[test]
fn persons_dates_and_titles_are_found_further_in() {
    check(
        "a.json",
        r#"{"letters": [{"title": "A", "sender": {"persons": [{"name": "Keller, Anna"}]}, "recipient": {"persons": [{"name": "Weidl, Jonas"}]},
            "date": {"iso": "1945-07-12", "display": "12. Juli 1945"}}, {"title": "B", "sender": {"persons": [{"name": "Weidl, Jonas"}]},
            "date": {"iso": "1945-07-20", "display": "20. Juli 1945"}}]}"#,
        &json!([{"title": "A", "creator": "Keller, Anna", "recipient": "Weidl, Jonas", "date": "12. Juli 1945"},
            {"title": "B", "creator": "Weidl, Jonas", "date": "20. Juli 1945"}]),
    );
    check(
        "a.xml",
        "<l><i><title>A</title><creator><agent><name>Keller, Anna</name></agent></creator></i><i><title>B</title><creator><agent>\
         <name>Weidl, Jonas</name></agent></creator></i></l>",
        &json!([{"title": "A", "creator": "Keller, Anna"}, {"title": "B", "creator": "Weidl, Jonas"}]),
    );
    check(
        "sent.json",
        r#"{"letters": [{"id": "E7", "heading": "A", "sent": {"date": {"iso": "1945-07-12", "display": "12. Juli 1945"}, "place": {"name": "Orla"},
            "persons": [{"name": "Keller, Anna", "gnd": "1"}]}, "received": {"place": {"name": "Brackwell"}, "persons": [{"name": "Weidl, Jonas"}]},
            "repository": {"name": "Town Archive", "shelfmark": "Nl 41/7"}}, {"id": "E8", "heading": "B", "sent": {"date": {"iso": "1945"}}}]}"#,
        &json!([{"title": "A", "creator": "Keller, Anna", "recipient": "Weidl, Jonas", "date": "12. Juli 1945", "repository": "Town Archive",
            "reference_code": "Nl 41/7"}, {"title": "B", "date": "1945"}]),
    );
    check(
        "strapi.json",
        r#"{"data": [{"id": 7, "attributes": {"title": "A", "sender": {"data": {"id": 1, "attributes": {"name": "Anna Keller"}}}}},
            {"id": 8, "attributes": {"title": "B", "sender": {"data": {"id": 2, "attributes": {"name": "Jonas Weidl"}}}}}]}"#,
        &json!([{"title": "A", "creator": "Anna Keller"}, {"title": "B", "creator": "Jonas Weidl"}]),
    );
    check(
        "solr.json",
        r#"{"docs": [{"ead.id": "h7", "ead.unittitle": ["A"], "ead.creator.name": ["Keller, Anna"], "ead.addressee.name": ["Weidl, Jonas"]},
            {"ead.id": "h8", "ead.unittitle": ["B"]}]}"#,
        &json!([{"title": "A", "creator": "Keller, Anna", "recipient": "Weidl, Jonas", "id": "h7"}, {"title": "B"}]),
    );
    check(
        "news.json",
        r#"{"docs": [{"_id": "n7", "headline": {"main": "Mill burns", "kicker": "Orla"}, "abstract": "Fire."}, {"_id": "n8", "headline": {"main": "Quay"},
            "abstract": "Ships."}]}"#,
        &json!([{"title": "Mill burns", "summary": "Fire."}, {"title": "Quay"}]),
    );
    check(
        "photos.json",
        r#"{"photo": [{"id": "7", "title": {"_content": "Mill"}, "description": {"_content": "By the river."}}, {"id": "8", "title": {"_content": "Quay"}}]}"#,
        &json!([{"title": "Mill", "summary": "By the river."}, {"title": "Quay"}]),
    );
}

#[test]
fn names_of_two_parts_are_one() {
    check(
        "a.json",
        r#"[{"title": "A", "author": {"name": {"full": "Anna Keller"}}}, {"title": "B", "author": {"name": {"first": "Jonas", "last": "Weidl"}}},
            {"title": "C", "author": [{"last": "Orla", "first": "Ida"}], "pages": {"first": "1", "last": "7"}}]"#,
        &json!([{"title": "A", "creator": "Anna Keller"}, {"title": "B", "creator": "Weidl, Jonas"},
            {"title": "C", "creator": "Orla, Ida", "pages.first": "1"}]),
    );
}

#[test]
fn descriptions_are_found_further_in() {
    let expected = json!([{"title": "A", "summary": "A mill."}, {"title": "B"}]);
    for description in [
        "<Description><description>A mill.</description></Description>",
        "<Abstract><AbstractText>A mill.</AbstractText></Abstract>",
        "<descriptions><description type='Abstract'>A mill.</description></descriptions>",
    ] {
        let xml = format!("<l><i><title>A</title>{description}</i><i><title>B</title></i></l>");
        check("a.xml", &xml, &expected);
    }
    check(
        "a.json",
        r#"[{"title": "A", "content": {"description": "A mill."}}, {"title": "B"}]"#,
        &expected,
    );
    check(
        "parts.xml",
        "<set><article><heading>A</heading><abstract><abstractText label='Aim'>A mill.</abstractText><abstractText label='End'>A quay.\
         </abstractText></abstract></article><article><heading>B</heading></article></set>",
        &json!([{"title": "A"}, {"title": "B"}]),
    );
}

#[test]
fn citations_of_literature_are_not_how_to_cite() {
    check(
        "a.json",
        r#"[{"title": "A", "creators": [{"description": "Anna Keller (British)", "role": "artist"}], "citations": [{"citation": "Orla. The Mills. 1978.",
            "page": "7"}]}, {"title": "B", "citations": []}]"#,
        &json!([{"title": "A", "creator": "Anna Keller (British)", "preferred_citation": null, "citations": "Orla. The Mills. 1978."}, {"title": "B"}]),
    );
}

#[test]
fn list_of_identifiers_has_no_records() {
    let said = refusal(
        "oai.xml",
        "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><request verb='ListIdentifiers'>https://o.example</request><ListIdentifiers>\
         <header><identifier>oai:1</identifier><datestamp>2021-02-03</datestamp></header></ListIdentifiers></OAI-PMH>",
    );
    assert!(said.contains("answer to ListIdentifiers: it has no records"), "{said}");
}

#[test]
fn markup_in_titles_is_left_out() {
    let oai = |title: &str| {
        format!(
            "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords><record><header><identifier>oai:1</identifier></header><metadata>\
             <oai_dc:dc xmlns:oai_dc='http://www.openarchives.org/OAI/2.0/oai_dc/' xmlns:dc='http://purl.org/dc/elements/1.1/'>{title}\
             <dc:creator>Keller, <b>Anna</b></dc:creator></oai_dc:dc></metadata></record></ListRecords></OAI-PMH>"
        )
    };
    let expected = json!([{"title": "B C D", "creator": "Keller, Anna"}]);
    check("a.xml", &oai("<dc:title>B <i>C</i> D</dc:title>"), &expected);
    check("a.xml", &oai("<dc:title><i>B</i> C D</dc:title>"), &expected);
    check("a.xml", &oai("<dc:title><i>B C</i> <b>D</b></dc:title>"), &expected);
    let described = oai("<dc:title>A</dc:title><dc:description><p>A mill.</p></dc:description>");
    check("a.xml", &described, &json!([{"title": "A", "summary": "A mill."}]));
    check(
        "atom.xml",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry><id>tag:1</id><title type='html'>A &amp;amp; B</title><updated>2021-02-03\
         </updated></entry><entry><id>tag:2</id><title type='html'>&amp;lt;C&amp;gt;</title><updated>2021-02-03</updated></entry></feed>",
        &json!([{"title": "A & B"}, {"title": "<C>"}]),
    );
}

#[test]
fn keys_of_one_letter_are_ids() {
    check(
        "a.json",
        r#"{"a": {"title": "L", "date": "1945"}, "b": {"title": "H", "date": "1946"}}"#,
        &json!([{"title": "L", "date": "1945", "id": "a"}, {"title": "H", "date": "1946", "id": "b"}]),
    );
}

#[test]
fn divided_words_are_whole() {
    let page = |lines: &str| {
        format!(
            "<PcGts><Page imageFilename='a.jpg'><TextRegion>{lines}</TextRegion></Page></PcGts>"
        )
    };
    let line = |text: &str| {
        format!("<TextLine><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>")
    };
    for (first, second, text) in [
        ("Die Ern¬", "te kam.", "Die Ernte\nkam."),
        ("Die Ern-", "te kam.", "Die Ernte\nkam."),
        ("Die Ern⸗", "te", "Die Ernte"),
        ("Nord-", "Amerika", "Nord-\nAmerika"),
        ("so —", "und so", "so —\nund so"),
        ("1902-", "1905", "1902-\n1905"),
        ("Mehl -", "aber", "Mehl -\naber"),
    ] {
        let xml = page(&(line(first) + &line(second)));
        check("a.xml", &xml, &json!([{"summary": text}]));
    }
    let alto = |strings: &str| {
        format!(
            "<alto><Layout><Page ID='p1'><PrintSpace><TextBlock>{strings}</TextBlock></PrintSpace></Page></Layout></alto>"
        )
    };
    for strings in [
        "<TextLine><String CONTENT='har-'/></TextLine><TextLine><String CONTENT='vest'/><String CONTENT='came'/></TextLine>",
        "<TextLine><String CONTENT='har'/><HYP CONTENT='-'/></TextLine><TextLine><String CONTENT='vest'/><String CONTENT='came'/></TextLine>",
        "<TextLine><String CONTENT='har' SUBS_TYPE='HypPart1' SUBS_CONTENT='harvest'/><HYP CONTENT='-'/></TextLine><TextLine>\
         <String CONTENT='vest' SUBS_TYPE='HypPart2' SUBS_CONTENT='harvest'/><String CONTENT='came'/></TextLine>",
    ] {
        check("a.xml", &alto(strings), &json!([{"summary": "harvest\ncame"}]));
    }
}

#[test]
fn text_beside_the_documents_of_a_volume_is_said() {
    let tei = |prose: &str| {
        format!(
            "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>Mills</title></titleStmt></fileDesc></teiHeader>\
             <text><body><div type='chapter'><head>One</head>{prose}<div type='document'><head>Letter</head><p>Dear Jonas</p></div></div>\
             </body></text></TEI>"
        )
    };
    let said = |prose: &str| {
        let merged = read_text("a.xml", &tei(prose));
        assert_eq!(merged.records.len(), 1);
        merged.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert!(said("<p>Introduction on strikes.</p>").contains("is in no record"));
    assert!(!said("").contains("is in no record"));
    let front = tei("").replace("<body>", "<front><p>On mills.</p></front><body>");
    let problems = read_text("a.xml", &front).problems;
    assert!(problems.iter().any(|it| it.to_string().contains("is in no record")), "{problems:?}");
}

#[test]
fn first_line_of_json_lines_may_be_longer_than_the_beginning() {
    for length in [100, 16_350, 20_000, 200_000] {
        let first = json!({"body": "x".repeat(length), "date": "1950", "title": "First"});
        let second = json!({"body": "y", "date": "1951", "title": "Second"});
        let expected = |date: &str, title: &str| json!({"date": date, "title": title});
        let expected = json!([expected("1950", "First"), expected("1951", "Second")]);
        check("a.jsonl", &format!("{first}\n{second}\n"), &expected);
    }
}
