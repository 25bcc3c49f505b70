//! The reader of dates: it accounts for a text, and says dates that can be read again.

#![no_main]

use fonds::record::Date;
use fonds::record::date::edtf;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let date = Date::parse(text);
    let _ = (date.short(), date.long(), date.doubts());
    if let Some(span) = date.span() {
        assert!(span.earliest <= span.latest, "{text}");
        let code = span.to_edtf();
        assert!(edtf::parse(&code).is_some(), "{text}: {code}");
    }
});
