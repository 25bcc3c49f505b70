//! Citations: dates, names and whole records in each style, as tables.

use fonds::formats::cite::Style;
use fonds::record::Field;
use fonds::record::Field::{Collection, People, Source, Summary, Url};
use fonds::record::{Archive, Date, Record};

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
        Style::Archive => ("\"Memorandum,\" ", "."),
        Style::ChicagoNote => ("Memorandum, ", "."),
        Style::Apa => ("Memorandum. (", ")."),
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
        "1970///", "197X", r#"{"date-parts":[[1970],[1979]]}"#],
    ["circa 1970s", "circa 1970s", "ca. 1970s", "Circa 1970s", "ca. 1970s",
        "1970///circa", "197X~", r#"{"date-parts":[[1970],[1979]],"circa":true}"#],
    ["19th century", "19th century", "19th century", "19th century", "19th century",
        "1800///", "18XX", r#"{"date-parts":[[1800],[1899]]}"#],
    ["1943-1945", "1943–1945", "1943–1945", "1943–1945", "1943–1945",
        "1943///", "1943/1945", r#"{"date-parts":[[1943],[1945]]}"#],
    ["circa 1943-1945", "circa 1943–1945", "ca. 1943–1945", "Circa 1943–1945", "ca. 1943–1945",
        "1943///circa", "1943~/1945~", r#"{"date-parts":[[1943],[1945]],"circa":true}"#],
    ["1996-97", "1996–1997", "1996–1997", "1996–1997", "1996–1997",
        "1996///", "1996/1997", r#"{"date-parts":[[1996],[1997]]}"#],
    ["July 12, 1945 - August 1, 1946", "July 12, 1945 – August 1, 1946",
        "12 July 1945 – 1 August 1946", "12 July 1945 – 1 Aug. 1946", "1945, July 12 – 1946, August 1",
        "1945/07/12/", "1945-07-12/1946-08-01", r#"{"date-parts":[[1945,7,12],[1946,8,1]]}"#],
    ["June 1943 - May 1945", "June 1943 – May 1945", "June 1943 – May 1945", "June 1943 – May 1945",
        "1943, June – 1945, May", "1943/06//", "1943-06/1945-05", r#"{"date-parts":[[1943,6],[1945,5]]}"#],
    ["1986, 1988", "1986–1988", "1986–1988", "1986–1988", "1986–1988",
        "1986///", "1986/1988", r#"{"date-parts":[[1986],[1988]]}"#],
    ["before 1984", "until 1983", "until 1983", "Until 1983", "until 1983",
        "1983///", "../1983", r#"{"literal":"before 1984"}"#],
    ["after 1957", "1958–", "1958–", "1958–", "1958–",
        "1958///", "1958/..", r#"{"date-parts":[[1958],[0]]}"#],
    ["spring 1945", "spring 1945", "spring 1945", "Spring 1945", "spring 1945",
        "1945///", "1945-21", r#"{"date-parts":[[1945,3],[1945,5]]}"#],
    ["44 BC", "44 BC", "44 BC", "44 BC", "44 BC", "", "-0043", r#"{"date-parts":[[-44]]}"#],
    ["undated", "Date unknown", "n.d.", "", "n.d.", "", "", ""],
    ["n.d.", "Date unknown", "n.d.", "", "n.d.", "", "", ""],
    ["", "Date unknown", "n.d.", "", "n.d.", "", "", ""],
    ["when the river froze", "when the river froze", "when the river froze", "When the river froze",
        "when the river froze", "", "", r#"{"literal":"when the river froze"}"#],
];

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
        ("circa 1945", "Date: circa 1945"),
        ("1945?", "Date: 1945?"),
        ("[1994]", "Date: [1994]"),
        ("1970s", "Date: 1970s"),
        ("1943-1945", "Date: 1943-1945"),
        ("spring 1945", "Date: spring 1945"),
        ("44 BC", "Date: 44 BC"),
        ("undated", "Date: undated"),
        ("", "Date: undated"),
        ("when the river froze", "Date: when the river froze"),
    ] {
        let ris = Style::Ris.cite(&record("Memorandum", text, &[]), None);
        assert_eq!(line_between(&ris, "N1  - ", ""), note, "{text}");
    }
    let with_note = |style: Style, text| style.cite(&record("Memorandum", text, &[]), None);
    assert!(with_note(Style::BibLatex, "[1994]").contains("note = {date: [1994]}"));
    assert!(with_note(Style::BibLatex, "undated").contains("note = {date: undated}"));
    assert!(with_note(Style::CslJson, "[1994]").contains(r#""note":"date: [1994]""#));
}

/// Title, date, fields; then the citation in archive style, as Chicago note and bibliography entry, in MLA
/// and in APA style.
type Case = (&'static str, &'static str, &'static [(Field, &'static str)], [&'static str; 5]);

#[rustfmt::skip]
const CITED: [Case; 9] = [
    ("Record of a Meeting", "July 12, 1945",
        &[(Source, "PRC FMA 111-00016-16, 66-67"), (Url, "https://example.org/1")], [
        "\"Record of a Meeting,\" July 12, 1945, Digital Archive, PRC FMA 111-00016-16, 66-67. https://example.org/1",
        "Record of a Meeting, 12 July 1945, PRC FMA 111-00016-16, 66-67, Digital Archive. https://example.org/1.",
        "Record of a Meeting. 12 July 1945. PRC FMA 111-00016-16, 66-67, Digital Archive. https://example.org/1.",
        "Record of a Meeting. 12 July 1945. Digital Archive, PRC FMA 111-00016-16, 66-67, https://example.org/1.",
        "Record of a Meeting. (1945, July 12). PRC FMA 111-00016-16, 66-67, Digital Archive. https://example.org/1",
    ]),
    ("The Long Telegram.", "February 22, 1946",
        &[(People, "Kennan, George F., 1904-2005"), (Collection, "Kennan Papers"), (Source, "MC076, box 3")], [
        "\"The Long Telegram,\" February 22, 1946, Digital Archive, MC076, box 3.",
        "George F. Kennan, “The Long Telegram,” 22 February 1946, MC076, box 3, Kennan Papers, Digital Archive.",
        "Kennan, George F. “The Long Telegram.” 22 February 1946. MC076, box 3, Kennan Papers, Digital Archive.",
        "Kennan, George F. “The Long Telegram.” 22 Feb. 1946. Kennan Papers, Digital Archive, MC076, box 3.",
        "Kennan, G. F. (1946, February 22). The Long Telegram. Kennan Papers (MC076, box 3), Digital Archive.",
    ]),
    ("On \"Peace\" and War", "circa 1950", &[(People, "T.V. Soong"), (People, "Stalin, Joseph")], [
        "\"On 'Peace' and War,\" circa 1950, Digital Archive.",
        "T.V. Soong and Joseph Stalin, “On ‘Peace’ and War,” ca. 1950, Digital Archive.",
        "Soong, T.V., and Joseph Stalin. “On ‘Peace’ and War.” Ca. 1950. Digital Archive.",
        "Soong, T.V., and Joseph Stalin. “On ‘Peace’ and War.” Circa 1950. Digital Archive.",
        "Soong, T. V., & Stalin, J. (ca. 1950). On \"Peace\" and War. Digital Archive.",
    ]),
    ("Who Lost China?", "", &[(People, "A. One"), (People, "B. Two"), (People, "C. Three")], [
        "\"Who Lost China?,\" Date unknown, Digital Archive.",
        "A. One, B. Two, and C. Three, “Who Lost China?,” n.d., Digital Archive.",
        "One, A., B. Two, and C. Three. “Who Lost China?” N.d. Digital Archive.",
        "One, A., et al. “Who Lost China?” Digital Archive.",
        "One, A., Two, B., & Three, C. (n.d.). Who Lost China? Digital Archive.",
    ]),
    ("Cable to Peking", "1943-1945",
        &[(People, "Ministry of Foreign Affairs"), (People, "B. Two"), (People, "C. Three"), (People, "D. Four")], [
        "\"Cable to Peking,\" 1943–1945, Digital Archive.",
        "Ministry of Foreign Affairs et al., Cable to Peking, 1943–1945, Digital Archive.",
        "Ministry of Foreign Affairs, B. Two, C. Three, and D. Four. Cable to Peking. 1943–1945. Digital Archive.",
        "Ministry of Foreign Affairs, et al. Cable to Peking. 1943–1945. Digital Archive.",
        "Ministry of Foreign Affairs, Two, B., Three, C., & Four, D. (1943–1945). Cable to Peking. Digital Archive.",
    ]),
    ("Bulletin", "1949", &[(People, "Ministry of Foreign Affairs"), (People, "Communist Party")], [
        "\"Bulletin,\" 1949, Digital Archive.",
        "Ministry of Foreign Affairs and Communist Party, “Bulletin,” 1949, Digital Archive.",
        "Ministry of Foreign Affairs and Communist Party. “Bulletin.” 1949. Digital Archive.",
        "Ministry of Foreign Affairs and Communist Party. “Bulletin.” 1949. Digital Archive.",
        "Ministry of Foreign Affairs, & Communist Party. (1949). Bulletin. Digital Archive.",
    ]),
    ("", "1970s", &[(Summary, "Two pages on grain."), (Source, "TsKhSD")], [
        "[Two pages on grain], 1970s, Digital Archive, TsKhSD.",
        "[Two pages on grain], 1970s, TsKhSD, Digital Archive.",
        "[Two pages on grain]. 1970s. TsKhSD, Digital Archive.",
        "[Two pages on grain]. 1970s. Digital Archive, TsKhSD.",
        "[Two pages on grain]. (1970s). TsKhSD, Digital Archive.",
    ]),
    ("", "", &[], [
        "[untitled], Date unknown, Digital Archive.",
        "[untitled], n.d., Digital Archive.",
        "[untitled]. N.d. Digital Archive.",
        "[untitled]. Digital Archive.",
        "[untitled]. (n.d.). Digital Archive.",
    ]),
    ("Letter to Mao!", "[1994]", &[(Collection, "Letters")], [
        "\"Letter to Mao!,\" [1994], Digital Archive, Letters.",
        "Letter to Mao!, [1994], Letters, Digital Archive.",
        "Letter to Mao! [1994]. Letters, Digital Archive.",
        "Letter to Mao! [1994]. Letters, Digital Archive.",
        "Letter to Mao! ([1994]). Letters, Digital Archive.",
    ]),
];

#[test]
fn records_are_cited_in_each_style() {
    let archive = Archive { title: Some("Digital Archive".to_owned()), ..Archive::default() };
    for (title, date, fields, expected) in CITED {
        let record = record(title, date, fields);
        let cited: Vec<_> =
            Style::all().take(5).map(|style| style.cite(&record, Some(&archive))).collect();
        assert_eq!(cited, expected);
    }
}

#[test]
fn unnamed_archive_is_left_out_of_citations() {
    let memo = record("Memorandum", "1945", &[]);
    for (style, cited) in Style::all().zip([
        "\"Memorandum,\" 1945.",
        "Memorandum, 1945.",
        "Memorandum. 1945.",
        "Memorandum. 1945.",
        "Memorandum. (1945).",
    ]) {
        assert_eq!(style.cite(&memo, None), cited);
        assert_eq!(style.cite(&memo, Some(&Archive::default())), cited);
    }
}

#[test]
fn long_lists_of_people_are_shortened_by_each_style() {
    let people: Vec<String> =
        (b'A'..=b'V').map(|letter| format!("X. {}o", char::from(letter))).collect();
    let fields: Vec<_> = people.iter().map(|name| (People, name.as_str())).collect();
    let record = record("Memorandum", "1945", &fields);
    let assert_begins = |style: Style, start: &str| {
        let cited = style.cite(&record, None);
        assert!(cited.starts_with(start), "{cited}");
    };
    assert_begins(Style::ChicagoNote, "X. Ao et al., Memorandum");
    assert_begins(
        Style::ChicagoBibliography,
        "Ao, X., X. Bo, X. Co, X. Do, X. Eo, X. Fo, X. Go, et al. Memorandum.",
    );
    assert_begins(Style::Mla, "Ao, X., et al. Memorandum.");
    let apa = Style::Apa.cite(&record, None);
    assert!(apa.contains("So, X., ... Vo, X. (1945)") && !apa.contains("To, X."), "{apa}");
}
