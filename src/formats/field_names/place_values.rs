//! Tells places from persons in values such as those of `Sent to`, which may be either.

/// Countries and states behind the name of a place, in lower case.
const COUNTRIES: [&str; 76] = [
    "germany",
    "deutschland",
    "allemagne",
    "france",
    "frankreich",
    "francia",
    "italy",
    "italia",
    "italien",
    "spain",
    "españa",
    "spanien",
    "portugal",
    "england",
    "scotland",
    "wales",
    "ireland",
    "united kingdom",
    "great britain",
    "uk",
    "usa",
    "u.s.a",
    "us",
    "united states",
    "vereinigte staaten",
    "états-unis",
    "canada",
    "kanada",
    "mexico",
    "méxico",
    "austria",
    "österreich",
    "autriche",
    "switzerland",
    "schweiz",
    "suisse",
    "svizzera",
    "netherlands",
    "niederlande",
    "nederland",
    "belgium",
    "belgien",
    "belgique",
    "denmark",
    "dänemark",
    "danmark",
    "sweden",
    "sverige",
    "schweden",
    "norway",
    "norge",
    "norwegen",
    "finland",
    "poland",
    "polska",
    "polen",
    "russia",
    "russland",
    "россия",
    "czechia",
    "hungary",
    "ungarn",
    "greece",
    "turkey",
    "japan",
    "china",
    "india",
    "australia",
    "new zealand",
    "brazil",
    "argentina",
    "new york",
    "massachusetts",
    "california",
    "pennsylvania",
    "illinois",
];

/// First words of the names of places.
const FIRST_WORDS: [&str; 15] = [
    "new", "los", "las", "san", "santa", "saint", "sankt", "st", "bad", "port", "fort", "mount",
    "den", "upper", "lower",
];

/// Last words of the names of places.
const LAST_WORDS: [&str; 8] =
    ["city", "island", "islands", "county", "beach", "springs", "falls", "harbour"];

/// Whether texts are places and no persons: some are written like places, and none or fewer like the names of persons. A
/// single word may be either.
pub(super) fn are_places(texts: &[&str]) -> bool {
    let places = texts.iter().filter(|text| is_like_place(text)).count();
    let is_other = |text: &&&str| text.contains(char::is_whitespace) && !is_like_place(text);
    places > texts.iter().filter(is_other).count()
}

/// Whether a text is written like the name of a place: `Weimar, Germany`, `New York`.
fn is_like_place(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    if let Some((_, last)) = text.rsplit_once(',') {
        return COUNTRIES.contains(&last.trim().trim_end_matches('.'));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [first, .., last] => {
            FIRST_WORDS.contains(&first.trim_end_matches('.')) || LAST_WORDS.contains(last)
        }
        [only] => COUNTRIES.contains(only),
        [] => false,
    }
}
