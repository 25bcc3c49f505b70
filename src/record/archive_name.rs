//! The name and the web address of an archive, as a user gives them.

use crate::text::urls::is_web_address;

/// The name of an archive, and its web address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveName {
    /// The title.
    pub title: Option<String>,
    /// The web address.
    pub url: Option<String>,
}

/// Why a text cannot be the name of an archive. Each error has the word that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveNameError {
    /// The address is not a web address.
    #[error("“{0}” is no web address: one begins with https:// or http:// and has no spaces")]
    NoWebAddress(String),
    /// The address is neither the first nor the last word.
    #[error("the address “{0}” stands inside the name: type it behind the name")]
    AddressInside(String),
    /// The last word may be meant as an address.
    #[error(
        "“{0}” looks like an address without https:// before it: the same again is kept as a name"
    )]
    AddressWithoutScheme(String),
}

impl ArchiveName {
    /// Parses a title with an address behind it: `Digital Archive, https://archive.example.org`.
    ///
    /// # Errors
    /// The address is not complete, or stands elsewhere.
    ///
    /// ```
    /// use fonds::record::ArchiveName;
    ///
    /// let name = ArchiveName::parse("Town Archive, https://archive.example.org").unwrap();
    /// assert_eq!(name.title.as_deref(), Some("Town Archive"));
    /// assert_eq!(name.url.as_deref(), Some("https://archive.example.org"));
    /// assert_eq!(name.to_string(), "Town Archive, https://archive.example.org");
    /// assert!(ArchiveName::parse(" ").unwrap().is_empty());
    /// assert!(ArchiveName::parse("Town Archive javascript:alert(1)").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<ArchiveName, ArchiveNameError> {
        let name = ArchiveName::parse_with_words(text)?;
        let last = text.split_whitespace().next_back().map(trim_address);
        match last.filter(|last| name.url.is_none() && looks_like_host(last)) {
            Some(host) => Err(ArchiveNameError::AddressWithoutScheme(host.to_owned())),
            None => Ok(name),
        }
    }

    /// Parses a text like [`ArchiveName::parse`], but takes words that only look like an address for words
    /// of the title.
    ///
    /// # Errors
    /// The address is not complete, or stands elsewhere.
    pub fn parse_with_words(text: &str) -> Result<ArchiveName, ArchiveNameError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let has_address = |word: &&&str| has_scheme(trim_address(word));
        let Some(address) = words.iter().find(has_address).map(|word| trim_address(word)) else {
            return Ok(ArchiveName { title: non_empty(&words.join(" ")), url: None });
        };
        if !is_web_address(address) {
            return Err(ArchiveNameError::NoWebAddress(address.to_owned()));
        }
        let title = match words.as_slice() {
            [first, rest @ ..] if has_address(&first) => rest.join(" "),
            [rest @ .., last] if has_address(&last) => rest.join(" "),
            _ => return Err(ArchiveNameError::AddressInside(address.to_owned())),
        };
        if let Some(other) = title.split(' ').find(|word| has_scheme(trim_address(word))) {
            return Err(ArchiveNameError::AddressInside(other.to_owned()));
        }
        let title = title.trim_end_matches([',', ';', ' ']).trim_start_matches([',', ';', ' ']);
        Ok(ArchiveName { title: non_empty(title), url: Some(address.to_owned()) })
    }

    /// Checks a text that is to be an address, and returns it without white space around it.
    ///
    /// # Errors
    /// It is no web address.
    pub fn parse_address(text: &str) -> Result<String, ArchiveNameError> {
        let address = text.trim();
        let is_address = is_web_address(address);
        if is_address {
            Ok(address.to_owned())
        } else {
            Err(ArchiveNameError::NoWebAddress(crate::text::clean::clean(address).into_owned()))
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.title.is_none() && self.url.is_none()
    }
}

impl std::fmt::Display for ArchiveName {
    /// Writes the title with the address behind it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<&str> =
            [&self.title, &self.url].into_iter().flatten().map(String::as_str).collect();
        f.write_str(&parts.join(", "))
    }
}

/// Returns a text unless it is empty.
fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns a word without the punctuation around an address.
fn trim_address(word: &str) -> &str {
    word.trim_start_matches(['<', '(', '"', '“', '\''])
        .trim_end_matches(['>', ',', ';', '"', '”', '\''])
}

/// Whether a word begins like an address: `https://`, `javascript:`, `mailto:`.
fn has_scheme(word: &str) -> bool {
    let Some((scheme, rest)) = word.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+.-".contains(letter));
    is_scheme
        && !rest.is_empty()
        && (rest.starts_with("//") || scheme.chars().all(|it| it.is_ascii_lowercase()))
}

/// Whether a word looks like an address without its beginning: `www.example.org`, `example.org/search`.
fn looks_like_host(word: &str) -> bool {
    let host = word.trim_end_matches(['.', ')']).split('/').next().unwrap_or("");
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let is_ending = |label: &&str| {
        (2..=12).contains(&label.len()) && label.chars().all(|letter| letter.is_ascii_lowercase())
    };
    labels.len() > 1 && labels.iter().all(is_label) && labels.last().is_some_and(is_ending)
}
