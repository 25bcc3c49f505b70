//! What a filter finds in a snapshot, with all there is to say about it.

use std::sync::Arc;

use super::expand::resolve;
use super::membership::{column, from};
use super::score::{Ready, ReadyWish, Stop};
use super::search::{Groups, Hits, Scored, score};
use super::suggestions::{guesses, ways_out, years_as_words};
use crate::query::TermCount;
pub(crate) use crate::query::clause::{Boldness, Clause, Guessing, Query, Term};
use crate::query::highlight::Highlighter;
use crate::query::parse::{parse, quoted};
use crate::store::{Marked, Store};

/// What a filter finds in a snapshot.
#[derive(Debug)]
pub(super) struct Found {
    /// The snapshot.
    pub(super) store: Store,
    /// The text of the filter.
    pub(super) text: String,
    /// What the reader had marked and noted.
    pub(super) marked: Arc<Marked>,
    /// Whether records that stand in several sources are shown as often.
    pub(super) apart: bool,
    /// Whether the filter asks for that.
    pub(super) asks_marks: bool,
    /// Whether there are words to find, so that some records fit better than others.
    pub(super) has_words: bool,
    /// The records that fit.
    pub(super) hits: Hits,
    /// How many undated records would fit but for the dates that are asked for.
    pub(super) undated_left_out: usize,
    /// What each term found on its own.
    pub(super) terms: Vec<TermCount>,
    /// What to say.
    pub(super) hints: Vec<String>,
    /// Finds the matched letters.
    pub(super) highlighter: Arc<Highlighter>,
}

impl Found {
    /// Finds what fits, or nothing where it was stopped.
    pub(super) fn new(
        store: &Store,
        text: &str,
        marked: &Arc<Marked>,
        apart: bool,
        stop: Stop<'_>,
    ) -> Option<Found> {
        let query = parse(text, store.own_names());
        let years = years(&query);
        let groups = numbered(&query, |_, _| true);
        let mut terms = ready(store, &query, &years, marked, Boldness::None, stop)?;
        let mut scored = score(store, &groups, &terms, stop)?;
        if let Some(boldness) = query.boldness(scored.hits.shown()) {
            let bold = ready(store, &query, &years, marked, boldness, stop)?;
            let with_guesses = scored.raised(&groups, &terms, &bold, stop)?;
            if with_guesses.hits.shown() > scored.hits.shown() {
                (terms, scored) = (bold, with_guesses);
            }
        }
        let mut say = query.hints.clone();
        say.extend(guesses(store, &query, &terms, &scored.hits));
        say.extend(years_as_words(&query, &years, &scored));
        say.extend(ways_out(store, &query, &terms, &scored));
        let undated_left_out = undated_left_out(&query, &scored);
        let counts = term_counts(&query, &scored, store.len());
        let mut hits = scored.hits;
        if !apart {
            hits.once(store);
        }
        Some(Found {
            store: store.clone(),
            apart,
            text: text.to_owned(),
            marked: Arc::clone(marked),
            asks_marks: query.asks_marks(),
            has_words: query.has_words(),
            undated_left_out,
            terms: counts,
            hints: say,
            highlighter: Arc::new(highlighter(&query, terms)),
            hits,
        })
    }
}

/// Where a filter of several terms finds no more than this, one of them may be misspelt though it
/// is a word: `stain 1945` for Stalin.
const FEW: usize = 10;

impl Query {
    /// How much more is to be guessed at where the filter finds so many records.
    fn boldness(&self, shown: usize) -> Option<Boldness> {
        let asked = self.groups.iter().filter(|group| group.iter().any(|term| !term.negated));
        match shown {
            _ if !self.terms().any(Term::may_be_guessed) => None,
            0 => Some(Boldness::All),
            1..=FEW if asked.count() > 1 => Some(Boldness::Close),
            _ => None,
        }
    }
}

impl Term {
    /// Whether guesses may be made for it that are not made always.
    fn may_be_guessed(&self) -> bool {
        matches!(&self.wish, Clause::Words(phrase) if phrase.guessing == Guessing::WhereNeeded)
    }

    /// Whether it asks for a date.
    fn is_date(&self) -> bool {
        !self.negated && matches!(self.wish, Clause::Date(_))
    }

    /// The year as a word, where the term is one that no name announces.
    fn year_as_word(&self) -> Option<Clause> {
        let year = self.is_date() && self.text.bytes().all(|byte| byte.is_ascii_digit());
        year.then(|| quoted(&self.text).map(Clause::Words)).flatten()
    }
}

/// The years among the terms of a filter, by the number of the term, as words.
fn years(query: &Query) -> Vec<(usize, Clause)> {
    let terms = query.terms().enumerate();
    terms.filter_map(|(at, term)| Some((at, term.year_as_word()?))).collect()
}

/// Groups of terms by number, as far as the terms pass; a group without any is none.
pub(super) fn numbered(query: &Query, pass: impl Fn(usize, &Term) -> bool) -> Groups {
    let mut numbers = 0..;
    let groups = query.groups.iter().map(|group| {
        let terms = group.iter().zip(numbers.by_ref());
        terms.filter(|(term, at)| pass(*at, term)).map(|(_, at)| at).collect()
    });
    groups.filter(|group: &Vec<usize>| !group.is_empty()).collect()
}

/// Makes terms ready for a snapshot: those of the filter, then its years as words. Nothing where it
/// was stopped.
fn ready(
    store: &Store,
    query: &Query,
    years: &[(usize, Clause)],
    marked: &Marked,
    boldness: Boldness,
    stop: Stop<'_>,
) -> Option<Vec<Ready>> {
    let ready = |negated: bool, wish: &Clause| {
        let wish = match wish {
            Clause::Words(phrase) => ReadyWish::Words(resolve(store, phrase, boldness)),
            Clause::Date(date) => ReadyWish::Date(*date),
            Clause::From(phrase) => ReadyWish::Chosen(from(store, phrase)),
            Clause::Marked | Clause::Noted | Clause::Note(_) => {
                ReadyWish::Chosen(column(store, marked, wish))
            }
        };
        (!stop()).then_some(Ready { negated, wish })
    };
    let terms = query.terms().map(|term| ready(term.negated, &term.wish));
    terms.chain(years.iter().map(|(_, wish)| ready(false, wish))).collect()
}

/// How many undated records would fit but for the dates that are asked for.
fn undated_left_out(query: &Query, scored: &Scored<'_>) -> usize {
    if !query.terms().any(Term::is_date) {
        return 0;
    }
    scored.more(&numbered(query, |_, term| !term.is_date()), true)
}

/// What each term found on its own; one that leaves out, what it leaves out of so many records.
fn term_counts(query: &Query, scored: &Scored<'_>, all: usize) -> Vec<TermCount> {
    let count = |(term, fitting): (&Term, &usize)| {
        let records = if term.negated { all - fitting } else { *fitting };
        TermCount { text: term.text.clone(), records }
    };
    query.terms().zip(&scored.fitting).map(count).collect()
}

/// Finds the letters that the terms of a filter matched.
fn highlighter(query: &Query, terms: Vec<Ready>) -> Highlighter {
    let both = query.terms().zip(terms).filter(|(term, _)| !term.negated);
    let mut highlighter = Highlighter::default();
    for (_, ready) in both {
        match ready.wish {
            ReadyWish::Words(words) => words.into_phrases(&mut highlighter.phrases),
            ReadyWish::Date(date) => highlighter.dates.push(date),
            ReadyWish::Chosen(_) => {}
        }
    }
    highlighter
}
