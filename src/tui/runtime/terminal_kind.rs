//! What kind of terminal the program runs on, by the name in `TERM`.

use std::env;

/// Whether the terminal can show a screen, and not only lines of text.
///
/// `dumb` stands for terminals that cannot move the cursor, such as those inside of editors. Without a name nothing
/// is known.
pub(crate) fn shows_screens() -> bool {
    !matches!(terminal_name().as_str(), "" | "dumb" | "unknown" | "emacs")
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
