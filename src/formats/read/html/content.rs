//! Which elements of a page are its content: not hidden, and not for moving around the site.

use super::dom::{Dom, NodeId};
use super::text::{text_bytes, text_of};
use super::words::{WORDS, has, is_furniture_heading};
use crate::formats::field_names::words_of;

/// Elements that are left out with everything in them.
const SKIPPED_ELEMENTS: [&str; 20] = [
    "script", "style", "template", "title", "noscript", "svg", "math", "select", "button",
    "textarea", "input", "option", "nav", "footer", "aside", "dialog", "iframe", "object", "audio",
    "video",
];

/// Elements that hold a whole page, whatever their class says.
const PAGE_ELEMENTS: [&str; 3] = ["html", "body", "main"];

/// Longer texts are no headings, in bytes.
const MAX_HEADING_BYTES: usize = 120;

/// What of a page is content.
pub(super) struct Content {
    /// For each node whether it is left out with everything in it.
    skipped: Vec<bool>,
    /// For each node whether it stands in what is left out, or is left out.
    outside: Vec<bool>,
    /// For each node the fewest bytes of its text: those of its letters and signs but colons.
    text_bytes: Vec<usize>,
}

impl Content {
    /// Decides about all elements of a page.
    pub(super) fn find(dom: &Dom) -> Content {
        let skipped = vec![false; dom.len()];
        let mut content = Content { skipped, outside: Vec::new(), text_bytes: Vec::new() };
        let main = find_main(dom);
        for id in dom.all() {
            if dom.name(id).is_empty() {
                continue;
            }
            let holds_page =
                || PAGE_ELEMENTS.contains(&dom.name(id)) || dom.count_in(&main, id) > 0;
            let is_left_out = is_hidden(dom, id)
                || (SKIPPED_ELEMENTS.contains(&dom.name(id)) && !is_foot_of_record(dom, id))
                || (is_furniture(dom, id) && !holds_page());
            if is_left_out && let Some(skipped) = content.skipped.get_mut(id) {
                *skipped = true;
            }
        }
        content.skip_named_parts(dom, &main);
        content.outside.clone_from(&content.skipped);
        for id in dom.all() {
            let is_above_outside =
                dom.parent(id).is_some_and(|parent| content.outside.get(parent) == Some(&true));
            if is_above_outside && let Some(outside) = content.outside.get_mut(id) {
                *outside = true;
            }
        }
        content.text_bytes = text_bytes(dom, &|id| content.skips(id));
        content
    }

    /// Whether the text of a node is longer than `most` bytes, without the colons and blanks at its ends. It takes constant
    /// time, and some texts with colons or blanks inside count as shorter than they are.
    pub(super) fn is_longer(&self, id: NodeId, most: usize) -> bool {
        self.text_bytes.get(id).is_some_and(|bytes| *bytes > most)
    }

    /// Whether a node is left out itself. What is in it is too.
    pub(super) fn skips(&self, id: NodeId) -> bool {
        self.skipped.get(id).copied().unwrap_or(true)
    }

    /// Whether a node stands in what is left out.
    pub(super) fn is_outside(&self, id: NodeId) -> bool {
        self.outside.get(id).copied().unwrap_or(true)
    }

    /// Leaves out the parts that begin with a heading such as “Related items”.
    fn skip_named_parts(&mut self, dom: &Dom, main: &[NodeId]) {
        let headings: Vec<NodeId> =
            dom.all().filter(|id| heading_level(dom.name(*id)).is_some()).collect();
        for heading in headings {
            if self.skips(heading) || !names_furniture(dom, self, heading) {
                continue;
            }
            let Some(parent) = dom.parent(heading) else { continue };
            let is_first = dom.element_before(heading).is_none();
            let own = usize::from(dom.is_one_of(heading, main));
            let holds_page =
                PAGE_ELEMENTS.contains(&dom.name(parent)) || dom.count_in(main, parent) > own;
            if is_first && !holds_page {
                self.skip(parent);
                continue;
            }
            self.skip_section(dom, heading);
        }
    }

    /// Leaves out a heading and what follows it, up to the next heading of its level.
    fn skip_section(&mut self, dom: &Dom, heading: NodeId) {
        let level = heading_level(dom.name(heading)).unwrap_or(6);
        self.skip(heading);
        for id in dom.siblings_behind(heading) {
            if heading_level(dom.name(*id)).is_some_and(|other| other <= level) {
                break;
            }
            self.skip(*id);
        }
    }

    fn skip(&mut self, id: NodeId) {
        if let Some(skipped) = self.skipped.get_mut(id) {
            *skipped = true;
        }
    }
}

/// Returns the elements that the page is about: `main`, the main heading.
fn find_main(dom: &Dom) -> Vec<NodeId> {
    let is_main =
        |id: &NodeId| dom.name(*id) == "main" || dom.attribute(*id, "role") == Some("main");
    let main: Vec<NodeId> = dom.all().filter(is_main).collect();
    if main.is_empty() { dom.all().filter(|id| dom.name(*id) == "h1").collect() } else { main }
}

/// Returns the level of a heading.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

/// Whether browsers do not show an element.
fn is_hidden(dom: &Dom, id: NodeId) -> bool {
    let style = dom.attribute(id, "style").unwrap_or("");
    dom.attribute(id, "hidden").is_some()
        || dom.attribute(id, "aria-hidden") == Some("true")
        || style.replace(' ', "").to_ascii_lowercase().contains("display:none")
}

/// Whether an element is for moving around the site, by its role, class or id.
fn is_furniture(dom: &Dom, id: NodeId) -> bool {
    const ROLES: [&str; 9] = [
        "navigation",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "tablist",
    ];
    let role = dom.attribute(id, "role").unwrap_or("");
    let classes = dom.attribute(id, "class").unwrap_or("").split_whitespace();
    let names = classes.chain(dom.attribute(id, "id"));
    // The header of an article is that of a record.
    let is_site_header = dom.name(id) == "header"
        && !dom
            .ancestors(id)
            .any(|above| ["article", "li", "main", "section"].contains(&dom.name(above)));
    ROLES.contains(&role) || is_site_header || names.into_iter().any(is_furniture_class)
}

/// Whether an element is the foot of an article or of an item of a list, and not that of the page.
fn is_foot_of_record(dom: &Dom, id: NodeId) -> bool {
    dom.name(id) == "footer"
        && dom.ancestors(id).any(|above| ["article", "li"].contains(&dom.name(above)))
}

/// First words of the classes of the feet of records.
const RECORD_PARTS: [&str; 14] = [
    "card", "panel", "item", "entry", "hit", "teaser", "tile", "media", "post", "article", "box",
    "result", "listing", "document",
];

/// Whether a class is that of furniture: its first or last word is, and no word says that it is the list.
fn is_furniture_class(class: &str) -> bool {
    let words = words_of(class);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let is_furniture = |word: &str| has(&WORDS.furniture, word);
    // The foot of a card has the date of its record.
    let is_of_record = last == "footer" && RECORD_PARTS.contains(&first.as_str());
    if is_of_record {
        return false;
    }
    (is_furniture(first) || is_furniture(last) || is_furniture(&words.concat()))
        && !words.iter().any(|word| has(&WORDS.content, word))
}

/// Whether an element shows where a record stands: a path of links.
pub(super) fn is_breadcrumb(dom: &Dom, id: NodeId) -> bool {
    let classes = dom.attribute(id, "class").unwrap_or("");
    words_of(classes).iter().any(|word| word == "breadcrumb" || word == "breadcrumbs")
        || is_path_of_links(dom, id)
}

/// Whether an element has links and arrows between them, and nothing else: `<a>Library</a> > <a>Papers</a>`.
fn is_path_of_links(dom: &Dom, id: NodeId) -> bool {
    let is_arrow = |letter: char| "»›>→▸".contains(letter);
    let (mut links, mut arrows) = (0, 0);
    for child in dom.children(id) {
        match dom.own_text(*child).map(str::trim) {
            None if dom.name(*child) == "a" => links += 1,
            Some("") => {}
            Some(text) if text.chars().all(is_arrow) => arrows += 1,
            _ => return false,
        }
    }
    links > 1 && arrows + 1 >= links
}

/// Whether a heading names furniture.
fn names_furniture(dom: &Dom, content: &Content, heading: NodeId) -> bool {
    let text = text_of(dom, content, heading);
    let has_link = dom
        .walk(heading)
        .any(|id| dom.attribute(id, "href").is_some_and(|it| !it.starts_with('#')));
    text.len() <= MAX_HEADING_BYTES && !has_link && is_furniture_heading(&text)
}
