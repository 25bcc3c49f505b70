//! Closes the parts of a message that its end leaves open. The library takes such a part for an attachment.

use std::collections::HashMap;

/// The name of the parameter with the text between parts (RFC 2046, section 5.1.1).
const BOUNDARY: &[u8] = b"boundary";

/// The longest text between parts, in bytes.
const MAX_BOUNDARY_BYTES: usize = 200;

/// Closes the multiparts of a message that is cut off. Returns `None` if all are closed already.
pub(super) fn close_open_parts(bytes: &[u8]) -> Option<Vec<u8>> {
    let open = open_boundaries(bytes);
    if open.is_empty() {
        return None;
    }
    let mut closed = bytes.to_vec();
    for boundary in open.iter().rev() {
        closed.extend_from_slice(b"\n--");
        closed.extend_from_slice(boundary);
        closed.extend_from_slice(b"--\n");
    }
    Some(closed)
}

/// Returns the texts that stand before parts and behind none, the outermost first.
fn open_boundaries(bytes: &[u8]) -> Vec<&[u8]> {
    /// Whether a part began, by the texts that headers name.
    struct Named {
        number: usize,
        is_open: bool,
    }
    let mut named: HashMap<&[u8], Named> = HashMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii_end();
        if let Some(rest) = line.strip_prefix(b"--") {
            if let Some(boundary) = named.get_mut(rest) {
                boundary.is_open = true;
            } else if let Some(boundary) =
                rest.strip_suffix(b"--").and_then(|ended| named.get_mut(ended))
            {
                boundary.is_open = false;
            }
        } else if let Some(boundary) = named_boundary(line) {
            let number = named.len();
            named.entry(boundary).or_insert(Named { number, is_open: false });
        }
    }
    let mut open: Vec<(usize, &[u8])> = named
        .into_iter()
        .filter(|(_, it)| it.is_open)
        .map(|(text, it)| (it.number, text))
        .collect();
    open.sort_unstable();
    open.into_iter().map(|(_, text)| text).collect()
}

/// Returns the text between parts that a line of a header names: `boundary="b0"`.
fn named_boundary(line: &[u8]) -> Option<&[u8]> {
    let at = memchr::memchr_iter(b'=', line).find(|at| {
        let before = line.get(..*at).unwrap_or_default().trim_ascii_end();
        let start = before.len().saturating_sub(BOUNDARY.len());
        before.get(start..).is_some_and(|name| name.eq_ignore_ascii_case(BOUNDARY))
    })?;
    let value = line.get(at + 1..)?.trim_ascii();
    let value = if let Some(quoted) = value.strip_prefix(b"\"") {
        quoted.split(|byte| *byte == b'"').next()?
    } else {
        value.split(|byte| *byte == b';' || byte.is_ascii_whitespace()).next()?
    };
    (1..=MAX_BOUNDARY_BYTES).contains(&value.len()).then_some(value)
}
