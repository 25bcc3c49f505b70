//! The search rules as a plain scan over all records, without index, segments or columns. The property
//! tests compare the index with it.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use fonds::query::{
    Alternative, Clause, Group, GuessLevel, LongerNumbers, MatchQuality, Phrase, PhraseOrigin,
    Query, Scope, Term, WordPattern, parse,
};
use fonds::record::field_set::FieldSet;
use fonds::record::{ArchiveId, Field, FieldRef, OwnName, Record, SourcedRecord};
use fonds::text::fold::fold;
use fonds::text::tokens::tokens;

use super::plain_guesses::{guess_levels, levels_of_unknown};

/// The result of a plain scan.
#[derive(Debug, PartialEq)]
pub(super) struct ScanResult {
    /// The matching records, by relevance or in archive order.
    pub(super) numbers: Vec<usize>,
    /// The number of undated records that match without the date terms.
    pub(super) undated: usize,
    /// The number of records that match each term.
    pub(super) terms: Vec<usize>,
}

/// The score of a word in a field.
fn score(quality: MatchQuality, field: Option<Field>) -> u32 {
    let field = match field {
        Some(Field::Title) => 3,
        Some(Field::People | Field::Creator | Field::Recipient | Field::Contributor) => 2,
        Some(Field::Summary) => 0,
        _ => 1,
    };
    1 + 4 * quality as u32 + field
}

/// The values that a phrase is searched in, each split into folded words.
fn values(record: &Record, scope: &Scope) -> Vec<(Option<Field>, Vec<String>)> {
    let never_bare = [Field::Id, Field::Collection, Field::Language, Field::Rights, Field::Url];
    let known = record.values.iter().filter(|(field, _)| match scope {
        Scope::DefaultFields => !never_bare.contains(field),
        Scope::Names => Field::NAMES.contains(field),
        Scope::Known(known) => known == field,
        Scope::Own(_) => false,
    });
    let own = record.own.iter().filter(|(name, _)| match scope {
        Scope::DefaultFields => true,
        Scope::Names | Scope::Known(_) => false,
        Scope::Own(names) => names.contains(name),
    });
    let known = known.map(|(field, value)| (Some(*field), value));
    let all = known.chain(own.map(|(_, value)| (None, value)));
    all.map(|(field, value)| {
        let folded = fold(value);
        (field, tokens(&folded).map(|word| folded[word].to_owned()).collect())
    })
    .collect()
}

/// Sets for each word of a phrase whether it may match inside words or as a guess. This depends on the
/// words of all records.
fn prepare_phrase(phrase: &Phrase, records: &[SourcedRecord], guess_level: GuessLevel) -> Phrase {
    let mut phrase = phrase.clone().with_preference();
    let all: Vec<String> = records
        .iter()
        .flat_map(|sourced| match &phrase.scope {
            // The index does not record which own field a word is in, so all own fields count.
            Scope::Own(_) => {
                let names =
                    sourced.record.own.iter().map(|(name, _)| Scope::Own([name.clone()].into()));
                names.flat_map(|own| values(&sourced.record, &own)).collect()
            }
            // Nor which of the fields it is in that share a bit.
            Scope::Known(field) if FieldSet::is_shared(*field) => Field::ALL
                .into_iter()
                .filter(|field| FieldSet::is_shared(*field))
                .flat_map(|field| values(&sourced.record, &Scope::Known(field)))
                .collect(),
            scope => values(&sourced.record, scope),
        })
        .flat_map(|(_, words)| words)
        .collect();
    let is_in = |pattern: &WordPattern| all.iter().any(|word| pattern.quality_of(word).is_some());
    let has = |other: &Phrase| {
        (other.origin == PhraseOrigin::Typed || other.words.len() == 1)
            && other.words.iter().all(is_in)
    };
    let begins = |word: &WordPattern| all.iter().any(|other| other.starts_with(&word.letters));
    if guess_level.allows_other_words(phrase.words.iter().all(begins)) {
        let longer = phrase.spellings_of_longer_names();
        let longer = longer.iter().map(|other| prepare_phrase(other, records, guess_level));
        let longer: Vec<Phrase> = longer.collect();
        phrase.variants.extend(longer);
    }
    let variant_is_known = phrase.variants.iter().any(has);
    for at in 0..phrase.words.len() {
        let known = variant_is_known || begins(&phrase.words[at]);
        let guess = phrase.guess_matcher(&phrase.words[at], known, guess_level);
        let inside = phrase.allow_inside && !known;
        (phrase.words[at].allow_inside, phrase.words[at].guess) = (inside, guess);
    }
    phrase
}

/// The best quality of patterns, each for another word of a stretch. Tries all ways.
fn best_assignment(
    patterns: &[WordPattern],
    stretch: &[String],
    used: &mut Vec<usize>,
) -> Option<MatchQuality> {
    let Some((first, others)) = patterns.split_first() else { return Some(MatchQuality::Whole) };
    let mut best = None;
    for at in (0..stretch.len()).filter(|at| !used.clone().contains(at)).collect::<Vec<_>>() {
        let Some(quality) = first.quality_of(&stretch[at]) else { continue };
        used.push(at);
        best = best.max(best_assignment(others, stretch, used).map(|worst| worst.min(quality)));
        used.pop();
    }
    best
}

/// The best quality of a phrase whose words stand near each other.
fn best_near(phrase: &Phrase, words: &[String], between: usize) -> Option<MatchQuality> {
    let length = phrase.words.len() + between;
    let starts = (0..words.len()).filter(|start| {
        (!phrase.at_start || *start == 0) && (!phrase.at_end || start + length >= words.len())
    });
    let stretches = starts.map(|start| &words[start..words.len().min(start + length)]);
    stretches.filter_map(|it| best_assignment(&phrase.words, it, &mut Vec::new())).max()
}

/// The best score of a phrase in a record, `None` if it does not match.
fn best_score(phrase: &Phrase, record: &Record) -> Option<u32> {
    let mut best = None;
    for (field, words) in values(record, &phrase.scope) {
        if let Some(between) = phrase.max_between {
            let near = best_near(phrase, &words, between);
            best = best.max(near.map(|quality| score(quality, field)));
            continue;
        }
        for at in 0..words.len() {
            let Some(window) = words.get(at..at + phrase.words.len()) else { continue };
            let start = !phrase.at_start || at == 0;
            let end = !phrase.at_end || at + window.len() == words.len();
            let qualities =
                phrase.words.iter().zip(window).map(|(pattern, word)| pattern.quality_of(word));
            let qualities: Option<Vec<MatchQuality>> = qualities.collect();
            if let Some(quality) = qualities.and_then(|qualities| qualities.into_iter().min())
                && start
                && end
            {
                best = best.max(Some(score(quality, field)));
            }
        }
    }
    best
}

/// The score of a record for a term, `None` if it does not match. Dates and negations score 0.
fn term_score(term: &Term, record: &Record) -> Option<u32> {
    let found = match &term.clause {
        Clause::Words(phrase) => {
            // Another spelling scores like a prefix.
            // Another form scores like a word inside another one.
            let variant_score = |other: &Phrase| {
                let score = best_score(other, record)?;
                let most = if other.origin == PhraseOrigin::WordForm { 3 } else { 4 };
                Some(1 + 4 * ((score - 1) / 4).min(most) + (score - 1) % 4)
            };
            let others = phrase.variants.iter().filter_map(variant_score);
            others.chain(best_score(phrase, record)).max()
        }
        // These records have no marks, notes or files.
        Clause::Marked | Clause::HasNote | Clause::Note(_) | Clause::File(_) | Clause::Like(_) => {
            None
        }
        Clause::Date(date) => date.matches(record.date.parsed).then_some(0),
        Clause::DoubtfulDate => record.date.parsed.is_doubtful().then_some(0),
    };
    if term.negated { found.is_none().then_some(0) } else { found }
}

/// The score of a record for an alternative, `None` if it does not match. Groups score as their weakest one.
fn alternative_score(alternative: &Alternative, record: &Record) -> Option<u32> {
    match alternative {
        Alternative::Term(term) => term_score(term, record),
        Alternative::All(groups) => rank(groups, record).map(|(weakest, _)| weakest),
    }
}

/// The rank of a record for a whole filter: its weakest score and the sum of its scores.
fn rank(groups: &[Group], record: &Record) -> Option<(u32, u32)> {
    let best = groups
        .iter()
        .map(|group| group.iter().filter_map(|it| alternative_score(it, record)).max());
    let scores: Vec<u32> = best.collect::<Option<_>>()?;
    let weakest = scores.iter().copied().filter(|score| *score > 0).min().unwrap_or(0);
    Some((weakest, scores.iter().sum()))
}

/// How near the words of a filter stand together in a value: how many of its words are in it, the largest number of words
/// between that counts less the number of words between, and whether they are in their order. Then in how many texts the
/// words are, and how much shorter than the longest one that counts the shortest text with each word is.
type Nearness = ((usize, usize, usize), usize, usize);

/// The words of a filter with their scopes. Alternatives of a term have the same number. Other spellings count, too.
fn numbered_words(groups: &[Group]) -> Vec<(usize, Scope, WordPattern)> {
    let mut numbered = Vec::new();
    let mut next = 0;
    for group in groups {
        let first = next;
        for alternative in group {
            let Alternative::Term(Term { negated: false, clause: Clause::Words(phrase), .. }) =
                alternative
            else {
                continue;
            };
            let typed = phrase.words.len();
            let is_parted = |other: &&Phrase| {
                other.origin == PhraseOrigin::WordForm && other.words.len() > typed
            };
            let variants = phrase.variants.iter().filter(|other| !is_parted(other));
            for phrase in std::iter::once(phrase).chain(variants) {
                for (number, pattern) in (first..first + typed).zip(&phrase.words) {
                    numbered.push((number, phrase.scope.clone(), pattern.clone()));
                    next = next.max(number + 1);
                }
            }
        }
    }
    numbered
}

/// How near the words of a filter stand together in a record.
fn nearness(groups: &[Group], record: &Record) -> Nearness {
    let filter = numbered_words(groups);
    let count = filter.iter().map(|(number, ..)| number + 1).max().unwrap_or(0);
    let is_asked = |group: &&Group| terms(group).iter().any(|term| !term.negated);
    if count == 0 || groups.iter().filter(is_asked).count() < 2 {
        return Nearness::default();
    }
    let known = record.values.iter().map(|(field, text)| (FieldRef::Known(*field), text));
    let own = record.own.iter().map(|(name, text)| (FieldRef::Own(name.as_str()), text));
    let (mut best, mut mentions) = ((0, 0, 0), 0);
    let mut shortest: Vec<usize> = vec![2_000; count];
    let mut in_names: Vec<usize> = Vec::new();
    let mut name_words = 0;
    for (field, text) in known.chain(own) {
        let searched: Vec<_> =
            filter.iter().filter(|(_, scope, _)| scope.field_for(field).is_some()).collect();
        if searched.is_empty() {
            continue;
        }
        let folded = fold(text);
        let all: Vec<&str> = tokens(&folded).map(|word| &folded[word]).collect();
        let is_at = |number: usize, at: usize| {
            let mut patterns = searched.iter().filter(|(other, ..)| *other == number);
            patterns.any(|(_, _, pattern)| pattern.quality_of(all[at]).is_some())
        };
        let last_position = |number: usize, end: usize| -> Option<usize> {
            (0..end).rev().find(|at| is_at(number, *at))
        };
        let present: Vec<usize> =
            (0..count).filter(|number| last_position(*number, all.len()).is_some()).collect();
        mentions += present.len();
        if matches!(field, FieldRef::Known(field) if Field::NAMES.contains(&field)) {
            name_words += all.len();
            in_names.extend(&present);
        } else {
            for number in &present {
                shortest[*number] = shortest[*number].min(all.len());
            }
        }
        let mut value = (present.len(), 0, 0);
        for end in 1..=all.len() {
            let at: Vec<usize> =
                present.iter().filter_map(|number| last_position(*number, end)).collect();
            if present.len() > 1 && at.len() == present.len() {
                let span = at.iter().max().unwrap() - at.iter().min().unwrap() + 1;
                let between = span.saturating_sub(present.len());
                let start = *at.iter().min().unwrap();
                let in_order = longest_in_order(&|number, at| is_at(number, at), start..end, count);
                let near = (30_usize.saturating_sub(between), in_order);
                (value.1, value.2) = (value.1, value.2).max(near);
            }
        }
        best = best.max(value);
    }
    for number in &in_names {
        shortest[*number] = shortest[*number].min(name_words);
    }
    (best, mentions, shortest.iter().map(|length| 2_000 - length).sum())
}

/// The length of the longest subsequence of the words of a text that are words of a filter in their order.
fn longest_in_order(
    is_at: &dyn Fn(usize, usize) -> bool,
    text: std::ops::Range<usize>,
    count: usize,
) -> usize {
    let mut longest = vec![vec![0; count + 1]];
    for at in text {
        let before = longest.last().unwrap();
        let mut row = vec![0; count + 1];
        for number in 0..count {
            let extended = if is_at(number, at) { before[number] + 1 } else { 0 };
            row[number + 1] = extended.max(before[number + 1]).max(row[number]);
        }
        longest.push(row);
    }
    longest.last().unwrap()[count]
}

/// The matching records by relevance, ties in archive order.
pub(super) fn scan(groups: &[Group], records: &[SourcedRecord]) -> Vec<usize> {
    let ranked = |number: usize| {
        let record = &records[number].record;
        Some((number, (rank(groups, record)?, nearness(groups, record))))
    };
    let mut found: Vec<_> = (0..records.len()).filter_map(ranked).collect();
    found.sort_by_key(|(number, rank)| (Reverse(*rank), archive_key(records, *number)));
    found.into_iter().map(|(number, _)| number).collect()
}

/// The sort key of a record in archive order.
pub(super) fn archive_key(
    records: &[SourcedRecord],
    number: usize,
) -> (ArchiveId, bool, Option<u64>, usize) {
    let SourcedRecord { archive, record } = &records[number];
    (*archive, record.position.is_none(), record.position, number)
}

/// Groups with each term as `change` returns it; without those for which it returns none.
fn changed(groups: &[Group], change: &dyn Fn(&Term) -> Option<Term>) -> Vec<Group> {
    let alternative = |alternative: &Alternative| match alternative {
        Alternative::Term(term) => change(term).map(Alternative::Term),
        Alternative::All(groups) => {
            Some(changed(groups, change)).filter(|it| !it.is_empty()).map(Alternative::All)
        }
    };
    let groups = groups.iter().map(|group| group.iter().filter_map(alternative).collect());
    groups.filter(|group: &Group| !group.is_empty()).collect()
}

/// The terms of a filter, prepared for these records with the guesses of a level at each.
pub(super) fn prepare_terms(
    query: &Query,
    records: &[SourcedRecord],
    levels: &[GuessLevel],
) -> Vec<Group> {
    let next = Cell::new(0);
    changed(&query.groups, &|term| {
        let guess_level = levels[next.replace(next.get() + 1)];
        let mut term = Term { clause: term.literal_if_negated(), ..term.clone() };
        if let Clause::Words(phrase) = &mut term.clause {
            *phrase = prepare_phrase(phrase, records, guess_level);
        }
        Some(term)
    })
}

/// All terms of a group.
pub(super) fn terms(group: &Group) -> Vec<&Term> {
    group.iter().flat_map(Alternative::terms).collect()
}

/// Parses a filter, with the forms of its words that the records have, and with longer numbers where no number is whole.
fn query_among(records: &[SourcedRecord], text: &str) -> (Query, BTreeSet<String>) {
    let mut own: Vec<OwnName> = Vec::new();
    for (name, _) in records.iter().flat_map(|sourced| &sourced.record.own) {
        if !own.contains(name) {
            own.push(name.clone());
        }
    }
    let mut query = parse(text, &own);
    let own_words = |record: &Record| {
        let names = record.own.iter().map(|(name, _)| Scope::Own([name.clone()].into()));
        names.flat_map(|own| values(record, &own)).collect::<Vec<_>>()
    };
    let known_words = |record: &Record| {
        let scopes = record.values.iter().map(|(field, _)| Scope::Known(*field));
        scopes.flat_map(|scope| values(record, &scope)).collect::<Vec<_>>()
    };
    let vocabulary: BTreeSet<String> = records
        .iter()
        .flat_map(|sourced| [own_words(&sourced.record), known_words(&sourced.record)].concat())
        .flat_map(|(_, words)| words)
        .collect();
    query.add_word_forms(&|word| vocabulary.contains(word));
    let first = levels_of_unknown(&query.groups, GuessLevel::UnknownWords, &|_| true);
    let groups = prepare_terms(&query, records, &first);
    let has = |term: &Term| {
        let term = Term { negated: false, ..term.clone() };
        records.iter().any(|sourced| term_score(&term, &sourced.record).is_some())
    };
    let found: Vec<String> = groups
        .iter()
        .flat_map(|group| terms(group))
        .filter(|term| has(term))
        .map(|term| term.text.clone())
        .collect();
    query.groups = changed(&query.groups, &|term| {
        let mut term = term.clone();
        if let Clause::Words(phrase) = &mut term.clause
            && !found.contains(&term.text)
        {
            phrase.longer_numbers = LongerNumbers::Match;
        }
        Some(term)
    });
    (query, vocabulary)
}

/// Finds the records that match a filter.
pub(super) fn find(records: &[SourcedRecord], text: &str) -> ScanResult {
    let (mut query, vocabulary) = query_among(records, text);
    let first = levels_of_unknown(&query.groups, GuessLevel::UnknownWords, &|_| true);
    let mut groups = prepare_terms(&query, records, &first);
    let mut numbers = scan(&groups, records);
    let mut levels = first.clone();
    if numbers.is_empty() {
        query.groups = changed(&query.groups, &|term| {
            let mut term = term.clone();
            if let (false, Clause::Words(phrase)) = (term.negated, &mut term.clause) {
                phrase.longer_numbers = LongerNumbers::Match;
            }
            Some(term)
        });
        groups = prepare_terms(&query, records, &levels);
        numbers = scan(&groups, records);
    }
    for step in [Query::take_unfinished_date, Query::take_year_as_number] {
        let before = query.clone();
        if numbers.is_empty() && step(&mut query).is_some() {
            let dated = prepare_terms(&query, records, &levels);
            numbers = scan(&dated, records);
            if numbers.is_empty() {
                query = before;
            } else {
                groups = dated;
            }
        }
    }
    for stage in 0..3 {
        let raised = guess_levels(&query, records, &vocabulary, stage, &levels, numbers.len());
        let guessed = prepare_terms(&query, records, &raised);
        let found = scan(&guessed, records);
        if found.len() > numbers.len() {
            (groups, numbers, levels) = (guessed, found, raised);
        }
    }
    let has_word = |word: &str| vocabulary.contains(word);
    if numbers.is_empty() && query.take_month_without_year(&has_word).is_some() {
        groups = prepare_terms(&query, records, &levels);
        numbers = scan(&groups, records);
    }
    let is_date = |term: &Term| !term.negated && matches!(term.clause, Clause::Date(_));
    let all: Vec<Term> = groups.iter().flat_map(|group| terms(group)).cloned().collect();
    let dated = all.iter().any(is_date);
    let others = changed(&groups, &|term| (!is_date(term)).then(|| term.clone()));
    let undated = scan(&others, records)
        .into_iter()
        .filter(|at| records[*at].record.date.span().is_none() && !numbers.contains(at));
    let count = |term: &Term| {
        let term = Term { negated: false, ..term.clone() };
        records.iter().filter(|sourced| term_score(&term, &sourced.record).is_some()).count()
    };
    ScanResult {
        undated: if dated { undated.count() } else { 0 },
        terms: all.iter().map(count).collect(),
        numbers,
    }
}
