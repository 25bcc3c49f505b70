//! A gate that lets one request through at a time.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Lets one request through at a time.
#[derive(Debug, Default)]
pub(super) struct Gate {
    is_taken: Mutex<bool>,
    freed: Condvar,
}

/// The right to send a request. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Pass(Arc<Gate>);

impl Gate {
    /// Waits so long for the pass; `None` if it is still taken then.
    pub(super) fn pass_within(gate: &Arc<Gate>, wait: Duration) -> Option<Pass> {
        let is_taken = gate.is_taken.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut is_taken, _) = gate
            .freed
            .wait_timeout_while(is_taken, wait, |is_taken| *is_taken)
            .unwrap_or_else(PoisonError::into_inner);
        if *is_taken {
            return None;
        }
        *is_taken = true;
        Some(Pass(Arc::clone(gate)))
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        *self.0.is_taken.lock().unwrap_or_else(PoisonError::into_inner) = false;
        self.0.freed.notify_one();
    }
}
