//! Same inputs, same bytes; and what is left when a build is killed.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{DAY, SiteTest};

const NAMES: [&str; 5] = ["Ada Moreno", "Bela Novak", "Cleo Ortiz", "Dina Petrov", "Emil Quist"];

/// A site of many briefs with shared speakers, days and topics.
fn laid(count: usize, version: &str, backwards: bool) -> SiteTest {
    let site = SiteTest::new();
    let mut numbers: Vec<usize> = (0..count).collect();
    if backwards {
        numbers.reverse();
    }
    numbers.into_iter().for_each(|n| lay(&site, n, version));
    site
}

fn lay(site: &SiteTest, n: usize, version: &str) {
    let (first, second) = (NAMES[n % 5], NAMES[(n + 2) % 5]);
    let text = format!(
        "+++\ntitle = \"Brief {n} {version}\"\ndate = 2025-{:02}-{:02}\ntopics = [\"T{}\", \"T{}\"]\n+++\n\n\
         OSLO - \"The {version} bridge number {n} is open,\" harbour master {first} said on Monday.\n\n\
         {second} said that it had rained in March 2024.\n",
        1 + n % 12,
        1 + n % 28,
        n % 3,
        n % 4,
    );
    site.write(&format!("content/{}/brief-{n}.md", n % 7), text);
}

#[test]
fn threads_and_the_order_on_disk_change_no_byte() {
    let (one, two) = (laid(40, "old", false), laid(40, "old", true));
    let _ = one.run(&["build", "--as-of", DAY, "--threads", "1"]).expect_ok();
    let _ = two.run(&["build", "--as-of", DAY, "--threads", "8"]).expect_ok();
    let (first, second) = (one.tree("public"), two.tree("public"));
    assert!(first.len() > 80, "{} files", first.len());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, content) in &first {
        assert!(second[path] == *content, "{path} differs");
    }
}

#[test]
fn building_on_top_of_another_site_gives_the_same_bytes_as_building_anew() {
    let site = laid(12, "old", false);
    let _ = site.build().expect_ok();
    for n in (0..12).step_by(2) {
        lay(&site, n, "new");
    }
    fs::remove_file(site.root().join("content/1/brief-1.md")).unwrap();
    let _ = site.build().expect_ok();
    let on_top = site.tree("public");
    fs::remove_dir_all(site.root().join("public")).unwrap();
    let _ = site.build().expect_ok();
    assert!(site.tree("public") == on_top);
}

/// Kills builds at many moments. After each, no page is half a page and nobody else's file is
/// gone; without a journal the site is wholly the old one or the new one; and the next build
/// always comes to the new one.
#[test]
fn a_build_killed_at_any_moment_leaves_a_good_site() {
    let site = laid(30, "old", false);
    site.write("public/CNAME", "news.example");
    let _ = site.build().expect_ok();
    let mut good = site.tree("public");
    let mut moment = 12_345_u64;
    for round in 0..16 {
        let version = if round % 2 == 0 { "new" } else { "old" };
        (0..30).for_each(|n| lay(&site, n, version));
        let elsewhere = site.root().join("other");
        let _ = site.run(&["build", "--as-of", DAY, "--output", elsewhere.to_str().unwrap()]).expect_ok();
        let mut next = site.tree("other");
        next.insert("CNAME".into(), b"news.example".to_vec());

        let mut command = site.command(&["build", "--as-of", DAY]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros((moment >> 33) % 400_000));
        child.kill().unwrap();
        child.wait().unwrap();

        let mut left = site.tree("public");
        let journal = left.contains_key(".dateline/journal.json");
        left.retain(|path, _| !path.starts_with(".dateline/"));
        for (path, content) in left.iter().filter(|(path, _)| *path != ".dateline.json") {
            let whole = good.get(path) == Some(content) || next.get(path) == Some(content);
            assert!(whole, "round {round}: half of {path}");
        }
        assert!(journal || left == good || left == next, "round {round}: a mixed site without a journal");

        let _ = site.build().expect_ok();
        good = site.tree("public");
        assert!(good == next, "round {round}: the next build does not come to the new site");
    }
}
