//! The title in a citation: its text, its form, and what it says of the document.

use super::punctuation::tidy;
use super::title_date::without_date;
use crate::formats::document::{
    self, Document, DocumentWord, WORDS, inside_brackets, message_by_genre,
};
use crate::formats::rich_text;
use crate::record::{Archive, Field, Record, TitleForm};
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

/// How a word of a title is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenWord {
    /// Whether it begins with a capital letter.
    pub(super) is_capital: bool,
    /// Whether only a blank is between it and the word before it.
    pub(super) follows_blank: bool,
}

/// The title of a record as citations need it.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    /// The text without a full stop at its end, and without the date of the record.
    pub(crate) text: String,
    /// The folded words of the text.
    pub(super) words: Vec<String>,
    /// How each of these words is written.
    pub(super) written: Vec<WrittenWord>,
    /// What it is.
    pub(crate) form: CitedForm,
    /// The name in English of the message that the document is: `letter`, `telegram`.
    pub(crate) message: Option<&'static str>,
    /// Whether it begins with this kind: `Letter to ...`.
    pub(crate) begins_with_message: bool,
    /// Whether it begins with what the document is.
    pub(crate) says_document: bool,
    /// The words for the document, if the title says no more: `letter no. 7`.
    pub(crate) bare: Option<String>,
    /// The parts of a description that are titles of works or documents.
    pub(super) quoted_parts: Vec<String>,
}

impl Title {
    /// Takes the title of a record. A record without one has its summary, or `untitled`, in square
    /// brackets, which mark a supplied title.
    pub(crate) fn new(record: &Record, archive: Option<&Archive>) -> Title {
        let written = rich_text::to_plain(record.title().unwrap_or(""));
        let text = tidy(without_date(&tidy(&written), &record.date));
        if text.is_empty() {
            return Title::supplied(record);
        }
        // `Brief vom 12. Juli 1945` shows better what it is than `Brief`.
        let has_recipient = record.first(Field::Recipient).is_some();
        let leading = WORDS
            .whole_message(document::opened(&text).trim_end_matches([']', '.']))
            .filter(|_| has_recipient)
            .or_else(|| document::leading(&text))
            .or_else(|| document::leading(&written));
        let message = match leading.map(|word| word.document) {
            Some(Document::Message(kind)) => Some(kind),
            Some(_) => None,
            None => message_by_genre(record),
        };
        let form = if is_collection(record, archive) {
            CitedForm::Collection
        } else if leading.is_some() || is_description(record, archive, &text) {
            CitedForm::Description
        } else {
            CitedForm::Quoted
        };
        let (words, written) = title_words(&text);
        Title {
            words,
            written,
            form,
            message,
            begins_with_message: leading.is_some() && message.is_some(),
            says_document: leading.is_some(),
            bare: leading.and_then(|word| bare_document(document::opened(&text), &word)),
            quoted_parts: record.quoted_title_parts().map(str::to_owned).collect(),
            text,
        }
    }

    /// Returns the title of a record without one.
    fn supplied(record: &Record) -> Title {
        let message = message_by_genre(record);
        let bare = message.filter(|_| record.first(Field::Summary).is_none());
        Title {
            text: supplied_title(record),
            words: Vec::new(),
            written: Vec::new(),
            form: CitedForm::Description,
            message,
            begins_with_message: false,
            says_document: false,
            bare: bare.map(str::to_owned),
            quoted_parts: Vec::new(),
        }
    }
}

/// Returns the words for a document, as they are inside a sentence, if a title says no more than that it is to
/// these recipients, and if English has a word for such a document: `memorandum` of `Memorandum to Emil Roth`.
pub(super) fn addressed_document(title: &str, recipients: &str) -> Option<String> {
    let document = title.strip_suffix(recipients)?.strip_suffix(" to ")?;
    let bare = bare_document(document, &document::leading(document)?)?;
    let mut words = bare.split(' ');
    let is_known = words.any(|word| WORDS.addressed_documents.has(word))
        || WORDS.addressed_documents.has(&bare);
    is_known.then_some(bare)
}

/// Returns the words for a document whose title says no more than what it is, and perhaps its number. The word for
/// a message is English: `Lettre no 7` is a `letter no 7`.
fn bare_document(title: &str, leading: &DocumentWord) -> Option<String> {
    let words: Vec<&str> = title.trim_end_matches([']', '"', '”']).split_whitespace().collect();
    let (document, rest) = words.split_at_checked(leading.word_count.min(words.len()))?;
    let has_digit = |word: &str| word.chars().any(|letter| letter.is_ascii_digit());
    let is_number = match rest {
        [] => true,
        [number] => has_digit(number),
        [word, number] => {
            let is_roman = number.trim_end_matches('.').chars().all(|it| "IVXLC".contains(it));
            WORDS.number_words.has(word) && (has_digit(number) || is_roman)
        }
        _ => false,
    };
    if !is_number {
        return None;
    }
    let document = document.join(" ");
    let document = match leading.document {
        Document::Message(kind) if !folded_words(&document).contains(&kind.to_owned()) => kind,
        _ => &document,
    };
    Some([&[document], rest].concat().join(" "))
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
    let heading = rich_text::to_plain(heading.as_deref().unwrap_or("untitled"));
    format!("[{}]", tidy(heading.trim_start_matches('‹')))
}

/// Whether two names of collections or archives are the same, or one is a shortened form of the other.
pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    let (first, second) = (bare_name(one), bare_name(other));
    let is_cut = |cut: &str, short: &str, long: &str| cut.ends_with('…') && long.starts_with(short);
    first == second || is_cut(one, &first, &second) || is_cut(other, &second, &first)
}

/// Returns the name of a collection or archive by which it is recognised: folded, without marks at its end.
pub(super) fn bare_name(name: &str) -> String {
    fold(name.trim().trim_end_matches(['.', ',', '…'])).trim().to_owned()
}

/// Returns the folded words of a text.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    let folded = fold(text);
    words(&folded).filter_map(|range| folded.get(range)).map(str::to_owned).collect()
}

/// Returns the folded words of a title, and how each is written. An article at its beginning, which may look like
/// an initial, is left out.
fn title_words(text: &str) -> (Vec<String>, Vec<WrittenWord>) {
    let mut end = 0;
    let all = words(text).flat_map(|range| {
        let before = text.get(end..range.start).unwrap_or("");
        let is_article = end == 0 && text.get(range.clone()) == Some("A");
        let is_initial = text.get(range.end..).is_some_and(|behind| behind.starts_with('.'));
        end = range.end;
        let word = text.get(range).unwrap_or("");
        let written = WrittenWord {
            is_capital: word.starts_with(char::is_uppercase),
            follows_blank: before == " ",
        };
        let is_kept = !is_article || is_initial;
        folded_words(word).into_iter().filter(move |_| is_kept).map(move |word| (word, written))
    });
    all.unzip()
}
