//! Rules for signs: dashes, commas, brackets, question marks, and signs of comparison.

use super::builder::DateBuilder;
use super::partial::{Bracket, PartialDate, Relation, Role, Separator, YearRange};
use super::tokens::{Sign, TokenKind};
use super::words::{DECADE, MONTH, SEASON, Sense, WEEKDAY, bits};
use crate::record::date::doubt::Doubt;

/// The words that a hyphen joins to a date.
const JOINED_BY_HYPHEN: u64 = bits(&[
    Sense::Part,
    Sense::Circa,
    Sense::Before,
    Sense::After,
    DECADE,
    Sense::Year,
    Sense::DecadeWord,
    WEEKDAY,
    Sense::Fraction,
]);

impl DateBuilder<'_> {
    /// Applies a sign.
    pub(super) fn apply_sign(&mut self, sign: Sign) -> Option<usize> {
        match sign {
            Sign::Dash if self.hyphen_joins() || self.dash_joins_year() => {}
            Sign::Dash if self.pass_blank_day().is_some() => return self.pass_blank_day(),
            // A dash behind a name opens no range: "Lyon – Paris, 1871".
            Sign::Dash if self.dates.is_empty() && (0..self.at).any(|at| self.is_unused(at)) => {
                self.separate_next(Separator::Comma);
            }
            Sign::Dash => self.separate_next(Separator::Range),
            Sign::Slash => self.separate_next(if self.undated && self.dates.is_empty() {
                Separator::Range
            } else {
                Separator::Slash
            }),
            // 1945+
            Sign::Break if self.tokens.get(self.at + 1).is_none() && self.is_adjacent(self.at) => {
                self.relate_last(Relation::From);
            }
            Sign::Break => self.separate_next(Separator::Break),
            Sign::Comma | Sign::Colon => {
                self.separate_next(Separator::Comma);
                self.end_receipt();
            }
            Sign::Semicolon => {
                self.separate_next(Separator::Break);
                let is_bracketed = self.bracket_depth > 0;
                if !is_bracketed && self.clause_at(self.clause()).role != Role::Main {
                    self.start_clause(Role::Main);
                }
            }
            Sign::Dot | Sign::Fraction => {}
            Sign::Enclosure => {
                self.is_complex = true;
                self.start_copyright();
            }
            Sign::Question => self.apply_question_mark(),
            // 7月~9月
            Sign::Tilde if !self.dates.is_empty() && self.number(self.at + 1).is_some() => {
                self.separate_next(Separator::Range);
            }
            Sign::Tilde => self.approximate = true,
            Sign::Percent => (self.approximate, self.uncertain) = (true, true),
            Sign::OpenSquare | Sign::CloseSquare if self.is_comparison() => {
                return Some(self.apply_comparison());
            }
            Sign::OpenSquare | Sign::OpenRound => return Some(self.open_or_pass(sign)),
            Sign::CloseSquare | Sign::CloseRound => self.close_bracket(),
            Sign::Star | Sign::Dagger => {
                if self.number(self.at + 1).is_none() && self.word(self.at + 1).is_none() {
                    return None;
                }
                self.start_clause(Role::Life);
            }
            Sign::Other => return None,
        }
        Some(1)
    }

    /// Ends a receipt at a comma behind its whole date, if another date follows: "received 9 May
    /// 1871, letter of 5 May 1871".
    fn end_receipt(&mut self) {
        let index = self.clause();
        let is_receipt = self.clause_at(index).role == Role::Received;
        let is_whole =
            |date: &PartialDate| date.clause == index && date.day.is_some() && date.years.is_some();
        let is_main = |date: &PartialDate| {
            date.clause != index
                && self.clause_at(date.clause).bracket == Bracket::None
                && date.has_years()
        };
        let has_main = self.dates.iter().any(is_main);
        let is_other_event = self.has(self.at + 1, Sense::Received);
        if is_receipt && !has_main && !is_other_event && self.dates.iter().any(is_whole) {
            self.start_clause(Role::Main);
        }
    }

    /// Starts the year of a copyright, which counts less than a date in front of it.
    fn start_copyright(&mut self) {
        let is_sign = self.written(self.at, self.at + 1) == "©";
        if is_sign && self.number(self.at + 1).is_some() {
            self.start_clause(Role::Received);
        }
    }

    /// Whether the hyphen at the current token joins a word to the date: `mid-1980s`, `post-1946`.
    fn hyphen_joins(&self) -> bool {
        let before = self.at.checked_sub(1);
        let is_month_or_weekday =
            before.is_some_and(|before| self.has_any(before, bits(&[MONTH, SEASON])));
        let adjacent = self.is_adjacent(self.at) && self.is_adjacent(self.at + 1);
        if adjacent
            && before
                .is_some_and(|before| self.has_any(before, bits(&[Sense::Filler, Sense::From])))
        {
            return true;
        }
        // 's-Gravenhage, Port-au-Prince
        if adjacent && before.is_some_and(|before| self.is_unused(before)) {
            return true;
        }
        if adjacent
            && self.word(self.at + 1).is_some_and(|word| !word.is_known() && word.roman == 0)
        {
            return true;
        }
        let word_before = before.is_some_and(|before| self.has_any(before, JOINED_BY_HYPHEN));
        adjacent && word_before && !is_month_or_weekday
    }

    /// Applies a question mark: a doubt, or an unknown end of a range (`?-1945`).
    fn apply_question_mark(&mut self) {
        let dash_follows = self.sign(self.at + 1) == Some(Sign::Dash);
        if self.dates.is_empty() && dash_follows || self.pending_separator == Separator::Range {
            self.is_complex = true;
        } else {
            self.uncertain = true;
        }
    }

    /// Opens a bracket, or passes over one that holds only a number which is no day: `[1]`.
    fn open_or_pass(&mut self, sign: Sign) -> usize {
        let is_closed =
            matches!(self.sign(self.at + 2), Some(Sign::CloseSquare | Sign::CloseRound));
        if let Some(number) = self
            .number(self.at + 1)
            .filter(|number| is_closed && number.is_short() && !number.is_inferred)
        {
            let last = self.dates.last();
            let is_day = last.is_some_and(|date| {
                date.month.is_some()
                    && date.day.is_none()
                    && self.pending_separator == Separator::Space
            }) || self.starts_with_month(self.at + 3);
            let is_other_style = last.and_then(|date| date.day).is_some_and(|day| {
                let difference = (number.value - i64::from(day)).rem_euclid(31);
                (9..=14).contains(&difference)
                    || (18..=22).contains(&difference) && number.value < i64::from(day)
            });
            if !is_day && !is_other_style {
                self.is_complex = true;
                return 3;
            }
        }
        // A year that is repeated: 昭和20年（1945）8月15日
        let repeats_year = |years: YearRange| {
            self.number(self.at + 1)
                .is_some_and(|number| number.is_long() && years == YearRange::single(number.value))
        };
        if is_closed && self.dates.last().and_then(|date| date.years).is_some_and(repeats_year) {
            return 3;
        }
        self.is_complex |= sign == Sign::OpenRound;
        self.open_bracket(if sign == Sign::OpenSquare { Bracket::Square } else { Bracket::Round });
        1
    }

    /// Whether `<` or `>` at the current token is no bracket.
    fn is_comparison(&self) -> bool {
        let is_closed = || {
            let mut tokens = self.tokens.iter().skip(self.at + 1);
            tokens.any(|token| matches!(token.kind, TokenKind::Sign(Sign::CloseSquare)))
        };
        match self.written(self.at, self.at + 1) {
            "<" => !is_closed(),
            ">" => self.bracket_depth == 0,
            _ => false,
        }
    }

    /// Applies a sign of comparison in front of the first date: `>1945`, `<= 1945`. Returns the number of
    /// tokens.
    fn apply_comparison(&mut self) -> usize {
        let is_inclusive = self.written(self.at + 1, self.at + 2) == "=";
        let length = if is_inclusive { 2 } else { 1 };
        if !self.dates.is_empty() || !self.date_follows(self.at + length) {
            // 1945<
            let part = self.written(self.at, self.at + 1).to_owned();
            self.doubts.push(Doubt::PartlyUnderstood { part });
            return 1;
        }
        self.pending_relation = match (self.written(self.at, self.at + 1), is_inclusive) {
            (">", true) => Relation::From,
            (">", false) => Relation::After,
            (_, true) => Relation::UpTo,
            (_, false) => Relation::Before,
        };
        length
    }

    /// Passes over two dashes in the place of a day: `-- May 1945`, `1945 May --`. Returns the number of
    /// tokens.
    fn pass_blank_day(&self) -> Option<usize> {
        let is_blank = self.sign(self.at + 1) == Some(Sign::Dash)
            && self.is_adjacent(self.at + 1)
            && !self.is_adjacent(self.at);
        let is_month = |date: &PartialDate| date.month.is_some() && date.day.is_none();
        let before = self.dates.is_empty() && self.month(self.at + 2).is_some();
        let is_month_in_front = self.at.checked_sub(1).is_some_and(|at| self.month(at).is_some());
        let behind = is_month_in_front
            && self.tokens.get(self.at + 2).is_none()
            && self.dates.last().is_some_and(is_month);
        (is_blank && (before || behind)).then_some(2)
    }
}
