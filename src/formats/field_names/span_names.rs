//! Names of the begin and the end of a date: a word for a begin or an end, and one for a date, in any order.

use super::fold::fold_name;
use super::{FieldTarget, KnownName, LOOSE_RANK};

/// Words for the begin, folded.
const BEGIN_WORDS: [&str; 61] = [
    "begin",
    "begins",
    "begun",
    "beginning",
    "start",
    "starts",
    "started",
    "starting",
    "from",
    "since",
    "first",
    "earliest",
    "early",
    "min",
    "minimum",
    "von",
    "ab",
    "seit",
    "anfang",
    "anfangs",
    "beginn",
    "fruhest",
    "fruhestes",
    "fruheste",
    "fruehestes",
    "frueheste",
    "erstes",
    "inicio",
    "inicial",
    "desde",
    "primera",
    "primeira",
    "debut",
    "depuis",
    "initiale",
    "premiere",
    "inizio",
    "iniziale",
    "prima",
    "dal",
    "van",
    "vanaf",
    "aanvang",
    "vroegste",
    "eerste",
    "od",
    "poczatek",
    "poczatku",
    "poczatkowa",
    "poczatkowy",
    "najwczesniejsza",
    "начало",
    "начала",
    "начальная",
    "начальныи",
    "первая",
    "первыи",
    "с",
    "от",
    "fran",
    "begynnelse",
];

/// Words for the end, folded.
const END_WORDS: [&str; 59] = [
    "end",
    "ends",
    "ended",
    "ending",
    "finish",
    "finished",
    "finishing",
    "final",
    "to",
    "until",
    "till",
    "last",
    "latest",
    "max",
    "maximum",
    "through",
    "thru",
    "bis",
    "ende",
    "schluss",
    "spatest",
    "spatestes",
    "spateste",
    "spaetestes",
    "spaeteste",
    "letztes",
    "fin",
    "hasta",
    "ultima",
    "termino",
    "finale",
    "derniere",
    "jusque",
    "fine",
    "al",
    "tot",
    "tm",
    "eind",
    "einde",
    "laatste",
    "do",
    "koniec",
    "konca",
    "koncowa",
    "koncowy",
    "najpozniejsza",
    "конец",
    "конца",
    "окончания",
    "конечная",
    "конечныи",
    "последняя",
    "последнии",
    "по",
    "до",
    "til",
    "slut",
    "fim",
    "slutt",
];

/// Words for a date, folded.
const DATE_WORDS: [&str; 14] = [
    "date", "year", "datum", "jahr", "fecha", "ano", "annee", "data", "anno", "jaar", "rok",
    "дата", "год", "dato",
];

/// Returns the begin or the end that a name says with a word for either and a word for a date, in any order:
/// `yearStart`, `Date of end`, `Anfangsdatum`, `Fecha de inicio`.
pub(super) fn span_target(words: &[String]) -> Option<KnownName> {
    const SMALL_WORDS: [&str; 6] = ["of", "the", "de", "di", "d", "da"];
    let folded = words.iter().map(|word| fold_name(word));
    let name: String = folded.filter(|word| !SMALL_WORDS.contains(&word.as_str())).collect();
    let rest = |date: &&str| {
        let behind = name.strip_prefix(date);
        behind.or_else(|| name.strip_suffix(date)).filter(|rest| !rest.is_empty())
    };
    let mut rests = DATE_WORDS.iter().filter_map(rest);
    let rank = LOOSE_RANK + 1;
    let target = |word: &str| {
        let is_one_of = |known: &[&str]| known.contains(&word);
        if is_one_of(&BEGIN_WORDS) {
            Some(FieldTarget::Begin)
        } else if is_one_of(&END_WORDS) {
            Some(FieldTarget::End)
        } else {
            None
        }
    };
    let target = rests.find_map(target)?;
    Some(KnownName { target, rank })
}
