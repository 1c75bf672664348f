//! Which folder a site may be written to: [`output_folder`].

use std::path::{Component, Path, PathBuf};

/// The output folder of the site in `root`: `given`, or `public/` in `root`.
///
/// # Errors
/// A sentence, where the folder holds the site's sources or lies among them: pages would mix
/// with what they are made of.
pub fn output_folder(root: &Path, given: Option<&Path>) -> Result<PathBuf, String> {
    let output = given.map_or_else(|| root.join("public"), Path::to_owned);
    let (site, folder) = (whole(root), whole(&output));
    if site.starts_with(&folder) {
        return Err(format!(
            "the output folder {} holds the site's own sources; give a folder that pages can have to \
             themselves, such as {}",
            output.display(),
            root.join("public").display()
        ));
    }
    match ["content", "templates", "static", "themes"].iter().find(|name| folder.starts_with(site.join(name)))
    {
        Some(name) => {
            Err(format!("the output folder {} lies inside {name}/, which is read", output.display()))
        }
        None => Ok(output),
    }
}

/// The path from the file system's root, links resolved as far as it exists.
fn whole(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    let mut missing = Vec::new();
    let mut there = plain.as_path();
    loop {
        if let Ok(resolved) = there.canonicalize() {
            return missing.iter().rev().fold(resolved, |path, name| path.join(name));
        }
        let (Some(parent), Some(name)) = (there.parent(), there.file_name()) else { return plain };
        missing.push(name.to_owned());
        there = parent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_never_mix_with_their_sources() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir(root.join("content")).unwrap();
        assert_eq!(output_folder(root, None), Ok(root.join("public")));
        assert!(output_folder(root, Some(&root.join("../elsewhere"))).is_ok());
        assert!(output_folder(root, Some(&root.join("contents"))).is_ok());
        for bad in [".", "..", "content", "content/x/y", "x/../static", "templates", "themes/plain"] {
            assert!(output_folder(root, Some(&root.join(bad))).is_err(), "{bad}");
        }
    }
}
