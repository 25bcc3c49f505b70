//! The picker: an overlay to choose one of several records, formats or citation styles.
//!
//! [`PickerState`](state::PickerState) in `state.rs` holds the items and the cursor; `view.rs`
//! draws them, and the list of keys that may follow `y`.

pub mod state;
pub(crate) mod view;
