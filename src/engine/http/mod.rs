//! Requests to an engine by HTTP: bounded in time, size and depth, one at a time.
//!
//! A request runs on a thread of its own, so that whoever waits for it can stop waiting.

mod failure;
mod gate;

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::tls::{RootCerts, TlsConfig};

use self::gate::Gate;
use super::{Credentials, EngineAddress};
use crate::query::{CancelCheck, check_cancelled};

pub use self::failure::{Failure, Refusal};

/// How often whoever waits for an answer looks whether it is still wanted.
const CANCEL_INTERVAL: Duration = Duration::from_millis(10);

/// How long a request may take whose answer does not matter.
const BRIEF_TIME: Duration = Duration::from_millis(300);

/// The largest part of an answer that says why a request was refused.
const MAX_REFUSAL_BYTES: u64 = 1 << 16;

/// The bytes that are read of an answer at once.
const READ_BYTES: usize = 1 << 16;

/// What an answer is not allowed to exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The time from the request to the end of the answer.
    pub answer_time: Duration,
    /// The time until there is a connection.
    pub connect_time: Duration,
    /// The length of an answer in bytes, once it is decompressed.
    pub answer_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            answer_time: Duration::from_secs(30),
            connect_time: Duration::from_secs(5),
            answer_bytes: 1 << 26,
        }
    }
}

/// What is asked of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The path and what follows it: `/letters/_search?preference=a`.
    pub path: String,
    /// What is sent, if it is not only asked for.
    pub body: Option<RequestBody>,
    /// Whether what the body names is to be deleted.
    pub is_deletion: bool,
}

/// What is sent with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestBody {
    /// JSON.
    Json(String),
    /// Names and values, as a form has them.
    Form(String),
}

impl Request {
    /// Creates a request that asks only.
    pub fn get(path: impl Into<String>) -> Request {
        Request { path: path.into(), body: None, is_deletion: false }
    }

    /// Creates a request that sends JSON.
    pub fn post(path: impl Into<String>, body: &Value) -> Request {
        Request { body: Some(RequestBody::Json(body.to_string())), ..Request::get(path) }
    }

    /// Creates a request to delete what JSON names.
    pub fn delete(path: impl Into<String>, body: &Value) -> Request {
        Request { is_deletion: true, ..Request::post(path, body) }
    }

    /// Creates a request that sends names and values. An address may have 8,000 letters only.
    pub fn form(path: impl Into<String>, values: &[(String, String)]) -> Request {
        let pairs = values
            .iter()
            .map(|(name, value)| format!("{}={}", encode_for_form(name), encode_for_form(value)));
        let form = pairs.collect::<Vec<_>>().join("&");
        Request { body: Some(RequestBody::Form(form)), ..Request::get(path) }
    }
}

/// Returns a text as it stands in a form or an address.
pub fn encode_for_form(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => {
                encoded.push('%');
                for half in [byte >> 4, byte & 15] {
                    let digit = char::from_digit(u32::from(half), 16).unwrap_or('0');
                    encoded.push(digit.to_ascii_uppercase());
                }
            }
        }
    }
    encoded
}

/// A connection to one server. A clone is the same one.
#[derive(Clone, Debug)]
pub struct Client {
    agent: ureq::Agent,
    /// `https://host:port`.
    server: Arc<str>,
    credentials: Credentials,
    limits: Limits,
    gate: Arc<Gate>,
}

impl Client {
    /// Creates a client. It connects with the first request.
    pub fn new(address: &EngineAddress, credentials: Credentials, limits: Limits) -> Client {
        let certificates = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // Another address may be another server: the user decides whether to ask it.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(limits.answer_time))
            .timeout_connect(Some(limits.connect_time))
            .user_agent(concat!("fonds/", env!("CARGO_PKG_VERSION")))
            .accept("application/json")
            .tls_config(certificates);
        let config = if address.is_loopback() { config.proxy(None) } else { config };
        Client {
            agent: config.build().new_agent(),
            server: address.server().into(),
            credentials,
            limits,
            gate: Arc::default(),
        }
    }

    /// Returns a client for the same server that need not wait for the requests of this one.
    #[must_use]
    pub fn beside(&self) -> Client {
        Client { gate: Arc::default(), ..self.clone() }
    }

    /// Sends a request and returns the answer.
    ///
    /// # Errors
    /// The caller cancelled it, the server refused it, or the server gave no valid answer.
    pub fn send(&self, request: Request, is_cancelled: CancelCheck<'_>) -> Result<Value, Failure> {
        let pass = loop {
            check_cancelled(is_cancelled)?;
            if let Some(pass) = Gate::pass_within(&self.gate, CANCEL_INTERVAL) {
                break pass;
            }
        };
        let (sender, receiver) = channel();
        let is_abandoned = Arc::new(AtomicBool::new(false));
        let (client, thread_flag) = (self.clone(), Arc::clone(&is_abandoned));
        thread::spawn(move || {
            let answer = client.answer(&request, &thread_flag);
            drop(pass);
            // The receiver is gone if the caller cancelled the request.
            let _ = sender.send(answer);
        });
        loop {
            match receiver.recv_timeout(CANCEL_INTERVAL) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Timeout) if is_cancelled() => {
                    is_abandoned.store(true, Ordering::Relaxed);
                    return Err(Failure::Cancelled);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Failure::Failed("the request ended without an answer".to_owned()));
                }
            }
        }
    }

    /// Sends a request whose answer does not matter, and waits for a moment only.
    pub fn send_briefly(&self, request: Request) {
        let begin = Instant::now();
        // Whether it worked changes nothing.
        let _ = self.send(request, &|| begin.elapsed() > BRIEF_TIME);
    }

    /// Sends a request, and waits for the whole answer.
    fn answer(&self, request: &Request, is_abandoned: &AtomicBool) -> Result<Value, Failure> {
        let response = self.respond(request);
        let mut response = response.map_err(|error| self.failure_of(&error))?;
        let status = response.status().as_u16();
        let is_html = response.body().mime_type().is_some_and(|mime| mime.contains("html"));
        if (300..400).contains(&status) {
            let location = response.headers().get("location");
            let location =
                location.and_then(|text| text.to_str().ok()).unwrap_or("another address");
            return Err(Failure::Failed(failure::redirected(&self.server, location)));
        }
        let is_refused = !(200..300).contains(&status);
        let limit = if is_refused { MAX_REFUSAL_BYTES } else { self.limits.answer_bytes };
        let mut body = response.body_mut().with_config().limit(limit).reader();
        let read = read_all(&mut body, is_abandoned);
        if is_refused {
            // A text that ends early may still say why.
            let text = read.unwrap_or_else(|(start, _)| start);
            return Err(Failure::Refused(Refusal::new(status, is_html, &text)));
        }
        let text = match read {
            Ok(text) => text,
            Err((_, error)) => return Err(self.failure_of(&ureq::Error::from(error))),
        };
        if is_html || text.trim_ascii_start().starts_with(b"<") {
            return Err(Failure::Failed(failure::web_page(&self.server)));
        }
        // The parser refuses what is nested deeper than 128 levels.
        serde_json::from_slice(&text)
            .map_err(|error| Failure::Failed(failure::no_json(&self.server, &error)))
    }

    /// Sends a request. The response may be a refusal.
    fn respond(&self, request: &Request) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        let address = format!("{}{}", self.server, request.path);
        let authorization = self.credentials.header();
        let Some(body) = &request.body else {
            let asked = self.agent.get(address);
            return match authorization {
                Some(value) => asked.header("Authorization", value).call(),
                None => asked.call(),
            };
        };
        let (text, content_type) = match body {
            RequestBody::Json(text) => (text, "application/json"),
            RequestBody::Form(text) => (text, "application/x-www-form-urlencoded"),
        };
        let sent = if request.is_deletion {
            self.agent.delete(address).force_send_body()
        } else {
            self.agent.post(address)
        };
        let posted = sent.header("Content-Type", content_type);
        match authorization {
            Some(value) => posted.header("Authorization", value).send(text.as_str()),
            None => posted.send(text.as_str()),
        }
    }

    /// Returns why there is no answer.
    fn failure_of(&self, error: &ureq::Error) -> Failure {
        Failure::Failed(failure::sentence(&self.server, error, self.limits))
    }

    /// Returns what to tell the user of a refusal.
    pub fn describe(&self, refusal: &Refusal) -> String {
        refusal.sentence(&self.server, !self.credentials.is_none())
    }
}

/// Reads an answer, unless nobody waits for it any more. An error has what was read before it.
fn read_all(
    body: &mut dyn Read,
    is_abandoned: &AtomicBool,
) -> Result<Vec<u8>, (Vec<u8>, std::io::Error)> {
    let mut text = Vec::new();
    let mut buffer = vec![0; READ_BYTES];
    loop {
        if is_abandoned.load(Ordering::Relaxed) {
            return Err((text, std::io::Error::other("nobody waits for the answer")));
        }
        match body.read(&mut buffer) {
            Ok(0) => return Ok(text),
            Ok(count) => text.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err((text, error)),
        }
    }
}
