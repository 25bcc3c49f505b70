//! Notes in which exports keep fields that a citation format has no place for:
//! `[fonds] collection: Letters`.
//!
//! The mark tells them from notes of other programs, which are never read as fields. It also keeps
//! citation programs from reading them: some take a line `title: ...` of a note for the title.

/// The beginning of such a note.
pub(super) const MARK: &str = "[fonds] ";

/// Separates notes where a format has one note per record and no line ends in it.
pub(super) const SEPARATOR: &str = " | ";

/// Returns the note of a value. It has no line end, and no bar after white space.
pub(super) fn to_note(name: &str, value: &str) -> String {
    format!("{MARK}{}: {}", escape(name, true), escape(value, false))
}

/// Returns the name and the value in a note, or `None` for any other text.
pub(super) fn from_note(note: &str) -> Option<(String, String)> {
    let text = note.trim().strip_prefix(MARK.trim_end())?.strip_prefix(' ')?;
    let mut is_escaped = false;
    let (end, _) = text.char_indices().find(|(_, letter)| {
        let is_end = *letter == ':' && !is_escaped;
        is_escaped = *letter == '\\' && !is_escaped;
        is_end
    })?;
    let (name, value) = text.split_at_checked(end)?;
    let name = unescape(name);
    let value = unescape(value.strip_prefix(':')?.trim());
    (!name.is_empty()).then_some((name, value))
}

/// Whether a character ends a line for any of the programs that read citation formats.
pub(super) fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{b}'..='\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Joins the lines of a text, whatever ends them, with single spaces between words.
pub(super) fn to_one_line(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || is_line_end(letter));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Puts a backslash before what would end the value or its name.
fn escape(text: &str, is_name: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut follows_space = true;
    for letter in text.chars() {
        match letter {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\\' => escaped.push_str("\\\\"),
            ':' if is_name => escaped.push_str("\\:"),
            '|' if follows_space => escaped.push_str("\\|"),
            _ if is_line_end(letter) || letter.is_control() => {
                escaped.push_str("\\u{");
                escaped.push_str(&format_hex(letter));
                escaped.push('}');
            }
            _ => escaped.push(letter),
        }
        follows_space = letter.is_whitespace();
    }
    escaped
}

/// Returns the code of a character in hexadecimal.
fn format_hex(letter: char) -> String {
    format!("{:x}", u32::from(letter))
}

/// Undoes [`escape`].
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let code = after.strip_prefix("u{");
        let end = code.and_then(|code| code.bytes().take(7).position(|byte| byte == b'}'));
        let code = code.zip(end).map(|(code, end)| (&code[..end], &code[end + 1..]));
        let letter = code.and_then(|(code, rest)| {
            Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, rest))
        });
        if let Some((letter, after)) = letter {
            plain.push(letter);
            rest = after;
            continue;
        }
        let mut letters = after.chars();
        match letters.next() {
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('t') => plain.push('\t'),
            Some(letter) => plain.push(letter),
            None => plain.push('\\'),
        }
        rest = letters.as_str();
    }
    plain + rest
}
