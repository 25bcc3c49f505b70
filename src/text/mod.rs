//! Letters and words: operations on plain text, independent of its meaning.
//!
//! This folder uses no other folder of the crate. Start with [`fold`], which makes letters
//! comparable for searching, [`words`], which splits folded text, and [`tokens`], which are indexed. [`clean`], [`counts`],
//! [`width`], [`wrap`] and [`urls`] prepare text for the screen; [`shell`] quotes words of
//! commands; [`shorten`] bounds quoted texts; [`trim`] serves the parsers;
//! [`bit_masks`] serves the hot loops here and in the store.

pub mod bit_masks;
pub mod clean;
pub mod counts;
pub mod fold;
pub mod shell;
pub mod shorten;
pub mod tokens;
pub mod trim;
pub mod urls;
pub mod width;
pub mod words;
pub mod wrap;
