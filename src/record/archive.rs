//! The archive that records come from, and the files they stand in.

use super::add_missing;

/// What a file says of the archive, or of the listing, that its records come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// What it is called.
    pub title: Option<String>,
    /// Who holds it, or where the listing was taken from.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// What it says of itself: the text above the first record.
    pub description: Option<String>,
    /// How many records the whole listing has, of which the file may hold a few (`552`).
    pub total: Option<u64>,
    /// Every other key of the file, under its own name.
    pub own: Vec<(String, String)>,
}

impl Archive {
    /// The archive's identity: its address, else its title, else nothing.
    pub fn id(&self) -> &str {
        self.url.as_deref().or(self.title.as_deref()).unwrap_or("")
    }

    /// Takes in what another page of the same listing says of it, where this says nothing.
    pub fn add(&mut self, other: Archive) {
        let Archive { title, source, url, description, total, own } = other;
        self.title = self.title.take().or(title);
        self.source = self.source.take().or(source);
        self.url = self.url.take().or(url);
        self.description = self.description.take().or(description);
        self.total = self.total.or(total);
        add_missing(&mut self.own, own);
    }
}

/// The files that a record stands in, as the reader named them: one, or several where copies of it
/// were made one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The names, in the order they were read.
    pub files: Vec<String>,
}
