//! Dates: the text that an archive wrote, and the span of days that it means.
//!
//! [`text::parse`] parses the many ways in which archives write dates, and [`edtf::parse`] parses
//! EDTF, the standard notation. Both give a [`DateSpan`]: the earliest and the latest [`Day`] that
//! the date may be, with a [`Precision`] at each end. Start with [`Date`] in `span.rs`.
//! [`calendar`] and [`feast`] give the days of other calendars and of feasts.
//!
//! ```
//! use fonds::record::Date;
//!
//! let date = Date::parse("circa July 1945?");
//! assert_eq!(date.span().map(|span| span.to_edtf()), Some("1945-07%".to_owned()));
//! assert_eq!(date.short(), "c. 1945-07?");
//! assert_eq!(date.long(), "circa July 1945?");
//! ```

pub mod calendar;
pub mod column;
pub(crate) mod comparison;
mod day;
mod doubt;
pub mod edtf;
pub mod feast;
mod format;
pub mod machine;
mod marc;
pub(crate) mod reversed;
pub(crate) mod set;
pub mod span;
pub mod text;

pub use day::Day;
pub use doubt::{Doubt, DoubtKind};
pub use format::MONTH_NAMES;
pub use span::{Date, DateSpan, ParsedDate, Precision};
