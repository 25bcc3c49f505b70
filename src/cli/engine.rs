//! Opens the index of a search engine that the arguments name.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::http::Limits;
use crate::engine::{Credentials, EngineAddress, EngineBackend};
use crate::query::SharedBackend;

/// Returns the address that is among these arguments, if there is one.
///
/// # Errors
/// It is wrong, or something else is to be opened with it.
pub(crate) fn address<'p>(
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

/// Opens an index with the credentials of the environment or the netrc file.
///
/// # Errors
/// There is no answer, or the server is no search engine, or has no such index.
pub(crate) fn open_address(address: EngineAddress) -> anyhow::Result<SharedBackend> {
    let credentials = Credentials::find(&address);
    let backend = EngineBackend::open(address, credentials, Limits::default(), &|| false)?;
    Ok(Arc::new(backend))
}

/// Opens the index that is named among these arguments, if one is.
///
/// # Errors
/// Its address is wrong, something else is to be opened with it, or there is no answer.
pub(crate) fn open(files: &[PathBuf]) -> anyhow::Result<Option<SharedBackend>> {
    address(files.iter().map(PathBuf::as_path))?.map(open_address).transpose()
}
