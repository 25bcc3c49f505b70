//! Suggestions about a filter, as data: parts that were not understood, guesses, and what to try if nothing was found.
//!
//! A suggestion becomes a sentence when it is shown.

use std::fmt;

use super::unfinished_date;
use crate::record::Field;

/// The most names that a sentence about several of them shows.
const MAX_SHOWN_NAMES: usize = 4;

/// Something to tell the user about a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggestion {
    /// A term without a letter is ignored.
    NoLetter(String),
    /// A term that excludes the words of one letter is ignored.
    UnfinishedExclusion(String),
    /// A term has no word behind the name of its field.
    NoWord(String),
    /// An operator or an opening bracket misses a term beside it.
    NoOperand(&'static str),
    /// A range ends before it begins, and is ignored.
    ReversedRange {
        /// The range as it was typed.
        typed: String,
        /// The range with its dates the other way round.
        turned: String,
    },
    /// No field has this name.
    UnknownField {
        /// What was typed before the colon.
        typed: String,
        /// The names that were perhaps meant, the nearest first.
        nearest: Vec<String>,
    },
    /// What was typed before the colon begins several names.
    SeveralFields {
        /// What was typed.
        typed: String,
        /// The names, two at least.
        names: Vec<String>,
    },
    /// A text behind `date:` is no date, or not a whole one.
    NotADate(String),
    /// `is:` has nothing behind it.
    NoProperty(String),
    /// A word behind `is:` is no property.
    UnknownProperty(String),
    /// There are too many terms to search for in so many records.
    TooManyTerms {
        /// The number of records.
        records: usize,
        /// The number of terms that are searched for.
        limit: usize,
    },
    /// Records with similar words are shown.
    Guessed {
        /// The term as it was typed.
        typed: String,
        /// The most frequent words that were guessed, as records write them.
        words: Vec<String>,
        /// Whether there are more such words.
        has_others: bool,
        /// Whether records have the word as it was typed, too.
        is_besides: bool,
    },
    /// Records have another spelling of a word.
    OtherSpelling {
        /// The term as it was typed.
        typed: String,
        /// The other spelling.
        other: String,
        /// The number of records.
        count: usize,
    },
    /// Records have words that are spelt nearly like one of the filter, which they do not match.
    SeeAlso {
        /// The term as it was typed.
        typed: String,
        /// The most frequent words, as records write them, each with the number of its records.
        words: Vec<(String, usize)>,
    },
    /// Records like another one are shown.
    Like {
        /// The title of that record.
        title: String,
        /// The rarest words that it shares with others, as it writes them.
        words: Vec<String>,
    },
    /// No record has the id that others are to be like.
    NoRecordToResemble(String),
    /// The record with this id, number or title shares nothing with others.
    NothingShared(String),
    /// No record has this number and all else, so longer numbers that begin with it are found.
    LongerNumbers(String),
    /// Words at the end are a date that is not whole yet, and all days that it may become are found.
    UnfinishedDate(String),
    /// More records have a year as a word.
    YearAsWord {
        /// The year as it was typed.
        year: String,
        /// The number of records.
        count: usize,
    },
    /// A month is searched for as a word, because no year stands in the filter.
    MonthWithoutYear(String),
    /// A word that is an operator if it is written in capitals.
    OperatorAsWord(String),
    /// No record has a field.
    NoRecordHas {
        /// The field.
        field: Field,
        /// Fields that records have instead and that say something alike.
        others: Vec<Field>,
    },
    /// No record has the name of a person or body.
    NoRecordHasNames,
    /// No record has a term.
    NotFound(String),
    /// No record is marked.
    NoneMarked,
    /// No record has a note.
    NoneNoted,
    /// No note has a term.
    NotInNotes(String),
    /// No name of a file or archive has a term.
    NotInFiles(String),
    /// No record has a doubtful date.
    NoneDoubtful,
    /// No record is undated.
    NoneUndated,
    /// No record has a date.
    NoneDated(String),
    /// A search engine cannot look for a term, or not as exactly as it was typed.
    EngineLimit {
        /// The term as it was typed.
        typed: String,
        /// What it cannot do.
        limit: EngineLimit,
    },
    /// Each term is found, but not all in one record.
    NotTogether,
    /// Without a term, records are found.
    LeaveOut {
        /// The term as it was typed.
        term: String,
        /// The number of records.
        count: usize,
    },
}

/// What a search engine cannot do with a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineLimit {
    /// The field is not searched by the engine.
    FieldNotSearched,
    /// No date of the index can be searched.
    NoDates,
    /// Dates are searched by their years.
    DatesByYear,
    /// A value that begins or ends with the words cannot be told from others that have them.
    ValueEnds,
    /// Dates that were not understood are not told from others.
    DoubtfulDates,
    /// Records like another one are not looked for.
    LikeRecords,
    /// All records are in one index, and none in a file.
    Files,
    /// So many marked records cannot be named in one request.
    TooManyMarks,
}

impl EngineLimit {
    /// Whether the term is ignored. Others find more than was asked for.
    pub const fn ignores_term(self) -> bool {
        !matches!(self, EngineLimit::DatesByYear | EngineLimit::ValueEnds)
    }

    /// Returns what holds of the term.
    const fn reason(self) -> &'static str {
        match self {
            EngineLimit::FieldNotSearched => "this engine does not search the field",
            EngineLimit::NoDates => "this engine has no dates that can be searched",
            EngineLimit::DatesByYear => "this engine compares years, not months and days",
            EngineLimit::ValueEnds => "this engine finds it in longer values too",
            EngineLimit::DoubtfulDates => "an engine does not know which dates are doubtful",
            EngineLimit::LikeRecords => "records like another one are not looked for in an engine",
            EngineLimit::Files => "the records of an engine are in no file",
            EngineLimit::TooManyMarks => "more than 10,000 records cannot be asked for at once",
        }
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Suggestion::NoLetter(typed) => write!(f, "“{typed}” has no letter and is ignored"),
            Suggestion::UnfinishedExclusion(typed) => fmt_unfinished_exclusion(f, typed),
            Suggestion::NoWord(typed) => write!(f, "“{typed}” needs a word"),
            Suggestion::NoOperand(operator) => fmt_no_operand(f, operator),
            Suggestion::ReversedRange { typed, turned } => fmt_reversed_range(f, typed, turned),
            Suggestion::UnknownField { typed, nearest } => fmt_unknown_field(f, typed, nearest),
            Suggestion::SeveralFields { typed, names } => fmt_several_fields(f, typed, names),
            Suggestion::NotADate(text) => f.write_str(&unfinished_date::why_ignored(text)),
            Suggestion::NoProperty(typed) => {
                write!(f, "“is:{typed}” needs marked, noted or doubtful")
            }
            Suggestion::UnknownProperty(typed) => {
                write!(f, "“is:{typed}” is ignored: try is:marked, is:noted or is:doubtful")
            }
            Suggestion::TooManyTerms { records, limit } => fmt_too_many_terms(f, *records, *limit),
            Suggestion::Guessed { typed, words, has_others, is_besides } => {
                let start = if *is_besides { "besides" } else { "no" };
                let others = if *has_others { " and others" } else { "" };
                write!(f, "{start} “{typed}”: showing {}{others}", words.join(", "))
            }
            Suggestion::OtherSpelling { typed, other, count } => {
                let plural = if *count == 1 { " has" } else { "s have" };
                write!(f, "{count} record{plural} “{other}” for “{typed}”")
            }
            Suggestion::SeeAlso { words, .. } => fmt_see_also(f, words),
            Suggestion::Like { title, words } => fmt_like(f, title, words),
            Suggestion::NoRecordToResemble(named) => {
                write!(f, "no record has the id, number or title “{named}”")
            }
            Suggestion::NothingShared(named) => {
                write!(f, "“{named}” shares no rare word, name or place with another record")
            }
            Suggestion::LongerNumbers(number) => {
                write!(f, "no “{number}” beside the rest: showing longer numbers")
            }
            Suggestion::UnfinishedDate(date) => fmt_unfinished_date(f, date),
            Suggestion::YearAsWord { year, count } => fmt_year_as_word(f, year, *count),
            Suggestion::MonthWithoutYear(word) => fmt_month_without_year(f, word),
            Suggestion::OperatorAsWord(word) => {
                write!(f, "“{word}” is a word here: {} joins terms", word.to_uppercase())
            }
            Suggestion::NoRecordHas { field, others } => fmt_no_record_has(f, *field, others),
            Suggestion::NotFound(term) => write!(f, "“{term}” is in no record"),
            Suggestion::NotInNotes(term) => write!(f, "“{term}” is in no note"),
            Suggestion::NotInFiles(term) => {
                write!(f, "“{term}” is in no file name or archive title")
            }
            Suggestion::EngineLimit { typed, limit } => fmt_engine_limit(f, typed, *limit),
            Suggestion::NoneDated(date) => write!(f, "no record is dated “{date}”"),
            Suggestion::LeaveOut { term, count } => fmt_leave_out(f, term, *count),
            Suggestion::NoRecordHasNames => f.write_str("no record has names"),
            Suggestion::NoneMarked => f.write_str("no record is marked"),
            Suggestion::NoneNoted => f.write_str("no record has a note"),
            Suggestion::NoneDoubtful => f.write_str("no record has a doubtful date"),
            Suggestion::NoneUndated => f.write_str("no record is undated"),
            Suggestion::NotTogether => f.write_str("each term is found, but not all in one record"),
        }
    }
}

/// Writes what a search engine cannot do with a term.
fn fmt_engine_limit(f: &mut fmt::Formatter<'_>, typed: &str, limit: EngineLimit) -> fmt::Result {
    let ignored = if limit.ignores_term() { " is ignored" } else { "" };
    write!(f, "“{typed}”{ignored}: {}", limit.reason())
}

/// Writes on which side of an operator or bracket a word is missing.
fn fmt_no_operand(f: &mut fmt::Formatter<'_>, operator: &str) -> fmt::Result {
    let side = if matches!(operator, "NOT" | "(") { "behind it" } else { "on both sides" };
    write!(f, "“{operator}” needs a word {side}")
}

/// Writes that a range ends before it begins, and the range with its dates the other way round.
fn fmt_reversed_range(f: &mut fmt::Formatter<'_>, typed: &str, turned: &str) -> fmt::Result {
    write!(f, "“{typed}” ends before it begins: try {turned}")
}

/// Writes how many terms are searched for in so many records.
fn fmt_too_many_terms(f: &mut fmt::Formatter<'_>, records: usize, limit: usize) -> fmt::Result {
    write!(f, "over {records} records a filter has at most {limit} terms: the others are ignored")
}

/// Writes that one letter is not enough to leave something out.
fn fmt_unfinished_exclusion(f: &mut fmt::Formatter<'_>, typed: &str) -> fmt::Result {
    let letter = typed.trim_start_matches(['-', '!']);
    write!(f, "what is to be left out? “{letter}” needs another letter, or quotes")
}

/// Writes that a date is not typed to its end.
fn fmt_unfinished_date(f: &mut fmt::Formatter<'_>, date: &str) -> fmt::Result {
    write!(f, "“{date}” is no whole date yet: showing all from the first to the last it may become")
}

/// Writes that a month is a word, because a year is missing.
fn fmt_month_without_year(f: &mut fmt::Formatter<'_>, word: &str) -> fmt::Result {
    write!(f, "“{word}” is a word here: with a year, it is a date: {word} 1945")
}

/// Writes how many records there are without a term.
fn fmt_leave_out(f: &mut fmt::Formatter<'_>, term: &str, count: usize) -> fmt::Result {
    let plural = if count == 1 { "" } else { "s" };
    write!(f, "leave out “{term}”: {count} record{plural}")
}

/// Writes that no record has a field, and which ones to try instead.
fn fmt_no_record_has(f: &mut fmt::Formatter<'_>, field: Field, others: &[Field]) -> fmt::Result {
    write!(f, "no record has {}", field.key().replace('_', " "))?;
    let others: Vec<String> = others.iter().map(|other| format!("“{}:”", other.key())).collect();
    if others.is_empty() { Ok(()) } else { write!(f, ": try {}", others.join(" or ")) }
}

/// Writes how many more records have a year as a word.
fn fmt_year_as_word(f: &mut fmt::Formatter<'_>, year: &str, count: usize) -> fmt::Result {
    let has = if count == 1 { "has" } else { "have" };
    write!(f, "{count} more {has} “{year}” as a word: \"{year}\"")
}

/// Writes words that are spelt nearly like one of the filter, with their counts.
fn fmt_see_also(f: &mut fmt::Formatter<'_>, words: &[(String, usize)]) -> fmt::Result {
    let words = words.iter().map(|(word, count)| format!("{word} {count}"));
    write!(f, "see also {}", words.collect::<Vec<_>>().join(" · "))
}

/// Writes which record the others are like, and the words that it shares with them.
fn fmt_like(f: &mut fmt::Formatter<'_>, title: &str, words: &[String]) -> fmt::Result {
    write!(f, "like “{title}”")?;
    if words.is_empty() { Ok(()) } else { write!(f, ", sharing {}", words.join(", ")) }
}

/// Writes that there is no field of this name, with the names that were perhaps meant.
fn fmt_unknown_field(f: &mut fmt::Formatter<'_>, typed: &str, nearest: &[String]) -> fmt::Result {
    let nearest: Vec<String> = nearest.iter().map(|name| format!("“{name}:”")).collect();
    write!(f, "there is no field “{typed}:”: ")?;
    if !nearest.is_empty() {
        write!(f, "try {}, or ", nearest.join(" or "))?;
    }
    f.write_str("put the words in quotes")
}

/// Writes that what was typed begins several names. At least two are given.
fn fmt_several_fields(f: &mut fmt::Formatter<'_>, typed: &str, names: &[String]) -> fmt::Result {
    let shown = names.get(..MAX_SHOWN_NAMES).unwrap_or(names);
    let names = match (names.len() - shown.len(), shown) {
        (1.., _) => format!("{} and others", shown.join(", ")),
        (_, [others @ .., last]) => format!("{} and {last}", others.join(", ")),
        (_, []) => String::new(),
    };
    write!(f, "“{typed}:” begins {names}: type more of the name")
}
