//! Whether the title of a record is the document's own, or describes it.

use super::Record;

/// The name of the own field that has the form of the title.
const OWN_FIELD: &str = "title_form";

/// What a title is. Citations put quotation marks round a title of the document's own.
///
/// A record keeps it in the own field `title_form`. Without one, archivists devised the title, as in
/// finding aids and results pages (DACS 2.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleForm {
    /// The title that the document has itself: `quoted`.
    Quoted,
    /// A description that somebody devised: `description`.
    Description,
}

impl TitleForm {
    /// The value of the own field.
    const fn key(self) -> &'static str {
        match self {
            TitleForm::Quoted => "quoted",
            TitleForm::Description => "description",
        }
    }

    /// Whether an own field has the form of the title, which is no part of the content of a record.
    pub(crate) fn is_own_field(name: &str) -> bool {
        name == OWN_FIELD
    }
}

impl Record {
    /// Returns the form of the title, if the file says it.
    pub fn title_form(&self) -> Option<TitleForm> {
        let (_, value) = self.own.iter().find(|(name, _)| TitleForm::is_own_field(name))?;
        [TitleForm::Quoted, TitleForm::Description].into_iter().find(|form| form.key() == value)
    }

    /// Keeps the form of the title that its format implies, unless the file says another one. A record
    /// without a title keeps none.
    ///
    /// ```
    /// use fonds::record::{Field, Record, TitleForm};
    ///
    /// let mut record = Record::default();
    /// record.push(Field::Title, "The Hollow Valley");
    /// record.set_default_title_form(TitleForm::Quoted);
    /// record.set_default_title_form(TitleForm::Description);
    /// assert_eq!(record.title_form(), Some(TitleForm::Quoted));
    /// ```
    pub fn set_default_title_form(&mut self, form: TitleForm) {
        let is_known = self.own.iter().any(|(name, _)| TitleForm::is_own_field(name));
        if !is_known && self.title().is_some() {
            self.own.push((OWN_FIELD.to_owned(), form.key().to_owned()));
        }
    }
}
