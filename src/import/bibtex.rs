//! Reference lists in BibTeX and BibLaTeX.

use std::io;
use std::ops::Range;

use biblatex::{Bibliography, Chunk, ChunksRef, Entry, Person, Type};

mod around;
mod definitions;

use super::{Accession, Page, Sink, noted, text};
use crate::record::{Archive, Date, Field, Problem, Reading, Record, date_text};
use definitions::Definitions;

/// Whether a text surely is of this format: below comments, an entry with a key, or a definition.
pub(super) fn looks_like(beginning: &str) -> bool {
    let entry = entries(beginning).into_iter().next();
    let text = entry.and_then(|entry| beginning.get(entry));
    text.is_some_and(|text| {
        let inside = text.split_once(['{', '(']).map_or("", |(_, inside)| inside);
        let key = inside.split([',', '=']).next().unwrap_or("").trim();
        !key.is_empty() && !key.contains('\n') && inside.contains('=')
    })
}

/// Reads a whole list. An entry that is broken is a problem, and the others stay.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let text = text::read(file.name, file.bytes, sink)?;
    let entries = entries(&text);
    let archive = Archive { own: around::around(&text, &entries), ..Archive::default() };
    sink.page(Page { file: file.name.to_owned(), archive, ..Page::default() });
    let mut list = List { name: file.name, text: &text, sink };
    if entries.is_empty() {
        let message = "no entry was found: each begins with its type and key, `@book{key,`";
        list.sink.problem(Problem::fault(file.name, None, message));
    }
    list.read(&entries);
    Ok(())
}

/// Where each entry stands: from an `@` that begins a line, or follows the end of another entry,
/// to the next. So an entry that is never closed ends where another begins.
fn entries(text: &str) -> Vec<Range<usize>> {
    let begins = |at: usize| {
        let before = text.get(..at).unwrap_or("").trim_end_matches([' ', '\t']);
        let alone = before.is_empty() || before.ends_with(['\n', '\r', '}', ')', '\u{feff}']);
        let after = text.get(at + 1..).unwrap_or("");
        let rest = after.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        alone && rest.len() < after.len() && rest.trim_start().starts_with(['{', '('])
    };
    let starts = text.match_indices('@').map(|(at, _)| at).filter(|at| begins(*at));
    let mut starts: Vec<usize> = starts.collect();
    starts.push(text.len());
    starts.iter().zip(starts.iter().skip(1)).map(|(start, end)| *start..*end).collect()
}

/// An entry with a comma between each value and the field on the line below it.
fn with_commas(entry: &str) -> String {
    let field = |line: &str| {
        let name = line.split_once('=').map(|(name, _)| name.trim());
        name.is_some_and(|name| !name.is_empty() && name.chars().all(char::is_alphanumeric))
    };
    let mut mended = String::new();
    for line in entry.lines() {
        let above = mended.trim_end();
        if above.ends_with(['}', '"']) && field(line) {
            mended.push(',');
        }
        mended.push('\n');
        mended.push_str(line);
    }
    mended
}

/// Whether an entry is nothing but a note of its author, or of a program.
fn is_comment(entry: &str) -> bool {
    let kind = entry.get(1..8).unwrap_or("");
    kind.eq_ignore_ascii_case("comment")
}

/// Whether an entry defines something for the others.
fn is_definition(entry: &str) -> bool {
    let kind = entry.trim_start_matches('@').to_ascii_lowercase();
    kind.starts_with("string") || kind.starts_with("preamble")
}

/// A list that is being read.
struct List<'t, 's> {
    name: &'t str,
    text: &'t str,
    sink: &'s mut dyn Sink,
}

impl List<'_, '_> {
    /// Reads entry by entry with what is defined above it, since one that is broken would take
    /// the others with it.
    fn read(&mut self, entries: &[Range<usize>]) {
        let mut definitions = Definitions::default();
        let (mut defined, mut sound, mut read) = (String::new(), String::new(), Vec::new());
        let (mut line, mut before) = (1, 0);
        for place in entries {
            let entry = self.text.get(place.clone()).unwrap_or("");
            line += lines(self.text.get(before..place.start).unwrap_or(""));
            before = place.start;
            if is_comment(entry) {
                continue;
            }
            let above = definitions.above(entry);
            match Bibliography::parse(&format!("{above}{entry}")) {
                Ok(_) if is_definition(entry) => {
                    definitions.add(entry);
                    defined.push_str(entry);
                }
                Ok(one) => {
                    sound.push_str(entry);
                    read.extend(one.into_vec().into_iter().map(|entry| (line, Ok(entry))));
                }
                Err(error) => {
                    let found = self.broken(entry, line, &above, &error);
                    read.extend(found.into_iter().map(|found| (line, found)));
                }
            }
        }
        // What an entry takes over from another is known only where all stand together.
        let whole = Bibliography::parse(&format!("{defined}{sound}")).ok();
        for (line, entry) in read {
            let record = entry.map_or_else(
                |kept| kept,
                |entry| {
                    let full = whole.as_ref().and_then(|whole| whole.get(&entry.key));
                    record(full.unwrap_or(&entry))
                },
            );
            if record.date.reading != Reading::Undated
                && let Some(message) = date_text::note(&record.date.text)
            {
                self.sink.problem(Problem::note(self.name, Some(line), message));
            }
            self.sink.record(record);
        }
    }

    /// An entry that cannot be read: where a comma is missing it is put in, any other is kept as
    /// it stands.
    fn broken(
        &mut self,
        entry: &str,
        line: usize,
        above: &str,
        error: &biblatex::ParseError,
    ) -> Vec<Result<Entry, Record>> {
        let at = error.span.start.saturating_sub(above.len());
        let line = line + lines(entry.trim_end().get(..at).unwrap_or(entry.trim_end()));
        let entry = entry.trim();
        let mended = Bibliography::parse(&format!("{above}{}", with_commas(entry)));
        if let Ok(mended) = mended {
            let message = "a comma is missing at the end of the line above: it was put in";
            self.sink.problem(Problem::note(self.name, Some(line), message));
            return mended.into_vec().into_iter().map(Ok).collect();
        }
        let message = format!(
            "this entry cannot be read: {}; it is kept as it stands, mend it and open the file again",
            error.kind
        );
        self.sink.problem(Problem::fault(self.name, Some(line), message));
        let inside = entry.split_once(['{', '(']).map_or("", |(_, inside)| inside);
        let key = inside.split([',', '\n']).next().unwrap_or("").trim();
        let mut record = Record::default();
        record.push(Field::Id, key);
        record.own.push(("bibtex".to_owned(), entry.to_owned()));
        vec![Err(record)]
    }
}

/// How many lines end in a text.
fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

/// What an entry says. A field without a place of its own is kept under its name.
fn record(entry: &Entry) -> Record {
    let mut record = Record::default();
    record.push(Field::Id, &entry.key);
    record.own.push(("type".to_owned(), entry.entry_type.to_string()));
    let dated = entry.fields.contains_key("date");
    for (key, chunks) in &entry.fields {
        match key.as_str() {
            "date" => record.date = Date::read(&plain(chunks)),
            "year" | "month" | "day" if !dated => {}
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
    if !dated {
        record.date = year_and_month(entry);
    }
    noted::take(&mut record, "note", noted::BAR);
    record
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
