//! Splitting the text of a date into tokens: numbers, words and signs.

use super::languages;
use super::languages::Word;

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Digits: their value and their count.
    Number(i64, usize),
    /// An ordinal number: `4th`, `twentieth`.
    Ordinal(u8),
    /// A number with a plural `s`: `1940s`. Its value and the count of digits.
    Plural(i64, usize),
    /// A year with missing digits: `194-`, `19[--]`. The value and the count of the written digits.
    Masked(i64, usize),
    /// A word.
    Word(Word),
    /// A dash, or two dots: from one date to another.
    Dash,
    /// `/`.
    Slash,
    /// A comma or semicolon.
    Comma,
    /// A colon.
    Colon,
    /// A full stop between two digits.
    Dot,
    /// A sign that separates dates more than a comma: `&`, `+`.
    Break,
    /// `?`.
    Question,
    /// `~`.
    Tilde,
    /// `%`.
    Percent,
    /// `[`.
    OpenBracket,
    /// `]`.
    CloseBracket,
    /// A round or curly bracket or a quotation mark, which means nothing.
    Enclosure,
    /// Anything else.
    Other,
}

impl TokenKind {
    /// Whether it has four digits and so is a year.
    pub(super) fn is_year(self) -> bool {
        matches!(self, TokenKind::Number(_, 4) | TokenKind::Plural(_, 4))
    }

    /// Whether a hyphen may join it to the next token: `mid-1980s`, `post-1946`.
    pub(super) fn takes_hyphen(self) -> bool {
        matches!(self, TokenKind::Word(Word::Within | Word::Circa | Word::Before | Word::After))
    }
}

/// A token of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// The kind.
    pub(super) kind: TokenKind,
    /// Whether it follows the previous token without a space.
    pub(super) is_adjacent: bool,
}

/// Splits a text into tokens, in linear time.
pub(super) fn tokenize(text: &str) -> Vec<Token> {
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let trimmed = rest.trim_start_matches(is_space);
        if trimmed.len() < rest.len() {
            rest = trimmed;
            if let Some(token) = read_kind(&mut rest) {
                tokens.push(Token { kind: token, is_adjacent: false });
            }
            continue;
        }
        if first == '.' && !rest.starts_with("..") {
            let numbered = matches!(tokens.last(), Some(Token { kind: TokenKind::Number(..), .. }));
            rest = rest.get(1..).unwrap_or("");
            if numbered && rest.starts_with(|next: char| next.is_ascii_digit()) {
                tokens.push(Token { kind: TokenKind::Dot, is_adjacent: true });
            }
            continue;
        }
        if let Some(token) = read_kind(&mut rest) {
            tokens.push(Token { kind: token, is_adjacent: !tokens.is_empty() });
        }
    }
    tokens
}

/// Whether a character is white space, visible or not.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}' | '\u{ad}')
}

/// Takes the first token off a text that does not begin with a space.
fn read_kind(rest: &mut &str) -> Option<TokenKind> {
    let first = rest.chars().next()?;
    if first.is_ascii_digit() {
        return Some(read_number(rest));
    }
    if first.is_alphabetic() || first == '©' {
        return Some(read_word(rest));
    }
    let two_dots = rest.starts_with("..");
    take_bytes(rest, if two_dots { 2 } else { first.len_utf8() });
    Some(match first {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '=' | '.' => TokenKind::Dash,
        '/' => TokenKind::Slash,
        ',' | ';' => TokenKind::Comma,
        ':' => TokenKind::Colon,
        '&' | '+' => TokenKind::Break,
        '?' => TokenKind::Question,
        '~' | '≈' => TokenKind::Tilde,
        '%' => TokenKind::Percent,
        '[' | '<' => TokenKind::OpenBracket,
        ']' | '>' => TokenKind::CloseBracket,
        '(' | ')' | '{' | '}' | '"' | '“' | '”' | '\'' | '’' | '‘' => TokenKind::Enclosure,
        _ => TokenKind::Other,
    })
}

/// Takes this many bytes off the front.
fn take_bytes<'a>(rest: &mut &'a str, bytes: usize) -> &'a str {
    let (front, back) = rest.split_at_checked(bytes).unwrap_or((rest, ""));
    *rest = back;
    front
}

/// Takes a number with its suffix, missing digits or thousands.
fn read_number(rest: &mut &str) -> TokenKind {
    let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let value = take_bytes(rest, digits).parse().unwrap_or(i64::MAX);
    if let Some(thousands) =
        thousands_group(rest).filter(|_| (1..=3).contains(&digits) && value > 0)
    {
        take_bytes(rest, ",000".len());
        return TokenKind::Number(value * 1000 + thousands, digits + 3);
    }
    if let Some(length) = masked_length(rest, value, digits) {
        take_bytes(rest, length);
        return TokenKind::Masked(value, digits);
    }
    let letters = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
    if let ("st" | "nd" | "rd" | "th", Ok(value)) =
        (rest.get(..letters).unwrap_or(""), u8::try_from(value))
    {
        take_bytes(rest, letters);
        return TokenKind::Ordinal(value);
    }
    for plural in ["s", "'s", "’s"] {
        let after = rest.strip_prefix(plural);
        if after.is_some_and(|after| !after.starts_with(char::is_alphabetic)) {
            take_bytes(rest, plural.len());
            return TokenKind::Plural(value, digits);
        }
    }
    TokenKind::Number(value, digits)
}

/// Returns the last three digits of a number such as `10,000`, if `rest` begins with them.
fn thousands_group(rest: &str) -> Option<i64> {
    let (digits, after) = rest.strip_prefix(',')?.split_at_checked(3)?;
    let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
    let ends = !after.starts_with(|next: char| next.is_ascii_digit());
    if is_number && ends { digits.parse().ok() } else { None }
}

/// Returns the length of the signs for the missing digits of a year: `194-`, `19[--]`, `199[?]`.
fn masked_length(rest: &str, value: i64, digits: usize) -> Option<usize> {
    let plausible = match digits {
        2 => (10..=20).contains(&value),
        3 => (100..=209).contains(&value),
        _ => false,
    };
    let is_placeholder =
        |letter: &char| matches!(letter, '-' | '–' | '—' | '_' | '?' | 'x' | 'u' | '*');
    let (bracket, inside) = rest.strip_prefix('[').map_or((false, rest), |inside| (true, inside));
    let placeholders: String =
        inside.chars().take_while(is_placeholder).take(4 - digits.min(4)).collect();
    let after = inside.get(placeholders.len()..)?;
    let closed = if bracket { after.strip_prefix(']')? } else { after };
    let ends = !closed.trim_start().starts_with(|next: char| next.is_alphanumeric())
        || closed.starts_with([' ', '-']);
    let full = placeholders.chars().count() == 4 - digits.min(4);
    (plausible && full && ends).then(|| rest.len() - closed.len())
}

/// Takes a word. Full stops between single letters belong to it (`n.d.`); others do not.
fn read_word(rest: &mut &str) -> TokenKind {
    if let Some(length) = initials_length(rest) {
        let letters: String =
            take_bytes(rest, length).chars().filter(|letter| letter.is_alphabetic()).collect();
        return TokenKind::Word(languages::parse_word(&letters));
    }
    let is_in_word = |letter: char| letter.is_alphabetic() || letter == '©';
    let length = rest.find(|letter: char| !is_in_word(letter)).unwrap_or(rest.len());
    let is_twenty_first = rest.strip_prefix("twenty-first").is_some();
    let word = take_bytes(rest, if is_twenty_first { "twenty-first".len() } else { length });
    match languages::ordinal(word) {
        Some(number) => TokenKind::Ordinal(number),
        None => TokenKind::Word(languages::parse_word(word)),
    }
}

/// Returns the length of two or more single letters with full stops between them: `n.d.`, `A. D.`
fn initials_length(rest: &str) -> Option<usize> {
    let mut length = 0;
    let mut count = 0;
    while let Some(letter) = rest.get(length..)?.chars().next().filter(|c| c.is_alphabetic()) {
        let after = rest.get(length + letter.len_utf8()..)?;
        if after.starts_with(char::is_alphabetic) {
            break;
        }
        count += 1;
        let Some(after_stop) = after.strip_prefix('.') else {
            length = rest.len() - after.len();
            break;
        };
        // A space is allowed if another such letter follows.
        let spaced = after_stop.strip_prefix(' ').filter(|next| {
            let mut letters = next.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next() == Some('.')
        });
        length = rest.len() - spaced.unwrap_or(after_stop).len();
    }
    (count >= 2).then_some(length)
}
