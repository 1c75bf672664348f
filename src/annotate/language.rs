//! [`Language`]: the languages that have rules, each a folder under `rules` and one line here.

use std::sync::OnceLock;

use crate::text::Stops;

/// What a folder says of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeRules {
    /// How the language writes: language.toml.
    pub(super) writing: &'static str,
    /// Its words: words.toml.
    pub(super) words: &'static str,
    /// What makes an interval of two dates: interval.toml.
    pub(super) intervals: &'static str,
    /// Every other file of the folder, in the order in which equally long matches are tried.
    pub(super) rules: &'static [&'static str],
}

macro_rules! languages {
    ($($(#[$about:meta])* $language:ident $tag:literal [$($file:literal)+];)+) => {
        /// A language whose rules come with Dateline.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Language {
            $($(#[$about])* $language,)+
        }

        impl Language {
            /// Every language, [`Language::Other`] last.
            pub const ALL: &'static [Self] = &[$(Self::$language),+];

            /// The primary subtag of BCP 47, which is also the name of its folder.
            #[must_use]
            pub fn tag(self) -> &'static str {
                match self { $(Self::$language => $tag,)+ }
            }

            /// What its folder says of sentences.
            fn sentences(self) -> &'static str {
                match self { $(Self::$language => include_str!(concat!("rules/", $tag, "/sentences.toml")),)+ }
            }

            /// The rules of time of its folder.
            pub(super) fn time_rules(self) -> TimeRules {
                match self {
                    $(Self::$language => TimeRules {
                        writing: include_str!(concat!("rules/", $tag, "/timex/language.toml")),
                        words: include_str!(concat!("rules/", $tag, "/timex/words.toml")),
                        intervals: include_str!(concat!("rules/", $tag, "/timex/interval.toml")),
                        rules: &[$(include_str!(concat!("rules/", $tag, "/timex/", $file, ".toml"))),+],
                    },)+
                }
            }
        }
    };
}

languages! {
    /// English, in which speakers are read too.
    #[default]
    English "en" ["date" "relative" "period" "reference" "duration" "set" "time"];
    /// German, of which dates alone are read.
    German "de" ["relative" "date" "period" "reference" "duration" "set" "time"];
    /// Any language without rules of its own: only what every language writes alike is read.
    Other "und" ["date"];
}

impl Language {
    /// The language of a BCP 47 tag: `en-GB` is English. No tag at all means English.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.is_empty() {
            return Self::English;
        }
        let known = Self::ALL.iter().find(|language| language.tag().eq_ignore_ascii_case(primary));
        known.copied().unwrap_or(Self::Other)
    }

    /// Which full stops belong to their word, read once.
    #[must_use]
    pub fn stops(self) -> &'static Stops {
        static READ: [OnceLock<Stops>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        READ[self as usize].get_or_init(|| Stops::parse(self.sentences()))
    }

    /// Whether there are rules for who said what.
    #[must_use]
    pub fn has_speakers(self) -> bool {
        self == Self::English
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_finds_its_language_and_an_unknown_one_is_not_taken_for_english() {
        for (tag, language) in [
            ("", Language::English),
            ("en", Language::English),
            ("en-GB", Language::English),
            ("EN_us", Language::English),
            ("eng", Language::Other),
            ("de", Language::German),
            ("de-AT", Language::German),
            ("fr-CA", Language::Other),
            ("und", Language::Other),
        ] {
            assert_eq!(Language::of_tag(tag), language, "{tag}");
        }
    }

    #[test]
    fn every_folder_and_every_file_of_time_is_registered() {
        let folders = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/annotate/rules");
        let mut seen = 0;
        for folder in std::fs::read_dir(folders).unwrap().map(Result::unwrap) {
            let tag = folder.file_name().into_string().unwrap();
            let language = Language::ALL.iter().find(|language| language.tag() == tag);
            let rules = language.unwrap_or_else(|| panic!("`{tag}` is no language")).time_rules();
            for file in std::fs::read_dir(folder.path().join("timex")).unwrap().map(Result::unwrap) {
                let text = std::fs::read_to_string(file.path()).unwrap();
                let known = rules
                    .rules
                    .iter()
                    .chain([&rules.writing, &rules.words, &rules.intervals])
                    .any(|r| *r == text);
                assert!(known, "{} is not registered", file.path().display());
            }
            seen += 1;
        }
        assert_eq!(seen, Language::ALL.len());
    }
}
