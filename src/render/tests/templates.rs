//! Templates of a site: mistakes in them, and small ones that override a part.

use super::*;

#[test]
fn a_mistake_in_a_template_is_shown_at_its_place() {
    let fixture = Fixture::new();
    let renderer = |text: &str| {
        let own = [("home.html".to_owned(), text.to_owned())];
        Renderer::new(&fixture.settings, &own, &AssetNames::default())
    };
    let unclosed = renderer("<p>\n{% if page %}x</p>").unwrap_err().render();
    assert_eq!(
        unclosed,
        "error[T001 bad-template]: unexpected end of input\n\
         \x20 --> templates/home.html:2:19\n\
         \x20  |\n\
         2  | {% if page %}x</p>\n\
         \x20  |                   ^\n\
         \x20  = help: templates are written in Tera 2; the built-in template of that name is an example\n"
    );
    let site = fixture.site();
    let wrong = renderer("<p>\n{{ page.titel }}</p>").unwrap();
    let message = wrong.render(&plan(&site)[0], &site).unwrap_err().render();
    assert_eq!(
        message,
        "error[T001 bad-template]: field `titel` is not defined. Available fields: briefs, first, lead, more, \
         speakers, stories, totals, years\n\
         \x20 --> templates/home.html:2:9\n\
         \x20  |\n\
         2  | {{ page.titel }}</p>\n\
         \x20  |         ^\n\
         \x20  = help: docs/templates.md lists which values there are; one that is not known is `null`, \
         never left out\n"
    );
    let near = renderer("{{ page.storeis }}").unwrap().render(&plan(&site)[0], &site).unwrap_err().render();
    assert!(near.ends_with("= help: did you mean `stories`?\n"), "{near}");
}

#[test]
fn a_small_file_overrides_one_block_of_one_page_or_one_component() {
    let fixture = Fixture::new();
    let site = fixture.site();
    let own = [
        (
            "brief.html".to_owned(),
            "{% extends \"built-in/brief.html\" %}{% block topics %}<p>Our own end.</p>{% endblock topics %}".to_owned(),
        ),
        ("mine.html".to_owned(), "{% component neighbours(before = none, after = none, label = \"\") %}<hr>{% endcomponent neighbours %}".to_owned()),
    ];
    let renderer = Renderer::new(&fixture.settings, &own, &AssetNames::default())
        .unwrap_or_else(|d| panic!("{}", d.render()));
    let draw = |path: &str| {
        let job = plan(&site).into_iter().find(|job| job.path == path).unwrap();
        let page = renderer.render(&job, &site).unwrap_or_else(|d| panic!("{}", d.render()));
        String::from_utf8(page.content).unwrap()
    };
    let brief = draw("briefs/union-answers/index.html");
    assert!(brief.contains("<p>Our own end.</p>") && !brief.contains("<h2>Topics</h2>"), "{brief}");
    assert!(
        brief.contains("<h2 id=\"said\">Who said what</h2>") && brief.contains("<nav aria-label=\"Site\">")
    );
    let day = draw("days/2024/05/27/index.html");
    assert!(day.contains("<hr>") && !day.contains("class=\"neighbours\""), "{day}");
}
