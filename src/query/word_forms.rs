//! Other forms of a typed word, which match too but rank below it: joined and parted words (`postwar`, `post-war`,
//! `N.A.T.O.`) and plurals. Other spellings (`labor`, `labour`) are only offered.
//!
//! A form counts only if the records have its words.

use std::cell::LazyCell;
use std::sync::LazyLock;

use serde::Deserialize;

use super::clause::{Clause, GuessPolicy, LongerNumbers, Phrase, PhraseOrigin, Query, Scope};
use super::phrase::exact_words;
use super::tree::{Alternative, Group};

/// A word is parted only where both parts have at least this many letters, or the first is a known beginning.
const MIN_PART_LETTERS: usize = 3;
/// The same behind one letter that may be an article: `l'avoir` has more letters.
const MIN_ELIDED_LETTERS: usize = 4;
/// The shortest word that is joined of two typed ones.
const MIN_JOINED_LETTERS: usize = 5;
/// A joined word may be unfinished if it has at least this many letters.
const MIN_UNFINISHED_LETTERS: usize = 4;
/// The most words of a term that are joined.
const MAX_JOINED_WORDS: usize = 6;
/// The numbers of letters of a word that may be an abbreviation of words.
const ABBREVIATION_LETTERS: std::ops::RangeInclusive<usize> = 2..=6;
/// A word of more letters is not parted in three.
const MAX_PARTED_LETTERS: usize = 20;
/// An ending is taken away only if at least this many letters are left.
const MIN_STEM_LETTERS: usize = 3;

/// The table that is built into the program.
static BUILT_IN: LazyLock<WordForms> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/word_forms.toml")).unwrap_or_default()
});

/// The forms of words, as data. All words are folded.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordForms {
    /// Beginnings of words that are parted although they are short.
    beginnings: Vec<String>,
    /// Letters that are parted from a word behind them: the O of O'Connor.
    letters: Vec<String>,
    /// The same, before longer words: the D of D'Arcy.
    elided: Vec<String>,
    /// Words in two parts of which one is too short, with a blank between them.
    parted: Vec<String>,
    /// Pairs of an ending and the one that takes its place.
    endings: Vec<[String; 2]>,
    /// Words without another ending.
    singular: Vec<String>,
    /// Pairs of beginnings that are spelled differently.
    spelled_at_start: Vec<[String; 2]>,
    /// Pairs of endings that are spelled differently.
    spelled_at_end: Vec<[String; 2]>,
}

/// Whether a word is in the records.
pub type HasWord<'a> = &'a dyn Fn(&str) -> bool;

impl Query {
    /// Adds the other forms of the words of a filter.
    pub fn add_word_forms(&mut self, has_word: HasWord<'_>) {
        let joined = self.joined_neighbours(has_word);
        for (index, term) in self.terms_mut().enumerate() {
            let Clause::Words(phrase) = &mut term.clause else { continue };
            if term.negated || !phrase.may_have_forms() {
                continue;
            }
            let mut forms: Vec<Phrase> = phrase.joined_forms().into_iter().collect();
            forms.extend(phrase.forms_of_word(has_word));
            forms.extend(phrase.parted_otherwise(has_word));
            let of_term = joined.iter().filter(|(term, _)| *term == index);
            forms.extend(of_term.map(|(_, word)| phrase.form(word)));
            phrase.variants.extend(forms);
        }
    }

    /// Returns the words that two neighbouring words of the filter are, if they are joined. Each is returned with the
    /// index of the first term, and with that of the second one.
    fn joined_neighbours(&self, has_word: HasWord<'_>) -> Vec<(usize, String)> {
        let mut joined = Vec::new();
        let mut index = 0;
        let mut before: Option<(usize, &str)> = None;
        for group in &self.groups {
            let word = plain_word(group).map(|word| (index, word));
            if let (Some((first, start)), Some((second, end))) = (before, word) {
                let whole = format!("{start}{end}");
                if whole.chars().count() >= MIN_JOINED_LETTERS && has_word(&whole) {
                    joined.extend([(first, whole.clone()), (second, whole)]);
                }
            }
            before = word;
            index += group.iter().map(|alternative| alternative.terms().len()).sum::<usize>();
        }
        joined
    }
}

/// Returns the folded word of a group that is nothing but one of more than one letter.
fn plain_word(group: &Group) -> Option<&str> {
    let [Alternative::Term(term)] = group.as_slice() else { return None };
    let Clause::Words(phrase) = &term.clause else { return None };
    let is_plain = !term.negated && phrase.may_have_forms() && phrase.scope == Scope::DefaultFields;
    let [word] = phrase.words.as_slice() else { return None };
    (is_plain && is_alphabetic(&word.letters) && word.letters.len() > 1).then_some(&word.letters)
}

/// Whether a word has no digit.
fn is_alphabetic(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

impl Phrase {
    /// Whether other forms may be meant: it is neither quoted nor whole.
    fn may_have_forms(&self) -> bool {
        self.guess_policy != GuessPolicy::Never && self.max_between.is_none()
    }

    /// Returns a form of the phrase with other words.
    fn form(&self, words: &str) -> Phrase {
        Phrase {
            words: exact_words(words),
            allow_inside: false,
            longer_numbers: LongerNumbers::Match,
            guess_policy: GuessPolicy::Never,
            origin: PhraseOrigin::WordForm,
            variants: Vec::new(),
            ..self.clone()
        }
    }

    /// Returns its words as one: `postwar` of `post-war`, `nato` of `n.a.t.o.`.
    fn joined_forms(&self) -> Option<Phrase> {
        let is_joined = (2..=MAX_JOINED_WORDS).contains(&self.words.len())
            && self.words.iter().all(|word| is_alphabetic(&word.letters));
        let joined: String = self.words.iter().map(|word| word.letters.as_str()).collect();
        let mut form = self.form(&joined);
        let may_continue = self.words.last().is_some_and(|word| word.allow_prefix);
        let has_long_word = self.words.iter().any(|word| word.letters.chars().count() > 1);
        if let [word] = form.words.as_mut_slice() {
            word.allow_prefix =
                may_continue && has_long_word && joined.chars().count() >= MIN_UNFINISHED_LETTERS;
        }
        is_joined.then_some(form)
    }

    /// Returns its words parted otherwise, if they are abbreviations: `afl cio` of `a.f.l.-c.i.o.` and the other way round.
    fn parted_otherwise(&self, has_word: HasWord<'_>) -> Vec<Phrase> {
        let words: Vec<&str> = self.words.iter().map(|word| word.letters.as_str()).collect();
        let joined = words.concat();
        let is_short = (2..=MAX_JOINED_WORDS).contains(&words.len())
            && ABBREVIATION_LETTERS.contains(&joined.chars().count())
            && is_alphabetic(&joined);
        if !is_short {
            return Vec::new();
        }
        let mut forms = BUILT_IN.parts_of(&joined, has_word);
        forms.retain(|form| *form != words.join(" "));
        forms.iter().map(|form| self.form(form)).collect()
    }

    /// Returns the other forms of its only word that the records have.
    fn forms_of_word(&self, has_word: HasWord<'_>) -> Vec<Phrase> {
        let [word] = self.words.as_slice() else { return Vec::new() };
        let word = &word.letters;
        if !is_alphabetic(word) {
            return Vec::new();
        }
        let mut forms = BUILT_IN.parts_of(word, has_word);
        forms.extend(BUILT_IN.other_ending(word, has_word));
        forms.iter().map(|form| self.form(form)).collect()
    }
}

impl WordForms {
    /// Returns the parts of a word, with a blank between them: `post war`, `n a t o`.
    fn parts_of(&self, word: &str, has_word: HasWord<'_>) -> Vec<String> {
        let letters = word.chars().count();
        let boundaries = word.char_indices().map(|(at, _)| word.split_at(at));
        let is_known = LazyCell::new(|| has_word(word));
        let parted = boundaries.enumerate().filter(|(at, (start, end))| {
            let end_letters = letters - at;
            let may_part = match at {
                0 => false,
                1 if self.letters.iter().any(|it| it == start) => end_letters >= MIN_PART_LETTERS,
                1 if self.elided.iter().any(|it| it == start) => end_letters >= MIN_ELIDED_LETTERS,
                1 => end_letters >= MIN_PART_LETTERS && (self.is_beginning(start) || !*is_known),
                2 => end_letters >= MIN_PART_LETTERS && self.is_beginning(start),
                _ => end_letters >= MIN_PART_LETTERS,
            };
            (may_part || self.is_listed(start, end)) && has_word(start) && has_word(end)
        });
        let mut parts: Vec<String> =
            parted.map(|(_, (start, end))| format!("{start} {end}")).collect();
        parts.extend(Self::three_parts_of(word, has_word));
        let mut initials = word.chars().map(String::from);
        if ABBREVIATION_LETTERS.contains(&letters) && initials.clone().all(|it| has_word(&it)) {
            let spaced: Option<String> = initials.next();
            parts.push(initials.fold(spaced.unwrap_or_default(), |all, it| format!("{all} {it}")));
        }
        parts
    }

    /// Returns a word in three parts, with blanks between them: `dien bien phu`. The one in the middle may be short.
    fn three_parts_of(word: &str, has_word: HasWord<'_>) -> Vec<String> {
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        let letters = ends.len();
        let mut parts = Vec::new();
        if letters > MAX_PARTED_LETTERS {
            return parts;
        }
        for first in MIN_PART_LETTERS..letters.saturating_sub(MIN_PART_LETTERS) {
            let (start, rest) = word.split_at(ends[first]);
            if !has_word(start) {
                continue;
            }
            for second in first + 1..=letters - MIN_PART_LETTERS {
                let (middle, end) = rest.split_at(ends[second] - ends[first]);
                if has_word(end) && has_word(middle) {
                    parts.push(format!("{start} {middle} {end}"));
                }
            }
        }
        parts
    }

    /// Whether a word is parted behind these letters although they are few.
    fn is_beginning(&self, start: &str) -> bool {
        self.beginnings.iter().any(|it| it == start)
    }

    /// Whether a word of these parts is in the list of those that are parted.
    fn is_listed(&self, start: &str, end: &str) -> bool {
        self.parted.iter().any(|parts| parts.split_once(' ') == Some((start, end)))
    }

    /// Returns the word with another ending: its singular or plural.
    fn other_ending(&self, word: &str, has_word: HasWord<'_>) -> Option<String> {
        if self.singular.iter().any(|it| it == word) {
            return None;
        }
        let changed = self.endings.iter().filter_map(|[ending, other]| {
            let stem = word.strip_suffix(ending.as_str())?;
            (stem.chars().count() >= MIN_STEM_LETTERS).then(|| format!("{stem}{other}"))
        });
        changed.filter(|form| !form.starts_with(word)).find(|form| has_word(form))
    }
}

/// Returns the other spelling of a folded word, if there is one: `labour` of `labor`.
pub(crate) fn other_spelling(word: &str) -> Option<String> {
    let forms: &WordForms = &BUILT_IN;
    let both =
        |[one, other]: &[String; 2]| [(one.clone(), other.clone()), (other.clone(), one.clone())];
    let mut starts = forms.spelled_at_start.iter().flat_map(both);
    let at_start = starts.find_map(|(one, other)| {
        // The longer spelling of a pair may begin with the other one: `programme`, `program`.
        let rest = word.strip_prefix(one.as_str())?;
        (!word.starts_with(&other) || one.starts_with(&other)).then(|| format!("{other}{rest}"))
    });
    let mut ends = forms.spelled_at_end.iter().flat_map(both);
    at_start.or_else(|| {
        ends.find_map(|(one, other)| {
            let stem = word.strip_suffix(one.as_str())?;
            (stem.chars().count() >= MIN_STEM_LETTERS).then(|| format!("{stem}{other}"))
        })
    })
}
