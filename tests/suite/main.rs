//! The integration tests: the binary, run on small sites.
//!
//! `support` holds the driver. What belongs where: `build` what a build makes and leaves alone,
//! `cli` options, exit status and output of every command, `echoes` quotations that several briefs tell, `editor` the editor's word, `eval`
//! figures against gold, `errors` messages to the letter, `figures` what may not fall, `german`
//! articles in German, `hostile` content that means harm, `properties` what holds for every text,
//! `determinism` same bytes and interrupted builds, `incremental` builds that take up what is kept, `search` the search page and its index, `serve` the preview, `stories` whole stories to
//! the last statement, `leaks` what must reach no output, `tidy` the shape of the source
//! itself, `train` weights made again.

#![expect(clippy::unwrap_used, reason = "what is missing in a test fails the test")]

mod build;
#[cfg(feature = "cards")]
mod cards;
mod cli;
mod determinism;
mod echoes;
mod editor;
mod errors;
mod eval;
mod faithful;
mod figures;
mod german;
mod hostile;
mod incremental;
mod leaks;
mod properties;
mod publish;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod session;
mod stories;
mod support;
mod template_docs;
mod theme;
mod tidy;
mod train;
