//! The picker: an overlay to choose one of several records, formats or citation styles.
//!
//! [`PickerState`](state::PickerState) in `state.rs` holds the items and the cursor; `view.rs`
//! draws them.

pub mod state;
pub(crate) mod view;
