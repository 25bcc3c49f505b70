//! What names mean by where they stand and by how programs write them: labels in attributes, fields of indexes, lists of
//! literature. The contents are invented.

use serde_json::{Value, json};

use crate::field_meanings;

/// Checks that each record of a file has these values. `null` says that a field is not there.
fn check(name: &str, text: &str, expected: &Value) {
    field_meanings::check(name, text, expected.as_array().unwrap());
}

#[test]
fn own_element_counts_before_a_name_in_an_attribute() {
    for (field, own) in [
        ("<field name='title'>Series T</field>", json!({"field.title": "Series T"})),
        ("<extra label='Title'>Edition</extra>", json!({"extra.Title": "Edition"})),
        ("<meta name='title'>Edition</meta>", json!({})),
        ("<property name='Title' value='Edition'/>", json!({})),
        ("<field name='date'>2001</field>", json!({"field.date": "2001"})),
        ("<data key='creator'>Orla, Ida</data>", json!({"data.creator": "Orla, Ida"})),
    ] {
        for order in [["", field], [field, ""]] {
            let [before, behind] = order;
            let mut first = json!({"title": "A", "date": "1945", "creator": "Keller, Anna"});
            first.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
            check(
                "a.xml",
                &format!(
                    "<l><letter>{before}<title>A</title><date>1945</date><creator>Keller, Anna</creator>{behind}</letter><letter>\
                     <title>B</title><date>1946</date></letter></l>"
                ),
                &json!([first, {"title": "B"}]),
            );
        }
    }
    // What the record has no element for is its field, and an empty element says nothing.
    check(
        "a.xml",
        "<l><letter><title/><id>7</id><field name='title'>A</field><field name='sender'>Keller, Anna</field></letter><letter><title/><id>8</id>\
         <field name='title'>B</field></letter></l>",
        &json!([{"title": "A", "creator": "Keller, Anna"}, {"title": "B"}]),
    );
    check(
        "a.xml",
        "<docs><doc><str name='title'>A</str><date name='date'>1902</date></doc><doc><str name='title'>B</str><date name='date'>1903</date>\
         </doc></docs>",
        &json!([{"title": "A", "date": "1902"}, {"title": "B", "date": "1903"}]),
    );
}

#[test]
fn key_round_a_label_does_not_count_before_it() {
    for outer in ["data", "description", "record", "date"] {
        check(
            "a.json",
            &format!(
                r#"{{"{outer}": {{"id": 1, "fields": [{{"label": "Title", "value": "L"}}, {{"label": "Date", "value": "1902"}},
                    {{"label": "Description", "value": "torn"}}]}}}}"#
            ),
            &json!([{"title": "L", "date": "1902"}]),
        );
    }
}

#[test]
fn things_have_no_date_of_the_literature_about_them() {
    for key in ["publications", "literature", "translations", "articles", "reprints"] {
        for date in ["year", "date", "published"] {
            let text = format!(
                r#"{{"records": [{{"id": 1, "title": "Mill", "{key}": [{{"title": "The Mills", "{date}": "1978"}}]}},
                    {{"id": 2, "title": "Harbour", "{key}": [{{"title": "Quays", "{date}": "1980"}}, {{"title": "Boats", "{date}": "1981"}}]}}]}}"#
            );
            check(
                "a.json",
                &text,
                &json!([{"title": "Mill", "date": null, (format!("{key}.{date}")): "1978"}, {"title": "Harbour", "date": null}]),
            );
        }
    }
    check(
        "works.json",
        r#"{"works": [{"id": 1, "title": "Letter", "editions": [{"id": 11, "title": "Letter", "date": "1978"}, {"id": 12, "title":
            "Letter, 2nd ed.", "date": "1990"}]}, {"id": 2, "title": "Harbour", "editions": [{"id": 21, "title": "Harbour", "date": "1902"}]}]}"#,
        &json!([{"title": "Letter", "date": null, "editions.date": ["1978", "1990"]}, {"title": "Harbour", "date": null, "editions.date": "1902"}]),
    );
}

#[test]
fn names_of_indexes_and_programs_are_those_of_fields() {
    for (title, date, creator) in [
        ("title_s", "producedDate_tdate", "authFullName_s"),
        ("title_txt", "publishedAt", "author_name_ss"),
        ("title", "publishedAt_dt", "senderFullName"),
        ("docTitle", "date_of_publication", "creator_display_name"),
        ("title", "issued_on", "author_name"),
        ("title", "takenAt", "photographer_name"),
        ("title", "dateOfPublication_s", "creatorName_ss"),
        ("title", "created_on", "author"),
    ] {
        check(
            "a.json",
            &format!(
                r#"[{{"{title}": "Mill", "{date}": "1902-07-12", "{creator}": "Keller, Anna"}}, {{"{title}": "Quay", "{date}": "1902-07-13"}}]"#
            ),
            &json!([{"title": "Mill", "date": "1902-07-12", "creator": "Keller, Anna"}, {"title": "Quay", "date": "1902-07-13"}]),
        );
    }
    // A row of a database, a place of printing.
    check(
        "a.json",
        r#"[{"title": "Mill", "author": "Keller, Anna", "created_on": "2021-02-03", "printed_at": "Brackwell"}, {"title": "Quay",
            "author": "Weidl, Jonas", "created_on": "2021-02-04"}]"#,
        &json!([{"title": "Mill", "date": null, "printed_at": "Brackwell"}, {"title": "Quay", "date": null}]),
    );
}

#[test]
fn parts_of_values_are_not_shown_in_them() {
    check(
        "primo.json",
        r#"{"docs": [{"pnx": {"display": {"title": ["Mill"], "creator": ["Keller, Anna$$QKeller Anna", "Weidl, J.$$QWeidl Jonas"],
            "creationdate": ["1902"], "subject": ["Rye$$QRye"]}}}, {"pnx": {"display": {"title": ["Quay$$QQUAY"], "creationdate": ["1903"]}}}]}"#,
        &json!([{"title": "Mill", "date": "1902", "creator": ["Keller, Anna", "Weidl, J."], "creator.Q": "Weidl Jonas", "subjects": "Rye"},
            {"title": "Quay", "date": "1903"}]),
    );
    check(
        "a.json",
        r#"[{"title": "Mill", "date": "1902", "link": "$$Uhttps://a.example/7$$DPage", "note": "$$Vtwo seals$$DSeals"},
            {"title": "Quay", "date": "1903", "note": "costs 3$$ and 4$$"}]"#,
        &json!([{"url": "https://a.example/7", "note": "two seals"}, {"note": "costs 3$$ and 4$$"}]),
    );
}

#[test]
fn tables_of_a_database_are_lists_of_their_own() {
    let letters = |row: &str, field: &str| {
        format!(
            "<{row} name='letter'><{field} name='id'>7</{field}><{field} name='title'>Letter</{field}><{field} name='date'>1945</{field}></{row}>\
             <{row} name='letter'><{field} name='id'>8</{field}><{field} name='title'>Harbour</{field}></{row}>"
        )
    };
    let other = |table: &str| {
        format!(
            "<table name='{table}'><column name='id'>1</column><column name='name'>Keller</column></table>\
             <table name='{table}'><column name='id'>2</column><column name='name'>Weidl</column></table>"
        )
    };
    let expected = json!([{"title": "Letter", "date": "1945"}, {"title": "Harbour", "date": null}]);
    for table in ["person", "category", "user_groups", "place"] {
        for order in
            [[letters("table", "column"), other(table)], [other(table), letters("table", "column")]]
        {
            let xml = format!(
                "<pma_xml_export><structure_schemas><database name='d'><table name='letter'>CREATE TABLE</table></database></structure_schemas>\
                 <database name='d'>{}{}</database></pma_xml_export>",
                order[0], order[1]
            );
            check("a.xml", &xml, &expected);
            let said = field_meanings::read_text("a.xml", &xml).problems;
            let said: Vec<String> = said.iter().map(ToString::to_string).collect();
            assert!(
                said.concat().contains("in no record")
                    && said.concat().contains(&format!("“{table}”")),
                "{said:?}"
            );
        }
    }
    let dump = "<mysqldump><database name='d'><table_data name='person'><row><field name='id'>1</field><field name='name'>Keller</field></row>\
                </table_data><table_data name='letter'><row><field name='title'>Letter</field><field name='date'>1945</field></row><row>\
                <field name='title'>Harbour</field></row></table_data></database></mysqldump>";
    check("a.xml", dump, &expected);
    // Both are documents.
    let both = letters("table", "column")
        + "<table name='postcard'><column name='title'>Card</column><column name='date'>1902</column></table>\
           <table name='postcard'><column name='title'>View</column><column name='date'>1903</column></table>";
    check(
        "a.xml",
        &format!("<pma_xml_export><database name='d'>{both}</database></pma_xml_export>"),
        &json!([{"title": "Letter"}, {"title": "Harbour"}, {"title": "Card", "date": "1902"}, {"title": "View"}]),
    );
}

#[test]
fn range_beside_an_end_keeps_its_text() {
    for text in ["1900-1903", "1900–1903", "1900 to 1903", "between 1900 and 1903"] {
        check(
            "a.csv",
            &format!("Title,Date,End date\nMill,{text},1905\nQuay,{text},1906\n"),
            &json!([{"date": text}, {"date": text}]),
        );
    }
    check(
        "a.csv",
        "Title,Date,End date\nMill,1900,1905\nQuay,1902,1906\n",
        &json!([{"date": "1900/1905"}, {"date": "1902/1906"}]),
    );
}
