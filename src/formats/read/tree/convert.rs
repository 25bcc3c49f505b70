//! Makes a record of an item of a tree.

use crate::formats::read::json::{Object, Value};
use smallvec::SmallVec;

use super::date_of_tree::DateOfTree;
use super::known_values::{has_name, has_value};
use super::leaves::{self, Leaf, Role};
use super::mapping::{Mapping, Meaning};
use crate::formats::cell_values;
use crate::formats::field_names::{FieldTarget, is_address, is_file_address, is_prose};
use crate::formats::read::ParserCache;
use crate::formats::read::date_parts;
use crate::formats::read::date_sources::LoneEnd;
use crate::formats::read::html::plain_text;
use crate::formats::read::json_items::add_to_hash;
use crate::formats::read::roles::{NamedParty, is_known_role, split_relator};
use crate::formats::read::spreadsheet::push_container;
use crate::formats::read::truncate::{MAX_FIELD_NAME_BYTES, truncate};
use crate::record::date::machine;
use crate::record::{Date, Field, Record, SourceHash, is_container};

/// The name under which an item is kept that is no object.
const VALUE_NAME: &str = "value";

/// Converts an item to a record. `entry_key` is its key in an object of items.
pub(super) fn record(
    item: &Value,
    entry_key: Option<&str>,
    mapping: &Mapping,
    cache: &mut ParserCache,
) -> Record {
    let mut source_hash = SourceHash::default();
    if let Some(key) = entry_key {
        source_hash.add_text(key);
    }
    add_to_hash(item, &mut source_hash);
    let mut record = match item {
        Value::Object(object) => record_of_object(object, mapping, cache),
        other => {
            let object = Object::from_iter([(VALUE_NAME.into(), other.clone())]);
            record_of_object(&object, &Mapping::default(), cache)
        }
    };
    if let Some(key) = entry_key.filter(|key| !is_day_of(&mut record, key)) {
        match record.first(Field::Id) {
            None => record.push(Field::Id, key),
            Some(id) if id == key => {}
            Some(_) => push_own(&mut record, "key", key),
        }
    }
    record.source_hash = source_hash;
    record
}

/// Sets the date of a record without one from its key in an object of records, if that is a day or a month. Returns whether
/// it is.
fn is_day_of(record: &mut Record, key: &str) -> bool {
    let is_day = key.len() > MIN_DAY_BYTES && machine::parse(key).is_some();
    if !record.date.text.is_empty() || !is_day {
        return false;
    }
    record.date = Date::parse(key);
    true
}

/// A key as long as a year, in bytes, may be any number.
const MIN_DAY_BYTES: usize = 4;

/// Converts an object to a record.
fn record_of_object(object: &Object, mapping: &Mapping, cache: &mut ParserCache) -> Record {
    let mut leaves = leaves::of_record_in(object, &mapping.wrappers);
    mapping.days.join(&mut leaves);
    let meanings: Vec<Option<Meaning>> = leaves.iter().map(|leaf| mapping.meaning(leaf)).collect();
    let surest = SurestNames::find(&leaves, &meanings);
    let mut record = Record::default();
    record.values.reserve(leaves.len());
    let mut date = DateOfTree::default();
    for (leaf, meaning) in leaves.iter().zip(&meanings) {
        if let Some(meaning) = meaning.filter(|it| is_left_open(leaf, it.target)) {
            let title = FieldTarget::Field(Field::Title);
            let may_be_title = || cell_values::may_be_title(leaf.text.trim());
            if meaning.target == title && surest.has_none(title) && may_be_title() {
                push_leaf(&mut record, &mut date, leaf, meaning);
            }
            continue;
        }
        match meaning.filter(|it| surest.allow(leaf, it.target)) {
            Some(meaning) => push_leaf(&mut record, &mut date, leaf, meaning),
            None => push_own(&mut record, &leaf.name, &plain_text(&leaf.text)),
        }
    }
    keep_unused_roles(&leaves, &meanings, &mut record);
    record.align_contributor_roles();
    date.apply_to(&mut record, cache);
    put_page_first(&mut record);
    record
}

/// Puts the address of a page before that of a file, because the first one is opened and cited.
fn put_page_first(record: &mut Record) {
    let values = &mut record.values;
    let is_url = |(field, _): &(Field, String)| *field == Field::Url;
    let Some(first) = values.iter().position(is_url) else { return };
    let is_page = |value: &(Field, String)| is_url(value) && !is_file_address(&value.1);
    if values.get(first).is_some_and(|value| !is_page(value))
        && let Some(page) = values.iter().position(is_page)
    {
        values.swap(first, page);
    }
}

/// The surest name of each target in a record, the first of equals.
struct SurestNames<'l>(SmallVec<[(FieldTarget, usize, &'l str); 16]>);

impl<'l> SurestNames<'l> {
    /// Finds them among the texts of a record.
    fn find(leaves: &'l [Leaf<'_>], meanings: &[Option<Meaning>]) -> SurestNames<'l> {
        let mut surest: SmallVec<[(FieldTarget, usize, &str); 16]> = SmallVec::new();
        for (leaf, meaning) in leaves.iter().zip(meanings) {
            let Some(Meaning { target, rank, .. }) = meaning.filter(|it| can_fill(leaf, it)) else {
                continue;
            };
            match surest.iter_mut().find(|(known, ..)| *known == target) {
                Some(best) if rank < best.1 => *best = (target, rank, &leaf.name),
                Some(_) => {}
                None => surest.push((target, rank, &leaf.name)),
            }
        }
        SurestNames(surest)
    }

    /// Whether no text can fill a target.
    fn has_none(&self, target: FieldTarget) -> bool {
        !self.0.iter().any(|(known, ..)| *known == target)
    }

    /// Whether a text counts for a target: no surer name has it, or it may have several.
    fn allow(&self, leaf: &Leaf<'_>, target: FieldTarget) -> bool {
        let is_surest =
            |(known, _, name): &(FieldTarget, usize, &str)| *known == target && *name == leaf.name;
        !is_exclusive(target) || self.0.iter().any(is_surest)
    }
}

/// Returns what each text of a record fills: `None` if it becomes an own field.
pub(super) fn targets(leaves: &[Leaf<'_>], mapping: &Mapping) -> Vec<Option<FieldTarget>> {
    use FieldTarget::{Date, Day, Month, Year};
    let meanings: Vec<Option<Meaning>> = leaves.iter().map(|leaf| mapping.meaning(leaf)).collect();
    let surest = SurestNames::find(leaves, &meanings);
    let has = |target| meanings.iter().flatten().any(|meaning| meaning.target == target);
    let is_left = |target| [Year, Month, Day].contains(&target) && (has(Date) || !has(Year));
    let filled = |(leaf, meaning): (&Leaf<'_>, &Option<Meaning>)| {
        let meaning = meaning.filter(|it| surest.allow(leaf, it.target) && !is_left(it.target))?;
        match meaning.target {
            FieldTarget::Field(field) if is_container(field) => Some(meaning.target),
            FieldTarget::Field(_) | FieldTarget::ContributorByRole | FieldTarget::Position => {
                let (mut record, mut date) = (Record::default(), DateOfTree::default());
                push_leaf(&mut record, &mut date, leaf, meaning);
                let field = record.values.first().map(|(field, _)| FieldTarget::Field(*field));
                field.or(record.position.map(|_| FieldTarget::Position))
            }
            other => Some(other),
        }
    };
    let mut filled: Vec<Option<FieldTarget>> = leaves.iter().zip(&meanings).map(filled).collect();
    for (target, leaf) in filled.iter_mut().zip(leaves) {
        let of_day = mapping.days.target(&leaf.name);
        *target = of_day.or(*target);
    }
    if is_end_outranked(leaves, &filled) {
        for target in &mut filled {
            target.take_if(|target| *target == FieldTarget::End);
        }
    }
    filled
}

/// Whether the end of a date does not count, because the text beside it says more.
fn is_end_outranked(leaves: &[Leaf<'_>], filled: &[Option<FieldTarget>]) -> bool {
    let texts = |target| {
        let of_target = leaves.iter().zip(filled).filter(move |(_, it)| **it == Some(target));
        of_target.map(|(leaf, _)| leaf.text.trim())
    };
    let mut dates = texts(FieldTarget::Date);
    let (Some(date), None, None) = (dates.next(), dates.next(), texts(FieldTarget::Begin).next())
    else {
        return false;
    };
    texts(FieldTarget::End).next().is_some_and(|end| LoneEnd::new(date, end) == LoneEnd::Outranked)
}

/// Keeps the roles that stand beside other values than names.
fn keep_unused_roles(leaves: &[Leaf<'_>], meanings: &[Option<Meaning>], record: &mut Record) {
    let is_used = |leaf: &Leaf<'_>, meaning: &Option<Meaning>| {
        let role_counts = leaf.role.as_ref().is_some_and(|role| is_known_role(role.text));
        let is_names = |it: Meaning| match it.target {
            FieldTarget::Field(Field::Creator | Field::Recipient) => role_counts,
            FieldTarget::Field(field) => Field::NAMES.contains(&field),
            _ => false,
        };
        meaning.is_some_and(is_names) && is_prose(leaf.text.trim())
    };
    let mut used: Vec<&Role<'_>> = Vec::new();
    let mut others: Vec<&Role<'_>> = Vec::new();
    for (leaf, meaning) in leaves.iter().zip(meanings) {
        let Some(role) = &leaf.role else { continue };
        let list = if is_used(leaf, meaning) { &mut used } else { &mut others };
        if !list.contains(&role) {
            list.push(role);
        }
    }
    // A role may be a text of its own.
    let is_kept = |role: &Role<'_>| {
        let mut named = leaves.iter().filter(|leaf| leaf.name == role.name);
        named.any(|leaf| leaf.text.trim() == role.text.trim())
    };
    let is_unused =
        |role: &&Role<'_>| !used.contains(role) && !role.name.is_empty() && !is_kept(role);
    for role in others.into_iter().filter(is_unused) {
        push_own(record, &role.name, role.text);
    }
}

/// Whether only the surest name of a target counts in a record.
fn is_exclusive(target: FieldTarget) -> bool {
    match target {
        FieldTarget::Field(field) => {
            !Field::NAMES.contains(&field)
                && field != Field::Container
                && !matches!(field, Field::Subjects | Field::Places | Field::Language)
        }
        FieldTarget::ContributorByRole => false,
        _ => true,
    }
}

/// Whether a text says that the title, the date, a person or a place of a record is missing.
fn is_left_open(leaf: &Leaf<'_>, target: FieldTarget) -> bool {
    let is_needed = || match target {
        FieldTarget::Field(field) => {
            Field::NAMES.contains(&field)
                || matches!(field, Field::Title | Field::Places | Field::Subjects)
        }
        target => !matches!(target, FieldTarget::Position | FieldTarget::NameKind(_)),
    };
    cell_values::may_be_missing(&leaf.text)
        && cell_values::is_missing(leaf.text.trim())
        && is_needed()
}

/// Whether a text can be what its name means: an address, a date that is known.
fn can_fill(leaf: &Leaf<'_>, meaning: &Meaning) -> bool {
    use FieldTarget::{Begin, Date, End, Year};
    if is_left_open(leaf, meaning.target) {
        return false;
    }
    match meaning.target {
        FieldTarget::Field(Field::Url) => meaning.is_placed || is_address(leaf.text.trim()),
        Date | Begin | End | Year => !date_parts::is_unknown(&leaf.text),
        _ => true,
    }
}

/// Adds a text to what its name means.
fn push_leaf(record: &mut Record, date: &mut DateOfTree, leaf: &Leaf<'_>, meaning: Meaning) {
    let target = meaning.target;
    let text = leaf.text.trim();
    let filled = target.lists_names().then(|| cell_values::without_missing_parts(text));
    let text = filled.as_deref().unwrap_or(text);
    if filled.is_some() && text.is_empty() {
        return;
    }
    match target {
        FieldTarget::Field(field) if Field::NAMES.contains(&field) && !is_prose(text) => {
            push_own(record, &leaf.name, &leaf.text);
        }
        FieldTarget::Field(field) if Field::NAMES.contains(&field) => {
            // Under a name such as `creators` a role that is not known says more of what they did.
            let of_field = [Field::Creator, Field::Recipient].contains(&field);
            let role = leaf.role.as_ref().filter(|role| !of_field || is_known_role(role.text));
            let role = role.map_or("", |role| role.text).to_owned();
            let text = plain_text(text);
            if let Some(name) = cell_values::name_above_life(&text) {
                record.own.push((leaf.name.to_string().into(), text.to_string()));
                if !has_value(record, field, name) {
                    record.push(field, name);
                }
                return;
            }
            for name in cell_values::split_authors(&leaf.key, &text) {
                if let Some((code, name)) = split_relator(name) {
                    let roles = &[code.to_owned()];
                    NamedParty { name, roles, kind: None, default: field }.add_to(record);
                    continue;
                }
                // The same name may stand under several keys, in one of them with more behind it.
                if role.is_empty() && has_name(record, field, name) {
                    if !has_value(record, field, name) {
                        push_own(record, &leaf.name, name);
                    }
                    continue;
                }
                let roles = std::slice::from_ref(&role);
                NamedParty { name, roles, kind: None, default: field }.add_to(record);
            }
        }
        FieldTarget::ContributorByRole => record.push_contributor(&plain_text(text), &leaf.key),
        FieldTarget::Field(Field::Url) if !is_address(text) && !meaning.is_placed => {
            push_own(record, &leaf.name, &leaf.text);
        }
        FieldTarget::Position => match text.parse() {
            Ok(position) if position > 0 => record.position = Some(position),
            _ => push_own(record, &leaf.name, &leaf.text),
        },
        FieldTarget::Field(field) if is_container(field) => {
            push_container(record, field, &leaf.key, text);
        }
        FieldTarget::Field(Field::Subjects) => push_subjects(record, &leaf.key, &plain_text(text)),
        FieldTarget::Field(field) => {
            let text = &*plain_text(text);
            if !has_value(record, field, text) {
                record.push(field, text);
            }
        }
        _ => date.add(leaf, target),
    }
}

/// Adds the subjects in a text under a key.
fn push_subjects(record: &mut Record, key: &str, text: &str) {
    for subject in cell_values::split_subjects(key, text) {
        if !has_value(record, Field::Subjects, subject) {
            record.push(Field::Subjects, subject);
        }
    }
}

/// Adds an own field.
pub(super) fn push_own(record: &mut Record, name: &str, text: &str) {
    let name = truncate(name, MAX_FIELD_NAME_BYTES).into_owned();
    record.own.push((name.into(), text.to_owned()));
}
