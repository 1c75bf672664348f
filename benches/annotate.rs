//! How fast articles are annotated: `cargo bench --bench annotate`.
//!
//! `whole` is what counts: characters a second of everything, from the text as an agency sends it to
//! the last layer. The others are its parts, as far as they can be asked alone, over the same
//! articles of 5 kB: what is left of `whole` without them is the search for who said what.
//!
//! Of the instructions that annotation takes over news of 720 words (callgrind), each layer has:
//!
//! | layer | share |
//! |---|---|
//! | sequence model: sums of weights | 39 % |
//! | sequence model: forward and backward | 12 % |
//! | sequence model: what is asked of each token | 7 % |
//! | sequence model: links | 5 % |
//! | sequence model: best labels, and the rest | 7 % |
//! | dates | 8 % |
//! | tokens, sentences, quotations | 4 % |
//! | carrying everything back | 3 % |
//! | attributions by rules | 4 % |
//! | names | 3 % |
//! | people | 3 % |
//! | speakers, days of speaking, standfirst, the merging of rules and model | 5 % |

use chrono::NaiveDate;
use dateline::annotate::timex::tag;
use dateline::annotate::{Options, annotate};
use dateline::parse::wire;
use dateline::text::token::Tokens;
use dateline::text::{Document, Prose, Span, sentence};
use divan::Bencher;
use divan::counter::CharsCount;

#[path = "dates/news.rs"]
mod news;

fn main() {
    divan::main();
}

/// A few articles, so that no single one decides.
fn texts() -> Vec<String> {
    (0..20).map(news::article).collect()
}

fn documents() -> Vec<Document> {
    texts().into_iter().map(document).collect()
}

fn document(text: String) -> Document {
    wire::document(text, &[]).0
}

fn options() -> Options {
    Options { dct: NaiveDate::from_ymd_opt(2031, 5, 2), ..Options::default() }
}

fn characters() -> CharsCount {
    CharsCount::new(texts().iter().map(|text| text.chars().count()).sum::<usize>())
}

/// Everything.
#[divan::bench(sample_count = 100)]
fn whole(bencher: Bencher) {
    let options = options();
    let quotes: usize = documents().iter().map(|d| annotate(d, &options).quotes.len()).sum();
    assert!(quotes >= 100, "news has five quotations an article, this {quotes} in twenty");
    bencher.counter(characters()).with_inputs(texts).bench_values(|texts| {
        let annotated = |text| annotate(&document(text), &options).quotes.len();
        texts.into_iter().map(annotated).sum::<usize>()
    });
}

/// What an agency puts around the prose, and paragraphs.
#[divan::bench(sample_count = 200)]
fn wire_form(bencher: Bencher) {
    bencher
        .counter(characters())
        .with_inputs(texts)
        .bench_values(|texts| texts.into_iter().map(|text| document(text).blocks.len()).sum::<usize>());
}

/// The view without what is no prose.
#[divan::bench(sample_count = 200)]
fn prose(bencher: Bencher) {
    let documents = documents();
    let length = |document| Prose::of(document).text().len();
    bencher.counter(characters()).bench(|| documents.iter().map(length).sum::<usize>());
}

/// Tokens and sentences.
#[divan::bench(sample_count = 200)]
fn sentences(bencher: Bencher) {
    let proses: Vec<Prose> = documents().iter().map(Prose::of).collect();
    bencher.counter(characters()).bench(|| proses.iter().map(|p| cut(p).len()).sum::<usize>());
}

fn cut(prose: &Prose) -> Vec<Span> {
    let tokens = Tokens::of(prose.text(), options().language.stops());
    sentence::split(&tokens, prose.paragraphs())
}

/// Dates.
#[divan::bench(sample_count = 200)]
fn dates(bencher: Bencher) {
    let options = options();
    let proses: Vec<Prose> = documents().iter().map(Prose::of).collect();
    let read: Vec<(&Prose, Vec<Span>)> = proses.iter().map(|prose| (prose, cut(prose))).collect();
    bencher.counter(characters()).bench(|| {
        let count = |(prose, sentences): &(&Prose, Vec<Span>)| tag(prose.text(), sentences, &options).len();
        read.iter().map(count).sum::<usize>()
    });
}
