//! Names that the user gives to archives: which files have them, and where they are used.

use std::fs;

use crate::program::{RunResult, TestFolder};
use crate::pty::Setup;

/// A results page with these positions and total, whose titles have a letter of their archive.
fn page(first: usize, total: usize, letter: char) -> String {
    let record =
        |at: usize| format!("\n\nMay {at}, 1954\n\nReport {letter}{at}\n\nOn {letter}{at}.");
    let records: String = (first..first + 2).map(record).collect();
    format!("{first} - {} of {total}{records}\n", first + 1)
}

/// Runs the program with a data folder inside the folder.
fn run(folder: &TestFolder, arguments: &[&str]) -> RunResult {
    let output = folder
        .command(arguments)
        .env("XDG_DATA_HOME", folder.path().join("data"))
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    RunResult { exit_code: output.status.code(), stdout, stderr }
}

/// Writes the file of kept names: file, title, address.
fn keep(folder: &TestFolder, names: &[(&str, &str, &str)]) {
    let entry = |(file, title, url): &(&str, &str, &str)| {
        let path = folder.path().join(file).canonicalize().unwrap();
        let path = path.to_str().unwrap();
        format!("[{path:?}]\ntitle = {title:?}\nurl = {url:?}\n")
    };
    fs::create_dir_all(folder.path().join("data/fonds")).unwrap();
    let text: String = names.iter().map(entry).collect();
    fs::write(folder.path().join("data/fonds/archive-names.toml"), text).unwrap();
}

/// The letters of the records and the archive that each citation names.
fn cited(folder: &TestFolder, files: &[&str]) -> String {
    let result = run(folder, &[&["cite"], files].concat());
    let line = |line: &str| {
        let letter = line.chars().nth("Report ".len()).unwrap_or('?');
        let archive = line.split("1954").nth(1).unwrap_or_default();
        format!("{letter}{}", archive.trim_start_matches(", ").trim_end_matches('.'))
    };
    let mut lines: Vec<String> = result.stdout.lines().map(line).collect();
    lines.sort();
    lines.dedup();
    lines.join("; ")
}

#[test]
fn each_page_has_the_name_of_its_own_archive() {
    let toml = "[archive]\ntitle = 'Digital Archive'\nurl = 'https://d.example.org'\ntotal = 552\n\
                [[record]]\ntitle = 'Report K'\ndate = '1954'\n";
    let folder = TestFolder::with_files(&[
        ("a1.txt", page(1, 552, 'A').as_bytes()),
        ("a2.txt", page(3, 552, 'A').as_bytes()),
        ("b.txt", page(1, 38, 'B').as_bytes()),
        ("c.txt", page(1, 552, 'C').as_bytes()),
        ("d.txt", page(5, 552, 'D').as_bytes()),
        ("e.csv", b"title,date\nReport E,1954\n"),
        ("k.toml", toml.as_bytes()),
    ]);
    let lake = ("a1.txt", "Lake Archive", "https://lake.example.org");
    let (town, sea) = (("b.txt", "Town Archive", ""), ("d.txt", "Sea Archive", ""));
    keep(&folder, &[lake, town, sea]);
    let in_lake = "ALake Archive, https://lake.example.org";
    // Files, and the archive that the citations of each letter name.
    let cases: &[(&[&str], &str)] = &[
        (&["a1.txt"], in_lake),
        (&["a2.txt"], "A"),
        (&["a1.txt", "a2.txt"], in_lake),
        (&["a2.txt", "b.txt", "a1.txt"], &format!("{in_lake}; BTown Archive")),
        (&["a1.txt", "c.txt"], &format!("{in_lake}; C")),
        // Two names tell apart what could be pages of one search.
        (&["a1.txt", "d.txt"], &format!("{in_lake}; DSea Archive")),
        (&["a2.txt", "a1.txt", "d.txt"], &format!("A; {in_lake}; DSea Archive")),
        (&["a1.txt", "e.csv"], &format!("{in_lake}; E")),
        (&["a1.txt", "k.toml"], &format!("{in_lake}; KDigital Archive, https://d.example.org")),
        (&["d.txt", "k.toml"], "DSea Archive; KDigital Archive, https://d.example.org"),
    ];
    for (files, expected) in cases {
        assert_eq!(cited(&folder, files), *expected, "{files:?}");
    }
    // The title of an option has no address of another name.
    let option = [&["a1.txt"][..], &["--archive-title", "Port Archive"]].concat();
    assert_eq!(cited(&folder, &option), "APort Archive");
    for command in ["show", "list", "export"] {
        let format = if command == "export" { &["--format", "csv"][..] } else { &["--json"] };
        let shown = run(&folder, &[&[command, "b.txt"], format].concat());
        assert!(shown.stdout.contains("Town Archive"), "{command}: {}", shown.stdout);
    }
    assert!(run(&folder, &["show", "b.txt"]).stdout.contains("Town Archive"));
}

#[test]
fn option_names_the_archive_of_every_format() {
    let ead = "<ead><eadheader><eadid url=\"https://x.example.org\">x</eadid></eadheader>\
               <archdesc level=\"collection\"><did><unittitle>Roth papers</unittitle><repository>\
               <corpname>Town Library</corpname></repository></did><dsc><c level=\"file\"><did>\
               <unittitle>Letters</unittitle></did></c></dsc></archdesc></ead>";
    let named = "Port Archive, https://port.example.org.";
    for (name, text, expected) in [
        ("a.txt", page(1, 2, 'A').as_str(), named.to_owned()),
        ("a.xml", ead, format!("Roth papers, Town Library, {named}")),
        ("a.csv", "title,repository\nPlan,Town Library\n", format!("Town Library, {named}")),
        ("a.ris", "TY  - MANSCPT\nTI  - Plan\nER  - \n", named.to_owned()),
        ("a.toml", "[archive]\ntitle = 'Old'\n[[record]]\ntitle = 'Plan'\n", named.to_owned()),
    ] {
        let folder = TestFolder::with_files(&[(name, text.as_bytes())]);
        let options =
            ["--archive-title", "Port Archive", "--archive-url", "https://port.example.org"];
        let result = run(&folder, &[&["cite", name], &options[..]].concat());
        assert!(result.stdout.lines().all(|line| line.ends_with(&expected)), "{}", result.stdout);
        let export = run(&folder, &[&["export", name, "--format", "ris"], &options[..]].concat());
        assert!(
            export.stderr.contains("the address of the archive is left out"),
            "{}",
            export.stderr
        );
    }
}

#[test]
fn address_that_is_none_is_refused() {
    let folder = TestFolder::with_files(&[("a.txt", page(1, 2, 'A').as_bytes())]);
    for address in [
        "javascript:alert(1)",
        "https://a b",
        "https://",
        "ftp://a.org",
        "a.org",
        "",
        "https://a\u{1b}[m",
    ] {
        let result = run(&folder, &["cite", "a.txt", "--archive-url", address]);
        assert_eq!((result.exit_code, result.stdout.as_str()), (Some(2), ""), "{address:?}");
        assert!(result.stderr.contains("is no web address"), "{}", result.stderr);
    }
}

#[test]
fn name_follows_its_file() {
    let text = page(1, 552, 'A');
    let script = "$FONDS a.txt; cp a.txt copy.txt; mv a.txt moved.txt; echo More >> copy.txt; \
                  $FONDS cite moved.txt > moved.cited 2>&1; cat moved.txt > copy.txt; \
                  $FONDS cite copy.txt > copy.cited 2>&1; cat moved.txt > a.txt; echo More >> a.txt; \
                  $FONDS cite a.txt > grown.cited 2>&1; sed s/1954/1955/ moved.txt > a.txt; \
                  $FONDS cite a.txt > changed.cited 2>&1; echo 'next ''start'; sleep 1; $FONDS moved.txt; \
                  $FONDS cite moved.txt > removed.cited 2>&1; $FONDS cite copy.txt > kept.cited 2>&1; \
                  echo 'all ''done'; sleep 1";
    let mut pty = Setup::script(script).file("a.txt", &text).start();
    pty.wait_for_text("2 of 2 shown");
    pty.send("ALake Archive lake.example.org\r");
    pty.wait_for_text("looks like an address without https://");
    pty.send("\u{15}Lake Archive https://lake.example.org\r");
    pty.wait_for_text("citations name the archive Lake Archive");
    pty.send("q");
    pty.wait_for_text("next start");
    pty.wait_for_text("2 of 2 shown");
    pty.send("A");
    pty.wait_for_text("Lake Archive, https://lake.example.org");
    pty.send("\u{15}\r");
    pty.wait_for_text("the name is removed");
    pty.send("q");
    pty.wait_for_text("all done");
    let read = |name: &str| fs::read_to_string(pty.folder.path().join(name)).unwrap();
    for (file, is_named, has_changed) in [
        ("moved.cited", true, false),
        ("copy.cited", true, false),
        ("grown.cited", true, false),
        ("changed.cited", true, true),
        ("removed.cited", false, false),
        ("kept.cited", true, false),
    ] {
        let cited = read(file);
        assert_eq!(cited.contains(", Lake Archive, https://lake"), is_named, "{file}: {cited}");
        assert_eq!(cited.contains("has changed since"), has_changed, "{file}: {cited}");
    }
}

#[test]
fn screen_shows_the_given_names() {
    let mut pty = Setup::program(&["a.txt", "b.txt"])
        .file("a.txt", page(1, 552, 'A'))
        .file("b.txt", page(1, 38, 'B'))
        .start();
    pty.wait_for_text("4 of 4 shown");
    pty.send("ALake Archive\r");
    pty.wait_for_text("Archive     Lake Archive");
    pty.send("G");
    pty.wait_for_no_text("Archive     Lake Archive");
    pty.send("A\u{15}Town Archive\r");
    pty.wait_for_text("Archive     Town Archive");
    pty.send("A\u{15}\r");
    pty.wait_for_no_text("Archive     Town Archive");
    // The title line names the only archive.
    let mut pty = Setup::program(&["a.txt", "--archive-title", "Sea Archive"])
        .file("a.txt", page(1, 552, 'A'))
        .start();
    let has_title = |title: &str| {
        let title = title.to_owned();
        move |screen: &vt100::Screen| {
            screen.rows(0, 80).next().is_some_and(|row| row.contains(&title))
        }
    };
    pty.wait_until_screen("the name of the option in the title line", has_title("Sea Archive"));
    pty.send("q");
}

#[test]
fn conversion_asks_what_the_output_keeps() {
    for (command, answers, expected) in [
        ("$FONDS convert a.txt -o out.jsonl", "Lake\r", "\"repository\":\"Lake\""),
        ("$FONDS convert a.txt -o out.csv", "Lake\r", "Lake"),
        ("$FONDS convert a.txt b.txt -o out.csv", "Lake\rTown\r", "Town"),
        (
            "$FONDS convert a.txt -o out.toml",
            "Lake\rlake.org\rhttps://lake.org\r",
            "url = \"https://lake.org\"",
        ),
    ] {
        let script = format!("{command}; cat out.*; echo 'all ''done'; sleep 1");
        let mut pty = Setup::script(&script)
            .file("a.txt", page(1, 552, 'A'))
            .file("b.txt", page(1, 38, 'B'))
            .start();
        pty.wait_for_text("Which archive");
        pty.send(answers);
        pty.wait_for_text("all done");
        pty.wait_for_text(expected);
    }
}

#[test]
fn pages_are_added_to_the_only_named_archive() {
    let toml = "[archive]\ntitle = \"Lake Archive\"\ntotal = 552\n\n[[record]]\ntitle = \"Plan\"\n";
    let folder = TestFolder::with_files(&[
        ("archive.toml", toml.as_bytes()),
        ("other.txt", page(1, 38, 'B').as_bytes()),
    ]);
    let files = ["convert", "archive.toml", "other.txt", "-o", "archive.toml", "--force"];
    let result = run(&folder, &files);
    assert_eq!((result.exit_code, result.stderr.as_str()), (Some(0), ""));
    let written = fs::read_to_string(folder.path().join("archive.toml")).unwrap();
    assert!(written.starts_with("[archive]\ntitle = \"Lake Archive\"\ntotal = 552\n"), "{written}");
    assert!(written.contains("Report B2"), "{written}");
}

#[test]
fn pages_with_the_name_of_an_archive_file_stay_with_it() {
    let head =
        "[archive]\ntitle = \"Lake Archive\"\nurl = \"https://lake.example.org\"\ntotal = 552\n";
    let record = |at: usize| {
        format!(
            "\n[[record]]\nposition = {at}\ndate = \"May {at}, 1954\"\ntitle = \"Report A{at}\"\nsummary = \"On A{at}.\"\n"
        )
    };
    let toml = format!("{head}{}{}", record(1), record(2));
    // The total of the page, the position of its first record, its name and address, options.
    let option = &["--archive-title", "Lake Archive"][..];
    for (total, first, name, url, options) in [
        (552, 3, "Lake Archive", "", &[][..]),
        (552, 2, "Lake Archive", "", &[]),
        (552, 3, "lake  archive", "https://lake.example.org", &[]),
        (552, 3, "Lake Archive", "https://www.lake.example.org", &[]),
        (38, 3, "Lake Archive", "", &[]),
        (552, 3, "", "", option),
        (38, 3, "", "", option),
        (552, 2, "Town Archive", "", option),
    ] {
        let case = format!("{total} {first} {name} {url} {options:?}");
        let folder = TestFolder::with_files(&[
            ("archive.toml", toml.as_bytes()),
            ("page.txt", page(first, total, 'A').as_bytes()),
        ]);
        if !name.is_empty() {
            keep(&folder, &[("page.txt", name, url)]);
        }
        let files = ["convert", "archive.toml", "page.txt", "-o", "archive.toml", "--force"];
        // A second run changes nothing.
        for _ in 0..2 {
            let result = run(&folder, &[&files, options].concat());
            assert_eq!(result.exit_code, Some(0), "{case}: {}", result.stderr);
            let written = fs::read_to_string(folder.path().join("archive.toml")).unwrap();
            assert!(written.starts_with(head), "{case}: {written}");
            assert!(!written.contains("repository"), "{case}: {written}");
            assert_eq!(written.matches("[[record]]").count(), first + 1, "{case}: {written}");
        }
    }
    // A record that both files have stays with the archive file, also if the page has another name.
    let folder = TestFolder::with_files(&[
        ("archive.toml", toml.as_bytes()),
        ("page.txt", page(2, 552, 'A').as_bytes()),
    ]);
    keep(&folder, &[("page.txt", "Town Archive", "")]);
    let result = run(&folder, &["cite", "archive.toml", "page.txt"]);
    let lines: Vec<bool> =
        result.stdout.lines().map(|line| line.contains("Town Archive")).collect();
    assert_eq!(lines, [false, false, true], "{}", result.stdout);
}

#[test]
fn screen_does_not_wait_until_a_name_is_kept() {
    let setup = Setup::program(&["a.txt"]).file("a.txt", page(1, 552, 'A'));
    let folder_of_names = setup.path().join("data/fonds");
    fs::create_dir_all(&folder_of_names).unwrap();
    let mut pty = setup.start();
    pty.wait_for_text("2 of 2 shown");
    // Another program writes the names.
    let lock_file = fs::File::create(folder_of_names.join("archive-names.toml.lock")).unwrap();
    lock_file.lock().unwrap();
    pty.send("ALake Archive\r?");
    pty.wait_for_text("in the list");
    pty.send("\u{1b}");
    pty.wait_for_no_text("in the list");
    lock_file.unlock().unwrap();
    pty.wait_for_text("citations name the archive Lake Archive");
    assert!(!pty.screen_text().contains("until you quit"));
}
