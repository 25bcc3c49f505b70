//! The terminal interface: state, key handling and drawing.
//!
//! May use `text`, `record`, `query` and `userdata`; only `runtime` may use everything.
//!
//! Start with [`app`]: [`App::update`](app::App::update) turns each [`Action`](action::Action) into
//! changes of the state and [`Effect`](effect::Effect)s. [`key_map`] maps keys to
//! [`Command`](command::Command)s, [`layout`] divides the screen, and [`view`] draws the state.
//! `runtime` runs the event loop and executes the effects.

pub mod action;
pub mod app;
pub mod command;
pub mod component;
pub mod effect;
pub mod hint;
pub mod key;
pub mod key_map;
pub mod layout;
pub mod modes;
pub mod notice;
pub mod overlays;
pub mod panes;
pub mod prompt;
pub mod records;
pub mod runtime;
pub mod theme;
pub mod view;
