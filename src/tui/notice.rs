//! What the screen tells the user until the next key, as data. It becomes a sentence when it is shown.

use std::fmt;

use super::panes::detail::state::HitNumber;
use crate::query::Ability;
use crate::record::ArchiveNameError;

/// Something to tell the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A sentence of a worker thread, or of what was read.
    Told(String),
    /// The first of several problems.
    Problem {
        /// The problem.
        message: String,
        /// How many more there are.
        more: usize,
    },
    /// A worker thread has panicked, with this message.
    Stopped(String),
    /// There is nothing to search for again.
    AlreadyAnswered,
    /// Only so many letters of a long text were pasted.
    PastedInPart(usize),
    /// The history has no older filter.
    NoOlderFilter,
    /// The history has no newer filter.
    NoNewerFilter,
    /// There is no page with this number.
    NoPage {
        /// The number.
        page: usize,
        /// The number of the last page.
        last: usize,
    },
    /// The page is the first one.
    FirstPage,
    /// The page is the last one.
    LastPage,
    /// The text after `:` is no command.
    NoCommand(String),
    /// No record at this position matches the filter.
    NotShown {
        /// The position.
        position: u64,
        /// How many records match.
        shown: usize,
    },
    /// No record has this position.
    NoPosition(u64),
    /// The detail shows this hit.
    Hit(HitNumber),
    /// The record has no hit.
    NoHit,
    /// There are no hits without a filter.
    NoFilter,
    /// The history has no view before this one.
    NoEarlierView,
    /// The record has neither an id nor a number nor a title by which a filter could name it.
    NoNameForFilter,
    /// The history has no view after this one.
    NoLaterView,
    /// No record has this key.
    NoRecord(String),
    /// No record is selected.
    NoneSelected,
    /// There is no record to copy.
    NothingCopied,
    /// The record has no address.
    NoAddress,
    /// There are no duplicates.
    NoDuplicates,
    /// The backend cannot do this.
    Unable(Ability),
    /// A range is open.
    OpenRange {
        /// The key that marks or selects it.
        key: String,
        /// What that key does: `marks` or `selects`.
        verb: &'static str,
        /// The key that leaves it.
        leave: String,
    },
    /// A note was begun and not saved; this key goes on with it.
    DraftKept {
        /// The key.
        key: String,
    },
    /// The note is the one that was begun and not saved.
    DraftOffered,
    /// A note was begun and not saved when the user wanted to quit.
    DraftLeft {
        /// The key that goes on with it.
        key: String,
        /// The key that quits.
        quit: String,
    },
    /// Notes are not kept while the user picks records.
    NotesNotKept,
    /// Every mark and note belongs to a record.
    NothingUnclaimed,
    /// No name of an archive was typed.
    NoArchiveName,
    /// The text is no name of an archive.
    BadArchiveName(ArchiveNameError),
    /// There is no record to export.
    NothingToExport,
    /// No file was named.
    NoFile,
    /// A file is still being written.
    Exporting,
    /// The export to this file has begun.
    ExportBegun(String),
    /// The program quits when the export is done.
    QuitsAfterExport,
    /// The files are still being read.
    Reading,
    /// The files are still being read, and no record is shown yet.
    ReadingFirst,
    /// The files are being read again.
    Reloading,
    /// The files were not read again, for this reason.
    NotReloaded(String),
    /// The files were read again.
    Reloaded {
        /// How many records are new.
        added: usize,
        /// How many records are gone.
        removed: usize,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Notice::Told(sentence) => f.write_str(sentence),
            Notice::Problem { message, more: 0 } => write!(f, "{message}   ! shows where"),
            Notice::Problem { message, more } => {
                write!(f, "{message}   {more} more: ! lists them")
            }
            Notice::Stopped(message) => {
                write!(f, "part of fonds has stopped: quit and start it again   {message}")
            }
            Notice::PastedInPart(letters) => {
                write!(f, "only the first {letters} letters were pasted")
            }
            Notice::NoPage { page, last } => {
                write!(f, "there is no page {page}: the last one is {last}")
            }
            Notice::NoCommand(text) => write!(
                f,
                "“{text}” is not a position or page: :210 goes to a position, :p3 to a page, :q quits"
            ),
            Notice::NotShown { position, shown } => write!(
                f,
                "position {position} is not among the {shown} shown: Esc clears the filter"
            ),
            Notice::NoPosition(position) => {
                write!(f, "there is no position {position} here: 12G goes to the twelfth row")
            }
            Notice::Hit(HitNumber { number, total }) => write!(f, "hit line {number} of {total}"),
            Notice::NoRecord(key) => write!(f, "there is no record “{key}” here"),
            Notice::OpenRange { key, verb, leave } => {
                write!(f, "a range is open: {key} {verb} it   {leave} leaves it")
            }
            Notice::DraftKept { key } => write!(f, "this note is not saved: {key} goes on with it"),
            Notice::DraftLeft { key, quit } => {
                write!(f, "the note you began here is not saved: {key} goes on   {quit} quits")
            }
            Notice::BadArchiveName(error) => error.fmt(f),
            Notice::ExportBegun(file) => write!(f, "writing {file} ...   Esc stops it"),
            Notice::NotReloaded(why) => write!(f, "not reloaded: {why}; the old records stay"),
            Notice::Reloaded { added, removed } => fmt_reloaded(f, *added, *removed),
            fixed => f.write_str(fixed.fixed_text()),
        }
    }
}

impl Notice {
    /// Returns the sentence of a notice without further data; empty for the others.
    const fn fixed_text(&self) -> &'static str {
        match self {
            Notice::AlreadyAnswered => "the last search was answered",
            Notice::NoOlderFilter => "no older filter",
            Notice::NoNewerFilter => "no newer filter",
            Notice::FirstPage => "this is the first page",
            Notice::LastPage => "this is the last page",
            Notice::NoHit => "no hit in this record",
            Notice::NoFilter => "no filter, no hits",
            Notice::NoEarlierView => "there is no view before this one",
            Notice::NoLaterView => "there is no view after this one",
            Notice::NoneSelected => "no record is selected",
            Notice::NothingCopied => "no record is selected, nothing is copied",
            Notice::NoNameForFilter => {
                "this record has no id, number or title to look for others like it"
            }
            Notice::NoAddress => "this record has no address",
            Notice::NoDuplicates => "there are no duplicates",
            Notice::Unable(ability) => ability.without(),
            Notice::DraftOffered => "this is the note that you began: it is not saved yet",
            Notice::NotesNotKept => {
                "notes are not kept while you pick   open the files with fonds to write one"
            }
            Notice::NothingUnclaimed => "every mark and note belongs to a record",
            Notice::NoArchiveName => "no name was typed: nothing is changed",
            Notice::NothingToExport => "there is no record to export",
            Notice::NoFile => "no file is named, nothing is exported",
            Notice::Exporting => "a file is still being written   Esc stops it",
            Notice::QuitsAfterExport => {
                "fonds quits when the file is written   q again quits without it   Esc stops it"
            }
            Notice::Reading => "the files are still being read",
            Notice::ReadingFirst => "the files are still being read, no record is shown yet",
            Notice::Reloading => "reloading the files ...",
            // These have data, and are written with it.
            Notice::Told(_)
            | Notice::Problem { .. }
            | Notice::Stopped(_)
            | Notice::PastedInPart(_)
            | Notice::NoPage { .. }
            | Notice::NoCommand(_)
            | Notice::NotShown { .. }
            | Notice::NoPosition(_)
            | Notice::Hit(_)
            | Notice::NoRecord(_)
            | Notice::OpenRange { .. }
            | Notice::DraftKept { .. }
            | Notice::DraftLeft { .. }
            | Notice::BadArchiveName(_)
            | Notice::ExportBegun(_)
            | Notice::NotReloaded(_)
            | Notice::Reloaded { .. } => "",
        }
    }
}

/// Writes how many records there are more or fewer.
fn fmt_reloaded(f: &mut fmt::Formatter<'_>, added: usize, removed: usize) -> fmt::Result {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    match (added, removed) {
        (0, 0) => f.write_str("reloaded: the same records"),
        (added, 0) => write!(f, "reloaded: {added} record{} more", plural(added)),
        (0, removed) => write!(f, "reloaded: {removed} record{} fewer", plural(removed)),
        (added, removed) => {
            write!(f, "reloaded: {added} record{} more, {removed} fewer", plural(added))
        }
    }
}
