//! The parser of binary MARC 21 (ISO 2709, `.mrc`): a leader, a directory, and fields with lengths.

use std::io::{self, BufRead, Read};

use super::{MarcFields, Subfield, marc8};
use crate::formats::read::{InputFile, PageStart, Sink, doubtful_dates};
use crate::record::{Problem, Record};

/// The length of the leader.
const LEADER_BYTES: usize = 24;
/// The length of an entry of the directory.
const DIRECTORY_ENTRY_BYTES: usize = 12;
/// The byte that ends a field.
const FIELD_TERMINATOR: u8 = 0x1e;
/// The byte that ends a record.
const RECORD_TERMINATOR: u8 = 0x1d;
/// The byte that starts a subfield.
const SUBFIELD_DELIMITER: u8 = 0x1f;

/// Whether bytes start like binary MARC: a length, a base address and the fixed bytes of a leader.
pub(crate) fn looks_like_binary(bytes: &[u8]) -> bool {
    let are_digits = |range| {
        bytes
            .get::<std::ops::Range<usize>>(range)
            .is_some_and(|subfield| subfield.iter().all(u8::is_ascii_digit))
    };
    let entry = bytes.get(LEADER_BYTES..LEADER_BYTES + 3);
    are_digits(0..5) && are_digits(12..17) && bytes.get(10..12) == Some(b"22") && entry.is_some()
}

/// Reads every record in a file. A broken record is reported, and parsing goes on with the next.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
    let mut number = 0_usize;
    loop {
        let mut record_bytes = Vec::new();
        // A record has at most 99,999 bytes, because its length has five digits.
        (&mut *file.bytes).take(100_000).read_until(RECORD_TERMINATOR, &mut record_bytes)?;
        if record_bytes.iter().all(u8::is_ascii_whitespace) {
            if record_bytes.is_empty() {
                return Ok(());
            }
            continue;
        }
        number += 1;
        let start = record_bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
        let record_bytes = record_bytes.get(start..).unwrap_or(&[]);
        let mut has_unknown_letters = false;
        let error = |message: String| Problem::error(file.name, None, message);
        match parse_fields(record_bytes, &mut has_unknown_letters) {
            Some(fields) => {
                let mut record = Record::default();
                let source_hash = fields.source_hash();
                fields.fill_record(&mut record);
                record.source_hash = source_hash;
                doubtful_dates::report_numbered(sink, file.name, number, &record);
                sink.add_record(record);
            }
            None => sink.report(error(format!(
                "record {number} is cut short or its directory is wrong: it was left out, download the file again"
            ))),
        }
        if has_unknown_letters {
            let message = format!(
                "record {number} has letters of another script than MARC-8 Latin: they are shown as �"
            );
            sink.report(Problem::warning(file.name, None, message));
        }
    }
}

/// Parses the fields of a record; `None` if it is cut short or its directory is wrong.
///
/// Sets `has_unknown_letters` if MARC-8 text has letters of an unsupported script.
fn parse_fields(record_bytes: &[u8], has_unknown_letters: &mut bool) -> Option<MarcFields> {
    record_bytes.strip_suffix(&[RECORD_TERMINATOR])?;
    let base = parse_number(record_bytes.get(12..17)?)?;
    let directory = record_bytes.get(LEADER_BYTES..base.checked_sub(1)?)?;
    let unicode = record_bytes.get(9) == Some(&b'a');
    let mut text = |bytes: &[u8]| {
        let text = if unicode {
            String::from_utf8_lossy(bytes).into_owned()
        } else {
            marc8::decode(bytes)
        };
        *has_unknown_letters |= text.contains('\u{fffd}');
        text
    };
    let mut fields = MarcFields::default();
    fields.push(
        "leader".to_owned(),
        "",
        vec![Subfield { code: String::new(), text: text(record_bytes.get(..LEADER_BYTES)?) }],
    );
    for entry in directory.chunks(DIRECTORY_ENTRY_BYTES) {
        let tag = String::from_utf8_lossy(entry.get(..3)?).into_owned();
        let start = base.checked_add(parse_number(entry.get(7..12)?)?)?;
        let end = start.checked_add(parse_number(entry.get(3..7)?)?)?;
        let bytes = record_bytes.get(start..end)?;
        let bytes = bytes.strip_suffix(&[FIELD_TERMINATOR]).unwrap_or(bytes);
        let mut raw_subfields = bytes.split(|byte| *byte == SUBFIELD_DELIMITER);
        let content = raw_subfields.next().unwrap_or(&[]);
        let mut subfields: Vec<_> = raw_subfields
            .map(|subfield| subfield.split_at_checked(1).unwrap_or((&[], &[])))
            .map(|(code, rest)| Subfield { code: text(code), text: text(rest) })
            .collect();
        if subfields.is_empty() {
            subfields.push(Subfield { code: String::new(), text: text(content) });
        }
        fields.push(tag, &text(content), subfields);
    }
    Some(fields)
}

/// Parses a number of ASCII digits.
fn parse_number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}
