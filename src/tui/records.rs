//! What is open: who has the records, what is known of all of them, and the problems of their files.

use std::sync::Arc;

use super::app::archive_name::GivenTitles;
use crate::query::{Backend, NoRecords, SharedBackend, Summary};
use crate::record::Problem;

/// What is open.
#[derive(Clone, Debug)]
pub struct OpenRecords {
    /// The name of the file, or the number of files.
    pub name: String,
    /// Whoever has the records.
    pub backend: SharedBackend,
    /// What is known of all records.
    pub summary: Summary,
    /// The errors and warnings of settings and files.
    pub problems: Vec<Problem>,
    /// The titles that the user gave to archives.
    pub(crate) given_titles: GivenTitles,
}

/// The numbers of errors and warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemCounts {
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
}

impl OpenRecords {
    /// Returns the state before the first records are read.
    pub(crate) fn new(name: String, problems: Vec<Problem>) -> OpenRecords {
        OpenRecords {
            name,
            backend: Arc::new(NoRecords),
            summary: NoRecords.summary(),
            problems,
            given_titles: GivenTitles::default(),
        }
    }

    /// Replaces the backend by one with other or more records.
    pub(crate) fn set_backend(&mut self, backend: SharedBackend) {
        self.summary = backend.summary();
        self.backend = backend;
    }

    /// Whether all files are loaded.
    pub fn is_loaded(&self) -> bool {
        self.summary.progress.is_none()
    }

    /// Whether any file or setting has an error.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }

    /// Counts the errors and warnings.
    pub fn problem_counts(&self) -> ProblemCounts {
        let count = |is_error| {
            let of_severity = self.problems.iter().filter(|it| it.is_error() == is_error);
            of_severity.map(Problem::count).sum()
        };
        ProblemCounts { errors: count(true), warnings: count(false) }
    }

    /// Returns the name of the archive for the title line.
    ///
    /// It is the title of the only archive, else the one that the user gave it, else what was opened, else the number of files.
    pub fn archive_name(&self) -> String {
        let mut titles =
            self.summary.archives.iter().filter_map(|archive| archive.title.as_deref());
        match (titles.next(), self.summary.archives.len(), self.summary.file_count) {
            (Some(title), 1, _) => title.to_owned(),
            (.., 0 | 1) => {
                let given = self.given_titles.only(self.summary.file_sets.len());
                given.unwrap_or(&self.name).to_owned()
            }
            (.., files) => format!("{files} files"),
        }
    }

    /// Returns how many records the archive states that it has, if only one archive is open.
    pub fn archive_total(&self) -> Option<u64> {
        match &*self.summary.archives {
            [only] => only.total,
            _ => None,
        }
    }
}
