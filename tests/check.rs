//! `fonds check`: it reports the problems of loading, without keeping records in memory.

use std::io::Write as _;
use std::process::{Command, Stdio};

use fonds::cli::check;
use fonds::cli::check::CheckDetail;
use fonds::cli::exit_code::Outcome;
use fonds::load::{Input, read_all};

/// Files by name: two results pages that repeat and contradict each other, and files with errors.
const FILES: &[(&str, &str)] = &[
    (
        "1.txt",
        "1 - 2 of 3\n\n\nJuly 12, 1945\n\nA letter\n\nOf it.\n\n\nJuly 13, 1945\n\nB\n\nC.\n",
    ),
    (
        "2.txt",
        "1 - 2 of 4\n\n\nJuly 12, 1945\n\nA letter\n\nOf it.\n\n\nJuly 14, 1945\n\nD\n\nE.\n",
    ),
    ("3.csv", "title,date\nA,1945-02-31\nB\n"),
    ("4.jsonl", "{\"title\": \"A\"}\nno line\n{\"title\": \"B\"}\n"),
    ("5.toml", "[[record]]\ntitle = {}\n"),
];

#[test]
fn check_reports_the_same_problems_as_loading() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let inputs = [Input::Path(folder.path().to_owned()), Input::Path("gone".into())];
    let (_, problems) = read_all(&inputs, &fonds::formats::read::ReadOptions::default());
    let mut expected: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let text = check_output(&inputs, CheckDetail::EveryProblem).0;
    let problem_lines = text.lines().take_while(|line| !line.is_empty());
    let mut lines: Vec<String> = problem_lines.map(str::to_owned).collect();
    assert!(lines.iter().any(|line| line.contains("shown once")), "{text}");
    assert!(lines.len() >= 6, "{text}");
    expected.sort();
    lines.sort();
    assert_eq!(lines, expected);
}

/// What a check prints, and its outcome.
fn check_output(inputs: &[Input], detail: CheckDetail) -> (String, Outcome) {
    let options = fonds::formats::read::ReadOptions::default();
    let mut out = Vec::new();
    let outcome = check::print_problems(inputs, &options, detail, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), outcome)
}

/// Files whose names mean different things are one kind of warning; a count that is not true is another.
#[test]
fn files_that_are_known_by_their_names_are_counted_together() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..7 {
        let (title, own) = (["title", "titel", "intitulé"][number % 3], "x".repeat(number + 1));
        let json = format!(r#"{{"hits": [{{"{title}": "A", "date": "1945", "{own}": "1"}}]}}"#);
        std::fs::write(folder.path().join(format!("{number}.json")), json).unwrap();
    }
    let short = r#"{"total": 9, "hits": [{"title": "A", "date": "1945"}]}"#;
    std::fs::write(folder.path().join("short.json"), short).unwrap();
    let inputs = [Input::Path(folder.path().to_owned())];
    let (text, _) = check_output(&inputs, CheckDetail::FirstOfEachKind);
    let warnings: Vec<&str> = text.lines().filter(|line| line.contains(" under “hits”")).collect();
    assert_eq!(warnings.len(), 2, "{text}");
    assert!(warnings[0].trim().starts_with("7 warnings"), "{text}");
    assert!(warnings[0].ends_with("(also in 6 other files)"), "{text}");
    assert!(warnings[1].contains("the file says that there are 9"), "{text}");
}

/// A file for each format, with the same three doubtful dates: `later`, twice, and `whenever`.
const DOUBTFUL_FILES: &[(&str, &str)] = &[
    ("a.csv", "title,date\nA,later\nB,later\nC,whenever\nD,1945\n"),
    (
        "a.jsonl",
        "{\"title\": \"A\", \"date\": \"later\"}\n{\"title\": \"B\", \"date\": \"later\"}\n{\"title\": \"C\", \
         \"date\": \"whenever\"}\n{\"title\": \"D\", \"date\": \"1945\"}\n",
    ),
    (
        "a.json",
        "[{\"title\": \"A\", \"date\": \"later\"}, {\"title\": \"B\", \"date\": \"later\"}, {\"title\": \"C\", \
         \"date\": \"whenever\"}, {\"title\": \"D\", \"date\": \"1945\"}]",
    ),
    (
        "a.toml",
        "[[record]]\ntitle = \"A\"\ndate = \"later\"\n[[record]]\ntitle = \"B\"\ndate = \"later\"\n[[record]]\n\
         title = \"C\"\ndate = \"whenever\"\n[[record]]\ntitle = \"D\"\ndate = \"1945\"\n",
    ),
    (
        "a.ris",
        "TY  - GEN\nTI  - A\nDA  - later\nER  -\nTY  - GEN\nTI  - B\nDA  - later\nER  -\nTY  - GEN\nTI  - C\nDA  - \
         whenever\nER  -\nTY  - GEN\nTI  - D\nDA  - 1945\nER  -\n",
    ),
    (
        "a.bib",
        "@book{a,title={A},date={later}}\n@book{b,title={B},date={later}}\n@book{c,title={C},date={whenever}}\n\
         @book{d,title={D},date={1945}}\n",
    ),
    (
        "csl.json",
        "[{\"id\":\"a\",\"title\":\"A\",\"type\":\"book\",\"issued\":{\"raw\":\"later\"}},{\"id\":\"b\",\"title\":\"B\",\
         \"type\":\"book\",\"issued\":{\"raw\":\"later\"}},{\"id\":\"c\",\"title\":\"C\",\"type\":\"book\",\"issued\":{\"raw\":\
         \"whenever\"}},{\"id\":\"d\",\"title\":\"D\",\"type\":\"book\",\"issued\":{\"date-parts\":[[1945]]}}]",
    ),
    (
        "dpla.json",
        "{\"docs\":[{\"sourceResource\":{\"title\":\"A\",\"date\":{\"displayDate\":\"later\"}}},{\"sourceResource\":{\
         \"title\":\"B\",\"date\":{\"displayDate\":\"later\"}}},{\"sourceResource\":{\"title\":\"C\",\"date\":{\"displayDate\":\
         \"whenever\"}}},{\"sourceResource\":{\"title\":\"D\",\"date\":{\"displayDate\":\"1945\"}}}]}",
    ),
    (
        "ead.xml",
        "<ead><archdesc><did><unittitle>Papers</unittitle></did><dsc><c01><did><unittitle>A</unittitle><unitdate>later\
         </unitdate></did></c01><c01><did><unittitle>B</unittitle><unitdate>later</unitdate></did></c01><c01><did>\
         <unittitle>C</unittitle><unitdate>whenever</unitdate></did></c01><c01><did><unittitle>D</unittitle><unitdate>\
         1945</unitdate></did></c01><c01><did><unittitle>E</unittitle><unitdate normal=\"1945\">in 1945</unitdate></did>\
         </c01></dsc></archdesc></ead>",
    ),
    (
        "mods.xml",
        "<modsCollection><mods><titleInfo><title>A</title></titleInfo><originInfo><dateCreated>later</dateCreated>\
         </originInfo></mods><mods><titleInfo><title>B</title></titleInfo><originInfo><dateCreated>later</dateCreated>\
         </originInfo></mods><mods><titleInfo><title>C</title></titleInfo><originInfo><dateCreated>whenever\
         </dateCreated></originInfo></mods></modsCollection>",
    ),
    (
        "dc.xml",
        "<records><dc><title>A</title><date>later</date></dc><dc><title>B</title><date>later</date></dc><dc><title>C\
         </title><date>whenever</date></dc></records>",
    ),
    (
        "marc.xml",
        "<collection><record><datafield tag=\"245\"><subfield code=\"a\">A</subfield></datafield><datafield tag=\"260\">\
         <subfield code=\"c\">later</subfield></datafield></record><record><datafield tag=\"245\"><subfield code=\"a\">B\
         </subfield></datafield><datafield tag=\"260\"><subfield code=\"c\">later</subfield></datafield></record><record>\
         <datafield tag=\"245\"><subfield code=\"a\">C</subfield></datafield><datafield tag=\"260\"><subfield code=\"c\">\
         whenever</subfield></datafield></record></collection>",
    ),
];

#[test]
fn doubtful_dates_are_reported_alike_for_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in DOUBTFUL_FILES {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let inputs = [Input::Path(path.clone())];
        let (text, outcome) = check_output(&inputs, CheckDetail::FirstOfEachKind);
        assert_eq!(outcome, Outcome::Negative, "{name}\n{text}");
        let first = text.lines().next().unwrap();
        assert!(first.starts_with("        3 warnings  "), "{name}\n{text}");
        assert!(first.ends_with("the date “later” is not understood"), "{name}\n{text}");
        assert!(text.contains("3  not understood: “later” 2 · “whenever”\n"), "{name}\n{text}");
        let (text, _) = check_output(&inputs, CheckDetail::EveryProblem);
        let each: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
        assert_eq!(each.len(), 3, "{name}\n{text}");
        let line_start = format!("{}:", path.display());
        assert!(each.iter().all(|line| line.starts_with(&line_start)), "{name}\n{text}");
        let printed = Command::new(env!("CARGO_BIN_EXE_fonds"))
            .args(["list", "--filter", "is:doubtful"])
            .arg(&path)
            .output()
            .unwrap();
        let titles = String::from_utf8(printed.stdout).unwrap();
        assert_eq!(titles, "\tlater!\tA\n\tlater!\tB\n\twhenever!\tC\n", "{name}");
        let errors = String::from_utf8(printed.stderr).unwrap();
        assert!(errors.contains("is not understood (and 2 more like this)\n"), "{name}\n{errors}");
        assert_eq!(errors.lines().count(), 2, "{name}\n{errors}");
    }
}

#[test]
fn problems_are_counted_by_kind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.jsonl");
    let line = |at: usize| match at {
        7 => "{\"title\": \"A\", \"date\": \"soon\"}\n".to_owned(),
        at if at % 3 == 0 => format!("{{\"title\": \"B\", \"position\": \"no. {at}\"}}\n"),
        20 => "no line\n".to_owned(),
        _ => "{\"title\": \"C\"}\n".to_owned(),
    };
    std::fs::write(&path, (1..=6000).map(line).collect::<String>()).unwrap();
    let (text, _) = check_output(&[Input::Path(path.clone())], CheckDetail::FirstOfEachKind);
    let text = text.replace(&*path.to_string_lossy(), "lines.jsonl");
    let expected = "\
        1 error   lines.jsonl:20:2: this line is not a JSON record: expected ident; it was left out
    2,000 warnings  lines.jsonl:3: position: \"no. 3\" was found, expected a whole number from 1: it is \
kept as text
        1 warning   lines.jsonl:7: the date “soon” is not understood

dates to look at (the filter is:doubtful shows their records):
        1  not understood: “soon”

1 file, 5,999 records: 1 error, 2,001 warnings (--all lists each)
";
    assert_eq!(text.trim_start(), expected);
}

#[test]
fn sound_files_have_a_summary_only() {
    let (text, outcome) = check_output(&[Input::BuiltIn], CheckDetail::FirstOfEachKind);
    assert_eq!(text, "1 file, 10 records: no errors, no warnings\n");
    assert_eq!(outcome, Outcome::Success);
}

/// The peak memory of a process so far, in KiB.
#[cfg(target_os = "linux")]
fn peak_memory_kib(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn check_runs_in_constant_memory() {
    let one = "<c01><did><unittitle>Folder of letters</unittitle><unitdate>1945</unitdate></did>\
               <scopecontent><p>What they say of each other.</p></scopecontent></c01>\n";
    let mut child = Command::new(env!("CARGO_BIN_EXE_fonds"))
        .args(["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"<ead><archdesc><did><unittitle>Papers</unittitle></did><dsc>").unwrap();
    let many = one.repeat(1000);
    for _ in 0..50 {
        input.write_all(many.as_bytes()).unwrap();
    }
    let (early, bytes_written) = (peak_memory_kib(child.id()), 50 * many.len());
    for _ in 0..100 {
        input.write_all(many.as_bytes()).unwrap();
    }
    let late = peak_memory_kib(child.id());
    input.write_all(b"</dsc></archdesc></ead>").unwrap();
    drop(input);
    let ended = child.wait_with_output().unwrap();
    let summary = "1 file, 150,001 records: no errors, no warnings\n";
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8(ended.stdout).unwrap(), summary);
    assert!(
        late < early + 4096,
        "{early} KiB after {bytes_written} bytes, {late} after three times as many"
    );
}
