//! Results pages as text: every known page layout with the records that it holds.

use fonds::formats::read;
use fonds::formats::read::{Format, PageStart, ParserCache, RecordPart, Sink};
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::{Field, Problem, Record, Severity};
use proptest::prelude::*;

/// Parses texts as the files `a.txt`, `b.txt` ... and merges their pages.
pub(crate) fn parse_pages<B: AsRef<[u8]>>(files: &[B]) -> MergedPages {
    let mut merger = PageMerger::new();
    for (name, bytes) in ('a'..=char::MAX).zip(files) {
        let name = format!("{name}.txt");
        read::read(&name, None, &mut bytes.as_ref(), &mut merger).unwrap();
    }
    merger.finish()
}

/// A record as one line: position, date, title, summary.
pub(crate) fn line(record: &Record) -> String {
    let summary = record.first(Field::Summary).unwrap_or("-").replace('\n', "¶");
    let position = record.position.map_or("-".to_owned(), |position| position.to_string());
    let date = if record.date.text.is_empty() { "-" } else { &record.date.text };
    format!("{position} | {date} | {} | {summary}", record.title().unwrap_or("-"))
}

/// The merged pages as lines: archives, records, problems.
pub(crate) fn render(merged: &MergedPages) -> String {
    let mut lines = Vec::new();
    for source in &merged.archives {
        let texts = [("title", &source.title), ("about", &source.description)];
        for (key, text) in texts {
            lines.extend(text.iter().map(|text| format!("{key}: {}", text.replace('\n', "¶"))));
        }
        lines.extend(source.total.map(|total| format!("of {total}")));
    }
    lines.extend(merged.records.iter().map(|sourced| line(&sourced.record)));
    for problem in &merged.problems {
        let severity = if problem.severity == Severity::Warning { "warning" } else { "error" };
        lines.push(format!("{severity} {problem}"));
    }
    lines.join("\n")
}

#[test]
fn first_page_is_parsed_without_loss() {
    let page = include_str!("import/results-page.txt");
    let merged = parse_pages(&[page]);
    assert!(merged.problems.is_empty(), "{:?}", merged.problems);
    assert_eq!(merged.archives[0].total, Some(552));
    let positions: Vec<_> = merged.records.iter().map(|sourced| sourced.record.position).collect();
    assert_eq!(positions, (201..=210).map(Some).collect::<Vec<_>>());
    let mut text = vec!["Skip to content\n\n\n201 - 210 of 552\n"];
    for sourced in &merged.records {
        let record = &sourced.record;
        text.extend([record.date.text.as_str(), record.title().unwrap()]);
        text.push(record.first(Field::Summary).unwrap());
    }
    assert_eq!(text.join("\n\n"), page.trim_end());
}

/// The name of a page layout, a page, and the expected lines.
const PAGE_LAYOUTS: &[(&str, &str, &str)] = &[
    (
        "L1 header, count, blank lines",
        "Skip to content\n\n\n11 - 12 of 131\n\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\nMay 4, 1954\n\nA Reply\n\nIt answers.\n",
        "of 131\n11 | May 3, 1954 | A Letter | It asks.\n12 | May 4, 1954 | A Reply | It answers.",
    ),
    (
        "L2 Results: and Documents around the count",
        "Skip to content\n\nResults:\n\n1 - 2 of 2\n\nDocuments\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\nMay 4, 1954\n\nA Reply\n\nIt answers.",
        "of 2\n1 | May 3, 1954 | A Letter | It asks.\n2 | May 4, 1954 | A Reply | It answers.",
    ),
    (
        "L3 no header",
        "May 3, 1954\n\nA Letter\n\nIt asks.\n\nMay 4, 1954\n\nA Reply\n\nIt answers.",
        "- | May 3, 1954 | A Letter | It asks.\n- | May 4, 1954 | A Reply | It answers.",
    ),
    (
        "L4 the old site's header",
        "Search in\n\nADD SEARCH FILTER CANCEL SEARCH FILTER\n\nDigital Archive International History Declassified\n\nSEARCH RESULTS\n\nMay 3, 1954\n\nA Letter\n\nIt asks.",
        "- | May 3, 1954 | A Letter | It asks.",
    ),
    (
        "L5 bullet and date, the rest indented",
        "  • July 03, 1985\n\n    A Letter\n\n    It asks.\n\n  • July 04, 1985\n\n    A Reply\n\n    It answers.\n",
        "- | July 03, 1985 | A Letter | It asks.\n- | July 04, 1985 | A Reply | It answers.",
    ),
    (
        "L6 a bullet alone, no blank lines",
        "-\nMay 3, 1954\nA Letter\nIt asks.\n-\nMay 4, 1954\nA Reply\nIt answers.\n",
        "- | May 3, 1954 | A Letter | It asks.\n- | May 4, 1954 | A Reply | It answers.",
    ),
    (
        "L6 a record without a date among bullets",
        "-\nMay 3, 1954\nA Letter\nIt asks.\n-\nA Reply\nIt answers.\n-\nMay 5, 1954\nA Note\nIt ends.\n",
        "- | May 3, 1954 | A Letter | It asks.\n- | - | A Reply | It answers.\n- | May 5, 1954 | A Note | It ends.\n\
         warning a.txt:6: there is no date above this: it is read as the title of a record without a date",
    ),
    (
        "L7 a collection",
        "No image found.\n\nThe Border War\n\nLetters on a border\nand its war.\n\nThey were kept.\n\nMay 3, 1954\n\nA Letter\n\nIt asks.",
        "about: The Border War¶¶Letters on a border¶and its war.¶¶They were kept.\n- | May 3, 1954 | A Letter | It asks.",
    ),
    (
        "L8 a person",
        "Skip to content\n\nOrlov, Anna 1897- 1970\n\nAnna Orlov at her desk\n\nShe wrote letters.\n\nShe kept them all.\n\nPopular Documents\n\nMay 3, 1954\n\nA Letter\n\nIt asks.",
        "about: Orlov, Anna 1897- 1970¶¶Anna Orlov at her desk¶¶She wrote letters.¶¶She kept them all.\n- | May 3, 1954 | A Letter | It asks.",
    ),
    (
        "L9 every title missing",
        "1893-1976\nEastern Europe\n(372) documents\n-\nSouthern Sea\n(1,004) documents\n-\nMay 3, 1954\nThe writer asks for help.\nMay 4, 1954\nThe answer is no\nMay 5, 1954\nThey \"meet.\"\n",
        "- | May 3, 1954 | - | The writer asks for help.\n- | May 4, 1954 | - | The answer is no\n- | May 5, 1954 | - | They \"meet.\"\n\
         warning a.txt:3: the menu above the first record was skipped\n\
         warning a.txt:8: no record of this page has a title: the text below the dates is read as summaries",
    ),
    (
        "L10 a short last page, a large total",
        "16,081 - 16,081 of 16081\n\nMay 3, 1954\n\nA Letter\n\nIt asks.",
        "of 16081\n16081 | May 3, 1954 | A Letter | It asks.",
    ),
    (
        "L10 thousands marked, an en dash",
        "Showing 1–1 of 16\u{a0}081 results\n\nMay 3, 1954\n\nA Letter\n\nIt asks.",
        "of 16081\n1 | May 3, 1954 | A Letter | It asks.",
    ),
    (
        "D1 to D6, each form of a date",
        "July 12, 1945\nA\n\nJuly 07, 1945\nB\n\nOctober 1976\nC\n\nJuly, 1945\nD\n\n1956\nE\n\nDate unknown\nF\n\nJULY\u{a0}1, 1945\nG",
        "- | July 12, 1945 | A | -\n- | July 07, 1945 | B | -\n- | October 1976 | C | -\n- | July, 1945 | D | -\n- | 1956 | E | -\n- | Date unknown | F | -\n- | JULY\u{a0}1, 1945 | G | -",
    ),
    (
        "D7 a record without a date line",
        "May 3, 1954\n\nA Letter\n\nIt asks.\n\n\nA Reply\n\nIt answers.\n\nMay 5, 1954\n\nA Note\n\nIt ends.",
        "- | May 3, 1954 | A Letter | It asks.\n- | - | A Reply | It answers.\n- | May 5, 1954 | A Note | It ends.\n\
         warning a.txt:8: there is no date above this: it is read as the title of a record without a date",
    ),
    (
        "D7 at the head of a page that counts it",
        "1 - 2 of 2\n\n\nA Reply\n\nIt answers.\n\nMay 5, 1954\n\nA Note\n\nIt ends.",
        "of 2\n1 | - | A Reply | It answers.\n2 | May 5, 1954 | A Note | It ends.\n\
         warning a.txt:4: there is no date above this: it is read as the title of a record without a date",
    ),
    (
        "D7 not where the page is complete without it",
        "1 - 2 of 2\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\n\nAnd asks again.\n\nIt ends.\n\nMay 5, 1954\n\nA Note\n\nIt ends.",
        "of 2\n1 | May 3, 1954 | A Letter | It asks.¶¶And asks again.¶¶It ends.\n2 | May 5, 1954 | A Note | It ends.",
    ),
    (
        "D7 not if all lines are two blank lines apart",
        "May 3, 1954\n\n\nA Letter\n\n\nIt asks.\n\n\nMay 4, 1954\n\n\nA Reply\n\n\nIt answers.",
        "- | May 3, 1954 | A Letter | It asks.\n- | May 4, 1954 | A Reply | It answers.",
    ),
    (
        "D8 and D9 dates inside titles and summaries",
        "May 3, 1954\n\nA Talk on 7 January 1947, May 3 - May 9, 1954\n\nOn July 12, 1945, they met; 1945 was long.",
        "- | May 3, 1954 | A Talk on 7 January 1947, May 3 - May 9, 1954 | On July 12, 1945, they met; 1945 was long.",
    ),
    (
        "R1 no summary, R4 a summary like the title",
        "May 3, 1954\n\nA Letter\n\nMay 4, 1954\n\nA Reply\n\nA Reply",
        "- | May 3, 1954 | A Letter | -\n- | May 4, 1954 | A Reply | A Reply",
    ),
    (
        "R2 paragraphs, R3 hard line breaks",
        "May 3, 1954\n\nA Letter\n\nIt asks for\nbread. And for\nsalt.\nThen:\n1) a horse\n- a cart\n\nIt ends.\n\nIt does",
        "- | May 3, 1954 | A Letter | It asks for bread. And for salt.¶Then:¶1) a horse¶- a cart¶¶It ends.¶¶It does",
    ),
    (
        "R5 titles like sentences, R6 one title twice, R8 no full stop",
        "May 3, 1954\n\nLETTER TO COM. ORLOV [EXCERPT.\n\nIt asks\n\nMay 4, 1954\n\nLETTER TO COM. ORLOV [EXCERPT.\n\nIt asks more",
        "- | May 3, 1954 | LETTER TO COM. ORLOV [EXCERPT. | It asks\n- | May 4, 1954 | LETTER TO COM. ORLOV [EXCERPT. | It asks more",
    ),
    (
        "R7 letters, spaces and quotes",
        "\u{feff}May 3, 1954 \u{a0}\r\n\r\nŻymierski’s “ț” – ế\u{2010}a\u{a0}b  \r\n\r\nIt  asks. \t\r\n",
        "- | May 3, 1954 | Żymierski’s “ț” – ế\u{2010}a\u{a0}b | It  asks.",
    ),
    (
        "B1 the way to other pages",
        "May 3, 1954\n\nA Letter\n\nIt asks.\n\n« First\n‹ Previous\n1\n2\nPage 3\nNext ›\nLast »\nLoad more\n",
        "- | May 3, 1954 | A Letter | It asks.",
    ),
    (
        "B1 not in the midst of records",
        "May 3, 1954\n\nNext\n\nLoad more\n\nMay 4, 1954\n\nNext",
        "- | May 3, 1954 | Next | Load more\n- | May 4, 1954 | Next | -",
    ),
    (
        "a page that was cut",
        "1 - 10 of 12\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\nMay 4, 1954",
        "of 12\n1 | May 3, 1954 | A Letter | It asks.\n2 | May 4, 1954 | - | -\n\
         warning a.txt:1: 2 of 10 records: the page says 1 - 10 of 12\n\
         warning a.txt:9: there is nothing below this date: it is kept as a record without a title",
    ),
    (
        "more records than the page states",
        "1 - 1 of 1\n\nMay 3, 1954\n\nA Letter\n\nMay 4, 1954\n\nA Reply",
        "of 1\n1 | May 3, 1954 | A Letter | -\n- | May 4, 1954 | A Reply | -\n\
         warning a.txt:1: 2 of 1 records: the page says 1 - 1 of 1",
    ),
    (
        "several pages in one file",
        "Skip to content\n\n1 - 1 of 3\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\nSkip to content\n\n2 - 2 of 3\n\nMay 4, 1954\n\nA Reply\n\nIt answers.\n\nResults:\n\n3 - 3 of 3\n\nMay 5, 1954\n\nA Note\n\nIt ends.\n\n3 - 3 of 3\n\nNext",
        "of 3\n1 | May 3, 1954 | A Letter | It asks.\n2 | May 4, 1954 | A Reply | It answers.\n3 | May 5, 1954 | A Note | It ends.",
    ),
    (
        "a page that was cut below its header",
        "Results:\n\n1 - 2 of 2\n\nDocuments\n\n1 - 2 of 2\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\nSkip to content\n\nIt ends.",
        "of 2\n1 | May 3, 1954 | A Letter | It asks.¶¶Skip to content¶¶It ends.\n\
         warning a.txt:3: 1 of 2 records: the page says 1 - 2 of 2",
    ),
    (
        "a single record does not show that its title is missing",
        "May 3, 1954\n\nIt asks.",
        "- | May 3, 1954 | It asks. | -",
    ),
    (
        "D7 a title is nearer to its summary than to what is above",
        "May 3, 1954\n\nA Letter\n\nIt asks.\n\n\nAnd asks again.\n\n\nA Reply\n\nIt answers.",
        "- | May 3, 1954 | A Letter | It asks.¶¶And asks again.\n- | - | A Reply | It answers.\n\
         warning a.txt:11: there is no date above this: it is read as the title of a record without a date",
    ),
    (
        "other forms of a date, alone on a line of a page that lacks records",
        "1 - 5 of 5\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\ncirca 1970s\n\nA Reply\n\nIt answers.\n\n22 October 1962\n\nA Note\n\nIt ends.\n\nn.d.\n\nA Map\n\nIt shows.\n\n[1994]\n\nA List\n\nIt counts.",
        "of 5\n1 | May 3, 1954 | A Letter | It asks.\n2 | circa 1970s | A Reply | It answers.\n3 | 22 October 1962 | A Note | It ends.\n4 | n.d. | A Map | It shows.\n5 | [1994] | A List | It counts.\n\
         warning a.txt:9: “circa 1970s” is alone on its line and is read as the date of a record\n\
         warning a.txt:15: “22 October 1962” is alone on its line and is read as the date of a record\n\
         warning a.txt:21: “n.d.” is alone on its line and is read as the date of a record\n\
         warning a.txt:27: “[1994]” is alone on its line and is read as the date of a record",
    ),
    (
        "other forms of a date on a page that does not count",
        "May 3, 1954\n\nA Letter\n\nIt asks.\n\n• circa 1970s\n\nA Reply\n\nIt answers.\n\n7/12/1945\n\nA Note",
        "- | May 3, 1954 | A Letter | It asks.\n- | circa 1970s | A Reply | It answers.\n- | 7/12/1945 | A Note | -\n\
         warning a.txt:7: “circa 1970s” is alone on its line and is read as the date of a record\n\
         warning a.txt:13: the date “7/12/1945” is ambiguous (either number may be the month): read as \
         1945?",
    ),
    (
        "other forms of a date are paragraphs where the page is complete",
        "1 - 2 of 2\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\ncirca 1970s\n\nn.d.\n\nMay 4, 1954\n\nA Reply\n\n[1994]\n\nIt answers.",
        "of 2\n1 | May 3, 1954 | A Letter | It asks.¶¶circa 1970s¶¶n.d.\n2 | May 4, 1954 | A Reply | [1994]¶¶It answers.",
    ),
    (
        "other forms of a date are text in a sentence, and next to other lines",
        "May 3, 1954\n\nA Letter\n\nIt was 22 October 1962.\n\nThey met\ncirca 1970s\n\nn.d. or so",
        "- | May 3, 1954 | A Letter | It was 22 October 1962.¶¶They met circa 1970s¶¶n.d. or so\n\
         warning a.txt:8: read as text: 2 lines with only a date, such as “circa 1970s”, because the other dates of this \
         page stand differently; a record may be missing",
    ),
    ("a listing without records", "Skip to content\n\nResults:\n\n0 - 0 of 0\n", "of 0"),
    (
        "lines that end as on old machines",
        "May 3, 1954\r\rA Letter\r\rIt asks.",
        "- | May 3, 1954 | A Letter | It asks.",
    ),
];

#[test]
fn every_page_layout_is_parsed() {
    for (name, text, expected) in PAGE_LAYOUTS {
        assert_eq!(render(&parse_pages(&[text])), *expected, "{name}");
    }
}

#[test]
fn other_content_is_reported_in_one_sentence() {
    let no_text = "this is neither text nor a format that fonds reads: fonds formats lists them";
    let cases: [(&[u8], &str); 6] = [
        (b"", "this file is empty"),
        (b"\xef\xbb\xbf \r\n", "this file is empty"),
        (b"\x7fELF\0\0\x01", no_text),
        (
            b"%PDF-1.7\n%\xe2\xe3",
            "this is a PDF, which fonds does not read: ask for the list as a table (CSV, XLSX) or save it as text",
        ),
        (
            b"Once upon a time in May 1954.",
            "no record was found: in a copied page each has a line that is only a date, such as `July 12, 1945`, or \
             labels such as `Date: 1945`; if this is from a web page, save the page in the browser and open that, or \
             copy it and run `fonds paste`; --input-format names another format, fonds formats lists them",
        ),
        (
            b"<!DOCTYPE html><p>Hello",
            "no record was found in this page: neither a table with named columns nor a list of titles with dates, nor \
             a document with labels; if the browser shows records, save the page again as “complete”, or copy them and \
             run `fonds paste`",
        ),
    ];
    for (bytes, sentence) in cases {
        assert_eq!(render(&parse_pages(&[bytes])), format!("error a.txt: {sentence}"));
    }
}

#[test]
fn other_encodings_keep_their_letters() {
    let record = "- | May 3, 1954 | “Café” – ż | It asks.";
    let warning = "warning a.txt:3: letters that are not UTF-8 were read as windows-1252 (4 in all), which is a guess: if they \
                   look wrong, name the encoding with --encoding";
    let mixed = b"May 3, 1954\n\n\x93Caf\xe9\x94 \x96 \xc5\xbc\n\nIt asks.";
    assert_eq!(render(&parse_pages(&[mixed])), format!("{record}\n{warning}"));
    let text = "\u{feff}May 3, 1954\n\n“Café” – ż\n\nIt asks.";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(render(&parse_pages(&[little])), record);
    assert_eq!(render(&parse_pages(&[big])), record);
    let cut = "May 3, 1954\n\n“Café” – ż\n\nIt asks.…".as_bytes();
    assert_eq!(
        render(&parse_pages(&[&cut[..cut.len() - 1]])),
        format!("{record}\u{fffd}\nwarning a.txt:5: the file ends in the middle of a letter")
    );
}

#[test]
fn formats_are_detected_by_content() {
    let cases = [
        ("[archive]", Some(Format::Toml)),
        ("# mine\n\n[[record]]\n", Some(Format::Toml)),
        ("\u{feff}title = 'x'\n[[record]]", Some(Format::Toml)),
        ("title = 'x'", None),
        ("Results = 5\n\n1 - 5 of 5", Some(Format::ResultsPage)),
        ("Results = 5\n\nMay 3, 1954\n\nA Letter", Some(Format::ResultsPage)),
        ("[[ record ]]", Some(Format::Toml)),
        ("[record.x]", Some(Format::Toml)),
        // What claims to be a format explains the beginning of the file.
        ("% Encoding: UTF-8\n\n@book{x, title = {A}}", Some(Format::BibTex)),
        ("title,date,note\nLetter,1945,\"\n@book{x, title = {A}}\"\n", Some(Format::Csv)),
        (
            "1 - 2 of 552\n\nJuly 12, 1945\n\nLetter\n\n@book{x,\n title = {A}}\n",
            Some(Format::ResultsPage),
        ),
        ("---\ntitle: A\n---\n\n@book{x, title = {A}}\n", Some(Format::Notes)),
        ("[record of a talk]", None),
        ("[Draft] Letter", None),
        ("a prose = sentence", None),
        ("201 - 210 of 552", Some(Format::ResultsPage)),
        ("  • July 03, 1985", Some(Format::ResultsPage)),
        ("1 - 2 of 1", Some(Format::ResultsPage)),
        ("5 - 2 of 10", None),
        ("0 - 18446744073709551615 of 3", None),
        ("1 - 18446744073709551615 of 3", Some(Format::ResultsPage)),
        ("July 32, 1985", None),
        ("In July 1985", None),
    ];
    for (text, format) in cases {
        assert_eq!(Format::detect(text.as_bytes()), format, "{text}");
    }
    for format in Format::all() {
        assert_eq!(Format::from_name(format.name()), Some(format));
        assert!(!format.description().is_empty());
    }
}

#[test]
fn record_on_two_pages_is_merged() {
    let first = "1 - 2 of 3\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\nMay 4, 1954\n\nA Reply\n";
    let second = "2 - 3 of 4\n\nMay 4, 1954\n\nA Reply\n\nMay 3, 1954\n\nA Letter\n\nIt asks.";
    assert_eq!(
        render(&parse_pages(&[first, second])),
        "of 3\n1 | May 3, 1954 | A Letter | It asks.\n2 | May 4, 1954 | A Reply | -\n\
         warning b.txt:1: this page counts 4 records, an earlier page 3\n\
         warning b.txt: 2 records are also on other pages and are shown once"
    );
}

#[test]
fn different_records_at_one_position_are_kept_with_a_warning() {
    let page = |first: usize, titles: &[&str]| {
        let last = first + titles.len() - 1;
        let records = titles.iter().map(|title| format!("\n\nMay 3, 1954\n\n{title}"));
        format!("{first} - {last} of 20{}", records.collect::<String>())
    };
    let letters = ["A", "B", "C", "D", "E", "F", "G"];
    let others = ["a", "b", "c", "d", "e", "f", "g"];
    let cases: [(&[String], usize, Option<&str>); 7] = [
        (&[page(1, &letters), page(1, &letters)], 7, None),
        (&[page(1, &letters), page(8, &letters)], 14, None),
        (&[page(1, &["A", "B"]), page(1, &["A", "b"])], 3, Some("two records have position 2")),
        (
            &[page(1, &["A", "B"]), page(1, &["A", "b"]), page(1, &["A", "c"])],
            4,
            Some("3 records have position 2"),
        ),
        (
            &[page(1, &letters[..3]), page(1, &["A", "b", "c"])],
            5,
            Some("more than one record has each of the positions 2, 3"),
        ),
        (
            &[page(1, &letters), page(1, &["A", "b", "c", "d", "e", "f", "g"])],
            13,
            Some("more than one record has each of the positions 2, 3, 4, 5, 6 and 1 more"),
        ),
        // Without a common record these are pages of two listings.
        (&[page(1, &letters), page(1, &others)], 14, None),
    ];
    for (pages, records, warning) in cases {
        let merged = parse_pages(pages);
        assert_eq!(merged.records.len(), records);
        let is_about_positions = |it: &&Problem| it.message.contains("position");
        let warnings: Vec<_> = merged.problems.iter().filter(is_about_positions).collect();
        assert_eq!(warnings.iter().map(|it| it.message.as_str()).next(), warning);
        assert!(warnings.len() <= 1 && warnings.iter().all(|it| it.severity == Severity::Warning));
    }
}

#[test]
fn records_of_one_page_are_never_merged() {
    let page = "May 3, 1954\n\nA Letter\n\nIt asks.\n\nMay 3, 1954\n\nA Letter\n\nIt asks.\n\n";
    assert_eq!(parse_pages(&[page]).records.len(), 2);
    let merged = parse_pages(&[page, page]);
    assert_eq!(merged.records.len(), 2);
    assert_eq!(
        merged.problems[0].to_string(),
        "b.txt: 2 records are also on other pages and are shown once"
    );
}

#[test]
fn unnamed_pages_join_the_neighbouring_listing() {
    let named = "Orla Archive\n\n1 - 1 of 2\n\nMay 3, 1954\n\nA Letter\n";
    let nameless = "2 - 2 of 2\n\nMay 4, 1954\n\nA Reply\n";
    let other = "Lake Library\n\nMay 5, 1954\n\nA Note\n";
    let expected = "title: Orla Archive\nof 2\n\
                    1 | May 3, 1954 | A Letter | -\n2 | May 4, 1954 | A Reply | -";
    assert_eq!(render(&parse_pages(&[named, nameless])), expected);
    assert_eq!(render(&parse_pages(&[nameless, named])), expected);
    let sources = |files: &[&str]| -> Vec<usize> {
        parse_pages(files).records.iter().map(|sourced| sourced.archive.index()).collect()
    };
    assert_eq!(sources(&[named, other, nameless]), [0, 0, 1]);
    assert_eq!(sources(&[other, named, other]), [0, 0, 1]);
    assert_eq!(sources(&[nameless, other]), [0, 1]);
}

#[test]
fn pages_of_one_search_are_one_archive_and_others_are_not() {
    let page = |first: usize, total: usize, titles: &[&str]| {
        let last = first + titles.len() - 1;
        let records =
            titles.iter().map(|title| format!("\n\nMay 3, 1954\n\n{title}\n\nOn {title}."));
        format!("{first} - {last} of {total}{}", records.collect::<String>())
    };
    let uncounted = |title: &str| format!("May 3, 1954\n\n{title}\n\nOn {title}.\n");
    // Pages, and the archive of each of their records.
    let cases: [(&[String], &[usize]); 10] = [
        (&[page(1, 4, &["A", "B"]), page(3, 4, &["C", "D"])], &[0, 0, 0, 0]),
        (&[page(1, 2, &["A", "B"]), page(1, 2, &["C", "D"])], &[0, 0, 1, 1]),
        (&[page(1, 552, &["A"]), page(2, 38, &["B"])], &[0, 1]),
        (&[page(1, 552, &["A"]), page(2, 553, &["B"])], &[0, 0]),
        (&[page(1, 3, &["A"]), page(2, 4, &["B"])], &[0, 1]),
        // A record in common joins them, whatever they count.
        (&[page(1, 3, &["A", "B"]), page(3, 4, &["B", "C"])], &[0, 0, 0]),
        // A page of another search stands between them.
        (&[page(1, 9, &["A"]), page(1, 38, &["X"]), page(2, 9, &["B"])], &[0, 0, 1]),
        (&[page(1, 9, &["A"]), page(1, 9, &["X"]), page(2, 9, &["B"])], &[0, 1, 2]),
        (&[uncounted("A"), uncounted("B")], &[0, 1]),
        (&[uncounted("A"), uncounted("A")], &[0]),
    ];
    for (pages, archives) in cases {
        let merged = parse_pages(pages);
        let found: Vec<_> = merged.records.iter().map(|it| it.archive.index()).collect();
        assert_eq!(found, archives, "{pages:?}");
    }
}

/// An algorithm that compares each page with all earlier ones would take far too long.
#[test]
fn pages_of_thousands_of_searches_are_parsed_in_linear_time() {
    let count = 2_000;
    let records = |at: usize| -> Vec<_> {
        let title = |index: usize| format!("Cable {at}.{index}");
        (1..=20)
            .map(|index| ("July 1, 1945".to_owned(), title(index), vec!["Asks.".into()]))
            .collect()
    };
    // Each search has another total, also by more than a few records.
    let total = |at: usize| 1_000 + at * 100;
    let mut pages: Vec<_> = (0..count).map(|at| page(&records(at), 1, total(at))).collect();
    // The last pages repeat records of earlier searches.
    pages.extend((0..100).map(|at| page(&records(at * 7), 1, total(at * 7))));
    let merged = parse_pages(&pages);
    assert_eq!((merged.archives.len(), merged.records.len()), (count, count * 20));
    // One search whose total grows with each page.
    let growing: Vec<_> =
        (0..500).map(|at| page(&records(at)[..2], at * 2 + 1, 200_000 + at)).collect();
    let merged = parse_pages(&growing);
    assert_eq!((merged.archives.len(), merged.records.len()), (1, 1_000));
}

/// The records of a generated page: date, title, paragraphs of the summary.
fn records() -> impl Strategy<Value = Vec<(String, String, Vec<String>)>> {
    let date = prop_oneof![
        (1u8..=31).prop_map(|day| format!("July {day}, 1945")),
        (0u8..=9).prop_map(|digit| format!("May 0{}, 1950", digit.max(1))),
        Just("October 1976".to_owned()),
        Just("July, 1945".to_owned()),
        (1000u16..2100).prop_map(|year| year.to_string()),
        Just("Date unknown".to_owned()),
    ];
    let text = "[A-Za-zŻț“\"][a-zż ,'\u{a0}\u{2010}\\[]{0,40}[a-z.”]";
    let text = text.prop_filter("not a word of the page navigation", |text| !text.contains("page"));
    prop::collection::vec((date, text.clone(), prop::collection::vec(text, 0..4)), 1..12)
}

/// A page with these records; `first` is the position of the first one.
fn page(records: &[(String, String, Vec<String>)], first: usize, total: usize) -> String {
    let last = first + records.len() - 1;
    let mut lines = vec![format!("Skip to content\n\n\n{first} - {last} of {total}\n")];
    for (date, title, summary) in records {
        lines.extend([date, title].into_iter().chain(summary).cloned());
    }
    lines.join("\n\n") + "\n"
}

/// What a parser delivers, before pages are merged.
#[derive(Debug, Default)]
struct Collected {
    text: String,
    dated: usize,
    errors: usize,
}

impl Sink for Collected {
    fn start_page(&mut self, page: PageStart) {
        self.text.extend(page.archive.title.into_iter().chain(page.archive.description));
    }

    fn add_record(&mut self, record: Record) {
        self.dated += usize::from(!record.date.text.is_empty());
        self.text.extend(record.values.into_iter().map(|(_, value)| value));
        self.text.extend(record.own.into_iter().map(|(_, value)| value));
    }

    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn report(&mut self, problem: Problem) {
        self.errors += usize::from(problem.severity == Severity::Error);
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "[a-zżA-Z0-9 ,.•\\-\n\r\u{a0}\u{feff}]{0,300}") {
        parse_pages(&[text]);
    }

    #[test]
    fn page_fragments_neither_panic_nor_lose_dates(fragments in prop::collection::vec(
        prop::sample::select(vec![
            "\n", "\n\n\n", "-\n", "May 3, 1954\n", "• July, 1945\n", "A Letter\n", "It asks.\n",
            "1 - 2 of 3\n", "Skip to content\n", "Next\n", "Documents\n", "12\n",
        ]), 0..40)) {
        let text = fragments.concat();
        let mut collected = Collected::default();
        read::read("a.txt", Some(Format::ResultsPage), &mut text.as_bytes(), &mut collected).unwrap();
        let dates = fragments.iter().filter(|fragment| fragment.contains("19")).count();
        prop_assert_eq!(collected.dated, dates, "{}", text);
        let letters = |text: &str| ["It asks.", "A Letter"].map(|it| text.matches(it).count());
        prop_assert!(collected.errors > 0 || letters(&collected.text) == letters(&text), "{text}\n{collected:?}");
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        parse_pages(&[bytes]);
    }

    #[test]
    fn generated_page_parses_to_its_records(records in records()) {
        let merged = parse_pages(&[page(&records, 21, 99)]);
        prop_assert_eq!(merged.records.len(), records.len());
        for ((at, (date, title, summary)), sourced) in records.iter().enumerate().zip(&merged.records) {
            let summary: Vec<&str> = summary.iter().map(|text| text.trim()).collect();
            prop_assert_eq!(sourced.record.position, Some(21 + at as u64));
            prop_assert_eq!(&sourced.record.date.text, date);
            let untitled = merged.problems.iter().any(|problem| problem.message.contains("has a title"));
            if !untitled {
                prop_assert_eq!(sourced.record.title(), Some(title.trim()));
                prop_assert_eq!(sourced.record.first(Field::Summary).unwrap_or(""), summary.join("\n\n"));
            }
        }
    }

    #[test]
    fn file_order_does_not_matter(lists in prop::collection::vec(records(), 1..5)) {
        let total: usize = lists.iter().map(Vec::len).sum();
        let mut first = 1;
        let mut pages = Vec::new();
        for list in &lists {
            pages.push(page(list, first, total));
            first += list.len();
        }
        let forwards: Vec<String> = parse_pages(&pages).records.iter().map(|it| line(&it.record)).collect();
        pages.reverse();
        let backwards: Vec<String> = parse_pages(&pages).records.iter().map(|it| line(&it.record)).collect();
        prop_assert_eq!(forwards, backwards);
    }
}

/// A whole archive on one page, on pages of ten, and with identical records. An algorithm that is
/// quadratic in the number of records would take far too long.
#[test]
fn sixteen_thousand_records_are_parsed_in_linear_time() {
    let count = 16_080;
    let record = |at: usize| {
        (
            format!("July {}, 1945", at % 31 + 1),
            format!("Cable {at}"),
            vec!["Stalin asks.".repeat(30)],
        )
    };
    let records: Vec<_> = (0..count).map(record).collect();
    let one_page = page(&records, 1, records.len());
    let pages: Vec<_> =
        records.chunks(10).enumerate().map(|(at, ten)| page(ten, at * 10 + 1, count)).collect();
    let alike = page(&vec![records[0].clone(); count], 1, count);
    assert_eq!(parse_pages(&[&alike, &alike]).records.len(), count);
    for text in [one_page, pages.concat()] {
        let merged = parse_pages(&[text]);
        assert_eq!(merged.records.len(), records.len());
        assert!(merged.problems.is_empty(), "{:?}", merged.problems.first());
    }
}
