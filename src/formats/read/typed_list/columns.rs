//! Columns of a typed list that blanks part: `MS 41/7    12 July 1945    Keller to Weidl`.

use std::borrow::Cow;

/// As many blanks always part columns.
const MIN_SURE_BLANKS: usize = 3;

/// The fewest lines with columns.
const MIN_LINES: usize = 2;

/// Puts tabs between columns, if most lines of a text have some. The number of lines stays.
pub(super) fn with_tabs(text: &str) -> Cow<'_, str> {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let columns = lines().filter(|line| gaps(line).next().is_some()).count();
    if columns < MIN_LINES || 3 * columns <= 2 * lines().count() {
        return Cow::Borrowed(text);
    }
    let mut found = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut from = 0;
        for (start, end) in gaps(line) {
            found.push_str(line.get(from..start).unwrap_or_default());
            found.push('\t');
            from = end;
        }
        found.push_str(line.get(from..).unwrap_or_default());
    }
    Cow::Owned(found)
}

/// Returns where several blanks stand between two texts of a line. Behind a full stop they may be those of prose.
fn gaps(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_gap = move |(start, end): &(usize, usize)| {
        if end - start >= MIN_SURE_BLANKS && *start > 0 {
            return true;
        }
        let before = line.get(..*start).and_then(|text| text.chars().next_back());
        let after = line.get(*end..).and_then(|text| text.chars().next());
        let is_text = |letter: Option<char>| {
            letter.is_some_and(|it| it.is_alphanumeric() || "()[]".contains(it))
        };
        is_text(before) && is_text(after)
    };
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + line.get(from..)?.find("  ")?;
        let blanks = line.get(start..)?.bytes().take_while(|byte| *byte == b' ').count();
        from = start + blanks;
        Some((start, from))
    })
    .filter(is_gap)
}
