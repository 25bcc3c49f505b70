//! What roles of names mean, and which field of a record a name with a role fills.
//!
//! Finding aids and catalogues write a role as a code (`rcp`), a word (`addressee`), both (`Author (aut)`),
//! an address (`http://id.loc.gov/vocabulary/relators/aut`), or as a word behind the name.

use crate::formats::roles::{ROLE_FIELDS, key};
use crate::record::{Field, Name, Record, StatedKind};

/// The most own fields with which a name is compared: comparing with any number would take quadratic time.
const MAX_COMPARED_FIELDS: usize = 1_000;

/// The words between two roles in one text.
const JOINING_WORDS: [&str; 8] = ["and", "und", "et", "y", "e", "en", "&", "+"];

/// A name with what its file says of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct NamedParty<'a> {
    /// The name as written.
    pub(super) name: &'a str,
    /// The roles that the file states beside the name.
    pub(super) roles: &'a [String],
    /// What the file states about the name.
    pub(super) kind: Option<StatedKind>,
    /// The field of a name without a role.
    pub(super) default: Field,
}

impl NamedParty<'_> {
    /// Adds the name to the field of its role. Returns this field.
    ///
    /// A creator with other roles is added as a creator only; the caller keeps the roles as written. A role
    /// behind the name counts if the file states no other.
    pub(super) fn add_to(self, record: &mut Record) -> Field {
        let stated: Vec<&str> =
            self.roles.iter().map(|role| role.trim()).filter(|role| !role.is_empty()).collect();
        if !stated.is_empty() {
            return self.add_with_roles(self.name, &stated, record);
        }
        if !may_have_role_behind(self.name) {
            self.add_to_field(self.name, self.default, "", record);
            return self.default;
        }
        let (bare, behind) = Name::split_roles(self.name);
        let behind: Vec<&str> = behind
            .iter()
            .map(String::as_str)
            .filter(|role| field_of_role(role).is_some())
            .collect();
        if behind.is_empty() {
            self.add_to_field(self.name, self.default, "", record);
            return self.default;
        }
        self.add_with_roles(bare, &behind, record)
    }

    /// Adds a name with its roles, at least one.
    fn add_with_roles(self, bare: &str, roles: &[&str], record: &mut Record) -> Field {
        let fields: Vec<Field> =
            roles.iter().map(|role| field_of_role(role).unwrap_or(Field::Contributor)).collect();
        if fields.contains(&Field::Creator) || fields.contains(&Field::Recipient) {
            for field in [Field::Recipient, Field::Creator] {
                if fields.contains(&field) {
                    self.add_to_field(self.name, field, "", record);
                }
            }
            let is_creator = fields.contains(&Field::Creator);
            return if is_creator { Field::Creator } else { Field::Recipient };
        }
        if !fields.contains(&Field::Contributor) {
            self.add_to_field(self.name, Field::People, "", record);
            return Field::People;
        }
        let mut kept: Vec<&str> = Vec::new();
        for (role, field) in roles.iter().map(|role| short_code(role)).zip(&fields) {
            if *field == Field::Contributor && !kept.contains(&role) {
                kept.push(role);
            }
        }
        self.add_to_field(bare, Field::Contributor, &kept.join("; "), record);
        Field::Contributor
    }

    /// Adds the name to a field, and what is stated about it.
    fn add_to_field(self, name: &str, field: Field, role: &str, record: &mut Record) {
        record.push(field, name);
        if field == Field::Contributor && !name.trim().is_empty() {
            record.push(Field::ContributorRole, role);
        }
        // Only these names are ever cited.
        let Some(kind) = self.kind.filter(|_| field != Field::People) else { return };
        if record.own.len() < MAX_COMPARED_FIELDS {
            record.set_name_kind(name, kind);
        } else {
            record.own.push((kind.own_field().into(), name.trim().to_owned()));
        }
    }
}

/// Whether the last part of a name may be a role: behind a comma or in brackets, without a number.
fn may_have_role_behind(name: &str) -> bool {
    let name = name.trim_end_matches(['.', ' ', ',']);
    let part = match name.strip_suffix([')', ']']) {
        Some(inner) => inner.rsplit(['(', '[']).next(),
        None => name.rsplit_once(',').map(|(_, last)| last),
    };
    let Some(part) = part.filter(|part| !part.contains(|it: char| it.is_ascii_digit())) else {
        return false;
    };
    let part = part.trim().trim_end_matches('.').to_lowercase();
    let is_list = part.contains(['/', ';', '&'])
        || part.split(' ').skip(1).any(|word| JOINING_WORDS.contains(&word));
    ROLE_FIELDS.contains_key(&part) || !part.is_ascii() || is_list
}

/// Returns the field of names with this role; `None` if the role is not known.
///
/// Of several roles in one text, that of a creator comes first, then that of a recipient.
pub(super) fn field_of_role(role: &str) -> Option<Field> {
    if let Some(field) = ROLE_FIELDS.get(role) {
        return Some(*field);
    }
    let role = role.rsplit_once("://").map_or(role, |(_, address)| {
        address.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or(address)
    });
    if let Some(field) = ROLE_FIELDS.get(&key(role)) {
        return Some(*field);
    }
    let mut text = role.to_lowercase();
    for word in JOINING_WORDS {
        text = text.replace(&format!(" {word} "), ";");
    }
    let mut parts: Vec<&str> =
        text.split(['(', ')', '[', ']', ',', ';', '/', ':', '*', '|']).map(str::trim).collect();
    // Codes are also written one after the other.
    let is_code =
        |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if text.split_whitespace().all(is_code) {
        parts.extend(text.split_whitespace());
    }
    let fields: Vec<Field> =
        parts.iter().filter_map(|part| ROLE_FIELDS.get(&key(part))).copied().collect();
    let order = [Field::Creator, Field::Recipient, Field::Contributor, Field::People];
    order.into_iter().find(|field| fields.contains(field))
}

/// The kinds of those who have a role, as Islandora writes them between the code and the name.
const AGENT_KINDS: [&str; 4] = ["person", "corporate_body", "family", "organization"];

/// The word before the code of a role in tables of Islandora.
const RELATORS: &str = "relators:";

/// Whether a text may begin with a name behind the code of its role.
pub(super) fn may_begin_relators(text: &str) -> bool {
    text.trim_start_matches([';', '|', ' ', '\n']).starts_with(RELATORS)
}

/// Returns the code of a role and the name behind it: `relators:aut:person:Keller, Anna`.
pub(super) fn split_relator(text: &str) -> Option<(&str, &str)> {
    let (code, name) = text.trim().strip_prefix(RELATORS)?.split_once(':')?;
    let (kind, bare) = name.split_once(':').unwrap_or(("", name));
    let name = if AGENT_KINDS.contains(&kind) { bare } else { name };
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_code && !name.trim().is_empty()).then(|| (code, name.trim()))
}

/// Whether the program knows what a role, or one of several in a text, means.
pub(super) fn is_known_role(role: &str) -> bool {
    field_of_role(role).is_some()
}

/// Whether a role is one word or code that the program knows.
pub(super) fn is_known_word(role: &str) -> bool {
    ROLE_FIELDS.contains_key(&key(role))
}

/// Returns a role that is written as a word and as a code: `editor (edt)`.
pub(super) fn role_with_code(word: &str, code: &str) -> String {
    let code = short_code(code);
    if code.eq_ignore_ascii_case(word) { word.to_owned() } else { format!("{word} ({code})") }
}

/// Returns the code in an address of the MARC relators, or the role as it is.
fn short_code(role: &str) -> &str {
    role.split_once("/relators/").map_or(role, |(_, code)| code.trim_end_matches('/'))
}
