//! Boxes, folders and other containers, as citations name them.

use std::collections::HashSet;

use super::punctuation::tidy;
use crate::formats::{rich_text, shelf_location};
use crate::record::{Field, Record, container_in_sentence};

/// Returns the containers of a record, or own fields with such names, without marks. They stay in the order of
/// the file, and each folder behind its box: `box 3, folder 2, box 5, folder 2`.
pub(super) fn containers(record: &Record) -> Vec<String> {
    let labelled = |field: Field, value: &str| {
        let value = tidy(&rich_text::to_plain(value));
        let text = (!value.is_empty()).then(|| container_in_sentence(field, &value))?;
        Some((field, with_plural(&text)))
    };
    let containers: Vec<(Field, String)> =
        record.containers().filter_map(|(field, value)| labelled(field, value)).collect();
    if !containers.is_empty() {
        return distinct_containers(containers);
    }
    let mut own: Vec<(Field, String)> = record
        .own
        .iter()
        .filter_map(|(name, value)| own_container(name, value))
        .filter_map(|(field, value)| labelled(field, &value))
        .collect();
    own.sort_by_key(|(field, _)| *field);
    distinct_containers(own)
}

/// Returns the container that an own field names: `box`, `container.reel`.
fn own_container(name: &str, value: &str) -> Option<(Field, String)> {
    let last = name.rsplit('.').next().unwrap_or(name);
    match last {
        "box" => Some((Field::Box, value.to_owned())),
        "folder" => Some((Field::Folder, value.to_owned())),
        _ => {
            let kind = name.strip_prefix("container.").filter(|kind| !kind.contains('.'))?;
            if shelf_location::is_code_of_container(kind) {
                return None;
            }
            shelf_location::container_of_kind(kind, value)
        }
    }
}

/// Returns the containers, each folder with its box, without whole repetitions. Folders of one box share it.
fn distinct_containers(containers: Vec<(Field, String)>) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut read_box = String::new();
    let mut named_box = String::new();
    let mut distinct: Vec<String> = Vec::new();
    for (field, text) in containers {
        if field == Field::Container {
            // A shelf or a reel may be said before each of several boxes or frames.
            if distinct.last() == Some(&text) {
                continue;
            }
        } else if field == Field::Box {
            let is_new = seen.insert((text.clone(), None));
            read_box.clone_from(&text);
            if !is_new {
                continue;
            }
            named_box.clone_from(&text);
        } else {
            if !seen.insert((read_box.clone(), Some(text.clone()))) {
                continue;
            }
            if named_box != read_box {
                named_box.clone_from(&read_box);
                distinct.push(read_box.clone());
            }
        }
        distinct.push(text);
    }
    distinct
}

/// The longest range of numbers; numbers that lie farther apart are a code: `Case 12-345`.
const MAX_RANGE: u32 = 20;
/// The words whose number is a range where a hyphen stands in it. With others it may be a code.
const RANGED: [&str; 12] = [
    "box", "folder", "reel", "volume", "frame", "page", "item", "file", "sheet", "map", "drawer",
    "carton",
];

/// Returns a container with the word for several, where its number is a range or a list: `boxes 3–4`.
fn with_plural(text: &str) -> String {
    let at = text.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
    let (kind, numbers) = text.split_at(at);
    let kind = kind.trim_end();
    let is_ranged = RANGED.iter().any(|known| kind.eq_ignore_ascii_case(known));
    let range = number_range(numbers).filter(|_| is_ranged || !kind.is_ascii());
    let is_list = || {
        let mut parts = numbers.split([',', ';', '&']).flat_map(|part| part.split(" and "));
        numbers.contains([',', ';', '&', ' ']) && parts.all(|part| is_number(part.trim()))
    };
    let numbers = match range {
        Some([first, last]) => format!("{first}–{last}"),
        None if is_list() => numbers.to_owned(),
        None => return text.to_owned(),
    };
    format!("{} {numbers}", plural(kind))
}

/// Returns both ends of a range of numbers that rises: `3-4`, `12A-12C`.
fn number_range(text: &str) -> Option<[&str; 2]> {
    let (first, last) = text.split_once(['-', '–', '—'])?;
    let ends = [first.trim(), last.trim()];
    let [Some(low), Some(high)] = ends.map(number_and_letter) else { return None };
    let is_near = low.0.abs_diff(high.0) <= MAX_RANGE;
    (low < high && low.1.is_some() == high.1.is_some() && is_near).then_some(ends)
}

/// Returns a number and the letter behind it: `12A`.
fn number_and_letter(text: &str) -> Option<(u32, Option<char>)> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let mut letters = text.get(digits.len()..)?.chars();
    let letter = letters.next().map(|letter| letter.to_ascii_lowercase());
    Some((digits.parse().ok()?, letter)).filter(|_| letters.next().is_none())
}

/// Whether a text is a number.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the English plural of a word for a container. Other words stay.
fn plural(kind: &str) -> String {
    let is_english = container_in_sentence(Field::Container, &format!("{} 1", capital(kind)))
        == format!("{kind} 1");
    // English words are small here.
    let is_english = is_english && kind.starts_with(char::is_lowercase);
    if !is_english || kind.ends_with('s') || kind.ends_with("s.") {
        return kind.to_owned();
    }
    match kind {
        _ if kind.ends_with('.') => format!("{}s.", kind.trim_end_matches('.')),
        _ if kind.ends_with("shelf") => format!("{}ves", kind.trim_end_matches('f')),
        _ if kind.ends_with('x') => format!("{kind}es"),
        _ => format!("{kind}s"),
    }
}

/// Returns a word with a capital first letter.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
