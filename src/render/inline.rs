//! Small components, written out where the built-in templates call them: [`write_out`].
//!
//! A call makes a map of the arguments and a scope of its own. For a date or a link that costs more
//! than to draw it does, and the pages of a large site hold millions of them. What is drawn is the same;
//! a component that the site or its theme defines again stays a call, so that theirs is drawn.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// The components that are written out: they call no others, and every list is full of them.
const SMALL: [&str; 2] = ["link", "when"];

/// The template that defines them.
const COMPONENTS: &str = "components.html";

/// `{{ <when date={row.date} form="short" /> }}`.
static CALL: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"\{\{ <([a-z_]+)((?: [a-z_]+=(?:\{[^{}]*\}|"[a-z_]*"))*) /> \}\}"#));
/// An argument of a call.
static ARGUMENT: LazyLock<Regex> =
    LazyLock::new(|| regex(r#" ([a-z_]+)=(?:\{([A-Za-z0-9_.]+)\}|("[a-z_]*"))"#));
/// A parameter in the head of a component, with what it is where a call does not say.
static PARAMETER: LazyLock<Regex> = LazyLock::new(|| regex(r#"([a-z_]+)(?: = ("[a-z_]*"|[a-z0-9]+))?"#));
/// A tag of Tera in the body of a component.
static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"(?s)\{\{.*?\}\}|\{%.*?%\}"));
/// A name in a tag that is no field of another, nor text; what stands before it.
static NAME: LazyLock<Regex> = LazyLock::new(|| regex(r#"([^A-Za-z0-9_."])([A-Za-z_][A-Za-z0-9_]*)"#));
/// A field that is asked for by a text: `["short"]`.
static FIELD: LazyLock<Regex> = LazyLock::new(|| regex(r#"\["([a-z_]+)"\]"#));

// The classes above are of ASCII: those of Unicode would cost some megabytes for nothing.
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns here are right")
}

/// A component as it is defined.
struct Component<'t> {
    /// The parameters with what they are by themselves.
    parameters: Vec<(&'t str, Option<&'t str>)>,
    /// The body without the white space around it.
    body: &'t str,
}

/// The text of each of the built-in `templates`, by name, with the calls of small components written
/// out; not of those that one of the `given` templates, which stand in their place, defines again.
pub(super) fn write_out(
    templates: &[(&'static str, &'static str)],
    given: &[(String, String)],
) -> BTreeMap<String, String> {
    let source = templates.iter().find(|(name, _)| *name == COMPONENTS).map_or("", |(_, text)| *text);
    let again = |name: &str| {
        let definition = regex(&format!(r"(?-u:\bcomponent\s+{name}\b)"));
        given.iter().any(|(_, text)| definition.is_match(text))
    };
    let known = SMALL.into_iter().filter(|name| !again(name));
    let small: BTreeMap<&str, Component<'_>> =
        known.filter_map(|name| Some((name, Component::named(name, source)?))).collect();
    let written = |call: &Captures<'_>| {
        let written = small.get(&call[1]).and_then(|component| component.called_with(&call[2]));
        written.unwrap_or_else(|| call[0].to_owned())
    };
    let text = |text: &str| CALL.replace_all(text, written).into_owned();
    templates.iter().map(|(name, source)| ((*name).to_owned(), text(source))).collect()
}

impl<'t> Component<'t> {
    /// The component `name` of a template. `None` where there is none that draws nothing around what it
    /// draws.
    fn named(name: &str, template: &'t str) -> Option<Self> {
        let (_, from) = template.split_once(&format!("{{% component {name}("))?;
        let (parameters, from) = from.split_once(") -%}\n")?;
        let (body, _) = from.split_once(&format!(" -%}}\n{{% endcomponent {name} %}}"))?;
        let parameters = PARAMETER.captures_iter(parameters).map(|found| {
            let [name, default] = [1, 2].map(|group| found.get(group).map(|part| part.as_str()));
            (name.unwrap_or_default(), default)
        });
        Some(Self { parameters: parameters.collect(), body })
    }

    /// What a call with `arguments` comes to. `None` where one of them is more than a value with a name.
    fn called_with(&self, arguments: &str) -> Option<String> {
        let given: BTreeMap<&str, &str> = ARGUMENT
            .captures_iter(arguments)
            .filter_map(|found| {
                let value = found.get(2).or(found.get(3))?;
                Some((found.get(1)?.as_str(), value.as_str()))
            })
            .collect();
        if given.len() != arguments.matches('=').count() {
            return None;
        }
        let values = self
            .parameters
            .iter()
            .map(|(name, default)| Some((*name, given.get(name).copied().or(*default)?)));
        let values: BTreeMap<&str, &str> = values.collect::<Option<_>>()?;
        let named = |name: &Captures<'_>| {
            let value = values.get(&name[2]).copied().unwrap_or(&name[2]);
            format!("{}{value}", &name[1])
        };
        let tag = |tag: &Captures<'_>| {
            let filled = NAME.replace_all(&tag[0], named);
            FIELD.replace_all(&filled, ".$1").into_owned()
        };
        let body = format!("{} %}}", self.body);
        Some(TAG.replace_all(&body, tag).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::theme;

    const COMPONENT: &str = "{% component link(to, form = \"label\") -%}\n{% if to.path %}<a href=\"{{ to.path | url }}\">\
        {{ to[form] }}</a>{% else %}to: {{ to.title }}{% endif -%}\n{% endcomponent link %}\n";

    fn written(call: &'static str, given: &[(String, String)]) -> String {
        write_out(&[(COMPONENTS, COMPONENT), ("a.html", call)], given).remove("a.html").unwrap()
    }

    #[test]
    fn a_call_is_written_out_with_its_values() {
        assert_eq!(
            written("<p>{{ <link to={row.path.to} form=\"short\" /> }}</p>", &[]),
            "<p>{% if row.path.to.path %}<a href=\"{{ row.path.to.path | url }}\">{{ row.path.to.short }}</a>\
             {% else %}to: {{ row.path.to.title }}{% endif %}</p>"
        );
        assert!(written("{{ <link to={row} /> }}", &[]).contains("{{ row.label }}"));
    }

    #[test]
    fn what_is_more_than_a_value_stays_a_call() {
        for call in [
            "{{ <link to={a and b} /> }}",
            "{{ <link to={a[0]} /> }}",
            "{{ <other to={a} /> }}",
            "{{ <link /> }}",
        ] {
            assert_eq!(written(call, &[]), call);
        }
    }

    #[test]
    fn a_component_that_is_defined_again_stays_a_call() {
        let call = "{{ <link to={a} /> }}";
        for text in [COMPONENT, "{%- component  link( to ) %}…{% endcomponent link %}"] {
            assert_eq!(written(call, &[("mine.html".to_owned(), text.to_owned())]), call);
        }
        let other = "{% component links(to) %}…{% endcomponent links %}{{ <link to={b} /> }}";
        assert_ne!(written(call, &[("mine.html".to_owned(), other.to_owned())]), call);
    }

    #[test]
    fn every_small_component_of_the_theme_is_written_out() {
        let written = write_out(theme::TEMPLATES, &[]);
        for name in SMALL {
            let calls = written.values().filter(|text| text.contains(&format!("{{{{ <{name} ")));
            assert_eq!(calls.count(), 0, "{name}");
            assert!(
                theme::TEMPLATES.iter().any(|(_, text)| text.contains(&format!("{{{{ <{name} "))),
                "{name}"
            );
        }
    }
}
