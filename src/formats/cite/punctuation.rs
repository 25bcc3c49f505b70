//! The marks between the parts of a citation: no mark is doubled, and none stands alone.

use crate::formats::document::WORDS;

/// The quotation marks of a style, with the inner ones for quotations in a title.
pub(super) struct Quotes {
    open: char,
    close: char,
    inner: [char; 2],
}

/// The quotation marks of print.
pub(super) const CURLY: Quotes = Quotes { open: '“', close: '”', inner: ['‘', '’'] };
/// The quotation marks of typewriters.
pub(super) const STRAIGHT: Quotes = Quotes { open: '"', close: '"', inner: ['\'', '\''] };

impl Quotes {
    /// Puts a title in quotation marks. Those inside it become inner ones.
    pub(super) fn quote(&self, title: &str) -> String {
        let [open, close] = self.inner;
        let mut opens = true;
        let inner: String = title
            .chars()
            .map(|letter| match letter {
                '“' => open,
                '”' => close,
                '"' => {
                    opens = !opens;
                    if opens { close } else { open }
                }
                other => other,
            })
            .collect();
        format!("{}{inner}{}", self.open, self.close)
    }
}

/// Marks that catalogues put between the parts of a description (ISBD), and commas and semicolons.
const SEPARATORS: [char; 5] = [',', ';', ':', '/', '='];

/// Returns a value for a citation: without the marks and blanks of catalogues, such as `The harbour : a
/// history /`, and without a full stop that ends it. Empty if it has nothing but marks.
pub(super) fn tidy(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() && letter != '\u{a0}');
    let mut tidy = String::with_capacity(text.len());
    for word in words.filter(|word| !word.is_empty()) {
        let is_joined = [":", ";", ",", "."].contains(&word);
        // A full stop before everything else ends nothing.
        if tidy.is_empty() && word == "." {
            continue;
        }
        if !tidy.is_empty() && !is_joined {
            tidy.push(' ');
        }
        let is_doubled =
            is_joined && (tidy.ends_with([',', ';', ':']) || (word == "." && tidy.ends_with('.')));
        tidy.push_str(if is_doubled { "" } else { word });
    }
    let is_separator = |letter: char| SEPARATORS.contains(&letter) || letter == ' ';
    let bare = without_end_mark(tidy.trim_start_matches(is_separator));
    // `[Harbour in winter.]`
    let bracketed = bare.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let bracketed = bracketed.map(without_end_mark).filter(|inner| !inner.contains(['[', ']']));
    if let Some(inner) = bracketed.filter(|inner| inner.chars().any(char::is_alphanumeric)) {
        return format!("[{inner}]");
    }
    let has_content = bare.chars().any(char::is_alphanumeric) || bare.contains(['?', '!', '…']);
    if has_content { bare.to_owned() } else { String::new() }
}

/// Returns a text without the separators and the full stop at its end. The full stop of an abbreviation and an
/// ellipsis stay.
fn without_end_mark(text: &str) -> &str {
    let mut rest = text.trim_end();
    loop {
        let shorter = match rest.strip_suffix(SEPARATORS) {
            Some(before) if rest.ends_with([',', ';', ':']) || before.ends_with(' ') => before,
            _ => without_full_stop(rest),
        };
        if shorter == rest {
            return rest;
        }
        rest = shorter.trim_end();
    }
}

/// Returns a text without the full stop at its end, unless it belongs to an abbreviation, an initial or an
/// ellipsis.
fn without_full_stop(text: &str) -> &str {
    let Some(bare) = text.strip_suffix('.') else { return text };
    let last = bare.rsplit([' ', '-', '\u{a0}']).next().unwrap_or("");
    let last = last.trim_start_matches(['(', '[', '"', '“', '‘']);
    let mut letters = last.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let is_dotted = last.contains('.') && last.chars().any(char::is_alphabetic);
    let stays = is_initial || is_dotted || bare.ends_with('.') || WORDS.is_abbreviation(last);
    if stays { text } else { bare }
}

/// Joins the parts that are present with commas.
pub(super) fn join_with_commas(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let mut joined = String::new();
    for part in parts.into_iter().flatten() {
        if !joined.is_empty() {
            joined = with_comma(&joined);
            joined.push(' ');
        }
        joined.push_str(&part);
    }
    joined
}

/// Joins the parts that are present as sentences. An address at the end is followed by `address_end` only.
pub(super) fn join_sentences(
    parts: impl IntoIterator<Item = Option<String>>,
    address_end: &str,
) -> String {
    let end = |text: String| match text.rsplit(' ').next() {
        Some(last) if last.contains("://") && text.ends_with(address_end) => text,
        Some(last) if last.contains("://") => text + address_end,
        _ => with_full_stop(&text),
    };
    parts.into_iter().flatten().map(end).collect::<Vec<_>>().join(" ")
}

/// Appends a comma, inside a quotation mark at the end, in place of a full stop that ended a sentence.
fn with_comma(text: &str) -> String {
    let (inner, closing) = split_closing_quotes(text);
    let inner = if closing.is_empty() { inner } else { without_full_stop(inner) };
    let mark = if inner.ends_with(',') { "" } else { "," };
    format!("{inner}{mark}{closing}")
}

/// Appends a full stop, inside a quotation mark at the end, unless the text ends with a sentence mark.
fn with_full_stop(text: &str) -> String {
    let (inner, closing) = split_closing_quotes(text);
    let mark = if inner.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{inner}{mark}{closing}")
}

/// Splits the quotation marks that end a quotation off the end of a text.
fn split_closing_quotes(text: &str) -> (&str, &str) {
    let is_quoted = |close: char| match close {
        '”' => text.contains('“'),
        '’' => text.contains('‘'),
        '"' => text.matches('"').count().is_multiple_of(2),
        '\'' => [" '", "\"'"].iter().any(|open| text.contains(open)),
        _ => false,
    };
    let inner = text.trim_end_matches(is_quoted);
    let closing = text.get(inner.len()..).unwrap_or("");
    // A separator before the quotation mark ends nothing.
    let bare = inner.trim_end_matches([' ', ',', ';', ':']);
    (if closing.is_empty() { inner } else { bare }, closing)
}
