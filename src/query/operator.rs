//! The operators of terms, and the parts of a term as they were typed.

use std::borrow::Cow;

use super::field_name::FieldName;
use crate::text::fold::fold;

/// An operator before the words of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// The term excludes what it matches.
    Not,
    /// The term matches whole words only.
    Whole,
    /// A value has to begin with the term.
    Start,
    /// Guesses are always made.
    Guess,
    /// A value has to be nothing but the term.
    Exact,
}

/// The operators as they are typed.
pub(super) const OPERATORS: [(char, Operator); 5] = [
    ('!', Operator::Not),
    ('-', Operator::Not),
    ('\'', Operator::Whole),
    ('^', Operator::Start),
    ('~', Operator::Guess),
];

/// Everything before the words of a term.
#[derive(Clone, Debug, Default)]
pub(super) struct TermPrefix {
    /// The operators.
    pub(super) operators: Vec<Operator>,
    /// The name before the colon, if any.
    pub(super) field: Option<FieldName>,
    /// Whether the name is the one before a bracket.
    pub(super) is_inherited: bool,
}

impl TermPrefix {
    /// Whether it has an operator.
    pub(super) fn has(&self, operator: Operator) -> bool {
        self.operators.contains(&operator)
    }

    /// Whether a date without `date:` may follow.
    pub(super) fn allows_bare_date(&self) -> bool {
        self.field.is_none() && self.operators.iter().all(|operator| *operator == Operator::Not)
    }
}

/// The words of a term as they were typed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TermBody<'a> {
    /// The text between the operators before and after it.
    pub(super) text: &'a str,
    /// Whether it is in quotes.
    pub(super) quoted: bool,
    /// Whether the last word may be incomplete: no closing quote and no `$` follow it.
    pub(super) may_continue: bool,
    /// Whether `$` follows: a value has to end with the term.
    pub(super) at_end: bool,
    /// The number behind `~` after the quotes: see `max_between` of a phrase.
    pub(super) max_between: Option<usize>,
}

/// Returns a typographic quote or operator as the ASCII character on a keyboard.
pub(super) fn to_keyboard_char(letter: char) -> char {
    let mut folded = [0; 4];
    let folded = fold(letter.encode_utf8(&mut folded));
    folded.chars().next().filter(|_| folded.len() == 1).unwrap_or(letter)
}

/// Returns a text with the digits and signs of keyboards instead of the wide ones of Chinese and Japanese ones.
pub(super) fn with_keyboard_signs(text: &str) -> Cow<'_, str> {
    let is_wide = |letter: char| matches!(letter, '０'..='９' | '：' | '｜' | '，' | '、' | '。');
    if !text.contains(is_wide) {
        return Cow::Borrowed(text);
    }
    let keyboard = |letter: char| match letter {
        '，' | '、' | '。' => ' ',
        wide if is_wide(wide) => to_keyboard_char(wide),
        other => other,
    };
    Cow::Owned(text.chars().map(keyboard).collect())
}

/// Whether a text begins with a sign that stands alone.
pub(super) fn begins_with_token(text: &str, sign: char) -> bool {
    let is_end = |letter: char| letter.is_whitespace() || letter == '|' || letter == ')';
    let rest = text.strip_prefix(sign);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(is_end))
}
