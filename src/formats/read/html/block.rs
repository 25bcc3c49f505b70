//! What a block of a page says about a document: its title, its link, and its fields.

use super::addresses::Addresses;
use super::content::{Content, heading_level};
use super::dom::{Dom, NodeId};
use super::labels::{FieldFinder, Rest};
use super::text::{Line, lines_of};
use super::title_finder::{LINK_WORTH, PageTitles, TitleFinder};
use super::title_labels::KnownLabels;
use super::words::{WORDS, class_has};
use crate::formats::field_names::{FieldTarget, known_names};
use crate::formats::read::whole_dates::{split_end_date, split_end_undated};
use crate::record::Field;

/// A page, with what is known of it as a whole.
pub(super) struct Page {
    pub(super) dom: Dom,
    pub(super) content: Content,
    pub(super) addresses: Addresses,
    pub(super) labels: KnownLabels,
    pub(super) titles: PageTitles,
}

impl Page {
    pub(super) fn new(dom: Dom, content: Content, addresses: Addresses) -> Page {
        let (labels, titles) = (KnownLabels::default(), PageTitles::default());
        Page { dom, content, addresses, labels, titles }
    }
}

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
        if let Some((_, date)) = block.title.as_ref().and_then(|(_, title)| split_end_date(title)) {
            finder.drop_wider_dates(date);
        }
        finder.take_date_in_text();
        (block.fields, block.rests) = (finder.fields.into_vec(), finder.rests);
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
        let link = links.find(|id| finder.is_link(*id) && finder.link_text(*id) == action.text)?;
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
