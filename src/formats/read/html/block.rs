//! What a block of a page says about a document: its title, its link, and its fields.

use super::addresses::Addresses;
use super::content::{Content, heading_level, is_breadcrumb};
use super::dom::{Dom, NodeId};
use super::label_text::{is_field_label, is_reference, label_by_colon};
use super::labels::{FieldFinder, Rest};
use super::people::is_inverted_names;
use super::text::{Line, Piece, collapse, lines_of, text_without};
use super::title_labels::{TitleLabel, title_label};
use super::words::{WORDS, class_has};
use crate::formats::field_names::{FieldTarget, known_names};
use crate::formats::read::whole_dates::{is_whole_date, split_end_date, split_end_undated};
use crate::record::Field;

/// A page, with what is known of it as a whole.
pub(super) struct Page {
    pub(super) dom: Dom,
    pub(super) content: Content,
    pub(super) addresses: Addresses,
}

/// How sure a title is, in the worth of the block.
const LINKED_HEADING_WORTH: u32 = 5;
const LINKED_CLASS_WORTH: u32 = 4;
const HEADING_WORTH: u32 = 3;
const LINK_WORTH: u32 = 2;

/// A link behind more words is in a sentence.
const MAX_WORDS_BEFORE_TITLE: usize = 2;

/// Longer texts are no titles, in bytes.
const MAX_TITLE_BYTES: usize = 1_200;

/// The name of the text of a block.
pub(super) const TEXT_NAME: &str = "text";
/// The name of short texts of a block whose meaning is not known.
pub(super) const DETAILS_NAME: &str = "details";
/// The name of the address of a block.
pub(super) const ADDRESS_NAME: &str = "a href";
/// The name of a date that has no label.
pub(super) const DATE_NAME: &str = "date";
/// The name of what a title says about who made the work.
const RESPONSIBILITY_NAME: &str = "statement of responsibility";
/// The name of a path of links in a block.
const PATH_NAME: &str = "breadcrumb";

/// A field of a block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct BlockField {
    pub(super) name: String,
    pub(super) value: String,
    /// What the field is, where the structure says it and not its name.
    pub(super) target: Option<FieldTarget>,
}

impl BlockField {
    /// A field whose name says what it is.
    pub(super) fn named(name: &str, value: String) -> BlockField {
        BlockField {
            name: name.trim().trim_end_matches([':', ' ']).to_owned(),
            value,
            target: None,
        }
    }

    /// A field whose place says what it is.
    pub(super) fn placed(name: &str, value: String, target: FieldTarget) -> BlockField {
        BlockField { name: name.to_owned(), value, target: Some(target) }
    }
}

/// What a block says.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Its line in the file.
    pub(super) line: usize,
    /// The title, with the name of where it stands.
    pub(super) title: Option<(String, String)>,
    pub(super) address: Option<String>,
    pub(super) fields: Vec<BlockField>,
    /// All its lines.
    pub(super) lines: Vec<String>,
    /// The texts whose meaning is not known.
    pub(super) rests: Vec<Rest>,
    /// What the title adds to the worth of the block.
    title_worth: u32,
}

impl Block {
    /// Reads the nodes of a block.
    pub(super) fn read(page: &Page, roots: &[NodeId]) -> Block {
        Block::read_without(page, roots, &[])
    }

    /// Reads the nodes of a block, and takes none of the texts `no_titles` for its title.
    pub(super) fn read_without(page: &Page, roots: &[NodeId], no_titles: &[String]) -> Block {
        let line = roots.first().map_or(1, |root| page.dom.line(*root));
        let mut block = Block { line, ..Block::default() };
        let finder = TitleFinder { page, roots, no_titles };
        let title =
            finder.find().filter(|title| title.worth > LINK_WORTH || !finder.is_in_prose(title));
        let mut used = Vec::new();
        if let Some(title) = title {
            let node = title.link.or(Some(title.node));
            block.line = node.map_or(line, |node| page.dom.line(node));
            block.address = title
                .link
                .and_then(|link| page.dom.attribute(link, "href"))
                .map(|href| page.addresses.resolve(href));
            block.title = Some((title.name, title.text));
            block.title_worth = title.worth;
            used.push(title.used);
        }
        let mut finder = FieldFinder::new(page, &used);
        finder.add_paths(roots, PATH_NAME);
        finder.read(roots);
        finder.keep_surest_date();
        finder.take_publishing_date();
        finder.take_date_in_text();
        (block.fields, block.rests) = (finder.fields, finder.rests);
        if block.address.is_none() {
            block.address = block.link_of_action(page, roots);
        }
        block.take_date_of_title();
        block.part_responsibility();
        let lines = lines_of(&page.dom, roots, &|id| page.content.skips(id));
        block.lines = lines.iter().map(Line::text).collect();
        block
    }

    /// Makes fields of the texts whose meaning is not known, without the links for actions.
    pub(super) fn keep_rests(&mut self, is_action: &dyn Fn(&Rest) -> bool) {
        let rests = std::mem::take(&mut self.rests);
        let kept = || rests.iter().filter(|rest| !is_action(rest));
        let join = |is_prose: bool, sign: &str| {
            let texts = kept().filter(|rest| rest.is_prose == is_prose);
            texts.map(|rest| rest.text.as_str()).collect::<Vec<_>>().join(sign)
        };
        let (text, details) = (join(true, "\n\n"), join(false, " · "));
        if !text.is_empty() {
            let target = FieldTarget::Field(Field::Summary);
            self.fields.push(BlockField::placed(TEXT_NAME, text, target));
        }
        if !details.is_empty() {
            self.fields.push(BlockField::named(DETAILS_NAME, details));
        }
    }

    /// Returns the title, if only a link or a class says that it is one.
    pub(super) fn weak_title(&self) -> Option<&str> {
        let (_, title) = self.title.as_ref()?;
        (self.title_worth <= LINK_WORTH).then_some(title)
    }

    /// Returns the address of the first link that is no value, such as “Details”.
    fn link_of_action(&self, page: &Page, roots: &[NodeId]) -> Option<String> {
        let action = self.rests.iter().find(|rest| rest.is_action)?;
        let finder = TitleFinder { page, roots, no_titles: &[] };
        let mut links = roots.iter().flat_map(|root| page.dom.walk(*root));
        let link = links.find(|id| finder.is_link(*id) && finder.title_text(*id) == action.text)?;
        page.dom.attribute(link, "href").map(|href| page.addresses.resolve(href))
    }

    /// Whether it has neither a date nor a known field.
    pub(super) fn says_nothing(&self) -> bool {
        !self.has_date() && self.known_count() == 0
    }

    /// Whether it says when its document was made, by whom, or where it lies. A date in another text does not count.
    pub(super) fn says_what_it_is(&self) -> bool {
        const FIELDS: [Field; 4] =
            [Field::Creator, Field::Recipient, Field::ReferenceCode, Field::Id];
        let is_known = |field: &BlockField| {
            let known = || known_names(&field.name).first().map(|known| known.target);
            let target = field.target.or_else(known);
            FIELDS.iter().any(|it| target == Some(FieldTarget::Field(*it)))
        };
        self.fields.iter().any(|field| {
            is_known(field) || (is_date_field(field) && !field.name.starts_with("date in "))
        })
    }

    /// Whether it has a date.
    pub(super) fn has_date(&self) -> bool {
        self.fields.iter().any(is_date_field)
    }

    /// What it says about a document.
    pub(super) fn worth(&self) -> u32 {
        if self.title.is_none() {
            return 0;
        }
        let known = self.known_count().min(3);
        let has_text = self.rests.iter().any(|rest| rest.is_prose);
        self.title_worth
            + 2 * u32::from(self.has_date())
            + u32::from(self.address.is_some())
            + known
            + u32::from(has_text)
    }

    /// The number of its fields with a known meaning beside title, date and text.
    pub(super) fn known_count(&self) -> u32 {
        let is_known = |field: &&BlockField| {
            field.name != TEXT_NAME
                && field.name != DETAILS_NAME
                && (field.target.is_some() || crate::formats::field_names::is_known(&field.name))
        };
        u32::try_from(self.fields.iter().filter(is_known).count()).unwrap_or(u32::MAX)
    }

    /// Parts the statement of responsibility from a title, as catalogues of libraries write it: `The mills / Anna Keller`.
    /// It must name a person whom the block names too.
    fn part_responsibility(&mut self) {
        let Some((_, title)) = &mut self.title else { return };
        let Some((before, behind)) = title.split_once(" / ") else { return };
        let is_creator = |field: &&BlockField| {
            let known = || known_names(&field.name).first().map(|known| known.target);
            field.target.or_else(known) == Some(FieldTarget::Field(Field::Creator))
        };
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|letter: char| !letter.is_alphabetic());
            words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
        };
        let stated = words(behind);
        let is_stated = |field: &BlockField| {
            let name = words(&field.value);
            !name.is_empty() && name.iter().all(|word| stated.contains(word))
        };
        if self.fields.iter().filter(is_creator).any(is_stated) {
            let behind = BlockField::named(RESPONSIBILITY_NAME, behind.trim().to_owned());
            *title = before.trim().to_owned();
            self.fields.push(behind);
        }
    }

    /// Takes the date from the end of the title, if there is no other than this one.
    fn take_date_of_title(&mut self) {
        if self.has_date() {
            if let Some((_, title)) = &mut self.title
                && let Some((before, date)) = split_end_date(title)
                && self.fields.iter().any(|field| is_date_field(field) && field.value == date)
            {
                *title = before.to_owned();
            }
            return;
        }
        if let Some((_, title)) = &mut self.title
            && let Some((before, date)) = split_end_date(title).or_else(|| split_end_undated(title))
        {
            let date = BlockField::placed("date in title", date.to_owned(), FieldTarget::Date);
            *title = before.to_owned();
            self.fields.insert(0, date);
        }
    }
}

/// Whether a field is the date of a document.
pub(super) fn is_date_field(field: &BlockField) -> bool {
    let is_date =
        |target| matches!(target, FieldTarget::Date | FieldTarget::Begin | FieldTarget::Year);
    if let Some(target) = field.target {
        return is_date(target);
    }
    let known = crate::formats::field_names::known_names(&field.name);
    known.iter().any(|known| is_date(known.target))
        && !crate::formats::field_names::is_system_date(&field.name)
        && field.value.contains(|letter: char| letter.is_ascii_digit())
}

/// A title in a block.
struct Title {
    /// The element.
    node: NodeId,
    /// The element whose text it is, which is no field.
    used: NodeId,
    link: Option<NodeId>,
    text: String,
    /// Where it stands: `h3 a`.
    name: String,
    worth: u32,
}

/// Finds the title of a block.
struct TitleFinder<'p> {
    page: &'p Page,
    roots: &'p [NodeId],
    /// Texts that are no titles, since all blocks have them.
    no_titles: &'p [String],
}

impl TitleFinder<'_> {
    /// Returns the surest title, the first of equals.
    fn find(&self) -> Option<Title> {
        let mut best: Option<Title> = None;
        for root in self.roots {
            let mut walk = self.page.dom.walk(*root);
            while let Some(id) = walk.next() {
                if self.page.content.skips(id) || is_breadcrumb(&self.page.dom, id) {
                    walk.skip_children();
                    continue;
                }
                let Some(title) = self.title_at(id) else { continue };
                if best.as_ref().is_none_or(|best| title.worth > best.worth) {
                    best = Some(title);
                }
            }
        }
        best
    }

    /// Whether a link stands in a sentence: “See also the guide”.
    fn is_in_prose(&self, title: &Title) -> bool {
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

    /// Returns the title that an element is.
    fn title_at(&self, id: NodeId) -> Option<Title> {
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
        let used = inner.unwrap_or(id);
        let has_own_sign = is_heading || has_title_class;
        let used = if has_own_sign { used } else { self.title_line_in(used).unwrap_or(used) };
        let text = self.title_text(used);
        let is_title = text.chars().any(char::is_alphabetic)
            && !self.no_titles.contains(&text)
            && text.len() <= MAX_TITLE_BYTES
            && !is_whole_date(&text)
            && !text.ends_with(':')
            && !(["strong", "b"].contains(&name) && link.is_none() && is_field_label(&text));
        let worth = match (is_heading, has_title_class, link.is_some()) {
            (true, _, true) => LINKED_HEADING_WORTH,
            (_, true, true) => LINKED_CLASS_WORTH,
            (true, _, false) => HEADING_WORTH,
            (_, true, false) | (false, false, true) => LINK_WORTH,
            (false, false, false) => 1,
        };
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
        let parent = dom.parent(id).filter(|parent| !self.roots.contains(parent));
        let says_other = |id: NodeId| {
            classes(dom, id)
                .any(|class| class_has(&WORDS.not_title, class) && !class_has(&WORDS.title, class))
        };
        says_other(id) || parent.is_some_and(says_other)
    }

    /// Whether an element is a link to another page.
    fn is_link(&self, id: NodeId) -> bool {
        let href = self.page.dom.attribute(id, "href").unwrap_or("");
        self.page.dom.name(id) == "a"
            && !href.is_empty()
            && !href.starts_with('#')
            && !href.to_ascii_lowercase().starts_with("javascript:")
            && !href.starts_with("mailto:")
    }

    /// Returns the first link in an element that has a text with letters.
    fn first_link_in(&self, id: NodeId) -> Option<NodeId> {
        let is_titled = |link: &NodeId| {
            self.is_link(*link)
                && !self.page.content.is_outside(*link)
                && self.title_text(*link).chars().any(char::is_alphabetic)
        };
        self.page.dom.walk(id).find(is_titled)
    }

    /// Returns the link round an element, inside the block.
    fn link_round(&self, id: NodeId) -> Option<NodeId> {
        let mut element = id;
        while !self.roots.contains(&element) {
            element = self.page.dom.parent(element)?;
            if self.is_link(element) {
                return Some(element);
            }
        }
        None
    }

    /// Returns the text of a title, without badges beside it.
    fn title_text(&self, id: NodeId) -> String {
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

/// Whether an element is a badge or a number beside a title.
pub(super) fn is_beside_title(dom: &Dom, id: NodeId) -> bool {
    classes(dom, id).any(|class| {
        WORDS.beside_title.iter().any(|word| word == class)
            || crate::formats::field_names::words_of(class)
                .iter()
                .any(|word| WORDS.beside_title.contains(word))
    })
}

/// The classes of an element.
pub(super) fn classes(dom: &Dom, id: NodeId) -> impl Iterator<Item = &str> {
    dom.attribute(id, "class").unwrap_or("").split_whitespace()
}

/// Returns the name of an element with its first class: `h3`, `a.title`.
pub(super) fn short_name(dom: &Dom, id: NodeId) -> String {
    let name = dom.name(id);
    match classes(dom, id).find(|class| class_has(&WORDS.title, class)) {
        Some(class) if heading_level(name).is_none() => format!("{name}.{class}"),
        _ => name.to_owned(),
    }
}

/// The target of a title.
pub(super) const TITLE: FieldTarget = FieldTarget::Field(Field::Title);
