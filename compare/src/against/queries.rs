//! The times of loading, of the standard queries and of counts, each apart: the builds of this package in both revisions
//! measure them in turn.

use std::path::Path;
use std::time::Duration;

use super::build::Program;
use super::commands::Comparison;
use super::spread::Spread;
use crate::child::{self, Measurements};
use crate::standard_queries::STANDARD_QUERIES;
use crate::table::ratio;

/// The number of processes of each revision.
const PROCESSES: usize = 5;
/// The number of times that each process runs each query.
const REPETITIONS: usize = 15;

/// Measures loading, queries and counts in both revisions. Returns nothing, after a message, where one of them cannot.
pub fn measure(this: &Program, other: &Program, archive: &Path) -> Vec<Comparison> {
    let (mut of_this, mut of_other) = (Vec::new(), Vec::new());
    for process in 0..PROCESSES {
        let mut runs = [(this, &mut of_this), (other, &mut of_other)];
        // The order changes, so that neither program always runs second.
        if process % 2 == 1 {
            runs.reverse();
        }
        for (program, measurements) in runs {
            let Some(measurer) = &program.measurer else { return Vec::new() };
            match child::run_queries_of(measurer, archive, REPETITIONS) {
                Ok(measured) => measurements.push(measured),
                Err(error) => {
                    eprintln!("{}: {error}", program.name);
                    return Vec::new();
                }
            }
        }
    }
    comparisons(&of_this, &of_other)
}

/// A time in a run.
type TimeOf<'t> = &'t dyn Fn(&Measurements) -> Option<Duration>;

/// Compares each figure.
fn comparisons(of_this: &[Measurements], of_other: &[Measurements]) -> Vec<Comparison> {
    let times = |runs: &[Measurements], time_of: TimeOf| {
        Spread::from_values(runs.iter().filter_map(time_of).map(|it| it.as_secs_f64() * 1000.0))
    };
    let peaks = |runs: &[Measurements]| {
        let bytes = runs.iter().filter_map(|run| run.loaded.peak);
        Spread::from_values(bytes.map(|bytes| ratio(bytes, 1_000_000)))
    };
    let compare = |name: String, time_of: TimeOf| Comparison {
        name,
        this_time: times(of_this, time_of),
        other_time: times(of_other, time_of),
        this_memory: None,
        other_memory: None,
    };
    let mut loading = compare("loading".to_owned(), &|run| Some(run.loaded.time));
    (loading.this_memory, loading.other_memory) = (peaks(of_this), peaks(of_other));
    let mut all = vec![loading];
    for (index, query) in STANDARD_QUERIES.iter().enumerate() {
        all.push(compare(query.text.to_owned(), &|run| Some(run.queries.get(index)?.time.median)));
    }
    all.push(compare("the slowest key press of all".to_owned(), &|run| {
        run.queries.iter().map(|query| query.slowest.time).max()
    }));
    let counts = "facets of people and a histogram by years";
    all.push(compare(counts.to_owned(), &|run| Some(run.counts.later.median)));
    let marked = "is:marked with 200,000 marks";
    all.push(compare(marked.to_owned(), &|run| Some(run.marked?.median)));
    all
}
