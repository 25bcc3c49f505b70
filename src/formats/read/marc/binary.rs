//! The parser of binary MARC 21 and UNIMARC (ISO 2709, `.mrc`): a leader, a directory, and fields with lengths.

use std::io::{self, BufRead, Read};

use super::directory::{self, LEADER_BYTES};
use super::letters::{Letters, LettersJudge};
use super::{MarcFields, Subfield, unimarc};
use crate::formats::read::{InputFile, PageStart, Sink, doubtful_dates};
use crate::record::{Problem, Record};
use crate::text::counts::with_thousands;

/// The byte that ends a record.
pub(in crate::formats::read) const RECORD_TERMINATOR: u8 = 0x1d;
/// The byte that starts a subfield.
const SUBFIELD_DELIMITER: u8 = 0x1f;
/// The most bytes of a record. The five digits of its length allow 99,999, and some records have more.
const MAX_RECORD_BYTES: u64 = 8 << 20;

/// Whether bytes start like binary MARC: a length, a base address and the fixed bytes of a leader.
pub(crate) fn looks_like_binary(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|byte| !is_between_records(*byte)).unwrap_or(0);
    let bytes = bytes.get(start..).unwrap_or(&[]);
    is_leader(bytes) && bytes.get(LEADER_BYTES..LEADER_BYTES + 3).is_some()
}

/// Whether bytes begin with a leader.
fn is_leader(bytes: &[u8]) -> bool {
    let are_digits = |range: std::ops::Range<usize>| {
        bytes.get(range).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
    };
    are_digits(0..5) && are_digits(12..17) && bytes.get(10..12) == Some(b"22")
}

/// Whether a byte may stand between records: white space, the end-of-file mark of DOS, a byte-order mark.
fn is_between_records(byte: u8) -> bool {
    byte.is_ascii_whitespace() || [0, 0x1a, 0xef, 0xbb, 0xbf].contains(&byte)
}

/// What is wrong with records, each counted: how many, and the number of the first.
#[derive(Default)]
struct Faults {
    garbage: (usize, usize),
    directory: (usize, usize),
    cut_short: (usize, usize),
    unknown_letters: (usize, usize),
    /// The number of letters that could not be read, in all records.
    unknown_letter_count: usize,
}

/// Counts a fault of a record.
fn count(fault: &mut (usize, usize), number: usize) {
    if fault.0 == 0 {
        fault.1 = number;
    }
    fault.0 += 1;
}

impl Faults {
    /// Warns about each kind once.
    fn report(&self, name: &str, judge: &LettersJudge, sink: &mut dyn Sink) {
        let mut report = |(count, first): (usize, usize), what: &str| {
            let records = match count {
                0 => return,
                1 => format!("record {first}"),
                _ => format!("{count} records (the first is record {first})"),
            };
            sink.report(Problem::warning(name, None, format!("{records}: {what}")));
        };
        report(
            self.directory,
            "the directory does not fit the fields, which were read by the bytes that end them; check the tags",
        );
        report(
            self.garbage,
            "before the record there are bytes that belong to no record: they were passed over",
        );
        report(
            self.cut_short,
            "the file ends in the middle of the record, and its last fields are missing: download it again",
        );
        let letters = with_thousands(self.unknown_letter_count);
        report(
            self.unknown_letters,
            &format!(
                "letters that could not be read are shown as � ({letters} in all): if there are many, name the \
                 encoding with --encoding"
            ),
        );
        for ((stated, found), fault) in &judge.contradictions {
            let (stated, found) = (stated.name(), found.name());
            let message = format!(
                "the record says that its letters are {stated}, but they were read as {found}, which fits them: if \
                 they look wrong, name the encoding with --encoding"
            );
            report(*fault, &message);
        }
    }
}

/// Reads every record in a file. A broken record is reported, and parsing goes on with the next.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
    let mut faults = Faults::default();
    let mut judge = LettersJudge::new(file.options.encoding);
    let mut number = 0_usize;
    loop {
        let mut bytes = Vec::new();
        (&mut *file.bytes).take(MAX_RECORD_BYTES).read_until(RECORD_TERMINATOR, &mut bytes)?;
        if bytes.is_empty() {
            faults.report(file.name, &judge, sink);
            return Ok(());
        }
        let is_whole = bytes.pop_if(|byte| *byte == RECORD_TERMINATOR).is_some();
        let start = bytes.iter().position(|byte| !is_between_records(*byte));
        let Some(start) = start else { continue };
        // A record whose end is missing is followed by the next one.
        let bytes = bytes.get(start..).unwrap_or(&[]);
        let starts = record_starts(bytes);
        for (at, start) in starts.iter().enumerate() {
            let next = starts.get(at + 1);
            let record = bytes.get(*start..next.copied().unwrap_or(bytes.len())).unwrap_or(&[]);
            number += 1;
            if at == 0 && *start > 0 {
                count(&mut faults.garbage, number);
            }
            let is_cut_short = next.is_none() && !is_whole;
            let before = faults.directory;
            let mut parsed = parse_record(record, number, &mut judge, &mut faults);
            if is_cut_short {
                faults.directory = before;
                parsed = parsed.filter(|record| !record.values.is_empty());
                if parsed.is_some() {
                    count(&mut faults.cut_short, number);
                }
            }
            match parsed {
                Some(record) => {
                    doubtful_dates::report_numbered(sink, file.name, number, &record);
                    sink.add_record(record);
                }
                None => sink.report(Problem::error(
                    file.name,
                    None,
                    format!(
                        "record {number} is cut short or has no directory: it was left out, download the file again"
                    ),
                )),
            }
        }
    }
}

/// Where records start in bytes without the mark that ends one: at the beginning, or at the first leader
/// behind bytes that are none, and at leaders behind the end of a field.
fn record_starts(bytes: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    if is_leader(bytes) {
        starts.push(0);
    }
    let mut at = 0;
    // The fixed bytes of each leader are looked for, ten bytes behind its start.
    for found in memchr::memmem::find_iter(bytes.get(10..).unwrap_or(&[]), b"22") {
        let is_candidate = found > at && is_leader(bytes.get(found..).unwrap_or(&[]));
        let before = found.checked_sub(1).and_then(|at| bytes.get(at));
        let is_behind_field = before
            .is_some_and(|byte| *byte == directory::FIELD_TERMINATOR || is_between_records(*byte));
        if is_candidate && (starts.is_empty() || is_behind_field) {
            starts.push(found);
            at = found;
        }
    }
    if starts.is_empty() {
        starts.push(0);
    }
    starts
}

/// Parses one record; `None` if it has no directory.
fn parse_record(
    bytes: &[u8],
    number: usize,
    judge: &mut LettersJudge,
    faults: &mut Faults,
) -> Option<Record> {
    let raw = directory::fields(bytes)?;
    if raw.is_directory_wrong {
        count(&mut faults.directory, number);
    }
    let stated = match bytes.get(9) {
        Some(b'a') => Letters::Utf8,
        _ => unimarc::stated_letters(&raw.fields).unwrap_or(Letters::Marc8),
    };
    let letters = judge.judge(bytes, number, stated);
    let mut unknown_letters = 0;
    let fields = decode_fields(bytes, &raw.fields, letters, &mut unknown_letters);
    if unknown_letters > 0 {
        faults.unknown_letter_count += unknown_letters;
        count(&mut faults.unknown_letters, number);
    }
    let mut record = Record::default();
    let source_hash = fields.source_hash();
    fields.fill_record(&mut record);
    record.source_hash = source_hash;
    Some(record)
}

/// Decodes the fields of a record. Counts letters that could not be read.
fn decode_fields(
    record: &[u8],
    raw_fields: &[(&[u8], &[u8])],
    letters: Letters,
    unknown_letters: &mut usize,
) -> MarcFields {
    let mut text = |bytes: &[u8]| {
        let text = letters.decode(bytes);
        *unknown_letters += text.matches('\u{fffd}').count();
        text
    };
    let mut fields = MarcFields::default();
    let leader = text(record.get(..LEADER_BYTES).unwrap_or(record));
    let leader = vec![Subfield { code: String::new(), text: leader }];
    fields.push("leader".to_owned(), "", leader);
    for (tag, bytes) in raw_fields {
        let tag = String::from_utf8_lossy(tag).into_owned();
        let mut raw_subfields = bytes.split(|byte| *byte == SUBFIELD_DELIMITER);
        let content = text(raw_subfields.next().unwrap_or(&[]));
        let mut subfields: Vec<_> = raw_subfields
            .map(|subfield| subfield.split_at_checked(1).unwrap_or((&[], &[])))
            .map(|(code, rest)| Subfield { code: text(code), text: text(rest) })
            .collect();
        if subfields.is_empty() {
            subfields.push(Subfield { code: String::new(), text: content.clone() });
        }
        fields.push(tag, &content, subfields);
    }
    fields
}
