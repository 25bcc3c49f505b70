//! Records in answers of OAI-PMH and SRU whose schema is not known by name.

use crate::formats::read::xml::Document;
use crate::record::{Field, Record};

/// The own field in which SRU names the schema of a record.
const SCHEMA_NAME: &str = "recordSchema";

/// Fields round a description that say nothing of the document.
const OUTER_NAMES: [&str; 5] =
    ["recordSchema", "recordPacking", "recordPosition", "recordIdentifier", "extraRecordData"];

/// The records that are not read, because nothing in them has a meaning.
#[derive(Debug, Default)]
pub(super) struct UnreadRecords {
    count: usize,
    /// The line of the first one.
    line: usize,
    /// Its schema.
    schema: String,
}

impl UnreadRecords {
    /// Takes a record of an answer that has no known field and no date, if it has a description, unless that is MARC.
    /// `header` is what stands round the description.
    pub(super) fn takes(&mut self, record: &Record, header: &Record, line: usize) -> bool {
        let is_in_answer =
            *header != Record::default() || record.own.iter().any(|(name, _)| name == SCHEMA_NAME);
        let is_marc = record.own.iter().any(|(name, _)| is_marc_name(name));
        let has_known = record.values.iter().any(|(field, _)| *field != Field::Id);
        let mut names = record.own.iter().map(|(name, _)| name.as_str());
        let mut described = names.find(|name| !OUTER_NAMES.contains(name));
        if described.is_none() && header.own.iter().any(|(name, _)| name == "text") {
            described = Some("text");
        }
        let is_unread = is_in_answer && !is_marc && !has_known && record.date.text.is_empty();
        let Some(described) = described.filter(|_| is_unread) else { return false };
        if self.count == 0 {
            let own = record.own.iter().chain(&header.own);
            let mut stated = own.filter(|(name, _)| name == SCHEMA_NAME);
            let first_name = described.split('.').next().unwrap_or(described);
            let schema = stated.next().map_or(first_name, |(_, schema)| schema.as_str());
            schema.clone_into(&mut self.schema);
            self.line = line;
        }
        self.count += 1;
        true
    }

    /// Reports the records that were not read, if there are any, and how to get them. Returns whether there are.
    pub(super) fn report(&self, document: &mut Document<'_>) -> bool {
        if self.count > 0 {
            let records = match self.count {
                1 => "1 record is".to_owned(),
                count => format!("{count} records are"),
            };
            document.error(
                self.line,
                format!(
                    "{records} in the schema “{}”, which fonds does not read: ask the archive for MARCXML, MODS or \
                     Dublin Core (SRU: recordSchema=marcxml; OAI-PMH: metadataPrefix=oai_dc)",
                    self.schema
                ),
            );
        }
        self.count > 0
    }
}

/// Whether an own field is named after a field of MARC, which has a tag of three digits: `245.a`.
fn is_marc_name(name: &str) -> bool {
    let tag = name.split('.').next().unwrap_or(name);
    tag.len() == 3 && tag.bytes().all(|byte| byte.is_ascii_digit())
}
