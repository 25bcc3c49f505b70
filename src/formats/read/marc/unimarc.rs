//! Which field of a record each UNIMARC field fills. Libraries in France, Italy, Portugal, Russia and other
//! countries use it instead of MARC 21, with the same files.
//!
//! See IFLA, UNIMARC Bibliographic, 3rd edition: <https://www.ifla.org/publications/unimarc-formats-and-related-documentation/>.

use super::dates::MarcDates;
use super::letters::Letters;
use super::{MarcField, MarcFields, Subfield, has_code, holdings, push_rest};
use crate::formats::read::roles::NamedParty;
use crate::formats::read::shelf_locations::add_shelf_mark;
use crate::formats::read::xml::push_own_field;
use crate::record::{Field, Record, StatedKind};

/// The UNIMARC fields that fill a field: tag, subfield codes, separator of the subfields, field.
const FIELD_MAPPINGS: &[(&str, &str, &str, Field)] = &[
    ("101", "a", ", ", Field::Language),
    ("225", "av", " ; ", Field::Collection),
    ("330", "a", " ", Field::Summary),
    ("461", "t", " ", Field::Collection),
    ("463", "t", " ", Field::Collection),
    ("510", "aehi", " ", Field::Title),
    ("517", "aehi", " ", Field::Title),
    ("605", "anxyz", " -- ", Field::Subjects),
    ("606", "axyz", " -- ", Field::Subjects),
    ("607", "axyz", " -- ", Field::Places),
    ("608", "axyz", " -- ", Field::Subjects),
    ("610", "a", "; ", Field::Subjects),
    ("856", "u", " ", Field::Url),
];

/// The length of the coded data in field 100 that say what a record is.
const MIN_CODED_DATA: usize = 26;

/// Whether fields are those of UNIMARC, which has the title in field 200 and no field 245.
pub(super) fn is_unimarc(fields: &[MarcField]) -> bool {
    let has = |tag: &str, code: &str| {
        fields.iter().any(|it| it.tag == tag && it.subfields.iter().any(|it| it.code == code))
    };
    has("200", "a") && !fields.iter().any(|it| it.tag == "245")
}

/// The encoding that field 100 of a UNIMARC record states; `None` for other records.
pub(super) fn stated_letters(raw_fields: &[(&[u8], &[u8])]) -> Option<Letters> {
    if raw_fields.iter().any(|(tag, _)| *tag == b"245") {
        return None;
    }
    let (_, content) = raw_fields.iter().find(|(tag, _)| *tag == b"100")?;
    let data = content.split(|byte| *byte == 0x1f).find_map(|it| it.strip_prefix(b"a"))?;
    match data.get(MIN_CODED_DATA..MIN_CODED_DATA + 2)? {
        b"50" => Some(Letters::Utf8),
        b"01" | b"03" => Some(Letters::Iso5426),
        _ => None,
    }
}

/// Fills a record from the fields.
pub(super) fn fill_record(fields: &MarcFields, record: &mut Record) {
    let mut dates = MarcDates::default();
    for field in &fields.fields {
        match field.tag.as_str() {
            "001" => field.subfields.iter().for_each(|it| record.push(Field::Id, &it.text)),
            "100" => add_coded_data(field, record, &mut dates),
            "200" => add_title(field, record),
            "210" | "214" | "219" => add_publication(field, record, &mut dates),
            "852" => holdings::add_location(field, record),
            "995" => add_copy(field, record),
            _ if add_name(field, record) => {}
            _ => add_field(field, record),
        }
    }
    dates.apply_to(record);
}

/// Adds a field that fills a field of the record. Subfields without one go to own fields: `300.a`.
fn add_field(field: &MarcField, record: &mut Record) {
    let mapping = FIELD_MAPPINGS.iter().find(|(tag, ..)| *tag == field.tag);
    if let Some((_, codes, separator, target)) = mapping {
        if [Field::Language, Field::Url].contains(target) {
            texts(field, codes).for_each(|text| record.push(*target, text));
        } else {
            record.push(*target, &texts(field, codes).collect::<Vec<_>>().join(separator));
        }
    }
    push_rest(field, mapping.map_or("", |(_, codes, ..)| codes), record);
}

/// The texts of the subfields with these codes that are not empty.
fn texts<'a>(field: &'a MarcField, codes: &'a str) -> impl Iterator<Item = &'a str> {
    let subfields = field.subfields.iter().filter(move |it| has_code(it, codes));
    subfields.map(|it| it.text.trim()).filter(|text| !text.is_empty())
}

/// Adds field 200. UNIMARC has no punctuation between its parts.
fn add_title(field: &MarcField, record: &mut Record) {
    let mut title = String::new();
    for Subfield { code, text } in field.subfields.iter().filter(|it| has_code(it, "aehi")) {
        // A library may have put the punctuation in nevertheless.
        let text = text.trim().trim_start_matches([':', ';', '/', '.', ' ']);
        let before = match code.as_str() {
            _ if title.is_empty() => "",
            "a" => " ; ",
            "e" => " : ",
            "i" if title.ends_with(|c: char| c.is_ascii_digit()) => ", ",
            _ => ". ",
        };
        if !text.is_empty() {
            title.truncate(title.trim_end_matches([':', ';', '/', ' ']).len());
            title.push_str(before);
            title.push_str(text);
        }
    }
    record.push(Field::Title, title.trim_end_matches([':', ';', '/', ' ']));
    for text in texts(field, "d") {
        record.push(Field::Title, text.trim_start_matches(['=', ' ']));
    }
    push_rest(field, "adehi", record);
}

/// Adds the date of the fields 210 and 214, whose other subfields are the place and the publisher.
fn add_publication(field: &MarcField, record: &mut Record, dates: &mut MarcDates) {
    let subfields: Vec<Subfield> = texts(field, "dh")
        .map(|text| Subfield { code: "c".to_owned(), text: text.to_owned() })
        .collect();
    dates.add_field("260", &subfields);
    push_rest(field, "dh", record);
}

/// Adds field 100, the coded data: dates, and the whole field as an own field.
fn add_coded_data(field: &MarcField, record: &mut Record, dates: &mut MarcDates) {
    for subfield in &field.subfields {
        push_own_field(record, "100.a", &subfield.text);
    }
    let data = texts(field, "a").next().unwrap_or("");
    // The type of date in MARC 21, whose field 008 has the same dates two characters further left.
    let kind = match data.as_bytes().get(8) {
        Some(b'a') => 'c',
        Some(b'b') => 'd',
        Some(b'd') => 's',
        Some(b'e') => 'r',
        Some(b'f') => 'q',
        Some(b'g') => 'm',
        Some(b'h') => 't',
        Some(b'i') => 'p',
        Some(b'j') => 'e',
        Some(b'c' | b'u') => 'u',
        _ => return,
    };
    let years = data.get(9..17).unwrap_or("");
    dates.set_fixed_length_data(&format!("      {kind}{years}"));
}

/// Adds field 995, a copy in a library: who has it, and the shelf mark.
fn add_copy(field: &MarcField, record: &mut Record) {
    let holder = ["a", "c", "b"].into_iter().find(|code| texts(field, code).next().is_some());
    let is_first = record.first(Field::Repository).is_none();
    let holder = holder.filter(|_| is_first).unwrap_or("");
    for name in texts(field, holder) {
        record.push(Field::Repository, name);
    }
    add_shelf_mark(&texts(field, "k").collect::<Vec<_>>().join(" "), record);
    push_rest(field, &[holder, "k"].concat(), record);
}

/// Adds the name of a field: of somebody responsible (7xx) or of a subject (600 to 604). Returns false if the field
/// has another tag.
fn add_name(field: &MarcField, record: &mut Record) -> bool {
    let (kind, codes) = match field.tag.as_str() {
        "600" | "700" | "701" | "702" => (StatedKind::Person, "abcdf"),
        "601" | "710" | "711" | "712" => (StatedKind::Body, "abcdef"),
        "602" | "720" | "721" | "722" => (StatedKind::Family, "adf"),
        _ => return false,
    };
    let name = heading(field, codes, kind == StatedKind::Body);
    if field.tag.starts_with('6') {
        record.push(Field::People, &name);
        let subdivisions: Vec<&str> = texts(field, "txyz").collect();
        if !subdivisions.is_empty() {
            record.push(Field::Subjects, &[&[name.as_str()], &*subdivisions].concat().join(" -- "));
        }
        push_rest(field, &[codes, "txyz"].concat(), record);
        return true;
    }
    let default = if field.tag.ends_with('2') { Field::Contributor } else { Field::Creator };
    let roles: Vec<String> = texts(field, "4").map(role).collect();
    let party = NamedParty { name: &name, roles: &roles, kind: Some(kind), default };
    let role_code = if party.add_to(record) == Field::Contributor { "4" } else { "" };
    push_rest(field, &[codes, role_code].concat(), record);
    true
}

/// The parts of a name with commas between them: `Hugo, Victor, 1802-1885`.
fn heading(field: &MarcField, codes: &str, is_body: bool) -> String {
    let mut name = String::new();
    for Subfield { code, text } in field.subfields.iter().filter(|it| has_code(it, codes)) {
        let text = text.trim().trim_matches([',', '(', ')', ' ']);
        if text.is_empty() {
            continue;
        }
        let before = match code.as_str() {
            _ if name.is_empty() => "",
            "b" if is_body => ". ",
            _ => ", ",
        };
        name.push_str(before);
        name.push_str(text);
    }
    name
}

/// The role of a code: that of MARC 21 for the same role, or the code itself.
fn role(code: &str) -> String {
    let lines = include_str!("../../../../assets/unimarc_roles.tsv").lines();
    let mut pairs = lines.filter_map(|line| line.split_once('\t'));
    let found = pairs.find(|(number, _)| *number == code).map(|(_, role)| role);
    found.unwrap_or(code).to_owned()
}
