//! The overlays: boxes and lines drawn over the panes, one folder each.
//!
//! As in the panes, `state.rs` holds what is shown and does not know ratatui; `view.rs` only draws
//! it. An overlay is a row of the table in [`modes`](super::modes).

pub mod archive_name_prompt;
pub mod command_prompt;
pub mod confirm_replace;
pub mod excerpt;
pub mod file_name_prompt;
pub mod help;
pub mod next_keys;
pub mod note_prompt;
pub mod picker;
pub mod problems;
pub mod text_popup;

pub(crate) use archive_name_prompt::state::NameReceived;
pub use command_prompt::state::CommandPrompt;
pub use confirm_replace::state::ConfirmReplace;
pub use excerpt::state::ExcerptState;
pub use help::state::HelpState;
pub use next_keys::state::NextKeys;
pub use picker::state::{PickerKind, PickerState};
pub use problems::state::ProblemsState;
