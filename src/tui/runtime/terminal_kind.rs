//! What kind of terminal the program runs on, by the name in `TERM`.

use std::env;

/// Whether the terminal can show a screen, and not only lines of text.
///
/// `dumb` stands for terminals that cannot move the cursor, such as those inside of editors, and terminfo has generic
/// names for any terminal. Without a name nothing is known. The VT52 and the VT50 do not know the sequences of ANSI.
pub(crate) fn shows_screens() -> bool {
    let name = terminal_name().to_ascii_lowercase();
    let is_generic = matches!(
        name.as_str(),
        "" | "dumb" | "emacs" | "unknown" | "network" | "dialup" | "printer" | "lpr" | "glasstty"
    );
    let is_without_ansi = name.starts_with("vt50") || name.starts_with("vt52");
    !is_generic && !is_without_ansi
}

/// Whether the terminal has colours. Those of the VT series up to VT320 have none.
pub(super) fn has_colours() -> bool {
    let name = terminal_name();
    let is_monochrome = name.ends_with("-m") || name.ends_with("-mono");
    let is_old_vt = name.strip_prefix("vt").is_some_and(|number| {
        let number: String = number.chars().take_while(char::is_ascii_digit).collect();
        number.parse().is_ok_and(|number: u16| number <= 320)
    });
    !(is_monochrome || is_old_vt)
}

/// The value of `TERM`.
fn terminal_name() -> String {
    env::var("TERM").unwrap_or_default()
}
