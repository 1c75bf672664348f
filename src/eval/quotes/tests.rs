//! Partial cases: what meets what, and what counts.

use super::*;
use crate::eval::Rates;

/// The text of most cases: two people, four attributions.
const QUAY: &str = "“The quay will not hold another winter,” Asta Lund, an engineer, said on Friday. She wants \
                    it closed. Mayor Ole Berg told sailors that “the money is there” and asked for calm.";

/// An attribution as JSON: source, cue and content by their words in `text`; several of a content
/// are parted by `|`.
fn attribution(text: &str, [source, cue, content]: [&str; 3], more: &str) -> String {
    let spans = |parts: &str| {
        let spans: Vec<String> =
            parts.split('|').filter(|part| !part.is_empty()).map(|part| place(text, part)).collect();
        format!("[{}]", spans.join(","))
    };
    format!(r#"{{"source":{},"cue":{},"content":{}{more}}}"#, spans(source), spans(cue), spans(content))
}

fn place(text: &str, words: &str) -> String {
    let bytes = text.find(words).unwrap_or_else(|| panic!("no `{words}`"));
    let start = text[..bytes].chars().count();
    format!("[{start},{}]", start + words.chars().count())
}

fn line(key: &str, text: &str, attributions: &[String]) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(r#"{{"id":"a","text":{text},"{key}":[{}]}}"#, attributions.join(","))
}

/// The figures of one document, with the kinds of its slips.
fn measured(text: &str, gold: &[[&str; 3]], found: &[String]) -> (Figures, Vec<&'static str>) {
    let gold: Vec<String> = gold.iter().map(|parts| attribution(text, *parts, "")).collect();
    let gold = Gold::read("gold.jsonl", line("attributions", text, &gold).as_bytes()).unwrap();
    let system = System::read("system.jsonl", line("quotes", text, found).as_bytes(), &gold).unwrap();
    let scores = score(&gold, &system);
    let kind = |slip: &Slip<'_>| match slip.kind {
        SlipKind::Missed { .. } => "missed",
        SlipKind::Source { .. } => "source",
        SlipKind::Spurious { .. } => "spurious",
    };
    (scores.figures, scores.slips.iter().map(kind).collect())
}

fn found(parts: &[[&str; 3]]) -> Vec<String> {
    parts.iter().map(|parts| attribution(QUAY, *parts, "")).collect()
}

const FOUR: [[&str; 3]; 4] = [
    ["Asta Lund, an engineer", "said", "The quay will not hold another winter"],
    ["She", "wants", "it closed"],
    ["Mayor Ole Berg", "told", "that “the money is there”"],
    ["Mayor Ole Berg", "asked for", "calm"],
];

fn rates(of: Rates) -> (f64, f64) {
    (of.precision, of.recall)
}

#[test]
fn gold_against_itself_is_perfect() {
    let (figures, slips) = measured(QUAY, &FOUR, &found(&FOUR));
    let Figures { content, source, cue, .. } = &figures;
    for spans in [content, source, cue] {
        for of in [spans.exact, spans.partial, spans.tokens] {
            assert_eq!((of.precision, of.recall, of.f1), (1.0, 1.0, 1.0));
        }
    }
    for of in [figures.found, figures.attributed, figures.saying, figures.strict] {
        assert_eq!((of.precision, of.recall, of.f1), (1.0, 1.0, 1.0));
    }
    assert_eq!((figures.gold, figures.system, figures.gold_saying), (4, 4, 3));
    let forms: Vec<_> = figures.forms.iter().map(|(form, of)| (form.name(), of.gold)).collect();
    assert_eq!(forms, [("direct", 1), ("mixed", 1), ("indirect", 2)]);
    // "the money is there" has four words only.
    let quotations =
        QuotationFigures { number: 1, covered: 1.0, accuracy: 1.0, precision: 1.0, by_name: 1.0 };
    assert_eq!((figures.quotations, figures.source_accuracy), (quotations, 1.0));
    assert_eq!((figures.claimed_form, slips.len()), (None, 0));
}

#[test]
fn contents_sources_and_cues_are_judged_apart() {
    let (figures, slips) = measured(
        QUAY,
        &FOUR,
        &found(&[
            // Six of seven words, the right source and cue.
            ["Lund", "said on Friday", "quay will not hold another winter,”"],
            // The very words, the wrong source.
            ["Ole Berg", "wants", "it closed"],
            // One of five words is too little.
            ["Mayor Ole Berg", "", "money"],
        ]),
    );
    assert_eq!(slips, ["source", "missed", "missed", "spurious"]);
    let share = |part: f64, whole: f64| part / whole;
    assert_eq!(rates(figures.found), (share(2.0, 3.0), 0.5));
    assert_eq!(rates(figures.attributed), (share(1.0, 3.0), 0.25));
    assert_eq!((rates(figures.strict), figures.source_accuracy), ((0.0, 0.0), 0.5));
    assert_eq!(rates(figures.content.exact), (share(1.0, 3.0), 0.25));
    let recall = (6.0 / 7.0 + 1.0 + 1.0 / 5.0) / 4.0;
    assert!((figures.content.partial.recall - recall).abs() < 1e-12);
    assert_eq!(figures.content.partial.precision, 1.0);
    // Nine words of the system, all of them among the 15 of the gold.
    assert_eq!(rates(figures.content.tokens), (1.0, share(9.0, 15.0)));
    // Three different sources on both sides; the mayor's two are one.
    assert_eq!(rates(figures.source.exact), (share(1.0, 3.0), share(1.0, 3.0)));
    // Cues: said on Friday, wants; of the gold said, wants, told, asked for.
    assert_eq!(rates(figures.cue.exact), (0.5, 0.25));
    assert_eq!(rates(figures.cue.tokens), (0.5, share(2.0, 5.0)));
    // Cues of saying: said, told, asked for. The system's third has no cue and meets nothing.
    assert_eq!((rates(figures.saying), figures.gold_saying), ((1.0, share(1.0, 3.0)), 3));
    let indirect = &figures.forms[&Form::Indirect];
    assert_eq!((indirect.found_recall, indirect.partial_recall), (0.5, 0.5));
    assert_eq!(rates(indirect.attributed), (0.0, 0.0));
    assert_eq!(rates(figures.forms[&Form::Direct].attributed), (0.5, 1.0));
}

#[test]
fn the_right_source_meets_before_the_better_content() {
    let gold = [FOUR[0]];
    let two = [
        ["Mayor Ole Berg", "said", "The quay will not hold another winter"],
        ["Asta Lund", "said", "will not hold another winter"],
    ];
    let (figures, slips) = measured(QUAY, &gold, &found(&two));
    assert_eq!((rates(figures.attributed), slips), ((0.5, 1.0), vec!["spurious"]));
    // With the same source the better content meets: the worse one is left over.
    let two = [
        ["Lund", "said", "will not hold another winter"],
        ["Lund", "said", "quay will not hold another winter"],
    ];
    let (figures, _) = measured(QUAY, &gold, &found(&two));
    assert_eq!(rates(figures.found), (0.5, 1.0));
}

#[test]
fn what_counts_once_and_what_not_at_all() {
    let mut twice = found(&FOUR);
    // The same words, the marks around them aside; and a content without a word.
    twice.extend(found(&[
        ["Asta Lund, an engineer,", "said", "“The quay will not hold another winter,”"],
        ["She", "wants", " "],
    ]));
    let (figures, slips) = measured(QUAY, &FOUR, &twice);
    assert_eq!((figures.system, slips.len()), (4, 0));
    // Another cue makes another attribution, and the very words count once for each of the gold.
    let (figures, _) = measured(QUAY, &FOUR[1..2], &found(&[FOUR[1], ["She", "", "it closed"]]));
    assert_eq!(
        (figures.system, rates(figures.strict), rates(figures.attributed)),
        (2, (0.5, 1.0), (0.5, 1.0))
    );
}

#[test]
fn a_cue_may_be_left_out_of_what_is_said() {
    let (figures, _) =
        measured(QUAY, &FOUR, &found(&[["Berg", "", "that “the money is there”"], ["She", "", "it closed"]]));
    // The first meets a cue of saying; the second meets "wants", and does not count.
    assert_eq!(rates(figures.saying), (1.0, 1.0 / 3.0));
}

#[test]
fn a_source_that_is_not_told() {
    let nobody = ["", "said", "The quay will not hold another winter"];
    for (gold, system, right) in [(FOUR[0], nobody, 0.0), (nobody, FOUR[0], 0.0), (nobody, nobody, 1.0)] {
        let (figures, _) = measured(QUAY, &[gold], &found(&[system]));
        assert_eq!(figures.source_accuracy, right);
        // Without a source in the gold, a quotation is not looked at.
        assert_eq!(figures.quotations.number, usize::from(gold != nobody));
    }
}

#[test]
fn long_quotations_one_by_one() {
    let text = "“We saw no light and no pilot,” Asta Lund said. Later Lund, or a man named Berg, left.";
    let gold = [["Asta Lund", "said", "We saw no light and no pilot"]];
    let long = |source: &str, content: &str| {
        let (figures, _) = measured(text, &gold, &[attribution(text, [source, "", content], "")]);
        let QuotationFigures { number, covered, accuracy, precision, by_name } = figures.quotations;
        assert_eq!(number, 1);
        [covered, accuracy, precision, by_name]
    };
    assert_eq!(long("Asta Lund", "We saw no light and no pilot"), [1.0, 1.0, 1.0, 1.0]);
    // Four of seven words are enough, three are not.
    assert_eq!(long("Lund", "no light and no"), [1.0, 1.0, 1.0, 1.0]);
    assert_eq!(long("Lund", "no light and"), [0.0; 4]);
    // The same name elsewhere; another one; none.
    assert_eq!(long("Lund, or", "no light and no"), [1.0, 0.0, 0.0, 1.0]);
    assert_eq!(long("Berg", "no light and no"), [1.0, 0.0, 0.0, 0.0]);
    assert_eq!(long("", "no light and no"), [1.0, 0.0, 0.0, 0.0]);
    // Where the gold gives less than four fifths of it to somebody, it is nobody's.
    let gold = [["Asta Lund", "said", "We saw no light and"]];
    let (figures, _) = measured(text, &gold, &[]);
    assert_eq!(figures.quotations.number, 0);
}

#[test]
fn what_a_system_calls_a_content() {
    let claimed = |kinds: [&str; 3]| {
        let found: Vec<String> =
            FOUR.iter().zip(kinds).map(|(parts, kind)| attribution(QUAY, *parts, kind)).collect();
        measured(QUAY, &FOUR, &found).0.claimed_form
    };
    assert_eq!(claimed(["", r#","kind":null"#, r#","kind":"""#]), None);
    assert_eq!(claimed([r#","kind":"direct""#, r#","form":"mixed""#, ""]), Some(0.5));
    assert_eq!(claimed(["", "", r#","kind":"mixed","form":"direct""#]), Some(1.0));
}

#[test]
fn documents_are_matched_by_id() {
    let text = r#""text":"He said no","attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,10]]}]"#;
    let gold = format!("{{\"id\":\"a\",{text}}}\n\n{{\"id\":\"b\",{text}}}\n");
    let gold = Gold::read("gold.jsonl", gold.as_bytes()).unwrap();
    assert_eq!(gold.documents[1].line, 3);
    let system = format!("{{\"id\":\"c\",\"quotes\":[{{\"content\":[[70,80]]}}]}}\n{{\"id\":\"b\",{text}}}");
    let mut system = System::read("system.jsonl", system.as_bytes(), &gold).unwrap();
    let scores = score(&gold, &system);
    assert_eq!((scores.unanswered, scores.unknown), (1, 1));
    assert_eq!((scores.figures.articles, rates(scores.figures.attributed)), (2, (1.0, 0.5)));
    system.keep("b");
    assert_eq!(score(&gold, &system).unknown, 0);
}

#[test]
fn offsets_count_code_points() {
    let text = "🌊🌊 Ærlig talt: “Nå går båten vår ut,” sa Åse Øyen.";
    let gold = [["Åse Øyen", "sa", "Nå går båten vår ut"]];
    let (figures, _) = measured(text, &gold, &[attribution(text, gold[0], "")]);
    assert_eq!((rates(figures.strict), figures.quotations.accuracy), ((1.0, 1.0), 1.0));
}

#[test]
fn what_is_wrong_with_a_gold_line_is_said_to_the_letter() {
    let good = r#"{"id":"a","text":"He said no","attributions":[]}"#;
    let with = |parts: &str| format!(r#"{{"id":"b","text":"He said no","attributions":[{{{parts}}}]}}"#);
    for (line, message) in [
        (
            "7".to_owned(),
            "gold.jsonl:3: not a gold document: invalid type: integer `7`, expected an object (column 1)",
        ),
        (
            r#"{"id":"b","text":"He said no"}"#.to_owned(),
            "gold.jsonl:3: not a gold document: missing field `attributions` (column 30)",
        ),
        (
            with(r#""source":[],"cue":[]"#),
            "gold.jsonl:3: not a gold document: missing field `content` (column 68)",
        ),
        (good.to_owned(), "gold.jsonl:3: the document `a` is in line 1 already"),
        (
            with(r#""source":[[0,2]],"cue":[],"content":[[8,11]]"#),
            "gold.jsonl:3: the content 8..11 lies outside the text, which has 10 characters",
        ),
        (with(r#""source":[[2,0]],"cue":[],"content":[[8,10]]"#), "gold.jsonl:3: the source 2..0 is empty"),
        (with(r#""source":[],"cue":[[3,3]],"content":[[8,10]]"#), "gold.jsonl:3: the cue 3..3 is empty"),
    ] {
        let file = format!("{good}\n\n{line}\n");
        let error = Gold::read("gold.jsonl", file.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), message, "{line}");
    }
}

#[test]
fn what_is_wrong_with_a_system_line_is_said_to_the_letter() {
    let gold = Gold::read("gold.jsonl", line("attributions", QUAY, &[]).as_bytes()).unwrap();
    for (line, message) in [
        (
            r#"{"id":"a","error":{"code":"bad-date"}}"#,
            "system.jsonl:2: the document `a` has neither `quotes` nor `attributions`",
        ),
        (
            r#"{"id":"a","quotes":[{"content":[[3,900]]}]}"#,
            "system.jsonl:2: the content 3..900 lies outside the text, which has 175 characters",
        ),
        (r#"{"id":"b","quotes":[]}"#, "system.jsonl:2: the document `b` is in line 1 already"),
    ] {
        let file = format!("{}\n{line}", r#"{"id":"b","quotes":[{"content":[[9,7]]}]}"#);
        let error = System::read("system.jsonl", file.as_bytes(), &gold).unwrap_err();
        assert_eq!(error.to_string(), message, "{line}");
    }
}
