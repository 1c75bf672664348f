//! Dateline: a static site generator for annotated news briefs.

pub mod annotate;
pub mod cli;
pub mod config;
pub mod content;
pub mod diag;
pub mod library;
pub mod output;
pub mod parse;
pub mod record;
pub mod render;
#[cfg(feature = "serve")]
pub mod serve;
pub mod site;
pub mod text;
