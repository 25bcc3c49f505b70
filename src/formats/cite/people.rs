//! Lists of people, as each style shortens and orders them.

use super::item::People;
use crate::record::Name;

/// The most people that a Chicago note and an MLA entry name.
const MAX_IN_NOTE: usize = 2;
/// The most people that a Chicago bibliography names, and how many it names of more.
const MAX_IN_BIBLIOGRAPHY: (usize, usize) = (6, 3);
/// The most people that APA names, and how many it names before the last one of more.
const MAX_IN_APA: (usize, usize) = (20, 19);

impl People {
    /// Returns one or two names in running order, of more the first one and `et al.`
    pub(super) fn in_note(&self) -> Option<String> {
        let first = self.names.first()?.running();
        if self.has_others || self.names.len() > MAX_IN_NOTE {
            return Some(format!("{first} et al."));
        }
        join_with_conjunction(self.names.iter().map(Name::running).collect(), "and")
    }

    /// Returns up to six names, of more three and `et al.`, the first one inverted.
    pub(super) fn in_bibliography(&self) -> Option<String> {
        let (most, of_more) = MAX_IN_BIBLIOGRAPHY;
        if self.names.len() > most {
            return Some(with_et_al(&first_inverted(self.names.get(..of_more)?)));
        }
        self.first_inverted_list()
    }

    /// Returns one or two names, of more the first one and `et al.`, the first one inverted.
    pub(super) fn in_mla(&self) -> Option<String> {
        if self.has_others || self.names.len() > MAX_IN_NOTE {
            return Some(format!("{}, et al.", self.names.first()?.index()));
        }
        self.first_inverted_list()
    }

    /// Returns up to 20 names with initials; of more the first 19 and the last one.
    pub(super) fn in_apa(&self) -> Option<String> {
        let mut names: Vec<String> = self.names.iter().map(Name::index_initials).collect();
        let (most, of_more) = MAX_IN_APA;
        if self.has_others && !names.is_empty() {
            return Some(with_et_al(&names));
        }
        match names.len() {
            2 => Some(names.join(", & ")),
            count if count > most => {
                let last = names.pop()?;
                Some(format!("{}, ... {last}", names.get(..of_more)?.join(", ")))
            }
            _ => join_with_conjunction(names, "&"),
        }
    }

    /// Returns all names, the first one inverted: `Soong, T.V., and Joseph Stalin`.
    fn first_inverted_list(&self) -> Option<String> {
        let all = first_inverted(&self.names);
        if self.has_others && !all.is_empty() {
            return Some(with_et_al(&all));
        }
        match (self.names.first()?, all.as_slice()) {
            (name, [first, second]) if !name.is_whole() => Some(format!("{first}, and {second}")),
            _ => join_with_conjunction(all, "and"),
        }
    }
}

/// Returns the names, and `et al.` for the others.
fn with_et_al(names: &[String]) -> String {
    format!("{}, et al.", names.join(", "))
}

/// Returns the first name inverted and the others in running order.
fn first_inverted(names: &[Name]) -> Vec<String> {
    let first = names.first().map(Name::index);
    first.into_iter().chain(names.iter().skip(1).map(Name::running)).collect()
}

/// Joins names as a list in a sentence: `A`, `A and B`, `A, B, and C`.
pub(super) fn join_with_conjunction(mut names: Vec<String>, conjunction: &str) -> Option<String> {
    let last = names.pop()?;
    Some(match names.as_slice() {
        [] => last,
        [only] => format!("{only} {conjunction} {last}"),
        more => format!("{}, {conjunction} {last}", more.join(", ")),
    })
}
