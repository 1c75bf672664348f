//! [`Document`]: one immutable text, its zones and its blocks.

use super::{Span, Zone};

/// How the text is written, which decides how it is drawn again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Markup {
    /// `CommonMark`; drawing parses `Document::text` once more.
    Markdown,
    /// Wire copy: blocks are paragraphs, every character is itself.
    Wire,
}

/// What a block of prose is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading inside the text.
    Heading,
    /// A paragraph of a block quotation.
    Quotation,
    /// An item of a list, or a paragraph of one.
    Item,
    /// A cell of a table.
    Cell,
}

/// A run of words inside a block, with no markup in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Run {
    /// Where the run stands in `Document::text`.
    pub span: Span,
    /// What it reads as, where that is not what is written there: `&amp;` reads as `&`, a line
    /// break as a blank. `None` where the text reads as it is written.
    pub reads: Option<Box<str>>,
}

/// One block of prose: what a reader sees as a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// All of it, markup included.
    pub span: Span,
    /// Its words in order. Code, raw HTML and addresses are in no run.
    pub runs: Vec<Run>,
}

/// The place (and day) at the head of a story.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dateline {
    /// The words of the place, without separator or agency.
    pub span: Span,
    /// The place as written ("KYIV", "DALLAS").
    pub place: String,
    /// The day the dateline itself names ("MOSCOW, Dec 5"), as it is written.
    pub day: Option<Span>,
}

/// The agencies whose copy it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Credit {
    /// The words of the credit.
    pub span: Span,
    /// The agencies by their usual names ("Reuters", "AFP"), in order, each once.
    pub outlets: Vec<String>,
}

/// One immutable text with everything that its layout says.
///
/// `text` is the decoded file without its front matter, character for character: nothing is
/// trimmed, folded or repaired. Zones and blocks are spans into it, in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Document {
    /// The text.
    pub text: String,
    /// How it is written.
    pub markup: Markup,
    /// The parts that are not plain prose, by start.
    pub zones: Vec<Zone>,
    /// The blocks of prose, by start.
    pub blocks: Vec<Block>,
    /// Place and day at the head.
    pub dateline: Option<Dateline>,
    /// Whose copy it is.
    pub credit: Option<Credit>,
    /// The writers' names as the byline gives them, without "By".
    pub byline: Option<Span>,
}
