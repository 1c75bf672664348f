//! The same quotation in several briefs.

use super::*;
use crate::config::Register;
use crate::library::{Brief, Echo, Statement, StatementId, Wording};
use crate::record::OpenFacts;

const GATE: &str = "“The gate stays shut until the last barge has left the basin.”";
const GATE_AND_MORE: &str =
    "“Hear me out. The gate stays shut until the last barge has left the basin, and then we talk.”";
const GATE_OTHERWISE: &str = "“The gate remains shut until the last barge has left the basin.”";

fn says(slug: &str, name: &str, words: &str) -> Draft {
    brief(slug, day(2025, 1, 1)).names(name, &[]).says(words, None)
}

/// Somebody without a name says `words`.
fn official(slug: &str, words: &str) -> Draft {
    brief(slug, day(2025, 1, 1)).row("port official", SpeakerKind::Unnamed, &[]).says(words, None)
}

fn on(value: NaiveDate) -> Option<Value> {
    Some(Value::Day(value))
}

/// What a brief's first statement leads to, by slug.
fn told<'l>(library: &'l Library, slug: &str) -> Vec<(&'l str, Wording)> {
    let brief = library.briefs.iter().find(|b| b.slug == slug).unwrap();
    let slug = |echo: &Echo| library.briefs[library.statements[echo.statement].brief].slug.as_str();
    let echoes = library.echoes(brief.statements[0]);
    echoes.map(|e| e.told.iter().map(|echo| (slug(echo), echo.wording)).collect()).unwrap_or_default()
}

#[test]
fn equal_contained_and_nearly_equal_words_are_one_quotation() {
    let (library, said) = fold(vec![
        says("a", "Ann Lee", GATE),
        says("b", "Ann Lee", "the gate stays shut until the last barge has left the basin"),
        says("c", "Ann Lee", GATE_AND_MORE),
        says("d", "Ann Lee", GATE_OTHERWISE),
        says("e", "Ann Lee", "“The toll house is for sale, and nobody has asked me about it.”"),
    ]);
    let all = |own: &str, wordings: [Wording; 3]| {
        let others = ["a", "b", "c", "d"].into_iter().filter(|slug| *slug != own);
        others.zip(wordings).collect::<Vec<_>>()
    };
    assert_eq!(told(&library, "a"), all("a", [Wording::Same, Wording::Longer, Wording::Other]));
    assert_eq!(told(&library, "b"), all("b", [Wording::Same, Wording::Longer, Wording::Other]));
    assert_eq!(told(&library, "c"), all("c", [Wording::Part, Wording::Part, Wording::Other]));
    assert_eq!(told(&library, "d"), all("d", [Wording::Other, Wording::Other, Wording::Other]));
    assert_eq!(told(&library, "e"), []);
    assert_eq!(printed(&said), "");
}

#[test]
fn of_mixed_statements_the_words_in_marks_count_and_of_reported_ones_none() {
    let form = |slug: &str, form: Form, words: &str| {
        says(slug, "Ann Lee", words).with(|facts| facts.statements[0].form = form)
    };
    let (library, _) = fold(vec![
        says("a", "Ann Lee", GATE),
        form(
            "b",
            Form::Mixed,
            "it was clear that “the gate stays shut until the last barge has left the basin”",
        ),
        form("c", Form::Indirect, "the gate stays shut until the last barge has left the basin"),
        form(
            "d",
            Form::Mixed,
            "the gate, which “is mine”, stays shut until the last barge has left the basin",
        ),
        form(
            "e",
            Form::Mixed,
            "“the last barge has left the basin” and “the toll house is for sale again now”",
        ),
    ]);
    assert_eq!(told(&library, "a"), [("b", Wording::Same), ("e", Wording::Part)]);
    assert_eq!(told(&library, "b"), [("a", Wording::Same), ("e", Wording::Part)]);
    assert_eq!(told(&library, "e"), [("a", Wording::Part), ("b", Wording::Part)]);
    assert_eq!((told(&library, "c"), told(&library, "d")), (vec![], vec![]));
}

#[test]
fn a_quotation_that_its_sentence_interrupts_is_found_by_its_pieces() {
    let (library, _) = fold(vec![
        says("a", "Ann Lee", "“The gate stays shut,” … “until the last barge has left the basin.”"),
        says("b", "Ann Lee", GATE),
        says("c", "Ann Lee", "“until the last barge has left the basin”"),
    ]);
    assert_eq!(told(&library, "a"), [("b", Wording::Same), ("c", Wording::Part)]);
    assert_eq!(told(&library, "c"), [("a", Wording::Longer), ("b", Wording::Longer)]);
}

#[test]
fn the_same_words_of_two_people_are_told_and_not_joined() {
    let (library, said) = fold(vec![
        says("a", "Ann Lee", GATE),
        says("b", "Bo Ek", GATE),
        says("c", "Ann Lee", GATE),
        brief("d", day(2025, 1, 1)).row("Port Union", SpeakerKind::Organisation, &[]).says(GATE, None),
    ]);
    assert_eq!((told(&library, "a"), told(&library, "b")), (vec![("c", Wording::Same)], vec![]));
    assert_eq!(told(&library, "d"), [], "a body is not the person who speaks for it");
    assert_eq!(
        printed(&said),
        "warning[P006 words-of-two]: two briefs give the same words to different people: \
         “The gate stays shut until the last barge …” is Ann Lee’s here and Bo Ek’s in content/b.md\n\
         \x20--> content/a.md\n\
         \x20 = help: neither brief leads to the other\n\
         Where Bo Ek said it, put these lines into content/a.notes.toml:\n\
         [[notes]]\n\
         quotation = \"The gate stays shut until the last barge\"\n\
         speaker = \"Bo Ek\"\n\
         Where Ann Lee said it, put these lines into content/b.notes.toml:\n\
         [[notes]]\n\
         quotation = \"The gate stays shut until the last barge\"\n\
         speaker = \"Ann Lee\"\n\
         Where both said it, put them into both files with `confirm = true` in place of `speaker`; where both \
         are one person, write one entry into people.toml with the other name in `aliases`\n"
    );
}

#[test]
fn what_tells_two_people_apart_is_no_mistake() {
    let checked = |draft: Draft| draft.with(|facts| facts.statements[0].checked = true);
    let (_, said) = fold(vec![checked(says("a", "Ann Lee", GATE)), checked(says("b", "Bo Ek", GATE))]);
    assert_eq!(printed(&said), "", "an editor has looked at both");
    let oath = |slug: &str, name: &str, year| {
        brief(slug, day(2025, 1, 1)).names(name, &[]).says(GATE, on(day(year, 1, 20)))
    };
    let (_, said) = fold(vec![oath("a", "Ann Lee", 1961), oath("b", "Bo Ek", 1965)]);
    assert_eq!(printed(&said), "", "each on their own day");
    let (_, said) = fold(vec![
        says("a", "Ann Lee", "“I do not think so at all.”"),
        says("b", "Bo Ek", "“I do not think so at all.”"),
    ]);
    assert_eq!(printed(&said), "", "a phrase");
    let (_, said) = fold(vec![says("a", "Ann Lee", GATE), says("b", "Bo Ek", GATE_AND_MORE)]);
    assert_eq!(said.len(), 1, "a part of what somebody else says");
}

#[test]
fn an_unnamed_speaker_may_be_the_one_whom_another_brief_names() {
    let (library, said) = fold(vec![
        says("a", "Ann Lee", GATE),
        official("b", GATE),
        official("c", "“We all go home at noon.”"),
        says("d", "Ann Lee", "“We all go home at noon.”"),
        says("e", "Ann Lee", "“We all go home at noon.”"),
    ]);
    assert_eq!(told(&library, "a"), [("b", Wording::Same)]);
    assert_eq!(told(&library, "b"), [("a", Wording::Same)]);
    assert_eq!(told(&library, "c"), [], "a phrase that anybody may use");
    assert_eq!(told(&library, "d"), [("e", Wording::Same)]);
    assert_eq!(printed(&said), "");
}

#[test]
fn open_words_lead_to_certain_ones_and_nothing_leads_to_them() {
    let open = OpenFacts {
        quote: "q-9".into(),
        form: Form::Direct,
        words: GATE.into(),
        said_on: None,
        nobody: None,
    };
    let (library, _) = fold(vec![
        says("a", "Ann Lee", GATE_AND_MORE),
        brief("b", day(2025, 1, 1)).with(|facts| facts.open.push(open.clone())),
        brief("c", day(2025, 1, 1)).with(|facts| facts.open.push(open.clone())),
    ]);
    assert_eq!(told(&library, "a"), []);
    assert_eq!(library.open.iter().map(|open| open.brief).collect::<Vec<_>>(), [1, 2]);
    for open in &library.open {
        assert_eq!(open.echoes.told, [Echo { statement: 0, wording: Wording::Longer }]);
    }
}

#[test]
fn days_of_speaking_that_differ_part_phrases_and_wordings_but_not_equal_quotations() {
    let said = |slug: &str, words: &str, number| {
        brief(slug, day(2025, 1, number)).names("Ann Lee", &[]).says(words, on(day(2025, 1, number)))
    };
    let (library, _) = fold(vec![said("a", GATE, 2), said("b", GATE, 3), said("c", GATE_OTHERWISE, 4)]);
    assert_eq!(told(&library, "a"), [("b", Wording::Same)], "the briefs differ on the day");
    assert_eq!(told(&library, "c"), []);
    let short = "“We all go home at noon.”";
    let (library, _) = fold(vec![said("a", short, 2), said("b", short, 3)]);
    assert_eq!(told(&library, "a"), []);
    let (library, _) = fold(vec![
        brief("a", day(2025, 1, 4)).names("Ann Lee", &[]).says(short, None),
        brief("b", day(2031, 1, 1)).names("Ann Lee", &[]).says(short, on(day(2025, 1, 3))),
        brief("c", day(2031, 1, 1)).names("Ann Lee", &[]).says(short, on(day(2025, 1, 5))),
    ]);
    assert_eq!(told(&library, "a"), [("b", Wording::Same)], "what a brief does not date is of its week");
    let undated =
        |slug: &str, number| brief(slug, day(2025, 1, number)).names("Ann Lee", &[]).says(short, None);
    let (library, _) = fold(vec![undated("a", 2), undated("b", 9), undated("c", 28)]);
    assert_eq!((told(&library, "a"), told(&library, "c")), (vec![("b", Wording::Same)], vec![]));
}

#[test]
fn a_brief_never_leads_to_itself() {
    let (library, _) = fold(vec![says("a", "Ann Lee", GATE).says(GATE_AND_MORE, None)]);
    assert_eq!(told(&library, "a"), []);
}

#[test]
fn of_many_briefs_the_nearest_are_named_and_each_once() {
    let many: Vec<Draft> = (0..40_u32)
        .map(|number| {
            let at = day(2025, 1, 1) + chrono::Days::new(u64::from(number));
            brief(&format!("b{number:02}"), at).names("Ann Lee", &[]).says(GATE, None)
        })
        .collect();
    let facts: Vec<_> = many.into_iter().map(|draft| draft.0).collect();
    let (library, _) = Library::fold(&facts, &settings(Vec::new()));
    let slugs: Vec<&str> = told(&library, "b20").into_iter().map(|(slug, _)| slug).collect();
    assert_eq!(slugs, ["b24", "b23", "b22", "b21", "b19", "b18", "b17", "b16"]);
    assert!(library.echoes(library.briefs[0].statements[0]).unwrap().more);
    let (library, _) =
        fold(vec![says("a", "Ann Lee", GATE).says(GATE, None), says("b", "Ann Lee", GATE_AND_MORE)]);
    assert_eq!(told(&library, "b"), [("a", Wording::Part)]);
}

// ---- fold after fold ----

/// Briefs of which many share a row of words, some their wordings, and some nothing.
fn pool() -> Vec<Facts> {
    let common = "what counts at the end of the day is";
    let draft = |number: usize| {
        let who = ["Ann Lee", "Bo Ek", "Cy Orr"][number % 3];
        let own: Vec<String> = (0..9).map(|at| name((number / 4) * 17 + at * 5 + 3)).collect();
        let own = own.join(if number.is_multiple_of(2) { " " } else { ", " });
        let first = if number % 3 == 1 { GATE.to_owned() } else { format!("“{common} {own}.”") };
        let other = if number.is_multiple_of(5) {
            GATE_OTHERWISE.to_owned()
        } else {
            format!("“Then {own} again.”")
        };
        brief(&format!("b{number:02}"), day(2025, 1, 1 + u32::try_from(number % 28).unwrap()))
            .names(who, &[])
            .says(&first, None)
            .says(&other, None)
            .0
    };
    (0..60).map(draft).collect()
}

#[test]
fn what_the_last_folds_have_found_out_changes_nothing() {
    let (pool, settings) = (pool(), settings(Vec::new()));
    let mut memory = crate::library::Memory::keeping();
    let mut shown = vec![true; pool.len()];
    let mut state: usize = 88_172_645;
    let mut draw = |below: usize| {
        state = (state ^ (state << 13)) & 0xffff_ffff;
        state ^= state >> 17;
        state = (state ^ (state << 5)) & 0xffff_ffff;
        state % below
    };
    let mut echoes = std::collections::BTreeSet::new();
    for step in 0..60 {
        // Now one brief, now so many that rows of words become common or are so no longer.
        for _ in 0..if step % 7 == 0 { 25 } else { 1 } {
            let at = draw(pool.len());
            shown[at] = !shown[at];
        }
        let facts: Vec<&Facts> =
            pool.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(f, _)| f).collect();
        let (again, said_again) = Library::fold_again(&facts, &settings, &mut memory);
        let (anew, said_anew) = Library::fold(&facts, &settings);
        assert_eq!(again, anew, "step {step}");
        assert_eq!(said_again, said_anew, "step {step}");
        echoes.insert(anew.echoes.len());
    }
    assert!(echoes.len() > 10, "the steps differ: {echoes:?}");
}

// ---- the cost ----

/// The work for so many briefs: a phrase that all share, words that all quote, and words of one's own
/// that a second brief has in another wording.
fn work(briefs: usize) -> (usize, usize, usize) {
    let own = |number: usize, step: usize| {
        (0..16).map(|at| name(number * 31 + at * step + 7)).collect::<Vec<_>>().join(" ")
    };
    let mut library = Library::default();
    for number in 0..briefs {
        let pair = number / 2;
        let tail = if number % 2 == 0 { "" } else { "again " };
        let draft = brief(&format!("b{number}"), day(2025, 1, 1))
            .names("Ann Lee", &[])
            .says(&format!("“At the end of the day what counts is {}.”", own(pair, 3)), None)
            .says(GATE, None)
            .says(&format!("“{} {tail}{}.”", own(pair, 5), own(pair, 7)), None);
        library = push(library, draft);
    }
    let heard = library.find_echoes(&Register::default(), &mut crate::library::Memory::default());
    let work = heard.work;
    library.take_echoes(heard);
    (work.compared, work.looked, library.echoes.len())
}

#[test]
fn twice_the_briefs_are_twice_the_work() {
    let (once, twice) = (work(500), work(1_000));
    // A phrase that more than a few share is compared with nothing.
    assert!(once.0 <= 500, "{once:?}");
    assert!(twice.0 <= 2 * once.0, "{once:?} {twice:?}");
    // Those at either end look to one side alone.
    assert!(twice.1 <= 2 * once.1 + once.1 / 10, "{once:?} {twice:?}");
    // All that is quoted twice is found: the words that all have, and each brief's own in both forms.
    assert_eq!((once.2, twice.2), (3 * 500, 3 * 1_000));
}

/// A word of letters for a number.
fn name(number: usize) -> String {
    let letter = |at: u32| char::from(b'a' + u8::try_from(number / 26_usize.pow(at) % 26).unwrap());
    (0..4).map(letter).collect()
}

fn push(mut library: Library, draft: Draft) -> Library {
    let (one, _) = Library::fold(&[draft.0], &settings(Vec::new()));
    let brief = library.briefs.len();
    let first: StatementId = library.statements.len();
    library.statements.extend(one.statements.into_iter().map(|row| Statement { brief, ..row }));
    let statements: Vec<StatementId> = (first..library.statements.len()).collect();
    library.briefs.extend(one.briefs.into_iter().map(|row| Brief { statements: statements.clone(), ..row }));
    library.profiles = one.profiles;
    library
}
