//! The citation styles that write one line of text. Each arranges the parts of a [`CitationItem`].
//!
//! The order of the parts: Chicago Manual of Style, 18th edition, 14.127 and 14.128; MLA Handbook, 9th
//! edition, and <https://style.mla.org/citing-materials-physical-archives>; APA Style, archival documents.

use std::borrow::Cow;

use super::contributors::{self, title_with_contributors};
use super::date::{self, DateFormat};
use super::item::CitationItem;
use super::punctuation::{CURLY, Quotes, STRAIGHT, join_sentences, join_with_commas};
use super::title::{self, CitedForm};

/// Cites as the archive prefers it, otherwise as archives and digital archives do:
/// `T.V. Soong, "Title," July 12, 1945, box 3, Collection, Archive. URL`
///
/// The creator leads, because a letter or a report is not identified without.
pub(super) fn archive(item: &CitationItem<'_>) -> String {
    if let Some(preferred) = &item.preferred {
        return preferred.clone();
    }
    let sentence = join_with_commas(opening(item, &STRAIGHT).into_iter().chain([
        contributors::behind_title_of_note(item),
        cited_date(item, &date::ARCHIVE),
        contributors::behind_date_of_note(item),
        item.shelf_location.clone(),
        item.collection.clone(),
        archive_text(item),
    ]));
    join_sentences([Some(sentence), item.url.map(str::to_owned)], "")
}

/// Cites as a Chicago note: `T.V. Soong, Title, 12 July 1945, box 3, Collection, Archive, Place, URL.`
pub(super) fn chicago_note(item: &CitationItem<'_>) -> String {
    let sentence = join_with_commas(opening(item, &CURLY).into_iter().chain([
        contributors::behind_title_of_note(item),
        cited_date(item, &date::CHICAGO),
        contributors::behind_date_of_note(item),
        item.shelf_location.clone(),
        item.collection.clone(),
        archive_text(item),
        item.url.map(str::to_owned),
    ]));
    join_sentences([Some(sentence)], ".")
}

/// Cites as a Chicago bibliography entry:
/// `Soong, T.V. Title. 12 July 1945. Box 3. Collection. Archive, Place. URL.`
pub(super) fn chicago_bibliography(item: &CitationItem<'_>) -> String {
    let opening = [item.creators.in_bibliography(), Some(quoted_title(item, &CURLY))];
    let rest = [
        cited_date(item, &date::CHICAGO).map(|date| capitalize(&date)),
        item.shelf_location.as_deref().map(capitalize_word),
        item.collection.as_deref().map(capitalize),
        archive_text(item).as_deref().map(capitalize),
        item.url.map(str::to_owned),
    ];
    let contributors = contributors::in_sentences(item);
    join_sentences(opening.into_iter().chain(contributors).chain(rest), ".")
}

/// Cites in MLA style:
/// `Soong, T.V. “Title.” 12 July 1945. Collection, Archive, Place, box 3, URL.`
pub(super) fn mla(item: &CitationItem<'_>) -> String {
    let container = join_with_commas([
        item.collection.as_deref().map(capitalize),
        archive_text(item),
        item.shelf_location.clone(),
        item.url.map(str::to_owned),
    ]);
    let starts_with_shelf_location = item.collection.is_none() && item.archive.is_empty();
    let container = match item.shelf_location {
        Some(_) if starts_with_shelf_location => capitalize_word(&container),
        _ => container,
    };
    let opening = [item.creators.in_mla(), Some(quoted_title(item, &CURLY))];
    let date = cited_date(item, &date::MLA).map(|date| capitalize(&date));
    let rest = [date, non_empty(container)];
    let contributors = contributors::in_sentences(item);
    join_sentences(opening.into_iter().chain(contributors).chain(rest), ".")
}

/// Cites in APA style: `Soong, T. V. (1945, July 12). Title. Collection (box 3), Archive, Place. URL`
pub(super) fn apa(item: &CitationItem<'_>) -> String {
    let title = title_or_message(item);
    let title = match item.title.form {
        CitedForm::Description if !title.starts_with('[') => format!("[{title}]"),
        _ => title.into_owned(),
    };
    let title = match contributors::in_apa(item) {
        Some(contributors) => format!("{title} {contributors}"),
        None => title,
    };
    let date = date::APA.format(item.date).map(|date| format!("({date})"));
    let (people, title) = (item.creators.in_apa(), Some(title));
    let opening = if people.is_some() { [people, date, title] } else { [title, date, None] };
    let url = item.url.map(str::to_owned);
    let parts = opening.into_iter().chain([non_empty(apa_source(item)), url]);
    join_sentences(parts, "")
}

/// Returns the source in APA style: the shelf location is in brackets behind the collection, or else the archive.
fn apa_source(item: &CitationItem<'_>) -> String {
    let mut names: Vec<String> = item.collection.iter().chain(&item.archive).cloned().collect();
    match (names.first_mut(), &item.shelf_location) {
        (Some(first), Some(shelf_location)) => *first = format!("{first} ({shelf_location})"),
        (None, Some(shelf_location)) => names.push(capitalize_word(shelf_location)),
        (_, None) => {}
    }
    names.join(", ")
}

/// Returns how a note begins, the people and the title: `George Creel to Edward House`, `Anna Keller, telegram to
/// Emil Roth`, or the creators and the title. Creators whom the title names are not said before it again.
fn opening(item: &CitationItem<'_>, quotes: &Quotes) -> [Option<String>; 2] {
    let title = || Some(quoted_title(item, quotes));
    let Some(creators) = item.creators.in_note() else { return [None, title()] };
    let names = &item.creators.names;
    let is_sender_to_recipient = is_sender_to_recipient(item);
    // What has a recipient is like a letter, unless its title says that it is something else.
    let is_like_letter = is_sender_to_recipient || !item.title.says_document;
    let kind = item.title.message.or(is_like_letter.then_some("letter"));
    if let (Some(kind), Some(recipients)) = (kind, item.recipients.in_note()) {
        let document = match &item.title.bare {
            Some(bare) => lower_first(bare),
            None => kind.to_owned(),
        };
        let people = match document.as_str() {
            // `Hussein, King of Jordan, to Max Kern`
            "letter" if names.last().is_some_and(|name| name.running().contains(", ")) => {
                format!("{creators}, to {recipients}")
            }
            "letter" => format!("{creators} to {recipients}"),
            other => format!("{creators}, {other} to {recipients}"),
        };
        let says_more =
            !item.title.begins_with_message && item.title.bare.is_none() && !is_sender_to_recipient;
        // A title that begins with its sender is a sentence of its own: `Roth to Brandt on the harvest`.
        if says_more && item.title.names_all(names) {
            return [None, title()];
        }
        return [Some(people), says_more.then(title).flatten()];
    }
    let title = match (title_with_contributors(item), addressed_document(item)) {
        (Some(title), _) => Some(lower_first_word(&title)),
        (None, Some(document)) => Some(document),
        (None, None) => title(),
    };
    [Some(creators).filter(|_| !item.title.names_all(names)), title]
}

/// Returns a document to somebody whose title says no more, as it stands inside a sentence: `memorandum to Emil
/// Roth`.
fn addressed_document(item: &CitationItem<'_>) -> Option<String> {
    let recipients = item.recipients.in_note()?;
    let document = title::addressed_document(&title_or_message(item), &recipients)?;
    Some(format!("{} to {recipients}", lower_first(&document)))
}

/// Whether the title is only the names of sender and recipient.
fn is_sender_to_recipient(item: &CitationItem<'_>) -> bool {
    item.title.is_sender_to_recipient(&item.creators.names, &item.recipients.names)
}

/// Returns the title. A document whose title says no more than what it is gets its recipients: `Letter to Richard
/// Roe`.
fn title_or_message<'i>(item: &'i CitationItem<'_>) -> Cow<'i, str> {
    if let Some(title) = title_with_contributors(item) {
        return Cow::Owned(title);
    }
    let Some(recipients) = item.recipients.in_note() else {
        return Cow::Borrowed(&item.title.text);
    };
    let document = match &item.title.bare {
        Some(bare) => bare,
        None if is_sender_to_recipient(item) => item.title.message.unwrap_or("letter"),
        None => return Cow::Borrowed(&item.title.text),
    };
    Cow::Owned(format!("{} to {recipients}", capitalize(document)))
}

/// Returns the title, in quotation marks if it is the document's own.
fn quoted_title(item: &CitationItem<'_>, quotes: &Quotes) -> String {
    let title = title_or_message(item);
    match item.title.form {
        CitedForm::Quoted => quotes.quote(&title),
        _ => quotes.quote_parts(&title, &item.title.quoted_parts),
    }
}

/// Returns the date in a style. Collections are cited without one.
fn cited_date(item: &CitationItem<'_>, format: &DateFormat) -> Option<String> {
    if item.is_collection() { None } else { format.format(item.date) }
}

/// Returns the names of the archive and its place.
fn archive_text(item: &CitationItem<'_>) -> Option<String> {
    non_empty(item.archive.join(", "))
}

/// Returns the text, or `None` if it is empty.
fn non_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Returns the words for a document inside a sentence: `telegram no. 12`. A number such as `XII` stays.
fn lower_first(text: &str) -> String {
    let lower = |word: &str| {
        let is_capitalised = word.len() > 1
            && !word.contains(|letter: char| letter.is_ascii_digit())
            && word.chars().skip(1).all(|letter| !letter.is_uppercase());
        if is_capitalised { word.to_lowercase() } else { word.to_owned() }
    };
    text.split(' ').map(lower).collect::<Vec<_>>().join(" ")
}

/// Returns a text whose first word is written small.
fn lower_first_word(text: &str) -> String {
    let (first, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
    first.to_lowercase() + rest
}

/// Returns the text with a capital first letter.
fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Returns a shelf location with a capital first letter if it begins with a word. Codes stay as they are.
fn capitalize_word(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or("").trim_end_matches(['.', ',']);
    let is_word = first.chars().count() > 2 && first.chars().all(char::is_lowercase);
    if is_word { capitalize(text) } else { text.to_owned() }
}
