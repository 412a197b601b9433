//! Makes the JS and CSS of the built site smaller, the page's own first script included.
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

/// Minifies the JS and CSS in `dist/`, in place. The page's HTML keeps its comments: those who
/// deploy it read them.
pub fn folder(project: &Project, tools: &Tools) -> Result<()> {
    first_script(project, tools, &project.dist().join("index.html"))?;
    for path in files_under(&project.dist())? {
        if path.extension().is_some_and(|extension| extension == "js" || extension == "css") {
            with_esbuild(project, tools, &path)?;
        }
    }
    Ok(())
}

/// Minifies the first script that stands in the page.
fn first_script(project: &Project, tools: &Tools, page: &Path) -> Result<()> {
    let html = read(page)?;
    let (before, rest) = html.split_once("<script>").context("index.html has no script of its own")?;
    let (script, after) = rest.split_once("</script>").context("index.html has a script without an end")?;
    let file = project.scratch.join("boot.js");
    write(&file, script)?;
    with_esbuild(project, tools, &file)?;
    write(page, format!("{before}<script>{}</script>{after}", read(&file)?.trim()))
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
