//! What a page or a table does not say for certain is not taken: the name of its archive, the date of a record, its title.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::field_meanings::{check, read_text};

/// The titles of the archives that a file names.
fn titles_of_archives(name: &str, text: &str) -> Vec<String> {
    read_text(name, text).archives.into_iter().filter_map(|archive| archive.title).collect()
}

const RECORDS: &str =
    "12 July 1945\n\nLetter to Weidl\n\nOn rye.\n\n4 March 1902\n\nHarbour dues\n\nReturns.\n";

#[test]
fn only_a_line_that_names_an_institution_is_the_name_of_the_archive() {
    for line in [
        "Menu",
        "Log in",
        "Accept all cookies",
        "Advanced search",
        "Filter by",
        "Suche",
        "Trefferliste",
        "Collections",
        "Your basket (0)",
        "Search the archive",
        "Digital Library",
        "Letters of Anna Keller",
        "Plan of the Orla Museum",
        "Our Archive",
    ] {
        for text in [
            format!("{line}\n\n{RECORDS}"),
            format!("{line}\n\n1 - 2 of 2\n\n{RECORDS}"),
            format!("{line}\n\nDate: 1902\nTitle: Rye\n\nDate: 1903\nTitle: Quay\n"),
            format!("{line}\n\n12 July 1945 - Letter (MS 41/7)\n13 July 1945 - Plan (MS 41/8)\n"),
        ] {
            assert_eq!(titles_of_archives("a.txt", &text), [""; 0], "{text}");
            assert_eq!(read_text("a.txt", &text).records.len(), 2, "{text}");
        }
    }
    for name in
        ["Orla State Archive", "Museum of Orla", "Stadtarchiv Orla", "Archivo General de Orla"]
    {
        for text in
            [format!("{name}\n\n{RECORDS}"), format!("Menu\n\n{name}\n\n1 - 2 of 2\n\n{RECORDS}")]
        {
            assert_eq!(titles_of_archives("a.txt", &text), [name], "{text}");
        }
        // Below the count it may be a record, and of several names none is certain.
        for text in [
            format!("1 - 3 of 3\n\n{name}\n\n{RECORDS}"),
            format!("{name}\n\nLake Library\n\n1 - 2 of 2\n\n{RECORDS}"),
        ] {
            assert_eq!(titles_of_archives("a.txt", &text), [""; 0], "{text}");
        }
    }
}

/// A list with these titles and a text below each.
fn list(titles: [&str; 3], text: &str) -> String {
    let item = |(number, title): (usize, &str)| {
        format!("<li><h3><a href=/{number}>{title}</a></h3>{text}</li>")
    };
    let items: String = titles.into_iter().enumerate().map(item).collect();
    format!("<!DOCTYPE html><ol>{items}</ol>")
}

/// The dates of records.
fn dated(dates: [Value; 3]) -> [Value; 3] {
    dates.map(|date| json!({"date": date}))
}

const UNDATED: [&str; 3] = ["Letter to Weidl", "Harbour dues", "Rental"];

#[test]
fn date_of_keeping_in_a_list_is_none_of_a_record() {
    let none = || dated([Value::Null, Value::Null, Value::Null]);
    for text in [
        "Added 3 May 2014",
        "Added: 3 May 2014",
        "Date added: 3 May 2014",
        "Added on May 3, 2014",
        "Last updated 3 May 2014",
        "Uploaded 3 May 2014",
        "Posted 3 May 2014",
        "Digitised 3 May 2014",
        "Accessed 3 May 2014",
        "Hinzugefügt am 3. Mai 2014",
        "Zuletzt geändert am 3. Mai 2014",
        "Mis en ligne le 3 mai 2014",
        "Subido el 3 mayo 2014",
        "Closed until 3 May 2044",
        "Closed until 2044",
        "Added <time>3 May 2014</time>",
        "<b>Added</b> <span>3 May 2014</span>",
        "Keller, Anna (1880-1951), Weidl, Jonas (1871-1945)",
        "Keller, Anna (1880-1951)",
    ] {
        let page = list(UNDATED, &format!("<div>{text}</div>"));
        let dates = read_text("a.html", &page).records.into_iter().map(|it| it.record.date.text);
        assert_eq!(dates.filter(|date| !date.is_empty()).count(), 0, "{page}");
        let page = list(UNDATED, &format!("<div>{text}</div><div>Reference: MS 41</div>"));
        check("a.html", &page, &none());
        // The record's own date counts beside it.
        let both = format!("<div>12 July 1945</div><div>{text}</div>");
        check("a.html", &list(UNDATED, &both), &[(); 3].map(|()| json!({"date": "12 July 1945"})));
        let both = format!("<div>{text}</div><div>12 July 1945</div>");
        check("a.html", &list(UNDATED, &both), &[(); 3].map(|()| json!({"date": "12 July 1945"})));
    }
    for text in
        ["Published 3 May 1944", "Orla, 3 May 1944", "Posted 3 May 1944", "Sale, 3 May 1944"]
    {
        let page = list(UNDATED, &format!("<div>{text}</div>"));
        for record in read_text("a.html", &page).records {
            assert!(record.record.date.text.contains("3 May 1944"), "{page}");
        }
    }
}

#[test]
fn date_in_a_title_counts_before_the_longer_one_of_a_collection() {
    let titles = ["Letter to Weidl, 12 July 1945", "Harbour dues, 3 May 1902", "Rental, 1902"];
    let expected = [
        json!({"date": "12 July 1945", "title": "Letter to Weidl"}),
        json!({"date": "3 May 1902", "title": "Harbour dues"}),
        json!({"date": "1902", "title": "Rental"}),
    ];
    for text in
        ["Keller papers, 1902-1945", "Keller papers (1902-1945)", "Nachlass Keller, 1900-1950"]
    {
        check("a.html", &list(titles, &format!("<div>{text}</div>")), &expected);
    }
}

#[test]
fn name_of_the_thing_is_the_title_of_a_table_without_another() {
    for head in [
        "Document",
        "Record",
        "Object",
        "Item",
        "Dokument",
        "Objekt",
        "Pièce",
        "Documento",
        "Stuk",
        "Документ",
    ] {
        let titled = |title: &str| json!({"title": title});
        let expected = ["Letter to Weidl", "Harbour dues", "Rental"].map(titled);
        let csv = format!(
            "{head},Date,Ref\nLetter to Weidl,12 July 1945,MS 1\nHarbour dues,1902,MS 2\nRental,1903,MS 3\n"
        );
        check("a.csv", &csv, &expected);
        let mut html = format!("<!DOCTYPE html><table><tr><th>{head}<th>Date<th>Ref");
        for (title, year) in UNDATED.iter().zip(1902..) {
            write!(html, "<tr><td>{title}<td>{year}<td>MS {year}").unwrap();
        }
        html += "</table>";
        check("a.html", &html, &expected);
        // A surer name is the title.
        let csv = format!("{head},Title,Date\nDeed of sale,Letter,1902\nLease of land,Plan,1903\n");
        check("a.csv", &csv, &[titled("Letter"), titled("Plan")]);
        let csv = format!("{head},Name,Date\nDeed of sale,Letter,1902\nLease of land,Plan,1903\n");
        check("a.csv", &csv, &[titled("Letter"), titled("Plan")]);
    }
    // Files, codes and kinds are no titles.
    for values in [
        ["a.pdf", "b.pdf", "c.pdf"],
        ["MS 1", "MS 2", "MS 3"],
        ["Letter", "Letter", "Letter"],
        ["1", "2", "3"],
    ] {
        let [one, two, three] = values;
        let csv = format!("Document,Date,Ref\n{one},1901,A 1\n{two},1902,A 2\n{three},1903,A 3\n");
        check("a.csv", &csv, &[(); 3].map(|()| json!({"title": null})));
    }
}

#[test]
fn record_without_a_date_beside_labels_leaves_the_others_theirs() {
    let page = |dates: [&str; 3]| {
        let [one, two, three] =
            dates.map(|date| if date.is_empty() { String::new() } else { format!("{date}\n") });
        format!(
            "3 results\n\nLetter to Weidl\nRef: MS 1\n{one}\nPlan of the pier\nRef: MS 2\n{two}\nRental\nRef: MS 3\n{three}"
        )
    };
    for dates in [
        ["12 July 1945", "", "1902"],
        ["July 12, 1945", "", "1902"],
        ["", "12 July 1945", "1902"],
        ["12 July 1945", "c. 1902", ""],
        ["12 July 1945", "1910", "1902"],
        ["", "", "1902"],
    ] {
        let date = |date: &str| if date.is_empty() { Value::Null } else { json!(date) };
        let titles = ["Letter to Weidl", "Plan of the pier", "Rental"];
        let expected: Vec<Value> = titles
            .iter()
            .zip(dates)
            .map(|(title, text)| json!({"title": title, "date": date(text)}))
            .collect();
        check("a.txt", &page(dates), &expected);
    }
}

#[test]
fn description_of_a_package_is_no_record() {
    let words = r#""description": "Letters", "author": "A. Keller", "keywords": ["letters"]"#;
    for keys in [
        r#""name": "letters-site", "version": "1.0.0""#,
        r#""name": "@keller/letters", "version": "0.2.0-beta.1", "license": "MIT""#,
        r#""name": "letters-site", "private": true"#,
        r#""name": "letters-site", "main": "index.js""#,
    ] {
        let read = read_text("package.json", &format!("{{{keys}, {words}}}"));
        let messages: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
        assert!(read.records.is_empty(), "{keys}");
        assert!(messages.iter().any(|it| it.contains("file of a program")), "{messages:?}");
    }
    // A data set of schema.org and a list of records have such keys too.
    for text in [
        format!(r#"{{"@type": "Dataset", "name": "letters", "version": "1.0.0", {words}}}"#),
        r#"{"name": "letters", "version": "1.0.0", "records": [{"title": "Rye", "date": "1902"}]}"#
            .to_owned(),
    ] {
        assert_eq!(read_text("a.json", &text).records.len(), 1, "{text}");
    }
}

#[test]
fn foot_of_a_card_has_the_date_of_its_record() {
    let card = |class: &str, title: &str, date: &str| {
        format!(
            "<div class='card'><div class='card-body'><h5><a href='/{title}'>{title}</a></h5><p>A text about it.</p></div>\
             <div class='{class}'><small>{date}</small></div></div>"
        )
    };
    for class in ["card-footer", "panel-footer", "itemFooter", "result-footer"] {
        let cards = ["Mill", "Rye", "Quay"].map(|title| card(class, title, "12 July 1945"));
        let page = format!(
            "<html><body><main><p>Showing 1-3 of 3 results</p><div class='row'>{}</div></main>\
             <div class='site-footer'>Updated 3 May 2024</div></body></html>",
            cards.join("")
        );
        let of = |title: &str| json!({"title": title, "date": "12 July 1945"});
        check("a.html", &page, &[of("Mill"), of("Rye"), of("Quay")]);
    }
    let article = |title: &str| {
        format!(
            "<article><h3><a href='/{title}'>{title}</a></h3><p>A text about it.</p><footer>12 July 1945</footer></article>"
        )
    };
    let articles = ["Mill", "Rye", "Quay"].map(article).concat();
    let page = format!(
        "<html><body><main>{articles}</main><footer>Updated 3 May 2024</footer></body></html>"
    );
    let of = |title: &str| json!({"title": title, "date": "12 July 1945"});
    check("a.html", &page, &[of("Mill"), of("Rye"), of("Quay")]);
}

#[test]
fn first_row_of_a_table_without_a_header_is_a_record() {
    let row = |number: usize, title: &str, date: &str| {
        format!(
            "<tr><td>{number}</td><td><a href='/{number}'>{title}</a></td><td>{date}</td><td>ES.41//A,{number}</td></tr>"
        )
    };
    let rows = [row(1, "Carta", "1945-07-12"), row(2, "Plano", "1902"), row(3, "Actas", "1911")];
    let page = format!(
        "<html lang='es'><body><p>Resultados 1 a 3 de 3</p><table>{}</table></body></html>",
        rows.concat()
    );
    let of = |title: &str, date: &str| json!({"title": title, "date": date, "recipient": null});
    check("a.html", &page, &[of("Carta", "1945-07-12"), of("Plano", "1902"), of("Actas", "1911")]);
}

#[test]
fn header_of_links_that_sort_is_no_record() {
    let row = |title: &str, date: &str| {
        format!("<tr><td><a href='/{title}'>{title}</a></td><td>{date}</td></tr>")
    };
    let header =
        "<tr><td><a href='?sort=title'>Title</a></td><td><a href='?sort=date'>Date</a></td></tr>";
    let rows = [header.to_owned(), row("Mill", "1931"), row("Dam", "1932")].concat();
    let page = format!("<html><body><p>1 - 2 of 2</p><table>{rows}</table></body></html>");
    let of = |title: &str, date: &str| json!({"title": title, "date": date});
    check("a.html", &page, &[of("Mill", "1931"), of("Dam", "1932")]);
}

#[test]
fn numbers_alone_above_the_titles_are_none() {
    let record = |number: usize, title: &str| {
        format!("{number}.\n{title}\nDate: 12 July 1945\nReference: MS 41/{number}\n\n")
    };
    let records: String =
        (1..=3).zip(["Mill", "Rye", "Quay"]).map(|(at, it)| record(at, it)).collect();
    for head in
        ["", "Your search for \"mill\" found 3 records\n\n", "Search results\n3 records\n\n"]
    {
        let expected =
            ["Mill", "Rye", "Quay"].map(|it| json!({"title": it, "date": "12 July 1945"}));
        check("a.txt", &format!("{head}{records}"), &expected);
    }
}
