//! The title of a block: a heading, a link, or what a class or a label says is one.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use super::block::{Page, TITLE, classes, is_beside_title, short_name};
use super::content::{heading_level, is_breadcrumb};
use super::dom::NodeId;
use super::label_text::{is_field_label, is_reference, label_by_colon};
use super::people::is_inverted_names;
use super::text::{Line, Piece, collapse, lines_of, text_bytes, text_without};
use super::title_labels::{TitleLabel, title_label};
use super::words::{WORDS, class_has};
use crate::formats::field_names::known_names;
use crate::formats::read::whole_dates::{is_whole_date, split_end_date};

/// How sure a title is, in the worth of the block.
const LINKED_HEADING_WORTH: u32 = 5;
const LINKED_CLASS_WORTH: u32 = 4;
const HEADING_WORTH: u32 = 3;
pub(super) const LINK_WORTH: u32 = 2;

/// A link behind more words is in a sentence.
const MAX_WORDS_BEFORE_TITLE: usize = 2;

/// Longer texts are no titles, in bytes.
const MAX_TITLE_BYTES: usize = 1_200;

/// The length of the sign behind a text that is cut off, in bytes.
const CUT_SIGN_BYTES: usize = 3;

/// What is found once for a page, however often its blocks are read.
#[derive(Default)]
pub(super) struct PageTitles {
    /// The links with letters in their texts, in the order of the page.
    links: OnceCell<Vec<NodeId>>,
    /// For links and bold texts that were asked for, the elements of the titles in them.
    lines: RefCell<HashMap<NodeId, Option<NodeId>>>,
    /// For each node the fewest bytes of its text without badges.
    bytes: OnceCell<Vec<usize>>,
}

/// A title in a block.
pub(super) struct Title {
    /// The element.
    pub(super) node: NodeId,
    /// The element whose text it is, which is no field.
    pub(super) used: NodeId,
    pub(super) link: Option<NodeId>,
    pub(super) text: String,
    /// Where it stands: `h3 a`.
    pub(super) name: String,
    pub(super) worth: u32,
}

/// Finds the title of a block.
pub(super) struct TitleFinder<'p> {
    pub(super) page: &'p Page,
    /// The nodes of the block, in the order of the page.
    pub(super) roots: &'p [NodeId],
    /// Texts that are no titles, since all blocks have them.
    pub(super) no_titles: &'p [String],
}

impl TitleFinder<'_> {
    /// Returns the surest title, the first of equals.
    pub(super) fn find(&self) -> Option<Title> {
        let mut best: Option<Title> = None;
        for root in self.roots {
            let mut walk = self.page.dom.walk(*root);
            while let Some(id) = walk.next() {
                if self.page.content.skips(id) || is_breadcrumb(&self.page.dom, id) {
                    walk.skip_children();
                    continue;
                }
                let least = best.as_ref().map_or(0, |best| best.worth);
                if least >= LINKED_HEADING_WORTH {
                    return best;
                }
                best = self.title_at(id, least).or(best);
            }
        }
        best
    }

    /// Whether a link stands in a sentence: “See also the guide”.
    pub(super) fn is_in_prose(&self, title: &Title) -> bool {
        let dom = &self.page.dom;
        let lines = lines_of(dom, self.roots, &|id| self.page.content.skips(id));
        let is_title = |piece: &Piece| dom.is_in(piece.element, title.used);
        let line = lines.iter().find(|line| line.pieces.iter().any(is_title));
        let before = line
            .into_iter()
            .flat_map(|line| line.pieces.iter().take_while(|piece| !is_title(piece)));
        let before: String = before.map(|piece| piece.text.as_str()).collect();
        let before = before.trim().trim_end_matches([':', ',', '–', '-', ' ', '.']);
        // `Keller, Anna (1978) The mills`
        let names = split_end_date(before).map_or(before, |(names, _)| names);
        if is_inverted_names(names) {
            return false;
        }
        before.split_whitespace().count() > MAX_WORDS_BEFORE_TITLE && !is_whole_date(before)
    }

    /// Returns the title that an element is, if it is worth more than `least`.
    fn title_at(&self, id: NodeId, least: u32) -> Option<Title> {
        let dom = &self.page.dom;
        let name = dom.name(id);
        let is_heading = heading_level(name).is_some();
        let label = title_label(self.page, self.roots, id);
        let has_title_class = match label {
            TitleLabel::Title => true,
            TitleLabel::Other => false,
            TitleLabel::InTitle | TitleLabel::None => self.has_title_class(id),
        };
        // The name of an author or a collection may be a link before that of the title.
        let is_of_title = matches!(label, TitleLabel::Title | TitleLabel::InTitle);
        let is_link = self.is_link(id) && (is_of_title || !self.has_class_of_other(id));
        if !(is_heading || has_title_class || is_link || ["strong", "b"].contains(&name)) {
            return None;
        }
        let inner = if is_link { Some(id) } else { self.first_link_in(id) };
        let link = inner.or_else(|| self.link_round(id));
        let worth = match (is_heading, has_title_class, link.is_some()) {
            (true, _, true) => LINKED_HEADING_WORTH,
            (_, true, true) => LINKED_CLASS_WORTH,
            (true, _, false) => HEADING_WORTH,
            (_, true, false) | (false, false, true) => LINK_WORTH,
            (false, false, false) => 1,
        };
        if worth <= least {
            return None;
        }
        let used = inner.unwrap_or(id);
        let has_own_sign = is_heading || has_title_class;
        let used = if has_own_sign { used } else { self.title_line_in(used).unwrap_or(used) };
        let text = self.title_text(used).filter(|text| text.len() <= MAX_TITLE_BYTES)?;
        let is_bold_label =
            ["strong", "b"].contains(&name) && link.is_none() && is_field_label(&text);
        let is_title = text.chars().any(char::is_alphabetic)
            && !self.no_titles.contains(&text)
            && !is_whole_date(&text)
            && !text.ends_with(':')
            && !is_bold_label;
        let shown = short_name(dom, id);
        let name = match inner {
            Some(inner) if inner != id => format!("{shown} a"),
            _ => shown,
        };
        is_title.then_some(Title { node: id, used, link, text, name, worth })
    }

    /// Whether the class of an element says that it is a title.
    fn has_title_class(&self, id: NodeId) -> bool {
        let dom = &self.page.dom;
        let is_title =
            |class: &str| class_has(&WORDS.title, class) && !class_has(&WORDS.not_title, class);
        dom.attribute(id, "itemprop").is_some_and(|it| ["name", "headline"].contains(&it))
            || classes(dom, id).any(is_title)
    }

    /// Returns the element with the title in a link round a whole card: its line with the label of a title, or
    /// its first line that is no date and has no label.
    fn title_line_in(&self, link: NodeId) -> Option<NodeId> {
        let known = self.page.titles.lines.borrow().get(&link).copied();
        known.unwrap_or_else(|| {
            let found = self.find_title_line(link);
            self.page.titles.lines.borrow_mut().insert(link, found);
            found
        })
    }

    fn find_title_line(&self, link: NodeId) -> Option<NodeId> {
        let dom = &self.page.dom;
        let lines = lines_of(dom, &[link], &|id| {
            self.page.content.skips(id) || (id != link && is_beside_title(dom, id))
        });
        let label = |line: &Line| label_by_colon(&line.text()).map(|(label, _)| label);
        let is_of_title = |line: &&Line| {
            let known = label(line).map(|label| known_names(&label)).unwrap_or_default();
            known.first().is_some_and(|known| known.target == TITLE)
        };
        if lines.len() < 2 {
            return None;
        }
        let is_text = |line: &&Line| {
            let text = line.text();
            label(line).is_none()
                && text.chars().any(char::is_alphabetic)
                && !is_whole_date(&text)
                && !is_reference(&text)
        };
        let found = lines.iter().find(is_of_title).or_else(|| lines.iter().find(is_text))?;
        let piece = found.pieces.iter().rev().find(|piece| !piece.text.trim().is_empty())?;
        (piece.element != link).then_some(piece.element)
    }

    /// Whether an element, or the one that it stands in, has the class of another thing than a title.
    fn has_class_of_other(&self, id: NodeId) -> bool {
        let dom = &self.page.dom;
        let parent = dom.parent(id).filter(|parent| !dom.is_one_of(*parent, self.roots));
        let says_other = |id: NodeId| {
            classes(dom, id)
                .any(|class| class_has(&WORDS.not_title, class) && !class_has(&WORDS.title, class))
        };
        says_other(id) || parent.is_some_and(says_other)
    }

    /// Whether an element is a link to another page.
    pub(super) fn is_link(&self, id: NodeId) -> bool {
        let href = self.page.dom.attribute(id, "href").unwrap_or("");
        self.page.dom.name(id) == "a"
            && !href.is_empty()
            && !href.starts_with('#')
            && !href.to_ascii_lowercase().starts_with("javascript:")
            && !href.starts_with("mailto:")
    }

    /// Returns the first link in an element that has a text with letters.
    fn first_link_in(&self, id: NodeId) -> Option<NodeId> {
        let dom = &self.page.dom;
        let is_titled = |link: &NodeId| {
            self.is_link(*link)
                && !self.page.content.is_outside(*link)
                && self.link_text(*link).chars().any(char::is_alphabetic)
        };
        let links = self.page.titles.links.get_or_init(|| dom.all().filter(is_titled).collect());
        let first = links.partition_point(|link| dom.start(*link) < dom.start(id));
        links.get(first).copied().filter(|link| dom.is_in(*link, id))
    }

    /// Returns the link round an element, inside the block.
    fn link_round(&self, id: NodeId) -> Option<NodeId> {
        let mut element = id;
        while !self.page.dom.is_one_of(element, self.roots) {
            element = self.page.dom.parent(element)?;
            if self.is_link(element) {
                return Some(element);
            }
        }
        None
    }

    /// Returns the text of a title; `None` if it is longer than any.
    fn title_text(&self, id: NodeId) -> Option<String> {
        let page = self.page;
        let leaves_out = |id| page.content.skips(id) || is_beside_title(&page.dom, id);
        let bytes = page.titles.bytes.get_or_init(|| text_bytes(&page.dom, &leaves_out));
        let is_long = bytes.get(id).is_some_and(|bytes| *bytes > MAX_TITLE_BYTES + CUT_SIGN_BYTES);
        (!is_long).then(|| self.link_text(id))
    }

    /// Returns the text of a link or a title, without badges beside it.
    pub(super) fn link_text(&self, id: NodeId) -> String {
        let dom = &self.page.dom;
        let text = text_without(dom, &[id], &|it| {
            self.page.content.skips(it) || (it != id && is_beside_title(dom, it))
        });
        let text = collapse(&text);
        let attribute = || dom.attribute(id, "title").map(collapse).unwrap_or_default();
        // A title that is cut off is whole in the attribute.
        let cut = text.strip_suffix('…').or(text.strip_suffix("..."));
        match cut {
            Some(start) if !start.is_empty() && attribute().starts_with(start.trim()) => {
                attribute()
            }
            _ => text,
        }
    }
}
