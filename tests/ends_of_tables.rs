//! What stands at the end of a table and is no record of it, and cells that repeat those above.

use serde_json::json;

use crate::field_meanings::{check, read_text};

/// A table of two records above other rows.
fn table(rows: &str) -> String {
    format!("Title,Date,Place\nMill,1931-02-03,Orla\nDam,1931-05-06,Orla\n{rows}")
}

/// Reads a table. Returns the titles and the messages.
fn titles_and_messages(text: &str) -> (Vec<String>, Vec<String>) {
    let merged = read_text("a.csv", text);
    let titles = merged.records.iter().filter_map(|it| it.record.title());
    let messages = merged.problems.iter().map(|it| it.message.clone());
    (titles.map(str::to_owned).collect(), messages.collect())
}

#[test]
fn last_rows_about_the_list_are_no_records() {
    for (last, reason) in [
        ("End of list", "ends the table"),
        ("*** END ***", "ends the table"),
        ("Ende der Liste", "ends the table"),
        ("Fin de la liste", "ends the table"),
        ("Exported on 3 May 2020 by jweidl", "ends the table"),
        ("Report generated: 2021-05-03 14:35", "ends the table"),
        ("Stand: 3.5.2020", "ends the table"),
        ("Imprimé le 3 mai 2020", "ends the table"),
        ("Total: 2 documents", "sums up"),
        ("Total : 17 letters", "sums up"),
        ("2 letters in total", "sums up"),
        ("Summe der Briefe: 2", "sums up"),
    ] {
        for rows in [format!("{last},,\n"), format!(",,\n{last},,\n"), format!(",\"{last}\",\n")] {
            let (titles, messages) = titles_and_messages(&table(&rows));
            assert_eq!(titles, ["Mill", "Dam"], "{rows}");
            assert!(messages.iter().any(|it| it.contains(reason)), "{rows}: {messages:?}");
        }
    }
    for kept in [
        "End of the war",
        "Created by Keller",
        "Printed circular of 1912",
        "Totally new mill",
        "Exported goods 1931",
        "Letters to Weidl",
    ] {
        let (titles, _) = titles_and_messages(&table(&format!("{kept},,\n")));
        assert_eq!(titles, ["Mill", "Dam", kept]);
    }
    // Between records it is a record.
    let (titles, _) = titles_and_messages(&table("End of list,,\nQuay,1903,Orla\n"));
    assert_eq!(titles.last().map(String::as_str), Some("Quay"));
}

#[test]
fn second_table_below_is_named_and_not_mixed_in() {
    for rows in [
        ",,\nPhotographer,Place,\nKeller,Kirn,\nBoll,Trier,\n",
        "Photographer,Description,\nKeller,portraits,\nBoll,mills,\n",
    ] {
        let (titles, messages) = titles_and_messages(&table(rows));
        assert_eq!(titles, ["Mill", "Dam"], "{rows}");
        let says = |it: &String| it.contains("another table begins here") && it.contains("2 rows");
        assert!(messages.iter().any(says), "{rows}: {messages:?}");
    }
    let (titles, _) = titles_and_messages(&table(",,\nLetters,1945,Place\nMap,1946,Orla\n"));
    assert_eq!(titles, ["Mill", "Dam", "Letters", "Map"]);
}

#[test]
fn ditto_marks_repeat_boxes_and_titles() {
    let text = "Box,Title,Date,Ref\n1,Letter,1931-02-03,A 1\n\",,\",Deed,1932,\"\"\"\"\n〃,Will,1933,A 3\n2,Map,1934,A 4\ndo.,〃,1935,A 5\n2,Ditto,1936,A 6\n";
    // Each record has a code of its own.
    let of = |of_box: &str, title: &str, code: &str| json!({"box": of_box, "title": title, "reference_code": code});
    let expected = [
        of("1", "Letter", "A 1"),
        of("1", "Deed", "\""),
        of("1", "Will", "A 3"),
        of("2", "Map", "A 4"),
        of("2", "Map", "A 5"),
        // The word may be a title.
        of("2", "Ditto", "A 6"),
    ];
    check("a.csv", text, &expected);
}

#[test]
fn heads_that_ask_are_names_of_fields() {
    check(
        "a.csv",
        "Who wrote,To whom,When,What about\nKeller,Weidl,3 Feb 1931,the mill\n",
        &[
            json!({"creator": "Keller", "recipient": "Weidl", "date": "3 Feb 1931", "summary": "the mill"}),
        ],
    );
    check(
        "a.csv",
        "Wer schrieb,An wen,Wann,Worüber\nKeller,Weidl,3.2.1931,die Mühle\n",
        &[
            json!({"creator": "Keller", "recipient": "Weidl", "date": "3.2.1931", "summary": "die Mühle"}),
        ],
    );
}

#[test]
fn names_in_two_parts_are_persons_of_a_document() {
    for (family, given) in
        [("last_name", "first_name"), ("surname", "given name"), ("nachname", "vorname")]
    {
        let list = json!([{"title": "Letter", family: "Keller", given: "Anna", "date": "1931"}, {"title": "Map", family: "Boll", given: "Eva", "date": "1932"}]);
        check(
            "a.json",
            &list.to_string(),
            &[json!({"people": "Keller, Anna"}), json!({"people": "Boll, Eva"})],
        );
    }
}
