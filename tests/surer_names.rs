//! Of several names that may be the date, the title or the code, the one counts that says most surely that it is the document's.

use serde_json::{Value, json};

use crate::field_meanings::{check, foreign};

/// Checks two records with these names and values, as a table and as a tree. Each has this text in a field.
fn check_both(names: &str, values: [&str; 2], field: &str, expected: [&str; 2]) {
    let expected = expected
        .map(|text| json!({field: if text.is_empty() { Value::Null } else { json!(text) }}));
    let [first, second] = values;
    check("a.csv", &format!("{names}\n{first}\n{second}\n"), &expected);
    let record = |values: &str| -> Value {
        let pairs = names.split(',').zip(values.split(','));
        Value::Object(pairs.map(|(name, value)| (name.to_owned(), json!(value))).collect())
    };
    check("a.json", &foreign(&json!([record(first), record(second)])), &expected);
}

#[test]
fn day_of_making_counts_before_other_days() {
    for (names, first, second) in [
        ("Title,Date of photograph,Copyright date", "Mill,1902,2015", "Quay,1903,2015"),
        ("Title,Copyright date,Date of photograph", "Mill,2015,1902", "Quay,2015,1903"),
        ("Title,Year,Copyright date", "Mill,1902,2015", "Quay,1903,2015"),
        ("Title,Date taken,Copyright year", "Mill,1902,2015", "Quay,1903,2015"),
        ("Title,Published,Copyright date", "Mill,1902,2015", "Quay,1903,2015"),
        ("Title,Date of photograph,Print date", "Mill,1902,2015", "Quay,1903,2015"),
        ("Title,Date taken,Release date", "Mill,1902,2015", "Quay,1903,2015"),
        ("Title,Date recorded,Broadcast date", "Mill,1902,2015", "Quay,1903,2015"),
        ("Title,Year,Publication date", "Mill,1902,2015", "Quay,1903,2015"),
        ("Title,Date of photograph,Date of event", "Mill,1902,1890", "Quay,1903,1891"),
        ("Title,Date of publication,Filing date", "Mill,1902,1950", "Quay,1903,1951"),
        ("Titel,Datum des Interviews,Datum des Ereignisses", "Mill,1902,1890", "Quay,1903,1891"),
        ("Titre,Date de l'entretien,Date du voyage", "Mill,1902,1890", "Quay,1903,1891"),
        ("Título,Fecha de la entrevista,Fecha del viaje", "Mill,1902,1890", "Quay,1903,1891"),
        ("Title,Date of interview,Flood date", "Mill,1902,1890", "Quay,1903,1891"),
        ("Title,Date painted,Date of edition", "Mill,1902,1950", "Quay,1903,1951"),
        ("Title,Date of photo,Date built", "Mill,1902,1890", "Quay,1903,1891"),
        ("Title,Taken,Year built", "Mill,1902,1890", "Quay,1903,1891"),
        ("Title,Year,Survey date", "Mill,1902,2015", "Quay,1903,2016"),
        ("Title,Date of publication,Reprint date", "Mill,1902,2015", "Quay,1903,2016"),
    ] {
        check_both(names, [first, second], "date", ["1902", "1903"]);
    }
}

#[test]
fn recent_day_of_a_photograph_counts_before_the_making_of_what_it_shows() {
    for name in
        ["Date taken", "Date of photograph", "Photo date", "Date of recording", "Date of painting"]
    {
        let rows = ["Mill,2005-03-04,1902", "Quay,2005-03-05,1911"];
        let names = format!("Title,{name},Date made");
        check_both(&names, rows, "date", ["2005-03-04", "2005-03-05"]);
    }
}

#[test]
fn lesser_date_counts_in_records_of_a_tree_without_the_surer_one() {
    let list = json!([
        {"title": "Mill", "publication_year": "1978", "copyright_date": "1979"},
        {"title": "Quay", "copyright_date": "1902"},
    ]);
    check("a.json", &foreign(&list), &[json!({"date": "1978"}), json!({"date": "1902"})]);
}

#[test]
fn day_of_an_event_with_a_name_of_its_own_counts_before_its_parts() {
    let values = ["Rosa,1902,7,12,1902-07-12", "Rosa,1903,5,,1903-05"];
    check_both("Title,year,month,day,eventDate", values, "date", ["1902-07-12", "1903-05"]);
}

#[test]
fn day_of_publication_stays_where_it_tells_more_than_the_year() {
    let values = ["Mill,2014,2014-03-04", "Quay,2015,2015-05-06"];
    check_both("Title,Year,Publication date", values, "date", ["2014-03-04", "2015-05-06"]);
}

#[test]
fn word_for_how_sure_a_day_is_or_for_a_document_leaves_no_doubt() {
    for name in [
        "Approximate date",
        "ISO date",
        "Exact date",
        "Estimated year",
        "Date of manuscript",
        "Date of object",
        "Article date",
        "Email date",
        "Negative date",
        "Session date",
        "Copyright date",
        "Ungefähres Datum",
        "Bilddatum",
        "Date approximative",
        "Fecha aproximada",
        "Fecha de la toma",
        "Data intervista",
        "Примерная дата",
        "Geschatte datum",
    ] {
        for [first, second] in [["1995", "1996"], ["1902", "1903"], ["1985-03-04", "2004-03-04"]] {
            let values = [format!("Mill,{first}"), format!("Quay,{second}")];
            let expected = [json!({"date": first}), json!({"date": second})];
            let table = format!("Title,{name}\n{}\n{}\n", values[0], values[1]);
            check("a.csv", &table, &expected);
        }
    }
}

#[test]
fn column_of_which_half_the_days_are_recent_does_not_give_way_to_itself() {
    for name in ["Date of performance", "Date of concert", "Datum der Sitzung", "Date of interview"]
    {
        let values = ["Mill,1985-03-04", "Quay,2004-03-04"];
        check_both(&format!("Title,{name}"), values, "date", ["1985-03-04", "2004-03-04"]);
    }
}

#[test]
fn title_of_a_work_counts_before_that_of_what_it_is_in() {
    for names in [
        "Title of photograph,Album title,Date",
        "Title of work,Series title,Date",
        "Name of object,Exhibition title,Date",
        "Bildtitel,Albumtitel,Datum",
        "Werktitel,Serientitel,Datum",
        "Titel des Werks,Reihentitel,Datum",
        "Titre de l'œuvre,Titre de la série,Date",
        "Titolo dell'opera,Titolo della serie,Data",
        "Título de la obra,Título de la serie,Fecha",
        "Titel van het werk,Titel van de reeks,Datum",
        "Tytuł dzieła,Seria,Data",
        "Название фотографии,Альбом,Дата",
        "Titre propre,Recueil,Date",
        "Kurztitel,Konvolut,Datum",
    ] {
        check_both(names, ["Mill,A,1902", "Quay,A,1903"], "title", ["Mill", "Quay"]);
    }
    for (name, title) in [
        ("Titre de la lithographie", json!("Mill")),
        ("Title of letterbook", json!("Mill")),
        ("Title of newspaper", Value::Null),
        ("Title page", Value::Null),
        ("Titel des Absenders", Value::Null),
    ] {
        check("a.csv", &format!("{name},Date\nMill,1902\n"), &[json!({"title": title})]);
    }
}

#[test]
fn code_that_a_thing_had_once_gives_way_to_the_present_one() {
    for names in [
        "Title,Inventory number,Previous inventory number",
        "Title,Previous inventory number,Inventory number",
        "Title,Reference,Former reference",
        "Titel,Signatur,Altsignatur",
        "Titel,Inventarnummer,Alte Inventarnummer",
        "Titel,Inv.-Nr.,Alte Inv.-Nr.",
        "Titre,Cote,Ancienne cote",
        "Titolo,Segnatura,Segnatura precedente",
    ] {
        let is_reversed = names.starts_with("Title,Previous");
        let values =
            if is_reversed { ["Mill,Z9,A1", "Quay,Z8,A2"] } else { ["Mill,A1,Z9", "Quay,A2,Z8"] };
        let expected = [json!({"reference_code": "A1"}), json!({"reference_code": "A2"})];
        check("a.csv", &format!("{names}\n{}\n{}\n", values[0], values[1]), &expected);
    }
    let table = "Titre,Ancienne cote\nMoulin,A1\nQuai,A2\n";
    check("a.csv", table, &[json!({"reference_code": "A1"}), json!({"reference_code": "A2"})]);
}
