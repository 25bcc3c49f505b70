//! Whether a title names the sender and the recipient, whom a citation does not say again.

use super::title::{Title, folded_words};
use crate::formats::document::WORDS;
use crate::record::{Name, NameKind};

/// The most people that are looked for in a title.
const MAX_PEOPLE: usize = 20;
/// The most words between `from` and the family's name: `from Foreign Minister Keller`.
const MAX_WORDS_BEFORE_FAMILY: usize = 4;
/// The most titles before a name: `Foreign Minister Dr.`
const MAX_TITLE_WORDS: usize = 4;
/// The most words of a recipient in a title.
const MAX_RECIPIENT_WORDS: usize = 8;
/// Words of a title that say what a letter is about.
const SUBJECT_WORDS: [&str; 12] = [
    "about",
    "concerning",
    "on",
    "re",
    "regarding",
    "with",
    "uber",
    "wegen",
    "betreffend",
    "sur",
    "sobre",
    "о",
];
/// Words behind a family's name that say that it is no person: `from the Keller family`.
const FAMILY_WORDS: [&str; 8] =
    ["family", "familie", "famille", "familia", "famiglia", "collection", "papers", "nachlass"];
/// Words before a recipient that a title does not name: `to his wife`.
const RECIPIENT_ARTICLES: [&str; 16] = [
    "the", "a", "an", "his", "her", "their", "den", "die", "das", "seine", "ihre", "la", "le",
    "les", "sa", "son",
];
/// Words that join names.
const JOINING_WORDS: [&str; 7] = ["and", "und", "et", "y", "e", "en", "och"];

/// The folded words of a name.
struct NameInTitle {
    /// The whole name: in running order and as in an index.
    forms: [Vec<String>; 2],
    given: Vec<String>,
    particle: Vec<String>,
    family: Vec<String>,
    /// The first letters of the given names and of the family's name.
    initials: Vec<String>,
}

/// A place in a title where a name is written with fewer words.
struct BriefName {
    /// The index of the word behind it.
    end: usize,
    /// Whether it has a given name or its initial.
    has_given: bool,
}

/// Whether a word stands between sender and recipient.
fn is_recipient_word(word: &str) -> bool {
    WORDS.recipient_words.has(word)
}

/// Whether a word makes a name that of a family or of its papers.
fn is_family_word(word: &str) -> bool {
    FAMILY_WORDS.contains(&word)
}

impl NameInTitle {
    fn new(name: &Name) -> NameInTitle {
        let mut given = folded_words(&name.given);
        let mut family = folded_words(&name.family);
        if family.is_empty() && name.kind != NameKind::Body && name.kind != NameKind::Family {
            // The name is not taken apart, but its last word is mostly that of the family.
            given = folded_words(&name.whole);
            family = given.pop().filter(|_| !given.is_empty()).into_iter().collect();
        }
        let first_letter = |word: &String| word.chars().next().map(String::from);
        NameInTitle {
            initials: given.iter().chain(&family).filter_map(first_letter).collect(),
            forms: [&name.running_without_signs(), &name.index_without_signs()]
                .map(|form| folded_words(form)),
            given,
            particle: folded_words(&name.particle),
            family,
        }
    }

    /// Returns the end of the whole name, if it begins at a word.
    fn whole_at(&self, title: &[String], at: usize) -> Option<usize> {
        let rest = title.get(at..)?;
        let form = self.forms.iter().find(|form| !form.is_empty() && rest.starts_with(form))?;
        Some(at + form.len())
    }

    /// Returns the family's name that begins at a word, with given names, initials and titles before it, or
    /// given names behind it.
    fn brief_at(&self, title: &[String], at: usize) -> Option<BriefName> {
        let is_title = |at: &usize| title.get(*at).is_some_and(|word| WORDS.honorifics.has(word));
        let titles = (at..at + MAX_TITLE_WORDS).take_while(is_title).map(|at| at + 1);
        std::iter::once(at).chain(titles).find_map(|at| self.family_at(title, at))
    }

    /// Returns the family's name that begins at a word, with given names and initials beside it.
    fn family_at(&self, title: &[String], at: usize) -> Option<BriefName> {
        let count = self.given_words(title, at);
        if let Some(end) = self.family_end(title, at + count).filter(|_| count > 0) {
            // In `a Keller album` the word is an article.
            let has_given = title.get(at..at + count).is_some_and(|given| given != ["a"]);
            return Some(BriefName { end, has_given });
        }
        let end = self.family_end(title, at)?;
        let count = self.given_words(title, end);
        Some(BriefName { end: end + count, has_given: count > 0 })
    }

    /// Returns the index behind the sender's name, if it begins at `at`: the whole name, a shorter form of it,
    /// its initials, or some words of a body. Given names alone do not count: `Max to min`.
    fn sender_at(&self, title: &[String], at: usize) -> Option<usize> {
        let brief = || Some(self.brief_at(title, at)?.end);
        let initials = || {
            let is_there = self.initials.len() > 1 && title.get(at..)?.starts_with(&self.initials);
            is_there.then_some(at + self.initials.len())
        };
        let body = || {
            let words = title.get(at..)?.iter();
            let words =
                words.take_while(|word| self.family.is_empty() && self.forms[0].contains(word));
            let lengths: Vec<usize> = words.map(|word| word.chars().count()).collect();
            lengths.iter().any(|length| *length > 3).then_some(at + lengths.len())
        };
        self.whole_at(title, at).or_else(brief).or_else(initials).or_else(body)
    }

    /// Returns how many words of a title from one on are given names or their initials.
    fn given_words(&self, title: &[String], at: usize) -> usize {
        let words = title.get(at..).unwrap_or_default().iter();
        words.zip(&self.given).take_while(|(word, given)| is_short_for(word, given)).count()
    }

    /// Returns the end of the family's name, if it begins at a word.
    fn family_end(&self, title: &[String], at: usize) -> Option<usize> {
        let rest = title.get(at..)?;
        let count = if rest.starts_with(&self.particle) { self.particle.len() } else { 0 };
        let rest = rest.get(count..)?;
        (!self.family.is_empty() && rest.starts_with(&self.family))
            .then_some(at + count + self.family.len())
    }
}

/// Whether a word and a given name are the same, or one is the initial of the other: `i` and `ida`.
fn is_short_for(word: &str, given: &str) -> bool {
    let is_initial =
        |short: &str, long: &str| short.chars().nth(1).is_none() && long.starts_with(short);
    !word.is_empty() && (word == given || is_initial(word, given))
        || (!given.is_empty() && word.chars().nth(1).is_none() && is_initial(given, word))
}

impl Title {
    /// Whether the title names a person or body: by its whole name, by initials and the family's name, or by the
    /// family's name behind `from` or before `to`.
    pub(super) fn names(&self, name: &Name) -> bool {
        let name = NameInTitle::new(name);
        let words = &self.words;
        let has = |at: usize, set: fn(&str) -> bool| words.get(at).is_some_and(|word| set(word));
        (0..words.len()).any(|at| {
            let follows = |set: fn(&str) -> bool| at > 0 && has(at - 1, set);
            let is_person = |end: usize| !self.continues_name(end);
            if name.whole_at(words, at).is_some() {
                return true;
            }
            if follows(|word| WORDS.sender_words.has(word))
                && (at..at + MAX_WORDS_BEFORE_FAMILY)
                    .take_while(|at| !has(*at, is_recipient_word))
                    .filter_map(|at| name.family_end(words, at))
                    .any(|end| is_person(end) || name.given_words(words, end) > 0)
            {
                return true;
            }
            if at == 0 && name.sender_at(words, at).is_some_and(|end| self.has_recipient_at(end)) {
                return true;
            }
            let brief = name.brief_at(words, at).filter(|_| !follows(is_recipient_word));
            brief.is_some_and(|brief| {
                brief.has_given
                    || self.has_recipient_at(brief.end)
                    || (at == 0 && has(brief.end, |it| it == "s"))
            })
        })
    }

    /// Whether `to` and somebody follow at a word. `House to let` is no letter of a House.
    fn has_recipient_at(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| is_recipient_word(word))
            && self.words.get(at + 1).is_some_and(|word| {
                let is_known = RECIPIENT_ARTICLES.contains(&word.as_str());
                self.is_capital(at + 1) || is_known || WORDS.honorifics.has(word)
            })
    }

    /// Whether the word behind a family's name makes it the name of something else: `Keller Street`,
    /// `Keller family`.
    fn continues_name(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| {
            let is_link = WORDS.recipient_words.has(word)
                || WORDS.sender_words.has(word)
                || WORDS.dating_words.has(word)
                || SUBJECT_WORDS.contains(&word.as_str())
                || JOINING_WORDS.contains(&word.as_str());
            let is_joined = self.is_capital(at) && self.follows_blank(at) && !is_link;
            is_family_word(word) || (is_joined && word.chars().all(char::is_alphabetic))
        })
    }

    /// Whether a word begins with a capital letter.
    fn is_capital(&self, at: usize) -> bool {
        self.written.get(at).is_some_and(|word| word.is_capital)
    }

    /// Whether only a blank is between a word and the one before it.
    fn follows_blank(&self, at: usize) -> bool {
        self.written.get(at).is_some_and(|word| word.follows_blank)
    }

    /// Whether the title names all these people. A long list is too much for a title.
    pub(super) fn names_all(&self, names: &[Name]) -> bool {
        names.len() <= MAX_PEOPLE && names.iter().all(|name| self.names(name))
    }

    /// Whether the title is only the names of sender and recipient: `George Creel to Colonel House`. Without
    /// `recipients`, anybody may be the recipient.
    pub(super) fn is_sender_to_recipient(&self, senders: &[Name], recipients: &[Name]) -> bool {
        let Some(rest) = self.behind_sender(senders) else { return false };
        let is_named = |name: &Name| {
            let name = NameInTitle::new(name);
            let mut words = name.forms.iter().flatten().chain(&name.family).chain(&name.given);
            words.any(|word| rest.last().is_some_and(|last| is_short_for(last, word)))
        };
        (1..=MAX_RECIPIENT_WORDS).contains(&rest.len())
            && !rest.iter().any(|word| SUBJECT_WORDS.contains(&word.as_str()))
            && recipients.iter().take(MAX_PEOPLE).any(is_named)
    }

    /// Returns the words behind the senders and `to`, if the title begins with them.
    fn behind_sender(&self, senders: &[Name]) -> Option<&[String]> {
        let senders: Vec<NameInTitle> =
            senders.iter().take(MAX_PEOPLE).map(NameInTitle::new).collect();
        let mut at = 0;
        loop {
            let end = senders.iter().find_map(|sender| sender.sender_at(&self.words, at))?;
            let next = self.words.get(end)?;
            if WORDS.recipient_words.has(next) {
                return self.words.get(end + 1..);
            }
            at = end + usize::from(JOINING_WORDS.contains(&next.as_str()));
        }
    }
}
