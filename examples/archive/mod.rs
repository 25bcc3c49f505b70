//! A generated archive of diplomatic papers. Its words, names and dates are distributed as in real ones: a
//! few words are everywhere, the vocabulary grows with the archive, and dates have every precision.

use std::fmt::Write;

use fonds::record::MONTH_NAMES;

mod words;

use words::{CLOSING_PHRASES, COMMON_WORDS, FAMOUS_PEOPLE, PLACES, SUBJECTS, SYLLABLES};

/// The records of an archive, each as a line of JSON. The same seed gives the same records.
pub(crate) fn lines(records: u64, seed: u64) -> impl Iterator<Item = String> {
    (0..records).map(move |number| record(number, seed))
}

/// The random number generator `SplitMix64` (Steele, Lea and Flood, 2014).
struct Rng(u64);

impl Rng {
    /// The next number.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// The next number below `end`.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }

    /// Returns `true` with a probability of `per_mille` in a thousand.
    fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// A rank below `end`, with a probability inversely proportional to the rank (Zipf).
    fn rank(&mut self, end: usize) -> usize {
        // Sixteen steps for each doubling approximate the distribution well enough.
        let steps = (end.max(2).ilog2() as usize) * 16;
        let step = self.below(steps);
        let (octave, part) = (step / 16, step % 16);
        let low = (1 << octave) + ((1 << octave) * part) / 16;
        let high = (1 << octave) + ((1 << octave) * (part + 1)) / 16;
        (low + self.below(high - low)).min(end) - 1
    }

    /// One of several texts, all equally likely.
    fn choose<'a, T: AsRef<str>>(&mut self, texts: &'a [T]) -> &'a str {
        texts.get(self.below(texts.len())).map_or("", AsRef::as_ref)
    }
}

/// The number of generated words, in addition to the common ones.
const RARE_WORDS: usize = 120_000;
/// The number of generated surnames.
const SURNAMES: usize = 60_000;
/// The number of generated place names.
const TOWNS: usize = 20_000;

/// Appends a generated word: its number written in syllables.
fn push_generated_word(mut number: usize, capital: bool, out: &mut String) {
    let start = out.len();
    number += SYLLABLES.len() * SYLLABLES.len();
    while number > 0 {
        out.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    if capital && let Some(first) = out[start..].chars().next() {
        let upper: String = first.to_uppercase().collect();
        out.replace_range(start..start + first.len_utf8(), &upper);
    }
}

/// Appends a word of running text. Rare words are rarer than in Zipf's law, so that the vocabulary grows
/// with about the square root of the text (Heaps' law).
fn push_word(rng: &mut Rng, out: &mut String) {
    let ranks = (0..3).map(|_| rng.rank(COMMON_WORDS.len() + RARE_WORDS));
    let rank = ranks.min().unwrap_or(0);
    match COMMON_WORDS.get(rank) {
        Some(word) => out.push_str(word),
        None => push_generated_word(rank - COMMON_WORDS.len(), false, out),
    }
}

/// A person's name: given name and surname.
fn person(rng: &mut Rng) -> String {
    let mut draw = rng.below(1_000_000);
    for (name, per_million) in FAMOUS_PEOPLE {
        if draw < *per_million {
            return (*name).to_owned();
        }
        draw -= per_million;
    }
    let mut name = String::new();
    push_generated_word(rng.below(400), true, &mut name);
    name.push(' ');
    push_generated_word(7_000 + rng.rank(SURNAMES), true, &mut name);
    name
}

/// The name of a place.
fn place(rng: &mut Rng) -> String {
    let rank = rng.rank(PLACES.len() + TOWNS);
    let mut name = String::new();
    match PLACES.get(rank) {
        Some(place) => name.push_str(place),
        None => push_generated_word(90_000 + rank, true, &mut name),
    }
    name
}

/// The surname of a person.
fn surname(name: &str) -> &str {
    name.rsplit_once(' ').map_or(name, |(_, surname)| surname)
}

/// A date as archives write it. The forms are as frequent as in finding aids and results pages.
fn date(rng: &mut Rng, year: usize) -> String {
    let (month, day) = (rng.choose(&MONTH_NAMES), 1 + rng.below(28));
    match rng.below(100) {
        0..=54 => format!("{month} {day}, {year}"),
        55..=68 => year.to_string(),
        69..=76 => format!("{month} {year}"),
        77..=83 => format!("{year}-{}", year + 1 + rng.below(9)),
        84..=87 => format!("circa {year}"),
        88..=90 => format!("{year}-{:02}-{day:02}", 1 + rng.below(12)),
        91..=92 => format!("[{year}]"),
        93..=94 => format!("{}s", year / 10 * 10),
        95 => "undated".to_owned(),
        _ => String::new(),
    }
}

/// A title.
fn title(rng: &mut Rng, people: &[String], place: &str) -> String {
    let first = people.first().map_or("", String::as_str);
    let last = people.last().map_or("", String::as_str);
    let mut title = match rng.below(12) {
        0 | 1 => format!("Memorandum of Conversation Between {first} and {last}"),
        2 => format!("Record of a Meeting Between {first} and {last}"),
        3 => format!(
            "Cable No. {}, {} to the Ambassador in {place}",
            rng.below(9999),
            surname(first)
        ),
        4 => format!("Letter from {first} to {}", surname(last)),
        5 => format!("Telegram From the Embassy in {place} to the Department of State"),
        6 => format!("Report from the Head of the Delegation in {place} to {}", surname(first)),
        7 => format!("Minutes of a Meeting of the Politburo, {place}"),
        8 => format!("Note by {first} on the Situation in {place}"),
        9 => format!("{place}, {}", rng.choose(&SUBJECTS)),
        10 => format!("{first} to {last}"),
        _ => format!("Draft Report on {} in {place}", rng.choose(&SUBJECTS)),
    };
    if rng.chance(700) {
        title.push_str(rng.choose(&[", ", ": ", " – ", ". "]));
        for at in 0..3 + rng.below(5) {
            title.push_str(if at == 0 { "" } else { " " });
            push_word(rng, &mut title);
        }
    }
    title
}

/// A summary of several sentences.
fn summary(rng: &mut Rng, people: &[String], place: &str) -> String {
    let mut text = String::new();
    for _ in 0..2 + rng.below(5) {
        if !text.is_empty() {
            text.push(' ');
        }
        match rng.below(4) {
            0 => text.push_str(surname(rng.choose(people))),
            1 => text.push_str(rng.choose(people)),
            2 => text.push_str("The document"),
            _ => text.push_str(place),
        }
        for _ in 0..9 + rng.below(10) {
            text.push(' ');
            push_word(rng, &mut text);
        }
        if rng.chance(200) {
            text.push(' ');
            text.push_str(rng.choose(&CLOSING_PHRASES));
        }
        text.push_str(rng.choose(&[".", ".", ".", ";", ","]));
    }
    text
}

/// Appends `"key":"text"`, or a list.
fn push_field(line: &mut String, key: &str, texts: &[String]) {
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
    let rng = &mut Rng(
        seed.wrapping_mul(0xd134_2543_de82_ef95) ^ number.wrapping_mul(0x9e6c_63d0_876a_46ad)
    );
    rng.next();
    let people: Vec<String> = (0..2 + rng.below(2)).map(|_| person(rng)).collect();
    let places: Vec<String> = (0..=rng.below(2)).map(|_| place(rng)).collect();
    let place = places.first().map_or("", String::as_str);
    let year = 1860 + rng.below(40) + rng.below(40) + rng.below(55);
    let id = format!("series{seed}/{}/d{}", number / 500, number % 500);
    let mut line = format!("{{\"id\":\"{id}\"");
    push_field(&mut line, "title", &[title(rng, &people, place)]);
    push_field(&mut line, "date", &[date(rng, year)]);
    if !rng.chance(40) {
        push_field(&mut line, "summary", &[summary(rng, &people, place)]);
    }
    push_field(&mut line, "people", &people);
    push_field(&mut line, "places", &places);
    if rng.chance(500) {
        push_field(&mut line, "subjects", &[rng.choose(&SUBJECTS).to_string()]);
    }
    if rng.chance(300) {
        push_field(
            &mut line,
            "source",
            &[format!("PRC FMA {:03}-{:05}", rng.below(200), rng.below(20_000))],
        );
    }
    push_field(&mut line, "url", &[format!("https://archive.example.org/{id}")]);
    line.push('}');
    line
}
