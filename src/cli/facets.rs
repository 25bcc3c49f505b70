//! `fonds facets`: how many records there are of each value of a field.

use std::io::{self, IsTerminal, Write};

use serde_json::{Value, json};

use super::args::FacetsArgs;
use super::exit_code::Outcome;
use super::output;
use super::requested_rows::{LoadedRecords, print_messages};
use crate::query::{AggregateRequest, AggregateResponse, Facet, FacetField, FacetRequest};
use crate::record::{Field, OwnName};
use crate::text::clean::clean;
use crate::text::width::display_width;

/// The fields that are counted without `--field`, by their names in the filter.
const USUAL_FIELDS: [(&str, &[Field]); 7] = [
    ("people", &Field::NAMES),
    ("places", &[Field::Places]),
    ("subjects", &[Field::Subjects]),
    ("collection", &[Field::Collection]),
    ("series", &[Field::Series]),
    ("repository", &[Field::Repository]),
    ("language", &[Field::Language]),
];

/// The number of own fields that are named where none of the usual fields has a value.
const MAX_NAMED_FIELDS: usize = 8;

/// The widest column of values, in terminal cells.
const MAX_VALUE_WIDTH: usize = 60;

/// Prints the most frequent values of the fields, as text or as a JSON object.
pub(super) fn run(arguments: &FacetsArgs) -> anyhow::Result<Outcome> {
    let loaded = LoadedRecords::load(&arguments.records.query(), &arguments.records.marks_args)?;
    let own_names = &loaded.backend.summary().own_field_names;
    let fields = requested_fields(&arguments.fields, own_names).map_err(anyhow::Error::msg)?;
    let limit = arguments.limit;
    let facets = fields.iter().map(|(_, field)| FacetRequest::new(field.clone(), limit));
    let wanted = AggregateRequest { facets: facets.collect(), histogram: None };
    let (response, mut messages) = loaded.aggregate(arguments.records.keep_duplicates, &wanted)?;
    let mut shown: Vec<(&str, &Facet)> =
        fields.iter().map(|(name, _)| name.as_str()).zip(&response.facets).collect();
    if arguments.fields.is_empty() {
        shown.retain(|(_, facet)| !facet.values.is_empty());
        if shown.is_empty() && response.match_count.count() > 0 {
            messages.push(no_usual_field_message(own_names));
        }
    }
    let is_aligned = io::stdout().is_terminal();
    output::write_stdout(|out| match (arguments.json, is_aligned) {
        (true, _) => writeln!(out, "{}", json_of(&response, &shown)),
        (false, true) => write_aligned(out, &response, &shown),
        (false, false) => write_tabs(out, &shown),
    })?;
    messages.extend(shown.iter().filter_map(|(name, facet)| approximate_message(name, facet)));
    print_messages(&messages);
    if !response.coverage.is_complete() {
        return Ok(Outcome::Failure);
    }
    Ok(loaded.outcome(response.match_count.count()))
}

/// Returns a message if the counts of a facet are not exact.
fn approximate_message(name: &str, facet: &Facet) -> Option<String> {
    facet.is_approximate.then(|| {
        if facet.values.is_empty() {
            format!("the search engine cannot count the values of {name}")
        } else {
            format!("the search engine counts the values of {name} in part only")
        }
    })
}

/// Returns the fields with these names, or the usual ones, each with its name.
fn requested_fields(
    names: &[String],
    own_names: &[OwnName],
) -> Result<Vec<(String, FacetField)>, String> {
    if names.is_empty() {
        let usual = USUAL_FIELDS.iter().map(|(name, fields)| {
            let (fields, own_names) = (fields.to_vec(), Vec::new());
            ((*name).to_owned(), FacetField::Values { fields, own_names })
        });
        return Ok(usual.collect());
    }
    let field = |name: &String| Ok((name.clone(), FacetField::from_name(name, own_names)?));
    names.iter().map(field).collect()
}

/// Returns the message that there is no value to count without `--field`.
fn no_usual_field_message(own_names: &[OwnName]) -> String {
    let named: Vec<&str> = own_names.iter().take(MAX_NAMED_FIELDS).map(OwnName::as_str).collect();
    let end = if own_names.len() > named.len() { " ..." } else { "" };
    if named.is_empty() {
        return "these records have no people, places or subjects: name a field with --field"
            .into();
    }
    let named = named.join(", ");
    format!(
        "these records have no people, places or subjects; their own fields are {named}{end}: take one with --field"
    )
}

/// Returns the object with all numbers.
fn json_of(response: &AggregateResponse, facets: &[(&str, &Facet)]) -> Value {
    let facets: Vec<Value> = facets
        .iter()
        .map(|(name, facet)| {
            let values = facet.values.iter().map(|value| {
                let (first, last) = value.years.unzip();
                json!({ "value": value.text, "count": value.count, "first_year": first, "last_year": last })
            });
            json!({
                "field": name,
                "values": values.collect::<Vec<Value>>(),
                "other_values": facet.other_values,
                "records_without": facet.records_without,
            })
        })
        .collect();
    json!({ "records": response.match_count.count(), "facets": facets })
}

/// Writes a line for each value: field, value, records, first and last year.
fn write_tabs(out: &mut dyn Write, facets: &[(&str, &Facet)]) -> io::Result<()> {
    for (name, facet) in facets {
        for value in &facet.values {
            let years = value.years.map(|(first, last)| [first.to_string(), last.to_string()]);
            let [first, last] = years.unwrap_or_default();
            let text = one_line(&value.text);
            writeln!(out, "{}\t{text}\t{}\t{first}\t{last}", one_line(name), value.count)?;
        }
    }
    Ok(())
}

/// Writes a heading for each field, and its values below it.
fn write_aligned(
    out: &mut dyn Write,
    response: &AggregateResponse,
    facets: &[(&str, &Facet)],
) -> io::Result<()> {
    for (at, (name, facet)) in facets.iter().enumerate() {
        let with_value = response.match_count.count() - facet.records_without;
        let blank = if at == 0 { "" } else { "\n" };
        let name = one_line(name);
        writeln!(out, "{blank}{name}: in {with_value} of {} records", response.match_count)?;
        let texts: Vec<String> = facet.values.iter().map(|value| one_line(&value.text)).collect();
        let widest = texts.iter().map(|text| display_width(text)).max().unwrap_or(0);
        let widest = widest.min(MAX_VALUE_WIDTH);
        let most = facet.values.first().map_or(0, |value| value.count);
        let width = most.to_string().len();
        for (value, text) in facet.values.iter().zip(texts) {
            let padding = " ".repeat(widest.saturating_sub(display_width(&text)));
            let years = value.years.map(shown_years).unwrap_or_default();
            let line = format!("  {:width$}  {text}{padding}  {years}", value.count);
            writeln!(out, "{}", line.trim_end())?;
        }
        match facet.other_values {
            0 => {}
            1 => writeln!(out, "  and 1 more value")?,
            others => writeln!(out, "  and {others} more values; -n shows more")?,
        }
    }
    Ok(())
}

/// Returns a text on one line, without what a terminal would obey.
fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns two years as a range.
fn shown_years((first, last): (i64, i64)) -> String {
    if first == last {
        shown_year(first)
    } else {
        format!("{}–{}", shown_year(first), shown_year(last))
    }
}

/// Returns a year as people write it. Years are counted as in ISO 8601: the year 0 is 1 BC.
pub(super) fn shown_year(year: i64) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1_i64.saturating_sub(year)) }
}
