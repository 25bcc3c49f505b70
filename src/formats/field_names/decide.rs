//! Decides between the meanings of a name by its values: `from` with names is a sender, with days a begin.

use super::fold::fold_name;
use super::{FieldTarget, KnownName, LOOSE_RANK, is_system_date, words_of};
use crate::record::{Date, Field};

/// The addition to the rank of a name whose values show that it means another field.
const SETTLED_RANK: usize = 50;

/// Returns the surest meaning of a name that its values allow. Without values it is the surest one.
///
/// The values must show what a name means that has several meanings, or that is known only in part.
pub(crate) fn decide(name: &str, known: &[KnownName], texts: &[&str]) -> Option<KnownName> {
    if texts.is_empty() {
        return known.first().copied();
    }
    let values = Values(texts);
    let is_ambiguous = known.len() > 1;
    let must_show = |known: &KnownName| is_ambiguous || known.rank >= LOOSE_RANK;
    let found = known.iter().find(|known| values.allow(name, known, must_show(known)))?;
    let codes = [Field::Id, Field::ReferenceCode].map(FieldTarget::Field);
    if codes.contains(&found.target) && values.are_mostly(is_address) {
        let target = FieldTarget::Field(Field::Url);
        return Some(KnownName { target, rank: found.rank + SETTLED_RANK });
    }
    Some(*found)
}

/// Some values under a name.
struct Values<'t>(&'t [&'t str]);

impl Values<'_> {
    /// Whether the values allow a meaning. `must_show`: they must be of its kind, and not only of no other.
    fn allow(&self, name: &str, known: &KnownName, must_show: bool) -> bool {
        match known.target {
            FieldTarget::Date | FieldTarget::Begin | FieldTarget::End => {
                // The surest names are those of the document's date, even with a time of day.
                !is_system_date(name)
                    && (known.rank == 0 || !self.are_mostly(is_timestamp))
                    && !self.are_mostly(is_large_number)
                    && (!must_show || self.are_mostly(is_date))
            }
            FieldTarget::Year => self.are_mostly(|text| is_number_to(text, 9999)),
            FieldTarget::Month => self.are_mostly(is_month),
            FieldTarget::Day => self.are_mostly(|text| is_number_to(text, 31)),
            FieldTarget::Field(Field::Title) => !must_show || self.are_mostly(is_prose),
            // Systems write the name of a user's account.
            FieldTarget::Field(Field::Creator)
                if words_of(name).ends_with(&CREATED_BY.map(str::to_owned)) =>
            {
                self.are_mostly(|text| is_prose(text) && text.contains(char::is_whitespace))
            }
            FieldTarget::Field(field) if Field::NAMES.contains(&field) => {
                self.are_mostly(is_prose) && (!must_show || !self.are_mostly(is_date))
            }
            FieldTarget::Field(Field::Url) => {
                (known.rank == 0 && !must_show) || self.are_mostly(is_address)
            }
            FieldTarget::Field(Field::Summary) => {
                !self.are_mostly(is_address) && !self.are_mostly(is_reference)
            }
            FieldTarget::Field(Field::ReferenceCode) if fold_name(name) == "signature" => {
                self.are_mostly(|text| text.contains(|letter: char| letter.is_ascii_digit()))
            }
            FieldTarget::Field(Field::Repository) => {
                self.are_mostly(is_prose)
                    && !self.are_mostly(is_short_code)
                    && !self.are_mostly(is_system_key)
            }
            FieldTarget::Field(Field::Collection | Field::Series | Field::Source) => {
                let are_keys = name.ends_with('s') && self.are_mostly(is_list_key);
                !are_keys && !self.are_mostly(is_reference) && !self.are_mostly(is_system_key)
            }
            FieldTarget::ContributorByRole => self.are_mostly(is_prose),
            FieldTarget::Field(_)
            | FieldTarget::Position
            | FieldTarget::NameKind(_)
            | FieldTarget::DateEvent
            | FieldTarget::DateCoverage
            | FieldTarget::DateCertainty => true,
        }
    }

    /// Whether something holds for at least half of the values.
    fn are_mostly(&self, holds: impl Fn(&str) -> bool) -> bool {
        2 * self.0.iter().filter(|text| holds(text)).count() >= self.0.len()
    }
}

/// Whether a text is a date.
fn is_date(text: &str) -> bool {
    !is_large_number(text) && text.len() <= MAX_DATE_BYTES && Date::parse(text).span().is_some()
}

/// Whether a text is a number above 9999 that is no day such as `19450712`.
fn is_large_number(text: &str) -> bool {
    let is_number = text.len() > 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = || text.len() == 8 && Date::parse(text).span().is_some();
    is_number && !is_day()
}

/// Longer texts are no dates, in bytes.
const MAX_DATE_BYTES: usize = 120;

/// Whether a text is a moment of a system: it has a time to the second that is not midnight.
fn is_timestamp(text: &str) -> bool {
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

/// Whether a text is a whole number from 1 to `most`.
fn is_number_to(text: &str, most: u32) -> bool {
    text.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
}

/// Whether a text is a month: its number or its name.
fn is_month(text: &str) -> bool {
    let is_name = || Date::parse(&format!("{text} 1900")).span().is_some();
    is_number_to(text, 12) || (text.chars().any(char::is_alphabetic) && is_name())
}

/// Whether a text is a web address or a DOI.
pub(crate) fn is_address(text: &str) -> bool {
    let starts = ["http://", "https://", "doi:", "10.", "ark:", "//", "www."];
    starts.iter().any(|start| text.starts_with(start)) && !text.contains(char::is_whitespace)
}

/// The words of the field in which systems write who made the description.
const CREATED_BY: [&str; 2] = ["created", "by"];

/// Whether a text is a code in small letters, such as `tst` for an archive.
fn is_short_code(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() <= MAX_CODE_BYTES && text.bytes().all(is_plain)
}

/// The longest code of an archive, in bytes.
const MAX_CODE_BYTES: usize = 6;

/// The shortest key of a database, in bytes.
const MIN_KEY_BYTES: usize = 8;

/// The length of a UUID, in bytes.
const UUID_BYTES: usize = 36;

/// How often a key of a database goes from letters to digits or back.
const MIN_KEY_CHANGES: usize = 2;

/// Whether a text is the key of a thing in a database: `X1ABCD23`, `5f0c1e2a-…`. Numbers of archives have words,
/// blanks or signs between their parts.
fn is_system_key(text: &str) -> bool {
    let letters = text.as_bytes();
    let is_uuid = letters.len() == UUID_BYTES
        && text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && letters.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    let changes = letters.windows(2).filter(
        |pair| matches!(pair, [one, other] if one.is_ascii_digit() != other.is_ascii_digit()),
    );
    is_uuid
        || (letters.len() >= MIN_KEY_BYTES
            && letters.iter().all(u8::is_ascii_alphanumeric)
            && changes.count() >= MIN_KEY_CHANGES)
}

/// Whether a text may be a key of eight capitals and digits, as Zotero has them for the collections of an item.
fn is_list_key(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    text.len() == MIN_KEY_BYTES
        && text.bytes().all(is_sign)
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a text refers to a thing in the same file or system: `/repositories/2`, `#item_2`.
fn is_reference(text: &str) -> bool {
    text.starts_with(['/', '#']) && !text.contains(char::is_whitespace)
}

/// Whether a text has words: it is no number and no address.
pub(crate) fn is_prose(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !is_address(text) && !is_reference(text)
}
