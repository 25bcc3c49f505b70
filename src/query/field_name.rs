//! The names of fields in the filter.

use super::clause::Scope;
use crate::record::Field;
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
    /// `from`: the file of the record, and its archive.
    File,
    /// The beginning of several names, with a message about them.
    Ambiguous(String),
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
const LONG_NAMES: [(&str, Meaning); 17] = [
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
];

/// The names of fields and what they find, for the help.
pub const FIELD_HELP: [(&str, &str); 15] = [
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
    ("from:", "the file, or the title of its archive"),
];

/// Returns the meaning of a folded name, or of the beginning of one.
///
/// A whole name takes precedence over a beginning, and a name of fonds over one of an own field.
pub(super) fn find(typed: &str, own_field_names: &[String]) -> Option<FieldName> {
    if typed.is_empty() {
        return None;
    }
    let own = |is_name: &dyn Fn(&str) -> bool| {
        let name = own_field_names.iter().find(|name| is_name(&fold(name)))?;
        Some(FieldName::Field(Scope::Own(name.clone())))
    };
    let mut all = [FILE_NAME].into_iter().chain(SHORT_NAMES).chain(LONG_NAMES);
    if let Some((_, meaning)) = all.find(|(name, _)| *name == typed) {
        return Some(meaning.into());
    }
    if let Some(own) = own(&|name| name == typed) {
        return Some(own);
    }
    if let Some((_, meaning)) = SHORT_NAMES.iter().find(|(name, _)| name.starts_with(typed)) {
        return Some((*meaning).into());
    }
    if let Some(own) = own(&|name| name.starts_with(typed)) {
        return Some(own);
    }
    let is_file = FILE_NAME.0.starts_with(typed);
    if is_file { Some(FieldName::File) } else { find_long_name(typed) }
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
        [others @ .., (last, _)] => {
            let others: Vec<&str> = others.iter().map(|(name, _)| *name).collect();
            let message = format!(
                "“{typed}:” begins {} and {last}: type more of the name",
                others.join(", ")
            );
            Some(FieldName::Ambiguous(message))
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
        }
    }
}

/// Whether an own field with this folded name means the same as a field with long names: it has one
/// of them, or ends with one after a dot, such as `box` and `container.box`.
pub(super) fn is_same_own_field(field: Field, own_name: &str) -> bool {
    let last = own_name.rsplit('.').next().unwrap_or(own_name);
    LONG_NAMES.iter().any(|(name, meaning)| {
        *name == last && matches!(meaning, Meaning::Known(known) if *known == field)
    })
}
