//! Whether a title is that of a work or document, which citations put in quotation marks, or a description.

/// The name of the own field that says it, where the format does.
pub(super) const TITLE_FORM: &str = "title_form";

/// What a title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleForm {
    /// The title of a work or document.
    Quoted,
    /// What an archivist or cataloguer wrote in place of a title.
    Description,
}

impl TitleForm {
    /// Returns the value of the own field.
    pub(super) const fn key(self) -> &'static str {
        match self {
            TitleForm::Quoted => "quoted",
            TitleForm::Description => "description",
        }
    }
}
