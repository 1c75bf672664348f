//! [`Entries`]: what became of every entry, kept under what it was made of.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::Touched;
use crate::config::{Register, Settings};
use crate::content::Entry;
use crate::diag::Diagnostic;
use crate::site::Keep;
use crate::site::annotator::Annotator;
use crate::site::stages::{self, Outcome, Read, Source};

/// What became of the entries of a site.
#[derive(Debug)]
pub(super) struct Entries {
    kept: HashMap<PathBuf, Kept>,
    /// The settings that they were read with.
    reading: Option<Settings>,
    /// Whether an entry that breaks is shown as it last was.
    forgiving: bool,
}

/// What became of one entry.
#[derive(Clone, Debug)]
struct Kept {
    entry: Entry,
    stamps: Stamps,
    digest: blake3::Hash,
    outcome: Arc<Outcome>,
    /// Whether it shows an older state, the newest being too broken.
    stale: bool,
}

/// What the disk says of the entry and of its notes without their being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamps {
    entry: Option<Stamp>,
    notes: Option<Stamp>,
}

/// The length of a file and the time of its last change.
type Stamp = (u64, SystemTime);

impl Stamps {
    fn of(entry: &Entry) -> Self {
        Self { entry: stamp(&entry.file), notes: entry.notes.as_deref().and_then(stamp) }
    }
}

fn stamp(file: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

impl Entries {
    pub(super) fn new(forgiving: bool) -> Self {
        Self { kept: HashMap::new(), reading: None, forgiving }
    }

    /// Reads what has changed of `entries`; says whether anything has.
    ///
    /// What was touched is read whatever the disk says of it; of the rest, what has another length or
    /// time. Only where the bytes are others is an entry parsed and annotated again.
    ///
    /// What the last build below `root` kept is looked at where everything is read, and added to: an
    /// edit keeps nothing, for the whole pack would be written again.
    pub(super) fn update(
        &mut self,
        root: &Path,
        entries: &[Entry],
        touched: &Touched,
        settings: &Settings,
    ) -> bool {
        let reading = stages::reading(settings);
        let told = self.told(&reading);
        let annotator = match told {
            Told::Everything => Annotator::open(root, Keep::Yes),
            Told::Noted | Told::Nothing => Annotator::default(),
        };
        let read = Reading { settings: &reading, annotator: &annotator, touched, told };
        let next: Vec<(Kept, bool)> = entries
            .par_iter()
            .map(|entry| {
                let before = self.kept.get(&entry.path).filter(|kept| kept.entry == *entry);
                look(entry, before, &read)
            })
            .collect();
        annotator.close();
        let mut changed = next.len() != self.kept.len();
        let before = std::mem::take(&mut self.kept);
        for (mut kept, new) in next {
            changed |= new;
            if new && self.forgiving && matches!(kept.outcome.read, Read::Broken) {
                kept.keep_showing(before.get(&kept.entry.path));
            }
            self.kept.insert(kept.entry.path.clone(), kept);
        }
        self.reading = Some(reading);
        changed
    }

    /// What the settings that have changed since the last look mean for what is kept.
    fn told(&self, reading: &Settings) -> Told {
        let Some(before) = &self.reading else { return Told::Everything };
        let without = |settings: &Settings| Settings { people: Register::default(), ..settings.clone() };
        if without(before) != without(reading) {
            Told::Everything
        } else if before.people != reading.people {
            Told::Noted
        } else {
            Told::Nothing
        }
    }

    /// The outcomes of `entries`, in order.
    pub(super) fn outcomes(&self, entries: &[Entry]) -> Vec<Arc<Outcome>> {
        entries.iter().map(|entry| Arc::clone(&self.kept[&entry.path].outcome)).collect()
    }

    /// The entries that are shown as they last were, the newest state being too broken.
    pub(super) fn stale(&self) -> BTreeSet<PathBuf> {
        self.kept.iter().filter(|(_, kept)| kept.stale).map(|(path, _)| path.clone()).collect()
    }
}

/// Which entries must be parsed and annotated again whatever their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    /// Those with notes: people.toml is another one.
    Noted,
    Everything,
}

impl Kept {
    /// Shows the text as it was `before`, with what there is to say of it now.
    fn keep_showing(&mut self, before: Option<&Self>) {
        let Some(before) =
            before.filter(|before| matches!(before.outcome.read, Read::Brief(..) | Read::Page(_)))
        else {
            return;
        };
        let diagnostics: Vec<Diagnostic> = self.outcome.diagnostics.clone();
        let read = before.outcome.read.clone();
        self.outcome = Arc::new(Outcome { read, diagnostics, noted: before.outcome.noted });
        self.stale = true;
    }
}

/// With what the entries are read.
struct Reading<'a> {
    settings: &'a Settings,
    annotator: &'a Annotator,
    touched: &'a Touched,
    told: Told,
}

/// What becomes of an entry, and whether it is another one than `before`.
fn look(entry: &Entry, before: Option<&Kept>, reading: &Reading<'_>) -> (Kept, bool) {
    let stamps = Stamps::of(entry);
    let touched = reading.touched;
    let may_stay = |kept: &&Kept| match reading.told {
        Told::Nothing => true,
        Told::Noted => !kept.outcome.noted,
        Told::Everything => false,
    };
    let before = before.filter(may_stay);
    let notes = || entry.path.with_extension("notes.toml");
    if let Some(kept) = before.filter(|kept| kept.stamps == stamps)
        && !touched.has(&entry.path)
        && !touched.has(&notes())
    {
        return (kept.clone(), false);
    }
    let source = Source::of(entry);
    let digest = digest(&source);
    if let Some(kept) = before.filter(|kept| kept.digest == digest) {
        return (Kept { stamps, ..kept.clone() }, false);
    }
    let outcome = Arc::new(stages::entry(entry, source, reading.settings, reading.annotator));
    (Kept { entry: entry.clone(), stamps, digest, outcome, stale: false }, true)
}

/// The digest of everything that an entry is made of besides its path and the settings.
fn digest(source: &Source) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let mut part = |kind: u8, bytes: &[u8]| {
        hasher.update(&[kind]);
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    match &source.bytes {
        Ok(bytes) => part(0, bytes),
        Err(diagnostic) => part(1, diagnostic.message.as_bytes()),
    }
    match &source.notes {
        Ok(None) => part(2, &[]),
        Ok(Some((_, text))) => part(3, text.as_bytes()),
        Err(diagnostic) => part(4, diagnostic.message.as_bytes()),
    }
    hasher.finalize()
}
