//! The median and range of repeated measurements.

use std::fmt::{self, Display};

/// The median and range of repeated measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// The smallest value.
    pub min: f64,
    /// The largest value.
    pub max: f64,
}

impl Spread {
    /// Summarises values, `None` if there are none.
    pub fn from_values(values: impl Iterator<Item = f64>) -> Option<Spread> {
        let mut sorted: Vec<f64> = values.collect();
        sorted.sort_by(f64::total_cmp);
        let upper = *sorted.get(sorted.len() / 2)?;
        let lower = *sorted.get(sorted.len().saturating_sub(1) / 2)?;
        let median = f64::midpoint(lower, upper);
        Some(Spread { median, min: *sorted.first()?, max: *sorted.last()? })
    }

    /// Whether a value is within the range.
    pub fn contains(&self, value: f64) -> bool {
        (self.min..=self.max).contains(&value)
    }
}

impl Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let digits = if self.median < 100.0 { 1 } else { 0 };
        let Spread { median, min, max } = self;
        write!(f, "{median:.digits$} ({min:.digits$}..{max:.digits$})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_is_the_median_and_the_range() {
        let spread = |values: &[f64]| Spread::from_values(values.iter().copied());
        let expected = |median, min, max| Some(Spread { median, min, max });
        assert_eq!(spread(&[3.0, 1.0, 8.0]), expected(3.0, 1.0, 8.0));
        assert_eq!(spread(&[4.0, 1.0, 2.0, 9.0]), expected(3.0, 1.0, 9.0));
        assert_eq!(spread(&[]), None);
    }

    #[test]
    fn range_contains_its_ends() {
        let spread = Spread { median: 2.0, min: 1.0, max: 3.0 };
        assert!(spread.contains(1.0) && spread.contains(3.0) && !spread.contains(3.5));
        assert_eq!(spread.to_string(), "2.0 (1.0..3.0)");
        let spread = Spread { median: 200.0, min: 100.4, max: 300.6 };
        assert_eq!(spread.to_string(), "200 (100..301)");
    }
}
