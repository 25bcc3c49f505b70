//! The dates in a text, as written. Some lack a year or month that another date in the text gives.

use smallvec::SmallVec;

use super::numbers::Number;
use super::partial::{
    Bracket, Clause, PartialDate, PartialDates, Relation, Role, Separator, YearRange,
};
use super::tokens::{self, Sign, Token, TokenKind, Tokens, Word, tokenize};
use super::words::{self, LanguageSet, MONTH, SEASON, Sense, bits};
use crate::record::date::doubt::Doubt;

/// Builds the dates of a text from its tokens.
#[expect(clippy::struct_excessive_bools, reason = "each is what one word of the text said")]
pub(super) struct DateBuilder<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Its tokens.
    pub(super) tokens: Vec<Token>,
    /// The languages in which most words of the text are known.
    pub(super) languages: LanguageSet,
    /// The dates so far.
    pub(super) dates: PartialDates,
    /// The clauses so far.
    pub(super) clauses: SmallVec<[Clause; 4]>,
    /// The clauses around the current one, the current one last; none is the text itself.
    pub(super) open_clauses: SmallVec<[usize; 4]>,
    /// The number of open brackets.
    pub(super) bracket_depth: usize,
    /// A word said that the date is approximate.
    pub(super) approximate: bool,
    /// A word said that the date is uncertain.
    pub(super) uncertain: bool,
    /// Something is in square brackets.
    pub(super) inferred: bool,
    /// A word said that there is no date.
    pub(super) undated: bool,
    /// The text has more than one date, or two with a dash between them.
    pub(super) is_complex: bool,
    /// What is not certain.
    pub(super) doubts: Vec<Doubt>,
    /// What separates the next date from the last one.
    pub(super) pending_separator: Separator,
    /// How the real date relates to the next one.
    pub(super) pending_relation: Relation,
    /// "between" was read: "and" makes a range.
    pub(super) is_between: bool,
    /// A word for a year of account or study was read.
    pub(super) is_fiscal: bool,
    /// The calendar of the next date is Julian.
    pub(super) is_old_style: bool,
    /// The months behind the year are those of the moon.
    pub(super) has_lunar_months: bool,
    /// The tokens that are days of the week.
    pub(super) weekdays: Vec<usize>,
    /// The token that is looked at.
    pub(super) at: usize,
}

impl<'t> DateBuilder<'t> {
    /// Builds all dates of a text.
    pub(super) fn new(text: &'t str) -> DateBuilder<'t> {
        let Tokens { mut tokens, misspelt } = tokenize(text);
        let languages = vote(&tokens);
        set_sense_bits(&mut tokens, languages);
        let mut builder = DateBuilder {
            text,
            tokens,
            languages,
            dates: PartialDates::new(),
            clauses: SmallVec::new(),
            open_clauses: SmallVec::new(),
            bracket_depth: 0,
            approximate: false,
            uncertain: false,
            inferred: false,
            undated: false,
            is_complex: false,
            doubts: Vec::new(),
            pending_separator: Separator::Space,
            pending_relation: Relation::Same,
            is_between: false,
            is_fiscal: false,
            is_old_style: false,
            has_lunar_months: false,
            weekdays: Vec::new(),
            at: 0,
        };
        for (at, name) in misspelt {
            let part = builder.written(at, at + 1).to_owned();
            builder.doubts.push(Doubt::Misspelt { part, name });
        }
        builder.run();
        builder
    }

    /// Applies the rules from the first token to the last.
    fn run(&mut self) {
        while self.at < self.tokens.len() {
            let length = self.apply_rules();
            if let Some(length) = length {
                let end = (self.at + length).min(self.tokens.len());
                for token in self.tokens.get_mut(self.at..end).unwrap_or(&mut []) {
                    token.is_used = true;
                }
            }
            self.at += length.unwrap_or(1).max(1);
        }
        self.finish();
    }

    /// Turns a dash without a second date into an open end.
    fn finish(&mut self) {
        let last_dash = self
            .tokens
            .iter()
            .rposition(|token| matches!(token.kind, TokenKind::Sign(Sign::Dash | Sign::Slash)));
        let rest = last_dash.and_then(|dash| self.tokens.get(dash..)).unwrap_or(&[]);
        if self.pending_separator == Separator::Range && rest.iter().all(|token| token.is_used) {
            self.is_complex = true;
            self.doubt_both_ends();
            self.relate_last(Relation::From);
        }
        self.doubt_since();
        self.doubt_life_dates();
    }

    /// Returns the text of some tokens.
    pub(super) fn written(&self, first: usize, end: usize) -> &'t str {
        let start = self.tokens.get(first).map_or(0, |token| token.start);
        let end = end
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .map_or(start, |token| token.end);
        self.text.get(start..end).unwrap_or("")
    }

    /// Returns the number at a token.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        match self.tokens.get(at)?.kind {
            TokenKind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Returns the word at a token.
    pub(super) fn word(&self, at: usize) -> Option<Word> {
        match self.tokens.get(at)?.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Returns the sign at a token.
    pub(super) fn sign(&self, at: usize) -> Option<Sign> {
        match self.tokens.get(at)?.kind {
            TokenKind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    /// Whether a token follows the one before it without a space.
    pub(super) fn is_adjacent(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_adjacent)
    }

    /// Whether these tokens exist and have no space between them.
    pub(super) fn are_adjacent(&self, first: usize, end: usize) -> bool {
        end <= self.tokens.len() && (first + 1..end).all(|at| self.is_adjacent(at))
    }

    /// Returns what the word at a token may mean.
    pub(super) fn senses(&self, at: usize) -> impl Iterator<Item = Sense> + use<> {
        let languages = self.languages;
        self.word(at).into_iter().flat_map(move |word| word.senses(languages))
    }

    /// Whether the word at a token may mean this. A value in the sense does not matter.
    pub(super) fn has(&self, at: usize, sense: Sense) -> bool {
        self.has_any(at, sense.bit())
    }

    /// Whether the word at a token may mean one of these: bits of [`Sense::bit`].
    pub(super) fn has_any(&self, at: usize, senses: u64) -> bool {
        self.tokens.get(at).is_some_and(|token| token.sense_bits & senses != 0)
    }

    /// Returns the languages in which the word at a token means this. A value does not matter.
    pub(super) fn senses_of(&self, at: usize, sense: Sense) -> LanguageSet {
        self.word(at).map_or(0, |word| word.languages_of(sense.bit()))
    }

    /// Whether the word at a token may mean something other than these.
    pub(super) fn has_other(&self, at: usize, senses: u64) -> bool {
        self.tokens.get(at).is_some_and(|token| token.sense_bits & !senses != 0)
    }

    /// Returns the month that the word at a token names.
    pub(super) fn month(&self, at: usize) -> Option<u8> {
        if !self.has(at, MONTH) {
            return None;
        }
        self.senses(at).find_map(|sense| match sense {
            Sense::Month(month) => Some(month),
            _ => None,
        })
    }

    /// Returns the first token from here on that is no filler and no full stop.
    pub(super) fn skip_fillers(&self, mut at: usize) -> usize {
        while self.sign(at) == Some(Sign::Dot) || self.has(at, Sense::Filler) {
            at += 1;
        }
        at
    }

    /// Returns the index of the current clause.
    pub(super) fn clause(&self) -> usize {
        self.open_clauses.last().copied().unwrap_or(0)
    }

    /// Returns a clause. Number 0 is the text itself; the others are counted from 1.
    pub(super) fn clause_at(&self, number: usize) -> Clause {
        super::clauses::clause_of(&self.clauses, number)
    }

    /// Starts a clause in place of the current one.
    pub(super) fn start_clause(&mut self, role: Role) {
        let bracket = self.clause_at(self.clause()).bracket;
        self.clauses.push(Clause { role, bracket, first_token: self.at });
        let number = self.clauses.len();
        match self.open_clauses.last_mut() {
            Some(last) => *last = number,
            None => self.open_clauses.push(number),
        }
    }

    /// Opens a bracket.
    pub(super) fn open_bracket(&mut self, bracket: Bracket) {
        let role = self.clause_at(self.clause()).role;
        self.clauses.push(Clause { role, bracket, first_token: self.at });
        self.open_clauses.push(self.clauses.len());
        self.bracket_depth += 1;
    }

    /// Closes a bracket, if one is open.
    pub(super) fn close_bracket(&mut self) {
        if self.bracket_depth > 0 {
            self.bracket_depth -= 1;
            self.open_clauses.pop();
        }
    }

    /// Whether no rule has accounted for a token.
    pub(super) fn is_unused(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.is_used)
    }

    /// Adds a year or years to the last date, or as a new date.
    pub(super) fn put_years(&mut self, years: YearRange, length: usize) {
        let month_follows = self.starts_with_month(self.at + length);
        let by_year = self.dates.iter().any(|date| date.year_first);
        let open = self.dates.last().is_some_and(|date| {
            !date.has_years()
                && (date.month.is_some() || date.day.is_some() || date.feast.is_some())
        });
        let use_last = match self.pending_separator {
            Separator::Space => open,
            Separator::Comma => open && !(by_year && month_follows),
            Separator::Break | Separator::Slash | Separator::Range => false,
        };
        self.update_or_add(use_last, length, |date| {
            date.years = Some(years);
            date.year_first = !use_last;
        });
    }

    /// Adds a month or a part of a year to the last date, or as a new date.
    pub(super) fn put_month(&mut self, month: u8, length: usize) {
        let year_follows = match self.pending_separator {
            Separator::Space => {
                self.number(self.at + length).is_some_and(|number| number.is_long())
            }
            _ => self.year_follows_month(self.at + length),
        };
        let use_last = self.dates.last().is_some_and(|date| {
            date.month.is_none()
                && date.feast.is_none()
                && date.converted.is_none()
                && match self.pending_separator {
                    Separator::Space => date.years.is_none() || !year_follows,
                    Separator::Comma if self.follows_instant() => date.years.is_none(),
                    Separator::Comma => date.years.is_some() && date.day.is_none() && !year_follows,
                    Separator::Break | Separator::Slash | Separator::Range => false,
                }
        });
        self.update_or_add(use_last, length, |date| {
            (date.month, date.day_first) = (Some(month), date.day.is_some());
        });
    }

    /// Adds a day to the last date, or as a new date.
    pub(super) fn put_day(&mut self, day: u8, length: usize) {
        // 1945 г., 7 май
        let next = self.skip_fillers(self.at + length);
        let continues_year = self.pending_relation == Relation::Same
            && self.starts_with_month(next)
            && !self.year_follows_month(next + 1);
        let use_last = self.dates.last().is_some_and(|date| {
            date.day.is_none()
                && date.converted.is_none()
                && date.feast.is_none()
                && match self.pending_separator {
                    Separator::Space => true,
                    Separator::Comma => {
                        // May 1943, 12 July 1945
                        let is_other = date.has_years() && self.starts_with_month(next);
                        date.month.is_some() && !is_other || continues_year && date.is_bare_year()
                    }
                    Separator::Break | Separator::Slash | Separator::Range => false,
                }
        });
        self.update_or_add(use_last, length, |date| date.day = Some(day));
    }

    /// Adds a new date that is written in numbers. The month or the day may be missing.
    pub(super) fn put_date(
        &mut self,
        years: Option<YearRange>,
        month: Option<u8>,
        day: Option<u8>,
        length: usize,
    ) {
        self.update_or_add(false, length, |date| {
            *date = PartialDate { years, month, day, year_first: years.is_some(), ..*date };
        });
    }

    /// Changes the last date, or a new one that it adds. `length` tokens from here on belong to it.
    pub(super) fn update_or_add(
        &mut self,
        use_last: bool,
        length: usize,
        write: impl FnOnce(&mut PartialDate),
    ) {
        let is_related = self.pending_relation != Relation::Same || self.follows_life();
        let last = if use_last && !is_related { self.dates.pop() } else { None };
        let mut date = last.unwrap_or_else(|| self.new_date());
        write(&mut date);
        date.last_token = self.at + length.max(1) - 1;
        self.dates.push(date);
        self.pending_separator = Separator::Space;
        let is_square = |clause: &usize| self.clause_at(*clause).bracket == Bracket::Square;
        self.inferred |= self.open_clauses.iter().any(is_square);
    }

    /// Whether the last date is one of a life, and its bracket is closed: `(b. 1872) 3 May 1901`.
    fn follows_life(&self) -> bool {
        !self.clauses.is_empty()
            && self.dates.last().is_some_and(|date| {
                date.clause > self.clause() && self.clause_at(date.clause).role == Role::Life
            })
    }

    /// Creates a date with the pending separator and relation.
    fn new_date(&mut self) -> PartialDate {
        let first = self.dates.is_empty();
        self.is_complex |= !first && self.pending_separator != Separator::Range;
        let opens_with_range = first && self.pending_separator == Separator::Range;
        let relation = match std::mem::take(&mut self.pending_relation) {
            Relation::Same if opens_with_range => Relation::UpTo,
            relation => relation,
        };
        PartialDate {
            separator: self.pending_separator,
            relation,
            clause: self.clause(),
            first_token: self.at,
            is_old_style: std::mem::take(&mut self.is_old_style),
            ..PartialDate::default()
        }
    }

    /// Sets the separator before the next date. A comma does not replace a stronger separator.
    pub(super) fn separate_next(&mut self, separator: Separator) {
        if self.pending_separator == Separator::Space || separator != Separator::Comma {
            self.pending_separator = separator;
        }
    }

    /// Ends a pending range: the next date does not continue it.
    pub(super) fn close_range(&mut self) {
        if self.pending_separator != Separator::Space {
            self.pending_separator = Separator::Comma;
        }
    }

    /// Sets how the real date relates to the last date, if there is one.
    pub(super) fn relate_last(&mut self, relation: Relation) {
        if let Some(date) = self.dates.last_mut() {
            date.relation = relation;
        }
    }

    /// Whether no date has a year yet, and the last one has a month.
    pub(super) fn is_awaiting_year(&self) -> bool {
        self.dates.iter().all(|date| !date.has_years())
            && self.dates.last().is_some_and(|date| date.month.is_some())
    }

    /// Whether a date with a full year is there. If so, unknown words may be passed over.
    pub(super) fn has_full_year(&self) -> bool {
        self.dates.iter().any(|date| {
            date.converted.is_some() || date.years.is_some_and(|years| years.first >= 1000)
        })
    }

    /// Whether a token is a month or season.
    pub(super) fn starts_with_month(&self, at: usize) -> bool {
        let at = self.skip_fillers(at);
        self.has_any(at, bits(&[MONTH, SEASON])) || self.is_roman_month(at)
    }

    /// Whether a year follows, with or without a day before it.
    pub(super) fn year_follows_month(&self, mut at: usize) -> bool {
        if self.number(at).is_some_and(|number| number.digits <= 2) {
            at += 1;
        }
        while matches!(self.sign(at), Some(Sign::Comma | Sign::Dot)) || self.has(at, Sense::Filler)
        {
            at += 1;
        }
        self.number(at).is_some_and(|number| number.is_long())
    }
}

/// Sets what the word at each token may mean.
fn set_sense_bits(tokens: &mut [Token], languages: LanguageSet) {
    for token in tokens {
        let TokenKind::Word(word) = token.kind else { continue };
        let bits = word.senses(languages).fold(0, |bits, sense| bits | sense.bit());
        // A word of another language is a season or feast only by chance: "tel." is winter.
        let is_foreign = word.languages() != 0 && word.languages() & languages == 0;
        token.sense_bits = if is_foreign { bits & !words::CHANCE_SENSES } else { bits };
    }
}

/// Returns the languages in which most words are known; all, if none is.
///
/// A longer word counts more, since short ones mean something in many languages.
fn vote(tokens: &[Token]) -> LanguageSet {
    let words = || {
        tokens.iter().filter_map(|token| match token.kind {
            TokenKind::Word(word) => Some(word).filter(|word| word.languages() != 0),
            _ => None,
        })
    };
    let common = words().fold(LanguageSet::MAX, |common, word| common & word.languages());
    let names_months = |word: tokens::Word| {
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
