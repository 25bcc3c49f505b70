//! The box with the keys that may follow those that were pressed. It takes no keys itself: they go on to the key map.

pub mod state;
pub(crate) mod view;
