//! Builds the deployable site into `dist/`.
//!
//! Invariant: `dist/` is the complete result of the present sources, or it has no stamp and is built again.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
};

use anyhow::Result;

use crate::{
    assets, compress, licenses, origin,
    place::Place,
    progress::{note, step},
    project::{Project, empty_folder, files_under, read, read_bytes, write},
    seal::{self, FirstLoad},
    snippets,
    split::{self, LATER},
    tools::Tools,
};

/// What the site is made from, relative to the root. A change in any of it calls for a new build.
const SOURCES: [&str; 9] = [
    ".cargo",
    "tools/hosting/src",
    "tools/xtask",
    "src",
    "style",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
];

/// Builds the site and compresses it.
pub fn build(project: &Project) -> Result<()> {
    let tools = Tools::for_building(project)?;
    let stamp = project.scratch.join("dist.stamp");
    if stamp.is_file() {
        fs::remove_file(&stamp)?;
    }
    let sources = fingerprint(project)?;
    let dist = project.dist();
    empty_folder(&dist)?;
    step("bundle the styles", || assets::bundle(project, &tools))?;
    step("compile the console (release)", || split::compile(project))?;
    step("split the program", || page(project, &tools))?;
    origin::check(&dist)?;
    step("list the licenses", || write(&dist.join(licenses::FILE), licenses::text(project)?))?;
    step("compress dist/", || compress::folder(&dist))?;
    snippets::write_for(&dist, &project.scratch.join("hosting"))?;
    write(&stamp, sources)
}

/// Writes the page and its files into `dist/`.
fn page(project: &Project, tools: &Tools) -> Result<()> {
    let (dist, assets) = (project.dist(), assets::folder(project));
    let styles = |name: &str| seal::add(&dist, name, ".css", &read_bytes(&assets.join(format!("{name}.css")))?);
    let (first_styles, later_styles) = (styles("console")?, styles(LATER)?);
    let split::Program { script, wasm, later } = split::program(project, tools, &later_styles)?;
    let (index, boot) = (read(&project.root.join("index.html"))?, read(&assets.join("boot.js"))?);
    let page = seal::page(&index, &boot, &FirstLoad { script, wasm, later, styles: first_styles })?;
    write(&dist.join("index.html"), page)
}

/// Builds the site for a path of its host, or for an API elsewhere.
pub fn build_for(project: &Project, place: &Place) -> Result<()> {
    build(project)?;
    if place.is_default() {
        return Ok(());
    }
    // The tests need a site for the root: the next chore has to build it again.
    fs::remove_file(project.scratch.join("dist.stamp"))?;
    place.apply(&project.dist(), &project.scratch.join("hosting"))
}

/// Whether `dist/` is the result of the present sources.
pub fn is_fresh(project: &Project) -> Result<bool> {
    let stamp = fs::read_to_string(project.scratch.join("dist.stamp")).unwrap_or_default();
    Ok(stamp == fingerprint(project)? && project.dist().join("index.html").is_file())
}

/// Builds the site unless `dist/` is the result of the present sources already.
pub fn ensure(project: &Project) -> Result<()> {
    if is_fresh(project)? {
        note("dist/ is up to date");
        return Ok(());
    }
    build(project)
}

fn fingerprint(project: &Project) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        let path = project.root.join(source);
        let files = if path.is_file() { vec![path] } else { files_under(&path)? };
        for file in files {
            file.strip_prefix(&project.root)?.hash(&mut hasher);
            read_bytes(&file)?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}
