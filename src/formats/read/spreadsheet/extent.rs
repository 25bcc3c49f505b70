//! How far the cells of a sheet lie apart. The library makes room for every cell between the first and the last one.

/// How many cells may lie between the first and the last one of a sheet, however few have content.
const MAX_AREA: u64 = 4_000_000;

/// How many cells may lie between the first and the last one for each cell with content.
const AREA_PER_CELL: u64 = 100;

/// The rows and columns of the cells with content of a sheet so far.
#[derive(Debug, Default)]
pub(super) struct Extent {
    /// The first and the last row.
    rows: Option<(u64, u64)>,
    /// The first and the last column.
    columns: Option<(u64, u64)>,
    /// The number of cells with content.
    cells: u64,
}

impl Extent {
    /// Adds cells with content, from column `first` to column `last` of a row.
    pub(super) fn add(&mut self, row: u64, first: u64, last: u64) {
        let (top, bottom) = self.rows.unwrap_or((row, row));
        self.rows = Some((top.min(row), bottom.max(row)));
        let (left, right) = self.columns.unwrap_or((first, last));
        self.columns = Some((left.min(first), right.max(last)));
        self.cells = self.cells.saturating_add(last.saturating_sub(first)).saturating_add(1);
    }

    /// Returns why there are too many empty cells, if there are.
    pub(super) fn excess(&self) -> Option<String> {
        let length = |(first, last): (u64, u64)| last.saturating_sub(first).saturating_add(1);
        let area = self.rows.map_or(0, length).saturating_mul(self.columns.map_or(0, length));
        (area > MAX_AREA.max(AREA_PER_CELL.saturating_mul(self.cells))).then(|| {
            format!("its cells lie so far apart that {area} would be read for few with content")
        })
    }
}
