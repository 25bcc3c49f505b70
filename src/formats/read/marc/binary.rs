//! Binary MARC 21 (ISO 2709, `.mrc`): a leader, a directory, and fields of counted length.

use std::io::{self, BufRead, Read};

use super::{Fields, marc8};
use crate::formats::read::{Accession, Page, Sink};
use crate::record::{Problem, Record};

/// How long the leader is.
const LEADER: usize = 24;
/// How long an entry of the directory is.
const ENTRY: usize = 12;
/// What ends a field, and a record.
const FIELD_END: u8 = 0x1e;
/// What ends a record.
const RECORD_END: u8 = 0x1d;
/// What begins a part of a field.
const PART: u8 = 0x1f;

/// Whether bytes begin as such a file does: a length, a base address, and the leader's fixed letters.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    let digits = |range| {
        bytes
            .get::<std::ops::Range<usize>>(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let entry = bytes.get(LEADER..LEADER + 3);
    digits(0..5) && digits(12..17) && bytes.get(10..12) == Some(b"22") && entry.is_some()
}

/// Reads every card in a file. One that is broken is left out, and the next is looked for.
pub(crate) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    sink.page(Page { file: file.name.to_owned(), ..Page::default() });
    let mut number = 0_usize;
    loop {
        let mut card = Vec::new();
        // The longest length that five digits can say; what has no end by then is no card.
        (&mut *file.bytes).take(100_000).read_until(RECORD_END, &mut card)?;
        if card.iter().all(u8::is_ascii_whitespace) {
            if card.is_empty() {
                return Ok(());
            }
            continue;
        }
        number += 1;
        let start = card.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
        let card = card.get(start..).unwrap_or(&[]);
        let mut strange = false;
        let fault = |message: String| Problem::fault(file.name, None, message);
        match fields(card, &mut strange) {
            Some(fields) => {
                let mut record = Record::default();
                fields.describe(&mut record);
                sink.record(record);
            }
            None => sink.problem(fault(format!(
                "record {number} is cut short or its directory is wrong: it was left out, get the file again"
            ))),
        }
        if strange {
            let message = format!(
                "record {number} has letters of another script than MARC-8 Latin: they are shown as �"
            );
            sink.problem(Problem::note(file.name, None, message));
        }
    }
}

/// The fields of one card.
fn fields(card: &[u8], strange: &mut bool) -> Option<Fields> {
    card.strip_suffix(&[RECORD_END])?;
    let base = number(card.get(12..17)?)?;
    let directory = card.get(LEADER..base.checked_sub(1)?)?;
    let unicode = card.get(9) == Some(&b'a');
    let mut text = |bytes: &[u8]| {
        let text = if unicode {
            String::from_utf8_lossy(bytes).into_owned()
        } else {
            marc8::decode(bytes)
        };
        *strange |= text.contains('\u{fffd}');
        text
    };
    let mut fields = Fields::default();
    fields.push("leader".to_owned(), "", vec![(String::new(), text(card.get(..LEADER)?))]);
    for entry in directory.chunks(ENTRY) {
        let tag = String::from_utf8_lossy(entry.get(..3)?).into_owned();
        let start = base.checked_add(number(entry.get(7..12)?)?)?;
        let end = start.checked_add(number(entry.get(3..7)?)?)?;
        let bytes = card.get(start..end)?;
        let bytes = bytes.strip_suffix(&[FIELD_END]).unwrap_or(bytes);
        let mut parts = bytes.split(|byte| *byte == PART);
        let whole = parts.next().unwrap_or(&[]);
        let mut found: Vec<_> = parts
            .map(|part| part.split_at_checked(1).unwrap_or((&[], &[])))
            .map(|(code, rest)| (text(code), text(rest)))
            .collect();
        if found.is_empty() {
            found.push((String::new(), text(whole)));
        }
        fields.push(tag, &text(whole), found);
    }
    Some(fields)
}

/// A number in digits.
fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}
