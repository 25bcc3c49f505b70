//! The screen on a search engine: no key waits for it, marks are kept, and it says what did not answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::engine_commands::{fonds_in, hostile, text};
use crate::engine_search::{opensearch, opensearch_page, pages};
use crate::engine_server::{EngineServer, Reply};
use crate::pty::Setup;
use crate::terminal_text::has_controls;

#[test]
fn the_screen_of_a_server_that_hangs_can_be_left_at_once() {
    let server = EngineServer::start(|_| Reply::Hang(60_000));
    let mut pty = Setup::program(&[&server.url("/letters")]).start();
    pty.wait_for_text("quit");
    pty.send("q");
    let (time, code) = pty.wait_for_end();
    assert_eq!(code, 0);
    assert!(time < Duration::from_secs(5), "{time:?}");
}

#[test]
fn keys_work_while_a_search_hangs() {
    let server = opensearch(|body| {
        if body.to_string().contains("slow") {
            return Reply::Hang(60_000);
        }
        Reply::Json(opensearch_page(body))
    });
    let mut pty = Setup::program(&[&server.url("/letters")]).start();
    pty.wait_for_text("Log 3");
    pty.send("/slow\r?");
    pty.wait_for_text("in the list");
    pty.send("\u{1b}");
    pty.wait_for_no_text("in the list");
    pty.send("q");
    let (time, code) = pty.wait_for_end();
    assert_eq!(code, 0);
    assert!(time < Duration::from_secs(5), "{time:?}");
}

#[test]
fn marks_notes_and_sessions_are_kept_by_address_and_id() {
    let server = pages();
    let url = server.url("/letters");
    let mut pty = Setup::program(&[&url]).start();
    pty.wait_for_text("Log 3");
    pty.send("j ");
    pty.wait_for_text("1 marked");
    pty.send("/log\r");
    pty.wait_for_text("log");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    let folder = pty.folder.path();
    let listed = fonds_in(folder, &["marks", "--json"], &[]);
    let entries: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(entries[0]["id"], "1", "{entries} {}", text(&listed.stderr));
    assert_eq!(
        (entries[0]["archive"].clone(), entries[0]["marked"].clone()),
        (json!(url), json!(true))
    );
    assert!(text(&fonds_in(folder, &["marks"], &[]).stdout).contains("\t1\t"));
    let marked = fonds_in(folder, &["list", "--marked", &url], &[]);
    assert_eq!(marked.status.code(), Some(0), "{}", text(&marked.stderr));
    let wanted = server.last("POST /_search").json();
    assert_eq!(wanted["query"]["bool"]["filter"][0]["ids"]["values"], json!(["1"]));
    let sessions = std::fs::read_dir(folder.join("state/fonds/sessions")).unwrap();
    let session = std::fs::read_to_string(sessions.flatten().next().unwrap().path()).unwrap();
    assert!(session.contains("filter = \"log\""), "{session}");
}

#[test]
fn an_engine_that_goes_and_comes_back_is_asked_again() {
    let is_gone = Arc::new(AtomicBool::new(false));
    let gone = Arc::clone(&is_gone);
    let server = opensearch(move |body| {
        if gone.load(Ordering::Relaxed) {
            return Reply::Status(503, "Content-Type: text/html", "<html>".to_owned());
        }
        Reply::Json(opensearch_page(body))
    });
    let mut pty = Setup::program(&[&server.url("/letters")]).size(100, 30).start();
    pty.wait_for_text("Log 3");
    is_gone.store(true, Ordering::Relaxed);
    pty.send("/log\r");
    pty.wait_for_text("no answer");
    // What was shown stays.
    pty.wait_for_text("Log 3");
    is_gone.store(false, Ordering::Relaxed);
    pty.send("r");
    pty.wait_for_no_text("no answer");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
}

#[test]
fn a_hostile_server_writes_nothing_to_the_terminal() {
    let server = hostile();
    let mut pty = Setup::program(&[&server.url("/letters")]).start();
    pty.wait_for_text("answer incomplete");
    pty.send("\r");
    pty.wait_for_text("Creator");
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(!bytes.contains("]52;c;YQ==\u{7}") && !bytes.contains('\u{9b}'), "{bytes:?}");
    assert!(!bytes.contains("\u{1b}]52") && !bytes.contains('\u{202e}'), "{bytes:?}");
    // Back to the list, then out.
    pty.send("qq");
    assert_eq!(pty.wait_for_exit(), 0);
}

#[test]
fn commands_write_no_controls_of_a_hostile_server_to_a_terminal() {
    let server = hostile();
    let url = server.url("/letters");
    for command in [
        "list",
        "list --json",
        "list --columns id,title,creator",
        "show",
        "show --all-fields",
        "count",
        "cite",
        "facets --field creator",
        "timeline",
        "export --format text",
        "list --filter refuse",
    ] {
        let mut pty = Setup::script(&format!("\"$FONDS\" {command} {url}")).start();
        assert_eq!(pty.wait_for_exit(), 2, "{command}");
        let bytes = pty.bytes();
        let text = String::from_utf8_lossy(&bytes).replace("\r\x1b[K", "");
        assert!(text.contains("fonds: "), "{command}: {text}");
        assert!(!has_controls(text.as_bytes()), "{command}: {text:?}");
    }
}
