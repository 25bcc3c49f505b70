//! 64-bit masks: building them from predicates and iterating over their set bits.
//!
//! The store keeps one bit per record, so that the few records that match are found by skipping the
//! others 64 at a time.

/// The number of bits in a mask.
pub const BLOCK_LEN: usize = u64::BITS as usize;

/// The number of bytes that are packed into bits in one step.
const BYTES_PER_STEP: usize = size_of::<u64>();

/// Returns a mask with one bit per value, set where `has` is true. The first value is the lowest
/// bit.
///
/// At most [`BLOCK_LEN`] values fit. The case that no value has it is the fast one.
#[inline]
pub fn mask_where<T>(values: &[T], has: impl Fn(&T) -> bool) -> u64 {
    if !values.iter().fold(false, |any, value| any | has(value)) {
        return 0;
    }
    values.chunks(BYTES_PER_STEP).enumerate().fold(0, |mask, (at, eight)| {
        let mut ones = [0; BYTES_PER_STEP];
        ones.iter_mut().zip(eight).for_each(|(one, value)| *one = u8::from(has(value)));
        mask | pack_bytes(u64::from_le_bytes(ones)) << (BYTES_PER_STEP * at)
    })
}

/// Packs eight bytes that are each 0 or 1 into eight bits; the lowest byte is the lowest bit.
#[inline]
pub fn pack_bytes(bytes: u64) -> u64 {
    bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Iterates over the indexes of the set bits, lowest first.
pub fn set_bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(at)
    })
}
