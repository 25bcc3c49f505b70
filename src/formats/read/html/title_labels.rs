//! Decides by the labels of a block which text is its title: the value of `Title` is the title, the value of `Creator` is not.

use super::block::{Page, TITLE, classes};
use super::dom::NodeId;
use super::text::text_without;
use super::words::{WORDS, class_has};
use crate::formats::field_names::known_names;

/// How deep in the value of a label an element with its text may stand.
const MAX_VALUE_DEPTH: usize = 3;

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
    let before = |id: NodeId| {
        let siblings = dom.children(dom.parent(id)?);
        let above = siblings.iter().take_while(|sibling| **sibling != id);
        above.copied().filter(|sibling| !dom.name(*sibling).is_empty()).last()
    };
    let mut element = id;
    for _ in 0..MAX_VALUE_DEPTH {
        let own = named_by_element(page, element).then(|| is_of_title(page, element)).flatten();
        let beside = || before(element).and_then(|label| is_of_title(page, label));
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

/// Whether an element is the label of a title; `None` if it is no label with a known name.
fn is_of_title(page: &Page, label: NodeId) -> Option<bool> {
    let dom = &page.dom;
    let text = text_without(dom, &[label], &|id| page.content.skips(id));
    let is_shown = named_by_element(page, label)
        || classes(dom, label).any(|class| class_has(&WORDS.label, class))
        || text.trim_end().ends_with(':');
    let known = known_names(text.trim_end_matches([':', ' ', '\u{a0}']));
    known.first().filter(|_| is_shown).map(|known| known.target == TITLE)
}
