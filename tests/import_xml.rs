//! Reading what archives hand out as XML, and MARC: small files of each kind, and what is told of them.

use std::fs;
use std::path::{Path, PathBuf};

use fonds::formats::read;
use fonds::formats::read::{Format, Memory, Page, Part, Sink};
use fonds::record::{Field, Problem, Record, Severity};
use proptest::prelude::*;

/// All that a reader handed over, in its order.
#[derive(Default)]
struct Taken {
    pages: Vec<Page>,
    records: Vec<Record>,
    problems: Vec<Problem>,
}

impl Sink for Taken {
    fn part(&mut self, part: Part) {
        part.read(&mut Memory::default(), self);
    }

    fn page(&mut self, page: Page) {
        self.pages.push(page);
    }
    fn record(&mut self, record: Record) {
        self.records.push(record);
    }
    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Reads bytes as a file.
fn read(name: &str, format: Option<Format>, mut bytes: &[u8]) -> Taken {
    let mut taken = Taken::default();
    read::read(name, format, &mut bytes, &mut taken).unwrap();
    taken
}

/// What was read as lines: pages, records with all their fields, problems.
fn told(taken: &Taken) -> String {
    let mut lines = Vec::new();
    for page in &taken.pages {
        let archive = &page.archive;
        let said = [&archive.title, &archive.source, &archive.url].into_iter().flatten().cloned();
        let own = archive.own.iter().map(|(name, value)| format!("{name}={value}"));
        lines.push(format!("[{}]", said.chain(own).collect::<Vec<_>>().join(" | ")));
    }
    for record in &taken.records {
        let span = record.date.span().map(|span| span.edtf()).unwrap_or_default();
        let text = &record.date.text;
        let date = (!text.is_empty()).then(|| format!("{text} ({span})"));
        let values = record.values.iter().map(|(field, value)| format!("{}={value}", field.key()));
        let own = record.own.iter().map(|(name, value)| format!("{name}={value}"));
        lines.push(date.into_iter().chain(values).chain(own).collect::<Vec<_>>().join(" | "));
    }
    for problem in &taken.problems {
        let mark = if problem.severity == Severity::Note { "note" } else { "FAULT" };
        lines.push(format!("{mark} {problem}"));
    }
    lines.join("\n")
}

/// The folder with files from outside, where the environment names one.
fn outside() -> Option<PathBuf> {
    let folder = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: FONDS_SAMPLES names no folder with files from outside");
    }
    folder
}

/// A file of each kind and each trap: its name, its text, and what is told of it.
const FILES: &[(&str, &str, &str)] = &[
    (
        "ead.xml",
        "<?xml version='1.0'?>\n<!DOCTYPE ead SYSTEM 'ead.dtd' [ <!ENTITY co 'Smith &amp; Co'> ]>\n<ead><eadheader><eadid>F1</eadid></eadheader><archdesc level='fonds'><did><unittitle>Papers of &co;</unittitle>\
         <repository><corpname>House</corpname></repository><unitdate normal='1801/2000'>XIXe-XXe si&egrave;cles</unitdate></did><dsc><c01 id='a'><did><unittitle>Series <emph>One</emph></unittitle></did>\
         <c02><did><unittitle>Letter</unittitle><unitdate normal='1945-07-12'>1945</unitdate><container type='box'>3</container></did><phystech><p>torn</p></phystech></c02></c01></dsc></archdesc></ead>",
        "[Papers of Smith & Co | House | eadheader.eadid=F1 | eadid=F1]\n\
         XIXe-XXe siècles (1801/2000) | title=Papers of Smith & Co | source=House | level=fonds\n\
         title=Series One | id=a | source=House | collection=Papers of Smith & Co\n\
         1945 (1945-07-12) | title=Letter | source=House | collection=Papers of Smith & Co | container.box=3 | phystech=torn | path=Series One",
    ),
    (
        "ead3.xml",
        "<e:ead xmlns:e='http://ead3.archivists.org/schema/'><e:control><e:recordid>R</e:recordid></e:control><e:archdesc><e:did><e:unittitle>T</e:unittitle><e:origination><e:persname><e:part>Doe</e:part><e:part>Jane</e:part></e:persname></e:origination>\
         <e:unitdatestructured><e:daterange><e:fromdate standarddate='1900'>1900</e:fromdate><e:todate standarddate='1910-05'>May 1910</e:todate></e:daterange></e:unitdatestructured></e:did></e:archdesc></e:ead>",
        "[T | control.recordid=R | eadid=R]\n1900–May 1910 (1900/1910-05) | title=T | people=Doe Jane",
    ),
    (
        "cut.xml",
        "<ead><archdesc><did><unittitle>A</unittitle></did>\n<c><did><unittitle>B</unittitle></did></c>\n<c><did><unittitle>C",
        "[A]\ntitle=A\ntitle=B | collection=A\ntitle=C | collection=A\n\
         FAULT cut.xml:3: the file ends in the middle of an element: what stands before was read, what follows was not; mend the file here and open it again",
    ),
    (
        "bomb.xml",
        "<!DOCTYPE dc [<!ENTITY a 'lol'><!ENTITY b '&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]><dc><title>&a;&b;&x;</title></dc>",
        "[]\ntitle=lol&b;&x;\n\
         FAULT bomb.xml:1: the entity “b” stands for another file or for other entities, which is refused: write out its text in the file\n\
         FAULT bomb.xml:1: the entity “x” stands for another file or for other entities, which is refused: write out its text in the file\n\
         FAULT bomb.xml:1: “&b;” is not known, or too much to write out: it is kept as it stands\n\
         FAULT bomb.xml:1: “&x;” is not known, or too much to write out: it is kept as it stands",
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
         note oai.xml:2: the record “1” was deleted by its archive (): it is not shown\n\
         note oai.xml:4: this is a part of a listing of 9 records: ask the archive for the next with resumptionToken=next",
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
fn each_kind_of_file_is_read() {
    for (name, text, expected) in FILES {
        assert_eq!(told(&read(name, None, text.as_bytes())), *expected, "{name}");
    }
}

/// The same record, its tags written in every way that XML allows.
const TAGS: &[&str] = &[
    "<dc><title>One</title><type>map</type></dc>",
    "<dc ><title\n>One</title\t><type >map</type\r\n></dc >",
    "<dc:dc><dc:title>One</dc:title><dc:type>map</dc:type></dc:dc>",
    "<a:dc x='>' y=\"'/>\"><b:title z='/'>One</b:title><c:type q=\"/\" >map</c:type><d:type/></a:dc>",
    "<dc><title>One</title><i:br/><type>map</type><br /><br\n/></dc>",
];

#[test]
fn tags_are_read_in_whatever_way_they_are_written() {
    let first = told(&read("tags.xml", Some(Format::DublinCore), TAGS[0].as_bytes()));
    for text in TAGS {
        let taken = read("tags.xml", Some(Format::DublinCore), text.as_bytes());
        assert_eq!(told(&taken), first, "{text}");
    }
    let ends = ["</titel>", "</title x>", "</titles>", "</titl>", "</Title>", "</dc:title>", "</>"];
    for end in ends {
        let text = format!("<dc><title>One{end}</dc>");
        let taken = read("tags.xml", Some(Format::DublinCore), text.as_bytes());
        let faults: Vec<_> = taken.problems.iter().filter(|it| it.is_fault()).collect();
        assert!(!faults.is_empty(), "{text} is no XML");
    }
}

#[test]
fn encodings_are_those_the_file_declares() {
    let text = "<?xml version='1.0' encoding='ISO-8859-1'?><dc><title>Café</title></dc>";
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    let wide: Vec<u8> =
        "\u{feff}<dc><title>Café</title></dc>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [latin, wide] {
        let taken = read("x.xml", None, &bytes);
        assert_eq!(told(&taken), "[]\ntitle=Café");
    }
}

/// A card in binary form.
fn card(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut directory, mut body) = (Vec::new(), Vec::new());
    for (tag, bytes) in fields {
        directory.extend(format!("{tag}{:04}{:05}", bytes.len() + 1, body.len()).bytes());
        body.extend_from_slice(bytes);
        body.push(0x1e);
    }
    let base = 24 + directory.len() + 1;
    let mut card = format!("{:05}nam  22{base:05} a 4500", base + body.len() + 1).into_bytes();
    card.extend(directory);
    card.push(0x1e);
    card.extend(body);
    card.push(0x1d);
    card
}

#[test]
fn binary_cards_are_read_with_their_accents() {
    let mut file = card(&[("001", b"7"), ("245", b"00\x1faCaf\xe2e /\x1fcX")]);
    file.extend(&card(&[("245", b"00\x1faSecond")])[..40]);
    let taken = read("cards", None, &file);
    assert_eq!(taken.records.len(), 1);
    assert_eq!(taken.records[0].title(), Some("Café"));
    assert!(taken.problems[0].message.starts_with("record 2 is cut short"), "{:?}", taken.problems);
}

/// The Latin letters and accents of MARC-8, by their bytes.
const MARC8: &[(&[u8], &str)] = &[
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
    (b"\xaf\xbb\xbe\xbf\xfcx\xfdx", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}x\u{fffd}x\u{fffd}"),
];

#[test]
fn every_letter_of_ansel_is_the_one_of_its_table() {
    for (bytes, text) in MARC8 {
        let file = card(&[("245", &[b"00\x1fa", *bytes].concat())]);
        let taken = read("cards", None, &file);
        assert_eq!(taken.records[0].title(), Some(*text), "{bytes:x?}");
    }
}

#[test]
fn what_attributes_say_of_a_name_is_kept_behind_it() {
    let text = "<ead><archdesc><did><unittitle>Papers</unittitle><origination><persname role='cre' \
                source='lcnaf'>Soong, T. V.</persname></origination></did><controlaccess><corpname \
                authfilenumber='n 79-1'>House</corpname></controlaccess></archdesc></ead>";
    let taken = read("x.xml", None, text.as_bytes());
    let people: Vec<_> = taken.records[0].all(Field::People).collect();
    assert_eq!(people, ["Soong, T. V.", "House"]);
    let kept = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let own = [
        kept("persname.role", "Soong, T. V.: cre"),
        kept("persname.source", "Soong, T. V.: lcnaf"),
        kept("corpname.authfilenumber", "House: n 79-1"),
    ];
    assert_eq!(taken.records[0].own, own);
}

/// Counts how many bytes were taken from a file.
struct Counting<'c> {
    bytes: std::io::BufReader<Box<dyn std::io::Read>>,
    taken: &'c std::cell::Cell<usize>,
}

impl std::io::Read for Counting<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.bytes.read(into)?;
        self.taken.set(self.taken.get() + count);
        Ok(count)
    }
}

impl std::io::BufRead for Counting<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.bytes.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.taken.set(self.taken.get() + count);
        self.bytes.consume(count);
    }
}

/// Lets records go, and says how far the file was read without one.
struct Going<'c> {
    taken: &'c std::cell::Cell<usize>,
    last: usize,
    records: usize,
    widest: usize,
}

impl Sink for Going<'_> {
    fn part(&mut self, part: Part) {
        part.read(&mut Memory::default(), self);
    }

    fn page(&mut self, _: Page) {}

    fn record(&mut self, _: Record) {
        let taken = self.taken.get();
        self.widest = self.widest.max(taken - self.last);
        (self.last, self.records) = (taken, self.records + 1);
    }

    fn problem(&mut self, problem: Problem) {
        assert!(!problem.is_fault(), "{problem}");
    }
}

/// Formats that are read as they come: what stands before the records, one record, and what stands behind.
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
];

/// What a reader may take in before it hands over a record: the beginning, and what it reads at once.
const AT_ONCE: usize = 1 << 18;

#[test]
fn long_files_are_handed_over_as_they_are_read() {
    use std::io::Read as _;
    let count = 100_000;
    for (name, [before, one, behind]) in STREAMS {
        let taken = std::cell::Cell::new(0);
        let mut left = count;
        let many = std::iter::from_fn(move || {
            left -= 1;
            (left >= 0).then_some(one.as_bytes())
        });
        let text = before.as_bytes().chain(Repeated { many, now: &[] }).chain(behind.as_bytes());
        let bytes = std::io::BufReader::new(Box::new(text) as Box<dyn std::io::Read>);
        let mut going = Going { taken: &taken, last: 0, records: 0, widest: 0 };
        read::read(name, None, &mut Counting { bytes, taken: &taken }, &mut going).unwrap();
        assert!(going.records >= 100_000, "{name}: {}", going.records);
        assert!(going.widest <= AT_ONCE, "{name}: {} bytes without a record", going.widest);
    }
}

#[test]
fn every_format_is_tried_with_a_long_file_or_said_to_be_read_whole() {
    let told = |[before, one, behind]: &[&str; 3]| {
        Format::detect(format!("{before}{one}{behind}").as_bytes())
    };
    let long: Vec<Format> = STREAMS.iter().filter_map(|(_, parts)| told(parts)).collect();
    for format in Format::all() {
        assert_ne!(format.is_read_whole(), long.contains(&format), "{}", format.name());
    }
}

/// Many texts as one.
struct Repeated<I> {
    many: I,
    now: &'static [u8],
}

impl<I: Iterator<Item = &'static [u8]>> std::io::Read for Repeated<I> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.now.is_empty() {
            self.now = self.many.next().unwrap_or(&[]);
        }
        self.now.read(into)
    }
}

proptest! {
    #[test]
    fn no_text_crashes_a_reader(text in "([<>&;/a-z'\"= \u{e9}\\[\\]!-]|<c>|</c>|<did>|</did>|<ead>|<archdesc>|<record>|<mods>|<datafield tag='245'>){0,60}") {
        for format in Format::all() {
            read("x", Some(format), text.as_bytes());
        }
    }

    #[test]
    fn no_bytes_crash_a_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for format in Format::all() {
            read("x", Some(format), &bytes);
        }
    }
}

/// The letters and digits of a text, small, with one space between words.
fn plain(text: &str) -> String {
    let words: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The fields expected of a record, each with its name, and whether the record has it.
fn compared(item: &serde_json::Value, record: &Record) -> Vec<(String, bool)> {
    let has = |fields: &[Field], text: &str| {
        let wanted = plain(text);
        fields
            .iter()
            .flat_map(|field| record.all(*field))
            .any(|value| plain(value).contains(&wanted))
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
            plain(&record.date.text).contains(&plain(date))
                || record.date.span() == fonds::record::Date::read(date).span(),
        ));
    }
    for creator in list("creators") {
        let (family, given) = (text(&creator, "lastName"), text(&creator, "firstName"));
        found.push((
            format!("creator {family} {given}"),
            has(&[Field::People], &format!("{family} {given}")),
        ));
    }
    for tag in list("tags").iter().map(|tag| text(tag, "tag")) {
        let right = has(&[Field::Subjects, Field::Places, Field::People], &tag);
        found.push((format!("tag {tag}"), right));
    }
    found
}

/// Fields that differ from what is expected, each with its reason.
const EXCEPTIONS: &str = include_str!("import/exceptions.tsv");

#[test]
fn fields_are_where_they_are_expected() {
    let Some(folder) = outside() else { return };
    let (mut right, mut all, mut unexplained) = (0, 0, Vec::new());
    for file in ["mods", "marcxml"].iter().flat_map(|kind| files(&folder.join(kind), "json")) {
        let name = file.file_name().unwrap().to_string_lossy().replace(".expected.json", ".xml");
        let kind = file.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let expected: serde_json::Value =
            serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let taken = read(&name, None, &fs::read(file.with_file_name(&name)).unwrap());
        let items = expected["items"].as_array().unwrap();
        assert_eq!(items.len(), taken.records.len(), "{kind}/{name}");
        for (what, is_right) in
            items.iter().zip(&taken.records).flat_map(|(item, record)| compared(item, record))
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

/// The files of a folder with this ending, by name.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|it| it == ending)).collect();
    files.sort();
    files
}

#[test]
fn every_component_of_outside_finding_aids_is_a_record() {
    let Some(folder) = outside() else { return };
    for file in files(&folder.join("ead"), "xml") {
        let text = fs::read_to_string(&file).unwrap();
        let taken = read("x.xml", None, text.as_bytes());
        assert_eq!(
            taken.records.len(),
            text.matches("<did>").count() + text.matches("<did ").count(),
            "{file:?}"
        );
        assert!(taken.problems.is_empty(), "{file:?} {:?}", taken.problems);
    }
}

proptest! {
    /// What is told has the line on which it begins, however the file is set and wherever it is cut
    /// into pieces for reading.
    #[test]
    fn a_fault_has_its_line(gaps in prop::collection::vec((0..4000_usize, 0..40_usize), 1..12)) {
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
        let mut taken = Taken::default();
        read::read("a.xml", Some(Format::Ead), &mut text.as_bytes(), &mut taken).unwrap();
        let told: Vec<_> = taken.problems.iter().filter_map(|problem| problem.line).collect();
        prop_assert_eq!(told, lines);
    }
}
