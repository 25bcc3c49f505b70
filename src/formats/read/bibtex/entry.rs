//! Converts a BibLaTeX entry to a record.

use biblatex::{Chunk, ChunksRef, Entry, Person, Type};

use crate::record::{Date, Field, Record};

/// Fills a record with the key, type, date and fields of an entry.
pub(super) fn fill_record(entry: &Entry, record: &mut Record) {
    record.push(Field::Id, &entry.key);
    record.own.push(("type".to_owned(), entry.entry_type.to_string()));
    let date = entry.fields.get("date");
    record.date = match date {
        Some(date) => Date::parse(&plain_text(date)),
        None => date_from_parts(entry),
    };
    let date_fields: &[&str] = if date.is_some() { &["date"] } else { &["year", "month", "day"] };
    add_fields(entry, date_fields, record);
}

/// Adds the fields of an entry to a record, except those in `without`. An unknown field becomes an
/// own field.
pub(super) fn add_fields(entry: &Entry, without: &[&str], record: &mut Record) {
    for (key, chunks) in &entry.fields {
        match key.as_str() {
            key if without.contains(&key) => {}
            "author" | "editor" | "translator" | "editora" | "editorb" | "editorc" => {
                let people: Vec<Person> = Type::from_chunks(chunks).unwrap_or_default();
                for person in &people {
                    record.push(Field::People, &person_name(person));
                }
            }
            "keywords" | "keyword" => {
                let words = plain_text(chunks);
                words.split([',', ';']).for_each(|word| record.push(Field::Subjects, word));
            }
            _ => match field_for_key(key) {
                Some(field) => record.push(field, &plain_text(chunks)),
                None => record.own.push((key.clone(), plain_text(chunks))),
            },
        }
    }
}

/// Returns the record field for a BibLaTeX field.
fn field_for_key(key: &str) -> Option<Field> {
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

/// Returns the date from the fields `year`, `month` and `day`.
fn date_from_parts(entry: &Entry) -> Date {
    let part =
        |key: &str| entry.fields.get(key).map(|chunks| plain_text(chunks)).unwrap_or_default();
    let parts = [part("day"), part("month"), part("year")];
    let number = |text: &String| text.parse::<u8>().ok();
    let text = match &parts {
        [day, month, year] if number(month).is_some() => {
            let rest =
                [month, day].into_iter().filter_map(number).map(|number| format!("-{number:02}"));
            year.clone() + &rest.collect::<String>()
        }
        parts => {
            let present = parts.iter().filter(|part| !part.is_empty()).map(String::as_str);
            present.collect::<Vec<_>>().join(" ")
        }
    };
    Date::parse(&text)
}

/// Returns a name as `Last, First`, with the prefix and suffix of the last name.
fn person_name(person: &Person) -> String {
    let last = format!("{} {}", person.prefix, person.name);
    let parts = [last.trim(), person.given_name.trim(), person.suffix.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// TeX commands that only change the font.
const FONT_COMMANDS: [&str; 10] = [
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

/// Returns the plain text of a value, without font commands.
fn plain_text(chunks: ChunksRef<'_>) -> String {
    let mut text = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(letters) | Chunk::Verbatim(letters) => text.push_str(letters),
            Chunk::Math(math) => text.push_str(&plain_formula(math)),
        }
    }
    for command in FONT_COMMANDS {
        if text.contains(command) {
            text = text.replace(command, "");
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a simple formula as Unicode text with subscripts and superscripts. Any other formula
/// stays TeX.
fn plain_formula(math: &str) -> String {
    let bare =
        FONT_COMMANDS.iter().fold(math.to_owned(), |text, command| text.replace(command, ""));
    if bare.contains('\\') {
        return format!("${math}$");
    }
    let mut letters = String::new();
    let mut digit_forms = None;
    for letter in bare.chars() {
        match (letter, digit_forms, letter.to_digit(10)) {
            ('_', ..) => digit_forms = Some("₀₁₂₃₄₅₆₇₈₉"),
            ('^', ..) => digit_forms = Some("⁰¹²³⁴⁵⁶⁷⁸⁹"),
            ('{' | '}', ..) => {}
            (_, Some(forms), Some(digit)) => letters.extend(forms.chars().nth(digit as usize)),
            (other, ..) => {
                digit_forms = None;
                letters.push(other);
            }
        }
    }
    letters
}
