//! Which fields of an index mean which fields of a record: data, in `assets/engines`.

use serde::Deserialize;

use super::schema::Schema;
use crate::record::{Field, OwnName};

/// The mappings that are built in. The first of those that are recognised by most fields is taken.
const BUILT_IN: [&str; 7] = [
    include_str!("../../assets/engines/fonds.toml"),
    include_str!("../../assets/engines/atom.toml"),
    include_str!("../../assets/engines/arclight.toml"),
    include_str!("../../assets/engines/archivesspace.toml"),
    include_str!("../../assets/engines/vufind.toml"),
    include_str!("../../assets/engines/dpla.toml"),
    include_str!("../../assets/engines/blacklight.toml"),
];

/// The most fields of an index without a known system that are searched for words.
const MAX_SEARCHED_FIELDS: usize = 200;

/// What the fields of an index mean.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EngineMapping {
    /// The name of the system.
    pub name: String,
    /// Fields that only this system has.
    pub recognised_by: Vec<String>,
    /// A field that is different in each document, by which equal matches are ordered.
    pub tie_break: Option<String>,
    /// The culture that is taken where a `*` can stand for one only.
    pub culture: Option<String>,
    /// Fields and objects that say nothing to the user.
    pub leave_out: Vec<String>,
    /// Conditions that hold for all searches.
    pub filters: Vec<FixedFilter>,
    /// Which documents the system does not publish.
    pub unpublished: Option<Unpublished>,
    /// Where the date is.
    pub date: DateMapping,
    /// What orders sort by.
    pub order: OrderMapping,
    /// Where the values are.
    pub fields: Vec<FieldMapping>,
}

/// Documents that are no records.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedFilter {
    /// The field.
    pub field: String,
    /// Its values in documents that are left out.
    pub excluded: Vec<String>,
}

/// Which documents the system does not publish.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unpublished {
    /// The field that says it.
    pub field: String,
    /// Its values in published documents.
    pub published: Vec<String>,
}

/// Where the date of a record is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DateMapping {
    /// The text; the first of them that has one.
    pub text: Vec<String>,
    /// The date as EDTF.
    pub edtf: Vec<String>,
    /// The first day, month or year.
    pub start: Vec<String>,
    /// The last day, month or year.
    pub end: Vec<String>,
    /// The points in time that are searched.
    pub search_start: Option<String>,
    /// See `search_start`. A document without it has no end.
    pub search_end: Option<String>,
    /// Whether the end of a year is kept as its first day.
    pub ends_by_year: bool,
    /// The nested object that both are in.
    pub nested: Option<String>,
    /// Each year, as a number.
    pub years: Option<String>,
    /// The year, as a text of four digits.
    pub years_of_text: Option<String>,
    /// A range of days, as numbers since 1970-01-01.
    pub days: Option<String>,
    /// A range of time.
    pub range: Option<String>,
    /// What records are sorted by.
    pub sort: Option<String>,
}

/// What orders sort by.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrderMapping {
    /// The order of the archive.
    pub archive: Vec<String>,
    /// By title.
    pub title: Vec<String>,
}

/// Where the values of a field are.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FieldMapping {
    /// The key of a known field.
    pub field: Option<String>,
    /// The name of an own field.
    pub own: Option<String>,
    /// Where it is in a document; the first of them that has a value.
    pub read: Vec<String>,
    /// What is searched for words; without any, what is read.
    pub search: Vec<String>,
    /// Whole folded values.
    pub exact: Vec<String>,
    /// Whole values, which a facet counts.
    pub values: Option<String>,
    /// The role of each of the values.
    pub roles: Option<String>,
    /// Whether the values may have tags.
    pub html: bool,
}

/// What a value of a document becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldTarget {
    /// A value of a known field.
    Known(Field),
    /// A value of an own field.
    Own(OwnName),
}

impl FieldMapping {
    /// Returns what the values become; `None` if the mapping names no field that there is.
    pub fn target(&self) -> Option<FieldTarget> {
        let known = self.field.as_deref().and_then(Field::from_key).map(FieldTarget::Known);
        known.or_else(|| Some(FieldTarget::Own(self.own.as_deref()?.into())))
    }

    /// Returns what is searched for words.
    pub fn searched(&self) -> &[String] {
        if self.search.is_empty() { &self.read } else { &self.search }
    }
}

impl EngineMapping {
    /// Parses a mapping.
    ///
    /// # Errors
    /// The text is no TOML, or has an unknown key or field.
    pub fn parse(text: &str) -> Result<EngineMapping, String> {
        let mapping: EngineMapping = toml::from_str(text).map_err(|error| error.to_string())?;
        match mapping.fields.iter().find(|field| field.target().is_none()) {
            Some(wrong) => Err(format!("{}: no field is named {:?}", mapping.name, wrong.field)),
            None => Ok(mapping),
        }
    }

    /// Returns the mappings that are built in.
    ///
    /// # Errors
    /// One of them cannot be parsed.
    pub fn built_in() -> Result<Vec<EngineMapping>, String> {
        BUILT_IN.into_iter().map(EngineMapping::parse).collect()
    }

    /// Returns the mapping of the system whose fields a schema has, otherwise one by the names of the fields.
    ///
    /// # Errors
    /// A mapping that is built in cannot be parsed.
    pub fn recognise(schema: &Schema) -> Result<EngineMapping, String> {
        EngineMapping::recognise_among(&[], schema)
    }

    /// Returns a mapping like [`EngineMapping::recognise`], but looks at the user's own ones first.
    ///
    /// # Errors
    /// A mapping that is built in cannot be parsed.
    pub fn recognise_among(
        own: &[EngineMapping],
        schema: &Schema,
    ) -> Result<EngineMapping, String> {
        let is_recognised =
            |mapping: &&EngineMapping| mapping.recognised_by.iter().all(|name| schema.has(name));
        let built_in = EngineMapping::built_in()?;
        let found = own.iter().chain(&built_in).find(is_recognised);
        Ok(found.cloned().unwrap_or_else(|| EngineMapping::by_names(schema)))
    }

    /// Returns the fields and objects that answers need not have: those that are left out, unless something below them is
    /// read.
    pub(super) fn leave_out_of_answers(&self) -> Vec<&str> {
        let date = &self.date;
        let of_date = [&date.text, &date.edtf, &date.start, &date.end].into_iter().flatten();
        let of_fields = self.fields.iter().flat_map(|field| field.read.iter().chain(&field.roles));
        let read: Vec<&String> = of_date.chain(of_fields).collect();
        let is_needed = |outer: &str| {
            let is_below = |path: &&String| {
                path.strip_prefix(outer)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            outer == "sourceCulture" || outer == "i18n.languages" || read.iter().any(is_below)
        };
        self.leave_out.iter().map(String::as_str).filter(|outer| !is_needed(outer)).collect()
    }

    /// Returns a mapping for an index of an unknown system: fields with the names of known fields mean those, and all
    /// others are own fields.
    fn by_names(schema: &Schema) -> EngineMapping {
        let is_known = |name: &&str| Field::from_key(name).is_some();
        let is_whole = |name: &str| !name.contains('.') && !name.starts_with('_');
        let field = |name: &str| FieldMapping {
            field: is_known(&name).then(|| name.to_owned()),
            own: (!is_known(&name)).then(|| name.to_owned()),
            read: vec![name.to_owned()],
            ..FieldMapping::default()
        };
        let names =
            schema.names().filter(|name| is_whole(name) && *name != "date" && *name != "id");
        let (known, own): (Vec<&str>, Vec<&str>) = names.partition(is_known);
        let names = known.into_iter().chain(own).take(MAX_SEARCHED_FIELDS);
        EngineMapping {
            name: "an unknown system".to_owned(),
            date: DateMapping { text: vec!["date".to_owned()], ..DateMapping::default() },
            leave_out: vec!["_version_".to_owned(), "_root_".to_owned()],
            fields: names.map(field).collect(),
            ..EngineMapping::default()
        }
    }
}
