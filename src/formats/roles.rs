//! Roles of contributors: MARC relator codes, their words, and the variables of CSL.
//!
//! Only what a file says is used: no role is guessed.

/// A role for which citation formats have a place.
struct KnownRole {
    /// The variable of CSL.
    variable: &'static str,
    /// The code and the words for it, in lower case.
    names: &'static [&'static str],
}

/// The roles that CSL has variables for, in the order in which they are written
/// (<https://www.loc.gov/marc/relators/>).
const KNOWN_ROLES: [KnownRole; 8] = [
    KnownRole {
        variable: "translator",
        names: &[
            "trl",
            "translator",
            "übersetzer",
            "übersetzerin",
            "traducteur",
            "traductor",
            "traduttore",
        ],
    },
    KnownRole { variable: "editor", names: &["edt", "editor", "herausgeber", "herausgeberin"] },
    KnownRole { variable: "compiler", names: &["com", "compiler"] },
    KnownRole { variable: "interviewer", names: &["ivr", "interviewer"] },
    KnownRole { variable: "illustrator", names: &["ill", "illustrator"] },
    KnownRole { variable: "composer", names: &["cmp", "composer"] },
    KnownRole { variable: "director", names: &["drt", "director"] },
    KnownRole { variable: "contributor", names: &["", "ctb", "contributor"] },
];

/// The variables of CSL for contributors, in the order in which they are written.
pub(super) fn variables() -> impl Iterator<Item = &'static str> {
    KNOWN_ROLES.iter().map(|role| role.variable)
}

/// Returns the CSL variable of a role.
pub(super) fn variable(role: &str) -> Option<&'static str> {
    let role = role.trim().trim_end_matches('.').to_lowercase();
    let known = KNOWN_ROLES.iter().find(|known| known.names.contains(&role.as_str()));
    known.map(|known| known.variable)
}

/// Returns the role that a CSL variable gives: its name, and none for `contributor`.
pub(super) fn role_of_variable(variable: &str) -> &str {
    if variable == "contributor" { "" } else { variable }
}

/// Whether a role, as a code or a word, is that of whoever made the document.
pub(super) fn is_creator(role: &str) -> bool {
    let role = role.trim().trim_end_matches('.').to_lowercase();
    [
        "cre",
        "aut",
        "creator",
        "author",
        "sender",
        "verfasser",
        "verfasserin",
        "autor",
        "auteur",
        "autore",
    ]
    .contains(&role.as_str())
}

/// Whether a role, as a code or a word, is that of whom a document is addressed to.
pub(super) fn is_recipient(role: &str) -> bool {
    let role = role.trim().trim_end_matches('.').to_lowercase();
    [
        "rcp",
        "recipient",
        "addressee",
        "empfänger",
        "empfängerin",
        "adressat",
        "destinataire",
        "destinatario",
    ]
    .contains(&role.as_str())
}
