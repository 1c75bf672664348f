//! Who is the same person as whom.

use std::collections::BTreeMap;

use super::*;
use crate::config::Role;
use crate::library::{Profile, register_lines};

/// Who is named where, as ids.
fn named(library: &Library, slug: &str) -> Vec<Option<String>> {
    let brief = library.briefs.iter().find(|b| b.slug == slug).unwrap();
    brief.people.iter().map(|p| p.map(|p| library.profiles[p].id.clone())).collect()
}

fn only(library: &Library, slug: &str) -> String {
    named(library, slug).remove(0).unwrap()
}

#[test]
fn forms_of_one_full_name_are_one_speaker() {
    let (library, said) = fold(vec![
        brief("a", day(2025, 3, 1)).speaker("John F. Moe", &["mayor"]),
        brief("b", day(2025, 1, 1)).speaker("JOHN MOE", &["Mayor", "lawyer"]),
        brief("c", day(2025, 2, 1)).speaker("Jöhn Moe", &[]),
        brief("d", day(2025, 2, 1)).names("Silent Sam", &[]),
    ]);
    assert_eq!(ids(&library), ["john-f-moe"]);
    let moe = &library.profiles[0];
    assert_eq!((moe.name.as_str(), moe.other_names.join("|")), ("John F. Moe", "JOHN MOE|Jöhn Moe".into()));
    let roles: Vec<_> = moe.seen_roles.iter().map(|r| (r.role.as_str(), r.first, r.last)).collect();
    assert_eq!(
        roles,
        [("Mayor", day(2025, 1, 1), day(2025, 3, 1)), ("lawyer", day(2025, 1, 1), day(2025, 1, 1))]
    );
    assert_eq!((moe.statements.len(), moe.briefs.as_slice(), moe.noindex), (3, &[0, 1, 3][..], false));
    assert_eq!(named(&library, "d"), [None], "who never speaks has no page");
    assert_eq!(printed(&said), "");
}

#[test]
fn initials_that_contradict_each_other_are_two_people() {
    let (library, said) = fold(vec![
        brief("a", day(2025, 1, 1)).speaker("Ann B. Moe", &[]),
        brief("b", day(2025, 1, 2)).speaker("Ann C. Moe", &[]),
        brief("c", day(2025, 1, 3)).speaker("Ann Moe", &[]),
    ]);
    assert_eq!(ids(&library), ["ann-b-moe", "ann-c-moe", "ann-moe"]);
    assert!(said.is_empty());
}

#[test]
fn a_surname_goes_to_the_one_full_name_that_evidence_ties_it_to() {
    let yuri = || brief("full", day(2025, 1, 1)).speaker("Yuri Ushakov", &["Kremlin aide"]);
    let alone = |slug| brief(slug, day(2025, 1, 2)).speaker("Ushakov", &["an aide"]);
    assert_eq!(ids(&fold(vec![yuri(), alone("b")]).0), ["yuri-ushakov"]);

    let untied = brief("b", day(2025, 1, 2)).speaker("Ushakov", &["painter"]);
    let (library, said) = fold(vec![yuri(), untied]);
    assert_eq!(ids(&library), ["ushakov", "yuri-ushakov"]);
    assert_eq!(
        printed(&said),
        "note[P004 surname-alone]: no brief says who `Ushakov` is in full, so the name has a page of its own\n\
         \x20--> content/b.md\n\
         \x20 = help: if it is somebody with a fuller name, add `aliases = [\"Ushakov\"]` to their entry in people.toml\n"
    );

    let ivan = brief("c", day(2025, 1, 3)).names("Ivan Ushakov", &["aide"]);
    assert_eq!(ids(&fold(vec![yuri(), alone("b"), ivan]).0), ["ushakov", "yuri-ushakov"]);

    let both = alone("b").names("Yuri Ushakov", &["Kremlin aide"]);
    let (library, _) = fold(vec![yuri(), both]);
    assert_eq!(named(&library, "b"), [Some("ushakov".into()), Some("yuri-ushakov".into())]);
}

#[test]
fn a_story_or_company_ties_a_surname_too() {
    let story = |d: Draft| d.with(|f| f.story = Some("Talks".into()));
    let full = || brief("a", day(2025, 1, 1)).speaker("Ann Lee", &[]);
    let alone = || brief("b", day(2025, 1, 2)).speaker("Lee", &[]);
    assert_eq!(ids(&fold(vec![story(full()), story(alone())]).0), ["ann-lee"]);
    let beside = |d: Draft| d.names("Bo Ek", &[]);
    assert_eq!(ids(&fold(vec![beside(full()), beside(alone())]).0), ["ann-lee"]);
    assert_eq!(ids(&fold(vec![full(), alone()]).0), ["ann-lee", "lee"]);
}

#[test]
fn surnames_without_a_full_name_meet_by_evidence_only() {
    let alone = |slug: &str, role: &str| brief(slug, day(2025, 1, 1)).speaker("Lee", &[role]);
    assert_eq!(ids(&fold(vec![alone("a", "the pilot"), alone("b", "The Pilot")]).0), ["lee"]);
    assert_eq!(ids(&fold(vec![alone("a", "pilot"), alone("b", "cook")]).0), ["lee-cook", "lee-pilot"]);
}

#[test]
fn people_called_alike_get_their_roles_into_their_addresses() {
    let split = Registered { only_in: vec!["/briefs/a/".into()], ..entry("js", "Jo Smith") };
    let briefs = || {
        vec![
            brief("a", day(2025, 1, 1)).speaker("Jo Smith", &["baker"]),
            brief("b", day(2025, 1, 2)).speaker("Jo Smith", &["pilot"]),
        ]
    };
    let (library, said) = fold_with(briefs(), vec![split]);
    assert_eq!((only(&library, "a"), only(&library, "b")), ("js".into(), "jo-smith".into()));
    assert!(said.is_empty());

    let body =
        brief("c", day(2025, 1, 3)).row("Jo Smith", SpeakerKind::Organisation, &[]).says("“Yes.”", None);
    let mut all = briefs();
    all.push(body);
    let (library, said) = fold(all);
    assert_eq!(ids(&library), ["jo-smith-baker", "jo-smith-organisation"]);
    assert_eq!(
        printed(&said),
        "warning[P001 same-name]: several speakers are called `Jo Smith`; the addresses tell them apart: \
         `jo-smith-baker`, `jo-smith-organisation`\n\
         \x20--> people.toml\n\
         \x20 = help: if they are several, put these lines into people.toml to keep their addresses; \
         if they are one, write one entry without `only_in`\n\
         [[person]]\nid = \"jo-smith-baker\"\nname = \"Jo Smith\"\nonly_in = [\"a\", \"b\"]\n\
         [[person]]\nid = \"jo-smith-organisation\"\nname = \"Jo Smith\"\nkind = \"organisation\"\nonly_in = [\"c\"]\n"
    );
    assert_eq!(
        register_lines(&library, &Register::default()),
        "[[person]]\nid = \"jo-smith-baker\"\nname = \"Jo Smith\"\nroles = [\"baker\", \"pilot\"]\nonly_in = [\"a\", \"b\"]\n\n\
         [[person]]\nid = \"jo-smith-organisation\"\nname = \"Jo Smith\"\nkind = \"organisation\"\nonly_in = [\"c\"]\n"
    );
}

#[test]
fn a_registered_id_is_never_given_to_another() {
    let held = Registered { only_in: vec!["a".into()], ..entry("jo-smith", "Jo Smith") };
    let (library, said) = fold_with(
        vec![
            brief("a", day(2025, 1, 1)).speaker("Jo Smith", &["baker"]),
            brief("b", day(2025, 1, 2)).speaker("Jo Smith", &[]),
        ],
        vec![held],
    );
    assert_eq!((only(&library, "a"), only(&library, "b")), ("jo-smith".into(), "jo-smith-b".into()));
    assert_eq!(said.len(), 1);
    assert_eq!(
        said[0].message,
        "several speakers are called `Jo Smith`; the addresses tell them apart: `jo-smith-b`"
    );
}

#[test]
fn the_register_names_merges_and_hides() {
    let moe = Registered {
        aliases: vec!["Moe".into(), "J. Moe".into()],
        roles: vec![Role { role: "mayor".into(), from: None, to: Some(day(2024, 12, 31)) }],
        merged: vec!["johnny-moe".into()],
        page: false,
        noindex: Some(true),
        ..entry("john-moe", "John Moe")
    };
    let mut register = vec![moe];
    let briefs = || {
        vec![
            brief("a", day(2025, 1, 1)).speaker("Moe", &["judge"]),
            brief("b", day(2025, 1, 2)).speaker("Johnny Moe", &[]),
            brief("c", day(2025, 1, 3)).speaker("J. Moe", &[]),
        ]
    };
    let (library, said) = fold_with(briefs(), register.clone());
    assert_eq!(ids(&library), ["john-moe"]);
    let profile = &library.profiles[0];
    assert_eq!((profile.name.as_str(), profile.statements.len(), profile.noindex), ("John Moe", 3, true));
    assert_eq!(profile.role_on(day(2024, 5, 1)), Some("mayor"));
    assert_eq!(profile.role_on(day(2025, 1, 1)), Some("judge"));
    assert_eq!(profile.role_on(day(2025, 5, 1)), None, "nobody says who he was by then");
    assert_eq!(library.listed_profiles().count(), 0);
    assert_eq!(library.redirects(), []);
    assert!(said.is_empty(), "{}", printed(&said));

    register[0].page = true;
    let (library, _) = fold_with(briefs(), register.clone());
    let expected = ("/speakers/johnny-moe/".to_owned(), "/speakers/john-moe/".to_owned());
    assert_eq!(library.redirects(), [expected]);
    assert_eq!(register_lines(&library, &Register { people: register.clone() }), "");

    register.push(entry("johnny-moe", "Johnny Moe"));
    let (library, said) = fold_with(briefs(), register);
    assert_eq!(ids(&library), ["john-moe", "johnny-moe"]);
    assert_eq!(
        printed(&said),
        "warning[P003 merged-id]: `johnny-moe` is merged into `john-moe` and is an entry of its own\n\
         \x20--> people.toml\n\
         \x20 = help: remove the entry with id = \"johnny-moe\", or take it out of `merged`\n"
    );
}

#[test]
fn one_statement_in_one_brief_asks_search_engines_to_stay_away() {
    let open = Registered { noindex: Some(false), ..entry("bo-ek", "Bo Ek") };
    let briefs = vec![
        brief("a", day(2025, 1, 1)).speaker("Ann Lee", &[]).speaker("Bo Ek", &[]).says("“And so.”", None),
    ];
    let (library, _) = fold_with(briefs, vec![open]);
    let noindex: Vec<_> = library.profiles.iter().map(|p| (p.id.as_str(), p.noindex)).collect();
    assert_eq!(noindex, [("ann-lee", true), ("bo-ek", false)]);
}

#[test]
fn organisations_differ_in_no_article_and_the_nameless_have_no_profile() {
    let body = |slug: &str, name: &str| {
        brief(slug, day(2025, 1, 1)).row(name, SpeakerKind::Organisation, &[]).says("“Yes.”", None)
    };
    let crowd = brief("c", day(2025, 1, 1)).row("Envoys", SpeakerKind::Group, &[]).says("“No.”", None);
    let (library, _) = fold(vec![body("a", "The Élan Group"), body("b", "Elan Group"), crowd]);
    assert_eq!(ids(&library), ["the-elan-group"]);
    let nameless = &library.statements[2];
    assert_eq!((nameless.profile, &*nameless.speaker), (None, "Envoys"));
}

#[test]
fn names_of_any_script_and_of_none_are_safe() {
    let briefs = vec![
        brief("a", day(2025, 1, 1)).speaker("李明", &[]),
        brief("b", day(2025, 1, 2)).speaker("李明", &[]),
        brief("c", day(2025, 1, 3)).speaker("★", &[]),
        brief("d", day(2025, 1, 4)).speaker("", &[]),
    ];
    let (library, _) = fold(briefs);
    assert_eq!(ids(&library), ["li-ming"]);
    assert_eq!(library.statements.len(), 4);
}

#[test]
fn speakers_know_whom_they_name_and_who_names_them_but_for_those_without_a_page() {
    let briefs = || {
        let names = |f: &mut Facts| f.statements[0].names = vec![1, 2, 3];
        vec![
            brief("a", day(2025, 1, 1))
                .speaker("Ann Lee", &[])
                .names("Bo Ek", &[])
                .names("Cy Dahl", &[])
                .names("Di Moe", &[])
                .with(names),
            brief("b", day(2025, 1, 2)).speaker("Bo Ek", &[]).speaker("Cy Dahl", &[]),
        ]
    };
    let people = |library: &Library, map: fn(&Profile) -> &BTreeMap<usize, Vec<usize>>| -> Vec<Vec<String>> {
        let name = |id: &usize| library.profiles[*id].name.clone();
        library.profiles.iter().map(|profile| map(profile).keys().map(name).collect()).collect()
    };
    let (library, _) = fold(briefs());
    assert_eq!(ids(&library), ["ann-lee", "bo-ek", "cy-dahl"], "who is silent has no page");
    assert_eq!(people(&library, |p| &p.speaks_of), [vec!["Bo Ek", "Cy Dahl"], vec![], vec![]]);
    assert_eq!(people(&library, |p| &p.named_by), [vec![], vec!["Ann Lee"], vec!["Ann Lee"]]);
    let said = &library.profiles[1].named_by[&0];
    assert_eq!(library.statements[said[0]].profile, Some(0));

    let hidden = |id: &str, name: &str| Registered { page: false, ..entry(id, name) };
    let (library, _) = fold_with(briefs(), vec![hidden("bo-ek", "Bo Ek")]);
    assert_eq!(people(&library, |p| &p.speaks_of), [vec!["Cy Dahl"], vec![], vec![]]);
    assert_eq!(people(&library, |p| &p.named_by), [vec![], vec![], vec!["Ann Lee"]]);
    let (library, _) = fold_with(briefs(), vec![hidden("ann-lee", "Ann Lee")]);
    assert!(people(&library, |p| &p.named_by).iter().all(Vec::is_empty));
}

#[test]
fn forms_of_a_name_have_the_days_of_the_briefs_that_use_them() {
    let (library, _) = fold(vec![
        brief("a", day(2025, 1, 3)).speaker("Ann B. Lee", &[]),
        brief("b", day(2025, 1, 1)).speaker("Ann Lee", &[]),
        brief("c", day(2025, 1, 5)).speaker("Ann Lee", &[]),
    ]);
    let seen: Vec<_> = library.profiles[0].seen_names.iter().map(|s| (&*s.name, s.first, s.last)).collect();
    assert_eq!(
        seen,
        [("Ann Lee", day(2025, 1, 1), day(2025, 1, 5)), ("Ann B. Lee", day(2025, 1, 3), day(2025, 1, 3))]
    );
}

#[test]
fn nobody_is_given_the_address_of_the_nameless() {
    let (library, _) = fold(vec![brief("a", day(2025, 1, 1)).speaker("Unknown", &["poet"])]);
    assert_eq!(ids(&library), ["unknown-poet"]);
}
