//! The columns of lists: chosen by name, the same for `fonds list` and on the screen.

use fonds::load::Input;

use crate::harness::Harness;
use crate::program::TestFolder;

const LETTERS: &str = "id,title,date,creator,recipient,box,ink,Physdesc.Extent\n\
    41,On the harvest,1945-07-12,\"Keller, Anna\",\"Weidl, Jonas\",3,blue,2 leaves\n\
    42,The mill,1902,\"Weidl, Jonas\",,12,,1 leaf\n\
    43,,,,,,green,\n";

fn folder() -> TestFolder {
    TestFolder::with_files(&[("letters.csv", LETTERS.as_bytes())])
}

#[test]
fn columns_of_a_list_are_chosen_by_name() {
    let folder = folder();
    for (columns, expected) in [
        (
            "title,date,people",
            "On the harvest\t1945-07-12\tKeller, Anna; Weidl, Jonas\nThe mill\t1902\tWeidl, Jonas\n",
        ),
        ("date", "1945-07-12\n1902\n"),
        ("box,title", "3\tOn the harvest\n12\tThe mill\n"),
        ("author,recipient", "Keller, Anna\tWeidl, Jonas\nWeidl, Jonas\t\n"),
        ("INK, Title", "blue\tOn the harvest\n\tThe mill\n"),
        ("extent", "2 leaves\n1 leaf\n"),
        ("year,id", "1945-07-12\t41\n1902\t42\n"),
        ("position,date,title", "\t1945-07-12\tOn the harvest\n\t1902\tThe mill\n"),
    ] {
        let result = folder.run(&["list", "letters.csv", "--limit", "2", "--columns", columns]);
        assert_eq!((result.stdout.as_str(), result.exit_code), (expected, Some(0)), "{columns}");
    }
    let whole = folder.run(&["list", "letters.csv"]);
    let named = folder.run(&["list", "letters.csv", "--columns", "position,date,title"]);
    assert_eq!(whole.stdout, named.stdout, "the default columns");
}

#[test]
fn unknown_column_is_refused_with_the_nearest_names() {
    let folder = folder();
    let list = |columns| folder.run(&["list", "letters.csv", "--columns", columns]);
    list("recipents").assert_refused(&["there is no column “recipents”", "recipient"]);
    list("title,is").assert_refused(&["“is” is no column"]);
    list("zzzz").assert_refused(&["there is no column “zzzz”: try position, date, title"]);
    let both = folder.run(&["list", "letters.csv", "--json", "--columns", "title"]);
    assert_eq!(both.exit_code, Some(2));
    assert!(both.stderr.contains("--json"), "{}", both.stderr);
}

/// The screen on the letters with these columns.
fn screen(columns: &str, width: u16) -> Harness {
    let folder = folder();
    let file = folder.path().join("letters.csv");
    let mut harness = Harness::open(&[Input::Path(file)], width, 24);
    harness.options.columns = columns.split(',').map(str::to_owned).collect();
    harness
}

/// The first lines of the list.
fn rows(text: &str) -> Vec<&str> {
    text.lines().skip(1).take(2).map(str::trim_end).collect()
}

#[test]
fn screen_shows_the_chosen_columns() {
    let text = screen("date,people,title", 80).press("").text();
    assert_eq!(
        rows(&text),
        [
            "▌ 1945-07-12  Keller, Anna; Weidl, Jonas  On the harvest",
            "  1902        Weidl, Jonas                The mill"
        ],
        "{text}"
    );
    let text = screen("title,ink", 80).press("").text();
    assert!(rows(&text)[0].starts_with("▌ On the harvest"), "{text}");
    assert!(rows(&text)[0].ends_with("blue"), "{text}");
    // A narrow list leaves out what has least room.
    let text = screen("date,people,title", 50).press("").text();
    assert_eq!(rows(&text)[0], "▌ 1945-07-12  On the harvest", "{text}");
    // A name that is none is told, and the others are shown.
    let outcome = screen("tite,title", 80).press("");
    assert!(outcome.text().contains("there is no column “tite”"), "{}", outcome.text());
    assert_eq!(rows(&outcome.text())[0], "▌ On the harvest");
    assert_eq!(rows(&screen("zzzz", 80).press("").text())[0], "▌ 1945-07-12  On the harvest");
}

#[test]
fn letters_that_match_are_highlighted_in_every_column() {
    let plain = screen("date,people,title", 80).press("").styles();
    let found = screen("date,people,title", 80).press("/weidl<enter>").styles();
    assert_ne!(plain, found);
    let outcome = screen("date,people,title", 80).press("/weidl<enter>");
    let cell = &outcome.app.workspace.panes.list.rows[0].cells[1];
    let letters: Vec<&str> = cell.highlights.iter().map(|it| &cell.text[it.clone()]).collect();
    assert_eq!(letters, ["Weidl"], "{}", cell.text);
}

#[test]
fn any_columns_fit_on_any_screen() {
    for columns in
        ["position", "date", "people", "position,date", "title,position", "box,ink,title"]
    {
        for width in 1..=70 {
            screen(columns, width).press("jj");
        }
    }
}
