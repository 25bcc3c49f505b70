//! Finds how many lines stand between the titles of a copied page and their dates.

use super::ends_sentence;
use super::labels::label_and_value;
use super::orders::MAX_LEAD_LINES;
use super::page_body::{PageBody, looks_like_names};

/// The number of lines from a title to the line with its date. The first record shows it; where other text
/// may stand above it, the fewest lines between two dates do.
pub(super) fn lead_of(body: &PageBody<'_>, dates: &[usize], buttons: &[usize]) -> Option<usize> {
    let first = *dates.first()?;
    let gaps = dates.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(b - a - 1),
        _ => None,
    });
    let smallest = gaps.min().unwrap_or(first);
    // A blank line above the title parts it from what stands higher.
    let parted = (1..=first.min(MAX_LEAD_LINES)).find(|lead| {
        let blank =
            |date: usize| body.lines.get(date - lead).is_some_and(|line| line.blank_above > 0);
        let inside = |date: usize| {
            (date - lead + 1..=date)
                .any(|at| body.lines.get(at).is_some_and(|line| line.blank_above > 0))
        };
        dates.iter().skip(1).all(|date| *date >= *lead && blank(*date) && !inside(*date))
    });
    let parted = parted.filter(|lead| dates.len() > 1 && *lead <= smallest);
    let lines_at = |lead: usize| dates.iter().map(|date| date - lead).collect::<Vec<_>>();
    // Blank lines may stand above the authors, too.
    let has_names = |lead: usize| {
        lines_at(lead).iter().all(|at| looks_like_names(body.text(*at)))
            && !lines_at(lead + 1).iter().all(|at| looks_like_names(body.text(*at)))
    };
    let highest = first.min(smallest).min(MAX_LEAD_LINES);
    let is_framed = |lead: usize| {
        lead == first && body.starts_sharply && body.badges(&lines_at(lead), lead - 1) > 0
    };
    let parted = match parted {
        Some(lead) if lead < highest && is_framed(highest) => Some(highest),
        Some(lead) if lead < highest && has_names(lead) => Some(lead + 1),
        lead => lead,
    };
    let lead = match parted {
        Some(lead) => lead,
        None if body.starts_sharply || first <= smallest => first,
        None => smallest.min(1),
    };
    // A button is the end of the record above it.
    let has_button = |lead: usize| {
        dates
            .iter()
            .skip(1)
            .any(|date| (date.saturating_sub(lead)..*date).any(|at| buttons.contains(&at)))
    };
    let is_title = |lead: &usize| *lead <= smallest && has_titles_at(body, dates, *lead);
    let lead = if parted.is_some() {
        lead
    } else {
        (1..=lead.min(MAX_LEAD_LINES)).rev().find(is_title).unwrap_or(lead)
    };
    let lead = (1..=lead).rev().find(|lead| !has_button(*lead)).unwrap_or(lead);
    (lead > 0 && lead <= smallest.max(1) && lead <= first && lead <= MAX_LEAD_LINES && smallest > 0)
        .then_some(lead)
}

/// Whether the lines so many above the dates may be titles: what stands above the titles of a page is above its first record
/// alone, so that the lines at the same place above the others are the ends of their summaries, or say where they belong.
fn has_titles_at(body: &PageBody<'_>, dates: &[usize], lead: usize) -> bool {
    let Some((first, others)) = dates.split_first() else { return true };
    let text = |date: usize| date.checked_sub(lead).map_or("", |at| body.text(at));
    let is_end = |text: &str| {
        let is_sentence = ends_sentence(text) && text.contains(char::is_lowercase);
        is_sentence || label_and_value(text).is_some()
    };
    let ends = others.iter().filter(|date| is_end(text(**date))).count();
    let begins_with_end = lead == *first && is_end(text(*first));
    begins_with_end || 2 * ends < others.len().max(1)
}

/// Returns the line above the title of the first record, if the last record shows that it may be none of it: with one line less
/// above each date, as many lines would stand below each.
pub(super) fn doubtful_head(body: &PageBody<'_>, dates: &[usize], lead: usize) -> Option<usize> {
    let (first, last) = (*dates.first()?, *dates.last()?);
    let mut gaps = dates.windows(2).filter_map(|pair| match pair {
        [above, below] => Some(below - above - 1),
        _ => None,
    });
    let gap = gaps.next().filter(|gap| gaps.all(|other| other == *gap))?;
    let below = body.lines.len().checked_sub(last + 1)?;
    let has_blank =
        (first.checked_sub(lead)? + 1..body.lines.len()).any(|at| body.blank_above(at) > 0);
    (lead == first && lead > 1 && gap == lead && below == 1 && !has_blank).then_some(first - lead)
}
