//! How the records of a file are found and read, decided from its beginning.

use crate::formats::read::json::{Object, Value};
use compact_str::CompactString;

use super::bulk_actions;
use super::convert;
use super::entities::is_entity;
use super::groups::GroupLevel;
use super::hierarchy::{self, ChildKeys, Description};
use super::kinds;
use super::leaves;
use super::list_keys::{ListKeys, Names};
use super::lists::{self, Candidate, Found};
use super::mapping::{Mapping, NameSource};
use super::marc_json;
use super::members::{self, Groups};
use super::missing_lists;
use super::path::{Path, Step};
use super::rows::RowNames;
use super::worth::are_places;
use crate::formats::field_names::FieldTarget;
use crate::formats::read::json::Counts;
use crate::formats::read::{MappedName, NameMapping, ParserCache, ReadOptions};
use crate::record::{Field, Problem, Record};

/// The number of records that decide what the names mean.
const MAX_SAMPLE_RECORDS: usize = 200;

/// The number of pairs in the line about a file.
const MAX_NAMED_PAIRS: usize = 6;

/// How the records of a file are found and read.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// Where the records are.
    pub(super) paths: Vec<Path>,
    /// What their names mean.
    pub(super) mapping: Mapping,
    /// The names of the columns, where records are rows.
    pub(super) row_names: RowNames,
    /// The keys under which records have others below them.
    pub(super) child_keys: ChildKeys,
    /// The key of the list of records in each object at the paths, if what that says holds for all of them.
    pub(super) member_key: Option<String>,
    /// The lists whose objects stand round the records and say something of them.
    pub(super) groups: Vec<GroupLevel>,
    /// What the keys of the lists of records are, where the writer of the file chose them.
    pub(super) list_keys: ListKeys,
    /// Whether persons and places stand among the records, which are none.
    pub(super) has_entities: bool,
    /// Whether the records are of MARC.
    pub(super) is_marc: bool,
    /// Whether lines tell what to do with those behind them.
    pub(super) has_actions: bool,
    /// The file with the mapping that the user saved for these names.
    pub(super) saved_in: Option<String>,
}

impl Plan {
    /// Makes the plan from the mapping that the user saved for these names; `None` if no saved mapping fits.
    pub(super) fn from_saved(tops: &[Value], names: Names, options: &ReadOptions) -> Option<Plan> {
        if !options.columns.is_empty() || options.records.is_some() {
            return None;
        }
        options.mappings.iter().find_map(|mapping| {
            let plan = Plan::decide(tops, names, &mapping.options(options)).ok()?;
            let used: Vec<&str> = plan.mapping.names().map(|(name, ..)| name).collect();
            let fits = mapping.fits(&used);
            fits.then(|| Plan { saved_in: Some(mapping.file.clone()), ..plan })
        })
    }

    /// Decides from the values at the beginning of a file.
    ///
    /// # Errors
    /// No record was found: a sentence that names the longest lists.
    pub(super) fn decide(
        tops: &[Value],
        names: Names,
        options: &ReadOptions,
    ) -> Result<Plan, String> {
        let is_chosen = options.records.is_some() || !options.columns.is_empty();
        if let Some(message) = kinds::describe(tops).filter(|_| !is_chosen) {
            return Err(message);
        }
        if let Some(path) = marc_json::find(tops).filter(|_| !is_chosen) {
            return Ok(Plan { paths: vec![path], is_marc: true, ..Plan::default() });
        }
        let documents = bulk_actions::without_actions(tops);
        let has_actions = documents.is_some();
        let tops = documents.as_deref().unwrap_or(tops);
        let rows = RowNames::find(tops);
        let (tops, row_names) = match &rows {
            Some((tops, columns)) => (tops.as_slice(), columns.clone()),
            None => (tops, RowNames::default()),
        };
        let candidates =
            match lists::find((tops, names), options.records.as_deref(), &options.columns) {
                Found::Records(candidates) => candidates,
                Found::Nothing(longest) => return Err(no_record_message(tops, &longest, options)),
            };
        let groups = match candidates.as_slice() {
            [only] => members::groups_of(tops, only),
            _ => None,
        };
        let (descriptions, child_keys) = descriptions_of(&candidates, groups.as_ref());
        let wrappers: Vec<String> =
            candidates.iter().flat_map(|candidate| candidate.wrappers.clone()).collect();
        let objects: Vec<&Object> = descriptions.iter().filter_map(Value::as_object).collect();
        let count = objects.iter().filter(|object| is_entity(object)).count();
        let has_entities = !is_chosen && count > 0 && count < objects.len();
        let objects = objects.into_iter().filter(|object| !has_entities || !is_entity(object));
        let records: Vec<_> =
            objects.map(|object| leaves::of_record_in(object, &wrappers)).collect();
        let (paths, member_key) = match groups {
            Some(groups) => (vec![groups.path], Some(groups.key)),
            None => (candidates.iter().map(|it| it.path.clone()).collect(), None),
        };
        let mut mapping = Mapping::decide(&records, NameSource::Keys);
        mapping.wrappers.clone_from(&wrappers);
        mapping.apply_user_names(&options.columns)?;
        mapping.settle(&records);
        let creator = FieldTarget::Field(Field::Creator);
        let has_creators =
            mapping.names().any(|(.., it)| it.is_some_and(|it| it.target == creator));
        let list_keys = ListKeys::find(tops, &candidates, has_creators);
        Ok(Plan {
            groups: GroupLevel::find_all(tops, &paths),
            paths,
            mapping,
            list_keys,
            row_names,
            child_keys,
            member_key,
            has_entities,
            is_marc: false,
            has_actions,
            saved_in: None,
        })
    }

    /// Parts a value at the paths into the descriptions in it, each before those below it.
    pub(super) fn split(&self, value: Value) -> Vec<Description> {
        match &self.member_key {
            Some(key) => {
                let members = members::split(value, key).into_iter();
                members.map(|value| Description { value, level: 0, is_group: false }).collect()
            }
            None => hierarchy::split(value, &self.child_keys),
        }
    }

    /// Whether a value at the paths is a person or a place beside the records.
    pub(super) fn is_left_out(&self, value: &Value) -> bool {
        self.has_entities && value.as_object().is_some_and(is_entity)
    }

    /// Returns the record of a description. `entry_key` is its key in an object of records.
    pub(super) fn record(
        &self,
        value: &Value,
        entry_key: Option<&str>,
        cache: &mut ParserCache,
    ) -> Record {
        match value.as_object() {
            Some(object) if self.is_marc => marc_json::record_of(object),
            _ => convert::record(value, entry_key, &self.mapping, cache),
        }
    }

    /// Returns the paths of the records, for the user.
    fn shown_paths(&self) -> impl Iterator<Item = String> {
        self.paths.iter().map(|path| match &self.member_key {
            Some(key) => path.then(Step::Key(key.clone())).then(Step::Items).to_string(),
            None => path.to_string(),
        })
    }

    /// Decides from records that are found by their names. Only these keys mean something, if some are given.
    ///
    /// # Errors
    /// The user named a field or a name that is not there.
    pub(super) fn of_records(
        records: &[Object],
        keys: Option<&'static [&'static str]>,
        options: &ReadOptions,
    ) -> Result<Plan, String> {
        let records: Vec<_> = records.iter().map(leaves::of_record).collect();
        let mut mapping = Mapping::decide(&records, NameSource::Keys);
        if let Some(keys) = keys {
            mapping.keep_meanings_of(keys);
        }
        let saved = options.mapping_for(mapping.names().map(|(name, ..)| name)).cloned();
        let columns = saved.as_ref().map_or(&options.columns, |saved| &saved.columns);
        mapping.apply_user_names(columns)?;
        mapping.settle(&records);
        let saved_in = saved.map(|saved| saved.file);
        Ok(Plan { mapping, saved_in, ..Plan::default() })
    }

    /// Decides from objects that were found at a place. `targets` says what names mean by where they stand.
    ///
    /// # Errors
    /// The user named a field or a name that is not there.
    pub(super) fn of_objects(
        records: &[Object],
        targets: &[(String, FieldTarget)],
        place: &str,
        options: &ReadOptions,
    ) -> Result<Plan, String> {
        let records: Vec<_> =
            records.iter().take(MAX_SAMPLE_RECORDS).map(leaves::of_record).collect();
        let mut mapping = Mapping::decide(&records, NameSource::Page);
        for (name, target) in targets {
            mapping.assume(name, *target);
        }
        let saved = options.mapping_for(mapping.names().map(|(name, ..)| name)).cloned();
        let columns = saved.as_ref().map_or(&options.columns, |saved| &saved.columns);
        mapping.apply_user_names(columns)?;
        mapping.settle(&records);
        let saved_in = saved.map(|saved| saved.file);
        let paths = vec![Path(vec![Step::Key(place.to_owned())])];
        Ok(Plan { paths, mapping, saved_in, ..Plan::default() })
    }

    /// Returns what each name was taken for.
    pub(super) fn describe(&self, file: &str) -> NameMapping {
        let paths: Vec<String> = self.shown_paths().collect();
        let names = self.mapping.names().map(|(name, example, meaning)| MappedName {
            name: name.to_owned(),
            field: meaning.map(|meaning| meaning.target.label()),
            taken: self.mapping.taken_field(name).map(FieldTarget::label),
            example: example.to_owned(),
        });
        NameMapping { file: file.to_owned(), records: paths.join(", "), names: names.collect() }
    }

    /// Returns the warning that says where the records were found and which name holds which field:
    /// `3 records under “response.docs”; title from title …`
    ///
    /// `stated` is the number of records that the file states, `others` what else is in no record.
    pub(super) fn summary(
        &self,
        file: &str,
        counts: Counts,
        stated: Option<u64>,
        others: &str,
    ) -> Problem {
        let all = (counts.kept + counts.left_out) as u64;
        let stated = stated.filter(|stated| self.child_keys.is_empty() && *stated != all);
        let unsure = self.mapping.unsure_date().map_or_else(String::new, |it| format!("; {it}"));
        let others = unsure + others;
        let is_whole = counts.left_out == 0 && stated.is_none() && others.is_empty();
        let message = self.describe_counts(counts, stated) + &others;
        if is_whole {
            Problem::names_taken(file, message)
        } else {
            Problem::warning(file, None, message)
        }
    }

    /// Writes the sentence of [`Plan::summary`]. `stated` is the number of records that the file states, if it differs.
    fn describe_counts(&self, counts: Counts, stated: Option<u64>) -> String {
        let count = counts.kept;
        let records = if count == 1 { "1 record".to_owned() } else { format!("{count} records") };
        let records = if self.is_marc { format!("{records} of MARC") } else { records };
        let paths: Vec<String> = self
            .shown_paths()
            .filter(|path| !path.is_empty())
            .map(|path| format!("“{path}”"))
            .collect();
        let under =
            if paths.is_empty() { String::new() } else { format!(" under {}", join_lists(&paths)) };
        let below: Vec<String> =
            self.child_keys.keys.iter().map(|key| format!("“{key}”")).collect();
        let under = match below.as_slice() {
            [] => under,
            below => format!("{under}, with those below in {}", join_lists(below)),
        };
        let (main, others) = self.mapping.main_names();
        let order = |target: &FieldTarget| match target {
            FieldTarget::Field(Field::Title) => 0,
            FieldTarget::Date | FieldTarget::Begin | FieldTarget::End | FieldTarget::Year => 1,
            FieldTarget::Field(Field::Creator | Field::Recipient) => 2,
            FieldTarget::Field(_) => 3,
            _ => 4,
        };
        let mut main = main;
        main.sort_by_key(|(target, _)| order(target));
        let pairs = main.iter().take(MAX_NAMED_PAIRS);
        let mut pairs: Vec<String> =
            pairs.map(|(target, name)| format!("{} from {name}", target.label())).collect();
        let others = others + main.len().saturating_sub(pairs.len());
        if self.list_keys == ListKeys::Creators {
            pairs.push("creator from the key of the list".to_owned());
        }
        for (field, name) in self.groups.iter().filter_map(GroupLevel::field_and_name) {
            let label = FieldTarget::Field(field).label();
            let pair = format!("{label} from the title of each “{name}”");
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
        let others = match others {
            0 => String::new(),
            1 => "; 1 other field kept".to_owned(),
            others => format!("; {others} other fields kept"),
        };
        let stated = stated.map(|stated| format!("; the file says that there are {stated}"));
        let pairs =
            if pairs.is_empty() { String::new() } else { format!("; {}", pairs.join(", ")) };
        let left_out = match counts.left_out {
            0 => String::new(),
            1 => "; 1 item that is no record was left out".to_owned(),
            many => format!("; {many} items that are no records were left out"),
        };
        let saved = self.saved_in.as_ref().map(|file| format!("; as saved in {file}"));
        let end = left_out + &stated.unwrap_or_default() + &saved.unwrap_or_default();
        format!("{records}{under}{pairs}{others}{end}")
    }
}

/// The most lists that a sentence names.
const MAX_NAMED_LISTS: usize = 4;

/// Joins the names of lists for a sentence: of many, the first ones and how many others there are.
fn join_lists(names: &[String]) -> String {
    match names.get(..MAX_NAMED_LISTS - 1) {
        Some(first) if names.len() > MAX_NAMED_LISTS => {
            format!("{} and {} more", first.join(" and "), names.len() - first.len())
        }
        _ => names.join(" and "),
    }
}

/// Returns the first descriptions of lists, and the keys under which they have others below them. `groups` are the objects
/// round them, if these say what holds for all of them.
fn descriptions_of(
    candidates: &[Candidate<'_>],
    groups: Option<&Groups>,
) -> (Vec<Value>, ChildKeys) {
    if let Some(groups) = groups {
        let members = |group: &Value| members::split(group.clone(), &groups.key);
        let all = groups.values.iter().flat_map(members);
        return (all.take(MAX_SAMPLE_RECORDS).collect(), ChildKeys::default());
    }
    let objects = candidates.iter().flat_map(|candidate| &candidate.objects);
    let objects: Vec<&Object> = objects.take(MAX_SAMPLE_RECORDS).copied().collect();
    let group_key = candidates.iter().find_map(|candidate| candidate.group_key.clone());
    let has_groups = group_key.is_some();
    let keys = group_key.map_or_else(|| hierarchy::child_keys(&objects), |key| vec![key]);
    let child_keys = ChildKeys { keys, has_groups };
    let values = objects.into_iter().map(|object| Value::Object(object.clone()));
    let all = values.flat_map(|value| hierarchy::split(value, &child_keys));
    let all = all.filter(|description| !description.is_group);
    (all.map(|description| description.value).collect(), child_keys)
}

/// The number of keys that are named of a list.
const MAX_NAMED_KEYS: usize = 6;

/// Returns the sentence about a file without a record.
fn no_record_message(
    tops: &[Value],
    longest: &[lists::Candidate<'_>],
    options: &ReadOptions,
) -> String {
    let first = longest.first().filter(|_| options.records.is_none());
    if let Some(features) = first.filter(|list| are_places(&list.objects)) {
        let path = features.path.to_string();
        let records = if path.is_empty() { path } else { format!("--records {path} ") };
        return format!(
            "this is GeoJSON, and its features are places and no documents: open the file that has the list, or take \
             the features with {records}--input-columns title=NAME"
        );
    }
    let start = match &options.records {
        Some(path) => format!("there is no list of objects under “{path}”"),
        None => "no list of records was found: records have a title or a date under a known name"
            .to_owned(),
    };
    let empty = tops.iter().find_map(|top| missing_lists::find_empty(top, &Path::default()));
    if let Some(empty) = empty.filter(|_| longest.is_empty() && options.records.is_none()) {
        let path = empty.to_string();
        let list =
            if path.is_empty() { "the list".to_owned() } else { format!("the list “{path}”") };
        return format!("there is no record in this file: {list} is empty");
    }
    let left_out = tops.iter().find_map(|top| missing_lists::find_left_out(top, &Path::default()));
    if let Some(path) = left_out.filter(|_| longest.is_empty() && options.records.is_none()) {
        return format!(
            "no list of records was found: the only list is “{path}”, whose name says that it has none; if it has, take \
             it with --records {path}"
        );
    }
    if longest.is_empty() {
        return format!("{start}; there is no list of objects in this file");
    }
    let named: Vec<String> = longest
        .iter()
        .map(|list| {
            let keys = list.objects.first().into_iter().flat_map(|object| object.keys());
            let keys: Vec<&str> = keys.map(CompactString::as_str).take(MAX_NAMED_KEYS).collect();
            let path = list.path.to_string();
            let path = if path.is_empty() { "the top".to_owned() } else { format!("“{path}”") };
            format!("{path} ({} with {})", list.count, keys.join(", "))
        })
        .collect();
    let first = longest.first().map(|list| list.path.to_string()).unwrap_or_default();
    let records = if first.is_empty() { String::new() } else { format!("--records {first} ") };
    let (lists, take) = match named.as_slice() {
        [_] => ("its only list is", "take it"),
        _ => ("the longest lists are", "take one"),
    };
    format!(
        "{start}; {lists} {}: {take} with {records}--input-columns title=NAME",
        named.join("; ")
    )
}
