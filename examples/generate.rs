//! Writes a generated archive as JSON Lines, for measurements. The same number of records and the same
//! seed always give the same archive.
//!
//! ```sh
//! cargo run --release --example generate -- 1000000 --seed 1 > archive.jsonl
//! ```

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

mod archive;

/// Parses the arguments: the number of records, and the seed.
fn parse_arguments(mut arguments: impl Iterator<Item = String>) -> Option<(u64, u64)> {
    let (mut records, mut seed) = (None, 1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seed" => seed = arguments.next()?.parse().ok()?,
            number => records = Some(number.parse().ok()?),
        }
    }
    Some((records?, seed))
}

fn main() -> ExitCode {
    let Some((records, seed)) = parse_arguments(std::env::args().skip(1)) else {
        let _ = writeln!(io::stderr(), "generate RECORDS [--seed SEED] > archive.jsonl");
        return ExitCode::from(2);
    };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let written = archive::lines(records, seed).try_for_each(|line| writeln!(out, "{line}"));
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "generate: {error}");
            ExitCode::from(2)
        }
        _ => ExitCode::SUCCESS,
    }
}
