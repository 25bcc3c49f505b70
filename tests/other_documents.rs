//! Documents that a record mentions or stands in have titles, days and persons of their own, which are not those of the
//! record; and days whose names do not say that they are the document's are said or left.

use serde_json::json;

use crate::field_meanings::{check, foreign, read_text};

/// Objects in a record that are other documents.
const OTHERS: &str = "edition|volume|issue|journal|host|original|event|publication|book|film|lecture|portrait|holding|\
                      transcript|research|concert|opera|statue|diary|newspaperArticle";

#[test]
fn documents_in_a_record_with_a_title_under_any_name_are_not_the_record() {
    for other in OTHERS.split('|') {
        for (title, inner) in [
            ("title", "title"),
            ("titel", "titel"),
            ("headline", "title"),
            ("caption", "title"),
            ("titre", "titre"),
            ("titolo", "titolo"),
        ] {
            let list = json!([
                {title: "Mill", "author": "Keller, Anna", other: {inner: "On mills", "creator": "Roth, Ida", "date": "1978"}},
                {title: "Quay", "author": "Weidl, Jonas", other: {inner: "On quays", "creator": "Roth, Ida", "date": "1979"}},
            ]);
            let expected =
                |title: &str, name: &str| json!({"title": title, "date": null, "creator": name});
            let both = [expected("Mill", "Keller, Anna"), expected("Quay", "Weidl, Jonas")];
            check("a.json", &foreign(&list), &both);
            let xml = format!(
                "<list><letter><{title}>Mill</{title}><author>Keller, Anna</author><{other}><{inner}>On mills</{inner}>\
                 <creator>Roth, Ida</creator><date>1978</date></{other}></letter>\
                 <letter><{title}>Quay</{title}><author>Weidl, Jonas</author><{other}><{inner}>On quays</{inner}>\
                 <creator>Roth, Ida</creator><date>1979</date></{other}></letter></list>"
            );
            check("a.xml", &xml, &both);
        }
    }
}

#[test]
fn documents_in_a_letter_without_a_title_are_not_the_letter() {
    for other in ["book", "edition", "film", "antwort", "prix"] {
        let thing = json!({"title": "On mills", "author": "Roth, Ida", "date": "1978"});
        let one = json!({"creator": "Keller, Anna", "recipient": "Weidl, Jonas", "date": null, "title": null});
        let list = json!([
            {"id": 1, "sender": "Keller, Anna", "recipient": "Weidl, Jonas", other: thing},
            {"id": 2, "sender": "Keller, Anna", "recipient": "Weidl, Jonas", other: thing},
        ]);
        check("a.json", &list.to_string(), &[one.clone(), one.clone()]);
        let list = json!([
            {"id": 1, "sender": "Keller, Anna", "recipient": "Weidl, Jonas", format!("{other}s"): [thing, thing]},
            {"id": 2, "sender": "Keller, Anna", "recipient": "Weidl, Jonas", format!("{other}s"): [thing, thing]},
        ]);
        check("a.json", &list.to_string(), &[one.clone(), one.clone()]);
        let letter = format!(
            "<brief><absender>Keller, Anna</absender><empfaenger>Weidl, Jonas</empfaenger><{other}><titel>Von M\u{fc}hlen</titel>\
             <autor>Roth, Ida</autor><datum>1978</datum></{other}></brief>"
        );
        check("a.xml", &format!("<briefe>{letter}{letter}</briefe>"), &[one.clone(), one]);
    }
    // The letters of two persons are records, and so are the works of one.
    let list = json!([{"sender": "Keller, Anna", "recipient": "Weidl, Jonas",
                       "letters": [{"title": "Mill", "date": "1902"}, {"title": "Quay", "date": "1903"}]}]);
    check("a.json", &list.to_string(), &[json!({"title": "Mill"}), json!({"title": "Quay"})]);
    let list = json!([
        {"author": "Keller, Anna", "books": [{"title": "Mill", "date": "1902"}, {"title": "Quay", "date": "1903"}]},
        {"author": "Weidl, Jonas", "books": [{"title": "Rye", "date": "1904"}]},
    ]);
    check(
        "a.json",
        &list.to_string(),
        &[json!({"title": "Mill"}), json!({"title": "Quay"}), json!({"title": "Rye"})],
    );
}

/// Names of what articles and chapters stand in.
const HOSTS: &str = "newspaper|issue|journal|magazine|periodical|publication|publicationInfo|journalInfo|volume|host|edition|\
                     book|zeitung|revue|giornale|tijdschrift|revista";

#[test]
fn day_of_what_a_record_was_published_in_is_that_of_a_record_without_another() {
    for host in HOSTS.split('|') {
        let article = |title: &str, day: &str| json!({"headline": title, "author": "Keller, Anna", host: {"title": "Courier", "date": day}});
        let list =
            json!({"articles": [article("Mill", "1902-07-12"), article("Quay", "1902-07-19")]});
        let expected = |title: &str, day: &str| json!({"title": title, "date": day, "creator": "Keller, Anna"});
        check(
            "a.json",
            &list.to_string(),
            &[expected("Mill", "1902-07-12"), expected("Quay", "1902-07-19")],
        );
        let message = read_text("a.json", &list.to_string()).problems[0].to_string();
        assert!(message.contains(&format!("date from {host}.date")), "{message}");
        let xml = format!(
            "<list><article><title>Mill</title><author>Keller, Anna</author><{host}><title>Courier</title><date>1902-07-12</date>\
             </{host}></article><article><title>Quay</title><author>Keller, Anna</author><{host}><title>Courier</title>\
             <date>1902-07-19</date></{host}></article></list>"
        );
        check("a.xml", &xml, &[expected("Mill", "1902-07-12"), expected("Quay", "1902-07-19")]);
        // Where records have days of their own, those count, and an author makes it a document of its own.
        let list = json!([
            {"title": "Mill", "author": "Keller, Anna", "date": "1899", host: {"title": "Courier", "date": "1902"}},
            {"title": "Quay", "author": "Keller, Anna", host: {"title": "Courier", "date": "1903"}},
        ]);
        check("a.json", &foreign(&list), &[json!({"date": "1899"}), json!({"date": null})]);
    }
    let list = json!([{"title": "Mill", "author": "Keller, Anna", "issue": {"title": "J 4", "year": 1902, "month": 7, "day": 12}}]);
    check("a.json", &foreign(&list), &[json!({"date": "1902-07-12"})]);
    let list = json!([{"title": "Mill", "author": "Keller, Anna", "book": {"title": "Mills", "editor": "Roth, Ida", "year": 1978}}]);
    check("a.json", &foreign(&list), &[json!({"date": "1978", "creator": "Keller, Anna"})]);
}

#[test]
fn letters_of_two_persons_are_records_under_any_name() {
    for name in
        "briefe|lettres|messages|telegrams|cards|objects|letters|cartas|documents".split('|')
    {
        let pair = |id: u32, from: &str, to: &str, titles: [&str; 2]| {
            json!({"id": id, "sender": from, "recipient": to, name: [
                {"title": titles[0], "date": "1945-07-12"}, {"title": titles[1], "date": "1945-08-12"}]})
        };
        let list = json!([
            pair(1, "Keller, Anna", "Weidl, Jonas", ["Mill", "Quay"]),
            pair(2, "Weidl, Jonas", "Keller, Anna", ["Rain", "Snow"])
        ]);
        let expected = |title: &str, from: &str, to: &str, day: &str| json!({"title": title, "date": day, "creator": from, "recipient": to, "id": null});
        let all = [
            expected("Mill", "Keller, Anna", "Weidl, Jonas", "1945-07-12"),
            expected("Quay", "Keller, Anna", "Weidl, Jonas", "1945-08-12"),
            expected("Rain", "Weidl, Jonas", "Keller, Anna", "1945-07-12"),
            expected("Snow", "Weidl, Jonas", "Keller, Anna", "1945-08-12"),
        ];
        check("a.json", &list.to_string(), &all);
        let pair = |from: &str, to: &str, titles: [&str; 2]| {
            format!(
                "<pair><sender>{from}</sender><recipient>{to}</recipient><{name}><title>{}</title><date>1945-07-12</date></{name}>\
                 <{name}><title>{}</title><date>1945-08-12</date></{name}></pair>",
                titles[0], titles[1]
            )
        };
        let xml = format!(
            "<list>{}{}</list>",
            pair("Keller, Anna", "Weidl, Jonas", ["Mill", "Quay"]),
            pair("Weidl, Jonas", "Keller, Anna", ["Rain", "Snow"])
        );
        check("a.xml", &xml, &all);
    }
    for name in ["enclosures", "pages", "beilagen", "books", "editions", "replies"] {
        let letter = json!({"sender": "Keller, Anna", "recipient": "Weidl, Jonas", name: [
            {"title": "Mill", "date": "1978"}, {"title": "Quay", "date": "1979"}]});
        let expected = json!({"creator": "Keller, Anna", "date": null});
        check("a.json", &foreign(&json!([letter, letter])), &[expected.clone(), expected]);
    }
}

#[test]
fn letter_has_the_day_of_its_own_description() {
    for name in
        "brief|lettre|message|telegram|card|manuscript|original|copy|sending|pismo".split('|')
    {
        let letter = json!({"sender": "Keller, Anna", "recipient": "Weidl, Jonas", name: {"title": "On the mill", "date": "1902-07-12"}});
        check("a.json", &foreign(&json!([letter])), &[json!({"date": "1902-07-12"})]);
        let mut dated = letter.clone();
        dated["date"] = json!("1899");
        check("a.json", &foreign(&json!([dated])), &[json!({"date": "1899"})]);
        let mut signed = letter;
        signed[name]["author"] = json!("Roth, Ida");
        check(
            "a.json",
            &foreign(&json!([signed])),
            &[json!({"date": null, "creator": "Keller, Anna"})],
        );
    }
    for name in ["antwort", "book", "film", "reply"] {
        let letter = json!({"sender": "Keller, Anna", "recipient": "Weidl, Jonas", name: {"title": "On the mill", "date": "1902"}});
        check("a.json", &foreign(&json!([letter])), &[json!({"date": null})]);
    }
}

/// Names with a word for a date that may be of keeping.
const UNSURE: &str = "Flood date|Date of arrival";

#[test]
fn recent_day_of_an_unknown_kind_is_left_and_an_earlier_one_is_said() {
    for head in UNSURE.split('|') {
        let list = |days: [&str; 2]| json!([{"title": "Mill", head: days[0]}, {"title": "Quay", head: days[1]}]);
        let table =
            |days: [&str; 2]| format!("Ref,Title,{head}\n1,Mill,{}\n2,Quay,{}\n", days[0], days[1]);
        let recent = ["2018-05-06", "2019-03-04"];
        for (name, text) in [("a.csv", table(recent)), ("a.json", foreign(&list(recent)))] {
            check(name, &text, &[json!({"date": null}), json!({"date": null})]);
            let problems = read_text(name, &text).problems;
            let is_said = |problem: &fonds::record::Problem| {
                problem.to_string().contains("no date is taken from")
            };
            assert!(problems.iter().any(is_said), "{head} in {name}: {problems:?}");
        }
    }
    for head in ["Date of arrival", "Flood date"] {
        let table = format!("Ref,Title,{head}\n1,Mill,1902-07-12\n2,Quay,1903-07-12\n");
        let list =
            json!([{"title": "Mill", head: "1902-07-12"}, {"title": "Quay", head: "1903-07-12"}]);
        for (name, text) in [("a.csv", table), ("a.json", foreign(&list))] {
            check(name, &text, &[json!({"date": "1902-07-12"}), json!({"date": "1903-07-12"})]);
            let problems = read_text(name, &text).problems;
            let is_said = |problem: &fonds::record::Problem| {
                problem.to_string().contains("the date is taken from")
            };
            assert!(problems.iter().any(is_said), "{head} in {name}: {problems:?}");
        }
    }
}

/// Names that say that their days are those of a document or of what it tells.
const OF_DOCUMENTS: &str = "Date of interview|Interview date|Date of performance|Taken|Broadcast date|Filing date|Sitzungsdatum|Datum opname";

#[test]
fn recent_day_of_a_document_is_its_date_and_nothing_is_said() {
    for head in OF_DOCUMENTS.split('|') {
        let table = format!("Ref,Title,{head}\n1,Mill,2018-05-06\n2,Quay,2019-03-04\n");
        check("a.csv", &table, &[json!({"date": "2018-05-06"}), json!({"date": "2019-03-04"})]);
        let problems = read_text("a.csv", &table).problems;
        assert!(problems.is_empty(), "{head}: {problems:?}");
    }
}

#[test]
fn span_of_rights_or_of_a_display_is_not_that_of_the_document() {
    for of in ["Copyright", "Display", "License"] {
        let [begin, end] = ["start date", "end date"].map(|side| format!("{of} {side}"));
        for (date, expected) in [("Date,", json!("1902")), ("", json!(null))] {
            let value = if date.is_empty() { "" } else { "1902," };
            let table = format!("Title,{date}{begin},{end}\nMill,{value}2019-01-01,2019-02-01\n");
            check("a.csv", &table, &[json!({"date": expected, "date_edtf": null})]);
        }
    }
}

#[test]
fn day_of_a_row_gives_way_to_the_day_of_the_document_under_a_label() {
    let item = |id: u32, title: &str, date: &str| {
        json!({"id": id, "title": title, "creation_date": "3 de mar\u{e7}o de 2021",
               "metadata": {"data-do-documento": {"name": "Data do documento", "value": date}}})
    };
    let list = json!({"items": [item(1, "Mill", "1902"), item(2, "Quay", "1903")]});
    check("a.json", &list.to_string(), &[json!({"date": "1902"}), json!({"date": "1903"})]);
    let table =
        "Title,Creation date,Data do documento\nMill,2021-03-04,1902\nQuay,2021-03-04,1903\n";
    check("a.csv", table, &[json!({"date": "1902"}), json!({"date": "1903"})]);
}

#[test]
fn moments_before_programs_wrote_theirs_are_days_of_documents() {
    let list = json!({"entries": [
        {"uuid": "A1", "creationDate": "1912-03-04T12:00:07Z", "text": "Rain."},
        {"uuid": "A2", "creationDate": "1912-03-05T12:00:07Z", "text": "Snow."},
    ]});
    check(
        "a.json",
        &list.to_string(),
        &[json!({"date": "1912-03-04T12:00:07Z"}), json!({"date": "1912-03-05T12:00:07Z"})],
    );
    let list = json!([
        {"title": "a.jpg", "description": "Mill", "photoTakenTime": {"timestamp": "1", "formatted": "12 Jul 2015, 10:00:00 UTC"},
         "creationTime": {"timestamp": "1612345678", "formatted": "3 Feb 2021, 09:47:58 UTC"}},
        {"title": "b.jpg", "description": "Quay", "photoTakenTime": {"timestamp": "2", "formatted": "3 May 2016, 00:00:01 UTC"}},
    ]);
    check(
        "a.json",
        &list.to_string(),
        &[
            json!({"date": "12 Jul 2015, 10:00:00 UTC"}),
            json!({"date": "3 May 2016, 00:00:01 UTC"}),
        ],
    );
    let placemark = |name: &str, day: &str| {
        format!(
            "<Placemark><name>{name}</name><description>A letter</description><TimeStamp><when>{day}</when></TimeStamp></Placemark>"
        )
    };
    let list = format!(
        "<list>{}{}</list>",
        placemark("Mill", "1902-07-12"),
        placemark("Quay", "1903-07-12")
    );
    check("a.xml", &list, &[json!({"date": "1902-07-12"}), json!({"date": "1903-07-12"})]);
}

#[test]
fn persons_are_told_from_accounts_departments_and_firms() {
    for (persons, creators) in [
        (json!({"nom": "Keller", "pr\u{e9}nom": "Anna"}), json!("Keller, Anna")),
        (json!({"cognome": "Keller", "nome": "Anna"}), json!("Keller, Anna")),
        (json!({"name": "Keller", "vornamen": "Anna"}), json!("Keller, Anna")),
    ] {
        let list = json!([{"headline": "Mill", "author": persons}]);
        check("a.json", &list.to_string(), &[json!({"creator": creators})]);
    }
    check(
        "a.csv",
        "Title,Author,Creator\nMill,\"Keller, Anna\",akeller\nQuay,\"Orla, Ida\",iorla\n",
        &[json!({"creator": "Keller, Anna"}), json!({"creator": "Orla, Ida"})],
    );
    check(
        "a.csv",
        "Title,Date,Sent to\nMap 7,1902,Conservation\nMap 8,1903,Bindery\n",
        &[json!({"recipient": null, "Sent to": "Conservation"}), json!({"recipient": null})],
    );
    let table = "title,authors\nMill,Anna Keller & Jonas Weidl\nQuay,Roth & Sons\n";
    check(
        "a.csv",
        table,
        &[json!({"creator": ["Anna Keller", "Jonas Weidl"]}), json!({"creator": "Roth & Sons"})],
    );
    let list = json!([{"title": "Mill", "authors": "Anna Keller & Jonas Weidl"}, {"title": "Quay", "authors": "Roth & Sons"}]);
    check(
        "a.json",
        &foreign(&list),
        &[json!({"creator": ["Anna Keller", "Jonas Weidl"]}), json!({"creator": "Roth & Sons"})],
    );
    let table = "id,title,field_linked_agent\n1,Mill,\"relators:aut:person:Keller, Anna|relators:edt:person:Roth, Ida\"\n";
    check("a.csv", table, &[json!({"creator": "Keller, Anna", "contributor": "Roth, Ida"})]);
    let list = json!([{"title": "Mill", "field_linked_agent": "relators:aut:person:Keller, Anna"}]);
    check("a.json", &foreign(&list), &[json!({"creator": "Keller, Anna"})]);
}

#[test]
fn address_of_a_page_is_before_that_of_a_file() {
    let list = json!([
        {"title": "Mill", "links": [{"type": "download", "url": "https://a.example/41.pdf"}, {"type": "display", "url": "https://a.example/works/41"}]},
        {"title": "Quay", "links": [{"type": "download", "url": "https://a.example/42.pdf"}]},
    ]);
    check(
        "a.json",
        &list.to_string(),
        &[
            json!({"url": ["https://a.example/works/41", "https://a.example/41.pdf"]}),
            json!({"url": "https://a.example/42.pdf"}),
        ],
    );
    let list = json!([
        {"title": "Mill", "asset_url": "https://s.example/", "canonical_url": "https://a.example/41"},
        {"title": "Quay", "asset_url": "https://s.example/", "canonical_url": "https://a.example/42"},
    ]);
    check(
        "a.json",
        &list.to_string(),
        &[json!({"url": "https://a.example/41"}), json!({"url": "https://a.example/42"})],
    );
}

#[test]
fn summary_that_repeats_the_title_gives_way() {
    let item = |title: &str, text: &str| json!({"id": title, "attributes": {"title": title, "summary": title, "description": [{"value": text}]}});
    let list =
        json!({"data": [item("Mill", "A mill by the river."), item("Quay", "A quay of stone.")]});
    check(
        "a.json",
        &list.to_string(),
        &[json!({"summary": "A mill by the river."}), json!({"summary": "A quay of stone."})],
    );
}

#[test]
fn control_characters_are_said_once_with_their_line() {
    for (name, text) in [
        (
            "a.csv",
            "Title,Date\nMill by the river,1902\nA longer title B\u{1} C\u{2} and more of it,1903\n",
        ),
        (
            "a.xml",
            "<list>\n<letter><title>B\u{1} C\u{2}</title><date>1903</date></letter>\n</list>\n",
        ),
        ("a.jsonl", "{\"title\": \"Mill\", \"x\": 1}\n{\"title\": \"B\u{1} C\u{2}\", \"x\": 2}\n"),
        (
            "a.ris",
            "TY  - BOOK\nTI  - A longer title B\u{1} C\u{2} and more of it\nPY  - 1903\nAU  - Keller, Anna\nER  - \n",
        ),
        (
            "a.bib",
            "@book{a,\n title = {A longer title B\u{1} C\u{2} and more},\n author = {Keller, Anna}\n}\n",
        ),
    ] {
        let problems = read_text(name, text).problems;
        let said: Vec<String> = problems
            .iter()
            .map(ToString::to_string)
            .filter(|it| it.contains("control characters"))
            .collect();
        assert_eq!(said.len(), 1, "{name}: {problems:?}");
        assert!(said[0].contains(&format!("{name}:")) && said[0].contains("2 in all"), "{said:?}");
    }
}

/// Files that list no records, and a part of what is said about each.
const JUNK: &[(&str, &str, &str)] = &[
    (
        "save.json",
        r#"{"version": 3, "player": {"name": "Orla", "hp": 41}, "quests": [{"id": 1, "title": "Find the mill"}, {"id": 2, "title": "Free the quay"}]}"#,
        "game",
    ),
    (
        "a.lock.json",
        r#"{"packages": [{"name": "a/b", "version": "1.0", "description": "x", "authors": [{"name": "Anna Keller"}], "time": "2021-02-03"}]}"#,
        "program",
    ),
    (
        "chat.txt",
        "[03.02.21, 10:11:12] Anna Keller: Hello\n[03.02.21, 10:12:12] Jonas Weidl: Hi\n",
        "chat",
    ),
    (
        "chat.txt",
        "03/02/2021, 10:11 - Anna Keller: Hello\nand more\n03/02/2021, 10:12 - Jonas Weidl: Hi\n",
        "chat",
    ),
    (
        "a.json",
        r#"{"filters": [{"title": "Mill", "date": "1902"}, {"title": "Quay", "date": "1903"}]}"#,
        "--records filters",
    ),
];

#[test]
fn files_that_list_no_records_are_refused() {
    for (name, text, said) in JUNK {
        let merged = read_text(name, text);
        assert!(merged.records.is_empty(), "{name}: {:?}", merged.records);
        let problems: Vec<String> = merged.problems.iter().map(ToString::to_string).collect();
        assert!(problems.iter().any(|it| it.contains(said)), "{name}: {problems:?}");
    }
    let dump = json!({"letters": [{"title": "Mill", "date": "1902"}, {"title": "Quay", "date": "1903"}],
                      "migrations": [{"id": 1, "name": "init", "date": "2019"}, {"id": 2, "name": "more", "date": "2020"}]});
    check("a.json", &dump.to_string(), &[json!({"title": "Mill"}), json!({"title": "Quay"})]);
}
