//! The text popup: the help, the problems, or an excerpt of a file, to filter and scroll.
//!
//! [`TextPopupState`](state::TextPopupState) in `state.rs` holds the rows, the filter and the
//! scroll position; `view.rs` draws them.

pub mod state;
pub(crate) mod view;
