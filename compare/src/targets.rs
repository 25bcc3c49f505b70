//! Targets: what was set, what was measured, and whether it holds.

use std::fmt::{self, Display};

/// A target and what was measured for it.
#[derive(Clone, Debug)]
pub struct Target {
    /// What is measured.
    pub what: String,
    /// What it should be.
    pub goal: Goal,
    /// What it is counted in, with the space before it.
    pub unit: &'static str,
    /// What it is, or why that is not known.
    pub measured: Result<f64, String>,
}

/// What a figure should be.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// This or less.
    AtMost(f64),
    /// This or more.
    AtLeast(f64),
}

impl Goal {
    /// By how much a figure misses it; nothing where it holds.
    fn missed_by(self, measured: f64) -> Option<f64> {
        let missing = match self {
            Goal::AtMost(goal) => measured - goal,
            Goal::AtLeast(goal) => goal - measured,
        };
        // What is no number holds for nothing.
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
        let Target { what, goal, unit, measured } = self;
        write!(f, "- {what}, {goal}{unit}: ")?;
        match measured {
            Err(why) => write!(f, "not measured, {why}"),
            Ok(measured) => match goal.missed_by(*measured) {
                None => write!(f, "{measured:.2}{unit}: holds"),
                Some(by) => write!(f, "{measured:.2}{unit}: **does not hold** by {by:.2}{unit}"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_holds_or_says_by_how_much_it_does_not() {
        let said = |goal, measured: Result<f64, &str>| {
            let measured = measured.map_err(str::to_owned);
            Target { what: "a query".to_owned(), goal, unit: " ms", measured }.to_string()
        };
        for (goal, measured, expected) in [
            (Goal::AtMost(5.0), Ok(5.0), "- a query, at most 5 ms: 5.00 ms: holds"),
            (
                Goal::AtMost(5.0),
                Ok(7.5),
                "- a query, at most 5 ms: 7.50 ms: **does not hold** by 2.50 ms",
            ),
            (Goal::AtLeast(20.0), Ok(20.0), "- a query, at least 20 ms: 20.00 ms: holds"),
            (
                Goal::AtLeast(20.0),
                Ok(f64::NAN),
                "- a query, at least 20 ms: NaN ms: **does not hold** by NaN ms",
            ),
            (Goal::AtMost(1.0), Err("since"), "- a query, at most 1 ms: not measured, since"),
        ] {
            assert_eq!(said(goal, measured), expected);
        }
    }
}
