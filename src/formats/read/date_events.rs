//! What happened at a date: whether it can be the date of a document.

/// How words begin for events of a copy, a scan, a file or a description.
const UNRELATED_STEMS: [&str; 17] = [
    "digit",
    "scan",
    "captur",
    "reprod",
    "microfilm",
    "acqui",
    "access",
    "deaccess",
    "modif",
    "updat",
    "availab",
    "upload",
    "valid",
    "harvest",
    "catalog",
    "descri",
    "restor",
];

/// How words begin for the making of a copy.
const COPY_STEMS: [&str; 5] = ["digit", "scan", "reprod", "microfilm", "upload"];

/// How words begin for events that date a document only if nothing else does.
const SECONDARY_STEMS: [&str; 5] = ["publi", "broadcast", "copyright", "issu", "distribut"];

/// Whether a date of this event never is the date of the document: `digitization`, `dateModified`.
pub(super) fn is_unrelated(event: &str) -> bool {
    begins_with(event, &UNRELATED_STEMS)
}

/// Whether a date of this event is that of a copy: `digitized`.
pub(super) fn is_of_copy(event: &str) -> bool {
    begins_with(event, &COPY_STEMS)
}

/// Whether a date of this event counts only if there is no other: `publication`.
pub(super) fn is_secondary(event: &str) -> bool {
    begins_with(event, &SECONDARY_STEMS)
}

/// Whether the word of an event begins with one of the stems. `date` in front of it does not matter.
fn begins_with(event: &str, stems: &[&str]) -> bool {
    if event.is_empty() {
        return false;
    }
    let event = event.trim().to_lowercase();
    let word = event.strip_prefix("date").unwrap_or(&event);
    let word = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    stems.iter().any(|stem| word.starts_with(stem))
}
