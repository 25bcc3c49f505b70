//! The date of a record in a tree, from the texts under all names that are for it.

use super::convert::push_own;
use super::leaves::Leaf;
use super::mapping::is_part_of_begin_or_end;
use crate::formats::field_names::FieldTarget;
use crate::formats::read::ParserCache;
use crate::formats::read::date_parts::{self, JoinedDate};
use crate::formats::read::date_sources::{Coverage, DateSources, LoneEnd, day_code};
use crate::record::date::machine;
use crate::record::{Date, Record};

/// The date of a record while its texts are read.
#[derive(Default)]
pub(super) struct DateOfTree {
    /// The names and texts that are dates.
    texts: Vec<(String, String)>,
    begin: Option<(String, String)>,
    end: Option<(String, String)>,
    /// The year, the month and the day, if each is a field.
    parts: [Option<(String, String)>; 3],
    /// The date in a form for machines.
    code: Option<(String, String)>,
    certainty: Vec<String>,
    /// Whether the last text was joined of the parts of a date.
    is_joined: bool,
    /// What has a place in the date that is taken.
    rest: Vec<(String, String)>,
}

impl DateOfTree {
    /// Adds a text.
    pub(super) fn add(&mut self, leaf: &Leaf<'_>, target: FieldTarget) {
        let pair = (leaf.name.to_string(), leaf.text.trim().to_owned());
        if target != FieldTarget::DateCertainty && date_parts::is_unknown(&pair.1) {
            return self.rest.push(pair);
        }
        let slot = match target {
            FieldTarget::Date => {
                self.is_joined = leaf.is_joined;
                return self.texts.push(pair);
            }
            FieldTarget::DateCertainty => return self.certainty.push(pair.1),
            FieldTarget::DateCode => &mut self.code,
            FieldTarget::Begin => &mut self.begin,
            FieldTarget::End => &mut self.end,
            FieldTarget::Year => &mut self.parts[0],
            FieldTarget::Month => &mut self.parts[1],
            FieldTarget::Day => &mut self.parts[2],
            _ => return self.rest.push(pair),
        };
        match slot {
            None => *slot = Some(pair),
            Some(_) => self.rest.push(pair),
        }
    }

    /// Leaves a year out that is only that of the begin: `date_range_start.year` beside an end in a later year.
    fn settle_year_of_begin(&mut self) {
        let [year, ..] = &mut self.parts;
        let end = self.end.as_ref().map(|(_, end)| end);
        let is_later = |year: &str| end.is_some_and(|end| !end.starts_with(year));
        let left = year.take_if(|(name, year)| is_part_of_begin_or_end(name) && is_later(year));
        self.rest.splice(0..0, left);
    }

    /// Sets the date of a record. What it does not cover becomes own fields.
    pub(super) fn apply_to(mut self, record: &mut Record, cache: &mut ParserCache) {
        if self.texts.is_empty() {
            self.texts.extend(self.code.take());
        }
        self.settle_end();
        self.settle_year_of_begin();
        if self.is_text()
            && let Some((_, text)) = self.texts.pop()
        {
            let joined = if self.is_joined { date_parts::date_of_joined(&text) } else { None };
            let parse = || Date { parsed: cache.date_cache.parse(&text), text: text.clone() };
            record.date = joined.unwrap_or_else(parse);
            return;
        }
        let mut sources = DateSources::default();
        let name = self.texts.first().map_or("date", |(name, _)| name.as_str()).to_owned();
        self.texts.iter().for_each(|(_, text)| sources.add_text(text));
        let parts = std::mem::take(&mut self.parts);
        let joined = joined_parts(&parts).filter(|_| self.texts.is_empty());
        let (has_month, has_day) = match &joined {
            Some(joined) => (joined.has_month, joined.has_day),
            None => (false, false),
        };
        // What is not in the date is kept, in the order of the file.
        let is_used = [joined.is_some(), has_month, has_day];
        let unused = parts.into_iter().zip(is_used).filter(|(_, is_used)| !is_used);
        self.rest.splice(0..0, unused.filter_map(|(part, _)| part));
        if let Some(joined) = joined {
            if self.has_parts_alone() {
                self.rest.iter().for_each(|(name, text)| push_own(record, name, text));
                record.date = joined.date();
                return;
            }
            sources.add_text(&joined.text);
        }
        match self.code.take() {
            Some((_, code)) if machine::parse(&code).is_some() => sources.add_normalized(&code),
            code => self.rest.extend(code),
        }
        self.add_span(&mut sources);
        self.certainty.iter().for_each(|word| sources.add_qualifier(word));
        for (name, text) in &self.rest {
            push_own(record, name, text);
        }
        if !sources.is_empty() {
            cache.date_sources.apply(&sources, record, &format!("{name}.normal"));
        }
    }

    /// Makes a text before an end without a begin the begin. An end that the text contradicts does not count.
    fn settle_end(&mut self) {
        let ([(_, text)], None, Some((_, end))) = (self.texts.as_slice(), &self.begin, &self.end)
        else {
            return;
        };
        match LoneEnd::new(text, end) {
            LoneEnd::OfText => self.begin = self.texts.pop(),
            LoneEnd::Outranked => self.rest.extend(self.end.take()),
            LoneEnd::Alone => {}
        }
    }

    /// Whether nothing but year, month and day says what the date is.
    fn has_parts_alone(&self) -> bool {
        let has_span = self.begin.is_some() || self.end.is_some();
        self.texts.is_empty() && !has_span && self.certainty.is_empty()
    }

    /// Whether it is one text and nothing else.
    fn is_text(&self) -> bool {
        self.texts.len() == 1
            && [&self.begin, &self.end, &self.code]
                .into_iter()
                .chain(&self.parts)
                .all(Option::is_none)
            && self.certainty.is_empty()
            && self.rest.is_empty()
    }

    /// Adds the begin and the end of the date.
    fn add_span(&mut self, sources: &mut DateSources) {
        let text = |pair: &Option<(String, String)>| pair.as_ref().map(|(_, text)| text.clone());
        let (begin, end) = (text(&self.begin), text(&self.end));
        let is_code = |text: &Option<String>| {
            text.as_deref().is_none_or(|text| machine::parse(text).is_some())
        };
        if is_code(&begin) && is_code(&end) {
            let (begin, end) = (begin.as_deref(), end.as_deref());
            return sources.add_begin_and_end(Coverage::Inclusive, begin, end);
        }
        if sources.is_empty() {
            let both = [begin, end].into_iter().flatten().collect::<Vec<_>>();
            return sources.add_structured_text(Coverage::Inclusive, &both.join(" – "));
        }
        // Days in another form are compared with the text, and kept.
        let codes = [&begin, &end].map(|text| text.as_deref().map(day_code));
        if let [None | Some(Some(_)), None | Some(Some(_))] = &codes {
            let [begin, end] = codes.map(Option::flatten);
            sources.add_begin_and_end(Coverage::Inclusive, begin.as_deref(), end.as_deref());
        }
        self.rest.extend([self.begin.take(), self.end.take()].into_iter().flatten());
    }
}

/// Returns the date that year, month and day make; `None` without a year.
fn joined_parts(parts: &[Option<(String, String)>; 3]) -> Option<JoinedDate> {
    let [year, month, day] = parts.each_ref().map(|part| part.as_ref().map(|(_, text)| &**text));
    Some(JoinedDate::new(year?, month, day))
}
