//! Phrases of the words of a term: which of them may be beginnings, match inside of words, or be guessed.

use super::clause::{GuessLevel, GuessPolicy, Phrase, Scope};
use super::field_name::FieldName;
use super::fuzzy::GuessMatcher;
use super::name_variants::NameVariants;
use super::parse::{Operator, TermBody, TermPrefix};
use super::word_pattern::WordPattern;
use crate::text::fold::fold;
use crate::text::words::words;

/// A word is found inside longer words only if it has at least this many letters.
const MIN_INSIDE_LETTERS: usize = 3;

/// Builds a phrase from the words of a term, or returns `None` if it has no word.
pub(super) fn build_phrase(prefix: &TermPrefix, term_body: TermBody<'_>) -> Option<Phrase> {
    let folded = fold(term_body.text);
    let letters: Vec<&str> = words(&folded).filter_map(|word| folded.get(word)).collect();
    let last = letters.len().checked_sub(1)?;
    let is_exact = prefix.has(Operator::Whole) || !term_body.may_continue;
    let pattern = |(i, letters): (usize, &&str)| WordPattern {
        letters: (*letters).to_owned(),
        allow_prefix: i == last && !is_exact,
        allow_inside: false,
        guess: None,
    };
    let is_single_word =
        last == 0 && !is_exact && !term_body.quoted && !prefix.has(Operator::Start);
    let is_literal = prefix.has(Operator::Not) || prefix.has(Operator::Whole) || term_body.quoted;
    let scope = match &prefix.field {
        Some(FieldName::Field(scope)) => scope.clone(),
        _ => Scope::DefaultFields,
    };
    let mut phrase = Phrase {
        scope,
        words: letters.iter().enumerate().map(pattern).collect(),
        at_start: prefix.has(Operator::Start),
        at_end: term_body.at_end,
        allow_inside: is_single_word
            && letters.iter().all(|word| word.chars().count() >= MIN_INSIDE_LETTERS),
        guess_policy: match (is_literal, prefix.has(Operator::Guess)) {
            (true, _) => GuessPolicy::Never,
            (false, true) => GuessPolicy::Always,
            (false, false) => GuessPolicy::IfNeeded,
        },
        variants: Vec::new(),
    };
    phrase.variants = if is_literal { Vec::new() } else { phrase.spelling_variants() };
    Some(phrase)
}

/// Returns a phrase that finds a text as whole words in the default fields, as if it were typed in
/// quotes.
pub(crate) fn quoted_phrase(text: &str) -> Option<Phrase> {
    let words = TermBody { text, quoted: true, may_continue: false, at_end: false };
    build_phrase(&TermPrefix::default(), words)
}

impl Phrase {
    /// Returns the phrase with each word pattern matching inside longer words too, if the phrase
    /// allows that. Names of files often have no spaces between words.
    pub(super) fn allow_inside_words(mut self) -> Phrase {
        self.words.iter_mut().for_each(|word| word.allow_inside = self.allow_inside);
        self
    }

    /// Returns the same phrase for other fields.
    pub(super) fn with_scope(&self, scope: &Scope) -> Phrase {
        let variants = self.variants.iter().map(|variant| variant.with_scope(scope)).collect();
        Phrase { scope: scope.clone(), variants, ..self.clone() }
    }

    /// Returns the other spellings of the phrase, if it is a name.
    fn spelling_variants(&self) -> Vec<Phrase> {
        let letters: Vec<&str> = self.words.iter().map(|word| word.letters.as_str()).collect();
        let exact = |letters: &str| WordPattern {
            letters: letters.to_owned(),
            allow_prefix: false,
            allow_inside: false,
            guess: None,
        };
        let name = letters.join(" ");
        let variants = NameVariants::built_in().variants_of(&name);
        let phrases = variants.map(|variant| Phrase {
            words: variant.split(' ').map(exact).collect(),
            allow_inside: false,
            guess_policy: GuessPolicy::Never,
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
        let guess = || GuessMatcher::new(&word.letters);
        match (self.guess_policy, level) {
            (GuessPolicy::Never, _) => None,
            (GuessPolicy::IfNeeded, GuessLevel::None) if is_known => None,
            (GuessPolicy::IfNeeded, GuessLevel::OneLetter) if is_known => {
                guess().map(GuessMatcher::limit_to_one_letter)
            }
            (GuessPolicy::IfNeeded | GuessPolicy::Always, _) => guess(),
        }
    }
}
