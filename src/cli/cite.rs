//! `fonds cite`: citations of the records that match a filter.

use super::args::RecordArgs;
use super::exit_code::Outcome;
use super::nearest::did_you_mean;
use super::output;
use super::output::{eprint_each_problem, eprint_line};
use super::requested_rows::with_requested_rows;
use crate::formats::cite;
use crate::formats::cite::Style;
use crate::formats::write::RecordStream;
use crate::userdata::settings::Settings;

/// Prints a citation for each requested record.
pub(super) fn run(records: &RecordArgs, style: Option<&str>) -> anyhow::Result<Outcome> {
    let style = requested_style(style)?;
    with_requested_rows(records, |rows| {
        let archives = rows.archives();
        let mut without_archive = 0;
        let records = &mut rows.inspect(|it| {
            without_archive += usize::from(!cite::names_archive(&archives, it, style));
        });
        let stream = RecordStream { archives: &archives, records };
        output::write_stdout(|out| style.write(out, stream))?;
        if let Some(message) = no_archive_message(without_archive) {
            eprint_line(&format!("fonds: {message}: --archive-title names it"));
        }
        Ok(())
    })
}

/// Returns a message if there are citations that name no archive.
pub(crate) fn no_archive_message(citations: usize) -> Option<String> {
    match citations {
        0 => None,
        1 => Some("1 citation does not name the archive, because no file does".to_owned()),
        many => Some(format!("{many} citations do not name the archive, because no file does")),
    }
}

/// Returns the style with this name, or the one in the settings if there is no name.
fn requested_style(name: Option<&str>) -> anyhow::Result<Style> {
    if let Some(name) = name {
        return parse_style(name);
    }
    let (settings, problems) = Settings::load(&Style::names());
    eprint_each_problem(&problems);
    Ok(settings.style.as_deref().and_then(Style::from_name).unwrap_or_default())
}

/// Returns the citation style with this name.
///
/// # Errors
/// There is no such style.
pub(crate) fn parse_style(name: &str) -> anyhow::Result<Style> {
    Style::from_name(name).ok_or_else(|| {
        let (known, meant) = (Style::names(), did_you_mean(name, Style::names()));
        let known = known.join(", ");
        anyhow::anyhow!("there is no style {name:?}{meant}: --style takes one of {known}")
    })
}
