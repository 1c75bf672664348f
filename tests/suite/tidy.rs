//! The shape of the source: layers, sizes, names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What each module of the crate may import (architecture: imports go down only).
const LAYERS: [(&str, &[&str]); 15] = [
    ("text", &[]),
    ("diag", &["text"]),
    ("config", &["text", "diag"]),
    ("content", &["text", "diag", "config"]),
    ("parse", &["text", "diag", "config", "content"]),
    ("annotate", &["text", "diag"]),
    ("eval", &["text"]),
    ("notes", &["text", "diag", "config", "content", "parse", "annotate"]),
    ("record", &["text", "diag", "config", "content", "parse", "annotate", "notes"]),
    ("library", &["text", "diag", "config", "content", "parse", "annotate", "notes", "record"]),
    ("render", &["text", "diag", "config", "content", "parse", "annotate", "notes", "record", "library"]),
    ("output", &["diag", "config"]),
    (
        "site",
        &[
            "text", "diag", "config", "content", "parse", "annotate", "notes", "record", "library", "render",
            "output",
        ],
    ),
    (
        "serve",
        &[
            "text", "diag", "config", "content", "parse", "annotate", "notes", "record", "library", "render",
            "output", "site",
        ],
    ),
    ("publish", &["text", "diag", "config", "output", "site"]),
];

/// Every source file with its path below src/, forward slashes.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    crate::support::tree(&root)
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// The crate's modules that `text` names in its code: `crate::a` and `crate::{a, b::c}`.
fn imports(text: &str) -> BTreeSet<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n");
    let mut found = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => found.extend(heads(group)),
            None => found.extend(name(after)),
        }
    }
    found
}

/// The first names of a group's parts, up to the group's end.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (0_usize, Vec::new(), 0);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.extend(name(group[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.extend(name(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads
}

fn name(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// The code of a file without its own tests.
fn own_code(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

/// Whether the whole file serves tests: a long table of cases is no drawer.
fn is_test(path: &str) -> bool {
    path.split(['/', '.']).any(|part| ["tests", "fixture", "lay"].contains(&part))
}

#[test]
fn imports_are_read() {
    let text = "use crate::{text::{Span, fold}, diag};\n// crate::no\nfn f() { crate::site::x() }\nuse crate::config;";
    assert_eq!(imports(text).into_iter().collect::<Vec<_>>(), ["config", "diag", "site", "text"]);
}

#[test]
fn imports_go_down_only() {
    let modules: Vec<&str> = LAYERS.iter().map(|(module, _)| *module).chain(["cli"]).collect();
    let mut seen = BTreeSet::new();
    for (path, text) in sources() {
        let module = path.split(['/', '.']).next().unwrap();
        if matches!(module, "lib" | "main" | "cli") {
            continue;
        }
        seen.insert(module.to_owned());
        let (_, allowed) = LAYERS
            .iter()
            .find(|(name, _)| *name == module)
            .unwrap_or_else(|| panic!("{path} is in no layer"));
        for import in imports(&text).iter().filter(|import| modules.contains(&import.as_str())) {
            assert!(import == module || allowed.contains(&import.as_str()), "{path} imports {import}");
        }
    }
    assert_eq!(seen.len(), LAYERS.len(), "every layer is there: {seen:?}");
}

#[test]
fn every_module_opens_with_what_it_is() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} does not open with `//!`");
    }
}

#[test]
fn no_file_is_long_and_none_is_a_drawer() {
    for (path, text) in sources() {
        let lines = own_code(&text).lines().count();
        assert!(lines <= 500, "{path} has {lines} lines");
        let stem = Path::new(&path).file_stem().unwrap().to_str().unwrap();
        let names = path.split('/').chain([stem]);
        for name in names {
            let drawer = ["utils", "util", "helpers", "common", "types", "core", "manager", "misc"];
            assert!(!drawer.contains(&name), "{path} is a drawer");
        }
    }
}

#[test]
fn no_function_is_long() {
    for (path, text) in sources().into_iter().filter(|(path, _)| !is_test(path)) {
        let lines: Vec<&str> = own_code(&text).lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            let head = code.trim_start_matches("pub").trim_start_matches(['(', ')']);
            let head = ["crate) ", "super) ", " ", "const ", "async "]
                .iter()
                .fold(head, |h, p| h.trim_start_matches(p));
            if !head.starts_with("fn ") || code.starts_with("//") {
                continue;
            }
            let indent = &line[..line.len() - code.len()];
            let end = lines[start..].iter().position(|l| *l == format!("{indent}}}")).unwrap_or(0);
            assert!(end < 70, "{path}:{}: a function of {} lines", start + 1, end + 1);
        }
    }
}

#[test]
fn the_clock_is_asked_in_one_place() {
    for (path, text) in sources() {
        let asks =
            ["Local::now", "Utc::now", "SystemTime::now"].iter().any(|call| own_code(&text).contains(call));
        assert!(!asks || path == "cli/clock.rs", "{path} asks for the date");
    }
}

#[test]
fn the_preview_the_cards_the_weights_and_publishing_over_http_alone_are_optional() {
    let manifest = include_str!("../../Cargo.toml");
    let manifest: toml::Table = manifest.parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    assert_eq!(features.keys().collect::<Vec<_>>(), ["cards", "default", "publish-net", "serve", "weights"]);
    assert_eq!(features["default"].as_array().unwrap().len(), 4);
    assert!(features["weights"].as_array().unwrap().is_empty());
    let parts: BTreeSet<&str> = ["serve", "cards", "publish-net"]
        .into_iter()
        .flat_map(|feature| features[feature].as_array().unwrap())
        .filter_map(|part| part.as_str()?.strip_prefix("dep:"))
        .collect();
    for (name, dependency) in manifest["dependencies"].as_table().unwrap() {
        let optional = dependency.get("optional").and_then(toml::Value::as_bool).unwrap_or(false);
        assert_eq!(optional, parts.contains(name.as_str()), "{name}");
    }
    let lints = manifest["lints"]["rust"].as_table().unwrap();
    assert_eq!(lints["unsafe_code"].as_str(), Some("forbid"));
}

#[test]
fn what_is_fuzzed_is_what_the_property_tests_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let targets = crate::support::tree(&root.join("fuzz/fuzz_targets"));
    let tests = include_str!("properties.rs");
    assert!(tests.contains("#[path = \"../../fuzz/properties.rs\"]"));
    for (name, property) in [("dates.rs", "dates"), ("annotate.rs", "article")] {
        let target = std::str::from_utf8(&targets[name]).unwrap();
        assert!(target.contains("#[path = \"../properties.rs\"]"), "{name}");
        assert!(target.contains("properties::input(bytes)"), "{name}");
        assert!(target.contains(&format!("properties::{property}(&text, &options)")), "{name}");
        assert!(tests.contains(&format!("fuzzed::{property}(&text, &options)")), "{property}");
    }
    assert_eq!(targets.len(), 2);
}
