//! What was measured, as Markdown.

use crate::comparison::{Comparison, Grown};
use crate::finders::FINDERS;
use crate::judgement;
use crate::machine::peers;
use crate::programs::{Filtered, PROGRAMS};
use crate::standard::{SET, Typed};
use crate::table::{NONE, Table, counted, megabytes, milliseconds, ratio, seconds};
use crate::timing::Timing;

/// The queries that are words.
fn words() -> impl Iterator<Item = &'static Typed> {
    SET.iter().filter(|typed| typed.words)
}

/// Prints everything that was measured on a machine.
pub fn print(comparison: &Comparison, machine: &str) {
    let records = counted(comparison.fonds.answers.loaded.records);
    println!("# fonds beside its peers: {records} records\n\n{machine}\n");
    for peer in peers() {
        println!("- {peer}");
    }
    println!("\n## A query, from its text to the drawn page (ms)\n\n{}", queries(comparison));
    println!("## The same words in a finder, over the titles alone (ms)\n");
    println!("{}", finders(comparison));
    println!(
        "Programs are without their loading, which is the time of a query that finds nothing;"
    );
    println!("the time with it stands in brackets.\n");
    println!("## How many they find\n\n{}", found(comparison));
    println!("## Loading until all can be found\n\n{}", loading(comparison));
    println!("## Growth\n\n{}", growth(comparison));
    println!("## Targets\n");
    for target in judgement::targets(comparison) {
        println!("{target}");
    }
}

/// The standard set, answered by fonds.
fn queries(comparison: &Comparison) -> Table {
    let mut table =
        Table::new(2, ["typed", "", "records", "median", "worst", "slowest letter", "at"]);
    for (typed, asked) in SET.iter().zip(&comparison.fonds.answers.asked) {
        table.row([
            format!("`{}`", typed.text),
            typed.kind.to_owned(),
            counted(asked.shown),
            milliseconds(asked.whole.median),
            milliseconds(asked.whole.worst),
            milliseconds(asked.slowest.time),
            format!("`{}`", asked.slowest.text),
        ]);
    }
    table
}

/// The headings of a table with all that answer words.
fn answerers() -> impl Iterator<Item = &'static str> {
    let finders = FINDERS.iter().map(|finder| finder.name);
    ["typed", "fonds"].into_iter().chain(finders).chain(PROGRAMS.iter().map(|program| program.name))
}

/// The words of the standard set, answered by all.
fn finders(comparison: &Comparison) -> Table {
    let mut table = Table::new(1, answerers());
    for ((at, typed), fonds) in words().enumerate().zip(comparison.fonds.medians(true)) {
        let finders = comparison.fonds.answers.finders.iter();
        let finders = finders.filter_map(|searches| Some(searches.get(at)?.time.median));
        let first = [format!("`{}`", typed.text), milliseconds(fonds)].into_iter();
        let programs = comparison.programs.iter().map(|filtered| program(filtered.as_ref(), at));
        table.row(first.chain(finders.map(milliseconds)).chain(programs));
    }
    let none = FINDERS.iter().map(|_| NONE.to_owned());
    let loading = comparison.programs.iter().map(|filtered| {
        let filtered = filtered.as_ref();
        filtered.map_or(NONE.to_owned(), |it| milliseconds(it.loading.median))
    });
    table.row(["loading".to_owned(), NONE.to_owned()].into_iter().chain(none).chain(loading));
    table
}

/// The time of a program for the query with this number: without and with its loading.
fn program(filtered: Option<&Filtered>, at: usize) -> String {
    let search = filtered.and_then(|filtered| Some((filtered, filtered.searches.get(at)?)));
    search.map_or(NONE.to_owned(), |(filtered, search)| {
        let without = milliseconds(filtered.without_loading(search));
        format!("{without} ({})", milliseconds(search.time.median))
    })
}

/// How many records or titles each finds for the words of the standard set.
fn found(comparison: &Comparison) -> Table {
    let mut table = Table::new(1, answerers());
    let answers = &comparison.fonds.answers;
    let shown = SET.iter().zip(&answers.asked).filter(|(typed, _)| typed.words);
    for (at, (typed, asked)) in shown.enumerate() {
        let finders = answers.finders.iter().map(|searches| searches.get(at));
        let programs = comparison.programs.iter();
        let programs = programs.map(|filtered| filtered.as_ref()?.searches.get(at));
        let counts = finders.chain(programs);
        let counts = counts.map(|it| it.map_or(NONE.to_owned(), |search| counted(search.found)));
        let first = [format!("`{}`", typed.text), counted(asked.shown)].into_iter();
        table.row(first.chain(counts));
    }
    table
}

/// Loading by all who take in whole records.
fn loading(comparison: &Comparison) -> Table {
    let mut table = Table::new(1, ["", "s", "peak memory, MB", "times the file"]);
    let bytes = comparison.fonds.bytes;
    for (who, loads) in [
        ("fonds", &comparison.loads),
        ("tantivy, 2 threads, in memory", &comparison.tantivy),
        ("SQLite FTS5, one transaction, in memory", &comparison.sqlite),
    ] {
        let peak = loads.peak();
        let peak_of_file = peak.map(|peak| format!("{:.2}", ratio(peak, bytes)));
        let known = [loads.time().map(seconds), peak.map(megabytes), peak_of_file];
        let cells = known.map(|cell| cell.unwrap_or_else(|| NONE.to_owned()));
        table.row([who.to_owned()].into_iter().chain(cells));
    }
    table
}

/// fonds with archives of growing size.
fn growth(comparison: &Comparison) -> Table {
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
    for grown in &comparison.growth {
        let Grown { bytes, answers } = grown;
        let peak = answers.loaded.peak;
        let known = [
            Some(counted(answers.loaded.records)),
            Some(megabytes(*bytes)),
            Some(seconds(answers.loaded.time)),
            peak.map(megabytes),
            peak.map(|peak| format!("{:.2}", ratio(peak, *bytes))),
            Timing::of(grown.medians(false)).map(|it| milliseconds(it.median)),
            grown.worst().map(milliseconds),
        ];
        table.row(known.map(|cell| cell.unwrap_or_else(|| NONE.to_owned())));
    }
    table
}
