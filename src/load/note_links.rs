//! Finds the files that a note in Markdown embeds or links to: `![[scan.jpg]]`, `![](scans/1.jpg)`.

/// The longest target of a link that may be a file, in bytes.
const MAX_TARGET_BYTES: usize = 1_000;

/// Returns the lines of a note that are fields: those above its text, and those such as `scan:: scan.jpg`.
pub(super) fn field_lines(text: &str) -> Vec<&str> {
    let mut lines = text.lines();
    let border = lines.next().map(str::trim_end).filter(|line| ["---", "+++"].contains(line));
    let mut is_above = border.is_some();
    let mut fields = Vec::new();
    for line in lines {
        if is_above && Some(line.trim_end()) == border {
            is_above = false;
        } else if is_above || has_field(line) {
            fields.push(line);
        }
    }
    fields
}

/// Whether a line is a field: `scan:: scan.jpg`.
fn has_field(line: &str) -> bool {
    let name = line.split_once(":: ").map(|(name, _)| name.trim_start_matches(['-', '*', ' ']));
    name.is_some_and(|name| {
        !name.is_empty() && name.chars().all(|it| it.is_alphanumeric() || "-_ ".contains(it))
    })
}

/// Returns the files that the text of a note embeds or links to, as paths or as ids of attachments (`:/0f3a…`). Code
/// and addresses on the web name no files.
pub(super) fn linked_files(text: &str) -> Vec<String> {
    let mut targets: Vec<&str> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            (Some(_), _) => {}
            (None, None) => targets.extend(without_code(line).into_iter().flat_map(targets_in)),
        }
    }
    targets.into_iter().filter_map(file_of).collect()
}

/// Returns the parts of a line that are not in code.
fn without_code(line: &str) -> Vec<&str> {
    let parts: Vec<&str> = line.split('`').collect();
    // The last mark of an odd number ends nothing.
    let marks = parts.len() - 1;
    let is_code = |at: usize| at % 2 == 1 && at < marks + usize::from(marks.is_multiple_of(2));
    let shown = parts.into_iter().enumerate().filter(|(at, _)| !is_code(*at));
    shown.map(|(_, part)| part).collect()
}

/// Returns the targets of the links in a text.
fn targets_in(text: &str) -> Vec<&str> {
    let behind = |sign: &'static str| {
        text.match_indices(sign).filter_map(move |(at, _)| text.get(at + sign.len()..))
    };
    let between_notes = behind("[[").filter_map(|rest| window(rest).split_once("]]"));
    let between_notes = between_notes
        .map(|(inner, _)| inner.split(['|', '#']).next().unwrap_or(inner).trim_end_matches('\\'));
    let in_brackets = behind("](").filter_map(in_brackets);
    let is_quote = |sign: char| sign == '"' || sign == '\'';
    let in_quotes = move |rest| {
        let quoted = window(rest).strip_prefix(is_quote)?;
        quoted.split(is_quote).next()
    };
    let in_attributes = behind("src=").chain(behind("href=")).filter_map(in_quotes);
    let definition = text.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]: "));
    let defined = definition.map(|(_, target)| without_title(target.trim()));
    between_notes.chain(in_brackets).chain(in_attributes).chain(defined).collect()
}

/// Returns the target of a link that begins behind its opening bracket: `scans/1 (2).jpg "Title")`.
fn in_brackets(rest: &str) -> Option<&str> {
    let rest = window(rest);
    if let Some(inner) = rest.strip_prefix('<') {
        return inner.split_once('>').map(|(target, _)| target);
    }
    let mut depth = 0;
    let end = rest.find(|letter: char| {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth < 0
    });
    Some(without_title(rest.get(..end?)?))
}

/// Returns a target without the title behind it: `1.jpg "The weir"`.
fn without_title(target: &str) -> &str {
    let target = target.trim();
    let split = target.split_once(" \"").or_else(|| target.split_once(" '"));
    split.map_or(target, |(target, _)| target.trim_end()).trim_matches(['<', '>'])
}

/// Returns the beginning of a text that may hold a target.
fn window(text: &str) -> &str {
    let lengths = (0..=MAX_TARGET_BYTES.min(text.len())).rev();
    lengths.into_iter().find_map(|length| text.get(..length)).unwrap_or(text)
}

/// Returns the file that a target means; `None` if it is on the web.
fn file_of(target: &str) -> Option<String> {
    let target = target.trim();
    let local = target.strip_prefix("file://").unwrap_or(target);
    let is_of_web = local.contains("://") || local.starts_with("//") || local.starts_with("data:");
    let path = local.split(['#', '?']).next().unwrap_or(local);
    (!is_of_web && !path.is_empty()).then(|| decoded(path).replace('\\', "/"))
}

/// Returns an address with the letters for its signs such as `%20`.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let number = digits.filter(|it| it.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let code = number.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let code = code.filter(|_| *first == b'%');
        bytes.push(code.unwrap_or(*first));
        rest = code.and_then(|_| behind.get(2..)).unwrap_or(behind);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
