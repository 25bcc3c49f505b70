//! Splits names of people into family name and given name.
//!
//! Archives write `Stalin, Joseph, 1878-1953`, `T.V. Soong`, `Mao Zedong` and
//! `Ministry of Foreign Affairs`. The name `Mao Zedong` does not show which word is the family
//! name. So only names with a comma or an initial are split; all others stay whole, which is never
//! wrong.

/// Words that show that a name belongs to an organization.
const ORGANIZATION_WORDS: &str = "academy administration agency archive archives army assembly \
    association bank board bureau cabinet chancellery church club command commission committee \
    company conference \
    congress corporation council court delegation department directorate division embassy \
    federation force forces foundation front government group headquarters institute institution \
    intelligence kremlin league legation library ministry mission museum office organisation \
    organization party politburo presidium republic secretariat section senate service society \
    soviet staff states union university of for the and & u.s. u.n. u.s.s.r. family";

/// Suffixes of the family name, written after the given name.
const NAME_SUFFIXES: [&str; 6] = ["jr.", "jr", "sr.", "sr", "iii", "ii"];

/// Roles that cataloguers add to a name.
const ROLE_WORDS: [&str; 8] = [
    "author",
    "recipient",
    "creator",
    "editor",
    "translator",
    "correspondent",
    "sender",
    "addressee",
];

/// A name, split into parts if they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A person's name with known parts.
    Structured {
        /// The family name.
        family: String,
        /// The given names.
        given: String,
        /// A suffix such as `Jr.`
        suffix: Option<String>,
    },
    /// The name of an organization, or of a person whose name cannot be split.
    Literal(String),
}

impl Name {
    /// Splits a name. Years of life and roles are left out.
    pub fn parse(name: &str) -> Name {
        let name = name.trim();
        if is_organization(name) {
            return Name::Literal(name.to_owned());
        }
        let mut parts = name.split(',').map(str::trim).filter(|part| is_name_part(part));
        let first = parts.next().unwrap_or(name);
        let (suffix, given): (Vec<&str>, Vec<&str>) = parts.partition(|part| is_suffix(part));
        let suffix = suffix.first().map(|suffix| (*suffix).to_owned());
        if given.is_empty() {
            return split_at_initials(first, suffix);
        }
        Name::Structured { family: first.to_owned(), given: given.join(", "), suffix }
    }

    /// Returns the name in natural order: `T.V. Soong`.
    pub fn natural_order(&self) -> String {
        match self {
            Name::Structured { family, given, suffix } => {
                let words = [Some(given), Some(family), suffix.as_ref()].into_iter().flatten();
                words.map(String::as_str).collect::<Vec<_>>().join(" ")
            }
            Name::Literal(name) => name.clone(),
        }
    }

    /// Returns the name with the family name first: `Soong, T.V.`
    pub fn inverted(&self) -> String {
        self.invert_with(str::to_owned)
    }

    /// Returns the inverted name with given names as initials: `Soong, T. V.`
    pub fn inverted_initials(&self) -> String {
        self.invert_with(to_initials)
    }

    /// Returns the inverted name; `form` converts the given names.
    fn invert_with(&self, form: impl Fn(&str) -> String) -> String {
        match self {
            Name::Structured { family, given, suffix: None } => {
                format!("{family}, {}", form(given))
            }
            Name::Structured { family, given, suffix: Some(suffix) } => {
                format!("{family}, {}, {suffix}", form(given))
            }
            Name::Literal(name) => name.clone(),
        }
    }
}

/// Returns a name with the family name first. A name that contains a comma stays unchanged.
pub fn invert_name(name: &str) -> String {
    if name.contains(',') { name.trim().to_owned() } else { Name::parse(name).inverted() }
}

/// Whether years of life or a role follow the name.
pub fn has_dates_or_role(name: &str) -> bool {
    !is_organization(name) && name.split(',').map(str::trim).any(|part| !is_name_part(part))
}

/// Whether a name belongs to an organization.
fn is_organization(name: &str) -> bool {
    let lower = name.to_lowercase();
    let names_organization = |text: &str| {
        let words = text.split([' ', ',', '(', ')', '/']);
        words
            .into_iter()
            .any(|word| ORGANIZATION_WORDS.split_whitespace().any(|known| known == word))
    };
    match lower.split_once(',') {
        // A family name may be such a word: `Bank, Aleksander`.
        Some((family, given)) if !family.contains(' ') => names_organization(given),
        _ => names_organization(&lower),
    }
}

/// Whether a part belongs to the name; years of life and roles do not.
fn is_name_part(part: &str) -> bool {
    let bare =
        part.trim_start_matches(['b', 'd', 'f', 'l', 'c', 'a', '.', ' ', '-', '–', '?', '(']);
    let is_role = ROLE_WORDS.iter().any(|role| part.eq_ignore_ascii_case(role));
    !part.is_empty() && !bare.starts_with(|c: char| c.is_ascii_digit()) && !is_role
}

/// Whether a part is a suffix such as `Jr.`
fn is_suffix(part: &str) -> bool {
    NAME_SUFFIXES.iter().any(|suffix| part.eq_ignore_ascii_case(suffix))
}

/// Splits a name without a comma. An initial before the last word shows that the family name comes
/// last, with lower case particles before it.
fn split_at_initials(name: &str, suffix: Option<String>) -> Name {
    let words: Vec<&str> = name.split_whitespace().collect();
    let literal = || Name::Literal(name.to_owned());
    let Some((last, before)) = words.split_last() else { return literal() };
    if is_initials(last) || !before.iter().any(|word| is_initials(word)) {
        return literal();
    }
    let is_lower_case = |word: &&&str| word.starts_with(char::is_lowercase);
    let particles = before.iter().rev().take_while(is_lower_case).count();
    let (given, family) = words.split_at(before.len() - particles);
    Name::Structured { family: family.join(" "), given: given.join(" "), suffix }
}

/// Whether a word consists of single letters with full stops: `T.V.`
fn is_initials(word: &str) -> bool {
    let mut letters = word.split('.').peekable();
    word.ends_with('.')
        && letters.all(|part| {
            let mut chars = part.trim_start_matches('-').chars();
            chars.next().is_none_or(char::is_uppercase) && chars.next().is_none()
        })
}

/// Returns the initials of given names. Lower case words stay unchanged.
fn to_initials(given: &str) -> String {
    let words = given.replace('.', ". ");
    words.split_whitespace().map(to_initial).collect::<Vec<_>>().join(" ")
}

/// Returns the initials of one given name: `J.`, `J.-P.` A lower case word stays unchanged.
fn to_initial(word: &str) -> String {
    if word.starts_with(char::is_lowercase) {
        return word.to_owned();
    }
    let first = |part: &str| part.chars().next().map(|letter| format!("{letter}."));
    word.split('-').filter_map(first).collect::<Vec<_>>().join("-")
}
