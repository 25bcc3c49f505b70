//! Files that come through a pipe, without a name that says what they are.

use crate::program::TestFolder;

/// The name of a file, and its content.
const FILES: [(&str, &str); 9] = [
    (
        "short.eml",
        "From: Anna Roth <roth@archive.example>\nTo: kern@archive.example\nSubject: The mill\n\
         Date: Fri, 12 Apr 2019 10:00:00 +0200\n\nDear Max,\n\nthe mill is sold.\n",
    ),
    (
        "folded.eml",
        "Date: 12 Apr 2019 10:00:00 +0200\nSubject: The mill\n and the harbour\nFrom: roth@archive.example\n\nText\n",
    ),
    (
        "above.csv",
        "Letters of the mill\nPrinted on 3 May 2019\n\nTitle,Date,Place\nThe mill,1945,Aa\nThe harbour,1946,Bb\n",
    ),
    (
        "above.csv",
        "\"Letters, papers and maps\",,\nTitle;Date\nThe mill;1945\nThe harbour;1946\nThe road;1947\n",
    ),
    ("above.tsv", "Letters\n\nTitle\tDate\nThe mill\t1945\nThe harbour\t1946\n"),
    ("plain.csv", "Title,Date\nThe mill,1945\n"),
    ("a.ris", "TY  - BOOK\nTI  - The mill\nER  - \n"),
    ("a.jsonl", "{\"title\":\"The mill\"}\n{\"title\":\"The harbour\"}\n"),
    ("a.bib", "@book{a, title={The mill}, year={1945}}\n"),
];

#[test]
fn files_are_read_from_a_pipe_as_from_their_names() {
    for (name, text) in FILES {
        let folder = TestFolder::with_files(&[(name, text.as_bytes())]);
        let named = folder.run(&["list", name]);
        let piped = folder.run_with_input(&["list"], text.as_bytes());
        assert_eq!(named.exit_code, Some(0), "{name}: {}", named.stderr);
        assert_eq!(piped.stdout, named.stdout, "{name}: {}", piped.stderr);
    }
}

#[test]
fn texts_from_a_pipe_are_no_mail_or_table_by_chance() {
    for text in [
        "From: Keller\nTo: Weidl\nDate: 12 July 1945\nSubject: The mill\n\nText\n",
        "From: roth@archive.example\nDate: 12 July 1945\n\nText\n",
        "1 - 1 of 1\n\nJuly 1, 1945\n\nA letter, with a date, and a title\n",
    ] {
        let folder = TestFolder::new();
        let piped = folder.run_with_input(&["check", "-"], text.as_bytes());
        let said = piped.stdout + &piped.stderr;
        assert!(!said.contains("mail") && !said.contains("table"), "{text}: {said}");
    }
}
