//! XML vocabularies whose values are too deep for their names to say what they are: LIDO, `FMPXMLRESULT`,
//! ALTO and PAGE. An element of each becomes an object with plain keys.

use crate::formats::read::json::{Object, Value};

use crate::formats::read::json_items::insert_or_append;
use crate::formats::read::xml::Element;

/// A vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// Objects of museums: LIDO.
    Lido,
    /// A table of `FileMaker`, with the names of its fields so far.
    FileMaker(Vec<String>),
    /// The text of scanned pages: ALTO, with the name of the image.
    Alto(Option<String>),
    /// The text of scanned pages: PAGE, as Transkribus writes it.
    Page,
    /// Notes of Evernote: ENEX.
    Enex,
}

/// The keys of the objects that are made of LIDO, ALTO and PAGE. Other keys are paths.
const KEYS: [&str; 16] = [
    "title",
    "date",
    "begin",
    "end",
    "creator",
    "repository",
    "reference_code",
    "id",
    "summary",
    "subjects",
    "places",
    "rights",
    "url",
    "language",
    "image",
    "type",
];

/// The ends of paths in LIDO, and the keys for their values.
const LIDO_KEYS: &[(&str, &str)] = &[
    ("lidoRecID", "id"),
    ("titleSet.appellationValue", "title"),
    ("objectWorkType.term", "type"),
    ("repositoryName.legalBodyName.appellationValue", "repository"),
    ("repositorySet.workID", "reference_code"),
    ("objectDescriptionSet.descriptiveNoteValue", "summary"),
    ("actor.nameActorSet.appellationValue", "creator"),
    ("eventDate.displayDate", "date"),
    ("date.earliestDate", "begin"),
    ("date.latestDate", "end"),
    ("place.namePlaceSet.appellationValue", "places"),
    ("subjectConcept.term", "subjects"),
    ("rightsType.term", "rights"),
    ("recordInfoLink", "url"),
];

/// Words for the event in which an object was made.
const CREATION_WORDS: [&str; 14] = [
    "production",
    "creation",
    "made",
    "making",
    "design",
    "writing",
    "herstellung",
    "entstehung",
    "entwurf",
    "création",
    "fabrication",
    "produzione",
    "vervaardiging",
    "00007",
];

impl Vocabulary {
    /// Returns the vocabulary of a file with this root element.
    pub(super) fn of_root(root: &str) -> Option<Vocabulary> {
        Some(match root {
            "lido" | "lidoWrap" => Vocabulary::Lido,
            "FMPXMLRESULT" => Vocabulary::FileMaker(Vec::new()),
            "alto" => Vocabulary::Alto(None),
            "PcGts" => Vocabulary::Page,
            "en-export" => Vocabulary::Enex,
            _ => return None,
        })
    }

    /// Returns why a file with this root element has no records, if its vocabulary describes other things.
    pub(super) fn refusal(root: &str) -> Option<&'static str> {
        match root {
            "eac-cpf" | "eac" => Some(
                "this is EAC-CPF: it describes a person or a body and no documents; open the finding aids (EAD) that \
                 belong to it",
            ),
            "premis" => Some(
                "this is PREMIS: it says how files are preserved and describes no documents; open the descriptions \
                 (EAD, MODS, Dublin Core) that belong to it",
            ),
            "Workbook" => Some(
                "this is a workbook of Excel 2003 (XML), which fonds does not read: save it as XLSX or CSV and open that",
            ),
            "kml" | "gpx" => Some(
                "this is a map with places or ways (KML, GPX) and describes no documents: open the file that has the list, or \
                 choose one in it with --records",
            ),
            "opml" => Some(
                "this is an outline or a list of feeds (OPML), which fonds does not read: export an outline as Markdown or CSV \
                 and open that",
            ),
            "schema" | "testsuites" | "testsuite" | "configuration" | "xliff" => Some(
                "this is a file of a program, such as a schema or its settings, and describes no documents: open the file \
                 that has the list",
            ),
            _ => None,
        }
    }

    /// The element of a record.
    pub(super) fn record_element(&self) -> &'static str {
        match self {
            Vocabulary::Lido => "lido",
            Vocabulary::FileMaker(_) => "ROW",
            Vocabulary::Alto(_) | Vocabulary::Page => "Page",
            Vocabulary::Enex => "note",
        }
    }

    /// The keys that mean something; `None` if any may.
    pub(super) fn keys(&self) -> Option<&'static [&'static str]> {
        match self {
            Vocabulary::FileMaker(_) => None,
            _ => Some(&KEYS),
        }
    }

    /// Takes note of an element outside of records.
    pub(super) fn add_outer(&mut self, element: Element<'_>) {
        if let Vocabulary::FileMaker(names) = self
            && element.name() == "FIELD"
        {
            names.push(element.attribute("NAME").unwrap_or("field").to_owned());
        }
    }

    /// Takes note of the text of an element outside of records.
    pub(super) fn add_outer_text(&mut self, name: &str, text: &str) {
        if let Vocabulary::Alto(image) = self
            && name == "fileName"
            && !text.trim().is_empty()
        {
            image.get_or_insert_default().push_str(text.trim());
        }
    }

    /// Returns an element of a record as an object.
    pub(super) fn object_of(&self, element: Element<'_>) -> Object {
        let mut object = Object::default();
        match self {
            Vocabulary::Lido => {
                for child in element.children() {
                    add_lido(&mut object, child.name(), child, None);
                }
            }
            Vocabulary::FileMaker(names) => {
                let columns = element.children_named("COL");
                for (at, column) in columns.enumerate() {
                    let name = names.get(at).cloned();
                    let name = name.unwrap_or_else(|| format!("column {}", at + 1));
                    for value in column.children_named("DATA") {
                        add(&mut object, &name, &value.text());
                    }
                }
            }
            Vocabulary::Enex => add_note(&mut object, element),
            Vocabulary::Alto(image) => {
                add_attributes(&mut object, element, &[("ID", "id")]);
                add(&mut object, "image", image.as_deref().unwrap_or(""));
                add(&mut object, "summary", &text_of_alto(element));
            }
            Vocabulary::Page => {
                add_attributes(&mut object, element, &[("imageFilename", "image")]);
                // A region without lines, and without regions inside, has its text itself.
                let has_lines = |it: &Element<'_>| {
                    it.descendants().any(|it| ["TextLine", "TextRegion"].contains(&it.name()))
                };
                let is_text = |it: &Element<'_>| {
                    it.name() == "TextLine" || (it.name() == "TextRegion" && !has_lines(it))
                };
                let lines = element.descendants().filter(is_text).filter_map(|it| {
                    Some(it.first_child("TextEquiv")?.first_child("Unicode")?.text())
                });
                add(&mut object, "summary", &join_divided(lines));
            }
        }
        object
    }
}

/// Returns the text of a page in ALTO. A word that is divided at the end of a line stands whole in the first one
/// (<https://www.loc.gov/standards/alto/>, `SUBS_CONTENT`).
fn text_of_alto(page: Element<'_>) -> String {
    let (mut lines, mut is_divided) = (Vec::new(), false);
    for line in named(page, "TextLine") {
        let mut words: Vec<String> = Vec::new();
        let is_of_line = |it: &Element<'_>| ["String", "HYP"].contains(&it.name());
        for word in line.descendants().filter(is_of_line) {
            let content = word.attribute("CONTENT").unwrap_or("");
            let whole = word.attribute("SUBS_CONTENT").filter(|whole| !whole.trim().is_empty());
            match (word.attribute("SUBS_TYPE"), whole) {
                (_, _) if word.name() == "HYP" => match words.last_mut() {
                    Some(last) if !is_divided && !last.ends_with(DIVIDERS) => last.push('-'),
                    _ => {}
                },
                (Some("HypPart1"), Some(whole)) => {
                    words.push(whole.to_owned());
                    is_divided = true;
                }
                // Its first part may be on the page before.
                (Some("HypPart2"), Some(_)) if std::mem::take(&mut is_divided) => {}
                (Some("Abbreviation"), Some(whole)) if whole != content => {
                    words.push(format!("{content} [{whole}]"));
                }
                _ => words.push(content.to_owned()),
            }
        }
        lines.push(words.join(" "));
    }
    join_divided(lines)
}

/// Signs at the end of a line that divide a word. The first three are nothing else.
const DIVIDERS: [char; 5] = ['¬', '⸗', '\u{ad}', '-', '‐'];

/// The number of [`DIVIDERS`] that are certain.
const CERTAIN_DIVIDERS: usize = 3;

/// Joins lines. A word that is divided at the end of one stands whole in it.
fn join_divided(lines: impl IntoIterator<Item = String>) -> String {
    let mut joined: Vec<String> = Vec::new();
    for line in lines {
        let line = line.trim();
        let rest = joined.last_mut().and_then(|last| take_second_part(last, line));
        let line = rest.unwrap_or(line).trim_start();
        if !line.is_empty() {
            joined.push(line.to_owned());
        }
    }
    joined.join("\n")
}

/// Adds the second part of a word that is divided at the end of a line. Returns what follows it; `None` if no word is
/// divided.
fn take_second_part<'l>(line: &mut String, next: &'l str) -> Option<&'l str> {
    let sign = line.chars().next_back()?;
    let at = DIVIDERS.iter().position(|divider| *divider == sign)?;
    let first = next.chars().next()?;
    let stem = line.strip_suffix(sign)?;
    let before = stem.chars().next_back()?;
    // A dash stands between the parts of a name too, and as a sign of its own.
    let is_word = before.is_alphabetic() && first.is_alphabetic();
    if !is_word || (at >= CERTAIN_DIVIDERS && !(before.is_lowercase() && first.is_lowercase())) {
        return None;
    }
    let end = next.find(char::is_whitespace).unwrap_or(next.len());
    let (second, rest) = next.split_at(end);
    *line = format!("{stem}{second}");
    Some(rest)
}

/// Adds what a note of Evernote says. Its days and its author are those of the note and not of a document.
fn add_note(object: &mut Object, note: Element<'_>) {
    for child in note.children() {
        match child.name() {
            "title" => add(object, "title", &child.text()),
            "content" => add(object, "summary", &child.raw_text()),
            "tag" => add(object, "subjects", &child.text()),
            "note-attributes" => {
                for attribute in child.children() {
                    let name = attribute.name();
                    let key = if name == "source-url" {
                        "url".to_owned()
                    } else {
                        format!("note.{name}")
                    };
                    add(object, &key, &attribute.text());
                }
            }
            "resource" => {
                let name = named(child, "file-name").next().map(Element::text);
                let kind = named(child, "mime").next().map(Element::text);
                let name = name.or(kind).unwrap_or_else(|| "a file without a name".to_owned());
                add(object, "attachment", &name);
            }
            other => add(object, &format!("note.{other}"), &child.text()),
        }
    }
}

/// Returns the elements of this name in an element.
fn named<'t>(element: Element<'t>, name: &'static str) -> impl Iterator<Item = Element<'t>> {
    element.descendants().filter(move |it| it.name() == name)
}

/// Adds attributes under keys, and all others under their names.
fn add_attributes(object: &mut Object, element: Element<'_>, keys: &[(&str, &str)]) {
    for (name, value) in element.attributes() {
        let key = keys.iter().find(|(attribute, _)| *attribute == name);
        add(object, key.map_or(name, |(_, key)| key), value);
    }
}

/// Adds a text unless it is empty.
fn add(object: &mut Object, key: &str, text: &str) {
    if !text.trim().is_empty() {
        insert_or_append(object, key, Value::from(text.trim()));
    }
}

/// Adds the texts in an element of LIDO. `event` is the type of the event that it belongs to, unless that
/// is the making of the object.
fn add_lido(object: &mut Object, path: &str, element: Element<'_>, event: Option<&str>) {
    let event_type = (element.name() == "event").then(|| {
        let event_type = element.first_child("eventType");
        let text = event_type.map(Element::text).unwrap_or_default();
        let is_creation = CREATION_WORDS.iter().any(|word| text.to_lowercase().contains(word));
        // The id of the type stands before its name.
        let mut terms = event_type.into_iter().flat_map(|it| named(it, "term")).map(Element::text);
        let term = terms.find(|term| !term.is_empty()).unwrap_or(text);
        (!is_creation && !term.is_empty()).then_some(term)
    });
    for (name, value) in element.attributes().filter(|(name, _)| !name.starts_with("xmlns")) {
        add(object, &format!("{path}.{name}"), value);
    }
    let event = match &event_type {
        Some(of_event) => of_event.as_deref(),
        None => event,
    };
    let mut has_children = false;
    for child in element.children() {
        has_children = true;
        add_lido(object, &format!("{path}.{}", child.name()), child, event);
    }
    if has_children {
        return;
    }
    let found = LIDO_KEYS.iter().find(|(end, _)| path.ends_with(end)).map(|(_, key)| *key);
    match (found, event) {
        (Some(key), None) => add(object, key, &element.text()),
        (Some(key), Some(event)) => add(object, &format!("{event}, {key}"), &element.text()),
        (None, _) => add(object, path, &element.text()),
    }
}
