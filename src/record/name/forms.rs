//! Writes names: in running order, as in an index, with initials.

use unicode_segmentation::UnicodeSegmentation;

use super::person::leads_to_family;
use super::words::{WORDS, is_cjk, is_lower_case};
use super::{Name, NameParts};

impl Name {
    /// Returns the name in running order: `Charles de Gaulle`, `Martin Luther King Jr.`
    pub fn running(&self) -> String {
        self.with_signs(self.running_without_signs())
    }

    /// Returns the name as in an index: `Gaulle, Charles de`, `King, Martin Luther, Jr.`
    pub fn index(&self) -> String {
        let given = join_words(&[&self.title_before, &self.given]);
        self.with_signs(self.index_with_given(&given))
    }

    /// Returns the name as in an index, with the initials of the given names: `King, M. L., Jr.`
    pub fn index_initials(&self) -> String {
        let keeps_title = self.given.is_empty();
        self.with_signs(self.index_with(&initials(&self.given), keeps_title))
    }

    /// Returns the name in running order with initials: `M. L. King Jr.`
    pub fn running_initials(&self) -> String {
        let short = Name { given: initials(&self.given), ..self.clone() };
        if self.is_whole() || self.is_cjk() { self.running() } else { short.running() }
    }

    /// Returns the running order without brackets and signs of doubt, for formats with a field for names.
    pub fn running_without_signs(&self) -> String {
        if self.is_whole() {
            return join_words(&[&self.whole, &self.suffix]);
        }
        let family = glue(&self.particle, &self.family);
        let name = if self.leads_to_family() {
            let title = glue(&self.title, &family);
            let given = join_words(&[&self.title_before, &self.given, &self.suffix]);
            if given.is_empty() { title } else { format!("{given}, {title}") }
        } else if self.is_cjk() {
            format!("{}{}", self.family, self.given)
        } else {
            let shows_title = self.given.is_empty() || self.keeps_title;
            let title = if shows_title { self.title.as_str() } else { "" };
            join_words(&[title, &self.title_before, &self.given, &family, &self.suffix])
        };
        self.with_qualifier(name)
    }

    /// Returns the index form without brackets, signs of doubt and titles before the given names, for formats
    /// with a field for names.
    pub fn index_without_signs(&self) -> String {
        self.index_with_given(&self.given)
    }

    /// Returns the index form with these given names, the titles that stay and the qualifier.
    fn index_with_given(&self, given: &str) -> String {
        let keeps_title = self.given.is_empty() || self.keeps_title || self.leads_to_family();
        let form = self.index_with(given, keeps_title);
        if self.is_whole() { form } else { self.with_qualifier(form) }
    }

    /// Returns the parts of a name, for formats that keep them apart. `None` for a name that stays whole.
    pub fn parts(&self) -> Option<NameParts<'_>> {
        let has_parts = !self.is_whole() && (!self.given.is_empty() || self.title.is_empty());
        let (leading, dropping) = if self.particle_leads {
            (self.particle.as_str(), "")
        } else {
            ("", self.particle.as_str())
        };
        has_parts.then_some(NameParts {
            family: &self.family,
            given: &self.given,
            dropping_particle: dropping,
            leading_particle: leading,
            suffix: &self.suffix,
        })
    }

    /// Returns the index form with these given names.
    fn index_with(&self, given: &str, keeps_title: bool) -> String {
        if self.is_whole() {
            return join_words(&[&self.whole, &self.suffix]);
        }
        let (before, behind) = if self.particle_leads {
            (self.particle.as_str(), "")
        } else {
            ("", self.particle.as_str())
        };
        let parts = [
            glue(before, &self.family),
            join_words(&[given, behind]),
            self.suffix.clone(),
            if keeps_title { self.title.clone() } else { String::new() },
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// Puts the qualifier behind a form of the name.
    fn with_qualifier(&self, name: String) -> String {
        if self.qualifier.is_empty() { name } else { format!("{name} ({})", self.qualifier) }
    }

    /// Puts the brackets and the sign of doubt round and behind a form of the name.
    fn with_signs(&self, name: String) -> String {
        let space = if self.doubt.len() > 1 { " " } else { "" };
        let doubt =
            if self.doubt.is_empty() { String::new() } else { format!("{space}{}", self.doubt) };
        if self.bracketed { format!("[{name}{doubt}]") } else { name + &doubt }
    }

    /// Whether the family's name follows the title: `Duke of Wellington`, `Alfred Tennyson, Baron Tennyson`.
    fn leads_to_family(&self) -> bool {
        let repeats = || {
            // `Meyer of Norland, Max Meyer, Viscount`
            let first = self.family.split(' ').next().unwrap_or("");
            let before = self.given.strip_suffix(first);
            before.is_some_and(|before| before.ends_with(' ')) && !self.title.is_empty()
        };
        leads_to_family(&self.title) || repeats()
    }

    /// Whether the name is in a script without spaces, where the family's name comes first.
    fn is_cjk(&self) -> bool {
        let is_all_cjk = |text: &str| !text.is_empty() && text.chars().all(is_cjk);
        is_all_cjk(&self.family)
            && is_all_cjk(&self.given)
            && self.particle.is_empty()
            && self.suffix.is_empty()
    }
}

/// Joins the texts that are not empty with spaces.
pub(super) fn join_words(words: &[&str]) -> String {
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Puts a particle before a name. An apostrophe or a hyphen needs no space: `d'Estaing`, `al-Bakri`.
fn glue(particle: &str, name: &str) -> String {
    // `de'` of `Lorenzo de' Medici` is a word of its own.
    let is_word = particle.ends_with("de'") || particle.ends_with("de’");
    let is_joined = particle.ends_with(['\'', '’', '-']) && !is_word;
    let space = if particle.is_empty() || is_joined { "" } else { " " };
    format!("{particle}{space}{name}")
}

/// Returns the initials of given names: `J. R. R.`, `J.-P.` Words in lower case stay.
fn initials(given: &str) -> String {
    if given.chars().any(is_cjk) {
        return given.to_owned();
    }
    let mut spaced = String::with_capacity(given.len());
    let mut letters = given.chars().peekable();
    while let Some(letter) = letters.next() {
        spaced.push(letter);
        if letter == '.' && letters.peek().is_some_and(|next| next.is_alphabetic()) {
            spaced.push(' ');
        }
    }
    spaced.split_whitespace().filter_map(initial).collect::<Vec<_>>().join(" ")
}

/// Returns the initials of one given name. `None` for a nickname in brackets or quotation marks.
fn initial(word: &str) -> Option<String> {
    if is_lower_case(word) && !word.contains('.') {
        return Some(word.to_owned());
    }
    if word.starts_with(['"', '“', '(', '«', '„']) {
        return None;
    }
    if WORDS.is_long_initial(word.trim_end_matches('.')) && word.ends_with('.') {
        return Some(word.to_owned());
    }
    let parts = word.split(['-', '‐', '–']).filter_map(|part| {
        let letter = part.graphemes(true).find(|it| it.chars().any(char::is_alphanumeric))?;
        Some(format!("{letter}."))
    });
    let joined = parts.collect::<Vec<_>>().join("-");
    let (open, close) = match (word.starts_with('['), word.trim_end_matches('.').ends_with(']')) {
        (true, true) => ("[", "]"),
        _ => ("", ""),
    };
    (!joined.is_empty()).then(|| format!("{open}{joined}{close}"))
}
