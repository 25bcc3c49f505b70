//! Tables in Markdown, and how figures are written in them.

use std::fmt::{self, Display};
use std::time::Duration;

/// What stands where nothing was measured.
pub const NONE: &str = "–";

/// A table: some columns of words, then figures.
#[derive(Clone, Debug)]
pub struct Table {
    /// How many columns hold words.
    words: usize,
    /// The headings, then what stands below them.
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings, of which so many are of columns of words.
    pub fn new<T: Display>(words: usize, headings: impl IntoIterator<Item = T>) -> Table {
        let mut table = Table { words, rows: Vec::new() };
        table.row(headings);
        table
    }

    /// Adds a row.
    pub fn row<T: Display>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells = cells.into_iter().map(|cell| cell.to_string().replace('|', "\\|"));
        self.rows.push(cells.collect());
    }

    /// How wide each column is.
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
                if at < self.words {
                    write!(f, "| {cell:<width$} ")?;
                } else {
                    write!(f, "| {cell:>width$} ")?;
                }
            }
            writeln!(f, "|")?;
            if number == 0 {
                for (at, width) in widths.iter().copied().enumerate() {
                    let (line, end) = ("-".repeat(width), if at < self.words { '-' } else { ':' });
                    write!(f, "|-{line}{end}")?;
                }
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}

/// A time in milliseconds, with as many places as say something.
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
        _ => counted(usize::try_from(bytes / 1_000_000).unwrap_or(usize::MAX)),
    }
}

/// A number with a comma after each thousand.
pub fn counted(number: usize) -> String {
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

/// How many times one number is another.
#[expect(clippy::cast_precision_loss, reason = "a ratio needs no more than 15 digits")]
pub fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}

/// How many times as long one time is as another.
pub fn times(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_words_stand_left_and_figures_right() {
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
    fn figures_are_written_with_the_places_that_say_something() {
        assert_eq!(milliseconds(Duration::from_micros(3_456)), "3.46");
        assert_eq!(milliseconds(Duration::from_micros(34_560)), "35");
        assert_eq!(megabytes(8_646_360), "8.6");
        assert_eq!(megabytes(3_200_999_999), "3,200");
        assert_eq!(counted(999), "999");
        assert_eq!(counted(1_000_000), "1,000,000");
    }
}
