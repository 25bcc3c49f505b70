//! Tells tables of measurements, such as the weather of each day, of places and of addresses from tables of records.

use csv::StringRecord;

use super::columns::Column;
use super::trim_cell;
use crate::formats::field_names::{FieldTarget, words_of};
use crate::formats::read::tree::{are_of_places, is_about_weather, is_document_title};
use crate::record::Field;

/// Names of columns of the prices of a day.
const PRICE_WORDS: [&str; 9] =
    ["open", "high", "low", "close", "volume", "price", "rate", "turnover", "kurs"];

/// Names of columns with what one reaches a person or a body by.
const CONTACT_WORDS: [&str; 10] =
    ["email", "mail", "phone", "telephone", "mobile", "fax", "telefon", "tel", "mobil", "correo"];

/// Returns what the rows of a table are, if they describe no documents.
pub(super) fn kind_of_rows(columns: &[Column], sample: &[StringRecord]) -> Option<&'static str> {
    if are_measured(columns, sample) {
        return Some("measurements, each with its day,");
    }
    let names = || columns.iter().map(|column| &*column.name);
    let is_contact = |name: &str| {
        words_of(name).last().is_some_and(|word| CONTACT_WORDS.contains(&word.as_str()))
    };
    if !are_named_alone(columns) {
        None
    } else if are_of_places(names()) {
        Some("places with coordinates")
    } else {
        names().any(is_contact).then_some("persons or bodies with addresses")
    }
}

/// Whether nothing is known of the rows of a table but names that are no titles, ids and places.
fn are_named_alone(columns: &[Column]) -> bool {
    let is_of_name = |column: &Column| match column.target {
        Some(FieldTarget::Field(Field::Title)) => !is_document_title(&column.name),
        Some(FieldTarget::Field(field)) => {
            [Field::Places, Field::Id, Field::Url, Field::Language].contains(&field)
        }
        Some(_) => false,
        None => true,
    };
    let title = Some(FieldTarget::Field(Field::Title));
    columns.iter().all(is_of_name) && columns.iter().any(|column| column.target == title)
}

/// Whether the rows of a table are measurements: a day, and for the rest numbers with fractions, the weather or prices.
fn are_measured(columns: &[Column], sample: &[StringRecord]) -> bool {
    let is_day = |target| {
        use FieldTarget::{Date, Day, Month, Year};
        matches!(target, Date | Year | Month | Day)
    };
    let targets = || columns.iter().filter_map(|column| column.target);
    let others: Vec<usize> = (0..columns.len())
        .filter(|at| columns.get(*at).is_some_and(|it| it.target.is_none()))
        .collect();
    if others.is_empty() || !targets().all(is_day) || !targets().any(is_day) {
        return false;
    }
    let cells = |at: usize| {
        let cells = sample.iter().filter_map(move |row| row.get(at)).map(trim_cell);
        cells.filter(|cell| !cell.is_empty())
    };
    let is_number = |cell: &str| cell.replace(',', ".").parse::<f64>().is_ok();
    let is_numeric = |at: &&usize| cells(**at).next().is_some() && cells(**at).all(is_number);
    let numeric: Vec<&usize> = others.iter().filter(is_numeric).collect();
    let names = || others.iter().filter_map(|at| columns.get(*at)).map(|column| &*column.name);
    let is_price =
        |name: &str| words_of(name).iter().any(|word| PRICE_WORDS.contains(&word.as_str()));
    let has_fraction =
        || numeric.iter().any(|at| cells(**at).any(|cell| cell.contains(['.', ','])));
    let are_known = is_about_weather(names()) || names().filter(|name| is_price(name)).count() > 1;
    numeric.len() == others.len() && (are_known || (numeric.len() > 1 && has_fraction()))
}
