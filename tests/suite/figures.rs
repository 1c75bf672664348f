//! Figures that may not fall, measured on the gold that lies beside the repository.

use std::path::PathBuf;

use serde_json::Value;

use crate::support::SiteTest;

/// The value F1 that dates must reach on each gold file.
const DATES: [(&str, f64); 3] = [("timebank.jsonl", 0.85), ("meantime_dev.jsonl", 0.84), ("seed.jsonl", 1.0)];

#[test]
fn dates_hold_their_figures() {
    let gold = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/dates");
    for (name, floor) in DATES {
        let path = gold.join(name);
        if !path.is_file() {
            eprintln!("{} is not there: its figure was not measured", path.display());
            continue;
        }
        let done = SiteTest::new().run(&["eval", "dates", path.to_str().unwrap(), "--json"]).expect_ok();
        let figures: Value = serde_json::from_str(&done.stdout).unwrap();
        let f1 = figures["value"]["f1"].as_f64().unwrap();
        assert!(f1 >= floor, "{name}: value F1 {f1:.4}, and {floor} is wanted");
    }
}
