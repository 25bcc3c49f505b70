//! Decides in which order a copied page has titles, dates and summaries: once for the whole page.
//!
//! In one archive the date stands above the title. Elsewhere the title is first, with the date below it or
//! in the same line, or with labels: `Date: 1945`.

use super::labels::{label_and_value, labelled, labels};
use super::lines::{Line, LineKind, strip_bullet};
use super::numbered_rows::numbered;
use super::pages::{count_of, is_site_text};
use super::{ends_sentence, fits_title};
use crate::formats::field_names::FieldTarget;
use crate::formats::read::html::{date_behind_word, is_reference};
use crate::formats::read::result_count::{self, CountLine, ResultCount};
use crate::formats::read::whole_dates::{
    PART_SEPARATORS, date_in_brackets, date_in_line, day_in_line, is_undated, is_whole_date,
    split_end_date,
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
    /// No order fits.
    Unknown,
}

/// A record of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) line: usize,
    /// Names and texts, in the order of the page.
    pub(super) fields: Vec<(String, String)>,
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
    ]
    .map(|(name, target)| (name.to_owned(), target))
    .to_vec()
}

/// The most lines between the title and the line with the date.
pub(super) const MAX_LEAD_LINES: usize = 4;

/// A line with text, and the number of blank lines above it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextLine<'t> {
    pub(super) number: usize,
    pub(super) text: &'t str,
    blank_above: usize,
    is_date: bool,
}

/// The text of a page behind its count.
pub(super) struct PageBody<'t> {
    pub(super) lines: Vec<TextLine<'t>>,
    pub(super) count: Option<ResultCount>,
    /// The number of all records, where the page says nothing else.
    total: Option<u64>,
    /// Whether the records begin right at the start: below a count, or with the text.
    pub(super) starts_sharply: bool,
    /// Whether the page says which one of many it is.
    has_page_number: bool,
    /// Whether the page may have fewer records than it says.
    may_lack: bool,
}

/// Decides about a page. `date_records` is the number of records that dates begin.
pub(super) fn decide(lines: &[Line<'_>], date_records: usize) -> Order {
    let Some(body) = PageBody::new(lines) else {
        return if date_records == 0 { Order::Unknown } else { Order::DatesLead { others: None } };
    };
    match decide_about(&body, lines, date_records) {
        // Of a page that was not copied whole, fewer records are there than it says.
        Order::Unknown => decide_about(&PageBody { may_lack: true, ..body }, lines, date_records),
        order => order,
    }
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
        return Order::TitlesLead(entries);
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
        return Order::DatesLead { others: None };
    }
    let has_menu = lines.iter().any(|line| line.kind == LineKind::MenuEntry);
    let Some(entries) = titles_above(body, &dates).filter(|_| !has_menu) else {
        return Order::DatesLead { others: None };
    };
    let nothing_below = dates.last().is_some_and(|last| last + 1 == body.lines.len());
    if nothing_below && dates.len() > 1 {
        return Order::TitlesLead(entries);
    }
    match likeness(body, &dates) {
        (first, above) if above > first => Order::TitlesLead(entries),
        (first, above) if above < first || !body.starts_sharply => {
            Order::DatesLead { others: None }
        }
        _ => Order::DatesLead { others: Some(entries) },
    }
}

impl<'t> PageBody<'t> {
    /// Takes the lines with text, behind the count. `None` if the text is several pages.
    fn new(lines: &[Line<'t>]) -> Option<PageBody<'t>> {
        let (start, count) = count_line(lines);
        let (above, body) = lines.split_at_checked(start)?;
        let is_record_text = |line: &Line<'_>| matches!(line.kind, LineKind::Date(_));
        let is_start = |line: &&Line<'_>| {
            line.kind == LineKind::SkipLink || count_of(line).is_some_and(|it| Some(it) != count)
        };
        let text_end = body.iter().rposition(|line| !is_site_text(line)).map_or(0, |last| last + 1);
        let (body, foot) = body.split_at_checked(text_end)?;
        if above.iter().any(is_record_text) || body.iter().chain(foot).any(|line| is_start(&line)) {
            return None;
        }
        let mut texts: Vec<TextLine<'t>> = Vec::new();
        let mut blank_above = 0;
        for line in body {
            match line.kind {
                LineKind::Blank | LineKind::Bullet => blank_above += 1,
                // The page may repeat its count.
                LineKind::Count(_) | LineKind::PageNumber(_) => {}
                LineKind::SiteLabel | LineKind::Pager if texts.is_empty() => {}
                _ => {
                    let is_date = matches!(line.kind, LineKind::Date(_));
                    let text = strip_bullet(line.text);
                    texts.push(TextLine { number: line.number, text, blank_above, is_date });
                    blank_above = 0;
                }
            }
        }
        let has_pager = foot.iter().any(|line| line.kind == LineKind::Pager);
        let is_page_number =
            |line: &TextLine<'_>| line.text.len() <= 3 && line.text.parse::<u16>().is_ok();
        while has_pager && texts.last().is_some_and(is_page_number) {
            texts.pop();
        }
        let total = match count {
            Some(CountLine::Total(total) | CountLine::Page { total, .. }) => Some(total),
            _ => None,
        };
        let range = match count {
            Some(CountLine::Range(count)) => Some(count),
            _ => None,
        };
        let starts_sharply = count.is_some();
        let has_page_number = matches!(count, Some(CountLine::Page { .. }));
        let lines = texts;
        let count = range;
        Some(PageBody { lines, count, total, starts_sharply, has_page_number, may_lack: false })
    }

    pub(super) fn text(&self, at: usize) -> &'t str {
        self.lines.get(at).map_or("", |line| line.text)
    }

    fn is_date(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| line.is_date)
    }

    /// Returns how many lines are the same in all records that begin at these lines, such as `JOURNAL ARTICLE`:
    /// badges above the titles. There are at most `most`.
    pub(super) fn equal_lines(&self, starts: &[usize], most: usize) -> usize {
        let Some((first, others)) = starts.split_first().filter(|(_, others)| !others.is_empty())
        else {
            return 0;
        };
        let is_equal =
            |at: usize| others.iter().all(|it| self.text(it + at) == self.text(first + at));
        (0..most).take_while(|at| is_equal(*at)).count()
    }

    /// Whether the records that begin at these lines have the names of people above their titles, `at` lines
    /// below their beginning: all these lines look like names, and most below them do not.
    fn has_names_above_titles(&self, starts: &[usize], at: usize) -> bool {
        let named = starts.iter().filter(|start| looks_like_names(self.text(*start + at))).count();
        let below =
            starts.iter().filter(|start| looks_like_names(self.text(*start + at + 1))).count();
        starts.len() > 1 && named == starts.len() && below * 2 < starts.len()
    }

    /// The number of blank lines above a line.
    pub(super) fn blank_above(&self, at: usize) -> usize {
        self.lines.get(at).map_or(0, |line| line.blank_above)
    }

    /// Whether the page may have this number of records.
    pub(super) fn allows(&self, records: usize) -> bool {
        let records = records as u64;
        match (self.count, self.total) {
            (Some(count), _) if self.may_lack => records > 1 && count.expected() > records,
            (Some(count), _) => count.expected() == records,
            (None, Some(total)) => records == total || (records > 1 && total > records),
            (None, None) => records > 1,
        }
    }
}

/// The most words of one name.
const MAX_NAME_WORDS: usize = 4;

/// Whether a line may be the names of people and nothing else: `Anna Keller, Jonas Weidl`.
fn looks_like_names(line: &str) -> bool {
    let is_word = |word: &str| {
        let particle = ["de", "von", "van", "der", "da", "di", "le", "la", "zu", "al", "bin"];
        word.starts_with(char::is_uppercase) || particle.contains(&word)
    };
    let is_name = |name: &str| {
        let words = name.split_whitespace().count();
        (1..=MAX_NAME_WORDS).contains(&words) && name.split_whitespace().all(is_word)
    };
    let names = line.split([',', ';', '&']).flat_map(|part| part.split(" and ")).map(str::trim);
    line.split_whitespace().count() > 1
        && !line.contains(|letter: char| letter.is_ascii_digit() || ":!?“”\"".contains(letter))
        && names.filter(|name| !name.is_empty()).all(is_name)
}

/// The number of lines that are dates and no values of labels.
fn bare_dates(body: &PageBody<'_>) -> usize {
    let labels = labels(body);
    let is_value = |at: usize| labels.iter().any(|label| (label.at..label.end).contains(&at));
    (0..body.lines.len()).filter(|at| body.is_date(*at) && !is_value(*at)).count()
}

/// Returns the index of the line behind the count of a page, and the count; 0 if there is none.
fn count_line(lines: &[Line<'_>]) -> (usize, Option<CountLine>) {
    let counts = || {
        lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| result_count::parse(line.text).map(|count| (at + 1, count)))
    };
    let range = counts().find(|(_, count)| matches!(count, CountLine::Range(_)));
    match range.or_else(|| counts().next()) {
        Some((at, count)) => (at, Some(count)),
        None => (0, None),
    }
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
    let is_title = |at: usize| {
        let text = body.text(at);
        !text.is_empty() && fits_title(text) && !ends_sentence(text)
    };
    let is_sentence = |at: usize| ends_sentence(body.text(at)) || !fits_title(body.text(at));
    let (mut first, mut above) = (0, 0);
    for (nth, date) in dates.iter().copied().enumerate() {
        let has_text_below = date + 1 < body.lines.len() && !body.is_date(date + 1);
        let has_title_above = date > 0 && is_title(date - 1);
        first += usize::from(has_text_below && is_title(date + 1));
        above += usize::from(has_title_above);
        if nth > 0 {
            first += usize::from(is_sentence(date - 1));
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

/// Returns the records whose titles stand above these lines with dates; `None` if there are not enough
/// lines between them.
fn titles_above(body: &PageBody<'_>, dates: &[usize]) -> Option<Vec<Entry>> {
    let lead = lead_of(body, dates)?;
    let starts: Vec<usize> = dates.iter().map(|date| date - lead).collect();
    let mut badges = body.equal_lines(&starts, lead.saturating_sub(1));
    if badges + 1 < lead && body.has_names_above_titles(&starts, badges) {
        badges += 1;
    }
    let ends = starts.iter().skip(1).copied().chain([body.lines.len()]);
    let mut entries = Vec::new();
    for ((start, date), end) in starts.iter().zip(dates).zip(ends) {
        let mut entry = Entry { line: body.lines.get(*start)?.number, ..Entry::default() };
        let mut add =
            |name: &str, text: &str| entry.fields.push((name.to_owned(), text.to_owned()));
        if lead == 0 {
            let (title, date) = split_end_date(body.text(*date))?;
            add(TITLE_NAME, title);
            add(DATE_NAME, date);
        } else {
            add(TITLE_NAME, body.text(start + badges));
            for at in (*start..*date).filter(|at| *at != start + badges) {
                add_line(body.text(at), &mut add);
            }
            add_date_line(body.text(*date), &mut add);
        }
        let below: Vec<&str> = (date + 1..end).map(|at| body.text(at)).collect();
        add_below(&below, &mut add);
        entries.push(entry);
    }
    Some(entries)
}

/// The number of lines from a title to the line with its date. The first record shows it; where other text
/// may stand above it, the fewest lines between two dates do.
fn lead_of(body: &PageBody<'_>, dates: &[usize]) -> Option<usize> {
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
    let lead = match parted.filter(|lead| dates.len() > 1 && *lead <= smallest) {
        Some(lead) => lead,
        None if body.starts_sharply || first <= smallest => first,
        None => smallest.min(1),
    };
    (lead > 0 && lead <= smallest.max(1) && lead <= first && lead <= MAX_LEAD_LINES && smallest > 0)
        .then_some(lead)
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
    let mut candidates = vec![lines_with(&has_part)];
    if !body.may_lack {
        let has_day = |text: &str| !ends_sentence(text) && day_in_line(text).is_some();
        candidates.extend([lines_with(&in_brackets), lines_with(&in_line), lines_with(&has_day)]);
    }
    for dates in candidates {
        if dates.first().is_some_and(|first| *first > 0)
            && body.allows(dates.len())
            && let Some(entries) = titles_above(body, &dates)
        {
            return Some(entries);
        }
    }
    // The date at the end of the title: every line above a text, or every line.
    let ends: Vec<usize> = lines_with(&|text| split_end_date(text).is_some());
    let is_sharp = ends.first() == Some(&0) && body.allows(ends.len());
    let counted =
        body.count.is_some() || body.has_page_number || body.total == Some(ends.len() as u64);
    (is_sharp && counted && !body.may_lack).then(|| entries_with_end_dates(body, &ends))
}

/// Returns the records whose titles end with their dates.
fn entries_with_end_dates(body: &PageBody<'_>, starts: &[usize]) -> Vec<Entry> {
    let ends = starts.iter().skip(1).copied().chain([body.lines.len()]);
    let mut entries = Vec::new();
    for (start, end) in starts.iter().zip(ends) {
        let number = body.lines.get(*start).map_or(0, |line| line.number);
        let mut entry = Entry { line: number, ..Entry::default() };
        let mut add =
            |name: &str, text: &str| entry.fields.push((name.to_owned(), text.to_owned()));
        if let Some((title, date)) = split_end_date(body.text(*start)) {
            add(TITLE_NAME, title);
            add(DATE_NAME, date);
        }
        let below: Vec<&str> = (start + 1..end).map(|at| body.text(at)).collect();
        add_below(&below, &mut add);
        entries.push(entry);
    }
    entries
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
    match label_and_value(text) {
        Some((label, value)) => add(label, value),
        None => add(DETAILS_NAME, text),
    }
}

/// Adds the lines below the date.
fn add_below(lines: &[&str], add: &mut impl FnMut(&str, &str)) {
    let mut texts: Vec<&str> = Vec::new();
    for line in lines {
        match label_and_value(line) {
            Some((label, value)) => add(label, value),
            None => texts.push(line),
        }
    }
    if !texts.is_empty() {
        add(SUMMARY_NAME, &texts.join("\n"));
    }
}
