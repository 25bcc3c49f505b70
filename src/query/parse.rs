//! The text of the filter bar read as a filter. Reading never fails: what cannot be read yet is
//! passed over, with a hint. It depends on the text and the names of the fields alone.

use super::clause::{Boldness, Clause, Guessing, Phrase, Query, Scope, Term};
use super::date_filter;
use super::date_filter::DateFilter;
use super::fuzzy::Guess;
use super::name_variants::Spellings;
use super::word_pattern::WordPattern;
use crate::record::Field;
use crate::text::fold::fold;
use crate::text::words::words;

/// What stands before a colon.
#[derive(Clone, Debug, PartialEq)]
enum Name {
    /// The name of a field.
    Field(Scope),
    /// `date`.
    Date,
    /// `is`: what the reader did with the record.
    Is,
    /// `note`: the reader's note.
    Note,
    /// `from`: the file and the archive that it is of.
    From,
}

/// The names that fields have in the filter. Any beginning of one will do; a whole name goes before
/// a beginning, and of two names with the same beginning the earlier one is meant.
const NAMES: [(&str, Option<Field>); 16] = [
    ("title", Some(Field::Title)),
    ("summary", Some(Field::Summary)),
    ("name", Some(Field::People)),
    ("person", Some(Field::People)),
    ("people", Some(Field::People)),
    ("places", Some(Field::Places)),
    ("subjects", Some(Field::Subjects)),
    ("source", Some(Field::Source)),
    ("id", Some(Field::Id)),
    ("collection", Some(Field::Collection)),
    ("language", Some(Field::Language)),
    ("rights", Some(Field::Rights)),
    ("url", Some(Field::Url)),
    ("date", None),
    ("is", None),
    ("note", None),
];

/// The name of what a record comes from. A beginning of it is only meant where no field begins so.
const FROM: &str = "from";

/// From how many letters on a word may stand inside a longer one.
const INSIDE_FROM: usize = 3;

/// Reads the text of the filter bar. `own_names` are the names of fields that are the files' own.
pub fn parse(text: &str, own_names: &[String]) -> Query {
    let mut parser = Parser { rest: text, own_names, query: Query::default(), or: false };
    while parser.step() {}
    parser.query
}

/// A sign before the words of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// It leaves out what it fits.
    Not,
    /// It finds the whole word only.
    Whole,
    /// A value has to begin with it.
    Start,
    /// Guesses are made.
    Guess,
}

/// The signs as they are typed.
const SIGNS: [(char, Sign); 5] = [
    ('!', Sign::Not),
    ('-', Sign::Not),
    ('\'', Sign::Whole),
    ('^', Sign::Start),
    ('~', Sign::Guess),
];

/// What stands before the words of a term.
#[derive(Clone, Debug, Default)]
struct Operators {
    /// The signs.
    signs: Vec<Sign>,
    /// `field:`.
    name: Option<Name>,
}

impl Operators {
    /// Whether a sign is there.
    fn has(&self, sign: Sign) -> bool {
        self.signs.contains(&sign)
    }

    /// Whether a date may follow that no name announces.
    fn allow_bare_date(&self) -> bool {
        self.name.is_none() && self.signs.iter().all(|sign| *sign == Sign::Not)
    }
}

/// The words of a term as they were typed.
#[derive(Clone, Copy, Debug)]
struct Body<'a> {
    /// The text between the operators.
    text: &'a str,
    /// Whether it is in quotes.
    quoted: bool,
    /// Whether more letters of the last word may follow: not before a closing quote or `$`.
    open: bool,
    /// `$`.
    at_end: bool,
}

/// Reads term after term.
struct Parser<'a> {
    /// What is still to be read.
    rest: &'a str,
    /// The names of fields that are the files' own.
    own_names: &'a [String],
    /// What was read.
    query: Query,
    /// Whether a `|` stands before what is read next.
    or: bool,
}

/// A quote or an operator as it is on a keyboard.
fn plain(letter: char) -> char {
    let mut folded = [0; 4];
    let folded = fold(letter.encode_utf8(&mut folded));
    folded.chars().next().filter(|_| folded.len() == 1).unwrap_or(letter)
}

/// The text up to the next white space.
fn token(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or_default()
}

impl<'a> Parser<'a> {
    /// Reads one term or one `|`; whether there was any.
    fn step(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return false;
        }
        if token(self.rest) == "|" {
            self.take(1);
            self.or = !self.query.groups.is_empty();
            return true;
        }
        let begin = self.rest;
        let operators = self.operators();
        let wish = self.wish(&operators);
        let typed = begin.get(..begin.len() - self.rest.len()).unwrap_or_default().trim_end();
        match wish {
            Ok(wish) => {
                let negated = operators.has(Sign::Not);
                let notes = self.notes_of_files(&wish);
                self.push(Term { text: typed.to_owned(), negated, wish });
                for wish in notes {
                    // Either will do; what is left out is in neither.
                    self.or = !negated;
                    self.push(Term { text: typed.to_owned(), negated, wish });
                }
            }
            Err(Some(hint)) => self.query.hints.push(hint),
            Err(None) => self.query.hints.push(match &operators.name {
                Some(_) => format!("“{typed}” waits for a word"),
                None => format!("“{typed}” has no letter and is passed over"),
            }),
        }
        true
    }

    /// What looks into the files' own notes as a term does into those of the reader.
    fn notes_of_files(&self, wish: &Clause) -> Vec<Clause> {
        let Clause::Note(phrase) = wish else { return Vec::new() };
        let names = self.own_names.iter().filter(|name| fold(name).starts_with("note"));
        names.map(|name| Clause::Words(phrase.within(&Scope::Own(name.clone())))).collect()
    }

    /// Adds a term to the filter.
    fn push(&mut self, term: Term) {
        match self.query.groups.last_mut() {
            Some(group) if self.or => group.push(term),
            _ => self.query.groups.push(vec![term]),
        }
        self.or = false;
    }

    /// Takes so many bytes from the front; all where a letter would be cut.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Reads all that stands before the words of a term.
    fn operators(&mut self) -> Operators {
        let mut found = Operators::default();
        while let Some(letter) = self.rest.chars().next() {
            if let Some((_, sign)) = SIGNS.iter().find(|(sign, _)| *sign == plain(letter)) {
                found.signs.push(*sign);
                self.take(letter.len_utf8());
                continue;
            }
            let Some((name, bytes)) = self.name().filter(|_| found.name.is_none()) else { break };
            self.take(bytes);
            // What follows `date:` has signs of its own: `date:-44`, `date:~1945`.
            let date = name == Name::Date;
            found.name = Some(name);
            if date {
                break;
            }
        }
        found
    }

    /// The name of a field before a colon, and its length with the colon.
    fn name(&self) -> Option<(Name, usize)> {
        let (typed, _) = token(self.rest).split_once(':')?;
        let folded = fold(typed);
        if folded.is_empty() {
            return None;
        }
        let whole = self.named(|name| name == folded);
        let from = |meant: bool| meant.then_some(Name::From);
        let name = from(folded == FROM)
            .or(whole)
            .or_else(|| self.named(|name| name.starts_with(&folded)))
            .or_else(|| from(FROM.starts_with(&folded)))?;
        Some((name, typed.len() + 1))
    }

    /// The first field whose folded name fits: a known one, else one of the files' own.
    fn named(&self, fits: impl Fn(&str) -> bool) -> Option<Name> {
        let known = NAMES.iter().find(|(name, _)| fits(name)).map(|(name, field)| match field {
            Some(field) => Name::Field(Scope::Known(*field)),
            None if *name == "is" => Name::Is,
            None if *name == "note" => Name::Note,
            None => Name::Date,
        });
        let own = || self.own_names.iter().find(|name| fits(&fold(name)));
        known.or_else(|| own().map(|name| Name::Field(Scope::Own(name.clone()))))
    }

    /// Reads what a term looks for, or why it is passed over: a hint, or nothing where it has no
    /// word at all.
    fn wish(&mut self, operators: &Operators) -> Result<Clause, Option<String>> {
        if token(self.rest).is_empty() {
            return Err(None);
        }
        if operators.name == Some(Name::Date) {
            let (bytes, date) = date_filter::after_name(self.rest);
            self.take(bytes);
            return date.map(Clause::Date).map_err(Some);
        }
        if operators.name == Some(Name::Is) {
            return self.state().map_err(Some);
        }
        if let Some(date) = operators.allow_bare_date().then(|| self.bare_date()).flatten() {
            return Ok(Clause::Date(date));
        }
        let body = self.body();
        let phrase = phrase(operators, body).ok_or(None)?;
        Ok(match &operators.name {
            Some(Name::Note) => Clause::Note(phrase),
            Some(Name::From) => Clause::From(phrase.inside_words()),
            _ => Clause::Words(phrase),
        })
    }

    /// Reads what the reader may have done with a record: any beginning of `marked` or `noted`.
    fn state(&mut self) -> Result<Clause, String> {
        let typed = token(self.rest);
        self.take(typed.len());
        let folded = fold(typed);
        match () {
            () if folded.is_empty() => Err(format!("“is:{typed}” waits for marked or noted")),
            () if "marked".starts_with(&*folded) => Ok(Clause::Marked),
            () if "noted".starts_with(&*folded) => Ok(Clause::Noted),
            () => Err(format!("“is:{typed}” is passed over: is:marked and is:noted can be asked")),
        }
    }

    /// Reads a date that no name announces.
    fn bare_date(&mut self) -> Option<DateFilter> {
        let (bytes, date) = date_filter::bare(self.rest)?;
        let after = self.rest.get(bytes..)?;
        if bytes == 0 || after.starts_with(|letter: char| !letter.is_whitespace()) {
            return None;
        }
        self.take(bytes);
        Some(date)
    }

    /// Reads the words of a term.
    fn body(&mut self) -> Body<'a> {
        let quote = self.rest.chars().next().filter(|letter| plain(*letter) == '"');
        let Some(quote) = quote else {
            let length = token(self.rest).len();
            let text = self.take(length);
            return match text.strip_suffix('$') {
                Some(text) => Body { text, quoted: false, open: false, at_end: true },
                None => Body { text, quoted: false, open: true, at_end: false },
            };
        };
        self.take(quote.len_utf8());
        let closing = self.rest.char_indices().find(|(_, letter)| plain(*letter) == '"');
        let text = self.take(closing.map_or(self.rest.len(), |(at, _)| at));
        self.take(closing.map_or(0, |(_, quote)| quote.len_utf8()));
        let at_end = token(self.rest) == "$";
        if at_end {
            self.take(1);
        }
        Body { text, quoted: true, open: closing.is_none() && !at_end, at_end }
    }
}

/// The words of a term, where it has any.
fn phrase(operators: &Operators, body: Body<'_>) -> Option<Phrase> {
    let folded = fold(body.text);
    let letters: Vec<&str> = words(&folded).filter_map(|word| folded.get(word)).collect();
    let last = letters.len().checked_sub(1)?;
    let exact = operators.has(Sign::Whole) || !body.open;
    let needle = |(at, letters): (usize, &&str)| WordPattern {
        letters: (*letters).to_owned(),
        beginning: at == last && !exact,
        inside: false,
        guess: None,
    };
    let alone = last == 0 && !exact && !body.quoted && !operators.has(Sign::Start);
    let never = operators.has(Sign::Not) || operators.has(Sign::Whole) || body.quoted;
    let scope = match &operators.name {
        Some(Name::Field(scope)) => scope.clone(),
        Some(Name::Date | Name::Is | Name::Note | Name::From) | None => Scope::Bare,
    };
    let mut phrase = Phrase {
        scope,
        words: letters.iter().enumerate().map(needle).collect(),
        at_start: operators.has(Sign::Start),
        at_end: body.at_end,
        inside: alone && letters.iter().all(|word| word.chars().count() >= INSIDE_FROM),
        guessing: match (never, operators.has(Sign::Guess)) {
            (true, _) => Guessing::Never,
            (false, true) => Guessing::Always,
            (false, false) => Guessing::WhereNeeded,
        },
        others: Vec::new(),
    };
    phrase.others = if never { Vec::new() } else { phrase.spelt_otherwise() };
    Some(phrase)
}

/// A term that finds a text as whole words, wherever a bare term looks.
pub(crate) fn quoted(text: &str) -> Option<Phrase> {
    let body = Body { text, quoted: true, open: false, at_end: false };
    phrase(&Operators::default(), body)
}

impl Phrase {
    /// The same, each word found inside longer ones too where it may be: names of files are written
    /// in one.
    fn inside_words(mut self) -> Phrase {
        self.words.iter_mut().for_each(|word| word.inside = self.inside);
        self
    }

    /// The same words in other fields.
    fn within(&self, scope: &Scope) -> Phrase {
        let others = self.others.iter().map(|other| other.within(scope)).collect();
        Phrase { scope: scope.clone(), others, ..self.clone() }
    }

    /// Its words in the other spellings of the name that they are.
    fn spelt_otherwise(&self) -> Vec<Phrase> {
        let letters: Vec<&str> = self.words.iter().map(|word| word.letters.as_str()).collect();
        let exact = |letters: &str| WordPattern {
            letters: letters.to_owned(),
            beginning: false,
            inside: false,
            guess: None,
        };
        let name = letters.join(" ");
        let others = Spellings::built_in().others(&name);
        let phrases = others.map(|other| Phrase {
            words: other.split(' ').map(exact).collect(),
            inside: false,
            guessing: Guessing::Never,
            ..self.clone()
        });
        phrases.collect()
    }

    /// The guesses at one of its words, where any are made. `known` is whether words begin with it.
    pub fn guess_at(&self, word: &WordPattern, known: bool, boldness: Boldness) -> Option<Guess> {
        let guess = || Guess::new(&word.letters);
        match (self.guessing, boldness) {
            (Guessing::Never, _) => None,
            (Guessing::WhereNeeded, Boldness::None) if known => None,
            (Guessing::WhereNeeded, Boldness::Close) if known => guess().map(Guess::close),
            (Guessing::WhereNeeded | Guessing::Always, _) => guess(),
        }
    }
}
