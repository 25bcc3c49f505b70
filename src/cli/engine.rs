//! Opens the index of a search engine that the arguments name.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use super::args::ReadArgs;
use crate::engine::http::Limits;
use crate::engine::{Credentials, EngineAddress, EngineBackend, EngineMapping};
use crate::files;
use crate::load::Input;
use crate::query::{SharedBackend, Suggestion};
use crate::userdata::mappings_folder::engine_mappings_folder;

/// The longest mapping that is read, in bytes.
const MAX_MAPPING_BYTES: u64 = 1 << 20;

/// Returns the address that is among these files, if there is one.
///
/// # Errors
/// It is wrong, or something else is to be opened with it.
fn address_among<'p>(
    files: impl IntoIterator<Item = &'p Path>,
) -> anyhow::Result<Option<EngineAddress>> {
    let (mut address, mut count) = (None, 0);
    for file in files {
        count += 1;
        address = address.or(file.to_str().filter(|text| EngineAddress::is_address(text)));
    }
    let Some(address) = address else { return Ok(None) };
    anyhow::ensure!(count == 1, "an address is opened alone: leave out the other files");
    Ok(Some(EngineAddress::parse(address)?))
}

/// Returns the address that is among these inputs, if there is one.
///
/// # Errors
/// It is wrong, or something else is to be opened with it.
pub(crate) fn address_of_inputs(inputs: &[Input]) -> anyhow::Result<Option<EngineAddress>> {
    address_among(inputs.iter().filter_map(|input| match input {
        Input::Path(path) => Some(path.as_path()),
        _ => None,
    }))
}

/// Returns the address that is among the files of the arguments, if there is one.
///
/// # Errors
/// It is wrong, something else is to be opened with it, or an option is for files only.
pub(crate) fn address_of_arguments(
    files: &[PathBuf],
    read_args: &ReadArgs,
) -> anyhow::Result<Option<EngineAddress>> {
    let address = address_among(files.iter().map(PathBuf::as_path))?;
    if let (Some(_), Some(option)) = (&address, first_option(read_args)) {
        anyhow::bail!("{option} is for files: it does not work with a search engine yet");
    }
    Ok(address)
}

/// Returns the first option that says how files are read.
fn first_option(read_args: &ReadArgs) -> Option<&'static str> {
    let ReadArgs {
        input_format,
        encoding,
        input_columns,
        records,
        max_unpacked,
        max_value,
        max_memory,
    } = read_args;
    let options = [
        ("--input-format", input_format.is_some()),
        ("--encoding", encoding.is_some()),
        ("--input-columns", !input_columns.is_empty()),
        ("--records", records.is_some()),
        ("--max-unpacked", max_unpacked.is_some()),
        ("--max-value", max_value.is_some()),
        ("--max-memory", max_memory.is_some()),
    ];
    options.into_iter().find(|(_, is_given)| *is_given).map(|(name, _)| name)
}

/// Opens an index with the credentials of the environment or the netrc file.
///
/// # Errors
/// There is no answer, the server is no search engine or has no such index, or one of the user's mappings is wrong.
pub(crate) fn open_address(address: EngineAddress) -> anyhow::Result<SharedBackend> {
    let credentials = Credentials::find(&address);
    let (limits, mappings) = (Limits::default(), own_mappings()?);
    let backend = EngineBackend::open_with(address, credentials, limits, &mappings, &|| false)?;
    Ok(Arc::new(backend))
}

/// Returns the user's own mappings, in the order of the names of their files.
///
/// # Errors
/// A file cannot be read, or is no mapping.
fn own_mappings() -> anyhow::Result<Vec<EngineMapping>> {
    let Some(folder) = engine_mappings_folder() else { return Ok(Vec::new()) };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => anyhow::bail!("{}: {error}", files::display_name(&folder)),
    };
    let paths = entries.flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    paths.sort();
    paths.iter().map(|path| read_mapping(path)).collect()
}

/// Reads a mapping.
///
/// # Errors
/// The file cannot be read, or is no mapping that says which index it is for.
fn read_mapping(path: &Path) -> anyhow::Result<EngineMapping> {
    let name = files::display_name(path);
    let mut text = String::new();
    let mut file = files::open(path)?.take(MAX_MAPPING_BYTES);
    file.read_to_string(&mut text).with_context(|| name.clone())?;
    let mapping = EngineMapping::parse(&text).map_err(|why| anyhow::anyhow!("{name}: {why}"))?;
    anyhow::ensure!(!mapping.recognised_by.is_empty(), "{name}: recognised_by names no field");
    Ok(mapping)
}

/// Refuses an address for a command that reads files only. The address is not repeated: it may have a password in it.
///
/// # Errors
/// There is an address among the files.
pub(super) fn refuse<'p>(
    command: &str,
    files: impl IntoIterator<Item = &'p PathBuf>,
) -> anyhow::Result<()> {
    let is_address = |file: &PathBuf| file.to_str().is_some_and(EngineAddress::is_address);
    anyhow::ensure!(
        !files.into_iter().any(is_address),
        "fonds {command} reads files: it does not work with a search engine yet"
    );
    Ok(())
}

/// Refuses what was found if terms of the filter were ignored: a script would take it for the matches of all terms.
///
/// # Errors
/// A term was ignored.
pub(super) fn refuse_ignored_terms(suggestions: &[Suggestion]) -> anyhow::Result<()> {
    let is_ignored = |it: &&Suggestion| matches!(it, Suggestion::EngineLimit { limit, .. } if limit.ignores_term());
    match suggestions.iter().find(is_ignored) {
        Some(ignored) => anyhow::bail!("the filter cannot be answered: {ignored}"),
        None => Ok(()),
    }
}
