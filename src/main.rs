//! The `dateline` binary.

fn main() {}
