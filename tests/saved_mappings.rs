//! `fonds mapping save`, and files that open with a saved mapping.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::program::{RunResult, TestFolder};

const LETTERS: &str = r#"{
  "stukken": [
    {"kop": "Brief", "wanneer": "12 juli 1945", "wie": "Keller, Anna", "nr": 41},
    {"kop": "Haven", "wanneer": "1902", "wie": "Weidl, Jonas", "nr": 42}
  ],
  "others": [{"title": "Not these", "date": "1900"}, {"title": "Nor these", "date": "1901"}]
}"#;
const CHOICE: [&str; 4] =
    ["--records", "stukken", "--input-columns", "title=kop,date=wanneer,creator=wie"];

/// A folder with two files of the same names, and a table.
fn folder() -> TestFolder {
    let other = LETTERS.replace("Brief", "Kaart");
    let table = "Onderwerp;Wanneer;Doos\nBrief;12 juli 1945;4\nHaven;1902;5\n";
    TestFolder::with_files(&[
        ("a.json", LETTERS.as_bytes()),
        ("b.json", other.as_bytes()),
        ("t.csv", table.as_bytes()),
    ])
}

/// Runs `fonds`, with its settings in the folder itself.
fn run(folder: &TestFolder, arguments: &[&str]) -> RunResult {
    let output = folder
        .command(arguments)
        .env("XDG_CONFIG_HOME", folder.path().join("settings"))
        .output()
        .expect("the program");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    RunResult {
        exit_code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Saves the mapping for `a.json`, with more arguments.
fn save(folder: &TestFolder, more: &[&str]) -> RunResult {
    run(folder, &[&["mapping", "save", "a.json"], &CHOICE[..], more].concat())
}

#[test]
fn files_with_the_same_names_open_with_a_saved_mapping() {
    let folder = folder();
    assert_eq!(run(&folder, &["list", "b.json"]).stdout, "\t1900\tNot these\n\t1901\tNor these\n");
    let saved = save(&folder, &[]);
    assert!(
        saved.stdout.starts_with("saved in a.mapping.toml"),
        "{}{}",
        saved.stdout,
        saved.stderr
    );
    let listed = run(&folder, &["list", "b.json"]);
    assert_eq!(listed.stdout, "\t1945-07-12\tKaart\n\t1902\tHaven\n");
    assert!(listed.stderr.contains("as saved in a.mapping.toml"), "{}", listed.stderr);
    // What is said on the command line counts more, and so does another list of names.
    let chosen = run(&folder, &["list", "b.json", "--records", "others"]);
    assert_eq!(chosen.stdout, "\t1900\tNot these\n\t1901\tNor these\n");
    fs::write(folder.path().join("c.json"), r#"[{"title": "Other", "date": "1903", "kop": "x"}]"#)
        .unwrap();
    assert_eq!(run(&folder, &["list", "c.json"]).stdout, "\t1903\tOther\n");
    // A folder is read with the mapping in it, which is no file to read itself.
    let all = run(&folder, &["list", "."]);
    assert!(all.stdout.contains("Brief") && all.stdout.contains("Kaart"), "{}", all.stdout);
    assert!(!all.stderr.contains("not read"), "{}", all.stderr);
}

#[test]
fn mapping_of_the_user_counts_in_any_folder() {
    let folder = folder();
    let arguments =
        ["mapping", "save", "t.csv", "--input-columns", "title=Onderwerp,date=Wanneer", "--user"];
    let saved = run(&folder, &arguments);
    assert_eq!(saved.exit_code, Some(0), "{}", saved.stderr);
    assert!(folder.path().join("settings/fonds/mappings/t.mapping.toml").exists());
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::copy(folder.path().join("t.csv"), folder.path().join("deep/u.csv")).unwrap();
    let listed = run(&folder, &["list", "deep/u.csv"]);
    assert_eq!(listed.stdout, "\t1945-07-12\tBrief\n\t1902\tHaven\n");
    assert!(listed.stderr.contains("title from Onderwerp"), "{}", listed.stderr);
    let names = run(&folder, &["check", "--mapping", "deep/u.csv"]).stdout;
    assert!(names.contains("  Onderwerp  title  Brief\n"), "{names}");
}

#[test]
fn refusals_say_what_to_do() {
    let folder = folder();
    let refused =
        |arguments: &[&str], parts: &[&str]| run(&folder, arguments).assert_refused(parts);
    refused(&["mapping", "save", "a.json"], &["nothing to save", "--records", "--input-columns"]);
    refused(
        &["mapping", "save", "a.json", "--records", "stukken", "--input-columns", "titel=kop"],
        &["there is no field `titel`", "title"],
    );
    refused(
        &["mapping", "save", "a.json", "--records", "stukken", "--input-columns", "title=kopje"],
        &["“kopje”", "“kop”"],
    );
    refused(&["mapping", "save", "a.json", "--records", "stuk"], &["“stuk”", "“stukken”"]);
    refused(
        &["mapping", "save", "no.json", "--records", "x"],
        &["no.json", "there is no such file"],
    );
    refused(&["mapping", "save", "-", "--records", "x"], &["standard input", "--user"]);
    assert!(!folder.path().join("a.mapping.toml").exists());
    assert_eq!(save(&folder, &[]).exit_code, Some(0));
    save(&folder, &[]).assert_refused(&["a.mapping.toml", "--force"]);
    assert_eq!(save(&folder, &["--force"]).exit_code, Some(0));
}

#[test]
fn folder_that_may_not_be_written_to_is_named() {
    let folder = folder();
    fs::create_dir(folder.path().join("shut")).unwrap();
    fs::copy(folder.path().join("a.json"), folder.path().join("shut/a.json")).unwrap();
    let shut = folder.path().join("shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o555)).unwrap();
    let saved = run(&folder, &[&["mapping", "save", "shut/a.json"], &CHOICE[..]].concat());
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
    // The administrator may write everywhere.
    if saved.exit_code != Some(0) {
        saved.assert_refused(&["shut", "may not be written to", "--user"]);
    }
}

#[test]
fn wrong_mapping_is_said_with_its_line_and_not_used() {
    let cases = [
        (
            "keys = [\"kop\"]\nrecord = \"stukken\"\n",
            2,
            "there is no key `record`: use keys, records",
        ),
        (
            "keys = \"kop\"\n\n[input-columns]\ntitel = \"kop\"\n",
            4,
            "there is no field `titel`: use date",
        ),
        (
            "keys = [\"kop\"]\n[input-columns]\ntitle = \"kopje\"\n",
            3,
            "“kopje” is not in the list `keys`",
        ),
        ("keys = [\"kop\"]\nrecords = 3\n", 2, "`records` must be a path"),
        ("keys = [1]\n", 1, "`keys` must be a list of names"),
        ("keys = [\"kop\"\nx", 2, "it is not TOML"),
    ];
    for (text, line, message) in cases {
        let folder = folder();
        fs::write(folder.path().join("w.mapping.toml"), text).unwrap();
        let listed = run(&folder, &["list", "a.json"]);
        let start = format!("w.mapping.toml:{line}: this mapping is not used: ");
        let found = listed.stderr.lines().find(|line| line.starts_with(&start));
        assert!(found.is_some_and(|line| line.contains(message)), "{message}: {}", listed.stderr);
        assert_eq!(listed.stdout, "\t1900\tNot these\n\t1901\tNor these\n");
    }
}

#[test]
fn odd_names_come_back_from_the_file() {
    let folder = TestFolder::with_files(&[(
        "odd.json",
        r#"[{"a \"b\"\\": "Brief", "é.x": "1945", "k": "v"}, {"a \"b\"\\": "Haven", "é.x": "1902", "k": "w"}]"#
            .as_bytes(),
    )]);
    let columns = "title=a \"b\"\\,date=é.x";
    let saved = run(&folder, &["mapping", "save", "odd.json", "--input-columns", columns]);
    assert_eq!(saved.exit_code, Some(0), "{}", saved.stderr);
    let listed = run(&folder, &["list", "odd.json"]);
    assert_eq!(listed.stdout, "\t1945\tBrief\n\t1902\tHaven\n", "{}", listed.stderr);
}

#[test]
fn tables_and_lists_of_pages_open_with_what_was_said_and_saved() {
    let table = "<!DOCTYPE html><html><body><table><tr><th>Kop</th><th>Wanneer</th></tr><tr><td>Molen</td><td>1902</td></tr>\
                 <tr><td>Kade</td><td>1903</td></tr></table></body></html>";
    let part = |title: &str, year: &str| {
        format!(
            "<div class='hit'><p class='kop'><a href='/{year}'>{title}</a></p><dl><dt>Wanneer</dt><dd>{year}</dd><dt>Wie</dt><dd>Keller, \
             Anna</dd></dl></div>"
        )
    };
    let list = format!(
        "<!DOCTYPE html><html><body>{}{}</body></html>",
        part("Molen", "1902"),
        part("Kade", "1903")
    );
    let folder =
        TestFolder::with_files(&[("t.html", table.as_bytes()), ("l.html", list.as_bytes())]);
    let expected = "\t1902\tMolen\n\t1903\tKade\n";
    let columns = ["--input-columns", "title=Kop,date=Wanneer"];
    assert_eq!(run(&folder, &[&["list", "t.html"], &columns[..]].concat()).stdout, expected);
    assert_eq!(run(&folder, &["list", "t.html"]).exit_code, Some(2));
    run(&folder, &[&["mapping", "save", "t.html"], &columns[..]].concat());
    assert_eq!(run(&folder, &["list", "t.html"]).stdout, expected);
    let choice = ["--records", "div.hit", "--input-columns", "date=Wanneer,creator=Wie"];
    run(&folder, &[&["mapping", "save", "l.html"], &choice[..]].concat());
    let listed = run(&folder, &["list", "l.html"]);
    assert!(
        listed.stdout.contains("1902") && listed.stderr.contains("l.mapping.toml"),
        "{}",
        listed.stderr
    );
}
