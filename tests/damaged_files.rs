//! One damaged file of each format: the reported problem names the location of the damage.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use fonds::formats::read;
use fonds::formats::read::Format;
use fonds::load::page_merger::PageMerger;

/// A format, a damaged file, how the expected problem begins, and a part of its message.
const DAMAGED_FILES: &[(Format, &str, &str, &str)] = &[
    (Format::Toml, "[[record]]\ntitle = 'A'\n\n[[record]]\ntitle = {}\n", "x:4:", "left out"),
    (
        Format::Xlsx,
        include_str!("damaged_files/dates.xlsx.base64"),
        "x:3: sheet “Maps”:",
        "7/12/1945",
    ),
    (
        Format::Marc,
        "00051nam a2200037   4500245001300000\u{1e}  \u{1f}aA letter\u{1e}\u{1d}\
         00051nam a2200037   450024500990",
        "x: record 2",
        "left out",
    ),
    (
        Format::Ead,
        "<ead><archdesc>\n<did><unittitle>A</unittitle></did>\n<dsc><c01><did>",
        "x:3:",
        "open",
    ),
    (
        Format::OaiPmh,
        "<OAI-PMH>\n<ListRecords>\n<record><metadata><dc><title>A</wrong>",
        "x:3:",
        "correct",
    ),
    (Format::Mods, "<modsCollection>\n<mods>\n<titleInfo><title>A</wrong>", "x:3:", "correct"),
    (
        Format::MarcXml,
        "<collection>\n<record>\n<datafield tag='245'><subfield>A</wrong>",
        "x:3:",
        "correct",
    ),
    (
        Format::Html,
        "<html><body>\n<p>1 - 3 of 9</p><ul><li><p>July 12, 1945</p>\n<h3><a href=\"/1\">A</a></h3><p>It.</p></li>\n\
         <li><h3><a href=\"/2\">B</a></h3><p>1950</p></li></ul></body></html>",
        "x:2:",
        "2 of 3",
    ),
    (Format::DublinCore, "<dc>\n<title>A</title>\n<date>1945</wrong>", "x:3:", "correct"),
    (Format::Tei, "<TEI>\n<teiHeader>\n<titleStmt><title>A</wrong>", "x:3:", "correct"),
    (
        Format::Xml,
        "<letters>\n<letter><title>A</title><date>1945</date></letter>\n<letter><title>B</wrong>",
        "x:3:",
        "correct",
    ),
    (Format::Ris, "TY  - BOOK\nTI  - A\nER  - \nTY  - BOOK\nTI  - B\n", "x:4:", "no `ER"),
    (Format::BibTex, "@book{a, title = {A}}\n\n@book{b,\n  title = {B\n", "x:4:", "cannot be read"),
    (
        Format::Dpla,
        "[{\"sourceResource\": {\"title\": \"A\"}},\n{\"sourceResource\": {]}]",
        "x:2:",
        "item 2",
    ),
    (
        Format::CslJson,
        "[{\"type\":\"manuscript\",\"title\":\"A\"},\n{\"title\": }]",
        "x:2:",
        "item 2",
    ),
    (
        Format::Mhtml,
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: https://e.org/s\r\n\r\n<p>1 - 3 of 9</p><ul><li><h3><a href=\"/1\">A</a></h3><p>1945</p></li><li><h3><a href=\"/2\">B</a></h3><p>1950</p></li></ul>\r\n--b--\r\n",
        "x:1:",
        "2 of 3",
    ),
    (
        Format::WebArchive,
        "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>WebMainResource</key><dict><key>WebResourceData</key><data>PHA+MSAtIDMgb2YgOTwvcD48dWw+PGxpPjxoMz48YSBocmVmPSIvMSI+QTwvYT48L2gzPjxwPjE5NDU8L3A+PC9saT48bGk+PGgzPjxhIGhyZWY9Ii8yIj5CPC9hPjwvaDM+PHA+MTk1MDwvcD48L2xpPjwvdWw+</data><key>WebResourceURL</key><string>https://e.org/s</string></dict></dict></plist>",
        "x:1:",
        "2 of 3",
    ),
    (Format::JsonLines, "{\"title\": \"A\"}\n{\"title\": \n", "x:2:", "JSON"),
    (Format::Json, "[{\"title\": \"A\"},\n{\"title\": }]", "x:2:", "JSON"),
    (Format::Yaml, "- title: A\n  date: 1945\n- title: \"B\n", "x:3:", "YAML"),
    (Format::Csv, "title,date\nA,1945\nB,7/12/1945\n", "x:3:", "7/12/1945"),
    (
        Format::Mail,
        "From a@a Fri Apr 12 10:00:00 2019\nFrom: A <a@a>\nSubject: A\n\nText\n\nFrom a@a Fri Apr 12 10:00:00 2019\nX: y\n\nText\n",
        "x:8:",
        "message",
    ),
    (Format::Notes, "---\ntitle: A\ndate: 7/12/1945\n---\nText\n", "x:3:", "7/12/1945"),
    (Format::TypedList, "2 April 1931 - A\n7/12/1945 - B\n", "x:2:", "7/12/1945"),
    (Format::ResultsPage, "1 - 3 of 9\n\n\nJuly 12, 1945\n\nA\n\nIt.\n", "x:1:", "3"),
];

#[test]
fn each_format_reports_the_location_of_damage() {
    let mut wrong = Vec::new();
    for format in Format::all() {
        let row = DAMAGED_FILES.iter().find(|(of_format, ..)| *of_format == format);
        let (_, text, location, part) = row.unwrap_or_else(|| panic!("{}", format.name()));
        let bytes = match format {
            Format::Xlsx => {
                BASE64_STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap()
            }
            _ => text.as_bytes().to_vec(),
        };
        let mut merger = PageMerger::new();
        read::read("x", Some(format), &mut bytes.as_slice(), &mut merger).unwrap();
        let result = merger.finish();
        let messages: Vec<String> = result.problems.iter().map(ToString::to_string).collect();
        let is_expected =
            |message: &String| message.starts_with(location) && message.contains(part);
        if !messages.iter().any(is_expected) || result.records.is_empty() {
            wrong.push(format!(
                "{}: {} records, {messages:#?}",
                format.name(),
                result.records.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
