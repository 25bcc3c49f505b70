//! The names of a MARC record: who made the document (1xx), had a part in it (7xx), or is mentioned (6xx).
//! See <https://www.loc.gov/marc/bibliographic/bdx00.html>.

use super::{MarcField, Subfield, push_rest, strip_isbd_punctuation};
use crate::formats::read::roles::{self, NamedParty, role_with_code};
use crate::formats::read::xml::push_own_field;
use crate::record::{Field, Name, Record, StatedKind};

/// The subdivisions of a subject heading.
const SUBDIVISIONS: &str = "vxyz";
/// The subfields of the title of a work, where a heading has one.
const TITLE_CODES: &str = "tfgklmnoprs";

/// Adds a field with a name. Returns false for any other field.
pub(super) fn add_name(field: &MarcField, record: &mut Record) -> bool {
    let name_codes = match field.tag.get(1..) {
        Some("00") => "abcdq",
        Some("10") => "abcdn",
        Some("11") => "acdneq",
        Some("20") if field.tag == "720" => "a",
        _ => return false,
    };
    match field.tag.get(..1) {
        Some("1") => add_party(field, name_codes, Field::Creator, record),
        Some("7") => add_party(field, name_codes, Field::Contributor, record),
        Some("6") => add_subject(field, name_codes, record),
        _ => return false,
    }
    true
}

/// Adds who made the document or had a part in it.
fn add_party(field: &MarcField, name_codes: &str, default: Field, record: &mut Record) {
    let heading = Heading::new(field, name_codes);
    if default == Field::Contributor && !heading.title.is_empty() {
        // This is another work, and nothing says what its author has to do with the document.
        record.push(Field::People, &heading.name);
        push_own_field(record, &field.tag, &heading.name_and_title());
        heading.push_unused(field, record);
        return push_rest(field, &[name_codes, TITLE_CODES].concat(), record);
    }
    heading.push_unused(field, record);
    let roles = roles(field);
    let party = NamedParty { name: &heading.name, roles: &roles, kind: kind(field), default };
    let role_codes =
        if party.add_to(record) == Field::Contributor { role_codes(field) } else { "" };
    push_rest(field, &[name_codes, role_codes].concat(), record);
}

/// Adds the name of a subject heading to the people mentioned. A heading with subdivisions or a title also
/// becomes a subject.
fn add_subject(field: &MarcField, name_codes: &str, record: &mut Record) {
    let heading = Heading::new(field, name_codes);
    let is_recipient = |role: &String| roles::field_of_role(role) == Some(Field::Recipient);
    let person_field =
        if roles(field).iter().any(is_recipient) { Field::Recipient } else { Field::People };
    record.push(person_field, &heading.name);
    let subdivisions = field.subfields.iter().filter(|it| SUBDIVISIONS.contains(it.code.as_str()));
    let subdivisions: Vec<&str> = subdivisions
        .filter(|it| !it.code.is_empty())
        .map(|it| strip_isbd_punctuation(&it.text))
        .collect();
    if !subdivisions.is_empty() || !heading.title.is_empty() {
        let name_and_title = heading.name_and_title();
        let parts: Vec<&str> =
            std::iter::once(name_and_title.as_str()).chain(subdivisions).collect();
        record.push(Field::Subjects, strip_isbd_punctuation(&parts.join(" -- ")));
    }
    heading.push_unused(field, record);
    let title_codes = if heading.title.is_empty() { "" } else { TITLE_CODES };
    push_rest(field, &[name_codes, title_codes, SUBDIVISIONS].concat(), record);
}

/// The name and the title of a work in a heading.
struct Heading {
    name: String,
    title: String,
    /// The subfields of the name behind the title, and of the title before the name, as code and text.
    unused: Vec<(String, String)>,
}

impl Heading {
    /// Takes a field apart. What comes before subfield `t` is the name.
    fn new(field: &MarcField, name_codes: &str) -> Heading {
        let title_at = field.subfields.iter().position(|it| it.code == "t");
        let (name, title) = field.subfields.split_at(title_at.unwrap_or(field.subfields.len()));
        let has_title = !title.is_empty();
        let join = |subfields: &[Subfield], codes: &str| {
            let texts =
                subfields.iter().filter(|it| !it.code.is_empty() && codes.contains(&it.code));
            let texts: Vec<&str> =
                texts.map(|it| it.text.trim()).filter(|text| !text.is_empty()).collect();
            strip_isbd_punctuation(&texts.join(" ")).to_owned()
        };
        let mut name = Name::strip_full_stop(&join(name, name_codes)).to_owned();
        // A full stop stands before the title.
        let last_word = name.rsplit([' ', '.']).find(|word| !word.is_empty()).unwrap_or("");
        if has_title && last_word.chars().count() > 2 {
            name.truncate(name.trim_end_matches('.').len());
        }
        let has = |codes: &str, it: &Subfield| !it.code.is_empty() && codes.contains(&it.code);
        let (before, after) = field.subfields.split_at(title_at.unwrap_or(field.subfields.len()));
        let before =
            before.iter().filter(|it| has_title && has(TITLE_CODES, it) && !has(name_codes, it));
        let after = after.iter().filter(|it| has(name_codes, it) && !has(TITLE_CODES, it));
        let unused = before.chain(after).map(|it| (it.code.clone(), it.text.clone()));
        Heading { name, title: join(title, TITLE_CODES), unused: unused.collect() }
    }

    /// Keeps what is neither in the name nor in the title.
    fn push_unused(&self, field: &MarcField, record: &mut Record) {
        for (code, text) in &self.unused {
            push_own_field(record, &format!("{}.{code}", field.tag), text);
        }
    }

    /// The name and the title as one text.
    fn name_and_title(&self) -> String {
        match (self.name.is_empty(), self.title.is_empty()) {
            (false, false) => format!("{}. {}", self.name.trim_end_matches('.'), self.title),
            _ => [self.name.as_str(), &self.title].concat(),
        }
    }
}

/// The subfields with the words and codes of roles.
fn role_codes(field: &MarcField) -> &'static str {
    // In the fields of meetings, `e` is a part of the body.
    if field.tag.ends_with("11") { "j4" } else { "e4" }
}

/// Returns the roles: each word with the code beside it, or both apart where they say different things.
fn roles(field: &MarcField) -> Vec<String> {
    let (word_code, _) = role_codes(field).split_at(1);
    let texts = |code: &str| {
        let texts = field.subfields.iter().filter(|it| it.code == code);
        let texts =
            texts.map(|it| it.text.trim().trim_end_matches(['.', ',', ';', ' ']).to_owned());
        texts.filter(|text| !text.is_empty()).collect::<Vec<String>>()
    };
    let (mut words, codes) = (texts(word_code), texts("4"));
    let is_same = |(word, code): (&String, &String)| {
        let field = roles::field_of_role(code);
        field == roles::field_of_role(word) || field.is_none()
    };
    if words.len() == codes.len() && words.iter().zip(&codes).all(is_same) {
        return words.iter().zip(&codes).map(|(word, code)| role_with_code(word, code)).collect();
    }
    words.extend(codes);
    words
}

/// What the tag states about the name.
fn kind(field: &MarcField) -> Option<StatedKind> {
    match field.tag.get(1..)? {
        "00" if field.indicators.starts_with('3') => Some(StatedKind::Family),
        "00" if field.indicators.starts_with('0') => Some(StatedKind::Forename),
        "00" => Some(StatedKind::Person),
        "10" | "11" => Some(StatedKind::Body),
        _ => None,
    }
}
