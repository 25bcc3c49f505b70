//! Phrases of the words of a term: which of them may be beginnings, match inside of words, or be guessed.

use std::ops::Range;

use super::clause::{GuessLevel, GuessPolicy, LongerNumbers, Phrase, PhraseOrigin, Scope};
use super::field_name::FieldName;
use super::fuzzy::GuessMatcher;
use super::name_variants::NameVariants;
use super::operator::{Operator, TermBody, TermPrefix};
use super::word_pattern::WordPattern;
use crate::text::fold::fold;
use crate::text::tokens::{is_unspaced_letter, tokens, typed_tokens};

/// A word is found inside longer words only if it has at least this many letters.
const MIN_INSIDE_LETTERS: usize = 3;

/// A name of which other spellings are found while it is typed has at least this many letters so far.
const MIN_NAME_LETTERS: usize = 3;

/// Builds a phrase from the words of a term, or returns `None` if it has no word.
pub(super) fn build_phrase(prefix: &TermPrefix, term_body: TermBody<'_>) -> Option<Phrase> {
    let folded = fold(term_body.text);
    let is_value = prefix.has(Operator::Exact);
    let is_exact =
        prefix.has(Operator::Whole) || !term_body.may_continue || is_value && !term_body.quoted;
    let at_end = term_body.at_end || is_value && is_exact;
    let ranges = if at_end { tokens(&folded).collect() } else { typed_tokens(&folded) };
    let letters: Vec<&str> = ranges.iter().filter_map(|word| folded.get(word.clone())).collect();
    let last = letters.len().checked_sub(1)?;
    let has_star =
        |word: &Range<usize>| folded.get(word.end..).is_some_and(|it| it.starts_with('*'));
    // The letter behind it may be any one.
    let is_begun =
        |word: &Range<usize>| !at_end && folded.get(word.clone()).is_some_and(is_unspaced_letter);
    let pattern = |(i, word): (usize, &Range<usize>)| WordPattern {
        letters: folded.get(word.clone()).unwrap_or_default().to_owned(),
        allow_prefix: i == last && (!is_exact || is_begun(word)) || has_star(word),
        allow_inside: false,
        guess: None,
    };
    let is_single_word =
        last == 0 && !is_exact && !term_body.quoted && !prefix.has(Operator::Start);
    let is_literal =
        prefix.has(Operator::Not) || prefix.has(Operator::Whole) || is_value || term_body.quoted;
    let is_number = letters.get(last)?.chars().all(char::is_numeric);
    let prefers_whole = is_number && !is_exact && !ranges.last().is_some_and(has_star);
    let scope = match &prefix.field {
        Some(FieldName::Field(scope)) => scope.clone(),
        _ => Scope::DefaultFields,
    };
    let mut phrase = Phrase {
        scope,
        words: ranges.iter().enumerate().map(pattern).collect(),
        at_start: prefix.has(Operator::Start) || is_value,
        at_end,
        max_between: term_body.max_between,
        longer_numbers: if prefers_whole { LongerNumbers::IfNeeded } else { LongerNumbers::Match },
        allow_inside: is_single_word
            && letters.iter().all(|word| word.chars().count() >= MIN_INSIDE_LETTERS),
        guess_policy: match (is_literal, prefix.has(Operator::Guess)) {
            (true, _) => GuessPolicy::Never,
            (false, true) => GuessPolicy::Always,
            (false, false) => GuessPolicy::IfNeeded,
        },
        origin: PhraseOrigin::Typed,
        variants: Vec::new(),
    };
    phrase.variants = if is_literal { Vec::new() } else { phrase.spelling_variants() };
    Some(phrase)
}

/// Returns a phrase that finds a text as whole words in the default fields, as if it were typed in
/// quotes.
pub(crate) fn quoted_phrase(text: &str) -> Option<Phrase> {
    let words = TermBody { text, quoted: true, ..TermBody::default() };
    build_phrase(&TermPrefix::default(), words)
}

/// Returns the patterns of the words of a folded text, which match nothing longer.
pub(super) fn exact_words(folded: &str) -> Vec<WordPattern> {
    let ranges = typed_tokens(folded);
    let letters = ranges.into_iter().filter_map(|range| folded.get(range));
    let exact = letters.map(|letters| WordPattern {
        letters: letters.to_owned(),
        allow_prefix: false,
        allow_inside: false,
        guess: None,
    });
    exact.collect()
}

impl Phrase {
    /// Returns the phrase with each word pattern matching inside longer words too, if the phrase
    /// allows that. Names of files often have no spaces between words.
    pub(super) fn allow_inside_words(mut self) -> Phrase {
        self.words.iter_mut().for_each(|word| word.allow_inside = self.allow_inside);
        self
    }

    /// Returns the phrase with a number at its end matching longer numbers, too.
    pub(super) fn without_preference(self) -> Phrase {
        Phrase { longer_numbers: LongerNumbers::Match, ..self }
    }

    /// Returns the phrase with its last word matching longer ones only if it is not preferred whole.
    #[must_use]
    pub fn with_preference(mut self) -> Phrase {
        if let Some(last) =
            self.words.last_mut().filter(|_| self.longer_numbers == LongerNumbers::IfNeeded)
        {
            last.allow_prefix = false;
            self.allow_inside = false;
        }
        self
    }

    /// Returns the same phrase for other fields.
    pub(super) fn with_scope(&self, scope: &Scope) -> Phrase {
        let variants = self.variants.iter().map(|variant| variant.with_scope(scope)).collect();
        Phrase { scope: scope.clone(), variants, ..self.clone() }
    }

    /// Returns the other spellings of the phrase, if it is a name.
    fn spelling_variants(&self) -> Vec<Phrase> {
        self.with_spellings(NameVariants::built_in().variants_of(&self.typed_name()))
    }

    /// Returns the other spellings of the names of which the phrase is the beginning, if its last word may be unfinished.
    pub fn spellings_of_longer_names(&self) -> Vec<Phrase> {
        let may_continue = self.words.last().is_some_and(|word| word.allow_prefix);
        let name = self.typed_name();
        if !may_continue
            || self.guess_policy == GuessPolicy::Never
            || self.origin != PhraseOrigin::Typed
            || name.chars().count() < MIN_NAME_LETTERS
        {
            return Vec::new();
        }
        self.with_spellings(NameVariants::built_in().variants_of_longer(&name))
    }

    /// Returns its words as a name.
    fn typed_name(&self) -> String {
        let letters: Vec<&str> = self.words.iter().map(|word| word.letters.as_str()).collect();
        letters.join(" ")
    }

    /// Returns phrases for other spellings of it.
    fn with_spellings(&self, spellings: impl Iterator<Item = String>) -> Vec<Phrase> {
        let phrases = spellings.map(|spelling| Phrase {
            words: exact_words(&spelling),
            allow_inside: false,
            guess_policy: GuessPolicy::Never,
            variants: Vec::new(),
            ..self.clone()
        });
        phrases.collect()
    }

    /// Returns the matcher of guesses at one of its words, or `None` if no guesses are made.
    /// `is_known`: words in the index begin with it.
    pub fn guess_matcher(
        &self,
        word: &WordPattern,
        is_known: bool,
        level: GuessLevel,
    ) -> Option<GuessMatcher> {
        let guess = || GuessMatcher::new(&word.letters, word.allow_prefix);
        match (self.guess_policy, level) {
            (GuessPolicy::Never, _) | (GuessPolicy::IfNeeded, GuessLevel::None) => None,
            (GuessPolicy::IfNeeded, GuessLevel::UnknownWords) if is_known => None,
            (GuessPolicy::IfNeeded, GuessLevel::OneLetter) if is_known => {
                let guess = guess().filter(|guess| !guess.is_short());
                guess.map(GuessMatcher::limit_to_one_letter)
            }
            (GuessPolicy::IfNeeded, GuessLevel::Any) if is_known => {
                guess().filter(|guess| !guess.is_short())
            }
            (GuessPolicy::IfNeeded | GuessPolicy::Always, _) => guess(),
        }
    }
}
