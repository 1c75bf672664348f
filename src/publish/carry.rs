//! [`carry`]: a plan, carried out in an order in which a reader meets no broken page.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use super::inventory::{PHASES, Phase};
use super::ledger::{self, Entry, Ledger};
use super::place::{Outgoing, Place, PlaceError};
use super::plan::Plan;
use super::{Event, Tell};

/// How long is waited before each further try.
const BACK_OFF: [Duration; 5] = [
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];

/// After how long a place that does not answer a question is given up. Most silences are ended by
/// the place itself, after up to a minute each.
const UNANSWERED: Duration = Duration::from_secs(30);

/// How many files are handed to a place at once, so that a run that breaks off late has said what
/// has arrived before.
const BATCH: usize = 2_000;

/// Carries `plan` out: assets, briefs, lists, entrances, then deletes.
///
/// The ledger is written before the first file and after the last; where something fails in
/// between, what has arrived by then is written down, so that the next run goes on from there.
///
/// # Errors
/// Where the target fails for good.
pub(super) fn carry(
    place: &mut dyn Place,
    plan: &Plan,
    before: &Ledger,
    folder: &Path,
    patience: Patience<'_>,
) -> Result<(), PlaceError> {
    let ledger = expected(plan, before);
    Run { place, ledger, folder, patience }.carry(plan, before)
}

/// What is done where a target fails in a way that may pass.
#[derive(Clone, Copy)]
pub(super) struct Patience<'t> {
    tell: Tell<'t>,
    wait: fn(Duration),
    /// After how long without an answer no further question is put.
    unanswered: Duration,
}

impl<'t> Patience<'t> {
    pub(super) fn new(tell: Tell<'t>) -> Self {
        Self { tell, wait: std::thread::sleep, unanswered: UNANSWERED }
    }

    /// Asks a place for something, and again after a while where the fault may pass; a place that
    /// has been silent for long is not waited for again.
    ///
    /// # Errors
    /// The fault that does not pass, or has not passed.
    pub(super) fn ask<T>(self, mut question: impl FnMut() -> Result<T, PlaceError>) -> Result<T, PlaceError> {
        let asked = Instant::now();
        let in_time = |error: PlaceError| PlaceError {
            transient: error.transient && asked.elapsed() < self.unanswered,
            ..error
        };
        self.again(&mut question, |_| 0, |question| question().map_err(in_time))
    }

    /// Does `work`, and again after a while where the fault may pass. A try after which less is `left`
    /// than before is the first of a new row.
    fn again<S, T>(
        self,
        on: &mut S,
        left: impl Fn(&S) -> usize,
        work: impl Fn(&mut S) -> Result<T, PlaceError>,
    ) -> Result<T, PlaceError> {
        let mut waits = BACK_OFF.iter();
        let mut before = left(on);
        loop {
            let error = match work(on) {
                Err(error) if error.transient => error,
                done => return done,
            };
            if left(on) < before {
                (waits, before) = (BACK_OFF.iter(), left(on));
            }
            let Some(&wait) = waits.next() else { return Err(error) };
            (self.tell)(Event::Retrying { error: &error, after: wait });
            (self.wait)(wait);
        }
    }
}

/// The ledger of the new site, with everything that is still to be sent marked as coming and
/// everything that is still to be deleted left in.
fn expected(plan: &Plan, before: &Ledger) -> Ledger {
    let mut ledger = Ledger::default();
    for file in &plan.unchanged {
        let kept = before.files.get(&file.path).filter(|entry| entry.digest == file.digest);
        let tag = kept.and_then(|entry| entry.tag.clone());
        ledger.files.insert(file.path.clone(), entry(file, tag, false));
    }
    for file in plan.sent() {
        ledger.files.insert(file.path.clone(), entry(file, None, true));
    }
    let stays = plan.deleted.iter().map(|(path, _)| path).chain(&plan.kept);
    for path in stays {
        if let Some(entry) = before.files.get(path) {
            ledger.files.insert(path.clone(), entry.clone());
        }
    }
    ledger
}

fn entry(file: &Outgoing, tag: Option<String>, coming: bool) -> Entry {
    Entry { digest: file.digest.clone(), size: file.size, tag, coming }
}

struct Run<'r> {
    place: &'r mut dyn Place,
    ledger: Ledger,
    /// Where the files lie on this machine.
    folder: &'r Path,
    patience: Patience<'r>,
}

impl Run<'_> {
    fn carry(&mut self, plan: &Plan, before: &Ledger) -> Result<(), PlaceError> {
        if plan.is_nothing() {
            // Files that were found to be right, or are gone by themselves, are written down; a
            // ledger that says it all already is not sent again.
            if self.ledger != *before {
                self.write_down()?;
                self.again(|run| run.place.finish())?;
            }
            return Ok(());
        }
        if !self.place.switches() {
            self.write_down()?;
        }
        let done = self.send_and_delete(plan);
        if done.is_err() && !self.place.switches() {
            // The fault that is told is the one that broke the run off.
            let _ = self.write_down();
        }
        done?;
        self.write_down()?;
        self.again(|run| run.place.finish())
    }

    fn send_and_delete(&mut self, plan: &Plan) -> Result<(), PlaceError> {
        let total = plan.sent().count();
        let mut sent = 0;
        for phase in PHASES {
            let files: Vec<Outgoing> = plan.sent().filter(|f| Phase::of(&f.path) == phase).cloned().collect();
            for batch in files.chunks(BATCH) {
                self.send(batch)?;
                sent += batch.len();
                (self.patience.tell)(Event::Sent { files: sent, of: total });
            }
        }
        let paths: Vec<String> = plan.deleted.iter().map(|(path, _)| path.clone()).collect();
        if !paths.is_empty() {
            self.again(|run| run.place.delete(&paths))?;
            paths.iter().for_each(|path| drop(self.ledger.files.remove(path)));
        }
        Ok(())
    }

    /// Sends a batch; after a fault only what has not arrived is sent again.
    fn send(&mut self, batch: &[Outgoing]) -> Result<(), PlaceError> {
        self.again(|run| {
            let ledger = &mut run.ledger;
            let coming: Vec<Outgoing> =
                batch.iter().filter(|file| ledger.files[&file.path].coming).cloned().collect();
            run.place.put(&coming, &mut |file, tag| {
                ledger.files.insert(file.path.clone(), entry(file, tag, false));
            })
        })
    }

    /// Puts the ledger itself.
    fn write_down(&mut self) -> Result<(), PlaceError> {
        let bytes = self.ledger.to_bytes();
        let file = self.folder.join(ledger::NAME);
        File::create(&file)
            .and_then(|mut open| open.write_all(&bytes))
            .map_err(|error| PlaceError::new(format!("write {}", file.display()), error))?;
        let outgoing = Outgoing {
            path: ledger::NAME.into(),
            file,
            size: bytes.len() as u64,
            digest: blake3::hash(&bytes).to_hex().to_string(),
            content_type: "application/json",
            cache_control: "no-store",
        };
        self.again(|run| run.place.put(std::slice::from_ref(&outgoing), &mut |_, _| ()))
    }

    /// Does `work`, as often as [`Patience`] does.
    fn again(&mut self, work: impl Fn(&mut Self) -> Result<(), PlaceError>) -> Result<(), PlaceError> {
        let patience = self.patience;
        patience.again(self, Self::left, work)
    }

    /// How many files are still to arrive.
    fn left(&self) -> usize {
        self.ledger.files.values().filter(|entry| entry.coming).count()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::place::{Arrived, There};
    use super::*;
    use crate::config::Keep;

    /// Tries again without a pause.
    const AT_ONCE: Patience<'_> = Patience { tell: &|_| (), wait: |_| (), unanswered: UNANSWERED };

    /// A place that fails as often as it is told to, and remembers what was done.
    #[derive(Default)]
    struct Frail {
        files: BTreeMap<String, Vec<u8>>,
        log: Vec<String>,
        /// Before how many more files it fails, and how often.
        fails: Vec<usize>,
        /// How often it does not answer a question.
        silent: usize,
        transient: bool,
    }

    impl Frail {
        fn fault(&self, doing: &str) -> PlaceError {
            let fault = PlaceError::new(doing, "the line is cut");
            if self.transient { fault.transient() } else { fault }
        }
    }

    impl Place for Frail {
        fn list(&mut self) -> Result<BTreeMap<String, There>, PlaceError> {
            let there = |bytes: &Vec<u8>| There { size: bytes.len() as u64, ..There::default() };
            Ok(self.files.iter().map(|(path, bytes)| (path.clone(), there(bytes))).collect())
        }

        fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PlaceError> {
            if self.silent > 0 {
                self.silent -= 1;
                return Err(self.fault("read"));
            }
            Ok(self.files.get(path).cloned())
        }

        fn put(&mut self, files: &[Outgoing], arrived: Arrived<'_>) -> Result<(), PlaceError> {
            for file in files {
                if file.path != ledger::NAME && !self.fails.is_empty() {
                    if self.fails[0] == 0 {
                        self.fails.remove(0);
                        return Err(self.fault("write"));
                    }
                    self.fails[0] -= 1;
                }
                self.files.insert(file.path.clone(), std::fs::read(&file.file).unwrap());
                self.log.push(format!("+{}", file.path));
                arrived(file, None);
            }
            Ok(())
        }

        fn delete(&mut self, paths: &[String]) -> Result<(), PlaceError> {
            for path in paths {
                self.files.remove(path);
                self.log.push(format!("-{path}"));
            }
            Ok(())
        }
    }

    fn site(folder: &Path, files: &[(&str, &str)]) -> BTreeMap<String, Outgoing> {
        let outgoing = |(path, content): &(&str, &str)| {
            let file = folder.join(path.replace('/', "-"));
            File::create(&file).unwrap().write_all(content.as_bytes()).unwrap();
            let digest = blake3::hash(content.as_bytes()).to_hex().to_string();
            let size = content.len() as u64;
            let (content_type, cache_control) = ("text/plain", "");
            let path = (*path).to_owned();
            (path.clone(), Outgoing { path, file, size, digest, content_type, cache_control })
        };
        files.iter().map(outgoing).collect()
    }

    /// One publish; the plan that it made, and what came of it.
    fn publish(place: &mut Frail, folder: &Path, files: &[(&str, &str)]) -> (Plan, Result<(), PlaceError>) {
        let site = site(folder, files);
        let read = place.read(ledger::NAME).unwrap();
        let before = read.map_or_else(Ledger::default, |bytes| Ledger::parse(&bytes).unwrap());
        let plan = Plan::of(&site, &before, &place.list().unwrap(), &Keep::default());
        let ledger = expected(&plan, &before);
        let done = Run { place, ledger, folder, patience: AT_ONCE }.carry(&plan, &before);
        (plan, done)
    }

    const FILES: [(&str, &str); 4] = [
        ("index.html", "front"),
        ("site.css", "style"),
        ("briefs/a/index.html", "a"),
        ("days/index.html", "d"),
    ];

    #[test]
    fn a_question_is_asked_again_where_the_fault_may_pass() {
        let no_longer = Patience { unanswered: Duration::ZERO, ..AT_ONCE };
        for (patience, silent, transient, answered) in [
            (AT_ONCE, 5, true, true),
            (AT_ONCE, 6, true, false),
            (AT_ONCE, 1, false, false),
            (no_longer, 1, true, false),
        ] {
            let mut place = Frail { silent, transient, ..Frail::default() };
            let answer = patience.ask(|| place.read(ledger::NAME));
            assert_eq!(answer.is_ok(), answered, "{silent} {transient}");
        }
    }

    #[test]
    fn what_pages_need_goes_first_and_deletes_last() {
        let folder = tempfile::tempdir().unwrap();
        let mut place = Frail::default();
        publish(&mut place, folder.path(), &FILES).1.unwrap();
        let ledger = "+.dateline-published.json";
        let order = ["+site.css", "+briefs/a/index.html", "+days/index.html", "+index.html"];
        assert_eq!(place.log, [&[ledger], &order[..], &[ledger]].concat());
        place.log.clear();
        publish(&mut place, folder.path(), &[("index.html", "other")]).1.unwrap();
        let order = ["+index.html", "-briefs/a/index.html", "-days/index.html", "-site.css"];
        assert_eq!(place.log, [&[ledger], &order[..], &[ledger]].concat());
        place.log.clear();
        publish(&mut place, folder.path(), &[("index.html", "other")]).1.unwrap();
        assert_eq!(place.log, [""; 0]);
    }

    #[test]
    fn a_fault_that_passes_is_waited_out_and_nothing_is_sent_twice() {
        let folder = tempfile::tempdir().unwrap();
        let mut place = Frail { fails: vec![1, 0, 1], transient: true, ..Frail::default() };
        publish(&mut place, folder.path(), &FILES).1.unwrap();
        assert_eq!(place.log.iter().filter(|line| !line.contains("published")).count(), 4);
    }

    #[test]
    fn tries_are_counted_from_the_last_file_that_arrived() {
        let folder = tempfile::tempdir().unwrap();
        let briefs: Vec<(String, String)> =
            (0..12).map(|n| (format!("briefs/{n}/index.html"), n.to_string())).collect();
        let briefs: Vec<(&str, &str)> = briefs.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
        // The line is cut behind each file: more often than one file is tried.
        let mut place = Frail { fails: vec![1; 11], transient: true, ..Frail::default() };
        publish(&mut place, folder.path(), &briefs).1.unwrap();
        let mut place = Frail { fails: vec![0; 6], transient: true, ..Frail::default() };
        assert!(publish(&mut place, folder.path(), &briefs).1.is_err(), "nothing arrives in six tries");
    }

    #[test]
    fn a_run_that_broke_off_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let mut place = Frail { fails: vec![2], ..Frail::default() };
        let (_, done) = publish(&mut place, folder.path(), &FILES);
        assert_eq!(done.unwrap_err().to_string(), "cannot write: the line is cut");
        let (plan, done) = publish(&mut place, folder.path(), &FILES);
        done.unwrap();
        let sent: Vec<&str> = plan.sent().map(|file| file.path.as_str()).collect();
        assert_eq!(sent, ["days/index.html", "index.html"]);
        // A file that was sent by a broken run and is gone from the site since is still ours.
        let mut place = Frail { fails: vec![2], ..Frail::default() };
        publish(&mut place, folder.path(), &FILES).1.unwrap_err();
        let (plan, done) = publish(&mut place, folder.path(), &[("index.html", "front")]);
        done.unwrap();
        assert_eq!(plan.deleted.len(), 2);
        assert_eq!(place.files.keys().collect::<Vec<_>>(), [ledger::NAME, "index.html"]);
    }
}
