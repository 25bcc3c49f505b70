//! A marks file of any bytes: it is read or refused, and what is read survives a merge.

#![no_main]

use fonds::userdata::marks_file;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("marks.toml");
    std::fs::write(&path, bytes).expect("a file");
    let Ok(before) = marks_file::load(&path) else { return };
    if marks_file::merge(&path).is_ok() {
        let after = marks_file::load(&path).expect("what was merged");
        assert_eq!(before.entries.len(), after.entries.len());
    }
});
