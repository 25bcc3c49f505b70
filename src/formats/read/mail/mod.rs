//! Reads mail: one message (RFC 5322, `.eml`) or a mailbox (mbox, RFC 4155). A record a message.
//!
//! `mailbox` splits a mailbox into messages, `message` makes a record of one, `letters` decodes its texts.

mod boundaries;
mod html_text;
mod letters;
mod mailbox;
mod message;

use std::io;

use super::{InputFile, PageStart, Sink, doubtful_dates};
use crate::record::Problem;
use crate::text::counts::count_of;
use mailbox::Mailbox;

/// Headers that only mail has, in lower case.
const SURE_HEADERS: [&str; 8] = [
    "message-id",
    "received",
    "mime-version",
    "return-path",
    "delivered-to",
    "dkim-signature",
    "x-gmail-labels",
    "x-mozilla-status",
];

/// Headers that mail has among others, in lower case.
const HEADERS: [&str; 6] = ["from", "to", "subject", "date", "cc", "reply-to"];

/// The number of lines in which headers are looked for.
const MAX_HEADER_LINES: usize = 200;

/// Whether a file is certainly mail: it begins with the line of a mailbox or with headers.
pub(super) fn looks_like(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let mut lines = text.lines().peekable();
    while lines.peek().is_some_and(|line| line.trim().is_empty()) {
        lines.next();
    }
    let Some(first) = lines.peek() else { return false };
    let is_mailbox = mailbox::is_separator(first.as_bytes());
    // The messages of Apple Mail begin with their length.
    if is_mailbox || is_length(first) {
        lines.next();
    }
    // Nothing but a mailbox begins with the line that parts its messages.
    let (mut sure, mut others) = (usize::from(is_mailbox), 0);
    for line in lines.take(MAX_HEADER_LINES).take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, value)) = line.split_once(':') else { return false };
        if name.contains(' ') || is_of_saved_page(name, value) {
            return false;
        }
        let name = name.to_lowercase();
        sure += usize::from(SURE_HEADERS.contains(&name.as_str()));
        others += usize::from(HEADERS.contains(&name.as_str()));
    }
    sure >= 1 && others >= 1
}

/// Whether the header of the first message is there as a whole, up to the blank line behind it.
pub(super) fn has_whole_header(beginning: &[u8]) -> bool {
    let lines = beginning.trim_ascii_start().split_inclusive(|byte| *byte == b'\n');
    lines.into_iter().any(|line| line.ends_with(b"\n") && line.trim_ascii().is_empty())
}

/// The headers of the shortest messages, in lower case.
const SHORTEST_HEADERS: [&str; 2] = ["from", "date"];

/// Whether a text may be a message of a few headers: it begins with them, the sender has an address, and the date is
/// written as mail has it.
pub(super) fn may_be(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let lines = text.lines().skip_while(|line| line.trim().is_empty());
    let mut found = Vec::new();
    for line in lines.take(MAX_HEADER_LINES).take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, value)) = line.split_once(':') else { return false };
        let name = name.to_lowercase();
        let is_sound = match &*name {
            "from" => value.contains('@'),
            "date" => is_date_of_mail(value),
            _ => !name.contains(' '),
        };
        if !is_sound {
            return false;
        }
        found.push(name);
    }
    SHORTEST_HEADERS.iter().all(|name| found.iter().any(|it| it == name))
}

/// Whether a date is written as in mail: `Fri, 12 Apr 2019 10:00:00 +0200` (RFC 5322, 3.3).
fn is_date_of_mail(text: &str) -> bool {
    mail_parser::DateTime::parse_rfc822(text.trim()).is_some_and(|date| date.is_valid())
        && text.contains(':')
}

/// Whether a line is the length of a message.
fn is_length(line: &str) -> bool {
    let digits = line.trim();
    (1..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a header is that of a web page in one file (MHTML).
fn is_of_saved_page(name: &str, value: &str) -> bool {
    ["snapshot-content-location", "content-location"]
        .into_iter()
        .any(|other| name.eq_ignore_ascii_case(other))
        || name.eq_ignore_ascii_case("from")
            && value.trim_start().trim_start_matches(['<', '"']).starts_with("Saved by")
}

/// Reads a message or a mailbox.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let name = file.name;
    sink.start_page(PageStart {
        file: name.to_owned(),
        is_one_of_many: true,
        ..PageStart::default()
    });
    let mut mailbox = Mailbox::new(&mut *file.bytes);
    let (mut messages, mut broken) = (0, 0);
    while let Some(message) = mailbox.next()? {
        let line = Some(message.line);
        if message.is_cut {
            let text = "this message is larger than 256 MB: what stands behind that was left out";
            sink.report(Problem::error(name, line, text));
        }
        let Some((record, warnings)) = message::record_of(&message.bytes, file.options.encoding)
        else {
            broken += 1;
            if !message.bytes.trim_ascii().is_empty() {
                let text = "this is no message: it has no sender, no subject and no date";
                sink.report(Problem::error(name, line, text));
            }
            continue;
        };
        messages += 1;
        for warning in warnings {
            sink.report(Problem::warning(name, line, warning));
        }
        doubtful_dates::send_record(sink, name, line, record);
    }
    if messages == 0 && broken == 0 {
        sink.report(Problem::error(
            name,
            None,
            format!("there is {} in this file", count_of(0, "message")),
        ));
    }
    Ok(())
}
