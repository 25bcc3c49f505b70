//! The fields of a record as a user reads them: English labels, roles in words, and one line for the
//! shelf location. The screen and the readable formats share it.

mod labels;
mod readable_names;
mod roles;
mod shelf_location;

use std::borrow::Cow;

use super::{Field, FieldRef, Record};
use labels::known_label;
pub use labels::{is_technical, own_label};
pub use roles::{is_relator_code, role_in_words};

/// A part of a value: the text of a field, or words between such texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPart<'r> {
    /// The text.
    pub text: Cow<'r, str>,
    /// The field that it belongs to; `None` for words between.
    pub field: Option<FieldRef<'r>>,
}

impl<'r> ShownPart<'r> {
    /// Creates a part with the text of a field.
    fn new(field: FieldRef<'r>, text: &'r str) -> ShownPart<'r> {
        ShownPart { text: Cow::Borrowed(text), field: Some(field) }
    }
}

/// Values under one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownField<'r> {
    /// The label.
    pub label: Cow<'r, str>,
    /// The values, each in parts.
    pub values: Vec<Vec<ShownPart<'r>>>,
}

impl ShownField<'_> {
    /// Returns the values as texts.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        self.values.iter().map(|parts| parts.iter().map(|part| part.text.as_ref()).collect())
    }
}

/// The own fields of a record as a user reads them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownOwnFields<'r> {
    /// The fields for people.
    pub plain: Vec<ShownField<'r>>,
    /// The fields for machines: see [`is_technical`].
    pub technical: Vec<ShownField<'r>>,
}

impl ShownOwnFields<'_> {
    /// Returns `1 technical field`, `12 technical fields`; `None` if there are none.
    pub fn technical_count(&self) -> Option<String> {
        match self.technical.iter().map(|field| field.values.len()).sum() {
            0 => None,
            1 => Some("1 technical field".to_owned()),
            count => Some(format!("{count} technical fields")),
        }
    }
}

impl Record {
    /// Returns the known fields of the record with their labels, without title, summary, date and
    /// position.
    ///
    /// ```
    /// use fonds::record::{Field, Record};
    ///
    /// let mut record = Record::default();
    /// record.push(Field::Creator, "Brandt, Ida");
    /// record.push(Field::Recipient, "Keller, Jan");
    /// record.push_contributor("Roth, Emil", "trl");
    /// record.push(Field::Box, "3");
    /// record.push(Field::Folder, "12");
    /// record.push(Field::Collection, "Keller papers");
    /// let shown = record.shown_fields();
    /// let lines = shown.iter().map(|field| {
    ///     format!("{}: {}", field.label, field.texts().collect::<String>())
    /// });
    /// assert!(lines.eq([
    ///     "From: Brandt, Ida",
    ///     "To: Keller, Jan",
    ///     "Location: Box 3, folder 12 · Keller papers",
    ///     "Translator: Roth, Emil",
    /// ]));
    /// ```
    pub fn shown_fields(&self) -> Vec<ShownField<'_>> {
        let mut shown = self.shown_leading_fields();
        shown.extend(self.shown_following_fields());
        shown
    }

    /// Returns the first of [`Record::shown_fields`], which tell most of a document: who wrote it, to whom, and
    /// where it lies.
    pub fn shown_leading_fields(&self) -> Vec<ShownField<'_>> {
        let has_recipient = self.first(Field::Recipient).is_some();
        let mut shown = Vec::new();
        self.show_values(
            Field::Creator,
            if has_recipient { "From" } else { "Creator" },
            &mut shown,
        );
        self.show_values(Field::Recipient, "To", &mut shown);
        match shelf_location::parts(self) {
            Some(parts) => {
                shown.push(ShownField { label: Cow::Borrowed("Location"), values: vec![parts] });
            }
            None => self.show_values(Field::Collection, Field::Collection.label(), &mut shown),
        }
        shown
    }

    /// Returns the other ones of [`Record::shown_fields`].
    pub fn shown_following_fields(&self) -> Vec<ShownField<'_>> {
        let mut shown = Vec::new();
        self.show_contributors(&mut shown);
        let fields = [
            Field::People,
            Field::Places,
            Field::Subjects,
            Field::Source,
            Field::Language,
            Field::Rights,
            Field::Url,
            Field::Id,
            Field::PreferredCitation,
        ];
        for field in fields {
            self.show_values(field, field.label(), &mut shown);
        }
        shown
    }

    /// Returns the own fields of the record with their labels.
    pub fn shown_own_fields(&self) -> ShownOwnFields<'_> {
        let mut shown = ShownOwnFields::default();
        for (name, value) in &self.own {
            let fields = if is_technical(name) { &mut shown.technical } else { &mut shown.plain };
            let label = own_label(name);
            let part = ShownPart::new(FieldRef::Own(name), value);
            // Names with different levels above may have the same words.
            let is_of_name = |field: &ShownField<'_>| {
                let first = field.values.first().and_then(|value| value.first());
                first.is_some_and(|first| first.field == part.field) || known_label(name).is_some()
            };
            match fields.last_mut().filter(|last| last.label == label && is_of_name(last)) {
                Some(last) => last.values.push(vec![part]),
                None => fields.push(ShownField { label, values: vec![vec![part]] }),
            }
        }
        shown
    }

    /// Adds the values of a field, if it has any.
    fn show_values<'r>(
        &'r self,
        field: Field,
        label: &'static str,
        shown: &mut Vec<ShownField<'r>>,
    ) {
        let part = |value| vec![ShownPart::new(FieldRef::Known(field), value)];
        let values: Vec<_> = self.all(field).map(part).collect();
        if !values.is_empty() {
            shown.push(ShownField { label: Cow::Borrowed(label), values });
        }
    }

    /// Adds the contributors, grouped by their roles.
    fn show_contributors<'r>(&'r self, shown: &mut Vec<ShownField<'r>>) {
        let first = shown.len();
        for (name, role) in self.contributors() {
            let label = match role_in_words(role) {
                role if role.is_empty() => Cow::Borrowed(Field::Contributor.label()),
                role => role,
            };
            let part = ShownPart::new(FieldRef::Known(Field::Contributor), name);
            let mut known = shown.iter_mut().skip(first);
            match known.find(|field| field.label == label) {
                Some(field) => field.values.push(vec![part]),
                None => shown.push(ShownField { label, values: vec![vec![part]] }),
            }
        }
    }
}
