//! Parses the text of the filter bar. Parsing never fails: what is not understood, or not yet
//! complete, is ignored with a message. The result depends only on the text and the names of the
//! own fields.

use super::clause::{Clause, Query, Term};
use super::date_filter;
use super::date_filter::DateFilter;
use super::date_words::operand_text;
use super::field_name;
use super::field_name::FieldName;
use super::month_words;
use super::operator::{
    OPERATORS, Operator, TermBody, TermPrefix, begins_with_token, to_keyboard_char,
    with_keyboard_signs,
};
use super::phrase::build_phrase;
use super::reversed_range;
use super::suggestion::Suggestion;
use super::tree::{self, Alternative, Group};
use crate::record::OwnName;
use crate::text::fold::fold;

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
/// // Terms joined by `|` or `OR` are in one group: one of them has to match.
/// assert_eq!(parse("peking | beijing", &[]).groups.len(), 1);
/// assert_eq!(parse("(peking OR beijing) 1945", &[]).groups.len(), 2);
///
/// // What is not complete yet is ignored, with an error.
/// let query = parse("stalin title:", &[]);
/// assert_eq!(query.terms().count(), 1);
/// assert_eq!(query.errors[0].to_string(), "“title:” needs a word");
/// ```
pub fn parse(text: &str, own_field_names: &[OwnName]) -> Query {
    let text: &str = &with_keyboard_signs(text);
    let query = Query::default();
    let mut parser = Parser { text, rest: text, own_field_names, query, depth: 0, field: None };
    let groups = parser.parse_any();
    let mut query = Query { groups, ..parser.query };
    query.leave_out_unfinished_exclusions();
    month_words::add_dates(&mut query);
    query
}

/// Parses terms, operators and brackets. `|` binds tightest, then `NOT`, then `AND` or a blank, then `OR`.
struct Parser<'a> {
    /// The whole text.
    text: &'a str,
    /// The text that is not parsed yet.
    rest: &'a str,
    /// The names of the own fields.
    own_field_names: &'a [OwnName],
    /// The terms and what is wrong so far.
    query: Query,
    /// The number of open brackets.
    depth: usize,
    /// The name before the innermost open bracket, for terms without one, as it was typed.
    field: Option<(FieldName, &'a str)>,
}

/// A filter of so many words may be a sentence.
const MIN_PROSE_WORDS: usize = 4;

/// The most words among those of a phrase with `~` and without a number.
const DEFAULT_MAX_BETWEEN: usize = 5;

/// The largest number behind `~`.
const MAX_MAX_BETWEEN: usize = 1000;

/// The largest number of open brackets. Further ones are letters, which are ignored.
const MAX_DEPTH: usize = 32;

impl<'a> Parser<'a> {
    /// Parses operands of `OR`, up to the end or a closing bracket.
    fn parse_any(&mut self) -> Vec<Group> {
        let mut operands = Vec::new();
        let mut is_joined = false;
        loop {
            let start = self.rest.trim_start().len();
            operands.push(self.parse_all());
            let is_empty = self.rest.trim_start().len() == start;
            let is_followed = self.take_word("OR");
            if is_empty && (is_joined || is_followed) {
                self.query.add_error(Suggestion::NoOperand("OR"));
            }
            if !is_followed {
                return tree::any_of(operands);
            }
            is_joined = true;
        }
    }

    /// Parses operands of `AND`, which may be left out.
    fn parse_all(&mut self) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut is_first = true;
        loop {
            let is_joined = self.take_word("AND");
            let is_at_end =
                self.rest.is_empty() || self.is_at_end_of_brackets() || self.is_at_word("OR");
            if is_joined && (is_first || is_at_end) {
                self.query.add_error(Suggestion::NoOperand("AND"));
            }
            if is_at_end {
                return groups;
            }
            if !self.is_at_word("AND") {
                groups.extend(self.parse_not());
            }
            is_first = false;
        }
    }

    /// Parses alternatives behind any number of `NOT`.
    fn parse_not(&mut self) -> Vec<Group> {
        let is_negated = self.take_nots();
        let groups = self.parse_alternatives();
        if is_negated { tree::negated(groups) } else { groups }
    }

    /// Takes any number of `NOT`. Returns whether they negate what follows.
    fn take_nots(&mut self) -> bool {
        let mut is_negated = false;
        let start = self.rest;
        while self.take_word("NOT") {
            is_negated = !is_negated;
        }
        if self.rest.len() < start.trim_start().len() && self.is_at_end_of_operand() {
            self.query.add_error(Suggestion::NoOperand("NOT"));
        }
        is_negated
    }

    /// Parses operands of `|`. `NOT` before a later one negates that alone.
    fn parse_alternatives(&mut self) -> Vec<Group> {
        let mut operands = Vec::new();
        let mut is_joined = self.take_bar();
        loop {
            while self.take_bar() {}
            let is_negated = !operands.is_empty() && self.take_nots();
            let is_at_end = self.is_at_end_of_operand();
            if is_joined && is_at_end {
                self.query.add_error(Suggestion::NoOperand("|"));
            }
            if is_at_end {
                break;
            }
            let groups = self.parse_operand();
            // What is ignored does not part the others.
            if groups.is_empty() && !operands.is_empty() {
                is_joined = false;
                continue;
            }
            operands.push(if is_negated { tree::negated(groups) } else { groups });
            is_joined = self.take_bar();
            if !is_joined {
                break;
            }
        }
        tree::any_of(operands)
    }

    /// Whether no operand of `|` or `NOT` follows.
    fn is_at_end_of_operand(&self) -> bool {
        let is_operator = ["AND", "OR", "NOT"].iter().any(|word| self.is_at_word(word));
        self.rest.is_empty() || self.is_at_end_of_brackets() || is_operator
    }

    /// Takes a `|`, if it follows.
    fn take_bar(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        let is_there = self.rest.starts_with('|');
        if is_there {
            self.take(1);
            self.rest = self.rest.trim_start();
        }
        is_there
    }

    /// Parses a term, or what is in brackets.
    fn parse_operand(&mut self) -> Vec<Group> {
        let start = self.rest;
        let prefix = self.parse_prefix();
        let (before, _) = start.split_at(start.len() - self.rest.len());
        if self.depth < MAX_DEPTH && self.rest.starts_with('(') {
            return self.parse_brackets(&prefix, before);
        }
        let clause = self.parse_clause(&prefix);
        let typed = start.get(..start.len() - self.rest.len()).unwrap_or_default().trim_end();
        match clause {
            Ok(clause) => {
                let inherited = self.field.as_ref().filter(|_| prefix.is_inherited);
                let name = inherited.map_or("", |(_, name)| name);
                let body = typed.get(before.len()..).unwrap_or_default();
                let text = format!("{before}{name}{body}");
                return self.groups_of(&text, prefix.has(Operator::Not), clause);
            }
            Err(Some(error)) => self.query.add_error(error),
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
        Vec::new()
    }

    /// Parses the terms in brackets. A closing bracket may be missing, because the user is still typing. The name of a field
    /// before the brackets counts for each term in them.
    ///
    /// `before` is what was typed before them: operators and the name.
    fn parse_brackets(&mut self, prefix: &TermPrefix, before: &'a str) -> Vec<Group> {
        self.take(1);
        let outer = self.field.clone();
        if let Some(field) = prefix.field.as_ref().filter(|_| !prefix.is_inherited) {
            let operators = before.trim_start_matches(|sign| {
                OPERATORS.iter().any(|(operator, _)| *operator == to_keyboard_char(sign))
            });
            self.field = Some((field.clone(), operators));
        }
        self.depth += 1;
        let inside = self.rest.trim_start().len();
        let groups = self.parse_any();
        if self.rest.trim_start().len() == inside {
            self.query.add_error(Suggestion::NoOperand("("));
        }
        self.depth -= 1;
        self.field = outer;
        if self.rest.starts_with(')') {
            self.take(1);
        }
        if prefix.has(Operator::Not) { tree::negated(groups) } else { groups }
    }

    /// Returns the text up to the next white space or `|`, and in brackets up to the closing one.
    fn token(&self) -> &'a str {
        let is_end = |letter: char| letter.is_whitespace() || letter == '|';
        let ends = |letter: char| is_end(letter) || (self.depth > 0 && letter == ')');
        self.rest.split(ends).next().unwrap_or_default()
    }

    /// Whether a closing bracket follows.
    fn is_at_end_of_brackets(&self) -> bool {
        self.depth > 0 && self.rest.starts_with(')')
    }

    /// Whether an operator in capitals follows.
    fn is_at_word(&self, operator: &str) -> bool {
        let Some(behind) = self.rest.strip_prefix(operator) else { return false };
        let is_end = |letter: char| letter.is_whitespace() || letter == '(' || letter == ')';
        behind.is_empty() || behind.starts_with(is_end)
    }

    /// Takes an operator in capitals, if it follows.
    fn take_word(&mut self, operator: &str) -> bool {
        self.rest = self.rest.trim_start();
        let is_there = self.is_at_word(operator);
        if is_there {
            self.take(operator.len());
            self.rest = self.rest.trim_start();
        }
        is_there
    }

    /// Returns a term, with one that searches own fields for the same words. One of the two has to match, or none of them if
    /// they are negated.
    fn groups_of(&self, typed: &str, negated: bool, clause: Clause) -> Vec<Group> {
        let other = field_name::own_field_clause(&clause, self.own_field_names);
        let term = |clause| Alternative::Term(Term { text: typed.to_owned(), negated, clause });
        let terms = std::iter::once(clause).chain(other).map(term);
        if negated { terms.map(|term| vec![term]).collect() } else { vec![terms.collect()] }
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
            if letter == '=' && self.is_at_exact_value(&prefix) {
                prefix.operators.push(Operator::Exact);
                self.take(1);
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
        if let (None, Some((name, _))) = (&prefix.field, &self.field) {
            (prefix.field, prefix.is_inherited) = (Some(name.clone()), true);
        }
        prefix
    }

    /// Whether `=` at the front asks for a whole value: after the name of a field, and before one or a quote. Elsewhere
    /// it belongs to a date.
    fn is_at_exact_value(&self, prefix: &TermPrefix) -> bool {
        let Some(after) = self.rest.get(1..) else { return false };
        let is_quote = after.chars().next().is_some_and(|letter| to_keyboard_char(letter) == '"');
        let parser = Parser { rest: after, query: Query::default(), field: None, ..*self };
        let has_name = |name: &FieldName| matches!(name, FieldName::Field(_));
        prefix.field.is_some()
            || is_quote
            || parser.field_name().is_some_and(|(name, _)| has_name(&name))
    }

    /// Returns the name of a field at the front, and its length in bytes including the colon.
    ///
    /// `Moscow: 1945`, `12:30` and `https://` have no name of a field.
    fn field_name(&self) -> Option<(FieldName, usize)> {
        let ends_name = |letter: char| ":\"|".contains(letter) || letter.is_whitespace();
        let (typed, rest) = self.rest.split_at_checked(self.rest.find(ends_name)?)?;
        let rest = rest.strip_prefix(':')?;
        let is_name = |letter: char| letter.is_alphanumeric() || "._-/".contains(letter);
        let may_be_name = typed.starts_with(char::is_alphabetic)
            && typed.chars().all(is_name)
            && rest.starts_with(|letter: char| !letter.is_whitespace())
            && !rest.starts_with("//")
            && !self.is_prose(typed);
        let unknown = || {
            let unknown = field_name::unknown_field(typed, self.own_field_names);
            may_be_name.then_some(FieldName::Wrong(unknown))
        };
        let folded = fold(typed);
        // Title: cable
        let blanks = rest.len() - rest.trim_start().len();
        if blanks > 0 && blanks < rest.len() {
            let is_whole = field_name::is_whole_name(&folded, self.own_field_names);
            let name = field_name::find(&folded, self.own_field_names).filter(|_| is_whole)?;
            return Some((name, typed.len() + 1 + blanks));
        }
        let name = field_name::find(&folded, self.own_field_names).or_else(unknown)?;
        Some((name, typed.len() + 1))
    }

    /// Whether a name before a colon stands in prose, such as a title that was pasted, and is near that of no field.
    fn is_prose(&self, typed: &str) -> bool {
        let has_words = self.text.split_whitespace().nth(MIN_PROSE_WORDS - 1).is_some();
        has_words && field_name::nearest_names(typed, self.own_field_names).is_empty()
    }

    /// Parses what a term looks for.
    ///
    /// # Errors
    /// Returns why the term is ignored, or `None` if it has no word.
    fn parse_clause(&mut self, prefix: &TermPrefix) -> Result<Clause, Option<Suggestion>> {
        let is_at_end = self.rest.is_empty() || self.is_at_end_of_brackets();
        if is_at_end || self.rest.starts_with(char::is_whitespace) {
            return Err(None);
        }
        if prefix.field == Some(FieldName::Date) {
            let (bytes, date) = date_filter::parse_named(operand_text(self.rest, self.depth > 0));
            if bytes == 0 {
                // A word that is too long for a date, or a bracket too many: something is taken of every text.
                let first = self.rest.chars().next().map_or(0, char::len_utf8);
                let typed = self.take(self.token().len().max(first));
                return Err(Some(Suggestion::NotADate(typed.to_owned())));
            }
            let typed = self.take(bytes);
            let date = date.and_then(|date| reversed_range::refuse(typed, date));
            return date.map(Clause::Date).map_err(Some);
        }
        if let Some(FieldName::Wrong(error)) = &prefix.field {
            self.parse_body();
            return Err(Some(error.clone()));
        }
        if prefix.field == Some(FieldName::Is) {
            return self.parse_property().map_err(Some);
        }
        let start = self.rest;
        if let Some(date) = prefix.allows_bare_date().then(|| self.parse_bare_date()).flatten() {
            let typed = start.get(..start.len() - self.rest.len()).unwrap_or_default();
            return reversed_range::refuse(typed, date).map(Clause::Date).map_err(Some);
        }
        let words = self.parse_body();
        if prefix.field == Some(FieldName::Like) {
            let named = words.text.trim();
            return if named.is_empty() { Err(None) } else { Ok(Clause::Like(named.into())) };
        }
        let phrase = build_phrase(prefix, words).ok_or(None)?;
        Ok(match &prefix.field {
            Some(FieldName::Note) => Clause::Note(phrase.without_preference()),
            Some(FieldName::File) => Clause::File(phrase.without_preference().allow_inside_words()),
            _ => Clause::Words(phrase),
        })
    }

    /// Parses the word after `is:`: any prefix of `marked`, `noted` or `doubtful`.
    ///
    /// # Errors
    /// It is something else.
    fn parse_property(&mut self) -> Result<Clause, Suggestion> {
        let typed = self.token();
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
        // Most words begin no date, and in a long filter each of them is asked.
        if !date_filter::may_begin_bare(self.rest) {
            return None;
        }
        let is_whole = self.rest.len() == self.text.trim_start().len();
        if let Some(range) = is_whole.then(|| date_filter::parse_opened(self.rest)).flatten() {
            self.take(self.rest.trim_end().len());
            return Some(range);
        }
        let text = operand_text(self.rest, self.depth > 0);
        let (bytes, date) = date_filter::parse_bare(text)?;
        let after = text.get(bytes..)?;
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
            let length = self.token().len();
            let text = self.take(length);
            return match text.strip_suffix('$') {
                Some(text) => TermBody { text, at_end: true, ..TermBody::default() },
                None => TermBody { text, may_continue: true, ..TermBody::default() },
            };
        };
        self.take(quote.len_utf8());
        let closing = self.rest.char_indices().find(|(_, letter)| to_keyboard_char(*letter) == '"');
        let text = self.take(closing.map_or(self.rest.len(), |(end, _)| end));
        self.take(closing.map_or(0, |(_, quote)| quote.len_utf8()));
        let max_between = self.take_max_between();
        let at_end = begins_with_token(self.rest, '$');
        if at_end {
            self.take(1);
        }
        let may_continue = closing.is_none() && !at_end;
        TermBody { text, quoted: true, may_continue, at_end, max_between }
    }

    /// Takes `~5` behind a phrase, if it follows. Without a number it is [`DEFAULT_MAX_BETWEEN`].
    fn take_max_between(&mut self) -> Option<usize> {
        let after = self.rest.strip_prefix('~')?;
        let digits = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
        let number = after.get(..digits).unwrap_or_default();
        self.take(1 + digits);
        Some(if digits == 0 {
            DEFAULT_MAX_BETWEEN
        } else {
            number.parse().map_or(MAX_MAX_BETWEEN, |number: usize| number.min(MAX_MAX_BETWEEN))
        })
    }
}
