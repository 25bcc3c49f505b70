//! Cancelling a search that nobody waits for any more.

/// Returns whether the search was cancelled. It is called often and must not wait.
pub type CancelCheck<'a> = &'a (dyn Fn() -> bool + Sync);

/// The search was cancelled before it had a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the search was cancelled")]
pub struct Cancelled;

/// Ends a search that was cancelled.
///
/// # Errors
/// The search was cancelled.
pub fn check_cancelled(is_cancelled: CancelCheck<'_>) -> Result<(), Cancelled> {
    if is_cancelled() { Err(Cancelled) } else { Ok(()) }
}
