//! The integration tests, as one binary: they use the library and the program from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a failing test panics where it fails, and a skipped test prints why"
)]

mod archive_names;
mod attach_mark;
mod bibtex_lists;
mod broken_xml;
mod calendars;
mod check;
mod citations;
mod claims;
mod command_line;
mod copy_and_export;
mod damaged_compression;
mod damaged_files;
mod date_column;
mod date_filter;
mod dates;
mod dates_in_context;
mod dates_in_exports;
mod desk_files;
mod docs;
mod doubtful_dates;
mod duplicates;
mod encodings;
mod export_formats;
mod field_name_languages;
mod file_safety;
mod format_dates;
mod fuzz;
mod harness;
mod harvests;
mod hyperlinks;
mod import_pages;
mod import_people;
mod import_sheets;
mod import_tables;
mod import_trees;
mod import_xml;
mod journeys;
mod kept_marks;
mod languages;
mod large_exports;
mod layers;
mod limits;
mod links;
mod loading;
mod marc_files;
mod marks;
mod marks_file;
mod name_variants;
mod names;
mod open_document;
mod own_field_labels;
mod packages;
mod parse_filter;
mod pick;
mod pictures;
mod problems;
mod program;
mod pty;
mod read_again;
mod read_archive_toml;
mod reference_lists;
mod reload;
mod renamed_flags;
mod results_page;
mod roles;
mod round_trips;
mod samples;
mod saved_mappings;
mod search;
mod several_files;
mod source_hash;
mod startup;
mod store;
mod subcommands;
mod terminal;
mod write_archive_toml;
mod xml_attributes;
