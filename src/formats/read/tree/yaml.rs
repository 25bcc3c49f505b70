//! Reads YAML as the tree that it is in JSON (YAML 1.2, <https://yaml.org/spec/1.2.2/>).

use std::io;

use crate::formats::read::json::Value;

use super::json;
use crate::formats::read::{
    InputFile, PageStart, ParserCache, RecordPart, Sink, csl_json, csl_yaml, encoding, exact_yaml,
};
use crate::record::{Problem, Record};

/// Whether a text certainly starts like a list of YAML. What begins with `---` alone may be a note with its
/// fields above.
pub(crate) fn looks_like(beginning: &str) -> bool {
    let mut lines = beginning.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or("");
    let first = if first.trim_end() == "---" { lines.next().unwrap_or("") } else { first };
    let is_pair = |text: &str| {
        let key = text.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
        key.is_some_and(|(key, _)| !key.is_empty() && !key.contains(char::is_whitespace))
    };
    let starts_list = first.strip_prefix("- ").is_some_and(is_pair);
    let next = lines.next().and_then(|line| line.strip_prefix("  "));
    first.starts_with("%YAML")
        || (starts_list && next.is_some_and(|line| is_pair(line.trim_start())))
}

/// Reads a file.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let text = encoding::read_text(file.name, file.bytes, sink)?;
    if let Some(line) = deep_line(&text) {
        let message = "this YAML cannot be read: it is nested too deep".to_owned();
        sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
        sink.report(Problem::error(file.name, Some(line), message));
        return Ok(());
    }
    let (documents, problem) = match exact_yaml::parse_documents(&text, text.len()) {
        Ok(documents) => (documents, None),
        Err(error) => {
            let line = error.location().and_then(|it| usize::try_from(it.line()).ok());
            let reason = error.to_string();
            let reason = reason.lines().next().unwrap_or_default();
            // The location stands before the message.
            let reason = reason.rsplit_once(": ").map_or(reason, |(_, reason)| reason);
            // The library names its limits by its own types and numbers.
            let reason = if reason.ends_with('}') || reason.starts_with("total_replayed_events") {
                "it is nested too deep, or its aliases expand to too much"
            } else {
                reason
            };
            let message =
                format!("this YAML cannot be read: {reason}; what stands before was read");
            let sound = sound_part(&text, line.unwrap_or(1));
            let documents = exact_yaml::parse_documents(sound, text.len()).unwrap_or_default();
            (documents, Some(Problem::error(file.name, line, message)))
        }
    };
    if let Some(problem) = problem {
        sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
        sink.report(problem);
        if documents.is_empty() {
            return Ok(());
        }
    }
    if let Some(list) = csl_yaml::as_csl_json(&documents) {
        let bytes = &mut list.as_slice();
        let mut file = InputFile { name: file.name, bytes, options: file.options };
        return csl_json::read(&mut file, &mut NoLines { cache: ParserCache::default(), sink });
    }
    read_documents(&documents, file, sink)
}

/// The most lists that may begin in one line.
const MAX_LISTS_IN_LINE: usize = 64;

/// Returns the first line in which too many lists begin inside one another: `- - - …`. The parser takes a time that is
/// quadratic in their number.
fn deep_line(text: &str) -> Option<usize> {
    let lists = |line: &str| line.trim_start().split(' ').take_while(|it| *it == "-").count();
    text.lines().position(|line| lists(line) > MAX_LISTS_IN_LINE).map(|at| at + 1)
}

/// Reads trees that have no lines of their own, as JSON.
pub(super) fn read_documents(
    documents: &[Value],
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut json = Vec::new();
    for document in documents {
        serde_json::to_writer(&mut json, document)?;
        json.push(b'\n');
    }
    let bytes = &mut json.as_slice();
    let mut file = InputFile { name: file.name, bytes, options: file.options };
    json::read(&mut file, &mut NoLines { cache: ParserCache::default(), sink })
}

/// Returns the text before the item of the outermost list that is broken on a line.
fn sound_part(text: &str, line: usize) -> &str {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_item = |line: &str| line.trim_start().starts_with("- ");
    let outermost = text.lines().find(|line| is_item(line)).map_or(0, indent);
    let (mut start, mut end) = (0, 0);
    for line in text.split_inclusive('\n').take(line) {
        if is_item(line) && indent(line) == outermost {
            end = start;
        }
        start += line.len();
    }
    text.get(..end).unwrap_or_default()
}

/// A sink that leaves out line numbers, which are those of the tree and not of the file.
struct NoLines<'s> {
    cache: ParserCache,
    sink: &'s mut dyn Sink,
}

impl Sink for NoLines<'_> {
    fn start_page(&mut self, page: PageStart) {
        self.sink.start_page(page);
    }

    fn add_record(&mut self, record: Record) {
        self.sink.add_record(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        let mut cache = std::mem::take(&mut self.cache);
        part.read(&mut cache, self);
        self.cache = cache;
    }

    fn report(&mut self, problem: Problem) {
        self.sink.report(Problem { line: None, column: None, ..problem });
    }

    fn describe_names(&mut self, names: crate::formats::read::NameMapping) {
        self.sink.describe_names(names);
    }
}
