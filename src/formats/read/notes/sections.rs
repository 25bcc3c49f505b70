//! Several notes in one file: each stands under a heading and begins with fields of its own (`date:: 1945`).

use super::front_matter;

/// The fewest notes in a file of several.
const MIN_NOTES: usize = 2;

/// A note in a file of several.
#[derive(Debug)]
pub(super) struct Section<'t> {
    /// The line of its heading, counted from 1.
    pub(super) line: usize,
    heading: &'t str,
    /// The text below its heading.
    body: &'t str,
}

impl Section<'_> {
    /// Returns it as the text of a file: its fields above its heading.
    pub(super) fn to_note(&self) -> String {
        let (fields, body) = front_matter::split_properties(self.body);
        format!("{}\n\n# {}\n{body}", fields.trim(), self.heading)
    }
}

/// Returns the notes of a file of several, with the text above the first one. All headings of one level have fields below them.
pub(super) fn split(text: &str) -> Option<(&str, Vec<Section<'_>>)> {
    let mut headings: Vec<(usize, usize, usize, &str)> = Vec::new();
    let (mut at, mut is_code) = (0, false);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        is_code ^= line.trim_start().starts_with("```");
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let title = line.get(level..).and_then(|rest| rest.strip_prefix(' '));
        if let Some(title) = title.filter(|_| level > 0 && !is_code) {
            headings.push((level, number + 1, at, title.trim()));
        }
        at += line.len();
    }
    let body_of = |index: usize, level: usize| {
        let (_, _, start, _) = headings.get(index)?;
        let next = headings.get(index + 1..)?.iter().find(|(it, ..)| *it <= level);
        let end = next.map_or(text.len(), |(_, _, start, _)| *start);
        let section = text.get(*start..end)?;
        Some(section.split_once('\n').map_or("", |(_, body)| body))
    };
    let has_fields = |index: usize, level: usize| {
        body_of(index, level).is_some_and(front_matter::has_properties)
    };
    let with_fields = headings.iter().enumerate().find(|(at, (level, ..))| has_fields(*at, *level));
    let level = with_fields?.1.0;
    let mut sections = Vec::new();
    for (index, (_, line, _, heading)) in
        headings.iter().enumerate().filter(|(_, (it, ..))| *it == level)
    {
        let body = body_of(index, level).filter(|body| front_matter::has_properties(body))?;
        sections.push(Section { line: *line, heading, body });
    }
    let first = headings.iter().find(|(it, ..)| *it == level)?.2;
    let is_outermost = headings.iter().all(|(it, _, start, _)| *it >= level || *start < first);
    (sections.len() >= MIN_NOTES && is_outermost).then_some((text.get(..first)?, sections))
}
