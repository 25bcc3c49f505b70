//! The rules: what each token, or group of tokens, means for the dates in a text.

use super::builder::DateBuilder;
use super::partial::{PartialDate, Relation, Role, Separator};
use super::tokens::{Sign, TokenKind};
use super::words::{
    CALENDAR_MONTH, CALENDAR_NAME, DECADE, ERA, FEAST, MONTH, ORDINAL, SEASON, Sense, WEEKDAY, bits,
};

/// What words that may mean "born" or "died" mean more often.
const OTHER_THAN_LIFE: u64 =
    bits(&[Sense::Filler, Sense::Circa, Sense::Before, Sense::Year, Sense::Day, Sense::From]);

/// The words that say how the real date relates to the next one.
pub(super) const RELATIONS: u64 = bits(&[
    Sense::Before,
    Sense::After,
    Sense::NotBefore,
    Sense::NotAfter,
    Sense::From,
    Sense::Until,
]);

/// The words that give a clause its role.
const ROLES: [(u64, Role); 5] = [
    (bits(&[Sense::Bulk]), Role::Bulk),
    (bits(&[Sense::Received]), Role::Received),
    (bits(&[Sense::Written]), Role::Main),
    (bits(&[Sense::Corrected]), Role::Corrected),
    (bits(&[Sense::Born, Sense::Died]), Role::Life),
];

/// What a word means that may begin a date.
const DATE_WORDS: u64 = bits(&[
    MONTH,
    SEASON,
    FEAST,
    Sense::Part,
    Sense::Fraction,
    DECADE,
    Sense::Century,
    Sense::Circa,
    Sense::Uncertain,
    ORDINAL,
    Sense::DecadeWord,
    Sense::Year,
    Sense::YearBefore,
    Sense::MonthBefore,
    Sense::DayBefore,
    Sense::Day,
    Sense::MonthWord,
    WEEKDAY,
    ERA,
    CALENDAR_MONTH,
    CALENDAR_NAME,
    Sense::Bc,
    Sense::Ad,
    Sense::Quarter,
    Sense::Before,
    Sense::After,
    Sense::NotBefore,
    Sense::NotAfter,
    Sense::From,
    Sense::Between,
    Sense::Until,
    Sense::Fiscal,
    Sense::Ongoing,
    Sense::Undated,
]);

impl DateBuilder<'_> {
    /// Applies the first rule that fits at the current token. Returns the number of tokens that are
    /// accounted for; `None` if the token is not understood.
    pub(super) fn apply_rules(&mut self) -> Option<usize> {
        let kind = self.tokens.get(self.at)?.kind;
        if let TokenKind::Sign(sign) = kind {
            let is_reference = sign == Sign::Other;
            let passed = if is_reference { self.pass_reference() } else { None };
            return passed.or_else(|| self.apply_sign(sign));
        }
        if let TokenKind::Word(word) = kind
            && self.is_plain_month(word)
        {
            return self.apply_word();
        }
        let initials = if self.word(self.at).is_some() {
            self.pass_initials().or_else(|| self.pass_initial())
        } else {
            None
        };
        if initials.is_some() {
            return initials;
        }
        let early = match kind {
            TokenKind::Word(word) => {
                let passed = self
                    .pass_letter_code()
                    .or_else(|| self.doubt_letter_before_year())
                    .or_else(|| self.pass_saint())
                    .or_else(|| self.pass_street_named_by_day());
                if passed.is_some() {
                    return passed;
                }
                if self.is_late_word(word) {
                    return self.apply_word();
                }
                None
            }
            TokenKind::Number(_) => self
                .pass_bare_number()
                .or_else(|| self.put_plain_year())
                .or_else(|| self.put_plain_day()),
            _ => None,
        };
        if early.is_some() {
            return early;
        }
        let may_be_time = self.may_be_time();
        let passed = if may_be_time { self.pass_time() } else { None };
        passed
            .or_else(|| self.pass_reference())
            .or_else(|| self.put_other_calendar())
            .or_else(|| self.put_numeric())
            .or_else(|| self.put_year_with_era())
            .or_else(|| self.put_century_or_decade())
            .or_else(|| match kind {
                TokenKind::Number(number) => self.put_number(number).then_some(1),
                TokenKind::Word(_) => self.apply_word(),
                TokenKind::Placeholder | TokenKind::Sign(_) => {
                    self.apply_placeholder();
                    Some(1)
                }
            })
    }

    /// Applies letters that stand for unknown digits: an unknown beginning, end or date.
    fn apply_placeholder(&mut self) {
        if self.pending_separator == Separator::Range {
            self.relate_last(Relation::From);
            self.close_range();
        } else if self.dates.is_empty() {
            self.undated = true;
        }
    }

    /// Applies a word by what it may mean, the surest first.
    fn apply_word(&mut self) -> Option<usize> {
        if self.is_anno() {
            return Some(1);
        }
        self.apply_slavic_until()
            .or_else(|| self.pass_day_beside_feast())
            .or_else(|| self.put_month_word())
            .or_else(|| self.apply_part_of_century())
            .or_else(|| self.apply_role())
            .or_else(|| self.apply_qualifier())
            .or_else(|| self.apply_link())
    }

    /// Starts a clause with the role that a word gives it.
    fn apply_role(&mut self) -> Option<usize> {
        let is_followed_by_date = self.word(self.at + 1).is_some()
            || self.number(self.at + 1).is_some()
            || self
                .sign(self.at + 1)
                .is_some_and(|sign| !matches!(sign, Sign::CloseRound | Sign::CloseSquare));
        let (_, role) = ROLES.into_iter().find(|(bits, _)| self.has_any(self.at, *bits))?;
        if role == Role::Received && self.receive_last() {
            return Some(1);
        }
        if role == Role::Main && self.begins_open_range() {
            return None;
        }
        let next = self.number(self.at + 1);
        let is_year_behind =
            next.is_some_and(|number| number.is_long()) && !self.has(self.at, Sense::Circa);
        let is_life = role == Role::Life;
        if is_life
            && !is_year_behind
            && (self.has_any(self.at, OTHER_THAN_LIFE)
                || self.number(self.at + 1).is_none_or(|number| number.digits < 4)
                    && !self.starts_with_month(self.at + 2)
                    && !self.has(self.at + 1, Sense::Circa))
        {
            return None;
        }
        if role == Role::Bulk && !is_followed_by_date {
            return Some(1);
        }
        self.is_complex = true;
        self.start_clause(role);
        Some(1)
    }

    /// Applies a word that says how sure the date is, or that there is none.
    fn apply_qualifier(&mut self) -> Option<usize> {
        if self.doubt_hijra() {
            return Some(1);
        }
        for sense in self.senses(self.at) {
            match sense {
                // 1945, c1946: the year of the copyright.
                Sense::Circa if self.is_copyright() => self.start_clause(Role::Received),
                // Keller (b. ca. 1850), 1901
                Sense::Circa | Sense::Uncertain if self.is_life_clause() => {}
                Sense::Circa if self.is_circa_here() => self.approximate = true,
                Sense::Uncertain => self.uncertain = true,
                Sense::Part | Sense::Fraction if self.has(self.at, sense) => self.apply_part(),
                // od 1918
                Sense::Undated
                    if self.has(self.at, Sense::From) && self.date_follows(self.at + 1) =>
                {
                    continue;
                }
                // 1921 [date uncertain]
                Sense::Undated if self.has(self.at, Sense::Uncertain) && !self.dates.is_empty() => {
                    self.uncertain = true;
                }
                Sense::Undated => {
                    let ends_range = self.pending_separator == Separator::Range;
                    self.undated = true;
                    self.is_complex = true;
                    if ends_range {
                        self.relate_last(Relation::From);
                    }
                    self.close_range();
                }
                Sense::OldStyle => self.apply_old_style(),
                // 14/24 Oct. 1651 (O.S./N.S.)
                Sense::NewStyle => {
                    if let Some(date) = self.dates.last_mut() {
                        date.is_old_style = false;
                    }
                }
                Sense::Fiscal => {
                    self.is_fiscal = true;
                    if self.word(self.at + 1).is_some_and(|word| (1..=40).contains(&word.roman)) {
                        return Some(2);
                    }
                }
                _ => continue,
            }
            return Some(1);
        }
        None
    }

    /// Applies "old style" to the last date, or to the one that follows: `Keller (1802-1899), O.S. 9 May 1850`.
    fn apply_old_style(&mut self) {
        let clause = self.clause();
        let precedes = self.pending_separator != Separator::Space && self.date_follows(self.at + 1);
        match self.dates.last_mut().filter(|date| !(precedes && date.clause > clause)) {
            Some(date) => date.is_old_style = true,
            None => self.is_old_style = true,
        }
    }

    /// Whether the letter before a year means its copyright: another year stands in front.
    fn is_copyright(&self) -> bool {
        let is_letter = self.written(self.at, self.at + 1).len() == 1;
        is_letter
            && self.is_adjacent(self.at + 1)
            && self.number(self.at + 1).is_some_and(|number| number.is_long())
            && self.pending_separator == Separator::Comma
            && self.dates.iter().any(PartialDate::has_years)
    }

    /// Whether the current clause is of the dates of a life.
    fn is_life_clause(&self) -> bool {
        self.clause_at(self.clause()).role == Role::Life
    }

    /// Whether a word that may mean "circa" does so: a date follows, or ends. Behind a time of day, EST is a
    /// time zone.
    fn is_circa_here(&self) -> bool {
        let before = (0..self.at).rev().find(|at| self.sign(*at).is_none());
        let is_time = |at: usize| self.has_any(at, bits(&[Sense::Hour, Sense::Time]));
        if self.has(self.at, Sense::Zone) && before.is_some_and(is_time) {
            return false;
        }
        let next = self.skip_fillers(self.at + 1);
        self.date_follows(next) || self.word(next).is_none() && !self.dates.is_empty()
    }

    /// Applies a word that says how dates stand to each other, or that changes nothing.
    fn apply_link(&mut self) -> Option<usize> {
        let behind = self.apply_until_behind().or_else(|| self.apply_from_behind());
        if let Some(length) = behind.or_else(|| self.apply_range_word()) {
            return Some(length);
        }
        if self.has_any(self.at, RELATIONS) && self.begins_name(self.at) {
            return None;
        }
        for sense in self.senses(self.at) {
            match sense {
                // до 1 вересня 1939
                Sense::Before if self.has(self.at, Sense::Until) && self.day_follows() => {
                    self.relate(Relation::UpTo);
                }
                Sense::Before if self.may_relate() => self.relate(Relation::Before),
                Sense::After if self.may_relate() => self.relate(Relation::After),
                Sense::NotBefore if self.may_relate() => self.relate(Relation::From),
                Sense::NotAfter if self.may_relate() => self.relate(Relation::UpTo),
                Sense::From if self.is_no_bound() => {}
                Sense::From if self.date_follows(self.at + 1) => {
                    self.pending_relation = Relation::From;
                }
                // "after 1943 and before 1950"
                Sense::OrEarlier if self.date_follows(self.at + 1) => {
                    self.relate_next_bound(Relation::Before);
                }
                Sense::OrLater if self.date_follows(self.at + 1) => {
                    self.relate_next_bound(Relation::After);
                }
                Sense::OrEarlier => self.relate_last_and_close(Relation::UpTo),
                Sense::OrLater => self.relate_last_and_close(Relation::From),
                Sense::Until if self.date_follows(self.at + 1) => self.apply_until(),
                // "fra 1921" in Danish, "fra il 1921 e il 1925" in Italian
                Sense::Between
                    if self.has(self.at, Sense::From)
                        && !(self.at..self.tokens.len()).any(|at| self.has(at, Sense::And)) =>
                {
                    continue;
                }
                Sense::Between => self.is_between = true,
                // VE Day: nothing stands in front that it could join.
                Sense::And if self.at == 0 => continue,
                Sense::And => self.separate_next(if self.is_between {
                    Separator::Range
                } else {
                    Separator::Break
                }),
                Sense::Or => {
                    self.uncertain = true;
                    self.separate_next(Separator::Break);
                }
                Sense::Ongoing if !self.dates.is_empty() => {
                    self.relate_last_and_close(Relation::From);
                }
                Sense::Filler | Sense::Day if self.relates_mostly() => continue,
                Sense::Year | Sense::MonthWord | Sense::Day | Sense::DecadeWord => {
                    return Some(self.apply_unit_word());
                }
                // A whole day beside it says when.
                Sense::UnreadPart if self.has_month_beside() => {}
                Sense::Filler | Sense::Time | Sense::Zone | Sense::At => self.is_complex = true,
                _ => continue,
            }
            return Some(1);
        }
        None
    }

    /// Whether a word for "from" begins no range: behind a word for a copy ("printed from the 1863
    /// negative"), and an "a" that is "from" only in other languages ("a 20 de julio de 1945").
    fn is_no_bound(&self) -> bool {
        let is_letter = self.written(self.at, self.at + 1).eq_ignore_ascii_case("a");
        let from = self.senses_of(self.at, Sense::From) & self.languages;
        self.at > 0 && self.has(self.at - 1, Sense::Received) || is_letter && from != self.languages
    }

    /// Whether a word such as "before" has a date that it may relate to.
    fn may_relate(&self) -> bool {
        self.date_follows(self.at + 1) || !self.dates.is_empty()
    }

    /// Whether what follows, without fillers, may begin a date.
    pub(super) fn date_follows(&self, at: usize) -> bool {
        let joins = self.sign(at) == Some(Sign::Dash) && self.are_adjacent(at - 1, at + 2);
        let at = self.skip_fillers(if joins { at + 1 } else { at });
        self.number(at).is_some()
            || self.has_any(at, DATE_WORDS)
            || self.word(at).is_some_and(|word| word.roman > 0)
            || matches!(self.sign(at), Some(Sign::OpenSquare | Sign::OpenRound | Sign::Tilde))
    }

    /// Applies "year", "month", "day" beside a number. A short number behind "year" is of a count that
    /// is not known: `anno 18`.
    fn apply_unit_word(&mut self) -> usize {
        let number =
            self.number(self.at + 1).filter(|number| number.is_plain() && number.digits <= 2);
        let is_year = self.has(self.at, Sense::Year)
            && !self
                .has_any(self.at, bits(&[Sense::Day, Sense::Filler, Sense::Until, Sense::From]));
        let ends = matches!(self.sign(self.at + 2), Some(Sign::OpenSquare | Sign::OpenRound));
        if is_year && ends && number.is_some() && self.dates.is_empty() {
            return 2;
        }
        1
    }
}
