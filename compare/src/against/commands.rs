//! The commands that both programs run, and their measurements.

use super::build::Program;
use super::process::{Environment, ProcessMeasurement};
use super::spread::Spread;

/// A subcommand with its options. The archive is added as its last argument.
pub struct MeasuredCommand(&'static [&'static str]);

/// The commands. `count` without a filter is loading; the filters are standard queries with many matches,
/// several words, a guess, dates and a phrase.
pub const COMMANDS: [MeasuredCommand; 14] = [
    MeasuredCommand(&["count"]),
    MeasuredCommand(&["count", "--filter", "s"]),
    MeasuredCommand(&["count", "--filter", "soong stalin"]),
    MeasuredCommand(&["count", "--filter", "harimann"]),
    MeasuredCommand(&["count", "--filter", "date:1943..1945 embassy"]),
    MeasuredCommand(&["count", "--filter", "\"foreign affairs\""]),
    MeasuredCommand(&["list", "--filter", "s", "--limit", "20"]),
    MeasuredCommand(&["list", "--filter", "soong stalin", "--limit", "20"]),
    MeasuredCommand(&["list", "--filter", "harimann", "--limit", "20"]),
    MeasuredCommand(&["list", "--filter", "date:1943..1945 embassy", "--limit", "20"]),
    MeasuredCommand(&["list", "--filter", "\"foreign affairs\"", "--limit", "20"]),
    MeasuredCommand(&["check"]),
    MeasuredCommand(&["facets", "--field", "people"]),
    MeasuredCommand(&["timeline"]),
];

impl MeasuredCommand {
    /// The arguments before the archive.
    pub fn arguments(&self) -> &'static [&'static str] {
        self.0
    }

    /// The command as a user types it, without the archive.
    pub fn name(&self) -> String {
        let quoted = self.0.iter().map(|argument| {
            let is_plain = argument.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            if is_plain { (*argument).to_owned() } else { format!("'{argument}'") }
        });
        format!("fonds {}", quoted.collect::<Vec<_>>().join(" "))
    }
}

/// The measurements of one command or query in both programs. `None` means a program that does not support it, or a
/// figure that the system does not report.
pub struct Comparison {
    /// The command or query.
    pub name: String,
    /// Milliseconds in the working tree.
    pub this_time: Option<Spread>,
    /// Milliseconds in the other revision.
    pub other_time: Option<Spread>,
    /// Peak memory in the working tree, in megabytes.
    pub this_memory: Option<Spread>,
    /// Peak memory in the other revision, in megabytes.
    pub other_memory: Option<Spread>,
}

impl Comparison {
    /// Runs a command alternately in both programs.
    pub fn measure(
        command: &MeasuredCommand,
        this: &Program,
        other: &Program,
        environment: &Environment,
        repetitions: usize,
    ) -> Comparison {
        let (mut of_this, mut of_other) = (Vec::new(), Vec::new());
        for repetition in 0..repetitions {
            let mut runs = [(this, &mut of_this), (other, &mut of_other)];
            // The order changes, so that neither program always runs second.
            if repetition % 2 == 1 {
                runs.reverse();
            }
            for (program, measurements) in runs {
                measurements.extend(environment.run(&program.path, command.arguments()));
            }
        }
        Comparison {
            name: command.name(),
            this_time: time_spread(&of_this),
            other_time: time_spread(&of_other),
            this_memory: memory_spread(&of_this),
            other_memory: memory_spread(&of_other),
        }
    }
}

/// The spread of times in milliseconds.
fn time_spread(measurements: &[ProcessMeasurement]) -> Option<Spread> {
    Spread::from_values(measurements.iter().map(|one| one.time.as_secs_f64() * 1000.0))
}

/// The spread of peak memory in megabytes.
fn memory_spread(measurements: &[ProcessMeasurement]) -> Option<Spread> {
    let bytes = measurements.iter().filter_map(|one| one.peak_bytes);
    Spread::from_values(bytes.map(|bytes| crate::table::ratio(bytes, 1_000_000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_commands_of_a_shell() {
        let command = MeasuredCommand(&["count", "--filter", "\"foreign affairs\""]);
        assert_eq!(command.name(), "fonds count --filter '\"foreign affairs\"'");
    }
}
