//! What can be done without a screen: one file a subcommand.

/// How a command ended, as its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It found or did what it was asked for: 0.
    Done,
    /// There was nothing to be found: 1.
    Nothing,
    /// Something could not be read or written: 2.
    Faulty,
    /// A signal with this number ended it: 128 and the number.
    Signal(u8),
}

impl Outcome {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Nothing => 1,
            Outcome::Faulty => 2,
            Outcome::Signal(number) => 128_u8.saturating_add(number),
        }
    }
}
