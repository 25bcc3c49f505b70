//! `fonds timeline`: how many records there are of each year, month or decade.

use std::io::{self, IsTerminal, Write};

use serde_json::{Value, json};

use super::args::TimelineArgs;
use super::exit_code::Outcome;
use super::facets::shown_year;
use super::output;
use super::requested_rows::{LoadedRecords, print_messages};
use crate::query::{AggregateRequest, Bar, DateUnit, Histogram, HistogramRequest};

/// The longest bar, in terminal cells.
const MAX_BAR_WIDTH: f64 = 48.0;

/// The parts of a cell that a bar can end with, in eighths, the widest first.
const PARTS: [(f64, char); 7] =
    [(7.0, '▉'), (6.0, '▊'), (5.0, '▋'), (4.0, '▌'), (3.0, '▍'), (2.0, '▎'), (1.0, '▏')];

/// The most times without records that are written as lines of their own.
const MAX_EMPTY_LINES: i64 = 3;

/// Prints the number of records of each time, as text or as a JSON object.
pub(super) fn run(arguments: &TimelineArgs) -> anyhow::Result<Outcome> {
    let loaded = LoadedRecords::load(&arguments.records.query(), &arguments.records.marks_args)?;
    let unit = DateUnit::from(arguments.by);
    let histogram = Some(HistogramRequest::new(unit));
    let wanted = AggregateRequest { facets: Vec::new(), histogram };
    let (response, mut messages) = loaded.aggregate(arguments.records.keep_duplicates, &wanted)?;
    let histogram = response.histogram.unwrap_or_default();
    let is_aligned = io::stdout().is_terminal();
    output::write_stdout(|out| match (arguments.json, is_aligned) {
        (true, _) => writeln!(out, "{}", json_of(response.match_count.count(), unit, &histogram)),
        (false, true) => write_bars(out, unit, &histogram),
        (false, false) => write_tabs(out, unit, &histogram),
    })?;
    if histogram.is_cut {
        let shown = histogram.bars.len();
        messages.push(format!(
            "only the first {shown} times are shown: filter by date, or take --by decade"
        ));
    }
    if histogram.is_approximate {
        let message =
            "the search engine counts a record at its first date, or in each of its years";
        messages.push(message.to_owned());
    }
    print_messages(&messages);
    if !response.coverage.is_complete() {
        return Ok(Outcome::Failure);
    }
    Ok(loaded.outcome(response.match_count.count()))
}

/// Returns the object with all numbers.
fn json_of(records: usize, unit: DateUnit, histogram: &Histogram) -> Value {
    let bars =
        histogram.bars.iter().map(|bar| json!({ "time": code(unit, bar), "count": bar.count }));
    json!({
        "records": records,
        "times": bars.collect::<Vec<Value>>(),
        "undated": histogram.undated,
        "unbounded": histogram.unbounded,
    })
}

/// Returns the time of a bar as ISO 8601 writes it; a decade ends in `s`.
fn code(unit: DateUnit, bar: &Bar) -> String {
    let year =
        if bar.year < 0 { format!("-{:04}", bar.year.abs()) } else { format!("{:04}", bar.year) };
    match (unit, bar.month) {
        (DateUnit::Decade, _) => format!("{year}s"),
        (_, Some(month)) => format!("{year}-{month:02}"),
        (_, None) => year,
    }
}

/// Returns the time of a bar as people write it.
fn shown_time(unit: DateUnit, bar: &Bar) -> String {
    match (unit, bar.month) {
        (DateUnit::Decade, _) if bar.year > 0 => format!("{}s", bar.year),
        (_, Some(_)) if bar.year > 0 => code(unit, bar),
        _ => shown_year(bar.year),
    }
}

/// Returns the records that stand in no bar, each with what they are.
fn apart(histogram: &Histogram) -> impl Iterator<Item = (&'static str, usize)> {
    let all = [("undated", histogram.undated), ("unbounded", histogram.unbounded)];
    all.into_iter().filter(|(_, count)| *count > 0)
}

/// Writes a line for each time that has records, with the number of records behind a tab.
fn write_tabs(out: &mut dyn Write, unit: DateUnit, histogram: &Histogram) -> io::Result<()> {
    for bar in &histogram.bars {
        writeln!(out, "{}\t{}", code(unit, bar), exact_count(bar.count))?;
    }
    for (what, count) in apart(histogram) {
        writeln!(out, "{what}\t{count}")?;
    }
    Ok(())
}

/// Returns a number of records for programs, with three decimals if it is no whole number.
fn exact_count(count: f64) -> String {
    format!("{count:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Returns a number of records for people, with one decimal if it is no whole number.
fn shown_count(count: f64) -> String {
    let tenths = (count * 10.0).round() / 10.0;
    if tenths == 0.0 {
        "<0.1".to_owned()
    } else if tenths.fract() == 0.0 {
        format!("{tenths:.0}")
    } else {
        format!("{tenths:.1}")
    }
}

/// Writes a line with a bar for each time, and for some times without records between them.
fn write_bars(out: &mut dyn Write, unit: DateUnit, histogram: &Histogram) -> io::Result<()> {
    let most = histogram.bars.iter().map(|bar| bar.count).fold(0.0, f64::max);
    let counts: Vec<String> = histogram.bars.iter().map(|bar| shown_count(bar.count)).collect();
    let times: Vec<String> = histogram.bars.iter().map(|bar| shown_time(unit, bar)).collect();
    let apart: Vec<(&str, String)> =
        apart(histogram).map(|(what, count)| (what, count.to_string())).collect();
    let widest = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let time_width =
        widest(&mut times.iter().map(String::as_str).chain(apart.iter().map(|(what, _)| *what)));
    let count_width =
        widest(&mut counts.iter().chain(apart.iter().map(|(_, count)| count)).map(String::as_str));
    let mut last: Option<i64> = None;
    for ((bar, time), count) in histogram.bars.iter().zip(times).zip(counts) {
        let number = unit.number(bar.first_month());
        let empty = last.map_or(0, |last| number - last - 1);
        if empty > MAX_EMPTY_LINES {
            writeln!(out, "⋮")?;
        } else {
            for missing in (1..=empty).rev() {
                let time = shown_time(unit, &unit.bar(number - missing, 0.0));
                writeln!(out, "{time:time_width$}  {:>count_width$}", 0)?;
            }
        }
        last = Some(number);
        let drawn = drawn_bar(bar.count / most);
        writeln!(out, "{time:time_width$}  {count:>count_width$} {drawn}")?;
    }
    for (what, count) in apart {
        writeln!(out, "{what:time_width$}  {count:>count_width$}")?;
    }
    Ok(())
}

/// Returns a bar for a part of the longest one. What is not nothing has at least the narrowest bar.
fn drawn_bar(part: f64) -> String {
    let mut drawn = String::new();
    let mut eighths = (part * MAX_BAR_WIDTH * 8.0).round().max(1.0);
    while eighths >= 8.0 {
        drawn.push('█');
        eighths -= 8.0;
    }
    drawn.extend(PARTS.iter().find(|(width, _)| *width <= eighths).map(|(_, sign)| sign));
    drawn
}
