//! overlays.

pub mod picker;
pub mod text_popup;
