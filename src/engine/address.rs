//! The address of an engine: which server, and which index or collection on it.

use std::fmt;

/// A kind of search engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EngineKind {
    /// OpenSearch or Elasticsearch, which have the same query language.
    OpenSearch,
    /// Solr.
    Solr,
}

/// What may stand before the address, and the engine that it names.
const PREFIXES: [(&str, EngineKind); 3] = [
    ("opensearch+", EngineKind::OpenSearch),
    ("elasticsearch+", EngineKind::OpenSearch),
    ("solr+", EngineKind::Solr),
];

/// The address of an index of an engine, as the user typed it, without anything secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineAddress {
    /// The kind of engine, if the address names it.
    pub kind: Option<EngineKind>,
    is_encrypted: bool,
    /// The host in lower case; an IPv6 address has its brackets.
    host: String,
    port: Option<u16>,
    /// The path before the index, without a slash at its end: `/solr`, or nothing.
    parent: String,
    index: String,
}

/// Why a text is no address of an engine.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It does not begin as an address does.
    #[error("“{0}” is no address of a search engine: it begins with http:// or https://")]
    NotAnAddress(String),
    /// A user or a password stands in it. They are not repeated in the message.
    #[error(
        "an address has no user and no password: write them into ~/.netrc, or set FONDS_ENGINE_USER and FONDS_ENGINE_PASSWORD"
    )]
    HasCredentials,
    /// It has no host.
    #[error("“{0}” names no host")]
    NoHost(String),
    /// Its port is no number from 1 to 65535.
    #[error("“{0}” has no valid port")]
    InvalidPort(String),
    /// It has no index.
    #[error(
        "“{0}” names no index: write it behind the host, as in https://host/index or http://host:8983/solr/collection"
    )]
    NoIndex(String),
    /// It has a `?` or a `#`.
    #[error("“{0}” goes on after the index: leave out what begins with “?” or “#”")]
    HasQuery(String),
    /// It has a character that no address has.
    #[error("“{0}” has a blank or a control character")]
    InvalidCharacter(String),
}

/// Returns the engine that a prefix names, and the address behind it.
fn split_kind(text: &str) -> (Option<EngineKind>, &str) {
    let found = PREFIXES.iter().find_map(|(prefix, kind)| {
        let start = text.get(..prefix.len())?;
        let rest = text.get(prefix.len()..)?;
        start.eq_ignore_ascii_case(prefix).then_some((Some(*kind), rest))
    });
    found.unwrap_or((None, text))
}

/// Returns whether the address is encrypted, and what stands behind `http://` or `https://`.
fn split_scheme(text: &str) -> Option<(bool, &str)> {
    [("https://", true), ("http://", false)].into_iter().find_map(|(scheme, is_encrypted)| {
        let start = text.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| (is_encrypted, &text[scheme.len()..]))
    })
}

/// Returns host and port.
fn split_port<'a>(server: &'a str, text: &str) -> Result<(&'a str, Option<u16>), AddressError> {
    // The colons of an IPv6 address stand in brackets.
    let behind_brackets = server.rfind(']').map_or(0, |at| at + 1);
    let Some(colon) = server[behind_brackets..].rfind(':') else { return Ok((server, None)) };
    let (host, port) = server.split_at(behind_brackets + colon);
    match port[1..].parse::<u16>() {
        Ok(number @ 1..) => Ok((host, Some(number))),
        _ => Err(AddressError::InvalidPort(text.to_owned())),
    }
}

impl EngineAddress {
    /// Whether a text is meant as an address, and not as the name of a file.
    ///
    /// ```
    /// use fonds::engine::EngineAddress;
    ///
    /// assert!(EngineAddress::is_address("solr+http://127.0.0.1:8983/solr/papers"));
    /// assert!(!EngineAddress::is_address("letters.csv"));
    /// ```
    pub fn is_address(text: &str) -> bool {
        split_scheme(split_kind(text).1).is_some()
    }

    /// Parses an address: `https://host/index`, `opensearch+http://host:9200/index`,
    /// `solr+http://host:8983/solr/collection`.
    ///
    /// ```
    /// use fonds::engine::EngineAddress;
    ///
    /// let address = EngineAddress::parse("opensearch+HTTPS://Search.Example.org:443/letters/").unwrap();
    /// assert_eq!(address.to_string(), "https://search.example.org/letters");
    /// ```
    ///
    /// # Errors
    /// The text is no address, has no index, or has a user or password in it.
    pub fn parse(text: &str) -> Result<EngineAddress, AddressError> {
        let (kind, address) = split_kind(text);
        let not_an_address = || AddressError::NotAnAddress(text.to_owned());
        let (is_encrypted, rest) = split_scheme(address).ok_or_else(not_an_address)?;
        let server_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (server, path) = rest.split_at(server_end);
        // This comes first: other messages repeat the address.
        if server.contains('@') {
            return Err(AddressError::HasCredentials);
        }
        if text.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
            return Err(AddressError::InvalidCharacter(text.escape_debug().to_string()));
        }
        if path.contains(['?', '#']) {
            return Err(AddressError::HasQuery(text.to_owned()));
        }
        let (host, port) = split_port(server, text)?;
        if host.is_empty() {
            return Err(AddressError::NoHost(text.to_owned()));
        }
        let (parent, index) = match path.trim_end_matches('/').rsplit_once('/') {
            Some((parent, index)) if !index.is_empty() => (parent, index),
            _ => return Err(AddressError::NoIndex(text.to_owned())),
        };
        let default_port = if is_encrypted { 443 } else { 80 };
        Ok(EngineAddress {
            kind,
            is_encrypted,
            host: host.to_lowercase(),
            port: port.filter(|port| *port != default_port),
            parent: parent.trim_end_matches('/').to_owned(),
            index: index.to_owned(),
        })
    }

    /// Returns the index, alias, pattern or collection as it was typed.
    pub fn index(&self) -> &str {
        &self.index
    }

    /// Returns the host without a port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether the host is this machine.
    pub fn is_loopback(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
    }

    /// Returns the address of the server, without a path: `https://host`.
    pub(super) fn server(&self) -> String {
        let scheme = if self.is_encrypted { "https" } else { "http" };
        match self.port {
            Some(port) => format!("{scheme}://{}:{port}", self.host),
            None => format!("{scheme}://{}", self.host),
        }
    }

    /// Returns the path before the index: `/solr`, or nothing.
    pub(super) fn parent(&self) -> &str {
        &self.parent
    }
}

impl fmt::Display for EngineAddress {
    /// Writes the identity of the archive: the address in one spelling, without the name of the engine.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}/{}", self.server(), self.parent, self.index)
    }
}
