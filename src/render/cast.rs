//! [`Cast`]: who speaks in one brief, each with a hue, and which attributions are shown.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::SiteView;
use crate::annotate::{Act, Provenance, Quote, SpeakerKind};
use crate::library::{Brief, BriefId, Profile, ProfileId};
use crate::record::Record;
use crate::text::fold;

/// How many hues the style sheet knows.
pub(super) const HUES: usize = 12;

/// Someone who speaks in a brief.
#[derive(Debug)]
pub(super) struct Voice {
    /// The name shown.
    pub(super) name: String,
    /// The name as the article gives it in full.
    pub(super) given: String,
    /// What they are.
    pub(super) kind: SpeakerKind,
    /// Their row in the library.
    pub(super) profile: Option<ProfileId>,
    /// Their page as a site path.
    pub(super) path: Option<String>,
    /// Office or description at the time.
    pub(super) role: Option<String>,
    /// The number of the voice in the brief, from 0, in the order in which they are first heard.
    pub(super) index: usize,
    /// The hue, from 0.
    pub(super) hue: usize,
    /// Statements that count.
    pub(super) counted: usize,
    /// Statements below the threshold.
    pub(super) unsure: usize,
    /// Reported positions.
    pub(super) held: usize,
    /// Attributions that are shown.
    pub(super) marks: usize,
    /// Those of them that an editor has looked at.
    pub(super) checked: usize,
    /// The id of their first attribution shown.
    pub(super) first: String,
}

/// Who speaks in one brief.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// In the order in which they are first heard.
    pub(super) voices: Vec<Voice>,
    /// Whose each attribution is, by its index in the record; `None` where nobody is known.
    pub(super) of_quote: Vec<Option<usize>>,
}

/// What tells voices apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Profile(ProfileId),
    Person(usize),
    Name(String),
}

/// Whether an attribution is drawn at all: what was denied, asked or not said is not, and no view
/// that the model alone, and unsure, reads out of the text. Nobody is given words by either; both
/// stand in the JSON.
pub(super) fn is_shown(quote: &Quote) -> bool {
    let faint =
        quote.act == Act::Position && quote.provenance == Provenance::Model && quote.confidence < FAINT;
    quote.act != Act::None && !quote.content.is_empty() && !faint
}

/// The least confidence of a view that the model alone has found: of those below, the development
/// articles hold nearly as many that are none.
const FAINT: f32 = 0.8;

impl Cast {
    /// The cast of a brief.
    pub(super) fn of(site: &SiteView<'_>, id: BriefId) -> Self {
        let (record, brief) = (site.records[id], site.brief(id));
        let threshold = site.settings.site.threshold;
        let mut cast = Self::default();
        let mut known: BTreeMap<Key, usize> = BTreeMap::new();
        // The library may know a speaker whom the article's own list of people lacks.
        let rows = brief.statements.iter().map(|s| &site.library.statements[*s]);
        let counted: BTreeMap<&str, Option<ProfileId>> = rows.map(|row| (&*row.quote, row.profile)).collect();
        for quote in &record.annotations.quotes {
            let speaker = quote.speaker.as_ref().filter(|_| is_shown(quote));
            let voice = speaker.map(|speaker| {
                let person = speaker.person.and_then(|p| brief.people.get(p).copied().flatten());
                let profile = person.or_else(|| counted.get(quote.id.as_str()).copied().flatten());
                let key = match (profile, speaker.person) {
                    (Some(profile), _) => Key::Profile(profile),
                    (None, Some(person)) => Key::Person(person),
                    (None, None) => Key::Name(fold::words(&speaker.name)),
                };
                *known.entry(key).or_insert_with(|| {
                    cast.voices.push(voice(site, record, brief, quote, profile, cast.voices.len()));
                    cast.voices.len() - 1
                })
            });
            if let Some(voice) = voice {
                let voice = &mut cast.voices[voice];
                voice.marks += 1;
                voice.checked += usize::from(quote.provenance == Provenance::Editor);
                match quote.act {
                    Act::Statement if quote.repeats.is_some() => {}
                    Act::Statement if quote.confidence >= threshold => voice.counted += 1,
                    Act::Statement => voice.unsure += 1,
                    Act::Position => voice.held += 1,
                    Act::None => {}
                }
            }
            cast.of_quote.push(voice);
        }
        cast
    }
}

fn voice(
    site: &SiteView<'_>,
    record: &Record,
    brief: &Brief,
    quote: &Quote,
    profile: Option<ProfileId>,
    index: usize,
) -> Voice {
    let given = quote.speaker.as_ref().map_or_else(String::new, |s| s.name.clone());
    let person = quote.speaker.as_ref().and_then(|s| s.person);
    let row = profile.map(|id| site.profile(id));
    let local = person.and_then(|p| record.annotations.people.get(p)).and_then(|p| p.roles.first());
    Voice {
        name: row.map_or_else(|| given.clone(), |p| p.name.clone()),
        given,
        kind: quote.speaker.as_ref().map_or(SpeakerKind::Unnamed, |s| s.kind),
        profile,
        path: profile.and_then(|id| site.speaker_path(id)),
        role: row.and_then(|p| role_on(p, brief.published.day)).or(local.cloned()),
        index,
        hue: index % HUES,
        counted: 0,
        unsure: 0,
        held: 0,
        marks: 0,
        checked: 0,
        first: quote.id.clone(),
    }
}

/// The role of a speaker on a day.
pub(super) fn role_on(profile: &Profile, day: NaiveDate) -> Option<String> {
    profile.role_on(day).map(str::to_owned)
}
