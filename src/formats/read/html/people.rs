//! Names of people in the texts of pages: one or several, in the order of speech or with the surname first.

use std::collections::HashMap;

use super::block::{Block, BlockField};
use super::words::names_territory;
use crate::formats::field_names::{FieldTarget, known_names, words_of};
use crate::record::Field;

/// The most words of one name.
const MAX_NAME_WORDS: usize = 4;

/// Whether a text is names of people that begin with their surnames, perhaps with the years of their lives and their parts:
/// `Keller, Anna`, `Brandt, Ilse (1880-1950) [Verfasser]`, `Roth, Emil; Weidl, Jonas`.
pub(in crate::formats::read) fn is_inverted_names(text: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(char::is_uppercase)
            || ["de", "von", "van", "der", "da", "di", "le", "la", "zu"].contains(&word)
    };
    let are_words = |text: &str, most: usize| {
        let words = text.split_whitespace().count();
        (1..=most).contains(&words)
            && text.split_whitespace().all(is_word)
            && text.chars().all(|letter| letter.is_alphabetic() || " .'’-".contains(letter))
    };
    let is_name = |name: &str| {
        let (name, behind) = name.split_at(name.find(['(', '[']).unwrap_or(name.len()));
        let (name, behind) = (name.trim(), behind.trim_end());
        // Behind the years of a life or a role, in brackets, nothing follows.
        let groups = behind.split_inclusive([')', ']']).map(str::trim);
        let is_bracket = |group: &str| group.starts_with(['(', '[']) && group.ends_with([')', ']']);
        if !groups.filter(|group| !group.is_empty()).all(is_bracket) {
            return false;
        }
        let is_years = |part: &str| {
            part.chars().any(|letter| letter.is_ascii_digit())
                && part.chars().all(|letter| letter.is_ascii_digit() || "-–? ".contains(letter))
        };
        let mut parts = name.split(',').map(str::trim);
        let (surname, given) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        // `Anna Keller, Jonas Weidl` are two people.
        let capitals =
            surname.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
        let is_surname = capitals == 1 || given.split_whitespace().count() == 1;
        is_surname
            && are_words(surname, MAX_SURNAME_WORDS)
            && are_words(given, MAX_NAME_WORDS)
            && parts.all(is_years)
    };
    !names_territory(text) && text.split(';').map(str::trim).all(is_name)
}

/// The most words of a surname.
const MAX_SURNAME_WORDS: usize = 3;

/// Whether a class says that a text is a person.
pub(super) fn is_person_class(class: &str) -> bool {
    let is_person =
        |target| matches!(target, FieldTarget::Field(Field::Creator | Field::Recipient));
    known_names(class).first().is_some_and(|known| is_person(known.target))
}

/// Words in classes of several people.
const PEOPLE: [&str; 9] = [
    "authors",
    "creators",
    "contributors",
    "autoren",
    "verfasser",
    "auteurs",
    "autores",
    "autori",
    "contrib",
];

/// Words in classes of one person, or of several.
const PERSON: [&str; 11] = [
    "author",
    "contributor",
    "byline",
    "writer",
    "artist",
    "autor",
    "auteur",
    "autore",
    "creator",
    "künstler",
    "kuenstler",
];

/// Words in names of bodies.
const BODIES: [&str; 30] = [
    "department",
    "office",
    "ministry",
    "council",
    "committee",
    "university",
    "company",
    "board",
    "state",
    "states",
    "great",
    "church",
    "court",
    "bureau",
    "society",
    "museum",
    "library",
    "archive",
    "archives",
    "foreign",
    "commission",
    "ministerium",
    "universität",
    "amt",
    "verein",
    "kirche",
    "gesellschaft",
    "ministère",
    "université",
    "agency",
];

/// Whether a class says that a text is people: `authors`, `byline`. The name of a body may have commas, too.
pub(super) fn names_people(class: &str, text: &str) -> bool {
    // `García López, María Elena` is one person, as is `Anna Keller, Orla Times`.
    let names_several = has_conjunction(text) || text.split(',').count() > 2;
    names_several && is_class_of_people(class, text)
}

/// Whether a word or a sign stands between the last two names of a text.
fn has_conjunction(text: &str) -> bool {
    const CONJUNCTIONS: [&str; 6] = ["and", "und", "et", "y", "e", "en"];
    text.contains(" & ") || words_of(text).iter().any(|word| CONJUNCTIONS.contains(&word.as_str()))
}

/// Whether a class is one of people, and a text is no body.
fn is_class_of_people(class: &str, text: &str) -> bool {
    let is_any = |known: &[&str]| words_of(class).iter().any(|word| known.contains(&word.as_str()));
    is_person_class(class)
        && (is_any(&PEOPLE) || is_any(&PERSON))
        && !words_of(text).iter().any(|word| BODIES.contains(&word.as_str()))
}

/// Whether a text is two names with a comma between them, and nothing else: two people, or the surname and the given
/// names of one.
fn has_one_comma(text: &str) -> bool {
    text.matches(',').count() == 1 && split_names(text).len() == 2 && !has_conjunction(text)
}

/// How the names of a class are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct NameOrder {
    /// `Ida Roth`.
    spoken: bool,
    /// `Roth, Ida`.
    inverted: bool,
}

impl NameOrder {
    /// Notes how a name is written, unless it may be written either way.
    fn add(&mut self, names: &str) {
        for name in names.split(';').map(str::trim) {
            let words = name.split_whitespace().count();
            let is_capital = |word: &str| word.starts_with(char::is_uppercase);
            let is_name = (2..=MAX_NAME_WORDS).contains(&words)
                && name.split_whitespace().all(is_capital)
                && !name.contains(|letter: char| letter.is_ascii_digit());
            self.spoken |= is_name && !name.contains(',');
            self.inverted |= is_inverted_names(name) && name.contains(',') && !has_one_comma(name);
        }
    }
}

/// Parts the names of two people, where the other records of a page show the order of their names: `Anna Keller, Jonas
/// Weidl` beside `Ida Roth` are two people, `García López, María` beside `Roth, Ida` is one. Where no name shows it, the
/// number of the class does for one value; several such values stay whole, and the first of them is returned.
pub(super) fn part_people(blocks: &mut [Block]) -> Option<String> {
    let may_be_two = |field: &BlockField| {
        field.target.is_none()
            && has_one_comma(&field.value)
            && is_class_of_people(&field.name, &field.value)
    };
    let fields = || blocks.iter().flat_map(|block| &block.fields);
    let mut orders: HashMap<String, NameOrder> = HashMap::new();
    // One value may be two people as well as not; several are rather written in one way.
    let mut counts: HashMap<String, usize> = HashMap::new();
    for field in fields().filter(|field| may_be_two(field)) {
        orders.entry(field.name.clone()).or_default();
        *counts.entry(field.name.clone()).or_default() += 1;
    }
    let list = fields().find(|field| is_unclear_list(field)).map(|field| field.value.clone());
    if orders.is_empty() {
        return list;
    }
    for field in fields() {
        if let Some(order) = orders.get_mut(&field.name) {
            order.add(&field.value);
        }
    }
    let is_repeated = |name: &str| counts.get(name).is_some_and(|count| *count > 1);
    let mut unclear = None;
    for block in blocks {
        let fields = std::mem::take(&mut block.fields);
        for field in fields {
            let order = orders.get(&field.name).copied().unwrap_or_default();
            let are_several =
                words_of(&field.name).iter().any(|word| PEOPLE.contains(&word.as_str()));
            let is_unclear =
                is_repeated(&field.name) && are_several && order == NameOrder::default();
            if is_unclear && may_be_two(&field) && unclear.is_none() {
                unclear = Some(field.value.clone());
            }
            let are_two = if order.spoken == order.inverted {
                are_several && !is_unclear
            } else {
                order.spoken
            };
            if may_be_two(&field) && are_two {
                let names = split_names(&field.value).into_iter();
                block
                    .fields
                    .extend(names.map(|name| BlockField::named(&field.name, name.to_owned())));
            } else {
                block.fields.push(field);
            }
        }
    }
    unclear.or(list)
}

/// Whether a value of a class of people is several names with commas that cannot be told apart: `Keller, Anna, García López,
/// María Elena`.
fn is_unclear_list(field: &BlockField) -> bool {
    let is_name = |part: &str| {
        let words = part.split_whitespace().count();
        (1..=MAX_NAME_WORDS).contains(&words)
            && part.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
            && part.chars().all(|letter| letter.is_alphabetic() || " .'’-".contains(letter))
    };
    let parts: Vec<&str> = field.value.split(", ").map(str::trim).collect();
    field.target.is_none()
        && parts.len() >= 4
        && parts.len().is_multiple_of(2)
        && parts.iter().all(|part| is_name(part))
        && is_class_of_people(&field.name, &field.value)
}

/// Whether a text is a name with its surname first that begins with a particle: `von Keller, Anna`.
pub(super) fn begins_with_particle(text: &str) -> bool {
    const PARTICLES: [&str; 4] = ["von", "di", "av", "af"];
    text.split_once(' ').is_some_and(|(first, name)| {
        PARTICLES.contains(&first) && name.matches(',').count() == 1 && is_inverted_names(name)
    })
}

/// Words between the last two names of several people.
pub(super) const AND_WORDS: [&str; 8] = ["and", "und", "et", "y", "e", "en", "och", "og"];

/// Whether a text only joins the names of people: `, `, ` and `.
pub(super) fn joins_names(text: &str) -> bool {
    let word = text.trim_matches(|letter: char| letter.is_whitespace() || ",;&·".contains(letter));
    word.is_empty() || AND_WORDS.contains(&word)
}

/// Splits several names in the order of speech: `Anna Keller, Jonas Weidl and Ida Roth`. A name that begins with
/// the surname stays whole: `Keller, Anna`.
pub(in crate::formats::read) fn split_names(text: &str) -> Vec<&str> {
    let mut names = vec![text];
    for separator in [", and ", ", ", " and ", " und ", " et ", " & "] {
        names = names.into_iter().flat_map(|part| part.split(separator)).map(str::trim).collect();
    }
    let is_name = |name: &&str| {
        let words = name.split_whitespace().count();
        (2..=MAX_NAME_WORDS).contains(&words)
            && name.starts_with(char::is_uppercase)
            && name.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_uppercase))
            && !name.contains(|letter: char| letter.is_ascii_digit() || "(;".contains(letter))
    };
    if names.len() > 1 && names.iter().all(is_name) {
        return names;
    }
    inverted_names(text).unwrap_or_else(|| vec![text])
}

/// Splits several names that begin with a surname of one word and have a comma behind each part: `Keller, Anna Maria, Weidl,
/// Jonas` are two people.
fn inverted_names(text: &str) -> Option<Vec<&str>> {
    const SUFFIXES: [&str; 8] = ["jr", "sr", "ii", "iii", "iv", "dr", "md", "phd"];
    let mut parts = vec![text];
    for separator in [", and ", ", ", " and ", " und ", " et ", " & "] {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).map(str::trim).collect();
    }
    let is_suffix = |part: &str| {
        let letters: String = part.chars().filter(|letter| letter.is_alphabetic()).collect();
        SUFFIXES.contains(&letters.to_lowercase().as_str())
    };
    let offset = |part: &str| part.as_ptr().addr() - text.as_ptr().addr();
    let name_of = |pair: &[&str]| match pair {
        [surname, given] if !surname.contains([' ', '.']) => {
            let name = text.get(offset(surname)..offset(given) + given.len())?;
            (is_inverted_names(name) && name.contains(',')).then_some(name)
        }
        _ => None,
    };
    // `Wilmer, Cutler, Pickering, Hale` is one firm.
    let has_given = parts.iter().skip(1).step_by(2).any(|given| given.contains([' ', '.']));
    let are_pairs = parts.len() >= 4 && parts.len().is_multiple_of(2) && has_given;
    (are_pairs && !parts.iter().any(|part| is_suffix(part)))
        .then(|| parts.chunks(2).map(name_of).collect())?
}
