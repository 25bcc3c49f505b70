//! The text of a name or term, which EAD3 takes apart into parts.

use crate::formats::read::xml::Element;

/// The types of a part that goes first: those of a family's name.
const FIRST_PARTS: [&str; 5] = ["surname", "familyname", "family_name", "lastname", "family"];

/// Returns the text of a name or term, with its parts as catalogues write them: `Johnson, William,
/// 1932-`, `Tobacco -- Machinery`.
pub(super) fn term_text(element: Element<'_>) -> String {
    let separator = match element.name() {
        "persname" | "famname" | "name" => ", ",
        "corpname" | "title" => ". ",
        _ => " -- ",
    };
    let mut parts: Vec<Element<'_>> = element.children_named("part").collect();
    if parts.len() < 2 {
        return element.text();
    }
    parts.sort_by_key(|part| {
        !part_type(*part).is_some_and(|kind| FIRST_PARTS.contains(&kind.as_str()))
    });
    let mut text = String::new();
    for part in parts {
        let part_text = part.text();
        if part_text.is_empty() {
            continue;
        }
        let is_date = part_type(part).is_some_and(|kind| kind.contains("date"));
        let is_in_brackets = part_text.starts_with('(');
        let separator = match separator {
            _ if text.is_empty() => "",
            _ if is_in_brackets => " ",
            ". " if is_date => ", ",
            separator => separator,
        };
        if separator != " " {
            let punctuation: &[char] =
                if separator == ". " { &['.', ',', ';'] } else { &[',', ';', '-'] };
            let is_own_dash = separator == ", " && text.ends_with('-');
            if !is_own_dash {
                text.truncate(text.trim_end_matches(punctuation).trim_end().len());
            }
        }
        text.push_str(separator);
        text.push_str(&part_text);
    }
    text
}

/// The type of a part, in lower case.
fn part_type(part: Element<'_>) -> Option<String> {
    part.attribute("localtype").map(|kind| kind.to_lowercase().replace([' ', '-'], ""))
}
