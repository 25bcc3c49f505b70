//! Dates that are not whole: where they end behind `date:`, what is missing, and what they may become at the end of a filter.

use super::clause::{Clause, Query, Scope, Term};
use super::date_filter::{
    CIRCA_WORDS, DateFilter, is_digits, is_month, is_ordinal, longest_number, may_begin_month,
    parse_bare, parse_month_of_year,
};
use super::date_phrases::is_comparison;
use super::operator::{TermBody, TermPrefix};
use super::phrase::build_phrase;
use super::tree::{Alternative, Group};
use super::word_forms::HasWord;
use crate::record::DateSpan;
use crate::text::fold::fold;

/// The most terms of a date that is still typed.
const MAX_TERMS: usize = 8;
/// A month without its year has at least this many letters.
const MIN_MONTH_LETTERS: usize = 4;
/// The first and the last year that a date without one may become.
const ANY_YEARS: [&str; 2] = ["1000", "2099"];

/// Returns the byte position where a date without its year ends, which may become any date: `July`,
/// `19`, `12 Ju`, `after July 12, 19`.
pub(super) fn end_of_unfinished_date(text: &str, ends: &[usize]) -> Option<usize> {
    let words: Vec<&str> = text.split_whitespace().take(ends.len()).collect();
    let may_be_month = |word: &&str| may_begin_month(word.trim_end_matches(['.', ',']));
    let is_short_number = |word: &&str| {
        (1..4).contains(&longest_number(word)) && is_digits(word.trim_end_matches([',', '.']))
    };
    let start = usize::from(words.first().is_some_and(|word| is_date_modifier(word)));
    let count = match (words.get(start), words.get(start + 1)) {
        (Some(day), Some(name))
            if is_short_number(day) && longest_number(day) <= 2 && may_be_month(name) =>
        {
            2
        }
        (Some(name), _) if is_month(name) || start > 0 && may_be_month(name) => 1,
        (Some(day), _) if may_be_day(day) => 1,
        _ => return None,
    };
    let numbers = words.iter().skip(start + count).take_while(|word| is_short_number(word));
    ends.get(start + count + numbers.count() - 1).copied()
}

/// Whether a word modifies the date after it: a comparison or `circa`.
fn is_date_modifier(word: &str) -> bool {
    let word = word.strip_prefix('=').unwrap_or(word);
    is_comparison(word) || CIRCA_WORDS.iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// Whether a number may be a day of a month.
fn may_be_day(word: &str) -> bool {
    let number = word.trim_end_matches([',', '.']).parse::<u8>();
    number.is_ok_and(|number| (1..=31).contains(&number))
}

/// Returns why a text after `date:` is ignored.
pub(super) fn why_ignored(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or("");
    if text.is_empty() {
        "date: needs a date, such as 1945, July 1945, 1943..1945, before 1950 or undated".to_owned()
    } else if is_comparison(first) {
        format!("“{text}” needs a date, such as {first} 1945")
    } else if is_ordinal(first) {
        format!("“{first}” needs a month or “century”")
    } else if may_begin_month(first) || is_digits(first.trim_end_matches(',')) {
        let whole = if is_month(first) {
            format!("{first} 1945")
        } else {
            "1945 or 12 July 1945".to_owned()
        };
        format!("“{text}” needs a year, such as {whole}")
    } else {
        format!(
            "“{text}” is not a date: try 1945, July 1945, 1943..1945, 1940s, before 1950 or undated"
        )
    }
}

impl Query {
    /// Makes a date of the terms at the end that may become one: `juillet 195`, `voor 190`, `07/19`. Returns their text. The
    /// date is all days that it may become. For a filter that finds nothing otherwise.
    pub fn take_unfinished_date(&mut self) -> Option<String> {
        self.take_last_terms(complete_dates)
    }

    /// The same for a month that is in no record as a word, or a day of one, whose year is missing: `14 de julio`.
    pub fn take_month_without_year(&mut self, has_word: HasWord<'_>) -> Option<String> {
        self.take_last_terms(|text| {
            let month = text.rsplit_once(char::is_whitespace).map_or(text, |(_, month)| month);
            let is_word = month.chars().count() < MIN_MONTH_LETTERS || has_word(&fold(month));
            let is_whole = !is_word && parse_month_of_year(month, ANY_YEARS[0]).is_some();
            let dates = ANY_YEARS.map(|year| format!("{text} {year}"));
            if is_whole { vec![dates.to_vec()] } else { Vec::new() }
        })
    }

    /// Makes the beginning of a longer number of a year behind other terms: the 1223 of `telegram 12233`. Returns it.
    pub fn take_year_as_number(&mut self) -> Option<String> {
        self.terms().nth(1)?;
        let last = self.terms_mut().last().filter(|term| !term.negated && is_year(term))?;
        let body = TermBody { text: &last.text, may_continue: true, ..TermBody::default() };
        last.clause =
            Clause::Words(build_phrase(&TermPrefix::default(), body)?.without_preference());
        Some(last.text.clone())
    }

    /// Makes one date of as many terms at the end as possible. `complete` gives the texts of dates that they may become:
    /// the first and the last one.
    fn take_last_terms(&mut self, complete: impl Fn(&str) -> Vec<Vec<String>>) -> Option<String> {
        let texts: Vec<&str> =
            self.groups.iter().rev().map_while(plain_text).take(MAX_TERMS).collect();
        let (count, text, date) = (1..=texts.len()).rev().find_map(|count| {
            let last: Vec<&str> = texts.iter().take(count).rev().copied().collect();
            let text = last.join(" ");
            let days = complete(&text).iter().find_map(|dates| all_days(dates))?;
            Some((count, text, days))
        })?;
        let first = self.groups.len() - count;
        for alternative in self.groups.iter_mut().skip(first).flatten() {
            if let Alternative::Term(term) = alternative {
                term.clause = Clause::Date(date);
            }
        }
        Some(text)
    }
}

/// Returns the text of a group that is one word or number without operators.
fn plain_text(group: &Group) -> Option<&str> {
    let [Alternative::Term(term)] = group.as_slice() else { return None };
    let is_plain = match &term.clause {
        Clause::Words(phrase) => {
            phrase.scope == Scope::DefaultFields && phrase.max_between.is_none()
        }
        Clause::Date(_) => true,
        _ => false,
    };
    let is_sign = |sign: char| matches!(sign, ':' | '"' | '^' | '~' | '=' | '*' | '$');
    (is_plain && !term.negated && !term.text.contains(is_sign)).then_some(term.text.as_str())
}

/// Whether a term is a year without more.
fn is_year(term: &Term) -> bool {
    matches!(term.clause, Clause::Date(_)) && term.text.len() == 4 && is_digits(&term.text)
}

/// Returns the first and the last date that a text may become by further digits, in each way that it may be read.
fn complete_dates(text: &str) -> Vec<Vec<String>> {
    let front = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = text.get(front.len()..).unwrap_or_default();
    let pad = |digit: &str| format!("{front}{digits}{}", digit.repeat(4 - digits.len()));
    let mut dates = Vec::new();
    match (digits.len(), digits.chars().next()) {
        (1..=3, Some('1')) => dates.push(vec![pad("0"), pad("9")]),
        (1..=3, Some('2')) => {
            let last =
                if digits.len() == 3 { pad("9") } else { format!("{front}{}", ANY_YEARS[1]) };
            dates.push(vec![pad("0"), last]);
        }
        _ => {}
    }
    if let Some(sign) = ['年', '月'].into_iter().find(|sign| front.ends_with(*sign)) {
        let unit = if sign == '年' { '月' } else { '日' };
        dates.push(vec![format!("{text}{unit}")]);
    }
    // 1958 July 1
    if matches!(digits, "1" | "2" | "3") && front.ends_with(' ') {
        let month =
            front.trim_end().rsplit_once(' ').map(|(year, month)| format!("{month} {year}"));
        dates.extend(month.filter(|_| is_whole_date(text)).map(|month| vec![month]));
    }
    let is_numeric = text.len() <= 6
        && text.starts_with(|first: char| first.is_ascii_digit())
        && text.contains(['.', '/'])
        && text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | '/'));
    if is_numeric {
        let sign = if text.contains('.') { "." } else { "/" };
        let front = text.trim_end_matches(['.', '/']);
        dates.push(ANY_YEARS.map(|year| format!("{front}{sign}{year}")).to_vec());
    }
    dates
}

/// Whether a text is nothing but a date.
fn is_whole_date(text: &str) -> bool {
    parse_bare(text).is_some_and(|(bytes, _)| bytes == text.len())
}

/// Returns all days of dates, and those between them, or `None` if one of the texts is no date.
fn all_days(dates: &[String]) -> Option<DateFilter> {
    let mut all = None;
    for text in dates {
        let (bytes, DateFilter::Overlaps(span)) = parse_bare(text)? else { return None };
        if bytes < text.len() {
            return None;
        }
        all = Some(all.map_or(span, |all: DateSpan| all.union(span)));
    }
    all.map(DateFilter::Overlaps)
}
