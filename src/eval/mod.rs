//! Evaluation: annotations measured against gold, what people have marked by hand.
//!
//! Entry point: [`dates::score`]. Both sides come as JSON lines, one document a line, whose
//! offsets count Unicode code points; this layer reads them from memory and counts. It knows no
//! annotator: what is measured may come from any program.

pub mod dates;
mod lines;
mod measure;

pub use lines::{LineError, LineFault};
pub use measure::Measure;
