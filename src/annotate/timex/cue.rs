//! [`Cue`]: the words about a weekday, a month or a day of a month that tell which one is meant.
//!
//! Entry point: [`Cue::of`]. The words are classes of words.toml; what they say of a date
//! is decided by the makers of dates.

use std::ops::Range;

use super::calendar::Lean;
use super::grammar::Grammar;
use super::lexicon::Class;
use super::token::Token;

/// How many tokens before an expression are read for a cue.
const REACH: usize = 12;

/// How many tokens of a quotation before an expression are passed over.
const QUOTED: usize = 80;

/// How many tokens may stand before an expression at the head of its sentence: "In January",
/// "But on Friday".
const LEAD: usize = 2;

/// How far before a word that looks ahead "had been" and the like turn it round.
const UNDONE: usize = 4;

/// How far before "planned" its verb may stand: "is now planned".
const ARRANGED: usize = 2;

/// How near "ended" governs the expression: "ended Jan. 31", "died on Jan. 20".
const NEAR: usize = 2;

/// What the words before an expression tell of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cue {
    /// The side of the publication day: [`Lean::After`] or [`Lean::Past`]; [`Lean::Nearest`] where what
    /// was arranged may be over.
    pub(super) lean: Option<Lean>,
    /// "ended" or the like touches the expression, but for a preposition: "ended Jan. 31".
    pub(super) ended: bool,
    /// An infinitive or a modal stands between: "agreed to buy the bank in January".
    pub(super) open: bool,
    /// The pluperfect tells it: "By Friday, 300 people had been arrested".
    pub(super) pluperfect: bool,
    /// A modal stands between: "said the road could open on Sunday".
    pub(super) modal: bool,
    /// The sentence is of the present: "are up for re-election in November".
    pub(super) present: bool,
    /// The bound that touches the expression: 2 "until", "ahead of"; 1 "by", "through"; 0 "since".
    pub(super) bound: Option<i32>,
}

impl Cue {
    /// The cue of the expression at `place`, within its sentence, which starts at byte `sentence`.
    pub(super) fn of(
        grammar: &Grammar,
        tokens: &[Token],
        place: Range<usize>,
        sentence: u32,
        text: &str,
    ) -> Self {
        let at = place.start;
        let mut cue = Self::default();
        let mut quoted: Option<&str> = None;
        let (mut read, mut article) = (0, false);
        for (index, token) in tokens[..at].iter().enumerate().rev().take(REACH + QUOTED) {
            let word = token.of(text);
            if let Some(opener) = quoted {
                if word == opener || token.start < sentence {
                    quoted = None;
                }
                continue;
            }
            // Words that somebody is quoted with do not govern what stands behind the quotation.
            quoted = grammar.writing.opener(word);
            if quoted.is_some() {
                continue;
            }
            read += 1;
            let ends = matches!(word, "." | "?" | "!" | ";") || grammar.writing.is_clause_mark(word);
            if read > REACH || token.start < sentence || ends {
                break;
            }
            if token.is(Class::Bound) && read <= 1 + usize::from(article) {
                cue.bound = Some(token.value(&grammar.lexicon, Class::Bound));
            }
            article = read == 1 && token.is(Class::Participial);
            cue.present |= token.is(Class::Present);
            cue.modal |= token.is(Class::Modal);
            cue.open |= token.is(Class::Modal) || is_infinitive(tokens, index, at);
            if let Some(lean) = lean(grammar, tokens, index, text) {
                (cue.lean, cue.ended) = (Some(lean), read <= NEAR && token.is(Class::Ended));
                cue.pluperfect = token.is(Class::Undone);
                return cue;
            }
            if token.breaks {
                break;
            }
        }
        let reach = if read <= LEAD { REACH } else { grammar.writing.reach_behind };
        if let Some((lean, pluperfect)) = behind(grammar, tokens, place.end, reach, text) {
            // "Ahead of Thursday's vote, he said": the verb does not govern what bounds it.
            if pluperfect || cue.bound < Some(2) {
                (cue.lean, cue.pluperfect) = (Some(lean), pluperfect);
            }
        }
        cue
    }

    /// Whether the expression lies ahead by the words that govern it.
    pub(super) fn is_ahead(self) -> bool {
        let bound = self.bound > Some(0) && self.open || self.bound == Some(2) && self.lean.is_none();
        self.lean == Some(Lean::After) || bound || self.modal
    }

    /// On which side of the publication day a month or a season lies.
    pub(super) fn side(self) -> Lean {
        match self {
            _ if self.is_ahead() => Lean::Onward,
            Self { pluperfect: true, .. } => Lean::Past,
            Self { bound: Some(0), .. } => Lean::Past,
            Self { bound: Some(_), .. } => Lean::Soon,
            Self { lean: Some(Lean::Past), open: false, .. } => Lean::Past,
            Self { lean: None, present, open, .. } if present || open => Lean::Soon,
            _ => Lean::Nearest,
        }
    }
}

/// The side that the words behind an expression tell, up to `reach` of them in its clause: "In
/// January, the group bought a mill"; and whether they do so in the pluperfect. `at` is the token
/// behind the expression.
fn behind(grammar: &Grammar, tokens: &[Token], at: usize, reach: usize, text: &str) -> Option<(Lean, bool)> {
    let clause = tokens[at..].iter().take(reach).take_while(|token| {
        let word = token.of(text);
        let ends = matches!(word, "." | "?" | "!" | ";" | "”" | "\"") || grammar.writing.is_clause_mark(word);
        !token.breaks && !ends
    });
    (at..at + clause.count())
        .find_map(|index| Some((lean(grammar, tokens, index, text)?, tokens[index].is(Class::Undone))))
}

/// The side that the token at `index` tells, if it tells one.
fn lean(grammar: &Grammar, tokens: &[Token], index: usize, text: &str) -> Option<Lean> {
    let token = &tokens[index];
    if token.is(Class::Ahead) {
        // What "had been due" or was "previously planned" has been.
        let undone = tokens[..index].iter().rev().take(UNDONE).any(|t| t.is(Class::Undone));
        // "One planned for Thursday", without a verb of its own, may be over: the nearest is meant.
        let finite = |t: &Token| {
            t.is(Class::Present) || t.is(Class::Behind) || t.is(Class::Participial) || t.is(Class::Modal)
        };
        let bare = token.is(Class::Arranged) && !tokens[..index].iter().rev().take(ARRANGED).any(finite);
        return Some(match () {
            () if undone => Lean::Past,
            () if bare => Lean::Nearest,
            () => Lean::After,
        });
    }
    // "Will be named", "to be published", "an expected visit": not what has been.
    let before = tokens[..index].last().filter(|_| !token.breaks);
    let participle = before.is_some_and(|t| t.is(Class::Participial));
    let past = token.classes == 0 && grammar.writing.is_past_tense(token.of(text));
    (token.is(Class::Behind) || (past && !participle)).then_some(Lean::Past)
}

/// Whether the token at `index` is the "to" of an infinitive before token `at`.
fn is_infinitive(tokens: &[Token], index: usize, at: usize) -> bool {
    // "To the bank", "to 20", "to Friday" and "to year-end" are none.
    let noun = [Class::Participial, Class::Unit, Class::Units, Class::Season, Class::Part, Class::Deixis];
    let verb = |t: &Token| t.number == 0 && !t.capital && !t.glued && !noun.iter().any(|class| t.is(*class));
    tokens[index].is(Class::Infinitive) && tokens[..at].get(index + 1).is_some_and(verb)
}
