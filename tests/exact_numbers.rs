//! Numbers of JSON stay as they are written, of whatever size, and one that a computer cannot hold does not take the
//! rest of the file along.

use crate::program::TestFolder;

/// Lists of records with a number in their middle, as document, lines and rows of another program.
fn files(number: &str) -> [(&'static str, String); 5] {
    [
        (
            "own.json",
            format!(
                "[{{\"title\":\"A\"}},{{\"title\":\"B\",\"box\":{number}}},{{\"title\":\"C\"}}]"
            ),
        ),
        (
            "own.jsonl",
            format!(
                "{{\"title\":\"A\"}}\n{{\"title\":\"B\",\"box\":{number}}}\n{{\"title\":\"C\"}}\n"
            ),
        ),
        (
            "other.json",
            format!(
                "{{\"hits\":[{{\"Titel\":\"A\",\"Bemerkung\":1}},{{\"Titel\":\"B\",\"Bemerkung\":{number}}},{{\"Titel\":\"C\"}}]}}"
            ),
        ),
        (
            "other.jsonl",
            format!(
                "{{\"Titel\":\"A\",\"Bemerkung\":1}}\n{{\"Titel\":\"B\",\"Bemerkung\":{number}}}\n{{\"Titel\":\"C\"}}\n"
            ),
        ),
        (
            "csl.json",
            format!(
                "[{{\"id\":\"a\",\"type\":\"book\",\"title\":\"A\"}},{{\"id\":\"b\",\"type\":\"book\",\"title\":\"B\",\"box\":{number}}},{{\"id\":\"c\",\"type\":\"book\",\"title\":\"C\"}}]"
            ),
        ),
    ]
}

#[test]
fn numbers_are_kept_as_they_are_written() {
    for number in [
        "12",
        "-3",
        "12.10",
        "0.5",
        "1e999",
        "-1e999",
        "1E5",
        "1.0",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999999999999999999999999999999",
        "0.1000",
        "123456789012345678901234567890.5",
        "-0",
        "1e-400",
        "3.14159265358979323846",
    ] {
        for (name, file) in files(number) {
            let folder = TestFolder::with_files(&[(name, file.as_bytes())]);
            let result = folder.run(&["export", "--format", "jsonl", name]);
            let records: Vec<serde_json::Value> = result
                .stdout
                .lines()
                .map(|line| serde_json::from_str(line).expect("a record"))
                .collect();
            let titles: Vec<&str> =
                records.iter().filter_map(|record| record["title"].as_str()).collect();
            assert_eq!(titles, ["A", "B", "C"], "{name}, {number}: {}", result.stderr);
            let texts = records[1].to_string();
            assert!(texts.contains(&format!("\"{number}\"")), "{name}, {number}: {texts}");
            assert_eq!(result.exit_code, Some(0), "{name}, {number}: {}", result.stderr);
        }
    }
}

#[test]
fn a_value_that_is_no_number_is_none() {
    for (name, file) in files("NaN") {
        let folder = TestFolder::with_files(&[(name, file.as_bytes())]);
        let result = folder.run(&["list", "--columns", "title", name]);
        assert_eq!(result.stdout, "A\nB\nC\n", "{name}: {}", result.stderr);
        assert!(!result.stdout.contains("null"), "{name}");
    }
}

#[test]
fn digits_inside_texts_and_broken_numbers_are_left_alone() {
    let file = r#"[{"title":"A \" 1.10, 1e999","box":"1.10"},{"title":"B"}]"#;
    let folder = TestFolder::with_files(&[("a.json", file.as_bytes())]);
    let result = folder.run(&["export", "--format", "jsonl", "a.json"]);
    assert!(result.stdout.contains(r#""A \" 1.10, 1e999""#), "{}", result.stdout);
    for broken in ["1.2.3", "1..2", "--1", "1e", "1e+", "."] {
        let file = format!("{{\"title\":\"A\"}}\n{{\"title\":\"B\",\"box\":{broken}}}\n");
        let folder = TestFolder::with_files(&[("a.jsonl", file.as_bytes())]);
        let result = folder.run(&["export", "--format", "jsonl", "a.jsonl"]);
        assert_eq!(result.stdout.lines().count(), 1, "{broken}: {}", result.stdout);
        assert!(result.stderr.contains("not a JSON record"), "{broken}: {}", result.stderr);
    }
}

/// Numbers and words that a parser of YAML or TOML makes others of.
const CHANGED_SCALARS: [&str; 34] = [
    "12.10",
    "12.0",
    "0.50",
    ".5",
    "+12",
    "-3",
    "007",
    "-0",
    "1e5",
    "1E+5",
    "1e999",
    "1_000",
    "0x1F",
    "0o17",
    "0b101",
    "0X1F",
    "12:30",
    "190:20:30",
    "12345678901234567890123",
    "123456789012345678",
    "3.14159265358979323846",
    "1.2.3",
    "6.02e23",
    ".inf",
    "-.Inf",
    "yes",
    "No",
    "on",
    "y",
    "True",
    "FALSE",
    "1945-07-12",
    "1945-07",
    "12",
];

/// Records in YAML with a scalar in the field of the second: a list, documents, lists and objects in one line, nested
/// fields, fields above a note.
fn yaml_files(scalar: &str) -> [(&'static str, String); 7] {
    [
        (
            "list.yaml",
            format!("- title: A\n- title: B\n  memo: {scalar} # a comment\n- title: C\n"),
        ),
        ("several.yaml", format!("title: A\n---\ntitle: B\nmemo: {scalar}\n---\ntitle: C\n")),
        (
            "flow.yaml",
            format!("- {{title: A}}\n- {{title: B, memo: [{scalar},x]}}\n- {{title: C}}\n"),
        ),
        (
            "block.yaml",
            format!("- title: A\n- title: B\n  memo:\n  - {scalar}\n  - x\n- title: C\n"),
        ),
        (
            "nested.yaml",
            format!(
                "- title: A\n- title: B\n  memo:\n    side: {scalar}\n    other: &a {scalar}\n- title: C\n  about: x\n"
            ),
        ),
        (
            "alias.yaml",
            format!("- title: A\n  memo: &a {scalar}\n- title: B\n  memo: *a\n- title: C\n"),
        ),
        ("note.md", format!("---\ntitle: B\nauthor: Keller, Anna\nmemo: {scalar}\n---\nText.\n")),
    ]
}

/// Exports a file as records.
fn exported(name: &str, file: &str) -> Vec<serde_json::Value> {
    let folder = TestFolder::with_files(&[(name, file.as_bytes())]);
    let result = folder.run(&["export", "--format", "jsonl", name]);
    assert_eq!(result.exit_code, Some(0), "{file}: {}", result.stderr);
    let records = result.stdout.lines().map(|line| serde_json::from_str(line).expect("a record"));
    records.collect()
}

#[test]
fn scalars_of_yaml_are_kept_as_they_are_written() {
    for scalar in CHANGED_SCALARS {
        for (name, file) in yaml_files(scalar) {
            let records = exported(name, &file);
            let record = records.iter().find(|record| record["title"] == "B").expect("a title");
            let text = record.to_string();
            assert!(text.contains(&format!("\"{scalar}\"")), "{name}, {scalar}: {text}");
        }
    }
}

#[test]
fn texts_of_yaml_stay_and_missing_values_are_none() {
    for (scalar, text) in [
        ("'12.10'", Some("12.10")),
        ("\"0x1F\"", Some("0x1F")),
        ("!!str 12.10", Some("12.10")),
        ("12.10 and 0x1F, 1_000", Some("12.10 and 0x1F, 1_000")),
        ("'a 12.10\n    1_000'", Some("a 12.10 1_000")),
        ("a\n    12.10\n    0x1F", Some("a 12.10 0x1F")),
        ("12.10\n    0x1F", Some("12.10 0x1F")),
        ("|\n    12.10", Some("12.10")),
        (">-\n    1_000\n    .5", Some("1_000 .5")),
        ("12.10   ", Some("12.10")),
        ("true", Some("true")),
        ("~", None),
        ("null", None),
        ("", None),
        (".nan", None),
        (".NaN", None),
    ] {
        let file = format!("- title: A\n- title: B\n  memo: {scalar}\n- title: C 1.10\n");
        let records = exported("a.yaml", &file);
        assert_eq!(records.len(), 3, "{scalar}");
        assert_eq!(records[2]["title"], "C 1.10", "{scalar}");
        let memo = records[1].get("memo").and_then(serde_json::Value::as_str);
        assert_eq!(memo.map(str::trim_end), text, "{scalar}: {}", records[1]);
    }
}

#[test]
fn a_fault_of_yaml_below_a_number_is_reported_on_its_line() {
    let file = "- title: A\n  memo: 12.10\n- title: B\n  memo: 'x' 1.10\n- title: C\n";
    let folder = TestFolder::with_files(&[("a.yaml", file.as_bytes())]);
    let result = folder.run(&["export", "--format", "jsonl", "a.yaml"]);
    assert!(result.stdout.contains("\"12.10\""), "{}{}", result.stdout, result.stderr);
    assert!(result.stderr.contains("a.yaml:4:"), "{}", result.stderr);
}

#[test]
fn dates_and_flags_of_csl_in_yaml_keep_their_meaning() {
    for (issued, date) in [
        ("{year: 1945, month: 07, day: 02}", "1945-07-02"),
        ("{year: 1945, month: 7}", "1945-07"),
        ("{year: 1945, circa: no}", "1945"),
        ("{year: 1945, circa: false}", "1945"),
        ("1945-07-02", "1945-07-02"),
        ("1945", "1945"),
        ("{date-parts: [[1945, 08, 09]]}", "1945-08-09"),
    ] {
        let file = format!(
            "references:\n- id: a\n  type: book\n  title: B\n  volume: 12.10\n  issued: {issued}\n"
        );
        let records = exported("a.yaml", &file);
        assert_eq!(records[0]["date"], date, "{issued}: {}", records[0]);
        assert!(records[0].to_string().contains("\"12.10\""), "{issued}: {}", records[0]);
    }
}

#[test]
fn numbers_of_toml_are_kept_as_they_are_written() {
    for scalar in [
        "12.10",
        "12.0",
        "0.50",
        "+12",
        "-3",
        "-0",
        "1e5",
        "1_000",
        "0x1F",
        "0o17",
        "0b101",
        "6.02e23",
        "inf",
        "-inf",
        "1_0.2_0",
        "123456789012345678",
        "1945-07-12",
    ] {
        for (name, file) in [
            (
                "note.md",
                format!("+++\ntitle = 'B'\nauthor = 'Keller, Anna'\nmemo = {scalar}\n+++\nText.\n"),
            ),
            (
                "list.md",
                format!(
                    "+++\ntitle = 'B'\nauthor = 'Keller, Anna'\nmemo = [{scalar}, 'x']\n+++\nText.\n"
                ),
            ),
            (
                "other.toml",
                format!(
                    "[[letters]]\ntitle = 'B'\nmemo = {scalar} # a comment\n\n[[letters]]\ntitle = 'C'\n"
                ),
            ),
        ] {
            let records = exported(name, &file);
            let text = records[0].to_string();
            assert!(text.contains(&format!("\"{scalar}\"")), "{name}, {scalar}: {text}");
        }
    }
    let records =
        exported("note.md", "+++\ntitle = 'B'\nauthor = 'Keller'\nmemo = nan\n+++\nText.\n");
    assert_eq!(records[0].get("memo"), None, "{}", records[0]);
}
