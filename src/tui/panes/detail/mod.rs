//! The detail pane: all fields of the selected record, with highlights and links.
//!
//! [`DetailState`](state::DetailState) in `state.rs` holds the wrapped lines and the scroll
//! position;
//! `view.rs` draws them, and the rule between list and detail.

mod provenance;
pub mod state;
pub(crate) mod view;
