//! Names of people and of bodies: what is the family's name and what is given.
//!
//! Archives write `Stalin, Joseph, 1878-1953`, `T.V. Soong`, `Mao Zedong` and `Ministry of Foreign
//! Affairs`. Which word of `Mao Zedong` is the family's cannot be told from the name, so a name is
//! parted only where a comma or an initial shows how; any other stands whole, which is never wrong.

/// The words that make a name that of a body.
const BODIES: &str = "academy administration agency archive archives army assembly association bank \
    board bureau cabinet chancellery church club command commission committee company conference \
    congress corporation council court delegation department directorate division embassy \
    federation force forces foundation front government group headquarters institute institution \
    intelligence kremlin league legation library ministry mission museum office organisation \
    organization party politburo presidium republic secretariat section senate service society \
    soviet staff states union university of for the and & u.s. u.n. u.s.s.r. family";

/// What stands behind a given name and belongs to the family's.
const SUFFIXES: [&str; 6] = ["jr.", "jr", "sr.", "sr", "iii", "ii"];

/// What a cataloguer adds to say what somebody did.
const ROLES: [&str; 8] = [
    "author",
    "recipient",
    "creator",
    "editor",
    "translator",
    "correspondent",
    "sender",
    "addressee",
];

/// A name in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A person's, whose parts are known.
    Parted {
        /// The family's name.
        family: String,
        /// The names given.
        given: String,
        /// `Jr.` and the like.
        suffix: Option<String>,
    },
    /// A body's, or a person's that cannot be parted.
    Whole(String),
}

impl Name {
    /// Parts a name. Years of life and what somebody did are no part of it.
    pub fn read(name: &str) -> Name {
        let name = name.trim();
        if is_institution(name) {
            return Name::Whole(name.to_owned());
        }
        let mut parts = name.split(',').map(str::trim).filter(|part| is_of_name(part));
        let first = parts.next().unwrap_or(name);
        let (suffix, given): (Vec<&str>, Vec<&str>) = parts.partition(|part| is_suffix(part));
        let suffix = suffix.first().map(|suffix| (*suffix).to_owned());
        if given.is_empty() {
            return by_initials(first, suffix);
        }
        Name::Parted { family: first.to_owned(), given: given.join(", "), suffix }
    }

    /// `T.V. Soong`.
    pub fn natural(&self) -> String {
        match self {
            Name::Parted { family, given, suffix } => {
                let words = [Some(given), Some(family), suffix.as_ref()].into_iter().flatten();
                words.map(String::as_str).collect::<Vec<_>>().join(" ")
            }
            Name::Whole(name) => name.clone(),
        }
    }

    /// `Soong, T.V.`
    pub fn inverted(&self) -> String {
        self.with_given(str::to_owned)
    }

    /// `Soong, T. V.`, of every given name its first letter.
    pub fn with_initials(&self) -> String {
        self.with_given(initials)
    }

    /// The family's name first, then the given one in some form.
    fn with_given(&self, form: impl Fn(&str) -> String) -> String {
        match self {
            Name::Parted { family, given, suffix: None } => format!("{family}, {}", form(given)),
            Name::Parted { family, given, suffix: Some(suffix) } => {
                format!("{family}, {}, {suffix}", form(given))
            }
            Name::Whole(name) => name.clone(),
        }
    }
}

/// A name with the family's first; one that has a comma already stays as it is written.
pub fn inverted(name: &str) -> String {
    if name.contains(',') { name.trim().to_owned() } else { Name::read(name).inverted() }
}

/// Whether more is said behind a name than its parts: years of life, what somebody did.
pub fn says_more(name: &str) -> bool {
    !is_institution(name) && name.split(',').map(str::trim).any(|part| !is_of_name(part))
}

/// Whether a name is that of a body and not of a person.
fn is_institution(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_body = |text: &str| {
        let words = text.split([' ', ',', '(', ')', '/']);
        words.into_iter().any(|word| BODIES.split_whitespace().any(|body| body == word))
    };
    match lower.split_once(',') {
        // A family may be called like a body: `Bank, Aleksander`.
        Some((family, given)) if !family.contains(' ') => is_body(given),
        _ => is_body(&lower),
    }
}

/// Whether a part of a name is one, and no years of life, and nothing that somebody did.
fn is_of_name(part: &str) -> bool {
    let bare =
        part.trim_start_matches(['b', 'd', 'f', 'l', 'c', 'a', '.', ' ', '-', '–', '?', '(']);
    let is_role = ROLES.iter().any(|role| part.eq_ignore_ascii_case(role));
    !part.is_empty() && !bare.starts_with(|c: char| c.is_ascii_digit()) && !is_role
}

fn is_suffix(part: &str) -> bool {
    SUFFIXES.iter().any(|suffix| part.eq_ignore_ascii_case(suffix))
}

/// Parts a name without a comma: an initial before the last word shows that the family's comes
/// last, with the small words before it.
fn by_initials(name: &str, suffix: Option<String>) -> Name {
    let words: Vec<&str> = name.split_whitespace().collect();
    let whole = || Name::Whole(name.to_owned());
    let Some((last, before)) = words.split_last() else { return whole() };
    if is_initial(last) || !before.iter().any(|word| is_initial(word)) {
        return whole();
    }
    let is_small = |word: &&&str| word.starts_with(char::is_lowercase);
    let small = before.iter().rev().take_while(is_small).count();
    let (given, family) = words.split_at(before.len() - small);
    Name::Parted { family: family.join(" "), given: given.join(" "), suffix }
}

/// Whether a word is made of single letters with full stops: `T.V.`
fn is_initial(word: &str) -> bool {
    let mut letters = word.split('.').peekable();
    word.ends_with('.')
        && letters.all(|part| {
            let mut chars = part.trim_start_matches('-').chars();
            chars.next().is_none_or(char::is_uppercase) && chars.next().is_none()
        })
}

/// The first letter of every given name, those after a hyphen too; small words stay.
fn initials(given: &str) -> String {
    let apart = given.replace('.', ". ");
    apart.split_whitespace().map(initial).collect::<Vec<_>>().join(" ")
}

/// The first letter of a given name: `J.`, `J.-P.`; a small word as it is.
fn initial(word: &str) -> String {
    if word.starts_with(char::is_lowercase) {
        return word.to_owned();
    }
    let first = |part: &str| part.chars().next().map(|letter| format!("{letter}."));
    word.split('-').filter_map(first).collect::<Vec<_>>().join("-")
}
