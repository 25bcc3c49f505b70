//! What each piece of a text says about the dates in it.

use super::builder::{Joint, Point, Sheet, Side, Years};
use super::languages::Word;
use super::numeric::full_year;
use super::tokens::{Kind, Token};
use crate::record::date::span::Precision;

impl Sheet {
    /// Reads what several pieces say together, and says how many they are.
    pub(super) fn compound(&mut self, tokens: &[Token]) -> Option<usize> {
        self.three_parts(tokens)
            .or_else(|| self.two_parts(tokens))
            .or_else(|| self.before_1000(tokens))
            .or_else(|| self.short_century(tokens))
            .or_else(|| self.aside(tokens))
    }

    /// Years that are told by their era: `AD 79`, `44 BC`, `300-200 BC`.
    fn before_1000(&mut self, tokens: &[Token]) -> Option<usize> {
        let kinds = kinds(tokens);
        let (era, number, length) = match kinds {
            [Some(Kind::Word(Word::AnnoDomini)), Some(Kind::Number(number, _)), ..] => {
                (Word::AnnoDomini, number, 2)
            }
            [
                Some(Kind::Number(number, _)),
                Some(Kind::Word(era @ (Word::BeforeChrist | Word::AnnoDomini))),
                ..,
            ] => (era, number, 2),
            [
                Some(Kind::Number(number, _)),
                Some(Kind::Dash | Kind::Word(Word::To)),
                Some(Kind::Number(..)),
                Some(Kind::Word(era)),
                ..,
            ] => (era, number, 1),
            _ => return None,
        };
        let year = match era {
            Word::BeforeChrist => 1_i64.saturating_sub(number),
            Word::AnnoDomini => number,
            _ => return None,
        };
        self.put_years(single(year), false);
        Some(length)
    }

    /// `19th c.`, `15c`.
    fn short_century(&mut self, tokens: &[Token]) -> Option<usize> {
        let (first, second) = (tokens.first()?, tokens.get(1)?);
        let number = match first.kind {
            Kind::Ordinal(number @ 1..=21) => number,
            Kind::Number(number @ 1..=21, 1 | 2) if second.glued => small(number)?,
            _ => return None,
        };
        let year = matches!(tokens.get(2).map(|t| t.kind), Some(Kind::Number(_, 3..)));
        if second.kind != Kind::Word(Word::Circa) || year {
            return None;
        }
        self.put_day(number);
        self.centuries(tokens.get(2..).unwrap_or(&[]));
        Some(2)
    }

    /// What only looks like a date: `2 of 3`, `[1]`, `3 pm`, `10:30`.
    fn aside(&mut self, tokens: &[Token]) -> Option<usize> {
        let number = |kind: Option<Kind>| matches!(kind, Some(Kind::Number(_, 1 | 2)));
        let length = match kinds(tokens) {
            [one, Some(Kind::Word(Word::Of)), two, ..] if number(one) && number(two) => 3,
            [Some(Kind::Open | Kind::Paren), one, Some(Kind::Close | Kind::Paren), ..]
                if number(one) =>
            {
                3
            }
            [one, Some(Kind::Word(Word::Clock)), ..] if number(one) => 2,
            [one, Some(Kind::Colon), two, Some(Kind::Colon), three]
                if number(one) && number(two) && number(three) =>
            {
                5
            }
            [one, Some(Kind::Colon), two, ..] if number(one) && number(two) => 3,
            [Some(Kind::Word(Word::Quarter)), Some(Kind::Number(number @ 1..=4, 1)), ..] => {
                self.put_month(small(32 + number)?, false);
                return Some(2);
            }
            _ => return None,
        };
        self.mixed = true;
        Some(length)
    }

    /// Reads what a piece says on its own.
    pub(super) fn simple(&mut self, kind: Kind, after: &[Token]) {
        match kind {
            Kind::Number(number, digits) => self.number(number, digits, after),
            Kind::Ordinal(number) => self.put_day(number),
            Kind::Plural(number, digits) => self.plural(number, digits),
            Kind::Masked(number, digits) => {
                let length = if digits == 3 { 10 } else { 100 };
                self.put_years(several(number * length, length), false);
            }
            Kind::Word(word) => self.word(word, after),
            Kind::Dash => self.join(Joint::Range),
            Kind::Slash | Kind::Break => self.join(Joint::Break),
            Kind::Comma | Kind::Colon => self.join(Joint::Comma),
            Kind::Dot => {}
            Kind::Question => self.question(after),
            Kind::Tilde => self.approximate = true,
            Kind::Percent => (self.approximate, self.uncertain) = (true, true),
            Kind::Open => self.bracket(true),
            Kind::Close => self.bracket(false),
            Kind::Paren => self.mixed = true,
            Kind::Other => self.foreign = true,
        }
    }

    /// A number alone is a year by its length, else a day.
    fn number(&mut self, number: i64, digits: usize, after: &[Token]) {
        let known = |point: &Point| point.years.is_some_and(|years| years.first >= 1000);
        match digits {
            4 => self.put_years(single(number), month_first(after)),
            3 if !self.points.iter().any(known) => self.put_years(single(number), false),
            1 | 2 if (1..=31).contains(&number) => self.put_day(small(number).unwrap_or(1)),
            // 12 July 45
            2 if self.awaits_year() && !after.iter().any(|token| token.kind.is_year()) => {
                (self.uncertain, self.ambiguous) = (true, true);
                self.put_years(single(full_year(number, digits)), false);
            }
            _ => self.foreign = true,
        }
    }

    /// `1940s`, `1800s`; `40s` behind another decade. A number that ends in 00 is a century, but
    /// for `2000s`, and for one behind a decade (`1880s-1900s`).
    fn plural(&mut self, number: i64, digits: usize) {
        let decade = |years: &Years| years.precision == Precision::Decade;
        let before = self.points.last().and_then(|point| point.years).filter(decade);
        let ranged = self.pending() == Joint::Range;
        let years = match (digits, before) {
            (4, Some(_)) if ranged => several(number, 10),
            (4, _) if number % 100 == 0 && number != 2000 => several(number, 100),
            (3 | 4, _) if number % 10 == 0 => several(number, 10),
            (2, Some(years)) if number % 10 == 0 => {
                several(years.first.div_euclid(100) * 100 + number, 10)
            }
            (4, _) => single(number),
            _ => {
                self.foreign = true;
                return;
            }
        };
        self.put_years(years, false);
    }

    /// A doubt, or an end that is not known: `?-1945`.
    fn question(&mut self, after: &[Token]) {
        let dash = after.first().is_some_and(|token| token.kind == Kind::Dash);
        if self.points.is_empty() && dash || self.pending() == Joint::Range {
            self.mixed = true;
        } else {
            self.uncertain = true;
        }
    }

    /// Reads a word.
    fn word(&mut self, word: Word, after: &[Token]) {
        match word {
            Word::Month(month) | Word::Season(month) => {
                let year_follows = match self.pending() {
                    Joint::Space => matches!(kinds(after), [Some(Kind::Number(_, 4)), ..]),
                    _ => year_first(after),
                };
                self.put_month(month, year_follows);
            }
            Word::Circa => self.approximate = true,
            Word::Perhaps => self.uncertain = true,
            Word::Within => self.within(),
            Word::Before => self.beside(Side::Before),
            Word::After => self.beside(Side::After),
            Word::UpTo => self.beside(Side::UpTo),
            Word::From => self.beside(Side::From),
            Word::To => self.to(),
            Word::OrEarlier => self.or_beyond(Side::UpTo, Side::Before, after),
            Word::OrLater => self.or_beyond(Side::From, Side::After, after),
            Word::Ongoing => {
                self.beside_last(Side::From);
                self.settle();
            }
            Word::Not => self.negated = true,
            Word::And => self.join(Joint::Break),
            Word::Or => {
                let side = after.first().is_some_and(|token| {
                    matches!(token.kind, Kind::Word(Word::OrEarlier | Word::OrLater))
                });
                self.uncertain |= !side;
                self.join(Joint::Break);
            }
            Word::Century => self.centuries(after),
            Word::Undated => {
                self.undated = true;
                self.mixed = true;
                self.settle();
            }
            Word::Filler | Word::Than | Word::Of | Word::Bulk => self.mixed = true,
            Word::BeforeChrist | Word::AnnoDomini => self.foreign |= !self.is_century(),
            Word::Clock | Word::Quarter | Word::Foreign => self.foreign = true,
        }
    }

    /// "to": until the date where it is the first, else between two.
    fn to(&mut self) {
        if self.points.is_empty() && !self.is_beside() {
            self.beside(Side::UpTo);
        } else if !self.points.is_empty() {
            self.join(Joint::Range);
        }
    }

    /// "or earlier" behind a date, "earlier than" before one.
    fn or_beyond(&mut self, behind: Side, before: Side, after: &[Token]) {
        if after.first().is_some_and(|token| token.kind == Kind::Word(Word::Than)) {
            self.beside(before);
        } else if matches!(self.pending(), Joint::Break | Joint::Range) {
            self.beside_last(behind);
            self.settle();
        } else {
            self.foreign = true;
        }
    }

    /// Somewhere in the date. The number in "second half" counts halves.
    fn within(&mut self) {
        self.approximate = true;
        if self.points.last().is_some_and(Point::is_bare_number) {
            self.points.pop();
        }
    }

    /// Makes centuries of the numbers that stand just before.
    fn centuries(&mut self, after: &[Token]) {
        let before_christ =
            after.first().is_some_and(|token| token.kind == Kind::Word(Word::BeforeChrist));
        let known = self.is_century();
        let numbers = self.points.iter_mut().rev().take_while(|point| point.is_bare_number());
        let mut any = false;
        for point in numbers {
            let number = i64::from(point.day.take().unwrap_or(1));
            let first = if before_christ { 1 - number * 100 } else { (number - 1) * 100 };
            point.years = Some(several(first, 100));
            any = true;
        }
        self.foreign |= !any && !known;
    }

    /// Whether the last date is a century.
    fn is_century(&self) -> bool {
        let years = self.points.last().and_then(|point| point.years);
        years.is_some_and(|years| years.precision == Precision::Century)
    }
}

/// The first five pieces.
pub(super) fn kinds(tokens: &[Token]) -> [Option<Kind>; 5] {
    std::array::from_fn(|at| tokens.get(at).map(|token| token.kind))
}

/// Whether a month stands next.
fn month_first(after: &[Token]) -> bool {
    matches!(after.first().map(|t| t.kind), Some(Kind::Word(Word::Month(_) | Word::Season(_))))
}

/// Whether a year stands behind a month, with or without a day between them.
fn year_first(after: &[Token]) -> bool {
    let mut kinds = after.iter().map(|token| token.kind).peekable();
    kinds.next_if(|kind| matches!(kind, Kind::Number(_, 1 | 2) | Kind::Ordinal(_)));
    kinds.next_if_eq(&Kind::Comma);
    matches!(kinds.next(), Some(Kind::Number(_, 4)))
}

/// One year.
pub(super) fn single(year: i64) -> Years {
    Years { first: year, last: year, precision: Precision::Year }
}

/// A decade or a century.
fn several(first: i64, length: i64) -> Years {
    let precision = if length == 100 { Precision::Century } else { Precision::Decade };
    Years { first, last: first.saturating_add(length - 1), precision }
}

/// A number of the calendar, where it is not 0.
pub(super) fn small(number: i64) -> Option<u8> {
    u8::try_from(number).ok().filter(|number| *number > 0)
}
