//! Words of shell commands.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns one word of a shell command, quoted. Characters that cannot be pasted as they are, and bytes that are not
/// UTF-8, are escaped.
pub fn word(bytes: &[u8]) -> String {
    let plain = std::str::from_utf8(bytes).ok().filter(|text| !text.contains(must_be_escaped));
    if let Some(text) = plain {
        // Only a zero byte cannot be quoted, and no argument has one.
        return shlex::try_quote(text).map_or_else(|_| String::new(), Cow::into_owned);
    }
    // The shell removes line ends at the end of what a command prints.
    let line_ends = bytes.iter().rev().take_while(|byte| **byte == b'\n').count();
    let (start, line_ends) = bytes.split_at(bytes.len() - line_ends);
    // Every shell has `printf`; not every one has `$'...'`.
    let mut word = String::from("\"$(printf '");
    for byte in start {
        if byte.is_ascii_alphanumeric() || b"/._- ".contains(byte) {
            word.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(word, "\\{byte:03o}");
        }
    }
    word.push_str("')\"");
    if !line_ends.is_empty() {
        word.push('\'');
        word.extend(line_ends.iter().map(|byte| char::from(*byte)));
        word.push('\'');
    }
    word
}

/// Whether a character cannot be pasted into a terminal as it is: control characters but line ends, and those that
/// reorder the text round them (UAX #9, section 2).
fn must_be_escaped(letter: char) -> bool {
    letter.is_control() && letter != '\n'
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
