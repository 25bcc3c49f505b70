//! The list pane: one page of records, with mark, position, date and title of each.
//!
//! [`ListState`](state::ListState) in `state.rs` holds the rows, the cursor and the page
//! arithmetic;
//! `view.rs` draws them.

pub(crate) mod context;
pub mod state;
pub(crate) mod view;
