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
//! immutable, so no lock is held while they work. The browser and the editor are started by the event loop
//! itself; while an editor runs, [`input::TerminalInputLock`] keeps the input thread from reading its keys.
//! Frames are written by a thread of their own, and a frame is left out while the terminal is still taking the
//! last one.
//!
//! When the user quits, the marks worker and the names worker save what is left, an unfinished export is cancelled, and
//! the terminal is restored. None of this is waited for without a limit: see [`crate::files::waiting`]. After a signal,
//! `ending` ends the program if that takes too long. A panic of the main thread restores the terminal and ends the
//! program; of a panic on another thread, the screen tells.
//!
//! This folder puts the program together, like `cli`, and may use every other folder. Start reading
//! at `launch`, which opens the screen, and [`event_loop::run`].

mod archive_name_worker;
pub mod browser;
pub mod clipboard;
mod clipboard_worker;
mod copy_text;
pub mod editor;
mod effect_runner;
mod ending;
pub mod event_loop;
pub mod excerpt_worker;
mod export_worker;
pub mod hyperlink_cells;
pub mod hyperlinks;
pub mod input;
mod job_control;
pub mod key_decoder;
mod last_saving;
pub(crate) mod launch;
pub mod load_worker;
mod marks_thread;
pub mod marks_worker;
mod pending_changes;
mod picture_viewer;
pub mod read_marks;
pub mod reload;
pub mod remote_marks;
pub mod saved_marks;
pub mod search_worker;
pub mod sgr;
mod signs_of_change;
pub mod svg;
pub mod terminal;
pub(crate) mod terminal_kind;
mod terminal_writer;
mod wayland;
