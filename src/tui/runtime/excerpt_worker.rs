//! Reads the lines of a file around a problem, on a thread for each request.

use std::io::{BufReader, Cursor, Read};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::thread;

use super::event_loop::Event;
use crate::files;
use crate::formats::read::{ReadOptions, excerpt};
use crate::load::packages;
use crate::record::Problem;
use crate::tui::action::{Action, Excerpt};

/// The number of lines before and after the line of the problem.
const CONTEXT_LINES: usize = 40;

/// Starts a thread that reads the lines around a problem and sends them to `events`.
pub(super) fn start(problem: Problem, events: Sender<Event>) {
    thread::spawn(move || {
        // Sending fails only after the user has quit.
        let _ = events.send(Event::Action(Action::ExcerptRead(read_excerpt(&problem))));
    });
}

/// Returns the lines of a file around a problem, or a message why they cannot be shown.
pub fn read_excerpt(problem: &Problem) -> Excerpt {
    let location = match problem.line {
        Some(line) => format!("{}:{line}", problem.file),
        None => problem.file.clone(),
    };
    let lines = lines_around(problem);
    let error = match &lines {
        Ok(lines) if lines.iter().any(|(number, _)| Some(*number) == problem.line) => None,
        Ok(_) => Some("the file has changed: it no longer has this line".to_owned()),
        Err(why) => Some(why.clone()),
    };
    Excerpt { location, line: problem.line, lines: lines.unwrap_or_default(), error }
}

/// Returns the lines around a problem.
///
/// # Errors
/// There are no lines to show; the message explains why.
fn lines_around(problem: &Problem) -> Result<Vec<excerpt::NumberedLine>, String> {
    let Some(line) = problem.line else {
        return Err("this problem is about a whole file or a record: it has no line".to_owned());
    };
    if problem.file == files::display_name(Path::new("-")) {
        return Err("piped input cannot be read again: save it as a file".to_owned());
    }
    let bytes: Box<dyn Read> = match files::open(&files::path_of_name(&problem.file)) {
        Ok(file) => file,
        Err(error) => match packages::read_member(&problem.file) {
            Some(bytes) => Box::new(Cursor::new(bytes)),
            None => return Err(error.to_string()),
        },
    };
    let options = ReadOptions::default();
    match excerpt::lines_around(line, CONTEXT_LINES, &options, &mut BufReader::new(bytes)) {
        Ok(Some(lines)) => Ok(lines),
        Ok(None) => Err("this file is not text: its lines cannot be shown".to_owned()),
        Err(error) => Err(format!("{}: cannot be read: {error}", problem.file)),
    }
}
