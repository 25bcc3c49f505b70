//! What an entry says, as a record.

use biblatex::{Chunk, ChunksRef, Entry, Person, Type};

use crate::record::{Date, Field, Record};

/// Puts an entry into a record: its key, its kind, its date and its fields.
pub(super) fn begin(entry: &Entry, record: &mut Record) {
    record.push(Field::Id, &entry.key);
    record.own.push(("type".to_owned(), entry.entry_type.to_string()));
    let dated = entry.fields.get("date");
    record.date = match dated {
        Some(date) => Date::read(&plain(date)),
        None => year_and_month(entry),
    };
    let parts: &[&str] = if dated.is_some() { &["date"] } else { &["year", "month", "day"] };
    describe(entry, parts, record);
}

/// Puts the fields of an entry into a record, but for some. A field without a place of its own is kept
/// under its name.
pub(super) fn describe(entry: &Entry, without: &[&str], record: &mut Record) {
    for (key, chunks) in &entry.fields {
        match key.as_str() {
            key if without.contains(&key) => {}
            "author" | "editor" | "translator" | "editora" | "editorb" | "editorc" => {
                let people: Vec<Person> = Type::from_chunks(chunks).unwrap_or_default();
                for one in &people {
                    record.push(Field::People, &person(one));
                }
            }
            "keywords" | "keyword" => {
                let words = plain(chunks);
                words.split([',', ';']).for_each(|word| record.push(Field::Subjects, word));
            }
            _ => match field(key) {
                Some(field) => record.push(field, &plain(chunks)),
                None => record.own.push((key.clone(), plain(chunks))),
            },
        }
    }
}

/// The field of a key.
fn field(key: &str) -> Option<Field> {
    Some(match key {
        "title" => Field::Title,
        "abstract" => Field::Summary,
        "location" => Field::Places,
        "library" | "howpublished" | "archive" => Field::Source,
        "langid" | "language" => Field::Language,
        "rights" => Field::Rights,
        "url" => Field::Url,
        _ => return None,
    })
}

/// The date of an entry that has a year, and perhaps a month and a day.
fn year_and_month(entry: &Entry) -> Date {
    let part = |key: &str| entry.fields.get(key).map(|chunks| plain(chunks)).unwrap_or_default();
    let parts = [part("day"), part("month"), part("year")];
    let number = |text: &String| text.parse::<u8>().ok();
    let text = match &parts {
        [day, month, year] if number(month).is_some() => {
            let rest = [month, day].into_iter().filter_map(number).map(|one| format!("-{one:02}"));
            year.clone() + &rest.collect::<String>()
        }
        parts => {
            let told = parts.iter().filter(|part| !part.is_empty()).map(String::as_str);
            told.collect::<Vec<_>>().join(" ")
        }
    };
    Date::read(&text)
}

/// A name as `Last, First`, with what stands before and after the last name.
fn person(one: &Person) -> String {
    let last = format!("{} {}", one.prefix, one.name);
    let parts = [last.trim(), one.given_name.trim(), one.suffix.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Commands that say how letters are set, and nothing else.
const SETTINGS: [&str; 10] = [
    "\\textit",
    "\\textbf",
    "\\textsc",
    "\\textrm",
    "\\textsl",
    "\\texttt",
    "\\textsf",
    "\\textup",
    "\\emph",
    "\\mkbibemph",
];

/// The letters of a value, without marks of how they are set.
fn plain(chunks: ChunksRef<'_>) -> String {
    let mut text = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(letters) | Chunk::Verbatim(letters) => text.push_str(letters),
            Chunk::Math(math) => text.push_str(&formula(math)),
        }
    }
    for command in SETTINGS {
        if text.contains(command) {
            text = text.replace(command, "");
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A formula: figures set low or high, and words, as letters; any other as it stands.
fn formula(math: &str) -> String {
    let bare = SETTINGS.iter().fold(math.to_owned(), |text, command| text.replace(command, ""));
    if bare.contains('\\') {
        return format!("${math}$");
    }
    let mut letters = String::new();
    let mut figures = None;
    for letter in bare.chars() {
        match (letter, figures, letter.to_digit(10)) {
            ('_', ..) => figures = Some("₀₁₂₃₄₅₆₇₈₉"),
            ('^', ..) => figures = Some("⁰¹²³⁴⁵⁶⁷⁸⁹"),
            ('{' | '}', ..) => {}
            (_, Some(row), Some(digit)) => letters.extend(row.chars().nth(digit as usize)),
            (other, ..) => {
                figures = None;
                letters.push(other);
            }
        }
    }
    letters
}
