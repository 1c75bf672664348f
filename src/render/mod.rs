//! Pages: from library rows and records to HTML, feeds and the rest of the site.

mod escape;
pub mod links;
mod weave;
