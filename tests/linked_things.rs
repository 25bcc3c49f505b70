//! Things to which a record refers: persons under their titles, places that keep it, the thing that a row of an answer is
//! about; and vocabularies that have their meaning wherever they stand.

use serde_json::{Value, json};

use crate::field_meanings::{check, foreign, objects, read_text};

/// Two items of a repository that link a person, and have dates with this type.
fn items(person: &Value, date: &Value) -> String {
    let item = |id: u32, title: &str| {
        let mut linked =
            json!({"type": "resource:item", "@id": format!("https://l.example/api/items/{id}")});
        linked.as_object_mut().unwrap().extend(person.as_object().unwrap().clone());
        json!({"o:id": id, "dcterms:title": [{"type": "literal", "@value": title}], "dcterms:date": [date],
               "dcterms:creator": [linked]})
    };
    json!([item(1, "Mill"), item(2, "Quay")]).to_string()
}

#[test]
fn linked_person_has_its_title_and_not_the_name_of_its_kind() {
    let date = json!({"type": "literal", "@value": "1945"});
    for person in [
        json!({"value_resource_id": 7, "value_resource_name": "items", "display_title": "Keller, Anna"}),
        json!({"value_resource_name": "items", "o:title": "Keller, Anna"}),
        json!({"resource_name": "items", "label": "Keller, Anna"}),
        json!({"resource_class_label": "Person", "name": "Keller, Anna"}),
        json!({"type_name": "Person", "resource_template_title": "Person", "display_title": "Keller, Anna"}),
        json!({"model_name": "agent", "pref_label": "Keller, Anna"}),
        json!({"agent_name": "A. Keller", "agent_title": "Keller, Anna"}),
    ] {
        let expected = json!({"creator": "Keller, Anna"});
        check("a.json", &items(&person, &date), &[expected.clone(), expected]);
    }
    let person = json!({"value_resource_name": "items"});
    check("a.json", &items(&person, &date), &[json!({"creator": null}), json!({"creator": null})]);
}

#[test]
fn type_of_data_beside_a_date_is_no_event() {
    let person = json!({"display_title": "Keller, Anna"});
    for (kind, day) in [
        ("numeric:timestamp", "1945-07-12"),
        ("numeric:timestamp", "1945"),
        ("numeric:interval", "1945-07-12/1945-08-01"),
        ("xsd:gYear", "1945"),
        ("http://www.w3.org/2001/XMLSchema#date", "1945-07-12"),
        ("literal", "July 1945"),
        ("created", "1945-07-12"),
    ] {
        let expected = json!({"date": day});
        let list = items(&person, &json!({"type": kind, "@value": day}));
        check("a.json", &list, &[expected.clone(), expected]);
    }
    // Neither is the moment of a system.
    let moment = json!({"type": "numeric:timestamp", "@value": "2021-03-04T10:11:12Z"});
    check("a.json", &items(&person, &moment), &[json!({"date": null}), json!({"date": null})]);
}

#[test]
fn name_of_another_thing_is_no_title() {
    for (key, name) in [
        ("_currentLocation", "displayName"),
        ("store", "displayName"),
        ("user", "displayName"),
        ("unit", "preferredLabel"),
        ("site", "pref_label"),
        ("room", "prefLabel"),
        ("office", "displayLabel"),
    ] {
        let list = json!({"records": [
            {"number": "O1", key: {"id": "L", name: "In Storage"}, "title": "Mill", "date": "1902"},
            {"number": "O2", key: {"id": "L", name: "In Storage"}, "title": "", "date": "1903"},
        ]});
        check("a.json", &list.to_string(), &[json!({"title": "Mill"}), json!({"title": null})]);
    }
    let list = json!([{"id": "1", "info": {"displayName": "Mill"}, "date": "1902"}]);
    check("a.json", &foreign(&list), &[json!({"title": "Mill"})]);
}

/// A record of LIDO with an event beside its production.
fn lido(event: &str) -> String {
    let of = |kind: &str, name: &str, year: &str| {
        format!(
            "<lido:eventSet><lido:event><lido:eventType><lido:conceptID lido:type='URI'>http://terms.example/{year}</lido:conceptID>\
             <lido:term>{kind}</lido:term></lido:eventType><lido:eventActor><lido:actorInRole><lido:actor><lido:nameActorSet>\
             <lido:appellationValue>{name}</lido:appellationValue></lido:nameActorSet></lido:actor></lido:actorInRole></lido:eventActor>\
             <lido:eventDate><lido:displayDate>{year}</lido:displayDate></lido:eventDate></lido:event></lido:eventSet>"
        )
    };
    format!(
        "<lido:lido xmlns:lido='http://www.lido-schema.org'><lido:lidoRecID>41</lido:lidoRecID><lido:descriptiveMetadata>\
         <lido:objectIdentificationWrap><lido:titleWrap><lido:titleSet><lido:appellationValue>Mill</lido:appellationValue>\
         </lido:titleSet></lido:titleWrap></lido:objectIdentificationWrap><lido:eventWrap>{}{}</lido:eventWrap>\
         </lido:descriptiveMetadata></lido:lido>",
        of(event, "Roth, Ida", "1985"),
        of("Herstellung", "Keller, Anna", "1902"),
    )
}

#[test]
fn lido_has_its_meaning_wherever_it_stands() {
    for event in ["Erwerb", "Ausstellung", "Restaurierung", "Provenienz", "Fund", "Besitz"] {
        let lido = lido(event);
        let harvested = format!(
            "<record><header><identifier>oai:x:41</identifier><datestamp>2019-03-04</datestamp></header><metadata>{lido}</metadata></record>"
        );
        for text in [
            format!(
                "<lido:lidoWrap xmlns:lido='http://www.lido-schema.org'>{lido}</lido:lidoWrap>"
            ),
            format!(
                "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords>{harvested}</ListRecords></OAI-PMH>"
            ),
            format!(
                "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords>{}</ListRecords></OAI-PMH>",
                harvested
                    .replace("<metadata>", "<metadata><lido:lidoWrap>")
                    .replace("</metadata>", "</lido:lidoWrap></metadata>")
            ),
            format!("<records>{harvested}</records>"),
            format!("<export><objects>{lido}</objects></export>"),
            format!("<answer><hits><hit nr='1'>{lido}</hit></hits></answer>"),
        ] {
            let expected =
                json!({"title": "Mill", "date": "1902", "creator": "Keller, Anna", "url": null});
            check("a.xml", &text, &[expected]);
            let own = objects(&read_text("a.xml", &text)).remove(0);
            assert!(own["own"].get(format!("{event}, creator")).is_some(), "{own:?}");
        }
    }
}

#[test]
fn thing_with_a_label_is_the_record_of_a_row() {
    for name in ["letter", "brief", "work", "painting", "manuscript", "x", "item", "book"] {
        let label = format!("{name}Label");
        let row = |id: u32, title: &str| {
            json!({name: {"type": "uri", "value": format!("http://w.example/entity/Q{id}")},
                   label.as_str(): {"type": "literal", "xml:lang": "en", "value": title},
                   "genre": {"type": "uri", "value": "http://w.example/entity/Q7"},
                   "genreLabel": {"type": "literal", "value": "Prose"},
                   "author": {"type": "uri", "value": "http://w.example/entity/Q9"},
                   "authorLabel": {"type": "literal", "value": "Anna Keller"}})
        };
        let answer = json!({"head": {"vars": []}, "results": {"bindings": [row(1, "Mill"), row(2, "Quay")]}});
        let expected = |id: u32, title: &str| json!({"title": title, "creator": "Anna Keller", "url": format!("http://w.example/entity/Q{id}")});
        check("a.json", &answer.to_string(), &[expected(1, "Mill"), expected(2, "Quay")]);
        let row = |id: u32, title: &str| {
            format!(
                "<result><binding name='{name}'><uri>http://w.example/Q{id}</uri></binding><binding name='{label}'>\
                 <literal xml:lang='en'>{title}</literal></binding></result>"
            )
        };
        let answer = format!(
            "<sparql xmlns='http://www.w3.org/2005/sparql-results#'><head/><results>{}{}</results></sparql>",
            row(1, "Mill"),
            row(2, "Quay")
        );
        check("a.xml", &answer, &[json!({"title": "Mill"}), json!({"title": "Quay"})]);
    }
    // A title counts before a label, and a picture is no thing.
    let list = json!([{"letter": "http://w.example/Q1", "letter_label": "Q", "title": "Mill", "date": "1902"},
                      {"letter": "http://w.example/Q2", "letter_label": "R", "title": "Quay", "date": "1903"}]);
    check("a.json", &foreign(&list), &[json!({"title": "Mill"}), json!({"title": "Quay"})]);
    let list = json!([{"shot": "http://w.example/a.jpg", "shotLabel": "Front", "author": "Keller, Anna", "date": "1902"}]);
    check("a.json", &foreign(&list), &[json!({"title": null})]);
}
