//! Selectors of CSS with which a user chooses the records of a page: names, classes and ids, one inside another
//! (`div.list li.item`, `#results article`).

use super::block::classes;
use super::dom::{Dom, NodeId};

/// A selector.
#[derive(Debug)]
pub(super) struct Selector {
    /// What the element is, after what it is inside of.
    steps: Vec<Step>,
}

/// What one element of a selector must be.
#[derive(Debug, Default)]
struct Step {
    /// Its name; empty if it may have any.
    name: String,
    classes: Vec<String>,
    id: Option<String>,
}

impl Selector {
    /// Parses a selector; `None` if it has signs that are not understood.
    pub(super) fn parse(text: &str) -> Option<Selector> {
        let steps = text.split_whitespace().filter(|step| *step != ">");
        let steps: Vec<Step> = steps.map(Step::parse).collect::<Option<_>>()?;
        (!steps.is_empty()).then_some(Selector { steps })
    }

    /// Whether it chooses an element.
    pub(super) fn matches(&self, dom: &Dom, id: NodeId) -> bool {
        let Some((last, outer)) = self.steps.split_last() else { return false };
        if !last.matches(dom, id) {
            return false;
        }
        let mut outer = outer.iter().rev().peekable();
        let mut around = dom.parent(id);
        while let (Some(step), Some(parent)) = (outer.peek(), around) {
            if step.matches(dom, parent) {
                outer.next();
            }
            around = dom.parent(parent);
        }
        outer.peek().is_none()
    }
}

impl Step {
    fn parse(text: &str) -> Option<Step> {
        let mut step = Step::default();
        let is_of_name = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            let body = if ['.', '#'].contains(&sign) { rest.get(1..)? } else { rest };
            let end = body.find(|letter| !is_of_name(letter)).unwrap_or(body.len());
            let (word, behind) = body.split_at(end);
            match sign {
                _ if word.is_empty() => return None,
                '.' => step.classes.push(word.to_owned()),
                '#' => step.id = Some(word.to_owned()),
                _ => step.name = word.to_ascii_lowercase(),
            }
            rest = behind;
        }
        Some(step)
    }

    /// Whether an element is what the step says.
    fn matches(&self, dom: &Dom, id: NodeId) -> bool {
        let name = dom.name(id);
        let has = |wanted: &String| classes(dom, id).any(|class| class == wanted);
        !name.is_empty()
            && (self.name.is_empty() || name == self.name)
            && self.classes.iter().all(has)
            && self.id.as_deref().is_none_or(|wanted| dom.attribute(id, "id") == Some(wanted))
    }
}
