//! The signs in the text of a date.

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A dash, or two dots: from one date to another.
    Dash,
    /// `/`.
    Slash,
    /// A comma.
    Comma,
    /// A semicolon.
    Semicolon,
    /// A colon.
    Colon,
    /// A full stop after a number.
    Dot,
    /// A sign that separates dates more than a comma: `&`, `+`.
    Break,
    /// `?`.
    Question,
    /// `~`, `±`.
    Tilde,
    /// `%`.
    Percent,
    /// `[`.
    OpenSquare,
    /// `]`.
    CloseSquare,
    /// `(`.
    OpenRound,
    /// `)`.
    CloseRound,
    /// A curly bracket, a quotation mark or `©`, which mean nothing.
    Enclosure,
    /// A fraction such as `½`.
    Fraction,
    /// `*`, which stands before a birth.
    Star,
    /// `†`, which stands before a death.
    Dagger,
    /// Anything else.
    Other,
}

/// Returns the sign that a character is; `None` for one that means nothing, such as an apostrophe.
pub(super) fn sign(letter: char) -> Option<Sign> {
    Some(match letter {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '=' | '〜' | '～' | '－' | '־' => {
            Sign::Dash
        }
        '/' | '／' | '⁄' => Sign::Slash,
        ',' | '，' | '、' | '،' => Sign::Comma,
        ';' | '；' | '؛' | '|' => Sign::Semicolon,
        ':' | '：' => Sign::Colon,
        '&' | '+' => Sign::Break,
        '?' | '？' | '؟' => Sign::Question,
        '~' | '≈' | '±' => Sign::Tilde,
        '%' => Sign::Percent,
        '[' | '<' | '〔' | '【' | '［' => Sign::OpenSquare,
        ']' | '>' | '〕' | '】' | '］' => Sign::CloseSquare,
        '(' | '（' => Sign::OpenRound,
        ')' | '）' => Sign::CloseRound,
        '!' | '{' | '}' | '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '©' => {
            Sign::Enclosure
        }
        '\'' | '’' | '‘' | '`' | '´' | '·' | '׳' | '״' => return None,
        '½' | '¼' | '¾' => Sign::Fraction,
        '*' => Sign::Star,
        '†' => Sign::Dagger,
        _ => Sign::Other,
    })
}
