//! What a record is for those who cite it: a letter or another manuscript, how it is called, where
//! it stands.

use std::borrow::Cow;

use crate::record::{Archive, Field, Record};

/// The words that a title begins with which says what a document is and is no name of its own.
/// Such titles stand without quotation marks.
const GENRES: &str = "agreement cable circular communique conversation correspondence decision \
    diary directive dispatch draft information instruction instructions interview letter letters \
    list memo memoranda memorandum message minutes note notes photograph photographs protocol \
    record records report reports resolution speech statement summary talks telegram telegrams \
    telephone transcript untitled";

/// The words that make a document a letter.
const LETTERS: [&str; 3] = ["letter", "letters", "correspondence"];

/// Whether it is a letter: its title begins so, or one of its subjects is that.
pub(super) fn is_letter(record: &Record) -> bool {
    let is_one = |word: String| LETTERS.contains(&word.as_str());
    record.title().is_some_and(|title| is_one(first_word(title)))
        || record.all(Field::Subjects).any(|subject| is_one(subject.to_lowercase()))
}

/// Whether a title says what the document is, and is no name of its own.
pub(crate) fn is_descriptive(title: &str) -> bool {
    let word = first_word(title);
    GENRES.split_whitespace().any(|genre| genre == word)
}

/// The first word of a text, in small letters.
fn first_word(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .find(|word| !word.is_empty())
        .unwrap_or("")
        .to_lowercase()
}

/// The title; where there is none, what stands for it, in the brackets of what the document does
/// not say itself.
pub(crate) fn title(record: &Record) -> Cow<'_, str> {
    if let Some(title) = record.title() {
        return Cow::Borrowed(title);
    }
    let heading = record.marked_heading();
    Cow::Owned(format!("[{}]", heading.trim_start_matches('‹').trim_end_matches('.')))
}

/// Where it stands in the archive: its source and reference, then box and folder.
pub(crate) fn location(record: &Record) -> Option<String> {
    let container = |name: &'static str| {
        let is_it = move |own: &&(String, String)| own.0.rsplit('.').next() == Some(name);
        record.own.iter().filter(is_it).map(move |(_, value)| said_once(name, value))
    };
    let sources = record.all(Field::Source).map(str::to_owned);
    joined(sources.chain(container("box")).chain(container("folder")))
}

/// `box 3`, also where the value says so itself.
fn said_once(name: &str, value: &str) -> String {
    if value.to_lowercase().starts_with(name) {
        value.to_owned()
    } else {
        format!("{name} {value}")
    }
}

/// The collections it belongs to.
pub(crate) fn collection(record: &Record) -> Option<String> {
    joined(record.all(Field::Collection).map(str::to_owned))
}

/// What the archive is called, else who holds it.
pub(crate) fn archive_name(archive: Option<&Archive>) -> Option<&str> {
    let archive = archive?;
    archive.title.as_deref().or(archive.source.as_deref())
}

/// Who holds the archive, where that is said apart from what it is called.
pub(crate) fn repository(archive: Option<&Archive>) -> Option<&str> {
    let archive = archive?;
    archive.source.as_deref().filter(|source| archive.title.as_deref() != Some(*source))
}

/// Texts with commas between them, each once; nothing where there is none.
pub(crate) fn joined(texts: impl IntoIterator<Item = String>) -> Option<String> {
    let mut once: Vec<String> = Vec::new();
    for text in texts {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    (!once.is_empty()).then(|| once.join(", "))
}

/// The fields that a format's own places do not hold as they are, each value under its name. Whether
/// they hold the values of a field, `holds` says.
pub(super) fn noted(record: &Record, holds: impl Fn(Field, &[&str]) -> bool) -> Vec<String> {
    let mut notes = Vec::new();
    for field in Field::ALL {
        let values: Vec<&str> = record.all(field).collect();
        if !values.is_empty() && !holds(field, &values) {
            notes.extend(values.iter().map(|value| format!("{}: {value}", field.key())));
        }
    }
    notes
}

/// The fields of the file's own as notes, each under its name; `own.` stands before a name that means
/// something else.
pub(super) fn own_notes(record: &Record) -> impl Iterator<Item = String> {
    let taken = |name: &str| {
        ["position", "date", "Date"].contains(&name) || Field::from_key(name).is_some()
    };
    record.own.iter().map(move |(name, value)| {
        let before = if taken(name) { "own." } else { "" };
        format!("{before}{name}: {value}")
    })
}

/// A note on one line: its lines are what tells one from the next.
pub(super) fn on_one_line(note: &str) -> String {
    note.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
