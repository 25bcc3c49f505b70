//! The words that dates are written with.

/// What a word says in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A month, 1 to 12.
    Month(u8),
    /// A season by its number in EDTF, 21 to 24.
    Season(u8),
    /// The quarter of a year whose number follows, as in `Q1`.
    Quarter,
    /// Near the date.
    Circa,
    /// Perhaps the date.
    Perhaps,
    /// Somewhere in the date: early, late, the first half.
    Within,
    /// Before the date.
    Before,
    /// Until the date, or from the date before it to the one after it.
    To,
    /// Up to the date and not later.
    UpTo,
    /// After the date.
    After,
    /// From the date on.
    From,
    /// Stands behind a date that is the latest possible.
    OrEarlier,
    /// Stands behind a date that is the earliest possible.
    OrLater,
    /// One more date.
    And,
    /// Another date in its place.
    Or,
    /// Makes a century of the number in front of it.
    Century,
    /// The part of the listing that most of it is from.
    Bulk,
    /// There is no date.
    Undated,
    /// There is no end yet.
    Ongoing,
    /// Years before Christ.
    BeforeChrist,
    /// Years after Christ.
    AnnoDomini,
    /// Turns "before" and "after" round.
    Not,
    /// Stands between "earlier" or "later" and a date.
    Than,
    /// Stands between two numbers that count parts: `2 of 3`.
    Of,
    /// Makes a time of day of the number in front of it.
    Clock,
    /// Says nothing about which date it is.
    Filler,
    /// Not a word of dates.
    Foreign,
}

/// The names of the months in English, French and German; three letters of one are enough.
const MONTHS: [(&str, u8); 32] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("janvier", 1),
    ("février", 2),
    ("mars", 3),
    ("avril", 4),
    ("mai", 5),
    ("juin", 6),
    ("juillet", 7),
    ("août", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("décembre", 12),
    ("januar", 1),
    ("februar", 2),
    ("märz", 3),
    ("juni", 6),
    ("juli", 7),
    ("oktober", 10),
    ("dezember", 12),
    ("jänner", 1),
];

/// Numbers in a row as words, from the first on.
const ORDINALS: [&str; 21] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
];

/// How many letters a misspelt month has at least, and how many mistakes it may have.
const MISSPELT: (usize, usize) = (6, 2);

/// What a word means. It is in lower case and without full stops.
pub(super) fn meaning(word: &str) -> Word {
    match word {
        "ap" => Word::Month(4),
        "spring" => Word::Season(21),
        "summer" => Word::Season(22),
        "autumn" | "fall" => Word::Season(23),
        "winter" => Word::Season(24),
        "q" => Word::Quarter,
        "c" | "ca" | "cca" | "cir" | "circ" | "circa" | "approx" | "approximate"
        | "approximately" | "about" | "around" | "roughly" | "near" | "nearly" | "vers" | "um"
        | "estimated" | "est" => Word::Circa,
        "probably" | "prob" | "possibly" | "perhaps" | "maybe" | "likely" | "presumably"
        | "uncertain" | "conjectured" | "questionable" => Word::Perhaps,
        "early" | "mid" | "middle" | "late" | "half" | "beginning" | "end" | "quarter" | "turn" => {
            Word::Within
        }
        "before" | "pre" | "prior" | "predates" | "ante" | "vor" | "avant" => Word::Before,
        "to" | "through" | "thru" | "til" | "till" | "until" | "bis" => Word::To,
        "by" | "upto" => Word::UpTo,
        "after" | "post" | "nach" | "après" => Word::After,
        "from" | "since" | "starting" => Word::From,
        "earlier" => Word::OrEarlier,
        "later" => Word::OrLater,
        "and" | "und" | "et" => Word::And,
        "or" => Word::Or,
        "century" | "centuries" | "cent" | "siècle" | "jahrhundert" | "jh" => Word::Century,
        "bulk" | "predominantly" | "primarily" | "mostly" => Word::Bulk,
        "undated" | "nd" | "sd" | "dateless" | "unknown" | "undetermined" | "unspecified" => {
            Word::Undated
        }
        "ongoing" | "onward" | "onwards" | "present" | "current" | "currently" | "now"
        | "today" | "continuing" | "continuous" => Word::Ongoing,
        "bc" | "bce" => Word::BeforeChrist,
        "ad" | "ce" => Word::AnnoDomini,
        "not" | "no" => Word::Not,
        "than" => Word::Than,
        "of" => Word::Of,
        "pm" | "am" | "oclock" | "o'clock" | "hours" | "hrs" => Word::Clock,
        "the" | "in" | "on" | "at" | "year" | "years" | "day" | "month" | "date" | "dates"
        | "dated" | "inclusive" | "incl" | "between" | "copyright" | "©" | "monday" | "tuesday"
        | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | "available" | "decade"
        | "various" => Word::Filler,
        _ => month(word).map_or(Word::Foreign, Word::Month),
    }
}

/// The number that a word such as `twentieth` stands for.
pub(super) fn ordinal(word: &str) -> Option<u8> {
    let at = ORDINALS.iter().position(|name| *name == word)?;
    u8::try_from(at + 1).ok()
}

/// Whether the name of a month begins so.
pub(super) fn begins_month(letters: &str) -> bool {
    !letters.is_empty() && MONTHS.iter().any(|(name, _)| name.starts_with(letters))
}

/// The month with this name, cut short or misspelt.
fn month(word: &str) -> Option<u8> {
    let letters = word.chars().count();
    if letters < 3 {
        return None;
    }
    let cut = |(name, _): &&(&str, u8)| name.starts_with(word);
    let (least, most) = MISSPELT;
    let misspelt = |(name, _): &&(&str, u8)| {
        (least..=12).contains(&letters)
            && name.len() >= least
            && name.get(..1) == word.get(..1)
            && strsim::osa_distance(name, word) <= most
    };
    let found = MONTHS.iter().find(cut).or_else(|| MONTHS.iter().find(misspelt));
    found.map(|(_, month)| *month)
}
