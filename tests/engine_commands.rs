//! Commands on a search engine: what they print, what they refuse, and their exit codes.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::engine_search::{TITLES, opensearch, opensearch_page, pages};
use crate::engine_server::{EngineServer, Reply};

/// Runs the program with its data in a folder.
pub(crate) fn fonds_in(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fonds"));
    command.env("HOME", folder).current_dir(folder).envs(variables.iter().copied());
    for (name, part) in
        [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state"), ("CACHE", "cache")]
    {
        command.env(format!("XDG_{name}_HOME"), folder.join(part));
    }
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NETRC"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.args(arguments).output().unwrap()
}

/// Runs the program with its data in an empty folder.
fn fonds(arguments: &[&str]) -> Output {
    fonds_in(empty_folder().path(), arguments, &[])
}

fn empty_folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn commands_open_an_address() {
    let server = pages();
    let url = server.url("/letters");
    let listed = fonds(&["list", &url]);
    let list = text(&listed.stdout);
    assert!(TITLES.iter().all(|title| list.contains(title)), "{list}\n{:?}", listed.stderr);
    assert_eq!(listed.status.code(), Some(0));
    assert_eq!(fonds(&["count", &url]).stdout, b"7\n");
    let exported = text(&fonds(&["export", "--format", "jsonl", &url]).stdout);
    assert!(TITLES.iter().all(|title| exported.contains(title)), "{exported}");
    assert!(text(&fonds(&["cite", &url]).stdout).contains("Log 3"));
    assert!(text(&fonds(&["show", &url]).stdout).contains("Log 3"));
    // Without a terminal, the list is printed.
    assert_eq!(fonds(&[&url]).stdout, listed.stdout);
}

#[test]
fn points_in_time_are_given_back() {
    let server = pages();
    fonds(&["list", &server.url("/letters")]);
    let given_back = server.last("DELETE /_search/point_in_time");
    assert_eq!(given_back.json(), json!({"pit_id": "p1"}));
    // Counting needs none.
    let server = pages();
    fonds(&["facets", "--field", "title", &server.url("/letters")]);
    let opened =
        server.received().iter().filter(|it| it.line.contains("/letters/_search/point")).count();
    assert!(opened <= 1, "{opened}");
}

#[test]
fn incomplete_answers_end_in_exit_code_2() {
    let half = opensearch(|body| {
        let mut page = opensearch_page(body);
        page["_shards"] = json!({"total": 2, "successful": 1, "failed": 0});
        Reply::Json(page)
    });
    let url = half.url("/letters");
    for arguments in [
        &["list"][..],
        &["count"],
        &["show"],
        &["cite"],
        &["facets"],
        &["timeline"],
        &["export", "--format", "csv"],
    ] {
        let output = fonds(&[arguments, &[url.as_str()]].concat());
        let message = text(&output.stderr);
        assert!(message.contains("answer incomplete: 1 of 2 parts"), "{arguments:?}: {message}");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    // No file has a part of the records under the name of all.
    let folder = empty_folder();
    let output = fonds_in(folder.path(), &["export", "--output", "all.csv", &url], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("all.csv").exists());
}

#[test]
fn what_does_not_work_with_an_engine_is_refused_in_a_sentence() {
    let server = pages();
    let url = server.url("/letters");
    for (arguments, message) in [
        (
            &["check", &url][..],
            "fonds check reads files: it does not work with a search engine yet",
        ),
        (&["convert", &url], "fonds convert reads files"),
        (&["marks", &url], "fonds marks reads files"),
        (&["mapping", "save", "--records", "a", &url], "fonds mapping save reads files"),
        (&["list", "--input-columns", "title=a", &url], "--input-columns is for files"),
        (&["count", "--input-format", "csv", &url], "--input-format is for files"),
        (&["list", &url, "letters.csv"], "an address is opened alone"),
        (&["list", "http://ada:hidden@127.0.0.1/letters"], "no password"),
        (&["check", "http://ada:hidden@127.0.0.1/letters"], "reads files"),
        (
            &["list", "--filter", "is:doubtful", &url],
            "cannot be answered: “is:doubtful” is ignored",
        ),
        (&["facets", "--filter", "log OR like:7", &url], "cannot be answered"),
        (&["export", "--format", "csv", "--filter", "file:a", &url], "cannot be answered"),
    ] {
        let output = fonds(arguments);
        let told = text(&output.stderr);
        assert!(told.contains(message), "{arguments:?}: {told}");
        assert!(!told.contains("hidden"), "{told}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn failures_are_sentences_without_secrets() {
    let other = EngineServer::start(|_| Reply::Json(json!({})));
    let location: &'static str = format!("Location: {}", other.url("/letters")).leak();
    let (none, json_header) = (String::new(), "Content-Type: application/json");
    let cases = [
        (Reply::Status(401, "X: y", none.clone()), "does not accept"),
        (Reply::Status(403, "X: y", none.clone()), "does not allow"),
        (Reply::Status(404, "X: y", none.clone()), "404"),
        (Reply::Status(429, "X: y", none.clone()), "try again"),
        (Reply::Status(500, "X: y", none.clone()), "has an error"),
        (Reply::Status(200, "Content-Type: text/html", "<html>".to_owned()), "a web page"),
        (Reply::Status(200, json_header, "{\"version\":".to_owned()), "ends early"),
        (Reply::Status(301, location, none), "sends on to"),
    ];
    for (reply, part) in cases {
        let server = EngineServer::start(move |_| reply.clone());
        for variables in [
            [("FONDS_ENGINE_USER", "ada"), ("FONDS_ENGINE_PASSWORD", "hidden")],
            [("FONDS_ENGINE_TOKEN", "hidden"), ("FONDS_ENGINE_USER", "")],
        ] {
            let folder = empty_folder();
            let output = fonds_in(folder.path(), &["list", &server.url("/letters")], &variables);
            let message = text(&output.stderr);
            assert!(message.contains(part), "{part}: {message}");
            assert!(!message.contains("hidden") && !message.contains("YWRh"), "{message}");
            assert_eq!(output.status.code(), Some(2), "{message}");
        }
    }
    assert!(other.received().is_empty());
}

/// What a terminal takes for commands: it sets the clipboard, the title, the colour, and reverses the text.
const HOSTILE: &str = "x\u{1b}]52;c;YQ==\u{7}\u{9b}31m\u{1b}[2J\u{202e}y\rz";

/// An index whose every text is hostile.
pub(crate) fn hostile() -> EngineServer {
    EngineServer::start(|request| {
        let mut properties = json!({"title": {"type": "text"}, "creator": {"type": "keyword"}});
        properties[HOSTILE] = json!({"type": "keyword"});
        if request.line == "GET /" {
            return Reply::Json(json!({"version": {"number": HOSTILE}}));
        }
        if request.line.ends_with("/_mapping") {
            return Reply::Json(json!({HOSTILE: {"mappings": {"properties": properties}}}));
        }
        if request.line.contains("_pit") {
            return Reply::Json(json!({"id": HOSTILE}));
        }
        if request.body.contains("refuse") {
            let error = json!({"error": {"type": HOSTILE, "reason": HOSTILE}});
            return Reply::Status(400, "Content-Type: application/json", error.to_string());
        }
        let mut source =
            json!({"title": HOSTILE, "creator": HOSTILE, "date": HOSTILE, "summary": [HOSTILE]});
        source[HOSTILE] = json!(HOSTILE);
        let bucket = json!({"key": HOSTILE, "doc_count": 1});
        let counts = json!({"buckets": [bucket]});
        Reply::Json(json!({
            "hits": {"hits": [{"_id": HOSTILE, "_source": source, "sort": [HOSTILE]}], "total": {"value": 1, "relation": "eq"}},
            "aggregations": {"facet0": counts, "facet1": counts, "facet2": counts, "bars": counts},
            "_shards": {"total": 2, "successful": 1, "failures": [{"reason": {"reason": HOSTILE}}]},
        }))
    })
}

#[test]
fn mappings_of_the_user_come_first() {
    let server = pages();
    let url = server.url("/letters");
    let folder = empty_folder();
    let engines = folder.path().join("config/fonds/engines");
    std::fs::create_dir_all(&engines).unwrap();
    let mapping = "name = 'ours'\nrecognised_by = ['lft', 'i18n.en.title']\n[[fields]]\nfield = 'title'\n\
        read = ['i18n.*.title']\n[[fields]]\nown = 'shelf'\nread = ['lft']\n";
    let run = |text: &str| {
        std::fs::write(engines.join("ours.toml"), text).unwrap();
        fonds_in(folder.path(), &["list", "--columns", "title,shelf", &url], &[])
    };
    let listed = run(mapping);
    assert!(text(&listed.stdout).contains("Log 3\t3\n"), "{listed:?}");
    // One for other indexes does nothing.
    let other = run(&mapping.replace("lft", "rgt"));
    assert!(!text(&other.stdout).contains("Log 3\t3\n"), "{other:?}");
    for (wrong, part) in [
        (mapping.replace("title'", "titel'"), "titel"),
        ("name = 'all'".to_owned(), "recognised_by names no field"),
        ("name".to_owned(), "ours.toml"),
    ] {
        let output = run(&wrong);
        let message = text(&output.stderr);
        assert!(message.contains("ours.toml") && message.contains(part), "{message}");
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn marks_are_kept_by_the_address_and_the_id() {
    let server = pages();
    let url = server.url("/letters");
    let folder = empty_folder();
    let marks = folder.path().join("marks.toml");
    let entry: Value =
        json!({"archive": url, "file": url, "id": "3", "marked": true, "note": "see box"});
    let other: Value =
        json!({"archive": "https://elsewhere.example/letters", "id": "4", "marked": true});
    let entries = [entry, other].map(|entry| {
        let object = entry.as_object().unwrap();
        let lines = object.iter().map(|(name, value)| format!("{name} = {value}\n"));
        format!("[[record]]\n{}", lines.collect::<String>())
    });
    std::fs::write(&marks, entries.join("\n")).unwrap();
    let marks = marks.to_str().unwrap();
    let run = |arguments: &[&str]| fonds_in(folder.path(), arguments, &[]);
    let asked = run(&["list", "--marked", "--marks", marks, &url]);
    assert_eq!(asked.status.code(), Some(0), "{}", text(&asked.stderr));
    let wanted = server.last("POST /_search").json();
    assert_eq!(wanted["query"]["bool"]["filter"][0]["ids"]["values"], json!(["3"]));
    let noted = text(&run(&["show", "--noted", "--marks", marks, &url]).stdout);
    assert!(noted.contains("see box"), "{noted}");
}
