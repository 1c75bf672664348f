//! Zones: the parts of a wire file that are not its prose.

use super::Span;

/// What a zone is. The names are those of the written [`Record`](crate::record::Record).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneKind {
    /// The line that a clipping service puts in front (`date 2025-12-06`).
    Header,
    /// Advertising and invitations ("Sign up now: …").
    Promo,
    /// The summary between headline and dateline. Its words are prose; it is annotated.
    Standfirst,
    /// Place (and day) with their separator at the head of the first paragraph ("KYIV - ").
    Dateline,
    /// Who wrote it ("By Ann Lee").
    Byline,
    /// Whose copy it is ("REUTERS", "AFP, Reuters").
    Credit,
    /// Page and end marks ("(MORE)", "-30-", "###").
    Mark,
}

impl ZoneKind {
    /// The name in the JSON schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Promo => "promo",
            Self::Standfirst => "standfirst",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Credit => "credit",
            Self::Mark => "mark",
        }
    }

    /// Whether the words of the zone are read by the annotator.
    #[must_use]
    pub fn is_prose(self) -> bool {
        self == Self::Standfirst
    }
}

/// A stretch of the text that plays a part of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone {
    /// Which part.
    pub kind: ZoneKind,
    /// Where.
    pub span: Span,
}
