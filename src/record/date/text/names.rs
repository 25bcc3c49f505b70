//! Words that mean a date elsewhere and are part of a name here.

use super::builder::DateBuilder;
use super::rules::RELATIONS;
use super::tokens::Sign;
use super::words::Sense;

/// Initials that mean something beside a date, without full stops.
const MEANINGFUL_INITIALS: [&str; 13] =
    ["AD", "BC", "BCE", "CE", "AH", "AM", "PM", "NS", "OS", "ND", "SD", "SA", "AC"];
/// The most letters of initials in the name of a place.
const MAX_INITIALS: usize = 4;

impl DateBuilder<'_> {
    /// Passes over the initials of a state or a district behind a name: `Washington, D.C., July 12, 1945`,
    /// `London, S.W.1, …`. Returns the number of tokens.
    pub(super) fn pass_initials(&mut self) -> Option<usize> {
        let start = self.tokens.get(self.at)?.start;
        let text = self.text.get(start..).filter(|text| is_initial(text))?;
        let (initials, end) = read_initials(text).filter(|_| self.follows_name())?;
        // Venetiis, M.D.L.X.
        let is_roman = initials.len() > 2 && initials.chars().all(|it| "IVXLCDM".contains(it));
        if is_roman || MEANINGFUL_INITIALS.contains(&initials.as_str()) {
            return None;
        }
        let tokens = self.tokens.iter().skip(self.at);
        let length = tokens.take_while(|token| token.start < start + end).count();
        let length = length + usize::from(self.is_postcode(self.at + length));
        let after = self.at + length;
        let is_followed = self.tokens.get(after).is_none()
            || matches!(self.sign(after), Some(Sign::Comma | Sign::Other))
            || self.word(after).is_some_and(|word| word.is_capitalized);
        (is_followed || self.has_month_after(after)).then_some(length)
    }

    /// Passes over the initial of a given name behind a family name: `Weidl, A. 3 May 1701`.
    pub(super) fn pass_initial(&mut self) -> Option<usize> {
        let token = self.tokens.get(self.at)?;
        let is_letter = is_initial(self.text.get(token.start..)?) && token.end == token.start + 1;
        let family = self.at.checked_sub(2)?;
        let is_behind_family = self.sign(self.at - 1) == Some(Sign::Comma)
            && self.is_unused(family)
            && self.word(family).is_some_and(|word| word.is_capitalized);
        let is_roman = self.word(self.at).is_some_and(|word| word.roman > 0);
        let means_date =
            self.has(self.at, Sense::Circa) || is_roman && self.starts_with_month(self.at + 1);
        (is_letter && !means_date && is_behind_family && self.dates.is_empty()).then_some(1)
    }

    /// Whether a number that is no part of the whole date behind it is at a token:
    /// `Washington, D.C. 20520, July 12, 1945`.
    fn is_postcode(&self, at: usize) -> bool {
        let is_day = |at: usize| self.number(at).is_some_and(|number| number.is_short());
        let next = at + 2;
        self.number(at).is_some_and(|number| number.is_plain())
            && self.sign(at + 1) == Some(Sign::Comma)
            && (self.starts_with_month(next) && is_day(next + 1)
                || is_day(next) && self.starts_with_month(next + 1))
    }

    /// Whether a name stands before the current token, or other initials, with or without a comma; or nothing
    /// does.
    fn follows_name(&self) -> bool {
        let Some(mut before) = self.at.checked_sub(1) else { return true };
        while matches!(self.sign(before), Some(Sign::Comma | Sign::Dot)) && before > 0 {
            before -= 1;
        }
        self.dates.is_empty() && self.word(before).is_some_and(|word| word.is_capitalized)
    }

    /// Whether a word such as "after" begins a name of two words: "Sau Mai, Huế", "Post Falls, Idaho".
    ///
    /// The second word is not known, or is of another language than the first.
    pub(super) fn begins_name(&self, at: usize) -> bool {
        let (Some(first), Some(second)) = (self.word(at), self.word(at + 1)) else { return false };
        let is_cased = |at: usize| self.written(at, at + 1).starts_with(char::is_uppercase);
        let is_unknown = !second.is_known() && second.roman == 0;
        let own = first.languages_of(RELATIONS);
        let is_foreign = second.languages() != 0 && second.languages() & own == 0;
        first.is_capitalized
            && second.is_capitalized
            && (is_unknown || is_foreign)
            && self.sign(at + 2) == Some(Sign::Comma)
            && is_cased(at)
            && is_cased(at + 1)
    }
}

/// Reads at least two capital letters, each with a full stop, and digits behind them. Returns the letters
/// and the number of bytes.
fn read_initials(text: &str) -> Option<(String, usize)> {
    let mut letters = String::new();
    let mut rest = text;
    while letters.len() < MAX_INITIALS {
        let mut signs = rest.chars();
        let Some(letter) = signs.next().filter(char::is_ascii_uppercase) else { break };
        let Some(after) = signs.as_str().strip_prefix('.') else { break };
        letters.push(letter);
        rest = after.strip_prefix(' ').filter(|rest| is_initial(rest)).unwrap_or(after);
    }
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    (letters.len() >= 2).then(|| (letters, text.len() - rest.len()))
}

/// Whether a text begins with a capital letter and a full stop.
fn is_initial(text: &str) -> bool {
    let mut signs = text.chars();
    signs.next().is_some_and(|letter| letter.is_ascii_uppercase()) && signs.next() == Some('.')
}
