//! The facets between the count of a copied page and its first record: the name of a field, and below it its values with
//! the number of records that have each.

use super::labels::label_of;
use super::lines::is_facet;
use super::page_body::TextLine;
use crate::formats::field_names::is_known;

/// The most digits of the number behind a value.
const MAX_NUMBER_DIGITS: usize = 6;

/// Returns the index of the first line behind the facets with which lines begin; 0 if there are none.
pub(super) fn end_of_facets(lines: &[TextLine<'_>]) -> usize {
    let mut end = 0;
    while let Some(length) = lines.get(end..).and_then(length_of_facet) {
        end += length;
    }
    // Something else than facets is below them. A single value above a label is the title of a record.
    let is_title = end == 2 && lines.get(end).is_some_and(|line| label_of(line.text).is_some());
    if end < lines.len() && !is_title { end } else { 0 }
}

/// Returns how many lines the facet has with which lines begin. Its heading is on no other line: a label of a record
/// repeats.
fn length_of_facet(lines: &[TextLine<'_>]) -> Option<usize> {
    let (heading, below) = lines.split_first()?;
    let is_heading = is_known(heading.text)
        && !below.iter().any(|line| line.text.eq_ignore_ascii_case(heading.text));
    // A blank line may part the heading from the values; behind the values there is one.
    let values = below
        .iter()
        .enumerate()
        .take_while(|(at, line)| {
            (*at == 0 || line.blank_above == 0)
                && (is_facet(line.text) || ends_with_number(line.text))
        })
        .count();
    let is_parted = below.get(values).is_some_and(|line| line.blank_above > 0);
    (is_heading && values > 0 && is_parted).then_some(values + 1)
}

/// Whether a text is a name and a number behind it: `Keller, Anna 4`.
fn ends_with_number(text: &str) -> bool {
    text.rsplit_once(' ').is_some_and(|(name, number)| {
        (1..=MAX_NUMBER_DIGITS).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && name.chars().all(|letter| letter.is_alphabetic() || " ,.'’-&".contains(letter))
            && name.contains(char::is_alphabetic)
    })
}
