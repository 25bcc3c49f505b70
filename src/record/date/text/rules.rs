//! The rules: what each token, or group of tokens, means for the dates in a text.

use super::builder::{DateBuilder, PartialDate, Relation, Separator, YearRange};
use super::languages::Word;
use super::numeric::expand_year;
use super::tokens::{Token, TokenKind};
use crate::record::date::span::Precision;

impl DateBuilder {
    /// Applies a rule for several tokens together. Returns the number of tokens that it consumed.
    pub(super) fn parse_compound(&mut self, tokens: &[Token]) -> Option<usize> {
        self.parse_three_parts(tokens)
            .or_else(|| self.parse_two_parts(tokens))
            .or_else(|| self.parse_year_with_era(tokens))
            .or_else(|| self.parse_short_century(tokens))
            .or_else(|| self.skip_non_date(tokens))
    }

    /// Parses a year with its era: `AD 79`, `44 BC`, `300-200 BC`.
    fn parse_year_with_era(&mut self, tokens: &[Token]) -> Option<usize> {
        let kinds = first_kinds(tokens);
        let (era, number, length) = match kinds {
            [Some(TokenKind::Word(Word::AnnoDomini)), Some(TokenKind::Number(number, _)), ..] => {
                (Word::AnnoDomini, number, 2)
            }
            [
                Some(TokenKind::Number(number, _)),
                Some(TokenKind::Word(era @ (Word::BeforeChrist | Word::AnnoDomini))),
                ..,
            ] => (era, number, 2),
            [
                Some(TokenKind::Number(number, _)),
                Some(TokenKind::Dash | TokenKind::Word(Word::To)),
                Some(TokenKind::Number(..)),
                Some(TokenKind::Word(era)),
                ..,
            ] => (era, number, 1),
            _ => return None,
        };
        let year = match era {
            Word::BeforeChrist => 1_i64.saturating_sub(number),
            Word::AnnoDomini => number,
            _ => return None,
        };
        self.put_years(single_year(year), false);
        Some(length)
    }

    /// Parses a short form of a century: `19th c.`, `15c`.
    fn parse_short_century(&mut self, tokens: &[Token]) -> Option<usize> {
        let (first, second) = (tokens.first()?, tokens.get(1)?);
        let number = match first.kind {
            TokenKind::Ordinal(number @ 1..=21) => number,
            TokenKind::Number(number @ 1..=21, 1 | 2) if second.is_adjacent => nonzero_u8(number)?,
            _ => return None,
        };
        let year_follows = matches!(tokens.get(2).map(|t| t.kind), Some(TokenKind::Number(_, 3..)));
        if second.kind != TokenKind::Word(Word::Circa) || year_follows {
            return None;
        }
        self.put_day(number);
        self.numbers_to_centuries(tokens.get(2..).unwrap_or(&[]));
        Some(2)
    }

    /// Skips what only looks like a date: `2 of 3`, `[1]`, `3 pm`, `10:30`. Also parses a quarter:
    /// `Q3`.
    fn skip_non_date(&mut self, tokens: &[Token]) -> Option<usize> {
        let is_short_number =
            |kind: Option<TokenKind>| matches!(kind, Some(TokenKind::Number(_, 1 | 2)));
        let length = match first_kinds(tokens) {
            [one, Some(TokenKind::Word(Word::Of)), two, ..]
                if is_short_number(one) && is_short_number(two) =>
            {
                3
            }
            [
                Some(TokenKind::OpenBracket | TokenKind::Enclosure),
                one,
                Some(TokenKind::CloseBracket | TokenKind::Enclosure),
                ..,
            ] if is_short_number(one) => 3,
            [one, Some(TokenKind::Word(Word::Clock)), ..] if is_short_number(one) => 2,
            [one, Some(TokenKind::Colon), two, Some(TokenKind::Colon), three]
                if is_short_number(one) && is_short_number(two) && is_short_number(three) =>
            {
                5
            }
            [one, Some(TokenKind::Colon), two, ..]
                if is_short_number(one) && is_short_number(two) =>
            {
                3
            }
            [
                Some(TokenKind::Word(Word::Quarter)),
                Some(TokenKind::Number(number @ 1..=4, 1)),
                ..,
            ] => {
                self.put_month(nonzero_u8(32 + number)?, false);
                return Some(2);
            }
            _ => return None,
        };
        self.is_complex = true;
        Some(length)
    }

    /// Applies one token by itself. `after` are the tokens that follow it.
    pub(super) fn parse_token(&mut self, kind: TokenKind, after: &[Token]) {
        match kind {
            TokenKind::Number(number, digits) => self.put_number(number, digits, after),
            TokenKind::Ordinal(number) => self.put_day(number),
            TokenKind::Plural(number, digits) => self.parse_plural(number, digits),
            TokenKind::Masked(number, digits) => {
                let length = if digits == 3 { 10 } else { 100 };
                self.put_years(years_from(number * length, length), false);
            }
            TokenKind::Word(word) => self.apply_word(word, after),
            TokenKind::Dash => self.separate_next(Separator::Range),
            TokenKind::Slash | TokenKind::Break => self.separate_next(Separator::Break),
            TokenKind::Comma | TokenKind::Colon => self.separate_next(Separator::Comma),
            TokenKind::Dot => {}
            TokenKind::Question => self.parse_question_mark(after),
            TokenKind::Tilde => self.approximate = true,
            TokenKind::Percent => (self.approximate, self.uncertain) = (true, true),
            TokenKind::OpenBracket => self.open_bracket(),
            TokenKind::CloseBracket => self.close_bracket(),
            TokenKind::Enclosure => self.is_complex = true,
            TokenKind::Other => self.has_foreign_words = true,
        }
    }

    /// Adds a number: a year if it is long enough, otherwise a day.
    fn put_number(&mut self, number: i64, digits: usize, after: &[Token]) {
        let has_full_year =
            |date: &PartialDate| date.years.is_some_and(|years| years.first >= 1000);
        match digits {
            4 => self.put_years(single_year(number), starts_with_month(after)),
            3 if !self.dates.iter().any(has_full_year) => {
                self.put_years(single_year(number), false);
            }
            1 | 2 if (1..=31).contains(&number) => self.put_day(nonzero_u8(number).unwrap_or(1)),
            // 12 July 45
            2 if self.is_awaiting_year() && !after.iter().any(|token| token.kind.is_year()) => {
                (self.uncertain, self.ambiguous) = (true, true);
                self.put_years(single_year(expand_year(number, digits)), false);
            }
            _ => self.has_foreign_words = true,
        }
    }

    /// Parses a plural number: `1940s`, `1800s`, or `40s` after another decade.
    ///
    /// A number that ends in 00 is a century, except `2000s` and the end of a range of decades
    /// (`1880s-1900s`).
    fn parse_plural(&mut self, number: i64, digits: usize) {
        let is_decade = |years: &YearRange| years.precision == Precision::Decade;
        let before = self.dates.last().and_then(|date| date.years).filter(is_decade);
        let ends_range = self.pending_separator() == Separator::Range;
        let years = match (digits, before) {
            (4, Some(_)) if ends_range => years_from(number, 10),
            (4, _) if number % 100 == 0 && number != 2000 => years_from(number, 100),
            (3 | 4, _) if number % 10 == 0 => years_from(number, 10),
            (2, Some(years)) if number % 10 == 0 => {
                years_from(years.first.div_euclid(100) * 100 + number, 10)
            }
            (4, _) => single_year(number),
            _ => {
                self.has_foreign_words = true;
                return;
            }
        };
        self.put_years(years, false);
    }

    /// Applies a question mark: a doubt, or an unknown end of a range (`?-1945`).
    fn parse_question_mark(&mut self, after: &[Token]) {
        let dash_follows = after.first().is_some_and(|token| token.kind == TokenKind::Dash);
        if self.dates.is_empty() && dash_follows || self.pending_separator() == Separator::Range {
            self.is_complex = true;
        } else {
            self.uncertain = true;
        }
    }

    /// Applies a word. `after` are the tokens that follow it.
    fn apply_word(&mut self, word: Word, after: &[Token]) {
        match word {
            Word::Month(month) | Word::Season(month) => {
                let year_follows = match self.pending_separator() {
                    Separator::Space => {
                        matches!(first_kinds(after), [Some(TokenKind::Number(_, 4)), ..])
                    }
                    _ => year_follows_month(after),
                };
                self.put_month(month, year_follows);
            }
            Word::Circa => self.approximate = true,
            Word::Perhaps => self.uncertain = true,
            Word::Within => self.mark_vague(),
            Word::Before => self.relate_next(Relation::Before),
            Word::After => self.relate_next(Relation::After),
            Word::UpTo => self.relate_next(Relation::UpTo),
            Word::From => self.relate_next(Relation::From),
            Word::To => self.apply_to(),
            Word::OrEarlier => self.parse_earlier_or_later(Relation::UpTo, Relation::Before, after),
            Word::OrLater => self.parse_earlier_or_later(Relation::From, Relation::After, after),
            Word::Ongoing => {
                self.relate_last(Relation::From);
                self.close_range();
            }
            Word::Not => self.negated = true,
            Word::And => self.separate_next(Separator::Break),
            Word::Or => {
                let gives_bound = after.first().is_some_and(|token| {
                    matches!(token.kind, TokenKind::Word(Word::OrEarlier | Word::OrLater))
                });
                self.uncertain |= !gives_bound;
                self.separate_next(Separator::Break);
            }
            Word::Century => self.numbers_to_centuries(after),
            Word::Undated => {
                self.undated = true;
                self.is_complex = true;
                self.close_range();
            }
            Word::Filler | Word::Than | Word::Of | Word::Bulk => self.is_complex = true,
            Word::BeforeChrist | Word::AnnoDomini => self.has_foreign_words |= !self.is_century(),
            Word::Clock | Word::Quarter | Word::Foreign => self.has_foreign_words = true,
        }
    }

    /// Applies "to": before the first date it means "until", between two dates a range.
    fn apply_to(&mut self) {
        if self.dates.is_empty() && !self.has_pending_relation() {
            self.relate_next(Relation::UpTo);
        } else if !self.dates.is_empty() {
            self.separate_next(Separator::Range);
        }
    }

    /// Applies "earlier" or "later": "or earlier" after a date, "earlier than" before one.
    fn parse_earlier_or_later(&mut self, to_last: Relation, to_next: Relation, after: &[Token]) {
        if after.first().is_some_and(|token| token.kind == TokenKind::Word(Word::Than)) {
            self.relate_next(to_next);
        } else if matches!(self.pending_separator(), Separator::Break | Separator::Range) {
            self.relate_last(to_last);
            self.close_range();
        } else {
            self.has_foreign_words = true;
        }
    }

    /// Applies "early", "half" and similar words. The number in "second half" is dropped: it counts
    /// halves.
    fn mark_vague(&mut self) {
        self.approximate = true;
        if self.dates.last().is_some_and(PartialDate::is_bare_number) {
            self.dates.pop();
        }
    }

    /// Turns the bare numbers just before "century" into centuries.
    fn numbers_to_centuries(&mut self, after: &[Token]) {
        let before_christ =
            after.first().is_some_and(|token| token.kind == TokenKind::Word(Word::BeforeChrist));
        let is_century_already = self.is_century();
        let numbers = self.dates.iter_mut().rev().take_while(|date| date.is_bare_number());
        let mut any = false;
        for date in numbers {
            let number = i64::from(date.day.take().unwrap_or(1));
            let first = if before_christ { 1 - number * 100 } else { (number - 1) * 100 };
            date.years = Some(years_from(first, 100));
            any = true;
        }
        self.has_foreign_words |= !any && !is_century_already;
    }

    /// Whether the last date is a century.
    fn is_century(&self) -> bool {
        let years = self.dates.last().and_then(|date| date.years);
        years.is_some_and(|years| years.precision == Precision::Century)
    }
}

/// Returns the kinds of the first five tokens.
pub(super) fn first_kinds(tokens: &[Token]) -> [Option<TokenKind>; 5] {
    std::array::from_fn(|at| tokens.get(at).map(|token| token.kind))
}

/// Whether the next token is a month or season.
fn starts_with_month(after: &[Token]) -> bool {
    matches!(after.first().map(|t| t.kind), Some(TokenKind::Word(Word::Month(_) | Word::Season(_))))
}

/// Whether a year follows, with or without a day before it.
fn year_follows_month(after: &[Token]) -> bool {
    let mut kinds = after.iter().map(|token| token.kind).peekable();
    kinds.next_if(|kind| matches!(kind, TokenKind::Number(_, 1 | 2) | TokenKind::Ordinal(_)));
    kinds.next_if_eq(&TokenKind::Comma);
    matches!(kinds.next(), Some(TokenKind::Number(_, 4)))
}

/// Returns the range of a single year.
pub(super) fn single_year(year: i64) -> YearRange {
    YearRange { first: year, last: year, precision: Precision::Year }
}

/// Returns the decade or century from `first` on. `length` is 10 or 100 years.
fn years_from(first: i64, length: i64) -> YearRange {
    let precision = if length == 100 { Precision::Century } else { Precision::Decade };
    YearRange { first, last: first.saturating_add(length - 1), precision }
}

/// Returns a number as `u8`, unless it is 0 or does not fit.
pub(super) fn nonzero_u8(number: i64) -> Option<u8> {
    u8::try_from(number).ok().filter(|number| *number > 0)
}
