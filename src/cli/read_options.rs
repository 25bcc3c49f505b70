//! The read options of the command line: input format, encoding and columns.

use encoding_rs::Encoding;

use super::args::ReadArgs;
use super::nearest::did_you_mean;
use crate::formats::read::{Format, ReadOptions};
use crate::userdata::mappings_folder::mappings_folder;

/// Returns the read options that the arguments ask for.
///
/// # Errors
/// There is no such format or encoding, or a column is not given as `FIELD=COLUMN`.
pub(crate) fn from_args(read_args: &ReadArgs) -> anyhow::Result<ReadOptions> {
    let mut options = ReadOptions {
        format: format(read_args.input_format.as_deref())?,
        encoding: encoding(read_args.encoding.as_deref())?,
        records: read_args.records.clone(),
        max_unpacked: read_args.max_unpacked,
        max_value: read_args.max_value,
        max_memory: read_args.max_memory,
        mapping_folders: mappings_folder().into_iter().collect(),
        ..ReadOptions::default()
    };
    for columns in &read_args.input_columns {
        options.add_columns(columns).map_err(|why| anyhow::anyhow!("--input-columns: {why}"))?;
    }
    Ok(options)
}

/// Returns the encoding with this label (<https://encoding.spec.whatwg.org/#names-and-labels>).
fn encoding(name: Option<&str>) -> anyhow::Result<Option<&'static Encoding>> {
    let Some(name) = name else { return Ok(None) };
    match Encoding::for_label(name.trim().as_bytes()) {
        Some(encoding) => Ok(Some(encoding)),
        None => anyhow::bail!(
            "there is no encoding {name:?}: --encoding takes a name that web pages use, such as \
             utf-8, windows-1252, windows-1251, iso-8859-2, koi8-r, shift_jis or gb18030"
        ),
    }
}

/// Returns the input format with this name.
fn format(name: Option<&str>) -> anyhow::Result<Option<Format>> {
    let Some(name) = name else { return Ok(None) };
    let entry = |format: Format| format!("{} ({})", format.name(), format.description());
    let known = || Format::all().map(entry).collect::<Vec<_>>().join(", ");
    if let Some(format) = Format::from_name(name) {
        return Ok(Some(format));
    }
    let meant = did_you_mean(name, Format::all().map(Format::name));
    anyhow::bail!("there is no format {name:?}{meant}: --input-format takes one of {}", known())
}
