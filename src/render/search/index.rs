//! [`Index`]: from the words of documents to the lines that a browser looks up.

use std::collections::{BTreeMap, HashMap};

use super::documents::Document;
use super::postings::{Id, blocks};
use super::stem::Stemmer;
use super::tree::Line;
use super::words;

/// The documents that each word finds.
#[derive(Default)]
pub(super) struct Index<'a> {
    /// The numbers of the documents, newest first.
    ids: Vec<Id>,
    languages: Vec<Known<'a>>,
    /// The place of each language in `languages`.
    tags: BTreeMap<&'a str, usize>,
    vocabulary: Vocabulary,
}

/// What is known of the words of one language.
struct Known<'a> {
    stemmer: Stemmer,
    /// What a word, as it is written, is indexed as.
    seen: HashMap<&'a str, Vec<Entry>>,
}

/// A word as a reader may type it, and the stem that stands for it in one language.
#[derive(Clone, Copy)]
struct Entry {
    form: usize,
    stem: usize,
}

/// Words and stems by number.
#[derive(Default)]
struct Vocabulary {
    forms: Vec<Form>,
    by_word: HashMap<String, usize>,
    by_stem: HashMap<(usize, String), usize>,
    /// The documents of each stem, as indexes into [`Index::ids`].
    lists: Vec<Vec<u32>>,
}

/// A folded word.
struct Form {
    word: String,
    /// Its stems, one a language in which it occurs; sorted.
    stems: Vec<usize>,
    /// How often it occurs.
    count: usize,
}

/// Documents below which no word counts as too common.
const FEW: usize = 1_000;
/// A word in more than one document of so many is too common to be looked for.
const COMMON: usize = 5;
/// Bytes of a list that every word of a stem has in full; a longer one stands under one of them.
const SHORT: usize = 160;
/// The number of "languages" in [`Vocabulary::by_stem`] that words without a stemmer have.
const NO_LANGUAGE: usize = usize::MAX;

impl<'a> Index<'a> {
    /// Takes in a document older than those before it.
    pub(super) fn add(&mut self, document: &Document<'a>) {
        let number = u32::try_from(self.ids.len()).expect("fewer than four milliards of documents");
        self.ids.push(document.id);
        let language = *self.tags.entry(document.lang).or_insert_with(|| {
            self.languages.push(Known { stemmer: Stemmer::of(document.lang), seen: HashMap::new() });
            self.languages.len() - 1
        });
        let (known, vocabulary) = (&mut self.languages[language], &mut self.vocabulary);
        for text in &document.texts {
            words::each(text, |word| {
                let stemmer = &known.stemmer;
                let entries =
                    known.seen.entry(word).or_insert_with(|| vocabulary.entries(word, language, stemmer));
                entries.iter().for_each(|entry| vocabulary.found(*entry, number));
            });
        }
        let named = document.speaker.map(words::joined).unwrap_or_default();
        let named = named.split(' ').filter(|word| !word.is_empty()).map(|word| format!("@{word}"));
        for key in named.chain(document.keys.iter().cloned()) {
            let entry = vocabulary.entry(&key, NO_LANGUAGE, &key);
            vocabulary.found(entry, number);
        }
    }

    /// The number of documents.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// One line for each word, and one for each further block of a long list:
    ///
    /// ```text
    /// word ␉ ␉ documents ␉ block       a list, or its first block
    /// word ␉ code ␉ ␉ block            a further block; the code says where the list goes on
    /// word ␉ ␉ =other                  the same list as that of another word
    /// word ␉ ␉ *documents              too common to be looked for
    /// ```
    pub(super) fn lines(&self) -> Vec<Line> {
        let mut families: BTreeMap<&[usize], Vec<&Form>> = BTreeMap::new();
        for form in &self.vocabulary.forms {
            families.entry(&form.stems).or_default().push(form);
        }
        let mut lines = Vec::with_capacity(self.vocabulary.forms.len());
        for (stems, forms) in families {
            self.family(stems, &forms, &mut lines);
        }
        lines
    }

    /// The lines of words that have the same stems and so the same list.
    fn family(&self, stems: &[usize], forms: &[&Form], lines: &mut Vec<Line>) {
        let list = self.vocabulary.merged(stems);
        let filter = forms.iter().any(|form| form.word.starts_with(['@', '#']));
        if !filter && self.ids.len() >= FEW && list.len() * COMMON > self.ids.len() {
            let line = |form: &&Form| Line { key: head(&form.word), rest: format!("*{}", list.len()) };
            lines.extend(forms.iter().map(line));
            return;
        }
        let blocks = blocks(list.iter().map(|number| self.ids[*number as usize]));
        let rest = format!("{}\t{}", list.len(), blocks[0].text);
        if let ([_], true) = (blocks.as_slice(), rest.len() <= SHORT) {
            lines.extend(forms.iter().map(|form| Line { key: head(&form.word), rest: rest.clone() }));
            return;
        }
        // The word that most write, so that most readers need no second look.
        let holder = forms.iter().max_by(|a, b| a.count.cmp(&b.count).then_with(|| b.word.cmp(&a.word)));
        let Some(holder) = holder else { return };
        let others = forms.iter().filter(|form| form.word != holder.word);
        lines.extend(others.map(|f| Line { key: head(&f.word), rest: format!("={}", holder.word) }));
        lines.push(Line { key: head(&holder.word), rest });
        lines.extend(blocks[1..].iter().map(|block| Line {
            key: format!("{}\t{}", holder.word, block.first.code()),
            rest: format!("\t{}", block.text),
        }));
    }
}

/// The key of a word's first line.
fn head(word: &str) -> String {
    format!("{word}\t")
}

impl Vocabulary {
    /// What a word of a text is indexed as.
    fn entries(&mut self, word: &str, language: usize, stemmer: &Stemmer) -> Vec<Entry> {
        let folded = words::folded(word);
        let pieces: Vec<&str> = words::pieces(&folded).collect();
        match pieces.as_slice() {
            [piece] => vec![self.entry(piece, language, &stemmer.stem(&word.to_lowercase()))],
            // A sign that stands for several words has no stem.
            several => several.iter().map(|piece| self.entry(piece, language, piece)).collect(),
        }
    }

    fn entry(&mut self, word: &str, language: usize, stem: &str) -> Entry {
        let form = match self.by_word.get(word) {
            Some(form) => *form,
            None => {
                self.forms.push(Form { word: word.to_owned(), stems: Vec::new(), count: 0 });
                self.by_word.insert(word.to_owned(), self.forms.len() - 1);
                self.forms.len() - 1
            }
        };
        let lists = &mut self.lists;
        let stem = *self.by_stem.entry((language, stem.to_owned())).or_insert_with(|| {
            lists.push(Vec::new());
            lists.len() - 1
        });
        let stems = &mut self.forms[form].stems;
        if let Err(place) = stems.binary_search(&stem) {
            stems.insert(place, stem);
        }
        Entry { form, stem }
    }

    fn found(&mut self, entry: Entry, document: u32) {
        self.forms[entry.form].count += 1;
        let list = &mut self.lists[entry.stem];
        if list.last() != Some(&document) {
            list.push(document);
        }
    }

    /// The documents of several stems, newest first, each once.
    fn merged(&self, stems: &[usize]) -> std::borrow::Cow<'_, [u32]> {
        if let [stem] = stems {
            return self.lists[*stem].as_slice().into();
        }
        let mut all: Vec<u32> = stems.iter().flat_map(|stem| &self.lists[*stem]).copied().collect();
        all.sort_unstable();
        all.dedup();
        all.into()
    }
}
