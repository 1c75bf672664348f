//! The `dateline` binary.

use std::process::ExitCode;

/// A build makes and drops millions of short strings on all threads: against the system's allocator
/// this one takes a quarter off the CPU time of a build of 1,000 briefs, for some 40 MB more at its
/// peak.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dateline::cli::run()
}
