//! Contributors whom a citation names behind the title: translators, interviewers, photographers.

use std::collections::HashSet;

use super::item::{CitationItem, People};
use super::people::join_with_conjunction;
use crate::formats::roles;
use crate::record::{CitedRole, Field, Name, Record};
use crate::text::fold::fold;

/// The most contributors of a record that are looked at.
const MAX_CONTRIBUTORS: usize = 100;

/// The contributors with one role.
#[derive(Clone, Debug)]
pub(crate) struct Contribution {
    role: &'static CitedRole,
    people: People,
}

/// Returns the contributors by their roles, in the order of the file. People who are `creators` too are left out,
/// and so are those whom the title names.
pub(super) fn contributions(
    record: &Record,
    creators: &People,
    is_in_title: impl Fn(&Name) -> bool,
) -> Vec<Contribution> {
    let mut all: Vec<Contribution> = Vec::new();
    if record.first(Field::Contributor).is_none() {
        return all;
    }
    let creators: HashSet<String> = creators.names.iter().map(Name::index).collect();
    let roles = record.contributors().map(|(_, role)| role);
    let named = record.parse_names(Field::Contributor).zip(roles).take(MAX_CONTRIBUTORS);
    for (name, role) in named.filter(|(name, _)| !name.is_nobody() && !name.is_others()) {
        let is_creator = creators.contains(&name.index());
        let roles = roles::cited_roles(role);
        if is_creator || roles.is_empty() || is_in_title(&name) {
            continue;
        }
        for role in roles {
            let at = all.iter().position(|it| it.role.list == role.list);
            let at = at.unwrap_or_else(|| {
                all.push(Contribution { role, people: People::default() });
                all.len() - 1
            });
            if let Some(contribution) = all.get_mut(at)
                && !contribution.people.names.contains(&name)
            {
                contribution.people.names.push(name.clone());
            }
        }
    }
    // An interview is first with somebody, then by somebody.
    all.sort_by_key(|it| it.role.list != "interviewee");
    all
}

/// Returns the words before the names of contributors: in the plural if the title is, `photographs by`.
fn in_number_of_title(item: &CitationItem<'_>, words: &str) -> String {
    let noun = words.strip_suffix(" by").filter(|noun| !noun.contains([' ', '.']));
    let plural = noun.map(|noun| format!("{noun}s"));
    let first = item.title.words.first();
    match plural.filter(|plural| first.is_some_and(|first| *first == fold(plural))) {
        Some(plural) => format!("{plural} by"),
        None => words.to_owned(),
    }
}

impl Contribution {
    /// Whether the title is only the noun that the words for the role have: `Interview`, `Photograph`.
    fn is_bare_title(&self, item: &CitationItem<'_>) -> bool {
        let noun = in_number_of_title(item, &self.role.sentence);
        let noun = noun.split(' ').next().unwrap_or("");
        let bare = item.title.bare.as_deref();
        self.role.sentence.contains(' ') && bare.is_some_and(|bare| fold(bare) == fold(noun))
    }
}

/// Returns the title if it is only what a contributor did, with the names: `Interview by Emil Roth`.
pub(super) fn title_with_contributors(item: &CitationItem<'_>) -> Option<String> {
    let (first, second) = (item.contributors.first()?, item.contributors.get(1));
    if !first.is_bare_title(item) {
        return None;
    }
    let title =
        format!("{} {}", in_number_of_title(item, &first.role.sentence), first.people.in_note()?);
    let by = second.filter(|_| is_interview(item)).and_then(|it| it.people.in_note());
    Some(by.map_or(title.clone(), |by| format!("{title} by {by}")))
}

/// Whether the first two contributors are of one interview.
fn is_interview(item: &CitationItem<'_>) -> bool {
    let lists = item.contributors.iter().map(|it| it.role.list.as_str());
    lists.take(2).eq(["interviewee", "interviewer"])
}

/// Returns the contributors who are not in the title.
fn behind_title<'i>(item: &'i CitationItem<'_>) -> &'i [Contribution] {
    let in_title = match title_with_contributors(item) {
        Some(_) if is_interview(item) => 2,
        Some(_) => 1,
        None => 0,
    };
    item.contributors.get(in_title..).unwrap_or_default()
}

/// Whether a role says what the document is: `interview by`, `photograph by`.
fn says_document(role: &CitedRole) -> bool {
    let noun = role.sentence.split(' ').next().unwrap_or("");
    !noun.ends_with("ed") && !role.sentence.starts_with("Drawn")
}

/// Returns the contributors with the words before them, each a part of the citation.
fn phrases(
    item: &CitationItem<'_>,
    words: fn(&CitedRole) -> &str,
    is_wanted: fn(&CitedRole) -> bool,
) -> Vec<String> {
    let mut phrases: Vec<(Vec<String>, String)> = Vec::new();
    let all = behind_title(item);
    for (at, contribution) in all.iter().enumerate().filter(|(_, it)| is_wanted(it.role)) {
        let Some(names) = contribution.people.in_note() else { continue };
        let words = in_number_of_title(item, words(contribution.role));
        match phrases.last_mut() {
            // `interview with Anna Keller by Emil Roth`
            Some((_, last))
                if at == 1 && all.len() == item.contributors.len() && is_interview(item) =>
            {
                *last = format!("{last} by {names}");
            }
            Some((roles, last)) if *last == names && !says_document(contribution.role) => {
                roles.push(words);
            }
            _ => phrases.push((vec![words], names)),
        }
    }
    phrases.into_iter().map(|(roles, names)| format!("{} {names}", join_roles(&roles))).collect()
}

/// Joins the words for several roles of the same people: `Translated and edited by`, `trans. and ed.`
fn join_roles(roles: &[String]) -> String {
    let [first, others @ ..] = roles else { return String::new() };
    let bare = |words: &String| words.strip_suffix(" by").unwrap_or(words).to_lowercase();
    let all_have_by = roles.iter().all(|words| words.ends_with(" by"));
    match others {
        [] => first.clone(),
        others if all_have_by => {
            let first = first.strip_suffix(" by").unwrap_or(first);
            let others: Vec<String> = others.iter().map(bare).collect();
            format!("{first} and {} by", others.join(" and "))
        }
        others => format!("{first} and {}", others.join(" and ")),
    }
}

/// Returns the contributors of a note whose role says what the document is: `interview by Emil Roth`.
pub(super) fn behind_title_of_note(item: &CitationItem<'_>) -> Option<String> {
    join(&phrases(item, |role| &role.note, says_document))
}

/// Returns the other contributors of a note: `trans. Emil Roth`. They stand behind the date, which is that of the
/// document and not of their work.
pub(super) fn behind_date_of_note(item: &CitationItem<'_>) -> Option<String> {
    join(&phrases(item, |role| &role.note, |role| !says_document(role)))
}

/// Joins phrases with commas.
fn join(phrases: &[String]) -> Option<String> {
    (!phrases.is_empty()).then(|| phrases.join(", "))
}

/// Returns the contributors as sentences without the last full stop: `Translated by Emil Roth`.
pub(super) fn in_sentences(item: &CitationItem<'_>) -> Vec<Option<String>> {
    phrases(item, |role| &role.sentence, |_| true).into_iter().map(Some).collect()
}

/// Returns the contributors as APA style has them behind the title: `(E. Roth, Trans.)`. A letter to somebody has
/// none there.
pub(super) fn in_apa(item: &CitationItem<'_>) -> Option<String> {
    if !item.recipients.names.is_empty() {
        return None;
    }
    let of_role = |contribution: &Contribution| {
        let names = &contribution.people.names;
        let label = match contribution.role.apa.as_str() {
            label if names.len() < 2 || ["Trans.", "Illus."].contains(&label) => label.to_owned(),
            label if label.ends_with("man") => format!("{}men", label.trim_end_matches("man")),
            label => match label.strip_suffix('.') {
                Some(short) => format!("{short}s."),
                None => format!("{label}s"),
            },
        };
        let names = join_with_conjunction(names.iter().map(Name::running_initials).collect(), "&")?;
        Some(format!("{names}, {label}"))
    };
    let all: Vec<String> = behind_title(item).iter().filter_map(of_role).collect();
    (!all.is_empty()).then(|| format!("({})", all.join("; ")))
}
