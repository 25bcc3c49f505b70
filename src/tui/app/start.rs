//! What the screen shows when it opens.

use crate::query::Order;
use crate::record::Problem;
use crate::tui::overlays::picker::state::PickerItem;

/// What the screen shows when it opens.
#[derive(Clone, Debug, Default)]
pub struct StartOptions {
    /// What is open, for the title line: the name of a file, or the number of files.
    pub name: String,
    /// The first filter.
    pub filter: String,
    /// The first order; `None` for the default order.
    pub order: Option<Order>,
    /// The files named on the command line, as quoted words of the shell command that opens the same view.
    pub files: Vec<String>,
    /// The options for reading files, marks and settings, as quoted words of the same shell command.
    pub command_line_options: Vec<String>,
    /// The key of the record that is selected first.
    pub select: Option<String>,
    /// Whether the detail is hidden.
    pub detail_hidden: bool,
    /// Whether the user picks records for another program.
    pub picking: bool,
    /// Whether duplicates are shown.
    pub keep_duplicates: bool,
    /// The maximum number of rows of a page.
    pub page_size: Option<usize>,
    /// The names of the columns of the list; without any, the default ones are shown.
    pub columns: Vec<String>,
    /// The citation styles to choose from.
    pub citation_styles: Vec<PickerItem>,
    /// The name of the first citation style.
    pub citation_style: String,
    /// The export formats to choose from.
    pub formats: Vec<PickerItem>,
    /// The errors and warnings of the settings.
    pub problems: Vec<Problem>,
}
