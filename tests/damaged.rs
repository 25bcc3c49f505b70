//! One damaged file of each format: what is said of it names the place where it stands.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use fonds::formats::read;
use fonds::formats::read::Format;
use fonds::load::page_merger::Gathering;

/// A format, a damaged file of it, how what is said of that begins, and what it says.
const DAMAGED: &[(Format, &str, &str, &str)] = &[
    (Format::Toml, "[[record]]\ntitle = 'A'\n\n[[record]]\ntitle = {}\n", "x:4:", "left out"),
    (Format::Xlsx, include_str!("damaged/dates.xlsx.base64"), "x:3: sheet “Maps”:", "7/12/1945"),
    (
        Format::Marc,
        "00051nam a2200037   4500245001300000\u{1e}  \u{1f}aA letter\u{1e}\u{1d}\
         00051nam a2200037   4500245009900000\u{1e}  \u{1f}aA letter\u{1e}\u{1d}",
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
        "mend",
    ),
    (Format::Mods, "<modsCollection>\n<mods>\n<titleInfo><title>A</wrong>", "x:3:", "mend"),
    (
        Format::MarcXml,
        "<collection>\n<record>\n<datafield tag='245'><subfield>A</wrong>",
        "x:3:",
        "mend",
    ),
    (
        Format::Html,
        "<html><body>\n<ul><li><p>July 12, 1945</p>\n<h3>A</h3><p>It.</p></li>\n<li><h3>B</h3><p>Of.</p></li></ul></body></html>",
        "x:4:",
        "no date",
    ),
    (Format::DublinCore, "<dc>\n<title>A</title>\n<date>1945</wrong>", "x:3:", "mend"),
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
    (Format::JsonLines, "{\"title\": \"A\"}\n{\"title\": \n", "x:2:", "JSON"),
    (Format::Json, "[{\"title\": \"A\"},\n{\"title\": }]", "x:2:", "JSON"),
    (Format::Csv, "title,date\nA,1945\nB,7/12/1945\n", "x:3:", "7/12/1945"),
    (Format::ResultsPage, "1 - 3 of 9\n\n\nJuly 12, 1945\n\nA\n\nIt.\n", "x:1:", "3"),
];

#[test]
fn each_format_says_where_it_is_damaged() {
    let mut wrong = Vec::new();
    for format in Format::all() {
        let row = DAMAGED.iter().find(|(of, ..)| *of == format);
        let (_, text, begins, says) = row.unwrap_or_else(|| panic!("{}", format.name()));
        let bytes = match format {
            Format::Xlsx => {
                BASE64_STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap()
            }
            _ => text.as_bytes().to_vec(),
        };
        let mut gathering = Gathering::new();
        read::read("x", Some(format), &mut bytes.as_slice(), &mut gathering).unwrap();
        let gathered = gathering.finish();
        let said: Vec<String> = gathered.problems.iter().map(ToString::to_string).collect();
        let fits = |said: &String| said.starts_with(begins) && said.contains(says);
        if !said.iter().any(fits) || gathered.records.is_empty() {
            wrong.push(format!("{}: {} records, {said:#?}", format.name(), gathered.records.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
