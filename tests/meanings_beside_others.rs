//! What a name means depends on its values and on the names beside it: places of letters, accounts, days of rows.

use serde_json::json;

use crate::field_meanings::{check, foreign};

#[test]
fn letters_are_sent_from_and_to_persons_or_places() {
    let one = json!({"creator": "Keller, Anna", "recipient": "Weidl, Jonas"});
    check(
        "a.csv",
        "Title,Date,Sent from,Sent to\nA,1902,\"Keller, Anna\",\"Weidl, Jonas\"\n",
        std::slice::from_ref(&one),
    );
    let list = json!([{"title": "A", "sent_from": "Keller, Anna", "sent_to": "Weidl, Jonas"}]);
    check("a.json", &foreign(&list), &[one]);
    let places = json!({"creator": "Keller, Anna", "recipient": "Weidl, Jonas", "sent_to": "Orla", "sent_from": "Brackwell"});
    check(
        "a.csv",
        "title,sender,sent_to,sent_from,recipient\nA,\"Keller, Anna\",Orla,Brackwell,\"Weidl, Jonas\"\n",
        std::slice::from_ref(&places),
    );
    let list = json!([{"title": "A", "sender": "Keller, Anna", "sent_to": "Orla", "sent_from": "Brackwell",
                       "recipient": "Weidl, Jonas"}]);
    check("a.json", &foreign(&list), &[places]);
}

#[test]
fn word_of_one_letter_is_no_recipient_alone() {
    for name in ["a", "an", "do", "à"] {
        check(
            "a.csv",
            &format!("title,{name},b,c\nLetter,Anna Roth,y,z\n"),
            &[json!({"recipient": null, name: "Anna Roth"})],
        );
        let list = json!([{"title": "A", "author": "Keller, Anna", "field": {name: "The mills"}}]);
        check("a.json", &foreign(&list), &[json!({"recipient": null})]);
    }
    check(
        "a.csv",
        "titre,de,à\nLettre,Keller,Weidl\n",
        &[json!({"creator": "Keller", "recipient": "Weidl"})],
    );
    check(
        "a.csv",
        "Titel,Absender,an\nBrief,Keller,Weidl\n",
        &[json!({"creator": "Keller", "recipient": "Weidl"})],
    );
}

#[test]
fn account_of_a_user_is_no_author_beside_one() {
    for login in ["MROTH", "admin", "Administrator", "mroth7"] {
        let table = format!("Title,Author,Creator\nA,Anna Keller,{login}\nB,Orla,{login}\n");
        check(
            "a.csv",
            &table,
            &[
                json!({"creator": "Anna Keller", "own": {"Creator": login}}),
                json!({"creator": "Orla"}),
            ],
        );
        let list = json!([{"title": "A", "author": "Keller, Anna", "dc:creator": login},
                          {"title": "B", "author": "Orla, Ida", "dc:creator": login}]);
        let expected = [json!({"creator": "Keller, Anna"}), json!({"creator": "Orla, Ida"})];
        check("a.json", &foreign(&list), &expected);
    }
    // Alone it is kept.
    check(
        "a.csv",
        "Title,Creator\nA,NASA\nB,NASA\n",
        &[json!({"creator": "NASA"}), json!({"creator": "NASA"})],
    );
}

#[test]
fn day_of_a_row_gives_way_to_the_day_of_the_document() {
    for (of_row, of_document) in [
        ("Created date", "Date of publication"),
        ("Creation date", "Date of writing"),
        ("date_created", "date_of_recording"),
        ("created", "Year published"),
    ] {
        let table =
            format!("Title,{of_document},{of_row}\nMills,1978,2019-03-04\nQuays,1979,2019-03-05\n");
        let expected = [json!({"date": "1978"}), json!({"date": "1979"})];
        check("a.csv", &table, &expected);
        let list = json!([{"title": "Mills", of_document: "1978", of_row: "2019-03-04"},
                          {"title": "Quays", of_document: "1979", of_row: "2019-03-05"}]);
        check("a.json", &foreign(&list), &expected);
    }
    check(
        "a.csv",
        "Title,Date of publication,Created\nMills,1978,1902\n",
        &[json!({"date": "1902"})],
    );
}

#[test]
fn persons_are_read_with_names_of_any_form() {
    for (persons, creators) in [
        (json!([{"name": "Anna", "surname": "Keller"}]), json!("Keller, Anna")),
        (
            json!([{"name": "Anna", "surname": "Keller", "fullName": "Keller, Anna"}]),
            json!("Keller, Anna"),
        ),
        (json!([{"name": "Anna Keller", "surname": "Keller"}]), json!("Anna Keller")),
        (
            json!([{"raw_name": "Anna Keller", "role": "author"}, {"raw_name": "Jonas Weidl", "role": "author"}]),
            json!(["Anna Keller", "Jonas Weidl"]),
        ),
        (
            json!([{"lf": "Keller, Anna", "fl": "Anna Keller", "role": "Author"}]),
            json!("Keller, Anna"),
        ),
        (json!({"id": 12, "name": "Author", "value": ["Keller, Anna"]}), json!("Keller, Anna")),
    ] {
        let list = json!([{"title": "A", "authors": persons}, {"title": "B", "authors": [{"name": "Orla"}]}]);
        check(
            "a.json",
            &foreign(&list),
            &[json!({"creator": creators}), json!({"creator": "Orla"})],
        );
    }
}

#[test]
fn name_of_a_system_is_no_archive() {
    for (key, value) in [
        ("source", "MARC"),
        ("source", "FOLIO"),
        ("source", "books.example"),
        ("repository", "default"),
    ] {
        let list = json!([{"title": "A", key: value}, {"title": "B", key: value}]);
        let own = json!({"own": {key: value}});
        check("a.json", &foreign(&list), &[own.clone(), own]);
    }
}

#[test]
fn lists_of_columns_facets_and_sorts_are_no_records() {
    for key in ["suggested_facets", "columns_info", "related_searches", "available_sorts"] {
        let file = json!({
            "rows": [{"title": "A", "date": "1945"}, {"title": "B", "date": "1946"}],
            key: [{"name": "date", "toggle_url": "https://d.example/y"}, {"name": "sender"}],
        });
        check("a.json", &file.to_string(), &[json!({"title": "A"}), json!({"title": "B"})]);
    }
}

#[test]
fn short_heads_are_reference_codes_where_they_are_codes() {
    for head in ["Sig.", "Sign.", "Bestellnummer"] {
        check(
            "a.csv",
            &format!("{head};Titel;Datum\nMS 41/7;Brief;1945\n"),
            &[json!({"reference_code": "MS 41/7"})],
        );
    }
    check("a.csv", "Sig.;Titel;Datum\nyes;Brief;1945\n", &[json!({"reference_code": null})]);
    let list = json!([{"title": "Letters", "dateInfo": [{"event": "creation", "text": "12 July 1945"},
                                                        {"event": "accession", "text": "1990"}]}]);
    check("a.json", &foreign(&list), &[json!({"date": "12 July 1945"})]);
    check(
        "a.csv",
        "title,pubdate\nA,1978-03-01\nB,1979\n",
        &[json!({"date": "1978-03-01"}), json!({"date": "1979"})],
    );
}

#[test]
fn short_name_of_a_code_gives_way_to_another_code() {
    check(
        "a.csv",
        "Ref,Title,Sig.\nA1,Mill,HK7\nA2,Quay,HK8\n",
        &[json!({"reference_code": "A1", "own": {"Sig.": "HK7"}}), json!({"reference_code": "A2"})],
    );
    check("a.csv", "Title,Sig.\nMill,HK7\n", &[json!({"reference_code": "HK7"})]);
}

#[test]
fn days_and_persons_of_a_thing_that_a_record_mentions_are_its_own() {
    for (key, thing) in [
        ("award", json!({"title": "Prize of Orla", "date": "2019"})),
        ("prize", json!({"name": "Prize of Orla", "year": "2019"})),
        ("edition", json!({"title": "Mill", "date": "2019"})),
        ("book", json!({"title": "Essays", "author": "Roth, Ida", "date": "2019"})),
        ("answer", json!({"title": "On the mill", "author": "Roth, Ida", "date": "2019"})),
        ("lecture", json!({"title": "On the mill", "date": "2019"})),
        ("treatment", json!({"note": "Washed", "date": "2019"})),
        ("acquisition", json!({"price": "7", "date": "2019"})),
    ] {
        let list = json!([
            {"id": 1, "title": "Mill", "maker": "Keller, Anna", key: thing},
            {"id": 2, "title": "Quay", "maker": "Weidl, Jonas", key: thing},
        ]);
        let expected = |name: &str| json!({"date": null, "creator": name});
        check("a.json", &list.to_string(), &[expected("Keller, Anna"), expected("Weidl, Jonas")]);
    }
    for (key, part) in [
        ("details", json!({"title": "Mill, a view", "date": "1902"})),
        ("production", json!({"title": "Making", "date": "1902"})),
        ("facts", json!({"title": "Mill", "date": "1902"})),
        ("facts", json!({"paper": "thin", "date": "1902"})),
    ] {
        let list = json!([{"id": 1, "title": "Mill", "maker": "Keller, Anna", key: part}]);
        check("a.json", &list.to_string(), &[json!({"date": "1902"})]);
    }
}

#[test]
fn object_with_the_only_day_and_person_describes_its_record() {
    for (key, part) in [
        ("painting", json!({"title": "Mill", "artist": "Keller, Anna", "year": "1902"})),
        ("artwork", json!({"title": "Mill", "artist": "Keller, Anna", "date": "1902"})),
        ("catalogue", json!({"number": "A1", "artist": "Keller, Anna", "date": "1902"})),
        ("inventory", json!({"number": "A1", "artist": "Keller, Anna", "date": "1902"})),
        ("registration", json!({"number": "A1", "artist": "Keller, Anna", "date": "1902"})),
    ] {
        let list = json!([{"lot": 7, "title": "Lot 7", key: part}, {"lot": 8, "title": "Lot 8", key: part}]);
        let expected = json!({"date": "1902", "creator": "Keller, Anna"});
        check("a.json", &list.to_string(), &[expected.clone(), expected]);
    }
}

#[test]
fn clear_day_counts_before_its_words() {
    let table = "catalogNumber,scientificName,eventDate,verbatimEventDate\nA1,Rosa,1902-07-12,12/7/02\nA2,Rosa,1903-05-03,\n";
    check("a.csv", table, &[json!({"date": "1902-07-12"}), json!({"date": "1903-05-03"})]);
    let table = "Title,verbatimDate\nMill,about 1902\nQuay,before 1911\n";
    check("a.csv", table, &[json!({"date": "about 1902"}), json!({"date": "before 1911"})]);
}

#[test]
fn name_beside_a_given_name_is_that_of_the_family() {
    for (author, name) in [
        (json!({"name": "Keller", "firstname": "Anna"}), "Keller, Anna"),
        (json!({"name": "Keller", "vorname": "Anna"}), "Keller, Anna"),
        (json!({"name": "Anna Keller", "firstName": "Anna"}), "Anna Keller"),
        (json!({"name": "Keller, A.", "given": "Anna"}), "Keller, A."),
        (json!({"name": "Anna M. Keller", "given": "Anna Maria"}), "Anna M. Keller"),
        (json!({"name": "JONAS WEIDL", "given": "Jonas"}), "JONAS WEIDL"),
        (json!({"name": "Roth I.", "given": "Ida"}), "Roth I."),
        (json!({"name": "von Keller", "given": "Anna"}), "von Keller, Anna"),
        (json!({"Familienname": "Keller", "Vornamen": "Anna"}), "Keller, Anna"),
        (json!({"apellidos": "Keller", "nombre": "Anna"}), "Keller, Anna"),
        (json!({"фамилия": "Келлер", "имя": "Анна"}), "Келлер, Анна"),
        (json!({"příjmení": "Kellerová", "jméno": "Anna"}), "Kellerová, Anna"),
        (json!({"FAMILY_NAME": "Keller", "given-names": "Anna"}), "Keller, Anna"),
        (json!({"vezetéknév": "Keller", "keresztnév": "Anna"}), "Keller, Anna"),
    ] {
        let list = json!([{"headline": "Mill", "author": author}]);
        check("a.json", &list.to_string(), &[json!({"creator": name})]);
    }
}
