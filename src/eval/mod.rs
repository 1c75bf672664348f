//! Evaluation: annotations measured against gold, what people have marked by hand.
//!
//! Entry points: [`dates::score`], [`quotes::score`] and [`speakers::score`]. Both sides come as
//! JSON lines, one document a line, whose offsets count Unicode code points; this layer reads them
//! from memory and counts. It knows no annotator: what is measured may come from any program.

mod answers;
pub mod dates;
mod lines;
mod measure;
pub mod quotes;
mod spans;
pub mod speakers;
mod words;

pub use answers::Answers;
pub use lines::{LineError, LineFault};
pub use measure::{Measure, Rates};
pub use spans::Spans;
