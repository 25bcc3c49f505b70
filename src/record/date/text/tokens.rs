//! The text of a date cut into numbers, words and marks.

use super::languages;
use super::languages::Word;

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits: their value, and how many they are.
    Number(i64, usize),
    /// A number in a row: `4th`, `twentieth`.
    Ordinal(u8),
    /// A number followed by an `s`: `1940s`.
    Plural(i64, usize),
    /// A year of which only so many digits are written: `194-`, `19[--]`.
    Masked(i64, usize),
    /// A word.
    Word(Word),
    /// From one date to another.
    Dash,
    /// `/`.
    Slash,
    /// A comma or semicolon.
    Comma,
    /// A colon.
    Colon,
    /// A full stop between two digits.
    Dot,
    /// What parts dates more than a comma: `&`, `+`.
    Break,
    /// `?`.
    Question,
    /// `~`.
    Tilde,
    /// `%`.
    Percent,
    /// `[`.
    Open,
    /// `]`.
    Close,
    /// A bracket that says nothing.
    Paren,
    /// Anything else.
    Other,
}

impl Kind {
    /// Whether it is a year by its length.
    pub(super) fn is_year(self) -> bool {
        matches!(self, Kind::Number(_, 4) | Kind::Plural(_, 4))
    }

    /// Whether a hyphen ties it to what follows: `mid-1980s`, `post-1946`.
    pub(super) fn is_prefix(self) -> bool {
        matches!(self, Kind::Word(Word::Within | Word::Circa | Word::Before | Word::After))
    }
}

/// A piece of the text, and whether it follows the one before without a space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Nothing stands between it and the one before.
    pub(super) glued: bool,
}

/// Cuts a text. Every letter is looked at a bounded number of times.
pub(super) fn cut(text: &str) -> Vec<Token> {
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let trimmed = rest.trim_start_matches(is_space);
        if trimmed.len() < rest.len() {
            rest = trimmed;
            if let Some(token) = next(&mut rest) {
                tokens.push(Token { kind: token, glued: false });
            }
            continue;
        }
        if first == '.' && !rest.starts_with("..") {
            let numbered = matches!(tokens.last(), Some(Token { kind: Kind::Number(..), .. }));
            rest = rest.get(1..).unwrap_or("");
            if numbered && rest.starts_with(|next: char| next.is_ascii_digit()) {
                tokens.push(Token { kind: Kind::Dot, glued: true });
            }
            continue;
        }
        if let Some(token) = next(&mut rest) {
            tokens.push(Token { kind: token, glued: !tokens.is_empty() });
        }
    }
    tokens
}

/// White space, seen or unseen.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}' | '\u{ad}')
}

/// Takes the first piece off the text, which begins with no space.
fn next(rest: &mut &str) -> Option<Kind> {
    let first = rest.chars().next()?;
    if first.is_ascii_digit() {
        return Some(number(rest));
    }
    if first.is_alphabetic() || first == '©' {
        return Some(word(rest));
    }
    let two_dots = rest.starts_with("..");
    take(rest, if two_dots { 2 } else { first.len_utf8() });
    Some(match first {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '=' | '.' => Kind::Dash,
        '/' => Kind::Slash,
        ',' | ';' => Kind::Comma,
        ':' => Kind::Colon,
        '&' | '+' => Kind::Break,
        '?' => Kind::Question,
        '~' | '≈' => Kind::Tilde,
        '%' => Kind::Percent,
        '[' | '<' => Kind::Open,
        ']' | '>' => Kind::Close,
        '(' | ')' | '{' | '}' | '"' | '“' | '”' | '\'' | '’' | '‘' => Kind::Paren,
        _ => Kind::Other,
    })
}

/// Cuts so many bytes off the front.
fn take<'a>(rest: &mut &'a str, bytes: usize) -> &'a str {
    let (front, back) = rest.split_at_checked(bytes).unwrap_or((rest, ""));
    *rest = back;
    front
}

/// Takes a number with what belongs to it.
fn number(rest: &mut &str) -> Kind {
    let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let value = take(rest, digits).parse().unwrap_or(i64::MAX);
    if let Some(thousands) = thousands(rest).filter(|_| (1..=3).contains(&digits) && value > 0) {
        take(rest, ",000".len());
        return Kind::Number(value * 1000 + thousands, digits + 3);
    }
    if let Some(length) = masks(rest, value, digits) {
        take(rest, length);
        return Kind::Masked(value, digits);
    }
    let letters = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
    if let ("st" | "nd" | "rd" | "th", Ok(value)) =
        (rest.get(..letters).unwrap_or(""), u8::try_from(value))
    {
        take(rest, letters);
        return Kind::Ordinal(value);
    }
    for plural in ["s", "'s", "’s"] {
        let after = rest.strip_prefix(plural);
        if after.is_some_and(|after| !after.starts_with(char::is_alphabetic)) {
            take(rest, plural.len());
            return Kind::Plural(value, digits);
        }
    }
    Kind::Number(value, digits)
}

/// The three digits behind a comma that end a number: `10,000`.
fn thousands(rest: &str) -> Option<i64> {
    let (digits, after) = rest.strip_prefix(',')?.split_at_checked(3)?;
    let number = digits.bytes().all(|digit| digit.is_ascii_digit());
    let ends = !after.starts_with(|next: char| next.is_ascii_digit());
    if number && ends { digits.parse().ok() } else { None }
}

/// The length of the signs that stand for the missing digits of a year: `194-`, `19[--]`, `199[?]`.
fn masks(rest: &str, value: i64, digits: usize) -> Option<usize> {
    let plausible = match digits {
        2 => (10..=20).contains(&value),
        3 => (100..=209).contains(&value),
        _ => false,
    };
    let mark = |letter: &char| matches!(letter, '-' | '–' | '—' | '_' | '?' | 'x' | 'u' | '*');
    let (bracket, inside) = rest.strip_prefix('[').map_or((false, rest), |inside| (true, inside));
    let marks: String = inside.chars().take_while(mark).take(4 - digits.min(4)).collect();
    let after = inside.get(marks.len()..)?;
    let closed = if bracket { after.strip_prefix(']')? } else { after };
    let ends = !closed.trim_start().starts_with(|next: char| next.is_alphanumeric())
        || closed.starts_with([' ', '-']);
    let full = marks.chars().count() == 4 - digits.min(4);
    (plausible && full && ends).then(|| rest.len() - closed.len())
}

/// Takes a word. Full stops between single letters belong to it (`n.d.`), others do not.
fn word(rest: &mut &str) -> Kind {
    if let Some(length) = initials(rest) {
        let letters: String =
            take(rest, length).chars().filter(|letter| letter.is_alphabetic()).collect();
        return Kind::Word(languages::meaning(&letters));
    }
    let inside = |letter: char| letter.is_alphabetic() || letter == '©';
    let length = rest.find(|letter: char| !inside(letter)).unwrap_or(rest.len());
    let hyphened = rest.strip_prefix("twenty-first").is_some();
    let word = take(rest, if hyphened { "twenty-first".len() } else { length });
    match languages::ordinal(word) {
        Some(number) => Kind::Ordinal(number),
        None => Kind::Word(languages::meaning(word)),
    }
}

/// The length of single letters with full stops between them, at least two: `n.d.`, `A. D.`
fn initials(rest: &str) -> Option<usize> {
    let mut length = 0;
    let mut count = 0;
    while let Some(letter) = rest.get(length..)?.chars().next().filter(|c| c.is_alphabetic()) {
        let after = rest.get(length + letter.len_utf8()..)?;
        if after.starts_with(char::is_alphabetic) {
            break;
        }
        count += 1;
        let Some(stopped) = after.strip_prefix('.') else {
            length = rest.len() - after.len();
            break;
        };
        // A space is allowed where another such letter follows.
        let spaced = stopped.strip_prefix(' ').filter(|next| {
            let mut letters = next.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next() == Some('.')
        });
        length = rest.len() - spaced.unwrap_or(stopped).len();
    }
    (count >= 2).then_some(length)
}
