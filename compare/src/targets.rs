//! Performance targets: the goal, the measured figure, and whether the goal is met.

use std::fmt::{self, Display};

/// A target and its measured figure.
#[derive(Clone, Debug)]
pub struct Target {
    /// What is measured.
    pub quantity: String,
    /// The goal.
    pub goal: Goal,
    /// The unit, with a space before it.
    pub unit: &'static str,
    /// The figure, or why it is missing.
    pub measured: Result<f64, String>,
}

/// A limit for a figure.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// The figure should not be larger.
    AtMost(f64),
    /// The figure should not be smaller.
    AtLeast(f64),
}

impl Goal {
    /// By how much a figure misses the goal, `None` if it is met.
    fn missed_by(self, measured: f64) -> Option<f64> {
        let missing = match self {
            Goal::AtMost(goal) => measured - goal,
            Goal::AtLeast(goal) => goal - measured,
        };
        // NaN meets no goal.
        (missing.is_nan() || missing > 0.0).then_some(missing)
    }
}

impl Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Goal::AtMost(goal) => write!(f, "at most {goal}"),
            Goal::AtLeast(goal) => write!(f, "at least {goal}"),
        }
    }
}

impl Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Target { quantity, goal, unit, measured } = self;
        write!(f, "- {quantity}, {goal}{unit}: ")?;
        match measured {
            Err(reason) => write!(f, "not measured, {reason}"),
            Ok(measured) => match goal.missed_by(*measured) {
                None => write!(f, "{measured:.2}{unit}: met"),
                Some(difference) => {
                    write!(f, "{measured:.2}{unit}: **missed** by {difference:.2}{unit}")
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unmet_target_reports_the_difference() {
        let describe = |goal, measured: Result<f64, &str>| {
            let measured = measured.map_err(str::to_owned);
            Target { quantity: "a query".to_owned(), goal, unit: " ms", measured }.to_string()
        };
        for (goal, measured, expected) in [
            (Goal::AtMost(5.0), Ok(5.0), "- a query, at most 5 ms: 5.00 ms: met"),
            (Goal::AtMost(5.0), Ok(7.5), "- a query, at most 5 ms: 7.50 ms: **missed** by 2.50 ms"),
            (Goal::AtLeast(20.0), Ok(20.0), "- a query, at least 20 ms: 20.00 ms: met"),
            (
                Goal::AtLeast(20.0),
                Ok(f64::NAN),
                "- a query, at least 20 ms: NaN ms: **missed** by NaN ms",
            ),
            (Goal::AtMost(1.0), Err("since"), "- a query, at most 1 ms: not measured, since"),
        ] {
            assert_eq!(describe(goal, measured), expected);
        }
    }
}
