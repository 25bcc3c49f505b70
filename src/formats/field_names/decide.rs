//! Decides between the meanings of a name by its values: `from` with names is a sender, with days a begin.

use std::collections::HashSet;

use super::date_names::may_be_of_row;
use super::fold::fold_name;
use super::place_values::are_places;
use super::titles::THING_TITLE_RANK;
use super::values::{
    has_no_letter, is_address, is_collecting_service, is_date, is_domain, is_earlier_date,
    is_file_address, is_large_number, is_like_name, is_lower_word, is_machine_address,
    is_machine_key, is_month, is_number_to, is_numbered_code, is_picture_address, is_prose,
    is_recent, is_reference, is_short_code, is_timestamp, is_web_address, is_whole_hour,
    is_zero_date, may_be_path,
};
use super::{FieldTarget, KnownName, LOOSE_RANK, is_system_date, words_of};
use crate::record::Field;

/// The addition to the rank of a name whose values show that it means another field.
const SETTLED_RANK: usize = 50;

/// The addition to the rank of addresses that a browser does not open as they are: `10.5281/z.7`.
const BARE_ADDRESS_RANK: usize = 900;

/// The addition to the rank of addresses for programs. Any other address counts before them.
const MACHINE_ADDRESS_RANK: usize = 2_000;

/// The addition to the rank of addresses of pictures. Any other address counts before them.
const PICTURE_ADDRESS_RANK: usize = 3_000;

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
    let url = FieldTarget::Field(Field::Url);
    let settled = |target| KnownName { target, rank: found.rank + SETTLED_RANK };
    let meaning = if codes.contains(&found.target) && values.are_mostly(is_address) {
        settled(url)
    } else if found.target == FieldTarget::Field(Field::ReferenceCode)
        && values.are_mostly(is_machine_key)
    {
        // Readers never ask for the key of a system.
        settled(FieldTarget::Field(Field::Id))
    } else {
        *found
    };
    let addition = if meaning.target == url { values.address_rank() } else { 0 };
    Some(KnownName { rank: meaning.rank + addition, ..meaning })
}

/// Some values under a name.
struct Values<'t>(&'t [&'t str]);

impl Values<'_> {
    /// Whether the values allow a meaning. `must_show`: they must be of its kind, and not only of no other.
    fn allow(&self, name: &str, known: &KnownName, must_show: bool) -> bool {
        match known.target {
            FieldTarget::Date | FieldTarget::Begin | FieldTarget::End => {
                // The surest names are those of the document's date, even with a time of day.
                let is_of_row = may_be_of_row(name) && self.are_mostly(is_recent);
                !is_system_date(name)
                    && !is_of_row
                    && (known.rank == 0
                        || !self.are_mostly(is_timestamp)
                        || is_moment_of_taking(name)
                        // Before programs wrote theirs, a moment is one of the document.
                        || self.are_mostly(is_earlier_date)
                        || (is_publication(name) && self.are_mostly(is_whole_hour)))
                    && !self.has_more_numbers_than_dates()
                    && !self.0.iter().all(|text| is_zero_date(text))
                    && (!must_show || self.are_mostly(is_date))
            }
            // Zeroes and negative numbers stand for years that are not known.
            FieldTarget::Year => {
                let is_unknown = |text: &str| is_zero_date(text) || text.starts_with('-');
                let is_year = |text: &str| is_number_to(text, 9999);
                self.are_mostly(|text| is_year(text) || is_unknown(text))
                    && self.0.iter().any(|text| is_year(text))
            }
            FieldTarget::Month => self.are_mostly(is_month),
            FieldTarget::Day => self.are_mostly(|text| is_number_to(text, 31)),
            FieldTarget::Field(field) => self.allow_field(name, field, known, must_show),
            FieldTarget::ContributorByRole => self.are_mostly(is_prose),
            FieldTarget::DateEvent => !is_system_date(name) && !self.are_mostly(is_date),
            FieldTarget::DateCoverage | FieldTarget::DateCertainty => !is_system_date(name),
            FieldTarget::DateCode | FieldTarget::Position | FieldTarget::NameKind(_) => true,
        }
    }

    /// Whether the values allow a field.
    fn allow_field(&self, name: &str, field: Field, known: &KnownName, must_show: bool) -> bool {
        match field {
            Field::Title if known.rank == THING_TITLE_RANK => self.are_mostly_titles(),
            Field::Title => !must_show || self.are_mostly(is_prose),
            // Systems write the name of a user's account.
            Field::Creator if words_of(name).ends_with(&CREATED_BY.map(str::to_owned)) => {
                self.are_mostly(|text| is_prose(text) && text.contains(char::is_whitespace))
            }
            // Letters are sent to places as well.
            Field::Recipient if fold_name(name) == "sentto" && are_places(self.0) => false,
            Field::Creator if fold_name(name) == "sentfrom" => {
                self.are_mostly(is_like_name) && !are_places(self.0)
            }
            field if Field::NAMES.contains(&field) => {
                self.are_mostly(is_prose)
                    && (!must_show || !self.are_mostly(|text| is_date(text) && !is_life(text)))
            }
            Field::Url => {
                let may_be = known.rank == 0 && !must_show && self.are_mostly(may_be_path);
                may_be || self.are_mostly(is_address)
            }
            Field::Summary => !self.are_mostly(is_address) && !self.are_mostly(is_reference),
            Field::ReferenceCode if is_signature(name) => {
                self.are_mostly(|text| text.contains(|letter: char| letter.is_ascii_digit()))
            }
            Field::Repository => self.are_mostly(is_prose) && !self.are_mostly(is_code_of_archive),
            Field::Source => {
                let is_of_system = |text: &str| {
                    has_no_letter(text)
                        || is_lower_word(text)
                        || is_machine_key(text)
                        || is_collecting_service(text)
                        || is_domain(text)
                };
                !self.are_mostly(is_reference)
                    && !self.are_mostly(is_of_system)
                    && !self.are_list_keys(name)
            }
            Field::Collection => {
                let is_id = |text: &str| has_no_letter(text) && names_ids(name);
                !self.are_mostly(is_reference)
                    && !self.are_mostly(is_machine_key)
                    && !self.are_mostly(is_id)
                    && !self.are_mostly(|text| PLACES_OF_MATCHES.contains(&text))
                    && !self.are_list_keys(name)
            }
            Field::Series => {
                !self.are_mostly(is_reference)
                    && !self.are_mostly(is_machine_key)
                    && !self.are_list_keys(name)
            }
            Field::Places => !self.are_mostly(has_no_letter) && !self.are_mostly(is_reference),
            Field::Language | Field::Rights => !self.are_mostly(has_no_letter),
            // How many there are.
            Field::Subjects => {
                !self.are_mostly(|text| text.parse().is_ok_and(|it: u32| it < 1_000))
            }
            _ => true,
        }
    }

    /// Whether the values are the keys of the collections of an item, as Zotero has them.
    fn are_list_keys(&self, name: &str) -> bool {
        name.ends_with('s') && self.are_mostly(is_list_key)
    }

    /// Returns the number to add to the rank of an address. Addresses that people open have the best rank, those of
    /// programs the worst.
    fn address_rank(&self) -> usize {
        if self.are_mostly(is_picture_address) {
            PICTURE_ADDRESS_RANK
        } else if self.are_mostly(is_machine_address) {
            MACHINE_ADDRESS_RANK
        } else if self.are_mostly(|text| is_address(text) && !is_web_address(text)) {
            BARE_ADDRESS_RANK
        } else {
            0
        }
    }

    /// Whether numbers such as days of a spreadsheet or seconds of a system outnumber the dates.
    fn has_more_numbers_than_dates(&self) -> bool {
        let count = |holds: fn(&str) -> bool| self.0.iter().filter(|text| holds(text)).count();
        count(is_large_number) > count(is_date)
    }

    /// Whether most values may be titles of documents and differ: no files, codes, kinds of documents or answers.
    fn are_mostly_titles(&self) -> bool {
        let is_title = |text: &&str| {
            let has_word = text.split(|it: char| !it.is_alphabetic()).any(|it| it.len() > 2);
            has_word && is_prose(text) && !is_file_address(text) && !has_code(text)
        };
        let titles: HashSet<&str> = self.0.iter().copied().filter(is_title).collect();
        2 * titles.len() > self.0.len()
    }

    /// Whether something holds for at least half of the values.
    fn are_mostly(&self, holds: impl Fn(&str) -> bool) -> bool {
        2 * self.0.iter().filter(|text| holds(text)).count() >= self.0.len()
    }
}

/// Whether a text is a code of a system: a key, or capitals and digits.
fn has_code(text: &str) -> bool {
    is_machine_key(text) || is_short_code(text) || is_numbered_code(text)
}

/// Whether a name is that of the moment at which a camera took a picture.
fn is_moment_of_taking(name: &str) -> bool {
    let name = fold_name(name);
    ["datetimeoriginal", "phototakentime"].iter().any(|known| name.starts_with(known))
}

/// Whether a name is that of the day of publication, which catalogues of books write with a time of day: `pubdate`.
fn is_publication(name: &str) -> bool {
    ["pubdate", "publicationdate", "publishdate"].contains(&fold_name(name).as_str())
}

/// Whether a text is a code of a system for an archive, or what it calls its only one.
fn is_code_of_archive(text: &str) -> bool {
    let is_code = is_short_code(text) || is_numbered_code(text) || is_machine_key(text);
    is_code || text == DEFAULT_REPOSITORY
}

/// What systems call the only repository that they have.
const DEFAULT_REPOSITORY: &str = "default";

/// Where a search found its words, as services say it under `FoundIn`.
const PLACES_OF_MATCHES: [&str; 4] = ["Metadata", "Text", "Full text", "Both"];

/// Whether a name may be that of a signature by hand as well as of a code.
fn is_signature(name: &str) -> bool {
    ["signature", "sign", "sig"].contains(&fold_name(name).as_str())
}

/// Whether numbers under a name of collections are ids of a system: `collection_id`, `collections`.
fn names_ids(name: &str) -> bool {
    let last = words_of(name).pop().unwrap_or_default();
    ["id", "ids", "collections", "of"].contains(&last.as_str())
}

/// The words of the field in which systems write who made the description.
const CREATED_BY: [&str; 2] = ["created", "by"];

/// The length of a key that Zotero gives to a collection, in bytes.
const LIST_KEY_BYTES: usize = 8;

/// Whether a text may be a key of eight capitals and digits, as Zotero has them for the collections of an item.
fn is_list_key(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    text.len() == LIST_KEY_BYTES
        && text.bytes().all(is_sign)
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a text is a name with the years of a life behind it: `Keller, Anna (1880-1950)`, `Keller, Anna, 1880-`.
fn is_life(text: &str) -> bool {
    let name = text.trim_end_matches([')', ']']);
    let name = name.trim_end_matches(|it: char| it.is_ascii_digit() || "-–? ".contains(it));
    let is_in_brackets = name.ends_with(['(', '[']);
    let name = name.trim_end_matches(['(', '[', ',', ' ']);
    let has_parts = name.contains(", ") || (is_in_brackets && name.contains(' '));
    has_parts && name.len() < text.len() && !name.contains(|letter: char| letter.is_ascii_digit())
}
