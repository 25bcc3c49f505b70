//! runtime.

pub mod browser;
pub mod clipboard;
mod copy_text;
mod editor;
mod effect_runner;
pub mod event_loop;
pub mod excerpt_worker;
mod export_worker;
pub mod hyperlinks;
pub mod input;
pub(crate) mod launch;
pub mod load_worker;
pub mod marks_worker;
pub mod reload;
pub mod search_worker;
pub mod terminal;
