//! A small archive, the same every time: titles, summaries, people and places made of a few words.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use fonds::formats::read;
use fonds::formats::read::Format;
use fonds::load::page_merger::Gathering;
use fonds::record::Placed;
use fonds::store::{Segment, Store};

/// How many records there are.
pub(crate) const RECORDS: usize = 4096;

/// Words that stand in titles and summaries; the first ones are met more often.
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
/// Names.
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
/// Places.
const PLACES: &[&str] =
    &["Moscow", "Washington", "Beijing", "Łódź", "Pyongyang", "Tehran", "Paris"];

/// Numbers that look as if they were drawn by lot (Marsaglia's xorshift), the same every time.
struct Lot(u64);

impl Lot {
    /// The next number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }

    /// One of these, more often one of the first.
    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let end = self.below(all.len()) + 1;
        all.get(self.below(end)).copied().unwrap_or_default()
    }

    /// So many words.
    fn words(&mut self, many: usize) -> String {
        let mut text = self.of(WORDS).to_owned();
        for _ in 1..many {
            text.push(' ');
            text.push_str(self.of(WORDS));
            // Every archive has numbers and names of its own, most of them met once.
            if self.below(12) == 0 {
                let _ = write!(text, " {}{}", self.of(PLACES), self.below(5000));
            }
        }
        text
    }
}

/// The archive as JSON Lines.
pub(crate) fn json_lines() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut lot = Lot(1);
        (0..RECORDS).map(|at| line(at, &mut lot)).collect()
    })
}

/// A record as a line.
fn line(at: usize, lot: &mut Lot) -> String {
    let (year, month, day) = (1917 + lot.below(75), 1 + lot.below(12), 1 + lot.below(28));
    let (author, recipient) = (lot.of(PEOPLE), lot.of(PEOPLE));
    let title = format!("{} {author} {}", lot.words(4), lot.words(5));
    let summary = format!("{recipient} {}", lot.words(70));
    let place = lot.of(PLACES);
    format!(
        "{{\"id\":\"d{at}\",\"title\":\"{title}\",\"date\":\"{year}-{month:02}-{day:02}\",\
         \"summary\":\"{summary}\",\"people\":[\"{author}\",\"{recipient}\"],\
         \"places\":[\"{place}\"]}}\n"
    )
}

/// The archive as records.
pub(crate) fn records() -> &'static [Placed] {
    static RECORDS: OnceLock<Vec<Placed>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let mut gathering = Gathering::new();
        // Bytes in memory are always to be had.
        let _ = read::read("archive", json(), &mut json_lines().as_bytes(), &mut gathering);
        gathering.finish().records
    })
}

/// The archive in the store, in two segments, as a search meets them.
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
