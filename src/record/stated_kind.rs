//! What a file states about a name and its text alone does not tell: whether it is a person's.

use std::collections::HashMap;

use super::{Field, Name, NameKind, Record, TitleForm};

/// The own field that says that a list of creators ended with `and others`, as in BibTeX.
pub(crate) const MORE_CREATORS: &str = "creator.others";

/// What a file states about a name.
///
/// A record keeps it in own fields, whose values are the names: see [`Record::set_name_kind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatedKind {
    /// The name of a person, such as EAD `persname`.
    Person,
    /// The name of a corporate body, such as MARC 110.
    Body,
    /// The name of a family, such as EAD `famname`.
    Family,
    /// The name of a person in its usual order, such as MARC 100 with the first indicator 0: `Hussein, Sharif`.
    Forename,
    /// A name of any kind that must not be taken apart, such as CSL `literal`.
    Whole,
}

/// Whether an own field says how other values of the record are to be read, and is no value itself. The
/// identity of a record does not depend on it, and it is not searched.
pub(crate) fn is_about_other_values(own_field: &str) -> bool {
    StatedKind::from_own_field(own_field).is_some() || TitleForm::is_own_field(own_field)
}

/// The most own fields among which a name is looked for: the time for many names stays short.
const MAX_OWN_FIELDS: usize = 2000;
/// The beginning of the names of the own fields.
const PREFIX: &str = "name_kind.";

impl StatedKind {
    /// All kinds.
    pub const ALL: [StatedKind; 5] = [
        StatedKind::Person,
        StatedKind::Body,
        StatedKind::Family,
        StatedKind::Forename,
        StatedKind::Whole,
    ];

    /// Returns the name of the own field with the names of this kind: `name_kind.person` ...
    pub const fn own_field(self) -> &'static str {
        match self {
            StatedKind::Person => "name_kind.person",
            StatedKind::Body => "name_kind.body",
            StatedKind::Family => "name_kind.family",
            StatedKind::Forename => "name_kind.forename",
            StatedKind::Whole => "name_kind.whole",
        }
    }

    /// Returns the kind of the names.
    const fn name_kind(self) -> NameKind {
        match self {
            StatedKind::Person => NameKind::Person,
            StatedKind::Body => NameKind::Body,
            StatedKind::Family => NameKind::Family,
            StatedKind::Forename => NameKind::Forename,
            StatedKind::Whole => NameKind::Unknown,
        }
    }

    /// Returns the kind whose names an own field has.
    pub fn from_own_field(name: &str) -> Option<StatedKind> {
        let kind = || StatedKind::ALL.into_iter().find(|kind| kind.own_field() == name);
        name.starts_with(PREFIX).then(kind).flatten()
    }
}

impl Record {
    /// Keeps what the file states about a name of the record. A name has one kind: a later one
    /// replaces it. A record with very many own fields keeps no more of them.
    ///
    /// ```
    /// use fonds::record::{Record, StatedKind};
    ///
    /// let mut record = Record::default();
    /// record.set_name_kind("House, Edward", StatedKind::Body);
    /// assert_eq!(record.name_kind("House, Edward"), Some(StatedKind::Body));
    /// assert_eq!(record.own, [("name_kind.body".into(), "House, Edward".to_owned())]);
    /// ```
    pub fn set_name_kind(&mut self, name: &str, kind: StatedKind) {
        let name = name.trim();
        let is_full = self.own.len() >= MAX_OWN_FIELDS;
        if name.is_empty() || is_full || self.name_kind(name) == Some(kind) {
            return;
        }
        self.own.retain(|(own, value)| value != name || StatedKind::from_own_field(own).is_none());
        self.own.push((kind.own_field().into(), name.to_owned()));
    }

    /// Returns what the file states about a name, if it states anything.
    pub fn name_kind(&self, name: &str) -> Option<StatedKind> {
        let name = name.trim();
        let mut own = self.own.iter().filter(|(_, value)| value.trim() == name);
        own.find_map(|(own, _)| StatedKind::from_own_field(own))
    }

    /// Takes a name of the record apart, with what the file states about it.
    pub fn parse_name(&self, name: &str) -> Name {
        Name::parse(name, self.name_kind(name).map(StatedKind::name_kind))
    }

    /// Takes all names of a field apart, in their order, with what the file states about them. The time
    /// grows with the number of names, and not with its square.
    pub fn parse_names(&self, field: Field) -> impl Iterator<Item = Name> {
        let mut stated: HashMap<&str, StatedKind> = HashMap::new();
        for (own, value) in &self.own {
            if let Some(kind) = StatedKind::from_own_field(own) {
                stated.entry(value.trim()).or_insert(kind);
            }
        }
        self.all(field).map(move |name| {
            Name::parse(name, stated.get(name.trim()).map(|kind| kind.name_kind()))
        })
    }

    /// Whether more creators than those named are known to exist: `et al.`, or BibTeX's `and others`.
    pub fn has_more_creators(&self) -> bool {
        self.own.iter().any(|(name, _)| name == MORE_CREATORS)
            || self.parse_names(Field::Creator).any(|name| name.is_others())
    }
}
