//! Tells places from persons in values such as those of `Sent to`, which may be either.

use super::fold::fold_name;
use super::name_words as words;

/// Whether texts are places and no persons: some are written like places, and none or fewer like the names of persons. A
/// single word may be either.
pub(crate) fn are_places(texts: &[&str]) -> bool {
    let places = texts.iter().filter(|text| is_like_place(text)).count();
    let is_other = |text: &&&str| text.contains(char::is_whitespace) && !is_like_place(text);
    places > texts.iter().filter(is_other).count()
}

/// Whether a text is written like the name of a place, or of a department: `Weimar, Germany`, `New York`, `Bindery`.
fn is_like_place(text: &str) -> bool {
    let is_department = |part: &str| words::DEPARTMENT.contains(&fold_name(part));
    let is_country = |part: &str| words::COUNTRY.contains(&fold_name(part));
    if let Some((_, last)) = text.rsplit_once(',') {
        return is_country(last);
    }
    let parts: Vec<&str> = text.split_whitespace().collect();
    match parts.as_slice() {
        [first, .., last] => {
            words::PLACE_FIRST.contains(&fold_name(first))
                || words::PLACE_LAST.contains(&fold_name(last))
                || is_department(last)
        }
        [only] => is_country(only) || is_department(only),
        [] => false,
    }
}
