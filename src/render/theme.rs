//! The built-in theme: [`TEMPLATES`] and [`STATIC`], compiled in. A site's own templates/ and
//! static/ take their place file by file.

macro_rules! files {
    ($read:ident $folder:literal: $($name:literal)+) => {
        &[$(($name, $read!(concat!("../../", $folder, "/", $name)))),+]
    };
}

/// Every template by its name below templates/.
pub const TEMPLATES: &[(&str, &str)] = files!(include_str "templates":
    "404.html" "atom.xml" "base.html" "brief.html" "briefs.html" "card.svg" "components.html" "day.html"
    "days.html" "group.html" "groups.html" "home.html" "month.html" "outlet.html" "outlets.html"
    "page.html" "place.html" "places.html" "redirect.html" "robots.txt" "search.html" "sitemap-index.xml"
    "sitemap-news.xml" "sitemap.xml" "speaker.html" "speakers.html" "statements.html" "stories.html" "story.html"
    "timeline.html" "topic.html" "topics.html" "unknown.html" "unnamed.html" "year.html");

/// Every static file by its name below static/, which is its path in the output folder.
pub const STATIC: &[(&str, &[u8])] =
    files!(include_bytes "static": "brief.js" "card.png" "icon.svg" "search.js" "site.css");

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn nothing_in_the_folders_is_left_out() {
        for (folder, known) in [
            ("templates", super::TEMPLATES.iter().map(|(name, _)| *name).collect::<Vec<_>>()),
            ("static", super::STATIC.iter().map(|(name, _)| *name).collect()),
        ] {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let mut found: Vec<String> = std::fs::read_dir(root)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            found.sort();
            assert_eq!(found, known, "{folder}/");
        }
    }
}
