//! The parser of MARC 21: which field of a record each MARC field fills.
//!
//! The format has two forms: XML is read here, and binary files in `binary.rs`. Both may hold UNIMARC, for
//! which `unimarc.rs` says what each field fills.

mod binary;
mod dates;
mod directory;
mod holdings;
mod iso5426;
mod letters;
mod marc8;
mod names;
mod unimarc;

use std::io;

use super::shelf_locations::without_citation_heading;
use super::xml::{Element, push_own_field, root_name};
use super::{InputFile, Sink, xml_records};
use crate::record::{Field, Record, SourceHash, TitleForm};
use dates::MarcDates;

pub(super) use binary::RECORD_TERMINATOR;
pub(crate) use binary::{looks_like_binary, read as read_binary};

/// The MARC fields that fill a field: tag, subfield codes, separator of the subfields, field.
const FIELD_MAPPINGS: &[(&str, &str, &str, Field)] = &[
    ("245", "abknps", " ", Field::Title),
    ("246", "abnp", " ", Field::Title),
    ("650", "abvxyz", " -- ", Field::Subjects),
    ("648", "avxyz", " -- ", Field::Subjects),
    ("653", "a", " ", Field::Subjects),
    ("655", "avxyz", " -- ", Field::Subjects),
    ("656", "avxyz", " -- ", Field::Subjects),
    ("630", "adfknpvxyz", " -- ", Field::Subjects),
    ("689", "a", " ", Field::Subjects),
    ("651", "avxyz", " -- ", Field::Places),
    ("520", "ab", " ", Field::Summary),
    ("041", "a", ", ", Field::Language),
    ("540", "abcd", " ", Field::Rights),
    ("506", "abcd", " ", Field::Rights),
    ("856", "u", " ", Field::Url),
    ("099", "a", " ", Field::Id),
    ("524", "a", " ", Field::PreferredCitation),
    ("490", "av", " ", Field::Collection),
    ("830", "av", " ", Field::Collection),
    ("773", "t", " ", Field::Collection),
];

/// A subfield of a MARC field, or the whole content of a field without subfields.
#[derive(Clone, Debug)]
pub(super) struct Subfield {
    /// The code; empty for a whole field.
    pub(super) code: String,
    /// The content.
    pub(super) text: String,
}

/// The values of an indicator that change a field, with their meanings.
type Meanings = &'static [(char, &'static str)];

/// The indicators that change the meaning of a field: tag, first or second indicator, meanings.
///
/// All others are about filing and printing.
const INDICATOR_MEANINGS: &[(&str, usize, Meanings)] = &[
    ("041", 1, &[('1', "translation")]),
    ("246", 2, &[('1', "parallel title"), ('3', "other title"), ('4', "cover title")]),
    (
        "264",
        2,
        &[('0', "production"), ('2', "distribution"), ('3', "manufacture"), ('4', "copyright")],
    ),
    ("520", 1, &[('0', "subject"), ('1', "review"), ('4', "content advice")]),
    ("700", 2, &[('2', "part of this")]),
    ("710", 2, &[('2', "part of this")]),
    ("711", 2, &[('2', "part of this")]),
    ("856", 2, &[('1', "version of this"), ('2', "related to this")]),
];

/// Whether a text starts like MARCXML.
pub(super) fn looks_like(beginning: &str) -> bool {
    let root = root_name(beginning);
    root.is_some_and(|name| ["collection", "record"].contains(&name))
        && ["MARC21/slim", "datafield", "controlfield", "<leader"]
            .iter()
            .any(|it| beginning.contains(it))
}

/// Reads every record in a file of MARCXML.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    xml_records::read(file, sink)
}

/// A MARC field.
#[derive(Debug)]
struct MarcField {
    tag: String,
    /// Its two indicators.
    indicators: String,
    subfields: Vec<Subfield>,
}

impl MarcField {
    /// Whether it is the field with this tag in its original script, for which field 880 stands.
    fn is_in_original_script(&self, tag: &str) -> bool {
        self.tag == "880"
            && self.subfields.iter().any(|it| it.code == "6" && it.text.trim().starts_with(tag))
    }
}

/// The MARC fields of one record, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct MarcFields {
    fields: Vec<MarcField>,
}

impl MarcFields {
    /// The hash of all subfields.
    fn source_hash(&self) -> SourceHash {
        let mut hash = SourceHash::default();
        let subfields = self.fields.iter().flat_map(|field| &field.subfields);
        subfields.for_each(|subfield| hash.add_text(&subfield.text));
        hash
    }

    /// Adds a MARCXML element: a leader, control field or data field.
    pub(super) fn add_element(&mut self, element: Element<'_>) {
        let tag = element.attribute("tag").unwrap_or(element.name()).to_owned();
        let mut subfields: Vec<_> = element
            .children_named("subfield")
            .map(|subfield| Subfield {
                code: subfield.attribute("code").unwrap_or("").to_owned(),
                text: subfield.text(),
            })
            .collect();
        if subfields.is_empty() {
            subfields.push(Subfield { code: String::new(), text: element.raw_text() });
        }
        let indicator = |name| element.attribute(name).unwrap_or(" ");
        self.push(tag, &[indicator("ind1"), indicator("ind2")].concat(), subfields);
    }

    /// Adds a field, with the meanings of its two indicators as subfields `ind1` and `ind2`.
    pub(super) fn push(&mut self, tag: String, indicators: &str, mut subfields: Vec<Subfield>) {
        let rows = INDICATOR_MEANINGS.iter().filter(|(other, ..)| *other == tag);
        for (_, number, meanings) in rows {
            let indicator = indicators.chars().nth(number - 1);
            if let Some((_, meaning)) = meanings.iter().find(|(c, _)| Some(*c) == indicator) {
                let code = format!("ind{number}");
                subfields.push(Subfield { code, text: (*meaning).to_owned() });
            }
        }
        self.fields.push(MarcField { tag, indicators: indicators.to_owned(), subfields });
    }

    /// Fills a record from the fields.
    pub(super) fn fill_record(&self, record: &mut Record) {
        if self.fields.is_empty() {
            return;
        }
        if unimarc::is_unimarc(&self.fields) {
            return unimarc::fill_record(self, record);
        }
        let mut dates = MarcDates::default();
        for field in &self.fields {
            match field.tag.as_str() {
                "001" => field.subfields.iter().for_each(|it| record.push(Field::Id, &it.text)),
                "008" => self.add_fixed_length_data(record, &field.subfields, &mut dates),
                "852" => holdings::add_location(field, record),
                _ if names::add_name(field, record) => {}
                _ => add_field_to_record(field, record, &mut dates),
            }
        }
        for field in self.fields.iter().filter(|field| field.is_in_original_script("245")) {
            record.push(Field::Title, &joined_subfields(field, "abknps", " "));
        }
        holdings::add_substitutes(&self.fields, record);
        dates.apply_to(record);
    }

    /// Adds field 008, the fixed-length data: dates, language, and the whole field as an own field.
    fn add_fixed_length_data(
        &self,
        record: &mut Record,
        subfields: &[Subfield],
        dates: &mut MarcDates,
    ) {
        let text = subfields.first().map_or("", |subfield| subfield.text.as_str());
        push_own_field(record, "008", text);
        let slice = |range| text.get::<std::ops::Range<usize>>(range).unwrap_or("").trim();
        dates.set_fixed_length_data(text);
        if !self.fields.iter().any(|field| field.tag == "041")
            && slice(35..38).chars().all(char::is_alphabetic)
        {
            record.push(Field::Language, slice(35..38));
        }
    }
}

/// Adds a MARC field to a record. Subfields without a field go to own fields: `500.a`.
fn add_field_to_record(field: &MarcField, record: &mut Record, dates: &mut MarcDates) {
    dates.add_field(&field.tag, &field.subfields);
    let mapping = FIELD_MAPPINGS.iter().find(|(tag, ..)| *tag == field.tag);
    let mut used_codes = mapping.map_or("", |(_, codes, ..)| codes).to_owned();
    match mapping {
        Some((_, codes, _, target @ (Field::Url | Field::Language))) => {
            let subfields = field.subfields.iter().filter(|it| has_code(it, codes));
            subfields.for_each(|it| record.push(*target, &it.text));
        }
        Some((_, codes, separator, Field::PreferredCitation)) => {
            let text = joined_subfields(field, codes, separator);
            record.push(Field::PreferredCitation, without_citation_heading(&text));
        }
        Some((_, codes, separator, target)) => {
            record
                .push(*target, strip_isbd_punctuation(&joined_subfields(field, codes, separator)));
        }
        None => {}
    }
    if field.tag == "245" && is_supplied_title(field) {
        record.set_title_form(TitleForm::Description);
    }
    if field.tag == "773" && holdings::add_part_of_host(field, record) {
        used_codes.push('g');
    }
    push_rest(field, &used_codes, record);
}

/// Whether a subfield has one of these codes.
fn has_code(subfield: &Subfield, codes: &str) -> bool {
    !subfield.code.is_empty() && codes.contains(&subfield.code)
}

/// Joins the subfields with these codes.
fn joined_subfields(field: &MarcField, codes: &str, separator: &str) -> String {
    let texts = field.subfields.iter().filter(|it| has_code(it, codes)).map(|it| it.text.as_str());
    let is_plain = separator.trim().is_empty();
    let texts = texts.map(|text| if is_plain { text } else { strip_isbd_punctuation(text) });
    texts.collect::<Vec<_>>().join(separator)
}

/// Adds the subfields without these codes to the own fields.
fn push_rest(field: &MarcField, used_codes: &str, record: &mut Record) {
    let tag = &field.tag;
    for subfield in field.subfields.iter().filter(|it| !has_code(it, used_codes)) {
        let Subfield { code, text } = subfield;
        if !dates::is_date_text(tag, code) {
            let name = if code.is_empty() { tag.clone() } else { format!("{tag}.{code}") };
            push_own_field(record, &name, text);
        }
    }
}

/// Whether the title is in square brackets: the cataloguer supplied it.
fn is_supplied_title(field: &MarcField) -> bool {
    let title = field.subfields.iter().find(|it| it.code == "a").map_or("", |it| it.text.trim());
    let title = title.trim_end_matches(['/', ':', ';', ',', '=', '.', ' ']);
    title.starts_with('[') && title.ends_with(']')
}

/// Removes the ISBD punctuation at the end of a text that only introduces the next subfield.
fn strip_isbd_punctuation(text: &str) -> &str {
    let text = text.trim().trim_end_matches(['/', ':', ';', ',', '=']).trim_end();
    // A full stop stays after an initial or abbreviation, and where it ends a sentence.
    match text.strip_suffix('.') {
        Some(rest)
            if !rest.contains(". ")
                && rest.split_whitespace().last().is_some_and(|word| word.chars().count() > 4) =>
        {
            rest
        }
        _ => text,
    }
}
