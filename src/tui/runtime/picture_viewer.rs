//! Opens pictures and PDFs whose names are records, in the program that the system has for them.
//!
//! Only pictures and PDFs in the folder that was opened are: no text in a file can name a program or a file
//! elsewhere.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::browser::start;
use super::clipboard::has_display;
use crate::files;
use crate::formats::read::pictures;
use crate::record::split_package;

/// Why a picture could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OpenError {
    /// A sentence for the user.
    Message(String),
    /// There is no program for it; its path.
    NoViewer(String),
}

/// Opens a picture in the folder `opened`, or beside the file, and returns the name of the program.
///
/// # Errors
/// It is in a package or no longer there, or there is no program for it.
pub(super) fn open(opened: &str, path: &str) -> Result<String, OpenError> {
    let file = locate(opened, path)?;
    let viewer = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if !has_display() || !start(Command::new(viewer).arg(&file)) {
        return Err(OpenError::NoViewer(files::name_of_path(&file)));
    }
    Ok(viewer.to_owned())
}

/// Returns the absolute path of a picture. A record of a table may name one in the folder of the table.
///
/// # Errors
/// A sentence for the user.
fn locate(opened: &str, path: &str) -> Result<PathBuf, OpenError> {
    let refuse = |message: String| Err(OpenError::Message(message));
    let opened_path = files::path_of_name(opened);
    let is_in_package = split_package(&format!("{opened}: ")).is_some();
    if !pictures::is_picture(path) {
        return refuse("this record has no address".to_owned());
    }
    if is_in_package {
        return refuse(format!("“{path}” is inside of {opened}: unpack that and open the folder"));
    }
    let folder = if opened_path.is_dir() {
        &*opened_path
    } else {
        opened_path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    let file = files::path_of_name(&files::name_of_path(&folder.join(path)));
    let found = files::canonical(&file).filter(|file| file.is_file());
    // What a table names is opened only in its own folder.
    let found = found.filter(|file| {
        let is_picture = pictures::is_picture(&files::name_of_path(file));
        is_picture && files::canonical(folder).is_some_and(|folder| file.starts_with(folder))
    });
    found.map_or_else(|| refuse(format!("there is no file {}", files::name_of_path(&file))), Ok)
}
