//! The panes: fixed parts of the screen, one folder each.
//!
//! `state.rs` holds what a pane shows and does not know ratatui; `view.rs` only draws the state.
//! Start with [`list`]. [`Panes`](all::Panes) has them all, and passes commands and clicks to them.

pub mod all;
pub mod detail;
pub mod filter_bar;
pub mod list;
pub mod status;
