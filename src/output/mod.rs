//! Writing the site: paths and bytes, and nothing about what they mean.
//!
//! Entry points: [`disk::Output::open`], which writes a folder in one step or not at all, and
//! [`memory::Output`], which the preview serves. Both are a [`Sink`], so that the pipeline does
//! not know where its pages go. [`Assets`] are the files that are copied as they are;
//! a [`cache::Cache`] keeps what is costly to make between builds, a [`pack::Pack`] what is small and
//! many.

mod assets;
pub mod author;
pub mod cache;
pub mod disk;
mod error;
mod journal;
#[cfg(test)]
mod lay;
mod manifest;
pub mod memory;
pub mod pack;
mod path;

pub use assets::{AssetFile, Assets, FOREVER, content_type, is_named_by_digest};
pub use error::OutputError;
pub use path::{BadPath, SitePath};

/// Where rendered files go. Files may be put from many threads, in any order.
pub trait Sink: Sync {
    /// Takes one file of the site.
    ///
    /// # Errors
    /// Where the disk refuses it.
    ///
    /// # Panics
    /// Where the same path is put twice: the caller plans each path once.
    fn put(&self, path: &SitePath, content: &[u8]) -> Result<(), OutputError>;
}
