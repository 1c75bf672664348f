//! The search index: counted statements, briefs and speakers, in small files that a page asks for
//! one by one. Entry point: [`files`]. `static/search.js` is the other half and follows the formats
//! below to the letter.
//!
//! # What a browser reads
//!
//! | file | holds | bytes |
//! |---|---|---|
//! | `search/index.txt` | a head line and the root of the [`tree`] | at most 5,100 |
//! | `search/words/NAME.txt` | another node of it | at most 5,000 |
//! | `search/rows/YYYY/MM-DD-N.json` | what results show: sixteen documents of a day | about 4,000 |
//!
//! The head line is `dateline-search 1 ␉ digest ␉ depth ␉ documents`. The digest stands in the address
//! of every other request (`?h=`), so that a browser never mixes the files of two builds from its
//! cache.
//!
//! The tree holds the words, as readers type them ([`words`]), each with the documents in which a
//! word of the same stem stands ([`index`]): there is no stemmer in the browser. `@lee` finds the
//! statements of speakers with that name, `@=ann-lee` those of one speaker, `#harbour-post` the
//! documents of an outlet. A speaker stands under the whole name and under every ending of it, the
//! most heard first ([`speakers`]).
//!
//! One word costs a file a level of the tree, so that the files needed grow with the logarithm of the
//! site. Rows are found by the number of a document alone.
//!
//! # What an added brief changes
//!
//! The file or files of rows of its day and of the days on which it has somebody speak; of the words,
//! those files in which a word of its statements, headline or description stands, and the
//! directories above them; and `search/index.txt`. Every other file keeps name and bytes.
//!
//! # What is in it
//!
//! Only what is shown and certain: the library's statements, and of those none by a speaker who is to
//! have no page; of briefs the headline, the description and what they stand under. Speakers who are
//! kept from search engines are found by their words, not by name.

mod documents;
mod index;
mod postings;
mod speakers;
mod stem;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use self::documents::{BriefEntry, Document, Row};
use self::index::Index;
use self::tree::{Line, Tree};
use super::{Page, SiteView};

/// The folder of the index in the output folder, which is also the search page's.
const FOLDER: &str = "search";

/// Every file of the index, in a fixed order.
pub(super) fn files(site: &SiteView<'_>) -> Vec<Page> {
    write(&documents::documents(site), speakers::lines(site))
}

fn write(documents: &[Document<'_>], speakers: Vec<Line>) -> Vec<Page> {
    let mut index = Index::default();
    documents.iter().for_each(|document| index.add(document));
    let mut lines = index.lines();
    lines.extend(speakers);
    let Tree { depth, root, nodes } = tree::grow(lines);
    let mut pages = rows(documents);
    pages.extend(nodes.into_iter().map(|node| Page {
        path: format!("{FOLDER}/words/{}.txt", node.name),
        content: node.text.into_bytes(),
    }));
    let digest = digest(&pages, &root);
    let head = format!("dateline-search 1\t{digest}\t{depth}\t{}\n", index.len());
    pages.push(Page { path: format!("{FOLDER}/index.txt"), content: (head + &root).into_bytes() });
    pages
}

/// What of this build differs from every other.
fn digest(pages: &[Page], root: &str) -> String {
    let mut digest = blake3::Hasher::new();
    for page in pages {
        digest.update(page.path.as_bytes());
        digest.update(&page.content);
    }
    digest.update(root.as_bytes());
    digest.finalize().to_hex()[..8].to_owned()
}

/// A file of rows: the documents of a part of a day, by their number in it.
#[derive(Serialize)]
struct Rows<'r, 'a> {
    briefs: Vec<BriefEntry<'a>>,
    rows: Vec<Placed<'r, 'a>>,
}

/// A row and the place of its brief in [`Rows::briefs`].
#[derive(Serialize)]
struct Placed<'r, 'a> {
    brief: usize,
    #[serde(flatten)]
    row: &'r Row<'a>,
}

fn rows(documents: &[Document<'_>]) -> Vec<Page> {
    let mut pages = Vec::new();
    for part in documents.chunk_by(|a, b| (a.id.day(), a.id.part()) == (b.id.day(), b.id.part())) {
        let mut briefs: Vec<BriefEntry<'_>> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        // Numbers grow towards the front of the list.
        let rows = part.iter().rev().map(|document| {
            let brief = *places.entry(document.brief.slug).or_insert_with(|| {
                briefs.push(document.brief);
                briefs.len() - 1
            });
            Placed { brief, row: &document.row }
        });
        let rows = rows.collect();
        let content = serde_json::to_vec(&Rows { briefs, rows }).expect("strings always serialise");
        pages.push(Page { path: address(&part[0]), content });
    }
    pages
}

/// The file of rows in which a document stands.
fn address(document: &Document<'_>) -> String {
    let day = i32::try_from(document.id.day()).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
    let day = day.expect("the number was made of a day");
    let (year, month, day) = (day.year(), day.month(), day.day());
    format!("{FOLDER}/rows/{year:04}/{month:02}-{day:02}-{}.json", document.id.part())
}
