//! Why a request has no answer, in words for the user. No message has credentials in it.

use serde_json::Value;

use super::Limits;
use crate::query::Cancelled;
use crate::text::clean::clean;
use crate::text::shorten::shorten;

/// The most letters of a reason that an engine gives.
const MAX_REASON_LETTERS: usize = 160;

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The caller cancelled the request.
    Cancelled,
    /// The server refused it.
    Refused(Refusal),
    /// The server did not answer, or its answer is no JSON: a sentence for the user.
    Failed(String),
}

impl From<Cancelled> for Failure {
    fn from(Cancelled: Cancelled) -> Failure {
        Failure::Cancelled
    }
}

/// What a server answers instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status of HTTP.
    pub status: u16,
    /// What kind of error it is, in the words of the engine: `index_not_found_exception`.
    pub kind: String,
    /// Why, in the words of the engine.
    pub reason: String,
    /// Whether it is a web page.
    is_html: bool,
}

impl Refusal {
    /// Reads the body of a refusal.
    pub(super) fn new(status: u16, is_html: bool, body: &[u8]) -> Refusal {
        let value: Value = serde_json::from_slice(body).unwrap_or_default();
        let error = value.get("error").unwrap_or(&value);
        // OpenSearch gives the reason of each part that failed beside a general one.
        let root = error.get("root_cause").and_then(|causes| causes.get(0)).unwrap_or(error);
        let text_of = |value: &Value, name: &str| {
            value.get(name).and_then(Value::as_str).map(|text| clean(text).into_owned())
        };
        let reason = text_of(root, "reason").or_else(|| text_of(error, "msg"));
        let reason = reason.or_else(|| error.as_str().map(|text| clean(text).into_owned()));
        let reason = reason.unwrap_or_default();
        Refusal {
            status,
            kind: text_of(root, "type").unwrap_or_default(),
            reason: shorten(reason.lines().next().unwrap_or(""), MAX_REASON_LETTERS).into_owned(),
            is_html,
        }
    }

    /// Returns what to tell the user.
    pub(super) fn sentence(&self, server: &str, has_credentials: bool) -> String {
        let Refusal { status, reason, .. } = self;
        let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        match status {
            401 if has_credentials => {
                format!("{server} does not accept the user and password, key or token (HTTP 401)")
            }
            401 => format!(
                "{server} asks who you are (HTTP 401): write user and password into ~/.netrc, or set FONDS_ENGINE_USER and FONDS_ENGINE_PASSWORD"
            ),
            403 => format!("{server} does not allow you to read this (HTTP 403){reason}"),
            404 => format!("{server} has no such index (HTTP 404){reason}"),
            429 => format!("{server} is asked too much (HTTP 429): try again later"),
            500.. if self.is_html => format!("{server} has an error (HTTP {status})"),
            500.. => format!("{server} has an error (HTTP {status}){reason}"),
            _ => format!("{server} refuses the request (HTTP {status}){reason}"),
        }
    }
}

/// Says where a server sends requests on to.
pub(super) fn redirected(server: &str, location: &str) -> String {
    let location = clean(location).into_owned();
    // Whatever stands before an `@` may be a password.
    let location = match location.split_once("//").and_then(|(_, rest)| rest.split_once('@')) {
        Some((_, behind)) => behind.to_owned(),
        None => location,
    };
    // What follows the path may be a token.
    let path = location.split(['?', '#']).next().unwrap_or_default();
    let location = shorten(path, MAX_REASON_LETTERS);
    format!("{server} sends on to {location}: open that address, if you know it")
}

/// Says that a server is no engine.
pub(super) fn web_page(server: &str) -> String {
    format!("{server} answers with a web page, not as a search engine does: is the address right?")
}

/// Says that an answer is no JSON.
pub(super) fn no_json(server: &str, error: &serde_json::Error) -> String {
    if error.is_eof() {
        return format!("the answer of {server} ends early");
    }
    if error.to_string().starts_with("recursion limit") {
        return format!("the answer of {server} is nested too deeply");
    }
    format!("the answer of {server} is no JSON: is it a search engine?")
}

/// Says why there is no answer.
pub(super) fn sentence(server: &str, error: &ureq::Error, limits: Limits) -> String {
    match error {
        ureq::Error::HostNotFound => format!("there is no server with the name in {server}"),
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => format!(
            "{server} takes no connection within {} seconds",
            limits.connect_time.as_secs_f32()
        ),
        ureq::Error::Timeout(_) => {
            format!("{server} does not answer within {} seconds", limits.answer_time.as_secs_f32())
        }
        ureq::Error::ConnectionFailed => {
            format!("{server} takes no connection: does the engine run?")
        }
        ureq::Error::BodyExceedsLimit(_) => {
            format!("the answer of {server} is longer than {} MB", limits.answer_bytes >> 20)
        }
        ureq::Error::Rustls(error) => format!("{server} cannot be trusted: {error}"),
        ureq::Error::Tls(why) => format!("{server} cannot be trusted: {why}"),
        ureq::Error::Io(error) => io_sentence(server, error),
        ureq::Error::Protocol(_) | ureq::Error::Http(_) => {
            format!("the answer of {server} is no HTTP, or ends early")
        }
        error => format!("{server} cannot be asked: {}", clean(&error.to_string())),
    }
}

/// Says what went wrong with a connection.
fn io_sentence(server: &str, error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::ConnectionRefused => {
            format!("{server} takes no connection: does the engine run?")
        }
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => {
            format!("the answer of {server} ends early")
        }
        ErrorKind::InvalidData => {
            format!("{server} cannot be trusted, or sends damaged data: {error}")
        }
        _ if error.to_string().contains("failed to lookup address") => {
            format!("there is no server with the name in {server}")
        }
        _ => format!("{server} cannot be asked: {error}"),
    }
}
