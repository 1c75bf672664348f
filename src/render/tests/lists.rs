//! Lists that are narrowed, long, or about nobody: the pages of speakers, groups and years.

use super::*;
use crate::annotate::{Basis, Form};
use crate::library::{OpenQuote, ProfileId};

/// The id of a speaker by name.
fn speaker(fixture: &Fixture, name: &str) -> ProfileId {
    fixture.library.profiles.iter().position(|profile| profile.name == name).unwrap()
}

/// Gives a speaker `number` more statements, in turn one in the exact words and one reported, in the
/// briefs in turn, one each day from `first` on.
fn talk(fixture: &mut Fixture, name: &str, number: usize, first: NaiveDate) {
    let id = speaker(fixture, name);
    let like = fixture.library.statements[fixture.library.profiles[id].statements[0]].clone();
    for (index, day) in first.iter_days().take(number).enumerate() {
        let mut said = like.clone();
        said.brief = index % 2;
        said.form = if index % 2 == 0 { Form::Direct } else { Form::Indirect };
        (said.quote, said.words) = (format!("q-{index:08x}").into(), format!("“Word {index}.”").into());
        said.context.clone_from(&said.words);
        (said.said_on, said.basis) = (Some(Value::Day(day)), Some(Basis::Text));
        fixture.library.statements.push(said);
        let added = fixture.library.statements.len() - 1;
        fixture.library.profiles[id].statements.push(added);
    }
    let library = &mut fixture.library;
    let when = |id: &usize| (library.statements[*id].when(), library.statements[*id].published, *id);
    library.profiles[id].statements.sort_by_key(when);
    library.take_calendar(library.calendar());
}

/// The paths below one folder, without index.html.
fn below<'p>(pages: &'p BTreeMap<String, String>, folder: &str) -> Vec<&'p str> {
    let paths = pages.keys().filter_map(|path| path.strip_prefix(folder)?.strip_suffix("index.html"));
    paths.collect()
}

#[test]
fn statements_are_narrowed_by_plain_links_where_that_leaves_some_out_and_some_in() {
    let mut fixture = Fixture::new();
    assert_eq!(below(&rendered(&fixture), "speakers/tomas-okoye/"), [""], "few are read faster");
    talk(&mut fixture, "Tomas Okoye", 12, fixture::day(2019, 1, 1));
    let pages = rendered(&fixture);
    assert_eq!(
        below(&pages, "speakers/tomas-okoye/"),
        ["direct/", "", "outlets/harbour-post/", "reported/", "topics/shipping/", "topics/town-hall/"]
    );
    let page = &pages["speakers/tomas-okoye/index.html"];
    let narrow = between(page, "<nav class=\"narrow\" aria-label=\"Narrow the statements\">", "</nav>");
    for (path, html) in &pages {
        let Some(rest) =
            path.strip_prefix("speakers/tomas-okoye/").filter(|rest| rest.ends_with("/index.html"))
        else {
            continue;
        };
        let folder = rest.strip_suffix("index.html").unwrap();
        assert!(narrow.contains(&format!("href=\"/port/speakers/tomas-okoye/{folder}\"")), "{narrow}");
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        assert!(
            html.contains(&format!("href=\"/port/speakers/tomas-okoye/{folder}\" aria-current=\"page\""))
        );
        let count: usize = between(
            &narrow[narrow.find(&format!("tomas-okoye/{folder}\"")).unwrap()..],
            "<span class=\"n\">",
            "<",
        )
        .parse()
        .unwrap();
        let total = fixture.library.profiles[speaker(&fixture, "Tomas Okoye")].statements.len();
        assert!(0 < count && count < total, "{path}: {count}");
        assert_eq!(html.matches("<a class=\"said").count(), count, "{path}");
        assert!(!pages["sitemap.xml"].contains(&format!("tomas-okoye/{folder}<")));
    }
    let direct = between(&pages["speakers/tomas-okoye/direct/index.html"], "<main", "class=\"notes\"");
    assert!(direct.contains("Word 2.") && !direct.contains("Word 3.") && !direct.contains(" reported\""));
    let reported = between(&pages["speakers/tomas-okoye/reported/index.html"], "<main", "class=\"notes\"");
    assert!(reported.contains("Word 3.") && !reported.contains("Word 2."));
    assert!(reported.contains("<span class=\"vh\">reported: </span>“Word 3.”</a>"), "not by the line alone");
}

#[test]
fn many_statements_stand_on_the_pages_of_their_years_each_once() {
    let mut fixture = Fixture::new();
    talk(&mut fixture, "Tomas Okoye", 700, fixture::day(2021, 6, 1));
    let pages = rendered(&fixture);
    let years: Vec<&str> =
        below(&pages, "speakers/tomas-okoye/").into_iter().filter(|path| path.starts_with("20")).collect();
    assert_eq!(years, ["2021/2/", "2021/", "2022/2/", "2022/", "2023/", "2024/"]);
    let told = |path: &&str| {
        pages[&format!("speakers/tomas-okoye/{path}index.html")].matches("<a class=\"said").count()
    };
    let total = fixture.library.profiles[speaker(&fixture, "Tomas Okoye")].statements.len();
    assert_eq!(years.iter().map(told).sum::<usize>(), total);
    assert!(years.iter().all(|path| told(path) <= 200));
    let first = &pages["speakers/tomas-okoye/index.html"];
    assert_eq!(told(&""), 50);
    assert!(first.contains("The latest 50 follow, oldest first"));
    assert!(first.contains(&format!("{total} statements in")));
    assert!(pages["sitemap.xml"].contains("/speakers/tomas-okoye/2022/2/</loc>"), "years are no filter");
    let year = &pages["speakers/tomas-okoye/2022/index.html"];
    assert!(year.contains("<h1>Tomas Okoye, 2022</h1>") && !year.contains("noindex"));
    let next = between(year, "aria-label=\"Nearest years\">", "</nav>");
    assert!(next.contains("<a rel=\"prev\" href=\"/port/speakers/tomas-okoye/2021/2/\">"), "{next}");
    assert!(next.contains("<a rel=\"next\" href=\"/port/speakers/tomas-okoye/2022/2/\">"), "{next}");
    assert!(pages["speakers/tomas-okoye/direct/2022/index.html"].contains("content=\"noindex\""));

    fixture.library.profiles.iter_mut().for_each(|profile| profile.noindex = true);
    let pages = rendered(&fixture);
    assert!(pages["speakers/tomas-okoye/2022/index.html"].contains("content=\"noindex\""));
    assert!(!pages["sitemap.xml"].contains("tomas-okoye"));
}

#[test]
fn who_speaks_of_whom_leads_to_the_statements() {
    let mut fixture = Fixture::new();
    let (mayor, union) = (speaker(&fixture, "Mara Lindqvist"), speaker(&fixture, "Ilse Brandt"));
    let said = fixture.library.profiles[union].statements.clone();
    fixture.library.profiles[union].speaks_of.insert(mayor, said.clone());
    fixture.library.profiles[mayor].named_by.insert(union, said.clone());
    let row = &fixture.library.statements[said[0]];
    let place = format!("/port/briefs/{}/#{}", fixture.library.briefs[row.brief].slug, row.quote);
    let pages = rendered(&fixture);
    for (path, id, other) in [
        ("ilse-brandt", "speaks-of", "/port/speakers/mara-lindqvist/"),
        ("mara-lindqvist", "named-by", "/port/speakers/ilse-brandt/"),
    ] {
        let section = between(
            &pages[&format!("speakers/{path}/index.html")],
            &format!("<h2 id=\"{id}\">"),
            "</section>",
        );
        assert!(section.contains(&format!("<a href=\"{other}\">")), "{section}");
        assert!(section.contains(&format!("<a href=\"{place}\">")), "{section}");
    }
    assert!(!pages["speakers/tomas-okoye/index.html"].contains("id=\"named-by\""));
}

#[test]
fn a_portrait_stands_with_its_words_and_its_credit() {
    let mut fixture = Fixture::new();
    let mayor = speaker(&fixture, "Mara Lindqvist");
    assert!(!rendered(&fixture)["speakers/mara-lindqvist/index.html"].contains("<img"));
    fixture.library.profiles[mayor].portrait = Some(crate::config::Portrait {
        file: "faces/mara.jpg".into(),
        credit: Some("Photo: A <b>".into()),
        alt: "Portrait of Mara Lindqvist".into(),
    });
    let page = &rendered(&fixture)["speakers/mara-lindqvist/index.html"];
    assert!(page.contains(
        "<img src=\"/port/faces/mara.jpg\" alt=\"Portrait of Mara Lindqvist\" width=\"112\" height=\"140\">"
    ));
    assert!(page.contains("<figcaption>Photo: A &lt;b&gt;</figcaption>"));
}

#[test]
fn the_unnamed_are_never_one_and_what_is_nobodys_is_on_a_page_of_its_own() {
    let mut fixture = Fixture::new();
    let before = rendered(&fixture);
    assert!(!before.contains_key("speakers/unknown/index.html"));
    let like = fixture.library.statements[0].clone();
    for (brief, speaker) in [(0, "port official"), (1, "port official"), (1, "two divers")] {
        let mut said = like.clone();
        (said.brief, said.profile, said.speaker) = (brief, None, speaker.into());
        said.kind = crate::annotate::SpeakerKind::Unnamed;
        (said.words, said.quote) =
            (format!("“{speaker} {brief}”").into(), format!("q-0000000{brief}").into());
        fixture.library.statements.push(said);
    }
    let open = |nobody: Option<&str>, words: &str| OpenQuote {
        brief: 1,
        quote: "q-00000009".into(),
        form: Form::Direct,
        words: words.into(),
        said_on: None,
        nobody: nobody.map(Into::into),
        echoes: Echoes::default(),
    };
    fixture.library.open =
        vec![open(None, "“Possibly hers”"), open(Some("On a wall: “Hands off”."), "“Hands off”")];
    let pages = rendered(&fixture);
    let unnamed = &pages["speakers/unnamed/index.html"];
    assert_eq!(unnamed.matches("<p class=\"speaker\">port official").count(), 2, "one entry a brief");
    assert!(unnamed.contains("<p class=\"speaker\">two divers"));
    let unknown = &pages["speakers/unknown/index.html"];
    assert!(unknown.contains("<span class=\"context\">On a wall: </span><a class=\"unsigned\""), "{unknown}");
    assert!(unknown.contains("content=\"noindex\"") && !pages["sitemap.xml"].contains("/speakers/unknown/"));
    assert!(!unknown.contains("Possibly hers"), "what is possibly somebody's stays in its brief");
    let list = between(&pages["speakers/index.html"], "id=\"nameless\"", "</section>");
    for path in ["/port/speakers/unnamed/", "/port/speakers/unknown/"] {
        assert!(list.contains(path), "{list}");
    }
}

#[test]
fn a_year_is_twelve_calendars_with_a_link_for_each_day_that_has_something() {
    let pages = rendered(&Fixture::new());
    let heat = between(&pages["days/2024/index.html"], "<section class=\"heat\"", "</section>");
    assert_eq!(heat.matches("<svg viewBox").count(), 12);
    let days = pages.keys().filter(|path| path.starts_with("days/2024/") && path.matches('/').count() == 4);
    assert_eq!(heat.matches("tabindex=\"-1\"").count(), days.count());
    assert!(
        heat.contains(
            "<a href=\"/port/days/2024/05/26/\" tabindex=\"-1\"><title>26 May 2024: 1 statement said</title>\
         <rect class=\"s1\" x=\"84\" y=\"42\" width=\"12\" height=\"12\"/></a>"
        ),
        "{heat}"
    );
    assert!(heat.contains("<rect class=\"s0\""), "a day with nothing said is hollow");
    assert!(heat.contains("most on "), "{heat}");
}

#[test]
fn places_have_pages_and_long_groups_have_several() {
    let mut fixture = Fixture::new();
    let pages = rendered(&fixture);
    assert!(pages["places/nordhaven/index.html"].contains("<h1>Nordhaven</h1>"));
    assert!(pages["places/index.html"].contains("/port/places/nordhaven/"));
    assert!(
        pages["briefs/index.html"].contains("<span class=\"place\"><a href=\"/port/places/nordhaven/\">")
    );
    fixture.library.topics[0].briefs = vec![0; 101];
    let id = fixture.library.topics[0].id.clone();
    let pages = rendered(&fixture);
    let second = &pages[&format!("topics/{id}/page/2/index.html")];
    assert_eq!(second.matches("<li class=\"row\">").count(), 1);
    assert!(second.contains(&format!("<a rel=\"prev\" href=\"/port/topics/{id}/\">")));
    assert!(pages[&format!("topics/{id}/index.html")].contains("page 1 of 2"));
}

#[test]
fn a_story_is_told_by_years_with_links_to_them_and_to_its_times() {
    let story = &rendered(&Fixture::new())["stories/the-new-lock/index.html"];
    let jump = between(story, "aria-label=\"Parts of the story\">", "</nav>");
    assert!(jump.contains("href=\"#y2020\">2020</a>") && jump.contains("href=\"#y2024\">2024</a>"), "{jump}");
    let (first, last) = (story.find("id=\"y2020\"").unwrap(), story.find("id=\"y2024\"").unwrap());
    assert!(first < last, "oldest first");
    let times = between(story, "<ul class=\"times\">", "</ul>");
    assert!(
        times.contains("<a href=\"/port/days/#d1990s\"><time")
            || times.contains("<a href=\"/port/days/#d1990s\"><span"),
        "{times}"
    );
    assert!(times.contains("class=\"wide\">spring 2020<"), "{times}");
    assert!(times.find("1990s").unwrap() < times.find("spring 2020").unwrap());
}
