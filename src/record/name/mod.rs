//! Names of people, bodies and families, and the forms in which they are cited.
//!
//! Catalogues write `Stalin, Joseph, 1878-1953, author`, typists `T.V. Soong`, and letterheads
//! `Smith, Kline & French Laboratories`. [`Name::parse`] takes apart only what shows how: a comma,
//! an initial, a known word of `assets/names.toml`. Which word of `Mao Zedong` is the family's name
//! is not visible, so such a name stays whole in every form, which is never wrong.
//!
//! The rules of headings are those of the Library of Congress (MARC 21, fields 100 and 110):
//! family name, given names, titles, fuller form in brackets, life dates, relator term.

mod behind;
mod bodies;
mod forms;
mod life_dates;
mod parse;
mod person;
mod rulers;
mod running;
mod signs;
mod tex;
mod words;

pub(crate) use words::WordSet;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// One person.
    Person,
    /// A company, an office, a society or another body.
    Body,
    /// A family.
    Family,
    /// A person whose name stands in its usual order, also where it has a comma: `Alfred, Lord Tennyson`.
    Forename,
    /// Neither the file nor the name says it.
    #[default]
    Unknown,
}

/// A name, taken apart as far as it shows its parts.
///
/// Either [`whole`](Name::whole) has the name, or [`family`](Name::family) and the parts beside it.
/// An absent part is an empty string.
///
/// ```
/// use fonds::record::Name;
///
/// let name = Name::parse("King, Martin Luther, Jr., 1929-1968, author.", None);
/// assert_eq!(name.running(), "Martin Luther King Jr.");
/// assert_eq!(name.index(), "King, Martin Luther, Jr.");
/// assert_eq!(name.index_initials(), "King, M. L., Jr.");
/// assert_eq!((name.dates.as_str(), name.roles.as_slice()), ("1929-1968", &["author".to_owned()][..]));
///
/// assert_eq!(Name::parse("Mao Zedong", None).index(), "Mao Zedong");
/// assert!(Name::parse("[s.n.]", None).is_nobody());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The text as written.
    pub written: String,
    /// What the name is the name of.
    pub kind: NameKind,
    /// The name without dates, roles and signs of uncertainty, if it is not taken apart.
    pub whole: String,
    /// The family's name, without a particle in lower case before it.
    pub family: String,
    /// The given names or their initials.
    pub given: String,
    /// The particle before the family's name in running text: `de`, `von`, `d'`.
    pub particle: String,
    /// Whether the particle stands before the family's name in an index too: `van Gogh, Vincent`.
    pub particle_leads: bool,
    /// The suffix: `Jr.`, `III`.
    pub suffix: String,
    /// Titles, ranks, offices and letters behind the name: `Duke of`, `Secretary of State`, `S.J.`
    pub title: String,
    /// Titles before the given names: `Sir` of `Smith, Sir John`.
    pub title_before: String,
    /// Whether citations keep the title, because another person is meant without it: `Keller, John, Mrs.`
    keeps_title: bool,
    /// The dates of life or activity.
    pub dates: String,
    /// The fuller form of the given names: `Thomas Stearns` of `Eliot, T. S. (Thomas Stearns)`.
    pub fuller: String,
    /// What else stands in brackets behind the name: `Keller, Anna (Springfield)`.
    pub qualifier: String,
    /// What the person did, as words behind the name: `author`, `former owner`.
    pub roles: Vec<String>,
    /// Whether the whole name is in square brackets, as archivists write what they supply.
    pub bracketed: bool,
    /// The sign of doubt behind the name: `?`, `(?)`.
    pub doubt: String,
    /// What the name says of somebody who is not known or not named.
    standin: Option<Standin>,
}

/// What stands in place of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standin {
    /// `anonymous`, `[s.n.]`, `unbekannt`.
    Nobody,
    /// `et al.`, the `and others` of BibTeX.
    Others,
}

/// The parts of a name whose format keeps them apart, such as CSL-JSON and BibTeX. An absent part is
/// an empty string.
#[derive(Clone, Copy, Debug, Default)]
pub struct NameParts<'a> {
    /// The family's name.
    pub family: &'a str,
    /// The given names.
    pub given: &'a str,
    /// The particle that goes to the end in an index: `Humboldt, Alexander von`.
    pub dropping_particle: &'a str,
    /// The particle that stays before the family's name: `van Gogh, Vincent`.
    pub leading_particle: &'a str,
    /// The suffix.
    pub suffix: &'a str,
}

impl Name {
    /// Takes a name apart, as far as it shows its parts.
    ///
    /// `stated` is what the file says of the name: a body (EAD `corpname`, MARC 110), a family, a person.
    /// `Some(NameKind::Unknown)` means that the file keeps the name whole without saying what it is
    /// (CSL `literal`, the braces of BibTeX).
    pub fn parse(text: &str, stated: Option<NameKind>) -> Name {
        parse::parse(text, stated)
    }

    /// Returns the name of a person whose parts are known. Without a family's name it is whole.
    pub fn from_parts(parts: NameParts<'_>) -> Name {
        let (family, given) = (parts.family.trim(), parts.given.trim());
        let leading = parts.leading_particle.trim();
        let dropping = parts.dropping_particle.trim();
        let mut name = Name {
            kind: NameKind::Person,
            family: family.to_owned(),
            given: given.to_owned(),
            suffix: parts.suffix.trim().to_owned(),
            particle: if leading.is_empty() { dropping } else { leading }.to_owned(),
            particle_leads: !leading.is_empty(),
            ..Name::default()
        };
        if !leading.is_empty() && !dropping.is_empty() {
            name.given = forms::join_words(&[given, dropping]);
        }
        if family.is_empty() {
            name.whole = forms::join_words(&[&name.given, &name.particle]);
            (name.given, name.particle) = (String::new(), String::new());
        } else if given.is_empty() && name.particle.is_empty() && name.suffix.is_empty() {
            name.whole = std::mem::take(&mut name.family);
        }
        name.written = name.index();
        name
    }

    /// Whether the text says that nobody is known: `anon.`, `unbekannt`, `[s.n.]`.
    pub fn is_nobody(&self) -> bool {
        self.standin == Some(Standin::Nobody)
    }

    /// Whether the text stands for the rest of a list: `et al.`, `others`.
    pub fn is_others(&self) -> bool {
        self.standin == Some(Standin::Others)
    }

    /// Whether the name stays whole in every form (CSL `literal`).
    pub fn is_whole(&self) -> bool {
        self.family.is_empty()
    }

    /// Whether a text shows by a word such as `Inc.` or `Ministry` that it is the name of a body. Words that
    /// are family names as well, such as `House`, do not count.
    pub(crate) fn is_certain_body(text: &str) -> bool {
        bodies::is_certain_body(text)
    }

    /// Whether a text is a suffix such as `Jr.`
    pub(crate) fn is_suffix(text: &str) -> bool {
        words::WORDS.suffixes.has(text)
    }

    /// Removes the full stop that ends a heading, unless it belongs to an initial or an abbreviation.
    pub(crate) fn strip_full_stop(text: &str) -> &str {
        signs::strip_full_stop(text)
    }

    /// Splits the words of roles off the end of a name: `, author.`, `(former owner)`, `[ed.]`.
    ///
    /// ```
    /// let (name, roles) = fonds::record::Name::split_roles("Brandt, Ida, 1890-1960, addressee.");
    /// assert_eq!((name, roles), ("Brandt, Ida, 1890-1960", vec!["addressee".to_owned()]));
    /// ```
    pub fn split_roles(text: &str) -> (&str, Vec<String>) {
        parse::split_roles(text)
    }
}
