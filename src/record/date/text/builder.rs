//! The dates of a text as they are written: some lack the year or the month that another gives.

use super::languages::Word;
use super::tokens::{Kind, Token};
use crate::record::date::span::Precision;

/// Years that are written as one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Years {
    /// The first of them.
    pub(super) first: i64,
    /// The last of them.
    pub(super) last: i64,
    /// One year, ten, a hundred, or a range of single years.
    pub(super) precision: Precision,
}

/// On which side of the written date the real one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Side {
    /// It is the written one.
    #[default]
    At,
    /// Before its first day.
    Before,
    /// Not after its last day.
    UpTo,
    /// After its last day.
    After,
    /// Not before its first day.
    From,
}

/// What stands between a date and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing but space.
    #[default]
    Space,
    /// A comma, colon or semicolon, which may also stand inside a date.
    Comma,
    /// What parts dates: `/`, `&`, "and".
    Break,
    /// From the one to the other.
    Range,
}

/// A date as it is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Point {
    /// The year, or several.
    pub(super) years: Option<Years>,
    /// 1 to 12, or a part of the year by its number in EDTF.
    pub(super) month: Option<u8>,
    /// The day, or the number of a century that is not yet known to be one.
    pub(super) day: Option<u8>,
    /// Whether the year stands before the month and the day.
    pub(super) year_first: bool,
    /// On which side of it the real date is.
    pub(super) side: Side,
    /// What stands before it.
    pub(super) joint: Joint,
}

impl Point {
    /// Whether it is a number that may yet count centuries or halves.
    pub(super) fn is_bare_number(&self) -> bool {
        self.years.is_none() && self.month.is_none() && self.day.is_some()
    }
}

/// Everything a text says about dates.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own about the text")]
pub(super) struct Sheet {
    /// The dates, in the order of the text.
    pub(super) points: Vec<Point>,
    /// Something is only near.
    pub(super) approximate: bool,
    /// Something is doubted.
    pub(super) uncertain: bool,
    /// Something is in brackets.
    pub(super) inferred: bool,
    /// It says that there is no date.
    pub(super) undated: bool,
    /// It has something that is no part of a date.
    pub(super) foreign: bool,
    /// Its numbers may be meant in another order.
    pub(super) ambiguous: bool,
    /// It is more than a date or two with a dash between them.
    pub(super) mixed: bool,
    /// What stands before the next date.
    joint: Joint,
    /// On which side of the next date the real one is.
    side: Side,
    /// The next word that says where the date is says where it is not.
    pub(super) negated: bool,
    /// How many brackets are open.
    brackets: usize,
}

impl Sheet {
    /// Reads all pieces of a text.
    pub(super) fn read(tokens: &[Token]) -> Sheet {
        let mut sheet = Sheet::default();
        let mut rest = tokens;
        let mut hyphen_joins = false;
        while let Some((token, after)) = rest.split_first() {
            if token.kind == Kind::Word(Word::Bulk) && !sheet.points.is_empty() {
                sheet.mixed = true;
                break;
            }
            let hyphen = token.kind == Kind::Dash && token.glued && hyphen_joins;
            hyphen_joins = token.kind.is_prefix();
            if hyphen {
                rest = after;
                continue;
            }
            rest = if let Some(length) = sheet.compound(rest) {
                rest.get(length..).unwrap_or(&[])
            } else {
                sheet.simple(token.kind, after);
                after
            };
        }
        sheet.finish();
        sheet
    }

    /// Puts a year, or several, where they belong. `month_follows` says that a month stands next.
    pub(super) fn put_years(&mut self, years: Years, month_follows: bool) {
        let by_year = self.points.iter().any(|point| point.year_first);
        let joins =
            |point: &Point| point.years.is_none() && (point.month.is_some() || point.day.is_some());
        let open = self.points.last().is_some_and(joins);
        let inside = match self.joint {
            Joint::Space => open,
            Joint::Comma => open && !(by_year && month_follows),
            Joint::Break | Joint::Range => false,
        };
        let year_first = !inside;
        self.place(inside, |point| {
            point.years = Some(years);
            point.year_first = year_first;
        });
    }

    /// Puts a month or a part of a year where it belongs. `year_follows` says that a year of its
    /// own stands behind it.
    pub(super) fn put_month(&mut self, month: u8, year_follows: bool) {
        let inside = self.points.last().is_some_and(|point| {
            point.month.is_none()
                && match self.joint {
                    Joint::Space => point.years.is_none() || !year_follows,
                    Joint::Comma => point.years.is_some() && point.day.is_none() && !year_follows,
                    Joint::Break | Joint::Range => false,
                }
        });
        self.place(inside, |point| point.month = Some(month));
    }

    /// Puts a day where it belongs.
    pub(super) fn put_day(&mut self, day: u8) {
        let inside = self.points.last().is_some_and(|point| {
            point.day.is_none()
                && match self.joint {
                    Joint::Space => true,
                    Joint::Comma => point.month.is_some(),
                    Joint::Break | Joint::Range => false,
                }
        });
        self.place(inside, |point| point.day = Some(day));
    }

    /// Puts a date that is written in numbers; a month or a day may be missing.
    pub(super) fn put_date(&mut self, years: Years, month: Option<u8>, day: Option<u8>) {
        self.place(false, |point| {
            *point = Point { years: Some(years), month, day, year_first: true, ..*point };
        });
    }

    /// The date to write into: the last one, or a new one.
    fn place(&mut self, inside: bool, write: impl FnOnce(&mut Point)) {
        let last = if inside { self.points.pop() } else { None };
        let mut point = last.unwrap_or_else(|| self.new_point());
        write(&mut point);
        self.points.push(point);
        self.joint = Joint::Space;
        self.inferred |= self.brackets > 0;
    }

    /// A new date, joined to the one before as the text says.
    fn new_point(&mut self) -> Point {
        let first = self.points.is_empty();
        self.mixed |= !first && self.joint != Joint::Range;
        let side = match std::mem::take(&mut self.side) {
            Side::At if first && self.joint == Joint::Range && !self.foreign => Side::UpTo,
            side => side,
        };
        Point { joint: self.joint, side, ..Point::default() }
    }

    /// What stands before the next date, if nothing stronger does already.
    pub(super) fn join(&mut self, joint: Joint) {
        if self.joint == Joint::Space || joint != Joint::Comma {
            self.joint = joint;
        }
    }

    /// Where the real date is, relative to the next one.
    pub(super) fn beside(&mut self, side: Side) {
        self.side = match side {
            Side::Before if self.negated => Side::From,
            Side::After if self.negated => Side::UpTo,
            side => side,
        };
        self.negated = false;
    }

    /// Whether the next date is already said to be beside the real one.
    pub(super) fn is_beside(&self) -> bool {
        self.side != Side::At
    }

    /// Nothing follows what stands before the next date.
    pub(super) fn settle(&mut self) {
        self.joint = Joint::Comma;
    }

    /// Where the real date is, relative to the last one; nothing happens without one.
    pub(super) fn beside_last(&mut self, side: Side) {
        if let Some(point) = self.points.last_mut() {
            point.side = side;
        }
    }

    /// Opens or closes a bracket.
    pub(super) fn bracket(&mut self, opens: bool) {
        self.brackets = if opens { self.brackets + 1 } else { self.brackets.saturating_sub(1) };
    }

    /// Whether a whole year is written somewhere, so that other words need not be understood.
    pub(super) fn has_whole_year(&self) -> bool {
        self.points.iter().filter_map(|point| point.years).any(|years| years.first >= 1000)
    }

    /// Whether no date has a year so far, and the last one has a month.
    pub(super) fn awaits_year(&self) -> bool {
        self.points.iter().all(|point| point.years.is_none())
            && self.points.last().is_some_and(|point| point.month.is_some())
    }

    /// Whether it says that there is no date.
    pub(super) fn says_undated(&self) -> bool {
        self.undated || self.negated && !self.foreign
    }

    /// What stands before the next date so far.
    pub(super) fn pending(&self) -> Joint {
        self.joint
    }

    /// A dash without a second date: there is no end.
    fn finish(&mut self) {
        if self.joint == Joint::Range {
            self.mixed = true;
            self.beside_last(Side::From);
        }
    }
}
