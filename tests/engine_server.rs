//! A small HTTP server for tests of engines: it answers what a test tells it to, and keeps what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

/// A request that the server received.
#[derive(Clone, Debug, Default)]
pub(crate) struct Received {
    /// The method and the path: `POST /letters/_search`.
    pub(crate) line: String,
    /// The headers, with their names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: String,
}

impl Received {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// A value of a form.
    pub(crate) fn form(&self, name: &str) -> Option<String> {
        self.forms(name).into_iter().next()
    }

    /// All values of a name of a form.
    pub(crate) fn forms(&self, name: &str) -> Vec<String> {
        let pairs = self.body.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(own, _)| *own == name).map(|(_, value)| decoded(value)).collect()
    }
}

/// Returns a value of a form as it was before it was sent.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex: Vec<u8> = rest.by_ref().take(2).collect();
            let hex = String::from_utf8(hex).unwrap();
            bytes.push(u8::from_str_radix(&hex, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// How the server answers.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// With JSON.
    Json(Value),
    /// With a status, a header line and a body.
    Status(u16, &'static str, String),
    /// With these bytes, after which it closes the connection.
    Raw(Vec<u8>),
    /// Not at all, for so many milliseconds.
    Hang(u64),
    /// With these bytes, then with blanks until nobody reads them.
    Endless(&'static str),
}

type Answer = dyn Fn(&Received) -> Reply + Send + Sync;

/// A server on this machine. It runs until the test program ends.
pub(crate) struct EngineServer {
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
}

impl EngineServer {
    /// Starts a server that answers so.
    pub(crate) fn start(
        answer: impl Fn(&Received) -> Reply + Send + Sync + 'static,
    ) -> EngineServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Arc::new(Mutex::new(Vec::new()));
        let (answer, kept): (Arc<Answer>, _) = (Arc::new(answer), Arc::clone(&received));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, kept) = (Arc::clone(&answer), Arc::clone(&kept));
                thread::spawn(move || serve(stream, &*answer, &kept));
            }
        });
        EngineServer { port, received }
    }

    /// The address of something on the server: `http://127.0.0.1:1234/letters`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What was received so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The last request whose first line has this text.
    pub(crate) fn last(&self, part: &str) -> Received {
        let received = self.received();
        let found = received.iter().rfind(|it| it.line.contains(part));
        found.cloned().unwrap_or_else(|| panic!("no request with {part}"))
    }
}

/// Answers the requests of a connection.
fn serve(stream: TcpStream, answer: &Answer, kept: &Mutex<Vec<Received>>) {
    let mut writer = stream.try_clone().unwrap();
    let mut reader = BufReader::new(stream);
    while let Some(request) = receive(&mut reader) {
        kept.lock().unwrap().push(request.clone());
        let (status, header, body) = match answer(&request) {
            Reply::Json(value) => (200, "Content-Type: application/json", value.to_string()),
            Reply::Status(status, header, body) => (status, header, body),
            Reply::Raw(bytes) => {
                let _ = writer.write_all(&bytes);
                return;
            }
            Reply::Endless(start) => {
                let blanks = [b' '; 1 << 14];
                let mut written = writer.write_all(start.as_bytes());
                while written.is_ok() {
                    written = writer.write_all(&blanks);
                }
                return;
            }
            Reply::Hang(milliseconds) => {
                thread::sleep(std::time::Duration::from_millis(milliseconds));
                return;
            }
        };
        let length = body.len();
        let head = format!("HTTP/1.1 {status} X\r\n{header}\r\nContent-Length: {length}\r\n\r\n");
        if writer.write_all(format!("{head}{body}").as_bytes()).is_err() {
            return;
        }
    }
}

/// Reads a request; `None` at the end of the connection.
fn receive(reader: &mut BufReader<TcpStream>) -> Option<Received> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim_end().is_empty() {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let first = lines.remove(0);
    let line = first.rsplit_once(' ').map_or(first.as_str(), |(line, _)| line).to_owned();
    let headers: Vec<(String, String)> = lines
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let mut request = Received { line, headers, body: String::new() };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).ok()?;
    Some(request)
}
