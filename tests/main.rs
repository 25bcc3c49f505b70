//! All tests that use the library and the program from outside, as one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says where, and one that is skipped says so"
)]

mod date_filter;
mod dates;
mod export;
mod import;
mod journeys;
mod layers;
mod loading;
mod opening;
mod parse;
mod pictures;
mod program;
mod pty;
mod results_page;
mod search;
mod stage;
mod store;
mod terminal;
