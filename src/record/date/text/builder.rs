//! The dates in a text, as written. Some lack a year or month that another date in the text gives.

use smallvec::SmallVec;

use super::numbers::Number;
use super::partial::{Bracket, Clause, PartialDates, Relation, Role, Separator};
use super::tokens::{Sign, Token, TokenKind, Tokens, Word, tokenize};
use super::vote::{languages_of, set_sense_bits};
use super::words::{LanguageSet, MONTH, SEASON, Sense, bits};
use crate::record::date::doubt::Doubt;

/// What a word behind a dash means if the range has no end.
const OPEN_ENDS: u64 = bits(&[
    Sense::Ongoing,
    Sense::Undated,
    Sense::Uncertain,
    Sense::Circa,
    Sense::Filler,
    Sense::Year,
    Sense::YearAfter,
]);

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
        let languages = languages_of(&tokens);
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
        let opens = |token: &Token| {
            let is_word = matches!(token.kind, TokenKind::Word(_));
            token.is_used && (!is_word || token.sense_bits & OPEN_ENDS != 0)
        };
        if self.pending_separator == Separator::Range && rest.iter().all(opens) {
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

    /// Returns the first token that is no bracket and no quotation mark.
    pub(super) fn first_token(&self) -> usize {
        let opens = |sign| matches!(sign, Sign::OpenRound | Sign::OpenSquare | Sign::Enclosure);
        (0..self.tokens.len()).find(|at| !self.sign(*at).is_some_and(opens)).unwrap_or(0)
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
        let clause = self.clause();
        let mut dates = self.dates.iter().filter(|date| date.clause <= clause);
        dates.all(|date| !date.has_years())
            && self.dates.last().is_some_and(|date| date.month.is_some() && !date.has_years())
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
