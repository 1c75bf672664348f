//! Why an attribution is what it is: [`Why`], which `annotate --explain` puts into words.

use serde::{Deserialize, Serialize};

/// How an attribution was found and its speaker named, and how sure each step was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// What has found source, cue and content.
    pub finder: Finder,
    /// How the source became a speaker.
    pub naming: Naming,
    /// How sure the finder was, from 0 to 1.
    pub found: f32,
    /// How sure the naming was, from 0 to 1.
    pub named: f32,
}

/// What has found an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finder {
    /// A transcript line, a colon or a dash: layout alone decides.
    Layout,
    /// A rule knows the construction around the cue.
    Rule,
    /// Quotation marks without a tag of their own.
    Marks,
    /// The trained model, and no rule.
    Model,
    /// A rule and the model, which name the same source.
    Both,
}

/// How a source became a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Naming {
    /// The source is a name.
    Name,
    /// A name stands beside the description.
    Apposition,
    /// A pronoun, taken for the nearest person who fits.
    Pronoun,
    /// An office or a description that the article gives one person.
    Role,
    /// Another word for somebody just named, by place alone.
    Variation,
    /// A description of somebody, or of something, that stays without a name.
    Description,
    /// The source of the attribution before it in the sentence.
    Shared,
    /// The words carry on those before them.
    CarriedOn,
    /// The article tells the same words elsewhere with their speaker.
    Repeat,
    /// The text names nobody.
    Nobody,
}
