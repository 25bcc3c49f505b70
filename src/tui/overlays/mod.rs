//! The overlays: boxes drawn over the panes, one folder each.
//!
//! As in the panes, `state.rs` holds what is shown and does not know ratatui; `view.rs` only draws
//! it.

pub mod picker;
pub mod text_popup;
