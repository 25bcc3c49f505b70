//! How files are to be read, as the command line says.

use encoding_rs::Encoding;

use super::args::Reading;
use crate::formats::read::{Format, Options};

/// How files are to be read, as the command line says.
///
/// # Errors
/// There is no such format or encoding, or a pair of a field and a column is none.
pub(crate) fn options(reading: &Reading) -> anyhow::Result<Options> {
    let mut options = Options {
        format: format(reading.format.as_deref())?,
        encoding: encoding(reading.encoding.as_deref())?,
        ..Options::default()
    };
    for columns in &reading.columns {
        options.map_columns(columns).map_err(|why| anyhow::anyhow!("--map: {why}"))?;
    }
    Ok(options)
}

/// The encoding with a name (<https://encoding.spec.whatwg.org/#names-and-labels>).
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

/// The format with a name, as an option gives it.
fn format(name: Option<&str>) -> anyhow::Result<Option<Format>> {
    let Some(name) = name else { return Ok(None) };
    let said = |format: Format| format!("{} ({})", format.name(), format.description());
    let known = || Format::all().map(said).collect::<Vec<_>>().join(", ");
    match Format::from_name(name) {
        Some(format) => Ok(Some(format)),
        None => anyhow::bail!("there is no format {name:?}: --from takes one of {}", known()),
    }
}
