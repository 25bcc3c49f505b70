//! The name of the archive of a copied page, where the page certainly has it.

use super::join_paragraphs;
use super::lines::Line;
use crate::formats::read::html::names_institution;

/// Takes the name of the archive from the lines above the records, and returns it with the text of the others.
///
/// A name is a line that names an institution by its words, above the count of the page, and the only one. Any other
/// line may be a heading, an entry of a menu or the title of a record without a date.
pub(super) fn take_title(
    intro: &mut Vec<Line<'_>>,
    count_line: Option<usize>,
) -> (Option<String>, Option<String>) {
    let is_name = |line: &Line<'_>| {
        count_line.is_none_or(|count| line.number < count) && names_institution(line.text)
    };
    let first = intro.iter().position(is_name);
    let name = first.and_then(|at| intro.get(at)).map(|line| line.text);
    let is_only = || intro.iter().all(|line| !is_name(line) || Some(line.text) == name);
    let title = first.filter(|_| is_only()).map(|at| intro.remove(at).text.to_owned());
    let description = join_paragraphs(intro, |_, _| '\n');
    (title, (!description.is_empty()).then_some(description))
}
