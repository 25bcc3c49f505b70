//! Which languages a text is of, and what its words mean in them.

use super::tokens::{Sign, Token, TokenKind, Word};
use super::words::{self, LanguageSet, Sense};

/// Sets what the word at each token may mean.
pub(super) fn set_sense_bits(tokens: &mut [Token], languages: LanguageSet) {
    let is_roman = |token: Option<&Token>| matches!(token, Some(Token { kind: TokenKind::Word(word), .. }) if word.roman > 0);
    for at in 0..tokens.len() {
        let Some(Token { kind: TokenKind::Word(word), .. }) = tokens.get(at) else { continue };
        let mut bits = word.senses(languages).fold(0, |bits, sense| bits | sense.bit());
        // A word of another language is a season or feast only by chance: "tel." is winter.
        if word.languages() != 0 && word.languages() & languages == 0 {
            let beside = [at.checked_sub(1), at.checked_sub(2), Some(at + 1)];
            let counts = beside.into_iter().flatten().any(|at| is_roman(tokens.get(at)));
            // saec. XII
            let kept = if counts { Sense::Century.bit() } else { 0 };
            bits &= !words::CHANCE_SENSES | kept;
        }
        // The Spanish "in" is a part of a century (s. XV in.), but most languages have it before any date.
        if bits & FILLER_OR_PART == FILLER_OR_PART {
            let behind = [at.checked_sub(1), at.checked_sub(2)];
            if !behind.into_iter().flatten().any(|at| is_roman(tokens.get(at))) {
                bits &= !Sense::Part.bit();
            }
        }
        if let Some(token) = tokens.get_mut(at) {
            token.sense_bits = bits;
        }
    }
}

/// A word that changes nothing in one language, and is a part of the date in another one.
const FILLER_OR_PART: u64 = words::bits(&[Sense::Filler, Sense::Part]);

/// Returns the languages that a text may be of: those in which most words are known, and of these the ones that write
/// the accents of its ambiguous words as the text does. "The" is no Portuguese "thé".
pub(super) fn languages_of(tokens: &[Token]) -> LanguageSet {
    let mut languages = vote(tokens);
    for token in tokens {
        let TokenKind::Word(word) = token.kind else { continue };
        if word.is_ambiguous(languages) && word.written_in & word.languages() & languages != 0 {
            languages &= word.written_in;
        }
    }
    languages
}

/// Returns the languages in which most words are known; all, if none is.
///
/// A longer word counts more, since short ones mean something in many languages.
fn vote(tokens: &[Token]) -> LanguageSet {
    // A capital letter inside the text is an initial: Weidl, A.
    let is_initial = |at: usize, token: &Token, word: Word| {
        at > 0 && token.end - token.start == 1 && word.is_capitalized
    };
    let words = || {
        tokens.iter().enumerate().filter_map(|(at, token)| match token.kind {
            TokenKind::Word(word) => {
                Some(word).filter(|word| word.languages() != 0 && !is_initial(at, token, *word))
            }
            _ => None,
        })
    };
    let common = words().fold(LanguageSet::MAX, |common, word| common & word.languages());
    let names_months = |word: Word| {
        let mut months = word.senses(common).filter(|sense| matches!(sense, Sense::Month(_)));
        let first = months.next();
        months.any(|month| Some(month) != first)
    };
    if common != 0 && !words().any(names_months) {
        return common;
    }
    let mut votes = [0_usize; LanguageSet::BITS as usize];
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Word(word) = token.kind else { continue };
        if is_initial(at, token, word) {
            continue;
        }
        let follows_day = matches!(at.checked_sub(1).and_then(|at| tokens.get(at)), Some(Token { kind: TokenKind::Number(number), .. }) if number.is_short());
        let follows_stop = at > 1
            && matches!(tokens.get(at - 1), Some(Token { kind: TokenKind::Sign(Sign::Dot), .. }))
            && matches!(tokens.get(at - 2), Some(Token { kind: TokenKind::Number(number), .. }) if number.is_short());
        let languages = word.languages();
        let is_number = |token: Option<&Token>| {
            matches!(
                token,
                Some(Token { kind: TokenKind::Number(_) | TokenKind::Sign(Sign::Dot), .. })
            )
        };
        let stands_beside = is_number(tokens.get(at + 1))
            || is_number(at.checked_sub(1).and_then(|at| tokens.get(at)));
        let weight = (token.end - token.start).min(4) * if stands_beside { 3 } else { 1 };
        for (bit, votes) in votes.iter_mut().enumerate() {
            // A full stop behind a day decides between languages that write it and others.
            let writes_stop = words::DAY_STOP_LANGUAGES >> bit & 1 == 1;
            let fits = follows_day && !writes_stop || follows_stop && writes_stop;
            *votes += usize::from(languages >> bit & 1 == 1) * (weight * 2 + usize::from(fits));
        }
    }
    let most = votes.iter().max().copied().unwrap_or(0);
    if most == 0 {
        return LanguageSet::MAX;
    }
    votes
        .iter()
        .enumerate()
        .filter(|(_, votes)| **votes == most)
        .fold(0, |all, (bit, _)| all | 1 << bit)
}
