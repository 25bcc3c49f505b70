//! What the parts need, each on its own: `cargo bench`, or `cargo bench -- query` for some of them.
//!
//! The archive is small and made in code, so that a change shows within seconds; how fonds fares
//! with a million records, and beside its peers, is measured by `just compare`.

#![allow(clippy::expect_used, reason = "a bench that cannot begin says why")]

mod archive;
mod draw;
mod fold;
mod highlight;
mod parse;
mod passing;
mod query;
mod screen;
mod segment;

fn main() {
    divan::main();
}
