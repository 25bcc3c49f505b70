//! Lists of pages by what stands round their records: dashes, headings with years, labels without signs, counts of other
//! things. Each row is a page and what is read of it.

use fonds::formats::read::{self, ReadOptions};
use fonds::load::page_merger::{MergedPages, PageMerger};

use crate::field_meanings::objects;

/// Parses a text as a file of this name.
fn read_text(name: &str, text: &str) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read_with(name, &ReadOptions::default(), &mut text.as_bytes(), &mut merger).unwrap();
    merger.finish()
}

/// The records of a text, each as its date and its title.
fn records_of(name: &str, text: &str) -> Vec<String> {
    let merged = read_text(name, text);
    let shown = merged
        .records
        .iter()
        .map(|it| format!("{} | {}", it.record.date.text, it.record.title().unwrap_or_default()));
    shown.collect()
}

/// A page with three records, each made of a template with `DATE`, `TITLE` and `NUMBER`.
fn list(item: &str) -> String {
    const RECORDS: [(&str, &str, &str); 3] = [
        ("12 July 1945", "Letter", "1"),
        ("1902-1907", "Harbour", "2"),
        ("August 1911", "Recipes", "3"),
    ];
    let fill = |(date, title, number): (&str, &str, &str)| {
        item.replace("DATE", date).replace("TITLE", title).replace("NUMBER", number)
    };
    let items: String = RECORDS.into_iter().map(fill).collect();
    format!("<!DOCTYPE html><h1>Papers</h1><div class=list>{items}</div>")
}

const LISTED: [&str; 3] = ["12 July 1945 | Letter", "1902-1907 | Harbour", "August 1911 | Recipes"];

#[test]
fn dashes_beside_titles_are_no_open_ranges() {
    let rows = [
        "<li>DATE — <a href=/NUMBER>TITLE</a> (MS NUMBER)</li>",
        "<li>DATE - <a href=/NUMBER>TITLE</a></li>",
        "<li>DATE—<a href=/NUMBER>TITLE</a></li>",
        "<li><b>DATE</b> – <a href=/NUMBER>TITLE</a></li>",
        "<li><time>DATE</time> – <a href=/NUMBER>TITLE</a></li>",
        "<li><a href=/NUMBER>TITLE</a> - DATE</li>",
        "<li><a href=/NUMBER>TITLE</a> — <span>DATE</span></li>",
        "<li><a href=/NUMBER>TITLE</a> - DATE - MS NUMBER</li>",
        "<li><a href=/NUMBER>TITLE</a> — Keller, Anna — DATE</li>",
        "<div><h3><a href=/NUMBER>TITLE</a></h3><p>— DATE</p></div>",
        "<div><h3><a href=/NUMBER>TITLE</a></h3><p>DATE –</p></div>",
        "<p>DATE – <a href=/NUMBER>TITLE</a></p>",
    ];
    for item in rows {
        let page = list(item);
        assert_eq!(records_of("a.html", &page), LISTED, "{page}");
    }
    let open = "<!DOCTYPE html><ul><li><a href=/1>Papers</a><p>1902-</p></li><li><a href=/2>Dues</a><p>–1911</p></li>\
                <li><a href=/3>Maps</a><p>1902 –</p></li></ul>";
    assert_eq!(records_of("a.html", open), ["1902- | Papers", "–1911 | Dues", "1902 – | Maps"]);
}

#[test]
fn lists_without_links_are_read_with_a_warning() {
    let rows = [
        "<div><p class=date>DATE</p><h3>TITLE</h3></div>",
        "<div><h3>TITLE</h3><p class=date>DATE</p><p>A text.</p></div>",
        "<div><h3>TITLE</h3><p>A text.</p><p>Date: DATE</p></div>",
        "<div><time>DATE</time> <b>TITLE</b></div>",
        "<div><span class=date>DATE</span> <span class=title>TITLE</span></div>",
        "<div><h3><a href=#x>TITLE</a></h3><p class=date>DATE</p></div>",
        "<p><b>TITLE</b><br>Date: DATE</p>",
        "<article><h2>TITLE</h2><time>DATE</time></article>",
    ];
    for item in rows {
        let page = list(item);
        assert_eq!(records_of("a.html", &page), LISTED, "{page}");
        let merged = read_text("a.html", &page);
        let warns = merged.problems.iter().any(|it| it.message.contains("have no links"));
        assert!(warns, "{page}: {:?}", merged.problems);
    }
}

#[test]
fn labels_that_repeat_in_a_list_are_not_those_of_one_document() {
    for page in [
        // What happened.
        "<h1>The mill</h1><ol><li><time>12 July 1945</time><p>The mill was closed.</p></li><li><time>5 May 1946</time>\
         <p>It was opened again.</p></li></ol>",
        "<h1>The mill</h1><p>Author: Ida Roth</p><ol><li><time>12 July 1945</time><p>The mill was closed.</p></li>\
         <li><time>5 May 1946</time><p>It was opened again.</p></li></ol>",
        "<h1>The mill</h1><div class=timeline><div><h4>Closing</h4><p class=date>12 July 1945</p></div>\
         <div><h4>Opening</h4><p class=date>5 May 1946</p></div></div>",
        "<h1>The mill</h1><h2>On 12 July 1945 the mill was closed.</h2><p>All went home.</p><h2>On 5 May 1946 it was opened \
         again.</h2><p>Bread was baked.</p>",
        "<h1>Opening hours</h1><ul><li><time>24 December 2024</time></li><li><time>25 December 2024</time></li></ul>",
        // Titles that nothing shows.
        "<h1>Letters</h1><div><p>Keller to Weidl</p><p>Date: 12 July 1945</p></div><div><p>Roth to Weidl</p>\
         <p>Date: August 1945</p></div>",
        "<h1>Letters</h1><div><p>Keller to Weidl</p><p>Date: 12 July 1945</p><p>Reference: MS 1</p></div><div>\
         <p>Roth to Weidl</p><p>Date: August 1945</p><p>Reference: MS 2</p></div>",
    ] {
        let page = format!("<!DOCTYPE html>{page}");
        assert_eq!(records_of("a.html", &page), [""; 0], "{page}");
    }
    let one = "<!DOCTYPE html><h1>Letter to the mill</h1><p>Creator: Keller, Anna</p><p>Language: German</p>\
               <p>Place: Orla</p><div><p>Date: 12 July 1945</p></div><div><p>Date: 14 July 1945</p></div>";
    assert_eq!(read_text("a.html", one).records.len(), 1);
}

#[test]
fn days_below_years_are_read_whatever_is_round_them() {
    let expected = [
        "12 July 1945 | Keller to Weidl",
        "14 July 1945 | Weidl to Keller",
        "5 May 1946 | Roth to Weidl",
    ];
    for [year, end, item] in [
        ["<section><h2>YEAR</h2><ul>", "</ul></section>", "<li><a href=/N>DAY: TITLE</a></li>"],
        ["<section><h2>YEAR</h2>", "</section>", "<p><a href=/N>DAY: TITLE</a></p>"],
        ["<div class=year><h2>YEAR</h2><ul>", "</ul></div>", "<li>DAY: <a href=/N>TITLE</a></li>"],
        [
            "<div class=y><div class=head>YEAR</div>",
            "</div>",
            "<div class=e>DAY: <a href=/N>TITLE</a></div>",
        ],
        [
            "<details open><summary>YEAR</summary><ul>",
            "</ul></details>",
            "<li><a href=/N>DAY – TITLE</a></li>",
        ],
        ["<ul><li>YEAR<ul>", "</ul></li></ul>", "<li><a href=/N>DAY: TITLE</a></li>"],
        [
            "<section><div><h3>YEAR</h3><ol>",
            "</ol></div></section>",
            "<li><span>DAY</span> <a href=/N>TITLE</a></li>",
        ],
        ["<h2>YEAR</h2><ul>", "</ul>", "<li><a href=/N>TITLE</a> (DAY)</li>"],
        ["<h2>YEAR</h2><ul>", "</ul>", "<li><a href=/N>TITLE</a> <time>DAY</time></li>"],
        ["<article><h2>YEAR</h2><ul>", "</ul></article>", "<li><a href=/N>TITLE</a>, DAY</li>"],
    ] {
        let item = |day: &str, title: &str, number: &str| {
            item.replace("DAY", day).replace("TITLE", title).replace('N', number)
        };
        let page = format!(
            "<!DOCTYPE html><h1>Letters</h1>{}{}{}{end}{}{}{end}",
            year.replace("YEAR", "1945"),
            item("12 July", "Keller to Weidl", "1"),
            item("14 July", "Weidl to Keller", "2"),
            year.replace("YEAR", "1946"),
            item("5 May", "Roth to Weidl", "3"),
        );
        assert_eq!(records_of("a.html", &page), expected, "{page}");
    }
    for page in [
        "<h1>Publications</h1><section><h2>2019</h2><ul><li><a href=/1>The mills of Orla</a></li><li><a href=/2>Harbours</a>\
         </li></ul></section><section><h2>2018</h2><ul><li><a href=/3>Bread</a></li></ul></section>",
        "<h1>Maps</h1><section><h2>1900s</h2><p><a href=/1>Map of Orla</a></p><p><a href=/2>Plan of the mill</a></p></section>\
         <section><h2>1910s</h2><p><a href=/3>Harbour</a></p></section>",
    ] {
        assert_eq!(records_of("a.html", &format!("<!DOCTYPE html>{page}")), [""; 0], "{page}");
    }
    let cards = "<!DOCTYPE html><div class=card><h4>1945</h4><h3><a href=/1>Letter</a></h3><ul><li><a href=/c>Cite</a></li>\
                 <li><a href=/s>Save</a></li></ul></div><div class=card><h4>1902</h4><h3><a href=/2>Harbour</a></h3>\
                 <ul><li><a href=/c>Cite</a></li><li><a href=/s>Save</a></li></ul></div>";
    assert_eq!(records_of("a.html", cards), ["1945 | Letter", "1902 | Harbour"]);
}

#[test]
fn kinds_and_extents_beside_dates_are_no_counts() {
    for line in [
        "MS 41-8 · Item · 1902-1907",
        "MS 41/8 · Item · 1902-1907",
        "A 8 | Dokument | 1902 - 1907",
        "8 · Item · 1902-1907",
        "8000 · Item · 1902–1907",
        "MS 8 • Record • 1902-1907",
        "8 items, 1902-1907",
        "8 letters, 1902–1907",
        "8000 documents, 1902-1907",
    ] {
        let page = format!(
            "<!DOCTYPE html><div><article><a href=/1>Letter</a><p>MS 1 · Item · 12 July 1945</p></article>\
             <article><a href=/2>Harbour</a><p>{line}</p></article></div>"
        );
        let merged = read_text("a.html", &page);
        assert_eq!(merged.records.len(), 2, "{line}: {:?}", merged.problems);
        assert_eq!(merged.records[0].record.position, None, "{line}");
    }
    let text = "Letter to the mill\nMS 41-8 · Item · 1902-1907\nReturns.\n\nHarbour\nMS 41-9 · Item · 1911\nDues.\n";
    let expected = ["1902-1907 | Letter to the mill", "1911 | Harbour"];
    assert_eq!(records_of("a.txt", text), expected);
    assert_eq!(records_of("a.txt", &format!("1 - 2 of 2 results\n\n{text}")), expected);
}

/// The records of a copied page with these lines for each, in which `DATE`, `NAME` and `REF` are replaced.
fn copied(lines: &str) -> MergedPages {
    const RECORDS: [[&str; 4]; 3] = [
        ["Letter to the mill", "12 July 1945", "Keller, Anna", "MS 41/7"],
        ["Harbour dues", "1902-1907", "Weidl, Jonas", "MS 41/8"],
        ["Recipes for bread", "August 1911", "Roth, Ida", "MS 41/9"],
    ];
    let mut text = "1 - 3 of 3 results\n\n".to_owned();
    for [title, date, name, reference] in RECORDS {
        let lines = lines.replace("DATE", date).replace("NAME", name).replace("REF", reference);
        text.extend([title, "\n", &lines, "\n\n"]);
    }
    read_text("a.txt", &text)
}

#[test]
fn copied_labels_need_no_sign_behind_them() {
    use fonds::record::Field;
    for lines in [
        "Creator NAME\nDate created DATE\nReference REF",
        "Date created DATE\nCreator NAME\nCall number REF",
        "Date DATE\nCreator NAME\nReference REF",
        "Creation date  DATE\nCreator  NAME\nReference  REF",
        "Datum DATE\nVerfasser NAME\nSignatur REF",
        "Published DATE\nAuthor NAME\nShelfmark REF",
        "Sender NAME\nSent DATE\nReference REF",
        "Date DATE\nSubjects rye; mills\nCreator NAME\nReference REF",
        "CreatorNAME\nDateDATE\nReferenceREF\nDescriptionOn the price of rye.",
        "Author: NAME / Date: DATE / Shelfmark: REF",
        "Author: NAME - Date: DATE - Shelfmark: REF",
        "Author: NAME — Date: DATE — Shelfmark: REF",
        "Author: NAME Date: DATE Shelfmark: REF Type: Letter",
        "Author: NAME Type: Letter Date: DATE Extent: 2 leaves Shelfmark: REF.",
    ] {
        let merged = copied(lines);
        let of = |it: &fonds::record::SourcedRecord| {
            let field = |field| it.record.first(field).unwrap_or_default().to_owned();
            let shelf = field(Field::ReferenceCode) + &field(Field::Id);
            [it.record.date.text.clone(), field(Field::Creator), shelf].join(" | ")
        };
        let found: Vec<String> = merged.records.iter().map(of).collect();
        let expected = [
            "12 July 1945 | Keller, Anna | MS 41/7",
            "1902-1907 | Weidl, Jonas | MS 41/8",
            "August 1911 | Roth, Ida | MS 41/9",
        ];
        assert_eq!(found, expected, "{lines}: {:?}", merged.problems);
    }
}

#[test]
fn only_messages_say_that_a_page_is_empty() {
    let page = |text: &str| {
        format!("<!DOCTYPE html><body><p>{}</p></body>", text.replace('\n', "</p><p>"))
    };
    let message = |name: &str, text: &str| {
        let merged = read_text(name, text);
        assert_eq!(merged.records.len(), 0, "{text}");
        merged.problems.first().map(|it| it.message.clone()).unwrap_or_default()
    };
    for text in [
        "404 results\nLetter to the mill\nOn rye.",
        "Anna Keller\nMS 404\nletters, not dated",
        "Box 403: letters of Weidl\nBox 404: letters of Roth",
        "Letter to the mill\nThe original is no longer available.",
        "Keller to Weidl\nThere were no matches in the house.\nThe lamp was dark.",
        "Kennwort\nThe word that the guards of Orla said at night.",
        "404\nLetter to the mill\nOn rye.",
        "No results: a novel\nby Ida Roth",
        "No records of the mill were kept\nKeller to Weidl",
        "The password\nPassword",
        "He was not a robot\nand not a captain",
        "Error 404: a novel\nby Ida Roth",
    ] {
        for (name, text) in [("a.txt", text.to_owned()), ("a.html", page(text))] {
            let found = message(name, &text);
            assert!(found.starts_with("no record was found"), "{name}: {text}: {found}");
        }
    }
    for (text, part) in [
        ("Search\nNo results for “Orla mill”.", "nothing was found"),
        ("Sorry, no results found.\nTry other words.", "nothing was found"),
        ("Your search - Orla mill - did not match any documents.", "nothing was found"),
        ("Ihre Suche nach Mühle ergab keine Treffer.", "nothing was found"),
        ("There are no items to display.", "nothing was found"),
        ("404\nSorry, we cannot find this page.", "nothing at its address"),
        ("Error 404\nHome", "nothing at its address"),
        ("404 - Page not found\nHome", "nothing at its address"),
        ("Oops! The page you requested could not be found.", "nothing at its address"),
        ("Die angeforderte Seite wurde nicht gefunden.", "nothing at its address"),
        ("Reading room\nUser name\nPassword:\nLog in", "asks for a password"),
        ("Anmeldung\nBenutzername\nKennwort *", "asks for a password"),
        ("Please enable JavaScript to continue.", "asks for JavaScript"),
    ] {
        for (name, text) in [("a.txt", text.to_owned()), ("a.html", page(text))] {
            let found = message(name, &text);
            assert!(found.contains(part), "{name}: {text}: {found}");
        }
    }
    let with_list = "<!DOCTYPE html><h1>Page not found</h1><ul><li><a href=/1>Letters of Keller</a></li>\
                     <li><a href=/2>Letters of Weidl</a></li></ul>";
    let found = message("a.html", with_list);
    assert!(found.contains("nothing at its address") && found.contains("--records"), "{found}");
    let with_count =
        with_list.replace("Page not found", "404 letters, of which these are the first");
    let found = message("a.html", &with_count);
    assert!(found.starts_with("no record was found") && found.contains("--records"), "{found}");
}

/// The records of a text as JSON Lines.
fn json_of(name: &str, text: &str) -> String {
    let merged = read_text(name, text);
    let mut text = Vec::new();
    for sourced in &merged.records {
        fonds::formats::write::write_object(&mut text, &sourced.record).unwrap();
        text.push(b'\n');
    }
    String::from_utf8(text).unwrap()
}

#[test]
fn property_lists_behind_messages_are_no_text_of_them() {
    let head = "From: Anna <a@b.example>\nDate: Thu, 12 Jul 2001 10:00:00 +0200\nSubject: Plan\nMessage-ID: <1@b.example>\n\n";
    let list = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
                \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict><key>flags</key>\
                <integer>8590195713</integer></dict></plist>\n";
    for (body, summary) in [
        ("Body.\n", "Body."),
        (
            "See <?xml version=\"1.0\"?><plist><dict/></plist>\n",
            "See <?xml version=\\\"1.0\\\"?><plist><dict/></plist>",
        ),
    ] {
        for start in [format!("{}\n", head.len() + body.len()), "111       \n".to_owned()] {
            let json = json_of("a.emlx", &format!("{start}{head}{body}{list}"));
            assert!(json.contains(&format!("\"summary\":\"{summary}\"")), "{json}");
        }
    }
    let plain = json_of("a.eml", &format!("{head}Body.\n{list}"));
    assert!(plain.contains("plist"), "{plain}");
}

#[test]
fn references_of_notes_and_flags_of_dates_stay_apart() {
    let note = "---\ntitle: My paper\nauthor: Marta\nreferences:\n- id: k1\n  title: Letter to Weidl\n  issued: 1945\n\
                - id: k2\n  title: Harbour dues\n---\nText.\n";
    let json = json_of("a.md", note);
    assert!(!json.contains("reference_code"), "{json}");
    assert!(json.contains("\"references.title\":[\"Letter to Weidl\",\"Harbour dues\"]"), "{json}");
    let of_text = json_of("a.md", "---\ntitle: Letter\nreference: MS 41/7\n---\nText.\n");
    assert!(of_text.contains("\"reference_code\":\"MS 41/7\""), "{of_text}");
    for (issued, date) in [
        ("\n  - year: 1930\n    circa: 1", "1930~"),
        ("{year: 1930, month: 3, circa: true}", "1930-03~"),
        ("[{year: 1930, circa: 1}]", "1930~"),
        ("\n  - year: 1930\n    circa: false", "1930"),
        ("{year: 1930, season: 2}", "1930-22"),
        ("[{year: 1930, circa: 1}, {year: 1932}]", "1930~/1932~"),
    ] {
        let list = format!(
            "---\nreferences:\n- id: w1\n  type: book\n  title: Plan\n  issued: {issued}\n...\n"
        );
        let json = json_of("a.yaml", &list);
        assert!(json.contains(&format!("\"date\":\"{date}\"")), "{issued}: {json}");
    }
}

#[test]
fn news_below_an_article_are_no_records() {
    let news = "Storm over Orla\n2 March 2021\n\nThe harbour\n1 March 2021\n";
    let text = "In the summer of 1945 Anna Keller wrote to Jonas Weidl about the mill.";
    for (line, heading) in [
        ("Posted on 3 March 2021 by Ida Roth", "Recent posts"),
        ("3 March 2021 | Ida Roth", "Related articles"),
        ("3 March 2021 · 5 min read", "Related"),
        ("Updated: 3 March 2021", "More news"),
        ("Ida Roth, Wednesday, 3 March 2021, 10:00", "Read next"),
        ("Zuletzt geändert am 3. März 2021", "Mehr zum Thema"),
        ("Publié le 3 mars 2021 par Ida Roth", "À lire aussi"),
        ("Ida Roth", "More stories"),
        ("The mill of Orla in the valley was closed in that year.", "Latest news"),
        ("3 March 2021", "You may also like"),
    ] {
        let page = format!("The closing of the mill\n\n{line}\n\n{text}\n\n{heading}\n{news}");
        assert_eq!(records_of("a.txt", &page), [""; 0], "{page}");
    }
    let results = format!("{text}\n\nRecently added\n\n{news}");
    assert_eq!(records_of("a.txt", &results).len(), 2);
}

#[test]
fn a_document_above_similar_ones_is_refused() {
    let others = "Harbour dues\nby: Weidl, Jonas\nPublished: (1902-1907)\nRecipes for bread\nby: Roth, Ida\n\
                  Published: (August 1911)\n";
    for heading in [
        "Similar Items",
        "Related documents",
        "See also",
        "Ähnliche Einträge",
        "Documents similaires",
    ] {
        for start in ["", "Skip to main content\n", "Orla Archive\n\nHome\nBrowse\n\n"] {
            let page = format!(
                "{start}Letter to the mill\n\nDate:\n12 July 1945\nAuthor:\nKeller, Anna\nCall number:\nMS 41/7\n\n{heading}\n\n{others}"
            );
            let merged = read_text("a.txt", &page);
            assert_eq!(merged.records.len(), 0, "{page}");
            assert!(merged.problems[0].message.contains("a page about one document"), "{page}");
        }
    }
}

#[test]
fn a_table_with_broken_headings_is_no_document() {
    let page = "Skip to main content\nOrla Archive\n\nHome\nBrowse\nLog in\n\nFindmittel / Finding aid\n\nSignatur\nShelfmark\tTitel\nTitle\tDatum\nDate\tVerfasser\nAuthor\n\
                MS 41/7\tLetter\t12 July 1945\tKeller, Anna\nMS 41/8\tHarbour\t1902-1907\tWeidl, Jonas\n\n© 2024 Orla Archive\n\nPrivacy\nContact us\n";
    let merged = read_text("a.txt", page);
    assert_eq!(merged.records.len(), 0, "{:?}", merged.records);
    assert!(merged.problems[0].message.starts_with("no record was found"), "{:?}", merged.problems);
}

#[test]
fn lives_stay_behind_names_and_sentences_are_named() {
    let page = "3 results\n\nKeller, Anna (1889-1950)\nShelfmark: MS 41/7\n\nWeidl, Jonas (1880-1946)\nShelfmark: MS 41/8\n\n\
                Letter to the mill (12 July 1945)\nShelfmark: MS 41/9\n";
    let expected = [
        " | Keller, Anna (1889-1950)",
        " | Weidl, Jonas (1880-1946)",
        "12 July 1945 | Letter to the mill",
    ];
    assert_eq!(records_of("a.txt", page), expected);
    for page in [
        "Chronik\n\n1945\n12. Juli: Die Mühle wird geschlossen\n14. Juli: Der Rat tritt zusammen\n\n1946\n5. Mai: Die Mühle wird wieder geöffnet\n",
        "1945\nThe mill was closed.\nThe rye was lost.\n\n1946\nThe mill was opened again.\n",
    ] {
        let merged = read_text("a.txt", page);
        assert!(
            merged.problems.iter().any(|it| it.message.contains("may tell what happened")),
            "{page}: {:?}",
            merged.problems
        );
    }
    let letters = "1945\n\n12 July: Keller to Weidl\n14 July: Weidl to Keller, on rye\n\n1946\n\n5 May: Roth to Weidl\n";
    assert!(!read_text("a.txt", letters).problems.iter().any(|it| it.message.contains("happened")));
    let first = "1 - 3 of 3\n\nSubject\nDrawing 4\n\nDate: 1945\nCreator: Keller, Anna\n\nHarbour 7\n\nDate: 1902\n\
                 Creator: Weidl, Jonas\n\nMap 9\n\nDate: 1911\nCreator: Roth, Ida\n";
    assert_eq!(
        records_of("a.txt", first),
        ["1945 | Drawing 4", "1902 | Harbour 7", "1911 | Map 9"]
    );
}

#[test]
fn sentences_that_begin_with_the_name_of_a_field_stay_summaries() {
    for start in [
        "From Keller to Weidl, on",
        "Description of the mill and",
        "Notes on tar and",
        "Subject matter is",
    ] {
        let page = format!(
            "Letter to the mill\nDate 12 July 1945\n{start} rye.\n\nHarbour dues\nDate 1902-1907\n{start} tar.\n\n\
             Recipes for bread\nDate August 1911\n{start} bread.\n"
        );
        let merged = read_text("a.txt", &page);
        for found in objects(&merged) {
            assert!(!found.contains_key("creator") && !found.contains_key("subjects"), "{found:?}");
            let summary = found.get("summary").and_then(|it| it.as_str()).unwrap_or(start);
            assert!(summary.starts_with(start), "{found:?}");
        }
    }
}

#[test]
fn references_behind_dates_and_long_dashes_are_no_part_of_dates() {
    for item in [
        "<li><strong>TITLE</strong>, DATE (MS NUMBER)</li>",
        "<li><a href=/NUMBER>TITLE</a>, DATE (MS NUMBER)</li>",
        "<li><a href=/NUMBER>TITLE</a> DATE [MS NUMBER]</li>",
        "<li><a href=/NUMBER>TITLE</a> \u{2015} DATE</li>",
        "<li>DATE \u{2015} <a href=/NUMBER>TITLE</a></li>",
    ] {
        let page = list(item);
        assert_eq!(records_of("a.html", &page), LISTED, "{page}");
        let merged = read_text("a.html", &page);
        let references = merged
            .records
            .iter()
            .filter(|it| it.record.first(fonds::record::Field::ReferenceCode).is_some());
        assert_eq!(references.count(), if item.contains("MS") { 3 } else { 0 }, "{page}");
    }
}

#[test]
fn messages_of_servers_and_fields_to_log_in_are_told_apart() {
    let login = "<form><input name=user><input type=password><button>Log in to your account</button></form>";
    for (body, expected) in [
        (
            "<h1>Not Found</h1><p>The requested URL /x was not found on this server.</p><hr><address>Apache/2.4.41 (Ubuntu) Server at a.example Port 443</address>",
            "nothing at its address",
        ),
        (
            "<center><h1>404 Not Found</h1></center><hr><center>nginx/1.18.0</center>",
            "nothing at its address",
        ),
        (
            "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.18.0</center>",
            "a message of its server",
        ),
        ("<h1>403 Forbidden</h1><hr>nginx", "a message of its server"),
        (
            "<h1>Internal Server Error</h1><p>The server encountered an internal error.</p>",
            "a message of its server",
        ),
        (
            "<h1>Your session has expired</h1><p>Please start a new search.</p>",
            "a message of its server",
        ),
        (
            "<h1>Catalog</h1><p>No results found!</p><p>No results match your search for rye.</p>LOGIN",
            "nothing was found",
        ),
        ("<h1>Members</h1><p>Please log in.</p>LOGIN", "asks for a password"),
        (
            "<h1>Forbidden letters of Orla</h1><p>They were kept in a box.</p>",
            "no record was found in this page",
        ),
        (
            "<h1>The mill</h1><p>The mill was built by Anna Keller. It has two stones.</p><p>Nobody knows why it was closed in that year.</p>LOGIN",
            "no record was found in this page",
        ),
    ] {
        let page = format!("<!DOCTYPE html><body>{}</body>", body.replace("LOGIN", login));
        let merged = read_text("a.html", &page);
        assert_eq!(merged.records.len(), 0, "{page}");
        let said = merged.problems.first().map(|it| it.message.clone()).unwrap_or_default();
        assert!(said.contains(expected), "{page}: {said}");
    }
}

#[test]
fn years_with_the_number_of_their_records_are_headings() {
    for [open, close] in [["<summary>", "</summary>"], ["<h2>", "</h2>"]] {
        for count in ["", " (2)", " [2]"] {
            let part = |year: &str, items: &str| {
                format!("<details>{open}{year}{count}{close}<ul>{items}</ul></details>")
            };
            let item = |at: u8, text: &str| format!("<li><a href=/{at}>{text}</a></li>");
            let first =
                [item(1, "12 July: Keller to Weidl"), item(2, "14 July: Weidl to Keller")].concat();
            let second =
                [item(3, "5 May: Roth to Weidl"), item(4, "6 May: Weidl to Roth")].concat();
            let page = format!(
                "<!DOCTYPE html><h1>Letters</h1>{}{}",
                part("1945", &first),
                part("1946", &second)
            );
            let expected = [
                "12 July 1945 | Keller to Weidl",
                "14 July 1945 | Weidl to Keller",
                "5 May 1946 | Roth to Weidl",
                "6 May 1946 | Weidl to Roth",
            ];
            assert_eq!(records_of("a.html", &page), expected, "{page}");
        }
    }
}
