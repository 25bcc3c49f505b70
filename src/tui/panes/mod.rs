//! The panes: fixed parts of the screen, one folder each.
//!
//! `state.rs` holds what a pane shows and does not know ratatui; `view.rs` only draws the state.
//! Start with [`list`]. Key presses reach a pane through [`App`](super::app::App).

pub mod detail;
pub mod filter_bar;
pub mod list;
pub mod status;
