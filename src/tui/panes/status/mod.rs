//! The status pane: the title line at the top, the message line under the filter bar, and the
//! status line at the bottom.
//!
//! It has no state of its own: `state.rs` computes the texts from [`App`](crate::tui::app::App),
//! `view.rs` draws them.

pub mod state;
pub(crate) mod view;
