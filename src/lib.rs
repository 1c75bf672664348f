//! Dateline: a static site generator for annotated news briefs.

pub mod annotate;
pub mod config;
pub mod content;
pub mod diag;
pub mod library;
pub mod parse;
pub mod record;
pub mod render;
pub mod text;
