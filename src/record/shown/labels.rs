//! English labels of fields, and which own fields are technical.

use std::borrow::Cow;

use super::readable_names::in_words;
use crate::record::{Field, is_about_other_values};

impl Field {
    /// Returns the label of the field in English: `Title`, `Reference code` ...
    pub const fn label(self) -> &'static str {
        match self {
            Field::Title => "Title",
            Field::Summary => "Summary",
            Field::People => "People",
            Field::Places => "Places",
            Field::Subjects => "Subjects",
            Field::Source => "Source",
            Field::Id => "Id",
            Field::Collection => "Collection",
            Field::Language => "Language",
            Field::Rights => "Rights",
            Field::Url => "URL",
            Field::Creator => "Creator",
            Field::Recipient => "Recipient",
            Field::Contributor => "Contributor",
            Field::ContributorRole => "Role",
            Field::Repository => "Repository",
            Field::ArchivePlace => "Place of the archive",
            Field::Series => "Series",
            Field::Box => "Box",
            Field::Folder => "Folder",
            Field::ReferenceCode => "Reference code",
            Field::PreferredCitation => "Preferred citation",
            Field::Container => "Container",
        }
    }
}

/// Labels of own fields that finding aids and catalogues usually have. The names are elements of EAD
/// 2002 and MODS, and columns of AtoM.
const OWN_LABELS: [(&str, &str); 55] = [
    ("accruals", "Accruals"),
    ("acqinfo", "Acquisition"),
    ("acquisition", "Acquisition"),
    ("altformavail", "Copies"),
    ("appraisal", "Appraisal"),
    ("archivalhistory", "Custodial history"),
    ("archivistnote", "Archivist's note"),
    ("arrangement", "Arrangement"),
    ("bibliography", "Bibliography"),
    ("bioghist", "Biography or history"),
    ("classification", "Classification"),
    ("container.box", "Box"),
    ("container.folder", "Folder"),
    ("container.reel", "Reel"),
    ("container.volume", "Volume"),
    ("culture", "Culture"),
    ("custodhist", "Custodial history"),
    ("edition", "Edition"),
    ("extent", "Extent"),
    ("extentandmedium", "Extent"),
    ("fileplan", "File plan"),
    ("findingaids", "Finding aids"),
    ("format", "Format"),
    ("function", "Function"),
    ("generalnote", "Note"),
    ("index", "Index"),
    ("languagenote", "Note on the language"),
    ("langmaterial", "Note on the language"),
    ("level", "Level"),
    ("levelofdescription", "Level"),
    ("locationofcopies", "Copies"),
    ("locationoforiginals", "Originals"),
    ("materialspec", "Kind of material"),
    ("my note", "My note"),
    ("note", "Note"),
    ("occupation", "Occupation"),
    ("odd", "Note"),
    ("originalsloc", "Originals"),
    ("otherfindaid", "Other finding aids"),
    ("path", "Part of"),
    ("physdesc", "Physical description"),
    ("physdesc.dimensions", "Dimensions"),
    ("physdesc.extent", "Extent"),
    ("physdesc.physfacet", "Physical details"),
    ("physicalcharacteristics", "Physical condition"),
    ("physicaldescription.extent", "Extent"),
    ("physicaldescription.form", "Form"),
    ("physloc", "Shelf"),
    ("phystech", "Physical condition"),
    ("prefercite", "Preferred citation"),
    ("processinfo", "Processing"),
    ("publisher", "Publisher"),
    ("relatedmaterial", "Related material"),
    ("separatedmaterial", "Separated material"),
    ("typeofresource", "Type"),
];

/// The longest name, in bytes, that has a label.
const MAX_LABELLED_BYTES: usize = 32;

/// Returns the label of an own field: in English if it is a usual one, otherwise the words of its name.
///
/// ```
/// use fonds::record::shown::own_label;
///
/// assert_eq!(own_label("bioghist"), "Biography or history");
/// assert_eq!(own_label("creators.nameType"), "Creators: name type");
/// assert_eq!(own_label("dcterms:isPartOf"), "Is part of");
/// ```
pub fn own_label(name: &str) -> Cow<'_, str> {
    if let Some(label) = known_label(name) {
        return Cow::Borrowed(label);
    }
    let words = in_words(name);
    // A small letter tells it from the field of fonds.
    let is_field = Field::ALL.iter().any(|field| field.label() == words)
        || OTHER_LABELS.contains(&words.as_ref());
    if is_field { Cow::Owned(words.to_lowercase()) } else { words }
}

/// Labels on the screen and in text that are not those of a [`Field`].
const OTHER_LABELS: [&str; 6] = ["Date", "Position", "From", "To", "Location", "File"];

/// Returns the label of a usual own field.
pub(super) fn known_label(name: &str) -> Option<&'static str> {
    let lower = (name.len() <= MAX_LABELLED_BYTES).then(|| name.to_ascii_lowercase())?;
    OWN_LABELS.iter().find(|(own, _)| *own == lower).map(|(_, label)| *label)
}

/// The last parts of names of own fields that are for machines: attributes of EAD and MODS elements, keys of
/// Omeka S and ArchivesSpace, and the control subfields and indicators of MARC.
const TECHNICAL_PARTS: &str = "altrender audience authfilenumber authority authorityuri calendar datatype \
    encodinganalog encoding era id ind1 ind2 is_public jsonmodel_type lang langencoding normal property_id \
    property_label relatedencoding render repositoryencoding rules script scriptcode scriptencoding usage \
    valueuri xml:lang";

/// Names of own fields that are for machines: of MARC, OAI-PMH, JSON-LD and search engines.
const TECHNICAL_NAMES: &str = "@context _index _score _version_ aggregatedCHO container.label datestamp date_edtf ead leader originalRecord \
    jsonmodel_type lock_version setSpec recordContentSource recordOrigin";

/// Elements whose `source` is the name of a vocabulary.
const VOCABULARY_ELEMENTS: &str = "corpname famname function genreform geogname name occupation \
    persname subject title";

/// Whether an own field is for machines and tells a user nothing: an identifier in an authority file,
/// a code of a vocabulary.
pub fn is_technical(name: &str) -> bool {
    let has = |words: &str, word: &str| words.split_whitespace().any(|other| other == word);
    if is_about_other_values(name) || has(TECHNICAL_NAMES, name) {
        return true;
    }
    if is_marc_number(name) {
        return name.starts_with("00");
    }
    let Some((parent, last)) = name.rsplit_once('.') else { return false };
    if is_marc_number(parent) {
        return ["0", "1", "2", "6", "8", "ind1", "ind2"].contains(&last)
            || ["035", "040", "042", "066"].contains(&parent);
    }
    let element = parent.rsplit('.').next().unwrap_or(parent);
    has(TECHNICAL_PARTS, &last.to_ascii_lowercase())
        || (last == "source" && has(VOCABULARY_ELEMENTS, element))
}

/// Whether a name is the number of a MARC field.
fn is_marc_number(name: &str) -> bool {
    name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_digit())
}
