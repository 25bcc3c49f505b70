//! Adds the fields of a block, as [`FieldFinder`] finds their texts.

use super::block::{BlockField, DATE_NAME, is_date_field};
use super::content::is_breadcrumb;
use super::dom::NodeId;
use super::label_text::{
    dated_names, is_part_of_label, is_publishing, is_reference, listed_values, names_and_date,
    names_and_date_behind_by, without_agent_type, without_event, without_full_stop, without_joint,
};
use super::labels::{FieldFinder, MAX_ACTION_DISTANCE, Part, Rest};
use super::people::{
    begins_with_particle, is_inverted_names, is_person_class, names_people, split_names,
};
use super::text::{Line, lines_of};
use super::words::{WORDS, has};
use crate::formats::field_names::FieldTarget;
use crate::formats::read::whole_dates::{
    date_in_brackets, date_in_line, is_undated, is_whole_date, split_end_date, split_place,
};
use crate::record::{Date, Field};

/// A line of this many words is prose.
const MIN_PROSE_WORDS: usize = 6;

/// The name of a date at the end of a statement of publication: `Port : Harbour House, 1902`.
pub(super) const PUBLICATION_DATE_NAME: &str = "date in publication";

/// The names of the steps of a path that leads from a repository down.
const PATH_REPOSITORY_NAME: &str = "breadcrumb, first";
const PATH_SERIES_NAME: &str = "breadcrumb, below";

/// What stands in addresses before the name of a repository.
const REPOSITORY_STEPS: [&str; 4] = ["repositories", "repository", "institutions", "institution"];

/// The most words of the names before a statement.
const MAX_STATED_NAMES_WORDS: usize = 12;

/// Splits the names of people from what stands behind their full stop about the work: `Keller, Anna; Roth, Ida. Orla
/// Review. 1978, Vol. 4`. The full stop behind an initial does not end the names.
fn names_before_statement<'v>(label: &str, value: &'v str) -> Option<(&'v str, &'v str)> {
    let is_of_people = has(&WORDS.by, &label.to_lowercase()) || is_person_class(label);
    let (names, statement) = value.split_once(". ").filter(|_| is_of_people)?;
    let last = names.split_whitespace().next_back().unwrap_or("");
    let are_names = last.chars().filter(|letter| letter.is_alphabetic()).count() > 2
        && is_inverted_names(names)
        && names.split_whitespace().count() <= MAX_STATED_NAMES_WORDS;
    let is_statement = statement.contains(|letter: char| letter.is_ascii_digit())
        && statement.split_whitespace().count() > 2;
    (are_names && is_statement).then_some((names, statement.trim()))
}

/// Returns the first part between full stops and commas that is a date: `Ports. 1981, Vol. 12 Issue 3`.
fn date_of_issue(statement: &str) -> Option<&str> {
    statement.split([',', '.']).map(str::trim).find(|part| is_whole_date(part))
}

impl FieldFinder<'_> {
    /// Adds the paths of links that say where the record stands.
    pub(super) fn add_paths(&mut self, roots: &[NodeId], name: &str) {
        let dom = &self.page.dom;
        for root in roots {
            let mut walk = dom.walk(*root);
            while let Some(id) = walk.next() {
                if id == *root || !is_breadcrumb(dom, id) {
                    continue;
                }
                walk.skip_children();
                let steps = lines_of(dom, &[id], &|_| false);
                let signs = |letter: char| "»›>".contains(letter);
                let steps = steps.iter().map(Line::text).flat_map(|line| {
                    line.split(signs).map(|step| step.trim().to_owned()).collect::<Vec<_>>()
                });
                let mut steps: Vec<String> =
                    steps.filter(|step| step != "/" && !step.is_empty()).collect();
                self.consumed.insert(id);
                if steps.len() > 1 && self.starts_at_repository(id) {
                    let target = FieldTarget::Field(Field::Repository);
                    self.fields.push(BlockField::placed(
                        PATH_REPOSITORY_NAME,
                        steps.remove(0),
                        target,
                    ));
                    let series = steps.split_off(1).join(" / ");
                    if !series.is_empty() {
                        let target = FieldTarget::Field(Field::Series);
                        self.fields.push(BlockField::placed(PATH_SERIES_NAME, series, target));
                    }
                }
                let target = FieldTarget::Field(Field::Collection);
                self.fields.push(BlockField::placed(name, steps.join(" / "), target));
            }
        }
    }

    /// Whether the first link of a path leads to a repository, as its address says: `/repositories/2`.
    fn starts_at_repository(&self, path: NodeId) -> bool {
        let dom = &self.page.dom;
        let first = dom.walk(path).find_map(|id| dom.attribute(id, "href"));
        let steps = |href: &str| -> Vec<String> {
            let path = href.split(['?', '#']).next().unwrap_or(href).trim_end_matches('/');
            path.split('/').rev().take(2).map(str::to_lowercase).collect()
        };
        first.is_some_and(|href| {
            matches!(steps(href).as_slice(), [_, above] if REPOSITORY_STEPS.contains(&above.as_str()))
        })
    }

    /// Adds the names behind “by”, and the date behind them. Returns whether there are some. In an element for people, `von`
    /// before a surname belongs to it.
    pub(super) fn add_names_behind_by(&mut self, text: &str, class: Option<&str>) -> bool {
        let is_name = class.is_some_and(is_person_class) && begins_with_particle(text);
        let found = names_and_date_behind_by(text).filter(|_| !is_name);
        if let Some((names, date)) = found {
            self.add_byline("by", names, date);
        }
        found.is_some()
    }

    /// Takes the date of publishing for that of a block without another: `Published: 1902`.
    pub(super) fn take_publishing_date(&mut self) {
        if self.fields.has_date() {
            return;
        }
        let is_date = |field: &BlockField| {
            field.target.is_none()
                && is_publishing(&field.name)
                && (is_whole_date(&field.value) || is_undated(&field.value))
        };
        self.fields.make_date(is_date);
    }

    /// Makes dates without a label, a class or an element of their own a text, where another date has one: the years of a
    /// newspaper stand beside the day of the issue.
    pub(super) fn keep_surest_date(&mut self) {
        let is_bare = |field: &BlockField| field.name == DATE_NAME && field.target.is_some();
        let is_sure = |field: &BlockField| {
            field.target.is_none() && is_date_field(field) && is_whole_date(&field.value)
        };
        if !self.fields.iter().any(is_sure) {
            return;
        }
        let (bare, kept): (Vec<BlockField>, Vec<BlockField>) =
            std::mem::take(&mut self.fields).into_vec().into_iter().partition(is_bare);
        self.fields = kept.into_iter().collect();
        let rests = bare.into_iter().map(|field| Rest {
            text: field.value,
            is_prose: false,
            is_action: false,
            href: None,
        });
        self.rests.extend(rests);
    }

    /// Drops the dates inside of other texts that contain a date and are longer: those of a collection to which the document
    /// belongs.
    pub(super) fn drop_wider_dates(&mut self, date: &str) {
        let Some(own) = Date::parse(date).span() else { return };
        let is_wider = |text: &str| {
            Date::parse(text).span().is_some_and(|span| {
                (span.earliest, span.latest) != (own.earliest, own.latest)
                    && span.earliest <= own.earliest
                    && own.latest <= span.latest
            })
        };
        self.dates_in_texts.retain(|field| !is_wider(&field.value));
    }

    /// Takes the first date inside of another text for that of a block without another.
    pub(super) fn take_date_in_text(&mut self) {
        if !self.fields.has_date() && !self.dates_in_texts.is_empty() {
            self.fields.push(self.dates_in_texts.remove(0));
        }
    }

    /// Adds a value with its label, unless the value is empty.
    pub(super) fn add_pair(&mut self, label: &str, value: &str) {
        let value = value.trim();
        let is_by = has(&WORDS.by, &label.to_lowercase());
        let value = if is_by { without_full_stop(value) } else { value };
        if value.is_empty() {
            return;
        }
        if is_part_of_label(label, value) {
            let target = FieldTarget::Field(Field::Collection);
            return self.fields.push(BlockField::placed(label, value.to_owned(), target));
        }
        if let Some((names, statement)) = names_before_statement(label, value) {
            let target = FieldTarget::Field(Field::Creator);
            for name in names.split(';').map(str::trim) {
                let named = BlockField::named(label, name.to_owned());
                let target = is_by.then_some(target).or(named.target);
                self.fields.push(BlockField { target, ..named });
            }
            return self.add_statement(statement);
        }
        if is_by && let Some((names, date)) = names_and_date(value) {
            return self.add_byline(label, names, date);
        }
        if !self.fields.has_date()
            && is_person_class(label)
            && let Some((names, date)) = dated_names(value)
        {
            let date = BlockField::placed(DATE_NAME, date.to_owned(), FieldTarget::Date);
            self.add_value(label, names);
            return self.fields.push(date);
        }
        for value in listed_values(label, value) {
            self.add_value(label, without_event(label, value));
        }
        if is_publishing(label)
            && !self.fields.has_date()
            && let Some((_, date)) = split_end_date(value)
        {
            let date = date.to_owned();
            self.fields.push(BlockField::placed(PUBLICATION_DATE_NAME, date, FieldTarget::Date));
        }
    }

    /// Adds what stands behind the names of people: where and when the work was printed.
    fn add_statement(&mut self, statement: &str) {
        let date = date_in_brackets(statement).or_else(|| date_in_line(statement));
        if let Some(date) = date.or_else(|| date_of_issue(statement)) {
            self.add_date_in_text("date in line", date);
        }
        let text = statement.to_owned();
        self.rests.push(Rest { text, is_prose: false, is_action: false, href: None });
    }

    /// Adds the names behind “by”, and the date behind them.
    pub(super) fn add_byline(&mut self, by: &str, names: &str, date: Option<&str>) {
        let target = FieldTarget::Field(Field::Creator);
        for name in split_names(names) {
            self.fields.push(BlockField::placed(by, name.to_owned(), target));
        }
        if let Some(date) = date.filter(|_| !self.fields.has_date()) {
            self.fields.push(BlockField::placed(DATE_NAME, date.to_owned(), FieldTarget::Date));
        }
    }

    /// Adds a text whose class says what it is.
    pub(super) fn add_value_of_class(&mut self, class: &str, text: &str) {
        let text = without_event(class, text);
        self.add_value(class, text);
    }

    /// Adds a value whose label or class says what it is. Several people are as many values.
    fn add_value(&mut self, class: &str, text: &str) {
        let text = if is_person_class(class) { without_joint(text) } else { text };
        let names = if names_people(class, text) { split_names(text) } else { vec![text] };
        for name in names {
            let name = if is_person_class(class) { without_agent_type(name) } else { name.into() };
            self.fields.push(BlockField::named(class, name.into_owned()));
        }
    }

    /// Adds a date, the reference in brackets behind it, and the place before it as the rest of the line.
    pub(super) fn add_date_and_place(&mut self, text: &str) {
        let (text, reference) = split_reference(text);
        let (place, date) = split_place(text).unwrap_or(("", text));
        let date = date.trim_end_matches([':', ' ']);
        self.fields.push(BlockField::placed(DATE_NAME, date.to_owned(), FieldTarget::Date));
        let add_rest = |rests: &mut Vec<Rest>, text: &str| {
            rests.push(Rest {
                text: text.to_owned(),
                is_prose: false,
                is_action: false,
                href: None,
            });
        };
        if !place.is_empty() {
            add_rest(&mut self.rests, place);
        }
        match reference {
            Some(reference) if self.fields.has_reference() => add_rest(&mut self.rests, reference),
            Some(reference) => {
                let target = FieldTarget::Field(Field::ReferenceCode);
                self.fields.push(BlockField::placed("reference", reference.to_owned(), target));
            }
            None => {}
        }
    }

    /// Adds a date that counts if nothing else is one.
    pub(super) fn add_date_in_text(&mut self, name: &str, date: &str) {
        let date = split_place(date).map_or(date, |(_, date)| date).to_owned();
        let date = BlockField::placed(name, date, FieldTarget::Date);
        self.dates_in_texts.push(date);
    }

    /// Adds a text whose meaning is not known.
    pub(super) fn add_rest(&mut self, text: &str, part: &Part) {
        let ends_sentence = text.ends_with(['.', '!', '?', '…']);
        let is_prose = text.split_whitespace().count() >= MIN_PROSE_WORDS || ends_sentence;
        let href = self.href_of(part.element);
        self.rests.push(Rest { text: text.to_owned(), is_prose, is_action: part.is_action, href });
    }

    /// Returns where the link leads in which an element is.
    pub(super) fn href_of(&self, element: NodeId) -> Option<String> {
        let dom = &self.page.dom;
        let mut above =
            std::iter::once(element).chain(dom.ancestors(element)).take(MAX_ACTION_DISTANCE);
        above.find_map(|id| dom.attribute(id, "href")).map(str::to_owned)
    }
}

/// Splits a reference in brackets from the end of a date: `12 July 1945 (MS 41/7)`.
fn split_reference(text: &str) -> (&str, Option<&str>) {
    let inside = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let inside = inside.or_else(|| text.strip_suffix(']').and_then(|text| text.rsplit_once('[')));
    let split = inside.map(|(date, reference)| (date.trim(), reference.trim())).filter(
        |(date, reference)| is_reference(reference) && (is_whole_date(date) || is_undated(date)),
    );
    split.map_or((text, None), |(date, reference)| (date, Some(reference)))
}
