//! Seals the built site: each file is named after its content, and the page takes it only with just that content.
//!
//! Invariant: whoever has the right `index.html` runs nothing but what was built with it: what it names it names with a
//! hash, and what is loaded later is named, with a hash, by what it has loaded.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::{
    project::{files_under, read, write},
    split::LATER,
};

/// Stands in the loader for the integrity of the later file with this ending.
pub fn placeholder(ending: &str) -> String {
    format!("integrity-of-the-later-{ending}")
}

/// A file of the site under its final name.
struct Sealed {
    old_name: String,
    name: String,
    integrity: String,
}

/// Renames the files in `dist` and writes names and hashes into the page and its JS.
pub fn site(dist: &Path) -> Result<()> {
    let later = [seal(dist, LATER, ".css")?, seal(dist, LATER, ".wasm")?];
    let wasm = seal(dist, "", "_bg.wasm")?;
    let js = find(dist, "", ".js")?;
    let mut program = read(&js)?.replace(&wasm.old_name, &wasm.name);
    for (file, ending) in later.iter().zip(["css", "wasm"]) {
        program = replaced(&program, &file.old_name, &file.name)?;
        program = replaced(&program, &placeholder(ending), &file.integrity)?;
    }
    write(&js, program)?;
    let js = seal(dist, "", ".js")?;
    let css = seal(dist, "console-", ".css")?;
    let page = dist.join("index.html");
    write(&page, sealed(&read(&page)?, &js, &wasm, &css)?)
}

/// The page, with names and hashes. The browser is told of the JS by an import map, as an `import` has no place for a
/// hash, and the wasm is asked for by a script, as a preload has none that browsers heed.
fn sealed(page: &str, js: &Sealed, wasm: &Sealed, css: &Sealed) -> Result<String> {
    let mut html = String::new();
    let mut rest = page;
    let mut is_styled = false;
    while let Some((before, tag, after)) = next_link(rest) {
        html.push_str(before);
        let names = |file: &Sealed| tag.contains(&format!("\"/{}\"", file.old_name));
        if names(css) {
            is_styled = true;
            html.push_str(&format!(
                concat!(
                    r#"<script type="importmap">{{"integrity":{{"/{js}":"{js_hash}"}}}}</script>"#,
                    "\n    ",
                    r#"<script>window.program=fetch("/{wasm}",{{integrity:"{wasm_hash}"}})</script>"#,
                    "\n    ",
                    r#"<link rel="modulepreload" href="/{js}" integrity="{js_hash}">"#,
                    "\n    ",
                    r#"<link rel="stylesheet" href="/{css}" integrity="{css_hash}">"#,
                ),
                js = js.name,
                js_hash = js.integrity,
                wasm = wasm.name,
                wasm_hash = wasm.integrity,
                css = css.name,
                css_hash = css.integrity,
            ));
        } else if !names(js) && !names(wasm) {
            html.push_str(tag);
        }
        rest = after;
    }
    html.push_str(rest);
    ensure!(is_styled, "index.html does not link the stylesheet as it used to");
    let html = replaced(&html, &format!("'/{}'", wasm.old_name), "window.program")?;
    replaced(&html, &js.old_name, &js.name)
}

/// The text up to the next `<link …>`, that tag, and the text after it.
fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find("<link")?;
    let end = start + text[start..].find('>')? + 1;
    Some((&text[..start], &text[start..end], &text[end..]))
}

fn replaced(text: &str, from: &str, to: &str) -> Result<String> {
    ensure!(text.contains(from), "{from:?} does not stand where it used to");
    Ok(text.replace(from, to))
}

/// Gives the one file with this beginning and ending its final name.
fn seal(dist: &Path, start: &str, end: &str) -> Result<Sealed> {
    let path = find(dist, start, end)?;
    let hash = Sha256::digest(fs::read(&path)?);
    let old_name = name_of(&path).to_owned();
    let stem = old_name.strip_suffix(end).unwrap_or(&old_name);
    let (stem, _) = stem.rsplit_once('-').with_context(|| format!("{old_name} has no hash in its name"))?;
    let short: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("{stem}-{short}{end}");
    fs::rename(&path, dist.join(&name)).with_context(|| format!("cannot rename {}", path.display()))?;
    Ok(Sealed { old_name, name, integrity: format!("sha256-{}", BASE64_STANDARD.encode(hash)) })
}

fn find(dist: &Path, start: &str, end: &str) -> Result<PathBuf> {
    let is_it = |path: &PathBuf| name_of(path).starts_with(start) && name_of(path).ends_with(end);
    let found: Vec<PathBuf> = files_under(dist)?.into_iter().filter(is_it).collect();
    match <[PathBuf; 1]>::try_from(found) {
        Ok([path]) => Ok(path),
        Err(found) => anyhow::bail!("dist/ has {} files named {start}*{end}, not one", found.len()),
    }
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(old_name: &str, name: &str, integrity: &str) -> Sealed {
        Sealed { old_name: old_name.to_owned(), name: name.to_owned(), integrity: integrity.to_owned() }
    }

    const PAGE: &str = r#"<head><link rel="icon" href="data:,"><link rel="stylesheet" href="/console-1.css"/>
<script type="module">
import init from '/x-1.js';
const wasm = await init({ module_or_path: '/x-1_bg.wasm' });
</script><link rel="modulepreload" href="/x-1.js" crossorigin="anonymous"><link rel="preload" href="/x-1_bg.wasm" as="fetch"></head>"#;

    fn seal_page(page: &str) -> Result<String> {
        let js = file("x-1.js", "x-2.js", "sha256-J");
        sealed(
            page,
            &js,
            &file("x-1_bg.wasm", "x-3_bg.wasm", "sha256-W"),
            &file("console-1.css", "console-4.css", "sha256-C"),
        )
    }

    #[test]
    fn the_page_names_each_file_once_more_with_its_hash() -> Result<()> {
        let html = seal_page(PAGE)?;
        for part in [
            r#"<link rel="icon" href="data:,">"#,
            r#"{"integrity":{"/x-2.js":"sha256-J"}}"#,
            r#"fetch("/x-3_bg.wasm",{integrity:"sha256-W"})"#,
            r#"<link rel="modulepreload" href="/x-2.js" integrity="sha256-J">"#,
            r#"<link rel="stylesheet" href="/console-4.css" integrity="sha256-C">"#,
            "import init from '/x-2.js'",
            "module_or_path: window.program }",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("x-1") && !html.contains(r#"rel="preload""#), "{html}");
        Ok(())
    }

    #[test]
    fn a_page_that_is_not_what_it_was_is_refused() {
        assert!(seal_page(&PAGE.replace("stylesheet\" href=\"/", "stylesheet\" href=\"./")).is_err());
        assert!(seal_page(&PAGE.replace("'/x-1_bg.wasm'", "'./x-1_bg.wasm'")).is_err());
    }
}
