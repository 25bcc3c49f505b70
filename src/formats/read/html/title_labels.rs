//! Decides by the labels of a block which text is its title: the value of `Title` is the title, the value of `Creator` is not.

use super::block::{Page, TITLE, classes};
use super::dom::NodeId;
use super::label_text::is_field_label;
use super::text::text_without;
use super::words::{WORDS, class_has};
use crate::formats::field_names::known_names;

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
            dom.element_before(element)
                .and_then(|label| is_of_title(page, label, is_in_list_of_pairs(page, element)))
        };
        match (own, own.or_else(beside)) {
            (Some(_), _) | (None, Some(false)) => return TitleLabel::Other,
            (None, Some(true)) if element == id => return TitleLabel::Title,
            (None, Some(true)) => return TitleLabel::InTitle,
            (None, None) => {}
        }
        match dom.parent(element) {
            Some(parent) if !roots.contains(&element) => element = parent,
            _ => break,
        }
    }
    TitleLabel::None
}

/// Whether the name of an element says that it is a label.
fn named_by_element(page: &Page, id: NodeId) -> bool {
    ["dt", "th", "label"].contains(&page.dom.name(id))
}

/// Whether an element is the second of two in an element beside which there are others of two, with known labels first:
/// `<div><span>Author</span><span>Keller, Anna</span></div>`.
fn is_in_list_of_pairs(page: &Page, value: NodeId) -> bool {
    let dom = &page.dom;
    let elements =
        |id: NodeId| dom.children(id).iter().copied().filter(|id| !dom.name(*id).is_empty());
    // A third one is enough to know that they are no pair.
    let first_elements = |id: NodeId| -> Vec<NodeId> { elements(id).take(3).collect() };
    let is_pair = |id: &NodeId| match first_elements(*id).as_slice() {
        [label, _] => is_field_label(&text_without(dom, &[*label], &|id| page.content.skips(id))),
        _ => false,
    };
    let Some(pair) = dom.parent(value) else { return false };
    let is_second = matches!(first_elements(pair).as_slice(), [_, second] if *second == value);
    let Some(list) = dom.parent(pair).filter(|_| is_second && is_pair(&pair)) else { return false };
    elements(list).filter(is_pair).take(MIN_PAIRS).count() >= MIN_PAIRS
}

/// Whether an element is the label of a title; `None` if it is no label with a known name. In a list of pairs every first
/// element is a label.
fn is_of_title(page: &Page, label: NodeId, is_in_pair: bool) -> Option<bool> {
    let dom = &page.dom;
    let text = text_without(dom, &[label], &|id| page.content.skips(id));
    let is_shown = is_in_pair
        || named_by_element(page, label)
        || classes(dom, label).any(|class| class_has(&WORDS.label, class))
        || text.trim_end().ends_with(':');
    let known = known_names(text.trim_end_matches([':', ' ', '\u{a0}']));
    known.first().filter(|_| is_shown).map(|known| known.target == TITLE)
}
