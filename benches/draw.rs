//! Drawing: the whole screen anew, and what a key press costs from the key to the drawing.

use divan::Bencher;
use fonds::tui::action::{Action, Command};
use fonds::tui::layout::Size;

use crate::screen::Stage;

/// The sizes that are drawn: width and height.
const SIZES: &[(u16, u16)] = &[(120, 40), (200, 60)];

/// A screen with a filter on it.
fn filtered((width, height): (u16, u16)) -> Stage {
    let mut stage = Stage::of(Size { width, height });
    stage.play(Action::Paste("soong stalin".to_owned()));
    stage
}

/// The whole screen, every cell anew.
#[divan::bench(args = SIZES)]
fn screen(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let mut stage = filtered(size);
    bencher.bench_local(|| stage.draw());
}

/// The next record selected, its detail laid out, what has changed drawn.
#[divan::bench(args = SIZES)]
fn next_row(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let mut stage = filtered(size);
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        stage.play(Action::Command(if down { Command::NextRow } else { Command::PreviousRow }));
    });
}
