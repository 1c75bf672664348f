//! The Web Annotation Data Model, as far as we write it: <https://www.w3.org/TR/annotation-model/>.
//!
//! One type an object, its fields in the order in which they are written; `type` is a field of each,
//! since it always has the same value.

use std::borrow::Cow;

use serde::Serialize;

/// The IRI of the datatype of EDTF dates.
pub(super) const EDTF: &str = "http://id.loc.gov/datatypes/edtf";
/// The address of the definition of TIMEX3 values.
pub(super) const TIMEX3: &str = "http://www.timeml.org/publications/timeMLdocs/timeml_1.2.1.html#timex3";

/// Everything that is said of one page.
#[derive(Serialize)]
#[serde(tag = "@context", rename = "http://www.w3.org/ns/anno.jsonld")]
pub(super) struct Document<'a> {
    pub(super) id: &'a str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) generator: Generator,
    pub(super) total: usize,
    pub(super) first: AnnotationPage<'a>,
}

/// The program that made it.
#[derive(Serialize)]
#[serde(tag = "type", rename = "Software")]
pub(super) struct Generator {
    pub(super) name: &'static str,
}

/// Annotations in their order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AnnotationPage<'a> {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) part_of: &'a str,
    pub(super) start_index: usize,
    pub(super) items: Vec<Annotation<'a>>,
}

/// What is said of some words.
#[derive(Serialize)]
pub(super) struct Annotation<'a> {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    /// "identifying" or "describing".
    pub(super) motivation: &'static str,
    pub(super) body: Vec<Body<'a>>,
    pub(super) target: Vec<Target<'a>>,
}

/// One thing that is said.
#[derive(Serialize)]
#[serde(tag = "type")]
pub(super) enum Body<'a> {
    /// In words.
    #[serde(rename_all = "camelCase")]
    TextualBody {
        purpose: &'static str,
        format: &'static str,
        value: Cow<'a, str>,
        /// The definition of the form that `value` has.
        #[serde(skip_serializing_if = "Option::is_none")]
        conforms_to: Option<&'static str>,
    },
    /// By naming a thing.
    SpecificResource { purpose: &'static str, source: Source<'a> },
}

impl<'a> Body<'a> {
    /// Plain words.
    pub(super) fn words(purpose: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        Self::TextualBody { purpose, format: "text/plain", value: value.into(), conforms_to: None }
    }

    /// A value in a form that is defined somewhere.
    pub(super) fn coded(value: String, conforms_to: &'static str) -> Self {
        Self::TextualBody {
            purpose: "identifying",
            format: "text/plain",
            value: value.into(),
            conforms_to: Some(conforms_to),
        }
    }
}

/// A thing in the words of schema.org.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Source<'a> {
    /// Who speaks.
    Party {
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
        #[serde(rename = "schema:name")]
        name: &'a str,
    },
    /// What is said, and when.
    Quotation {
        id: String,
        #[serde(rename = "type")]
        kind: &'static str,
        #[serde(rename = "schema:dateCreated")]
        created: Typed,
    },
}

/// A value with its datatype.
#[derive(Serialize)]
pub(super) struct Typed {
    #[serde(rename = "@type")]
    pub(super) datatype: &'static str,
    #[serde(rename = "@value")]
    pub(super) value: String,
}

/// Words on a page.
#[derive(Serialize)]
pub(super) struct Target<'a> {
    pub(super) source: &'a str,
    /// Two ways to find them again.
    pub(super) selector: (TextQuoteSelector<'a>, CssSelector),
}

/// By the words themselves and those around them.
#[derive(Serialize)]
#[serde(tag = "type")]
pub(super) struct TextQuoteSelector<'a> {
    pub(super) exact: &'a str,
    pub(super) prefix: &'a str,
    pub(super) suffix: &'a str,
}

/// By an element and the place in it.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(super) struct CssSelector {
    pub(super) value: &'static str,
    pub(super) refined_by: TextPositionSelector,
}

/// By the number of code points before it.
#[derive(Serialize)]
#[serde(tag = "type")]
pub(super) struct TextPositionSelector {
    pub(super) start: u32,
    pub(super) end: u32,
}
