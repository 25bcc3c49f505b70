//! What a researcher has on the desk: notes, mail, typed lists, photographs. Tables of files through the program.

use std::fs;

use crate::program::TestFolder;

/// Runs `fonds list`, and returns its lines without the empty position.
fn list(folder: &TestFolder, file: &str) -> (Vec<String>, String) {
    let result = folder.run(&["list", file]);
    (result.stdout.lines().map(|line| line.trim().replace('\t', " ")).collect(), result.stderr)
}

/// Writes a file with the folders above it.
fn write(folder: &TestFolder, name: &str, bytes: &[u8]) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn notes_are_records() {
    /// The name of a note, its text, and parts of what `fonds show` prints.
    const NOTES: &[(&str, &str, &[&str])] = &[
        (
            "a.md",
            "---\ntitle: Weber to Blum\ndate: 1931-04-02\nauthor: Weber, Ida\ntags: [mill, flood]\nbox: 3\n---\n# Reading\n\nSee [[Otto Blum|Blum]].\n",
            &[
                "Weber to Blum\n",
                "Date: April 2, 1931",
                "Creator: Weber, Ida",
                "Subjects: mill; flood",
                "Box 3",
                "See Blum.",
            ],
        ),
        (
            "toml.md",
            "+++\ntitle = \"The flood\"\ndate = 1931-05-01\n+++\nText.\n",
            &["The flood\n", "Date: May 1, 1931"],
        ),
        (
            "logseq.md",
            "title:: The weir\ndate:: 1932-01-03\ntags:: [[mill]], [[weir]]\n\n- a block\n",
            &["The weir\n", "Subjects: mill; weir", "a block"],
        ),
        (
            "colon.md",
            "---\ntitle: Weber: a letter\ndate: 1931-04-02\n---\n",
            &["Weber: a letter\n", "Date: April 2, 1931"],
        ),
        // The day of a note is not that of a document.
        (
            "new.md",
            "---\ntitle: Mill\ncreated: 2024-05-01T10:11\nmodified: 2024-05-02\n---\nText\n",
            &["Date: undated", "Created: 2024-05-01T10:11"],
        ),
        (
            "1931-04-02 Weber to Blum.md",
            "On the weir.\n",
            &["Weber to Blum\n", "Date: April 2, 1931"],
        ),
        ("2024-05-01.md", "---\ntags: mill\n---\nRead box 3.\n", &["Date: undated", "Read box 3."]),
        ("heading.md", "# The flood of 1931\n\nText.\n", &["The flood of 1931\n", "Text."]),
    ];
    let folder = TestFolder::new();
    for (name, text, parts) in NOTES {
        write(&folder, name, text.as_bytes());
        let result = folder.run(&["show", name]);
        assert_eq!(result.stderr, "", "{name}");
        for part in *parts {
            assert!(result.stdout.contains(part), "{name} lacks {part}:\n{}", result.stdout);
        }
    }
}

#[test]
fn templates_of_notes_are_no_records_and_tags_in_the_text_are_subjects() {
    let folder = TestFolder::new();
    write(&folder, "vault/Letter.md", b"---\ndate: {{date}}\nauthor:\n---\n# {{title}}\n");
    let note = "---\ndate: 1931-04-02\ntags: letter\n---\n# Weber to Blum\n\n#mill/weir and #letter, colour #ffaa00, no. #12.\n\n```\n#code\n```\n";
    write(&folder, "vault/a.md", note.as_bytes());
    let (found, said) = list(&folder, "vault");
    assert_eq!(found, ["1931-04-02 Weber to Blum"]);
    assert!(said.contains("Letter.md: this is a template for notes: it is no record"), "{said}");
    let shown = folder.run(&["show", "vault"]).stdout;
    assert!(shown.contains("Subjects: letter; mill/weir\n"), "{shown}");
}

#[test]
fn reference_lists_in_yaml_are_read_as_in_json() {
    let list = "---\nreferences:\n- id: w1\n  type: personal_communication\n  title: Letter to Blum\n  author:\n  - family: Weber\n    given: Ida\n  recipient:\n  - literal: Harbour Office\n  issued: 1931-04-02\n  archive_location: Box 3, Folder 2\n- id: w2\n  type: book\n  title: The weir\n  author: {family: Roth, given: Emil}\n  issued: {year: 1932, month: 3}\n...\n";
    let folder = TestFolder::with_files(&[("list.yaml", list.as_bytes())]);
    let exported = folder.run(&["export", "list.yaml", "--format", "jsonl"]);
    assert_eq!(exported.stderr, "");
    let lines: Vec<&str> = exported.stdout.lines().collect();
    let parts = [
        "\"date\":\"1931-04-02\"",
        "\"creator\":\"Weber, Ida\"",
        "\"recipient\":\"Harbour Office\"",
        "\"box\":\"3\",\"folder\":\"2\"",
    ];
    for part in parts {
        assert!(lines[0].contains(part), "{part}: {}", lines[0]);
    }
    assert!(
        lines[1].contains("\"date\":\"1932-03\"") && lines[1].contains("Roth, Emil"),
        "{}",
        lines[1]
    );
}

#[test]
fn markdown_is_a_note_among_notes_and_not_beside_data() {
    let folder = TestFolder::new();
    write(&folder, "vault/a.md", b"---\ntitle: Mill\ndate: 1931\n---\nText\n");
    write(&folder, "vault/b.md", b"A thought.\n");
    write(&folder, "vault/README.md", b"# About\n\nText\n");
    write(&folder, "vault/.obsidian/app.json", b"{}");
    write(&folder, "data/list.csv", b"title,date\nLetter,1931\n");
    write(&folder, "data/method.md", b"# Method\n\nText\n");
    let (found, said) = list(&folder, "vault");
    assert_eq!(found, ["1931 Mill", "undated b"]);
    assert!(said.contains("is not read: README.md"), "{said}");
    let (found, said) = list(&folder, "data");
    assert_eq!(found, ["1931 Letter"]);
    assert!(said.contains("is not read: method.md"), "{said}");
}

const MESSAGE: &str = "From: =?utf-8?Q?Ida_K=C3=A4ser?= <ida@a.example>\r\nTo: Blum, Otto <otto@b.example>, office@c.example\r\nCc: \"Roth, Emil\" <emil@c.example>\r\nSubject: =?iso-8859-1?Q?K=E4sten?=\r\nDate: Fri, 12 Apr 2019 23:30:00 +0200\r\nMessage-ID: <m1@a.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Where is <b>box 3</b>?</p>\r\n--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''List%20%C3%9C.pdf\r\n\r\n%PDF\r\n--x--\r\n";

#[test]
fn messages_are_records() {
    let folder = TestFolder::new();
    write(&folder, "a.eml", MESSAGE.as_bytes());
    let shown = folder.run(&["show", "a.eml"]).stdout;
    for part in [
        "Kästen\n",
        "Date: April 12, 2019",
        "Ida Käser",
        "To: Blum, Otto; office@c.example",
        "Cc: Roth, Emil",
        "Attachment: List Ü.pdf",
        "Where is box 3?",
        "ida@a.example",
    ] {
        assert!(shown.contains(part), "{part}:\n{shown}");
    }
    let cited = folder.run(&["cite", "a.eml"]).stdout;
    assert!(cited.contains("“Kästen,” 12 April 2019"), "{cited}");
    // A line of the text that begins with From is no message.
    let plain = |number: u32, text: &str| {
        format!(
            "From a@a.example Fri Apr 12 10:00:00 2019\nFrom: Ida <a@a.example>\nSubject: Letter {number}\nDate: Fri, {number} Apr 2019 10:00:00 +0000\nMessage-ID: <{number}@a.example>\n\n{text}\n\n"
        )
    };
    let mailbox = plain(1, "Hello\n\nFrom here it is far.\n>From there, too.") + &plain(2, "Bye");
    write(&folder, "box", mailbox.as_bytes());
    let (found, said) = list(&folder, "box");
    assert_eq!(
        (found, said.as_str()),
        (vec!["2019-04-01 Letter 1".to_owned(), "2019-04-02 Letter 2".to_owned()], "")
    );
    assert!(folder.run(&["show", "box"]).stdout.contains("From there, too."));
    write(&folder, "Mail/cur/1.M1.host:2,S", MESSAGE.as_bytes());
    write(&folder, "Mail/new/2.M2.host", plain(3, "x").split_once('\n').unwrap().1.as_bytes());
    write(
        &folder,
        "Mail/.Sent/cur/3.M3.host:2,S",
        plain(4, "x").split_once('\n').unwrap().1.as_bytes(),
    );
    write(&folder, "Mail/.Sent/new/.keep", b"");
    assert_eq!(list(&folder, "Mail").0.len(), 3);
    // Some programs leave out the empty parts of a folder.
    write(
        &folder,
        "Mail/.Drafts/cur/4.M4.host:2,S",
        plain(5, "x").split_once('\n').unwrap().1.as_bytes(),
    );
    assert_eq!(list(&folder, "Mail").0.len(), 4);
    // Letters without a declared encoding.
    write(&folder, "old.eml", b"From: Jos\xe9 <j@a.example>\nSubject: Caf\xe9\nDate: Fri, 12 Apr 2019 10:00:00 +0000\nMessage-ID: <o@a>\n\nVoil\xe0\n");
    let shown = folder.run(&["show", "old.eml"]);
    assert!(shown.stdout.contains("Café") && shown.stdout.contains("Voilà"), "{}", shown.stdout);
    assert!(shown.stderr.contains("Windows-1252"), "{}", shown.stderr);
}

#[test]
fn blocks_and_cells_of_messages_in_html_stand_apart() {
    let message = "From: a@b.example\nSubject: Fees\nDate: Fri, 12 Apr 2019 10:00:00 +0200\n\
                   Content-Type: text/html\n\n<div>Dear all,</div><div>the fees:</div><table><tr><td>Fee</td>\
                   <td>4 EUR</td></tr><tr><td>Copies</td><td>2</td></tr></table><ul><li>Box 3<li>Box 4</ul>\n";
    let folder = TestFolder::with_files(&[("a.eml", message.as_bytes())]);
    let exported = folder.run(&["export", "--format", "jsonl", "a.eml"]).stdout;
    let summary = "Dear all,\\nthe fees:\\nFee 4 EUR\\nCopies 2\\nBox 3\\nBox 4";
    assert!(exported.contains(summary), "{exported}");
}

/// What parts the messages of a mailbox says that it is one, also without a name or other certain headers.
#[test]
fn mailbox_with_few_headers_is_recognised() {
    let folder = TestFolder::new();
    let message = "From a@b.example Fri Apr 12 10:00:00 2019\nFrom: Anna Keller <a@b.example>\n\
                   Subject: Boxes\nDate: Fri, 12 Apr 2019 10:00:00 +0200\n\nIs box 3 open?\n\n";
    write(&folder, "inbox", message.repeat(2).as_bytes());
    let listed = folder.run(&["list", "inbox", "--keep-duplicates"]).stdout;
    assert_eq!(listed.matches("Boxes").count(), 2, "{listed}");
    write(&folder, "prose", b"From Orla at 10:00 in 2019\n\nDate: 12 July 1945\nTitle: Letter\n");
    assert!(!folder.run(&["show", "prose"]).stdout.contains("mail"));
}

/// The text of a typed list, and the lines of `fonds list`; none if it is refused.
const TYPED_LISTS: &[(&str, &[&str])] = &[
    (
        "Letters of the mill\n\n2 April 1931 - Weber to Blum, letter, on the weir (MS 41/7)\n3 April 1931 – Blum to Weber, reply (MS 41/8)\nundated - Map of the mill\n",
        &[
            "1931-04-02 Weber to Blum, letter, on the weir",
            "1931-04-03 Blum to Weber, reply",
            "undated Map of the mill",
        ],
    ),
    (
        "1. 2.4.1931: Brief an Blum [Sign. 7]\n2. 3.4.1931: Antwort\n3. 1932: Karte der Mühle\n",
        &["1931-04-02 Brief an Blum", "1931-04-03 Antwort", "1932 Karte der Mühle"],
    ),
    (
        "- Weber to Blum, 2 April 1931 (MS 41/7)\n- Blum to Weber, 3 April 1931 (MS 41/8)\n",
        &["1931-04-02 Weber to Blum", "1931-04-03 Blum to Weber"],
    ),
    (
        "1931-04-02\tWeber to Blum\n1931-04-03\tBlum to Weber\n",
        &["1931-04-02 Weber to Blum", "1931-04-03 Blum to Weber"],
    ),
    (
        "MS 41/7 - 2 April 1931 - Weber to Blum\nMS 41/8 - 3 April 1931 - Blum to Weber\n",
        &["1931-04-02 Weber to Blum", "1931-04-03 Blum to Weber"],
    ),
    (
        "1 - 4 April 1931 - Letters\n5 April 1931 - Reply\n",
        &["1–4 Apr 1931 Letters", "1931-04-05 Reply"],
    ),
    (
        "Keller to Weidl, letter, 12 July 1945\nWeidl to Keller, telegram, 14 July 1945.\nMap of the mill, undated\n",
        &[
            "1945-07-12 Keller to Weidl, letter",
            "1945-07-14 Weidl to Keller, telegram",
            "undated Map of the mill",
        ],
    ),
    (
        "Briefe der Mühle\n\n- Keller an Weidl, Brief, 12. Juli 1945\n- Weidl an Keller, Karte (14.7.1945)\n",
        &["1945-07-12 Keller an Weidl, Brief", "1945-07-14 Weidl an Keller, Karte"],
    ),
    (
        "Nachlass Blum\n\n2.4.1931, Weber an Blum, Brief\n1. Mai 1931, Blum an Weber, Karte (NL 4/9)\no.D., Notiz\n",
        &["1931-04-02 Weber an Blum, Brief", "1931-05-01 Blum an Weber, Karte", "undated Notiz"],
    ),
    (
        "April 2, 1931, Weber to Blum\nMay 1, 1931, Blum to Weber\n",
        &["1931-04-02 Weber to Blum", "1931-05-01 Blum to Weber"],
    ),
    // Names behind a day are those of the title.
    (
        "12 July 1945 Keller to Weidl, on rye\n14 July 1945 Weidl to Keller, reply\n",
        &["1945-07-12 Keller to Weidl, on rye", "1945-07-14 Weidl to Keller, reply"],
    ),
    (
        "12.7.1945 Keller an Weidl, Roggen\n14.7.1945 Weidl an Keller, Antwort (A 12/7)\n",
        &["1945-07-12 Keller an Weidl, Roggen", "1945-07-14 Weidl an Keller, Antwort"],
    ),
    (
        "1945-07-12 Letter on rye, 2 ff.\n1945-07-14 Reply of Weidl, 1 f.\n",
        &["1945-07-12 Letter on rye, 2 ff.", "1945-07-14 Reply of Weidl, 1 f."],
    ),
    (
        "July 12, 1945 Keller to Weidl\nJuly 14, 1945 Weidl to Keller\n",
        &["1945-07-12 Keller to Weidl", "1945-07-14 Weidl to Keller"],
    ),
    // Blanks part columns.
    (
        "MS 41/7    12 Jul 1945   Keller to Weidl, on rye\nMS 41/8    14 Jul 1945   Weidl to Keller, reply\n\
         MS 41/9    Mar 1946      Keller to Weidl, on the mill\n",
        &[
            "1945-07-12 Keller to Weidl, on rye",
            "1945-07-14 Weidl to Keller, reply",
            "1946-03 Keller to Weidl, on the mill",
        ],
    ),
    (
        "12 Jul 1945   Keller to Weidl, on rye   MS 41/7\n14 Jul 1945   Weidl to Keller, reply    MS 41/8\n",
        &["1945-07-12 Keller to Weidl, on rye", "1945-07-14 Weidl to Keller, reply"],
    ),
    // A date ends where its words end.
    (
        "2 April 1931, Weber to Blum, letter\nApril 3, 1931, Blum to Weber, card (12 J 4)\n1932, 1933, Maps, two\n",
        &[
            "1931-04-02 Weber to Blum, letter",
            "1931-04-03 Blum to Weber, card",
            "1932–1933 Maps, two",
        ],
    ),
    (
        "Weber to Blum, 2 April 1931, letter\nBlum to Weber, Orla, 3 April 1931, MS 41/7\nMS 41/8, 1932, Map\n",
        &["1931-04-02 Weber to Blum, letter", "1931-04-03 Blum to Weber, Orla", "1932 Map"],
    ),
    (
        "MS 41/7: Weber to Blum, letter, 2 April 1931\nMS 41/8  Blum to Weber, 3 April 1931\n",
        &["1931-04-02 Weber to Blum, letter", "1931-04-03 Blum to Weber"],
    ),
    (
        "1931-04-02\tWeber to Blum\tMS 41/7\n1931-04-03\tBlum to Weber\tMS 41/8\n",
        &["1931-04-02 Weber to Blum", "1931-04-03 Blum to Weber"],
    ),
    (
        "1\t2 April 1931\tWeber to Blum\n2\t3 April 1931\tBlum to Weber\n",
        &["1931-04-02 Weber to Blum", "1931-04-03 Blum to Weber"],
    ),
    (
        "2 April 1931, Orla, Weber to Blum, MS 41/7\n3 April 1931, Orla, Blum to Weber, MS 41/8\n",
        &["1931-04-02 Orla, Weber to Blum", "1931-04-03 Orla, Blum to Weber"],
    ),
    (
        "[MS 41/7] 2 April 1931 - Weber to Blum\n[MS 41/8] 3 April 1931 - Blum to Weber\n",
        &["1931-04-02 Weber to Blum", "1931-04-03 Blum to Weber"],
    ),
    // A line that is the year of those below it is a heading.
    (
        "1931\n2 April 1931 - Weber\n3 April 1931 - Blum\n5 May 1931 - Ott\n\n1932:\n1 May 1932 - Weber\n2 May 1932 - Blum\n",
        &[
            "1931-04-02 Weber",
            "1931-04-03 Blum",
            "1931-05-05 Ott",
            "1932-05-01 Weber",
            "1932-05-02 Blum",
        ],
    ),
    // Lines with another form of date, or without one, are records wherever they stand.
    (
        "12/07/1945 Keller to Weidl (MS 41/7)\n14/07/1945 Weidl to Keller (MS 41/8)\n25/12/1945 Roth to Weidl (MS 41/9)\n",
        &["1945?! Keller to Weidl", "1945-07-14 Weidl to Keller", "1945-12-25 Roth to Weidl"],
    ),
    (
        "March 1944 Roth to Weidl\nSpring 1945 Weidl to Roth\n12 July 1945 Keller to Weidl\n14 July 1945 Weidl\n15 July 1945 Roth\n16 July 1945 Weidl\nc. 1946 Ida\n17 July 1946 Ott\n18 July 1946 Roth\n19 July 1946 Ott\n20 July 1946 Ida\n",
        &[
            "1944-03 Roth to Weidl",
            "spring 1945 Weidl to Roth",
            "1945-07-12 Keller to Weidl",
            "1945-07-14 Weidl",
            "1945-07-15 Roth",
            "1945-07-16 Weidl",
            "c. 1946 Ida",
            "1946-07-17 Ott",
            "1946-07-18 Roth",
            "1946-07-19 Ott",
            "1946-07-20 Ida",
        ],
    ),
    (
        "[1944] Roth to Weidl\n12 July 1945 Keller to Weidl\n14 July 1945 Weidl to Keller\nn.d. Ott\n15 July 1945 Ida\n16 July 1945 Ott\n17 July 1945 Ida\n",
        &[
            "[1944] Roth to Weidl",
            "1945-07-12 Keller to Weidl",
            "1945-07-14 Weidl to Keller",
            "undated Ott",
            "1945-07-15 Ida",
            "1945-07-16 Ott",
            "1945-07-17 Ida",
        ],
    ),
    (
        "Letter without date - Keller to Weidl (MS 41/6)\n12 July 1945 - Keller to Weidl (MS 41/7)\n14 July 1945 - Weidl to Keller (MS 41/8)\n",
        &[
            "undated Letter without date - Keller to Weidl",
            "1945-07-12 Keller to Weidl",
            "1945-07-14 Weidl to Keller",
        ],
    ),
    (
        "Keller, Anna: Letter to Weidl, undated. MS 41/6\nWeidl, Jonas: Reply, 12 July 1945. MS 41/7\nRoth, Ida: Recipes, 1911. MS 41/8\n",
        &[
            "undated Keller, Anna: Letter to Weidl",
            "1945-07-12 Weidl, Jonas: Reply",
            "1911 Roth, Ida: Recipes",
        ],
    ),
    (
        "o. D. Rezepte (NL 41/9)\n12.7.1945 Keller an Weidl, Brief (NL 41/7)\n14.7.1945 Weidl an Keller, Karte (NL 41/8)\n",
        &[
            "undated Rezepte",
            "1945-07-12 Keller an Weidl, Brief",
            "1945-07-14 Weidl an Keller, Karte",
        ],
    ),
    (
        "1945 Letters of the mill\n\n12 July 1945 Keller to Weidl\n14 July 1945 Weidl to Keller\n",
        &["1945-07-12 Keller to Weidl", "1945-07-14 Weidl to Keller"],
    ),
    // Right above a list, years and references alone are those of its heading.
    (
        "Keller Papers (MS 41)\n12 July 1945 - Keller to Weidl (MS 41/7)\n13 July 1945 - Weidl (MS 41/8)\n",
        &["1945-07-12 Keller to Weidl", "1945-07-13 Weidl"],
    ),
    (
        "Orla State Archive\nKeller Papers (MS 41)\n\n12 July 1945 - Keller (MS 41/7)\n13 July 1945 - Weidl (MS 41/8)\n",
        &["1945-07-12 Keller", "1945-07-13 Weidl"],
    ),
    (
        "1945 Diary of Anna Keller\n12 July 1945 - Went to the mill\n13 July 1945 - Rain all day\n",
        &["1945-07-12 Went to the mill", "1945-07-13 Rain all day"],
    ),
    (
        "1902-1907 Harbour Office, Orla\n12 July 1903 Keller\n14 July 1903 Weidl\n15 July 1903 Roth\n",
        &["1903-07-12 Keller", "1903-07-14 Weidl", "1903-07-15 Roth"],
    ),
    (
        "Nachlass Keller [NL 41]\n12.7.1945 - Keller an Weidl [NL 41/7]\n13.7.1945 - Weidl [NL 41/8]\n",
        &["1945-07-12 Keller an Weidl", "1945-07-13 Weidl"],
    ),
    (
        "Karte ohne Datum [NL 41/6]\n12.7.1945 - Keller an Weidl [NL 41/7]\n13.7.1945 - Weidl [NL 41/8]\n",
        &["undated Karte ohne Datum", "1945-07-12 Keller an Weidl", "1945-07-13 Weidl"],
    ),
    // Nothing tells which of several columns is the title.
    ("2 April 1931 Bread   4 lb   0.30\n3 April 1931 Rye   12 lb   1.20\n", &[]),
    ("2 April 1931   Orla       Weber to Blum\n3 April 1931   Brackwell  Blum to Weber\n", &[]),
    ("The mill was built in 1902\nIt stood still in 1931\nIt was closed in 1951\n", &[]),
    ("It was built in the town, 1902\nNobody knows why it stood still\nClosed, 1951\n", &[]),
    ("2024-05-01 10:11:12 - INFO start\n2024-05-01 10:11:13 - INFO stop\n", &[]),
    (
        "It rained on that day.\nIn 1931 - the year of the flood - the mill stood still.\nNobody wrote.\n",
        &[],
    ),
];

#[test]
fn typed_lists_are_records_where_most_lines_have_the_shape() {
    for (text, expected) in TYPED_LISTS {
        let folder = TestFolder::with_files(&[("list.txt", text.as_bytes())]);
        let (found, said) = list(&folder, "list.txt");
        assert_eq!(found, *expected, "{text}{said}");
        let is_doubted = said.contains("is ambiguous");
        assert_eq!(said.is_empty() || is_doubted, !expected.is_empty(), "{text}{said}");
    }
    for (text, reference) in [
        (TYPED_LISTS[0].0, "MS 41/7"),
        ("2 April 1931, Weber to Blum (12 J 4)\n3 April 1931, Blum to Weber (3 S.)\n", "12 J 4"),
        ("Weber to Blum, 2 April 1931, MS 41/7\nBlum to Weber, 3 April 1931, MS 41/8\n", "MS 41/8"),
        ("MS 41/7: Weber to Blum, 2 April 1931\nMS 41/8: Blum, 3 April 1931\n", "MS 41/7"),
        ("1931-04-02\tWeber to Blum\tMS 41/7\n1931-04-03\tBlum\tMS 41/8\n", "MS 41/7"),
        ("2 April 1931, Orla, Weber to Blum, MS 41/7\n3 April 1931, Blum, MS 41/8\n", "MS 41/7"),
        ("[MS 41/7] 2 April 1931 - Weber\n[MS 41/8] 3 April 1931 - Blum\n", "MS 41/7"),
    ] {
        let folder = TestFolder::with_files(&[("list.txt", text.as_bytes())]);
        let exported = folder.run(&["export", "--format", "jsonl", "list.txt"]).stdout;
        assert!(exported.contains(&format!("\"reference_code\":\"{reference}\"")), "{exported}");
        assert!(!exported.contains("(12 J"), "{exported}");
    }
}

#[test]
fn the_notes_or_messages_of_a_folder_are_one_archive() {
    let note = |day: u32| format!("---\ntitle: Letter {day}\ndate: 1931-04-{day:02}\n---\nText\n");
    let mail = |day: u32| {
        format!(
            "From: Ida Weber <w@a.example>\nSubject: Weir {day}\nDate: Fri, {day} Apr 2019 10:00:00 +0200\n\nText\n"
        )
    };
    let folder = TestFolder::new();
    for day in [5, 12, 19] {
        write(&folder, &format!("notes/n{day}.md"), note(day).as_bytes());
        write(&folder, &format!("vault/a{day}/n.md"), note(day).as_bytes());
        write(&folder, &format!("mail/m{day}.eml"), mail(day).as_bytes());
    }
    for (name, records) in [("notes", 3), ("vault", 3), ("mail", 3)] {
        // An archive file holds one archive.
        let result = folder.run(&["export", name, "--format", "toml"]);
        assert_eq!(result.exit_code, Some(0), "{name}: {}", result.stderr);
        assert_eq!(result.stdout.matches("[[record]]").count(), records, "{name}");
    }
}

/// Paths of files in one folder, and the lines of `fonds list`.
const FOLDERS: &[(&[&str], &[&str])] = &[
    (&["1931-04-02_Weber_p1.jpg", "1931-04-02_Weber_p2.jpg"], &["1931-04-02 Weber"]),
    (
        &["1931-04-02 Weber to Blum (2).jpg", "1931-04-02 Weber to Blum.jpg"],
        &["1931-04-02 Weber to Blum"],
    ),
    (
        &["Weber fol. 3r.tif", "Weber fol. 3v.tif", "Blum recto.tif", "Blum verso.tif"],
        &["undated Blum", "undated Weber"],
    ),
    // Whole names may be sides of leaves, if the other side is there.
    (&["1931-04-02 Weber/r.jpg", "1931-04-02 Weber/v.jpg"], &["1931-04-02 Weber"]),
    (
        &[
            "Blum 1931/recto1.jpg",
            "Blum 1931/verso1.jpg",
            "Blum 1931/recto2.jpg",
            "Blum 1931/verso2.jpg",
        ],
        &["1931 Blum 1931"],
    ),
    (&["1931-04-02 Weber/verso 1.jpg", "1931-04-02 Weber/recto 1.jpg"], &["1931-04-02 Weber"]),
    (&["1931-04-02 Weber/Recto01.tif", "1931-04-02 Weber/Verso01.tif"], &["1931-04-02 Weber"]),
    (&["v1.jpg", "v2.jpg"], &["undated v1", "undated v2"]),
    (&["front 1.jpg", "front 2.jpg"], &["undated front 1", "undated front 2"]),
    (&["IV-1931 Weber.jpg", "IV.1931 Blum.jpg"], &["1931-04 Weber", "1931-04 Blum"]),
    (&["George V 1931.jpg", "Part II 1931.jpg"], &["1931 George V", "1931 Part II"]),
    (&["IMG_2031.JPG", "IMG_2032.JPG"], &["undated IMG_2031", "undated IMG_2032"]),
    (
        &["IMG_20190412_101112.jpg", "20190412_101112.jpg"],
        &["undated 20190412_101112", "undated IMG_20190412_101112"],
    ),
    (&["weir-1024x768.png"], &["undated weir-1024x768"]),
    (&["Scan 2.4.1931 (1).jpg", "Scan 2.4.1931 (2).jpg"], &["1931-04-02 [2.4.1931]"]),
    (&["Box 3/Folder 2/0001.tif", "Box 3/Folder 2/0002.tif"], &["undated Box 3, Folder 2"]),
    (&["1931-04-02/IMG_1.jpg"], &["1931-04-02 IMG_1"]),
    (&["2019-04-12/IMG_1.jpg"], &["undated IMG_1"]),
    // The folder of one document has its day and its title.
    (&["1931-04-02 Minutes/0001.tif", "1931-04-02 Minutes/0002.tif"], &["1931-04-02 Minutes"]),
    (&["1931-04-02 Weber/IMG_1.jpg"], &["1931-04-02 IMG_1"]),
    // The innermost folder with a date counts.
    (&["Letters 1931/1931-04-02 Weber/IMG_1.jpg"], &["1931-04-02 IMG_1"]),
    (&["Letters 1931/1932 Weber/IMG_1.jpg"], &["1932 IMG_1"]),
    (&["1931-04-02 Weber/Envelope 1931/IMG_1.jpg"], &["1931-04-02 IMG_1"]),
    (&["2019-04-12 Visit/IMG_1.jpg"], &["undated IMG_1"]),
    (&["1931-1933 Letters/0001.tif"], &["undated 1931-1933 Letters"]),
    (&["1931-04-02 Trip/1931-04-05 Quay.jpg"], &["1931-04-05 Quay"]),
    // Without a title of its own, a picture is of the month or the year of its folder.
    (&["1931-04 Reports/scan001.jpg"], &["1931-04 scan001"]),
    (&["Minutes 1931/0001.tif", "Minutes 1931/0002.tif"], &["1931 Minutes 1931"]),
    (&["Trip 2019/IMG_1.jpg"], &["undated IMG_1"]),
    (&["1931 Weir/Plan of the gate.jpg"], &["undated Plan of the gate"]),
    (&["Weber-Blum, 2.4.1931, S. 1.jpg"], &["1931-04-02 Weber-Blum"]),
    (&["1931_04_Weir.jpg"], &["1931-04 Weir"]),
    (&["1931_15_Box.jpg", "1932_07.jpg"], &["1931 15 Box", "1932 [1932]"]),
    (&["Report, July 1931.pdf", "Report, July 1931.jpg"], &["1931-07 Report"]),
    (&["19310402 Weber.jpg", "April 1931 - Blum.jpg"], &["1931-04-02 Weber", "1931-04 Blum"]),
    (&["Thumbs.db", "a/Weber 1931.webp"], &["1931 Weber"]),
    (&["Weber_2Apr1931_recto.jpg", "Weber_2Apr1931_verso.jpg"], &["1931-04-02 Weber"]),
    (&["Karte Weber 1931_VS.jpg", "Karte Weber 1931_RS.jpg"], &["1931 Karte Weber"]),
    (&["IMG_19310402_weir.jpg"], &["1931-04-02 weir"]),
    // From one day or month to another, the sides of a leaf, and pages of a number of pages.
    (&["Minutes 1931-03-01 to 1931-06-30.pdf"], &["Mar–Jun 1931 Minutes"]),
    (&["1931-03-01 - 1931-06-30 Minutes.jpg"], &["Mar–Jun 1931 Minutes"]),
    (
        &["1902-07 to 1902-09 Tolls p1.tif", "1902-07 to 1902-09 Tolls p2.tif"],
        &["Jul–Sep 1902 Tolls"],
    ),
    (&["Tolls July 1931 to Sept 1931.jpg"], &["Jul–Sep 1931 Tolls"]),
    (&["Weir, July 1931 [verso].jpg", "Weir, July 1931 [recto].jpg"], &["1931-07 Weir"]),
    (&["Weber 1 of 2.jpg", "Weber 2 of 2.jpg"], &["undated Weber"]),
    (&["Weber S1v2.jpg", "Weber S2v2.jpg"], &["undated Weber"]),
    (&["Weber 1von2.jpg", "Weber 2von2.jpg"], &["undated Weber"]),
    // Numbers of pages and shelves are no parts of a date.
    (&["Tolls 1902 p1.jpg", "Tolls 1902 p2.jpg"], &["1902 Tolls"]),
    (&["MS 41 Letters 1931.jpg"], &["1931 MS 41 Letters"]),
    (&["Letter 12, 1931.jpg"], &["1931 Letter 12"]),
    (&["Box 3 1931/1931-04-02/IMG_1.jpg"], &["1931-04-02 IMG_1"]),
    (&["Ms. fr. 1902/1.jpg", "Cod. 1902/1.jpg"], &["undated Cod. 1902", "undated Ms. fr. 1902"]),
    // The last words of titles are no sides, unless the other side or a number shows it.
    (&["Long way back 1931.jpg", "The front 1916.jpg"], &["1931 Long way back", "1916 The front"]),
    (
        &["Southern front, 1917.jpg", "Coming back.jpg"],
        &["undated Coming back", "1917 Southern front"],
    ),
    (&["Weir 1931 (back).jpg"], &["1931 Weir"]),
    (&["Weir front.jpg", "Weir back.jpg"], &["undated Weir"]),
    (&["Weir, 1931.jpg", "Weir back, 1931.jpg"], &["1931 Weir"]),
    (&["Weir 1931 front.jpg"], &["1931 Weir"]),
    (&["Card 3 back.jpg", "Card 3 front.jpg"], &["undated Card 3"]),
    (&["Weir 1931 v.jpg", "Weir 1931 r.jpg"], &["1931 Weir"]),
    (&["2 V 1931 Weir.jpg"], &["1931-05-02 Weir"]),
    // A Roman number behind a word is no month.
    (&["Part II 1931.jpg", "Part III 1931.jpg"], &["1931 Part II", "1931 Part III"]),
    (&["George V 1911.jpg", "V 1599.jpg"], &["1911 George V", "1599 V"]),
    (&["Weir 2.V.1931.jpg"], &["1931-05-02 Weir"]),
    // Whole names that are sides are two of one document.
    (&["Letter 1931/recto.jpg", "Letter 1931/verso.jpg"], &["1931 Letter 1931"]),
    (&["Card/Vorderseite.jpg", "Card/Rückseite.jpg"], &["undated Card"]),
    (&["1931-04-02/front.jpg", "1931-04-02/back.jpg"], &["1931-04-02 [April 2, 1931]"]),
    (&["a/front.jpg", "b/back.jpg"], &["undated front", "undated back"]),
    (&["Photo album 1931/0001.jpg", "Photo album 1931/0002.jpg"], &["1931 Photo album 1931"]),
    (&["IMG 1931/0001.jpg"], &["undated IMG 1931"]),
];

#[test]
fn names_of_pictures_are_records() {
    for (paths, expected) in FOLDERS {
        let folder = TestFolder::new();
        paths.iter().for_each(|path| write(&folder, &format!("photos/{path}"), b"\xff\xd8\xff"));
        let (found, said) = list(&folder, "photos");
        assert_eq!(found, *expected, "{paths:?}");
        assert!(said.starts_with("photos: ") && said.lines().count() == 1, "{said}");
    }
    let folder = TestFolder::new();
    write(&folder, "photos/Box 3/Folder 2/1931-04-02 Weber.jpg", b"\xff\xd8\xff");
    let shown = folder.run(&["show", "photos"]).stdout;
    assert!(
        shown.contains("Box 3, folder 2") && shown.contains("Box 3/Folder 2/1931-04-02 Weber.jpg"),
        "{shown}"
    );
    write(&folder, "pages/Box 3 Folder 2 p. 013.tif", b"II*");
    write(&folder, "pages/Box 3 Folder 2 p. 014.tif", b"II*");
    let shown_pages = folder.run(&["show", "pages"]).stdout;
    assert!(shown_pages.contains("Box 3, folder 2"), "{shown_pages}");
    let cited = folder.run(&["cite", "photos"]).stdout;
    assert_eq!(cited, "Weber, 2 April 1931, box 3, folder 2.\n");
    // The folder itself may hold the pages of one document.
    write(&folder, "1931-04-02 Reply/0001.jpg", b"\xff\xd8\xff");
    write(&folder, "1931-04-02 Reply/0002.jpg", b"\xff\xd8\xff");
    assert_eq!(list(&folder, "1931-04-02 Reply").0, ["1931-04-02 Reply"]);
    let (found, said) = list(&folder, "photos/Box 3/Folder 2/1931-04-02 Weber.jpg");
    assert_eq!(found, ["1931-04-02 Weber"]);
    assert!(said.contains("nothing in it was read"), "{said}");
}

#[test]
fn texts_without_records_beside_data_are_named() {
    let table = b"title,date\nWeir,1931\n";
    for (name, text, exit_code) in [
        ("README.txt", "The letters of the mill.\nAsk Ida Weber.\n", 0),
        ("readme.txt", "Last changed:\n2 April 2021\n", 0),
        ("about.txt", "These are the letters.\n", 0),
        // A page that was not copied whole is no text about others.
        ("page.txt", "Weir\nDate: 1931\n", 2),
    ] {
        let folder = TestFolder::new();
        write(&folder, "box/list.csv", table);
        write(&folder, &format!("box/{name}"), text.as_bytes());
        let result = folder.run(&["list", "box"]);
        assert_eq!(result.exit_code, Some(exit_code), "{name}: {}", result.stderr);
        assert!(result.stdout.contains("Weir"), "{name}");
        let message = format!("1 text in this folder has no record: {name}");
        assert_eq!(result.stderr.contains(&message), exit_code == 0, "{name}: {}", result.stderr);
        assert!(result.stderr.contains(name), "{}", result.stderr);
    }
    let folder = TestFolder::new();
    write(&folder, "box/README.txt", b"The letters of the mill.\n");
    let result = folder.run(&["list", "box"]);
    assert_eq!(result.exit_code, Some(2), "{}", result.stderr);
}

#[test]
fn pictures_that_data_names_are_no_records_of_their_own() {
    let folder = TestFolder::new();
    write(
        &folder,
        "list.csv",
        b"title,date,scan\nLetter,1931,scan1.jpg\nReply,1932,https://a.example/Scan%202.tif\n",
    );
    for name in ["scan1.jpg", "scan 2.jpg", "logo.png", "1933-01-02 Map.jpg"] {
        write(&folder, name, b"\xff\xd8\xff");
    }
    let (found, said) = list(&folder, ".");
    assert_eq!(found, ["1931 Letter", "1932 Reply", "1933-01-02 Map"]);
    assert!(
        said.contains("2 pictures and PDFs in this folder belong to records that name them"),
        "{said}"
    );
    assert!(said.contains("1 picture or PDF in this folder without a date in the name"), "{said}");
}

#[test]
fn pictures_that_notes_embed_belong_to_the_notes() {
    let folder = TestFolder::new();
    write(&folder, "a.md", b"---\ndate: 1931\n---\n# Letter\n\nText ![[scan-41.jpg]]\n");
    write(&folder, "b.md", b"---\ndate: 1932\nscan: files/1932-05-01 Reply.jpg\n---\n# Reply\n");
    for name in ["scan-41.jpg", "files/1932-05-01 Reply.jpg", "Plan.png"] {
        write(&folder, name, b"\xff\xd8\xff");
    }
    let (found, said) = list(&folder, ".");
    assert_eq!(found, ["1931 Letter", "1932 Reply", "undated Plan"]);
    assert!(said.contains("2 pictures and PDFs in this folder belong to records"), "{said}");
    // Of two pictures of the same name, that in the folder of the note.
    let folder = TestFolder::new();
    write(&folder, "a/letter.md", b"---\ndate: 1931\n---\n# Letter\n\nText ![[scan.jpg]]\n");
    write(&folder, "a/scan.jpg", b"\xff\xd8\xff");
    write(&folder, "b/scan.jpg", b"\xff\xd8\xff");
    let (found, said) = list(&folder, ".");
    assert_eq!(found, ["1931 Letter", "undated scan"]);
    assert!(said.contains("1 picture or PDF in this folder belongs to a record"), "{said}");
}

/// A note, the files beside it, and the lines of `fonds list`: what the note embeds is no record of its own.
const EMBEDDED: &[(&str, &[&str], &[&str])] = &[
    (
        "![[b/scan.jpg]]",
        &["a/scan.jpg", "b/scan.jpg", "c/scan.jpg"],
        &["undated scan", "undated scan"],
    ),
    ("![[scan.jpg]]", &["b/c/scan.jpg", "b/scan.jpg"], &["undated scan"]),
    ("![](../scans/Weir%20%281%29.jpg \"The weir\")", &["scans/Weir (1).jpg"], &[]),
    ("![](<scans/The weir.jpg>)", &["a/scans/The weir.jpg"], &[]),
    ("<img src='1931-04-02 Weir.jpg'>", &["1931-04-02 Weir.jpg"], &[]),
    ("- scan:: 1931-04-02 Weir.jpg", &["1931-04-02 Weir.jpg"], &[]),
    // What is only mentioned, or is elsewhere, is not the note's.
    ("We lost 1931-04-02 Weir.jpg.", &["1931-04-02 Weir.jpg"], &["1931-04-02 Weir"]),
    ("`![[1931-04-02 Weir.jpg]]`", &["1931-04-02 Weir.jpg"], &["1931-04-02 Weir"]),
    ("```\n![[1931-04-02 Weir.jpg]]\n```", &["1931-04-02 Weir.jpg"], &["1931-04-02 Weir"]),
    (
        "![](https://a.example/1931-04-02%20Weir.jpg)",
        &["1931-04-02 Weir.jpg"],
        &["1931-04-02 Weir"],
    ),
    // A document stays whole.
    ("![[Tolls 1931_p1.jpg]]", &["Tolls 1931_p1.jpg", "Tolls 1931_p2.jpg"], &["1931 Tolls"]),
    (
        "![[Tolls 1931_p1.jpg]] ![[Tolls 1931_p2.jpg]]",
        &["Tolls 1931_p1.jpg", "Tolls 1931_p2.jpg"],
        &[],
    ),
];

#[test]
fn notes_have_the_pictures_that_they_embed() {
    for (text, pictures, expected) in EMBEDDED {
        let folder = TestFolder::new();
        let note = format!("---\ntitle: Note\ndate: 1900\n---\n{text}\n");
        write(&folder, "vault/a/n.md", note.as_bytes());
        for name in *pictures {
            write(&folder, &format!("vault/{name}"), b"\xff\xd8\xff");
        }
        let (mut found, said) = list(&folder, "vault");
        assert!(found.iter().any(|line| line == "1900 Note"), "{found:?}");
        found.retain(|line| line != "1900 Note");
        assert_eq!(found, *expected, "{text}: {said}");
    }
}

#[test]
fn files_of_joplin_that_are_no_notes_are_no_records() {
    let folder = TestFolder::new();
    let id = |digit: &str| digit.repeat(32);
    let block = |digit: &str, kind: u8| format!("id: {}\nparent_id: \ntype_: {kind}", id(digit));
    let note = format!("Weir\n\nOn it. ![scan.jpg](:/{})\n\n{}", id("e"), block("a", 1));
    write(&folder, &format!("x/{}.md", id("a")), note.as_bytes());
    write(&folder, &format!("x/{}.md", id("b")), block("b", 6).as_bytes());
    for (digit, kind) in [("c", 5), ("d", 2), ("e", 4)] {
        let text = format!("Mill\n\n{}", block(digit, kind));
        write(&folder, &format!("x/{}.md", id(digit)), text.as_bytes());
    }
    write(&folder, &format!("x/resources/{}.jpg", id("e")), b"\xff\xd8\xff");
    let (found, said) = list(&folder, "x");
    assert_eq!(found, ["undated Weir"], "{said}");
    assert!(said.contains("4 texts in this folder have no record"), "{said}");
    assert!(said.contains("1 picture or PDF in this folder belongs to a record"), "{said}");
    let (found, said) = list(&folder, &format!("x/{}.md", id("b")));
    assert!(found.is_empty() && said.contains("of Joplin"), "{said}");
}

#[test]
fn notes_of_evernote_keep_their_days_to_themselves() {
    let enex = "<?xml version=\"1.0\"?><en-export><note><title>Weber to Blum</title><created>20240501T101112Z</created><tag>mill</tag><note-attributes><source-url>https://a.example/7</source-url></note-attributes><content><![CDATA[<?xml version=\"1.0\"?><en-note><div>On the <b>weir</b>.</div></en-note>]]></content></note></en-export>";
    let folder = TestFolder::with_files(&[("notes.enex", enex.as_bytes())]);
    let shown = folder.run(&["show", "notes.enex"]).stdout;
    for part in ["Weber to Blum\n", "undated", "mill", "https://a.example/7", "On the weir."] {
        assert!(shown.contains(part), "{part}:\n{shown}");
    }
}

/// A link as Safari saves it, in XML and as a binary property list.
const WEBLOC: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict><key>URL</key><string>https://a.example/</string></dict></plist>\n";
const BINARY_WEBLOC: &[u8] = b"bplist00\xd1\x01\x02SURL_\x10\x12https://a.example/\x08\x0b\x0f\0\0\0\0\0\0\x01\x01\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x24";

#[test]
fn links_beside_data_are_named_and_no_errors() {
    let folder = TestFolder::new();
    write(&folder, "d/a.csv", b"title,date\nLetter,1931\n");
    write(&folder, "d/a.webloc", WEBLOC);
    write(&folder, "d/b.webloc", BINARY_WEBLOC);
    let result = folder.run(&["list", "d"]);
    assert!(result.stdout.contains("Letter"), "{}", result.stderr);
    assert!(result.stderr.contains("a.webloc") && result.exit_code == Some(0), "{}", result.stderr);
}

#[test]
fn kinds_that_are_not_read_are_named_with_a_way_out() {
    let outlook: Vec<u8> = "__substg1.0_".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let outlook = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 2000], &outlook].concat();
    let files: &[(&str, &[u8], &str)] = &[
        ("a.msg", &outlook, ".eml"),
        ("a.pst", b"!BDN\0\0\0\0\0\0", "readpst"),
        ("a.pdf", b"%PDF-1.4\n", "CSV"),
        ("a.mdb", b"\0\x01\0\0Standard Jet DB\0", "CSV"),
        ("a.ged", b"0 HEAD\n1 SOUR X\n", "persons"),
        ("a.webloc", WEBLOC, "link"),
        ("b.webloc", BINARY_WEBLOC, "link"),
        ("a.desktop", b"[Desktop Entry]\nType=Link\nURL=https://a.example/\n", "link"),
    ];
    for (name, bytes, way_out) in files {
        let folder = TestFolder::with_files(&[(name, bytes)]);
        folder.run(&["list", name]).assert_refused(&[name, way_out]);
    }
}
