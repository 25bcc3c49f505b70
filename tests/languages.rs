//! The tables of date words: complete, of one form, and with the words that two languages share.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fonds::record::Date;
use fonds::text::fold::fold;
use toml::{Table, Value};

/// The folder of the tables.
const LANGUAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/languages");

/// Keys that only some languages have.
const OPTIONAL_KEYS: [&str; 14] = [
    "other_day",
    "unread_part",
    "day_has_full_stop",
    "year_after",
    "month_after",
    "day_after",
    "year_before",
    "month_before",
    "day_before",
    "ten_days",
    "until_behind",
    "from_behind",
    "street",
    "suffixes.case",
];

/// Lists that no language may leave empty.
const NEEDED_WORDS: [&str; 8] =
    ["circa", "undated", "before", "after", "until", "and", "century", "received"];

/// All tables by their codes.
fn tables() -> BTreeMap<String, Table> {
    let files = std::fs::read_dir(LANGUAGES).unwrap();
    files
        .map(|file| {
            let path = file.unwrap().path();
            let code = path.file_stem().unwrap().to_string_lossy().into_owned();
            (code, std::fs::read_to_string(&path).unwrap().parse().unwrap())
        })
        .collect()
}

/// The keys of a table and of the tables in it.
fn keys(table: &Table) -> Vec<String> {
    let mut keys = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) if key != "feasts" && key != "decades" => {
                keys.extend(inner.keys().map(|name| format!("{key}.{name}")));
            }
            _ => keys.push(key.clone()),
        }
    }
    keys.retain(|key| !OPTIONAL_KEYS.iter().any(|optional| key.ends_with(optional)));
    keys.sort();
    keys
}

/// The strings of a value, at any depth.
fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(word) => vec![word],
        Value::Array(list) => list.iter().flat_map(strings).collect(),
        Value::Table(table) => table.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// The lists in a list.
fn lists<'t>(table: &'t Table, key: &str) -> Vec<Vec<&'t str>> {
    table[key].as_array().unwrap().iter().map(strings).collect()
}

#[test]
fn every_table_has_the_keys_of_the_english_one() {
    let tables = tables();
    let wanted = keys(&tables["en"]);
    for (code, table) in &tables {
        assert_eq!(keys(table), wanted, "{code}");
    }
}

#[test]
fn every_table_is_complete() {
    for (code, table) in tables() {
        assert!(table["name"].as_str().is_some_and(|name| !name.is_empty()), "{code}");
        for (key, count) in [("months", 12), ("weekdays", 7)] {
            let lists = lists(&table, key);
            assert_eq!(lists.len(), count, "{code}: {key}");
            assert!(lists.iter().all(|words| !words.is_empty()), "{code}: {key}");
        }
        for season in ["spring", "summer", "autumn", "winter"] {
            assert!(!strings(&table["seasons"][season]).is_empty(), "{code}: {season}");
        }
        for key in NEEDED_WORDS {
            assert!(!strings(&table["words"][key]).is_empty(), "{code}: {key}");
        }
    }
}

#[test]
fn words_are_lower_case_and_short_phrases() {
    for (code, table) in tables() {
        let values = table.iter().filter(|(key, _)| *key != "name").map(|(_, value)| value);
        for word in values.flat_map(strings) {
            assert_eq!(word, word.to_lowercase(), "{code}");
            assert!((1..=5).contains(&word.split(' ').count()), "{code}: {word:?}");
            assert!(!word.is_empty() && word.trim() == word, "{code}: {word:?}");
        }
    }
}

#[test]
fn a_month_word_means_one_month_in_a_language() {
    for (code, table) in tables() {
        let mut months: BTreeMap<&str, usize> = BTreeMap::new();
        for (words, month) in lists(&table, "months").into_iter().zip(1..) {
            for word in words {
                let known = *months.entry(word).or_insert(month);
                assert_eq!(known, month, "{code}: {word}");
            }
        }
    }
}

/// Words that name different months in different languages. The other words of a text decide; where
/// they do not, the date is doubtful.
#[test]
fn month_words_that_languages_share_are_known() {
    let tables = tables();
    let mut meanings: BTreeMap<&str, BTreeMap<usize, Vec<&str>>> = BTreeMap::new();
    for (code, table) in &tables {
        for (words, month) in lists(table, "months").into_iter().zip(1..) {
            for word in words {
                meanings.entry(word).or_default().entry(month).or_default().push(code);
            }
        }
    }
    let mut shared = String::new();
    for (word, months) in meanings.iter().filter(|(_, months)| months.len() > 1) {
        write!(shared, "{word}:").unwrap();
        for (month, codes) in months {
            write!(shared, " {month} in {}", codes.join(" ")).unwrap();
        }
        shared.push('\n');
    }
    insta::assert_snapshot!(shared);
}

/// What each folded word means in each language, with how it is written there.
fn meanings(tables: &BTreeMap<String, Table>) -> BTreeMap<String, Vec<(String, String, String)>> {
    let mut meanings: BTreeMap<String, Vec<(String, String, String)>> = BTreeMap::new();
    let mut add = |code: &str, meaning: String, words: &Value| {
        for word in strings(words) {
            let place = meanings.entry(fold(word)).or_default();
            place.push((code.to_owned(), meaning.clone(), word.to_owned()));
        }
    };
    for (code, table) in tables {
        for key in ["months", "weekdays", "ordinals"] {
            let lists = table.get(key).and_then(Value::as_array).into_iter().flatten();
            lists.zip(1..).for_each(|(words, number)| add(code, format!("{key} {number}"), words));
        }
        for key in ["seasons", "feasts", "decades", "words"] {
            let entries = table.get(key).and_then(Value::as_table).into_iter().flatten();
            entries.for_each(|(name, words)| add(code, name.clone(), words));
        }
    }
    meanings
}

/// What a text is read as, in EDTF.
fn edtf(text: &str) -> String {
    Date::parse(text).span().map(|span| span.to_edtf()).unwrap_or_default()
}

/// "The" is no Portuguese "thé", and "in" before a year no part of a century.
#[test]
fn a_word_that_changes_nothing_is_not_read_as_a_folded_word_of_another_language() {
    let mut wrong = String::new();
    for (word, meanings) in meanings(&tables()) {
        let of_plain = |is_filler: bool| {
            let mut plain = meanings.iter().filter(|(_, _, written)| *written == word);
            plain.any(|(_, meaning, _)| (meaning == "filler") == is_filler)
        };
        let is_folded = meanings.iter().any(|(_, _, written)| *written != word);
        if !word.is_ascii() || !is_folded || !of_plain(true) || of_plain(false) {
            continue;
        }
        let read = edtf(&format!("{word} 1962"));
        if read != "1962" {
            writeln!(wrong, "{word} 1962 → {read}").unwrap();
        }
    }
    assert_eq!(wrong, "");
}

/// Words that change nothing in some languages, are spelled alike in others, and say something of a year there. The other
/// words of a text decide; without them, the word says it.
#[test]
fn fillers_that_say_something_in_other_languages_are_known() {
    let mut read = String::new();
    for (word, meanings) in meanings(&tables()) {
        if !meanings.iter().any(|(_, meaning, _)| meaning == "filler") {
            continue;
        }
        let date = edtf(&format!("{word} 1962"));
        if date != "1962" {
            let known = meanings.iter().map(|(code, meaning, _)| format!("{meaning} in {code}"));
            let known: Vec<String> = known.collect();
            writeln!(read, "{word} 1962 → {date}: {}", known.join(", ")).unwrap();
        }
    }
    insta::assert_snapshot!(read);
}
