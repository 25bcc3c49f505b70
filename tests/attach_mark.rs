//! Unclaimed marks are attached to records by hand, on the screen and on the command line.

use crate::program::TestFolder;
use crate::pty::Setup;

/// A marks file with a note on a record that no longer looks like any record of the file.
const MARKS: &str = "# mine\n\n[[record]]\nfile = \"elsewhere/archive.toml\"\ntitle = \"Another title\"\n\
                     date = \"1951\"\nhash = \"1:0000000000000001\"\nmarked = true\nnote = \"a thought\"\n";

/// An archive file with one record.
const ARCHIVE: &str = "[[record]]\nposition = 7\ndate = '1960'\ntitle = 'Harbour'\n";

#[test]
fn entry_is_attached_on_the_screen() {
    let script = "$FONDS --marks marks.toml archive.toml; echo ended; read line; cat marks.toml";
    let setup = Setup::script(script).file("marks.toml", MARKS).file("archive.toml", ARCHIVE);
    let mut pty = setup.start();
    pty.wait_for_text("1 unclaimed (M)");
    pty.send("M");
    pty.wait_for_text("attach which mark to this record?");
    pty.wait_for_text("1951 Another title: a thought");
    pty.send("\r");
    pty.wait_for_text("1 marked");
    pty.send("q");
    pty.wait_for_text("ended");
    pty.send("\r");
    pty.wait_for_text("title = \"Harbour\"");
    let text = pty.screen_text();
    assert!(text.contains("note = \"a thought\"") && text.contains("# mine"), "{text}");
    assert!(!text.contains("Another title"), "{text}");
}

#[test]
fn entry_is_attached_on_the_command_line() {
    let files = [("marks.toml", MARKS.as_bytes()), ("archive.toml", ARCHIVE.as_bytes())];
    let folder = TestFolder::with_files(&files);
    let marks = |more: &[&str]| {
        folder.run(&[&["marks", "archive.toml", "--marks", "marks.toml"], more].concat())
    };
    let listed = marks(&["--unclaimed"]);
    assert!(listed.stdout.starts_with("1\tunclaimed\tmarked\t1951\tAnother title\ta thought\t"));
    for bad in ["1", "2=:7", "0=:7", "x=:7", "1=:8", "1=nobody"] {
        marks(&["--attach", bad]).assert_refused(&["--attach"]);
    }
    assert_eq!(marks(&["--attach", "1=:7"]).exit_code, Some(0));
    assert_eq!(marks(&["--unclaimed"]).exit_code, Some(1));
    let noted = folder.run(&["count", "--noted", "--marks", "marks.toml", "archive.toml"]);
    assert_eq!(noted.stdout, "1\n", "{}", noted.stderr);
    assert_eq!(marks(&["--attach", "1=:7"]).exit_code, Some(2));
}
