//! Addresses of pages, and of what they link to.

use super::dom::Dom;

/// The longest address of a page against which links are resolved, in bytes.
///
/// No browser accepts one that is much longer.
const MAX_BASE_URL_BYTES: usize = 2_000;

/// Where a page is from.
#[derive(Clone, Debug, Default)]
pub(super) struct Addresses {
    /// The address of the page itself, if it names it.
    pub(super) page: Option<String>,
    /// The address against which links are resolved.
    base: Option<String>,
}

impl Addresses {
    /// Finds the address of a page. `stated` is one that the file round the page has.
    pub(super) fn find(dom: &Dom, stated: Option<&str>) -> Addresses {
        let mut saved = stated.map(str::to_owned);
        let (mut canonical, mut base) = (None, None);
        for id in dom.all() {
            if let Some(comment) = dom.comment(id) {
                saved = saved.or_else(|| address_in_comment(comment).map(str::to_owned));
            }
            let attribute = |name| dom.attribute(id, name);
            match dom.name(id) {
                "base" => base = base.or(attribute("href")),
                "link" if attribute("rel") == Some("canonical") => {
                    canonical = attribute("href").filter(|it| is_whole(it)).or(canonical);
                }
                "meta" if attribute("property") == Some("og:url") => {
                    canonical = canonical.or(attribute("content").filter(|it| is_whole(it)));
                }
                _ => {}
            }
        }
        let is_short = |address: &String| address.len() <= MAX_BASE_URL_BYTES;
        let page = saved.filter(|it| is_whole(it)).or(canonical.map(str::to_owned));
        let page = page.filter(is_short);
        let base = base.map(|base| resolve(page.as_deref(), base)).filter(|it| is_whole(it));
        Addresses { base: base.filter(is_short).or_else(|| page.clone()), page }
    }

    /// Returns the whole address of a link.
    pub(super) fn resolve(&self, address: &str) -> String {
        resolve(self.base.as_deref(), address.trim())
    }
}

/// Whether an address can be opened from anywhere.
fn is_whole(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

/// Returns the address that a browser or an extension wrote into a comment of a saved page.
fn address_in_comment(comment: &str) -> Option<&str> {
    let after = |start: &str| comment.split_once(start).map(|(_, rest)| rest);
    // `saved from url=(0030)https://…`
    let of_browser = after("saved from url=").and_then(|rest| rest.split_once(')'));
    let of_browser = of_browser.map(|(_, rest)| rest);
    // `Page saved with SingleFile`, then `url: https://…` on a line.
    let of_extension = after("Page saved with SingleFile").and_then(|rest| rest.split_once("url:"));
    let address = of_browser.or(of_extension.map(|(_, rest)| rest))?;
    address.split_whitespace().next().filter(|address| is_whole(address))
}

/// Whether an address names a scheme: `mailto:`, `https:`.
fn has_scheme(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_letter)
}

/// The whole address of a link on a page with the address `base` (RFC 3986, section 5.2).
fn resolve(base: Option<&str>, address: &str) -> String {
    let parts = base.and_then(|base| base.split_once("://"));
    let Some((scheme, rest)) = parts.filter(|_| !has_scheme(address)) else {
        return address.to_owned();
    };
    if address.starts_with("//") {
        return format!("{scheme}:{address}");
    }
    let without_query = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = without_query.split_once('/').unwrap_or((without_query, ""));
    if address.starts_with(['?', '#']) {
        return format!("{scheme}://{host}/{path}{address}");
    }
    if address.starts_with('/') {
        return format!("{scheme}://{host}{}", without_dots(address));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let separator = if folder.is_empty() { "" } else { "/" };
    format!("{scheme}://{host}{}", without_dots(&format!("/{folder}{separator}{address}")))
}

/// Returns a path without steps such as `..`.
fn without_dots(path: &str) -> String {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (path, rest) = path.split_at(end);
    if !path.contains("/.") {
        return format!("{path}{rest}");
    }
    let mut steps: Vec<&str> = Vec::new();
    let mut given = path.split('/').skip(1).peekable();
    while let Some(step) = given.next() {
        let is_last = given.peek().is_none();
        match step {
            "." | ".." => {
                if step == ".." {
                    steps.pop();
                }
                if is_last {
                    steps.push("");
                }
            }
            step => steps.push(step),
        }
    }
    format!("/{}{rest}", steps.join("/"))
}
