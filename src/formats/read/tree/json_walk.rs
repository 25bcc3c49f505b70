//! The walk through a JSON file to its records.

use std::io;
use std::sync::Arc;

use super::archive;
use super::groups::GroupLevel;
use super::json::{MAX_OTHER_BYTES, Records};
use super::json_part::no_json_value;
use super::members::GROUP_KEY;
use super::path::Step;
use super::worth::said;
use crate::formats::read::json::{self, Object, Value, WalkError};
use crate::formats::read::json_items::insert_or_append;

/// Returns the rests of the paths whose first step is this one.
fn steps_into<'p>(paths: &[&'p [Step]], is_step: impl Fn(&Step) -> bool) -> Vec<&'p [Step]> {
    let rests = paths.iter().filter_map(|path| path.split_first());
    rests.filter(|(first, _)| is_step(first)).map(|(_, rest)| rest).collect()
}

/// The most keys of an object that may be a record beside groups of records.
const MAX_HELD_KEYS: usize = 500;

impl Records<'_, '_> {
    /// Walks through all values of the file.
    pub(super) fn walk_all(&mut self, paths: &[&[Step]]) -> Result<(), WalkError> {
        let mut id: Option<String> = None;
        while self.cursor.peek()?.is_some() {
            self.is_item = true;
            if self.plan.has_actions {
                self.add_line_or_action(&mut id)?;
            } else if let Some(other) = self.walk(paths, None)? {
                archive::add_value(&mut self.archive, "value", other);
            }
        }
        Ok(())
    }

    /// Walks through a value. Returns it if it is not on the way to a record.
    ///
    /// `paths` lead from this value to the records. `entry_key` is the key of the value in an object of records.
    fn walk(
        &mut self,
        paths: &[&[Step]],
        entry_key: Option<&str>,
    ) -> Result<Option<Value>, WalkError> {
        let next = self.cursor.peek()?;
        let is_item = std::mem::take(&mut self.is_item);
        if paths.iter().any(|path| path.is_empty()) {
            self.add(entry_key)?;
            return Ok(None);
        }
        match next {
            Some(b'[') if !paths.is_empty() => {
                let is_items = |path: &&[Step]| matches!(path, [Step::Items]);
                let list_key = entry_key.filter(|_| paths.iter().any(is_items)).map(Arc::from);
                let outer = std::mem::replace(&mut self.list_key, list_key);
                let others = self.walk_list(paths);
                self.list_key = outer;
                others
            }
            Some(b'{') if !paths.is_empty() => {
                // Programs that make JSON of XML write a list of one as the object alone.
                let of_list = steps_into(paths, |step| *step == Step::Items);
                if of_list.is_empty() {
                    return self.walk_group_or_object(paths, entry_key, is_item);
                }
                self.is_item = true;
                self.walk(&of_list, None)
            }
            _ => Ok(self.parse_value(json::parse_bytes)?.filter(|value| !value.is_null())),
        }
    }

    /// Walks through a list.
    fn walk_list(&mut self, paths: &[&[Step]]) -> Result<Option<Value>, WalkError> {
        let paths = steps_into(paths, |step| *step == Step::Items);
        let mut others = Vec::new();
        self.cursor.skip_byte();
        let mut has_more = self.cursor.peek()? != Some(b']');
        if !has_more {
            self.cursor.skip_byte();
        }
        while has_more {
            self.is_item = true;
            others.extend(self.walk(&paths, None)?);
            has_more = self.cursor.skip_separator(b']')?;
        }
        Ok((!others.is_empty()).then_some(Value::Array(others)))
    }

    /// Walks through an object, which may say something of the records in it.
    fn walk_group_or_object(
        &mut self,
        paths: &[&[Step]],
        entry_key: Option<&str>,
        is_item: bool,
    ) -> Result<Option<Value>, WalkError> {
        let (plan, key) = (Arc::clone(&self.plan), self.keys.last().map(String::as_str));
        let is_here = |level: &&GroupLevel| paths.iter().any(|inner| level.is_at(key, inner));
        let Some(level) = plan.groups.iter().find(is_here) else {
            return self.walk_object(paths, is_item);
        };
        self.group_count += u64::from(self.groups.depth().is_none());
        self.groups.open(level, self.items.len());
        if let Some(key) = entry_key {
            self.groups.add(GROUP_KEY, Value::from(key));
        }
        let other = self.walk_object(paths, is_item)?;
        self.groups.close(&mut self.items);
        Ok(other)
    }

    /// Walks through an object. What is not on the way to a record belongs to the group of records, or to the archive. One in
    /// a list that has no record in it and describes a document is a record beside those groups.
    fn walk_object(
        &mut self,
        paths: &[&[Step]],
        is_item: bool,
    ) -> Result<Option<Value>, WalkError> {
        let line = self.cursor.line;
        let mut held = is_item.then(Object::default);
        let entry_paths = steps_into(paths, |step| *step == Step::Entries);
        let is_entry = !entry_paths.is_empty();
        self.cursor.skip_byte();
        let mut has_more = self.cursor.peek()? != Some(b'}');
        if !has_more {
            self.cursor.skip_byte();
        }
        while has_more {
            let key = self.take_key()?;
            let is_key = |step: &Step| matches!(step, Step::Key(name) if *name == key);
            let key_paths = if is_entry { entry_paths.clone() } else { steps_into(paths, is_key) };
            if !key_paths.is_empty() && held.is_some() && !self.cursor.is_at_nothing()? {
                self.release(&mut held);
            }
            let depth = self.keys.len();
            self.keys.extend((!is_entry).then(|| key.clone()));
            let other = self.walk(&key_paths, is_entry.then_some(&key))?;
            self.keys.truncate(depth);
            if std::mem::take(&mut self.has_passed_over) {
                self.others.add_certain(&key);
            }
            match (other, &mut held) {
                (Some(other), Some(held)) if held.len() < MAX_HELD_KEYS => {
                    insert_or_append(held, &key, other);
                }
                (Some(other), _) => self.add_other(&key, other),
                (None, _) => {}
            }
            has_more = self.cursor.skip_separator(b'}')?;
        }
        match held {
            Some(object) if said(&object).is_document() => self.add_object(object, line)?,
            mut held => self.release(&mut held),
        }
        Ok(None)
    }

    /// Adds what was held back of an object to its group of records, or to the archive.
    fn release(&mut self, held: &mut Option<Object>) {
        for (key, other) in held.take().into_iter().flatten() {
            self.add_other(&key, other);
        }
    }

    /// Adds a value round the records to their group, or to the archive.
    fn add_other(&mut self, key: &str, other: Value) {
        self.note_other(key, &other);
        if let Some((key, other)) = self.groups.add(key, other) {
            archive::add_value(&mut self.archive, &key, other);
        }
    }

    /// Adds an object that was read as a record.
    fn add_object(&mut self, object: Object, line: usize) -> Result<(), WalkError> {
        let json = serde_json::to_vec(&Value::Object(object)).map_err(io::Error::other);
        let mut json = json.map_err(WalkError::Io)?;
        if !self.page_started {
            self.start_page();
        }
        self.bytes.append(&mut json);
        self.push_item(line, None);
        Ok(())
    }

    /// Returns the key of an entry, and moves to its value.
    fn take_key(&mut self) -> Result<String, WalkError> {
        let is_text = self.cursor.peek()? == Some(b'"');
        let key = if is_text {
            self.parse_value::<String>(|json| serde_json::from_slice(json))?
        } else {
            None
        };
        let key =
            key.ok_or_else(|| WalkError::Syntax("expected a key in quotation marks".to_owned()))?;
        if self.cursor.peek()? != Some(b':') {
            return Err(WalkError::Syntax("expected `:`".to_owned()));
        }
        self.cursor.skip_byte();
        Ok(key)
    }

    /// Parses a value outside the records. One that is not JSON is reported and left out.
    fn parse_value<T>(
        &mut self,
        parse: fn(&[u8]) -> Result<T, serde_json::Error>,
    ) -> Result<Option<T>, WalkError> {
        let (line, mut json) = (self.cursor.line, Vec::new());
        if !self.cursor.take_value_within(&mut json, MAX_OTHER_BYTES)? {
            self.has_passed_over = true;
            return Ok(None);
        }
        if json.is_empty() {
            return Err(WalkError::Syntax("expected a value".to_owned()));
        }
        match parse(&json) {
            Ok(value) => Ok(Some(value)),
            Err(error) => {
                self.start_page();
                self.sink.report(no_json_value(&self.file, line, &error));
                Ok(None)
            }
        }
    }
}
