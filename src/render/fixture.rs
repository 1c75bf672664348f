//! A small site made by hand: four briefs, five speakers, a plain page.
//!
//! [`Fixture::new`] parses nothing and folds nothing, so that what is tested is drawing alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::SiteView;
use crate::annotate::timex::{Kind, Season, Timex, Value};
use crate::annotate::{
    Act, Annotations, Basis, Form, Person, Provenance, Quote, SaidOn, Speaker, SpeakerKind, Venue,
};
use crate::config::{BaseUrl, Link, MenuItem, Register, Role, Settings, Site};
use crate::library::{
    Brief, DateMention, Library, Outlet, Place, Profile, SeenRole, Statement, Story, Topic,
};
use crate::parse::{Article, Correction, Meta, Published, Show, Title};
use crate::record::Record;
use crate::text::{Block, BlockKind, Credit, Dateline, Document, Markup, Run, Span, Zone, ZoneKind};

/// The parts that a [`SiteView`] borrows.
pub(super) struct Fixture {
    pub(super) settings: Settings,
    pub(super) library: Library,
    pub(super) records: Vec<Record>,
    pub(super) pages: Vec<Article>,
}

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

impl Fixture {
    pub(super) fn new() -> Self {
        let records = vec![union_answers(), lock_opens(), wire_copy(), first_plan()];
        let library = fold(&records);
        Self { settings: settings(), library, records, pages: vec![about()] }
    }

    pub(super) fn site(&self) -> SiteView<'_> {
        SiteView::new(&self.settings, &self.library, self.records.iter().collect(), &self.pages)
    }
}

fn settings() -> Settings {
    Settings {
        site: Site {
            title: "Harbour Notes".into(),
            description: "Who said what about the new lock, and when.".into(),
            base_url: BaseUrl::parse("https://notes.example/port").unwrap(),
            lang: "en".into(),
            report: Some("mailto:desk@notes.example".into()),
            menu: vec![MenuItem { title: "About".into(), url: "/about/".into() }],
            per_page: 3,
            threshold: 0.8,
            promo: Vec::new(),
            day_first: false,
            outlet: None,
            extra: serde_json::Value::Null,
        },
        people: Register::default(),
        build_date: day(2024, 6, 1),
        drafts: false,
        future: false,
    }
}

// ---- articles ----

/// A record that grows by words of its own text.
struct Draft(Record);

impl Draft {
    fn new(slug: &str, title: &str, date: NaiveDate, markup: Markup, text: &str) -> Self {
        let meta = Meta {
            title: Title { text: title.into(), derived: false },
            date: Some(Published { day: date, time: None }),
            updated: None,
            slug: slug.into(),
            authors: Vec::new(),
            description: None,
            topics: Vec::new(),
            story: None,
            aliases: Vec::new(),
            outlet: None,
            source_url: None,
            byline: None,
            dateline: None,
            credit: Vec::new(),
            rights: None,
            lang: None,
            show: Show::Full,
            corrections: Vec::new(),
            extra: serde_json::Value::Null,
        };
        let document = Document {
            text: text.into(),
            markup,
            zones: Vec::new(),
            blocks: blocks(text),
            dateline: None,
            credit: None,
            byline: None,
        };
        let path = format!("content/{slug}.md").into();
        let article = Article { path, meta, document, lines_before: 0 };
        let mut annotations = Annotations::default();
        for block in &article.document.blocks {
            annotations.sentences.extend(sentences(text, block.span));
        }
        Self(Record { article, annotations })
    }

    fn at(&self, words: &str) -> Span {
        let text = &self.0.article.document.text;
        let start = text.find(words).unwrap_or_else(|| panic!("no {words:?} in {text}"));
        Span::new(start, start + words.len())
    }

    fn person(mut self, name: &str, role: &str) -> Self {
        let kind = if name.starts_with("Dock") { SpeakerKind::Organisation } else { SpeakerKind::Person };
        self.0.annotations.people.push(Person { name: name.into(), kind, roles: vec![role.into()] });
        self
    }

    /// An attribution; `who` is the index of a person, or a description.
    fn quote(mut self, who: Result<usize, &str>, source: &str, content: &[&str], form: Form) -> Self {
        let source = if source.is_empty() { Vec::new() } else { vec![self.at(source)] };
        let content: Vec<Span> = content.iter().map(|words| self.at(words)).collect();
        let speaker = match who {
            Ok(person) => {
                let row = &self.0.annotations.people[person];
                Speaker { person: Some(person), name: row.name.clone(), kind: row.kind }
            }
            Err(words) => Speaker { person: None, name: words.into(), kind: SpeakerKind::Unnamed },
        };
        let id = format!("q-{:08x}", 0x00a1_0000 + content[0].start);
        self.0.annotations.quotes.push(Quote {
            id,
            act: Act::Statement,
            form,
            source,
            cue: Vec::new(),
            content,
            speaker: Some(speaker),
            said_on: None,
            venue: None,
            told_to: None,
            repeats: None,
            confidence: 0.97,
            provenance: Provenance::Rule,
        });
        self
    }

    /// Changes the last attribution.
    fn last(mut self, change: impl FnOnce(&mut Quote)) -> Self {
        change(self.0.annotations.quotes.last_mut().unwrap());
        self
    }

    fn said(self, on: NaiveDate) -> Self {
        self.last(|q| q.said_on = Some(SaidOn { value: Value::Day(on), basis: Basis::Text }))
    }

    fn date(mut self, words: &str, value: Value) -> Self {
        let span = self.at(words);
        self.0.annotations.timexes.push(Timex {
            span,
            kind: Kind::Date,
            value,
            modifier: None,
            confidence: 0.95,
            provenance: Provenance::Rule,
        });
        self
    }

    fn zone(mut self, kind: ZoneKind, words: &str) -> Self {
        let span = self.at(words);
        self.0.article.document.zones.push(Zone { kind, span });
        self
    }

    fn meta(mut self, change: impl FnOnce(&mut Meta)) -> Self {
        change(&mut self.0.article.meta);
        self
    }

    fn done(mut self) -> Record {
        self.0.annotations.quotes.sort_by_key(|q| q.content[0].start);
        self.0.annotations.timexes.sort_by_key(|t| t.span.start);
        self.0
    }
}

/// One paragraph for each stretch between empty lines; what begins with a mark of Markdown is
/// left out, as far as this text needs it.
fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        let span = Span::new(at, at + part.trim_end().len());
        at += part.len() + 2;
        if part.is_empty() || part.starts_with(['#', '|', '<', '[', '!']) {
            continue;
        }
        out.push(Block { kind: BlockKind::Paragraph, span, runs: vec![Run { span, reads: None }] });
    }
    out
}

fn sentences(text: &str, block: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = block.start as usize;
    for (index, _) in block.of(text).match_indices(". ") {
        let end = block.start as usize + index + 1;
        out.push(Span::new(start, end));
        start = end + 1;
    }
    out.push(Span::new(start, block.end as usize));
    out
}

fn lock_opens() -> Record {
    let text = "The new lock let its first ship through on Friday, four years after the plan of spring 2020.\n\n\
        “Water does not wait for **us, and now** we do not wait for water,” said Mara Lindqvist, the mayor. \
        She had promised in the election of 2021 that the gate would “stand before the ice of 2024 comes.”\n\n\
        Tomas Okoye, who built it, said the pumps had run for nine days without a fault. \
        “We met the crew on Thursday,” he added, “and nobody had slept.”\n\n\
        A port official said the toll would rise in March. The mayor wants the old lock kept as a museum.\n\n\
        | Lock | Opened |\n|------|-------:|\n| Old | 1911 |\n| New | 2024 |\n\n\
        Figures are those of the port[^1], and a [drawing](https://drawings.example/lock) is public.\n\n\
        [^1]: Yearbook of the port, page 12.\n";
    Draft::new("lock-opens", "New lock lets its first ship through", day(2024, 5, 24), Markup::Markdown, text)
        .person("Mara Lindqvist", "mayor")
        .person("Tomas Okoye", "chief engineer")
        .quote(
            Ok(0),
            "Mara Lindqvist",
            &["“Water does not wait for **us, and now** we do not wait for water,”"],
            Form::Direct,
        )
        .said(day(2024, 5, 24))
        .quote(Ok(0), "She", &["the gate would “stand before the ice of 2024 comes.”"], Form::Mixed)
        .quote(Ok(1), "Tomas Okoye", &["the pumps had run for nine days without a fault"], Form::Indirect)
        .quote(Ok(1), "he added", &["“We met the crew on Thursday,”", "“and nobody had slept.”"], Form::Direct)
        .said(day(2024, 5, 24))
        .last(|q| q.provenance = Provenance::Editor)
        .quote(Err("port official"), "A port official", &["the toll would rise in March"], Form::Indirect)
        .last(|q| q.confidence = 0.6)
        .quote(Ok(0), "The mayor", &["the old lock kept as a museum"], Form::Indirect)
        .last(|q| q.act = Act::Position)
        .date("Friday", Value::Day(day(2024, 5, 24)))
        .date("spring 2020", Value::Season(2020, Season::Spring))
        .date("2021", Value::Year(2021))
        .date("Thursday", Value::Day(day(2024, 5, 23)))
        .date("March", Value::Month(2025, 3))
        .meta(|m| {
            m.description = Some("The gate that was promised for this year opened in May.".into());
            m.outlet = Some("Harbour Post".into());
            m.authors = vec!["Edda Grau".into()];
            m.topics = vec!["Shipping".into(), "Town hall".into()];
            m.story = Some("The new lock".into());
            m.aliases = vec!["/2024/lock/".into()];
            m.source_url = Some("https://post.example/lock".into());
            m.corrections =
                vec![Correction { date: day(2024, 5, 26), text: "The old lock opened in 1911, not 1912.".into() }];
            m.extra = serde_json::json!({ "origins": [
                { "speaker": "Mara Lindqvist", "words": "Water does not wait", "source": "Recording of the opening" },
                { "speaker": "Tomas Okoye", "words": "nobody had slept", "source": "Recording of the opening" },
            ]});
        })
        .done()
}

fn union_answers() -> Record {
    let text = "The dock workers answered the mayor on Monday.\n\n\
        “A lock is opened by hands, not by speeches,” Ilse Brandt told the Harbour Post. \
        The Dock Workers’ Union said that it would count every hour of May.\n\n\
        “We will sit down on June 3,” Mara Lindqvist replied.\n";
    Draft::new(
        "union-answers",
        "Dock workers <answer> the mayor & ask for hours",
        day(2024, 5, 27),
        Markup::Markdown,
        text,
    )
    .person("Mara Lindqvist", "mayor")
    .person("Ilse Brandt", "spokeswoman of the union")
    .person("Dock Workers’ Union", "union")
    .quote(Ok(1), "Ilse Brandt", &["“A lock is opened by hands, not by speeches,”"], Form::Direct)
    .last(|q| {
        q.venue = Some(Venue { span: Span::new(0, 3), text: "in an interview".into() });
    })
    .said(day(2024, 5, 26))
    .quote(Ok(2), "The Dock Workers’ Union", &["it would count every hour of May"], Form::Indirect)
    .quote(Ok(0), "Mara Lindqvist", &["“We will sit down on June 3,”"], Form::Direct)
    .date("Monday", Value::Day(day(2024, 5, 27)))
    .date("May", Value::Month(2024, 5))
    .date("June 3", Value::Day(day(2024, 6, 3)))
    .meta(|m| {
        m.outlet = Some("Harbour Post".into());
        m.topics = vec!["Town hall".into()];
        m.story = Some("The new lock".into());
    })
    .done()
}

fn wire_copy() -> Record {
    let text = "date 2024-05-20\n\nThe gate is in its place, the port says.\n\n\
        NORDHAVEN - Divers set the last bolt of the new lock on Sunday. \
        “It fits,” Tomas Okoye said by radio. The crane left in the evening. WATERWIRE";
    let mut draft =
        Draft::new("gate-in-place", "Divers set the last bolt", day(2024, 5, 20), Markup::Wire, text)
            .person("Tomas Okoye", "chief engineer")
            .quote(Ok(0), "Tomas Okoye", &["“It fits,”"], Form::Direct)
            .said(day(2024, 5, 19))
            .date("Sunday", Value::Day(day(2024, 5, 19)))
            .zone(ZoneKind::Header, "date 2024-05-20")
            .zone(ZoneKind::Standfirst, "The gate is in its place, the port says.")
            .zone(ZoneKind::Dateline, "NORDHAVEN - ")
            .zone(ZoneKind::Credit, "WATERWIRE")
            .meta(|m| {
                m.topics = vec!["Shipping".into()];
                m.story = Some("The new lock".into());
                m.show = Show::Excerpt;
                m.source_url = Some("https://wire.example/bolt".into());
            });
    let span = draft.at("NORDHAVEN");
    draft.0.article.document.dateline = Some(Dateline { span, place: "NORDHAVEN".into(), day: None });
    let span = draft.at("WATERWIRE");
    draft.0.article.document.credit = Some(Credit { span, outlets: vec!["Waterwire".into()] });
    draft.done()
}

fn first_plan() -> Record {
    let text = "# The plan for a lock\n\nOn April 2, 2020, the council heard the first plan.\n\n\
        “It will cost what a lock costs,” said Mara Lindqvist. ![Plan](https://far.example/plan.png)\n\n\
        <script>alert(1)</script>\n";
    Draft::new("first-plan", "The plan for a lock", day(2020, 4, 3), Markup::Markdown, text)
        .person("Mara Lindqvist", "member of the council")
        .quote(Ok(0), "Mara Lindqvist", &["“It will cost what a lock costs,”"], Form::Direct)
        .date("April 2, 2020", Value::Day(day(2020, 4, 2)))
        .meta(|m| m.story = Some("The new lock".into()))
        .done()
}

fn about() -> Article {
    let text = "# About\n\nThese notes are kept by hand. See [the opening](lock-opens.md) and [speakers](/speakers/).\n";
    let mut article = Draft::new("about", "About", day(2024, 1, 1), Markup::Markdown, text).0.article;
    article.meta.date = None;
    article
}

// ---- the library, by the plainest means ----

/// Rows for the records, newest first; profiles by name, everything sorted.
fn fold(records: &[Record]) -> Library {
    let mut library = Library::default();
    let names = |get: fn(&Meta) -> Vec<String>| -> Vec<String> {
        let mut names: Vec<String> = records.iter().flat_map(|r| get(&r.article.meta)).collect();
        names.sort();
        names.dedup();
        names
    };
    let id = |name: &str| crate::text::fold::slug(name);
    for name in names(|m| m.outlet.clone().into_iter().collect()) {
        library.outlets.push(Outlet { id: id(&name), name, briefs: Vec::new() });
    }
    for name in names(|m| m.topics.clone()) {
        library.topics.push(Topic { id: id(&name), name, briefs: Vec::new() });
    }
    for name in names(|m| m.story.clone().into_iter().collect()) {
        library.stories.push(Story { id: id(&name), name, briefs: Vec::new() });
    }
    library.places.push(Place { id: "nordhaven".into(), name: "Nordhaven".into(), briefs: Vec::new() });
    library.profiles = profiles(records);
    for (index, record) in records.iter().enumerate() {
        add_brief(&mut library, index, record);
    }
    for story in &mut library.stories {
        story.briefs.reverse();
    }
    library
}

fn profiles(records: &[Record]) -> Vec<Profile> {
    let mut rows: BTreeMap<String, Profile> = BTreeMap::new();
    for record in records {
        let day = record.article.meta.date.unwrap().day;
        for person in &record.annotations.people {
            let row = rows.entry(person.name.clone()).or_insert_with(|| Profile {
                id: crate::text::fold::slug(&person.name),
                name: person.name.clone(),
                other_names: Vec::new(),
                kind: person.kind,
                roles: Vec::new(),
                seen_roles: Vec::new(),
                links: Vec::new(),
                merged: Vec::new(),
                page: true,
                noindex: false,
                statements: Vec::new(),
                briefs: Vec::new(),
            });
            row.seen_roles.push(SeenRole { role: person.roles[0].clone(), first: day, last: day });
        }
    }
    let mayor = rows.get_mut("Mara Lindqvist").unwrap();
    mayor.other_names = vec!["M. Lindqvist".into()];
    mayor.merged = vec!["m-lindqvist".into()];
    mayor.links = vec![Link { title: "Website".into(), url: "https://lindqvist.example/".into() }];
    mayor.roles = vec![
        Role { role: "Member of the council".into(), from: None, to: Some(day(2021, 9, 30)) },
        Role { role: "Mayor of Nordhaven".into(), from: Some(day(2021, 10, 1)), to: None },
    ];
    rows.into_values().collect()
}

fn add_brief(library: &mut Library, index: usize, record: &Record) {
    let meta = &record.article.meta;
    let text = &record.article.document.text;
    let published = meta.date.unwrap();
    let find = |name: &String, all: Vec<&String>| all.iter().position(|n| *n == name).unwrap();
    let people: Vec<Option<usize>> = record
        .annotations
        .people
        .iter()
        .map(|p| library.profiles.iter().position(|row| row.name == p.name))
        .collect();
    let mut statements = Vec::new();
    for quote in &record.annotations.quotes {
        if quote.act != Act::Statement || quote.confidence < 0.8 {
            continue;
        }
        let row = statement(index, record, quote, &people);
        let id = library.statements.len();
        if let Some(profile) = row.profile {
            library.profiles[profile].statements.push(id);
            if !library.profiles[profile].briefs.contains(&index) {
                library.profiles[profile].briefs.push(index);
            }
        }
        if let Some(Value::Day(day)) = row.said_on {
            library.days.entry(day).or_default().said.push(id);
        }
        library.statements.push(row);
        statements.push(id);
    }
    let mut dates = Vec::new();
    for (number, timex) in record.annotations.timexes.iter().enumerate() {
        let sentence = sentence_around(record, timex.span).map_or("", |s| s.of(text));
        if meta.show == Show::Excerpt && !sentence.contains('“') {
            continue;
        }
        if let Value::Day(day) = timex.value {
            library.days.entry(day).or_default().dated.push((index, dates.len()));
        }
        dates.push(DateMention {
            brief: index,
            timex: format!("t{}", number + 1),
            value: timex.value,
            words: timex.span.of(text).into(),
            sentence: sentence.replace("**", ""),
            confidence: timex.confidence,
        });
    }
    library.days.entry(published.day).or_default().published.push(index);
    let outlet = meta.outlet.as_ref().map(|n| find(n, library.outlets.iter().map(|o| &o.name).collect()));
    let topics: Vec<usize> =
        meta.topics.iter().map(|n| find(n, library.topics.iter().map(|t| &t.name).collect())).collect();
    let story = meta.story.as_ref().map(|n| find(n, library.stories.iter().map(|s| &s.name).collect()));
    let place = record.article.document.dateline.as_ref().map(|_| 0);
    outlet.iter().for_each(|o| library.outlets[*o].briefs.push(index));
    topics.iter().for_each(|t| library.topics[*t].briefs.push(index));
    story.iter().for_each(|s| library.stories[*s].briefs.push(index));
    place.iter().for_each(|p| library.places[*p].briefs.push(index));
    library.briefs.push(Brief {
        entry: record.article.path.clone(),
        slug: meta.slug.clone(),
        title: meta.title.text.clone(),
        description: meta.description.clone().unwrap_or_else(|| format!("{} in short.", meta.title.text)),
        published,
        updated: meta.updated,
        outlet,
        place,
        topics,
        story,
        corrections: meta.corrections.clone(),
        show: meta.show,
        people,
        statements,
        dates,
    });
}

fn sentence_around(record: &Record, span: Span) -> Option<Span> {
    record.annotations.sentences.iter().copied().find(|s| s.overlaps(span))
}

fn statement(brief: usize, record: &Record, quote: &Quote, people: &[Option<usize>]) -> Statement {
    let text = &record.article.document.text;
    let parts: Vec<String> = quote.content.iter().map(|s| s.of(text).replace("**", "")).collect();
    let speaker = quote.speaker.as_ref().unwrap();
    let context = sentence_around(record, quote.content[0]).map_or("", |s| s.of(text));
    let published = record.article.meta.date.unwrap().day;
    Statement {
        brief,
        quote: quote.id.clone(),
        profile: speaker.person.and_then(|p| people[p]),
        speaker: speaker.name.clone(),
        kind: speaker.kind,
        form: quote.form,
        words: parts.join(" … "),
        context: context.replace("**", ""),
        said_on: quote.said_on.as_ref().map(|s| s.value),
        basis: quote.said_on.as_ref().map(|s| s.basis),
        venue: quote.venue.as_ref().map(|v| v.text.clone()),
        published,
    }
}

#[test]
fn briefs_stand_newest_first_as_the_library_keeps_them() {
    let fixture = Fixture::new();
    assert!(fixture.library.briefs.is_sorted_by_key(|b| std::cmp::Reverse(b.published.day)));
}
