//! The styles that are a line of words: what stands where, and what stands between.

use super::date;
use super::name::Name;
use crate::formats::write::item_type;
use crate::record::{Archive, Field, Record};

/// `"Title," July 12, 1945, Archive, SOURCE. URL`
pub(super) fn archive(record: &Record, archive: Option<&Archive>) -> String {
    let title = match record.title() {
        Some(title) => {
            format!("\"{},\"", title.trim_end_matches(['.', ' ']).replace('"', "'"))
        }
        None => format!("{},", item_type::title(record)),
    };
    let place = item_type::location(record).or_else(|| item_type::collection(record));
    let rest = list([
        date::ARCHIVE.write(&record.date),
        item_type::archive_name(archive).map(str::to_owned),
        place,
    ]);
    sentences([Some(format!("{title} {rest}").trim().to_owned())], record.first(Field::Url), "")
}

/// `T.V. Soong, Title, 12 July 1945, reference, Collection, Archive. URL.`
pub(super) fn chicago_note(record: &Record, archive: Option<&Archive>) -> String {
    let people = named(record);
    let people = match people.as_slice() {
        [first, _, _, _, ..] => Some(format!("{} et al.", first.natural())),
        few => chain(few.iter().map(Name::natural).collect(), "and"),
    };
    let rest = list([
        date::CHICAGO.write(&record.date),
        item_type::location(record),
        item_type::collection(record),
        holder(archive),
    ]);
    let title = titled(record, ",");
    let title = if rest.is_empty() { titled(record, ".") } else { format!("{title} {rest}") };
    let people = people.map(|people| format!("{people}, ")).unwrap_or_default();
    sentences([Some(people + &title)], record.first(Field::Url), ".")
}

/// `Soong, T.V. Title. 12 July 1945. Reference, Collection, Archive. URL.`
pub(super) fn chicago_bibliography(record: &Record, archive: Option<&Archive>) -> String {
    let people = named(record);
    let people = if people.len() > 10 {
        // Of more than ten the first seven are named.
        let seven = inverted_and_natural(people.get(..7).unwrap_or(&people));
        Some(format!("{}, et al.", seven.join(", ")))
    } else {
        first_inverted(&people, "and")
    };
    let place = list([item_type::location(record), item_type::collection(record), holder(archive)]);
    let date = date::CHICAGO.write(&record.date).map(|date| capital(&date));
    let parts = [people, Some(titled(record, ".")), date, some(place).map(|place| capital(&place))];
    sentences(parts, record.first(Field::Url), ".")
}

/// `Soong, T.V. “Title.” 12 July 1945. Collection, Archive, reference, URL.`
pub(super) fn mla(record: &Record, archive: Option<&Archive>) -> String {
    let people = named(record);
    let people = match people.as_slice() {
        [first, _, _, ..] => Some(format!("{}, et al.", first.inverted())),
        few => first_inverted(few, "and"),
    };
    let url = record.first(Field::Url).map(str::to_owned);
    let place =
        list([item_type::collection(record), holder(archive), item_type::location(record), url]);
    let date = date::MLA.write(&record.date).map(|date| capital(&date));
    let parts = [people, Some(titled(record, ".")), date, some(place).map(|place| capital(&place))];
    sentences(parts, None, "")
}

/// `Soong, T. V. (1945, July 12). Title. Collection (reference), Archive. URL`
pub(super) fn apa(record: &Record, archive: Option<&Archive>) -> String {
    let mut names: Vec<String> = named(record).iter().map(Name::with_initials).collect();
    let people = match names.len() {
        // Of more than twenty the first nineteen and the last are named.
        21.. => names
            .pop()
            .map(|last| format!("{}, ... {last}", names.get(..19).unwrap_or(&names).join(", "))),
        2 => Some(names.join(", & ")),
        _ => chain(names, "&"),
    };
    let date = date::APA.write(&record.date).map(|date| format!("({date})"));
    let title = Some(item_type::title(record).into_owned());
    let collection = match (item_type::collection(record), item_type::location(record)) {
        (Some(collection), Some(location)) => Some(format!("{collection} ({location})")),
        (collection, location) => collection.or(location.map(|text| capital(&text))),
    };
    let place = some(list([collection, holder(archive)]));
    let parts = match people {
        Some(_) => [people, date, title, place],
        None => [title, date, None, place],
    };
    sentences(parts, record.first(Field::Url), "")
}

/// The people of a record, in the order of the file.
fn named(record: &Record) -> Vec<Name> {
    record.all(Field::People).map(Name::read).collect()
}

/// What the archive is called, and who holds it.
fn holder(archive: Option<&Archive>) -> Option<String> {
    let names = [item_type::archive_name(archive), item_type::repository(archive)];
    item_type::joined(names.into_iter().flatten().map(str::to_owned))
}

/// The title with what follows it: in quotation marks, unless it only says what the document is.
fn titled(record: &Record, mark: &str) -> String {
    let title = item_type::title(record);
    let title = title.trim_end_matches(['.', ',', ' ']);
    let closed = mark == "." && title.ends_with(['?', '!']);
    let mark = if closed { "" } else { mark };
    if record.title().is_none() || item_type::is_descriptive(title) {
        return format!("{title}{mark}");
    }
    format!("“{}{mark}”", inner_quotes(title))
}

/// A text with single quotation marks for double ones, as it stands inside a quotation.
fn inner_quotes(text: &str) -> String {
    let mut opens = true;
    let inner = text.chars().map(|letter| match letter {
        '“' => '‘',
        '”' => '’',
        '"' => {
            opens = !opens;
            if opens { '’' } else { '‘' }
        }
        other => other,
    });
    inner.collect()
}

/// Names with commas between them and a word before the last: `A`, `A and B`, `A, B, and C`.
fn chain(mut names: Vec<String>, word: &str) -> Option<String> {
    let last = names.pop()?;
    Some(match names.as_slice() {
        [] => last,
        [only] => format!("{only} {word} {last}"),
        more => format!("{}, {word} {last}", more.join(", ")),
    })
}

/// Names of which the first is inverted: `Soong, T.V., and Joseph Stalin`.
fn first_inverted(names: &[Name], word: &str) -> Option<String> {
    let all = inverted_and_natural(names);
    match (names.first()?, all.as_slice()) {
        (Name::Parted { .. }, [first, second]) => Some(format!("{first}, {word} {second}")),
        _ => chain(all, word),
    }
}

/// The first name inverted, the others as they are spoken.
fn inverted_and_natural(names: &[Name]) -> Vec<String> {
    let first = names.first().map(Name::inverted);
    first.into_iter().chain(names.iter().skip(1).map(Name::natural)).collect()
}

/// What there is, with commas between.
fn list<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The text, or nothing where it is empty.
fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Each part as a sentence, then the address with what ends it.
fn sentences<const N: usize>(parts: [Option<String>; N], url: Option<&str>, end: &str) -> String {
    let mut said: Vec<String> = parts.into_iter().flatten().map(stopped).collect();
    said.extend(url.map(|url| format!("{url}{end}")));
    said.join(" ")
}

/// A text with a full stop behind it, where it has no end of its own.
fn stopped(text: String) -> String {
    let bare = text.trim_end_matches(['”', '"']);
    if bare.ends_with(['.', '?', '!']) { text } else { text + "." }
}

/// A text that begins a sentence.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
