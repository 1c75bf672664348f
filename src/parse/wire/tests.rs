//! Wire copy as zones.

use super::rules::Written;
use super::*;

fn read(text: &str) -> Document {
    document(text.to_owned(), &[]).0
}

/// Zones as `kind: words`, one a line.
fn zones(text: &str) -> String {
    let document = read(text);
    document.zones.iter().map(|z| format!("{}: {}\n", z.kind.name(), z.span.of(text))).collect()
}

#[test]
fn every_credit_example_holds() {
    let rules = Written::read().credit;
    for example in rules.examples {
        let found = credit::at_end(&example.text).unwrap_or_else(|| panic!("{}", example.text));
        assert_eq!(found.outlets, example.outlets, "{}", example.text);
        assert_eq!(found.zone.end, example.text.len(), "{}", example.text);
    }
    for text in rules.counter {
        assert_eq!(credit::at_end(&text), None, "{text}");
    }
}

#[test]
fn every_dateline_example_holds() {
    let rules = Written::read().dateline;
    for example in rules.examples {
        let text = &example.text;
        let found = dateline::find(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(&text[found.place], example.place, "{text}");
        assert_eq!(found.day.map(|d| &text[d]), example.day.as_deref(), "{text}");
        assert_eq!(found.credit.map(|c| c.1).unwrap_or_default(), example.outlets, "{text}");
        if let Some(end) = example.end {
            assert_eq!(found.end, end);
        }
        assert!(!text[found.end..].starts_with(' '), "{text}");
    }
    for text in rules.counter {
        assert_eq!(dateline::find(&text), None, "{text}");
    }
}

#[test]
fn every_byline_example_holds() {
    let rules = Written::read().byline;
    for example in rules.examples {
        let names = byline::find(&example.text).unwrap_or_else(|| panic!("{}", example.text));
        assert_eq!(&example.text[names], example.names);
    }
    for text in rules.counter {
        assert_eq!(byline::find(&text), None, "{text}");
    }
}

#[test]
fn every_promo_and_mark_example_holds() {
    let rules = Written::read();
    for (kind, patterns) in [(ZoneKind::Promo, rules.promo), (ZoneKind::Mark, rules.mark)] {
        for pattern in patterns {
            for line in pattern.examples {
                let text = format!("The first paragraph.\n\n{line}\n\nThe last paragraph.");
                assert_eq!(zones(&text), format!("{}: {line}\n", kind.name()));
            }
            for line in pattern.counter {
                let text = format!("The first paragraph.\n\n{line}\n\nThe last paragraph.");
                assert_eq!(zones(&text), "", "{}", pattern.pattern);
            }
        }
    }
}

const STORY: &str = " date 2025-11-08 Sign up now: Get our newsletters delivered to your inbox\n\nAn aide to the mayor said the bridge would open soon.\n\nELMTOWN - The bridge opens on Nov 9, an official told AFP.\n\n“We are ready,” Ms Ann Lee said. REUTERS";

#[test]
fn a_story_as_a_clipping_service_hands_it_over() {
    assert_eq!(
        zones(STORY),
        "header:  date 2025-11-08 \npromo: Sign up now: Get our newsletters delivered to your inbox\n\
         standfirst: An aide to the mayor said the bridge would open soon.\ndateline: ELMTOWN - \ncredit: REUTERS\n"
    );
    let (document, date) = document(STORY.to_owned(), &[]);
    assert_eq!(date, NaiveDate::from_ymd_opt(2025, 11, 8));
    assert_eq!(document.zones[0].span, Span::new(0, 17));
    assert_eq!(document.dateline.unwrap().place, "ELMTOWN");
    assert_eq!(document.credit.unwrap().outlets, ["Reuters"]);
    assert_eq!(document.blocks.len(), 3);
    assert_eq!(document.text, STORY);
}

#[test]
fn the_text_goes_on_after_a_header_or_a_promo_in_one_line() {
    let text = "date 2025-11-08 Sign up now: Get our newsletters delivered to your inbox ELMTOWN - The bridge opens.\n\nIt is new.";
    assert_eq!(
        zones(text),
        "header: date 2025-11-08 \npromo: Sign up now: Get our newsletters delivered to your inbox\ndateline: ELMTOWN - \n"
    );
    assert_eq!(zones("date 2025-11-08 was chosen for the vote.\n\nIt rained."), "");
    assert_eq!(zones("date 2025-11-08\r\n\r\nIt rained."), "header: date 2025-11-08\n");
}

#[test]
fn a_whole_layout_with_headline_byline_and_marks() {
    let text = "Bridge opens in Elmtown\nBy Ann Lee and Bob Ray\n\nELMTOWN, Nov 8 (Reuters) - The bridge is open.\n\nMore people came.\n\nPage 1 of 2\n(MORE)\n\n\"It is new,\" he said. -30-\n(Reporting by Ann Lee; Editing by Cy Ng)\n";
    assert_eq!(
        zones(text),
        "byline: By Ann Lee and Bob Ray\ndateline: ELMTOWN, Nov 8 (Reuters) - \nmark: Page 1 of 2\nmark: (MORE)\n\
         mark: -30-\nbyline: (Reporting by Ann Lee; Editing by Cy Ng)\n"
    );
    let document = read(text);
    assert_eq!(document.blocks[0].kind, BlockKind::Heading);
    assert_eq!(document.byline.unwrap().of(text), "Ann Lee and Bob Ray");
    assert_eq!(document.credit.unwrap().outlets, ["Reuters"]);
    assert_eq!(document.dateline.unwrap().day.unwrap().of(text), "Nov 8");
}

#[test]
fn a_plain_article_has_blocks_and_no_zones() {
    let text =
        "Council votes for the bridge\nThe council voted on Monday. It was late.\n\n\"We won,\" she said.\n";
    assert_eq!(zones(text), "");
    let kinds: Vec<_> = read(text).blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [BlockKind::Heading, BlockKind::Paragraph, BlockKind::Paragraph]);
}

#[test]
fn hard_wrapped_lines_are_one_paragraph() {
    let text = "ELMTOWN - The bridge over the river is open, and the\npeople of the town have come to see it today, as the\nmayor said.\nA second paragraph begins without an empty line and it\ngoes on here.\n";
    let document = read(text);
    assert_eq!(document.blocks.len(), 2);
    let prose = crate::text::Prose::of(&document);
    assert_eq!(
        prose.text(),
        "The bridge over the river is open, and the people of the town have come to see it today, as the mayor said.\n\nA second paragraph begins without an empty line and it goes on here."
    );
}

#[test]
fn points_of_a_list_are_paragraphs_of_their_own() {
    let text = "The council wants:\n- a bridge\n- a road\n";
    assert_eq!(read(text).blocks.len(), 3);
}

#[test]
fn desk_notes_and_addresses_are_no_prose() {
    let text = "ELMTOWN, Nov 8 (Reuters) - It opens.\n\nIt is new.\n\n(Reporting by Ann Lee; Editing by Cy Ng)\n((desk@herald.example))\n";
    assert_eq!(
        zones(text),
        "dateline: ELMTOWN, Nov 8 (Reuters) - \nbyline: (Reporting by Ann Lee; Editing by Cy Ng)\nmark: ((desk@herald.example))\n"
    );
}

#[test]
fn quotations_are_never_zones() {
    for text in [
        "The first.\n\n“Sign up now: it is free,” he said.\n\nThe last.",
        "The first.\n\n“Whom do you read?” she asked. “I read AFP”",
        "The first.\n\nHe said: “Whom do you read? Reuters”",
        "The first.\n\n\"KYIV - The talks begin,\" she said.",
    ] {
        assert_eq!(zones(text), "", "{text}");
    }
}

#[test]
fn a_long_quotation_does_not_hide_the_credit() {
    let text = format!("The first.\n\n\"{}.\" REUTERS", "we go on and on ".repeat(60).trim_end());
    assert_eq!(zones(&text), "credit: REUTERS\n");
}

#[test]
fn the_sites_own_patterns_hide_whole_lines() {
    let promo = [Regex::new("(?i)our app").unwrap()];
    let text = "The first.\n\nGet news in our app today.\n\nThe last.";
    let zones = document(text.to_owned(), &promo).0.zones;
    assert_eq!(zones.len(), 1);
    assert_eq!(zones[0].span.of(text), "Get news in our app today.");
}

#[test]
fn a_text_of_one_word_or_none_is_left_alone() {
    for text in ["", "\n\n", "REUTERS", "###", " ", "\u{feff}", "date 2025-11-08", "(AP)\n"] {
        let document = read(text);
        assert_eq!(document.text, text);
    }
    assert_eq!(read("REUTERS").blocks.len(), 1);
}

proptest::proptest! {
    #[test]
    fn zones_and_blocks_lie_in_order_on_borders(
        text in "(date 2025-1[0-9]-08 )?([A-Z]{0,6} ?[-–—]? ?[a-zé“”\".]{0,8} ?(REUTERS|AFP|\\(MORE\\)|###)?(\r?\n){0,2}){0,12}\\PC{0,20}"
    ) {
        let document = read(&text);
        for zone in &document.zones {
            let _ = zone.span.of(&text);
        }
        proptest::prop_assert!(document.blocks.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        for block in &document.blocks {
            for run in &block.runs {
                proptest::prop_assert!(block.span.contains(run.span));
                let _ = run.span.of(&text);
            }
        }
        let _ = crate::text::Prose::of(&document);
    }
}
