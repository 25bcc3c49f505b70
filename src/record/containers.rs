//! Boxes, folders and other containers of a record: the words for them, and which folder is in which box.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Field, Record};
use crate::text::fold::fold;

/// The lists of `assets/containers.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContainerWords {
    r#box: Vec<String>,
    folder: Vec<String>,
    box_types: Vec<String>,
    folder_types: Vec<String>,
    other: Vec<String>,
    other_types: Vec<String>,
    other_foreign: Vec<String>,
    english: Vec<String>,
    columns: Vec<String>,
}

/// The words of `assets/containers.toml`.
static WORDS: LazyLock<ContainerWords> = LazyLock::new(|| {
    let words: Option<ContainerWords> =
        toml::from_str(include_str!("../../assets/containers.toml")).ok();
    debug_assert!(words.is_some(), "assets/containers.toml has the keys of ContainerWords");
    words.unwrap_or_default()
});

/// The fields of the words, by their folded texts, and whether a word counts only as a type.
static FIELDS: LazyLock<HashMap<String, (Field, bool)>> = LazyLock::new(|| {
    let lists = [
        (&WORDS.r#box, Field::Box, false),
        (&WORDS.folder, Field::Folder, false),
        (&WORDS.box_types, Field::Box, true),
        (&WORDS.folder_types, Field::Folder, true),
        (&WORDS.other, Field::Container, false),
        (&WORDS.other_foreign, Field::Container, false),
        (&WORDS.other_types, Field::Container, true),
    ];
    let words = lists.into_iter().flat_map(|(list, field, is_type)| {
        list.iter().map(move |word| (fold(word), (field, is_type)))
    });
    words.collect()
});

/// The English words for kinds of containers, which a sentence writes in lower case.
static ENGLISH_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lists = [&WORDS.english, &WORDS.other, &WORDS.other_types];
    lists.into_iter().flatten().map(|word| fold(word)).collect()
});

/// The fewest letters of a word that names a container although it is not known: `Oversize 3`.
const MIN_WORD_LETTERS: usize = 4;

/// Whether a field is a container: a box, a folder, or another one.
pub(crate) fn is_container(field: Field) -> bool {
    is_box_or_folder(field) || field == Field::Container
}

/// Whether a field is a box or a folder.
fn is_box_or_folder(field: Field) -> bool {
    matches!(field, Field::Box | Field::Folder)
}

/// Returns the words for a container that mean nothing else.
pub(crate) fn container_words(field: Field) -> &'static [String] {
    match field {
        Field::Box => &WORDS.r#box,
        Field::Folder => &WORDS.folder,
        Field::Container => &WORDS.columns,
        _ => &[],
    }
}

/// Returns the container that a word means wherever it stands: `Karton`, `Fldr.`
pub(crate) fn field_of_container_word(word: &str) -> Option<Field> {
    let known = FIELDS.get(fold(word).trim_end_matches('.'));
    known.filter(|(_, is_type)| !is_type).map(|(field, _)| *field)
}

/// Returns the container that a word means as the type of a container: `file`, `Karton`.
pub(crate) fn field_of_container_type(word: &str) -> Option<Field> {
    FIELDS.get(fold(word).trim_end_matches('.')).map(|(field, _)| *field)
}

/// Whether a box or folder names its kind itself: `Carton 3`, `Box-3`, `Oversize`. Otherwise the word for
/// its field stands before it.
pub(crate) fn names_container(field: Field, value: &str) -> bool {
    let first = value.split_whitespace().next().unwrap_or_default();
    if field == Field::Container && first.len() < value.len() {
        return first.starts_with(char::is_alphabetic);
    }
    let word = first.trim_end_matches('.');
    let is_word = word.chars().all(char::is_alphabetic) && !word.is_empty();
    let is_known = first.len() < value.len() && field_of_container_type(word).is_some();
    starts_with_key(field, value)
        || (is_word && (is_known || word.chars().count() >= MIN_WORD_LETTERS))
}

/// Whether a value begins with the key of its field: `Box 3`, `boxes 3-4`.
fn starts_with_key(field: Field, value: &str) -> bool {
    value.get(..field.key().len()).is_some_and(|start| start.eq_ignore_ascii_case(field.key()))
}

/// Returns a container as a sentence names it: `box 3`, `carton 3` of `Carton 3`, `Karton 3`.
pub(crate) fn container_in_sentence(field: Field, value: &str) -> String {
    let text = labelled_container(field, value);
    let is_number = |word: &str| word.contains(|letter: char| letter.is_ascii_digit());
    let mut spaces = text.match_indices(' ').map(|(at, _)| at);
    let number_at = spaces.find(|at| {
        text.get(at + 1..).is_some_and(|it| is_number(it.split(' ').next().unwrap_or("")))
    });
    let end = number_at.or_else(|| text.rfind(' ')).unwrap_or(0);
    match text.split_at(end) {
        (kind, number) if ENGLISH_WORDS.contains(fold(kind).trim_end_matches('.')) => {
            kind.to_lowercase() + number
        }
        _ => text.into_owned(),
    }
}

/// Returns a box or folder with the word for it: `box 3`; `Karton 3` stays as it is.
pub(crate) fn labelled_container(field: Field, value: &str) -> Cow<'_, str> {
    let key = field.key();
    match value.get(key.len()..) {
        Some(rest) if starts_with_key(field, value) => Cow::Owned([key, rest].concat()),
        _ if names_container(field, value) => Cow::Borrowed(value),
        _ => Cow::Owned(format!("{key} {value}")),
    }
}

impl Record {
    /// Returns the containers in the order in which they are read: each folder follows its box.
    ///
    /// They stay in the order of the file, but a single box comes before its folders.
    ///
    /// ```
    /// use fonds::record::{Field, Record};
    ///
    /// let mut record = Record::default();
    /// for (field, value) in [(Field::Box, "1"), (Field::Folder, "2"), (Field::Box, "3")] {
    ///     record.push(field, value);
    /// }
    /// assert!(record.containers().eq([(Field::Box, "1"), (Field::Folder, "2"), (Field::Box, "3")]));
    /// ```
    pub fn containers(&self) -> impl Iterator<Item = (Field, &str)> {
        let containers = self.values.iter().filter(|(field, _)| is_container(*field));
        let mut containers: Vec<(Field, &str)> =
            containers.map(|(field, value)| (*field, value.as_str())).collect();
        let index_of = |field| containers.iter().position(|(other, _)| *other == field);
        if let (Some(of_box), Some(of_folder)) = (index_of(Field::Box), index_of(Field::Folder))
            && of_folder < of_box
            && self.all(Field::Box).count() < 2
        {
            let single = containers.remove(of_box);
            containers.insert(of_folder, single);
        }
        containers.into_iter()
    }

    /// Returns the boxes, the folders or the other containers as files list them. If both lists are equally
    /// long, each folder is in the box beside it; an empty text keeps a place free. In the list of other containers,
    /// an empty text is the place of a box or folder. [`Record::pair_containers`] undoes it.
    ///
    /// ```
    /// use fonds::record::{Field, Record};
    ///
    /// let mut record = Record::default();
    /// let containers = [(Field::Box, "1"), (Field::Folder, "2"), (Field::Folder, "3"), (Field::Box, "4")];
    /// containers.iter().for_each(|(field, value)| record.push(*field, value));
    /// assert_eq!(record.listed_containers(Field::Box), ["1", "", "4"]);
    /// assert_eq!(record.listed_containers(Field::Folder), ["2", "3", ""]);
    /// ```
    pub fn listed_containers(&self, field: Field) -> Vec<&str> {
        if field == Field::Container {
            return self.listed_others();
        }
        let containers = self.containers().filter(|(field, _)| is_box_or_folder(*field));
        let containers: Vec<(Field, &str)> = containers.collect();
        let count = |field| containers.iter().filter(|(other, _)| *other == field).count();
        let (boxes, folders) = (count(Field::Box), count(Field::Folder));
        let is_plain = boxes.min(folders) == 0
            || (containers.is_sorted_by_key(|(field, _)| *field)
                && (boxes != folders || boxes == 1));
        if is_plain {
            return self.all(field).collect();
        }
        let mut rows: Vec<[&str; 2]> = Vec::new();
        for (container, value) in containers {
            match (container, rows.last_mut()) {
                (Field::Folder, Some([_, folder])) if folder.is_empty() => *folder = value,
                (Field::Folder, _) => rows.push(["", value]),
                _ => rows.push([value, ""]),
            }
        }
        rows.into_iter()
            .map(|[container, folder]| if field == Field::Box { container } else { folder })
            .collect()
    }

    /// Returns the containers that are neither boxes nor folders. Unless they are the last ones, an empty
    /// text keeps the place of each box and folder.
    fn listed_others(&self) -> Vec<&str> {
        let is_other = |field: Field| field == Field::Container;
        let containers: Vec<(Field, &str)> = self.containers().collect();
        let are_last = containers.is_sorted_by_key(|(field, _)| is_other(*field));
        let has_others = containers.iter().any(|(field, _)| is_other(*field));
        let others = containers.into_iter().filter(|(field, _)| !are_last || is_other(*field));
        let others = others.map(|(field, value)| if is_other(field) { value } else { "" });
        if has_others { others.collect() } else { Vec::new() }
    }

    /// Adds a value of a list in a file. An empty container keeps a place free, until
    /// [`Record::pair_containers`].
    pub fn push_listed(&mut self, field: Field, value: &str) {
        if is_container(field) && value.trim().is_empty() {
            self.values.push((field, String::new()));
        } else {
            self.push(field, value);
        }
    }

    /// Puts each folder behind the box beside it, if a parser added one list after the other and both
    /// lists are equally long. Removes free places. A parser calls it for a finished record.
    pub fn pair_containers(&mut self) {
        if !self.values.iter().any(|(field, _)| is_container(*field)) {
            return;
        }
        let ordered = self.place_others(self.paired_boxes());
        let mut ordered = ordered.into_iter().filter(|(_, value)| !value.is_empty());
        self.values.retain_mut(|value| {
            if !is_container(value.0) {
                return true;
            }
            match ordered.next() {
                Some(next) => *value = next,
                None => return false,
            }
            true
        });
    }

    /// Returns the boxes and folders, each folder behind the box beside it. Free places are empty.
    fn paired_boxes(&self) -> Vec<(Field, String)> {
        let all = self.values.iter().filter(|(field, _)| is_box_or_folder(*field));
        let all: Vec<(Field, String)> = all.cloned().collect();
        let runs = all.chunk_by(|(field, _), (other, _)| field == other).count();
        let of = |field: Field| all.iter().filter(move |(other, _)| *other == field).cloned();
        let (boxes, folders) = (of(Field::Box), of(Field::Folder));
        if runs == 2 && boxes.clone().count() == folders.clone().count() {
            return boxes.zip(folders).flat_map(|(it, folder)| [it, folder]).collect();
        }
        all
    }

    /// Puts the other containers between the boxes and folders: at their places in the record, or where an
    /// empty text leaves the place to a box or folder.
    fn place_others(&self, boxes: Vec<(Field, String)>) -> Vec<(Field, String)> {
        let others = self.values.iter().filter(|(field, _)| *field == Field::Container);
        let has_free_places = others.clone().any(|(_, value)| value.is_empty());
        let mut placed = Vec::new();
        if has_free_places {
            let mut boxes = boxes.into_iter().filter(|(_, value)| !value.is_empty());
            for other in others {
                let value = if other.1.is_empty() { boxes.next() } else { Some(other.clone()) };
                placed.extend(value);
            }
            placed.extend(boxes);
            return placed;
        }
        let mut boxes = boxes.into_iter();
        for value in self.values.iter().filter(|(field, _)| is_container(*field)) {
            let is_other = value.0 == Field::Container;
            placed.extend(if is_other { Some(value.clone()) } else { boxes.next() });
        }
        placed
    }

    /// Adds the containers of another description of the same document that are missing here. A box
    /// and its folders stay together.
    pub(super) fn merge_containers(&mut self, other: &Record) {
        let groups = |record: &Record| {
            let all: Vec<(Field, String)> =
                record.containers().map(|(field, value)| (field, value.to_owned())).collect();
            let groups = all.chunk_by(|_, (next, _)| *next != Field::Box);
            groups.map(<[_]>::to_vec).collect::<Vec<Vec<(Field, String)>>>()
        };
        let mut known = groups(self);
        for group in groups(other) {
            if known.iter().any(|it| it.starts_with(&group)) {
                continue;
            }
            match known.iter_mut().find(|it| group.starts_with(it)) {
                Some(shorter) => *shorter = group,
                None => known.push(group),
            }
        }
        let is_here = |(field, _): &(Field, String)| is_container(*field);
        let at = self.values.iter().position(is_here).unwrap_or(self.values.len());
        self.values.retain(|value| !is_here(value));
        self.values.splice(at..at, known.into_iter().flatten());
    }
}
