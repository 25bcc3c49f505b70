//! The fields of a block: pairs of label and value, dates, names by their class, and the rest.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::block::{BlockField, DATE_NAME, Page, classes, is_beside_title};
use super::content::heading_level;
use super::dates_apart::DatesApart;
use super::dom::NodeId;
use super::field_list::FieldList;
use super::field_values::PUBLICATION_DATE_NAME;
use super::label_lines::part_at_labels;
use super::label_text::{
    date_before_by, date_behind_word, ends_with_sign, fits_label, is_code, is_field_label,
    is_meaning_class, is_number_of_row, is_reference, label_by_colon, publication_date,
    starts_with_sign,
};
use super::parting_dashes::part_at_dashes;
use super::people::{is_person_class, joins_names};
use super::text::{Line, Piece, collapse, lines_of};
use super::title_lines::TitleLines;
use super::words::{WORDS, class_has};
use crate::formats::field_names::{FieldTarget, words_of};
use crate::formats::read::whole_dates::{
    PART_SEPARATORS, date_in_brackets, date_in_line, day_in_line, ends_with_extent,
    is_day_of_keeping, is_undated, is_whole_date, says_undated, split_place,
};
use crate::record::Field;

/// How far above a text the link or button is that it is in.
pub(super) const MAX_ACTION_DISTANCE: usize = 3;

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
    /// The nodes of the block.
    roots: Vec<NodeId>,
    title_lines: OnceCell<TitleLines>,
    /// The elements that were read as pairs.
    pub(super) consumed: HashSet<NodeId>,
    pub(super) fields: FieldList,
    /// Dates inside of other texts. The first counts if nothing else is a date.
    pub(super) dates_in_texts: Vec<BlockField>,
    pub(super) rests: Vec<Rest>,
}

/// A part of a line with the element where it begins.
pub(super) struct Part {
    text: String,
    pub(super) element: NodeId,
    /// Whether all of it is in links or buttons.
    pub(super) is_action: bool,
    /// The length of the text before the first link or other element in it.
    lead: Option<usize>,
    /// Whether a day in it is one of keeping, and not of the document.
    is_of_keeping: bool,
}

impl<'p> FieldFinder<'p> {
    pub(super) fn new(page: &'p Page, used: &'p [NodeId]) -> FieldFinder<'p> {
        FieldFinder {
            page,
            used,
            roots: Vec::new(),
            title_lines: OnceCell::new(),
            consumed: HashSet::new(),
            fields: FieldList::default(),
            dates_in_texts: Vec::new(),
            rests: Vec::new(),
        }
    }

    /// Reads the nodes of a block.
    pub(super) fn read(&mut self, roots: &[NodeId]) {
        self.roots = roots.to_vec();
        for root in roots {
            self.read_pairs(*root);
        }
        let lines = self.lines(roots);
        let mut rest = lines.as_slice();
        while let Some((line, below)) = rest.split_first() {
            let taken = self.read_line(line, below);
            rest = below.get(taken..).unwrap_or_default();
        }
    }

    /// Returns the lines of nodes, without the title and what was read.
    fn lines(&self, roots: &[NodeId]) -> Vec<Line> {
        let lines = lines_of(&self.page.dom, roots, &|id| self.leaves_out(id));
        let lines = part_at_dashes(self.page, roots, self.used, lines);
        lines.into_iter().flat_map(|line| part_at_labels(&self.page.dom, line)).collect()
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

    /// Reads a line. Returns how many lines below it belong to it.
    fn read_line(&mut self, line: &Line, all_below: &[Line]) -> usize {
        let text = line.text();
        if is_number_of_row(&text) {
            return 0;
        }
        let is_sentence = self.is_highlighted_sentence(line);
        let labelled = self.label_by_element(line).filter(|_| !is_sentence);
        if let Some((label, value)) = labelled.or_else(|| label_by_colon(&text)) {
            if !value.is_empty() {
                self.add_pair(&label, &value);
                return 0;
            }
            let below = all_below.first().filter(|below| {
                !self.starts_with_label(below) && self.may_label(line, &label, below)
            });
            if below.is_some_and(|below| label_by_colon(&below.text()).is_none()) {
                let taken = self.count_values(all_below);
                for value in all_below.iter().take(taken) {
                    self.add_pair(&label, &value.text());
                }
                return taken;
            }
            if text.ends_with(':') && is_field_label(&label) {
                // Nothing follows the label, so it gives no field.
                return 0;
            }
        }
        let parts = self.parts(line);
        let has_parts = parts.len() > 1;
        let mut before = String::new();
        for part in parts {
            let lead = part.lead.filter(|_| !is_sentence);
            let text = collapse(&part.text);
            // `Added` and its day may stand in elements of their own.
            let is_behind = !before.is_empty() && is_day_of_keeping(&format!("{before} {text}"));
            let is_of_keeping = is_behind || is_day_of_keeping(&text);
            self.read_part(&Part { lead, is_of_keeping, ..part }, has_parts);
            before = text;
        }
        0
    }

    /// Returns how many lines are values of one label: the first, and those behind it in elements of the same class beside
    /// that of the first.
    fn count_values(&self, lines: &[Line]) -> usize {
        let dom = &self.page.dom;
        let shape = |line: &Line| {
            let element = line.pieces.iter().find(|piece| !piece.text.trim().is_empty())?.element;
            let item =
                std::iter::once(element).chain(dom.ancestors(element)).take(MAX_CLASS_DISTANCE);
            if let Some(item) = item.into_iter().find(|id| dom.name(*id) == "li") {
                return Some((dom.parent(item), "li"));
            }
            let class = dom.attribute(element, "class").filter(|class| !class.is_empty())?;
            Some((dom.parent(element), class))
        };
        let Some(first) = lines.first().and_then(shape) else { return 1 };
        let is_alike = |line: &&Line| {
            shape(line) == Some(first)
                && !self.starts_with_label(line)
                && label_by_colon(&line.text()).is_none()
        };
        1 + lines.iter().skip(1).take_while(is_alike).count()
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
        let (written, value) = (join(&label), self.joined_values(&value));
        let label = written.trim_end_matches([':', ' ', '\u{a0}']);
        let value = value.trim_start_matches([':', ' ']);
        let has_value = label_element.is_none_or(holds_value);
        let is_marked = written.ends_with(':') || is_field_label(label);
        let is_label =
            is_marked || (has_value && label_element.is_some_and(|id| self.has_label_class(id)));
        (is_label && fits_label(label)).then(|| (label.to_owned(), value.to_owned()))
    }

    /// Whether a label may belong to the line below it. What stands in one line with the title, or has the title
    /// between it and that line, is the kind or the extent of the document, as is `2 boxes`.
    fn may_label(&self, line: &Line, label: &str, below: &Line) -> bool {
        let first_of = |line: &Line| line.pieces.first().map(|piece| piece.element);
        let (Some(own), Some(value)) = (first_of(line), first_of(below)) else { return true };
        if line.text().ends_with(':') {
            return true;
        }
        let lines =
            self.title_lines.get_or_init(|| TitleLines::find(self.page, &self.roots, self.used));
        let Some(has_title) = lines.stands_between(own, value) else { return true };
        !has_title && !label.contains(|letter: char| letter.is_ascii_digit())
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
        let mut date_before: Option<NodeId> = None;
        let dates = DatesApart::new(&self.page.dom, line);
        for piece in &line.pieces {
            let meaning = self.meaning_by_class(piece.element);
            starts_new |= meaning != meaning_before || piece.starts_new;
            let is_date = dates.contains(piece);
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
            let is_person = meaning_before.as_deref().is_some_and(is_person_class);
            let is_joint = is_person && joins_names(&piece.text);
            if !piece.text.trim().is_empty() && !is_joint {
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
                        is_of_keeping: false,
                    }),
                }
                starts_new = false;
            }
        }
        parts.retain(|part| part.text.chars().any(char::is_alphanumeric));
        parts
    }

    /// Reads a part of a line.
    fn read_part(&mut self, part: &Part, has_siblings: bool) {
        let text = collapse(&part.text);
        let text = text.trim_matches([',', ';', ' ']);
        if let Some((label, value)) = label_by_colon(text).or_else(|| label_before_element(part)) {
            return self.add_pair(&label, &value);
        }
        if part.is_of_keeping {
            return self.add_rest(text, part);
        }
        if let Some((word, date)) = date_behind_word(text).filter(|_| !self.fields.has_date()) {
            return self.fields.push(BlockField::placed(word, date.to_owned(), FieldTarget::Date));
        }
        let class = self.meaning_by_class(part.element);
        if self.add_names_behind_by(text, class.as_deref()) {
            return;
        }
        if let Some(class) = class {
            return self.add_value_of_class(&class, text);
        }
        if let Some((date, names)) = date_before_by(text).filter(|_| !self.fields.has_date()) {
            return self.add_byline("by", names, Some(date));
        }
        if self.page.dom.name(part.element) == "time" && is_whole_date(text) {
            return self.add_value_of_class(DATE_NAME, text);
        }
        if is_number_of_row(text) {
            return;
        }
        if is_code(text) && self.leads_where_title_does(part.element) && !self.fields.has_id() {
            let target = FieldTarget::Field(Field::Id);
            return self.fields.push(BlockField::placed("number", text.to_owned(), target));
        }
        let is_date = (is_whole_date(text) && !self.is_number_of_class(text, part.element))
            || ((has_siblings || says_undated(text)) && is_undated(text));
        if is_date && !self.fields.has_date() {
            return self.add_date_and_place(text);
        }
        let day = day_in_line(text).filter(|_| !is_sentence(text));
        if let Some(date) = day.or_else(|| split_place(text).map(|(_, date)| date)) {
            self.add_date_in_text("date in line", date);
        } else if let Some(date) = date_in_brackets(text) {
            self.add_date_in_text("date in brackets", date);
        }
        if has_siblings && is_reference(text) && !self.fields.has_reference() {
            let target = FieldTarget::Field(Field::ReferenceCode);
            return self.fields.push(BlockField::placed("reference", text.to_owned(), target));
        }
        if self.is_beside_title(part.element)
            && let Some(class) = classes(&self.page.dom, part.element).last()
        {
            return self.fields.push(BlockField::named(class, text.to_owned()));
        }
        if let Some(date) = publication_date(text) {
            self.add_date_in_text(PUBLICATION_DATE_NAME, date);
        } else if let Some(date) = date_in_line(text) {
            self.add_date_in_text("date in line", date);
        }
        self.add_rest(text, part);
    }

    /// Whether a text is eight digits in an element with a class, which are the number of something and no day.
    fn is_number_of_class(&self, text: &str, element: NodeId) -> bool {
        text.len() == 8
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && classes(&self.page.dom, element).next().is_some()
    }

    /// Whether an element is a badge in the heading of the block.
    fn is_beside_title(&self, element: NodeId) -> bool {
        let dom = &self.page.dom;
        let in_heading = |id: NodeId| {
            dom.ancestors(id).take(3).any(|above| heading_level(dom.name(above)).is_some())
        };
        is_beside_title(dom, element) && in_heading(element)
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

/// Whether a text ends as a sentence does; a word for extent may be cut short: `3 Bl.`
fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…']) && !ends_with_extent(text)
}

/// Splits a part such as `Part of <a>Keller papers</a>`.
fn label_before_element(part: &Part) -> Option<(String, String)> {
    let (label, value) = part.text.split_at_checked(part.lead?)?;
    let (label, value) = (collapse(label), collapse(value));
    (is_field_label(&label) && !value.is_empty()).then_some((label, value))
}
