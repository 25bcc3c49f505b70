//! The way from the top of a tree to its records.

use std::fmt;

/// A step from a value to values inside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// The value under a key.
    Key(String),
    /// Each value of a list.
    Items,
    /// Each value of an object whose keys are ids.
    Entries,
}

/// The way from the top of a tree to its records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Path(pub(super) Vec<Step>);

impl fmt::Display for Path {
    /// Writes the keys, joined by dots: `response.docs`, `category[].records.article`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.0.strip_suffix(&[Step::Items]).unwrap_or(&self.0);
        for (at, step) in steps.iter().enumerate() {
            match step {
                Step::Key(key) if at > 0 => write!(f, ".{key}")?,
                Step::Key(key) => write!(f, "{key}")?,
                Step::Items => write!(f, "[]")?,
                Step::Entries if at > 0 => write!(f, ".*")?,
                Step::Entries => write!(f, "*")?,
            }
        }
        Ok(())
    }
}

impl Path {
    /// Returns the keys on the path, without the steps into lists.
    pub(super) fn key_names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Items | Step::Entries => None,
        })
    }

    /// Returns the path with another step.
    pub(super) fn then(&self, step: Step) -> Path {
        Path(self.0.iter().cloned().chain([step]).collect())
    }
}
