//! Roles of contributors in words.

use std::borrow::Cow;

/// MARC relator codes and their words (<https://www.loc.gov/marc/relators/relacode.html>). Codes that
/// are not here are shown as they are.
const RELATORS: &str = include_str!("../../../assets/relators.tsv");

/// Whether a text is a MARC relator code, as the list writes it: `trl`.
pub fn is_relator_code(text: &str) -> bool {
    relators().any(|(code, _)| code == text)
}

/// Returns the codes and their words.
fn relators() -> impl Iterator<Item = (&'static str, &'static str)> {
    RELATORS.lines().filter_map(|line| line.split_once('\t'))
}

/// Returns a role in words: `Translator` for `trl`, for `http://id.loc.gov/vocabulary/relators/trl`
/// and for `translator`. A role that is no code stays as it is, with a capital letter.
pub fn role_in_words(role: &str) -> Cow<'_, str> {
    let bare = role.trim();
    let is_address = bare.starts_with("http://") || bare.starts_with("https://");
    let bare = match bare.trim_end_matches('/').rsplit_once('/') {
        Some((_, last)) if is_address => last,
        _ => bare,
    };
    let code = bare.trim_end_matches([',', ';', ':']).trim_end();
    let code = code.strip_suffix('.').filter(|code| !code.contains('.')).unwrap_or(code);
    if let Some((_, words)) = relators().find(|(known, _)| known.eq_ignore_ascii_case(code)) {
        return Cow::Borrowed(words);
    }
    let mut letters = code.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => {
            Cow::Owned(first.to_uppercase().chain(letters).collect())
        }
        _ => Cow::Borrowed(code),
    }
}
