//! Times of one thing that was done several times.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// The times of one thing that was done several times.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Timing {
    /// Half of the times are no longer than this.
    pub median: Duration,
    /// The longest.
    pub worst: Duration,
    /// The shortest.
    pub best: Duration,
}

impl Timing {
    /// What these times come to; nothing where there are none.
    pub fn of(times: impl IntoIterator<Item = Duration>) -> Option<Timing> {
        let mut times: Vec<Duration> = times.into_iter().collect();
        times.sort_unstable();
        Some(Timing { median: median(&times)?, worst: *times.last()?, best: *times.first()? })
    }
}

/// The middle of times in order, or between the two in the middle.
fn median(sorted: &[Duration]) -> Option<Duration> {
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get(sorted.len().saturating_sub(1) / 2)?;
    Some((lower + upper) / 2)
}

/// Does something and says how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let outcome = work();
    (outcome, begun.elapsed())
}

/// Does something several times, at least once; the last outcome and the times. A failure ends it.
///
/// # Errors
/// It failed once.
pub fn repeated<T>(
    times: usize,
    mut work: impl FnMut() -> anyhow::Result<(T, Duration)>,
) -> anyhow::Result<(T, Timing)> {
    let (mut outcome, first) = work()?;
    let mut taken = vec![first];
    for _ in 1..times {
        let (again, time) = work()?;
        outcome = again;
        taken.push(time);
    }
    let timing = Timing::of(taken).unwrap_or(Timing { median: first, worst: first, best: first });
    Ok((outcome, timing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_in_any_order() {
        let ms = Duration::from_millis;
        for (times, median, worst) in
            [(&[7][..], 7, 7), (&[9, 1, 5], 5, 9), (&[8, 2, 4, 100], 6, 100)]
        {
            let timing = Timing::of(times.iter().copied().map(ms)).unwrap();
            assert_eq!((timing.median, timing.worst), (ms(median), ms(worst)), "{times:?}");
        }
        assert!(Timing::of([]).is_none());
    }

    #[test]
    fn what_fails_once_is_not_measured() {
        let mut left = 2;
        let outcome = repeated(3, || {
            left -= 1;
            anyhow::ensure!(left > 0, "it failed");
            Ok((left, Duration::ZERO))
        });
        assert!(outcome.is_err());
    }
}
