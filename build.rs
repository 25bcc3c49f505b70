//! Compiles the words of dates, the names of fields and the themes in `assets/` into tables for the program.

#![allow(clippy::expect_used, reason = "a build script reports an error by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml::{Table, Value};

#[path = "src/record/date/text/fold.rs"]
mod fold;

#[path = "build/field_names.rs"]
mod field_names;

use fold::fold_words;

/// The senses of each word, as Rust expressions, with the languages as bits.
type Words = BTreeMap<String, BTreeMap<String, u32>>;

/// The patterns of all variants of `Sense`. The index of a pattern is the number of its bit.
const SENSES: [&str; 63] = [
    "Month(_)",
    "Weekday(_)",
    "Ordinal(_)",
    "Season(_)",
    "Feast(_)",
    "Decade(_)",
    "CalendarMonth(..)",
    "CalendarName(_)",
    "Era(_)",
    "EraSign(_)",
    "Circa",
    "Uncertain",
    "Undated",
    "Part",
    "Fraction",
    "Quarter",
    "Before",
    "After",
    "NotBefore",
    "NotAfter",
    "OrEarlier",
    "OrLater",
    "From",
    "Until",
    "Between",
    "And",
    "Or",
    "Ongoing",
    "Century",
    "DecadeWord",
    "Year",
    "MonthWord",
    "Day",
    "YearAfter",
    "MonthAfter",
    "DayAfter",
    "YearBefore",
    "MonthBefore",
    "DayBefore",
    "Bc",
    "Ad",
    "Bulk",
    "Received",
    "Written",
    "Hour",
    "Time",
    "At",
    "Zone",
    "Fiscal",
    "OldStyle",
    "NewStyle",
    "Corrected",
    "Born",
    "Died",
    "Reference",
    "Counted",
    "Filler",
    "OtherDay",
    "TenDays(_)",
    "UntilBehind",
    "FromBehind",
    "Street",
    "UnreadPart",
];

/// The patterns of the senses of suffixes. No token is one, so that they have no bit.
const SUFFIX_SENSES: &str =
    "SuffixOrdinal | Sense::SuffixCase | Sense::SuffixDecade | Sense::SuffixDecadeOrCentury";

/// The number of slots of the hash table per word.
const SLOTS_PER_WORD: usize = 3;

fn main() {
    let assets = Path::new("assets");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/field_names.rs");
    println!("cargo::rerun-if-changed=src/record/date/text/fold.rs");
    println!("cargo::rerun-if-changed=src/formats/field_names/fold.rs");
    for name in ["languages", "fields", "themes", "calendars.toml", "eras.toml"] {
        println!("cargo::rerun-if-changed=assets/{name}");
    }
    let mut builder = TableBuilder::default();
    let files = language_files(&assets.join("languages"));
    for (path, bit) in files.iter().zip(0..) {
        builder.add_language(&read_table(path), 1 << bit);
    }
    builder.add_calendars(&read_table(&assets.join("calendars.toml")));
    builder.add_eras(&read_table(&assets.join("eras.toml")));
    let names: Vec<String> = files.iter().map(|path| stem(path)).collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("date_words.rs"), builder.into_source(&names)).expect("OUT_DIR is writable");
    let fields = assets.join("fields");
    fs::write(out.join("field_names.rs"), field_names::source(&fields))
        .expect("OUT_DIR is writable");
    fs::write(out.join("name_words.rs"), field_names::words_source(&fields))
        .expect("OUT_DIR is writable");
    fs::write(out.join("themes.rs"), theme_table(&assets.join("themes")))
        .expect("OUT_DIR is writable");
}

/// Returns the source of the table of themes: the name of each file, its first comment and its text.
fn theme_table(folder: &Path) -> String {
    let mut source = String::from("&[\n");
    for path in language_files(folder) {
        let text = fs::read_to_string(&path).expect("a theme is readable");
        let comment = text.lines().next().and_then(|line| line.strip_prefix("# "));
        let description = comment.expect("a theme begins with a comment").trim_end_matches('.');
        let row = (stem(&path), description, &text);
        writeln!(source, "({:?}, {:?}, {:?}),", row.0, row.1, row.2).expect("a string takes all");
    }
    source + "]"
}

/// Returns the tables of a folder in the order of their names.
fn language_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    assert!(files.len() < 32, "a language is one bit of 32");
    files
}

/// Returns the name of a file without its ending.
fn stem(path: &Path) -> String {
    path.file_stem().expect("a file has a name").to_string_lossy().into_owned()
}

/// Reads a TOML file.
fn read_table(path: &Path) -> Table {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Collects words and suffixes from the tables.
#[derive(Default)]
struct TableBuilder {
    words: Words,
    /// The languages that write each word without accents.
    unaccented: BTreeMap<String, u32>,
    suffixes: Words,
    /// The languages that write a full stop behind the number of a day.
    day_stop_languages: u32,
    /// The eras, as Rust expressions.
    eras: Vec<String>,
}

impl TableBuilder {
    /// Adds all words of a language.
    fn add_language(&mut self, table: &Table, language: u32) {
        if table.get("day_has_full_stop").and_then(Value::as_bool) == Some(true) {
            self.day_stop_languages |= language;
        }
        for (key, sense) in [("months", "Month"), ("weekdays", "Weekday"), ("ordinals", "Ordinal")]
        {
            for (words, number) in list(table.get(key)).iter().zip(1..) {
                self.add_all(words, &format!("{sense}({number})"), language);
            }
        }
        for (season, code) in [("spring", 21), ("summer", 22), ("autumn", 23), ("winter", 24)] {
            self.add_all(entry(table, "seasons", season), &format!("Season({code})"), language);
        }
        for (key, words) in sub_table(table, "feasts") {
            self.add_all(words, &format!("Feast({key:?})"), language);
        }
        for (tens, words) in sub_table(table, "decades") {
            self.add_all(words, &format!("Decade({tens})"), language);
        }
        for (key, words) in sub_table(table, "words") {
            let sense = match key.as_str() {
                "decade" => "DecadeWord".to_owned(),
                "month" => "MonthWord".to_owned(),
                "first_ten_days" => "TenDays(1)".to_owned(),
                "middle_ten_days" => "TenDays(2)".to_owned(),
                "last_ten_days" => "TenDays(3)".to_owned(),
                other => camel_case(other),
            };
            self.add_all(words, &sense, language);
        }
        for (key, suffixes) in sub_table(table, "suffixes") {
            for suffix in strings(suffixes) {
                let senses = self.suffixes.entry(fold_words(suffix)).or_default();
                *senses.entry(format!("Suffix{}", camel_case(key))).or_default() |= language;
            }
        }
    }

    /// Adds the months and the names of other calendars.
    fn add_calendars(&mut self, table: &Table) {
        for (name, calendar) in table {
            let calendar = calendar.as_table().unwrap_or_else(|| panic!("{name} is a table"));
            let variant = camel_case(name);
            for (words, number) in list(calendar.get("months")).iter().zip(1..) {
                let sense = format!("CalendarMonth(Calendar::{variant}, {number})");
                self.add_all(words, &sense, u32::MAX);
            }
            if let Some(names) = calendar.get("names") {
                self.add_all(names, &format!("CalendarName(Calendar::{variant})"), u32::MAX);
            }
        }
    }

    /// Adds the names of eras, whose years are counted from their beginning.
    fn add_eras(&mut self, table: &Table) {
        for era in list(table.get("era")) {
            let era = era.as_table().expect("an era is a table");
            let number = |key| era.get(key).and_then(Value::as_integer);
            let first = number("first").expect("an era has a first year");
            let smallest = number("least").unwrap_or(1);
            let last = number("last").unwrap_or(9999);
            let last_lunar = match era.get("lunar") {
                Some(Value::String(_)) => last,
                lunar => lunar.and_then(Value::as_integer).unwrap_or(0),
            };
            let index = self.eras.len();
            self.add_all(&era["names"], &format!("Era({index})"), u32::MAX);
            if let Some(signs) = era.get("signs") {
                self.add_all(signs, &format!("EraSign({index})"), u32::MAX);
            }
            let offset = first - 1;
            self.eras.push(format!(
                "Era {{ offset: {offset}, least: {smallest}, last: {last}, last_lunar: {last_lunar}, \
                 new_year: {:?}, new_year_last: {} }}",
                era.get("new_year").and_then(Value::as_str).map(month_and_day),
                number("new_year_last").unwrap_or(last),
            ));
        }
    }

    /// Adds words with one sense.
    fn add_all(&mut self, words: &Value, sense: &str, language: u32) {
        for word in strings(words) {
            let key = fold_words(word);
            assert!(!key.is_empty(), "{word:?} has no letters");
            if word == key {
                *self.unaccented.entry(key.clone()).or_default() |= language;
            }
            *self.words.entry(key).or_default().entry(sense.to_owned()).or_default() |= language;
        }
    }

    /// Writes the tables as Rust source.
    fn into_source(mut self, languages: &[String]) -> String {
        let longest = self.longest_phrases();
        let mut source = format!(
            "pub(in super::super) const DAY_STOP_LANGUAGES: u32 = {};\n",
            self.day_stop_languages
        );
        writeln!(
            source,
            "pub(in super::super) static LANGUAGES: [&str; {}] = {languages:?};",
            languages.len()
        )
        .expect("a string takes all");
        for first in longest.keys() {
            self.words.entry(first.clone()).or_default();
        }
        write_entries(&mut source, "WORDS", &self.words, |word| {
            let unaccented = self.unaccented.get(word).copied().unwrap_or(0);
            (longest.get(word).copied().unwrap_or(1), unaccented)
        });
        write_entries(&mut source, "SUFFIXES", &self.suffixes, |_| (1, 0));
        let is_month =
            |senses: &BTreeMap<String, u32>| senses.keys().any(|sense| sense.starts_with("Month("));
        let months = self.words.values().zip(0..).filter(|(senses, _)| is_month(senses));
        let months: Vec<u16> = months.map(|(_, index)| index).collect();
        writeln!(source, "pub(super) static MONTHS: [u16; {}] = {months:?};", months.len())
            .expect("a string takes all");
        let eras = self.eras.join(", ");
        writeln!(source, "pub(super) static ERAS: [Era; {}] = [{eras}];", self.eras.len())
            .expect("a string takes all");
        write_slots(&mut source, &self.words);
        write_bits(&mut source);
        source
    }

    /// Returns the number of words of the longest phrase that begins with each word.
    fn longest_phrases(&self) -> BTreeMap<String, usize> {
        let mut longest = BTreeMap::new();
        for phrase in self.words.keys() {
            let count = phrase.split(' ').count();
            if count > 1
                && let Some(first) = phrase.split(' ').next()
            {
                let known = longest.entry(first.to_owned()).or_insert(1);
                *known = count.max(*known);
            }
        }
        longest
    }
}

/// Writes a sorted table of words. `extra` gives the number of words of the longest phrase that begins with a word, and the
/// languages that write it without accents.
fn write_entries(
    source: &mut String,
    name: &str,
    words: &Words,
    extra: impl Fn(&str) -> (usize, u32),
) {
    writeln!(source, "pub(super) static {name}: [Entry; {}] = [", words.len())
        .expect("a string takes all");
    for (word, senses) in words {
        let senses: Vec<String> = senses
            .iter()
            .map(|(sense, languages)| format!("(Sense::{sense}, {languages})"))
            .collect();
        let (longest, unaccented) = extra(word);
        let senses = senses.join(", ");
        writeln!(
            source,
            "Entry {{ word: {word:?}, senses: &[{senses}], longest_phrase: {longest}, \
             unaccented: {unaccented} }},"
        )
        .expect("a string takes all");
    }
    source.push_str("];\n");
}

/// Writes the hash table: each slot has the index of a word, counted from 1, or 0.
fn write_slots(source: &mut String, words: &Words) {
    let size = (words.len() * SLOTS_PER_WORD).next_power_of_two();
    let mut slots = vec![0_usize; size];
    for (word, index) in words.keys().zip(1..) {
        let mut slot = fold::hash(word.as_bytes()) as usize % size;
        while slots[slot] != 0 {
            slot = (slot + 1) % size;
        }
        slots[slot] = index;
    }
    writeln!(source, "pub(super) static SLOTS: [u16; {size}] = {slots:?};")
        .expect("a string takes all");
}

/// Writes the function that gives each sense its bit.
fn write_bits(source: &mut String) {
    source.push_str("impl Sense {\n/// The bit of the sense in a set of senses.\n");
    source.push_str("#[allow(clippy::too_many_lines, reason = \"a line for each sense\")]\n");
    source.push_str("pub(in super::super) const fn bit(self) -> u64 {\nmatch self {\n");
    for (sense, bit) in SENSES.iter().zip(0..) {
        writeln!(source, "Sense::{sense} => 1 << {bit},").expect("a string takes all");
    }
    writeln!(source, "Sense::{SUFFIX_SENSES} => 0,").expect("a string takes all");
    source.push_str("}\n}\n}\n");
}

/// Returns a month and a day that are written with two digits each: `04-13`.
fn month_and_day(text: &str) -> (u8, u8) {
    let (month, day) = text.split_once('-').expect("a month and a day");
    let number = |digits: &str| digits.parse().unwrap_or_else(|_| panic!("{text} has numbers"));
    (number(month), number(day))
}

/// Returns a list, or an empty one.
fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Returns the strings in a list of strings.
fn strings(value: &Value) -> impl Iterator<Item = &str> {
    let list = value.as_array().unwrap_or_else(|| panic!("{value} is a list"));
    list.iter().map(|word| word.as_str().unwrap_or_else(|| panic!("{word} is a string")))
}

/// Returns the entries of a table in a table.
fn sub_table<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = (&'t String, &'t Value)> {
    table.get(key).and_then(Value::as_table).into_iter().flatten()
}

/// Returns an entry of a table in a table.
fn entry<'t>(table: &'t Table, key: &str, name: &str) -> &'t Value {
    table
        .get(key)
        .and_then(|table| table.get(name))
        .unwrap_or_else(|| panic!("{key}.{name} is missing"))
}

/// Turns a key such as `or_earlier` into the name of a variant.
fn camel_case(key: &str) -> String {
    let capitalize = |part: &str| {
        let (first, rest) = part.split_at(1);
        first.to_uppercase() + rest
    };
    key.split('_').filter(|part| !part.is_empty()).map(capitalize).collect()
}
