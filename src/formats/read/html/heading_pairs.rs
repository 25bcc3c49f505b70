//! Headings that are labels, each with its values behind it: `<h3>Author</h3><p>Keller, Anna</p>`.

use super::block::{BlockField, Page};
use super::content::heading_level;
use super::dom::NodeId;
use super::label_text::{is_field_label, is_short, listed_values, pair};
use super::people::is_person_class;
use super::text::{Line, lines_of, text_of};
use crate::formats::field_names::{FieldTarget, known_names};
use crate::record::Field;

/// Longer texts are no labels, in bytes.
const MAX_LABEL_BYTES: usize = 200;

/// Returns the headings that are labels, each with the text of the element behind it. The headings of a level
/// are labels if most of them are known ones.
pub(super) fn heading_pairs(page: &Page, root: NodeId) -> Vec<BlockField> {
    let pairs = all_heading_pairs(page, root);
    let is_label = |level: u8| {
        let of_level = || pairs.iter().filter(|(other, _)| *other == level);
        let known = of_level().filter(|(_, field)| is_field_label(&field.name)).count();
        known > 1 && 2 * known >= of_level().count()
    };
    let levels: Vec<u8> = (1..=6).filter(|level| is_label(*level)).collect();
    let labels =
        pairs.iter().filter(|(level, field)| levels.contains(level) || is_field_label(&field.name));
    let values = labels.flat_map(|(_, field)| {
        let is_known = is_field_label(&field.name);
        let values =
            if is_known { listed_values(&field.name, &field.value) } else { vec![&*field.value] };
        values.into_iter().map(|value| pair(&field.name, value))
    });
    values.collect()
}

/// Returns all pairs of a heading and the element behind it, with the level of the heading.
fn all_heading_pairs(page: &Page, root: NodeId) -> Vec<(u8, BlockField)> {
    let dom = &page.dom;
    let mut fields = Vec::new();
    for id in dom.walk(root) {
        let Some(level) = heading_level(dom.name(id)).filter(|level| *level > 1) else { continue };
        if page.content.is_outside(id) || page.content.is_longer(id, MAX_LABEL_BYTES) {
            continue;
        }
        let label = text_of(dom, &page.content, id);
        // `Nr. 7` is the title of a part.
        if label.contains(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        if !is_short(&label) {
            continue;
        }
        let values = values_behind(page, id, &label);
        let holds_heading = |value: &NodeId| {
            let is_other = |name: &str| heading_level(name).is_some() || name == "table";
            dom.walk(*value).any(|it| is_other(dom.name(it)))
        };
        if !values.iter().any(holds_heading) {
            let text = text_of_values(page, &label, &values);
            if !text.is_empty() {
                fields.push((level, pair(&label, &text)));
            }
        }
    }
    fields
}

/// Returns the text of the elements behind a label, each of its values on a line.
fn text_of_values(page: &Page, label: &str, values: &[NodeId]) -> String {
    let text = |values: &[NodeId]| {
        let lines = lines_of(&page.dom, values, &|it| page.content.skips(it));
        lines.iter().map(Line::text).collect::<Vec<_>>().join("\n")
    };
    let texts: Vec<String> = values.iter().map(|value| text(std::slice::from_ref(value))).collect();
    let is_of = |targets: &[FieldTarget]| {
        known_names(label).first().is_some_and(|known| targets.contains(&known.target))
    };
    let is_one_value = is_of(&[
        FieldTarget::Date,
        FieldTarget::Field(Field::Title),
        FieldTarget::Field(Field::Summary),
    ]);
    // The parts of a name may stand in elements of their own, too.
    let is_value = |text: &String| {
        text.starts_with(char::is_uppercase) && (!is_person_class(label) || text.contains(' '))
    };
    let are_values = !is_one_value && texts.iter().all(is_value);
    if are_values { texts.join("\n") } else { text(values) }
}

/// Returns the elements behind a heading that have the shape of the first one: each is one of its values. A list behind
/// paragraphs goes on with them, if another heading follows or the text is a summary.
fn values_behind(page: &Page, heading: NodeId, label: &str) -> Vec<NodeId> {
    let dom = &page.dom;
    let behind = dom.siblings_behind(heading).iter().copied();
    let mut elements = behind.filter(|id| !dom.name(*id).is_empty()).peekable();
    let shape = |id: NodeId| (dom.name(id), dom.attribute(id, "class"));
    let first = elements.peek().copied().map(shape);
    // A heading is no value, nor is what follows it.
    if first.is_none_or(|(name, _)| heading_level(name).is_some()) {
        return elements.take(1).collect();
    }
    let mut values: Vec<NodeId> = Vec::new();
    while let Some(value) = elements.next_if(|id| Some(shape(*id)) == first) {
        values.push(value);
    }
    let is_summary = || {
        let known = known_names(label);
        known.first().is_some_and(|known| known.target == FieldTarget::Field(Field::Summary))
    };
    let has_link = |id: NodeId| dom.walk(id).any(|it| ["a", "button"].contains(&dom.name(it)));
    let is_list = |id: &NodeId| {
        ["ul", "ol"].contains(&dom.name(*id))
            && dom.attribute(*id, "class").is_none()
            && !has_link(*id)
    };
    let is_heading = |id: &NodeId| heading_level(dom.name(*id)).is_some();
    if first.is_some_and(|(name, _)| name == "p")
        && let Some(list) = elements.next().filter(is_list)
        && elements.next().map_or_else(is_summary, |id| is_heading(&id))
    {
        values.push(list);
    }
    values
}
