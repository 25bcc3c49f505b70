//! Citations: dates, names and whole records in each style, as tables.

use fonds::formats::cite::Style;
use fonds::record::Field;
use fonds::record::Field::{Collection, Creator, Source, Summary, Url};
use fonds::record::{Archive, Date, Name, Record, TitleForm};

use proptest::prelude::*;

use crate::program::TestFolder;
use crate::pty::Setup;

/// A record with a title, a date and other fields.
fn record(title: &str, date: &str, fields: &[(Field, &str)]) -> Record {
    let mut record = Record { date: Date::parse(date), ..Record::default() };
    record.push(Field::Title, title);
    for (field, value) in fields {
        record.push(*field, value);
    }
    record
}

/// The date as it is cited for a record that has only a title besides.
fn cited_date(style: Style, date: &str) -> String {
    let cited = style.cite(&record("Memorandum", date, &[]), None);
    let (before, after) = match style {
        Style::Archive | Style::ChicagoNote => ("Memorandum, ", "."),
        Style::Apa => ("[Memorandum]. (", ")."),
        _ => ("Memorandum. ", "."),
    };
    let date = cited.strip_prefix(before).unwrap_or("");
    if date == "n.d." {
        date.to_owned()
    } else {
        date.strip_suffix(after).unwrap_or(date).to_owned()
    }
}

/// The text between `before` and `after` on the first line that begins with `before`.
fn line_between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let mut lines = text.lines().filter_map(|line| line.strip_prefix(before));
    lines.next().map_or("", |line| line.strip_suffix(after).unwrap_or(line))
}

/// A date in seven formats: archive, Chicago, MLA, APA, RIS, BibLaTeX, CSL-JSON.
fn date_formats(date: &str) -> [String; 7] {
    let record = record("Memorandum", date, &[]);
    let json = Style::CslJson.cite(&record, None);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let issued = &json[0]["issued"];
    [
        cited_date(Style::Archive, date),
        cited_date(Style::ChicagoNote, date),
        cited_date(Style::Mla, date),
        cited_date(Style::Apa, date),
        line_between(&Style::Ris.cite(&record, None), "DA  - ", "").to_owned(),
        line_between(&Style::BibLatex.cite(&record, None), "  date = {", "},").to_owned(),
        if issued.is_null() { String::new() } else { issued.to_string() },
    ]
}

/// A date text, then its formats in the order of [`date_formats`].
#[rustfmt::skip]
const DATES: [[&str; 8]; 26] = [
    ["July 12, 1945", "July 12, 1945", "12 July 1945", "12 July 1945", "1945, July 12",
        "1945/07/12/", "1945-07-12", r#"{"date-parts":[[1945,7,12]]}"#],
    ["1945-07-03", "July 3, 1945", "3 July 1945", "3 July 1945", "1945, July 3",
        "1945/07/03/", "1945-07-03", r#"{"date-parts":[[1945,7,3]]}"#],
    ["September 1976", "September 1976", "September 1976", "Sept. 1976", "1976, September",
        "1976/09//", "1976-09", r#"{"date-parts":[[1976,9]]}"#],
    ["1956", "1956", "1956", "1956", "1956", "1956///", "1956", r#"{"date-parts":[[1956]]}"#],
    ["circa 1945", "circa 1945", "ca. 1945", "Circa 1945", "ca. 1945",
        "1945///circa", "1945~", r#"{"date-parts":[[1945]],"circa":true}"#],
    ["ca. March 1950", "circa March 1950", "ca. March 1950", "Circa Mar. 1950", "ca. 1950, March",
        "1950/03//circa", "1950-03~", r#"{"date-parts":[[1950,3]],"circa":true}"#],
    ["1945?", "1945?", "1945?", "1945?", "1945?",
        "1945///", "1945?", r#"{"date-parts":[[1945]],"circa":true}"#],
    ["1945%", "circa 1945?", "ca. 1945?", "Circa 1945?", "ca. 1945?",
        "1945///circa", "1945%", r#"{"date-parts":[[1945]],"circa":true}"#],
    ["[1994]", "[1994]", "[1994]", "[1994]", "[1994]",
        "1994///", "1994", r#"{"date-parts":[[1994]]}"#],
    ["1970s", "1970s", "1970s", "1970s", "1970s",
        "1970s", "197X", r#"{"date-parts":[[1970],[1979]]}"#],
    ["circa 1970s", "circa 1970s", "ca. 1970s", "Circa 1970s", "ca. 1970s",
        "circa 1970s", "197X~", r#"{"date-parts":[[1970],[1979]],"circa":true}"#],
    ["19th century", "19th century", "19th century", "19th century", "19th century",
        "19th century", "18XX", r#"{"date-parts":[[1800],[1899]]}"#],
    ["1943-1945", "1943–1945", "1943–1945", "1943–1945", "1943–1945",
        "1943///", "1943/1945", r#"{"date-parts":[[1943],[1945]]}"#],
    ["circa 1943-1945", "circa 1943–1945", "ca. 1943–1945", "Circa 1943–1945", "ca. 1943–1945",
        "1943///circa", "1943~/1945~", r#"{"date-parts":[[1943],[1945]],"circa":true}"#],
    ["1996-97", "1996–1997", "1996–1997", "1996–1997", "1996–1997",
        "1996///", "1996/1997", r#"{"date-parts":[[1996],[1997]]}"#],
    ["July 12, 1945 - August 1, 1946", "July 12, 1945–August 1, 1946",
        "12 July 1945–1 August 1946", "12 July 1945–1 Aug. 1946", "1945, July 12–1946, August 1",
        "1945/07/12/", "1945-07-12/1946-08-01", r#"{"date-parts":[[1945,7,12],[1946,8,1]]}"#],
    ["June 1943 - May 1945", "June 1943–May 1945", "June 1943–May 1945", "June 1943–May 1945",
        "1943, June–1945, May", "1943/06//", "1943-06/1945-05", r#"{"date-parts":[[1943,6],[1945,5]]}"#],
    ["1986, 1988", "1986, 1988", "1986, 1988", "1986, 1988", "1986, 1988",
        "1986///", "1986/1988", r#"{"date-parts":[[1986],[1988]]}"#],
    ["before 1984", "before 1984", "before 1984", "Before 1984", "before 1984",
        "before 1984", "../1983", r#"{"literal":"before 1984"}"#],
    ["after 1957", "after 1957", "after 1957", "After 1957", "after 1957",
        "after 1957", "1958/..", r#"{"date-parts":[[1958],[0]]}"#],
    ["spring 1945", "spring 1945", "spring 1945", "Spring 1945", "1945, Spring",
        "1945///spring", "1945-21", r#"{"date-parts":[[1945,3],[1945,5]]}"#],
    ["44 BC", "44 BC", "44 BC", "44 BC", "44 BC", "44 BC", "-0043", r#"{"date-parts":[[-44]]}"#],
    ["undated", "Date unknown", "n.d.", "", "n.d.", "", "", ""],
    ["n.d.", "Date unknown", "n.d.", "", "n.d.", "", "", ""],
    ["", "Date unknown", "n.d.", "", "n.d.", "", "", ""],
    ["when the river froze", "when the river froze", "when the river froze", "When the river froze",
        "when the river froze", "", "", r#"{"literal":"when the river froze"}"#],
];

/// Dates in words, in seven languages, then in archive, Chicago, MLA and APA style.
#[rustfmt::skip]
const DATES_IN_WORDS: [[&str; 5]; 34] = [
    ["before July 1945", "before July 1945", "before July 1945", "Before July 1945", "before 1945, July"],
    ["vor dem 12. Juli 1945", "before July 12, 1945", "before 12 July 1945", "Before 12 July 1945", "before 1945, July 12"],
    ["avant 1950", "before 1950", "before 1950", "Before 1950", "before 1950"],
    ["before ca. 1950", "before circa 1950", "before ca. 1950", "Before circa 1950", "before ca. 1950"],
    ["pre-1950", "before 1950", "before 1950", "Before 1950", "before 1950"],
    ["until 1949", "until 1949", "until 1949", "Until 1949", "until 1949"],
    ["not after 1950", "until 1950", "until 1950", "Until 1950", "until 1950"],
    ["1950s or earlier", "until the 1950s", "until the 1950s", "Until the 1950s", "until the 1950s"],
    ["nach 1957", "after 1957", "after 1957", "After 1957", "after 1957"],
    ["after 12 July 1945", "after July 12, 1945", "after 12 July 1945", "After 12 July 1945", "after 1945, July 12"],
    ["not before 1950", "1950–", "1950–", "1950–", "1950–"],
    ["since 1958", "1958–", "1958–", "1958–", "1958–"],
    ["between 1943 and 1945", "between 1943 and 1945", "between 1943 and 1945", "Between 1943 and 1945", "between 1943 and 1945"],
    ["[entre 1943 et 1945]", "[between 1943 and 1945]", "[between 1943 and 1945]", "[between 1943 and 1945]", "[between 1943 and 1945]"],
    ["1943 or 1944", "1943 or 1944", "1943 or 1944", "1943 or 1944", "1943 or 1944"],
    ["late 1940s", "late 1940s", "late 1940s", "Late 1940s", "late 1940s"],
    ["mid-1970s", "mid-1970s", "mid-1970s", "Mid-1970s", "mid-1970s"],
    ["early 19th century", "early 19th century", "early 19th century", "Early 19th century", "early 19th century"],
    ["Anfang 1945", "early 1945", "early 1945", "Early 1945", "early 1945"],
    ["first half of the 19th century", "first half of the 19th century", "first half of the 19th century",
        "First half of the 19th century", "first half of the 19th century"],
    ["1943, 1945-1947", "1943, 1945–1947", "1943, 1945–1947", "1943, 1945–1947", "1943, 1945–1947"],
    ["12-15 July 1945", "July 12–15, 1945", "12–15 July 1945", "12–15 July 1945", "1945, July 12–15"],
    ["12 July - 1 August 1945", "July 12–August 1, 1945", "12 July–1 August 1945", "12 July–1 Aug. 1945",
        "1945, July 12–August 1"],
    ["July-August 1945", "July–August 1945", "July–August 1945", "July–Aug. 1945", "1945, July–August"],
    ["1945 Q3", "July–September 1945", "July–September 1945", "July–Sept. 1945", "1945, July–September"],
    ["winter 1944-45", "winter 1944–1945", "winter 1944–1945", "Winter 1944–1945", "1944–1945, Winter"],
    ["winter 1944", "winter 1944", "winter 1944", "Winter 1944", "1944, Winter"],
    ["18th-19th century", "18th–19th century", "18th–19th century", "18th–19th century", "18th–19th century"],
    ["500-400 BC", "500–400 BC", "500–400 BC", "500–400 BC", "500–400 BC"],
    ["100 BC-AD 50", "100 BC–AD 50", "100 BC–AD 50", "100 BC–AD 50", "100 BC–AD 50"],
    ["circa 44 BC", "circa 44 BC", "ca. 44 BC", "Circa 44 BC", "ca. 44 BC"],
    ["[194-?]", "[1940s?]", "[1940s?]", "[1940s?]", "[1940s?]"],
    ["1958/..", "1958–", "1958–", "1958–", "1958–"],
    ["../1949", "until 1949", "until 1949", "Until 1949", "until 1949"],
];

/// A date, then the Chicago note of it: choices, ranges and lists, of which each date says itself what it is.
const SEVERAL_DATES: [[&str; 2]; 41] = [
    // The Dutch `of` is `or` only between two dates, the Danish `fra` is `from`.
    ["June of 1943 to May of 1945", "June 1943–May 1945"],
    ["Summer of 1943-1945", "summer 1943–1945"],
    ["3rd of May 1945 to 5th of June 1945", "3 May–5 June 1945"],
    ["June of 1943", "June 1943"],
    ["1943 of 1944", "1943 or 1944"],
    ["mei of juni 1945", "May or June 1945"],
    ["fra 1921 til 1925", "1921–1925"],
    ["fra 1921 e 1925", "between 1921 and 1925"],
    ["tra il 1921 e il 1925", "between 1921 and 1925"],
    ["between 1943 and 1945", "between 1943 and 1945"],
    ["between 1943-1945", "between 1943 and 1945"],
    ["zwischen Mai und Juni 1945", "between May and June 1945"],
    ["between ca. 1943 and 1945", "between ca. 1943 and 1945"],
    ["between early 1943 and late 1945", "between early 1943 and late 1945"],
    ["12 or 13 July 1945", "12 or 13 July 1945"],
    ["12. oder 13. Juli 1945", "12 or 13 July 1945"],
    ["July 12 or 13, 1945", "12 or 13 July 1945"],
    ["12 July or 1 August 1945", "12 July or 1 August 1945"],
    ["May or June 1945", "May or June 1945"],
    ["mai ou juin 1945", "May or June 1945"],
    ["18th or 19th century", "18th or 19th century"],
    ["1943 or 1944?", "1943 or 1944?"],
    ["ca. 1943 or 1944", "ca. 1943 or 1944"],
    ["[1943 or 1944]", "[1943 or 1944]"],
    ["1940s or 1950s", "1940s or 1950s"],
    ["1944 or 1943", "1944 or 1943"],
    ["early 1943-late 1945", "early 1943–late 1945"],
    ["early 1943 to late 1945", "early 1943–late 1945"],
    ["early 1943-1945", "early 1943–1945"],
    ["1943-early 1945", "1943–early 1945"],
    ["mid-1970s-early 1980s", "mid-1970s–early 1980s"],
    ["late 18th-early 19th century", "late 18th century–early 19th century"],
    ["late 1943 or early 1944", "late 1943 or early 1944"],
    ["Ende 1943 oder Anfang 1944", "late 1943 or early 1944"],
    ["[1943], 1945", "[1943], 1945"],
    ["[1943, 1945]", "[1943, 1945]"],
    ["1943, [1945]", "1943, [1945]"],
    ["ca. 1943, 1945", "ca. 1943, 1945"],
    ["late 1943, 1945", "late 1943, 1945"],
    ["[1943]-1945", "[1943]–1945"],
    ["ca. 1943-1945", "ca. 1943–1945"],
];

#[test]
fn each_of_several_dates_says_itself_what_it_is() {
    let cited =
        SEVERAL_DATES.map(|[text, _]| [text.to_owned(), cited_date(Style::ChicagoNote, text)]);
    let expected = SEVERAL_DATES.map(|row| row.map(str::to_owned));
    assert_eq!(cited, expected);
}

/// Title and creator of a letter or photograph, and what stands before the title.
const LEADING_CREATORS: [[&str; 3]; 33] = [
    ["Telegram to Chiang Kai-shek", "Soong, T.V.", "T.V. Soong, "],
    ["Letter to the council", "Lippmann, L.", "L. Lippmann, "],
    ["Address to the Nation", "Keller, A. B.", "A. B. Keller, "],
    ["Road to Ruin", "Keller, R.", "R. Keller, "],
    ["Report to the board", "Keller, Rosa", "Rosa Keller, "],
    ["Reply to Roth", "Keller, R. E.", "R. E. Keller, "],
    ["List of ships", "Lippmann, Lisa", "Lisa Lippmann, "],
    ["Appeal to the nation", "Keller, A.", "A. Keller, "],
    ["Treaty to end the war", "Soong, T.", "T. Soong, "],
    ["Keller family photographs", "Keller, F.", "F. Keller, "],
    ["Photographs from the Keller family", "Keller, Max", "Max Keller, "],
    ["House to let", "House, E. M.", "E. M. House, "],
    ["House to let", "House, T.", "T. House, "],
    ["Appeal to the nation from Keller Street", "Keller, Max", "Max Keller, "],
    ["Telegram from Berlin to Keller", "Keller, Max", "Max Keller, "],
    ["A Keller album", "Keller, A.", "A. Keller, "],
    ["Portrait of a Keller child", "Keller, Anna", "Anna Keller, "],
    ["Max to the limit", "Keller, Max", "Max Keller, "],
    ["Tell to the end", "Keller, T. E.", "T. E. Keller, "],
    // The title names the author.
    ["Telegram from T. V. Soong to Chiang Kai-shek", "Soong, T.V.", ""],
    ["Telegram from Soong to Chiang", "Soong, T.V.", ""],
    ["T. Soong to Chiang", "Soong, T.V.", ""],
    ["Soong to Chiang Kai-shek", "Soong, T.V.", ""],
    ["House to Wilson", "House, E. M.", ""],
    ["House to his wife", "House, E. M.", ""],
    ["A. Keller to Roth", "Keller, Anna", ""],
    ["Anna Keller to Roth", "Keller, A.", ""],
    ["A. Keller: letter to Roth", "Keller, A.", ""],
    ["Letter from Keller, Berlin", "Keller, Max", ""],
    ["Letter from Keller to Roth", "Keller, Max", ""],
    ["Letter From Keller To Roth", "Keller, Max", ""],
    ["Brief von Keller an Roth", "Keller, Max", ""],
    ["Keller's letter on the harvest", "Keller, Max", ""],
];

#[test]
fn author_is_left_out_only_if_the_title_names_the_author() {
    let cited = LEADING_CREATORS.map(|[title, creator, _]| {
        let cited = Style::ChicagoNote.cite(&record(title, "1945", &[(Creator, creator)]), None);
        let before = cited.strip_suffix(&format!("{title}, 1945.")).unwrap_or(&cited);
        [title, creator, before].map(str::to_owned)
    });
    assert_eq!(cited, LEADING_CREATORS.map(|row| row.map(str::to_owned)));
}

#[test]
fn folder_of_the_same_number_in_another_box_is_cited() {
    for (containers, expected) in [
        ("b3 f2 b5 f2", "box 3, folder 2, box 5, folder 2"),
        ("b3 f2 b5 f2 b3 f2", "box 3, folder 2, box 5, folder 2"),
        ("b3 f2 b3 f2", "box 3, folder 2"),
        ("b3 f2 b3 f4", "box 3, folder 2, folder 4"),
        ("b3 f2 b5 f1 b3 f4", "box 3, folder 2, box 5, folder 1, box 3, folder 4"),
        ("b3 f2 f2 f3", "box 3, folder 2, folder 3"),
        ("b3 b3", "box 3"),
        ("f2 f2", "folder 2"),
        ("b3 b5 f3 f5", "box 3, box 5, folder 3, folder 5"),
        ("b3 f3 b4 f3 f4", "box 3, folder 3, box 4, folder 3, folder 4"),
    ] {
        let fields: Vec<_> = containers
            .split(' ')
            .map(|it| (if it.starts_with('b') { Field::Box } else { Field::Folder }, &it[1..]))
            .collect();
        let cited = Style::ChicagoNote.cite(&record("Memorandum", "1945", &fields), None);
        assert_eq!(cited, format!("Memorandum, 1945, {expected}."), "{containers}");
    }
}

#[test]
fn marks_of_codes_and_titles_are_kept_and_those_of_catalogues_are_not() {
    for (code, expected) in [
        ("/12/4", "/12/4"),
        ("/12/4/", "/12/4/"),
        ("-12", "-12"),
        ("=A 7", "=A 7"),
        (":12", ":12"),
        ("12 : 4", "12 : 4"),
        ("  MS   12 ", "MS 12"),
        ("A [.] 4", "A [.] 4"),
        ("12/", "12/"),
    ] {
        let fields = [(Field::ReferenceCode, code)];
        let cited = Style::ChicagoNote.cite(&record("Memorandum", "1945", &fields), None);
        assert_eq!(cited, format!("Memorandum, 1945, {expected}."), "{code}");
    }
    for (title, expected) in [
        ("Say 'hello' to the Kellers'", "“Say 'hello' to the Kellers',” 1945."),
        ("Say ‘hello’ to the Kellers’", "“Say ‘hello’ to the Kellers’,” 1945."),
        ("The Kellers'", "“The Kellers',” 1945."),
        ("They said 'hello'", "“They said 'hello,'” 1945."),
        ("They said \"hello.\"", "“They said ‘hello,’” 1945."),
        (
            "The 'harbour' of the Roths' and 'boats'",
            "“The 'harbour' of the Roths' and 'boats,'” 1945.",
        ),
        ("(The harbour.)", "“(The harbour),” 1945."),
        ("[The harbour.] (In winter.)", "“[The harbour] (In winter),” 1945."),
        ("[Harbour.] [.]", "[Harbour], 1945."),
        ("Harbour (.)", "“Harbour,” 1945."),
        ("Harbour ( , [ . ] )", "“Harbour,” 1945."),
        ("Harbour [...]", "“Harbour [...],” 1945."),
        ("Harbour (?)", "“Harbour (?),” 1945."),
        ("Harbour (Acme Inc.)", "“Harbour (Acme Inc.),” 1945."),
        ("((The harbour.))", "“((The harbour)),” 1945."),
    ] {
        let mut record = record(title, "1945", &[]);
        record.set_title_form(TitleForm::Quoted);
        assert_eq!(Style::ChicagoNote.cite(&record, None), expected, "{title}");
    }
    let plain = record("Say 'hello' to the Kellers'", "1945", &[]);
    assert_eq!(Style::ChicagoNote.cite(&plain, None), "Say 'hello' to the Kellers', 1945.");
}

#[test]
fn dates_are_cited_in_the_words_of_the_style() {
    for [text, expected @ ..] in DATES_IN_WORDS {
        let styles = [Style::Archive, Style::ChicagoNote, Style::Mla, Style::Apa];
        assert_eq!(
            styles.map(|style| cited_date(style, text)),
            expected.map(str::to_owned),
            "{text}"
        );
    }
}

#[test]
fn dates_are_formatted_in_every_style() {
    for [text, expected @ ..] in DATES {
        assert_eq!(date_formats(text), expected.map(str::to_owned), "{text}");
    }
}

#[test]
fn date_that_does_not_fit_its_field_is_added_as_a_note() {
    for (text, note) in [
        ("July 12, 1945", ""),
        ("September 1976", ""),
        ("1956", ""),
        ("circa 1945", ""),
        ("1945?", "[fonds] date: 1945?"),
        ("[1994]", "[fonds] date: [1994]"),
        ("1970s", "[fonds] date: 1970s"),
        ("1943-1945", "[fonds] date: 1943-1945"),
        ("spring 1945", ""),
        ("summer 1945, evening", "[fonds] date: summer 1945, evening"),
        ("44 BC", "[fonds] date: 44 BC"),
        ("undated", "[fonds] date: undated"),
        ("", ""),
        ("when the river froze", "[fonds] date: when the river froze"),
    ] {
        let ris = Style::Ris.cite(&record("Memorandum", text, &[]), None);
        assert_eq!(line_between(&ris, "N1  - ", ""), note, "{text}");
    }
    let with_note = |style: Style, text| style.cite(&record("Memorandum", text, &[]), None);
    assert!(with_note(Style::BibLatex, "[1994]").contains("note = {[fonds] date: [1994]}"));
    assert!(with_note(Style::BibLatex, "undated").contains("note = {[fonds] date: undated}"));
    assert!(with_note(Style::CslJson, "[1994]").contains(r#""note":"[fonds] date: [1994]""#));
}

/// A name as written, then in natural order, inverted, and with initials.
const NAMES: [[&str; 4]; 19] = [
    ["T.V. Soong", "T.V. Soong", "Soong, T.V.", "Soong, T. V."],
    ["T. V. Soong", "T. V. Soong", "Soong, T. V.", "Soong, T. V."],
    ["Soong, T.V.", "T.V. Soong", "Soong, T.V.", "Soong, T. V."],
    ["Stalin, Joseph, 1878-1953", "Joseph Stalin", "Stalin, Joseph", "Stalin, J."],
    ["Stalin", "Stalin", "Stalin", "Stalin"],
    ["Mao Zedong", "Mao Zedong", "Mao Zedong", "Mao Zedong"],
    ["Dwight D. Eisenhower", "Dwight D. Eisenhower", "Eisenhower, Dwight D.", "Eisenhower, D. D."],
    [
        "King, Martin Luther, Jr., 1929-1968",
        "Martin Luther King Jr.",
        "King, Martin Luther, Jr.",
        "King, M. L., Jr.",
    ],
    ["J. de la Huerta", "J. de la Huerta", "de la Huerta, J.", "de la Huerta, J."],
    ["Gaulle, Charles de", "Charles de Gaulle", "Gaulle, Charles de", "Gaulle, C. de"],
    ["Charles de Gaulle", "Charles de Gaulle", "Charles de Gaulle", "Charles de Gaulle"],
    ["Sartre, Jean-Paul", "Jean-Paul Sartre", "Sartre, Jean-Paul", "Sartre, J.-P."],
    ["Gerolt, Friedrich, recipient", "Friedrich Gerolt", "Gerolt, Friedrich", "Gerolt, F."],
    ["Smith, John, b. 1900", "John Smith", "Smith, John", "Smith, J."],
    ["Bank, Aleksander", "Aleksander Bank", "Bank, Aleksander", "Bank, A."],
    ["Ministry of Foreign Affairs"; 4],
    ["United States. Department of State"; 4],
    ["Communist Party, Central Committee"; 4],
    ["U.S. Embassy"; 4],
];

#[test]
fn names_are_split_and_formatted() {
    for [text, natural, inverted, initials] in NAMES {
        let name = Name::parse(text, None);
        let forms = [name.running(), name.index(), name.index_initials()];
        assert_eq!(forms, [natural, inverted, initials], "{text}");
    }
}

/// Title, date, fields; then the citation in archive style, as Chicago note and bibliography entry, in MLA
/// and in APA style.
type Case = (&'static str, &'static str, &'static [(Field, &'static str)], [&'static str; 5]);

#[rustfmt::skip]
const CITED: [Case; 8] = [
    ("Record of a Meeting", "July 12, 1945",
        &[(Source, "PRC FMA 111-00016-16, 66-67"), (Url, "https://example.org/1")], [
        "Record of a Meeting, July 12, 1945, PRC FMA 111-00016-16, 66-67, Digital Archive. https://example.org/1",
        "Record of a Meeting, 12 July 1945, PRC FMA 111-00016-16, 66-67, Digital Archive, https://example.org/1.",
        "Record of a Meeting. 12 July 1945. PRC FMA 111-00016-16, 66-67. Digital Archive. https://example.org/1.",
        "Record of a Meeting. 12 July 1945. Digital Archive, PRC FMA 111-00016-16, 66-67, https://example.org/1.",
        "[Record of a Meeting]. (1945, July 12). Digital Archive (PRC FMA 111-00016-16, 66-67). https://example.org/1",
    ]),
    ("The Long Telegram.", "February 22, 1946",
        &[(Creator, "Kennan, George F., 1904-2005"), (Collection, "Kennan Papers"), (Source, "MC076, box 3")], [
        "George F. Kennan, \"The Long Telegram,\" February 22, 1946, MC076, box 3, Kennan Papers, Digital Archive.",
        "George F. Kennan, “The Long Telegram,” 22 February 1946, MC076, box 3, Kennan Papers, Digital Archive.",
        "Kennan, George F. “The Long Telegram.” 22 February 1946. MC076, box 3. Kennan Papers. Digital Archive.",
        "Kennan, George F. “The Long Telegram.” 22 Feb. 1946. Kennan Papers, Digital Archive, MC076, box 3.",
        "Kennan, G. F. (1946, February 22). The Long Telegram. Kennan Papers (MC076, box 3), Digital Archive.",
    ]),
    ("On \"Peace\" and War", "circa 1950", &[(Creator, "T.V. Soong"), (Creator, "Stalin, Joseph")], [
        "T.V. Soong and Joseph Stalin, \"On 'Peace' and War,\" circa 1950, Digital Archive.",
        "T.V. Soong and Joseph Stalin, “On ‘Peace’ and War,” ca. 1950, Digital Archive.",
        "Soong, T.V., and Joseph Stalin. “On ‘Peace’ and War.” Ca. 1950. Digital Archive.",
        "Soong, T.V., and Joseph Stalin. “On ‘Peace’ and War.” Circa 1950. Digital Archive.",
        "Soong, T. V., & Stalin, J. (ca. 1950). On \"Peace\" and War. Digital Archive.",
    ]),
    ("Who Lost China?", "", &[(Creator, "A. One"), (Creator, "B. Two"), (Creator, "C. Three")], [
        "A. One et al., \"Who Lost China?,\" Date unknown, Digital Archive.",
        "A. One et al., “Who Lost China?,” n.d., Digital Archive.",
        "One, A., B. Two, and C. Three. “Who Lost China?” N.d. Digital Archive.",
        "One, A., et al. “Who Lost China?” Digital Archive.",
        "One, A., Two, B., & Three, C. (n.d.). Who Lost China? Digital Archive.",
    ]),
    ("Bulletin", "1949", &[(Creator, "Ministry of Foreign Affairs"), (Creator, "Communist Party")], [
        "Ministry of Foreign Affairs and Communist Party, \"Bulletin,\" 1949, Digital Archive.",
        "Ministry of Foreign Affairs and Communist Party, “Bulletin,” 1949, Digital Archive.",
        "Ministry of Foreign Affairs and Communist Party. “Bulletin.” 1949. Digital Archive.",
        "Ministry of Foreign Affairs and Communist Party. “Bulletin.” 1949. Digital Archive.",
        "Ministry of Foreign Affairs, & Communist Party. (1949). Bulletin. Digital Archive.",
    ]),
    ("", "1970s", &[(Summary, "Two pages on grain."), (Source, "TsKhSD")], [
        "[Two pages on grain], 1970s, TsKhSD, Digital Archive.",
        "[Two pages on grain], 1970s, TsKhSD, Digital Archive.",
        "[Two pages on grain]. 1970s. TsKhSD. Digital Archive.",
        "[Two pages on grain]. 1970s. Digital Archive, TsKhSD.",
        "[Two pages on grain]. (1970s). Digital Archive (TsKhSD).",
    ]),
    ("", "", &[], [
        "[untitled], Date unknown, Digital Archive.",
        "[untitled], n.d., Digital Archive.",
        "[untitled]. N.d. Digital Archive.",
        "[untitled]. Digital Archive.",
        "[untitled]. (n.d.). Digital Archive.",
    ]),
    ("Letter to Mao!", "[1994]", &[(Collection, "Letters")], [
        "Letter to Mao!, [1994], Letters, Digital Archive.",
        "Letter to Mao!, [1994], Letters, Digital Archive.",
        "Letter to Mao! [1994]. Letters. Digital Archive.",
        "Letter to Mao! [1994]. Letters, Digital Archive.",
        "[Letter to Mao!]. ([1994]). Letters, Digital Archive.",
    ]),
];

#[test]
fn records_are_cited_in_each_style() {
    let archive = Archive { title: Some("Digital Archive".to_owned()), ..Archive::default() };
    for (title, date, fields, expected) in CITED {
        let mut record = record(title, date, fields);
        record.set_title_form(TitleForm::Quoted);
        let cited: Vec<_> =
            Style::all().take(5).map(|style| style.cite(&record, Some(&archive))).collect();
        assert_eq!(cited, expected);
    }
}

#[test]
fn unnamed_archive_is_left_out_of_citations() {
    let memo = record("Memorandum", "1945", &[]);
    for (style, cited) in Style::all().zip([
        "Memorandum, 1945.",
        "Memorandum, 1945.",
        "Memorandum. 1945.",
        "Memorandum. 1945.",
        "[Memorandum]. (1945).",
    ]) {
        assert_eq!(style.cite(&memo, None), cited);
        assert_eq!(style.cite(&memo, Some(&Archive::default())), cited);
    }
}

/// The beginning of the citation of a record with this many creators as Chicago note and bibliography entry,
/// in MLA and in APA style. A creator `others` follows where the last value is true.
#[rustfmt::skip]
const PEOPLE: [(usize, bool, [&str; 4]); 7] = [
    (1, false, ["X. Ao, ", "Ao, X. Mem", "Ao, X. Mem", "Ao, X. (1945)"]),
    (2, false, ["X. Ao and X. Bo, ", "Ao, X., and X. Bo. ", "Ao, X., and X. Bo. ", "Ao, X., & Bo, X. (1945)"]),
    (3, false, ["X. Ao et al., ", "Ao, X., X. Bo, and X. Co. ", "Ao, X., et al. ", "Ao, X., Bo, X., & Co, X. (1945)"]),
    (6, false, ["X. Ao et al., ", "Ao, X., X. Bo, X. Co, X. Do, X. Eo, and X. Fo. ", "Ao, X., et al. ", "Ao, X., Bo, X., Co, X., Do"]),
    (7, false, ["X. Ao et al., ", "Ao, X., X. Bo, X. Co, et al. Mem", "Ao, X., et al. ", "Ao, X., Bo, X., Co, X., Do"]),
    (1, true, ["X. Ao et al., ", "Ao, X., et al. Mem", "Ao, X., et al. ", "Ao, X., et al. (1945)"]),
    (2, true, ["X. Ao et al., ", "Ao, X., X. Bo, et al. Mem", "Ao, X., et al. ", "Ao, X., Bo, X., et al. (1945)"]),
];

/// A record with this many creators.
fn record_of_many(count: u8, has_others: bool) -> Record {
    let names = (b'A'..b'A' + count).map(|letter| format!("X. {}o", char::from(letter)));
    let names: Vec<String> = names.chain(has_others.then(|| "others".to_owned())).collect();
    let fields: Vec<_> = names.iter().map(|name| (Creator, name.as_str())).collect();
    record("Memorandum", "1945", &fields)
}

#[test]
fn long_lists_of_people_are_shortened_by_each_style() {
    let styles = [Style::ChicagoNote, Style::ChicagoBibliography, Style::Mla, Style::Apa];
    for (count, has_others, expected) in PEOPLE {
        let record = record_of_many(u8::try_from(count).unwrap(), has_others);
        for (style, start) in styles.into_iter().zip(expected) {
            let cited = style.cite(&record, None);
            assert!(cited.starts_with(start), "{cited} must begin with {start}");
        }
    }
    let twenty_two = Style::Apa.cite(&record_of_many(22, false), None);
    assert!(twenty_two.contains("So, X., ... Vo, X. (1945)"), "{twenty_two}");
    assert!(!twenty_two.contains("To, X."), "{twenty_two}");
}

/// Reads a file of a format, and returns the citations in a style.
fn cite_file(name: &str, text: &str, style: &str) -> Vec<String> {
    let folder = TestFolder::with_files(&[(name, text.as_bytes())]);
    let result =
        folder.run(&["cite", name, "--order", "archive", "--keep-duplicates", "--style", style]);
    result.stdout.lines().map(str::to_owned).collect()
}

/// The kinds of documents: for each, its record as JSON and the right citation in four styles. The record
/// is in the table because a blank line is between two kinds.
const KINDS: &str = include_str!("citations/kinds.txt");

#[test]
fn each_kind_of_document_is_cited_by_the_rule() {
    let blocks: Vec<Vec<&str>> = KINDS
        .split("\n\n")
        .map(|block| block.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>())
        .filter(|lines: &Vec<&str>| !lines.is_empty())
        .collect();
    let records: Vec<&str> = blocks.iter().map(|lines| lines[0]).collect();
    let records = records.join("\n");
    let styles = ["chicago-note", "chicago-bibliography", "mla", "apa", "archive"];
    for (line, style) in (1..).zip(styles) {
        let cited = cite_file("kinds.jsonl", &records, style);
        for (lines, cited) in blocks.iter().zip(&cited) {
            if let Some(right) = lines.get(line).filter(|right| **right != "-") {
                assert_eq!(cited, right, "{style} of {}", lines[0]);
            }
        }
        assert_eq!(cited.len(), blocks.len());
    }
}

/// A results page, which says nothing of its archive.
const PAGE: &str =
    "1 - 1 of 1\n\nJuly 12, 1945\n\nRecord of a Meeting Between Lind and Roth\n\nThey talk.\n";

/// The citation of the record of [`PAGE`] and the message about it, with these arguments.
fn cite_page(folder: &TestFolder, arguments: &[&str]) -> (String, String) {
    let all = [&["cite", "page.txt"], arguments].concat();
    let result = folder.run(&all);
    (result.stdout.trim_end().to_owned(), result.stderr)
}

#[test]
fn archive_that_no_file_names_is_named_by_an_option() {
    let folder = TestFolder::with_files(&[("page.txt", PAGE.as_bytes())]);
    let (cited, message) = cite_page(&folder, &[]);
    assert_eq!(cited, "Record of a Meeting Between Lind and Roth, 12 July 1945.");
    assert_eq!(message.matches("--archive-title").count(), 1, "{message}");
    let options = ["--archive-title", "Town Archive", "--archive-url", "https://town.example.org"];
    let (cited, message) = cite_page(&folder, &options);
    let named = "Record of a Meeting Between Lind and Roth, 12 July 1945, Town Archive, https://town.example.org.";
    assert_eq!((cited.as_str(), message.as_str()), (named, ""));
    // The name goes along into every format that fonds converts to.
    for output in ["a.toml", "a.jsonl", "a.csv"] {
        let convert = [&["convert", "page.txt", "-o", output], &options[..]].concat();
        assert_eq!(folder.run(&convert).exit_code, Some(0));
        let cited = folder.run(&["cite", output]);
        assert!(cited.stdout.contains("12 July 1945, Town Archive"), "{output}: {}", cited.stdout);
        assert_eq!(cited.stderr, "", "{output}");
    }
    let ris =
        folder.run(&["export", "page.txt", "--format", "ris", "--archive-title", "Town Archive"]);
    assert!(ris.stdout.contains("DB  - Town Archive\n"), "{}", ris.stdout);
}

#[test]
fn archive_of_several_unnamed_files_is_named_in_each() {
    let other = PAGE.replace("July 12", "July 13").replace("1 - 1 of 1", "1 - 1 of 7");
    let ris = "TY  - MANSCPT\nTI  - The Hollow Valley\nER  - \n";
    let folder = TestFolder::with_files(&[
        ("page.txt", PAGE.as_bytes()),
        ("other.txt", other.as_bytes()),
        ("list.ris", ris.as_bytes()),
    ]);
    let files = ["cite", "page.txt", "other.txt", "list.ris"];
    let unnamed = folder.run(&files);
    assert!(unnamed.stderr.contains("3 citations do not name the archive"), "{}", unnamed.stderr);
    let named = folder.run(&[&files[..], &["--archive-title", "Town Archive"]].concat());
    assert_eq!(named.stdout.matches("Town Archive").count(), 3, "{}", named.stdout);
}

#[test]
fn name_of_an_archive_is_kept_for_its_file_and_used_by_every_command() {
    let script = "$FONDS page.txt; $FONDS cite page.txt > cited.txt; \
                  $FONDS export page.txt -o page.ris; $FONDS cite other.txt > other-cited.txt; \
                  ls -l $XDG_DATA_HOME/fonds/archive-names.toml; echo 'all ''done'; sleep 1";
    let mut pty = Setup::script(script)
        .file("page.txt", PAGE)
        .file("other.txt", PAGE.replace("Roth", "Welin"))
        .start();
    pty.wait_for_text("1 of 1 shown");
    pty.send("yc");
    pty.wait_for_text("names no archive (A names it)");
    pty.send("A");
    pty.wait_for_text("the archive, then its https:// address");
    pty.send("Town Archive, https://town.example.org\r");
    pty.wait_for_text("citations name the archive Town Archive");
    pty.send("yc");
    pty.wait_for_text("the citation (chicago-note)");
    pty.wait_for_no_text("names no archive");
    pty.send("q");
    pty.wait_for_text("all done");
    pty.wait_for_text("-rw-------");
    let read = |name: &str| std::fs::read_to_string(pty.folder.path().join(name)).unwrap();
    assert!(read("cited.txt").ends_with("12 July 1945, Town Archive, https://town.example.org.\n"));
    assert!(read("page.ris").contains("DB  - Town Archive\n"));
    assert!(read("other-cited.txt").ends_with("12 July 1945.\n"));
}

#[test]
fn archive_file_names_its_archive_itself() {
    let mut pty =
        Setup::program(&["a.toml"]).file("a.toml", "[[record]]\ntitle = \"Plan\"\n").start();
    pty.wait_for_text("1 of 1 shown");
    pty.send("A");
    pty.wait_for_text("a.toml names its archive itself: change its title in [archive]");
    pty.send("q");
}

#[test]
fn conversion_of_pages_asks_for_their_archive_in_a_terminal() {
    for (answers, expected) in [
        (
            "Town Archive\rhttps://town.example.org\r",
            "title = \"Town Archive\"\nurl = \"https://town.example.org\"",
        ),
        ("Town Archive\r\r", "title = \"Town Archive\"\ntotal"),
        ("\r", "[archive]\ntotal"),
    ] {
        let script = "$FONDS convert page.txt -o a.toml; echo 'all ''done'; sleep 1";
        let mut pty = Setup::script(script).file("page.txt", PAGE).start();
        pty.wait_for_text("Which archive are these records from?");
        pty.send(answers);
        pty.wait_for_text("all done");
        let written = std::fs::read_to_string(pty.folder.path().join("a.toml")).unwrap();
        assert!(written.contains(expected), "{written}");
    }
}

#[test]
fn markup_of_titles_stays_in_lists_of_references_and_is_left_out_of_citations() {
    let title = "The <i>Mary Rose</i> &amp; her crew";
    let item = format!("[{{\"id\":\"a\",\"type\":\"manuscript\",\"title\":\"{title}\"}}]\n");
    let ris = format!("TY  - MANSCPT\nID  - a\nTI  - {title}\nER  - \n");
    for (name, text) in [("a.json", &item), ("a.ris", &ris)] {
        let cited = cite_file(name, text, "chicago-note");
        assert_eq!(cited, ["“The Mary Rose & her crew,” n.d."], "{name}");
        for (style, again) in [("csl-json", "b.json"), ("ris", "b.ris"), ("biblatex", "b.bib")] {
            let list = cite_file(name, text, style).join("\n");
            let item = cite_file(again, &list, "csl-json").join("");
            assert!(item.contains(&format!("\"title\":\"{title}\"")), "{list}\n{item}");
        }
    }
    let entry = cite_file("a.json", &item, "biblatex").join("\n");
    assert!(entry.contains("title = {The Mary Rose \\& her crew}"), "{entry}");
}

#[test]
fn catalogue_and_database_of_a_reference_are_no_location() {
    let list = "TY  - MANSCPT\nTI  - Songs\nDB  - Town Archive\nDP  - Library Catalog\n\
                L1  - file:///home/a.pdf\nUR  - https://town.example.org/1\nER  - \n\n\
                TY  - JOUR\nTI  - Harbours\nDB  - Paper Store\nAN  - 1234567\nDP  - Index\nER  - \n";
    assert_eq!(
        cite_file("a.ris", list, "chicago-note"),
        ["“Songs,” n.d., Town Archive, https://town.example.org/1.", "“Harbours,” n.d."]
    );
    let folder = TestFolder::with_files(&[("a.ris", list.as_bytes())]);
    let records = folder.run(&["export", "a.ris", "--format", "jsonl"]).stdout;
    for kept in ["Library Catalog", "Paper Store", "1234567", "Index"] {
        assert!(records.contains(kept), "{records}");
    }
}

/// Words and marks of which wild values are made.
const FRAGMENTS: [&str; 32] = [
    "Letter",
    "to",
    "Roth",
    "I.",
    "Acme Inc.",
    "papers.",
    ":",
    "/",
    ";",
    ",",
    ".",
    "…",
    "?",
    "!",
    "<i>",
    "</i>",
    "<br/>",
    "&amp;",
    "12 July 1945",
    "before 1950",
    "no.",
    "7",
    "=",
    "от",
    "'",
    "\"",
    "“",
    "”",
    "(",
    ")",
    "[",
    "]",
];

proptest! {
    #[test]
    fn no_mark_stands_alone_or_twice(
        title in proptest::collection::vec(proptest::sample::select(&FRAGMENTS[..]), 0..9),
        date in proptest::collection::vec(proptest::sample::select(&FRAGMENTS[..]), 0..4),
        other in proptest::collection::vec(proptest::sample::select(&FRAGMENTS[..]), 0..4),
        is_quoted in any::<bool>(),
    ) {
        let other = other.join(" ");
        let fields = [
            (Creator, "Roth, Ida"),
            (Field::Recipient, "Brandt, Emil"),
            (Collection, other.as_str()),
            (Field::Folder, other.as_str()),
            (Field::Repository, "Valley Library."),
        ];
        let mut record = record(&title.join(" "), &date.join(" "), &fields);
        if is_quoted {
            record.set_title_form(TitleForm::Quoted);
        }
        for style in Style::all().take(5) {
            let cited = style.cite(&record, None);
            let lone = [", ,", ", .", ". .", ": ,", "; ,", ",,", ": ."].iter().find(|mark| cited.contains(**mark));
            let is_lone = lone.is_some() || cited.starts_with([',', '.', ';', ':', ' ']);
            prop_assert!(!is_lone && !cited.contains('\n'), "{}: {cited}", style.name());
        }
    }
}

/// With time that grows with the square of the number of values, this would take minutes.
#[test]
fn record_with_very_many_values_is_cited_and_exported() {
    let count = 4_000;
    let values = |key: &str, text: &str| {
        let values: Vec<String> = (0..count).map(|at| format!("\"{text} {at}\"")).collect();
        format!("\"{key}\":[{}]", values.join(","))
    };
    let fields = [
        values("creator", "Roth, Ida"),
        values("collection", "Papers"),
        values("repository", "Archive"),
        values("reference_code", "Papers 1, MS"),
        values("places", "Valley"),
        values("note", "A note"),
    ];
    let record = format!("{{\"title\":\"Letter\",{}}}\n", fields.join(","));
    let cited = cite_file("a.jsonl", &record, "chicago-note").join("");
    assert!(cited.starts_with("Ida 0 Roth et al., Letter, n.d., MS 0, "), "{cited:.200}");
    for (style, name) in [("ris", "b.ris"), ("csl-json", "b.json")] {
        let list = cite_file("a.jsonl", &record, style).join("\n");
        let again = cite_file(name, &list, "chicago-note").join("");
        assert!(again.starts_with("Ida 0 Roth et al., Letter, n.d., "), "{again:.200}");
    }
    let columns: Vec<String> = (0..20_000).map(|at| format!("c{at}_role")).collect();
    let table = format!("title,{}\nPlan,{}\n", columns.join(","), vec![""; 20_000].join(","));
    assert_eq!(cite_file("a.csv", &table, "chicago-note"), ["Plan, n.d."]);
}

#[test]
fn records_are_taken_in_the_order_of_the_screen() {
    let records = "{\"title\": \"Birch\"}\n{\"title\": \"Ash\"}\n{\"title\": \"Cedar\"}\n";
    for (options, expected) in [
        ("--order title", ["Ash", "Birch", "Cedar"]),
        ("--order title --reverse", ["Cedar", "Birch", "Ash"]),
        ("", ["Birch", "Ash", "Cedar"]),
    ] {
        let script = format!("$FONDS pick {options} a.jsonl > out.txt; echo 'all ''done'; sleep 1");
        let mut pty = Setup::script(&script).file("a.jsonl", records).start();
        pty.wait_for_text("3 of 3 shown");
        pty.send("*\r");
        pty.wait_for_text("all done");
        let out = std::fs::read_to_string(pty.folder.path().join("out.txt")).unwrap();
        let titles: Vec<_> = out.lines().filter_map(|line| line.split('\t').nth(2)).collect();
        assert_eq!(titles, expected, "{options}");
    }
}

#[test]
fn faults_that_users_met_in_citations_stay_mended() {
    let aid = |title: &str, more: &str| {
        format!(
            "<ead><archdesc level=\"collection\"><did><unittitle>{title}</unittitle><origination>\
             <persname>Roth, Ida</persname></origination><repository><corpname>Valley Library</corpname>\
             </repository></did><controlaccess><persname role=\"aut\">Roth, Ida</persname></controlaccess>\
             <dsc>{more}</dsc></archdesc></ead>"
        )
    };
    let component = |title: &str, more: &str| {
        format!("<c level=\"file\"><did><unittitle>{title}</unittitle>{more}</did></c>")
    };
    let dated =
        "Brandt papers, <unitdate>1900-1950</unitdate> <unitdate type=\"bulk\">1920</unitdate>";
    let components = [
        component("Maps (<unitdate>1945</unitdate>)", ""),
        component("Maps, <unitdate>1945</unitdate>, Orla", ""),
        component("Maps", "<repository>Other Library</repository>"),
    ];
    assert_eq!(
        cite_file("a.xml", &aid(dated, &components.concat()), "chicago-note"),
        [
            "Brandt papers, Valley Library.",
            "Maps, 1945, Brandt papers, Valley Library.",
            "Maps, Orla, 1945, Brandt papers, Valley Library.",
            "Maps, n.d., Brandt papers, Other Library.",
        ]
    );
    let ris = "TY  - PCOMM\nAU  - Roth, Ida\nAU  - Roth, Ida\nA2  - Brandt, Emil\nER  - \n";
    assert_eq!(cite_file("a.ris", ris, "chicago-note"), ["Ida Roth to Emil Brandt, n.d."]);
    let others =
        "@book{a, title={A Map}, author={Roth, Ida and others}, url={https://x.org/a--b}}\n";
    assert_eq!(
        cite_file("a.bib", others, "chicago-note"),
        ["Ida Roth et al., “A Map,” n.d., https://x.org/a--b."]
    );
    let wrapped =
        "{\"title\":\"Maps\\nof Orla\",\"box\":\"3\\n4\",\"repository\":\"Valley Library\"}\n";
    assert_eq!(
        cite_file("a.jsonl", wrapped, "chicago-note"),
        ["Maps of Orla, n.d., box 3 4, Valley Library."]
    );
    let junior =
        "{\"title\":\"Letter\",\"creator\":\"Roth, Ida\",\"recipient\":\"King, Emil, Jr.\"}\n";
    assert_eq!(
        cite_file("a.jsonl", junior, "chicago-bibliography"),
        ["Roth, Ida. Letter to Emil King Jr. N.d."]
    );
}

#[test]
fn uncertain_date_stays_uncertain_in_a_list_of_references() {
    let record = "{\"title\":\"Letter\",\"date\":\"1945?\"}\n";
    for (style, name) in [("ris", "a.ris"), ("biblatex", "a.bib"), ("csl-json", "a.json")] {
        let list = cite_file("a.jsonl", record, style).join("\n");
        let again = cite_file(name, &list, "csl-json").join("");
        assert!(again.contains("date: 1945?"), "{list}\n{again}");
    }
}

#[test]
fn description_stays_one_in_a_list_of_references() {
    let page = "{\"title\":\"Reply of the Harbour Office\",\"date\":\"1951\"}\n";
    let expected = ["Reply of the Harbour Office, 1951."];
    assert_eq!(cite_file("a.jsonl", page, "chicago-note"), expected);
    for (style, name) in [("ris", "a.ris"), ("biblatex", "a.bib"), ("csl-json", "a.json")] {
        let list = cite_file("a.jsonl", page, style).join("\n");
        assert_eq!(cite_file(name, &list, "chicago-note"), expected, "{list}");
    }
}
