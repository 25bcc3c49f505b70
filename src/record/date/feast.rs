//! Days that are named by a feast of the Western church: "Easter Monday 1916", "Martinmas 1745".

use super::day::Day;

/// A feast, or another day of the year with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feast {
    /// 1 January.
    NewYear,
    /// 31 December.
    NewYearEve,
    /// 6 January.
    Epiphany,
    /// 2 February.
    Candlemas,
    /// 25 March, Lady Day.
    Annunciation,
    /// 46 days before Easter.
    AshWednesday,
    /// The Sunday before Easter.
    PalmSunday,
    /// The Thursday before Easter.
    MaundyThursday,
    /// The Friday before Easter.
    GoodFriday,
    /// Easter Sunday.
    Easter,
    /// The day after Easter.
    EasterMonday,
    /// 39 days after Easter.
    Ascension,
    /// 49 days after Easter, Whit Sunday.
    Pentecost,
    /// 50 days after Easter.
    WhitMonday,
    /// 60 days after Easter.
    CorpusChristi,
    /// 24 June, the feast of Saint John.
    Midsummer,
    /// 15 August.
    Assumption,
    /// 29 September.
    Michaelmas,
    /// 1 November.
    AllSaints,
    /// 11 November.
    Martinmas,
    /// 24 December.
    ChristmasEve,
    /// 25 December.
    Christmas,
}

/// When a feast is.
enum When {
    /// Month and day.
    Fixed(u8, u8),
    /// The number of days after Easter Sunday.
    AfterEaster(i64),
}

/// The first year whose Easter the Gregorian calendar gives.
const FIRST_GREGORIAN_YEAR: i64 = 1583;

/// All feasts, each with its key in the `[feasts]` tables of `assets/languages`.
const FEASTS: [(&str, Feast); 22] = [
    ("new_year", Feast::NewYear),
    ("new_year_eve", Feast::NewYearEve),
    ("epiphany", Feast::Epiphany),
    ("candlemas", Feast::Candlemas),
    ("annunciation", Feast::Annunciation),
    ("ash_wednesday", Feast::AshWednesday),
    ("palm_sunday", Feast::PalmSunday),
    ("maundy_thursday", Feast::MaundyThursday),
    ("good_friday", Feast::GoodFriday),
    ("easter", Feast::Easter),
    ("easter_monday", Feast::EasterMonday),
    ("ascension", Feast::Ascension),
    ("pentecost", Feast::Pentecost),
    ("whit_monday", Feast::WhitMonday),
    ("corpus_christi", Feast::CorpusChristi),
    ("midsummer", Feast::Midsummer),
    ("assumption", Feast::Assumption),
    ("michaelmas", Feast::Michaelmas),
    ("all_saints", Feast::AllSaints),
    ("martinmas", Feast::Martinmas),
    ("christmas_eve", Feast::ChristmasEve),
    ("christmas", Feast::Christmas),
];

impl Feast {
    /// Returns the feast with this key of a `[feasts]` table in `assets/languages`.
    ///
    /// ```
    /// use fonds::record::date::feast::Feast;
    ///
    /// assert_eq!(Feast::from_key("whit_monday"), Some(Feast::WhitMonday));
    /// assert_eq!(Feast::from_key("birthday"), None);
    /// ```
    pub fn from_key(key: &str) -> Option<Feast> {
        FEASTS.iter().find(|(known, _)| *known == key).map(|(_, feast)| *feast)
    }

    /// Returns all feasts with their keys.
    pub fn all() -> impl Iterator<Item = (&'static str, Feast)> {
        FEASTS.into_iter()
    }

    /// When the feast is.
    fn when(self) -> When {
        match self {
            Feast::NewYear => When::Fixed(1, 1),
            Feast::NewYearEve => When::Fixed(12, 31),
            Feast::Epiphany => When::Fixed(1, 6),
            Feast::Candlemas => When::Fixed(2, 2),
            Feast::Annunciation => When::Fixed(3, 25),
            Feast::AshWednesday => When::AfterEaster(-46),
            Feast::PalmSunday => When::AfterEaster(-7),
            Feast::MaundyThursday => When::AfterEaster(-3),
            Feast::GoodFriday => When::AfterEaster(-2),
            Feast::Easter => When::AfterEaster(0),
            Feast::EasterMonday => When::AfterEaster(1),
            Feast::Ascension => When::AfterEaster(39),
            Feast::Pentecost => When::AfterEaster(49),
            Feast::WhitMonday => When::AfterEaster(50),
            Feast::CorpusChristi => When::AfterEaster(60),
            Feast::Midsummer => When::Fixed(6, 24),
            Feast::Assumption => When::Fixed(8, 15),
            Feast::Michaelmas => When::Fixed(9, 29),
            Feast::AllSaints => When::Fixed(11, 1),
            Feast::Martinmas => When::Fixed(11, 11),
            Feast::ChristmasEve => When::Fixed(12, 24),
            Feast::Christmas => When::Fixed(12, 25),
        }
    }
}

/// Returns the day of a feast in a year.
///
/// From 1583 on, Easter is that of the Gregorian calendar. Countries that kept the Julian calendar
/// longer, and the Eastern churches, had another day in most years.
///
/// Before 1583 the day is as the Julian calendar of the time has it, as all dates of that age are
/// written: Easter 1450 is 5 April. It is not converted to the Gregorian calendar.
///
/// ```
/// use fonds::record::date::feast::{Feast, day};
///
/// assert_eq!(day(Feast::EasterMonday, 1916).to_string(), "1916-04-24");
/// assert_eq!(day(Feast::Easter, 1450).to_string(), "1450-04-05");
/// assert_eq!(day(Feast::Michaelmas, 1688).to_string(), "1688-09-29");
/// ```
pub fn day(feast: Feast, year: i64) -> Day {
    match feast.when() {
        When::Fixed(month, day) => Day::from_ymd(year, month, day),
        When::AfterEaster(days) if year >= FIRST_GREGORIAN_YEAR => {
            let march = gregorian_easter(year);
            add_days(Day::from_ymd(year, 3, 1), march - 1 + days)
        }
        When::AfterEaster(days) => julian_day_of_march(year, julian_easter(year) + days),
    }
}

/// Returns the day this many days later, within the real days.
fn add_days(day: Day, days: i64) -> Day {
    let later = day.0.saturating_add(days);
    Day(later.clamp(Day::EARLIEST_REAL.0, Day::LATEST_REAL.0))
}

/// Returns Easter Sunday as a day of March, which goes on after the 31st.
///
/// The algorithm is the anonymous one of 1876 that Butcher published and J. Meeus repeats
/// (*Astronomical Algorithms*, chapter 8). Its letters are kept.
#[expect(clippy::many_single_char_names, reason = "the names of the published algorithm")]
fn gregorian_easter(year: i64) -> i64 {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    h + l - 7 * m + 22
}

/// Returns Easter Sunday of the Julian calendar as a day of March, which goes on after the 31st.
///
/// By J. Meeus, *Astronomical Algorithms*, chapter 8.
fn julian_easter(year: i64) -> i64 {
    let full_moon = (19 * year.rem_euclid(19) + 15) % 30;
    let to_sunday = (2 * year.rem_euclid(4) + 4 * year.rem_euclid(7) - full_moon + 34) % 7;
    22 + full_moon + to_sunday
}

/// Returns a day that is counted from 1 March, which is 1, as the Julian calendar writes it.
fn julian_day_of_march(year: i64, march: i64) -> Day {
    // Only Ash Wednesday may be before March. A 29 February that `Day` does not have becomes the 28th.
    if march >= 1 {
        return add_days(Day::from_ymd(year, 3, 1), march - 1);
    }
    let february = if year.rem_euclid(4) == 0 { 29 } else { 28 };
    Day::from_ymd(year, 2, u8::try_from(february + march).unwrap_or(1))
}
