//! Schema 1 to the letter.

use serde_json::Value as Json;

use super::*;
use crate::annotate::timex::{Season, Value};
use crate::annotate::{SpeakerKind, Venue};
use crate::record::sample::{Sample, day};

fn small() -> Sample {
    let text = "date 2025-12-06 \nBÉRN - “We agreed”, Ms Ann Lée told AFP on Dec 5 on the radio. AFP";
    let sample = Sample::new("bern", text)
        .zone(ZoneKind::Header, "date 2025-12-06 ")
        .zone(ZoneKind::Dateline, "BÉRN - ")
        .person("Ann Lée", "minister", &["Ann Lée"])
        .quote("q-1f3a9c02", 0, "Ms Ann Lée", &["“We agreed”"])
        .said(day(2025, 12, 5))
        .date("Dec 5", Value::Day(day(2025, 12, 5)));
    let (told, venue, cue) = (sample.at("AFP"), sample.at("on the radio"), sample.at("told"));
    let place = sample.at("BÉRN");
    let mut sample = sample.last(|q| {
        q.cue = vec![cue];
        q.told_to = Some(told);
        q.venue = Some(Venue { span: venue, text: "on the radio".into() });
    });
    let end = sample.record.article.document.text.len();
    sample.record.article.document.dateline =
        Some(Dateline { span: place, place: "BÉRN".into(), day: None });
    sample.record.article.document.credit =
        Some(Credit { span: Span::new(end - 3, end), outlets: vec!["AFP".into()] });
    sample
}

#[test]
fn a_record_is_written_as_schema_1_says() {
    assert_eq!(
        to_json(&small().record, false),
        concat!(
            r#"{"schema":1,"id":"bern","date":"2025-12-06","title":"Headline of bern","#,
            r#""zones":[{"kind":"header","span":[0,16]},{"kind":"dateline","span":[17,24]}],"#,
            r#""dateline":{"span":[17,21],"place":"BÉRN","date":null},"#,
            r#""credit":{"span":[80,83],"outlets":["AFP"]},"#,
            r#""people":[{"id":"p1","name":"Ann Lée","kind":"person","roles":["minister"],"mentions":[[40,47]]}],"#,
            r#""quotes":[{"id":"q-1f3a9c02","act":"statement","form":"direct","source":[[37,47]],"#,
            r#""cue":[[48,52]],"content":[[24,35]],"#,
            r#""speaker":{"id":"p1","name":"Ann Lée","kind":"person"},"said_on":"2025-12-05","#,
            r#""said_on_basis":"text","venue":{"span":[66,78],"text":"on the radio"},"#,
            r#""told_to":{"span":[53,56],"text":"AFP"},"confidence":0.97,"provenance":"rule","#,
            r#""repeats":null,"standfirst":false}],"#,
            r#""dates":[{"id":"t1","start":60,"end":65,"text":"Dec 5","type":"DATE","value":"2025-12-05","#,
            r#""mod":null,"begin_day":null,"end_day":null,"anchor":null,"confidence":0.99,"provenance":"rule"}],"#,
            r#""intervals":[]}"#,
        )
    );
}

/// Every span of `json` lies inside a text of `length` code points; zones and dates are sorted.
fn assert_valid(json: &Json, length: u64) {
    let pair = |span: &Json| {
        let (start, end) = (span[0].as_u64().unwrap(), span[1].as_u64().unwrap());
        assert!(start < end && end <= length, "{span} in {length}");
        start
    };
    let sorted = |starts: Vec<u64>| assert!(starts.is_sorted(), "{starts:?}");
    let list = |value: &Json| value.as_array().unwrap().clone();
    sorted(list(&json["zones"]).iter().map(|z| pair(&z["span"])).collect());
    sorted(list(&json["dates"]).iter().map(|d| d["start"].as_u64().unwrap()).collect());
    sorted(list(&json["quotes"]).iter().map(|q| pair(&q["content"][0])).collect());
    for person in list(&json["people"]) {
        sorted(list(&person["mentions"]).iter().map(pair).collect());
    }
    for quote in list(&json["quotes"]) {
        for part in ["source", "cue", "content"] {
            sorted(list(&quote[part]).iter().map(pair).collect());
        }
    }
}

#[test]
fn offsets_count_code_points_of_the_text_that_goes_with_them() {
    let json: Json = serde_json::from_str(&to_json(&small().record, true)).unwrap();
    let text: Vec<char> = json["text"].as_str().unwrap().chars().collect();
    assert_valid(&json, text.len() as u64);
    let slice = |from: usize, to: usize| text[from..to].iter().collect::<String>();
    assert_eq!(slice(24, 35), "“We agreed”");
    assert_eq!(slice(60, 65), json["dates"][0]["text"].as_str().unwrap());
}

#[test]
fn a_derived_headline_and_an_unknown_speaker_are_null() {
    let speaker = Speaker { person: None, name: "Kyiv official".into(), kind: SpeakerKind::Unnamed };
    let mut record = Sample::new("a", "“Yes.” “No.”")
        .meta(|m| m.title.derived = true)
        .quote_of("q-1", Some(speaker), "", &["“Yes.”"])
        .quote_of("q-2", None, "", &["“No.”"])
        .record;
    record.article.path = "content/talks/index.md".into();
    let json: Json = serde_json::from_str(&to_json(&record, true)).unwrap();
    assert_eq!((&json["id"], &json["title"]), (&Json::from("talks"), &Json::Null));
    let expected = serde_json::json!({"id": null, "name": "Kyiv official", "kind": "unnamed"});
    assert_eq!((&json["quotes"][0]["speaker"], &json["quotes"][1]["speaker"]), (&expected, &Json::Null));
}

#[test]
fn a_season_has_its_days_and_an_interval_the_dates_at_its_ends() {
    let mut record = Sample::new("a", "Open in spring 2025 from April 2 to April 5.")
        .date("spring 2025", Value::Season(2025, Season::Spring))
        .date("April 2", Value::Day(day(2025, 4, 2)))
        .date("April 5", Value::Day(day(2025, 4, 5)))
        .interval(1, 2)
        .record;
    record.annotations.timexes[1].anchor = Some(Anchor::Publication);
    let json: Json = serde_json::from_str(&to_json(&record, true)).unwrap();
    let (season, first) = (&json["dates"][0], &json["dates"][1]);
    assert_eq!((&season["begin_day"], &season["end_day"]), (&"2025-03-01".into(), &"2025-05-31".into()));
    assert_eq!((&first["begin_day"], &first["anchor"]), (&Json::Null, &"publication".into()));
    assert_eq!(
        json["intervals"],
        serde_json::json!([{
            "id": "i1", "begin": "t2", "end": "t3", "span": [25, 43], "text": "April 2 to April 5",
            "value": "2025-04-02/2025-04-05",
        }])
    );
}

#[test]
fn a_bad_line_is_answered() {
    assert_eq!(
        error_line(Some("x\"y"), "bad-date", "`5` is no date", 3),
        r#"{"id":"x\"y","error":{"code":"bad-date","message":"`5` is no date","line":3}}"#
    );
    assert!(error_line(None, "bad-json", "", 1).starts_with(r#"{"id":null,"#));
}
