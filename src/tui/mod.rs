//! tui.

pub mod action;
pub mod app;
pub mod key;
pub mod key_map;
pub mod layout;
pub mod line_edit;
pub mod overlays;
pub mod panes;
pub mod runtime;
pub mod theme;
pub mod view;
