//! Writes colours in the form that most terminals understand.

/// The number of colours that have a short form: `ESC[31m`.
const SHORT_COLOURS: u16 = 16;

/// Returns a frame with the first 16 colours in their short form, 30 to 37 and 90 to 97, which older terminals
/// know too. Without colours, all are left out. The terminal library writes `38;5;1` for each.
pub fn simplify(frame: &[u8], has_colours: bool) -> Vec<u8> {
    let mut simple = Vec::with_capacity(frame.len());
    let mut rest = frame;
    while let Some(start) = memchr::memmem::find(rest, b"\x1b[") {
        let (before, sequence) = rest.split_at(start + 2);
        simple.extend_from_slice(before);
        let length =
            sequence.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
        let (numbers, after) = sequence.split_at(length);
        if after.first() == Some(&b'm') && !numbers.is_empty() {
            let styles = simple_styles(numbers, has_colours);
            if styles.is_empty() {
                simple.truncate(simple.len() - 2);
                rest = after.get(1..).unwrap_or_default();
                continue;
            }
            simple.extend_from_slice(styles.join(";").as_bytes());
        } else {
            simple.extend_from_slice(numbers);
        }
        rest = after;
    }
    simple.extend_from_slice(rest);
    simple
}

/// Returns the parameters of a style, each in its simplest form.
fn simple_styles(numbers: &[u8], has_colours: bool) -> Vec<String> {
    let numbers: Vec<u16> = numbers
        .split(|byte| *byte == b';')
        .map(|it| str::from_utf8(it).ok().and_then(|it| it.parse().ok()).unwrap_or(0))
        .collect();
    let mut styles = Vec::new();
    let mut rest = numbers.as_slice();
    loop {
        let (length, style) = match rest {
            [] => return styles,
            [ground @ (38 | 48), 5, colour, ..] if *colour < SHORT_COLOURS => {
                let first = ground - 8;
                let short = if *colour < 8 { first + colour } else { first + 60 + colour - 8 };
                (3, has_colours.then(|| short.to_string()))
            }
            [ground @ (38 | 48 | 58), 5, colour, ..] => {
                (3, has_colours.then(|| format!("{ground};5;{colour}")))
            }
            [ground @ (38 | 48 | 58), 2, red, green, blue, ..] => {
                (5, has_colours.then(|| format!("{ground};2;{red};{green};{blue}")))
            }
            [default @ (39 | 49), ..] => (1, has_colours.then(|| default.to_string())),
            // The colour of the underline is never set.
            [59, ..] => (1, None),
            [other, ..] => (1, Some(other.to_string())),
        };
        styles.extend(style);
        rest = rest.get(length..).unwrap_or_default();
    }
}
