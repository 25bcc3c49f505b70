//! What texts without a label mean by the form that they share in the blocks of a list.

use std::collections::HashSet;

use super::block::{Block, BlockField, DATE_NAME};
use super::label_text::is_field_label;
use super::people::is_inverted_names;
use crate::formats::field_names::{FieldTarget, known_names};
use crate::formats::read::whole_dates::{is_life_of_person, is_whole_date, split_end_date};
use crate::record::Field;

/// The name of people who stand in a block without a label.
const PEOPLE_NAME: &str = "names without a label";

/// Makes creators of the names without a label, if most blocks have some in the same form and no other creator:
/// `Keller, Anna`.
pub(super) fn name_people(blocks: &mut [Block]) {
    let is_creator = |field: &BlockField| {
        let known = || known_names(&field.name).first().map(|known| known.target);
        field.target.or_else(known) == Some(FieldTarget::Field(Field::Creator))
    };
    let has_names = |block: &&Block| block.rests.iter().any(|rest| is_inverted_names(&rest.text));
    let count = blocks.iter().filter(has_names).count();
    let has_creators = blocks.iter().flat_map(|block| &block.fields).any(is_creator);
    if has_creators || count < 2 || 3 * count < 2 * blocks.len() {
        return;
    }
    for block in blocks {
        let Some(at) = block.rests.iter().position(|rest| is_inverted_names(&rest.text)) else {
            continue;
        };
        let names = block.rests.remove(at).text;
        let target = FieldTarget::Field(Field::Creator);
        let names = names.split(';').map(str::trim).filter(|name| !name.is_empty());
        // `Keller, Anna (1978)`: the year is that of the work.
        let names = names.map(|name| match split_end_date(name) {
            Some((bare, years)) if !is_life_of_person(bare, years) => bare,
            _ => name,
        });
        let fields = names.map(|name| BlockField::placed(PEOPLE_NAME, name.to_owned(), target));
        block.fields.extend(fields);
    }
}

/// The most words of a place.
const MAX_PLACE_WORDS: usize = 3;

/// Makes dates of the years behind places, if all blocks have one and no other date, and the places differ:
/// `London: 1911`, `Orla: 1902`. A label is the same in all blocks.
pub(super) fn name_dates_behind_places(blocks: &mut [Block]) {
    let split = |text: &str| -> Option<(String, String)> {
        let (place, date) = text.split_once(": ")?;
        let is_place = place.starts_with(char::is_uppercase)
            && place.split_whitespace().count() <= MAX_PLACE_WORDS
            && !place.contains(|letter: char| letter.is_ascii_digit())
            && !is_field_label(place);
        (is_place && is_whole_date(date)).then(|| (place.to_owned(), date.trim().to_owned()))
    };
    let dated = |block: &Block| block.rests.iter().find_map(|rest| split(&rest.text));
    let found: Option<Vec<(String, String)>> = blocks.iter().map(dated).collect();
    let Some(found) = found.filter(|_| !blocks.iter().any(Block::has_date)) else { return };
    let places: HashSet<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    if places.len() < 2 {
        return;
    }
    for (block, (place, date)) in blocks.iter_mut().zip(&found) {
        if let Some(rest) = block.rests.iter_mut().find(|rest| split(&rest.text).is_some()) {
            rest.text.clone_from(place);
        }
        block.fields.push(BlockField::placed(DATE_NAME, date.clone(), FieldTarget::Date));
    }
}
