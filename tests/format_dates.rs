//! What the fields for machines of each format say about dates.

use std::io::{Cursor, Write};

use fonds::formats::read;
use fonds::formats::read::{PageStart, ParserCache, RecordPart, Sink};
use fonds::record::date::machine;
use fonds::record::{ParsedDate, Problem, Record};
use proptest::prelude::*;

/// The records and problems of a file.
#[derive(Default)]
struct Collected {
    records: Vec<Record>,
    problems: Vec<Problem>,
}

impl Sink for Collected {
    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Reads a file from memory.
fn read(name: &str, text: &str) -> Collected {
    let mut collected = Collected::default();
    read::read(name, None, &mut text.as_bytes(), &mut collected).unwrap();
    collected
}

/// The days of a date as EDTF, `undated` or `unread`, with `!` behind them if they are doubtful.
fn days(parsed: ParsedDate) -> String {
    match parsed {
        ParsedDate::Undated => "undated".to_owned(),
        ParsedDate::Unreadable => "unread".to_owned(),
        ParsedDate::Span(span) => span.to_edtf() + if span.doubtful { "!" } else { "" },
    }
}

/// Compares what each file of a table is read as, and reports all differences at once.
fn check<'t>(
    cases: impl IntoIterator<Item = (&'t str, &'t str)>,
    name: &str,
    file: impl Fn(&str) -> String,
) {
    let mut wrong = Vec::new();
    for (part, expected) in cases {
        let collected = read(name, &file(part));
        let found: Vec<String> =
            collected.records.iter().map(|record| days(record.date.parsed)).collect();
        if found.last().map(String::as_str) != Some(expected) {
            wrong.push(format!("{part}\n    expected {expected}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes, and their days.
const CODES: &[(&str, &str)] = &[
    ("1945", "1945"),
    ("1945-07", "1945-07"),
    ("194507", "1945-07"),
    ("1945-07-12", "1945-07-12"),
    ("19450712", "1945-07-12"),
    ("1945/07/12", "1945-07-12"),
    ("1945-07-12T21:45", "1945-07-12"),
    ("1945-07-12T21:45:00+09:00", "1945-07-12"),
    ("1945-07-12 21:45:00", "1945-07-12"),
    ("19450712T214500Z", "1945-07-12"),
    ("19450712214500", "1945-07-12"),
    ("1945-193", "1945-07-12"),
    ("1945W284", "1945-07-12"),
    ("1945-W28-4", "1945-07-12"),
    ("+1945-07-12", "1945-07-12"),
    ("1943/1945", "1943/1945"),
    ("1943-01-01/1945-12-31", "1943-01-01/1945-12-31"),
    ("1945-07-12/15", "1945-07-12/1945-07-15"),
    ("1945-07-12/08-01", "1945-07-12/1945-08-01"),
    ("1945/46", "1945/1946"),
    ("1943-1945", "1943/1945"),
    ("19430901-19451006", "1943-09-01/1945-10-06"),
    ("1943-09-01--1945-10-06", "1943-09-01/1945-10-06"),
    ("1943-09-01-1945-10-06", "1943-09-01/1945-10-06"),
    // Open and unknown.
    ("9999", "undated"),
    ("0000", "undated"),
    ("uuuu", "undated"),
    ("||||", "undated"),
    ("uuuu-uu-uu", "undated"),
    ("0000-00-00", "undated"),
    ("00000000", "undated"),
    ("9999-12-31", "undated"),
    ("9999-12-31T23:59:59Z", "undated"),
    ("uuuu/9999", "undated"),
    ("1920-01-01/9999-12-31", "1920-01-01/.."),
    ("1910-9999", "1910/.."),
    ("1910/uuuu", "1910/.."),
    ("1910/", "1910/.."),
    ("1910-", "1910/.."),
    ("/1910", "../1910"),
    ("uuuu-1911", "../1911"),
    ("0000/1911", "../1911"),
    ("unknown/1911", "../1911"),
    ("1911/open", "1911/.."),
    // A dash is the end of a range, unless the year has a zero in front.
    ("-1938", "../1938"),
    ("-0043", "-0043"),
    ("-0043-03-15", "-0043-03-15"),
    ("-1200/-1100", "-1200/-1100"),
    // Masked digits.
    ("19uu", "19XX"),
    ("194u", "194X"),
    ("194-", "194X"),
    ("19--", "19XX"),
    ("1uuu", "1XXX"),
    ("194?", "194X"),
    ("19uu-1953", "19XX/1953"),
    ("1945-uu-uu", "1945"),
    ("1945-07-uu", "1945-07"),
    ("194507uu", "1945-07"),
    ("19450700", "1945-07"),
    ("1945-00-00", "1945"),
    // Signs of EDTF.
    ("1945?", "1945?"),
    ("1945-07~", "1945-07~"),
    ("1945%", "1945%"),
    ("1945-21", "1945-21"),
    // Impossible dates are read as far as they are possible.
    ("1945-366", "1945!"),
    ("1944-366", "1944-12-31"),
    ("1945/1943", "1943/1945!"),
    ("1950-1940", "1940/1950!"),
    ("1945-12-31/1945-01-01", "1945-01-01/1945-12-31!"),
    ("start=1918; end=1914", "1914/1918!"),
    ("1945-13-45", "1945!"),
    ("1945-02-30", "1945-02!"),
    ("19451345", "1945!"),
    ("1943-01-01/1945-06-31", "1943-01-01/1945-06!"),
    // DCMI Period.
    (
        "start=1914-07-28; end=1918-11-11; scheme=W3C-DTF; name=The Great War;",
        "1914-07-28/1918-11-11",
    ),
    ("name=Reign of Ann; start=1702; end=1714", "1702/1714"),
    ("end=1949", "../1949"),
    ("start=1949;", "1949/.."),
];

#[test]
fn codes_are_read() {
    for (code, expected) in CODES {
        let parsed = machine::parse(code).map(|(parsed, _)| days(parsed));
        assert_eq!(parsed.as_deref(), Some(*expected), "{code}");
    }
    for text in
        ["July 1945", "circa 1945", "1945 July", "12.7.1945", "19 uu 45", "P1Y", "194", "x=1"]
    {
        assert_eq!(machine::parse(text), None, "{text}");
    }
}

/// The fixed-length data of MARC from the type of date on, and the text of the date.
const MARC_FIXED: &[((&str, &str), &str)] = &[
    (("s1945    ", ""), "1945"),
    (("s9999    ", ""), "undated"),
    (("suuuu    ", ""), "undated"),
    (("s19uu    ", ""), "19XX"),
    (("s198-    ", ""), "198X"),
    (("m19431945", ""), "1943/1945"),
    (("muuuu9999", ""), "undated"),
    (("muuuu1945", ""), "../1945"),
    (("m18uu1945", ""), "18XX/1945"),
    (("i17901830", ""), "1790/1830"),
    (("k17961896", ""), "1796/1896"),
    (("c1986uuuu", ""), "1986/.."),
    (("c19869999", ""), "1986/.."),
    (("d19861995", ""), "1986/1995"),
    (("u1986uuuu", ""), "1986/.."),
    (("e19450712", ""), "1945-07-12"),
    (("e194507", ""), "1945-07"),
    (("e194507  ", ""), "1945-07"),
    (("e194507uu", ""), "1945-07"),
    (("e1945||||", ""), "1945"),
    (("q19431945", ""), "1943?/1945?"),
    (("nuuuuuuuu", ""), "undated"),
    (("b        ", ""), "undated"),
    (("|||||||||", ""), "undated"),
    (("         ", ""), "undated"),
    (("t19451944", ""), "1945"),
    // The original is the document.
    (("r20101945", ""), "1945"),
    (("r2010uuuu", ""), "2010!"),
    (("p19851972", ""), "1985!"),
    (("m19451940", ""), "1940/1945!"),
    (("m19451940", "1940-1945"), "1940/1945!"),
    (("q19451940", ""), "1940?/1945?!"),
    // Beside a text.
    (("s1945    ", "July 12, 1945"), "1945-07-12"),
    (("s1945    ", "1945."), "1945"),
    (("c1986uuuu", "1986-"), "1986/.."),
    (("t19451944", "1945, c1944"), "1945"),
    (("r20101945", "1945"), "1945"),
    (("r20101945", "2010"), "1945!"),
    (("r20101945", "2010 [originally 1945]"), "1945"),
    (("s1970    ", "[1969 or 1970]"), "1970?!"),
    (("s1970    ", "[n.d.]"), "1970!"),
    (("b        ", "[44 B.C.]"), "-0043"),
    (("s1946    ", "1945"), "1946!"),
    (("nuuuuuuuu", "1945"), "1945"),
    (("k19401945", "1900-1950"), "1900/1950"),
];

#[test]
fn the_fixed_length_data_of_marc_is_read() {
    let mut wrong = Vec::new();
    for ((code, text), expected) in MARC_FIXED {
        let text = if text.is_empty() {
            String::new()
        } else {
            format!(
                "<datafield tag='264' ind1=' ' ind2='0'><subfield code='c'>{text}</subfield></datafield>"
            )
        };
        let file = format!(
            "<collection><record><controlfield tag='008'>150423{code}xx            000 0 eng d</controlfield>\
             <datafield tag='245' ind1='0' ind2='0'><subfield code='a'>Letters</subfield></datafield>{text}</record></collection>"
        );
        // A short field is cut there.
        let file =
            if code.len() < 9 { file.replace("xx            000 0 eng d", "") } else { file };
        let found = read("x.xml", &file);
        let found = days(found.records[0].date.parsed);
        if found != *expected {
            wrong.push(format!("{code} {text}: expected {expected}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Subfields of field 046.
const MARC_SPECIAL: &[(&str, &str)] = &[
    ("k=19450712", "1945-07-12"),
    ("k=1943 l=1945", "1943/1945"),
    ("k=1943-01 l=1945-06", "1943-01/1945-06"),
    ("o=1900 p=1950", "1900/1950"),
    ("a=s c=1945", "1945"),
    ("a=m c=1943 e=1945", "1943/1945"),
    ("a=q c=1943 e=1945", "1943?/1945?"),
    ("a=c c=1943", "1943/.."),
    ("a=m b=44", "-0043"),
    ("a=r c=2010 e=1945", "1945"),
    ("k=1945 l=1943", "1943/1945!"),
    ("k=1945/1943 2=edtf", "1943/1945!"),
    ("a=m b=44 d=50", "-0049/-0043!"),
    ("a=m b=100 d=44", "-0099/-0043"),
    ("a=m b=44 e=14", "-0043/0014"),
    ("k=1945~ 2=edtf", "1945~"),
    ("k=-1938 2=edtf", "-1938"),
    ("k=9999", "undated"),
    ("l=1945", "../1945"),
    ("k=194u", "194X"),
];

#[test]
fn the_special_codes_of_marc_are_read() {
    check(MARC_SPECIAL.iter().copied(), "x.xml", |codes| {
        let subfields = codes.split(' ').filter_map(|part| part.split_once('='));
        let subfields: Vec<_> = subfields
            .map(|(code, text)| format!("<subfield code='{code}'>{text}</subfield>"))
            .collect();
        let subfields = subfields.concat();
        format!(
            "<collection><record><controlfield tag='008'>150423s19uu    xx            000 0 eng d</controlfield>\
             <datafield tag='046' ind1=' ' ind2=' '>{subfields}</datafield>\
             <datafield tag='245' ind1='0' ind2='0'><subfield code='a'>Letters</subfield></datafield></record></collection>"
        )
    });
}

/// Dates of EAD 2002 and EAD3.
const EAD: &[(&str, &str)] = &[
    ("<unitdate normal='1920-01-01/9999-12-31'>1920-</unitdate>", "1920/.."),
    ("<unitdate normal='1920/9999'/>", "1920/.."),
    ("<unitdate normal='0000/9999'>undated</unitdate>", "undated"),
    ("<unitdate normal='uuuu'>July 1945</unitdate>", "1945-07"),
    ("<unitdate normal='19450712'>a day in summer</unitdate>", "1945-07-12!"),
    ("<unitdate normal='19450712'>ask the keeper</unitdate>", "1945-07-12!"),
    ("<unitdate normal='1945'>undated</unitdate>", "1945!"),
    ("<unitdate normal='1945'>ca. 1930-1950</unitdate>", "1945~!"),
    ("<unitdate normal='1945'>between 1940 and 1950</unitdate>", "1945!"),
    ("<unitdate normal='1940'>before 1945</unitdate>", "1940!"),
    ("<unitdate normal='1945'>ca. 1945</unitdate>", "1945~"),
    ("<unitdate normal='1945'>1945?</unitdate>", "1945?"),
    ("<unitdate normal='1801/1900'>19th century</unitdate>", "1801/1900"),
    ("<unitdate normal='1945-03-20/1945-06-21'>spring 1945</unitdate>", "1945-03-20/1945-06-21"),
    // Programs write the first day of a year for the year.
    ("<unitdate normal='1945-01-01'>1945</unitdate>", "1945"),
    ("<unitdate normal='1945-07-01'>July 1945</unitdate>", "1945-07"),
    ("<unitdate normal='1945-01-01/1950-01-01'>1945-1950</unitdate>", "1945/1950"),
    ("<unitdate normal='1940'>1940s</unitdate>", "194X"),
    ("<unitdate normal='1945'>1945-</unitdate>", "1945/.."),
    ("<unitdate normal='1945/2010'>1945-</unitdate>", "1945/2010"),
    ("<unitdate normal='1920/1930'>1920s-1930s</unitdate>", "192X/193X"),
    ("<unitdate normal='1945-01-01/1945-12-31'>1945</unitdate>", "1945"),
    ("<unitdate normal='1945/1943'/>", "1943/1945!"),
    ("<unitdate normal='1945/1943'>1943-1945</unitdate>", "1943/1945!"),
    ("<unitdate normal='1945-12-31/1945-01-01'>1945</unitdate>", "1945!"),
    ("<unitdate>1945-12-31/1945-01-01</unitdate>", "1945-01-01/1945-12-31!"),
    ("<unitdate datechar='digitization'>2015</unitdate>", "undated"),
    ("<unitdate label='Date digitized'>2015</unitdate>", "undated"),
    ("<unitdate datechar='digitization'>2015</unitdate><unitdate>1945</unitdate>", "1945"),
    ("<unitdate normal='1945'>July 12, 1945</unitdate>", "1945-07-12"),
    ("<unitdate normal='1945-07-12'>1945</unitdate>", "1945-07-12"),
    ("<unitdate normal='1946-07-12'>July 12, 1945</unitdate>", "1946-07-12!"),
    ("<unitdate normal='1945'>1943-1945</unitdate>", "1945!"),
    ("<unitdate normal='1943/1945'>1943-1945</unitdate>", "1943/1945"),
    ("<unitdate normal='1945'>Winter 1945-1946</unitdate>", "1945!"),
    ("<unitdate normal='1905/1950'>1900-1950</unitdate>", "1905/1950!"),
    ("<unitdate normal='1801/2000'>19th-20th century</unitdate>", "1801/2000"),
    ("<unitdate label='Captured'>1945</unitdate>", "1945"),
    ("<unitdate normal='1943-05/1945-06'>1943-1945</unitdate>", "1943-05/1945-06"),
    ("<unitdate normal='1940/1950'>circa 1945</unitdate>", "1940~/1950~"),
    ("<unitdate normal='1945' certainty='circa'>1945</unitdate>", "1945~"),
    ("<unitdate normal='1945' certainty='probable'>1945</unitdate>", "1945?"),
    (
        "<unitdate type='inclusive' normal='1900/1950'>1900-1950</unitdate>\
         <unitdate type='bulk' normal='1940/1945'>1940-1945</unitdate>",
        "1900/1950",
    ),
    (
        "<unitdate type='bulk'>1940-1945</unitdate><unitdate type='inclusive'>1900-1950</unitdate>",
        "1900/1950",
    ),
    ("<unitdate type='bulk' normal='1940/1945'>1940-1945</unitdate>", "1940/1945"),
    (
        "<unitdate datechar='publication' normal='1950'>1950</unitdate><unitdate datechar='creation'>1931</unitdate>",
        "1931",
    ),
    ("<unitdate datechar='publication' normal='1950'>1950</unitdate>", "1950"),
    ("<unitdate normal='1945-02-30'>February 1945</unitdate>", "1945-02"),
    ("<unitdate normal='[1945]'>1945</unitdate>", "1945"),
    ("<unitdate normal='1945'>before 1945</unitdate>", "../1944"),
    // Calendars and eras.
    ("<unitdate calendar='julian'>October 25, 1917</unitdate>", "1917-11-07"),
    ("<unitdate calendar='julian' normal='1917-11-07'>October 25, 1917</unitdate>", "1917-11-07"),
    ("<unitdate calendar='julian' normal='1917-10-25'>October 25, 1917</unitdate>", "1917-11-07"),
    ("<unitdate calendar='julian'>1917</unitdate>", "1917"),
    ("<unitdate calendar='julian'>February 28, 1900</unitdate>", "1900-03-12"),
    ("<unitdate calendar='julian'>October 1917</unitdate>", "1917-10-14/1917-11-13"),
    ("<unitdate calendar='gregorian' era='ce'>October 25, 1917</unitdate>", "1917-10-25"),
    ("<unitdate calendar='hebrew'>5705</unitdate>", "1944-09-18/1945-09-07"),
    ("<unitdate calendar='hebrew' normal='1944/1945'>5705</unitdate>", "1944-09-18/1945-09-07"),
    ("<unitdate calendar='islamic'>1352</unitdate>", "1933-04-26/1934-04-15"),
    ("<unitdate calendar='islamic'>1351-1352</unitdate>", "1932-05-07/1934-04-15"),
    ("<unitdate calendar='islamic'>10/14/1352</unitdate>", "unread"),
    ("<unitdate calendar='ethiopian'>1990</unitdate>", "1997-09-11/1998-09-10"),
    ("<unitdate calendar='republican'>8</unitdate>", "1799-09-23/1800-09-22"),
    ("<unitdate calendar='chinese'>Daoguang 30</unitdate>", "1850"),
    ("<unitdate calendar='persian'>1324</unitdate>", "unread"),
    ("<unitdate calendar='persian' normal='1945'>1324</unitdate>", "1945!"),
    ("<unitdate era='bce' normal='0044'>44</unitdate>", "-0043"),
    ("<unitdate era='bce' normal='-0043'>44 BC</unitdate>", "-0043"),
    ("<unitdate era='bce'>44 BC</unitdate>", "-0043"),
    ("<unitdate era='bce' normal='0300/0200'/>", "-0299/-0199"),
    // EAD3.
    (
        "<unitdatestructured><datesingle standarddate='1945-07-12'>July 1945</datesingle></unitdatestructured>",
        "1945-07-12",
    ),
    (
        "<unitdatestructured><daterange><fromdate standarddate='1940'>1943</fromdate>\
         <todate standarddate='1950'>1945</todate></daterange></unitdatestructured>",
        "1940/1950!",
    ),
    (
        "<unitdatestructured><daterange><fromdate standarddate='1943-05'>May 1943</fromdate>\
         <todate standarddate='9999'>ongoing</todate></daterange></unitdatestructured>",
        "1943-05/..",
    ),
    (
        "<unitdatestructured><daterange><fromdate standarddate='1943'>1943</fromdate></daterange></unitdatestructured>",
        "1943/..",
    ),
    (
        "<unitdatestructured><datesingle notbefore='1940' notafter='1945'>war years</datesingle></unitdatestructured>",
        "1940?/1945?!",
    ),
    (
        "<unitdatestructured><daterange><fromdate notbefore='1940'>1940s</fromdate>\
         <todate notafter='1955'>1950s</todate></daterange></unitdatestructured>",
        "1940?/1955?",
    ),
    (
        "<unitdatestructured><dateset><datesingle standarddate='1931'>1931</datesingle>\
         <daterange><fromdate standarddate='1943'>1943</fromdate><todate standarddate='1945'>1945</todate></daterange>\
         </dateset></unitdatestructured>",
        "1931/1945",
    ),
    (
        "<unitdatestructured unitdatetype='inclusive'><datesingle standarddate='1945'>1945</datesingle></unitdatestructured>\
         <unitdatestructured unitdatetype='bulk'><datesingle standarddate='1940'>1940</datesingle></unitdatestructured>",
        "1945",
    ),
];

#[test]
fn dates_of_finding_aids_are_read() {
    check(EAD.iter().copied(), "x.xml", |dates| {
        format!("<ead><archdesc><did><unittitle>Letters</unittitle>{dates}</did></archdesc></ead>")
    });
}

/// The dates of MODS in `originInfo`.
const MODS: &[(&str, &str)] = &[
    (
        "<dateIssued encoding='marc' point='start'>1910</dateIssued><dateIssued encoding='marc' point='end'>9999</dateIssued>",
        "1910/..",
    ),
    (
        "<dateIssued>-1988</dateIssued><dateIssued encoding='marc' point='start'>1985</dateIssued>\
         <dateIssued encoding='marc' point='end'>1988</dateIssued>",
        "1985/1988!",
    ),
    ("<dateCreated encoding='w3cdtf'>1945-07-12T10:00:00Z</dateCreated>", "1945-07-12"),
    ("<dateCreated encoding='iso8601'>19450712</dateCreated>", "1945-07-12"),
    ("<dateCreated encoding='marc'>19uu</dateCreated>", "19XX"),
    ("<dateCreated encoding='marc'>9999</dateCreated>", "undated"),
    ("<dateCreated encoding='edtf'>-1938</dateCreated>", "-1938"),
    ("<dateCreated encoding='edtf'>1945?/1946~</dateCreated>", "1945%/1946%"),
    ("<dateCreated encoding='temper'>19430901-19451006</dateCreated>", "1943-09-01/1945-10-06"),
    ("<dateCreated encoding='w3cdtf' qualifier='questionable'>1945</dateCreated>", "1945?"),
    (
        "<dateCreated point='start'>1985</dateCreated><dateCreated point='end'>1988</dateCreated>",
        "1985/1988",
    ),
    ("<dateCreated encoding='w3cdtf' point='start'>1985</dateCreated>", "1985/.."),
    ("<dateCreated encoding='w3cdtf' point='end'>1988</dateCreated>", "../1988"),
    (
        "<dateCreated>May 1945</dateCreated><dateCreated encoding='iso8601'>1945-05-08</dateCreated>",
        "1945-05-08",
    ),
    (
        "<dateCreated>1945</dateCreated><dateIssued keyDate='yes' encoding='w3cdtf'>1950</dateIssued>",
        "1950",
    ),
    (
        "<dateCreated>1945</dateCreated><dateCaptured keyDate='yes' encoding='w3cdtf'>2014</dateCaptured>",
        "1945",
    ),
    ("<dateCaptured>2014</dateCaptured>", "undated"),
    ("<dateOther type='digitized'>2014</dateOther>", "undated"),
    ("<dateOther type='production'>1944</dateOther>", "1944"),
    (
        "<dateCreated encoding='w3cdtf' point='start'>1950</dateCreated>\
         <dateCreated encoding='w3cdtf' point='end'>1940</dateCreated>",
        "1940/1950!",
    ),
    (
        "<dateCreated encoding='edtf' point='start'>1950</dateCreated>\
         <dateCreated encoding='edtf' point='end'>1940</dateCreated>",
        "1940/1950!",
    ),
    ("<dateCreated encoding='edtf'>1945/1943</dateCreated>", "1943/1945!"),
    ("<dateCreated encoding='edtf'>[1667,1668, 1670..1672]</dateCreated>", "1667/1672"),
    ("<dateCreated encoding='edtf'>{1667,1668}</dateCreated>", "1667/1668"),
    ("<dateCreated encoding='edtf'>1950S2</dateCreated>", "1900~/1999~"),
    ("<dateCreated encoding='edtf'>1985~?</dateCreated>", "1985%"),
    ("<dateCreated encoding='edtf'>2001-26</dateCreated>", "2001-22"),
    // Spring in the southern hemisphere.
    ("<dateCreated encoding='edtf'>2001-29</dateCreated>", "2001-09/2001-11"),
    ("<dateCreated encoding='edtf'>2001-34</dateCreated>", "2001-34"),
    ("<dateCreated encoding='edtf'>Y17E7</dateCreated>", "Y170000000"),
    ("<dateCreated encoding='edtf'>1945-02-30</dateCreated>", "1945-02!"),
];

#[test]
fn dates_of_mods_are_read() {
    check(MODS.iter().copied(), "x.xml", |dates| {
        format!(
            "<mods><titleInfo><title>Letters</title></titleInfo><originInfo>{dates}</originInfo></mods>"
        )
    });
}

/// Elements of Dublin Core.
const DUBLIN_CORE: &[(&str, &str)] = &[
    ("<date>1931-07-12</date><date>2014-03-05T10:11:12Z</date>", "1931-07-12"),
    ("<date>2014-03-05T10:11:12Z</date><date>2014-03-05T10:11:13Z</date><date>1931</date>", "1931"),
    ("<date>2014-03-05</date><date>1931-07-12</date>", "1931-07-12"),
    ("<date>2014-03-05T10:11:12Z</date>", "2014-03-05"),
    ("<date>2014-03-05T10:11:12Z</date><date>2013-03-05T10:11:12Z</date>", "2013-03-05"),
    ("<date>1931</date><date>1935</date>", "1931/1935"),
    ("<date>1931-07-12</date><date>1931-07-12</date>", "1931-07-12"),
    ("<date>start=1914; end=1918; scheme=W3C-DTF; name=War</date>", "1914/1918"),
    ("<date>circa 1931</date><date>2014-03-05</date>", "1931~"),
    ("<issued>2014</issued><created>1931</created>", "1931"),
    ("<date>1945-07-12</date><date>1945</date>", "1945-07-12"),
    ("<date>1943</date><date>1945-07</date><date>2012-01-01T00:00:00Z</date>", "1943/1945-07"),
    ("<date>2012-01-01T00:00:00Z</date><date>undated</date>", "undated"),
    ("<date>9999</date>", "undated"),
    ("<date>uuuu</date><date>1945</date>", "1945"),
    // What a document is about does not date it, nor does the scan.
    ("<temporal>start=1914; end=1918</temporal>", "undated"),
    ("<date>2014</date><temporal>1914-1918</temporal>", "2014"),
    ("<coverage>1914-1918</coverage>", "undated"),
    ("<available>2014</available><modified>2015</modified>", "undated"),
    ("<date type='digitized'>2014</date><date>1945</date>", "1945"),
    ("<date>start=1918; end=1914</date>", "1914/1918!"),
    ("<date>1945-12-31/1945-01-01</date>", "1945-01-01/1945-12-31!"),
];

#[test]
fn dates_of_dublin_core_are_read() {
    check(DUBLIN_CORE.iter().copied(), "x.xml", |dates| {
        format!("<dc><title>Letters</title>{dates}</dc>")
    });
}

/// The date tags of RIS, each on a line.
const RIS: &[(&str, &str)] = &[
    ("Y1  - 1956/10/19\nPY  - 1956", "1956-10-19"),
    ("PY  - 1956\nY1  - 1956/10/19/", "1956-10-19"),
    ("DA  - 0000\nPY  - 1956", "1956"),
    ("DA  - 9999/99/99\nPY  - 1956", "1956"),
    ("DA  - 0000/00/00\nPY  - 1956///", "1956"),
    ("DA  - 1956/10/19/letter dated", "1956-10-19"),
    ("PY  - 1945/July/12", "1945-07-12"),
    ("PY  - 1945/july/12/", "1945-07-12"),
    ("PY  - 1945/october", "1945-10"),
    ("PY  - 1945/Oct//", "1945-10"),
    ("PY  - 1945/7/1", "1945-07-01"),
    ("PY  - 1945///Spring", "1945-21"),
    ("PY  - 1945///circa", "1945~"),
    ("PY  - 1945//", "1945"),
    ("DA  - 1945/13/45\nPY  - 1945", "1945!"),
    ("PY  - 1956\nDA  - 1956-10-19", "1956-10-19"),
    ("PY  - 1956\nY2  - 2014/03/05", "1956"),
    ("DA  - 1956/10\nPY  - 1957", "1956-10"),
    ("PY  - \nY1  - 1956", "1956"),
    ("PY  - 9999", "undated"),
    ("DA  - July 12\nPY  - 1945", "1945-07-12"),
    ("DA  - Oct\nPY  - 1945", "1945-10"),
    ("DA  - 07/12\nPY  - 1945", "1945"),
    ("PY  - [1945]", "1945"),
    // The year that a range begins with says no more than the range.
    ("DA  - 1943-1945\nPY  - 1943", "1943/1945"),
    ("DA  - 1943-1945\nPY  - 1945", "1943/1945"),
    ("DA  - before 1950\nPY  - ", "../1949"),
    ("DA  - 1945///spring\nPY  - 1945", "1945-21"),
];

#[test]
fn dates_of_ris_are_read() {
    check(RIS.iter().copied(), "x.ris", |dates| {
        format!("TY  - MANSCPT\nTI  - Letters\n{dates}\nER  - \n")
    });
}

/// The value of `issued` in CSL-JSON.
const CSL: &[(&str, &str)] = &[
    (r#"{"date-parts":[[-44]]}"#, "-0043"),
    (r#"{"date-parts":[[-44,3,15]]}"#, "-0043-03-15"),
    (r#"{"date-parts":[[-1]]}"#, "0000"),
    (r#"{"date-parts":[[1945],[0]]}"#, "1945/.."),
    (r#"{"date-parts":[[1945,7],[0,0,0]]}"#, "1945-07/.."),
    (r#"{"date-parts":[[0],[1945]]}"#, "../1945"),
    (r#"{"date-parts":[["1945","07","12"]]}"#, "1945-07-12"),
    (r#"{"date-parts":[[1945,7,12],[1945,8,1]]}"#, "1945-07-12/1945-08-01"),
    (r#"{"date-parts":[["1945","",""]]}"#, "1945"),
    (r#"{"date-parts":[1945,7]}"#, "1945-07"),
    (r#"{"date-parts":[[1945]],"season":2}"#, "1945-22"),
    (r#"{"date-parts":[[1945]],"season":"Winter"}"#, "1945-24"),
    (r#"{"date-parts":[[1945,21]]}"#, "1945-21"),
    (r#"{"date-parts":[[1945]],"circa":true}"#, "1945~"),
    (r#"{"date-parts":[[1945]],"circa":"0"}"#, "1945"),
    (r#"{"date-parts":[[1945,13,45]]}"#, "1945!"),
    (r#"{"date-parts":[[1945,0,0]]}"#, "1945"),
    (r#"{"date-parts":[[0]]}"#, "undated"),
    (r#"{"date-parts":[[]]}"#, "undated"),
    (r#"{"literal":"July 12, 1945"}"#, "1945-07-12"),
    (r#"{"literal":"in the war","date-parts":[[1943],[1945]]}"#, "1943/1945!"),
    (r#"{"literal":"ca. 1930-1950","date-parts":[[1945]]}"#, "1945~!"),
    (r#"{"date-parts":[[1950],[1940]]}"#, "1940/1950!"),
    (r#"{"date-parts":[[1945,12,31],[1945,1,1]]}"#, "1945-01-01/1945-12-31!"),
    (r#"{"edtf":"1945/1943"}"#, "1943/1945!"),
    (r#"{"edtf":"[1667,1668, 1670..1672]"}"#, "1667/1672"),
    (r#"{"raw":"1945/1943"}"#, "1943/1945!"),
    (r#"{"date-parts":[[1945],[9999]]}"#, "1945/.."),
    (r#"{"date-parts":[[9999]]}"#, "undated"),
    (r#"{"date-parts":[[19450]]}"#, "unread"),
    (r#"{"date-parts":[[1700000000]]}"#, "unread"),
    (r#"{"date-parts":[["1945-07-12"]]}"#, "1945-07-12"),
    (r#"{"date-parts":[[1945,"July"]]}"#, "1945-07"),
    (r#"{"literal":"1946","date-parts":[[1945]]}"#, "1945!"),
    (r#"{"raw":"1945-07"}"#, "1945-07"),
    (r#"{"edtf":"1945?"}"#, "1945?"),
    (r#"{"date-parts":[[1945]],"literal":""}"#, "1945"),
];

#[test]
fn dates_of_csl_json_are_read() {
    check(CSL.iter().copied(), "x.json", |issued| {
        format!(r#"[{{"id":"a","type":"manuscript","title":"Letters","issued":{issued}}}]"#)
    });
}

/// The date fields of a BibTeX entry.
const BIBTEX: &[(&str, &str)] = &[
    ("year = 1945, month = may # \"~3\"", "1945-05-03"),
    ("year = 1945, month = \"3~\" # may", "1945-05-03"),
    ("year = 1945, month = {May 3}", "1945-05-03"),
    ("year = 1945, month = {3 May}", "1945-05-03"),
    ("year = 1945, month = may", "1945-05"),
    ("year = 1945, month = 5", "1945-05"),
    ("year = 1945, month = {05}, day = 3", "1945-05-03"),
    ("year = 1945, month = may, day = {3}", "1945-05-03"),
    ("year = 1945, month = {5}, day = {3--5}", "1945-05-03/1945-05-05"),
    ("year = {n.d.}", "undated"),
    ("year = {0000}", "undated"),
    ("year = {9999}", "undated"),
    ("year = {1945--1950}", "1945/1950"),
    ("year = {c. 1945}", "1945~"),
    ("date = {1945-07-12}", "1945-07-12"),
    ("date = {1945-07-12T10:00:00}", "1945-07-12"),
    ("date = {1945/}", "1945/.."),
    ("date = {/1945}", "../1945"),
    ("date = {1943/1945}", "1943/1945"),
    ("date = {1945~}", "1945~"),
    ("date = {194X}", "194X"),
    ("date = {194u}", "194X"),
    ("date = {1945-21}", "1945-21"),
    ("date = {-0043}", "-0043"),
    ("date = {1945/open}", "1945/.."),
    ("date = {July 12, 1945}", "1945-07-12"),
];

#[test]
fn dates_of_bibtex_are_read() {
    check(BIBTEX.iter().copied(), "x.bib", |fields| {
        format!("@unpublished{{a,\n  title = {{Letters}},\n  {fields}\n}}\n")
    });
}

/// The header and a row of a table.
const TABLES: &[(&str, &str)] = &[
    ("title,eventStartDates,eventEndDates|Letters,1900 + 1910,1905 + 1915", "1900/1915"),
    (
        "title,eventTypes,eventStartDates,eventEndDates|Letters,Publication + Creation,1950 + 1910,1955 + 1915",
        "1910/1915",
    ),
    (
        "title,eventDates,eventTypes,eventStartDates,eventEndDates|Letters,1900-1905 + 1950,Creation + Copying,1900 + 1950,1905 + 1950",
        "1900/1905",
    ),
    (
        "title,eventDates,eventStartDates,eventEndDates|Letters,NULL + 1950,1900 + NULL,1905 + NULL",
        "1900/1950",
    ),
    ("title,begin,end|Letters,1943,1945", "1943/1945"),
    ("title,begin,end|Letters,1943,", "1943"),
    ("title,begin,end|Letters,,1945", "../1945"),
    ("title,begin,end|Letters,1943,9999", "1943/.."),
    ("title,begin,end|Letters,1943-01-01,1943-01-01", "1943-01-01"),
    ("title,begin,end|Letters,12 July 1943,3 May 1945", "1943-07-12/1945-05-03"),
    ("title,expression,begin,end|Letters,the war,1943,1945", "1943/1945!"),
    ("title,begin,end|Letters,1945,1943", "1943/1945!"),
    ("title,begin,end|Letters,1945-12-31,1945-01-01", "1945-01-01/1945-12-31!"),
    ("title,date|Letters,1945/1943", "1943/1945!"),
    ("title,eventDates,eventTypes|Letters,2014,Reproduction", "undated"),
    ("title,expression,begin,end|Letters,1940,1943,1945", "1943/1945!"),
    ("title,begin,end,date_certainty|Letters,1943,1945,approximate", "1943~/1945~"),
    (
        "title,begin_1,end_1,date_type_1,begin_2,end_2,date_type_2|Letters,1900,1950,inclusive,1940,1945,bulk",
        "1900/1950",
    ),
    (
        "title,date_1_label,date_1_begin,date_1_end,date_2_label,date_2_begin,date_2_end|Letters,creation,1900,1950,digitized,2014,2015",
        "1900/1950",
    ),
    ("title,date|Letters,1943-1945", "1943/1945"),
];

#[test]
fn dates_of_tables_are_read() {
    check(TABLES.iter().copied(), "x.csv", |table| {
        table.replace('|', "\n").replace(" + ", "|") + "\n"
    });
}

/// The date of an item of the Digital Public Library of America.
const DPLA: &[(&str, &str)] = &[
    (r#"{"begin":"1943","end":"1945"}"#, "1943/1945"),
    (r#"{"begin":"1943","end":"9999"}"#, "1943/.."),
    (r#"{"begin":"1943"}"#, "1943"),
    (r#"{"end":"1945"}"#, "../1945"),
    (r#"{"begin":"1943","end":"1945","displayDate":"1943-1945"}"#, "1943/1945"),
    (r#"{"begin":"1943-07-12","end":"1943-07-12","displayDate":"July 1943"}"#, "1943-07-12"),
    (r#"{"begin":"1943","end":"1945","displayDate":"the war"}"#, "1943/1945!"),
    (r#"{"begin":"1953","end":"1955","displayDate":"1943"}"#, "1953/1955!"),
    (r#"[{"begin":"1943","end":"1945"},{"begin":"1950","end":"1950"}]"#, "1943/1950"),
];

#[test]
fn dates_of_dpla_are_read() {
    check(DPLA.iter().copied(), "x.json", |date| {
        format!(r#"[{{"id":"a","sourceResource":{{"title":"Letters","date":{date}}}}}]"#)
    });
}

/// Files, and the text of their date with own fields that say what else they give.
const KEPT: &[(&str, &str, &str)] = &[
    (
        "x.xml",
        "<ead><archdesc><did><unittitle>A</unittitle><unitdate>1900-1950</unitdate><unitdate type='bulk'>1940-1945</unitdate></did></archdesc></ead>",
        "1900-1950, bulk 1940-1945 | unitdate.bulk=1940-1945",
    ),
    (
        "x.xml",
        "<ead><archdesc><did><unittitle>A</unittitle><unitdate calendar='julian'>October 25, 1917</unitdate></did></archdesc></ead>",
        "October 25, 1917 (Julian) | unitdate.calendar=julian, shown in Gregorian days",
    ),
    (
        "x.xml",
        "<dc><title>A</title><date>1931-07-12</date><date>2014-03-05T10:11:12Z</date></dc>",
        "1931-07-12 | date.other=2014-03-05T10:11:12Z",
    ),
    (
        "x.xml",
        "<dc><title>A</title><created>1931</created><issued>2014</issued></dc>",
        "1931 | issued=2014",
    ),
    (
        "x.csv",
        "title,eventStartDates,eventEndDates\nA,1900|1910,1905|1915\n",
        "1900–1905, 1910–1915",
    ),
    (
        "x.csv",
        "title,eventTypes,eventStartDates,eventEndDates\nA,Creation|Copying,1900|1950,1905|1951\n",
        "1900/1905 | eventTypes=Creation|Copying | eventStartDates.Copying=1950–1951",
    ),
];

#[test]
fn what_a_date_does_not_cover_is_kept() {
    for (name, text, expected) in KEPT {
        let record = read(name, text).records.remove(0);
        let own = record.own.iter().map(|(name, value)| format!("{name}={value}"));
        let found: Vec<_> = [record.date.text.clone()].into_iter().chain(own).collect();
        assert_eq!(found.join(" | "), *expected, "{text}");
    }
}

#[test]
fn a_difference_is_reported() {
    let file = "<ead><archdesc><did><unittitle>A</unittitle><unitdate normal='1946'>July 1945</unitdate></did></archdesc></ead>";
    let collected = read("x.xml", file);
    let messages: Vec<_> = collected.problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        ["the date “July 1945” differs from the machine-readable “1946”: read as 1946"]
    );
    assert_eq!(collected.records[0].own, [("unitdate.normal".into(), "1946".to_owned())]);
}

/// Codes with an impossible part, and how the part is named.
const IMPOSSIBLE: &[(&str, &str)] = &[
    ("1945-13", "the date “1945-13” is impossible: read as 1945"),
    ("19451345", "the date “19451345” is impossible: read as 1945"),
    ("1945-02-30", "the date “1945-02-30” is impossible: read as February 1945"),
    ("1945-13/1946", "“1945-13” in “1945-13/1946” is impossible: read as 1945–1946"),
];

#[test]
fn the_impossible_part_of_a_code_is_named() {
    for (code, expected) in IMPOSSIBLE {
        let file = format!(
            "<ead><archdesc><did><unittitle>A</unittitle><unitdate normal='{code}'/></did></archdesc></ead>"
        );
        let collected = read("x.xml", &file);
        let messages: Vec<_> = collected.problems.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, [*expected], "{code}");
    }
}

#[test]
fn a_period_with_names_of_its_ends_is_read_as_text() {
    let edtf = |text: &str| fonds::record::Date::parse(text).span().map(|span| span.to_edtf());
    assert_eq!(edtf("start=1914; end=1918; name=The war").as_deref(), Some("1914/1918"));
    assert_eq!(edtf("start=1914").as_deref(), Some("1914/.."));
}

#[test]
fn a_component_with_a_date_only_is_called_by_it() {
    let file = "<ead><archdesc level='fonds'><did><unittitle>A</unittitle><repository>House</repository></did><dsc>\
                <c level='file'><did><unitdate>June 1921</unitdate></did></c>\
                <c level='file'><did><unitdate normal='1921-06'/></did></c>\
                <c level='file'><did><unitid>A/1/3</unitid></did></c>\
                <c level='file'><did><container type='box'>3</container></did></c>\
                <c level='item'><did/></c></dsc></archdesc></ead>";
    let headings: Vec<_> =
        read("x.xml", file).records.iter().map(|it| it.list_heading().into_owned()).collect();
    assert_eq!(
        headings,
        ["A", "[June 1921]", "[June 1921]", "‹file A/1/3", "‹file, box 3", "‹item"]
    );
}

/// Writes a workbook with one sheet: the title `Letters` and one cell with a number in this format.
fn workbook(epoch: &str, format: &str, number: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns='{packages}/content-types'><Default Extension='xml' ContentType='application/xml'/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns='{packages}/relationships'><Relationship Id='r' Type='{documents}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns='{main}' xmlns:r='{documents}'><workbookPr date1904='{epoch}'/><sheets><sheet name='A' sheetId='1' r:id='s'/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns='{packages}/relationships'><Relationship Id='s' Type='{documents}/worksheet' Target='worksheets/sheet1.xml'/>\
                 <Relationship Id='t' Type='{documents}/styles' Target='styles.xml'/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns='{main}'><numFmts count='1'><numFmt numFmtId='170' formatCode='{format}'/></numFmts>\
                 <cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='170' applyNumberFormat='1'/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns='{main}'><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>title</t></is></c><c r='B1' t='inlineStr'><is><t>date</t></is></c></row>\
                 <row r='2'><c r='A2' t='inlineStr'><is><t>Letters</t></is></c><c r='B2' s='1'><v>{number}</v></c></row></sheetData></worksheet>"
            ),
        ),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Whether days are counted from 1904, a number format, a number, and the text of the cell.
const CELLS: &[(bool, &str, &str, &str)] = &[
    (false, "yyyy\\-mm\\-dd", "-3650", "1890-01-01"),
    (false, "dd/mm/yyyy", "-1", "1899-12-29"),
    (false, "yyyy\\-mm\\-dd", "-36500", "1800-01-23"),
    (false, "yyyy\\-mm\\-dd", "-3650.25", "1889-12-31"),
    (false, "yyyy", "16438", "1945"),
    (false, "yyyy", "-3650", "1890"),
    (false, "mmm\\-yy", "16619", "July 1945"),
    (false, "mmmm yyyy", "16619", "July 1945"),
    (false, "[$-409]mmm\\-yy;@", "16619", "July 1945"),
    (false, "yyyy&quot; AD&quot;", "16438", "1945"),
    (false, "0000", "42", "0042"),
    (false, "0000", "1945", "1945"),
    (false, "0", "1945", "1945"),
    (false, "d\\-mmm\\-yy", "16630", "1945-07-12"),
    (false, "yyyy\\-mm\\-dd hh:mm", "16630.5", "1945-07-12T12:00:00"),
    (true, "yyyy\\-mm\\-dd", "15168", "1945-07-12"),
    (true, "yyyy", "15168", "1945"),
    (true, "yyyy\\-mm\\-dd", "-366", "1902-12-31"),
];

#[test]
fn cells_of_a_workbook_are_read_as_the_sheet_shows_them() {
    let mut wrong = Vec::new();
    for (is_1904, format, number, expected) in CELLS {
        let bytes = workbook(if *is_1904 { "1" } else { "0" }, format, number);
        let mut collected = Collected::default();
        read::read("x.xlsx", None, &mut bytes.as_slice(), &mut collected).unwrap();
        let found = collected.records.first().map(|record| record.date.text.clone());
        if found.as_deref() != Some(*expected) {
            wrong.push(format!(
                "{number} as {format}: expected {expected}, found {found:?}, {:?}",
                collected.problems
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    /// No text makes the parser panic, and the days of every code are in order.
    #[test]
    fn any_text_is_a_code_or_none(text in "([0-9]{1,9}|[-/–.;:=?~% TZWuX|\\[\\]]|start=|end=|open|é){0,14}") {
        if let Some((ParsedDate::Span(span), _)) = machine::parse(&text) {
            prop_assert!(span.earliest <= span.latest, "{text}");
        }
    }

    /// No fixed-length data of MARC makes the parser panic.
    #[test]
    fn any_fixed_length_data_is_read(text in "[0-9a-z|# é-]{0,45}", date in "[0-9uc\\[\\] ,-]{0,12}") {
        read("x.xml", &format!(
            "<collection><record><controlfield tag='008'>{text}</controlfield><datafield tag='245' ind1='0' ind2='0'>\
             <subfield code='a'>A</subfield><subfield code='f'>{date}</subfield></datafield></record></collection>"
        ));
    }
}
