//! Formats dates for citation styles.

use crate::record::{Date, DateSpan, MONTH_NAMES, ParsedDate, Precision};

/// Month names as MLA abbreviates them.
const SHORT_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// The date format of a style.
#[derive(Clone, Copy, Debug)]
pub(super) struct DateFormat {
    /// The month names.
    months: &'static [&'static str; 12],
    /// Formats a month; takes year and month name.
    format_month: fn(&str, &str) -> String,
    /// Formats a day; takes year, month name and day.
    format_day: fn(&str, &str, u8) -> String,
    /// The prefix of an approximate date.
    approximate_prefix: &'static str,
    /// The text for an unknown date, if the style has one.
    undated: Option<&'static str>,
}

/// `12 July 1945`, `ca. 1945`, `n.d.`
pub(super) const CHICAGO: DateFormat = DateFormat {
    months: &MONTH_NAMES,
    format_month: |year, month| format!("{month} {year}"),
    format_day: |year, month, day| format!("{day} {month} {year}"),
    approximate_prefix: "ca. ",
    undated: Some("n.d."),
};

/// `12 Sept. 1945`, `circa 1945`; no text for an unknown date.
pub(super) const MLA: DateFormat =
    DateFormat { months: &SHORT_MONTHS, approximate_prefix: "circa ", undated: None, ..CHICAGO };

/// `1945, July 12`, `ca. 1945`, `n.d.`
pub(super) const APA: DateFormat = DateFormat {
    format_month: |year, month| format!("{year}, {month}"),
    format_day: |year, month, day| format!("{year}, {month} {day}"),
    ..CHICAGO
};

/// `July 12, 1945`, `circa 1945`, `Date unknown`.
pub(super) const ARCHIVE: DateFormat = DateFormat {
    format_day: |year, month, day| format!("{month} {day}, {year}"),
    approximate_prefix: "circa ",
    undated: Some("Date unknown"),
    ..CHICAGO
};

impl DateFormat {
    /// Formats a date. A date that was not understood, or not with certainty, keeps its text.
    pub(super) fn format(&self, date: &Date) -> Option<String> {
        let text = date.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match date.parsed {
            ParsedDate::Span(span) if span.doubtful && !text.is_empty() => Some(text),
            ParsedDate::Span(span) => Some(self.format_span(&span)),
            ParsedDate::Undated => self.undated.map(str::to_owned),
            ParsedDate::Unreadable => Some(text),
        }
    }

    /// Formats a span: one unit, or two with a dash between them, with marks for its flags.
    fn format_span(&self, span: &DateSpan) -> String {
        let text = match span.first_and_last_unit() {
            (Some(first), Some(last)) if first == last => self.format_unit(&first),
            (Some(first), Some(last)) => self.format_range(&first, &last),
            (Some(first), None) => format!("{}–", self.format_unit(&first)),
            (None, Some(last)) => format!("until {}", self.format_unit(&last)),
            (None, None) => span.long(),
        };
        let prefix = if span.approximate { self.approximate_prefix } else { "" };
        let question_mark = if span.uncertain { "?" } else { "" };
        let (open, close) = if span.inferred { ("[", "]") } else { ("", "") };
        format!("{open}{prefix}{text}{question_mark}{close}")
    }

    /// Formats a range. The dash has spaces around it if a unit contains a space.
    fn format_range(&self, first: &DateSpan, last: &DateSpan) -> String {
        let (first, last) = (self.format_unit(first), self.format_unit(last));
        let dash = if first.contains(' ') || last.contains(' ') { " – " } else { "–" };
        format!("{first}{dash}{last}")
    }

    /// Formats a day or month in this style; other units have the same form in all styles.
    fn format_unit(&self, unit: &DateSpan) -> String {
        let (year, month, day) = unit.earliest.to_ymd();
        let year = DateSpan::year(year).long();
        let month = self.months.get(usize::from(month.saturating_sub(1))).unwrap_or(&"");
        match unit.start_precision {
            Precision::Day => (self.format_day)(&year, month, day),
            Precision::Month => (self.format_month)(&year, month),
            _ => unit.long(),
        }
    }
}
