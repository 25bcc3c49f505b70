//! Takes a binary MARC record apart: by its directory, or where that is wrong, by the bytes that end fields.

/// The length of the leader.
pub(super) const LEADER_BYTES: usize = 24;
/// The length of an entry of the directory.
const ENTRY_BYTES: usize = 12;
/// The length of a tag.
const TAG_BYTES: usize = 3;
/// The byte that ends a field.
pub(super) const FIELD_TERMINATOR: u8 = 0x1e;

/// The fields of a record: tags and contents, without the bytes that end them.
#[derive(Debug)]
pub(super) struct RawFields<'a> {
    pub(super) fields: Vec<(&'a [u8], &'a [u8])>,
    /// Whether the directory says something else than the bytes that end fields.
    pub(super) is_directory_wrong: bool,
}

/// Takes a record apart; `None` if it has no directory.
pub(super) fn fields(record: &[u8]) -> Option<RawFields<'_>> {
    let end = memchr::memchr(FIELD_TERMINATOR, record.get(LEADER_BYTES..)?)? + LEADER_BYTES;
    let directory = record.get(LEADER_BYTES..end)?;
    let contents = record.get(end + 1..)?;
    let fields = fields_by_directory(record, directory, contents);
    if let Some(fields) = fields {
        return Some(RawFields { fields, is_directory_wrong: false });
    }
    let fields = fields_by_terminators(directory, contents)?;
    Some(RawFields { fields, is_directory_wrong: true })
}

/// The fields as the directory lists them; `None` if one of them does not end where the directory says.
fn fields_by_directory<'a>(
    record: &[u8],
    directory: &'a [u8],
    contents: &'a [u8],
) -> Option<Vec<(&'a [u8], &'a [u8])>> {
    let base = parse_number(record.get(12..17)?)?;
    if base != LEADER_BYTES + directory.len() + 1 || !directory.len().is_multiple_of(ENTRY_BYTES) {
        return None;
    }
    let mut total = 0;
    let fields: Option<Vec<_>> = directory
        .chunks(ENTRY_BYTES)
        .map(|entry| {
            let start = parse_number(entry.get(7..12)?)?;
            let end = start.checked_add(parse_number(entry.get(3..7)?)?)?;
            let bytes = contents.get(start..end)?.strip_suffix(&[FIELD_TERMINATOR])?;
            total += bytes.len() + 1;
            let is_whole = start == 0 || contents.get(start - 1) == Some(&FIELD_TERMINATOR);
            let field = (entry.get(..TAG_BYTES)?, bytes);
            (is_whole && !bytes.contains(&FIELD_TERMINATOR)).then_some(field)
        })
        .collect();
    // Bytes that no entry covers would be lost.
    fields.filter(|_| total >= contents.len())
}

/// The fields in the order of their bytes, with the tags in the order of the directory.
fn fields_by_terminators<'a>(
    directory: &'a [u8],
    contents: &'a [u8],
) -> Option<Vec<(&'a [u8], &'a [u8])>> {
    let contents = contents.strip_suffix(&[FIELD_TERMINATOR]).unwrap_or(contents);
    let contents: Vec<&[u8]> = contents.split(|byte| *byte == FIELD_TERMINATOR).collect();
    let tags = tags(directory, &contents);
    if tags.is_empty() {
        return None;
    }
    // A field without an entry keeps its content under a tag that no field has.
    let tags = tags.into_iter().chain(std::iter::repeat(b"???".as_slice()));
    Some(tags.zip(contents).collect())
}

/// The tags of a directory. Its entries may lack or repeat a digit.
fn tags<'a>(directory: &'a [u8], contents: &[&[u8]]) -> Vec<&'a [u8]> {
    if directory.len() == contents.len() * ENTRY_BYTES {
        let mut entries: Vec<&[u8]> = directory.chunks(ENTRY_BYTES).collect();
        // Some programs list fields by tag and not by place.
        if let Some(starts) = entries.iter().map(|it| parse_number(it.get(7..)?)).collect() {
            let starts: Vec<usize> = starts;
            let mut order: Vec<usize> = (0..entries.len()).collect();
            order.sort_by_key(|at| starts.get(*at));
            entries = order.iter().filter_map(|at| entries.get(*at).copied()).collect();
        }
        return entries.into_iter().filter_map(|it| it.get(..TAG_BYTES)).collect();
    }
    let mut tags = Vec::new();
    let mut rest = directory;
    let mut start = 0;
    for content in contents {
        let Some(tag) = rest.get(..TAG_BYTES) else { break };
        tags.push(tag);
        let length = content.len() + 1;
        let expected = format!("{length:04}{start:05}");
        let numbers = rest.get(TAG_BYTES..).unwrap_or(&[]);
        // The whole entry first, then one that lacks a digit or has one too many.
        let lengths = [9, 8, 10, 7];
        let fitting = lengths.into_iter().find(|length| {
            numbers.get(..*length).is_some_and(|it| is_similar(it, expected.as_bytes()))
        });
        rest = numbers.get(fitting.unwrap_or(9)..).unwrap_or(&[]);
        start += length;
    }
    tags
}

/// Whether digits are the expected ones, apart from one or two that are missing or too many.
fn is_similar(digits: &[u8], expected: &[u8]) -> bool {
    let (short, long) =
        if digits.len() <= expected.len() { (digits, expected) } else { (expected, digits) };
    let mut rest = long.iter();
    short.iter().all(|digit| rest.any(|other| other == digit))
}

/// Parses a number of ASCII digits.
fn parse_number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.trim().parse().ok()
}
