//! What to say of what was found: guesses, and the ways out where nothing was.

use std::collections::HashMap;

use super::expand::Resolved;
use super::result_set::numbered;
use super::score::{Ready, ReadyWish};
use super::search::{Hits, Scored};
pub(crate) use crate::query::clause::{Clause, Phrase, Query, Scope, Term};
use crate::query::date_filter::DateFilter;
pub(crate) use crate::query::word_pattern::MatchQuality;
use crate::record::Field;
use crate::record::field_set::FieldSet;
use crate::store::index::term_dictionary::WordNumber;
use crate::store::{Segment, Store};
use crate::text::fold::Folded;
use crate::text::words::words;

/// How many guessed words are named.
const NAMED: usize = 3;

/// Announces the guesses that brought records: `no “harimann”: showing Harriman`.
pub(super) fn guesses(store: &Store, query: &Query, terms: &[Ready], list: &Hits) -> Vec<String> {
    let both = query.terms().zip(terms);
    both.filter_map(|(term, ready)| match &ready.wish {
        ReadyWish::Words(words) if words.has_guesses() => announce(store, term, words, list),
        _ => None,
    })
    .collect()
}

/// Announces the guesses at one term, the most frequent words first.
fn announce(store: &Store, term: &Term, words: &Resolved, list: &Hits) -> Option<String> {
    let mut found: Vec<(String, Guessed)> = guessed(store, words, list).into_iter().collect();
    found.sort_by(|(a, x), (b, y)| y.records.cmp(&x.records).then_with(|| a.cmp(b)));
    let named: Vec<&str> = found.iter().map(|(_, it)| it.shown.as_str()).take(NAMED).collect();
    if named.is_empty() {
        return None;
    }
    let more = if found.len() > NAMED { " and others" } else { "" };
    let named = named.join(", ");
    let begin = if words.is_honest() { "besides" } else { "no" };
    let typed = term.text.trim_start_matches('~');
    Some(format!("{begin} “{typed}”: showing {named}{more}"))
}

impl Ready {
    /// Whether it looks for words and has none but guesses.
    fn is_guessed_only(&self) -> bool {
        matches!(&self.wish, ReadyWish::Words(words) if !words.is_honest())
    }
}

impl Resolved {
    /// Whether a word that is no guess is meant by each of its needles.
    fn is_honest(&self) -> bool {
        let any = |words: &Vec<Vec<(WordNumber, MatchQuality)>>| {
            words.iter().flatten().any(|(_, tier)| !tier.is_guess())
        };
        self.meant.iter().all(any)
    }
}

/// A guessed word.
struct Guessed {
    /// The word as it is written in a record.
    shown: String,
    /// How many of the records that are shown have it.
    records: usize,
}

/// The guessed words of the records that are shown, by their folded letters.
fn guessed(store: &Store, words: &Resolved, list: &Hits) -> HashMap<String, Guessed> {
    let mut found: HashMap<String, Guessed> = HashMap::new();
    let fields = words.phrase.scope.fields();
    for (at, segment) in store.segments().iter().enumerate() {
        let meant = words.meant.iter().filter_map(|needle| needle.get(at)).flatten();
        for &(word, _) in meant.filter(|(_, tier)| tier.is_guess()) {
            let postings = segment
                .words()
                .postings(word)
                .each()
                .filter(|(record, of)| of.meets(fields) && list.rank(at, *record) != 0);
            let mut records = postings.map(|(record, _)| record).peekable();
            let Some(&first) = records.peek() else { continue };
            let letters = segment.words().word(word);
            let guessed = found.entry(letters.to_owned()).or_insert_with(|| Guessed {
                shown: as_written(segment, first, letters, &words.phrase.scope),
                records: 0,
            });
            guessed.records += records.count();
        }
    }
    found
}

/// A word as it is written in a record.
fn as_written(segment: &Segment, record: usize, word: &str, scope: &Scope) -> String {
    let texts = segment.texts(record).filter(|(slot, _)| scope.field_of(*slot).is_some());
    let mut written = texts.filter_map(|(_, text)| {
        let folded = Folded::new(text);
        let range =
            words(&folded.text).find(|range| folded.text.get(range.clone()) == Some(word))?;
        text.get(folded.original(range)).map(str::to_owned)
    });
    written.next().unwrap_or_else(|| word.to_owned())
}

/// Says of each year how many more records have it as a word.
pub(super) fn years_as_words(
    query: &Query,
    years: &[(usize, Clause)],
    scored: &Scored<'_>,
) -> Vec<String> {
    let words = query.terms().count()..;
    let hint = |(word, (year, _)): (usize, &(usize, Clause))| {
        let mut groups = numbered(query, |_, _| true);
        let all = groups.iter_mut().flatten();
        all.filter(|term| *term == year).for_each(|term| *term = word);
        let year = &query.terms().nth(*year)?.text;
        match scored.more(&groups, false) {
            0 => None,
            1 => Some(format!("1 more has “{year}” as a word: \"{year}\"")),
            more => Some(format!("{more} more have “{year}” as a word: \"{year}\"")),
        }
    };
    words.zip(years).filter_map(hint).collect()
}

/// Where nothing was found: which terms are in no record, or that they are not together, and what
/// would be found without each of them.
pub(super) fn ways_out(
    store: &Store,
    query: &Query,
    terms: &[Ready],
    scored: &Scored<'_>,
) -> Vec<String> {
    let mut ways = Vec::new();
    if scored.hits.shown() > 0 || scored.hits.ranks.is_empty() {
        return ways;
    }
    for ((term, ready), records) in query.terms().zip(terms).zip(&scored.fitting) {
        if !term.negated && (*records == 0 || ready.is_guessed_only()) {
            let nowhere = nowhere(store, term);
            if !ways.contains(&nowhere) {
                ways.push(nowhere);
            }
        }
    }
    if ways.is_empty() && query.terms().filter(|term| !term.negated).count() > 1 {
        ways.push("each is found, but not together".to_owned());
    }
    for (number, term) in query.terms().enumerate().filter(|_| query.terms().count() > 1) {
        let without = numbered(query, |at, _| at != number);
        match scored.more(&without, false) {
            0 => {}
            1 => ways.push(format!("leave out “{}”: 1 record", term.text)),
            more => ways.push(format!("leave out “{}”: {more} records", term.text)),
        }
    }
    ways
}

/// Says that a term is in no record, or that none has its field. (A field under its file's own name
/// is known because a record has it.)
fn nowhere(store: &Store, term: &Term) -> String {
    match &term.wish {
        Clause::Words(Phrase { scope: Scope::Known(field), .. }) if !has(store, *field) => {
            format!("no record has {}", field.key())
        }
        Clause::Words(_) => format!("“{}” is in no record", term.text),
        Clause::Marked => "no record is marked: Space marks one".to_owned(),
        Clause::Noted => "no record has a note: N writes one".to_owned(),
        Clause::Note(_) => format!("“{}” is in no note", term.text),
        Clause::From(_) => format!("“{}” is in no name of a file that is open", term.text),
        Clause::Date(DateFilter::Undated) => "no record is undated".to_owned(),
        Clause::Date(_) => {
            let date = term.text.split_once(':').map_or(term.text.as_str(), |(_, date)| date);
            format!("no record is dated “{date}”")
        }
    }
}

/// Whether a record has a word in a field.
fn has(store: &Store, field: Field) -> bool {
    let field = FieldSet::of(field);
    let segments = store.segments().iter().map(|segment| segment.words());
    segments.into_iter().any(|words| words.all().any(|word| words.fields(word).meets(field)))
}
