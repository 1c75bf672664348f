//! [`Word`]: all that notes say about one attribution.

use super::who::Who;
use crate::annotate::Act;
use crate::annotate::timex::Value;
use crate::text::Span;

/// What notes say about one attribution, each with the note that says it.
#[derive(Debug, Default)]
pub(super) struct Word {
    /// It is none.
    pub(super) reject: Vec<(usize, ())>,
    /// It was looked at, and is as found but for what else is said.
    pub(super) confirm: Vec<(usize, ())>,
    pub(super) speaker: Vec<(usize, Who)>,
    pub(super) act: Vec<(usize, Act)>,
    pub(super) said_on: Vec<(usize, Option<Value>)>,
    /// In the document.
    pub(super) source: Vec<(usize, Vec<Span>)>,
    /// In the document.
    pub(super) cue: Vec<(usize, Vec<Span>)>,
    /// In the view.
    pub(super) content: Vec<(usize, Vec<Span>)>,
}

impl Word {
    /// Takes in what another note says.
    pub(super) fn add(&mut self, other: Self) {
        let Self { reject, confirm, speaker, act, said_on, source, cue, content } = other;
        self.reject.extend(reject);
        self.confirm.extend(confirm);
        self.speaker.extend(speaker);
        self.act.extend(act);
        self.said_on.extend(said_on);
        self.source.extend(source);
        self.cue.extend(cue);
        self.content.extend(content);
    }

    /// Two notes that do not agree.
    pub(super) fn contradiction(&self) -> Option<(usize, usize)> {
        let said = self.notes();
        let rejected = self.reject.first().map(|(note, ())| *note);
        let kept = said.iter().copied().find(|note| !self.reject.iter().any(|(other, ())| other == note));
        let pairs = [
            rejected.zip(kept),
            differing_by(&self.speaker, Who::agrees),
            differing(&self.act),
            differing(&self.said_on),
            differing(&self.source),
            differing(&self.cue),
            differing(&self.content),
        ];
        pairs.into_iter().flatten().next().or_else(|| {
            let act = self.act.iter().find(|(_, act)| *act != Act::Statement);
            let dated = self.said_on.iter().find(|(_, on)| on.is_some());
            Some((act?.0, dated?.0))
        })
    }

    /// Every note that says something here.
    pub(super) fn notes(&self) -> Vec<usize> {
        let mut notes: Vec<usize> = Vec::new();
        notes.extend(self.reject.iter().chain(&self.confirm).map(|(note, ())| *note));
        notes.extend(self.speaker.iter().map(|said| said.0));
        notes.extend(self.act.iter().map(|said| said.0));
        notes.extend(self.said_on.iter().map(|said| said.0));
        notes.extend(self.source.iter().chain(&self.cue).chain(&self.content).map(|said| said.0));
        notes.sort_unstable();
        notes.dedup();
        notes
    }
}

/// The first two notes that say different things.
fn differing<T: PartialEq>(said: &[(usize, T)]) -> Option<(usize, usize)> {
    differing_by(said, T::eq)
}

fn differing_by<T>(said: &[(usize, T)], agrees: impl Fn(&T, &T) -> bool) -> Option<(usize, usize)> {
    let mut pairs =
        said.iter().enumerate().flat_map(|(at, one)| said[at + 1..].iter().map(move |o| (one, o)));
    pairs.find(|(one, other)| !agrees(&one.1, &other.1)).map(|(one, other)| (one.0, other.0))
}
