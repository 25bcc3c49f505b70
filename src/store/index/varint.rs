//! Numbers as bytes: seven bits a byte, the lowest first, as in LEB128.

/// Appends a number.
#[inline]
pub(crate) fn push_number(bytes: &mut Vec<u8>, number: usize) {
    match u8::try_from(number) {
        Ok(byte) if byte < 0x80 => bytes.push(byte),
        _ => push_long_number(bytes, number),
    }
}

/// Appends a number of several bytes.
#[inline(never)]
fn push_long_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Takes a number from the front, or nothing where the bytes end.
#[inline]
pub(crate) fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let (&byte, rest) = bytes.split_first()?;
    if byte < 0x80 {
        *bytes = rest;
        return Some(usize::from(byte));
    }
    take_long_number(bytes)
}

/// Takes a number of several bytes.
fn take_long_number(bytes: &mut &[u8]) -> Option<usize> {
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
