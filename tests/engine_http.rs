//! Requests to engines: what they say when there is no answer, and what they never do.

use std::time::{Duration, Instant};

use fonds::engine::http::{Client, Failure, Limits, Request};
use fonds::engine::{Credentials, EngineAddress};
use serde_json::{Value, json};

use crate::engine_server::{EngineServer, Reply};

const LIMITS: Limits = Limits {
    answer_time: Duration::from_millis(1_500),
    connect_time: Duration::from_secs(1),
    answer_bytes: 1 << 20,
};

/// Asks a server, and returns the answer or the message for the user.
fn ask_with(url: &str, credentials: Credentials, limits: Limits) -> Result<Value, String> {
    let address = EngineAddress::parse(url).unwrap();
    let client = Client::new(&address, credentials, limits);
    client.send(Request::get("/letters"), &|| false).map_err(|failure| match failure {
        Failure::Cancelled => "cancelled".to_owned(),
        Failure::Refused(refusal) => client.describe(&refusal),
        Failure::Failed(message) => message,
    })
}

fn user() -> Credentials {
    Credentials::from_netrc("default login ada password hidden", "h")
}

/// What the user reads if a server answers so.
fn message(reply: Reply) -> String {
    let server = EngineServer::start(move |_| reply.clone());
    let message = ask_with(&server.url("/letters"), user(), LIMITS).unwrap_err();
    assert!(!message.contains("hidden") && !message.contains("YWRh"), "{message}");
    message
}

#[test]
fn refusals_are_sentences() {
    let no_index = json!({"error": {"root_cause": [{"type": "index_not_found_exception",
        "reason": "no such index [letters]"}]}, "status": 404});
    let solr = json!({"error": {"msg": "undefined field \u{1b}[31mtitel", "code": 400}});
    let json_header = "Content-Type: application/json";
    for (status, body, parts) in [
        (401, String::new(), &["does not accept", "401"][..]),
        (403, String::new(), &["does not allow", "403"]),
        (404, no_index.to_string(), &["no such index [letters]", "404"]),
        (429, "slow down".to_owned(), &["asked too much", "try again"]),
        (500, "{\"error\":{\"reason\":\"heap".to_owned(), &["has an error", "500"]),
        (503, "<html>".to_owned(), &["has an error", "503"]),
        (400, solr.to_string(), &["refuses", "undefined field"]),
    ] {
        let message = message(Reply::Status(status, json_header, body));
        assert!(parts.iter().all(|part| message.contains(part)), "{message}");
        assert!(!message.contains('\u{1b}'), "{message:?}");
    }
    let server = EngineServer::start(|_| Reply::Status(401, "X: y", String::new()));
    let message = ask_with(&server.url("/a"), Credentials::default(), LIMITS).unwrap_err();
    assert!(message.contains("~/.netrc"), "{message}");
}

#[test]
fn answers_that_are_none_are_sentences() {
    let head = |rest: &str| format!("HTTP/1.1 200 OK\r\n{rest}").into_bytes();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("\"{}\"", "a".repeat(2 << 20));
    let ok = |body: &str| Reply::Status(200, "X: y", body.to_owned());
    for (reply, part) in [
        (Reply::Status(200, "Content-Type: text/html", "{}".to_owned()), "a web page"),
        (ok(" <!doctype html>"), "a web page"),
        (ok("no"), "is no JSON"),
        (ok("{\"hits\":"), "ends early"),
        (ok(&deep), "nested too deeply"),
        (ok(&long), "longer than 1 MB"),
        (Reply::Raw(head("Content-Length: 90\r\n\r\n{\"a\":1")), "ends early"),
        (Reply::Raw(b"no HTTP at all\r\n\r\n".to_vec()), "no HTTP"),
        (Reply::Endless("HTTP/1.1 200 OK\r\n\r\n{\"a\":"), "longer than 1 MB"),
        (Reply::Hang(3_000), "does not answer within 1.5 seconds"),
    ] {
        let message = message(reply);
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn servers_that_are_not_there_are_sentences() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let message = ask_with(&format!("http://{closed}/a"), user(), LIMITS).unwrap_err();
    assert!(message.contains("takes no connection"), "{message}");
    // No name may ever end so: RFC 6761.
    let message = ask_with("http://search.invalid/letters", user(), LIMITS).unwrap_err();
    assert!(message.contains("no server with the name in http://search.invalid"), "{message}");
}

#[test]
fn credentials_never_follow_to_another_server() {
    let other = EngineServer::start(|_| Reply::Json(json!({})));
    let location: &'static str =
        format!("Location: {}?ticket=hidden", other.url("/letters")).leak();
    let server = EngineServer::start(move |_| Reply::Status(302, location, String::new()));
    let message = ask_with(&server.url("/letters"), user(), LIMITS).unwrap_err();
    assert!(
        message.contains("sends on to") && message.contains(&other.url("/letters")),
        "{message}"
    );
    assert!(!message.contains("hidden"), "{message}");
    assert!(other.received().is_empty());
    assert_eq!(server.received()[0].header("authorization"), Some("Basic YWRhOmhpZGRlbg=="));
}

#[test]
fn connections_are_kept() {
    let server =
        EngineServer::start(|_| Reply::Json(json!({"a": [1, 9_223_372_036_854_775_807_i64]})));
    let address = EngineAddress::parse(&server.url("/letters")).unwrap();
    let client = Client::new(&address, Credentials::default(), LIMITS);
    for _ in 0..3 {
        let answer = client.send(Request::get("/letters"), &|| false).unwrap();
        assert_eq!(answer["a"][1], json!(i64::MAX));
    }
    assert_eq!(server.received().len(), 3);
    assert_eq!(server.received()[0].header("authorization"), None);
}

#[test]
fn nobody_waits_for_an_answer_that_is_not_wanted() {
    let server = EngineServer::start(|_| Reply::Hang(2_000));
    let address = EngineAddress::parse(&server.url("/letters")).unwrap();
    let client = Client::new(&address, Credentials::default(), LIMITS);
    let begin = Instant::now();
    let is_cancelled = || begin.elapsed() > Duration::from_millis(50);
    let first = client.send(Request::get("/a"), &is_cancelled);
    assert_eq!(first, Err(Failure::Cancelled));
    assert!(begin.elapsed() < Duration::from_secs(1));
    // The next one waits until the server has ended the first one.
    let next = client.send(Request::get("/b"), &is_cancelled);
    assert_eq!(next, Err(Failure::Cancelled));
    assert_eq!(server.received().len(), 1);
}
