//! The citation styles that write one line of text. Each arranges the parts of a [`CitationItem`].
//!
//! The order of the parts: Chicago Manual of Style, 18th edition, 14.127 and 14.128; MLA Handbook, 9th
//! edition, and <https://style.mla.org/citing-materials-physical-archives>; APA Style, archival documents.

use std::borrow::Cow;

use super::date;
use super::date::DateFormat;
use super::item::CitationItem;
use super::title::CitedForm;

/// The quotation marks of a style, with the inner ones for quotations in a title.
struct Quotes {
    open: char,
    close: char,
    inner: [char; 2],
}

const CURLY: Quotes = Quotes { open: '“', close: '”', inner: ['‘', '’'] };
const STRAIGHT: Quotes = Quotes { open: '"', close: '"', inner: ['\'', '\''] };

/// Cites as the archive prefers it, otherwise as digital archives do:
/// `"Title," July 12, 1945, box 3, Collection, Archive. URL`
pub(super) fn archive(item: &CitationItem<'_>) -> String {
    if let Some(preferred) = &item.preferred {
        return preferred.clone();
    }
    let rest = join_with_commas([
        cited_date(item, &date::ARCHIVE),
        item.location.clone(),
        item.collection.clone(),
        archive_names(item),
    ]);
    let sentence = title_and_rest(item, &item.title.text, &STRAIGHT, &rest);
    join_sentences([Some(sentence), item.url.map(str::to_owned)], "")
}

/// Cites as a Chicago note: `T.V. Soong, Title, 12 July 1945, box 3, Collection, Archive, Place, URL.`
pub(super) fn chicago_note(item: &CitationItem<'_>) -> String {
    let rest = join_with_commas([
        cited_date(item, &date::CHICAGO),
        item.location.clone(),
        item.collection.clone(),
        archive_names(item),
        item.url.map(str::to_owned),
    ]);
    let opening = note_opening(item);
    let rest = if opening.shows_title {
        title_and_rest(item, &title_or_message(item), &CURLY, &rest)
    } else {
        rest
    };
    join_sentences([Some(join_with_commas([opening.people, non_empty(rest)]))], ".")
}

/// Cites as a Chicago bibliography entry:
/// `Soong, T.V. Title. 12 July 1945. Box 3. Collection. Archive, Place. URL.`
pub(super) fn chicago_bibliography(item: &CitationItem<'_>) -> String {
    let parts = [
        item.creators.in_bibliography(),
        Some(punctuated_title(item, &title_or_message(item), &CURLY, ".")),
        cited_date(item, &date::CHICAGO).map(|date| capitalize(&date)),
        item.location.as_deref().map(capitalize_word),
        item.collection.as_deref().map(capitalize),
        archive_names(item).as_deref().map(capitalize),
        item.url.map(str::to_owned),
    ];
    join_sentences(parts, ".")
}

/// Cites in MLA style:
/// `Soong, T.V. “Title.” 12 July 1945. Collection, Archive, Place, box 3, URL.`
pub(super) fn mla(item: &CitationItem<'_>) -> String {
    let container = join_with_commas([
        item.collection.as_deref().map(capitalize),
        archive_names(item),
        item.location.clone(),
        item.url.map(str::to_owned),
    ]);
    let starts_with_location = item.collection.is_none() && item.archive.is_empty();
    let container = match item.location {
        Some(_) if starts_with_location => capitalize_word(&container),
        _ => container,
    };
    let parts = [
        item.creators.in_mla(),
        Some(punctuated_title(item, &title_or_message(item), &CURLY, ".")),
        cited_date(item, &date::MLA).map(|date| capitalize(&date)),
        non_empty(container),
    ];
    join_sentences(parts, ".")
}

/// Cites in APA style: `Soong, T. V. (1945, July 12). Title. Collection (box 3), Archive, Place. URL`
pub(super) fn apa(item: &CitationItem<'_>) -> String {
    let title = title_or_message(item);
    let title = match item.title.form {
        CitedForm::Description if !title.starts_with('[') => format!("[{title}]"),
        _ => title.into_owned(),
    };
    let date = date::APA.format(item.date).map(|date| format!("({date})"));
    let (people, title) = (item.creators.in_apa(), Some(title));
    let opening = if people.is_some() { [people, date, title] } else { [title, date, None] };
    let url = item.url.map(str::to_owned);
    let parts = opening.into_iter().chain([non_empty(apa_source(item)), url]);
    join_sentences(parts, "")
}

/// Returns the source in APA style: the location is in brackets behind the collection, or else the archive.
fn apa_source(item: &CitationItem<'_>) -> String {
    let mut names: Vec<String> = item.collection.iter().chain(&item.archive).cloned().collect();
    match (names.first_mut(), &item.location) {
        (Some(first), Some(location)) => *first = format!("{first} ({location})"),
        (None, Some(location)) => names.push(capitalize_word(location)),
        (_, None) => {}
    }
    names.join(", ")
}

/// How a Chicago note begins.
struct NoteOpening {
    /// The people before the title.
    people: Option<String>,
    /// Whether the title follows.
    shows_title: bool,
}

/// Returns how a note begins: `George Creel to Edward House`, `Anna Keller, telegram to Emil Roth`, or the
/// creators. Creators whom the title names are not said before it again.
fn note_opening(item: &CitationItem<'_>) -> NoteOpening {
    let Some(creators) = item.creators.in_note() else {
        return NoteOpening { people: None, shows_title: true };
    };
    let is_sender_to_recipient =
        item.creators.names.iter().any(|name| item.title.is_sender_to_recipient(name));
    let kind = item.title.message.or(is_sender_to_recipient.then_some("letter"));
    if let (Some(kind), Some(recipients)) = (kind, item.recipients.in_note()) {
        let people = match kind {
            "letter" => format!("{creators} to {recipients}"),
            other => format!("{creators}, {other} to {recipients}"),
        };
        // A title in place of a missing one says no more either.
        let is_said =
            item.title.begins_with_message || item.title.is_bare || is_sender_to_recipient;
        return NoteOpening { people: Some(people), shows_title: !is_said };
    }
    let are_named = item.creators.names.iter().all(|name| item.title.names(name));
    NoteOpening { people: Some(creators).filter(|_| !are_named), shows_title: true }
}

/// Returns the title. A message whose title says no more than its kind gets its recipients: `Letter to
/// Richard Roe`.
fn title_or_message<'i>(item: &'i CitationItem<'_>) -> Cow<'i, str> {
    let names_only = item.creators.names.iter().any(|name| item.title.is_sender_to_recipient(name));
    match (item.title.message, item.recipients.in_note()) {
        (Some(kind), Some(recipients)) if item.title.is_bare || names_only => {
            Cow::Owned(format!("{} to {recipients}", capitalize(kind)))
        }
        _ => Cow::Borrowed(&item.title.text),
    }
}

/// Returns the date in a style. Collections are cited without one.
fn cited_date(item: &CitationItem<'_>, format: &DateFormat) -> Option<String> {
    if item.is_collection() { None } else { format.format(item.date) }
}

/// Returns the names of the archive and its place.
fn archive_names(item: &CitationItem<'_>) -> Option<String> {
    non_empty(item.archive.join(", "))
}

/// Returns the title and what follows it in the same sentence.
fn title_and_rest(item: &CitationItem<'_>, title: &str, quotes: &Quotes, rest: &str) -> String {
    if rest.is_empty() {
        return punctuated_title(item, title, quotes, ".");
    }
    format!("{} {rest}", punctuated_title(item, title, quotes, ","))
}

/// Returns the title and a punctuation mark, in quotation marks if it is the document's own.
fn punctuated_title(item: &CitationItem<'_>, title: &str, quotes: &Quotes, mark: &str) -> String {
    let has_end_mark = mark == "." && title.ends_with(['?', '!', '.']);
    let mark = if has_end_mark { "" } else { mark };
    if item.title.form != CitedForm::Quoted {
        return format!("{title}{mark}");
    }
    format!("{}{}{mark}{}", quotes.open, to_inner_quotes(title, quotes.inner), quotes.close)
}

/// Replaces double quotation marks with inner ones, for a text inside a quotation.
fn to_inner_quotes(text: &str, [open, close]: [char; 2]) -> String {
    let mut opens = true;
    let inner = text.chars().map(|letter| match letter {
        '“' => open,
        '”' => close,
        '"' => {
            opens = !opens;
            if opens { close } else { open }
        }
        other => other,
    });
    inner.collect()
}

/// Joins the texts that are present with commas.
fn join_with_commas<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns the text, or `None` if it is empty.
fn non_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Joins parts as sentences. An address at the end is followed by `address_end` only.
fn join_sentences(parts: impl IntoIterator<Item = Option<String>>, address_end: &str) -> String {
    let end = |text: String| match text.rsplit(' ').next() {
        Some(last) if last.contains("://") => text + address_end,
        _ => with_full_stop(text),
    };
    parts.into_iter().flatten().map(end).collect::<Vec<_>>().join(" ")
}

/// Appends a full stop unless the text ends with a sentence mark.
fn with_full_stop(text: String) -> String {
    let bare = text.trim_end_matches(['”', '"']);
    if bare.ends_with(['.', '?', '!']) { text } else { text + "." }
}

/// Returns the text with a capital first letter.
fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Returns a location with a capital first letter if it begins with a word. Codes stay as they are.
fn capitalize_word(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or("");
    let is_word = first.chars().count() > 2 && first.chars().all(char::is_lowercase);
    if is_word { capitalize(text) } else { text.to_owned() }
}
