//! Whether the title of a record is the document's own, or describes it.

use super::{Archive, OwnName, Record};

/// The name of the own field that has the form of the title.
const OWN_FIELD: &str = "title_form";

/// The name of the own field with a part of the title that is the title of a work or document.
const QUOTED_PART: &str = "title_form.quoted_part";

/// What a title is. Citations put quotation marks round a title of the document's own.
///
/// A record or an archive keeps it in the own field `title_form`. Without one, archivists devised the
/// titles, as in finding aids and results pages (DACS 2.3.3).
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
        name == OWN_FIELD || name == QUOTED_PART
    }

    /// Returns the form that is among own fields.
    fn find(own: &[(OwnName, String)]) -> Option<TitleForm> {
        let (_, value) = own.iter().find(|(name, _)| name == OWN_FIELD)?;
        [TitleForm::Quoted, TitleForm::Description].into_iter().find(|form| form.key() == value)
    }

    /// Adds the form to own fields that have none.
    fn add_to(self, own: &mut Vec<(OwnName, String)>) {
        if !own.iter().any(|(name, _)| name == OWN_FIELD) {
            own.push((OWN_FIELD.into(), self.key().to_owned()));
        }
    }
}

impl Record {
    /// Returns the form of the title, if the file says it of this record.
    pub fn title_form(&self) -> Option<TitleForm> {
        TitleForm::find(&self.own)
    }

    /// Returns the parts of the title that are titles of works or documents: `The Harbour` of `The Harbour, draft`.
    pub(crate) fn quoted_title_parts(&self) -> impl Iterator<Item = &str> {
        let parts = self.own.iter().filter(|(name, _)| name == QUOTED_PART);
        parts.map(|(_, part)| part.as_str())
    }

    /// Keeps a part of the title that is the title of a work or document.
    pub(crate) fn push_quoted_title_part(&mut self, part: &str) {
        if !part.is_empty() {
            self.own.push((QUOTED_PART.into(), part.to_owned()));
        }
    }

    /// Keeps the form of the title, unless the file says another one. A record without a title keeps none.
    ///
    /// ```
    /// use fonds::record::{Field, Record, TitleForm};
    ///
    /// let mut record = Record::default();
    /// record.push(Field::Title, "The Hollow Valley");
    /// record.set_title_form(TitleForm::Quoted);
    /// record.set_title_form(TitleForm::Description);
    /// assert_eq!(record.title_form(), Some(TitleForm::Quoted));
    /// ```
    pub fn set_title_form(&mut self, form: TitleForm) {
        if self.title().is_some() {
            form.add_to(&mut self.own);
        }
    }
}

impl Archive {
    /// Returns the form of the titles of its records, where a record has no other one.
    pub fn title_form(&self) -> Option<TitleForm> {
        TitleForm::find(&self.own)
    }

    /// Keeps the form of the titles of its records, unless the file says another one.
    pub fn set_title_form(&mut self, form: TitleForm) {
        form.add_to(&mut self.own);
    }

    /// Whether nothing is known of the archive but the form of its titles.
    pub(crate) fn is_undescribed(&self) -> bool {
        let own = self.own.iter().filter(|(name, _)| !TitleForm::is_own_field(name));
        own.count() == 0 && Archive { own: Vec::new(), ..self.clone() } == Archive::default()
    }
}
