//! `dateline serve`: the preview.
