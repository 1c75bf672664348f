//! How fast dates are found: `cargo bench --bench dates`.
//!
//! `news` is what counts: characters a second on articles of 5 kB. `adversarial` repeats what a
//! rule may stumble over; where it is linear, all four sizes of a case have the same characters a
//! second. (A case of one-character words loses up to a third between 4× and 8×, once, where its
//! tokens outgrow what the allocator keeps for the next run; at 16× and 32× it loses no more.)

use std::fmt;

use chrono::NaiveDate;
use dateline::annotate::Options;
use dateline::annotate::timex::tag;
use dateline::parse::wire;
use dateline::text::token::Tokens;
use dateline::text::{Prose, Span, sentence};
use divan::Bencher;
use divan::counter::CharsCount;

#[path = "dates/news.rs"]
mod news;

fn main() {
    divan::main();
}

/// A text as the tagger gets it from the annotator.
struct Input {
    prose: Prose,
    sentences: Vec<Span>,
    options: Options,
}

impl Input {
    fn of(text: &str) -> Self {
        let (document, _) = wire::document(text.to_owned(), &[]);
        let prose = Prose::of(&document);
        let options = Options { dct: NaiveDate::from_ymd_opt(2031, 5, 2), ..Options::default() };
        let tokens = Tokens::of(prose.text(), options.language.stops());
        let sentences = sentence::split(&tokens, prose.paragraphs());
        Self { prose, sentences, options }
    }

    fn characters(&self) -> CharsCount {
        CharsCount::of_str(self.prose.text())
    }

    /// How many dates are found.
    fn tag(&self) -> usize {
        tag(self.prose.text(), &self.sentences, &self.options).len()
    }
}

/// The sum of a few articles, so that no single one decides.
#[divan::bench(sample_count = 200)]
fn news(bencher: Bencher) {
    let articles: Vec<Input> = (0..20).map(|seed| Input::of(&news::article(seed))).collect();
    let characters: usize = articles.iter().map(|article| article.prose.text().chars().count()).sum();
    let dates: usize = articles.iter().map(Input::tag).sum();
    let apart = characters / dates.max(1);
    assert!((150..=350).contains(&apart), "news has a date every 270 characters, this every {apart}");
    bencher.counter(CharsCount::new(characters)).bench(|| articles.iter().map(Input::tag).sum::<usize>());
}

/// One article of 5 kB: the time itself is the figure.
#[divan::bench(sample_count = 1000)]
fn article(bencher: Bencher) {
    let article = Input::of(&news::article(1));
    bencher.counter(article.characters()).bench(|| article.tag());
}

/// What is repeated.
const FAMILIES: &[&str] = &[
    "may ",
    "May ",
    "1 ",
    "the the last last ",
    "-",
    "of the first ",
    "two hundred and ",
    "will on will on Monday ",
    "a a a a year ",
    "Jan. Jan. Jan. ",
    "said “on Monday he said ",
    "Monday “",
    "12:30 on ",
    "Friday, ",
    "from Monday to ",
    "½",
    "1,000,",
    "the end of ",
    "5-",
    "night of ",
    "last Friday. ",
    "\u{301}",
];

/// The size of a case that is taken once, in bytes; eight times this is one megabyte.
const SIZE: usize = 128 * 1024;

/// Some words, repeated.
struct Case {
    words: &'static str,
    times: usize,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}×", self.words, self.times)
    }
}

fn cases() -> impl Iterator<Item = Case> {
    FAMILIES.iter().flat_map(|words| [1, 2, 4, 8].map(|times| Case { words, times }))
}

#[divan::bench(args = cases(), sample_count = 10, sample_size = 1)]
fn adversarial(bencher: Bencher, case: &Case) {
    let text = case.words.repeat(SIZE * case.times / case.words.len());
    let input = Input::of(&text);
    bencher.counter(input.characters()).bench(|| input.tag());
}
