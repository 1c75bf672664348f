//! [`Stemmer`]: the stem of a word in the language of its brief.

use frostem::Algorithm;

/// What words of one language are brought to.
///
/// The stemmers are Snowball's, which every full-text index of this kind uses; a language that it
/// does not know has its words as they are.
pub(super) struct Stemmer(Option<frostem::Stemmer>);

impl Stemmer {
    /// The stemmer of a language, by its BCP 47 tag.
    pub(super) fn of(lang: &str) -> Self {
        let primary = lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        // Both written forms of Norwegian share one stemmer.
        let name = if matches!(primary.as_str(), "nb" | "nn") { "no" } else { primary.as_str() };
        Self(Algorithm::from_name(name).ok().map(frostem::Stemmer::new))
    }

    /// The stem of a word in lower case.
    pub(super) fn stem(&self, word: &str) -> String {
        match &self.0 {
            Some(stemmer) => stemmer.stem(word).to_string(),
            None => word.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_stemmed_by_their_language_and_left_alone_where_it_is_unknown() {
        for (lang, word, stem) in [
            ("en", "bridges", "bridg"),
            ("en-GB", "talking", "talk"),
            ("de", "verhandlungen", "verhandl"),
            ("fr-CA", "chevaux", "cheval"),
            ("nb", "havnene", "havn"),
            ("tlh", "bridges", "bridges"),
            ("", "bridges", "bridges"),
        ] {
            assert_eq!(Stemmer::of(lang).stem(word), stem, "{lang}");
        }
    }
}
