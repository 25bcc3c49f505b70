//! The running program around [`App`](super::app::App): the event loop, the terminal and the worker
//! threads.
//!
//! `App` decides, and this folder acts. [`event_loop`] passes each event to `App::update` as an
//! action, and executes the effects that it returns. Long work runs on threads, which send their
//! results back as events through one channel:
//!
//! ```text
//!  input threads ───┐                           ┌──> search worker ───┐
//!  signal thread ───┤                           ├──> marks worker ────┤
//!  load worker ─────┼──> channel of events      ├──> export worker ───┤
//!  watch thread ────┤            │              ├──> reload thread ───┤
//!         ┌─────────┘            v              ├──> excerpt thread ──┤
//!         │                  event loop ────────┼──> names worker ────┤
//!         │                      │                                    │
//!         │                      v                                    │
//!         │          screen: one frame per batch                      │
//!         │                                                           │
//!         └───────────────── results, as events ──────────────────────┘
//! ```
//!
//! Only the event loop touches `App` and draws. Workers receive snapshots of the store, which are
//! immutable, so no lock is held while they work. The clipboard, the browser and the editor are
//! used by the event loop itself; while an editor runs, [`input::TerminalInputLock`] keeps the
//! input thread from reading its keys.
//!
//! When the user quits, the marks worker and the names worker save what is left, an unfinished export is cancelled, and
//! the terminal is restored. A panic on any thread restores the terminal and ends the program.
//!
//! This folder puts the program together, like `cli`, and may use every other folder. Start reading
//! at `launch`, which opens the screen, and [`event_loop::run`].

mod archive_name_worker;
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
mod marks_thread;
pub mod marks_worker;
mod pending_changes;
mod picture_viewer;
pub mod read_marks;
pub mod reload;
pub mod saved_marks;
pub mod search_worker;
pub mod terminal;
mod wayland;
