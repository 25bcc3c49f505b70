//! What a parser took the names in a file for.

/// What the names in a file were taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameMapping {
    /// The name of the file as the user gave it.
    pub file: String,
    /// Where in the file the records are: `response.docs`; empty if the file is a table or the record itself.
    pub records: String,
    /// The names, in the order of the file.
    pub names: Vec<MappedName>,
}

/// A name in a file, and what it was taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedName {
    /// The name.
    pub name: String,
    /// The field that its values fill; `None` if they are kept under their own name.
    pub field: Option<&'static str>,
    /// The field that another name fills, which is surer. Without that one it would be the field of this name.
    pub taken: Option<&'static str>,
    /// The first value.
    pub example: String,
}
