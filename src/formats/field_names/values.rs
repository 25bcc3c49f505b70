//! What the values under a name look like: dates, addresses, codes of systems, words.

use crate::record::{Date, Name, NameKind};

/// Longer texts are no dates, in bytes.
const MAX_DATE_BYTES: usize = 120;

/// Whether a text is a date.
pub(super) fn is_date(text: &str) -> bool {
    !is_large_number(text) && text.len() <= MAX_DATE_BYTES && Date::parse(text).span().is_some()
}

/// Whether a text is a number above 9999 that is no day such as `19450712`.
pub(super) fn is_large_number(text: &str) -> bool {
    let is_number = text.len() > 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = || text.len() == 8 && Date::parse(text).span().is_some();
    is_number && !is_day()
}

/// Whether a text stands for a date that is not known: `0`, `-1`, `0000`, `0000-00-00`, or the first day of the calendar,
/// which .NET, Calibre and others write for none.
pub(crate) fn is_zero_date(text: &str) -> bool {
    if text == "-1" || ["0001-01-01", "0101-01-01T"].iter().any(|none| text.starts_with(none)) {
        return true;
    }
    let mut bytes = text.bytes();
    text.contains('0') && bytes.all(|byte| matches!(byte, b'0' | b'-' | b'/' | b'.'))
}

/// Whether a text is a moment of a system: it has a time to the second that is not midnight.
pub(super) fn is_timestamp(text: &str) -> bool {
    let is_time = |window: &[u8]| {
        let fits = |(at, byte): (usize, &u8)| match at {
            2 | 5 => *byte == b':',
            _ => byte.is_ascii_digit(),
        };
        window.iter().enumerate().all(fits)
    };
    let mut times = text.as_bytes().windows("00:00:00".len());
    times.any(|window| is_time(window) && window != b"00:00:00")
}

/// Whether a text has a time of day that is a whole hour, as programs write a day in another time zone.
pub(super) fn is_whole_hour(text: &str) -> bool {
    text.contains(":00:00")
}

/// Programs have written moments of their own since this year.
const FIRST_YEAR_OF_MOMENTS: i64 = 1990;

/// Whether a text is a moment that a program may have written for itself, and no time of a document.
pub(crate) fn is_recent_moment(text: &str) -> bool {
    let year = text.get(..4).and_then(|year| year.parse().ok());
    is_timestamp(text) && year.is_some_and(|year: i64| year >= FIRST_YEAR_OF_MOMENTS)
}

/// Whether a text is a date before programs wrote their moments.
pub(crate) fn is_earlier_date(text: &str) -> bool {
    let span = if text.len() <= MAX_DATE_BYTES { Date::parse(text).span() } else { None };
    let year = span.map(|span| span.latest.to_ymd().0);
    !is_large_number(text) && year.is_some_and(|year| year < FIRST_YEAR_OF_MOMENTS)
}

/// Whether a text is a date since programs write theirs.
pub(crate) fn is_recent(text: &str) -> bool {
    is_date(text) && !is_earlier_date(text)
}

/// Whether a text is a day since programs write theirs: `2019-03-04`.
pub(crate) fn is_recent_day(text: &str) -> bool {
    is_recent(text) && Date::parse(text).span().is_some_and(|span| span.earliest == span.latest)
}

/// Whether a text is a whole number from 1 to `most`.
pub(super) fn is_number_to(text: &str, most: u32) -> bool {
    text.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
}

/// Whether a text is a year in four digits at most.
pub(crate) fn is_year(text: &str) -> bool {
    is_number_to(text, 9999)
}

/// Whether a text is a month: its number or its name.
pub(crate) fn is_month(text: &str) -> bool {
    let is_name = || Date::parse(&format!("{text} 1900")).span().is_some();
    is_number_to(text, 12) || (text.chars().any(char::is_alphabetic) && is_name())
}

/// Whether a text is a web address or a DOI.
pub(crate) fn is_address(text: &str) -> bool {
    let starts = ["http://", "https://", "doi:", "10.", "ark:", "//", "www."];
    starts.iter().any(|start| text.starts_with(start)) && !text.contains(char::is_whitespace)
}

/// Whether a text is an address that a browser opens as it is.
pub(super) fn is_web_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && is_address(text)
}

/// The endings of files that are a copy of a document and no page about it.
const FILE_ENDINGS: [&str; 10] =
    [".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".mp3", ".mp4", ".zip", ".epub"];

/// Whether an address is that of a file to download.
pub(crate) fn is_file_address(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or(text).to_ascii_lowercase();
    FILE_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// The endings of pictures.
const PICTURE_ENDINGS: [&str; 9] =
    [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif", ".webp", ".jp2", ".svg"];

/// Whether a text is the address of a picture. The picture may be a part of another one, which an image server cuts out
/// (<https://iiif.io/api/image/3.0/#4-image-requests>).
pub(crate) fn is_picture_address(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or(text).to_ascii_lowercase();
    // A page may be named after its picture: `/wiki/File:Harbour.jpg`.
    let name = path.rsplit('/').next().unwrap_or_default();
    PICTURE_ENDINGS.iter().any(|ending| name.ends_with(ending)) && !name.contains(':')
}

/// Whether a text is the address of an answer for programs: of an interface, or of a file of data.
pub(crate) fn is_machine_address(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = path.to_ascii_lowercase();
    let is_interface = |part: &str| ["api", "rest", "oai", "graphql"].contains(&part);
    let is_data = |part: &str| {
        [".json", ".jsonld", ".xml", ".rdf", ".ttl"].iter().any(|end| part.ends_with(end))
    };
    host.starts_with("api.")
        || path.split('/').any(is_interface)
        || is_data(&path)
        || path.ends_with("/manifest")
        || query.contains("format=json")
        || query.contains("fo=json")
}

/// Whether a text stands for no address: `n/a`.
fn is_no_address(text: &str) -> bool {
    let mut letters = text.chars().filter(|sign| sign.is_alphanumeric());
    letters.by_ref().take(MIN_PATH_LETTERS).count() < MIN_PATH_LETTERS && !text.starts_with('/')
}

/// The fewest letters and digits of the way to a page that does not begin with `/`.
const MIN_PATH_LETTERS: usize = 3;

/// Whether a text may be the way to a page from the site or folder that it is in: `/r/7`, `archive.example/7`.
pub(super) fn may_be_path(text: &str) -> bool {
    if is_no_address(text) {
        return false;
    }
    let is_scheme = |before: &str| !before.is_empty() && !before.contains(['/', '.']);
    let has_scheme = text.split_once(':').is_some_and(|(before, _)| is_scheme(before));
    text.contains(['/', '.']) && !has_scheme && !text.contains(char::is_whitespace)
}

/// Whether a text is a code in small letters, such as `tst` for an archive.
pub(super) fn is_short_code(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() <= MAX_CODE_BYTES && text.bytes().all(is_plain)
}

/// The longest code of an archive, in bytes.
const MAX_CODE_BYTES: usize = 6;

/// Whether a text is one word in small letters, as systems name what they have a thing from: `userupload`.
pub(super) fn is_lower_word(text: &str) -> bool {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

/// Whether a text is a code with digits and without small letters: `DE-1958`, `GB0074`.
pub(super) fn is_numbered_code(text: &str) -> bool {
    let is_plain = |byte: u8| !byte.is_ascii_lowercase() && !byte.is_ascii_whitespace();
    text.is_ascii() && text.bytes().all(is_plain) && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Services that collect descriptions of others. What they have is kept elsewhere.
const COLLECTING_SERVICES: [&str; 28] = [
    "marc",
    "folio",
    "koha",
    "librarything",
    "crossref",
    "datacite",
    "openalex",
    "europeana",
    "dpla",
    "trove",
    "worldcat",
    "oclc",
    "wikidata",
    "doaj",
    "openaire",
    "scopus",
    "pubmed",
    "medline",
    "googlescholar",
    "googlebooks",
    "semanticscholar",
    "zotero",
    "mendeley",
    "unpaywall",
    "dimensions",
    "archivesportaleurope",
    "archivegrid",
    "orcid",
];

/// Whether a text is the name of a service that collects descriptions of others.
pub(super) fn is_collecting_service(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    let bare: String = letters.flat_map(char::to_lowercase).collect();
    COLLECTING_SERVICES.contains(&bare.as_str())
}

/// Whether a text is the name of a computer on the web: `books.example`.
pub(super) fn is_domain(text: &str) -> bool {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    let last = text.rsplit_once('.').map_or("", |(_, last)| last);
    text.bytes().all(is_plain)
        && last.len() >= MIN_DOMAIN_BYTES
        && last.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The shortest last part of such a name, in bytes.
const MIN_DOMAIN_BYTES: usize = 2;

/// The fewest letters of the name of an account.
const MIN_LOGIN_BYTES: usize = 3;

/// Whether a text is one word that may be the name of an account: `MROTH`, `admin`, `aroth7`.
fn is_like_login(text: &str) -> bool {
    let is_upper = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let is_admin = ["Administrator", "Admin"].contains(&text);
    text.len() >= MIN_LOGIN_BYTES && (is_upper || is_lower_word(text) || is_admin)
}

/// Whether texts are accounts of users: several that are the same, or all in small letters.
pub(crate) fn are_logins(texts: &[&str]) -> bool {
    let first = texts.first();
    let are_same = || texts.iter().all(|text| Some(text) == first);
    texts.len() > 1
        && texts.iter().all(|text| is_like_login(text))
        && (are_same() || texts.iter().all(|text| is_lower_word(text)))
}

/// Whether texts are the same body: an agency that stands in all records beside those who made them.
pub(crate) fn are_one_body(texts: &[&str]) -> bool {
    let Some((first, others)) = texts.split_first() else { return false };
    let is_body =
        || Name::parse(first, None).kind == NameKind::Body || Name::is_certain_body(first);
    !others.is_empty() && others.iter().all(|text| text == first) && is_body()
}

/// Whether a text has no letter: a number, a pair of numbers.
pub(super) fn has_no_letter(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic)
}

/// The fewest bytes of a key that is only letters and digits.
const MIN_KEY_BYTES: usize = 8;

/// The fewest changes between letters and digits in such a key.
const MIN_KEY_CHANGES: usize = 3;

/// The fewest letters of the word before the number of an internal id: `aspace_7`.
const MIN_KEY_WORD: usize = 4;

/// Whether a text is a key that a system made: `X1ABCD23`, a UUID, `aspace_7f3a`.
pub(crate) fn is_machine_key(text: &str) -> bool {
    let text = text.strip_prefix("urn:uuid:").unwrap_or(text);
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let groups: Vec<&str> = text.split('-').collect();
    let is_uuid = text.len() == 36 && groups.len() == 5 && groups.iter().all(|it| is_hex(it));
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_hash = text.len() >= 2 * MIN_KEY_BYTES && is_hex(text) && has_digit;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let bytes = text.as_bytes();
    let changes = bytes.windows(2).filter(|pair| match pair {
        [one, other] => one.is_ascii_digit() != other.is_ascii_digit(),
        _ => false,
    });
    let is_random = text.len() >= MIN_KEY_BYTES && is_plain && changes.count() >= MIN_KEY_CHANGES;
    is_uuid || is_hash || is_random || is_numbered_word(text)
}

/// Whether a text is words in small letters with a number behind them, as programs name what they made: `aspace_7`.
fn is_numbered_word(text: &str) -> bool {
    let Some((word, number)) = text.rsplit_once('_') else { return false };
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    word.len() >= MIN_KEY_WORD
        && word.bytes().all(is_word)
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        && number.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a text refers to a thing in the same file or system: `/repositories/2`, `#item_2`.
pub(super) fn is_reference(text: &str) -> bool {
    text.starts_with(['/', '#']) && !text.contains(char::is_whitespace)
}

/// Whether a text has words: it is no number and no address.
pub(crate) fn is_prose(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !is_address(text) && !is_reference(text)
}

/// Whether a text is written like the name of a person or a body: two words at least, the first and the last with a
/// capital letter.
pub(crate) fn is_like_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let starts_upper = |word: &&str| word.starts_with(|letter: char| !letter.is_lowercase());
    words.len() > 1
        && words.first().is_some_and(starts_upper)
        && words.last().is_some_and(starts_upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_systems_are_known() {
        for key in [
            "X1ABCD23",
            "aspace_7",
            "0b1f3c5e-7a2d-4c6b-9e8f-123456789abc",
            "64b0c1d2e3f4a5b6c7d8e9f0",
        ] {
            assert!(is_machine_key(key), "{key}");
        }
        for code in
            ["MS 41/7", "RG59", "MSS041", "ms_41_7", "BT 41/7", "A.1945.7", "Harbour", "1945-07-12"]
        {
            assert!(!is_machine_key(code), "{code}");
        }
    }

    #[test]
    fn addresses_for_programs_are_known() {
        for address in [
            "https://api.a.example/7",
            "https://a.example/api/records/7",
            "https://a.example/iiif/7/manifest.json",
            "https://a.example/7?format=json",
        ] {
            assert!(is_machine_address(address), "{address}");
        }
        for address in ["https://a.example/item/7", "https://apiary.example/7", "10.5281/z.7"] {
            assert!(!is_machine_address(address), "{address}");
        }
    }
}
