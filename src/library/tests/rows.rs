//! Briefs, days, stories, outlets and places.

use chrono::DateTime;

use super::*;
use crate::annotate::timex::{Clock, Season};
use crate::library::permalink;

#[test]
fn briefs_are_newest_first_by_day_time_and_slug() {
    let at = |slug: &str, hour: u32| {
        let time = DateTime::parse_from_rfc3339(&format!("2025-12-06T{hour:02}:00:00Z")).unwrap();
        brief(slug, day(2025, 12, 6)).with(|f| f.published.time = Some(time))
    };
    let (library, _) = fold(vec![
        at("late", 20),
        brief("old", day(2025, 12, 5)),
        brief("b", day(2025, 12, 6)),
        at("early", 8),
        brief("a", day(2025, 12, 6)),
    ]);
    let slugs: Vec<_> = library.briefs.iter().map(|b| b.slug.as_str()).collect();
    assert_eq!(slugs, ["late", "early", "a", "b", "old"]);
}

#[test]
fn days_keep_their_three_lists_apart() {
    let month = Value::Month(2025, 11);
    let (library, _) = fold(vec![
        brief("new", day(2025, 12, 6))
            .names("Ann Lee", &[])
            .says("“On the fifth.”", Some(Value::Day(day(2025, 12, 5))))
            .says("“In November.”", Some(month))
            .says("“Who knows when.”", None)
            .dated(Value::Time(day(2025, 12, 5), Clock::At { hour: 9, minute: None, zone: None }))
            .dated(month)
            .dated(Value::Week(2025, 49))
            .dated(Value::Season(2025, Season::Spring))
            .dated(Value::Decade(196)),
        brief("old", day(2025, 12, 5)),
    ]);
    let fifth = &library.days[&day(2025, 12, 5)];
    assert_eq!((fifth.said.as_slice(), fifth.published.as_slice()), (&[0][..], &[1][..]));
    assert_eq!(fifth.dated, [(0, 0)]);
    assert_eq!(library.months[&(2025, 11)].said, [1]);
    assert_eq!(library.months[&(2025, 11)].dated, [(0, 1)]);
    assert_eq!(library.months[&(2025, 12)].dated, [(0, 2)], "the week that starts on December 1");
    assert_eq!(library.years[&2025].dated, [(0, 3)]);
    let months: Vec<_> = library.months.keys().copied().collect();
    assert_eq!((months, library.years.keys().copied().collect()), (vec![(2025, 11), (2025, 12)], vec![2025]));
    for (value, page) in [
        (Value::Day(day(2025, 12, 5)), Some("/days/2025/12/05/")),
        (Value::Day(day(2025, 12, 4)), None),
        (Value::Week(2025, 49), Some("/days/2025/12/#w49")),
        (Value::Weekend(2025, 49), Some("/days/2025/12/")),
        (Value::Season(2025, Season::Spring), Some("/days/2025/#spring")),
        (Value::Decade(196), Some("/days/#d1960s")),
        (Value::Decade(202), Some("/days/#d2020s")),
        (Value::Decade(195), None),
        (Value::Century(19), None),
        (month, Some("/days/2025/11/")),
        (Value::Season(2025, Season::Winter), Some("/days/2025/")),
        (Value::Year(2024), None),
        (Value::Present, None),
    ] {
        assert_eq!(library.calendar_page(value).as_deref(), page, "{value}");
    }
    assert_eq!(library.profiles[0].statements, [1, 0, 2], "by the day of speaking, else of publication");
}

#[test]
fn an_interval_stands_on_the_smallest_page_that_holds_it_and_its_ends_on_theirs() {
    let on = |month, number| Value::Day(day(2025, month, number));
    let (library, _) = fold(vec![
        brief("a", day(2025, 12, 6))
            .dated(on(12, 2))
            .until(on(12, 5))
            .dated(Value::Month(2025, 4))
            .until(Value::Month(2025, 6))
            .dated(Value::Year(1961))
            .until(Value::Year(1972)),
    ]);
    assert_eq!(library.days[&day(2025, 12, 2)].dated, [(0, 0)], "the end of an interval is a day, too");
    assert_eq!(library.months[&(2025, 12)].dated, [(0, 1)]);
    assert_eq!(library.years[&2025].dated, [(0, 3)]);
    assert_eq!(library.decades[&196].dated, [(0, 5)]);
    for (begin, end, page) in [
        (on(12, 2), on(12, 5), Some("/days/2025/12/#from-2025-12-02--2025-12-05")),
        (Value::Month(2025, 4), Value::Month(2025, 6), Some("/days/2025/#from-2025-04--2025-06")),
        (Value::Year(1961), Value::Year(1972), Some("/days/#from-1961--1972")),
        (Value::Year(1861), Value::Year(1872), None),
        (Value::Past, Value::Year(1972), None),
    ] {
        assert_eq!(library.interval_page(begin, end).as_deref(), page);
    }
}

#[test]
fn a_year_without_an_address_has_no_page() {
    let far = NaiveDate::from_ymd_opt(20_000, 1, 1).unwrap();
    let (library, _) = fold(vec![
        brief("a", day(2025, 1, 1))
            .dated(Value::Day(far))
            .dated(Value::Year(-5))
            .dated(Value::Month(2025, 13)),
    ]);
    assert_eq!(library.days.keys().copied().collect::<Vec<_>>(), [day(2025, 1, 1)]);
    assert_eq!(library.months.keys().copied().collect::<Vec<_>>(), [(2025, 1)]);
    assert_eq!(library.years.keys().copied().collect::<Vec<_>>(), [2025]);
}

#[test]
fn stories_run_from_old_to_new_and_know_their_neighbours() {
    let part = |slug: &str, on| brief(slug, on).with(|f| f.story = Some("The Talks".into()));
    let (library, _) = fold(vec![
        part("one", day(2025, 1, 1)),
        part("three", day(2025, 1, 3)),
        brief("other", day(2025, 1, 2)),
        part("two", day(2025, 1, 2)),
    ]);
    let slug = |id: usize| library.briefs[id].slug.as_str();
    let story = &library.stories[0];
    assert_eq!(story.briefs.iter().map(|b| slug(*b)).collect::<Vec<_>>(), ["one", "two", "three"]);
    let neighbours = |id| {
        let (before, after) = library.story_neighbours(id);
        (before.map(slug), after.map(slug))
    };
    assert_eq!(neighbours(story.briefs[0]), (None, Some("two")));
    assert_eq!(neighbours(story.briefs[1]), (Some("one"), Some("three")));
    assert_eq!(neighbours(story.briefs[2]), (Some("two"), None));
    assert_eq!(permalink::story(&story.id), "/stories/the-talks/");
}

#[test]
fn no_outlet_is_guessed_and_the_sites_own_stands_in() {
    let named = || {
        let place = |f: &mut Facts| f.place = Some("WASHINGTON/KYIV".into());
        vec![
            brief("a", day(2025, 1, 1)).with(|f| f.outlet = Some("The Daily".into())).with(place),
            brief("b", day(2025, 1, 2)),
        ]
    };
    let (library, _) = fold(named());
    assert_eq!(library.briefs.iter().map(|b| b.outlet).collect::<Vec<_>>(), [None, Some(0)]);
    assert_eq!(library.places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["Kyiv", "Washington"]);
    assert_eq!(library.briefs[1].place, Some(1));
    let mut settings = settings(Vec::new());
    settings.site.outlet = Some("Own Desk".into());
    let (library, _) = Library::fold(&named().into_iter().map(|d| d.0).collect::<Vec<_>>(), &settings);
    let outlets: Vec<_> = library.outlets.iter().map(|o| (o.id.as_str(), o.briefs.as_slice())).collect();
    assert_eq!(outlets, [("own-desk", &[0][..]), ("the-daily", &[1])]);
}

#[test]
fn voices_come_in_the_order_of_their_first_words() {
    let (library, _) = fold(vec![
        brief("a", day(2025, 1, 1)).speaker("Cy Dahl", &[]).speaker("Ann Lee", &[]).says("“Again.”", None),
        brief("b", day(2025, 1, 2))
            .speaker("Bo Ek", &[])
            .row("Envoys", SpeakerKind::Group, &[])
            .says("“No.”", None),
    ]);
    let voices: Vec<_> = library.voices(1).into_iter().map(|v| (v.speaker, v.count, v.first)).collect();
    assert_eq!(voices, [("Cy Dahl".into(), 1, 2), ("Ann Lee".into(), 2, 3)]);
    assert_eq!(library.voices(0)[1].profile, None);
    let most: Vec<_> = library
        .most_quoted(&[0, 1], 2)
        .into_iter()
        .map(|(p, n)| (library.profiles[p].id.as_str(), n))
        .collect();
    assert_eq!(most, [("ann-lee", 2), ("bo-ek", 1)]);
}
