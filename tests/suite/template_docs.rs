//! docs/templates.md, the reference of what each template gets, is made from the program's own types:
//! the structures that are handed to templates, with their doc comments.
//!
//! `WRITE_DOCS=1 cargo test --test suite template_docs` writes it again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use syn::{
    Attribute, Expr, ExprLit, Fields, GenericArgument, Item, ItemStruct, Lit, Meta, PathArguments, Type,
};

/// A structure that templates get.
struct View {
    doc: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    doc: String,
    kind: Kind,
}

/// Templates that are drawn under a name made of the kind of group, and all that extend them.
const BY_KIND: [(&str, &str); 2] = [("group.html", "GroupPage"), ("groups.html", "GroupsPage")];

/// What a template sees of a type.
#[derive(Clone)]
enum Kind {
    Plain(&'static str),
    List(Box<Kind>),
    OrNull(Box<Kind>),
    View(String),
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the reference is no output of a build")]
fn the_reference_of_templates_says_what_the_types_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources: BTreeMap<String, String> = crate::support::tree(&root.join("src/render"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs") && !path.contains("tests") && !path.contains("fixture"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    let views = views(&sources);
    let mut pages = pages(&sources);
    pages.extend(BY_KIND.map(|(template, view)| (template.to_owned(), view.to_owned())));
    let templates: BTreeSet<String> = crate::support::tree(&root.join("templates")).into_keys().collect();
    for template in templates.iter().filter(|name| !["base.html", "components.html"].contains(&name.as_str()))
    {
        let text = fs::read_to_string(root.join("templates").join(template)).unwrap();
        let drawn = BY_KIND.iter().any(|(name, _)| text.starts_with(&format!("{{% extends \"{name}\" %}}")));
        assert!(
            drawn || pages.contains_key(template) || !text.contains("page."),
            "no page is drawn with {template}, or by other means than `engine.render(\"{template}\", …)`"
        );
    }
    let text = reference(&views, &pages);
    let file = root.join("docs/templates.md");
    if std::env::var_os("WRITE_DOCS").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there == text,
        "docs/templates.md is not what the types say: WRITE_DOCS=1 cargo test --test suite template_docs"
    );
}

#[test]
fn types_are_told_in_words() {
    let told = |written: &str| kind(&syn::parse_str(written).unwrap()).told();
    for (written, expected) in [
        ("&'a str", "text"),
        ("Cow<'a, str>", "text"),
        ("Option<Vec<usize>>", "list of numbers, or `null`"),
        ("Vec<Vec<String>>", "list of lists of texts"),
        ("Option<super::DateView>", "[DateView](#dateview), or `null`"),
        ("Vec<Link>", "list of [Link](#link)"),
        ("Option<Ready<Link>>", "[Link](#link), or `null`"),
        ("&'a serde_json::Value", "anything"),
    ] {
        assert_eq!(told(written), expected, "{written}");
    }
}

// ---- from the source ----

/// Every structure that is serialised, by its name.
fn views(sources: &BTreeMap<String, String>) -> BTreeMap<String, View> {
    let mut views = BTreeMap::new();
    for (path, text) in sources {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for item in file.items {
            if let Item::Struct(item) = item
                && is_serialised(&item)
            {
                let name = item.ident.to_string();
                let view = View { doc: doc(&item.attrs), fields: fields(&item) };
                assert!(views.insert(name.clone(), view).is_none(), "{path}: two views are called {name}");
            }
        }
    }
    views
}

fn is_serialised(item: &ItemStruct) -> bool {
    let derives = |attribute: &Attribute| match &attribute.meta {
        Meta::List(list) => list.path.is_ident("derive") && list.tokens.to_string().contains("Serialize"),
        _ => false,
    };
    item.attrs.iter().any(derives)
}

fn fields(item: &ItemStruct) -> Vec<Field> {
    let Fields::Named(named) = &item.fields else { return Vec::new() };
    let skipped = |attributes: &[Attribute]| {
        attributes.iter().any(|a| match &a.meta {
            Meta::List(list) => list.path.is_ident("serde") && list.tokens.to_string() == "skip",
            _ => false,
        })
    };
    let shown = named.named.iter().filter(|field| !skipped(&field.attrs));
    shown
        .map(|field| Field {
            name: field.ident.as_ref().unwrap().to_string(),
            doc: doc(&field.attrs),
            kind: kind(&field.ty),
        })
        .collect()
}

/// A doc comment as one line of Markdown without links to Rust items.
fn doc(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value
        {
            lines.push(text.value().trim().to_owned());
        }
    }
    lines.join(" ").trim().replace("[`", "`").replace("`]", "`").replace('|', "\\|")
}

fn kind(written: &Type) -> Kind {
    match written {
        Type::Reference(reference) => kind(&reference.elem),
        Type::Slice(slice) => Kind::List(Box::new(kind(&slice.elem))),
        Type::Array(array) => Kind::List(Box::new(kind(&array.elem))),
        Type::Tuple(_) => Kind::Plain("list"),
        Type::Path(path) => {
            let last = path.path.segments.last().unwrap();
            let inner = || match &last.arguments {
                PathArguments::AngleBracketed(list) => {
                    let types = list.args.iter().filter_map(|a| match a {
                        GenericArgument::Type(inner) => Some(kind(inner)),
                        _ => None,
                    });
                    Box::new(types.last().unwrap())
                }
                _ => panic!("no argument"),
            };
            match last.ident.to_string().as_str() {
                "Option" => Kind::OrNull(inner()),
                "Vec" => Kind::List(inner()),
                "Box" | "Arc" | "Ready" => *inner(),
                "String" | "str" | "char" | "Cow" | "NaiveDate" => Kind::Plain("text"),
                "bool" => Kind::Plain("true or false"),
                "usize" | "u8" | "u16" | "u32" | "u64" | "i32" | "i64" | "f32" | "f64" => {
                    Kind::Plain("number")
                }
                "Value" => Kind::Plain("anything"),
                name => Kind::View(name.to_owned()),
            }
        }
        _ => Kind::Plain("anything"),
    }
}

/// The template of each page and the structure that it gets as `page`: read off the calls
/// `engine.render("brief.html", …, &page)` and the variables that they name.
fn pages(sources: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for text in sources.values() {
        for (at, _) in text.match_indices(".render(") {
            let call: String = text[at..].split(';').next().unwrap().chars().take(400).collect();
            let arguments = balanced(&call[".render(".len()..]);
            let Some(template) = arguments.first().and_then(|a| a.strip_prefix('"')?.strip_suffix('"'))
            else {
                continue;
            };
            let last = arguments.last().unwrap().trim_start_matches('&');
            let view = if last.chars().next().is_some_and(char::is_uppercase) {
                last.split([':', ' ', '{', '<']).next().unwrap().to_owned()
            } else {
                let before = &text[..at];
                let set = before
                    .rfind(&format!("let {last} = "))
                    .unwrap_or_else(|| panic!("{template}: what is {last}?"));
                let value = &before[set + format!("let {last} = ").len()..];
                value.split([':', ' ', '{', '<']).next().unwrap().to_owned()
            };
            pages.insert(template.to_owned(), view);
        }
    }
    pages
}

/// The arguments of a call, read to its closing bracket.
fn balanced(text: &str) -> Vec<String> {
    let (mut depth, mut arguments, mut current) = (0_i32, Vec::new(), String::new());
    for c in text.chars() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' if depth == 0 => break,
            ')' | '}' | ']' => depth -= 1,
            ',' if depth == 0 => {
                arguments.push(std::mem::take(&mut current));
                continue;
            }
            _ => {}
        }
        current.push(c);
    }
    arguments.push(current);
    arguments.iter().map(|a| a.trim().to_owned()).filter(|a| !a.is_empty()).collect()
}

// ---- into Markdown ----

impl Kind {
    fn told(&self) -> String {
        match self {
            Self::Plain(words) => (*words).to_owned(),
            Self::List(of) => format!("list of {}", of.several()),
            Self::OrNull(of) => format!("{}, or `null`", of.told()),
            Self::View(name) => format!("[{name}](#{})", name.to_lowercase()),
        }
    }

    fn several(&self) -> String {
        match self {
            Self::Plain(words @ ("text" | "number" | "list")) => format!("{words}s"),
            Self::List(of) => format!("lists of {}", of.several()),
            other => other.told(),
        }
    }

    fn view(&self) -> Option<&str> {
        match self {
            Self::Plain(_) => None,
            Self::List(of) | Self::OrNull(of) => of.view(),
            Self::View(name) => Some(name),
        }
    }
}

fn reference(views: &BTreeMap<String, View>, pages: &BTreeMap<String, String>) -> String {
    let mut out = String::from(
        "# What templates get\n\n\
         Made from the program's own types; a test keeps it so (`tests/suite/template_docs.rs`).\n\n\
         Every template gets `site`, `head` and `page`. A field that is listed here is always there; what is not\n\
         known is `null` or an empty list. Paths are site paths: the filters `url` and `absolute` make addresses of\n\
         them, `asset` makes the address of a file in `static/`, and `words` gives the words of the interface under a\n\
         key of `src/render/words/en.toml`: `{{ \"home.all_briefs\" | words(n=12) }}`.\n\n",
    );
    let mut wanted: Vec<String> = vec!["SiteFacts".into(), "Head".into()];
    let _ = writeln!(out, "| in | is | |\n|---|---|---|");
    let _ = writeln!(out, "| every template | `site` | [SiteFacts](#sitefacts) |");
    let _ = writeln!(out, "| every template | `head` | [Head](#head) |");
    for (template, view) in pages {
        let _ = writeln!(out, "| `{template}` | `page` | [{view}](#{}) |", view.to_lowercase());
        wanted.push(view.clone());
    }
    let mut told = BTreeSet::new();
    let mut next = 0;
    while let Some(name) = wanted.get(next).cloned() {
        next += 1;
        if !told.insert(name.clone()) {
            continue;
        }
        let view =
            views.get(&name).unwrap_or_else(|| panic!("{name} is handed to templates and is no structure"));
        let _ = write!(out, "\n## {name}\n\n{}\n", view.doc);
        if !view.fields.is_empty() {
            let _ = writeln!(out, "\n| field | is | meaning |\n|---|---|---|");
        }
        for field in &view.fields {
            let _ = writeln!(out, "| `{}` | {} | {} |", field.name, field.kind.told(), field.doc);
            wanted.extend(field.kind.view().map(str::to_owned));
        }
    }
    out
}
