//! Names of own fields.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// The name of an own field, as its file writes it. A clone shares the text: all records of a table have the same
/// names, and a table may have 200,000 columns.
///
/// ```
/// use fonds::record::OwnName;
///
/// let name = OwnName::from("container.box");
/// assert_eq!(name, "container.box");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnName(Arc<str>);

impl OwnName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for OwnName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for OwnName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for OwnName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for OwnName {
    fn from(name: &str) -> OwnName {
        OwnName(name.into())
    }
}

impl From<String> for OwnName {
    fn from(name: String) -> OwnName {
        OwnName(name.into())
    }
}

impl From<&String> for OwnName {
    fn from(name: &String) -> OwnName {
        OwnName(name.as_str().into())
    }
}

impl PartialEq<str> for OwnName {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for OwnName {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for OwnName {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl fmt::Display for OwnName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
