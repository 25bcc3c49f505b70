//! Months in a filter that stand apart from their year: the `July` of `july soong 1945`.
//!
//! Such a word may also be meant as a word: `may`, `march`, the `jan` of Jan Masaryk. So a record matches if it has the
//! word or is of that month.

use super::clause::{Clause, Query, Scope, Term};
use super::date_filter::{DateFilter, parse_month_of_year};
use super::suggestion::Suggestion;
use super::tree::{Alternative, Group};

/// A month of fewer letters without a year is rather a word: `may`, `jan`.
const MIN_HINTED_LETTERS: usize = 4;

/// A year that makes the hint about a month without one.
const ANY_YEAR: &str = "1945";

/// Adds the month of the only year of a filter to each word that is a month. Without a date in the filter, a hint says that
/// a year would do that. In `July | August 1958`, the year is that of both months.
pub(super) fn add_dates(query: &mut Query) {
    let has_date = query.terms().any(|term| matches!(term.clause, Clause::Date(_)));
    let year = only_year(&query.groups);
    for group in &mut query.groups {
        if let Some(year) = year_of_months(group) {
            for month in group.iter_mut() {
                add_year(month, &year);
            }
            continue;
        }
        let words: Vec<String> = group.iter().filter_map(plain_word).map(str::to_owned).collect();
        if words.len() < group.len() {
            continue;
        }
        // (July | August) 1958
        if let Some(year) = year.as_ref().filter(|year| are_months(&words, year)) {
            for month in group.iter_mut() {
                add_year(month, year);
            }
            continue;
        }
        for word in &words {
            let is_hinted =
                !has_date && query.hints.is_empty() && word.chars().count() >= MIN_HINTED_LETTERS;
            if let Some((text, filter)) =
                year.as_ref().and_then(|year| parse_month_of_year(word, year))
            {
                let clause = Clause::Date(filter);
                group.push(Alternative::Term(Term { text, negated: false, clause }));
            } else if is_hinted && parse_month_of_year(word, ANY_YEAR).is_some() {
                query.hints.push(Suggestion::MonthWithoutYear(word.clone()));
            }
        }
    }
}

/// Whether words are several months of a year.
fn are_months(words: &[String], year: &str) -> bool {
    words.len() > 1 && words.iter().all(|word| parse_month_of_year(word, year).is_some())
}

/// Makes a date of a word that is a month.
fn add_year(alternative: &mut Alternative, year: &str) {
    let Some(month) = plain_word(alternative).and_then(|word| parse_month_of_year(word, year))
    else {
        return;
    };
    let (text, filter) = month;
    *alternative = Alternative::Term(Term { text, negated: false, clause: Clause::Date(filter) });
}

/// Returns the year of the last alternative of a group, if it is a month of a year and the others are other months.
fn year_of_months(group: &Group) -> Option<String> {
    let (Alternative::Term(last), others) = group.split_last()? else { return None };
    let (month, year) = last.text.split_once(' ')?;
    let is_month = matches!(last.clause, Clause::Date(_))
        && parse_month_of_year(month, year).is_some_and(|(text, _)| text == last.text);
    let is_word = |other: &Alternative| {
        let date = plain_word(other).and_then(|word| parse_month_of_year(word, year));
        date.is_some_and(|(_, filter)| last.clause != Clause::Date(filter))
    };
    (is_month && others.iter().all(is_word) && !others.is_empty()).then(|| year.to_owned())
}

/// Returns the year of a filter, if it is its only date and all records have to be of it.
fn only_year(groups: &[Group]) -> Option<String> {
    let has_date = |group: &&Group| {
        let mut terms = group.iter().flat_map(Alternative::terms);
        terms.any(|term| matches!(term.clause, Clause::Date(_)))
    };
    let mut dated = groups.iter().filter(has_date);
    let (Some(group), None) = (dated.next(), dated.next()) else { return None };
    let [Alternative::Term(Term { text, negated: false, clause })] = group.as_slice() else {
        return None;
    };
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_overlap = matches!(clause, Clause::Date(DateFilter::Overlaps(_)));
    (is_year && is_overlap).then(|| text.clone())
}

/// Returns the word of an alternative that is nothing but one, without a field and without operators.
fn plain_word(alternative: &Alternative) -> Option<&str> {
    let Alternative::Term(Term { text, negated: false, clause: Clause::Words(phrase) }) =
        alternative
    else {
        return None;
    };
    let is_plain = phrase.scope == Scope::DefaultFields && text.chars().all(char::is_alphabetic);
    is_plain.then_some(text)
}
