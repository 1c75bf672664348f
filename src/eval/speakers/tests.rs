//! Partial cases: what meets what, who is right, and what counts.

use super::*;

/// The text of most cases.
const FERRY: &str = "“The ferry will sail on Monday,” Asta Lund said. She added that the crew is tired. Mr. Berg, \
                     her brother, called it a lie. According to the Ferry Board, fares will rise.";

fn spans(parts: &str) -> String {
    let place = |words: &str| {
        let bytes = FERRY.find(words).unwrap_or_else(|| panic!("no `{words}`"));
        let start = FERRY[..bytes].chars().count();
        format!("[{start},{}]", start + words.chars().count())
    };
    let spans: Vec<String> = parts.split('|').filter(|part| !part.is_empty()).map(place).collect();
    format!("[{}]", spans.join(","))
}

/// An attribution of the gold: source, content, kind, speaker and time.
fn wanted([source, content, kind, speaker, said_on]: [&str; 5]) -> String {
    let said_on = if said_on.is_empty() { "null".into() } else { format!("\"{said_on}\"") };
    format!(
        r#"{{"id":"E","source":{},"content":{},"speaker":"{speaker}","speaker_kind":"{kind}","said_on":{said_on}}}"#,
        spans(source),
        spans(content)
    )
}

const FOUR: [[&str; 5]; 4] = [
    ["Asta Lund", "The ferry will sail on Monday", "person", "Asta Lund", "2031-05-02"],
    ["She", "the crew is tired", "person", "Asta Lund", "2031-05"],
    ["Mr. Berg", "a lie", "person", "Ole Berg", ""],
    ["the Ferry Board", "fares will rise", "organisation", "Ferry Board", ""],
];

fn gold(attributions: &[[&str; 5]], more: &str) -> Gold {
    let all: Vec<String> = attributions.iter().copied().map(wanted).collect();
    let text = serde_json::to_string(FERRY).unwrap();
    let line = format!(r#"{{"id":"a","text":{text},"attributions":[{}]{more}}}"#, all.join(","));
    Gold::read("gold.jsonl", line.as_bytes()).unwrap()
}

/// A quotation of a system: source, content, kind, speaker and time, null where empty.
fn found([source, content, kind, name, said_on]: [&str; 5]) -> Quote {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let spans = |parts: &str| serde_json::from_str(&spans(parts)).unwrap();
    let speaker = some(name).map(|name| Speaker { name: Some(name), kind: some(kind) });
    Quote { source: spans(source), content: spans(content), speaker, said_on: some(said_on), sure: None }
}

fn system(quotes: Vec<Quote>) -> System {
    let line = serde_json::json!({"id": "a", "quotes": quotes.iter().map(|quote| serde_json::json!({
        "source": quote.source, "content": quote.content, "said_on": quote.said_on,
        "speaker": quote.speaker.as_ref().map(|speaker| serde_json::json!({"name": speaker.name, "kind": speaker.kind})),
    })).collect::<Vec<_>>()});
    System::read("system.jsonl", line.to_string().as_bytes(), &Gold::default()).unwrap()
}

fn accuracy(of: Accuracy) -> (usize, usize, usize) {
    (of.number, of.matched, of.right)
}

fn precision(of: Precision) -> (usize, usize, usize) {
    (of.number, of.matched, of.right)
}

#[test]
fn gold_against_itself_is_perfect() {
    let gold = gold(&FOUR, "");
    let system = system(FOUR.map(found).into());
    let scores = score(&gold, &system, &Choice::default());
    assert_eq!((accuracy(scores.people), precision(scores.people_precision)), ((3, 3, 3), (3, 3, 3)));
    assert_eq!((accuracy(scores.speakers), precision(scores.speakers_precision)), ((4, 4, 4), (4, 4, 4)));
    assert_eq!((accuracy(scores.all), accuracy(scores.direct_people)), ((4, 4, 4), (1, 1, 1)));
    assert_eq!(accuracy(scores.direct_speakers), (1, 1, 1));
    let kinds: Vec<_> = scores.by_kind.iter().map(|(kind, of)| (*kind, accuracy(*of))).collect();
    assert_eq!(kinds, [("organisation", (1, 1, 1)), ("person", (3, 3, 3))]);
    let references: Vec<_> = scores.by_reference.iter().map(|(of, n)| (of.name(), n.number)).collect();
    assert_eq!(references, [("full name", 1)]);
    let said_on =
        SaidOn { number: 2, matched: 2, given: 2, exact: 2, prefix: 2, matched_without: 2, spurious: 0 };
    assert_eq!(scores.said_on, said_on);
    let identity =
        Identity { names: 2, people: 2, repeated: 1, quotes: 3, majority: 3, ..Identity::default() };
    assert_eq!((scores.identity, scores.slips.len()), (identity, 0));
}

#[test]
fn a_system_that_errs() {
    let gold = gold(&FOUR, "");
    let system = system(vec![
        // The right person for the sentence, its time a month; then the wrong one for the same words.
        found(["", "ferry will sail on Monday", "", "Mrs. Lund", "2031-05"]),
        found(["She", "crew is tired", "person", "Ole Berg", "2031-05"]),
        // Nobody, with a time that the gold has not.
        found(["Mr. Berg", "a lie", "", "", "2031"]),
        // Words that nobody said.
        found(["", "her brother", "person", "Ole Berg", ""]),
        found(["the Ferry Board", "fares will rise", "organisation", "the board", ""]),
    ]);
    let scores = score(&gold, &system, &Choice::default());
    assert_eq!((accuracy(scores.people), precision(scores.people_precision)), ((3, 3, 1), (3, 2, 1)));
    assert_eq!((accuracy(scores.speakers), precision(scores.speakers_precision)), ((4, 4, 2), (4, 3, 2)));
    assert_eq!(scores.people.accuracy(), Some(1.0 / 3.0));
    assert_eq!(scores.people_precision.given_match(), Some(0.5));
    let said_on =
        SaidOn { number: 2, matched: 2, given: 2, exact: 1, prefix: 2, matched_without: 2, spurious: 1 };
    assert_eq!(scores.said_on, said_on);
    assert_eq!((said_on.accuracy_exact(), said_on.accuracy_prefix()), (Some(0.5), Some(1.0)));
    assert_eq!((said_on.exact_given_match(), said_on.spurious_rate()), (Some(0.5), Some(0.5)));
    let slips: Vec<_> = scores
        .slips
        .iter()
        .map(|slip| (slip.gold.speaker.as_str(), slip.found.and_then(Quote::name)))
        .collect();
    assert_eq!(slips, [("Asta Lund", Some("Ole Berg")), ("Ole Berg", None)]);
}

#[test]
fn nothing_is_never_divided_by() {
    let scores = Scores::default();
    assert_eq!((scores.people.accuracy(), scores.people.given_match()), (None, None));
    assert_eq!((scores.people_precision.precision(), scores.said_on.spurious_rate()), (None, None));
    assert_eq!((scores.identity.purity(), scores.identity.merged_rate()), (None, None));
}

#[test]
fn the_best_overlap_meets_then_the_same_source_then_the_first() {
    let gold = gold(&FOUR[..1], "");
    for (one, other, right) in [
        // Six words of six against five.
        (["", "ferry will sail on Monday"], ["", "The ferry will sail on Monday"], 1),
        // The source decides.
        (["Mr. Berg", "The ferry will sail"], ["Asta Lund", "will sail on Monday"], 1),
        (["Asta Lund", "The ferry will sail"], ["Mr. Berg", "will sail on Monday"], 0),
        // The first.
        (["", "The ferry will sail"], ["", "will sail on Monday"], 0),
    ] {
        let quote = |[source, content]: [&str; 2], name: &str| found([source, content, "person", name, ""]);
        let system = system(vec![quote(one, "Nobody"), quote(other, "Asta Lund")]);
        let scores = score(&gold, &system, &Choice::default());
        assert_eq!(accuracy(scores.people), (1, 1, right), "{one:?}");
        // Both find the gold.
        assert_eq!(precision(scores.people_precision), (2, 2, 1));
    }
}

#[test]
fn overlap_is_measured_in_four_ways() {
    let words = |list: std::ops::Range<u32>| list.collect::<Words>();
    let (content, other) = (words(0..4), words(2..12));
    for (overlap, value) in [
        (Overlap::Dice, 4.0 / 14.0),
        (Overlap::Jaccard, 2.0 / 12.0),
        (Overlap::Gold, 2.0 / 4.0),
        (Overlap::Min, 2.0 / 4.0),
    ] {
        assert_eq!(overlap.of(&content, &other), value, "{overlap:?}");
        assert_eq!(overlap.of(&content, &words(7..9)), 0.0);
    }
    assert_eq!(Overlap::Gold.of(&other, &content), 2.0 / 10.0);
    assert_eq!(Overlap::Min.of(&other, &content), 2.0 / 4.0);
    // Two words of six: enough from a third on; what has none in common never meets.
    let gold = gold(&FOUR[..1], "");
    let system =
        system(vec![found(["", "on Monday", "", "Asta Lund", ""]), found(["", "a lie", "", "Ole Berg", ""])]);
    for (threshold, overlap, matched) in [
        (0.5, Overlap::Dice, 1),
        (0.51, Overlap::Dice, 0),
        (0.5, Overlap::Gold, 0),
        (0.33, Overlap::Jaccard, 1),
        (1.0, Overlap::Min, 1),
        (0.0, Overlap::Dice, 1),
    ] {
        let choice = Choice { threshold, overlap, ..Choice::default() };
        let scores = score(&gold, &system, &choice);
        assert_eq!(scores.people.matched, matched, "{choice:?}");
    }
    // For precision it is the quotation that lies in the gold.
    let choice = Choice { overlap: Overlap::Gold, ..Choice::default() };
    assert_eq!(precision(score(&gold, &system, &choice).people_precision), (2, 1, 1));
}

#[test]
fn a_speaker_who_is_not_told() {
    let gold = gold(&[["", "a lie", "unknown", "unknown", ""]], "");
    for (kind, name, right) in [
        ("", "", 1),
        ("unknown", "somebody", 1),
        ("person", "None.", 1),
        ("person", "Unknown", 1),
        ("person", "Ole Berg", 0),
    ] {
        let system = system(vec![found(["", "a lie", kind, name, ""])]);
        let scores = score(&gold, &system, &Choice::default());
        assert_eq!(accuracy(scores.all), (1, 1, right), "{name}");
        assert_eq!((scores.speakers.number, scores.people.number), (0, 0));
        // Who is called unknown by kind is no speaker that could be wrong.
        let claimed = usize::from(!name.is_empty() && kind != "unknown");
        assert_eq!(scores.speakers_precision.number, claimed, "{name}");
    }
}

#[test]
fn others_may_be_right_and_namesakes_wrong() {
    let right = |gold: &Gold, name: &str, strict_surname: bool| {
        let system = system(vec![found(["", "a lie", "person", name, ""])]);
        score(gold, &system, &Choice { strict_surname, ..Choice::default() }).people.right
    };
    let berg = &FOUR[2..3];
    let plain = gold(berg, "");
    assert_eq!((right(&plain, "Berg", false), right(&plain, "Nils Berg", false)), (1, 0));
    let two = gold(berg, r#","people":[{"name":"Ole Berg","roles":[]},{"name":"Ida Berg"}]"#);
    assert_eq!((right(&two, "Berg", false), right(&two, "Mr. O. Ole Berg", false)), (0, 1));
    assert_eq!(right(&two, "O. Ole Berg", true), 0);
    let silent = gold(berg, r#","others_same_surname":["Ida Berg"]"#);
    assert_eq!((right(&silent, "Berg", false), right(&silent, "Berg", true)), (1, 0));

    let line = wanted(FOUR[2]).replace('}', r#","alt_speakers":["Ida Lie","the Lie family and friends"]}"#);
    let text = serde_json::to_string(FERRY).unwrap();
    let line =
        format!(r#"{{"id":"a","text":{text},"attributions":[{line}],"people":[{{"name":"Ida Lie"}}]}}"#);
    let others = Gold::read("gold.jsonl", line.as_bytes()).unwrap();
    assert_eq!(right(&others, "Mrs. Lie", false), 1);
    assert_eq!(right(&others, "friends and the Lie family", false), 1);
    assert_eq!(right(&others, "family", false), 0);
}

#[test]
fn names_that_cover_two_people_and_people_with_two_names() {
    let four = [FOUR[0], FOUR[1], FOUR[2], ["", "Ferry Board", "person", "Ole Berg", ""]];
    let gold = gold(&four, "");
    let name = |of: [&str; 5], name| found([of[0], of[1], "person", name, ""]);
    let quotes = vec![
        name(four[0], "Asta Lund"),
        name(four[1], "Lund"),
        name(four[2], "LUND"),
        name(four[3], "Ole Berg"),
    ];
    let system = system(quotes);
    let identity = score(&gold, &system, &Choice::default()).identity;
    let Identity { names, people, repeated, quotes, majority, split_by_form, .. } = &identity;
    // "Lund" is Asta Lund once and Ole Berg once; each of the two has two names, of which only
    // those of Asta Lund could both be hers.
    assert_eq!((*names, *people, *repeated, *quotes, *majority, *split_by_form), (3, 2, 2, 4, 3, 1));
    let told = |all: &[Confusion<'_>]| -> Vec<String> {
        all.iter().map(|confusion| format!("{}: {:?}", confusion.one, confusion.several)).collect()
    };
    assert_eq!(told(&identity.merged), [r#"LUND: [("Asta Lund", 1), ("Ole Berg", 1)]"#]);
    assert_eq!(
        told(&identity.split),
        [r#"Asta Lund: [("Asta Lund", 1), ("LUND", 1)]"#, r#"Ole Berg: [("LUND", 1), ("Ole Berg", 1)]"#]
    );
    assert_eq!((identity.merged_rate(), identity.split_rate()), (Some(1.0 / 3.0), Some(1.0)));
    assert_eq!((identity.split_by_form_rate(), identity.purity()), (Some(0.5), Some(0.75)));
}

#[test]
fn documents_are_matched_by_id() {
    let text = r#""text":"He said no","attributions":[{"id":"E","source":[[0,2]],"content":[[8,10]],"speaker":"Ole Berg","speaker_kind":"person"}]"#;
    let gold = format!("{{\"id\":\"a\",{text}}}\n{{\"id\":\"b\",{text}}}\n");
    let gold = Gold::read("gold.jsonl", gold.as_bytes()).unwrap();
    let system = format!("{{\"id\":\"b\",{text}}}\n{{\"id\":\"c\",\"quotes\":[]}}");
    let system = System::read("system.jsonl", system.as_bytes(), &gold).unwrap();
    let scores = score(&gold, &system, &Choice::default());
    assert_eq!((scores.articles, scores.unanswered, scores.unknown), (2, vec!["a"], vec!["c"]));
    // A gold file is what a perfect system would have answered.
    assert_eq!((accuracy(scores.people), precision(scores.people_precision)), ((2, 1, 1), (1, 1, 1)));
}

#[test]
fn what_is_wrong_with_a_line_is_said_to_the_letter() {
    let with = |parts: &str| format!(r#"{{"id":"b","text":"He said no","attributions":[{{{parts}}}]}}"#);
    let whole = |source: &str, content: &str| {
        with(&format!(
            r#""id":"E","source":{source},"content":{content},"speaker":"X","speaker_kind":"person""#
        ))
    };
    for (line, message) in [
        (
            with(r#""id":"E","source":[],"content":[],"speaker":"X""#),
            "gold.jsonl:1: not a gold document: missing field `speaker_kind` (column 95)",
        ),
        (
            whole("[[0,20]]", "[]"),
            "gold.jsonl:1: the source 0..20 lies outside the text, which has 10 characters",
        ),
        (whole("[]", "[[8,8]]"), "gold.jsonl:1: the content 8..8 is empty"),
    ] {
        assert_eq!(Gold::read("gold.jsonl", line.as_bytes()).unwrap_err().to_string(), message);
    }
    let gold = gold(&FOUR, "");
    for (line, message) in [
        (r#"{"id":"a"}"#, "system.jsonl:1: the document `a` has neither `quotes` nor `attributions`"),
        (
            r#"{"id":"a","quotes":[{"content":[[0,4]],"speaker":"Asta Lund"}]}"#,
            "system.jsonl:1: not a system's document: invalid type: string \"Asta Lund\", expected an object (column 60)",
        ),
        (r#"{"id":"a","quotes":[{"source":[[5,5]]}]}"#, "system.jsonl:1: the source 5..5 is empty"),
    ] {
        assert_eq!(System::read("system.jsonl", line.as_bytes(), &gold).unwrap_err().to_string(), message);
    }
}
