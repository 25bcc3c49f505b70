//! Damaged files: every parser reads them to their end, and the size of its output is bounded by the size
//! of the file.
//!
//! `FONDS_FUZZ_CASES` sets how many files of each format are tried. The default is small.

use std::fmt::Write as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use fonds::formats::read;
use fonds::formats::read::{Format, PageStart, ParserCache, ReadOptions, RecordPart, Sink};
use fonds::record::{Date, Problem, Record};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

mod compressed;
mod repeated_parts;
mod repetition;

/// A file of each text format that uses most features of the format.
const FILES: &[(Format, &str)] = &[
    (
        Format::Toml,
        "[archive]\ntitle = \"A\"\ntotal = 2\n\n[[record]]\nid = \"1\"\nposition = 1\ndate = \"July \
         12, 1945\"\ntitle = \"Cable\"\npeople = [\"Soong\", \"Stalin\"]\nsummary = '''\nOne.\n'''\n\
         [record.own]\nbox = \"3\"\n\n[[record]]\ntitle = \"B\"\n",
    ),
    (
        Format::Ead,
        "<?xml version=\"1.0\"?><!DOCTYPE ead [<!ENTITY x \"y\">]><ead><eadheader><eadid>e</eadid>\
         </eadheader><archdesc level=\"collection\"><did><unittitle>Papers &x; <emph>of</emph> \
         A</unittitle><unitdate normal=\"1943/1945\">1943-1945</unitdate><repository>R</repository>\
         </did><scopecontent><p>About.</p></scopecontent><dsc><c01 id=\"a\"><did><unittitle>Letters\
         </unittitle><container type=\"box\">3</container></did><c02><did><unittitle>One</unittitle>\
         <dao href=\"http://e.org/1\"/></did></c02></c01></dsc></archdesc></ead>",
    ),
    (
        Format::OaiPmh,
        "<OAI-PMH><ListRecords><record><header><identifier>oai:1</identifier></header><metadata>\
         <oai_dc:dc xmlns:oai_dc=\"o\"><dc:title>Cable</dc:title><dc:date>1945-07</dc:date>\
         </oai_dc:dc></metadata></record><record><header status=\"deleted\"><identifier>oai:2\
         </identifier></header></record><resumptionToken completeListSize=\"9\">t</resumptionToken>\
         </ListRecords></OAI-PMH>",
    ),
    (
        Format::Mods,
        "<modsCollection><mods><titleInfo><nonSort>The</nonSort><title>Cable</title></titleInfo>\
         <name><namePart>Soong</namePart></name><originInfo><dateCreated encoding=\"w3cdtf\" \
         point=\"start\">1943</dateCreated><dateCreated point=\"end\">1945</dateCreated></originInfo>\
         <subject><topic>War</topic><geographic>Peking</geographic></subject></mods></modsCollection>",
    ),
    (
        Format::MarcXml,
        "<collection><record><leader>00000npc a2200000 a 4500</leader><controlfield tag=\"001\">7\
         </controlfield><controlfield tag=\"008\">450712i19431945xx            000 0 eng d\
         </controlfield><datafield tag=\"245\" ind1=\"1\" ind2=\"0\"><subfield code=\"a\">Cable /\
         </subfield></datafield><datafield tag=\"100\"><subfield code=\"a\">Soong,</subfield>\
         <subfield code=\"d\">1894-1971</subfield></datafield></record></collection>",
    ),
    (
        Format::Html,
        "<!DOCTYPE html><html><head><title>Results</title><link rel=\"canonical\" \
         href=\"https://e.org/s?p=2\"><script>var a = '<b>';</script></head><body><nav><a \
         href=\"/\">Home</a></nav><p>1 - 2 of 9</p><ul><li><div>July 12, 1945</div><h3><a \
         href=\"/1\">Cable &amp; note</a></h3><p>It says.</p></li><li><div>1950</div><h3>B</h3></li>\
         </ul></body></html>",
    ),
    (
        Format::Mhtml,
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: https://e.org/s\r\n\r\n<p>1 - 3 of 9</p><ul><li><h3><a href=\"/1\">A</a></h3><p>1945</p></li><li><h3><a href=\"/2\">B</a></h3><p>1950</p></li></ul>\r\n--b--\r\n",
    ),
    (
        Format::WebArchive,
        "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>WebMainResource</key><dict><key>WebResourceData</key><data>PHA+MSAtIDMgb2YgOTwvcD48dWw+PGxpPjxoMz48YSBocmVmPSIvMSI+QTwvYT48L2gzPjxwPjE5NDU8L3A+PC9saT48bGk+PGgzPjxhIGhyZWY9Ii8yIj5CPC9hPjwvaDM+PHA+MTk1MDwvcD48L2xpPjwvdWw+</data><key>WebResourceURL</key><string>https://e.org/s</string></dict></dict></plist>",
    ),
    (
        Format::DublinCore,
        "<oai_dc:dc xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Cable</dc:title>\
         <dc:creator>Soong</dc:creator><dc:date>1945</dc:date><dc:identifier>http://e.org/1\
         </dc:identifier><dc:format>text</dc:format></oai_dc:dc>",
    ),
    (
        Format::Tei,
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>Letters</title></titleStmt>\
         <sourceDesc><msDesc><msIdentifier><repository>R</repository><idno>MS 7</idno></msIdentifier></msDesc>\
         </sourceDesc></fileDesc><profileDesc><correspDesc><correspAction type=\"sent\"><persName>Soong</persName>\
         <date when=\"1945-07-12\">July</date></correspAction></correspDesc></profileDesc></teiHeader><text><body><p>It \
         says.</p></body></text></TEI>",
    ),
    (
        Format::Xml,
        "<letters total=\"2\"><letter id=\"1\"><title>Cable</title><date>1945</date><sender><name>Soong</name></sender>\
         </letter><letter id=\"2\"><title>B</title><note lang=\"en\">odd</note></letter></letters>",
    ),
    (
        Format::Ris,
        "TY  - MANSCPT\nTI  - Cable\nAU  - Soong, T.V.\nDA  - 1945/07/12/\nAB  - One\n two.\nKW  - War\n\
         UR  - https://e.org/1\nZZ  - odd\nER  - \n\nTY - BOOK\nT1 - B\nPY - 1950\nER -\n",
    ),
    (
        Format::BibTex,
        "@string{jul = \"July\"}\n% note\n@letter{soong1945,\n  title = {Cable {No.} 3},\n  author = \
         {Soong, T. V. and Others},\n  date = {1945-07},\n  month = jul # \" x\",\n  keywords = {a, b}\n}\n\
         @unpublished{b, crossref = {soong1945}, title = \"B\"}\n",
    ),
    (
        Format::Dpla,
        "{\"docs\":[{\"id\":\"1\",\"sourceResource\":{\"title\":[\"Cable\"],\"date\":{\"begin\":\"1943\",\
         \"end\":\"1945\",\"displayDate\":\"1943-1945\"},\"spatial\":[{\"name\":\"Peking\"}]},\
         \"dataProvider\":{\"name\":\"A\"},\"isShownAt\":\"https://e.org\"}],\"count\":1}",
    ),
    (
        Format::CslJson,
        "[{\"id\":\"1\",\"type\":\"manuscript\",\"title\":\"Cable\",\"author\":[{\"family\":\"Soong\",\
         \"given\":\"T.V.\"}],\"issued\":{\"date-parts\":[[1943,7],[1945]],\"circa\":true},\"DOI\":\"x\"}]",
    ),
    (
        Format::JsonLines,
        "{\"id\":\"1\",\"position\":3,\"title\":\"Cable\",\"date\":\"July 1945\",\"people\":[\"A\",\"B\"],\
         \"box\":{\"no\":3,\"of\":[1,null]}}\n{\"title\":\"B\",\"date_edtf\":\"1945?\"}\n",
    ),
    (
        Format::Json,
        "{\"archive\":{\"title\":\"A\"},\"records\":[{\"title\":\"Cable\",\"dc_date_display\":\"1945\"},\
         {\"creator\":\"Soong\",\"n\":1e9}],\"total\":2}",
    ),
    (
        Format::Yaml,
        "- title: Cable\n  date: July 1945\n  creator: [Soong, Stalin]\n- title: B\n  own:\n    odd: 3\n",
    ),
    (
        Format::Mail,
        "From a@e.org Thu Jul 12 10:00:00 1990\nFrom: =?utf-8?Q?S=C3=B8ng?= <a@e.org>\nTo: b@e.org\nSubject: Cable\n\
         Date: Thu, 12 Jul 1990 10:00:00 +0200\nMessage-ID: <1@e.org>\nMIME-Version: 1.0\nContent-Type: \
         multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>It <b>says</b></p>\n--x\nContent-Type: \
         application/pdf; name=a.pdf\n\n%PDF\n--x--\n\nFrom b@e.org Thu Jul 12 10:00:00 1990\nFrom: b@e.org\n\
         Subject: B\n\n>From it\n",
    ),
    (
        Format::Notes,
        "---\ntitle: Cable\ndate: July 1945\ntags: [a, b]\ncreated: 2024-05-01\n---\n# Heading\n\nSee [[A|b]] and [c](d).\n",
    ),
    (
        Format::TypedList,
        "Letters\n\n12 July 1945 - Cable (MS 41/7)\n13 July 1945 - Reply\n  with a list\nundated: Map\n1950 - B [C 7]\n",
    ),
    (
        Format::Csv,
        "id,title,date,people,Box\n1,\"Cable, \"\"No. 3\"\"\nand more\",July 1945,Soong|Stalin,3\n2,B,,,\n",
    ),
    (
        Format::ResultsPage,
        "Skip to content\n\n\n201 - 203 of 552\n\n\nJuly 12, 1945\n\nCable\n\nIt says.\n\n\nUndated\n\nOf \
         it.\n\n- \n1950\nB\n\nNext\n",
    ),
];

/// Two MARC records in their binary exchange form (ISO 2709).
fn marc() -> Vec<u8> {
    let fields =
        [("001", "7\u{1e}"), ("245", "10\u{1f}aCable /\u{1e}"), ("260", "  \u{1f}c1945.\u{1e}")];
    let (mut directory, mut text) = (String::new(), String::new());
    for (tag, field) in fields {
        write!(directory, "{tag}{:04}{:05}", field.len(), text.len()).unwrap();
        text += field;
    }
    let base = 24 + directory.len() + 1;
    let length = base + text.len() + 1;
    format!("{length:05}npc a22{base:05}   4500{directory}\u{1e}{text}\u{1d}")
        .repeat(2)
        .into_bytes()
}

/// A valid file of a format.
fn valid_file(format: Format) -> Vec<u8> {
    match format {
        Format::Marc => marc(),
        Format::Xlsx => {
            let text = include_str!("import_tables/book.xlsx.base64");
            BASE64_STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap()
        }
        _ => FILES
            .iter()
            .find(|(file_format, _)| *file_format == format)
            .unwrap()
            .1
            .as_bytes()
            .to_vec(),
    }
}

/// Fragments that are inserted into files: delimiters, escapes, numbers and dates.
const FRAGMENTS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE a [",
    "&",
    "&amp;",
    "&x;",
    "&#0;",
    "&#xD800;",
    "&#x10FFFF;",
    "<?",
    "<c>",
    "<c01>",
    "</c01>",
    "<nav>",
    "<script>",
    "<a href=\"",
    "<li><h3>",
    "\"",
    "'",
    "\"\"",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "@",
    "@string{",
    "@book{a,",
    "#",
    "%",
    "\\",
    "=",
    ",",
    ";",
    "|",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n\n",
    "  - ",
    "ER  - \n",
    "\nTY  - BOOK\n",
    "\0",
    "\u{1d}",
    "\u{1e}",
    "\u{1f}",
    "\u{feff}",
    "\u{2028}",
    "\u{301}",
    "ﬁ",
    "99999999999999999999",
    "-1",
    "1e400",
    "0",
    "1945",
    "July 12, 1945",
    "July 12, 1945\n\n",
    "1 - 10 of 552\n",
    "between 1943 and",
    "c. ",
    "19th century",
    "1945-02-31",
    "Y-17000000000000",
    "'''",
    "\"\"\"",
    "[[record]]\n",
    "[a.b.c]\n",
    "null",
    "\\u0000",
    "\\ud800",
];

/// A way to damage a file.
#[derive(Clone, Debug)]
enum Damage {
    Cut(Index, Index),
    Repeat(Index, Index, u8),
    Move(Index, Index, Index),
    Insert(Index, &'static str, u16),
    InsertBytes(Index, Vec<u8>),
    ConvertToUtf16 { big_endian: bool },
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        2 => (at(), at()).prop_map(|(from, to)| Damage::Cut(from, to)),
        2 => (at(), at(), 1..40_u8).prop_map(|(from, to, times)| Damage::Repeat(from, to, times)),
        2 => (at(), at(), at()).prop_map(|(from, to, into)| Damage::Move(from, to, into)),
        6 => (at(), select(FRAGMENTS), 1..3_u16).prop_map(|(at, fragment, times)| Damage::Insert(at, fragment, times)),
        1 => (at(), select(FRAGMENTS), 1..3000_u16).prop_map(|(at, fragment, times)| Damage::Insert(at, fragment, times)),
        2 => (at(), vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Damage::InsertBytes(at, bytes)),
        1 => any::<bool>().prop_map(|big_endian| Damage::ConvertToUtf16 { big_endian }),
    ]
}

/// Damaged files are cut to this length.
const MAX_FILE_BYTES: usize = 1 << 16;

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let length = bytes.len();
        let at = |index: &Index| index.index(length + 1);
        let range = |from: &Index, to: &Index| at(from).min(at(to))..at(from).max(at(to));
        match self {
            Damage::Cut(from, to) => drop(bytes.drain(range(from, to))),
            Damage::Repeat(from, to, times) => {
                let range = range(from, to);
                let fragment = bytes[range.clone()].repeat(usize::from(*times));
                bytes.splice(range.end..range.end, fragment);
            }
            Damage::Move(from, to, into) => {
                let fragment: Vec<u8> = bytes.drain(range(from, to)).collect();
                let into = into.index(bytes.len() + 1);
                bytes.splice(into..into, fragment);
            }
            Damage::Insert(index, fragment, times) => {
                let at = at(index);
                bytes.splice(at..at, fragment.repeat(usize::from(*times)).into_bytes());
            }
            Damage::InsertBytes(index, fragment) => {
                let at = at(index);
                bytes.splice(at..at, fragment.clone());
            }
            Damage::ConvertToUtf16 { big_endian } => {
                let text = format!("\u{feff}{}", String::from_utf8_lossy(bytes));
                let unit = if *big_endian { u16::to_be_bytes } else { u16::to_le_bytes };
                *bytes = text.encode_utf16().flat_map(unit).collect();
            }
        }
        bytes.truncate(MAX_FILE_BYTES);
    }
}

/// Counts the bytes of text that a parser delivers.
#[derive(Default)]
struct OutputSizeSink {
    output_bytes: usize,
}

impl Sink for OutputSizeSink {
    fn start_page(&mut self, page: PageStart) {
        let own = page.archive.own.iter().map(|(name, value)| name.len() + value.len());
        self.output_bytes +=
            own.sum::<usize>() + page.archive.description.map_or(0, |text| text.len());
    }

    fn add_record(&mut self, record: Record) {
        let values = record.values.iter().map(|(_, value)| value.len());
        let own = record.own.iter().map(|(name, value)| name.len() + value.len());
        self.output_bytes += 1 + record.date.text.len() + values.chain(own).sum::<usize>();
    }

    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn report(&mut self, problem: Problem) {
        self.output_bytes += problem.message.len();
    }
}

/// The bytes of text that parsing delivers, in a given format or the detected one.
fn output_bytes(bytes: &[u8], format: Option<Format>) -> usize {
    let mut sink = OutputSizeSink::default();
    let options = ReadOptions { format, ..ReadOptions::default() };
    read::read_with("file", &options, &mut &*bytes, &mut sink).ok();
    sink.output_bytes
}

/// The largest output allowed for a file. Components of a finding aid repeat the titles above them, so
/// it is a multiple of the size of the file.
fn max_output_bytes(bytes: &[u8]) -> usize {
    20_000 + 200 * bytes.len()
}

/// Runs a test on as many random values as `FONDS_FUZZ_CASES` asks for.
fn for_random_values<S: Strategy>(
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let cases = std::env::var("FONDS_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok());
    let config =
        Config { cases: cases.unwrap_or(24), failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&strategy, test).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn damaged_file_of_any_format_is_read_to_its_end() {
    for format in Format::all() {
        let intact = valid_file(format);
        for_random_values(vec(damage(), 1..6), |damages| {
            let mut bytes = intact.clone();
            for damage in &damages {
                damage.apply(&mut bytes);
            }
            for format in [Some(format), None] {
                let size = output_bytes(&bytes, format);
                prop_assert!(
                    size <= max_output_bytes(&bytes),
                    "{format:?}: {size} of {}",
                    bytes.len()
                );
            }
            Ok(())
        });
    }
}

#[test]
fn every_example_file_is_detected_and_read_without_errors() {
    struct ErrorSink(Vec<Problem>, usize);
    impl Sink for ErrorSink {
        fn start_page(&mut self, _: PageStart) {}
        fn add_record(&mut self, _: Record) {
            self.1 += 1;
        }
        fn add_part(&mut self, part: RecordPart) {
            part.read(&mut ParserCache::default(), self);
        }
        fn report(&mut self, problem: Problem) {
            self.0.extend(problem.is_error().then_some(problem));
        }
    }
    for format in Format::all() {
        let mut found = ErrorSink(Vec::new(), 0);
        let bytes = valid_file(format);
        assert_eq!(Format::detect(&bytes), Some(format));
        read::read("file", Some(format), &mut bytes.as_slice(), &mut found).unwrap();
        assert_eq!((found.0, found.1 > 0), (Vec::new(), true), "{format:?}");
    }
}

#[test]
fn any_text_is_accepted_as_a_date() {
    let fragment = prop_oneof![
        4 => select(FRAGMENTS).prop_map(str::to_owned),
        4 => "[0-9]{1,5}|[-/.,?~ ]|[a-z]{1,9}",
        1 => ".{0,6}",
    ];
    for_random_values(vec(fragment, 0..40), |fragments| {
        let text = fragments.concat();
        let date = Date::parse(&text);
        prop_assert_eq!(&date.text, &text);
        Ok(())
    });
    // The numbers of years of any length, of this era and before it, beside others that may be of another calendar.
    let long = "9".repeat(30);
    let numbers = ["1185", "1320", "1851", "999999999999", &long, "0", "-5"];
    for (one, other) in numbers.iter().flat_map(|one| numbers.map(|other| (*one, other))) {
        for [before, between, after] in [
            ["", "/", ""],
            ["", " (author b. c. ", "b. c."],
            ["", " b. c./", " b. c."],
            ["", "-", " BC"],
            ["", " [", "]"],
            ["ca. ", " AH/", " AD"],
            ["", " H / ", ""],
            ["year ", " (", " Rumi)"],
            ["", "s - ", "th century BC"],
        ] {
            let text = format!("{before}{one}{between}{other}{after}");
            let date = Date::parse(&text);
            assert!(date.span().is_none_or(|span| span.earliest <= span.latest), "{text}");
        }
    }
    assert!(Date::parse(&"1945-".repeat(100_000)).text.len() > 400_000);
    assert!(Date::parse(&"c. ".repeat(100_000)).text.len() > 200_000);
}
