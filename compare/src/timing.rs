//! Repeated measurements of time.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// The median and range of repeated measurements.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Timing {
    /// The median.
    pub median: Duration,
    /// The longest.
    pub worst: Duration,
    /// The shortest.
    pub best: Duration,
}

impl Timing {
    /// Summarises times, `None` if there are none.
    pub fn from_times(times: impl IntoIterator<Item = Duration>) -> Option<Timing> {
        let mut times: Vec<Duration> = times.into_iter().collect();
        times.sort_unstable();
        Some(Timing { median: median(&times)?, worst: *times.last()?, best: *times.first()? })
    }
}

/// The median of sorted times.
fn median(sorted: &[Duration]) -> Option<Duration> {
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get(sorted.len().saturating_sub(1) / 2)?;
    Some((lower + upper) / 2)
}

/// Runs a function and measures the time it takes.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// Runs a measurement `times` times, at least once. Returns its last result and all times.
///
/// # Errors
/// The first error of the measurement.
pub fn repeated<T>(
    times: usize,
    mut work: impl FnMut() -> anyhow::Result<(T, Duration)>,
) -> anyhow::Result<(T, Timing)> {
    let (mut result, first) = work()?;
    let mut all_times = vec![first];
    for _ in 1..times {
        let (next, time) = work()?;
        result = next;
        all_times.push(time);
    }
    let timing = Timing::from_times(all_times).unwrap_or(Timing {
        median: first,
        worst: first,
        best: first,
    });
    Ok((result, timing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_does_not_depend_on_the_order() {
        let ms = Duration::from_millis;
        for (times, median, worst) in
            [(&[7][..], 7, 7), (&[9, 1, 5], 5, 9), (&[8, 2, 4, 100], 6, 100)]
        {
            let timing = Timing::from_times(times.iter().copied().map(ms)).unwrap();
            assert_eq!((timing.median, timing.worst), (ms(median), ms(worst)), "{times:?}");
        }
        assert!(Timing::from_times([]).is_none());
    }

    #[test]
    fn first_error_ends_the_repetitions() {
        let mut left = 2;
        let result = repeated(3, || {
            left -= 1;
            anyhow::ensure!(left > 0, "the measurement failed");
            Ok((left, Duration::ZERO))
        });
        assert!(result.is_err());
    }
}
