//! Bundles the stylesheets of `style/` into one file, because each request of its own would delay
//! the first paint, and Trunk copies a stylesheet without following its `@import`s.
//!
//! Invariant: `style/index.css` alone decides the order, and no other file in `style/` is left out.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Result, bail};

use crate::project::{Project, files_under, read, write};

/// The bundle, relative to the project's root; `index.html` links it.
const BUNDLE: &str = "target/style/console.css";

/// Writes the bundle, unless it is up to date.
pub fn bundle(project: &Project) -> Result<()> {
    let folder = project.root.join("style");
    let mut left_out: BTreeSet<String> = files_under(&folder)?
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .filter_map(|path| Some(path.strip_prefix(&folder).ok()?.to_str()?.to_owned()))
        .collect();
    left_out.remove("index.css");
    let css = inline_imports(&read(&folder.join("index.css"))?, |name| {
        left_out.remove(name);
        read(&folder.join(name))
    })?;
    if let Some(name) = left_out.first() {
        bail!("style/{name} is not imported by style/index.css");
    }
    let path = project.root.join(BUNDLE);
    if read_if_there(&path).as_ref() != Some(&css) {
        write(&path, css)?;
    }
    Ok(())
}

fn read_if_there(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// Replaces each line `@import "./name.css" [layer(x)];` by the file, wrapped in its layer.
fn inline_imports(index: &str, mut load: impl FnMut(&str) -> Result<String>) -> Result<String> {
    let mut css = String::new();
    for line in index.lines() {
        let Some(import) = line.trim().strip_prefix("@import") else {
            css.push_str(line);
            css.push('\n');
            continue;
        };
        let Some((name, layer)) = parse_import(import) else {
            bail!("not understood in style/index.css: {line}");
        };
        let content = load(name)?;
        if content.lines().any(|line| line.trim_start().starts_with("@import")) {
            bail!("style/{name} has an @import: they all belong in style/index.css");
        }
        css.push_str(&format!("/* {name} */\n"));
        match layer {
            Some(layer) => css.push_str(&format!("@layer {layer} {{\n{content}\n}}\n")),
            None => css.push_str(&format!("{content}\n")),
        }
    }
    Ok(css)
}

/// Reads ` "./name.css" layer(x);` as the name and the layer.
fn parse_import(import: &str) -> Option<(&str, Option<&str>)> {
    let import = import.trim().strip_suffix(';')?.trim_end();
    let (name, rest) = import.strip_prefix('"')?.split_once('"')?;
    let layer = match rest.trim() {
        "" => None,
        layer => Some(layer.strip_prefix("layer(")?.strip_suffix(')')?),
    };
    Some((name.strip_prefix("./").unwrap_or(name), layer))
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use super::inline_imports;

    fn load(name: &str) -> Result<String> {
        Ok(format!(".{} {{}}", name.trim_end_matches(".css")))
    }

    #[test]
    fn imports_are_replaced_in_their_order_and_layer() -> Result<()> {
        let index = "@layer a, b;\n@import \"./one.css\" layer(a);\n@import \"two.css\";\n";
        let expected = "@layer a, b;\n/* one.css */\n@layer a {\n.one {}\n}\n/* two.css */\n.two {}\n";
        assert_eq!(inline_imports(index, load)?, expected);
        Ok(())
    }

    #[test]
    fn an_import_that_would_not_be_followed_is_refused() {
        let nested = |_: &str| Ok("@import \"deep.css\";".to_owned());
        assert!(inline_imports("@import \"one.css\";", nested).is_err());
        assert!(inline_imports("@import url(one.css);", load).is_err());
        assert!(inline_imports("@import \"one.css\" screen;", load).is_err());
    }
}
