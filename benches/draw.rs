//! Drawing: the whole screen, and a key press from the key to the drawn screen.

use divan::Bencher;
use fonds::tui::action::Action;
use fonds::tui::command::Command;
use fonds::tui::layout::Size;

use crate::screen::Harness;

/// The sizes of the screen: width and height in cells.
const SIZES: &[(u16, u16)] = &[(120, 40), (200, 60)];

/// A screen with an active filter.
fn filtered((width, height): (u16, u16)) -> Harness {
    let mut harness = Harness::open(Size { width, height });
    harness.handle(Action::Paste("soong stalin".to_owned()));
    harness
}

/// Draws every cell of the screen.
#[divan::bench(args = SIZES)]
fn screen(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let mut harness = filtered(size);
    bencher.bench_local(|| harness.draw());
}

/// Selects the next record, lays out its detail and draws what has changed.
#[divan::bench(args = SIZES)]
fn next_row(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let mut harness = filtered(size);
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        harness.handle(Action::Command(if down { Command::NextRow } else { Command::PreviousRow }));
    });
}
