//! A made-up archive of diplomatic papers whose words, names and dates are spread as in real ones:
//! a few words everywhere, a long tail that grows with the archive, dates of every precision.

use std::fmt::Write;

use fonds::record::MONTHS;

mod words;

use words::{CIRCUMSTANCES, COMMON, FAMOUS, PLACES, SUBJECTS, SYLLABLES};

/// The records of an archive, each as a line of JSON.
pub(crate) fn lines(records: u64, seed: u64) -> impl Iterator<Item = String> {
    (0..records).map(move |number| record(number, seed))
}

/// A row of numbers without end: `SplitMix64` (Steele, Lea and Flood, 2014).
struct Chance(u64);

impl Chance {
    /// The next number.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another one.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }

    /// Whether something happens that happens so many times in a thousand.
    fn happens(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// A number below another one, each half as likely as that of half its size (Zipf).
    fn rank(&mut self, end: usize) -> usize {
        // Sixteen steps to each doubling are fine enough.
        let steps = (end.max(2).ilog2() as usize) * 16;
        let step = self.below(steps);
        let (octave, part) = (step / 16, step % 16);
        let low = (1 << octave) + ((1 << octave) * part) / 16;
        let high = (1 << octave) + ((1 << octave) * (part + 1)) / 16;
        (low + self.below(high - low)).min(end) - 1
    }

    /// One of several, all as likely.
    fn one<'a, T: AsRef<str>>(&mut self, of: &'a [T]) -> &'a str {
        of.get(self.below(of.len())).map_or("", AsRef::as_ref)
    }
}

/// How many different words there are beyond the common ones, surnames, and names of places.
const RARE: usize = 120_000;
const SURNAMES: usize = 60_000;
const TOWNS: usize = 20_000;

/// A made-up word: its number written in syllables.
fn made_up(mut number: usize, capital: bool, into: &mut String) {
    let start = into.len();
    number += SYLLABLES.len() * SYLLABLES.len();
    while number > 0 {
        into.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    if capital && let Some(first) = into[start..].chars().next() {
        let upper: String = first.to_uppercase().collect();
        into.replace_range(start..start + first.len_utf8(), &upper);
    }
}

/// A word of running text. Rare words are rarer than Zipf has it, so that the vocabulary grows with
/// about the square root of the text (Heaps).
fn word(chance: &mut Chance, into: &mut String) {
    let ranks = (0..3).map(|_| chance.rank(COMMON.len() + RARE));
    let rank = ranks.min().unwrap_or(0);
    match COMMON.get(rank) {
        Some(word) => into.push_str(word),
        None => made_up(rank - COMMON.len(), false, into),
    }
}

/// A person: given name and surname.
fn person(chance: &mut Chance) -> String {
    let mut lot = chance.below(1_000_000);
    for (name, per_million) in FAMOUS {
        if lot < *per_million {
            return (*name).to_owned();
        }
        lot -= per_million;
    }
    let mut name = String::new();
    made_up(chance.below(400), true, &mut name);
    name.push(' ');
    made_up(7_000 + chance.rank(SURNAMES), true, &mut name);
    name
}

/// A place.
fn place(chance: &mut Chance) -> String {
    let rank = chance.rank(PLACES.len() + TOWNS);
    let mut name = String::new();
    match PLACES.get(rank) {
        Some(place) => name.push_str(place),
        None => made_up(90_000 + rank, true, &mut name),
    }
    name
}

/// The surname of a person.
fn surname(name: &str) -> &str {
    name.rsplit_once(' ').map_or(name, |(_, surname)| surname)
}

/// A date as archives write them, in the shares of finding aids and of results pages.
fn date(chance: &mut Chance, year: usize) -> String {
    let (month, day) = (chance.one(&MONTHS), 1 + chance.below(28));
    match chance.below(100) {
        0..=54 => format!("{month} {day}, {year}"),
        55..=68 => year.to_string(),
        69..=76 => format!("{month} {year}"),
        77..=83 => format!("{year}-{}", year + 1 + chance.below(9)),
        84..=87 => format!("circa {year}"),
        88..=90 => format!("{year}-{:02}-{day:02}", 1 + chance.below(12)),
        91..=92 => format!("[{year}]"),
        93..=94 => format!("{}s", year / 10 * 10),
        95 => "undated".to_owned(),
        _ => String::new(),
    }
}

/// A title.
fn title(chance: &mut Chance, people: &[String], place: &str) -> String {
    let first = people.first().map_or("", String::as_str);
    let last = people.last().map_or("", String::as_str);
    let mut title = match chance.below(12) {
        0 | 1 => format!("Memorandum of Conversation Between {first} and {last}"),
        2 => format!("Record of a Meeting Between {first} and {last}"),
        3 => format!(
            "Cable No. {}, {} to the Ambassador in {place}",
            chance.below(9999),
            surname(first)
        ),
        4 => format!("Letter from {first} to {}", surname(last)),
        5 => format!("Telegram From the Embassy in {place} to the Department of State"),
        6 => format!("Report from the Head of the Delegation in {place} to {}", surname(first)),
        7 => format!("Minutes of a Meeting of the Politburo, {place}"),
        8 => format!("Note by {first} on the Situation in {place}"),
        9 => format!("{place}, {}", chance.one(&SUBJECTS)),
        10 => format!("{first} to {last}"),
        _ => format!("Draft Report on {} in {place}", chance.one(&SUBJECTS)),
    };
    if chance.happens(700) {
        title.push_str(chance.one(&[", ", ": ", " – ", ". "]));
        for at in 0..3 + chance.below(5) {
            title.push_str(if at == 0 { "" } else { " " });
            word(chance, &mut title);
        }
    }
    title
}

/// A summary of one sentence or more.
fn summary(chance: &mut Chance, people: &[String], place: &str) -> String {
    let mut text = String::new();
    for _ in 0..2 + chance.below(5) {
        if !text.is_empty() {
            text.push(' ');
        }
        match chance.below(4) {
            0 => text.push_str(surname(chance.one(people))),
            1 => text.push_str(chance.one(people)),
            2 => text.push_str("The document"),
            _ => text.push_str(place),
        }
        for _ in 0..9 + chance.below(10) {
            text.push(' ');
            word(chance, &mut text);
        }
        if chance.happens(200) {
            text.push(' ');
            text.push_str(chance.one(&CIRCUMSTANCES));
        }
        text.push_str(chance.one(&[".", ".", ".", ";", ","]));
    }
    text
}

/// Appends `"key":"text"`, or a list.
fn pair(line: &mut String, key: &str, texts: &[String]) {
    let quoted = |text: &String| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let _ = match texts {
        [one] => write!(line, ",\"{key}\":{}", quoted(one)),
        many => {
            write!(line, ",\"{key}\":[{}]", many.iter().map(quoted).collect::<Vec<_>>().join(","))
        }
    };
}

/// A record.
fn record(number: u64, seed: u64) -> String {
    let chance = &mut Chance(
        seed.wrapping_mul(0xd134_2543_de82_ef95) ^ number.wrapping_mul(0x9e6c_63d0_876a_46ad),
    );
    chance.next();
    let people: Vec<String> = (0..2 + chance.below(2)).map(|_| person(chance)).collect();
    let places: Vec<String> = (0..=chance.below(2)).map(|_| place(chance)).collect();
    let place = places.first().map_or("", String::as_str);
    let year = 1860 + chance.below(40) + chance.below(40) + chance.below(55);
    let id = format!("series{seed}/{}/d{}", number / 500, number % 500);
    let mut line = format!("{{\"id\":\"{id}\"");
    pair(&mut line, "title", &[title(chance, &people, place)]);
    pair(&mut line, "date", &[date(chance, year)]);
    if !chance.happens(40) {
        pair(&mut line, "summary", &[summary(chance, &people, place)]);
    }
    pair(&mut line, "people", &people);
    pair(&mut line, "places", &places);
    if chance.happens(500) {
        pair(&mut line, "subjects", &[chance.one(&SUBJECTS).to_string()]);
    }
    if chance.happens(300) {
        pair(
            &mut line,
            "source",
            &[format!("PRC FMA {:03}-{:05}", chance.below(200), chance.below(20_000))],
        );
    }
    pair(&mut line, "url", &[format!("https://archive.example.org/{id}")]);
    line.push('}');
    line
}
