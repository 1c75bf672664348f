//! Cues in a sentence: verbs of saying and holding that are used as such.
//!
//! Entry point: [`in_sentence`]. A noun that looks like a verb ("the claims"), a passive ("was
//! told") and an infinitive are no cues.

use std::ops::Range;

use crate::annotate::lexicon::{Lemma, Takes, lexicon};
use crate::annotate::reading::{Reading, Sentence};

/// A cue as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    /// Auxiliaries, adverbs and the verb.
    pub(super) tokens: Range<usize>,
    /// The class of `cues.toml`.
    pub(super) class: usize,
    /// Whether a clause usually follows it without "that".
    pub(super) clausal: bool,
    /// Whether it says that something was not said, or might be.
    pub(super) unsaid: bool,
    /// Whether it may share the source of the cue before it ("said …, adding").
    pub(super) leans: bool,
    /// Whether it is "according to".
    pub(super) according: bool,
    /// Whether the verb names its hearer first ("told").
    pub(super) told: bool,
    /// What its form takes off the confidence.
    pub(super) doubt: f32,
}

const AUXILIARIES: &[&str] = &[
    "has", "have", "had", "did", "does", "do", "'s", "’s", "'ve", "’ve", "having", "is", "was", "are", "were",
];
const MODALS: &[&str] =
    &["would", "could", "might", "may", "can", "should", "must", "shall", "will", "'d", "’d"];
const ADVERBS: &[&str] = &[
    "also",
    "later",
    "then",
    "again",
    "once",
    "earlier",
    "still",
    "just",
    "now",
    "even",
    "further",
    "often",
    "always",
    "twice",
    "thus",
    "first",
    "long",
    "since",
    "soon",
    "already",
    "only",
    "jointly",
    "both",
    "not",
    "never",
    "himself",
    "herself",
    "themselves",
    "nor",
    "yet",
    "all",
];

/// The cues of `sentence`, in order, outside quotation marks.
pub(super) fn in_sentence(reading: &Reading<'_>, sentence: &Sentence) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        if reading.quotation(at).is_some() {
            at += 1;
            continue;
        }
        let cue = if reading.lower(at) == "according" && reading.lower(at + 1) == "to" {
            Some(according(at))
        } else {
            lexicon().cue(reading.lower(at)).and_then(|lemma| verb(reading, sentence, at, lemma))
        };
        match cue {
            Some(cue) => {
                at = cue.tokens.end.max(at + 1);
                cues.push(cue);
            }
            None => at += 1,
        }
    }
    cues
}

/// Whether a word before a verb of saying means that it was not said, or might be.
pub(super) fn unsays(word: &str) -> bool {
    MODALS.contains(&word)
        || matches!(word, "not" | "never" | "nor")
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

fn according(at: usize) -> Cue {
    Cue {
        tokens: at..at + 2,
        class: 0,
        clausal: true,
        unsaid: false,
        leans: false,
        according: true,
        told: false,
        doubt: 0.0,
    }
}

/// The cue whose verb is token `at`, where it is used as one.
fn verb(reading: &Reading<'_>, sentence: &Sentence, at: usize, lemma: Lemma) -> Option<Cue> {
    let opens = at == sentence.tokens.start;
    if reading.is_capital(at) || (opens && !lemma.participle) || !reading.is_word(at) {
        return None;
    }
    let class = &lexicon().classes[lemma.class];
    let start = phrase_start(reading, sentence, at);
    let before = start.checked_sub(1).filter(|b| *b >= sentence.tokens.start);
    let previous = before.map_or("", |b| reading.lower(b));
    let inside: Vec<&str> = (start..at).map(|i| reading.lower(i)).collect();
    let unsaid = inside.iter().any(|w| unsays(w));
    let passive =
        inside.iter().any(|w| matches!(*w, "is" | "was" | "are" | "were" | "be" | "been" | "being"));
    // "she went on to say": the infinitive hangs on a verb of going on.
    let goes_on = previous == "to"
        && start >= 3
        && reading.lower(start - 2) == "on"
        && matches!(reading.lower(start - 3), "went" | "goes" | "go");
    let start = if goes_on { start - 3 } else { start };
    if (previous == "to" && !goes_on)
        || (passive && !lemma.participle)
        || (lemma.nominal && is_noun_place(reading, before, start == at, lemma.bare))
    {
        return None;
    }
    let participle_alone = lemma.participle && !passive;
    if participle_alone
        && !(matches!(previous, "," | "and" | "while" | "but" | "before" | "by" | "”" | "\"" | "—" | "–")
            || opens)
    {
        return None;
    }
    if matches!(class.takes, Takes::Object | Takes::Told) && matches!(reading.lower(at + 1), "of" | "by") {
        return None;
    }
    let end = extent(reading, sentence, at, class.name.as_str());
    let mut index = lemma.class;
    if !class.needs.is_empty() && !has_needed(reading, sentence, end, &class.needs) {
        // “Get back in!” he called: beside a quotation even "call" is a verb of speaking.
        let beside = (sentence.tokens.start.max(at.saturating_sub(16))..at)
            .chain([sentence.tokens.start.saturating_sub(1)])
            .any(|i| reading.quotation(i).is_some());
        index = lexicon().class("speak").filter(|_| beside)?;
    }
    Some(Cue {
        tokens: start..end,
        class: index,
        clausal: lemma.clausal,
        unsaid,
        leans: participle_alone || matches!(previous, "and" | "but" | "," | "then" | "or"),
        according: false,
        told: class.takes == Takes::Told,
        doubt: if lemma.nominal { 0.06 } else { 0.0 },
    })
}

/// Where the verb's auxiliaries and adverbs start.
fn phrase_start(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> usize {
    let mut start = at;
    while start > sentence.tokens.start && at - start < 6 {
        let word = reading.lower(start - 1);
        let adverb = ADVERBS.contains(&word)
            || (word.len() > 4
                && word.ends_with("ly")
                && !reading.is_capital(start - 1)
                && !matches!(
                    word,
                    "family" | "only" | "ally" | "reply" | "assembly" | "early" | "italy" | "july"
                ));
        let helper =
            AUXILIARIES.contains(&word) || MODALS.contains(&word) || matches!(word, "be" | "been" | "being");
        let negation = word.ends_with("n't") || word.ends_with("n’t");
        let genitive = reading.is_genitive(start - 1);
        if !(adverb || helper || negation) || genitive || reading.quotation(start - 1).is_some() {
            break;
        }
        start -= 1;
    }
    // An adverb at the head of the sentence opens the sentence, not the verb.
    while start < at && start == sentence.tokens.start {
        start += 1;
    }
    start
}

/// Whether a form that may be a noun stands where a noun does: behind an article, a possessive, a
/// preposition or an adjective.
fn is_noun_place(reading: &Reading<'_>, before: Option<usize>, alone: bool, bare: bool) -> bool {
    let Some(before) = before else { return true };
    if !alone {
        return false;
    }
    let word = reading.lower(before);
    if reading.is_genitive(before) {
        return true;
    }
    let plural = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s");
    // "the American plan": a singular name and a bare stem make a noun.
    if (reading.is_capital(before) && (!bare || plural))
        || matches!(
            word,
            "he" | "she" | "they" | "we" | "i" | "it" | "who" | "people" | "," | "and" | "”" | "\""
        )
    {
        return false;
    }
    let noun = lexicon().is_noun("roles", word)
        || lexicon().is_noun("bodies", word)
        || lexicon().is_noun("documents", word)
        || lexicon().is_noun("polls", word);
    !(plural || (noun && !bare))
}

/// The end of the cue: particles and, behind "appear", "refuse" and the like, the verb they lead to.
fn extent(reading: &Reading<'_>, sentence: &Sentence, at: usize, class: &str) -> usize {
    let next = reading.lower(at + 1);
    if matches!(class, "hold" | "deny")
        && next == "to"
        && reading.is_word(at + 2)
        && at + 2 < sentence.tokens.end
    {
        let particle = matches!(reading.lower(at + 3), "down" | "up" | "out" | "off" | "away");
        return at + 3 + usize::from(particle);
    }
    if class == "call" && matches!(next, "for" | "on") {
        return at + 2;
    }
    at + 1
}

/// Whether one of the words or marks that the class needs follows within the sentence.
fn has_needed(reading: &Reading<'_>, sentence: &Sentence, end: usize, needs: &[String]) -> bool {
    let near = |i: usize| needs.iter().any(|n| reading.is(i, n) || reading.lower(i) == n);
    (end.saturating_sub(1)..sentence.tokens.end.min(end + 16)).any(near)
}
