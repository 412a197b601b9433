//! Prepares the page's stylesheets and its first script with esbuild, for Trunk and for the release build.
//!
//! Invariant: every file in `style/` is in one of the bundles.

use std::{collections::BTreeSet, env, path::PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    process::run,
    project::{Project, files_under, read},
    tools::Tools,
};

/// The outputs in `target/page/`, each with its entry point. `index.html` names them.
const BUNDLES: [&str; 3] = ["boot=src/boot.js", "console=style/index.css", "later=style/later.css"];

/// Bundles the stylesheets and the first script, minified unless Trunk makes a debug build.
pub fn bundle(project: &Project, tools: &Tools) -> Result<()> {
    let metafile = project.scratch.join("page.json");
    let mut esbuild = tools.command(project, "esbuild")?;
    esbuild
        .args(BUNDLES)
        .args(["--bundle", "--format=esm", "--target=esnext", "--legal-comments=none", "--log-level=warning"])
        .arg(format!("--outdir={}", folder(project).display()))
        .arg(format!("--metafile={}", metafile.display()));
    if env::var_os("TRUNK_PROFILE").is_none_or(|profile| profile != "debug") {
        esbuild.arg("--minify");
    }
    run(&mut esbuild)?;
    let styles = files_under(&project.root.join("style"))?;
    let styles = styles.iter().filter_map(|path| path.strip_prefix(&project.root).ok()?.to_str()).collect();
    if let Some(unused) = unused(styles, &read(&metafile)?)? {
        bail!("{unused} is imported by neither style/index.css nor style/later.css");
    }
    Ok(())
}

/// The folder of the outputs.
pub fn folder(project: &Project) -> PathBuf {
    project.scratch.join("page")
}

/// Returns the first of these files that is no input of the bundles, according to esbuild's metafile.
fn unused<'a>(files: BTreeSet<&'a str>, metafile: &str) -> Result<Option<&'a str>> {
    let metafile: Value = serde_json::from_str(metafile)?;
    let inputs = metafile["inputs"].as_object().context("esbuild's metafile has no `inputs`")?;
    Ok(files.into_iter().find(|file| !inputs.contains_key(*file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stylesheet_that_nothing_imports_is_found() -> Result<()> {
        let metafile = r#"{"inputs": {"style/a.css": {}, "style/index.css": {}}, "outputs": {}}"#;
        assert_eq!(unused(["style/a.css", "style/index.css"].into(), metafile)?, None);
        assert_eq!(unused(["style/a.css", "style/b.css"].into(), metafile)?, Some("style/b.css"));
        assert!(unused(["style/a.css"].into(), "{}").is_err());
        Ok(())
    }
}
