//! What is in the index, what a browser finds in it, and what that costs.

mod browser;

use browser::Browser;

use super::documents::{BriefEntry, Document, Row};
use super::postings::{Flag, Id};
use super::tree::MUST;
use super::write;
use crate::render::fixture::Fixture;
use crate::render::{Page, search_index};

/// Random numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// A number as words are spread in a text: the second half as often as the first, and so on.
    fn skewed(&mut self, end: u64) -> u64 {
        let doublings = u64::from(u64::BITS - end.leading_zeros());
        let top = 1 << self.below(doublings);
        (top + self.below(top)).min(end) - 1
    }
}

/// A made-up statement.
struct Said {
    day: i32,
    words: String,
    who: String,
    slug: String,
}

const DAYS: u64 = 2_557;

fn statements(count: usize) -> Vec<Said> {
    let mut dice = Dice(7);
    let mut all: Vec<Said> = (0..count)
        .map(|n| {
            let words: Vec<String> = (0..25).map(|_| format!("wort{}", dice.skewed(40_000))).collect();
            let who = format!("Anna{} Sprecher{}", dice.skewed(50), dice.skewed(800));
            let day = 736_695 + i32::try_from(dice.below(DAYS)).unwrap();
            Said { day, words: words.join(" "), who, slug: format!("brief-{}-about-the-harbour", n / 10) }
        })
        .collect();
    all.sort_by_key(|said| std::cmp::Reverse(said.day));
    all
}

fn documents(all: &[Said]) -> Vec<Document<'_>> {
    let days = all.chunk_by(|a, b| a.day == b.day);
    days.flat_map(|day| day.iter().zip((0..day.len()).rev()))
        .map(|(said, number)| Document {
            id: Id::new(said.day, number, if number % 3 == 0 { Flag::Reported } else { Flag::Exact }),
            lang: "en",
            texts: vec![&said.words, &said.who],
            speaker: Some(&said.who),
            keys: vec!["#harbour-post".into()],
            brief: BriefEntry {
                slug: &said.slug,
                title: "What the harbour said of the bridge that day",
                outlet: None,
            },
            row: Row {
                at: Some("q-00000000"),
                words: said.words.clone(),
                who: Some(&said.who),
                day: "1 May".into(),
                ..Row::default()
            },
        })
        .collect()
}

fn has(text: &str, word: &str) -> bool {
    text.split(' ').any(|one| one == word)
}

#[test]
fn a_question_costs_little_at_any_size_and_finds_what_is_there() {
    let all = statements(20_000);
    let documents = documents(&all);
    let pages = write(&documents, Vec::new());
    let size = |prefix: &str| {
        pages.iter().filter(|p| p.path.starts_with(prefix)).map(|p| p.content.len()).max().unwrap()
    };
    assert!(size("search/index.txt") <= MUST + 100, "{}", size("search/index.txt"));
    assert!(size("search/words/") <= MUST, "{}", size("search/words/"));
    assert!(size("search/rows/") <= 8_000, "{}", size("search/rows/"));
    let script = include_bytes!("../../../../static/search.js").len();
    assert!(script <= 12_800, "{script}");

    let texts: Vec<String> = documents.iter().map(|d| d.texts.join(" ").to_lowercase()).collect();
    let mut worst = 0;
    for words in [
        // Frequent ones, frequent with rare ones, five of them, a name, and what never meets.
        &["wort7", "wort8"][..],
        &["wort9", "wort10", "wort11", "wort17", "wort40"],
        &["wort9", "wort10", "wort40"],
        &["wort12", "wort30000"],
        &["wort900", "wort901"],
        &["wort12345"],
        &["anna3", "wort60"],
        &["wort40", "@sprecher7", "#harbour-post"],
    ] {
        let browser = Browser::new(&pages);
        let (found, over) = browser.turn(words, 10);
        let plain = |word: &str| word.trim_start_matches('@').to_owned();
        let wanted: Vec<String> = words.iter().filter(|w| !w.starts_with('#')).map(|w| plain(w)).collect();
        let expected = texts.iter().enumerate().filter(|(_, text)| wanted.iter().all(|word| has(text, word)));
        let expected: Vec<usize> = expected.map(|(at, _)| at).take(10).collect();
        // What is left for a second turn is said to be. Five frequent words that hardly ever meet are
        // the one case in which the first turn may end without a result.
        assert!(found.len() == expected.len() || !over, "{words:?}: {}", found.len());
        assert!(!found.is_empty() || expected.is_empty() || words.len() == 5, "{words:?}");
        for (id, at) in found.iter().zip(&expected) {
            assert_eq!(browser.row(*id)["words"], all[*at].words.as_str());
        }
        worst = worst.max(browser.spent() + script);
        println!("{words:?}: {} results after {} bytes", found.len(), browser.spent() + script);
    }
    assert!(worst <= 100_000, "{worst}");
}

#[test]
fn long_lists_are_whole() {
    let all = statements(3_000);
    let documents = documents(&all);
    let pages = write(&documents, Vec::new());
    let browser = Browser::new(&pages);
    for word in ["wort7", "wort50", "wort39000", "#harbour-post", "@anna1"] {
        let found = browser.following(&[word]);
        let bare = word.trim_start_matches('@');
        let expected = all
            .iter()
            .filter(|s| word.starts_with('#') || has(&s.words, bare) || has(&s.who.to_lowercase(), bare));
        assert_eq!(found.len(), expected.count(), "{word}");
        assert!(found.windows(2).all(|pair| pair[0] > pair[1]), "{word}");
    }
    assert!(browser.list("wort99999").is_none());
    assert_eq!(browser.entry("wort0").unwrap().rest[0].split_at(1).0, "*", "too common");
}

fn fixture(change: impl FnOnce(&mut Fixture)) -> Vec<Page> {
    let mut fixture = Fixture::new();
    change(&mut fixture);
    search_index(&fixture.site())
}

fn words_of(pages: &[Page], words: &[&str]) -> Vec<String> {
    let browser = Browser::new(pages);
    let found = browser.following(words);
    found.iter().map(|id| browser.row(*id)["words"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn statements_are_found_by_their_words_their_stems_and_their_speaker() {
    let pages = fixture(|_| {});
    assert_eq!(words_of(&pages, &["waits", "lindqvist"]), [] as [&str; 0], "no word that occurs");
    assert_eq!(
        words_of(&pages, &["wait", "@lindqvist"]),
        ["“Water does not wait for us, and now we do not wait for water”"]
    );
    // "pump" is no word of the texts; "pumps" is, and "fault" is reported.
    assert_eq!(words_of(&pages, &["pumps", "fault"]), ["the pumps had run for nine days without a fault"]);
    assert_eq!(words_of(&pages, &["@=tomas-okoye"]).len(), 3);
    assert_eq!(words_of(&pages, &["slept", "#harbour-post"]).len(), 1);
    // A brief by its headline and its topics.
    let browser = Browser::new(&pages);
    let id = browser.following(&["ask", "town"])[0];
    assert_eq!(
        (id % 4, browser.row(id)["brief"]["slug"].as_str()),
        (Flag::Brief as u64, Some("union-answers"))
    );
    let id = browser.following(&["gate", "stand"])[0];
    assert_eq!(
        (id % 4, browser.row(id)["brief"]["slug"].as_str()),
        (Flag::Reported as u64, Some("lock-opens"))
    );
    assert_eq!(browser.row(id)["who"], "Mara Lindqvist");
}

#[test]
fn speakers_are_found_by_every_ending_of_their_names() {
    let pages = fixture(|_| {});
    let browser = Browser::new(&pages);
    for query in ["~mara lind", "~lindqvist", "~lin"] {
        let found = browser.beginning(query);
        assert_eq!(found.len(), 1, "{query}");
        assert_eq!(found[0].rest[..1], ["Mara Lindqvist"]);
    }
}

#[test]
fn nothing_uncertain_and_nobody_without_a_page_is_in_it() {
    let text = |pages: &[Page]| -> String {
        pages.iter().map(|p| String::from_utf8(p.content.clone()).unwrap()).collect()
    };
    let all = text(&fixture(|_| {}));
    assert!(all.contains("nobody had slept") && !all.contains("\nmuseum\t"), "a position is none");
    for held in ["toll would rise", "kept as a museum", "crane left", "promo"] {
        assert!(!all.contains(held), "{held}");
    }
    let hidden = text(&fixture(|f| {
        let okoye = f.library.profiles.iter_mut().find(|p| p.id == "tomas-okoye").unwrap();
        okoye.page = false;
    }));
    assert!(
        !hidden.contains("okoye") && !hidden.contains("Okoye") && !hidden.contains("slept"),
        "no page, no entry"
    );
    let shy = text(&fixture(|f| {
        let okoye = f.library.profiles.iter_mut().find(|p| p.id == "tomas-okoye").unwrap();
        okoye.noindex = true;
    }));
    assert!(shy.contains("slept") && !shy.contains("~okoye"));
    assert!(fixture(|f| f.settings.site.search = false).is_empty());
    assert!(fixture(|f| f.library.statements.clear()).is_empty());
}
