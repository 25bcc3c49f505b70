//! The citation styles that write one line of text.

use super::date;
use crate::formats::write::citation_item;
use crate::record::{Archive, Field, Name, Record};

/// Cites as digital archives do: `"Title," July 12, 1945, Archive, SOURCE. URL`
pub(super) fn archive(record: &Record, archive: Option<&Archive>) -> String {
    let title = match record.title() {
        Some(title) => {
            format!("\"{},\"", title.trim_end_matches(['.', ' ']).replace('"', "'"))
        }
        None => format!("{},", citation_item::title_or_heading(record)),
    };
    let location =
        citation_item::archive_location(record).or_else(|| citation_item::collection(record));
    let rest = join_with_commas([
        date::ARCHIVE.format(&record.date),
        citation_item::archive_name(archive).map(str::to_owned),
        location,
    ]);
    join_sentences(
        [Some(format!("{title} {rest}").trim().to_owned())],
        record.first(Field::Url),
        "",
    )
}

/// Cites as a Chicago note: `T.V. Soong, Title, 12 July 1945, reference, Collection, Archive. URL.`
pub(super) fn chicago_note(record: &Record, archive: Option<&Archive>) -> String {
    let (people, has_others) = people(record);
    let people = match people.as_slice() {
        [first, _, _, _, ..] => Some(format!("{} et al.", first.running())),
        [first, ..] if has_others => Some(format!("{} et al.", first.running())),
        few => join_with_conjunction(few.iter().map(Name::running).collect(), "and"),
    };
    let rest = join_with_commas([
        date::CHICAGO.format(&record.date),
        citation_item::archive_location(record),
        citation_item::collection(record),
        archive_and_repository(archive),
    ]);
    let title = punctuated_title(record, ",");
    let title =
        if rest.is_empty() { punctuated_title(record, ".") } else { format!("{title} {rest}") };
    let people = people.map(|people| format!("{people}, ")).unwrap_or_default();
    join_sentences([Some(people + &title)], record.first(Field::Url), ".")
}

/// Cites as a Chicago bibliography entry:
/// `Soong, T.V. Title. 12 July 1945. Reference, Collection, Archive. URL.`
pub(super) fn chicago_bibliography(record: &Record, archive: Option<&Archive>) -> String {
    let (people, has_others) = people(record);
    let people = if people.len() > 10 || (has_others && !people.is_empty()) {
        // The Chicago Manual names the first seven of more than ten people.
        let seven = first_inverted_names(people.get(..7).unwrap_or(&people));
        Some(format!("{}, et al.", seven.join(", ")))
    } else {
        join_first_inverted(&people, "and")
    };
    let location = join_with_commas([
        citation_item::archive_location(record),
        citation_item::collection(record),
        archive_and_repository(archive),
    ]);
    let date = date::CHICAGO.format(&record.date).map(|date| capitalize(&date));
    let parts = [
        people,
        Some(punctuated_title(record, ".")),
        date,
        non_empty(location).map(|location| capitalize(&location)),
    ];
    join_sentences(parts, record.first(Field::Url), ".")
}

/// Cites in MLA style:
/// `Soong, T.V. “Title.” 12 July 1945. Collection, Archive, reference, URL.`
pub(super) fn mla(record: &Record, archive: Option<&Archive>) -> String {
    let (people, has_others) = people(record);
    let people = match people.as_slice() {
        [first, _, _, ..] => Some(format!("{}, et al.", first.index())),
        [first, ..] if has_others => Some(format!("{}, et al.", first.index())),
        few => join_first_inverted(few, "and"),
    };
    let url = record.first(Field::Url).map(str::to_owned);
    let location = join_with_commas([
        citation_item::collection(record),
        archive_and_repository(archive),
        citation_item::archive_location(record),
        url,
    ]);
    let date = date::MLA.format(&record.date).map(|date| capitalize(&date));
    let parts = [
        people,
        Some(punctuated_title(record, ".")),
        date,
        non_empty(location).map(|location| capitalize(&location)),
    ];
    join_sentences(parts, None, "")
}

/// Cites in APA style:
/// `Soong, T. V. (1945, July 12). Title. Collection (reference), Archive. URL`
pub(super) fn apa(record: &Record, archive: Option<&Archive>) -> String {
    let (people, has_others) = people(record);
    let mut names: Vec<String> = people.iter().map(Name::index_initials).collect();
    let people = match names.len() {
        // The APA manual names the first nineteen and the last of more than twenty people.
        21.. => names
            .pop()
            .map(|last| format!("{}, ... {last}", names.get(..19).unwrap_or(&names).join(", "))),
        1.. if has_others => Some(format!("{}, et al.", names.join(", "))),
        2 => Some(names.join(", & ")),
        _ => join_with_conjunction(names, "&"),
    };
    let date = date::APA.format(&record.date).map(|date| format!("({date})"));
    let title = Some(citation_item::title_or_heading(record).into_owned());
    let collection =
        match (citation_item::collection(record), citation_item::archive_location(record)) {
            (Some(collection), Some(location)) => Some(format!("{collection} ({location})")),
            (collection, location) => collection.or(location.map(|text| capitalize(&text))),
        };
    let location = non_empty(join_with_commas([collection, archive_and_repository(archive)]));
    let parts = match people {
        Some(_) => [people, date, title, location],
        None => [title, date, None, location],
    };
    join_sentences(parts, record.first(Field::Url), "")
}

/// Returns the people of a record, and whether `and others` follows them.
fn people(record: &Record) -> (Vec<Name>, bool) {
    let (others, names): (Vec<Name>, Vec<Name>) =
        citation_item::people(record).partition(Name::is_others);
    (names, !others.is_empty())
}

/// Returns the archive's name and its repository.
fn archive_and_repository(archive: Option<&Archive>) -> Option<String> {
    let names = [citation_item::archive_name(archive), citation_item::repository(archive)];
    citation_item::join_unique(names.into_iter().flatten().map(str::to_owned))
}

/// Returns the title and a punctuation mark, in quotation marks unless the title is descriptive.
fn punctuated_title(record: &Record, mark: &str) -> String {
    let title = citation_item::title_or_heading(record);
    let title = title.trim_end_matches(['.', ',', ' ']);
    let has_end_mark = mark == "." && title.ends_with(['?', '!']);
    let mark = if has_end_mark { "" } else { mark };
    if record.title().is_none() || citation_item::is_descriptive(title) {
        return format!("{title}{mark}");
    }
    format!("“{}{mark}”", to_inner_quotes(title))
}

/// Replaces double quotation marks with single ones, for a text inside a quotation.
fn to_inner_quotes(text: &str) -> String {
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

/// Joins names as a list in a sentence: `A`, `A and B`, `A, B, and C`.
fn join_with_conjunction(mut names: Vec<String>, conjunction: &str) -> Option<String> {
    let last = names.pop()?;
    Some(match names.as_slice() {
        [] => last,
        [only] => format!("{only} {conjunction} {last}"),
        more => format!("{}, {conjunction} {last}", more.join(", ")),
    })
}

/// Joins names with the first one inverted: `Soong, T.V., and Joseph Stalin`.
fn join_first_inverted(names: &[Name], conjunction: &str) -> Option<String> {
    let all = first_inverted_names(names);
    match (names.first()?, all.as_slice()) {
        (name, [first, second]) if !name.is_whole() => {
            Some(format!("{first}, {conjunction} {second}"))
        }
        _ => join_with_conjunction(all, conjunction),
    }
}

/// Returns the first name inverted and the others in natural order.
fn first_inverted_names(names: &[Name]) -> Vec<String> {
    let first = names.first().map(Name::index);
    first.into_iter().chain(names.iter().skip(1).map(Name::running)).collect()
}

/// Joins the texts that are present with commas.
fn join_with_commas<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns the text, or `None` if it is empty.
fn non_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Joins parts as sentences, then the URL followed by `end`.
fn join_sentences<const N: usize>(
    parts: [Option<String>; N],
    url: Option<&str>,
    end: &str,
) -> String {
    let mut sentences: Vec<String> = parts.into_iter().flatten().map(with_full_stop).collect();
    sentences.extend(url.map(|url| format!("{url}{end}")));
    sentences.join(" ")
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
