//! The words in dates, in English, French and German, and what they mean.

/// The meaning of a word in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A month, 1 to 12.
    Month(u8),
    /// A season, by its EDTF number, 21 to 24.
    Season(u8),
    /// A quarter of a year, whose number follows: `Q1`.
    Quarter,
    /// The date is approximate.
    Circa,
    /// The date is uncertain.
    Perhaps,
    /// Somewhere within the date: early, late, the first half.
    Within,
    /// Before the date.
    Before,
    /// Until the date; between two dates, a range.
    To,
    /// Up to the date and not later.
    UpTo,
    /// After the date.
    After,
    /// From the date on.
    From,
    /// "or earlier": the previous date is the latest possible.
    OrEarlier,
    /// "or later": the previous date is the earliest possible.
    OrLater,
    /// Another date follows.
    And,
    /// An alternative date follows.
    Or,
    /// The number before it is a century.
    Century,
    /// The dates of most of the documents follow: `bulk 1940-1945`.
    Bulk,
    /// There is no date.
    Undated,
    /// The range has no end yet.
    Ongoing,
    /// Years before Christ.
    BeforeChrist,
    /// Years after Christ.
    AnnoDomini,
    /// Inverts "before" and "after".
    Not,
    /// Follows "earlier" or "later", before a date.
    Than,
    /// Between two numbers that count: `2 of 3`.
    Of,
    /// The number before it is a time of day.
    Clock,
    /// Has no meaning for the date.
    Filler,
    /// Not a word that dates are written with.
    Foreign,
}

/// The names of the months in English, French and German. Three letters of a name suffice.
const MONTH_WORDS: [(&str, u8); 32] = [
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

/// The ordinal numbers as words, from "first" on.
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

/// The fewest letters of a word that may be a misspelt month.
const MIN_MISSPELT_LETTERS: usize = 6;
/// The most letters of a month name that may be wrong.
const MAX_TYPOS: usize = 2;

/// Returns the meaning of a word, which must be in lower case and without full stops.
pub(super) fn parse_word(word: &str) -> Word {
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

/// Returns the number of an ordinal word such as `twentieth`.
pub(super) fn ordinal(word: &str) -> Option<u8> {
    let at = ORDINALS.iter().position(|name| *name == word)?;
    u8::try_from(at + 1).ok()
}

/// Whether the name of a month begins with these letters.
pub(super) fn is_month_prefix(letters: &str) -> bool {
    !letters.is_empty() && MONTH_WORDS.iter().any(|(name, _)| name.starts_with(letters))
}

/// Returns the month with this name, which may be abbreviated or misspelt.
fn month(word: &str) -> Option<u8> {
    let letters = word.chars().count();
    if letters < 3 {
        return None;
    }
    let is_abbreviated = |(name, _): &&(&str, u8)| name.starts_with(word);
    let is_misspelt = |(name, _): &&(&str, u8)| {
        (MIN_MISSPELT_LETTERS..=12).contains(&letters)
            && name.len() >= MIN_MISSPELT_LETTERS
            && name.get(..1) == word.get(..1)
            && strsim::osa_distance(name, word) <= MAX_TYPOS
    };
    let found =
        MONTH_WORDS.iter().find(is_abbreviated).or_else(|| MONTH_WORDS.iter().find(is_misspelt));
    found.map(|(_, month)| *month)
}
