//! The report in Markdown.

use crate::comparison::{Comparison, SizeMeasurement};
use crate::finders::FINDERS;
use crate::machine::peers;
use crate::programs::{PROGRAMS, ProgramMeasurement};
use crate::standard_queries::{STANDARD_QUERIES, StandardQuery};
use crate::table::{MISSING_CELL, Table, format_count, megabytes, milliseconds, ratio, seconds};
use crate::target_checks;
use crate::timing::Timing;

/// The standard queries of plain words.
fn word_queries() -> impl Iterator<Item = &'static StandardQuery> {
    STANDARD_QUERIES.iter().filter(|query| query.is_words)
}

/// Prints all measurements, with a description of the machine.
pub fn print(comparison: &Comparison, machine: &str) {
    let records = format_count(comparison.fonds.measurements.loaded.records);
    println!("# fonds compared with its peers: {records} records\n\n{machine}\n");
    for peer in peers() {
        println!("- {peer}");
    }
    println!("\n## A query, from its text to the drawn page (ms)\n\n{}", query_table(comparison));
    println!("## The same words in fuzzy finders, on titles only (ms)\n");
    println!("{}", finder_table(comparison));
    println!(
        "The times of programs exclude loading, which is the time of a query without matches;"
    );
    println!("the time including loading is in brackets.\n");
    println!("## Number of matches\n\n{}", match_count_table(comparison));
    println!("## Loading until all can be found\n\n{}", loading_table(comparison));
    println!("## Growth\n\n{}", growth_table(comparison));
    println!("## Targets\n");
    for target in target_checks::targets(comparison) {
        println!("{target}");
    }
}

/// The standard queries in fonds.
fn query_table(comparison: &Comparison) -> Table {
    let mut table = Table::new(2, ["typed", "", "records", "median", "worst", "slowest key", "at"]);
    for (query, result) in STANDARD_QUERIES.iter().zip(&comparison.fonds.measurements.queries) {
        table.row([
            format!("`{}`", query.text),
            query.kind.to_owned(),
            format_count(result.matches),
            milliseconds(result.time.median),
            milliseconds(result.time.worst),
            milliseconds(result.slowest.time),
            format!("`{}`", result.slowest.text),
        ]);
    }
    table
}

/// The headings of a table with fonds and all fuzzy finders.
fn program_headings() -> impl Iterator<Item = &'static str> {
    let finders = FINDERS.iter().map(|finder| finder.name);
    ["typed", "fonds"].into_iter().chain(finders).chain(PROGRAMS.iter().map(|program| program.name))
}

/// The times of the queries of plain words in all programs.
fn finder_table(comparison: &Comparison) -> Table {
    let mut table = Table::new(1, program_headings());
    for ((at, query), fonds) in word_queries().enumerate().zip(comparison.fonds.medians(true)) {
        let finders = comparison.fonds.measurements.finders.iter();
        let finders = finders.filter_map(|searches| Some(searches.get(at)?.time.median));
        let first = [format!("`{}`", query.text), milliseconds(fonds)].into_iter();
        let programs = comparison.programs.iter().map(|measured| program(measured.as_ref(), at));
        table.row(first.chain(finders.map(milliseconds)).chain(programs));
    }
    let none = FINDERS.iter().map(|_| MISSING_CELL.to_owned());
    let loading = comparison.programs.iter().map(|measured| {
        let measured = measured.as_ref();
        measured.map_or(MISSING_CELL.to_owned(), |it| milliseconds(it.loading.median))
    });
    table.row(
        ["loading".to_owned(), MISSING_CELL.to_owned()].into_iter().chain(none).chain(loading),
    );
    table
}

/// The time of a program for the query with this index, without and with loading.
fn program(measured: Option<&ProgramMeasurement>, at: usize) -> String {
    let search = measured.and_then(|measured| Some((measured, measured.searches.get(at)?)));
    search.map_or(MISSING_CELL.to_owned(), |(measured, search)| {
        let without = milliseconds(measured.without_loading(search));
        format!("{without} ({})", milliseconds(search.time.median))
    })
}

/// The number of matches of the queries of plain words in all programs.
fn match_count_table(comparison: &Comparison) -> Table {
    let mut table = Table::new(1, program_headings());
    let measurements = &comparison.fonds.measurements;
    let queries =
        STANDARD_QUERIES.iter().zip(&measurements.queries).filter(|(query, _)| query.is_words);
    for (at, (query, result)) in queries.enumerate() {
        let finders = measurements.finders.iter().map(|searches| searches.get(at));
        let programs = comparison.programs.iter();
        let programs = programs.map(|measured| measured.as_ref()?.searches.get(at));
        let counts = finders.chain(programs);
        let counts = counts
            .map(|it| it.map_or(MISSING_CELL.to_owned(), |search| format_count(search.matches)));
        let first = [format!("`{}`", query.text), format_count(result.matches)].into_iter();
        table.row(first.chain(counts));
    }
    table
}

/// The cost of loading with all engines.
fn loading_table(comparison: &Comparison) -> Table {
    let mut table = Table::new(1, ["", "s", "peak memory, MB", "times the file"]);
    let bytes = comparison.fonds.bytes;
    for (engine, loads) in [
        ("fonds", &comparison.loads),
        ("tantivy, 2 threads, in memory", &comparison.tantivy),
        ("SQLite FTS5, one transaction, in memory", &comparison.sqlite),
    ] {
        let peak = loads.peak();
        let peak_of_file = peak.map(|peak| format!("{:.2}", ratio(peak, bytes)));
        let known = [loads.time().map(seconds), peak.map(megabytes), peak_of_file];
        let cells = known.map(|cell| cell.unwrap_or_else(|| MISSING_CELL.to_owned()));
        table.row([engine.to_owned()].into_iter().chain(cells));
    }
    table
}

/// Loading and queries of fonds with archives of growing size.
fn growth_table(comparison: &Comparison) -> Table {
    let mut table = Table::new(
        0,
        [
            "records",
            "file, MB",
            "loading, s",
            "peak memory, MB",
            "times the file",
            "query median, ms",
            "query worst, ms",
        ],
    );
    for measurement in &comparison.growth {
        let SizeMeasurement { bytes, measurements } = measurement;
        let peak = measurements.loaded.peak;
        let known = [
            Some(format_count(measurements.loaded.records)),
            Some(megabytes(*bytes)),
            Some(seconds(measurements.loaded.time)),
            peak.map(megabytes),
            peak.map(|peak| format!("{:.2}", ratio(peak, *bytes))),
            Timing::from_times(measurement.medians(false)).map(|it| milliseconds(it.median)),
            measurement.worst().map(milliseconds),
        ];
        table.row(known.map(|cell| cell.unwrap_or_else(|| MISSING_CELL.to_owned())));
    }
    table
}
