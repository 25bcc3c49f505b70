//! Sixty-four yes or no as one number: what holds for few of many is found by passing over the rest.

/// How many bits a number has.
pub const SHARE: usize = u64::BITS as usize;

/// How many bytes are made bits together.
const EIGHT: usize = size_of::<u64>();

/// A bit for each of some values, at most [`SHARE`], the first one as the lowest. Mostly none has it.
#[inline]
pub fn bits<T>(values: &[T], has: impl Fn(&T) -> bool) -> u64 {
    if !values.iter().fold(false, |any, value| any | has(value)) {
        return 0;
    }
    values.chunks(EIGHT).enumerate().fold(0, |bits, (at, eight)| {
        let mut ones = [0; EIGHT];
        ones.iter_mut().zip(eight).for_each(|(one, value)| *one = u8::from(has(value)));
        bits | packed(u64::from_le_bytes(ones)) << (EIGHT * at)
    })
}

/// Eight bytes that are 0 or 1 as eight bits, the lowest byte as the lowest bit.
#[inline]
pub fn packed(bytes: u64) -> u64 {
    bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The places of the bits that are set, upwards.
pub fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(at)
    })
}
