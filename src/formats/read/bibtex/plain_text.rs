//! The plain text of values, without TeX.

use biblatex::{Chunk, ChunksRef};

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

/// Returns the plain text of a value, without font commands.
pub(super) fn plain_text(chunks: ChunksRef<'_>) -> String {
    let mut text = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(letters) | Chunk::Verbatim(letters) => text.push_str(letters),
            Chunk::Math(math) => text.push_str(&plain_formula(math)),
        }
    }
    for command in FONT_COMMANDS {
        if text.contains(command) {
            text = text.replace(command, "");
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
