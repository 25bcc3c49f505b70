//! Makes a record of a message.

use std::borrow::Cow;

use encoding_rs::Encoding;
use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::boundaries;
use super::html_text::text_of_html;
use super::letters::Letters;
use crate::record::{Date, Field, Record, TitleForm};

/// How many messages inside one another are read.
const MAX_DEPTH: usize = 8;

/// How many messages may be inside one message, one in another or side by side.
const MAX_MESSAGES_INSIDE: usize = 500;

/// Headers that become own fields, in lower case. Others are about the way of the message.
const KEPT_HEADERS: [&str; 9] = [
    "in-reply-to",
    "references",
    "reply-to",
    "list-id",
    "keywords",
    "comments",
    "organization",
    "x-gmail-labels",
    "x-keywords",
];

/// The warning about a message whose last part has no end.
const UNCLOSED: &str = "this message is cut off: the end of its last part is missing";

/// Returns the record of a message, with warnings; `None` if it has no sender, subject or date.
///
/// Letters are read in the encoding that the user chose, whatever the message says.
pub(super) fn record_of(
    bytes: &[u8],
    chosen: Option<&'static Encoding>,
) -> Option<(Record, Vec<String>)> {
    let mut warnings = Vec::new();
    let mut letters = Letters::new(chosen);
    let bytes = letters.readable_headers(bytes);
    let bytes = without_deep_messages(bytes, &mut warnings);
    let closed = boundaries::close_open_parts(&bytes);
    if closed.is_some() {
        warnings.push(UNCLOSED.to_owned());
    }
    let mut message = MessageParser::default().parse(closed.as_deref().unwrap_or(&bytes))?;
    letters.decode_texts(&mut message);
    warnings.extend(letters.warnings(unknown_letters(&message, &bytes)));
    if message.from().is_none() && message.subject().is_none() && message.date().is_none() {
        return None;
    }
    let mut record = Record::default();
    add_headers(&mut record, &message);
    record.push(Field::Summary, &texts(&message, 0));
    for name in attachment_names(&message) {
        record.own.push(("attachment".into(), name));
    }
    record.set_title_form(TitleForm::Quoted);
    record.source_hash.add_text(&String::from_utf8_lossy(&bytes));
    Some((record, warnings))
}

/// Returns how many letters of the subject and the texts could not be decoded. Those that `bytes` have as `�`
/// are not counted.
fn unknown_letters(message: &Message<'_>, bytes: &[u8]) -> usize {
    let count = |text: &str| text.matches('\u{fffd}').count();
    let written = memchr::memmem::find_iter(bytes, "\u{fffd}".as_bytes()).count();
    let shown = count(message.subject().unwrap_or_default()) + count(&texts(message, 0));
    shown.saturating_sub(written)
}

/// Cuts a message off where too many messages begin inside one another: the library calls itself for each.
fn without_deep_messages<'b>(bytes: Cow<'b, [u8]>, warnings: &mut Vec<String>) -> Cow<'b, [u8]> {
    let Some(end) = message_types(&bytes).nth(MAX_MESSAGES_INSIDE) else { return bytes };
    warnings.push(format!(
        "this message has more than {MAX_MESSAGES_INSIDE} others inside: what stands behind them was left out"
    ));
    match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(..end).unwrap_or(bytes)),
        Cow::Owned(mut bytes) => {
            bytes.truncate(end);
            Cow::Owned(bytes)
        }
    }
}

/// Returns where a message says that one is inside: `message/rfc822`.
fn message_types(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    const TYPES: [&[u8]; 2] = [b"/rfc822", b"/global"];
    memchr::memchr_iter(b'/', bytes).filter_map(|at| {
        let name = bytes.get(at..at + 7)?;
        TYPES.iter().any(|it| name.eq_ignore_ascii_case(it)).then_some(at)
    })
}

/// Adds what the headers say.
fn add_headers(record: &mut Record, message: &Message<'_>) {
    record.push(Field::Title, message.subject().unwrap_or_default());
    let date = message.date().filter(|date| date.is_valid() && date.year > 0);
    if let Some(date) = date {
        record.date = Date::parse(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
        record.own.push(("sent".into(), date.to_rfc3339()));
    } else {
        let text = message.header_raw("Date").unwrap_or_default().trim();
        record.date = Date::parse(text);
    }
    add_parties(record, message.from(), Field::Creator, "sender_address");
    add_parties(record, message.to(), Field::Recipient, "recipient_address");
    for (copy, role) in [(message.cc(), "Cc"), (message.bcc(), "Bcc")] {
        for (name, address) in parties(copy) {
            record.push_contributor(&name, role);
            push_address(record, "copy_address", &name, address);
        }
    }
    if let Some(id) = message.message_id() {
        record.push(Field::Id, id);
    }
    for header in message.headers() {
        let name = header.name().to_lowercase();
        if !KEPT_HEADERS.contains(&name.as_str()) {
            continue;
        }
        let raw = message.header_raw(header.name.clone()).unwrap_or_default();
        let value = match header.value() {
            HeaderValue::Text(text) => text.to_string(),
            HeaderValue::TextList(texts) => texts.join(" "),
            HeaderValue::Address(address) => {
                let names = parties(Some(address)).into_iter().map(|(name, _)| name);
                names.collect::<Vec<_>>().join("; ")
            }
            _ => raw.trim().to_owned(),
        };
        let is_new = !record.own.iter().any(|(other, text)| *other == name && *text == value);
        if is_new && !value.is_empty() {
            record.own.push((name.into(), value));
        }
    }
}

/// Adds the people in a header.
fn add_parties(record: &mut Record, header: Option<&Address<'_>>, field: Field, own: &str) {
    for (name, address) in parties(header) {
        record.push(field, &name);
        push_address(record, own, &name, address);
    }
}

/// Keeps the address of a person, unless it is what the person is called.
fn push_address(record: &mut Record, own: &str, name: &str, address: Option<String>) {
    if let Some(address) = address.filter(|address| address != name) {
        record.own.push((own.into(), address));
    }
}

/// Returns the names in a header with their addresses. Who has no name is called by the address.
fn parties(header: Option<&Address<'_>>) -> Vec<(String, Option<String>)> {
    let all = header.into_iter().flat_map(Address::iter);
    let parties = all.filter_map(|party| {
        let address = party.address.as_deref().map(|it| it.trim().to_owned());
        let name = party.name.as_deref().map(|name| name.trim().trim_matches(['\'', '"']).trim());
        let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
        let name = name.or_else(|| address.clone()).filter(|name| !name.is_empty())?;
        Some((name, address))
    });
    let mut joined: Vec<(String, Option<String>)> = Vec::new();
    for (name, address) in parties {
        // A name with a comma that lacks quotation marks: `Roth, Emil <emil@a.example>`.
        let is_family_name = |(family, address): &(String, Option<String>)| {
            !family.contains(['@', ' ']) && address.as_ref().is_none_or(|it| !it.contains('@'))
        };
        match joined.pop_if(|last| is_family_name(last)) {
            Some((family, _)) => joined.push((format!("{family}, {name}"), address)),
            None => joined.push((name, address)),
        }
    }
    joined
}

/// Returns the texts of a message and of those inside it.
fn texts(message: &Message<'_>, depth: usize) -> String {
    let mut texts: Vec<String> = Vec::new();
    for at in 0..message.text_body_count() {
        let part = message.text_part(u32::try_from(at).unwrap_or(u32::MAX));
        let is_attached = part.is_some_and(|part| {
            part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment)
        });
        let text = match part.map(|part| &part.body) {
            Some(PartType::Html(html)) => Some(Cow::Owned(text_of_html(html))),
            _ => message.body_text(at),
        };
        if let Some(text) = text.filter(|_| !is_attached) {
            texts.push(text.trim().replace("\r\n", "\n"));
        }
    }
    for part in message.attachments().filter(|_| depth < MAX_DEPTH) {
        if let PartType::Message(inner) = &part.body {
            let names =
                |header| parties(header).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
            let mut lines = vec![format!("From: {}", names(inner.from()).join("; "))];
            let to = names(inner.to()).join("; ");
            lines.push(format!("To: {to}"));
            lines.extend(inner.date().map(|date| format!("Date: {}", date.to_rfc3339())));
            lines.extend(inner.subject().map(|subject| format!("Subject: {subject}")));
            texts.push(format!("{}\n\n{}", lines.join("\n"), texts_of_inner(inner, depth)));
        }
    }
    texts.retain(|text| !text.is_empty());
    texts.join("\n\n")
}

/// Returns the texts of a message inside another one.
fn texts_of_inner(inner: &Message<'_>, depth: usize) -> String {
    texts(inner, depth + 1)
}

/// Returns the names of what is attached to a message; its type where there is no name.
fn attachment_names(message: &Message<'_>) -> Vec<String> {
    let names = message.attachments().map(|part| {
        if let PartType::Message(inner) = &part.body {
            return format!("message: {}", inner.subject().unwrap_or("without a subject"));
        }
        if let Some(name) = part.attachment_name() {
            return name.to_owned();
        }
        let of_type = part
            .content_type()
            .map(|it| format!("{}/{} without a name", it.ctype(), it.subtype().unwrap_or("?")));
        of_type.unwrap_or_else(|| "a file without a name".to_owned())
    });
    names.collect()
}
