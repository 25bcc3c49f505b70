//! Signs for nothing in lists of references, lists of texts in one cell, and cells with the names of many columns.

use serde_json::{Value, json};

use crate::field_meanings::{check, objects, read_text};

/// What programs write for no value.
const MISSING: [&str; 8] = ["nan", "NaN", "None", "null", "NULL", "<NA>", "N/A", "(null)"];

#[test]
fn sign_for_nothing_in_ris_is_no_value() {
    for missing in MISSING {
        let file = format!(
            "TY  - LETTER\nTI  - A\nAU  - {missing}\nAU  - Keller, Anna\nA2  - {missing}\nED  - {missing}\n\
             KW  - {missing}\nKW  - Ships; {missing}\nDA  - {missing}\nPY  - 1902\nER  - \n\
             TY  - BOOK\nT1  - {missing}\nTI  - B\nA1  - {missing}\nAU  - Roth, {missing}\nPY  - {missing}\nER  - \n"
        );
        let expected = [
            json!({"creator": "Keller, Anna", "subjects": "Ships", "contributor": null, "recipient": null,
                   "date": "1902", "title": "A"}),
            json!({"creator": "Roth", "title": "B"}),
        ];
        check("a.ris", &file, &expected);
    }
    // Names, titles and words that look alike.
    check(
        "a.ris",
        "TY  - BOOK\nTI  - None\nAU  - Nan, Lee\nAU  - Null, Gary\nAU  - Keller, NA\nKW  - nans\nN1  - nan\nER  - \n",
        &[
            json!({"title": "None", "creator": ["Nan, Lee", "Null, Gary", "Keller, NA"], "subjects": "nans"}),
        ],
    );
}

#[test]
fn sign_for_nothing_in_bibtex_is_no_value() {
    for missing in MISSING {
        let file = format!(
            "@book{{a, title = {{A}}, author = {{{missing} and Keller, Anna}}, editor = {{{missing}}}, year = {{1902}}, \
             keywords = {{ships, {missing}}}, location = {{{missing}}}}}\n\
             @book{{b, title = {{B}}, author = {{{missing}}}, translator = {{Roth, Emil and {missing}}}, date = {{{missing}}}}}\n\
             @book{{c, title = {{{missing}}}, author = {{{{{missing}}} and Roth, {missing}}}, year = {{{missing}}}, month = 5}}\n"
        );
        let no_title = if missing == "None" { json!("None") } else { json!(null) };
        let expected = [
            json!({"creator": "Keller, Anna", "contributor": null, "subjects": "ships", "places": null, "date": "1902"}),
            json!({"creator": null, "contributor": "Roth, Emil"}),
            json!({"creator": "Roth", "title": no_title}),
        ];
        check("a.bib", &file, &expected);
        for record in objects(&read_text("a.bib", &file)) {
            let date = record.get("date").map_or(String::new(), Value::to_string);
            assert!(!date.contains(missing), "{record:?}");
        }
    }
    check(
        "a.bib",
        "@book{a, title = {None}, author = {Nan Lee and Null, Gary and others}, year = {1902}}\n",
        &[json!({"title": "None", "creator": ["Lee, Nan", "Null, Gary"]})],
    );
}

#[test]
fn list_of_texts_in_a_cell_is_several_values() {
    for (cell, creators) in [
        ("['nan', 'Keller, Anna']", json!("Keller, Anna")),
        ("[\"Keller, Anna\", \"Weidl\"]", json!(["Keller, Anna", "Weidl"])),
        ("['Keller, Anna', \"O'Hara, Ida\"]", json!(["Keller, Anna", "O'Hara, Ida"])),
        ("['Keller, Anna']", json!("Keller, Anna")),
        ("[ 'Keller, Anna' , 'Weidl', ]", json!(["Keller, Anna", "Weidl"])),
        ("('Keller, Anna', 'Weidl')", json!(["Keller, Anna", "Weidl"])),
        ("{'Keller, Anna', 'Weidl'}", json!(["Keller, Anna", "Weidl"])),
        ("['Keller, Anna' 'Weidl']", json!(["Keller, Anna", "Weidl"])),
        ("['Keller, Anna'\n 'Weidl']", json!(["Keller, Anna", "Weidl"])),
        ("[u'Keller, Anna', u'Weidl']", json!(["Keller, Anna", "Weidl"])),
        ("['O\\'Hara, Ida', 'M\\xfcller, Jo']", json!(["O'Hara, Ida", "Müller, Jo"])),
        ("[\"M\\u00fcller, Jo\", null]", json!("Müller, Jo")),
        ("['Keller, Anna', None, nan]", json!("Keller, Anna")),
        ("['nan']", json!(null)),
        ("['None', '']", json!(null)),
    ] {
        let quoted = cell.replace('"', "\"\"");
        let other = json!({"creator": "Brandt, Karl"});
        let table = format!("Title,Author,Date\nA,\"{quoted}\",1902\nB,\"Brandt, Karl\",1903\n");
        check("a.csv", &table, &[json!({"creator": creators}), other.clone()]);
        let table = format!(
            "Title,Subjects,Keywords,Date\nA,\"{quoted}\",,['1902']\n['B'],,\"{quoted}\",1903\n"
        );
        let dated =
            |title: &str, date: &str| json!({"subjects": creators, "title": title, "date": date});
        check("a.csv", &table, &[dated("A", "1902"), dated("B", "1903")]);
    }
    let own = json!({"Stamp": ["red", "blue"]});
    check("a.csv", "Title,Date,Stamp\nA,1902,\"['red', 'blue']\"\n", &[own]);
}

#[test]
fn brackets_that_hold_no_list_of_texts_stay() {
    for text in [
        "[Keller, Anna]",
        "[Keller 'the Elder', Anna]",
        "['Keller' to 'Roth']",
        "['tis the season, 'twas]",
        "(\"Keller\")",
        "[1902]",
        "['Keller', 7]",
        "['Keller', 'Roth'",
        "['Keller'] and ['Roth']",
    ] {
        let quoted = text.replace('"', "\"\"");
        let table = format!("Title,Date,Stamp\n\"{quoted}\",1902,\"{quoted}\"\n");
        check("a.csv", &table, &[json!({"title": text, "Stamp": text})]);
    }
    // A title is one text.
    check("a.csv", "Title,Date\n\"['A', 'B']\",1902\n", &[json!({"title": "['A', 'B']"})]);
}

#[test]
fn cell_with_the_names_of_many_columns_is_no_header() {
    let names = ["Title", "Date", "Creator", "Place", "Description", "Subject", "Box", "Folder"];
    for count in [8, 80, 480] {
        for joint in [",", ", ", ";", "; ", "|", "\t", "\n", " | "] {
            let list = names.iter().cycle().take(count).copied().collect::<Vec<_>>().join(joint);
            for delimiter in [",", ";", "\t", "|"] {
                for rows in [
                    [["Nr", "Inhalt"], ["1", "Words"], ["2", "@"], ["3", "Note"]],
                    [["Nr", "Inhalt"], ["1", "@"], ["2", "title and date"], ["3", "Note"]],
                    [["Nr", "Inhalt"], ["1", "Words"], ["2", "Note"], ["3", "@"]],
                ] {
                    let cell = format!("\"{list}\"");
                    let lines = rows.map(|row| row.join(delimiter).replace('@', &cell) + "\n");
                    let found = objects(&read_text("a.csv", &lines.concat()));
                    assert_eq!(
                        found.len(),
                        3,
                        "{count} {joint:?} {delimiter:?} {rows:?}: {found:?}"
                    );
                    for (record, row) in found.iter().zip(&rows[1..]) {
                        let text = record["summary"].as_str().unwrap_or_default();
                        let expected = if row[1] == "@" { &list } else { row[1] };
                        assert_eq!(text, expected, "{count} {joint:?} {delimiter:?} {rows:?}");
                    }
                }
            }
        }
    }
}
