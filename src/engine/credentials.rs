//! Who asks an engine: a user and password, an API key or a token. They come from the environment or a netrc file.

use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::EngineAddress;
use crate::files;

/// The environment variables with credentials. The first one that is set counts.
const API_KEY_VARIABLE: &str = "FONDS_ENGINE_API_KEY";
const TOKEN_VARIABLE: &str = "FONDS_ENGINE_TOKEN";
const USER_VARIABLE: &str = "FONDS_ENGINE_USER";
const PASSWORD_VARIABLE: &str = "FONDS_ENGINE_PASSWORD";

/// The largest netrc file that is read, in bytes.
const MAX_NETRC_BYTES: u64 = 1 << 20;

/// What an engine is told about who asks. Its debug text has no secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The value of the header `Authorization`.
    header: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.header.is_some() { "Credentials(hidden)" } else { "Credentials(none)" })
    }
}

impl Credentials {
    /// Finds the credentials for an address: in the environment, otherwise in the netrc file.
    pub fn find(address: &EngineAddress) -> Credentials {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let found = Credentials::from_variables(variable);
        if found.header.is_some() {
            return found;
        }
        let netrc = variable("NETRC").map(PathBuf::from);
        let netrc = netrc.or_else(|| variable("HOME").map(|home| Path::new(&home).join(".netrc")));
        let text = netrc.and_then(|path| read_small_file(&path));
        text.map(|text| Credentials::from_netrc(&text, address.host())).unwrap_or_default()
    }

    /// Returns the credentials of environment variables.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Credentials {
        let header = match (variable(API_KEY_VARIABLE), variable(TOKEN_VARIABLE)) {
            (Some(key), _) => Some(format!("ApiKey {key}")),
            (None, Some(token)) => Some(format!("Bearer {token}")),
            (None, None) => variable(USER_VARIABLE)
                .map(|user| basic(&user, &variable(PASSWORD_VARIABLE).unwrap_or_default())),
        };
        Credentials { header: header.filter(|header| is_header_value(header)) }
    }

    /// Returns the credentials that a netrc file has for a host, otherwise its default ones.
    pub fn from_netrc(text: &str, host: &str) -> Credentials {
        let mut words = netrc_words(text);
        let mut is_wanted = false;
        let (mut user, mut password) = (None, None);
        while let Some(word) = words.next() {
            match word {
                "machine" | "default" if is_wanted => break,
                "machine" => {
                    is_wanted = words.next().is_some_and(|name| name.eq_ignore_ascii_case(host));
                }
                "default" => is_wanted = true,
                "login" if is_wanted => user = words.next(),
                "password" if is_wanted => password = words.next(),
                _ => {}
            }
        }
        let header = user.map(|user| basic(user, password.unwrap_or_default()));
        Credentials { header: header.filter(|header| is_header_value(header)) }
    }

    /// Whether there are none.
    pub const fn is_none(&self) -> bool {
        self.header.is_none()
    }

    /// Returns the value of the header `Authorization`.
    pub fn header(&self) -> Option<&str> {
        self.header.as_deref()
    }
}

/// Returns the words of a netrc file. A line that begins with `#` is a comment, and `macdef` goes to an empty line.
fn netrc_words(text: &str) -> impl Iterator<Item = &str> {
    let mut is_macro = false;
    let lines = text.lines().filter(move |line| {
        let is_left_out = is_macro || line.trim_start().starts_with('#');
        is_macro = (is_macro || line.trim_start().starts_with("macdef")) && !line.trim().is_empty();
        !is_left_out && !is_macro
    });
    lines.flat_map(str::split_whitespace)
}

/// Returns the header of a user and password.
fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// Whether a text can be sent as a header.
fn is_header_value(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Returns the text of a file; `None` if it is missing, cannot be read, or is no text.
fn read_small_file(path: &Path) -> Option<String> {
    let mut text = String::new();
    files::open(path).ok()?.take(MAX_NETRC_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}
