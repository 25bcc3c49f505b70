//! The subcommands without a terminal: their output, messages and exit codes.

use std::fs;

use crate::program::{EXAMPLE_MESSAGE, TestFolder};

const ALL_POSITIONS: [u64; 10] = [201, 202, 203, 204, 205, 206, 207, 208, 209, 210];

/// Parses JSON text.
fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn json_output_lists_complete_records() {
    let folder = TestFolder::new();
    for command in ["list", "show"] {
        let result = folder.run(&[command, "--filter", "soong", "--json"]);
        let records = json(&result.stdout);
        assert_eq!(records.as_array().map(Vec::len), Some(4), "{command}");
        assert_eq!(records[0]["date"], "July 12, 1945");
        let none = folder.run(&[command, "--filter", "nosuchword", "--json"]);
        assert_eq!((json(&none.stdout), none.exit_code), (json("[]"), Some(1)));
        // The output can be read again.
        folder
            .run_with_input(&["list", "-"], result.stdout.as_bytes())
            .assert_lists(&[201, 208, 209, 210]);
    }
}

#[test]
fn limit_and_start_position_select_a_range() {
    let folder = TestFolder::new();
    folder.run(&["list", "--limit", "3"]).assert_lists(&ALL_POSITIONS[..3]);
    folder.run(&["list", "-n", "99"]).assert_lists(&ALL_POSITIONS);
    folder.run(&["list", "-n", "0"]).assert_lists(&[]);
    folder.run(&["list", "--start-at", "208"]).assert_lists(&ALL_POSITIONS[7..]);
    folder.run(&["list", "--start-at", "208", "-n", "2"]).assert_lists(&ALL_POSITIONS[7..9]);
    let by_date = ["list", "--order", "date", "--start-at", "210", "-n", "2"];
    folder.run(&by_date).assert_lists(&[210, 209]);
    folder.run(&["list", "--start-at", "999"]).assert_refused(&["999", "no record"]);
    let left_out = ["list", "--filter", "soong", "--start-at", "202"];
    folder.run(&left_out).assert_refused(&["202", "the filter leaves this record out"]);
}

#[test]
fn range_may_span_several_pages_of_results() {
    let records = |number| format!("[[record]]\nposition = {number}\ntitle = \"No. {number}\"");
    let archive = (1..=9000).map(records).collect::<Vec<_>>().join("\n");
    let folder = TestFolder::with_files(&[("many.toml", archive.as_bytes())]);
    let list_range = |from: &str, count: &str| {
        folder.run(&["list", "many.toml", "--start-at", from, "-n", count]).stdout
    };
    let listed = list_range("4090", "4500");
    let expected: Vec<_> = (4090..8590).map(|at| format!("{at}\tundated\tNo. {at}")).collect();
    assert!(listed.lines().eq(&expected), "{} lines", listed.lines().count());
    assert_eq!(list_range("8999", "10").lines().count(), 2);
}

#[test]
fn show_prints_records_in_full() {
    let folder = TestFolder::new();
    let result = folder.run(&["show", "--start-at", "203", "-n", "1"]);
    assert_eq!(
        result.stdout,
        "Letter to Stalin from Korean Political Parties and Other Organizations which are Based in \
         China\nDate: May 10, 1943\nPosition: 203\n\nThe author celebrates Stalin’s victories against \
         fascist forces and asks Stalin to aid Korea and to recognize the Korean Provisional \
         government.\n"
    );
    assert_eq!((result.exit_code, result.stderr.as_str()), (Some(0), EXAMPLE_MESSAGE));
}

#[test]
fn count_prints_the_number_of_matches() {
    let folder = TestFolder::new();
    for (filter, count, code) in [("soong", "4\n", 0), ("", "10\n", 0), ("nosuchword", "0\n", 1)] {
        let result = folder.run(&["count", "--filter", filter]);
        assert_eq!((result.stdout.as_str(), result.exit_code), (count, Some(code)), "{filter}");
    }
    let result = folder.run(&["count", "--filter", "1945", "--json"]);
    assert_eq!(json(&result.stdout), json(r#"{"records":4,"total":10,"undated_left_out":0}"#));
}

#[test]
fn cite_prints_one_line_for_each_record() {
    let folder = TestFolder::new();
    let result = folder.run(&["cite", "--filter", "soong", "--order", "date", "-n", "1"]);
    let note = "Record of a Meeting Between T. V. Soong and Stalin, 9 July 1945, Wilson Center Digital \
                Archive, https://digitalarchive.wilsoncenter.org.\n";
    assert_eq!((result.stdout.as_str(), result.exit_code), (note, Some(0)));
    let result = folder.run(&["cite", "--style", "apa", "-n", "1"]);
    assert_eq!(
        result.stdout,
        "[Record of a Meeting Between T.V. Soong and Stalin]. (1945, July 12). Wilson Center Digital \
         Archive. https://digitalarchive.wilsoncenter.org\n"
    );
    let ris = folder.run(&["cite", "--style", "ris", "-n", "2"]).stdout;
    assert_eq!(ris, folder.run(&["export", "--format", "ris", "-n", "2"]).stdout);
    folder.run(&["cite", "--style", "turabian"]).assert_refused(&[
        "turabian",
        "chicago-note",
        "apa",
    ]);
    assert_eq!(folder.run(&["cite", "--filter", "nosuchword"]).exit_code, Some(1));
}

#[test]
fn export_writes_a_file_or_standard_output() {
    let folder = TestFolder::new();
    let at = |name: &str| folder.path().join(name);
    let result = folder.run(&["export", "--filter", "soong 1945", "-o", "soong.ris"]);
    assert_eq!(
        (result.exit_code, result.stdout.as_str(), result.stderr.as_str()),
        (Some(0), "", EXAMPLE_MESSAGE)
    );
    let ris = fs::read_to_string(at("soong.ris")).expect("the file");
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 4);
    let out = folder.run(&["export", "--filter", "soong 1945", "--format", "ris"]).stdout;
    assert_eq!(out, ris);

    let repeated = ["export", "-n", "1", "-o", "soong.ris"];
    folder.run(&repeated).assert_refused(&["soong.ris", "--force"]);
    assert_eq!(fs::read_to_string(at("soong.ris")).expect("the file"), ris);
    assert_eq!(folder.run(&[&repeated[..], &["--force"]].concat()).exit_code, Some(0));
    assert_ne!(fs::read_to_string(at("soong.ris")).expect("the file"), ris);

    let none = folder.run(&["export", "--filter", "nosuchword", "-o", "none.csv"]);
    assert_eq!((none.exit_code, at("none.csv").exists()), (Some(1), false));
    folder.run(&["export"]).assert_refused(&["--format", "ris", "dublin-core"]);
    folder.run(&["export", "--format", "marc"]).assert_refused(&["marc", "biblatex"]);
    folder.run(&["export", "-o", "nodir/x.ris"]).assert_refused(&["nodir"]);
    assert_eq!(
        fs::read_dir(folder.path()).expect("a folder").count(),
        1,
        "no temporary file is left"
    );
}

#[test]
fn output_file_name_decides_the_format() {
    let folder = TestFolder::new();
    for (name, start) in [
        ("a.ris", "TY  - "),
        ("a.bib", "@"),
        ("a.json", "["),
        ("a.csv", "position,date,title"),
        ("a.jsonl", "{\"position\":201,"),
        ("a.toml", "[archive]"),
        ("a.md", "## "),
        ("a.txt", "Record of"),
        ("a.HTML", "<!DOCTYPE html>"),
        ("a.xml", "<?xml"),
    ] {
        assert_eq!(folder.run(&["export", "-o", name]).exit_code, Some(0), "{name}");
        let text = fs::read_to_string(folder.path().join(name)).expect("the file");
        assert!(text.starts_with(start), "{name}: {text}");
    }
}

#[test]
fn two_archives_cannot_be_exported_as_one_archive_file() {
    let one = "[archive]\ntitle = 'One'\n[[record]]\ntitle = 'A'\n";
    let two = one.replace("One", "Two");
    let folder = TestFolder::with_files(&[("1.toml", one.as_bytes()), ("2.toml", two.as_bytes())]);
    let export = |format| folder.run(&["export", "--format", format, "1.toml", "2.toml"]);
    export("toml").assert_refused(&["2 archives", "toml"]);
    assert_eq!(export("ris").exit_code, Some(0));
}

#[test]
fn check_prints_problems_with_their_locations() {
    let folder = TestFolder::with_files(&[
        ("good.toml", b"[[record]]\ntitle = 'A'\n"),
        ("bad.toml", b"[[record]]\ntitle = 'A'\n[[record]]\ntitle = {}\n"),
    ]);
    let result = folder.run(&["check", "good.toml"]);
    assert_eq!(
        (result.exit_code, result.stdout.as_str(), result.stderr.as_str()),
        (Some(0), "1 file, 1 record: no errors, no warnings\n", "")
    );
    assert_eq!(folder.run(&["check", "good.toml", "bad.toml"]).exit_code, Some(1));
    let result = folder.run(&["check", "good.toml", "bad.toml", "gone.txt"]);
    assert_eq!((result.exit_code, result.stderr.as_str()), (Some(2), ""));
    assert_eq!(result.stdout.lines().count(), 4, "{}", result.stdout);
    assert!(
        result.stdout.contains("1 error   bad.toml:3:1: this record was left out"),
        "{}",
        result.stdout
    );
    assert!(result.stdout.contains("gone.txt: there is no such file"), "{}", result.stdout);
    assert_eq!(folder.run_with_input(&["check"], b"[[record]]\ntitle = 'A'\n").exit_code, Some(0));
}

#[test]
fn conversion_is_repeatable_and_reports_losses() {
    let folder = TestFolder::new();
    let at = |name: &str| fs::read_to_string(folder.path().join(name)).expect("the file");
    let convert = |from: &str, to: &str| folder.run(&["convert", from, "-o", to]);
    let toml = folder.run(&["export", "--format", "toml"]).stdout;
    fs::write(folder.path().join("1.toml"), &toml).expect("a file");
    assert_eq!(toml, include_str!("../archive.toml"));
    for (from, to) in [("1.toml", "2.toml"), ("1.toml", "1.jsonl"), ("1.jsonl", "2.jsonl")] {
        assert_eq!(convert(from, to).exit_code, Some(0), "{from} {to}");
    }
    assert_eq!(at("2.toml"), toml);
    assert_eq!(at("2.jsonl"), at("1.jsonl"));
    folder.run(&["list", "2.jsonl"]).assert_lists(&ALL_POSITIONS);
    convert("2.jsonl", "3.toml");
    let records = |toml: &str| toml.split_once("[[record]]").map(|(_, rest)| rest.to_owned());
    assert_eq!(
        records(&at("3.toml")),
        records(&toml),
        "only the description of the archive is lost"
    );
    // The loss was reported.
    let result = folder.run(&["convert", "1.toml", "--format", "jsonl"]);
    assert_eq!((result.exit_code, result.stdout), (Some(0), at("1.jsonl")));
    assert!(result.stderr.contains("jsonl cannot hold"), "{}", result.stderr);
    let refused = folder.run(&["convert", "1.toml", "--format", "ris"]);
    refused.assert_refused(&["toml, jsonl and csv", "ris", "fonds export"]);
    let table = folder.run(&["convert", "1.toml", "--format", "csv"]).stdout;
    assert!(table.starts_with("position,date,title,summary\n201,"), "{table}");
}

#[test]
fn formats_command_lists_all_formats() {
    let folder = TestFolder::new();
    let lines = folder.run(&["formats"]).stdout;
    let all = json(&folder.run(&["formats", "--json"]).stdout);
    let all = all.as_array().expect("a list");
    assert_eq!(lines.lines().count(), all.len());
    let returns = |name: &str| {
        let format = all.iter().find(|format| format["name"] == name).expect(name);
        format["returns"].as_array().expect("a list").len()
    };
    assert_eq!((returns("toml"), returns("ris"), returns("html")), (23, 23, 0));
    for (name, reads, writes) in [
        ("toml", true, true),
        ("jsonl", true, true),
        ("results-page", true, false),
        ("ris", false, true),
    ] {
        let format = all.iter().find(|format| format["name"] == name).expect(name);
        assert!(format["reads"] == reads || name == "ris", "{format}");
        assert_eq!(format["writes"], writes, "{format}");
        assert!(lines.lines().any(|line| line.starts_with(name)), "{lines}");
    }
}

#[test]
fn completions_and_manual_pages_cover_every_command() {
    let folder = TestFolder::new();
    let commands =
        ["list", "show", "export", "cite", "count", "check", "convert", "formats", "dates"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let result = folder.run(&["completions", shell]);
        assert_eq!((result.exit_code, result.stderr.as_str()), (Some(0), ""));
        assert!(commands.iter().all(|command| result.stdout.contains(command)), "{shell}");
        assert!(result.stdout.contains("start-at"), "{shell}");
    }
    assert_eq!(folder.run(&["completions", "tcsh"]).exit_code, Some(2));
    let page = folder.run(&["man"]).stdout;
    assert!(page.contains(".TH fonds 1"), "{page}");
    assert_eq!(folder.run(&["man", "-o", "."]).exit_code, Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("fonds.1")).expect("a page"), page);
    for command in commands {
        let page = fs::read_to_string(folder.path().join(format!("fonds-{command}.1")));
        let page = page.expect("a page");
        assert!(page.contains("Examples:"), "{command}: {page}");
    }
}

#[test]
fn every_command_has_examples_in_its_help() {
    let folder = TestFolder::new();
    for command in [
        "list",
        "show",
        "export",
        "cite",
        "count",
        "check",
        "convert",
        "formats",
        "dates",
        "completions",
        "man",
    ] {
        let result = folder.run(&[command, "--help"]);
        assert_eq!((result.exit_code, result.stderr.as_str()), (Some(0), ""), "{command}");
        assert!(
            result.stdout.contains(&format!("  fonds {command}")) || command == "dates",
            "{}",
            result.stdout
        );
        let widest = result.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{}", result.stdout);
    }
}

#[test]
fn numbers_that_are_none_are_told_in_plain_words() {
    let folder = TestFolder::with_files(&[("a.toml", b"[[record]]\ntitle = \"Cable\"\n")]);
    let (count, rows) = ("give a whole number such as 20", "give a whole number from 1 to 65535");
    for (arguments, expected) in [
        (&["list", "--limit", "abc", "a.toml"][..], count),
        (&["cite", "-n", "", "a.toml"], count),
        (&["show", "--start-at", "1.5", "a.toml"], count),
        (&["facets", "--limit", "99999999999999999999999", "a.toml"], count),
        (&["--page-size", "many", "a.toml"], rows),
        (&["list", "--limit", "-1", "a.toml"], count),
        (&["--page-size", "-1", "a.toml"], rows),
        (&["list", "--max-memory", "-1", "a.toml"], "give a size such as 500M, 20G or 1000000"),
        (&["--page-size", "0", "a.toml"], rows),
        (&["--page-size", "65536", "a.toml"], rows),
        (&["list", "--max-value", "much", "a.toml"], "give a size such as 500M, 20G or 1000000"),
    ] {
        let result = folder.run(arguments);
        assert_eq!(result.exit_code, Some(2), "{arguments:?}");
        assert!(result.stderr.contains(expected), "{arguments:?}: {}", result.stderr);
    }
}

#[test]
fn closed_pipe_is_no_error_for_any_command() {
    use std::io::Read;
    let archive = "[[record]]\ntitle = \"Cable\"\n\n".repeat(20_000);
    let folder = TestFolder::with_files(&[("many.toml", archive.as_bytes())]);
    for arguments in [
        &["export", "--format", "ris", "many.toml"][..],
        &["export", "--format", "csl-json", "many.toml"],
        &["export", "--format", "csv", "many.toml"],
        &["export", "--format", "dublin-core", "many.toml"],
        &["export", "--format", "toml", "many.toml"],
        &["cite", "many.toml"],
        &["show", "many.toml"],
        &["list", "--json", "many.toml"],
        &["convert", "many.toml", "--format", "jsonl"],
    ] {
        let mut child = folder.command(arguments).spawn().expect("the program");
        let mut few = [0; 16];
        child.stdout.take().expect("its output").read_exact(&mut few).expect("something");
        let output = child.wait_with_output().expect("its end");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}
