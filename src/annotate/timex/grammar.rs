//! [`Grammar`]: the rules, as one tree over the tokens, and what each makes of its match.
//!
//! Entry points: [`Grammar::of`], [`Grammar::matches`].

use std::sync::OnceLock;

use serde::Deserialize;

use super::fold::Glue;
use super::lexicon::{Class, Lexicon, WordId};
use super::make::Make;
use super::pattern::{Element, expand};
use super::token::Token;
use super::writing::Writing;
use crate::annotate::Language;

/// A rule as its file writes it.
#[cfg_attr(not(test), expect(dead_code, reason = "its name and its examples are for the tests"))]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Rule {
    /// Its name in tests.
    pub(super) id: String,
    /// What it matches; several patterns share one meaning.
    pattern: Vec<String>,
    /// What it makes of a match.
    pub(super) make: Make,
    /// How sure the value is.
    pub(super) confidence: f32,
    /// The elements one of which must stand before the match.
    #[serde(default)]
    before: Vec<String>,
    /// The elements none of which may stand before it.
    #[serde(default)]
    not_before: Vec<String>,
    /// The elements one of which must stand after it (a paragraph's end is written `¶`).
    #[serde(default)]
    after: Vec<String>,
    /// The elements none of which may stand after it.
    #[serde(default)]
    not_after: Vec<String>,
    /// Sentences in which it finds this and no other value.
    #[serde(default)]
    pub(super) examples: Vec<Example>,
    /// Sentences in which it finds nothing.
    #[serde(default)]
    pub(super) counter: Vec<String>,
}

/// A sentence and what the rule makes of it.
#[cfg_attr(not(test), expect(dead_code, reason = "examples are for the tests"))]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub(super) text: String,
    /// The publication date; that of the file where it is left out.
    pub(super) dct: Option<chrono::NaiveDate>,
    /// The words of the expression.
    pub(super) find: String,
    /// Its TIMEX3 value.
    pub(super) value: String,
    /// Its TIMEX3 modifier, where the example is about it.
    #[serde(rename = "mod")]
    pub(super) modifier: Option<String>,
}

#[derive(Deserialize)]
struct File {
    rule: Vec<Rule>,
}

/// The neighbours that a rule asks for or refuses.
#[derive(Debug, Default)]
struct Neighbours {
    before: Vec<Element>,
    not_before: Vec<Element>,
    after: Vec<Element>,
    not_after: Vec<Element>,
}

/// All rules of a language.
#[derive(Debug)]
pub(super) struct Grammar {
    pub(super) writing: Writing,
    pub(super) lexicon: Lexicon,
    pub(super) glue: Glue,
    pub(super) rules: Vec<Rule>,
    neighbours: Vec<Neighbours>,
    sequences: Vec<Sequence>,
    nodes: Vec<Node>,
    /// Where each word of the lexicon leads from the root of the tree; 0 is nowhere.
    starts: Vec<usize>,
    marks: Marks,
}

/// The marks that join the tokens beside them.
#[derive(Debug)]
struct Marks {
    hyphen: WordId,
    binding: [WordId; 3],
    fixed: Vec<WordId>,
    end: WordId,
}

/// One way to match a rule.
#[derive(Debug)]
pub(super) struct Sequence {
    pub(super) rule: usize,
    pub(super) elements: Vec<Element>,
}

/// A place in the tree of all sequences.
#[derive(Debug, Default)]
struct Node {
    /// By word: the root has hundreds.
    words: Vec<(WordId, usize)>,
    classes: Vec<(Class, usize)>,
    /// The classes of all `classes`, to leave at once.
    any: u64,
    /// The sequences that end here.
    ends: Vec<usize>,
}

/// A sequence that matched, and how many tokens it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) sequence: usize,
    pub(super) length: usize,
}

impl Grammar {
    /// The rules of a language, read once.
    pub(super) fn of(language: Language) -> &'static Self {
        static READ: [OnceLock<Grammar>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        READ[language as usize].get_or_init(|| Self::parse(language))
    }

    fn parse(language: Language) -> Self {
        let files = language.time_rules();
        let writing = Writing::parse(files.writing);
        let mut lexicon = Lexicon::parse(files.words, writing.genitive.as_deref());
        let mut rules = Vec::new();
        for file in files.rules {
            let file: File =
                toml::from_str(file).unwrap_or_else(|e| panic!("the rules are compiled in: {e}"));
            rules.extend(file.rule);
        }
        let glue = Glue::new(&mut lexicon, &writing);
        let neighbours = rules.iter().map(|rule| Neighbours::of(rule, &mut lexicon)).collect();
        let mut sequences = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            for pattern in &rule.pattern {
                let expanded = expand(pattern, &mut lexicon);
                sequences.extend(
                    expanded.into_iter().map(|elements| Sequence {
                        rule: number,
                        elements: with_phrases(&elements, &lexicon),
                    }),
                );
            }
        }
        let marks = Marks::new(&mut lexicon, writing.genitive.as_deref());
        let mut grammar = Self {
            writing,
            lexicon,
            glue,
            rules,
            neighbours,
            sequences,
            nodes: vec![Node::default()],
            starts: Vec::new(),
            marks,
        };
        for sequence in 0..grammar.sequences.len() {
            grammar.plant(sequence);
        }
        grammar.starts = vec![0; grammar.lexicon.len()];
        for (word, node) in &grammar.nodes[0].words {
            grammar.starts[usize::from(*word)] = *node;
        }
        for node in &mut grammar.nodes {
            node.words.sort_unstable();
        }
        grammar
    }

    /// Adds a sequence to the tree.
    fn plant(&mut self, sequence: usize) {
        let mut at = 0;
        for element in self.sequences[sequence].elements.clone() {
            let node = &self.nodes[at];
            let known = match element {
                Element::Word(word) => node.words.iter().find(|(w, _)| *w == word).map(|(_, n)| *n),
                Element::Class(class) => node.classes.iter().find(|(c, _)| *c == class).map(|(_, n)| *n),
            };
            at = known.unwrap_or_else(|| {
                let new = self.nodes.len();
                self.nodes.push(Node::default());
                match element {
                    Element::Word(word) => self.nodes[at].words.push((word, new)),
                    Element::Class(class) => {
                        self.nodes[at].any |= class.bit();
                        self.nodes[at].classes.push((class, new));
                    }
                }
                new
            });
        }
        self.nodes[at].ends.push(sequence);
    }

    /// The sequence of a match.
    pub(super) fn sequence(&self, found: Match) -> &Sequence {
        &self.sequences[found.sequence]
    }

    /// All matches that start at token `at`, the longest first, then in the order of the rules.
    pub(super) fn matches(&self, tokens: &[Token], at: usize, found: &mut Vec<Match>) {
        found.clear();
        // Most words start nothing.
        let token = &tokens[at];
        let leads = self.starts[usize::from(token.word)] != 0 || token.classes & self.nodes[0].any != 0;
        if leads && self.may_start(tokens, at) {
            self.start(tokens, at, found);
            found.retain(|m| self.fits(tokens, at, *m));
            found.sort_by_key(|m| (std::cmp::Reverse(m.length), self.sequences[m.sequence].rule));
        }
    }

    /// No expression starts inside a compound: "F-16", "$1990", "3/4".
    fn may_start(&self, tokens: &[Token], at: usize) -> bool {
        let token = &tokens[at];
        if !token.glued || at == 0 {
            return true;
        }
        if token.start == token.end {
            return false;
        }
        let before = tokens[at - 1];
        if before.word == self.marks.hyphen {
            return at < 2 || !before.glued || !tokens[at - 2].is(Class::Name);
        }
        before.classes == 0 && !self.marks.fixed.contains(&before.word)
    }

    /// Takes the first step into the tree, by a table instead of a search.
    fn start(&self, tokens: &[Token], at: usize, found: &mut Vec<Match>) {
        let (root, token) = (&self.nodes[0], &tokens[at]);
        let next = self.starts[usize::from(token.word)];
        if next != 0 {
            self.descend(next, tokens, at, 1, found);
        }
        for (_, next) in root.classes.iter().filter(|(class, _)| token.is(*class)) {
            self.descend(*next, tokens, at, 1, found);
        }
    }

    /// Walks the tree; its depth is that of the longest pattern.
    fn descend(&self, node: usize, tokens: &[Token], at: usize, length: usize, found: &mut Vec<Match>) {
        let node = &self.nodes[node];
        found.extend(node.ends.iter().map(|sequence| Match { sequence: *sequence, length }));
        let Some(token) = tokens.get(at + length).filter(|t| self.joins(&tokens[at + length - 1], t)) else {
            return;
        };
        if token.word != 0
            && let Ok(place) = node.words.binary_search_by_key(&token.word, |(word, _)| *word)
        {
            self.descend(node.words[place].1, tokens, at, length + 1, found);
        }
        if token.classes & node.any != 0 {
            for (_, next) in node.classes.iter().filter(|(class, _)| token.is(*class)) {
                self.descend(*next, tokens, at, length + 1, found);
            }
        }
    }

    /// Whether two neighbours can belong to one expression.
    fn joins(&self, left: &Token, right: &Token) -> bool {
        let binds = |token: &Token| token.word != 0 && self.marks.binding.contains(&token.word);
        !right.breaks && (right.glued || !(binds(left) || binds(right)))
    }

    /// Whether the neighbours of a match are as its rule wants them.
    fn fits(&self, tokens: &[Token], at: usize, found: Match) -> bool {
        let wanted = &self.neighbours[self.sequences[found.sequence].rule];
        let before = at.checked_sub(1).map(|b| &tokens[b]).filter(|_| !tokens[at].breaks);
        let end = at + found.length;
        // A hyphen or colon with a blank beside it binds nothing.
        let loose = |t: &Token| {
            t.word != 0
                && self.marks.binding.contains(&t.word)
                && !(t.glued && tokens.get(end + 1).is_some_and(|n| n.glued))
        };
        let after = tokens.get(end).filter(|t| !t.breaks && !loose(t));
        let any = |list: &[Element], token: Option<&Token>| list.iter().any(|e| self.meets(*e, token));
        (wanted.before.is_empty() || any(&wanted.before, before))
            && !any(&wanted.not_before, before)
            && (wanted.after.is_empty() || any(&wanted.after, after))
            && !any(&wanted.not_after, after)
    }

    fn meets(&self, element: Element, token: Option<&Token>) -> bool {
        match (element, token) {
            (Element::Word(word), None) => word == self.marks.end,
            (Element::Word(word), Some(token)) => token.word == word,
            (Element::Class(class), Some(token)) => token.is(class),
            (Element::Class(_), None) => false,
        }
    }
}

/// The elements with each run of words that the fold makes one token of as that token.
fn with_phrases(elements: &[Element], lexicon: &Lexicon) -> Vec<Element> {
    let mut all = Vec::with_capacity(elements.len());
    let mut rest = elements;
    while let [first, tail @ ..] = rest {
        let phrases = match (first, tail.first()) {
            (Element::Word(word), Some(Element::Word(second))) => lexicon.entry(*word).phrases(*second),
            _ => &[],
        };
        let starts = |words: &[WordId]| {
            words.len() <= tail.len() && words.iter().zip(tail).all(|(w, e)| Element::Word(*w) == *e)
        };
        match phrases.iter().find(|(words, _)| starts(words)) {
            Some((words, phrase)) => {
                all.push(Element::Word(*phrase));
                rest = &tail[words.len()..];
            }
            None => {
                all.push(*first);
                rest = tail;
            }
        }
    }
    all
}

impl Marks {
    fn new(lexicon: &mut Lexicon, genitive: Option<&str>) -> Self {
        let genitive = genitive.map(|ending| lexicon.intern(ending));
        let mut id = |word| lexicon.intern(word);
        let hyphen = id("-");
        Self {
            hyphen,
            binding: [hyphen, id(":"), id("/")],
            fixed: ["/", "$", "#", "£", "€", ".", ",", ":", "@", "&", "_", "=", "+", "%"]
                .map(&mut id)
                .into_iter()
                .chain(genitive)
                .collect(),
            end: id("¶"),
        }
    }
}

impl Neighbours {
    fn of(rule: &Rule, lexicon: &mut Lexicon) -> Self {
        let mut read =
            |list: &[String]| list.iter().map(|text| Element::parse(text, lexicon)).collect::<Vec<_>>();
        Self {
            before: read(&rule.before),
            not_before: read(&rule.not_before),
            after: read(&rule.after),
            not_after: read(&rule.not_after),
        }
    }
}
