//! Names that are those of a record's date only where its file has no other date: `Date of interview`, `Taken`.

use super::date_names::{SMALL_WORDS, is_date_of_other};
use super::fold::fold_name;
use super::{FieldTarget, KnownName, known_names, words_of};

/// The rank of a name that counts as the date only where no other does.
const SOLE_DATE_RANK: usize = 700;

/// Words for a date or a year at the beginning or the end of a name, folded.
const DATE_WORDS: [&str; 26] = [
    "date", "dates", "datum", "daten", "year", "years", "jahr", "fecha", "fechas", "annee", "ano",
    "anno", "jaar", "rok", "дата", "год", "data", "dato", "datei", "day", "tag", "jour", "dia",
    "giorno", "dag", "dzien",
];

/// Words for a date that are words for other things too. They count with a word that says of what it is the date.
const DOUBTFUL_DATE_WORDS: [&str; 9] =
    ["data", "daten", "datei", "day", "tag", "jour", "dia", "giorno", "dag"];

/// Small words behind [`DOUBTFUL_DATE_WORDS`]: `Data do documento`, `Day of the meeting`.
const OF_WORDS: [&str; 18] = [
    "of", "der", "des", "du", "de", "do", "da", "di", "del", "della", "dell", "dello", "delle",
    "dei", "van", "het", "dos", "das",
];

/// Nouns behind Polish `data`, as they begin: `Data dokumentu`.
const DOCUMENT_STEMS: [&str; 6] = ["dokument", "listu", "fotograf", "zdjec", "nagran", "spotkan"];

/// Words for the making of a document that stand alone above its dates, folded.
const MADE_WORDS: [&str; 60] = [
    "taken",
    "written",
    "sent",
    "made",
    "painted",
    "drawn",
    "published",
    "printed",
    "signed",
    "shot",
    "photographed",
    "composed",
    "posted",
    "mailed",
    "dispatched",
    "performed",
    "built",
    "filmed",
    "recorded",
    "held",
    "geschrieben",
    "verfasst",
    "gesendet",
    "abgesandt",
    "gemalt",
    "gezeichnet",
    "gedruckt",
    "veroffentlicht",
    "aufgenommen",
    "entstanden",
    "hergestellt",
    "unterzeichnet",
    "ecrit",
    "ecrite",
    "envoye",
    "envoyee",
    "prise",
    "imprime",
    "publie",
    "redige",
    "escrito",
    "escrita",
    "enviado",
    "enviada",
    "publicado",
    "impreso",
    "scritto",
    "scritta",
    "inviato",
    "spedita",
    "scattata",
    "pubblicato",
    "stampato",
    "geschreven",
    "verzonden",
    "gemaakt",
    "gedrukt",
    "napisano",
    "wyslano",
    "написано",
];

/// Words between what was done and its day: `Written on`, `Geschrieben am`.
const DAY_WORDS: [&str; 9] = ["on", "at", "in", "am", "le", "il", "el", "op", "em"];

/// How further words begin, folded, that make a day another thing's where nothing says that it is the document's.
const OTHERS_STEMS: [&str; 110] = [
    "deaccess",
    "recolement",
    "recepcion",
    "ricezione",
    "ricevimento",
    "umlager",
    "conditionn",
    "numeris",
    "completed",
    "completion",
    "captur",
    "submi",
    "processed",
    "processing",
    "bought",
    "transcri",
    "translat",
    "verif",
    "entered",
    "closed",
    "closing",
    "ordered",
    "shipp",
    "shipment",
    "answer",
    "reply",
    "replied",
    "change",
    "existen",
    "associat",
    "expire",
    "encod",
    "microfilm",
    "clearance",
    "declass",
    "withdraw",
    "reproduc",
    "requested",
    "consult",
    "assess",
    "valuation",
    "insur",
    "borrow",
    "dispos",
    "treatment",
    "treated",
    "clean",
    "repair",
    "enregistre",
    "entree",
    "saisie",
    "pret",
    "echeance",
    "mariage",
    "bapteme",
    "inhum",
    "deposito",
    "catalogacion",
    "ingres",
    "prestam",
    "prestit",
    "emprestim",
    "scadenza",
    "vencim",
    "caduc",
    "bautismo",
    "batism",
    "battesim",
    "matrimoni",
    "casament",
    "boda",
    "defunc",
    "falecim",
    "obito",
    "nasciment",
    "adquisi",
    "aquisi",
    "entrada",
    "registro",
    "devoluc",
    "actualiz",
    "atualiz",
    "aggiorn",
    "modificac",
    "inseriment",
    "immission",
    "schedatura",
    "versament",
    "versement",
    "dodani",
    "slub",
    "wypozycz",
    "zgon",
    "chrzt",
    "przyjeci",
    "nabyci",
    "aktualizac",
    "wplywu",
    "регистр",
    "поступ",
    "записи",
    "приобр",
    "выдач",
    "возврат",
    "крещен",
    "обновл",
    "ausgeliehen",
    "digital",
    "losch",
    "loesch",
];

/// Words with the same meaning that count whole: persons, calendars, what is said of dates.
const OTHERS_WORDS: [&str; 66] = [
    "import",
    "imported",
    "input",
    "valued",
    "located",
    "location",
    "described",
    "description",
    "moved",
    "move",
    "viewed",
    "reception",
    "inspected",
    "inspection",
    "tod",
    "last",
    "latest",
    "seen",
    "valid",
    "gmt",
    "utc",
    "era",
    "calendar",
    "note",
    "notes",
    "format",
    "size",
    "precision",
    "accuracy",
    "certainty",
    "qualifier",
    "kind",
    "name",
    "names",
    "composer",
    "painter",
    "sculptor",
    "printer",
    "publisher",
    "writer",
    "editor",
    "donor",
    "sitter",
    "sender",
    "recipient",
    "addressee",
    "record",
    "records",
    "row",
    "provider",
    "count",
    "number",
    "system",
    "today",
    "current",
    "now",
    "school",
    "fiscal",
    "birthday",
    "mise",
    "maj",
    "alta",
    "baja",
    "active",
    "lived",
    "code",
];

/// Whether a name is that of the date where a file has no other: its first or last word is one for a date, or it says
/// only that something was made. `Date of birth` and others are never it.
pub(crate) fn is_sole_date(name: &str) -> bool {
    let name = name.split(['(', '[']).next().unwrap_or(name).trim_end_matches([':', '.', ' ']);
    // Parts of names of vocabularies, and names that fonds gives: `date.normal`.
    if name.contains([':', '.', '/']) {
        return false;
    }
    let words: Vec<String> = words_of(name).iter().map(|word| fold_name(word)).collect();
    let is_made = |word: &String| MADE_WORDS.contains(&word.as_str());
    let is_day_word = |word: &String| DAY_WORDS.contains(&word.as_str());
    match words.as_slice() {
        [made] if is_made(made) => true,
        [made, day] if is_made(made) && is_day_word(day) => true,
        [_, .., _] => has_date_word(&words) && !is_of_other(&words),
        _ => false,
    }
}

/// Whether the first or the last word is one for a date.
fn has_date_word(words: &[String]) -> bool {
    let is_date = |word: &String| DATE_WORDS.contains(&word.as_str());
    let [first, second, ..] = words else { return false };
    let is_doubtful = DOUBTFUL_DATE_WORDS.contains(&first.as_str());
    let is_of = OF_WORDS.contains(&second.as_str())
        || DOCUMENT_STEMS.iter().any(|stem| second.starts_with(stem));
    let says_what = words.iter().skip(1).any(|word| !SMALL_WORDS.contains(&word.as_str()));
    let is_last = |word: &String| is_date(word) && !DOUBTFUL_DATE_WORDS.contains(&word.as_str());
    (is_date(first) && says_what && (!is_doubtful || is_of)) || words.last().is_some_and(is_last)
}

/// Whether one of the words says that the date is another thing's.
fn is_of_other(words: &[String]) -> bool {
    let is_others = |word: &String| {
        OTHERS_WORDS.contains(&word.as_str())
            || OTHERS_STEMS.iter().any(|stem| word.starts_with(stem))
    };
    is_date_of_other(words) || words.iter().any(is_others)
}

/// Returns what a name may fill in data: its meanings, or the date if the file has no other.
pub(crate) fn names_in_data(name: &str) -> Vec<KnownName> {
    let known = known_names(name);
    if known.is_empty() && is_sole_date(name) {
        return vec![KnownName { target: FieldTarget::Date, rank: SOLE_DATE_RANK }];
    }
    known
}
