//! The tagger of dates on any bytes; what must hold is in `properties.rs`.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[allow(dead_code, reason = "the other target uses the rest")]
#[path = "../properties.rs"]
mod properties;

fuzz_target!(|bytes: &[u8]| {
    let (options, text) = properties::input(bytes);
    properties::dates(&text, &options);
});
