//! All tests that use the library and the program from outside, as one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says where, and one that is skipped says so"
)]

mod again;
mod attributes;
mod checking;
mod citations;
mod copies;
mod damaged;
mod date_filter;
mod dates;
mod export;
mod formats;
mod fuzz;
mod import;
mod import_tables;
mod import_xml;
mod journeys;
mod large_exports;
mod layers;
mod links;
mod loading;
mod marks;
mod opening;
mod outside;
mod parse;
mod pictures;
mod pipes;
mod problems;
mod program;
mod pty;
mod results_page;
mod round_trips;
mod same_again;
mod search;
mod several;
mod spellings;
mod stage;
mod store;
mod taking_away;
mod terminal;
