//! The plain text of values, without TeX.

use std::borrow::Cow;

use biblatex::{Chunk, Chunks, ChunksRef};

use crate::formats::marked_notes::MARK;

/// TeX commands that only change the font.
const FONT_COMMANDS: [&str; 10] = [
    "\\textit",
    "\\textbf",
    "\\textsc",
    "\\textrm",
    "\\textsl",
    "\\texttt",
    "\\textsf",
    "\\textup",
    "\\emph",
    "\\mkbibemph",
];

/// TeX commands that change the font up to the end of their group.
const FONT_SWITCHES: [&str; 12] = [
    "\\em",
    "\\it",
    "\\bf",
    "\\sc",
    "\\sl",
    "\\tt",
    "\\rm",
    "\\sf",
    "\\itshape",
    "\\bfseries",
    "\\scshape",
    "\\upshape",
];

/// Stands for a tilde that is written as a command. The library makes the same sign of it as of the tilde
/// that is a space in TeX. Unicode has no character here.
const TILDE: char = '\u{fdd0}';

/// Returns the text with [`TILDE`] for each command of a tilde. Other text is unchanged.
pub(super) fn mark_tildes(text: &str) -> Cow<'_, str> {
    if !text.contains("\\textasciitilde") && !text.contains("\\~{}") {
        return Cow::Borrowed(text);
    }
    let commands = ["{\\textasciitilde}", "\\textasciitilde{}", "\\textasciitilde ", "\\~{}"];
    let marked = commands
        .iter()
        .fold(text.to_owned(), |text, command| text.replace(command, &TILDE.to_string()));
    Cow::Owned(marked.replace("\\textasciitilde", &TILDE.to_string()))
}

/// Returns a text with tildes as they are.
pub(super) fn unmark_tildes(text: &str) -> String {
    text.replace(TILDE, "~")
}

/// Returns a text with spaces for the tildes that are spaces in TeX.
fn decode_tildes(text: &str) -> String {
    unmark_tildes(&text.replace('~', " "))
}

/// Returns values with spaces for the tildes that are spaces in TeX, except in formulas.
pub(super) fn with_spaces(chunks: ChunksRef<'_>) -> Chunks {
    let mut chunks = chunks.to_vec();
    for chunk in &mut chunks {
        if let Chunk::Normal(text) | Chunk::Verbatim(text) = &mut chunk.v {
            *text = decode_tildes(text);
        }
    }
    chunks
}

/// Returns the plain text of a date. There a tilde says that it is approximate.
pub(super) fn date_text(chunks: ChunksRef<'_>) -> String {
    without_tex(&letters(chunks, unmark_tildes))
}

/// Returns the plain text of a value, without commands that change only how it looks.
pub(super) fn plain_text(chunks: ChunksRef<'_>) -> String {
    // Notes with this mark have no TeX.
    let has_mark = chunks.iter().any(|chunk| chunk.v.get().contains(MARK.trim_end()));
    if has_mark {
        return date_text(chunks);
    }
    without_tex(&letters(chunks, decode_tildes))
}

/// Returns the text of a value. `decode`: how its tildes are read.
fn letters(chunks: ChunksRef<'_>, decode: fn(&str) -> String) -> String {
    let mut text = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(letters) | Chunk::Verbatim(letters) => text.push_str(&decode(letters)),
            Chunk::Math(math) => text.push_str(&plain_formula(math)),
        }
    }
    text
}

/// Returns a text without commands that change only how it looks, and with one space between words.
fn without_tex(text: &str) -> String {
    let mut text = text.to_owned();
    // Notes with this mark have no TeX.
    if text.contains(MARK.trim_end()) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if text.contains(['\\', '`']) || text.contains("''") {
        text = without_commands(&text).replace("``", "“").replace("''", "”");
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Removes known commands from a text. Arguments that are shown stay, without their braces.
fn without_commands(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, command) = rest.split_at(at);
        plain.push_str(before);
        let letters = command.get(1..).unwrap_or("");
        let end =
            letters.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(letters.len());
        let (name, after) = command.split_at(end + 1);
        let argument = after.strip_prefix('{').and_then(|after| after.split_once('}'));
        let is_font =
            FONT_COMMANDS.contains(&name) || ["\\url", "\\textsuperscript"].contains(&name);
        (rest, ()) = match (name, argument) {
            ("\\enquote" | "\\mkbibquote", Some((quoted, after))) => {
                (after, plain.extend(["“", quoted, "”"]))
            }
            ("\\foreignlanguage", Some((_, after))) => (after, ()),
            ("\\ldots" | "\\dots", _) => {
                (after.strip_prefix("{}").unwrap_or(after), plain.push('…'))
            }
            (_, Some((shown, after))) if is_font => (after, plain.push_str(shown)),
            (_, None) if is_font => (after, ()),
            _ if FONT_SWITCHES.contains(&name) => (after.trim_start(), ()),
            _ => (after, plain.push_str(name)),
        };
    }
    plain + rest
}

/// Returns a simple formula as Unicode text with subscripts and superscripts. Any other formula
/// stays TeX.
fn plain_formula(math: &str) -> String {
    let bare =
        FONT_COMMANDS.iter().fold(math.to_owned(), |text, command| text.replace(command, ""));
    if bare.contains('\\') {
        return format!("${math}$");
    }
    let mut letters = String::new();
    let mut digit_forms = None;
    for letter in bare.chars() {
        match (letter, digit_forms, letter.to_digit(10)) {
            ('_', ..) => digit_forms = Some("₀₁₂₃₄₅₆₇₈₉"),
            ('^', ..) => digit_forms = Some("⁰¹²³⁴⁵⁶⁷⁸⁹"),
            ('{' | '}', ..) => {}
            (_, Some(forms), Some(digit)) => letters.extend(forms.chars().nth(digit as usize)),
            (other, ..) => {
                digit_forms = None;
                letters.push(other);
            }
        }
    }
    letters
}
