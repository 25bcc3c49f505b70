//! The filter bar: the filter that is being typed, and the history of filters.
//!
//! [`FilterBarState`](state::FilterBarState) in `state.rs` holds the text and the history;
//! `view.rs` draws it.

pub mod state;
pub(crate) mod view;
