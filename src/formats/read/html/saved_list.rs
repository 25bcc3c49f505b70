//! The list of a page that the user chose once, and kept with `fonds mapping save`.

use compact_str::CompactString;

use super::block::Page;
use super::block_objects::object_of;
use super::groups;
use super::page_count::PageCount;
use crate::formats::read::json::Object;
use crate::formats::read::{ReadOptions, Sink};
use crate::record::Problem;

/// Returns the options of a saved mapping for a list of a page whose parts have its names, and reports it; `None` if there is
/// none, or the user chooses now.
pub(super) fn options(
    file: &str,
    page: &Page,
    count: &PageCount,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Option<ReadOptions> {
    if options.records.is_some() || !options.columns.is_empty() {
        return None;
    }
    let mapping = options.mappings.iter().find(|mapping| {
        let group =
            mapping.records.as_deref().and_then(|path| groups::find(page, count, Some(path)));
        let mut targets = Vec::new();
        let blocks = group.into_iter().flat_map(|group| group.blocks);
        let objects: Vec<_> = blocks.map(|block| object_of(block, &mut targets)).collect();
        let names = objects.iter().flat_map(Object::keys);
        let mut names: Vec<&str> = names.map(CompactString::as_str).collect();
        names.sort_unstable();
        names.dedup();
        mapping.fits(&names)
    })?;
    let message =
        format!("the list and the fields of its parts are those saved in {}", mapping.file);
    sink.report(Problem::warning(file, None, message));
    Some(mapping.options(options))
}
