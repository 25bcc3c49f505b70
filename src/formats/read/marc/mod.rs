//! MARC 21: where each field of a catalogue card stands in a record, whether it came as XML or not.

mod binary;
mod marc8;

use std::io;

use super::date_sources::Dated;
use super::xml::{Element, push_own, root};
use super::{Accession, Sink, xml_records};
use crate::record::{Field, Record};

pub(crate) use binary::{begins, read as read_binary};

/// The fields with a place of their own: the tag, the letters of its parts, what stands between
/// them, and the place.
const PLACES: &[(&str, &str, &str, Field)] = &[
    ("245", "abnp", " ", Field::Title),
    ("246", "abnp", " ", Field::Title),
    ("100", "abcdq", " ", Field::People),
    ("110", "abcdn", " ", Field::People),
    ("111", "acdn", " ", Field::People),
    ("700", "abcdqt", " ", Field::People),
    ("710", "abcdnt", " ", Field::People),
    ("711", "acdnt", " ", Field::People),
    ("600", "abcdqtvxyz", " -- ", Field::People),
    ("610", "abcdntvxyz", " -- ", Field::People),
    ("611", "acdntvxyz", " -- ", Field::People),
    ("650", "abvxyz", " -- ", Field::Subjects),
    ("648", "avxyz", " -- ", Field::Subjects),
    ("653", "a", " ", Field::Subjects),
    ("655", "avxyz", " -- ", Field::Subjects),
    ("656", "avxyz", " -- ", Field::Subjects),
    ("630", "adfknpvxyz", " -- ", Field::Subjects),
    ("689", "a", " ", Field::Subjects),
    ("651", "avxyz", " -- ", Field::Places),
    ("520", "ab", " ", Field::Summary),
    ("041", "a", ", ", Field::Language),
    ("852", "abchij", " ", Field::Source),
    ("540", "abcd", " ", Field::Rights),
    ("506", "abcd", " ", Field::Rights),
    ("856", "u", " ", Field::Url),
    ("099", "a", " ", Field::Id),
    ("490", "av", " ", Field::Collection),
    ("830", "av", " ", Field::Collection),
    ("773", "t", " ", Field::Collection),
];

/// Letters of an indicator and what each says.
type Meanings = &'static [(char, &'static str)];

/// The indicators that change what a field means: its tag, which of the two, and what each letter says.
/// The others tell how a card is filed or printed.
const INDICATORS: &[(&str, usize, Meanings)] = &[
    ("041", 1, &[('1', "translation")]),
    ("246", 2, &[('1', "parallel title"), ('3', "other title"), ('4', "cover title")]),
    (
        "264",
        2,
        &[('0', "production"), ('2', "distribution"), ('3', "manufacture"), ('4', "copyright")],
    ),
    ("520", 1, &[('0', "subject"), ('1', "review"), ('4', "content advice")]),
    ("700", 2, &[('2', "part of this")]),
    ("710", 2, &[('2', "part of this")]),
    ("711", 2, &[('2', "part of this")]),
    ("856", 2, &[('1', "version of this"), ('2', "related to this")]),
];

/// Whether a text begins as MARCXML does.
pub(super) fn looks_like(beginning: &str) -> bool {
    let root = root(beginning);
    root.is_some_and(|name| ["collection", "record"].contains(&name))
        && ["MARC21/slim", "datafield", "controlfield", "<leader"]
            .iter()
            .any(|it| beginning.contains(it))
}

/// Reads every card in a file.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    xml_records::read(file, sink)
}

/// The fields of one card, in its order.
#[derive(Debug, Default)]
pub(super) struct Fields {
    fields: Vec<(String, Vec<(String, String)>)>,
}

impl Fields {
    /// Takes an element of MARCXML.
    pub(super) fn take(&mut self, element: Element<'_>) {
        let tag = element.attribute("tag").unwrap_or(element.name()).to_owned();
        let mut parts: Vec<_> = element
            .all("subfield")
            .map(|part| (part.attribute("code").unwrap_or("").to_owned(), part.text()))
            .collect();
        if parts.is_empty() {
            parts.push((String::new(), element.letters()));
        }
        let indicator = |name| element.attribute(name).unwrap_or(" ");
        self.push(tag, &[indicator("ind1"), indicator("ind2")].concat(), parts);
    }

    /// Adds a field of a card, with what its two indicators mean.
    pub(super) fn push(&mut self, tag: String, indicators: &str, mut parts: Vec<(String, String)>) {
        let said = INDICATORS.iter().filter(|(of, ..)| *of == tag);
        for (_, place, means) in said {
            let indicator = indicators.chars().nth(place - 1);
            if let Some((_, meaning)) = means.iter().find(|(is, _)| Some(*is) == indicator) {
                parts.push((format!("ind{place}"), (*meaning).to_owned()));
            }
        }
        self.fields.push((tag, parts));
    }

    /// Puts the fields into a record.
    pub(super) fn describe(&self, record: &mut Record) {
        if self.fields.is_empty() {
            return;
        }
        let mut dates = Dated::default();
        for (tag, parts) in &self.fields {
            match tag.as_str() {
                "001" => parts.iter().for_each(|(_, text)| record.push(Field::Id, text)),
                "008" => self.fixed(record, parts, &mut dates),
                _ => place(tag, parts, record, &mut dates),
            }
        }
        if !dates.is_empty() || record.date.text.is_empty() {
            record.date = dates.date();
        }
    }

    /// The field of fixed length: dates and language, and itself as it stands.
    fn fixed(&self, record: &mut Record, parts: &[(String, String)], dates: &mut Dated) {
        let text = parts.first().map_or("", |(_, text)| text.as_str());
        push_own(record, "008", text);
        let at = |range| text.get::<std::ops::Range<usize>>(range).unwrap_or("").trim();
        let (kind, first, second) = (at(6..7), at(7..11), at(11..15));
        let masked = |year: &str| year.replace('u', "X").replace('|', "");
        match kind {
            "b" | "n" | "" => {}
            "m" | "i" | "k" | "c" | "d" | "u" | "q" if second.len() == 4 => {
                let second = if second == "9999" { "..".to_owned() } else { masked(second) };
                dates.machine(&format!("{}/{second}", masked(first)));
            }
            "e" => dates.machine(&format!("{first}{second}")),
            _ => dates.machine(&masked(first)),
        }
        if !self.fields.iter().any(|(tag, _)| tag == "041")
            && at(35..38).chars().all(char::is_alphabetic)
        {
            record.push(Field::Language, at(35..38));
        }
    }
}

/// Puts a field into its place, and what has none under its tag and letter.
fn place(tag: &str, parts: &[(String, String)], record: &mut Record, dates: &mut Dated) {
    let known = PLACES.iter().find(|(place, ..)| *place == tag);
    let taken =
        |code: &str| known.is_some_and(|(_, codes, ..)| !code.is_empty() && codes.contains(code));
    if let Some((_, _, between, field)) = known {
        let texts = parts.iter().filter(|(code, _)| taken(code)).map(|(_, text)| text.as_str());
        if matches!(field, Field::Url | Field::Language) {
            texts.for_each(|text| record.push(*field, text));
        } else {
            let texts: Vec<_> = texts
                .map(|text| if between.trim().is_empty() { text } else { ended(text) })
                .collect();
            record.push(*field, ended(&texts.join(between)));
        }
    }
    for (code, text) in parts.iter().filter(|(code, _)| !taken(code)) {
        let shown = match (tag, code.as_str()) {
            ("245", "f" | "g") | ("260" | "264", "c") => {
                dates.show(text.trim_end_matches([',', '.', ';', ' ']));
                true
            }
            ("046", "k" | "o" | "c" | "l" | "p") => {
                dates.machine(text);
                false
            }
            _ => false,
        };
        if !shown {
            let name = if code.is_empty() { tag.to_owned() } else { format!("{tag}.{code}") };
            push_own(record, &name, text);
        }
    }
}

/// A text without the punctuation that only leads to the next part of a card.
fn ended(text: &str) -> &str {
    let text = text.trim().trim_end_matches(['/', ':', ';', ',', '=']).trim_end();
    // A full stop belongs to an initial or an abbreviation, or ends a sentence: others are the card's.
    match text.strip_suffix('.') {
        Some(rest)
            if !rest.contains(". ")
                && rest.split_whitespace().last().is_some_and(|word| word.chars().count() > 4) =>
        {
            rest
        }
        _ => text,
    }
}
