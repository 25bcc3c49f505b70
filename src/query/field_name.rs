//! The names of fields in the filter.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::clause::{Clause, Phrase, Scope};
use super::suggestion::Suggestion;
use crate::record::{Field, OwnName};
use crate::text::fold::fold;

/// The name before a colon.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FieldName {
    /// The name of a field.
    Field(Scope),
    /// `date`.
    Date,
    /// `is`: whether the user marked the record or wrote a note on it, or whether its date is
    /// doubtful.
    Is,
    /// `note`: the user's note.
    Note,
    /// `file` or `from`: the file of the record, and its archive.
    File,
    /// `like`: the record that others are like.
    Like,
    /// No name of a field, or the beginning of several names.
    Wrong(Suggestion),
}

/// What a name means: see [`FieldName`].
#[derive(Clone, Copy)]
enum Meaning {
    Known(Field),
    Names,
    Date,
    Is,
    Note,
    File,
    Like,
}

/// The names of which any beginning may be typed. Of two names with the same beginning the first is
/// used.
const SHORT_NAMES: [(&str, Meaning); 16] = [
    ("title", Meaning::Known(Field::Title)),
    ("summary", Meaning::Known(Field::Summary)),
    ("name", Meaning::Names),
    ("person", Meaning::Names),
    ("people", Meaning::Names),
    ("places", Meaning::Known(Field::Places)),
    ("subjects", Meaning::Known(Field::Subjects)),
    ("source", Meaning::Known(Field::Source)),
    ("id", Meaning::Known(Field::Id)),
    ("collection", Meaning::Known(Field::Collection)),
    ("language", Meaning::Known(Field::Language)),
    ("rights", Meaning::Known(Field::Rights)),
    ("url", Meaning::Known(Field::Url)),
    ("date", Meaning::Date),
    ("is", Meaning::Is),
    ("note", Meaning::Note),
];

/// The name for the file and archive of a record. A beginning of it is used if no short name and no
/// own field begins so.
const FILE_NAME: (&str, Meaning) = ("from", Meaning::File);

/// The names of which a beginning may be typed if it begins nothing else.
const LONG_NAMES: [(&str, Meaning); 20] = [
    ("file", Meaning::File),
    ("year", Meaning::Date),
    ("creator", Meaning::Known(Field::Creator)),
    ("author", Meaning::Known(Field::Creator)),
    ("sender", Meaning::Known(Field::Creator)),
    ("recipient", Meaning::Known(Field::Recipient)),
    ("contributor", Meaning::Known(Field::Contributor)),
    ("contributor_role", Meaning::Known(Field::ContributorRole)),
    ("role", Meaning::Known(Field::ContributorRole)),
    ("mentioned", Meaning::Known(Field::People)),
    ("repository", Meaning::Known(Field::Repository)),
    ("archive_place", Meaning::Known(Field::ArchivePlace)),
    ("series", Meaning::Known(Field::Series)),
    ("box", Meaning::Known(Field::Box)),
    ("folder", Meaning::Known(Field::Folder)),
    ("container", Meaning::Known(Field::Container)),
    ("reference_code", Meaning::Known(Field::ReferenceCode)),
    ("preferred_citation", Meaning::Known(Field::PreferredCitation)),
    ("citation", Meaning::Known(Field::PreferredCitation)),
    ("like", Meaning::Like),
];

/// Whether one of the names is that of a field.
const fn is_named(field: Field, names: &[(&str, Meaning)]) -> bool {
    let mut index = 0;
    while index < names.len() {
        if let Meaning::Known(known) = names[index].1
            && known as usize == field as usize
        {
            return true;
        }
        index += 1;
    }
    false
}

// A field without a name in the filter does not compile.
const _: () = {
    let mut index = 0;
    while index < Field::ALL.len() {
        let field = Field::ALL[index];
        assert!(is_named(field, &SHORT_NAMES) || is_named(field, &LONG_NAMES));
        index += 1;
    }
};

/// The most names that are proposed instead of an unknown one.
const MAX_NEAREST_NAMES: usize = 3;

/// The names of fields and what they find, for the help.
pub const FIELD_HELP: [(&str, &str); 18] = [
    ("title: summary:", "the title, the summary"),
    ("name:", "people and bodies, whatever their part"),
    ("creator:", "who made it; also author: and sender:"),
    ("recipient:", "whom it is addressed to"),
    ("contributor: role:", "translators, editors and others; their role"),
    ("mentioned:", "people and bodies that it mentions"),
    ("place: subject:", "places, topics and genres"),
    ("box: folder:", "where it lies; container: for reels, shelves ..."),
    ("series: collection:", "the series, the collection"),
    ("repository:", "the archive"),
    ("archive_place:", "the place of the archive"),
    ("reference_code:", "the shelf mark or call number"),
    ("language: id: url:", "fields of these names, and source: and rights:"),
    ("date: is: note:", "the date, what you marked, your note"),
    ("file:", "the file, or the title of its archive; also from:"),
    ("12* \"a b\"~5 id:=x", "longer numbers, words within 5 others, a whole value"),
    ("like:", "records like the one with this id, best first"),
    ("| OR NOT ( )", "one of two, without, in brackets; AND is a blank"),
];

/// Vocabularies whose names other programs write before those of fields.
const VOCABULARIES: [&str; 10] =
    ["bf", "container", "dc", "dct", "dcterms", "ead", "mods", "oai_dc", "rico", "schema"];

/// Returns the meaning of a folded name, or of the beginning of one.
///
/// A whole name takes precedence over a beginning, and a name of fonds over one of an own field.
pub(super) fn find(typed: &str, own_field_names: &[OwnName]) -> Option<FieldName> {
    if typed.is_empty() {
        return None;
    }
    let known = |name: &str| known_names().find(|(known, _)| *known == name);
    if let Some((_, meaning)) = known(typed) {
        return Some(meaning.into());
    }
    let own = |is_name: &dyn Fn(&str) -> bool| {
        let names = own_field_names.iter().filter(|name| is_name(&fold(name)));
        names.cloned().collect::<Vec<OwnName>>()
    };
    let whole = own(&|name| name == typed || last_part(name) == typed);
    if !whole.is_empty() {
        return Some(FieldName::Field(Scope::Own(whole.into())));
    }
    // As other programs write it: container.box, dc.title.
    let of_vocabulary =
        typed.rsplit_once(['.', ':', '/']).filter(|(it, _)| VOCABULARIES.contains(it));
    if let Some((_, meaning)) = of_vocabulary.and_then(|(_, name)| known(name)) {
        return Some(meaning.into());
    }
    if let Some((_, meaning)) = SHORT_NAMES.iter().find(|(name, _)| name.starts_with(typed)) {
        return Some((*meaning).into());
    }
    let begun = own(&|name| name.starts_with(typed));
    if !begun.is_empty() {
        return Some(find_begun_own_name(typed, begun));
    }
    let is_file = FILE_NAME.0.starts_with(typed);
    if is_file { Some(FieldName::File) } else { find_long_name(typed) }
}

/// Whether a folded name is that of a field, and not only the beginning of one.
pub(super) fn is_whole_name(typed: &str, own_field_names: &[OwnName]) -> bool {
    known_names().any(|(name, _)| name == typed)
        || own_field_names.iter().any(|name| fold(name) == typed)
}

/// The names of fonds.
fn known_names() -> impl Iterator<Item = (&'static str, Meaning)> {
    [FILE_NAME].into_iter().chain(SHORT_NAMES).chain(LONG_NAMES)
}

/// Returns the part of the name of an own field behind its last sign: `box` of `container.box`.
fn last_part(name: &str) -> &str {
    name.rsplit(['.', ':', '/']).next().unwrap_or(name)
}

/// Returns the own fields whose names begin with what was typed, or that they have several names.
fn find_begun_own_name(typed: &str, names: Vec<OwnName>) -> FieldName {
    let mut different: Vec<String> = names.iter().map(|name| fold(name)).collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 2 {
        return FieldName::Field(Scope::Own(names.into()));
    }
    FieldName::Wrong(begins_several(typed, &different))
}

/// Returns that what was typed begins several names. At least two are given.
fn begins_several(typed: &str, names: &[impl AsRef<str>]) -> Suggestion {
    let names = names.iter().map(|name| name.as_ref().to_owned()).collect();
    Suggestion::SeveralFields { typed: typed.to_owned(), names }
}

/// The names that people type for those of fields, folded, as data.
static OTHER_NAMES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let table = include_str!("../../assets/filter_fields.toml");
    let names: BTreeMap<String, Vec<String>> = toml::from_str(table).unwrap_or_default();
    let folded = |names: Vec<String>| names.iter().map(|name| fold(name)).collect();
    names.into_iter().map(|(field, names)| (field, folded(names))).collect()
});

/// Returns the names that were perhaps meant, the nearest first.
pub(super) fn nearest_names(typed: &str, own_field_names: &[OwnName]) -> Vec<String> {
    let folded = fold(typed);
    let mut names: Vec<(usize, String)> = known_names()
        .map(|(name, _)| name.to_owned())
        .chain(own_field_names.iter().map(|name| fold(name)))
        .map(|name| {
            let distance = strsim::osa_distance(&folded, &name);
            (distance.min(strsim::osa_distance(&folded, last_part(&name))), name)
        })
        .filter(|(distance, _)| 3 * distance <= folded.chars().count().max(3))
        .collect();
    let meant = OTHER_NAMES.iter().filter(|(_, names)| names.contains(&folded));
    names.extend(meant.map(|(field, _)| (0, field.clone())));
    let last = last_part(&folded);
    names.extend(
        known_names().filter(|(name, _)| *name == last).map(|(name, _)| (0, name.to_owned())),
    );
    names.sort();
    names.dedup();
    names.into_iter().take(MAX_NEAREST_NAMES).map(|(_, name)| name).collect()
}

/// Returns a clause that searches own fields for the same words: those whose names begin with `note`
/// if `clause` searches the user's notes, one called `file` if it searches files, and those with the name of the field
/// that it searches. For a clause that searches own fields, it is the field that has their values in files in which fonds
/// knows the name.
pub(super) fn own_field_clause(clause: &Clause, own_field_names: &[OwnName]) -> Option<Clause> {
    let (phrase, is_searched): (_, &dyn Fn(&str) -> bool) = match clause {
        Clause::Note(phrase) => (phrase, &|name: &str| name.starts_with("note")),
        Clause::File(phrase) => (phrase, &|name: &str| name == "file"),
        Clause::Words(phrase @ Phrase { scope: Scope::Known(field), .. }) => {
            (phrase, &|name: &str| is_same_own_field(*field, name))
        }
        Clause::Words(phrase @ Phrase { scope: Scope::Own(names), .. }) => {
            let of_field = |field| Clause::Words(phrase.with_scope(&Scope::Known(field)));
            return field_with_values_of(names).map(of_field);
        }
        _ => return None,
    };
    let names = own_field_names.iter().filter(|name| is_searched(&fold(name)));
    let names: Vec<OwnName> = names.cloned().collect();
    let scope = Scope::Own(names.into());
    (scope != Scope::Own([].into())).then(|| Clause::Words(phrase.with_scope(&scope)))
}

/// Returns the field that has the values of own fields with these names in files in which fonds knows the name: the box of
/// `Kiste`. In other files it does not, because a surer name is there too.
pub(super) fn field_with_values_of(names: &[OwnName]) -> Option<Field> {
    let name = fold(names.first()?);
    let has_name =
        |(_, names): &(&String, &Vec<String>)| names.iter().any(|other| *other == last_part(&name));
    let (field, _) = OTHER_NAMES.iter().find(has_name)?;
    Field::from_key(field)
}

/// Returns that there is no field of this name, with the names that were perhaps meant.
pub(super) fn unknown_field(typed: &str, own_field_names: &[OwnName]) -> Suggestion {
    let nearest = nearest_names(typed, own_field_names);
    Suggestion::UnknownField { typed: typed.to_owned(), nearest }
}

/// Returns the meaning of the beginning of a long name, or the names if they are several.
fn find_long_name(typed: &str) -> Option<FieldName> {
    let mut names: Vec<(&str, Meaning)> =
        LONG_NAMES.into_iter().filter(|(name, _)| name.starts_with(typed)).collect();
    // `con` means `contributor`: the rarer name needs more letters.
    if names.len() > 1 {
        names.retain(|(name, _)| *name != "container");
    }
    // The beginning of `contributor_role` means `contributor`.
    names.dedup_by(|(name, _), (before, _)| name.starts_with(*before));
    match names.as_slice() {
        [] => None,
        [(_, meaning)] => Some((*meaning).into()),
        several => {
            let names: Vec<&str> = several.iter().map(|(name, _)| *name).collect();
            Some(FieldName::Wrong(begins_several(typed, &names)))
        }
    }
}

impl From<Meaning> for FieldName {
    fn from(meaning: Meaning) -> FieldName {
        match meaning {
            Meaning::Known(field) => FieldName::Field(Scope::Known(field)),
            Meaning::Names => FieldName::Field(Scope::Names),
            Meaning::Date => FieldName::Date,
            Meaning::Is => FieldName::Is,
            Meaning::Note => FieldName::Note,
            Meaning::File => FieldName::File,
            Meaning::Like => FieldName::Like,
        }
    }
}

/// Whether an own field with this folded name means the same as a field: it has one of its names, or ends
/// with one behind a sign, such as `box` and `container.box`.
pub(super) fn is_same_own_field(field: Field, own_name: &str) -> bool {
    let last = last_part(own_name);
    known_names().any(|(name, meaning)| {
        name == last && matches!(meaning, Meaning::Known(known) if known == field)
    })
}
