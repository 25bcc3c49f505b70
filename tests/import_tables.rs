//! Parsing tables, reference lists and saved pages: records, problems, and how many fields of the samples
//! are right.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use fonds::formats::read;
use fonds::formats::read::{Format, ReadOptions};
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::{Date, Field, Record, Severity};
use proptest::prelude::*;
use serde_json::Value;

/// Parses bytes as a file of this name, with a column mapping such as `title=Objekt`.
fn read(name: &str, bytes: &[u8], map: &str) -> MergedPages {
    let mut options = ReadOptions::default();
    options.add_columns(map).unwrap();
    let mut merger = PageMerger::new();
    read::read_with(name, &options, &mut &bytes[..], &mut merger).unwrap();
    merger.finish()
}

/// A record on one line.
fn line(record: &Record) -> String {
    let position = record.position.map(|position| format!("#{position}"));
    let date = Some(record.date.text.clone()).filter(|text| !text.is_empty());
    let span = record.date.span().map(|_| format!("[{}]", record.date.short()));
    let values = record.values.iter().map(|(field, value)| format!("{}={value}", field.key()));
    let own = record.own.iter().map(|(name, value)| format!("({name})={value}"));
    let all = position.into_iter().chain(date).chain(span).chain(values).chain(own);
    all.collect::<Vec<_>>().join(" | ").replace('\n', "¶")
}

/// The parsed file as lines: archives, records, problems.
fn render(merged: &MergedPages) -> String {
    let mut text = String::new();
    for source in &merged.archives {
        let texts = [&source.title, &source.description].into_iter().flatten();
        let texts = texts.map(|text| text.replace('\n', "¶")).collect::<Vec<_>>().join(" | ");
        let total = source.total.map(|total| format!(" of {total}")).unwrap_or_default();
        // What a format implies is no content of a file.
        let own = source.own.iter().filter(|(name, _)| name != "title_form");
        let own = own.map(|(k, v)| format!(" ({k})={v}"));
        let own = own.collect::<Vec<_>>().concat();
        if !(texts.is_empty() && total.is_empty() && own.is_empty()) {
            writeln!(text, "= {texts}{total}{own}").unwrap();
        }
    }
    for sourced in &merged.records {
        writeln!(text, "{}", line(&sourced.record)).unwrap();
    }
    for problem in &merged.problems {
        let severity = if problem.severity == Severity::Warning { "warning" } else { "error" };
        writeln!(text, "{severity} {problem}").unwrap();
    }
    text
}

/// The folder of samples, if the environment names one.
fn samples() -> Option<PathBuf> {
    let folder = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: FONDS_SAMPLES names no folder of samples");
    }
    folder
}

/// The files of a folder whose names end so, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    files.sort();
    files
}

/// File name, column mapping, content.
const FILES: &[(&str, &str, &[u8])] = &[
    ("atom.csv", "", b"legacyId,parentId,identifier,title,repository,scopeAndContent,language,subjectAccessPoints,nameAccessPoints,eventDates,eventTypes,eventStartDates,eventEndDates,eventActors\n1,,F1,Fonds of A,The Archive,About A,en|fr,Trade|War,Kim|Lee,1943-1945|1950,Creation|Copying,1943-01-01|1950,1945-12-31|1950,Kim|NULL\n\n2,1,F1-1,Letter,The Archive,,,,,|,Creation,1944-05-01,1944-05-31,NULL\n"),
    ("archivesspace.csv", "", "ArchivesSpace field code (please don't edit this row),ead,title,begin_1,end_1,expression_1,begin_2,end_2,subject_1_term,subject_1_type,subject_2_term,subject_2_type,people_agent_header_1,n_abstract\nField name ,EAD ID,Title (either or Date is *REQUIRED*),Begin,End,Expression,Begin,End,Subject,Type,Subject,Type,Person,Abstract\n,E1,Minutes,1918,1925,,1950,,Trade,topical,Łódź,geographic,\"Soong, T. V.\",What was said\n".as_bytes()),
    ("mark-and-semicolons.csv", "", "\u{feff}Titel;Datum;Verfasser;SIGNATUR;Kiste\r\nBrief an Käthe;7. Mai 1945;Müller, A.|Meier, B.;A/1;7\r\n;;;;\r\nOhne Kiste;1946\r\nZu viel;1947;;;8;9;10\r\n".as_bytes()),
    ("french.tsv", "", "Intitul\u{e9}\tDate\tMots_cl\u{e9}s\tCote\nLettre\t12 juillet 1945\tGuerre|Paix\tB 2\n".as_bytes()),
    ("bars.txt", "", b"Date|Title|Summary\n1945|A|S\n1946|B|\n"),
    ("windows.csv", "", b"title,date\nCaf\xe9,1945\nNa\xefve,1946\n"),
    ("above.csv", "", b"sep=,\nMy archive,,\nTaken on a Monday,,\n,,\nTitle,Date,Box\nA,1945,3\n"),
    ("mapped.csv", "title=Objekt, date=when was it,people=Who", b"Objekt,Title,When_was it,Who\nA,Other,1945,Kim\n"),
    ("mapped-wrong.csv", "colour=Objekt,title=Nothing", b"Objekt,When\nA,1945\n"),
    ("untitled.csv", "", b"box,folder,contents\n1,2,About it\n3,,\n"),
    ("open-quote.csv", "", b"title,date,box\nA,1945,1\nB,\"1946,2\nC,1947,3\n"),
    ("dates.csv", "", b"title,date\nA,7/12/1945\nB,23rd Dynasty\nC,n.d.\n"),
    ("years.csv", "", b"title,date,year,start year,end year\nA,long ago,1945,1940,1949\nB,,,1940,1949\n"),
    ("empty-rows.csv", "", b"title,date\n\n,\n"),
    ("list.ris", "", "\u{feff}TY  - LETT\r\nTI  - A letter\r\n  broken over lines\r\nAU  - Soong, T. V.\r\nAU  - Stalin, J.\r\nPY  - 1945\r\nDA  - 1945/07/12/\r\nKW  - War\r\nPeace; Trade\r\nAB  - First.\r\n\r\nSecond.\r\nUR  - http://a.example/1\r\nC1  - own\r\nER  - \r\n\r\nTY - JOUR\nT1 - One space\nY1 - 1946///Spring\nT2 - Journal\nER -\nTY  - BOOK\nTI  - Never closed\nTY  - BOOK\nPY  - 1945/07//\n".as_bytes()),
    ("stray.ris", "", b"TY  - BOOK\nTI  - A\nER  - \nnobody's line\nnor this\nAU  - No type\nER  - and more\n\nthe end\n"),
    ("list.bib", "", b"@string{ap = {A Press}}\n% a note\n@comment{nothing}\n@book{k1, title={The {NASA} \\'Etude \\\"uber {\\ss}}, author={M{\\\"u}ller, Hans and {The Board of Trade} and Ludwig van Beethoven}, year=1945, month=jul, publisher=ap, keywords={war, peace}, note={own}}\n@article{k2,\n  title = {Broken}\n  year = {1946},\n}\n@unpublished{k3, title={Dates}, date={1943/1945~}, url={http://a.example/3}, library={The Archive}}\n@inproceedings{k4, crossref={k5}, title={Part}}\n@proceedings{k5, title={Whole}, year=1950, month={May}}\n"),
    ("list.json", "", br#"[{"id":"x1","type":"manuscript","title":"A","author":[{"family":"Beethoven","given":"Ludwig","non-dropping-particle":"van"},{"literal":"Board of Trade"}],"issued":{"date-parts":[["1945",7,12]],"circa":"1"},"archive":"The Archive","keyword":"war, peace","note":"own"},
{"id":2,"type":"letter","issued":{"date-parts":[[1943],[1945,5]],"circa":true},"recipient":[{"family":"Kim"}]},
{"id":3,"type":"letter","issued":{"literal":"after the war"},"custom":{"a":{"b":[1,null,"c"]}}},
{"id":4,"type":"letter","issued":{"date-parts":[[1945]],"season":1,"circa":0}},
"text",
{"id":5,"type":"letter","title":"cut"#),
    ("items.json", "", br#"{"count": 2, "start": 1, "docs": [{"id":"d1","isShownAt":"http://a.example/1","dataProvider":"Library","sourceResource":{"title":["A"],"creator":"Kim","date":[{"displayDate":"May 1945","begin":"1945-05","end":"1945-05"}],"subject":[{"name":"War"},{"name":""}],"spatial":[{"name":"Paris","coordinates":"1,2"}],"language":[{"name":"English","iso639_3":"eng"}],"collection":{"title":"C","@id":"c1"}}},
{"id":"d2","sourceResource":{"title":"B","date":{"begin":"1940","end":"1945"},"rights":"Open"}}]}"#),
    ("page.html", "", b"<!DOCTYPE html>\n<!-- saved from url=(0030)https://archive.example/search?page=2 -->\n<html><head><title>Search</title><script>if (a < b) { '12 May 1900' }</script></head>\n<body><nav><a href=/home>Home</a></nav>\n<p>201 - 203 of 552</p>\n<ul><li><span>July 12, 1945</span>\n<h3><a href=\"/document/1\">Letter from A &amp; B &#8211; caf&eacute;</a></h3>\n<p>What it\n says.<br>More of it.</p></li>\n<li><div>May 1943</div><h3><a href='document/2'>Second</a></h3><p>Text.</p><p>More text.</p></li>\n<li><h3><a href=\"https://other.example/3\">Undated one</a></h3><p>Has no date.</p></li></ul></body></html>\n"),
];

/// File name and content, and the people and locations in it.
const PEOPLE: &[(&str, &str, &[&str])] = &[
    (
        "a.ris",
        "TY  - PCOMM\nTI  - A\nAU  - Roth, Ida\nA2  - Kern, Max\nA4  - Lind, Eva\nDB  - Town Archive\nAN  - box 3, folder 2\nER  - \n",
        &[
            "title=A | creator=Roth, Ida | recipient=Kern, Max | contributor=Lind, Eva | contributor_role=translator | repository=Town Archive | box=3 | folder=2 | (TY)=PCOMM",
        ],
    ),
    (
        "b.ris",
        "TY  - BOOK\nTI  - A\nA1  - Roth, Ida\nA2  - Kern, Max\nED  - Lind, Eva\nDB  - Index\nAN  - 7\nCN  - B 7\nER  - \n",
        &[
            "title=A | creator=Roth, Ida | contributor=Kern, Max | contributor_role= | contributor=Lind, Eva | contributor_role=editor | reference_code=B 7 | (TY)=BOOK | (DB)=Index | (AN)=7",
        ],
    ),
    (
        "c.ris",
        "TY  - MANSCPT\nTI  - A\nAV  - box 3, folder 2, Roth papers\nN1  - title: B\nN1  - collection: C\nER  - \n",
        &[
            "title=A | reference_code=box 3, folder 2, Roth papers | (TY)=MANSCPT | (N1)=title: B | (N1)=collection: C",
        ],
    ),
    (
        "d.ris",
        "TY  - MANSCPT\nTI  - A\nAN  - Karton 7, Mappe 2a\nER  - \nTY  - MANSCPT\nTI  - B\nAN  - box of maps\nER  - \n",
        &[
            "title=A | box=Karton 7 | folder=Mappe 2a | (TY)=MANSCPT",
            "title=B | reference_code=box of maps | (TY)=MANSCPT",
        ],
    ),
    (
        "e.bib",
        "@unpublished{e, title={A}, author={{Stadtamt = Town Office} and Roth, Ida and others}, editor={Lind, Eva}, editortype={compiler}, translator={Kern, Max}, library={Town Archive}, howpublished={Typescript}, note={title: B}}\n",
        &[
            "id=e | creator=Stadtamt = Town Office | creator=Roth, Ida | contributor=Lind, Eva | contributor_role=compiler | source=Typescript | repository=Town Archive | title=A | contributor=Kern, Max | contributor_role=translator | (type)=unpublished | (creator.others)=and others | (note)=title: B",
        ],
    ),
    (
        "f.bib",
        "@unpublished{f, title={A}, author={family=Aa, given=Ida, prefix=van der and {Lind, Kern \\& Sons} and {and} and Sand and\nLand}, editora={Kern, Max}}\n",
        &[
            "id=f | creator=van der Aa, Ida | creator=Lind, Kern & Sons | creator=and | creator=Sand | creator=Land | contributor=Kern, Max | contributor_role=editor | title=A | (type)=unpublished",
        ],
    ),
    (
        "g.json",
        r#"[{"type":"manuscript","title":"A","author":[{"family":"House","given":"Ida"},{"literal":"Roth, Ida"}],"recipient":[{"family":"Kern","suffix":"Jr.","given":"Max"}],"interviewer":[{"family":"Lind"}],"contributor":[{"family":"Estaing","non-dropping-particle":"d'","given":"Eva"}],"archive":"Town Archive","archive-place":"Orla","archive_collection":"Roth papers","archive_location":"MS 4","call-number":"7","note":"source: B"}]"#,
        &[
            "title=A | creator=House, Ida | creator=Roth, Ida | recipient=Kern, Max, Jr. | contributor=Lind | contributor_role=interviewer | contributor=d'Estaing, Eva | contributor_role= | repository=Town Archive | archive_place=Orla | collection=Roth papers | reference_code=7 | reference_code=MS 4 | (type)=manuscript | (name_kind.whole)=Roth, Ida | (note)=source: B",
        ],
    ),
    (
        "joined.csv",
        "title,author,date\nA,\"Keller, Anna und Roth, Emil\",1950\nB,\"Smith, Kline & French\",1950\nC,A. Keller & B. Roth,1950\nD,Marx and Engels,1950\nE,\"Lloyd, J. & Edwards, W. Solicitors\",1950\nF,\"Keller, Anna and Emil Roth\",1950\n",
        &[
            "1950 | [1950] | title=A | creator=Keller, Anna | creator=Roth, Emil",
            "1950 | [1950] | title=B | creator=Smith, Kline & French",
            "1950 | [1950] | title=C | creator=A. Keller | creator=B. Roth",
            "1950 | [1950] | title=D | creator=Marx and Engels",
            "1950 | [1950] | title=E | creator=Lloyd, J. & Edwards, W. Solicitors",
            "1950 | [1950] | title=F | creator=Keller, Anna and Emil Roth",
        ],
    ),
    (
        "containers.csv",
        "title,date,Reel No.,Karton,container\nA,1950,4,3,\"Shelf 4, Box 3\"\nB,1950,,,Top shelf\n",
        &[
            "1950 | [1950] | title=A | container=Reel 4 | box=Karton 3 | container=Shelf 4 | box=3",
            "1950 | [1950] | title=B | container=Top shelf",
        ],
    ),
    (
        "h.csv",
        "legacyId,parentId,identifier,title,levelOfDescription,repository,nameAccessPoints,eventActors,eventTypes,physicalObjectName,physicalObjectType\n1,,F,Roth fonds,Fonds,Town Archive,,Roth,Creation,,\n2,1,F-1,Letters,Series,,,,,,\n3,2,F-1-1,Letter,Item,,Kern,Roth|Lind,Creation|Custody,3|Map case,Hollinger box|Cabinet\n4,2,F-1-2,Map,Item,,,NULL|Lind,Creation|Reproduction,Box 4,Box\n",
        &[
            "id=1 | reference_code=F | title=Roth fonds | repository=Town Archive | creator=Roth | (levelOfDescription)=Fonds | (eventTypes)=Creation",
            "id=2 | reference_code=F-1 | title=Letters | collection=Roth fonds | repository=Town Archive | (parentId)=1 | (levelOfDescription)=Series",
            "id=3 | reference_code=F-1-1 | title=Letter | people=Kern | creator=Roth | contributor=Lind | contributor_role=Custody | box=Hollinger box 3 | container=Cabinet Map case | collection=Roth fonds | series=Letters | repository=Town Archive | (parentId)=2 | (levelOfDescription)=Item | (eventTypes)=Creation|Custody",
            "id=4 | reference_code=F-1-2 | title=Map | contributor=Lind | contributor_role=Reproduction | box=4 | collection=Roth fonds | series=Letters | repository=Town Archive | (parentId)=2 | (levelOfDescription)=Item | (eventTypes)=Creation|Reproduction",
        ],
    ),
    (
        "i.csv",
        "title,people_agent_header_1,people_agent_role_1,people_agent_relator_1,people_agent_header_2,people_agent_role_2,corporate_entities_agent_header_1,corporate_entities_agent_role_1,type_1,indicator_1,type_2,indicator_2,n_prefercite\nA,\"Roth, Ida\",source,dnr,\"Kern, Max\",subject,Town Office,creator,box,3,reel,5,Cite so\n",
        &[
            "title=A | contributor=Roth, Ida | contributor_role=dnr | people=Kern, Max | creator=Town Office | box=3 | container=reel 5 | preferred_citation=Cite so | (name_kind.person)=Roth, Ida | (people_agent_role_1)=source | (people_agent_relator_1)=dnr | (name_kind.person)=Kern, Max | (people_agent_role_2)=subject | (name_kind.body)=Town Office | (corporate_entities_agent_role_1)=creator",
        ],
    ),
    (
        "j.csv",
        "Titel;Absender;Empfänger;Übersetzer;Archiv;Bestand;Karton;Mappe;Signatur\nBrief;Roth, Ida;Kern, Max|Lind, Eva;Aa, Jan;Stadtarchiv;Nachlass Roth;7;2;NL 1\n",
        &[
            "title=Brief | creator=Roth, Ida | recipient=Kern, Max | recipient=Lind, Eva | contributor=Aa, Jan | contributor_role=Übersetzer | repository=Stadtarchiv | collection=Nachlass Roth | box=Karton 7 | folder=Mappe 2 | reference_code=NL 1",
        ],
    ),
    (
        "k.csv",
        "title,person_1,person_1_role,person_2,person_2_role,editor\nA,Roth,author,Kern|Lind,addressee|former owner,Aa\n",
        &[
            "title=A | creator=Roth | recipient=Kern | contributor=Lind | contributor_role=former owner | contributor=Aa | contributor_role=editor",
        ],
    ),
    (
        "l.csv",
        "titre,expéditeur,destinataire,boîte,cote\nLettre,Roth,Kern,7,1 J 5\n",
        &["title=Lettre | creator=Roth | recipient=Kern | box=boîte 7 | reference_code=1 J 5"],
    ),
    (
        "atom.csv",
        "legacyId,title,physicalObjectName,physicalObjectType\n1,A,Carton 3,Cardboard box\n2,B,Box 4|Reel 5,Box|Microfilm reel\n3,C,7|8,Cardboard box\n4,D,Box 1|Carton 2,Karton\n",
        &[
            "id=1 | title=A | box=Carton 3 | (physicalObjectType)=Cardboard box",
            "id=2 | title=B | box=4 | container=Reel 5 | (physicalObjectType)=Microfilm reel",
            "id=3 | title=C | box=Cardboard box 7 | box=Cardboard box 8",
            "id=4 | title=D | box=1 | box=Carton 2 | (physicalObjectType)=Karton",
        ],
    ),
    (
        "mail.csv",
        "title,Sender name,Recipient name,Cc,Bcc,Date\nHarvest,Roth,Kern|Lind,Aa,Holm,1950\n",
        &[
            "1950 | [1950] | title=Harvest | creator=Roth | recipient=Kern | recipient=Lind | contributor=Aa | contributor_role=Cc | contributor=Holm | contributor_role=Bcc",
        ],
    ),
    (
        "m.json",
        r#"{"id":"d1","dataProvider":"Town Archive","provider":{"name":"Orla Library"},"sourceResource":{"title":"A","creator":["Roth"],"contributor":["Kern","Lind"]}}"#,
        &[
            "id=d1 | repository=Town Archive | title=A | creator=Roth | contributor=Kern | contributor=Lind | contributor_role= | contributor_role= | (provider.name)=Orla Library",
        ],
    ),
];

#[test]
fn people_and_locations_have_fields_of_their_own() {
    for (name, text, expected) in PEOPLE {
        let merged = read(name, text.as_bytes(), "");
        let lines: Vec<String> = merged.records.iter().map(|it| line(&it.record)).collect();
        assert_eq!(lines, *expected, "{name}");
        assert_eq!(merged.problems, [], "{name}");
    }
}

#[test]
fn tables_and_reference_lists_match_their_snapshot() {
    let mut text = String::new();
    for (name, map, bytes) in FILES {
        let format = Format::detect(bytes).map_or("by name", Format::name);
        writeln!(text, "## {name} ({format})\n{}", render(&read(name, bytes, map))).unwrap();
    }
    insta::assert_snapshot!("import_tables", text);
}

#[test]
fn workbook_is_parsed_sheet_by_sheet() {
    let merged =
        read("book.xlsx", &base64_bytes(include_str!("import_tables/book.xlsx.base64")), "");
    insta::assert_snapshot!("import_workbook", render(&merged));
}

/// Decodes a file that is stored as base64.
fn base64_bytes(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    let text: String = text.split_whitespace().collect();
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

#[test]
fn invalid_column_mapping_is_rejected() {
    let mut options = ReadOptions::default();
    assert!(options.add_columns("title").unwrap_err().contains("`title`"));
    assert!(options.add_columns("title=").is_err());
    assert!(options.add_columns("").is_ok());
}

#[test]
fn invalid_workbook_is_reported() {
    let merged = read("a.xlsx", b"PK\x03\x04 nothing else", "");
    assert!(merged.records.is_empty());
    assert!(render(&merged).contains("this workbook cannot be read"));
}

/// Fragments of files of these formats.
const FRAGMENTS: &[&str] = &[
    "title",
    "date",
    "1945",
    ",",
    ";",
    "\t",
    "|",
    "\"",
    "\n",
    "\r\n",
    "TY  - JOUR\n",
    "ER  - \n",
    "AU  - ",
    "@book{",
    "@string{",
    "}",
    "{",
    "k,",
    "=",
    "\\\"",
    "\\",
    "$",
    "[",
    "]",
    ":",
    "\"issued\"",
    "\"date-parts\"",
    "\"type\"",
    "\"sourceResource\"",
    "null",
    "<a href=",
    "<p>",
    "</p>",
    "<nav>",
    "<!--",
    "-->",
    "&amp;",
    "&#x",
    ">",
    "'",
    "\u{e9}",
    "\u{feff}",
    "NULL",
    "/",
    "-",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_stops_a_parser(
        fragments in prop::collection::vec(prop::sample::select(FRAGMENTS), 0..60),
        noise in "\\PC{0,40}",
    ) {
        let text = fragments.concat() + &noise;
        for format in Format::all() {
            let mut merger = PageMerger::new();
            let file = &mut text.as_bytes();
            read::read("noise", Some(format), file, &mut merger).unwrap();
        }
    }
}

/// The expectations that are not met, each with the reason.
const EXCEPTIONS: &str = include_str!("import_tables/exceptions.txt");

/// The words of a text in lower case, sorted, without markup and punctuation.
fn sorted_words(text: &str) -> String {
    let mut in_markup = false;
    let without_markup = text.chars().filter(|c| {
        in_markup = (in_markup || *c == '<') && *c != '>';
        !in_markup && *c != '>'
    });
    let plain: String = without_markup
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}

/// The distinct texts, sorted.
fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut texts: Vec<String> = texts.map(sorted_words).collect();
    texts.sort();
    texts.dedup();
    texts
}

/// The fields of an item: name, expected value, parsed value.
fn compare_fields(item: &Value, record: &Record) -> Vec<(&'static str, String, String)> {
    let text = |key: &str| item[key].as_str().unwrap_or("");
    let creators = item["creators"].as_array().cloned().unwrap_or_default();
    let name = |one: &Value| {
        format!(
            "{} {}",
            one["firstName"].as_str().unwrap_or(""),
            one["lastName"].as_str().unwrap_or("")
        )
    };
    let creators: Vec<String> = creators.iter().map(name).collect();
    let tags = item["tags"].as_array().cloned().unwrap_or_default();
    let tag = |one: &Value| one.as_str().or(one["tag"].as_str()).unwrap_or("").to_owned();
    let tags: Vec<String> = tags.iter().map(tag).collect();
    let dates = ["date", "issueDate", "dateDecided", "dateEnacted"].map(text);
    let date = dates.into_iter().find(|date| !date.is_empty()).unwrap_or("");
    let span = |text: &str| {
        format!(
            "{:?}",
            Date::parse(text)
                .span()
                .filter(|_| !text.starts_with("0000"))
                .map(|span| (span.earliest, span.latest))
        )
    };
    let ours = format!("{:?}", record.date.span().map(|span| (span.earliest, span.latest)));
    let known = |field: Field| record.first(field).unwrap_or("");
    let titles = ["caseName", "nameOfAct", "subject", "title"].map(text);
    let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or("");
    let url = text("url");
    let fields = [Field::Creator, Field::Recipient, Field::Contributor];
    let people: Vec<&str> = fields.iter().flat_map(|field| record.all(*field)).collect();
    vec![
        ("title", sorted_words(title), sorted_words(known(Field::Title))),
        (
            "creators",
            distinct(creators.iter().map(String::as_str)).join("; "),
            distinct(people.iter().copied()).join("; "),
        ),
        ("date", span(date), ours),
        ("abstract", sorted_words(text("abstractNote")), sorted_words(known(Field::Summary))),
        (
            "subjects",
            distinct(tags.iter().map(String::as_str)).join("; "),
            distinct(record.all(Field::Subjects)).join("; "),
        ),
        (
            "address",
            url.to_owned(),
            record.all(Field::Url).find(|one| *one == url).unwrap_or(known(Field::Url)).to_owned(),
        ),
    ]
}

#[test]
fn reference_fields_match_expectations() {
    let Some(folder) = samples() else { return };
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for (kind, ending) in [("ris", ".ris"), ("bibtex", ".bib"), ("csl", ".json")] {
        for expected in files(&folder.join(kind), ".expected.json") {
            let name =
                expected.file_name().unwrap().to_string_lossy().replace(".expected.json", "");
            let file = folder.join(kind).join(format!("{name}{ending}"));
            let merged = read(&format!("{name}{ending}"), &fs::read(file).unwrap(), "");
            let json: Value = serde_json::from_str(&fs::read_to_string(expected).unwrap()).unwrap();
            let items = json["items"].as_array().unwrap();
            assert_eq!(items.len(), merged.records.len(), "{name}");
            for (at, (item, sourced)) in items.iter().zip(&merged.records).enumerate() {
                for (field, expected, found) in compare_fields(item, &sourced.record) {
                    all += 1;
                    if expected == found {
                        right += 1;
                    } else {
                        wrong.push((format!("{kind}/{name} {} {field}", at + 1), expected, found));
                    }
                }
            }
        }
    }
    println!("{right} of {all} fields are as expected");
    let known: Vec<&str> = EXCEPTIONS
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(location, _)| location.trim())
        .collect();
    let new: Vec<_> =
        wrong.iter().filter(|(location, ..)| !known.contains(&location.as_str())).collect();
    for (location, expected, found) in &new {
        println!("{location}\n  expected {expected}\n  found    {found}");
    }
    // The table of exceptions gives these numbers as percentages.
    assert_eq!((right, all), (651, 672));
    assert!(new.is_empty(), "{} are not explained", new.len());
    for location in known.iter().filter(|location| !location.starts_with('#')) {
        assert!(
            wrong.iter().any(|(one, ..)| one == location),
            "{location} is right now: remove it from the exceptions"
        );
    }
}

#[test]
fn large_table_has_titles_and_dates() {
    let Some(folder) = samples() else { return };
    let bytes = fs::read(folder.join("csv/naa-withheld.csv")).unwrap();
    let merged = read("naa-withheld.csv", &bytes, "");
    let (records, problems) = (merged.records.len(), merged.problems.len());
    let dated =
        merged.records.iter().filter(|sourced| sourced.record.date.span().is_some()).count();
    let titled = merged.records.iter().filter(|sourced| sourced.record.title().is_some()).count();
    println!("{records} records, {titled} with a title, {dated} dated, {problems} problems");
    // 14 dates end before they begin: "1973 - 01 Jan 1800".
    assert_eq!((records, problems), (4215, 14));
    assert!(titled == records && dated * 100 > records * 95);
}

#[test]
fn json_items_are_found_in_any_enclosing_structure() {
    let item = |at: usize| format!("{{\"title\": \"{at}\", \"type\":\"manuscript\"}}");
    let [one, two] = [item(1), item(2)];
    let render_json =
        |text: &str| render(&read("list.json", text.as_bytes(), "")).trim().to_owned();
    let expected = render_json(&format!("[{one},\n{two}]"));
    for text in [
        format!("\u{feff}[{one},{two}]\n"),
        format!("{one}\n{two}"),
        format!("[{one}]\n[{two}]"),
        format!("{{\"items\": [{one}, {two}]}}"),
        format!("{{\"items\": [{one}]}}{{\"items\": [{two}]}}"),
    ] {
        assert_eq!(render_json(&text), expected, "{text}");
    }
    let repeated_key = render_json("{\"title\": \"A\", \"type\":\"manuscript\", \"title\": \"B\"}");
    assert!(repeated_key.contains("title=A | title=B"), "{repeated_key}");
    let no_list = render_json("{\"title\": \"A\", \"type\":\"manuscript\", \"items\": \"three\"}");
    assert!(no_list.contains("title=A | (type)=manuscript | (items)=three"), "{no_list}");
    let with_more = render_json(&format!("{{\"count\": 9, \"items\": [{one}], \"more\": \"no\"}}"));
    assert!(with_more.starts_with("=  of 9 (more)=no\n"), "{with_more}");
}

#[test]
fn json_in_another_encoding_gives_a_warning() {
    for text in [
        &b"[{\"title\": \"A\"},\n{\"title\": \"Caf\xe9\"}]"[..],
        b"[{\"title\":\"A\",\"issued\":\"1945\"},\n{\"title\":\"Caf\xe9\"}]",
    ] {
        let read = render(&read("list.json", text, ""));
        assert!(read.contains("title=Café"), "{read}");
        let note = "warning list.json:2: letters that are not UTF-8 were read as windows-1252";
        assert!(read.contains(note), "{read}");
    }
}
