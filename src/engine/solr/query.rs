//! Writes conditions in the query language of Solr.

use crate::engine::condition::{Condition, EngineWords};

/// Everything.
const ALL: &str = "*:*";

/// Returns a condition as a query.
pub(in crate::engine) fn query(condition: &Condition) -> String {
    match condition {
        Condition::All(all) if all.is_empty() => ALL.to_owned(),
        Condition::All(all) => joined(all.iter().map(query), " AND "),
        Condition::Any(any) if any.is_empty() => format!("({ALL} AND -{ALL})"),
        Condition::Any(any) => joined(any.iter().map(query), " OR "),
        // A query that only excludes finds nothing.
        Condition::Not(inner) => format!("({ALL} AND -{})", query(inner)),
        Condition::Words(words) => words_query(words),
        Condition::Pattern { fields, pattern } => {
            joined(fields.iter().map(|field| format!("{}:/{pattern}/", escape(field))), " OR ")
        }
        Condition::Value { fields, value } => {
            joined(fields.iter().map(|it| format!("{}:{}", escape(it), quoted(value))), " OR ")
        }
        Condition::DayRange { field, days: (first, last), .. } => {
            format!("{}:[{first} TO {last}]", escape(field))
        }
        Condition::TimeRange { field, days: (first, last), is_within } => {
            let relation = if *is_within { "Within" } else { "Intersects" };
            let (first, last) = (open(first.as_deref()), open(last.as_deref()));
            nested(&format!("{{!field f={} op={relation}}}[{first} TO {last}]", escape(field)))
        }
        Condition::Between { field, first, last } => {
            let (first, last) = (bound(first.as_deref()), bound(last.as_deref()));
            format!("{}:[{first} TO {last}]", escape(field))
        }
        Condition::Exists(field) => format!("{}:[* TO *]", escape(field)),
        Condition::Nested { inner, .. } => query(inner),
        Condition::Ids(ids) if ids.is_empty() => format!("({ALL} AND -{ALL})"),
        Condition::Ids(ids) => {
            // No separator is sure not to stand in an id but a control character.
            let ids: Vec<&str> = ids.iter().map(|id| &**id).collect();
            nested(&format!("{{!terms f=id separator=\"\u{1}\"}}{}", ids.join("\u{1}")))
        }
    }
}

/// Joins conditions in brackets.
fn joined(conditions: impl Iterator<Item = String>, operator: &str) -> String {
    format!("({})", conditions.collect::<Vec<_>>().join(operator))
}

/// Returns a query of another language inside of this one.
fn nested(query: &str) -> String {
    format!("_query_:{}", quoted(query))
}

/// Returns an end of a range; `*` if it is open.
fn open(bound: Option<&str>) -> &str {
    bound.unwrap_or("*")
}

/// Returns a value at an end of a range.
fn bound(bound: Option<&str>) -> String {
    bound.map_or_else(|| "*".to_owned(), quoted)
}

/// Returns the query for words: in one of the fields.
fn words_query(words: &EngineWords) -> String {
    let EngineWords { fields, words, is_prefix, is_guess, max_between } = words;
    let slop = max_between.map(|count| format!("~{count}")).unwrap_or_default();
    let in_field = |field: &String| {
        let field = escape(field);
        match (words.as_slice(), is_prefix) {
            (words, _) if *is_guess => {
                joined(words.iter().map(|word| format!("{field}:{}~2", escape(word))), " AND ")
            }
            ([word], true) => {
                let word = escape(word);
                format!("({field}:{word}^4 OR {field}:{word}*)")
            }
            (words, true) => {
                let phrase: Vec<String> = words.iter().map(|word| escape(word)).collect();
                let phrase = phrase.join(" ");
                nested(&format!("{{!complexphrase inOrder=true}}{field}:\"{phrase}*\"{slop}"))
            }
            (words, false) => format!("{field}:{}{slop}", quoted(&words.join(" "))),
        }
    };
    joined(fields.iter().map(in_field), " OR ")
}

/// Escapes what the query language has as signs.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if !letter.is_alphanumeric() && letter != '_' && letter != '.' {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Returns a text in quotation marks.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
