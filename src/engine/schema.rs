//! The fields of an index, as the engine describes them.

use std::collections::BTreeMap;

use serde_json::Value;

/// How deep fields may stand in each other. What is deeper is left out.
const MAX_DEPTH: usize = 20;

/// What a field of an index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    Text,
    /// A whole value.
    Keyword,
    /// A number.
    Number,
    /// A point in time.
    Date,
    /// A range of numbers.
    NumberRange,
    /// A range of time.
    DateRange,
    /// Objects that are searched one by one.
    Nested,
    /// Something else.
    Other,
}

/// A field of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemaField {
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it can be searched.
    pub is_searched: bool,
    /// Whether matches can be sorted by it.
    pub is_sorted: bool,
    /// Whether its values can be counted.
    pub is_counted: bool,
}

/// The fields of an index by their names, whose parts have dots between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    fields: BTreeMap<String, SchemaField>,
}

impl Schema {
    /// Reads the answer to `GET /index/_mapping`. Several indices are read as one.
    pub fn from_opensearch(answer: &Value) -> Schema {
        let mut schema = Schema::default();
        for index in answer.as_object().into_iter().flat_map(|indices| indices.values()) {
            let Some(mappings) = index.get("mappings") else { continue };
            schema.add_properties(mappings, "", 0);
            // Before version 7 the name of a type stands above the fields.
            let types = mappings.as_object().into_iter().flat_map(|types| types.iter());
            for (_, inner) in types.filter(|(name, _)| name.as_str() != "properties") {
                schema.add_properties(inner, "", 0);
            }
        }
        schema
    }

    /// Adds the fields of an object.
    fn add_properties(&mut self, object: &Value, prefix: &str, depth: usize) {
        let properties = object.get("properties").and_then(Value::as_object);
        let variants = object.get("fields").and_then(Value::as_object);
        if depth > MAX_DEPTH {
            return;
        }
        for (name, field) in properties.into_iter().chain(variants).flatten() {
            let name = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            let kind = field.get("type").and_then(Value::as_str).unwrap_or("object");
            let kind = opensearch_kind(kind);
            let is = |key: &str| field.get(key).and_then(Value::as_bool);
            let is_sorted = match kind {
                FieldKind::Keyword | FieldKind::Number | FieldKind::Date => is("doc_values"),
                _ => Some(false),
            };
            let is_sorted = is_sorted.unwrap_or(true);
            let field_here = SchemaField {
                kind,
                is_searched: is("index").unwrap_or(!matches!(kind, FieldKind::Other)),
                is_sorted,
                is_counted: is_sorted,
            };
            self.add_properties(field, &name, depth + 1);
            self.fields.insert(name, field_here);
        }
    }

    /// Reads the answer to `GET /collection/admin/luke?numTerms=0`, which has the fields that really occur.
    pub fn from_luke(answer: &Value) -> Schema {
        let fields = answer.get("fields").and_then(Value::as_object);
        // Solr before 7.6 makes columns of any field that is searched, and later ones of those with this flag.
        let has_flag = answer.pointer("/info/key/U").is_some();
        let field = |(name, field): (&String, &Value)| {
            let text = |key: &str| field.get(key).and_then(Value::as_str).unwrap_or("");
            let (kind, flags) = (text("type"), text("schema"));
            let is_tokenized = flags.contains('T');
            let kind = solr_kind(kind, is_tokenized);
            let is_searched = flags.starts_with('I');
            // Several values can be sorted by if they are kept in columns.
            let has_columns = flags.contains('D');
            let makes_columns = is_searched && (!has_flag || flags.contains('U'));
            let is_single = !flags.contains('M');
            let is_sortable = is_single && !is_tokenized || kind == FieldKind::Other;
            let is_sorted =
                kind != FieldKind::DateRange && (has_columns || makes_columns && is_sortable);
            let is_counted = has_columns || makes_columns;
            (name.clone(), SchemaField { kind, is_searched, is_sorted, is_counted })
        };
        Schema { fields: fields.into_iter().flatten().map(field).collect() }
    }

    /// Returns a field.
    pub fn get(&self, name: &str) -> Option<SchemaField> {
        self.fields.get(name).copied()
    }

    /// Whether there is a field or an object of this name.
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// Returns the names of all fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// Returns the names that a pattern fits, whose `*` is any part between two dots.
    pub fn expand(&self, pattern: &str) -> Vec<&str> {
        if !pattern.contains('*') {
            let known = self.fields.get_key_value(pattern);
            return known.map(|(name, _)| name.as_str()).into_iter().collect();
        }
        self.names().filter(|name| fits_pattern(name, pattern)).collect()
    }
}

/// Whether a name fits a pattern, whose `*` is any part between two dots.
pub(super) fn fits_pattern(name: &str, pattern: &str) -> bool {
    let (mut parts, mut wanted) = (name.split('.'), pattern.split('.'));
    loop {
        match (parts.next(), wanted.next()) {
            (None, None) => return true,
            (Some(_), Some("*")) => {}
            (Some(part), Some(wanted)) if part == wanted => {}
            _ => return false,
        }
    }
}

/// Returns what a type of OpenSearch holds.
fn opensearch_kind(name: &str) -> FieldKind {
    match name {
        "text" | "match_only_text" | "search_as_you_type" | "string" => FieldKind::Text,
        "keyword" | "constant_keyword" | "wildcard" | "boolean" => FieldKind::Keyword,
        "long" | "integer" | "short" | "byte" | "double" | "float" | "half_float"
        | "unsigned_long" | "scaled_float" => FieldKind::Number,
        "date" | "date_nanos" => FieldKind::Date,
        "long_range" | "integer_range" => FieldKind::NumberRange,
        "date_range" => FieldKind::DateRange,
        "nested" => FieldKind::Nested,
        _ => FieldKind::Other,
    }
}

/// Returns what a type of Solr holds. Schemas name their types as they like; these are the names of all common ones.
fn solr_kind(name: &str, is_tokenized: bool) -> FieldKind {
    let name = name.to_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
    if begins(&["daterange", "rdate_range", "dr"]) {
        FieldKind::DateRange
    } else if begins(&["pint", "plong", "pfloat", "pdouble", "int", "long", "tint", "tlong"]) {
        FieldKind::Number
    } else if begins(&["pdate", "date", "tdate"]) {
        FieldKind::Date
    } else if begins(&["string", "boolean"]) {
        FieldKind::Keyword
    } else if is_tokenized || begins(&["text"]) {
        FieldKind::Text
    } else {
        FieldKind::Other
    }
}
