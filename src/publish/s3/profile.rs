//! [`Profile`]: what `~/.aws/credentials` and `~/.aws/config` say.
//!
//! The form is that of "Shared config and credentials files" in the AWS SDKs and Tools Reference
//! Guide: sections in brackets, `key = value`, whole lines of comment that begin with `#` or `;`,
//! comments behind a value after a space, and indented lines that belong to the key above. A section
//! is `[name]` in the one file, and `[profile name]` or `[default]` in the other.

use std::collections::BTreeMap;

/// What one profile says. There is no `Debug`: it holds a secret.
#[derive(Default)]
pub(super) struct Profile {
    values: BTreeMap<String, String>,
}

/// Keys that lead to credentials by a way that is not ours: a login in a browser, a program, a role
/// to take on.
const ELSEWHERE: [&str; 5] =
    ["sso_session", "sso_start_url", "login_session", "credential_process", "role_arn"];

impl Profile {
    /// The profile `name` of both files; where both say something, it is the credentials file that
    /// counts. `None` where neither has it.
    pub(super) fn read(name: &str, credentials: &str, config: &str) -> Option<Self> {
        let mut found = None;
        let mut take = |text: &str, is_it: &dyn Fn(&str) -> bool| {
            for (section, values) in sections(text) {
                if is_it(section) {
                    found.get_or_insert_with(Self::default).values.extend(values);
                }
            }
        };
        take(config, &|section| name == "default" && section == "default");
        take(config, &|section| {
            let words = section.strip_prefix("profile").filter(|rest| rest.starts_with([' ', '\t']));
            words.is_some_and(|rest| unquoted(rest.trim()) == name)
        });
        take(credentials, &|section| unquoted(section) == name);
        found
    }

    /// What it says of `key`.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The key by which it leads to credentials that only Amazon's own tools can get.
    pub(super) fn leads_elsewhere(&self) -> Option<&'static str> {
        ELSEWHERE.into_iter().find(|key| self.get(key).is_some())
    }
}

/// Each section's name with its keys and values, in order.
fn sections(text: &str) -> Vec<(&str, BTreeMap<String, String>)> {
    let mut sections: Vec<(&str, BTreeMap<String, String>)> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        let code = line.trim();
        if code.is_empty() || code.starts_with(['#', ';']) {
            continue;
        }
        // A line that is indented belongs to the key above it: `s3 =` has such settings.
        if line.starts_with([' ', '\t']) {
            continue;
        }
        if let Some(rest) = code.strip_prefix('[') {
            let name = rest.split(']').next().unwrap_or_default();
            sections.push((name.trim(), BTreeMap::new()));
        } else if let (Some((key, value)), Some((_, values))) = (code.split_once('='), sections.last_mut()) {
            values.insert(key.trim().to_ascii_lowercase(), without_comment(value).trim().to_owned());
        }
    }
    sections
}

/// A value up to a `#` or `;` that stands after a space.
fn without_comment(value: &str) -> &str {
    let mut before = 'x';
    for (at, character) in value.char_indices() {
        if matches!(character, '#' | ';') && matches!(before, ' ' | '\t') {
            return &value[..at];
        }
        before = character;
    }
    value
}

fn unquoted(name: &str) -> &str {
    let quoted = |mark| name.strip_prefix(mark).and_then(|rest: &str| rest.strip_suffix(mark));
    quoted('"').or_else(|| quoted('\'')).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREDENTIALS: &str = "\u{feff}# keys of the desk\n\n[default]\naws_access_key_id=AKIA1\n\
        AWS_Secret_Access_Key = a+b/c=#d ; the desk's own\n[ web ]\naws_access_key_id = AKIA2\n; no more\n\
        aws_secret_access_key=two\naws_session_token = t==\n";
    const CONFIG: &str = "lost = before any section\n[default]\nregion = eu-west-1\ns3 =\n    max_queue = 3\n\
        \tregion = nested\n[profile web]\nregion=eu-central-1\naws_access_key_id=weaker\n\
        [profile \"two words\"]\nsso_session = desk\n[profile  default]\noutput = json\n[web]\nregion = no-profile\n\
        [profileweb]\nregion = none\n[sso-session desk]\nsso_region = eu-west-1\n[services x]\n";

    fn get<'p>(profile: &'p Profile, keys: [&str; 3]) -> [Option<&'p str>; 3] {
        keys.map(|key| profile.get(key))
    }

    #[test]
    fn a_profile_is_read_from_both_files() {
        let profile = Profile::read("default", CREDENTIALS, CONFIG).unwrap();
        let keys = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];
        assert_eq!(get(&profile, keys), [Some("AKIA1"), Some("a+b/c=#d"), None]);
        assert_eq!(get(&profile, ["region", "output", "max_queue"]), [Some("eu-west-1"), Some("json"), None]);
        let profile = Profile::read("web", CREDENTIALS, CONFIG).unwrap();
        assert_eq!(get(&profile, keys), [Some("AKIA2"), Some("two"), Some("t==")]);
        assert_eq!(profile.get("region"), Some("eu-central-1"));
        assert_eq!(profile.leads_elsewhere(), None);
    }

    #[test]
    fn a_way_that_is_not_ours_is_named() {
        let profile = Profile::read("two words", CREDENTIALS, CONFIG).unwrap();
        assert_eq!(profile.leads_elsewhere(), Some("sso_session"));
        for name in ["nobody", "sso-session desk", "profile web", ""] {
            assert!(Profile::read(name, CREDENTIALS, CONFIG).is_none(), "{name}");
        }
    }

    #[test]
    fn a_damaged_file_says_what_can_be_read() {
        let profile =
            Profile::read("default", "[default\naws_access_key_id\n=x\nregion=\n[]\n]", "").unwrap();
        assert_eq!(get(&profile, ["aws_access_key_id", "region", ""]), [None, None, Some("x")]);
    }
}
