//! The subcommands in pipes: what each prints, says and ends with.

use std::fs;

use crate::program::Folder;

const ALL: [u64; 10] = [201, 202, 203, 204, 205, 206, 207, 208, 209, 210];

/// What JSON text says.
fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn json_is_a_list_of_whole_records() {
    let folder = Folder::new();
    for command in ["list", "show"] {
        let ran = folder.run(&[command, "--filter", "soong", "--json"]);
        let records = json(&ran.out);
        assert_eq!(records.as_array().map(Vec::len), Some(4), "{command}");
        assert_eq!(records[0]["date"], "July 12, 1945");
        let none = folder.run(&[command, "--filter", "nosuchword", "--json"]);
        assert_eq!((json(&none.out), none.code), (json("[]"), Some(1)));
        // It is read again.
        folder.run_on(&["list", "-"], ran.out.as_bytes()).lists(&[201, 208, 209, 210]);
    }
}

#[test]
fn a_part_of_what_fits_is_taken() {
    let folder = Folder::new();
    folder.run(&["list", "--limit", "3"]).lists(&ALL[..3]);
    folder.run(&["list", "-n", "99"]).lists(&ALL);
    folder.run(&["list", "-n", "0"]).lists(&[]);
    folder.run(&["list", "--from-position", "208"]).lists(&ALL[7..]);
    folder.run(&["list", "--from-position", "208", "-n", "2"]).lists(&ALL[7..9]);
    let by_date = ["list", "--order", "date", "--from-position", "210", "-n", "2"];
    folder.run(&by_date).lists(&[210, 209]);
    folder.run(&["list", "--from-position", "999"]).is_refused(&["999", "no record"]);
    let left_out = ["list", "--filter", "soong", "--from-position", "202"];
    folder.run(&left_out).is_refused(&["202", "the filter leaves this record out"]);
}

#[test]
fn a_part_is_taken_beyond_the_first_page_of_answers() {
    let records = |number| format!("[[record]]\nposition = {number}\ntitle = \"No. {number}\"");
    let archive = (1..=9000).map(records).collect::<Vec<_>>().join("\n");
    let folder = Folder::with(&[("many.toml", archive.as_bytes())]);
    let take = |from: &str, count: &str| {
        folder.run(&["list", "many.toml", "--from-position", from, "-n", count]).out
    };
    let listed = take("4090", "4500");
    let expected: Vec<_> = (4090..8590).map(|at| format!("{at}\tundated\tNo. {at}")).collect();
    assert!(listed.lines().eq(&expected), "{} lines", listed.lines().count());
    assert_eq!(take("8999", "10").lines().count(), 2);
}

#[test]
fn show_prints_records_in_full() {
    let folder = Folder::new();
    let ran = folder.run(&["show", "--from-position", "203", "-n", "1"]);
    assert_eq!(
        ran.out,
        "Letter to Stalin from Korean Political Parties and Other Organizations which are Based in \
         China\ndate: May 10, 1943\nposition: 203\n\nThe author celebrates Stalin’s victories against \
         fascist forces and asks Stalin to aid Korea and to recognize the Korean Provisional \
         government.\n"
    );
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn count_prints_how_many_fit() {
    let folder = Folder::new();
    for (filter, count, code) in [("soong", "4\n", 0), ("", "10\n", 0), ("nosuchword", "0\n", 1)] {
        let ran = folder.run(&["count", "--filter", filter]);
        assert_eq!((ran.out.as_str(), ran.code), (count, Some(code)), "{filter}");
    }
    let ran = folder.run(&["count", "--filter", "1945", "--json"]);
    assert_eq!(json(&ran.out), json(r#"{"records":4,"total":10,"undated_left_out":0}"#));
}

#[test]
fn citations_are_a_line_a_record() {
    let folder = Folder::new();
    let ran = folder.run(&["cite", "--filter", "soong", "--order", "date", "-n", "1"]);
    let note = "Record of a Meeting Between T. V. Soong and Stalin, 9 July 1945.\n";
    assert_eq!((ran.out.as_str(), ran.code), (note, Some(0)));
    let ran = folder.run(&["cite", "--style", "apa", "-n", "1"]);
    assert_eq!(ran.out, "Record of a Meeting Between T.V. Soong and Stalin. (1945, July 12).\n");
    let ris = folder.run(&["cite", "--style", "ris", "-n", "2"]).out;
    assert_eq!(ris, folder.run(&["export", "--format", "ris", "-n", "2"]).out);
    folder.run(&["cite", "--style", "turabian"]).is_refused(&["turabian", "chicago-note", "apa"]);
    assert_eq!(folder.run(&["cite", "--filter", "nosuchword"]).code, Some(1));
}

#[test]
fn an_export_is_a_file_or_standard_output() {
    let folder = Folder::new();
    let at = |name: &str| folder.path().join(name);
    let ran = folder.run(&["export", "--filter", "soong 1945", "-o", "soong.ris"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    let ris = fs::read_to_string(at("soong.ris")).expect("the file");
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 4);
    let out = folder.run(&["export", "--filter", "soong 1945", "--format", "ris"]).out;
    assert_eq!(out, ris);

    let again = ["export", "-n", "1", "-o", "soong.ris"];
    folder.run(&again).is_refused(&["soong.ris", "--force"]);
    assert_eq!(fs::read_to_string(at("soong.ris")).expect("the file"), ris);
    assert_eq!(folder.run(&[&again[..], &["--force"]].concat()).code, Some(0));
    assert_ne!(fs::read_to_string(at("soong.ris")).expect("the file"), ris);

    let none = folder.run(&["export", "--filter", "nosuchword", "-o", "none.csv"]);
    assert_eq!((none.code, at("none.csv").exists()), (Some(1), false));
    folder.run(&["export"]).is_refused(&["--format", "ris", "dublin-core"]);
    folder.run(&["export", "--format", "marc"]).is_refused(&["marc", "biblatex"]);
    folder.run(&["export", "-o", "nodir/x.ris"]).is_refused(&["nodir"]);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left over");
}

#[test]
fn the_name_of_a_file_says_its_format() {
    let folder = Folder::new();
    for (name, begins) in [
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
        assert_eq!(folder.run(&["export", "-o", name]).code, Some(0), "{name}");
        let text = fs::read_to_string(folder.path().join(name)).expect("the file");
        assert!(text.starts_with(begins), "{name}: {text}");
    }
}

#[test]
fn one_archive_file_is_not_made_of_two_archives() {
    let one = "[archive]\ntitle = 'One'\n[[record]]\ntitle = 'A'\n";
    let two = one.replace("One", "Two");
    let folder = Folder::with(&[("1.toml", one.as_bytes()), ("2.toml", two.as_bytes())]);
    let export = |format| folder.run(&["export", "--format", format, "1.toml", "2.toml"]);
    export("toml").is_refused(&["2 archives", "toml"]);
    assert_eq!(export("ris").code, Some(0));
}

#[test]
fn check_says_where_what_is_wrong() {
    let folder = Folder::with(&[
        ("good.toml", b"[[record]]\ntitle = 'A'\n"),
        ("bad.toml", b"[[record]]\ntitle = 'A'\n[[record]]\ntitle = {}\n"),
    ]);
    let ran = folder.run(&["check", "good.toml"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    assert_eq!(folder.run(&["check", "good.toml", "bad.toml"]).code, Some(1));
    let ran = folder.run(&["check", "good.toml", "bad.toml", "gone.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), ""));
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    assert!(ran.out.starts_with("bad.toml:3:1: this record was left out"), "{}", ran.out);
    assert!(ran.out.contains("gone.txt: there is no such file"), "{}", ran.out);
    assert_eq!(folder.run_on(&["check"], b"[[record]]\ntitle = 'A'\n").code, Some(0));
}

#[test]
fn what_was_converted_is_converted_to_the_same() {
    let folder = Folder::new();
    let at = |name: &str| fs::read_to_string(folder.path().join(name)).expect("the file");
    let convert = |from: &str, to: &str| folder.run(&["convert", from, "-o", to]);
    let toml = folder.run(&["export", "--format", "toml"]).out;
    fs::write(folder.path().join("1.toml"), &toml).expect("a file");
    assert_eq!(toml, include_str!("../archive.toml"));
    for (from, to) in [("1.toml", "2.toml"), ("1.toml", "1.jsonl"), ("1.jsonl", "2.jsonl")] {
        assert_eq!(convert(from, to).code, Some(0), "{from} {to}");
    }
    assert_eq!(at("2.toml"), toml);
    assert_eq!(at("2.jsonl"), at("1.jsonl"));
    folder.run(&["list", "2.jsonl"]).lists(&ALL);
    convert("2.jsonl", "3.toml");
    let records = |toml: &str| toml.split_once("[[record]]").map(|(_, rest)| rest.to_owned());
    assert_eq!(records(&at("3.toml")), records(&toml), "only what the archive says is gone");
    // That it is gone was said.
    let said = folder.run(&["convert", "1.toml", "--to", "jsonl"]);
    assert_eq!((said.code, said.out), (Some(0), at("1.jsonl")));
    assert!(said.err.contains("jsonl has no place"), "{}", said.err);
    let refused = folder.run(&["convert", "1.toml", "--to", "ris"]);
    refused.is_refused(&["toml, jsonl and csv", "ris", "fonds export"]);
    let table = folder.run(&["convert", "1.toml", "--to", "csv"]).out;
    assert!(table.starts_with("position,date,title,summary\n201,"), "{table}");
}

#[test]
fn formats_are_those_of_the_tables() {
    let folder = Folder::new();
    let lines = folder.run(&["formats"]).out;
    let all = json(&folder.run(&["formats", "--json"]).out);
    let all = all.as_array().expect("a list");
    assert_eq!(lines.lines().count(), all.len());
    let returns = |name: &str| {
        let known = all.iter().find(|format| format["name"] == name).expect(name);
        known["returns"].as_array().expect("a list").len()
    };
    assert_eq!((returns("toml"), returns("ris"), returns("html")), (11, 8, 0));
    for (name, reads, writes) in [
        ("toml", true, true),
        ("jsonl", true, true),
        ("results-page", true, false),
        ("ris", false, true),
    ] {
        let known = all.iter().find(|format| format["name"] == name).expect(name);
        assert!(known["reads"] == reads || name == "ris", "{known}");
        assert_eq!(known["writes"], writes, "{known}");
        assert!(lines.lines().any(|line| line.starts_with(name)), "{lines}");
    }
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let folder = Folder::new();
    let commands =
        ["list", "show", "export", "cite", "count", "check", "convert", "formats", "dates"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert!(commands.iter().all(|command| ran.out.contains(command)), "{shell}");
        assert!(ran.out.contains("from-position"), "{shell}");
    }
    assert_eq!(folder.run(&["completions", "tcsh"]).code, Some(2));
    let page = folder.run(&["man"]).out;
    assert!(page.contains(".TH fonds 1"), "{page}");
    assert_eq!(folder.run(&["man", "-o", "."]).code, Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("fonds.1")).expect("a page"), page);
    for command in commands {
        let page = fs::read_to_string(folder.path().join(format!("fonds-{command}.1")));
        let page = page.expect("a page");
        assert!(page.contains("Examples:"), "{command}: {page}");
    }
}

#[test]
fn every_command_has_examples_in_its_help() {
    let folder = Folder::new();
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
        let ran = folder.run(&[command, "--help"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command}");
        assert!(
            ran.out.contains(&format!("  fonds {command}")) || command == "dates",
            "{}",
            ran.out
        );
        let widest = ran.out.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{}", ran.out);
    }
}

#[test]
fn a_reader_of_an_export_may_stop_in_the_middle() {
    use std::io::Read;
    let archive = "[[record]]\ntitle = \"Cable\"\n\n".repeat(20_000);
    let folder = Folder::with(&[("many.toml", archive.as_bytes())]);
    for arguments in [
        &["export", "--format", "ris", "many.toml"][..],
        &["export", "--format", "csl-json", "many.toml"],
        &["export", "--format", "csv", "many.toml"],
        &["export", "--format", "dublin-core", "many.toml"],
        &["export", "--format", "toml", "many.toml"],
        &["cite", "many.toml"],
        &["show", "many.toml"],
        &["list", "--json", "many.toml"],
        &["convert", "many.toml", "--to", "jsonl"],
    ] {
        let mut child = folder.command(arguments).spawn().expect("the program");
        let mut few = [0; 16];
        child.stdout.take().expect("its output").read_exact(&mut few).expect("something");
        let output = child.wait_with_output().expect("its end");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}
