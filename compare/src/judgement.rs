//! The targets of fonds, judged by one run.

use std::time::Duration;

use crate::comparison::{Comparison, Grown};
use crate::finders::FINDERS;
use crate::programs::PROGRAMS;
use crate::table::{counted, ratio, times};
use crate::targets::{Goal, Target};
use crate::timing::Timing;

/// The number of records that most targets are set for.
const MILLION: usize = 1_000_000;
/// The number of records that the others are set for.
const LARGE: usize = 5_000_000;

/// What is said where a figure is missing.
type Missing = String;

/// All targets.
pub fn targets(comparison: &Comparison) -> Vec<Target> {
    let mut all = queries(comparison);
    all.extend(finders(comparison));
    all.extend(loading(comparison));
    all.extend(large(comparison));
    all
}

/// A target.
fn target(what: &str, goal: Goal, unit: &'static str, measured: Result<f64, Missing>) -> Target {
    Target { what: what.to_owned(), goal, unit, measured }
}

/// A time in milliseconds.
fn milliseconds(time: Option<Duration>) -> Result<f64, Missing> {
    let time = time.ok_or_else(|| "since nothing was asked".to_owned())?;
    Ok(time.as_secs_f64() * 1000.0)
}

/// The middle of these times.
fn median(times: impl Iterator<Item = Duration>) -> Option<Duration> {
    Timing::of(times).map(|timing| timing.median)
}

/// How long a query takes.
fn queries(comparison: &Comparison) -> Vec<Target> {
    let fonds = &comparison.fonds;
    let middle = median(fonds.medians(false));
    let of = of(fonds);
    vec![
        target(
            &format!("a whole query{of}, median of the set"),
            Goal::AtMost(5.0),
            " ms",
            milliseconds(middle),
        ),
        target(
            &format!("a whole query{of}, the worst of all"),
            Goal::AtMost(16.0),
            " ms",
            milliseconds(fonds.worst()),
        ),
    ]
}

/// How many records there were, where the target is set for another number.
fn of(grown: &Grown) -> String {
    match grown.answers.loaded.records {
        MILLION => String::new(),
        other => format!(" (set for {} records, here {})", counted(MILLION), counted(other)),
    }
}

/// fonds beside the finders, on the queries that are words.
fn finders(comparison: &Comparison) -> Vec<Target> {
    let fonds: Vec<Duration> = comparison.fonds.medians(true).collect();
    let mut all = Vec::new();
    for (program, filtered) in PROGRAMS.iter().zip(&comparison.programs) {
        let missing = || format!("since {} is not installed (`{}`)", program.name, program.had_by);
        let theirs: Result<Vec<Duration>, Missing> = filtered
            .as_ref()
            .map(|it| it.searches.iter().map(|search| it.without_loading(search)).collect())
            .ok_or_else(missing);
        let name = program.name;
        let faster = theirs.as_deref().map_err(Clone::clone).and_then(|it| faster(it, &fonds));
        let least = theirs.and_then(|theirs| least(&theirs, &fonds));
        let what = format!("faster than {name} without its loading, median of the words");
        all.push(target(&what, Goal::AtLeast(20.0), " times", faster));
        let what = format!("never slower than {name}, the nearest of the words");
        all.push(target(&what, Goal::AtLeast(1.0), " times", least));
    }
    let finders = FINDERS.iter().zip(&comparison.fonds.answers.finders);
    for (finder, searches) in finders.filter(|(finder, _)| finder.package == "frizbee") {
        let theirs: Vec<Duration> = searches.iter().map(|search| search.time.median).collect();
        let what = format!("faster than {} in the same process, median of the words", finder.name);
        all.push(target(&what, Goal::AtLeast(10.0), " times", faster(&theirs, &fonds)));
    }
    all
}

/// How many times as long their median is as ours.
fn faster(theirs: &[Duration], ours: &[Duration]) -> Result<f64, Missing> {
    let both = median(theirs.iter().copied()).zip(median(ours.iter().copied()));
    both.map(|(theirs, ours)| times(theirs, ours))
        .ok_or_else(|| "since nothing was asked".to_owned())
}

/// How many times as long theirs is as ours where the two are nearest.
fn least(theirs: &[Duration], ours: &[Duration]) -> Result<f64, Missing> {
    let all = theirs.iter().zip(ours).map(|(theirs, ours)| times(*theirs, *ours));
    all.min_by(f64::total_cmp).ok_or_else(|| "since nothing was asked".to_owned())
}

/// How long loading takes, and what it needs.
fn loading(comparison: &Comparison) -> Vec<Target> {
    let fonds = &comparison.fonds;
    let time = comparison.loading().map(|timing| timing.median).ok_or_else(String::new);
    let beside = |other: Duration| time.clone().map(|time| times(time, other));
    let unknown = || "since the system does not say it".to_owned();
    let peak = comparison.peak().map(|peak| ratio(peak, fonds.bytes)).ok_or_else(unknown);
    let seconds = time.clone().map(|time| time.as_secs_f64());
    let of = of(fonds);
    vec![
        target(&format!("loading until all can be found{of}"), Goal::AtMost(4.0), " s", seconds),
        target(
            "loading beside SQLite FTS5",
            Goal::AtMost(0.2),
            " of its time",
            beside(comparison.sqlite.time),
        ),
        target(
            "loading beside tantivy, 2 threads",
            Goal::AtMost(0.33),
            " of its time",
            beside(comparison.tantivy.time),
        ),
        target("peak memory of loading", Goal::AtMost(1.3), " times the file", peak),
    ]
}

/// The figures for five million records.
fn large(comparison: &Comparison) -> Vec<Target> {
    let is_large = |grown: &&Grown| grown.answers.loaded.records == LARGE;
    let large = comparison.growth.iter().find(is_large);
    let missing = || "since `--large` was not given".to_owned();
    let peak = large.ok_or_else(missing).and_then(|grown| {
        let peak = grown.answers.loaded.peak.ok_or("since the system does not say it")?;
        Ok(ratio(peak, 1_000_000_000))
    });
    let worst = large.ok_or_else(missing).and_then(|grown| milliseconds(grown.worst()));
    vec![
        target("peak memory of 5,000,000 records", Goal::AtMost(5.0), " GB", peak),
        target("the worst query among 5,000,000 records", Goal::AtMost(60.0), " ms", worst),
    ]
}
