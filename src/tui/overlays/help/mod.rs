//! The help: all keys, the signs in the list, and the fields of the filter.

pub mod state;
pub(crate) mod view;
