//! Partial cases: what meets what, and what counts.

use super::*;
use crate::eval::Measure;

/// The text of most cases.
const DAM: &str = "Rain fell on Tuesday night. The dam broke two days later, in the spring of 2031.";

/// A mention as JSON: its words in `text`, type and value (`null` or a string).
fn mention(text: &str, words: &str, kind: &str, value: &str) -> String {
    let bytes = text.find(words).unwrap_or_else(|| panic!("no `{words}`"));
    let start = text[..bytes].chars().count();
    let end = start + words.chars().count();
    let value = if value == "null" { value.to_owned() } else { format!("\"{value}\"") };
    format!(r#"{{"start":{start},"end":{end},"type":"{kind}","value":{value}}}"#)
}

fn list(text: &str, mentions: &[(&str, &str, &str)]) -> String {
    let all: Vec<String> =
        mentions.iter().map(|(words, kind, value)| mention(text, words, kind, value)).collect();
    format!("[{}]", all.join(","))
}

fn gold(text: &str, mentions: &[(&str, &str, &str)]) -> Gold {
    let text_json = serde_json::to_string(text).unwrap();
    let line = format!(r#"{{"id":"a","text":{text_json},"timexes":{}}}"#, list(text, mentions));
    Gold::read("gold.jsonl", line.as_bytes()).unwrap()
}

fn system(text: &str, mentions: &[(&str, &str, &str)], gold: &Gold) -> System {
    let line = format!(r#"{{"id":"a","dates":{}}}"#, list(text, mentions));
    System::read("system.jsonl", line.as_bytes(), gold).unwrap()
}

/// The figures of one document, with the kinds of its slips.
fn measured(
    text: &str,
    wanted: &[(&str, &str, &str)],
    found: &[(&str, &str, &str)],
    choice: &Choice,
) -> (Figures, Vec<&'static str>) {
    let gold = gold(text, wanted);
    let system = system(text, found, &gold);
    let scores = score(&gold, &system, choice);
    let kind = |slip: &Slip<'_>| match slip.kind {
        SlipKind::Missed { .. } => "missed",
        SlipKind::Value { .. } => "value",
        SlipKind::Spurious { .. } => "spurious",
    };
    (scores.all, scores.slips.iter().map(kind).collect())
}

const THREE: &[(&str, &str, &str)] = &[
    ("Tuesday night", "TIME", "2031-04-08TNI"),
    ("two days later", "DATE", "2031-04-10"),
    ("the spring of 2031", "DATE", "2031-SP"),
];

fn right(measure: Measure) -> (usize, usize, usize) {
    (measure.right, measure.system, measure.gold)
}

#[test]
fn gold_against_itself_is_perfect() {
    let (figures, slips) = measured(DAM, THREE, THREE, &Choice::default());
    for measure in [figures.strict, figures.relaxed, figures.kind, figures.value, figures.strict_value] {
        assert_eq!(measure, Measure::of(3, 3, 3));
    }
    assert_eq!((figures.type_accuracy, figures.value_accuracy), (1.0, 1.0));
    assert!(slips.is_empty());
}

#[test]
fn spans_types_and_values_are_judged_apart() {
    let found = [
        // The right words, the wrong type and value.
        ("Tuesday night", "DATE", "2031-04-08"),
        // Part of the words, the right type and value.
        ("days later", "DATE", "2031-04-10"),
        // The right words and type, the wrong value.
        ("the spring of 2031", "DATE", "2030-SP"),
        ("Rain", "SET", "P1D"),
    ];
    let (figures, slips) = measured(DAM, THREE, &found, &Choice::default());
    assert_eq!(right(figures.strict), (2, 4, 3));
    assert_eq!(right(figures.relaxed), (3, 4, 3));
    assert_eq!(right(figures.kind), (2, 4, 3));
    assert_eq!(right(figures.value), (1, 4, 3));
    assert_eq!(right(figures.strict_value), (0, 4, 3));
    assert_eq!((figures.type_accuracy, figures.value_accuracy), (2.0 / 3.0, 1.0 / 3.0));
    assert_eq!(slips, ["value", "value", "spurious"]);
}

#[test]
fn one_expression_meets_one_other() {
    let all = [(DAM, "DATE", "2031-SP")];
    let (figures, slips) = measured(DAM, THREE, &all, &Choice::default());
    // The longest common part is that with "the spring of 2031".
    assert_eq!((right(figures.relaxed), right(figures.value)), ((1, 1, 3), (1, 1, 3)));
    assert_eq!(slips, ["missed", "missed"]);
}

#[test]
fn the_same_span_meets_before_a_longer_overlap_and_that_before_the_earlier() {
    let wanted = [("Tuesday night", "TIME", "A"), ("night. The dam broke", "DATE", "B")];
    // Both overlap with "night"; the second is the same span.
    let (figures, _) = measured(DAM, &wanted, &[("night. The dam broke", "DATE", "B")], &Choice::default());
    assert_eq!((right(figures.strict), right(figures.value)), ((1, 1, 2), (1, 1, 2)));
    // Five characters in common with the first, eight with the second.
    let (figures, _) = measured(DAM, &wanted, &[("night. The", "DATE", "B")], &Choice::default());
    assert_eq!(right(figures.value), (1, 1, 2));
    // Five characters in common with each: the earlier one is met.
    let (figures, _) = measured(DAM, &wanted, &[("night", "TIME", "A")], &Choice::default());
    assert_eq!(right(figures.value), (1, 1, 2));
}

#[test]
fn a_gold_expression_without_a_value_counts_for_its_span_alone() {
    for value in ["null", "", "  "] {
        let wanted = [("Tuesday night", "TIME", "2031-04-08TNI"), ("two days later", "DATE", value)];
        let found = [("Tuesday night", "TIME", "2031-04-08TNI"), ("days later", "DATE", "2031-04-10")];
        let (figures, slips) = measured(DAM, &wanted, &found, &Choice::default());
        assert_eq!((right(figures.relaxed), right(figures.kind)), ((2, 2, 2), (2, 2, 2)));
        assert_eq!((right(figures.value), figures.value_accuracy), ((1, 1, 1), 1.0));
        assert!(slips.is_empty());
        // Unmet, it is missed, and still counts for no value.
        let (figures, slips) = measured(DAM, &wanted, &found[..1], &Choice::default());
        assert_eq!((right(figures.relaxed), right(figures.value)), ((1, 1, 2), (1, 1, 1)));
        assert_eq!(slips, ["missed"]);
    }
}

#[test]
fn a_system_that_knows_no_value_is_wrong() {
    let (figures, slips) =
        measured(DAM, &THREE[..1], &[("Tuesday night", "TIME", "null")], &Choice::default());
    assert_eq!((right(figures.strict), right(figures.value)), ((1, 1, 1), (0, 1, 1)));
    assert_eq!(slips, ["value"]);
}

#[test]
fn spellings_are_one_value_unless_exact() {
    let wanted = [("the spring of 2031", "DATE", "203X")];
    let found = [("spring of 2031", "DATE", "203")];
    let (figures, _) = measured(DAM, &wanted, &found, &Choice::default());
    assert_eq!(right(figures.value), (1, 1, 1));
    let exact = Choice { exact: true, ..Choice::default() };
    let (figures, _) = measured(DAM, &wanted, &found, &exact);
    assert_eq!(right(figures.value), (0, 1, 1));
}

#[test]
fn types_are_those_of_the_gold_where_it_is_met() {
    let found = [("Tuesday night", "DATE", "2031-04-08"), ("Rain", "SET", "P1D")];
    let gold = gold(DAM, THREE);
    let system = system(DAM, &found, &gold);
    let scores = score(&gold, &system, &Choice::default());
    let counts: Vec<_> = scores.by_type.iter().map(|(kind, f)| (kind.unwrap(), right(f.relaxed))).collect();
    assert_eq!(counts, [("DATE", (0, 0, 2)), ("SET", (0, 1, 0)), ("TIME", (1, 1, 1))]);
    for (kind, counts) in
        [("TIME", (1, 1, 1)), ("DATE", (0, 0, 2)), ("SET", (0, 1, 0)), ("DURATION", (0, 0, 0))]
    {
        let choice = Choice { types: Some([kind.to_owned()].into()), ..Choice::default() };
        assert_eq!(right(score(&gold, &system, &choice).all.relaxed), counts, "{kind}");
    }
}

#[test]
fn the_header_is_left_out_on_both_sides() {
    let line =
        r#"{"id":"a","title":"Monday’s flood","text":"Monday’s flood\n\nMay 2, 2031 - It rained on Friday.",
        "timexes":[{"start":0,"end":6,"type":"DATE","value":"2031-04-28"},
        {"start":16,"end":27,"type":"DATE","value":"2031-05-02","in_header":true},
        {"start":43,"end":49,"type":"DATE","value":"2031-05-02","in_header":false}]}"#
            .replace('\n', " ");
    let gold = Gold::read("gold.jsonl", line.as_bytes()).unwrap();
    let system = System::read("system.jsonl", line.as_bytes(), &gold).unwrap();
    let all = score(&gold, &system, &Choice::default()).all;
    assert_eq!(right(all.value), (3, 3, 3));
    // The gold has only its marked expressions left out, the system all that lies before the body.
    let body = score(&gold, &system, &Choice { body_only: true, ..Choice::default() }).all;
    assert_eq!(right(body.value), (1, 1, 2));
}

#[test]
fn offsets_count_code_points() {
    let text = "🌊🌊 Seebeben – it struck at nine – in 2031.";
    let wanted = [("nine", "TIME", "2031-05-02T09:00"), ("2031", "DATE", "2031")];
    let (figures, _) = measured(text, &wanted, &wanted, &Choice::default());
    assert_eq!(right(figures.strict_value), (2, 2, 2));
    let line = r#"{"id":"a","text":"🌊🌊","timexes":[{"start":1,"end":3,"type":"DATE","value":null}]}"#;
    assert_eq!(
        Gold::read("gold.jsonl", line.as_bytes()).unwrap_err().to_string(),
        "gold.jsonl:1: the expression 1..3 lies outside the text, which has 2 characters"
    );
}

#[test]
fn documents_are_matched_by_id() {
    let text = r#""text":"May 2031","timexes":[{"start":0,"end":8,"type":"DATE","value":"2031-05"}]"#;
    let gold = format!("{{\"id\":\"a\",{text}}}\n\n{{\"id\":\"b\",{text}}}\n{{\"id\":\"c\",{text}}}\n");
    let gold = Gold::read("gold.jsonl", gold.as_bytes()).unwrap();
    let system = concat!(
        r#"{"id":"other","dates":[{"start":70,"end":80}]}"#,
        "\n",
        r#"{"id":"b","dates":[{"start":0,"end":8,"type":"DATE","value":"2031-05"}]}"#,
        "\r\n",
        r#"{"id":"c","dates":[]}"#,
    );
    let system = System::read("system.jsonl", system.as_bytes(), &gold).unwrap();
    let scores = score(&gold, &system, &Choice::default());
    assert_eq!((scores.unanswered, scores.unknown), (1, 1));
    assert_eq!(right(scores.all.value), (1, 1, 3));
    let each: Vec<_> = scores.by_document.iter().map(|(id, f)| (*id, right(f.value))).collect();
    assert_eq!(each, [("a", (0, 0, 1)), ("b", (1, 1, 1)), ("c", (0, 0, 1))]);
}

#[test]
fn what_is_wrong_with_a_gold_line_is_said_to_the_letter() {
    let good = r#"{"id":"a","text":"In May.","timexes":[]}"#;
    let with = |timex: &str| format!(r#"{{"id":"b","text":"In May.","timexes":[{timex}]}}"#);
    for (line, message) in [
        ("{\"id\":".to_owned(), "gold.jsonl:3: not a gold document: EOF while parsing a value (column 6)"),
        (
            "7".to_owned(),
            "gold.jsonl:3: not a gold document: invalid type: integer `7`, expected an object (column 1)",
        ),
        (
            r#"{"id":"b","timexes":[]}"#.to_owned(),
            "gold.jsonl:3: not a gold document: missing field `text` (column 23)",
        ),
        (
            r#"{"id":7,"text":"","timexes":[]}"#.to_owned(),
            "gold.jsonl:3: not a gold document: invalid type: integer `7`, expected a string (column 7)",
        ),
        (good.to_owned(), "gold.jsonl:3: the document `a` is in line 1 already"),
        (
            with(r#"{"start":3,"end":8,"type":"DATE","value":"XXXX-05"}"#),
            "gold.jsonl:3: the expression 3..8 lies outside the text, which has 7 characters",
        ),
        (
            with(r#"{"start":6,"end":3,"type":"DATE","value":"XXXX-05"}"#),
            "gold.jsonl:3: the expression 6..3 is empty",
        ),
        (
            with(r#"{"start":-3,"end":6,"type":"DATE","value":"XXXX-05"}"#),
            "gold.jsonl:3: not a gold document: invalid value: integer `-3`, expected u32 (column 49)",
        ),
        (with(r#"{"start":3,"end":6,"value":"XXXX-05"}"#), "gold.jsonl:3: the expression 3..6 has no `type`"),
    ] {
        let file = format!("{good}\n\n{line}\n");
        let error = Gold::read("gold.jsonl", file.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), message, "{line}");
    }
    let error = Gold::read("gold.jsonl", b"{\"id\":\"\xff\"}").unwrap_err().to_string();
    assert_eq!(error, "gold.jsonl:1: not a gold document: invalid unicode code point (column 8)");
}

#[test]
fn what_is_wrong_with_a_system_line_is_said_to_the_letter() {
    let gold = gold(DAM, THREE);
    for (line, message) in [
        (
            r#"{"id":"a","error":{"code":"bad-date"}}"#,
            "system.jsonl:2: the document `a` has neither `dates` nor `timexes`",
        ),
        (
            r#"{"id":null,"error":{"code":"bad-json"}}"#,
            "system.jsonl:2: not a system's document: invalid type: null, expected a string (column 10)",
        ),
        (
            r#"{"id":"a","dates":[{"start":3,"end":90,"type":"DATE","value":"2031"}]}"#,
            "system.jsonl:2: the expression 3..90 lies outside the text, which has 80 characters",
        ),
        (r#"{"id":"b","dates":[]}"#, "system.jsonl:2: the document `b` is in line 1 already"),
    ] {
        let file = format!("{}\n{line}", r#"{"id":"b","dates":[{"start":9,"end":7}]}"#);
        let error = System::read("system.jsonl", file.as_bytes(), &gold).unwrap_err();
        assert_eq!(error.to_string(), message, "{line}");
    }
}
