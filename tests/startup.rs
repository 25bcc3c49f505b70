//! The start of the program on a terminal: colours, piped input, and clean output.

use crate::pty::Setup;

const RESULTS_PAGE: &str = include_str!("import/results-page.txt");

#[test]
fn theme_option_overrides_no_color() {
    for (theme, coloured) in [("dark", true), ("light", true), ("mono", false)] {
        let pty = Setup::program(&["--theme", theme]).env("NO_COLOR", "1").start();
        pty.wait_for_ten_records();
        let is_coloured = pty.with_screen(|screen| {
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
fn screen_opens_before_piped_input_arrives() {
    let script = "mkfifo gate; (cat gate; cat page.txt) | \"$FONDS\"";
    let mut pty = Setup::script(script).file("page.txt", RESULTS_PAGE).start();
    pty.wait_for_text("standard input");
    pty.wait_for_text("Reading ...");
    std::fs::write(pty.folder.path().join("gate"), "").expect("an open gate");
    pty.wait_for_text("201  1945-07-12");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    pty.assert_restored();
}

#[test]
fn empty_standard_input_opens_the_default_archive() {
    let mut pty = Setup::script("\"$FONDS\" < /dev/null").start();
    pty.wait_for_text("201  1945-07-12");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
}

#[test]
fn dates_command_strips_control_characters_on_a_terminal() {
    let script = "\"$FONDS\" dates < bad.txt; \"$FONDS\" dates < bad.txt > out";
    let bad = "\u{1b}]0;title\u{7}no \u{202e}date\n";
    let mut pty = Setup::script(script).file("bad.txt", bad).start();
    assert_eq!(pty.wait_for_exit(), 0);
    assert_eq!(
        String::from_utf8_lossy(&pty.bytes()),
        "no date\t\t\t\tno date\tthe date “no date” is not understood\r\n"
    );
    let written = std::fs::read_to_string(pty.folder.path().join("out")).expect("a file");
    assert!(written.starts_with(bad.trim_end()), "{written:?}");
}
