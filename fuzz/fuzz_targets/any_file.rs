//! Any bytes, whose format fonds detects.

#![no_main]

mod drop_sink;

use drop_sink::DropSink;
use fonds::formats::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let _ = read::read("fuzz", None, &mut &*file, &mut DropSink::default());
});
