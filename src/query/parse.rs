//! Parses the text of the filter bar. Parsing never fails: what is not understood, or not yet
//! complete, is ignored with a message. The result depends only on the text and the names of the
//! own fields.

use super::clause::{Clause, GuessLevel, GuessPolicy, Phrase, Query, Scope, Term};
use super::date_filter;
use super::date_filter::DateFilter;
use super::field_name;
use super::field_name::FieldName;
use super::fuzzy::GuessMatcher;
use super::name_variants::NameVariants;
use super::suggestion::Suggestion;
use super::word_pattern::WordPattern;
use crate::record::OwnName;
use crate::text::fold::fold;
use crate::text::words::words;

/// A word is found inside longer words only if it has at least this many letters.
const MIN_INSIDE_LETTERS: usize = 3;

/// Parses the text of the filter bar. `own_field_names` are the names of the own fields of the open
/// files.
///
/// ```
/// use fonds::query::{Clause, parse};
///
/// let query = parse("stalin -title:speech before 1950", &[]);
/// let texts: Vec<&str> = query.terms().map(|term| term.text.as_str()).collect();
/// assert_eq!(texts, ["stalin", "-title:speech", "before 1950"]);
/// assert!(query.terms().nth(1).unwrap().negated);
/// assert!(matches!(query.terms().nth(2).unwrap().clause, Clause::Date(_)));
/// assert!(query.errors.is_empty());
///
/// // Terms joined by `|` are in one group: one of them has to match.
/// assert_eq!(parse("peking | beijing", &[]).groups.len(), 1);
///
/// // What is not complete yet is ignored, with an error.
/// let query = parse("stalin title:", &[]);
/// assert_eq!(query.terms().count(), 1);
/// assert_eq!(query.errors[0].to_string(), "“title:” needs a word");
/// ```
pub fn parse(text: &str, own_field_names: &[OwnName]) -> Query {
    let query = Query::default();
    let mut parser = Parser { rest: text, own_field_names, query, joins_group: false };
    while parser.parse_next_term() {}
    parser.query
}

/// An operator before the words of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    /// The term excludes what it matches.
    Not,
    /// The term matches whole words only.
    Whole,
    /// A value has to begin with the term.
    Start,
    /// Guesses are always made.
    Guess,
}

/// The operators as they are typed.
const OPERATORS: [(char, Operator); 5] = [
    ('!', Operator::Not),
    ('-', Operator::Not),
    ('\'', Operator::Whole),
    ('^', Operator::Start),
    ('~', Operator::Guess),
];

/// Everything before the words of a term.
#[derive(Clone, Debug, Default)]
struct TermPrefix {
    /// The operators.
    operators: Vec<Operator>,
    /// The name before the colon, if any.
    field: Option<FieldName>,
}

impl TermPrefix {
    /// Whether it has an operator.
    fn has(&self, operator: Operator) -> bool {
        self.operators.contains(&operator)
    }

    /// Whether a date without `date:` may follow.
    fn allows_bare_date(&self) -> bool {
        self.field.is_none() && self.operators.iter().all(|operator| *operator == Operator::Not)
    }
}

/// The words of a term as they were typed.
#[derive(Clone, Copy, Debug)]
struct TermBody<'a> {
    /// The text between the operators before and after it.
    text: &'a str,
    /// Whether it is in quotes.
    quoted: bool,
    /// Whether the last word may be incomplete: no closing quote and no `$` follow it.
    may_continue: bool,
    /// Whether `$` follows: a value has to end with the term.
    at_end: bool,
}

/// Parses one term after another.
struct Parser<'a> {
    /// The text that is not parsed yet.
    rest: &'a str,
    /// The names of the own fields.
    own_field_names: &'a [OwnName],
    /// The terms and what is wrong so far.
    query: Query,
    /// Whether the next term belongs to the last group, because a `|` is before it.
    joins_group: bool,
}

/// Returns a typographic quote or operator as the ASCII character on a keyboard.
fn to_keyboard_char(letter: char) -> char {
    let mut folded = [0; 4];
    let folded = fold(letter.encode_utf8(&mut folded));
    folded.chars().next().filter(|_| folded.len() == 1).unwrap_or(letter)
}

/// Returns the text up to the next white space.
fn token(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or_default()
}

/// Whether a text begins with a sign that stands alone.
fn begins_with_token(text: &str, sign: char) -> bool {
    let rest = text.strip_prefix(sign);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

impl<'a> Parser<'a> {
    /// Parses one term or one `|`. Returns whether there was one.
    fn parse_next_term(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return false;
        }
        if begins_with_token(self.rest, '|') {
            self.take(1);
            self.joins_group = !self.query.groups.is_empty();
            return true;
        }
        let start = self.rest;
        let prefix = self.parse_prefix();
        let clause = self.parse_clause(&prefix);
        let typed = start.get(..start.len() - self.rest.len()).unwrap_or_default().trim_end();
        match clause {
            Ok(clause) => {
                let negated = prefix.has(Operator::Not);
                let other_clause = self.own_field_clause(&clause);
                self.push(Term { text: typed.to_owned(), negated, clause });
                if let Some(clause) = other_clause {
                    // One of the terms has to match, or none of them if they are negated.
                    self.joins_group = !negated;
                    self.push(Term { text: typed.to_owned(), negated, clause });
                }
            }
            Err(Some(error)) if self.query.errors.last() == Some(&error) => {}
            Err(Some(error)) => self.query.errors.push(error),
            Err(None) if prefix.field.is_some() => {
                self.query.errors.push(Suggestion::NoWord(typed.to_owned()));
            }
            Err(None) => {
                let ignored = Suggestion::NoLetter(typed.to_owned());
                if self.query.ignored.last() != Some(&ignored) {
                    self.query.ignored.push(ignored);
                }
            }
        }
        true
    }

    /// Returns a clause that searches own fields for the same words: those whose names begin with `note`
    /// if `clause` searches the user's notes, and those with the name of the field that it searches.
    fn own_field_clause(&self, clause: &Clause) -> Option<Clause> {
        let (phrase, is_searched): (_, &dyn Fn(&str) -> bool) = match clause {
            Clause::Note(phrase) => (phrase, &|name: &str| name.starts_with("note")),
            Clause::Words(phrase @ Phrase { scope: Scope::Known(field), .. }) => {
                (phrase, &|name: &str| field_name::is_same_own_field(*field, name))
            }
            _ => return None,
        };
        let names = self.own_field_names.iter().filter(|name| is_searched(&fold(name)));
        let names: Vec<OwnName> = names.cloned().collect();
        let scope = Scope::Own(names.into());
        (scope != Scope::Own([].into())).then(|| Clause::Words(phrase.with_scope(&scope)))
    }

    /// Adds a term to the query.
    fn push(&mut self, term: Term) {
        match self.query.groups.last_mut() {
            Some(group) if self.joins_group => group.push(term),
            _ => self.query.groups.push(vec![term]),
        }
        self.joins_group = false;
    }

    /// Takes this many bytes from the front, or everything if they do not end between two letters.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Parses everything before the words of a term.
    fn parse_prefix(&mut self) -> TermPrefix {
        let mut prefix = TermPrefix::default();
        while let Some(letter) = self.rest.chars().next() {
            let typed = to_keyboard_char(letter);
            if let Some((_, operator)) = OPERATORS.iter().find(|(letter, _)| *letter == typed) {
                prefix.operators.push(*operator);
                self.take(letter.len_utf8());
                continue;
            }
            let name = self.field_name().filter(|_| prefix.field.is_none());
            let Some((name, bytes)) = name else { break };
            self.take(bytes);
            // A date has operators of its own: `date:-44`, `date:~1945`.
            let is_date = name == FieldName::Date;
            prefix.field = Some(name);
            if is_date {
                break;
            }
        }
        prefix
    }

    /// Returns the name of a field at the front, and its length in bytes including the colon.
    ///
    /// `Moscow: 1945`, `12:30` and `https://` have no name of a field.
    fn field_name(&self) -> Option<(FieldName, usize)> {
        let ends_name = |letter: char| letter == ':' || letter == '"' || letter.is_whitespace();
        let (typed, rest) = self.rest.split_at_checked(self.rest.find(ends_name)?)?;
        let rest = rest.strip_prefix(':')?;
        let is_name = |letter: char| letter.is_alphanumeric() || "._-/".contains(letter);
        let may_be_name = typed.starts_with(char::is_alphabetic)
            && typed.chars().all(is_name)
            && !token(rest).is_empty()
            && !rest.starts_with("//");
        let unknown = || {
            let unknown = field_name::unknown_field(typed, self.own_field_names);
            may_be_name.then_some(FieldName::Wrong(unknown))
        };
        let name = field_name::find(&fold(typed), self.own_field_names).or_else(unknown)?;
        Some((name, typed.len() + 1))
    }

    /// Parses what a term looks for.
    ///
    /// # Errors
    /// Returns why the term is ignored, or `None` if it has no word.
    fn parse_clause(&mut self, prefix: &TermPrefix) -> Result<Clause, Option<Suggestion>> {
        if self.rest.is_empty() || self.rest.starts_with(char::is_whitespace) {
            return Err(None);
        }
        if prefix.field == Some(FieldName::Date) {
            let (bytes, date) = date_filter::parse_named(self.rest);
            self.take(bytes);
            return date.map(Clause::Date).map_err(Some);
        }
        if let Some(FieldName::Wrong(error)) = &prefix.field {
            self.parse_body();
            return Err(Some(error.clone()));
        }
        if prefix.field == Some(FieldName::Is) {
            return self.parse_property().map_err(Some);
        }
        if let Some(date) = prefix.allows_bare_date().then(|| self.parse_bare_date()).flatten() {
            return Ok(Clause::Date(date));
        }
        let words = self.parse_body();
        let phrase = build_phrase(prefix, words).ok_or(None)?;
        Ok(match &prefix.field {
            Some(FieldName::Note) => Clause::Note(phrase),
            Some(FieldName::File) => Clause::File(phrase.allow_inside_words()),
            _ => Clause::Words(phrase),
        })
    }

    /// Parses the word after `is:`: any prefix of `marked`, `noted` or `doubtful`.
    ///
    /// # Errors
    /// It is something else.
    fn parse_property(&mut self) -> Result<Clause, Suggestion> {
        let typed = token(self.rest);
        self.take(typed.len());
        let folded = fold(typed);
        match () {
            () if folded.is_empty() => Err(Suggestion::NoProperty(typed.to_owned())),
            () if "marked".starts_with(&*folded) => Ok(Clause::Marked),
            () if "noted".starts_with(&*folded) => Ok(Clause::HasNote),
            () if "doubtful".starts_with(&*folded) => Ok(Clause::DoubtfulDate),
            () => Err(Suggestion::UnknownProperty(typed.to_owned())),
        }
    }

    /// Parses a date without `date:`.
    fn parse_bare_date(&mut self) -> Option<DateFilter> {
        let (bytes, date) = date_filter::parse_bare(self.rest)?;
        let after = self.rest.get(bytes..)?;
        if bytes == 0 || after.starts_with(|letter: char| !letter.is_whitespace()) {
            return None;
        }
        self.take(bytes);
        Some(date)
    }

    /// Parses the words of a term.
    fn parse_body(&mut self) -> TermBody<'a> {
        let quote = self.rest.chars().next().filter(|letter| to_keyboard_char(*letter) == '"');
        let Some(quote) = quote else {
            let length = token(self.rest).len();
            let text = self.take(length);
            return match text.strip_suffix('$') {
                Some(text) => TermBody { text, quoted: false, may_continue: false, at_end: true },
                None => TermBody { text, quoted: false, may_continue: true, at_end: false },
            };
        };
        self.take(quote.len_utf8());
        let closing = self.rest.char_indices().find(|(_, letter)| to_keyboard_char(*letter) == '"');
        let text = self.take(closing.map_or(self.rest.len(), |(end, _)| end));
        self.take(closing.map_or(0, |(_, quote)| quote.len_utf8()));
        let at_end = begins_with_token(self.rest, '$');
        if at_end {
            self.take(1);
        }
        TermBody { text, quoted: true, may_continue: closing.is_none() && !at_end, at_end }
    }
}

/// Builds a phrase from the words of a term, or returns `None` if it has no word.
fn build_phrase(prefix: &TermPrefix, term_body: TermBody<'_>) -> Option<Phrase> {
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
    fn allow_inside_words(mut self) -> Phrase {
        self.words.iter_mut().for_each(|word| word.allow_inside = self.allow_inside);
        self
    }

    /// Returns the same phrase for other fields.
    fn with_scope(&self, scope: &Scope) -> Phrase {
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
