//! How the program begins on a terminal: what it waits for, and what it may write there.

use crate::pty::Setup;

const PAGE: &str = include_str!("import/results-page.txt");

#[test]
fn a_theme_that_is_asked_for_has_colours_where_the_environment_wants_none() {
    for (theme, coloured) in [("dark", true), ("light", true), ("mono", false)] {
        let pty = Setup::program(&["--theme", theme]).env("NO_COLOR", "1").start();
        pty.opens();
        let is_coloured = pty.look(|screen| {
            let (height, width) = screen.size();
            let (height, width) = (height.get(), width.get());
            let cells = (0..height).flat_map(|y| (0..width).map(move |x| (y, x)));
            let mut cells = cells.filter_map(|(y, x)| screen.cell(y, x));
            cells.any(|cell| {
                [cell.fgcolor(), cell.bgcolor()].iter().any(|it| *it != vt100::Color::Default)
            })
        });
        assert_eq!(is_coloured, coloured, "{theme}");
    }
}

#[test]
fn the_screen_opens_before_anything_is_piped_in() {
    let script = "mkfifo gate; (cat gate; cat page.txt) | \"$FONDS\"";
    let mut pty = Setup::script(script).file("page.txt", PAGE).start();
    pty.shows("standard input");
    pty.shows("Reading ...");
    std::fs::write(pty.folder.path().join("gate"), "").expect("an open gate");
    pty.shows("201  1945-07-12");
    pty.send("q");
    assert_eq!(pty.ends(), 0);
    pty.is_given_back();
}

#[test]
fn nothing_piped_in_opens_the_archive_that_stands_here() {
    let mut pty = Setup::script("\"$FONDS\" < /dev/null").start();
    pty.shows("201  1945-07-12");
    pty.send("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn dates_are_written_to_a_terminal_fit_to_be_shown() {
    let script = "\"$FONDS\" dates < bad.txt; \"$FONDS\" dates < bad.txt > out";
    let bad = "\u{1b}]0;title\u{7}no \u{202e}date\n";
    let mut pty = Setup::script(script).file("bad.txt", bad).start();
    assert_eq!(pty.ends(), 0);
    assert_eq!(String::from_utf8_lossy(&pty.bytes()), "no date\t\t\t\tno date\r\n");
    let written = std::fs::read_to_string(pty.folder.path().join("out")).expect("a file");
    assert!(written.starts_with(bad.trim_end()), "{written:?}");
}
