//! Decides in which order a copied page has titles, dates and summaries: once for the whole page.
//!
//! In one archive the date stands above the title. Elsewhere the title is first, with the date below it or
//! in the same line, or with labels: `Date: 1945`.

use std::collections::{HashMap, HashSet};

use super::articles::is_article;
use super::end_dates::{entries_with_end_dates, split_end, titles_with_end_dates};
use super::labels::{label_and_value, labelled, labels};
use super::leads::{doubtful_head, lead_of};
use super::lines::{Line, LineKind};
use super::numbered_rows::numbered;
use super::page_body::PageBody;
use super::people::name_people;
use super::refusals::{CHRONICLE_MESSAGE, head_message, unclear_message};
use super::undated::Undated;
use super::year_headings::{YearPage, days_below_years};
use super::{ends_sentence, fits_title};
use crate::formats::field_names::FieldTarget;
use crate::formats::read::html::{
    date_behind_word, is_reference, names_and_date_behind_by, names_kind, split_names,
};
use crate::formats::read::whole_dates::{
    PART_SEPARATORS, date_in_brackets, date_in_line, day_in_line, is_undated, is_whole_date,
};
use crate::record::Field;

/// The order of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The date above the title. `others` are the records in another order that fits as well.
    DatesLead { others: Option<Vec<Entry>> },
    /// The title above the line with the date, or in it.
    TitlesLead(Vec<Entry>),
    /// Labels.
    Labels(Vec<Entry>),
    /// The text is that of a page about one document, whatever else it lists.
    OneDocument,
    /// The line with this number makes unclear what the records are, as the message says.
    Refused(usize, String),
    /// No order fits.
    Unknown,
}

/// A record of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) line: usize,
    /// Names and texts, in the order of the page.
    pub(super) fields: Vec<(String, String)>,
    /// What is said about it.
    pub(super) warning: Option<String>,
}

/// The names of texts by where they stand.
pub(super) const TITLE_NAME: &str = "title above";
pub(super) const DATE_NAME: &str = "line with the date";
pub(super) const SUMMARY_NAME: &str = "text below";
pub(super) const REFERENCE_NAME: &str = "reference";
pub(super) const BY_NAME: &str = "by";
pub(super) const DETAILS_NAME: &str = "details";
/// What these names mean.
pub(super) fn targets() -> Vec<(String, FieldTarget)> {
    [
        (TITLE_NAME, FieldTarget::Field(Field::Title)),
        (DATE_NAME, FieldTarget::Date),
        (SUMMARY_NAME, FieldTarget::Field(Field::Summary)),
        (REFERENCE_NAME, FieldTarget::Field(Field::ReferenceCode)),
        (BY_NAME, FieldTarget::Field(Field::Creator)),
        (PEOPLE_NAME, FieldTarget::Field(Field::Creator)),
    ]
    .map(|(name, target)| (name.to_owned(), target))
    .to_vec()
}

/// What stands between details.
pub(super) const DETAIL_SEPARATOR: &str = " · ";

/// The name of people who stand in a record without a label.
pub(super) const PEOPLE_NAME: &str = "names without a label";

/// The most lines between the title and the line with the date.
pub(super) const MAX_LEAD_LINES: usize = 4;

/// Decides about a page. `date_records` is the number of records that dates begin.
pub(super) fn decide(lines: &[Line<'_>], date_records: usize) -> Order {
    let Some(body) = PageBody::new(lines) else {
        let whole = PageBody::new(behind_skip_link(lines));
        let has_rows = lines.iter().filter(|line| line.text.matches('\t').count() > 1).count() > 1;
        if whole.is_some_and(|body| body.is_about_one_document() && !has_rows) {
            return Order::OneDocument;
        }
        return if date_records == 0 { Order::Unknown } else { Order::DatesLead { others: None } };
    };
    if body.is_about_one_document() || is_article(&body) {
        return Order::OneDocument;
    }
    match decide_about(&body, lines, date_records) {
        // Of a page that was not copied whole, fewer records are there than it says.
        Order::Unknown => decide_about(&PageBody { may_lack: true, ..body }, lines, date_records),
        order => order,
    }
}

/// Returns the lines of a page without the link with which it begins: “Skip to content”.
fn behind_skip_link<'l, 't>(lines: &'l [Line<'t>]) -> &'l [Line<'t>] {
    let first = lines.iter().position(|line| !line.is_blank());
    let is_link = |at: &usize| lines.get(*at).is_some_and(|line| line.kind == LineKind::SkipLink);
    first.filter(is_link).and_then(|at| lines.get(at + 1..)).unwrap_or(lines)
}

/// Makes the orders of the pages of one text agree: where two orders fit a page, that of the others counts.
pub(super) fn agree(orders: Vec<Order>) -> Vec<Order> {
    let is_other = |order: &Order| matches!(order, Order::TitlesLead(_) | Order::Labels(_));
    let has_other = orders.iter().any(is_other);
    let chosen = orders.into_iter().map(|order| match order {
        Order::DatesLead { others: Some(entries) } if has_other => Order::TitlesLead(entries),
        order => order,
    });
    chosen.collect()
}

/// Decides about the body of a page.
fn decide_about(body: &PageBody<'_>, lines: &[Line<'_>], date_records: usize) -> Order {
    if let Some(entries) = numbered(body) {
        return Order::TitlesLead(name_people(entries));
    }
    match days_below_years(body) {
        Some(YearPage::Records(entries)) => return Order::TitlesLead(entries),
        Some(YearPage::Unclear(line)) => {
            let text = body.lines.iter().find(|it| it.number == line).map_or("", |it| it.text);
            return Order::Refused(line, unclear_message(text));
        }
        Some(YearPage::Chronicle(line)) => {
            return Order::Refused(line, CHRONICLE_MESSAGE.to_owned());
        }
        None => {}
    }
    if let Some(entries) = labelled(body).filter(|entries| bare_dates(body) < entries.len()) {
        return Order::Labels(entries);
    }
    let dates: Vec<usize> = (0..body.lines.len()).filter(|at| body.is_date(*at)).collect();
    if dates.is_empty() || date_records == 0 {
        let entries = whole_dates_below(body).or_else(|| dates_in_lines(body));
        return entries.map_or(Order::Unknown, Order::TitlesLead);
    }
    let lead = dates.first().copied().unwrap_or(0);
    if lead == 0 {
        return labels_below(body, &dates)
            .map_or(Order::DatesLead { others: None }, Order::TitlesLead);
    }
    let has_menu = lines.iter().any(|line| line.kind == LineKind::MenuEntry);
    let Some(entries) = titles_above(body, &dates).filter(|_| !has_menu) else {
        return Order::DatesLead { others: None };
    };
    let nothing_below = dates.last().is_some_and(|last| last + 1 == body.lines.len());
    let is_story = !body.starts_sharply
        && (are_partly_sentences(&entries) || tells_a_story(body, &dates, &entries));
    let titles_lead = |entries| {
        if is_story { Order::OneDocument } else { Order::TitlesLead(entries) }
    };
    if nothing_below && dates.len() > 1 {
        return titles_lead(entries);
    }
    // What stands above the first record may be more than its title.
    let is_unclear = dates.windows(2).any(|pair| matches!(pair, [a, b] if b - a <= lead));
    match likeness(body, &dates) {
        (first, above) if above > first => titles_lead(entries),
        (first, above) if above < first || !body.starts_sharply || is_unclear => {
            Order::DatesLead { others: None }
        }
        _ => Order::DatesLead { others: Some(entries) },
    }
}

/// Whether a good part of the titles are sentences, and others are none: those of a story above its related stories.
fn are_partly_sentences(entries: &[Entry]) -> bool {
    let titles = entries.iter().filter_map(|entry| {
        entry.fields.iter().find(|(name, _)| name == TITLE_NAME).map(|(_, title)| title.as_str())
    });
    let sentences = titles.filter(|title| is_sentence(title)).count();
    sentences > 1 && 3 * sentences >= entries.len() && sentences < entries.len()
}

/// The fewest words of a sentence that tells what happened.
const MIN_STORY_WORDS: usize = 4;

/// Whether blank lines part all lines between dates, and one of the titles is a sentence or a byline, as only those of an
/// article are.
fn tells_a_story(body: &PageBody<'_>, dates: &[usize], entries: &[Entry]) -> bool {
    let is_told = |title: &str| {
        let is_byline = names_and_date_behind_by(title).is_some();
        is_byline || (is_sentence(title) && title.split_whitespace().count() >= MIN_STORY_WORDS)
    };
    let mut titles = entries.iter().filter_map(|entry| {
        entry.fields.iter().find(|(name, _)| name == TITLE_NAME).map(|(_, title)| title.as_str())
    });
    let (told, others): (Vec<&str>, Vec<&str>) = titles.by_ref().partition(|title| is_told(title));
    let (first, last) = (dates.first().copied(), dates.last().copied());
    let is_parted = (first.unwrap_or(0)..=last.unwrap_or(0)).all(|at| body.blank_above(at) > 0);
    is_parted && !told.is_empty() && !others.is_empty()
}

/// Whether a line is a sentence. `MILL CLOSED.` is a heading.
fn is_sentence(text: &str) -> bool {
    ends_sentence(text) && text.contains(char::is_lowercase) && text.split_whitespace().count() > 1
}

/// The most records in which labels are looked for before it is known that there are any.
const MAX_SAMPLE: usize = 20;

/// Returns the records of dates above titles, if most have a label below their titles that others have too.
fn labels_below(body: &PageBody<'_>, dates: &[usize]) -> Option<Vec<Entry>> {
    let ends = dates.iter().skip(1).copied().chain([body.lines.len()]);
    let records: Vec<(usize, usize)> = dates.iter().copied().zip(ends).collect();
    let labels_of = |(date, end): &(usize, usize)| {
        let below = date + 2..*end;
        below.filter_map(|at| label_and_value(body.text(at))).map(|(label, _)| label.to_lowercase())
    };
    if !records.iter().take(MAX_SAMPLE).any(|record| labels_of(record).next().is_some()) {
        return None;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for record in &records {
        for label in labels_of(record).collect::<HashSet<String>>() {
            *counts.entry(label).or_default() += 1;
        }
    }
    let most = counts.values().max().copied().unwrap_or(0);
    if most < 2 || 3 * most < 2 * records.len() {
        return None;
    }
    let entries = records.into_iter().map(|(date, end)| {
        let number = body.lines.get(date).map_or(0, |line| line.number);
        let mut entry = Entry { line: number, ..Entry::default() };
        let mut add =
            |name: &str, text: &str| entry.fields.push((name.to_owned(), text.to_owned()));
        add(DATE_NAME, body.text(date));
        if date + 1 < end {
            add(TITLE_NAME, body.text(date + 1));
        }
        let below: Vec<&str> = (date + 2..end).map(|at| body.text(at)).collect();
        add_below(&below, &mut add);
        entry
    });
    Some(entries.collect())
}

/// The number of lines that are dates and no values of labels.
fn bare_dates(body: &PageBody<'_>) -> usize {
    let labels = labels(body);
    let is_value = |at: usize| {
        let nth = labels.partition_point(|label| label.end <= at);
        labels.get(nth).is_some_and(|label| label.at <= at)
    };
    (0..body.lines.len()).filter(|at| body.is_date(*at) && !is_value(*at)).count()
}

/// Returns the records of titles above lines that are dates: dates that today's reading does not know.
fn whole_dates_below(body: &PageBody<'_>) -> Option<Vec<Entry>> {
    let dates: Vec<usize> = (0..body.lines.len())
        .filter(|at| body.is_date(*at) || is_whole_date(body.text(*at)))
        .collect();
    if dates.first() == Some(&0) || !body.allows(dates.len()) {
        return None;
    }
    titles_above(body, &dates)
}

/// How the texts round dates look: like titles below and summaries above, or the other way round.
fn likeness(body: &PageBody<'_>, dates: &[usize]) -> (usize, usize) {
    // Where kinds of documents stand below all dates, they are no titles.
    let have_kinds_below = dates.iter().all(|date| names_kind(body.text(date + 1)));
    let is_title = |at: usize| {
        let text = body.text(at);
        !text.is_empty()
            && fits_title(text)
            && !ends_sentence(text)
            && names_and_date_behind_by(text).is_none()
            && !is_word_with_number(text)
            && label_and_value(text).is_none()
            && (!have_kinds_below || !names_kind(text))
            && !is_reference(text)
    };
    let is_sentence = |at: usize| ends_sentence(body.text(at)) || !fits_title(body.text(at));
    let (mut first, mut above) = (0, 0);
    let mut below: HashMap<&str, usize> = HashMap::new();
    for date in dates {
        *below.entry(body.text(date + 1)).or_default() += 1;
    }
    // What is the same in most records is no title.
    let is_same_below = |at: usize| {
        below.get(body.text(at)).is_some_and(|like| *like > 1 && 2 * like > dates.len())
    };
    let has_blank = (1..body.lines.len()).any(|at| body.blank_above(at) > 0);
    for (nth, date) in dates.iter().copied().enumerate() {
        let has_text_below = date + 1 < body.lines.len() && !body.is_date(date + 1);
        let has_title_above = date > 0 && is_title(date - 1);
        first += usize::from(has_text_below && is_title(date + 1) && !is_same_below(date + 1));
        above += usize::from(has_title_above);
        if nth > 0 {
            first += usize::from(is_sentence(date - 1));
            // Where blank lines part the records, one stands above a date that leads.
            above += usize::from(has_blank && body.blank_above(date) == 0);
        }
        above += usize::from(has_title_above && has_text_below && is_sentence(date + 1));
        let blank = |at: usize| body.lines.get(at).map_or(0, |line| line.blank_above);
        if nth > 0 && date + 1 < body.lines.len() {
            first += usize::from(blank(date) > blank(date + 1));
            above += usize::from(blank(date) < blank(date + 1));
        }
    }
    (first, above)
}

/// Whether a text is a word and a number: `Page 4`.
fn is_word_with_number(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(word, number)| {
        word.chars().all(char::is_alphabetic)
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Returns the records whose titles stand above these lines with dates; `None` if there are not enough
/// lines between them.
fn titles_above(body: &PageBody<'_>, dates: &[usize]) -> Option<Vec<Entry>> {
    let anchors: Vec<(usize, usize)> = dates.iter().map(|date| (*date, date + 1)).collect();
    let buttons = body.repeated_below(&anchors);
    let lead = lead_of(body, dates, &buttons)?;
    let starts: Vec<usize> = dates.iter().map(|date| date - lead).collect();
    let mut badges = body.badges(&starts, lead.saturating_sub(1));
    if badges + 1 < lead && body.has_names_above_titles(&starts, badges) {
        badges += 1;
    }
    let undated = Undated::find(body, &starts);
    let mut entries = Vec::new();
    for (start, date) in starts.iter().zip(dates) {
        let end = undated.end_of(body, &starts, *start);
        let mut entry = Entry { line: body.lines.get(*start)?.number, ..Entry::default() };
        let mut add =
            |name: &str, text: &str| entry.fields.push((name.to_owned(), text.to_owned()));
        if lead == 0 {
            let (title, date) = split_end(body.text(*date))?;
            add(TITLE_NAME, title);
            add(DATE_NAME, date);
        } else {
            add(TITLE_NAME, body.text(start + badges));
            for at in (*start..*date).filter(|at| *at != start + badges) {
                add_line(body.text(at), &mut add);
            }
            add_date_line(body.text(*date), &mut add);
        }
        let is_button = |at: &usize| buttons.contains(at) && is_button_text(body.text(*at));
        let (last, below): (Vec<usize>, Vec<usize>) = (date + 1..end).partition(is_button);
        let texts =
            |lines: Vec<usize>| lines.into_iter().map(|at| body.text(at)).collect::<Vec<_>>();
        add_below(&texts(below), &mut add);
        if !last.is_empty() {
            add(DETAILS_NAME, &texts(last).join(DETAIL_SEPARATOR));
        }
        entries.push(entry);
    }
    if let Some((entry, at)) = entries.first_mut().zip(doubtful_head(body, dates, lead)) {
        entry.warning = Some(head_message(body.text(at), body.text(at + 1)));
    }
    undated.add_to(&mut entries, body, &starts, badges);
    Some(name_people(entries))
}

/// Whether a line may be a button: it is no sentence, and has neither a label nor names.
fn is_button_text(text: &str) -> bool {
    !ends_sentence(text)
        && label_and_value(text).is_none()
        && names_and_date_behind_by(text).is_none()
}

/// Returns the records of a page whose dates stand in lines with other things: `MS 41-7 · 12 July 1945`.
fn dates_in_lines(body: &PageBody<'_>) -> Option<Vec<Entry>> {
    let has_part = |text: &str| {
        let parts: Vec<&str> = text.split(PART_SEPARATORS).map(str::trim).collect();
        parts.len() > 1 && parts.iter().any(|part| is_whole_date(part) || is_undated(part))
    };
    let in_brackets = |text: &str| date_in_brackets(text).is_some();
    let lines_with = |holds: &dyn Fn(&str) -> bool| -> Vec<usize> {
        (0..body.lines.len()).filter(|at| holds(body.text(*at))).collect()
    };
    let in_line = |text: &str| date_in_line(text).is_some();
    if let Some(entries) = titles_with_end_dates(body) {
        return Some(entries);
    }
    let mut candidates = vec![lines_with(&has_part)];
    if !body.may_lack {
        let has_day = |text: &str| !ends_sentence(text) && day_in_line(text).is_some();
        candidates.extend([lines_with(&in_brackets), lines_with(&in_line), lines_with(&has_day)]);
    }
    for dates in candidates {
        if dates.first().is_some_and(|first| *first > 0)
            && body.allows(dates.len())
            && !have_sentences_above(body, &dates)
            && let Some(entries) = titles_above(body, &dates)
        {
            return Some(entries);
        }
    }
    // The date at the end of the title: every line above a text, or every line.
    let ends: Vec<usize> = lines_with(&|text| split_end(text).is_some());
    let records = ends.len() + Undated::find(body, &ends).count();
    let is_sharp = ends.first() == Some(&0) && body.allows(records);
    let counted =
        body.count.is_some() || body.has_page_number || body.total == Some(records as u64);
    (is_sharp && counted && !body.may_lack).then(|| entries_with_end_dates(body, &ends))
}

/// Whether the lines above most of these are sentences, which are no titles: the lines themselves are.
fn have_sentences_above(body: &PageBody<'_>, dates: &[usize]) -> bool {
    let above = dates.iter().skip(1).filter(|date| is_sentence(body.text(**date - 1))).count();
    2 * above >= dates.len()
}

/// Returns the date that a line has among other things.
pub(super) fn date_inside(text: &str) -> Option<&str> {
    date_in_brackets(text).or_else(|| date_in_line(text)).or_else(|| day_in_line(text))
}

/// Adds the parts of a line with a date.
fn add_date_line(text: &str, add: &mut impl FnMut(&str, &str)) {
    if is_whole_date(text) || is_undated(text) || !text.contains(PART_SEPARATORS) {
        if let Some((_, date)) = date_behind_word(text) {
            return add(DATE_NAME, date);
        }
        let inside = || date_inside(text);
        match inside().filter(|_| !is_whole_date(text)) {
            Some(date) => {
                add(DATE_NAME, date);
                add(DETAILS_NAME, text);
            }
            None => add(DATE_NAME, text),
        }
        return;
    }
    add_parts(text, add);
}

/// Adds the parts of a line: `MS 41-7 · Item · 12 July 1945`.
pub(super) fn add_parts(text: &str, add: &mut impl FnMut(&str, &str)) {
    let (mut has_date, mut has_reference) = (false, false);
    let mut details = Vec::new();
    for part in text.split(PART_SEPARATORS).map(str::trim).filter(|part| !part.is_empty()) {
        if !has_date && (is_whole_date(part) || is_undated(part)) {
            has_date = true;
            add(DATE_NAME, part);
        } else if let Some((label, value)) = label_and_value(part) {
            add(label, value);
        } else if !has_reference && is_reference(part) {
            has_reference = true;
            add(REFERENCE_NAME, part);
        } else {
            details.push(part);
        }
    }
    if !details.is_empty() {
        add(DETAILS_NAME, &details.join(" · "));
    }
}

/// Adds a line between the title and the date.
fn add_line(text: &str, add: &mut impl FnMut(&str, &str)) {
    if let Some((label, value)) = label_and_value(text) {
        add(label, value);
    } else if let Some((names, None)) = names_and_date_behind_by(text) {
        for name in split_names(names) {
            add(BY_NAME, name);
        }
    } else {
        add(DETAILS_NAME, text);
    }
}

/// Adds the lines below the date.
pub(super) fn add_below(lines: &[&str], add: &mut impl FnMut(&str, &str)) {
    let mut texts: Vec<&str> = Vec::new();
    for line in lines {
        match label_and_value(line) {
            Some((label, value)) => add(label, value),
            None => match names_and_date_behind_by(line) {
                Some((names, None)) => {
                    for name in split_names(names) {
                        add(BY_NAME, name);
                    }
                }
                _ => texts.push(line),
            },
        }
    }
    if !texts.is_empty() {
        add(SUMMARY_NAME, &texts.join("\n"));
    }
}
