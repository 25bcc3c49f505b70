//! What the columns of spreadsheets are called, in five languages and two archive programs.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::record::Field;

/// Where the cells of a column belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// A field that every record can have.
    Field(Field),
    /// The date as it is shown.
    Date,
    /// The first day, month or year.
    Begin,
    /// The last day, month or year.
    End,
    /// The place of the record in its listing.
    Position,
}

impl Place {
    /// Whether only one column of a group can hold it.
    pub(super) fn is_single(self) -> bool {
        !matches!(self, Place::Field(field) if field != Field::Title)
    }

    /// The place with this key, as the reader names it: `title`, `date`, `people` ...
    pub(super) fn from_key(key: &str) -> Option<Place> {
        match key {
            "date" => Some(Place::Date),
            "position" => Some(Place::Position),
            _ => Field::from_key(key).map(Place::Field),
        }
    }
}

/// The names of each place, the surest first.
const NAMES: &[(Place, &[&str])] = &[
    (
        Place::Field(Field::Title),
        &[
            "title",
            "unittitle",
            "dctitle",
            "titel",
            "titre",
            "titulo",
            "titolo",
            "intitule",
            "digitalobjecttitle",
            "authorizedformofname",
            "denominazione",
            "bezeichnung",
            "betreff",
            "name",
        ],
    ),
    (
        Place::Date,
        &[
            "date",
            "dates",
            "expression",
            "dateexpression",
            "eventdates",
            "contentsdates",
            "dcdate",
            "unitdate",
            "datecreated",
            "dateofcreation",
            "creationdates",
            "datum",
            "datierung",
            "laufzeit",
            "zeitraum",
            "datation",
            "fecha",
            "fechas",
            "data",
            "estremicronologici",
            "year",
            "jahr",
            "annee",
            "ano",
            "anno",
        ],
    ),
    (
        Place::Begin,
        &[
            "begin",
            "datebegin",
            "begindate",
            "eventstartdates",
            "startdate",
            "datestart",
            "startyear",
            "contentsstartyear",
            "von",
            "anfang",
            "debut",
            "inicio",
            "inizio",
        ],
    ),
    (
        Place::End,
        &[
            "end",
            "dateend",
            "enddate",
            "eventenddates",
            "endyear",
            "contentsendyear",
            "bis",
            "ende",
            "fin",
            "fine",
        ],
    ),
    (Place::Position, &["position"]),
    (
        Place::Field(Field::Summary),
        &[
            "scopeandcontent",
            "nabstract",
            "nscopecontent",
            "abstract",
            "summary",
            "description",
            "dcdescription",
            "contents",
            "beschreibung",
            "zusammenfassung",
            "inhalt",
            "enthalt",
            "resume",
            "presentationducontenu",
            "descripcion",
            "resumen",
            "alcanceycontenido",
            "descrizione",
            "contenuto",
            "ambitoecontenuto",
        ],
    ),
    (
        Place::Field(Field::People),
        &[
            "nameaccesspoints",
            "eventactors",
            "peopleagentheader",
            "familiesagentheader",
            "corporateentitiesagentheader",
            "agentnameprimaryname",
            "people",
            "person",
            "persons",
            "names",
            "creator",
            "creators",
            "author",
            "authors",
            "contributor",
            "contributors",
            "correspondent",
            "sender",
            "recipient",
            "dccreator",
            "dccontributor",
            "verfasser",
            "autor",
            "autoren",
            "urheber",
            "personen",
            "auteur",
            "auteurs",
            "producteur",
            "personnes",
            "autores",
            "personas",
            "autore",
            "autori",
            "persone",
        ],
    ),
    (
        Place::Field(Field::Places),
        &[
            "placeaccesspoints",
            "place",
            "places",
            "coverage",
            "dccoverage",
            "spatial",
            "geogname",
            "ort",
            "orte",
            "lieu",
            "lieux",
            "lugar",
            "lugares",
            "luogo",
            "luoghi",
        ],
    ),
    (
        Place::Field(Field::Subjects),
        &[
            "subjectaccesspoints",
            "genreaccesspoints",
            "subjectterm",
            "subject",
            "subjects",
            "keyword",
            "keywords",
            "tags",
            "topic",
            "topics",
            "genre",
            "dcsubject",
            "thema",
            "schlagwort",
            "schlagworte",
            "schlagworter",
            "sujet",
            "sujets",
            "motscles",
            "tema",
            "temas",
            "materia",
            "materias",
            "palabrasclave",
            "soggetto",
            "soggetti",
            "parolechiave",
        ],
    ),
    (
        Place::Field(Field::Source),
        &[
            "repository",
            "source",
            "reference",
            "referencecode",
            "controlsymbol",
            "callnumber",
            "shelfmark",
            "archive",
            "dcsource",
            "archiv",
            "signatur",
            "cote",
            "archivo",
            "signatura",
            "archivio",
            "segnatura",
        ],
    ),
    (
        Place::Field(Field::Id),
        &[
            "id",
            "legacyid",
            "identifier",
            "unitid",
            "refid",
            "recordid",
            "barcode",
            "dcidentifier",
            "digitalobjectid",
            "kennung",
            "identifiant",
            "identificador",
            "identificativo",
        ],
    ),
    (
        Place::Field(Field::Collection),
        &[
            "collection",
            "collections",
            "collectionid",
            "series",
            "seriestitle",
            "fonds",
            "bestand",
            "sammlung",
            "serie",
            "fondo",
            "coleccion",
            "collezione",
        ],
    ),
    (
        Place::Field(Field::Language),
        &[
            "language",
            "languages",
            "llang",
            "dclanguage",
            "langmaterial",
            "digitalobjectlanguage",
            "sprache",
            "sprachen",
            "langue",
            "langues",
            "lengua",
            "idioma",
            "lingua",
            "lingue",
        ],
    ),
    (
        Place::Field(Field::Rights),
        &[
            "accessconditions",
            "reproductionconditions",
            "naccessrestrict",
            "nuserestrict",
            "rights",
            "dcrights",
            "accessstatus",
            "access",
            "license",
            "licence",
            "rechte",
            "nutzungsbedingungen",
            "droits",
            "conditionsdacces",
            "derechos",
            "condicionesdeacceso",
            "diritti",
            "condizionidiaccesso",
        ],
    ),
    (
        Place::Field(Field::Url),
        &[
            "url",
            "uri",
            "digitalobjecturi",
            "repfileuri",
            "isshownat",
            "link",
            "permalink",
            "website",
        ],
    ),
];

/// A name without case, marks, spaces, underscores and digits: `Subject_1_Term` is `subjectterm`.
pub(super) fn folded(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.chars().filter(char::is_ascii_alphabetic);
        return letters.map(|letter| letter.to_ascii_lowercase()).collect();
    }
    let letters = name.nfd().filter(|letter| !is_combining_mark(*letter));
    letters.flat_map(char::to_lowercase).filter(|letter| letter.is_alphabetic()).collect()
}

/// The first number in a name, which says what belongs together: `begin_2` and `end_2`.
pub(super) fn number(name: &str) -> u32 {
    let digits = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// How many bytes a name that is known has at most, as files write it: prose is not looked at.
const LONGEST: usize = 200;

/// Where a column of this name belongs, and how sure its name is: the lower, the surer.
pub(super) fn place(name: &str) -> Option<(Place, usize)> {
    if name.len() > LONGEST {
        return None;
    }
    KNOWN.get(folded(name).as_str()).copied()
}

/// The names, each with its first place and how sure it is there.
static KNOWN: LazyLock<HashMap<&str, (Place, usize)>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (place, names) in NAMES {
        for (rank, name) in names.iter().enumerate() {
            known.entry(*name).or_insert((*place, rank));
        }
    }
    known
});
