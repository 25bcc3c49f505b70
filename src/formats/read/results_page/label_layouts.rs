//! Decides where the records of a copied page with labels begin: once for the whole page.
//!
//! The lines between the labels of two records are the summary of the one above, the title of the next, and what
//! stands between its title and its labels. Each way to part them gets points for what it explains.

use std::collections::HashMap;

use super::ends_sentence;
use super::labels::Label;
use super::orders::MAX_LEAD_LINES;
use super::page_body::PageBody;

/// The lines with the labels of a record.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: usize,
    end: usize,
}

/// Where the records of a page begin, and how well that fits.
struct Layout {
    starts: Vec<usize>,
    points: i32,
}

/// The most lines from the first of a record to its labels.
const MAX_LABEL_LEAD_LINES: usize = 8;

/// A line of this many words is prose.
const MIN_PROSE_WORDS: usize = 8;

/// Points for a line that all records have in one place, and against what cannot be.
const SURE: i32 = 4;
/// Points for what is nearly always so.
const LIKELY: i32 = 2;
/// Points for a hint.
const HINT: i32 = 1;

/// Returns the first line of each record, its title; `None` if a record has no line above its labels.
pub(super) fn starts_of_groups(
    body: &PageBody<'_>,
    groups: &[Vec<&Label<'_>>],
) -> Option<Vec<usize>> {
    let spans: Vec<Span> = groups
        .iter()
        .map(|group| Some(Span { first: group.first()?.at, end: group.last()?.end }))
        .collect::<Option<_>>()?;
    let anchors: Vec<(usize, usize)> = spans.iter().map(|span| (span.first, span.end)).collect();
    let buttons = body.repeated_below(&anchors);
    let texts = TextCounts::of((0..body.lines.len()).map(|at| body.text(at)));
    // A button is the end of the record above it.
    let has_button = |(at, span): (&usize, &Span)| {
        let next = buttons.partition_point(|button| button < at);
        buttons.get(next).is_some_and(|button| *button < span.first)
    };
    let all = candidates(body, &texts, &spans, &buttons);
    let without: Vec<Vec<usize>> = all
        .iter()
        .filter(|starts| !starts.iter().zip(&spans).skip(1).any(has_button))
        .cloned()
        .collect();
    let fitting = if without.is_empty() { all } else { without };
    let layouts = fitting.into_iter().map(|starts| {
        // A button that is the last line of the page is that of each record.
        let is_last = buttons.last().is_some_and(|last| last + 1 == body.lines.len());
        let follows_button = |start: &usize| buttons.binary_search(&(start - 1)).is_ok();
        let follow_buttons = starts.iter().skip(1).all(follows_button);
        let bonus = if is_last && follow_buttons { LIKELY } else { 0 };
        let points = points(body, &texts, &spans, &starts) + bonus;
        Layout { starts, points }
    });
    // The first of equals is the one with the fewest lines above the labels.
    let best = layouts.reduce(|best, other| if other.points > best.points { other } else { best });
    best.map(|layout| layout.starts)
}

/// How often texts stand in some of the lines of a page, and the words before a colon with which they begin.
#[derive(Default)]
struct TextCounts<'t> {
    texts: HashMap<&'t str, usize>,
    words: HashMap<&'t str, usize>,
}

impl<'t> TextCounts<'t> {
    /// Counts texts.
    fn of(texts: impl Iterator<Item = &'t str>) -> TextCounts<'t> {
        let mut counts = TextCounts::default();
        for text in texts {
            *counts.texts.entry(text).or_default() += 1;
            if let Some((word, _)) = text.split_once(": ") {
                *counts.words.entry(word).or_default() += 1;
            }
        }
        counts
    }

    /// Returns how many texts are this one.
    fn of_text(&self, text: &str) -> usize {
        self.texts.get(text).copied().unwrap_or(0)
    }

    /// Returns how many texts begin with this word and a colon.
    fn of_word(&self, word: &str) -> usize {
        self.words.get(word).copied().unwrap_or(0)
    }
}

/// Returns the ways in which the lines between the labels may be parted. `texts` are those of all lines.
fn candidates(
    body: &PageBody<'_>,
    texts: &TextCounts<'_>,
    spans: &[Span],
    buttons: &[usize],
) -> Vec<Vec<usize>> {
    let pairs = || {
        spans.windows(2).filter_map(|pair| match pair {
            [above, below] => Some((above.end, *below)),
            _ => None,
        })
    };
    let all = |start: &dyn Fn(usize, Span) -> Option<usize>| -> Option<Vec<usize>> {
        let starts = pairs().map(|(floor, span)| {
            start(floor, span).filter(|start| (floor..span.first).contains(start))
        });
        let later: Vec<usize> = starts.collect::<Option<_>>()?;
        let others: Vec<(usize, usize)> =
            pairs().zip(&later).map(|((_, span), start)| (*start, span.first)).collect();
        let labels = spans.first()?.first;
        // Right below the count of a page its first record begins.
        let sharp = || Some(0).filter(|_| body.starts_sharply && labels > 0);
        let first = first_start(body, texts, labels, &others).or_else(sharp)?;
        Some(std::iter::once(first).chain(later).collect())
    };
    let mut found: Vec<Vec<usize>> = Vec::new();
    for lead in 1..=MAX_LABEL_LEAD_LINES {
        found.extend(all(&|_, span| span.first.checked_sub(lead)));
    }
    // All that stands above the labels belongs to them.
    found.extend(all(&|floor, _| Some(floor)));
    // The most blank lines part the records.
    found.extend(all(&|floor, span| {
        let lines = floor..span.first;
        let most = lines.clone().map(|at| body.blank_above(at)).max().filter(|most| *most > 0)?;
        lines.rev().find(|at| body.blank_above(*at) == most)
    }));
    // The last button ends a record.
    found.extend(all(&|floor, span| {
        let next = buttons.partition_point(|button| *button < span.first);
        let last = buttons.get(..next)?.last().filter(|button| **button >= floor);
        last.map(|at| at + 1)
    }));
    // The first record may have more lines above its labels than the others.
    let sharp = found.iter().filter(|starts| body.starts_sharply && starts.first() != Some(&0));
    let sharp: Vec<Vec<usize>> = sharp
        .map(|starts| std::iter::once(0).chain(starts.iter().skip(1).copied()).collect())
        .collect();
    found.extend(sharp);
    found
}

/// Returns the first line of the first record, whose labels begin at a line. What stands above it is the head of the
/// page. `others` are the first lines and those of the labels of the other records.
fn first_start(
    body: &PageBody<'_>,
    texts: &TextCounts<'_>,
    labels: usize,
    others: &[(usize, usize)],
) -> Option<usize> {
    let leads: Vec<usize> = others.iter().map(|(start, labels)| labels - start).collect();
    let (least, most) = (leads.iter().min().copied(), leads.iter().max().copied());
    let (Some(least), Some(most)) = (least, most) else {
        return if body.starts_sharply {
            Some(0).filter(|_| labels > 0)
        } else {
            labels.checked_sub(1)
        };
    };
    let titles = TextCounts::of(others.iter().map(|(start, _)| body.text(*start)));
    let is_title = |lead: usize| {
        let text = body.text(labels - lead);
        let word = text.split_once(": ").map(|(word, _)| word);
        let is_label = word.is_some_and(|word| texts.of_word(word) > titles.of_word(word) + 1);
        !ends_sentence(text) && !text.ends_with(':') && !is_label
    };
    let is_prose_at = |at: usize| {
        let text = body.text(at);
        ends_sentence(text) || text.split_whitespace().count() >= MIN_PROSE_WORDS
    };
    let is_prose = |lead: usize| is_prose_at(labels - lead);
    let have_prose = others.iter().all(|(start, labels)| (start + 1..*labels).all(is_prose_at));
    // It may have a summary that no other record has.
    let has_summary = labels == most + 1 && body.starts_sharply && is_prose(most);
    // Above the records of a page without a count stands its heading.
    let has_own_lines = |lead: usize| {
        (lead == least && !have_prose) || body.starts_sharply || (1..lead).all(is_prose)
    };
    let least = if have_prose && !body.starts_sharply { 1 } else { least };
    let fits = |lead: &usize| is_title(*lead) && !has_summary && has_own_lines(*lead);
    let lead = (least..=most.min(labels)).rev().find(fits);
    let higher = || (most..=labels.min(most + MAX_LEAD_LINES)).find(|lead| is_title(*lead));
    // It may have a label above those that the others begin with, right below its title.
    let shorter = || Some(labels).filter(|lead| (1..least).contains(lead) && is_title(*lead));
    let lead = lead.or_else(higher).or(Some(least).filter(|least| *least <= labels));
    Some(labels - lead.or_else(shorter)?)
}

/// Returns the points for records that begin at these lines. `texts` are those of all lines.
fn points(body: &PageBody<'_>, texts: &TextCounts<'_>, spans: &[Span], starts: &[usize]) -> i32 {
    let titles = TextCounts::of(starts.iter().map(|start| body.text(*start)));
    let mut points = 0;
    let mut floor = 0;
    for (nth, (span, start)) in spans.iter().zip(starts).enumerate() {
        let title = body.text(*start);
        if ends_sentence(title) {
            points -= LIKELY;
        }
        if title.ends_with(':') || is_of_repeated_label(texts, &titles, title) {
            points -= SURE;
        }
        points -= points_of_repeated(texts, &titles, (title, starts.len()));
        if nth == 0 && *start > 0 && body.starts_sharply && is_label_below_text(body, *start) {
            points -= HINT;
        }
        if nth > 0 {
            points += points_of_gap(body, (floor, span.first), *start);
        }
        floor = span.end;
    }
    points -= points_of_leads(body, spans, starts);
    if is_regular(body, spans, starts) {
        points += SURE + LIKELY;
    }
    let last_end = spans.last().map_or(0, |span| span.end);
    let has_below = last_end < body.lines.len();
    let is_far = spans.windows(2).zip(starts.iter().skip(1)).all(|(pair, start)| match pair {
        [above, _] => above.end == *start,
        _ => false,
    });
    if is_far && has_below && ends_sentence(body.text(last_end)) {
        points -= LIKELY;
    }
    if !is_far && !has_below {
        points -= HINT;
    }
    let leads = spans.iter().zip(starts).map(|(span, start)| span.first - start);
    let badges = body.badges(starts, leads.min().unwrap_or(0).saturating_sub(1));
    if badges > 0 || has_rising_numbers(body, starts) {
        points += SURE;
    }
    points + i32::try_from(badges).unwrap_or(0)
}

/// Whether all records, from the first line on, have as many lines above their labels, and as many below them: such as the
/// names of the libraries that have the documents.
fn is_regular(body: &PageBody<'_>, spans: &[Span], starts: &[usize]) -> bool {
    let ends = starts.iter().skip(1).copied().chain([body.lines.len()]);
    let mut shapes = spans
        .iter()
        .zip(starts)
        .zip(ends)
        .map(|((span, start), end)| (span.first - start, end.saturating_sub(span.end)));
    let first = shapes.next();
    let has_both = first.is_some_and(|(above, below)| above > 0 && below > 0);
    starts.first() == Some(&0) && has_both && shapes.all(|shape| Some(shape) == first)
}

/// Returns the points against records whose labels stand further below their titles than those of the first: the lines
/// between are the end of the record above.
fn points_of_leads(body: &PageBody<'_>, spans: &[Span], starts: &[usize]) -> i32 {
    let mut leads = spans.iter().zip(starts).map(|(span, start)| span.first - start);
    let first = leads.next().unwrap_or(0);
    if spans.len() < 2 || !leads.all(|lead| lead > first) {
        return 0;
    }
    // A button stands below all records.
    let later = || starts.iter().skip(1).map(|start| body.text(*start));
    let are_one = later().count() > 1 && later().all(|title| Some(title) == later().next());
    if are_one { SURE } else { LIKELY }
}

/// Whether a title begins with a word and a colon with which other lines begin too: `Medium: paper`.
fn is_of_repeated_label(texts: &TextCounts<'_>, titles: &TextCounts<'_>, title: &str) -> bool {
    let word = title.split_once(": ").map(|(word, _)| word);
    word.is_some_and(|word| texts.of_word(word) > titles.of_word(word))
}

/// Returns the points against a title that lines have, too, which begin no record, or that all records have.
fn points_of_repeated(
    texts: &TextCounts<'_>,
    titles: &TextCounts<'_>,
    (title, records): (&str, usize),
) -> i32 {
    let same_titles = titles.of_text(title);
    if texts.of_text(title) > same_titles {
        SURE
    } else if same_titles > 1 && same_titles == records {
        LIKELY
    } else {
        0
    }
}

/// Whether a line looks like a label with its value, and stands right below another line.
fn is_label_below_text(body: &PageBody<'_>, at: usize) -> bool {
    let is_label = body.text(at).split_once(": ").is_some_and(|(label, _)| !label.contains(' '));
    is_label && body.blank_above(at) == 0
}

/// Returns the points for a record that begins at a line between the labels of two.
fn points_of_gap(body: &PageBody<'_>, (floor, labels): (usize, usize), start: usize) -> i32 {
    let mut points = 0;
    let most_blank = (floor..labels).map(|at| body.blank_above(at)).max().unwrap_or(0);
    let blank = body.blank_above(start);
    if most_blank > 0 {
        points += if blank == most_blank { LIKELY } else { -LIKELY };
    }
    // Inside of a record there are no more blank lines than above it.
    let inside = (start + 1..=labels).map(|at| body.blank_above(at)).max().unwrap_or(0);
    if inside > blank {
        points -= LIKELY;
    }
    let left = || (floor..start).map(|at| body.text(at));
    let prose = left().filter(|text| ends_sentence(text)).count();
    points += if prose > 0 { HINT } else { 0 };
    points - if left().count() > prose { HINT } else { 0 }
}

/// Whether these lines begin with numbers that rise by one: `3. Letter`.
fn has_rising_numbers(body: &PageBody<'_>, starts: &[usize]) -> bool {
    let number = |start: &usize| -> Option<u64> {
        let text = body.text(*start);
        text.split_once([' ', '.', ')']).map_or(text, |(number, _)| number).parse().ok()
    };
    let numbers: Option<Vec<u64>> = starts.iter().map(number).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() > 1 && numbers.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1))
    })
}
