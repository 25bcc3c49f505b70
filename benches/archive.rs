//! A small generated archive, always the same, with titles, summaries, people and places.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use fonds::formats::read;
use fonds::formats::read::Format;
use fonds::load::page_merger::PageMerger;
use fonds::record::SourcedRecord;
use fonds::store::{Segment, Store};

/// The number of records.
pub(crate) const RECORDS: usize = 4096;

/// The words of titles and summaries, the most frequent first.
const WORDS: &[&str] = &[
    "the",
    "report",
    "meeting",
    "between",
    "foreign",
    "affairs",
    "embassy",
    "telegram",
    "Soviet",
    "government",
    "regarding",
    "conversation",
    "delegation",
    "Korea",
    "negotiations",
    "minister",
    "assistance",
    "situation",
    "military",
    "economic",
    "stabilisation",
    "statement",
    "Yalta",
    "communiqué",
    "armistice",
    "Łódź",
    "trade",
    "mission",
    "secretary",
    "draft",
    "treaty",
    "question",
    "request",
    "strategic",
    "note",
    "Québec",
    "borders",
    "relief",
    "staff",
    "station",
];
/// The names of people.
const PEOPLE: &[&str] = &[
    "Stalin",
    "Soong, T.V.",
    "Molotov, V.M.",
    "Harriman, W. Averell",
    "Kim Il Sung",
    "Dulles, John",
    "Khrushchev, N.S.",
    "Mao Zedong",
    "Rola-Żymierski, M.",
    "Acheson, Dean",
    "Chiang Kai-shek",
];
/// The names of places.
const PLACES: &[&str] =
    &["Moscow", "Washington", "Beijing", "Łódź", "Pyongyang", "Tehran", "Paris"];

/// A pseudo-random number generator (Marsaglia's xorshift).
struct Rng(u64);

impl Rng {
    /// The next number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }

    /// One of these texts, the first ones more often.
    fn choose<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let end = self.below(all.len()) + 1;
        all.get(self.below(end)).copied().unwrap_or_default()
    }

    /// A text of `count` words.
    fn words(&mut self, count: usize) -> String {
        let mut text = self.choose(WORDS).to_owned();
        for _ in 1..count {
            text.push(' ');
            text.push_str(self.choose(WORDS));
            // Archives have many numbers and names that occur only once.
            if self.below(12) == 0 {
                let _ = write!(text, " {}{}", self.choose(PLACES), self.below(5000));
            }
        }
        text
    }
}

/// The archive as JSON Lines.
pub(crate) fn json_lines() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut rng = Rng(1);
        (0..RECORDS).map(|at| line(at, &mut rng)).collect()
    })
}

/// A record as a line.
fn line(at: usize, rng: &mut Rng) -> String {
    let (year, month, day) = (1917 + rng.below(75), 1 + rng.below(12), 1 + rng.below(28));
    let (author, recipient) = (rng.choose(PEOPLE), rng.choose(PEOPLE));
    let title = format!("{} {author} {}", rng.words(4), rng.words(5));
    let summary = format!("{recipient} {}", rng.words(70));
    let place = rng.choose(PLACES);
    format!(
        "{{\"id\":\"d{at}\",\"title\":\"{title}\",\"date\":\"{year}-{month:02}-{day:02}\",\
         \"summary\":\"{summary}\",\"people\":[\"{author}\",\"{recipient}\"],\
         \"places\":[\"{place}\"]}}\n"
    )
}

/// The archive as records.
pub(crate) fn records() -> &'static [SourcedRecord] {
    static RECORDS: OnceLock<Vec<SourcedRecord>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let mut merger = PageMerger::new();
        // Reading bytes in memory cannot fail.
        let _ = read::read("archive", json(), &mut json_lines().as_bytes(), &mut merger);
        merger.finish().records
    })
}

/// The archive in a store with two segments.
pub(crate) fn store() -> &'static Store {
    static STORE: OnceLock<Store> = OnceLock::new();
    STORE.get_or_init(|| {
        let mut store = Store::default();
        for half in records().chunks(RECORDS / 2) {
            store.append(Arc::new(Segment::build(half)));
        }
        store
    })
}

/// The format of JSON Lines.
pub(crate) fn json() -> Option<Format> {
    Format::from_name("jsonl")
}
