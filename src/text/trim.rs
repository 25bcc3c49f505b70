//! Removes white space around a text.

/// Returns a text without the white space around it, like [`str::trim`].
///
/// Most values of a file have none, which two bytes tell without decoding letters.
#[inline]
pub fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::trim;

    #[test]
    fn it_is_the_trim_of_the_standard_library() {
        for text in
            ["", " ", "a", "ab", " ab", "ab ", "\u{a0}ab", "ab\u{3000}", "\tä\n", "a\0", "\u{1b}a"]
        {
            assert_eq!(trim(text), text.trim(), "{text:?}");
        }
    }
}
