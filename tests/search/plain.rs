//! The rules of finding as a plain scan over all records: no index, no segments, no columns.

use std::cmp::Reverse;

use fonds::query::{Boldness, Clause, Guessing, MatchQuality, Phrase, Query, Scope, Term, parse};
use fonds::record::{Field, Placed, Record};
use fonds::text::fold::fold;
use fonds::text::words::words;

/// What a plain scan finds.
#[derive(Debug, PartialEq)]
pub(super) struct Scanned {
    /// The records that fit, by relevance or in archive order.
    pub(super) numbers: Vec<usize>,
    /// How many undated records would fit but for the dates.
    pub(super) undated: usize,
    /// How many records each term fits.
    pub(super) terms: Vec<usize>,
}

/// What a word in a field is worth.
fn score(tier: MatchQuality, field: Option<Field>) -> u32 {
    let field = match field {
        Some(Field::Title) => 3,
        Some(Field::People) => 2,
        Some(Field::Summary) => 0,
        _ => 1,
    };
    1 + 4 * tier as u32 + field
}

/// The values a phrase looks into, each as its words.
fn values(record: &Record, scope: &Scope) -> Vec<(Option<Field>, Vec<String>)> {
    let bare = [
        Field::Title,
        Field::Summary,
        Field::People,
        Field::Places,
        Field::Subjects,
        Field::Source,
    ];
    let known = record.values.iter().filter(|(field, _)| match scope {
        Scope::Bare => bare.contains(field),
        Scope::Known(known) => known == field,
        Scope::Own(_) => false,
    });
    let own = record.own.iter().filter(|(name, _)| match scope {
        Scope::Bare => true,
        Scope::Known(_) => false,
        Scope::Own(own) => own == name,
    });
    let known = known.map(|(field, value)| (Some(*field), value));
    let all = known.chain(own.map(|(_, value)| (None, value)));
    all.map(|(field, value)| {
        let folded = fold(value);
        (field, words(&folded).map(|word| folded[word].to_owned()).collect())
    })
    .collect()
}

/// Allows the needles of a phrase what all the records call for.
fn allow(phrase: &Phrase, records: &[Placed], boldness: Boldness) -> Phrase {
    let mut phrase = phrase.clone();
    let all: Vec<String> = records
        .iter()
        .flat_map(|placed| match &phrase.scope {
            // Of fields under own names the index knows no names.
            Scope::Own(_) => {
                let names = placed.record.own.iter().map(|(name, _)| Scope::Own(name.clone()));
                names.flat_map(|own| values(&placed.record, &own)).collect()
            }
            scope => values(&placed.record, scope),
        })
        .flat_map(|(_, words)| words)
        .collect();
    let has = |other: &Phrase| other.words.iter().all(|word| all.contains(&word.letters));
    let spelt = phrase.others.iter().any(has);
    for at in 0..phrase.words.len() {
        let known = spelt || all.iter().any(|word| word.starts_with(&phrase.words[at].letters));
        let guess = phrase.guess_at(&phrase.words[at], known, boldness);
        let inside = phrase.inside && !known;
        (phrase.words[at].inside, phrase.words[at].guess) = (inside, guess);
    }
    phrase
}

/// The best score of a phrase in a record.
fn best(phrase: &Phrase, record: &Record) -> Option<u32> {
    let mut best = None;
    for (field, words) in values(record, &phrase.scope) {
        for at in 0..words.len() {
            let Some(window) = words.get(at..at + phrase.words.len()) else { continue };
            let start = !phrase.at_start || at == 0;
            let end = !phrase.at_end || at + window.len() == words.len();
            let tiers = phrase.words.iter().zip(window).map(|(needle, word)| needle.tier(word));
            let tiers: Option<Vec<MatchQuality>> = tiers.collect();
            if let Some(tier) = tiers.and_then(|tiers| tiers.into_iter().min())
                && start
                && end
            {
                best = best.max(Some(score(tier, field)));
            }
        }
    }
    best
}

/// How a record fits a term: not at all, or with a score, which is 0 for dates and negations.
fn fits(term: &Term, record: &Record) -> Option<u32> {
    let found = match &term.wish {
        Clause::Words(phrase) => {
            // Another spelling is worth what the beginning of a word is.
            let otherwise =
                |other| best(other, record).map(|score| if score > 16 { score - 4 } else { score });
            let others = phrase.others.iter().filter_map(otherwise);
            others.chain(best(phrase, record)).max()
        }
        // Nothing is marked or noted here, and nothing comes from a file.
        Clause::Marked | Clause::Noted | Clause::Note(_) | Clause::From(_) => None,
        Clause::Date(date) => date.fits(record.date.reading).then_some(0),
    };
    if term.negated { found.is_none().then_some(0) } else { found }
}

/// How a record fits a filter: its weakest score and the sum of its scores.
fn worth(groups: &[Vec<Term>], record: &Record) -> Option<(u32, u32)> {
    let best = groups.iter().map(|group| group.iter().filter_map(|term| fits(term, record)).max());
    let scores: Vec<u32> = best.collect::<Option<_>>()?;
    let weakest = scores.iter().copied().filter(|score| *score > 0).min().unwrap_or(0);
    Some((weakest, scores.iter().sum()))
}

/// The records that fit, by relevance, then in archive order.
fn scan(groups: &[Vec<Term>], records: &[Placed]) -> Vec<usize> {
    let mut found: Vec<_> = (0..records.len())
        .filter_map(|number| Some((number, worth(groups, &records[number].record)?)))
        .collect();
    found.sort_by_key(|(number, worth)| (Reverse(*worth), archive_key(records, *number)));
    found.into_iter().map(|(number, _)| number).collect()
}

/// Where a record stands in archive order.
pub(super) fn archive_key(records: &[Placed], number: usize) -> (u16, bool, Option<u64>, usize) {
    let Placed { source, record } = &records[number];
    (*source, record.position.is_none(), record.position, number)
}

/// Makes the terms of a filter ready for these records.
fn ready(query: &Query, records: &[Placed], boldness: Boldness) -> Vec<Vec<Term>> {
    let mut groups = query.groups.clone();
    for term in groups.iter_mut().flatten() {
        if let Clause::Words(phrase) = &mut term.wish {
            *phrase = allow(phrase, records, boldness);
        }
    }
    groups
}

/// Finds what fits a filter.
pub(super) fn find(records: &[Placed], text: &str) -> Scanned {
    let mut own: Vec<String> = Vec::new();
    for (name, _) in records.iter().flat_map(|placed| &placed.record.own) {
        if !own.contains(name) {
            own.push(name.clone());
        }
    }
    let query = parse(text, &own);
    let mut groups = ready(&query, records, Boldness::None);
    let mut numbers = scan(&groups, records);
    let asked = query.groups.iter().filter(|group| group.iter().any(|term| !term.negated)).count();
    let boldness = match numbers.len() {
        0 => Boldness::All,
        1..=10 if asked > 1 => Boldness::Close,
        _ => Boldness::None,
    };
    let may = |term: &Term| matches!(&term.wish, Clause::Words(phrase) if phrase.guessing == Guessing::WhereNeeded);
    if boldness != Boldness::None && query.terms().any(may) {
        let bold = ready(&query, records, boldness);
        let found = scan(&bold, records);
        if found.len() > numbers.len() {
            (groups, numbers) = (bold, found);
        }
    }
    let is_date = |term: &Term| !term.negated && matches!(term.wish, Clause::Date(_));
    let dated = groups.iter().flatten().any(is_date);
    let mut others = groups.clone();
    for group in &mut others {
        group.retain(|term| !is_date(term));
    }
    others.retain(|group| !group.is_empty());
    let undated = scan(&others, records)
        .into_iter()
        .filter(|at| records[*at].record.date.span().is_none() && !numbers.contains(at));
    let count = |term: &Term| {
        let term = Term { negated: false, ..term.clone() };
        records.iter().filter(|placed| fits(&term, &placed.record).is_some()).count()
    };
    Scanned {
        undated: if dated { undated.count() } else { 0 },
        terms: groups.iter().flatten().map(count).collect(),
        numbers,
    }
}
