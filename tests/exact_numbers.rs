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
