//! Names of institutions that keep documents, by their words: `Orla State Archive`, `Museum of Orla`, `Stadtarchiv Orla`.

use super::words::{WORDS, has};

/// The most words of the name of an institution.
const MAX_NAME_WORDS: usize = 8;

/// Signs in the names of institutions beside letters and spaces.
const NAME_SIGNS: &str = "-'’.&";

/// Whether a text is certainly the name of an institution. The entry of a menu (`Search the archive`, `Digital Library`) and
/// the title of a document (`Plan of the museum`) are none.
pub(in crate::formats::read) fn names_institution(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_sign = |letter: char| {
        letter.is_alphabetic() || letter.is_whitespace() || NAME_SIGNS.contains(letter)
    };
    let is_of_menu = |word: &&str| has(&WORDS.menu_words, &word.to_lowercase());
    if words.len() > MAX_NAME_WORDS
        || !text.chars().all(is_sign)
        || text.ends_with('.')
        || words.iter().any(is_of_menu)
    {
        return false;
    }
    (0..words.len()).any(|at| {
        let (before, behind) = words.split_at(at);
        behind.split_first().is_some_and(|(word, behind)| is_named(before, word, behind))
    })
}

/// Whether a word is one for an institution, and those before or behind it are its name.
fn is_named(before: &[&str], word: &str, behind: &[&str]) -> bool {
    let lower = word.to_lowercase();
    let is_compound = || {
        let mut ends = WORDS.institution_ends.iter();
        ends.any(|end| lower.len() > end.len() && lower.ends_with(end.as_str()))
    };
    let is_capital = |word: &&str| !word.starts_with(char::is_lowercase) || *word == "&";
    if !is_capital(&word) || !before.iter().all(is_capital) {
        return false;
    }
    if has(&WORDS.institutions, &lower) {
        let is_joint = |word: &&str| has(&WORDS.institution_joints, word) || is_elided(word);
        let ends_with_name = behind.last().is_some_and(|last| is_capital(last) || is_elided(last));
        let is_joined = behind.iter().any(is_joint) && ends_with_name;
        return is_joined || (behind.is_empty() && before.iter().any(|word| is_name(word)));
    }
    let mut others = before.iter().chain(behind);
    is_compound() && behind.iter().all(is_capital) && others.any(|word| is_name(word))
}

/// Whether a word is a name behind a small word without its vowel: `l'Orne`.
fn is_elided(word: &str) -> bool {
    let split = word.split_once(['\'', '’']);
    split.is_some_and(|(small, name)| small.len() < 3 && name.starts_with(char::is_uppercase))
}

/// Whether a word beside that for an institution says which one it is.
fn is_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.chars().any(char::is_alphabetic)
        && ![&WORDS.institutions, &WORDS.institution_no_names, &WORDS.kinds]
            .iter()
            .any(|list| has(list, &lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_institutions_are_told_from_menus_and_titles() {
        let names = [
            "Orla State Archive",
            "The National Archives",
            "Brackwell Library & Museum",
            "Museum of Orla",
            "National Archives of Orla",
            "Archives départementales de l'Orla",
            "Archivo General de Orla",
            "Stadtarchiv Orla",
            "Österreichisches Staatsarchiv Orla",
        ];
        for name in names {
            assert!(names_institution(name), "{name}");
        }
        let others = [
            "Menu",
            "Log in",
            "Archive",
            "Archives",
            "Library",
            "Digital Archive",
            "Photo Archive",
            "Our Library",
            "Search the archive",
            "Browse Orla Archive",
            "Library Hours",
            "Orla Archive Search",
            "Plan of the Orla Museum",
            "Letter to Orla Archive",
            "Archive (0)",
            "Orla Archive, box 3",
            "The library was closed.",
            "Suche im Stadtarchiv",
            "Bildarchiv",
            "Accept all cookies",
        ];
        for text in others {
            assert!(!names_institution(text), "{text}");
        }
    }
}
