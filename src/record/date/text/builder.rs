//! The dates in a text, as written. Some lack a year or month that another date in the text gives.

use super::languages::Word;
use super::tokens::{Token, TokenKind};
use crate::record::date::span::Precision;

/// A year, or several years that are written as one: a decade, a century, `1996-97`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct YearRange {
    /// The first year.
    pub(super) first: i64,
    /// The last year.
    pub(super) last: i64,
    /// Year, decade or century. A range of single years has the precision of a year.
    pub(super) precision: Precision,
}

/// How the real date relates to the written date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Relation {
    /// It is the written date.
    #[default]
    Same,
    /// It is before the first day of the written date.
    Before,
    /// It is not after the last day.
    UpTo,
    /// It is after the last day.
    After,
    /// It is not before the first day.
    From,
}

/// What separates a date from the previous one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Separator {
    /// Only space.
    #[default]
    Space,
    /// A comma, colon or semicolon, which may also be inside a date.
    Comma,
    /// A separator that is never inside a date: `/`, `&`, "and".
    Break,
    /// A range from the previous date to this one: a dash or "to".
    Range,
}

/// One date, as written. Any part may be missing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PartialDate {
    /// The year or years.
    pub(super) years: Option<YearRange>,
    /// The month, 1 to 12, or the EDTF number of a part of the year, from 21 on.
    pub(super) month: Option<u8>,
    /// The day; or the number of a century, until the word "century" follows.
    pub(super) day: Option<u8>,
    /// Whether the year is written before the month and the day.
    pub(super) year_first: bool,
    /// How the real date relates to this one.
    pub(super) relation: Relation,
    /// What separates it from the previous date.
    pub(super) separator: Separator,
}

impl PartialDate {
    /// Whether it is only a number, which may still turn out to count centuries or halves.
    pub(super) fn is_bare_number(&self) -> bool {
        self.years.is_none() && self.month.is_none() && self.day.is_some()
    }
}

/// Builds the dates in a text, token by token.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "the flags are independent of each other")]
pub(super) struct DateBuilder {
    /// The dates, in the order of the text.
    pub(super) dates: Vec<PartialDate>,
    /// Whether a date is approximate.
    pub(super) approximate: bool,
    /// Whether a date is doubted.
    pub(super) uncertain: bool,
    /// Whether a date is in brackets.
    pub(super) inferred: bool,
    /// Whether the text says that there is no date.
    pub(super) undated: bool,
    /// Whether the text has something that is not part of a date.
    pub(super) has_foreign_words: bool,
    /// Whether its numbers may be meant in another order.
    pub(super) ambiguous: bool,
    /// Whether the text is more than one date, or two with a dash between them.
    pub(super) is_complex: bool,
    /// What separates the next date from the last one.
    pending_separator: Separator,
    /// How the real date relates to the next one.
    pending_relation: Relation,
    /// A "not" was read: the next "before" or "after" is inverted.
    pub(super) negated: bool,
    /// The number of open brackets.
    open_brackets: usize,
}

impl DateBuilder {
    /// Builds the dates from all tokens of a text.
    pub(super) fn from_tokens(tokens: &[Token]) -> DateBuilder {
        let mut builder = DateBuilder::default();
        let mut rest = tokens;
        let mut hyphen_joins = false;
        while let Some((token, after)) = rest.split_first() {
            if token.kind == TokenKind::Word(Word::Bulk) && !builder.dates.is_empty() {
                builder.is_complex = true;
                break;
            }
            let hyphen = token.kind == TokenKind::Dash && token.is_adjacent && hyphen_joins;
            hyphen_joins = token.kind.takes_hyphen();
            if hyphen {
                rest = after;
                continue;
            }
            rest = if let Some(length) = builder.parse_compound(rest) {
                rest.get(length..).unwrap_or(&[])
            } else {
                builder.parse_token(token.kind, after);
                after
            };
        }
        builder.finish();
        builder
    }

    /// Adds a year or years to the last date, or as a new date. `month_follows`: a month is next.
    pub(super) fn put_years(&mut self, years: YearRange, month_follows: bool) {
        let by_year = self.dates.iter().any(|date| date.year_first);
        let joins = |date: &PartialDate| {
            date.years.is_none() && (date.month.is_some() || date.day.is_some())
        };
        let open = self.dates.last().is_some_and(joins);
        let use_last = match self.pending_separator {
            Separator::Space => open,
            Separator::Comma => open && !(by_year && month_follows),
            Separator::Break | Separator::Range => false,
        };
        let year_first = !use_last;
        self.update_or_add(use_last, |date| {
            date.years = Some(years);
            date.year_first = year_first;
        });
    }

    /// Adds a month or a part of a year to the last date, or as a new date. `year_follows`: its own
    /// year is next.
    pub(super) fn put_month(&mut self, month: u8, year_follows: bool) {
        let use_last = self.dates.last().is_some_and(|date| {
            date.month.is_none()
                && match self.pending_separator {
                    Separator::Space => date.years.is_none() || !year_follows,
                    Separator::Comma => date.years.is_some() && date.day.is_none() && !year_follows,
                    Separator::Break | Separator::Range => false,
                }
        });
        self.update_or_add(use_last, |date| date.month = Some(month));
    }

    /// Adds a day to the last date, or as a new date.
    pub(super) fn put_day(&mut self, day: u8) {
        let use_last = self.dates.last().is_some_and(|date| {
            date.day.is_none()
                && match self.pending_separator {
                    Separator::Space => true,
                    Separator::Comma => date.month.is_some(),
                    Separator::Break | Separator::Range => false,
                }
        });
        self.update_or_add(use_last, |date| date.day = Some(day));
    }

    /// Adds a new date that is written in numbers. The month or the day may be missing.
    pub(super) fn put_date(&mut self, years: YearRange, month: Option<u8>, day: Option<u8>) {
        self.update_or_add(false, |date| {
            *date = PartialDate { years: Some(years), month, day, year_first: true, ..*date };
        });
    }

    /// Changes the last date, or a new one that it adds.
    fn update_or_add(&mut self, use_last: bool, write: impl FnOnce(&mut PartialDate)) {
        let last = if use_last { self.dates.pop() } else { None };
        let mut date = last.unwrap_or_else(|| self.new_date());
        write(&mut date);
        self.dates.push(date);
        self.pending_separator = Separator::Space;
        self.inferred |= self.open_brackets > 0;
    }

    /// Creates a date with the pending separator and relation.
    fn new_date(&mut self) -> PartialDate {
        let first = self.dates.is_empty();
        self.is_complex |= !first && self.pending_separator != Separator::Range;
        let opens_with_range =
            first && self.pending_separator == Separator::Range && !self.has_foreign_words;
        let relation = match std::mem::take(&mut self.pending_relation) {
            Relation::Same if opens_with_range => Relation::UpTo,
            relation => relation,
        };
        PartialDate { separator: self.pending_separator, relation, ..PartialDate::default() }
    }

    /// Sets the separator before the next date. A comma does not replace a stronger separator.
    pub(super) fn separate_next(&mut self, separator: Separator) {
        if self.pending_separator == Separator::Space || separator != Separator::Comma {
            self.pending_separator = separator;
        }
    }

    /// Sets how the real date relates to the next date.
    pub(super) fn relate_next(&mut self, relation: Relation) {
        self.pending_relation = match relation {
            Relation::Before if self.negated => Relation::From,
            Relation::After if self.negated => Relation::UpTo,
            relation => relation,
        };
        self.negated = false;
    }

    /// Whether the relation of the next date is already set.
    pub(super) fn has_pending_relation(&self) -> bool {
        self.pending_relation != Relation::Same
    }

    /// Ends a pending range: the next date does not continue it.
    pub(super) fn close_range(&mut self) {
        self.pending_separator = Separator::Comma;
    }

    /// Sets how the real date relates to the last date, if there is one.
    pub(super) fn relate_last(&mut self, relation: Relation) {
        if let Some(date) = self.dates.last_mut() {
            date.relation = relation;
        }
    }

    /// Opens a bracket.
    pub(super) fn open_bracket(&mut self) {
        self.open_brackets += 1;
    }

    /// Closes a bracket, if one is open.
    pub(super) fn close_bracket(&mut self) {
        self.open_brackets = self.open_brackets.saturating_sub(1);
    }

    /// Whether a full year (1000 or later) is written. If so, unknown words may be ignored.
    pub(super) fn has_full_year(&self) -> bool {
        self.dates.iter().filter_map(|date| date.years).any(|years| years.first >= 1000)
    }

    /// Whether no date has a year yet, and the last one has a month.
    pub(super) fn is_awaiting_year(&self) -> bool {
        self.dates.iter().all(|date| date.years.is_none())
            && self.dates.last().is_some_and(|date| date.month.is_some())
    }

    /// Whether the text says that there is no date.
    pub(super) fn is_undated(&self) -> bool {
        self.undated || self.negated && !self.has_foreign_words
    }

    /// Returns the separator before the next date.
    pub(super) fn pending_separator(&self) -> Separator {
        self.pending_separator
    }

    /// Turns a dash without a second date into an open end.
    fn finish(&mut self) {
        if self.pending_separator == Separator::Range {
            self.is_complex = true;
            self.relate_last(Relation::From);
        }
    }
}
