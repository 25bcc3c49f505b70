//! Each reader on any bytes. The first byte chooses the format, the others are the file.

#![no_main]

mod drop_sink;

use drop_sink::DropSink;
use fonds::formats::read::{self, Format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((choice, file)) = input.split_first() else { return };
    let format = Format::all().nth(usize::from(*choice) % Format::all().count());
    let _ = read::read("fuzz", format, &mut &*file, &mut DropSink::default());
});
