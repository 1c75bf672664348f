//! The pictures with which links are shared: 1200 by 630 pixels of the site's words, or of a brief's.
//!
//! Entry points: [`CardPage`] lays the words out, the template `card.svg` draws them, and [`raster`]
//! makes a PNG of that. Words reach the template as outlines, so that no font of the machine is
//! asked. Words with letters that the fonts lack have no picture of their own.

mod typeset;

use serde::Serialize;

use self::typeset::{SANS, SERIF, Type};
use super::SiteView;
use super::linked_data::is_told;
use super::view::statement::alone;
use crate::annotate::Form;
use crate::library::{BriefId, Statement};

/// The margin on the left and on the right, in pixels.
const MARGIN: f32 = 90.0;
/// The width of lines, in pixels.
const WIDTH: f32 = 1200.0 - 2.0 * MARGIN;

/// One line, to be drawn with `translate(x y) scale(scale -scale)`.
#[derive(Debug, Serialize)]
struct Line {
    x: f32,
    /// The baseline.
    y: f32,
    scale: f32,
    /// In pixels.
    width: f32,
    /// Path data in units of the font, y upwards.
    d: String,
}

/// What the template `card.svg` gets.
#[derive(Debug, Serialize)]
pub(crate) struct CardPage {
    /// The site's name, above a brief's headline.
    site: Vec<Line>,
    /// The headline; on the site's own card its name.
    title: Vec<Line>,
    /// The first quotation of a brief; on the site's own card its description.
    words: Vec<Line>,
    /// Who says it, and when where the text tells that.
    who: Vec<Line>,
    /// Whether `words` are somebody's.
    said: bool,
}

/// A stretch of lines in one type and size.
struct Setting<'t> {
    face: &'t Type,
    size: f32,
    /// From baseline to baseline, in sizes.
    leading: f32,
    most: usize,
}

impl Setting<'_> {
    /// Sets words from the baseline `y` on, which it moves below them.
    fn set(&self, words: &str, y: &mut f32) -> Vec<Line> {
        let lines = self.face.lines(words, self.size, WIDTH, self.most).into_iter();
        lines
            .map(|line| {
                let set = Line {
                    x: MARGIN,
                    y: *y,
                    scale: self.face.scale(self.size),
                    width: self.face.width(&line, self.size),
                    d: self.face.outline(&line),
                };
                *y += self.size * self.leading;
                set
            })
            .collect()
    }

    /// Whether all words find their place.
    fn holds(&self, words: &str) -> bool {
        self.face.lines(words, self.size, WIDTH, usize::MAX).len() <= self.most
    }

    /// The same in the largest of some sizes at which all words find their place, else in the
    /// smallest.
    fn fitted(&self, words: &str, sizes: &[f32]) -> Self {
        let mut tried = sizes.iter().map(|size| Self { size: *size, ..*self });
        let smallest = Self { size: sizes.last().copied().unwrap_or(self.size), ..*self };
        tried.find(|setting| setting.holds(words)).unwrap_or(smallest)
    }
}

/// The size of labels, in pixels.
const LABEL: f32 = 28.0;
/// The size of a quotation, in pixels.
const QUOTATION: f32 = 36.0;
/// The lowest baseline of a quotation, in pixels.
const LOWEST: f32 = 530.0;

/// The words of the site's card: its name and its description.
fn site_words<'s>(site: &SiteView<'s>) -> (&'s str, &'s str) {
    let settings = &site.settings.site;
    (settings.title.trim(), settings.description.trim())
}

/// Whether the fonts have the letters of the site's name and description.
pub(crate) fn has_site(site: &SiteView<'_>) -> bool {
    let (title, description) = site_words(site);
    !title.is_empty() && SERIF.has(title) && SERIF.has(description)
}

/// What a brief's card says: its headline, the site's name, the first exact words of somebody named,
/// and who that is.
struct BriefWords<'a> {
    title: &'a str,
    site: &'a str,
    said: Option<(String, String)>,
}

fn brief_words<'a>(site: &SiteView<'a>, id: BriefId) -> BriefWords<'a> {
    let row = site.brief(id);
    let mut rows = row.statements.iter().map(|id| &site.library.statements[*id]);
    let said = rows.find_map(|row| (row.form == Form::Direct).then(|| said(site, row)).flatten());
    BriefWords { title: &row.title, site: &site.settings.site.title, said }
}

fn said(site: &SiteView<'_>, row: &Statement) -> Option<(String, String)> {
    let profile = site.profile(row.profile?);
    let day = row.said_on.filter(|_| row.basis.is_none_or(is_told));
    let day = day.map_or_else(String::new, |on| format!(", {}", site.words.said_on(on)));
    let words = alone(&row.words).split_whitespace().collect::<Vec<_>>().join(" ");
    profile.page.then(|| (words, format!("{}{day}", profile.name)))
}

/// Whether the fonts have the letters of a brief's card.
pub(crate) fn has_brief(site: &SiteView<'_>, id: BriefId) -> bool {
    let words = brief_words(site, id);
    let said = words.said.as_ref();
    SERIF.has(words.title)
        && SANS.has(words.site)
        && said.is_none_or(|(words, who)| SERIF.has(words) && SANS.has(who))
}

/// What is to be read on the site's card.
pub(crate) fn site_alt(site: &SiteView<'_>) -> String {
    let (title, description) = site_words(site);
    if description.is_empty() { title.to_owned() } else { format!("{title}: {description}") }
}

/// What is to be read on a brief's card.
pub(crate) fn brief_alt(site: &SiteView<'_>, id: BriefId) -> String {
    let words = brief_words(site, id);
    match words.said {
        Some((said, who)) => format!("{}. {said} ({who})", words.title),
        None => words.title.to_owned(),
    }
}

impl CardPage {
    /// The card of the site.
    pub(crate) fn of_site(site: &SiteView<'_>) -> Self {
        let (title, description) = site_words(site);
        let name =
            Setting { face: &SERIF, size: 104.0, leading: 1.12, most: 2 }.fitted(title, &[104.0, 84.0, 68.0]);
        let text = Setting { face: &SERIF, size: 40.0, leading: 1.4, most: 5 };
        let mut y = 215.0;
        let title = name.set(title, &mut y);
        let words = text.set(description, &mut y);
        Self { site: Vec::new(), title, words, who: Vec::new(), said: false }
    }

    /// The card of a brief.
    pub(crate) fn of_brief(site: &SiteView<'_>, id: BriefId) -> Self {
        let words = brief_words(site, id);
        let label = Setting { face: &SANS, size: LABEL, leading: 1.4, most: 1 };
        let headline = Setting { face: &SERIF, size: 46.0, leading: 1.2, most: 3 };
        let large = Setting { most: 2, ..headline }.fitted(words.title, &[64.0, 56.0, 50.0]);
        let headline = if large.holds(words.title) { large } else { headline };
        let mut y = 100.0;
        let name = label.set(words.site, &mut y);
        y = 220.0;
        let title = headline.set(words.title, &mut y);
        y += 10.0;
        let most = if y < LOWEST - 2.0 * QUOTATION * 1.5 { 3 } else { 2 };
        let quotation = Setting { face: &SERIF, size: QUOTATION, leading: 1.5, most };
        let (said, who) = words.said.unzip();
        let lines = said.as_ref().map_or_else(Vec::new, |said| quotation.set(said, &mut y));
        y += 4.0;
        let who = who.map_or_else(Vec::new, |who| label.set(&who, &mut y));
        Self { site: name, title, words: lines, who, said: said.is_some() }
    }
}

/// Draws an SVG as a PNG of its own size. Its words must be paths.
///
/// # Errors
/// What is wrong with the SVG.
pub(crate) fn raster(svg: &str) -> Result<Vec<u8>, String> {
    use resvg::{tiny_skia, usvg};
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size();
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height())
        .ok_or_else(|| "the picture has no size".to_owned())?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::raster;

    #[test]
    fn an_svg_becomes_a_png_of_its_size_and_the_same_one_each_time() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"><path d=\"M0 0h9v9z\"/></svg>";
        let png = raster(svg).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!((png[19], png[23]), (30, 20), "width and height");
        assert_eq!(png, raster(svg).unwrap());
        assert!(raster("<svg").is_err());
    }
}
