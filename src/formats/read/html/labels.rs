//! The fields of a block: pairs of label and value, dates, names by their class, and the rest.

use std::collections::HashSet;

use super::block::{BlockField, DATE_NAME, Page, classes, is_beside_title};
use super::content::{heading_level, is_breadcrumb};
use super::dom::NodeId;
use super::label_text::{
    date_behind_word, ends_with_sign, fits_label, is_code, is_field_label, is_meaning_class,
    is_number_of_row, is_part_of_label, is_publishing, is_reference, label_by_colon, listed_values,
    name_behind_by, says_undated, starts_with_sign, without_event, without_full_stop,
};
use super::text::{Line, Piece, collapse, lines_of};
use super::words::{WORDS, class_has, has};
use crate::formats::field_names::{FieldTarget, words_of};
use crate::formats::read::whole_dates::{
    PART_SEPARATORS, date_in_brackets, date_in_line, is_undated, is_whole_date, split_end_date,
};
use crate::record::Field;

/// A line of this many words is prose.
const MIN_PROSE_WORDS: usize = 6;

/// How far above a text the link or button is that it is in.
const MAX_ACTION_DISTANCE: usize = 3;

/// The name of a date at the end of a statement of publication: `Port : Harbour House, 1902`.
pub(super) const PUBLICATION_DATE_NAME: &str = "date in publication";

/// How far above a text a class may say what it is.
const MAX_CLASS_DISTANCE: usize = 3;

/// Attributes in which programs name the field that an element shows.
const NAMING_ATTRIBUTES: [&str; 4] = ["data-field", "data-field-selector", "data-label", "data-th"];

/// A text of a block whose meaning is not known.
#[derive(Clone, Debug)]
pub(super) struct Rest {
    pub(super) text: String,
    pub(super) is_prose: bool,
    /// Whether it is a link or a button, which may be for an action.
    pub(super) is_action: bool,
    /// Where the link leads.
    pub(super) href: Option<String>,
}

/// Finds the fields of a block.
pub(super) struct FieldFinder<'p> {
    pub(super) page: &'p Page,
    /// The elements of the title.
    used: &'p [NodeId],
    /// The elements that were read as pairs.
    pub(super) consumed: HashSet<NodeId>,
    pub(super) fields: Vec<BlockField>,
    /// Dates inside of other texts. The first counts if nothing else is a date.
    dates_in_texts: Vec<BlockField>,
    pub(super) rests: Vec<Rest>,
}

/// A part of a line with the element where it begins.
struct Part {
    text: String,
    element: NodeId,
    /// Whether all of it is in links or buttons.
    is_action: bool,
    /// The length of the text before the first link or other element in it.
    lead: Option<usize>,
}

impl<'p> FieldFinder<'p> {
    pub(super) fn new(page: &'p Page, used: &'p [NodeId]) -> FieldFinder<'p> {
        FieldFinder {
            page,
            used,
            consumed: HashSet::new(),
            fields: Vec::new(),
            dates_in_texts: Vec::new(),
            rests: Vec::new(),
        }
    }

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
                let steps: Vec<String> =
                    steps.filter(|step| step != "/" && !step.is_empty()).collect();
                self.consumed.insert(id);
                let target = FieldTarget::Field(Field::Collection);
                self.fields.push(BlockField::placed(name, steps.join(" / "), target));
            }
        }
    }

    /// Reads the nodes of a block.
    pub(super) fn read(&mut self, roots: &[NodeId]) {
        for root in roots {
            self.read_pairs(*root);
        }
        let lines = self.lines(roots);
        let mut rest = lines.as_slice();
        while let Some((line, below)) = rest.split_first() {
            let taken = self.read_line(line, below.first());
            rest = below.get(taken..).unwrap_or_default();
        }
    }

    /// Takes the date of publishing for that of a block without another: `Published: 1902`.
    pub(super) fn take_publishing_date(&mut self) {
        if self.has_date() {
            return;
        }
        let is_date = |field: &&mut BlockField| {
            field.target.is_none()
                && is_publishing(&field.name)
                && (is_whole_date(&field.value) || is_undated(&field.value))
        };
        if let Some(field) = self.fields.iter_mut().find(is_date) {
            field.target = Some(FieldTarget::Date);
        }
    }

    /// Takes the first date inside of another text for that of a block without another.
    pub(super) fn take_date_in_text(&mut self) {
        if !self.has_date() && !self.dates_in_texts.is_empty() {
            self.fields.push(self.dates_in_texts.remove(0));
        }
    }

    /// Returns the lines of nodes, without the title and what was read.
    fn lines(&self, roots: &[NodeId]) -> Vec<Line> {
        lines_of(&self.page.dom, roots, &|id| self.leaves_out(id))
    }

    fn leaves_out(&self, id: NodeId) -> bool {
        self.page.content.skips(id)
            || self.consumed.contains(&id)
            || self.used.contains(&id)
            || self.is_only_spoken(id)
    }

    /// Whether only programs that read aloud use an element, and it is no label.
    fn is_only_spoken(&self, id: NodeId) -> bool {
        const SPOKEN: [&str; 4] =
            ["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"];
        classes(&self.page.dom, id).any(|class| SPOKEN.contains(&class))
            && !is_field_label(&self.label_text(id))
    }

    /// Returns the lines of text in an element, joined.
    pub(super) fn value_of(&self, id: NodeId) -> String {
        let lines = lines_of(&self.page.dom, &[id], &|id| self.page.content.skips(id));
        lines.iter().map(Line::text).collect::<Vec<_>>().join("\n")
    }

    /// Whether the title stands in an element.
    pub(super) fn holds_title(&self, id: NodeId) -> bool {
        self.used.iter().any(|used| self.page.dom.is_in(*used, id))
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
        for value in listed_values(label, value) {
            self.fields.push(BlockField::named(label, without_event(label, value).to_owned()));
        }
        if is_publishing(label)
            && !self.has_date()
            && let Some((_, date)) = split_end_date(value)
        {
            let date = date.to_owned();
            self.fields.push(BlockField::placed(PUBLICATION_DATE_NAME, date, FieldTarget::Date));
        }
    }

    /// Reads a line. Returns how many lines below it belong to it.
    fn read_line(&mut self, line: &Line, below: Option<&Line>) -> usize {
        let text = line.text();
        if is_number_of_row(&text) {
            return 0;
        }
        if let Some((label, value)) = self.label_by_element(line).or_else(|| label_by_colon(&text))
        {
            if !value.is_empty() {
                self.add_pair(&label, &value);
                return 0;
            }
            let below = below.filter(|below| !self.starts_with_label(below));
            if let Some(value) = below.map(Line::text).filter(|text| label_by_colon(text).is_none())
            {
                self.add_pair(&label, &value);
                return 1;
            }
            if text.ends_with(':') && is_field_label(&label) {
                // Nothing follows the label, so it gives no field.
                return 0;
            }
        }
        let parts = self.parts(line);
        let has_parts = parts.len() > 1;
        for part in parts {
            self.read_part(&part, has_parts);
        }
        0
    }

    /// Returns the label with which a line begins, as its elements show it, and the value behind it.
    fn label_by_element(&self, line: &Line) -> Option<(String, String)> {
        let first = line.pieces.iter().find(|piece| !piece.text.trim().is_empty())?;
        let dom = &self.page.dom;
        let above = std::iter::once(first.element)
            .chain(dom.ancestors(first.element))
            .take(MAX_CLASS_DISTANCE);
        let holds_value = |id: NodeId| {
            line.pieces
                .iter()
                .any(|piece| !piece.text.trim().is_empty() && !dom.is_in(piece.element, id))
        };
        let label_element = above.into_iter().find(|id| self.is_label_element(*id));
        let by_word = |text: &str| is_field_label(text) && line.pieces.len() > 1;
        let (label, value): (Vec<&Piece>, Vec<&Piece>) = match label_element {
            Some(id) => line.pieces.iter().partition(|piece| dom.is_in(piece.element, id)),
            None if by_word(first.text.trim()) && !first.text.trim().ends_with(':') => {
                line.pieces.iter().partition(|piece| std::ptr::eq(*piece, first))
            }
            None => return None,
        };
        let join = |pieces: &[&Piece]| {
            collapse(&pieces.iter().map(|piece| piece.text.as_str()).collect::<String>())
        };
        let (written, value) = (join(&label), join(&value));
        let label = written.trim_end_matches([':', ' ', '\u{a0}']);
        let value = value.trim_start_matches([':', ' ']);
        let has_value = label_element.is_none_or(holds_value);
        let is_marked = written.ends_with(':') || is_field_label(label);
        let is_label =
            is_marked || (has_value && label_element.is_some_and(|id| self.has_label_class(id)));
        (is_label && fits_label(label)).then(|| (label.to_owned(), value.to_owned()))
    }

    /// Whether a line begins with an element for labels, or a label.
    fn starts_with_label(&self, line: &Line) -> bool {
        let first = line.pieces.iter().find(|piece| !piece.text.trim().is_empty());
        first.is_some_and(|piece| self.has_label_class(piece.element))
            || self.label_by_element(line).is_some()
    }

    /// Whether an element may be a label.
    fn is_label_element(&self, id: NodeId) -> bool {
        let name = self.page.dom.name(id);
        ["strong", "b", "dt", "th", "label", "em"].contains(&name)
            || heading_level(name).is_some()
            || self.has_label_class(id)
    }

    fn has_label_class(&self, id: NodeId) -> bool {
        classes(&self.page.dom, id).any(|class| class_has(&WORDS.label, class))
    }

    /// Splits a line at its separators, and round what has a meaning by its class.
    fn parts(&self, line: &Line) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut meaning_before: Option<String> = None;
        let mut link_before: Option<NodeId> = None;
        let mut starts_new = true;
        let holds_other = !is_whole_date(&line.text());
        let mut date_before: Option<NodeId> = None;
        for piece in &line.pieces {
            let meaning = self.meaning_by_class(piece.element);
            starts_new |= meaning != meaning_before || piece.starts_new;
            // A date in an element of its own is no part of the text beside it.
            let is_date = holds_other
                && self.page.dom.name(piece.element) != "a"
                && is_whole_date(&piece.text)
                && !self.is_only_element(line, piece.element);
            let is_sign = |text: &str| !text.chars().any(char::is_alphanumeric);
            let is_after_date = date_before.is_some_and(|date| date != piece.element);
            let is_linked = parts.last().is_some_and(|part| ends_with_sign(&part.text));
            starts_new |=
                (is_date && !is_linked) || (is_after_date && !starts_with_sign(&piece.text));
            if !is_sign(&piece.text) {
                date_before = is_date.then_some(piece.element);
            }
            meaning_before = meaning;
            let is_action = self.is_action(piece.element);
            let is_link = self.page.dom.name(piece.element) == "a";
            if !piece.text.trim().is_empty() {
                starts_new |= is_link && link_before.is_some_and(|link| link != piece.element);
                link_before = is_link.then_some(piece.element);
            }
            for (at, text) in piece.text.split(PART_SEPARATORS).enumerate() {
                if at > 0 {
                    starts_new = true;
                }
                if text.trim().is_empty() && (starts_new || parts.is_empty()) {
                    continue;
                }
                match parts.last_mut() {
                    Some(part) if !starts_new => {
                        if piece.element != part.element && part.lead.is_none() {
                            part.lead = Some(part.text.len());
                        }
                        part.text.push_str(text);
                        part.is_action &= is_action || text.trim().is_empty();
                    }
                    _ => parts.push(Part {
                        text: text.to_owned(),
                        element: piece.element,
                        is_action,
                        lead: None,
                    }),
                }
                starts_new = false;
            }
        }
        parts.retain(|part| part.text.chars().any(char::is_alphanumeric));
        parts
    }

    /// Whether all pieces of a line are in an element.
    fn is_only_element(&self, line: &Line, element: NodeId) -> bool {
        line.pieces.iter().all(|piece| self.page.dom.is_in(piece.element, element))
    }

    /// Reads a part of a line.
    fn read_part(&mut self, part: &Part, has_siblings: bool) {
        let text = collapse(&part.text);
        let text = text.trim_matches([',', ';', ' ']);
        if let Some((label, value)) = label_by_colon(text).or_else(|| label_before_element(part)) {
            return self.add_pair(&label, &value);
        }
        if let Some((word, date)) = date_behind_word(text).filter(|_| !self.has_date()) {
            return self.fields.push(BlockField::placed(word, date.to_owned(), FieldTarget::Date));
        }
        if let Some(name) = name_behind_by(text) {
            let target = FieldTarget::Field(Field::Creator);
            return self.fields.push(BlockField::placed("by", name.to_owned(), target));
        }
        if let Some(class) = self.meaning_by_class(part.element) {
            let text = without_event(&class, text).to_owned();
            return self.fields.push(BlockField::named(&class, text));
        }
        if is_code(text) && self.leads_where_title_does(part.element) && !self.has_id() {
            let target = FieldTarget::Field(Field::Id);
            return self.fields.push(BlockField::placed("number", text.to_owned(), target));
        }
        let is_date =
            is_whole_date(text) || ((has_siblings || says_undated(text)) && is_undated(text));
        if is_date && !self.has_date() {
            return self.fields.push(BlockField::placed(
                DATE_NAME,
                text.to_owned(),
                FieldTarget::Date,
            ));
        }
        if let Some(date) = date_in_brackets(text) {
            self.dates_in_texts.push(BlockField::placed(
                "date in brackets",
                date.to_owned(),
                FieldTarget::Date,
            ));
        }
        if has_siblings && is_reference(text) && !self.has_reference() {
            let target = FieldTarget::Field(Field::ReferenceCode);
            return self.fields.push(BlockField::placed("reference", text.to_owned(), target));
        }
        if self.is_beside_title(part.element)
            && let Some(class) = classes(&self.page.dom, part.element).last()
        {
            return self.fields.push(BlockField::named(class, text.to_owned()));
        }
        if let Some(date) = date_in_line(text) {
            self.dates_in_texts.push(BlockField::placed(
                "date in line",
                date.to_owned(),
                FieldTarget::Date,
            ));
        }
        let ends_sentence = text.ends_with(['.', '!', '?', '…']);
        let is_prose = text.split_whitespace().count() >= MIN_PROSE_WORDS || ends_sentence;
        let href = self.href_of(part.element);
        self.rests.push(Rest { text: text.to_owned(), is_prose, is_action: part.is_action, href });
    }

    /// Returns where the link leads in which an element is.
    fn href_of(&self, element: NodeId) -> Option<String> {
        let dom = &self.page.dom;
        let mut above =
            std::iter::once(element).chain(dom.ancestors(element)).take(MAX_ACTION_DISTANCE);
        above.find_map(|id| dom.attribute(id, "href")).map(str::to_owned)
    }

    /// Whether an element is a badge in the heading of the block.
    fn is_beside_title(&self, element: NodeId) -> bool {
        let dom = &self.page.dom;
        let in_heading = |id: NodeId| {
            dom.ancestors(id).take(3).any(|above| heading_level(dom.name(above)).is_some())
        };
        is_beside_title(dom, element) && in_heading(element)
    }

    fn has_date(&self) -> bool {
        self.fields.iter().any(super::block::is_date_field)
    }

    /// Whether an element is in a link beside that of the title, which leads to the same address.
    fn leads_where_title_does(&self, element: NodeId) -> bool {
        let dom = &self.page.dom;
        let link_of = |id| {
            std::iter::once(id)
                .chain(dom.ancestors(id))
                .take(MAX_ACTION_DISTANCE)
                .find_map(|id| dom.attribute(id, "href").map(|href| (id, href)))
        };
        let title = self.used.first().and_then(|used| link_of(*used));
        let here = link_of(element);
        matches!((title, here), (Some((one, to)), Some((other, href))) if one != other && to == href)
    }

    fn has_id(&self) -> bool {
        let target = Some(FieldTarget::Field(Field::Id));
        self.fields.iter().any(|field| field.target == target)
    }

    fn has_reference(&self) -> bool {
        let target = Some(FieldTarget::Field(Field::ReferenceCode));
        self.fields.iter().any(|field| field.target == target)
    }

    /// Returns the class that says what the text in an element is.
    fn meaning_by_class(&self, element: NodeId) -> Option<String> {
        let dom = &self.page.dom;
        let above = std::iter::once(element).chain(dom.ancestors(element)).take(MAX_CLASS_DISTANCE);
        let outside_title = above.take_while(|id| !self.holds_title(*id));
        let mut names = outside_title.flat_map(|id| {
            classes(dom, id)
                .chain(dom.attribute(id, "itemprop"))
                .chain(dom.attribute(id, "property"))
                .chain(NAMING_ATTRIBUTES.iter().filter_map(move |name| dom.attribute(id, name)))
        });
        names.find(|name| is_meaning_class(name)).map(str::to_owned)
    }

    /// Whether an element is a link, or looks like a button.
    fn is_action(&self, element: NodeId) -> bool {
        let dom = &self.page.dom;
        let mut above =
            std::iter::once(element).chain(dom.ancestors(element)).take(MAX_ACTION_DISTANCE);
        let is_button = |class: &str| {
            words_of(class).iter().any(|word| ["btn", "button", "action"].contains(&word.as_str()))
        };
        // What stands in the link of the title is about the record.
        above
            .by_ref()
            .take_while(|id| !self.holds_title(*id))
            .any(|id| ["a", "label"].contains(&dom.name(id)) || classes(dom, id).any(is_button))
    }
}

/// Splits a part such as `Part of <a>Keller papers</a>`.
fn label_before_element(part: &Part) -> Option<(String, String)> {
    let (label, value) = part.text.split_at_checked(part.lead?)?;
    let (label, value) = (collapse(label), collapse(value));
    (is_field_label(&label) && !value.is_empty()).then_some((label, value))
}
