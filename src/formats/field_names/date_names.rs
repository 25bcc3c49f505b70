//! Tells names of the day of a document from those of other days: of a life, of keeping, of a system.

use super::fold::fold_name;
use super::{FieldTarget, KnownName, OTHERS_WORDS, words_of};

/// What is added to the rank of a name if the table has only its first word.
const FIRST_WORD_RANK: usize = 510;

/// How words begin, without accents, that make a day another thing's than a document's: a person's life, the work of
/// those who keep and describe it.
const OTHERS_DATE_STEMS: [&str; 124] = [
    "geburt",
    "sterbe",
    "todes",
    "toddat",
    "tauf",
    "access",
    "due",
    "embargo",
    "loan",
    "registration",
    "upload",
    "project",
    "einliefer",
    "heirat",
    "scan",
    "verzeichn",
    "erfassung",
    "anderung",
    "aenderung",
    "bearbeitung",
    "aktualisierung",
    "eingabe",
    "eingang",
    "erwerb",
    "ankauf",
    "zugang",
    "digitalis",
    "digitaliz",
    "numeris",
    "importd",
    "export",
    "modific",
    "wijzig",
    "acqui",
    "purchas",
    "entry",
    "receipt",
    "received",
    "naissance",
    "deces",
    "nacimiento",
    "defuncion",
    "nascita",
    "morte",
    "geboorte",
    "overlijden",
    "urodz",
    "smierci",
    "рожд",
    "смерт",
    "изменен",
    "fodsel",
    "catalog",
    "inventar",
    "conservation",
    "review",
    "baptism",
    "marriage",
    "wedding",
    "burial",
    "sale",
    "restor",
    "digitis",
    "digitiz",
    "expir",
    "transfer",
    "deposit",
    "donat",
    "edited",
    "return",
    "check",
    "auction",
    "destruct",
    "apprais",
    "inventory",
    "gift",
    "visit",
    "retriev",
    "sperr",
    "ausleih",
    "ruckgabe",
    "rueckgabe",
    "leihdat",
    "registrier",
    "hochlad",
    "ubernahme",
    "uebernahme",
    "abliefer",
    "schenkung",
    "erschlie",
    "kassation",
    "restaur",
    "fallig",
    "faellig",
    "verkaufsdat",
    "prufdat",
    "pruefdat",
    "freigabe",
    "ablauf",
    "abruf",
    "trauung",
    "hochzeit",
    "begrab",
    "begraeb",
    "katalog",
    "kaufdat",
    "aanwinst",
    "verwerv",
    "invoer",
    "registratie",
    "leen",
    "uitleen",
    "trouw",
    "huwelijk",
    "doop",
    "verkoop",
    "schenking",
    "verval",
    "beschrijving",
    "overbreng",
    "mutatie",
    "aankoop",
    "raadpleeg",
    "retour",
];

/// Whether one of the words before or behind the word for a date says that it is another thing's.
pub(super) fn is_date_of_other(words: &[String]) -> bool {
    let is_others = |word: &String| {
        let folded = fold_name(word);
        OTHERS_WORDS.contains(&word.as_str())
            || SYSTEM_DATE_WORDS.contains(&word.as_str())
            || OTHERS_DATE_STEMS.iter().any(|stem| folded.starts_with(stem))
    };
    words.iter().any(is_others)
}

/// Words for a date at the beginning of a name: `Date of publication`, `Fecha de envío`. Italian and Polish `data` is
/// a word of programs too: its values decide.
const FIRST_DATE_WORDS: [&str; 12] = [
    "date", "year", "datum", "fecha", "data", "annee", "ano", "дата", "anno", "jaar", "rok", "год",
];

/// Small words between the word for a date and what it is the date of.
pub(super) const SMALL_WORDS: [&str; 27] = [
    "of", "the", "a", "de", "la", "le", "l", "d", "du", "des", "del", "der", "di", "da", "van",
    "on", "dell", "della", "delle", "dello", "dei", "degli", "het", "een", "do", "dos", "das",
];

/// How words begin, without accents, for the making, sending and publishing of a document.
const MAKING_STEMS: [&str; 81] = [
    "publi",
    "sent",
    "send",
    "written",
    "writing",
    "made",
    "making",
    "taken",
    "creation",
    "created",
    "creacion",
    "creazione",
    "compos",
    "issue",
    "print",
    "sign",
    "drawn",
    "paint",
    "photograph",
    "post",
    "mail",
    "produc",
    "record",
    "letter",
    "document",
    "execut",
    "brief",
    "schreib",
    "entsteh",
    "abfass",
    "verfass",
    "ausstell",
    "redaction",
    "redaccion",
    "redazione",
    "ecriture",
    "envoi",
    "envio",
    "invio",
    "emission",
    "lettre",
    "carta",
    "lettera",
    "письм",
    "документ",
    "написан",
    "prise",
    "impression",
    "tirage",
    "pubblic",
    "stampa",
    "produz",
    "emisi",
    "emissao",
    "escrit",
    "uitgave",
    "opstell",
    "verzend",
    "vervaardig",
    "ontstaan",
    "opname",
    "druck",
    "aufnahme",
    "herstell",
    "erschein",
    "издан",
    "публик",
    "отправ",
    "создан",
    "съемк",
    "составл",
    "подписан",
    "wystawien",
    "wydan",
    "napisan",
    "wysłan",
    "wyslan",
    "powstan",
    "wytworz",
    "publikac",
    "druk",
];

/// Whether a word, without accents, is about making, sending or publishing a document.
pub(super) fn is_making(word: &str) -> bool {
    MAKING_STEMS.iter().any(|stem| word.starts_with(stem))
}

/// Words for the description of a document, whose date is that of cataloguing: `Date of record`.
const RECORD_WORDS: [&str; 2] = ["record", "records"];

/// Returns what a name fills by its first word, where that is a date and what follows says that it is that of making,
/// sending or publishing a document.
pub(super) fn first_word_target(words: &[String]) -> Option<KnownName> {
    let (first, behind) = words.split_first()?;
    let folded: Vec<String> = behind.iter().map(|word| fold_name(word)).collect();
    let mut of_what = folded.iter().filter(|word| !SMALL_WORDS.contains(&word.as_str()));
    let is_date = FIRST_DATE_WORDS.contains(&fold_name(first).as_str());
    let is_made = |word: &String| is_making(word) && !RECORD_WORDS.contains(&word.as_str());
    let counts = is_date && of_what.next().is_some_and(is_made) && of_what.next().is_none();
    counts.then_some(KnownName { target: FieldTarget::Date, rank: FIRST_WORD_RANK })
}

/// Words behind the making, sending or publishing of a document before its day: `publishedAt`, `created_on`.
const DAY_PREPOSITIONS: [&str; 2] = ["at", "on"];

/// What is said of the rows of a system too, beside documents.
const ROW_VERBS: [&str; 3] = ["created", "posted", "recorded"];

/// Returns what a name fills that says when a document was made, sent or published: `publishedAt`, `taken_on`.
pub(super) fn making_target(words: &[String]) -> Option<KnownName> {
    let [before @ .., verb, preposition] = words else { return None };
    let counts = DAY_PREPOSITIONS.contains(&preposition.as_str())
        && is_making(verb)
        && !is_date_of_other(before);
    counts.then_some(KnownName { target: FieldTarget::Date, rank: FIRST_WORD_RANK })
}

/// Whether a name may say when a system made a row: `created_at`.
pub(crate) fn may_be_of_row(name: &str) -> bool {
    let words = words_of(name);
    let [.., verb, preposition] = words.as_slice() else { return false };
    DAY_PREPOSITIONS.contains(&preposition.as_str()) && ROW_VERBS.contains(&verb.as_str())
}

/// Whether a name may be that of the day on which a system made a row: `Created date`, `date_created`.
pub(crate) fn is_creation_date(name: &str) -> bool {
    let words = words_of(name);
    let mut others =
        words.iter().filter(|word| !["date", "of", "on", "at"].contains(&word.as_str()));
    let is_creation =
        others.next().is_some_and(|it| ["created", "creation"].contains(&it.as_str()));
    is_creation && others.next().is_none()
}

/// Whether a name says that its date is that of writing, sending or publishing a document.
pub(crate) fn is_document_date(name: &str) -> bool {
    let words = words_of(name);
    let is_one = |word: &String| {
        let word = fold_name(word);
        is_making(&word) && !word.starts_with("creat")
    };
    words.iter().any(is_one) && !is_date_of_other(&words)
}

/// Words of names whose dates are those of a system and never of the document.
const SYSTEM_DATE_WORDS: [&str; 32] = [
    "scan",
    "digitised",
    "digitization",
    "revised",
    "revision",
    "deposited",
    "registered",
    "catalogued",
    "cataloged",
    "scanned",
    "imported",
    "exported",
    "crawled",
    "synced",
    "added",
    "modified",
    "updated",
    "update",
    "accessioned",
    "accession",
    "available",
    "ingested",
    "ingest",
    "indexed",
    "timestamp",
    "harvested",
    "changed",
    "retrieved",
    "uploaded",
    "digitized",
    "accessed",
    "edit",
];

/// Whether a name is that of a date of a system: `dateModified`, `last_updated`.
pub(crate) fn is_system_date(name: &str) -> bool {
    words_of(name).iter().any(|word| SYSTEM_DATE_WORDS.contains(&word.as_str()))
}
