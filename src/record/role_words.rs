//! The words of `assets/roles.toml`: what the roles of names mean.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `assets/roles.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleWords {
    /// Who made the document.
    pub(crate) creator: Vec<String>,
    /// To whom it is addressed.
    pub(crate) recipient: Vec<String>,
    /// Words for people whom a document only mentions or shows: `subject`, `depicted`.
    pub(crate) mentioned: Vec<String>,
    translator: Vec<String>,
    editor: Vec<String>,
    compiler: Vec<String>,
    interviewer: Vec<String>,
    illustrator: Vec<String>,
    composer: Vec<String>,
    director: Vec<String>,
    /// Who had another part in it.
    pub(crate) contributor: Vec<String>,
    /// Contributors that name columns of tables.
    pub(crate) contributor_columns: Vec<String>,
    /// Contributors that citations name.
    pub(crate) cited: Vec<CitedRole>,
}

/// What citations say of contributors with a role.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CitedRole {
    /// The list of words for the role, and its name in English.
    pub(crate) list: String,
    /// Further words for the role.
    #[serde(default)]
    pub(crate) words: Vec<String>,
    /// What stands before the names in a note: `trans.`
    pub(crate) note: String,
    /// What stands before them at the beginning of a sentence: `Translated by`.
    pub(crate) sentence: String,
    /// What stands behind them in APA style: `Trans.`
    pub(crate) apa: String,
}

/// The words that the program knows.
pub(crate) static ROLE_WORDS: LazyLock<RoleWords> = LazyLock::new(|| {
    let words: Option<RoleWords> = toml::from_str(include_str!("../../assets/roles.toml")).ok();
    debug_assert!(words.is_some(), "assets/roles.toml has the keys of RoleWords");
    words.unwrap_or_default()
});

/// The most letters of a word that is no role behind a name, as far as only this table has it: `Smith,
/// John, Col.` is a colonel.
const MAX_CODE_LETTERS: usize = 3;

impl RoleWords {
    /// Returns the variables of CSL for contributors, each with the words for its role
    /// (<https://docs.citationstyles.org/en/stable/specification.html#name-variables>).
    pub(crate) fn by_variable(&self) -> [(&'static str, &[String]); 7] {
        [
            ("translator", &self.translator),
            ("editor", &self.editor),
            ("compiler", &self.compiler),
            ("interviewer", &self.interviewer),
            ("illustrator", &self.illustrator),
            ("composer", &self.composer),
            ("director", &self.director),
        ]
    }

    /// Returns the words that are roles where they stand behind a name.
    pub(crate) fn behind_names(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.creator, &self.recipient, &self.mentioned, &self.contributor];
        let words = lists.into_iter().flatten();
        let words = words.chain(self.by_variable().into_iter().flat_map(|(_, words)| words));
        words.map(String::as_str).filter(|word| !is_code(word))
    }
}

/// Whether a word is a code or an abbreviation: `trl`, `070`, `ed`.
fn is_code(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        || (word.is_ascii() && word.len() <= MAX_CODE_LETTERS)
}
