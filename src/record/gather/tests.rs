//! Facts out of a record, and what they keep to themselves.

use proptest::prelude::*;

use super::*;
use crate::record::sample::{Sample, day};
use crate::text::Document;

const TEXT: &str = "Talks open soon.\n\
    OSLO - Ann Lee, the minister, met Bo Ek. “We agreed on May 5,” she said on the radio.\n\
    Nothing was heard on May 6. “It may rain,” Bo Ek said, “or snow,” on May 7 at noon on May 7.\n";

fn sample() -> Sample {
    Sample::new("oslo", TEXT)
        .zone(ZoneKind::Standfirst, "Talks open soon.")
        .zone(ZoneKind::Dateline, "OSLO - ")
        .person("Ann Lee", "minister", &["Ann Lee"])
        .person("Bo Ek", "", &["Bo Ek"])
        .person("Cy Dahl", "pilot", &[])
        .quote("q-1", 0, "she", &["“We agreed on May 5,”"])
        .said(day(2025, 5, 8))
        .quote("q-2", 1, "Bo Ek said", &["“It may rain,”", "“or snow,”"])
        .date("May 5", Value::Day(day(2025, 5, 5)))
        .date("May 6", Value::Day(day(2025, 5, 6)))
        .date("May 7 at", Value::Day(day(2025, 5, 7)))
        .date("May 7.", Value::Day(day(2025, 5, 7)))
}

fn facts(sample: Sample) -> Facts {
    Facts::of(&sample.record, 0.8).unwrap()
}

#[test]
fn words_are_joined_and_a_pronoun_brings_the_sentence_before() {
    let facts = facts(sample());
    let said = &facts.statements;
    assert_eq!((said[0].person, &*said[0].words), (Some(0), "“We agreed on May 5,”"));
    assert_eq!(
        &*said[0].context,
        "Ann Lee, the minister, met Bo Ek. “We agreed on May 5,” she said on the radio."
    );
    assert_eq!(&*said[1].words, "“It may rain,” … “or snow,”");
    assert_eq!(&*said[1].context, "“It may rain,” Bo Ek said, “or snow,” on May 7 at noon on May 7.");
    assert_eq!(said[0].said_on, Some(Value::Day(day(2025, 5, 8))));
    assert_eq!(facts.description, "Talks open soon.");
}

#[test]
fn a_value_is_listed_once_a_sentence_and_keeps_its_own_number() {
    let dates = facts(sample()).dates;
    let listed: Vec<_> = dates.iter().map(|d| (&*d.timex, &*d.words)).collect();
    assert_eq!(listed, [("t1", "May 5"), ("t2", "May 6"), ("t3", "May 7 at")]);
    assert_eq!(&*dates[1].sentence, "Nothing was heard on May 6.");
}

#[test]
fn only_sure_statements_of_somebody_that_repeat_no_other_count() {
    let count = |change: fn(&mut Quote)| facts(sample().last(change)).statements.len();
    assert_eq!(count(|_| {}), 2);
    assert_eq!(count(|q| q.confidence = 0.79), 1);
    assert_eq!(count(|q| q.act = Act::Position), 1);
    assert_eq!(count(|q| q.act = Act::None), 1);
    assert_eq!(count(|q| q.repeats = Some("q-1".into())), 1);
    assert_eq!(count(|q| q.speaker = None), 1);
}

#[test]
fn quoted_words_of_nobody_certain_are_open_and_carry_no_name() {
    let open = |change: fn(&mut Quote)| facts(sample().last(change)).open;
    let unsure = open(|q| q.confidence = 0.79);
    assert_eq!(unsure.len(), 1);
    assert_eq!((&*unsure[0].quote, &*unsure[0].words), ("q-2", "“It may rain,” … “or snow,”"));
    assert!(!format!("{unsure:?}").contains("Bo Ek"));
    assert_eq!(open(|q| q.speaker = None), unsure);
    assert_eq!(open(|_| {}), [], "what counts is not open");
    assert_eq!(open(|q| (q.act, q.confidence) = (Act::Position, 0.5)), []);
    assert_eq!(open(|q| (q.repeats, q.confidence) = (Some("q-1".into()), 0.5)), []);
    assert_eq!(open(|q| (q.form, q.confidence) = (Form::Indirect, 0.5)), []);
}

#[test]
fn the_unnamed_have_no_row_and_the_named_get_one() {
    let speaker = |name: &str, kind| Speaker { person: None, name: name.into(), kind };
    let of = |who| facts(sample().last(|q| q.speaker = Some(who)));
    let unnamed = of(speaker("Oslo official", SpeakerKind::Unnamed));
    assert_eq!((unnamed.statements[1].person, unnamed.people.len()), (None, 3));
    assert_eq!(&*unnamed.statements[1].speaker, "Oslo official");
    assert_eq!(of(speaker("BO EK", SpeakerKind::Person)).statements[1].person, Some(1));
    let added = of(speaker("Di Moe", SpeakerKind::Person));
    assert_eq!((added.statements[1].person, added.people.len()), (Some(3), 4));
}

#[test]
fn an_excerpt_gives_away_no_other_sentence() {
    let facts = facts(sample().meta(|m| m.show = Show::Excerpt));
    assert_eq!(&*facts.statements[0].context, "“We agreed on May 5,” she said on the radio.");
    let dates: Vec<_> = facts.dates.iter().map(|d| &*d.timex).collect();
    assert_eq!(dates, ["t1", "t3"]);
    let named: Vec<_> = facts.people.iter().map(|p| p.as_ref().map(|p| p.roles.len())).collect();
    assert_eq!(named, [Some(0), Some(0), None], "the minister's sentence is not shown");
    assert!(!format!("{facts:?}").contains("Nothing was heard"));
}

#[test]
fn quotes_alone_give_away_nothing_but_quotations() {
    let venue =
        |s: &Sample| crate::annotate::Venue { span: s.at("on the radio"), text: "on the radio".into() };
    let mut sample = sample().meta(|m| m.show = Show::Quotes);
    sample.record.annotations.quotes[0].venue = Some(venue(&sample));
    let facts = facts(sample);
    assert_eq!(&*facts.statements[0].context, "“We agreed on May 5,”");
    assert_eq!(facts.statements[0].venue, None);
    let dates: Vec<_> = facts.dates.iter().map(|d| (&*d.timex, &*d.sentence)).collect();
    assert_eq!(dates, [("t1", "“We agreed on May 5,”")]);
    assert_eq!(facts.description, "“We agreed on May 5,”");
    assert!(facts.people[2].is_none());
}

#[test]
fn an_interval_stands_behind_its_begin_and_a_date_knows_in_whose_words_it_is() {
    let text = "“We meet from May 2 to May 5,” Ann Lee said in 2024. Nobody came.";
    let sample = || {
        Sample::new("a", text)
            .person("Ann Lee", "pilot", &["Ann Lee"])
            .quote("q-1", 0, "Ann Lee", &["“We meet from May 2 to May 5,”"])
            .date("May 2", Value::Day(day(2025, 5, 2)))
            .date("May 5", Value::Day(day(2025, 5, 5)))
            .date("2024", Value::Year(2024))
            .interval(0, 1)
    };
    let rows = |facts: &Facts| -> Vec<(String, Option<String>, Option<usize>)> {
        let row = |d: &DateFacts| (d.words.to_string(), d.until.map(|v| v.to_string()), d.statement);
        facts.dates.iter().map(row).collect()
    };
    let one = |words: &str, until: Option<&str>, statement| (words.into(), until.map(Into::into), statement);
    assert_eq!(
        rows(&facts(sample())),
        [
            one("May 2", None, Some(0)),
            one("May 2 to May 5", Some("2025-05-05"), Some(0)),
            one("May 5", None, Some(0)),
            one("2024", None, None),
        ]
    );
    let mut unsure = sample();
    unsure.record.annotations.quotes[0].confidence = 0.5;
    unsure.record.annotations.timexes[1].confidence = 0.5;
    let unsure = rows(&facts(unsure));
    assert_eq!(
        unsure,
        [one("May 2", None, None), one("2024", None, None)],
        "unsure: nobody's, and no interval"
    );
}

#[test]
fn before_a_day_is_not_that_day_and_a_plain_page_has_no_facts() {
    let mut sample = sample();
    sample.record.annotations.timexes[1].modifier = Some(Modifier::Before);
    assert_eq!(facts(sample).dates.len(), 2);
    assert_eq!(Facts::of(&Sample::new("about", "Us.").meta(|m| m.date = None).record, 0.8), None);
}

#[test]
fn a_long_opening_is_cut_after_a_word() {
    let long = facts(Sample::new("long", &format!("{}end.", "word, ".repeat(50)))).description;
    assert!(long.ends_with("word…") && long.chars().count() <= DESCRIPTION, "{long}");
    let empty = Sample::new("none", "");
    let document: &Document = &empty.record.article.document;
    assert!(document.blocks.is_empty());
    assert_eq!(facts(empty).description, "Headline of none");
}

/// Two places of `text` in order, on character borders.
fn place(text: &str, a: usize, b: usize) -> Span {
    let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (a, b) = (borders[a % borders.len()], borders[b % borders.len()]);
    Span::new(a.min(b), a.max(b))
}

proptest! {
    #[test]
    fn no_text_and_no_place_make_it_panic_or_show_what_is_hidden(
        text in "(\\PC|\n|\\. ){0,80}",
        parts in prop::collection::vec((any::<usize>(), any::<usize>()), 0..8),
    ) {
        for show in [Show::Full, Show::Excerpt, Show::Quotes] {
            let mut sample = Sample::new("any", &text).person("Ann Lee", "pilot", &[]).meta(|m| m.show = show);
            for (index, (a, b)) in parts.iter().enumerate() {
                let span = place(&text, *a, *b);
                if index % 2 == 0 {
                    sample = sample.quote(&format!("q-{index}"), 0, "", &[]).last(|q| q.content = vec![span]);
                } else {
                    sample = sample.date("", Value::Year(2000 + i32::try_from(index).unwrap()));
                    sample.record.annotations.timexes.last_mut().unwrap().span = span;
                }
            }
            let record = &sample.record;
            let facts = Facts::of(record, 0.8).unwrap();
            let json = crate::record::written::to_json(record, true);
            let whole = !parts.iter().any(|(a, b)| place(&text, *a, *b).is_empty());
            prop_assert_eq!(crate::record::read::annotations(&json, &text).is_ok(), whole);
            if show == Show::Quotes {
                let shown: Vec<&str> = facts.statements.iter().map(|s| &*s.words).collect();
                let reading = Reading::of(&record.article.document);
                let all = Shown::of(record).spans().map(|s| reading.joined(s)).unwrap_or_default();
                prop_assert!(shown.iter().all(|words| all.contains(words)));
                prop_assert!(facts.open.iter().all(|open| all.contains(&*open.words)));
                prop_assert!(facts.dates.iter().all(|d| all.contains(&*d.sentence)));
            }
        }
    }
}

#[test]
fn a_statement_knows_whom_its_words_name_and_not_whom_their_sentence_does() {
    const NAMES: &str = "“We heard Bo Ek and Cy Dahl,” Ann Lee told Di Moe.\n";
    let sample = Sample::new("names", NAMES)
        .person("Bo Ek", "", &["Bo Ek"])
        .person("Cy Dahl", "", &["Cy Dahl"])
        .person("Ann Lee", "", &["Ann Lee"])
        .person("Di Moe", "", &["Di Moe"])
        .quote("q-1", 2, "Ann Lee", &["“We heard Bo Ek and Cy Dahl,”"]);
    assert_eq!(facts(sample).statements[0].names, [0, 1]);
    let own = Sample::new("own", "“Bo Ek is back,” Bo Ek said.\n").person("Bo Ek", "", &["Bo Ek"]).quote(
        "q-1",
        0,
        "Bo Ek said",
        &["“Bo Ek is back,”"],
    );
    assert_eq!(facts(own).statements[0].names, [0; 0], "nobody speaks of others by their own name");
}

#[test]
fn words_that_the_text_gives_to_nobody_keep_their_sentence_and_others_do_not() {
    let nobody = |change: fn(&mut Quote)| facts(sample().last(change)).open[0].nobody.clone();
    let orphaned = |q: &mut Quote| (q.speaker, q.source) = (None, Vec::new());
    assert_eq!(
        nobody(orphaned).as_deref(),
        Some("“It may rain,” Bo Ek said, “or snow,” on May 7 at noon on May 7.")
    );
    assert_eq!(nobody(|q| q.speaker = None), None, "its source is told");
    assert_eq!(nobody(|q| q.confidence = 0.5), None, "somebody possibly speaks");
    let excerpt = facts(sample().last(orphaned).meta(|m| m.show = Show::Excerpt)).open;
    assert_eq!(excerpt[0].nobody.as_deref(), Some("“It may rain,” … “or snow,”"));
}
