//! Lists of records and groups side by side: some values of `children` are records, others have `children` of their own. All are
//! read from the outermost list with the same key.

use super::lists::Candidate;
use super::path::Step;
use super::worth::said;
use super::{nesting, words};
use crate::formats::read::json::{Object, Value};

/// Returns the outermost list round the chosen one that has the same key and records beside groups.
pub(super) fn find_outermost<'v>(
    lists: &[Candidate<'v>],
    chosen: &Candidate<'_>,
) -> Option<Candidate<'v>> {
    let steps = &chosen.path.0;
    let [.., Step::Key(key), Step::Items] = steps.as_slice() else { return None };
    let repeated = [Step::Key(key.clone()), Step::Items];
    let mut base = steps.as_slice();
    while let Some(outer) = base.strip_suffix(&repeated) {
        base = outer;
    }
    let is_in_chain = |list: &&Candidate<'_>| {
        let rest = list.path.0.strip_prefix(base).unwrap_or_default();
        !rest.is_empty() && rest.chunks(2).all(|pair| pair == repeated)
    };
    let chain = || lists.iter().filter(is_in_chain);
    let depth = chain().map(|list| list.path.0.len()).max()?;
    let has_list = |object: &Object| {
        object.get(key.as_str()).and_then(Value::as_array).is_some_and(|list| !list.is_empty())
    };
    let is_record = |object: &&Object| !has_list(object) && said(object).title;
    let is_uneven =
        chain().any(|list| list.path.0.len() < depth && list.objects.iter().any(&is_record));
    let outermost = chain().find(|list| list.path.0.len() == base.len() + 2)?;
    is_uneven.then(|| Candidate {
        path: outermost.path.clone(),
        objects: outermost.objects.clone(),
        count: outermost.count,
        group_key: Some(key.clone()),
        ..Candidate::default()
    })
}

/// Sets the worth of folders to 0 if some of them hold several records under `record`, a key that elsewhere wraps the fields of
/// one.
pub(super) fn leave_out_wrappings(lists: &mut [Candidate<'_>]) {
    let documents = |value: &Value| {
        let objects = value.as_array().into_iter().flatten().filter_map(Value::as_object);
        objects.filter(|object| said(object).is_document()).count()
    };
    let wraps_several = |object: &&Object| {
        object.iter().any(|(key, value)| words::is_wrapper(key) && documents(value) > 1)
    };
    let is_title = |key: &str| !words::is_wrapper(key) && nesting::is_title(key);
    let is_titled = |object: &&Object| object.keys().any(|key| is_title(key));
    for list in lists {
        if list.objects.iter().any(wraps_several) && !list.objects.iter().any(is_titled) {
            list.worth = 0.0;
        }
    }
}
