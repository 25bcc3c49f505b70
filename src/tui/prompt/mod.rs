//! A prompt: a line of text with a cursor, in the filter bar and in overlays.
//!
//! [`Prompt`] in `state.rs` holds the text; `view.rs` draws it behind a sign.

mod state;
pub(crate) mod view;

pub use state::Prompt;
pub(crate) use state::{MAX_PASTED_CHARS, pasted_part};
