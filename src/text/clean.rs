//! Making text safe to show: removing control characters, escape sequences and bidirectional
//! overrides.
//!
//! Only text on the screen and on the clipboard is cleaned. The store and exported files keep the original text.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

/// The character CSI, which begins a control sequence.
const CSI: char = '\u{9b}';
/// The characters that begin a command or control string: DCS, SOS, OSC, PM, APC.
const CONTROL_STRING_STARTS: [char; 5] = ['\u{90}', '\u{98}', '\u{9d}', '\u{9e}', '\u{9f}'];

/// Whether a character reorders or hides the text around it.
///
/// These are the embeddings, overrides, isolates and marks of the Unicode Bidirectional Algorithm
/// (UAX #9, section 2), the line and paragraph separators, and the byte-order mark. The emoji
/// variation selector counts too, because terminals disagree about the columns it adds.
fn is_bidi_or_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Returns the text on one line, without control characters, bidirectional controls and escape
/// sequences.
///
/// Each tab and each line end becomes one space.
pub fn clean(text: &str) -> Cow<'_, str> {
    remove_controls(text, Kept::Nothing)
}

/// Like [`clean`], but keeps the line ends of the text.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    remove_controls(text, Kept::Lines)
}

/// Returns the text for a clipboard: without control characters and escape sequences, which a terminal that it
/// is pasted into would take for keys. Line ends, tabs, and what directs the text stay.
pub fn clean_for_clipboard(text: &str) -> Cow<'_, str> {
    remove_controls(text, Kept::PlainText)
}

/// What stays of the characters that are removed otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// Nothing: the text becomes one line.
    Nothing,
    /// Line ends.
    Lines,
    /// Line ends, tabs, and invisible characters that direct the text.
    PlainText,
}

impl Kept {
    /// Whether a character stays as it is.
    fn keeps(self, letter: char) -> bool {
        match letter {
            '\n' => self != Kept::Nothing,
            '\t' => self == Kept::PlainText,
            letter if letter.is_control() => false,
            letter => self == Kept::PlainText || !is_bidi_or_invisible(letter),
        }
    }
}

/// Removes what must not reach a terminal.
fn remove_controls(text: &str, kept: Kept) -> Cow<'_, str> {
    let is_safe = |letter: char| kept.keeps(letter);
    if text.chars().all(is_safe) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            letter if kept.keeps(letter) => clean.push(letter),
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                clean.push(' ');
            }
            letter if is_bidi_or_invisible(letter) => {}
            letter if letter.is_control() => skip_control(letter, &mut letters),
            letter => clean.push(letter),
        }
    }
    Cow::Owned(clean)
}

/// The rest of a text, character by character.
type Letters<'a> = Peekable<Chars<'a>>;

/// Skips the characters that belong to a control character (ECMA-48, sections 5.3 to 5.6 and 8.3).
///
/// Of an unfinished sequence, only the characters that can belong to it are skipped, at most up to
/// the end of the line.
fn skip_control(control: char, letters: &mut Letters<'_>) {
    match control {
        '\u{1b}' => skip_escape(letters),
        CSI => skip_sequence(letters),
        control if CONTROL_STRING_STARTS.contains(&control) => skip_string(letters),
        _ => {}
    }
}

/// Skips what follows an escape character: the second half of a two-character control, or
/// intermediate characters and a final one.
fn skip_escape(letters: &mut Letters<'_>) {
    if let Some(second) = letters.next_if(|c| ('\u{40}'..='\u{5f}').contains(c)) {
        let control = u8::try_from(second).map_or(second, |byte| char::from(byte + 0x40));
        return skip_control(control, letters);
    }
    while letters.next_if(|c| ('\u{20}'..='\u{2f}').contains(c)).is_some() {}
    letters.next_if(|c| ('\u{30}'..='\u{7e}').contains(c));
}

/// Skips a control sequence: parameters, intermediate characters, a final character.
fn skip_sequence(letters: &mut Letters<'_>) {
    while letters.next_if(|c| ('\u{20}'..='\u{3f}').contains(c)).is_some() {}
    letters.next_if(|c| ('\u{40}'..='\u{7e}').contains(c));
}

/// Skips a command or control string, up to its end or the end of the line.
///
/// ST ends it, which may be an escape sequence of its own. Terminals also accept BEL.
fn skip_string(letters: &mut Letters<'_>) {
    while letters.next_if(|c| !"\u{1b}\u{7}\u{9c}\n\r\u{85}".contains(*c)).is_some() {}
    letters.next_if(|c| "\u{7}\u{9c}".contains(*c));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_removes_controls() {
        for (text, shown) in [
            ("Red cable", "Red cable"),
            ("a\tb\nc\r\nd\re\u{b}f\u{c}g\u{85}h\u{2028}i\u{2029}j", "a b c d e f g h i j"),
            ("a\0b\u{8}c\u{7f}d\u{80}e", "abcde"),
            ("\u{202e}a\u{2066}b\u{2067}c\u{2068}d\u{2069}e\u{feff}f\u{61c}", "abcdef"),
            ("\u{1b}[31;1mred\u{1b}[0m \u{9b}4munder\u{9b}m", "red under"),
            ("\u{1b}[2 qa\u{1b}[?25lb", "ab"),
            ("\u{1b}]0;title\u{7}a \u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "a link"),
            ("\u{9d}0;title\u{9c}a\u{9d}2;b\u{7}c", "ac"),
            ("\u{1b}Pq#0\u{1b}\\a\u{1b}_Gx\u{1b}\\b\u{1b}^x\u{1b}\\c\u{1b}Xx\u{1b}\\d", "abcd"),
            ("\u{90}q\u{9c}a\u{9f}G\u{9c}b\u{9e}x\u{9c}c\u{98}x\u{9c}d", "abcd"),
            ("\u{1b}7a\u{1b}Mb\u{1b}(Bc\u{1b}cd\u{1b}=e\u{1b}#8f", "abcdef"),
            ("é\u{1b}é\u{1b}[31é\u{1b}(é\u{1b}\u{1b}[mé\u{1b}", "ééééé"),
            ("a\u{1b}]0;open\nb\u{1b}[31\nc\u{9d}x\r\nd\u{1b}\ne\u{1b}]x", "a b c d e"),
        ] {
            assert_eq!(clean(text), shown, "{text:?}");
            let lines = clean_lines(text);
            assert!(lines.chars().all(|c| c == '\n' || !c.is_control()), "{lines:?}");
            assert_eq!(lines.replace('\n', " "), shown, "{text:?}");
        }
    }

    #[test]
    fn clean_for_clipboard_keeps_plain_text() {
        for (text, copied) in [
            ("1945\tA letter\nto \u{202b}שלום\u{202c}", "1945\tA letter\nto \u{202b}שלום\u{202c}"),
            ("a\u{1b}[201~q\rb\r\nc", "aq b\nc"),
            ("a\u{9b}201~b\0\u{3}\u{4}c\u{1a}", "abc"),
        ] {
            assert_eq!(clean_for_clipboard(text), copied, "{text:?}");
        }
    }

    #[test]
    fn clean_lines_keeps_line_ends() {
        assert_eq!(clean_lines("a\u{1b}]0;open\nb\r\nc\u{9d}x\r\nd"), "a\nb\nc\nd");
    }
}
