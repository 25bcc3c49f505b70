//! Microbenchmarks of single components: `cargo bench`, or `cargo bench -- query` for some of them.
//!
//! The archive is small and generated in code, so that a change shows within seconds. `just compare`
//! measures fonds with a million records, and compares it with other programs.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start panics")]

mod archive;
mod discard_sink;
mod draw;
mod fold;
mod highlight;
mod parse;
mod query;
mod screen;
mod segment;

fn main() {
    divan::main();
}
