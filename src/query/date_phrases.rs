//! The words before a date in a filter, which say where the date is: `before`, `vor dem`, `depuis`; and those that change
//! nothing: `im Juli 1958`, `le 14 juillet 1958`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::fold::fold;

/// The most words of a phrase.
const MAX_PHRASE_WORDS: usize = 4;

/// The table that is built into the program.
static BUILT_IN: LazyLock<DatePhrases> = LazyLock::new(|| {
    let table = include_str!("../../assets/date_filters.toml");
    toml::from_str::<DatePhrases>(table).unwrap_or_default().folded()
});

/// The words of dates in filters, as data. All are folded.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DatePhrases {
    /// Before the date.
    before: Vec<String>,
    /// After the date.
    after: Vec<String>,
    /// On the date or after it.
    since: Vec<String>,
    /// On the date or before it.
    until: Vec<String>,
    /// On the date or after it, if nothing else is in the filter.
    from: Vec<String>,
    /// Words before any date that change nothing.
    inside: Vec<String>,
    /// Words before a month or its day that change nothing.
    inside_month: Vec<String>,
    /// Before a date that is approximate.
    about: Vec<String>,
    /// Before the first year of a decade.
    decade: Vec<String>,
    /// Behind a decade that is written with an ending.
    behind_decade: Vec<String>,
    /// Words behind a year that change nothing.
    behind_year: Vec<String>,
    /// Words between the parts of a date.
    between_parts: Vec<String>,
    /// Names of months that begin no date by themselves.
    no_months: Vec<String>,
    /// The first words of all phrases before a date.
    #[serde(skip)]
    first_words: HashSet<String>,
}

/// The part of time that a comparison with a date selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// All days after the date.
    After,
    /// The date and all days after it.
    Since,
    /// All days before the date.
    Before,
    /// The date and all days before it.
    Until,
}

/// The signs of comparisons. A sign comes after any longer one that begins with it.
const SIGNS: [(&str, Comparison); 4] = [
    (">=", Comparison::Since),
    ("<=", Comparison::Until),
    (">", Comparison::After),
    ("<", Comparison::Before),
];

impl DatePhrases {
    /// Returns the table with all words as they are compared.
    fn folded(mut self) -> DatePhrases {
        let lists = [
            &mut self.before,
            &mut self.after,
            &mut self.since,
            &mut self.until,
            &mut self.from,
            &mut self.inside,
            &mut self.inside_month,
            &mut self.about,
            &mut self.decade,
            &mut self.behind_decade,
            &mut self.behind_year,
        ];
        for phrase in lists.into_iter().flatten() {
            *phrase = fold(phrase);
        }
        let before = [&self.before, &self.after, &self.since, &self.until, &self.from];
        let others = [&self.inside, &self.inside_month, &self.about, &self.decade];
        let before = before.into_iter().chain(others).flatten();
        self.first_words =
            before.filter_map(|it| it.split(' ').next()).map(str::to_owned).collect();
        self
    }
}

/// Strips a comparison, as in `after 1943`, `vor dem 1. Juli 1958` or `>=1943`. Returns it with the rest of the text.
pub(super) fn strip_comparison(text: &str) -> Option<(Comparison, &str)> {
    let table: &DatePhrases = &BUILT_IN;
    let sign = SIGNS
        .iter()
        .find_map(|(sign, comparison)| Some((*comparison, text.strip_prefix(sign)?.trim_start())));
    let words = [
        (Comparison::Before, &table.before),
        (Comparison::After, &table.after),
        (Comparison::Since, &table.since),
        (Comparison::Until, &table.until),
    ];
    let phrases = words
        .into_iter()
        .filter_map(|(comparison, phrases)| Some((comparison, strip_phrase(text, phrases)?)));
    sign.or_else(|| phrases.min_by_key(|(_, rest)| rest.len()))
}

/// Whether a word is a comparison by itself.
pub(super) fn is_comparison(word: &str) -> bool {
    let table: &DatePhrases = &BUILT_IN;
    let word_lists = [&table.before, &table.after, &table.since, &table.until];
    let folded = comparable(word);
    SIGNS.iter().any(|(sign, _)| *sign == word)
        || word_lists.into_iter().flatten().any(|phrase| *phrase == folded)
}

/// Strips a word such as "from" before a date from which on all are meant.
pub(super) fn strip_from(text: &str) -> Option<&str> {
    strip_phrase(text, &BUILT_IN.from)
}

/// Strips words at both ends of a date that change nothing. `begins_with_month` tells whether a text begins with a month or
/// its day.
pub(super) fn strip_plain_words(text: &str, begins_with_month: impl Fn(&str) -> bool) -> &str {
    let of_month =
        strip_phrase(text, &BUILT_IN.inside_month).filter(|rest| begins_with_month(rest));
    let begins_with_date = |rest: &str| {
        rest.starts_with(|letter: char| letter.is_ascii_digit()) || begins_with_month(rest)
    };
    let of_date = strip_phrase(text, &BUILT_IN.inside).filter(|rest| begins_with_date(rest));
    let text = of_date.or(of_month).unwrap_or(text);
    let (date, last) = text.rsplit_once(char::is_whitespace).unwrap_or((text, ""));
    let ends_with_year = date.ends_with(|letter: char| letter.is_ascii_digit());
    let last = fold(last.trim_end_matches('.'));
    let is_decade = date.trim_end_matches(char::is_alphabetic).ends_with('0') && !ends_with_year;
    let is_plain = ends_with_year && BUILT_IN.behind_year.contains(&last)
        || is_decade && BUILT_IN.behind_decade.contains(&last);
    if is_plain { date } else { text }
}

/// Strips a word that makes the date behind it approximate: `um 1910`.
pub(super) fn strip_about_word(text: &str) -> Option<&str> {
    let begins_with_digit = |rest: &&str| rest.starts_with(|letter: char| letter.is_ascii_digit());
    strip_phrase(text, &BUILT_IN.about).filter(begins_with_digit)
}

/// Strips the words before the first year of a decade: `années 1960`.
pub(super) fn strip_decade(text: &str) -> Option<&str> {
    strip_phrase(text, &BUILT_IN.decade)
}

/// Whether a word stands between the day and the month, or the month and the year: `14 de julio de 1958`.
pub(super) fn is_between_parts(word: &str) -> bool {
    BUILT_IN.between_parts.contains(&word.to_lowercase())
}

/// Strips an article from the start of a date in a range: `tra il 1944 e il 1946`.
pub(super) fn strip_article(text: &str) -> &str {
    strip_phrase(text.trim_start(), &BUILT_IN.inside_month).unwrap_or(text)
}

/// Whether a word is one of those before dates, or the first word of several.
pub(super) fn may_begin_date(word: &str) -> bool {
    let word = comparable(word);
    word.split(' ').next().is_some_and(|first| BUILT_IN.first_words.contains(first))
}

/// Whether a word is rather a name or another word than a month, though it is written for one: Martin, "yellow fever 1793".
/// With a full stop, it is a month.
pub(super) fn is_no_month(word: &str) -> bool {
    BUILT_IN.no_months.contains(&word.to_lowercase())
}

/// Strips the longest of some phrases from the start of a text. White space or an apostrophe is behind it.
fn strip_phrase<'a>(text: &'a str, phrases: &[String]) -> Option<&'a str> {
    let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '’');
    let ends = text.match_indices(is_gap).take(MAX_PHRASE_WORDS);
    let ends: Vec<(usize, &str)> = ends.collect();
    ends.into_iter().rev().find_map(|(end, gap)| {
        let (front, rest) = (text.get(..end)?, text.get(end + gap.len()..)?);
        let is_word = front.chars().all(|letter| {
            letter.is_alphabetic() || letter.is_whitespace() || matches!(letter, '\'' | '’' | '.')
        });
        let is_listed = is_word && phrases.contains(&comparable(front));
        is_listed.then(|| rest.trim_start()).filter(|rest| !rest.is_empty())
    })
}

/// Returns words as they are in the table: folded, with one blank between them.
fn comparable(words: &str) -> String {
    let folded = fold(words);
    let parts = folded.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
