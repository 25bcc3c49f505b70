//! Lists of names in BibTeX and BibLaTeX.

use biblatex::{Chunk, Chunks, ChunksRef, Entry, Person, Spanned};

use super::plain_text::{plain_text, with_spaces};
use crate::formats::cell_values;
use crate::formats::read::names;
use crate::record::MORE_CREATORS;
use crate::record::{Field, Name, NameParts, Record};

/// The fields with names of contributors, which are their roles, and the fields that name a role more
/// precisely.
const CONTRIBUTOR_FIELDS: [(&str, &str); 17] = [
    ("editor", "editortype"),
    ("editora", "editoratype"),
    ("editorb", "editorbtype"),
    ("editorc", "editorctype"),
    ("translator", ""),
    ("annotator", ""),
    ("commentator", ""),
    ("introduction", ""),
    ("foreword", ""),
    ("afterword", ""),
    ("bookauthor", ""),
    ("holder", ""),
    ("compiler", ""),
    ("director", ""),
    ("illustrator", ""),
    ("interviewer", ""),
    ("contributor", ""),
];

/// Adds the names in a field of an entry. Returns whether the field holds names.
pub(super) fn add_names(
    entry: &Entry,
    key: &str,
    chunks: ChunksRef<'_>,
    record: &mut Record,
) -> bool {
    let of_field = CONTRIBUTOR_FIELDS.iter().find(|(name, _)| *name == key);
    if !["author", "recipient"].contains(&key) && of_field.is_none() {
        return false;
    }
    let role = of_field.map(|(name, type_key)| {
        let stated = entry.fields.get(*type_key).map(|chunks| plain_text(chunks));
        let known =
            if *name == "contributor" { "" } else { name.trim_end_matches(['a', 'b', 'c']) };
        stated.filter(|role| !role.is_empty()).unwrap_or_else(|| known.to_owned())
    });
    for name in split_names(chunks) {
        let is_others = matches!(name.as_slice(), [only] if matches!(&only.v, Chunk::Normal(text) if text.eq_ignore_ascii_case("others")));
        if is_others {
            let own =
                if key == "author" { MORE_CREATORS.to_owned() } else { format!("{key}.others") };
            record.own.push((own.into(), "and others".to_owned()));
            continue;
        }
        if cell_values::is_missing(plain_text(&name).trim()) {
            continue;
        }
        let text = name_text(&name, record);
        let text = cell_values::without_missing_parts(&text);
        match (&role, key) {
            (Some(role), _) => record.push_contributor(&text, role),
            (None, "recipient") => record.push(Field::Recipient, &text),
            (None, _) => record.push(Field::Creator, &text),
        }
    }
    true
}

/// Whether a field says what the names of another field did, so that their role has it.
pub(super) fn is_role_field(entry: &Entry, key: &str) -> bool {
    let of_type = CONTRIBUTOR_FIELDS.iter().find(|(_, type_key)| *type_key == key);
    of_type.is_some_and(|(name, _)| !key.is_empty() && entry.fields.contains_key(*name))
}

/// Splits a list at each `and` outside of braces.
fn split_names(chunks: ChunksRef<'_>) -> Vec<Chunks> {
    let (mut names, mut name) = (Vec::new(), Chunks::new());
    for chunk in chunks {
        let Chunk::Normal(text) = &chunk.v else {
            name.push(chunk.clone());
            continue;
        };
        let mut rest = text.as_str();
        while let Some((before, after)) = split_at_and(rest) {
            push_text(&mut name, before, chunk);
            names.push(std::mem::take(&mut name));
            rest = after;
        }
        push_text(&mut name, rest, chunk);
    }
    names.push(name);
    names.iter_mut().for_each(trim_name);
    names.retain(|name| !name.is_empty());
    names
}

/// Adds a text to a name, unless it is empty.
fn push_text(name: &mut Chunks, text: &str, chunk: &Spanned<Chunk>) {
    if !text.is_empty() {
        name.push(Spanned::new(Chunk::Normal(text.to_owned()), chunk.span.clone()));
    }
}

/// Splits a text at the first word `and`.
fn split_at_and(text: &str) -> Option<(&str, &str)> {
    text.char_indices().find_map(|(at, letter)| {
        let rest = text.get(at + letter.len_utf8()..)?;
        let after = rest.get(..3).filter(|word| word.eq_ignore_ascii_case("and"));
        let after = after.and(rest.get(3..)).filter(|_| letter.is_whitespace())?;
        let is_end = after.is_empty() || after.starts_with(char::is_whitespace);
        is_end.then_some((text.get(..at)?, after))
    })
}

/// Trims the white space around a name.
fn trim_name(name: &mut Chunks) {
    if let Some(Chunk::Normal(text)) = name.first_mut().map(|chunk| &mut chunk.v) {
        *text = text.trim_start().to_owned();
    }
    if let Some(Chunk::Normal(text)) = name.last_mut().map(|chunk| &mut chunk.v) {
        *text = text.trim_end().to_owned();
    }
    name.retain(|chunk| !chunk.v.get().is_empty());
}

/// The names of parts in BibLaTeX's extended format: `family=Gogh, given=Vincent, prefix=van`.
const PART_NAMES: [&str; 4] = ["family", "given", "prefix", "suffix"];

/// Returns a name as `Last, First`, with the prefix and suffix of the last name. A name in braces
/// stays whole.
fn name_text(name: ChunksRef<'_>, record: &mut Record) -> String {
    let name = with_spaces(name);
    let written = plain_text(&name);
    let is_in_braces = name.iter().all(|chunk| matches!(chunk.v, Chunk::Verbatim(_)));
    let has_equals_sign = name.iter().any(|chunk| chunk.v.get().contains('='));
    let first_word = match name.first().map(|chunk| &chunk.v) {
        Some(Chunk::Normal(text)) => text.split_once('=').map_or("", |(word, _)| word.trim()),
        _ => "",
    };
    let is_extended = PART_NAMES.contains(&first_word);
    // `Keller {and} Meyer` is one name. The parser takes any name with an equals sign for one in the extended
    // format.
    let joins_names = written.contains(" and ");
    if is_in_braces || joins_names || (has_equals_sign && !is_extended) {
        return names::from_whole(record, &written);
    }
    if !is_extended && Name::is_certain_body(&written) {
        return written;
    }
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let person = Person::parse(&name);
    let (family, given) = (plain(&person.name), plain(&person.given_name));
    let (prefix, suffix) = (plain(&person.prefix), plain(&person.suffix));
    // `Keller, Anna, Jr.` is not in the order of BibTeX.
    if !suffix.is_empty() && !is_extended && !Name::is_suffix(&suffix) {
        return written;
    }
    // A last word in lower case is no particle: `Mawla al-Zayn, Sayyid`.
    let (prefix, family) = if family.is_empty() { (family, prefix) } else { (prefix, family) };
    let parts = NameParts {
        family: &family,
        given: &given,
        leading_particle: &prefix,
        dropping_particle: "",
        suffix: &suffix,
    };
    names::from_parts(record, parts)
}
