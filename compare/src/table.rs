//! Markdown tables, and the format of numbers in them.

use std::fmt::{self, Display};
use std::time::Duration;

/// The cell of a missing measurement.
pub const MISSING_CELL: &str = "–";

/// A table whose first columns are text and whose other columns are numbers.
#[derive(Clone, Debug)]
pub struct Table {
    /// The number of text columns.
    text_columns: usize,
    /// The headings, then the rows below them.
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Creates a table with these headings. The first `text_columns` columns are aligned left.
    pub fn new<T: Display>(text_columns: usize, headings: impl IntoIterator<Item = T>) -> Table {
        let mut table = Table { text_columns, rows: Vec::new() };
        table.row(headings);
        table
    }

    /// Adds a row.
    pub fn row<T: Display>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells = cells.into_iter().map(|cell| cell.to_string().replace('|', "\\|"));
        self.rows.push(cells.collect());
    }

    /// The width of each column.
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |at: usize| {
            let cells = self.rows.iter().filter_map(move |row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).max(2)
        };
        (0..columns).map(width).collect()
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let widths = self.widths();
        for (number, row) in self.rows.iter().enumerate() {
            for (at, width) in widths.iter().copied().enumerate() {
                let cell = row.get(at).map_or("", String::as_str);
                if at < self.text_columns {
                    write!(f, "| {cell:<width$} ")?;
                } else {
                    write!(f, "| {cell:>width$} ")?;
                }
            }
            writeln!(f, "|")?;
            if number == 0 {
                for (at, width) in widths.iter().copied().enumerate() {
                    let (line, end) =
                        ("-".repeat(width), if at < self.text_columns { '-' } else { ':' });
                    write!(f, "|-{line}{end}")?;
                }
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}

/// A time in milliseconds with about three significant digits.
pub fn milliseconds(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 10.0 { format!("{ms:.2}") } else { format!("{ms:.0}") }
}

/// A time in seconds.
pub fn seconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64())
}

/// A number of bytes in megabytes, of a million bytes each.
pub fn megabytes(bytes: u64) -> String {
    match bytes {
        0..10_000_000 => format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        _ => format_count(usize::try_from(bytes / 1_000_000).unwrap_or(usize::MAX)),
    }
}

/// A number with a comma after each thousand.
pub fn format_count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The ratio of two numbers.
#[expect(clippy::cast_precision_loss, reason = "a ratio needs no more than 15 digits")]
pub fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}

/// The ratio of two times.
pub fn times(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_aligned_left_and_numbers_right() {
        let mut table = Table::new(1, ["typed", "ms"]);
        table.row(["`a|b`", "12"]);
        table.row(["`é`", "1,024"]);
        let lines = [
            "| typed  |    ms |",
            "|--------|------:|",
            "| `a\\|b` |    12 |",
            "| `é`    | 1,024 |",
            "",
        ];
        assert_eq!(table.to_string(), lines.join("\n"));
    }

    #[test]
    fn numbers_have_few_significant_digits() {
        assert_eq!(milliseconds(Duration::from_micros(3_456)), "3.46");
        assert_eq!(milliseconds(Duration::from_micros(34_560)), "35");
        assert_eq!(megabytes(8_646_360), "8.6");
        assert_eq!(megabytes(3_200_999_999), "3,200");
        assert_eq!(format_count(999), "999");
        assert_eq!(format_count(1_000_000), "1,000,000");
    }
}
