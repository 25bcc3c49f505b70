//! Tells names of the day of a document from those of other days: of a life, of keeping, of a system.

use super::fold::fold_name;
use super::{FieldTarget, KnownName, OTHERS_WORDS, words_of};

/// What is added to the rank of a name if the table has only its first word.
const FIRST_WORD_RANK: usize = 510;

/// How words begin, without accents, that make a day another thing's than a document's: a person's life, the work of
/// those who keep and describe it.
const OTHERS_DATE_STEMS: [&str; 55] = [
    "geburt",
    "sterbe",
    "todes",
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
const FIRST_DATE_WORDS: [&str; 8] =
    ["date", "year", "datum", "fecha", "data", "annee", "ano", "дата"];

/// Small words between the word for a date and what it is the date of.
const SMALL_WORDS: [&str; 16] = [
    "of", "the", "a", "de", "la", "le", "l", "d", "du", "des", "del", "der", "di", "da", "van",
    "on",
];

/// How words begin, without accents, for the making, sending and publishing of a document.
const MAKING_STEMS: [&str; 46] = [
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
];

/// Returns what a name fills by its first word, where that is a date and what follows says that it is that of making,
/// sending or publishing a document.
pub(super) fn first_word_target(words: &[String]) -> Option<KnownName> {
    let (first, behind) = words.split_first()?;
    let is_making = |word: &str| MAKING_STEMS.iter().any(|stem| word.starts_with(stem));
    let folded: Vec<String> = behind.iter().map(|word| fold_name(word)).collect();
    let mut of_what = folded.iter().filter(|word| !SMALL_WORDS.contains(&word.as_str()));
    let is_date = FIRST_DATE_WORDS.contains(&fold_name(first).as_str());
    let counts =
        is_date && of_what.next().is_some_and(|word| is_making(word)) && of_what.next().is_none();
    counts.then_some(KnownName { target: FieldTarget::Date, rank: FIRST_WORD_RANK })
}

/// Words of names whose dates are those of a system and never of the document.
const SYSTEM_DATE_WORDS: [&str; 31] = [
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
];

/// Whether a name is that of a date of a system: `dateModified`, `last_updated`.
pub(crate) fn is_system_date(name: &str) -> bool {
    words_of(name).iter().any(|word| SYSTEM_DATE_WORDS.contains(&word.as_str()))
}
