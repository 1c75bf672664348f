//! [`Pack`]: many small results in one file, each under the digest of what it was made of.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::cache::FOLDER;

/// The digest of everything that a result was made of but the program, which the pack knows of.
pub type Key = [u8; 32];

/// The bytes before the first result: the digest of everything behind it, and that of the program.
const HEAD: usize = 64;

/// The bytes before each result: its key and its length.
const ENTRY: usize = 36;

/// Results of one kind in one file, read at once and written at once.
///
/// Like a [`Cache`](super::cache::Cache) it never fails and can be deleted at any time: a file that is
/// not whole, or was written by another program, counts as none, and what is missing is made again. The
/// file is put in its place in one step, so that a build that is killed leaves the file before. It holds
/// the digest of the program's own bytes: whatever may change a result without standing in its key, a
/// rule, a weight, a compiler, is in there.
#[derive(Debug, Default)]
pub struct Pack {
    /// `None` where nothing can be kept.
    place: Option<Place>,
    /// The file as it was read.
    old: Vec<u8>,
    index: HashMap<Key, Range<usize>>,
    new: Mutex<New>,
}

/// What was asked for and what was made since a pack was opened.
#[derive(Debug, Default)]
struct New {
    used: BTreeSet<Key>,
    made: BTreeMap<Key, Vec<u8>>,
}

#[derive(Debug)]
struct Place {
    file: PathBuf,
    program: Key,
    /// Whether anything is written.
    keeps: bool,
}

impl Pack {
    /// The pack of one kind below a site's folder; with `keeps` false it is only read.
    #[must_use]
    pub fn open(root: &Path, kind: &str, keeps: bool) -> Self {
        program().map_or_else(Self::default, |program| Self::of(root, kind, keeps, program))
    }

    fn of(root: &Path, kind: &str, keeps: bool, program: Key) -> Self {
        let file = root.join(FOLDER).join(kind);
        let old = fs::read(&file).unwrap_or_default();
        let index = index(&old, &program).unwrap_or_default();
        Self { place: Some(Place { file, program, keeps }), old, index, new: Mutex::default() }
    }

    /// The result kept under `key`.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&[u8]> {
        let range = self.index.get(key)?.clone();
        self.new.lock().unwrap_or_else(PoisonError::into_inner).used.insert(*key);
        Some(&self.old[range])
    }

    /// Keeps `result` under `key`, in the place of what was kept there.
    pub fn put(&self, key: Key, result: impl FnOnce() -> Option<Vec<u8>>) {
        if self.place.as_ref().is_some_and(|place| place.keeps)
            && let Some(result) = result()
        {
            self.new.lock().unwrap_or_else(PoisonError::into_inner).made.insert(key, result);
        }
    }

    /// Writes what is new, and drops what was not asked for.
    ///
    /// Where nothing is new the file stays as it is, unless more than half of it was not asked for: a
    /// preview with drafts and a build without them do not write it in turns.
    pub fn close(self) {
        let new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Some(place) = self.place.filter(|place| place.keeps) else { return };
        if new.made.is_empty() && new.used.len() * 2 >= self.index.len() {
            return;
        }
        let mut all: BTreeMap<&Key, &[u8]> =
            new.used.iter().map(|key| (key, &self.old[self.index[key].clone()])).collect();
        all.extend(new.made.iter().map(|(key, result)| (key, result.as_slice())));
        // Without it the next build is slower, and nothing else.
        let _ = write(&place, &all);
    }
}

fn write(place: &Place, all: &BTreeMap<&Key, &[u8]>) -> io::Result<()> {
    let mut digest = blake3::Hasher::new();
    digest.update(&place.program);
    for (key, result) in all {
        digest.update(&entry(key, result)?).update(result);
    }
    let folder = place.file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let half = tempfile::NamedTempFile::new_in(folder)?;
    let mut file = BufWriter::new(half);
    file.write_all(digest.finalize().as_bytes())?;
    file.write_all(&place.program)?;
    for (key, result) in all {
        file.write_all(&entry(key, result)?)?;
        file.write_all(result)?;
    }
    let half = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    half.persist(&place.file).map(drop).map_err(|error| error.error)
}

/// What stands before a result.
fn entry(key: &Key, result: &[u8]) -> io::Result<[u8; ENTRY]> {
    let length = u32::try_from(result.len()).map_err(io::Error::other)?;
    let mut head = [0; ENTRY];
    head[..32].copy_from_slice(key);
    head[32..].copy_from_slice(&length.to_le_bytes());
    Ok(head)
}

/// Where each result stands in a file, if it is whole and this program's.
fn index(file: &[u8], program: &Key) -> Option<HashMap<Key, Range<usize>>> {
    let (digest, rest) = file.split_first_chunk::<32>()?;
    if blake3::hash(rest).as_bytes() != digest || !rest.starts_with(program) {
        return None;
    }
    let mut index = HashMap::new();
    let mut at = HEAD;
    while at < file.len() {
        let (key, rest) = file[at..].split_first_chunk::<32>()?;
        let length = u32::from_le_bytes(*rest.first_chunk::<4>()?);
        let start = at + ENTRY;
        at = start.checked_add(usize::try_from(length).ok()?).filter(|end| *end <= file.len())?;
        index.insert(*key, start..at);
    }
    Some(index)
}

/// The digest of the program that runs; `None` where the system does not say what it is.
pub(crate) fn program() -> Option<Key> {
    static PROGRAM: OnceLock<Option<Key>> = OnceLock::new();
    *PROGRAM.get_or_init(|| {
        // By its path a program that was replaced while it runs would be taken for its successor.
        let file = File::open("/proc/self/exe").or_else(|_| File::open(std::env::current_exe()?)).ok()?;
        Some(*blake3::Hasher::new().update_reader(file).ok()?.finalize().as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Key = [1; 32];
    const B: Key = [2; 32];
    const PROGRAM: Key = [7; 32];

    fn open(root: &Path) -> Pack {
        Pack::of(root, "things", true, PROGRAM)
    }

    fn keep(root: &Path, keys: &[Key]) {
        let pack = open(root);
        for key in keys {
            pack.put(*key, || Some(vec![key[0]; 3]));
        }
        pack.close();
    }

    #[test]
    fn what_was_put_is_there_next_time_and_goes_when_something_is_new_and_nobody_asked_for_it() {
        let root = tempfile::tempdir().unwrap();
        keep(root.path(), &[A, B]);
        let pack = open(root.path());
        assert_eq!((pack.get(&A), pack.get(&[3; 32])), (Some([1; 3].as_slice()), None));
        pack.put([3; 32], || Some(Vec::new()));
        pack.close();
        let pack = open(root.path());
        assert_eq!((pack.get(&A), pack.get(&B)), (Some([1; 3].as_slice()), None));
        assert_eq!(pack.get(&[3; 32]), Some([].as_slice()));
    }

    #[test]
    fn a_file_of_which_half_is_used_stays_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        keep(root.path(), &[A, B]);
        let pack = open(root.path());
        let _ = pack.get(&A);
        pack.close();
        assert!(open(root.path()).get(&B).is_some());
        open(root.path()).close();
        assert!(open(root.path()).index.is_empty());
    }

    #[test]
    fn a_reader_writes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let pack = Pack::of(root.path(), "things", false, PROGRAM);
        pack.put(A, || panic!("nobody wants it"));
        pack.close();
        assert!(!root.path().join(FOLDER).exists());
    }

    #[test]
    fn every_broken_byte_and_every_other_length_is_seen() {
        let root = tempfile::tempdir().unwrap();
        keep(root.path(), &[A, B]);
        let file = fs::read(root.path().join(FOLDER).join("things")).unwrap();
        assert!(index(&file, &PROGRAM).is_some());
        for at in 0..file.len() {
            assert!(index(&file[..at], &PROGRAM).is_none(), "cut at {at}");
            let mut broken = file.clone();
            broken[at] ^= 1;
            assert!(index(&broken, &PROGRAM).is_none(), "broken at {at}");
        }
    }

    #[test]
    fn what_another_program_has_kept_is_not_taken() {
        let root = tempfile::tempdir().unwrap();
        keep(root.path(), &[A]);
        assert!(Pack::of(root.path(), "things", true, [8; 32]).get(&A).is_none());
        assert!(program().is_some());
    }
}
