//! Whole stories as agencies and clipping services hand them over: who said what and when, on
//! the command line and on the built site.
//!
//! What must be found is data ([`Story`]); [`check`] holds any story to it. The twin is our own
//! writing and lies in tests/stories; the seed lies beside the repository, where it is there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::SiteTest;

/// What a story of this layout must come to. Words are the story's own; where a list says
/// "nowhere", the words are in none of the places that it speaks of.
struct Story {
    published: &'static str,
    /// The place of the dateline.
    dateline: &'static str,
    /// The credit as it stands in the text.
    credit: &'static str,
    /// Who makes how many statements; sources without a name are called by their description.
    counts: &'static [(&'static str, usize)],
    statements: &'static [Said],
    /// The speaker that the standfirst's statement may have, and words of it.
    standfirst: (&'static str, &'static str),
    /// Words that nobody states.
    unsaid: &'static [&'static str],
    /// The reporter's own words, which are in no attribution.
    reporters: &'static str,
    /// Who speaks nowhere.
    silent: &'static [&'static str],
    /// Everyone of whom the text tells a role, with words of it.
    roles: &'static [(&'static str, &'static str)],
    /// Every date of the text in order, with its value.
    dates: &'static [(&'static str, &'static str)],
    /// The year that every day lies in.
    year: &'static str,
    /// The day that "today" means.
    today: &'static str,
    /// Day pages: how many statements and briefs each lists.
    days: &'static [(&'static str, usize, usize)],
}

/// One statement: words of it, who made it, how it is known who (words of the source), and when.
struct Said {
    words: &'static str,
    speaker: &'static str,
    source: &'static str,
    on: Option<(&'static str, &'static str)>,
}

const TWIN: Story = Story {
    published: "2024-09-14",
    dateline: "NORDHAVN",
    credit: "DPA",
    counts: &[("Ingrid Solberg", 1), ("Marta Lindqvist", 4), ("Henrik Storm", 3), ("Nordhavn official", 1)],
    statements: &[
        Said {
            words: "Negotiators for the ferry crews and the harbour board will meet again",
            speaker: "Nordhavn official",
            source: "a Nordhavn official",
            on: None,
        },
        Said {
            words: "“One more session is planned today,”",
            speaker: "Ingrid Solberg",
            source: "Mrs Ingrid Solberg",
            on: Some(("2024-09-13", "context")),
        },
        Said {
            words: "the early-morning session on Sept 10 was friendly",
            speaker: "Marta Lindqvist",
            source: "union secretary Marta Lindqvist",
            on: Some(("2024-09-13", "same_remarks")),
        },
        Said {
            words: "Mr Gray for joining the talks",
            speaker: "Marta Lindqvist",
            source: "she",
            on: Some(("2024-09-13", "same_remarks")),
        },
        Said {
            words: "“spoke for an hour and found a good deal to agree on”",
            speaker: "Marta Lindqvist",
            source: "Ms Lindqvist",
            on: Some(("2024-09-13", "text")),
        },
        Said {
            words: "“Someone new has come to the table, and I must say that he listens,”",
            speaker: "Marta Lindqvist",
            source: "she",
            on: Some(("2024-09-13", "same_remarks")),
        },
        Said {
            words: "“the real bargaining goes on mostly out of sight”",
            speaker: "Henrik Storm",
            source: "Mr Henrik Storm, another Brandt aide",
            on: Some(("2024-09-13", "text")),
        },
        Said {
            words: "“The ministry wants the ferries to run and is ready to talk,”",
            speaker: "Henrik Storm",
            source: "Mr Storm",
            on: Some(("2024-09-13", "same_remarks")),
        },
        Said {
            words: "“The town wants a workable timetable and an early end to the strike",
            speaker: "Henrik Storm",
            source: "Mr Storm",
            on: Some(("2024-09-13", "same_remarks")),
        },
    ],
    standfirst: ("Henrik Storm", "most of the bargaining goes on out of sight"),
    unsaid: &["whether that session took place", "parts of it at a session on Sept 10"],
    reporters: "who is also a piano tuner",
    silent: &["Brandt", "Reed", "Falk", "Gray", "Dahl", "DPA"],
    roles: &[
        ("Ingrid Solberg", "aide in Transport Minister Helga Brandt’s bureau"),
        ("Marta Lindqvist", "union secretary"),
        ("Henrik Storm", "aide"),
        ("Helga Brandt", "Transport Minister"),
        ("Jonas Reed", "Mayor"),
        ("Peter Falk", "Jonas Reed’s chief negotiator"),
        ("Tobias Gray", "Jonas Reed’s brother-in-law"),
        ("Oskar Dahl", "chairman"),
    ],
    dates: &[
        ("winter", "2024-WI"),
        ("Sept 13", "2024-09-13"),
        ("Sept 12", "2024-09-12"),
        ("today", "2024-09-13"),
        ("weeks", "PXW"),
        ("Sept 10", "2024-09-10"),
        ("Sept 10", "2024-09-10"),
        ("summer", "2024-SU"),
        ("an hour", "PT1H"),
        ("Sept 13", "2024-09-13"),
        ("Sept 13", "2024-09-13"),
    ],
    year: "2024",
    today: "2024-09-13",
    days: &[("2024/09/13", 8, 0), ("2024/09/14", 0, 1), ("2024/09/10", 0, 0)],
};

/// The story beside the repository: of its words only those that say what is asked for.
const SEED: Story = Story {
    published: "2025-12-06",
    dateline: "KYIV",
    credit: "REUTERS",
    counts: &[("Oleksandr Bevz", 1), ("Yuri Ushakov", 4), ("Mykhailo Podolyak", 3), ("Kyiv official", 1)],
    statements: &[
        Said {
            words: "Another meeting",
            speaker: "Oleksandr Bevz",
            source: "Oleksandr Bevz",
            on: Some(("2025-12-05", "context")),
        },
        Said {
            words: "was cordial",
            speaker: "Yuri Ushakov",
            source: "Yuri Ushakov",
            on: Some(("2025-12-05", "same_remarks")),
        },
        Said {
            words: "Mr Kushner joining the talks",
            speaker: "Yuri Ushakov",
            source: "he",
            on: Some(("2025-12-05", "same_remarks")),
        },
        Said {
            words: "genuinely friendly",
            speaker: "Yuri Ushakov",
            source: "Mr Ushakov",
            on: Some(("2025-12-05", "text")),
        },
        Said {
            words: "A new person",
            speaker: "Yuri Ushakov",
            source: "he",
            on: Some(("2025-12-05", "same_remarks")),
        },
        Said {
            words: "mostly behind the scenes",
            speaker: "Mykhailo Podolyak",
            source: "Mykhailo Podolyak",
            on: Some(("2025-12-05", "text")),
        },
        Said {
            words: "a pragmatic process",
            speaker: "Mykhailo Podolyak",
            source: "Mr Podolyak",
            on: Some(("2025-12-05", "same_remarks")),
        },
    ],
    standfirst: ("Mykhailo Podolyak", "behind the scenes"),
    unsaid: &["if that meeting went ahead", "parts of it at a meeting"],
    reporters: "who is also an investment banker",
    silent: &["Zelensky", "Putin", "Witkoff", "Kushner", "Trump", "AFP", "Reuters"],
    roles: &[
        ("Yuri Ushakov", "Kremlin aide"),
        ("Mykhailo Podolyak", "adviser"),
        ("Oleksandr Bevz", "adviser"),
        ("Jared Kushner", "Donald Trump’s son-in-law"),
        ("Steve Witkoff", "Donald Trump’s special envoy"),
        ("Donald Trump", "US President"),
        ("Volodymyr Zelensky", "Ukrainian President"),
        ("Vladimir Putin", "Russian leader"),
    ],
    dates: &[
        ("Dec 5", "2025-12-05"),
        ("Dec 4", "2025-12-04"),
        ("today", "2025-12-05"),
        ("days", "PXD"),
        ("Dec 2", "2025-12-02"),
        ("Dec 2", "2025-12-02"),
        ("spring", "2025-SP"),
        ("Dec 5", "2025-12-05"),
        ("Dec 5", "2025-12-05"),
    ],
    year: "2025",
    today: "2025-12-05",
    days: &[("2025/12/05", 8, 0), ("2025/12/06", 0, 1), ("2025/12/02", 0, 0)],
};

/// Where the site shows an attribution as certain, unless its settings say otherwise.
const THRESHOLD: f64 = 0.8;

#[test]
fn the_twin_of_our_own() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/ferry-talks.txt");
    check(&file, &TWIN);
}

#[test]
fn the_seed_beside_the_repository() {
    let Some(file) = seed() else {
        eprintln!("skipped: ../shared is absent");
        return;
    };
    check(&file, &SEED);
}

/// The seed story, where the shared material lies beside the repository.
fn seed() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared/seeds");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).ok()?.map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files.into_iter().next()
}

/// Holds one file, alone in an empty site, to a story.
fn check(file: &Path, story: &Story) {
    let site = SiteTest::new().file("content/story.txt", fs::read(file).unwrap());
    let printed = site.run(&["annotate", "content/story.txt", "--format", "json"]).expect_ok();
    let found = Found(serde_json::from_str(&printed.stdout).unwrap());
    found.frame(story);
    found.speakers(story);
    found.statements(story);
    found.standfirst(story);
    found.unsaid(story);
    found.people(story);
    found.dates(story);

    let done = site.build().expect_ok();
    assert!(!site.tree("public").keys().any(|path| path.starts_with("outlets/")), "an outlet is guessed");
    for (day, said, published) in story.days {
        let page = done.page(&format!("days/{day}/index.html"));
        assert_eq!((rows(&page, "said"), rows(&page, "published")), (*said, *published), "{day}");
    }
    for silent in story.silent {
        let slug = silent.to_lowercase();
        let page = site.tree("public").into_keys().find(|p| p.starts_with("speakers/") && p.contains(&slug));
        assert_eq!(page, None, "{silent} has a page");
    }
}

/// What one list of a day page holds: statements, of which several may stand in one row, or rows.
fn rows(page: &str, list: &str) -> usize {
    let Some((_, after)) = page.split_once(&format!(" aria-labelledby=\"{list}\">")) else {
        return 0;
    };
    let section = after.split("</section>").next().unwrap();
    let (_, line) = section.split_once("<p class=\"line\">").unwrap();
    let counted: usize = line.split(' ').next().unwrap().parse().unwrap();
    let each = if list == "said" { "<p class=\"words\">" } else { "<li" };
    assert_eq!(section.matches(each).count(), counted, "{list}");
    counted
}

/// What `annotate` prints of a story.
struct Found(Value);

impl Found {
    fn list(&self, key: &str) -> &[Value] {
        self.0[key].as_array().unwrap()
    }

    fn quotes(&self) -> &[Value] {
        self.list("quotes")
    }

    /// Attributions that are counted as statements.
    fn counted(&self) -> Vec<&Value> {
        let sure = |q: &&Value| q["confidence"].as_f64().unwrap() >= THRESHOLD;
        let quotes = self.quotes().iter().filter(|q| q["act"] == "statement" && q["repeats"].is_null());
        quotes.filter(sure).collect()
    }

    /// The text between two offsets, which count code points.
    fn text(&self, span: &Value) -> String {
        let at = |index: usize| usize::try_from(span[index].as_u64().unwrap()).unwrap();
        self.0["text"].as_str().unwrap().chars().skip(at(0)).take(at(1) - at(0)).collect()
    }

    /// The words of a list of spans, joined by " … ".
    fn words(&self, spans: &Value) -> String {
        spans.as_array().unwrap().iter().map(|s| self.text(s)).collect::<Vec<_>>().join(" … ")
    }

    fn one_with(&self, words: &str) -> &Value {
        let counted = self.counted();
        let mut with = counted.iter().filter(|q| self.words(&q["content"]).contains(words));
        let found = with.next().unwrap_or_else(|| panic!("nobody says {words:?}: {:#}", self.0["quotes"]));
        assert!(with.next().is_none(), "{words:?} is said twice");
        found
    }

    /// Header, promotional line, dateline and credit, and that nothing lies in them.
    fn frame(&self, story: &Story) {
        assert_eq!(self.0["date"], story.published);
        assert_eq!(self.text(&self.0["dateline"]["span"]), story.dateline);
        assert_eq!(self.0["dateline"]["place"], story.dateline);
        assert_eq!(self.text(&self.0["credit"]["span"]), story.credit);
        let outlets = self.0["credit"]["outlets"].as_array().unwrap();
        let outlets: Vec<String> = outlets.iter().map(|o| o.as_str().unwrap().to_lowercase()).collect();
        assert_eq!(outlets, [story.credit.to_lowercase()]);
        assert!(self.0["outlet"].is_null());
        let zones = self.list("zones");
        for kind in ["header", "promo", "credit"] {
            let zone = zones.iter().find(|zone| zone["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"));
            let (start, end) = (zone["span"][0].as_u64(), zone["span"][1].as_u64());
            for (what, span) in self.spans() {
                assert!(span[1].as_u64() <= start || span[0].as_u64() >= end, "{what} in the {kind}: {span}");
            }
        }
    }

    /// Every span of an attribution, a name or a date.
    fn spans(&self) -> Vec<(&'static str, Value)> {
        let mut spans = Vec::new();
        let all = |list: &Value| list.as_array().unwrap().clone();
        for quote in self.quotes() {
            for part in ["source", "cue", "content"] {
                spans.extend(all(&quote[part]).into_iter().map(|span| ("a quotation", span)));
            }
        }
        for person in self.list("people") {
            spans.extend(all(&person["mentions"]).into_iter().map(|span| ("a name", span)));
        }
        for date in self.list("dates") {
            spans.push(("a date", Value::from(vec![date["start"].clone(), date["end"].clone()])));
        }
        spans
    }

    fn speakers(&self, story: &Story) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for quote in self.counted() {
            *counts.entry(quote["speaker"]["name"].as_str().expect("somebody")).or_default() += 1;
        }
        assert_eq!(counts, story.counts.iter().copied().collect(), "{:#}", self.0["quotes"]);
        for quote in self.quotes().iter().filter(|q| q["act"] != "none") {
            let name = quote["speaker"]["name"].as_str().unwrap_or_default();
            for silent in story.silent {
                assert!(!name.to_lowercase().contains(&silent.to_lowercase()), "{name}: {quote:#}");
            }
        }
    }

    fn statements(&self, story: &Story) {
        for said in story.statements {
            let quote = self.one_with(said.words);
            let words = said.words;
            assert_eq!(quote["speaker"]["name"], said.speaker, "{words}");
            assert!(self.words(&quote["source"]).contains(said.source), "{words}: {quote:#}");
            let on = quote["said_on"].as_str().zip(quote["said_on_basis"].as_str());
            assert_eq!(on, said.on, "{words}");
        }
        for quote in self.quotes() {
            assert!(!self.words(&quote["content"]).contains(story.reporters), "{quote:#}");
        }
    }

    /// The standfirst repeats the statement in the text and is not counted again, or it is left
    /// to somebody without a name.
    fn standfirst(&self, story: &Story) {
        let (speaker, words) = story.standfirst;
        let zone = self.list("zones").iter().find(|zone| zone["kind"] == "standfirst").unwrap();
        let inside = |q: &&Value| q["content"][0][1].as_u64() <= zone["span"][1].as_u64();
        let quotes: Vec<&Value> = self.quotes().iter().filter(inside).collect();
        let [quote] = quotes.as_slice() else { panic!("{quotes:#?}") };
        assert!(self.words(&quote["content"]).contains(words), "{quote:#}");
        if quote["speaker"]["kind"] == "person" {
            assert_eq!(quote["speaker"]["name"], speaker);
            let first = quote["repeats"].as_str().expect("counted once");
            let first = self.quotes().iter().find(|q| q["id"] == first).unwrap();
            assert_eq!(first["speaker"]["name"], speaker);
        }
    }

    fn unsaid(&self, story: &Story) {
        for words in story.unsaid {
            for quote in self.quotes().iter().filter(|q| self.words(&q["content"]).contains(words)) {
                assert_ne!(quote["act"], "statement", "{quote:#}");
                assert!(quote["said_on"].is_null(), "{quote:#}");
            }
        }
    }

    fn people(&self, story: &Story) {
        for (name, role) in story.roles {
            let of = |person: &&Value| person["name"] == *name;
            let person = self.list("people").iter().find(of).unwrap_or_else(|| panic!("no {name}"));
            let roles = person["roles"].as_array().unwrap();
            assert!(roles.iter().any(|r| r.as_str().unwrap().contains(role)), "{name}: {roles:?}");
            // What makes somebody known by another is never the other's own.
            let others = self.list("people").iter().filter(|p| p["name"] != *name);
            for other in others.filter(|_| role.contains('’')) {
                let roles = other["roles"].as_array().unwrap();
                assert!(!roles.iter().any(|r| r.as_str().unwrap().contains(role)), "{other:#}");
            }
        }
    }

    fn dates(&self, story: &Story) {
        let found: Vec<(String, &str)> = self
            .list("dates")
            .iter()
            .map(|d| (d["text"].as_str().unwrap().to_owned(), d["value"].as_str().unwrap()))
            .collect();
        assert_eq!(found.len(), story.dates.len(), "{found:?}");
        for (date, (words, value)) in self.list("dates").iter().zip(story.dates) {
            let text = date["text"].as_str().unwrap();
            let span = Value::from(vec![date["start"].clone(), date["end"].clone()]);
            assert_eq!(self.text(&span), text, "offsets count code points");
            assert!(text.contains(words), "{words} is not in {text}");
            let unsure = date["confidence"].as_f64().unwrap() < THRESHOLD;
            if text == "today" {
                assert!(date["value"] == story.today || unsure, "{date:#}");
                continue;
            }
            assert_eq!(date["value"], *value, "{text}");
            let year = date["value"].as_str().unwrap().split('-').next().unwrap();
            assert!(year == story.year || !year.bytes().all(|b| b.is_ascii_digit()), "{date:#}");
        }
    }
}
