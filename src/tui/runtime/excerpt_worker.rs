//! The place of a problem: the lines of its file around it, read on a thread of its own.

use std::io::BufReader;
use std::path::Path;
use std::sync::mpsc::Sender;
use std::thread;

use super::event_loop::Event;
use crate::files;
use crate::formats::read::{Options, excerpt};
use crate::record::Problem;
use crate::tui::action::{Action, Excerpt};

/// How many lines are shown before and behind the place.
const REACH: usize = 40;

/// Reads the place of a problem, and tells `events` what stands there.
pub(super) fn look_up(problem: Problem, events: Sender<Event>) {
    thread::spawn(move || {
        // Nobody listens any more where the reader has quit.
        let _ = events.send(Event::Action(Action::Looked(read(&problem))));
    });
}

/// What stands in a file at the place of a problem, or why it cannot be shown.
pub fn read(problem: &Problem) -> Excerpt {
    let place = match problem.line {
        Some(line) => format!("{}:{line}", problem.file),
        None => problem.file.clone(),
    };
    let found = lines(problem);
    let said = match &found {
        Ok(lines) if lines.iter().any(|(number, _)| Some(*number) == problem.line) => None,
        Ok(_) => Some("the file has changed: there is no such line in it any more".to_owned()),
        Err(why) => Some(why.clone()),
    };
    Excerpt { place, line: problem.line, lines: found.unwrap_or_default(), said }
}

/// The lines around the place, or why there are none.
fn lines(problem: &Problem) -> Result<Vec<excerpt::NumberedLine>, String> {
    let Some(line) = problem.line else {
        return Err("this is said of the file as a whole, or of a record by its number".to_owned());
    };
    if problem.file == files::name(Path::new("-")) {
        return Err("what was piped in cannot be read again: save it as a file".to_owned());
    }
    let bytes = files::open(Path::new(&problem.file)).map_err(|error| error.to_string())?;
    let found = excerpt::around(line, REACH, &Options::default(), &mut BufReader::new(bytes));
    match found {
        Ok(Some(lines)) => Ok(lines),
        Ok(None) => Err("this file is no text: its lines cannot be shown".to_owned()),
        Err(error) => Err(format!("{}: cannot be read: {error}", problem.file)),
    }
}
