//! Columns whose cells mean something only together with another cell of their row: names with roles,
//! containers with their types.

use std::collections::HashMap;

use csv::StringRecord;

use super::columns::Column;
use super::dates::is_creation;
use crate::formats::field_names::FieldTarget;
use crate::formats::read::roles::{self, NamedParty};
use crate::formats::{cell_values, shelf_location};
use crate::record::{Field, Record, StatedKind};

/// The other columns that a column needs, by their indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// A name of ArchivesSpace, with its role (`creator`, `source`, `subject`) and MARC relator.
    Agent { role: Option<usize>, relator: Option<usize>, kind: StatedKind },
    /// The actors of AtoM's events, with the types of the events.
    EventActors { types: Option<usize> },
    /// Names with a column of roles: `person_1`, `person_1_role`.
    Names { role: usize },
    /// The number of a container, with its type.
    Container { kind: usize },
}

/// The names of ArchivesSpace's columns with agents, and what their agents are.
const AGENTS: [(&str, StatedKind); 3] = [
    ("peopleagent", StatedKind::Person),
    ("familiesagent", StatedKind::Family),
    ("corporateentitiesagent", StatedKind::Body),
];

/// The names of columns with the numbers of containers, and of those with their types.
const CONTAINERS: [(&str, &str); 4] = [
    ("indicator", "type"),
    ("containerindicator", "containertype"),
    ("topcontainerindicator", "topcontainertype"),
    ("physicalobjectname", "physicalobjecttype"),
];

/// Links the columns of a table.
pub(super) fn link_columns(columns: &mut [Column]) {
    let names: Vec<(String, u32)> =
        columns.iter().map(|column| (column.normalized_name(), column.group)).collect();
    let mut places = HashMap::new();
    for (place, (name, group)) in names.iter().enumerate() {
        places.entry((name.as_str(), *group)).or_insert(place);
    }
    let at = |name: &str, group: u32| places.get(&(name, group)).copied();
    let links: Vec<Option<Link>> =
        names.iter().map(|(name, group)| find_link(name, *group, at)).collect();
    for (column, link) in columns.iter_mut().zip(links) {
        let takes_names = column.target.is_none_or(|target| {
            matches!(target, FieldTarget::Field(field) if Field::NAMES.contains(&field))
                || target == FieldTarget::ContributorByRole
        });
        column.link = link.filter(|link| takes_names || !matches!(link, Link::Names { .. }));
    }
    name_reference_codes(columns);
}

/// Returns the link of a column. `at` finds another column by its name and group.
fn find_link(name: &str, group: u32, at: impl Fn(&str, u32) -> Option<usize>) -> Option<Link> {
    if name.is_empty() {
        return None;
    }
    if let Some((start, kind)) = AGENTS.iter().find(|(start, _)| name == format!("{start}header")) {
        let other = |end: &str| at(&format!("{start}{end}"), group);
        return Some(Link::Agent { role: other("role"), relator: other("relator"), kind: *kind });
    }
    if name == "eventactors" {
        return Some(Link::EventActors { types: at("eventtypes", group) });
    }
    if let Some((_, kind)) = CONTAINERS.iter().find(|(number, _)| name == *number) {
        return at(kind, group).map(|kind| Link::Container { kind });
    }
    at(&format!("{name}role"), group).map(|role| Link::Names { role })
}

/// In tables with numbers of their own for rows, the other identifier is the reference code.
fn name_reference_codes(columns: &mut [Column]) {
    let names: Vec<String> = columns.iter().map(Column::normalized_name).collect();
    let has = |name: &str| names.iter().any(|other| other == name);
    let has_code = columns
        .iter()
        .any(|column| column.target == Some(FieldTarget::Field(Field::ReferenceCode)));
    for (column, name) in columns.iter_mut().zip(&names) {
        let is_code =
            (name == "identifier" && has("legacyid")) || (name == "unitid" && has("refid"));
        if is_code && !has_code && column.target == Some(FieldTarget::Field(Field::Id)) {
            column.target = Some(FieldTarget::Field(Field::ReferenceCode));
        }
    }
}

impl Link {
    /// Adds the values of a cell to a record. Returns whether they have a field of it.
    pub(super) fn push_cell(
        self,
        record: &mut Record,
        column: &Column,
        cell: &str,
        row: &StringRecord,
    ) -> bool {
        let other = |at: usize| row.get(at).map_or("", str::trim);
        match self {
            Link::Agent { role, relator, kind } => {
                let (role, relator) = (role.map_or("", other), relator.map_or("", other));
                let stated = if relator.is_empty() { role } else { relator };
                match (role.to_lowercase().as_str(), relator) {
                    ("subject", _) | ("", "") => record.push(Field::People, cell),
                    _ => push_name(record, cell, stated),
                }
                record.set_name_kind(cell, kind);
            }
            Link::EventActors { types } => {
                let types = values_of(types.map_or("", other));
                let names = values_of(cell);
                for (at, name) in names_in(column, &names) {
                    let event = types.get(at).or(types.first().filter(|_| types.len() == 1));
                    match event.map_or("", String::as_str) {
                        event if event.is_empty() || is_creation(event) => {
                            record.push(Field::Creator, name);
                        }
                        event => record.push_contributor(name, event),
                    }
                }
            }
            Link::Names { role } => {
                push_names(record, column, cell, &values_of(other(role)));
            }
            Link::Container { kind } => return push_containers(record, cell, other(kind)),
        }
        true
    }

    /// Returns the values of the consumed column that the record does not keep. A value is not kept if the
    /// cell has no value at its position, unless it is the only one. A role is not kept if it has words
    /// besides the one for the field of the name.
    pub(super) fn surplus(self, cell: &str, row: &StringRecord) -> Vec<String> {
        let Some(at) = self.consumed_column() else { return Vec::new() };
        let (values, others) = (values_of(cell), values_of(row.get(at).unwrap_or("").trim()));
        let is_single = others.len() == 1;
        let surplus = others.iter().enumerate().filter(|(at, other)| {
            let is_beside = values.get(*at).is_some_and(|value| !value.is_empty());
            let is_kept = (is_beside || is_single)
                && match self {
                    Link::Names { .. } => !is_more_than_field(other),
                    Link::Container { .. } if is_single => keep_kind(&values, other),
                    Link::Container { .. } => {
                        keep_kind(values.get(*at).map_or(&[][..], std::slice::from_ref), other)
                    }
                    Link::Agent { .. } | Link::EventActors { .. } => true,
                };
            !other.is_empty() && !is_kept
        });
        surplus.map(|(_, other)| other.clone()).collect()
    }

    /// The index of the column that has no meaning beside this one.
    pub(super) fn consumed_column(self) -> Option<usize> {
        match self {
            Link::Names { role } => Some(role),
            Link::Container { kind } => Some(kind),
            Link::Agent { .. } | Link::EventActors { .. } => None,
        }
    }
}

/// Whether a role that decides the field of a name says something else too: `sender and translator`.
fn is_more_than_field(role: &str) -> bool {
    let field = roles::field_of_role(role).filter(|field| *field != Field::Contributor);
    field.is_some() && !roles::is_known_word(role)
}

/// Returns the values of a cell. `NULL` is empty.
fn values_of(cell: &str) -> Vec<String> {
    let values = cell_values::split_values(cell).into_iter();
    values.map(|value| value.unwrap_or_default().into_owned()).collect()
}

/// Returns the names among the values of a cell, with their places, at which their roles stand in another one. In tables of
/// other programs than fonds signs for nothing are none.
fn names_in<'n>(
    column: &Column,
    values: &'n [String],
) -> impl Iterator<Item = (usize, &'n String)> {
    let is_foreign = column.splits_names;
    let values = values.iter().enumerate();
    values.filter(move |(_, value)| !(is_foreign && cell_values::is_missing(value)))
}

/// Adds the names of a cell, each with the role beside it. A single role is that of all names.
fn push_names(record: &mut Record, column: &Column, cell: &str, stated: &[String]) {
    let names = values_of(cell);
    for (at, name) in names_in(column, &names) {
        let role = stated.get(at).or(stated.first().filter(|_| stated.len() == 1));
        match (role.map_or("", String::as_str), column.target) {
            ("", Some(FieldTarget::Field(field))) if field != Field::Contributor => {
                record.push(field, name);
            }
            ("", None) => record.push(Field::People, name),
            (role, _) => push_name(record, name, role),
        }
    }
}

/// Adds a name to the field of its role.
fn push_name(record: &mut Record, name: &str, role: &str) {
    let role = [role.to_owned()];
    NamedParty { name, roles: &role, kind: None, default: Field::Contributor }.add_to(record);
}

/// Whether the containers with these numbers keep all that the type of them says.
fn keep_kind(numbers: &[String], kind: &str) -> bool {
    let numbers = numbers.iter().filter(|number| !number.is_empty());
    let mut containers = numbers.filter_map(|it| shelf_location::container_of_kind(kind, it));
    containers.all(|container| shelf_location::keep_kind(&[container], kind))
}

/// Adds the boxes and folders of a cell, if all of its containers are such.
fn push_containers(record: &mut Record, cell: &str, kinds: &str) -> bool {
    let (numbers, kinds) = (values_of(cell), values_of(kinds));
    let found =
        numbers.iter().enumerate().filter(|(_, number)| !number.is_empty()).map(|(at, number)| {
            let kind = kinds.get(at).or(kinds.first().filter(|_| kinds.len() == 1));
            shelf_location::container_of_kind(kind.map_or("", String::as_str), number)
        });
    let Some(found) = found.collect::<Option<Vec<_>>>() else { return false };
    for (field, value) in &found {
        record.push(*field, value);
    }
    true
}
