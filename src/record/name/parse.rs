//! Takes a name apart: roles, signs of uncertainty and dates first, then what kind of name it is.

use super::life_dates::{has_initials_before_dates, has_name, is_life_dates, split_trailing_dates};
use super::signs::{
    split_commas, split_doubt, split_round_brackets, strip_brackets, strip_full_stop,
};
use super::words::{WORDS, is_initials, is_lower_case, key, words_of};
use super::{Name, NameKind, Standin, bodies, person, tex};

/// Takes a name apart. See [`Name::parse`].
pub(super) fn parse(text: &str, stated: Option<NameKind>) -> Name {
    let mut name = Name {
        written: text.trim().to_owned(),
        kind: stated.unwrap_or_default(),
        ..Name::default()
    };
    if is_too_long(text) {
        name.whole = words_of(text).join(" ");
        return name;
    }
    let clean = clean(text);
    let (text, in_braces) = strip_braces(&clean);
    let text = take_signs(text, &mut name);
    name.standin = standin(text);
    if name.standin.is_some() || in_braces || stated == Some(NameKind::Unknown) {
        strip_full_stop(text).clone_into(&mut name.whole);
        return name;
    }
    let mut parted = name.clone();
    take_apart(text, stated, &mut parted);
    if has_name(if parted.is_whole() { &parted.whole } else { &parted.family }) {
        return parted;
    }
    // Signs and dates alone are no parts of a name.
    text.clone_into(&mut name.whole);
    name
}

/// The longest name that is taken apart, in bytes and in words.
const MAX_NAME_BYTES: usize = 2000;
const MAX_NAME_WORDS: usize = 64;

/// Whether a text is too long for the name of one person. It stays whole, so that the time to parse a text
/// grows only with its length.
fn is_too_long(text: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    text.len() > MAX_NAME_BYTES
        || words.by_ref().filter(|word| !word.is_empty()).nth(MAX_NAME_WORDS).is_some()
}

/// Takes the text of a name apart that stands for somebody.
fn take_apart(text: &str, stated: Option<NameKind>, name: &mut Name) {
    let parts = take_dates(text, name);
    let has_dates = !name.dates.is_empty();
    match stated {
        Some(NameKind::Body) => keep_body(text, name),
        Some(NameKind::Family) => keep_family(text, &parts, name),
        Some(NameKind::Person) => person::take_apart(&parts, name),
        Some(NameKind::Forename) => keep_forename(&parts, name),
        _ if bodies::is_family(&parts)
            || WORDS.family_words.has(&name.qualifier)
            || family_heading(text).is_some() =>
        {
            name.kind = NameKind::Family;
            keep_family(text, &parts, name);
        }
        _ if bodies::is_body(&parts, has_dates) => {
            name.kind = NameKind::Body;
            keep_body(text, name);
        }
        _ => person::take_apart(&parts, name),
    }
}

/// Takes the name of a person in its usual order: what looks like an inverted name stays whole.
fn keep_forename(parts: &[&str], name: &mut Name) {
    let mut parted = Name { kind: NameKind::Person, ..name.clone() };
    person::take_apart(parts, &mut parted);
    if parted.is_whole() {
        *name = parted;
    } else {
        name.kind = NameKind::Person;
        name.whole = parts.join(", ");
    }
}

/// English words in brackets behind the name of a family.
const FAMILY_QUALIFIERS: [&str; 3] = ["family", "clan", "dynasty"];

/// Keeps the name of a family. A heading with the kind in brackets is the name of the `Keller family`.
fn keep_family(text: &str, parts: &[&str], name: &mut Name) {
    let Some((family, word)) = family_heading(text) else { return keep_whole(parts, name) };
    let has_word = family.to_lowercase().ends_with(word);
    name.whole = if has_word { family.to_owned() } else { format!("{family} {word}") };
    name.qualifier.clear();
}

/// Splits a heading of a family into its name and the English word for what it is: `Keller (Family)`, `Keller
/// (Family : 1800-1900)`, `Keller (Family), 1800-1900`.
fn family_heading(text: &str) -> Option<(&str, &'static str)> {
    let (family, behind) = text.rsplit_once(" (")?;
    let (inner, dates) = behind.split_once(')')?;
    let dates = dates.trim_matches([',', ' ']);
    let kind = inner.split([':', ',']).next().unwrap_or("").trim();
    let word = FAMILY_QUALIFIERS.into_iter().find(|word| kind.eq_ignore_ascii_case(word))?;
    let is_heading = dates.is_empty() || is_life_dates(dates);
    is_heading.then_some((family.trim_end_matches([',', ' ']), word))
}

/// Returns the text with one kind of space and comma, and with the letters of TeX.
fn clean(text: &str) -> String {
    let text = tex::decode(text).replace(['，', '،'], ", ");
    let words: Vec<String> = text.split_whitespace().map(separate_initials).collect();
    let text = words.join(" ");
    strip_quotes(text.trim_matches([',', ';', ' '])).to_owned()
}

/// Removes quotation marks round a name with a comma, such as those of a table.
fn strip_quotes(text: &str) -> &str {
    let pairs = [('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('«', '»'), ('<', '>')];
    let inner = pairs.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (inner.contains(',') && !inner.contains([*open, *close])).then_some(inner.trim())
    });
    inner.unwrap_or(text)
}

/// Puts a space between initials and the name behind them: `Ю.В.Андропов`.
fn separate_initials(word: &str) -> String {
    let Some((initials, name)) = word.trim_end_matches('.').rsplit_once('.') else {
        return word.to_owned();
    };
    let mut letters = name.chars();
    let is_name = letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() > 1
        && letters.all(|letter| letter.is_lowercase() || "-,)]?".contains(letter));
    if is_name && is_initials(&format!("{initials}.")) {
        let rest = word.get(initials.len() + 1..).unwrap_or("");
        return format!("{initials}. {rest}");
    }
    word.to_owned()
}

/// Removes the braces with which BibTeX keeps a name whole. Returns whether there were some.
fn strip_braces(text: &str) -> (&str, bool) {
    match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(inner) if !inner.contains(['{', '}']) => (inner.trim(), true),
        _ => (text, false),
    }
}

/// The most signs that are taken from the end of a name.
const MAX_SIGNS: usize = 16;

/// Moves roles, square brackets and the sign of doubt from the text to the name. They may be in any order.
fn take_signs<'t>(text: &'t str, name: &mut Name) -> &'t str {
    let mut rest = text;
    for _ in 0..MAX_SIGNS {
        let before = rest;
        let (bare, roles) = split_roles(rest);
        name.roles.splice(0..0, roles);
        rest = bare;
        if let Some(inner) = strip_brackets(rest) {
            name.bracketed = true;
            rest = inner;
        }
        if let Some(inner) = rest.strip_prefix('?').filter(|rest| has_name(rest)) {
            "?".clone_into(&mut name.doubt);
            rest = inner.trim_start();
        }
        let (bare, doubt) = split_doubt(rest);
        if !doubt.is_empty() {
            doubt.clone_into(&mut name.doubt);
            rest = bare;
        }
        if rest.len() == before.len() {
            break;
        }
    }
    rest
}

/// The most letters of a role that could be a given name: `Art`, `Com`, `Red`.
const MAX_SHORT_ROLE_LETTERS: usize = 4;

/// Splits the words of roles off the end of a name: `, author.`, `(former owner)`, `[ed.]`.
pub(super) fn split_roles(text: &str) -> (&str, Vec<String>) {
    let mut rest = text.trim_end_matches([',', ';', ' ']);
    let mut roles = Vec::new();
    loop {
        let bare = rest.strip_suffix('.').unwrap_or(rest).trim_end();
        let in_square = || {
            let inner = bare.strip_suffix(']')?;
            let (before, inner) = inner.split_at(inner.rfind('[')?);
            Some((before.trim_end(), inner.trim_start_matches('[').trim()))
        };
        let behind_comma = || {
            let (before, last) = bare.rsplit_once(',')?;
            let last = last.trim();
            // `Poe, Ed` and `Garfunkel, Art` are given names.
            let is_given_name = !before.contains(',')
                && last.chars().count() <= MAX_SHORT_ROLE_LETTERS
                && last.starts_with(char::is_uppercase);
            (!is_given_name).then_some((before.trim_end(), last))
        };
        let behind_stop = || {
            let (before, last) = bare.rsplit_once(". ")?;
            is_lower_case(last).then_some((before.trim_end(), last.trim()))
        };
        let found = split_round_brackets(bare)
            .or_else(in_square)
            .or_else(behind_comma)
            .filter(|(_, role)| is_role(role))
            .or_else(behind_stop)
            .filter(|(before, role)| !before.is_empty() && is_role(role));
        let Some((before, role)) = found else { return (rest, roles) };
        roles.insert(0, role.trim_matches(['.', ' ']).to_owned());
        rest = before.trim_end_matches([',', ';', ' ']);
    }
}

/// Whether a text consists of roles: `author`, `editor and translator`.
fn is_role(text: &str) -> bool {
    let list = text.replace(" and ", ",").replace(" und ", ",").replace(" et ", ",");
    let mut roles = list.split([',', ';', '/', '&']).map(str::trim);
    WORDS.roles.has(text) || roles.all(|role| WORDS.roles.has(role))
}

/// Whether a text names nobody, or stands for others.
fn standin(text: &str) -> Option<Standin> {
    if !text.chars().any(char::is_alphanumeric) {
        return Some(Standin::Nobody);
    }
    if WORDS.others.has(text) {
        return Some(Standin::Others);
    }
    // `n/a`
    if WORDS.nobody_words.has(text) {
        return Some(Standin::Nobody);
    }
    let parts = split_commas(text);
    let dateless: Vec<&str> = parts.into_iter().filter(|part| !is_life_dates(part)).collect();
    let plain = dateless.join(" ").replace(['(', ')', '[', ']', '?', '/', '"'], " ");
    let keyed = key(&plain);
    let words = words_of(&keyed);
    let mut rest = words.as_slice();
    let mut names_nobody = false;
    while !rest.is_empty() {
        let count = WORDS.nobody_words.leading_words(rest);
        names_nobody |= count > 0;
        let count = if count > 0 {
            count
        } else {
            let others = [&WORDS.nobody_fillers, &WORDS.roles];
            others.iter().map(|set| set.leading_words(rest)).max().unwrap_or(0)
        };
        if count == 0 {
            return None;
        }
        rest = rest.get(count..).unwrap_or_default();
    }
    names_nobody.then_some(Standin::Nobody)
}

/// Moves life dates from the text to the name. Returns the other parts between commas, at least one.
fn take_dates<'t>(text: &'t str, name: &mut Name) -> Vec<&'t str> {
    let mut dates = Vec::new();
    let mut parts: Vec<&str> = Vec::new();
    for part in split_commas(text) {
        let is_suffix = WORDS.suffixes.has(part);
        let bare = part.trim_matches(['(', ')']);
        let is_given = || parts.len() == 1 && has_initials_before_dates(part);
        if !parts.is_empty() && !is_suffix && is_life_dates(part) && !is_given() {
            dates.push(bare.trim_end_matches('.').trim());
            continue;
        }
        // `1900-1970 (Springfield)`
        if name.qualifier.is_empty()
            && let Some((life, qualifier)) = split_round_brackets(part)
            && !parts.is_empty()
            && is_life_dates(life)
        {
            dates.push(life);
            qualifier.clone_into(&mut name.qualifier);
            continue;
        }
        if name.qualifier.is_empty()
            && let Some((before, remark, life)) = split_remark_and_dates(part)
        {
            dates.push(life);
            parts.push(before);
            remark.clone_into(&mut name.qualifier);
            continue;
        }
        let (part, last) = split_trailing_dates(part, !parts.is_empty());
        if !last.is_empty() {
            dates.push(last.trim_end_matches('.'));
        }
        parts.push(part);
    }
    if parts.is_empty() {
        parts.push(text);
    }
    name.dates = dates.join(", ");
    parts
}

/// Splits a remark and life dates in brackets off the end of a part: `Louis XIV (roi de France ; 1638-1715)`.
fn split_remark_and_dates(part: &str) -> Option<(&str, &str, &str)> {
    let (before, inner) = split_round_brackets(part)?;
    let (remark, dates) = inner.rsplit_once(';')?;
    let (remark, dates) = (remark.trim(), dates.trim());
    let is_split = has_name(before)
        && has_name(remark)
        && is_life_dates(dates)
        && !remark.split(';').any(|part| is_life_dates(part.trim()));
    is_split.then_some((before, remark, dates))
}

/// Keeps the name of a body whole. Numbers in it may be dates, but are no dates of life.
fn keep_body(text: &str, name: &mut Name) {
    name.dates.clear();
    name.qualifier.clear();
    strip_full_stop(text).clone_into(&mut name.whole);
}

/// Keeps a name whole, without its dates.
pub(super) fn keep_whole(parts: &[&str], name: &mut Name) {
    strip_full_stop(&parts.join(", ")).clone_into(&mut name.whole);
    if !name.qualifier.is_empty() {
        name.whole = format!("{} ({})", name.whole, std::mem::take(&mut name.qualifier));
    }
}
