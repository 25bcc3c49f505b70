//! The report of the comparison in Markdown.

use super::REPETITIONS;
use super::build::Program;
use super::commands::Comparison;
use super::spread::Spread;
use crate::table::{MISSING_CELL, Table, format_count};

/// Prints the report.
pub fn print(
    other: &Program,
    records: usize,
    machine: &str,
    comparisons: &[Comparison],
    queries: &[Comparison],
) {
    let name = &other.name;
    println!("# fonds: the working tree compared with {name}, {} records\n", format_count(records));
    println!("{machine}\n");
    println!(
        "Each program ran each command {REPETITIONS} times, alternately. Cells are the median and the"
    );
    println!(
        "range. The ratio is that of the medians: below 1 the working tree needs less. The last two"
    );
    println!(
        "columns show whether the median of one program is within the range of the other; if both say"
    );
    println!("yes, the difference is not significant.\n");
    println!("## Time of the whole process (ms)\n");
    println!("{}", table(name, comparisons, |it| (it.this_time, it.other_time)));
    println!("## Peak memory (MB)\n");
    println!("{}", table(name, comparisons, |it| (it.this_memory, it.other_memory)));
    if !queries.is_empty() {
        println!("## Time of single steps in a process (ms)\n");
        println!("{}", table(name, queries, |it| (it.this_time, it.other_time)));
    }
    println!("{}", conclusion(&worse(comparisons.iter().chain(queries))));
}

/// By how much a median may be larger.
const MAX_RATIO: f64 = 1.05;

/// Returns the figures whose median is worse than allowed, by more than the runs of the other revision differ.
fn worse<'c>(comparisons: impl Iterator<Item = &'c Comparison>) -> Vec<String> {
    let mut all = Vec::new();
    for it in comparisons {
        let figures =
            [("time", it.this_time, it.other_time), ("memory", it.this_memory, it.other_memory)];
        for (what, this, other) in figures {
            if let Some((this, other)) = this.zip(other)
                && this.median > MAX_RATIO * other.median
                && !other.contains(this.median)
            {
                all.push(format!("{what} of `{}`", it.name));
            }
        }
    }
    all
}

/// Returns the sentence at the end of the report.
fn conclusion(worse: &[String]) -> String {
    let limit = (MAX_RATIO - 1.0) * 100.0;
    match worse {
        [] => format!(
            "No median is more than {limit:.0} % worse, or it is within the range of the other revision."
        ),
        worse => format!(
            "More than {limit:.0} % worse, outside of the range of the other revision: {}.",
            worse.join(", ")
        ),
    }
}

/// The table of one measure. `measure` returns the figures of the working tree and the other revision.
fn table(
    other: &str,
    comparisons: &[Comparison],
    measure: impl Fn(&Comparison) -> (Option<Spread>, Option<Spread>),
) -> Table {
    let within_other = format!("within {other}");
    let headings =
        ["command", "working tree", other, "ratio", within_other.as_str(), "within working tree"];
    let mut table = Table::new(1, headings);
    for comparison in comparisons {
        let (this, other) = measure(comparison);
        let cells = [cell(this), cell(other), ratio(this, other), within(this, other)];
        let name = [format!("`{}`", comparison.name)];
        table.row(name.into_iter().chain(cells).chain([within(other, this)]));
    }
    table
}

/// The cell of a figure.
fn cell(spread: Option<Spread>) -> String {
    spread.map_or_else(|| MISSING_CELL.to_owned(), |spread| spread.to_string())
}

/// The ratio of the medians.
fn ratio(this: Option<Spread>, other: Option<Spread>) -> String {
    let both = this.zip(other).filter(|(_, other)| other.median > 0.0);
    both.map_or_else(
        || MISSING_CELL.to_owned(),
        |(this, other)| format!("{:.3}", this.median / other.median),
    )
}

/// Whether the median of `one` is within the range of `range`.
fn within(one: Option<Spread>, range: Option<Spread>) -> String {
    let answer = one.zip(range).map(|(one, range)| range.contains(one.median));
    match answer {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => MISSING_CELL.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_compare_both_programs() {
        let spread = |median, min, max| Some(Spread { median, min, max });
        let comparison = Comparison {
            name: "fonds count".to_owned(),
            this_time: spread(105.0, 101.0, 110.0),
            other_time: spread(100.0, 98.0, 104.0),
            this_memory: spread(50.0, 50.0, 50.0),
            other_memory: None,
        };
        assert_eq!(worse(std::iter::once(&comparison)), [""; 0]);
        let slower = Comparison { this_time: spread(106.0, 105.0, 110.0), ..comparison };
        assert_eq!(worse(std::iter::once(&slower)), ["time of `fonds count`"]);
        assert!(conclusion(&[]).starts_with("No median is more than 5 % worse"));
        let comparison = Comparison { this_time: spread(105.0, 101.0, 110.0), ..slower };
        let times = table("v1", &[comparison], |it| (it.this_time, it.other_time)).to_string();
        let row = times.lines().last().unwrap();
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let expected = ["`fonds count`", "105 (101..110)", "100 (98..104)", "1.050", "no", "no"];
        assert_eq!(cells, expected);
        assert_eq!(ratio(spread(1.0, 1.0, 1.0), None), MISSING_CELL);
    }
}
