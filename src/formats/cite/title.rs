//! The title in a citation: its text, its form, and what it says of the document.

use crate::formats::document::{Document, WORDS, inside_brackets, message_by_genre};
use crate::record::{Archive, Field, Name, Record, TitleForm};
use crate::text::fold::fold;
use crate::text::words::words;

/// What a title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CitedForm {
    /// The document's own title, in quotation marks.
    Quoted,
    /// A description of the document.
    Description,
    /// The title of a whole collection.
    Collection,
}

/// The title of a record as citations need it.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    /// The text without a full stop at its end, and without the date of the record.
    pub(crate) text: String,
    /// What it is.
    pub(crate) form: CitedForm,
    /// The name in English of the message that the document is: `letter`, `telegram`.
    pub(crate) message: Option<&'static str>,
    /// Whether it begins with this kind: `Letter to ...`.
    pub(crate) begins_with_message: bool,
    /// Whether it says only what kind of message this is, or nothing at all.
    pub(crate) is_bare: bool,
}

impl Title {
    /// Takes the title of a record. A record without one has its summary, or `untitled`, in square
    /// brackets, which mark a supplied title.
    pub(crate) fn new(record: &Record, archive: Option<&Archive>) -> Title {
        let Some(written) = record.title() else {
            return Title {
                text: supplied_title(record),
                form: CitedForm::Description,
                message: message_by_genre(record),
                begins_with_message: false,
                is_bare: record.first(Field::Summary).is_none(),
            };
        };
        let text = without_date(written, &record.date.text).trim_end_matches(['.', ',', ' ']);
        let inner = inside_brackets(text).unwrap_or(text);
        let leading = WORDS.leading_document(inner.trim_start_matches(['[', '"', '“']));
        let message = match leading.map(|word| word.document) {
            Some(Document::Message(kind)) => Some(kind),
            Some(_) => None,
            None => message_by_genre(record),
        };
        let form = if is_collection(record, archive) {
            CitedForm::Collection
        } else if leading.is_some() || is_description(record, archive, text) {
            CitedForm::Description
        } else {
            CitedForm::Quoted
        };
        let begins_with_message = leading.is_some() && message.is_some();
        let is_bare = begins_with_message && leading.is_some_and(|word| word.is_whole_title);
        Title { text: text.to_owned(), form, message, begins_with_message, is_bare }
    }

    /// Whether the title names a person or body by its whole name, or by `from` and the family's name.
    pub(crate) fn names(&self, name: &Name) -> bool {
        let title = folded_words(&self.text);
        let contains = |text: &str| {
            let wanted = folded_words(text);
            !wanted.is_empty() && title.windows(wanted.len()).any(|window| window == wanted)
        };
        let from = |word: &String| {
            ["from", "by", "von", "de", "di", "da", "van", "fran", "fra", "od", "от"]
                .contains(&word.as_str())
        };
        let family = folded_words(&name.family);
        let is_from = |at: usize| {
            let behind = title.get(at + 1..title.len().min(at + 5)).unwrap_or_default();
            !family.is_empty() && behind.windows(family.len()).any(|window| window == family)
        };
        contains(&name.running_without_signs())
            || contains(&name.index_without_signs())
            || title.iter().enumerate().any(|(at, word)| from(word) && is_from(at))
    }

    /// Whether the title is only the names of sender and recipient: `George Creel to Colonel House`.
    pub(crate) fn is_sender_to_recipient(&self, sender: &Name) -> bool {
        let title = folded_words(&self.text);
        let starts =
            [sender.running_without_signs(), sender.index_without_signs(), sender.family.clone()];
        starts.iter().map(|start| folded_words(start)).any(|start| {
            let next = title.get(start.len()).map(String::as_str);
            !start.is_empty()
                && title.starts_with(&start)
                && matches!(next, Some("to" | "an" | "a" | "aan"))
        })
    }
}

/// Whether a record describes a whole collection.
pub(crate) fn is_collection(record: &Record, archive: Option<&Archive>) -> bool {
    let is_level =
        |name: &str| ["level", "levelofdescription"].contains(&name.to_lowercase().as_str());
    let mut levels = record.own.iter().filter(|(name, _)| is_level(name)).peekable();
    if levels.peek().is_some() {
        return levels.any(|(_, value)| WORDS.collection_levels.has(value));
    }
    let title = archive.and_then(|archive| archive.title.as_deref());
    record.first(Field::Collection).is_none()
        && title.is_some_and(|title| record.title().is_some_and(|it| is_same_name(it, title)))
}

/// Whether a title that does not begin with the name of a document describes it nevertheless.
fn is_description(record: &Record, archive: Option<&Archive>, text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or("");
    let ends_like_collection = text.contains(' ')
        && last.chars().all(char::is_lowercase)
        && WORDS.collection_endings.has(last);
    inside_brackets(text).is_some()
        || ends_like_collection
        || record.title_form().or_else(|| archive?.title_form()) != Some(TitleForm::Quoted)
}

/// Returns a title for a record without one, in square brackets.
fn supplied_title(record: &Record) -> String {
    let heading = record.first(Field::Summary).map(|_| record.list_heading());
    let heading = heading.as_deref().unwrap_or("untitled");
    format!("[{}]", heading.trim_start_matches('‹').trim_end_matches('.'))
}

/// Returns a title without the date of the record at its end.
fn without_date<'t>(title: &'t str, date: &str) -> &'t str {
    let (title, date) = (title.trim(), date.trim());
    let shortened = title.trim_end_matches('.').strip_suffix(date.trim_end_matches('.'));
    let before = shortened.map_or("", str::trim_end);
    let is_separate = before.ends_with([',', ';', ':']);
    let bare = before.trim_end_matches([',', ';', ':']).trim_end();
    if date.is_empty() || bare.is_empty() || !is_separate { title } else { bare }
}

/// Whether two names of collections or archives are the same, or one is a shortened form of the other.
pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    let bare = |text: &str| fold(text.trim().trim_end_matches(['.', ',', '…'])).trim().to_owned();
    let (first, second) = (bare(one), bare(other));
    let is_cut = |cut: &str, short: &str, long: &str| cut.ends_with('…') && long.starts_with(short);
    first == second || is_cut(one, &first, &second) || is_cut(other, &second, &first)
}

/// Returns the folded words of a text.
fn folded_words(text: &str) -> Vec<String> {
    let folded = fold(text);
    words(&folded).filter_map(|range| folded.get(range)).map(str::to_owned).collect()
}
