//! Values in two or three columns or keys: the family's and the given name of a person, the year, the month and the day. The
//! contents are invented.

use serde_json::{Value, json};

use crate::field_meanings::{check, foreign};

/// Checks a file with these names and one record of these values, as a table and as a tree.
fn check_both(names: &str, values: &str, expected: &Value) {
    let both = [expected.clone(), json!({})];
    let second = values.replace("1902", "1903").replace("Mill", "Quay");
    check("a.csv", &format!("{names}\n{values}\n{second}\n"), &both);
    let record = |values: &str| -> Value {
        let pairs = names.split(',').zip(values.split(','));
        Value::Object(pairs.map(|(name, value)| (name.to_owned(), json!(value))).collect())
    };
    let list = json!([record(values), record(&second)]);
    check("a.json", &foreign(&list), &both);
}

#[test]
fn family_and_given_name_beside_a_role_are_one_person() {
    for names in [
        "Ref,Author First Name,Author Last Name,Recipient First Name,Recipient Last Name,Date",
        "Ref,Author Forename,Author Surname,Recipient Forename,Recipient Surname,Date",
        "Ref,author_first,author_last,recipient_first,recipient_last,date",
        "Ref,senderFirstName,senderLastName,recipientFirstName,recipientLastName,date",
        "Ref,Given name of sender,Family name of sender,Given name of addressee,Family name of addressee,Date",
        "Nr,Absender Vorname,Absender Nachname,Empfänger Vorname,Empfänger Nachname,Datum",
        "Nr,Vorname Absender,Name Absender,Vorname Empfänger,Name Empfänger,Datum",
        "Cote,Prénom de l'expéditeur,Nom de l'expéditeur,Prénom du destinataire,Nom du destinataire,Date",
        "Nr,Voornaam afzender,Achternaam afzender,Voornaam ontvanger,Achternaam ontvanger,Datum",
        "Num,Nome mittente,Cognome mittente,Nome destinatario,Cognome destinatario,Data",
        "Sygnatura,Imię nadawcy,Nazwisko nadawcy,Imię adresata,Nazwisko adresata,Data",
        "Ref,Nombre del remitente,Apellidos del remitente,Nombre del destinatario,Apellidos del destinatario,Fecha",
        "Ref,Author First Name,Author,Recipient First Name,Recipient,Date",
        "Ref,From First,From Last,To First,To Last,Date",
        "Ref,From first name,From last name,To first name,To last name,Date",
        "ref,from_first_name,from_surname,to_first_name,to_surname,date",
        "ref,fromFirst,fromLast,toFirst,toLast,date",
        "Nr,Von Vorname,Von Nachname,An Vorname,An Nachname,Datum",
        "Nr,Vorname von,Nachname von,Vorname an,Nachname an,Datum",
    ] {
        let expected =
            json!({"creator": "Keller, Anna", "recipient": "Weidl, Jonas", "date": "1902-07-12"});
        check_both(names, "7,Anna,Keller,Jonas,Weidl,1902-07-12", &expected);
    }
}

#[test]
fn names_that_are_no_parts_of_one_person_stay() {
    let expected = json!({"creator": ["Keller, Anna", "Orla, Ida"], "date": "1902"});
    let table = "Title,First author,Last author,Date\nMill,\"Keller, Anna\",\"Orla, Ida\",1902\n";
    check("a.csv", table, &[expected]);
    let table = "Title,Author,Author first name,Date\nMill,\"Keller, Anna\",Anna,1902\n";
    check("a.csv", table, &[json!({"creator": "Keller, Anna", "Author first name": "Anna"})]);
    let table =
        "Title,Author first name,Author last name,Date\nMill,,Orla Council,1902\nQuay,Anna,,1903\n";
    check("a.csv", table, &[json!({"creator": "Orla Council"}), json!({"creator": "Anna"})]);
    let table =
        "Title,Author last name,Author first name,Date\nMill,Keller; Weidl,Anna; Jonas,1902\n";
    check("a.csv", table, &[json!({"creator": ["Keller, Anna", "Weidl, Jonas"]})]);
    let table = "Surname,Forename,Year,Parish\nKeller,Anna,1902,Orla\n";
    check("a.csv", table, &[json!({"people": "Keller, Anna", "date": "1902"})]);
}

#[test]
fn year_month_and_day_of_anything_are_one_date() {
    for names in [
        "Title,Letter Year,Letter Month,Letter Day",
        "Title,date_year,date_month,date_day",
        "Title,Year date,Month date,Day date",
        "Title,Year of letter,Month of letter,Day of letter",
        "Title,Sent year,Sent month,Sent day",
        "Title,year_written,month_written,day_written",
        "Title,Creation year,Creation month,Creation day",
        "Title,pub_year,pub_month,pub_day",
        "Titel,Briefjahr,Briefmonat,Brieftag",
        "Titel,Jahr des Briefes,Monat des Briefes,Tag des Briefes",
        "Titel,Datum Jahr,Datum Monat,Datum Tag",
        "Title,yyyy,mm,dd",
        "Titre,Année de la lettre,Mois de la lettre,Jour de la lettre",
        "Título,Año de la carta,Mes de la carta,Día de la carta",
        "Titel,Jaar brief,Maand brief,Dag brief",
        "Title,StartYear,StartMonth,StartDay",
        "Title,photoYear,photoMonth,photoDay",
    ] {
        check_both(names, "Mill,1902,7,12", &json!({"date": "1902-07-12"}));
    }
    let names = "Title,Start year,Start month,Start day,End year,End month,End day";
    check_both(names, "Mill,1902,7,12,1911,3,4", &json!({"date": "1902-07-12/1911-03-04"}));
    check_both(
        "Title,Letter Year,Letter Month,Letter Day",
        "Mill,1902,July,",
        &json!({"date": "July 1902"}),
    );
}

#[test]
fn whole_date_counts_before_its_parts() {
    for (names, own) in [
        ("Title,Date,Year,Month,Day", "Month"),
        ("Title,Year,Month,Day,Date", ""),
        ("Title,Date,Month,Year,Day", "Month"),
        ("Title,Date display,Year,Month,Day", "Month"),
        ("Title,Display date,Letter Year,Letter Month,Letter Day", "Letter Month"),
        ("Title,Date written,Year,Month,Day", "Month"),
        ("Title,Date,Letter Year,Letter Month,Letter Day", "Letter Month"),
        ("Title,date,date_year,date_month,date_day", "date_month"),
        ("Title,Publication date,Year,Month,Day", "Month"),
        ("Titel,Datum,Jahr,Monat,Tag", "Monat"),
        ("Titre,Date,Année,Mois,Jour", "Mois"),
        ("Título,Fecha,Año,Mes,Día", "Mes"),
    ] {
        for date in ["c. 12 July 1902", "between 1902 and 1905", "1902-07-12", "12 July 1902"] {
            let part = |name: &str| match name {
                "Title" | "Titel" | "Titre" | "Título" => "Mill",
                _ if ["Year", "year", "Jahr", "Année", "Año"]
                    .iter()
                    .any(|it| name.ends_with(it)) =>
                {
                    "1902"
                }
                _ if ["Month", "month", "Monat", "Mois", "Mes"]
                    .iter()
                    .any(|it| name.ends_with(it)) =>
                {
                    "7"
                }
                _ if ["Day", "day", "Tag", "Jour", "Día"].iter().any(|it| name.ends_with(it)) => {
                    "1"
                }
                _ => date,
            };
            let values: Vec<&str> = names.split(',').map(part).collect();
            let mut expected = json!({"date": date});
            if !own.is_empty() {
                expected[own] = json!("7");
            }
            check_both(names, &values.join(","), &expected);
        }
    }
    let table =
        "Title,Date,Year,Month,Day\nMill,c. 1902,1902,7,1\nQuay,,1903,8,14\nPort,,1904,9,\n";
    let expected = [
        json!({"date": "c. 1902", "Day": "1"}),
        json!({"date": "1903-08-14", "Day": null}),
        json!({"date": "1904-09"}),
    ];
    check("a.csv", table, &expected);
    let list = json!([
        {"title": "Mill", "date_display": "c. 1902", "date_year": 1902, "date_month": 7, "date_day": 1},
        {"title": "Quay", "date_year": 1903, "date_month": 8, "date_day": 14},
    ]);
    check("a.json", &foreign(&list), &[json!({"date": "c. 1902"}), json!({"date": "1903-08-14"})]);
}

#[test]
fn whole_name_counts_before_its_parts() {
    for (names, values, own) in [
        ("Title,Author,Author Surname,Date", "Mill,Anna Keller,Keller,1902", "Author Surname"),
        ("Title,Author Surname,Author,Date", "Mill,Keller,Anna Keller,1902", "Author Surname"),
        (
            "Title,Author,Author Surname,Author Forename,Date",
            "Mill,Anna Keller,Keller,Anna,1902",
            "Author Forename",
        ),
        (
            "Title,Author Forename,Author Surname,Author,Date",
            "Mill,Anna,Keller,Anna Keller,1902",
            "Author Surname",
        ),
        (
            "Title,Sender,Sender First Name,Sender Last Name,Date",
            "Mill,Anna Keller,Anna,Keller,1902",
            "Sender Last Name",
        ),
        (
            "Title,From,Sender First Name,Sender Last Name,Date",
            "Mill,Anna Keller,Anna,Keller,1902",
            "Sender Last Name",
        ),
        (
            "Title,Sender Name,Sender First Name,Sender Last Name,Date",
            "Mill,Anna Keller,Anna,Keller,1902",
            "Sender Last Name",
        ),
        (
            "Title,Photographer,Photographer surname,Date",
            "Mill,Anna Keller,Keller,1902",
            "Photographer surname",
        ),
        ("Title,author_name,author_surname,date", "Mill,Anna Keller,Keller,1902", "author_surname"),
        (
            "Titel,Absender,Absender Vorname,Absender Nachname,Datum",
            "Mill,Anna Keller,Anna,Keller,1902",
            "Absender Vorname",
        ),
    ] {
        let value = match own.to_lowercase() {
            own if own.ends_with("forename") || own.ends_with("vorname") => "Anna",
            _ => "Keller",
        };
        check_both(names, values, &json!({"creator": "Anna Keller", own: value}));
    }
    let table = "Ref,Sender,Sender First Name,Sender Last Name,Date\n1,Keller,Anna,Keller,1902\n";
    check("a.csv", table, &[json!({"creator": "Keller", "Sender First Name": "Anna"})]);
    let table =
        "Ref,Photographer,Author First Name,Author Last Name,Date\n1,Ida Roth,Anna,Keller,1902\n";
    check("a.csv", table, &[json!({"creator": ["Ida Roth", "Keller, Anna"]})]);
}

#[test]
fn days_of_a_life_and_of_keeping_are_no_date_in_parts_either() {
    for names in [
        "Title,Birth year,Birth month,Birth day",
        "Title,Accession year,Accession month,Accession day",
        "Titel,Geburtsjahr,Geburtsmonat,Geburtstag",
    ] {
        let values = "Mill,1902,7,12";
        let second = "Quay,1903,8,14";
        check(
            "a.csv",
            &format!("{names}\n{values}\n{second}\n"),
            &[json!({"date": null}), json!({"date": null})],
        );
    }
    let table = "Title,Date,Received year,Received month,Received day\nMill,1902-07-01,1902,7,12\n";
    check("a.csv", table, &[json!({"date": "1902-07-01", "Received month": "7"})]);
}

#[test]
fn words_for_nothing_are_titles_where_there_is_no_other() {
    for sign in ["None", "none", "NA"] {
        let table = format!("Ref,Title,Date,Author\n1,Mill,1902,{sign}\n2,{sign},1903,Keller\n");
        let expected = [json!({"title": "Mill", "creator": null}), json!({"title": sign})];
        check("a.csv", &table, &expected);
        let list = json!([
            {"ref": "1", "title": "Mill", "date": "1902", "author": sign},
            {"ref": "2", "title": sign, "date": sign, "author": "Keller"},
            {"ref": "3", "title": sign, "label": "Quay", "date": "1904", "author": "Keller"},
        ]);
        let expected = [
            json!({"title": "Mill", "creator": null}),
            json!({"title": sign, "date": null}),
            json!({"title": "Quay"}),
        ];
        check("a.json", &foreign(&list), &expected);
    }
}

#[test]
fn signs_of_missing_values_are_no_values() {
    for sign in ["nan", "NaN", "\\N", "#N/A", "<NA>", "null", "-", "–", "N/A"] {
        let table = format!(
            "Ref,Title,Date,Author,Place\n1,Mill,1902,{sign},{sign}\n2,{sign},{sign},Keller,Orla\n"
        );
        let expected = [
            json!({"title": "Mill", "date": "1902", "creator": null, "places": null}),
            json!({"title": null, "date": null, "creator": "Keller"}),
        ];
        check("a.csv", &table, &expected);
        let list = json!([
            {"ref": "1", "title": "Mill", "date": "1902", "author": sign, "place": sign},
            {"ref": "2", "title": sign, "date": sign, "author": "Keller", "place": "Orla"},
        ]);
        check("a.json", &foreign(&list), &expected);
    }
    // Other words that say nothing of a thing stay: they may be what the field says.
    let table = "Ref,Title,Date,Author,Damage\n1,Mill,1902,Keller,None\n2,Quay,1903,Keller,torn\n";
    check("a.csv", table, &[json!({"Damage": "None"}), json!({})]);
}

#[test]
fn first_and_last_beside_each_other_are_the_name_of_a_person() {
    for table in [
        "Title,Date,First,Last\nLetter,1945,Anna,Keller\n",
        "Title,Last,First,Date\nLetter,Keller,Anna,1945\n",
        "title\tdate\tfirst\tlast\nLetter\t1945\tAnna\tKeller\n",
    ] {
        check("a.csv", table, &[json!({"people": "Keller, Anna"})]);
    }
    for table in [
        "Title,Date,First,Last\nLetter,1945,3,7\n",
        "Title,First,Date,Last\nLetter,Anna,1945,Keller\n",
    ] {
        check("a.csv", table, &[json!({"people": null})]);
    }
}
