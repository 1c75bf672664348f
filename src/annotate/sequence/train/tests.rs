//! Training on a small corpus of our own: what it learns, and that it always learns the same.

use super::*;
use crate::annotate::attribution;
use crate::annotate::sequence::finding::proposals;
use crate::annotate::tests::plain;

const NAMES: [&str; 6] = ["Ann Lee", "Bob Ray", "Ms Ida Holm", "the mayor", "a spokesman", "Tom Oss"];
const VERBS: [&str; 4] = ["said", "warned", "wrote", "believes"];
const CLAUSES: [&str; 5] = [
    "the dam would hold",
    "the gates were shut at noon",
    "nobody had seen the boat",
    "winter comes early in the valley",
    "the bridge needs new planks",
];

/// A sentence with its parts between marks: source in `[]`, cue in `<>`, content in `{}`.
fn marked(text: &str) -> Lesson {
    let mut plainly = String::new();
    let mut attribution = Attribution::default();
    let mut start = 0;
    for c in text.chars() {
        match c {
            '[' | '<' | '{' => start = plainly.len(),
            ']' => attribution.source.push(Span::new(start, plainly.len())),
            '>' => attribution.cue.push(Span::new(start, plainly.len())),
            '}' => attribution.content.push(Span::new(start, plainly.len())),
            _ => plainly.push(c),
        }
    }
    let attributions = if attribution.cue.is_empty() { Vec::new() } else { vec![attribution] };
    Lesson { document: plain(&plainly), attributions }
}

/// Sentences in which somebody says something, and some in which nobody does.
fn corpus() -> Vec<Lesson> {
    let mut lessons = Vec::new();
    for (n, name) in NAMES.iter().enumerate() {
        for (v, verb) in VERBS.iter().enumerate() {
            let (one, two) = (CLAUSES[(n + v) % 5], CLAUSES[(n + 2 * v + 1) % 5]);
            lessons.push(marked(&format!("On Monday [{name}] <{verb}> {{that {one}}}.")));
            lessons.push(marked(&format!("{{“{two},”}} [{name}] <{verb}> on Friday.")));
            lessons.push(marked(&format!("On Monday {name} left, and {one}.")));
        }
    }
    lessons
}

/// Little enough for a test that is not optimised.
const BRIEF: Recipe = Recipe { rounds: 6, orders: 1, budget: 20_000 };

#[test]
fn what_is_marked_is_found_in_words_never_seen() {
    let tagger = Tagger::of(&train(&corpus(), BRIEF)).unwrap();
    for (text, parts) in [
        (
            "On Monday Eva Lind warned that the harbour was full.",
            ["Eva Lind", "warned", "that the harbour was full"],
        ),
        ("“The harbour is full,” Eva Lind wrote on Friday.", ["Eva Lind", "wrote", "“The harbour is full,”"]),
    ] {
        let document = plain(text);
        let prose = Prose::of(&document);
        let reading = Reading::of(&prose, Language::English);
        let sheet = Sheet::of(&reading, &attribution::find(&reading), &tagger.weights);
        let tags = tagger.tag(&reading, &sheet);
        let found = proposals(&reading, &sheet, &tags, &tagger.weights);
        let [only] = &found[..] else { panic!("{text}: {found:?}") };
        let words = |range: &std::ops::Range<usize>| reading.words(range).to_owned();
        let got = [&only.source.clone().unwrap(), &only.cue.clone().unwrap(), &only.content[0]].map(words);
        assert_eq!(got, parts, "{text}");
        assert!((0.0..=1.0).contains(&only.confidence), "{}", only.confidence);
    }
}

#[test]
fn the_same_lessons_give_the_same_bytes() {
    let first = train(&corpus(), BRIEF);
    assert_eq!(first, train(&corpus(), BRIEF));
    let alone = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| train(&corpus(), BRIEF))
    };
    assert_eq!(first, alone(1));
    assert_eq!(first, alone(3));
    assert_ne!(first, train(&corpus()[1..], BRIEF));
}

#[test]
fn no_more_weights_are_kept_than_the_budget_allows() {
    let small = train(&corpus(), Recipe { budget: 100, ..BRIEF });
    let large = train(&corpus(), BRIEF);
    assert!(small.len() + 1000 < large.len(), "{} {}", small.len(), large.len());
    assert!(Tagger::of(&small).is_ok());
}

#[test]
fn bytes_that_are_no_weights_are_refused() {
    let bytes = train(&corpus()[..30], BRIEF);
    assert_eq!(Tagger::of(&bytes[..bytes.len() - 1]).unwrap_err(), super::super::WeightsError::Length);
    assert_eq!(Tagger::of(&bytes[..40]).unwrap_err(), super::super::WeightsError::Length);
    assert_eq!(Tagger::of(b"other").unwrap_err(), super::super::WeightsError::Magic);
}
