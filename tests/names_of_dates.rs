//! Names of dates: one that says of what it is the date counts where the file has no other; a begin and an end have a
//! word for either and one for a date.

use serde_json::json;

use crate::field_meanings::{check, foreign};
use crate::program::TestFolder;

/// Names that are the date where the file has no other.
const SOLE: &str = "Taken|Written on|Geschrieben am|Sent|Date built|Date decided|Date performed|Date shot|Date of interview|\
                    Date of meeting|Date of the deed|Date of photo|Date of charter|Year built|Jahr der Aufführung|\
                    Datum der Urkunde|Datum der Sitzung|Date de la séance|Date du contrat|Fecha de la entrevista|\
                    Fecha del acta|Data do documento|Data da reunião|Data della lettera|Data del verbale|\
                    Data dokumentu|Datum van het verslag|Дата заседания|Interview date|dateOfSermon|date_opened";

/// Names that never are: days of a life, of keeping, and what is said of dates.
const OTHERS: &str = "Toddatum|Date deaccessioned|Date of import|Date valued|Date located|Date moved|Date viewed|Date input|\
                      Fecha de recepción|Datum der Umlagerung|Date of record|Date completed|Date captured|Date relocated|Date barcoded|Date of stocktaking|Date on display|\
                      Date submitted|Date processed|Date returned|\
                      Date bought|Date donated|Date checked|Date closed|Date valid|Date last seen|Date ordered|\
                      Date of last change|Dates of composer|Dates of the photographer|Dates of existence|Dates associated with name|date_gmt|\
                      date_era_1|date_calendar_1|Date note|Date format|Datum Ausleihe|Date d'entrée|Date de saisie|\
                      Date de mise à jour|Fecha de ingreso|Fecha de registro|Data di ingresso|Data zgonu|\
                      Дата поступления|Day of death|Data size";

#[test]
fn name_with_a_word_for_a_date_is_the_date_where_no_other_is() {
    for head in SOLE.split('|') {
        let table = format!("Ref,Title,{head}\n1,Mill,12 July 1902\n2,Quay,Summer 1903\n");
        let expected = [json!({"date": "12 July 1902"}), json!({"date": "Summer 1903"})];
        check("a.csv", &table, &expected);
        let list = json!([{"title": "Mill", head: "12 July 1902"}, {"title": "Quay", head: "Summer 1903"}]);
        check("a.json", &foreign(&list), &expected);
        // A surer name wins, even where it is empty in a row.
        let table = format!("Ref,Title,{head},Letter date\n1,Mill,1902,1945\n2,Quay,1903,\n");
        check("a.csv", &table, &[json!({"date": "1945"}), json!({})]);
    }
    for head in OTHERS.split('|') {
        let table = format!("Ref,Title,{head}\n1,Mill,1902-07-12\n2,Quay,1903\n");
        check("a.csv", &table, &[json!({"date": null}), json!({"date": null})]);
        let list = json!([{"title": "Mill", head: "1902-07-12"}, {"title": "Quay", head: "1903"}]);
        check("a.json", &foreign(&list), &[json!({"date": null}), json!({"date": null})]);
    }
    let list = json!([{"title": "Mill", "date": "1945", "date_opened": "1902"}, {"title": "Quay", "date_opened": "1903"}]);
    check("a.json", &foreign(&list), &[json!({"date": "1945"}), json!({"date": null})]);
    let table = "Ref,Title,Begin date,End date,Date opened\n1,Mill,1902,1904,1945\n";
    check("a.csv", table, &[json!({"date": "1902/1904", "Date opened": "1945"})]);
    check(
        "a.csv",
        "Title,Taken\nMill,by Roth\nQuay,by Weidl\n",
        &[json!({"date": null, "Taken": "by Roth"}), json!({"date": null})],
    );
}

#[test]
fn of_two_such_names_the_earlier_days_are_the_date() {
    for (first, second) in [
        ("Date surveyed", "Date opened"),
        ("Date seized", "Date surveyed"),
        ("Date opened", "Date seized"),
    ] {
        for (early, late) in [(first, second), (second, first)] {
            let expected = json!({"date": "1902-07-12", late: "2019-03-04"});
            let table = format!("Ref,Title,{first},{second}\n1,Mill,A,B\n2,Quay,A,B\n");
            let (a, b) = if early == first {
                ("1902-07-12", "2019-03-04")
            } else {
                ("2019-03-04", "1902-07-12")
            };
            let table = table.replace(",A,B", &format!(",{a},{b}"));
            check("a.csv", &table, &[expected.clone(), expected.clone()]);
            let list = json!([{"title": "Mill", first: a, second: b}, {"title": "Quay", first: a, second: b}]);
            check("a.json", &foreign(&list), &[expected.clone(), expected]);
        }
    }
}

#[test]
fn year_of_copyright_is_the_date_of_a_book_without_another() {
    for name in ["copyright_date", "Copyright date", "copyright year"] {
        let table = format!("Ref,Title,{name}\n1,Mill,1902\n2,Quay,1978\n");
        check("a.csv", &table, &[json!({"date": "1902"}), json!({"date": "1978"})]);
    }
}

#[test]
fn of_two_such_names_that_of_the_document_is_the_date() {
    for (of_document, other) in [
        ("Date of interview", "Date of arrival"),
        ("Taken", "Year of construction"),
        ("Date of hearing", "Date of accident"),
    ] {
        for names in [[of_document, other], [other, of_document]] {
            let table = format!("Ref,Title,{}\n1,Mill,A,B\n2,Quay,A,B\n", names.join(","));
            let (a, b) = if names[0] == of_document {
                ("2005-03-04", "1921-05-06")
            } else {
                ("1921-05-06", "2005-03-04")
            };
            let table = table.replace(",A,B", &format!(",{a},{b}"));
            let expected = json!({"date": "2005-03-04", other: "1921-05-06"});
            check("a.csv", &table, &[expected.clone(), expected]);
        }
    }
}

#[test]
fn list_with_names_of_fields_alone_is_dated_by_such_a_name() {
    for name in ["date_of_interview", "dateOfMeeting", "taken_on", "date_opened"] {
        let list = json!([{"title": "Mill", "creator": "Keller, Anna", name: "1985-07-12"}]);
        check("a.json", &list.to_string(), &[json!({"date": "1985-07-12"})]);
        let list = json!([{"title": "Mill", "date": "1902", name: "1985-07-12"}]);
        check("a.json", &list.to_string(), &[json!({"date": "1902", name: "1985-07-12"})]);
    }
}

#[test]
fn day_of_an_entry_is_that_of_a_diary_but_not_of_a_row() {
    for name in ["Entry date", "entry_date", "Date of entry"] {
        for (day, date) in [("1912-03-04", json!("1912-03-04")), ("2019-03-04", json!(null))] {
            let table = format!("Title,{name}\nRain,{day}\nSnow,{day}\n");
            check("a.csv", &table, &[json!({"date": date}), json!({"date": date})]);
            let list = json!([{"title": "Rain", name: day}, {"title": "Snow", name: day}]);
            check("a.json", &foreign(&list), &[json!({"date": date}), json!({"date": date})]);
        }
    }
}

#[test]
fn span_of_keeping_or_of_a_life_is_not_that_of_the_document() {
    for of in ["Loan", "Employment", "Exhibition", "Membership", "Inventory", "Storage"] {
        let [begin, end] = ["start date", "end date"].map(|side| format!("{of} {side}"));
        let table = format!("Title,Date made,{begin},{end}\nMill,1902,2019-01-01,2019-02-01\n");
        check("a.csv", &table, &[json!({"date": "1902", "date_edtf": null})]);
        let table = format!("Title,{begin},{end}\nMill,2019-01-01,2019-02-01\n");
        check("a.csv", &table, &[json!({"date": null})]);
        let list =
            json!([{"title": "Mill", "made": "1902", begin: "2019-01-01", end: "2019-02-01"}]);
        check("a.json", &foreign(&list), &[json!({"date": "1902"})]);
    }
}

#[test]
fn moment_of_publication_is_the_date_in_a_catalogue_of_books() {
    let list = json!([
        {"title": "Mill", "authors": "Anna Keller", "pubdate": "1911-03-01T05:00:00+00:00"},
        {"title": "Quay", "authors": "Jonas Weidl", "pubdate": "2015-03-01T05:00:00+00:00"},
    ]);
    let date = |day: &str| json!({"date": day});
    check(
        "a.json",
        &foreign(&list),
        &[date("1911-03-01T05:00:00+00:00"), date("2015-03-01T05:00:00+00:00")],
    );
}

#[test]
fn begin_and_end_have_a_word_for_either_and_one_for_a_date() {
    for pair in [
        "year_start|year_end",
        "yearBegin|yearEnd",
        "beginyear|endyear",
        "begin_year|end_year",
        "beginningYear|endYear",
        "Beginning date|Ending date",
        "Date begun|Date ended",
        "from year|to year",
        "year from|year until",
        "earliest_year|latest_year",
        "first date|last date",
        "min year|max year",
        "start|finish",
        "Anfangsdatum|Enddatum",
        "Anfangsjahr|Endjahr",
        "frühestes Datum|spätestes Datum",
        "Fecha inicio|Fecha fin",
        "Año de inicio|Año final",
        "Date de début|Date de fin",
        "Année début|Année fin",
        "Data inizio|Data fine",
        "Anno iniziale|Anno finale",
        "Datum van|Datum tot",
        "rok początkowy|rok końcowy",
        "год начала|год окончания",
    ] {
        let (begin, end) = pair.split_once('|').unwrap();
        let expected =
            [json!({"date": "1900/1905", "date_edtf": null}), json!({"date": "1910/1915"})];
        let table = format!("Title,{begin},{end}\nMill,1900,1905\nQuay,1910,1915\n");
        check("a.csv", &table, &expected);
        let list = json!([{"title": "Mill", begin: "1900", end: 1905}, {"title": "Quay", begin: "1910", end: 1915}]);
        check("a.json", &foreign(&list), &expected);
    }
}

#[test]
fn end_alone_is_that_of_the_date_beside_it() {
    for (date, end, expected) in [
        ("1900", "1905", json!({"date": "1900/1905", "date_edtf": null})),
        ("1900-07-12", "1900-07-14", json!({"date": "1900-07-12/1900-07-14"})),
        ("12 July 1900", "14 July 1900", json!({"date": "12 July 1900 – 14 July 1900"})),
        ("c. 1902", "1905", json!({"date": "c. 1902", "end_date": "1905"})),
        ("1900-1905", "1905", json!({"date": "1900-1905", "end_date": "1905"})),
        ("1905", "1905", json!({"date": "1905", "date_edtf": null})),
        ("", "1905", json!({"date": "../1905"})),
    ] {
        check(
            "a.csv",
            &format!("title,date,end_date\nMill,{date},{end}\n"),
            std::slice::from_ref(&expected),
        );
        let list = json!([{"title": "Mill", "date": date, "end_date": end}]);
        check("a.json", &foreign(&list), std::slice::from_ref(&expected));
        let list = format!(
            "<list><letter><title>Mill</title><date>{date}</date><end_date>{end}</end_date></letter>\
             <letter><title>Quay</title><date>1945</date></letter></list>"
        );
        check("a.xml", &list, &[expected, json!({"date": "1945"})]);
    }
}

#[test]
fn numbers_under_a_name_of_dates_are_told() {
    let is_left = |name: &str| format!("no date is taken from “{name}”, which has numbers such as");
    let is_not_understood = "the date “36526” is not understood".to_owned();
    for (name, file, expected) in [
        ("a.csv", "title,date\nMill,36526\nQuay,36527\n", is_left("date")),
        ("a.csv", "Titel;Datum\nMill;36526\nKai;120702\n", is_left("Datum")),
        ("a.csv", "title,date\nMill,36526\nQuay,1946\n", is_not_understood),
        (
            "a.json",
            r#"[{"Titel":"Mill","Datum":1262304000},{"Titel":"Kai","Datum":1262304001}]"#,
            is_left("Datum"),
        ),
        ("a.csv", "title,last_modified\nMill,1262304000\nQuay,1262304001\n", String::new()),
        ("a.csv", "title,year\nMill,1902\nQuay,1903\n", String::new()),
    ] {
        let folder = TestFolder::with_files(&[(name, file.as_bytes())]);
        let result = folder.run(&["list", name]);
        assert!(result.stderr.contains(&expected), "{file}: {}", result.stderr);
        assert_eq!(result.stderr.is_empty(), expected.is_empty(), "{file}: {}", result.stderr);
    }
}
