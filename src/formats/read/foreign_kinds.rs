//! Names kinds of files that fonds does not read, each with the way to a file that it reads.

use std::borrow::Cow;

use super::Format;
use super::xml::root_name;

/// How files of a kind begin, and what is said about them.
const BINARY_KINDS: &[(&[u8], &str)] = &[
    (
        b"SQLite format 3\0",
        "this is an SQLite database, which fonds does not read: export a table of it as CSV, for example with \
         `sqlite3 -header -csv FILE 'SELECT * FROM letters' > letters.csv`, and open that",
    ),
    (
        b"PAR1",
        "this is a Parquet file, which fonds does not read: export it as CSV, for example with \
         `duckdb -c \"COPY 'FILE' TO 'letters.csv'\"`, and open that",
    ),
    (
        b"\0\x01\0\0Standard Jet DB",
        "this is an Access database, which fonds does not read: export a table of it as CSV or XLSX and open that",
    ),
    (
        b"\0\x01\0\0Standard ACE DB",
        "this is an Access database, which fonds does not read: export a table of it as CSV or XLSX and open that",
    ),
    (
        b"%PDF-",
        "this is a PDF, which fonds does not read: ask for the list as a table (CSV, XLSX) or save it as text",
    ),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (
        b"!BDN",
        "this is a mailbox of Outlook (PST), which fonds does not read: unpack it with `readpst -o letters FILE` and \
         open the folder",
    ),
    (b"7z\xbc\xaf\x27\x1c", "this is an archive of files (7z): unpack it and open the folder"),
    (b"Rar!", "this is an archive of files (RAR): unpack it and open the folder"),
    (
        b"{\\rtf",
        "this is a text document (RTF), which fonds does not read: save it as DOCX or its table as CSV",
    ),
];

/// What is said about a picture.
const PICTURE: &str = "this is a picture, which fonds does not read";

/// What is said about a file with nothing but the address of a page.
pub(super) const LINK: &str =
    "this is a link to a page and not the page: open it in a browser and save the page as HTML";

/// Whether a file has nothing but the address of a page, as browsers and desktops save it: `.url`, `.webloc` in XML,
/// `.desktop`.
fn is_link_file(text: &str) -> bool {
    let is_webloc =
        || text.contains("<plist") && text.contains("<key>URL</key>") && !text.contains("<array");
    let is_desktop = || {
        let is_line = |wanted: &str| text.lines().any(|line| line.trim() == wanted);
        text.starts_with("[Desktop Entry]") && is_line("Type=Link")
    };
    text.starts_with("[InternetShortcut]") || is_webloc() || is_desktop()
}

/// Whether a file is a link as Safari saves it, in XML.
fn is_link_list(start: &[u8]) -> bool {
    start.trim_ascii_start().starts_with(b"<") && is_link_file(&String::from_utf8_lossy(start))
}

/// What is said about JSON in a call of a function.
const CALL: &str = "this is JSON in a call of a function (JSONP), which fonds does not read: remove the name and the “(” before the \
                    first “{” or “[”, and the “)” at its end, and open that";

/// Whether a file is JSON in a call of a function: `callback({"title": …});`.
fn is_call(start: &[u8]) -> bool {
    let text = start.trim_ascii_start();
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.$".contains(byte);
    let name = text.iter().take_while(|byte| is_sign(byte)).count();
    let is_name = name > 0 && !text.first().is_some_and(u8::is_ascii_digit);
    let inside = text.get(name..).and_then(|rest| rest.strip_prefix(b"("));
    let value = inside.map(<[u8]>::trim_ascii_start);
    is_name && value.is_some_and(|it| it.starts_with(b"{") || it.starts_with(b"[{"))
}

/// Returns why a link that Safari saved, a chat that `WhatsApp` exported or JSON in a call is not read. They look like other
/// formats.
pub(super) fn link_or_chat(start: &[u8]) -> Option<&'static str> {
    if is_call(start) {
        return Some(CALL);
    }
    let has_day = || start.iter().take(MIN_DAY_BYTES).any(u8::is_ascii_digit);
    if is_link_list(start) {
        Some(LINK)
    } else {
        (has_day() && is_chat(&String::from_utf8_lossy(start))).then_some(CHAT)
    }
}

/// Whether a file is a picture.
pub(super) fn is_picture(start: &[u8]) -> bool {
    let of_kind =
        |(signature, message): &&(&[u8], &str)| *message == PICTURE && start.starts_with(signature);
    BINARY_KINDS.iter().any(|kind| of_kind(&kind)) || has_picture_box(start)
}

/// Whether a file is a picture in one of the boxes of ISO 14496-12 (HEIC), or WebP.
fn has_picture_box(start: &[u8]) -> bool {
    let brand = start.get(4..12).unwrap_or_default();
    let is_heif =
        [&b"ftypheic"[..], b"ftypheix", b"ftypmif1", b"ftypheif", b"ftypavif"].contains(&brand);
    is_heif || (start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP"))
}

/// The first bytes of older Office files and of messages of Outlook.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

/// Names of streams in compound files, and what is said about the files.
const COMPOUND_KINDS: [(&str, &str, &str); 3] = [
    (
        "__substg1.0_",
        "msg",
        "this is a message of Outlook (.msg), which fonds does not read: save it as .eml, for example by dragging it \
         into Thunderbird, and open that",
    ),
    (
        "WordDocument",
        "doc",
        "this is an older Word document (.doc), which fonds does not read: save it as DOCX and open that",
    ),
    (
        "PowerPoint Document",
        "ppt",
        "this is a presentation (.ppt), which fonds does not read: save its text and open that",
    ),
];

/// Endings of documents in ZIP archives, and what is said about them.
const ZIP_KINDS: [(&[&str], &str, &str); 4] = [
    (
        &["epub"],
        "application/epub+zip",
        "this is a book (EPUB), which fonds does not read: its text is no list of records",
    ),
    (
        &["odt", "ott"],
        "application/vnd.oasis.opendocument.text",
        "this is a text document (ODT), which fonds does not read: save it as DOCX or its table as CSV",
    ),
    (
        &["pptx", "odp", "key"],
        "ppt/presentation.xml",
        "this is a presentation, which fonds does not read: save its text and open that",
    ),
    (
        &["pages", "numbers"],
        "Index/Document.iwa",
        "this is a document of Pages or Numbers, which fonds does not read: export it as XLSX, CSV or DOCX",
    ),
];

/// Returns what a document of Office or another program is and what to do, if it is not read.
pub(super) fn describe_container(name: &str, start: &[u8]) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let holds = |text: &[u8]| memchr::memmem::find(start, text).is_some();
    if start.starts_with(COMPOUND_FILE) {
        let kind = COMPOUND_KINDS.iter().find(|(stream, of_kind, _)| {
            let utf16: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
            ending == *of_kind || holds(&utf16)
        });
        return kind.map(|(.., message)| *message);
    }
    let kind = ZIP_KINDS
        .iter()
        .find(|(endings, part, _)| endings.contains(&ending.as_str()) || holds(part.as_bytes()));
    kind.map(|(.., message)| *message)
}

/// Roots of XML that is drawn or run, and what is said about it.
const DRAWING_KINDS: [(&str, &str); 3] = [
    ("svg", "this is a drawing (SVG), which fonds does not read"),
    ("math", "this is a formula (MathML), which fonds does not read"),
    ("stylesheet", STYLESHEET),
];

/// What is said about a style sheet.
const STYLESHEET: &str = "this is a style sheet (XSLT), which transforms records and has none: open the file that it \
                          is applied to";

/// Returns the kind of XML with a root, and what is said about it.
fn drawing_kind(root: &str) -> Option<(&'static str, &'static str)> {
    DRAWING_KINDS.into_iter().find(|(known, _)| root.eq_ignore_ascii_case(known))
}

/// Whether a text is a file of settings: a name in brackets, then lines such as `key = value`, and no archive file.
fn is_settings_file(text: &str) -> bool {
    let mut lines = text
        .lines()
        .take(MAX_LINES)
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with(['#', ';']));
    let section = |line: &str| {
        let name = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        name.is_some_and(|name| name.starts_with(char::is_alphabetic) && !name.contains('['))
    };
    let is_pair = |line: &str| {
        let key = line.split_once('=').map(|(key, _)| key.trim());
        key.is_some_and(|key| !key.is_empty() && !key.contains([' ', '"', '<']))
    };
    let Some(first) = lines.next().filter(|line| section(line)) else { return false };
    let rest: Vec<&str> = lines.collect();
    let is_own = |line: &&str| ["[archive]", "[[record]]"].contains(line);
    !is_own(&first)
        && !rest.iter().any(is_own)
        && rest.iter().any(|line| is_pair(line))
        && rest.iter().all(|line| section(line) || is_pair(line))
}

/// How lines begin that only SQL dumps have, in upper case.
const SQL_STARTS: [&str; 7] = [
    "CREATE TABLE",
    "INSERT INTO",
    "DROP TABLE",
    "PRAGMA FOREIGN_KEYS",
    "-- MYSQL DUMP",
    "-- MARIADB DUMP",
    "-- POSTGRESQL DATABASE DUMP",
];

/// How the first lines of reference lists begin that are not read, and the programs that write them.
const REFERENCE_STARTS: [(&[&str], &str); 5] = [
    (&["FN Clarivate", "FN Thomson", "FN ISI", "PT J", "PT B", "PT S", "PT P"], "Web of Science"),
    (&["PMID-", "OWN - ", "STAT- "], "PubMed (MEDLINE)"),
    (&["%0 ", "%A ", "%T "], "EndNote or Refer (tags with %)"),
    (
        &[
            "RT Journal",
            "RT Book",
            "RT Generic",
            "RT Thesis",
            "RT Web",
            "RT Report",
            "RT Unpublished",
        ],
        "RefWorks",
    ),
    (&["UT  - ", "<RefMan>"], "Reference Manager"),
];

/// The name of the program that wrote a reference list of a kind that is not read.
fn reference_program(text: &str) -> Option<&'static str> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let is_start = |starts: &[&str]| starts.iter().any(|start| first.starts_with(start));
    REFERENCE_STARTS.iter().find(|(starts, _)| is_start(starts)).map(|(_, name)| *name)
}

/// The number of lines in which the beginning of an SQL dump is looked for.
const MAX_LINES: usize = 60;

/// How files of other programs begin, and what is said about them.
const TEXT_STARTS: [(&str, &str); 3] = [
    (
        "0 HEAD",
        "this is a family tree (GEDCOM), which fonds does not read: it lists persons and no documents",
    ),
    (
        "BEGIN:VCALENDAR",
        "this is a calendar (iCalendar), which fonds does not read: it lists appointments and no documents",
    ),
    (
        "BEGIN:VCARD",
        "this is an address book (vCard), which fonds does not read: it lists persons and no documents",
    ),
];

/// The fewest lines of one form that show of what kind a text is.
const MIN_EQUAL_LINES: usize = 2;

/// Whether the lines of a text are those of a log: each has the moment of what happened.
fn is_log(text: &str) -> bool {
    let has_moment = |line: &str| {
        let start = line.get(..MAX_MOMENT_BYTES).unwrap_or(line);
        let is_time = |part: &str| {
            let digits = part.bytes().filter(u8::is_ascii_digit).count();
            part.matches(':').count() >= 2 && digits >= MIN_TIME_DIGITS
        };
        start.split([' ', 'T', '[', ']', '"']).any(is_time)
    };
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim().is_empty()).take(MAX_LINES).collect();
    // Labels such as `Date: 1945-07-12 10:00:00` begin with a word.
    let is_label = |line: &&str| {
        line.split_once(": ").is_some_and(|(word, _)| word.chars().all(char::is_alphabetic))
    };
    lines.len() >= MIN_EQUAL_LINES && lines.iter().all(|line| has_moment(line) && !is_label(line))
}

/// Whether the lines of a text are those of a chat: a day and a time, then who wrote: `[03.02.21, 10:11:12] Anna: Yes`,
/// `03/02/2021, 10:11 - Anna: Yes`.
fn is_chat(text: &str) -> bool {
    let is_message = |line: &str| {
        let line = line.trim_start_matches(['\u{200e}', '\u{feff}', '[']);
        let Some((day, rest)) = line.split_once(", ") else { return false };
        let is_day = day.bytes().all(|byte| byte.is_ascii_digit() || b"./-".contains(&byte))
            && day.len() >= MIN_DAY_BYTES;
        let time = rest.split_once("] ").or_else(|| rest.split_once(" - "));
        time.is_some_and(|(time, message)| {
            is_day && time.contains(':') && time.len() <= MAX_CLOCK_BYTES && !message.is_empty()
        })
    };
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim().is_empty()).take(MAX_LINES).collect();
    let count = lines.iter().filter(|line| is_message(line)).count();
    count >= MIN_EQUAL_LINES
        && 2 * count >= lines.len()
        && lines.first().is_some_and(|it| is_message(it))
}

/// The fewest bytes of a day in numbers, and the most of a time of day: `1/2/21`, `10:11:12\u{202f}PM`.
const MIN_DAY_BYTES: usize = 6;
const MAX_CLOCK_BYTES: usize = 14;

/// The number of bytes at the start of a line in which the moment of a log stands.
const MAX_MOMENT_BYTES: usize = 60;

/// The fewest digits of a time of day to the second.
const MIN_TIME_DIGITS: usize = 6;

/// Whether a text is variables of a shell: `KEY=value` in capitals, in each line.
fn are_variables(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_variable = |line: &str| {
        line.trim_start_matches("export ").split_once('=').is_some_and(|(key, _)| {
            let is_sign =
                |byte: u8| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit();
            key.starts_with(|sign: char| sign.is_ascii_uppercase()) && key.bytes().all(is_sign)
        })
    };
    let count = lines.clone().take(MAX_LINES).count();
    count >= MIN_EQUAL_LINES && lines.all(is_variable)
}

/// Names of files that say how a program is built or run, in lower case.
const BUILD_FILES: [&str; 8] = [
    "makefile",
    "gnumakefile",
    "dockerfile",
    "containerfile",
    "jenkinsfile",
    "vagrantfile",
    "procfile",
    "gemfile",
];

/// Whether a file says how a program is built: by its name, or by a rule of make in a file without an ending. A rule has
/// its target before a colon, and commands behind a tab.
fn is_build_file(name: &str, text: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
    let is_target = |line: &str| {
        let is_sign = |sign: char| sign.is_ascii_lowercase() || "-_./$()%".contains(sign);
        line.split_once(':').is_some_and(|(it, _)| !it.is_empty() && it.chars().all(is_sign))
    };
    let lines: Vec<&str> = text.lines().take(MAX_LINES).collect();
    let is_rule = |pair: &[&str]| match pair {
        [target, command] => is_target(target) && command.starts_with('\t'),
        _ => false,
    };
    BUILD_FILES.contains(&stem)
        || ending == "mk"
        || (ending.is_empty() && lines.windows(2).any(is_rule))
}

/// Why a build file is refused.
const BUILD: &str = "this is a file that says how a program is built, and describes no documents: open the file that has \
                     the list";

/// Tells whether a text is of a kind.
type IsKind = fn(&str) -> bool;

/// Kinds of texts that describe no documents, and what is said about them.
const TEXT_KINDS: [(IsKind, &str); 6] = [
    (
        is_outline,
        "this is an outline of Org mode, which fonds does not read: export it as Markdown (in Emacs with C-c C-e m m) and \
         open that",
    ),
    (
        are_subtitles,
        "these are the subtitles of a film or a recording, which fonds does not read: open the list of the recordings",
    ),
    (
        is_log,
        "this is a log, which says what a program did and describes no documents: open the file that has the list",
    ),
    (
        |text| text.lines().take(MAX_LINES).any(|line| line.starts_with("msgid \"")),
        "these are the words of a program in a language (gettext), and describe no documents: open the file that has the \
         list",
    ),
    (are_variables, SETTINGS),
    (is_settings_file, SETTINGS),
];

/// Whether a text is an outline of Org mode: it has a setting (`#+TITLE: Letters`) or the properties of a heading.
fn is_outline(text: &str) -> bool {
    let is_setting = |line: &str| {
        let key = line.strip_prefix("#+").and_then(|rest| rest.split_once(':'));
        key.is_some_and(|(key, _)| !key.is_empty() && !key.contains(' '))
    };
    let mut lines = text.lines().take(MAX_LINES).map(str::trim);
    lines.clone().find(|line| !line.is_empty()).is_some_and(is_setting)
        || lines.any(|line| line == ":PROPERTIES:")
}

/// Whether a text is subtitles: `00:00:01,000 --> 00:00:04,000` above each (`SubRip`, `WebVTT`).
fn are_subtitles(text: &str) -> bool {
    let is_time = |text: &str| {
        let is_sign = |byte: u8| byte.is_ascii_digit() || b":,.".contains(&byte);
        let time = text.split_whitespace().next().unwrap_or("");
        time.contains(':') && time.contains([',', '.']) && time.bytes().all(is_sign)
    };
    let is_span = |line: &str| {
        line.split_once(" --> ").is_some_and(|(start, end)| is_time(start) && is_time(end))
    };
    text.lines().take(MAX_LINES).any(is_span)
}

/// What is said about a chat.
const CHAT: &str = "this is a chat as WhatsApp exports it, which fonds does not read: make a table of it with columns \
                    such as Date, Sender and Text, and open that";

/// What is said about the settings of a program.
const SETTINGS: &str = "this is a file of settings (INI), which describes no documents: open the file that has the list";

/// Returns what a file is and what to do, if its kind is known and not read.
pub(super) fn describe(name: &str, start: &[u8]) -> Option<Cow<'static, str>> {
    let binary = BINARY_KINDS.iter().find(|(signature, _)| start.starts_with(signature));
    if let Some((_, message)) = binary {
        return Some(Cow::Borrowed(message));
    }
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_sql = |line: &str| {
        let line = line.trim_start().get(..30).unwrap_or(line).to_uppercase();
        SQL_STARTS.iter().any(|start| line.starts_with(start))
    };
    if let Some(program) = reference_program(text) {
        return Some(Cow::Owned(format!(
            "this is a reference list of {program}, which fonds does not read: open it in Zotero or another program \
             for references and export it as RIS or BibTeX"
        )));
    }
    if text.lines().take(MAX_LINES).any(is_sql) {
        return Some(Cow::Borrowed(
            "this is a dump of an SQL database, which fonds does not read: load it into a database and export a \
             table as CSV",
        ));
    }
    let is_marc_line = |line: &str| {
        let tag = line.strip_prefix('=').and_then(|rest| rest.get(..5));
        tag.is_some_and(|tag| tag.ends_with("  ") && tag.get(..3) != Some("   "))
    };
    if text.lines().take(2).filter(|line| is_marc_line(line)).count() == 2 {
        return Some(Cow::Borrowed(
            "this is MARC as text (MarcEdit), which fonds does not read: make MARC (.mrc) or MARCXML of it in \
             MarcEdit and open that",
        ));
    }
    if let Some((_, message)) = TEXT_STARTS.iter().find(|(start, _)| text.starts_with(start)) {
        return Some(Cow::Borrowed(message));
    }
    if let Some((_, message)) = root_name(text).and_then(drawing_kind) {
        return Some(Cow::Borrowed(message));
    }
    if is_link_file(text) {
        return Some(Cow::Borrowed(LINK));
    }
    if Format::from_file_name(name).is_some() {
        return None;
    }
    if is_build_file(name, text) {
        return Some(Cow::Borrowed(BUILD));
    }
    let kind = TEXT_KINDS.iter().find(|(is_kind, _)| is_kind(text));
    kind.map(|(_, message)| Cow::Borrowed(*message))
}
