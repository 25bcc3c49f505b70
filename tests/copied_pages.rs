//! Copied pages by what stands between their records and round them: records without dates, feet, heads, labels below titles.

use fonds::formats::read::{self, ReadOptions};
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::Field;

/// Parses texts as pages of one search.
fn read_pages(pages: &[(&str, &str)]) -> MergedPages {
    let mut merger = PageMerger::new();
    for (name, text) in pages {
        read::read_with(name, &ReadOptions::default(), &mut text.as_bytes(), &mut merger).unwrap();
    }
    merger.finish()
}

fn read_text(text: &str) -> MergedPages {
    read_pages(&[("a.txt", text)])
}

/// The records of a text, each as its date and its title.
fn records_of(text: &str) -> Vec<String> {
    let merged = read_text(text);
    let shown = merged
        .records
        .iter()
        .map(|it| format!("{} | {}", it.record.date.text, it.record.title().unwrap_or_default()));
    shown.collect()
}

/// The messages of a text.
fn messages_of(text: &str) -> Vec<String> {
    read_text(text).problems.iter().map(|it| it.message.clone()).collect()
}

/// A page of records, each made of a template with `TITLE`, `DATE`, `REF`, `NAME` and `TEXT`.
fn page(item: &str) -> String {
    let records = [
        ["Letter to the mill", "12 July 1945", "MS 41/7", "Keller, Anna", "On rye."],
        ["Harbour dues", "1902-1907", "MS 41/8", "Weidl, Jonas", "Returns."],
        ["Recipes", "August 1911", "MS 41/9", "Roth, Ida", "Two leaves."],
    ];
    records.iter().map(|record| fill(item, *record)).collect()
}

fn fill(item: &str, [title, date, reference, name, text]: [&str; 5]) -> String {
    let item = item.replace("TITLE", title).replace("DATE", date).replace("REF", reference);
    item.replace("NAME", name).replace("TEXT", text)
}

const LISTED: [&str; 3] =
    ["12 July 1945 | Letter to the mill", "1902-1907 | Harbour dues", "August 1911 | Recipes"];

#[test]
fn records_without_dates_stay_records() {
    // A record with a date, the same without, and whether the page must count them.
    let rows = [
        ("TITLE\nREF · Item · DATE\nTEXT\n\n", "TITLE\nREF · Item\nTEXT\n\n", false),
        ("TITLE\nREF · Item · DATE\nTEXT\n", "TITLE\nREF · Item\nTEXT\n", false),
        (
            "TITLE\nREF · DATE\nPart of Keller papers\n\n",
            "TITLE\nREF\nPart of Keller papers\n\n",
            false,
        ),
        ("TITLE\nAdd to list\nREF · Item · DATE\n", "TITLE\nAdd to list\nREF · Item\n", false),
        ("TITLE\nBy NAME\nDATE\n\n", "TITLE\nBy NAME\n\n", false),
        ("TITLE\nREF | DATE | NAME\n\n", "TITLE\nREF | NAME\n\n", false),
        ("TITLE\nNAME | DATE\nTEXT\n\n", "TITLE\nNAME | Orla\nTEXT\n\n", false),
        ("TITLE (DATE)\nREF\n\n", "TITLE\nREF\n\n", true),
        ("TITLE, DATE\nTEXT\n\n", "TITLE\nTEXT\n\n", true),
        ("TITLE, DATE\nTEXT\n", "TITLE\nTEXT\n", true),
        ("TITLE\nDate: DATE\nTEXT\n\n", "TITLE\nTEXT\n\n", true),
        ("TITLE\nDATE\nTEXT\n\n", "TITLE\nTEXT\n\n", true),
    ];
    let undated = ["Plan of the lock", "", "MS 41/10", "Roth, Emil", "One sheet."];
    for (dated, bare, must_count) in rows {
        let mut records: Vec<String> = page(&format!("{dated}\u{1}"))
            .split('\u{1}')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect();
        records.insert(1, fill(bare, undated));
        let text = records.concat();
        let counts = ["4 results\n\n", "Showing 1 to 4 of 4\n\n", "1 - 4 of 41\n\n", ""];
        for count in counts.iter().take(if must_count { 3 } else { 4 }) {
            let text = format!("{count}{text}");
            let mut expected: Vec<&str> = LISTED.to_vec();
            expected.insert(1, " | Plan of the lock");
            assert_eq!(records_of(&text), expected, "{text}");
            let creators =
                |it: &fonds::record::SourcedRecord| it.record.all(Field::Creator).count();
            assert!(read_text(&text).records.iter().all(|it| creators(it) < 2), "{text}");
        }
        if must_count && !records_of(&text).is_empty() {
            let said = messages_of(&text).join("\n");
            assert!(
                said.contains("“Plan of the lock” may be the title of a record"),
                "{text}: {said}"
            );
        }
    }
}

#[test]
fn paragraphs_of_summaries_are_no_records() {
    for count in ["", "3 results\n\n", "1 - 3 of 41\n\n"] {
        for item in [
            "TITLE\nREF · Item · DATE\nTEXT\n\nOne leaf is torn.\n\n",
            "TITLE, DATE\nTEXT\n\n",
            "TITLE\nDATE\n\nTEXT\n\n",
            "TITLE\nREF · Item · DATE\nPart of Keller papers\nTEXT\nREF is a copy.\n\n",
        ] {
            let text = format!("{count}{}", page(item));
            assert_eq!(records_of(&text), LISTED, "{text}");
        }
    }
}

const FEET: [&str; 16] = [
    "Orla Archive\n\nCopyright 2014-2024\n\nPrivacy\n",
    "Orla Archive\n\n© 2024\n\nPrivacy\n",
    "Orla Archive\n\nCopyright © 2014-2024\n",
    "Copyright 2024\n",
    "Orla Archive\n\nTel. 974 847 240\n\nPrivacy\n",
    "Tel: +420 974 847 240\n",
    "Orla Archive\n\n974 847 240\n\nPrivacy\n",
    "Orla Archive\n\n+420 974 847 240\n\nPrivacy\n",
    "Orla Archive\n\nLast updated 3 March 2024\n\nPrivacy\n",
    "Updated: 3 March 2024\n",
    "Last modified: 2024-03-03\n",
    "Orla Archive\n\nEst. 1902\n\nPrivacy\n",
    "Orla Archive\n\nFounded in 1902\n\nPrivacy\n",
    "Orla Archive\n\n1902–2024\n\nPrivacy\n",
    "Orla Archive\n\n3 March 2024\n\nPrivacy\n",
    "Orla Archiv\n\nZuletzt aktualisiert am 3. März 2024\n\nImpressum\n",
];

#[test]
fn dates_in_the_foot_of_a_page_are_none_of_records() {
    let items = [
        "TITLE\nREF · Item · DATE\nTEXT\n\n",
        "TITLE\nDATE | NAME\n\n",
        "TITLE, DATE\nTEXT\n\n",
        "TITLE\nDATE\nTEXT\n\n",
        "TITLE\nDate: DATE\nReference: REF\n\n",
    ];
    for item in items {
        for count in ["Results 1 to 3 of 41\n\n", "1 - 3 of 3\n\n", "3 results\n\n", ""] {
            for foot in FEET {
                let text = format!("{count}{}{foot}", page(item));
                assert_eq!(records_of(&text), LISTED, "{text}");
            }
        }
    }
}

#[test]
fn links_and_feet_below_the_last_record_are_no_titles() {
    for foot in [
        "1 2 3 Next\nPrivacy policy\n",
        "© 2024 Orla Archive\nPrivacy\n",
        "Copyright © 2014-2024\nPrivacy\n",
    ] {
        let text = format!("1 - 4 of 41\n\n{}{foot}", page("TITLE\nDATE\nTEXT\n\n"));
        assert_eq!(records_of(&text), LISTED, "{text}");
        assert!(!messages_of(&text).join("\n").contains("may be the title"), "{text}");
    }
    let news = "The mill\n\n12 July 1945\n\nThe mill was closed and all went home.\n\nMore stories\n\nStorm over Orla\n\n2 March 2021\n";
    assert_eq!(records_of(news), [""; 0]);
}

#[test]
fn records_that_begin_like_a_foot_stay_records() {
    for text in [
        "1 - 3 of 3\n\nLetter\n12 July 1945\n\nDues\n1902\n\nFounded by Keller\n1911\n",
        "1 - 3 of 3\n\n12 July 1945\n\nLetter\n\n1902\n\nDues\n\n1911\n\nMaps\n",
        "July 12, 1945\n\nLetter\n\n1902\n\nDues\n\n1911\n\nMaps\n",
    ] {
        assert_eq!(records_of(text).len(), 3, "{text}");
    }
}

#[test]
fn lines_above_the_first_title_shift_no_titles() {
    let items = [
        "TITLE\nDATE\nTEXT\n",
        "TITLE\nREF · Item · DATE\nTEXT\n",
        "TITLE\nDATE · REF\nTEXT\n",
        "TITLE\nAdd to list\nREF · Item · DATE\nTEXT\n",
        "TITLE\nREF · DATE\nPart of Keller papers\nTEXT\n",
    ];
    for item in items {
        for head in [
            "Sorted by relevance\n",
            "Archival description\n",
            "View: list\n",
            "Clear all\nSorted by date\n",
        ] {
            for count in ["3 documents\n", "1 - 3 of 41\n"] {
                let text = format!("{count}{head}{}", page(item));
                assert_eq!(records_of(&text), LISTED, "{text}");
            }
        }
    }
}

#[test]
fn the_first_day_of_a_page_is_a_record() {
    for days in [
        ["12 July 1945", "August 1911", "May 1912"],
        ["12. Juli 1945", "1911", "Mai 1912"],
        ["1945-07-12", "1911-08", "1912"],
        ["12 July 1945", "14 July 1945", "1902-1907"],
    ] {
        let mut text = String::new();
        for (day, title) in days.iter().zip(["Letter", "Recipes", "Dues"]) {
            text.extend([day, "\n", title, "\nTwo leaves.\n"]);
        }
        let expected = [
            format!("{} | Letter", days[0]),
            format!("{} | Recipes", days[1]),
            format!("{} | Dues", days[2]),
        ];
        assert_eq!(records_of(&text), expected, "{text}");
    }
}

#[test]
fn labels_below_titles_whose_dates_lead_are_fields() {
    for (item, count) in [
        ("DATE\nTITLE\nAuthor: NAME\nReference: REF\nTEXT\n\n", "1 - 3 of 41\n\n"),
        ("DATE\nTITLE\nReference: REF\nAuthor: NAME\n\n", "3 results\n\n"),
        ("DATE\nTITLE\nCreator: NAME\nTEXT\nShelfmark: REF\n\n", ""),
    ] {
        let merged = read_text(&format!("{count}{}", page(item)));
        let fields = |it: &fonds::record::SourcedRecord| {
            let of = |field| it.record.first(field).unwrap_or_default().to_owned();
            [of(Field::Title), of(Field::Creator), of(Field::ReferenceCode)].join(" | ")
        };
        let found: Vec<String> = merged.records.iter().map(fields).collect();
        let expected = [
            "Letter to the mill | Keller, Anna | MS 41/7",
            "Harbour dues | Weidl, Jonas | MS 41/8",
            "Recipes | Roth, Ida | MS 41/9",
        ];
        assert_eq!(found, expected, "{item}");
    }
}

#[test]
fn holders_below_all_dates_are_no_titles() {
    for item in [
        "TITLE\n\nNAME\n\nDATE\n\nOrla State Library\n\n",
        "TITLE\n\nDATE\n\nOrla State Library\n\n",
        "TITLE\nDATE\nOrla State Library\n\n",
    ] {
        for count in ["1 - 3 of 41\n\n", "3 results\n\n"] {
            let text = format!("{count}{}", page(item));
            assert_eq!(records_of(&text), LISTED, "{text}");
        }
    }
}

#[test]
fn numbers_of_rows_before_labels_are_left_out() {
    for number in ["N\t", "N.\t"] {
        let mut text = "1 - 3 of 3\n\n".to_owned();
        for (at, record) in
            page("Title:\tTITLE\nDate:\tDATE\nCreator:\tNAME\n\u{1}").split('\u{1}').enumerate()
        {
            if !record.is_empty() {
                text += &number.replace('N', &(at + 1).to_string());
                text += record;
            }
        }
        assert_eq!(records_of(&text), LISTED, "{text}");
    }
}

#[test]
fn stories_with_captions_are_refused() {
    for text in [
        "How the mill was lost\n\n12 July 1945\n\nThat morning Anna Keller found the gates shut. She wrote to Weidl.\n\n\
         The mill in 1930\n\n14 July 1945\n\nWeidl answered that nothing could be done before August.\n\n5 May 1946\n\n\
         The mill was sold, and the rye was lost.\n",
        "The history of the mill\n\nBy Ida Roth\n\n1902\n\nThe mill is built by Anna Keller. It has two stones.\n\n\
         The mill in 1902\n\n1911\n\nFire destroys the roof.\n\n1945\n\nThe mill is closed for good.\n",
        "Orla Archive\n\nHome\nSearch\n\nHow the mill was lost\n\nBy Ida Roth, 3 March 2021\n\n12 July 1945\n\n\
         That morning Anna Keller found the gates shut.\n\nThe mill in 1930\n\n14 July 1945\n\nWeidl answered that nothing \
         could be done.\n\n5 May 1946\n\nThe mill was sold.\n\nRead more\n\nBread in Orla\nThe harbour\n",
    ] {
        assert_eq!(records_of(text), [""; 0], "{text}");
    }
}

/// The titles, references and addresses of two pages of one search.
fn merged(first: [&str; 2], second: [&str; 2]) -> usize {
    let item = |[reference, url]: [&str; 2]| {
        format!(
            "<li><a href=\"{url}\">Letter to Weidl</a><p>1945</p><p>Reference: {reference}</p><p>One leaf.</p></li>"
        )
    };
    let list = |count: &str, records: &[String]| {
        format!("<!DOCTYPE html><h1>Papers</h1><p>{count}</p><ul>{}</ul>", records.concat())
    };
    let other = |number: u8| {
        format!(
            "<li><a href=\"https://a.example/doc/9{number}\">Map {number}</a><p>191{number}</p><p>Reference: M {number}</p></li>"
        )
    };
    let pages = [
        list("1 - 3 of 41", &[item(first), other(1), other(2)]),
        list("4 - 6 of 41", &[item(second), other(3), other(4)]),
    ];
    read_pages(&[("1.html", &pages[0]), ("2.html", &pages[1])]).records.len()
}

#[test]
fn records_with_other_references_on_two_pages_are_two() {
    let same = ["MS 41/1", "https://a.example/doc/1"];
    assert_eq!(merged(same, same), 5);
    assert_eq!(merged(same, ["MS 41/4", "https://a.example/doc/4"]), 6);
    assert_eq!(merged(same, ["MS 41/4", "https://a.example/doc/1"]), 6);
    assert_eq!(merged(same, ["MS 41/1", "https://a.example/doc/1?pos=4&q=rye"]), 5);
}

/// The number of records of two pages of two records each, whose middle ones are one with these addresses.
fn merged_addresses(first: &str, second: &str, counts: [&str; 2]) -> usize {
    let page = |count: &str, [one, other]: [(&str, &str); 2]| {
        let item = |(title, url): (&str, &str)| {
            format!("<li><a href=\"{url}\">{title}</a><p>1902</p><p>Returns.</p></li>")
        };
        let (one, other) = (item(one), item(other));
        format!("<!DOCTYPE html><h1>Papers</h1><p>{count}</p><ul>{one}{other}</ul>")
    };
    let pages = [
        page(counts[0], [("Letter", "/doc/7"), ("Harbour dues", first)]),
        page(counts[1], [("Harbour dues", second), ("Plan of the lock", "/doc/9")]),
    ];
    read_pages(&[("1.html", &pages[0]), ("2.html", &pages[1])]).records.len()
}

#[test]
fn addresses_of_one_document_are_no_difference() {
    let (overlapping, following) = (["1 - 2 of 4", "2 - 3 of 4"], ["1 - 2 of 4", "3 - 4 of 4"]);
    for (first, second) in [
        ("/doc/8", "https://a.example/doc/8"),
        ("doc/8", "https://a.example/search/doc/8"),
        ("./doc/8", "doc/8"),
        ("../doc/8", "/doc/8"),
        ("//a.example/doc/8", "https://a.example/doc/8"),
        ("http://a.example/doc/8", "https://www.a.example/doc/8/"),
        ("https://a.example:443/doc/8", "https://A.example/doc/8"),
        ("/doc/8;jsessionid=A1", "/doc/8;jsessionid=B2?hit=3"),
        ("/en/doc/8", "/de/doc/8"),
        ("https://a.example/en-GB/doc/8", "https://a.example/doc/8"),
        ("/show?id=8&page=1", "https://a.example/show?page=2&id=8"),
    ] {
        assert_eq!(merged_addresses(first, second, overlapping), 3, "{first} {second}");
        assert_eq!(merged_addresses(first, second, following), 3, "{first} {second}");
    }
    for (first, second) in [
        ("/doc/8", "/doc/80"),
        ("/doc/8", "https://a.example/doc/80"),
        ("https://a.example/doc/8", "https://b.example/doc/8"),
        ("/doc/8;part=1", "/doc/8;part=2"),
        ("/show?id=8", "/show?id=80"),
        ("/letters/8", "/maps/8"),
    ] {
        // At one position of a list there is one document.
        assert_eq!(merged_addresses(first, second, overlapping), 3, "{first} {second}");
        assert_eq!(merged_addresses(first, second, following), 4, "{first} {second}");
    }
}

#[test]
fn a_page_with_as_many_dates_as_it_says_has_no_other_records() {
    let text = |count: &str| {
        format!(
            "{count}Letter to the mill\nBy Keller, Anna\n12 July 1945\nOn rye.\n\nWith a second letter\nby Weidl, Jonas\n\n\
             Harbour dues\nBy Roth, Ida\n1902\nReturns.\n\nRecipes\nBy Roth, Ida\n1911\n"
        )
    };
    let dated = ["12 July 1945 | Letter to the mill", "1902 | Harbour dues", "1911 | Recipes"];
    assert_eq!(records_of(&text("Showing 3 results\n\n")), dated);
    assert_eq!(records_of(&text("1 - 3 of 3\n\n")), dated);
    let found = records_of(&text("Showing 4 results\n\n"));
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(found[1], " | With a second letter");
}

#[test]
fn titles_in_the_form_of_dates_stay_above_their_dates() {
    for (first, last) in [
        ("Est. 1902", "Est. 1911"),
        ("Since 1902", "Since 1911"),
        ("Est. 1902", "Recipes"),
        ("Spring 1902", "Recipes"),
    ] {
        let text = format!(
            "3 results\n\n{first}\n12 July 1945\nA sign.\n\nHarbour dues\n1902-1907\nReturns.\n\n{last}\n1911\nA sign of the mill.\n"
        );
        let expected = [
            format!("12 July 1945 | {first}"),
            "1902-1907 | Harbour dues".to_owned(),
            format!("1911 | {last}"),
        ];
        assert_eq!(records_of(&text), expected, "{text}");
    }
}

#[test]
fn lines_of_signs_part_records_and_are_no_text() {
    for rule in ["---", "* * *", "______", "=====", "———"] {
        let item = format!("Title: TITLE\nDate: DATE\nReference: REF\n{rule}\n");
        let text = page(&item);
        assert_eq!(records_of(&text), LISTED, "{text}");
        let own = read_text(&text).records.iter().filter(|it| !it.record.own.is_empty()).count();
        assert_eq!(own, 0, "{text}");
    }
}

#[test]
fn a_page_that_says_one_record_more_is_warned_of() {
    let text = |count: &str, foot: &str| {
        format!("{count}\n\n{}{foot}", page("TITLE\nREF · DATE\nTEXT\n\n"))
    };
    let said = |text: &str| messages_of(text).join("\n").contains("a record may be missing");
    assert!(said(&text("4 results", "")));
    for (count, foot) in [("3 results", ""), ("41 results", ""), ("4 results", "Next »\n")] {
        assert!(!said(&text(count, foot)), "{count} {foot}");
    }
}
