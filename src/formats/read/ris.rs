//! Reference lists in RIS: a tag of two letters, a dash and a value on each line.

use std::io;

use super::{Accession, Page, Sink, citation_notes, encoding};
use crate::record::date::text;
use crate::record::{Archive, Date, Field, Problem, Reading, Record};

/// Whether a text surely begins a reference list: its first line says of what type a reference is.
pub(super) fn looks_like(beginning: &str) -> bool {
    let first = beginning.lines().find(|line| !line.trim().is_empty());
    first.and_then(tag).is_some_and(|(tag, value)| tag == "TY" && !value.is_empty())
}

/// Reads a list, one reference at a time. A line without a tag goes on with the value above it.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut lines = encoding::Lines::new(file.name, file.bytes);
    sink.page(Page { file: file.name.to_owned(), ..Page::default() });
    let mut list = List { name: file.name, sink, reference: None, strays: None };
    while let Some((number, line)) = lines.next(list.sink)? {
        list.line(number, &line);
    }
    list.end(true);
    list.stray();
    Ok(())
}

/// The tag and the value of a line: `TY  - JOUR`, with one space or two, or none before the value.
fn tag(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let (tag, rest) = line.split_at_checked(2)?;
    let mut letters = tag.chars();
    let upper = letters.next().is_some_and(|letter| letter.is_ascii_uppercase());
    let second = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    let value = rest.trim_start_matches(' ').strip_prefix('-')?;
    let parted = rest.starts_with(' ') && (value.is_empty() || value.starts_with(' '));
    (upper && letters.all(second) && parted).then_some((tag, value.trim()))
}

/// One reference: its tags and values, in the order of the file.
struct Reference {
    /// The line where it begins.
    line: usize,
    values: Vec<(String, String)>,
}

/// A list that is being read.
struct List<'f, 's> {
    name: &'f str,
    sink: &'s mut dyn Sink,
    reference: Option<Reference>,
    /// The lines that stand together outside of a reference, and the number of the first.
    strays: Option<(usize, String)>,
}

impl List<'_, '_> {
    /// Takes in one line.
    fn line(&mut self, number: usize, line: &str) {
        match tag(line) {
            Some(("ER", rest)) => {
                self.end(false);
                if !rest.is_empty() {
                    self.go_on(number, rest);
                }
            }
            Some((tag, value)) => {
                self.stray();
                if tag == "TY" {
                    self.end(true);
                }
                let begin = || Reference { line: number, values: Vec::new() };
                let reference = self.reference.get_or_insert_with(begin);
                reference.values.push((tag.to_owned(), value.to_owned()));
            }
            None if line.trim().is_empty() => {}
            None => self.go_on(number, line.trim()),
        }
    }

    /// A line without a tag: more of the value above, or a line that belongs to none.
    fn go_on(&mut self, number: usize, line: &str) {
        let last = self.reference.as_mut().and_then(|reference| reference.values.last_mut());
        if let Some((_, value)) = last {
            value.push('\n');
            value.push_str(line);
        } else if let Some((_, text)) = &mut self.strays {
            text.push('\n');
            text.push_str(line);
        } else {
            self.strays = Some((number, line.to_owned()));
        }
    }

    /// Keeps the lines that stand together outside of a reference with the list, and says so.
    fn stray(&mut self) {
        let Some((line, text)) = self.strays.take() else { return };
        let first = text.lines().next().unwrap_or("");
        let what = match text.lines().count() {
            1 => format!("“{first}” stands"),
            2 => format!("“{first}” and 1 line more stand"),
            many => format!("“{first}” and {} lines more stand", many - 1),
        };
        let message = format!(
            "{what} outside of a reference, which begins with `TY  - `: kept with the list as a whole"
        );
        self.sink.problem(Problem::note(self.name, Some(line), message));
        let archive = Archive { own: vec![("text".to_owned(), text)], ..Archive::default() };
        self.sink.page(Page { file: self.name.to_owned(), archive, ..Page::default() });
    }

    /// Hands over the reference that ends here. Where another begins, or the file ends, before
    /// its `ER`, that is said.
    fn end(&mut self, open: bool) {
        let Some(reference) = self.reference.take() else { return };
        let line = Some(reference.line);
        if open {
            let message =
                "this reference has no `ER  - ` at its end: it was read as far as it goes";
            self.sink.problem(Problem::note(self.name, line, message));
        }
        if reference.values.first().is_none_or(|(tag, _)| tag != "TY") {
            let message =
                "this reference does not begin with its type, `TY  - `: it was read all the same";
            self.sink.problem(Problem::note(self.name, line, message));
        }
        let record = record(reference.values);
        if record.date.reading != Reading::Undated
            && let Some(message) = text::note(&record.date.text)
        {
            self.sink.problem(Problem::note(self.name, line, message));
        }
        self.sink.record(record);
    }
}

/// The tags that tell the date, the fullest first. What is not taken keeps its tag.
const DATES: [&str; 4] = ["DA", "PY", "Y1", "YR"];

/// The tags that tell the title, the surest first.
const TITLES: [&str; 5] = ["TI", "T1", "CT", "BT", "T2"];

/// The tags that tell of people in most references, but not in those of these types. Zotero's table of
/// fields by type says so: of a case and a rule it is the reporter, of a patent the authority that issued
/// it, and for the others the table has no person there.
const NO_PEOPLE: [(&str, &str); 8] = [
    ("CASE", "A2"),
    ("CASE", "A3"),
    ("CHART", "A2"),
    ("CTLG", "A2"),
    ("FIGURE", "A2"),
    ("LEGAL", "A2"),
    ("PAMP", "A2"),
    ("PAT", "A2"),
];

/// How a note begins in which Reference Manager writes an author that has no tag.
const SUBSIDIARY: &str = "Author, Subsidiary:";

/// What a reference says. A tag without a place of its own is kept as it is.
fn record(values: Vec<(String, String)>) -> Record {
    let first = |tags: &[&'static str]| {
        let has = |tag: &&&str| values.iter().any(|(of, value)| of == **tag && !value.is_empty());
        tags.iter().find(has).copied()
    };
    let readable = |tag: &&&str| {
        let mut values = values.iter().filter(|(of, _)| of == **tag);
        values.any(|(_, value)| Date::read(&plain_date(value)).span().is_some())
    };
    let date = DATES.iter().find(readable).copied().or_else(|| first(&DATES));
    let title = first(&TITLES);
    let kind = values.iter().find(|(tag, _)| tag == "TY").map(|(_, kind)| kind.clone());
    let kind = kind.unwrap_or_default();
    let mut record = Record::default();
    for (tag, value) in values {
        if Some(tag.as_str()) == date && record.date.text.is_empty() {
            record.date = Date::read(&plain_date(&value));
        } else if Some(tag.as_str()) == title {
            record.push(Field::Title, &on_one_line(&value));
        } else if NO_PEOPLE.contains(&(kind.as_str(), tag.as_str())) {
            record.own.push((tag, value));
        } else if let Some(name) = value.strip_prefix(SUBSIDIARY).filter(|_| tag == "N1") {
            record.push(Field::People, name);
        } else if let Some(field) = field(&tag) {
            push(&mut record, field, &value);
        } else if !value.is_empty() {
            record.own.push((tag, value));
        }
    }
    citation_notes::take(&mut record, "N1", "\u{0}");
    record
}

/// The field of a tag.
fn field(tag: &str) -> Option<Field> {
    Some(match tag {
        "AB" | "N2" => Field::Summary,
        "AU" | "A1" | "A2" | "A3" | "A4" | "ED" => Field::People,
        "KW" => Field::Subjects,
        "LA" => Field::Language,
        "DB" | "AN" | "DP" | "CN" => Field::Source,
        "ID" => Field::Id,
        "UR" | "L1" | "L2" | "L3" | "L4" => Field::Url,
        _ => return None,
    })
}

/// Adds what a tag says: of addresses and keywords each on its own, of other values the whole.
fn push(record: &mut Record, field: Field, value: &str) {
    match field {
        Field::Subjects => {
            value.split(['\n', ';']).for_each(|word| record.push(field, word));
        }
        Field::Url => value.split('\n').for_each(|address| record.push(field, address)),
        Field::Summary => record.push(field, value),
        _ => record.push(field, &on_one_line(value)),
    }
}

/// A value that was broken over several lines.
fn on_one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A date without the slashes that stand for what is not known: `1945/07//`, and with words that
/// stand after them in front: `1945///Spring`.
fn plain_date(value: &str) -> String {
    let parts: Vec<&str> = value.split('/').map(str::trim).collect();
    let number = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    match parts.as_slice() {
        [days @ .., other] if days.len() == 3 && days.first().is_some_and(number) => {
            let known: Vec<&str> = days.iter().copied().filter(|part| !part.is_empty()).collect();
            format!("{other} {}", known.join("-")).trim().to_owned()
        }
        [year, month, day] if number(year) => {
            let known = [*year, *month, *day].into_iter().filter(|part| !part.is_empty());
            let two =
                |part: &str| if part.len() == 1 { format!("0{part}") } else { part.to_owned() };
            known.map(two).collect::<Vec<_>>().join("-")
        }
        _ => value.trim().trim_end_matches('/').to_owned(),
    }
}
