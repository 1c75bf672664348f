//! `eval`: figures worked out by hand on our own gold, and those of the shared scorers on the shared
//! gold, where both are there. One file a layer.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::SiteTest;

mod dates;
mod quotes;
mod speakers;

/// The folder of a shared scorer and its gold, or what is absent.
fn shared(scorer: &str) -> Result<PathBuf, &'static str> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scorer = repository.parent().unwrap_or(repository).join("shared/eval").join(scorer);
    let folder = scorer.parent().filter(|_| scorer.is_file()).ok_or("../shared")?;
    let python = Command::new("python3").arg("--version").output();
    if python.is_ok_and(|output| output.status.success()) { Ok(folder.to_owned()) } else { Err("python3") }
}

/// What a shared scorer prints.
fn score(site: &SiteTest, scorer: &Path, arguments: &[&str]) -> String {
    let mut python = Command::new("python3");
    let output = python.arg(scorer).args(arguments).current_dir(site.root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Compares two values in full. Fractions may differ by what the order of a sum makes, far behind
/// the last digit that is printed.
fn same_value(own: &Value, other: &Value, place: &str) {
    match (own, other) {
        (Value::Object(own), Value::Object(other)) => {
            let keys = |object: &serde_json::Map<String, Value>| {
                object.keys().cloned().collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!(keys(own), keys(other), "{place}");
            own.iter().for_each(|(key, value)| same_value(value, &other[key], &format!("{place}/{key}")));
        }
        (Value::Array(own), Value::Array(other)) => {
            assert_eq!(own.len(), other.len(), "{place}");
            own.iter().zip(other).for_each(|(own, other)| same_value(own, other, place));
        }
        (Value::Number(own), Value::Number(other)) => {
            let (own, other) = (own.as_f64().unwrap(), other.as_f64().unwrap());
            assert!((own - other).abs() < 1e-12, "{place}: {own}, not {other}");
        }
        _ => assert_eq!(own, other, "{place}"),
    }
}

/// The numbers with a point that a table prints, in order.
fn fractions(table: &str) -> Vec<&str> {
    let words = table.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    words
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.contains('.') && word.starts_with(|c: char| c.is_ascii_digit()))
        .collect()
}

#[test]
fn fractions_are_read_off_a_table() {
    assert_eq!(fractions("n= 3: 0.250, 100.00 (12) end. of 0.5"), ["0.250", "100.00", "0.5"]);
}
