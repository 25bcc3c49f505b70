//! The names that a mistyped argument was perhaps meant to be.

/// Returns the one of `names` that a text was perhaps meant to be. At most a third of its letters differ.
pub(super) fn nearest<'a>(
    typed: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let max_distance = typed.chars().count().max(3) / 3;
    let with_distance = names.into_iter().map(|name| (strsim::osa_distance(&typed, name), name));
    let near = with_distance.filter(|(distance, _)| *distance <= max_distance);
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// Returns a question for the end of a sentence that says that there is no such name; nothing if none is near.
pub(super) fn did_you_mean<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(typed, names).map_or_else(String::new, |name| format!(" (did you mean {name}?)"))
}
