//! Words as outlines: [`Type`] measures, breaks and draws with one of the fonts beside this file.
//!
//! The fonts are Noto Serif and Noto Sans (SIL Open Font License, OFL.txt), cut down to Latin, Greek
//! and Cyrillic letters, so that the same words give the same outlines on every machine.

use std::fmt::Write as _;
use std::sync::LazyLock;

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// A font.
pub(super) struct Type {
    face: Face<'static>,
}

/// The face of the words.
pub(super) static SERIF: LazyLock<Type> = LazyLock::new(|| Type::of(include_bytes!("NotoSerif-Regular.ttf")));
/// The face of the labels.
pub(super) static SANS: LazyLock<Type> = LazyLock::new(|| Type::of(include_bytes!("NotoSans-Regular.ttf")));

impl Type {
    fn of(file: &'static [u8]) -> Self {
        Self { face: Face::parse(file, 0).expect("the fonts beside this file can be read") }
    }

    /// Whether the font has every letter.
    pub(super) fn has(&self, words: &str) -> bool {
        words.chars().all(|letter| self.face.glyph_index(letter).is_some())
    }

    /// The size of a unit of the font where letters are `size` pixels high.
    pub(super) fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.face.units_per_em())
    }

    /// The width of words in pixels.
    pub(super) fn width(&self, words: &str, size: f32) -> f32 {
        let units: i32 = self.glyphs(words).iter().map(|(_, advance)| *advance).sum();
        #[expect(clippy::cast_precision_loss, reason = "a line has fewer units than 24 bits count")]
        let units = units as f32;
        units * self.scale(size)
    }

    /// Breaks words into at most `most` lines of `width` pixels; what finds no place is left out,
    /// which the last line says.
    pub(super) fn lines(&self, words: &str, size: f32, width: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut words = words.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match longer.filter(|longer| self.width(longer, size) <= width) {
                Some(longer) => lines.last_mut().into_iter().for_each(|line| line.clone_from(&longer)),
                None if lines.len() < most => lines.push(self.cut(word, size, width)),
                None => {
                    let last = lines.last_mut();
                    last.into_iter().for_each(|line| *line = self.ended(line, size, width));
                    words.by_ref().for_each(drop);
                }
            }
        }
        lines
    }

    /// A word that is wider than a line, cut to it.
    fn cut(&self, word: &str, size: f32, width: f32) -> String {
        if self.width(word, size) <= width { word.to_owned() } else { self.shortened(word, size, width) }
    }

    /// A line with the mark that more follows, without the words that leave no room for it.
    fn ended(&self, line: &str, size: f32, width: f32) -> String {
        let mut rest = line;
        loop {
            let ended = format!("{} …", rest.trim_end_matches([',', ';', ':', ' ']));
            match rest.rsplit_once(' ') {
                Some((shorter, _)) if self.width(&ended, size) > width => rest = shorter,
                _ => return ended,
            }
        }
    }

    fn shortened(&self, word: &str, size: f32, width: f32) -> String {
        let mut rest = word.to_owned();
        while rest.pop().is_some() && self.width(&format!("{rest}…"), size) > width {}
        rest + "…"
    }

    /// The outline of a line as the data of an SVG path in units of the font, y upwards, from the
    /// start of its baseline.
    pub(super) fn outline(&self, words: &str) -> String {
        let mut path = Path::default();
        for (glyph, advance) in self.glyphs(words) {
            self.face.outline_glyph(glyph, &mut path);
            path.x += advance;
        }
        path.data
    }

    /// The glyphs of a line and how far each moves on, kerning included.
    fn glyphs(&self, words: &str) -> Vec<(GlyphId, i32)> {
        let glyphs: Vec<GlyphId> = words.chars().filter_map(|c| self.face.glyph_index(c)).collect();
        let advance = |glyph: GlyphId| i32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default());
        let kern = |index: usize| glyphs.get(index + 1).map_or(0, |next| self.kerning(glyphs[index], *next));
        glyphs.iter().enumerate().map(|(index, glyph)| (*glyph, advance(*glyph) + kern(index))).collect()
    }

    /// What the font's table of pairs adds between two glyphs.
    fn kerning(&self, first: GlyphId, second: GlyphId) -> i32 {
        let Some(table) = self.face.tables().gpos else { return 0 };
        let pairs = table.lookups.into_iter().flat_map(|lookup| lookup.subtables.into_iter());
        let pairs = pairs.filter_map(|subtable: PositioningSubtable<'_>| match subtable {
            PositioningSubtable::Pair(pair) => Some(pair),
            _ => None,
        });
        let mut found = pairs.filter_map(|pair| {
            let covered = pair.coverage().get(first)?;
            let (value, _) = match pair {
                PairAdjustment::Format1 { sets, .. } => sets.get(covered)?.get(second)?,
                PairAdjustment::Format2 { classes, matrix, .. } => {
                    matrix.get((classes.0.get(first), classes.1.get(second)))?
                }
            };
            Some(i32::from(value.x_advance))
        });
        found.next().unwrap_or_default()
    }
}

/// Path data that grows by glyphs.
#[derive(Default)]
struct Path {
    data: String,
    x: i32,
}

impl Path {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.data.push(command);
        for (index, (x, y)) in points.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a line has fewer units than 24 bits count")]
            let x = x + self.x as f32;
            let gap = if index == 0 { "" } else { " " };
            let _ = write!(self.data, "{gap}{x} {y}");
        }
    }
}

impl OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.data.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_broken_between_words_and_what_is_left_out_is_marked() {
        let words = "The lock let its first ship through on Friday";
        let lines = SERIF.lines(words, 50.0, 400.0, 9);
        assert!(lines.len() > 2 && lines.iter().all(|line| SERIF.width(line, 50.0) <= 400.0), "{lines:?}");
        assert_eq!(lines.join(" "), words);
        let short = SERIF.lines(words, 50.0, 400.0, 2);
        assert_eq!(short.len(), 2);
        assert!(short[1].ends_with(" …") && SERIF.width(&short[1], 50.0) <= 400.0, "{short:?}");
        let long = SERIF.lines(&"W".repeat(40), 50.0, 400.0, 2);
        assert!(long.len() == 1 && long[0].ends_with('…') && SERIF.width(&long[0], 50.0) <= 400.0);
        assert_eq!(SERIF.lines(" ", 50.0, 400.0, 2), [""; 0]);
    }

    #[test]
    fn pairs_are_kerned_and_letters_that_the_font_lacks_are_known() {
        assert!(SERIF.width("AV", 100.0) < SERIF.width("A", 100.0) + SERIF.width("V", 100.0));
        assert!(SANS.has("Škoda “Łódź” – Київ, Ελλάδα €5") && !SANS.has("東京"));
        assert!(SANS.outline("i").starts_with('M') && SANS.outline(" ").is_empty());
    }
}
