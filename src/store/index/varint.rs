//! Encodes numbers in few bytes: LEB128, with seven bits per byte, lowest bits first.

/// Appends a number.
#[inline]
pub(crate) fn push_varint(bytes: &mut Vec<u8>, number: usize) {
    match u8::try_from(number) {
        Ok(byte) if byte < 0x80 => bytes.push(byte),
        _ => push_long_varint(bytes, number),
    }
}

/// Appends a number that needs several bytes. Kept out of the inlined fast path.
#[inline(never)]
fn push_long_varint(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Reads a number and moves `bytes` past it. Returns `None` at the end of the bytes.
#[inline]
pub(crate) fn take_varint(bytes: &mut &[u8]) -> Option<usize> {
    let (&byte, rest) = bytes.split_first()?;
    if byte < 0x80 {
        *bytes = rest;
        return Some(usize::from(byte));
    }
    take_long_varint(bytes)
}

/// Reads a number of any length.
fn take_long_varint(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift = (shift + 7).min(usize::BITS - 1);
    }
}
