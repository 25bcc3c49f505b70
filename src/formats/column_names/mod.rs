//! Known column names of spreadsheets, in five languages and of two archive programs.

mod role_and_location_names;

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::record::{Field, StatedKind};
use role_and_location_names::role_and_location_names;

/// What the cells of a column fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::formats) enum FieldTarget {
    /// A field of the record.
    Field(Field),
    /// The text of the date.
    Date,
    /// The first day, month or year of the date.
    Begin,
    /// The last day, month or year of the date.
    End,
    /// What happened at the date: creation, publication.
    DateEvent,
    /// Whether the date is that of all documents or of most: `inclusive`, `bulk`.
    DateCoverage,
    /// How certain the date is: `approximate`.
    DateCertainty,
    /// The position of the record in its archive's listing.
    Position,
    /// The names of contributors, whose role is the name of the column.
    Contributor,
    /// What is stated about the names in the cell.
    NameKind(StatedKind),
}

impl FieldTarget {
    /// Whether only one column of a group can have this target.
    pub(in crate::formats) fn is_exclusive(self) -> bool {
        self != FieldTarget::Contributor
            && !matches!(self, FieldTarget::Field(field) if field != Field::Title)
    }

    /// Returns the target for a key on the command line: `title`, `date`, `people` ...
    pub(in crate::formats) fn from_key(key: &str) -> Option<FieldTarget> {
        match key {
            "date" => Some(FieldTarget::Date),
            "position" => Some(FieldTarget::Position),
            _ => Field::from_key(key).map(FieldTarget::Field),
        }
    }
}

/// The column names of each target, the most reliable first. Those of creators and shelf locations are in
/// [`role_and_location_names`].
const TARGET_NAMES: &[(FieldTarget, &[&str])] = &[
    (
        FieldTarget::Field(Field::Title),
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
        FieldTarget::Date,
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
        FieldTarget::Begin,
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
        FieldTarget::End,
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
    (FieldTarget::DateEvent, &["eventtypes", "datelabel", "dateslabel"]),
    (FieldTarget::DateCoverage, &["datetype", "datestype"]),
    (FieldTarget::DateCertainty, &["datecertainty", "datescertainty", "certainty"]),
    (FieldTarget::Position, &["position"]),
    (
        FieldTarget::Field(Field::Summary),
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
        FieldTarget::Field(Field::People),
        &[
            "nameaccesspoints",
            "peopleagentheader",
            "familiesagentheader",
            "corporateentitiesagentheader",
            "agentnameprimaryname",
            "people",
            "person",
            "persons",
            "names",
            "correspondent",
            "personen",
            "personnes",
            "personas",
            "persone",
        ],
    ),
    (
        FieldTarget::Field(Field::Places),
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
        FieldTarget::Field(Field::Subjects),
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
    (FieldTarget::Field(Field::Source), &["source", "dcsource"]),
    (
        FieldTarget::Field(Field::Id),
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
        FieldTarget::Field(Field::Collection),
        &[
            "collection",
            "collections",
            "collectionid",
            "seriestitle",
            "fonds",
            "bestand",
            "nachlass",
            "sammlung",
            "fondo",
            "coleccion",
            "collezione",
            "collectie",
            "zespol",
            "фонд",
            "samling",
        ],
    ),
    (
        FieldTarget::Field(Field::Language),
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
        FieldTarget::Field(Field::Rights),
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
        FieldTarget::Field(Field::Url),
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

/// The beginning of the first cell in ArchivesSpace's row of field codes.
pub(in crate::formats) const CODES_CELL: &str = "ArchivesSpace field code";
/// The first cell of ArchivesSpace's row of labels, which follows the codes.
pub(in crate::formats) const LABELS_CELL: &str = "Field name";

/// What fonds writes before the name of an own field that a reader could take for something else.
pub(in crate::formats) const OWN_PREFIX: &str = "own.";

/// Whether a cell of a header row names a column that fonds knows.
pub(in crate::formats) fn is_header_cell(cell: &str) -> bool {
    cell.trim_start().starts_with(OWN_PREFIX) || known_name(cell).is_some()
}

/// Whether a column of this name, among those that fonds writes, is an own field of the same name: it has
/// no meaning of its own or beside other columns.
pub(in crate::formats) fn is_plain_own_name(name: &str) -> bool {
    let normalized = normalize_name(name);
    let is_linked = normalized.ends_with("role")
        || (normalized.starts_with("subject") && normalized.ends_with("type"))
        || NUMBER_NAMES.contains(&normalized.as_str());
    let is_trimmed = !name.is_empty() && name.trim() == name;
    let is_code_row = name.starts_with(CODES_CELL) || name == LABELS_CELL;
    is_trimmed && !is_header_cell(name) && !is_linked && !is_code_row && name != EDTF_COLUMN
}

/// The column with the days of a date in EDTF, beside its text.
pub(in crate::formats) const EDTF_COLUMN: &str = "date_edtf";

/// Normalized names of columns with numbers of containers, whose types are in other columns.
const NUMBER_NAMES: [&str; 4] =
    ["indicator", "containerindicator", "topcontainerindicator", "physicalobjectname"];

/// Returns a name in lower case with letters only and without accents: `Subject_1_Term` gives
/// `subjectterm`.
pub(in crate::formats) fn normalize_name(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.chars().filter(char::is_ascii_alphabetic);
        return letters.map(|letter| letter.to_ascii_lowercase()).collect();
    }
    let letters = name.nfd().filter(|letter| !is_combining_mark(*letter));
    letters.flat_map(char::to_lowercase).filter(|letter| letter.is_alphabetic()).collect()
}

/// Returns the first number in a name, or 0. Columns with the same number form a group: `begin_2`
/// and `end_2`.
pub(in crate::formats) fn group_number(name: &str) -> u32 {
    let digits = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Longer names, in bytes, are prose and never known.
const MAX_NAME_BYTES: usize = 200;

/// A known column name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) struct KnownName {
    /// What the column fills.
    pub(in crate::formats) target: FieldTarget,
    /// The index of the name among those of its target: the lower, the more reliable.
    pub(in crate::formats) rank: usize,
}

/// Looks up a column name.
pub(in crate::formats) fn known_name(name: &str) -> Option<KnownName> {
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    if let Some(kind) = StatedKind::from_own_field(name.trim()) {
        return Some(KnownName { target: FieldTarget::NameKind(kind), rank: 0 });
    }
    KNOWN_NAMES.get(normalize_name(name).as_str()).copied()
}

/// The known names by their text. A name in several lists has the first target.
static KNOWN_NAMES: LazyLock<HashMap<String, KnownName>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (target, names) in TARGET_NAMES {
        for (rank, name) in names.iter().enumerate() {
            let name = (*name).to_owned();
            known.entry(name).or_insert(KnownName { target: *target, rank });
        }
    }
    for (target, name) in role_and_location_names() {
        known.entry(name).or_insert(KnownName { target, rank: 0 });
    }
    known
});
