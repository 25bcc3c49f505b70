//! Waits that end: with a result, at a limit, or when a signal asks the program to end.
//!
//! Work that may wait forever (a clipboard, a mount that is gone, an editor) runs on a thread of its own,
//! which is abandoned when the wait ends. [`Unfinished`] remembers what such a thread was doing, so that the
//! user can be told what was not done.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The number of the signal that asked the program to end; 0 while none has.
static ENDING_SIGNAL: AtomicI32 = AtomicI32::new(0);

/// Wakes all waits, when a job is done or the program is asked to end.
static WAKE: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());

/// What is being written, by a number for each job.
static UNFINISHED: Mutex<BTreeMap<u64, String>> = Mutex::new(BTreeMap::new());

/// The number of the next job.
static NEXT_JOB: AtomicU64 = AtomicU64::new(0);

/// Why a wait ended without a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoResult {
    /// The limit was reached.
    TimedOut,
    /// A signal asked the program to end.
    Ending,
    /// The thread of the job panicked.
    Panicked,
}

/// Asks the program to end because of a signal. Waits that signals end return at once.
pub fn ask_to_end(signal: i32) {
    ENDING_SIGNAL.store(signal, Ordering::SeqCst);
    let _guard = lock(&WAKE.0);
    WAKE.1.notify_all();
}

/// Whether a signal asked the program to end.
pub fn is_ending() -> bool {
    ENDING_SIGNAL.load(Ordering::SeqCst) != 0
}

/// Runs a job on a thread of its own, and waits for its result for at most `limit`.
///
/// # Errors
/// The job takes longer, or panicked.
pub fn run_within<T: Send + 'static>(
    limit: Duration,
    job: impl FnOnce() -> T + Send + 'static,
) -> Result<T, NoResult> {
    wait_for(&start(job), Some(limit))
}

/// Runs a job on a thread of its own, and waits for its result until a signal asks the program to end.
///
/// # Errors
/// A signal came first, or the job panicked.
pub fn run_until_ending<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
) -> Result<T, NoResult> {
    wait_for(&start(job), None)
}

/// The result of a job.
enum Slot<T> {
    Running,
    Done(T),
    Panicked,
}

/// Wakes the wait for a job when its thread ends, also by a panic.
struct JobEnd<T>(Arc<Mutex<Slot<T>>>);

impl<T> Drop for JobEnd<T> {
    fn drop(&mut self) {
        let mut slot = lock(&self.0);
        if matches!(*slot, Slot::Running) {
            *slot = Slot::Panicked;
        }
        drop(slot);
        let _guard = lock(&WAKE.0);
        WAKE.1.notify_all();
    }
}

/// Starts a job on a thread.
fn start<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> Arc<Mutex<Slot<T>>> {
    let slot = Arc::new(Mutex::new(Slot::Running));
    let end = JobEnd(Arc::clone(&slot));
    thread::spawn(move || {
        let result = job();
        *lock(&end.0) = Slot::Done(result);
    });
    slot
}

/// Waits for the result of a job: without a limit, until a signal asks the program to end.
fn wait_for<T>(slot: &Mutex<Slot<T>>, limit: Option<Duration>) -> Result<T, NoResult> {
    let deadline = limit.map(|limit| Instant::now() + limit);
    let mut guard = lock(&WAKE.0);
    loop {
        match std::mem::replace(&mut *lock(slot), Slot::Running) {
            Slot::Done(result) => return Ok(result),
            Slot::Panicked => return Err(NoResult::Panicked),
            Slot::Running => {}
        }
        guard = match deadline {
            None if is_ending() => return Err(NoResult::Ending),
            None => WAKE.1.wait(guard).unwrap_or_else(PoisonError::into_inner),
            Some(deadline) => {
                let left = deadline.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(NoResult::TimedOut);
                }
                WAKE.1.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0
            }
        };
    }
}

/// Something that is being written. While the value exists, [`Unfinished::list`] names it.
#[derive(Debug)]
pub struct Unfinished(u64);

impl Unfinished {
    /// Notes that something is being written. The description says what is true at its end: “letters.csv was
    /// written”.
    pub fn begin(description: String) -> Unfinished {
        let number = NEXT_JOB.fetch_add(1, Ordering::Relaxed);
        lock(&UNFINISHED).insert(number, description);
        Unfinished(number)
    }

    /// Everything that is still being written, each once.
    pub fn list() -> Vec<String> {
        let mut descriptions: Vec<String> = lock(&UNFINISHED).values().cloned().collect();
        descriptions.dedup();
        descriptions
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        lock(&UNFINISHED).remove(&self.0);
    }
}

/// Locks a mutex, also after a thread that held it panicked.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_gives_its_result() {
        assert_eq!(run_within(Duration::from_secs(20), || 7), Ok(7));
        assert_eq!(run_until_ending(|| 8), Ok(8));
    }

    #[test]
    fn a_job_that_takes_too_long_is_abandoned() {
        let (sender, receiver) = std::sync::mpsc::channel::<()>();
        let result = run_within(Duration::from_millis(10), move || receiver.recv().is_ok());
        assert_eq!(result, Err(NoResult::TimedOut));
        drop(sender);
    }

    #[test]
    fn what_is_unfinished_is_listed_until_it_is_done() {
        let export = Unfinished::begin("a.csv was written".to_owned());
        assert!(Unfinished::list().contains(&"a.csv was written".to_owned()));
        drop(export);
        assert!(!Unfinished::list().contains(&"a.csv was written".to_owned()));
    }
}
