//! Stable codes: what a mistake is called in print, in JSON and in the documentation.

use std::fmt;

use serde::{Serialize, Serializer};

/// A stable name for one kind of mistake: a letter and three digits, and a slug.
///
/// Letters: `E` a file as such, `F` front matter and metadata, `W` wire layout, `M` Markdown,
/// `Q` annotation, `N` an editor's notes, `P` people and other library rows, `A` addresses and links, `C` configuration,
/// `T` templates. A code is never given a second meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// "F003".
    pub id: &'static str,
    /// "missing-date".
    pub name: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $constant:ident = $id:literal $name:literal;)+) => {
        impl Code {
            $($(#[$doc])* pub const $constant: Code = Code { id: $id, name: $name };)+

            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$constant),+];
        }
    };
}

codes! {
    /// The file is in no encoding that we read.
    UNKNOWN_ENCODING = "E001" "unknown-encoding";
    /// The file was read as Windows-1252.
    WINDOWS_1252 = "E002" "windows-1252";
    /// The file holds a NUL byte: it is no text.
    NUL_BYTE = "E003" "nul-byte";
    /// A symbolic link leads out of content/.
    LINK_OUTSIDE = "E004" "link-outside-content";
    /// The file could not be read.
    UNREADABLE = "E005" "unreadable-file";
    /// The file is too large for one article.
    TOO_LARGE = "E006" "file-too-large";
    /// The file holds no words.
    EMPTY = "E007" "empty-file";
    /// The file holds a control character other than NUL.
    CONTROL_CHARACTER = "E008" "control-character";
    /// The front matter has no closing fence.
    UNCLOSED_FRONT_MATTER = "F001" "unclosed-front-matter";
    /// The front matter is no valid TOML or YAML.
    BAD_FRONT_MATTER = "F002" "bad-front-matter";
    /// No date anywhere.
    MISSING_DATE = "F003" "missing-date";
    /// No headline; one was derived.
    DERIVED_TITLE = "F004" "derived-title";
    /// A key that we do not know.
    UNKNOWN_KEY = "F005" "unknown-key";
    /// A value of the wrong kind.
    BAD_VALUE = "F006" "bad-value";
    /// A slug that is no single path segment.
    BAD_SLUG = "F007" "bad-slug";
    /// An alias that is no path inside the site.
    BAD_ALIAS = "F008" "bad-alias";
    /// Held back by `status`, `embargo` or `draft`.
    WITHHELD = "F009" "withheld";
    /// Agency copy shown in full without `rights`.
    NO_RIGHTS = "F010" "agency-copy-without-rights";
    /// Two places give different dates.
    DATE_CONFLICT = "F011" "date-conflict";
    /// An address that is not http or https.
    BAD_URL = "F012" "bad-url";
    /// Raw HTML is shown as text.
    RAW_HTML = "M001" "raw-html";
    /// A link with a scheme that is not allowed.
    BAD_SCHEME = "M002" "link-scheme";
    /// An image without alternative text.
    NO_ALT = "M003" "image-without-alt";
    /// An image or file that is not there.
    MISSING_FILE = "M004" "missing-file";
    /// A quotation mark that nothing closes.
    UNCLOSED_QUOTE = "Q001" "unclosed-quote";
    /// There are no rules, or none for speakers, in the language of an article.
    NO_RULES = "Q002" "no-rules-for-language";
    /// A file of notes is no valid TOML.
    BAD_NOTES = "N001" "bad-notes";
    /// A key of a note that we do not know.
    UNKNOWN_NOTE_KEY = "N002" "unknown-note-key";
    /// A note that says nothing that can be.
    BAD_NOTE = "N003" "bad-note";
    /// The words of a note are not in the text.
    NOTE_LOST = "N004" "note-lost";
    /// The words of a note stand in several places.
    NOTE_AMBIGUOUS = "N005" "note-ambiguous";
    /// A note names a speaker whom nobody knows.
    UNKNOWN_SPEAKER = "N006" "unknown-speaker";
    /// Two notes contradict each other.
    NOTES_CONTRADICT = "N007" "notes-contradict";
    /// A note confirms or rejects what was not found.
    NOTHING_MARKED = "N008" "nothing-marked";
    /// A file of notes without a brief.
    NOTES_ALONE = "N009" "notes-without-brief";
    /// Two people share an id.
    HOMONYM = "P001" "same-name";
    /// people.toml contradicts itself.
    BAD_PERSON = "P002" "bad-person";
    /// people.toml names an id that a merge has taken away.
    MERGED_ID = "P003" "merged-id";
    /// A speaker is known by a surname alone.
    SURNAME_ALONE = "P004" "surname-alone";
    /// A topic, story or outlet is written in two ways.
    TWO_SPELLINGS = "P005" "two-spellings";
    /// Two briefs give the same words to different people.
    WORDS_OF_TWO = "P006" "words-of-two";
    /// Two pages want one address.
    ADDRESS_TAKEN = "A001" "address-taken";
    /// A link inside the site that leads nowhere.
    BROKEN_LINK = "A002" "broken-link";
    /// A file in the output folder that we did not write stands in the way.
    FOREIGN_FILE = "A003" "foreign-file";
    /// dateline.toml or people.toml is no valid TOML.
    BAD_CONFIG = "C001" "bad-config";
    /// A key of dateline.toml or people.toml that we do not know.
    UNKNOWN_SETTING = "C003" "unknown-setting";
    /// A value in dateline.toml or people.toml that cannot be.
    BAD_SETTING = "C004" "bad-setting";
    /// There are no words for pages in the language of the site.
    NO_WORDS = "C005" "no-words-for-language";
    /// A template is wrong.
    BAD_TEMPLATE = "T001" "bad-template";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.id, self.name)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_and_no_name_is_given_twice() {
        for (index, code) in Code::ALL.iter().enumerate() {
            for other in &Code::ALL[index + 1..] {
                assert_ne!(code.id, other.id);
                assert_ne!(code.name, other.name);
            }
        }
    }
}
