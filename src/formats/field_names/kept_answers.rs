//! Answers about the names of a file that are kept, because its records repeat their names.

use std::collections::HashMap;

use compact_str::CompactString;
use foldhash::fast::RandomState;

/// The number of names whose answers are kept to the end: as many as fill a hash table of 128 K slots.
const MAX_FIRST_NAMES: usize = 7 << 14;

/// The number of further names whose answers are kept for a while. A record asks many times for each of its names.
const MAX_RECENT_NAMES: usize = 7 << 9;

/// The longest name whose answer is kept, in bytes. Longer ones are prose, and rare.
const MAX_NAME_BYTES: usize = 200;

/// The answers of one question about names. Both the number and the length of the names are bounded.
pub(crate) struct KeptAnswers<A> {
    /// The first names of all.
    first: HashMap<CompactString, A, RandomState>,
    /// Names behind the first ones. They are forgotten together when there are too many.
    recent: HashMap<CompactString, A, RandomState>,
}

impl<A> Default for KeptAnswers<A> {
    fn default() -> KeptAnswers<A> {
        KeptAnswers { first: HashMap::default(), recent: HashMap::default() }
    }
}

impl<A: Clone> KeptAnswers<A> {
    /// Returns the answer for a name, if it is kept.
    pub(crate) fn get(&self, name: &str) -> Option<A> {
        self.first.get(name).or_else(|| self.recent.get(name)).cloned()
    }

    /// Keeps the answer for a name.
    pub(crate) fn keep(&mut self, name: &str, answer: &A) {
        if name.len() > MAX_NAME_BYTES {
            return;
        }
        if self.first.len() < MAX_FIRST_NAMES {
            self.first.insert(name.into(), answer.clone());
            return;
        }
        if self.recent.len() >= MAX_RECENT_NAMES {
            self.recent.clear();
        }
        self.recent.insert(name.into(), answer.clone());
    }
}
