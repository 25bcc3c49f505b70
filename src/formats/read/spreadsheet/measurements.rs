//! Tells tables of measurements, such as the weather of each day, from tables of records.

use csv::StringRecord;

use super::columns::Column;
use super::trim_cell;
use crate::formats::field_names::{FieldTarget, words_of};
use crate::formats::read::tree::is_about_weather;

/// Names of columns of the prices of a day.
const PRICE_WORDS: [&str; 9] =
    ["open", "high", "low", "close", "volume", "price", "rate", "turnover", "kurs"];

/// Whether the rows of a table are measurements: a day, and for the rest numbers with fractions, the weather or prices.
pub(super) fn are_measured(columns: &[Column], sample: &[StringRecord]) -> bool {
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
