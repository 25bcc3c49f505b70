//! Parsing XML formats and MARC: small files of each format with the expected records, and how early
//! streaming parsers deliver records.

use std::fs;
use std::path::{Path, PathBuf};

use fonds::formats::read;
use fonds::formats::read::{Format, PageStart, ParserCache, RecordPart, Sink};
use fonds::record::{Field, OwnName, Problem, Record, Severity};
use proptest::prelude::*;

/// Everything that a parser delivers, in order.
#[derive(Default)]
struct Collected {
    pages: Vec<PageStart>,
    records: Vec<Record>,
    problems: Vec<Problem>,
}

impl Sink for Collected {
    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn start_page(&mut self, page: PageStart) {
        self.pages.push(page);
    }
    fn add_record(&mut self, record: Record) {
        self.records.push(record);
    }
    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Parses bytes as a file.
fn read(name: &str, format: Option<Format>, mut bytes: &[u8]) -> Collected {
    let mut collected = Collected::default();
    read::read(name, format, &mut bytes, &mut collected).unwrap();
    collected
}

/// The parsed file as lines: pages, records with all their fields, problems.
fn render(collected: &Collected) -> String {
    let mut lines = Vec::new();
    for page in &collected.pages {
        let archive = &page.archive;
        let texts = [&archive.title, &archive.source, &archive.url].into_iter().flatten().cloned();
        // What a format implies is no content of a file.
        let own = archive.own.iter().filter(|(name, _)| name != "title_form");
        let own = own.map(|(name, value)| format!("{name}={value}"));
        lines.push(format!("[{}]", texts.chain(own).collect::<Vec<_>>().join(" | ")));
    }
    for record in &collected.records {
        let span = record.date.span().map(|span| span.to_edtf()).unwrap_or_default();
        let text = &record.date.text;
        let date = (!text.is_empty()).then(|| format!("{text} ({span})"));
        let values = record.values.iter().map(|(field, value)| format!("{}={value}", field.key()));
        let own = record.own.iter().map(|(name, value)| format!("{name}={value}"));
        lines.push(date.into_iter().chain(values).chain(own).collect::<Vec<_>>().join(" | "));
    }
    for problem in &collected.problems {
        let severity = if problem.severity == Severity::Warning { "warning" } else { "error" };
        lines.push(format!("{severity} {problem}"));
    }
    lines.join("\n")
}

/// The folder of samples, if the environment names one.
fn samples_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: FONDS_SAMPLES names no folder of sample files");
    }
    folder
}

/// File name, content, and the expected lines; for each format, and for input that is hard to parse.
const FILES: &[(&str, &str, &str)] = &[
    (
        "ead.xml",
        "<?xml version='1.0'?>\n<!DOCTYPE ead SYSTEM 'ead.dtd' [ <!ENTITY co 'Smith &amp; Co'> ]>\n<ead><eadheader><eadid>F1</eadid></eadheader><archdesc level='fonds'><did><unittitle>Papers of &co;</unittitle>\
         <repository><corpname>House</corpname></repository><unitdate normal='1801/2000'>XIXe-XXe si&egrave;cles</unitdate></did><dsc><c01 id='a'><did><unittitle>Series <emph>One</emph></unittitle></did>\
         <c02><did><unittitle>Letter</unittitle><unitdate normal='1945-07-12'>1945</unitdate><container type='box'>3</container></did><phystech><p>torn</p></phystech></c02></c01></dsc></archdesc></ead>",
        "[Papers of Smith & Co | House | eadheader.eadid=F1 | eadid=F1]\n\
         XIXe-XXe siècles (1801/2000) | title=Papers of Smith & Co | repository=House | level=fonds\n\
         title=Series One | id=a | repository=House | collection=Papers of Smith & Co\n\
         1945 (1945-07-12) | title=Letter | box=3 | repository=House | collection=Papers of Smith & Co | phystech=torn | path=Series One",
    ),
    (
        "ead3.xml",
        "<e:ead xmlns:e='http://ead3.archivists.org/schema/'><e:control><e:recordid>R</e:recordid></e:control><e:archdesc><e:did><e:unittitle>T</e:unittitle><e:origination><e:persname><e:part>Doe</e:part><e:part>Jane</e:part></e:persname></e:origination>\
         <e:unitdatestructured><e:daterange><e:fromdate standarddate='1900'>1900</e:fromdate><e:todate standarddate='1910-05'>May 1910</e:todate></e:daterange></e:unitdatestructured></e:did></e:archdesc></e:ead>",
        "[T | control.recordid=R | eadid=R]\n1900–May 1910 (1900/1910-05) | title=T | creator=Doe, Jane | name_kind.person=Doe, Jane",
    ),
    (
        "cut.xml",
        "<ead><archdesc><did><unittitle>A</unittitle></did>\n<c><did><unittitle>B</unittitle></did></c>\n<c><did><unittitle>C",
        "[A]\ntitle=A\ntitle=B | collection=A\ntitle=C | collection=A\n\
         error cut.xml:3: the file ends in the middle of an element: everything before this was read, nothing after it; correct the file here and open it again",
    ),
    (
        "bomb.xml",
        "<!DOCTYPE dc [<!ENTITY a 'lol'><!ENTITY b '&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]><dc><title>&a;&b;&x;</title></dc>",
        "[]\ntitle=lol&b;&x;\n\
         error bomb.xml:1: the entity “b” refers to another file or to other entities, which is not allowed: replace it by its text\n\
         error bomb.xml:1: the entity “x” refers to another file or to other entities, which is not allowed: replace it by its text\n\
         error bomb.xml:1: “&b;” is unknown, or its text is too long: it is kept unchanged\n\
         error bomb.xml:1: “&x;” is unknown, or its text is too long: it is kept unchanged",
    ),
    (
        "dc.xml",
        "<oai_dc:dc xmlns:oai_dc='o' xmlns:dc='d'><dc:title>T</dc:title><dc:creator/><dc:identifier>x1</dc:identifier>\
         <dc:identifier>https://a.example/1</dc:identifier><dc:date>1945-07</dc:date><dc:format>paper</dc:format></oai_dc:dc>",
        "[]\n1945-07 (1945-07) | title=T | id=x1 | url=https://a.example/1 | format=paper",
    ),
    (
        "oai.xml",
        "<OAI-PMH><request>http://a.example</request><ListRecords>\n<record><header status='deleted'><identifier>1</identifier></header></record>\n\
         <record><header><identifier>2</identifier><setSpec>s</setSpec></header><metadata><dc><title>T</title></dc></metadata><about><rights>R</rights></about></record>\n\
         <resumptionToken completeListSize='9'>next</resumptionToken></ListRecords></OAI-PMH>",
        "[http://a.example | request=http://a.example]\ntitle=T | id=2 | about.rights=R | setSpec=s\n\
         warning oai.xml:2: the record “1” was deleted by its archive (): it is not shown\n\
         warning oai.xml:4: this is a part of a listing of 9 records: ask the archive for the next with resumptionToken=next",
    ),
    (
        "mods.xml",
        "<modsCollection><mods><titleInfo><nonSort>The</nonSort><title>House</title><subTitle>a view</subTitle></titleInfo><name><namePart type='given'>Ann</namePart><namePart type='family'>Lee</namePart></name>\
         <originInfo><dateIssued encoding='w3cdtf' point='start'>1900</dateIssued><dateIssued encoding='w3cdtf' point='end' qualifier='approximate'>1905</dateIssued></originInfo><note type='ownership'>N</note></mods></modsCollection>",
        "[]\n1900/1905 (1900~/1905~) | title=The House: a view | people=Lee, Ann | note.ownership=N",
    ),
    (
        "marc.xml",
        "<collection><record><leader>L</leader><controlfield tag='001'>7</controlfield><datafield tag='245' ind1='0' ind2='0'><subfield code='a'>Title :</subfield><subfield code='b'>rest /</subfield><subfield code='c'>X.</subfield></datafield>\
         <datafield tag='260'><subfield code='c'>1994-</subfield></datafield></record></collection>",
        "[]\n1994- (1994/..) | id=7 | title=Title : rest | leader=L | 245.c=X.",
    ),
];

#[test]
fn xml_and_marc_files_parse_as_expected() {
    for (name, text, expected) in FILES {
        assert_eq!(render(&read(name, None, text.as_bytes())), *expected, "{name}");
    }
}

/// The same record with tags in every form that XML allows.
const TAG_FORMS: &[&str] = &[
    "<dc><title>One</title><type>map</type></dc>",
    "<dc ><title\n>One</title\t><type >map</type\r\n></dc >",
    "<dc:dc><dc:title>One</dc:title><dc:type>map</dc:type></dc:dc>",
    "<a:dc x='>' y=\"'/>\"><b:title z='/'>One</b:title><c:type q=\"/\" >map</c:type><d:type/></a:dc>",
    "<dc><title>One</title><i:br/><type>map</type><br /><br\n/></dc>",
];

#[test]
fn equivalent_tags_parse_alike() {
    let first = render(&read("tags.xml", Some(Format::DublinCore), TAG_FORMS[0].as_bytes()));
    for text in TAG_FORMS {
        let collected = read("tags.xml", Some(Format::DublinCore), text.as_bytes());
        assert_eq!(render(&collected), first, "{text}");
    }
    let ends = ["</titel>", "</title x>", "</titles>", "</titl>", "</Title>", "</dc:title>", "</>"];
    for end in ends {
        let text = format!("<dc><title>One{end}</dc>");
        let collected = read("tags.xml", Some(Format::DublinCore), text.as_bytes());
        let errors: Vec<_> = collected.problems.iter().filter(|it| it.is_error()).collect();
        assert!(!errors.is_empty(), "{text} is not well-formed XML");
    }
}

#[test]
fn declared_encoding_is_used() {
    let text = "<?xml version='1.0' encoding='ISO-8859-1'?><dc><title>Café</title></dc>";
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    let wide: Vec<u8> =
        "\u{feff}<dc><title>Café</title></dc>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [latin, wide] {
        let collected = read("x.xml", None, &bytes);
        assert_eq!(render(&collected), "[]\ntitle=Café");
    }
}

/// A MARC record in binary form.
fn marc_record(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut directory, mut body) = (Vec::new(), Vec::new());
    for (tag, bytes) in fields {
        directory.extend(format!("{tag}{:04}{:05}", bytes.len() + 1, body.len()).bytes());
        body.extend_from_slice(bytes);
        body.push(0x1e);
    }
    let base = 24 + directory.len() + 1;
    let mut record = format!("{:05}nam  22{base:05} a 4500", base + body.len() + 1).into_bytes();
    record.extend(directory);
    record.push(0x1e);
    record.extend(body);
    record.push(0x1d);
    record
}

#[test]
fn binary_marc_is_parsed_with_its_diacritics() {
    let mut file = marc_record(&[("001", b"7"), ("245", b"00\x1faCaf\xe2e /\x1fcX")]);
    file.extend(&marc_record(&[("245", b"00\x1faSecond")])[..40]);
    let collected = read("records", None, &file);
    assert_eq!(collected.records.len(), 1);
    assert_eq!(collected.records[0].title(), Some("Café"));
    assert!(
        collected.problems[0].message.starts_with("record 2 is cut short"),
        "{:?}",
        collected.problems
    );
}

/// The Latin letters and accents of MARC-8, by their bytes.
const MARC8_LETTERS: &[(&[u8], &str)] = &[
    (b"\xa1\xa2\xa3\xa4\xa5\xa6", "\u{141}\u{d8}\u{110}\u{de}\u{c6}\u{152}"),
    (b"\xb1\xb2\xb3\xb4\xb5\xb6", "\u{142}\u{f8}\u{111}\u{fe}\u{e6}\u{153}"),
    (b"\xa7\xb7\xae\xb0", "\u{2b9}\u{2ba}\u{2bc}\u{2bb}"),
    (b"\xa8\xa9\xaa\xab\xac\xad\xbc\xbd", "\u{b7}\u{266d}\u{ae}\u{b1}\u{1a0}\u{1af}\u{1a1}\u{1b0}"),
    (b"\xb8\xb9\xba", "\u{131}\u{a3}\u{f0}"),
    (b"\xc0\xc1\xc2\xc3\xc4", "\u{b0}\u{2113}\u{2117}\u{a9}\u{266f}"),
    (b"\xc5\xc6\xc7\xc8", "\u{bf}\u{a1}\u{df}\u{20ac}"),
    (b"\xe0a\xe1a\xe2a\xe3a\xe4a\xe5a\xe6a\xe7a\xe8a", "\u{1ea3}àáâãāăȧä"),
    (b"\xe9c\xeaa\xeeo\xf0c\xf1a\xf2a\xf4a\xf7s", "čåőçąạḁș"),
    (b"\xebi\xeca", "i\u{fe20}a\u{fe21}"),
    (b"\xedo\xefm\xf3u\xf5x\xf6x", "o\u{315}m\u{310}\u{1e73}x\u{333}x\u{332}"),
    (b"\xf8x\xf9h\xfan\xfbg\xfeg", "x\u{31c}\u{1e2b}n\u{fe22}g\u{fe23}g\u{313}"),
    (b"\x88The \x89End\x8d\x8e", "The End\u{200d}\u{200c}"),
    // The escape sequence shows that it is MARC-8.
    (b"\x1b(B\xaf\xbb\xbe\xbf\xfcx\xfdx", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}x\u{fffd}x\u{fffd}"),
];

#[test]
fn every_ansel_character_is_decoded() {
    for (bytes, text) in MARC8_LETTERS {
        let file = marc_record(&[("245", &[b"00\x1fa", *bytes].concat())]);
        let collected = read("records", None, &file);
        assert_eq!(collected.records[0].title(), Some(*text), "{bytes:x?}");
    }
}

#[test]
fn addresses_and_inner_headings_of_finding_aids_are_kept_in_order() {
    let text = "<ead><archdesc><did><unittitle>A</unittitle><daogrp><daoloc href='http://a.example/1' title='Full'/>\
                <daoloc href='http://a.example/2' title='Thumb'/></daogrp></did><scopecontent><head>Scope</head><p>See \
                <extref href='http://a.example/3'>the log</extref>.</p><list><head>Boats</head><item>Möwe</item></list>\
                </scopecontent><odd><p>No link.</p></odd></archdesc></ead>";
    assert_eq!(
        render(&read("x.xml", None, text.as_bytes())),
        "[A]\ntitle=A | url=http://a.example/1 | url=http://a.example/2 | summary=See the log. Boats Möwe | dao=Full | dao=Thumb \
         | scopecontent.extref.href=the log: http://a.example/3 | odd=No link."
    );
}

#[test]
fn attributes_of_names_are_kept_as_own_fields() {
    let text = "<ead><archdesc><did><unittitle>Papers</unittitle><origination><persname role='cre' \
                source='lcnaf'>Soong, T. V.</persname></origination></did><controlaccess><corpname \
                authfilenumber='n 79-1'>House</corpname></controlaccess></archdesc></ead>";
    let collected = read("x.xml", None, text.as_bytes());
    let people: Vec<_> = [Field::Creator, Field::People]
        .iter()
        .flat_map(|it| collected.records[0].all(*it))
        .collect();
    assert_eq!(people, ["Soong, T. V.", "House"]);
    let own_field = |name: &str, value: &str| (OwnName::from(name), value.to_owned());
    let own = [
        own_field("name_kind.person", "Soong, T. V."),
        own_field("persname.role", "Soong, T. V.: cre"),
        own_field("persname.source", "Soong, T. V.: lcnaf"),
        own_field("corpname.authfilenumber", "House: n 79-1"),
    ];
    assert_eq!(collected.records[0].own, own);
}

/// Counts the bytes that a parser has read.
struct CountingReader<'c> {
    bytes: std::io::BufReader<Box<dyn std::io::Read>>,
    bytes_read: &'c std::cell::Cell<usize>,
}

impl std::io::Read for CountingReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.bytes.read(into)?;
        self.bytes_read.set(self.bytes_read.get() + count);
        Ok(count)
    }
}

impl std::io::BufRead for CountingReader<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.bytes.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.bytes_read.set(self.bytes_read.get() + count);
        self.bytes.consume(count);
    }
}

/// Drops records, and keeps the largest number of bytes that were read between two of them.
struct GapSink<'c> {
    bytes_read: &'c std::cell::Cell<usize>,
    last_record_at: usize,
    records: usize,
    largest_gap: usize,
}

impl Sink for GapSink<'_> {
    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, _: Record) {
        let bytes_read = self.bytes_read.get();
        self.largest_gap = self.largest_gap.max(bytes_read - self.last_record_at);
        (self.last_record_at, self.records) = (bytes_read, self.records + 1);
    }

    fn report(&mut self, problem: Problem) {
        assert!(!problem.is_error(), "{problem}");
    }
}

/// Files of the formats that are parsed as a stream: the text before the records, a record, and the text
/// after them.
const STREAMS: &[(&str, [&str; 3])] = &[
    (
        "x.xml",
        [
            "<ead><archdesc><did><unittitle>Papers</unittitle></did><dsc>",
            "<c01><did><unittitle>Folder</unittitle><unitdate>1945</unitdate></did></c01>\n",
            "</dsc></archdesc></ead>",
        ],
    ),
    (
        "oai.xml",
        [
            "<OAI-PMH><ListRecords>",
            "<record><metadata><dc><title>A letter</title></dc></metadata></record>\n",
            "</ListRecords></OAI-PMH>",
        ],
    ),
    (
        "mods.xml",
        [
            "<modsCollection>",
            "<mods><titleInfo><title>A letter</title></titleInfo></mods>\n",
            "</modsCollection>",
        ],
    ),
    (
        "marc.xml",
        [
            "<collection>",
            "<record><datafield tag='245'><subfield code='a'>A letter</subfield></datafield></record>\n",
            "</collection>",
        ],
    ),
    (
        "dc.xml",
        [
            "<records xmlns:dc=\"http://purl.org/dc/elements/1.1/\">",
            "<oai_dc:dc><dc:title>A letter</dc:title></oai_dc:dc>\n",
            "</records>",
        ],
    ),
    (
        "letters.xml",
        ["<letters>", "<letter><title>A letter</title><date>1945</date></letter>\n", "</letters>"],
    ),
    (
        "index.xml",
        [
            "<TEI><teiHeader><profileDesc>",
            "<correspDesc><correspAction type='sent'><persName>Roth, Emil</persName></correspAction></correspDesc>\n",
            "</profileDesc></teiHeader></TEI>",
        ],
    ),
    ("x.mrc", ["", "00051nam a2200037   4500245001300000\u{1e}  \u{1f}aA letter\u{1e}\u{1d}", ""]),
    ("x.csv", ["title,date\n", "A letter,1945\n", ""]),
    ("x.jsonl", ["", "{\"title\": \"A letter\"}\n", ""]),
    ("csl.json", ["[", "{\"type\":\"manuscript\", \"title\": \"A letter\"},\n", "{\"id\": 1}]"]),
    (
        "dpla.json",
        [
            "{\"count\": 100001, \"docs\": [",
            "{\"sourceResource\": {\"title\": \"A letter\"}},\n",
            "{\"id\": 1}], \"facets\": []}",
        ],
    ),
    (
        "list.json",
        [
            "{\"records\": [",
            "{\"title\": \"A letter\"},\n",
            "{\"title\": \"B\"}], \"total\": 100001}",
        ],
    ),
    ("x.ris", ["", "TY  - JOUR\nTI  - A letter\nER  - \n\n", ""]),
    (
        "box.mbox",
        [
            "",
            "From a@a.example Fri Apr 12 10:00:00 2019\nFrom: Ida <a@a.example>\nSubject: A letter\n\
             Date: Fri, 12 Apr 2019 10:00:00 +0000\nMessage-ID: <1@a.example>\n\nText\n\n",
            "",
        ],
    ),
];

/// The most bytes a parser may read before it delivers a record: enough for detecting the format and
/// for its buffers.
const MAX_GAP_BYTES: usize = 1 << 18;

/// The same for a shape that is not known by name, which the first megabyte decides.
const MAX_DECISION_BYTES: usize = (1 << 20) + MAX_GAP_BYTES;

#[test]
fn streaming_parsers_deliver_records_early() {
    use std::io::Read as _;
    let count = 100_000;
    for (name, [before, record, after]) in STREAMS {
        let bytes_read = std::cell::Cell::new(0);
        let mut left = count;
        let many = std::iter::from_fn(move || {
            left -= 1;
            (left >= 0).then_some(record.as_bytes())
        });
        let text =
            before.as_bytes().chain(Repeated { texts: many, current: &[] }).chain(after.as_bytes());
        let bytes = std::io::BufReader::new(Box::new(text) as Box<dyn std::io::Read>);
        let mut sink =
            GapSink { bytes_read: &bytes_read, last_record_at: 0, records: 0, largest_gap: 0 };
        read::read(name, None, &mut CountingReader { bytes, bytes_read: &bytes_read }, &mut sink)
            .unwrap();
        assert!(sink.records >= 100_000, "{name}: {}", sink.records);
        let most = if *name == "letters.xml" { MAX_DECISION_BYTES } else { MAX_GAP_BYTES };
        assert!(sink.largest_gap <= most, "{name}: {} bytes without a record", sink.largest_gap);
    }
}

#[test]
fn every_format_streams_or_declares_that_it_is_read_whole() {
    let detect = |[before, record, after]: &[&str; 3]| {
        Format::detect(format!("{before}{record}{after}").as_bytes())
    };
    let streamed: Vec<Format> = STREAMS.iter().filter_map(|(_, parts)| detect(parts)).collect();
    for format in Format::all() {
        assert_ne!(format.needs_whole_file(), streamed.contains(&format), "{}", format.name());
    }
}

/// Reads many texts, one after the other.
struct Repeated<I> {
    texts: I,
    current: &'static [u8],
}

impl<I: Iterator<Item = &'static [u8]>> std::io::Read for Repeated<I> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.current.is_empty() {
            self.current = self.texts.next().unwrap_or(&[]);
        }
        self.current.read(into)
    }
}

proptest! {
    #[test]
    fn no_text_crashes_a_parser(text in "([<>&;/a-z'\"= \u{e9}\\[\\]!-]|<c>|</c>|<did>|</did>|<ead>|<archdesc>|<record>|<mods>|<datafield tag='245'>){0,60}") {
        for format in Format::all() {
            read("x", Some(format), text.as_bytes());
        }
    }

    #[test]
    fn no_bytes_crash_a_parser(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for format in Format::all() {
            read("x", Some(format), &bytes);
        }
    }
}

/// The words of a text in lower case, with one space between them.
fn normalized_words(text: &str) -> String {
    let words: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The expected fields of a record, each with whether the record has it.
fn compare_fields(item: &serde_json::Value, record: &Record) -> Vec<(String, bool)> {
    let has = |fields: &[Field], text: &str| {
        let wanted = normalized_words(text);
        fields
            .iter()
            .flat_map(|field| record.all(*field))
            .any(|value| normalized_words(value).contains(&wanted))
    };
    let text = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap_or("").to_owned();
    let list = |key: &str| item[key].as_array().cloned().unwrap_or_default();
    let mut found = Vec::new();
    for (key, field) in
        [("title", Field::Title), ("abstractNote", Field::Summary), ("url", Field::Url)]
    {
        if let Some(value) = item[key].as_str() {
            found.push((format!("{key} {value}"), has(&[field], value)));
        }
    }
    if let Some(date) = item["date"].as_str() {
        found.push((
            format!("date {date}"),
            normalized_words(&record.date.text).contains(&normalized_words(date))
                || record.date.span() == fonds::record::Date::parse(date).span(),
        ));
    }
    for creator in list("creators") {
        let (family, given) = (text(&creator, "lastName"), text(&creator, "firstName"));
        found.push((
            format!("creator {family} {given}"),
            has(&Field::NAMES, &format!("{family} {given}")),
        ));
    }
    for tag in list("tags").iter().map(|tag| text(tag, "tag")) {
        let is_right = has(&[Field::Subjects, Field::Places, Field::People], &tag);
        found.push((format!("tag {tag}"), is_right));
    }
    found
}

/// The fields that are not as expected, each with the reason.
const EXCEPTIONS: &str = include_str!("import/exceptions.tsv");

#[test]
fn sample_fields_match_expectations() {
    let Some(folder) = samples_folder() else { return };
    let (mut right, mut all, mut unexplained) = (0, 0, Vec::new());
    for file in ["mods", "marcxml"].iter().flat_map(|kind| files(&folder.join(kind), "json")) {
        let name = file.file_name().unwrap().to_string_lossy().replace(".expected.json", ".xml");
        let kind = file.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let expected: serde_json::Value =
            serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let collected = read(&name, None, &fs::read(file.with_file_name(&name)).unwrap());
        let items = expected["items"].as_array().unwrap();
        assert_eq!(items.len(), collected.records.len(), "{kind}/{name}");
        for (what, is_right) in items
            .iter()
            .zip(&collected.records)
            .flat_map(|(item, record)| compare_fields(item, record))
        {
            all += 1;
            right += usize::from(is_right);
            let line = format!("{kind}/{name}\t{}", what.trim_end());
            if !is_right && !EXCEPTIONS.lines().any(|it| it.starts_with(&line)) {
                unexplained.push(line);
            }
        }
    }
    println!("{right} of {all} fields are as expected");
    assert!(unexplained.is_empty(), "{right} of {all}, not explained:\n{}", unexplained.join("\n"));
    assert_eq!((right, all), (133, 135));
}

/// The files of a folder with this extension, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|it| it == ending)).collect();
    files.sort();
    files
}

#[test]
fn every_component_of_sample_finding_aids_is_a_record() {
    let Some(folder) = samples_folder() else { return };
    for file in files(&folder.join("ead"), "xml") {
        let text = fs::read_to_string(&file).unwrap();
        let collected = read("x.xml", None, text.as_bytes());
        assert_eq!(
            collected.records.len(),
            text.matches("<did>").count() + text.matches("<did ").count(),
            "{file:?}"
        );
        // Some dates are slips, or say that nobody looked.
        let other = |problem: &&Problem| problem.date.is_none();
        let others: Vec<_> = collected.problems.iter().filter(other).collect();
        assert!(others.is_empty(), "{file:?} {others:?}");
    }
}

proptest! {
    /// A problem has the line on which its cause begins, whatever the line breaks in the file and
    /// and for every way to split it for parallel parsing.
    #[test]
    fn problem_has_the_line_it_begins_on(gaps in prop::collection::vec((0..4000_usize, 0..40_usize), 1..12)) {
        let mut text = "<ead><archdesc><did><unittitle>A</unittitle></did><dsc>".to_owned();
        let mut lines = Vec::new();
        for (letters, empty) in gaps {
            text.push_str(&"\n".repeat(empty));
            text.push_str(&"<!-- é\n -->".repeat(letters / 12));
            lines.push(1 + text.matches('\n').count());
            text.push_str("<c\nlevel='&no;'\n><did><unittitle>");
            text.push_str(&"x\n".repeat(letters));
            lines.push(1 + text.matches('\n').count());
            text += "&no;</unittitle></did></c>";
        }
        text += "</dsc></archdesc></ead>";
        let mut collected = Collected::default();
        read::read("a.xml", Some(Format::Ead), &mut text.as_bytes(), &mut collected).unwrap();
        let reported: Vec<_> = collected.problems.iter().filter_map(|problem| problem.line).collect();
        prop_assert_eq!(reported, lines);
    }
}

/// XML that names `html` before or in its first record, and how many records it has.
const XML_WITH_HTML: &[(&str, usize)] = &[
    (
        "<?xml version='1.0'?><rss><channel><title>C</title><item><title>A</title><description>\
         <![CDATA[<html><body>x</body></html>]]></description></item><item><title>B</title></item></channel></rss>",
        2,
    ),
    (
        "<!-- see <html> --><letters><letter><title>A</title></letter><letter><title>B</title></letter></letters>",
        2,
    ),
    (
        "<?xml version='1.0'?>\n<?note see <html> ?>\n<!-- <html> -->\n<letters><letter><title>A</title></letter>\
         <letter><title>B</title></letter></letters>",
        2,
    ),
    (
        "<?xml version='1.0'?><letters><letter><title>A</title><html>x</html></letter><letter><title>B</title></letter>\
         </letters>",
        2,
    ),
    (
        "<?xml version='1.0'?><!DOCTYPE letters [<!ENTITY page '<html>'>]><letters><letter><title>A</title></letter>\
         <letter><title>B</title></letter></letters>",
        2,
    ),
    (
        "<?xml version='1.0'?><!-- c --><feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><content \
         type='html'><![CDATA[<html>x</html>]]></content></entry><entry><title>B</title></entry></feed>",
        2,
    ),
];

#[test]
fn xml_with_html_in_it_is_no_page() {
    for (text, count) in XML_WITH_HTML {
        let merged = crate::limits::read_bytes("a.xml", text.as_bytes());
        assert_eq!(merged.records.len(), *count, "{text}: {:?}", merged.problems);
    }
}

#[test]
fn a_page_is_known_by_its_first_element() {
    let page = "<head><title>P</title></head><body><table><tr><th>Title</th><th>Date</th></tr>\
                <tr><td>A</td><td>1945</td></tr><tr><td>B</td><td>1946</td></tr></table></body></html>";
    let comment = format!("<!--{}-->", "c".repeat(5_000));
    for before in [
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x.dtd'>\n<html>",
        "<!-- saved from url=(0022)https://a.example/ -->\n<!DOCTYPE HTML>\n<HTML lang='en'>",
        "<!-- c --><!-- d -->\n<html>",
        "<!-- c -->\n<script>1 < 2</script><html>",
        "<!-- c -->Warning: x<html>",
        "<!doctype html>",
        &format!("{comment}<html>"),
    ] {
        let merged = crate::limits::read_bytes("a.bin", format!("{before}{page}").as_bytes());
        assert_eq!(merged.records.len(), 2, "{before}: {:?}", merged.problems);
    }
}
