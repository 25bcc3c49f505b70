//! Dates as the styles of citing write them.

use crate::record::{Date, DateSpan, MONTHS, Precision, Reading};

/// The months as MLA shortens them.
const SHORT_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// How a style writes dates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The months.
    months: &'static [&'static str; 12],
    /// A month of a year, from the names of both.
    month: fn(&str, &str) -> String,
    /// A day of it.
    day: fn(&str, &str, u8) -> String,
    /// What stands before a date that is approximate.
    circa: &'static str,
    /// What stands for a date that is not known, where anything does.
    undated: Option<&'static str>,
}

/// `12 July 1945`, `ca. 1945`, `n.d.`
pub(super) const CHICAGO: Form = Form {
    months: &MONTHS,
    month: |year, month| format!("{month} {year}"),
    day: |year, month, day| format!("{day} {month} {year}"),
    circa: "ca. ",
    undated: Some("n.d."),
};

/// `12 Sept. 1945`, `circa 1945`; nothing where there is no date.
pub(super) const MLA: Form =
    Form { months: &SHORT_MONTHS, circa: "circa ", undated: None, ..CHICAGO };

/// `1945, July 12`, `ca. 1945`, `n.d.`
pub(super) const APA: Form = Form {
    month: |year, month| format!("{year}, {month}"),
    day: |year, month, day| format!("{year}, {month} {day}"),
    ..CHICAGO
};

/// `July 12, 1945`, `circa 1945`, `Date unknown`.
pub(super) const ARCHIVE: Form = Form {
    day: |year, month, day| format!("{month} {day}, {year}"),
    circa: "circa ",
    undated: Some("Date unknown"),
    ..CHICAGO
};

impl Form {
    /// The date in this form. One that could not be read stands as it is written.
    pub(super) fn write(&self, date: &Date) -> Option<String> {
        match date.reading {
            Reading::Span(span) => Some(self.span(&span)),
            Reading::Undated => self.undated.map(str::to_owned),
            Reading::Unreadable => Some(date.text.trim().to_owned()),
        }
    }

    /// A span: one unit or two with a dash between them, and its flags round it.
    fn span(&self, span: &DateSpan) -> String {
        let text = match span.ends() {
            (Some(first), Some(last)) if first == last => self.unit(&first),
            (Some(first), Some(last)) => self.range(&first, &last),
            (Some(first), None) => format!("{}–", self.unit(&first)),
            (None, Some(last)) => format!("until {}", self.unit(&last)),
            (None, None) => span.long(),
        };
        let circa = if span.approximate { self.circa } else { "" };
        let doubt = if span.uncertain { "?" } else { "" };
        let (open, close) = if span.inferred { ("[", "]") } else { ("", "") };
        format!("{open}{circa}{text}{doubt}{close}")
    }

    /// From one unit to another. The dash has spaces where the units have.
    fn range(&self, first: &DateSpan, last: &DateSpan) -> String {
        let (first, last) = (self.unit(first), self.unit(last));
        let dash = if first.contains(' ') || last.contains(' ') { " – " } else { "–" };
        format!("{first}{dash}{last}")
    }

    /// A day or a month in this form; any other unit as it is read everywhere.
    fn unit(&self, unit: &DateSpan) -> String {
        let (year, month, day) = unit.earliest.to_ymd();
        let year = DateSpan::year(year).long();
        let month = self.months.get(usize::from(month.saturating_sub(1))).unwrap_or(&"");
        match unit.start {
            Precision::Day => (self.day)(&year, month, day),
            Precision::Month => (self.month)(&year, month),
            _ => unit.long(),
        }
    }
}
