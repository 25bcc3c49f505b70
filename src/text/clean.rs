//! Text made fit to be shown: control and bidirectional override characters out, cut to a width.
//!
//! Only what is shown is cleaned; the store and what is written out keep the text as it was.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

/// Begins a control sequence.
const CSI: char = '\u{9b}';
/// Begin a command or control string: DCS, SOS, OSC, PM, APC.
const STRINGS: [char; 5] = ['\u{90}', '\u{98}', '\u{9d}', '\u{9e}', '\u{9f}'];

/// Characters that reorder or hide what stands around them: the embeddings, overrides, isolates and
/// marks of the Unicode Bidirectional Algorithm (UAX #9, section 2), the separators of lines and
/// paragraphs, and the byte-order mark. The emoji variation selector too: terminals disagree about
/// the columns it adds.
fn is_unruly(letter: char) -> bool {
    matches!(letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The text on one line: white space and line ends are single spaces, unruly and control
/// characters and whole escape sequences are gone.
pub fn clean(text: &str) -> Cow<'_, str> {
    cleaned(text, false)
}

/// The same for a text of several lines: its line ends stay.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    cleaned(text, true)
}

fn cleaned(text: &str, lines: bool) -> Cow<'_, str> {
    let fine = |c: char| !(c.is_control() || is_unruly(c)) || (lines && c == '\n');
    if text.chars().all(fine) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' if lines => clean.push('\n'),
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                clean.push(' ');
            }
            letter if is_unruly(letter) => {}
            letter if letter.is_control() => skip_control(letter, &mut letters),
            letter => clean.push(letter),
        }
    }
    Cow::Owned(clean)
}

/// The rest of a text, letter by letter.
type Letters<'a> = Peekable<Chars<'a>>;

/// Passes over what belongs to a control character (ECMA-48, sections 5.3 to 5.6 and 8.3). Where it
/// is not finished only what could belong to it is gone, and never more than the line.
fn skip_control(control: char, letters: &mut Letters<'_>) {
    match control {
        '\u{1b}' => skip_escape(letters),
        CSI => skip_sequence(letters),
        control if STRINGS.contains(&control) => skip_string(letters),
        _ => {}
    }
}

/// After an escape character: two letters that stand for one control character beyond ASCII, or
/// intermediate letters and a final one.
fn skip_escape(letters: &mut Letters<'_>) {
    if let Some(second) = letters.next_if(|c| ('\u{40}'..='\u{5f}').contains(c)) {
        let control = u8::try_from(second).map_or(second, |byte| char::from(byte + 0x40));
        return skip_control(control, letters);
    }
    while letters.next_if(|c| ('\u{20}'..='\u{2f}').contains(c)).is_some() {}
    letters.next_if(|c| ('\u{30}'..='\u{7e}').contains(c));
}

/// A control sequence: parameters, intermediate letters, a final letter.
fn skip_sequence(letters: &mut Letters<'_>) {
    while letters.next_if(|c| ('\u{20}'..='\u{3f}').contains(c)).is_some() {}
    letters.next_if(|c| ('\u{40}'..='\u{7e}').contains(c));
}

/// A command or control string: up to its end or that of the line. It is ended by ST, which may be
/// an escape sequence of its own, and as terminals have it also by BEL.
fn skip_string(letters: &mut Letters<'_>) {
    while letters.next_if(|c| !"\u{1b}\u{7}\u{9c}\n\r\u{85}".contains(*c)).is_some() {}
    letters.next_if(|c| "\u{7}\u{9c}".contains(*c));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_clean() {
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
    fn the_lines_of_a_text_stay() {
        assert_eq!(clean_lines("a\u{1b}]0;open\nb\r\nc\u{9d}x\r\nd"), "a\nb\nc\nd");
    }
}
