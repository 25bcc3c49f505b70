//! Where the document of a MARC record lies: fields 852 (location), 535 (originals), 773 (host), 090 and 099
//! (local call numbers). See <https://www.loc.gov/marc/bibliographic/bd852.html>.

use super::{MarcField, Subfield, push_rest, strip_isbd_punctuation};
use crate::formats::read::shelf_locations::{add_shelf_mark, parse_containers};
use crate::record::{Field, Record};

/// The subfields of field 852 that are the call number.
const CALL_NUMBER_CODES: &str = "hijklm";

/// Adds field 852: the institution, its place, and the call number. All else becomes own fields.
pub(super) fn add_location(field: &MarcField, record: &mut Record) {
    let texts = |code: &str| {
        let texts = field.subfields.iter().filter(|it| it.code == code);
        texts
            .map(|it| strip_isbd_punctuation(&it.text).trim_end_matches('.').to_owned())
            .collect::<Vec<_>>()
    };
    // A code of the MARC list says less than the name beside it.
    let name_code = match (texts("a").first(), texts("b").first()) {
        (None, Some(_)) => "b",
        (Some(institution), Some(part)) if is_code(institution) && !is_code(part) => "b",
        _ => "a",
    };
    let is_part_only = name_code == "b" && texts("a").is_empty();
    // Beside another location, a part alone is one of the same institution.
    let name_code =
        if is_part_only && record.first(Field::Repository).is_some() { "" } else { name_code };
    for name in texts(name_code) {
        record.push(Field::Repository, &name);
    }
    // A house number shows that it is an address.
    let has_number = |text: &str| text.chars().any(|letter| letter.is_ascii_digit());
    let address = texts("e");
    let is_place = !address.iter().any(|text| has_number(text));
    if is_place {
        for place in &address {
            record.push(Field::ArchivePlace, place);
        }
    }
    let call_number: Vec<&str> =
        field.subfields.iter().filter(|it| is_call_number(it)).map(|it| it.text.trim()).collect();
    let call_number = call_number.join(" ");
    add_shelf_mark(call_number.trim_end_matches(['.', ',', ';', ' ']), record);
    let place_code = if is_place { "e" } else { "" };
    push_rest(field, &[name_code, CALL_NUMBER_CODES, place_code].concat(), record);
}

/// Whether a subfield of field 852 is part of the call number.
fn is_call_number(subfield: &Subfield) -> bool {
    !subfield.code.is_empty() && CALL_NUMBER_CODES.contains(&subfield.code)
}

/// Whether a text is a code for an institution, such as `NyNyUA` or `DE-1`.
fn is_code(text: &str) -> bool {
    let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
    !text.contains(' ') && capitals >= 2
}

/// Adds the box and folder of field 773, where it names nothing else. Returns whether it does.
pub(super) fn add_part_of_host(field: &MarcField, record: &mut Record) -> bool {
    let parts = field.subfields.iter().filter(|it| it.code == "g");
    let containers: Option<Vec<_>> = parts.map(|it| parse_containers(&it.text)).collect();
    let containers: Vec<_> = containers.unwrap_or_default().into_iter().flatten().collect();
    for (field, text) in &containers {
        record.push(*field, text);
    }
    !containers.is_empty()
}

/// Adds what other fields say if field 852 does not: the holder of the originals, and the call number.
pub(super) fn add_substitutes(fields: &[MarcField], record: &mut Record) {
    if record.first(Field::Repository).is_none() {
        let holders = fields.iter().filter(|it| it.tag == "535" && it.indicators.starts_with('1'));
        for holder in holders.flat_map(|field| field.subfields.iter()).filter(|it| it.code == "a") {
            record.push(
                Field::Repository,
                strip_isbd_punctuation(&holder.text).trim_end_matches('.'),
            );
        }
    }
    for tag in ["099", "090"] {
        if record.first(Field::ReferenceCode).is_some() {
            return;
        }
        for field in fields.iter().filter(|it| it.tag == tag) {
            let texts =
                field.subfields.iter().filter(|it| ["a", "b", "c"].contains(&it.code.as_str()));
            let text = texts.map(|it| it.text.trim()).collect::<Vec<_>>().join(" ");
            // Libraries use field 090 for other codes too.
            if tag == "099" || text.chars().any(|letter| letter.is_ascii_digit()) {
                record.push(Field::ReferenceCode, &text);
            }
        }
    }
}
