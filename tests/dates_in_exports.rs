//! What lists and exports say of dates that are open, reversed, doubtful, or one of several.

use crate::program::TestFolder;

/// Records with dates that not every format can hold.
const RECORDS: &str = r#"{"title":"Letter","date":"before 1950"}
{"title":"Letter","date":"after 1950"}
{"title":"Letter","date":"19th century"}
{"title":"Letter","date":"1943/1945"}
{"title":"Letter","date":"spring 1945"}
{"title":"Letter","date":"ask the keeper"}
{"title":"Letter","date":"15 March 44 BC"}
{"title":"Letter","date_edtf":"[1667,1668,1670..1672]"}
{"title":"Letter","date_edtf":"{1667,1668}"}
{"title":"Letter","date_edtf":"[1667,1668]"}
{"title":"Letter","date":"1945/1943"}
{"title":"Letter","date":"July 12, 1945 - August 1, 1945"}
"#;

/// Returns the lines that begin with a text, without it.
fn lines_from<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    text.lines().filter_map(|line| line.strip_prefix(start)).collect()
}

#[test]
fn piped_lists_have_narrow_dates_and_signs_of_doubt() {
    let folder = TestFolder::with_files(&[("a.jsonl", RECORDS.as_bytes())]);
    let list = folder.run(&["list", "a.jsonl"]).stdout;
    let dates: Vec<&str> = list.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(
        dates,
        [
            "until 1949",
            "1951–",
            "19th c.",
            "1943–1945",
            "spring 1945",
            "ask the ke…!",
            "15 Mar 44 BC",
            "1667–1672",
            "1667–1668",
            "1667–1668",
            "1943–1945!",
            "Jul–Aug 1945"
        ]
    );
}

#[test]
fn reference_lists_say_no_year_that_a_date_does_not_have() {
    let folder = TestFolder::with_files(&[("a.jsonl", RECORDS.as_bytes())]);
    let ris = folder.run(&["export", "a.jsonl", "--format", "ris"]).stdout;
    assert_eq!(
        lines_from(&ris, "DA  - "),
        [
            "before 1950",
            "after 1950",
            "19th century",
            "1943///",
            "1945///spring",
            "15 March 44 BC",
            "one of 1667, 1668, 1670–1672",
            "1667 and 1668",
            "1667 or 1668",
            "1943///",
            "1945/07/12/"
        ]
    );
    assert_eq!(lines_from(&ris, "PY  - "), ["1943", "1945", "1667", "1943", "1945"]);
    let csl = folder.run(&["export", "a.jsonl", "--format", "csl-json"]).stdout;
    for part in ["before 1950", "ask the keeper", "one of 1667, 1668, 1670–1672", "1667 or 1668"]
    {
        assert!(csl.contains(&format!("\"issued\":{{\"literal\":\"{part}\"}}")), "{part} in {csl}");
    }
    let biblatex = folder.run(&["export", "a.jsonl", "--format", "biblatex"]).stdout;
    for part in ["../1949", "1951/..", "18XX", "1943/1945", "1945-21", "-0043-03-15"] {
        assert!(biblatex.contains(&format!("  date = {{{part}}},")), "{part} in {biblatex}");
    }
}

#[test]
fn exported_dates_are_read_again() {
    let folder = TestFolder::with_files(&[("a.jsonl", RECORDS.as_bytes())]);
    let list = folder.run(&["list", "a.jsonl"]).stdout;
    for name in ["b.ris", "b.bib", "b.json", "b.csv", "b.toml", "b.jsonl"] {
        let command = if name == "b.toml" { "convert" } else { "export" };
        let format = match name {
            "b.bib" => &["--format", "biblatex"][..],
            "b.json" => &["--format", "csl-json"],
            _ => &[],
        };
        let written = folder.run(&[&[command, "a.jsonl", "-o", name], format].concat());
        assert_eq!(written.exit_code, Some(0), "{name}: {}", written.stderr);
        assert_eq!(folder.run(&["list", name]).stdout, list, "{name}");
    }
}

#[test]
fn sets_of_dates_are_cited_as_sets() {
    let folder = TestFolder::with_files(&[(
        "a.jsonl",
        br#"{"title":"Letter","date_edtf":"[1667,1668,1670..1672]"}
{"title":"Letter","date_edtf":"[1667-12,1668]"}
{"title":"Letter","date_edtf":"{1667,1668}"}
{"title":"Letter","date_edtf":"{1667,1668,1670..1672}"}
{"title":"Letter","date_edtf":"[..1984]"}
{"title":"Letter","date_edtf":"[1760-01,1760-12..]"}
{"title":"Letter","date_edtf":"[1667..1669]"}
{"title":"Letter","date":"[1667, 1668]"}
"#,
    )]);
    let cited = folder.run(&["cite", "a.jsonl", "--style", "chicago-note"]).stdout;
    assert_eq!(
        lines_from(&cited, "Letter, "),
        [
            "one of 1667, 1668, 1670–1672.",
            "December 1667 or 1668.",
            "1667 and 1668.",
            "1667, 1668, 1670–1672.",
            "1984 or earlier.",
            "January 1760 or December 1760 or later.",
            "some time in 1667–1669.",
            "[1667, 1668]."
        ]
    );
}
