//! Boxes and folders of a record: the words for them, and which folder is in which box.

use std::borrow::Cow;
use std::collections::HashMap;
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
    ];
    let words = lists.into_iter().flat_map(|(list, field, is_type)| {
        list.iter().map(move |word| (fold(word), (field, is_type)))
    });
    words.collect()
});

/// The fewest letters of a word that names a container although it is not known: `Oversize 3`.
const MIN_WORD_LETTERS: usize = 4;

/// Whether a field is a container: a box or a folder.
pub(crate) fn is_container(field: Field) -> bool {
    matches!(field, Field::Box | Field::Folder)
}

/// Returns the words for a box or a folder that mean nothing else.
pub(crate) fn container_words(field: Field) -> &'static [String] {
    match field {
        Field::Box => &WORDS.r#box,
        Field::Folder => &WORDS.folder,
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
    /// Returns the boxes and folders in the order in which they are read: each folder follows its box.
    ///
    /// Several boxes stay in the order of the file. A single one comes before its folders.
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
        if self.all(Field::Box).count() < 2 {
            containers.sort_by_key(|(field, _)| *field);
        }
        containers.into_iter()
    }

    /// Returns the boxes or the folders as files list them. If both lists are equally long, each folder
    /// is in the box beside it; an empty text keeps a place free. [`Record::pair_containers`] undoes it.
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
        let containers: Vec<(Field, &str)> = self.containers().collect();
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

    /// Adds a value of a list in a file. An empty box or folder keeps a place free, until
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
        let mut fields = self.values.iter().map(|(field, _)| *field).filter(|it| is_container(*it));
        let Some(first) = fields.next() else { return };
        let fields: Vec<Field> = std::iter::once(first).chain(fields).collect();
        let runs = fields.chunk_by(PartialEq::eq).count();
        let take = |field: Field| self.all(field).map(str::to_owned).collect::<Vec<String>>();
        let (boxes, folders) = (take(Field::Box), take(Field::Folder));
        let all = self.values.iter().filter(|(field, _)| is_container(*field)).cloned();
        let ordered: Vec<(Field, String)> = if runs == 2 && boxes.len() == folders.len() {
            let pairs = boxes.into_iter().zip(folders);
            pairs.flat_map(|(it, folder)| [(Field::Box, it), (Field::Folder, folder)]).collect()
        } else {
            all.collect()
        };
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
}
