//! The thing that each row of an answer of SPARQL is about, under any name: its address beside its label, `?letter` and
//! `?letterLabel`.

use std::collections::HashSet;

use super::leaves::Leaf;
use super::mapping::{Meaning, NameStats};
use super::words::is_of_parts;
use crate::formats::field_names::fold::fold_name;
use crate::formats::field_names::{FieldTarget, LOOSE_RANK, is_address, is_file_address, is_known};
use crate::record::Field;

/// The end of the name of a label.
const LABEL_END: &str = "label";

/// Returns the folded name of the thing whose label stands under a name.
fn thing_of_label(name: &str) -> Option<String> {
    let folded = fold_name(name);
    folded.strip_suffix(LABEL_END).filter(|thing| !thing.is_empty()).map(str::to_owned)
}

/// Whether a name may be that of a thing that its label names: it has no other meaning, and is no picture.
fn may_be_thing(name: &str) -> bool {
    !is_known(name) && !is_of_parts(name)
}

/// Whether a text is the address of a thing, and not of a picture or another file.
fn is_address_of_thing(text: &str) -> bool {
    is_address(text) && !is_file_address(text)
}

/// Returns the names of the labels in a record that stand beside the address of their thing.
pub(super) fn labels_of_things<'l>(leaves: &'l [Leaf<'_>]) -> Vec<&'l str> {
    let own = || leaves.iter().filter(|leaf| leaf.depth == 0);
    let labels = own().filter_map(|leaf| Some((thing_of_label(&leaf.key)?, &*leaf.key)));
    let labels: Vec<(String, &str)> = labels.filter(|(_, label)| !is_known(label)).collect();
    // Most records have none.
    if labels.is_empty() {
        return Vec::new();
    }
    let things =
        own().filter(|leaf| is_address_of_thing(leaf.text.trim()) && may_be_thing(&leaf.key));
    let things: HashSet<String> = things.map(|leaf| fold_name(&leaf.key)).collect();
    let named = labels.into_iter().filter(|(thing, _)| things.contains(thing));
    named.map(|(_, label)| label).collect()
}

/// Takes the address and the label of a thing for those of the records, where no other name is the title. Of several things
/// it is the one that differs in most records.
pub(super) fn take_thing(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let [title, url] = [Field::Title, Field::Url].map(FieldTarget::Field);
    let has = |decided: &[Option<Meaning>], target| {
        decided.iter().flatten().any(|meaning| meaning.target == target)
    };
    if has(decided, title) {
        return;
    }
    let things = stats.iter().enumerate().filter(|(at, stats)| {
        let is_free = decided.get(*at).is_some_and(Option::is_none);
        is_free
            && stats.leaf.depth == 0
            && may_be_thing(&stats.leaf.key)
            && stats.are_all(is_address_of_thing)
    });
    let label_of = |thing: &NameStats<'_>| {
        let thing = fold_name(&thing.leaf.key);
        let is_label = |stats: &NameStats<'_>| {
            stats.leaf.depth == 0 && thing_of_label(&stats.leaf.key).is_some_and(|it| it == thing)
        };
        let at = stats.iter().position(is_label)?;
        decided.get(at).is_some_and(Option::is_none).then_some(at)
    };
    let pairs = things.filter_map(|(at, thing)| {
        let count = thing.texts().iter().collect::<HashSet<_>>().len();
        Some((count, at, label_of(thing)?))
    });
    // Of equals the first one.
    let best = pairs.reduce(|best, pair| if pair.0 > best.0 { pair } else { best });
    let Some((_, thing, label)) = best else { return };
    let has_url = has(decided, url);
    let taken = [(thing, url, !has_url), (label, title, true)];
    for (at, target, is_free) in taken {
        if let Some(meaning) = decided.get_mut(at).filter(|_| is_free) {
            *meaning = Some(Meaning { target, rank: LOOSE_RANK, is_placed: false });
        }
    }
}
