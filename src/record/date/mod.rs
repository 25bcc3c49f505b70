//! date.

mod day;
pub mod edtf;
mod shown;
pub mod span;
pub mod text;

pub use day::Day;
pub use shown::MONTHS;
pub use span::{Date, DateSpan, Precision, Reading};
