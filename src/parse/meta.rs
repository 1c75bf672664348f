//! [`Meta`]: what is said about an article besides its words.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// A headline and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The words.
    pub text: String,
    /// Whether it was made of the text because nothing gives one.
    pub derived: bool,
}

/// A day, and the time with zone where it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Published {
    /// The day, in the zone that the entry gives.
    pub day: NaiveDate,
    /// The moment, where a time was given.
    pub time: Option<DateTime<FixedOffset>>,
}

/// What may be done with the entry (ninjs `pubstatus`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It may be published.
    #[default]
    Usable,
    /// It is held back.
    Withheld,
    /// It was withdrawn.
    Canceled,
}

/// How much of the text readers get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// All of it.
    #[default]
    Full,
    /// Headline, standfirst, the annotated sentences and the link to the source.
    Excerpt,
    /// The quotations alone.
    Quotes,
}

/// A correction, shown on the brief and carried in the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When it was made.
    pub date: NaiveDate,
    /// What was wrong and what is right.
    pub text: String,
}

/// What is said about an article. Field names are the front matter's keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    /// The headline.
    pub title: Title,
    /// The publication date; `None` for plain pages alone.
    pub date: Option<Published>,
    /// The last change that readers should know of.
    pub updated: Option<Published>,
    /// The last segment of the brief's address; never empty.
    pub slug: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// One sentence for search results and cards.
    pub description: Option<String>,
    /// Subjects, as written (`topics` and `tags`).
    pub topics: Vec<String>,
    /// The named sequence of briefs that it belongs to.
    pub story: Option<String>,
    /// Former addresses: site paths that start with a slash (`/old/place/`).
    pub aliases: Vec<String>,
    /// The news organisation whose text it is.
    pub outlet: Option<String>,
    /// Where the original stands; http or https.
    pub source_url: Option<String>,
    /// The byline, where the front matter gives it (else the wire zone's).
    pub byline: Option<String>,
    /// The dateline's place, where the front matter gives it (else the wire zone's).
    pub dateline: Option<String>,
    /// The credited agencies, where the front matter gives them (else the wire zone's).
    pub credit: Vec<String>,
    /// The right by which the text is shown.
    pub rights: Option<String>,
    /// The language as a BCP 47 tag, where it is not the site's.
    pub lang: Option<String>,
    /// How much readers get.
    pub show: Show,
    /// Corrections, in the order given.
    pub corrections: Vec<Correction>,
    /// Whatever else templates shall get.
    pub extra: serde_json::Value,
}

impl Meta {
    /// Metadata with a headline and nothing else.
    #[must_use]
    pub fn titled(title: Title) -> Self {
        Self {
            title,
            date: None,
            updated: None,
            slug: String::new(),
            authors: Vec::new(),
            description: None,
            topics: Vec::new(),
            story: None,
            aliases: Vec::new(),
            outlet: None,
            source_url: None,
            byline: None,
            dateline: None,
            credit: Vec::new(),
            rights: None,
            lang: None,
            show: Show::Full,
            corrections: Vec::new(),
            extra: serde_json::Value::Null,
        }
    }
}
