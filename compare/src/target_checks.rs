//! The performance targets of fonds, and whether a run meets them.

use std::time::Duration;

use crate::comparison::{Comparison, LoadMeasurements, SizeMeasurement};
use crate::finders::{FINDERS, SearchMeasurement};
use crate::programs::{PROGRAMS, Program, ProgramMeasurement};
use crate::table::{format_count, ratio, times};
use crate::targets::{Goal, Target};
use crate::timing::Timing;

/// The number of records for which most targets are set.
const TARGET_RECORDS: usize = 1_000_000;
/// The number of records for which the other targets are set.
const LARGE_TARGET_RECORDS: usize = 5_000_000;

/// Why a figure is missing.
type MissingReason = String;

/// All targets.
pub fn targets(comparison: &Comparison) -> Vec<Target> {
    let mut all = query_targets(comparison);
    all.extend(finder_targets(comparison));
    all.extend(loading_targets(comparison));
    all.extend(large_archive_targets(comparison));
    all
}

/// Creates a target.
fn target(
    quantity: &str,
    goal: Goal,
    unit: &'static str,
    measured: Result<f64, MissingReason>,
) -> Target {
    Target { quantity: quantity.to_owned(), goal, unit, measured }
}

/// A time in milliseconds.
fn milliseconds(time: Option<Duration>) -> Result<f64, MissingReason> {
    let time = time.ok_or_else(|| "since no query was run".to_owned())?;
    Ok(time.as_secs_f64() * 1000.0)
}

/// The median of these times.
fn median(times: impl Iterator<Item = Duration>) -> Option<Duration> {
    Timing::from_times(times).map(|timing| timing.median)
}

/// The targets for the time of queries.
fn query_targets(comparison: &Comparison) -> Vec<Target> {
    let fonds = &comparison.fonds;
    let median_time = median(fonds.medians(false));
    let size_note = size_note(fonds);
    vec![
        target(
            &format!("a complete query{size_note}, median of the set"),
            Goal::AtMost(5.0),
            " ms",
            milliseconds(median_time),
        ),
        target(
            &format!("a complete query{size_note}, the worst of all"),
            Goal::AtMost(16.0),
            " ms",
            milliseconds(fonds.worst()),
        ),
        target(
            &format!("facets of people and a histogram by years together{size_note}"),
            Goal::AtMost(30.0),
            " ms",
            milliseconds(Some(fonds.measurements.counts.later.median)),
        ),
        target(
            &format!("`is:marked` with 200,000 marks{size_note}"),
            Goal::AtMost(10.0),
            " ms",
            milliseconds(fonds.measurements.marked.map(|timing| timing.median)),
        ),
    ]
}

/// A note with the number of records, if it is not the one for which the targets are set.
fn size_note(measurement: &SizeMeasurement) -> String {
    match measurement.measurements.loaded.records {
        TARGET_RECORDS => String::new(),
        other => {
            format!(
                " (set for {} records, here {})",
                format_count(TARGET_RECORDS),
                format_count(other)
            )
        }
    }
}

/// The targets relative to fuzzy finders, for the queries of plain words.
fn finder_targets(comparison: &Comparison) -> Vec<Target> {
    let fonds: Vec<Duration> = comparison.fonds.medians(true).collect();
    let mut all = Vec::new();
    for (program, measured) in PROGRAMS.iter().zip(&comparison.programs) {
        all.extend(program_targets(program, measured.as_ref(), &fonds));
    }
    let finders = FINDERS.iter().zip(&comparison.fonds.measurements.finders);
    for (finder, searches) in finders.filter(|(finder, _)| finder.package == "frizbee") {
        let theirs: Vec<Duration> = searches.iter().map(|search| search.time.median).collect();
        let quantity =
            format!("faster than {} in the same process, median of the words", finder.name);
        all.push(target(&quantity, Goal::AtLeast(10.0), " times", median_ratio(&theirs, &fonds)));
    }
    all
}

/// The targets relative to a program, without and with its loading time. Loading hides the shortest
/// searches.
fn program_targets(
    program: &Program,
    measured: Option<&ProgramMeasurement>,
    fonds: &[Duration],
) -> Vec<Target> {
    let missing =
        || format!("since {} is not installed (`{}`)", program.name, program.install_command);
    let theirs = |time_of: &dyn Fn(&ProgramMeasurement, &SearchMeasurement) -> Option<Duration>| {
        let measured = measured.ok_or_else(missing)?;
        Ok(measured.searches.iter().map(|search| time_of(measured, search)).collect::<Vec<_>>())
    };
    let without_loading = theirs(&|it, search| Some(it.without_loading(search)));
    let without_if_distinct = theirs(&ProgramMeasurement::without_loading_if_distinct);
    let with_loading = theirs(&|_, search| Some(search.time.median));
    let distinct = without_if_distinct.as_ref().map_or(0, |times| times.iter().flatten().count());
    let name = program.name;
    let median = format!("faster than {name} without its loading, median of the words");
    let closest = format!(
        "never slower than {name}, the closest of {distinct} queries of {} that its loading does not hide",
        fonds.len(),
    );
    let loaded = format!("never slower than {name} with its loading, the closest of all queries");
    let known = |times: Vec<Option<Duration>>| times.into_iter().flatten().collect::<Vec<_>>();
    vec![
        target(
            &median,
            Goal::AtLeast(20.0),
            " times",
            without_loading.and_then(|it| median_ratio(&known(it), fonds)),
        ),
        target(
            &closest,
            Goal::AtLeast(1.0),
            " times",
            without_if_distinct.and_then(|it| smallest_ratio(&it, fonds)),
        ),
        target(
            &loaded,
            Goal::AtLeast(1.0),
            " times",
            with_loading.and_then(|it| smallest_ratio(&it, fonds)),
        ),
    ]
}

/// The ratio of their median to ours.
fn median_ratio(theirs: &[Duration], ours: &[Duration]) -> Result<f64, MissingReason> {
    let both = median(theirs.iter().copied()).zip(median(ours.iter().copied()));
    both.map(|(theirs, ours)| times(theirs, ours))
        .ok_or_else(|| "since no query was run".to_owned())
}

/// The smallest ratio of their time to ours, among the known times.
fn smallest_ratio(theirs: &[Option<Duration>], ours: &[Duration]) -> Result<f64, MissingReason> {
    let known =
        theirs.iter().zip(ours).filter_map(|(theirs, ours)| Some((*theirs.as_ref()?, ours)));
    let all = known.map(|(theirs, ours)| times(theirs, *ours));
    all.min_by(f64::total_cmp).ok_or_else(|| "since loading hides every search".to_owned())
}

/// The targets for the time and memory of loading.
fn loading_targets(comparison: &Comparison) -> Vec<Target> {
    let fonds = &comparison.fonds;
    let time = |loads: &LoadMeasurements| loads.time().ok_or_else(String::new);
    let time_ratio = |other: &LoadMeasurements| Ok(times(time(&comparison.loads)?, time(other)?));
    let unknown = || "since the system does not report it".to_owned();
    let peak = comparison.loads.peak().map(|peak| ratio(peak, fonds.bytes)).ok_or_else(unknown);
    let seconds = time(&comparison.loads).map(|time| time.as_secs_f64());
    let size_note = size_note(fonds);
    vec![
        target(
            &format!("loading until all can be found{size_note}"),
            Goal::AtMost(4.0),
            " s",
            seconds,
        ),
        target(
            "loading compared with SQLite FTS5",
            Goal::AtMost(0.2),
            " of its time",
            time_ratio(&comparison.sqlite),
        ),
        target(
            "loading compared with tantivy, 2 threads",
            Goal::AtMost(0.33),
            " of its time",
            time_ratio(&comparison.tantivy),
        ),
        target("peak memory of loading", Goal::AtMost(1.3), " times the file", peak),
    ]
}

/// The targets for five million records.
fn large_archive_targets(comparison: &Comparison) -> Vec<Target> {
    let is_large = |measurement: &&SizeMeasurement| {
        measurement.measurements.loaded.records == LARGE_TARGET_RECORDS
    };
    let large = comparison.growth.iter().find(is_large);
    let missing = || "since `--large` was not given".to_owned();
    let peak = large.ok_or_else(missing).and_then(|measurement| {
        let peak =
            measurement.measurements.loaded.peak.ok_or("since the system does not report it")?;
        Ok(ratio(peak, 1_000_000_000))
    });
    let worst = large.ok_or_else(missing).and_then(|measurement| milliseconds(measurement.worst()));
    vec![
        target("peak memory of 5,000,000 records", Goal::AtMost(5.0), " GB", peak),
        target("the worst query among 5,000,000 records", Goal::AtMost(60.0), " ms", worst),
    ]
}
