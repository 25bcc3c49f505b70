//! The commands a key can be bound to, each with its description for the help.

use serde::Deserialize;

macro_rules! commands {
    ($($(#[$attribute:meta])* $name:ident $description:literal,)*) => {
        /// What a key can be bound to. The key map names it in kebab-case: `next-row`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Command {
            $(#[doc = $description] $name,)*
        }

        impl Command {
            /// Returns what the command does, for the help.
            pub const fn description(self) -> &'static str {
                match self { $(Command::$name => $description,)* }
            }
        }
    };
}

commands! {
    Take "take the selected records, else the one under the cursor, and quit",
    NextRow "next record",
    PreviousRow "previous record",
    NextPage "next page",
    PreviousPage "previous page",
    HalfPageDown "half a page down",
    HalfPageUp "half a page up",
    FirstRow "first record",
    LastRow "last record; with a number before it, that row",
    ScrollDown "scroll down",
    ScrollUp "scroll up",
    ScrollPageDown "scroll a page down",
    ScrollPageUp "scroll a page up",
    ScrollHalfDown "scroll half a page down",
    ScrollHalfUp "scroll half a page up",
    ScrollTop "to the top",
    ScrollBottom "to the end",
    NextHit "next hit in the text",
    PreviousHit "previous hit in the text",
    Filter "filter by name, word or date while typing",
    MoreLikeThis "find the records that are like this one",
    NextOrder "next order: relevance, date, title, archive",
    ReverseOrder "reverse the order",
    ToggleDuplicates "show or hide duplicates",
    ChangePane "go to the other pane",
    ToggleDetail "hide or show the detail",
    ToggleTechnical "show or hide technical fields of the record",
    OpenRecord "read the record in full width",
    CommandPrompt "go to a position (:210) or a page (:p3)",
    Problems "list errors and warnings",
    Mark "mark or unmark the record; in a range, mark the range",
    MarkRange "begin or end a range to mark",
    MarkAll "mark all that the filter shows",
    InvertMarks "invert the marks of all that the filter shows",
    Note "write a note on the record",
    AttachMark "attach a mark or note that belongs to no record",
    Select "select or unselect the record; in a range, select the range",
    SelectRange "begin a range to select; V or Space ends it",
    SelectAll "select all that the filter shows",
    InvertSelection "invert the selection of all that the filter shows",
    RefuseNote "nothing: marks and notes are not kept while you pick",
    EditNote "write the note in your editor",
    CopyCitation "copy the citation",
    CopyTitle "copy title and date",
    CopyAddress "copy the address",
    CopyId "copy the id",
    CopySummary "copy the summary",
    CopyAll "copy all fields",
    PickStyle "cite in another style from now on",
    CopyCommandLine "copy the command line that shows this",
    Export "export records into a file",
    NameArchive "name the archive of this file, for citations",
    OpenAddress "open the address in the browser",
    Undo "previous view: filter, order, record",
    Redo "next view",
    Reload "reload the files",
    TryAgain "search again where there was no answer",
    Help "all keys",
    ShowExcerpt "show the problem in its file",
    StepBack "step back: popup, full width, bar, filter",
    Quit "quit",
    QuitAnyway "quit from anywhere",
    Suspend "suspend; fg brings it back",
    Redraw "redraw the screen",
    Accept "keep it and go to the list",
    OlderFilter "previous filter of the history",
    NewerFilter "next filter of the history",
    CursorLeft "a letter to the left",
    CursorRight "a letter to the right",
    WordLeft "a word to the left",
    WordRight "a word to the right",
    LineStart "to the beginning of the line",
    LineEnd "to the end of the line",
    DeleteBack "delete the letter before",
    DeleteForward "delete the letter under the cursor",
    DeleteWordBack "delete the word before",
    DeleteWordForward "delete the word after",
    DeleteToStart "delete to the beginning",
    DeleteToEnd "delete to the end",
    Yank "insert the deleted text again",
}

impl Command {
    /// Returns the description up to its first remark, for a hint.
    pub fn short_description(self) -> &'static str {
        let description = self.description();
        description.split([';', '(', ':', ',']).next().unwrap_or(description).trim_end()
    }

    /// Whether the command edits a line of text or moves the cursor in it.
    pub const fn edits_text(self) -> bool {
        matches!(
            self,
            Command::CursorLeft
                | Command::CursorRight
                | Command::WordLeft
                | Command::WordRight
                | Command::LineStart
                | Command::LineEnd
                | Command::DeleteBack
                | Command::DeleteForward
                | Command::DeleteWordBack
                | Command::DeleteWordForward
                | Command::DeleteToStart
                | Command::DeleteToEnd
                | Command::Yank
        )
    }
}
