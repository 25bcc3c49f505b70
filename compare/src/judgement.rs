//! The targets of fonds, judged by one run.

use std::time::Duration;

use crate::comparison::{Comparison, Grown, Loads};
use crate::finders::{FINDERS, Search};
use crate::programs::{Filtered, PROGRAMS, Program};
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
        all.extend(beside(program, filtered.as_ref(), &fonds));
    }
    let finders = FINDERS.iter().zip(&comparison.fonds.answers.finders);
    for (finder, searches) in finders.filter(|(finder, _)| finder.package == "frizbee") {
        let theirs: Vec<Duration> = searches.iter().map(|search| search.time.median).collect();
        let what = format!("faster than {} in the same process, median of the words", finder.name);
        all.push(target(&what, Goal::AtLeast(10.0), " times", faster(&theirs, &fonds)));
    }
    all
}

/// fonds beside a program: without its loading, and with it, since that hides the shortest searches.
fn beside(program: &Program, filtered: Option<&Filtered>, fonds: &[Duration]) -> Vec<Target> {
    let missing = || format!("since {} is not installed (`{}`)", program.name, program.had_by);
    let theirs = |of: &dyn Fn(&Filtered, &Search) -> Option<Duration>| {
        let filtered = filtered.ok_or_else(missing)?;
        Ok(filtered.searches.iter().map(|search| of(filtered, search)).collect::<Vec<_>>())
    };
    let without = theirs(&|it, search| Some(it.without_loading(search)));
    let apart = theirs(&Filtered::told_apart);
    let whole = theirs(&|_, search| Some(search.time.median));
    let told = apart.as_ref().map_or(0, |apart| apart.iter().flatten().count());
    let name = program.name;
    let median = format!("faster than {name} without its loading, median of the words");
    let nearest = format!(
        "never slower than {name}, the nearest of {told} words of {} that its loading does not hide",
        fonds.len(),
    );
    let loaded = format!("never slower than {name} with its loading, the nearest of all words");
    let known = |times: Vec<Option<Duration>>| times.into_iter().flatten().collect::<Vec<_>>();
    vec![
        target(
            &median,
            Goal::AtLeast(20.0),
            " times",
            without.and_then(|it| faster(&known(it), fonds)),
        ),
        target(&nearest, Goal::AtLeast(1.0), " times", apart.and_then(|it| least(&it, fonds))),
        target(&loaded, Goal::AtLeast(1.0), " times", whole.and_then(|it| least(&it, fonds))),
    ]
}

/// How many times as long their median is as ours.
fn faster(theirs: &[Duration], ours: &[Duration]) -> Result<f64, Missing> {
    let both = median(theirs.iter().copied()).zip(median(ours.iter().copied()));
    both.map(|(theirs, ours)| times(theirs, ours))
        .ok_or_else(|| "since nothing was asked".to_owned())
}

/// How many times as long theirs is as ours where the two are nearest, of those that are known.
fn least(theirs: &[Option<Duration>], ours: &[Duration]) -> Result<f64, Missing> {
    let known =
        theirs.iter().zip(ours).filter_map(|(theirs, ours)| Some((*theirs.as_ref()?, ours)));
    let all = known.map(|(theirs, ours)| times(theirs, *ours));
    all.min_by(f64::total_cmp).ok_or_else(|| "since each is hidden".to_owned())
}

/// How long loading takes, and what it needs.
fn loading(comparison: &Comparison) -> Vec<Target> {
    let fonds = &comparison.fonds;
    let time = |loads: &Loads| loads.time().ok_or_else(String::new);
    let beside = |other: &Loads| Ok(times(time(&comparison.loads)?, time(other)?));
    let unknown = || "since the system does not say it".to_owned();
    let peak = comparison.loads.peak().map(|peak| ratio(peak, fonds.bytes)).ok_or_else(unknown);
    let seconds = time(&comparison.loads).map(|time| time.as_secs_f64());
    let of = of(fonds);
    vec![
        target(&format!("loading until all can be found{of}"), Goal::AtMost(4.0), " s", seconds),
        target(
            "loading beside SQLite FTS5",
            Goal::AtMost(0.2),
            " of its time",
            beside(&comparison.sqlite),
        ),
        target(
            "loading beside tantivy, 2 threads",
            Goal::AtMost(0.33),
            " of its time",
            beside(&comparison.tantivy),
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
