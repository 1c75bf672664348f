//! What the search index costs: `cargo bench --bench search`.
//!
//! A site of a thousand annotated articles of 5 kB; the figure is for all of them. `index` is words,
//! stems, lists and files, in memory; writing the files is the output's.

use chrono::NaiveDate;
use dateline::annotate::{Options, annotate};
use dateline::config::{Register, Settings, Site};
use dateline::library::Library;
use dateline::parse::{Article, Meta, Published, Title, wire};
use dateline::record::{Facts, Record};
use dateline::render::{Common, SiteView, search_index};
use divan::Bencher;
use divan::counter::ItemsCount;

#[path = "dates/news.rs"]
mod news;

const ARTICLES: usize = 1_000;

fn main() {
    divan::main();
}

fn day(number: usize) -> NaiveDate {
    let start = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
    start + chrono::Days::new(number as u64 % 900)
}

fn record(number: usize) -> Record {
    let (document, _) = wire::document(news::article(number as u64), &[]);
    let title = Title { text: format!("Council meets for the {number}th time"), derived: false };
    let date = Some(Published { day: day(number), time: None });
    let meta = Meta { date, slug: format!("council-{number}"), ..Meta::titled(title) };
    let path = format!("content/council-{number}.txt").into();
    let article = Article { path, meta, document, lines_before: 0, headline: None };
    let options = Options { dct: Some(day(number)), ..Options::default() };
    let annotations = annotate(&article.document, &options);
    Record { article, annotations }
}

#[divan::bench(sample_count = 20)]
fn index(bencher: Bencher) {
    let settings = Settings {
        site: Site::default(),
        people: Register::default(),
        build_date: day(0),
        drafts: false,
        future: false,
    };
    let records: Vec<Record> = (0..ARTICLES).map(record).collect();
    let facts = records.iter().filter_map(|record| Facts::of(record, settings.site.threshold));
    let (library, _) = Library::fold(&facts.collect::<Vec<_>>(), &settings);
    assert!(library.statements.len() > 3 * ARTICLES, "{} statements", library.statements.len());
    let by_slug = |slug: &str| records.iter().find(|record| record.article.meta.slug == slug);
    let ordered = library.briefs.iter().map(|brief| by_slug(&brief.slug).expect("its record")).collect();
    let site = SiteView::new(&settings, &library, ordered, &[], Common::of(&library, &[]));
    bencher.counter(ItemsCount::new(ARTICLES)).bench(|| search_index(&site).len());
}
