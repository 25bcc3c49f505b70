//! Days of other calendars, and days that are named by feasts.

use std::collections::{HashMap, HashSet};

use calendrical_calculations::{gregorian, julian};
use fonds::record::Day;
use fonds::record::date::calendar::{Calendar, days, is_same_day_in_both_calendars};
use fonds::record::date::feast::{self, Feast};
use proptest::prelude::*;

const CALENDARS: [Calendar; 7] = [
    Calendar::Julian,
    Calendar::Republican,
    Calendar::Islamic,
    Calendar::Hebrew,
    Calendar::Ethiopian,
    Calendar::Coptic,
    Calendar::Persian,
];

/// A date with 0 for a month or day that is not given, and its first and last day.
type Row = (Calendar, i64, u8, u8, &'static str, &'static str);

/// Days, months and years that are known from history or from published tables.
const KNOWN: &[Row] = &[
    (Calendar::Julian, 1917, 10, 25, "1917-11-07", "1917-11-07"),
    (Calendar::Julian, 1881, 3, 1, "1881-03-13", "1881-03-13"),
    (Calendar::Julian, 1825, 12, 14, "1825-12-26", "1825-12-26"),
    (Calendar::Julian, 1732, 2, 11, "1732-02-22", "1732-02-22"),
    (Calendar::Julian, 1700, 2, 28, "1700-03-10", "1700-03-10"),
    (Calendar::Julian, 1700, 2, 29, "1700-03-11", "1700-03-11"),
    (Calendar::Julian, 1582, 10, 4, "1582-10-14", "1582-10-14"),
    (Calendar::Julian, 1900, 2, 0, "1900-02-13", "1900-03-13"),
    (Calendar::Julian, 1917, 0, 0, "1917-01-14", "1918-01-13"),
    (Calendar::Julian, -43, 3, 15, "-0043-03-13", "-0043-03-13"),
    (Calendar::Republican, 1, 1, 1, "1792-09-22", "1792-09-22"),
    (Calendar::Republican, 2, 9, 20, "1794-06-08", "1794-06-08"),
    (Calendar::Republican, 2, 11, 9, "1794-07-27", "1794-07-27"),
    (Calendar::Republican, 3, 1, 0, "1794-09-22", "1794-10-21"),
    (Calendar::Republican, 3, 13, 6, "1795-09-22", "1795-09-22"),
    (Calendar::Republican, 4, 1, 13, "1795-10-05", "1795-10-05"),
    (Calendar::Republican, 5, 12, 18, "1797-09-04", "1797-09-04"),
    (Calendar::Republican, 8, 2, 12, "1799-11-03", "1799-11-03"),
    (Calendar::Republican, 8, 2, 18, "1799-11-09", "1799-11-09"),
    (Calendar::Republican, 8, 6, 8, "1800-02-27", "1800-02-27"),
    (Calendar::Republican, 9, 4, 3, "1800-12-24", "1800-12-24"),
    (Calendar::Republican, 11, 13, 0, "1803-09-18", "1803-09-23"),
    (Calendar::Republican, 12, 8, 28, "1804-05-18", "1804-05-18"),
    (Calendar::Republican, 13, 3, 11, "1804-12-02", "1804-12-02"),
    (Calendar::Republican, 14, 4, 10, "1805-12-31", "1805-12-31"),
    (Calendar::Republican, 14, 4, 0, "1805-12-22", "1805-12-31"),
    (Calendar::Republican, 14, 0, 0, "1805-09-23", "1805-12-31"),
    (Calendar::Republican, 12, 0, 0, "1803-09-24", "1804-09-22"),
    (Calendar::Republican, 79, 8, 16, "1871-05-06", "1871-05-06"),
    (Calendar::Republican, 79, 9, 3, "1871-05-23", "1871-05-23"),
    (Calendar::Islamic, 1, 1, 1, "0622-07-19", "0622-07-19"),
    // One day after the day that was kept.
    (Calendar::Islamic, 1364, 9, 22, "1945-08-31", "1945-08-31"),
    (Calendar::Islamic, 857, 5, 20, "1453-06-07", "1453-06-07"),
    (Calendar::Islamic, 1400, 1, 1, "1979-11-21", "1979-11-21"),
    (Calendar::Islamic, 1255, 8, 26, "1839-11-04", "1839-11-04"),
    (Calendar::Islamic, 1364, 0, 0, "1944-12-17", "1945-12-05"),
    (Calendar::Hebrew, 5705, 13, 16, "1945-07-26", "1945-07-26"),
    (Calendar::Hebrew, 5710, 1, 1, "1949-09-24", "1949-09-24"),
    (Calendar::Hebrew, 5708, 10, 5, "1948-05-14", "1948-05-14"),
    (Calendar::Hebrew, 5727, 10, 28, "1967-06-07", "1967-06-07"),
    (Calendar::Hebrew, 5703, 9, 14, "1943-04-19", "1943-04-19"),
    (Calendar::Hebrew, 5699, 2, 15, "1938-11-09", "1938-11-09"),
    (Calendar::Hebrew, 5252, 13, 9, "1492-08-11", "1492-08-11"),
    (Calendar::Hebrew, 5705, 6, 1, "1945-02-14", "1945-02-14"),
    (Calendar::Hebrew, 5706, 7, 1, "1946-02-02", "1946-02-02"),
    (Calendar::Hebrew, 5706, 8, 29, "1946-04-01", "1946-04-01"),
    // Adar alone in a year that has two.
    (Calendar::Hebrew, 5706, 6, 0, "1946-02-02", "1946-04-01"),
    (Calendar::Hebrew, 5706, 6, 1, "1946-02-02", "1946-03-04"),
    (Calendar::Hebrew, 5706, 6, 30, "1946-03-03", "1946-03-03"),
    (Calendar::Hebrew, 5705, 0, 0, "1944-09-18", "1945-09-07"),
    (Calendar::Ethiopian, 1888, 6, 23, "1896-03-01", "1896-03-01"),
    (Calendar::Ethiopian, 1967, 1, 2, "1974-09-12", "1974-09-12"),
    (Calendar::Ethiopian, 2000, 1, 1, "2007-09-12", "2007-09-12"),
    (Calendar::Ethiopian, 1999, 13, 6, "2007-09-11", "2007-09-11"),
    (Calendar::Ethiopian, 1923, 2, 23, "1930-11-02", "1930-11-02"),
    (Calendar::Coptic, 1, 1, 1, "0284-08-29", "0284-08-29"),
    (Calendar::Coptic, 1700, 1, 1, "1983-09-12", "1983-09-12"),
    (Calendar::Coptic, 1741, 4, 29, "2025-01-07", "2025-01-07"),
    (Calendar::Persian, 1304, 9, 21, "1925-12-12", "1925-12-12"),
    (Calendar::Persian, 1332, 5, 28, "1953-08-19", "1953-08-19"),
    (Calendar::Persian, 1357, 11, 22, "1979-02-11", "1979-02-11"),
    (Calendar::Persian, 1329, 12, 29, "1951-03-20", "1951-03-20"),
    (Calendar::Persian, 1320, 6, 3, "1941-08-25", "1941-08-25"),
    (Calendar::Persian, 1403, 12, 30, "2025-03-20", "2025-03-20"),
    (Calendar::Persian, 1332, 0, 0, "1953-03-21", "1954-03-20"),
];

/// Dates that do not exist.
const UNKNOWN: &[(Calendar, i64, u8, u8)] = &[
    (Calendar::Julian, 1917, 2, 29),
    (Calendar::Julian, 1917, 13, 0),
    (Calendar::Julian, 1917, 4, 31),
    (Calendar::Julian, 1917, 0, 7),
    (Calendar::Julian, 10_000, 0, 0),
    (Calendar::Republican, 0, 1, 1),
    (Calendar::Republican, 2, 13, 6),
    (Calendar::Republican, 2, 1, 31),
    (Calendar::Republican, 14, 4, 11),
    (Calendar::Republican, 14, 5, 0),
    (Calendar::Republican, 15, 0, 0),
    (Calendar::Republican, 1795, 0, 0),
    (Calendar::Islamic, 1364, 2, 30),
    (Calendar::Islamic, 0, 1, 1),
    (Calendar::Islamic, 1364, 13, 1),
    (Calendar::Hebrew, 5705, 7, 1),
    (Calendar::Hebrew, 5705, 8, 0),
    (Calendar::Hebrew, 5705, 14, 30),
    (Calendar::Hebrew, 5705, 15, 1),
    (Calendar::Ethiopian, 1888, 13, 6),
    (Calendar::Ethiopian, 1888, 6, 31),
    (Calendar::Coptic, 1741, 14, 1),
    (Calendar::Persian, 1404, 12, 30),
    (Calendar::Persian, 1404, 7, 31),
];

/// Returns the days of a date that is written with 0 for what is not given.
fn days_of(calendar: Calendar, year: i64, month: u8, day: u8) -> Option<(Day, Day)> {
    let given = |number: u8| (number != 0).then_some(number);
    days(calendar, year, given(month), given(day))
}

#[test]
fn known_days() {
    let mut wrong = Vec::new();
    for &(calendar, year, month, day, first, last) in KNOWN {
        let found = days_of(calendar, year, month, day)
            .map_or_else(String::new, |(first, last)| format!("{first}..{last}"));
        if found != format!("{first}..{last}") {
            wrong.push(format!("{calendar:?} {year}-{month}-{day}: {found}, not {first}..{last}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn days_that_do_not_exist() {
    for &(calendar, year, month, day) in UNKNOWN {
        let found = days_of(calendar, year, month, day);
        assert_eq!(found, None, "{calendar:?} {year}-{month}-{day}");
    }
}

/// The months of a year that follow each other: Adar, or Adar I and II.
fn months_in_order(calendar: Calendar, year: i64) -> Vec<u8> {
    let is_leap = days(Calendar::Hebrew, year, Some(7), None).is_some();
    let is_own = |month: &u8| match (calendar, month) {
        (Calendar::Hebrew, 6) => !is_leap,
        (Calendar::Hebrew, 7 | 8) => is_leap,
        _ => true,
    };
    (1..=calendar.month_count()).filter(is_own).collect()
}

#[test]
fn months_tile_years_and_days_tile_months() {
    for calendar in CALENDARS {
        let mut years: Vec<i64> = (1..=14).chain([79]).collect();
        if calendar != Calendar::Republican {
            years.extend(1250..=2100);
            years.extend(5400..=5800);
            years.push(9999);
        }
        for year in years {
            let (first, last) = days(calendar, year, None, None).unwrap();
            let mut next = first;
            for month in months_in_order(calendar, year) {
                let Some(bounds) = days(calendar, year, Some(month), None) else { continue };
                assert_eq!(bounds.0, next, "{calendar:?} {year}-{month}");
                for day in 1..=u8::MAX {
                    let Some(found) = days(calendar, year, Some(month), Some(day)) else { break };
                    assert_eq!(found, (next, next), "{calendar:?} {year}-{month}-{day}");
                    next = next.next();
                }
                assert_eq!(bounds.1, next.previous(), "{calendar:?} {year}-{month}");
            }
            assert_eq!(last.next(), next, "{calendar:?} {year}");
            if let Some(following) = days(calendar, year + 1, None, None) {
                assert_eq!(following.0, next, "{calendar:?} {year}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_numbers_give_days_in_order(
        year in prop_oneof![any::<i64>(), -12_000..12_000_i64],
        month in any::<Option<u8>>(),
        day in any::<Option<u8>>(),
    ) {
        for calendar in CALENDARS {
            for month in [month, month.map(|month| month % 16)] {
                if let Some((first, last)) = days(calendar, year, month, day) {
                    prop_assert!(first <= last);
                    prop_assert!(last.0 - first.0 < 400);
                }
            }
        }
        for (_, feast) in Feast::all() {
            let (found, _, _) = feast::day(feast, year).to_ymd();
            if (-9999..=9999).contains(&year) {
                prop_assert_eq!(found, year);
            }
        }
        let date = (year, month.unwrap_or(0), day.unwrap_or(0));
        let _ = is_same_day_in_both_calendars(date, date);
    }
}

/// A Julian and a Gregorian date, and whether they are the same day.
type Pair = ((i64, u8, u8), (i64, u8, u8), bool);

const PAIRS: &[Pair] = &[
    ((1917, 10, 25), (1917, 11, 7), true),
    ((1917, 10, 25), (1917, 11, 8), false),
    ((1917, 11, 7), (1917, 10, 25), false),
    ((1899, 12, 24), (1900, 1, 5), true),
    ((1582, 10, 5), (1582, 10, 15), true),
    ((1582, 10, 4), (1582, 10, 14), false),
    ((1688, 11, 5), (1688, 11, 15), true),
    ((1752, 9, 2), (1752, 9, 13), true),
    ((1700, 2, 29), (1700, 3, 11), true),
    ((1800, 2, 29), (1800, 3, 12), true),
    ((1900, 2, 28), (1900, 3, 12), true),
    ((1900, 2, 29), (1900, 3, 13), true),
    ((1900, 2, 30), (1900, 3, 14), false),
    ((1917, 2, 18), (1917, 2, 31), false),
    ((1917, 0, 0), (1917, 0, 0), false),
    ((1, 1, 1), (1, 1, 1), false),
];

#[test]
fn julian_and_gregorian_pairs() {
    for &(julian, gregorian, expected) in PAIRS {
        let found = is_same_day_in_both_calendars(julian, gregorian);
        assert_eq!(found, expected, "{julian:?} and {gregorian:?}");
    }
}

/// Feasts by key, year and day.
const FEASTS: &[(&str, i64, &str)] = &[
    ("new_year", 1900, "1900-01-01"),
    ("new_year_eve", 1999, "1999-12-31"),
    ("epiphany", 1946, "1946-01-06"),
    ("candlemas", 1745, "1745-02-02"),
    ("annunciation", 1603, "1603-03-25"),
    ("ash_wednesday", 1945, "1945-02-14"),
    ("ash_wednesday", 2024, "2024-02-14"),
    ("palm_sunday", 1945, "1945-03-25"),
    ("maundy_thursday", 1945, "1945-03-29"),
    ("good_friday", 1930, "1930-04-18"),
    ("easter", 1583, "1583-04-10"),
    ("easter", 1761, "1761-03-22"),
    ("easter", 1818, "1818-03-22"),
    ("easter", 1886, "1886-04-25"),
    ("easter", 1943, "1943-04-25"),
    ("easter", 1954, "1954-04-18"),
    ("easter", 1981, "1981-04-19"),
    ("easter", 2024, "2024-03-31"),
    ("easter_monday", 1916, "1916-04-24"),
    ("ascension", 1945, "1945-05-10"),
    ("pentecost", 1945, "1945-05-20"),
    ("whit_monday", 1945, "1945-05-21"),
    ("corpus_christi", 1945, "1945-05-31"),
    ("midsummer", 1314, "1314-06-24"),
    ("assumption", 1944, "1944-08-15"),
    ("michaelmas", 1688, "1688-09-29"),
    ("all_saints", 1755, "1755-11-01"),
    ("martinmas", 1918, "1918-11-11"),
    ("christmas_eve", 1944, "1944-12-24"),
    ("christmas", 800, "0800-12-25"),
    // As the Julian calendar has them.
    ("easter", 1450, "1450-04-05"),
    ("easter", 1179, "1179-04-01"),
    ("easter", 1243, "1243-04-12"),
    ("easter_monday", 1282, "1282-03-30"),
    ("ash_wednesday", 1500, "1500-03-04"),
    ("ash_wednesday", 1450, "1450-02-18"),
    ("pentecost", 1431, "1431-05-20"),
];

#[test]
fn days_of_feasts() {
    for &(key, year, expected) in FEASTS {
        let feast = Feast::from_key(key).unwrap();
        assert_eq!(feast::day(feast, year).to_string(), expected, "{key} {year}");
    }
    assert_eq!(Feast::from_key("Easter"), None);
}

/// The two algorithms give the days of *Calendrical Calculations*.
#[test]
fn easter_of_all_years() {
    for year in 1583..4100 {
        let easter = gregorian::gregorian_from_fixed(gregorian::easter(year)).unwrap();
        let found = feast::day(Feast::Easter, i64::from(year)).to_ymd();
        assert_eq!(found, (i64::from(easter.0), easter.1, easter.2));
    }
    for year in 1..1583 {
        let easter = julian::julian_from_fixed(julian::easter(year)).unwrap();
        let found = feast::day(Feast::Easter, i64::from(year)).to_ymd();
        assert_eq!(found, (i64::from(easter.0), easter.1, easter.2));
    }
}

/// The feasts of every language are known, and every feast has a name in English.
#[test]
fn keys_of_feasts() {
    let languages = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/languages");
    for entry in std::fs::read_dir(languages).unwrap() {
        let path = entry.unwrap().path();
        let table: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        let keys: HashSet<&str> =
            table["feasts"].as_table().unwrap().keys().map(|k| &**k).collect();
        let known: HashSet<&str> = Feast::all().map(|(key, _)| key).collect();
        assert!(keys.is_subset(&known), "{}: {keys:?}", path.display());
        assert!(!path.ends_with("en.toml") || keys == known, "{keys:?}");
    }
}

/// Reads a table of the assets.
fn asset(name: &str) -> toml::Table {
    let path = format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// The texts of a list of texts.
fn texts(list: &toml::Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// Whether a word is written as the reader of dates looks it up.
fn is_lookup_form(word: &str) -> bool {
    let parts: Vec<&str> = word.split(' ').collect();
    word.to_lowercase() == word
        && (1..=5).contains(&parts.len())
        && parts.iter().all(|part| !part.is_empty() && !part.contains(['.', '-', '\'', '’']))
}

#[test]
fn words_of_calendars() {
    let table = asset("calendars.toml");
    let calendars = [
        ("republican", Calendar::Republican),
        ("islamic", Calendar::Islamic),
        ("hebrew", Calendar::Hebrew),
        ("ethiopian", Calendar::Ethiopian),
        ("coptic", Calendar::Coptic),
        ("persian", Calendar::Persian),
    ];
    assert_eq!(table.len(), calendars.len());
    for (key, calendar) in calendars {
        let months = table[key]["months"].as_array().unwrap();
        assert_eq!(months.len(), usize::from(calendar.month_count()), "{key}");
        let mut seen = HashSet::new();
        for word in months.iter().flat_map(texts) {
            assert!(is_lookup_form(word), "{key}: {word:?}");
            assert!(seen.insert(word), "{key}: {word:?} is two months");
        }
        for word in texts(&table[key]["names"]) {
            assert!(is_lookup_form(word), "{key}: {word:?}");
            assert!(seen.insert(word), "{key}: {word:?} is a name and a month");
        }
    }
}

/// Years of eras and the Gregorian years in which they began.
const YEARS_OF_ERAS: &[(&str, i64, i64)] = &[
    ("元禄", 15, 1702),
    ("嘉永", 6, 1853),
    ("慶応", 4, 1868),
    ("明治", 37, 1904),
    ("大正", 12, 1923),
    ("昭和", 20, 1945),
    ("平成", 7, 1995),
    ("皇紀", 2600, 1940),
    ("康熙", 61, 1722),
    ("乾隆", 58, 1793),
    ("kuang hsü", 26, 1900),
    ("宣統", 3, 1911),
    ("民國", 38, 1949),
    ("康德", 12, 1945),
    ("광무", 9, 1905),
    ("단기", 4278, 1945),
    ("주체", 100, 2011),
    ("tự đức", 36, 1883),
    ("bảo đại", 20, 1945),
    ("พ ศ", 2475, 1932),
    ("ร ศ", 112, 1893),
    ("bikram sambat", 2007, 1950),
    ("saka era", 1879, 1957),
    ("bengali era", 1350, 1943),
    ("era fascista", 18, 1939),
    ("an de la liberté", 4, 1792),
    ("от сотворения мира", 7208, 1699),
    ("rumi", 1325, 1909),
    ("shahanshahi", 2535, 1976),
];

#[test]
fn eras() {
    let table = asset("eras.toml");
    let mut first_years = HashMap::new();
    let mut previous_end: Option<Day> = None;
    for era in table["era"].as_array().unwrap() {
        let first = era["first"].as_integer().unwrap();
        for word in texts(&era["names"]) {
            assert!(is_lookup_form(word), "{word:?}");
            assert_eq!(first_years.insert(word, first), None, "{word:?} is two eras");
        }
        let number = |key: &str| era.get(key).map(|number| number.as_integer().unwrap());
        let (smallest, last) = (number("least").unwrap_or(1), number("last"));
        assert!(last.is_none_or(|last| last >= smallest), "{era}");
        let day = |key: &str| {
            let mut ymd = era.get(key)?.as_str()?.split('-').map(|part| part.parse().unwrap());
            let (year, month, day): (i64, i64, i64) = (ymd.next()?, ymd.next()?, ymd.next()?);
            Some(Day::from_ymd(year, u8::try_from(month).unwrap(), u8::try_from(day).unwrap()))
        };
        if let Some(starts) = day("starts") {
            assert_eq!(starts.to_ymd().0, first, "{era}");
            let follows = previous_end.is_some_and(|end| end.next() == starts);
            let is_japanese = ["大正", "昭和", "平成", "令和"].contains(&texts(&era["names"])[0]);
            assert!(follows || !is_japanese, "{era}");
        }
        if let (Some(ends), Some(last), None) = (day("ends"), last, era.get("new_year")) {
            assert_eq!(ends.to_ymd().0, first + last - 1, "{era}");
        }
        previous_end = day("ends");
    }
    for &(name, number, year) in YEARS_OF_ERAS {
        assert_eq!(first_years[name] + number - 1, year, "{name} {number}");
    }
}
