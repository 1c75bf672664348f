//! What briefs share.

use super::*;

fn slugs(library: &Library, of: &str) -> Vec<(String, usize, usize)> {
    let brief = library.slugs[of];
    let rows = library.related(brief, &[], 3);
    rows.iter()
        .map(|row| (library.briefs[row.brief].slug.clone(), row.speakers.len(), row.days.len()))
        .collect()
}

fn row(slug: &str, speakers: usize, days: usize) -> (String, usize, usize) {
    (slug.to_owned(), speakers, days)
}

#[test]
fn a_brief_is_related_by_its_speakers_and_the_days_that_it_tells_of() {
    let told = Value::Day(day(2025, 3, 1));
    let facts = vec![
        brief("first", day(2025, 3, 2))
            .names("Ann Lee", &[])
            .says("One.", Some(told))
            .names("Bo Ek", &[])
            .says("Two.", None)
            .0,
        // Both speak here, and nobody of the same day.
        brief("both", day(2025, 4, 2))
            .names("Ann Lee", &[])
            .says("Three.", None)
            .names("Bo Ek", &[])
            .says("Four.", None)
            .0,
        // Somebody else, on the same day.
        brief("day", day(2025, 5, 2)).names("Cy Du", &[]).says("Five.", Some(told)).0,
        brief("one", day(2025, 6, 2)).names("Bo Ek", &[]).says("Six.", None).0,
        brief("none", day(2025, 7, 2)).names("Di Fu", &[]).says("Seven.", None).0,
    ];
    let library = Library::fold(&facts, &settings(Vec::new())).0;
    assert_eq!(slugs(&library, "first"), [row("both", 2, 0), row("day", 0, 1), row("one", 1, 0)]);
    assert_eq!(slugs(&library, "none"), []);
    // What stands beside it anyhow is left out.
    let known = [library.slugs["both"]];
    let first = library.related(library.slugs["first"], &known, 1);
    assert_eq!(library.briefs[first[0].brief].slug, "day");
}

#[test]
fn who_is_to_have_no_page_relates_no_briefs() {
    let facts = vec![
        brief("first", day(2025, 3, 2)).names("Ann Lee", &[]).says("One.", None).0,
        brief("other", day(2025, 4, 2)).names("Ann Lee", &[]).says("Two.", None).0,
    ];
    let silent = Registered { page: false, ..entry("ann-lee", "Ann Lee") };
    let hidden = Library::fold(&facts, &settings(vec![silent])).0;
    assert_eq!(slugs(&hidden, "first"), []);
    let shown = Library::fold(&facts, &settings(Vec::new())).0;
    assert_eq!(slugs(&shown, "first"), [row("other", 1, 0)]);
}

#[test]
fn of_a_speaker_with_thousands_of_briefs_the_nearest_are_looked_at() {
    let date = |n: u64| day(2020, 1, 1) + chrono::Days::new(n);
    let facts: Vec<Facts> = (0..2_000)
        .map(|n| brief(&format!("b{n}"), date(n)).names("Ann Lee", &[]).says(&format!("Word {n}."), None).0)
        .collect();
    let library = Library::fold(&facts, &settings(Vec::new())).0;
    assert_eq!(slugs(&library, "b1000"), [row("b1001", 1, 0), row("b999", 1, 0), row("b1002", 1, 0)]);
}
