//! Reading numbers: digits with brackets, suffixes and missing digits, Roman and Chinese numerals.

use super::fold::fold_letter;
use super::words::{self, Entry, Sense};

/// A number as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign that the number has or lacks")]
pub(super) struct Number {
    /// Its value. Where digits are missing, that of the digits that are there.
    pub(super) value: i64,
    /// How many digits are written; 0 for a numeral.
    pub(super) digits: usize,
    /// How many digits of the year are missing: 1 for `194-`, 2 for `19uu`.
    pub(super) missing: u8,
    /// Whether its suffix says that it counts: `4th`.
    pub(super) is_ordinal: bool,
    /// Whether its suffix may say that it begins a decade: `1940s`.
    pub(super) is_decade: bool,
    /// Whether its suffix may say that it begins a century, if it ends in 00: `1800s`.
    pub(super) is_century: bool,
    /// Whether some of its digits are in brackets: `18[64]`.
    pub(super) is_inferred: bool,
    /// Whether an apostrophe stands for its century: `'41`.
    pub(super) is_short_year: bool,
}

impl Number {
    /// Whether it is written with digits alone.
    pub(super) fn is_plain(&self) -> bool {
        self.missing == 0 && !self.is_ordinal && !self.is_decade && !self.is_century
    }

    /// Whether it is a plain number of one or two digits.
    pub(super) fn is_short(&self) -> bool {
        self.is_plain() && self.digits <= 2
    }

    /// Whether it is a plain number of four digits.
    pub(super) fn is_long(&self) -> bool {
        self.is_plain() && self.digits == 4
    }
}

/// What begins with a digit.
pub(super) enum Read {
    /// A number.
    Number(Number),
    /// A word such as `9bre`.
    Word(&'static Entry),
    /// A number with an ending that makes it a bound: `1945-ig`.
    Bound {
        /// The number.
        number: Number,
        /// The length of the number without the ending, in bytes.
        length: usize,
        /// The ending.
        ending: &'static Entry,
    },
}

/// Reads what begins with a digit at the start of a text. Returns it with its length in bytes.
pub(super) fn read(text: &str) -> Option<(Read, usize)> {
    let first = text.chars().next()?;
    let may_begin = first.is_ascii_digit()
        || matches!(first, '\'' | '’' | '‘' | '`' | '[' | '<' | 'l' | 'I' | 'O')
        || !first.is_ascii() && ascii_digit(first).is_some();
    if !may_begin {
        return None;
    }
    let mut number = Number::default();
    let mut at = 0;
    if let Some(rest) = text.strip_prefix(['\'', '’', '‘', '`']) {
        let (digits, length) = read_digits(rest);
        let ends = !rest.get(length..)?.starts_with(char::is_alphanumeric);
        if digits.count != 2 || !ends {
            return None;
        }
        number.is_short_year = true;
        at = text.len() - rest.len();
    }
    let (digits, length) = match read_bracketed(text) {
        Some((digits, length)) => {
            number.is_inferred = true;
            (digits, length)
        }
        None => read_digits(text.get(at..)?),
    };
    if digits.count == 0 {
        return read_typewriter_slip(text);
    }
    at += length;
    (number.digits, number.value) = (digits.count, digits.value);
    let rest = text.get(at..)?;
    if let Some(thousands) =
        thousands_group(rest).filter(|_| (1..=3).contains(&number.digits) && number.value > 0)
    {
        number.value = number.value * 1000 + thousands;
        number.digits += 3;
        return Some((Read::Number(number), at + ",000".len()));
    }
    if let Some((length, missing)) = missing_digits(rest, &number) {
        number.missing = missing;
        return Some((Read::Number(number), at + length));
    }
    let next = rest.chars().next();
    if next == Some('°') && number.digits <= 2 {
        // 1° maggio
        number.is_ordinal = number.value > 0;
        return Some((Read::Number(number), at + '°'.len_utf8()));
    }
    if matches!(next, Some('l' | 'I' | 'O'))
        && let Some((slip, length)) = read_typewriter_slip(text)
        && length > at
    {
        return Some((slip, length));
    }
    Some(read_end(text, at, number))
}

/// Reads what follows the digits of a number at `at`.
fn read_end(text: &str, at: usize, number: Number) -> (Read, usize) {
    let rest = text.get(at..).unwrap_or("");
    let has_suffix = rest.chars().next().is_some_and(|next| {
        next.is_alphabetic() || matches!(next, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | ':')
    });
    match english_decade(rest, number) {
        Some(decade) => (Read::Number(decade), at + "s".len()),
        None if has_suffix => read_suffix(text, at, number),
        None => (Read::Number(number), at),
    }
}

/// Reads what may follow a number without a space: a suffix, or letters that make it a word.
fn read_suffix(text: &str, at: usize, mut number: Number) -> (Read, usize) {
    let rest = text.get(at..).unwrap_or("");
    let (letters, hyphened) = match rest.strip_prefix(['-', '\u{2010}', '\u{2011}', '\'', '’', ':'])
    {
        Some(letters) => (letters, true),
        None => (rest, false),
    };
    // In Swedish and Finnish a colon stands before an ending: den 6:e maj.
    let is_behind_colon = rest.starts_with(':');
    let length = letters
        .find(|letter: char| !letter.is_alphabetic() || is_ideographic(letter))
        .unwrap_or(letters.len());
    let written = letters.get(..length).unwrap_or("");
    let end = at + rest.len() - letters.len() + length;
    let apostrophe = rest.starts_with(['\'', '’']);
    let is_capital = hyphened && written.starts_with(char::is_uppercase);
    let is_one_letter = written.len() == 1 && !is_behind_colon;
    if written.is_empty() || is_capital || (hyphened && !apostrophe && is_one_letter) {
        return (Read::Number(number), at);
    }
    let mut folded = String::new();
    written.chars().for_each(|letter| fold_letter(letter, |letter| folded.push(letter)));
    if !hyphened && number.digits <= 2 {
        let word = format!("{}{folded}", number.value);
        if let Some(entry) = words::look_up(&word).filter(|entry| !entry.senses.is_empty()) {
            return (Read::Word(entry), end);
        }
    }
    let suffix = words::look_up_suffix(&folded);
    let is_afternoon = letters.get(length..).is_some_and(|after| after.starts_with(".m"));
    if is_behind_colon && (number.digits > 2 || is_afternoon) {
        return (Read::Number(number), at);
    }
    if hyphened
        && suffix.is_none()
        && let Some(ending) = words::look_up(&folded).filter(|entry| entry.is_bound())
    {
        return (Read::Bound { number, length: at, ending }, end);
    }
    let is_month = |entry: &'static Entry| {
        entry.senses.iter().any(|(sense, _)| matches!(sense, Sense::Month(_)))
    };
    let word = words::look_up(&folded);
    let Some(entry) = suffix.filter(|_| !word.is_some_and(is_month)) else {
        return (Read::Number(number), at);
    };
    let has = |wanted: Sense| entry.senses.iter().any(|(sense, _)| *sense == wanted);
    if apostrophe && has(Sense::SuffixCase) {
        return (Read::Number(number), end);
    }
    let is_round = number.value % 10 == 0 && matches!(number.digits, 2..=4);
    let counts = has(Sense::SuffixOrdinal) || has(Sense::SuffixCase);
    number.is_ordinal = counts && number.digits <= 2 && (1..=99).contains(&number.value);
    number.is_century = is_round && has(Sense::SuffixDecadeOrCentury);
    number.is_decade = is_round && (has(Sense::SuffixDecade) || number.is_century);
    // 1945-to date
    let means_until = word
        .is_some_and(|entry| entry.senses.iter().any(|(sense, _)| matches!(sense, Sense::Until)));
    let is_year_case = hyphened && number.digits == 4 && !number.is_decade && !means_until;
    if !number.is_ordinal && !number.is_decade && !is_year_case {
        return (Read::Number(number), at);
    }
    (Read::Number(number), end)
}

/// Reads the most frequent suffix, that of English decades and centuries: `1950s`, `1800s`.
fn english_decade(rest: &str, number: Number) -> Option<Number> {
    let after = rest.strip_prefix('s')?;
    let is_decade = number.digits == 4 && number.value % 10 == 0;
    (is_decade && !after.starts_with(char::is_alphabetic)).then_some(Number {
        is_decade: true,
        is_century: true,
        ..number
    })
}

/// The greatest value of digits. No year comes near it, and sums of such values stay whole numbers.
const MAX_VALUE: i64 = 1_000_000_000_000;

/// Some digits.
#[derive(Clone, Copy, Debug, Default)]
struct Digits {
    /// Their value, or [`MAX_VALUE`] if there are too many.
    value: i64,
    /// How many there are.
    count: usize,
}

impl Digits {
    /// Adds a digit behind the others.
    fn push(&mut self, digit: char) {
        let digit = i64::from(digit.to_digit(10).unwrap_or(0));
        self.value = (10 * self.value + digit).min(MAX_VALUE);
        self.count += 1;
    }
}

/// Reads digits of any script. Returns them with their length in the text.
fn read_digits(text: &str) -> (Digits, usize) {
    let mut digits = Digits::default();
    let mut length = 0;
    for letter in text.chars() {
        let Some(digit) = ascii_digit(letter) else { break };
        digits.push(digit);
        length += letter.len_utf8();
    }
    (digits, length)
}

/// Returns the ASCII digit that a digit of another script stands for.
fn ascii_digit(letter: char) -> Option<char> {
    let value = match letter {
        '0'..='9' => return Some(letter),
        '\u{660}'..='\u{669}' => letter as u32 - 0x660,
        '\u{6f0}'..='\u{6f9}' => letter as u32 - 0x6f0,
        '\u{966}'..='\u{96f}' => letter as u32 - 0x966,
        '\u{ff10}'..='\u{ff19}' => letter as u32 - 0xff10,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Reads a year that has some of its digits in brackets: `193[9]`, `18[64]`, `[18]64`.
fn read_bracketed(text: &str) -> Option<(Digits, usize)> {
    let is_bracket = |letter| matches!(letter, '[' | ']' | '<' | '>');
    let (front, rest) =
        text.split_at_checked(text.find(|letter: char| !letter.is_ascii_digit())?)?;
    let inner = rest.strip_prefix(['[', '<'])?;
    let length = inner.find(|letter: char| !letter.is_ascii_digit())?;
    let (inside, after) = inner.split_at_checked(length)?;
    let back_text = after.strip_prefix([']', '>'])?;
    let length = back_text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(back_text.len());
    let (back, after) = back_text.split_at_checked(length)?;
    let is_partial = !inside.is_empty() && (front.is_empty() != back.is_empty());
    let mut digits = Digits::default();
    [front, inside, back].iter().flat_map(|part| part.chars()).for_each(|digit| digits.push(digit));
    let ends = !after.starts_with(is_bracket) || after.starts_with(']');
    (is_partial && digits.count == 4 && ends).then(|| (digits, text.len() - after.len()))
}

/// Reads a number in which letters stand for digits, as typewriters have them: `l2`, `194O`.
fn read_typewriter_slip(text: &str) -> Option<(Read, usize)> {
    let length = text.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(text.len());
    let run = text.get(..length).filter(|run| (2..=4).contains(&run.len()))?;
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let as_digit = |letter: char| match letter {
        'l' | 'I' => Some('1'),
        'O' => Some('0'),
        digit => ascii_digit(digit),
    };
    let is_slip = digits > 0 && digits < run.len() && (digits * 2 >= run.len());
    let mut read = Digits::default();
    run.chars().map_while(as_digit).for_each(|digit| read.push(digit));
    (is_slip && read.count == run.len()).then(|| {
        let number = Number { value: read.value, digits: read.count, ..Number::default() };
        (Read::Number(number), length)
    })
}

/// Returns the last three digits of a number such as `10,000`, if `rest` begins with them.
fn thousands_group(rest: &str) -> Option<i64> {
    let (digits, after) = rest.strip_prefix(',')?.split_at_checked(3)?;
    let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
    let ends = !after.starts_with(|next: char| next.is_ascii_digit());
    if is_number && ends { digits.parse().ok() } else { None }
}

/// Returns the length of the signs for the missing digits of a year, and how many are missing:
/// `194-`, `19[--]`, `199[?]`, `18uu`.
fn missing_digits(rest: &str, number: &Number) -> Option<(usize, u8)> {
    let missing = match number.digits {
        1 => 3,
        2 => 2,
        3 => 1,
        _ => return None,
    };
    let plausible = match number.digits {
        1 => (1..=2).contains(&number.value),
        2 => (10..=20).contains(&number.value),
        _ => (100..=209).contains(&number.value),
    };
    let is_placeholder = |letter: &char| {
        matches!(letter, '-' | '–' | '—' | '_' | '?' | 'x' | 'X' | 'u' | 'U' | '*' | '.')
    };
    let (bracket, inside) = rest.strip_prefix('[').map_or((false, rest), |inside| (true, inside));
    let count = inside.chars().take_while(is_placeholder).take(missing).count();
    if count < missing {
        return None;
    }
    let length = inside.chars().take(count).map(char::len_utf8).sum();
    let placeholders = inside.get(..length)?;
    let is_digit_word = |letter: char| matches!(letter, 'x' | 'X' | 'u' | 'U');
    // Only letters say that three digits are missing, and two full stops that two are.
    let is_certain = match number.digits {
        1 => placeholders.chars().all(is_digit_word),
        2 => !placeholders.contains('.') || placeholders == "..",
        _ => !placeholders.contains('.'),
    };
    let after = inside.get(placeholders.len()..)?;
    let closed = if bracket { after.strip_prefix(']')? } else { after };
    let ends =
        !closed.trim_start().starts_with(char::is_alphanumeric) || closed.starts_with([' ', '-']);
    (plausible && ends && is_certain)
        .then(|| (rest.len() - closed.len(), u8::try_from(missing).unwrap_or(1)))
}

/// The letters of Roman numbers and their values.
const ROMAN_LETTERS: [(char, u16); 7] =
    [('I', 1), ('V', 5), ('X', 10), ('L', 50), ('C', 100), ('D', 500), ('M', 1000)];
/// The endings of Roman numbers that count: `XVIIe`, `XIVth`.
const ROMAN_SUFFIXES: [&str; 6] = ["e", "er", "ere", "eme", "ieme", "th"];

/// Reads a Roman number in capital letters, or in small ones alone, at the start of a word.
///
/// Returns its value, its length in bytes with its suffix, and whether it has one. `word` is the
/// length of the word.
pub(super) fn read_roman(text: &str, word: usize) -> Option<(u16, usize, bool)> {
    let written = text.get(..word)?;
    if !written.starts_with(['I', 'V', 'X', 'L', 'C', 'D', 'M', 'i', 'v', 'x']) {
        return None;
    }
    let letters = written
        .find(|letter| !ROMAN_LETTERS.iter().any(|(roman, _)| *roman == letter))
        .unwrap_or(word);
    // The last one of a row was written as j: iij, xviij.
    let digits = written.strip_suffix('j').filter(|digits| !digits.is_empty());
    let digits = digits.map_or(written.to_owned(), |digits| format!("{digits}i"));
    if digits.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x')) {
        return Some((roman_value(&digits.to_uppercase())?, word, false));
    }
    let value = roman_value(written.get(..letters).filter(|letters| !letters.is_empty())?)?;
    let mut suffix = String::new();
    let ending = written.get(letters..)?;
    if !ending.is_empty() {
        ending.chars().for_each(|letter| fold_letter(letter, |letter| suffix.push(letter)));
        let counts = ROMAN_SUFFIXES.contains(&suffix.as_str()) && value <= 30;
        return counts.then_some((value, word, true));
    }
    // A suffix after a hyphen: XIX-го.
    let rest = text.get(word..)?;
    if let Some(after) = rest.strip_prefix(['-', '\u{2010}', '\u{2011}']) {
        let length = after.find(|letter: char| !letter.is_alphabetic()).unwrap_or(after.len());
        let letters = after.get(..length).unwrap_or("");
        letters.chars().for_each(|letter| fold_letter(letter, |letter| suffix.push(letter)));
        let is_suffix = letters.starts_with(char::is_lowercase)
            && words::look_up_suffix(&suffix).is_some_and(|entry| {
                entry.senses.iter().any(|(sense, _)| *sense == Sense::SuffixOrdinal)
            });
        // an II-an IV
        let precedes_number = after.get(length..).is_some_and(|rest| {
            rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(['I', 'V', 'X']))
        });
        if is_suffix && value <= 30 && !letters.is_empty() && !precedes_number {
            return Some((value, word + rest.len() - after.len() + length, true));
        }
    }
    Some((value, word, false))
}

/// Returns the value of a Roman number, which must be well formed.
fn roman_value(letters: &str) -> Option<u16> {
    let (mut sum, mut next) = (0_u16, 0);
    for letter in letters.chars().rev().take(16) {
        let (_, value) = *ROMAN_LETTERS.iter().find(|(roman, _)| *roman == letter)?;
        sum = if value < next { sum.checked_sub(value)? } else { sum.checked_add(value)? };
        next = value;
    }
    (sum > 0 && letters.len() <= 15 && is_well_formed(letters, sum)).then_some(sum)
}

/// Whether letters are how this number is written, or an older way such as `MDCCCCX`.
fn is_well_formed(letters: &str, value: u16) -> bool {
    const PARTS: [(u16, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = value;
    let mut usual = String::new();
    for (part, name) in PARTS {
        while rest >= part {
            usual.push_str(name);
            rest -= part;
        }
    }
    let additive = usual
        .replace("CM", "DCCCC")
        .replace("CD", "CCCC")
        .replace("XC", "LXXXX")
        .replace("XL", "XXXX")
        .replace("IX", "VIIII")
        .replace("IV", "IIII");
    letters == usual || letters == additive
}

/// Whether a character is an ideograph or kana, which stand without spaces.
pub(super) fn is_ideographic(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{2fdf}' | '々' | '〇' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Returns the value of a Chinese numeral.
fn ideographic_value(letter: char) -> Option<i64> {
    Some(match letter {
        '〇' | '零' => 0,
        '元' | '一' | '壹' | '壱' => 1,
        '二' | '贰' | '貳' | '弐' => 2,
        '三' | '叁' | '參' => 3,
        '四' => 4,
        '五' | '伍' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' | '拾' => 10,
        '廿' => 20,
        '卅' => 30,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// Returns the length in bytes of the Chinese numerals at the start of a text.
pub(super) fn ideographic_length(text: &str) -> usize {
    text.chars().take_while(|letter| ideographic_value(*letter).is_some()).map(char::len_utf8).sum()
}

/// Reads a Chinese number: 二十, 一九四五, 千九百四十五. 元 alone is the first.
pub(super) fn read_ideographic(text: &str) -> Option<(Number, usize)> {
    let length = ideographic_length(text);
    let numerals: Vec<i64> = text.get(..length)?.chars().filter_map(ideographic_value).collect();
    if numerals.is_empty() || numerals.len() > 10 {
        return None;
    }
    let value = if numerals.iter().all(|value| *value < 10) {
        numerals.iter().fold(0, |sum, value| sum * 10 + value)
    } else {
        let (mut sum, mut pending) = (0, 0);
        for value in &numerals {
            if *value < 10 {
                pending = *value;
            } else if *value == 20 || *value == 30 {
                sum += value;
            } else {
                sum += pending.max(1) * value;
                pending = 0;
            }
        }
        sum + pending
    };
    let digits = if value >= 1000 { 4 } else { 2.min(numerals.len()) };
    Some((Number { value, digits, ..Number::default() }, length))
}
