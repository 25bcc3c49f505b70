//! The parser of MARC 21: which field of a record each MARC field fills.
//!
//! The format has two forms: XML is read here, and binary files in `binary.rs`.

mod binary;
mod dates;
mod marc8;

use std::io;

use super::xml::{Element, push_own_field, root_name};
use super::{InputFile, Sink, xml_records};
use crate::record::{Field, Record, SourceHash};
use dates::MarcDates;

pub(crate) use binary::{looks_like_binary, read as read_binary};

/// The MARC fields that fill a field: tag, subfield codes, separator of the subfields, field.
const FIELD_MAPPINGS: &[(&str, &str, &str, Field)] = &[
    ("245", "abnp", " ", Field::Title),
    ("246", "abnp", " ", Field::Title),
    ("100", "abcdq", " ", Field::People),
    ("110", "abcdn", " ", Field::People),
    ("111", "acdn", " ", Field::People),
    ("700", "abcdqt", " ", Field::People),
    ("710", "abcdnt", " ", Field::People),
    ("711", "acdnt", " ", Field::People),
    ("600", "abcdqtvxyz", " -- ", Field::People),
    ("610", "abcdntvxyz", " -- ", Field::People),
    ("611", "acdntvxyz", " -- ", Field::People),
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
    ("852", "abchij", " ", Field::Source),
    ("540", "abcd", " ", Field::Rights),
    ("506", "abcd", " ", Field::Rights),
    ("856", "u", " ", Field::Url),
    ("099", "a", " ", Field::Id),
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

/// The MARC fields of one record, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct MarcFields {
    /// The tag and subfields of each field.
    fields: Vec<(String, Vec<Subfield>)>,
}

impl MarcFields {
    /// The hash of all subfields.
    fn source_hash(&self) -> SourceHash {
        let mut hash = SourceHash::default();
        let subfields = self.fields.iter().flat_map(|(_, subfields)| subfields);
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
        self.fields.push((tag, subfields));
    }

    /// Fills a record from the fields.
    pub(super) fn fill_record(&self, record: &mut Record) {
        if self.fields.is_empty() {
            return;
        }
        let mut dates = MarcDates::default();
        for (tag, subfields) in &self.fields {
            match tag.as_str() {
                "001" => subfields.iter().for_each(|it| record.push(Field::Id, &it.text)),
                "008" => self.add_fixed_length_data(record, subfields, &mut dates),
                _ => add_field_to_record(tag, subfields, record, &mut dates),
            }
        }
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
        if !self.fields.iter().any(|(tag, _)| tag == "041")
            && slice(35..38).chars().all(char::is_alphabetic)
        {
            record.push(Field::Language, slice(35..38));
        }
    }
}

/// Adds a MARC field to a record. Subfields without a field go to own fields: `500.a`.
fn add_field_to_record(
    tag: &str,
    subfields: &[Subfield],
    record: &mut Record,
    dates: &mut MarcDates,
) {
    dates.add_field(tag, subfields);
    let mapping = FIELD_MAPPINGS.iter().find(|(mapped, ..)| *mapped == tag);
    let is_mapped =
        |code: &str| mapping.is_some_and(|(_, codes, ..)| !code.is_empty() && codes.contains(code));
    if let Some((_, _, separator, field)) = mapping {
        let texts = subfields.iter().filter(|it| is_mapped(&it.code)).map(|it| it.text.as_str());
        if matches!(field, Field::Url | Field::Language) {
            texts.for_each(|text| record.push(*field, text));
        } else {
            let texts: Vec<_> =
                texts
                    .map(|text| {
                        if separator.trim().is_empty() {
                            text
                        } else {
                            strip_isbd_punctuation(text)
                        }
                    })
                    .collect();
            record.push(*field, strip_isbd_punctuation(&texts.join(separator)));
        }
    }
    for Subfield { code, text } in subfields.iter().filter(|it| !is_mapped(&it.code)) {
        let is_date = dates::is_date_text(tag, code);
        if !is_date {
            let name = if code.is_empty() { tag.to_owned() } else { format!("{tag}.{code}") };
            push_own_field(record, &name, text);
        }
    }
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
