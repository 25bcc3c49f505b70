//! formats.

pub mod cite;
pub mod read;
pub mod write;
