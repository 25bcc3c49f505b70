//! Counts as text: `1,387`, `1 record`, `2 records`.

/// Formats a number with commas between groups of three digits.
pub fn with_thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Formats a count of things: `1 record`, `2 records`, `no records`.
pub fn count_of(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        number => format!("{} {noun}s", with_thousands(number)),
    }
}
