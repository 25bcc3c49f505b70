//! Pages in one file with all that they show: MHTML, as Chrome and Edge save them (RFC 2557), and the
//! web archives of Safari (a property list). The page in them is unpacked and read.

use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding as TransferEncoding, Message, MessageParser, MessagePart, MimeHeaders};

use super::property_list::{Item, MAX_DEPTH, Refused};
use crate::formats::read::foreign_kinds::LINK;
use crate::formats::read::{InputFile, PageStart, ReadOptions, Sink, encoding, transcode};
use crate::record::Problem;

/// How binary property lists begin.
const BINARY_LIST: &[u8] = b"bplist00";

/// A page that was unpacked.
struct Unpacked {
    bytes: Vec<u8>,
    /// The encoding that the file states for it.
    encoding: Option<&'static Encoding>,
    address: Option<String>,
}

/// Whether a file starts like MHTML.
pub(in crate::formats::read) fn looks_like_mhtml(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start);
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let is_header =
        head.lines().next().and_then(|line| line.split_once(':')).is_some_and(|(name, _)| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    let lower = head.to_ascii_lowercase();
    is_header
        && lower.contains("mime-version:")
        && (lower.contains("multipart/related") || lower.contains("\ncontent-type: text/html"))
        && (lower.contains("content-location:") || lower.contains("saved by"))
}

/// Whether a file may be a web archive of Safari: a binary property list, or one in XML that names its main
/// page.
pub(in crate::formats::read) fn looks_like_web_archive(start: &[u8]) -> bool {
    let is_in = |wanted: &[u8]| start.windows(wanted.len()).any(|window| window == wanted);
    start.starts_with(BINARY_LIST) || (is_in(b"<plist") && is_in(b"WebMainResource"))
}

/// Reads the page in a file of MHTML.
pub(in crate::formats::read) fn read_mhtml(
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    file.bytes.read_to_end(&mut bytes)?;
    let page = MessageParser::default().parse(&bytes).and_then(|message| page_of(&message));
    read_unpacked(
        file,
        page,
        "this saved page (MHTML) has no page in it: save it again in the browser",
        sink,
    )
}

/// Returns the page of a message: the part with the address of the whole, else the first page.
fn page_of(message: &Message<'_>) -> Option<Unpacked> {
    let stated = message.header_raw("Snapshot-Content-Location").map(str::trim).map(str::to_owned);
    let is_page = |part: &&MessagePart<'_>| {
        let kind = part.content_type();
        let subtype = kind.and_then(|it| it.subtype()).unwrap_or("");
        kind.is_some_and(|it| {
            it.ctype().eq_ignore_ascii_case("text")
                || it.ctype().eq_ignore_ascii_case("application")
        }) && ["html", "xhtml+xml"].iter().any(|it| subtype.eq_ignore_ascii_case(it))
    };
    let pages = || message.parts.iter().filter(is_page);
    let is_main =
        |part: &&MessagePart<'_>| stated.is_some() && part.content_location() == stated.as_deref();
    let part = pages().find(is_main).or_else(|| pages().next())?;
    let range = usize::try_from(part.offset_body).ok()?..usize::try_from(part.offset_end).ok()?;
    let body = message.raw_message.get(range)?;
    let bytes = match part.encoding {
        TransferEncoding::QuotedPrintable => quoted_printable_decode(body)?,
        TransferEncoding::Base64 => base64_decode(body)?,
        TransferEncoding::None => body.to_vec(),
    };
    let charset = part.content_type().and_then(|it| it.attribute("charset"));
    let address = part.content_location().map(str::to_owned).or(stated);
    let encoding = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    Some(Unpacked { bytes, encoding, address })
}

/// Reads the page in a web archive.
pub(in crate::formats::read) fn read_web_archive(
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    file.bytes.read_to_end(&mut bytes)?;
    let mut list = Item::parse(&bytes);
    drop(bytes);
    let is_link = list.as_mut().is_ok_and(|list| list.take_text("URL").is_some());
    let message = match list {
        _ if is_link => LINK.to_owned(),
        Err(Refused::TooDeep) => format!(
            "this property list (plist) was not read: more than {MAX_DEPTH} of its lists are inside one another; save the \
             page again in the browser"
        ),
        Err(Refused::Repeated) => {
            "this property list (plist) was not read: its lists refer to the same values too often; save the page again in \
             the browser"
                .to_owned()
        }
        _ => "this property list (plist) is no web archive of Safari, or it is damaged: save the page again in the browser"
            .to_owned(),
    };
    read_unpacked(file, list.ok().and_then(page_of_list), &message, sink)
}

/// Returns the page of a web archive.
fn page_of_list(mut list: Item) -> Option<Unpacked> {
    let mut resource = list.take("WebMainResource")?;
    let Item::Data(bytes) = resource.take("WebResourceData")? else { return None };
    let encoding = resource.take_text("WebResourceTextEncodingName");
    let encoding = encoding.and_then(|label| Encoding::for_label(label.as_bytes()));
    let address = resource.take_text("WebResourceURL");
    Some(Unpacked { bytes, encoding, address })
}

/// Reads an unpacked page. `message` is said if there is none.
fn read_unpacked(
    file: &mut InputFile<'_>,
    page: Option<Unpacked>,
    message: &str,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let Some(page) = page else {
        sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
        sink.report(Problem::error(file.name, None, message));
        return Ok(());
    };
    // Bytes that are not UTF-8 in a page that says it is are guessed, as in any file.
    let declared = page.encoding.filter(|encoding| *encoding != UTF_8);
    let encoding = file.options.encoding.or(declared);
    let options = ReadOptions { encoding, ..file.options.clone() };
    let mut rest: &[u8] = &[];
    let mut reader = transcode::open(&options, page.bytes, &mut rest);
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let text = encoding::decode(&bytes).0;
    // The lines are those of the page, which are not those of the file.
    for (line, message) in reader.take_warnings() {
        let message = format!("in line {line} of the page in it: {message}");
        sink.report(Problem::warning(file.name, None, message));
    }
    super::read_page(file, &text, page.address.as_deref(), sink)
}
