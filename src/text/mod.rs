//! Letters and words: cleaning, widths, line breaks, folding, word boundaries, web addresses.

pub mod bit_masks;
pub mod clean;
pub mod fold;
pub mod urls;
pub mod width;
pub mod words;
pub mod wrap;
