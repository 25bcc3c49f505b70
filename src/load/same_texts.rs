//! Decides whether records of the same texts on two pages are one document.

use crate::record::{Field, Record};

/// Whether two records of the same texts are different documents: no value of their ids or reference codes is the same, or
/// without these their addresses lead to other pages. At one position of a list, any two addresses lead to one document.
pub(super) fn are_different(one: &Record, other: &Record) -> bool {
    let values = |record: &Record, field: Field| -> Vec<String> {
        record.all(field).map(str::to_owned).collect()
    };
    let differ = |field: Field| {
        let (mine, theirs) = (values(one, field), values(other, field));
        !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|value| theirs.contains(value))
    };
    let has = |record: &Record| record.first(Field::ReferenceCode).is_some();
    let is_at_same_position = one.position.is_some() && one.position == other.position;
    let are_known = is_at_same_position || (has(one) && has(other));
    let lead_elsewhere = || match (one.first(Field::Url), other.first(Field::Url)) {
        (Some(one), Some(other)) => {
            !DocumentAddress::new(one).may_equal(&DocumentAddress::new(other))
        }
        _ => false,
    };
    differ(Field::Id) || differ(Field::ReferenceCode) || (!are_known && lead_elsewhere())
}

/// The parts of an address that say which document it leads to, in lower case where letters of either case mean the same.
#[derive(Debug, PartialEq, Eq)]
struct DocumentAddress<'a> {
    /// The host without `www.` and port. `None` if the address is relative.
    host: Option<String>,
    /// Whether the path begins at the root of the site.
    is_rooted: bool,
    /// The folders and the name of the page, without those of languages.
    path: Vec<&'a str>,
    /// The value of the part of the search that names a record.
    id: Option<&'a str>,
}

impl<'a> DocumentAddress<'a> {
    /// Takes an address apart: without sessions, the search and the position in a list.
    fn new(address: &'a str) -> DocumentAddress<'a> {
        let address = address.split('#').next().unwrap_or(address);
        let (page, query) = address.split_once('?').unwrap_or((address, ""));
        let absolute = page.split_once("://").map(|(_, rest)| rest);
        let absolute = absolute.or_else(|| page.strip_prefix("//"));
        let (host, path) = match absolute {
            Some(rest) => {
                let end = rest.find('/').unwrap_or(rest.len());
                let (host, path) = rest.split_at(end);
                (Some(bare_host(host)), path)
            }
            None => (None, page),
        };
        let id = query
            .split(['&', ';'])
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| ID_KEYS.contains(&bare_key(key).as_str()));
        DocumentAddress {
            is_rooted: host.is_some() || path.starts_with('/'),
            host,
            path: folders_of(path),
            id: id.map(|(_, value)| value),
        }
    }

    /// Whether both may lead to one document. A relative address may be on any site, below any folder.
    fn may_equal(&self, other: &DocumentAddress<'_>) -> bool {
        let has_same_host = match (&self.host, &other.host) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        let has_same_path = match (self.is_rooted, other.is_rooted) {
            (true, false) => self.path.ends_with(&other.path),
            (false, true) => other.path.ends_with(&self.path),
            _ => self.path == other.path,
        };
        has_same_host && has_same_path && self.id == other.id
    }
}

/// The keys of a search that name a record, in lower case and without signs.
const ID_KEYS: [&str; 8] =
    ["id", "docid", "itemid", "recordid", "objectid", "record", "doc", "item"];

fn bare_key(key: &str) -> String {
    key.to_lowercase().replace(['_', '-'], "")
}

/// Returns the name of a host without `www.` and its port.
fn bare_host(host: &str) -> String {
    let name = host.split(':').next().unwrap_or(host).to_lowercase();
    name.strip_prefix("www.").map(str::to_owned).unwrap_or(name)
}

/// Returns the folders and the name of a path, without parameters such as `;jsessionid=A1`, steps, and a language at its start.
fn folders_of(path: &str) -> Vec<&str> {
    let mut folders: Vec<&str> = Vec::new();
    let names = path.split('/').map(without_session);
    for name in names.filter(|name| !name.is_empty() && *name != ".") {
        if name == ".." {
            folders.pop();
        } else {
            folders.push(name);
        }
    }
    if folders.len() > 1 && folders.first().is_some_and(|first| is_language(first)) {
        folders.remove(0);
    }
    folders
}

/// Returns a name of a path without the number of a session: `8;jsessionid=A1`.
fn without_session(name: &str) -> &str {
    let is_session = |parameter: &str| {
        let key = parameter.split('=').next().unwrap_or(parameter).to_lowercase();
        key.contains("session") || key.ends_with("sid")
    };
    match name.split_once(';') {
        Some((name, parameter)) if is_session(parameter) => name,
        _ => name,
    }
}

/// Whether the first folder of a path is a language: `en`, `de-AT`, `pt_br`.
fn is_language(folder: &str) -> bool {
    let (language, country) = folder.split_once(['-', '_']).unwrap_or((folder, "xx"));
    let is_code = |code: &str| code.len() == 2 && code.bytes().all(|it| it.is_ascii_alphabetic());
    is_code(language) && is_code(country)
}
