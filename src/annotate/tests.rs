//! The examples of the rule files, and whole stories.

use super::*;
use crate::text::{Block, BlockKind, Markup, Run, Span};

/// A document of plain paragraphs, parted by empty lines.
pub(super) fn plain(text: &str) -> Document {
    let mut at = 0;
    let mut blocks = Vec::new();
    for part in text.split("\n\n") {
        let span = Span::new(at, at + part.len());
        blocks.push(Block { kind: BlockKind::Paragraph, span, runs: vec![Run { span, reads: None }] });
        at += part.len() + 2;
    }
    Document {
        text: text.into(),
        markup: Markup::Wire,
        zones: Vec::new(),
        blocks,
        dateline: None,
        credit: None,
        byline: None,
    }
}

fn words(document: &Document, spans: &[Span]) -> String {
    spans.iter().map(|s| s.of(&document.text)).collect::<Vec<_>>().join(" … ")
}

#[test]
fn every_cue_does_what_its_examples_say() {
    let mut wrong = Vec::new();
    for example in lexicon::class_entries().iter().flat_map(|c| &c.examples) {
        let document = plain(&example.text);
        let found = annotate(&document, &Options::default());
        let fits = found.quotes.iter().any(|q| {
            words(&document, &q.source) == example.source
                && words(&document, &q.cue) == example.cue
                && words(&document, &q.content) == example.content
                && q.act.name() == example.act
        });
        if !fits {
            let got: Vec<String> = found
                .quotes
                .iter()
                .map(|q| {
                    format!(
                        "{} [{}] <{}> {{{}}}",
                        q.act.name(),
                        words(&document, &q.source),
                        words(&document, &q.cue),
                        words(&document, &q.content)
                    )
                })
                .collect();
            wrong.push(format!("{example:?}\n    got {got:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_said_in_the_counter_examples() {
    for text in lexicon::class_entries().iter().flat_map(|c| &c.counter) {
        let found = annotate(&plain(text), &Options::default());
        assert!(found.quotes.is_empty(), "{text}: {:?}", found.quotes);
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Passage {
    why: String,
    text: String,
    dct: Option<chrono::NaiveDate>,
    #[serde(default)]
    model: bool,
    found: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Passages {
    passage: Vec<Passage>,
}

/// One attribution as a passage writes it, its content cut to the length of the expected one.
fn short(document: &Document, quote: &Quote, expected: &str) -> String {
    let content = words(document, &quote.content);
    let wanted = expected.rsplit(" | ").next().unwrap_or_default();
    let sure = if quote.confidence < 0.8 { "?" } else { "" };
    let name = quote.speaker.as_ref().map_or("-", |s| s.name.as_str());
    let said_on = quote.said_on.as_ref().map_or("-".into(), |d| d.value.to_string());
    let head = if content.starts_with(wanted) { wanted } else { content.as_str() };
    format!("{sure}{name} | {} | {said_on} | {head}", quote.act.name())
}

#[test]
fn every_passage_is_read_as_it_says() {
    let file: Passages = toml::from_str(include_str!("rules/en/passages.toml")).unwrap();
    let mut wrong = Vec::new();
    for passage in file.passage.iter().filter(|passage| !passage.model || cfg!(feature = "weights")) {
        let document = plain(passage.text.trim());
        let dct = passage.dct.or(chrono::NaiveDate::from_ymd_opt(2024, 3, 4));
        let quotes = annotate(&document, &Options { dct, ..Options::default() }).quotes;
        let expected = |i: usize| passage.found.get(i).map_or("", String::as_str);
        let got: Vec<String> =
            quotes.iter().enumerate().map(|(i, q)| short(&document, q, expected(i))).collect();
        if got != passage.found {
            wrong.push(format!("{}\n  want {:#?}\n  got  {got:#?}", passage.why, passage.found));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ids_follow_the_words_and_repeats_are_numbered() {
    let document = plain("“The dam will hold,” Ann Lee said. “THE DAM — will hold!” Bob Ray said.");
    let quotes = annotate(&document, &Options::default()).quotes;
    assert_eq!(quotes[0].id.len(), 10);
    assert_eq!(quotes[1].id, format!("{}-2", quotes[0].id));
}

#[test]
fn roles_are_worded_as_the_article_words_them() {
    let document = plain(
        "Mayor Jonas Reed’s chief negotiator Peter Falk and brother-in-law Tobias Gray met Mrs Ingrid Solberg, an aide \
         in Minister Helga Brandt’s bureau. Mr Gray, who is also a piano tuner, said little.",
    );
    let people = annotate(&document, &Options::default()).people;
    let roles: Vec<(&str, Vec<&str>)> =
        people.iter().map(|p| (p.name.as_str(), p.roles.iter().map(String::as_str).collect())).collect();
    assert_eq!(
        roles,
        [
            ("Jonas Reed", vec!["Mayor"]),
            ("Peter Falk", vec!["Jonas Reed’s chief negotiator"]),
            ("Tobias Gray", vec!["Jonas Reed’s brother-in-law", "piano tuner"]),
            ("Ingrid Solberg", vec!["aide in Minister Helga Brandt’s bureau"]),
            ("Helga Brandt", vec!["Minister"]),
        ]
    );
}

#[test]
fn a_description_may_open_the_text() {
    for text in
        ["The president said the bridge is closed.", "The senator was late. The senator said: “We wait.”"]
    {
        let found = annotate(&plain(text), &Options::default());
        assert!(
            found.quotes.iter().all(|quote| quote.speaker.as_ref().is_none_or(|who| who.person.is_none()))
        );
        assert!(!found.quotes.is_empty(), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_annotated_without_harm(text in "(\\PC|[“”\"‘’'.,:;\n]|said|he|the president|Mr Lee|today){0,80}") {
        let document = plain(&text);
        let dct = chrono::NaiveDate::from_ymd_opt(2024, 3, 4);
        let found = annotate(&document, &Options { dct, ..Options::default() });
        for quote in &found.quotes {
            for span in quote.content.iter().chain(&quote.source).chain(&quote.cue) {
                proptest::prop_assert!(text.get(span.range()).is_some());
            }
            proptest::prop_assert!(!quote.content.is_empty());
        }
        proptest::prop_assert!(found.quotes.is_sorted_by_key(|q| q.content[0]));
    }
}
