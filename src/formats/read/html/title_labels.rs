//! Decides by the labels of a block which text is its title: the value of `Title` is the title, the value of `Creator` is not.

use std::cell::RefCell;
use std::collections::HashMap;

use super::block::{Page, TITLE, classes};
use super::dom::NodeId;
use super::label_text::is_field_label;
use super::text::text_without;
use super::words::{WORDS, class_has};
use crate::formats::field_names::{MAX_NAME_BYTES, known_names};

/// How deep in the value of a label an element with its text may stand.
const MAX_VALUE_DEPTH: usize = 3;

/// The fewest pairs of a list.
const MIN_PAIRS: usize = 2;

/// What labels say about an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleLabel {
    /// It is the value of the label of a title.
    Title,
    /// It stands in such a value.
    InTitle,
    /// It is a label, or stands in the value of one for another field.
    Other,
    /// No label says what it is.
    None,
}

/// Returns what labels say about an element of a block, which begins with `roots`.
pub(super) fn title_label(page: &Page, roots: &[NodeId], id: NodeId) -> TitleLabel {
    let dom = &page.dom;
    let mut element = id;
    for _ in 0..MAX_VALUE_DEPTH {
        let own =
            named_by_element(page, element).then(|| is_of_title(page, element, false)).flatten();
        let beside = || {
            dom.element_before(element).and_then(|label| {
                is_of_title(page, label, is_in_list_of_pairs(page, label, element))
            })
        };
        match (own, own.or_else(beside)) {
            (Some(_), _) | (None, Some(false)) => return TitleLabel::Other,
            (None, Some(true)) if element == id => return TitleLabel::Title,
            (None, Some(true)) => return TitleLabel::InTitle,
            (None, None) => {}
        }
        match dom.parent(element) {
            Some(parent) if !dom.is_one_of(element, roots) => element = parent,
            _ => break,
        }
    }
    TitleLabel::None
}

/// Whether the name of an element says that it is a label.
fn named_by_element(page: &Page, id: NodeId) -> bool {
    ["dt", "th", "label"].contains(&page.dom.name(id))
}

/// What is found once for a page about its labels, however often its blocks are read.
#[derive(Default)]
pub(super) struct KnownLabels {
    /// What the texts of the elements mean that were asked for.
    meanings: RefCell<HashMap<NodeId, Meaning>>,
    /// Whether the elements that were asked for are lists of pairs.
    lists: RefCell<HashMap<NodeId, bool>>,
}

/// What the text of an element means as a label.
#[derive(Clone, Copy, Default)]
struct Meaning {
    /// Whether it is the label of a title; `None` if its name is not known.
    is_of_title: Option<bool>,
    is_field_label: bool,
    ends_with_colon: bool,
}

impl KnownLabels {
    fn meaning(&self, page: &Page, label: NodeId) -> Meaning {
        // A longer text is not known.
        if page.content.is_longer(label, MAX_NAME_BYTES) {
            return Meaning::default();
        }
        let known = self.meanings.borrow().get(&label).copied();
        known.unwrap_or_else(|| {
            let text = text_without(&page.dom, &[label], &|id| page.content.skips(id));
            let known = known_names(text.trim_end_matches([':', ' ', '\u{a0}']));
            let meaning = Meaning {
                is_of_title: known.first().map(|known| known.target == TITLE),
                is_field_label: is_field_label(&text),
                ends_with_colon: text.trim_end().ends_with(':'),
            };
            self.meanings.borrow_mut().insert(label, meaning);
            meaning
        })
    }

    /// Whether elements in a list are pairs with known labels first.
    fn is_list_of_pairs(&self, page: &Page, list: NodeId) -> bool {
        let known = self.lists.borrow().get(&list).copied();
        known.unwrap_or_else(|| {
            let elements =
                page.dom.children(list).iter().filter(|id| !page.dom.name(**id).is_empty());
            let pairs = elements.filter(|id| self.is_pair(page, **id));
            let is_list = pairs.take(MIN_PAIRS).count() >= MIN_PAIRS;
            self.lists.borrow_mut().insert(list, is_list);
            is_list
        })
    }

    /// Whether there are two elements in an element, and the first is a known label.
    fn is_pair(&self, page: &Page, pair: NodeId) -> bool {
        let dom = &page.dom;
        // A third one is enough to know that they are no pair.
        let elements = dom.children(pair).iter().copied().filter(|id| !dom.name(*id).is_empty());
        match elements.take(3).collect::<Vec<_>>().as_slice() {
            [label, _] => self.meaning(page, *label).is_field_label,
            _ => false,
        }
    }
}

/// Whether an element is the second of two in an element beside which there are others of two, with known labels first:
/// `<div><span>Author</span><span>Keller, Anna</span></div>`. `label` is the element before it.
fn is_in_list_of_pairs(page: &Page, label: NodeId, value: NodeId) -> bool {
    let dom = &page.dom;
    let is_last = || dom.siblings_behind(value).iter().all(|id| dom.name(*id).is_empty());
    let list = dom.parent(value).and_then(|pair| dom.parent(pair));
    dom.element_before(label).is_none()
        && page.labels.meaning(page, label).is_field_label
        && is_last()
        && !dom.name(value).is_empty()
        && list.is_some_and(|list| page.labels.is_list_of_pairs(page, list))
}

/// Whether an element is the label of a title; `None` if it is no label with a known name. In a list of pairs every first
/// element is a label.
fn is_of_title(page: &Page, label: NodeId, is_in_pair: bool) -> Option<bool> {
    let meaning = page.labels.meaning(page, label);
    let is_shown = || {
        is_in_pair
            || named_by_element(page, label)
            || classes(&page.dom, label).any(|class| class_has(&WORDS.label, class))
            || meaning.ends_with_colon
    };
    meaning.is_of_title.filter(|_| is_shown())
}
