//! Splitting the text of a date into tokens: numbers, words and signs.

use smallvec::SmallVec;

use super::endings;
use super::fold::fold_letter;
use super::hangul;
use super::numbers::{self, Number};
use super::signs::sign;
use super::words::{self, Entry, LanguageSet, Sense};

pub(super) use super::signs::Sign;

/// A token of the text, with its place in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// The bytes of the text from which it was made.
    pub(super) start: usize,
    /// The end of these bytes.
    pub(super) end: usize,
    /// Whether it follows the previous token without a space.
    pub(super) is_adjacent: bool,
    /// What the word may mean, as bits of [`Sense::bit`]; set when the languages are known.
    pub(super) sense_bits: u64,
    /// Whether a rule has accounted for it.
    pub(super) is_used: bool,
}

impl Token {
    /// Creates a token that no rule has looked at.
    fn new(kind: TokenKind, start: usize, end: usize, is_adjacent: bool) -> Token {
        Token { kind, start, end, is_adjacent, sense_bits: 0, is_used: false }
    }
}

/// The kind of a token.
#[derive(Clone, Copy, Debug)]
pub(super) enum TokenKind {
    /// A number, with its suffix or missing digits.
    Number(Number),
    /// A word or phrase, known or not.
    Word(Word),
    /// Letters that stand for unknown digits: `uuuu`.
    Placeholder,
    /// A sign.
    Sign(Sign),
}

/// A word or phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// What it may mean, and in which languages.
    senses: &'static [(Sense, LanguageSet)],
    /// The languages that write its accents as the text does; none, if that says nothing.
    pub(super) written_in: LanguageSet,
    /// Its value as a Roman number; 0 if it is none.
    pub(super) roman: u16,
    /// Whether the Roman number has a suffix of counting: `XVIIe`.
    pub(super) is_counted_roman: bool,
    /// Whether it begins with a capital letter, or is of a script without them.
    pub(super) is_capitalized: bool,
}

impl Word {
    /// Returns what the word may mean in the given languages; in any, if it is in none of them.
    pub(super) fn senses(&self, languages: LanguageSet) -> impl Iterator<Item = Sense> + use<> {
        let is_in = self.senses.iter().any(|(_, mask)| mask & languages != 0);
        let wanted = if is_in { languages } else { LanguageSet::MAX };
        self.senses.iter().filter(move |(_, mask)| mask & wanted != 0).map(|(sense, _)| *sense)
    }

    /// Returns the languages in which the word is known.
    pub(super) fn languages(&self) -> LanguageSet {
        let named =
            self.senses.iter().map(|(_, mask)| *mask).filter(|mask| *mask != LanguageSet::MAX);
        named.fold(0, |all, mask| all | mask)
    }

    /// Returns the languages in which the word means one of these: bits of [`Sense::bit`].
    pub(super) fn languages_of(&self, senses: u64) -> LanguageSet {
        let means = self.senses.iter().filter(|(known, _)| known.bit() & senses != 0);
        means.fold(0, |all, (_, mask)| all | mask)
    }

    /// Whether it means different things in some languages of a set.
    pub(super) fn is_ambiguous(&self, languages: LanguageSet) -> bool {
        self.senses.iter().filter(|(_, mask)| mask & languages != 0).nth(1).is_some()
    }

    /// Whether the word is known.
    pub(super) fn is_known(&self) -> bool {
        !self.senses.is_empty()
    }
}

/// Splits a text into tokens, in linear time.
pub(super) fn tokenize(text: &str) -> Tokens {
    let mut tokenizer = Tokenizer {
        text,
        at: 0,
        tokens: Vec::with_capacity(8),
        folded: String::new(),
        words: SmallVec::new(),
        misspelt: Vec::new(),
    };
    tokenizer.run();
    tokenizer.join_phrases();
    tokenizer.correct_misspelt_months();
    Tokens { tokens: tokenizer.tokens, misspelt: tokenizer.misspelt }
}

/// The tokens of a text.
pub(super) struct Tokens {
    /// The tokens.
    pub(super) tokens: Vec<Token>,
    /// The tokens that misspell a month, with its name.
    pub(super) misspelt: Vec<(usize, &'static str)>,
}

/// The state of the tokenizer.
struct Tokenizer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    /// The folded letters of all words, one after the other.
    folded: String,
    /// Each word: its token, its folded letters in `folded`, and its entry.
    words: SmallVec<[FoldedWord; 4]>,
    misspelt: Vec<(usize, &'static str)>,
}

/// The folded letters of a word.
#[derive(Clone, Copy)]
struct FoldedWord {
    token: usize,
    start: usize,
    end: usize,
    entry: Option<&'static Entry>,
}

impl<'t> Tokenizer<'t> {
    /// Returns the text that is left.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Reads all tokens.
    fn run(&mut self) {
        let mut after_space = true;
        while let Some(first) = self.rest().chars().next() {
            if is_space(first) {
                after_space = true;
                self.at += first.len_utf8();
                continue;
            }
            let count = self.tokens.len();
            let start = self.at;
            self.read_token(first, start, !after_space);
            // A full stop or an apostrophe does not part what stands on its sides.
            after_space = after_space && self.tokens.len() == count;
        }
    }

    /// Reads one token. Full stops of abbreviations and apostrophes give none.
    fn read_token(&mut self, first: char, start: usize, is_adjacent: bool) {
        if let Some((number, end)) = numbers::read(self.rest()) {
            self.at += end;
            let kind = match number {
                numbers::Read::Number(number) => TokenKind::Number(number),
                numbers::Read::Word(entry) => TokenKind::Word(word_of(entry.senses)),
                numbers::Read::Bound { number, length, ending } => {
                    self.at = start;
                    self.push(TokenKind::Number(number), length, is_adjacent);
                    self.push(TokenKind::Word(word_of(ending.senses)), end - length, true);
                    return;
                }
            };
            self.tokens.push(Token::new(kind, start, self.at, is_adjacent));
        } else if first.is_alphabetic() {
            if numbers::is_ideographic(first) {
                self.read_ideographs(is_adjacent);
            } else {
                self.read_word(is_adjacent);
            }
        } else {
            let two_dots = self.rest().starts_with("..");
            self.at += if two_dots { 2 } else { first.len_utf8() };
            let after_number =
                matches!(self.tokens.last(), Some(Token { kind: TokenKind::Number(_), .. }));
            let is_roman = matches!(self.tokens.last(), Some(Token { kind: TokenKind::Word(word), .. }) if word.roman > 0);
            let sign = match first {
                '.' | '。' if two_dots => Some(Sign::Dash),
                '.' | '。' | '．' => (after_number || is_roman).then_some(Sign::Dot),
                _ => sign(first),
            };
            if let Some(sign) = sign {
                self.tokens.push(Token::new(TokenKind::Sign(sign), start, self.at, is_adjacent));
            }
        }
    }

    /// Reads a word of letters.
    fn read_word(&mut self, is_adjacent: bool) {
        let rest = self.rest();
        let is_in_word = |letter: char| {
            (letter.is_alphabetic() || is_mark(letter)) && !numbers::is_ideographic(letter)
        };
        let length = rest.find(|letter: char| !is_in_word(letter)).unwrap_or(rest.len());
        let written = rest.get(..length).unwrap_or("");
        let is_placeholder = matches!(length, 2 | 4)
            && written.bytes().all(|letter| matches!(letter, b'u' | b'x' | b'X'))
            && !matches!(written, "xx" | "XX");
        if is_placeholder {
            self.push(TokenKind::Placeholder, length, is_adjacent);
            return;
        }
        let start = self.folded.len();
        let folded = &mut self.folded;
        folded.reserve(written.len());
        written.chars().for_each(|letter| fold_letter(letter, |letter| folded.push(letter)));
        let entry = words::look_up(self.folded.get(start..).unwrap_or(""));
        let is_known = entry.is_some_and(|entry| !entry.senses.is_empty());
        if !is_known && hangul::is_hangul(written) && self.read_hangul(written, is_adjacent) {
            return;
        }
        if !is_known && self.read_bound_word(written, start, is_adjacent) {
            return;
        }
        let mut word = word_of(entry.map_or(&[], |entry| entry.senses));
        word.is_capitalized = written.chars().next().is_some_and(|first| !first.is_lowercase());
        word.written_in = entry.map_or(0, |entry| entry.languages_writing(written));
        let mut length = length;
        if let Some((roman, roman_length, is_counted)) = numbers::read_roman(rest, length)
            && (roman_length >= length || !word.is_known())
        {
            (word.roman, word.is_counted_roman, length) =
                (roman, is_counted, roman_length.max(length));
        }
        self.words.push(FoldedWord {
            token: self.tokens.len(),
            start,
            end: self.folded.len(),
            entry,
        });
        self.push(TokenKind::Word(word), length, is_adjacent);
    }

    /// Reads a word with an ending that makes it a bound: `májusig`. Returns whether it is one.
    fn read_bound_word(&mut self, written: &str, start: usize, is_adjacent: bool) -> bool {
        let folded = self.folded.get(start..).unwrap_or("");
        let Some(parts) = endings::split(folded) else { return false };
        let end = start + folded.len() - parts.ending_letters;
        let letters = written.char_indices().rev().take(parts.ending_letters);
        let length = letters.last().map_or(written.len(), |(at, _)| at);
        let mut word = word_of(parts.stem.senses);
        word.is_capitalized = written.starts_with(char::is_uppercase);
        let token = self.tokens.len();
        self.words.push(FoldedWord { token, start, end, entry: Some(parts.stem) });
        self.push(TokenKind::Word(word), length, is_adjacent);
        self.push(TokenKind::Word(word_of(parts.ending.senses)), written.len() - length, true);
        true
    }

    /// Reads a unit behind a number with the particles on it: `년까지`. Returns whether it is one.
    fn read_hangul(&mut self, written: &str, is_adjacent: bool) -> bool {
        let follows_number =
            matches!(self.tokens.last(), Some(Token { kind: TokenKind::Number(_), .. }));
        let Some(parts) = hangul::split(written, follows_number) else { return false };
        for (at, (entry, length)) in parts.into_iter().enumerate() {
            let mut word = word_of(entry.senses);
            word.is_capitalized = true;
            self.push(TokenKind::Word(word), length, at > 0 || is_adjacent);
        }
        true
    }

    /// Reads the longest known word of ideographs, a number, or one unknown ideograph.
    fn read_ideographs(&mut self, is_adjacent: bool) {
        let rest = self.rest();
        let lengths: Vec<usize> = rest
            .char_indices()
            .take_while(|(_, letter)| numbers::is_ideographic(*letter))
            .take(MAX_IDEOGRAPHS)
            .map(|(at, letter)| at + letter.len_utf8())
            .collect();
        for length in lengths.iter().rev() {
            if let Some(entry) = rest
                .get(..*length)
                .and_then(words::look_up)
                .filter(|entry| !entry.senses.is_empty())
            {
                let follows = self
                    .tokens
                    .last()
                    .is_some_and(|last| matches!(last.kind, TokenKind::Number(_)));
                let is_unit = entry.senses.iter().any(|(sense, _)| {
                    matches!(sense, Sense::YearAfter | Sense::MonthAfter | Sense::DayAfter)
                });
                // A numeral may begin a longer number: 二十 before 年. A season may begin a name: 夏县.
                let is_numeral = numbers::ideographic_length(rest) > *length;
                if !is_unit && !follows && (is_numeral || is_season_in_name(entry, rest, *length)) {
                    continue;
                }
                let mut word = word_of(entry.senses);
                word.is_capitalized = true;
                self.push(TokenKind::Word(word), *length, is_adjacent);
                return;
            }
        }
        // 千葉 is a place: a number stands before a unit or by itself.
        let is_before_word = |length: usize| {
            let next = rest.get(length..).and_then(|rest| rest.chars().next());
            next.is_some_and(|next| {
                numbers::is_ideographic(next) && !"年月日号號時时分世代紀纪".contains(next)
            })
        };
        if let Some((number, length)) =
            numbers::read_ideographic(rest).filter(|(_, length)| !is_before_word(*length))
        {
            self.push(TokenKind::Number(number), length, is_adjacent);
            return;
        }
        let mut word = word_of(&[]);
        word.is_capitalized = true;
        self.push(TokenKind::Word(word), lengths.first().copied().unwrap_or(1), is_adjacent);
    }

    /// Adds a token of this length.
    fn push(&mut self, kind: TokenKind, length: usize, is_adjacent: bool) {
        let start = self.at;
        self.at += length;
        self.tokens.push(Token::new(kind, start, self.at, is_adjacent));
    }

    /// Joins the words of phrases into one token each; the longest phrase is used.
    fn join_phrases(&mut self) {
        let mut key = String::new();
        let mut removed: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while let Some(first) = self.words.get(at).copied() {
            at += 1;
            let longest = first.entry.map_or(1, |entry| usize::from(entry.longest_phrase));
            let run = self.run_of_words(at - 1, longest);
            for count in (2..=run).rev() {
                let words = self.words.get(at - 1..at - 1 + count).unwrap_or(&[]);
                key.clear();
                for word in words {
                    if !key.is_empty() {
                        key.push(' ');
                    }
                    key.push_str(self.folded.get(word.start..word.end).unwrap_or(""));
                }
                let Some(entry) = words::look_up(&key).filter(|entry| !entry.senses.is_empty())
                else {
                    continue;
                };
                let last = words.last().map_or(first.token, |word| word.token);
                let end = self.tokens.get(last).map_or(0, |token| token.end);
                if let Some(token) = self.tokens.get_mut(first.token) {
                    (token.kind, token.end) = (TokenKind::Word(word_of(entry.senses)), end);
                    removed.push((first.token + 1, last + 1));
                }
                at += count - 1;
                break;
            }
        }
        for (start, end) in removed.into_iter().rev() {
            self.tokens.drain(start..end);
        }
    }

    /// Returns how many words follow each other from this one on, at most `longest`.
    ///
    /// A hyphen without spaces may stand between them.
    fn run_of_words(&self, first: usize, longest: usize) -> usize {
        let mut count = 1;
        while count < longest
            && let (Some(word), Some(next)) =
                (self.words.get(first + count - 1), self.words.get(first + count))
        {
            let between = self.tokens.get(word.token + 1..next.token).unwrap_or(&[]);
            let joins = match between {
                [] => true,
                [sign] => {
                    let next_is_adjacent =
                        self.tokens.get(next.token).is_some_and(|next| next.is_adjacent);
                    match sign.kind {
                        TokenKind::Sign(Sign::Dash) => sign.is_adjacent && next_is_adjacent,
                        // "n/a", "s/d"
                        TokenKind::Sign(Sign::Slash) => {
                            sign.is_adjacent && next_is_adjacent && next.end - next.start <= 2
                        }
                        TokenKind::Sign(Sign::Dot) => true,
                        _ => false,
                    }
                }
                _ => false,
            };
            if !joins {
                break;
            }
            count += 1;
        }
        count
    }

    /// Understands a misspelt month beside a number, if the text has no other month.
    fn correct_misspelt_months(&mut self) {
        if self.words.iter().all(|word| word.entry.is_some()) {
            return;
        }
        let is_month = |token: &Token| match token.kind {
            TokenKind::Word(word) => word
                .senses
                .iter()
                .any(|(sense, _)| matches!(sense, Sense::Month(_) | Sense::CalendarMonth(..))),
            _ => false,
        };
        if self.tokens.iter().any(is_month) {
            return;
        }
        let is_number =
            |token: Option<&Token>| matches!(token, Some(Token { kind: TokenKind::Number(_), .. }));
        let unknown =
            |token: &Token| matches!(token.kind, TokenKind::Word(word) if !word.is_known());
        for at in 0..self.tokens.len() {
            let follows_saint = (1..=2).filter_map(|back| at.checked_sub(back)).any(|before| {
                let token = self.tokens.get(before);
                let word = token.and_then(|token| self.text.get(token.start..token.end));
                word.is_some_and(|word| SAINTS.contains(&word))
            });
            let beside =
                is_number(self.tokens.get(at + 1)) || at > 0 && is_number(self.tokens.get(at - 1));
            let Some(token) =
                self.tokens.get_mut(at).filter(|token| beside && !follows_saint && unknown(token))
            else {
                continue;
            };
            let mut folded = String::new();
            let written = self.text.get(token.start..token.end).unwrap_or("");
            written.chars().for_each(|letter| fold_letter(letter, |letter| folded.push(letter)));
            if let Some(entry) = words::look_up_misspelt_month(&folded) {
                token.kind = TokenKind::Word(word_of(entry.senses));
                self.misspelt.push((at, entry.word));
            }
        }
    }
}

/// Whether the name of a season is followed by an ideograph that no date is written with.
fn is_season_in_name(entry: &Entry, rest: &str, length: usize) -> bool {
    let is_season = entry.senses.iter().any(|(sense, _)| matches!(sense, Sense::Season(_)));
    let after = rest.get(length..).unwrap_or("");
    let next = after.chars().next().filter(|next| numbers::is_ideographic(*next));
    // 冬木町: the day of the week says nothing here.
    let is_known = |next: char| {
        let entry = after.get(..next.len_utf8()).and_then(words::look_up);
        entry.is_some_and(|entry| {
            entry.senses.iter().any(|(sense, _)| !matches!(sense, Sense::Weekday(_)))
        })
    };
    is_season && length <= 3 && next.is_some_and(|next| !is_known(next))
}

/// The words before the name of a saint, which is no month: "Saint-Martin".
pub(super) const SAINTS: [&str; 9] =
    ["St", "Saint", "Sankt", "San", "Sint", "Sveti", "Szent", "Svatý", "Sfântul"];

/// The most ideographs of one word.
const MAX_IDEOGRAPHS: usize = 8;

/// Creates a word with these senses.
fn word_of(senses: &'static [(Sense, LanguageSet)]) -> Word {
    Word { senses, written_in: 0, roman: 0, is_counted_roman: false, is_capitalized: false }
}

/// Whether a character is white space, visible or not.
fn is_space(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Whether a character is a mark on the letter before it: also that of `A°`, anno.
fn is_mark(letter: char) -> bool {
    matches!(letter, '°' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' | 'ʹ' | 'ʺ')
}
