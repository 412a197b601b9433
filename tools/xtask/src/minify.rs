//! Takes out of the built site what only its authors read.
//!
//! Invariant: what is minified means the same. Trunk's own minifier cannot read the JS that
//! wasm-bindgen writes, so esbuild does it, and the names that Trunk derived from the content stay.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    process::run,
    project::{Project, files_under, read, write},
    tools::Tools,
};

/// Minifies the JS, CSS and HTML in `dist/`, in place.
pub fn folder(project: &Project, tools: &Tools) -> Result<()> {
    for path in files_under(&project.dist())? {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("js" | "css") => with_esbuild(project, tools, &path)?,
            Some("html") => write(&path, without_comments(&read(&path)?))?,
            _ => {}
        }
    }
    Ok(())
}

fn with_esbuild(project: &Project, tools: &Tools, path: &Path) -> Result<()> {
    let minified = path.with_extension("minified");
    let mut esbuild = project.command("esbuild");
    esbuild
        .env("PATH", tools.path()?)
        .arg(path)
        .args(["--minify", "--target=esnext", "--legal-comments=none", "--log-level=warning"])
        .arg(format!("--outfile={}", minified.display()));
    run(&mut esbuild)?;
    fs::rename(&minified, path).with_context(|| format!("cannot replace {}", path.display()))
}

/// The page without its comments.
fn without_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_go_and_all_else_stays() {
        let html = "<p>\n  <!-- why\n this -->one <b>two</b>\n</p>\n";
        assert_eq!(without_comments(html), "<p>\n  one <b>two</b>\n</p>\n");
    }
}
